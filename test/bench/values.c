/* SPDX-License-Identifier: MIT */
/* Values such as the documented services send them, made from what a row says and, where it says little, from its name. */
#include "values.h"

#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

static const char *const words[] = { "app",    "demo",   "test",    "order",   "service", "gateway", "of",      "the",
                                     "update", "for",    "billing", "storage", "north",   "client",  "release", "team",
                                     "stage",  "mobile", "data",    "v2",      "web",     "portal",  "eu",      "shared",
                                     "tool",   "File",   "Fast",    "Manager", "Zip",     "Office" };
static const char *const foreign[] = { "\xe5\xba\x94\xe7\x94\xa8",
                                       "\xe6\xb5\x8b\xe8\xaf\x95\xe7\x94\xa8\xe4\xbe\x8b",
                                       "\xe8\xae\xa2\xe5\x8d\x95\xe6\x9c\x8d\xe5\x8a\xa1",
                                       "\xe6\x95\xb0\xe6\x8d\xae\xe7\xbd\x91\xe5\x85\xb3",
                                       "\xc3\x84rzte",
                                       "\xc3\xa9t\xc3\xa9" };
static const char *const escapes[] = { "\\n", "\\\"", "\\\\", "\\u00e9" };

static size_t between(bench_random *random, size_t low, size_t high) {
  return low + bench_below(random, high - low + 1);
}

static size_t at_most(size_t value, uint64_t limit) {
  return limit < value ? (size_t)limit : value;
}

/* ---- text ---- */

static void digits_of(const bench_writer *w, const char *alphabet, size_t count) {
  size_t size = strlen(alphabet);
  for (size_t i = 0; i < count; i++) {
    bench_add(w->out, &alphabet[bench_below(w->random, size)], 1);
  }
}

static void write_hex(const bench_writer *w, size_t count) {
  digits_of(w, "0123456789abcdef", count);
}

static void write_uuid(const bench_writer *w) {
  static const size_t groups[] = { 8, 4, 4, 4, 12 };
  for (size_t i = 0; i < LENGTH(groups); i++) {
    bench_add(w->out, "-", i > 0);
    write_hex(w, groups[i]);
  }
}

/* The secrets of answers are shown like this. */
static void write_masked(const bench_writer *w) {
  digits_of(w, "ABCDEFGHJKLMN23456789", 4);
  bench_print(w->out, "%.*s", (int)between(w->random, 4, 12), "************");
  digits_of(w, "ABCDEFGHJKLMN23456789", 3);
}

static void write_identifier(const bench_writer *w) {
  if (bench_once_in(w->random, 2)) {
    write_uuid(w);
  } else {
    write_hex(w, 32);
  }
}

/* Words until there are `wanted` characters, no more than `limit`. */
static void write_words(const bench_writer *w, size_t wanted, uint64_t limit, bool with_escape) {
  size_t length = 0;
  if (with_escape && wanted + 1 <= limit) {
    const char *escape = escapes[bench_below(w->random, LENGTH(escapes))];
    bench_print(w->out, "x%sx", escape);
    length = 3;
  }
  while (length < wanted) {
    bool beyond = w->style->beyond_ascii && !bench_once_in(w->random, 4);
    const char *word = beyond ? foreign[bench_below(w->random, LENGTH(foreign))] : words[bench_below(w->random, LENGTH(words))];
    size_t size = strlen(word); /* at least its characters */
    if (length + size + 1 > limit) {
      return;
    }
    bench_print(w->out, "%s%s", length ? " " : "", word);
    length += size + (length > 0);
  }
}

static bool has(const bench_class *class, char c) {
  return !class || class->ascii[(unsigned char)c];
}

static bool plain(char c) {
  return c > ' ' && c < 0x7f && c != '"' && c != '\\';
}

static bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A character of the class, seldom another than a letter or a digit. */
static char character_of(bench_random *random, const bench_class *class, const bench_class *also) {
  for (;;) {
    char c = class->members[bench_below(random, class->member_count)];
    if (plain(c) && has(also, c) && (is_letter_or_digit(c) || bench_once_in(random, 4))) {
      return c;
    }
  }
}

static void write_of_class(const bench_writer *w, const bdc_row_info *row, const bench_class *charset, const bench_class *start) {
  size_t low = row->length_min > 4 ? (size_t)row->length_min : 4;
  size_t high = low + 8;
  size_t length = between(w->random, low, at_most(high, row->length_max));
  for (size_t i = 0; i < length; i++) {
    char c = character_of(w->random, i == 0 && start ? start : charset, charset);
    bench_add(w->out, &c, 1);
  }
}

static size_t free_length(const bench_writer *w, bdc_str name) {
  bench_random *random = w->random;
  if (bench_same(name, BDC_STR("error_msg")) || bench_same(name, BDC_STR("error_details"))) {
    return between(random, 12, 70);
  }
  if (bench_same(name, BDC_STR("remark")) || bench_same(name, BDC_STR("description"))) {
    return between(random, 0, w->table->http_status ? 96 : 24);
  }
  return between(random, 4, w->table->http_status ? 28 : 14);
}

static void write_free(const bench_writer *w, const bdc_row_info *row, bool with_escape) {
  if (row->length_min > 24) {
    write_identifier(w);
  } else if (bench_ends_with(row->name, "secret")) {
    write_masked(w);
  } else if (bench_ends_with(row->name, "id") || bench_ends_with(row->name, "key")) {
    write_hex(w, 32);
  } else {
    size_t wanted = free_length(w, row->name);
    write_words(w, wanted > row->length_min ? wanted : (size_t)row->length_min, row->length_max, with_escape);
  }
}

/* ---- forms ---- */

static void write_date_time(const bench_writer *w, const bdc_row_info *row) {
  bench_random *r = w->random;
  bench_print(w->out, "20%02zu-%02zu-%02zuT%02zu:%02zu:%02zu", between(r, 18, 26), between(r, 1, 12), between(r, 1, 28),
              between(r, 0, 23), between(r, 0, 59), between(r, 0, 59));
  size_t most = at_most(9, row->fraction_max);
  if (most && !bench_once_in(r, 4)) {
    bench_print(w->out, ".");
    digits_of(w, "0123456789", bench_once_in(r, 3) ? most : at_most(3, most));
  }
  bench_print(w->out, "%s", bench_once_in(r, 8) ? "+08:00" : "Z");
}

static bool write_form(const bench_writer *w, const bdc_row_info *row) {
  switch (row->format) {
  case BDC_FORMAT_DATE_TIME:
    write_date_time(w, row);
    return true;
  case BDC_FORMAT_HEX:
    write_hex(w, 32);
    return true;
  case BDC_FORMAT_UUID:
    write_uuid(w);
    return true;
  case BDC_FORMAT_MEDIA_TYPE:
    bench_print(w->out, "application/json");
    return true;
  default:
    return false;
  }
}

/* One that the catalogue has under this status, where there is one. */
static bool write_code(const bench_writer *w) {
  const bdc_service *service = bdc_operation_describe(w->table->operation).service;
  size_t count = bdc_service_describe(service).code_count;
  for (size_t tries = 0; tries < 1000 && count; tries++) {
    bdc_code_info code = bdc_service_code(service, bench_below(w->random, count));
    if (code.status == w->table->http_status) {
      bench_add(w->out, code.code.data, code.code.size);
      return true;
    }
  }
  return false;
}

/* Values whose text the row all but gives. */
static bool write_given(const bench_writer *w, const bdc_row_info *row) {
  if (row->value_count) {
    bdc_str value = row->values[bench_below(w->random, row->value_count)];
    bench_add(w->out, value.data, value.size);
    return true;
  }
  if (row->masked && bench_once_in(w->random, 2)) {
    write_masked(w);
    return true;
  }
  return (row->error_code && write_code(w)) || write_form(w, row);
}

static void write_string(const bench_writer *w, const bdc_row_info *row) {
  const bench_class *charset = bench_class_of(row->charset_expression);
  const bench_class *start = bench_class_of(row->start_expression);
  if (write_given(w, row)) {
    return;
  }
  if (charset && !charset->beyond) {
    write_of_class(w, row, charset, start);
  } else {
    write_free(w, row, w->style->escapes && !charset);
  }
}

/* ---- numbers ---- */

static void write_integer(const bench_writer *w, const bdc_row_info *row) {
  if (row->value_count) {
    bdc_str value = row->values[bench_below(w->random, row->value_count)];
    bench_add(w->out, value.data, value.size);
  } else if (row->format == BDC_FORMAT_EPOCH_MS) {
    bench_print(w->out, "1%c", (int)('5' + bench_below(w->random, 3)));
    digits_of(w, "0123456789", 11);
  } else {
    bench_print(w->out, "%zu", bench_below(w->random, 100));
  }
}

void bench_write_scalar(const bench_writer *w, const bdc_row_info *row) {
  switch (row->kind) {
  case BDC_KIND_INTEGER:
  case BDC_KIND_LONG:
  case BDC_KIND_NUMBER:
    write_integer(w, row);
    return;
  case BDC_KIND_BOOLEAN:
    bench_print(w->out, bench_once_in(w->random, 2) ? "true" : "false");
    return;
  default:
    bench_print(w->out, "\"");
    write_string(w, row);
    bench_print(w->out, "\"");
  }
}

/* ---- values that break a rule ---- */

static void write_letters(const bench_writer *w, size_t count) {
  for (size_t i = 0; i < count; i++) {
    bench_add(w->out, "a", 1);
  }
}

void bench_write_broken(const bench_writer *w, const bdc_row_info *row) {
  bool string = row->kind == BDC_KIND_STRING;
  if (string && row->value_count) {
    bench_print(w->out, "\"nothing listed\"");
  } else if (string && row->charset.size && !row->masked && bench_once_in(w->random, 2)) {
    bench_print(w->out, "\"abcdefgh\\u0009\"");
  } else if (string && row->length_min > 1 && bench_once_in(w->random, 2)) {
    bench_print(w->out, "\"a\"");
  } else if (string && row->length_max <= 64 && row->format == BDC_FORMAT_NONE && row->pattern.size == 0) {
    bench_print(w->out, "\"");
    write_letters(w, (size_t)row->length_max + 1);
    bench_print(w->out, "\"");
  } else {
    bench_print(w->out, string ? "7" : "\"7\"");
  }
}
