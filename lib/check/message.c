/* SPDX-License-Identifier: MIT */
/*
 * The head of a message: request target and header fields. The values of path, query and header rows are text; what a row says of
 * numbers and booleans is read from that text.
 */
#include "check/checker.h"

#include "base/decimal.h"
#include "base/hex.h"
#include "base/utf8.h"
#include "base/word.h"

static void violate_name(bdc_checker *checker, bdc_str name, bdc_rule rule, bdc_severity severity, size_t offset, uint64_t measure) {
  bdc__report_add(checker, &(bdc__finding){ .name = name, .rule = rule, .severity = severity, .offset = offset, .measure = measure });
}

/* The table of a section that the operation does not have. */
static const bdc_object no_rows = { .words = 1 };

static const bdc_object *header_rows(const bdc_checker *checker) {
  const bdc_object *rows = checker->response ? NULL : checker->operation->header_rows;
  return rows ? rows : &no_rows;
}

static const bdc_object *query_rows(const bdc_checker *checker) {
  const bdc_object *rows = checker->operation->query_rows;
  return rows ? rows : &no_rows;
}

static uint64_t *seen_rows(const bdc_checker *checker) {
  return checker->seen; /* no object is open yet: the first frame's words are free */
}

/* ---- values that are text ---- */

static bool text_is_boolean(bdc_str text) {
  return bdc__str_equal(text, BDC_STR("true")) || bdc__str_equal(text, BDC_STR("false"));
}

/* A value whose row is no string: read from its text, of which there may be more than `value_size` has room for. */
static void check_scalar_text(bdc_checker *checker, const bdc_row *row, bdc_str text, bool overflow, size_t offset) {
  bool integral = false;
  switch (row->kind) {
  case BDC_KIND_INTEGER:
  case BDC_KIND_LONG:
  case BDC_KIND_NUMBER:
    if (bdc__decimal_valid(text, &integral)) {
      bdc__number_check(checker, row, text, integral, overflow, offset);
    } else {
      bdc__violate(checker, row, BDC_RULE_TYPE, offset, BDC__TYPE_TEXT);
    }
    return;
  case BDC_KIND_BOOLEAN:
    if (!text_is_boolean(text)) {
      bdc__violate(checker, row, BDC_RULE_TYPE, offset, BDC__TYPE_TEXT);
    }
    return;
  default:
    return;
  }
}

/* A value without escapes, at an offset. */
static void check_plain_text(bdc_checker *checker, const bdc_row *row, bdc_str text, bool ascii, size_t offset) {
  if (row->kind != BDC_KIND_STRING) {
    check_scalar_text(checker, row, text, text.size > checker->settings.limits.value_size, offset);
  } else if (!ascii && !bdc__utf8_valid(text)) {
    bdc__violate(checker, row, BDC_RULE_ENCODING, offset, BDC__VALUE_UTF8);
  } else {
    bdc__string_whole(checker, row, text, ascii, offset);
  }
}

/* ---- percent-encoding ---- */

/* The byte at *at, unescaped; *at moves behind it. -1 for a bad escape. */
static int encoded_byte(bdc_str text, size_t *at) {
  const unsigned char *c = (const unsigned char *)text.data + *at;
  if (*c != '%') {
    ++*at;
    return *c;
  }
  if (text.size - *at < 3 || bdc__hex_digit(c[1]) < 0 || bdc__hex_digit(c[2]) < 0) {
    return -1;
  }
  *at += 3;
  return bdc__hex_digit(c[1]) * 16 + bdc__hex_digit(c[2]);
}

/* What is wrong with a percent-encoded value, as a measure; -1 where nothing is. */
typedef struct encoded_fault {
  int measure;
  size_t at;
} encoded_fault;

/* Reads one character at *at into `out`; its size, or 0 with *fault filled in. */
static size_t encoded_character(bdc_str text, size_t *at, char out[4], encoded_fault *fault) {
  size_t start = *at;
  size_t size = 0;
  int whole = -1;
  while (whole < 0) {
    bool escaped = *at < text.size && text.data[*at] == '%';
    int byte = *at < text.size ? encoded_byte(text, at) : -1;
    if (byte < 0 && escaped) {
      *fault = (encoded_fault){ BDC__TARGET_ESCAPE, *at };
      return 0;
    }
    if (byte < 0 || (byte >= 0x80 && !escaped)) {
      *fault = (encoded_fault){ byte < 0 ? BDC__TARGET_UTF8 : BDC__TARGET_CHARACTER, start };
      return 0;
    }
    out[size++] = (char)byte;
    whole = bdc__utf8_size((const unsigned char *)out, size);
  }
  if (whole == 0) {
    *fault = (encoded_fault){ BDC__TARGET_UTF8, start };
    return 0;
  }
  return size;
}

/*
 * What stands for itself in paths and queries: RFC 3986 leaves out blanks, controls, what is beyond ASCII and "<>\^`{|}, unless they are
 * percent-encoded, and "%" begins an escape. A bit for each character.
 */
static bool stands_for_itself(unsigned char c) {
  static const uint32_t members[] = { 0, 0xafffffda, 0xafffffff, 0x47fffffe, 0, 0, 0, 0 };
  return members[c / 32] >> (c % 32) & 1;
}

static bool all_stand_for_themselves(bdc_str text) {
  size_t i = 0;
  while (i < text.size && stands_for_itself((unsigned char)text.data[i])) {
    i++;
  }
  return i == text.size;
}

static bool is_dot_segment(bdc_str text) {
  return bdc__str_equal(text, BDC_STR(".")) || bdc__str_equal(text, BDC_STR(".."));
}

/* Whether a value is well-formed; in a path, "/" may not hide in it, nor may it be a dot segment. */
static encoded_fault encoded_fault_of(bdc_str text, bool in_path) {
  encoded_fault fault = { -1, 0 };
  bool dots = true;
  size_t characters = 0;
  for (size_t at = 0; at < text.size; characters++) {
    size_t start = at;
    char character[4];
    if (text.data[at] != '%' && !stands_for_itself((unsigned char)text.data[at])) {
      return (encoded_fault){ BDC__TARGET_CHARACTER, at };
    }
    if (encoded_character(text, &at, character, &fault) == 0) {
      return fault;
    }
    if (in_path && character[0] == '/') {
      return (encoded_fault){ BDC__TARGET_SLASH, start };
    }
    if ((unsigned char)character[0] < 0x20 || character[0] == 0x7f) {
      return (encoded_fault){ BDC__TARGET_CHARACTER, start };
    }
    dots = dots && character[0] == '.';
  }
  if (in_path && dots && (characters == 1 || characters == 2)) {
    return (encoded_fault){ BDC__TARGET_DOTS, 0 };
  }
  return fault;
}

static bdc_rule rule_of(int measure) {
  return measure == BDC__TARGET_ESCAPE || measure == BDC__TARGET_UTF8 ? BDC_RULE_ENCODING : BDC_RULE_SYNTAX;
}

/* The rules of a row for a well-formed encoded value that begins at `offset` in the target. */
static void check_encoded_text(bdc_checker *checker, const bdc_row *row, bdc_str text, size_t offset) {
  bool string = row->kind == BDC_KIND_STRING;
  bool overflow = false;
  encoded_fault ignored;
  bdc__string_begin(checker, row);
  for (size_t at = 0; at < text.size;) {
    size_t start = at;
    char character[4];
    size_t size = encoded_character(text, &at, character, &ignored);
    if (string) {
      bdc__string_chunk(checker, (bdc_str){ character, size }, offset + start, size == 1, false);
    } else {
      overflow = !bdc__value_add(checker, (bdc_str){ character, size }); /* behind what had no room nothing has */
    }
  }
  if (string) {
    bdc__string_end(checker, offset);
  } else {
    check_scalar_text(checker, row, (bdc_str){ checker->value, checker->value_size }, overflow, offset);
  }
}

static void check_encoded(bdc_checker *checker, const bdc_row *row, bdc_str text, size_t offset) {
  bool in_path = checker->place == BDC_IN_PATH;
  if (all_stand_for_themselves(text) && !(in_path && is_dot_segment(text))) { /* nearly always */
    check_plain_text(checker, row, text, true, offset);
    return;
  }
  encoded_fault fault = encoded_fault_of(text, in_path);
  if (fault.measure >= 0) {
    bdc__violate(checker, row, rule_of(fault.measure), offset + fault.at, (uint64_t)fault.measure);
  } else {
    check_encoded_text(checker, row, text, offset);
  }
}

/* ---- the target ---- */

static void check_parameter(bdc_checker *checker, const bdc_row *row, bdc_str segment, size_t offset) {
  if (segment.size == 0) {
    bdc__violate(checker, row, BDC_RULE_MANDATORY, offset, BDC__MANDATORY_FIELD);
  } else {
    check_encoded(checker, row, segment, offset);
  }
}

/* Template and path have the same number of segments: the router has seen to it. */
static void check_path(bdc_checker *checker, const bdc__target *target) {
  const bdc_operation *operation = checker->operation;
  const bdc_object *rows = operation->path_rows;
  size_t at = 1;
  size_t parameter = 0;
  bdc_str segment;
  checker->place = BDC_IN_PATH;
  for (uint32_t number = 0; parameter < rows->row_count && bdc__path_segment(target->path, &at, &segment); number++) {
    if (number == operation->parameters[parameter]) {
      check_parameter(checker, &rows->rows[parameter++], segment, target->path_offset + (size_t)(segment.data - target->path.data));
    }
  }
  if (target->has_fragment) {
    violate_name(checker, (bdc_str){ 0 }, BDC_RULE_SYNTAX, BDC_ERROR,
                 target->path_offset + target->path.size + target->has_query + target->query.size, BDC__TARGET_CHARACTER);
  }
}

/* The next of the parameters that "&" separates; *at moves behind it. */
static bool next_parameter(bdc_str query, size_t *at, bdc_str *name, bdc_str *value) {
  if (*at >= query.size) {
    return false;
  }
  bdc_str rest = bdc__str_from(query, *at);
  const char *end = memchr(rest.data, '&', rest.size);
  size_t size = end ? (size_t)(end - rest.data) : rest.size;
  *at += size + 1;
  const char *equals = size ? memchr(rest.data, '=', size) : NULL;
  size_t name_size = equals ? (size_t)(equals - rest.data) : size;
  size_t value_start = equals ? name_size + 1 : size;
  *name = (bdc_str){ rest.data, name_size };
  *value = (bdc_str){ rest.data + value_start, size - value_start };
  return true;
}

/* A documented row by the plain or encoded form of its name. */
static const bdc_row *query_row(const bdc_object *rows, bdc_str name) {
  char decoded[BDC__NAME_MAX];
  size_t size = 0;
  for (size_t at = 0; at < name.size;) {
    int byte = encoded_byte(name, &at);
    if (byte < 0 || size == sizeof decoded) {
      return NULL;
    }
    decoded[size++] = (char)byte;
  }
  return rows->row_count ? bdc__object_find(rows, (bdc_str){ decoded, size }) : NULL;
}

/* By the design an undocumented query parameter is a warning, other than an undocumented member of a request body. */
static void undocumented_parameter(bdc_checker *checker, bdc_str name, size_t offset) {
  bdc_unknown policy = query_rows(checker)->unknown;
  if (checker->unknown_forced) {
    policy = checker->unknown;
  }
  if (policy != BDC_UNKNOWN_IGNORE) {
    bdc_str shown = bdc__utf8_valid(name) ? name : (bdc_str){ 0 };
    violate_name(checker, shown, BDC_RULE_UNKNOWN, policy == BDC_UNKNOWN_ERROR ? BDC_ERROR : BDC_WARNING, offset, 0);
  }
}

static bool first_time(bdc_checker *checker, const bdc_object *rows, const bdc_row *row) {
  size_t number = (size_t)(row - rows->rows);
  uint64_t *word = &seen_rows(checker)[number / 64];
  uint64_t bit = UINT64_C(1) << (number % 64);
  bool first = !(*word & bit);
  *word |= bit;
  return first;
}

static void begin_rows(bdc_checker *checker, const bdc_object *rows) {
  memset(seen_rows(checker), 0, rows->words * sizeof checker->seen[0]);
}

static bool missing(const bdc_checker *checker, size_t number) {
  return !(seen_rows(checker)[number / 64] >> (number % 64) & 1);
}

static void check_query(bdc_checker *checker, const bdc__target *target) {
  const bdc_object *rows = query_rows(checker);
  size_t offset = target->path_offset + target->path.size + 1;
  bdc_str name;
  bdc_str value;
  checker->place = BDC_IN_QUERY;
  begin_rows(checker, rows);
  for (size_t at = 0; next_parameter(target->query, &at, &name, &value);) {
    size_t start = offset + (size_t)(name.data - target->query.data);
    const bdc_row *row = query_row(rows, name);
    if (!row) {
      if (name.size) {
        undocumented_parameter(checker, name, start);
      }
    } else if (!first_time(checker, rows, row)) {
      bdc__violate(checker, row, BDC_RULE_DUPLICATE, start, 0);
    } else {
      check_encoded(checker, row, value, offset + (size_t)(value.data - target->query.data));
    }
  }
  for (size_t i = 0; i < rows->row_count; i++) {
    if ((rows->rows[i].flags & BDC__ROW_MANDATORY) && missing(checker, i)) {
      bdc__violate(checker, &rows->rows[i], BDC_RULE_MANDATORY, target->path_offset + target->path.size, BDC__MANDATORY_FIELD);
    }
  }
}

/* ---- header fields ---- */

static bool has_header(const bdc_header *headers, size_t count, bdc_str name) {
  for (size_t i = 0; i < count; i++) {
    if (bdc__str_equal_fold(headers[i].name, name)) {
      return true;
    }
  }
  return false;
}

/* A control character other than a tab; the value's size where there is none. */
static size_t control_character(bdc_str value) {
  for (size_t i = 0; i < value.size; i++) {
    unsigned char c = (unsigned char)value.data[i];
    if ((c < 0x20 && c != '\t') || c == 0x7f) {
      return i;
    }
  }
  return value.size;
}

/* What is not 0x20 to 0x7e, eight bytes at a time: the high bit of its byte, or of a later one too. */
static uint64_t not_printable(uint64_t word) {
  return (word | (word - BDC__ONES * 0x20) | (word + BDC__ONES)) & BDC__HIGHS;
}

/* Whether a value is of printable ASCII, as nearly all are. */
static bool all_printable(bdc_str value) {
  const unsigned char *at = (const unsigned char *)value.data;
  uint64_t found = 0;
  if (value.size < 8) {
    for (size_t i = 0; i < value.size; i++) {
      found |= at[i] < 0x20 || at[i] > 0x7e;
    }
    return found == 0;
  }
  for (size_t i = 0; i < value.size - 8; i += 8) {
    found |= not_printable(bdc__load_le64(at + i));
  }
  return (found | not_printable(bdc__load_le64(at + value.size - 8))) == 0;
}

static const bdc_row *header_row(const bdc_object *rows, bdc_str name) {
  for (size_t i = 0; i < rows->row_count; i++) {
    if (bdc__str_equal_fold(rows->rows[i].name, name)) {
      return &rows->rows[i];
    }
  }
  return NULL;
}

/* An empty value of a mandatory field is as good as none, unless the table says how long it must be. */
static bool counts_as_missing(const bdc_row *row, bdc_str value) {
  return value.size == 0 && (row->flags & BDC__ROW_MANDATORY) && row->length_min == 0;
}

static void check_documented_header(bdc_checker *checker, const bdc_object *rows, const bdc_row *row, bdc_str value, bool ascii) {
  if (counts_as_missing(row, value)) {
    return;
  }
  if (first_time(checker, rows, row)) {
    check_plain_text(checker, row, value, ascii, 0);
  } else {
    bdc__violate(checker, row, BDC_RULE_DUPLICATE, 0, 0);
  }
}

static void check_header(bdc_checker *checker, const bdc_object *rows, const bdc_row *row, const bdc_header *header) {
  bdc_str value = bdc__str_trim(header->value);
  bool printable = all_printable(value);
  size_t control = printable ? value.size : control_character(value);
  if (control < value.size) {
    bdc_str name = bdc__utf8_valid(header->name) ? header->name : (bdc_str){ 0 };
    bdc__report_add(
        checker,
        &(bdc__finding){ .row = row, .name = name, .rule = BDC_RULE_CHARSET, .offset = control, .measure = BDC__CHARSET_CONTROL });
  }
  if (row) {
    check_documented_header(checker, rows, row, value, printable);
  }
}

/* The fields that tell how a body is to be read, whatever the table says of them. */
static void read_body_headers(bdc_checker *checker, const bdc_header *header, const bdc_row *row, bool *typed) {
  bdc_str value = bdc__str_trim(header->value);
  if (bdc__str_equal_fold(header->name, BDC_STR("Content-Encoding"))) {
    if (value.size && !bdc__str_equal_fold(value, BDC_STR("identity"))) {
      checker->skip_body = true;
      checker->report.reason = BDC_REASON_CONTENT_ENCODING;
    }
  } else if (bdc__str_equal_fold(header->name, BDC_STR("Content-Type"))) {
    bool twice = *typed && !row; /* a row says so itself */
    if ((twice || !bdc__media_type_is_json(value)) && !checker->media_broken) {
      checker->media_broken = true;
      checker->media_line = checker->header_line;
    }
    *typed = true;
  }
}

static void check_headers(bdc_checker *checker, const bdc_header *headers, size_t count) {
  const bdc_object *rows = header_rows(checker);
  bool typed = false;
  checker->place = BDC_IN_HEADER;
  begin_rows(checker, rows);
  for (size_t i = 0; i < count; i++) {
    checker->header_line = (uint32_t)i + 1;
    const bdc_row *row = header_row(rows, headers[i].name);
    check_header(checker, rows, row, &headers[i]);
    read_body_headers(checker, &headers[i], row, &typed);
  }
  checker->header_line = 0;
}

static void check_missing_headers(bdc_checker *checker, const bdc_request *request) {
  const bdc_object *rows = header_rows(checker);
  memset(checker->head_missing, 0, checker->ruleset->words_max * sizeof checker->head_missing[0]);
  for (size_t i = 0; i < rows->row_count; i++) {
    const bdc_row *row = &rows->rows[i];
    if (!(row->flags & BDC__ROW_MANDATORY) || !missing(checker, i) ||
        (row->unless.size && has_header(request->headers, request->header_count, row->unless))) {
      continue;
    }
    if (row->flags & BDC__ROW_WHEN_BODY) {
      checker->head_missing[i / 64] |= UINT64_C(1) << (i % 64);
      checker->head_incomplete = true;
    } else {
      bdc__violate(checker, row, BDC_RULE_MANDATORY, 0, BDC__MANDATORY_FIELD);
    }
  }
}

void bdc__request_head(bdc_checker *checker, const bdc_request *request) {
  if (request->target.size) {
    bdc__target target = bdc__target_split(request->target);
    check_path(checker, &target);
    check_query(checker, &target);
  }
  check_headers(checker, request->headers, request->header_count);
  check_missing_headers(checker, request);
}

void bdc__response_head(bdc_checker *checker, const bdc_header *headers, size_t count) {
  check_headers(checker, headers, count);
}

/* ---- what only counts where there is a body ---- */

static void violate_media_type(bdc_checker *checker) {
  static const bdc_str name = BDC__STR_INIT("Content-Type");
  const bdc_row *row = header_row(header_rows(checker), name);
  checker->header_line = checker->media_line;
  bdc__report_add(checker, &(bdc__finding){ .row = row, .name = name, .rule = BDC_RULE_MEDIA_TYPE });
}

static void violate_missing(bdc_checker *checker) {
  const bdc_object *rows = header_rows(checker);
  checker->header_line = 0;
  for (size_t i = 0; i < rows->row_count; i++) {
    if (checker->head_missing[i / 64] >> (i % 64) & 1) {
      bdc__violate(checker, &rows->rows[i], BDC_RULE_MANDATORY, 0, BDC__MANDATORY_FIELD);
    }
  }
}

void bdc__head_end(bdc_checker *checker) {
  checker->place = BDC_IN_HEADER;
  if (checker->head_incomplete) {
    violate_missing(checker);
  }
  if (checker->media_broken) {
    violate_media_type(checker);
  }
  checker->place = BDC_IN_BODY;
}
