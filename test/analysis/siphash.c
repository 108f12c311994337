/* SPDX-License-Identifier: MIT */
/* SipHash: two pieces of up to LARGEST bytes each, one after the other, with any key. Nothing is assumed of bytes and key. */
#include "any.h"

#include "base/siphash.h"

enum { LARGEST = 10 };

int main(void) {
  for (size_t first = 0; first <= LARGEST; first++) {
    for (size_t second = 0; second <= LARGEST; second++) {
      bdc__siphash_key key = { .low = any_size, .high = any_size };
      bdc__siphash hash;
      bdc__siphash_begin(&hash, &key);
      bdc__siphash_feed(&hash, any_text(first).data, first);
      bdc__siphash_feed(&hash, any_text(second).data, second);
      bdc__siphash_end(&hash);
    }
  }
  return 0;
}
