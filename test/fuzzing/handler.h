/* SPDX-License-Identifier: MIT */
#ifndef BDC_TEST_FUZZING_HANDLER_H
#define BDC_TEST_FUZZING_HANDLER_H

#include <stddef.h>
#include <stdint.h>

/* What the harness of fuzz/README.md calls: the sample service, with the flaws that the variable FLAWS names, a number. */
void my_handler(const uint8_t *data, size_t size);

#endif
