/* SPDX-License-Identifier: MIT */
/* The quick ways over blanks and strings of JSON: any text of up to LARGEST bytes, of which nothing is assumed. */
#include "any.h"

#include "json/plain.h"

enum { LARGEST = 9 };

int main(void) {
  for (size_t size = 0; size <= LARGEST; size++) {
    const unsigned char *at = (const unsigned char *)any_text(size).data;
    bool ascii = true;
    size_t length;
    bdc__json_skip_text(at, at + size, &ascii);
    bdc__json_skip_escaped(at, at + size, &length);
    bdc__json_skip_blanks(at, at + size);
  }
  return 0;
}
