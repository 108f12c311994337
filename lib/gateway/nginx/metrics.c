/* SPDX-License-Identifier: MIT */
/*
 * A table of open addressing with one slot for each combination of labels. Labels come from the rule tables and from fixed words, never
 * from messages, so their number is bounded. A slot is written once, under the zone's lock, and from then on only its count changes.
 */
#include "gate.h"

#include "metrics.h"

enum { LABELS_SIZE = 232, PROBES = 64, ROOM = 4096 };

typedef enum family { FAMILY_MESSAGES = 1, FAMILY_SHADOW = 2 } family;

typedef struct slot {
  ngx_atomic_t count;
  ngx_atomic_t family; /* 0: free */
  uint32_t hash;
  uint32_t size;
  u_char labels[LABELS_SIZE];
} slot;

typedef struct table {
  size_t slot_count; /* a power of two */
  ngx_atomic_t used;
  ngx_atomic_t dropped;
  slot slots[];
} table;

static ngx_slab_pool_t *slab_of(const ngx_shm_zone_t *zone) {
  return (ngx_slab_pool_t *)zone->shm.addr;
}

/* The largest table that the zone has room for. */
static table *make_table(const ngx_shm_zone_t *zone) {
  size_t count = 1;
  while (sizeof(table) + 2 * count * sizeof(slot) + ROOM <= zone->shm.size) {
    count *= 2;
  }
  for (slab_of(zone)->log_nomem = 0; count; count /= 2) {
    table *t = ngx_slab_calloc(slab_of(zone), sizeof *t + count * sizeof(slot));
    if (t) {
      t->slot_count = count;
      return t;
    }
  }
  return NULL;
}

/* After a reload the table of the old configuration goes on, unless its size was changed. */
static ngx_int_t init_zone(ngx_shm_zone_t *zone, void *old) {
  if (old) {
    zone->data = old;
  } else if (zone->shm.exists) {
    zone->data = slab_of(zone)->data;
  } else {
    zone->data = make_table(zone);
    slab_of(zone)->data = zone->data;
  }
  return zone->data ? NGX_OK : NGX_ERROR;
}

ngx_shm_zone_t *gate_metrics_zone(ngx_conf_t *cf, size_t size) {
  ngx_str_t name = ngx_string("bodycheck");
  ngx_shm_zone_t *zone = ngx_shared_memory_add(cf, &name, size, &ngx_http_bodycheck_module);
  if (zone) {
    zone->init = init_zone;
  }
  return zone;
}

static bool is_slot(const slot *s, family of, uint32_t hash, const u_char *labels, size_t size) {
  return s->family == of && s->hash == hash && s->size == size && ngx_memcmp(s->labels, labels, size) == 0;
}

/* The slot, or a free one, or NULL. */
static slot *find(table *t, family of, uint32_t hash, const u_char *labels, size_t size) {
  for (size_t i = 0; i < PROBES && i < t->slot_count; i++) {
    slot *s = &t->slots[(hash + i) & (t->slot_count - 1)];
    if (s->family == 0 || is_slot(s, of, hash, labels, size)) {
      return s;
    }
  }
  return NULL;
}

/* Under the lock: another worker may have taken it meanwhile. */
static slot *add(table *t, family of, uint32_t hash, const u_char *labels, size_t size) {
  slot *s = find(t, of, hash, labels, size);
  if (s && s->family == 0) {
    s->hash = hash;
    s->size = (uint32_t)size;
    ngx_memcpy(s->labels, labels, size);
    ngx_memory_barrier();
    s->family = of;
    t->used++;
  }
  return s;
}

/* Counts, and returns the slot; NULL: there was no room. */
static slot *count(ngx_shm_zone_t *zone, family of, const u_char *labels, const u_char *end) {
  table *t = zone->data;
  size_t size = (size_t)(end - labels);
  uint32_t hash = ngx_murmur_hash2((u_char *)(uintptr_t)labels, size) + (uint32_t)of;
  slot *s = size < LABELS_SIZE ? find(t, of, hash, labels, size) : NULL;
  if (s && s->family == 0) {
    ngx_shmtx_lock(&slab_of(zone)->mutex);
    s = add(t, of, hash, labels, size);
    ngx_shmtx_unlock(&slab_of(zone)->mutex);
  }
  (void)ngx_atomic_fetch_add(s ? &s->count : &t->dropped, 1);
  return s;
}

/* ---- labels */

/* Names of rule tables are plain words; codes may be anything. */
static u_char *put_label(u_char *at, u_char *end, const char *name, bdc_str value) {
  at = ngx_slprintf(at, end, "%s=\"", name);
  for (size_t i = 0; i < value.size; i++) {
    unsigned char c = (unsigned char)value.data[i];
    if (c == '"' || c == '\\') {
      at = ngx_slprintf(at, end, "\\");
    }
    at = ngx_slprintf(at, end, "%c", c < 0x20 ? '?' : c);
  }
  return ngx_slprintf(at, end, "\",");
}

static u_char *put_word(u_char *at, u_char *end, const char *name, const char *value) {
  return put_label(at, end, name, (bdc_str){ value, ngx_strlen(value) });
}

static u_char *put_operation(u_char *at, u_char *end, const bdc_operation *operation) {
  bdc_str name = operation ? bdc_operation_describe(operation).full_name : (bdc_str){ 0 };
  return put_label(at, end, "operation", name);
}

static const char *direction_name(gate_direction direction) {
  return direction == GATE_REQUEST ? "request" : "response";
}

static slot *count_result(ngx_shm_zone_t *zone, gate_direction direction, const gate_result *result) {
  u_char labels[LABELS_SIZE];
  u_char *end = labels + sizeof labels;
  u_char *at = put_operation(labels, end, result->operation);
  at = put_word(at, end, "direction", direction_name(direction));
  at = put_word(at, end, "verdict", bdc_verdict_name(result->verdict));
  at = put_word(at, end, "action", result->action == GATE_PASS ? "passed" : "blocked");
  at = put_label(at, end, "rule", gate_text(result->rule));
  at = put_label(at, end, "code", gate_text(result->code));
  return count(zone, FAMILY_MESSAGES, labels, at);
}

/* Most messages are valid: the slots of these are remembered, since writing labels takes longer than checking a short body. */
void gate_metrics_count(gate_main *shared, gate_direction direction, const gate_result *result) {
  size_t place = ((uintptr_t)result->operation / 64 + (uintptr_t)direction) % GATE_COUNTERS;
  gate_counter *known = &shared->counters[place];
  if (result->verdict != BDC_VALID || result->action != GATE_PASS) {
    (void)count_result(shared->zone, direction, result);
  } else if (known->slot && known->operation == result->operation && known->direction == direction) {
    (void)ngx_atomic_fetch_add(&((slot *)known->slot)->count, 1);
  } else {
    *known = (gate_counter){ result->operation, direction, count_result(shared->zone, direction, result) };
  }
}

void gate_metrics_differ(gate_main *shared, gate_direction direction, const bdc_report *report, const bdc_report *shadow) {
  u_char labels[LABELS_SIZE];
  u_char *end = labels + sizeof labels;
  u_char *at = put_operation(labels, end, report->operation ? report->operation : shadow->operation);
  at = put_word(at, end, "direction", direction_name(direction));
  at = put_word(at, end, "rules", bdc_verdict_name(report->verdict));
  at = put_word(at, end, "shadow", bdc_verdict_name(shadow->verdict));
  (void)count(shared->zone, FAMILY_SHADOW, labels, at);
}

/* ---- the page */

static u_char *put_family(u_char *at, u_char *end, const table *t, family of, const char *name, const char *help) {
  at = ngx_slprintf(at, end, "# HELP %s %s\n# TYPE %s counter\n", name, help, name);
  for (size_t i = 0; i < t->slot_count; i++) {
    const slot *s = &t->slots[i];
    if (s->family == of) {
      /* Without the comma behind the last label. */
      ngx_str_t labels = { s->size - 1, (u_char *)(uintptr_t)s->labels };
      at = ngx_slprintf(at, end, "%s{%V} %uA\n", name, &labels, s->count);
    }
  }
  return at;
}

static ngx_buf_t *make_page(ngx_http_request_t *r, const table *t) {
  ngx_buf_t *b = ngx_create_temp_buf(r->pool, 1024 + (t->used + 16) * (LABELS_SIZE + 64));
  if (!b) {
    return NULL;
  }
  b->last = put_family(b->last, b->end, t, FAMILY_MESSAGES, "bodycheck_messages_total", "Messages by verdict.");
  b->last =
      put_family(b->last, b->end, t, FAMILY_SHADOW, "bodycheck_shadow_differences_total", "Messages on which the shadow rules differ.");
  b->last = ngx_slprintf(b->last, b->end,
                         "# HELP bodycheck_metrics_dropped_total Counts for which bodycheck_metrics_zone has no room.\n"
                         "# TYPE bodycheck_metrics_dropped_total counter\nbodycheck_metrics_dropped_total %uA\n",
                         t->dropped);
  b->last_buf = r == r->main;
  b->last_in_chain = 1;
  return b;
}

ngx_int_t gate_metrics_handler(ngx_http_request_t *r) {
  const gate_main *shared = gate_main_of(r);
  if (!(r->method & (NGX_HTTP_GET | NGX_HTTP_HEAD))) {
    return NGX_HTTP_NOT_ALLOWED;
  }
  ngx_int_t rc = ngx_http_discard_request_body(r);
  if (rc != NGX_OK) {
    return rc;
  }
  ngx_buf_t *page = make_page(r, shared->zone->data);
  if (!page) {
    return NGX_HTTP_INTERNAL_SERVER_ERROR;
  }
  ngx_str_set(&r->headers_out.content_type, "text/plain; version=0.0.4");
  r->headers_out.content_type_len = r->headers_out.content_type.len;
  r->headers_out.content_type_lowcase = NULL;
  r->headers_out.status = NGX_HTTP_OK;
  r->headers_out.content_length_n = page->last - page->pos;
  rc = ngx_http_send_header(r);
  if (rc == NGX_ERROR || rc > NGX_OK || r->header_only) {
    return rc;
  }
  ngx_chain_t out = { page, NULL };
  return ngx_http_output_filter(r, &out);
}
