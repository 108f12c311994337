/* SPDX-License-Identifier: MIT */
/*
 * A body held against a known layout (layout.h): text, value, text, value, and so on. A kernel file defines the functions that view.h
 * lists and includes this file.
 *
 * Everything is compared where it stands, HALF bytes or so at a time, as long as there are enough left of the body; then in a copy of its
 * last bytes that has room behind it. The copy is made in the beginning, since what has just been written is slow to read.
 */
#ifndef BDC_ACCEPT_REPLAY_H
#define BDC_ACCEPT_REPLAY_H

#include "accept/quick.h"
#include "accept/scan.h"
#include "accept/strings.h"
#include "accept/view.h"

/* Bytes that are read from the beginning of a value on, unless there are known to be more. */
enum { REACH = 48 };
static_assert(TAIL >= BDC__LAYOUT_TEXT_MAX + REACH, "a step that has not enough left is within the tail");
static_assert((int)REACH > WHOLE_MAX, "what the quick way looks at as a whole, and a word that begins in there");

typedef struct replayed {
  view in;
  uint32_t kept; /* bytes of the tail */
  bool in_tail;
  const unsigned char *room_end; /* behind what may be read */
  alignas(BLOCK) unsigned char tail[TAIL + TAIL];
} replayed;

/* The same place in the tail. */
static ASIDE const unsigned char *go_to_tail(replayed *r, const unsigned char *at) {
  const unsigned char *place = r->tail + r->kept - (r->in.body + r->in.end - at);
  r->in.body = r->tail;
  r->in.end = r->kept;
  r->in_tail = true;
  r->room_end = r->tail + sizeof r->tail;
  return place;
}

static INLINE void begin_replay(replayed *r, const bdc__accept_task *task, const unsigned char *body, uint32_t size) {
  r->in = (view){ .task = task, .body = body, .end = size };
  r->in_tail = false;
  r->room_end = body + size;
  r->kept = size < TAIL ? size : TAIL;
  kernel_copy_tail(r->tail, body + size - r->kept, r->kept);
}

/* Whether so many bytes may be read. */
static INLINE bool has_room(const replayed *r, const unsigned char *at, size_t size) {
  return (size_t)(r->room_end - at) >= size;
}

/* The same bytes where there are BLOCK more behind them: the place itself, or that in the tail. */
static INLINE const unsigned char *with_room(const replayed *r, const unsigned char *at) {
  return LIKELY(has_room(r, at, BLOCK)) ? at : r->tail + r->kept - (r->in.body + r->in.end - at);
}

/* ---- values ---- */

/* A string that is any but a short and plain one: its marks, and where it ends: at its last quote, or NULL where there is something else. */
static INLINE const unsigned char *string_end(const replayed *r, const unsigned char *at, unsigned char *marks) {
  const unsigned char *end = r->in.body + r->in.end;
  bool beyond_ascii = false;
  *marks = 0;
  while (at < end && *at != '"') {
    if (*at < 0x20) {
      return NULL;
    }
    if (*at == '\\') {
      *marks = ESCAPE;
      at += 2;
    } else {
      uint32_t size = kernel_ordinary_size(with_room(r, at), &beyond_ascii);
      if (size == BLOCK) {
        at += BLOCK;
        __asm__("" : "+r"(at)); /* or it is made from the size again, and each block waits for the one before */
      } else {
        at += size;
      }
    }
  }
  *marks |= beyond_ascii ? BEYOND_ASCII : 0;
  return at < end ? at : NULL;
}

/* A string that is longer than a block, or has escapes or bytes beyond ASCII, or whose row says more than the quick way knows of. */
static ASIDE const unsigned char *replay_any_string(const replayed *r, const bdc_row *row, const unsigned char *at) {
  unsigned char marks;
  const unsigned char *end = row->kind == BDC_KIND_STRING ? string_end(r, at, &marks) : NULL;
  return end && any_string(&r->in, row, (bdc_str){ (const char *)at, (size_t)(end - at) }, marks) ? end : NULL;
}

static INLINE const unsigned char *replay_string(const replayed *r, const bdc__plan *plan, const unsigned char *at) {
  uint32_t size = kernel_plain_size(at);
  if (size == HALF && has_room(r, at, BLOCK + 1)) {
    size += kernel_plain_size(at + HALF);
  }
  bool fits = at[size] == '"' && size + 1 - plan->length_low <= plan->length_span && quick_content(&r->in, plan, at, size);
  return LIKELY(fits) ? at + size : replay_any_string(r, plan->row, at);
}

static INLINE const unsigned char *replay_scalar(const view *in, const bdc__plan *plan, const unsigned char *at) {
  uint32_t size = kernel_scalar_size(at);
  if (UNLIKELY(plan->quick - 1 >= BDC__QUICK_STRING - 1 || !quick_scalar(plan, at, size))) {
    size = scalar(in, plan->row, (uint32_t)(at - in->body));
  }
  return size ? at + size : NULL;
}

/* ---- items ---- */

/* How far a body has been held against its layout. */
typedef struct course {
  const bdc__layout_step *step; /* that has been taken */
  const unsigned char *text;    /* that comes next */
  const unsigned char *at;      /* NULL: something does not fit */
} course;

/* Behind an item: another one begins, or there are as many as there may be. */
static ASIDE course end_item(replayed *r, uint64_t *items, course c) {
  const bdc__layout_step *end = c.step;
  uint64_t *count = &items[end->loop];
  ++*count;
  if (!has_room(r, c.at, BDC__LAYOUT_TEXT_MAX)) {
    c.at = go_to_tail(r, c.at);
  }
  if (kernel_same(c.at, c.text, end->separator_size)) {
    return (course){ c.step - end->steps_back - 1, c.text - end->texts_back, c.at + end->separator_size };
  }
  bool fits = *count >= end->array->items_min && *count <= end->array->items_max;
  *count = 0;
  return (course){ c.step, c.text + end->separator_size, fits ? c.at : NULL };
}

/* ---- the whole body ---- */

static bool replay_body(const bdc__accept_task *task, const bdc__layout *layout, const unsigned char *body, size_t size) {
  replayed r;
  uint64_t items[BDC__LAYOUT_LOOPS_MAX] = { 0 };
  const bdc__layout_step *step = layout->steps;
  const unsigned char *text = layout->texts;
  const unsigned char *at = body;
  begin_replay(&r, task, body, (uint32_t)size_of_body(task, body, size));
  for (; at; step++) {
    if (UNLIKELY(!has_room(&r, at, step->text_size + REACH))) {
      at = go_to_tail(&r, at);
    }
    if (UNLIKELY(!kernel_same(at, text, step->text_size))) {
      return false;
    }
    at += step->text_size;
    text += step->text_size;
    if (LIKELY(step->kind == BDC__LAYOUT_STRING)) {
      at = replay_string(&r, step->plan, at);
    } else if (step->kind == BDC__LAYOUT_SCALAR) {
      at = replay_scalar(&r.in, step->plan, at);
    } else if (step->kind == BDC__LAYOUT_ITEM_END) {
      course c = end_item(&r, items, (course){ step, text, at });
      step = c.step;
      text = c.text;
      at = c.at;
    } else if (step->kind == BDC__LAYOUT_END) {
      return at == r.in.body + r.in.end;
    }
  }
  return false;
}

#endif
