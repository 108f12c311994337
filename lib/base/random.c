/* SPDX-License-Identifier: MIT */
#include "base/random.h"

#include <sys/random.h>
#include <sys/types.h>

bdc__siphash_key bdc__random_key(void) {
  bdc__siphash_key key = { 0 };
  if (getrandom(&key, sizeof key, 0) != (ssize_t)sizeof key) {
    /* No source of randomness: where the stack lies is at least not known to a sender, where addresses are randomised. */
    key = (bdc__siphash_key){ (uintptr_t)&key, ~(uint64_t)(uintptr_t)&bdc__random_key };
  }
  return key;
}
