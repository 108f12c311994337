/* SPDX-License-Identifier: MIT */
/* The reader of `.http` files. Whatever the file holds, there is a message or a mistake in it. */
#include "read/http.h"

#include "inputs.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  expect(read_inputs(cmd_http_read, (bdc_str){ (const char *)data, size }) > 0);
  return 0;
}
