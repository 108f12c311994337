/* SPDX-License-Identifier: MIT */
/* Request targets (RFC 9112): origin form, and absolute form, of which the authority is passed over. */
#include "base/str.h"
#include "route/route.h"

/* Where the path begins: at 0, or behind "scheme://authority". */
static size_t path_start(bdc_str target) {
  const char *colon = target.size && target.data[0] != '/' ? memchr(target.data, ':', target.size) : NULL;
  size_t at = colon ? (size_t)(colon - target.data) : target.size;
  if (target.size - at < 3 || memcmp(target.data + at, "://", 3) != 0) {
    return 0;
  }
  for (at += 3; at < target.size; at++) {
    if (target.data[at] == '/' || target.data[at] == '?' || target.data[at] == '#') {
      break;
    }
  }
  return at;
}

bdc__target bdc__target_split(bdc_str target) {
  bdc__target parts = { .path_offset = path_start(target) };
  size_t at = parts.path_offset;
  while (at < target.size && target.data[at] != '?' && target.data[at] != '#') {
    at++;
  }
  parts.path = (bdc_str){ target.data + parts.path_offset, at - parts.path_offset };
  if (at < target.size && target.data[at] == '?') {
    size_t start = ++at;
    while (at < target.size && target.data[at] != '#') {
      at++;
    }
    parts.query = (bdc_str){ target.data + start, at - start };
    parts.has_query = true;
  }
  parts.has_fragment = at < target.size;
  return parts;
}

bool bdc__path_segment(bdc_str path, size_t *at, bdc_str *segment) {
  if (*at > path.size) {
    return false;
  }
  size_t start = *at;
  size_t end = start;
  while (end < path.size && path.data[end] != '/') {
    end++;
  }
  *segment = (bdc_str){ path.data + start, end - start };
  *at = end + 1;
  return true;
}
