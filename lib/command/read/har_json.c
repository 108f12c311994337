/* SPDX-License-Identifier: MIT */
#include "read/har_json.h"

#include "read/line.h"
#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void cmd_har_open(cmd_har_json *json, bdc_str file, const cmd_sink *sink) {
  json->file = file;
  json->base = cmd_starts_with(file, "\xef\xbb\xbf") ? 3 : 0;
  json->sink = sink;
  json->entry = 0;
  json->event = BDC__JSON_MORE;
  bdc__json_begin(&json->reader, json->containers, CMD_HAR_DEPTH);
  bdc__json_feed(&json->reader, file.size > json->base ? file.data + json->base : NULL, file.size - json->base, true);
}

bdc__json_event cmd_har_next(cmd_har_json *json) {
  json->event = bdc__json_next(&json->reader);
  return json->event;
}

size_t cmd_har_place(const cmd_har_json *json) {
  return json->base + json->reader.token_offset;
}

void cmd_har_mistake(const cmd_har_json *json, size_t offset, const char *format, ...) {
  char text[192];
  va_list arguments;
  va_start(arguments, format);
  int size = vsnprintf(text, sizeof(text), format, arguments);
  va_end(arguments);
  size_t shown = size > 0 && (size_t)size < sizeof(text) ? (size_t)size : sizeof(text) - 1;
  cmd_mistake mistake = { .entry = json->entry, .offset = offset, .rule = "har", .text = { text, shown } };
  json->sink->mistake(&mistake, json->sink->context);
}

/* ---- passing values ---- */

static bool is_chunk(bdc__json_event event) {
  return event == BDC__JSON_STRING || event == BDC__JSON_NAME || event == BDC__JSON_NUMBER;
}

void cmd_har_skip(cmd_har_json *json) {
  size_t depth = 0;
  for (;;) {
    bdc__json_event event = json->event;
    depth += event == BDC__JSON_OBJECT || event == BDC__JSON_ARRAY;
    depth -= event == BDC__JSON_OBJECT_END || event == BDC__JSON_ARRAY_END;
    bool inside = depth > 0 || (is_chunk(event) && !json->reader.last);
    if (!inside || event == BDC__JSON_FAULT) {
      return;
    }
    cmd_har_next(json);
  }
}

/* Reads the name at hand. Names that are longer than any known one are cut, and so are none of them. */
static size_t read_name(cmd_har_json *json, char name[CMD_HAR_NAME]) {
  size_t size = 0;
  while (json->event == BDC__JSON_NAME) {
    bdc_str chunk = json->reader.text;
    size_t room = CMD_HAR_NAME - size;
    size_t taken = chunk.size < room ? chunk.size : room;
    memcpy(name + size, chunk.data, taken);
    size += taken;
    if (json->reader.last) {
      break;
    }
    cmd_har_next(json);
  }
  return size;
}

static int index_of(const char *const *names, bdc_str name) {
  for (int i = 0; names[i]; i++) {
    if (cmd_equal(name, cmd_str(names[i]))) {
      return i;
    }
  }
  return -1;
}

int cmd_har_member(cmd_har_json *json, cmd_har_object *object) {
  while (cmd_har_next(json) == BDC__JSON_NAME) {
    char name[CMD_HAR_NAME];
    size_t place = cmd_har_place(json);
    int member = index_of(object->names, (bdc_str){ name, read_name(json, name) });
    cmd_har_next(json);
    if (member >= 0 && (object->seen >> member & 1) == 0) {
      object->seen |= 1u << member;
      return member;
    }
    if (member >= 0) {
      cmd_har_mistake(json, place, "\"%s\" of the %s is there twice", object->names[member], object->what);
      object->broken = true;
    }
    cmd_har_skip(json);
  }
  return -1;
}

bool cmd_har_item(cmd_har_json *json) {
  bdc__json_event event = cmd_har_next(json);
  return event != BDC__JSON_ARRAY_END && event != BDC__JSON_FAULT;
}

/* ---- types ---- */

static const char *type_name(bdc__json_event type) {
  switch (type) {
  case BDC__JSON_OBJECT:
    return "an object";
  case BDC__JSON_ARRAY:
    return "an array";
  case BDC__JSON_NUMBER:
    return "a number";
  default:
    return "a string";
  }
}

bool cmd_har_is(cmd_har_json *json, bdc__json_event type, cmd_har_object *object, int member) {
  if (json->event == type) {
    return true;
  }
  if (json->event != BDC__JSON_FAULT) {
    cmd_har_mistake(json, cmd_har_place(json), "\"%s\" of the %s must be %s", object->names[member], object->what, type_name(type));
    cmd_har_skip(json);
  }
  object->broken = true;
  return false;
}

bool cmd_har_is_null(const cmd_har_json *json) {
  return json->event == BDC__JSON_NULL;
}

void cmd_har_require(cmd_har_json *json, cmd_har_object *object, size_t count) {
  for (size_t i = 0; i < count && json->event != BDC__JSON_FAULT; i++) {
    if ((object->seen >> i & 1) == 0) {
      cmd_har_mistake(json, object->place, "\"%s\" of the %s is missing", object->names[i], object->what);
      object->broken = true;
    }
  }
}

/* ---- scalars ---- */

/* A chunk either is a part of the file, or was decoded from an escape. */
static void put_chunk(cmd_har_json *json, cmd_mapped *text) {
  bdc_str chunk = json->reader.text;
  size_t place = json->base + json->reader.text_offset;
  if (chunk.data == json->file.data + place) {
    cmd_mapped_copy(text, chunk, place);
  } else {
    cmd_mapped_stand(text, chunk, place);
  }
}

cmd_har_string cmd_har_read_string(cmd_har_json *json, cmd_mapped *text, cmd_har_object *object, int member) {
  if (!cmd_har_is(json, BDC__JSON_STRING, object, member)) {
    return (cmd_har_string){ .given = false };
  }
  cmd_har_string string = { .given = true, .file = cmd_har_place(json) + 1 };
  size_t start = text->text.size;
  put_chunk(json, text);
  while (!json->reader.last && cmd_har_next(json) == BDC__JSON_STRING) {
    put_chunk(json, text);
  }
  string.piece = cmd_mapped_end(text, start, json->base + json->reader.text_offset + json->reader.text.size);
  return string;
}

long cmd_har_read_number(cmd_har_json *json, cmd_har_object *object, int member) {
  enum { MOST = 999999999 };
  if (!cmd_har_is(json, BDC__JSON_NUMBER, object, member)) {
    return 0;
  }
  bdc_str text = json->reader.text;
  bool negative = *text.data == '-';
  long number = 0;
  for (size_t i = negative; i < text.size && text.data[i] >= '0' && text.data[i] <= '9'; i++) {
    number = number > MOST / 10 ? MOST : number * 10 + (text.data[i] - '0');
  }
  number = number > MOST ? MOST : number;
  return negative ? -number : number;
}
