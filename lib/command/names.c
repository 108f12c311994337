/* SPDX-License-Identifier: MIT */
#include "names.h"

#include "memory.h"

#include <stdlib.h>
#include <string.h>

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

static void collect_object(cmd_names *names, cmd_objects *met, const bdc_object *object) {
  if (!object || !cmd_objects_add(met, object)) {
    return;
  }
  size_t count = bdc_object_describe(object).row_count;
  for (size_t i = 0; i < count; i++) {
    const bdc_row *row = bdc_object_row(object, i);
    bdc_str name = bdc_row_describe(row).name;
    if (stands_as_it_is(name)) {
      names->items = cmd_grow(names->items, names->count, &names->capacity, sizeof(*names->items));
      names->items[names->count++] = name;
    }
    collect_object(names, met, cmd_row_object(row));
  }
}

static int compare(const void *left, const void *right) {
  const bdc_str *a = left;
  const bdc_str *b = right;
  int order = memcmp(a->data, b->data, a->size < b->size ? a->size : b->size);
  return order != 0 ? order : (a->size > b->size) - (a->size < b->size);
}

void cmd_names_collect(cmd_names *names, const bdc_operation *operation) {
  cmd_objects met = { 0 };
  size_t count = bdc_operation_describe(operation).section_count;
  for (size_t i = 0; i < count; i++) {
    bdc_section_info section = bdc_operation_section(operation, i);
    collect_object(names, &met, section.object);
    collect_object(names, &met, cmd_row_object(section.body));
  }
  cmd_objects_free(&met);
  if (names->count > 0) {
    qsort(names->items, names->count, sizeof(*names->items), compare);
  }
}

bool cmd_names_have(const cmd_names *names, bdc_str name) {
  return names->count > 0 && name.size > 0 && bsearch(&name, names->items, names->count, sizeof(*names->items), compare);
}

void cmd_names_free(cmd_names *names) {
  free(names->items);
  *names = (cmd_names){ 0 };
}
