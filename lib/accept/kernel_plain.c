/* SPDX-License-Identifier: MIT */
/* The kernel for any machine: eight bytes at a time. */
#include "accept/bytes.h"
#include "accept/walk.h"

#include "accept/no_shuffle.h"
#include "json/plain.h"

enum { WORD = 8 };

static INLINE const unsigned char *kernel_skip_plain(const unsigned char *at, const unsigned char *end) {
  return bdc__json_skip_plain_words(at, end);
}

static inline bool kernel_name(const bdc__plan *plan, const unsigned char *text) {
  uint64_t difference = 0;
  for (unsigned i = 0; i < BDC__PLAN_NAME_SIZE; i += WORD) {
    difference |= (bdc__load_le64(text + i) & bdc__load_le64(plan->mask + i)) ^ bdc__load_le64(plan->name + i);
  }
  return difference == 0;
}

bool bdc__accept_plain(const bdc__accept_task *task, const unsigned char *body, size_t size) {
  return accept_body(task, body, size);
}
