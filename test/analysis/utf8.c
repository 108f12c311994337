/* SPDX-License-Identifier: MIT */
/*
 * UTF-8: any text of up to LARGEST bytes, and each well-formed character in it. Nothing is assumed of its bytes. Proven as well: a
 * character is never larger than what is there of it, and four bytes are never only the beginning of one.
 */
#include "any.h"

#include "base/utf8.h"

enum { LARGEST = 8 };

static void take_characters(bdc_str text) {
  for (size_t at = 0; at < text.size; at++) {
    size_t left = text.size - at;
    int size = bdc__utf8_size((const unsigned char *)text.data + at, left);
    /*@ assert size <= (int)left; */
    /*@ assert left < 4 || size >= 0; */
    if (size > 0) {
      char out[4];
      bdc__utf8_encode(bdc__utf8_decode(text.data + at, (size_t)size), out);
    }
  }
}

int main(void) {
  for (size_t size = 0; size <= LARGEST; size++) {
    bdc_str text = any_text(size);
    bdc__utf8_valid(text);
    bdc__utf8_count(text.data, text.size);
    bdc__utf8_cut(text, any_size);
    take_characters(text);
  }
  return 0;
}
