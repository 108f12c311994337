/* SPDX-License-Identifier: MIT */
#include "file_set.h"

#include "memory.h"

#include <stdlib.h>
#include <sys/stat.h>

static void add(cmd_file_set *set, const struct stat *about) {
  if (!S_ISREG(about->st_mode)) {
    return;
  }
  set->items = cmd_grow(set->items, set->count, &set->capacity, sizeof(*set->items));
  set->items[set->count++] = (cmd_file_identity){ .device = about->st_dev, .number = about->st_ino };
}

void cmd_file_set_add_descriptor(cmd_file_set *set, int fd) {
  struct stat about;
  if (fstat(fd, &about) == 0) {
    add(set, &about);
  }
}

void cmd_file_set_add_path(cmd_file_set *set, const char *path) {
  struct stat about;
  if (stat(path, &about) == 0) {
    add(set, &about);
  }
}

bool cmd_file_set_has(const cmd_file_set *set, const char *path) {
  struct stat about;
  if (set->count == 0 || stat(path, &about) != 0) {
    return false;
  }
  for (size_t i = 0; i < set->count; i++) {
    if (set->items[i].device == about.st_dev && set->items[i].number == about.st_ino) {
      return true;
    }
  }
  return false;
}

void cmd_file_set_free(cmd_file_set *set) {
  free(set->items);
  *set = (cmd_file_set){ 0 };
}
