/* SPDX-License-Identifier: MIT */
/* Bytes that grow over the caller's allocator, up to a limit. What cannot be added is noted, and asked for once, at the end. */
#ifndef BDC_GENERATE_BUFFER_H
#define BDC_GENERATE_BUFFER_H

#include <bodycheck/bodycheck.h>

typedef struct bdc__buffer {
  bdc_allocator memory;
  char *data;
  size_t size;
  size_t capacity;
  size_t limit; /* of size */
  bool failed;  /* there was no memory, now or before */
  bool full;    /* the limit was reached since the last clear */
} bdc__buffer;

/* `allocator` NULL: malloc and free. Takes nothing yet. */
void bdc__buffer_init(bdc__buffer *buffer, const bdc_allocator *allocator, size_t limit);
void bdc__buffer_free(bdc__buffer *buffer);

/* Empties it; its memory stays. */
void bdc__buffer_clear(bdc__buffer *buffer);

/* All or nothing of each. */
void bdc__buffer_add(bdc__buffer *buffer, bdc_str text);
void bdc__buffer_add_literal(bdc__buffer *buffer, const char *text);
void bdc__buffer_add_byte(bdc__buffer *buffer, char byte);
void bdc__buffer_add_repeat(bdc__buffer *buffer, char byte, size_t count);
void bdc__buffer_add_number(bdc__buffer *buffer, uint64_t number);
void bdc__buffer_add_character(bdc__buffer *buffer, uint32_t code_point);

/* Puts `text` in the place of what stands from `start` to `end`. */
void bdc__buffer_replace(bdc__buffer *buffer, size_t start, size_t end, bdc_str text);

static inline bdc_str bdc__buffer_text(const bdc__buffer *buffer) {
  return (bdc_str){ buffer->data, buffer->size };
}

/* Whether all that was added since the last clear is there. */
static inline bool bdc__buffer_whole(const bdc__buffer *buffer) {
  return !buffer->failed && !buffer->full;
}

#endif
