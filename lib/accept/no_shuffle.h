/* SPDX-License-Identifier: MIT */
/* What the kernels have alike that have no instruction to look bytes up in a table. */
#ifndef BDC_ACCEPT_NO_SHUFFLE_H
#define BDC_ACCEPT_NO_SHUFFLE_H

#include "accept/portable.h"
#include "accept/view.h"

static inline uint64_t kernel_first(uint64_t word, uint32_t size) {
  return word & portable_low[size % BDC__PLAN_NAME_SIZE];
}

static inline bool kernel_in_class(const bdc__class *class, const unsigned char *text, uint32_t size) {
  return portable_in_class(class, text, size);
}

static inline void kernel_copy_tail(unsigned char *out, const unsigned char *text, uint32_t size) {
  portable_copy_tail(out, text, size);
}

static inline uint32_t kernel_scalar_size(const unsigned char *text) {
  return portable_scalar_size(text);
}

static inline uint32_t kernel_digits(const unsigned char *text) {
  return portable_digits(text);
}

static inline bool kernel_date_and_time(const unsigned char *text, unsigned *month, unsigned *day) {
  return portable_date_and_time(text, month, day);
}

static bool kernel_utf8(const unsigned char *text, uint32_t size, uint32_t before, uint64_t *characters) {
  (void)before;
  return portable_utf8(text, size, characters);
}

#endif
