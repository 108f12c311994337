/* SPDX-License-Identifier: MIT */
#include "report/result.h"

#include "memory.h"

#include <stdlib.h>

enum { MESSAGE_SIZE = 512 };

const char *cmd_own_name(cmd_own_rule rule) {
  static const char *const names[CMD_OWN_COUNT] = {
    [CMD_OWN_UNREAD] = "unread",   [CMD_OWN_MAPPING] = "mapping",   [CMD_OWN_EXPECT] = "expect",
    [CMD_OWN_SILENCE] = "silence", [CMD_OWN_UNMAPPED] = "unmapped", [CMD_OWN_ENDPOINT] = "endpoint",
    [CMD_OWN_HTTP] = "http",       [CMD_OWN_VARIABLE] = "variable", [CMD_OWN_HAR] = "har",
  };
  return names[rule];
}

const char *cmd_result_reason(const cmd_result *result) {
  return result->reason ? result->reason : bdc_reason_text(result->report->reason);
}

void cmd_builder_start(cmd_builder *builder) {
  builder->count = 0;
  builder->texts.fd = -1;
  builder->texts.limit = SIZE_MAX;
  builder->texts.size = 0;
}

void cmd_builder_free(cmd_builder *builder) {
  free(builder->findings);
  cmd_output_free(&builder->texts);
}

/* What stands in the texts from `start` on. */
static bdc_str text_from(const cmd_builder *builder, size_t start, size_t size) {
  return size > 0 ? (bdc_str){ builder->texts.data + start, size } : (bdc_str){ 0 };
}

/* What a function of the library writes, into the texts. */
typedef bdc_status writer(const void *subject, char *buffer, size_t size, size_t *needed);

static void write_text(cmd_builder *builder, writer *write, const void *subject) {
  char buffer[MESSAGE_SIZE];
  size_t needed = 0;
  bdc_status status = write(subject, buffer, sizeof(buffer), &needed);
  if (status == BDC_OK) {
    cmd_put(&builder->texts, (bdc_str){ buffer, needed });
  } else if (status == BDC_ERR_SPACE) {
    char *larger = cmd_resize(NULL, needed + 1, 1);
    if (write(subject, larger, needed + 1, &needed) == BDC_OK) {
      cmd_put(&builder->texts, (bdc_str){ larger, needed });
    }
    free(larger);
  }
}

static bdc_status write_violation(const void *subject, char *buffer, size_t size, size_t *needed) {
  return bdc_violation_message(subject, buffer, size, needed);
}

static bdc_status write_error(const void *subject, char *buffer, size_t size, size_t *needed) {
  return bdc_error_message(subject, buffer, size, needed);
}

/* A finding whose message is what the texts have from `start` on. */
static cmd_finding *add(cmd_builder *builder, cmd_finding finding, size_t start) {
  finding.text = start;
  finding.message.size = builder->texts.size - start;
  builder->findings = cmd_grow(builder->findings, builder->count, &builder->capacity, sizeof(*builder->findings));
  builder->findings[builder->count] = finding;
  return &builder->findings[builder->count++];
}

cmd_finding *cmd_builder_violation(cmd_builder *builder, const bdc_violation *violation) {
  size_t start = builder->texts.size;
  write_text(builder, write_violation, violation);
  return add(builder,
             (cmd_finding){ .rule = bdc_rule_name(violation->rule),
                            .in = bdc_place_name(violation->in),
                            .severity = violation->severity,
                            .pointer = violation->pointer,
                            .field = violation->field,
                            .excerpt = SIZE_MAX },
             start);
}

cmd_finding *cmd_builder_own(cmd_builder *builder, cmd_own_rule rule, bdc_severity severity, bdc_str message) {
  size_t start = builder->texts.size;
  cmd_put(&builder->texts, message);
  return add(builder, (cmd_finding){ .rule = cmd_own_name(rule), .in = "file", .severity = severity, .excerpt = SIZE_MAX }, start);
}

void cmd_builder_finish(cmd_builder *builder, cmd_result *result) {
  size_t start = builder->texts.size;
  if (result->report && result->report->error) {
    write_text(builder, write_error, result->report);
  }
  result->error_message = text_from(builder, start, builder->texts.size - start);
  for (size_t i = 0; i < builder->count; i++) {
    cmd_finding *finding = &builder->findings[i];
    finding->message = text_from(builder, finding->text, finding->message.size);
  }
  result->findings = builder->findings;
  result->count = builder->count;
}
