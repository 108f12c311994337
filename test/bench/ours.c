/* SPDX-License-Identifier: MIT */
/* This library: each kernel of this machine, the precise engine alone, and bodies that arrive in pieces. */
#include "bench.h"

typedef struct ours {
  bdc_checker *checker;
  size_t piece; /* bytes fed at a time */
} ours;

static bool check_whole(void *state, const bench_body *body) {
  ours *self = state;
  return bdc_check_body(self->checker, body->table->operation, body->table->http_status, body->data, body->size) == BDC_VALID;
}

static bool check_pieces(void *state, const bench_body *body) {
  ours *self = state;
  (void)bdc_check_begin(self->checker, body->table->operation, body->table->http_status);
  for (size_t i = 0; i < body->size; i += self->piece) {
    size_t left = body->size - i;
    (void)bdc_check_feed(self->checker, body->data + i, left < self->piece ? left : self->piece);
  }
  bdc_verdict verdict = BDC_UNCHECKED;
  (void)bdc_check_end(self->checker, &verdict);
  return verdict == BDC_VALID;
}

static ours *make(const bench_world *world, const char *kernel, size_t piece) {
  ours *self = bench_allocate(sizeof *self);
  bdc_settings settings = { .kernel = kernel };
  self->piece = piece;
  if (bdc_checker_new(world->ruleset, &settings, &self->checker) != BDC_OK) {
    bench_fail("no checker with kernel %s", kernel);
  }
  return self;
}

void bench_enter_ours(bench_contestants *list, const bench_world *world) {
  char name[64];
  const char *kernel;
  for (size_t i = 0; (kernel = bdc_kernel_name(i)) != NULL; i++) {
    snprintf(name, sizeof name, "bodycheck %s", kernel);
    bench_enter(list, name, BENCH_CHECKS, check_whole, make(world, kernel, 0));
  }
  bench_enter(list, "bodycheck none", BENCH_CHECKS, check_whole, make(world, "none", 0));
  bench_enter(list, "bodycheck 1460-byte pieces", BENCH_CHECKS, check_pieces, make(world, "none", 1460));
  bench_enter(list, "bodycheck 16-byte pieces", BENCH_CHECKS, check_pieces, make(world, "none", 16));
}
