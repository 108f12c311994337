/* SPDX-License-Identifier: MIT */
/* Operations by their full name or by its end. */
#include "base/str.h"
#include "rules/ruleset.h"

/* "apig.UpdateAppV2" fits "huaweicloud.apig.UpdateAppV2": the end of a full name that starts behind a point. */
static bool fits(bdc_str full_name, bdc_str name) {
  if (name.size == 0 || name.size > full_name.size) {
    return false;
  }
  size_t start = full_name.size - name.size;
  return (start == 0 || full_name.data[start - 1] == '.') && bdc__str_equal(bdc__str_from(full_name, start), name);
}

/* What a search has found so far. */
typedef struct findings {
  const bdc_operation *first;
  const bdc_operation *of_provider;
  size_t count;
  size_t count_of_provider;
} findings;

static void note(findings *found, const bdc_ruleset *ruleset, const bdc_operation *operation) {
  found->first = found->first ? found->first : operation;
  found->count++;
  if (bdc__str_equal(operation->service->provider, ruleset->provider)) {
    found->of_provider = operation;
    found->count_of_provider++;
  }
}

bdc_status bdc_operation_search(const bdc_ruleset *ruleset, bdc_str name, const bdc_operation **out, const bdc_operation **candidates,
                                size_t capacity, size_t *count) {
  findings found = { .count = 0 };
  for (size_t i = 0; i < ruleset->operation_count; i++) {
    const bdc_operation *operation = &ruleset->operations[i];
    if (!fits(operation->full_name, name)) {
      continue;
    }
    if (candidates && found.count < capacity) {
      candidates[found.count] = operation;
    }
    note(&found, ruleset, operation);
  }
  const bdc_operation *chosen = found.count == 1 ? found.first : found.count_of_provider == 1 ? found.of_provider : NULL;
  if (count) {
    *count = found.count;
  }
  if (out) {
    *out = chosen;
  }
  if (chosen) {
    return BDC_OK;
  }
  return found.count ? BDC_ERR_AMBIGUOUS : BDC_ERR_NO_OPERATION;
}

const bdc_operation *bdc_operation_find(const bdc_ruleset *ruleset, const char *name) {
  const bdc_operation *operation = NULL;
  bdc_operation_search(ruleset, bdc__str(name), &operation, NULL, 0, NULL);
  return operation;
}
