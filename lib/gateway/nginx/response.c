/* SPDX-License-Identifier: MIT */
/* The response's side: see gate.h. */
#include "gate.h"

#include "answer.h"

enum { BLOCK_MIN = 4096, BLOCK_MAX = 256 * 1024 };

static ngx_http_output_header_filter_pt next_header_filter;
static ngx_http_output_body_filter_pt next_body_filter;

/* A response that is held: copies, since nginx has few buffers for a response and waits until they are free. */
typedef struct gate_held {
  ngx_chain_t *first;
  ngx_chain_t **end;
  ngx_buf_t *last; /* the one with room; NULL: none */
  size_t size;
} gate_held;

/* ---- what comes before the body */

/* Whether the response may be checked at all; what nginx says itself has an err_status. */
static bool counts(const ngx_http_request_t *r, const gate_conf *conf) {
  return r == r->main && conf->mode[GATE_RESPONSE] != GATE_OFF && r->err_status == 0;
}

static bool without_body(const ngx_http_request_t *r) {
  ngx_uint_t status = r->headers_out.status;
  return r->method == NGX_HTTP_HEAD || r->header_only || status == NGX_HTTP_NOT_MODIFIED || status == NGX_HTTP_SWITCHING_PROTOCOLS ||
         status == NGX_HTTP_PARTIAL_CONTENT;
}

static bool encoded(const ngx_http_request_t *r) {
  const ngx_table_elt_t *field = r->headers_out.content_encoding;
  return field && field->hash && field->value.len &&
         (field->value.len != 8 || ngx_strncasecmp(field->value.data, (u_char *)"identity", 8) != 0);
}

/* The operation that the request was found to be, or would have been. */
static bdc_status find_operation(ngx_http_request_t *r, const gate_context *context, const gate_conf *conf, const bdc_operation **out) {
  const gate_side *request = &context->side[GATE_REQUEST];
  gate_message message;
  *out = conf->rules.operation;
  if (!*out && request->conf && request->conf->rules.rules == conf->rules.rules) {
    *out = context->operation;
  }
  if (*out) {
    return BDC_OK;
  }
  if (!gate_message_request(r, &message)) {
    return BDC_ERR_MEMORY;
  }
  return bdc_route_request(gate_rules_set(conf->rules.rules), &message.request, out, NULL, 0, NULL);
}

/* The head, kept for the body filter. False: no memory. */
static bool keep_head(ngx_http_request_t *r, gate_context *context, const bdc_operation *operation) {
  context->response = ngx_palloc(r->pool, sizeof *context->response);
  return context->response && gate_message_response(r, operation, context->response);
}

static void give_up(ngx_http_request_t *r, gate_context *context, gate_cause cause) {
  gate_side_give_up(r, &context->side[GATE_RESPONSE], GATE_RESPONSE, cause);
}

/* Either there is a result at once, or a head to which a body will come. */
static void begin(ngx_http_request_t *r, gate_context *context, const gate_conf *conf) {
  gate_side *side = &context->side[GATE_RESPONSE];
  const bdc_operation *operation;
  side->conf = conf;
  bdc_status route = find_operation(r, context, conf, &operation);
  side->operation = operation;
  if (route != BDC_OK) {
    side->result = gate_result_without(r, conf, GATE_RESPONSE, GATE_CAUSE_ROUTE, route, NULL);
  } else if (without_body(r)) {
    side->result = gate_result_without(r, conf, GATE_RESPONSE, GATE_CAUSE_PART, BDC_OK, operation);
  } else if (encoded(r)) {
    side->result = gate_result_without(r, conf, GATE_RESPONSE, GATE_CAUSE_ENCODING, BDC_OK, operation);
  } else if (r->headers_out.content_length_n > (off_t)conf->max_body) {
    side->result = gate_result_without(r, conf, GATE_RESPONSE, GATE_CAUSE_SIZE, BDC_OK, operation);
  } else if (!keep_head(r, context, operation)) {
    give_up(r, context, GATE_CAUSE_MEMORY);
  }
}

/* A plain page instead of the response. */
static ngx_int_t refuse(ngx_http_request_t *r, gate_context *context) {
  context->held = NULL;
  return ngx_http_filter_finalize_request(r, &ngx_http_bodycheck_module, (ngx_int_t)context->side[GATE_RESPONSE].result->status);
}

/* From now on the response is held. Its ranges would be cut out of a body that has passed by then. */
static ngx_int_t hold_head(ngx_http_request_t *r, gate_context *context) {
  gate_held *held = ngx_pcalloc(r->pool, sizeof *held);
  if (!held) {
    return NGX_ERROR;
  }
  held->end = &held->first;
  context->held = held;
  r->filter_need_in_memory = 1;
  r->allow_ranges = 0;
  return NGX_OK;
}

static ngx_int_t header_filter(ngx_http_request_t *r) {
  const gate_conf *conf = gate_conf_of(r);
  if (!counts(r, conf)) {
    return next_header_filter(r);
  }
  gate_context *context = gate_context_make(r);
  if (!context) {
    return NGX_ERROR;
  }
  gate_side *side = &context->side[GATE_RESPONSE];
  if (context->own_answer || side->conf) {
    return next_header_filter(r);
  }
  begin(r, context, conf);
  if (!side->result && !context->response && conf->holds[GATE_RESPONSE]) {
    return NGX_ERROR; /* not even memory to say that there is none */
  }
  if (side->result && side->result->action != GATE_PASS) {
    return refuse(r, context);
  }
  if (!side->result && conf->holds[GATE_RESPONSE]) {
    return hold_head(r, context);
  }
  r->filter_need_in_memory = !side->result ? 1 : r->filter_need_in_memory;
  return next_header_filter(r);
}

/* ---- looking only */

/* nginx makes byte ranges behind this module's header filter and before its body filter. */
static bool is_part(const ngx_http_request_t *r, const gate_context *context) {
  return r->headers_out.status != (ngx_uint_t)context->response->response.status;
}

static void watch_piece(ngx_http_request_t *r, gate_context *context, const ngx_buf_t *b) {
  gate_side *side = &context->side[GATE_RESPONSE];
  size_t size = ngx_buf_in_memory(b) ? (size_t)(b->last - b->pos) : 0;
  if (!side->check.begun && (off_t)size == r->headers_out.content_length_n) {
    gate_side_whole(r, side, GATE_RESPONSE, context->response, b->pos, size);
    return;
  }
  gate_side_feed(r, side, GATE_RESPONSE, context->response, b->pos, size);
  if (b->last_buf && !side->result) {
    gate_side_end(r, side, GATE_RESPONSE);
  }
}

static void watch(ngx_http_request_t *r, gate_context *context, const ngx_chain_t *in) {
  const gate_side *side = &context->side[GATE_RESPONSE];
  if (is_part(r, context)) {
    give_up(r, context, GATE_CAUSE_PART);
  }
  for (; in && !side->result; in = in->next) {
    watch_piece(r, context, in->buf);
  }
}

/* ---- holding */

/* A further block: all of the body where its size is known, else ever larger ones. */
static bool add_block(ngx_http_request_t *r, gate_held *held, size_t needed) {
  size_t size = held->size < BLOCK_MIN ? BLOCK_MIN : held->size > BLOCK_MAX ? BLOCK_MAX : held->size;
  if (held->size == 0 && r->headers_out.content_length_n > 0) {
    size = (size_t)r->headers_out.content_length_n;
  }
  ngx_chain_t *link = ngx_alloc_chain_link(r->pool);
  held->last = ngx_create_temp_buf(r->pool, size > needed ? size : needed);
  if (!link || !held->last) {
    return false;
  }
  *link = (ngx_chain_t){ held->last, NULL };
  *held->end = link;
  held->end = &link->next;
  return true;
}

/* Copies a piece and marks it as sent. False: no memory. */
static bool store(ngx_http_request_t *r, gate_held *held, ngx_buf_t *b) {
  size_t size = ngx_buf_in_memory(b) ? (size_t)(b->last - b->pos) : 0;
  if (size) {
    bool has_room = held->last && (size_t)(held->last->end - held->last->last) >= size;
    if (!has_room && !add_block(r, held, size)) {
      return false;
    }
    held->last->last = ngx_cpymem(held->last->last, b->pos, size);
    held->size += size;
  }
  b->pos = b->last;
  b->file_pos = b->file_last;
  return true;
}

/* Lets header and body go, and `rest` behind them. */
static ngx_int_t release(ngx_http_request_t *r, gate_context *context, ngx_chain_t *rest) {
  ngx_chain_t *body;
  *context->held->end = rest;
  body = context->held->first;
  context->held = NULL;
  ngx_int_t rc = next_header_filter(r);
  if (rc == NGX_ERROR || rc > NGX_OK || r->header_only) {
    return rc;
  }
  return next_body_filter(r, body);
}

static ngx_int_t release_all(ngx_http_request_t *r, gate_context *context) {
  ngx_chain_t *link = ngx_alloc_chain_link(r->pool);
  ngx_buf_t *last = ngx_calloc_buf(r->pool);
  if (!link || !last) {
    return NGX_ERROR;
  }
  last->last_buf = 1;
  last->last_in_chain = 1;
  *link = (ngx_chain_t){ last, NULL };
  return release(r, context, link);
}

static ngx_int_t replace(ngx_http_request_t *r, gate_context *context) {
  ngx_chain_t *body = gate_answer_make(r, context->side[GATE_RESPONSE].result);
  context->held = NULL;
  if (!body) {
    return NGX_ERROR;
  }
  ngx_int_t rc = next_header_filter(r);
  if (rc == NGX_ERROR || rc > NGX_OK || r->header_only) {
    return rc;
  }
  return next_body_filter(r, body);
}

static void check_held(ngx_http_request_t *r, gate_context *context) {
  gate_side *side = &context->side[GATE_RESPONSE];
  const ngx_chain_t *first = context->held->first;
  if (!first || !first->next) {
    gate_side_whole(r, side, GATE_RESPONSE, context->response, first ? first->buf->pos : NULL, context->held->size);
    return;
  }
  for (const ngx_chain_t *cl = first; cl && !side->result; cl = cl->next) {
    gate_side_feed(r, side, GATE_RESPONSE, context->response, cl->buf->pos, (size_t)(cl->buf->last - cl->buf->pos));
  }
  if (!side->result) {
    gate_side_end(r, side, GATE_RESPONSE);
  }
}

/* Acts on the result. `rest` is what comes behind the part that is held; NULL: that is all. */
static ngx_int_t decide(ngx_http_request_t *r, gate_context *context, ngx_chain_t *rest) {
  const gate_result *result = context->side[GATE_RESPONSE].result;
  if (!result) {
    return NGX_ERROR;
  }
  switch (result->action) {
  case GATE_ANSWER:
    return replace(r, context);
  case GATE_REFUSE:
    return refuse(r, context);
  case GATE_PASS:
    break;
  }
  return rest ? release(r, context, rest) : release_all(r, context);
}

/* The upstream is done with, yet no last buffer has come: nginx only asks to flush what there is before it closes the connection. */
static bool broken_off(const ngx_http_request_t *r, const ngx_buf_t *b) {
  return b->flush && r->upstream && !r->upstream->cleanup;
}

static ngx_int_t hold(ngx_http_request_t *r, gate_context *context, ngx_chain_t *in) {
  size_t max = context->side[GATE_RESPONSE].conf->max_body;
  for (ngx_chain_t *cl = in; cl; cl = cl->next) {
    ngx_buf_t *b = cl->buf;
    bool last = b->last_buf;
    if (ngx_buf_in_memory(b) && (size_t)(b->last - b->pos) > max - context->held->size) {
      give_up(r, context, GATE_CAUSE_SIZE);
      return decide(r, context, cl);
    }
    if (broken_off(r, b)) {
      give_up(r, context, GATE_CAUSE_BROKEN_OFF);
      return decide(r, context, cl);
    }
    if (!store(r, context->held, b)) {
      return NGX_ERROR;
    }
    if (last) {
      check_held(r, context);
      return decide(r, context, NULL);
    }
  }
  return NGX_OK;
}

static ngx_int_t body_filter(ngx_http_request_t *r, ngx_chain_t *in) {
  gate_context *context = r == r->main ? gate_context_find(r) : NULL;
  if (!context || !context->response || context->side[GATE_RESPONSE].result) {
    return next_body_filter(r, in);
  }
  if (context->held) {
    return hold(r, context, in);
  }
  watch(r, context, in);
  return next_body_filter(r, in);
}

void gate_response_install(void) {
  next_header_filter = ngx_http_top_header_filter;
  ngx_http_top_header_filter = header_filter;
  next_body_filter = ngx_http_top_body_filter;
  ngx_http_top_body_filter = body_filter;
}
