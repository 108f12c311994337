/* SPDX-License-Identifier: MIT */
/* Operations by method and request target. */
#include "base/str.h"
#include "rules/ruleset.h"

typedef struct candidates {
  const bdc_operation **list;
  size_t capacity;
  size_t *count;
} candidates;

static void add(candidates *to, const bdc_operation *operation) {
  if (to->list && to->count && *to->count < to->capacity) {
    to->list[*to->count] = operation;
  }
  if (to->count) {
    ++*to->count;
  }
}

bdc_status bdc_route_search(const bdc_ruleset *ruleset, bdc_str provider, bdc_str method, bdc_str target, const bdc_operation **out,
                            const bdc_operation **list, size_t capacity, size_t *count) {
  size_t ignored;
  candidates found = { list, capacity, count ? count : &ignored };
  *out = NULL;
  *found.count = 0;
  bdc__route_match match = bdc__router_match(ruleset->router, target);
  bdc_str wanted = provider.size ? provider : ruleset->provider;
  size_t fitting = 0;
  size_t of_provider = 0;
  const bdc_operation *last = NULL;
  const bdc_operation *last_of_provider = NULL;
  for (size_t i = 0; i < match.count; i++) {
    const bdc_operation *operation = &ruleset->operations[match.routes[i]];
    if (!bdc__str_equal(operation->method, method)) {
      continue;
    }
    add(&found, operation);
    fitting++;
    last = operation;
    if (bdc__str_equal(operation->service->provider, wanted)) {
      of_provider++;
      last_of_provider = operation;
    }
  }
  if (fitting == 0) {
    for (size_t i = 0; i < match.count; i++) {
      add(&found, &ruleset->operations[match.routes[i]]);
    }
    return match.count ? BDC_ERR_NO_METHOD : BDC_ERR_NO_PATH;
  }
  if (of_provider == 1) {
    *out = last_of_provider;
    return BDC_OK;
  }
  /* A provider that the caller names is meant; that of the options only decides between several. */
  if (provider.size && of_provider == 0) {
    return BDC_ERR_NO_PATH;
  }
  if (fitting > 1) {
    return BDC_ERR_AMBIGUOUS;
  }
  *out = last;
  return BDC_OK;
}

bdc_status bdc_route(const bdc_ruleset *ruleset, bdc_str method, bdc_str target, const bdc_operation **out) {
  return bdc_route_search(ruleset, (bdc_str){ 0 }, method, target, out, NULL, 0, NULL);
}
