/* SPDX-License-Identifier: MIT */
/* Messages as text, for the targets that take them: a line, header fields "NAME: VALUE" line by line, an empty line, the body. */
#ifndef BDC_FUZZ_HEAD_H
#define BDC_FUZZ_HEAD_H

#include <bodycheck/bodycheck.h>

#include <string.h>

enum { HEADERS_MAX = 16 };

/* The text before a separator, which is taken from *rest with it; all of it where there is none. */
static inline bdc_str take(bdc_str *rest, char separator) {
  const char *end = rest->size ? memchr(rest->data, separator, rest->size) : NULL;
  size_t size = end ? (size_t)(end - rest->data) : rest->size;
  bdc_str taken = { rest->data, size };
  size_t used = end ? size + 1 : size;
  *rest = (bdc_str){ rest->data + used, rest->size - used };
  return taken;
}

/* Header fields up to the empty line, which is taken as well. */
static inline size_t take_headers(bdc_str *rest, bdc_header headers[HEADERS_MAX]) {
  size_t count = 0;
  while (rest->size && count < HEADERS_MAX) {
    bdc_str line = take(rest, '\n');
    if (line.size == 0) {
      break;
    }
    headers[count].name = take(&line, ':');
    headers[count++].value = line;
  }
  return count;
}

#endif
