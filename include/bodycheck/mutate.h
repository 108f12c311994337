/* SPDX-License-Identifier: MIT */
/*
 * Mutation of JSON bodies for fuzzers: by their members, strings and numbers rather than by bytes, and at the boundaries of the rows
 * that document them. bodycheck/libfuzzer.h makes of it a custom mutator for libFuzzer; for AFL++ there is a library of its own.
 *
 * A mutator belongs to one thread at a time. What it does follows from its seed and from the calls made since, on every machine.
 */
#ifndef BODYCHECK_MUTATE_H
#define BODYCHECK_MUTATE_H

#include <bodycheck/bodycheck.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct bdc_mutator bdc_mutator;

/* How a mutator works. All zero is the default; NULL may be given for it. Read only during the call, but for the allocator. */
typedef struct bdc_mutator_settings {
  const bdc_allocator *allocator;
  uint64_t seed;
  size_t size_max;   /* bytes of the longest body; default 1 MiB; at most 1 GiB */
  size_t values_max; /* values of a body that are changed one by one, the first of it; default 4,096; at most 2^24 */
  bool well_formed;  /* what is made is always RFC 8259 JSON */
} bdc_mutator_settings;

/*
 * A mutator of the bodies of an operation's requests (http_status 0) or of its responses with this status. Where the operation is
 * NULL or has no table for them, only the form of a body is known. The rule set must outlive it. Everything is allocated here, two
 * and an eighth times size_max, 40 bytes for each of values_max, and at most some 1 MiB of texts for the rows; nothing later.
 * BDC_ERR_MEMORY, BDC_ERR_ARGUMENT (a setting beyond its range); then *out is NULL.
 */
BDC_API bdc_status bdc_mutator_new(const bdc_operation *operation, int http_status, const bdc_mutator_settings *settings,
                                   bdc_mutator **out);
BDC_API void bdc_mutator_free(bdc_mutator *mutator);

/* What comes next follows from this seed alone. */
BDC_API void bdc_mutator_seed(bdc_mutator *mutator, uint64_t seed);

/*
 * Changes the body of `size` bytes at `body`, where there is room for `max_size`, and returns its new size, at most max_size, at
 * least 1 where that is. A few changes of these kinds are made: a value becomes one at or next to a boundary of its row, or one of
 * another type; members and items are doubled, removed, moved, renamed, put in, wrapped; parts of the body are copied over others;
 * strings reach a limit in characters; escapes, blanks and numbers are spelled otherwise; and, but for `well_formed`, the syntax is
 * broken. A body that is no JSON is changed byte by byte, or replaced by one made from the rows; `well_formed` makes it always the
 * latter. Rarely, nothing that was tried fits, and the body stays as it is. Of a body of more than size_max bytes, the rest is cut
 * off first. Takes time linear in max_size.
 */
BDC_API size_t bdc_mutate(bdc_mutator *mutator, void *body, size_t size, size_t max_size);

/*
 * Writes to `out`, which overlaps neither body, a first body into which a part of a second is put, and returns its size, at most
 * max_size. Where there is no such part, it is the first body, mutated.
 */
BDC_API size_t bdc_crossover(bdc_mutator *mutator, const void *first, size_t first_size, const void *second, size_t second_size,
                             void *out, size_t max_size);

/* Whether a shorter body still does what it is kept for. */
typedef bool bdc_trim_keeps(const void *body, size_t size, void *context);

/*
 * Shortens a body as long as `keeps` says so of what is left, and returns its new size. Containers are emptied, members and items
 * removed, strings cut, blanks dropped: what was JSON stays so. Of what is none, bytes are removed. A body of more than size_max
 * bytes stays as it is. `keeps` must not use the mutator.
 */
BDC_API size_t bdc_trim(bdc_mutator *mutator, void *body, size_t size, bdc_trim_keeps *keeps, void *context);

/*
 * The same step by step: begin, then next and answer in turn. A begin copies the body; BDC_ERR_SPACE where it has more than size_max
 * bytes. next gives a body that is shorter than the last one that was kept, and lives until the answer; false: nothing is left to
 * try. A pass over a body asks once or twice for each of its values, some times more for its strings, and once for each success;
 * another pass follows one that shortened the body. In the end no value alone, and no last character of a string, can be left out.
 * Mutating ends it.
 */
BDC_API bdc_status bdc_trim_begin(bdc_mutator *mutator, const void *body, size_t size);
BDC_API bool bdc_trim_next(bdc_mutator *mutator, bdc_str *candidate);
BDC_API void bdc_trim_answer(bdc_mutator *mutator, bool kept);

#ifdef __cplusplus
}
#endif

#endif
