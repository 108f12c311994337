/* SPDX-License-Identifier: MIT */
/* Rule sets of a configuration, and each worker's stock of checkers for them. */
#ifndef BDC_GATEWAY_NGINX_RULES_H
#define BDC_GATEWAY_NGINX_RULES_H

#include "nginx.h"

typedef struct gate_rules gate_rules;

/* What a location checks against. */
typedef struct gate_subject {
  gate_rules *rules;              /* NULL: nothing */
  const bdc_operation *operation; /* NULL: found by the route */
  bool is_shadow;
} gate_subject;

/*
 * The rule set of these paths (of ngx_str_t; NULL: only the embedded tables) and this provider, from the list or loaded into it. All
 * mistakes of its files are logged. NULL on failure.
 */
gate_rules *gate_rules_get(ngx_conf_t *cf, gate_rules **list, const ngx_array_t *paths, ngx_str_t provider);

/* Warns, once, where the rules have a path that without a provider nobody can tell whose it is. */
void gate_rules_warn_ambiguous(ngx_conf_t *cf, gate_rules *rules);

/* Frees every rule set of a list and its checkers. */
void gate_rules_free(gate_rules *list);

const bdc_ruleset *gate_rules_set(const gate_rules *rules);

/* A checker of this worker. NULL: no memory. */
bdc_checker *gate_rules_take(gate_rules *rules);
void gate_rules_give(gate_rules *rules, bdc_checker *checker);

#endif
