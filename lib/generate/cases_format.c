/* SPDX-License-Identifier: MIT */
/* Cases of formats: what is one, and what is nearly one. */
#include "generate/generator.h"

#include "base/str.h"

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

typedef struct sample {
  bdc_str text;
  bool valid;
  const char *words;
} sample;

#define VALID(text, words)                                                                                                             \
  { BDC__STR_INIT(text), true, words }
#define BROKEN(text, words)                                                                                                            \
  { BDC__STR_INIT(text), false, words }

static const sample date_times[] = {
  VALID("2019-12-06T06:49:04Z", "no fraction"),
  VALID("2019-12-06T06:49:04.000Z", "3 digits of a fraction"),
  VALID("2019-12-06t06:49:04z", "small t and z"),
  VALID("2020-02-29T23:59:59Z", "a leap day"),
  VALID("2000-02-29T00:00:00Z", "a leap day of a century"),
  VALID("2019-01-31T00:00:00Z", "the last of January"),
  VALID("2019-04-30T00:00:00Z", "the last of April"),
  VALID("2019-12-31T23:59:60Z", "a leap second"),
  VALID("0000-01-01T00:00:00Z", "the least year"),
  VALID("9999-12-31T23:59:59Z", "the last second"),
  VALID("2019-12-06T06:49:04+08:00", "an offset"),
  VALID("2019-12-06T06:49:04-00:00", "an offset of minus nothing"),
  VALID("2019-12-06T06:49:04+23:59", "the greatest offset"),
  BROKEN("", "nothing"),
  BROKEN("2019-12-06", "no time"),
  BROKEN("06:49:04Z", "no date"),
  BROKEN("2019-12-06 06:49:04Z", "a blank for the T"),
  BROKEN("2019-12-06T06:49Z", "no seconds"),
  BROKEN("2019-02-29T06:49:04Z", "no leap year"),
  BROKEN("1900-02-29T06:49:04Z", "no leap year of a century"),
  BROKEN("2019-04-31T06:49:04Z", "the 31st of April"),
  BROKEN("2019-12-32T06:49:04Z", "the 32nd"),
  BROKEN("2019-13-06T06:49:04Z", "month 13"),
  BROKEN("2019-00-06T06:49:04Z", "month 0"),
  BROKEN("2019-12-00T06:49:04Z", "day 0"),
  BROKEN("2019-12-06T24:00:00Z", "hour 24"),
  BROKEN("2019-12-06T06:60:04Z", "minute 60"),
  BROKEN("2019-12-06T06:49:61Z", "second 61"),
  BROKEN("2019-12-06T06:30:60Z", "a leap second within an hour"),
  BROKEN("2019-12-06T06:49:04.Z", "a fraction of no digits"),
  BROKEN("2019-12-06T06:49:04,5Z", "a comma for the point"),
  BROKEN("2019-12-06T06:49:04+0800", "an offset without colon"),
  BROKEN("2019-12-06T06:49:04+08", "an offset of hours"),
  BROKEN("2019-12-06T06:49:04+24:00", "an offset of 24 hours"),
  BROKEN("2019-12-06T06:49:04+08:60", "an offset of 60 minutes"),
  BROKEN("2019-12-06T06:49:04ZZ", "two zones"),
  BROKEN("2019-12-06T06:49:04Z ", "a blank behind"),
  BROKEN(" 2019-12-06T06:49:04Z", "a blank before"),
  BROKEN("2019-12-06T06:49:04Z\n", "a line break behind"),
  BROKEN("2019-12-06T06:49:04Z\0", "U+0000 behind"),
  BROKEN("19-12-06T06:49:04Z", "a year of two digits"),
  BROKEN("+2019-12-06T06:49:04Z", "a sign before the year"),
  BROKEN("2019-1-06T06:49:04Z", "a month of one digit"),
  BROKEN("20191206T064904Z", "the basic form"),
  BROKEN("2019-W49-5T06:49:04Z", "a week"),
  BROKEN("Fri, 06 Dec 2019 06:49:04 GMT", "the form of HTTP"),
  BROKEN("1575614944000", "milliseconds"),
  BROKEN("2019-12-06T06:49:0\xef\xbc\x94Z", "a full-width digit"),
  BROKEN("2019-12-06T06:49:04\xe2\x88\x92"
         "08:00",
         "a typographic minus"),
};

static const sample hexes[] = {
  VALID("0123456789abcdef", "all digits"),
  VALID("ABCDEF", "capitals"),
  VALID("aF", "both cases"),
  BROKEN("g", "one letter beyond"),
  BROKEN("0x10", "a prefix"),
  BROKEN("", "nothing"),
  BROKEN("ff ", "a blank behind"),
  BROKEN("-ff", "a sign"),
  BROKEN("\xef\xbc\x91", "a full-width digit"),
  BROKEN("/", "one character before 0"),
  BROKEN(":", "one character beyond 9"),
  BROKEN("@", "one character before A"),
  BROKEN("`", "one character before a"),
  BROKEN("ff\n", "a line break behind"),
};

static const sample uuids[] = {
  VALID("123e4567-e89b-12d3-a456-426614174000", "small letters"),
  VALID("123E4567-E89B-12D3-A456-426614174000", "capitals"),
  VALID("00000000-0000-0000-0000-000000000000", "all zeros"),
  BROKEN("123e4567e89b12d3a456426614174000", "no hyphens"),
  BROKEN("{123e4567-e89b-12d3-a456-426614174000}", "braces"),
  BROKEN("urn:uuid:123e4567-e89b-12d3-a456-426614174000", "a scheme"),
  BROKEN("123e4567-e89b-12d3-a456-42661417400", "one digit fewer"),
  BROKEN("123e4567-e89b-12d3-a456-4266141740000", "one digit more"),
  BROKEN("123e456-7e89b-12d3-a456-426614174000", "a hyphen elsewhere"),
  BROKEN("123e4567-e89b-12d3-a456-42661417400g", "a letter beyond"),
  BROKEN("123e4567-e89b-12d3-a456-426614174000\n", "a line break behind"),
  BROKEN("", "nothing"),
};

static const sample media_types[] = {
  VALID("text/plain", "no parameter"),
  VALID("application/json; charset=utf-8", "a parameter"),
  VALID("a/b;c=\"d\\\"e\"", "a quoted parameter"),
  VALID("application/vnd.api+json", "a suffix"),
  BROKEN("", "nothing"),
  BROKEN("text", "no subtype"),
  BROKEN("text/", "an empty subtype"),
  BROKEN("/plain", "an empty type"),
  BROKEN("text/pl ain", "a blank within"),
  BROKEN("text/plain; a=", "a parameter without value"),
  BROKEN("text/plain; =a", "a parameter without name"),
  BROKEN("text/plain; a=\"b", "a quote that is not closed"),
  BROKEN("text/plain, text/html", "two of them"),
};

static void case_sample(bdc_generator *g, size_t spot, const sample *of) {
  if (bdc__turn(g, g->spots[spot].row, BDC_RULE_FORMAT, !of->valid)) {
    bdc__say(g, of->words);
    bdc__buffer_add(&g->text, of->text);
    bdc__make_fitting(g, spot, BDC__SPELL_PLAIN);
  }
}

static void cases_samples(bdc_generator *g, size_t spot, const sample *of, size_t count) {
  for (size_t i = 0; i < count; i++) {
    case_sample(g, spot, &of[i]);
  }
}

static void case_fraction(bdc_generator *g, size_t spot, size_t digits) {
  const bdc_row *row = g->spots[spot].row;
  if (bdc__turn(g, row, BDC_RULE_FORMAT, digits > row->fraction_max)) {
    bdc__say_number(g, digits, " digits of a fraction");
    bdc__buffer_add_literal(&g->text, "2019-12-06T06:49:04.");
    bdc__buffer_add_repeat(&g->text, '1', digits);
    bdc__buffer_add_literal(&g->text, "Z");
    bdc__make_fitting(g, spot, BDC__SPELL_PLAIN);
  }
}

/* A date and time without zone: broken, or, where it may lack it, worth a warning. */
static void case_zoneless(bdc_generator *g, size_t spot, const char *text, const char *words) {
  const bdc_row *row = g->spots[spot].row;
  bool optional = row->flags & BDC__ROW_ZONE_OPTIONAL;
  bool warning = optional || row->warnings >> BDC_RULE_FORMAT & 1;
  if (!bdc__turn_as(g, row, BDC_RULE_FORMAT, true, warning ? BDC_WARNING : BDC_ERROR)) {
    return;
  }
  bool zoneless;
  bdc__say(g, words);
  bdc__buffer_add_literal(&g->text, text);
  uint32_t broken = bdc__text_breaks(&g->values, row, bdc__buffer_text(&g->text), &zoneless);
  if (broken == (optional ? 0 : UINT32_C(1) << BDC_RULE_FORMAT)) {
    bdc__make_string(g, spot, BDC__SPELL_PLAIN);
  } else {
    bdc__skip(g);
  }
}

static void cases_date_time(bdc_generator *g, size_t spot) {
  const bdc_row *row = g->spots[spot].row;
  cases_samples(g, spot, date_times, LENGTH(date_times));
  case_zoneless(g, spot, "2019-12-06T06:49:04", "no zone");
  if (row->fraction_max > 0) {
    case_zoneless(g, spot, "2019-12-06T06:49:04.5", "no zone behind a fraction");
  }
  if (row->fraction_max < UINT32_MAX) {
    if (row->fraction_max > 0) {
      case_fraction(g, spot, row->fraction_max);
    }
    case_fraction(g, spot, (size_t)row->fraction_max + 1);
  } else {
    case_fraction(g, spot, 9);
    case_fraction(g, spot, 40);
  }
}

void bdc__cases_format(bdc_generator *g, size_t spot) {
  switch ((bdc_format)g->spots[spot].row->format) {
  case BDC_FORMAT_DATE_TIME:
    cases_date_time(g, spot);
    return;
  case BDC_FORMAT_HEX:
    cases_samples(g, spot, hexes, LENGTH(hexes));
    return;
  case BDC_FORMAT_UUID:
    cases_samples(g, spot, uuids, LENGTH(uuids));
    return;
  default:
    cases_samples(g, spot, media_types, LENGTH(media_types));
    return;
  }
}
