/* SPDX-License-Identifier: MIT */
#include "rules/mistake.h"

#include <stdio.h>
#include <string.h>

enum { MESSAGE_MAX = 600, SHOWN_MAX = 48 };

static void add(bdc__mistakes *mistakes, size_t line, size_t column, const char *message) {
  bdc_diagnostic *mistake = bdc__list_add(&mistakes->list, mistakes->scratch, sizeof(*mistake));
  if (!mistake) {
    mistakes->no_memory = true;
    return;
  }
  *mistake = (bdc_diagnostic){ .file = mistakes->file, .line = line, .column = column };
  bdc_str text = { message, strlen(message) };
  mistakes->no_memory = !bdc__arena_copy(mistakes->scratch, text, &mistake->message) || mistakes->no_memory;
}

void bdc__mistake_list(bdc__mistakes *mistakes, size_t line, size_t column, const char *format, va_list arguments) {
  char message[MESSAGE_MAX];
  if (mistakes->full) {
    return;
  }
  if (mistakes->list.count == BDC__MISTAKES_MAX) {
    mistakes->full = true;
    add(mistakes, line, column, "too many mistakes: the rest of this file was not read");
    return;
  }
  vsnprintf(message, sizeof(message), format, arguments);
  add(mistakes, line, column, message);
}

void bdc__mistake(bdc__mistakes *mistakes, size_t line, size_t column, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  bdc__mistake_list(mistakes, line, column, format, arguments);
  va_end(arguments);
}

/* The note that there are too many stays the last. */
static int by_place(const void *left, const void *right) {
  const bdc_diagnostic *a = left;
  const bdc_diagnostic *b = right;
  if (a->line != b->line) {
    return a->line < b->line ? -1 : 1;
  }
  return (a->column > b->column) - (a->column < b->column);
}

bool bdc__mistakes_report(bdc__mistakes *mistakes, const bdc_diagnostics *diagnostics) {
  size_t count = mistakes->list.count;
  if (count == 0 || mistakes->no_memory) {
    return !mistakes->no_memory;
  }
  const bdc_diagnostic *all = mistakes->list.items;
  const void **order = bdc__arena_alloc(mistakes->scratch, 2 * count, sizeof(*order));
  if (!order) {
    return false;
  }
  for (size_t i = 0; i < count; i++) {
    order[i] = &all[i];
  }
  bdc__sort(order, order + count, mistakes->full ? count - 1 : count, by_place);
  for (size_t i = 0; i < count && diagnostics && diagnostics->report; i++) {
    diagnostics->report(order[i], diagnostics->context);
  }
  mistakes->list.count = 0;
  return true;
}

/* ---- words of messages ---- */

int bdc__shown_size(bdc_str text) {
  size_t size = text.size < SHOWN_MAX ? text.size : SHOWN_MAX;
  while (size && size < text.size && ((unsigned char)text.data[size] & 0xc0) == 0x80) {
    size--;
  }
  return (int)size;
}

void bdc__words_join(char *buffer, size_t size, const char *const *names, size_t count) {
  size_t at = 0;
  buffer[0] = '\0';
  for (size_t i = 0; i < count && at < size; i++) {
    at += (size_t)snprintf(buffer + at, size - at, "%s%s", i ? ", " : "", names[i]);
  }
}

static size_t least(size_t a, size_t b, size_t c) {
  size_t ab = a < b ? a : b;
  return ab < c ? ab : c;
}

/* How many letters must be put in, left out or changed (Levenshtein). Both sizes are at most SHOWN_MAX. */
static size_t distance(bdc_str a, bdc_str b) {
  size_t row[SHOWN_MAX + 1];
  for (size_t j = 0; j <= b.size; j++) {
    row[j] = j;
  }
  for (size_t i = 1; i <= a.size; i++) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size; j++) {
      size_t above = row[j];
      row[j] = least(row[j] + 1, row[j - 1] + 1, diagonal + (a.data[i - 1] != b.data[j - 1]));
      diagonal = above;
    }
  }
  return row[b.size];
}

const char *bdc__words_nearest(bdc_str text, const char *const *names, size_t count) {
  const char *nearest = NULL;
  size_t bound = text.size < 4 ? 2 : 3; /* a name is near below this */
  if (text.size > SHOWN_MAX) {
    return NULL;
  }
  for (size_t i = 0; i < count; i++) {
    bdc_str name = { names[i], strlen(names[i]) };
    size_t apart = name.size > SHOWN_MAX ? bound : distance(text, name);
    if (apart < bound && apart < name.size) {
      bound = apart;
      nearest = names[i];
    }
  }
  return nearest;
}
