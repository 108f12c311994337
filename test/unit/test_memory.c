/* SPDX-License-Identifier: MIT */
/* Who allocates when: nothing while a message is checked, and every failed allocation is survived. Argument: the folder test/data. */
#include "unit/lab.h"
#include "unit/support.h"

#include <bodycheck/mutate.h>

#include <stdio.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

enum { CHECKER_MAX = 64 * 1024 };

static const char *data;

/* ---- checking allocates nothing ---- */

/* All that can be asked of a report. */
static void read_report(const bdc_report *report) {
  char text[4096];
  for (size_t i = 0; i < report->violation_count; i++) {
    bdc_violation_message(&report->violations[i], text, sizeof text, NULL);
  }
  bdc_error_message(report, text, sizeof text, NULL);
  bdc_error_render(report, text, sizeof text, NULL);
}

static void check_sample(bdc_checker *checker, const sample *item) {
  static size_t cuts[1 << 16];
  bdc_header token = { BDC_STR("X-Auth-Token"), BDC_STR("t") };
  bdc_request request = { .operation = item->operation,
                          .headers = &token,
                          .header_count = 1,
                          .body = item->body.data,
                          .body_size = item->body.size,
                          .request_id = BDC_STR("id") };
  check_copy(checker, item->operation, item->http_status, blob_str(&item->body));
  read_report(bdc_checker_report(checker));
  for (size_t i = 0; i < item->body.size && i < LENGTH(cuts); i++) {
    cuts[i] = i;
  }
  check_in_pieces(checker, item->operation, item->http_status, blob_str(&item->body), cuts, item->body.size);
  read_report(bdc_checker_report(checker));
  bdc_check_request(checker, &request);
  read_report(bdc_checker_report(checker));
}

static void checking_allocates_nothing(void **state) {
  (void)state;
  counter count = { 0 };
  bdc_allocator allocator = counter_allocator(&count);
  counter rules = { 0 };
  bdc_allocator rules_allocator = counter_allocator(&rules);
  bdc_options options = { .allocator = &rules_allocator };
  bdc_settings settings = { .allocator = &allocator };
  bdc_ruleset *ruleset;
  assert_int_equal(bdc_ruleset_builtin(&options, &ruleset), BDC_OK);
  bdc_checker *checker = checker_of(ruleset, &settings);
  samples list = samples_load(ruleset, data);
  size_t before = count.calls;
  size_t rules_before = rules.calls;
  assert_true(before > 0 && rules_before > 0);
  for (size_t i = 0; i < list.count; i++) {
    check_sample(checker, &list.items[i]);
  }
  assert_int_equal(count.calls, before);
  assert_int_equal(rules.calls, rules_before);
  samples_free(&list);
  bdc_checker_free(checker);
  bdc_ruleset_free(ruleset);
  assert_int_equal(count.live, 0);
  assert_int_equal(rules.live, 0);
}

/* Patterns that backtrack, classes beyond ASCII, and every limit. */
static void the_hardest_bodies_allocate_nothing(void **state) {
  (void)state;
  static const char *const bodies[] = {
    "{\"hard\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaacb\"}",
    "{\"person\":{\"name\":\"\xe6\x9d\x8e\xe6\x9d\x8e\xc3\xa9\"}}",
    "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":{\"a\":1,\"b\":{\"a\":1}}}",
    "[[[[[[[[[[[[[[[[[[[[[[[[[",
    "{\"people\":[1,2,3,4,5,6,7,8,9]}",
    "{\"hexed\":\"0123456789012345678901234567890123456789\"}",
  };
  static const bdc_limits limits[] = { { .depth = 0 },
                                       { .depth = 3, .names = 2, .value_size = 5, .violations = 2, .pattern_steps = 10 } };
  bdc_ruleset *ruleset = ruleset_of(lab_rules);
  for (size_t i = 0; i < LENGTH(limits); i++) {
    counter count = { 0 };
    bdc_allocator allocator = counter_allocator(&count);
    bdc_settings settings = { .allocator = &allocator, .limits = limits[i] };
    bdc_checker *checker = checker_of(ruleset, &settings);
    size_t before = count.calls;
    for (size_t j = 0; j < LENGTH(bodies); j++) {
      check_copy(checker, operation_of(ruleset, "lab.Put"), 0, (bdc_str){ bodies[j], strlen(bodies[j]) });
      read_report(bdc_checker_report(checker));
    }
    assert_int_equal(count.calls, before);
    bdc_checker_free(checker);
    assert_int_equal(count.live, 0);
  }
  bdc_ruleset_free(ruleset);
}

static bool keep_half(const void *body, size_t size, void *context) {
  (void)body;
  size_t *asked = context;
  return size > 0 && ++*asked % 2;
}

static void mutating_crossing_and_trimming_allocate_nothing(void **state) {
  (void)state;
  enum { SIZE = 1 << 13, ROUNDS = 200 };
  static char body[SIZE];
  static char crossed[SIZE];
  counter count = { 0 };
  bdc_allocator allocator = counter_allocator(&count);
  bdc_mutator_settings settings = { .allocator = &allocator, .size_max = SIZE };
  bdc_ruleset *ruleset = ruleset_of(lab_rules);
  bdc_mutator *mutator;
  assert_int_equal(bdc_mutator_new(operation_of(ruleset, "lab.Put"), 0, &settings, &mutator), BDC_OK);
  size_t before = count.calls;
  size_t size = 0;
  size_t asked = 0;
  for (int i = 0; i < ROUNDS; i++) {
    size = bdc_mutate(mutator, body, size, SIZE);
    size_t size_crossed = bdc_crossover(mutator, body, size, "[{}]", 4, crossed, SIZE);
    assert_true(size_crossed <= SIZE);
    bdc_trim(mutator, crossed, size_crossed, keep_half, &asked);
  }
  assert_true(asked > 0);
  assert_int_equal(count.calls, before);
  bdc_mutator_free(mutator);
  assert_int_equal(count.live, 0);
  bdc_ruleset_free(ruleset);
}

/* ---- every allocation fails in turn ---- */

/* What is tried with an allocator; frees what it makes. */
typedef bdc_status attempt(const bdc_allocator *allocator, const void *context);

/*
 * A pattern for whose JIT code there was no memory is interpreted: that is no failure, as long as it gives the same answers and still
 * allocates nothing while it matches.
 */
static void assert_works(const bdc_ruleset *ruleset, const char *name, int http_status, const char *good, const char *bad) {
  counter count = { 0 };
  bdc_allocator allocator = counter_allocator(&count);
  bdc_settings settings = { .allocator = &allocator };
  bdc_checker *checker = checker_of(ruleset, &settings);
  size_t before = count.calls;
  const bdc_operation *operation = operation_of(ruleset, name);
  assert_int_equal(bdc_check_body(checker, operation, http_status, good, strlen(good)), BDC_VALID);
  assert_int_equal(bdc_check_body(checker, operation, http_status, bad, strlen(bad)), BDC_INVALID);
  assert_int_equal(count.calls, before);
  bdc_checker_free(checker);
}

static void assert_shipped_rules_work(const bdc_ruleset *ruleset) {
  assert_works(ruleset, "UpdateRomaApp", 403, "{\"error_code\":\"APIGW.8888\"}", "{\"error_code\":\"ROMA.100\"}");
  assert_works(ruleset, "workspace.UpdateApp", 0, "{\"name\":\"\xe6\x9d\x8e a\"}", "{\"name\":\"\xc2\xa0\"}");
  assert_works(ruleset, "workspace.UpdateApp", 0, "{\"name\":\" a \"}", "{\"name\":\"  \"}");
}

static bdc_status make_builtin(const bdc_allocator *allocator, const void *context) {
  (void)context;
  bdc_options options = { .allocator = allocator };
  bdc_ruleset *ruleset = (bdc_ruleset *)1;
  bdc_status status = bdc_ruleset_builtin(&options, &ruleset);
  assert_int_equal(ruleset == NULL, status != BDC_OK);
  if (ruleset) {
    assert_shipped_rules_work(ruleset);
  }
  bdc_ruleset_free(ruleset);
  return status;
}

static void ignore_diagnostic(const bdc_diagnostic *diagnostic, void *context) {
  (void)diagnostic;
  ++*(size_t *)context;
}

static bdc_status make_parsed(const bdc_allocator *allocator, const void *context) {
  (void)context;
  static const bdc_define define = { "letter", "[A-Za-z\\p{Han}]" };
  bdc_options options = { .allocator = allocator, .without_builtin = true, .defines = &define, .define_count = 1, .provider = "lab" };
  bdc_rule_text text = { BDC_STR("lab.rules"), { lab_rules, sizeof lab_rules - 1 } };
  size_t mistakes = 0;
  bdc_diagnostics diagnostics = { ignore_diagnostic, &mistakes };
  bdc_ruleset *ruleset = (bdc_ruleset *)1;
  bdc_status status = bdc_ruleset_parse(&text, 1, &options, &ruleset, &diagnostics);
  assert_int_equal(ruleset == NULL, status != BDC_OK);
  assert_int_equal(mistakes, 0);
  if (ruleset) {
    assert_works(ruleset, "Put", 0, "{\"hard\":\"aab\"}", "{\"hard\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaacb\"}");
    assert_works(ruleset, "Put", 0, "{\"person\":{\"name\":\"\xe6\x9d\x8e\xe6\x9d\x8e\"}}",
                 "{\"person\":{\"name\":\"\xe6\x9d\x8e\xc3\xa9\"}}");
  }
  bdc_ruleset_free(ruleset);
  return status;
}

/* `context`: the folder of the rules. */
static bdc_status make_loaded(const bdc_allocator *allocator, const void *context) {
  bdc_options options = { .allocator = allocator, .without_builtin = true };
  const char *path = context;
  bdc_ruleset *ruleset = (bdc_ruleset *)1;
  bdc_status status = bdc_ruleset_load(&path, 1, &options, &ruleset, NULL);
  assert_int_equal(ruleset == NULL, status != BDC_OK);
  if (ruleset) {
    assert_shipped_rules_work(ruleset);
  }
  bdc_ruleset_free(ruleset);
  return status;
}

/* `context`: a rule set. */
static bdc_status make_checker(const bdc_allocator *allocator, const void *context) {
  bdc_settings settings = { .allocator = allocator };
  bdc_checker *checker = (bdc_checker *)1;
  bdc_status status = bdc_checker_new(context, &settings, &checker);
  assert_int_equal(checker == NULL, status != BDC_OK);
  bdc_checker_free(checker);
  return status;
}

/* `context`: an operation, or NULL. */
static bdc_status make_mutator(const bdc_allocator *allocator, const void *context) {
  bdc_mutator_settings settings = { .allocator = allocator, .size_max = 100, .values_max = 10 };
  bdc_mutator *mutator = (bdc_mutator *)1;
  bdc_status status = bdc_mutator_new(context, 0, &settings, &mutator);
  assert_int_equal(mutator == NULL, status != BDC_OK);
  bdc_mutator_free(mutator);
  return status;
}

/* The number of allocations that were failed before it succeeded; *tolerated: of those that did not make it fail. */
static size_t fail_each(attempt *try, const void *context, bool fail_on, size_t *tolerated) {
  for (size_t fail_at = 1;; fail_at++) {
    counter count = { .fail_at = fail_at, .fail_on = fail_on };
    bdc_allocator allocator = counter_allocator(&count);
    bdc_status status = try(&allocator, context);
    assert_int_equal(count.live, 0);
    if (count.calls < fail_at) {
      assert_int_equal(status, BDC_OK);
      return fail_at - 1;
    }
    if (status != BDC_ERR_MEMORY && status != BDC_OK) {
      fail_msg("allocation %zu failed, and the status is \"%s\"", fail_at, bdc_status_text(status));
    }
    *tolerated += status == BDC_OK;
  }
}

static void fail_each_both_ways(const char *name, attempt *try, const void *context) {
  size_t tolerated = 0;
  size_t none = 0;
  size_t allocations = fail_each(try, context, false, &tolerated);
  printf("%s: each of %zu allocations failed, %zu of them were tolerated\n", name, allocations, tolerated);
  assert_true(tolerated < allocations / 2);
  assert_int_equal(fail_each(try, context, true, &none), allocations);
  assert_int_equal(none, 0);
}

static void each_failed_allocation_of_the_embedded_rules_is_survived(void **state) {
  (void)state;
  fail_each_both_ways("bdc_ruleset_builtin", make_builtin, NULL);
}

static void each_failed_allocation_of_parsed_rules_is_survived(void **state) {
  (void)state;
  fail_each_both_ways("bdc_ruleset_parse", make_parsed, NULL);
}

static void each_failed_allocation_of_loaded_rules_is_survived(void **state) {
  (void)state;
  blob path = { 0 };
  blob_print(&path, "%s/../../rules", data);
  fail_each_both_ways("bdc_ruleset_load", make_loaded, path.data);
  blob_free(&path);
}

static void each_failed_allocation_of_a_checker_is_survived(void **state) {
  (void)state;
  bdc_ruleset *builtin = ruleset_builtin();
  bdc_ruleset *lab = ruleset_of(lab_rules);
  fail_each_both_ways("bdc_checker_new", make_checker, builtin);
  fail_each_both_ways("bdc_checker_new, other rules", make_checker, lab);
  bdc_ruleset_free(builtin);
  bdc_ruleset_free(lab);
}

/* So many rows and objects that each kind of allocation is at some time one that needs a new block. */
static bdc_ruleset *ruleset_of_many_rows(void) {
  enum { ROWS = 60, OBJECTS = 600 };
  blob rules = { 0 };
  blob_print(&rules, "provider p\nservice s A service\nsource t the tests\n");
  for (int i = 0; i < OBJECTS; i++) {
    blob_print(&rules, "object o%d\n  flag boolean optional @t\n", i);
  }
  blob_print(&rules, "operation Put PUT /p @t\n  request\n    long string optional length ..4000 @t\n");
  for (int i = 0; i < ROWS; i++) {
    blob_print(&rules, "    row%d %s optional @t\n", i, i % 2 ? "integer" : "string");
  }
  for (int i = 0; i < OBJECTS; i++) {
    blob_print(&rules, "    inner%d object o%d optional @t\n", i, i);
  }
  bdc_ruleset *ruleset = ruleset_of(rules.data);
  blob_free(&rules);
  return ruleset;
}

/* Its last allocations may be for the JIT code of a pattern: then one that fails is tolerated, whatever comes behind it. */
static void each_failed_allocation_of_a_mutator_is_survived(void **state) {
  (void)state;
  bdc_ruleset *builtin = ruleset_builtin();
  bdc_ruleset *lab = ruleset_of(lab_rules);
  bdc_ruleset *many = ruleset_of_many_rows();
  const bdc_operation *operations[] = { operation_of(builtin, "huaweicloud.apig.UpdateAppV2"), operation_of(lab, "lab.Put"),
                                        operation_of(many, "p.s.Put") };
  for (size_t i = 0; i < 2 * LENGTH(operations); i++) {
    size_t tolerated = 0;
    size_t allocations = fail_each(make_mutator, operations[i / 2], i % 2, &tolerated);
    printf("bdc_mutator_new: each of %zu allocations failed, %zu of them were tolerated\n", allocations, tolerated);
    assert_true(tolerated < allocations / 2);
  }
  bdc_ruleset_free(builtin);
  bdc_ruleset_free(lab);
  bdc_ruleset_free(many);
}

/* ---- the ends of blocks ---- */

/*
 * Small pieces are cut from blocks, so that most of them never meet a failure. Names of rule texts push what is made behind them along,
 * until each piece in turn is the first of a block that there is no memory for.
 */
enum { BLOCK = 16 * 1024, PIECE = 48, NAME_MOST = 4000, NAMES = 5 };

typedef struct blocks {
  size_t seen;
  size_t fail_at;
  size_t live;
} blocks;

static void *blocks_allocate(size_t size, void *context) {
  blocks *all = context;
  if (size >= BLOCK && size < 2 * BLOCK && ++all->seen == all->fail_at) {
    return NULL;
  }
  all->live++;
  return malloc(size);
}

static void blocks_release(void *memory, void *context) {
  blocks *all = context;
  all->live -= memory != NULL;
  free(memory);
}

/* Names of rule texts, long together; each text but the first is as short as it can be. */
static size_t texts_of(bdc_str text, size_t along, bdc_rule_text *out, size_t room) {
  static char name[NAME_MOST];
  static const char *const short_ones[NAMES] = {
    "provider a\nservice a x\n", "provider b\nservice b x\n", "provider c\nservice c x\n",
    "provider d\nservice d x\n", "provider e\nservice e x\n",
  };
  memset(name, 'x', sizeof(name));
  size_t count = 0;
  for (; count < NAMES && count + 1 < room; count++) {
    size_t size = along < NAME_MOST ? along : NAME_MOST;
    out[count] = (bdc_rule_text){ { name, size }, { short_ones[count], strlen(short_ones[count]) } };
    along -= size;
  }
  out[count++] = (bdc_rule_text){ BDC_STR("f"), text };
  return count;
}

static size_t fail_each_block(bdc_str text, size_t along) {
  bdc_rule_text texts[NAMES + 1];
  size_t count = texts_of(text, along, texts, LENGTH(texts));
  for (size_t fail_at = 1;; fail_at++) {
    blocks all = { .fail_at = fail_at };
    bdc_allocator allocator = { blocks_allocate, blocks_release, &all };
    bdc_options options = { .allocator = &allocator, .without_builtin = true };
    bdc_ruleset *ruleset = (bdc_ruleset *)1;
    bdc_status status = bdc_ruleset_parse(texts, count, &options, &ruleset, NULL);
    assert_int_equal(ruleset == NULL, status != BDC_OK);
    bdc_ruleset_free(ruleset);
    assert_int_equal(all.live, 0);
    if (all.seen < fail_at) {
      return fail_at - 1;
    }
    assert_int_equal(status, BDC_ERR_MEMORY);
  }
}

static void a_failed_block_is_survived_whatever_it_was_for(void **state) {
  (void)state;
  static const char more[] =
      "object more\n  a string optional pattern /a/ charset [b-z] @t\nobject least\n  a array of string optional @t\n"
      "operation More PUT /more/{a}/{b} @t\n  path\n    a string mandatory @t\n    b string mandatory @t\n"
      "  header\n    X-A string optional @t\n  request object more\n  response 200 object least\n";
  blob text = { 0 };
  blob_print(&text, "%s%s", lab_rules, more);
  size_t tries = 0;
  for (size_t along = 0; along < BLOCK; along += PIECE) {
    tries += fail_each_block(blob_str(&text), along);
  }
  printf("%zu blocks failed\n", tries);
  assert_true(tries > BLOCK / PIECE);
  blob_free(&text);
}

/* ---- how much ---- */

static void a_checker_with_default_limits_takes_less_than_64_kib(void **state) {
  (void)state;
  counter count = { 0 };
  bdc_allocator allocator = counter_allocator(&count);
  bdc_settings settings = { .allocator = &allocator };
  bdc_ruleset *ruleset = ruleset_builtin();
  bdc_checker *checker = checker_of(ruleset, &settings);
  printf("a default checker takes %zu bytes in %zu blocks\n", count.bytes, count.live);
  size_t bytes = count.bytes;
  bdc_checker_free(checker);
  bdc_ruleset_free(ruleset);
  assert_int_equal(count.live, 0);
  assert_true(bytes < CHECKER_MAX);
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: %s TEST/DATA\n", argv[0]);
    return 2;
  }
  data = argv[1];
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(checking_allocates_nothing),
    cmocka_unit_test(the_hardest_bodies_allocate_nothing),
    cmocka_unit_test(mutating_crossing_and_trimming_allocate_nothing),
    cmocka_unit_test(each_failed_allocation_of_the_embedded_rules_is_survived),
    cmocka_unit_test(each_failed_allocation_of_parsed_rules_is_survived),
    cmocka_unit_test(each_failed_allocation_of_loaded_rules_is_survived),
    cmocka_unit_test(each_failed_allocation_of_a_checker_is_survived),
    cmocka_unit_test(each_failed_allocation_of_a_mutator_is_survived),
    cmocka_unit_test(a_failed_block_is_survived_whatever_it_was_for),
    cmocka_unit_test(a_checker_with_default_limits_takes_less_than_64_kib),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
