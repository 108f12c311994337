/* SPDX-License-Identifier: MIT */
/* Request targets (RFC 9112): origin form and absolute form. */
#include "base/str.h"
#include "route/route.h"

/* What stands between "scheme://" and the path; false in origin form, where the path begins at once. */
static bool find_authority(bdc_str target, bdc_str *out) {
  const char *colon = target.size && target.data[0] != '/' ? memchr(target.data, ':', target.size) : NULL;
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
  parts.absolute = find_authority(target, &parts.authority);
  if (parts.absolute) {
    parts.path_offset = (size_t)(parts.authority.data - target.data) + parts.authority.size;
  }
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
