/* SPDX-License-Identifier: MIT */
/* The reader against a folder of well-formed (y_) and malformed (n_) texts, given as the only argument. */
#include "json/reader.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH = 128, SPLIT_MAX = 4096 };

static bool run(bdc__json_reader *reader) {
  for (;;) {
    switch (bdc__json_next(reader)) {
    case BDC__JSON_FAULT:
      return false;
    case BDC__JSON_MORE:
    case BDC__JSON_END:
      return true;
    default:
      break;
    }
  }
}

/* Reads a copy whose end is the end of its allocation, so that a sanitizer sees every byte read beyond a piece. */
static bool feed(bdc__json_reader *reader, const char *piece, size_t size, bool final) {
  char *copy = malloc(size ? size : 1);
  memcpy(copy, piece, size);
  bdc__json_feed(reader, copy, size, final);
  bool ok = run(reader);
  free(copy);
  return ok;
}

/* In pieces of `step` bytes, the first of `head` bytes. */
static bool accepts(const char *text, size_t size, size_t head, size_t step) {
  unsigned char containers[BDC__JSON_CONTAINER_BYTES(DEPTH)];
  bdc__json_reader reader;
  bdc__json_begin(&reader, containers, DEPTH);
  for (size_t at = 0, piece = head; at < size; at += piece, piece = step) {
    piece = piece < size - at ? piece : size - at;
    if (!feed(&reader, text + at, piece, false)) {
      return false;
    }
  }
  return feed(&reader, "", 0, true);
}

static size_t load(const char *folder, const char *name, char **text) {
  char path[1024];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "rb");
  if (!file) {
    perror(path);
    exit(2);
  }
  fseek(file, 0, SEEK_END);
  size_t size = (size_t)ftell(file);
  rewind(file);
  *text = malloc(size + 1);
  if (fread(*text, 1, size, file) != size) {
    perror(path);
    exit(2);
  }
  fclose(file);
  return size;
}

static int check(const char *name, const char *text, size_t size) {
  bool expected = name[0] == 'y';
  int failures = accepts(text, size, size, size) != expected;
  failures += accepts(text, size, 1, 1) != expected;
  for (size_t head = 1; head < size && head < SPLIT_MAX; head++) {
    failures += accepts(text, size, head, size) != expected;
  }
  if (failures) {
    printf("FAILED %s: %s %d times\n", name, expected ? "refused" : "accepted", failures);
  }
  return failures != 0;
}

int main(int argc, char **argv) {
  DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
  if (!folder) {
    fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
    return 2;
  }
  int failed = 0;
  int passed = 0;
  for (struct dirent *entry; (entry = readdir(folder));) {
    if (strncmp(entry->d_name, "y_", 2) != 0 && strncmp(entry->d_name, "n_", 2) != 0) {
      continue;
    }
    char *text;
    size_t size = load(argv[1], entry->d_name, &text);
    int failure = check(entry->d_name, text, size);
    failed += failure;
    passed += !failure;
    free(text);
  }
  closedir(folder);
  printf("%d passed, %d failed\n", passed, failed);
  return failed || passed == 0;
}
