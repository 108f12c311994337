/* SPDX-License-Identifier: MIT */
/* The request's side: see gate.h. */
#include "gate.h"

#include "answer.h"

enum { PIECE_SIZE = 16 * 1024 }; /* of a body that is read back from a file */

static ngx_http_request_body_filter_pt next_filter;

/* ---- showing the body to the checker */

/* The head, made once it is needed. False: no memory, and the side has given up. */
static bool make_message(ngx_http_request_t *r, gate_side *side, gate_message *message) {
  if (gate_message_request(r, message)) {
    return true;
  }
  gate_side_give_up(r, side, GATE_REQUEST, GATE_CAUSE_MEMORY);
  return false;
}

static void check_empty(ngx_http_request_t *r, gate_side *side) {
  gate_message message;
  if (make_message(r, side, &message)) {
    gate_side_whole(r, side, GATE_REQUEST, &message, NULL, 0);
  }
}

/* Pieces in memory, as the body filter gets them. */
static void check_pieces(ngx_http_request_t *r, gate_side *side, const ngx_chain_t *in) {
  gate_message message = { 0 };
  if (!side->check.begun && !make_message(r, side, &message)) {
    return;
  }
  if (!side->check.begun && in->buf->last_buf) {
    gate_side_whole(r, side, GATE_REQUEST, &message, in->buf->pos, (size_t)(in->buf->last - in->buf->pos));
    return;
  }
  for (; in && !side->result; in = in->next) {
    gate_side_feed(r, side, GATE_REQUEST, &message, in->buf->pos, (size_t)(in->buf->last - in->buf->pos));
    if (in->buf->last_buf && !side->result) {
      gate_side_end(r, side, GATE_REQUEST);
    }
  }
}

/* A part of a stored body that is in a file. */
static void check_file(ngx_http_request_t *r, gate_side *side, const gate_message *message, const ngx_buf_t *b) {
  u_char *piece = ngx_palloc(r->pool, PIECE_SIZE);
  for (off_t at = b->file_pos; at < b->file_last && !side->result;) {
    size_t size = b->file_last - at < PIECE_SIZE ? (size_t)(b->file_last - at) : PIECE_SIZE;
    ssize_t got = piece && b->file->fd != NGX_INVALID_FILE ? ngx_read_file(b->file, piece, size, at) : NGX_ERROR;
    if (got <= 0) {
      gate_side_give_up(r, side, GATE_REQUEST, GATE_CAUSE_UNREAD);
      return;
    }
    gate_side_feed(r, side, GATE_REQUEST, message, piece, (size_t)got);
    at += got;
  }
}

/* A body that was read before this module had to do with the request: in another location, or by another module. */
static void check_stored(ngx_http_request_t *r, gate_side *side) {
  gate_message message;
  if (!make_message(r, side, &message)) {
    return;
  }
  gate_side_feed(r, side, GATE_REQUEST, &message, NULL, 0);
  for (const ngx_chain_t *cl = r->request_body->bufs; cl && !side->result; cl = cl->next) {
    if (ngx_buf_in_memory(cl->buf)) {
      gate_side_feed(r, side, GATE_REQUEST, &message, cl->buf->pos, (size_t)(cl->buf->last - cl->buf->pos));
    } else if (cl->buf->in_file) {
      check_file(r, side, &message, cl->buf);
    }
  }
  if (!side->result) {
    gate_side_end(r, side, GATE_REQUEST);
  }
}

static bool too_large(const ngx_http_request_t *r, const gate_conf *conf) {
  return r->headers_in.content_length_n > (off_t)conf->max_body;
}

/* A refusal that does not need the rest of the body. */
static bool refused_early(const gate_side *side) {
  return side->result && side->result->verdict == BDC_UNCHECKED && side->result->action == GATE_REFUSE;
}

/*
 * A body that is refused goes nowhere, also where error_page leads to an upstream. What has not come yet is passed over by nginx, or, where
 * the body is half read, never read: then nothing else may come on this connection.
 */
static void drop_body(ngx_http_request_t *r) {
  if (!r->request_body) {
    r->keepalive = ngx_http_discard_request_body(r) == NGX_OK ? r->keepalive : 0;
    return;
  }
  r->keepalive = r->request_body->rest == 0 ? r->keepalive : 0;
  r->request_body->bufs = NULL;
  r->headers_in.content_length_n = 0;
  r->headers_in.chunked = 0;
}

/* A body whose size is told, and too large, before any of it has come. */
static void refuse_large(ngx_http_request_t *r, gate_side *side) {
  gate_message message;
  if (make_message(r, side, &message)) {
    gate_side_too_large(r, side, GATE_REQUEST, &message);
  }
}

/* What has begun by the rules of one location goes on by them, wherever an internal redirect has brought the request since. */
static void look(ngx_http_request_t *r, gate_context *context, const gate_conf *conf, const ngx_chain_t *in) {
  gate_side *side = &context->side[GATE_REQUEST];
  if (side->result) {
    return;
  }
  side->conf = side->check.begun ? side->conf : conf;
  if (!side->check.begun && too_large(r, conf)) {
    refuse_large(r, side);
  } else {
    check_pieces(r, side, in);
  }
  context->operation = side->result ? side->result->operation : NULL;
}

static ngx_int_t body_filter(ngx_http_request_t *r, ngx_chain_t *in) {
  const gate_conf *conf = gate_conf_of(r);
  if (in && r == r->main && conf->mode[GATE_REQUEST] != GATE_OFF) {
    gate_context *context = gate_context_make(r);
    if (!context) {
      return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }
    look(r, context, conf, in);
    /* Behind a decision this is the body of error_page's request. */
    if (!context->side[GATE_REQUEST].decided && refused_early(&context->side[GATE_REQUEST])) {
      context->side[GATE_REQUEST].decided = true;
      drop_body(r);
      return (ngx_int_t)context->side[GATE_REQUEST].result->status;
    }
  }
  return next_filter(r, in);
}

/* ---- deciding */

/* The body is there, or will not come. The phases go on where they were left: with the handler below. */
static void body_read(ngx_http_request_t *r) {
  gate_context *context = gate_context_find(r);
  gate_side *side = &context->side[GATE_REQUEST];
  if (!side->result) {
    gate_side_give_up(r, side, GATE_REQUEST, GATE_CAUSE_UNREAD);
  }
  r->preserve_body = 1;
  r->write_event_handler = ngx_http_core_run_phases;
  ngx_http_core_run_phases(r);
}

static ngx_int_t read_body(ngx_http_request_t *r) {
  ngx_int_t rc = ngx_http_read_client_request_body(r, body_read);
  if (rc >= NGX_HTTP_SPECIAL_RESPONSE) {
    return rc;
  }
  ngx_http_finalize_request(r, NGX_DONE);
  return NGX_DONE;
}

/* Does what the result says, once. Behind a refusal nginx comes by again for the page of error_page, which goes on its way. */
static ngx_int_t decide(ngx_http_request_t *r, gate_context *context) {
  gate_side *side = &context->side[GATE_REQUEST];
  if (!side->result) {
    return NGX_HTTP_INTERNAL_SERVER_ERROR;
  }
  if (side->decided || side->result->action == GATE_PASS) {
    side->decided = true;
    return NGX_DECLINED;
  }
  side->decided = true;
  drop_body(r);
  if (side->result->action == GATE_REFUSE) {
    return (ngx_int_t)side->result->status;
  }
  context->own_answer = true;
  ngx_http_finalize_request(r, gate_answer_send(r, side->result));
  return NGX_DONE;
}

static bool same_rules(const gate_conf *a, const gate_conf *b) {
  return a->mode[GATE_REQUEST] == b->mode[GATE_REQUEST] && a->rules.rules == b->rules.rules &&
         a->rules.operation == b->rules.operation && a->modes == b->modes && a->max_body == b->max_body &&
         a->unknown_route == b->unknown_route && a->unchecked_blocks[GATE_REQUEST] == b->unchecked_blocks[GATE_REQUEST];
}

/* An internal redirect has brought a request that passed elsewhere to a location with other rules: those hold, too. */
static void forget_other_rules(gate_side *side, const gate_conf *conf) {
  bool passed = side->result && side->result->action == GATE_PASS;
  if (passed && side->conf != conf && !same_rules(side->conf, conf)) {
    *side = (gate_side){ 0 };
  }
}

/* Whether the result is known now; if not, the body has to be read. */
static bool check_what_is_there(ngx_http_request_t *r, gate_side *side, const gate_conf *conf) {
  if (side->result) {
    return true;
  }
  if (r->headers_in.content_length_n <= 0 && !r->headers_in.chunked) {
    side->conf = conf;
    check_empty(r, side);
  } else if (side->check.begun) {
    /* Half the body has passed elsewhere, unbuffered: the rest will, too, or the verdict is that there is none. */
    if (conf->holds[GATE_REQUEST]) {
      side->conf = conf;
      gate_side_give_up(r, side, GATE_REQUEST, GATE_CAUSE_UNREAD);
    }
    return side->result;
  } else if (r->request_body) {
    side->conf = conf;
    check_stored(r, side);
  } else if (conf->holds[GATE_REQUEST]) {
    side->conf = conf;
    if (too_large(r, conf)) {
      refuse_large(r, side);
      return refused_early(side);
    }
    return false;
  }
  return side->conf;
}

ngx_int_t gate_request_handler(ngx_http_request_t *r) {
  const gate_conf *conf = gate_conf_of(r);
  if (r != r->main || conf->mode[GATE_REQUEST] == GATE_OFF) {
    return NGX_DECLINED;
  }
  gate_context *context = gate_context_make(r);
  if (!context) {
    return NGX_HTTP_INTERNAL_SERVER_ERROR;
  }
  gate_side *side = &context->side[GATE_REQUEST];
  forget_other_rules(side, conf);
  if (!check_what_is_there(r, side, conf)) {
    return conf->holds[GATE_REQUEST] && !side->result ? read_body(r) : NGX_DECLINED;
  }
  context->operation = side->result ? side->result->operation : NULL;
  return decide(r, context);
}

void gate_request_install(void) {
  next_filter = ngx_http_top_request_body_filter;
  ngx_http_top_request_body_filter = body_filter;
}
