/* SPDX-License-Identifier: MIT */
/* Things by the paths of files and folders. */
#ifndef BDC_COMMAND_PATHS_H
#define BDC_COMMAND_PATHS_H

#include <bodycheck/bodycheck.h>

typedef struct cmd_path_slot {
  bdc_str name;
  uint64_t hash;
  void *value; /* NULL: the slot is free */
} cmd_path_slot;

typedef struct cmd_paths {
  cmd_path_slot *slots;
  size_t count;
  size_t capacity; /* a power of two, or 0 */
} cmd_paths;

/* What was added by this name, or NULL. */
void *cmd_paths_find(const cmd_paths *paths, bdc_str name);

/* Adds a value, not NULL, by a name that is not there. Returns the name as it is kept from now on. */
bdc_str cmd_paths_add(cmd_paths *paths, bdc_str name, void *value);
void cmd_paths_free(cmd_paths *paths);

#endif
