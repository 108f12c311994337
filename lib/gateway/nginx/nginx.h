/* SPDX-License-Identifier: MIT */
/* nginx's headers, which must come before those of the C library, and words that all files of this folder share. */
#ifndef BDC_GATEWAY_NGINX_NGINX_H
#define BDC_GATEWAY_NGINX_NGINX_H

#include <ngx_config.h>

#include <ngx_core.h>
#include <ngx_http.h>

#include <bodycheck/bodycheck.h>
#include <bodycheck/table.h>

typedef enum gate_direction { GATE_REQUEST, GATE_RESPONSE } gate_direction;
enum { GATE_DIRECTIONS = 2 };

typedef enum gate_mode { GATE_OFF, GATE_LOG, GATE_BLOCK } gate_mode;

static inline bdc_str gate_text(ngx_str_t text) {
  return (bdc_str){ (const char *)text.data, text.len };
}

/* nginx has no const in its strings; what is made here is only read. */
static inline ngx_str_t gate_ngx(bdc_str text) {
  return (ngx_str_t){ text.size, (u_char *)(uintptr_t)text.data };
}

static inline bool gate_same(bdc_str a, bdc_str b) {
  return a.size == b.size && (a.size == 0 || ngx_memcmp(a.data, b.data, a.size) == 0);
}

#endif
