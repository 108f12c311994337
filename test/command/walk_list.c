/* SPDX-License-Identifier: MIT */
/* Prints the files that a walk of each folder finds, with a NUL behind each path; troubles go to standard error. */
#include "find/walk.h"

#include <stdio.h>

static void print_file(const char *path, void *context) {
  fputs(path, context);
  fputc('\0', context);
}

static void print_trouble(const char *path, const char *reason, void *context) {
  (void)context;
  fprintf(stderr, "%s: %s\n", path, reason);
}

int main(int argc, char **argv) {
  const cmd_walk_sink sink = { .file = print_file, .trouble = print_trouble, .context = stdout };
  for (int i = 1; i < argc; i++) {
    cmd_walk(argv[i], &sink);
  }
  return 0;
}
