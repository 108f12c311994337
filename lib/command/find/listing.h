/* SPDX-License-Identifier: MIT */
/* What is in a folder. */
#ifndef BDC_COMMAND_FIND_LISTING_H
#define BDC_COMMAND_FIND_LISTING_H

#include <dirent.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum cmd_entry_kind { CMD_ENTRY_FILE, CMD_ENTRY_FOLDER, CMD_ENTRY_LINK, CMD_ENTRY_OTHER } cmd_entry_kind;

typedef struct cmd_entry {
  const char *name;
  size_t size; /* of the name */
  cmd_entry_kind kind;
} cmd_entry;

/* The entries that are not hidden, in the order of the bytes of their names. One listing may be filled again and again. */
typedef struct cmd_listing {
  cmd_entry *items;
  size_t count;
  size_t capacity;
  char *names; /* each with its NUL */
  size_t names_size;
  size_t names_capacity;
  bool has_git;       /* there is an entry .git */
  bool has_gitignore; /* there is an entry .gitignore */
} cmd_listing;

/* Reads a folder from where it stands to its end. Returns 0 or an errno; what was read before something failed is listed. */
int cmd_listing_read(cmd_listing *listing, DIR *folder);
void cmd_listing_free(cmd_listing *listing);

#endif
