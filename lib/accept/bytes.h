/* SPDX-License-Identifier: MIT */
/* The skeleton byte by byte, strings apart, for machines that do not look at many bytes at once. */
#ifndef BDC_ACCEPT_BYTES_H
#define BDC_ACCEPT_BYTES_H

#include "accept/state.h"

/*
 * What a kernel file defines that takes its skeleton from here: the first byte that is a quote, a backslash, a control character or
 * beyond ASCII; or the end.
 */
static INLINE const unsigned char *kernel_skip_plain(const unsigned char *at, const unsigned char *end);

typedef enum kind { OTHER, BLANK, SIGN, QUOTE } kind;

static const uint8_t kinds[256] = { [' '] = BLANK, ['\t'] = BLANK, ['\n'] = BLANK, ['\r'] = BLANK, ['{'] = SIGN, ['}'] = SIGN,
                                    ['['] = SIGN,  [']'] = SIGN,   [':'] = SIGN,   [','] = SIGN,   ['"'] = QUOTE };

/* Where it stands, apart from the walk: what is written as bytes might else be a part of that. */
typedef struct progress {
  const unsigned char *text; /* from the walk's origin on */
  unsigned char *bytes;      /* the next of the skeleton */
  uint16_t *places;
  uint32_t at;
  uint32_t stop;
  uint32_t others;
  unsigned char marks; /* of the string */
  bool inside;
} progress;

static INLINE void list(progress *p, unsigned char c, uint32_t at) {
  *p->bytes++ = c;
  *p->places++ = (uint16_t)at;
}

/* Up to and with the next quote, which mostly follows one sign. */
static INLINE void sort_outside(progress *p) {
  const unsigned char *text = p->text + p->at;
  if (LIKELY(p->at + 1 < p->stop && text[1] == '"' && kinds[text[0]] == SIGN)) {
    list(p, text[0], p->at);
    list(p, '"', p->at + 1);
    p->at += 2;
    p->inside = true;
    return;
  }
  while (p->at < p->stop && !p->inside) {
    unsigned char c = p->text[p->at];
    kind found = (kind)kinds[c];
    if (LIKELY(found >= SIGN)) {
      list(p, c, p->at);
    }
    p->inside = found == QUOTE;
    p->others += found == OTHER;
    p->at++;
  }
}

/* Characters beyond ASCII stand together more often than not. */
static ASIDE uint32_t skip_beyond_ascii(const unsigned char *text, uint32_t at, uint32_t stop) {
  while (at + 8 <= stop && (bdc__load_le64(text + at) & BDC__HIGHS) == BDC__HIGHS) {
    at += 8;
  }
  while (at < stop && text[at] >= 0x80) {
    at++;
  }
  return at;
}

/* Up to and with the string's last quote, or, where `stop` cuts an escape in two, behind that. False, and at `stop`: a control character. */
static INLINE bool sort_inside(progress *p) {
  while (p->at < p->stop) {
    p->at = (uint32_t)(kernel_skip_plain(p->text + p->at, p->text + p->stop) - p->text);
    unsigned char c = p->at < p->stop ? p->text[p->at] : ' ';
    if (LIKELY(c == '"')) {
      list(p, (unsigned char)('"' | p->marks), p->at);
      p->marks = 0;
      p->inside = false;
      p->at++;
      return true;
    }
    if (c == '\\') {
      p->marks |= ESCAPE;
      p->at += 2;
    } else if (c >= 0x80) {
      p->marks |= BEYOND_ASCII;
      p->at = skip_beyond_ascii(p->text, p->at, p->stop);
    } else if (c < 0x20) {
      p->at = p->stop;
      return false;
    }
  }
  return true;
}

static inline void skeleton_window(walk *w) {
  uint32_t left = w->size - w->sorted;
  if (w->copied) {
    memcpy(w->copy, w->text, w->size);
    memset(w->copy + w->size, ' ', BLOCK);
  }
  progress p = { .text = w->text + w->origin,
                 .bytes = w->bytes + w->count,
                 .places = w->places + w->count,
                 .at = w->sorted - w->origin,
                 .marks = w->pending,
                 .inside = w->inside != 0 };
  p.stop = p.at + (left > WINDOW ? WINDOW : left);
  while (p.at < p.stop) {
    if (LIKELY(!p.inside)) {
      sort_outside(&p);
    }
    w->wrong |= !sort_inside(&p);
  }
  uint32_t at = w->origin + p.at;
  w->sorted = at < w->size ? at : w->size;
  w->count = (uint32_t)(p.bytes - w->bytes);
  w->others += p.others;
  w->pending = p.marks;
  w->inside = p.inside;
}

#endif
