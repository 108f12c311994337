/* SPDX-License-Identifier: MIT */
#include "export/schema_format.h"

/* ---- date-time: RFC 3339, with the days that each month has ---- */

#define DAYS                                                                                                                           \
  "(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
#define LEAP_DAYS "|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)"
/* A leap second may be in the last minute of any hour: zones are not taken into account. */
#define TIME "[Tt](?:[01][0-9]|2[0-3]):(?:[0-5][0-9]:[0-5][0-9]|59:60)"
#define ZONE "(?:[Zz]|[+\\-](?:[01][0-9]|2[0-3]):[0-5][0-9])"

static void put_fraction(uint32_t digits, cmd_output *out) {
  if (digits == 0) {
    return;
  }
  cmd_puts(out, "(?:\\.[0-9]");
  if (digits == UINT32_MAX) {
    cmd_puts(out, "+");
  } else {
    cmd_puts(out, "{1,");
    cmd_put_number(out, digits);
    cmd_puts(out, "}");
  }
  cmd_puts(out, ")?");
}

static void put_date_time(const bdc_row_info *row, cmd_output *out) {
  cmd_puts(out, "^" DAYS LEAP_DAYS TIME);
  put_fraction(row->fraction_max, out);
  cmd_puts(out, row->zone_optional ? ZONE "?$" : ZONE "$");
}

/* ---- media types: RFC 9110, in which one parameter may not stand twice ---- */

#define TOKEN "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+"
#define BLANKS "[ \\t]*"
#define VALUE "(?:" TOKEN "|\"(?:[^\"\\\\]|\\\\[\\x00-\\u{10ffff}])*\")"
#define PARAMETER ";" BLANKS "(?:" TOKEN "=" VALUE BLANKS ")?"
#define CHARSET ";" BLANKS "[Cc][Hh][Aa][Rr][Ss][Ee][Tt]=" VALUE BLANKS
#define PARAMETERS "(?:" PARAMETER ")*"

static const char media_type[] =
    "^" BLANKS TOKEN "\\/" TOKEN BLANKS "(?!" PARAMETERS CHARSET PARAMETERS CHARSET PARAMETERS "$)" PARAMETERS "$";

/* ---- all of them ---- */

void cmd_schema_format_pattern_put(const bdc_row_info *row, cmd_output *out) {
  switch (row->format) {
  case BDC_FORMAT_DATE_TIME:
    put_date_time(row, out);
    return;
  case BDC_FORMAT_HEX:
    cmd_puts(out, "^[0-9A-Fa-f]+$");
    return;
  case BDC_FORMAT_UUID:
    cmd_puts(out, "^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$");
    return;
  case BDC_FORMAT_MEDIA_TYPE:
    cmd_puts(out, media_type);
    return;
  default:
    return;
  }
}

const char *cmd_schema_format_word(const bdc_row_info *row) {
  switch (row->format) {
  case BDC_FORMAT_DATE_TIME:
    return row->zone_optional ? NULL : "date-time";
  case BDC_FORMAT_UUID:
    return "uuid";
  default:
    return NULL;
  }
}
