/* SPDX-License-Identifier: MIT */
#include "find/paths.h"

#include "memory.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

/* FNV-1a. */
static uint64_t hash_of(bdc_str name) {
  uint64_t hash = UINT64_C(0xcbf29ce484222325);
  for (size_t i = 0; i < name.size; i++) {
    hash = (hash ^ (unsigned char)name.data[i]) * UINT64_C(0x100000001b3);
  }
  return hash ^ hash >> 32;
}

/* The slot of a name, or the free one where it belongs. Half of them are always free. */
static cmd_path_slot *find_slot(const cmd_paths *paths, bdc_str name, uint64_t hash) {
  for (size_t at = (size_t)hash;; at++) {
    cmd_path_slot *slot = &paths->slots[at & (paths->capacity - 1)];
    if (!slot->value || (slot->hash == hash && cmd_equal(slot->name, name))) {
      return slot;
    }
  }
}

void *cmd_paths_find(const cmd_paths *paths, bdc_str name) {
  return paths->capacity > 0 ? find_slot(paths, name, hash_of(name))->value : NULL;
}

static void grow(cmd_paths *paths) {
  cmd_paths grown = { .count = paths->count, .capacity = paths->capacity > 0 ? paths->capacity * 2 : 64 };
  grown.slots = cmd_resize(NULL, grown.capacity, sizeof(*grown.slots));
  memset(grown.slots, 0, grown.capacity * sizeof(*grown.slots));
  for (size_t i = 0; i < paths->capacity; i++) {
    const cmd_path_slot *old = &paths->slots[i];
    if (old->value) {
      *find_slot(&grown, old->name, old->hash) = *old;
    }
  }
  free(paths->slots);
  *paths = grown;
}

bdc_str cmd_paths_add(cmd_paths *paths, bdc_str name, void *value) {
  if (paths->count * 2 >= paths->capacity) {
    grow(paths);
  }
  char *kept = cmd_resize(NULL, name.size, 1);
  if (name.size > 0) {
    memcpy(kept, name.data, name.size);
  }
  bdc_str copied = { kept, name.size };
  uint64_t hash = hash_of(name);
  *find_slot(paths, copied, hash) = (cmd_path_slot){ .name = copied, .hash = hash, .value = value };
  paths->count++;
  return copied;
}

void cmd_paths_free(cmd_paths *paths) {
  for (size_t i = 0; i < paths->capacity; i++) {
    if (paths->slots[i].value) {
      free((void *)paths->slots[i].name.data);
    }
  }
  free(paths->slots);
  *paths = (cmd_paths){ 0 };
}
