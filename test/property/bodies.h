/* SPDX-License-Identifier: MIT */
/* Shared by the files of test_accept: bodies that are made from the rows of a table, and then changed. */
#ifndef BDC_TEST_BODIES_H
#define BDC_TEST_BODIES_H

#include "unit/support.h"

#include "rules/ruleset.h"

#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

enum { BODY_MAX = 1 << 16, PARTS_MAX = 512 };

/* A number below `bound`, and whether a chance of one in so many comes true. */
static inline uint32_t below(random_source *random, uint32_t bound) {
  return (uint32_t)((random_next(random) >> 32) * bound >> 32);
}

static inline bool one_in(random_source *random, uint32_t count) {
  return below(random, count) == 0;
}

/* ---- bodies_tables.c ---- */

/* A table with what is hard for the accepter: rows of every kind and rule, names and objects of many sizes. */
void write_nasty_rules(blob *out);

/* ---- bodies_make.c, bodies_text.c ---- */

typedef struct part {
  uint32_t first;
  uint32_t end;
} part;

typedef struct parts {
  part list[PARTS_MAX];
  uint32_t count;
} parts;

/* A body, and where its parts are. */
typedef struct body {
  unsigned char text[BODY_MAX];
  uint32_t size;
  parts members; /* from the name's quote to the value's end */
  parts strings; /* between their quotes, names included */
  parts scalars; /* what is neither a string nor a container */
  bool full;     /* there was no room for all of it */
} body;

/* What a body's strings are made of. */
typedef enum flavour { PLAIN, BEYOND_ASCII, ESCAPED, FLAVOURS } flavour;

typedef enum spacing { TIGHT, SPACED, INDENTED, WILD, SPACINGS } spacing;

typedef struct maker {
  random_source *random;
  body *out;
  const bdc_service *service;
  flavour flavour;
  spacing spacing;
  const char *line_end;
  const char *indent;
  uint32_t depth;
  uint32_t depth_max; /* below it, what is optional is left out */
  bool few;           /* members, so that one of them is all that may be wrong */
  bool deep;          /* rather than wide */
  uint32_t optional;  /* of 16: how often an optional member is there */
  uint32_t spoiled;   /* the number of the value, from 1, that is not what its row says; 0: none */
  uint32_t values;
} maker;

/* A body of a row; a clean one keeps the rows, or nearly always. */
void make_body(random_source *random, body *out, const bdc_service *service, const bdc_row *root, flavour made_of, bool clean);

void put(body *to, const char *text, size_t size);
void put_text(body *to, const char *text);

/* A string's content; a number. */
void put_string(maker *m, const bdc_row *row, bool spoiled);
void put_number(maker *m, const bdc_row *row, bool spoiled);

/* A text as a JSON string has it. */
void put_escaped(maker *m, bdc_str text);

/* ---- bodies_change.c ---- */

/* Changes a body in a way that may or may not break it. The parts are those of the body before any change. */
void change_body(random_source *random, body *of);

#endif
