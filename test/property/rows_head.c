/* SPDX-License-Identifier: MIT */
/* Rows of paths and headers: whole requests that are valid but for one value. */
#include "property/rows.h"

#include <stdio.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

enum { HEADERS_MAX = 12, LENGTH_TESTED = 200000, FREE_LENGTH = 3000 };

/* A request; `offset` is that of the value of interest in the target, `line` the number of its header. */
typedef struct head {
  blob target;
  blob body;
  blob values[HEADERS_MAX];
  bdc_header headers[HEADERS_MAX];
  size_t count;
  size_t offset;
  size_t line;
} head;

static bool is_text(bdc_str text, const char *other) {
  return text.size == strlen(other) && (text.size == 0 || memcmp(text.data, other, text.size) == 0);
}

static bdc_section_info section_in(const rows_run *run, bdc_place place) {
  for (size_t i = 0; i < run->info.section_count; i++) {
    bdc_section_info section = bdc_operation_section(run->operation, i);
    if (section.in == place && section.status_count == 0) {
      return section;
    }
  }
  return (bdc_section_info){ .in = place };
}

static const bdc_row *row_named(const bdc_section_info *section, bdc_str name) {
  for (size_t i = 0; i < bdc_object_describe(section->object).row_count; i++) {
    const bdc_row *row = bdc_object_row(section->object, i);
    bdc_str other = bdc_row_describe(row).name;
    if (other.size == name.size && memcmp(other.data, name.data, name.size) == 0) {
      return row;
    }
  }
  fail_msg("no row for the path parameter %.*s", (int)name.size, name.data);
  return NULL;
}

/* ---- requests ---- */

static void add_segment(rows_run *run, head *h, bdc_str segment, const bdc_row *target, bdc_str raw) {
  if (segment.size == 0 || segment.data[0] != '{') {
    blob_add_str(&h->target, segment);
    return;
  }
  bdc_section_info path = section_in(run, BDC_IN_PATH);
  const bdc_row *row = row_named(&path, (bdc_str){ segment.data + 1, segment.size - 2 });
  bdc_row_info info = bdc_row_describe(row);
  if (row == target) {
    h->offset = h->target.size;
    blob_add_str(&h->target, raw);
  } else {
    write_valid_text(&h->target, &info);
  }
}

static void add_target(rows_run *run, head *h, const bdc_row *target, bdc_str raw) {
  bdc_str path = run->info.path;
  size_t start = 1;
  for (size_t i = 1; i <= path.size; i++) {
    if (i == path.size || path.data[i] == '/') {
      blob_print(&h->target, "/");
      add_segment(run, h, (bdc_str){ path.data + start, i - start }, target, raw);
      start = i + 1;
    }
  }
}

static void add_header(head *h, bdc_str name, bdc_str value) {
  blob_add_str(&h->values[h->count], value);
  blob_print(&h->values[h->count], "%s", "");
  h->headers[h->count] = (bdc_header){ name, blob_str(&h->values[h->count]) };
  h->count++;
}

static void add_valid_header(head *h, const bdc_row_info *info) {
  blob value = { 0 };
  if (is_text(info->name, "Content-Type")) {
    blob_print(&value, "application/json");
  } else {
    write_valid_text(&value, info);
  }
  add_header(h, info->name, blob_str(&value));
  blob_free(&value);
}

/* `raw` without data leaves the header out. */
static void add_headers(rows_run *run, head *h, const bdc_row *target, bdc_str raw) {
  bdc_section_info section = section_in(run, BDC_IN_HEADER);
  for (size_t i = 0; i < bdc_object_describe(section.object).row_count; i++) {
    const bdc_row *row = bdc_object_row(section.object, i);
    bdc_row_info info = bdc_row_describe(row);
    if (row != target && info.mandatory) {
      add_valid_header(h, &info);
    } else if (row == target && raw.data) {
      add_header(h, info.name, raw);
      h->line = h->count;
    }
  }
}

static head head_with(rows_run *run, const bdc_row *path_row, const bdc_row *header_row, bdc_str raw) {
  head h = { .offset = 0 };
  bdc_section_info body = section_in(run, BDC_IN_BODY);
  add_target(run, &h, path_row, raw);
  add_headers(run, &h, header_row, raw);
  if (body.body) {
    write_valid(&h.body, body.body);
  }
  return h;
}

static void head_free(head *h) {
  blob_free(&h->target);
  blob_free(&h->body);
  for (size_t i = 0; i < h->count; i++) {
    blob_free(&h->values[i]);
  }
}

/* Checks and frees it. */
static void expect_head(rows_run *run, head *h, const expectation *list, size_t count) {
  bdc_request request = { .provider = run->service.provider,
                          .method = run->info.method,
                          .target = blob_str(&h->target),
                          .headers = h->headers,
                          .header_count = h->count,
                          .body = h->body.data,
                          .body_size = h->body.size };
  bdc_check_request(run->checker, &request);
  blob sent = { 0 };
  blob_print(&sent, "%s\n", h->target.data);
  for (size_t i = 0; i < h->count; i++) {
    blob_print(&sent, "%.*s: %.*s\n", (int)h->headers[i].name.size, h->headers[i].name.data,
               h->headers[i].value.size < 80 ? (int)h->headers[i].value.size : 80, h->headers[i].value.data);
  }
  expect_report(run, blob_str(&sent), list, count);
  blob_free(&sent);
  head_free(h);
}

/* ---- paths ---- */

typedef struct part {
  rows_run *run;
  const bdc_row *row;
  bdc_row_info info;
  bdc_place place;
} part;

enum { NONE = -1 };

static void expect_part(const part *p, bdc_str raw, int rule, size_t offset) {
  bool path = p->place == BDC_IN_PATH;
  head h = head_with(p->run, path ? p->row : NULL, path ? NULL : p->row, raw);
  expectation expected = { .rule = (bdc_rule)rule, .in = p->place, .pointer = "", .field = p->info.name };
  expected.offset = path ? h.offset + offset : offset;
  expected.warning = rule >= 0 && (p->info.warnings >> rule & 1);
  expect_head(p->run, &h, &expected, rule != NONE);
}

static void expect_text(const part *p, const char *raw, int rule, size_t offset) {
  expect_part(p, (bdc_str){ raw, strlen(raw) }, rule, offset);
}

static void check_repeated(const part *p, const char *character, uint64_t length, int rule) {
  blob raw = { 0 };
  blob_repeat(&raw, character, (size_t)length);
  expect_part(p, blob_str(&raw), rule, 0);
  blob_free(&raw);
}

static void check_lengths(const part *p, const char *character) {
  if (p->info.length_max <= LENGTH_TESTED) {
    check_repeated(p, character, p->info.length_max - 1, NONE);
    check_repeated(p, character, p->info.length_max, NONE);
    check_repeated(p, character, p->info.length_max + 1, BDC_RULE_LENGTH_MAX);
  } else {
    check_repeated(p, character, FREE_LENGTH, NONE);
  }
  if (p->info.length_min > 0) {
    check_repeated(p, character, p->info.length_min, NONE);
  }
}

static void check_encoded_character(const part *p, unsigned c) {
  char raw[16];
  int rule = p->info.charset.size && !known_class_has(known_class_of(p->info.charset), c) ? BDC_RULE_CHARSET : NONE;
  snprintf(raw, sizeof raw, "a%%%02Xa", c);
  expect_text(p, raw, c == '/' || c < 0x20 || c == 0x7f ? BDC_RULE_SYNTAX : rule, 1);
  snprintf(raw, sizeof raw, "aa%%%02x", c);
  expect_text(p, raw, c == '/' || c < 0x20 || c == 0x7f ? BDC_RULE_SYNTAX : rule, 2);
}

static void check_plain_character(const part *p, unsigned c) {
  char raw[] = { 'a', (char)c, 'a', '\0' };
  bool refused = c <= 0x20 || c >= 0x7f || strchr("\"<>\\^`{|}", (int)c);
  int rule = p->info.charset.size && !known_class_has(known_class_of(p->info.charset), c) ? BDC_RULE_CHARSET : NONE;
  if (!strchr("%/?#", (int)c)) {
    expect_text(p, raw, refused ? BDC_RULE_SYNTAX : rule, 1);
  }
}

static void check_malformed(const part *p) {
  static const struct {
    const char *raw;
    bdc_rule rule;
    size_t offset;
  } cases[] = { { "%", BDC_RULE_ENCODING, 0 },         { "a%", BDC_RULE_ENCODING, 1 },
                { "a%4", BDC_RULE_ENCODING, 1 },       { "ab%zz", BDC_RULE_ENCODING, 2 },
                { "%4g", BDC_RULE_ENCODING, 0 },       { "%%41", BDC_RULE_ENCODING, 0 },
                { "%u0041", BDC_RULE_ENCODING, 0 },    { "a%C3", BDC_RULE_ENCODING, 1 },
                { "%C3a", BDC_RULE_ENCODING, 0 },      { "a%FF", BDC_RULE_ENCODING, 1 },
                { "%C0%AF", BDC_RULE_ENCODING, 0 },    { "%E0%80%AF", BDC_RULE_ENCODING, 0 },
                { "%ED%A0%80", BDC_RULE_ENCODING, 0 }, { "%F4%90%80%80", BDC_RULE_ENCODING, 0 },
                { "ab%2Fc", BDC_RULE_SYNTAX, 2 },      { "%2f", BDC_RULE_SYNTAX, 0 },
                { "..%2F..", BDC_RULE_SYNTAX, 2 },     { ".", BDC_RULE_SYNTAX, 0 },
                { "..", BDC_RULE_SYNTAX, 0 },          { "%2e", BDC_RULE_SYNTAX, 0 },
                { "%2E%2e", BDC_RULE_SYNTAX, 0 },      { ".%2e", BDC_RULE_SYNTAX, 0 },
                { "%2e.", BDC_RULE_SYNTAX, 0 },        { "a%0d%0ab", BDC_RULE_SYNTAX, 1 } };
  for (size_t i = 0; i < LENGTH(cases); i++) {
    expect_text(p, cases[i].raw, (int)cases[i].rule, cases[i].offset);
  }
}

static void check_path_row(const part *p) {
  static const char *const characters[] = { "%C3%A9", "%E6%9D%8E", "%F0%9F%98%80", "%2e", "a%20" };
  expect_text(p, "", BDC_RULE_MANDATORY, 0);
  check_lengths(p, "a");
  check_lengths(p, "%61");
  for (size_t i = 0; i < LENGTH(characters) - 2 && !p->info.charset.size; i++) {
    check_lengths(p, characters[i]);
  }
  for (unsigned c = 0; c < 0x80; c++) {
    check_encoded_character(p, c);
  }
  for (unsigned c = 1; c < 0x100; c++) {
    check_plain_character(p, c);
  }
  expect_text(p, "...", p->info.charset.size ? BDC_RULE_CHARSET : NONE, 0);
  expect_text(p, "%2525", p->info.charset.size ? BDC_RULE_CHARSET : NONE, 0);
  check_malformed(p);
}

/* ---- headers ---- */

/* A header with this name and value is added to a request that has it already, or not. */
static void expect_with(const part *p, bdc_str raw, bdc_str name, bdc_str value, int rule) {
  head h = head_with(p->run, NULL, p->row, raw);
  add_header(&h, name, value);
  expectation expected = { .rule = (bdc_rule)rule, .in = BDC_IN_HEADER, .pointer = "", .field = p->info.name };
  expected.warning = rule >= 0 && (p->info.warnings >> rule & 1);
  expect_head(p->run, &h, &expected, rule != NONE);
}

static blob valid_header(const bdc_row_info *info) {
  blob value = { 0 };
  if (is_text(info->name, "Content-Type")) {
    blob_print(&value, "application/json");
  } else {
    write_valid_text(&value, info);
  }
  return value;
}

static void check_missing_header(const part *p) {
  expect_part(p, (bdc_str){ 0 }, p->info.mandatory ? BDC_RULE_MANDATORY : NONE, 0);
  if (p->info.unless.size) {
    expect_with(p, (bdc_str){ 0 }, p->info.unless, BDC_STR("SDK-HMAC-SHA256 x"), NONE);
    expect_with(p, (bdc_str){ 0 }, BDC_STR("aUTHORIZATION"), BDC_STR("y"), NONE);
    expect_with(p, (bdc_str){ 0 }, BDC_STR("Authorization2"), BDC_STR("y"), BDC_RULE_MANDATORY);
  } else if (p->info.mandatory) {
    expect_with(p, (bdc_str){ 0 }, BDC_STR("Authorization"), BDC_STR("y"), BDC_RULE_MANDATORY);
  }
}

static void check_names_and_blanks(const part *p, const blob *value) {
  blob name = { 0 };
  blob padded = { 0 };
  blob_add_str(&name, p->info.name);
  for (size_t i = 0; i < name.size; i++) {
    char c = name.data[i];
    name.data[i] = (char)((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? c ^ 0x20 : c);
  }
  blob_print(&padded, " \t%s\t ", value->data);
  expect_with(p, (bdc_str){ 0 }, blob_str(&name), blob_str(value), NONE);
  expect_with(p, blob_str(value), blob_str(&name), blob_str(value), BDC_RULE_DUPLICATE);
  expect_part(p, blob_str(&padded), NONE, 0);
  blob_free(&name);
  blob_free(&padded);
}

static void check_header_enum(const part *p) {
  for (size_t i = 0; i < p->info.value_count; i++) {
    blob value = { 0 };
    blob_add_str(&value, p->info.values[i]);
    expect_part(p, blob_str(&value), NONE, 0);
    value.data[0] = (char)(value.data[0] ^ 0x20);
    expect_part(p, blob_str(&value), BDC_RULE_ENUM, 0);
    blob_print(&value, ",x");
    expect_part(p, blob_str(&value), BDC_RULE_ENUM, 0);
    blob_free(&value);
  }
  expect_text(p, "", BDC_RULE_ENUM, 0);
}

static void check_header_text(const part *p) {
  int empty = p->info.length_min ? BDC_RULE_LENGTH_MIN : p->info.mandatory ? BDC_RULE_MANDATORY : NONE;
  expect_text(p, "", empty, 0);
  expect_text(p, "  \t ", empty, 0);
  expect_text(p,
              "a\x01"
              "b",
              BDC_RULE_CHARSET, 1);
  expect_text(p, "ab\nX-Other: c", BDC_RULE_CHARSET, 2);
  expect_text(p, "\x7f", BDC_RULE_CHARSET, 0);
  expect_text(p, "a\tb", NONE, 0);
  expect_text(p, "a\xff", BDC_RULE_ENCODING, 0);
  check_lengths(p, "a");
  check_lengths(p, "\xe6\x9d\x8e");
}

static void check_header_row(const part *p) {
  blob value = valid_header(&p->info);
  check_missing_header(p);
  check_names_and_blanks(p, &value);
  if (is_text(p->info.name, "Content-Type")) {
    expect_text(p, "text/plain", BDC_RULE_MEDIA_TYPE, 0);
    expect_text(p, "application/json; charset=utf-16", BDC_RULE_MEDIA_TYPE, 0);
    expect_text(p, "Application/JSON;charset=\"UTF-8\"", NONE, 0);
  } else if (p->info.value_count) {
    check_header_enum(p);
  } else {
    check_header_text(p);
  }
  blob_free(&value);
}

void check_head(rows_run *run) {
  static const bdc_place places[] = { BDC_IN_PATH, BDC_IN_HEADER };
  for (size_t i = 0; i < LENGTH(places); i++) {
    bdc_section_info section = section_in(run, places[i]);
    for (size_t j = 0; j < bdc_object_describe(section.object).row_count; j++) {
      part p = { .run = run, .row = bdc_object_row(section.object, j), .place = places[i] };
      p.info = bdc_row_describe(p.row);
      if (places[i] == BDC_IN_PATH) {
        check_path_row(&p);
      } else {
        check_header_row(&p);
      }
    }
  }
}
