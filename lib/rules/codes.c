/* SPDX-License-Identifier: MIT */
/* The catalogue of error codes: how it is kept, and how a code is found in it. */
#include "rules/parse.h"

/*
 * Of codes that chance has written none is found later than that. Whoever chooses codes that collide gets a catalogue that is searched:
 * this takes as many comparisons as its size has bits, whatever they are.
 */
enum { PROBES_MAX = 32 };

/* Bounds what the patterns of a file are matched against when it is loaded: bytes of codes, each of which counts a few more. */
enum { MATCH_WORK_MAX = 64 << 10, WORK_PER_CODE = 16 };

/* ---- look-up ---- */

static uint64_t key_of(bdc_str code) {
  return bdc__index_key(bdc__index_word(code), code.size);
}

static bdc_str text_of(const bdc_service *service, size_t number) {
  return service->codes[service->distinct[number]].code;
}

/* The number of a code among the distinct ones; as many as there are where it is none of them. */
static size_t search(const bdc_service *service, bdc_str code) {
  size_t low = 0;
  size_t high = service->distinct_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = bdc__str_order(text_of(service, middle), code);
    if (order == 0) {
      return middle;
    }
    low = order < 0 ? middle + 1 : low;
    high = order < 0 ? high : middle;
  }
  return service->distinct_count;
}

static size_t find(const bdc_service *service, bdc_str code) {
  const bdc__index *index = &service->distinct_index;
  if (!index->slots) {
    return search(service, code);
  }
  size_t slot = bdc__index_slot(index, key_of(code));
  for (uint32_t probe = 0; probe < index->probes; probe++) {
    size_t number = index->slots[slot];
    if (number == service->distinct_count || bdc__str_equal(text_of(service, number), code)) {
      return number;
    }
    slot = (slot + 1) & index->mask;
  }
  return service->distinct_count;
}

/* The first of some entries that has at least this status: they come in the order of theirs, of which there may be hundreds. */
static size_t first_with(const bdc_code_info *entries, size_t count, int status) {
  size_t low = 0;
  size_t high = count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    bool before = entries[middle].status < status;
    low = before ? middle + 1 : low;
    high = before ? high : middle;
  }
  return low;
}

const bdc_code_info *bdc__service_code(const bdc_service *service, bdc_str code, int status) {
  size_t number = find(service, code);
  if (number == service->distinct_count) {
    return NULL;
  }
  const bdc_code_info *entries = &service->codes[service->distinct[number]];
  if (entries->status == status) {
    return entries;
  }
  size_t count = service->distinct[number + 1] - service->distinct[number];
  size_t at = first_with(entries, count, status);
  return at < count && entries[at].status == status ? &entries[at] : entries;
}

/* ---- sealing ---- */

static int by_code(const void *left, const void *right) {
  const bdc_code_info *a = left;
  const bdc_code_info *b = right;
  int order = bdc__str_order(a->code, b->code);
  return order ? order : (a->status > b->status) - (a->status < b->status);
}

static bool sort_codes(bdc__parser *parser) {
  bdc__load *load = parser->load;
  size_t count = parser->code_list.count;
  const bdc_code_info *codes = parser->code_list.items;
  bdc_code_info *sorted = bdc__list_seal(&parser->code_list, &load->arena, sizeof(*sorted));
  const void **order = bdc__arena_alloc(&load->scratch, 2 * count + 1, sizeof(*order));
  if (!sorted || !order) {
    return false;
  }
  for (size_t i = 0; i < count; i++) {
    order[i] = &codes[i];
  }
  bdc__sort(order, order + count, count, by_code);
  for (size_t i = 0; i < count; i++) {
    sorted[i] = *(const bdc_code_info *)order[i];
  }
  parser->service->codes = sorted;
  parser->service->code_count = count;
  return true;
}

/* Whether an entry is the first of its code. */
static bool is_first(const bdc_service *service, size_t at) {
  return at == 0 || !bdc__str_equal(service->codes[at].code, service->codes[at - 1].code);
}

static bool set_distinct(bdc__arena *arena, bdc_service *service) {
  size_t count = 0;
  for (size_t i = 0; i < service->code_count; i++) {
    count += is_first(service, i);
  }
  uint32_t *distinct = bdc__arena_alloc(arena, count + 1, sizeof(*distinct));
  if (!distinct) {
    return false;
  }
  distinct[count] = (uint32_t)service->code_count;
  service->distinct = distinct;
  service->distinct_count = count;
  for (size_t i = 0; i < service->code_count; i++) {
    if (is_first(service, i)) {
      *distinct++ = (uint32_t)i;
    }
  }
  return true;
}

static bool set_index(bdc__load *load, bdc_service *service) {
  size_t count = service->distinct_count;
  if (count > BDC__INDEX_MAX) {
    return true;
  }
  uint64_t *keys = bdc__arena_alloc(&load->scratch, count + 1, sizeof(*keys));
  if (!keys) {
    return false;
  }
  for (size_t i = 0; i < count; i++) {
    keys[i] = key_of(text_of(service, i));
  }
  return bdc__index_make(&load->arena, keys, count, PROBES_MAX + 1, &service->distinct_index);
}

/* ---- patterns ---- */

bool bdc__codes_note(bdc__parser *parser, bdc_row *rows, size_t count) {
  for (size_t i = 0; i < count; i++) {
    bdc_row *leaf = bdc__row_leaf(&rows[i]);
    if (leaf->flags & BDC__ROW_ERROR_CODE && leaf->pattern) {
      bdc_row **noted = bdc__list_add(&parser->coded_rows, &parser->load->scratch, sizeof(*noted));
      if (!noted) {
        return false;
      }
      *noted = leaf;
    }
  }
  return true;
}

static size_t match_work(const bdc_service *service) {
  size_t work = 0;
  for (size_t i = 0; i < service->distinct_count; i++) {
    work += text_of(service, i).size + WORK_PER_CODE;
  }
  return work;
}

static bool all_match(const bdc_service *service, const bdc__pattern *pattern, bdc__matcher *matcher) {
  for (size_t i = 0; i < service->distinct_count; i++) {
    if (bdc__pattern_match(pattern, matcher, text_of(service, i)) != BDC__MATCH) {
      return false;
    }
  }
  return true;
}

static bool match_row(bdc__load *load, const bdc_service *service, bdc_row *row) {
  bdc__matcher *matcher;
  if (bdc__matcher_new(&load->arena.allocator, &row->pattern, 1, BDC__CODE_STEPS, &matcher) != BDC_OK) {
    return false;
  }
  if (all_match(service, row->pattern, matcher)) {
    row->flags |= BDC__ROW_CODES_MATCH;
  }
  bdc__matcher_free(&load->arena.allocator, matcher);
  return true;
}

/* A code that is found in the catalogue need not be matched each time it is sent. Rows that there is no work left for stay as they are. */
static bool match_rows(bdc__parser *parser) {
  bdc_row *const *rows = parser->coded_rows.items;
  size_t work = match_work(parser->service);
  size_t left = MATCH_WORK_MAX;
  for (size_t i = 0; i < parser->coded_rows.count && work && work <= left; i++, left -= work) {
    if (!match_row(parser->load, parser->service, rows[i])) {
      return false;
    }
  }
  return true;
}

/* ---- all of it ---- */

bool bdc__codes_seal(bdc__parser *parser) {
  bdc__load *load = parser->load;
  bdc_service *service = parser->service;
  return (sort_codes(parser) && set_distinct(&load->arena, service) && set_index(load, service) && match_rows(parser)) ||
         bdc__parse_no_memory(parser);
}
