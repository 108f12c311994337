/* SPDX-License-Identifier: MIT */
/* The reader of HTTP archives. */
#include "read/har.h"

#include "inputs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  read_inputs(cmd_har_read, (bdc_str){ (const char *)data, size });
  return 0;
}
