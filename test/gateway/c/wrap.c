/* SPDX-License-Identifier: MIT */
/*
 * Linked into the example with --wrap for malloc, calloc, realloc and read: from the first read on, whoever allocates ends the program.
 * With LOOP_ALLOCATES in the environment the first read does so itself, to show that it is seen.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

/* What the linker makes of the names. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
ssize_t __real_read(int file, void *bytes, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
ssize_t __wrap_read(int file, void *bytes, size_t size);

static bool serving;

static void refuse(void) {
  static const char text[] = "memory was allocated for a message\n";
  if (serving) {
    _exit(write(STDERR_FILENO, text, sizeof text - 1) > 0 ? 3 : 4);
  }
}

void *__wrap_malloc(size_t size) {
  refuse();
  return __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size) {
  refuse();
  return __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size) {
  refuse();
  return __real_realloc(memory, size);
}

ssize_t __wrap_read(int file, void *bytes, size_t size) {
  serving = true;
  if (getenv("LOOP_ALLOCATES")) {
    void *volatile memory = malloc(1); /* volatile: else the compiler leaves both calls out */
    free(memory);
  }
  return __real_read(file, bytes, size);
}
