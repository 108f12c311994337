/* SPDX-License-Identifier: MIT */
/* The generator: whole requests, with what stands in their targets and header fields. */
#include "unit/generating.h"

/* A rule of each place is broken, and every request that has a sound target finds its way to its operation. */
static void whole_messages_break_what_their_heads_are_documented_to_be(void **state) {
  (void)state;
  const bdc_generate_settings settings = { .whole_messages = true };
  bdc_generator *generator = generator_of(lab, "Put", 0, &settings);
  size_t broken[BDC_IN_STATUS] = { 0 };
  for (const bdc_case *made = next(generator); made; made = next(generator)) {
    const bdc_operation *found = NULL;
    bdc_str path = { made->target.data, made->target.size };
    assert_int_equal(bdc_route(lab, made->method, path, &found), BDC_OK);
    assert_ptr_equal(found, made->operation);
    broken[made->in] += made->reported;
  }
  bdc_generator_free(generator);
  for (size_t i = 0; i < LENGTH(broken); i++) {
    assert_true(broken[i] > 10);
  }
}

static const bdc_generate_settings whole = { .whole_messages = true };

/* ---- values ---- */

static void values_of_each_kind_are_text_in_a_head(void **state) {
  (void)state;
  outcome of = outcome_of(HEAD("  query\n    l long optional range 5..6 @t\n    n number optional @t\n    x any optional @t\n"
                               "    b boolean optional @t\n"),
                          0, &whole);
  expect_case(&of, "\nquery l: range, below 5 | /o?l=4 |  | invalid range");
  expect_case(&of, "\nquery l: range, above 6 | /o?l=7 |  | invalid range");
  expect_case(&of, "\nquery l: type, a zero before a digit | /o?l=01 |  | invalid type");
  expect_case(&of, "\nquery n: type, a letter | /o?n=x |  | invalid type");
  expect_case(&of, "\nquery b: type, TRUE | /o?b=TRUE |  | invalid type");
  expect_case(&of, "\nquery x: some value | /o?x=");
  expect_no_case(&of, "query x: type");
  expect_no_case(&of, "query n: range"); /* it has none */
  outcome_free(&of);
}

static void an_empty_value_may_be_the_longest(void **state) {
  (void)state;
  outcome of = outcome_of(HEAD("  query\n    e string optional length 0 @t\n"), 0, &whole);
  expect_case(&of, "\nquery e: length.max, 1 character of 1 byte | /o?e=");
  expect_no_case(&of, "query e: length.min");
  outcome_free(&of);
}

/* Where a class is of the first character alone, any other character may follow. */
static void a_class_of_the_first_character_says_nothing_of_others(void **state) {
  (void)state;
  static const char *const tables[] = { HEAD("  query\n    s string optional start [a-f] length 2..4 @t\n"),
                                        HEAD("  header\n    s string optional start [a-f] length 2..4 @t\n") };
  for (size_t i = 0; i < LENGTH(tables); i++) {
    outcome of = outcome_of(tables[i], 0, &whole);
    expect_case(&of, " s: start, U+0061 first | ");
    expect_case(&of, " s: start, U+0067 first | ");
    expect_no_case(&of, "charset");
    expect_none_omitted(&of, "start");
    outcome_free(&of);
  }
}

static void a_class_without_a_value_has_no_characters_to_try(void **state) {
  (void)state;
  outcome of = outcome_of(HEAD("  query\n    a string optional charset [a-c] pattern (?!x)x @t\n"), 0, &whole);
  expect_no_case(&of, "query a: charset, U+");
  expect_omitted(&of, "query a: some value", BDC_OMITTED_VALID);
  outcome_free(&of);
}

/* A date and time that may lack its zone is worth a warning without one: no valid case has it. */
static void a_listed_value_that_is_worth_a_warning_is_no_valid_one(void **state) {
  (void)state;
  outcome of = outcome_of(HEAD("  query\n    d string optional enum 2019-12-06T06:49:04Z | 2019-12-06T06:49:04"
                               " format date-time zone-optional @t\n"),
                          0, &whole);
  expect_case(&of, "/o?d=2019-12-06T06%3a49%3a04Z |  | valid -");
  expect_no_case(&of, "/o?d=2019-12-06T06%3a49%3a04 |  | valid -");
  outcome_free(&of);
}

/* ---- targets ---- */

static void an_undocumented_parameter_is_one_that_no_row_has(void **state) {
  (void)state;
  outcome of = outcome_of(HEAD("  query\n    a string optional @t\n"), 0, &whole);
  expect_case(&of, "\nquery: unknown, an undocumented parameter | /o?undocumented=1 |  | warned unknown");
  outcome_free(&of);
  of = outcome_of(HEAD("  query\n    undocumented string optional @t\n"), 0, &whole);
  expect_no_case(&of, "query: unknown");
  outcome_free(&of);
}

static void the_slash_at_the_end_of_a_path_is_kept(void **state) {
  (void)state;
  outcome of =
      outcome_of("provider p\nservice s T\nsource t t\noperation O PUT /o/{a}/ @t\n  path\n    a boolean mandatory @t\n", 0, &whole);
  expect_case(&of, "\npath a: type, true | /o/true/ |  | valid");
  expect_case(&of, "\npath a: type, a letter | /o/x/ |  | invalid type");
  outcome_free(&of);
}

/* ---- header fields ---- */

/* The value of a header field of a case, by its name as it stands there; no data: it has none. */
static bdc_str field_of(const bdc_case *made, const char *name) {
  for (size_t i = 0; i < made->header_count; i++) {
    if (made->headers[i].name.size == strlen(name) && memcmp(made->headers[i].name.data, name, strlen(name)) == 0) {
      return made->headers[i].value;
    }
  }
  return (bdc_str){ 0 };
}

static bool is_labelled(const bdc_case *made, const char *label) {
  return made->label.size == strlen(label) && memcmp(made->label.data, label, made->label.size) == 0;
}

static void a_name_keeps_what_is_no_letter_in_the_other_case(void **state) {
  (void)state;
  bdc_ruleset *ruleset = ruleset_of(HEAD("  header\n    X_a{1 string optional warn @t\n"));
  bdc_generator *generator = generator_of(ruleset, "O", 0, &whole);
  size_t seen = 0;
  for (const bdc_case *made = next(generator); made; made = next(generator)) {
    if (is_labelled(made, "header X_a{1: its letters in the other case")) {
      assert_non_null(field_of(made, "x_A{1").data);
      seen++;
    } else if (is_labelled(made, "header X_a{1: duplicate, twice, in two spellings")) {
      assert_true(field_of(made, "x_A{1").data && field_of(made, "X_a{1").data);
      assert_true(made->reported && made->severity == BDC_WARNING);
      seen++;
    }
  }
  assert_int_equal(seen, 2);
  bdc_generator_free(generator);
  bdc_ruleset_free(ruleset);
}

static void what_is_mandatory_with_a_body_is_optional_without_one(void **state) {
  (void)state;
  outcome of = outcome_of(HEAD("  header\n    H string mandatory when body @t\n"), 0, &whole);
  expect_case(&of, "\nheader H: mandatory, absent | /o |  | valid -");
  expect_no_case(&of, "header H: mandatory, missing");
  expect_no_case(&of, "as good as missing");
  outcome_free(&of);
  of = outcome_of(HEAD("  header\n    H string mandatory when body @t\n  request\n    a boolean optional @t\n"), 0, &whole);
  expect_case(&of, "\nheader H: mandatory, missing | /o | {} | invalid mandatory");
  expect_case(&of, "\nheader H: mandatory, empty, which is as good as missing | /o | {} | invalid mandatory");
  outcome_free(&of);
}

/* They stand in values of any length, and are errors whatever the row has as a warning. */
static void control_characters_are_errors(void **state) {
  (void)state;
  outcome of = outcome_of(HEAD("  header\n    X-A string optional length 3 warn @t\n    X-B string optional @t\n"), 0, &whole);
  expect_case(&of, "\nheader X-A: charset, a control character | /o |  | invalid charset");
  expect_case(&of, "\nheader X-A: charset, U+007F | /o |  | invalid charset");
  expect_no_case(&of, "\nheader X-A: charset, a line break"); /* with what it injects, it would be too long */
  expect_case(&of, "\nheader X-B: charset, a line break | /o |  | invalid charset");
  outcome_free(&of);
  of = outcome_of(HEAD("  header\n    X-A string optional length 0 @t\n"), 0, &whole);
  expect_omitted(&of, "header X-A: charset, a control character", BDC_OMITTED_VALID);
  outcome_free(&of);
}

/* A type that must be there is, also where there is no body, and before other fields. */
static void a_mandatory_content_type_is_sent_without_a_body(void **state) {
  (void)state;
  bdc_ruleset *ruleset = ruleset_of(HEAD("  header\n    Content-Type string mandatory @t\n    X-A string mandatory length 3 @t\n"));
  bdc_generator *generator = generator_of(ruleset, "O", 0, &whole);
  size_t seen = 0;
  for (const bdc_case *made = next(generator); made; made = next(generator)) {
    assert_int_equal(made->body.size, 0);
    if (memcmp(made->label.data, "header X-A", 10) == 0) {
      bdc_str type = field_of(made, "Content-Type");
      assert_true(type.size == 16 && memcmp(type.data, "application/json", 16) == 0);
      seen++;
    } else if (is_labelled(made, "header Content-Type: mandatory, missing")) {
      assert_null(field_of(made, "Content-Type").data);
      assert_int_equal(field_of(made, "X-A").size, 3);
      assert_int_equal(made->verdict, BDC_INVALID);
      seen++;
    }
  }
  assert_true(seen > 10);
  bdc_generator_free(generator);
  bdc_ruleset_free(ruleset);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(whole_messages_break_what_their_heads_are_documented_to_be),
    cmocka_unit_test(values_of_each_kind_are_text_in_a_head),
    cmocka_unit_test(an_empty_value_may_be_the_longest),
    cmocka_unit_test(a_class_of_the_first_character_says_nothing_of_others),
    cmocka_unit_test(a_class_without_a_value_has_no_characters_to_try),
    cmocka_unit_test(a_listed_value_that_is_worth_a_warning_is_no_valid_one),
    cmocka_unit_test(an_undocumented_parameter_is_one_that_no_row_has),
    cmocka_unit_test(the_slash_at_the_end_of_a_path_is_kept),
    cmocka_unit_test(a_name_keeps_what_is_no_letter_in_the_other_case),
    cmocka_unit_test(what_is_mandatory_with_a_body_is_optional_without_one),
    cmocka_unit_test(control_characters_are_errors),
    cmocka_unit_test(a_mandatory_content_type_is_sent_without_a_body),
  };
  return cmocka_run_group_tests(tests, make_rulesets, free_rulesets);
}
