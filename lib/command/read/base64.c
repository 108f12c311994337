/* SPDX-License-Identifier: MIT */
#include "read/base64.h"

/* The six bits of a character of the alphabet, or -1. */
static int sextet(char c) {
  if (c >= 'A' && c <= 'Z') {
    return c - 'A';
  }
  if (c >= 'a' && c <= 'z') {
    return c - 'a' + 26;
  }
  if (c >= '0' && c <= '9') {
    return c - '0' + 52;
  }
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Decodes four characters of which the last `padding` ones are "=". The bits that are left over must be zero. */
static bool decode_group(const char *text, unsigned padding, cmd_output *out) {
  uint32_t bits = 0;
  for (unsigned i = 0; i < 4; i++) {
    int six = i < 4 - padding ? sextet(text[i]) : 0;
    if (six < 0) {
      return false;
    }
    bits = bits << 6 | (uint32_t)six;
  }
  if ((padding == 1 && (bits & 0xff) != 0) || (padding == 2 && (bits & 0xffff) != 0)) {
    return false;
  }
  char bytes[3] = { (char)(bits >> 16), (char)(bits >> 8 & 0xff), (char)(bits & 0xff) };
  cmd_put(out, (bdc_str){ bytes, 3 - padding });
  return true;
}

bool cmd_base64_decode(bdc_str text, cmd_output *out) {
  size_t start = out->size;
  bool good = text.size % 4 == 0;
  for (size_t at = 0; at < text.size && good; at += 4) {
    bool last = at + 4 == text.size;
    unsigned padding = last && text.data[at + 3] == '=' ? 1 + (text.data[at + 2] == '=') : 0;
    good = decode_group(text.data + at, padding, out);
  }
  out->size = good ? out->size : start;
  return good;
}

void cmd_base64_put(bdc_str bytes, cmd_output *out) {
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (size_t at = 0; at < bytes.size; at += 3) {
    size_t count = bytes.size - at < 3 ? bytes.size - at : 3;
    uint32_t bits = 0;
    for (size_t i = 0; i < 3; i++) {
      bits = bits << 8 | (i < count ? (unsigned char)bytes.data[at + i] : 0);
    }
    char text[4];
    for (unsigned i = 0; i < 4; i++) {
      text[i] = i <= count ? alphabet[bits >> (18 - 6 * i) & 63] : '=';
    }
    cmd_put(out, (bdc_str){ text, sizeof(text) });
  }
}
