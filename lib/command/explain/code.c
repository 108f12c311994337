/* SPDX-License-Identifier: MIT */
#include "explain/code.h"

#include "memory.h"
#include "text.h"

#include <stdlib.h>

static size_t *add_index(size_t *items, size_t *count, size_t *capacity, size_t index) {
  items = cmd_grow(items, *count, capacity, sizeof(*items));
  items[(*count)++] = index;
  return items;
}

static void collect_rows(cmd_code *code) {
  for (size_t i = 0; i < code->info.code_count; i++) {
    if (cmd_equal(bdc_service_code(code->service, i).code, code->code)) {
      code->rows = add_index(code->rows, &code->row_count, &code->row_capacity, i);
    }
  }
  for (size_t i = 0; i < code->info.error_count; i++) {
    if (cmd_equal(bdc_service_error(code->service, i).code, code->code)) {
      code->errors = add_index(code->errors, &code->error_count, &code->error_capacity, i);
    }
  }
}

static void add_hits(cmd_code *code, size_t model_at, size_t section_at, size_t line_at) {
  const cmd_model *model = &code->models[model_at];
  const cmd_model_line *line = &model->lines[line_at];
  for (size_t i = 0; i < line->answer_count; i++) {
    const cmd_answer *answer = &model->answers[line->answer + i];
    if (answer->warning || !cmd_equal(bdc_service_error(code->service, answer->error).code, code->code)) {
      continue;
    }
    code->hits = cmd_grow(code->hits, code->hit_count, &code->hit_capacity, sizeof(*code->hits));
    code->hits[code->hit_count++] =
        (cmd_hit){ .model = model_at, .section = section_at, .line = line_at, .rules = answer->rules, .error = answer->error };
  }
}

static void collect_hits(cmd_code *code, size_t model_at) {
  for (size_t i = 0; i < code->models[model_at].section_count; i++) {
    const cmd_section *section = &code->models[model_at].sections[i];
    for (size_t line = 0; line < section->line_count; line++) {
      add_hits(code, model_at, i, section->line + line);
    }
  }
}

bool cmd_code_known(const bdc_service *service, bdc_str code) {
  bdc_service_info info = bdc_service_describe(service);
  bool known = false;
  for (size_t i = 0; !known && i < info.code_count; i++) {
    known = cmd_equal(bdc_service_code(service, i).code, code);
  }
  for (size_t i = 0; !known && i < info.error_count; i++) {
    known = cmd_equal(bdc_service_error(service, i).code, code);
  }
  return known;
}

cmd_code cmd_code_of(const bdc_ruleset *ruleset, const bdc_service *service, bdc_str code) {
  cmd_code found = { .code = code, .service = service, .info = bdc_service_describe(service) };
  collect_rows(&found);
  for (size_t i = 0; i < bdc_operation_count(ruleset); i++) {
    const bdc_operation *operation = bdc_operation_at(ruleset, i);
    if (bdc_operation_describe(operation).service == service) {
      found.models = cmd_grow(found.models, found.model_count, &found.model_capacity, sizeof(*found.models));
      found.models[found.model_count] = cmd_model_of(operation, false);
      collect_hits(&found, found.model_count++);
    }
  }
  return found;
}

void cmd_code_free(cmd_code *code) {
  for (size_t i = 0; i < code->model_count; i++) {
    cmd_model_free(&code->models[i]);
  }
  free(code->rows);
  free(code->errors);
  free(code->models);
  free(code->hits);
  *code = (cmd_code){ .code = { 0 } };
}
