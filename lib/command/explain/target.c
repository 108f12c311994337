/* SPDX-License-Identifier: MIT */
#include "explain/target.h"

#include "explain/code.h"
#include "memory.h"
#include "suggest.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

void cmd_service_name_put(const bdc_service *service, cmd_output *out) {
  bdc_service_info info = bdc_service_describe(service);
  cmd_put_text(out, info.provider);
  cmd_puts(out, ".");
  cmd_put_text(out, info.name);
}

void cmd_target_name_put(const cmd_target *target, cmd_output *out) {
  if (target->operation) {
    cmd_put_text(out, bdc_operation_describe(target->operation).full_name);
    return;
  }
  cmd_put_text(out, target->code);
  cmd_puts(out, target->code.size > 0 ? " in " : "");
  cmd_service_name_put(target->service, out);
}

/* ---- what was asked for ---- */

static bool is_same(const cmd_target *a, const cmd_target *b) {
  return a->service == b->service && a->operation == b->operation && cmd_equal(a->code, b->code);
}

size_t cmd_targets_find(const cmd_targets *targets, const cmd_target *target) {
  size_t at = 0;
  while (at < targets->count && !is_same(&targets->items[at], target)) {
    at++;
  }
  return at;
}

/* Behind the last of its service that is of its kind, or at the end. */
static size_t place_for(const cmd_targets *targets, const cmd_target *target) {
  for (size_t i = targets->count; target->code.size == 0 && i > 0; i--) {
    if (targets->items[i - 1].service == target->service && targets->items[i - 1].code.size == 0) {
      return i;
    }
  }
  return targets->count;
}

static void add_target(cmd_targets *targets, cmd_target target) {
  if (cmd_targets_find(targets, &target) < targets->count) {
    return;
  }
  size_t at = place_for(targets, &target);
  targets->items = cmd_grow(targets->items, targets->count, &targets->capacity, sizeof(*targets->items));
  memmove(&targets->items[at + 1], &targets->items[at], (targets->count - at) * sizeof(*targets->items));
  targets->items[at] = target;
  targets->count++;
}

static void add_service(cmd_targets *targets, const bdc_ruleset *ruleset, const bdc_service *service) {
  bool empty = true;
  for (size_t i = 0; i < bdc_operation_count(ruleset); i++) {
    const bdc_operation *operation = bdc_operation_at(ruleset, i);
    if (bdc_operation_describe(operation).service == service) {
      add_target(targets, (cmd_target){ .service = service, .operation = operation });
      empty = false;
    }
  }
  if (empty) {
    add_target(targets, (cmd_target){ .service = service });
  }
}

static bool add_code(cmd_targets *targets, const bdc_ruleset *ruleset, const char *provider, bdc_str code) {
  bool known = false;
  for (size_t i = 0; i < bdc_service_count(ruleset); i++) {
    const bdc_service *service = bdc_service_at(ruleset, i);
    bool wanted = !provider || cmd_equal(bdc_service_describe(service).provider, cmd_str(provider));
    if (wanted && cmd_code_known(service, code)) {
      add_target(targets, (cmd_target){ .service = service, .code = code });
      known = true;
    }
  }
  return known;
}

/* ---- services ---- */

static bool is_full_name(const bdc_service *service, bdc_str name) {
  cmd_output full = CMD_MEMORY;
  cmd_service_name_put(service, &full);
  bool equal = cmd_equal(cmd_output_text(&full), name);
  cmd_output_free(&full);
  return equal;
}

/* Of several that have a short name that of the provider, as with operations. Puts the names that it may be to `names`. */
static const bdc_service *find_service(const bdc_ruleset *ruleset, const char *provider, bdc_str name, size_t *count,
                                       cmd_output *names) {
  const bdc_service *found = NULL;
  *count = 0;
  for (size_t i = 0; i < bdc_service_count(ruleset); i++) {
    const bdc_service *service = bdc_service_at(ruleset, i);
    bdc_service_info info = bdc_service_describe(service);
    bool named = cmd_equal(info.name, name);
    if (is_full_name(service, name) || (named && cmd_equal(info.provider, cmd_str(provider)))) {
      *count = 1;
      return service;
    }
    if (named) {
      cmd_puts(names, *count > 0 ? ", " : "");
      cmd_service_name_put(service, names);
      found = service;
      ++*count;
    }
  }
  return *count == 1 ? found : NULL;
}

/* ---- names that nothing has ---- */

/* The full names are written to `names`, which must last as long as what is near. */
static void offer_full_names(cmd_suggestions *near, const bdc_ruleset *ruleset, cmd_output *names) {
  for (size_t i = 0; i < bdc_service_count(ruleset); i++) {
    cmd_service_name_put(bdc_service_at(ruleset, i), names);
    cmd_puts(names, "\n");
  }
  for (size_t start = 0; start < names->size;) {
    const char *name = names->data + start;
    const char *end = memchr(name, '\n', names->size - start);
    cmd_suggest(near, (bdc_str){ name, (size_t)(end - name) });
    start = (size_t)(end - names->data) + 1;
  }
}

static void offer_codes(cmd_suggestions *near, const bdc_service *service) {
  bdc_service_info info = bdc_service_describe(service);
  for (size_t i = 0; i < info.code_count; i++) {
    cmd_suggest(near, bdc_service_code(service, i).code);
  }
  for (size_t i = 0; i < info.error_count; i++) {
    cmd_suggest(near, bdc_service_error(service, i).code);
  }
}

static void offer_all(cmd_suggestions *near, const bdc_ruleset *ruleset, cmd_output *names) {
  bool full = near->wanted.size > 0 && memchr(near->wanted.data, '.', near->wanted.size);
  for (size_t i = 0; i < bdc_operation_count(ruleset); i++) {
    bdc_operation_info info = bdc_operation_describe(bdc_operation_at(ruleset, i));
    cmd_suggest(near, info.name);
    cmd_suggest(near, full ? info.full_name : (bdc_str){ 0 });
  }
  for (size_t i = 0; i < bdc_service_count(ruleset); i++) {
    const bdc_service *service = bdc_service_at(ruleset, i);
    cmd_suggest(near, bdc_service_describe(service).name);
    offer_codes(near, service);
  }
  if (full) {
    offer_full_names(near, ruleset, names);
  }
}

static void tell_unknown(const bdc_ruleset *ruleset, const cmd_load *load, const char *operand, cmd_output *out) {
  cmd_targets elsewhere = { 0 };
  cmd_output hint = CMD_MEMORY;
  cmd_output names = CMD_MEMORY;
  if (load->provider && add_code(&elsewhere, ruleset, NULL, cmd_str(operand))) {
    cmd_error(out, "explain: no service of provider '%s' documents the code '%s'; without --provider all are shown", load->provider,
              operand);
  } else {
    cmd_suggestions near = { .wanted = cmd_str(operand) };
    offer_all(&near, ruleset, &names);
    cmd_suggestions_put(&near, "", &hint);
    cmd_puts(&hint, near.count == 0 ? "; 'bodycheck list' shows all operations" : "");
    cmd_error(out, "explain: unknown operation, service or code '%s'%.*s", operand, (int)hint.size, hint.data);
  }
  cmd_output_free(&hint);
  cmd_output_free(&names);
  cmd_targets_free(&elsewhere);
}

/* ---- operands ---- */

static bool add_service_or_code(cmd_targets *targets, const bdc_ruleset *ruleset, const cmd_load *load, const char *operand,
                                cmd_output *out) {
  cmd_output names = CMD_MEMORY;
  size_t count;
  const char *provider = load->provider ? load->provider : CMD_DEFAULT_PROVIDER;
  const bdc_service *service = find_service(ruleset, provider, cmd_str(operand), &count, &names);
  bool added = true;
  if (service) {
    add_service(targets, ruleset, service);
  } else if (count > 1) {
    cmd_error(out, "explain: ambiguous service '%s': it may be %.*s", operand, (int)names.size, names.data);
    added = false;
  } else if (!add_code(targets, ruleset, load->provider, cmd_str(operand))) {
    tell_unknown(ruleset, load, operand, out);
    added = false;
  }
  cmd_output_free(&names);
  return added;
}

bool cmd_targets_add(cmd_targets *targets, const bdc_ruleset *ruleset, const cmd_load *load, const char *operand, cmd_output *out) {
  const bdc_operation *operation = NULL;
  bdc_status status = bdc_operation_search(ruleset, cmd_str(operand), &operation, NULL, 0, NULL);
  if (status == BDC_ERR_AMBIGUOUS) {
    cmd_operation_find("explain", ruleset, operand, out); /* which tells what it may be */
    return false;
  }
  if (status != BDC_OK) {
    return add_service_or_code(targets, ruleset, load, operand, out);
  }
  add_target(targets, (cmd_target){ .service = bdc_operation_describe(operation).service, .operation = operation });
  return true;
}

bool cmd_targets_alone(const cmd_targets *targets) {
  return targets->count == 1;
}

void cmd_targets_free(cmd_targets *targets) {
  free(targets->items);
  *targets = (cmd_targets){ 0 };
}
