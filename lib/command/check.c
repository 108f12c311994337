/* SPDX-License-Identifier: MIT */
#include "check.h"

#include "commands.h"
#include "cores.h"
#include "load.h"
#include "memory.h"
#include "text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STATUS_MIN = 100, STATUS_MAX = 599, VIOLATIONS_MAX = 1000000, JOBS_MAX = 256 };
#define BODY_MAX ((size_t)UINT32_MAX)

typedef struct settings {
  cmd_load load;
  const char *operation;
  size_t response;
  size_t format;
  bool lines;
  size_t jobs;
  size_t unknown;
  bool first;
  size_t max;
  size_t body_max;
  bool quiet;
  size_t color;
} settings;

/* The choices of an option, and what they stand for at the same index. */
static const char *const format_names[] = { "full", "concise", "json", "jsonl", NULL };
static const cmd_format *const formats[] = { &cmd_format_full, &cmd_format_concise, &cmd_format_json, &cmd_format_jsonl };
static const char *const color_names[] = { "auto", "always", "never", NULL };
static const cmd_color colors[] = { CMD_COLOR_AUTO, CMD_COLOR_ALWAYS, CMD_COLOR_NEVER };
static const char *const unknown_names[] = { "table", "error", "warning", "ignore", NULL };
static const bdc_unknown unknowns[] = { BDC_UNKNOWN_TABLE, BDC_UNKNOWN_ERROR, BDC_UNKNOWN_WARNING, BDC_UNKNOWN_IGNORE };

static const settings defaults = { .body_max = CMD_BODY_SIZE };

/* clang-format off */
static const cmd_option options[] = {
  { .name = "op", .letter = 'o', .kind = CMD_TEXT, .argument = "NAME", .offset = offsetof(settings, operation),
    .help = "the operation whose bodies these are: a full name\n(huaweicloud.apig.UpdateAppV2) or the end of one (UpdateAppV2)" },
  { .name = "response", .letter = 'r', .kind = CMD_NUMBER, .argument = "STATUS", .offset = offsetof(settings, response),
    .low = STATUS_MIN, .high = STATUS_MAX, .help = "they are bodies of responses with this HTTP status, not of requests" },
  { .name = "lines", .letter = 'l', .kind = CMD_FLAG, .offset = offsetof(settings, lines),
    .help = "each line is a body of its own, as in JSON Lines; inputs may be of any size" },
  { .name = "jobs", .letter = 'j', .kind = CMD_NUMBER, .argument = "N", .offset = offsetof(settings, jobs), .low = 1, .high = JOBS_MAX,
    .help = "check large inputs of lines with at most N threads (default: one for each core)" },
  { .name = "format", .letter = 'f', .kind = CMD_CHOICE, .argument = "FORMAT", .offset = offsetof(settings, format),
    .choices = format_names, .help = "full, concise, json or jsonl (default: full)" },
  { .name = "quiet", .letter = 'q', .kind = CMD_FLAG, .offset = offsetof(settings, quiet),
    .help = "print no reports; the exit status tells" },
  { .name = "color", .kind = CMD_CHOICE, .argument = "WHEN", .offset = offsetof(settings, color), .choices = color_names,
    .help = "auto, always or never (default: auto, on a terminal where NO_COLOR is not set)" },
  { .name = "unknown", .kind = CMD_CHOICE, .argument = "POLICY", .offset = offsetof(settings, unknown), .choices = unknown_names,
    .help = "what an undocumented member is: error, warning, ignore, or as the table says it\n"
            "(default: table; where it says nothing, error in requests, warning in responses)" },
  { .name = "first", .kind = CMD_FLAG, .offset = offsetof(settings, first), .help = "stop at the first error of each body" },
  { .name = "max", .kind = CMD_NUMBER, .argument = "N", .offset = offsetof(settings, max), .low = 1, .high = VIOLATIONS_MAX,
    .help = "report at most N violations of each body (default: 100)" },
  { .name = "max-body", .kind = CMD_NUMBER, .argument = "BYTES", .offset = offsetof(settings, body_max), .low = 1, .high = BODY_MAX,
    .help = "a larger body is a violation (default: 12582912)" },
  CMD_OPTION_RULES(settings),
  CMD_OPTION_DEFINE(settings),
  CMD_OPTION_PROVIDER(settings),
  CMD_OPTION_HELP,
};
/* clang-format on */

/* What can be told to be wrong before anything is loaded. */
static bool check_usage(const settings *s, const cmd_list *operands, cmd_output *out) {
  if (!s->operation) {
    cmd_error(out, "check: --op NAME is missing; 'bodycheck list' shows the operations");
    return false;
  }
  if (operands->count == 0) {
    cmd_error(out, "check: no FILE is given; '-' is standard input");
    return false;
  }
  size_t standard_inputs = 0;
  for (size_t i = 0; i < operands->count; i++) {
    standard_inputs += strcmp(operands->items[i], "-") == 0;
  }
  if (standard_inputs > 1) {
    cmd_error(out, "check: '-', standard input, is given more than once");
    return false;
  }
  return true;
}

/* The limits have been checked with the options: what is left to be wrong is the environment. */
static void tell_kernels(cmd_output *out) {
  char names[128] = "";
  size_t size = 0;
  for (size_t i = 0; bdc_kernel_name(i) && size < sizeof names; i++) {
    size += (size_t)snprintf(names + size, sizeof names - size, "%s, ", bdc_kernel_name(i));
  }
  cmd_error(out, "check: BODYCHECK_KERNEL names no kernel of this machine; expected %sor none", names);
}

static bool make_checker(cmd_check *check, cmd_output *out) {
  bdc_status status = bdc_checker_new(check->ruleset, &check->settings, &check->checker);
  if (status == BDC_ERR_ARGUMENT && getenv("BODYCHECK_KERNEL")) {
    tell_kernels(out);
  } else if (status != BDC_OK) {
    cmd_error(out, "check: %s", bdc_status_text(status));
  }
  return status == BDC_OK;
}

static int check_all(cmd_check *check, const cmd_list *paths) {
  cmd_reports *reports = &check->reports;
  cmd_names names = { 0 };
  if (reports->format == &cmd_format_full) {
    cmd_names_collect(&names, check->operation);
  }
  reports->names = &names;
  reports->format->begin(reports);
  /* Where reports can no longer be written, nothing is left to do. */
  for (size_t i = 0; i < paths->count && reports->out->error == 0; i++) {
    cmd_check_path(check, paths->items[i]);
    cmd_flush(reports->out);
  }
  reports->format->end(reports);
  cmd_flush(reports->out);
  reports->names = NULL;
  cmd_names_free(&names);
  return cmd_reports_exit_status(reports);
}

static int run(cmd_output *out, const void *given, const cmd_list *operands) {
  const settings *s = given;
  size_t cores = cmd_cores();
  cmd_check check = { .http_status = (int)s->response, .jobs = s->jobs ? s->jobs : cores < JOBS_MAX ? cores : JOBS_MAX };
  check.settings = (bdc_settings){ .limits = { .body_size = s->body_max, .violations = s->max },
                                   .unknown_request = unknowns[s->unknown],
                                   .unknown_response = unknowns[s->unknown],
                                   .first_only = s->first };
  check.reports = (cmd_reports){ .format = s->quiet ? &cmd_format_none : formats[s->format],
                                 .out = out,
                                 .color = cmd_color_decide(colors[s->color], out),
                                 .records = s->lines };
  int status = 2;
  bdc_ruleset *ruleset = check_usage(s, operands, out) ? cmd_rules_load("check", &s->load, out) : NULL;
  check.ruleset = ruleset;
  check.operation = ruleset ? cmd_operation_find("check", ruleset, s->operation, out) : NULL;
  if (check.operation && make_checker(&check, out)) {
    status = check_all(&check, operands);
  }
  free(check.buffer);
  cmd_reports_free(&check.reports);
  bdc_checker_free(check.checker);
  bdc_ruleset_free(ruleset);
  return status;
}

const cmd_command cmd_command_check = {
  .name = "check",
  .operands = "FILE...",
  .summary = "Checks JSON bodies against the documented rules of an operation.\n"
             "Says what is wrong and where, and which error the API documents for it. FILE may be '-', standard input.\n"
             "Values that were sent are never shown.",
  .details = "Formats:\n"
             "  full     each violation with its line, values masked by dots, and a summary\n"
             "  concise  file:line:column: error: /field: what is wrong [rule]\n"
             "  json     an array of reports\n"
             "  jsonl    one report a line, as the inputs come\n"
             "With --lines, full and concise give the number of the line and the column in it.\n"
             "\n"
             "Exit status:\n"
             "  0  all bodies are valid (warnings are allowed)\n"
             "  1  a body is invalid, or unchecked: what could not be checked is never valid\n"
             "  2  wrong usage, rules that do not load, a file that cannot be read or written; this goes before 1\n",
  .options = options,
  .option_count = sizeof(options) / sizeof(options[0]),
  .defaults = &defaults,
  .settings_size = sizeof(settings),
  .run = run,
};
