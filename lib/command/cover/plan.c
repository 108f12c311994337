/* SPDX-License-Identifier: MIT */
#include "cover/plan.h"

#include "memory.h"
#include "names.h"

#include <stdlib.h>
#include <string.h>

/* ---- rows ---- */

typedef struct place {
  cmd_row_role role;
  size_t depth;
  size_t parent; /* SIZE_MAX: none */
} place;

static void add_object(cmd_cover_section *section, const bdc_object *object, cmd_objects *met, const place *at);

static cmd_row_place row_place(const cmd_cover_section *section, cmd_row_role role) {
  return (cmd_row_place){ .in = section->info.in,
                          .is_element = role == CMD_ROW_ITEM || role == CMD_ROW_MEMBER,
                          .is_body = role == CMD_ROW_BODY,
                          .body_optional = section->info.body_optional };
}

static void add_row(cmd_cover_section *section, const bdc_row *row, cmd_objects *met, place at) {
  size_t index = section->row_count;
  section->rows = cmd_grow(section->rows, index, &section->row_capacity, sizeof(*section->rows));
  section->row_count++;
  bdc_row_info info = bdc_row_describe(row);
  cmd_row_place where = row_place(section, at.role);
  size_t first = section->sides.count;
  cmd_sides_add(&section->sides, &info, &where);
  section->rows[index] = (cmd_cover_row){ .row = row,
                                          .info = info,
                                          .role = at.role,
                                          .depth = at.depth,
                                          .parent = at.parent == SIZE_MAX ? index : at.parent,
                                          .side_first = first,
                                          .side_count = section->sides.count - first };
  place below = { .depth = at.role == CMD_ROW_BODY ? 0 : at.depth + 1, .parent = index };
  if (info.element) {
    below.role = info.kind == BDC_KIND_MAP ? CMD_ROW_MEMBER : CMD_ROW_ITEM;
    add_row(section, info.element, met, below);
  }
  if (info.object && cmd_objects_add(met, info.object)) {
    below.role = CMD_ROW_FIELD;
    add_object(section, info.object, met, &below);
  }
}

static void add_object(cmd_cover_section *section, const bdc_object *object, cmd_objects *met, const place *at) {
  size_t count = bdc_object_describe(object).row_count;
  for (size_t i = 0; i < count; i++) {
    add_row(section, bdc_object_row(object, i), met, *at);
  }
}

static int compare(const void *left, const void *right) {
  uintptr_t a = (uintptr_t)((const cmd_cover_entry *)left)->row;
  uintptr_t b = (uintptr_t)((const cmd_cover_entry *)right)->row;
  return (a > b) - (a < b);
}

static void sort_entries(cmd_cover_section *section) {
  section->entries = cmd_resize(NULL, section->row_count, sizeof(*section->entries));
  for (size_t i = 0; i < section->row_count; i++) {
    section->entries[i] = (cmd_cover_entry){ section->rows[i].row, i };
  }
  if (section->row_count > 0) {
    qsort(section->entries, section->row_count, sizeof(*section->entries), compare);
  }
}

static cmd_cover_section section_of(const bdc_section_info *info) {
  cmd_cover_section section = { .info = *info };
  cmd_objects met = { 0 };
  place at = { .role = CMD_ROW_BODY, .parent = SIZE_MAX };
  if (info->body) {
    add_row(&section, info->body, &met, at);
  } else if (info->object) {
    at.role = CMD_ROW_FIELD;
    add_object(&section, info->object, &met, &at);
  }
  cmd_objects_free(&met);
  sort_entries(&section);
  return section;
}

size_t cmd_cover_find(const cmd_cover_section *section, const bdc_row *row) {
  cmd_cover_entry wanted = { .row = row };
  const cmd_cover_entry *found =
      section->row_count > 0 ? bsearch(&wanted, section->entries, section->row_count, sizeof(wanted), compare) : NULL;
  return found ? found->index : SIZE_MAX;
}

cmd_side *cmd_cover_side(const cmd_cover_section *section, const cmd_cover_row *row, cmd_side_kind kind) {
  for (size_t i = 0; i < row->side_count; i++) {
    cmd_side *side = &section->sides.items[row->side_first + i];
    if (side->kind == kind) {
      return side;
    }
  }
  return NULL;
}

/* ---- operations ---- */

static void *zeroed(size_t count, size_t size) {
  void *memory = cmd_resize(NULL, count, size);
  return count > 0 ? memset(memory, 0, count * size) : memory;
}

static void add_statuses(cmd_cover_operation *operation, const bdc_section_info *section) {
  size_t count = operation->status_count + section->status_count;
  operation->statuses = cmd_resize(operation->statuses, count, sizeof(*operation->statuses));
  for (size_t i = 0; i < section->status_count; i++) {
    operation->statuses[operation->status_count++] = (cmd_cover_status){ .status = section->statuses[i] };
  }
}

static cmd_cover_operation operation_of(const bdc_operation *given) {
  cmd_cover_operation operation = { .operation = given, .info = bdc_operation_describe(given) };
  operation.service = bdc_service_describe(operation.info.service);
  operation.sections = zeroed(operation.info.section_count, sizeof(*operation.sections));
  operation.errors = zeroed(operation.service.error_count, sizeof(*operation.errors));
  operation.codes = zeroed(operation.service.code_count, sizeof(*operation.codes));
  for (size_t i = 0; i < operation.info.section_count; i++) {
    bdc_section_info section = bdc_operation_section(given, i);
    operation.sections[i] = section_of(&section);
    add_statuses(&operation, &section);
  }
  return operation;
}

cmd_coverage *cmd_coverage_new(const bdc_ruleset *ruleset) {
  cmd_coverage *coverage = cmd_resize(NULL, 1, sizeof(*coverage));
  size_t count = bdc_operation_count(ruleset);
  *coverage = (cmd_coverage){ .ruleset = ruleset, .operation_count = count };
  coverage->operations = zeroed(count, sizeof(*coverage->operations));
  for (size_t i = 0; i < count; i++) {
    coverage->operations[i] = operation_of(bdc_operation_at(ruleset, i));
  }
  return coverage;
}

static void free_operation(cmd_cover_operation *operation) {
  for (size_t i = 0; i < operation->info.section_count; i++) {
    free(operation->sections[i].rows);
    free(operation->sections[i].entries);
    free(operation->sections[i].sides.items);
  }
  free(operation->sections);
  free(operation->statuses);
  free(operation->errors);
  free(operation->codes);
}

void cmd_coverage_free(cmd_coverage *coverage) {
  if (!coverage) {
    return;
  }
  for (size_t i = 0; i < coverage->operation_count; i++) {
    free_operation(&coverage->operations[i]);
  }
  free(coverage->operations);
  free(coverage);
}

/* ---- merging ---- */

static void add_all(uint64_t *into, const uint64_t *from, size_t count) {
  for (size_t i = 0; i < count; i++) {
    into[i] += from[i];
  }
}

static void merge_section(cmd_cover_section *into, const cmd_cover_section *from) {
  into->checked += from->checked;
  for (size_t i = 0; i < into->sides.count; i++) {
    into->sides.items[i].count += from->sides.items[i].count;
  }
}

void cmd_operation_merge(cmd_cover_operation *into, const cmd_cover_operation *from) {
  into->requests += from->requests;
  into->responses += from->responses;
  into->other_statuses += from->other_statuses;
  for (size_t i = 0; i < into->info.section_count; i++) {
    merge_section(&into->sections[i], &from->sections[i]);
  }
  for (size_t i = 0; i < into->status_count; i++) {
    into->statuses[i].count += from->statuses[i].count;
  }
  add_all(into->errors, from->errors, into->service.error_count);
  add_all(into->codes, from->codes, into->service.code_count);
}

void cmd_coverage_merge(cmd_coverage *into, const cmd_coverage *from) {
  for (size_t i = 0; i < into->operation_count; i++) {
    cmd_operation_merge(&into->operations[i], &from->operations[i]);
  }
}

/* ---- totals ---- */

bool cmd_operation_is_checked(const cmd_cover_operation *operation) {
  return operation->requests + operation->responses > 0;
}

bool cmd_section_counts(const cmd_cover_operation *operation, const cmd_cover_section *section) {
  return section->info.in == BDC_IN_BODY ? cmd_operation_is_checked(operation) : section->checked > 0;
}

void cmd_tally_add(cmd_tally *into, cmd_tally from) {
  into->met += from.met;
  into->all += from.all;
  into->ends_met += from.ends_met;
  into->ends_all += from.ends_all;
}

static void count(cmd_tally *tally, uint64_t count) {
  tally->met += count > 0;
  tally->all++;
}

static cmd_tally tally_of(const cmd_side *sides, size_t side_count) {
  cmd_tally tally = { 0 };
  for (size_t i = 0; i < side_count; i++) {
    bool end = cmd_side_is_end(sides[i].kind);
    count(&tally, sides[i].count);
    tally.ends_met += end && sides[i].count > 0;
    tally.ends_all += end;
  }
  return tally;
}

cmd_tally cmd_row_tally(const cmd_cover_section *section, const cmd_cover_row *row) {
  return tally_of(section->sides.items + row->side_first, row->side_count);
}

cmd_tally cmd_section_tally(const cmd_cover_section *section) {
  return tally_of(section->sides.items, section->sides.count);
}

cmd_tally cmd_operation_tally(const cmd_cover_operation *operation) {
  cmd_tally tally = { 0 };
  for (size_t i = 0; i < operation->info.section_count; i++) {
    if (cmd_section_counts(operation, &operation->sections[i])) {
      cmd_tally_add(&tally, cmd_section_tally(&operation->sections[i]));
    }
  }
  return tally;
}

cmd_tally cmd_coverage_tally(const cmd_coverage *coverage) {
  cmd_tally tally = { 0 };
  for (size_t i = 0; i < coverage->operation_count; i++) {
    cmd_tally_add(&tally, cmd_operation_tally(&coverage->operations[i]));
  }
  return tally;
}

cmd_tally cmd_statuses_tally(const cmd_cover_operation *operation) {
  cmd_tally tally = { 0 };
  for (size_t i = 0; i < operation->status_count; i++) {
    count(&tally, operation->statuses[i].count);
  }
  return tally;
}

cmd_tally cmd_errors_tally(const cmd_cover_operation *operation) {
  cmd_tally tally = { 0 };
  for (size_t i = 0; i < operation->service.error_count; i++) {
    count(&tally, operation->errors[i]);
  }
  return tally;
}
