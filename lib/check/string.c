/* SPDX-License-Identifier: MIT */
/* The rules of strings: length, charset, start, enum, pattern, format. A string comes in chunks of whole characters. */
#include "check/checker.h"

#include "base/utf8.h"

enum { MASK_NONE, MASK_WITHIN, MASK_BEHIND };

bool bdc__value_add(bdc_checker *checker, bdc_str chunk) {
  if (chunk.size > checker->settings.limits.value_size - checker->value_size) {
    checker->value_size = checker->settings.limits.value_size;
    return false;
  }
  if (chunk.size) {
    memcpy(checker->value + checker->value_size, chunk.data, chunk.size);
  }
  checker->value_size += chunk.size;
  return true;
}

void bdc__string_begin(bdc_checker *checker, const bdc_row *row) {
  checker->string = (bdc__string){ .row = row };
  checker->value_size = 0;
}

static void report_limit(bdc_checker *checker, const bdc_row *row, bdc__limit_kind kind, uint64_t figure, size_t offset) {
  bdc__violate(checker, row, BDC_RULE_LIMIT, offset, figure << BDC__MEASURE_BITS | kind);
}

/* ---- character classes ---- */

/* The first byte at or after `at` that is no member's: in plain C for ASCII, by PCRE2 from the first one beyond it. */
static size_t class_end(bdc_checker *checker, const bdc__class *class, bdc_str text, size_t at, bool *limit) {
  while (at < text.size && (unsigned char)text.data[at] < 0x80 && class->ascii[(unsigned char)text.data[at]]) {
    at++;
  }
  if (at < text.size && (unsigned char)text.data[at] >= 0x80 && class->run) {
    at += bdc__pattern_run(class->run, checker->matcher, bdc__str_from(text, at), limit);
  }
  return at;
}

static bool character_in(bdc_checker *checker, const bdc__class *class, bdc_str text, bool *limit) {
  size_t size = (size_t)bdc__utf8_size((const unsigned char *)text.data, text.size);
  return class_end(checker, class, (bdc_str){ text.data, size }, 0, limit) == size;
}

/*
 * Moves over masking: one run of "*" where the row allows it. The run may go on in the next chunk, so where it stands is part of the
 * string's state.
 */
static size_t skip_mask(bdc__string *string, bdc_str chunk, size_t at) {
  if (!(string->row->flags & BDC__ROW_MASKED) || string->mask == MASK_BEHIND) {
    return at;
  }
  size_t end = at;
  while (end < chunk.size && chunk.data[end] == '*') {
    end++;
  }
  if (end > at) {
    string->mask = MASK_WITHIN;
  }
  if (end < chunk.size && string->mask == MASK_WITHIN) {
    string->mask = MASK_BEHIND;
  }
  return end;
}

static void check_charset(bdc_checker *checker, bdc_str chunk, size_t offset) {
  bdc__string *string = &checker->string;
  bool limit = false;
  size_t at = string->mask == MASK_WITHIN ? skip_mask(string, chunk, 0) : 0;
  while ((at = class_end(checker, string->row->charset, chunk, at, &limit)) < chunk.size && !limit) {
    size_t behind = skip_mask(string, chunk, at);
    if (behind == at) {
      break;
    }
    at = behind;
  }
  if (limit) {
    report_limit(checker, string->row, BDC__LIMIT_PATTERN, checker->settings.limits.pattern_steps, offset + at);
  } else if (at < chunk.size) {
    uint64_t number = string->length + bdc__utf8_count(chunk.data, at) + 1;
    bdc__violate(checker, string->row, BDC_RULE_CHARSET, offset + at, number << BDC__MEASURE_BITS | BDC__CHARSET_BROKEN);
  } else {
    return;
  }
  string->charset_broken = true;
}

static void check_start(bdc_checker *checker, bdc_str chunk, size_t offset) {
  const bdc_row *row = checker->string.row;
  bool limit = false;
  if ((row->flags & BDC__ROW_MASKED && chunk.data[0] == '*') || character_in(checker, row->start, chunk, &limit)) {
    return;
  }
  if (limit) {
    report_limit(checker, row, BDC__LIMIT_PATTERN, checker->settings.limits.pattern_steps, offset);
  } else {
    bdc__violate(checker, row, BDC_RULE_START, offset, 0);
  }
}

/* ---- chunks ---- */

void bdc__string_chunk(bdc_checker *checker, bdc_str chunk, size_t offset, bool ascii, bool only) {
  bdc__string *string = &checker->string;
  const bdc_row *row = string->row;
  if (row->flags & BDC__ROW_NEEDS_TEXT) {
    if (only) {
      /* The limit holds for a value in one chunk too, so that the report does not depend on where pieces end. */
      string->whole = chunk;
      string->overflow = chunk.size > checker->settings.limits.value_size;
    } else {
      string->overflow = !bdc__value_add(checker, chunk) || string->overflow;
      string->whole = (bdc_str){ checker->value, checker->value_size };
    }
  }
  if (chunk.size == 0) {
    return;
  }
  if ((row->flags & BDC__ROW_MASKED) && memchr(chunk.data, '*', chunk.size)) {
    string->masked = true;
  }
  if (row->start && string->length == 0) {
    check_start(checker, chunk, offset);
  }
  if (row->charset && !string->charset_broken) {
    check_charset(checker, chunk, offset);
  }
  string->length += ascii ? chunk.size : bdc__utf8_count(chunk.data, chunk.size);
}

/* ---- the whole value ---- */

static inline void check_length(bdc_checker *checker, const bdc_row *row, uint64_t length, size_t offset) {
  if (length < row->length_min) {
    bdc__violate(checker, row, BDC_RULE_LENGTH_MIN, offset, length);
  } else if (length > row->length_max) {
    bdc__violate(checker, row, BDC_RULE_LENGTH_MAX, offset, length);
  }
}

static void check_pattern(bdc_checker *checker, const bdc_row *row, bdc_str whole, size_t offset) {
  switch (bdc__pattern_match(row->pattern, checker->matcher, whole)) {
  case BDC__MATCH:
    return;
  case BDC__NO_MATCH:
    bdc__violate(checker, row, BDC_RULE_PATTERN, offset, 0);
    return;
  case BDC__MATCH_LIMIT:
    report_limit(checker, row, BDC__LIMIT_PATTERN, checker->settings.limits.pattern_steps, offset);
    return;
  }
}

static void check_format(bdc_checker *checker, const bdc_row *row, bdc_str whole, size_t offset) {
  uint64_t measure = BDC__FORMAT_BROKEN;
  if (bdc__format_check(row, whole, &measure)) {
    return;
  }
  bool warning = measure == BDC__FORMAT_NO_ZONE || (row->warnings >> BDC_RULE_FORMAT & 1);
  bdc__report_add(
      checker,
      &(bdc__finding){
          .row = row, .rule = BDC_RULE_FORMAT, .severity = warning ? BDC_WARNING : BDC_ERROR, .offset = offset, .measure = measure });
}

static const bdc_code_info *listed_code(const bdc_checker *checker, bdc_str whole) {
  return bdc__service_code(checker->operation->service, whole, checker->http_status);
}

/* An error code is held against the catalogue: one that is listed, with another HTTP status, is worth a warning. */
static void check_error_code(bdc_checker *checker, const bdc_row *row, const bdc_code_info *code, size_t offset) {
  if (checker->response && code && code->status != checker->http_status) {
    uint64_t measure = (uint64_t)code->status << BDC__MEASURE_BITS | BDC__STATUS_OF_CODE;
    bdc__report_add(
        checker, &(bdc__finding){ .row = row, .rule = BDC_RULE_STATUS, .severity = BDC_WARNING, .offset = offset, .measure = measure });
  }
}

/* A value that is too long to be looked at as a whole: that it is none of shorter listed values is all that can be said. */
static void check_too_long(bdc_checker *checker, const bdc_row *row, size_t offset) {
  size_t limit = checker->settings.limits.value_size;
  bool undecided = row->pattern || row->format != BDC_FORMAT_NONE;
  for (uint32_t i = 0; i < row->value_count; i++) {
    undecided = undecided || row->values[i].size > limit;
  }
  if (undecided) {
    report_limit(checker, row, BDC__LIMIT_VALUE, limit, offset);
  } else if (row->value_count) {
    bdc__violate(checker, row, BDC_RULE_ENUM, offset, 0);
  }
}

static void check_whole(bdc_checker *checker, const bdc_row *row, bdc_str whole, bool overflow, size_t offset) {
  if (overflow) {
    check_too_long(checker, row, offset);
    return;
  }
  const bdc_code_info *code = row->flags & BDC__ROW_ERROR_CODE ? listed_code(checker, whole) : NULL;
  if (row->value_count && !bdc__string_listed(row, whole)) {
    bdc__violate(checker, row, BDC_RULE_ENUM, offset, 0);
  }
  if (row->pattern && !bdc__code_matches(&checker->task, row, code)) {
    check_pattern(checker, row, whole, offset);
  }
  if (row->format != BDC_FORMAT_NONE) {
    check_format(checker, row, whole, offset);
  }
  check_error_code(checker, row, code, offset);
}

void bdc__string_end(bdc_checker *checker, size_t token_offset) {
  const bdc__string *string = &checker->string;
  if (!string->masked) { /* else it is as long as the mask, not as the value */
    check_length(checker, string->row, string->length, token_offset);
  }
  if (string->row->flags & BDC__ROW_NEEDS_TEXT) {
    check_whole(checker, string->row, string->whole, string->overflow, token_offset);
  }
}

/* ---- values in one chunk ---- */

/* Whether all characters of an ASCII text are members: eight at a time, since hardly any is not. */
static bool all_in(const bdc__class *class, bdc_str text) {
  enum { STEP = 8 };
  size_t i = 0;
  for (; text.size - i >= STEP; i += STEP) {
    unsigned members = 1;
    for (size_t j = 0; j < STEP; j++) {
      members &= class->ascii[(unsigned char)text.data[i + j]];
    }
    if (!members) {
      return false;
    }
  }
  while (i < text.size && class->ascii[(unsigned char)text.data[i]]) {
    i++;
  }
  return i == text.size;
}

/* Whether charset and start of the row surely hold: where they do not seem to, the long way has more to say. */
static inline bool keeps_classes(const bdc_row *row, bdc_str text, bool ascii) {
  if (!row->charset && !row->start) {
    return true;
  }
  return ascii && (!row->start || text.size == 0 || row->start->ascii[(unsigned char)text.data[0]]) &&
         (!row->charset || all_in(row->charset, text));
}

/* What all values may have to be looked at for, as chunks are. */
static void check_as_chunk(bdc_checker *checker, const bdc_row *row, bdc_str text, bool ascii, size_t offset) {
  size_t quote = checker->place == BDC_IN_BODY;
  bdc__string_begin(checker, row);
  bdc__string_chunk(checker, text, offset + quote, ascii, true);
  bdc__string_end(checker, offset);
}

void bdc__string_whole(bdc_checker *checker, const bdc_row *row, bdc_str text, bool ascii, size_t offset) {
  if (row->flags & BDC__ROW_MASKED || !keeps_classes(row, text, ascii)) {
    check_as_chunk(checker, row, text, ascii, offset);
    return;
  }
  check_length(checker, row, ascii ? text.size : bdc__utf8_count(text.data, text.size), offset);
  if (row->flags & BDC__ROW_NEEDS_TEXT) {
    check_whole(checker, row, text, text.size > checker->settings.limits.value_size, offset);
  }
}

/* Whether length is all that a row says of a string. */
static bool only_length(const bdc_row *row) {
  return row->flags & BDC__ROW_SIMPLE && !row->charset && !row->start;
}

bool bdc__string_escaped(bdc_checker *checker, const bdc_row *row, uint64_t length, size_t token_offset) {
  if (!only_length(row)) {
    return false;
  }
  check_length(checker, row, length, token_offset);
  return true;
}
