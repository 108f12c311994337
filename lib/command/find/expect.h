/* SPDX-License-Identifier: MIT */
/* What a fixture is expected to be: the words behind `expect` in a `.bodycheck` file. */
#ifndef BDC_COMMAND_EXPECT_H
#define BDC_COMMAND_EXPECT_H

#include "find/words.h"
#include "output.h"

/* Nothing given: valid. */
typedef struct cmd_expect {
  bool given;
  bool valid;
  bool unchecked;
  bdc_str code;   /* the documented error; empty: none was named */
  uint32_t rules; /* those that it is expected to break; bits 1 << bdc_rule */
} cmd_expect;

/* Whether a word begins a clause of a line, and so ends an `expect` before it. */
bool cmd_word_is_clause(const cmd_word *word);

/*
 * Reads the words behind `expect`: *at is that of the first, and is moved behind the last. False where one of them is wrong: what was
 * expected goes to `mistake`, and *at is that of the word, or the number of words where they are missing.
 */
bool cmd_expect_read(const cmd_words *words, size_t *at, cmd_expect *expect, cmd_output *mistake);

/* Writes the words behind `expect` that mean this. */
void cmd_expect_put(const cmd_expect *expect, cmd_output *out);

/* Whether both expect the same; nothing given is `valid`. */
bool cmd_expect_equal(const cmd_expect *a, const cmd_expect *b);

/* The rule of this name; BDC_RULE_COUNT where there is none. */
unsigned cmd_rule_named(bdc_str name);

/* "; did you mean type?": near names of rules, and of `more`, which ends in NULL and may be NULL. False, and nothing, for none. */
bool cmd_rule_suggest(bdc_str name, const char *const *more, cmd_output *out);

/* Writes a text as one word of a line: in quotes where it would not be one without. */
void cmd_word_put(bdc_str text, cmd_output *out);

/* A word of a message: in quotes, and cut where it is long. */
void cmd_word_show(bdc_str word, cmd_output *out);

#endif
