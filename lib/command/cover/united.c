/* SPDX-License-Identifier: MIT */
#include "cover/coverage.h"
#include "cover/plan.h"

#include "memory.h"
#include "output.h"
#include "text.h"

#include <stdlib.h>

/* ---- the same table in two rule sets ---- */

/* All sides of a row in words, which hold the numbers and values of its rules. */
static void put_sides(const cmd_cover_section *section, const cmd_cover_row *row, cmd_output *out) {
  for (size_t i = 0; i < row->side_count; i++) {
    cmd_side_put(&section->sides.items[row->side_first + i], &row->info, out);
    cmd_puts(out, "\n");
  }
}

static bool are_sides_alike(const cmd_cover_section *a, const cmd_cover_section *b, size_t row) {
  cmd_output words[2] = { CMD_MEMORY, CMD_MEMORY };
  put_sides(a, &a->rows[row], &words[0]);
  put_sides(b, &b->rows[row], &words[1]);
  bool alike = cmd_equal(cmd_output_text(&words[0]), cmd_output_text(&words[1]));
  cmd_output_free(&words[0]);
  cmd_output_free(&words[1]);
  return alike;
}

static bool is_row_alike(const bdc_row_info *a, const bdc_row_info *b) {
  return a->line == b->line && cmd_equal(a->name, b->name) && cmd_equal(a->type, b->type) &&
         cmd_equal(a->charset_expression, b->charset_expression) && cmd_equal(a->start_expression, b->start_expression) &&
         cmd_equal(a->pattern, b->pattern);
}

static bool is_section_alike(const cmd_cover_section *a, const cmd_cover_section *b) {
  bool alike = a->row_count == b->row_count && a->sides.count == b->sides.count;
  for (size_t i = 0; alike && i < a->row_count; i++) {
    alike = is_row_alike(&a->rows[i].info, &b->rows[i].info) && are_sides_alike(a, b, i);
  }
  return alike;
}

/* A service that was loaded more than once, as the built-in ones are with each further set of rules, is one to whoever reads of it. */
static bool is_alike(const cmd_cover_operation *a, const cmd_cover_operation *b) {
  bool alike = cmd_equal(a->info.full_name, b->info.full_name) && a->info.section_count == b->info.section_count &&
               a->status_count == b->status_count && a->service.error_count == b->service.error_count &&
               a->service.code_count == b->service.code_count;
  for (size_t i = 0; alike && i < a->info.section_count; i++) {
    alike = is_section_alike(&a->sections[i], &b->sections[i]);
  }
  return alike;
}

/* ---- uniting ---- */

static cmd_cover_operation *find_alike(const cmd_coverage *united, const cmd_cover_operation *operation) {
  for (size_t i = 0; i < united->operation_count; i++) {
    if (is_alike(&united->operations[i], operation)) {
      return &united->operations[i];
    }
  }
  return NULL;
}

/* One that was not checked is of no interest where another table of this name was. */
static bool is_outdone(const cmd_coverage *united, const cmd_cover_operation *operation) {
  for (size_t i = 0; i < united->operation_count; i++) {
    const cmd_cover_operation *other = &united->operations[i];
    if (other != operation && cmd_equal(other->info.full_name, operation->info.full_name) &&
        (cmd_operation_is_checked(other) || other < operation)) {
      return !cmd_operation_is_checked(operation);
    }
  }
  return false;
}

static void drop_outdone(cmd_coverage *united) {
  cmd_cover_operation *kept = cmd_resize(NULL, united->operation_count + 1, sizeof(*kept));
  size_t count = 0;
  for (size_t i = 0; i < united->operation_count; i++) {
    if (!is_outdone(united, &united->operations[i])) {
      kept[count++] = united->operations[i];
    }
  }
  free(united->operations);
  united->operations = kept;
  united->operation_count = count;
}

cmd_coverage *cmd_coverage_unite(cmd_coverage *const *parts, size_t count) {
  cmd_coverage *united = cmd_resize(NULL, 1, sizeof(*united));
  *united = (cmd_coverage){ .operations = NULL };
  size_t capacity = 0;
  for (size_t i = 0; i < count; i++) {
    for (size_t j = 0; j < parts[i]->operation_count; j++) {
      const cmd_cover_operation *operation = &parts[i]->operations[j];
      cmd_cover_operation *alike = find_alike(united, operation);
      if (alike) {
        cmd_operation_merge(alike, operation);
      } else {
        united->operations = cmd_grow(united->operations, united->operation_count, &capacity, sizeof(*united->operations));
        united->operations[united->operation_count++] = *operation;
      }
    }
  }
  drop_outdone(united);
  return united;
}

void cmd_coverage_release(cmd_coverage *united) {
  free(united->operations);
  free(united);
}
