/* SPDX-License-Identifier: MIT */
/* Members and items: doubled, removed, moved, renamed, put in, wrapped. */
#include "base/str.h"
#include "generate/mutation.h"

enum { TRIES = 8, REPEATS_MAX = 1 << 16, WRAPS_MAX = 1 << 10 };

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

const bdc__span *bdc__mutation_any_of_kind(bdc__mutation *m, bdc__json_event kind) {
  for (int i = 0; i < TRIES; i++) {
    const bdc__span *span = bdc__mutation_any(m);
    if (span->kind == kind) {
      return span;
    }
  }
  return NULL;
}

static bdc_str outer_of(const bdc__mutation *m, const bdc__span *span) {
  return bdc__mutation_part(m, span->outer, span->end);
}

static uint32_t number_of(const bdc__mutation *m, const bdc__span *span) {
  return (uint32_t)(span - m->spans->list);
}

/* A member or item; `kind`: of which container, 0 for either. */
static const bdc__span *any_element(bdc__mutation *m, unsigned kind) {
  for (int i = 0; i < TRIES; i++) {
    const bdc__span *span = bdc__mutation_any(m);
    if (span->parent == BDC__NO_SPAN) {
      continue;
    }
    const bdc__span *parent = &m->spans->list[span->parent];
    if (parent->whole && (kind == 0 || parent->kind == kind)) {
      return span;
    }
  }
  return NULL;
}

static const bdc__span *next_sibling(const bdc__mutation *m, const bdc__span *span) {
  const bdc__span *next = &m->spans->list[span->behind];
  return span->behind < m->spans->count && next->parent == span->parent ? next : NULL;
}

static const bdc__span *sibling_before(const bdc__mutation *m, const bdc__span *span) {
  const bdc__span *before = &m->spans->list[span->parent + 1];
  if (before == span) {
    return NULL;
  }
  while (before->behind != number_of(m, span)) {
    before = &m->spans->list[before->behind];
  }
  return before;
}

static const bdc__span *any_sibling(bdc__mutation *m, const bdc__span *span) {
  const bdc__span *parent = &m->spans->list[span->parent];
  const bdc__span *sibling = parent + 1;
  for (uint32_t steps = bdc__mutation_below(m, parent->count); steps > 0; steps--) {
    sibling = &m->spans->list[sibling->behind];
  }
  return sibling;
}

/* Behind a member or item, ahead of a new one. */
static void go_behind(bdc__mutation *m, const bdc__span *span) {
  bdc__mutation_keep(m, span->end);
  bdc__mutation_put(m, BDC_STR(","));
}

/* Within a container, before its first member or item; what comes is one, with its comma. NULL: nothing more to put. */
static void put_first(bdc__mutation *m, const bdc__span *container, bdc_str name, bdc_str value) {
  bdc__mutation_keep(m, container->start + 1);
  bdc__mutation_put(m, name);
  bdc__mutation_put(m, value);
  bdc__mutation_put(m, container->count ? BDC_STR(",") : BDC_STR(""));
}

/* ---- doubled and removed ---- */

bool bdc__change_double(bdc__mutation *m) {
  const bdc__span *span = any_element(m, 0);
  if (!span) {
    return false;
  }
  const bdc__span *sibling = any_sibling(m, span);
  go_behind(m, sibling);
  bdc__mutation_put(m, outer_of(m, span));
  return true;
}

/* Some readers take the first of two members of one name, some the last. */
bool bdc__change_override(bdc__mutation *m) {
  const bdc__span *span = any_element(m, BDC__JSON_OBJECT);
  if (!span) {
    return false;
  }
  bool before = bdc__mutation_one_in(m, 2);
  if (before) {
    bdc__mutation_keep(m, span->outer);
  } else {
    go_behind(m, span);
  }
  bdc__mutation_put(m, bdc__mutation_part(m, span->outer, span->start));
  bdc__mutation_put_value(m, span->row);
  if (before) {
    bdc__mutation_put(m, BDC_STR(","));
  }
  return true;
}

bool bdc__mutation_remove(bdc__mutation *m, const bdc__span *span) {
  if (!span || span->parent == BDC__NO_SPAN || !m->spans->list[span->parent].whole) {
    return false;
  }
  const bdc__span *next = next_sibling(m, span);
  const bdc__span *before = next ? NULL : sibling_before(m, span);
  bdc__mutation_cut(m, before ? before->end : span->outer, next ? next->outer : span->end);
  return true;
}

bool bdc__change_remove(bdc__mutation *m) {
  return bdc__mutation_remove(m, any_element(m, 0));
}

/* ---- moved ---- */

/* Two parts that do not overlap change places. */
static void swap(bdc__mutation *m, size_t start, size_t end, size_t other_start, size_t other_end) {
  bdc__mutation_cut(m, start, end);
  bdc__mutation_put(m, bdc__mutation_part(m, other_start, other_end));
  bdc__mutation_cut(m, other_start, other_end);
  bdc__mutation_put(m, bdc__mutation_part(m, start, end));
}

/* Two members or items of a container, or two values anywhere. */
bool bdc__change_swap(bdc__mutation *m) {
  bool siblings = bdc__mutation_one_in(m, 2);
  const bdc__span *span = siblings ? any_element(m, 0) : bdc__mutation_any(m);
  const bdc__span *other = !span ? NULL : siblings ? any_sibling(m, span) : bdc__mutation_any(m);
  if (!span || span == other) {
    return false;
  }
  const bdc__span *first = span < other ? span : other;
  const bdc__span *second = span < other ? other : span;
  if (second->start < first->end) {
    return false;
  }
  swap(m, siblings ? first->outer : first->start, first->end, siblings ? second->outer : second->start, second->end);
  return true;
}

/* The last of a container's members or items go before the first ones. */
bool bdc__change_rotate(bdc__mutation *m) {
  const bdc__span *span = any_element(m, 0);
  if (!span || !next_sibling(m, span)) {
    return false;
  }
  const bdc__span *parent = &m->spans->list[span->parent];
  const bdc__span *next = next_sibling(m, span);
  const bdc__span *last = next;
  while (next_sibling(m, last)) {
    last = next_sibling(m, last);
  }
  swap(m, parent[1].outer, span->end, next->outer, last->end);
  return true;
}

/* ---- named ---- */

static const bdc_str undocumented[] = {
  BDC__STR_INIT(""),     BDC__STR_INIT("x"),    BDC__STR_INIT("id"),         BDC__STR_INIT("__proto__"),  BDC__STR_INIT("constructor"),
  BDC__STR_INIT("$ref"), BDC__STR_INIT("type"), BDC__STR_INIT("name\0name"), BDC__STR_INIT("error_code"), BDC__STR_INIT("\xc3\xa9"),
  BDC__STR_INIT("~1/"),
};

static const bdc_row *any_row(bdc__mutation *m, const bdc_object *object) {
  return object && object->row_count ? &object->rows[bdc__mutation_below(m, (uint32_t)object->row_count)] : NULL;
}

/* The name as it stands with one more, another or an escaped character; it lies between quotes. */
static void put_name_changed(bdc__mutation *m, const bdc__span *span) {
  bdc_str name = bdc__mutation_part(m, span->outer + 1, span->name_end - 1);
  unsigned char first = name.size ? (unsigned char)name.data[0] : 0;
  bool letter = bdc__ascii_lower(first) >= 'a' && bdc__ascii_lower(first) <= 'z';
  char changed = (char)(first ^ 0x20);
  bdc__mutation_put(m, BDC_STR("\""));
  switch (bdc__mutation_below(m, 4)) {
  case 0: /* some readers look at bytes, not at what they stand for */
    if (letter) {
      static const char hex[] = "0123456789abcdef";
      char escape[] = { '\\', 'u', '0', '0', hex[first >> 4], hex[first & 15] };
      bdc__mutation_put(m, (bdc_str){ escape, sizeof escape });
      name = bdc__str_from(name, 1);
    }
    break;
  case 1:
    if (letter) {
      bdc__mutation_put(m, (bdc_str){ &changed, 1 });
      name = bdc__str_from(name, 1);
    }
    break;
  case 2:
    bdc__mutation_put(m, BDC_STR("_"));
    break;
  default: /* some readers end a text at a NUL */
    bdc__mutation_put(m, name);
    name = BDC_STR("\\u0000");
  }
  bdc__mutation_put(m, name);
  bdc__mutation_put(m, BDC_STR("\""));
}

bool bdc__change_rename(bdc__mutation *m) {
  const bdc__span *span = any_element(m, BDC__JSON_OBJECT);
  if (!span) {
    return false;
  }
  const bdc_row *row = any_row(m, bdc__span_object(&m->spans->list[span->parent]));
  bdc__mutation_cut(m, span->outer, span->name_end);
  if (row && bdc__mutation_one_in(m, 2)) {
    bdc__mutation_put_string(m, row->name);
  } else if (bdc__mutation_one_in(m, 4)) {
    bdc__mutation_put_string(m, undocumented[bdc__mutation_below(m, LENGTH(undocumented))]);
  } else {
    put_name_changed(m, span);
  }
  return true;
}

/* ---- put in ---- */

static const bdc__span *any_whole(bdc__mutation *m, bdc__json_event kind) {
  const bdc__span *span = bdc__mutation_any_of_kind(m, kind);
  return span && span->whole ? span : NULL;
}

/* Puts a member first or last into an object. */
static void put_member(bdc__mutation *m, const bdc__span *object, bdc_str name, const bdc_row *row) {
  bool last = object->count && bdc__mutation_one_in(m, 2);
  bdc__mutation_keep(m, object->start + 1);
  if (last) {
    const bdc__span *element = object + 1;
    while (next_sibling(m, element)) {
      element = next_sibling(m, element);
    }
    go_behind(m, element);
  }
  bdc__mutation_put_string(m, name);
  bdc__mutation_put(m, BDC_STR(":"));
  bdc__mutation_put_value(m, row);
  if (!last && object->count) {
    bdc__mutation_put(m, BDC_STR(","));
  }
}

bool bdc__change_put_member(bdc__mutation *m) {
  const bdc__span *object = any_whole(m, BDC__JSON_OBJECT);
  const bdc_row *row = object ? any_row(m, bdc__span_object(object)) : NULL;
  if (!row) {
    return false;
  }
  put_member(m, object, row->name, row);
  return true;
}

bool bdc__change_put_unknown(bdc__mutation *m) {
  const bdc__span *object = any_whole(m, BDC__JSON_OBJECT);
  if (!object) {
    return false;
  }
  put_member(m, object, undocumented[bdc__mutation_below(m, LENGTH(undocumented))], NULL);
  return true;
}

/* How often an item is put in: up to a limit of its array's, one beyond it, or often. */
static size_t repeats(bdc__mutation *m, const bdc__span *array) {
  const bdc_row *row = array->row;
  uint64_t limit = row && row->kind == BDC_KIND_ARRAY && bdc__mutation_one_in(m, 2) ? row->items_max : BDC_UNBOUNDED;
  if (limit < REPEATS_MAX && limit >= array->count) {
    return (size_t)limit - array->count + bdc__mutation_below(m, 2);
  }
  return (size_t)1 << bdc__mutation_below(m, bdc__mutation_one_in(m, 4) ? 13 : 5);
}

bool bdc__change_repeat(bdc__mutation *m) {
  const bdc__span *item = any_element(m, BDC__JSON_ARRAY);
  if (!item) {
    return false;
  }
  bdc_str text = outer_of(m, item);
  size_t room = bdc__mutation_room(m) / (text.size + 1);
  size_t count = repeats(m, &m->spans->list[item->parent]);
  count = count < room ? count : room;
  bdc__mutation_keep(m, item->end);
  for (size_t i = 0; i < count; i++) {
    bdc__mutation_put(m, BDC_STR(","));
    bdc__mutation_put(m, text);
  }
  return count > 0;
}

/* ---- wrapped, and put over one another ---- */

bool bdc__change_wrap(bdc__mutation *m) {
  const bdc__span *span = bdc__mutation_any(m);
  bool array = bdc__mutation_one_in(m, 2);
  uint32_t count = bdc__mutation_one_in(m, 8) ? bdc__mutation_below(m, WRAPS_MAX) : 1;
  bdc__mutation_keep(m, span->start);
  for (uint32_t i = 0; i < count; i++) {
    bdc__mutation_put(m, array ? BDC_STR("[") : BDC_STR("{\"a\":"));
  }
  bdc__mutation_keep(m, span->end);
  for (uint32_t i = 0; i < count; i++) {
    bdc__mutation_put(m, array ? BDC_STR("]") : BDC_STR("}"));
  }
  return count > 0;
}

bool bdc__change_unwrap(bdc__mutation *m) {
  const bdc__span *span = any_element(m, 0);
  if (!span) {
    return false;
  }
  const bdc__span *parent = &m->spans->list[span->parent];
  bdc__mutation_cut(m, parent->start, span->start);
  bdc__mutation_cut(m, span->end, parent->end);
  return true;
}

bool bdc__change_copy(bdc__mutation *m) {
  const bdc__span *from = bdc__mutation_any(m);
  const bdc__span *to = bdc__mutation_any(m);
  if (from == to) {
    return false;
  }
  bdc__mutation_cut(m, to->start, to->end);
  bdc__mutation_put(m, bdc__mutation_part(m, from->start, from->end));
  return true;
}

/* ---- of another body ---- */

/* A value of the same row as the donor's, if some tries find one. */
static const bdc__span *any_like(bdc__mutation *m, const bdc_row *row) {
  for (int i = 0; i < TRIES && row; i++) {
    const bdc__span *span = bdc__mutation_any(m);
    if (span->row == row) {
      return span;
    }
  }
  return bdc__mutation_any(m);
}

void bdc__change_cross(bdc__mutation *m, bdc_str other, const bdc__span *donor) {
  bdc_str value = { other.data + donor->start, donor->end - donor->start };
  bdc_str name = { other.data + donor->outer, donor->start - donor->outer };
  const bdc__span *container = any_whole(m, name.size ? BDC__JSON_OBJECT : BDC__JSON_ARRAY);
  if (container && bdc__mutation_one_in(m, 2)) {
    put_first(m, container, name, value);
    return;
  }
  const bdc__span *to = any_like(m, donor->row);
  bdc__mutation_cut(m, to->start, to->end);
  bdc__mutation_put(m, value);
}
