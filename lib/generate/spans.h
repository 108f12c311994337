/* SPDX-License-Identifier: MIT */
/* Where the values of a JSON text are, and which rows speak of them: found in one pass, in memory that is there already. */
#ifndef BDC_GENERATE_SPANS_H
#define BDC_GENERATE_SPANS_H

#include "rules/ruleset.h"
#include "json/reader.h"

#define BDC__NO_SPAN UINT32_MAX

/*
 * A value. `outer` is where its member begins, with the quote of its name; where it is no member, its own start. The spans of a text are in
 * the order of their starts, so that those within a container follow it.
 */
typedef struct bdc__span {
  uint32_t outer;
  uint32_t name_end; /* behind the name's last quote; where there is none, `outer` */
  uint32_t start;
  uint32_t end;
  uint32_t parent; /* BDC__NO_SPAN: it is the whole value */
  uint32_t behind; /* the number of the first span that is not within this one */
  uint32_t count;  /* of its own members or items, those without a span included */
  uint8_t kind;    /* bdc__json_event, of a string, number or literal, or of a container's start */
  bool whole;      /* all that is in the container has spans */
  const bdc_row *row;
} bdc__span;

typedef struct bdc__spans {
  bdc__span *list; /* of `capacity`, at least one; what is beyond them has no span */
  uint32_t count;
  uint32_t capacity;
  unsigned char *containers; /* for the reader, of which `depth_limit` may be open */
  size_t depth_limit;
} bdc__spans;

/* Finds the values of a text of less than 4 GiB, of which `root` (or NULL) is the row; whether the text is JSON. */
bool bdc__spans_find(bdc__spans *spans, bdc_str text, const bdc_row *root);

static inline bool bdc__span_is_container(const bdc__span *span) {
  return span->kind == BDC__JSON_OBJECT || span->kind == BDC__JSON_ARRAY;
}

/* The rows of an object, NULL where the table says nothing of its members. */
static inline const bdc_object *bdc__span_object(const bdc__span *span) {
  return span->row ? span->row->object : NULL;
}

#endif
