/* SPDX-License-Identifier: MIT */
/*
 * Whole values, from what their rows say: more often at a limit than within it, and more often within it than beyond, because what lies
 * behind a check is reached only by values that pass it.
 */
#include "base/str.h"
#include "generate/mutation.h"

/* Below the first, only what is mandatory; below the second, nothing: a table may hold itself. */
enum { DEPTH_MAX = 6, DEPTH_MOST = 64, ITEMS_MAX = 64 };

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

static bdc_str any_of(bdc__mutation *m, const bdc_str *list, size_t count) {
  return list[bdc__mutation_below(m, (uint32_t)count)];
}

/* ---- strings ---- */

void bdc__mutation_put_string(bdc__mutation *m, bdc_str text) {
  bdc__mutation_put(m, BDC_STR("\""));
  bdc__text_add_escaped(&m->out, text);
  bdc__mutation_put(m, BDC_STR("\""));
}

static void put_string(bdc__mutation *m, const bdc_row *row) {
  bdc__mutation_put_string(m, bdc__samples_draw(m->samples, row, m->draw));
}

/* ---- numbers ---- */

/* The ends of types, and what is one beyond them. */
static void put_any_number(bdc__mutation *m) {
  static const bdc_str list[] = {
    BDC__STR_INIT("0"),
    BDC__STR_INIT("1"),
    BDC__STR_INIT("-1"),
    BDC__STR_INIT("-0"),
    BDC__STR_INIT("127"),
    BDC__STR_INIT("255"),
    BDC__STR_INIT("256"),
    BDC__STR_INIT("32768"),
    BDC__STR_INIT("65536"),
    BDC__STR_INIT("2147483647"),
    BDC__STR_INIT("2147483648"),
    BDC__STR_INIT("-2147483648"),
    BDC__STR_INIT("-2147483649"),
    BDC__STR_INIT("4294967295"),
    BDC__STR_INIT("4294967296"),
    BDC__STR_INIT("999999999999"),
    BDC__STR_INIT("1578284788000"),
    BDC__STR_INIT("10000000000000"),
    BDC__STR_INIT("9007199254740993"),
    BDC__STR_INIT("9223372036854775807"),
    BDC__STR_INIT("9223372036854775808"),
    BDC__STR_INIT("-9223372036854775808"),
    BDC__STR_INIT("-9223372036854775809"),
    BDC__STR_INIT("18446744073709551615"),
    BDC__STR_INIT("18446744073709551616"),
    BDC__STR_INIT("0.1"),
    BDC__STR_INIT("1.0"),
    BDC__STR_INIT("1e3"),
    BDC__STR_INIT("1E-3"),
    BDC__STR_INIT("1e308"),
    BDC__STR_INIT("1e309"),
    BDC__STR_INIT("5e-324"),
    BDC__STR_INIT("1e999999999"),
    BDC__STR_INIT("0.30000000000000000000000000000000000001"),
  };
  bdc__mutation_put(m, any_of(m, list, LENGTH(list)));
}

static void put_number(bdc__mutation *m, const bdc_row *row) {
  bdc_str number = bdc__samples_draw(m->samples, row, m->draw);
  if (number.size && !bdc__mutation_one_in(m, 4)) {
    bdc__mutation_put(m, number);
  } else {
    put_any_number(m);
  }
}

/* ---- containers ---- */

static void put_value(bdc__mutation *m, const bdc_row *row, unsigned depth);

static void put_object(bdc__mutation *m, const bdc_object *object, unsigned depth) {
  uint32_t some = 1 + bdc__mutation_below(m, 4);
  bool first = true;
  bdc__mutation_put(m, BDC_STR("{"));
  for (size_t i = 0; i < object->row_count; i++) {
    const bdc_row *row = &object->rows[i];
    bool mandatory = row->flags & BDC__ROW_MANDATORY;
    if ((mandatory && depth < DEPTH_MOST) || (depth < DEPTH_MAX && bdc__mutation_one_in(m, some))) {
      bdc__mutation_put(m, first ? BDC_STR("") : BDC_STR(","));
      bdc__mutation_put_string(m, row->name);
      bdc__mutation_put(m, BDC_STR(":"));
      put_value(m, row, depth + 1);
      first = false;
    }
  }
  bdc__mutation_put(m, BDC_STR("}"));
}

static size_t any_count(bdc__mutation *m, const bdc_row *row, unsigned depth) {
  size_t count = bdc__mutation_one_in(m, 2) ? bdc__near_limit(m, row->items_min, row->items_max) : bdc__mutation_below(m, 4);
  size_t most = depth < DEPTH_MAX ? (size_t)ITEMS_MAX >> depth : 0;
  return count < most ? count : most;
}

/* Maps have keys, arrays none. */
static void put_items(bdc__mutation *m, const bdc_row *row, unsigned depth) {
  bool map = row->kind == BDC_KIND_MAP;
  size_t count = any_count(m, row, depth);
  bdc__mutation_put(m, map ? BDC_STR("{") : BDC_STR("["));
  for (size_t i = 0; i < count; i++) {
    bdc__mutation_put(m, i ? BDC_STR(",") : BDC_STR(""));
    if (map) {
      bdc__mutation_put(m, BDC_STR("\"key"));
      bdc__text_add_number(&m->out, i);
      bdc__mutation_put(m, BDC_STR("\":"));
    }
    if (i == 0 && row->includes.data && !bdc__mutation_one_in(m, 4)) {
      bdc__mutation_put_string(m, row->includes);
    } else {
      put_value(m, row->element, depth + 1);
    }
  }
  bdc__mutation_put(m, map ? BDC_STR("}") : BDC_STR("]"));
}

/* ---- any ---- */

static void put_any(bdc__mutation *m) {
  static const bdc_str list[] = {
    BDC__STR_INIT("null"), BDC__STR_INIT("true"),       BDC__STR_INIT("false"),       BDC__STR_INIT("0"),
    BDC__STR_INIT("1"),    BDC__STR_INIT("\"\""),       BDC__STR_INIT("\"1\""),       BDC__STR_INIT("\"null\""),
    BDC__STR_INIT("[]"),   BDC__STR_INIT("{}"),         BDC__STR_INIT("[null]"),      BDC__STR_INIT("[\"a\",1]"),
    BDC__STR_INIT("[[]]"), BDC__STR_INIT("{\"a\":{}}"), BDC__STR_INIT("\"\\u0000\""), BDC__STR_INIT("\"true\""),
  };
  if (bdc__mutation_one_in(m, 3)) {
    put_any_number(m);
  } else {
    bdc__mutation_put(m, any_of(m, list, LENGTH(list)));
  }
}

static void put_value(bdc__mutation *m, const bdc_row *row, unsigned depth) {
  if (m->out.size > m->out.capacity) {
    return; /* it is given up already */
  }
  if (row->flags & BDC__ROW_NULLABLE && bdc__mutation_one_in(m, 8)) {
    bdc__mutation_put(m, BDC_STR("null"));
    return;
  }
  switch ((bdc_kind)row->kind) {
  case BDC_KIND_STRING:
    put_string(m, row);
    return;
  case BDC_KIND_INTEGER:
  case BDC_KIND_LONG:
  case BDC_KIND_NUMBER:
    put_number(m, row);
    return;
  case BDC_KIND_BOOLEAN:
    bdc__mutation_put(m, bdc__mutation_one_in(m, 2) ? BDC_STR("true") : BDC_STR("false"));
    return;
  case BDC_KIND_OBJECT:
    put_object(m, row->object, depth);
    return;
  case BDC_KIND_ARRAY:
  case BDC_KIND_MAP:
    put_items(m, row, depth);
    return;
  case BDC_KIND_ANY:
    put_any(m);
  }
}

void bdc__mutation_put_value(bdc__mutation *m, const bdc_row *row) {
  if (row) {
    put_value(m, row, 0);
  } else {
    put_any(m);
  }
}

/* ---- changes ---- */

bool bdc__change_value(bdc__mutation *m) {
  const bdc__span *span = bdc__mutation_any(m);
  if (!span->row || bdc__span_is_container(span)) {
    return false;
  }
  bdc__mutation_cut(m, span->start, span->end);
  put_value(m, span->row, 0);
  return true;
}

/* A number as a string and the like: what some readers take for the same. */
static void put_quoted(bdc__mutation *m, const bdc__span *span) {
  bdc__mutation_put(m, BDC_STR("\""));
  bdc__mutation_put(m, bdc__mutation_part(m, span->start, span->end));
  bdc__mutation_put(m, BDC_STR("\""));
}

bool bdc__change_type(bdc__mutation *m) {
  const bdc__span *span = bdc__mutation_any(m);
  bool quotable = span->kind != BDC__JSON_STRING && !bdc__span_is_container(span);
  bdc__mutation_cut(m, span->start, span->end);
  if (quotable && bdc__mutation_one_in(m, 3)) {
    put_quoted(m, span);
  } else {
    put_any(m);
  }
  return true;
}

bool bdc__change_body(bdc__mutation *m) {
  bdc__mutation_cut(m, 0, m->text.size);
  bdc__mutation_put_value(m, m->root);
  return true;
}
