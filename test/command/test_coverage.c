/* SPDX-License-Identifier: MIT */
/* Which sides of the rules a message exercises. */
#include "command/sums.h"
#include "cover/coverage.h"
#include "cover/number.h"
#include "cover/words.h"
#include "unit/lab.h"
#include "unit/support.h"

#include <string.h>

static bdc_ruleset *lab;

static int load_lab(void **state) {
  (void)state;
  lab = ruleset_of(lab_rules);
  return 0;
}

static int free_lab(void **state) {
  (void)state;
  bdc_ruleset_free(lab);
  return 0;
}

/* ---- counting and looking ---- */

typedef struct run {
  bdc_checker *checker;
  cmd_coverage *coverage;
} run;

static run begin_with(const bdc_settings *settings) {
  return (run){ checker_of(lab, settings), cmd_coverage_new(lab) };
}

static run begin(void) {
  return begin_with(NULL);
}

static void end(run *r) {
  cmd_coverage_free(r->coverage);
  bdc_checker_free(r->checker);
}

static bdc_str text_of(const char *text) {
  return (bdc_str){ text, strlen(text) };
}

static void add_body(const run *r, const char *operation, int status, const char *body) {
  bdc_check_body(r->checker, operation_of(lab, operation), status, body, strlen(body));
  cmd_coverage_add(r->coverage, bdc_checker_report(r->checker), text_of(body), NULL, NULL);
}

static void put(const run *r, const char *body) {
  add_body(r, "Put", 0, body);
}

static const cmd_cover_operation *operation_in(const cmd_coverage *coverage, const char *name) {
  for (size_t i = 0; i < coverage->operation_count; i++) {
    bdc_str found = coverage->operations[i].info.name;
    if (found.size == strlen(name) && memcmp(found.data, name, found.size) == 0) {
      return &coverage->operations[i];
    }
  }
  fail_msg("no operation %s", name);
  return NULL;
}

static bool has_name(const cmd_cover_section *section, const char *name) {
  cmd_output words = CMD_MEMORY;
  cmd_cover_put_section(section, &words);
  bool same = words.size == strlen(name) && memcmp(words.data, name, words.size) == 0;
  cmd_output_free(&words);
  return same;
}

static const cmd_cover_section *section_in(const cmd_coverage *coverage, const char *operation, const char *name) {
  const cmd_cover_operation *found = operation_in(coverage, operation);
  for (size_t i = 0; i < found->info.section_count; i++) {
    if (has_name(&found->sections[i], name)) {
      return &found->sections[i];
    }
  }
  fail_msg("no section %s", name);
  return NULL;
}

static bool has_path(const cmd_cover_section *section, const cmd_cover_row *row, const char *path) {
  cmd_output words = CMD_MEMORY;
  cmd_cover_put_path(section, row, &words);
  bool same = words.size == strlen(path) && (words.size == 0 || memcmp(words.data, path, words.size) == 0);
  cmd_output_free(&words);
  return same;
}

static bool has_words(const cmd_side *side, const cmd_cover_row *row, const char *text) {
  cmd_output words = CMD_MEMORY;
  cmd_side_put(side, &row->info, &words);
  bool same = words.size == strlen(text) && memcmp(words.data, text, words.size) == 0;
  cmd_output_free(&words);
  return same;
}

/* How often a side was exercised; -1 where the row has no such side. */
static int count_in(const cmd_cover_section *section, const char *path, const char *side) {
  for (size_t i = 0; i < section->row_count; i++) {
    const cmd_cover_row *row = &section->rows[i];
    for (size_t j = 0; j < row->side_count && has_path(section, row, path); j++) {
      const cmd_side *found = &section->sides.items[row->side_first + j];
      if (has_words(found, row, side)) {
        return (int)found->count;
      }
    }
  }
  return -1;
}

static int count_of(const run *r, const char *path, const char *side) {
  return count_in(section_in(r->coverage, "Put", "request"), path, side);
}

#define expect_count(run, path, side, expected) assert_int_equal(count_of(run, path, side), expected)

/* ---- strings ---- */

static void test_the_ends_of_a_length_are_told_from_what_lies_between(void **state) {
  (void)state;
  run r = begin();
  put(&r, "{\"person\":{\"name\":\"Lie\"}}");
  expect_count(&r, "/person/name", "length 2", 0);
  expect_count(&r, "/person/name", "length 4", 0);
  put(&r, "{\"person\":{\"name\":\"\\u674e\xe5\x9b\x9b\"}}");
  expect_count(&r, "/person/name", "length 2", 1);
  put(&r, "{\"person\":{\"name\":\"Lisa\"}}");
  expect_count(&r, "/person/name", "length 4", 1);
  expect_count(&r, "/person/name", "length below 2", 0);
  expect_count(&r, "/person/name", "length above 4", 0);
  put(&r, "{\"person\":{\"name\":\"L\"}}");
  put(&r, "{\"person\":{\"name\":\"Lisas\"}}");
  expect_count(&r, "/person/name", "length 2", 1);
  expect_count(&r, "/person/name", "length 4", 1);
  expect_count(&r, "/person/name", "length below 2", 1);
  expect_count(&r, "/person/name", "length above 4", 1);
  expect_count(&r, "/person/name", "charset", 5);
  expect_count(&r, "/person/name", "outside the charset", 0);
  end(&r);
}

static void test_a_length_that_is_one_number_has_three_sides(void **state) {
  (void)state;
  run r = begin();
  put(&r, "{\"a/b~c\":\"x\"}");
  put(&r, "{\"a/b~c\":\"\"}");
  put(&r, "{\"a/b~c\":\"xx\"}");
  expect_count(&r, "/a~1b~0c", "length 1", 1);
  expect_count(&r, "/a~1b~0c", "length below 1", 1);
  expect_count(&r, "/a~1b~0c", "length above 1", 1);
  end(&r);
}

static void test_each_rule_counts_by_itself(void **state) {
  (void)state;
  run r = begin();
  put(&r, "{\"key\":\"a_\"}"); /* too short, begins well, goes on badly */
  expect_count(&r, "/key", "start", 1);
  expect_count(&r, "/key", "another start", 0);
  expect_count(&r, "/key", "charset", 0);
  expect_count(&r, "/key", "outside the charset", 1);
  expect_count(&r, "/key", "length below 3", 1);
  expect_count(&r, "/key", "string", 1);
  put(&r, "{\"key\":\"\"}"); /* has no character to be inside or outside */
  expect_count(&r, "/key", "start", 1);
  expect_count(&r, "/key", "charset", 0);
  expect_count(&r, "/key", "length below 3", 2);
  end(&r);
}

static void test_a_mask_has_no_length(void **state) {
  (void)state;
  run r = begin();
  put(&r, "{\"veil\":\"***\"}");
  expect_count(&r, "/veil", "length 3", 0);
  put(&r, "{\"veil\":\"abc\"}");
  expect_count(&r, "/veil", "length 3", 1);
  end(&r);
}

static void test_warnings_count_as_broken(void **state) {
  (void)state;
  run r = begin();
  put(&r, "{\"soft\":\"1\"}");
  expect_count(&r, "/soft", "length below 2", 1);
  expect_count(&r, "/soft", "another start", 1);
  expect_count(&r, "/soft", "charset", 1);
  end(&r);
}

static void test_enums_count_each_value(void **state) {
  (void)state;
  run r = begin();
  put(&r, "{\"colour\":\"green\",\"price\":10}");
  put(&r, "{\"colour\":\"blue\",\"price\":-1}");
  put(&r, "{\"colour\":\"gree\\u006e\",\"price\":7}");
  expect_count(&r, "/colour", "enum red", 0);
  expect_count(&r, "/colour", "enum green", 2);
  expect_count(&r, "/colour", "outside the enum", 1);
  expect_count(&r, "/price", "enum 5", 0);
  expect_count(&r, "/price", "enum 10", 1);
  expect_count(&r, "/price", "enum -1", 1);
  expect_count(&r, "/price", "outside the enum", 1);
  end(&r);
}

static void test_formats_and_patterns(void **state) {
  (void)state;
  run r = begin();
  put(&r, "{\"when\":\"2020-02-29T00:00:00Z\",\"uuid\":\"x\",\"hard\":\"aab\"}");
  put(&r, "{\"when\":\"2020-02-29T00:00:00\",\"uuid\":\"01234567-89ab-cdef-0123-456789abcdef\",\"hard\":\"c\"}");
  put(&r, "{\"when\":\"2021-02-29T00:00:00Z\",\"strict_when\":\"2020-02-29T00:00:00\"}");
  expect_count(&r, "/when", "format date-time", 1);
  expect_count(&r, "/when", "without zone", 1);
  expect_count(&r, "/when", "not date-time", 1);
  expect_count(&r, "/strict_when", "not date-time", 1);
  expect_count(&r, "/strict_when", "without zone", -1);
  expect_count(&r, "/uuid", "format uuid", 1);
  expect_count(&r, "/uuid", "not uuid", 1);
  expect_count(&r, "/hard", "pattern", 1);
  expect_count(&r, "/hard", "against the pattern", 1);
  end(&r);
}

static void test_a_limit_decides_nothing(void **state) {
  (void)state;
  bdc_settings settings = { .limits = { .value_size = 8, .pattern_steps = 20 } };
  run r = begin_with(&settings);
  put(&r, "{\"hard\":\"aaaaaaaab\",\"uuid\":\"01234567-89ab-cdef-0123-456789abcdef\"}");
  expect_count(&r, "/hard", "present", 1);
  expect_count(&r, "/hard", "pattern", 0);
  expect_count(&r, "/hard", "against the pattern", 0);
  expect_count(&r, "/uuid", "format uuid", 0);
  expect_count(&r, "/uuid", "not uuid", 0);
  end(&r);
}

/* ---- numbers, arrays, types ---- */

static void test_the_ends_of_a_range(void **state) {
  (void)state;
  run r = begin();
  put(&r, "{\"count\":6,\"ratio\":0,\"huge\":10e1000000000}");
  expect_count(&r, "/count", "range 5", 0);
  expect_count(&r, "/count", "range 7", 0);
  expect_count(&r, "/count", "outside the range", 0);
  expect_count(&r, "/huge", "range 1e1000000001", 1);
  put(&r, "{\"count\":5,\"ratio\":-1.500}");
  put(&r, "{\"count\":7,\"ratio\":1000.0}");
  put(&r, "{\"count\":8,\"ratio\":1001}");
  expect_count(&r, "/count", "range 5", 1);
  expect_count(&r, "/count", "range 7", 1);
  expect_count(&r, "/count", "outside the range", 1);
  expect_count(&r, "/ratio", "range -1.5", 1);
  expect_count(&r, "/ratio", "range 1e3", 1);
  expect_count(&r, "/ratio", "outside the range", 1);
  expect_count(&r, "/huge", "range 1e999999999", 0);
  end(&r);
}

static void test_numbers_are_compared_by_value(void **state) {
  (void)state;
  static const char *const same[][2] = {
    { "10", "1e1" },    { "0", "-0.0e7" },   { "1.50", "15e-1" },
    { "0.05", "5E-2" }, { "-100", "-1E+2" }, { "1e99999999999999999999", "1e88888888888888888888" }
  };
  static const char *const different[][2] = { { "10", "1" },   { "1", "-1" },  { "1.5", "15" },
                                              { "0", "1e-9" }, { "12", "13" }, { "1.2", "1.23" } };
  for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
    assert_true(cmd_same_number(text_of(same[i][0]), text_of(same[i][1])));
    assert_true(cmd_same_number(text_of(same[i][1]), text_of(same[i][0])));
  }
  for (size_t i = 0; i < sizeof different / sizeof different[0]; i++) {
    assert_false(cmd_same_number(text_of(different[i][0]), text_of(different[i][1])));
    assert_false(cmd_same_number(text_of(different[i][1]), text_of(different[i][0])));
  }
}

static void test_items_and_includes(void **state) {
  (void)state;
  run r = begin();
  put(&r, "{\"person\":{\"name\":\"Li\",\"tags\":[\"a\"]}}");
  put(&r, "{\"person\":{\"name\":\"Li\",\"tags\":[]}}");
  put(&r, "{\"person\":{\"name\":\"Li\",\"tags\":[\"b\",\"b\",\"cc\",\"d\"]}}");
  expect_count(&r, "/person/tags", "items 1", 1);
  expect_count(&r, "/person/tags", "items 3", 0);
  expect_count(&r, "/person/tags", "items below 1", 1);
  expect_count(&r, "/person/tags", "items above 3", 1);
  expect_count(&r, "/person/tags", "includes a", 1);
  expect_count(&r, "/person/tags", "without a", 2);
  expect_count(&r, "/person/tags/*", "enum a", 1);
  expect_count(&r, "/person/tags/*", "enum b", 2);
  expect_count(&r, "/person/tags/*", "enum cc", 1);
  expect_count(&r, "/person/tags/*", "outside the enum", 1);
  end(&r);
}

static void test_types_and_null(void **state) {
  (void)state;
  run r = begin();
  put(&r, "{\"nothing\":null,\"flag\":null,\"colour\":5,\"any\":null,\"price\":1.5}");
  expect_count(&r, "/nothing", "null", 1);
  expect_count(&r, "/nothing", "refused null", -1);
  expect_count(&r, "/nothing", "string", 0);
  expect_count(&r, "/nothing", "length 2", 0);
  expect_count(&r, "/flag", "refused null", 1);
  expect_count(&r, "/flag", "another type", 0);
  expect_count(&r, "/colour", "another type", 1);
  expect_count(&r, "/colour", "string", 0);
  expect_count(&r, "/colour", "outside the enum", 0);
  expect_count(&r, "/any", "refused null", 1);
  expect_count(&r, "/any", "another type", -1);
  expect_count(&r, "/price", "another type", 1);
  end(&r);
}

static void test_below_another_type_nothing_counts(void **state) {
  (void)state;
  run r = begin();
  put(&r, "{\"person\":[{\"name\":\"Li\"}],\"new\":{\"person\":{\"name\":\"Li\"}}}");
  expect_count(&r, "/person", "another type", 1);
  expect_count(&r, "/person/name", "string", 0);
  expect_count(&r, "/person/name", "present", 0);
  expect_count(&r, "", "undocumented member", 1);
  end(&r);
}

/* ---- presence ---- */

static void test_presence_counts_once_for_each_object(void **state) {
  (void)state;
  run r = begin();
  put(&r, "{\"pair\":{\"left\":{\"name\":\"Li\"},\"right\":{\"name\":\"Li\",\"age\":1,\"x\":0}}}");
  put(&r, "{\"pair\":{\"left\":{},\"right\":{\"name\":\"Li\",\"name\":\"Al\"}}}");
  put(&r, "{}");
  expect_count(&r, "/pair", "present", 2);
  expect_count(&r, "/pair", "absent", 1);
  expect_count(&r, "/pair", "missing", -1);
  expect_count(&r, "/pair/left", "present", 2);
  /* left and right hold one object, which stands first at person */
  expect_count(&r, "/person/name", "present", 3);
  expect_count(&r, "/person/name", "missing", 1);
  expect_count(&r, "/person/name", "absent", -1);
  expect_count(&r, "/person/age", "present", 1);
  expect_count(&r, "/person/age", "absent", 3);
  expect_count(&r, "/pair/right", "undocumented member", 1);
  expect_count(&r, "/pair/left", "undocumented member", 0);
  end(&r);
}

static void test_objects_within_objects_of_the_same_kind(void **state) {
  (void)state;
  run r = begin();
  put(&r, "{\"tree\":{\"kids\":[{\"note\":\"a\"},{\"kids\":[{}]}]}}");
  expect_count(&r, "/tree/kids", "present", 2);
  expect_count(&r, "/tree/kids", "absent", 2);
  expect_count(&r, "/tree/note", "present", 1);
  expect_count(&r, "/tree/note", "absent", 3);
  end(&r);
}

static void test_bodies_that_are_there_or_not(void **state) {
  (void)state;
  run r = begin();
  add_body(&r, "Put", 0, "");
  add_body(&r, "Maybe", 0, "");
  add_body(&r, "Maybe", 0, "{}");
  expect_count(&r, "", "missing", 1);
  expect_count(&r, "", "present", 0);
  const cmd_cover_section *maybe = section_in(r.coverage, "Maybe", "request");
  assert_int_equal(count_in(maybe, "", "absent"), 1);
  assert_int_equal(count_in(maybe, "", "present"), 1);
  assert_int_equal(count_in(maybe, "", "missing"), -1);
  assert_int_equal(count_in(maybe, "/name", "missing"), 1);
  end(&r);
}

/* ---- what was not judged ---- */

static void test_behind_a_fault_of_the_text_nothing_counts(void **state) {
  (void)state;
  run r = begin();
  put(&r, "{\"colour\":\"red\",\"person\":{\"age\":150},\"flag\":tru");
  expect_count(&r, "/colour", "enum red", 1);
  expect_count(&r, "/person/age", "range 150", 1);
  expect_count(&r, "/person/age", "present", 1);
  expect_count(&r, "/colour", "present", 0); /* its object never ended */
  expect_count(&r, "/flag", "boolean", 0);
  expect_count(&r, "", "object", 0);
  end(&r);
}

static void test_behind_a_limit_of_depth_nothing_counts(void **state) {
  (void)state;
  bdc_settings settings = { .limits = { .depth = 2 } };
  run r = begin_with(&settings);
  put(&r, "{\"colour\":\"red\",\"tree\":{\"kids\":[]},\"flag\":true}");
  expect_count(&r, "/colour", "enum red", 1);
  expect_count(&r, "/flag", "boolean", 0);
  expect_count(&r, "/tree", "object tree", -1);
  expect_count(&r, "/tree", "object", 0);
  end(&r);
}

static void test_a_report_without_room_proves_no_rule_kept(void **state) {
  (void)state;
  bdc_settings settings = { .limits = { .violations = 1 } };
  run r = begin_with(&settings);
  put(&r, "{\"colour\":\"blue\",\"flag\":1,\"count\":5}");
  expect_count(&r, "/colour", "outside the enum", 1);
  expect_count(&r, "/count", "range 5", 0);
  expect_count(&r, "/count", "present", 1);
  expect_count(&r, "/flag", "boolean", 0);
  end(&r);
}

static void test_messages_of_no_operation_of_the_rules_are_left_out(void **state) {
  (void)state;
  run r = begin();
  bdc_ruleset *others = ruleset_of(lab_rules);
  bdc_checker *checker = checker_of(others, NULL);
  bdc_check_body(checker, operation_of(others, "Put"), 0, "{}", 2);
  cmd_coverage_add(r.coverage, bdc_checker_report(checker), BDC_STR("{}"), NULL, NULL);
  bdc_request request = { .method = BDC_STR("PUT"), .target = BDC_STR("/nowhere") };
  bdc_check_request(r.checker, &request);
  cmd_coverage_add(r.coverage, bdc_checker_report(r.checker), BDC_STR("{}"), &request, NULL);
  assert_int_equal(cmd_coverage_tally(r.coverage).all, 0);
  expect_count(&r, "", "present", 0);
  bdc_checker_free(checker);
  bdc_ruleset_free(others);
  end(&r);
}

/* ---- whole messages ---- */

static void add_request(const run *r, const char *target, const bdc_header *headers, size_t header_count, const char *body) {
  bdc_request request = { .method = BDC_STR("PUT"),
                          .target = text_of(target),
                          .headers = headers,
                          .header_count = header_count,
                          .body = body,
                          .body_size = strlen(body) };
  bdc_check_request(r->checker, &request);
  cmd_coverage_add(r->coverage, bdc_checker_report(r->checker), text_of(body), &request, NULL);
}

static int head_count(const run *r, const char *section, const char *path, const char *side) {
  return count_in(section_in(r->coverage, "Put", section), path, side);
}

static void test_values_of_the_head(void **state) {
  (void)state;
  const bdc_header one[] = { { BDC_STR("x-kEY"), BDC_STR(" ab\t") }, { BDC_STR("Other"), BDC_STR("1") } };
  const bdc_header two[] = { { BDC_STR("X-Count"), BDC_STR("six") }, { BDC_STR("X-Key"), BDC_STR("a-bcd") } };
  run r = begin();
  add_request(&r, "/lab/%39%39?page=9&word=a%62c&all=true", one, 2, "{}");
  add_request(&r, "https://host:1/lab/0?word=&pag%65=0&part=x#no", two, 2, "{}");
  add_request(&r, "/lab/1?page=10&page=0", NULL, 0, "{}");
  assert_int_equal(head_count(&r, "path", "/id", "present"), 3);
  assert_int_equal(head_count(&r, "path", "/id", "range 1"), 1);
  assert_int_equal(head_count(&r, "path", "/id", "range 99"), 1);
  assert_int_equal(head_count(&r, "path", "/id", "outside the range"), 1);
  assert_int_equal(head_count(&r, "query", "/page", "present"), 3);
  assert_int_equal(head_count(&r, "query", "/page", "range 9"), 1);
  assert_int_equal(head_count(&r, "query", "/page", "range 0"), 1);
  assert_int_equal(head_count(&r, "query", "/page", "outside the range"), 1);
  assert_int_equal(head_count(&r, "query", "/word", "length 3"), 1);
  assert_int_equal(head_count(&r, "query", "/word", "charset"), 1);
  assert_int_equal(head_count(&r, "query", "/word", "absent"), 1);
  assert_int_equal(head_count(&r, "query", "/all", "boolean"), 1);
  assert_int_equal(head_count(&r, "query", "/part", "another type"), 1);
  assert_int_equal(head_count(&r, "header", "/X-Key", "length 2"), 1);
  assert_int_equal(head_count(&r, "header", "/X-Key", "length above 4"), 1);
  assert_int_equal(head_count(&r, "header", "/X-Key", "outside the charset"), 1);
  assert_int_equal(head_count(&r, "header", "/X-Key", "string"), -1);
  assert_int_equal(head_count(&r, "header", "/X-Key", "absent"), 1);
  assert_int_equal(head_count(&r, "header", "/X-Count", "another type"), 1);
  assert_int_equal(head_count(&r, "header", "/X-Count", "absent"), 2);
  end(&r);
}

static void test_mandatory_values_of_the_head(void **state) {
  (void)state;
  run r = begin();
  add_request(&r, "/lab/?word=a", NULL, 0, "{}");
  assert_int_equal(head_count(&r, "path", "/id", "missing"), 1);
  assert_int_equal(head_count(&r, "path", "/id", "present"), 0);
  assert_int_equal(head_count(&r, "query", "/page", "missing"), 1);
  assert_int_equal(head_count(&r, "query", "/page", "absent"), -1);
  end(&r);
}

/* An empty segment is a missing value: it is never too short for one character, but for more it is. */
static void test_segments_of_a_path_have_a_character(void **state) {
  (void)state;
  bdc_ruleset *ruleset = ruleset_of("provider p\nservice s S\nsource t t\noperation Get GET /{a}/{b} @t\n  path\n"
                                    "    a string mandatory length 1..3 @t\n    b string mandatory length 2.. @t\n");
  cmd_coverage *coverage = cmd_coverage_new(ruleset);
  const cmd_cover_section *path = section_in(coverage, "Get", "path");
  assert_int_equal(count_in(path, "/a", "length 1"), 0);
  assert_int_equal(count_in(path, "/a", "length below 1"), -1);
  assert_int_equal(count_in(path, "/a", "length above 3"), 0);
  assert_int_equal(count_in(path, "/b", "length below 2"), 0);
  cmd_coverage_free(coverage);
  bdc_ruleset_free(ruleset);
}

static void test_a_badly_encoded_value_says_nothing_of_its_row(void **state) {
  (void)state;
  run r = begin();
  add_request(&r, "/lab/1?page=%3&word=%ff%41", NULL, 0, "{}");
  assert_int_equal(head_count(&r, "query", "/word", "present"), 1);
  assert_int_equal(head_count(&r, "query", "/word", "charset"), 0);
  assert_int_equal(head_count(&r, "query", "/page", "integer"), 0);
  end(&r);
}

static void test_heads_count_only_once_a_whole_message_was_checked(void **state) {
  (void)state;
  run r = begin();
  put(&r, "{}");
  cmd_tally before = cmd_coverage_tally(r.coverage);
  add_request(&r, "/lab/1?page=1", NULL, 0, "{}");
  cmd_tally behind = cmd_coverage_tally(r.coverage);
  uint64_t head = 0;
  for (size_t i = 0; i < 3; i++) {
    static const char *const names[] = { "path", "query", "header" };
    head += cmd_section_tally(section_in(r.coverage, "Put", names[i])).all;
  }
  assert_true(head > 20);
  assert_int_equal(behind.all, before.all + head);
  end(&r);
}

static void test_bodies_that_were_not_read_are_not_counted(void **state) {
  (void)state;
  const bdc_header packed[] = { { BDC_STR("content-ENCODING"), BDC_STR("gzip") } };
  const bdc_header plain[] = { { BDC_STR("Content-Encoding"), BDC_STR("Identity") } };
  const bdc_header text[] = { { BDC_STR("Content-Type"), BDC_STR("text/plain") } };
  run r = begin();
  add_request(&r, "/lab/1?page=1", packed, 1, "{\"flag\":true}");
  add_request(&r, "/lab/1?page=x", packed, 1, "{\"flag\":true}");
  add_request(&r, "/lab/1?page=1", text, 1, "{\"flag\":true}");
  expect_count(&r, "/flag", "present", 0);
  expect_count(&r, "", "missing", 0);
  add_request(&r, "/lab/1?page=1", plain, 1, "{\"flag\":true}");
  expect_count(&r, "/flag", "present", 1);
  end(&r);
}

static void add_response(const run *r, int status, const char *body) {
  bdc_response response = { .status = status, .body = body, .body_size = strlen(body) };
  bdc_check_response(r->checker, operation_of(lab, "Put"), &response);
  cmd_coverage_add(r->coverage, bdc_checker_report(r->checker), text_of(body), NULL, &response);
}

static void test_statuses_errors_and_codes(void **state) {
  (void)state;
  run r = begin();
  add_response(&r, 200, "{\"id\":1}");
  add_response(&r, 202, "{}");
  add_response(&r, 202, "{}");
  add_response(&r, 418, "{}");
  put(&r, "");
  put(&r, "{\"person\":{\"name\":\"L\"}}");
  put(&r, "{\"flag\":1}");
  put(&r, "{\"flag\":1,\"person\":{}}");
  const cmd_cover_operation *operation = operation_in(r.coverage, "Put");
  static const uint64_t errors[] = { 0, 0, 1, 0, 1, 1, 1 };
  assert_int_equal(operation->service.error_count, 7);
  for (size_t i = 0; i < 7; i++) {
    assert_int_equal(operation->errors[i], errors[i]);
  }
  assert_int_equal(operation->status_count, 3);
  assert_int_equal(operation->statuses[0].count, 1);
  assert_int_equal(operation->statuses[1].count, 2);
  assert_int_equal(operation->statuses[2].count, 0);
  assert_int_equal(operation->other_statuses, 1);
  assert_int_equal(operation->requests, 4);
  assert_int_equal(operation->responses, 4);
  end(&r);
}

/* ---- all that is reported is counted ---- */

static void expect_same_sums(const bdc_ruleset *ruleset, bdc_checker *checker, const sample *one) {
  cmd_coverage *coverage = cmd_coverage_new(ruleset);
  bdc_check_body(checker, one->operation, one->http_status, one->body.data, one->body.size);
  cmd_coverage_add(coverage, bdc_checker_report(checker), blob_str(&one->body), NULL, NULL);
  for (size_t i = 0; i < coverage->operation_count; i++) {
    for (size_t j = 0; j < coverage->operations[i].info.section_count; j++) {
      const cmd_cover_section *section = &coverage->operations[i].sections[j];
      bdc_rule rule = section->checked > 0 ? sums_differ(section, bdc_checker_report(checker)) : BDC_RULE_COUNT;
      if (rule != BDC_RULE_COUNT) {
        fail_msg("%s: another number of %s", one->path, bdc_rule_name(rule));
      }
    }
  }
  cmd_coverage_free(coverage);
}

static void test_each_violation_of_the_samples_is_counted_once(void **state) {
  (void)state;
  bdc_ruleset *ruleset = ruleset_builtin();
  bdc_checker *checker = checker_of(ruleset, NULL);
  samples list = samples_load(ruleset, "test/data");
  assert_true(list.count > 100);
  for (size_t i = 0; i < list.count; i++) {
    expect_same_sums(ruleset, checker, &list.items[i]);
  }
  samples_free(&list);
  bdc_checker_free(checker);
  bdc_ruleset_free(ruleset);
}

/* ---- merging ---- */

static bdc_str json_of(const cmd_coverage *coverage, cmd_output *out) {
  *out = CMD_MEMORY;
  cmd_coverage_put_json(coverage, out);
  return cmd_output_text(out);
}

static void test_merging_adds_all_counts(void **state) {
  (void)state;
  static const char *const bodies[] = { "", "{}", "{\"flag\":true,\"colour\":\"x\"}", "{\"person\":{\"name\":\"Li\"}}",
                                        "{\"count\":5}" };
  run all = begin();
  run parts[2] = { begin(), begin() };
  for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
    put(&all, bodies[i]);
    put(&parts[i % 2], bodies[i]);
    add_response(&all, 200 + (int)i, bodies[i]);
    add_response(&parts[i % 2], 200 + (int)i, bodies[i]);
    add_request(&all, "/lab/1?page=9", NULL, 0, bodies[i]);
    add_request(&parts[i % 2], "/lab/1?page=9", NULL, 0, bodies[i]);
  }
  cmd_output expected;
  cmd_output merged;
  cmd_coverage_merge(parts[0].coverage, parts[1].coverage);
  bdc_str a = json_of(all.coverage, &expected);
  bdc_str b = json_of(parts[0].coverage, &merged);
  assert_int_equal(a.size, b.size);
  assert_memory_equal(a.data, b.data, a.size);
  cmd_output_free(&expected);
  cmd_output_free(&merged);
  end(&all);
  end(&parts[0]);
  end(&parts[1]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_the_ends_of_a_length_are_told_from_what_lies_between),
    cmocka_unit_test(test_a_length_that_is_one_number_has_three_sides),
    cmocka_unit_test(test_each_rule_counts_by_itself),
    cmocka_unit_test(test_a_mask_has_no_length),
    cmocka_unit_test(test_warnings_count_as_broken),
    cmocka_unit_test(test_enums_count_each_value),
    cmocka_unit_test(test_formats_and_patterns),
    cmocka_unit_test(test_a_limit_decides_nothing),
    cmocka_unit_test(test_the_ends_of_a_range),
    cmocka_unit_test(test_numbers_are_compared_by_value),
    cmocka_unit_test(test_items_and_includes),
    cmocka_unit_test(test_types_and_null),
    cmocka_unit_test(test_below_another_type_nothing_counts),
    cmocka_unit_test(test_presence_counts_once_for_each_object),
    cmocka_unit_test(test_objects_within_objects_of_the_same_kind),
    cmocka_unit_test(test_bodies_that_are_there_or_not),
    cmocka_unit_test(test_behind_a_fault_of_the_text_nothing_counts),
    cmocka_unit_test(test_behind_a_limit_of_depth_nothing_counts),
    cmocka_unit_test(test_a_report_without_room_proves_no_rule_kept),
    cmocka_unit_test(test_messages_of_no_operation_of_the_rules_are_left_out),
    cmocka_unit_test(test_values_of_the_head),
    cmocka_unit_test(test_mandatory_values_of_the_head),
    cmocka_unit_test(test_segments_of_a_path_have_a_character),
    cmocka_unit_test(test_a_badly_encoded_value_says_nothing_of_its_row),
    cmocka_unit_test(test_heads_count_only_once_a_whole_message_was_checked),
    cmocka_unit_test(test_bodies_that_were_not_read_are_not_counted),
    cmocka_unit_test(test_statuses_errors_and_codes),
    cmocka_unit_test(test_each_violation_of_the_samples_is_counted_once),
    cmocka_unit_test(test_merging_adds_all_counts),
  };
  return cmocka_run_group_tests(tests, load_lab, free_lab);
}
