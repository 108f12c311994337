/* SPDX-License-Identifier: MIT */
/* What is kept for a request, and the one way in which both directions' bodies are shown to their checkers. */
#include "gate.h"

static void clean(void *data) {
  gate_context *context = data;
  for (int i = 0; i < GATE_DIRECTIONS; i++) {
    gate_check_release(&context->side[i].check);
  }
}

gate_context *gate_context_find(ngx_http_request_t *r) {
  gate_context *context = ngx_http_get_module_ctx(r, ngx_http_bodycheck_module);
  /* A subrequest is internal, too, and has the pool of the main request, whose context is none of its business. */
  if (context || r != r->main || !(r->internal || r->filter_finalize)) {
    return context;
  }
  for (const ngx_pool_cleanup_t *cleanup = r->pool->cleanup; cleanup; cleanup = cleanup->next) {
    if (cleanup->handler == clean) {
      ngx_http_set_ctx(r, cleanup->data, ngx_http_bodycheck_module);
      return cleanup->data;
    }
  }
  return NULL;
}

gate_context *gate_context_make(ngx_http_request_t *r) {
  gate_context *context = gate_context_find(r);
  if (context) {
    return context;
  }
  ngx_pool_cleanup_t *cleanup = ngx_pool_cleanup_add(r->pool, sizeof *context);
  if (!cleanup) {
    return NULL;
  }
  context = cleanup->data;
  *context = (gate_context){ 0 };
  cleanup->handler = clean;
  ngx_http_set_ctx(r, context, ngx_http_bodycheck_module);
  return context;
}

void gate_side_give_up(ngx_http_request_t *r, gate_side *side, gate_direction direction, gate_cause cause) {
  const bdc_operation *operation = side->check.rules.checker ? gate_check_report(&side->check)->operation : side->operation;
  gate_check_release(&side->check);
  side->result = gate_result_without(r, side->conf, direction, cause, BDC_OK, operation);
}

void gate_side_too_large(ngx_http_request_t *r, gate_side *side, gate_direction direction, const gate_message *message) {
  const bdc_operation *operation = message->operation;
  bdc_status route = BDC_OK;
  if (side->check.rules.checker) {
    operation = gate_check_report(&side->check)->operation;
    route = gate_check_report(&side->check)->status;
  } else if (direction == GATE_REQUEST) {
    route = gate_check_route(side->conf->rules, message, &operation);
  }
  gate_check_release(&side->check);
  side->result = gate_result_without(r, side->conf, direction, route == BDC_OK ? GATE_CAUSE_SIZE : GATE_CAUSE_ROUTE, route, operation);
}

static void take_reports(ngx_http_request_t *r, gate_side *side, gate_direction direction) {
  if (!side->check.rules.checker) {
    gate_side_give_up(r, side, direction, GATE_CAUSE_MEMORY);
    return;
  }
  side->result = gate_result_of(r, side->conf, direction, gate_check_report(&side->check), gate_check_shadow(&side->check));
  gate_check_release(&side->check);
}

void gate_side_end(ngx_http_request_t *r, gate_side *side, gate_direction direction) {
  gate_check_end(&side->check);
  take_reports(r, side, direction);
}

void gate_side_feed(ngx_http_request_t *r, gate_side *side, gate_direction direction, const gate_message *message, const u_char *piece,
                    size_t size) {
  gate_check *check = &side->check;
  if (!check->begun && !gate_check_begin(check, side->conf->rules, side->conf->shadow, message)) {
    gate_side_give_up(r, side, direction, GATE_CAUSE_MEMORY);
  } else if (size > side->conf->max_body - check->size) {
    gate_side_too_large(r, side, direction, message);
  } else {
    gate_check_feed(check, piece, size);
  }
}

void gate_side_whole(ngx_http_request_t *r, gate_side *side, gate_direction direction, const gate_message *message, const u_char *body,
                     size_t size) {
  if (size > side->conf->max_body) {
    gate_side_too_large(r, side, direction, message);
  } else if (!gate_check_whole(&side->check, side->conf->rules, side->conf->shadow, message, body, size)) {
    gate_side_give_up(r, side, direction, GATE_CAUSE_MEMORY);
  } else {
    take_reports(r, side, direction);
  }
}

gate_cause gate_request_unfinished(ngx_http_request_t *r, const gate_context *context) {
  if (context && context->side[GATE_REQUEST].conf) {
    return GATE_CAUSE_INCOMPLETE;
  }
  return context && !gate_conf_of(r)->holds[GATE_REQUEST] ? GATE_CAUSE_UNREAD : GATE_CAUSE_EARLY;
}

/*
 * The request is over: whatever has no verdict by now is unchecked, and says so in log and counters. Runs behind the access log, whose
 * variables say the same by themselves.
 */
ngx_int_t gate_log_handler(ngx_http_request_t *r) {
  if (r != r->main) { /* "log_subrequest on" */
    return NGX_OK;
  }
  gate_context *context = gate_context_find(r);
  const gate_conf *conf = gate_conf_of(r);
  gate_cause cause = gate_request_unfinished(r, context);
  for (int i = 0; context && i < GATE_DIRECTIONS; i++) {
    gate_side *side = &context->side[i];
    if (side->conf && !side->result) {
      gate_side_give_up(r, side, (gate_direction)i, GATE_CAUSE_INCOMPLETE);
    }
  }
  if ((!context || !context->side[GATE_REQUEST].conf) && conf->mode[GATE_REQUEST] != GATE_OFF) {
    gate_result_without(r, conf, GATE_REQUEST, cause, BDC_OK, NULL);
  }
  return NGX_OK;
}
