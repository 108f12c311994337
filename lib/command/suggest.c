/* SPDX-License-Identifier: MIT */
#include "suggest.h"

#include "text.h"

enum { NAME_MAX_BYTES = 96, FAR = 1000 };

static char lower(char c) {
  return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

static size_t smaller(size_t a, size_t b) {
  return a < b ? a : b;
}

/* Insertions, deletions, replacements and swaps of neighbours, in any letter case. Names are short; long ones are far from all. */
static size_t edit_distance(bdc_str a, bdc_str b) {
  if (a.size > NAME_MAX_BYTES || b.size > NAME_MAX_BYTES) {
    return FAR;
  }
  size_t rows[3][NAME_MAX_BYTES + 1];
  for (size_t j = 0; j <= b.size; j++) {
    rows[0][j] = j;
  }
  for (size_t i = 1; i <= a.size; i++) {
    size_t *row = rows[i % 3];
    const size_t *above = rows[(i + 2) % 3];
    const size_t *two_above = rows[(i + 1) % 3];
    row[0] = i;
    for (size_t j = 1; j <= b.size; j++) {
      size_t replaced = above[j - 1] + (lower(a.data[i - 1]) != lower(b.data[j - 1]));
      row[j] = smaller(replaced, smaller(above[j], row[j - 1]) + 1);
      bool swapped = i > 1 && j > 1 && lower(a.data[i - 1]) == lower(b.data[j - 2]) && lower(a.data[i - 2]) == lower(b.data[j - 1]);
      row[j] = swapped ? smaller(row[j], two_above[j - 2] + 1) : row[j];
    }
  }
  return rows[a.size % 3][b.size];
}

static bool same_at(bdc_str name, size_t at, bdc_str part) {
  for (size_t i = 0; i < part.size; i++) {
    if (lower(name.data[at + i]) != lower(part.data[i])) {
      return false;
    }
  }
  return true;
}

/* FAR where the name is not near. */
static size_t distance_of(bdc_str wanted, bdc_str name) {
  size_t distance = edit_distance(wanted, name);
  if (distance <= wanted.size / 4 + 1 && distance < wanted.size) {
    return distance;
  }
  bool part =
      wanted.size >= 3 && wanted.size < name.size && (same_at(name, 0, wanted) || same_at(name, name.size - wanted.size, wanted));
  return part ? NAME_MAX_BYTES + name.size - wanted.size : FAR;
}

static bool offered_before(const cmd_suggestions *near, bdc_str name) {
  for (size_t i = 0; i < near->count; i++) {
    if (cmd_equal(near->names[i], name)) {
      return true;
    }
  }
  return false;
}

void cmd_suggest(cmd_suggestions *near, bdc_str name) {
  size_t distance = distance_of(near->wanted, name);
  if (distance >= FAR || offered_before(near, name)) {
    return;
  }
  size_t at = near->count;
  while (at > 0 && near->distances[at - 1] > distance) {
    at--;
  }
  if (at == CMD_SUGGESTIONS_MAX) {
    return;
  }
  near->count = smaller(near->count + 1, CMD_SUGGESTIONS_MAX);
  for (size_t i = near->count - 1; i > at; i--) {
    near->names[i] = near->names[i - 1];
    near->distances[i] = near->distances[i - 1];
  }
  near->names[at] = name;
  near->distances[at] = distance;
}

void cmd_suggestions_put(const cmd_suggestions *near, const char *prefix, cmd_output *out) {
  for (size_t i = 0; i < near->count; i++) {
    cmd_puts(out, i == 0 ? "; did you mean " : i + 1 == near->count ? " or " : ", ");
    cmd_puts(out, prefix);
    cmd_put(out, near->names[i]);
  }
  cmd_puts(out, near->count > 0 ? "?" : "");
}
