/* SPDX-License-Identifier: MIT */
/* Request targets and the router. Argument: a seed, or nothing. */
#include "unit/naive_route.h"
#include "unit/support.h"

#include "base/str.h"
#include "route/host.h"
#include "route/route.h"

#include <stdio.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

static const char *seed;

/* ---- targets ---- */

typedef struct split_case {
  const char *target;
  const char *path;
  size_t path_offset;
  const char *query; /* NULL: none */
  bool fragment;
} split_case;

static void check_split(const split_case *c) {
  bdc_str target = bdc__str(c->target);
  bdc__target parts = bdc__target_split(target);
  bool same = bdc__str_equal(parts.path, bdc__str(c->path)) && parts.has_query == (c->query != NULL) &&
              (!c->query || bdc__str_equal(parts.query, bdc__str(c->query))) && parts.has_fragment == c->fragment &&
              parts.path_offset == c->path_offset;
  if (!same) {
    fail_msg("%s: path <%.*s> at %zu, query %d <%.*s>, fragment %d", c->target, (int)parts.path.size, parts.path.data,
             parts.path_offset, parts.has_query, (int)parts.query.size, parts.query.data ? parts.query.data : "", parts.has_fragment);
  }
}

static void target_splits_into_path_query_and_fragment(void **state) {
  (void)state;
  static const split_case cases[] = {
    { "", "", 0, NULL, false },
    { "/", "/", 0, NULL, false },
    { "/a/b", "/a/b", 0, NULL, false },
    { "/a/b/", "/a/b/", 0, NULL, false },
    { "/a?", "/a", 0, "", false },
    { "/a?x=y&z", "/a", 0, "x=y&z", false },
    { "/a?x?y", "/a", 0, "x?y", false },
    { "/a?x=/b/c", "/a", 0, "x=/b/c", false },
    { "/a#f", "/a", 0, NULL, true },
    { "/a#", "/a", 0, NULL, true },
    { "/a#f?x", "/a", 0, NULL, true },
    { "/a?x#f", "/a", 0, "x", true },
    { "/a?u=http://h/b", "/a", 0, "u=http://h/b", false },
    { "/a%3Fx", "/a%3Fx", 0, NULL, false },
    { "//h/a", "//h/a", 0, NULL, false },
  };
  for (size_t i = 0; i < LENGTH(cases); i++) {
    check_split(&cases[i]);
  }
}

static void target_in_absolute_form_has_its_path_behind_the_authority(void **state) {
  (void)state;
  static const split_case cases[] = {
    { "https://h/a/b", "/a/b", 9, NULL, false },
    { "http://h.example:8080/a?x=y", "/a", 21, "x=y", false },
    { "http://u@[2001:db8::1]:80/a", "/a", 25, NULL, false },
    { "HTTPS://h/a#f", "/a", 9, NULL, true },
    { "https://h?x=/a", "", 9, "x=/a", false },
    { "https://h#/a", "", 9, NULL, true },
    { "https://h", "", 9, NULL, false },
    { "https://h//a", "//a", 9, NULL, false },
  };
  for (size_t i = 0; i < LENGTH(cases); i++) {
    check_split(&cases[i]);
  }
}

static void target_in_absolute_form_has_an_authority(void **state) {
  (void)state;
  static const struct {
    const char *target;
    const char *authority; /* NULL: the target is not in absolute form */
  } cases[] = { { "https://h/a", "h" },
                { "http://u:p@h.example:8080?x=@y", "u:p@h.example:8080" },
                { "http://[2001:db8::1]:80#f", "[2001:db8::1]:80" },
                { "https:///a", "" },
                { "https://", "" },
                { "https://h", "h" },
                { "/a?u=http://h/b", NULL },
                { "//h/a", NULL },
                { "h:443", NULL },
                { "https:/h/a", NULL },
                { "https:", NULL },
                { "*", NULL },
                { "", NULL } };
  for (size_t i = 0; i < LENGTH(cases); i++) {
    bdc__target parts = bdc__target_split(bdc__str(cases[i].target));
    if (parts.absolute != (cases[i].authority != NULL) || !bdc__str_equal(parts.authority, bdc__str(cases[i].authority))) {
      fail_msg("%s: authority %d <%.*s>", cases[i].target, parts.absolute, (int)parts.authority.size,
               parts.authority.data ? parts.authority.data : "");
    }
  }
}

static void path_has_a_segment_behind_every_slash(void **state) {
  (void)state;
  static const struct {
    const char *path;
    const char *segments; /* each behind a "|" */
  } cases[] = { { "/", "|" }, { "/a", "|a" }, { "/a/", "|a|" }, { "//", "||" }, { "/a//b", "|a||b" }, { "/%2F/b", "|%2F|b" } };
  for (size_t i = 0; i < LENGTH(cases); i++) {
    blob got = { 0 };
    bdc_str segment;
    for (size_t at = 1; bdc__path_segment(bdc__str(cases[i].path), &at, &segment);) {
      blob_print(&got, "|%.*s", (int)segment.size, segment.data);
    }
    assert_string_equal(got.data, cases[i].segments);
    blob_free(&got);
  }
}

/* ---- matching ---- */

static const bdc__route routes[] = {
  { BDC__STR_INIT("PUT"), BDC__STR_INIT("/v1/{p}/apps/{a}") },         /* 0 */
  { BDC__STR_INIT("GET"), BDC__STR_INIT("/v1/{project}/apps/{app}") }, /* 1: the same template */
  { BDC__STR_INIT("GET"), BDC__STR_INIT("/v1/{p}/apps") },             /* 2 */
  { BDC__STR_INIT("GET"), BDC__STR_INIT("/v1/{p}/apps/all") },         /* 3 */
  { BDC__STR_INIT("GET"), BDC__STR_INIT("/v1/own/apps/{a}/keys") },    /* 4 */
  { BDC__STR_INIT("GET"), BDC__STR_INIT("/v1/{p}/users/{u}") },        /* 5 */
  { BDC__STR_INIT("GET"), BDC__STR_INIT("/") },                        /* 6 */
  { BDC__STR_INIT("GET"), BDC__STR_INIT("/v2/a b/{x}") },              /* 7 */
  { BDC__STR_INIT("GET"), BDC__STR_INIT("/v2/{") },                    /* 8: no parameter */
  { BDC__STR_INIT("GET"), BDC__STR_INIT("/v2/\xc3\xa9") },             /* 9 */
  { BDC__STR_INIT("GET"), BDC__STR_INIT("/v1/{p}/apps/all-of-them") }, /* 10 */
};

typedef struct match_case {
  const char *target;
  const char *routes; /* numbers, each behind a blank */
} match_case;

static void expect_matches(const match_case *cases, size_t count) {
  bdc__arena arena;
  bdc__arena_init(&arena, NULL);
  const bdc__router *router = bdc__router_new(&arena, routes, LENGTH(routes));
  assert_non_null(router);
  for (size_t i = 0; i < count; i++) {
    blob got = { 0 };
    blob_add(&got, NULL, 0);
    bdc__route_match match = bdc__router_match(router, bdc__str(cases[i].target));
    for (size_t j = 0; j < match.count; j++) {
      blob_print(&got, " %zu", match.routes[j]);
    }
    if (strcmp(got.data, cases[i].routes) != 0) {
      fail_msg("%s: expected%s, got%s", cases[i].target, cases[i].routes, got.data);
    }
    blob_free(&got);
  }
  bdc__arena_free(&arena);
}

static void router_gives_all_routes_of_a_template_in_their_order(void **state) {
  (void)state;
  static const match_case cases[] = {
    { "/v1/x/apps/y", " 0 1" }, { "/v1/x/apps", " 2" }, { "/v1/x/users/y", " 5" }, { "/", " 6" }, { "/v1/{p}/apps/{a}", " 0 1" }
  };
  expect_matches(cases, LENGTH(cases));
}

static void router_takes_a_literal_before_a_parameter_and_turns_back_where_it_leads_nowhere(void **state) {
  (void)state;
  static const match_case cases[] = { { "/v1/x/apps/all", " 3" },      { "/v1/x/apps/all2", " 0 1" },
                                      { "/v1/x/apps/al", " 0 1" },     { "/v1/x/apps/all-of-them", " 10" },
                                      { "/v1/own/apps/y/keys", " 4" }, { "/v1/own/apps/y", " 0 1" },
                                      { "/v1/own/apps/all", " 3" },    { "/v1/own/users/y", " 5" },
                                      { "/v1/x/apps/y/keys", "" } };
  expect_matches(cases, LENGTH(cases));
}

static void router_compares_encoded_literals_by_what_they_stand_for(void **state) {
  (void)state;
  static const match_case cases[] = { { "/v1/x/%61pps/y", " 0 1" }, { "/%76%31/x/apps/y", " 0 1" }, { "/v1/x/apps/%61ll", " 3" },
                                      { "/v2/a%20b/c", " 7" },      { "/v2/%C3%A9", " 9" },         { "/v2/%c3%a9", " 9" },
                                      { "/v2/%7b", " 8" },          { "/v1/x/APPS/y", "" },         { "/v1/x/%41pps/y", "" },
                                      { "/v1/x%2Fapps/y", "" },     { "/v1/x/apps%2fy", "" },       { "/v1/x/%2561pps/y", "" },
                                      { "/v1/x/%6/y", "" },         { "/v1/x/apps%/y", "" } };
  expect_matches(cases, LENGTH(cases));
}

static void router_counts_empty_segments_and_a_slash_at_the_end(void **state) {
  (void)state;
  static const match_case cases[] = { { "/v1//apps/y", " 0 1" }, { "/v1/x/apps/", " 0 1" }, { "/v1/x/apps//", "" },
                                      { "/v1/x/apps/y/", "" },   { "//v1/x/apps/y", "" },   { "//", "" },
                                      { "/v1/x/users/", " 5" },  { "/v1/x/users", "" } };
  expect_matches(cases, LENGTH(cases));
}

static void router_looks_at_the_path_alone(void **state) {
  (void)state;
  static const match_case cases[] = { { "/v1/x/apps/y?all", " 0 1" },
                                      { "/v1/x/apps?/y", " 2" },
                                      { "/v1/x/apps#/y", " 2" },
                                      { "/?", " 6" },
                                      { "https://h/v1/x/apps/y", " 0 1" },
                                      { "http://h:1/v1/x/apps/y?z#f", " 0 1" },
                                      { "https://h/", " 6" } };
  expect_matches(cases, LENGTH(cases));
}

static void router_knows_no_target_that_is_no_path(void **state) {
  (void)state;
  static const match_case cases[] = { { "", "" },  { "*", "" },   { "v1/x/apps/y", "" }, { "h:443", "" }, { "?x", "" },
                                      { "#", "" }, { "/v3", "" }, { "/v1", "" },         { " /", "" },    { "/v1/x/apps/y/z", "" } };
  expect_matches(cases, LENGTH(cases));
}

static void router_without_routes_knows_no_path(void **state) {
  (void)state;
  bdc__arena arena;
  bdc__arena_init(&arena, NULL);
  const bdc__router *router = bdc__router_new(&arena, NULL, 0);
  assert_non_null(router);
  assert_int_equal(bdc__router_match(router, BDC_STR("/")).count, 0);
  assert_int_equal(bdc__router_match(router, BDC_STR("/a")).count, 0);
  bdc__arena_free(&arena);
}

static bool is_even(size_t route, const void *context) {
  (void)context;
  return route % 2 == 0;
}

static bool is_that_one(size_t route, const void *context) {
  const size_t *one = context;
  return route == *one;
}

static void router_passes_over_templates_none_of_whose_routes_count(void **state) {
  (void)state;
  size_t one = 1;
  size_t nine = 9;
  const struct {
    const char *target;
    bdc__route_filter filter;
    size_t count; /* of routes */
    size_t first;
  } cases[] = {
    { "/v1/x/apps/y", { is_even, NULL }, 2, 0 },            /* route 0 counts, and 1 comes with it */
    { "/v1/x/apps/all", { is_even, NULL }, 2, 0 },          /* not 3, the literal */
    { "/v1/x/apps/all-of-them", { is_even, NULL }, 1, 10 }, /* the literal counts */
    { "/v1/x/users/y", { is_even, NULL }, 0, 0 },
    { "/v1/own/apps/y/keys", { is_even, NULL }, 1, 4 },
    { "/v1/own/apps/all", { is_that_one, &one }, 2, 0 },
    { "/v1/x/apps", { is_that_one, &one }, 0, 0 },
    { "/v2/%C3%A9", { is_that_one, &nine }, 1, 9 },
    { "/v3", { is_even, NULL }, 0, 0 },
    { "*", { is_even, NULL }, 0, 0 },
  };
  bdc__arena arena;
  bdc__arena_init(&arena, NULL);
  const bdc__router *router = bdc__router_new(&arena, routes, LENGTH(routes));
  assert_non_null(router);
  for (size_t i = 0; i < LENGTH(cases); i++) {
    bdc__route_match match = bdc__router_match_where(router, bdc__str(cases[i].target), &cases[i].filter);
    if (match.count != cases[i].count || (match.count && match.routes[0] != cases[i].first)) {
      fail_msg("%s: %zu routes, the first %zu", cases[i].target, match.count, match.count ? match.routes[0] : 0);
    }
  }
  bdc__arena_free(&arena);
}

/* ---- hosts ---- */

static void host_is_what_is_left_without_user_port_and_last_dot(void **state) {
  (void)state;
  static const struct {
    const char *authority;
    const char *host;
    const char *of_field; /* in the field Host there is no user */
  } cases[] = {
    { "h", "h", "h" },
    { "h.example:443", "h.example", "h.example" },
    { "h.example:", "h.example", "h.example" },
    { "h.example.", "h.example", "h.example" },
    { "h.example.:8080", "h.example", "h.example" },
    { "h.example..", "h.example.", "h.example." },
    { "h1", "h1", "h1" },
    { "10.0.0.1", "10.0.0.1", "10.0.0.1" },
    { "10.0.0.1:80", "10.0.0.1", "10.0.0.1" },
    { "443", "443", "443" },
    { "[2001:db8::1]:80", "[2001:db8::1]", "[2001:db8::1]" },
    { "[::1]", "[::1]", "[::1]" },
    { "h:x1", "h:x1", "h:x1" },
    { "u@h:80", "h", "u@h" },
    { "u:p@h", "h", "u:p@h" },
    { "u@v@h", "h", "u@v@h" },
    { "u@", "", "u@" },
    { ":80", "", "" },
    { ".", "", "" },
    { "", "", "" },
  };
  for (size_t i = 0; i < LENGTH(cases); i++) {
    bdc_str host = bdc__authority_host(bdc__str(cases[i].authority));
    bdc_str of_field = bdc__host_of(bdc__str(cases[i].authority));
    if (!bdc__str_equal(host, bdc__str(cases[i].host)) || !bdc__str_equal(of_field, bdc__str(cases[i].of_field))) {
      fail_msg("%s: <%.*s>, of a field <%.*s>", cases[i].authority, (int)host.size, host.data, (int)of_field.size, of_field.data);
    }
  }
}

static void host_matches_a_pattern_label_by_label(void **state) {
  (void)state;
  static const struct {
    const char *pattern;
    const char *host;
    bool matches;
  } cases[] = {
    { "a.example", "a.example", true },
    { "a.example", "A.eXample", true },
    { "A.Example", "a.example", true },
    { "a.example", "b.example", false },
    { "a.example", "a.example.org", false },
    { "a.example", "x.a.example", false },
    { "a.example", "a.exampl", false },
    { "a.example", "a.examplee", false },
    { "a.example", "aXexample", false },
    { "a.example", "", false },
    { "*.example", "a.example", true },
    { "*.example", "A-1_b.EXAMPLE", true },
    { "*.example", "a.b.example", false },
    { "*.example", ".example", false },
    { "*.example", "example", false },
    { "*.example", "*.example", false },
    { "*.example", "a:b.example", false },
    { "*.example", "u@a.example", false },
    { "*.example", "a%2eb.example", false },
    { "*.example", "\xc3\xa9.example", false },
    { "*.example", "a b.example", false },
    { "apig.*.example", "apig.eu-1.example", true },
    { "apig.*.example", "apig..example", false },
    { "apig.*.example", "apig.example", false },
    { "apig.*.example", "apig.a.b.example", false },
    { "apig.*", "apig.x", true },
    { "apig.*", "apig.", false },
    { "apig.*", "apig", false },
    { "apig.*", "apig.x.y", false },
    { "*.*.example", "a.b.example", true },
    { "*.*.example", "a.example", false },
    { "*.2.3.*", "1.2.3.4", true },
    { "*.2.3.*", "[::1.2.3.4]", false },
    { "10.0.0.1", "10.0.0.1", true },
    { "10.0.0.1", "10.0.0.10", false },
  };
  for (size_t i = 0; i < LENGTH(cases); i++) {
    if (bdc__host_matches(bdc__str(cases[i].pattern), bdc__str(cases[i].host)) != cases[i].matches) {
      fail_msg("%s and %s", cases[i].pattern, cases[i].host);
    }
  }
}

/* ---- random routes against a matcher that tries one after the other ---- */

enum { ROUTES = 1000, TARGETS = 100000, SEGMENTS = 5 };

static const char *const names[] = { "a", "b", "ab", "abc", "b%", "", "{", "}" };

/* One in eight is a parameter. */
static void random_template(random_source *source, blob *out) {
  size_t count = 1 + random_below(source, SEGMENTS);
  for (size_t i = 0; i < count; i++) {
    size_t kind = random_below(source, 8);
    blob_print(out, "/%s", kind == 0 ? (random_below(source, 2) ? "{p}" : "{long_name}") : names[random_below(source, LENGTH(names))]);
  }
}

static void random_target(random_source *source, blob *out) {
  size_t count = 1 + random_below(source, SEGMENTS);
  for (size_t i = 0; i < count; i++) {
    const char *name = random_below(source, 5) ? names[random_below(source, LENGTH(names))] : "other";
    blob_print(out, "/");
    for (; *name; name++) {
      blob_print(out, *name == '%' || random_below(source, 4) == 0 ? "%%%02x" : "%c", (unsigned)*name);
    }
  }
}

static size_t compare_one(random_source *source, const bdc__router *router, const bdc__route *list) {
  static size_t expected[ROUTES];
  blob target = { 0 };
  random_target(source, &target);
  size_t count = naive_routes(list, ROUTES, blob_str(&target), expected);
  bdc__route_match match = bdc__router_match(router, blob_str(&target));
  if (match.count != count || (count && memcmp(match.routes, expected, count * sizeof expected[0]) != 0)) {
    fail_msg("%s: expected %zu routes, the first %zu; got %zu, the first %zu", target.data, count, count ? expected[0] : 0, match.count,
             match.count ? match.routes[0] : 0);
  }
  blob_free(&target);
  return count > 0;
}

static void router_agrees_with_a_naive_matcher_on_random_routes(void **state) {
  (void)state;
  random_source source = random_from(seed);
  static blob templates[ROUTES];
  static bdc__route list[ROUTES];
  for (size_t i = 0; i < ROUTES; i++) {
    random_template(&source, &templates[i]);
    list[i] = (bdc__route){ BDC_STR("GET"), blob_str(&templates[i]) };
  }
  bdc__arena arena;
  bdc__arena_init(&arena, NULL);
  const bdc__router *router = bdc__router_new(&arena, list, ROUTES);
  assert_non_null(router);
  size_t found = 0;
  size_t count = share_of(TARGETS);
  for (size_t i = 0; i < count; i++) {
    found += compare_one(&source, router, list);
  }
  printf("%zu of %zu targets have routes\n", found, count);
  assert_true(found > count / 10 && found < count / 10 * 9);
  bdc__arena_free(&arena);
  for (size_t i = 0; i < ROUTES; i++) {
    blob_free(&templates[i]);
  }
}

static void router_survives_each_failed_allocation(void **state) {
  (void)state;
  static char paths[600][16];
  static bdc__route list[LENGTH(paths)];
  for (size_t i = 0; i < LENGTH(paths); i++) {
    sprintf(paths[i], "/%zu/{p}/%zu", i, i);
    list[i] = (bdc__route){ BDC_STR("GET"), bdc__str(paths[i]) };
  }
  bool made = false;
  size_t fail_at = 1;
  for (; !made; fail_at++) {
    counter count = { .fail_at = fail_at };
    bdc_allocator allocator = counter_allocator(&count);
    bdc__arena arena;
    bdc__arena_init(&arena, &allocator);
    made = bdc__router_new(&arena, list, LENGTH(list)) != NULL;
    assert_int_equal(made, count.calls < fail_at);
    bdc__arena_free(&arena);
    assert_int_equal(count.live, 0);
  }
  assert_true(fail_at > 5);
}

int main(int argc, char **argv) {
  seed = argc > 1 ? argv[1] : NULL;
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(target_splits_into_path_query_and_fragment),
    cmocka_unit_test(target_in_absolute_form_has_its_path_behind_the_authority),
    cmocka_unit_test(target_in_absolute_form_has_an_authority),
    cmocka_unit_test(path_has_a_segment_behind_every_slash),
    cmocka_unit_test(router_gives_all_routes_of_a_template_in_their_order),
    cmocka_unit_test(router_takes_a_literal_before_a_parameter_and_turns_back_where_it_leads_nowhere),
    cmocka_unit_test(router_compares_encoded_literals_by_what_they_stand_for),
    cmocka_unit_test(router_counts_empty_segments_and_a_slash_at_the_end),
    cmocka_unit_test(router_looks_at_the_path_alone),
    cmocka_unit_test(router_knows_no_target_that_is_no_path),
    cmocka_unit_test(router_without_routes_knows_no_path),
    cmocka_unit_test(router_passes_over_templates_none_of_whose_routes_count),
    cmocka_unit_test(host_is_what_is_left_without_user_port_and_last_dot),
    cmocka_unit_test(host_matches_a_pattern_label_by_label),
    cmocka_unit_test(router_agrees_with_a_naive_matcher_on_random_routes),
    cmocka_unit_test(router_survives_each_failed_allocation),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
