/* SPDX-License-Identifier: MIT */
/* What is explained is what happens: every broken rule that a check reports stands in the model, with the error that answers it. */
#include "explain/code.h"
#include "explain/model.h"
#include "text.h"

#include "unit/support.h"

#include <stdio.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
#define APIG "huaweicloud.apig.UpdateAppV2"
#define APIG_TARGET "/v2/p/apigw/instances/i/apps/"

static bdc_ruleset *builtin;

static int make_ruleset(void **state) {
  (void)state;
  builtin = ruleset_builtin();
  return 0;
}

static int free_ruleset(void **state) {
  (void)state;
  bdc_ruleset_free(builtin);
  return 0;
}

/* ---- a report held against the model ---- */

static bool is_of_row(const cmd_model_line *line, const bdc_row *row) {
  for (const bdc_row *part = line->row; part; part = bdc_row_describe(part).element) {
    if (part == row) {
      return true;
    }
  }
  return false;
}

static bool holds(const bdc_section_info *section, int http_status) {
  for (size_t i = 0; i < section->status_count; i++) {
    if (section->statuses[i] == http_status) {
      return true;
    }
  }
  return section->status_count == 0 && http_status == 0;
}

static bool is_header(const bdc_violation *violation, const cmd_model_line *line) {
  return line->label ? violation->field.size > 0 : cmd_is_content_type(violation->field) && cmd_is_content_type(line->name);
}

/* Whether a line speaks of the place that a violation names. */
static bool speaks_of(const cmd_section *section, const cmd_model_line *line, const bdc_report *report,
                      const bdc_violation *violation) {
  if (section->response != (report->http_status != 0)) {
    return false;
  }
  if (section->kind == CMD_SECTION_MESSAGE) {
    return violation->in == BDC_IN_HEADER ? !violation->row && is_header(violation, line) : violation->in != BDC_IN_BODY && line->label;
  }
  if (violation->in != section->info.in || (violation->in == BDC_IN_BODY && !holds(&section->info, report->http_status))) {
    return false;
  }
  bool of_whole = !violation->row || violation->row == line->row || violation->rule == BDC_RULE_DUPLICATE;
  return line->label ? of_whole : is_of_row(line, violation->row);
}

/* The answers for a rule of a violation, among the lines that speak of it; of a field rather than of the body as a whole. */
static const cmd_answer *answer_for(const cmd_model *model, const bdc_report *report, const bdc_violation *violation, unsigned rule) {
  const cmd_answer *found = NULL;
  for (size_t s = 0; s < model->section_count; s++) {
    const cmd_section *section = &model->sections[s];
    for (size_t l = 0; l < section->line_count; l++) {
      const cmd_model_line *line = &model->lines[section->line + l];
      for (size_t a = 0; speaks_of(section, line, report, violation) && a < line->answer_count; a++) {
        const cmd_answer *answer = &model->answers[line->answer + a];
        found = answer->rules & CMD_BIT(rule) ? answer : found;
      }
    }
  }
  return found;
}

static unsigned rule_of(const bdc_violation *violation) {
  char message[256];
  bdc_violation_message(violation, message, sizeof(message), NULL);
  if (violation->rule == BDC_RULE_MANDATORY && strcmp(message, "must have a body") == 0) {
    return CMD_RULE_MANDATORY_BODY;
  }
  return violation->rule == BDC_RULE_LIMIT && strstr(message, "is larger than") ? CMD_RULE_LIMIT_SIZE : violation->rule;
}

/* The topmost of the rows that the model gives for the errors of a report is the one that the report has. */
static size_t expect_explained(const bdc_report *report) {
  cmd_model model = cmd_model_of(report->operation, false);
  size_t topmost = model.service.error_count;
  size_t explained = 0;
  for (size_t i = 0; i < report->violation_count; i++) {
    const bdc_violation *violation = &report->violations[i];
    if (violation->severity == BDC_WARNING) {
      continue;
    }
    const cmd_answer *answer = answer_for(&model, report, violation, rule_of(violation));
    if (!answer || answer->warning) {
      fail_msg("%.*s: %s of %s %.*s is not explained", (int)model.info.full_name.size, model.info.full_name.data,
               bdc_rule_name(violation->rule), bdc_place_name(violation->in), (int)violation->field.size, violation->field.data);
    }
    topmost = answer->error < topmost ? answer->error : topmost;
    explained++;
  }
  bdc_error_row_info row = bdc_service_error(model.info.service, topmost);
  if (report->error) {
    assert_true(cmd_equal(row.code, report->error->code));
    assert_int_equal(row.status, report->error->status);
  } else {
    assert_int_equal(topmost, model.service.error_count);
  }
  cmd_model_free(&model);
  return explained;
}

static void what_samples_break_is_explained(void **state) {
  (void)state;
  samples all = samples_load(builtin, "test/data");
  bdc_checker *checker = checker_of(builtin, NULL);
  size_t explained = 0;
  for (size_t i = 0; i < all.count; i++) {
    bdc_check_body(checker, all.items[i].operation, all.items[i].http_status, all.items[i].body.data, all.items[i].body.size);
    explained += expect_explained(bdc_checker_report(checker));
  }
  assert_true(explained > 100);
  bdc_checker_free(checker);
  samples_free(&all);
}

typedef struct head_case {
  const char *target;
  const char *name; /* of a header field, beside a token */
  const char *value;
  const char *body;
} head_case;

static const head_case heads[] = {
  { APIG_TARGET "%zz", "X-Other", "1", "{\"name\":\"abc\"}" },
  { APIG_TARGET "%ff", "X-Other", "1", "{\"name\":\"abc\"}" },
  { APIG_TARGET "a%2fb", "X-Other", "1", "{\"name\":\"abc\"}" },
  { APIG_TARGET "a+b", "X-Other", "1", "{\"name\":\"abc\"}" },
  { APIG_TARGET "", "X-Other", "1", "{\"name\":\"abc\"}" },
  { APIG_TARGET "a#b", "X-Other", "1", "{\"name\":\"abc\"}" },
  { APIG_TARGET "a", "X-Other", "\x01", "{\"name\":\"abc\"}" },
  { APIG_TARGET "a", "X-Auth-Token", "again", "{\"name\":\"abc\"}" },
  { APIG_TARGET "a", "Content-Type", "text/\x01plain", "{\"name\":\"abc\"}" },
  { APIG_TARGET "a", "Content-Type", "text/plain", "{\"name\":\"abc\"}" },
  { APIG_TARGET "a", "Content-Type", "\xff", "{\"name\":\"abc\"}" },
  { APIG_TARGET "a", "X-Other", "1", "" },
};

static void what_heads_break_is_explained(void **state) {
  (void)state;
  bdc_checker *checker = checker_of(builtin, NULL);
  for (size_t i = 0; i < LENGTH(heads); i++) {
    const head_case *c = &heads[i];
    bdc_header headers[] = { { BDC_STR("X-Auth-Token"), BDC_STR("t") }, { cmd_str(c->name), cmd_str(c->value) } };
    bdc_request request = { .operation = operation_of(builtin, APIG),
                            .target = cmd_str(c->target),
                            .headers = headers,
                            .header_count = LENGTH(headers),
                            .body = c->body,
                            .body_size = strlen(c->body) };
    bdc_check_request(checker, &request);
    const bdc_report *report = bdc_checker_report(checker);
    if (report->verdict != BDC_INVALID || expect_explained(report) == 0) {
      fail_msg("case %zu breaks no rule", i);
    }
  }
  bdc_checker_free(checker);
}

static void what_responses_break_is_explained(void **state) {
  (void)state;
  static const struct {
    int status;
    bdc_header header;
  } cases[] = {
    { 302, { BDC_STR("X-Other"), BDC_STR("1") } },
    { 200, { BDC_STR("X-Other"), BDC_STR("\x01") } },
    { 200, { BDC_STR("Content-Type"), BDC_STR("text/html") } },
  };
  bdc_checker *checker = checker_of(builtin, NULL);
  for (size_t i = 0; i < LENGTH(cases); i++) {
    bdc_response response = { .status = cases[i].status, .headers = &cases[i].header, .header_count = 1, .body = "{}", .body_size = 2 };
    bdc_check_response(checker, operation_of(builtin, APIG), &response);
    assert_int_equal(expect_explained(bdc_checker_report(checker)), 1);
  }
  bdc_checker_free(checker);
}

static void a_body_beyond_the_limit_is_explained(void **state) {
  (void)state;
  bdc_settings settings = { .limits = { .body_size = 20 } };
  bdc_checker *checker = checker_of(builtin, &settings);
  static const char body[] = "{\"name\":\"abcdefghijklmnopqrstuvwxyz\"}";
  bdc_check_body(checker, operation_of(builtin, APIG), 0, body, sizeof(body) - 1);
  assert_int_equal(expect_explained(bdc_checker_report(checker)), 1);
  bdc_checker_free(checker);
}

/* ---- codes ---- */

static const bdc_service *service_of(const char *operation) {
  return bdc_operation_describe(operation_of(builtin, operation)).service;
}

static void a_code_has_the_rules_that_lead_to_it_and_no_others(void **state) {
  (void)state;
  cmd_code code = cmd_code_of(builtin, service_of(APIG), BDC_STR("APIG.2005"));
  assert_int_equal(code.row_count, 1);
  assert_int_equal(code.error_count, 1);
  assert_int_equal(code.hit_count, 5);
  for (size_t i = 0; i < code.hit_count; i++) {
    assert_int_equal(code.hits[i].rules, CMD_BIT(BDC_RULE_LENGTH_MIN));
  }
  cmd_code_free(&code);
}

static void a_code_may_have_no_rules(void **state) {
  (void)state;
  assert_true(cmd_code_known(service_of(APIG), BDC_STR("APIG.0101")));
  cmd_code code = cmd_code_of(builtin, service_of(APIG), BDC_STR("APIG.0101"));
  assert_int_equal(code.row_count, 1);
  assert_int_equal(code.error_count, 0);
  assert_int_equal(code.hit_count, 0);
  cmd_code_free(&code);
}

static void other_texts_are_no_codes(void **state) {
  (void)state;
  static const char *const texts[] = { "", "APIG", "APIG.200", "APIG.20055", "apig.2005", "DLM.4211" };
  for (size_t i = 0; i < LENGTH(texts); i++) {
    assert_false(cmd_code_known(service_of(APIG), cmd_str(texts[i])));
  }
}

/* ---- the model of rows ---- */

/* A line of the model as "name depth above". */
static void expect_lines(const cmd_model *model, const char *const *expected, size_t count) {
  size_t at = 0;
  for (size_t i = 0; i < model->line_count; i++) {
    const cmd_model_line *line = &model->lines[i];
    if (!cmd_model_line_is_row(line)) {
      continue;
    }
    char text[64];
    snprintf(text, sizeof(text), "%.*s %zu%s", (int)line->name.size, line->name.data, line->depth, line->above ? " above" : "");
    assert_true(at < count);
    assert_string_equal(text, expected[at++]);
  }
  assert_int_equal(at, count);
}

static void rows_of_an_object_stand_once_in_each_direction(void **state) {
  (void)state;
  bdc_ruleset *ruleset = ruleset_of("provider p\nservice s\nsource t x\n"
                                    "object box\n  a string optional @t\n  b array of object box optional @t\n"
                                    "operation O PUT /o @t\n"
                                    "  request\n    c object box optional @t\n    d object box optional @t\n"
                                    "  response 200 object box\n  response 201\n    e object box optional @t\n");
  static const char *const each[] = { "c 0", "a 1", "b 1 above", "d 0 above", "a 0", "b 0 above", "e 0 above" };
  static const char *const once[] = { "c 0", "a 1", "b 1 above", "d 0 above", "e 0 above" };
  cmd_model model = cmd_model_of(bdc_operation_at(ruleset, 0), false);
  expect_lines(&model, each, LENGTH(each));
  cmd_model_free(&model);
  model = cmd_model_of(bdc_operation_at(ruleset, 0), true);
  expect_lines(&model, once, LENGTH(once));
  cmd_model_free(&model);
  bdc_ruleset_free(ruleset);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_samples_break_is_explained),
    cmocka_unit_test(what_heads_break_is_explained),
    cmocka_unit_test(what_responses_break_is_explained),
    cmocka_unit_test(a_body_beyond_the_limit_is_explained),
    cmocka_unit_test(a_code_has_the_rules_that_lead_to_it_and_no_others),
    cmocka_unit_test(a_code_may_have_no_rules),
    cmocka_unit_test(other_texts_are_no_codes),
    cmocka_unit_test(rows_of_an_object_stand_once_in_each_direction),
  };
  return cmocka_run_group_tests(tests, make_ruleset, free_ruleset);
}
