/* SPDX-License-Identifier: MIT */
#include "names.h"

#include "memory.h"
#include "text.h"

#include <stdlib.h>

bool cmd_objects_add(cmd_objects *objects, const bdc_object *object) {
  for (size_t i = 0; i < objects->count; i++) {
    if (objects->items[i] == object) {
      return false;
    }
  }
  objects->items = cmd_grow((void *)objects->items, objects->count, &objects->capacity, sizeof(*objects->items));
  objects->items[objects->count++] = object;
  return true;
}

void cmd_objects_free(cmd_objects *objects) {
  free((void *)objects->items);
  *objects = (cmd_objects){ 0 };
}

const bdc_object *cmd_row_object(const bdc_row *row) {
  const bdc_object *object = NULL;
  while (row && !object) {
    bdc_row_info info = bdc_row_describe(row);
    object = info.object;
    row = info.element;
  }
  return object;
}

static bool stands_as_it_is(bdc_str name) {
  for (size_t i = 0; i < name.size; i++) {
    char c = name.data[i];
    if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') {
      return false;
    }
  }
  return name.size > 0 && name.size <= CMD_NAME_BYTES_MAX;
}

/* The row, or what its arrays and maps hold. */
static bool is_secret(const bdc_row *row) {
  bool secret = false;
  while (row && !secret) {
    bdc_row_info info = bdc_row_describe(row);
    secret = info.secret;
    row = info.element;
  }
  return secret;
}

/* All that is in a secret object is secret, wherever else it is met: `met` has a list of its own for those. */
static void collect_object(cmd_names *names, cmd_objects met[2], const bdc_object *object, bool secret) {
  if (!object || !cmd_objects_add(&met[secret], object)) {
    return;
  }
  size_t count = bdc_object_describe(object).row_count;
  for (size_t i = 0; i < count; i++) {
    const bdc_row *row = bdc_object_row(object, i);
    bdc_row_info info = bdc_row_describe(row);
    bool hidden = secret || is_secret(row);
    if (stands_as_it_is(info.name)) {
      names->items = cmd_grow(names->items, names->count, &names->capacity, sizeof(*names->items));
      names->items[names->count++] = (cmd_name){ info.name, hidden };
    }
    collect_object(names, met, cmd_row_object(row), hidden);
  }
}

static int compare(const void *left, const void *right) {
  return cmd_compare(((const cmd_name *)left)->text, ((const cmd_name *)right)->text);
}

/* One of each, which is secret where any was. */
static void unite(cmd_names *names) {
  size_t kept = 0;
  for (size_t i = 0; i < names->count; i++) {
    if (kept > 0 && compare(&names->items[kept - 1], &names->items[i]) == 0) {
      names->items[kept - 1].secret |= names->items[i].secret;
    } else {
      names->items[kept++] = names->items[i];
    }
  }
  names->count = kept;
}

void cmd_names_collect(cmd_names *names, const bdc_operation *operation) {
  cmd_objects met[2] = { { 0 }, { 0 } };
  size_t count = bdc_operation_describe(operation).section_count;
  for (size_t i = 0; i < count; i++) {
    bdc_section_info section = bdc_operation_section(operation, i);
    collect_object(names, met, section.object, false);
    collect_object(names, met, cmd_row_object(section.body), section.body && is_secret(section.body));
  }
  cmd_objects_free(&met[0]);
  cmd_objects_free(&met[1]);
  if (names->count > 0) {
    qsort(names->items, names->count, sizeof(*names->items), compare);
    unite(names);
  }
}

const cmd_name *cmd_names_find(const cmd_names *names, bdc_str name) {
  if (names->count == 0 || name.size == 0) {
    return NULL;
  }
  return bsearch(&(cmd_name){ .text = name }, names->items, names->count, sizeof(*names->items), compare);
}

void cmd_names_free(cmd_names *names) {
  free(names->items);
  *names = (cmd_names){ 0 };
}
