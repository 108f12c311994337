/* SPDX-License-Identifier: MIT */
/* Messages made from the rules of an operation. */
#include "commands.h"
#include "find/expect.h"
#include "generate/writer.h"
#include "load.h"
#include "text.h"

#include <string.h>

enum { STATUS_MIN = 100, STATUS_MAX = 599, BODY_MAX = 16 * 1024 * 1024 };

typedef struct settings {
  cmd_load load;
  size_t response;
  cmd_list rules;
  const char *field;
  bool valid;
  bool invalid;
  size_t seed;
  size_t count;
  bool all_pairs;
  bool messages;
  size_t body_size;
  size_t format;
  const char *output;
  const char *host;
} settings;

static const char *const format_names[] = { "jsonl", "files", "http", NULL };
enum { FORMAT_JSONL, FORMAT_FILES, FORMAT_HTTP };
static const cmd_case_writer *const writers[] = { &cmd_case_writer_jsonl, &cmd_case_writer_files, &cmd_case_writer_http };

static const settings defaults = { 0 };

/* clang-format off */
static const cmd_option options[] = {
  { .name = "response", .letter = 'r', .kind = CMD_NUMBER, .argument = "STATUS", .offset = offsetof(settings, response),
    .low = STATUS_MIN, .high = STATUS_MAX, .help = "make responses with this HTTP status (default: requests)" },
  { .name = "rule", .kind = CMD_LIST, .argument = "RULE", .offset = offsetof(settings, rules),
    .help = "only what is about this rule, breaking it or at its boundary (may be repeated)" },
  { .name = "field", .kind = CMD_TEXT, .argument = "NAME", .offset = offsetof(settings, field),
    .help = "only what is about this field: its documented name, or its JSON pointer" },
  { .name = "valid", .kind = CMD_FLAG, .offset = offsetof(settings, valid), .help = "only valid messages" },
  { .name = "invalid", .kind = CMD_FLAG, .offset = offsetof(settings, invalid), .help = "only invalid messages" },
  { .name = "all-pairs", .kind = CMD_FLAG, .offset = offsetof(settings, all_pairs),
    .help = "instead, valid bodies in which each two choices of two members come together:\nabsent, or at a boundary" },
  { .name = "seed", .kind = CMD_NUMBER, .argument = "N", .offset = offsetof(settings, seed), .low = 0, .high = SIZE_MAX,
    .help = "what all else that stands in a message is drawn from (default: 0)" },
  { .name = "count", .kind = CMD_NUMBER, .argument = "N", .offset = offsetof(settings, count), .low = 1, .high = SIZE_MAX,
    .help = "make this many messages, in further rounds where there are not so many\n(default: one round, each case once)" },
  { .name = "messages", .kind = CMD_FLAG, .offset = offsetof(settings, messages),
    .help = "whole requests in jsonl, and what is about path, query and header fields as well" },
  { .name = "max-size", .kind = CMD_NUMBER, .argument = "BYTES", .offset = offsetof(settings, body_size), .low = 1, .high = BODY_MAX,
    .help = "leave out bodies that are larger (default: 262144)" },
  { .name = "format", .letter = 'f', .kind = CMD_CHOICE, .argument = "FORMAT", .offset = offsetof(settings, format),
    .choices = format_names, .help = "jsonl, files or http (default: jsonl)" },
  { .name = "output", .kind = CMD_TEXT, .argument = "PATH", .offset = offsetof(settings, output),
    .help = "the file that is written (default: standard output);\nof the format files the folder, which must be empty or missing" },
  { .name = "host", .kind = CMD_TEXT, .argument = "NAME", .offset = offsetof(settings, host),
    .help = "the host of requests in http (default: one of the service, or localhost)" },
  CMD_OPTION_RULES(settings),
  CMD_OPTION_DEFINE(settings),
  CMD_OPTION_PROVIDER(settings),
  CMD_OPTION_HELP,
};
/* clang-format on */

void cmd_generate_leave_out(cmd_generation *run, bdc_str label, const char *reason) {
  cmd_error(run->notices, "generate: left out: %.*s: %s", (int)label.size, label.data, reason);
  run->left_out++;
}

/* ---- usage ---- */

static bool read_rules(const settings *s, uint32_t *rules, cmd_output *out) {
  for (size_t i = 0; i < s->rules.count; i++) {
    unsigned rule = cmd_rule_named(cmd_str(s->rules.items[i]));
    if (rule == BDC_RULE_COUNT) {
      cmd_output hint = CMD_MEMORY;
      cmd_rule_suggest(cmd_str(s->rules.items[i]), NULL, &hint);
      cmd_error(out, "generate: --rule: there is no rule '%s'%.*s", s->rules.items[i], (int)hint.size, hint.data);
      cmd_output_free(&hint);
      return false;
    }
    *rules |= UINT32_C(1) << rule;
  }
  return true;
}

static bool check_usage(const settings *s, const cmd_list *operands, cmd_output *out) {
  if (operands->count != 1) {
    cmd_error(out, operands->count ? "generate: only one OPERATION can be given"
                                   : "generate: no OPERATION is given; "
                                     "'bodycheck list' shows the operations");
    return false;
  }
  if (s->valid && s->invalid) {
    cmd_error(out, "generate: --valid and --invalid leave nothing to make");
    return false;
  }
  if (s->all_pairs && (s->rules.count > 0 || s->field || s->invalid)) {
    cmd_error(out, "generate: --all-pairs makes valid bodies of all members: it takes neither --rule nor --field nor --invalid");
    return false;
  }
  if (s->format == FORMAT_FILES && !s->output) {
    cmd_error(out, "generate: --format files needs --output FOLDER");
    return false;
  }
  if (s->messages && (s->format != FORMAT_JSONL || s->response)) {
    cmd_error(out, "generate: --messages is for requests in the format jsonl");
    return false;
  }
  return true;
}

/* ---- generating ---- */

static bdc_generate_settings settings_of(const settings *s, uint32_t rules) {
  return (bdc_generate_settings){ .seed = s->seed,
                                  .body_size = s->body_size,
                                  .rounds = s->count ? UINT64_MAX : 1,
                                  .wanted = s->valid     ? BDC_WANTED_VALID
                                            : s->invalid ? BDC_WANTED_INVALID
                                                         : BDC_WANTED_ALL,
                                  .rules = rules,
                                  .field = cmd_str(s->field ? s->field : ""),
                                  .all_pairs = s->all_pairs,
                                  .whole_messages = s->messages || writers[s->format]->messages };
}

static bool fail(const cmd_generation *run, bdc_status status) {
  if (status == BDC_ERR_NO_TABLE) {
    cmd_error(run->notices,
              run->http_status ? "generate: %.*s documents no response with the status %d" : "generate: %.*s documents no request body",
              (int)run->info.full_name.size, run->info.full_name.data, run->http_status);
  } else {
    cmd_error(run->notices, "generate: %s", bdc_status_text(status));
  }
  return false;
}

/* Tells what the generator has left out. */
static void tell_omitted(cmd_generation *run, const bdc_generator *generator, size_t *told) {
  size_t count = bdc_generator_omitted_count(generator);
  for (; *told < count; ++*told) {
    bdc_omitted omitted = bdc_generator_omitted(generator, *told);
    cmd_generate_leave_out(run, omitted.label, bdc_omission_text(omitted.reason));
  }
}

/* Writes the cases, up to so many; *made tells how many there were. */
static bool put_cases(cmd_generation *run, const cmd_case_writer *writer, bdc_generator *generator, size_t count, size_t *made) {
  size_t told = 0;
  bool sound = true;
  while (count == 0 || *made < count) {
    const bdc_case *next;
    bdc_status status = bdc_generator_next(generator, &next);
    tell_omitted(run, generator, &told);
    if (status == BDC_ERR_INTERNAL) {
      sound = false;
      continue;
    }
    if (status != BDC_OK) {
      return fail(run, status);
    }
    if (!next) {
      break;
    }
    if (!writer->put(run, next)) {
      return false;
    }
    ++*made;
  }
  return sound;
}

static int generate(cmd_generation *run, const settings *s, uint32_t rules) {
  const cmd_case_writer *writer = writers[s->format];
  const bdc_generate_settings wanted = settings_of(s, rules);
  bdc_generator *generator;
  bdc_status status = bdc_generator_new(run->ruleset, run->operation, run->http_status, &wanted, &generator);
  if (status != BDC_OK) {
    fail(run, status);
    return 2;
  }
  size_t made = 0;
  bool written = writer->begin(run);
  written = written && put_cases(run, writer, generator, s->count, &made);
  written = writer->end(run, written) && written;
  bdc_generator_free(generator);
  if (written && made == 0 && run->left_out == 0) {
    cmd_error(run->notices, "generate: there is nothing of this kind in %.*s", (int)run->info.full_name.size, run->info.full_name.data);
  }
  return !written ? 2 : made == 0;
}

/* ---- where it goes ---- */

static bool tell(const char *path, const cmd_output *file, cmd_output *out) {
  cmd_error(out, "generate: --output: %s: %s", path, strerror(file->error));
  return false;
}

static int generate_to(cmd_generation *run, const settings *s, uint32_t rules, cmd_output *out) {
  bool folder = s->format == FORMAT_FILES;
  cmd_output other = CMD_MEMORY;
  if (folder || !s->output || strcmp(s->output, "-") == 0) {
    run->out = folder ? &other : out;
    int status = generate(run, s, rules);
    cmd_output_free(&other);
    return status;
  }
  run->out = &other;
  int status = cmd_output_create(&other, s->output) ? generate(run, s, rules) : 2;
  bool written = cmd_output_close(&other) || tell(s->output, &other, out);
  cmd_output_free(&other);
  return written ? status : 2;
}

static int run(cmd_output *out, const void *given, const cmd_list *operands) {
  const settings *s = given;
  uint32_t rules = 0;
  if (!check_usage(s, operands, out) || !read_rules(s, &rules, out)) {
    return 2;
  }
  bdc_ruleset *ruleset = cmd_rules_load("generate", &s->load, out);
  if (!ruleset) {
    return 2;
  }
  int status = 2;
  const bdc_operation *operation = cmd_operation_find("generate", ruleset, operands->items[0], out);
  if (operation) {
    cmd_generation generation = { .notices = out, .ruleset = ruleset, .operation = operation, .http_status = (int)s->response };
    generation.info = bdc_operation_describe(operation);
    generation.folder = s->output;
    generation.rules = &s->load.rules;
    generation.host = s->host;
    status = generate_to(&generation, s, rules, out);
  }
  bdc_ruleset_free(ruleset);
  return status;
}

const cmd_command cmd_command_generate = {
  .name = "generate",
  .operands = "OPERATION",
  .summary =
      "Makes messages from the rules of an operation: valid ones, and ones that break one rule.\n"
      "Each breaks exactly one rule of one row, at and around each boundary, and is confirmed by a check. The same seed makes the\n"
      "same messages. What could not be made is told on standard error.",
  .details =
      "Formats:\n"
      "  jsonl  a JSON object a line: body, or body_base64 where it is no UTF-8; verdict, error, violation\n"
      "  files  a file for each body, and a .bodycheck that expects what they are: 'bodycheck check FOLDER' passes\n"
      "  http   messages for the REST clients of editors, with what is about path and header fields as well; each response\n"
      "         stands behind a valid request\n"
      "\n"
      "Exit status: 0; 1 where there is nothing to make; 2 for wrong usage, rules that do not load, or what cannot be written.\n",
  .options = options,
  .option_count = sizeof(options) / sizeof(options[0]),
  .defaults = &defaults,
  .settings_size = sizeof(settings),
  .run = run,
};
