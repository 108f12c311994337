/* SPDX-License-Identifier: MIT */
#include "generate/buffer.h"

#include "base/arena.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"

void bdc__buffer_init(bdc__buffer *buffer, const bdc_allocator *allocator, size_t limit) {
  *buffer = (bdc__buffer){ .memory = bdc__allocator_or_default(allocator), .limit = limit };
}

void bdc__buffer_free(bdc__buffer *buffer) {
  if (buffer->data) {
    buffer->memory.release(buffer->data, buffer->memory.context);
  }
  buffer->data = NULL;
  buffer->size = buffer->capacity = 0;
}

void bdc__buffer_clear(bdc__buffer *buffer) {
  buffer->size = 0;
  buffer->full = false;
}

/* Room for so many bytes more. */
static bool reserve(bdc__buffer *buffer, size_t size) {
  enum { FIRST = 256 };
  if (size > buffer->limit - buffer->size) {
    buffer->full = true;
    return false;
  }
  if (size <= buffer->capacity - buffer->size) {
    return true;
  }
  size_t wanted = buffer->size + size;
  size_t capacity = buffer->capacity < FIRST ? FIRST : buffer->capacity * 2;
  capacity = capacity < wanted ? wanted : capacity;
  char *grown = buffer->memory.allocate(capacity, buffer->memory.context);
  if (!grown) {
    buffer->failed = true;
    return false;
  }
  if (buffer->size) {
    memcpy(grown, buffer->data, buffer->size);
  }
  size_t kept = buffer->size;
  bdc__buffer_free(buffer);
  buffer->data = grown;
  buffer->size = kept;
  buffer->capacity = capacity;
  return true;
}

/* Where so many bytes more are to be written; NULL where there are none. */
static char *extend(bdc__buffer *buffer, size_t size) {
  if (size == 0 || !reserve(buffer, size)) {
    return NULL;
  }
  char *at = buffer->data + buffer->size;
  buffer->size += size;
  return at;
}

void bdc__buffer_add(bdc__buffer *buffer, bdc_str text) {
  char *at = extend(buffer, text.size);
  if (at) {
    memcpy(at, text.data, text.size);
  }
}

void bdc__buffer_add_literal(bdc__buffer *buffer, const char *text) {
  bdc__buffer_add(buffer, bdc__str(text));
}

void bdc__buffer_add_byte(bdc__buffer *buffer, char byte) {
  bdc__buffer_add(buffer, (bdc_str){ &byte, 1 });
}

void bdc__buffer_add_repeat(bdc__buffer *buffer, char byte, size_t count) {
  char *at = extend(buffer, count);
  if (at) {
    memset(at, byte, count);
  }
}

void bdc__buffer_add_number(bdc__buffer *buffer, uint64_t number) {
  char digits[20];
  bdc__text text = bdc__text_in(digits, sizeof digits);
  bdc__text_add_number(&text, number);
  bdc__buffer_add(buffer, (bdc_str){ digits, text.size });
}

void bdc__buffer_add_character(bdc__buffer *buffer, uint32_t code_point) {
  char text[4];
  bdc__buffer_add(buffer, (bdc_str){ text, bdc__utf8_encode(code_point, text) });
}

void bdc__buffer_replace(bdc__buffer *buffer, size_t start, size_t end, bdc_str text) {
  size_t removed = end - start;
  if (text.size > removed && !reserve(buffer, text.size - removed)) {
    return;
  }
  if (end < buffer->size) {
    memmove(buffer->data + start + text.size, buffer->data + end, buffer->size - end);
  }
  if (text.size) {
    memcpy(buffer->data + start, text.data, text.size);
  }
  buffer->size = buffer->size - removed + text.size;
}
