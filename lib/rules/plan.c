/* SPDX-License-Identifier: MIT */
/* The rows of an object, made ready for the accepter. A row that is not of the usual kinds stays BDC__QUICK_NONE. */
#include "rules/parse.h"

#include "base/word.h"

enum { SHORT_TEXT_MAX = 16, COUNT_MAX = 16 };

/* Numbers that the accepter reads have few digits; a bound beyond them bounds nothing. */
#define INTEGER_LOW (-INT64_C(99999999))
#define INTEGER_HIGH INT64_C(99999999)

/* Lengths beyond this are for the row itself: what the accepter takes for one has its highest bits to mark other strings with. */
#define LENGTH_HIGH UINT64_C(0x7ffe)

/* ---- names ---- */

static bool stands_for_itself(bdc_str text) {
  for (size_t i = 0; i < text.size; i++) {
    unsigned char c = (unsigned char)text.data[i];
    if (c > 0x7e || c == '"' || c == '\\') { /* rule texts have no control characters */
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

/* Puts all texts where their hash says; false where two would be in one place. */
static bool place_texts(bdc__short_texts *texts, size_t slots, const bdc_str *list, uint32_t count) {
  memset(texts->slots, 0xff, slots * sizeof texts->slots[0]);
  for (uint32_t i = 0; i < count; i++) {
    bdc__short_text text = short_text(list[i]);
    bdc__short_text *slot = &texts->slots[bdc__short_text_slot(texts, text)];
    if (slot->size != BDC__NO_TEXT) {
      return false;
    }
    *slot = text;
  }
  return true;
}

static bool are_short(const bdc_str *list, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    if (list[i].size == 0 || list[i].size > SHORT_TEXT_MAX || !stands_for_itself(list[i])) {
      return false;
    }
  }
  return count <= COUNT_MAX;
}

/* False without memory; a list that is not usual is left out. */
static bool set_texts(bdc__arena *arena, bdc__plan *plan, bdc__quick quick, const bdc_str *list, uint32_t count) {
  const uint64_t tries = 64;
  uint32_t bits = 1;
  if (!are_short(list, count)) {
    return true;
  }
  while ((UINT32_C(1) << bits) < 2 * count) {
    bits++;
  }
  size_t slots = (size_t)1 << bits;
  bdc__short_texts *texts = bdc__arena_alloc(arena, 1, sizeof(*texts) + slots * sizeof texts->slots[0]);
  if (!texts) {
    return false;
  }
  texts->shift = 64 - bits;
  for (uint64_t i = 0; i < tries && plan->quick == BDC__QUICK_NONE; i++) {
    texts->seed = (2 * i + 1) * UINT64_C(0x9e3779b97f4a7c15);
    plan->quick = place_texts(texts, slots, list, count) ? quick : BDC__QUICK_NONE;
  }
  plan->texts = texts;
  return true;
}

/* A bound of a range of integers, within what the accepter reads; `otherwise` where there is none. */
static int64_t integer_of(bdc_str text, int64_t otherwise) {
  if (text.size == 0) {
    return otherwise;
  }
  bool negative = text.data[0] == '-';
  int64_t number = 0;
  for (size_t i = negative; i < text.size && number <= INTEGER_HIGH; i++) {
    number = number * 10 + (text.data[i] - '0');
  }
  number = negative ? -number : number;
  return number < INTEGER_LOW ? INTEGER_LOW : number > INTEGER_HIGH ? INTEGER_HIGH : number;
}

/*
 * A bound that lies beyond what is read is clamped to its edge. That is no error where the bound is on its own side; where it is on the
 * other one (a least value above all that is read), the edge itself would pass: such a range is left out.
 */
static void set_range(bdc__plan *plan, const bdc_row *row) {
  int64_t low = integer_of(row->range_min, INTEGER_LOW);
  int64_t high = integer_of(row->range_max, INTEGER_HIGH);
  if (low >= INTEGER_HIGH || high <= INTEGER_LOW) {
    return;
  }
  plan->range.low = (uint32_t)low;
  plan->range.span = (uint32_t)(high - low);
  plan->quick = BDC__QUICK_INTEGER;
}

/* Integers of digits alone, as they are mostly written: only a sign may stand before them. */
static bool are_plain_integers(const bdc_row *row) {
  for (uint32_t i = 0; i < row->value_count; i++) {
    if (row->values[i].data[0] == '-') {
      return false;
    }
  }
  return true;
}

static bool set_number(bdc__arena *arena, bdc__plan *plan, const bdc_row *row) {
  bool range = row->range_min.size || row->range_max.size;
  if (row->format == BDC_FORMAT_EPOCH_MS) {
    plan->quick = !range && row->value_count == 0 ? BDC__QUICK_EPOCH_MS : BDC__QUICK_NONE;
    return true;
  }
  if (row->value_count) {
    return range || !are_plain_integers(row) || set_texts(arena, plan, BDC__QUICK_LITERAL, row->values, row->value_count);
  }
  set_range(plan, row);
  return true;
}

static bool set_boolean(bdc__arena *arena, bdc__plan *plan) {
  static const bdc_str literals[] = { { "true", 4 }, { "false", 5 } };
  return set_texts(arena, plan, BDC__QUICK_LITERAL, literals, 2);
}

/* What there is no other kind for; any_string (accept/strings.h) knows all lengths. */
static void set_other_string(bdc__plan *plan) {
  plan->quick = BDC__QUICK_OTHER;
  plan->length_low = 1;
  plan->length_span = (uint32_t)LENGTH_HIGH;
}

static void set_length(bdc__plan *plan, const bdc_row *row) {
  uint64_t high = row->length_max < LENGTH_HIGH ? row->length_max : LENGTH_HIGH;
  plan->length_low = (uint32_t)row->length_min + 1;
  plan->length_span = (uint32_t)(high - row->length_min);
}

/* Strings of which length, charset and start are all that is said. */
static void set_simple_string(bdc__plan *plan, const bdc_row *row) {
  plan->charset = row->charset;
  if (row->charset) {
    plan->quick = row->start ? BDC__QUICK_START : BDC__QUICK_CHARSET;
  } else if (!row->start) {
    plan->quick = BDC__QUICK_LENGTH;
  }
}

static bool set_string(bdc__arena *arena, bdc__plan *plan, const bdc_row *row) {
  const uint32_t more = BDC__ROW_ERROR_CODE | BDC__ROW_MASKED;
  bool others = row->flags & more || row->pattern || row->charset || row->start;
  if (row->length_min > LENGTH_HIGH) {
    set_other_string(plan);
    return true;
  }
  set_length(plan, row);
  if (row->flags & BDC__ROW_SIMPLE) {
    set_simple_string(plan, row);
  } else if (!others && row->format == BDC_FORMAT_DATE_TIME && row->value_count == 0) {
    plan->quick = BDC__QUICK_DATE_TIME;
  } else if (!others && row->format == BDC_FORMAT_NONE && row->value_count &&
             !set_texts(arena, plan, BDC__QUICK_ENUM, row->values, row->value_count)) {
    return false;
  }
  if (plan->quick == BDC__QUICK_NONE) {
    set_other_string(plan);
  }
  return true;
}

static bool set_value(bdc__arena *arena, bdc__plan *plan, bdc_row *row) {
  switch (row->kind) {
  case BDC_KIND_STRING:
    return set_string(arena, plan, row);
  case BDC_KIND_INTEGER:
  case BDC_KIND_LONG:
    return set_number(arena, plan, row);
  case BDC_KIND_BOOLEAN:
    return set_boolean(arena, plan);
  case BDC_KIND_ARRAY:
  case BDC_KIND_MAP:
    return bdc__plan_element(arena, row);
  default:
    return true;
  }
}

/* What a row says of its value. */
static bool set_content(bdc__arena *arena, bdc__plan *plan, bdc_row *row) {
  plan->row = row;
  if (!set_value(arena, plan, row)) {
    return false;
  }
  bool is_string = plan->quick >= BDC__QUICK_STRING;
  plan->length_low = is_string ? plan->length_low : 0;
  plan->length_span = is_string ? plan->length_span : 0;
  plan->later = plan->quick == BDC__QUICK_LENGTH ? 0 : UINT32_MAX;
  return true;
}

bool bdc__plan_element(bdc__arena *arena, bdc_row *row) {
  bdc__plan *plan = bdc__arena_alloc(arena, 1, sizeof(*plan));
  row->element_plan = plan;
  return plan && set_content(arena, plan, (bdc_row *)row->element); /* made by the parser of this row */
}

bool bdc__plan_make(bdc__arena *arena, bdc_object *object, bdc_row *rows) {
  const size_t behind = 2;
  bdc__plan *plan = bdc__arena_alloc(arena, object->row_count + behind, sizeof(*plan));
  if (!plan) {
    return false;
  }
  for (size_t i = 0; i < object->row_count; i++) {
    plan[i].bit = i < 64 ? UINT64_C(1) << i : 0;
    set_name(&plan[i], rows[i].name);
    if (!set_content(arena, &plan[i], &rows[i])) {
      return false;
    }
  }
  for (size_t i = 0; i < behind; i++) {
    plan[object->row_count + i].name[0] = 1;
  }
  object->plan = plan;
  return true;
}
