/* SPDX-License-Identifier: MIT */
/*
 * One change of a body. A change goes over the text once, from the start to the end: it keeps some of it, leaves some out, and puts
 * something in. What is behind the last place it speaks of is kept.
 */
#ifndef BDC_GENERATE_MUTATION_H
#define BDC_GENERATE_MUTATION_H

#include "base/text.h"
#include "generate/draw.h"
#include "generate/samples.h"
#include "generate/spans.h"

typedef struct bdc__mutation {
  bdc__draw *draw;
  bdc_str text;
  const bdc__spans *spans; /* of the text; none where it is no JSON */
  const bdc_row *root;     /* NULL: no table */
  const bdc__samples *samples;
  size_t taken; /* of the text: kept or left out */
  bdc__text out;
} bdc__mutation;

/* A kind of change; false: there is nothing in this body that it can be made to, and it has put nothing. */
typedef bool bdc__change(bdc__mutation *m);

/* ---- how a change is written ---- */

static inline bdc_str bdc__mutation_part(const bdc__mutation *m, size_t start, size_t end) {
  return (bdc_str){ m->text.data + start, end - start };
}

/* Keeps the text up to `at`. */
static inline void bdc__mutation_keep(bdc__mutation *m, size_t at) {
  bdc__text_add(&m->out, bdc__mutation_part(m, m->taken, at));
  m->taken = at;
}

/* Leaves out the text up to `at`. */
static inline void bdc__mutation_drop(bdc__mutation *m, size_t at) {
  m->taken = at;
}

static inline void bdc__mutation_put(bdc__mutation *m, bdc_str text) {
  bdc__text_add(&m->out, text);
}

/* Keeps the text before `start`, and leaves out that up to `end`: what is put next stands in its place. */
static inline void bdc__mutation_cut(bdc__mutation *m, size_t start, size_t end) {
  bdc__mutation_keep(m, start);
  bdc__mutation_drop(m, end);
}

/* The bytes that there is room for, what is left of the text included. */
static inline size_t bdc__mutation_room(const bdc__mutation *m) {
  size_t size = m->out.size + (m->text.size - m->taken);
  return size < m->out.capacity ? m->out.capacity - size : 0;
}

/* ---- what is chosen ---- */

static inline uint32_t bdc__mutation_below(bdc__mutation *m, uint32_t bound) {
  return (uint32_t)bdc__draw_below(m->draw, bound);
}

static inline bool bdc__mutation_one_in(bdc__mutation *m, uint32_t count) {
  return bdc__draw_one_in(m->draw, count);
}

/* A span of a JSON text, which has at least one. */
static inline const bdc__span *bdc__mutation_any(bdc__mutation *m) {
  return &m->spans->list[bdc__mutation_below(m, m->spans->count)];
}

/* One of some tries has the kind; NULL: none. */
const bdc__span *bdc__mutation_any_of_kind(bdc__mutation *m, bdc__json_event kind);

/* ---- the changes ---- */

/* mutate_value.c: whole values */
bdc__change bdc__change_value;      /* one of its row's, at a boundary or next to it */
bdc__change bdc__change_type;       /* one of another type, or of the same with another meaning to some */
bdc__change bdc__change_body;       /* all of it, made from its rows */
bdc__change bdc__change_put_member; /* that is documented, and perhaps missing */

/* mutate_member.c: members and items */
bdc__change bdc__change_double;
bdc__change bdc__change_override; /* a member a second time, with another value */
bdc__change bdc__change_remove;
bdc__change bdc__change_swap;
bdc__change bdc__change_rotate;
bdc__change bdc__change_rename;
bdc__change bdc__change_put_unknown;
bdc__change bdc__change_repeat; /* an item, up to a limit of the array's or many times */
bdc__change bdc__change_wrap;   /* a value within containers */
bdc__change bdc__change_unwrap; /* a container becomes what it holds */
bdc__change bdc__change_copy;   /* a value over another */

/* mutate_string.c: within strings */
bdc__change bdc__change_length;     /* to a limit of the row, or to a power of two, or next to it */
bdc__change bdc__change_characters; /* all of them, to a few different ones, as many as a limit allows */
bdc__change bdc__change_character;  /* one replaced, put in or left out */

/* mutate_spelling.c: the same meaning, spelled otherwise */
bdc__change bdc__change_escapes;
bdc__change bdc__change_blanks;
bdc__change bdc__change_number; /* to some readers, another meaning */

/* mutate_bytes.c: what most often is no JSON */
bdc__change bdc__change_syntax; /* in one way in which parsers differ */
bdc__change bdc__change_bytes;

/* Takes a member or item out of a whole container; false where it is none, or NULL. */
bool bdc__mutation_remove(bdc__mutation *m, const bdc__span *span);

/* Puts a part of another body into the text, in the place of one or beside it. The spans are those of the text. */
void bdc__change_cross(bdc__mutation *m, bdc_str other, const bdc__span *donor);

/* Puts a value of a row, NULL for any. */
void bdc__mutation_put_value(bdc__mutation *m, const bdc_row *row);

/* A JSON string of a text that is valid UTF-8. */
void bdc__mutation_put_string(bdc__mutation *m, bdc_str text);

/* As many times as there is room for. */
void bdc__mutation_put_repeated(bdc__mutation *m, bdc_str text, size_t count);

/* ---- characters, as they are spelled within a JSON string ---- */

/* The bytes of the character that begins at `at`, in the inside of a string of a JSON text. */
size_t bdc__spelled_size(const char *at);
size_t bdc__spelled_count(bdc_str inside);

/* The bytes of the first `count` characters, or of all. */
size_t bdc__spelled_skip(bdc_str inside, size_t count);

/* Of 1 to 4 bytes, plain or escaped: all JSON. */
bdc_str bdc__spelled_any(bdc__mutation *m);

/* A number of characters or items at or next to one of two limits, or to a power of two. */
size_t bdc__near_limit(bdc__mutation *m, uint64_t low, uint64_t high);

#endif
