/* SPDX-License-Identifier: MIT */
/* Strings and numbers as rows want them, or nearly. */
#include "property/bodies.h"

#include <stdio.h>

/* ---- characters ---- */

static const char *const beyond[] = { "\xc2\x80",     "\xc3\xa9",         "\xdf\xbf",         "\xe0\xa0\x80",     "\xe6\x9d\x8e",
                                      "\xe4\xb8\xad", "\xed\x9f\xbf",     "\xee\x80\x80",     "\xef\xbf\xbf",     "\xef\xbb\xbf",
                                      "\xe2\x80\xa8", "\xf0\x90\x80\x80", "\xf0\x9f\x98\x80", "\xf4\x8f\xbf\xbf", "\xc2\xa0" };
static const char *const han[] = { "\xe6\x9d\x8e", "\xe4\xb8\xad", "\xe6\x96\x87", "\xf0\xa0\x80\x80" };
static const char *const escapes[] = {
  "\\n",     "\\\"",           "\\\\",           "\\/",     "\\b",     "\\f",    "\\r", "\\t", "\\u0041", "\\u00e9", "\\u674E",
  "\\u0000", "\\ud83d\\ude00", "\\uDBFF\\uDFFF", "\\uffff", "\\u0022", "\\u005c"
};

static void put_unit(body *to, unsigned unit) {
  char text[8];
  put(to, text, (size_t)snprintf(text, sizeof text, "\\u%04x", unit));
}

/* An ASCII character, as it stands for itself in JSON or as an escape. */
static void put_ascii(maker *m, unsigned char c) {
  if (c < 0x20 || (m->flavour == ESCAPED && one_in(m->random, 6))) {
    put_unit(m->out, c);
    return;
  }
  if (c == '"' || c == '\\') {
    put_text(m->out, "\\");
  }
  put(m->out, (const char *)&c, 1);
}

void put_escaped(maker *m, bdc_str text) {
  bool units = m->flavour == ESCAPED && one_in(m->random, 16);
  for (size_t i = 0; i < text.size; i++) {
    unsigned char c = (unsigned char)text.data[i];
    if (units && c < 0x80 && one_in(m->random, 3)) {
      put_unit(m->out, c);
      continue;
    }
    if (c == '"' || c == '\\') {
      put_text(m->out, "\\");
    }
    put(m->out, text.data + i, 1);
  }
}

/* The ASCII characters of a class; without one, those that stand for themselves in JSON. */
static size_t alphabet_of(const bdc__class *class, unsigned char *alphabet) {
  size_t count = 0;
  for (unsigned c = 0x20; c < 0x7f; c++) {
    if (class ? class->ascii[c] : c != '"' && c != '\\' && c != '*') {
      alphabet[count++] = (unsigned char)c;
    }
  }
  return count;
}

static void put_beyond(maker *m, const bdc__class *class) {
  put_text(m->out, class ? han[below(m->random, LENGTH(han))] : beyond[below(m->random, LENGTH(beyond))]);
}

/* One character of a class, or any. */
static void put_character(maker *m, const bdc__class *class, const unsigned char *alphabet, size_t count, bool often) {
  bool may_be_beyond = m->flavour == BEYOND_ASCII && (!class || class->run);
  if (count == 0 || (may_be_beyond && (often || one_in(m->random, 4)))) {
    put_beyond(m, class);
  } else if (m->flavour == ESCAPED && !class && one_in(m->random, 6)) {
    put_text(m->out, escapes[below(m->random, LENGTH(escapes))]);
  } else {
    put_ascii(m, alphabet[below(m->random, (uint32_t)count)]);
  }
}

static void put_characters(maker *m, const bdc_row *row, uint64_t length) {
  unsigned char first[128];
  unsigned char all[128];
  size_t first_count = alphabet_of(row->start ? row->start : row->charset, first);
  size_t count = alphabet_of(row->charset, all);
  bool often = one_in(m->random, 2);
  uint64_t stars = row->flags & BDC__ROW_MASKED && one_in(m->random, 4) ? below(m->random, (uint32_t)length + 1) : UINT64_MAX;
  for (uint64_t i = 0; i < length; i++) {
    if (i == stars) {
      put(m->out, "********", 1 + below(m->random, 8));
    }
    if (i == 0) {
      put_character(m, row->start ? row->start : row->charset, first, first_count, often);
    } else {
      put_character(m, row->charset, all, count, often);
    }
  }
}

/* ---- lengths ---- */

static uint64_t any_length(maker *m) {
  static const uint32_t borders[] = { 8, 16, 31, 32, 33, 40, 63, 64, 65, 128, 255 };
  static const uint32_t far[] = { 1024, 2048, 4096, 4100, 8192 };
  switch (below(m->random, 8)) {
  case 0:
    return borders[below(m->random, LENGTH(borders))];
  case 1:
    return one_in(m->random, 24) ? far[below(m->random, LENGTH(far))] - 40 + below(m->random, 80) : below(m->random, 200);
  default:
    return below(m->random, 24);
  }
}

static uint64_t allowed_length(maker *m, const bdc_row *row) {
  const uint64_t much = 6000;
  uint64_t length = any_length(m);
  if (row->length_max < 100 && one_in(m->random, 4)) {
    length = row->length_max;
  }
  length = length < row->length_min ? row->length_min : length;
  length = length > row->length_max ? row->length_max : length;
  return length < much ? length : much;
}

/* ---- formats ---- */

static void put_of(maker *m, const char *alphabet, uint32_t count) {
  uint32_t size = (uint32_t)strlen(alphabet);
  while (count--) {
    put(m->out, alphabet + below(m->random, size), 1);
  }
}

/* How long a fraction of a second is; wrong: longer than allowed, or empty. */
static uint32_t fraction_digits(maker *m, const bdc_row *row, bool wrong) {
  static const uint32_t borders[] = { 3, 6, 7, 8, 9, 10, 15, 16, 17, 20, 21 };
  if (wrong) {
    return row->fraction_max < 20 && one_in(m->random, 2) ? row->fraction_max + 1 : 0;
  }
  uint32_t digits = one_in(m->random, 2) ? borders[below(m->random, LENGTH(borders))] : 1 + below(m->random, 18);
  if (one_in(m->random, 50)) {
    digits = 1 + below(m->random, one_in(m->random, 4) ? 5000 : 60);
  }
  return digits < row->fraction_max ? digits : row->fraction_max;
}

static void put_date_time(maker *m, const bdc_row *row, bool spoiled) {
  static const char *const dates[] = {
    "2020-08-03", "2020-02-29", "2021-02-28", "2000-02-29", "0000-01-01", "9999-12-31", "2019-04-30"
  };
  static const char *const wrong_dates[] = { "2020-08-32", "2021-02-29", "1900-02-29", "2020-13-01", "2020-00-10", "2020-01-00",
                                             "2020-04-31", "2020/01/01", "202a-01-01", "2020-1a-01", "2020-01-0:" };
  static const char *const times[] = { "T13:21:48", "T00:00:00", "T23:59:59", "T23:59:60", "t01:02:03" };
  static const char *const wrong_times[] = { "T24:00:00", "T23:60:00", "T22:58:60", " 13:21:48", "T13:21:4",
                                             "T13-21-48", "T1a:21:48", "T13:2/:48", "T13:21:99" };
  static const char *const zones[] = { "Z", "z", "+08:00", "-23:59", "+00:00" };
  static const char *const wrong_zones[] = { "",    "Z",  "+08:00", "+24:00", "+08:60", "+0800",
                                             "+08", "ZZ", "A",      "+0a:00", "-08:0:", "+08:00Z" };
  uint32_t wrong = spoiled ? 1 + below(m->random, 4) : 0;
  put_text(m->out, wrong == 1 ? wrong_dates[below(m->random, LENGTH(wrong_dates))] : dates[below(m->random, LENGTH(dates))]);
  put_text(m->out, wrong == 2 ? wrong_times[below(m->random, LENGTH(wrong_times))]
                              : times[below(m->random, one_in(m->random, 4) ? LENGTH(times) : 3)]);
  if (one_in(m->random, 2) && row->fraction_max) {
    put_text(m->out, ".");
    put_of(m, "0123456789", fraction_digits(m, row, wrong == 4));
  }
  if (wrong == 3) {
    put_of(m, "0:.ZX", one_in(m->random, 2));
    put_text(m->out, wrong_zones[below(m->random, LENGTH(wrong_zones))]);
  } else {
    put_text(m->out, zones[below(m->random, LENGTH(zones))]);
  }
}

static void put_format(maker *m, const bdc_row *row, bool spoiled) {
  static const char *const media[] = { "text/plain", "application/json; charset=utf-8", "a/b;c=d;e=f", "a/b; c=d ;" };
  static const char *const wrong_media[] = { "text",        "text/",          "/plain",        "text/plain;=",
                                             "text/pl ain", "text/plain; a=", "\xe6\x9d\x8e/a" };
  const char *digits = "0123456789abcdefABCDEF";
  switch ((bdc_format)row->format) {
  case BDC_FORMAT_DATE_TIME:
    put_date_time(m, row, spoiled);
    return;
  case BDC_FORMAT_HEX:
    put_of(m, digits, (uint32_t)allowed_length(m, row) + (row->length_min == 0));
    put_text(m->out, spoiled ? "g" : "");
    return;
  case BDC_FORMAT_UUID:
    put_of(m, digits, 8);
    for (uint32_t i = 0; i < 3; i++) {
      put_text(m->out, spoiled && i == 1 ? "_" : "-");
      put_of(m, digits, 4);
    }
    put_text(m->out, "-");
    put_of(m, digits, 12);
    return;
  default:
    put_text(m->out, spoiled ? wrong_media[below(m->random, LENGTH(wrong_media))] : media[below(m->random, LENGTH(media))]);
    return;
  }
}

/* ---- strings ---- */

/* Samples of every pattern of the tables: the broken ones behind NULL. */
static const char *const texts_of_patterns[][12] = {
  { "^API[CG]\\.[0-9]{4}$", "APIG.2005", "APIC.8888", "APIG.1005", NULL, "APIG.201", "APIG.20120", "apig.2012", "APIE.2012", NULL },
  { "^(ROMA\\.[0-9]{4,8}|(APIC|APIG|APIGW)\\.[0-9]{4})$", "ROMA.99999999", "APIG.8888", "APIGW.8888", NULL, "ROMA.100", "ROMA", NULL },
  { "^WKS\\.([0-9]{4}|[0-9]{8})$", "WKS.99999999", "WKS.9999", "WKS.0001", NULL, "WKS.001", "WKS.00001", NULL },
  { "(?s)(?! +$).*", "a", "a ", " a", "\xe6\x9d\x8e \xe6\x9d\x8e", NULL, " ", "  ", "          ", NULL },
  { "(a+)+b", "ab", "aaaaaaaaab", "aab", NULL, "a", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", "b", NULL },
  { "^N\\.[0-9]{4}$", "N.0400", "N.0404", "N.9999", NULL, "N.400", "N.04000", NULL },
  { "^[a-z]+\\.[0-9]{2}$", "a.00", "abc.99", "abcdefghijklmnopqrstuvwxyz.12", NULL, "a.0", ".00", "a.000", "a.\xd9\xa1\xd9\xa1", NULL },
};

static const char *const *samples_of(bdc_str pattern) {
  for (size_t i = 0; i < LENGTH(texts_of_patterns); i++) {
    if (pattern.size == strlen(texts_of_patterns[i][0]) && memcmp(pattern.data, texts_of_patterns[i][0], pattern.size) == 0) {
      return texts_of_patterns[i] + 1;
    }
  }
  fail_msg("property/bodies_text.c has no samples of the pattern %.*s: add some", (int)pattern.size, pattern.data);
  return NULL;
}

static void put_sample(maker *m, const bdc_row *row, bool spoiled) {
  const char *const *list = samples_of(row->pattern_text);
  for (; spoiled && *list; list++) {
  }
  list += spoiled;
  uint32_t count = 0;
  while (list[count]) {
    count++;
  }
  put_text(m->out, list[below(m->random, count)]);
}

/* A value that is nearly listed. */
static void put_near(maker *m, bdc_str value) {
  char text[64];
  size_t size = value.size < sizeof text - 1 ? value.size : sizeof text - 1;
  memcpy(text, value.data, size);
  switch (below(m->random, 6)) {
  case 0:
    size -= size > 0;
    break;
  case 1:
    text[size++] = 'x';
    break;
  case 5:
    text[size] = size ? text[size - 1] : ' ';
    size++;
    break;
  case 2:
    text[size ? size - 1 : 0] ^= 1;
    break;
  case 3:
    text[0] ^= 0x20;
    break;
  default:
    text[size / 2] ^= 2;
  }
  put_escaped(m, (bdc_str){ text, size });
}

/* What breaks the length, the charset or the start. */
static void put_broken(maker *m, const bdc_row *row) {
  uint64_t length = allowed_length(m, row);
  uint32_t first = m->out->size;
  switch (below(m->random, 5)) {
  case 0:
    put_characters(m, row, row->length_min ? row->length_min - 1 : 0);
    return;
  case 1:
    put_characters(m, row, row->length_max < 6000 ? row->length_max + 1 : length);
    return;
  case 2:
    put_beyond(m, NULL);
    put_characters(m, row, length ? length - 1 : 0);
    return;
  case 3:
    put_characters(m, row, length ? length - 1 : 0);
    put_beyond(m, NULL);
    return;
  default:
    put_characters(m, row, length);
  }
  if (m->out->size > first) {
    uint32_t at = one_in(m->random, 3) ? 0 : below(m->random, m->out->size - first);
    m->out->text[first + at] = (unsigned char)(0x20 + below(m->random, 0x60));
  }
}

static void put_code(maker *m) {
  size_t count = m->service->code_count;
  if (count == 0 || one_in(m->random, 3)) {
    put_text(m->out, "X.1234");
  } else {
    put_escaped(m, m->service->codes[below(m->random, (uint32_t)count)].code);
  }
}

void put_string(maker *m, const bdc_row *row, bool spoiled) {
  if (row->value_count) {
    bdc_str value = row->values[below(m->random, row->value_count)];
    (spoiled ? put_near : put_escaped)(m, value);
  } else if (row->pattern && !(one_in(m->random, 2) && row->length_max < BDC_UNBOUNDED && !spoiled && row->charset)) {
    put_sample(m, row, spoiled);
  } else if (row->format != BDC_FORMAT_NONE) {
    put_format(m, row, spoiled);
  } else if (row->flags & BDC__ROW_ERROR_CODE) {
    put_code(m);
  } else if (spoiled) {
    put_broken(m, row);
  } else {
    put_characters(m, row, allowed_length(m, row));
  }
}

/* ---- numbers ---- */

static void put_digits(maker *m, uint32_t count) {
  put_of(m, "123456789", 1);
  put_of(m, "0123456789", count - 1);
}

static bool whole_number(bdc_str text, int64_t *out) {
  char digits[20];
  if (text.size == 0 || text.size >= sizeof digits) {
    return false;
  }
  memcpy(digits, text.data, text.size);
  digits[text.size] = '\0';
  char *end;
  *out = strtoll(digits, &end, 10);
  return *end == '\0';
}

static void put_whole(maker *m, int64_t number) {
  char text[24];
  put(m->out, text, (size_t)snprintf(text, sizeof text, "%lld", (long long)number));
}

static void put_within(maker *m, const bdc_row *row, bool spoiled) {
  int64_t min;
  int64_t max;
  bool has_min = whole_number(row->range_min, &min);
  bool has_max = whole_number(row->range_max, &max);
  if (!has_min && !has_max) {
    bdc_str bound = row->range_min.size && one_in(m->random, 2) ? row->range_min
                    : row->range_max.size                       ? row->range_max
                                                                : row->range_min;
    put(m->out, bound.data, bound.size);
    put_text(m->out, spoiled ? "0" : "");
    return;
  }
  min = has_min ? min : max - 1000;
  max = has_max ? max : min + 1000;
  switch (below(m->random, 3)) {
  case 0:
    put_whole(m, min - spoiled);
    return;
  case 1:
    put_whole(m, max + spoiled);
    return;
  default:
    put_whole(m, min + (int64_t)(random_next(m->random) % ((uint64_t)(max - min) + 1)));
  }
}

static const char *const bounds[] = { "2147483647",
                                      "2147483648",
                                      "-2147483648",
                                      "-2147483649",
                                      "9223372036854775807",
                                      "9223372036854775808",
                                      "-9223372036854775808",
                                      "-9223372036854775809",
                                      "4294967296",
                                      "18446744073709551616",
                                      "4294967301",
                                      "99999999",
                                      "100000000",
                                      "9999999",
                                      "10000000",
                                      "-9999999",
                                      "-10000000",
                                      "0",
                                      "-0",
                                      "-1" };

static void put_free(maker *m, const bdc_row *row, bool spoiled) {
  if (spoiled || one_in(m->random, 16)) {
    put_text(m->out, bounds[below(m->random, LENGTH(bounds))]);
    return;
  }
  put_text(m->out, one_in(m->random, 4) ? "-" : "");
  if (one_in(m->random, 8)) {
    put_text(m->out, "0");
  } else {
    put_digits(m, 1 + below(m->random, row->kind == BDC_KIND_INTEGER ? 9 : row->kind == BDC_KIND_LONG ? 18 : 30));
  }
}

static void put_fraction(maker *m) {
  if (one_in(m->random, 3)) {
    put_text(m->out, ".");
    put_of(m, "0123456789", 1 + below(m->random, one_in(m->random, 40) ? 5000 : one_in(m->random, 8) ? 60 : 8));
  }
  if (one_in(m->random, 4)) {
    put_text(m->out, one_in(m->random, 2) ? "e" : "E");
    put_of(m, "+-", one_in(m->random, 2));
    put_of(m, "0123456789", 1 + below(m->random, 3));
  }
}

/* Zeros that leave a number what it is. */
static void put_zeros(maker *m, uint32_t first) {
  const body *out = m->out;
  if (memchr(out->text + first, 'e', out->size - first)) {
    return;
  }
  if (!memchr(out->text + first, '.', out->size - first)) {
    put_text(m->out, ".0");
  }
  put_of(m, "0", below(m->random, one_in(m->random, 8) ? 5000 : 60));
}

void put_number(maker *m, const bdc_row *row, bool spoiled) {
  uint32_t first = m->out->size;
  if (row->value_count) {
    bdc_str value = row->values[below(m->random, row->value_count)];
    put(m->out, value.data, value.size);
    put_text(m->out, spoiled ? one_in(m->random, 2) ? "0" : ".0" : "");
  } else if (row->format == BDC_FORMAT_EPOCH_MS) {
    put_digits(m, spoiled ? 12 + 2 * below(m->random, 2) : 13);
  } else if (row->range_min.size || row->range_max.size) {
    put_within(m, row, spoiled);
  } else {
    put_free(m, row, spoiled);
  }
  if (row->kind == BDC_KIND_NUMBER && !row->range_min.size) {
    put_fraction(m);
  } else if (row->kind == BDC_KIND_NUMBER && one_in(m->random, 3)) {
    put_zeros(m, first);
  }
}
