/* SPDX-License-Identifier: MIT */
/* The documented error as nginx's response. */
#ifndef BDC_GATEWAY_NGINX_ANSWER_H
#define BDC_GATEWAY_NGINX_ANSWER_H

#include "result.h"

/* Makes the response's header that of the answer: nothing that was there before is left. The body. NULL: no memory. */
ngx_chain_t *gate_answer_make(ngx_http_request_t *r, const gate_result *result);

/* Answers a request. What it returns is for ngx_http_finalize_request. */
ngx_int_t gate_answer_send(ngx_http_request_t *r, const gate_result *result);

#endif
