/* SPDX-License-Identifier: MIT */
/* The life of a checker and of a check: settings and memory, begin, feed, end. */
#include "check/checker.h"

#include "base/random.h"

#include <stdlib.h>

enum { BODY_SIZE = 12 * 1024 * 1024, DEPTH = 128, NAMES = 2048, VALUE_SIZE = 4096, VIOLATIONS = 100, PATTERN_STEPS = 100000 };
enum { LAYOUT_MEMORY = 4096 };

static bdc_settings settings_or_default(const bdc_settings *given) {
  bdc_settings settings = given ? *given : (bdc_settings){ 0 };
  bdc_limits *limits = &settings.limits;
  limits->body_size = limits->body_size ? limits->body_size : BODY_SIZE;
  limits->depth = limits->depth ? limits->depth : DEPTH;
  limits->names = limits->names ? limits->names : NAMES;
  limits->value_size = limits->value_size ? limits->value_size : VALUE_SIZE;
  limits->violations = limits->violations ? limits->violations : VIOLATIONS;
  limits->pattern_steps = limits->pattern_steps ? limits->pattern_steps : PATTERN_STEPS;
  settings.layout_memory = settings.layout_memory ? settings.layout_memory : LAYOUT_MEMORY;
  return settings;
}

static bool settings_allowed(const bdc_settings *settings) {
  const bdc_limits *limits = &settings->limits;
  const size_t count_max = 1u << 28; /* keeps every product below within size_t, and slots within 32 bits */
  return limits->body_size <= UINT32_MAX && limits->depth <= UINT16_MAX && limits->names <= count_max &&
         limits->value_size <= count_max && limits->violations <= count_max / 16 && settings->layout_memory <= count_max;
}

static void *allocate(const bdc_checker *checker, size_t count, size_t size) {
  void *memory = checker->allocator.allocate(count * size, checker->allocator.context);
  return memory ? memset(memory, 0, count * size) : NULL;
}

static bdc_status allocate_parts(bdc_checker *checker) {
  const bdc_limits *limits = &checker->settings.limits;
  size_t words = checker->ruleset->words_max;
  checker->frames = allocate(checker, limits->depth, sizeof checker->frames[0]);
  checker->seen = allocate(checker, limits->depth * words, sizeof checker->seen[0]);
  checker->head_missing = allocate(checker, words, sizeof checker->head_missing[0]);
  checker->containers = allocate(checker, BDC__JSON_CONTAINER_BYTES(limits->depth), 1);
  checker->value = allocate(checker, limits->value_size, 1);
  checker->path = allocate(checker, BDC__PATH_SIZE, 1);
  checker->text = allocate(checker, BDC__REPORT_TEXT_SIZE, 1);
  checker->violations = allocate(checker, limits->violations, sizeof checker->violations[0]);
  checker->layouts = checker->kernel ? bdc__layouts_new(&checker->allocator, checker->settings.layout_memory) : NULL;
  if (!checker->frames || !checker->seen || !checker->head_missing || !checker->containers || !checker->value || !checker->path ||
      !checker->text || !checker->violations || (checker->kernel && !checker->layouts)) {
    return BDC_ERR_MEMORY;
  }
  bdc_status status = bdc__names_new(&checker->allocator, limits->names, &checker->names);
  if (status != BDC_OK) {
    return status;
  }
  checker->names.key = bdc__random_key();
  return bdc__matcher_new(&checker->allocator, checker->ruleset->patterns, checker->ruleset->pattern_count, limits->pattern_steps,
                          &checker->matcher);
}

static const char no_kernel[] = "none";

/* The kernel that the settings or the environment ask for: false where this machine has none of that name. */
static bool choose_kernel(const char *name, const bdc__kernel **out) {
  name = name ? name : getenv("BODYCHECK_KERNEL");
  if (!name || strcmp(name, no_kernel) == 0) {
    *out = name ? NULL : bdc__kernel_at(0);
    return true;
  }
  *out = bdc__kernel_named(name);
  return *out != NULL;
}

bdc_status bdc_checker_new(const bdc_ruleset *ruleset, const bdc_settings *settings, bdc_checker **out) {
  if (!out) {
    return BDC_ERR_ARGUMENT;
  }
  *out = NULL;
  bdc_settings filled = settings_or_default(settings);
  const bdc__kernel *kernel;
  if (!ruleset || !settings_allowed(&filled) || !choose_kernel(filled.kernel, &kernel)) {
    return BDC_ERR_ARGUMENT;
  }
  bdc_allocator allocator = bdc__allocator_or_default(filled.allocator);
  bdc_checker *checker = allocator.allocate(sizeof *checker, allocator.context);
  if (!checker) {
    return BDC_ERR_MEMORY;
  }
  *checker = (bdc_checker){
    .ruleset = ruleset, .allocator = allocator, .settings = filled, .kernel = kernel, .styles = bdc__styles_compact()
  };
  bdc_status status = allocate_parts(checker);
  if (status != BDC_OK) {
    bdc_checker_free(checker);
    return status;
  }
  checker->task = (bdc__accept_task){ .matcher = checker->matcher,
                                      .depth_max = filled.limits.depth,
                                      .names_max = filled.limits.names,
                                      .value_size = filled.limits.value_size,
                                      .codes_match = filled.limits.pattern_steps >= BDC__CODE_STEPS };
  bdc__report_begin(checker);
  *out = checker;
  return BDC_OK;
}

static void release(const bdc_checker *checker, void *memory) {
  checker->allocator.release(memory, checker->allocator.context);
}

void bdc_checker_free(bdc_checker *checker) {
  if (!checker) {
    return;
  }
  release(checker, checker->frames);
  release(checker, checker->seen);
  release(checker, checker->head_missing);
  release(checker, checker->containers);
  release(checker, checker->value);
  release(checker, checker->path);
  release(checker, checker->text);
  release(checker, checker->violations);
  bdc__layouts_free(&checker->allocator, checker->layouts);
  bdc__names_free(&checker->allocator, &checker->names);
  bdc__matcher_free(&checker->allocator, checker->matcher);
  release(checker, checker);
}

const char *bdc_checker_kernel(const bdc_checker *checker) {
  return checker->kernel ? checker->kernel->name : no_kernel;
}

const bdc_report *bdc_checker_report(const bdc_checker *checker) {
  return &checker->report;
}

/* ---- begin ---- */

static inline const bdc__body *response_body(const bdc_operation *operation, int http_status) {
  const bdc__status_slot *slot = &operation->statuses[(unsigned)http_status % BDC__STATUS_SLOTS];
  if (slot->status == http_status) {
    return &operation->responses[slot->response];
  }
  for (size_t i = 0; i < operation->response_count; i++) {
    const bdc__body *body = &operation->responses[i];
    for (size_t j = 0; j < body->status_count; j++) {
      if (body->statuses[j] == http_status) {
        return body;
      }
    }
  }
  return NULL;
}

/* A status that the operation does not document: 4xx and 5xx are looked at as the service's error body all the same. */
static const bdc__body *undocumented_status(bdc_checker *checker, int http_status) {
  bool error_status = http_status >= 400 && http_status <= 599;
  checker->place = BDC_IN_STATUS;
  bdc__report_add(checker, &(bdc__finding){ .rule = BDC_RULE_STATUS,
                                            .severity = error_status ? BDC_WARNING : BDC_ERROR,
                                            .measure = BDC__STATUS_UNDOCUMENTED });
  return error_status ? checker->operation->service->error_body : NULL;
}

static void begin(bdc_checker *checker, const bdc_operation *operation, int http_status) {
  bdc__report_begin(checker);
  checker->report.operation = operation;
  checker->report.http_status = http_status;
  checker->operation = operation;
  checker->http_status = http_status;
  checker->response = http_status != 0;
  checker->stopped = false;
  checker->media_broken = false;
  checker->head_incomplete = false;
  checker->skip_body = false;
  checker->body_size = 0;
  bdc_unknown forced = checker->response ? checker->settings.unknown_response : checker->settings.unknown_request;
  checker->unknown_forced = forced != BDC_UNKNOWN_TABLE;
  checker->unknown = checker->unknown_forced ? forced : checker->response ? BDC_UNKNOWN_WARNING : BDC_UNKNOWN_ERROR;
  if (checker->response) {
    checker->body = response_body(operation, http_status);
    checker->body = checker->body ? checker->body : undocumented_status(checker, http_status);
  } else {
    checker->body = operation->request;
  }
  checker->place = BDC_IN_BODY;
  checker->phase = BDC__PHASE_BODY;
}

/* No operation: whatever follows is left unchecked. */
static bdc_status begin_without_operation(bdc_checker *checker, bdc_status status) {
  bdc__report_begin(checker);
  checker->report.status = status;
  checker->report.reason = BDC_REASON_NO_OPERATION;
  checker->operation = NULL;
  checker->phase = BDC__PHASE_BODY;
  return status;
}

static bool status_allowed(int http_status) {
  return http_status >= 0 && http_status <= 999;
}

bdc_status bdc_check_begin(bdc_checker *checker, const bdc_operation *operation, int http_status) {
  if (!operation || operation->ruleset != checker->ruleset || !status_allowed(http_status)) {
    return begin_without_operation(checker, BDC_ERR_ARGUMENT);
  }
  begin(checker, operation, http_status);
  return BDC_OK;
}

bdc_status bdc_check_begin_request(bdc_checker *checker, const bdc_request *request) {
  const bdc_operation *operation;
  bdc_status status = bdc_route_request(checker->ruleset, request, &operation, NULL, 0, NULL);
  if (status != BDC_OK) {
    return begin_without_operation(checker, status);
  }
  begin(checker, operation, 0);
  checker->report.request_id = request->request_id;
  bdc__request_head(checker, request);
  checker->place = BDC_IN_BODY;
  return BDC_OK;
}

bdc_status bdc_check_begin_response(bdc_checker *checker, const bdc_operation *operation, const bdc_response *response) {
  if (response->status == 0) {
    return begin_without_operation(checker, BDC_ERR_ARGUMENT);
  }
  bdc_status status = bdc_check_begin(checker, operation, response->status);
  if (status == BDC_OK) {
    checker->report.request_id = response->request_id;
    bdc__response_head(checker, response->headers, response->header_count);
    checker->place = BDC_IN_BODY;
  }
  return status;
}

/* ---- feed and end ---- */

/*
 * The first bytes of a body show that there is one: now it counts whether it can be read, and what its header fields say. The precise
 * engine begins it only where the accepter has not: for a short body that would be much of the work.
 */
static void body_begins(bdc_checker *checker) {
  bdc__head_end(checker);
  if (!checker->body && checker->report.reason == BDC_REASON_NONE) {
    checker->report.reason = BDC_REASON_NO_TABLE;
  }
  checker->skip_body = checker->skip_body || !checker->body || checker->media_broken;
}

static void feed(bdc_checker *checker, const void *piece, size_t size, bool final) {
  size_t room = checker->settings.limits.body_size - checker->body_size;
  bool over = size > room;
  size_t taken = over ? room : size;
  checker->body_size += taken;
  if (checker->skip_body || checker->stopped) {
    return;
  }
  bdc__body_read(checker, piece, taken, final && !over);
  if (over && !checker->stopped) {
    uint64_t measure = (uint64_t)checker->settings.limits.body_size << BDC__MEASURE_BITS | BDC__LIMIT_SIZE;
    bdc__violate(checker, NULL, BDC_RULE_LIMIT, checker->body_size, measure);
    checker->stopped = true;
  }
}

bdc_status bdc_check_feed(bdc_checker *checker, const void *piece, size_t size) {
  if (checker->phase == BDC__PHASE_IDLE) {
    return BDC_ERR_STATE;
  }
  if (checker->operation && size) {
    if (checker->body_size == 0) {
      body_begins(checker);
      bdc__body_begin(checker);
    }
    feed(checker, piece, size, false);
  }
  return BDC_OK;
}

static void body_absent(bdc_checker *checker) {
  if (checker->body && !checker->body->optional) {
    bdc__body_begin(checker);
    bdc__violate(checker, &checker->body->root, BDC_RULE_MANDATORY, 0, BDC__MANDATORY_BODY);
  }
}

static bdc_verdict end(bdc_checker *checker) {
  checker->phase = BDC__PHASE_IDLE;
  if (checker->operation && checker->body_size == 0 && !checker->stopped) {
    body_absent(checker);
  }
  checker->report.unread = checker->operation && checker->body_size && (checker->skip_body || checker->stopped);
  bdc__report_end(checker);
  return checker->report.verdict;
}

bdc_status bdc_check_end(bdc_checker *checker, bdc_verdict *out) {
  *out = BDC_UNCHECKED;
  if (checker->phase == BDC__PHASE_IDLE) {
    return BDC_ERR_STATE;
  }
  if (checker->operation && checker->body_size) {
    feed(checker, NULL, 0, true);
  }
  *out = end(checker);
  return BDC_OK;
}

/* ---- in one piece ---- */

enum { REFUSALS_MAX = 4 };

/*
 * The accepter costs time where it is not sure: after each refusal in a row it is shown fewer of the bodies that follow, down to one in
 * 16. A stream of bodies that it never accepts then takes hardly longer than without it.
 */
static __attribute__((noinline)) void note_refusal(bdc_checker *checker) {
  checker->refusals += checker->refusals < REFUSALS_MAX;
  checker->passes = (1u << checker->refusals) - 1;
}

/* Nothing was found in a body that has not been held against the layout in the table's place. Mostly that is only counted. */
static inline void found_nothing(bdc_checker *checker, bdc__layout *layout, const bdc_row *root, const void *body) {
  if (layout->root == root && layout->wait > 1) {
    layout->wait--;
  } else {
    bdc__layout_offer(checker->layouts, root, body);
  }
}

/* Whether a body is like one in which nothing was found. */
static inline bool replayed(bdc_checker *checker, bdc__layout *layout, const void *body, size_t size) {
  if (layout->ready != checker->task.root) {
    return false;
  }
  if (checker->kernel->replay(&checker->task, layout, body, size)) {
    bdc__layout_hit(layout);
    return true;
  }
  bdc__layout_missed(layout);
  return false;
}

/* Whether the accepter is sure of a body by itself. */
static inline bool walked(bdc_checker *checker, bdc__layout *layout, const void *body, size_t size) {
  if (!checker->kernel->accept) {
    return false;
  }
  if (checker->passes) {
    checker->passes--;
    return false;
  }
  if (!checker->kernel->accept(&checker->task, &checker->styles, body, size)) {
    note_refusal(checker);
    return false;
  }
  checker->refusals = 0;
  found_nothing(checker, layout, checker->task.root, body);
  return true;
}

/* Whether the accepter is sure that the precise engine would find nothing in a body. */
static inline bool accepted(bdc_checker *checker, const bdc_operation *operation, int http_status, const bdc__body *table,
                            const void *body, size_t size) {
  if (!checker->kernel || size > checker->settings.limits.body_size) {
    return false;
  }
  checker->task.root = &table->root;
  checker->task.service = operation->service;
  checker->task.http_status = http_status;
  bdc__layout *layout = bdc__layout_place(checker->layouts, &table->root);
  return replayed(checker, layout, body, size) || walked(checker, layout, body, size);
}

/* By the precise engine. */
static bdc_verdict read_whole(bdc_checker *checker, const void *body, size_t size) {
  bdc__body_begin(checker);
  feed(checker, body, size, true);
  bdc_verdict verdict = end(checker);
  if (checker->kernel && verdict == BDC_VALID && checker->report.violation_count == 0 && !checker->report.unread) {
    const bdc_row *root = &checker->body->root;
    found_nothing(checker, bdc__layout_place(checker->layouts, root), root, body);
  }
  return verdict;
}

static bdc_verdict check_whole(bdc_checker *checker, const void *body, size_t size, bool refused) {
  if (!checker->operation || size == 0) {
    return end(checker);
  }
  body_begins(checker);
  if (checker->skip_body || checker->stopped || refused ||
      !accepted(checker, checker->operation, checker->http_status, checker->body, body, size)) {
    return read_whole(checker, body, size);
  }
  checker->body_size = size;
  return end(checker);
}

/* A body alone that is accepted needs no more than its report. */
static bool body_accepted(bdc_checker *checker, const bdc_operation *operation, int http_status, const void *body, size_t size) {
  if (!checker->kernel || !operation || operation->ruleset != checker->ruleset || size == 0) {
    return false;
  }
  const bdc__body *table = http_status ? response_body(operation, http_status) : operation->request;
  if (!table || !accepted(checker, operation, http_status, table, body, size)) {
    return false;
  }
  bdc__report_begin(checker);
  checker->report.operation = operation;
  checker->report.http_status = http_status;
  checker->report.verdict = BDC_VALID;
  checker->phase = BDC__PHASE_IDLE;
  return true;
}

bdc_verdict bdc_check_body(bdc_checker *checker, const bdc_operation *operation, int http_status, const void *body, size_t body_size) {
  if (body_accepted(checker, operation, http_status, body, body_size)) {
    return BDC_VALID;
  }
  bdc_check_begin(checker, operation, http_status);
  return check_whole(checker, body, body_size, true);
}

bdc_verdict bdc_check_request(bdc_checker *checker, const bdc_request *request) {
  bdc_check_begin_request(checker, request);
  return check_whole(checker, request->body, request->body_size, false);
}

bdc_verdict bdc_check_response(bdc_checker *checker, const bdc_operation *operation, const bdc_response *response) {
  bdc_check_begin_response(checker, operation, response);
  return check_whole(checker, response->body, response->body_size, false);
}
