/* SPDX-License-Identifier: MIT */
/* What several tests need: growing text, files, samples, pieces, reports as text, random numbers. Whatever fails here ends the program. */
#ifndef BDC_TEST_SUPPORT_H
#define BDC_TEST_SUPPORT_H

#include <bodycheck/bodycheck.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* ---- growing text, always NUL-terminated ---- */

typedef struct blob {
  char *data;
  size_t size;
  size_t capacity;
} blob;

void blob_add(blob *to, const void *data, size_t size);
void blob_add_str(blob *to, bdc_str text);
void blob_print(blob *to, const char *format, ...) __attribute__((format(printf, 2, 3)));
void blob_repeat(blob *to, const char *text, size_t count);
void blob_clear(blob *to);
void blob_free(blob *from);
bdc_str blob_str(const blob *from);

/* The file's bytes are added. */
void blob_add_file(blob *to, const char *path);

enum { TEMPORARY_SIZE = 64 };

/* A new folder for a test, with `name` in its own. */
void temporary_folder(char path[TEMPORARY_SIZE], const char *name);

/* ---- samples: the bodies of test/data ---- */

typedef struct sample {
  char *path;
  const bdc_operation *operation;
  int http_status; /* 0: a request */
  blob body;
} sample;

typedef struct samples {
  sample *items;
  size_t count;
} samples;

/* All of `data`/documents/OPERATION/ and `data`/broken/OPERATION/, in the order of their names. */
samples samples_load(const bdc_ruleset *ruleset, const char *data);
void samples_free(samples *list);

/* ---- rule sets and checkers ---- */

bdc_ruleset *ruleset_builtin(void);

/* Rules from text alone, without the embedded ones; prints the diagnostics and fails where they have mistakes. */
bdc_ruleset *ruleset_of(const char *text);

bdc_checker *checker_of(const bdc_ruleset *ruleset, const bdc_settings *settings);
const bdc_operation *operation_of(const bdc_ruleset *ruleset, const char *name);

/* ---- checks ---- */

/*
 * A body in pieces: `cuts` are offsets, ascending, that lie within the body. Each piece is a copy of its own that ends where its
 * memory ends and is freed before the next, so that a sanitizer sees whoever reads beyond it or keeps a pointer into it.
 */
bdc_verdict check_in_pieces(bdc_checker *checker, const bdc_operation *operation, int http_status, bdc_str body, const size_t *cuts,
                            size_t cut_count);

/* In one piece that is a copy of its own, freed before the return. */
bdc_verdict check_copy(bdc_checker *checker, const bdc_operation *operation, int http_status, bdc_str body);

/* Every field of a report and of its violations, the messages and rendered error included. */
void report_write(blob *to, const bdc_report *report);

/* Only the violations, one a line: rule, severity, place, pointer, field, offset. */
void violations_write(blob *to, const bdc_report *report);

/* ---- counting allocator ---- */

/* Counts calls and bytes; fails the call with the number `fail_at` (from 1; 0: none), or from it on. Its memory is filled with rubbish. */
typedef struct counter {
  size_t calls;
  size_t live;  /* blocks not yet released */
  size_t bytes; /* of live blocks */
  size_t peak;
  size_t fail_at;
  bool fail_on; /* and all calls behind it */
} counter;

bdc_allocator counter_allocator(counter *count);

/* ---- random numbers ---- */

typedef struct random_source {
  uint64_t state;
} random_source;

/* From the argument or BODYCHECK_SEED of the environment, else from the clock; printed, so that a run can be repeated. */
random_source random_from(const char *argument);
uint64_t random_next(random_source *source);
size_t random_below(random_source *source, size_t bound);

/*
 * How often something is to be repeated that is as good a test each time: of BODYCHECK_TEST_SHARE in the environment one in so many. It is set
 * where all takes many times as long, under valgrind.
 */
size_t share_of(size_t count);

#endif
