/* SPDX-License-Identifier: MIT */
/* What all statements share: words, lists, ranges, sources, the lines of a block. */
#include "rules/parse.h"

#include <stdio.h>

enum { NAMES_MAX = 32, NAMES_TEXT_MAX = 400 };

/* ---- mistakes ---- */

bool bdc__parse_stopped(const bdc__parser *parser) {
  return parser->load->status == BDC_ERR_MEMORY || parser->scanner.no_memory || parser->mistakes.no_memory || parser->mistakes.full;
}

bool bdc__parse_no_memory(bdc__parser *parser) {
  bdc__load_fail(parser->load, BDC_ERR_MEMORY);
  return false;
}

bool bdc__parse_fail(bdc__parser *parser, size_t offset, const char *format, ...) {
  if (parser->scanner.line.flawed) {
    return false;
  }
  size_t column = bdc__scan_column(&parser->scanner, offset);
  va_list arguments;
  va_start(arguments, format);
  bdc__mistake_list(&parser->mistakes, parser->scanner.line.number, column, format, arguments);
  va_end(arguments);
  return false;
}

static bool fail_unknown(bdc__parser *parser, const bdc__word *word, const char *what, const char *const *names, size_t count) {
  char list[NAMES_TEXT_MAX];
  bdc__words_join(list, sizeof(list), names, count);
  const char *nearest = bdc__words_nearest(word->text, names, count);
  if (nearest) {
    return bdc__parse_fail(parser, word->offset, "unknown %s \"%.*s\", perhaps \"%s\"; expected one of %s", what,
                           BDC__SHOWN(word->text), nearest, list);
  }
  return bdc__parse_fail(parser, word->offset, "unknown %s \"%.*s\"; expected one of %s", what, BDC__SHOWN(word->text), list);
}

/* ---- words ---- */

bool bdc__word_is(const bdc__word *word, const char *text) {
  /* Most words differ from most keywords in the first character. */
  bool maybe = word->text.size && word->text.data[0] == text[0] && !word->quoted;
  return maybe && bdc__str_equal(word->text, bdc__str(text));
}

bool bdc__is_name(bdc_str text) {
  for (size_t i = 0; i < text.size && i <= BDC__IDENTIFIER_MAX; i++) {
    unsigned char c = bdc__ascii_lower((unsigned char)text.data[i]);
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-')) {
      return false;
    }
  }
  return text.size > 0 && text.size <= BDC__IDENTIFIER_MAX;
}

bool bdc__parse_keyword(bdc__parser *parser, const bdc__word *word, const char *what, bdc__keywords keywords, size_t *out) {
  const char *names[NAMES_MAX];
  assert(keywords.count <= NAMES_MAX);
  for (size_t i = 0; i < keywords.count; i++) {
    names[i] = *(const char *const *)((const char *)keywords.table + i * keywords.stride);
    if (bdc__word_is(word, names[i])) {
      *out = i;
      return true;
    }
  }
  return fail_unknown(parser, word, what, names, keywords.count);
}

void bdc__parse_back(bdc__parser *parser, const bdc__word *word) {
  parser->scanner.line.at = word->offset;
}

bool bdc__parse_word(bdc__parser *parser, const char *expected, bdc__word *out) {
  return bdc__scan_word(&parser->scanner, out) || bdc__parse_fail(parser, out->offset, "the line ends here; expected %s", expected);
}

bool bdc__parse_name(bdc__parser *parser, const char *expected, bdc__word *out) {
  if (!bdc__parse_word(parser, expected, out)) {
    return false;
  }
  return bdc__is_name(out->text) ||
         bdc__parse_fail(parser, out->offset, "\"%.*s\" is no name; expected %s: up to %d letters, digits, _ and -",
                         BDC__SHOWN(out->text), expected, BDC__IDENTIFIER_MAX);
}

bool bdc__parse_end(bdc__parser *parser) {
  bdc__word word;
  if (bdc__scan_word(&parser->scanner, &word)) {
    return bdc__parse_fail(parser, word.offset, "unexpected \"%.*s\"; expected the end of the line", BDC__SHOWN(word.text));
  }
  return !parser->scanner.line.flawed;
}

bool bdc__next_item(const bdc__word *list, size_t *at, bdc__word *item) {
  if (*at > list->text.size) {
    return false;
  }
  bdc_str left = bdc__str_from(list->text, *at);
  const char *comma = left.size ? memchr(left.data, ',', left.size) : NULL;
  size_t size = comma ? (size_t)(comma - left.data) : left.size;
  *item = (bdc__word){ .text = { left.data, size }, .offset = list->offset + *at };
  *at += size + 1;
  return true;
}

bool bdc__parse_lower(bdc__parser *parser, bdc_str text, bdc_str *out) {
  char *lower = bdc__arena_alloc(&parser->load->scratch, text.size + 1, 1);
  if (!lower) {
    return bdc__parse_no_memory(parser);
  }
  for (size_t i = 0; i < text.size; i++) {
    lower[i] = (char)bdc__ascii_lower((unsigned char)text.data[i]);
  }
  *out = (bdc_str){ lower, text.size };
  return true;
}

/* ---- sources ---- */

static bool check_source(bdc__parser *parser, const bdc__word *word) {
  if (word->quoted || word->text.size < 2 || word->text.data[0] != '@') {
    return bdc__parse_fail(parser, word->offset, "unexpected \"%.*s\"; expected the row's source, @TAG", BDC__SHOWN(word->text));
  }
  bdc_str tag = bdc__str_from(word->text, 1);
  if (!bdc__map_get(&parser->sources, tag)) {
    bdc__parse_fail(parser, word->offset, "no source \"%.*s\"; expected a tag that a `source` statement declares", BDC__SHOWN(tag));
  }
  return true;
}

static bool append_tag(bdc__parser *parser, bdc_str *list, bdc_str tag) {
  if (list->size == 0) {
    *list = tag;
    return true;
  }
  char *joined = bdc__arena_alloc(&parser->load->arena, list->size + 1 + tag.size, 1);
  if (!joined) {
    return bdc__parse_no_memory(parser);
  }
  memcpy(joined, list->data, list->size);
  joined[list->size] = ' ';
  memcpy(joined + list->size + 1, tag.data, tag.size);
  *list = (bdc_str){ joined, list->size + 1 + tag.size };
  return true;
}

bool bdc__parse_sources(bdc__parser *parser, bdc_str *out) {
  enum { TAGS_MAX = 8 };
  bdc__word word;
  size_t count = 0;
  *out = (bdc_str){ 0 };
  while (bdc__scan_word(&parser->scanner, &word)) {
    if (++count > TAGS_MAX) {
      return bdc__parse_fail(parser, word.offset, "too many sources; expected at most %d", TAGS_MAX);
    }
    if (!check_source(parser, &word) || !append_tag(parser, out, bdc__str_from(word.text, 1))) {
      return false;
    }
  }
  return count || bdc__parse_fail(parser, word.offset, "no source; expected @TAG at the end of the row");
}

/* ---- numbers and lists ---- */

bool bdc__parse_status(bdc__parser *parser, const bdc__word *word, int *out) {
  const char *digits = word->text.data;
  bool three = !word->quoted && word->text.size == 3;
  for (size_t i = 0; three && i < 3; i++) {
    three = digits[i] >= '0' && digits[i] <= '9';
  }
  *out = three ? (digits[0] - '0') * 100 + (digits[1] - '0') * 10 + (digits[2] - '0') : 0;
  return (*out >= 100 && *out <= 599) ||
         bdc__parse_fail(parser, word->offset, "\"%.*s\" is no HTTP status; expected 100 to 599", BDC__SHOWN(word->text));
}

static bool read_count(bdc_str text, uint64_t *out) {
  *out = 0;
  for (size_t i = 0; i < text.size; i++) {
    unsigned digit = (unsigned)((unsigned char)text.data[i] - '0');
    if (digit > 9 || *out > (UINT64_MAX - 1 - digit) / 10) {
      return false;
    }
    *out = *out * 10 + digit;
  }
  return text.size > 0;
}

/* A bound that is left out keeps its value. */
static bool range_of(bdc_str text, uint64_t *least, uint64_t *most) {
  size_t dots = 0;
  while (dots + 1 < text.size && !(text.data[dots] == '.' && text.data[dots + 1] == '.')) {
    dots++;
  }
  if (dots + 1 >= text.size) {
    bool exact = read_count(text, least);
    *most = *least;
    return exact;
  }
  bdc_str left = { text.data, dots };
  bdc_str right = bdc__str_from(text, dots + 2);
  return (left.size || right.size) && (!left.size || read_count(left, least)) && (!right.size || read_count(right, most));
}

bool bdc__parse_range(bdc__parser *parser, uint64_t *least, uint64_t *most) {
  bdc__word word;
  *least = 0;
  *most = BDC_UNBOUNDED;
  if (!bdc__parse_word(parser, "a range, A..B, ..B, A.. or A", &word)) {
    return false;
  }
  if (word.quoted || !range_of(word.text, least, most)) {
    return bdc__parse_fail(parser, word.offset, "\"%.*s\" is no range; expected A..B, ..B, A.. or A", BDC__SHOWN(word.text));
  }
  return *least <= *most ||
         bdc__parse_fail(parser, word.offset, "the range %.*s is empty; expected the smaller bound first", BDC__SHOWN(word.text));
}

/* The names that a list of rules may have; the refinements come last. */
static size_t rule_names(const char **names, bool refined) {
  for (size_t i = 0; i < BDC_RULE_COUNT; i++) {
    names[i] = bdc_rule_name((bdc_rule)i);
  }
  names[BDC__RULE_MANDATORY_BODY] = "mandatory.body";
  names[BDC__RULE_LIMIT_SIZE] = "limit.size";
  return refined ? BDC__RULE_BITS : BDC_RULE_COUNT;
}

bool bdc__parse_rules(bdc__parser *parser, const bdc__word *word, bool refined, uint32_t *out) {
  const char *names[BDC__RULE_BITS];
  bdc__keywords keywords = { names, rule_names(names, refined), sizeof(names[0]) };
  bdc__word item;
  *out = 0;
  for (size_t at = 0; bdc__next_item(word, &at, &item);) {
    size_t rule = 0;
    if (!bdc__parse_keyword(parser, &item, "rule", keywords, &rule)) {
      return false;
    }
    *out |= UINT32_C(1) << rule;
  }
  return true;
}

bool bdc__is_rule_list(const bdc__word *word) {
  bdc__word item;
  bool all = !word->quoted;
  for (size_t at = 0; all && bdc__next_item(word, &at, &item);) {
    size_t rule = 0;
    while (rule < BDC_RULE_COUNT && !bdc__word_is(&item, bdc_rule_name((bdc_rule)rule))) {
      rule++;
    }
    all = rule < BDC_RULE_COUNT;
  }
  return all;
}

bool bdc__parse_policy(bdc__parser *parser, bdc_unknown *out) {
  static const struct {
    const char *name;
    bdc_unknown policy;
  } policies[] = { { "error", BDC_UNKNOWN_ERROR }, { "warning", BDC_UNKNOWN_WARNING }, { "ignore", BDC_UNKNOWN_IGNORE } };
  bdc__word word;
  size_t which = 0;
  if (!bdc__parse_word(parser, "a policy: error, warning or ignore", &word) ||
      !bdc__parse_keyword(parser, &word, "policy", BDC__KEYWORDS(policies), &which)) {
    return false;
  }
  *out = policies[which].policy;
  return true;
}

/* ---- lines ---- */

bool bdc__parse_row_line(bdc__parser *parser, bdc__block *block) {
  bdc__line *line = &parser->scanner.line;
  for (;;) {
    if (line->number == 0 || line->indent <= block->parent || bdc__parse_stopped(parser)) {
      return false;
    }
    if (block->indent == 0) {
      block->indent = line->indent;
    }
    if (line->indent == block->indent) {
      return true;
    }
    bdc__parse_fail(parser, line->indent, "the rows of a block share one indentation; expected %zu spaces before this one",
                    block->indent);
    bdc__scan_next(&parser->scanner);
  }
}

void bdc__parse_skip_block(bdc__parser *parser, size_t parent) {
  while (parser->scanner.line.number && parser->scanner.line.indent > parent && !bdc__parse_stopped(parser)) {
    bdc__scan_next(&parser->scanner);
  }
}

void bdc__parse_no_block(bdc__parser *parser, size_t parent, const char *message) {
  if (parser->scanner.line.number && parser->scanner.line.indent > parent) {
    bdc__parse_fail(parser, parser->scanner.line.indent, "%s", message);
    bdc__parse_skip_block(parser, parent);
  }
}
