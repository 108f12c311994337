/* SPDX-License-Identifier: MIT */
#ifndef BDC_BENCH_JSON_C_H
#define BDC_BENCH_JSON_C_H

#include <stdbool.h>

#if defined(__GNUC__)
#define BENCH_EXPORTED __attribute__((visibility("default")))
#else
#define BENCH_EXPORTED
#endif

/* One tokener, kept for all texts. */
BENCH_EXPORTED void *bench_json_c_open(void);
BENCH_EXPORTED bool bench_json_c_parse(void *state, const char *text, int size);

#endif
