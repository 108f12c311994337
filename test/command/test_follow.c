/* SPDX-License-Identifier: MIT */
/* Which row governs which value of a body, and that the engine sees it in the same way. */
#include "command/agree.h"
#include "unit/lab.h"
#include "unit/support.h"

#include <string.h>

static const char data_folder[] = "test/data";

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

static bdc_section_info section_of(const char *operation, int status) {
  bdc_section_info section;
  assert_true(cmd_section_find(operation_of(lab, operation), status, &section));
  return section;
}

/* ---- what is told of each value ---- */

/* The type of a row as it is written, so that a row can be told from others; "-" for none. */
static bdc_str type_of(const bdc_row *row) {
  return row ? bdc_row_describe(row).type : BDC_STR("-");
}

static void write_value(const cmd_value *value, void *context) {
  static const char *const kinds[] = { "string", "integer", "number", "true", "false", "null", "object", "array" };
  blob *out = context;
  bdc_str row = type_of(value->row);
  bdc_str parent = type_of(value->parent);
  blob_print(out, "%.*s | %s %llu | %.*s < %.*s | %.*s\n", (int)value->pointer.size, value->pointer.data, kinds[value->kind],
             (unsigned long long)value->count, (int)row.size, row.data, (int)parent.size, parent.data, (int)value->text.size,
             value->text.data);
}

static bool follow_text(const char *operation, int status, bdc_str body, blob *out) {
  bdc_section_info section = section_of(operation, status);
  blob_add(out, "", 0);
  return cmd_follow(body, &section, write_value, out);
}

static void expect_values(const char *operation, int status, const char *body, const char *expected) {
  blob told = { 0 };
  assert_true(follow_text(operation, status, (bdc_str){ body, strlen(body) }, &told));
  assert_string_equal(told.data, expected);
  blob_free(&told);
}

static void test_members_of_a_table_have_its_rows(void **state) {
  (void)state;
  expect_values("Put", 0, "{\"person\":{\"age\":7,\"name\":\"Li\"},\"flag\":true,\"ratio\":1e2}",
                "/person/age | integer 0 | integer < object person | 7\n"
                "/person/name | string 2 | string < object person | Li\n"
                "/person | object 2 | object person < object | \n"
                "/flag | true 0 | boolean < object | \n"
                "/ratio | number 0 | number < object | 1e2\n"
                " | object 3 | object < - | \n");
}

static void test_items_and_map_members_have_the_row_of_the_element(void **state) {
  (void)state;
  expect_values("Put", 0, "{\"people\":[{\"tags\":[\"a\",\"cc\"]}],\"table\":{\"x/y\":{\"~\":[1,2]}}}",
                "/people/0/tags/0 | string 1 | string < array of string | a\n"
                "/people/0/tags/1 | string 2 | string < array of string | cc\n"
                "/people/0/tags | array 2 | array of string < object person | \n"
                "/people/0 | object 1 | object person < array of object person | \n"
                "/people | array 1 | array of object person < object | \n"
                "/table/x~1y/~0/0 | integer 0 | integer < array of integer | 1\n"
                "/table/x~1y/~0/1 | integer 0 | integer < array of integer | 2\n"
                "/table/x~1y/~0 | array 2 | array of integer < map of array of integer | \n"
                "/table/x~1y | object 1 | map of array of integer < map of map of array of integer | \n"
                "/table | object 1 | map of map of array of integer < object | \n"
                " | object 2 | object < - | \n");
}

static void test_an_object_may_hold_itself(void **state) {
  (void)state;
  expect_values("Put", 0, "{\"tree\":{\"kids\":[{\"kids\":[],\"note\":\"\"}]}}",
                "/tree/kids/0/kids | array 0 | array of object tree < object tree | \n"
                "/tree/kids/0/note | string 0 | string < object tree | \n"
                "/tree/kids/0 | object 2 | object tree < array of object tree | \n"
                "/tree/kids | array 1 | array of object tree < object tree | \n"
                "/tree | object 1 | object tree < object | \n"
                " | object 1 | object < - | \n");
}

static void test_what_is_undocumented_has_no_row_nor_has_what_is_below(void **state) {
  (void)state;
  expect_values("Put", 0, "{\"new\":{\"name\":[\"Li\"]},\"flag\":false}",
                "/new/name/0 | string 2 | - < - | Li\n"
                "/new/name | array 1 | - < - | \n"
                "/new | object 1 | - < object | \n"
                "/flag | false 0 | boolean < object | \n"
                " | object 2 | object < - | \n");
}

static void test_a_value_of_another_type_keeps_its_row_and_what_is_below_has_none(void **state) {
  (void)state;
  expect_values("Put", 0, "{\"person\":[{\"name\":\"Li\"}],\"people\":{\"name\":null},\"any\":{\"flag\":true},\"flag\":{\"flag\":1}}",
                "/person/0/name | string 2 | - < - | Li\n"
                "/person/0 | object 1 | - < - | \n"
                "/person | array 1 | object person < object | \n"
                "/people/name | null 0 | - < - | \n"
                "/people | object 1 | array of object person < object | \n"
                "/any/flag | true 0 | - < - | \n"
                "/any | object 1 | any < object | \n"
                "/flag/flag | integer 0 | - < - | 1\n"
                "/flag | object 1 | boolean < object | \n"
                " | object 4 | object < - | \n");
}

static void test_bodies_that_are_no_objects(void **state) {
  (void)state;
  expect_values("List", 200, "[{\"name\":\"Li\"},5]",
                "/0/name | string 2 | string < object person | Li\n"
                "/0 | object 1 | object person < array of object person | \n"
                "/1 | integer 0 | object person < array of object person | 5\n"
                " | array 2 | array of object person < - | \n");
  expect_values("Word", 0, " \"x\" ", " | string 1 | string < - | x\n");
  expect_values("Word", 200, "{\"\":-1,\"a\":0.5}",
                "/ | integer 0 | integer < map of integer | -1\n"
                "/a | number 0 | integer < map of integer | 0.5\n"
                " | object 2 | map of integer < - | \n");
}

static void test_escaped_names_and_texts_are_decoded(void **state) {
  (void)state;
  expect_values("Put", 0, "{\"fl\\u0061g\":true,\"a\\/b~c\":\"\\ud83d\\ude00\\n\xe4\xb8\xad\",\"fl\\u0061gs\":\"\"}",
                "/flag | true 0 | boolean < object | \n"
                "/a~1b~0c | string 3 | string < object | \xf0\x9f\x98\x80\n\xe4\xb8\xad\n"
                "/flags | string 0 | - < object | \n"
                " | object 3 | object < - | \n");
}

static void test_a_name_that_stands_twice_is_told_twice(void **state) {
  (void)state;
  expect_values("Put", 0, "{\"flag\":true,\"flag\":null}",
                "/flag | true 0 | boolean < object | \n"
                "/flag | null 0 | boolean < object | \n"
                " | object 2 | object < - | \n");
}

/* ---- where values stand ---- */

typedef struct place {
  const char *pointer;
  size_t name_offset;
  size_t offset;
  size_t end;
  bdc_str name;
  size_t met;
} place;

static void note_place(const cmd_value *value, void *context) {
  place *wanted = context;
  if (value->pointer.size == strlen(wanted->pointer) && memcmp(value->pointer.data, wanted->pointer, value->pointer.size) == 0) {
    assert_int_equal(value->name_offset, wanted->name_offset);
    assert_int_equal(value->offset, wanted->offset);
    assert_int_equal(value->end, wanted->end);
    assert_int_equal(value->name.size, wanted->name.size);
    assert_memory_equal(value->name.data, wanted->name.data, wanted->name.size);
    wanted->met++;
  }
}

static void test_offsets_are_those_of_the_text(void **state) {
  (void)state;
  const char body[] = "\r\n{ \"ratio\" : -1.50 , \"words\":{\"k\": \"\\u0041b\"},\"new\": [ null ,false]}\n";
  const place places[] = {
    { "/ratio", 4, 14, 19, BDC_STR("ratio"), 0 },  { "/words/k", 31, 36, 45, BDC_STR("k"), 0 },
    { "/words", 22, 30, 46, BDC_STR("words"), 0 }, { "/new/0", SIZE_MAX, 56, 60, { "", 0 }, 0 },
    { "/new/1", SIZE_MAX, 62, 67, { "", 0 }, 0 },  { "/new", 47, 54, 68, BDC_STR("new"), 0 },
    { "", SIZE_MAX, 2, 69, { "", 0 }, 0 },
  };
  bdc_section_info section = section_of("Put", 0);
  for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
    place wanted = places[i];
    assert_true(cmd_follow((bdc_str){ body, sizeof(body) - 1 }, &section, note_place, &wanted));
    assert_int_equal(wanted.met, 1);
  }
}

/* ---- texts that are no JSON ---- */

static void test_what_stands_before_a_fault_is_told(void **state) {
  (void)state;
  blob told = { 0 };
  assert_false(follow_text("Put", 0, BDC_STR("{\"flag\":true,\"person\":{\"age\":1,\"name\":\"L"), &told));
  assert_string_equal(told.data, "/flag | true 0 | boolean < object | \n/person/age | integer 0 | integer < object person | 1\n");
  blob_free(&told);
}

static void test_no_json_is_refused(void **state) {
  (void)state;
  static const char *const bodies[] = { "",    " ",  "{",        "[1,]",       "{\"a\"}", "{\"a\":1}x", "\xef\xbb\xbf{}",
                                        "nul", "01", "\"\xff\"", "\"\\ud800\"" };
  for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
    blob told = { 0 };
    assert_false(follow_text("Put", 0, (bdc_str){ bodies[i], strlen(bodies[i]) }, &told));
    blob_free(&told);
  }
}

static void count_value(const cmd_value *value, void *context) {
  (void)value;
  ++*(size_t *)context;
}

static void test_depth_ends_where_that_of_checkers_does(void **state) {
  (void)state;
  bdc_section_info section = section_of("Put", 0);
  for (size_t depth = UINT16_MAX; depth <= UINT16_MAX + 1; depth++) {
    blob body = { 0 };
    size_t count = 0;
    blob_repeat(&body, "[", depth);
    blob_repeat(&body, "]", depth);
    assert_int_equal(cmd_follow(blob_str(&body), &section, count_value, &count), depth == UINT16_MAX);
    assert_int_equal(count, depth == UINT16_MAX ? depth : 0);
    blob_free(&body);
  }
}

static void test_there_are_sections_only_for_what_is_documented(void **state) {
  (void)state;
  bdc_section_info section;
  assert_true(cmd_section_find(operation_of(lab, "Put"), 266, &section));
  assert_int_equal(section.statuses[0], 266);
  assert_true(cmd_section_find(operation_of(lab, "Put"), 0, &section));
  assert_int_equal(section.status_count, 0);
  assert_int_equal(section.in, BDC_IN_BODY);
  assert_false(cmd_section_find(operation_of(lab, "Put"), 404, &section));
  assert_null(section.body);
  assert_false(cmd_section_find(operation_of(lab, "List"), 0, &section));
}

/* ---- the engine sees it in the same way ---- */

static void expect_agreement(bdc_checker *checker, const bdc_operation *operation, int status, bdc_str body) {
  bdc_section_info section;
  if (body.size == 0 || !cmd_section_find(operation, status, &section)) {
    return;
  }
  bdc_check_body(checker, operation, status, body.data, body.size);
  const char *wrong = agree_on_body(bdc_checker_report(checker), &section, body);
  if (wrong) {
    fail_msg("%s: %.*s", wrong, (int)body.size, body.data);
  }
}

static void test_engine_and_follower_agree_on_samples(void **state) {
  (void)state;
  bdc_ruleset *ruleset = ruleset_builtin();
  bdc_checker *checker = checker_of(ruleset, NULL);
  samples list = samples_load(ruleset, data_folder);
  assert_true(list.count > 100);
  for (size_t i = 0; i < list.count; i++) {
    /* Also against the tables of others, which fit hardly any value. */
    for (size_t j = 0; j < bdc_operation_count(ruleset); j++) {
      expect_agreement(checker, bdc_operation_at(ruleset, j), 0, blob_str(&list.items[i].body));
      expect_agreement(checker, bdc_operation_at(ruleset, j), 200, blob_str(&list.items[i].body));
      expect_agreement(checker, bdc_operation_at(ruleset, j), 400, blob_str(&list.items[i].body));
    }
  }
  samples_free(&list);
  bdc_checker_free(checker);
  bdc_ruleset_free(ruleset);
}

static void test_engine_and_follower_agree_on_every_kind_of_row(void **state) {
  (void)state;
  static const char *const bodies[] = {
    "{\"person\":{\"name\":\"L1\",\"age\":151,\"tags\":[\"b\",\"d\",1,null]},\"pair\":{\"left\":{\"age\":\"x\"},\"right\":[]}}",
    "{\"people\":[{},{\"name\":null},[],{\"name\":\"\",\"other\":{\"name\":1}},{\"name\":\"12345\"}],\"byname\":{\"a\":{},\"a\":1,"
    "\"b\":{}}}",
    "{\"words\":{\"\":\"\",\"x/"
    "~\":\"1234\"},\"table\":{\"a\":{\"b\":[1.5,{}]},\"c\":[]},\"tree\":{\"kids\":[{\"kids\":[{\"note\":\"1234\"}]}]}}",
    "{\"flag\":1,\"flag\":2,\"any\":null,\"nothing\":null,\"nothing\":\"1\",\"soft\":{\"a\":{}},\"new\":{\"new\":1,\"new\":2},\"a/"
    "b~c\":\"\"}",
    "{\"hard\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac\",\"key\":\"-\\u002a*-\",\"when\":\"2020-01-01T00:00:00\",\"uuid\":"
    "\"\"}",
    "{\"person\":{\"name\":\"\\u0031\\u0032\",\"name\":\"22\"},\"open\":{\"b\":{\"a\":\"\"},\"a\":\"\"},\"strict\":{\"b\":1}} x",
  };
  bdc_checker *checker = checker_of(lab, NULL);
  for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
    for (size_t j = 0; j < bdc_operation_count(lab); j++) {
      expect_agreement(checker, bdc_operation_at(lab, j), 0, (bdc_str){ bodies[i], strlen(bodies[i]) });
      expect_agreement(checker, bdc_operation_at(lab, j), 200, (bdc_str){ bodies[i], strlen(bodies[i]) });
    }
  }
  bdc_checker_free(checker);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_members_of_a_table_have_its_rows),
    cmocka_unit_test(test_items_and_map_members_have_the_row_of_the_element),
    cmocka_unit_test(test_an_object_may_hold_itself),
    cmocka_unit_test(test_what_is_undocumented_has_no_row_nor_has_what_is_below),
    cmocka_unit_test(test_a_value_of_another_type_keeps_its_row_and_what_is_below_has_none),
    cmocka_unit_test(test_bodies_that_are_no_objects),
    cmocka_unit_test(test_escaped_names_and_texts_are_decoded),
    cmocka_unit_test(test_a_name_that_stands_twice_is_told_twice),
    cmocka_unit_test(test_offsets_are_those_of_the_text),
    cmocka_unit_test(test_what_stands_before_a_fault_is_told),
    cmocka_unit_test(test_no_json_is_refused),
    cmocka_unit_test(test_depth_ends_where_that_of_checkers_does),
    cmocka_unit_test(test_there_are_sections_only_for_what_is_documented),
    cmocka_unit_test(test_engine_and_follower_agree_on_samples),
    cmocka_unit_test(test_engine_and_follower_agree_on_every_kind_of_row),
  };
  return cmocka_run_group_tests(tests, load_lab, free_lab);
}
