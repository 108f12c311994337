/* SPDX-License-Identifier: MIT */
#include "check.h"

#include "collect.h"
#include "commands.h"
#include "cores.h"
#include "cover/write.h"
#include "find/update.h"
#include "load.h"
#include "memory.h"
#include "report/formats.h"
#include "report/outputs.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STATUS_MIN = 100, STATUS_MAX = 599, VIOLATIONS_MAX = 1000000, JOBS_MAX = 256 };
#define BODY_MAX ((size_t)UINT32_MAX)

typedef struct settings {
  cmd_load load;
  const char *operation;
  size_t response;
  bool lines;
  size_t unmapped;
  size_t endpoints;
  const char *stdin_name;
  size_t jobs;
  size_t format;
  cmd_list outputs;
  bool quiet;
  size_t color;
  bool coverage;
  cmd_list coverage_files;
  bool exit_zero;
  bool update;
  bool show_values;
  size_t unknown;
  bool first;
  size_t max;
  size_t body_max;
} settings;

/* The choices of an option, and what they stand for at the same index. */
static const char *const color_names[] = { "auto", "always", "never", NULL };
static const cmd_color colors[] = { CMD_COLOR_AUTO, CMD_COLOR_ALWAYS, CMD_COLOR_NEVER };
static const char *const unknown_names[] = { "table", "error", "warning", "ignore", NULL };
static const bdc_unknown unknowns[] = { BDC_UNKNOWN_TABLE, BDC_UNKNOWN_ERROR, BDC_UNKNOWN_WARNING, BDC_UNKNOWN_IGNORE };
static const char *const unmapped_names[] = { "auto", "ignore", "list", "error", NULL };
static const cmd_unmapped_policy unmapped_choices[] = { CMD_UNMAPPED_AUTO, CMD_UNMAPPED_IGNORE, CMD_UNMAPPED_LIST, CMD_UNMAPPED_ERROR };
static const char *const endpoint_names[] = { "ignore", "list", "error", NULL };
static const cmd_policy endpoint_choices[] = { CMD_POLICY_IGNORE, CMD_POLICY_LIST, CMD_POLICY_ERROR };

static const settings defaults = { .body_max = CMD_BODY_SIZE, .stdin_name = "-" };

/* clang-format off */
static const cmd_option options[] = {
  { .name = "op", .letter = 'o', .kind = CMD_TEXT, .argument = "NAME", .offset = offsetof(settings, operation),
    .names_operation = true,
    .help = "the operation whose bodies these are: a full name\n(huaweicloud.apig.UpdateAppV2) or the end of one (UpdateAppV2)" },
  { .name = "response", .letter = 'r', .kind = CMD_NUMBER, .argument = "STATUS", .offset = offsetof(settings, response),
    .low = STATUS_MIN, .high = STATUS_MAX, .help = "they are bodies of responses with this HTTP status, not of requests" },
  { .name = "lines", .letter = 'l', .kind = CMD_FLAG, .offset = offsetof(settings, lines),
    .help = "each line is a body of its own, as in JSON Lines; inputs may be of any size\n"
            "(files named *.jsonl and *.ndjson are read like this anyway)" },
  { .name = "stdin-filename", .kind = CMD_TEXT, .argument = "PATH", .offset = offsetof(settings, stdin_name),
    .help = "what '-' is called: .bodycheck files and reports take it for this file" },
  { .name = "unmapped", .kind = CMD_CHOICE, .argument = "POLICY", .offset = offsetof(settings, unmapped), .choices = unmapped_names,
    .help = "JSON files that no option and no .bodycheck line maps to an operation: ignore, list\n"
            "or error (default: auto, error for files that are named, ignore for those in folders)" },
  { .name = "endpoints", .kind = CMD_CHOICE, .argument = "POLICY", .offset = offsetof(settings, endpoints), .choices = endpoint_names,
    .help = "requests in .http and .har files that no operation documents: ignore, list or error\n(default: ignore; they are counted)" },
  { .name = "jobs", .letter = 'j', .kind = CMD_NUMBER, .argument = "N", .offset = offsetof(settings, jobs), .low = 1, .high = JOBS_MAX,
    .help = "check with at most N threads (default: one for each core)" },
  { .name = "format", .letter = 'f', .kind = CMD_CHOICE, .argument = "FORMAT", .offset = offsetof(settings, format),
    .choices = cmd_format_names, .help = "of what goes to standard output, see below (default: full)" },
  { .name = "output", .kind = CMD_LIST, .argument = "[FORMAT=]FILE", .offset = offsetof(settings, outputs),
    .help = "also write the reports to this file; without FORMAT its name tells: .sarif, .json, .jsonl,\n"
            ".xml (junit), .tap, else concise (may be repeated)" },
  { .name = "coverage", .kind = CMD_FLAG, .offset = offsetof(settings, coverage),
    .help = "tell which rows of the tables, and which sides of their rules, the messages exercised" },
  { .name = "coverage-file", .kind = CMD_LIST, .argument = "FILE", .offset = offsetof(settings, coverage_files),
    .help = "write that to this file: a page for a browser (.html), for programs (.json), or text\n(may be repeated)" },
  { .name = "quiet", .letter = 'q', .kind = CMD_FLAG, .offset = offsetof(settings, quiet),
    .help = "print no reports to standard output; the exit status tells" },
  { .name = "color", .kind = CMD_CHOICE, .argument = "WHEN", .offset = offsetof(settings, color), .choices = color_names,
    .help = "auto, always or never (default: auto, on a terminal, or where FORCE_COLOR is set; not where\nNO_COLOR is)" },
  { .name = "exit-zero", .kind = CMD_FLAG, .offset = offsetof(settings, exit_zero),
    .help = "exit with 0 where messages are invalid or unchecked; not where something could not be read" },
  { .name = "update", .kind = CMD_FLAG, .offset = offsetof(settings, update),
    .help = "write into .bodycheck files what was found: afterwards each file is as it is expected to be;\n"
            "files without a line get one where --op says which operation they are for" },
  { .name = "show-values", .kind = CMD_FLAG, .offset = offsetof(settings, show_values),
    .help = "show the values of documented fields in excerpts, but never those of secret ones" },
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

static bool wants_coverage(const settings *s) {
  return s->coverage || s->coverage_files.count > 0;
}

/* What can be told to be wrong before anything is loaded. */
static bool check_usage(const settings *s, const cmd_list *operands, cmd_output *out) {
  if (operands->count == 0) {
    cmd_error(out, "check: no FILE is given; '-' is standard input, '.' this folder");
    return false;
  }
  if (s->response != 0 && !s->operation) {
    cmd_error(out, "check: --response needs --op NAME; 'bodycheck list' shows the operations");
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

/* Tells at once what would keep every thread from making its checkers. */
static bool try_checker(const bdc_ruleset *ruleset, const bdc_settings *given, cmd_output *out) {
  bdc_checker *checker;
  bdc_status status = bdc_checker_new(ruleset, given, &checker);
  if (status == BDC_ERR_ARGUMENT && getenv("BODYCHECK_KERNEL")) {
    tell_kernels(out);
  } else if (status != BDC_OK) {
    cmd_error(out, "check: %s", bdc_status_text(status));
  }
  bdc_checker_free(checker);
  return status == BDC_OK;
}

/* ---- a run ---- */

/* What the files are, then what they are like. */
static void check_collected(cmd_check *check, cmd_collection *collection) {
  check->coverages = cmd_resize(NULL, collection->context_count, sizeof(*check->coverages));
  memset((void *)check->coverages, 0, collection->context_count * sizeof(*check->coverages));
  check->contexts = collection->contexts;
  check->context_count = collection->context_count;
  check->totals.unmapped = collection->unmapped_count;
  cmd_check_items(check, collection->items, collection->count);
  size_t checked = collection->count;
  cmd_collection_add_unused(collection);
  if (collection->count > checked) {
    cmd_check_items(check, collection->items + checked, collection->count - checked);
  }
}

/* Notes what is to be written of an item; false where it stays as it is, though it fails, or nobody knows whether it does. */
static bool add_update(cmd_updates *updates, const cmd_item *item, const cmd_collection *collection) {
  bdc_str name = cmd_last_part(cmd_str(item->path));
  if (!item->outcome.known) {
    return false;
  }
  if (!item->chain || item->outcome.unlike || strcmp(item->path, "-") == 0) {
    return !item->outcome.failed;
  }
  if (item->mapping) {
    if (item->outcome.failed) {
      cmd_updates_add(updates, item->chain, name, item->mapping, NULL, &item->outcome.found);
    }
    return true;
  }
  cmd_unmapped line = { .kind = CMD_MAP_AUTO };
  if (collection->operation) {
    line = (cmd_unmapped){ .kind = CMD_MAP_OPERATION,
                           .operation = bdc_operation_describe(collection->operation).full_name,
                           .status = collection->http_status };
  }
  if (collection->operation || item->outcome.failed) {
    cmd_updates_add(updates, item->chain, name, NULL, &line, &item->outcome.found);
  }
  return true;
}

/* An item of which no line could say what it is like; that it was not read has been told. */
static void tell_left(const cmd_item *item, cmd_output *out) {
  if (!item->outcome.known) {
    return;
  }
  if (strcmp(item->path, "-") == 0) {
    cmd_error(out, "check: --update writes no line for standard input");
  } else {
    cmd_error(out, "check: --update leaves %s alone: its messages are broken in different ways, and a line can expect one", item->path);
  }
}

/* Shows and writes what makes the run pass the next time. Returns the exit status, of which 1 stays where something still fails. */
static int update(const cmd_collection *collection, int status, cmd_output *out) {
  cmd_updates *updates = cmd_updates_new(collection->maps);
  bool all = true;
  for (size_t i = 0; i < collection->count; i++) {
    const cmd_item *item = &collection->items[i];
    if (item->kind == CMD_ITEM_NOTE) {
      all &= item->note.severity != BDC_ERROR;
    } else if (!add_update(updates, item, collection)) {
      tell_left(item, out);
      all = false;
    }
  }
  cmd_updates_print(updates, out);
  cmd_flush(out);
  bool written = cmd_updates_write(updates, out);
  cmd_updates_free(updates);
  return !written ? 2 : status == 1 && all ? 0 : status;
}

/* ---- coverage ---- */

/* The counts of all rule sets, one behind the other; where nothing was checked, those of the first are all 0. */
static size_t gather_coverage(cmd_check *check) {
  size_t count = 0;
  for (size_t i = 0; i < check->context_count; i++) {
    if (check->coverages[i]) {
      check->coverages[count++] = check->coverages[i];
    }
  }
  if (count == 0) {
    check->coverages[count++] = cmd_coverage_new(check->contexts[0].ruleset);
  }
  return count;
}

/* On standard output where that is for people. */
static bool put_coverage(const settings *s, cmd_check *check, cmd_output *out, cmd_output *notices) {
  size_t count = gather_coverage(check);
  cmd_coverage *united = cmd_coverage_unite(check->coverages, count);
  cmd_output *to = s->quiet || cmd_formats[s->format]->people ? out : notices;
  if (s->coverage) {
    cmd_coverage_put_text(united, to, cmd_color_decide(colors[s->color], to));
    cmd_flush(to);
  }
  bool written = true;
  for (size_t i = 0; i < s->coverage_files.count; i++) {
    written &= cmd_coverage_write(united, s->coverage_files.items[i], out);
  }
  cmd_coverage_release(united);
  for (size_t i = 0; i < count; i++) {
    cmd_coverage_free(check->coverages[i]);
  }
  return written;
}

/* Reports of this run, and of one before it, must not be taken for fixtures. */
static void note_written(const settings *s, const cmd_outputs *outputs, cmd_collection *collection) {
  cmd_file_set_add_descriptor(&collection->written, collection->out->fd);
  for (size_t i = 0; i < outputs->count; i++) {
    cmd_file_set_add_descriptor(&collection->written, outputs->files[i].out.fd);
  }
  for (size_t i = 0; i < s->coverage_files.count; i++) {
    cmd_file_set_add_path(&collection->written, s->coverage_files.items[i]);
  }
}

static int check_all(const settings *s, cmd_check *check, cmd_collection *collection, const cmd_list *operands, cmd_outputs *outputs) {
  note_written(s, outputs, collection);
  for (size_t i = 0; i < operands->count; i++) {
    cmd_collection_add(collection, operands->items[i]);
  }
  cmd_delivery_begin(&check->delivery);
  check_collected(check, collection);
  cmd_delivery_end(&check->delivery, &check->totals);
  int status = cmd_totals_exit_status(&check->totals);
  if (s->update) {
    status = update(collection, status, &outputs->notices);
  }
  status = s->exit_zero && status == 1 ? 0 : status;
  if (check->coverage && !put_coverage(s, check, collection->out, &outputs->notices)) {
    status = 2;
  }
  return cmd_outputs_close(outputs) ? status : 2;
}

static bdc_settings settings_of(const settings *s) {
  return (bdc_settings){ .limits = { .body_size = s->body_max, .violations = s->max }, .first_only = s->first };
}

static size_t jobs_of(const settings *s) {
  size_t cores = cmd_cores();
  return s->jobs ? s->jobs : cores < JOBS_MAX ? cores : JOBS_MAX;
}

/* What is named as an input is not to be lost; the files of --output are opened before anything is read. */
static bool open_outputs(const settings *s, cmd_check *check, const cmd_list *operands, cmd_outputs *outputs, cmd_output *out) {
  cmd_file_set inputs = { 0 };
  bool any = s->outputs.count + s->coverage_files.count > 0;
  for (size_t i = 0; any && i < operands->count; i++) {
    cmd_file_set_add_path(&inputs, operands->items[i]);
  }
  const cmd_format *format = s->quiet ? NULL : cmd_formats[s->format];
  bool opened = cmd_outputs_open(outputs, &check->delivery, format, out, colors[s->color], &s->outputs, &inputs);
  for (size_t i = 0; opened && i < s->coverage_files.count; i++) {
    if (cmd_file_set_has(&inputs, s->coverage_files.items[i])) {
      cmd_error(out, "check: --coverage-file: %s is a file to be checked", s->coverage_files.items[i]);
      opened = false;
    }
  }
  cmd_file_set_free(&inputs);
  return opened;
}

static int run_with(const settings *s, bdc_ruleset *ruleset, const bdc_operation *operation, const cmd_list *operands,
                    cmd_output *out) {
  cmd_check check = { .settings = settings_of(s),
                      .endpoints = endpoint_choices[s->endpoints],
                      .stdin_name = s->stdin_name,
                      .jobs = jobs_of(s),
                      .show_values = s->show_values,
                      .coverage = wants_coverage(s),
                      .whole = s->update || wants_coverage(s) };
  cmd_collection collection = { .load = &s->load,
                                .operation = operation,
                                .http_status = (int)s->response,
                                .lines = s->lines,
                                .unknown = unknowns[s->unknown],
                                .unmapped = unmapped_choices[s->unmapped],
                                .stdin_name = s->stdin_name,
                                .out = out };
  cmd_outputs outputs;
  int status = 2;
  cmd_collection_open(&collection, ruleset);
  cmd_delivery_open(&check.delivery);
  if (open_outputs(s, &check, operands, &outputs, out)) {
    status = check_all(s, &check, &collection, operands, &outputs);
  }
  free((void *)check.coverages);
  cmd_outputs_free(&outputs);
  cmd_delivery_free(&check.delivery);
  cmd_collection_free(&collection);
  return status;
}

static int run(cmd_output *out, const void *given, const cmd_list *operands) {
  const settings *s = given;
  bdc_ruleset *ruleset = check_usage(s, operands, out) ? cmd_rules_load("check", &s->load, out) : NULL;
  const bdc_operation *operation = ruleset && s->operation ? cmd_operation_find("check", ruleset, s->operation, out) : NULL;
  bdc_settings tried = settings_of(s);
  if (!ruleset || (s->operation && !operation) || !try_checker(ruleset, &tried, out)) {
    bdc_ruleset_free(ruleset);
    return 2;
  }
  return run_with(s, ruleset, operation, operands, out);
}

const cmd_command cmd_command_check = {
  .name = "check",
  .operands = "FILE...",
  .summary = "Checks HTTP API messages against the documented rules of their operations.\n"
             "Says what is wrong and where, and which error the API documents for it. FILE may be a folder, of which all JSON,\n"
             ".http and .har files are checked that git does not ignore, or '-', standard input. Which operation a file is for\n"
             "is said by the options, by the file itself (.http, .har), or by the nearest .bodycheck file.",
  .details = "Formats:\n"
             "  full     each violation with its line, values masked by dots, and a summary\n"
             "  concise  file:line:column: error: /field: what is wrong [rule]\n"
             "  json     an array of reports\n"
             "  jsonl    one report a line, as the inputs come\n"
             "  sarif    SARIF 2.1.0, for code scanning\n"
             "  github   workflow commands of GitHub Actions, which annotate the files\n"
             "  gitlab   the code quality report of GitLab\n"
             "  junit    JUnit XML, a test case for each message\n"
             "  tap      the Test Anything Protocol, a test point for each message\n"
             "What is expected or silenced is marked in json, jsonl, sarif (suppressed), junit and tap; github logs it for\n"
             "debugging, the others leave it out.\n"
             "With --lines, full and concise give the number of the line and the column in it.\n"
             "\n"
             "Exit status:\n"
             "  0  all messages are valid (warnings are allowed), or as a .bodycheck file expects them\n"
             "  1  a message is invalid, or unchecked: what could not be checked is never valid\n"
             "  2  wrong usage, rules or a .bodycheck file with mistakes, a file that cannot be read or written; this goes\n"
             "     before 1\n",
  .options = options,
  .option_count = sizeof(options) / sizeof(options[0]),
  .defaults = &defaults,
  .settings_size = sizeof(settings),
  .run = run,
};
