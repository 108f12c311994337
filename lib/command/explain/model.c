/* SPDX-License-Identifier: MIT */
#include "explain/model.h"

#include "memory.h"
#include "names.h"

#include <stdlib.h>

/* The section that is being filled. */
typedef struct filler {
  cmd_model *model;
  bdc_place in;
  bool response;
  cmd_objects *shown;
  size_t whole; /* the line that tells of the section as a whole; SIZE_MAX where there is none */
} filler;

/* ---- answers ---- */

static size_t error_for(const filler *f, bdc_str field, unsigned rule) {
  bdc_breach breach = { .response = f->response, .in = f->in, .field = field, .rule = (bdc_rule)rule };
  if (rule == BDC_RULE_UNKNOWN) {
    breach.field = (bdc_str){ 0 }; /* the name that was sent, which no row names */
  } else if (rule == CMD_RULE_MANDATORY_BODY || rule == CMD_RULE_LIMIT_SIZE) {
    breach.rule = rule == CMD_RULE_LIMIT_SIZE ? BDC_RULE_LIMIT : BDC_RULE_MANDATORY;
    breach.whole_body = true;
  }
  return bdc_service_error_for(f->model->info.service, &breach);
}

/* The answer of the line that this rule is to be added to: one that is alike, or a new one. */
static cmd_answer *answer_like(cmd_model *model, cmd_model_line *line, bool warning, size_t error) {
  for (size_t i = 0; i < line->answer_count; i++) {
    cmd_answer *answer = &model->answers[line->answer + i];
    if (answer->warning == warning && answer->error == error) {
      return answer;
    }
  }
  model->answers = cmd_grow(model->answers, model->answer_count, &model->answer_capacity, sizeof(*model->answers));
  line->answer_count++;
  cmd_answer *answer = &model->answers[model->answer_count++];
  *answer = (cmd_answer){ .warning = warning, .error = error };
  return answer;
}

/* Duplicate and undocumented members are said of the body as a whole; of a field only where that is answered otherwise. */
static bool said_of_whole(const filler *f, unsigned rule, bool warning, size_t error) {
  if (f->whole == SIZE_MAX || (rule != BDC_RULE_DUPLICATE && rule != BDC_RULE_UNKNOWN)) {
    return false;
  }
  const cmd_model_line *whole = &f->model->lines[f->whole];
  for (size_t i = 0; i < whole->answer_count; i++) {
    const cmd_answer *answer = &f->model->answers[whole->answer + i];
    if (answer->rules & CMD_BIT(rule)) {
      return answer->warning == warning && answer->error == error;
    }
  }
  return false;
}

static void add_answers(const filler *f, cmd_model_line *line, cmd_breakable breakable) {
  cmd_model *model = f->model;
  line->answer = model->answer_count;
  for (size_t i = 0; i < CMD_RULE_COUNT; i++) {
    unsigned rule = cmd_rule_order[i];
    bool warning = breakable.warnings & CMD_BIT(rule);
    if (!warning && !(breakable.errors & CMD_BIT(rule))) {
      continue;
    }
    size_t error = warning ? model->service.error_count : error_for(f, line->name, rule);
    if (!said_of_whole(f, rule, warning, error)) {
      answer_like(model, line, warning, error)->rules |= CMD_BIT(rule);
    }
  }
}

/* ---- lines ---- */

static void add_line(const filler *f, cmd_model_line line, cmd_breakable breakable) {
  cmd_model *model = f->model;
  add_answers(f, &line, breakable);
  model->lines = cmd_grow(model->lines, model->line_count, &model->line_capacity, sizeof(*model->lines));
  model->lines[model->line_count++] = line;
  model->sections[model->section_count - 1].line_count++;
}

static void add_rows(const filler *f, const bdc_object *object, size_t depth) {
  size_t count = bdc_object_describe(object).row_count;
  for (size_t i = 0; i < count; i++) {
    const bdc_row *row = bdc_object_row(object, i);
    const bdc_object *held = cmd_row_object(row);
    bool follows = held && cmd_objects_add(f->shown, held);
    cmd_model_line line = { .name = bdc_row_describe(row).name, .depth = depth, .row = row, .above = held && !follows };
    add_line(f, line, cmd_breakable_row(row, f->in, f->response));
    if (follows) {
      add_rows(f, held, depth + 1);
    }
  }
}

/* ---- sections ---- */

static cmd_section *begin_section(cmd_model *model, cmd_section section) {
  section.line = model->line_count;
  model->sections = cmd_grow(model->sections, model->section_count, &model->section_capacity, sizeof(*model->sections));
  model->sections[model->section_count++] = section;
  return &model->sections[model->section_count - 1];
}

const bdc_object *cmd_section_object(const cmd_section *section) {
  const bdc_section_info *info = &section->info;
  return info->in == BDC_IN_BODY && info->body ? cmd_row_object(info->body) : info->object;
}

static void add_table(cmd_model *model, const bdc_section_info *info, cmd_objects *shown) {
  bool body = info->in == BDC_IN_BODY;
  filler f = { .model = model, .in = info->in, .response = info->status_count > 0, .shown = shown, .whole = SIZE_MAX };
  cmd_section *section = begin_section(model, (cmd_section){ .response = f.response, .info = *info });
  const bdc_object *object = cmd_section_object(section);
  bool follows = object && cmd_objects_add(shown, object);
  section->above = object && !follows;
  if (body) {
    f.whole = model->line_count;
    cmd_model_line whole = { .label = "the body", .row = info->body };
    /* What is said of it must not ask the line itself. */
    filler first = f;
    first.whole = SIZE_MAX;
    add_line(&first, whole, cmd_breakable_body(info));
  }
  if (follows) {
    add_rows(&f, object, 0);
  }
}

static bool has_content_type_row(const bdc_operation *operation) {
  for (size_t i = 0; i < bdc_operation_describe(operation).section_count; i++) {
    bdc_section_info section = bdc_operation_section(operation, i);
    size_t count = section.in == BDC_IN_HEADER && section.object ? bdc_object_describe(section.object).row_count : 0;
    for (size_t row = 0; row < count; row++) {
      if (cmd_is_content_type(bdc_row_describe(bdc_object_row(section.object, row)).name)) {
        return true;
      }
    }
  }
  return false;
}

/* Rules that no table needs to name. */
static void add_message(cmd_model *model, bool response) {
  filler f = { .model = model, .response = response, .whole = SIZE_MAX };
  begin_section(model, (cmd_section){ .kind = CMD_SECTION_MESSAGE, .response = response });
  f.in = response ? BDC_IN_STATUS : BDC_IN_PATH;
  bdc_rule rule = response ? BDC_RULE_STATUS : BDC_RULE_SYNTAX;
  const char *label = response ? "an undocumented status, not 4xx or 5xx" : "the target";
  add_line(&f, (cmd_model_line){ .label = label }, (cmd_breakable){ .errors = CMD_BIT(rule) });
  f.in = BDC_IN_HEADER;
  add_line(&f, (cmd_model_line){ .label = response ? "any header" : "any other header" },
           (cmd_breakable){ .errors = CMD_BIT(BDC_RULE_CHARSET) });
  if (response || !has_content_type_row(model->operation)) {
    cmd_model_line line = { .name = BDC_STR("Content-Type") };
    add_line(&f, line, (cmd_breakable){ .errors = CMD_BIT(BDC_RULE_MEDIA_TYPE) });
  }
}

/* The sections of one direction, and then what holds for any message of it. */
static void add_direction(cmd_model *model, bool response, cmd_objects *shown) {
  for (size_t i = 0; i < model->info.section_count; i++) {
    bdc_section_info info = bdc_operation_section(model->operation, i);
    if ((info.status_count > 0) == response) {
      add_table(model, &info, shown);
    }
  }
  add_message(model, response);
}

cmd_model cmd_model_of(const bdc_operation *operation, bool once) {
  bdc_operation_info info = bdc_operation_describe(operation);
  cmd_model model = { .operation = operation, .info = info, .service = bdc_service_describe(info.service) };
  cmd_objects shown = { 0 };
  add_direction(&model, false, &shown);
  if (!once) {
    cmd_objects_free(&shown);
  }
  add_direction(&model, true, &shown);
  cmd_objects_free(&shown);
  return model;
}

void cmd_model_free(cmd_model *model) {
  free(model->sections);
  free(model->lines);
  free(model->answers);
  *model = (cmd_model){ 0 };
}
