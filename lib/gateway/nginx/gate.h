/* SPDX-License-Identifier: MIT */
/*
 * bodycheck in nginx: a dynamic module that checks requests and responses as they pass.
 *
 * The pieces, and what each sees:
 *   module.c     what nginx sees: the module, its directives, where it hooks in
 *   config.c     directives and how locations inherit them               modes, rules
 *   rules.[ch]   a rule set of a configuration, and its checkers         the library
 *   modes.[ch]   bodycheck_mode: what a single broken rule counts for    the library's reports
 *   context.c    what is kept for a request                              check
 *   message.[ch] nginx's request and response as the library's
 *   check.[ch]   one message under check: rules, shadow, limit of size   rules, message
 *   result.[ch]  from a report to what is done, logged and counted       modes, log, metrics
 *   answer.[ch]  the documented error as nginx's response
 *   request.c    the request's side: phase handler and body filter       check, result, answer
 *   response.c   the response's side: header and body filter             check, result, answer
 *   variables.c, metrics.[ch], log.[ch]
 *
 * Who owns what. A rule set is loaded when the configuration is read, shared by all locations with the same paths and provider, never
 * changed after that, and freed with the configuration's pool: a reload with a mistake in a rule file fails as a whole, and nginx goes on
 * with the configuration that it has. A worker checks many messages at once, so each worker has a stock of checkers for each rule set. A
 * message takes one when its first piece arrives, and gives it back with its last; a body that is there in one piece, as most are, takes
 * it for the length of one call. So there are never more checkers than bodies that are half arrived, which worker_connections bounds (in
 * each direction, and again for a shadow), at some 64 KiB each. Where no memory is left for one, the message is "unchecked".
 *
 * Requests. The body filter sees each piece before nginx stores it, and hands it to the checker: no second copy. Where something may be
 * blocked, the phase handler (in the phase before the content, hence after all access control) reads the whole body first and lets the
 * request go on only with its verdict; so with `block` the upstream sees no byte before, also with "proxy_request_buffering off", whose
 * effect it takes away. With `log` alone the body is checked while the content handler reads it.
 *
 * Responses. With `block`, header and body are held until the verdict, up to bodycheck_max_body. With `log` the filters only look. What
 * nginx itself answers instead of the upstream (error pages), subrequests, answers to HEAD, 304, 101 and byte ranges are not checked.
 *
 * A verdict may be invalid, valid, or unchecked with a reason. Whether unchecked messages pass is for bodycheck_unchecked and
 * bodycheck_response_unchecked to say, and for bodycheck_unknown_route where no operation fits.
 */
#ifndef BDC_GATEWAY_NGINX_GATE_H
#define BDC_GATEWAY_NGINX_GATE_H

#include "nginx.h"

#include "check.h"
#include "modes.h"
#include "result.h"
#include "rules.h"

/* The configuration of a location. */
typedef struct gate_conf {
  ngx_uint_t mode[GATE_DIRECTIONS];             /* gate_mode */
  ngx_uint_t unknown_route;                     /* gate_mode, where off means pass */
  ngx_uint_t unchecked_blocks[GATE_DIRECTIONS]; /* whether unchecked messages are blocked where the mode is block */
  size_t max_body;
  ngx_array_t *paths;        /* of ngx_str_t */
  ngx_array_t *shadow_paths; /* of ngx_str_t */
  ngx_str_t provider;
  ngx_str_t operation_name;
  ngx_array_t *modes; /* of gate_rule_mode */

  /* what merging makes of it */
  gate_subject rules;
  gate_subject shadow;
  bool holds[GATE_DIRECTIONS]; /* whether a message must have its verdict before it goes on */
} gate_conf;

/* Where valid messages of an operation are counted: each worker's memory of metrics.c. */
typedef struct gate_counter {
  const bdc_operation *operation;
  gate_direction direction;
  void *slot; /* NULL: none */
} gate_counter;
enum { GATE_COUNTERS = 64 };

/* What the whole configuration shares. */
typedef struct gate_main {
  gate_rules *rules; /* a list */
  ngx_shm_zone_t *zone;
  size_t zone_size;
  ngx_int_t request_id; /* index of the variable */
  gate_counter counters[GATE_COUNTERS];
  bool used; /* something counts or shows counters */
} gate_main;

/* One direction of a request. */
typedef struct gate_side {
  const gate_conf *conf; /* whose rules hold; NULL: nothing has begun */
  gate_check check;
  const bdc_operation *operation; /* of a response; NULL: not known */
  gate_result *result;            /* NULL: no verdict yet */
  bool decided;                   /* the result has been acted on */
} gate_side;

/* What is kept for a request. */
typedef struct gate_context {
  gate_side side[GATE_DIRECTIONS];
  const bdc_operation *operation; /* of gate_conf.rules; NULL: not known */
  gate_message *response;         /* its head, as the header filter saw it; NULL: it is not checked */
  struct gate_held *held;         /* the response that is being held; NULL: none */
  bool own_answer;                /* the response is this module's, not to be checked */
} gate_context;

extern ngx_module_t ngx_http_bodycheck_module;

static inline gate_conf *gate_conf_of(const ngx_http_request_t *r) {
  return ngx_http_get_module_loc_conf(r, ngx_http_bodycheck_module);
}

static inline gate_main *gate_main_of(const ngx_http_request_t *r) {
  return ngx_http_get_module_main_conf(r, ngx_http_bodycheck_module);
}

/* The context, also after an internal redirect, where nginx forgets it. NULL: none (find), or no memory (make). */
gate_context *gate_context_find(ngx_http_request_t *r);
gate_context *gate_context_make(ngx_http_request_t *r);

/* Gives a side's checkers back and makes its result that of its reports, or that of a message that cannot be checked. */
void gate_side_end(ngx_http_request_t *r, gate_side *side, gate_direction direction);
void gate_side_give_up(ngx_http_request_t *r, gate_side *side, gate_direction direction, gate_cause cause);

/* Shows pieces of a body to a side that has begun; the last one ends it. Ends it also where the body grows too large. */
void gate_side_feed(ngx_http_request_t *r, gate_side *side, gate_direction direction, const gate_message *message, const u_char *piece,
                    size_t size);

/* Gives up since the body is larger than bodycheck_max_body; where no operation is meant, that is what is said. */
void gate_side_too_large(ngx_http_request_t *r, gate_side *side, gate_direction direction, const gate_message *message);

/* Why a request that is over, or has come no further, has no verdict. */
gate_cause gate_request_unfinished(ngx_http_request_t *r, const gate_context *context);

/* The whole body at once. */
void gate_side_whole(ngx_http_request_t *r, gate_side *side, gate_direction direction, const gate_message *message, const u_char *body,
                     size_t size);

/* Hooks. */
ngx_int_t gate_request_handler(ngx_http_request_t *r);
ngx_int_t gate_log_handler(ngx_http_request_t *r);
void gate_request_install(void);
void gate_response_install(void);
ngx_int_t gate_variables_add(ngx_conf_t *cf);

/* Configuration. */
extern ngx_command_t gate_commands[];
void *gate_main_create(ngx_conf_t *cf);
void *gate_conf_create(ngx_conf_t *cf);
char *gate_conf_merge(ngx_conf_t *cf, void *parent, void *child);

#endif
