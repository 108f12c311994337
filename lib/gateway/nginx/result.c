/* SPDX-License-Identifier: MIT */
#include "gate.h"

#include "log.h"
#include "metrics.h"

#include <string.h>

/* What a report comes to once bodycheck_mode has been asked. */
typedef struct judgement {
  const gate_conf *conf;
  gate_direction direction;
  gate_mode strongest;          /* of the violations */
  const bdc_violation *counted; /* the first that is not off */
  bdc_error error;              /* of those with the strongest mode; no cause: none */
} judgement;

static gate_mode mode_of(const judgement *j, const bdc_violation *violation) {
  return violation->severity == BDC_ERROR ? gate_mode_of(j->conf->modes, (gate_mode)j->conf->mode[j->direction], violation) : GATE_OFF;
}

static void weigh(judgement *j, const bdc_report *report) {
  for (size_t i = 0; i < report->violation_count; i++) {
    gate_mode mode = mode_of(j, &report->violations[i]);
    j->strongest = mode > j->strongest ? mode : j->strongest;
    if (mode != GATE_OFF && !j->counted) {
      j->counted = &report->violations[i];
    }
  }
  if (report->truncated) {
    gate_mode most = gate_mode_most(j->conf->modes, (gate_mode)j->conf->mode[j->direction]);
    j->strongest = most > j->strongest ? most : j->strongest;
  }
}

static size_t error_row(const bdc_service *service, const bdc_report *report, const bdc_violation *violation) {
  bdc_breach breach = { .response = report->http_status != 0,
                        .in = violation->in,
                        .field = violation->field,
                        .rule = violation->rule,
                        .whole_body = violation->in == BDC_IN_BODY && violation->field.size == 0 && violation->pointer.size == 0 };
  return bdc_service_error_for(service, &breach);
}

/* The documented error of the violations that decide: the topmost row, then the earliest violation. */
static void choose_error(judgement *j, const bdc_report *report) {
  const bdc_service *service = bdc_operation_describe(report->operation).service;
  size_t best = bdc_service_describe(service).error_count;
  for (size_t i = 0; i < report->violation_count; i++) {
    const bdc_violation *violation = &report->violations[i];
    size_t row = mode_of(j, violation) == j->strongest ? error_row(service, report, violation) : best;
    if (row < best) {
      bdc_error_row_info info = bdc_service_error(service, row);
      best = row;
      j->error = (bdc_error){ info.status, info.code, info.message, violation };
    }
  }
}

/* The report has chosen already, and knows also what it had no room for; bodycheck_mode may make it another of those in the report. */
static void find_error(judgement *j, const bdc_report *report) {
  if (j->strongest == GATE_OFF) {
    return;
  }
  if (j->conf->modes) {
    choose_error(j, report);
  }
  if (!j->error.cause && (report->truncated || !j->conf->modes) && report->error) {
    j->error = *report->error;
  }
}

static ngx_str_t copy(ngx_http_request_t *r, bdc_str text) {
  ngx_str_t from = gate_ngx(text);
  ngx_str_t to = { 0, NULL };
  if (text.size) {
    to.data = ngx_pstrdup(r->pool, &from);
    to.len = to.data ? text.size : 0;
  }
  return to;
}

static ngx_str_t constant(const char *text) {
  return gate_ngx((bdc_str){ text, strlen(text) });
}

/* The documented body. False: no memory. */
static bool render(ngx_http_request_t *r, const bdc_report *report, ngx_str_t *out) {
  size_t size = 512;
  size_t needed = 0;
  for (;;) {
    char *text = ngx_pnalloc(r->pool, size);
    bdc_status status = text ? bdc_error_render(report, text, size, &needed) : BDC_ERR_MEMORY;
    *out = (ngx_str_t){ needed, (u_char *)text };
    if (status != BDC_ERR_SPACE) {
      return status == BDC_OK;
    }
    size = needed + 1;
  }
}

static void refuse(gate_result *result, ngx_uint_t status) {
  result->action = GATE_REFUSE;
  result->status = status;
}

/* What a blocked message is answered with. */
static void block(ngx_http_request_t *r, const judgement *j, const bdc_report *report, gate_result *result) {
  bdc_report chosen = *report;
  chosen.error = &j->error;
  chosen.request_id = gate_message_id(r, gate_main_of(r)->request_id);
  if (j->error.cause && render(r, &chosen, &result->body)) {
    result->action = GATE_ANSWER;
    result->status = (ngx_uint_t)j->error.status;
  } else {
    refuse(result, j->direction == GATE_REQUEST ? NGX_HTTP_BAD_REQUEST : NGX_HTTP_BAD_GATEWAY);
  }
}

static void fill(ngx_http_request_t *r, const judgement *j, const bdc_report *report, gate_result *result) {
  const bdc_violation *shown = j->error.cause ? j->error.cause : j->counted;
  result->operation = report->operation;
  result->verdict = j->strongest == GATE_OFF ? BDC_VALID : BDC_INVALID;
  result->code = gate_ngx(j->error.code);
  if (shown) {
    result->rule = constant(bdc_rule_name(shown->rule));
    result->pointer = copy(r, shown->pointer);
  }
  if (j->strongest == GATE_BLOCK) {
    block(r, j, report, result);
  }
}

static const char *cause_text(gate_cause cause, bdc_status route) {
  switch (cause) {
  case GATE_CAUSE_NO_TABLE:
    return bdc_reason_text(BDC_REASON_NO_TABLE);
  case GATE_CAUSE_REST:
    return "the body was not looked at to its end";
  case GATE_CAUSE_ROUTE:
    return bdc_status_text(route);
  case GATE_CAUSE_SIZE:
    return "the body is larger than bodycheck_max_body";
  case GATE_CAUSE_ENCODING:
    return bdc_reason_text(BDC_REASON_CONTENT_ENCODING);
  case GATE_CAUSE_MEMORY:
    return "no memory for a checker";
  case GATE_CAUSE_INCOMPLETE:
    return "the body did not arrive as a whole";
  case GATE_CAUSE_BROKEN_OFF:
    return "the upstream broke off the body";
  case GATE_CAUSE_UNREAD:
    return "the body was not read";
  case GATE_CAUSE_PART:
    return "there is no whole body";
  case GATE_CAUSE_EARLY:
    return "answered before it could be checked";
  }
  return "";
}

ngx_str_t gate_cause_text(gate_cause cause, bdc_status route) {
  return constant(cause_text(cause, route));
}

/* The status for an unchecked message that is not to pass; 0: nothing is refused for this cause. */
static ngx_uint_t refusal(gate_direction direction, gate_cause cause) {
  static const ngx_uint_t of_request[] = { [GATE_CAUSE_NO_TABLE] = NGX_HTTP_BAD_REQUEST,
                                           [GATE_CAUSE_REST] = NGX_HTTP_BAD_REQUEST,
                                           [GATE_CAUSE_SIZE] = NGX_HTTP_REQUEST_ENTITY_TOO_LARGE,
                                           [GATE_CAUSE_ENCODING] = NGX_HTTP_UNSUPPORTED_MEDIA_TYPE,
                                           [GATE_CAUSE_MEMORY] = NGX_HTTP_SERVICE_UNAVAILABLE,
                                           [GATE_CAUSE_UNREAD] = NGX_HTTP_INTERNAL_SERVER_ERROR,
                                           [GATE_CAUSE_EARLY] = 0 };
  if (direction == GATE_REQUEST) {
    return of_request[cause];
  }
  switch (cause) {
  case GATE_CAUSE_NO_TABLE:
  case GATE_CAUSE_REST:
  case GATE_CAUSE_SIZE:
  case GATE_CAUSE_ENCODING:
  case GATE_CAUSE_MEMORY:
    return NGX_HTTP_BAD_GATEWAY;
  default:
    return 0;
  }
}

/* A path that several providers document is known: that nobody said which is meant must not let its messages pass. */
static bool is_ambiguous(gate_cause cause, bdc_status route) {
  return cause == GATE_CAUSE_ROUTE && route == BDC_ERR_AMBIGUOUS;
}

static void apply_policy(const gate_conf *conf, gate_direction direction, gate_cause cause, bdc_status route, gate_result *result) {
  ngx_uint_t status = is_ambiguous(cause, route) ? NGX_HTTP_INTERNAL_SERVER_ERROR : refusal(direction, cause);
  if (cause == GATE_CAUSE_ROUTE && direction == GATE_REQUEST && conf->unknown_route == GATE_BLOCK) {
    refuse(result, NGX_HTTP_NOT_FOUND);
  } else if (cause == GATE_CAUSE_BROKEN_OFF && conf->holds[direction]) {
    refuse(result, NGX_HTTP_BAD_GATEWAY); /* half a response is of no use, whatever the policy */
  } else if (status && conf->mode[direction] == GATE_BLOCK && conf->unchecked_blocks[direction]) {
    refuse(result, status);
  }
}

/* A message without a verdict; the report, if there is one, is for the log. NULL: no memory. */
static gate_result *unchecked(ngx_http_request_t *r, const gate_conf *conf, gate_direction direction, gate_cause cause,
                              bdc_status route, const bdc_operation *operation, const bdc_report *report) {
  gate_result *result = ngx_pcalloc(r->pool, sizeof *result);
  if (!result) {
    return NULL;
  }
  result->verdict = BDC_UNCHECKED;
  result->operation = operation;
  result->reason = gate_cause_text(cause, route);
  apply_policy(conf, direction, cause, route, result);
  if (cause != GATE_CAUSE_ROUTE || conf->unknown_route != GATE_OFF || is_ambiguous(cause, route)) {
    gate_log_result(r, conf, direction, result, report);
  }
  gate_metrics_count(gate_main_of(r), direction, result);
  return result;
}

gate_result *gate_result_without(ngx_http_request_t *r, const gate_conf *conf, gate_direction direction, gate_cause cause,
                                 bdc_status route, const bdc_operation *operation) {
  return unchecked(r, conf, direction, cause, route, operation, NULL);
}

/* ---- from a report */

static gate_cause cause_of(const bdc_report *report) {
  switch (report->reason) {
  case BDC_REASON_NO_OPERATION:
    return GATE_CAUSE_ROUTE;
  case BDC_REASON_CONTENT_ENCODING:
    return GATE_CAUSE_ENCODING;
  case BDC_REASON_NO_TABLE:
  case BDC_REASON_NONE:
    break;
  }
  return GATE_CAUSE_NO_TABLE;
}

/* A verdict that bodycheck_mode has weakened does not hold for what stands behind the place where the check had to stop. */
static bool leaves_a_rest(const judgement *j, const bdc_report *report) {
  gate_mode mode = (gate_mode)j->conf->mode[j->direction];
  return report->unread && (j->strongest == GATE_OFF || (mode == GATE_BLOCK && j->strongest != GATE_BLOCK));
}

static gate_result *judge(ngx_http_request_t *r, const gate_conf *conf, gate_direction direction, const bdc_report *report) {
  judgement j = { .conf = conf, .direction = direction };
  weigh(&j, report);
  if (leaves_a_rest(&j, report)) {
    return unchecked(r, conf, direction, GATE_CAUSE_REST, BDC_OK, report->operation, report);
  }
  gate_result *result = ngx_pcalloc(r->pool, sizeof *result);
  if (!result) {
    return NULL;
  }
  find_error(&j, report);
  fill(r, &j, report, result);
  gate_log_result(r, conf, direction, result, report);
  gate_metrics_count(gate_main_of(r), direction, result);
  return result;
}

gate_result *gate_result_of(ngx_http_request_t *r, const gate_conf *conf, gate_direction direction, const bdc_report *report,
                            const bdc_report *shadow) {
  gate_result *result = report->verdict == BDC_UNCHECKED
                            ? unchecked(r, conf, direction, cause_of(report), report->status, report->operation, NULL)
                            : judge(r, conf, direction, report);
  if (shadow && result) {
    gate_log_shadow(r, direction, report, shadow);
  }
  return result;
}
