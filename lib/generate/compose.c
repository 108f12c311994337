/* SPDX-License-Identifier: MIT */
/* Bodies that are valid but for what stands at one spot. */
#include "generate/generator.h"

#include "base/str.h"
#include "base/utf8.h"

/* ---- spots ---- */

/* How many valid items stand before the one of interest, so that there are enough of them. */
static uint64_t items_before(const bdc_row *row) {
  uint64_t least = row->items_min > 1 ? row->items_min - 1 : 0;
  return row->includes.data && least == 0 ? 1 : least;
}

static void add_token(const bdc_row *row, const bdc_row *next, bdc__buffer *out) {
  switch ((bdc_kind)row->kind) {
  case BDC_KIND_OBJECT:
    bdc__buffer_add(out, next->pointer);
    return;
  case BDC_KIND_ARRAY:
    bdc__buffer_add_byte(out, '/');
    bdc__buffer_add_number(out, items_before(row));
    return;
  default:
    bdc__buffer_add_literal(out, "/key");
    return;
  }
}

/* The rows on the way to a spot, the body's own first; how many there are. */
static size_t way_to(const bdc_generator *g, size_t spot, const bdc_row *way[BDC__SPOT_DEPTH_MAX + 1]) {
  size_t count = g->spots[spot].depth + (size_t)1;
  for (size_t i = count; i-- > 0; spot = g->spots[spot].parent) {
    way[i] = g->spots[spot].row;
  }
  return count;
}

void bdc__spot_pointer(const bdc_generator *g, size_t spot, bdc__buffer *out) {
  const bdc_row *way[BDC__SPOT_DEPTH_MAX + 1];
  size_t count = way_to(g, spot, way);
  bdc__buffer_clear(out);
  for (size_t i = 0; i + 1 < count; i++) {
    add_token(way[i], way[i + 1], out);
  }
}

uint64_t bdc__spot_names(const bdc_generator *g, size_t spot) {
  uint64_t names = 0;
  while (g->spots[spot].depth > 0 && names < BDC__NAMES_MAX) {
    spot = g->spots[spot].parent;
    const bdc_row *row = g->spots[spot].row;
    names += row->kind == BDC_KIND_MAP ? items_before(row) + 1 : 0;
  }
  return names < BDC__NAMES_MAX ? names : BDC__NAMES_MAX;
}

bool bdc__spot_is_member(const bdc_generator *g, size_t spot) {
  return g->spots[spot].depth > 0 && g->spots[g->spots[spot].parent].row->kind == BDC_KIND_OBJECT;
}

size_t bdc__spot_find(const bdc_generator *g, bool (*fits)(const bdc_row *row)) {
  for (size_t i = 0; i < g->spot_count; i++) {
    if (fits(g->spots[i].row)) {
      return i;
    }
  }
  return SIZE_MAX;
}

/* ---- composing ---- */

typedef struct composition {
  bdc_generator *g;
  const bdc_row *way[BDC__SPOT_DEPTH_MAX + 1];
  size_t count;
  bool member; /* the token stands for a whole member, with its name */
} composition;

static bool compose_level(const composition *of, size_t level, bdc__filling filling);

/* What leads to the spot, or the token itself. */
static bool compose_next(const composition *of, size_t level, bdc__filling filling) {
  if (level + 1 < of->count) {
    return compose_level(of, level, filling);
  }
  bdc__buffer_add(&of->g->body_text, bdc__buffer_text(&of->g->token));
  of->g->token_end = of->g->body_text.size;
  return true;
}

/* The member on the way, or what stands for it. */
static bool add_target(const composition *of, size_t level, bdc__filling filling) {
  const bdc_row *row = of->way[level + 1];
  bdc__buffer *out = &of->g->body_text;
  bool last = level + 2 == of->count;
  if (!last || !of->member) {
    bdc__string_write(out, row->name, BDC__SPELL_PLAIN, &of->g->values.draw);
    bdc__buffer_add_byte(out, ':');
  }
  return compose_next(of, level + 1, (bdc__filling){ filling.optional, filling.depth ? filling.depth - 1 : 0 });
}

static bool add_others(const composition *of, size_t level, bdc__filling filling) {
  return bdc__members_write(&of->g->values, of->way[level]->object, of->way[level + 1], filling, &of->g->body_text);
}

/* The member on the way before the others, or behind them; a comma between what there is of both. */
static bool compose_object(const composition *of, size_t level, bdc__filling filling) {
  bdc__buffer *out = &of->g->body_text;
  bool others_first = bdc__draw_one_in(&of->g->values.draw, 2);
  bdc__buffer_add_byte(out, '{');
  size_t start = out->size;
  if (!(others_first ? add_others : add_target)(of, level, filling)) {
    return false;
  }
  size_t comma = out->size;
  bdc__buffer_add_literal(out, out->size > start ? "," : "");
  size_t second = out->size;
  if (!(others_first ? add_target : add_others)(of, level, filling)) {
    return false;
  }
  out->size = out->size == second ? comma : out->size;
  bdc__buffer_add_byte(out, '}');
  return true;
}

static bool compose_items(const composition *of, size_t level, bdc__filling filling) {
  bdc__buffer *out = &of->g->body_text;
  bdc__values *values = &of->g->values;
  const bdc_row *row = of->way[level];
  bdc__filling inner = { filling.optional, filling.depth ? filling.depth - 1 : 0 };
  bool array = row->kind == BDC_KIND_ARRAY;
  uint64_t before = items_before(row);
  uint64_t around = values->names;
  if (!array && before >= BDC__NAMES_MAX - around) {
    return false;
  }
  bdc__buffer_add_byte(out, array ? '[' : '{');
  bool written = bdc__items_write(values, row, before, filling, out);
  bdc__buffer_add_literal(out, before ? "," : "");
  bdc__buffer_add_literal(out, array ? "" : "\"key\":");
  values->names += array ? 0 : before + 1;
  written = written && compose_next(of, level + 1, inner);
  values->names = around;
  bdc__buffer_add_byte(out, array ? ']' : '}');
  return written;
}

static bool compose_level(const composition *of, size_t level, bdc__filling filling) {
  return of->way[level]->kind == BDC_KIND_OBJECT ? compose_object(of, level, filling) : compose_items(of, level, filling);
}

/* The body around g->token. */
static bool compose(bdc_generator *g, size_t spot, bool member) {
  composition of = { .g = g, .member = member };
  of.count = way_to(g, spot, of.way);
  g->values.names = 0;
  return bdc__buffer_whole(&g->token) && compose_next(&of, 0, g->filling) && bdc__buffer_whole(&g->body_text);
}

/* Ends the turn. */
static void make(bdc_generator *g, size_t spot, bool member) {
  bdc__buffer_clear(&g->body_text);
  if (!compose(g, spot, member)) {
    bdc__leave_out(g, BDC_OMITTED_VALID);
    return;
  }
  g->outcome = BDC__MADE;
}

static void point_at(bdc_generator *g, size_t spot) {
  if (g->made.reported) {
    bdc__spot_pointer(g, spot, &g->pointer);
    g->made.pointer = bdc__buffer_text(&g->pointer);
    g->made.field = g->spots[spot].row->name;
  }
}

void bdc__make_value(bdc_generator *g, size_t spot) {
  point_at(g, spot);
  make(g, spot, false);
}

void bdc__make_broken_text(bdc_generator *g, size_t spot) {
  make(g, spot, false);
}

void bdc__make_string(bdc_generator *g, size_t spot, bdc__spelling spelling) {
  bdc__string_write(&g->token, bdc__buffer_text(&g->text), spelling, &g->values.draw);
  bdc__make_value(g, spot);
}

void bdc__make_member(bdc_generator *g, size_t spot) {
  point_at(g, spot);
  make(g, spot, true);
}

/* A name as a report's pointer has it: cut, and with RFC 6901's escapes. */
static void add_name(bdc__buffer *out, bdc_str name) {
  bdc__buffer_add_byte(out, '/');
  for (size_t i = 0; i < name.size; i++) {
    char c = name.data[i];
    if (c == '~' || c == '/') {
      bdc__buffer_add_literal(out, c == '~' ? "~0" : "~1");
    } else {
      bdc__buffer_add_byte(out, c);
    }
  }
}

void bdc__make_within(bdc_generator *g, size_t spot, bdc_str name) {
  enum { SHOWN = 64 };
  if (g->made.reported) {
    bdc_str shown = bdc__utf8_cut(name, SHOWN);
    bdc__spot_pointer(g, spot, &g->pointer);
    add_name(&g->pointer, shown);
    g->made.pointer = bdc__buffer_text(&g->pointer);
    /* Kept behind the pointer, where it lives as long. */
    size_t at = g->pointer.size;
    bdc__buffer_add(&g->pointer, shown);
    g->made.pointer = (bdc_str){ g->pointer.data, at };
    g->made.field = (bdc_str){ g->pointer.data + at, shown.size };
  }
  make(g, spot, false);
}

void bdc__make_text(bdc_generator *g) {
  if (!bdc__buffer_whole(&g->body_text)) {
    bdc__leave_out(g, BDC_OMITTED_SIZE);
    return;
  }
  g->outcome = BDC__MADE;
}

size_t bdc__quoted_end(bdc_str text, size_t at) {
  for (at++; text.data[at] != '"'; at++) {
    at += text.data[at] == '\\';
  }
  return at + 1;
}

bool bdc__valid_body(bdc_generator *g, bdc__filling filling) {
  bdc__buffer_clear(&g->body_text);
  if (!bdc__value_write(&g->values, &g->body->root, filling, &g->body_text)) {
    bdc__leave_out(g, BDC_OMITTED_VALID);
    return false;
  }
  return true;
}
