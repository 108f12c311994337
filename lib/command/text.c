/* SPDX-License-Identifier: MIT */
#include "text.h"

#include <string.h>

bdc_str cmd_str(const char *text) {
  return (bdc_str){ text, text ? strlen(text) : 0 };
}

bool cmd_equal(bdc_str a, bdc_str b) {
  return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* How many bytes a character has that begins with `lead`, and the bits of it that are the character's; 0 where none begins so. */
static size_t sequence(unsigned char lead, uint32_t *bits) {
  if (lead >= 0xc2 && lead <= 0xdf) {
    *bits = lead & 0x1fu;
    return 2;
  }
  if (lead >= 0xe0 && lead <= 0xef) {
    *bits = lead & 0x0fu;
    return 3;
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    *bits = lead & 0x07u;
    return 4;
  }
  return 0;
}

size_t cmd_decode(bdc_str text, uint32_t *character) {
  const unsigned char *bytes = (const unsigned char *)text.data;
  if (bytes[0] < 0x80) {
    *character = bytes[0];
    return 1;
  }
  *character = CMD_INVALID;
  uint32_t value = 0;
  size_t length = sequence(bytes[0], &value);
  if (length == 0 || length > text.size) {
    return 1;
  }
  for (size_t i = 1; i < length; i++) {
    if ((bytes[i] & 0xc0u) != 0x80u) {
      return 1;
    }
    value = value << 6 | (bytes[i] & 0x3fu);
  }
  bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  if (overlong || (value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) {
    return 1;
  }
  *character = value;
  return length;
}

bool cmd_is_unsafe(uint32_t c) {
  if (c < 0x80) {
    return c < 0x20 || c == 0x7f;
  }
  return c <= 0x9f || c == 0xad || c == 0x61c || c == 0x180e || (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
         (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f);
}
