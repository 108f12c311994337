/* SPDX-License-Identifier: MIT */
/* Bodies that the accepter must not be sure of, and such that nearly are: each kernel must leave the report to the precise engine. */
#include "unit/support.h"

#include <bodycheck/table.h>

#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

enum { TIMES = 3 }; /* a layout is kept from the second body on */

static const char rules[] = "provider p\n"
                            "service s A\n"
                            "source t x\n"
                            "codes\n"
                            "  P.1 400 \"One\" @t\n"
                            "object tree\n"
                            "  kid object tree optional @t\n"
                            "operation O PUT /o @t\n"
                            "  request\n"
                            "    count  integer optional range 0..99999999 @t\n"
                            "    stamp  long optional format epoch-ms @t\n"
                            "    when   string optional format date-time @t\n"
                            "    soft   string optional format date-time warn format @t\n"
                            "    code   string optional error-code @t\n"
                            "    key    string optional charset [a-z] masked @t\n"
                            "    first  string optional start [a-z] charset [a-zA-Z] masked @t\n"
                            "    run    string optional enum aaaaaaaaa | aaaaaaaaaaa @t\n"
                            "    map    map of integer optional items 1..2 @t\n"
                            "    anys   array of any optional @t\n"
                            "    roles  array of string optional includes read secret @t\n"
                            "    tree   object tree optional @t\n";

static bdc_ruleset *ruleset;

static int make_ruleset(void **state) {
  (void)state;
  ruleset = ruleset_of(rules);
  return 0;
}

static int free_ruleset(void **state) {
  (void)state;
  bdc_ruleset_free(ruleset);
  return 0;
}

static void assert_report(bdc_checker *checker, const char *body, const char *expected) {
  blob found = { 0 };
  blob_add(&found, "", 0);
  check_copy(checker, bdc_operation_at(ruleset, 0), 0, (bdc_str){ body, strlen(body) });
  violations_write(&found, bdc_checker_report(checker));
  if (strcmp(found.data, expected) != 0) {
    fail_msg("kernel %s, %s:\n%sexpected:\n%s", bdc_checker_kernel(checker), body, found.data, expected);
  }
  blob_free(&found);
}

/* By a checker that has seen a body of this layout, where one is given, and by one that has not. */
static void assert_by_all_kernels(const char *alike, const char *body, const char *expected) {
  for (size_t i = 0; bdc_kernel_name(i); i++) {
    bdc_checker *checker = checker_of(ruleset, &(bdc_settings){ .kernel = bdc_kernel_name(i) });
    assert_report(checker, body, expected);
    bdc_checker_free(checker);
    checker = checker_of(ruleset, &(bdc_settings){ .kernel = bdc_kernel_name(i) });
    for (int times = 0; alike && times < TIMES; times++) {
      assert_report(checker, alike, "");
    }
    for (int times = 0; times < TIMES; times++) {
      assert_report(checker, body, expected);
    }
    bdc_checker_free(checker);
  }
}

typedef struct example {
  const char *alike; /* a valid body of the same layout */
  const char *body;
  const char *expected;
} example;

static void assert_examples(const example *examples, size_t count) {
  for (size_t i = 0; i < count; i++) {
    assert_by_all_kernels(examples[i].alike, examples[i].body, examples[i].expected);
  }
}

static void numbers_of_many_digits_are_read_to_their_end(void **state) {
  (void)state;
  static const example examples[] = {
    { "{\"count\":1}", "{\"count\":12345678}", "" },
    { "{\"count\":1}", "{\"count\":99999999}", "" },
    { "{\"count\":1}", "{\"count\":123456789}", "range error body </count> <count> 9\n" },
    { "{\"count\":1}", "{\"count\":1234567890}", "range error body </count> <count> 9\n" },
    { "{\"count\":1}", "{\"count\":1234567.}", "syntax error body <> <> 17\n" },
    { "{\"stamp\":1600000000000}", "{\"stamp\":1600000000001}", "" },
    { "{\"stamp\":1600000000000}", "{\"stamp\":-160000000000}", "format error body </stamp> <stamp> 9\n" },
    { "{\"stamp\":1600000000000}", "{\"stamp\":160000000000.0}", "type error body </stamp> <stamp> 9\n" },
    { "{\"stamp\":1600000000000}", "{\"stamp\":16000000000.0}", "type error body </stamp> <stamp> 9\n" },
  };
  assert_examples(examples, LENGTH(examples));
}

static void dates_are_looked_at_byte_by_byte(void **state) {
  (void)state;
  static const char alike[] = "{\"when\":\"2020-08-03T13:21:48+08:00\"}";
  static const example examples[] = {
    { alike, "{\"when\":\"2020-12-31T23:59:59-08:00\"}", "" },
    { alike, "{\"when\":\"2020-13-03T13:21:48+08:00\"}", "format error body </when> <when> 8\n" },
    { alike, "{\"when\":\"2020-19-03T13:21:48+08:00\"}", "format error body </when> <when> 8\n" },
    { alike, "{\"when\":\"2020-08-03T13:21:48*08:00\"}", "format error body </when> <when> 8\n" },
    { alike, "{\"when\":\"2020-08-03T13:21:48.1234567+08:00\"}", "" },
    { alike, "{\"when\":\"2020-08-03T13:21:48.12345678+08:00\"}", "" },
    { alike, "{\"when\":\"2020-08-03T13:21:48.123456789+08:00\"}", "" },
    { alike, "{\"when\":\"2020-08-03T13:21:48.1234567890+08:00\"}", "" },
    { alike, "{\"when\":\"2020-08-03T13:21:48.12345678*08:00\"}", "format error body </when> <when> 8\n" },
    { "{\"soft\":\"2020-08-03T13:21:48Z\"}", "{\"soft\":\"2020-08-32T13:21:48Z\"}", "format warning body </soft> <soft> 8\n" },
  };
  assert_examples(examples, LENGTH(examples));
}

static void strings_of_rare_rows_are_held_against_all_of_them(void **state) {
  (void)state;
  static const example examples[] = {
    { "{\"key\":\"ab\"}", "{\"key\":\"a***b\"}", "" },
    { "{\"key\":\"ab\"}", "{\"key\":\"a**B\"}", "charset error body </key> <key> 11\n" },
    { "{\"key\":\"ab\"}", "{\"key\":\"a*\xc3\xa9\"}", "charset error body </key> <key> 10\n" },
    { "{\"first\":\"aB\"}", "{\"first\":\"b**C\"}", "" },
    { "{\"first\":\"aB\"}", "{\"first\":\"**\"}", "" },
    { "{\"first\":\"aB\"}", "{\"first\":\"B**c\"}", "start error body </first> <first> 10\n" },
    { "{\"code\":\"P.2\"}", "{\"code\":\"P.1\"}", "" },
    { "{\"run\":\"aaaaaaaaa\"}", "{\"run\":\"aaaaaaaa\"}", "enum error body </run> <run> 7\n" },
    { "{\"run\":\"aaaaaaaaa\"}", "{\"run\":\"aaaaaaaaaa\"}", "enum error body </run> <run> 7\n" },
    { "{\"run\":\"aaaaaaaaa\"}", "{\"run\":\"aaaaaaaaaaa\"}", "" },
    { "{\"run\":\"aaaaaaaaa\"}", "{\"run\":\"aaaaaaaaaaaa\"}", "enum error body </run> <run> 7\n" },
    { "{\"run\":\"aaaaaaaaa\"}", "{\"run\":\"aaaaaaaaaaaaa\"}", "enum error body </run> <run> 7\n" },
    { "{\"run\":\"aaaaaaaaa\"}", "{\"run\":\"aaaaaaaaaaaaaa\"}", "enum error body </run> <run> 7\n" },
    { "{\"run\":\"aaaaaaaaa\"}", "{\"run\":\"aaaaaaaaaaaaaaa\"}", "enum error body </run> <run> 7\n" },
    { "{\"run\":\"aaaaaaaaa\"}", "{\"run\":\"aaaaaaaaaaaaaaaa\"}", "enum error body </run> <run> 7\n" },
  };
  assert_examples(examples, LENGTH(examples));
}

static void containers_of_rare_rows_are_held_against_all_of_them(void **state) {
  (void)state;
  static const example examples[] = {
    { "{\"map\":{\"a\":1}}", "{\"map\":{}}", "items error body </map> <map> 7\n" },
    { "{\"map\":{\"a\":1}}", "{\"map\":{\"a\":1,\"b\":2,\"c\":3}}", "items error body </map> <map> 7\n" },
    { "{\"anys\":[\"a\",1]}", "{\"anys\":[\"b\",2]}", "" },
    { "{\"anys\":[\"a\"]}", "{\"anys\":[\"b\"]}", "" },
    { "{\"anys\":[\"a\",1]}", "{\"anys\":[\"b\\x\",2]}", "syntax error body <> <> 11\n" },
    { "{\"anys\":[\"a\",1]}", "{\"anys\":[\"b\",2x]}", "syntax error body <> <> 14\n" },
    { "{\"roles\":[\"read\",\"a\"]}", "{\"roles\":[\"read\",\"b\"]}", "" },
    { "{\"roles\":[\"read\",\"a\"]}", "{\"roles\":[\"reed\",\"a\"]}", "includes error body </roles> <roles> 9\n" },
  };
  assert_examples(examples, LENGTH(examples));
}

/* Deeper than the accepter follows, which is less than what is allowed. */
static void what_is_nested_deeply_is_read_to_its_end(void **state) {
  (void)state;
  enum { LEVELS = 40 };
  blob good = { 0 };
  blob bad = { 0 };
  blob_print(&good, "{\"tree\":");
  blob_repeat(&good, "{\"kid\":", LEVELS);
  blob_print(&bad, "%s1", good.data);
  blob_print(&good, "{}");
  blob_repeat(&good, "}", LEVELS + 1);
  blob_repeat(&bad, "}", LEVELS + 1);
  assert_by_all_kernels(NULL, good.data, "");
  blob expected = { 0 };
  blob_print(&expected, "type error body </tree");
  blob_repeat(&expected, "/kid", LEVELS);
  blob_print(&expected, "> <kid> %d\n", 8 + LEVELS * 7);
  assert_by_all_kernels(good.data, bad.data, expected.data);
  blob_free(&good);
  blob_free(&bad);
  blob_free(&expected);
}

/*
 * As many blanks as go beyond the bytes that a kernel looks at together. Where many containers end together, it is at its end before it
 * has seen what follows.
 */
static void what_follows_a_body_is_seen_however_far_behind_it_stands(void **state) {
  (void)state;
  enum { LEVELS_MOST = 28, BLANKS_MOST = 5000 };
  for (size_t levels = 0; levels <= LEVELS_MOST; levels += 7) {
    for (size_t blanks = 0; blanks < BLANKS_MOST; blanks += 499) {
      blob body = { 0 };
      blob expected = { 0 };
      blob_print(&body, "{\"tree\":");
      blob_repeat(&body, "{\"kid\":", levels);
      blob_print(&body, "{}");
      blob_repeat(&body, "}", levels + 1);
      blob_repeat(&body, " ", blanks);
      blob_print(&expected, "syntax error body <> <> %zu\n", body.size);
      blob_print(&body, "}");
      assert_by_all_kernels(NULL, body.data, expected.data);
      blob_free(&body);
      blob_free(&expected);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(numbers_of_many_digits_are_read_to_their_end),
    cmocka_unit_test(dates_are_looked_at_byte_by_byte),
    cmocka_unit_test(strings_of_rare_rows_are_held_against_all_of_them),
    cmocka_unit_test(containers_of_rare_rows_are_held_against_all_of_them),
    cmocka_unit_test(what_is_nested_deeply_is_read_to_its_end),
    cmocka_unit_test(what_follows_a_body_is_seen_however_far_behind_it_stands),
  };
  return cmocka_run_group_tests(tests, make_ruleset, free_ruleset);
}
