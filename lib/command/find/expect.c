/* SPDX-License-Identifier: MIT */
#include "find/expect.h"

#include "suggest.h"
#include "text.h"

#include <string.h>

enum { SHOWN_MAX = 64 };

bool cmd_word_is_clause(const cmd_word *word) {
  static const char *const names[] = { "request", "response", "expect", "rules" };
  for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
    if (cmd_word_is(word, names[i])) {
      return true;
    }
  }
  return !word->quoted && word->text.size >= 8 && memcmp(word->text.data, "unknown=", 8) == 0;
}

unsigned cmd_rule_named(bdc_str name) {
  unsigned rule = 0;
  while (rule < BDC_RULE_COUNT && !cmd_equal(name, cmd_str(bdc_rule_name((bdc_rule)rule)))) {
    rule++;
  }
  return rule;
}

bool cmd_rule_suggest(bdc_str name, const char *const *more, cmd_output *out) {
  cmd_suggestions near = { .wanted = name };
  for (; more && *more; more++) {
    cmd_suggest(&near, cmd_str(*more));
  }
  for (unsigned rule = 0; rule < BDC_RULE_COUNT; rule++) {
    cmd_suggest(&near, cmd_str(bdc_rule_name((bdc_rule)rule)));
  }
  cmd_suggestions_put(&near, "", out);
  return near.count > 0;
}

void cmd_word_show(bdc_str word, cmd_output *out) {
  size_t size = 0;
  uint32_t character;
  for (size_t next = 0; next < word.size && next <= SHOWN_MAX;) {
    size = next;
    next += cmd_decode((bdc_str){ word.data + next, word.size - next }, &character);
    size = next <= SHOWN_MAX ? next : size;
  }
  cmd_puts(out, "\"");
  cmd_put(out, (bdc_str){ word.data, size });
  cmd_puts(out, size < word.size ? "...\"" : "\"");
}

/* Names of rules are small letters, which a code may be too: one that is nearly a rule is taken for that, and may be put in quotes. */
static bool may_be_code(const cmd_word *word, cmd_output *mistake) {
  static const char *const states[] = { "valid", "unchecked", NULL };
  for (size_t i = 0; i < word->text.size; i++) {
    char c = word->text.data[i];
    if (word->quoted || !((c >= 'a' && c <= 'z') || c == '.' || c == '-')) {
      return true;
    }
  }
  cmd_output near = CMD_MEMORY;
  bool found = cmd_rule_suggest(word->text, states, &near);
  if (found) {
    cmd_word_show(word->text, mistake);
    cmd_puts(mistake, " is no rule; expected one, or a code, which this may be in quotes");
    cmd_put(mistake, cmd_output_text(&near));
  }
  cmd_output_free(&near);
  return !found;
}

static bool read_rule(cmd_expect *expect, unsigned rule, cmd_output *mistake) {
  if (expect->rules >> rule & 1) {
    cmd_puts(mistake, "this rule stands here twice; expected it once");
    return false;
  }
  expect->rules |= UINT32_C(1) << rule;
  return true;
}

static bool read_word(cmd_expect *expect, const cmd_word *word, cmd_output *mistake) {
  bool first = !expect->given;
  bool state = cmd_word_is(word, "valid") || cmd_word_is(word, "unchecked");
  if (expect->valid || expect->unchecked || (state && !first)) {
    cmd_puts(mistake, "`valid` and `unchecked` stand alone behind `expect`");
    return false;
  }
  expect->given = true;
  expect->valid = cmd_word_is(word, "valid");
  expect->unchecked = cmd_word_is(word, "unchecked");
  unsigned rule = word->quoted ? BDC_RULE_COUNT : cmd_rule_named(word->text);
  if (state || rule < BDC_RULE_COUNT) {
    return state || read_rule(expect, rule, mistake);
  }
  if (word->text.size == 0 || expect->code.size > 0) {
    cmd_puts(mistake, word->text.size == 0 ? "an empty word; expected a code, or names of rules"
                                           : "a second code; expected one, and besides it names of rules only");
    return false;
  }
  expect->code = word->text;
  return may_be_code(word, mistake);
}

bool cmd_expect_read(const cmd_words *words, size_t *at, cmd_expect *expect, cmd_output *mistake) {
  *expect = (cmd_expect){ 0 };
  for (; *at < words->count && !cmd_word_is_clause(&words->items[*at]); (*at)++) {
    if (!read_word(expect, &words->items[*at], mistake)) {
      return false;
    }
  }
  if (!expect->given) {
    cmd_puts(mistake, "expected valid, unchecked, a code such as APIG.2005, or names of rules behind `expect`");
  }
  return expect->given;
}

bool cmd_expect_equal(const cmd_expect *a, const cmd_expect *b) {
  bool a_valid = a->valid || !a->given;
  bool b_valid = b->valid || !b->given;
  return a_valid == b_valid && a->unchecked == b->unchecked && a->rules == b->rules && cmd_equal(a->code, b->code);
}

/* ---- writing ---- */

static void put_quoted(bdc_str text, cmd_output *out) {
  cmd_puts(out, "\"");
  for (size_t i = 0; i < text.size; i++) {
    cmd_puts(out, text.data[i] == '"' || text.data[i] == '\\' ? "\\" : "");
    cmd_put(out, (bdc_str){ text.data + i, 1 });
  }
  cmd_puts(out, "\"");
}

void cmd_word_put(bdc_str text, cmd_output *out) {
  bool plain = text.size > 0 && text.data[0] != '#' && text.data[0] != '"';
  for (size_t i = 0; plain && i < text.size; i++) {
    plain = text.data[i] != ' ' && text.data[i] != '\t';
  }
  if (plain) {
    cmd_put(out, text);
  } else {
    put_quoted(text, out);
  }
}

/* A code of which one sees that it is none of the words of this language, all of which are small letters. */
static bool is_plain_code(bdc_str code) {
  bool other = false;
  for (size_t i = 0; i < code.size; i++) {
    char c = code.data[i];
    bool capital = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (!capital && !(c >= 'a' && c <= 'z') && c != '.' && c != '-') {
      return false;
    }
    other = other || capital;
  }
  return other;
}

void cmd_expect_put(const cmd_expect *expect, cmd_output *out) {
  size_t begin = out->size;
  if (expect->code.size > 0 && is_plain_code(expect->code)) {
    cmd_put(out, expect->code);
  } else if (expect->code.size > 0) {
    put_quoted(expect->code, out);
  }
  for (unsigned rule = 0; rule < BDC_RULE_COUNT; rule++) {
    if (expect->rules >> rule & 1) {
      cmd_puts(out, out->size > begin ? " " : "");
      cmd_puts(out, bdc_rule_name((bdc_rule)rule));
    }
  }
  if (out->size == begin) {
    cmd_puts(out, expect->unchecked ? "unchecked" : "valid");
  }
}
