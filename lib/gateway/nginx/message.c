/* SPDX-License-Identifier: MIT */
#include "message.h"

static size_t count_headers(const ngx_list_t *list) {
  size_t count = 0;
  for (const ngx_list_part_t *part = &list->part; part; part = part->next) {
    count += part->nelts;
  }
  return count;
}

/* The fields of a list, and room for one more. NULL: no memory. nginx marks those that are not sent with a hash of 0. */
static bdc_header *headers_of(ngx_http_request_t *r, const ngx_list_t *list, bool outgoing, size_t *count) {
  bdc_header *headers = ngx_palloc(r->pool, (count_headers(list) + 1) * sizeof *headers);
  *count = 0;
  for (const ngx_list_part_t *part = &list->part; headers && part; part = part->next) {
    const ngx_table_elt_t *fields = part->elts;
    for (size_t i = 0; i < part->nelts; i++) {
      if (!outgoing || fields[i].hash) {
        headers[(*count)++] = (bdc_header){ gate_text(fields[i].key), gate_text(fields[i].value) };
      }
    }
  }
  return headers;
}

bdc_str gate_message_id(ngx_http_request_t *r, ngx_int_t index) {
  const ngx_http_variable_value_t *value = ngx_http_get_indexed_variable(r, (ngx_uint_t)index);
  return value && value->valid && !value->not_found ? (bdc_str){ (const char *)value->data, value->len } : (bdc_str){ 0 };
}

/* "http://host" of a request line in absolute form, whose host goes before the field Host (RFC 9112); empty in origin form. */
static bdc_str authority_of(const ngx_http_request_t *r) {
  bool absolute = r->http_version < NGX_HTTP_VERSION_20 && r->schema_start && r->host_start;
  return absolute ? (bdc_str){ (const char *)r->schema_start, (size_t)(r->host_end - r->schema_start) } : BDC_STR("");
}

/* The path and query that a rewrite made, encoded again; `before` goes before it. */
static bool rewritten_target(ngx_http_request_t *r, bdc_str before, bdc_str *out) {
  uintptr_t escapes = ngx_escape_uri(NULL, r->uri.data, r->uri.len, NGX_ESCAPE_URI);
  u_char *start = ngx_pnalloc(r->pool, before.size + r->uri.len + 2 * escapes + 1 + r->args.len);
  if (!start) {
    return false;
  }
  u_char *end = ngx_cpymem(start, before.data, before.size);
  end = (u_char *)ngx_escape_uri(end, r->uri.data, r->uri.len, NGX_ESCAPE_URI);
  if (r->args.len) {
    *end++ = '?';
    end = ngx_cpymem(end, r->args.data, r->args.len);
  }
  *out = (bdc_str){ (const char *)start, (size_t)(end - start) };
  return true;
}

/* What the client sent, behind the authority. */
static bool sent_target(ngx_http_request_t *r, bdc_str before, bdc_str *out) {
  u_char *start = ngx_pnalloc(r->pool, before.size + r->unparsed_uri.len);
  if (start) {
    ngx_memcpy(ngx_cpymem(start, before.data, before.size), r->unparsed_uri.data, r->unparsed_uri.len);
  }
  *out = (bdc_str){ (const char *)start, before.size + r->unparsed_uri.len };
  return start;
}

/* The target as the upstream gets it: that of the client, or what a rewrite made of it. */
static bool target_of(ngx_http_request_t *r, bdc_str *out) {
  bdc_str before = authority_of(r);
  if (!r->valid_unparsed_uri) {
    return rewritten_target(r, before, out);
  }
  if (before.size) {
    return sent_target(r, before, out);
  }
  *out = gate_text(r->unparsed_uri);
  return true;
}

bool gate_message_request(ngx_http_request_t *r, gate_message *out) {
  *out = (gate_message){ .direction = GATE_REQUEST };
  out->request.method = gate_text(r->method_name);
  out->request.headers = headers_of(r, &r->headers_in.headers, false, &out->request.header_count);
  return out->request.headers && target_of(r, &out->request.target);
}

bool gate_message_response(ngx_http_request_t *r, const bdc_operation *operation, gate_message *out) {
  *out = (gate_message){ .direction = GATE_RESPONSE, .operation = operation };
  out->response.status = (int)r->headers_out.status;
  bdc_header *headers = headers_of(r, &r->headers_out.headers, true, &out->response.header_count);
  if (headers && r->headers_out.content_type.len) {
    headers[out->response.header_count++] = (bdc_header){ BDC_STR("Content-Type"), gate_text(r->headers_out.content_type) };
  }
  out->response.headers = headers;
  return headers;
}
