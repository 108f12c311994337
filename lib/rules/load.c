/* SPDX-License-Identifier: MIT */
/* A load from its options to a sealed rule set: which texts count, their parsing, and what only all of them together show. */
#include "rules/parse.h"

void bdc__load_fail(bdc__load *load, bdc_status status) {
  bool worse = load->status == BDC_OK || status == BDC_ERR_MEMORY || (status == BDC_ERR_IO && load->status == BDC_ERR_RULES);
  load->status = worse ? status : load->status;
}

static bool no_memory(bdc__load *load) {
  bdc__load_fail(load, BDC_ERR_MEMORY);
  return false;
}

bool bdc__load_keep_pattern(bdc__load *load, bdc__pattern *pattern) {
  bdc__pattern **kept = bdc__list_add(&load->patterns, &load->scratch, sizeof(*kept));
  if (!kept) {
    bdc__pattern_free(&load->arena.allocator, pattern);
    return no_memory(load);
  }
  *kept = pattern;
  return true;
}

/* ---- beginning ---- */

static bool add_defines(bdc__load *load) {
  for (size_t i = 0; i < load->options->define_count; i++) {
    bdc__define *define = bdc__list_add(&load->defines, &load->scratch, sizeof(*define));
    bdc_str name = bdc__str(load->options->defines[i].name);
    bdc_str value = bdc__str(load->options->defines[i].value);
    if (!define || !bdc__arena_copy(&load->arena, name, &define->name) || !bdc__arena_copy(&load->arena, value, &define->value)) {
      return false;
    }
  }
  return true;
}

static bool begin(bdc__load *load) {
  load->ruleset = bdc__arena_alloc(&load->arena, 1, sizeof(*load->ruleset));
  return load->ruleset && bdc__arena_copy(&load->arena, bdc__str(load->options->provider), &load->ruleset->provider) &&
         add_defines(load);
}

static bool options_valid(const bdc_options *options) {
  bool valid = options->define_count == 0 || options->defines;
  for (size_t i = 0; valid && i < options->define_count; i++) {
    valid = options->defines[i].name && options->defines[i].value;
  }
  if (options->allocator) {
    valid = valid && options->allocator->allocate && options->allocator->release;
  }
  return valid;
}

bdc_status bdc__load_begin(bdc__load *load, const bdc_options *options, const bdc_diagnostics *diagnostics) {
  static const bdc_options defaults = { .provider = NULL };
  *load = (bdc__load){ .options = options ? options : &defaults, .diagnostics = diagnostics };
  if (!options_valid(load->options)) {
    return BDC_ERR_ARGUMENT;
  }
  bdc__arena_init(&load->arena, load->options->allocator);
  bdc__arena_init(&load->scratch, load->options->allocator);
  if (!begin(load)) {
    no_memory(load);
  }
  return BDC_OK;
}

bool bdc__load_add(bdc__load *load, const bdc__input *input) {
  bdc__input *added = bdc__list_add(&load->inputs, &load->scratch, sizeof(*added));
  if (!added) {
    return no_memory(load);
  }
  *added = *input;
  return input->trouble || bdc__parse_identity(&load->scratch, input->text, &added->identity) || no_memory(load);
}

/* ---- which texts count ---- */

/* Given tables replace the embedded ones of their service; a second given one is a rival, and a mistake. */
static bool compare_inputs(bdc__load *load, bdc__map *given) {
  bdc__input *inputs = load->inputs.items;
  for (size_t i = 0; i < load->inputs.count; i++) {
    if (!inputs[i].given || inputs[i].identity.size == 0) {
      continue;
    }
    inputs[i].rival = bdc__map_get(given, inputs[i].identity) != NULL;
    if (!inputs[i].rival && !bdc__map_set(given, &load->scratch, inputs[i].identity, &inputs[i])) {
      return no_memory(load);
    }
  }
  return true;
}

static void tell_trouble(bdc__load *load, const bdc__input *input) {
  bdc__load_fail(load, BDC_ERR_IO);
  bdc__mistakes mistakes = { .file = input->name, .scratch = &load->scratch };
  bdc__mistake(&mistakes, 0, 0, "%s", input->trouble);
  if (!bdc__mistakes_report(&mistakes, load->diagnostics)) {
    no_memory(load);
  }
}

static void parse_inputs(bdc__load *load) {
  bdc__map given = { 0 };
  load->services = bdc__arena_alloc(&load->arena, load->inputs.count + 1, sizeof(*load->services));
  if (!load->services || !compare_inputs(load, &given)) {
    no_memory(load);
    return;
  }
  const bdc__input *inputs = load->inputs.items;
  for (size_t i = 0; i < load->inputs.count && load->status != BDC_ERR_MEMORY; i++) {
    if (inputs[i].trouble) {
      tell_trouble(load, &inputs[i]);
    } else if (inputs[i].given || !bdc__map_get(&given, inputs[i].identity)) {
      bdc__parse(load, &inputs[i]);
    }
  }
}

/* ---- defines ---- */

static void tell_unused(bdc__load *load, bdc__mistakes *mistakes) {
  const bdc__define *defines = load->defines.items;
  for (size_t i = 0; i < load->defines.count; i++) {
    if (!defines[i].used) {
      bdc__mistake(mistakes, 0, 0, "no class \"%.*s\" in any rule file; expected the name of one", BDC__SHOWN(defines[i].name));
    }
  }
}

static void tell_defines(bdc__load *load, bdc__mistakes *mistakes) {
  /* Of files that were not read to the end nothing is known. */
  if (!load->unread && load->status != BDC_ERR_IO) {
    tell_unused(load, mistakes);
  }
  if (mistakes->list.count) {
    bdc__load_fail(load, BDC_ERR_RULES);
  }
  if (!bdc__mistakes_report(mistakes, load->diagnostics)) {
    no_memory(load);
  }
}

/* ---- sealing ---- */

static bool seal_router(bdc__load *load) {
  bdc_ruleset *ruleset = load->ruleset;
  bdc__route *routes = bdc__arena_alloc(&load->arena, ruleset->operation_count + 1, sizeof(*routes));
  if (!routes) {
    return false;
  }
  for (size_t i = 0; i < ruleset->operation_count; i++) {
    routes[i] = (bdc__route){ .method = ruleset->operations[i].method, .path = ruleset->operations[i].path };
  }
  ruleset->router = bdc__router_new(&load->arena, routes, ruleset->operation_count);
  return ruleset->router != NULL;
}

static bool seal(bdc__load *load) {
  bdc_ruleset *ruleset = load->ruleset;
  ruleset->operations = bdc__list_seal(&load->operations, &load->arena, sizeof(*ruleset->operations));
  ruleset->patterns = bdc__list_seal(&load->patterns, &load->arena, sizeof(*ruleset->patterns));
  if (!ruleset->operations || !ruleset->patterns) {
    return false;
  }
  ruleset->services = load->services;
  ruleset->service_count = load->service_count;
  ruleset->operation_count = load->operations.count;
  ruleset->pattern_count = load->patterns.count;
  ruleset->words_max = load->words_max;
  for (size_t i = 0; i < ruleset->service_count; i++) {
    ruleset->names_hosts = ruleset->names_hosts || ruleset->services[i].host_count;
  }
  return seal_router(load);
}

/* ---- end ---- */

static void drop(bdc__load *load) {
  bdc__pattern **patterns = load->patterns.items;
  for (size_t i = 0; i < load->patterns.count; i++) {
    bdc__pattern_free(&load->arena.allocator, patterns[i]);
  }
  bdc__arena_free(&load->arena);
}

bdc_status bdc__load_end(bdc__load *load, bdc_ruleset **out) {
  bdc__mistakes of_defines = { .file = BDC_STR("--define"), .scratch = &load->scratch };
  if (load->status == BDC_OK) {
    bdc__defines_check(load, &of_defines);
  }
  if (load->status != BDC_ERR_MEMORY) {
    parse_inputs(load);
  }
  if (load->status != BDC_ERR_MEMORY) {
    tell_defines(load, &of_defines);
  }
  if (load->status == BDC_OK && !seal(load)) {
    no_memory(load);
  }
  if (load->status == BDC_OK) {
    *out = load->ruleset;
    load->ruleset->arena = load->arena;
  } else {
    drop(load);
  }
  bdc__arena_free(&load->scratch);
  return load->status;
}
