/* SPDX-License-Identifier: MIT */
/* Rule text to lines, lines to words. */
#ifndef BDC_RULES_SCAN_H
#define BDC_RULES_SCAN_H

#include "rules/mistake.h"

typedef struct bdc__word {
  bdc_str text;  /* without quotes or slashes, escapes undone */
  size_t offset; /* in the line, in bytes */
  bool quoted;
} bdc__word;

typedef struct bdc__line {
  bdc_str text;
  size_t number; /* from 1; 0: no line is left */
  size_t indent;
  size_t at;       /* the next byte to read */
  bool flawed;     /* not readable as it should be, and said so: whatever else is found in it follows from that */
  size_t known_at; /* the last offset whose column was asked for, and that column */
  size_t known_column;
} bdc__line;

typedef struct bdc__scanner {
  bdc_str text;
  size_t next;  /* where the next line starts */
  size_t lines; /* that were read */
  bdc__line line;
  bdc__arena *arena;       /* for quoted text with escapes */
  bdc__mistakes *mistakes; /* NULL: nobody is told */
  bool no_memory;
} bdc__scanner;

/* `text` must outlive what is made of its words. */
void bdc__scan_begin(bdc__scanner *scanner, bdc_str text, bdc__arena *arena, bdc__mistakes *mistakes);

/* The next line that is neither blank nor a comment; its number is 0 at the end. */
void bdc__scan_next(bdc__scanner *scanner);

/*
 * The next word of the line, of a kind. False at the end of the line, or when the line is flawed from here on.
 *   word     to the next blank, or quoted
 *   class    the same, but "[" is read to the end of its bracket class
 *   pattern  the same, but "/" is read to the next "/"
 *   rest     all that is left but a comment; may be empty, is never false
 */
bool bdc__scan_word(bdc__scanner *scanner, bdc__word *out);
bool bdc__scan_class(bdc__scanner *scanner, bdc__word *out);
bool bdc__scan_pattern(bdc__scanner *scanner, bdc__word *out);
void bdc__scan_rest(bdc__scanner *scanner, bdc__word *out);

/* The column, from 1 and in characters, of an offset of the line. */
size_t bdc__scan_column(bdc__scanner *scanner, size_t offset);

#endif
