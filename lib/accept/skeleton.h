/* SPDX-License-Identifier: MIT */
/* The skeleton of a text, made a window at a time. See walk.h for the idea. */
#ifndef BDC_ACCEPT_SKELETON_H
#define BDC_ACCEPT_SKELETON_H

#include "accept/state.h"

/*
 * Adds the next bytes of the text, a window of them, and moves w->sorted behind them. See blocks.h. A
 * text that is shorter than a window is copied by the way.
 */
static void skeleton_window(walk *w);

/* Goes on until there is enough ahead, or no more. False: a byte stands where it may not, or a string is as long as SPAN_MAX. */
static ASIDE bool skeleton_fill(walk *w) {
  do {
    skeleton_window(w);
  } while (UNLIKELY(w->count <= 2 * AHEAD && w->sorted < w->size && w->sorted - w->in.origin < SPAN_MAX));
  if (w->wrong || (w->sorted < w->size && w->count <= 2 * AHEAD)) {
    return false;
  }
  static_assert(AHEAD == 8, "eight places are two words");
  uint64_t end = (w->sorted - w->in.origin) * UINT64_C(0x0001000100010001);
  memset(w->bytes + w->count, 0, AHEAD);
  memcpy(w->places + w->count, &end, sizeof end);
  memcpy(w->places + w->count + AHEAD / 2, &end, sizeof end);
  w->quick_to = w->count - (w->sorted < w->size ? AHEAD : 1);
  while (UNLIKELY(w->in.origin + w->places[w->quick_to + 5] >= w->near_to) && w->quick_to) {
    w->quick_to--;
  }
  return true;
}

/* Forgets what has been understood, but for one byte, and goes on. */
static ASIDE bool skeleton_more(walk *w) {
  if (w->sorted == w->size) {
    return true;
  }
  uint32_t kept = w->count - w->at + 1;
  memmove(w->bytes, w->bytes + w->at - 1, kept);
  uint16_t past = w->places[w->at - 1];
  for (uint32_t i = 0; i < kept; i++) {
    w->places[i] = (uint16_t)(w->places[w->at - 1 + i] - past);
  }
  w->in.body += past;
  w->in.origin += past;
  w->in.end -= past;
  w->at = 1;
  w->count = kept;
  return skeleton_fill(w);
}

#endif
