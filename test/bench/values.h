/* SPDX-License-Identifier: MIT */
#ifndef BDC_BENCH_VALUES_H
#define BDC_BENCH_VALUES_H

#include "bench.h"

/* What a body is written with. */
typedef struct bench_writer {
  bench_text *out;
  bench_random *random;
  bench_random *layout; /* of members, listed items and keys; may be the same */
  const bench_table *table;
  const bench_style *style;
} bench_writer;

/* A value of a row that is neither object, array nor map: one that keeps the row's rules, or one that breaks one of them. */
void bench_write_scalar(const bench_writer *writer, const bdc_row_info *row);
void bench_write_broken(const bench_writer *writer, const bdc_row_info *row);

#endif
