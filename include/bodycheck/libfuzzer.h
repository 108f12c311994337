/* SPDX-License-Identifier: MIT */
/*
 * libFuzzer's custom mutator and cross-over, made of bodycheck/mutate.h. Include it in one file of a harness, and link the library:
 *
 *   #define BODYCHECK_OPERATION "huaweicloud.apig.UpdateAppV2"
 *   #include <bodycheck/libfuzzer.h>
 *
 *   int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) { ... }
 *
 * bodycheck/fuzzing.h tells which variables of the environment say otherwise. One mutation of 16 is libFuzzer's own, which knows what the
 * harness compares its input with; none is where only JSON is asked for.
 */
#ifndef BODYCHECK_LIBFUZZER_H
#define BODYCHECK_LIBFUZZER_H

#include <bodycheck/fuzzing.h>

#ifdef __cplusplus
extern "C" {
#endif

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
BDC_API size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed);
BDC_API size_t LLVMFuzzerCustomCrossOver(const uint8_t *first, size_t first_size, const uint8_t *second, size_t second_size,
                                         uint8_t *out, size_t max_out_size, unsigned int seed);

/* Made with the first mutation, and kept: libFuzzer has no last call. */
static bdc_fuzzing *bdc__libfuzzer(unsigned int seed) {
  static bdc_fuzzing fuzzing;
  if (!fuzzing.mutator && !bdc_fuzzing_begin(&fuzzing)) {
    _Exit(2);
  }
  bdc_mutator_seed(fuzzing.mutator, seed);
  return &fuzzing;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed) {
  bdc_fuzzing *fuzzing = bdc__libfuzzer(seed);
  if (!fuzzing->well_formed && seed % 16 == 0) {
    return LLVMFuzzerMutate(data, size, max_size);
  }
  return bdc_mutate(fuzzing->mutator, data, size, max_size);
}

size_t LLVMFuzzerCustomCrossOver(const uint8_t *first, size_t first_size, const uint8_t *second, size_t second_size, uint8_t *out,
                                 size_t max_out_size, unsigned int seed) {
  return bdc_crossover(bdc__libfuzzer(seed)->mutator, first, first_size, second, second_size, out, max_out_size);
}

#ifdef __cplusplus
}
#endif

#endif
