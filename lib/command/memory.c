/* SPDX-License-Identifier: MIT */
#include "memory.h"

#include "descriptor.h"

#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

void *cmd_resize(void *memory, size_t count, size_t size) {
  void *resized = size > 0 && count > SIZE_MAX / size ? NULL : realloc(memory, count * size > 0 ? count * size : 1);
  if (!resized) {
    static const char line[] = "bodycheck: out of memory\n";
    cmd_write(STDERR_FILENO, line, sizeof(line) - 1);
    exit(2);
  }
  return resized;
}

void *cmd_grow(void *memory, size_t count, size_t *capacity, size_t size) {
  if (count < *capacity) {
    return memory;
  }
  *capacity = *capacity < 8 ? 8 : *capacity * 2;
  return cmd_resize(memory, *capacity, size);
}
