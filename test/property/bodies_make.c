/* SPDX-License-Identifier: MIT */
/* Bodies from rows: objects, arrays, maps, and what stands between their parts. */
#include "property/bodies.h"

#include <stdio.h>

/* ---- writing ---- */

void put(body *to, const char *text, size_t size) {
  if (size > BODY_MAX - to->size) {
    to->full = true;
    return;
  }
  if (size) {
    memcpy(to->text + to->size, text, size);
  }
  to->size += (uint32_t)size;
}

void put_text(body *to, const char *text) {
  put(to, text, strlen(text));
}

static void note(parts *of, uint32_t first, uint32_t end) {
  if (of->count < PARTS_MAX) {
    of->list[of->count++] = (part){ first, end };
  }
}

/* ---- blanks ---- */

static void put_blanks(maker *m, uint32_t most) {
  for (uint32_t count = below(m->random, most + 1); count; count--) {
    put(m->out, &" \n\r\t"[below(m->random, 4)], 1);
  }
}

/* Between two parts of a wild body: mostly nothing, seldom a lot. */
static void put_wild(maker *m) {
  if (m->spacing == WILD && one_in(m->random, 4)) {
    put_blanks(m, one_in(m->random, 8) ? 40 : 3);
  }
}

static void put_line(maker *m) {
  if (m->spacing == INDENTED) {
    put_text(m->out, m->line_end);
    for (uint32_t i = 0; i < m->depth; i++) {
      put_text(m->out, m->indent);
    }
  }
  put_wild(m);
}

static void put_colon(maker *m) {
  put_wild(m);
  put_text(m->out, m->spacing == SPACED || m->spacing == INDENTED ? ": " : ":");
  put_wild(m);
}

static void put_comma(maker *m) {
  put_wild(m);
  put_text(m->out, m->spacing == SPACED ? ", " : ",");
  put_line(m);
}

static void open_container(maker *m, const char *bracket, bool empty) {
  put_text(m->out, bracket);
  m->depth++;
  if (!empty) {
    put_line(m);
  }
}

static void close_container(maker *m, const char *bracket, bool empty) {
  m->depth--;
  if (!empty) {
    put_line(m);
  }
  put_text(m->out, bracket);
}

/* ---- values ---- */

static void put_value(maker *m, const bdc_row *row);

static void put_member(maker *m, bdc_str name, const bdc_row *row) {
  uint32_t first = m->out->size;
  put_text(m->out, "\"");
  put_escaped(m, name);
  note(&m->out->strings, first + 1, m->out->size);
  put_text(m->out, "\"");
  put_colon(m);
  put_value(m, row);
  note(&m->out->members, first, m->out->size);
}

static bool wanted(maker *m, const bdc_object *object, const bdc_row *row, bool spoiled) {
  uint32_t of_sixteen = !m->deep ? m->optional : row->kind >= BDC_KIND_OBJECT ? 10 : 2;
  return (row->flags & BDC__ROW_MANDATORY && !(spoiled && one_in(m->random, 4))) ||
         (m->depth < m->depth_max && (m->few ? below(m->random, (uint32_t)object->row_count) < 3 : below(m->random, 16) < of_sixteen));
}

/* Members in the order of the table, seldom from somewhere in it on, and then those that were passed over. */
static void put_object(maker *m, const bdc_object *object, bool spoiled) {
  size_t count = object->row_count;
  size_t from = count && one_in(m->random, 4) ? below(m->random, (uint32_t)count) : 0;
  size_t step = one_in(m->random, 8) ? count - 1 : 1;
  bool empty = true;
  put_text(m->out, "{");
  m->depth++;
  for (size_t i = 0; i < count; i++) {
    const bdc_row *row = &object->rows[(from + i * step) % count];
    if (wanted(m, object, row, spoiled)) {
      if (empty) {
        put_line(m);
      } else {
        put_comma(m);
      }
      empty = false;
      put_member(m, row->name, row);
    }
  }
  close_container(m, "}", empty);
}

/* A number of items or members that is allowed, mostly a small one; or one that is just not. */
static uint64_t item_count(maker *m, const bdc_row *row, bool spoiled) {
  if (spoiled && one_in(m->random, 2)) {
    bool too_few = row->items_min && (row->items_max > 40 || one_in(m->random, 2));
    return too_few ? row->items_min - 1 : row->items_max > 40 ? 0 : row->items_max + 1;
  }
  uint64_t most = row->items_min + (m->depth < m->depth_max ? m->deep ? 1 : 3 : 0);
  most = most < row->items_max ? most : row->items_max;
  if (most == row->items_min + 3 && row->items_max > 40 && one_in(m->random, 100)) {
    most = 40;
  }
  return row->items_min + below(m->random, (uint32_t)(most - row->items_min) + 1);
}

static void put_array(maker *m, const bdc_row *row, bool spoiled) {
  uint64_t count = item_count(m, row, spoiled);
  bool includes = row->includes.data && !spoiled;
  count += includes && count == 0;
  open_container(m, "[", count == 0);
  uint64_t included = includes ? below(m->random, (uint32_t)count) : count;
  for (uint64_t i = 0; i < count; i++) {
    if (i) {
      put_comma(m);
    }
    if (i == included) {
      put_text(m->out, "\"");
      put(m->out, row->includes.data, row->includes.size);
      put_text(m->out, "\"");
    } else {
      put_value(m, row->element);
    }
  }
  close_container(m, "]", count == 0);
}

static void put_map(maker *m, const bdc_row *row, bool spoiled) {
  static const char *const keys[] = { "", "a", "key", "some longer key", "x-y.z", "of 31 bytes: abcdefghijklmnopqr", "b", "c" };
  uint64_t count = item_count(m, row, spoiled);
  open_container(m, "{", count == 0);
  for (uint64_t i = 0; i < count; i++) {
    char key[48];
    int size = snprintf(key, sizeof key, "%s%s", keys[below(m->random, LENGTH(keys))], i ? "0" : "");
    if (i > 1) {
      size = snprintf(key, sizeof key, "k%u", (unsigned)i);
    }
    if (i) {
      put_comma(m);
    }
    put_member(m, (bdc_str){ key, (size_t)size }, row->element);
  }
  close_container(m, "}", count == 0);
}

static void put_scalar(maker *m, const char *text) {
  note(&m->out->scalars, m->out->size, m->out->size + (uint32_t)strlen(text));
  put_text(m->out, text);
}

static void put_any(maker *m) {
  static const char *const anything[] = { "true", "0",  "-1.5e3", "false",          "12345678901234567890",
                                          "\"\"", "{}", "[]",     "{\"a\":[1,{}]}", "[null]" };
  put_scalar(m, anything[below(m->random, m->flavour == PLAIN && one_in(m->random, 4) ? LENGTH(anything) : 5)]);
}

/* Whatever the row says, this is hardly it. */
static void put_other(maker *m) {
  static const char *const others[] = { "null",
                                        "true",
                                        "false",
                                        "0",
                                        "-0",
                                        "1",
                                        "-1",
                                        "1.0",
                                        "1e0",
                                        "1E+2",
                                        "01",
                                        "-",
                                        "+1",
                                        ".5",
                                        "1.",
                                        "1e",
                                        "1e+",
                                        "tru",
                                        "nul",
                                        "True",
                                        "falsey",
                                        "truex",
                                        "nulll",
                                        "\"\"",
                                        "\"a\"",
                                        "[]",
                                        "{}",
                                        "[[]]",
                                        "{{}}",
                                        "[1,]",
                                        "{,}",
                                        "",
                                        "NaN",
                                        "0x1",
                                        "00",
                                        "--1",
                                        "1 2",
                                        "\"a\" 1",
                                        "\"",
                                        "'a'",
                                        "{\"\"}",
                                        "[",
                                        "]",
                                        "}",
                                        "12345678",
                                        "123456789",
                                        "-1234567",
                                        "99999999999999",
                                        "1578284788000",
                                        "\"2020-02-30T00:00:00Z\"" };
  put_scalar(m, others[below(m->random, LENGTH(others))]);
}

static void put_value(maker *m, const bdc_row *row) {
  bool spoiled = ++m->values == m->spoiled;
  if (spoiled && one_in(m->random, 3)) {
    put_other(m);
    return;
  }
  if (row->flags & BDC__ROW_NULLABLE && one_in(m->random, 3)) {
    put_scalar(m, "null");
    return;
  }
  uint32_t first = m->out->size;
  switch ((bdc_kind)row->kind) {
  case BDC_KIND_STRING:
    put_text(m->out, "\"");
    put_string(m, row, spoiled);
    note(&m->out->strings, first + 1, m->out->size);
    put_text(m->out, "\"");
    return;
  case BDC_KIND_INTEGER:
  case BDC_KIND_LONG:
  case BDC_KIND_NUMBER:
    put_number(m, row, spoiled);
    note(&m->out->scalars, first, m->out->size);
    return;
  case BDC_KIND_BOOLEAN:
    put_scalar(m, one_in(m->random, 2) ? "true" : "false");
    return;
  case BDC_KIND_ANY:
    put_any(m);
    return;
  case BDC_KIND_OBJECT:
    put_object(m, row->object, spoiled);
    return;
  case BDC_KIND_ARRAY:
    put_array(m, row, spoiled);
    return;
  case BDC_KIND_MAP:
    put_map(m, row, spoiled);
    return;
  }
}

/* ---- whole bodies ---- */

/* Where the accepter copies a body or not, and where its windows end. */
static void reach_border(maker *m) {
  static const uint32_t borders[] = { 64, 128, 1024, 2048, 2048, 3072, 4096 };
  uint32_t wanted = borders[below(m->random, LENGTH(borders))] + below(m->random, 100);
  wanted -= wanted < 100 ? 0 : 60;
  body *out = m->out;
  if (out->size == 0 || out->size >= wanted || one_in(m->random, 3)) {
    return;
  }
  /* Blanks before the body, or behind its first bracket. */
  uint32_t count = wanted - out->size;
  uint32_t at = one_in(m->random, 2);
  memmove(out->text + at + count, out->text + at, out->size - at);
  memset(out->text + at, one_in(m->random, 2) ? ' ' : '\n', count);
  out->size += count;
  parts *all[] = { &out->members, &out->strings, &out->scalars };
  for (size_t i = 0; i < LENGTH(all); i++) {
    for (uint32_t j = 0; j < all[i]->count; j++) {
      all[i]->list[j].first += count;
      all[i]->list[j].end += count;
    }
  }
}

void make_body(random_source *random, body *out, const bdc_service *service, const bdc_row *root, flavour made_of, bool clean) {
  static const char *const line_ends[] = { "\n", "\r\n", "\n\n" };
  static const char *const indents[] = { "  ", "    ", "\t", " ", "        " };
  static const uint32_t optional[] = { 0, 1, 4, 8, 14, 16 };
  maker m = { .random = random,
              .out = out,
              .service = service,
              .flavour = made_of,
              .spacing = (spacing)below(random, SPACINGS),
              .line_end = line_ends[below(random, LENGTH(line_ends))],
              .indent = indents[below(random, LENGTH(indents))],
              .depth_max = 1 + below(random, one_in(random, 16) ? 40 : 4),
              .optional = optional[below(random, LENGTH(optional))],
              .few = one_in(random, 2),
              .spoiled = clean ? 0 : 1 + below(random, one_in(random, 4) ? 40 : 8) };
  out->size = 0;
  out->full = false;
  out->members.count = out->strings.count = out->scalars.count = 0;
  m.deep = m.depth_max > 4;
  if (one_in(random, 4)) {
    put_blanks(&m, 70);
  }
  put_value(&m, root);
  if (one_in(random, 4)) {
    put_blanks(&m, one_in(random, 4) ? 70 : 2);
  }
  if (one_in(random, 16) && out->size < BODY_MAX / 2) {
    reach_border(&m);
  }
}
