/* SPDX-License-Identifier: MIT */
/*
 * Layouts: what bodies of one table have alike. A program that writes JSON mostly writes the members of a kind of message in the same
 * order, with the same blanks between them; then all that differs from body to body are the values.
 *
 *   { "name" : "app_demo", "status" : 1 }        "{ \"name\" : \""   a string of the row `name`
 *                                                "\", \"status\" : " a number of the row `status`
 *                                                " }"                the end
 *
 * The items of an array mostly are alike too. Where they are, the layout has the steps of one item, between them the text that separates
 * two, and there may be any number of them but none.
 *
 * Once nothing has been found in a body, its layout may be kept: texts, which are to come again byte by byte, and the rows of the values
 * between them. Of a body that has the same texts nothing but the values and the numbers of items is left to be looked at (replay.h): names,
 * mandatory members, duplicates and depth are what they were, and nothing was found in these.
 *
 * A checker keeps few layouts, in memory of a fixed size. Which, is of no consequence but for time: a body that does not fit is looked at
 * in another way, and the layout is tried less often from then on.
 */
#ifndef BDC_ACCEPT_LAYOUT_H
#define BDC_ACCEPT_LAYOUT_H

#include "rules/ruleset.h"

#include <stdalign.h>

/* What stands behind a text. */
typedef enum bdc__layout_kind {
  BDC__LAYOUT_TEXT, /* another one */
  BDC__LAYOUT_STRING,
  BDC__LAYOUT_SCALAR,
  BDC__LAYOUT_ITEM_END, /* the separator, and then the same item again; or what is behind the items */
  BDC__LAYOUT_END
} bdc__layout_kind;

enum {
  BDC__LAYOUT_TEXT_MAX = 64, /* bytes of a text: a longer one has several steps */
  BDC__LAYOUT_LOOPS_MAX = 4  /* arrays within each other whose items are alike */
};

typedef struct bdc__layout_step {
  union {
    const bdc__plan *plan; /* of a value's row */
    const bdc_row *array;  /* of items */
  };
  uint8_t kind; /* bdc__layout_kind */
  uint8_t text_size;

  /* of ITEM_END */
  uint8_t separator_size; /* its text comes next */
  uint8_t loop;           /* arrays of this kind that are open around it */
  uint16_t steps_back;    /* to the first step of the item */
  uint16_t texts_back;    /* bytes */
} bdc__layout_step;

typedef struct bdc__layout {
  const bdc_row *ready; /* the table, as long as the layout is worth a try */
  const bdc_row *root;  /* the table; NULL: none */
  const bdc__layout_step *steps;
  const unsigned char *texts; /* one behind the other; from any of them on BDC__LAYOUT_TEXT_MAX bytes may be read */
  uint16_t size;              /* of steps and texts; 0: nothing is kept yet */
  uint16_t wait;              /* where it is not ready: accepted bodies to let pass */
  uint16_t misses;            /* in a row */
  uint16_t others;            /* bodies of other tables since it fitted last */
} bdc__layout;

/* All layouts of a checker, in one piece of memory: first their places, then their steps and texts. */
typedef struct bdc__layouts {
  unsigned char *memory; /* of steps and texts */
  size_t size;           /* of that */
  size_t next;           /* where in it more is taken */
  size_t count;          /* of places */
  uint32_t shift;        /* which leaves as many bits as choose one */
  bdc__layout places[];
} bdc__layouts;

/* In so many bytes, as far as anything fits in there. NULL without memory. */
bdc__layouts *bdc__layouts_new(const bdc_allocator *allocator, size_t bytes);
void bdc__layouts_free(const bdc_allocator *allocator, bdc__layouts *layouts);

/* The only place where a table may have its layout. */
static inline bdc__layout *bdc__layout_place(bdc__layouts *layouts, const bdc_row *root) {
  return &layouts->places[(((uintptr_t)root >> 4) * UINT64_C(0x9e3779b97f4a7c15)) >> layouts->shift];
}

/* It fitted a body. */
static inline void bdc__layout_hit(bdc__layout *layout) {
  layout->misses = layout->others = 0;
}

/* It did not. */
void bdc__layout_missed(bdc__layout *layout);

/* Keeps the layout of a body that its table allows (which is why its size is of no interest), whatever was kept in its place. False where there is too much in it. */
bool bdc__layout_take(bdc__layouts *layouts, const bdc_row *root, const unsigned char *body);

/* A body in which nothing was found, without the help of a layout: maybe its own is to be kept. */
void bdc__layout_offer(bdc__layouts *layouts, const bdc_row *root, const unsigned char *body);

#endif
