/* SPDX-License-Identifier: MIT */
/* Files, whatever they are called: those that a run writes are none that it finds, and those that it is to check are not overwritten. */
#ifndef BDC_COMMAND_FILE_SET_H
#define BDC_COMMAND_FILE_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

typedef struct cmd_file_identity {
  dev_t device;
  ino_t number;
} cmd_file_identity;

typedef struct cmd_file_set {
  cmd_file_identity *items;
  size_t count;
  size_t capacity;
} cmd_file_set;

/* What is no file, or not there yet, is not noted. */
void cmd_file_set_add_descriptor(cmd_file_set *set, int fd);
void cmd_file_set_add_path(cmd_file_set *set, const char *path);

bool cmd_file_set_has(const cmd_file_set *set, const char *path);
void cmd_file_set_free(cmd_file_set *set);

#endif
