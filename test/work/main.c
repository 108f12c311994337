/* SPDX-License-Identifier: MIT */
#include "work/work.h"

#include <stdio.h>
#include <string.h>
#include <valgrind/callgrind.h>

enum { SMALL = 8 << 10, LARGE = 32 << 10, MILLION_SMALL = 1000000, MILLION_LARGE = 12000000 };

void work_begin(void) {
  CALLGRIND_ZERO_STATS;
}

void work_end(const work_case *item, const char *way, size_t size) {
  char label[128];
  snprintf(label, sizeof label, "%s%s%s\t%zu", item->name, *way ? ", " : "", way, size);
  CALLGRIND_DUMP_STATS_AT(label);
  if (!RUNNING_ON_VALGRIND) {
    printf("%s\n", label);
  }
}

/* ---- texts ---- */

enum { DIGITS = 6, PAIRS = 16 };

static char *add_number(char *to, size_t number) {
  for (size_t i = DIGITS; i-- > 0; number /= 26) {
    to[i] = (char)('a' + number % 26);
  }
  return to + DIGITS;
}

/* "Aa" and "BB" are the same where a letter counts 31 times the one behind it. */
static char *add_collision(char *to, size_t number) {
  for (int i = 0; i < PAIRS; i++, to += 2) {
    memcpy(to, number >> i & 1 ? "Aa" : "BB", 2);
  }
  return to;
}

static void add_unit(blob *out, const char *unit, size_t number) {
  char text[512];
  char *to = text;
  for (; *unit && to < text + sizeof text - 2 * PAIRS; unit++) {
    if (*unit == '#') {
      to = add_number(to, number);
    } else if (*unit == '~') {
      to = add_collision(to, number);
    } else {
      *to++ = *unit;
    }
  }
  assert_int_equal(*unit, 0);
  blob_add(out, text, (size_t)(to - text));
}

static void make(const work_case *item, size_t size, blob *out) {
  size_t closing = strlen(item->closing);
  size_t count = 0;
  blob_print(out, "%s", item->before);
  while (out->size + count * closing < size) {
    add_unit(out, item->unit, count++);
  }
  blob_print(out, "%s", item->between);
  blob_repeat(out, item->closing, count);
  blob_print(out, "%s", item->behind);
}

static void run_one(const work_case *item, size_t size) {
  blob text = { 0 };
  make(item, size, &text);
  item->run(item, blob_str(&text));
  blob_free(&text);
}

static void run_all(work_cases cases, size_t small, size_t large) {
  for (size_t i = 0; i < cases.count; i++) {
    run_one(&cases.items[i], small);
    run_one(&cases.items[i], large);
  }
}

int main(void) {
  run_all(work_bodies(), SMALL, LARGE);
  run_all(work_millions(), MILLION_SMALL, MILLION_LARGE);
  run_all(work_heads(), SMALL, LARGE);
  run_all(work_rules(), SMALL, LARGE);
  run_all(work_files(), SMALL, LARGE);
  return 0;
}
