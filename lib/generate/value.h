/* SPDX-License-Identifier: MIT */
/*
 * Values of rows: ones that keep all that their row says, and ones that break just one rule of it. Where rules of a row meet (a pattern
 * and a length), texts are tried, a bounded number of times, until one does both.
 */
#ifndef BDC_GENERATE_VALUE_H
#define BDC_GENERATE_VALUE_H

#include "generate/buffer.h"
#include "generate/draw.h"
#include "generate/ranges.h"
#include "generate/shape.h"
#include "rules/ruleset.h"

/* What is worked out once of a class or a pattern. */
typedef struct bdc__known bdc__known;

/* The default of bdc_limits.names: how many members the maps may have that are open at a place, whatever their rows say. */
enum { BDC__NAMES_MAX = 2048 };

/* What values are made with. Belongs to one thread. */
typedef struct bdc__values {
  bdc__arena arena;
  bdc__matcher *matcher;
  bdc__draw draw;
  const bdc_service *service; /* whose codes an error-code row speaks of */
  int http_status;
  size_t largest;    /* bytes of a value, and of `try` */
  bdc__known *known; /* the last */
  bdc__buffer try;
  unsigned depth; /* of the value that is written */
  uint64_t names; /* of the maps that it is in */
  bool failed;    /* there was no memory */
} bdc__values;

/* `allocator` NULL: malloc and free. BDC_ERR_MEMORY; then nothing is to be freed. */
bdc_status bdc__values_init(bdc__values *values, const bdc_ruleset *ruleset, const bdc_allocator *allocator, uint64_t seed,
                            size_t largest);
void bdc__values_free(bdc__values *values);

/* ---- strings, as their decoded text ---- */

/* Which text is wanted of a string row. All zero but for the length: any that is valid, without a warning. */
typedef struct bdc__wish {
  uint32_t breaks; /* bits 1 << bdc_rule, of which all and no others are broken; where one is of length, the length is given */
  uint64_t length; /* in characters; BDC_UNBOUNDED: any */
  unsigned size;   /* of each character, in bytes; 0: mostly 1 */
  bool plain;      /* nothing but letters and digits where that is possible, as in a header field */
} bdc__wish;

#define BDC__ANY_TEXT ((bdc__wish){ .length = BDC_UNBOUNDED })

/* The rules of its row that a text breaks: bits 1 << bdc_rule. *zoneless: the format is broken only by the lack of a zone. */
uint32_t bdc__text_breaks(bdc__values *values, const bdc_row *row, bdc_str text, bool *zoneless);

/* A text that is as wished. False where none was found; `out` then holds anything. */
bool bdc__text_write(bdc__values *values, const bdc_row *row, const bdc__wish *wish, bdc__buffer *out);

/* The members of a class. An empty one without memory. */
const bdc__ranges *bdc__values_ranges(bdc__values *values, const bdc__class *class);

/* The shape of the row's pattern; NULL where there is none that is understood. */
const bdc__shape *bdc__values_shape(bdc__values *values, const bdc_row *row);

/* ---- JSON ---- */

/* How the characters of a string are written. What must be escaped always is. */
typedef enum bdc__spelling {
  BDC__SPELL_PLAIN,
  BDC__SPELL_UNITS, /* all as \u, those beyond 16 bits as a pair */
  BDC__SPELL_SHORT, /* \n, \/ and the like wherever there is one */
  BDC__SPELL_MIXED  /* drawn for each */
} bdc__spelling;

/* A JSON string of valid UTF-8, with its quotes. */
void bdc__string_write(bdc__buffer *out, bdc_str text, bdc__spelling spelling, bdc__draw *draw);

/* How containers are filled. */
typedef struct bdc__filling {
  unsigned optional; /* of 16: how often an optional member is there */
  unsigned depth;    /* below it only what is mandatory */
} bdc__filling;

/* A valid value of a row. False where none was found. */
bool bdc__value_write(bdc__values *values, const bdc_row *row, bdc__filling filling, bdc__buffer *out);

/* An object's valid members but `skip`, which may be NULL, without its brackets. False where some value was not found. */
bool bdc__members_write(bdc__values *values, const bdc_object *object, const bdc_row *skip, bdc__filling filling, bdc__buffer *out);

/* The item that must be among those of an array. False where that breaks other rules of the items. */
bool bdc__included_write(bdc__values *values, const bdc_row *row, bdc__spelling spelling, bdc__buffer *out);

/* `count` valid items or members of an array or map, without its brackets, that have what the row asks to be among them. */
bool bdc__items_write(bdc__values *values, const bdc_row *row, uint64_t count, bdc__filling filling, bdc__buffer *out);

/* The least or greatest number of a row's type or range, whichever is nearer; empty where there is none. */
bdc_str bdc__number_end(const bdc_row *row, bool upper);

/* The rules of its row that a text breaks which stands for a number: bits 1 << bdc_rule; its type where it is none. */
uint32_t bdc__number_breaks(const bdc_row *row, bdc_str text);

/* A number that is greater or less than another by a little: by 1 where `whole`, else by what is written behind its last digit. */
void bdc__number_step(bdc_str number, bool up, bool whole, bdc__buffer *out);

#endif
