/* SPDX-License-Identifier: MIT */
#define _DEFAULT_SOURCE /* d_type: it saves a call of fstatat for each entry, and POSIX does not have it */
#include "find/listing.h"

#include "memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static cmd_entry_kind ask_kind(DIR *folder, const char *name) {
  struct stat about;
  if (fstatat(dirfd(folder), name, &about, AT_SYMLINK_NOFOLLOW) != 0) {
    return CMD_ENTRY_FILE; /* who opens it will be told why it cannot be read */
  }
  if (S_ISDIR(about.st_mode)) {
    return CMD_ENTRY_FOLDER;
  }
  return S_ISREG(about.st_mode) ? CMD_ENTRY_FILE : S_ISLNK(about.st_mode) ? CMD_ENTRY_LINK : CMD_ENTRY_OTHER;
}

static cmd_entry_kind kind_of(DIR *folder, const struct dirent *entry) {
#ifdef DT_UNKNOWN
  switch (entry->d_type) {
  case DT_REG:
    return CMD_ENTRY_FILE;
  case DT_DIR:
    return CMD_ENTRY_FOLDER;
  case DT_LNK:
    return CMD_ENTRY_LINK;
  case DT_UNKNOWN: /* the filesystem does not say */
    break;
  default:
    return CMD_ENTRY_OTHER;
  }
#endif
  return ask_kind(folder, entry->d_name);
}

static void add_name(cmd_listing *listing, const char *name, size_t size) {
  if (listing->names_capacity - listing->names_size < size) {
    listing->names_capacity = listing->names_capacity * 2 + size;
    listing->names = cmd_resize(listing->names, listing->names_capacity, 1);
  }
  memcpy(listing->names + listing->names_size, name, size);
  listing->names_size += size;
}

static void add(cmd_listing *listing, DIR *folder, const struct dirent *entry) {
  if (entry->d_name[0] == '.') {
    listing->has_git |= strcmp(entry->d_name, ".git") == 0;
    listing->has_gitignore |= strcmp(entry->d_name, ".gitignore") == 0;
    return;
  }
  size_t size = strlen(entry->d_name);
  add_name(listing, entry->d_name, size + 1);
  listing->items = cmd_grow(listing->items, listing->count, &listing->capacity, sizeof(*listing->items));
  listing->items[listing->count++] = (cmd_entry){ .size = size, .kind = kind_of(folder, entry) };
}

static int compare(const void *left, const void *right) {
  const cmd_entry *a = left;
  const cmd_entry *b = right;
  return strcmp(a->name, b->name);
}

/* The names stand still only now. */
static void sort(cmd_listing *listing) {
  const char *name = listing->names;
  for (size_t i = 0; i < listing->count; i++) {
    listing->items[i].name = name;
    name += listing->items[i].size + 1;
  }
  if (listing->count > 0) {
    qsort(listing->items, listing->count, sizeof(*listing->items), compare);
  }
}

int cmd_listing_read(cmd_listing *listing, DIR *folder) {
  listing->count = 0;
  listing->names_size = 0;
  listing->has_git = false;
  listing->has_gitignore = false;
  errno = 0;
  for (struct dirent *entry; (entry = readdir(folder)) != NULL; errno = 0) {
    add(listing, folder, entry);
  }
  int error = errno;
  sort(listing);
  return error;
}

void cmd_listing_free(cmd_listing *listing) {
  free(listing->items);
  free(listing->names);
  *listing = (cmd_listing){ 0 };
}
