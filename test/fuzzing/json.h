/* SPDX-License-Identifier: MIT */
/* The reader of the sample service: strict, and nobody's but its own, as services have them. */
#ifndef BDC_TEST_FUZZING_JSON_H
#define BDC_TEST_FUZZING_JSON_H

#include <stdbool.h>
#include <stddef.h>

typedef struct json {
  const unsigned char *at;
  const unsigned char *end;
  unsigned depth;
  bool wrong; /* it is no JSON: from then on nothing is read */
} json;

/* A decoded string; `data` has a NUL behind it, and is for free. */
typedef struct json_text {
  char *data;
  size_t size;
  size_t characters;
  size_t spelled; /* bytes between its quotes in the body */
} json_text;

/* The first character of the next token, 0 at the end. */
char json_peek(json *in);

/* Takes this character, or is wrong. */
void json_take(json *in, char wanted);

json_text json_string(json *in);

/* Any value. */
void json_skip(json *in);

/* Whether all was taken, and was JSON. */
bool json_done(json *in);

#endif
