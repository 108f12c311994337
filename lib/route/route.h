/* SPDX-License-Identifier: MIT */
/* Method and request target to route. Knows nothing of rules: a route is a method, a path template and a number. */
#ifndef BDC_ROUTE_ROUTE_H
#define BDC_ROUTE_ROUTE_H

#include "base/arena.h"

typedef struct bdc__router bdc__router;

typedef struct bdc__route {
  bdc_str method;
  bdc_str path; /* "/v1/{project_id}/apps" */
} bdc__route;

/* Routes of one path template; literal before parameter was decided already. */
typedef struct bdc__route_match {
  const size_t *routes; /* indexes into the routes that the router was made of, in their order */
  size_t count;         /* 0: no such path */
} bdc__route_match;

/* The router lives in the arena and keeps pointers into `routes`' texts and to `routes` itself. NULL without memory. */
const bdc__router *bdc__router_new(bdc__arena *arena, const bdc__route *routes, size_t count);

/* All routes of the target's path, with any method. */
bdc__route_match bdc__router_match(const bdc__router *router, bdc_str target);

/* Which routes count. */
typedef struct bdc__route_filter {
  bool (*counts)(size_t route, const void *context);
  const void *context;
} bdc__route_filter;

/*
 * The same as if there were no templates but those of routes that count. All routes of the template are given, also those that do not
 * count. A NULL filter: all count.
 */
bdc__route_match bdc__router_match_where(const bdc__router *router, bdc_str target, const bdc__route_filter *filter);

/* ---- request targets ---- */

/* A request target in its parts; none is decoded. */
typedef struct bdc__target {
  bool absolute;     /* "scheme://authority" stands before the path */
  bdc_str authority; /* "user@host:port"; empty in origin form */
  bdc_str path;      /* from the first "/" to "?" or "#" */
  bdc_str query;     /* after "?" */
  bool has_query;
  bool has_fragment;
  size_t path_offset; /* of the path in the target */
} bdc__target;

bdc__target bdc__target_split(bdc_str target);

/* The segment that starts at *at (behind a "/"); moves *at behind the next "/". False when there is none left. */
bool bdc__path_segment(bdc_str path, size_t *at, bdc_str *segment);

#endif
