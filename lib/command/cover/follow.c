/* SPDX-License-Identifier: MIT */
#include "cover/follow.h"

#include "memory.h"
#include "output.h"
#include "text.h"
#include "json/reader.h"

#include <stdlib.h>

enum { DEPTH_MAX = UINT16_MAX }; /* the most that the limits of a checker may allow */

/* An open array or object. */
typedef struct frame {
  const bdc_row *governor;  /* the row that governs what is within; NULL where none does */
  const bdc_object *object; /* that of the governor, which may have none */
  size_t next_row;          /* of the object: where the next name is looked for first */
  const bdc_row *member;    /* the row of the member or item at hand */
  size_t name_offset;       /* of the member at hand; SIZE_MAX in an array */
  size_t name_start;        /* in the names: that of the member at hand */
  size_t pointer_size;      /* of its own pointer */
  size_t offset;
  uint64_t count;
  bool is_object;
} frame;

typedef struct follower {
  bdc__json_reader reader;
  bdc_str body;
  const bdc_row *root;
  frame *frames;
  size_t depth;
  size_t capacity;
  cmd_output pointer; /* of the value at hand */
  cmd_output names;   /* those of the members that are open, one behind the other */
  cmd_output text;    /* a string that came in chunks */
  uint64_t length;    /* of that string, in characters */
  void (*value)(const cmd_value *value, void *context);
  void *context;
} follower;

/* ---- rows ---- */

bool cmd_row_takes(const bdc_row_info *row, cmd_json_kind kind) {
  switch (row->kind) {
  case BDC_KIND_STRING:
    return kind == CMD_JSON_STRING;
  case BDC_KIND_INTEGER:
  case BDC_KIND_LONG:
    return kind == CMD_JSON_INTEGER;
  case BDC_KIND_NUMBER:
    return kind == CMD_JSON_INTEGER || kind == CMD_JSON_NUMBER;
  case BDC_KIND_BOOLEAN:
    return kind == CMD_JSON_TRUE || kind == CMD_JSON_FALSE;
  case BDC_KIND_ANY:
    return kind != CMD_JSON_NULL;
  case BDC_KIND_OBJECT:
  case BDC_KIND_MAP:
    return kind == CMD_JSON_OBJECT;
  case BDC_KIND_ARRAY:
    return kind == CMD_JSON_ARRAY;
  }
  return false;
}

static frame *innermost(const follower *f) {
  return f->depth > 0 ? &f->frames[f->depth - 1] : NULL;
}

static bool row_is_named(const bdc_row *row, bdc_str name) {
  return row && cmd_equal(bdc_row_describe(row).name, name);
}

/* Members mostly come in the order of the table, so the search begins behind the last one found. */
static const bdc_row *find_row(frame *at, bdc_str name) {
  size_t count = bdc_object_describe(at->object).row_count;
  for (size_t i = 0; i < count; i++) {
    size_t index = (at->next_row + i) % count;
    const bdc_row *row = bdc_object_row(at->object, index);
    if (row_is_named(row, name)) {
      at->next_row = index + 1;
      return row;
    }
  }
  return NULL;
}

/* ---- telling ---- */

static size_t here(const follower *f) {
  return (size_t)(f->reader.next - f->reader.piece);
}

/* An array has none. */
static bdc_str name_at_hand(const follower *f, const frame *around) {
  size_t size = f->names.size - around->name_start;
  return size > 0 ? (bdc_str){ f->names.data + around->name_start, size } : (bdc_str){ 0 };
}

/* The rest of a value that has ended: where it stands among those around it. */
static void tell(follower *f, cmd_value *value) {
  const frame *around = innermost(f);
  value->row = around ? around->member : f->root;
  value->parent = around ? around->governor : NULL;
  value->name_offset = around ? around->name_offset : SIZE_MAX;
  value->name = around ? name_at_hand(f, around) : (bdc_str){ 0 };
  value->pointer = cmd_output_text(&f->pointer);
  value->end = here(f);
  f->value(value, f->context);
}

static void put_token(cmd_output *pointer, bdc_str name) {
  cmd_puts(pointer, "/");
  for (size_t i = 0; i < name.size; i++) {
    char c = name.data[i];
    cmd_put(pointer, c == '~' ? BDC_STR("~0") : c == '/' ? BDC_STR("~1") : (bdc_str){ &name.data[i], 1 });
  }
}

/* A value begins: an item has its number for a name. */
static void begin_value(follower *f) {
  frame *around = innermost(f);
  if (around && !around->is_object) {
    f->pointer.size = around->pointer_size;
    cmd_puts(&f->pointer, "/");
    cmd_put_number(&f->pointer, around->count++);
  }
}

static void on_scalar(follower *f, cmd_json_kind kind) {
  begin_value(f);
  tell(f, &(cmd_value){ .kind = kind, .offset = f->reader.token_offset });
}

static void on_number(follower *f) {
  begin_value(f);
  size_t start = f->reader.token_offset;
  tell(f, &(cmd_value){ .kind = f->reader.integral ? CMD_JSON_INTEGER : CMD_JSON_NUMBER,
                        .offset = start,
                        .text = { f->body.data + start, here(f) - start } });
}

/* ---- strings and names ---- */

static void on_string(follower *f) {
  const bdc__json_reader *reader = &f->reader;
  if (reader->first) {
    begin_value(f);
    f->text.size = 0;
    f->length = 0;
  }
  f->length += reader->ascii ? reader->text.size : cmd_count_characters(reader->text);
  bool whole = reader->first && reader->last;
  if (!whole) {
    cmd_put(&f->text, reader->text);
  }
  if (reader->last) {
    tell(f, &(cmd_value){ .kind = CMD_JSON_STRING,
                          .offset = reader->token_offset,
                          .count = f->length,
                          .text = whole ? reader->text : cmd_output_text(&f->text) });
  }
}

static void on_name(follower *f) {
  frame *around = innermost(f);
  if (f->reader.first) {
    around->name_offset = f->reader.token_offset;
    f->names.size = around->name_start;
    around->count++;
  }
  cmd_put(&f->names, f->reader.text);
  if (!f->reader.last) {
    return;
  }
  bdc_str name = name_at_hand(f, around);
  f->pointer.size = around->pointer_size;
  put_token(&f->pointer, name);
  if (around->object) {
    around->member = find_row(around, name);
  }
}

/* ---- arrays and objects ---- */

/* A row governs what is within a value if that is of its type, and if it says more of its type than "any". */
static void govern(frame *at, const bdc_row *row, cmd_json_kind kind) {
  bdc_row_info info = bdc_row_describe(row);
  if (info.kind != BDC_KIND_ANY && cmd_row_takes(&info, kind)) {
    at->governor = row;
    at->object = info.object;
    at->member = info.element;
  }
}

static void on_open(follower *f, cmd_json_kind kind) {
  begin_value(f);
  const frame *around = innermost(f);
  const bdc_row *row = around ? around->member : f->root;
  f->frames = cmd_grow(f->frames, f->depth, &f->capacity, sizeof(*f->frames));
  frame *at = &f->frames[f->depth++];
  *at = (frame){ .name_offset = SIZE_MAX,
                 .name_start = f->names.size,
                 .pointer_size = f->pointer.size,
                 .offset = f->reader.token_offset,
                 .is_object = kind == CMD_JSON_OBJECT };
  if (row) {
    govern(at, row, kind);
  }
}

static void on_close(follower *f) {
  const frame *at = &f->frames[--f->depth];
  f->pointer.size = at->pointer_size;
  f->names.size = at->name_start;
  cmd_json_kind kind = at->is_object ? CMD_JSON_OBJECT : CMD_JSON_ARRAY;
  tell(f, &(cmd_value){ .kind = kind, .offset = at->offset, .count = at->count });
}

/* ---- the loop ---- */

static void on_event(follower *f, bdc__json_event event) {
  switch (event) {
  case BDC__JSON_OBJECT:
    on_open(f, CMD_JSON_OBJECT);
    return;
  case BDC__JSON_ARRAY:
    on_open(f, CMD_JSON_ARRAY);
    return;
  case BDC__JSON_NAME:
    on_name(f);
    return;
  case BDC__JSON_STRING:
    on_string(f);
    return;
  case BDC__JSON_NUMBER:
    on_number(f);
    return;
  case BDC__JSON_TRUE:
  case BDC__JSON_FALSE:
    on_scalar(f, event == BDC__JSON_TRUE ? CMD_JSON_TRUE : CMD_JSON_FALSE);
    return;
  case BDC__JSON_NULL:
    on_scalar(f, CMD_JSON_NULL);
    return;
  default:
    on_close(f);
    return;
  }
}

bool cmd_follow_to(bdc_str body, const bdc_section_info *section, void (*value)(const cmd_value *value, void *context), void *context,
                   size_t *fault) {
  unsigned char containers[BDC__JSON_CONTAINER_BYTES(DEPTH_MAX)];
  follower f = { .body = body,
                 .root = section->body,
                 .pointer = CMD_MEMORY,
                 .names = CMD_MEMORY,
                 .text = CMD_MEMORY,
                 .value = value,
                 .context = context };
  bdc__json_begin(&f.reader, containers, DEPTH_MAX);
  bdc__json_feed(&f.reader, body.data, body.size, true);
  bdc__json_event event;
  while ((event = bdc__json_next(&f.reader)) > BDC__JSON_FAULT) {
    on_event(&f, event);
  }
  free(f.frames);
  cmd_output_free(&f.pointer);
  cmd_output_free(&f.names);
  cmd_output_free(&f.text);
  *fault = event == BDC__JSON_END ? body.size : f.reader.fault_offset;
  return event == BDC__JSON_END;
}

bool cmd_follow(bdc_str body, const bdc_section_info *section, void (*value)(const cmd_value *value, void *context), void *context) {
  size_t fault;
  return cmd_follow_to(body, section, value, context, &fault);
}

bool cmd_section_find(const bdc_operation *operation, int http_status, bdc_section_info *section) {
  size_t count = bdc_operation_describe(operation).section_count;
  for (size_t i = 0; i < count; i++) {
    *section = bdc_operation_section(operation, i);
    if (section->in == BDC_IN_BODY && section->status_count == 0 && http_status == 0) {
      return true;
    }
    for (size_t j = 0; j < section->status_count; j++) {
      if (section->statuses[j] == http_status) {
        return true;
      }
    }
  }
  *section = (bdc_section_info){ .in = BDC_IN_BODY };
  return false;
}
