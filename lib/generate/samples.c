/* SPDX-License-Identifier: MIT */
#include "generate/samples.h"

#include "base/str.h"
#include "generate/value.h"
#include "rules/list.h"

enum { SAMPLES_MAX = 48, TEXT_SIZE_MAX = 4096, BYTES_MAX = 1 << 20 };

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

/* Objects are a queue while their rows are walked, each of them once: they may hold one another. */
typedef struct found_object {
  struct found_object *next;
  const bdc_object *object;
} found_object;

typedef struct found_row {
  struct found_row *previous;
  bdc__sample_row samples;
} found_row;

typedef struct maker {
  bdc__arena *arena;
  bdc__values values;
  bdc__buffer text;
  found_object *objects;
  found_object **objects_end;
  found_row *rows;
  size_t row_count;
  size_t bytes; /* of all texts: beyond BYTES_MAX there are none */
  bdc_str list[SAMPLES_MAX];
  uint32_t count; /* of the row at hand */
  uint32_t valid_count;
  bool failed; /* there was no memory */
} maker;

/* ---- the texts of a row ---- */

static bool is_known(const maker *m, bdc_str text) {
  for (uint32_t i = 0; i < m->count; i++) {
    if (bdc__str_equal(m->list[i], text)) {
      return true;
    }
  }
  return false;
}

/* The text at hand. Valid ones come first. */
static void add_text(maker *m, bool valid) {
  bdc_str text = bdc__buffer_text(&m->text);
  bdc_str copy;
  if (m->count == SAMPLES_MAX || m->bytes + text.size > BYTES_MAX || is_known(m, text)) {
    return;
  }
  if (!bdc__arena_copy(m->arena, text, &copy)) {
    m->failed = true;
    return;
  }
  m->bytes += text.size;
  m->list[m->count++] = copy;
  m->valid_count += valid;
}

static void add_wish(maker *m, const bdc_row *row, bdc__wish wish) {
  if ((wish.length <= TEXT_SIZE_MAX || wish.length == BDC_UNBOUNDED) && bdc__text_write(&m->values, row, &wish, &m->text)) {
    add_text(m, wish.breaks == 0);
  }
}

static void add_valid_texts(maker *m, const bdc_row *row) {
  enum { SIZES = 4, ANY = 4 };
  const uint64_t lengths[] = { row->length_min, row->length_min + 1, row->length_max };
  for (size_t i = 0; i < LENGTH(lengths); i++) {
    for (unsigned size = 1; size <= SIZES && lengths[i] != BDC_UNBOUNDED; size++) {
      add_wish(m, row, (bdc__wish){ .length = lengths[i], .size = size });
    }
  }
  for (uint32_t i = 0; i < ANY + row->value_count; i++) {
    add_wish(m, row, BDC__ANY_TEXT);
  }
}

static void add_broken_texts(maker *m, const bdc_row *row) {
  enum { TIMES = 2 };
  const struct {
    bdc_rule rule;
    bool asked; /* the row has this rule */
    uint64_t length;
  } rules[] = {
    { BDC_RULE_LENGTH_MIN, row->length_min > 0, row->length_min - 1 },
    { BDC_RULE_LENGTH_MAX, row->length_max < TEXT_SIZE_MAX, row->length_max + 1 },
    { BDC_RULE_CHARSET, row->charset, BDC_UNBOUNDED },
    { BDC_RULE_START, row->start, BDC_UNBOUNDED },
    { BDC_RULE_ENUM, row->value_count, BDC_UNBOUNDED },
    { BDC_RULE_PATTERN, row->pattern, BDC_UNBOUNDED },
    { BDC_RULE_FORMAT, row->format != BDC_FORMAT_NONE, BDC_UNBOUNDED },
  };
  for (size_t i = 0; i < LENGTH(rules) * TIMES; i++) {
    if (rules[i / TIMES].asked) {
      add_wish(m, row, (bdc__wish){ .breaks = UINT32_C(1) << rules[i / TIMES].rule, .length = rules[i / TIMES].length });
    }
  }
}

/* ---- the numbers of a row ---- */

/* Adds what is written at hand, where it is on the wanted side of the rules. */
static void add_number(maker *m, const bdc_row *row, bool valid) {
  bdc_str text = bdc__buffer_text(&m->text);
  if ((bdc__number_breaks(row, text) == 0) == valid) {
    add_text(m, valid);
  }
}

/* A number, where there is one, and its neighbours. */
static void add_numbers_near(maker *m, const bdc_row *row, bdc_str number, bool valid) {
  if (number.size == 0) {
    return;
  }
  bdc__buffer_clear(&m->text);
  bdc__buffer_add(&m->text, number);
  add_number(m, row, valid);
  for (int up = 0; up < 2; up++) {
    bdc__buffer_clear(&m->text);
    bdc__number_step(number, up, row->kind != BDC_KIND_NUMBER, &m->text);
    add_number(m, row, valid);
  }
}

static void add_numbers(maker *m, const bdc_row *row, bool valid) {
  static const bdc_str ends[] = {
    BDC__STR_INIT("0"),          BDC__STR_INIT("-2147483648"),          BDC__STR_INIT("2147483647"),
    BDC__STR_INIT("4294967295"), BDC__STR_INIT("-9223372036854775808"), BDC__STR_INIT("9223372036854775807"),
  };
  for (uint32_t i = 0; i < row->value_count; i++) {
    add_numbers_near(m, row, row->values[i], valid);
  }
  if (row->format == BDC_FORMAT_EPOCH_MS) {
    add_numbers_near(m, row, BDC_STR("1000000000000"), valid);
    add_numbers_near(m, row, BDC_STR("9999999999999"), valid);
  }
  add_numbers_near(m, row, row->range_min, valid);
  add_numbers_near(m, row, row->range_max, valid);
  for (size_t i = 0; i < LENGTH(ends); i++) {
    add_numbers_near(m, row, ends[i], valid);
  }
}

/* ---- rows ---- */

static void keep_row(maker *m, const bdc_row *row) {
  found_row *found = bdc__arena_alloc(m->arena, 1, sizeof *found);
  bdc_str *texts = bdc__arena_alloc(m->arena, m->count, sizeof *texts);
  if (!found || !texts) {
    m->failed = true;
    return;
  }
  memcpy(texts, m->list, m->count * sizeof *texts);
  *found = (found_row){ m->rows, { .row = row, .texts = texts, .valid_count = m->valid_count, .count = m->count } };
  m->rows = found;
  m->row_count++;
}

static void add_row(maker *m, const bdc_row *row) {
  m->count = 0;
  m->valid_count = 0;
  switch ((bdc_kind)row->kind) {
  case BDC_KIND_STRING:
    add_valid_texts(m, row);
    add_broken_texts(m, row);
    break;
  case BDC_KIND_INTEGER:
  case BDC_KIND_LONG:
  case BDC_KIND_NUMBER:
    add_numbers(m, row, true);
    add_numbers(m, row, false);
    break;
  default:
    return;
  }
  if (m->count) {
    keep_row(m, row);
  }
}

static void queue_object(maker *m, const bdc_object *object) {
  for (const found_object *found = m->objects; found; found = found->next) {
    if (found->object == object) {
      return;
    }
  }
  found_object *found = bdc__arena_alloc(m->arena, 1, sizeof *found);
  if (!found) {
    m->failed = true;
    return;
  }
  found->object = object;
  *m->objects_end = found;
  m->objects_end = &found->next;
}

static void walk_row(maker *m, const bdc_row *row) {
  while (row->element) {
    row = row->element;
  }
  add_row(m, row);
  if (row->object) {
    queue_object(m, row->object);
  }
}

static void walk_rows(maker *m, const bdc_row *root) {
  m->objects_end = &m->objects;
  walk_row(m, root);
  for (const found_object *at = m->objects; at && !m->failed; at = at->next) {
    for (size_t i = 0; i < at->object->row_count && !m->failed; i++) {
      walk_row(m, &at->object->rows[i]);
    }
  }
}

static int by_row(const void *a, const void *b) {
  uintptr_t x = (uintptr_t)((const bdc__sample_row *)a)->row;
  uintptr_t y = (uintptr_t)((const bdc__sample_row *)b)->row;
  return (x > y) - (x < y);
}

static void list_rows(maker *m, bdc__samples *out) {
  const void **rows = bdc__arena_alloc(m->arena, m->row_count, 2 * sizeof *rows);
  if (!rows) {
    m->failed = true;
    return;
  }
  for (const found_row *found = m->rows; found; found = found->previous) {
    rows[out->count++] = &found->samples;
  }
  bdc__sort(rows, rows + out->count, out->count, by_row);
  out->rows = rows;
}

bdc_status bdc__samples_make(bdc__arena *arena, const bdc_operation *operation, int http_status, const bdc_row *root,
                             bdc__samples *out) {
  maker m = { .arena = arena };
  *out = (bdc__samples){ 0 };
  bdc_status status = bdc__values_init(&m.values, operation->ruleset, &arena->allocator, 0, TEXT_SIZE_MAX * 4);
  if (status != BDC_OK) {
    return status;
  }
  m.values.service = operation->service;
  m.values.http_status = http_status;
  bdc__buffer_init(&m.text, &arena->allocator, m.values.largest);
  walk_rows(&m, root);
  list_rows(&m, out);
  bool failed = m.failed || m.values.failed || m.text.failed;
  bdc__buffer_free(&m.text);
  bdc__values_free(&m.values);
  return failed ? BDC_ERR_MEMORY : BDC_OK;
}

static const bdc__sample_row *find_row(const bdc__samples *samples, const bdc_row *row) {
  const bdc__sample_row key = { .row = row };
  size_t first = 0;
  size_t end = samples->count;
  while (first < end) {
    size_t middle = first + (end - first) / 2;
    int order = by_row(samples->rows[middle], &key);
    if (order == 0) {
      return samples->rows[middle];
    }
    first = order < 0 ? middle + 1 : first;
    end = order < 0 ? end : middle;
  }
  return NULL;
}

bdc_str bdc__samples_draw(const bdc__samples *samples, const bdc_row *row, bdc__draw *draw) {
  enum { OF_WHICH_BROKEN = 5 };
  const bdc__sample_row *found = find_row(samples, row);
  if (!found) {
    return (bdc_str){ 0 };
  }
  bool valid = found->valid_count && (found->valid_count == found->count || !bdc__draw_one_in(draw, OF_WHICH_BROKEN));
  size_t first = valid ? 0 : found->valid_count;
  size_t count = valid ? found->valid_count : found->count - found->valid_count;
  return found->texts[first + bdc__draw_below(draw, count)];
}
