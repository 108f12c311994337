/* SPDX-License-Identifier: MIT */
#include "rules.h"

enum { STOCK = 64 }; /* checkers that a worker keeps for the next message; further ones are freed after use */

struct gate_rules {
  gate_rules *next;
  const ngx_array_t *paths;
  ngx_str_t provider;
  bdc_ruleset *set;
  bool warned; /* of paths that are ambiguous */
  bdc_checker *stock[STOCK];
  size_t stocked;
  bool made; /* the first checker */
};

static bool same_text(ngx_str_t a, ngx_str_t b) {
  return gate_same(gate_text(a), gate_text(b));
}

static bool same_paths(const ngx_array_t *a, const ngx_array_t *b) {
  size_t count = a ? a->nelts : 0;
  if (count != (b ? b->nelts : 0)) {
    return false;
  }
  for (size_t i = 0; i < count; i++) {
    if (!same_text(((const ngx_str_t *)a->elts)[i], ((const ngx_str_t *)b->elts)[i])) {
      return false;
    }
  }
  return true;
}

/* A mistake in a rule file. Compilers' form, so that editors find the place. */
static void log_mistake(const bdc_diagnostic *diagnostic, void *context) {
  ngx_conf_t *cf = context;
  ngx_str_t file = gate_ngx(diagnostic->file);
  ngx_str_t message = gate_ngx(diagnostic->message);
  if (diagnostic->line) {
    ngx_log_error(NGX_LOG_EMERG, cf->log, 0, "bodycheck: %V:%uz:%uz: %V", &file, diagnostic->line, diagnostic->column, &message);
  } else {
    ngx_log_error(NGX_LOG_EMERG, cf->log, 0, "bodycheck: %V: %V", &file, &message);
  }
}

/* The paths as the library wants them. NULL: no memory. */
static const char **path_list(ngx_conf_t *cf, const ngx_array_t *paths) {
  const char **list = ngx_palloc(cf->temp_pool, (paths->nelts + 1) * sizeof *list);
  for (size_t i = 0; list && i < paths->nelts; i++) {
    list[i] = (const char *)((const ngx_str_t *)paths->elts)[i].data;
  }
  return list;
}

static bdc_status load(ngx_conf_t *cf, gate_rules *rules) {
  bdc_options options = { .provider = rules->provider.len ? (const char *)rules->provider.data : NULL };
  bdc_diagnostics diagnostics = { log_mistake, cf };
  if (!rules->paths || rules->paths->nelts == 0) {
    return bdc_ruleset_builtin(&options, &rules->set);
  }
  const char **paths = path_list(cf, rules->paths);
  if (!paths) {
    return BDC_ERR_MEMORY;
  }
  return bdc_ruleset_load(paths, rules->paths->nelts, &options, &rules->set, &diagnostics);
}

gate_rules *gate_rules_get(ngx_conf_t *cf, gate_rules **list, const ngx_array_t *paths, ngx_str_t provider) {
  for (gate_rules *known = *list; known; known = known->next) {
    if (same_paths(known->paths, paths) && same_text(known->provider, provider)) {
      return known;
    }
  }
  gate_rules *rules = ngx_pcalloc(cf->pool, sizeof *rules);
  if (!rules) {
    return NULL;
  }
  rules->paths = paths;
  rules->provider = provider;
  bdc_status status = load(cf, rules);
  if (status != BDC_OK) {
    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "bodycheck: the rules are not loaded: %s", bdc_status_text(status));
    return NULL;
  }
  rules->next = *list;
  *list = rules;
  return rules;
}

/*
 * Whether no host tells the operations apart that have the path of this one. A template is a target of its own operation, and of all others
 * that it cannot be told from; an unknown host leaves those whose services name none.
 */
static bool is_ambiguous(const bdc_ruleset *set, bdc_operation_info info) {
  const bdc_operation *found;
  bdc_header host = { BDC_STR("Host"), BDC_STR("host.invalid") };
  bdc_request request = { .method = info.method, .target = info.path, .headers = &host, .header_count = 1 };
  return bdc_route_request(set, &request, &found, NULL, 0, NULL) == BDC_ERR_AMBIGUOUS;
}

void gate_rules_warn_ambiguous(ngx_conf_t *cf, gate_rules *rules) {
  for (size_t i = 0; !rules->warned && i < bdc_operation_count(rules->set); i++) {
    bdc_operation_info info = bdc_operation_describe(bdc_operation_at(rules->set, i));
    if (is_ambiguous(rules->set, info)) {
      ngx_str_t method = gate_ngx(info.method);
      ngx_str_t path = gate_ngx(info.path);
      ngx_conf_log_error(NGX_LOG_WARN, cf, 0,
                         "bodycheck: several providers document %V %V, and messages to it cannot be checked; set bodycheck_provider",
                         &method, &path);
      rules->warned = true;
    }
  }
}

void gate_rules_free(gate_rules *list) {
  for (gate_rules *rules = list; rules; rules = rules->next) {
    while (rules->stocked) {
      bdc_checker_free(rules->stock[--rules->stocked]);
    }
    bdc_ruleset_free(rules->set);
    rules->set = NULL;
  }
}

const bdc_ruleset *gate_rules_set(const gate_rules *rules) {
  return rules->set;
}

bdc_checker *gate_rules_take(gate_rules *rules) {
  if (rules->stocked) {
    return rules->stock[--rules->stocked];
  }
  /* The size of bodies is for each location to limit: see check.c. The first checker is mostly the only one, and sees all operations. */
  bdc_settings settings = { .limits = { .body_size = UINT32_MAX }, .layout_memory = rules->made ? 0 : 64 * 1024 };
  bdc_checker *checker;
  rules->made = true;
  return bdc_checker_new(rules->set, &settings, &checker) == BDC_OK ? checker : NULL;
}

void gate_rules_give(gate_rules *rules, bdc_checker *checker) {
  if (rules->set && rules->stocked < STOCK) {
    rules->stock[rules->stocked++] = checker;
  } else {
    bdc_checker_free(checker);
  }
}
