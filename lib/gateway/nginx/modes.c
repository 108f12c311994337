/* SPDX-License-Identifier: MIT */
#include "modes.h"

#include <string.h>

static int rule_named(bdc_str name) {
  for (int i = 0; i < BDC_RULE_COUNT; i++) {
    const char *rule = bdc_rule_name((bdc_rule)i);
    if (gate_same(name, (bdc_str){ rule, strlen(rule) })) {
      return i;
    }
  }
  return -1;
}

bool gate_mode_read(ngx_str_t what, gate_rule_mode *out) {
  *out = (gate_rule_mode){ .rule = rule_named(gate_text(what)) };
  if (out->rule >= 0 || what.len == 0) {
    return what.len != 0;
  }
  out->field = what;
  for (size_t i = what.len; i-- > 0;) {
    if (what.data[i] == ':') {
      out->rule = rule_named((bdc_str){ (const char *)what.data + i + 1, what.len - i - 1 });
      out->field.len = i;
      return i > 0 && out->rule >= 0;
    }
  }
  return true;
}

/* The token of a pointer that begins at a "/". */
static bdc_str token_at(bdc_str pointer, size_t at) {
  const char *start = pointer.data + at + 1;
  size_t rest = pointer.size - at - 1;
  const char *end = memchr(start, '/', rest);
  return (bdc_str){ start, end ? (size_t)(end - start) : rest };
}

static bool pointer_fits(bdc_str wanted, bdc_str pointer) {
  size_t i = 0;
  size_t j = 0;
  while (i < wanted.size && j < pointer.size) {
    bdc_str a = token_at(wanted, i);
    bdc_str b = token_at(pointer, j);
    if (!gate_same(a, BDC_STR("*")) && !gate_same(a, b)) {
      return false;
    }
    i += a.size + 1;
    j += b.size + 1;
  }
  return i >= wanted.size && j >= pointer.size;
}

static bool field_fits(ngx_str_t wanted, const bdc_violation *violation) {
  if (wanted.data[0] == '/') {
    return violation->in == BDC_IN_BODY && pointer_fits(gate_text(wanted), violation->pointer);
  }
  ngx_str_t field = gate_ngx(violation->field);
  if (field.len != wanted.len) {
    return false;
  }
  if (violation->in == BDC_IN_HEADER) {
    return ngx_strncasecmp(field.data, wanted.data, wanted.len) == 0;
  }
  return ngx_memcmp(field.data, wanted.data, wanted.len) == 0;
}

static bool fits(const gate_rule_mode *line, const bdc_violation *violation) {
  return (line->rule < 0 || line->rule == (int)violation->rule) && (line->field.len == 0 || field_fits(line->field, violation));
}

gate_mode gate_mode_most(const ngx_array_t *modes, gate_mode otherwise) {
  gate_mode most = otherwise;
  for (size_t i = 0; modes && i < modes->nelts; i++) {
    gate_mode mode = (gate_mode)((const gate_rule_mode *)modes->elts)[i].mode;
    most = mode > most ? mode : most;
  }
  return most;
}

gate_mode gate_mode_of(const ngx_array_t *modes, gate_mode otherwise, const bdc_violation *violation) {
  for (size_t i = modes ? modes->nelts : 0; i-- > 0;) {
    const gate_rule_mode *line = (const gate_rule_mode *)modes->elts + i;
    if (fits(line, violation)) {
      return (gate_mode)line->mode;
    }
  }
  return otherwise;
}
