/* SPDX-License-Identifier: MIT */
/* Request targets (RFC 9112): origin form and absolute form. */
#include "base/str.h"
#include "route/route.h"

/* Where a byte is; the size of the text where it is nowhere. */
static inline size_t find_byte(bdc_str text, char byte) {
  const char *found = text.size ? memchr(text.data, byte, text.size) : NULL;
  return found ? (size_t)(found - text.data) : text.size;
}

/* What stands between "scheme://" and the path; false in origin form, where the path begins at once. The target is not empty. */
static bool find_authority(bdc_str target, bdc_str *out) {
  const char *colon = target.data[0] != '/' ? memchr(target.data, ':', target.size) : NULL;
  size_t at = colon ? (size_t)(colon - target.data) : target.size;
  if (target.size - at < 3 || memcmp(target.data + at, "://", 3) != 0) {
    return false;
  }
  size_t start = at += 3;
  while (at < target.size && target.data[at] != '/' && target.data[at] != '?' && target.data[at] != '#') {
    at++;
  }
  *out = (bdc_str){ target.data + start, at - start };
  return true;
}

bdc__target bdc__target_split(bdc_str target) {
  bdc__target parts = { .path_offset = 0 };
  if (target.size == 0) {
    return parts;
  }
  parts.absolute = find_authority(target, &parts.authority);
  if (parts.absolute) {
    parts.path_offset = (size_t)(parts.authority.data - target.data) + parts.authority.size;
  }
  bdc_str rest = bdc__str_from(target, parts.path_offset);
  rest.size = find_byte(rest, '#');
  parts.has_fragment = parts.path_offset + rest.size < target.size;
  parts.path = (bdc_str){ rest.data, find_byte(rest, '?') };
  parts.has_query = parts.path.size < rest.size;
  if (parts.has_query) {
    parts.query = bdc__str_from(rest, parts.path.size + 1);
  }
  return parts;
}

bool bdc__path_segment(bdc_str path, size_t *at, bdc_str *segment) {
  if (*at > path.size) {
    return false;
  }
  bdc_str rest = bdc__str_from(path, *at);
  *segment = (bdc_str){ rest.data, find_byte(rest, '/') };
  *at += segment->size + 1;
  return true;
}
