/* SPDX-License-Identifier: MIT */
/* Variables for log_format and for header fields to the upstream. */
#include "gate.h"

#include <string.h>

enum { VERDICT, CODE, RULE, POINTER, OPERATION, REASON, FACTS };

static ngx_str_t fact_of(const gate_result *result, uintptr_t fact) {
  switch (fact) {
  case VERDICT:
    return gate_ngx((bdc_str){ bdc_verdict_name(result->verdict), strlen(bdc_verdict_name(result->verdict)) });
  case CODE:
    return result->code;
  case RULE:
    return result->rule;
  case POINTER:
    return result->pointer;
  case OPERATION:
    return result->operation ? gate_ngx(bdc_operation_describe(result->operation).full_name) : (ngx_str_t){ 0, NULL };
  default:
    return result->reason;
  }
}

/* `data` is a fact, and above FACTS one of the response. Where there is no verdict yet, there is none at all: unchecked. */
static ngx_int_t get(ngx_http_request_t *r, ngx_http_variable_value_t *value, uintptr_t data) {
  ngx_http_request_t *of = r->main;
  const gate_context *context = gate_context_find(of);
  gate_direction direction = data < FACTS ? GATE_REQUEST : GATE_RESPONSE;
  const gate_side *side = context ? &context->side[direction] : NULL;
  gate_result nothing = { .verdict = BDC_UNCHECKED };
  const gate_result *result = side && side->result ? side->result : &nothing;
  bool on = (side && side->conf) || gate_conf_of(of)->mode[direction] != GATE_OFF;
  if (direction == GATE_REQUEST) {
    nothing.reason = gate_cause_text(gate_request_unfinished(of, context), BDC_OK);
  }
  ngx_str_t text = fact_of(result, data % FACTS);
  *value = (ngx_http_variable_value_t){ .len = (unsigned)text.len & 0xfffffff, .data = text.data, .valid = 1, .no_cacheable = 1 };
  if (!on || text.len == 0) {
    *value = (ngx_http_variable_value_t){ .not_found = 1 };
  }
  return NGX_OK;
}

ngx_int_t gate_variables_add(ngx_conf_t *cf) {
  static const struct {
    ngx_str_t name;
    uintptr_t data;
  } all[] = {
    { ngx_string("bodycheck_verdict"), VERDICT },
    { ngx_string("bodycheck_code"), CODE },
    { ngx_string("bodycheck_rule"), RULE },
    { ngx_string("bodycheck_pointer"), POINTER },
    { ngx_string("bodycheck_operation"), OPERATION },
    { ngx_string("bodycheck_reason"), REASON },
    { ngx_string("bodycheck_response_verdict"), FACTS + VERDICT },
    { ngx_string("bodycheck_response_code"), FACTS + CODE },
    { ngx_string("bodycheck_response_rule"), FACTS + RULE },
    { ngx_string("bodycheck_response_pointer"), FACTS + POINTER },
    { ngx_string("bodycheck_response_reason"), FACTS + REASON },
  };
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
    ngx_str_t name = all[i].name;
    ngx_http_variable_t *variable = ngx_http_add_variable(cf, &name, NGX_HTTP_VAR_NOCACHEABLE);
    if (!variable) {
      return NGX_ERROR;
    }
    variable->get_handler = get;
    variable->data = all[i].data;
  }
  return NGX_OK;
}
