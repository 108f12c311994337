/* SPDX-License-Identifier: MIT */
/* The catalogue of error codes: that each code is found, and no other; and what is said of codes that a row's pattern speaks of too. */
#include "unit/support.h"

#include "rules/ruleset.h"

#include <limits.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

#define HEAD "provider p\nservice s A\nsource t x\n"
#define CODES HEAD "codes\n"
#define TAIL "operation Put PUT /put @t\n"

/* ---- look-up ---- */

static bool same(bdc_str a, bdc_str b) {
  return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* What bdc__service_code is to find, by looking at every entry. */
static const bdc_code_info *look_for(const bdc_service *service, bdc_str code, int status) {
  const bdc_code_info *any = NULL;
  for (size_t i = 0; i < service->code_count; i++) {
    const bdc_code_info *entry = &service->codes[i];
    if (same(entry->code, code) && entry->status == status) {
      return entry;
    }
    any = !any && same(entry->code, code) ? entry : any;
  }
  return any;
}

static void expect_found(const bdc_service *service, bdc_str code) {
  static const int statuses[] = { INT_MIN, 0, 200, 400, 401, 404, 499, 500, 599, INT_MAX };
  for (size_t i = 0; i < LENGTH(statuses); i++) {
    assert_ptr_equal(bdc__service_code(service, code, statuses[i]), look_for(service, code, statuses[i]));
  }
}

/* Codes that are nearly the same: with another last or first byte, and one byte more or less. */
static void expect_neighbours_found(const bdc_service *service, bdc_str code) {
  char text[256];
  assert_true(code.size < sizeof text);
  for (size_t size = 0; size <= code.size + 1; size++) {
    memset(text, '0', sizeof text);
    memcpy(text, code.data, code.size);
    expect_found(service, (bdc_str){ text, size });
    text[size ? size - 1 : 0] ^= 1;
    expect_found(service, (bdc_str){ text, size });
    text[0] ^= 2;
    expect_found(service, (bdc_str){ text, size });
  }
}

static void expect_all_found(const bdc_service *service) {
  for (size_t i = 0; i < service->code_count; i++) {
    const bdc_code_info *entry = &service->codes[i];
    const bdc_code_info *found = bdc__service_code(service, entry->code, entry->status);
    assert_non_null(found);
    assert_ptr_equal(found, look_for(service, entry->code, entry->status));
    expect_neighbours_found(service, entry->code);
  }
  expect_found(service, (bdc_str){ 0 });
}

static bool is_indexed(const bdc_service *service) {
  return service->distinct_index.slots != NULL;
}

static void expect_codes(const char *rules, size_t different, bool indexed) {
  bdc_ruleset *ruleset = ruleset_of(rules);
  const bdc_service *service = bdc_service_at(ruleset, 0);
  assert_int_equal(service->distinct_count, different);
  assert_int_equal(is_indexed(service), indexed);
  expect_all_found(service);
  bdc_ruleset_free(ruleset);
}

static void an_entry_with_the_status_goes_before_the_first_of_the_code(void **state) {
  (void)state;
  bdc_ruleset *ruleset = ruleset_of(CODES "  B 500,404 \"b\" @t\n  A.1 400 \"a\" @t\n  B 401 \"c\" @t\n  B 404 \"again\" @t\n" TAIL);
  const bdc_service *service = bdc_service_at(ruleset, 0);
  assert_int_equal(bdc__service_code(service, BDC_STR("B"), 500)->status, 500);
  assert_int_equal(bdc__service_code(service, BDC_STR("B"), 404)->message.data[0], 'b');
  assert_int_equal(bdc__service_code(service, BDC_STR("B"), 403)->status, 401);
  assert_int_equal(bdc__service_code(service, BDC_STR("A.1"), 599)->status, 400);
  assert_null(bdc__service_code(service, BDC_STR("A"), 400));
  bdc_ruleset_free(ruleset);
}

static void codes_of_any_size_are_found(void **state) {
  (void)state;
  expect_codes(HEAD TAIL, 0, true);
  expect_codes(CODES TAIL, 0, true);
  expect_codes(CODES "  \"\" 400,500 \"m\" @t\n" TAIL, 1, true);
  expect_codes(CODES "  A 400 \"m\" @t\n" TAIL, 1, true);
  blob rules = { 0 };
  blob_print(&rules, CODES);
  for (size_t size = 1; size <= 200; size++) {
    blob_print(&rules, "  ");
    blob_repeat(&rules, size % 3 ? "x" : "y", size);
    blob_print(&rules, " %d,404 \"m\" @t\n", size % 2 ? 400 : 500);
  }
  blob_print(&rules, TAIL);
  expect_codes(rules.data, 200, true);
  blob_free(&rules);
}

static void a_code_may_have_every_status(void **state) {
  (void)state;
  blob rules = { 0 };
  blob_print(&rules, CODES "  A 400 \"m\" @t\n");
  for (int status = 599; status >= 200; status -= 3) {
    blob_print(&rules, "  B.0001 %d \"m\" @t\n", status);
  }
  blob_print(&rules, "  B.0002 404 \"m\" @t\n" TAIL);
  expect_codes(rules.data, 3, true);
  blob_free(&rules);
}

static void hundreds_of_codes_are_found(void **state) {
  (void)state;
  blob rules = { 0 };
  blob_print(&rules, CODES);
  for (unsigned i = 0; i < 900; i++) {
    blob_print(&rules, "  %s.%04u %u \"m\" @t\n", i % 2 ? "AP" : "WORK", i * 7, 400 + i % 5);
  }
  blob_print(&rules, TAIL);
  expect_codes(rules.data, 900, true);
  blob_free(&rules);
}

/* Alike at both ends: all of them are one to the index, which is left out where they are many. */
static void codes_that_collide_are_found(void **state) {
  (void)state;
  static const struct {
    unsigned count;
    bool indexed;
  } ways[] = { { 2, true }, { 32, true }, { 33, false }, { 700, false } };
  for (size_t way = 0; way < LENGTH(ways); way++) {
    blob rules = { 0 };
    blob_print(&rules, CODES);
    for (unsigned i = 0; i < ways[way].count; i++) {
      blob_print(&rules, "  ORDERS.ERROR.%04u.CODE.OF.SHOP 4%02u \"m\" @t\n", i, i % 10);
    }
    blob_print(&rules, TAIL);
    expect_codes(rules.data, ways[way].count, ways[way].indexed);
    blob_free(&rules);
  }
}

/* What the index is for: each shipped code is found at once, or nearly so. */
static void the_shipped_catalogues_are_indexed(void **state) {
  (void)state;
  bdc_ruleset *ruleset = ruleset_builtin();
  for (size_t i = 0; i < ruleset->service_count; i++) {
    const bdc_service *service = &ruleset->services[i];
    assert_true(service->distinct_count > 0 && is_indexed(service));
    assert_in_range(service->distinct_index.probes, 1, 4);
    expect_all_found(service);
  }
  bdc_ruleset_free(ruleset);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(an_entry_with_the_status_goes_before_the_first_of_the_code),
    cmocka_unit_test(codes_of_any_size_are_found),
    cmocka_unit_test(a_code_may_have_every_status),
    cmocka_unit_test(hundreds_of_codes_are_found),
    cmocka_unit_test(codes_that_collide_are_found),
    cmocka_unit_test(the_shipped_catalogues_are_indexed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
