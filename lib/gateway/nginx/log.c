/* SPDX-License-Identifier: MIT */
#include "log.h"

#include "gate.h"
#include "metrics.h"

#include <string.h>

enum { LINE_SIZE = 1600, REPORT_SIZE = 700, MESSAGE_SIZE = 256, NAME_SIZE = 256 };

/* Text of a fixed size; what does not fit is left out. */
typedef struct line {
  u_char *at;
  u_char *end;
} line;

static void put(line *out, const char *text) {
  out->at = ngx_slprintf(out->at, out->end, "%s", text);
}

static void put_str(line *out, bdc_str text) {
  ngx_str_t value = gate_ngx(text);
  out->at = ngx_slprintf(out->at, out->end, "%V", &value);
}

/* Of the controls of Latin-1, U+0080 to U+009F, some move a terminal's cursor as those of ASCII do. */
static bool is_control(const u_char *at, size_t size) {
  return *at < 0x20 || *at == 0x7f || (size > 1 && at[0] == 0xc2 && at[1] < 0xa0);
}

/* A name that was sent: it may hold anything, and a log has lines and is read on terminals. Escaped as in JSON. */
static void put_name(line *out, bdc_str name) {
  size_t size = name.size < NAME_SIZE ? name.size : NAME_SIZE;
  const u_char *at = gate_ngx(name).data;
  for (size_t i = 0; i < size; i++) {
    if (is_control(at + i, size - i)) {
      i += at[i] == 0xc2;
      out->at = ngx_slprintf(out->at, out->end, "\\u%04xd", (unsigned)at[i]);
    } else {
      const char *before = at[i] == '"' || at[i] == '\\' ? "\\" : "";
      out->at = ngx_slprintf(out->at, out->end, "%s%*s", before, (size_t)1, at + i);
    }
  }
}

/* "body /name length.min 1:10 must have 3 to 64 characters; has 2" */
static void put_violation(line *out, const bdc_violation *violation) {
  char message[MESSAGE_SIZE];
  put(out, bdc_place_name(violation->in));
  put(out, " ");
  put_name(out, violation->in == BDC_IN_BODY ? violation->pointer : violation->field);
  put(out, " ");
  put(out, bdc_rule_name(violation->rule));
  out->at = ngx_slprintf(out->at, out->end, " %uD:%uD ", violation->line, violation->column);
  if (bdc_violation_message(violation, message, sizeof message, NULL) == BDC_OK) {
    put_name(out, (bdc_str){ message, strlen(message) });
  }
}

/* As many violations as there is room for, errors only. */
static void put_violations(line *out, const bdc_report *report) {
  size_t shown = 0;
  for (size_t i = 0; i < report->violation_count && out->end - out->at > MESSAGE_SIZE; i++) {
    if (report->violations[i].severity == BDC_ERROR) {
      put(out, shown++ ? " | " : "; ");
      put_violation(out, &report->violations[i]);
    }
  }
  if (report->error_count > shown) {
    out->at = ngx_slprintf(out->at, out->end, " | %uz more", report->error_count - shown);
  }
}

static void put_operation(line *out, const bdc_operation *operation) {
  if (operation) {
    put(out, " of ");
    put_str(out, bdc_operation_describe(operation).full_name);
  }
}

/* nginx adds its words about the client and the request line by the log's handler: the request line may hold values. */
static void write_line(ngx_http_request_t *r, ngx_uint_t level, u_char *start, const line *text) {
  ngx_log_t plain = *r->connection->log;
  ngx_str_t message = { (size_t)(text->at - start), start };
  ngx_str_t request_id = gate_ngx(gate_message_id(r, gate_main_of(r)->request_id));
  plain.handler = NULL;
  plain.action = NULL;
  ngx_log_error(level, &plain, 0, "bodycheck: %V, client: %V, request_id: %V", &message, &r->connection->addr_text, &request_id);
}

static const char *direction_name(gate_direction direction) {
  return direction == GATE_REQUEST ? "request" : "response";
}

static ngx_uint_t level_of(const struct gate_conf *conf, const gate_result *result) {
  bool unknown = result->verdict == BDC_UNCHECKED && !result->operation && conf->unknown_route != GATE_OFF;
  return result->verdict == BDC_INVALID || result->action != GATE_PASS || unknown ? NGX_LOG_WARN : NGX_LOG_INFO;
}

static void put_result(line *out, gate_direction direction, const gate_result *result) {
  put(out, direction_name(direction));
  put_operation(out, result->operation);
  put(out, " is ");
  put(out, bdc_verdict_name(result->verdict));
  put(out, result->action == GATE_PASS ? ", passed" : ", blocked");
  if (result->action != GATE_PASS) {
    out->at = ngx_slprintf(out->at, out->end, " with %ui", result->status);
  }
  if (result->code.len) {
    put(out, ", ");
    put_name(out, gate_text(result->code));
  }
}

void gate_log_result(ngx_http_request_t *r, const struct gate_conf *conf, gate_direction direction, const gate_result *result,
                     const bdc_report *report) {
  u_char text[LINE_SIZE];
  line out = { text, text + sizeof text };
  ngx_uint_t level = level_of(conf, result);
  if (result->verdict == BDC_VALID || r->connection->log->log_level < level) {
    return;
  }
  put_result(&out, direction, result);
  if (result->verdict == BDC_UNCHECKED) {
    put(&out, ": ");
    put_str(&out, gate_text(result->reason));
  }
  if (report) {
    put_violations(&out, report);
  }
  write_line(r, level, text, &out);
}

static void put_report(line *out, const bdc_report *report) {
  u_char *end = out->end;
  if (end - out->at > REPORT_SIZE) {
    out->end = out->at + REPORT_SIZE;
  }
  put(out, bdc_verdict_name(report->verdict));
  if (report->error) {
    put(out, " ");
    put_str(out, report->error->code);
  }
  put_violations(out, report);
  out->end = end;
}

static bool differ(const bdc_report *a, const bdc_report *b) {
  bdc_str a_code = a->error ? a->error->code : (bdc_str){ 0 };
  bdc_str b_code = b->error ? b->error->code : (bdc_str){ 0 };
  return a->verdict != b->verdict || !gate_same(a_code, b_code);
}

void gate_log_shadow(ngx_http_request_t *r, gate_direction direction, const bdc_report *report, const bdc_report *shadow) {
  u_char text[LINE_SIZE];
  line out = { text, text + sizeof text };
  if (!differ(report, shadow)) {
    return;
  }
  put(&out, "shadow differs: ");
  put(&out, direction_name(direction));
  put_operation(&out, report->operation ? report->operation : shadow->operation);
  put(&out, ": rules: ");
  put_report(&out, report);
  put(&out, "; shadow: ");
  put_report(&out, shadow);
  write_line(r, NGX_LOG_NOTICE, text, &out);
  gate_metrics_differ(gate_main_of(r), direction, report, shadow);
}
