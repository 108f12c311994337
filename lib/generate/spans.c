/* SPDX-License-Identifier: MIT */
#include "generate/spans.h"

#include <string.h>

typedef struct finder {
  bdc__spans *spans;
  bdc__json_reader reader;
  const bdc_row *root;
  uint32_t open;     /* the innermost container that has a span */
  size_t beyond;     /* containers open within it that have none */
  uint32_t outer;    /* of the value that comes */
  uint32_t name_end; /* 0: it is no member */
  size_t name_size;  /* more than fits: no documented name */
  char name[BDC__NAME_MAX];
} finder;

static uint32_t place(const finder *f) {
  return (uint32_t)(f->reader.next - f->reader.piece);
}

static void take_name(finder *f) {
  bdc_str chunk = f->reader.text;
  if (f->reader.first) {
    f->outer = (uint32_t)f->reader.token_offset;
    f->name_size = 0;
  }
  if (chunk.size && f->name_size + chunk.size <= sizeof f->name) {
    memcpy(f->name + f->name_size, chunk.data, chunk.size);
  }
  f->name_size += chunk.size;
  if (f->reader.last) {
    f->name_end = place(f);
  }
}

static const bdc_row *row_within(const finder *f, const bdc__span *parent) {
  const bdc_row *row = parent->row;
  if (!row) {
    return NULL;
  }
  if (parent->kind == BDC__JSON_ARRAY) {
    return row->kind == BDC_KIND_ARRAY ? row->element : NULL;
  }
  if (row->kind == BDC_KIND_MAP) {
    return row->element;
  }
  const bdc_object *object = bdc__span_object(parent);
  return object && f->name_size <= sizeof f->name ? bdc__object_find(object, (bdc_str){ f->name, f->name_size }) : NULL;
}

/* A value begins. False: it gets no span. */
static bool begin_value(finder *f, bdc__json_event kind) {
  bdc__spans *spans = f->spans;
  bdc__span *parent = f->open == BDC__NO_SPAN ? NULL : &spans->list[f->open];
  uint32_t start = (uint32_t)f->reader.token_offset;
  uint32_t name_end = f->name_end;
  f->name_end = 0;
  if (f->beyond) {
    return false;
  }
  if (parent) {
    parent->count++;
  }
  if (parent && spans->count == spans->capacity) {
    parent->whole = false;
    return false;
  }
  spans->list[spans->count++] = (bdc__span){ .outer = name_end ? f->outer : start,
                                             .name_end = name_end ? name_end : start,
                                             .start = start,
                                             .parent = f->open,
                                             .kind = (uint8_t)kind,
                                             .whole = true,
                                             .row = parent ? row_within(f, parent) : f->root };
  return true;
}

static void end_value(finder *f, uint32_t number) {
  bdc__span *span = &f->spans->list[number];
  span->end = place(f);
  span->behind = f->spans->count;
}

static void open_container(finder *f, bdc__json_event kind) {
  if (begin_value(f, kind)) {
    f->open = f->spans->count - 1;
  } else {
    f->beyond++;
  }
}

static void close_container(finder *f) {
  if (f->beyond) {
    f->beyond--;
    return;
  }
  end_value(f, f->open);
  f->open = f->spans->list[f->open].parent;
}

static void take_scalar(finder *f, bdc__json_event kind) {
  bool text = kind == BDC__JSON_STRING || kind == BDC__JSON_NUMBER;
  if ((!text || f->reader.first) && begin_value(f, kind)) {
    end_value(f, f->spans->count - 1);
    return;
  }
  /* A further chunk: the span, if it has one, reaches further. */
  bdc__span *last = &f->spans->list[f->spans->count - 1];
  if (text && last->start == f->reader.token_offset) {
    last->end = place(f);
  }
}

bool bdc__spans_find(bdc__spans *spans, bdc_str text, const bdc_row *root) {
  finder f = { .spans = spans, .root = root, .open = BDC__NO_SPAN };
  spans->count = 0;
  bdc__json_begin(&f.reader, spans->containers, spans->depth_limit);
  bdc__json_feed(&f.reader, text.data, text.size, true);
  for (;;) {
    bdc__json_event event = bdc__json_next(&f.reader);
    switch (event) {
    case BDC__JSON_END:
      return true;
    case BDC__JSON_OBJECT:
    case BDC__JSON_ARRAY:
      open_container(&f, event);
      break;
    case BDC__JSON_OBJECT_END:
    case BDC__JSON_ARRAY_END:
      close_container(&f);
      break;
    case BDC__JSON_NAME:
      take_name(&f);
      break;
    case BDC__JSON_STRING:
    case BDC__JSON_NUMBER:
    case BDC__JSON_TRUE:
    case BDC__JSON_FALSE:
    case BDC__JSON_NULL:
      take_scalar(&f, event);
      break;
    default:
      return false;
    }
  }
}
