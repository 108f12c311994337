/* SPDX-License-Identifier: MIT */
/*
 * There and back: a body is generated and mutated, checked, the documented error is rendered, and the answer is checked as a response. The
 * first three bytes choose operation, status and the size of the request's id; the rest is the body, or, where the second byte has its high
 * bit, what is generated and a body that is crossed with it. A generated body is what it was made to be. An answer must keep the
 * documentation of its operation, be the same when it is rendered again, and fit in the room that it says it needs, and in no less.
 */
#include "base/utf8.h"

#include "expect.h"
#include "rulesets.h"

#include <bodycheck/generate.h>
#include <bodycheck/mutate.h>

#include <string.h>

enum { HEAD = 3, CHOICES = 4, ROOM = 1 << 14, BODY_SIZE = 4096, CASES_MAX = 4096, OPERATIONS_MAX = 16 };

static const int statuses[] = { 0, 0, 0, 200, 201, 400, 404, 500 };
enum { STATUSES = sizeof statuses / sizeof statuses[0] };

static bdc_checker *checker_of(bdc_unknown unknown_response) {
  bdc_settings settings = { .unknown_response = unknown_response };
  bdc_checker *checker;
  expect(bdc_checker_new(rules(), &settings, &checker) == BDC_OK);
  return checker;
}

/* Those who check answers; the second allows no undocumented member in them. */
static bdc_checker *checkers(size_t index) {
  static bdc_checker *made[3];
  if (!made[0]) {
    made[0] = checker_of(BDC_UNKNOWN_TABLE);
    made[1] = checker_of(BDC_UNKNOWN_ERROR);
    made[2] = checker_of(BDC_UNKNOWN_TABLE);
  }
  return made[index];
}

typedef bdc_status renderer(const bdc_report *report, char *buffer, size_t size, size_t *needed);

/* Renders into a copy of its own, so that whoever writes behind its end is caught. */
static void expect_fits(renderer *render, const bdc_report *report, const char *text, size_t text_size, size_t room) {
  char *buffer = malloc(room ? room : 1);
  size_t needed;
  expect(buffer != NULL);
  buffer[0] = 'x';
  bool fits = room > text_size;
  expect(render(report, buffer, room, &needed) == (fits ? BDC_OK : BDC_ERR_SPACE));
  expect(needed == text_size && (fits ? strcmp(buffer, text) == 0 : buffer[0] == (room ? 0 : 'x')));
  free(buffer);
}

/* The text, in `text`, which has ROOM bytes. */
static bdc_str expect_rendered(renderer *render, const bdc_report *report, char *text) {
  size_t size;
  expect(render(report, text, ROOM, &size) == BDC_OK && strlen(text) == size);
  expect(bdc__utf8_valid((bdc_str){ text, size }));
  expect_fits(render, report, text, size, size + 1);
  expect_fits(render, report, text, size, size);
  expect_fits(render, report, text, size, size / 2);
  expect_fits(render, report, text, size, 0);
  return (bdc_str){ text, size };
}

static void expect_answer_kept(const bdc_report *report, bdc_str answer) {
  int status = report->error->status;
  for (size_t i = 1; i < 3; i++) {
    bdc_verdict verdict = bdc_check_body(checkers(i), report->operation, status, answer.data, answer.size);
    const bdc_report *of_answer = bdc_checker_report(checkers(i));
    expect(verdict == BDC_VALID && !of_answer->error && of_answer->error_count == 0);
  }
}

/* As a gateway does it, which has the head of a request as well. */
static void check(bdc_checker *checker, const bdc_operation *operation, int status, bdc_str body, bdc_str id) {
  static const bdc_header json = { BDC_STR("content-type"), BDC_STR("application/json") };
  bdc_request request = { .operation = operation, .headers = &json, .header_count = 1, .request_id = id };
  bdc_response response = { .status = status, .headers = &json, .header_count = 1, .request_id = id };
  request.body = response.body = body.data;
  request.body_size = response.body_size = body.size;
  if (status == 0) {
    bdc_check_request(checker, &request);
  } else {
    bdc_check_response(checker, operation, &response);
  }
}

/* ---- bodies that are made */

/* Made once for each: what comes next follows from its seed. */
static bdc_mutator *mutator_of(size_t operation, size_t status) {
  static bdc_mutator *made[OPERATIONS_MAX][STATUSES];
  bdc_mutator **mutator = &made[operation][status];
  if (!*mutator) {
    const bdc_mutator_settings settings = { .size_max = BODY_SIZE, .values_max = 256 };
    expect(bdc_mutator_new(bdc_operation_at(rules(), operation), statuses[status], &settings, mutator) == BDC_OK);
  }
  return *mutator;
}

static void expect_as_made(const bdc_case *made) {
  bdc_verdict verdict = bdc_check_body(checkers(0), made->operation, made->http_status, made->body.data, made->body.size);
  const bdc_report *report = bdc_checker_report(checkers(0));
  expect(verdict == made->verdict && report->violation_count == made->reported);
  expect(!made->reported || (report->violations[0].rule == made->rule && same(report->violations[0].pointer, made->pointer)));
  expect(same(report->error ? report->error->code : (bdc_str){ 0 }, made->error_code));
}

/* The bodies of a table, one behind the other. */
typedef struct generated {
  char *text;
  size_t room;
  size_t ends[CASES_MAX];
  size_t count;
} generated;

static void keep(generated *all, bdc_str body) {
  size_t start = all->count ? all->ends[all->count - 1] : 0;
  if (all->room - start <= body.size) {
    /* Doubled: a sanitizer copies the whole text and keeps the old one, each time. */
    all->room = 2 * all->room + BODY_SIZE + 1;
    all->text = realloc(all->text, all->room);
    expect(all->text != NULL);
  }
  if (body.size) {
    memcpy(all->text + start, body.data, body.size);
  }
  all->ends[all->count++] = start + body.size;
}

static void generate(const bdc_operation *operation, int status, generated *out) {
  const bdc_generate_settings settings = { .seed = 1, .body_size = BODY_SIZE };
  bdc_generator *generator;
  const bdc_case *made;
  if (bdc_generator_new(rules(), operation, status, &settings, &generator) != BDC_OK) {
    return; /* no such body is documented */
  }
  do {
    expect(bdc_generator_next(generator, &made) == BDC_OK);
    if (made) {
      expect_as_made(made);
      keep(out, made->body);
    }
  } while (made && out->count < CASES_MAX);
  bdc_generator_free(generator);
}

/* The body of a number, in a table for which all are made once: that takes longer than a thousand checks. */
static bdc_str generated_body(size_t operation, size_t status, size_t number) {
  static generated *made[OPERATIONS_MAX][STATUSES];
  generated **all = &made[operation][status];
  if (!*all) {
    *all = calloc(1, sizeof **all);
    expect(*all != NULL);
    generate(bdc_operation_at(rules(), operation), statuses[status], *all);
  }
  if ((*all)->count == 0) {
    return (bdc_str){ "", 0 };
  }
  number %= (*all)->count;
  size_t start = number ? (*all)->ends[number - 1] : 0;
  return (bdc_str){ (*all)->text + start, (*all)->ends[number] - start };
}

/* A generated body, mutated, crossed with a second one, or left as it is. */
static bdc_str make(size_t operation, size_t status, const uint8_t choices[CHOICES], bdc_str second) {
  static char out[BODY_SIZE];
  bdc_str body = generated_body(operation, status, (size_t)choices[0] << 8 | choices[1]);
  bdc_mutator *mutator = mutator_of(operation, status);
  bdc_mutator_seed(mutator, choices[2]);
  if (choices[3] % 2) {
    return (bdc_str){ out, bdc_crossover(mutator, body.data, body.size, second.data, second.size, out, sizeof out) };
  }
  memcpy(out, body.data, body.size);
  for (unsigned i = 0; i < choices[3] / 2 % 4; i++) {
    body.size = bdc_mutate(mutator, out, body.size, sizeof out);
  }
  return (bdc_str){ out, body.size };
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static char message[ROOM];
  static char answer[ROOM];
  if (size < HEAD) {
    return 0;
  }
  size_t number = data[0] % bdc_operation_count(rules());
  expect(number < OPERATIONS_MAX);
  const bdc_operation *operation = bdc_operation_at(rules(), number);
  int status = statuses[data[1] % STATUSES];
  bdc_str body = { (const char *)data + HEAD, size - HEAD };
  /* Any bytes may stand in an id, which comes with the request as well. */
  bdc_str id = { body.data, data[2] < body.size ? data[2] : body.size };
  if (data[1] & 0x80 && body.size >= CHOICES) {
    body = make(number, data[1] % STATUSES, data + HEAD, (bdc_str){ body.data + CHOICES, body.size - CHOICES });
  }
  check(checkers(0), operation, status, body, id);
  const bdc_report *report = bdc_checker_report(checkers(0));
  if (report->error) {
    expect(report->verdict == BDC_INVALID && report->error->status >= 400 && report->error->code.size > 0);
    expect_rendered(bdc_error_message, report, message);
    expect_answer_kept(report, expect_rendered(bdc_error_render, report, answer));
  } else {
    expect(bdc_error_render(report, answer, ROOM, NULL) == BDC_ERR_NO_ERROR && answer[0] == 0);
  }
  return 0;
}
