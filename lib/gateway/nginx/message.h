/* SPDX-License-Identifier: MIT */
/* nginx's request and response as the library's. */
#ifndef BDC_GATEWAY_NGINX_MESSAGE_H
#define BDC_GATEWAY_NGINX_MESSAGE_H

#include "nginx.h"

/* A message without its body. Its slices belong to nginx's request. The request id is left out. */
typedef struct gate_message {
  gate_direction direction;
  bdc_request request;            /* of a request */
  const bdc_operation *operation; /* of a response */
  bdc_response response;
} gate_message;

/* False: no memory. */
bool gate_message_request(ngx_http_request_t *r, gate_message *out);
bool gate_message_response(ngx_http_request_t *r, const bdc_operation *operation, gate_message *out);

/* nginx's own request id; `index` is that of the variable. It is made when it is first asked for, which takes its time. */
bdc_str gate_message_id(ngx_http_request_t *r, ngx_int_t index);

#endif
