/* SPDX-License-Identifier: MIT */
/* The words of a line of a `.bodycheck` file. */
#ifndef BDC_COMMAND_WORDS_H
#define BDC_COMMAND_WORDS_H

#include <bodycheck/bodycheck.h>

typedef struct cmd_word {
  bdc_str text; /* what it means: without quotes, escapes resolved */
  bdc_str raw;  /* as it stands in the line */
  bool quoted;
} cmd_word;

typedef struct cmd_words {
  cmd_word *items;
  size_t count;
  size_t capacity;
  const char *mistake; /* where the line cannot be split: what is wrong */
  size_t offset;       /* and where, in bytes */
} cmd_words;

/*
 * Splits a line, which comes without its end. Words are separated by blanks and tabs; one that begins with a quotation mark goes to the
 * next one and may hold blanks, \" and \\; a "#" before a word begins a comment. Resolved escapes go to *room, which is moved on: they
 * take no more than the line does. False where the line has a mistake.
 */
bool cmd_words_split(cmd_words *words, bdc_str line, char **room);
void cmd_words_free(cmd_words *words);

/* Whether a word is this one, and not in quotes. */
bool cmd_word_is(const cmd_word *word, const char *text);

#endif
