/* SPDX-License-Identifier: MIT */
#include "load.h"

#include "descriptor.h"
#include "memory.h"
#include "suggest.h"
#include "text.h"

#include <bodycheck/table.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CANDIDATES_MAX = 16 };

bool cmd_defines_check(const char *command, const cmd_list *defines, cmd_output *out) {
  for (size_t i = 0; i < defines->count; i++) {
    const char *equals = strchr(defines->items[i], '=');
    if (!equals || equals == defines->items[i]) {
      cmd_error(out, "%s: --define takes NAME=VALUE, not '%s'", command, defines->items[i]);
      return false;
    }
  }
  return true;
}

/* NAME and VALUE of each "NAME=VALUE", apart. One block: the defines, then their text. */
static bdc_define *split_defines(const cmd_list *list) {
  size_t bytes = 0;
  for (size_t i = 0; i < list->count; i++) {
    bytes += strlen(list->items[i]) + 1;
  }
  bdc_define *defines = cmd_resize(NULL, list->count * sizeof(*defines) + bytes, 1);
  char *text = (char *)(defines + list->count);
  for (size_t i = 0; i < list->count; i++) {
    size_t size = strlen(list->items[i]) + 1;
    memcpy(text, list->items[i], size);
    char *equals = strchr(text, '=');
    *equals = '\0';
    defines[i] = (bdc_define){ .name = text, .value = equals + 1 };
    text += size;
  }
  return defines;
}

static void put_mistake(const bdc_diagnostic *diagnostic, void *context) {
  cmd_output *out = context;
  cmd_put_text(out, diagnostic->file);
  cmd_puts(out, ":");
  if (diagnostic->line > 0) {
    cmd_put_number(out, diagnostic->line);
    cmd_puts(out, ":");
    cmd_put_number(out, diagnostic->column);
    cmd_puts(out, ":");
  }
  cmd_puts(out, " error: ");
  cmd_put_text(out, diagnostic->message);
  cmd_puts(out, "\n");
}

bdc_status cmd_rules_parse(const cmd_load *load, const char *only, cmd_output *mistakes, bdc_ruleset **out) {
  bdc_define *defines = split_defines(&load->defines);
  bdc_options options = { .provider = load->provider ? load->provider : CMD_DEFAULT_PROVIDER,
                          .defines = defines,
                          .define_count = load->defines.count,
                          .without_builtin = only != NULL };
  bdc_diagnostics diagnostics = { put_mistake, mistakes };
  bdc_status status = only ? bdc_ruleset_load(&only, 1, &options, out, &diagnostics)
                           : bdc_ruleset_load(load->rules.items, load->rules.count, &options, out, &diagnostics);
  free(defines);
  return status;
}

/* A provider that nothing comes from is a slip of the pen. */
static bool check_provider(const char *command, const cmd_load *load, const bdc_ruleset *ruleset, cmd_output *out) {
  cmd_suggestions near = { .wanted = cmd_str(load->provider) };
  for (size_t i = 0; load->provider && i < bdc_service_count(ruleset); i++) {
    bdc_str provider = bdc_service_describe(bdc_service_at(ruleset, i)).provider;
    if (cmd_equal(near.wanted, provider)) {
      return true;
    }
    cmd_suggest(&near, provider);
  }
  if (!load->provider) {
    return true;
  }
  cmd_output hint = CMD_MEMORY;
  cmd_suggestions_put(&near, "", &hint);
  cmd_puts(&hint, near.count == 0 ? "; 'bodycheck list' shows all" : "");
  cmd_error(out, "%s: unknown provider '%s'%.*s", command, load->provider, (int)hint.size, hint.data);
  cmd_output_free(&hint);
  return false;
}

bdc_ruleset *cmd_rules_load(const char *command, const cmd_load *load, cmd_output *out) {
  if (!cmd_defines_check(command, &load->defines, out)) {
    return NULL;
  }
  cmd_output mistakes = CMD_MEMORY;
  bdc_ruleset *ruleset = NULL;
  bdc_status status = cmd_rules_parse(load, NULL, &mistakes, &ruleset);
  if (status != BDC_OK) {
    cmd_flush(out);
    (void)cmd_write(STDERR_FILENO, mistakes.data, mistakes.size);
    if (mistakes.size == 0) {
      cmd_error(out, "%s: the rules cannot be loaded: %s", command, bdc_status_text(status));
    }
  } else if (!check_provider(command, load, ruleset, out)) {
    bdc_ruleset_free(ruleset);
    ruleset = NULL;
  }
  cmd_output_free(&mistakes);
  return ruleset;
}

static void put_unknown(const bdc_ruleset *ruleset, bdc_str name, cmd_output *why) {
  cmd_suggestions near = { .wanted = name };
  size_t count = bdc_operation_count(ruleset);
  for (size_t i = 0; i < count; i++) {
    cmd_suggest(&near, bdc_operation_describe(bdc_operation_at(ruleset, i)).name);
  }
  for (size_t i = 0; i < count; i++) {
    bdc_str full_name = bdc_operation_describe(bdc_operation_at(ruleset, i)).full_name;
    cmd_suggest(&near, name.size > 0 && memchr(name.data, '.', name.size) ? full_name : (bdc_str){ 0 });
  }
  cmd_puts(why, "unknown operation '");
  cmd_put(why, name);
  cmd_puts(why, "'");
  cmd_suggestions_put(&near, "", why);
  cmd_puts(why, near.count == 0 ? "; 'bodycheck list' shows all" : "");
}

static void put_ambiguous(const bdc_operation *const *candidates, size_t count, bdc_str name, cmd_output *why) {
  cmd_puts(why, "ambiguous operation '");
  cmd_put(why, name);
  cmd_puts(why, "': it may be ");
  for (size_t i = 0; i < count && i < CANDIDATES_MAX; i++) {
    cmd_puts(why, i == 0 ? "" : ", ");
    cmd_put(why, bdc_operation_describe(candidates[i]).full_name);
  }
  cmd_puts(why, count > CANDIDATES_MAX ? ", ..." : "");
}

const bdc_operation *cmd_operation_search(const bdc_ruleset *ruleset, bdc_str name, cmd_output *why) {
  const bdc_operation *operation = NULL;
  const bdc_operation *candidates[CANDIDATES_MAX] = { 0 };
  size_t count = 0;
  bdc_status status = bdc_operation_search(ruleset, name, &operation, candidates, CANDIDATES_MAX, &count);
  if (status == BDC_ERR_AMBIGUOUS) {
    put_ambiguous(candidates, count, name, why);
  } else if (status != BDC_OK) {
    put_unknown(ruleset, name, why);
  }
  return status == BDC_OK ? operation : NULL;
}

const bdc_operation *cmd_operation_find(const char *command, const bdc_ruleset *ruleset, const char *name, cmd_output *out) {
  cmd_output why = CMD_MEMORY;
  const bdc_operation *operation = cmd_operation_search(ruleset, cmd_str(name), &why);
  if (!operation) {
    cmd_error(out, "%s: %.*s", command, (int)why.size, why.data);
  }
  cmd_output_free(&why);
  return operation;
}
