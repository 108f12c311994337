/* SPDX-License-Identifier: MIT */
#include "json/plain.h"

#include "base/utf8.h"

/*
 * Over characters of three bytes, which is what nearly all beyond ASCII are that stand in a row. Left out are those that begin with 0xe0
 * or 0xed, as overlong ones and surrogates do.
 */
static inline const unsigned char *skip_three_bytes(const unsigned char *at, const unsigned char *end) {
  const unsigned well_formed = 0xffffu & ~(1u << 0x0) & ~(1u << 0xd); /* by the low four bits of the first byte */
  for (; end - at >= 4; at += 3) {
    uint32_t word = bdc__load_le32(at);
    if ((word & 0xc0c0f0) != 0x8080e0 || !(well_formed >> (word & 0xf) & 1)) {
      return at;
    }
  }
  return at;
}

/* Over characters beyond ASCII, until one that is malformed or cut off. */
static const unsigned char *skip_beyond_ascii(const unsigned char *at, const unsigned char *end) {
  while (at < end && *at >= 0x80) {
    const unsigned char *behind = skip_three_bytes(at, end);
    if (behind == at) {
      int size = bdc__utf8_size(at, (size_t)(end - at));
      if (size <= 0) {
        return at;
      }
      behind = at + size;
    }
    at = behind;
  }
  return at;
}

const unsigned char *bdc__json_skip_text(const unsigned char *at, const unsigned char *end, bool *ascii) {
  at = bdc__json_skip_plain(at, end);
  while (at < end && *at >= 0x80) {
    const unsigned char *behind = skip_beyond_ascii(at, end);
    *ascii = *ascii && behind == at;
    if (behind == at || behind == end || *behind >= 0x80) {
      return behind;
    }
    at = bdc__json_skip_plain(behind, end);
  }
  return at;
}

unsigned char bdc__json_unescape(unsigned char letter) {
  switch (letter) {
  case '"':
  case '\\':
  case '/':
    return letter;
  case 'b':
    return '\b';
  case 'f':
    return '\f';
  case 'n':
    return '\n';
  case 'r':
    return '\r';
  case 't':
    return '\t';
  default:
    return 0;
  }
}

const unsigned char *bdc__json_skip_escaped(const unsigned char *at, const unsigned char *end, size_t *length) {
  *length = 0;
  for (;;) {
    const unsigned char *start = at;
    bool ascii = true;
    at = bdc__json_skip_text(at, end, &ascii);
    size_t size = (size_t)(at - start);
    *length += ascii ? size : bdc__utf8_count((const char *)start, size);
    if (at == end) {
      return NULL;
    }
    if (*at == '"') {
      return at + 1;
    }
    if (*at != '\\' || end - at < 2 || !bdc__json_unescape(at[1])) {
      return NULL;
    }
    at += 2;
    ++*length;
  }
}
