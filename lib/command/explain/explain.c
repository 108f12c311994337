/* SPDX-License-Identifier: MIT */
/* The tables for people: operations as the engine sees them, and what leads to an error code. */
#include "commands.h"
#include "explain/place.h"
#include "explain/render.h"

enum { STATUS_MIN = 100, STATUS_MAX = 599 };

typedef struct settings {
  cmd_load load;
  size_t format;
  bool errors;
  const char *at;
  const char *operation;
  size_t response;
} settings;

static const char *const format_names[] = { "text", "markdown", "html", NULL };
static const cmd_renderer *const renderers[] = { &cmd_renderer_text, &cmd_renderer_markdown, &cmd_renderer_html };

static const settings defaults = { 0 };

/* clang-format off */
static const cmd_option options[] = {
  { .name = "format", .letter = 'f', .kind = CMD_CHOICE, .argument = "FORMAT", .offset = offsetof(settings, format),
    .choices = format_names, .help = "text, markdown or html (default: text)" },
  { .name = "errors", .kind = CMD_FLAG, .offset = offsetof(settings, errors),
    .help = "in text, too, show which documented error answers which broken rule of each row" },
  { .name = "at", .kind = CMD_TEXT, .argument = "FILE:LINE:COLUMN", .offset = offsetof(settings, at),
    .help = "show the row that governs what stands there; which operation the file is for is said as for check" },
  { .name = "op", .letter = 'o', .kind = CMD_TEXT, .argument = "NAME", .offset = offsetof(settings, operation),
    .help = "with --at: the operation whose body the file is" },
  { .name = "response", .letter = 'r', .kind = CMD_NUMBER, .argument = "STATUS", .offset = offsetof(settings, response),
    .low = STATUS_MIN, .high = STATUS_MAX, .help = "with --at and --op: it is the body of a response with this HTTP status" },
  CMD_OPTION_RULES(settings),
  CMD_OPTION_DEFINE(settings),
  CMD_OPTION_PROVIDER(settings),
  CMD_OPTION_HELP,
};
/* clang-format on */

static const cmd_renderer *renderer_of(const settings *s) {
  const cmd_renderer *renderer = renderers[s->format];
  return renderer == &cmd_renderer_text && s->errors ? &cmd_renderer_text_errors : renderer;
}

static void render_target(const cmd_renderer *renderer, const bdc_ruleset *ruleset, const cmd_targets *targets, size_t at,
                          cmd_output *out) {
  const cmd_target *target = &targets->items[at];
  if (target->operation) {
    cmd_model model = cmd_model_of(target->operation, renderer->once);
    renderer->operation(targets, &model, out);
    cmd_model_free(&model);
  } else if (target->code.size > 0) {
    cmd_code code = cmd_code_of(ruleset, target->service, target->code);
    renderer->code(targets, &code, out);
    cmd_code_free(&code);
  }
}

/* Whether a target is the last that asks for what there is of its service. */
static bool ends_service(const cmd_targets *targets, size_t at) {
  const cmd_target *target = &targets->items[at];
  const cmd_target *next = at + 1 < targets->count ? &targets->items[at + 1] : NULL;
  return target->code.size == 0 && (!next || next->code.size > 0 || next->service != target->service);
}

static void render(const cmd_renderer *renderer, const bdc_ruleset *ruleset, const cmd_targets *targets, cmd_output *out) {
  renderer->begin(targets, out);
  for (size_t i = 0; i < targets->count; i++) {
    cmd_puts(out, i > 0 ? renderer->between : "");
    render_target(renderer, ruleset, targets, i, out);
    if (ends_service(targets, i)) {
      renderer->service(targets, targets->items[i].service, out);
    }
  }
  renderer->end(out);
}

/* Nothing is shown where an operand is wrong; all that are wrong are told. */
static int explain(const settings *s, const bdc_ruleset *ruleset, const cmd_list *operands, cmd_output *out) {
  cmd_targets targets = { 0 };
  bool known = true;
  for (size_t i = 0; i < operands->count; i++) {
    known = cmd_targets_add(&targets, ruleset, &s->load, operands->items[i], out) && known;
  }
  if (known) {
    render(renderer_of(s), ruleset, &targets, out);
  }
  cmd_targets_free(&targets);
  return known ? 0 : 2;
}

static bool check_usage(const settings *s, const cmd_list *operands, cmd_output *out) {
  if (s->at && (operands->count > 0 || s->errors || s->format != 0)) {
    cmd_error(out, "explain: --at shows one row as text: it takes neither operands nor --format or --errors");
    return false;
  }
  if (!s->at && (s->operation || s->response != 0)) {
    cmd_error(out, "explain: --op and --response say what the file of --at is: give it, or OPERATION alone");
    return false;
  }
  if (s->response != 0 && !s->operation) {
    cmd_error(out, "explain: --response needs --op NAME; 'bodycheck list' shows the operations");
    return false;
  }
  if (!s->at && operands->count == 0) {
    cmd_error(out, "explain: no OPERATION, SERVICE or CODE is given; 'bodycheck list' shows the operations");
    return false;
  }
  return true;
}

static int run(cmd_output *out, const void *given, const cmd_list *operands) {
  const settings *s = given;
  bdc_ruleset *ruleset = check_usage(s, operands, out) ? cmd_rules_load("explain", &s->load, out) : NULL;
  if (ruleset && s->at) {
    cmd_place_asked asked = { .load = &s->load, .at = s->at, .operation = s->operation, .http_status = (int)s->response };
    return cmd_explain_place(&asked, ruleset, out);
  }
  int status = ruleset ? explain(s, ruleset, operands, out) : 2;
  bdc_ruleset_free(ruleset);
  return status;
}

const cmd_command cmd_command_explain = {
  .name = "explain",
  .operands = "OPERATION|SERVICE|CODE...",
  .summary = "Shows the table of an operation as the engine sees it, or which rules lead to an error code.\n"
             "A service is shown with all its operations; a code in every service that documents it, or with --provider in those of\n"
             "this provider.",
  .details = "Exit status: 0, or 2 for wrong usage, rules that do not load, or output that cannot be written.\n",
  .options = options,
  .option_count = sizeof(options) / sizeof(options[0]),
  .defaults = &defaults,
  .settings_size = sizeof(settings),
  .run = run,
};
