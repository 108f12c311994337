/* SPDX-License-Identifier: MIT */
/* Which layouts are kept, and how one is taken from a body. Nothing here is on the way of a body whose layout is known. */
#include "accept/layout.h"

#include "base/word.h"

/*
 * After so many misses in a row the layout of the next body takes its place. The waits double, so that it hardly costs anything where
 * no two bodies are alike: to take a layout is as much work as to walk over the body a few times.
 */
enum { MISSES_TO_REPLACE = 3, MISSES_MAX = 10, OTHERS_MAX = 32 };

enum { STEPS_MAX = 64, TEXTS_MAX = 1024, DEPTH_MAX = 32 };

/* A layout in the making. */
typedef struct making {
  const unsigned char *body;
  size_t at;        /* what is before here is understood */
  size_t text_from; /* and from here on it belongs to the next step */
  bool fails;
  unsigned depth;
  unsigned loops; /* that are open */
  size_t step_count;
  size_t texts_size;
  bdc__layout_step steps[STEPS_MAX];
  unsigned char texts[TEXTS_MAX];
} making;

/* ---- taking a layout from a body, which is well-formed and what its table says ---- */

static void add_text(making *m, size_t size) {
  if (TEXTS_MAX - m->texts_size < size) {
    m->fails = true;
    return;
  }
  memcpy(m->texts + m->texts_size, m->body + m->text_from, size);
  m->texts_size += size;
  m->text_from += size;
}

static void add_step(making *m, size_t size, const bdc__plan *plan, bdc__layout_kind kind) {
  if (m->step_count == STEPS_MAX) {
    m->fails = true;
    return;
  }
  m->steps[m->step_count++] = (bdc__layout_step){ .plan = plan, .kind = (uint8_t)kind, .text_size = (uint8_t)size };
  add_text(m, size);
}

/* All up to here is text, and a value of a row comes next. */
static void end_text(making *m, const bdc__plan *plan, bdc__layout_kind kind) {
  while (!m->fails && m->at - m->text_from > BDC__LAYOUT_TEXT_MAX) {
    add_step(m, BDC__LAYOUT_TEXT_MAX, NULL, BDC__LAYOUT_TEXT);
  }
  if (!m->fails) {
    add_step(m, m->at - m->text_from, plan, kind);
  }
}

static unsigned char skip_blanks(making *m) {
  while (m->body[m->at] == ' ' || m->body[m->at] == '\t' || m->body[m->at] == '\n' || m->body[m->at] == '\r') {
    m->at++;
  }
  return m->body[m->at];
}

/* The bytes of a string whose first quote has been read; its last one has not. */
static size_t skip_string(making *m) {
  size_t from = m->at;
  while (m->body[m->at] != '"') {
    m->at += m->body[m->at] == '\\' ? 2 : 1;
  }
  return m->at - from;
}

static void take_value(making *m, const bdc__plan *plan);

static void take_string(making *m, const bdc__plan *plan) {
  m->at++;
  end_text(m, plan, BDC__LAYOUT_STRING);
  skip_string(m);
  m->text_from = m->at++;
}

static void take_scalar(making *m, const bdc__plan *plan) {
  end_text(m, plan, BDC__LAYOUT_SCALAR);
  while (!memchr(" \t\n\r,]}", m->body[m->at], 7)) {
    m->at++;
  }
  m->text_from = m->at;
}

/* Whether one of the items is the one that must be there is known only as long as they stay the same: they are text. */
static void take_items_as_text(making *m, const bdc_row *row) {
  m->fails |= (row->flags & BDC__ROW_SECRET) != 0;
  while (skip_blanks(m) != ']') {
    if (m->body[m->at++] == '"') {
      skip_string(m);
      m->at++;
    }
  }
}

/* The steps of an item, from a place in the steps and texts on. */
typedef struct item {
  size_t step;
  size_t step_count;
  size_t text;
  size_t texts_size;
} item;

static item take_item(making *m, const bdc_row *array) {
  item taken = { .step = m->step_count, .text = m->texts_size };
  take_value(m, array->element_plan);
  end_text(m, NULL, BDC__LAYOUT_ITEM_END);
  taken.step_count = m->step_count - taken.step;
  taken.texts_size = m->texts_size - taken.text;
  return taken;
}

/* Of the last steps only the texts: that of the first item says more already. */
static bool are_alike(const making *m, const item *a, const item *b) {
  static_assert(sizeof(bdc__layout_step) == sizeof(void *) + 8, "steps are compared as bytes");
  return a->step_count == b->step_count && a->texts_size == b->texts_size &&
         memcmp(m->texts + a->text, m->texts + b->text, a->texts_size) == 0 &&
         memcmp(m->steps + a->step, m->steps + b->step, (a->step_count - 1) * sizeof m->steps[0]) == 0;
}

/* From behind an item to where the next one begins. */
static void take_separator(making *m, const item *first, bdc__layout_step *end) {
  m->at++;
  skip_blanks(m);
  size_t size = m->at - m->text_from;
  if (end->separator_size == 0 && size <= BDC__LAYOUT_TEXT_MAX) {
    end->separator_size = (uint8_t)size;
    add_text(m, size);
  } else if (size != end->separator_size || memcmp(m->texts + first->text + first->texts_size, m->body + m->text_from, size) != 0) {
    m->fails = true;
  }
  m->text_from = m->at;
}

/* All items must be like the first one. Of an array with one item it is not known what separates two. */
static void take_other_items(making *m, const bdc_row *array, const item *first) {
  bdc__layout_step *end = &m->steps[first->step + first->step_count - 1];
  end->loop = (uint8_t)(m->loops - 1);
  end->steps_back = (uint16_t)(first->step_count - 1);
  end->texts_back = (uint16_t)first->texts_size;
  while (skip_blanks(m) != ']' && !m->fails) {
    take_separator(m, first, end);
    item other = take_item(m, array);
    m->fails = m->fails || !are_alike(m, first, &other);
    m->step_count = other.step;
    m->texts_size = other.text;
  }
  end->array = end->separator_size ? array : NULL;
  end->kind = end->separator_size ? BDC__LAYOUT_ITEM_END : BDC__LAYOUT_TEXT;
}

static void take_items(making *m, const bdc_row *array) {
  if (skip_blanks(m) == ']') {
    return;
  }
  if (m->loops++ == BDC__LAYOUT_LOOPS_MAX) {
    m->fails = true;
  }
  end_text(m, NULL, BDC__LAYOUT_TEXT);
  item first = take_item(m, array);
  if (!m->fails) {
    take_other_items(m, array, &first);
  }
  m->loops--;
}

static void take_array(making *m, const bdc_row *row) {
  m->at++;
  if (row->includes.data) {
    take_items_as_text(m, row);
  } else {
    take_items(m, row);
  }
  m->at++;
}

static const bdc__plan *plan_of_member(const bdc_row *row, bdc_str name) {
  const bdc_object *object = row->object;
  const bdc_row *member = object ? bdc__object_find(object, name) : NULL;
  return member ? &object->plan[member - object->rows] : row->element_plan;
}

static void take_members(making *m, const bdc_row *row) {
  m->at++;
  for (unsigned char c = skip_blanks(m); c != '}' && !m->fails; c = skip_blanks(m)) {
    m->at += c == ',';
    skip_blanks(m);
    m->at++;
    bdc_str name = { .data = (const char *)m->body + m->at };
    name.size = skip_string(m);
    m->at++;
    skip_blanks(m);
    m->at++;
    take_value(m, plan_of_member(row, name));
  }
  m->at++;
}

static void take_container(making *m, const bdc_row *row) {
  if (m->depth++ == DEPTH_MAX) {
    m->fails = true;
  } else if (m->body[m->at] == '{') {
    take_members(m, row);
  } else {
    take_array(m, row);
  }
  m->depth--;
}

/* Without a plan it is undocumented, or of type any. */
static void take_value(making *m, const bdc__plan *plan) {
  unsigned char c = skip_blanks(m);
  if (!plan) {
    m->fails = true;
  } else if (c == '"') {
    take_string(m, plan);
  } else if (c == '{' || c == '[') {
    take_container(m, plan->row);
  } else {
    take_scalar(m, plan);
  }
}

/* False where it has too much in it, or is a value alone. */
static bool take_layout(making *m, const bdc_row *root, const unsigned char *body) {
  m->body = body;
  m->at = m->text_from = m->step_count = m->texts_size = 0;
  m->depth = m->loops = 0;
  unsigned char first = skip_blanks(m);
  m->fails = first != '{' && first != '[';
  if (!m->fails) {
    take_container(m, root);
  }
  end_text(m, NULL, BDC__LAYOUT_END);
  return !m->fails;
}

/* ---- keeping it ---- */

/* Until so many bodies have passed it is not tried. */
static void let_wait(bdc__layout *layout, unsigned wait) {
  layout->ready = NULL;
  layout->wait = (uint16_t)wait;
}

/* Frees memory that others have. */
static void make_room(bdc__layouts *layouts, const unsigned char *from, size_t size) {
  for (size_t i = 0; i < layouts->count; i++) {
    bdc__layout *layout = &layouts->places[i];
    const unsigned char *taken = (const unsigned char *)layout->steps;
    if (layout->size && taken < from + size && from < taken + layout->size) {
      layout->size = 0;
      let_wait(layout, 1);
    }
  }
}

/* Memory is taken in a circle: the oldest layouts go first. False where there is not enough of it. */
static bool keep(bdc__layouts *layouts, bdc__layout *layout, const making *m) {
  const size_t alignment = alignof(bdc__layout_step);
  size_t of_steps = m->step_count * sizeof m->steps[0];
  size_t size = (of_steps + m->texts_size + alignment - 1) / alignment * alignment;
  if (layouts->size < size) {
    return false;
  }
  unsigned char *at = layouts->memory + (layouts->size - layouts->next < size ? 0 : layouts->next);
  layouts->next = (size_t)(at - layouts->memory) + size;
  make_room(layouts, at, size);
  memcpy(at, m->steps, of_steps);
  memcpy(at + of_steps, m->texts, m->texts_size);
  layout->steps = (const bdc__layout_step *)(const void *)at;
  layout->texts = at + of_steps;
  layout->size = (uint16_t)size;
  return true;
}

bool bdc__layout_take(bdc__layouts *layouts, const bdc_row *root, const unsigned char *body) {
  making m;
  bdc__layout *layout = bdc__layout_place(layouts, root);
  layout->root = root;
  layout->size = 0;
  layout->ready = NULL;
  if (!take_layout(&m, root, body) || !keep(layouts, layout, &m)) {
    return false;
  }
  layout->ready = root;
  return true;
}

/* ---- memory ---- */

/* A place for so many bytes: a layout of the usual size and the place take that. */
enum { BYTES_PER_PLACE = 256 };

bdc__layouts *bdc__layouts_new(const bdc_allocator *allocator, size_t bytes) {
  unsigned bits = 1; /* a shift by all 64 bits is none */
  while (((size_t)2 << bits) <= bytes / BYTES_PER_PLACE) {
    bits++;
  }
  size_t count = (size_t)1 << bits;
  size_t before = sizeof(bdc__layouts) + count * sizeof(bdc__layout);
  size_t after = bytes < before + BDC__LAYOUT_TEXT_MAX ? 0 : bytes - before - BDC__LAYOUT_TEXT_MAX;
  after -= after % alignof(bdc__layout_step);
  unsigned char *memory = allocator->allocate(before + after + BDC__LAYOUT_TEXT_MAX, allocator->context);
  if (!memory) {
    return NULL;
  }
  memset(memory, 0, before + after + BDC__LAYOUT_TEXT_MAX);
  bdc__layouts *layouts = (bdc__layouts *)(void *)memory;
  layouts->memory = memory + before;
  layouts->size = after;
  layouts->count = count;
  layouts->shift = 64 - bits;
  return layouts;
}

void bdc__layouts_free(const bdc_allocator *allocator, bdc__layouts *layouts) {
  allocator->release(layouts, allocator->context);
}

/* ---- when ---- */

void bdc__layout_missed(bdc__layout *layout) {
  if (layout->misses < MISSES_MAX) {
    layout->misses++;
  }
  let_wait(layout, 1u << layout->misses);
}

void bdc__layout_offer(bdc__layouts *layouts, const bdc_row *root, const unsigned char *body) {
  bdc__layout *layout = bdc__layout_place(layouts, root);
  if (layout->root != root) {
    /* A first body is not worth it: maybe there is no second. What was learned about missing holds for the place, not for the table. */
    if (!layout->root || layout->others++ == OTHERS_MAX) {
      *layout = (bdc__layout){ .root = root, .misses = layout->misses };
      let_wait(layout, 1u << layout->misses);
    }
  } else if (layout->wait > 1) {
    layout->wait--;
  } else if (layout->size && layout->misses < MISSES_TO_REPLACE) {
    layout->ready = root;
  } else if (!bdc__layout_take(layouts, root, body)) {
    bdc__layout_missed(layout);
  }
}
