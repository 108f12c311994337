/* SPDX-License-Identifier: MIT */
/* Loading and freeing rule sets: the public functions. */
#include "base/str.h"
#include "rules/builtin.h"
#include "rules/load.h"

static void add_builtin(bdc__load *load) {
  bool room = load->status == BDC_OK;
  for (size_t i = 0; room && i < bdc__builtin_count; i++) {
    bdc__input input = { .name = bdc__builtin_texts[i].name, .text = bdc__builtin_texts[i].text };
    room = bdc__load_add(load, &input);
  }
}

/* What is made of a text points into it, so it is copied; embedded ones stay where they are. */
static bool add_text(bdc__load *load, const bdc_rule_text *text) {
  bdc__input input = { .given = true };
  if (!bdc__arena_copy(&load->arena, text->name, &input.name) || !bdc__arena_copy(&load->arena, text->text, &input.text)) {
    bdc__load_fail(load, BDC_ERR_MEMORY);
    return false;
  }
  return bdc__load_add(load, &input);
}

bdc_status bdc_ruleset_builtin(const bdc_options *options, bdc_ruleset **out) {
  bdc__load load;
  if (!out) {
    return BDC_ERR_ARGUMENT;
  }
  *out = NULL;
  bdc_status status = bdc__load_begin(&load, options, NULL);
  if (status != BDC_OK) {
    return status;
  }
  add_builtin(&load);
  return bdc__load_end(&load, out);
}

static bool paths_valid(const char *const paths[], size_t count) {
  bool valid = count == 0 || paths;
  for (size_t i = 0; valid && i < count; i++) {
    valid = paths[i] != NULL;
  }
  return valid;
}

bdc_status bdc_ruleset_load(const char *const paths[], size_t path_count, const bdc_options *options, bdc_ruleset **out,
                            const bdc_diagnostics *diagnostics) {
  bdc__load load;
  if (!out) {
    return BDC_ERR_ARGUMENT;
  }
  *out = NULL;
  bdc_status status = paths_valid(paths, path_count) ? bdc__load_begin(&load, options, diagnostics) : BDC_ERR_ARGUMENT;
  if (status != BDC_OK) {
    return status;
  }
  if (!load.options->without_builtin) {
    add_builtin(&load);
  }
  bool room = load.status == BDC_OK;
  for (size_t i = 0; room && i < path_count; i++) {
    room = bdc__load_add_path(&load, paths[i]);
  }
  return bdc__load_end(&load, out);
}

static bool texts_valid(const bdc_rule_text *texts, size_t count) {
  bool valid = count == 0 || texts;
  for (size_t i = 0; valid && i < count; i++) {
    valid = (texts[i].text.size == 0 || texts[i].text.data) && (texts[i].name.size == 0 || texts[i].name.data);
  }
  return valid;
}

bdc_status bdc_ruleset_parse(const bdc_rule_text *texts, size_t text_count, const bdc_options *options, bdc_ruleset **out,
                             const bdc_diagnostics *diagnostics) {
  bdc__load load;
  if (!out) {
    return BDC_ERR_ARGUMENT;
  }
  *out = NULL;
  bdc_status status = texts_valid(texts, text_count) ? bdc__load_begin(&load, options, diagnostics) : BDC_ERR_ARGUMENT;
  if (status != BDC_OK) {
    return status;
  }
  if (!load.options->without_builtin) {
    add_builtin(&load);
  }
  bool room = load.status == BDC_OK;
  for (size_t i = 0; room && i < text_count; i++) {
    room = add_text(&load, &texts[i]);
  }
  return bdc__load_end(&load, out);
}

void bdc_ruleset_free(bdc_ruleset *ruleset) {
  if (!ruleset) {
    return;
  }
  bdc__arena arena = ruleset->arena;
  for (size_t i = 0; i < ruleset->pattern_count; i++) {
    bdc__pattern_free(&arena.allocator, (bdc__pattern *)ruleset->patterns[i]); /* the rule set owns them */
  }
  bdc__arena_free(&arena);
}
