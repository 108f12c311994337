/* SPDX-License-Identifier: MIT */
#ifndef BDC_FUZZ_EXPECT_H
#define BDC_FUZZ_EXPECT_H

#include <bodycheck/bodycheck.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline void expect_at(bool holds, const char *file, int line) {
  if (!holds) {
    fprintf(stderr, "%s:%d: this does not hold\n", file, line);
    abort();
  }
}

/* A crash is what a fuzzer looks for. The compiler makes one of many, so that the stack alone does not tell which it was. */
#define expect(holds) expect_at(holds, __FILE__, __LINE__)

static inline bool same(bdc_str a, bdc_str b) {
  return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* Two reports of the same body. */
static inline void expect_same(const bdc_report *a, const bdc_report *b) {
  expect(a->verdict == b->verdict && a->reason == b->reason && a->truncated == b->truncated);
  expect(a->error_count == b->error_count && a->warning_count == b->warning_count && a->violation_count == b->violation_count);
  expect((a->error != NULL) == (b->error != NULL) && (!a->error || same(a->error->code, b->error->code)));
  for (size_t i = 0; i < a->violation_count; i++) {
    const bdc_violation *x = &a->violations[i];
    const bdc_violation *y = &b->violations[i];
    expect(x->in == y->in && x->rule == y->rule && x->severity == y->severity && x->measure == y->measure && x->row == y->row);
    expect(x->offset == y->offset && x->line == y->line && x->column == y->column);
    expect(same(x->pointer, y->pointer) && same(x->field, y->field));
  }
}

#endif
