/* SPDX-License-Identifier: MIT */
/*
 * The report of a body does not depend on the pieces it comes in. Arguments: the folder test/data, and a seed or nothing.
 *
 * Each body is checked in one piece; in pieces of one size; in every two pieces; in random ones. Each of its reports, written out in
 * full, is the first one. All that is done by several checkers, since limits have their own ways to depend on where a piece ends.
 */
#include "unit/lab.h"
#include "unit/support.h"

#include <stdio.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

enum { SIZES = 17, RANDOM_SPLITS = 200, CUTS_MAX = 1 << 17, EVERY_SPLIT_BELOW = 4096 };

static const char *data;
static const char *seed;

/* A body under test; `name` for whoever reads a failure. */
typedef struct subject {
  const char *name;
  const bdc_operation *operation;
  int http_status;
  bdc_str text;
} subject;

typedef struct run {
  bdc_checker *checker;
  const char *name;
  random_source *random;
  size_t checks;
} run;

static void fail_with(const run *way, const subject *body, const size_t *cuts, size_t count, const blob *whole, const blob *pieces) {
  printf("checker \"%s\", %s, in %zu pieces, cut at", way->name, body->name, count + 1);
  for (size_t i = 0; i < count && i < 16; i++) {
    printf(" %zu", cuts[i]);
  }
  printf("\n%.*s\n---- in one piece:\n%s---- in pieces:\n%s", body->text.size < 600 ? (int)body->text.size : 600,
         body->text.size ? body->text.data : "", whole->data, pieces->data);
  fail_msg("the report depends on the pieces");
}

static void expect_same(run *way, const subject *body, const size_t *cuts, size_t count, const blob *whole) {
  static blob pieces;
  bdc_verdict verdict = check_in_pieces(way->checker, body->operation, body->http_status, body->text, cuts, count);
  blob_clear(&pieces);
  report_write(&pieces, bdc_checker_report(way->checker));
  assert_int_equal(verdict, bdc_checker_report(way->checker)->verdict);
  if (pieces.size != whole->size || memcmp(pieces.data, whole->data, whole->size) != 0) {
    fail_with(way, body, cuts, count, whole, &pieces);
  }
  way->checks++;
}

static size_t cuts_every(size_t size, size_t step, size_t *cuts) {
  size_t count = 0;
  for (size_t at = step; at < size && count < CUTS_MAX; at += step) {
    cuts[count++] = at;
  }
  return count;
}

static int compare_sizes(const void *a, const void *b) {
  size_t x = *(const size_t *)a;
  size_t y = *(const size_t *)b;
  return (x > y) - (x < y);
}

static size_t cuts_random(random_source *random, size_t size, size_t *cuts) {
  enum { MOST = 20 };
  size_t count = random_below(random, MOST);
  for (size_t i = 0; i < count; i++) {
    cuts[i] = random_below(random, size + 1);
  }
  qsort(cuts, count, sizeof cuts[0], compare_sizes);
  return count;
}

static void check_all_splits(run *way, const subject *body) {
  static size_t cuts[CUTS_MAX];
  static blob whole;
  check_copy(way->checker, body->operation, body->http_status, body->text);
  blob_clear(&whole);
  report_write(&whole, bdc_checker_report(way->checker));
  for (size_t step = 1; step <= SIZES; step++) {
    expect_same(way, body, cuts, cuts_every(body->text.size, step, cuts), &whole);
  }
  for (size_t cut = 0; cut <= body->text.size && body->text.size < EVERY_SPLIT_BELOW; cut++) {
    expect_same(way, body, &cut, 1, &whole);
  }
  for (size_t i = 0; i < RANDOM_SPLITS; i++) {
    expect_same(way, body, cuts, cuts_random(way->random, body->text.size, cuts), &whole);
  }
}

static const struct {
  const char *name;
  bdc_settings settings;
} kinds_of_checkers[] = {
  { "default", { .first_only = false } },
  { "precise engine alone", { .kernel = "none" } },
  { "first only", { .first_only = true } },
  { "small values", { .limits = { .value_size = 7, .names = 2, .depth = 4 } } },
  { "few violations", { .limits = { .violations = 2, .pattern_steps = 50 } } },
  { "one violation, small body", { .limits = { .violations = 1, .body_size = 33 } } },
  { "undocumented is ignored", { .unknown_request = BDC_UNKNOWN_IGNORE, .unknown_response = BDC_UNKNOWN_ERROR } },
};

static size_t check_bodies(const bdc_ruleset *ruleset, const subject *bodies, size_t count) {
  random_source random = random_from(seed);
  size_t checks = 0;
  for (size_t i = 0; i < LENGTH(kinds_of_checkers); i++) {
    run way = { checker_of(ruleset, &kinds_of_checkers[i].settings), kinds_of_checkers[i].name, &random, 0 };
    for (size_t j = 0; j < count; j++) {
      check_all_splits(&way, &bodies[j]);
    }
    checks += way.checks;
    bdc_checker_free(way.checker);
  }
  return checks;
}

/* ---- the documents' examples and the broken bodies ---- */

static void the_report_of_every_sample_is_the_same_for_every_split(void **state) {
  (void)state;
  bdc_ruleset *ruleset = ruleset_builtin();
  samples list = samples_load(ruleset, data);
  subject *bodies = calloc(list.count, sizeof *bodies);
  for (size_t i = 0; i < list.count; i++) {
    bodies[i] = (subject){ list.items[i].path, list.items[i].operation, list.items[i].http_status, blob_str(&list.items[i].body) };
  }
  size_t checks = check_bodies(ruleset, bodies, list.count);
  printf("%zu samples, %zu checks in pieces\n", list.count, checks);
  assert_true(list.count >= 150 && checks > 100 * list.count);
  free(bodies);
  samples_free(&list);
  bdc_ruleset_free(ruleset);
}

/* ---- nasty bodies ---- */

#define HAN "\xe6\x9d\x8e"
#define FACE "\xf0\x9f\x98\x80"
#define ACUTE "\xc3\xa9"
#define FACE_ESCAPED "\\ud83d\\ude00"

/* The operation and status where another than lab.Put's request is meant. */
typedef struct nasty {
  const char *text;
  const char *operation;
  int http_status;
} nasty;

static const nasty nasties[] = {
  { "{}", NULL, 0 },
  { "", NULL, 0 },
  { "  \n\t ", NULL, 0 },
  { "null", NULL, 0 },
  { "[]", NULL, 0 },
  { "1", NULL, 0 },
  { "\"x\"", NULL, 0 },
  /* escapes in names and values */
  { "{\"c\\u006flour\":\"r\\u0065d\",\"colour\":\"gr\\u0065en\"}", NULL, 0 },
  { "{\"key\":\"ab\\u0063\\u002f" FACE_ESCAPED "\",\"key\":\"a\\/b\\\\c\"}", NULL, 0 },
  { "{\"\\u006b\\u0065y\":\"" FACE "abc\",\n\"so\\u0066t\":\"" FACE_ESCAPED "\"}", NULL, 0 },
  { "{\"a\\/b~c\":\"" FACE_ESCAPED "\",\"a/b~c\":\"\"}", NULL, 0 },
  { "{\"person\":{\"n\\u0061me\":\"" HAN "\\u674e\",\"name\":\"" HAN "1\"}}", NULL, 0 },
  { "{\"person\":{\"name\":\"" HAN HAN HAN HAN HAN "\"}}", NULL, 0 },
  { "{\"person\":{\"name\":\"" FACE "\"}}", NULL, 0 },
  { "{\"person\":{\"name\":\"a" FACE_ESCAPED "b\"}}", NULL, 0 },
  { "{\"person\":{\"name\":\"" ACUTE ACUTE "\\u00e9\"}}", NULL, 0 },
  { "{\"words\":{\"" HAN "\":\"" FACE FACE FACE "\",\"" FACE "\":\"" FACE_ESCAPED FACE_ESCAPED FACE_ESCAPED FACE_ESCAPED "\"}}", NULL,
    0 },
  /* members of the usual kind, up to where they are not */
  { "{\"key\":\"abcd\",\"count\":5,\"flag\":true,\"colour\":\"red\",\"count\":5,\"key\":\"ab", NULL, 0 },
  { "{ \"key\" : \"abcd\" , \"count\"\t:\r\n5 ,\n  \"flag\" :false, \"person\": { \"name\" :\"ab\" ,\"name\":\"ab\" } , \"flag\":tru }",
    NULL, 0 },
  { "{\"any\":\"" ACUTE HAN FACE "\",\"key\":\"a\\tb\\\\c\\\"\",\"count\":0,\"count\":01}", NULL, 0 },
  { "{\"key\":\"" HAN HAN HAN "\xed\xa0\x80\"}", NULL, 0 },
  { "{\"key\":\"" HAN HAN HAN "\xe0\x80\x80\"}", NULL, 0 },
  { "{\"key\":\"" HAN HAN HAN "\xe6\x9d\"}", NULL, 0 },
  { "{\"flag\":truefalse,\"count\":5x}", NULL, 0 },
  { "{\"count\":5e,\"flag\":true}", NULL, 0 },
  /* places behind newlines and long characters */
  { "{\n  \"" HAN "\": 1,\r\n\t\"" FACE "\": [\n1,\n2],\n\"count\" : 9,\n\"" ACUTE ACUTE "\"  :  \"" HAN "\n\" }", NULL, 0 },
  { "\n\n{\n\"person\"\n:\n{\n}\n,\n\"flag\"\n:\n\"" HAN HAN "\"\n,\n\"count\":\n-5\n}\n\n", NULL, 0 },
  { "{\"x\":\"" HAN "\\n" FACE "\",\"count\":\n8}", NULL, 0 },
  { "{\"key\":\"" HAN "\",\"soft\":\"" HAN "\"}", NULL, 0 },
  { "{\"people\":[{},\n{\"age\":1},\n\n{\"name\":\"ab\"},{}]}", NULL, 0 },
  /* numbers, at the ends too */
  { "12345", NULL, 0 },
  { "-0", NULL, 0 },
  { "{\"count\":5,\"big\":9223372036854775808,\"ratio\":1e999999999,\"price\":1}", NULL, 0 },
  { "{\"count\":1.0,\"count\":5e0,\"big\":-9223372036854775809,\"stamp\":1578284788000}", NULL, 0 },
  { "{\"ratio\":-1.5000000000000000000000000000000000000001,\"ratio\":999.99e0}", NULL, 0 },
  { "{\"huge\":1e1000000000,\"stamp\":157828478800,\"price\":-0}", NULL, 0 },
  { "{\"count\":-0000}", NULL, 0 },
  { "{\"hexed\":\"abcdef0\",\"ratio\":1.23456,\"uuid\":\"1234567\",\"words\":{\"a\":\"\"},\"stamp\":1234567}", NULL, 0 },
  { "{\"hexed\":\"abcdef01\",\"ratio\":1.234567,\"uuid\":\"12345678\",\"words\":{\"a\":\"\"},\"stamp\":12345678}", NULL, 0 },
  { "{\"count\":123456789012345678901234567890123456789012345678901234567890}", NULL, 0 },
  { "{\"count\":5", NULL, 0 },
  { "{\"count\":-", NULL, 0 },
  { "[1.5e", NULL, 0 },
  { "{\"table\":{\"a\":{\"b\":[1,2,3.0,4],\"b\":[\"5\"]},\"c\":{}},\"count\":6}", NULL, 0 },
  /* nesting, arrays, maps, undocumented objects */
  { "{\"table\":{\"a\":{\"x\":[1,\"2\"]},\"a\":[],\"\":{\"\":[null]}}}", NULL, 0 },
  { "{\"byname\":{\"a\":{\"name\":\"ab\"},\"b\":{\"name\":\"ab\",\"extra\":{\"deep\":1,\"deep\":2}},\"c\":{}}}", NULL, 0 },
  { "{\"tree\":{\"kids\":[{\"kids\":[{\"note\":\"long\"},{\"note\":1}]},{\"kids\":{}}]}}", NULL, 0 },
  { "{\"any\":{\"a\":[{\"b\":1,\"b\":2},{\"b\":3}],\"\\u0061\":{}}}", NULL, 0 },
  { "{\"any\":[[[[[[[[1]]]]]]]],\"what\":{\"a\":{\"a\":{\"a\":1,\"\\u0061\":2}}}}", NULL, 0 },
  { "{\"x\":{\"~\":{\"/\":{\"~1/~0\":1,\"~1/~0\":2}}}}", NULL, 0 },
  { "{\"open\":{\"a\":1,\"b\":2,\"b\":3,\"a\":\"x\"},\"wary\":{\"b\":1},\"strict\":{\"b\":1}}", NULL, 0 },
  { "{\"people\":[{\"name\":\"ab\",\"tags\":[]},{\"name\":\"ab\",\"tags\":[\"b\"]},{\"name\":\"ab\",\"tags\":[\"\\u0061\",\"c\\u0063\"]"
    "}]}",
    NULL, 0 },
  { "{\"people\":[{\"name\":\"ab\",\"tags\":[\"b\",\"x\",\"b\",\"cc\"]},1,null,[],{\"name\":1}]}", NULL, 0 },
  { "{\"person\":[1,{\"a\":1,\"a\":2}],\"words\":[[[]]],\"people\":{\"a\":{\"a\":1}}}", NULL, 0 },
  { "{\"a1\":1,\"a2\":1,\"a3\":1,\"a4\":{\"a1\":1,\"a2\":2,\"a3\":3},\"a1\":2}", NULL, 0 },
  /* strings that are looked at as a whole */
  { "{\"key\":\"abc****def\",\"veil\":\"********\"}", NULL, 0 },
  { "{\"key\":\"*bc\",\"key\":\"a*b*c\",\"key\":\"a**\\u002a*\"}", NULL, 0 },
  { "{\"key\":\"/***\",\"key\":\"*\",\"key\":\"**/**\"}", NULL, 0 },
  { "{\"when\":\"2020-02-29T23:59:59.123Z\",\"when\":\"2020-08-03T13:09:13\",\"when\":\"2020-08-03T13:09:13.1234Z\"}", NULL, 0 },
  { "{\"strict_when\":\"2019-12-06T06:49:04.000\",\"hexed\":\"0aF\\u0067\",\"uuid\":\"b2e6b145-4f3f-4a80-aa45-f4b8029f95a3\"}", NULL,
    0 },
  { "{\"uuid\":\"b2e6b145-4f3f-4a80-aa45-f4b8029f95a\",\"media\":\"text/plain; a=\\\"b;c\\\"\",\"media\":\"x\"}", NULL, 0 },
  { "{\"hard\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaacb\",\"hard\":\"aab\",\"hard\":\"aab\\n\"}", NULL, 0 },
  { "{\"colour\":\"red \",\"colour\":\"Red\",\"colour\":\"\",\"colour\":\"r\\u0065d\"}", NULL, 0 },
  { "{\"nothing\":null,\"flag\":null,\"soft\":\"1\",\"soft\":\"abcd!\",\"soft\":null}", NULL, 0 },
  /* literals */
  { "{\"flag\":true,\"count\":false,\"any\":null,\"key\":true,\"words\":{\"a\":null}}", NULL, 0 },
  /* faults */
  { "\xef\xbb\xbf{}", NULL, 0 },
  { "{\"key\":\"a\xff\"}", NULL, 0 },
  { "{\"key\":\"ab\xe2\x82\",\"count\":1}", NULL, 0 },
  { "{\"a\xf0\x9f\x98\":1}", NULL, 0 },
  { "{\"key\":\"\\ud83d\",\"count\":1}", NULL, 0 },
  { "{\"key\":\"\\ud83d\\n\"}", NULL, 0 },
  { "{\"key\":\"\\u12x4\"}", NULL, 0 },
  { "{\"key\":\"\\q\"}", NULL, 0 },
  { "{\"key\":\"a\nb\"}", NULL, 0 },
  { "\n\n {\"count\":9,\n\"x\":trux}", NULL, 0 },
  { "{\"count\":9,}", NULL, 0 },
  { "{\"count\":9 \"x\":1}", NULL, 0 },
  { "{\"count\" 9}", NULL, 0 },
  { "{count:9}", NULL, 0 },
  { "{\"count\":9}\n\n{}", NULL, 0 },
  { "{\"count\":09}", NULL, 0 },
  { "{\"count\":9,\"key\":\"ab", NULL, 0 },
  { "{\"count\":9,\"key\":\"a" FACE "b\\ud83d\\", NULL, 0 },
  { "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
    "[[[[[[[[[[[[",
    NULL, 0 },
  /* other shapes of bodies and statuses */
  { "[{\"name\":\"ab\"},{\"name\":\"a\"},{}]", "lab.List", 200 },
  { "{\"name\":\"ab\"}", "lab.List", 200 },
  { "\"a" FACE_ESCAPED "b\"", "lab.Word", 0 },
  { "12", "lab.Word", 0 },
  { "{\"a\":1,\"b\":2.0,\"\\u0061\":3}", "lab.Word", 200 },
  { "{\"extra\":{}}", "lab.Maybe", 0 },
  { "", "lab.Maybe", 0 },
  { "{\"note\":null,\"other\":1}", "lab.Put", 200 },
  { "{\"note\":null,\"other\":1}", "lab.Put", 202 },
  { "{\"code\":\"LAB.0009\",\"text\":\"" HAN "\"}", "lab.Put", 400 },
  { "{\"code\":\"LAB.0009\"}", "lab.Put", 404 },
  { "{\"code\":\"LAB.0009\"", "lab.Put", 503 },
  { "{\"code\":1}", "lab.Put", 301 },
  { "", "lab.Put", 500 },
};

static void the_report_of_every_nasty_body_is_the_same_for_every_split(void **state) {
  (void)state;
  static subject bodies[LENGTH(nasties)];
  bdc_ruleset *ruleset = ruleset_of(lab_rules);
  for (size_t i = 0; i < LENGTH(nasties); i++) {
    const char *operation = nasties[i].operation ? nasties[i].operation : "lab.Put";
    bodies[i] =
        (subject){ operation, operation_of(ruleset, operation), nasties[i].http_status, { nasties[i].text, strlen(nasties[i].text) } };
  }
  size_t checks = check_bodies(ruleset, bodies, LENGTH(bodies));
  printf("%zu nasty bodies, %zu checks in pieces\n", LENGTH(bodies), checks);
  assert_true(checks > 100 * LENGTH(bodies));
  bdc_ruleset_free(ruleset);
}

/* ---- bodies that are made: long names, long values, many violations ---- */

enum { MADE = 12 };

static void make_long(blob out[MADE]) {
  static const char *const characters[] = { "n", ACUTE, HAN, FACE, "\\u00e9", FACE_ESCAPED, "\\n" };
  for (size_t i = 0; i < LENGTH(characters); i++) {
    for (size_t length = 60; length < 70; length++) {
      blob_print(&out[i], "%s\"", out[i].size ? "," : "{");
      blob_repeat(&out[i], characters[i], length);
      blob_print(&out[i], "\":%zu", length);
    }
    blob_print(&out[i], ",\"x");
    blob_repeat(&out[i], characters[i], 300);
    blob_print(&out[i], "\":1,\"x");
    blob_repeat(&out[i], characters[i], 300);
    blob_print(&out[i], "\":2}");
  }
}

static void make_many(blob out[MADE]) {
  blob_print(&out[7], "{\"hexed\":\"");
  blob_repeat(&out[7], "0123456789abcdef", 300);
  blob_print(&out[7], "\",\n\"colour\":\"");
  blob_repeat(&out[7], HAN, 1500);
  blob_print(&out[7], "\"}");
  blob_print(&out[8], "{\"people\":[");
  blob_repeat(&out[8], "{},\n", 150);
  blob_print(&out[8], "1]}");
  blob_print(&out[9], "{");
  for (int i = 0; i < 120; i++) {
    blob_print(&out[9], "\"unknown-%d\":\n{\"" HAN "\":1,\"" HAN "\":2},", i);
  }
  blob_print(&out[9], "\"count\":9}");
  blob_print(&out[10], "{\"any\":");
  blob_repeat(&out[10], "{\"a\":[", 60);
  blob_repeat(&out[10], "]}", 60);
  blob_print(&out[10], ",\"count\":1}");
  blob_print(&out[11], "{\"ratio\":0.");
  blob_repeat(&out[11], "0", 4200);
  blob_print(&out[11], "1,\"count\":");
  blob_repeat(&out[11], "9", 4200);
  blob_print(&out[11], "}");
}

static void the_report_of_long_and_many_things_is_the_same_for_every_split(void **state) {
  (void)state;
  blob made[MADE] = { { 0 } };
  subject bodies[MADE];
  bdc_ruleset *ruleset = ruleset_of(lab_rules);
  make_long(made);
  make_many(made);
  for (size_t i = 0; i < MADE; i++) {
    bodies[i] = (subject){ "made", operation_of(ruleset, "lab.Put"), 0, blob_str(&made[i]) };
  }
  size_t checks = check_bodies(ruleset, bodies, MADE);
  printf("%d made bodies, %zu checks in pieces\n", MADE, checks);
  assert_true(checks > 100 * MADE);
  for (size_t i = 0; i < MADE; i++) {
    blob_free(&made[i]);
  }
  bdc_ruleset_free(ruleset);
}

int main(int argc, char **argv) {
  if (argc < 2) {
    fprintf(stderr, "usage: %s TEST/DATA [SEED]\n", argv[0]);
    return 2;
  }
  data = argv[1];
  seed = argc > 2 ? argv[2] : NULL;
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_report_of_every_sample_is_the_same_for_every_split),
    cmocka_unit_test(the_report_of_every_nasty_body_is_the_same_for_every_split),
    cmocka_unit_test(the_report_of_long_and_many_things_is_the_same_for_every_split),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
