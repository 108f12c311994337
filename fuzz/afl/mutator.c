/* SPDX-License-Identifier: MIT */
/*
 * The custom mutator for AFL++ (version 4), made of bodycheck/mutate.h: AFL_CUSTOM_MUTATOR_LIBRARY names this library. bodycheck/fuzzing.h
 * tells what is read from the environment. Of what AFL++ gives, nothing but its seed and its buffers is used, so none of its headers is.
 */
#include <bodycheck/fuzzing.h>

/* The longest input of AFL++, MAX_FILE. */
enum { SIZE_MAX_AFL = 1 << 20 };

typedef struct afl_mutator {
  bdc_fuzzing fuzzing;
  bool crossing;     /* the last call crossed two inputs */
  bdc_str candidate; /* of trimming, for the next step */
  unsigned char out[SIZE_MAX_AFL];
} afl_mutator;

BDC_API void *afl_custom_init(void *afl, unsigned int seed);
BDC_API void afl_custom_deinit(void *data);
BDC_API size_t afl_custom_fuzz(void *data, unsigned char *buf, size_t buf_size, unsigned char **out_buf, unsigned char *add_buf,
                               size_t add_buf_size, size_t max_size);
BDC_API size_t afl_custom_havoc_mutation(void *data, unsigned char *buf, size_t buf_size, unsigned char **out_buf, size_t max_size);
BDC_API int afl_custom_init_trim(void *data, unsigned char *buf, size_t buf_size);
BDC_API size_t afl_custom_trim(void *data, unsigned char **out_buf);
BDC_API int afl_custom_post_trim(void *data, unsigned char success);

/* AFL++ would go on without what is missing: it ends here. */
void *afl_custom_init(void *afl, unsigned int seed) {
  (void)afl;
  afl_mutator *mutator = calloc(1, sizeof *mutator);
  if (!mutator || !bdc_fuzzing_begin(&mutator->fuzzing)) {
    free(mutator);
    exit(EXIT_FAILURE);
  }
  bdc_mutator_seed(mutator->fuzzing.mutator, seed);
  return mutator;
}

void afl_custom_deinit(void *data) {
  afl_mutator *mutator = data;
  bdc_fuzzing_end(&mutator->fuzzing);
  free(mutator);
}

static size_t bounded(size_t size) {
  return size < SIZE_MAX_AFL ? size : SIZE_MAX_AFL;
}

static size_t mutate(afl_mutator *mutator, const unsigned char *buf, size_t buf_size, size_t max_size) {
  size_t size = bounded(buf_size);
  memcpy(mutator->out, buf, size);
  return bdc_mutate(mutator->fuzzing.mutator, mutator->out, size, bounded(max_size));
}

/* AFL++ gives a second input with each call; it is crossed with the first in each other one. */
size_t afl_custom_fuzz(void *data, unsigned char *buf, size_t buf_size, unsigned char **out_buf, unsigned char *add_buf,
                       size_t add_buf_size, size_t max_size) {
  afl_mutator *mutator = data;
  *out_buf = mutator->out;
  mutator->crossing = !mutator->crossing;
  if (mutator->crossing && add_buf && add_buf_size) {
    return bdc_crossover(mutator->fuzzing.mutator, buf, buf_size, add_buf, add_buf_size, mutator->out, bounded(max_size));
  }
  return mutate(mutator, buf, buf_size, max_size);
}

/* One of several that AFL++ makes of its own, where it is let. */
size_t afl_custom_havoc_mutation(void *data, unsigned char *buf, size_t buf_size, unsigned char **out_buf, size_t max_size) {
  afl_mutator *mutator = data;
  *out_buf = mutator->out;
  return mutate(mutator, buf, buf_size, max_size);
}

/* ---- trimming: AFL++ counts steps; here the count is 0 until it is done ---- */

enum { STEPS = 1 };

static int steps_done(afl_mutator *mutator) {
  return bdc_trim_next(mutator->fuzzing.mutator, &mutator->candidate) ? 0 : STEPS;
}

int afl_custom_init_trim(void *data, unsigned char *buf, size_t buf_size) {
  afl_mutator *mutator = data;
  if (bdc_trim_begin(mutator->fuzzing.mutator, buf, buf_size) != BDC_OK) {
    return 0;
  }
  return STEPS - steps_done(mutator);
}

size_t afl_custom_trim(void *data, unsigned char **out_buf) {
  afl_mutator *mutator = data;
  memcpy(mutator->out, mutator->candidate.data, mutator->candidate.size);
  *out_buf = mutator->out;
  return mutator->candidate.size;
}

int afl_custom_post_trim(void *data, unsigned char success) {
  afl_mutator *mutator = data;
  bdc_trim_answer(mutator->fuzzing.mutator, success);
  return steps_done(mutator);
}
