/* SPDX-License-Identifier: MIT */
/* What values are made with, and values in JSON: numbers, objects, arrays, maps. */
#include "generate/value.h"

#include "base/decimal.h"
#include "base/str.h"
#include "base/utf8.h"
#include "value/value.h"

enum { PATTERN_STEPS = 100000, DEPTH_MAX = 100 };

struct bdc__known {
  bdc__known *previous;
  const void *of; /* a class or a pattern */
  bdc__ranges ranges;
  const bdc__shape *shape;
};

bdc_status bdc__values_init(bdc__values *values, const bdc_ruleset *ruleset, const bdc_allocator *allocator, uint64_t seed,
                            size_t largest) {
  *values = (bdc__values){ .draw = { seed }, .largest = largest };
  bdc__arena_init(&values->arena, allocator);
  bdc__buffer_init(&values->try, allocator, largest);
  return bdc__matcher_new(allocator, ruleset->patterns, ruleset->pattern_count, PATTERN_STEPS, &values->matcher);
}

void bdc__values_free(bdc__values *values) {
  bdc__matcher_free(&values->arena.allocator, values->matcher);
  bdc__buffer_free(&values->try);
  bdc__arena_free(&values->arena);
  *values = (bdc__values){ 0 };
}

static bdc__known *find_known(const bdc__values *values, const void *of) {
  bdc__known *known = values->known;
  while (known && known->of != of) {
    known = known->previous;
  }
  return known;
}

static bdc__known *new_known(bdc__values *values, const void *of) {
  bdc__known *known = bdc__arena_alloc(&values->arena, 1, sizeof *known);
  if (!known) {
    values->failed = true;
    return NULL;
  }
  known->of = of;
  known->previous = values->known;
  values->known = known;
  return known;
}

const bdc__ranges *bdc__values_ranges(bdc__values *values, const bdc__class *class) {
  static const bdc__ranges none = { 0 };
  bdc__known *known = find_known(values, class);
  if (!known) {
    known = new_known(values, class);
    if (known && bdc__ranges_of(&values->arena, values->matcher, class->expression, false, &known->ranges) == BDC_ERR_MEMORY) {
      values->failed = true;
    }
  }
  return known ? &known->ranges : &none;
}

const bdc__shape *bdc__values_shape(bdc__values *values, const bdc_row *row) {
  if (!row->pattern) {
    return NULL;
  }
  bdc__known *known = find_known(values, row->pattern);
  if (!known) {
    known = new_known(values, row->pattern);
    if (known && bdc__shape_of(&values->arena, values->matcher, row->pattern_text, &known->shape) != BDC_OK) {
      values->failed = true;
    }
  }
  return known ? known->shape : NULL;
}

/* ---- numbers ---- */

/* The digits before `end`, of which a dot is none, as one whole number plus or minus 1, which they have room for. */
static void step_digits(char *text, size_t end, bool up) {
  size_t at = end - 1;
  for (; text[at] == (up ? '9' : '0') || text[at] == '.'; at--) {
    text[at] = text[at] == '.' ? '.' : up ? '0' : '9';
  }
  text[at] = (char)(text[at] + (up ? 1 : -1));
}

/* What stands before the exponent, if there is any. */
static bdc_str mantissa_of(bdc_str number) {
  size_t size = 0;
  while (size < number.size && (number.data[size] | 0x20) != 'e') {
    size++;
  }
  return (bdc_str){ number.data, size };
}

/* Leaves out zeros that no number begins with. `start`: of its digits. */
static void trim_zeros(bdc__buffer *out, size_t start) {
  size_t at = start;
  while (at + 1 < out->size && out->data[at] == '0' && out->data[at + 1] != '.') {
    at++;
  }
  bdc__buffer_replace(out, start, at, (bdc_str){ 0 });
}

static bool is_zero(bdc_str mantissa) {
  for (size_t i = 0; i < mantissa.size; i++) {
    if (mantissa.data[i] >= '1') {
      return false;
    }
  }
  return true;
}

/* A digit behind the last one, and before it one less where the number is to be smaller. */
static void step_fraction(bdc__buffer *out, size_t start, bool larger) {
  bool dot = memchr(out->data + start, '.', out->size - start);
  if (!larger) {
    step_digits(out->data, out->size, false);
  }
  bdc__buffer_add_literal(out, dot ? "" : ".");
  bdc__buffer_add_literal(out, larger ? "1" : "9");
}

void bdc__number_step(bdc_str number, bool up, bool whole, bdc__buffer *out) {
  bdc_str mantissa = mantissa_of(number);
  bool negative = mantissa.data[0] == '-';
  bool zero = is_zero(mantissa);
  bool larger = zero || negative != up; /* its magnitude */
  size_t first = out->size;
  bdc__buffer_add_literal(out, (zero ? !up : negative) ? "-" : "");
  size_t start = out->size;
  bdc__buffer_add_literal(out, whole && larger ? "0" : ""); /* where a digit may be carried to */
  bdc__buffer_add(out, bdc__str_from(mantissa, negative));
  if (!bdc__buffer_whole(out)) {
    return;
  }
  if (whole) {
    step_digits(out->data, out->size, larger);
  } else {
    step_fraction(out, start, larger);
  }
  trim_zeros(out, start);
  if (whole && is_zero((bdc_str){ out->data + start, out->size - start })) {
    bdc__buffer_replace(out, first, start, (bdc_str){ 0 });
  }
  bdc__buffer_add(out, bdc__str_from(number, mantissa.size));
}

static bool is_whole(const bdc_row *row) {
  return row->kind == BDC_KIND_INTEGER || row->kind == BDC_KIND_LONG;
}

bdc_str bdc__number_end(const bdc_row *row, bool upper) {
  static const bdc_str ends[][2] = {
    { BDC__STR_INIT("-2147483648"), BDC__STR_INIT("2147483647") },
    { BDC__STR_INIT("-9223372036854775808"), BDC__STR_INIT("9223372036854775807") },
  };
  bdc_str own = upper ? row->range_max : row->range_min;
  if (!is_whole(row)) {
    return own;
  }
  bdc_str of_type = ends[row->kind == BDC_KIND_LONG][upper];
  bool nearer = own.size && (upper ? bdc__decimal_compare(own, of_type) <= 0 : bdc__decimal_compare(own, of_type) >= 0);
  return nearer ? own : of_type;
}

uint32_t bdc__number_breaks(const bdc_row *row, bdc_str text) {
  bool integral = false;
  return bdc__decimal_valid(text, &integral) ? bdc__number_broken(row, text, integral) : UINT32_C(1) << BDC_RULE_TYPE;
}

/* A draft of a number: one of those that the row speaks of, or a step from one. */
static void draft_number(bdc__values *values, const bdc_row *row, unsigned round, bdc__buffer *out) {
  bdc__draw *draw = &values->draw;
  if (row->value_count) {
    bdc__buffer_add(out, row->values[(bdc__draw_below(draw, row->value_count) + round) % row->value_count]);
  } else if (row->format == BDC_FORMAT_EPOCH_MS) {
    bdc__buffer_add_number(out, UINT64_C(1000000000000) + bdc__draw_next(draw) % UINT64_C(9000000000000));
  } else if (row->range_min.size || row->range_max.size) {
    bool low = row->range_min.size && (!row->range_max.size || bdc__draw_one_in(draw, 2));
    bdc_str end = low ? row->range_min : row->range_max;
    if (bdc__draw_one_in(draw, 2) && round < 2) {
      bdc__number_step(end, low, is_whole(row), out);
    } else {
      bdc__buffer_add(out, end);
    }
  } else {
    bdc__buffer_add_number(out, bdc__draw_below(draw, 1000));
  }
}

static bool write_number(bdc__values *values, const bdc_row *row, bdc__buffer *out) {
  enum { ROUNDS = 16 };
  size_t start = out->size;
  for (unsigned round = 0; round < ROUNDS; round++) {
    out->size = start;
    draft_number(values, row, round, out);
    if (bdc__buffer_whole(out) && bdc__number_breaks(row, (bdc_str){ out->data + start, out->size - start }) == 0) {
      return true;
    }
  }
  return false;
}

/* ---- strings ---- */

static const char *short_escape(uint32_t c) {
  switch (c) {
  case '"':
    return "\\\"";
  case '\\':
    return "\\\\";
  case '/':
    return "\\/";
  case '\b':
    return "\\b";
  case '\f':
    return "\\f";
  case '\n':
    return "\\n";
  case '\r':
    return "\\r";
  case '\t':
    return "\\t";
  default:
    return NULL;
  }
}

static void add_unit(bdc__buffer *out, uint32_t unit, bool capitals) {
  const char *digits = capitals ? "0123456789ABCDEF" : "0123456789abcdef";
  char text[6] = { '\\', 'u' };
  for (unsigned i = 0; i < 4; i++) {
    text[2 + i] = digits[unit >> (12 - 4 * i) & 15];
  }
  bdc__buffer_add(out, (bdc_str){ text, sizeof text });
}

static void add_units(bdc__buffer *out, uint32_t c, bool capitals) {
  enum { PAIRS = 0x10000, HIGH = 0xd800, LOW = 0xdc00, HALF = 10 };
  if (c < PAIRS) {
    add_unit(out, c, capitals);
  } else {
    add_unit(out, HIGH + ((c - PAIRS) >> HALF), capitals);
    add_unit(out, LOW + ((c - PAIRS) & ((1u << HALF) - 1)), capitals);
  }
}

static void add_spelled(bdc__buffer *out, bdc_str character, bdc__spelling spelling, bdc__draw *draw) {
  uint32_t c = bdc__utf8_decode(character.data, character.size);
  const char *quick = short_escape(c);
  if (spelling == BDC__SPELL_MIXED) {
    static const bdc__spelling mixed[] = { BDC__SPELL_PLAIN, BDC__SPELL_UNITS, BDC__SPELL_SHORT };
    spelling = mixed[bdc__draw_below(draw, 3)];
  }
  bool must = c < 0x20 || c == '"' || c == '\\';
  if (spelling == BDC__SPELL_UNITS || (must && !quick)) {
    add_units(out, c, bdc__draw_one_in(draw, 2));
  } else if (quick && (must || spelling == BDC__SPELL_SHORT)) {
    bdc__buffer_add_literal(out, quick);
  } else {
    bdc__buffer_add(out, character);
  }
}

void bdc__string_write(bdc__buffer *out, bdc_str text, bdc__spelling spelling, bdc__draw *draw) {
  bdc__buffer_add_byte(out, '"');
  for (size_t at = 0; at < text.size;) {
    int size = bdc__utf8_size((const unsigned char *)text.data + at, text.size - at);
    if (size <= 0) {
      break;
    }
    add_spelled(out, (bdc_str){ text.data + at, (size_t)size }, spelling, draw);
    at += (size_t)size;
  }
  bdc__buffer_add_byte(out, '"');
}

static bool write_string(bdc__values *values, const bdc_row *row, bdc__buffer *out) {
  bdc__buffer *text = &values->try;
  if (!bdc__text_write(values, row, &BDC__ANY_TEXT, text)) {
    return false;
  }
  bdc__string_write(out, bdc__buffer_text(text), BDC__SPELL_PLAIN, &values->draw);
  return true;
}

/* ---- objects, arrays, maps ---- */

static bdc__filling below(bdc__filling filling) {
  return (bdc__filling){ filling.optional, filling.depth ? filling.depth - 1 : 0 };
}

bool bdc__members_write(bdc__values *values, const bdc_object *object, const bdc_row *skip, bdc__filling filling, bdc__buffer *out) {
  size_t start = out->size;
  for (size_t i = 0; i < object->row_count; i++) {
    const bdc_row *row = &object->rows[i];
    bool wanted = row->flags & BDC__ROW_MANDATORY || (filling.depth && bdc__draw_below(&values->draw, 16) < filling.optional);
    if (row == skip || !wanted) {
      continue;
    }
    size_t member = out->size;
    bdc__buffer_add_literal(out, member > start ? "," : "");
    bdc__string_write(out, row->name, BDC__SPELL_PLAIN, &values->draw);
    bdc__buffer_add_byte(out, ':');
    if (!bdc__value_write(values, row, below(filling), out)) {
      if (row->flags & BDC__ROW_MANDATORY) {
        return false;
      }
      out->size = member;
    }
  }
  return true;
}

/* A map's key, which differs from all with other numbers. */
static void add_key(bdc__buffer *out, uint64_t number) {
  bdc__buffer_add_literal(out, "\"k");
  bdc__buffer_add_number(out, number);
  bdc__buffer_add_literal(out, "\":");
}

bool bdc__included_write(bdc__values *values, const bdc_row *row, bdc__spelling spelling, bdc__buffer *out) {
  bool zoneless;
  bdc__string_write(out, row->includes, spelling, &values->draw);
  return bdc__text_breaks(values, row->element, row->includes, &zoneless) == 0 && !zoneless;
}

bool bdc__items_write(bdc__values *values, const bdc_row *row, uint64_t count, bdc__filling filling, bdc__buffer *out) {
  bool map = row->kind == BDC_KIND_MAP;
  uint64_t around = values->names;
  bool written = !map || count <= BDC__NAMES_MAX - around;
  for (uint64_t i = 0; written && i < count && bdc__buffer_whole(out); i++) {
    bdc__buffer_add_literal(out, i ? "," : "");
    if (map) {
      add_key(out, i);
      values->names++;
    }
    written = i == 0 && row->includes.data ? bdc__included_write(values, row, BDC__SPELL_PLAIN, out)
                                           : bdc__value_write(values, row->element, below(filling), out);
  }
  values->names = around;
  return written && bdc__buffer_whole(out);
}

/* The fewest items, or a few more. */
static bool write_items(bdc__values *values, const bdc_row *row, bdc__filling filling, bdc__buffer *out) {
  enum { MORE = 3 };
  uint64_t least = row->items_min > 0 ? row->items_min : row->includes.data != NULL;
  uint64_t spare = row->items_max > least ? row->items_max - least : 0;
  uint64_t count = least;
  if (filling.depth && filling.optional) {
    count += bdc__draw_below(&values->draw, (size_t)(spare < MORE ? spare : MORE) + 1);
  }
  bool array = row->kind == BDC_KIND_ARRAY;
  bdc__buffer_add_byte(out, array ? '[' : '{');
  bool written = bdc__items_write(values, row, count, filling, out);
  bdc__buffer_add_byte(out, array ? ']' : '}');
  return written;
}

static bool write_object(bdc__values *values, const bdc_object *object, bdc__filling filling, bdc__buffer *out) {
  bdc__buffer_add_byte(out, '{');
  bool written = bdc__members_write(values, object, NULL, filling, out);
  bdc__buffer_add_byte(out, '}');
  return written;
}

static bool write_value(bdc__values *values, const bdc_row *row, bdc__filling filling, bdc__buffer *out) {
  switch ((bdc_kind)row->kind) {
  case BDC_KIND_STRING:
    return write_string(values, row, out);
  case BDC_KIND_INTEGER:
  case BDC_KIND_LONG:
  case BDC_KIND_NUMBER:
    return write_number(values, row, out);
  case BDC_KIND_BOOLEAN:
  case BDC_KIND_ANY:
    bdc__buffer_add_literal(out, bdc__draw_one_in(&values->draw, 2) ? "true" : "false");
    return true;
  case BDC_KIND_OBJECT:
    return write_object(values, row->object, filling, out);
  case BDC_KIND_ARRAY:
  case BDC_KIND_MAP:
    break;
  }
  return write_items(values, row, filling, out);
}

bool bdc__value_write(bdc__values *values, const bdc_row *row, bdc__filling filling, bdc__buffer *out) {
  if (values->depth == DEPTH_MAX) {
    return false; /* an object that must hold itself */
  }
  values->depth++;
  bool written = write_value(values, row, filling, out);
  values->depth--;
  return written && bdc__buffer_whole(out);
}
