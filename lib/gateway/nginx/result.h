/* SPDX-License-Identifier: MIT */
/* From a report to what is done about the message, logged and counted. */
#ifndef BDC_GATEWAY_NGINX_RESULT_H
#define BDC_GATEWAY_NGINX_RESULT_H

#include "nginx.h"

struct gate_conf;

/* Why there is no verdict, further to the library's reasons. */
typedef enum gate_cause {
  GATE_CAUSE_NO_TABLE,   /* the operation documents no such body */
  GATE_CAUSE_REST,       /* behind a violation that does not block, the body was not looked at */
  GATE_CAUSE_ROUTE,      /* no operation; the status of the route says more */
  GATE_CAUSE_SIZE,       /* larger than bodycheck_max_body */
  GATE_CAUSE_ENCODING,   /* Content-Encoding */
  GATE_CAUSE_MEMORY,     /* no checker to be had */
  GATE_CAUSE_INCOMPLETE, /* the body did not arrive as a whole */
  GATE_CAUSE_BROKEN_OFF, /* the upstream ended in the middle of the response */
  GATE_CAUSE_UNREAD,     /* nobody read the body, or it cannot be read again */
  GATE_CAUSE_PART,       /* a range of the body, 304, 101, or an answer to HEAD */
  GATE_CAUSE_EARLY       /* answered before it could be checked */
} gate_cause;

/* The cause in words; `route` is for GATE_CAUSE_ROUTE. */
ngx_str_t gate_cause_text(gate_cause cause, bdc_status route);

typedef enum gate_action {
  GATE_PASS,
  GATE_ANSWER, /* the documented error */
  GATE_REFUSE  /* a plain page of nginx, or that of error_page */
} gate_action;

/* Lives as long as nginx's request. */
typedef struct gate_result {
  bdc_verdict verdict; /* what bodycheck_mode turns off does not count */
  gate_action action;
  ngx_uint_t status; /* of the answer or the page */
  ngx_str_t body;    /* of the answer */
  ngx_str_t reason;  /* why it is unchecked; empty where it is not */
  ngx_str_t code;    /* the documented error; empty: none */
  ngx_str_t rule;    /* that of the error, else the first that was broken; empty: none */
  ngx_str_t pointer;
  const bdc_operation *operation; /* NULL: not known */
} gate_result;

/* The result of a report; logs and counts it, and what a shadow (NULL: there is none) says otherwise. NULL: no memory. */
gate_result *gate_result_of(ngx_http_request_t *r, const struct gate_conf *conf, gate_direction direction, const bdc_report *report,
                            const bdc_report *shadow);

/* The result of a message that cannot be checked. `route` is for GATE_CAUSE_ROUTE. NULL: no memory. */
gate_result *gate_result_without(ngx_http_request_t *r, const struct gate_conf *conf, gate_direction direction, gate_cause cause,
                                 bdc_status route, const bdc_operation *operation);

#endif
