/* SPDX-License-Identifier: MIT */
/* The rows of an object, made ready for the accepter. A row that is not of the usual kinds stays BDC__QUICK_NONE. */
#include "rules/parse.h"

#include "base/decimal.h"
#include "base/word.h"

enum { SHORT_TEXT_MAX = 16, COUNT_MAX = 16 };

/* Numbers that the accepter reads have few digits; a bound beyond them bounds nothing. */
#define INTEGER_LOW (-INT64_C(99999999))
#define INTEGER_HIGH INT64_C(99999999)

/* Lengths beyond this are for the precise engine. */
#define LENGTH_HIGH UINT64_C(0x1fffffff)

/* ---- names ---- */

static bool stands_for_itself(bdc_str text) {
  for (size_t i = 0; i < text.size; i++) {
    unsigned char c = (unsigned char)text.data[i];
    if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') {
      return false;
    }
  }
  return true;
}

static void set_name(bdc__plan *plan, bdc_str name) {
  plan->name_size = (uint32_t)name.size + 2;
  if (plan->name_size <= BDC__PLAN_NAME_SIZE && stands_for_itself(name)) {
    plan->name[0] = '"';
    memcpy(plan->name + 1, name.data, name.size);
    plan->name[name.size + 1] = '"';
    memset(plan->mask, 0xff, plan->name_size);
  } else {
    plan->name[0] = 1;
  }
}

/* ---- values ---- */

static uint64_t first_bytes(bdc_str text) {
  unsigned char bytes[8] = { 0 };
  memcpy(bytes, text.data, text.size < sizeof bytes ? text.size : sizeof bytes);
  return bdc__load_le64(bytes);
}

static bdc__short_text short_text(bdc_str text) {
  bdc_str last = text.size > 8 ? bdc__str_from(text, text.size - 8) : text;
  return (bdc__short_text){ first_bytes(text), first_bytes(last), text.size };
}

/* False without memory; a list that is not usual is left out. */
static bool set_texts(bdc__arena *arena, bdc__plan *plan, const bdc_row *row) {
  for (uint32_t i = 0; i < row->value_count; i++) {
    if (row->value_count > COUNT_MAX || row->values[i].size > SHORT_TEXT_MAX || !stands_for_itself(row->values[i])) {
      return true;
    }
  }
  bdc__short_text *texts = bdc__arena_alloc(arena, row->value_count, sizeof(*texts));
  if (!texts) {
    return false;
  }
  for (uint32_t i = 0; i < row->value_count; i++) {
    texts[i] = short_text(row->values[i]);
  }
  plan->texts = texts;
  plan->count = row->value_count;
  plan->quick = BDC__QUICK_ENUM;
  return true;
}

/* A bound of a range as an integer within what the accepter reads, or `otherwise`. False: it has a fraction or an exponent. */
static bool integer_of(bdc_str text, int64_t otherwise, int64_t *out) {
  bool integral = true;
  *out = otherwise;
  if (text.size == 0 || (bdc__decimal_valid(text, &integral) && !integral)) {
    return integral;
  }
  bool negative = text.data[0] == '-';
  int64_t number = 0;
  for (size_t i = negative; i < text.size && number <= INTEGER_HIGH; i++) {
    number = number * 10 + (text.data[i] - '0');
  }
  number = negative ? -number : number;
  *out = number < INTEGER_LOW ? INTEGER_LOW : number > INTEGER_HIGH ? INTEGER_HIGH : number;
  return true;
}

/*
 * A bound that lies beyond what is read is clamped to its edge. That is no error where the bound is on its own side; where it is on the
 * other one (a least value above all that is read), the edge itself would pass: such a range is left out.
 */
static void set_range(bdc__plan *plan, const bdc_row *row) {
  int64_t low;
  int64_t high;
  if (!integer_of(row->range_min, INTEGER_LOW, &low) || !integer_of(row->range_max, INTEGER_HIGH, &high) || low >= INTEGER_HIGH ||
      high <= INTEGER_LOW || low > high) {
    return;
  }
  plan->low = (uint32_t)low;
  plan->span = (uint32_t)(high - low);
  plan->quick = BDC__QUICK_INTEGER;
}

static bool set_integers(bdc__arena *arena, bdc__plan *plan, const bdc_row *row) {
  if (row->value_count > COUNT_MAX) {
    return true;
  }
  uint32_t *integers = bdc__arena_alloc(arena, row->value_count, sizeof(*integers));
  if (!integers) {
    return false;
  }
  for (uint32_t i = 0; i < row->value_count; i++) {
    int64_t number;
    if (!integer_of(row->values[i], 0, &number) || number <= INTEGER_LOW || number >= INTEGER_HIGH) {
      return true;
    }
    integers[i] = (uint32_t)number;
  }
  plan->integers = integers;
  plan->count = row->value_count;
  plan->quick = BDC__QUICK_INTEGER_ENUM;
  return true;
}

static bool set_number(bdc__arena *arena, bdc__plan *plan, const bdc_row *row) {
  bool range = row->range_min.size || row->range_max.size;
  if (row->format == BDC_FORMAT_EPOCH_MS) {
    plan->quick = !range && row->value_count == 0 && row->kind == BDC_KIND_LONG ? BDC__QUICK_EPOCH_MS : BDC__QUICK_NONE;
    return true;
  }
  if (row->value_count) {
    return range || set_integers(arena, plan, row);
  }
  set_range(plan, row);
  return true;
}

static bool set_string(bdc__arena *arena, bdc__plan *plan, const bdc_row *row) {
  bool classes = row->charset || row->start;
  if (row->length_min > LENGTH_HIGH) {
    return true;
  }
  uint64_t high = row->length_max < LENGTH_HIGH ? row->length_max : LENGTH_HIGH;
  plan->low = (uint32_t)row->length_min;
  plan->span = (uint32_t)(high - row->length_min);
  if (row->length_min > high) {
    return true;
  }
  if (row->flags & BDC__ROW_SIMPLE) {
    plan->charset = row->charset;
    plan->quick = row->charset ? row->start ? BDC__QUICK_START : BDC__QUICK_CHARSET : row->start ? BDC__QUICK_NONE : BDC__QUICK_LENGTH;
    return true;
  }
  if (row->flags & (BDC__ROW_MASKED | BDC__ROW_ERROR_CODE) || row->pattern || classes) {
    return true;
  }
  if (row->format == BDC_FORMAT_DATE_TIME && row->value_count == 0) {
    plan->quick = BDC__QUICK_DATE_TIME;
  } else if (row->format == BDC_FORMAT_NONE && row->value_count) {
    return set_texts(arena, plan, row);
  }
  return true;
}

/* The items of an array of strings, ready. */
static bool set_items(bdc__arena *arena, bdc_row *row) {
  if (row->element->kind != BDC_KIND_STRING) {
    return true;
  }
  bdc__plan *plan = bdc__arena_alloc(arena, 1, sizeof(*plan));
  if (!plan || !set_string(arena, plan, row->element)) {
    return false;
  }
  plan->row = row->element;
  row->items = plan->quick == BDC__QUICK_NONE ? NULL : plan;
  return true;
}

static bool set_row(bdc__arena *arena, bdc__plan *plan, bdc_row *row) {
  plan->row = row;
  set_name(plan, row->name);
  switch (row->kind) {
  case BDC_KIND_STRING:
    return set_string(arena, plan, row);
  case BDC_KIND_INTEGER:
  case BDC_KIND_LONG:
    return set_number(arena, plan, row);
  case BDC_KIND_BOOLEAN:
    plan->quick = BDC__QUICK_BOOLEAN;
    return true;
  case BDC_KIND_ARRAY:
    return set_items(arena, row);
  default:
    return true;
  }
}

bool bdc__plan_make(bdc__arena *arena, bdc_object *object, bdc_row *rows) {
  const size_t behind = 2;
  bdc__plan *plan = bdc__arena_alloc(arena, object->row_count + behind, sizeof(*plan));
  if (!plan) {
    return false;
  }
  for (size_t i = 0; i < object->row_count; i++) {
    plan[i].bit = i < 64 ? UINT64_C(1) << i : 0;
    if (!set_row(arena, &plan[i], &rows[i])) {
      return false;
    }
  }
  for (size_t i = 0; i < behind; i++) {
    plan[object->row_count + i].name[0] = 1;
  }
  object->plan = plan;
  return true;
}
