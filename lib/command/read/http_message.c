/* SPDX-License-Identifier: MIT */
#include "read/http_message.h"

#include "memory.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

bdc_str cmd_http_text(const cmd_http *http, cmd_line line) {
  return cmd_line_text(http->file, line);
}

size_t cmd_http_offset(const cmd_http *http, bdc_str part) {
  return (size_t)(part.data - http->file.data);
}

/* ---- filling in ---- */

/* Puts what stands at `at`, which may be a placeholder. Returns the offset behind it. */
static size_t put_brace(cmd_http *http, size_t at, size_t end) {
  cmd_placeholder found = { .kind = CMD_PLACEHOLDER_NONE };
  if (end - at > 1 && http->file.data[at + 1] == '{') {
    found = cmd_variables_read(&http->variables, at, end, http->entry);
  }
  if (found.kind == CMD_PLACEHOLDER_FILLED) {
    cmd_mapped_stand(&http->text, found.value, at);
    return found.end;
  }
  size_t behind = found.kind == CMD_PLACEHOLDER_NONE ? at + 1 : found.end;
  http->open = http->open || found.kind == CMD_PLACEHOLDER_UNRESOLVED;
  cmd_mapped_copy(&http->text, (bdc_str){ http->file.data + at, behind - at }, at);
  return behind;
}

/* Puts a part of a line with its placeholders filled in. */
void cmd_http_put(cmd_http *http, bdc_str part) {
  size_t at = cmd_http_offset(http, part);
  size_t end = at + part.size;
  while (at < end) {
    const char *brace = memchr(http->file.data + at, '{', end - at);
    size_t stop = brace ? (size_t)(brace - http->file.data) : end;
    cmd_mapped_copy(&http->text, (bdc_str){ http->file.data + at, stop - at }, at);
    at = stop < end ? put_brace(http, stop, end) : end;
  }
}

cmd_piece cmd_http_fill(cmd_http *http, bdc_str part) {
  size_t start = http->text.text.size;
  cmd_http_put(http, part);
  return cmd_mapped_end(&http->text, start, cmd_http_offset(http, part) + part.size);
}

void cmd_http_note_open(cmd_http *http, bdc_place place) {
  http->unresolved |= http->open ? 1u << place : 0;
  http->open = false;
}

/* ---- header fields ---- */

/* RFC 9110: a token. */
static bool is_field_name(bdc_str name) {
  for (size_t i = 0; i < name.size; i++) {
    char c = name.data[i];
    if (c <= 0x20 || c >= 0x7f || strchr("\"(),/:;<=>?@[\\]{}", c)) {
      return false;
    }
  }
  return name.size > 0;
}

static void put_field(cmd_http *http, bdc_str name, bdc_str value) {
  http->no_field = false;
  http->fields = cmd_grow(http->fields, http->field_count, &http->field_capacity, sizeof(*http->fields));
  cmd_http_field *field = &http->fields[http->field_count++];
  size_t start = http->text.text.size;
  cmd_mapped_copy(&http->text, name, cmd_http_offset(http, name));
  field->name = cmd_mapped_end(&http->text, start, cmd_http_offset(http, name) + name.size);
  field->value = cmd_http_fill(http, value);
  cmd_http_note_open(http, BDC_IN_HEADER);
}

/* A folded line goes on with the value of the field before it, which is the last in the text; a blank stands for the fold. */
static void continue_field(cmd_http *http, bdc_str text) {
  cmd_piece *value = &http->fields[http->field_count - 1].value;
  cmd_mapped_cut(&http->text, value->start + value->size);
  cmd_mapped_stand(&http->text, BDC_STR(" "), cmd_http_offset(http, text));
  cmd_http_put(http, text);
  *value = cmd_mapped_end(&http->text, value->start, cmd_http_offset(http, text) + text.size);
  cmd_http_note_open(http, BDC_IN_HEADER);
}

/* False for a line that begins a body. */
static bool read_field(cmd_http *http, cmd_line line) {
  bdc_str text = cmd_http_text(http, line);
  if (http->field_count > 0 && cmd_line_indent(http->file, line) > http->indent) {
    continue_field(http, text);
    return true;
  }
  const char *colon = memchr(text.data, ':', text.size);
  bdc_str name = cmd_trimmed((bdc_str){ text.data, colon ? (size_t)(colon - text.data) : 0 });
  if (is_field_name(name)) {
    put_field(http, name, cmd_trimmed((bdc_str){ colon + 1, text.size - (size_t)(colon + 1 - text.data) }));
    return true;
  }
  if (memchr("{[<\"", *text.data, 4)) {
    cmd_http_mistake(http, cmd_http_offset(http, text), "an empty line was expected before the body");
    return false;
  }
  if (!http->no_field) {
    cmd_http_mistake(http, cmd_http_offset(http, text), "a header field was expected, as in \"Content-Type: application/json\"");
  }
  http->no_field = true;
  return true;
}

/* Returns the offset of the body. */
static size_t read_fields(cmd_http *http, size_t start) {
  while (start < http->end) {
    cmd_line line = cmd_line_at(http->file, start, http->end);
    if (cmd_http_text(http, line).size == 0) {
      return line.next;
    }
    if (!cmd_line_is_comment(http->file, line) && !read_field(http, line)) {
      return start;
    }
    start = line.next;
  }
  return start;
}

/* ---- the message ---- */

static const bdc_header *set_headers(cmd_http *http) {
  while (http->header_capacity < http->field_count) {
    http->headers = cmd_grow(http->headers, http->header_capacity, &http->header_capacity, sizeof(*http->headers));
  }
  for (size_t i = 0; i < http->field_count; i++) {
    http->headers[i].name = cmd_mapped_slice(&http->text, http->fields[i].name);
    http->headers[i].value = cmd_mapped_slice(&http->text, http->fields[i].value);
  }
  return http->headers;
}

/* The host of the target, else that of the header field. */
static bdc_str host_of(const cmd_http *http) {
  for (size_t i = 0; i < http->field_count && http->host.size == 0; i++) {
    if (cmd_equal_fold(http->headers[i].name, BDC_STR("host")) && !cmd_contains(http->headers[i].value, "{{")) {
      return http->headers[i].value;
    }
  }
  return cmd_mapped_slice(&http->text, http->host);
}

static void set_request_line(const cmd_http *http, cmd_message *message) {
  message->method = cmd_mapped_slice(&http->text, http->method);
  message->target = cmd_mapped_slice(&http->text, http->target);
  message->host = host_of(http);
}

static void set_body(const cmd_http *http, cmd_message *message) {
  message->body_unknown = http->body_unknown;
  message->has_body = http->body.size > 0;
  if (message->has_body) {
    message->body = cmd_mapped_slice(&http->text, http->body);
  }
  if (http->body_file.size > 0) {
    message->body_file = cmd_mapped_slice(&http->text, http->body_file);
  }
}

static void give(cmd_http *http, int status, size_t place) {
  cmd_message message = {
    .response = status > 0, .entry = http->entry, .status = status, .unresolved = http->unresolved, .place = place
  };
  message.answers = message.response && http->asked;
  message.text = cmd_output_text(&http->text.text);
  message.map = cmd_mapped_map(&http->text);
  message.headers = set_headers(http);
  message.header_count = http->field_count;
  set_body(http, &message);
  if (!message.response) {
    set_request_line(http, &message);
    http->asked = true;
  }
  http->sink->message(&message, http->sink->context);
}

/* Where the message that begins with `line` ends: before the next status line of the block. */
static size_t message_end(bdc_str file, cmd_line line, size_t block_end) {
  size_t at = line.next;
  while (at < block_end) {
    line = cmd_line_at(file, at, block_end);
    if (cmd_line_status(file, line) > 0) {
      break;
    }
    at = line.next;
  }
  return at;
}

static void begin(cmd_http *http, cmd_line line, size_t block_end) {
  cmd_mapped_clear(&http->text);
  http->end = message_end(http->file, line, block_end);
  http->indent = cmd_line_indent(http->file, line);
  http->field_count = 0;
  http->no_field = false;
  http->method = http->target = http->host = http->body = http->body_file = (cmd_piece){ 0, 0 };
  http->body_unknown = NULL;
  http->unresolved = 0;
  http->open = false;
}

size_t cmd_http_message(cmd_http *http, size_t start, size_t block_end) {
  cmd_line line = cmd_line_at(http->file, start, block_end);
  int status = cmd_line_status(http->file, line);
  begin(http, line, block_end);
  if (status == 0 && cmd_is_http_version(cmd_first_word(cmd_http_text(http, line)))) {
    cmd_http_mistake(http, start, "a status line was expected, as in \"HTTP/1.1 200 OK\"");
  } else if (status > 0 || cmd_http_request_line(http, &line)) {
    cmd_http_body(http, read_fields(http, line.next));
    give(http, status, start + cmd_line_indent(http->file, cmd_line_at(http->file, start, block_end)));
  }
  return http->end;
}

void cmd_http_message_free(cmd_http *http) {
  cmd_mapped_free(&http->text);
  free(http->fields);
  free(http->headers);
}
