/* SPDX-License-Identifier: MIT */
/* Shared by ecma_class.c and ecma_pattern.c: what an escape of PCRE2 stands for. */
#ifndef BDC_COMMAND_EXPORT_ECMA_ESCAPE_H
#define BDC_COMMAND_EXPORT_ECMA_ESCAPE_H

#include "output.h"

/* A character, or a set of them. */
typedef struct cmd_escape {
  size_t size; /* bytes of the escape */
  uint32_t character;
  const char *set;   /* as it stands between the brackets of ECMA-262; NULL for a character */
  bool others;       /* all characters but those of the set, which no other brackets can hold */
  char property[64]; /* `set` may be in here */
} cmd_escape;

/* The escape at `at`, a backslash. Where nothing of ECMA-262 matches the same it returns why. */
const char *cmd_escape_read(bdc_str text, size_t at, cmd_escape *escape);

/* What "\w" stands for, as a set. */
const char *cmd_word_set(void);

/* Whether there are marks in it, and all of \p{Pc}. */
bool cmd_word_has_marks(void);

/* The set of "alpha", "space"; NULL where there is none. */
const char *cmd_posix_set(bdc_str name, bool negated);

/* A character that stands for itself, between brackets or outside of them. */
void cmd_ecma_put_character(uint32_t character, bool in_class, cmd_output *out);

/*
 * The class at `at`, a bracket: *size is that of its text. As cmd_ecma_class.
 */
const char *cmd_ecma_class_at(bdc_str text, size_t at, size_t *size, cmd_output *out);

#endif
