/* SPDX-License-Identifier: MIT */
#include "answer.h"

static void drop_fields(ngx_list_t *list) {
  for (ngx_list_part_t *part = &list->part; part; part = part->next) {
    ngx_table_elt_t *fields = part->elts;
    for (size_t i = 0; i < part->nelts; i++) {
      fields[i].hash = 0;
    }
  }
}

/* nginx looks at some fields by themselves. */
static void drop_known(ngx_http_headers_out_t *out) {
  out->server = NULL;
  out->date = NULL;
  out->content_length = NULL;
  out->content_encoding = NULL;
  out->location = NULL;
  out->refresh = NULL;
  out->last_modified = NULL;
  out->content_range = NULL;
  out->accept_ranges = NULL;
  out->www_authenticate = NULL;
  out->expires = NULL;
  out->etag = NULL;
  out->override_charset = NULL;
  ngx_memzero(&out->cache_control, sizeof out->cache_control);
  ngx_memzero(&out->link, sizeof out->link);
  out->last_modified_time = -1;
  out->date_time = 0;
  out->charset = (ngx_str_t){ 0, NULL };
  out->status_line = (ngx_str_t){ 0, NULL };
}

ngx_chain_t *gate_answer_make(ngx_http_request_t *r, const gate_result *result) {
  ngx_http_headers_out_t *out = &r->headers_out;
  ngx_chain_t *chain = ngx_alloc_chain_link(r->pool);
  ngx_buf_t *b = ngx_calloc_buf(r->pool);
  if (!chain || !b) {
    return NULL;
  }
  drop_fields(&out->headers);
  drop_fields(&out->trailers);
  drop_known(out);
  r->expect_trailers = 0;
  r->allow_ranges = 0;
  out->status = result->status;
  ngx_str_set(&out->content_type, "application/json");
  out->content_type_len = out->content_type.len;
  out->content_type_lowcase = NULL;
  out->content_length_n = (off_t)result->body.len;
  b->pos = b->start = result->body.data;
  b->last = b->end = result->body.data + result->body.len;
  b->memory = 1;
  b->last_buf = 1;
  b->last_in_chain = 1;
  *chain = (ngx_chain_t){ b, NULL };
  return chain;
}

ngx_int_t gate_answer_send(ngx_http_request_t *r, const gate_result *result) {
  ngx_int_t rc = ngx_http_discard_request_body(r);
  if (rc != NGX_OK) {
    return rc;
  }
  ngx_chain_t *body = gate_answer_make(r, result);
  if (!body) {
    return NGX_HTTP_INTERNAL_SERVER_ERROR;
  }
  rc = ngx_http_send_header(r);
  if (rc == NGX_ERROR || rc > NGX_OK || r->header_only) {
    return rc;
  }
  return ngx_http_output_filter(r, body);
}
