/* SPDX-License-Identifier: MIT */
/*
 * Routes. The first byte chooses which templates count; the rest of its line is a pattern of hosts. Templates follow, one a line, then an
 * empty line, then request targets, one a line. The router must find what one finds who tries each template, and a target's parts must lie in it.
 */
#include "base/arena.h"
#include "route/host.h"
#include "unit/naive_route.h"

#include "budget.h"
#include "expect.h"
#include "head.h"

#include <string.h>

enum { ROUTES_MAX = 64 };

typedef struct routes {
  bdc__route items[ROUTES_MAX];
  size_t count;
  uint8_t choice; /* of the templates that count */
} routes;

static bool counts(size_t route, const void *context) {
  const routes *all = context;
  return all->choice >> route % 8 & 1;
}

static void take_templates(routes *all, bdc_str *rest) {
  bdc_str line;
  while (all->count < ROUTES_MAX && (line = take(rest, '\n')).size > 0) {
    if (line.data[0] == '/') {
      all->items[all->count++].path = line;
    }
  }
}

/* ---- targets ---- */

static void expect_inside(bdc_str part, bdc_str whole) {
  expect(part.size == 0 || (part.data >= whole.data && part.size <= whole.size - (size_t)(part.data - whole.data)));
}

/* The parts, put together again, are the target. */
static void expect_parts(bdc_str target, const bdc__target *parts) {
  expect_inside(parts->authority, target);
  expect(parts->path_offset <= target.size && parts->path.size <= target.size - parts->path_offset);
  expect(!memchr(target.data + parts->path_offset, '?', parts->path.size));
  size_t query = parts->has_query ? 1 + parts->query.size : 0;
  size_t used = parts->path_offset + parts->path.size + query;
  expect(parts->has_fragment ? used < target.size && target.data[used] == '#' : used == target.size);
  expect(parts->absolute || parts->path_offset == 0);
}

/* ---- hosts ---- */

static bool is_name(bdc_str label) {
  for (size_t i = 0; i < label.size; i++) {
    unsigned char c = bdc__ascii_lower((unsigned char)label.data[i]);
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_')) {
      return false;
    }
  }
  return label.size > 0;
}

static bool naive_host_matches(bdc_str pattern, bdc_str host) {
  while (memchr(pattern.data, '.', pattern.size) && host.size && memchr(host.data, '.', host.size)) {
    bdc_str label = take(&pattern, '.');
    bdc_str found = take(&host, '.');
    if (bdc__str_equal(label, BDC_STR("*")) ? !is_name(found) : !bdc__str_equal_fold(label, found)) {
      return false;
    }
  }
  bool more = memchr(pattern.data, '.', pattern.size) || (host.size && memchr(host.data, '.', host.size));
  return !more && (bdc__str_equal(pattern, BDC_STR("*")) ? is_name(host) : bdc__str_equal_fold(pattern, host));
}

/* In a pattern that the loader takes, "*" is a whole label. */
static bool is_pattern(bdc_str text) {
  for (size_t i = 0; i < text.size; i++) {
    bool alone = (i == 0 || text.data[i - 1] == '.') && (i + 1 == text.size || text.data[i + 1] == '.');
    if (text.data[i] == '*' && !alone) {
      return false;
    }
  }
  return text.size > 0;
}

static void try_host(bdc_str pattern, bdc_str authority) {
  bdc_str host = bdc__authority_host(authority);
  expect_inside(host, authority);
  expect(!is_pattern(pattern) || bdc__host_matches(pattern, host) == naive_host_matches(pattern, host));
}

/* ---- routes ---- */

/* All routes of the template that one finds who only knows those that count. */
static size_t naive_counting(const routes *all, bdc_str path, size_t *out) {
  routes some = *all;
  for (size_t i = 0; i < some.count; i++) {
    some.items[i].path = counts(i, all) ? some.items[i].path : (bdc_str){ 0 };
  }
  if (naive_routes(some.items, some.count, path, out) == 0) {
    return 0;
  }
  bdc_str best = some.items[out[0]].path;
  size_t count = 0;
  for (size_t i = 0; i < all->count; i++) {
    if (naive_match(all->items[i].path, path) && naive_preference(all->items[i].path, best) == 0) {
      out[count++] = i;
    }
  }
  return count;
}

static void expect_routes(bdc__route_match match, const size_t *expected, size_t count) {
  expect(match.count == count && (count == 0 || memcmp(match.routes, expected, count * sizeof expected[0]) == 0));
}

static void try_target(const bdc__router *router, const routes *all, bdc_str pattern, bdc_str target) {
  bdc__target parts = bdc__target_split(target);
  expect_parts(target, &parts);
  try_host(pattern, parts.absolute ? parts.authority : target);
  size_t expected[ROUTES_MAX];
  bool rooted = parts.path.size > 0 && parts.path.data[0] == '/';
  size_t count = rooted ? naive_routes(all->items, all->count, parts.path, expected) : 0;
  expect_routes(bdc__router_match(router, target), expected, count);
  count = rooted ? naive_counting(all, parts.path, expected) : 0;
  expect_routes(bdc__router_match_where(router, target, &(bdc__route_filter){ counts, all }), expected, count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0) {
    return 0;
  }
  routes all = { .choice = data[0] };
  bdc_str rest = { (const char *)data + 1, size - 1 };
  bdc_str pattern = take(&rest, '\n');
  take_templates(&all, &rest);
  budget left = { .fail_at = 0 };
  bdc_allocator allocator = budget_allocator(&left);
  bdc__arena arena;
  bdc__arena_init(&arena, &allocator);
  const bdc__router *router = bdc__router_new(&arena, all.items, all.count);
  expect(router != NULL);
  size_t calls = left.calls;
  while (rest.size > 0) {
    try_target(router, &all, pattern, take(&rest, '\n'));
  }
  expect(left.calls == calls);
  bdc__arena_free(&arena);
  expect(left.live == 0);
  return 0;
}
