/* SPDX-License-Identifier: MIT */
/* Lines of nginx's error log. No value that was sent stands in them, hence not nginx's own words about the request either. */
#ifndef BDC_GATEWAY_NGINX_LOG_H
#define BDC_GATEWAY_NGINX_LOG_H

#include "result.h"

/* A broken message is a warning; one that is unchecked is one too where it is refused, else "info". `report` may be NULL. */
void gate_log_result(ngx_http_request_t *r, const struct gate_conf *conf, gate_direction direction, const gate_result *result,
                     const bdc_report *report);

/* Where the two differ in verdict or documented error: both reports, level "notice"; they are counted, too. */
void gate_log_shadow(ngx_http_request_t *r, gate_direction direction, const bdc_report *report, const bdc_report *shadow);

#endif
