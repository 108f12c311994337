/* SPDX-License-Identifier: MIT */
/*
 * A body shown to every kernel of the accepter: what one accepts, the precise engine must find nothing in; and the report must be the
 * same whatever the kernel. An input that begins like a body is held against every table; otherwise its first three bytes choose the
 * operation, the status and the limits, and the rest is the body. Where there is a byte 0, there is another body before it: if that is
 * valid, the one behind is held against its layout too.
 */
#include "accept/accept.h"
#include "check/checker.h"
#include "unit/lab.h"

#include "expect.h"

#include <string.h>

enum { HEAD = 3, SIZE_MAX_OF_BODY = 1 << 14, SETS = 2, LENSES = 2, KERNELS_MAX = 8, LAYOUT_MEMORY = 4096 };

/* Asking the machine each time would take longer than all the rest. */
static const bdc__kernel *kernels[KERNELS_MAX];
static size_t kernel_count;

typedef struct lens {
  bdc_checker *precise;
  bdc_checker *checkers[KERNELS_MAX]; /* in the order of the kernels */
} lens;

typedef struct rule_set {
  bdc_ruleset *ruleset;
  lens lenses[LENSES];
} rule_set;

static bdc_checker *checker_of(const bdc_ruleset *ruleset, bool small, const char *kernel) {
  bdc_settings settings = { .kernel = kernel };
  if (small) {
    settings.limits = (bdc_limits){ .depth = 4, .names = 3, .value_size = 48, .pattern_steps = 60 };
  }
  bdc_checker *checker;
  expect(bdc_checker_new(ruleset, &settings, &checker) == BDC_OK);
  return checker;
}

static void make_lenses(rule_set *set) {
  for (int small = 0; small < LENSES; small++) {
    set->lenses[small].precise = checker_of(set->ruleset, small, "none");
    for (size_t i = 0; i < kernel_count; i++) {
      set->lenses[small].checkers[i] = checker_of(set->ruleset, small, kernels[i]->name);
    }
  }
}

/* The embedded tables, and one that has every kind of row. Made once. */
static const rule_set *rule_sets(void) {
  static rule_set sets[SETS];
  if (!sets[0].ruleset) {
    while (kernel_count < KERNELS_MAX && (kernels[kernel_count] = bdc__kernel_at(kernel_count))) {
      kernel_count++;
    }
    const bdc_rule_text lab = { BDC_STR("lab.rules"), { lab_rules, sizeof lab_rules - 1 } };
    const bdc_options alone = { .without_builtin = true };
    expect(bdc_ruleset_builtin(NULL, &sets[0].ruleset) == BDC_OK);
    expect(bdc_ruleset_parse(&lab, 1, &alone, &sets[1].ruleset, NULL) == BDC_OK);
    for (size_t i = 0; i < SETS; i++) {
      make_lenses(&sets[i]);
    }
  }
  return sets;
}

/* What is to be told of a body, and one of the same table before it; size 0: there is none. */
typedef struct bodies {
  const uint8_t *text;
  size_t size;
  const uint8_t *before;
  size_t size_before;
} bodies;

/* A body's place in a table, and those who check it. */
typedef struct spot {
  const lens *through;
  const bdc_operation *operation;
  int http_status;
  const bdc__body *table;
} spot;

/* As the checker would tell a kernel. */
static bdc__accept_task task_at(const spot *at) {
  const bdc_checker *checker = at->through->precise;
  const bdc_limits *limits = &checker->settings.limits;
  return (bdc__accept_task){ .root = &at->table->root,
                             .service = at->operation->service,
                             .http_status = at->http_status,
                             .matcher = checker->matcher,
                             .depth_max = limits->depth,
                             .names_max = limits->names,
                             .value_size = limits->value_size };
}

static bool spotless(const spot *at, const uint8_t *body, size_t size) {
  bdc_checker *precise = at->through->precise;
  return bdc_check_body(precise, at->operation, at->http_status, body, size) == BDC_VALID &&
         bdc_checker_report(precise)->violation_count == 0;
}

static void expect_same_reports(const spot *at, const uint8_t *body, size_t size) {
  const lens *through = at->through;
  bdc_check_body(through->precise, at->operation, at->http_status, body, size);
  for (size_t i = 0; i < kernel_count; i++) {
    bdc_check_body(through->checkers[i], at->operation, at->http_status, body, size);
    expect_same(bdc_checker_report(through->precise), bdc_checker_report(through->checkers[i]));
  }
}

/* Without any style known, and in that of another body: the answer is the same. */
static void try_walks(const spot *at, const bodies *given) {
  bdc__accept_task task = task_at(at);
  for (size_t i = 0; i < kernel_count; i++) {
    bdc__accepter accept = kernels[i]->accept;
    if (accept) {
      bdc__styles styles = bdc__styles_compact();
      bool accepted = accept(&task, &styles, given->text, given->size);
      expect(!accepted || spotless(at, given->text, given->size));
      accept(&task, &styles, given->before, given->size_before);
      expect(accept(&task, &styles, given->text, given->size) == accepted);
    }
  }
}

static void try_layout(const spot *at, const bodies *given) {
  static bdc__layouts *layouts;
  if (!layouts) {
    const bdc_allocator allocator = bdc__allocator_or_default(NULL);
    layouts = bdc__layouts_new(&allocator, LAYOUT_MEMORY);
    expect(layouts != NULL);
  }
  bdc__accept_task task = task_at(at);
  if (given->size_before == 0 || !spotless(at, given->before, given->size_before) ||
      !bdc__layout_take(layouts, task.root, given->before)) {
    return;
  }
  const bdc__layout *layout = bdc__layout_place(layouts, task.root);
  for (size_t i = 0; i < kernel_count; i++) {
    expect(!kernels[i]->replay(&task, layout, given->text, given->size) || spotless(at, given->text, given->size));
  }
}

/* Number 0 is the request, those behind it are the responses in their order, and then comes a status that has no table of its own. */
static void try_body(const lens *through, const bdc_operation *operation, size_t number, bool reports, const bodies *given) {
  const int undocumented_status = 418;
  const bdc__body *response = number && number <= operation->response_count ? &operation->responses[number - 1] : NULL;
  const spot at = { .through = through,
                    .operation = operation,
                    .http_status = number == 0 ? 0
                                   : response  ? response->statuses[0]
                                               : undocumented_status,
                    .table = number == 0 ? operation->request : response };
  if (at.table) {
    try_walks(&at, given);
    try_layout(&at, given);
  }
  if (reports) {
    expect_same_reports(&at, given->before, given->size_before);
    expect_same_reports(&at, given->text, given->size);
  }
}

/* The reports are not compared: that would take most of the time. */
static void try_everywhere(const bodies *given) {
  for (size_t i = 0; i < SETS; i++) {
    const rule_set *set = &rule_sets()[i];
    for (size_t j = 0; j < bdc_operation_count(set->ruleset); j++) {
      const bdc_operation *operation = bdc_operation_at(set->ruleset, j);
      for (size_t number = 0; number < operation->response_count + 2; number++) {
        try_body(&set->lenses[0], operation, number, false, given);
      }
    }
  }
}

static void try_chosen(const uint8_t *head, const bodies *given) {
  const rule_set *set = &rule_sets()[head[0] % SETS];
  const bdc_operation *operation = bdc_operation_at(set->ruleset, head[0] / SETS % bdc_operation_count(set->ruleset));
  try_body(&set->lenses[head[2] % LENSES], operation, head[1] % (operation->response_count + 2), true, given);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  bool whole = size && (data[0] == '{' || data[0] == '[');
  if (size > SIZE_MAX_OF_BODY || (!whole && size <= HEAD)) {
    return 0;
  }
  size_t skip = whole ? 0 : HEAD;
  const uint8_t *zero = memchr(data + skip, 0, size - skip);
  size_t size_before = zero ? (size_t)(zero - data) - skip : 0;
  size_t begin = zero ? skip + size_before + 1 : skip;
  /* A copy of its own, so that whoever reads before or behind it is caught. */
  uint8_t *body = malloc(size - begin ? size - begin : 1);
  expect(body != NULL);
  memcpy(body, data + begin, size - begin);
  const bodies given = { .text = body, .size = size - begin, .before = data + skip, .size_before = size_before };
  if (whole) {
    try_everywhere(&given);
  } else {
    try_chosen(data, &given);
  }
  free(body);
  return 0;
}
