/* SPDX-License-Identifier: MIT */
#ifndef BDC_FUZZ_EXPECT_H
#define BDC_FUZZ_EXPECT_H

#include <stdbool.h>
#include <stdlib.h>

/* A crash is what a fuzzer looks for. */
static inline void expect(bool holds) {
  if (!holds) {
    abort();
  }
}

#endif
