/* SPDX-License-Identifier: MIT */
/* Directives, and how locations inherit them: as nginx's own do, each by itself, and lists as a whole. */
#include "gate.h"

#include "metrics.h"

enum { ZONE_MIN = 64 * 1024, MAX_BODY = 1024 * 1024 };

static ngx_conf_enum_t modes[] = {
  { ngx_string("off"), GATE_OFF }, { ngx_string("log"), GATE_LOG }, { ngx_string("block"), GATE_BLOCK }, { ngx_null_string, 0 }
};
static ngx_conf_enum_t routes[] = {
  { ngx_string("pass"), GATE_OFF }, { ngx_string("log"), GATE_LOG }, { ngx_string("block"), GATE_BLOCK }, { ngx_null_string, 0 }
};
static ngx_conf_enum_t policies[] = { { ngx_string("pass"), 0 }, { ngx_string("block"), 1 }, { ngx_null_string, 0 } };

/* ---- directives that nginx has no reader for */

/* "off" alone: a list that is empty, and not inherited. */
static bool is_off(const ngx_conf_t *cf) {
  return cf->args->nelts == 2 && gate_same(gate_text(((const ngx_str_t *)cf->args->elts)[1]), BDC_STR("off"));
}

/* The list of a directive, made with its first line. NULL: no memory. */
static ngx_array_t *list_at(ngx_conf_t *cf, ngx_command_t *command, void *conf, size_t size) {
  ngx_array_t **list = (ngx_array_t **)((char *)conf + command->offset);
  if (!*list) {
    *list = ngx_array_create(cf->pool, 4, size);
  }
  return *list;
}

/* bodycheck_rules, bodycheck_shadow: paths, relative ones from the configuration's folder. */
static char *read_paths(ngx_conf_t *cf, ngx_command_t *command, void *conf) {
  ngx_array_t *paths = list_at(cf, command, conf, sizeof(ngx_str_t));
  ngx_str_t *words = cf->args->elts;
  if (!paths) {
    return NGX_CONF_ERROR;
  }
  for (ngx_uint_t i = 1; i < cf->args->nelts && !is_off(cf); i++) {
    ngx_str_t *path = ngx_array_push(paths);
    if (!path || ngx_conf_full_name(cf->cycle, &words[i], 1) != NGX_OK) {
      return NGX_CONF_ERROR;
    }
    *path = words[i];
  }
  return NGX_CONF_OK;
}

/* False: no such mode. */
static bool mode_named(ngx_str_t name, ngx_uint_t *out) {
  for (const ngx_conf_enum_t *mode = modes; mode->name.len; mode++) {
    if (gate_same(gate_text(mode->name), gate_text(name))) {
      *out = mode->value;
      return true;
    }
  }
  return false;
}

/* bodycheck_mode WHAT off|log|block, or off alone */
static char *read_mode(ngx_conf_t *cf, ngx_command_t *command, void *conf) {
  ngx_array_t *lines = list_at(cf, command, conf, sizeof(gate_rule_mode));
  const ngx_str_t *words = cf->args->elts;
  gate_rule_mode line;
  if (!lines) {
    return NGX_CONF_ERROR;
  }
  if (is_off(cf)) {
    return NGX_CONF_OK;
  }
  if (cf->args->nelts == 2) {
    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "bodycheck_mode needs a rule or field and off, log or block; or off alone");
    return NGX_CONF_ERROR;
  }
  if (!gate_mode_read(words[1], &line)) {
    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "\"%V\" is no rule, field, pointer, or one of the latter with \":\" and a rule",
                       &words[1]);
    return NGX_CONF_ERROR;
  }
  if (!mode_named(words[2], &line.mode)) {
    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "invalid value \"%V\", expected off, log or block", &words[2]);
    return NGX_CONF_ERROR;
  }
  gate_rule_mode *place = ngx_array_push(lines);
  if (!place) {
    return NGX_CONF_ERROR;
  }
  *place = line;
  return NGX_CONF_OK;
}

static char *read_metrics(ngx_conf_t *cf, ngx_command_t *command, void *conf) {
  ngx_http_core_loc_conf_t *location = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);
  gate_main *shared = ngx_http_conf_get_module_main_conf(cf, ngx_http_bodycheck_module);
  (void)command;
  (void)conf;
  location->handler = gate_metrics_handler;
  shared->used = true;
  return NGX_CONF_OK;
}

/* bodycheck_max_body: to check nothing, "bodycheck off" is there. */
static char *read_max_body(ngx_conf_t *cf, ngx_command_t *command, void *conf) {
  char *status = ngx_conf_set_size_slot(cf, command, conf);
  if (status == NGX_CONF_OK && ((gate_conf *)conf)->max_body == 0) {
    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "bodycheck_max_body must be at least 1");
    return NGX_CONF_ERROR;
  }
  return status;
}

static char *read_zone(ngx_conf_t *cf, ngx_command_t *command, void *conf) {
  gate_main *shared = conf;
  char *status = ngx_conf_set_size_slot(cf, command, conf);
  if (status == NGX_CONF_OK && shared->zone_size < ZONE_MIN) {
    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "bodycheck_metrics_zone must be at least 64k");
    return NGX_CONF_ERROR;
  }
  return status;
}

enum { EVERYWHERE = NGX_HTTP_MAIN_CONF | NGX_HTTP_SRV_CONF | NGX_HTTP_LOC_CONF };

#define ENUM_DIRECTIVE(text, field, values)                                                                                            \
  {                                                                                                                                    \
    ngx_string(text), EVERYWHERE | NGX_CONF_TAKE1, ngx_conf_set_enum_slot, NGX_HTTP_LOC_CONF_OFFSET, offsetof(gate_conf, field),       \
        values                                                                                                                         \
  }

ngx_command_t gate_commands[] = {
  ENUM_DIRECTIVE("bodycheck", mode[GATE_REQUEST], modes),
  ENUM_DIRECTIVE("bodycheck_response", mode[GATE_RESPONSE], modes),
  ENUM_DIRECTIVE("bodycheck_unknown_route", unknown_route, routes),
  ENUM_DIRECTIVE("bodycheck_unchecked", unchecked_blocks[GATE_REQUEST], policies),
  ENUM_DIRECTIVE("bodycheck_response_unchecked", unchecked_blocks[GATE_RESPONSE], policies),
  { ngx_string("bodycheck_rules"), EVERYWHERE | NGX_CONF_1MORE, read_paths, NGX_HTTP_LOC_CONF_OFFSET, offsetof(gate_conf, paths),
    NULL },
  { ngx_string("bodycheck_shadow"), EVERYWHERE | NGX_CONF_1MORE, read_paths, NGX_HTTP_LOC_CONF_OFFSET,
    offsetof(gate_conf, shadow_paths), NULL },
  { ngx_string("bodycheck_provider"), EVERYWHERE | NGX_CONF_TAKE1, ngx_conf_set_str_slot, NGX_HTTP_LOC_CONF_OFFSET,
    offsetof(gate_conf, provider), NULL },
  { ngx_string("bodycheck_operation"), EVERYWHERE | NGX_CONF_TAKE1, ngx_conf_set_str_slot, NGX_HTTP_LOC_CONF_OFFSET,
    offsetof(gate_conf, operation_name), NULL },
  { ngx_string("bodycheck_max_body"), EVERYWHERE | NGX_CONF_TAKE1, read_max_body, NGX_HTTP_LOC_CONF_OFFSET,
    offsetof(gate_conf, max_body), NULL },
  { ngx_string("bodycheck_mode"), EVERYWHERE | NGX_CONF_TAKE12, read_mode, NGX_HTTP_LOC_CONF_OFFSET, offsetof(gate_conf, modes), NULL },
  { ngx_string("bodycheck_metrics"), NGX_HTTP_LOC_CONF | NGX_CONF_NOARGS, read_metrics, NGX_HTTP_LOC_CONF_OFFSET, 0, NULL },
  { ngx_string("bodycheck_metrics_zone"), NGX_HTTP_MAIN_CONF | NGX_CONF_TAKE1, read_zone, NGX_HTTP_MAIN_CONF_OFFSET,
    offsetof(gate_main, zone_size), NULL },
  ngx_null_command
};

/* ---- making and merging */

static void free_rules(void *data) {
  gate_rules_free(((gate_main *)data)->rules);
}

void *gate_main_create(ngx_conf_t *cf) {
  gate_main *shared = ngx_pcalloc(cf->pool, sizeof *shared);
  ngx_pool_cleanup_t *cleanup = ngx_pool_cleanup_add(cf->pool, 0);
  if (!shared || !cleanup) {
    return NULL;
  }
  shared->zone_size = NGX_CONF_UNSET_SIZE;
  cleanup->handler = free_rules;
  cleanup->data = shared;
  return shared;
}

void *gate_conf_create(ngx_conf_t *cf) {
  gate_conf *conf = ngx_pcalloc(cf->pool, sizeof *conf);
  if (!conf) {
    return NULL;
  }
  for (int i = 0; i < GATE_DIRECTIONS; i++) {
    conf->mode[i] = NGX_CONF_UNSET_UINT;
    conf->unchecked_blocks[i] = NGX_CONF_UNSET_UINT;
  }
  conf->unknown_route = NGX_CONF_UNSET_UINT;
  conf->max_body = NGX_CONF_UNSET_SIZE;
  return conf;
}

static void inherit(gate_conf *conf, const gate_conf *parent) {
  for (int i = 0; i < GATE_DIRECTIONS; i++) {
    ngx_conf_merge_uint_value(conf->mode[i], parent->mode[i], GATE_OFF);
    ngx_conf_merge_uint_value(conf->unchecked_blocks[i], parent->unchecked_blocks[i], i == GATE_REQUEST);
  }
  ngx_conf_merge_uint_value(conf->unknown_route, parent->unknown_route, GATE_OFF);
  ngx_conf_merge_size_value(conf->max_body, parent->max_body, MAX_BODY);
  ngx_conf_merge_str_value(conf->provider, parent->provider, "");
  ngx_conf_merge_str_value(conf->operation_name, parent->operation_name, "");
  conf->paths = conf->paths ? conf->paths : parent->paths;
  conf->shadow_paths = conf->shadow_paths ? conf->shadow_paths : parent->shadow_paths;
  conf->modes = conf->modes ? conf->modes : parent->modes;
}

static bool can_block(const gate_conf *conf, gate_direction direction) {
  bool blocks = gate_mode_most(conf->modes, (gate_mode)conf->mode[direction]) == GATE_BLOCK ||
                (direction == GATE_REQUEST && conf->unknown_route == GATE_BLOCK);
  return blocks && conf->mode[direction] != GATE_OFF;
}

static char *load_rules(ngx_conf_t *cf, gate_conf *conf, gate_main *shared) {
  conf->rules.rules = gate_rules_get(cf, &shared->rules, conf->paths, conf->provider);
  if (!conf->rules.rules) {
    return NGX_CONF_ERROR;
  }
  if (conf->operation_name.len == 0) {
    gate_rules_warn_ambiguous(cf, conf->rules.rules);
  } else {
    bdc_status status =
        bdc_operation_search(gate_rules_set(conf->rules.rules), gate_text(conf->operation_name), &conf->rules.operation, NULL, 0, NULL);
    if (status != BDC_OK) {
      ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "bodycheck_operation \"%V\": %s", &conf->operation_name, bdc_status_text(status));
      return NGX_CONF_ERROR;
    }
  }
  return NGX_CONF_OK;
}

/* A shadow need not have the operation: then it says that it knows none. */
static char *load_shadow(ngx_conf_t *cf, gate_conf *conf, gate_main *shared) {
  conf->shadow.is_shadow = true;
  if (!conf->shadow_paths || conf->shadow_paths->nelts == 0) {
    return NGX_CONF_OK;
  }
  conf->shadow.rules = gate_rules_get(cf, &shared->rules, conf->shadow_paths, conf->provider);
  if (!conf->shadow.rules) {
    return NGX_CONF_ERROR;
  }
  if (conf->operation_name.len) {
    (void)bdc_operation_search(gate_rules_set(conf->shadow.rules), gate_text(conf->operation_name), &conf->shadow.operation, NULL, 0,
                               NULL);
  }
  return NGX_CONF_OK;
}

char *gate_conf_merge(ngx_conf_t *cf, void *parent, void *child) {
  gate_conf *conf = child;
  gate_main *shared = ngx_http_conf_get_module_main_conf(cf, ngx_http_bodycheck_module);
  inherit(conf, parent);
  if (conf->mode[GATE_REQUEST] == GATE_OFF && conf->mode[GATE_RESPONSE] == GATE_OFF) {
    return NGX_CONF_OK;
  }
  shared->used = true;
  for (int i = 0; i < GATE_DIRECTIONS; i++) {
    conf->holds[i] = can_block(conf, (gate_direction)i);
  }
  char *status = load_rules(cf, conf, shared);
  return status == NGX_CONF_OK ? load_shadow(cf, conf, shared) : status;
}
