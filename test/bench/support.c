/* SPDX-License-Identifier: MIT */
#include "bench.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void bench_fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fputs("bodycheck-bench: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
  exit(2);
}

void *bench_allocate(size_t size) {
  void *memory = calloc(1, size ? size : 1);
  if (!memory) {
    bench_fail("out of memory");
  }
  return memory;
}

/* ---- text ---- */

static void reserve(bench_text *text, size_t more) {
  size_t wanted = text->size + more + 1;
  if (wanted <= text->capacity) {
    return;
  }
  size_t capacity = wanted > 2 * text->capacity ? wanted : 2 * text->capacity;
  char *data = realloc(text->data, capacity);
  if (!data) {
    bench_fail("out of memory");
  }
  text->data = data;
  text->capacity = capacity;
}

void bench_add(bench_text *text, const char *data, size_t size) {
  reserve(text, size);
  memcpy(text->data + text->size, data, size);
  text->size += size;
  text->data[text->size] = '\0';
}

void bench_print(bench_text *text, const char *format, ...) {
  va_list arguments, again;
  va_start(arguments, format);
  va_copy(again, arguments);
  int size = vsnprintf(NULL, 0, format, arguments);
  reserve(text, (size_t)size);
  text->size += (size_t)vsnprintf(text->data + text->size, (size_t)size + 1, format, again);
  va_end(again);
  va_end(arguments);
}

void bench_text_free(bench_text *text) {
  free(text->data);
  *text = (bench_text){ 0 };
}

bool bench_same(bdc_str a, bdc_str b) {
  return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

bool bench_ends_with(bdc_str text, const char *end) {
  size_t size = strlen(end);
  return text.size >= size && memcmp(text.data + text.size - size, end, size) == 0;
}

/* ---- random numbers ---- */

uint64_t bench_draw(bench_random *random) {
  uint64_t z = random->state += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

size_t bench_below(bench_random *random, size_t bound) {
  return (size_t)(bench_draw(random) % bound);
}

bool bench_once_in(bench_random *random, size_t bound) {
  return bench_below(random, bound) == 0;
}

/* ---- contestants ---- */

void bench_enter(bench_contestants *list, const char *name, bench_work work, bool (*run)(void *state, const bench_body *body),
                 void *state) {
  if (list->count == BENCH_CONTESTANTS_MAX) {
    bench_fail("too many contestants");
  }
  bench_contestant *contestant = &list->items[list->count++];
  *contestant = (bench_contestant){ .work = work, .run = run, .state = state };
  snprintf(contestant->name, sizeof contestant->name, "%s", name);
}

const bench_contestant *bench_contestant_find(const bench_contestants *list, const char *name) {
  for (size_t i = 0; i < list->count; i++) {
    if (strcmp(list->items[i].name, name) == 0) {
      return &list->items[i];
    }
  }
  return NULL;
}
