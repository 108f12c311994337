/* SPDX-License-Identifier: MIT */
/*
 * Makes memory scarce, for the test of nginx: as long as the file that SCARCE_FILE names is there, no block of 8 KiB or more is to be had.
 * A checker needs such blocks; nginx, for small messages, does not. To be loaded before the C library.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { LARGE = 8192 };

__attribute__((visibility("default"))) void *malloc(size_t size) {
  static void *(*next)(size_t);
  if (!next) {
    *(void **)&next = dlsym(RTLD_NEXT, "malloc");
  }
  const char *file = size >= LARGE ? getenv("SCARCE_FILE") : NULL;
  if (file && access(file, F_OK) == 0) {
    errno = ENOMEM;
    return NULL;
  }
  return next(size);
}
