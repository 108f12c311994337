/* SPDX-License-Identifier: MIT */
/* The tables in the languages of other tools. */
#include "commands.h"
#include "export/schema.h"
#include "load.h"

#include <errno.h>
#include <string.h>

enum { STATUS_MIN = 100, STATUS_MAX = 599, STATUS_ERROR = 400 };

typedef struct settings {
  cmd_load load;
  size_t format;
  size_t response;
  const char *output;
} settings;

static const char *const format_names[] = { "json-schema", NULL };

static const settings defaults = { 0 };

/* clang-format off */
static const cmd_option options[] = {
  { .name = "response", .letter = 'r', .kind = CMD_NUMBER, .argument = "STATUS", .offset = offsetof(settings, response),
    .low = STATUS_MIN, .high = STATUS_MAX, .help = "the body of a response with this HTTP status (default: that of the request)" },
  { .name = "format", .letter = 'f', .kind = CMD_CHOICE, .argument = "FORMAT", .offset = offsetof(settings, format),
    .choices = format_names, .help = "json-schema, draft 2020-12 (default)" },
  { .name = "output", .kind = CMD_TEXT, .argument = "FILE", .offset = offsetof(settings, output),
    .help = "write to FILE (default: standard output)" },
  CMD_OPTION_RULES(settings),
  CMD_OPTION_DEFINE(settings),
  CMD_OPTION_PROVIDER(settings),
  CMD_OPTION_HELP,
};
/* clang-format on */

/* ---- which body ---- */

static bool has_status(const bdc_section_info *section, int status) {
  for (size_t i = 0; i < section->status_count; i++) {
    if (section->statuses[i] == status) {
      return true;
    }
  }
  return false;
}

/* The table that a body of this status is checked against; 0: a request. */
static bool find_body(const bdc_operation *operation, const int *status, cmd_schema_body *body) {
  bdc_operation_info info = bdc_operation_describe(operation);
  *body = (cmd_schema_body){ .operation = operation };
  for (size_t i = 0; i < info.section_count; i++) {
    bdc_section_info section = bdc_operation_section(operation, i);
    if (section.in == BDC_IN_BODY && (*status == 0 ? section.status_count == 0 : has_status(&section, *status))) {
      body->row = section.body;
      body->optional = section.body_optional;
      body->statuses = section.statuses;
      body->status_count = section.status_count;
      return true;
    }
  }
  body->row = *status >= STATUS_ERROR ? bdc_service_describe(info.service).error_body : NULL;
  body->statuses = status;
  body->status_count = 1;
  body->undocumented = true;
  return body->row != NULL;
}

/* "request, response 200, response 400" */
static void put_bodies(const bdc_operation *operation, cmd_output *out) {
  size_t count = bdc_operation_describe(operation).section_count;
  for (size_t i = 0; i < count; i++) {
    bdc_section_info section = bdc_operation_section(operation, i);
    if (section.in == BDC_IN_BODY && section.status_count == 0) {
      cmd_puts(out, out->size > 0 ? ", request" : "request");
    }
    for (size_t j = 0; j < section.status_count; j++) {
      cmd_puts(out, out->size > 0 ? ", response " : "response ");
      cmd_put_number(out, (uint64_t)section.statuses[j]);
    }
  }
}

static void refuse_body(const bdc_operation *operation, int status, cmd_output *out) {
  bdc_str name = bdc_operation_describe(operation).full_name;
  cmd_output bodies = CMD_MEMORY;
  cmd_output wanted = CMD_MEMORY;
  put_bodies(operation, &bodies);
  cmd_puts(&bodies, bodies.size > 0 ? "" : "none");
  cmd_puts(&wanted, status == 0 ? "request" : "response ");
  if (status != 0) {
    cmd_put_number(&wanted, (uint64_t)status);
  }
  cmd_error(out, "export: %.*s has no table for the body of a %.*s; it has: %.*s", (int)name.size, name.data, (int)wanted.size,
            wanted.data, (int)bodies.size, bodies.data);
  cmd_output_free(&bodies);
  cmd_output_free(&wanted);
}

/* ---- where to ---- */

static bool write_file(const cmd_schema_body *body, const char *path, cmd_output *out) {
  cmd_output file;
  bool written = cmd_output_create(&file, path);
  if (written) {
    cmd_schema_put(body, &file);
    written = cmd_output_close(&file);
  }
  if (!written) {
    cmd_error(out, "export: --output: %s: %s", path, strerror(file.error));
  }
  cmd_output_free(&file);
  return written;
}

static int export_body(const settings *s, const bdc_ruleset *ruleset, const char *name, cmd_output *out) {
  const bdc_operation *operation = cmd_operation_find("export", ruleset, name, out);
  cmd_schema_body body;
  int status = (int)s->response;
  if (!operation) {
    return 2;
  }
  if (!find_body(operation, &status, &body)) {
    refuse_body(operation, status, out);
    return 2;
  }
  if (s->output) {
    return write_file(&body, s->output, out) ? 0 : 2;
  }
  cmd_schema_put(&body, out);
  return 0;
}

static int run(cmd_output *out, const void *given, const cmd_list *operands) {
  const settings *s = given;
  if (operands->count != 1) {
    cmd_error(out, operands->count == 0 ? "export: no OPERATION is given; 'bodycheck list' shows the operations"
                                        : "export: takes one OPERATION");
    return 2;
  }
  bdc_ruleset *ruleset = cmd_rules_load("export", &s->load, out);
  int status = ruleset ? export_body(s, ruleset, operands->items[0], out) : 2;
  bdc_ruleset_free(ruleset);
  return status;
}

const cmd_command cmd_command_export = {
  .name = "export",
  .operands = "OPERATION",
  .summary = "Writes the table of a body as a JSON Schema.\n"
             "It accepts what a check finds no error in. What JSON Schema cannot say, and what is only warned of, is named in its\n"
             "\"$comment\".",
  .details =
      "Exit status: 0, or 2 for wrong usage, rules that do not load, a body without a table, or output that cannot be written.\n",
  .options = options,
  .option_count = sizeof(options) / sizeof(options[0]),
  .defaults = &defaults,
  .settings_size = sizeof(settings),
  .run = run,
};
