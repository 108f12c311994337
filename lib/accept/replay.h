/* SPDX-License-Identifier: MIT */
/*
 * A body held against a known layout (layout.h): text, value, text, value, and so on. A kernel file defines the functions that view.h
 * lists and includes this file.
 *
 * Everything is compared where it stands, a block or less at a time, but for the last TAIL bytes of the body: these are copied to where
 * there is room behind them.
 */
#ifndef BDC_ACCEPT_REPLAY_H
#define BDC_ACCEPT_REPLAY_H

#include "accept/quick.h"
#include "accept/scan.h"
#include "accept/strings.h"
#include "accept/view.h"

/* What a step may read, from its first byte on: a text, a block in which its value ends, and what the quick way reads from there on. */
enum { TAIL = BDC__LAYOUT_TEXT_MAX + BLOCK + NEAR };

typedef struct replayed {
  view in;
  uint32_t kept; /* bytes of the tail */
  bool in_tail;
  alignas(BLOCK) unsigned char tail[TAIL + TAIL];
} replayed;

static INLINE void begin_replay(replayed *r, const bdc__accept_task *task, const unsigned char *body, uint32_t size) {
  r->in = (view){ .task = task, .body = body, .end = size };
  r->in_tail = false;
  r->kept = size < TAIL ? size : TAIL;
  if (LIKELY(size >= TAIL)) {
    memcpy(r->tail, body + size - TAIL, TAIL);
  } else {
    memcpy(r->tail, body, size);
  }
  memset(r->tail + r->kept, 0, TAIL);
}

/* The same place in the tail. */
static ASIDE const unsigned char *go_to_tail(replayed *r, const unsigned char *at) {
  const unsigned char *place = r->tail + r->kept - (r->in.body + r->in.end - at);
  r->in.body = r->tail;
  r->in.end = r->kept;
  r->in_tail = true;
  return place;
}

/* Sees to it that a step can be taken from here. */
static INLINE const unsigned char *ahead(replayed *r, const unsigned char *at) {
  return LIKELY(r->in_tail || r->in.body + r->in.end - at >= TAIL) ? at : go_to_tail(r, at);
}

/* The same bytes where there are BLOCK more behind them: the place itself, or that in the tail. */
static INLINE const unsigned char *with_room(const replayed *r, const unsigned char *at) {
  ptrdiff_t left = r->in.body + r->in.end - at;
  return LIKELY(r->in_tail || left >= BLOCK) ? at : r->tail + r->kept - left;
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
      at += kernel_ordinary_size(with_room(r, at), &beyond_ascii);
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
  bool fits = size < BLOCK && at[size] == '"' && size + 1 - plan->length_low <= plan->length_span && quick_content(plan, at, size);
  return LIKELY(fits) ? at + size : replay_any_string(r, plan->row, at);
}

static INLINE const unsigned char *replay_scalar(const view *in, const bdc__plan *plan, const unsigned char *at) {
  uint32_t size = kernel_scalar_size(at);
  if (UNLIKELY(plan->quick - 1 >= BDC__QUICK_STRING - 1 || !quick_scalar(plan, at, size))) {
    size = scalar(in, plan->row, (uint32_t)(at - in->body));
  }
  return size ? at + size : NULL;
}

/* ---- the whole body ---- */

static bool replay_body(const bdc__accept_task *task, const bdc__layout *layout, const unsigned char *body, size_t size) {
  replayed r;
  const unsigned char *at = body;
  const unsigned char *text = layout->texts;
  size = size_of_body(task, body, size);
  begin_replay(&r, task, body, (uint32_t)size);
  for (const bdc__layout_step *step = layout->steps; at; step++) {
    at = ahead(&r, at);
    if (UNLIKELY(!kernel_same(at, text, step->text_size))) {
      return false;
    }
    at += step->text_size;
    text += step->text_size;
    if (LIKELY(step->kind == BDC__LAYOUT_STRING)) {
      at = replay_string(&r, step->plan, at);
    } else if (step->kind == BDC__LAYOUT_SCALAR) {
      at = replay_scalar(&r.in, step->plan, at);
    } else if (step->kind == BDC__LAYOUT_END) {
      return at == r.in.body + r.in.end;
    }
  }
  return false;
}

#endif
