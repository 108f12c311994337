/* SPDX-License-Identifier: MIT */
/* bodycheck_mode: what a single broken rule counts for. */
#ifndef BDC_GATEWAY_NGINX_MODES_H
#define BDC_GATEWAY_NGINX_MODES_H

#include "nginx.h"

/*
 * A line "bodycheck_mode WHAT MODE". WHAT is the name of a rule ("charset"), a field ("name", "X-Auth-Token"), a JSON pointer in which a
 * token "*" stands for any ("/roles/" and "*"), or a field or pointer with a rule ("name:charset").
 */
typedef struct gate_rule_mode {
  ngx_str_t field; /* empty: any; begins with "/": a pointer */
  int rule;        /* bdc_rule; -1: any */
  ngx_uint_t mode; /* gate_mode */
} gate_rule_mode;

/* Reads WHAT. False: it is empty, or names no rule behind the colon. */
bool gate_mode_read(ngx_str_t what, gate_rule_mode *out);

/* What a violation counts for: the last line that fits it, else the mode of its direction. */
gate_mode gate_mode_of(const ngx_array_t *modes, gate_mode otherwise, const bdc_violation *violation);

/* The most that any violation may count for: what one must be taken for that the report had no room for. */
gate_mode gate_mode_most(const ngx_array_t *modes, gate_mode otherwise);

#endif
