/* SPDX-License-Identifier: MIT */
/* Lines and columns of offsets in a text, in any order, in time that does not grow with the number of lines or their length. */
#ifndef BDC_COMMAND_PLACE_H
#define BDC_COMMAND_PLACE_H

#include <bodycheck/bodycheck.h>

typedef struct cmd_place {
  size_t offset;
  size_t line;   /* from 1 */
  size_t column; /* in characters, from 1 */
} cmd_place;

/* One text. places[i] is that of the first character at or behind i * CMD_PLACE_STEP. */
typedef struct cmd_places {
  bdc_str text;
  cmd_place *known;
  size_t count;
  size_t capacity;
} cmd_places;

enum { CMD_PLACE_STEP = 4096 };

/* Begins with another text, which must live as long as it is asked about. */
void cmd_places_start(cmd_places *places, bdc_str text);
void cmd_places_free(cmd_places *places);

/* The place of an offset; of the end, where it is beyond. */
cmd_place cmd_places_find(cmd_places *places, size_t offset);

#endif
