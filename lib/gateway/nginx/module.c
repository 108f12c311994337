/* SPDX-License-Identifier: MIT */
/* What nginx sees. */
#include "gate.h"

#include "metrics.h"

enum { ZONE_SIZE = 1024 * 1024 };

static ngx_int_t add_handler(ngx_conf_t *cf, ngx_http_phases phase, ngx_http_handler_pt handler) {
  ngx_http_core_main_conf_t *core = ngx_http_conf_get_module_main_conf(cf, ngx_http_core_module);
  ngx_http_handler_pt *place = ngx_array_push(&core->phases[phase].handlers);
  if (!place) {
    return NGX_ERROR;
  }
  *place = handler;
  return NGX_OK;
}

static ngx_int_t set_up(ngx_conf_t *cf) {
  gate_main *shared = ngx_http_conf_get_module_main_conf(cf, ngx_http_bodycheck_module);
  ngx_str_t request_id = ngx_string("request_id");
  if (!shared->used) {
    return NGX_OK;
  }
  shared->request_id = ngx_http_get_variable_index(cf, &request_id);
  shared->zone = gate_metrics_zone(cf, shared->zone_size == NGX_CONF_UNSET_SIZE ? ZONE_SIZE : shared->zone_size);
  if (shared->request_id == NGX_ERROR || !shared->zone) {
    return NGX_ERROR;
  }
  gate_request_install();
  gate_response_install();
  if (add_handler(cf, NGX_HTTP_PRECONTENT_PHASE, gate_request_handler) != NGX_OK) {
    return NGX_ERROR;
  }
  return add_handler(cf, NGX_HTTP_LOG_PHASE, gate_log_handler);
}

static ngx_http_module_t context = { .preconfiguration = gate_variables_add,
                                     .postconfiguration = set_up,
                                     .create_main_conf = gate_main_create,
                                     .create_loc_conf = gate_conf_create,
                                     .merge_loc_conf = gate_conf_merge };

ngx_module_t ngx_http_bodycheck_module = { NGX_MODULE_V1, &context, gate_commands, NGX_HTTP_MODULE,      NULL, NULL, NULL, NULL,
                                           NULL,          NULL,     NULL,          NGX_MODULE_V1_PADDING };

/*
 * What nginx looks for in a module's file. The order puts the filters where those of other people are: behind what nginx reads from files
 * and before compression, so that bodies are seen as the upstream sent them.
 */
__attribute__((visibility("default"))) ngx_module_t *ngx_modules[] = { &ngx_http_bodycheck_module, NULL };
__attribute__((visibility("default"))) char *ngx_module_names[] = { "ngx_http_bodycheck_module", NULL };
__attribute__((visibility("default"))) char *ngx_module_order[] = { "ngx_http_bodycheck_module", "ngx_http_copy_filter_module", NULL };
