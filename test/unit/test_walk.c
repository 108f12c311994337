/* SPDX-License-Identifier: MIT */
/*
 * Which bodies a kernel is sure of when it goes over them by itself. All kernels must be of one mind, and never be sure of a body in which
 * the precise engine finds something; of the usual bodies they must be sure, however these are written.
 */
#include "unit/support.h"

#include "accept/accept.h"
#include "check/checker.h"

#include <stdlib.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

static const char rules[] = "provider p\n"
                            "service s A\n"
                            "source t x\n"
                            "object tree\n"
                            "  kid  object tree optional @t\n"
                            "  leaf map of integer optional @t\n"
                            "operation O PUT /o @t\n"
                            "  request\n"
                            "    id    string optional length ..40000 @t\n"
                            "    name  string mandatory length 1..9 @t\n"
                            "    any   string optional @t\n"
                            "    count integer optional range 0..99 @t\n"
                            "    ratio number optional @t\n"
                            "    flag  boolean optional nullable @t\n"
                            "    names array of string optional length ..3 @t\n"
                            "    role  array of string optional includes read @t\n"
                            "    map   map of string optional @t\n"
                            "    tree  object tree optional @t\n"
                            "    a_name_of_more_bytes_than_are_looked_at_together integer optional @t\n";

static bdc_ruleset *ruleset;
static bdc_checker *precise;
static const bdc_operation *operation;

static int set_up(void **state) {
  (void)state;
  ruleset = ruleset_of(rules);
  precise = checker_of(ruleset, &(bdc_settings){ .kernel = "none" });
  operation = bdc_operation_at(ruleset, 0);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  bdc_checker_free(precise);
  bdc_ruleset_free(ruleset);
  return 0;
}

/*
 * Whether all kernels that look at bodies by themselves are sure of this one; it must be all or none. Each begins with the style that the
 * one before has left.
 */
static bool sure(const char *body, size_t size) {
  static bdc__styles styles;
  if (!styles.known[0].comma.size) {
    styles = bdc__styles_compact();
  }
  bdc__accept_task task = precise->task;
  task.root = &operation->request->root;
  task.service = operation->service;
  size_t yes = 0;
  size_t all = 0;
  unsigned char *copy = malloc(size + (size == 0)); /* so that a sanitizer sees what is read behind it */
  assert_non_null(copy);
  memcpy(copy, body, size);
  const bdc__kernel *kernel;
  for (size_t i = 0; (kernel = bdc__kernel_at(i)) != NULL; i++) {
    if (kernel->accept) {
      all++;
      yes += kernel->accept(&task, &styles, copy, size);
    }
  }
  free(copy);
  if (yes && yes != all) {
    fail_msg("some kernels are sure of %.*s", (int)size, body);
  }
  if (yes && bdc_check_body(precise, operation, 0, body, size) != BDC_VALID) {
    fail_msg("kernels are sure of %.*s", (int)size, body);
  }
  return all == 0 || yes == all;
}

/* Machines without such a kernel are sure of none. */
static bool walks(void) {
  const bdc__kernel *kernel;
  for (size_t i = 0; (kernel = bdc__kernel_at(i)) != NULL; i++) {
    if (kernel->accept) {
      return true;
    }
  }
  return false;
}

typedef struct example {
  const char *body;
  bool sure;
} example;

static void assert_examples(const example *examples, size_t count) {
  if (!walks()) {
    skip();
  }
  for (size_t i = 0; i < count; i++) {
    if (sure(examples[i].body, strlen(examples[i].body)) != examples[i].sure) {
      fail_msg("kernels are %ssure of %s", examples[i].sure ? "not " : "", examples[i].body);
    }
  }
}

static void any_way_to_write_blanks_is_understood(void **state) {
  (void)state;
  static const example examples[] = {
    { "{\"name\":\"a\",\"id\":\"b\",\"count\":1,\"any\":\"c\"}", true },
    { "{\"name\": \"a\", \"id\": \"b\", \"count\": 1, \"any\": \"c\"}", true },
    { "{\"name\" : \"a\" , \"id\" : \"b\" , \"count\" : 1 , \"any\" : \"c\"}", true },
    { "{ \"name\" :\"a\" ,\"id\" :\"b\" ,\"count\" :1 ,\"any\" :\"c\" }", true },
    { "\t{\r\n  \"name\": \"a\",\r\n  \"id\": \"b\",\r\n  \"count\": 1,\r\n  \"any\": \"c\"\r\n}\r\n", true },
    { "{\n            \"name\": \"a\",\n            \"id\": \"b\",\n            \"count\": 1,\n            \"any\": \"c\"\n}", true },
    { "{\"name\":          \"a\"          ,          \"id\":          \"b\",\"count\":          1}", true },
    { "{\"name\":\"a\", \"id\" :\"b\",\"count\":1  ,\"any\"  :  \"c\"}", true },
    { "{\"name\": \"a\",\"id\":\"b\",\"any\":\"c\",\"count\":1}", true },
    { "{\"name\":\"a\", \"id\":\"b\", \"any\":\"c\", \"count\":1}", true },
    { "{\"name\":\"a\",\"count\":1 ,\"id\":\"b\"}", true },
    { "{\"name\":\"a\",\"names\":[ \"x\" , \"y\",\"z\"\n],\"map\":{ \"k\" : \"v\" ,\"l\":\"w\" },\"tree\":{ }}", true },
    { "{\"name\":\"a\",\"names\":[ ],\"map\":{\n},\"tree\":{\"kid\":{}}}", true },
  };
  assert_examples(examples, LENGTH(examples));
}

/* Between tokens nothing but blanks may stand, and each token once. */
static void what_does_not_belong_is_not_passed_over(void **state) {
  (void)state;
  static const char *const tokens[] = { "{",         "\"name\"", ":", "\"a\"",    ",",         "\"id\"", ":",       "\"b\"", ",",
                                        "\"count\"", ":",        "1", ",",        "\"names\"", ":",      "[",       "\"x\"", ",",
                                        "\"y\"",     "]",        ",", "\"tree\"", ":",         "{",      "\"kid\"", ":",     "{",
                                        "}",         "}",        ",", "\"map\"",  ":",         "{",      "\"k\"",   ":",     "\"v\"",
                                        ",",         "\"l\"",    ":", "\"w\"",    "}",         "}" };
  static const char *const strangers[] = { "\x7f", "\x01", "\xef\xbb\xbf", "\\", "\\\"", "\"", "\"\"", ",", ":", "x", "0",
                                           "[",    "}",    "/**/" };
  static const char *const blanks[] = { "", " ", "\n    " };
  blob body = { 0 };
  for (size_t stranger = 0; stranger < LENGTH(strangers); stranger++) {
    for (size_t at = 0; at <= LENGTH(tokens); at++) {
      for (size_t blank = 0; blank < LENGTH(blanks); blank++) {
        blob_clear(&body);
        for (size_t i = 0; i <= LENGTH(tokens); i++) {
          blob_print(&body, "%s%s%s", i == at ? strangers[stranger] : "", i < LENGTH(tokens) ? tokens[i] : "", blanks[blank]);
        }
        (void)sure(body.data, body.size); /* which must not be so where the precise engine finds something */
      }
    }
  }
  for (size_t at = 0; at < LENGTH(tokens); at++) {
    for (size_t times = 0; times <= 2; times += 2) {
      blob_clear(&body);
      for (size_t i = 0; i < LENGTH(tokens); i++) {
        for (size_t copy = 0; copy < (i == at ? times : 1); copy++) {
          blob_print(&body, "%s", tokens[i]);
        }
      }
      (void)sure(body.data, body.size);
    }
  }
  blob_free(&body);
}

static void scalars_are_read_to_their_end(void **state) {
  (void)state;
  static const example examples[] = {
    { "{\"name\":\"a\",\"flag\":true}", true },
    { "{\"name\":\"a\",\"flag\":false,\"count\":0}", true },
    { "{\"name\":\"a\",\"flag\":null,\"count\":99}", true },
    { "{\"flag\":null,\"name\":\"a\"}", true },
    { "{\"ratio\":-1.5e+3,\"name\":\"a\"}", true },
    { "{\"name\":\"a\",\"ratio\":1E2}", true },
    { "{\"name\":\"a\",\"a_name_of_more_bytes_than_are_looked_at_together\":1}", true },
    { "{\"name\":\"a\",\"flag\":t}", false },
    { "{\"name\":\"a\",\"flag\":tru}", false },
    { "{\"name\":\"a\",\"flag\":truee}", false },
    { "{\"name\":\"a\",\"flag\":nul}", false },
    { "{\"name\":\"a\",\"flag\":\"true\"}", false },
    { "{\"name\":\"a\",\"count\":100}", false },
    { "{\"name\":\"a\",\"count\":01}", false },
    { "{\"name\":\"a\",\"count\":1.0}", false },
    { "{\"name\":\"a\",\"count\":}", false },
    { "{\"name\":\"a\",\"count\":,\"id\":\"b\"}", false },
    { "{\"name\":\"a\",\"count\":[1]}", false },
    { "{\"name\":\"a\",\"count\":{}}", false },
    { "{\"name\":1}", false },
    { "{\"name\":{}}", false },
    { "{\"name\":[\"a\"]}", false },
    { "{\"name\":\"a\",\"tree\":\"b\"}", false },
    { "{\"name\":\"a\",\"names\":\"b\"}", false },
    { "{\"name\":\"a\",\"map\":[]}", false },
    { "{\"name\":\"a\",\"tree\":[]}", false },
    { "{\"name\":\"a\",\"names\":{}}", false },
  };
  assert_examples(examples, LENGTH(examples));
}

static void members_come_once_each_and_all_that_must(void **state) {
  (void)state;
  static const example examples[] = {
    { "{\"any\":\"c\",\"id\":\"b\",\"name\":\"a\"}", true },
    { "{\"id\":\"b\"}", false },
    { "{}", false },
    { "{\"name\":\"a\",\"name\":\"a\"}", false },
    { "{\"name\":\"a\",\"count\":1,\"count\":1}", false },
    { "{\"name\":\"a\", \"id\":\"b\", \"id\":\"b\"}", false },
    { "{\"name\":\"a\",\"map\":{\"k\":\"v\",\"k\":\"v\"}}", false },
    { "{\"name\":\"a\",\"other\":\"b\"}", false },
    { "{\"name\":\"a\",\"nam\":\"b\"}", false },
    { "{\"n\\u0061me\":\"a\"}", false }, /* it is the name; but that is for the precise engine */
    { "{\"name\":\"a\",\"role\":[\"write\",\"read\"]}", true },
    { "{\"name\":\"a\",\"role\":[\"write\"]}", false },
    { "{\"name\":\"a\",\"role\":[\"r\\u0065ad\"]}", false },
    { "{\"name\":\"a\",\"names\":[\"abc\",\"abcd\"]}", false },
    { "{\"name\":\"a\",\"names\":[\"abc\",1]}", false },
    { "{\"name\":\"a\",\"names\":[\"abc\",]}", false },
    { "{\"name\":\"a\",\"names\":[\"\xc3\xa9\xc3\xa9\xc3\xa9\",\"\\n\\n\\n\"]}", true },
    { "{\"name\":\"a\",\"names\":[\"\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\"]}", false },
  };
  assert_examples(examples, LENGTH(examples));
}

/* A string with something in it that is not plain, wherever that stands in the blocks that a kernel looks at together. */
static void strings_are_understood_wherever_they_lie(void **state) {
  (void)state;
  static const example middles[] = {
    { "", true },         { "\\\"", true },        { "\\\\", true }, { "\\\\\\\"", true },          { "\\u00e9", true },
    { "\xc3\xa9", true }, { "\\n\xc3\xa9", true }, { "\x7f", true }, { "\\\\\",\"id\":\"b", true }, { "\x1f", false },
    { "\n", false },      { "\xc3", false },       { "\\x", false }, { "\\u00e", false },           { "\xed\xa0\x80", false },
  };
  enum { BEFORE_MOST = 140, BEHIND_MOST = 70 };
  if (!walks()) {
    skip();
  }
  blob body = { 0 };
  for (size_t i = 0; i < LENGTH(middles); i++) {
    for (size_t before = 0; before < BEFORE_MOST; before++) {
      for (size_t behind = 0; behind < BEHIND_MOST; behind += 23) {
        blob_clear(&body);
        blob_print(&body, "{\"name\":\"a\",\"any\":\"");
        blob_repeat(&body, "x", before);
        blob_print(&body, "%s", middles[i].body);
        blob_repeat(&body, "y", behind);
        blob_print(&body, "\",\"count\":1}");
        if (sure(body.data, body.size) != middles[i].sure) {
          fail_msg("%s behind %zu bytes, before %zu", middles[i].body, before, behind);
        }
      }
    }
  }
  blob_free(&body);
}

/* So many windows that lists are made anew in the middle of members, and strings that no list is long enough for. */
static void long_bodies_are_read_a_window_at_a_time(void **state) {
  (void)state;
  static const size_t sizes[] = { 900, 1000, 1023, 1024, 1025, 1090, 2047, 5000, 29000, 40000 };
  enum { LISTED_MOST = 30000 };
  if (!walks()) {
    skip();
  }
  blob body = { 0 };
  for (size_t i = 0; i < LENGTH(sizes); i++) {
    for (size_t more = 0; more < 70; more += 3) {
      blob_clear(&body);
      blob_print(&body, "{\"name\":\"a\",\"map\":{\"k\":\"");
      blob_repeat(&body, "m", more);
      blob_print(&body, "\"},\"id\":\"");
      blob_repeat(&body, "x", sizes[i] - 69);
      blob_print(&body, "\",\"names\":[");
      blob_repeat(&body, "\"a\",\"\",", more);
      blob_print(&body, "\"\xc3\xa9\"],\"tree\":{\"leaf\":{");
      for (size_t leaf = 0; leaf < more % 10; leaf++) {
        blob_print(&body, "\"%zu\":%zu,", leaf, leaf);
      }
      blob_print(&body, "\"l\":-1}},\"count\":1}");
      assert_int_equal(sure(body.data, body.size), sizes[i] < LISTED_MOST);
      body.data[body.size - 2] = 'x';
      assert_false(sure(body.data, body.size));
    }
  }
  blob_free(&body);
}

/* One body after another cut short: none of them is whole. */
static void no_part_of_a_body_is_one(void **state) {
  (void)state;
  if (!walks()) {
    skip();
  }
  static const char whole[] =
      "{\"name\":\"a\\\"\xc3\xa9\",\"count\":12,\"names\":[\"x\",\"y\"],\"flag\":true,\"tree\":{\"kid\":{\"leaf\":{\"a\":1}}},"
      "\"ratio\":1.5, \"any\" : \"\"}";
  assert_true(sure(whole, sizeof whole - 1));
  for (size_t size = 0; size < sizeof whole - 1; size++) {
    assert_false(sure(whole, size));
    char closed[sizeof whole + 1];
    memcpy(closed, whole, size);
    closed[size] = '}';
    (void)sure(closed, size + 1);
  }
}

/* Deeper than a kernel follows, which is less than what is allowed. */
static void depth_has_an_end(void **state) {
  (void)state;
  enum { DEPTH_MOST = 32 };
  if (!walks()) {
    skip();
  }
  blob body = { 0 };
  for (size_t levels = DEPTH_MOST - 4; levels < DEPTH_MOST + 2; levels++) {
    blob_clear(&body);
    blob_print(&body, "{\"name\":\"a\",\"tree\":");
    blob_repeat(&body, "{\"kid\":", levels);
    blob_print(&body, "{\"leaf\":{\"a\":1}}");
    blob_repeat(&body, "}", levels + 1);
    assert_int_equal(sure(body.data, body.size), levels + 3 <= DEPTH_MOST);
  }
  blob_free(&body);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(any_way_to_write_blanks_is_understood),
    cmocka_unit_test(what_does_not_belong_is_not_passed_over),
    cmocka_unit_test(scalars_are_read_to_their_end),
    cmocka_unit_test(members_come_once_each_and_all_that_must),
    cmocka_unit_test(strings_are_understood_wherever_they_lie),
    cmocka_unit_test(long_bodies_are_read_a_window_at_a_time),
    cmocka_unit_test(no_part_of_a_body_is_one),
    cmocka_unit_test(depth_has_an_end),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
