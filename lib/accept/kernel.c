/* SPDX-License-Identifier: MIT */
/*
 * Which kernels this machine can run. The build says by BDC__KERNELS_* which it has compiled beside the plain one. The compiler's own test
 * of the machine would bring a global variable with it.
 */
#include "accept/accept.h"

#include <string.h>

#if defined(BDC__KERNELS_X86_64)
#include <cpuid.h>

enum { AVX2 = 1, AVX512 = 2 };

/* Which registers the system saves: bits of XCR0. */
static unsigned saved_registers(void) {
  unsigned low;
  unsigned high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

static bool has(unsigned found, unsigned wanted) {
  return (found & wanted) == wanted;
}

static int instruction_sets(void) {
  const unsigned registers_of_avx = 0x06;
  const unsigned registers_of_avx512 = 0xe6;
  unsigned eax;
  unsigned ebx = 0; /* these two are read only where they have been set, but not every compiler sees that */
  unsigned ecx = 0;
  unsigned edx;
  bool avx = __get_cpuid(1, &eax, &ebx, &ecx, &edx) && has(ecx, bit_OSXSAVE | bit_AVX | bit_POPCNT | bit_PCLMUL) &&
             has(saved_registers(), registers_of_avx);
  bool avx2 = avx && __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) && has(ebx, bit_AVX2 | bit_BMI | bit_BMI2);
  bool avx512 = avx2 && has(ebx, bit_AVX512F | bit_AVX512BW | bit_AVX512VL) && has(ecx, bit_AVX512VBMI | bit_AVX512VBMI2) &&
                has(saved_registers(), registers_of_avx512);
  return (avx2 ? AVX2 : 0) | (avx512 ? AVX512 : 0);
}
#else
static int instruction_sets(void) {
  return 0;
}
#endif

static const struct {
  bdc__kernel kernel;
  int needs;
} kernels[] = {
#if defined(BDC__KERNELS_X86_64)
  { { "avx512", bdc__replay_avx512, bdc__accept_avx512 }, AVX512 },
  { { "avx2", bdc__replay_avx2, bdc__accept_avx2 }, AVX2 },
  { { "sse2", bdc__replay_sse2, bdc__accept_sse2 }, 0 },
#elif defined(BDC__KERNELS_AARCH64)
  { { "neon", bdc__replay_neon, bdc__accept_neon }, 0 },
#endif
  { { "plain", bdc__replay_plain, NULL }, 0 },
};

enum { KERNELS = sizeof kernels / sizeof kernels[0] };

static bool runs_here(size_t i, int found) {
  return (found & kernels[i].needs) == kernels[i].needs;
}

const bdc__kernel *bdc__kernel_at(size_t index) {
  int found = instruction_sets();
  for (size_t i = 0; i < KERNELS; i++) {
    if (runs_here(i, found) && index-- == 0) {
      return &kernels[i].kernel;
    }
  }
  return NULL;
}

const bdc__kernel *bdc__kernel_named(const char *name) {
  int found = instruction_sets();
  for (size_t i = 0; i < KERNELS; i++) {
    if (runs_here(i, found) && strcmp(name, kernels[i].kernel.name) == 0) {
      return &kernels[i].kernel;
    }
  }
  return NULL;
}

const char *bdc_kernel_name(size_t index) {
  const bdc__kernel *kernel = bdc__kernel_at(index);
  return kernel ? kernel->name : NULL;
}
