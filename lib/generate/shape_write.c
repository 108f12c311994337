/* SPDX-License-Identifier: MIT */
/* Texts of shapes. */
#include "generate/shape_node.h"

enum { TEXT_MAX = 1 << 16, STEPS_MAX = 1 << 18 };

typedef struct writer {
  bdc__draw *draw;
  bdc__buffer *out;
  uint64_t spare; /* characters that may be written beyond the fewest */
  bool fill;      /* they are to be used up */
  size_t steps;
  size_t starts[BDC__SHAPE_GROUPS];
  size_t ends[BDC__SHAPE_GROUPS];
} writer;

static void write_node(writer *w, const bdc__shape *shape);

/* Mostly letters and digits where there are any, then what is printed, then anything. */
static uint32_t member(writer *w, const bdc__ranges *ranges) {
  static const bdc__range preferred[] = { { 'a', 'z' }, { '0', '9' }, { 'A', 'Z' }, { '!', '~' }, { 0, 0x10ffff } };
  uint32_t c = 0;
  size_t from = bdc__draw_below(w->draw, 3);
  for (size_t i = 0; i < 3; i++) {
    const bdc__range *range = &preferred[(from + i) % 3];
    if (bdc__ranges_draw(ranges, w->draw, range->first, range->last, &c)) {
      return c;
    }
  }
  if (!bdc__ranges_draw(ranges, w->draw, preferred[3].first, preferred[3].last, &c)) {
    bdc__ranges_draw(ranges, w->draw, preferred[4].first, preferred[4].last, &c);
  }
  return c;
}

/* How often a repetition goes beyond its least. */
static uint64_t further(writer *w, const bdc__shape *shape) {
  uint64_t each = shape->child->least ? shape->child->least : 1;
  uint64_t most = shape->max - shape->min < w->spare / each ? shape->max - shape->min : w->spare / each;
  return w->fill || most == 0 ? most : bdc__draw_below(w->draw, (size_t)(most < 4 ? most : 4) + 1);
}

static void write_repeat(writer *w, const bdc__shape *shape) {
  uint64_t more_often = further(w, shape);
  uint64_t count = shape->min + more_often;
  w->spare -= more_often * shape->child->least;
  for (uint64_t i = 0; i < count && w->out->size < TEXT_MAX && w->steps < STEPS_MAX; i++) {
    write_node(w, shape->child);
  }
}

/* An alternative that fits what may still be written, as the shortest always does: each of those with the same chance. */
static void write_choice(writer *w, const bdc__shape *shape) {
  const bdc__shape *chosen = shape->child;
  size_t count = 0;
  for (const bdc__shape *item = shape->child; item; item = item->next) {
    if (item->least - shape->least <= w->spare && bdc__draw_one_in(w->draw, ++count)) {
      chosen = item;
    }
  }
  w->spare -= chosen->least - shape->least;
  write_node(w, chosen);
}

static void write_group(writer *w, const bdc__shape *shape) {
  size_t start = w->out->size;
  write_node(w, shape->child);
  if (shape->number < BDC__SHAPE_GROUPS) {
    w->starts[shape->number] = start;
    w->ends[shape->number] = w->out->size;
  }
}

static void write_back(writer *w, const bdc__shape *shape) {
  if (shape->number >= BDC__SHAPE_GROUPS) {
    return;
  }
  for (size_t at = w->starts[shape->number]; at < w->ends[shape->number]; at++) {
    bdc__buffer_add_byte(w->out, w->out->data[at]);
  }
}

static void write_node(writer *w, const bdc__shape *shape) {
  w->steps++;
  switch (shape->kind) {
  case BDC__SHAPE_EMPTY:
    return;
  case BDC__SHAPE_LITERAL:
    bdc__buffer_add_character(w->out, shape->number);
    return;
  case BDC__SHAPE_CLASS:
    bdc__buffer_add_character(w->out, member(w, &shape->ranges));
    return;
  case BDC__SHAPE_REPEAT:
    write_repeat(w, shape);
    return;
  case BDC__SHAPE_SEQUENCE:
    for (const bdc__shape *item = shape->child; item; item = item->next) {
      write_node(w, item);
    }
    return;
  case BDC__SHAPE_CHOICE:
    write_choice(w, shape);
    return;
  case BDC__SHAPE_GROUP:
    write_group(w, shape);
    return;
  case BDC__SHAPE_BACK:
    write_back(w, shape);
    return;
  }
}

void bdc__shape_write(const bdc__shape *shape, bdc__draw *draw, uint64_t length, bdc__buffer *out) {
  enum { SPARE = 8 };
  writer w = { .draw = draw, .out = out, .fill = length != BDC_UNBOUNDED };
  w.spare = !w.fill ? bdc__draw_below(draw, SPARE) : length > shape->least ? length - shape->least : 0;
  write_node(&w, shape);
}
