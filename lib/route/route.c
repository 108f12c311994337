/* SPDX-License-Identifier: MIT */
/*
 * A tree of path segments. Each node has literal children, sorted by their text, and at most one for a parameter. A path is matched
 * literal first; where that leads nowhere, the parameter is tried. Each node is visited at most once for a target, since only one way
 * leads to it.
 */
#include "route/route.h"

#include "base/hex.h"
#include "base/str.h"

#include <stdlib.h>

/* A route while the tree is made. */
typedef struct entry {
  const bdc__route *route;
  size_t number;
  bdc_str segment; /* the one at the depth that the tree has reached */
  size_t at;       /* of the next segment; parameters' names differ in size, so it is each entry's own */
} entry;

typedef struct node node;
struct node {
  bdc_str segment; /* of the literal that leads here */
  bool plain;      /* the literal has no "%": a segment with the same bytes is the same */
  node *literals;  /* sorted */
  size_t literal_count;
  node *parameter;
  size_t *routes; /* that end here */
  size_t route_count;
};

struct bdc__router {
  node root;
};

static bool is_parameter(bdc_str segment) {
  return segment.size >= 2 && segment.data[0] == '{' && segment.data[segment.size - 1] == '}';
}

static int compare_str(bdc_str a, bdc_str b) {
  size_t size = a.size < b.size ? a.size : b.size;
  int order = size ? memcmp(a.data, b.data, size) : 0;
  return order ? order : (a.size > b.size) - (a.size < b.size);
}

/* Segment by segment: parameters, all alike, before literals. */
static int compare_paths(bdc_str a, bdc_str b) {
  size_t i = 1;
  size_t j = 1;
  for (;;) {
    bdc_str x = { 0 };
    bdc_str y = { 0 };
    bool more_a = bdc__path_segment(a, &i, &x);
    bool more_b = bdc__path_segment(b, &j, &y);
    if (!more_a || !more_b) {
      return more_a - more_b;
    }
    int order = is_parameter(y) - is_parameter(x);
    order = order ? order : is_parameter(x) ? 0 : compare_str(x, y);
    if (order) {
      return order;
    }
  }
}

static int compare_entries(const void *a, const void *b) {
  const entry *x = a;
  const entry *y = b;
  int order = compare_paths(x->route->path, y->route->path);
  return order ? order : (x->number > y->number) - (x->number < y->number);
}

/* How many entries from `first` on have the same segment. */
static size_t group_size(const entry *first, size_t count) {
  bool parameter = is_parameter(first->segment);
  size_t size = 1;
  while (size < count && (parameter ? is_parameter(first[size].segment) : bdc__str_equal(first->segment, first[size].segment))) {
    size++;
  }
  return size;
}

/* Moves all entries to their next segment; those without one come first, since shorter paths sort before longer ones. */
static size_t step(entry *entries, size_t count) {
  size_t ending = 0;
  for (size_t i = 0; i < count; i++) {
    ending += !bdc__path_segment(entries[i].route->path, &entries[i].at, &entries[i].segment);
  }
  return ending;
}

static bool take_routes(bdc__arena *arena, node *to, const entry *entries, size_t count) {
  to->routes = bdc__arena_alloc(arena, count, sizeof to->routes[0]);
  if (!to->routes) {
    return false;
  }
  for (size_t i = 0; i < count; i++) {
    to->routes[i] = entries[i].number;
  }
  to->route_count = count;
  return true;
}

/* Recursion is bounded by the number of segments of a template, which the rule file's author chose. */
static bool grow(bdc__arena *arena, node *to, entry *entries, size_t count) {
  size_t ending = step(entries, count);
  if (!take_routes(arena, to, entries, ending)) {
    return false;
  }
  size_t groups = 0;
  for (size_t i = ending; i < count; i += group_size(entries + i, count - i)) {
    groups++;
  }
  to->literals = bdc__arena_alloc(arena, groups, sizeof to->literals[0]);
  if (!to->literals) {
    return false;
  }
  for (size_t i = ending; i < count;) {
    size_t size = group_size(entries + i, count - i);
    node *child = &to->literals[to->literal_count];
    if (is_parameter(entries[i].segment)) {
      child = to->parameter = bdc__arena_alloc(arena, 1, sizeof *child);
    } else {
      to->literal_count++;
    }
    if (!child) {
      return false;
    }
    child->segment = entries[i].segment;
    child->plain = child->segment.size == 0 || !memchr(child->segment.data, '%', child->segment.size);
    if (!grow(arena, child, entries + i, size)) {
      return false;
    }
    i += size;
  }
  return true;
}

const bdc__router *bdc__router_new(bdc__arena *arena, const bdc__route *routes, size_t count) {
  bdc__router *router = bdc__arena_alloc(arena, 1, sizeof *router);
  entry *entries = bdc__arena_alloc(arena, count, sizeof *entries);
  if (!router || !entries) {
    return NULL;
  }
  for (size_t i = 0; i < count; i++) {
    entries[i] = (entry){ .route = &routes[i], .number = i, .at = 1 };
  }
  if (count) {
    qsort(entries, count, sizeof *entries, compare_entries);
  }
  return grow(arena, &router->root, entries, count) ? router : NULL;
}

/* ---- matching ---- */

/* The byte at *at, which stays on its last character; a bad escape stands for itself. */
static int decoded_byte(bdc_str segment, size_t *at) {
  const unsigned char *c = (const unsigned char *)segment.data + *at;
  if (*c != '%' || segment.size - *at < 3 || bdc__hex_digit(c[1]) < 0 || bdc__hex_digit(c[2]) < 0) {
    return *c;
  }
  *at += 2;
  return bdc__hex_digit(c[1]) * 16 + bdc__hex_digit(c[2]);
}

/* Compares a literal with a segment of a target, whose percent-escapes count as what they stand for. */
static int compare_encoded(bdc_str literal, bdc_str segment) {
  size_t i = 0;
  size_t j = 0;
  for (; i < literal.size && j < segment.size; i++, j++) {
    int order = (unsigned char)literal.data[i] - decoded_byte(segment, &j);
    if (order) {
      return order;
    }
  }
  return (i < literal.size) - (j < segment.size);
}

static const node *literal_child(const node *from, bdc_str segment) {
  size_t low = 0;
  size_t high = from->literal_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    const node *child = &from->literals[middle];
    int order = child->plain && bdc__str_equal(child->segment, segment) ? 0 : compare_encoded(child->segment, segment);
    if (order == 0) {
      return child;
    }
    if (order < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return NULL;
}

static bool ends_route(const node *at, const bdc__route_filter *filter) {
  size_t i = 0;
  while (filter && i < at->route_count && !filter->counts(at->routes[i], filter->context)) {
    i++;
  }
  return i < at->route_count;
}

/* As deep as the tree. */
static const node *find(const node *from, bdc_str path, size_t at, const bdc__route_filter *filter) {
  bdc_str segment;
  if (!bdc__path_segment(path, &at, &segment)) {
    return ends_route(from, filter) ? from : NULL;
  }
  const node *child = literal_child(from, segment);
  const node *found = child ? find(child, path, at, filter) : NULL;
  return found || !from->parameter ? found : find(from->parameter, path, at, filter);
}

bdc__route_match bdc__router_match_where(const bdc__router *router, bdc_str target, const bdc__route_filter *filter) {
  bdc_str path = bdc__target_split(target).path;
  if (path.size == 0 || path.data[0] != '/') {
    return (bdc__route_match){ 0 };
  }
  const node *found = find(&router->root, path, 1, filter);
  return found ? (bdc__route_match){ found->routes, found->route_count } : (bdc__route_match){ 0 };
}

bdc__route_match bdc__router_match(const bdc__router *router, bdc_str target) {
  return bdc__router_match_where(router, target, NULL);
}
