/* SPDX-License-Identifier: MIT */
/* Counters of verdicts, in memory that all workers share and that survives reloads, and their page for Prometheus. */
#ifndef BDC_GATEWAY_NGINX_METRICS_H
#define BDC_GATEWAY_NGINX_METRICS_H

#include "result.h"

/* The zone of the counters. NULL on failure. */
ngx_shm_zone_t *gate_metrics_zone(ngx_conf_t *cf, size_t size);

struct gate_main;

/* A counter for which there is no room is counted as dropped. */
void gate_metrics_count(struct gate_main *shared, gate_direction direction, const gate_result *result);
void gate_metrics_differ(struct gate_main *shared, gate_direction direction, const bdc_report *report, const bdc_report *shadow);

/* The content handler of bodycheck_metrics. */
ngx_int_t gate_metrics_handler(ngx_http_request_t *r);

#endif
