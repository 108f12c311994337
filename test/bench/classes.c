/* SPDX-License-Identifier: MIT */
/* What a character class means is asked of PCRE2, as the library does. */
#include "bench.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum { CLASSES_MAX = 64 };

static pcre2_code *compiled(bdc_str expression, uint32_t more) {
  int error;
  PCRE2_SIZE offset;
  uint32_t options = PCRE2_UTF | PCRE2_UCP | more;
  pcre2_code *code = pcre2_compile((PCRE2_SPTR)expression.data, expression.size, options, &error, &offset, NULL);
  if (!code) {
    bench_fail("a class that PCRE2 does not know: %.*s", (int)expression.size, expression.data);
  }
  return code;
}

static bool matches(const pcre2_code *code, pcre2_match_data *match, const char *text, size_t size) {
  return pcre2_match(code, (PCRE2_SPTR)text, size, 0, 0, match, NULL) >= 0;
}

static void fill(bench_class *out, bdc_str expression) {
  static const char han[] = "\xe6\x9d\x8e";
  pcre2_code *code = compiled(expression, PCRE2_ANCHORED | PCRE2_ENDANCHORED);
  pcre2_match_data *match = pcre2_match_data_create(1, NULL);
  out->expression = expression;
  for (int c = 0; c < 128; c++) {
    char text = (char)c;
    out->ascii[c] = matches(code, match, &text, 1);
    if (out->ascii[c]) {
      out->members[out->member_count++] = text;
    }
  }
  out->beyond = matches(code, match, han, sizeof han - 1);
  pcre2_match_data_free(match);
  pcre2_code_free(code);
}

const bench_class *bench_class_of(bdc_str expression) {
  static bench_class classes[CLASSES_MAX];
  static size_t count;
  if (expression.size == 0) {
    return NULL;
  }
  for (size_t i = 0; i < count; i++) {
    if (bench_same(classes[i].expression, expression)) {
      return &classes[i];
    }
  }
  if (count == CLASSES_MAX) {
    bench_fail("too many classes");
  }
  fill(&classes[count], expression);
  return &classes[count++];
}

/* ---- all characters of a class ---- */

static void add_character(bench_text *out, uint32_t c) {
  char text[4];
  size_t size = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  static const unsigned char marks[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
  for (size_t i = size; i-- > 1;) {
    text[i] = (char)(0x80 | (c & 0x3f));
    c >>= 6;
  }
  text[0] = (char)(marks[size] | c);
  bench_add(out, text, size);
}

static uint32_t character_at(const unsigned char *text) {
  if (text[0] < 0x80) {
    return text[0];
  }
  size_t size = text[0] < 0xe0 ? 2 : text[0] < 0xf0 ? 3 : 4;
  uint32_t c = text[0] & (0x7fu >> size);
  for (size_t i = 1; i < size; i++) {
    c = c << 6 | (text[i] & 0x3f);
  }
  return c;
}

/* Unicode, one character behind the other. */
static bdc_str all_characters(void) {
  static bench_text all;
  for (uint32_t c = 1; all.size == 0 || (c > 1 && c < 0x110000); c++) {
    if (c < 0xd800 || c > 0xdfff) {
      add_character(&all, c);
    }
  }
  return (bdc_str){ all.data, all.size };
}

static const unsigned char *last_before(const unsigned char *end) {
  do {
    end--;
  } while ((*end & 0xc0) == 0x80);
  return end;
}

size_t bench_class_ranges(const bench_class *class_, bench_range **out) {
  bdc_str all = all_characters();
  bench_text pattern = { 0 };
  bench_print(&pattern, "%.*s+", (int)class_->expression.size, class_->expression.data);
  pcre2_code *code = compiled((bdc_str){ pattern.data, pattern.size }, 0);
  pcre2_match_data *match = pcre2_match_data_create(1, NULL);
  bench_text ranges = { 0 };
  PCRE2_SIZE at = 0;
  while (pcre2_match(code, (PCRE2_SPTR)all.data, all.size, at, PCRE2_NO_UTF_CHECK, match, NULL) >= 0) {
    const PCRE2_SIZE *found = pcre2_get_ovector_pointer(match);
    const unsigned char *begin = (const unsigned char *)all.data + found[0];
    at = found[1];
    bench_range range = { character_at(begin), character_at(last_before((const unsigned char *)all.data + at)) };
    bench_add(&ranges, (const char *)&range, sizeof range);
  }
  pcre2_match_data_free(match);
  pcre2_code_free(code);
  bench_text_free(&pattern);
  *out = (bench_range *)(void *)ranges.data;
  return ranges.size / sizeof(bench_range);
}
