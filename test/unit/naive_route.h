/* SPDX-License-Identifier: MIT */
/* A router that tries one template after the other, for tests and the fuzz target to compare with. */
#ifndef BDC_TEST_NAIVE_ROUTE_H
#define BDC_TEST_NAIVE_ROUTE_H

#include "base/str.h"
#include "route/route.h"

#include <stdlib.h>

static inline bool naive_parameter(bdc_str segment) {
  return segment.size >= 2 && segment.data[0] == '{' && segment.data[segment.size - 1] == '}';
}

/* Below 0 where `a` goes before `b`, 0 where they are alike, for templates that match one target. */
static inline int naive_preference(bdc_str a, bdc_str b) {
  size_t i = 1;
  size_t j = 1;
  bdc_str x;
  bdc_str y;
  while (bdc__path_segment(a, &i, &x) && bdc__path_segment(b, &j, &y)) {
    if (naive_parameter(x) != naive_parameter(y)) {
      return naive_parameter(x) ? 1 : -1;
    }
  }
  return 0;
}

static inline bool naive_is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* Whether a segment of a target, its percent-escapes taken for what they stand for, is a literal. A bad escape stands for itself. */
static inline bool naive_equal(bdc_str literal, bdc_str segment) {
  size_t at = 0;
  for (size_t i = 0; i < literal.size; i++, at++) {
    if (at >= segment.size) {
      return false;
    }
    char c = segment.data[at];
    if (c == '%' && segment.size - at > 2 && naive_is_hex(segment.data[at + 1]) && naive_is_hex(segment.data[at + 2])) {
      char digits[] = { segment.data[at + 1], segment.data[at + 2], 0 };
      c = (char)strtol(digits, NULL, 16);
      at += 2;
    }
    if (c != literal.data[i]) {
      return false;
    }
  }
  return at == segment.size;
}

static inline bool naive_match(bdc_str template, bdc_str path) {
  size_t i = 1;
  size_t j = 1;
  bdc_str x;
  bdc_str y;
  for (;;) {
    bool more = bdc__path_segment(template, &i, &x);
    if (more != bdc__path_segment(path, &j, &y)) {
      return false;
    }
    if (!more) {
      return true;
    }
    if (!naive_parameter(x) && !naive_equal(x, y)) {
      return false;
    }
  }
}

/* The routes of a path, as the router gives them; `out` has room for all. */
static inline size_t naive_routes(const bdc__route *list, size_t list_count, bdc_str path, size_t *out) {
  size_t count = 0;
  for (size_t i = 0; i < list_count; i++) {
    if (!naive_match(list[i].path, path)) {
      continue;
    }
    int order = count ? naive_preference(list[i].path, list[out[0]].path) : 0;
    count = order < 0 ? 0 : count;
    if (order <= 0) {
      out[count++] = i;
    }
  }
  return count;
}

#endif
