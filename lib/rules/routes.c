/* SPDX-License-Identifier: MIT */
/* Operations by method, request target and host. */
#include "base/str.h"
#include "route/host.h"
#include "rules/ruleset.h"

/* What a host says of a service; the more, the better it fits. */
typedef enum standing {
  STANDING_ELSEWHERE, /* it names hosts, and this is none of them */
  STANDING_ANYWHERE,  /* it names no hosts */
  STANDING_HERE       /* this is one of its hosts */
} standing;

typedef struct search {
  const bdc_ruleset *ruleset;
  bdc_str provider; /* that the caller names; may be empty */
  bdc_str method;
  bdc_str target;
  bdc_str host;   /* empty: not known, or no service names one */
  standing least; /* operations whose service stands below it are passed over */
  const bdc_operation **candidates;
  size_t capacity;
  size_t count; /* of candidates, also of those beyond the capacity */
} search;

static standing standing_of(const bdc_service *service, bdc_str host) {
  for (size_t i = 0; i < service->host_count; i++) {
    if (bdc__host_matches(service->hosts[i].pattern, host)) {
      return STANDING_HERE;
    }
  }
  return service->host_count ? STANDING_ELSEWHERE : STANDING_ANYWHERE;
}

/* A bdc__route_filter. */
static bool counts(size_t route, const void *context) {
  const search *of = context;
  return of->least == STANDING_ELSEWHERE || standing_of(of->ruleset->operations[route].service, of->host) >= of->least;
}

static void add(search *to, const bdc_operation *operation) {
  if (to->candidates && to->count < to->capacity) {
    to->candidates[to->count] = operation;
  }
  to->count++;
}

/* ---- the operations of one path ---- */

typedef struct tally {
  size_t fitting;
  size_t of_provider;
  const bdc_operation *last;
  const bdc_operation *last_of_provider;
} tally;

/* Adds those that count to the candidates, or those of one method where only these are asked for. */
static tally take(search *of, bdc__route_match match, bool any_method) {
  bdc_str wanted = of->provider.size ? of->provider : of->ruleset->provider;
  tally taken = { .fitting = 0 };
  for (size_t i = 0; i < match.count; i++) {
    const bdc_operation *operation = &of->ruleset->operations[match.routes[i]];
    if (!(any_method || bdc__str_equal(operation->method, of->method)) || !counts(match.routes[i], of)) {
      continue;
    }
    add(of, operation);
    taken.fitting++;
    taken.last = operation;
    if (bdc__str_equal(operation->service->provider, wanted)) {
      taken.of_provider++;
      taken.last_of_provider = operation;
    }
  }
  return taken;
}

static bdc_status choose(search *of, bdc__route_match match, const bdc_operation **out) {
  tally taken = take(of, match, false);
  if (taken.fitting == 0) {
    take(of, match, true);
    return match.count ? BDC_ERR_NO_METHOD : BDC_ERR_NO_PATH;
  }
  if (taken.of_provider == 1) {
    *out = taken.last_of_provider;
    return BDC_OK;
  }
  /* A provider that the caller names is meant; that of the options only decides between several. */
  if (of->provider.size && taken.of_provider == 0) {
    return BDC_ERR_NO_PATH;
  }
  if (taken.fitting > 1) {
    return BDC_ERR_AMBIGUOUS;
  }
  *out = taken.last;
  return BDC_OK;
}

/* ---- hosts ---- */

/* Among the services that stand as well as `least`. */
static bdc_status search_from(search *of, standing least, const bdc_operation **out) {
  bdc__route_filter filter = { counts, of };
  of->least = least;
  of->count = 0;
  *out = NULL;
  return choose(of, bdc__router_match_where(of->ruleset->router, of->target, least == STANDING_ELSEWHERE ? NULL : &filter), out);
}

static bool decided(bdc_status status) {
  return status == BDC_OK || status == BDC_ERR_AMBIGUOUS;
}

/*
 * Services of this host go first, whatever path another service has; then those of any host. Where neither have an operation, the status
 * is that of the services that came nearest, and their operations are the candidates.
 */
static bdc_status search_host(search *of, const bdc_operation **out) {
  bdc_status here = search_from(of, STANDING_HERE, out);
  if (decided(here)) {
    return here;
  }
  bdc_status anywhere = search_from(of, STANDING_ANYWHERE, out);
  if (decided(anywhere)) {
    return anywhere;
  }
  if (here == BDC_ERR_NO_METHOD) {
    return search_from(of, STANDING_HERE, out);
  }
  if (anywhere == BDC_ERR_NO_METHOD) {
    return anywhere;
  }
  bdc_status elsewhere = search_from(of, STANDING_ELSEWHERE, out);
  *out = NULL;
  return elsewhere == BDC_ERR_NO_PATH ? BDC_ERR_NO_PATH : BDC_ERR_NO_HOST;
}

static bdc_status run(search *of, const bdc_operation **out, size_t *count) {
  bdc_status status = of->host.size ? search_host(of, out) : search_from(of, STANDING_ELSEWHERE, out);
  if (count) {
    *count = of->count;
  }
  return status;
}

/* ---- targets ---- */

static bdc_str host_of_target(const bdc__target *target) {
  return target->absolute ? bdc__authority_host(target->authority) : (bdc_str){ 0 };
}

bdc_status bdc_route_search(const bdc_ruleset *ruleset, bdc_str provider, bdc_str method, bdc_str target, const bdc_operation **out,
                            const bdc_operation **candidates, size_t capacity, size_t *count) {
  search of = {
    .ruleset = ruleset, .provider = provider, .method = method, .target = target, .candidates = candidates, .capacity = capacity
  };
  if (ruleset->names_hosts) {
    bdc__target parts = bdc__target_split(target);
    of.host = host_of_target(&parts);
  }
  return run(&of, out, count);
}

bdc_status bdc_route(const bdc_ruleset *ruleset, bdc_str method, bdc_str target, const bdc_operation **out) {
  return bdc_route_search(ruleset, (bdc_str){ 0 }, method, target, out, NULL, 0, NULL);
}

/* ---- requests ---- */

/* Of several fields none is believed (RFC 9112). */
static bdc_str host_of_fields(const bdc_header *headers, size_t count) {
  bdc_str value = { 0 };
  size_t found = 0;
  for (size_t i = 0; i < count; i++) {
    if (bdc__str_equal_fold(headers[i].name, BDC_STR("Host"))) {
      value = headers[i].value;
      found++;
    }
  }
  return found == 1 ? bdc__host_of(bdc__str_trim(value)) : (bdc_str){ 0 };
}

/* An absolute target has its own host, and the field is not looked at (RFC 9112). */
static bdc_str host_of_request(const bdc_request *request) {
  bdc__target target = bdc__target_split(request->target);
  return target.absolute ? host_of_target(&target) : host_of_fields(request->headers, request->header_count);
}

/* A bdc__route_filter: the service of a given operation is that of the host. Where it names none, neither may others. */
static bool counts_for(size_t route, const void *context) {
  const bdc_operation *given = context;
  const bdc_service *service = given->ruleset->operations[route].service;
  return service == given->service || (service->host_count == 0 && given->service->host_count == 0);
}

/* Whether a given operation is one of the target. */
static bool has_target(const bdc_operation *given, bdc_str target) {
  bdc__route_filter filter = { counts_for, given };
  bdc__route_match match = bdc__router_match_where(given->ruleset->router, target, &filter);
  bool found = false;
  for (size_t i = 0; i < match.count && !found; i++) {
    found = &given->ruleset->operations[match.routes[i]] == given;
  }
  return found;
}

static bdc_status take_given(const bdc_ruleset *ruleset, const bdc_request *request, const bdc_operation **out) {
  if (request->operation->ruleset != ruleset) {
    return BDC_ERR_ARGUMENT;
  }
  if (request->target.size && !has_target(request->operation, request->target)) {
    return BDC_ERR_NO_PATH;
  }
  *out = request->operation;
  return BDC_OK;
}

bdc_status bdc_route_request(const bdc_ruleset *ruleset, const bdc_request *request, const bdc_operation **out,
                             const bdc_operation **candidates, size_t capacity, size_t *count) {
  *out = NULL;
  if (request->operation) {
    if (count) {
      *count = 0;
    }
    return take_given(ruleset, request, out);
  }
  search of = { .ruleset = ruleset,
                .provider = request->provider,
                .method = request->method,
                .target = request->target,
                .candidates = candidates,
                .capacity = capacity };
  if (ruleset->names_hosts) {
    of.host = host_of_request(request);
  }
  return run(&of, out, count);
}
