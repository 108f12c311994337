/* SPDX-License-Identifier: MIT */
#include "text.h"

#include <string.h>

bdc_str cmd_str(const char *text) {
  return (bdc_str){ text, text ? strlen(text) : 0 };
}

bool cmd_equal(bdc_str a, bdc_str b) {
  return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static char lower(char c) {
  return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

bool cmd_equal_fold(bdc_str a, bdc_str b) {
  bool same = a.size == b.size;
  for (size_t i = 0; same && i < a.size; i++) {
    same = lower(a.data[i]) == lower(b.data[i]);
  }
  return same;
}

static bdc_str end_of(bdc_str text, size_t size) {
  return (bdc_str){ text.data + text.size - size, size };
}

bool cmd_ends_with(bdc_str text, bdc_str ending) {
  return text.size >= ending.size && cmd_equal(end_of(text, ending.size), ending);
}

bool cmd_ends_with_fold(bdc_str text, bdc_str ending) {
  return text.size >= ending.size && cmd_equal_fold(end_of(text, ending.size), ending);
}

int cmd_compare(bdc_str a, bdc_str b) {
  size_t size = a.size < b.size ? a.size : b.size;
  int order = size > 0 ? memcmp(a.data, b.data, size) : 0;
  return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

bdc_str cmd_last_part(bdc_str path) {
  size_t at = path.size;
  while (at > 0 && path.data[at - 1] != '/') {
    at--;
  }
  return (bdc_str){ path.data + at, path.size - at };
}

/* Bytes that go on with a character are none. */
uint64_t cmd_count_characters(bdc_str text) {
  uint64_t count = 0;
  for (size_t i = 0; i < text.size; i++) {
    count += ((unsigned char)text.data[i] & 0xc0u) != 0x80u;
  }
  return count;
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
         (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) || c == 0xfffe || c == 0xffff ||
         (c >= 0xe0000 && c <= 0xe007f);
}
