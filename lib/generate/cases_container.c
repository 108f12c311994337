/* SPDX-License-Identifier: MIT */
/* Cases of objects, arrays, maps and of values of any type: what is undocumented, counts of items, what must be among them, keys. */
#include "generate/generator.h"

#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

/* ---- undocumented members ---- */

static const char *const values_of_them[] = { "1", "\"a\"", "null", "{}", "[]", "{\"a\":[{\"b\":null}]}", "true" };

/* What the object says of undocumented members. */
static bdc_unknown policy_of(const bdc_generator *g, const bdc_object *object) {
  if (object->unknown != BDC_UNKNOWN_TABLE) {
    return object->unknown;
  }
  return g->http_status ? BDC_UNKNOWN_WARNING : BDC_UNKNOWN_ERROR;
}

/* The beginning of an object, with its valid members, ahead of one more; false, with the turn ended, where they are not found. */
static bool begin_object(bdc_generator *g, size_t spot, bdc__filling filling) {
  bdc__buffer_add_byte(&g->token, '{');
  if (!bdc__members_write(&g->values, g->spots[spot].row->object, NULL, filling, &g->token)) {
    bdc__leave_out(g, BDC_OMITTED_VALID);
    return false;
  }
  bdc__buffer_add_literal(&g->token, g->token.size > 1 ? "," : "");
  return true;
}

static void make_with_name(bdc_generator *g, size_t spot, bdc_str name, size_t number) {
  bdc__buffer *out = &g->token;
  if (!begin_object(g, spot, g->filling)) {
    return;
  }
  bdc__string_write(out, name, BDC__SPELL_PLAIN, &g->values.draw);
  bdc__buffer_add_byte(out, ':');
  bdc__buffer_add_literal(out, values_of_them[number % LENGTH(values_of_them)]);
  bdc__buffer_add_byte(out, '}');
  bdc__make_within(g, spot, name);
}

static void case_undocumented(bdc_generator *g, size_t spot, bdc_str name, const char *words, size_t number) {
  const bdc_row *row = g->spots[spot].row;
  bdc_unknown policy = policy_of(g, row->object);
  bool breaks = policy != BDC_UNKNOWN_IGNORE;
  if (!bdc__object_find(row->object, name) &&
      bdc__turn_as(g, row, BDC_RULE_UNKNOWN, breaks, policy == BDC_UNKNOWN_ERROR ? BDC_ERROR : BDC_WARNING)) {
    bdc__say(g, words);
    make_with_name(g, spot, name, number);
  }
}

/* A documented name, or its beginning, with something behind it. No documented name is longer than BDC__NAME_MAX. */
static void case_similar(bdc_generator *g, size_t spot, bdc_str kept, bdc_str behind, bool other_case, const char *words) {
  char similar[BDC__NAME_MAX + 1];
  bdc__text text = bdc__text_in(similar, sizeof similar);
  bdc__text_add(&text, kept);
  bdc__text_add(&text, behind);
  if (other_case) {
    similar[0] = (char)(similar[0] ^ 0x20);
  }
  case_undocumented(g, spot, (bdc_str){ similar, text.size }, words, kept.size);
}

static void cases_similar(bdc_generator *g, size_t spot) {
  enum { ROWS_MAX = 4 };
  const bdc_object *object = g->spots[spot].row->object;
  for (size_t i = 0; i < object->row_count && i < ROWS_MAX; i++) {
    const bdc_str none = { 0 };
    bdc_str name = object->rows[i].name;
    char first = name.size ? (char)(name.data[0] | 0x20) : '\0';
    case_similar(g, spot, name, BDC_STR("s"), false, "a documented name with a letter behind");
    case_similar(g, spot, name, BDC_STR(" "), false, "a documented name with a blank behind");
    case_similar(g, spot, name, BDC_STR("\0"), false, "a documented name with U+0000 behind");
    if (name.size > 1) {
      bdc_str shorter = bdc__utf8_cut(name, bdc__utf8_count(name.data, name.size) - 1);
      case_similar(g, spot, shorter, none, false, "a documented name without its last letter");
    }
    if (first >= 'a' && first <= 'z') {
      case_similar(g, spot, name, none, true, "a documented name, its first letter in the other case");
    }
  }
}

static void say_arrays(bdc_generator *g, bool over) {
  bdc__say(g, over ? "arrays one deeper than the limit" : "arrays as deep as the limit");
}

/* So many arrays in one another that the depth of the body is as it is allowed, or one more. `open`: what is open around them. */
static void add_arrays(bdc_generator *g, size_t open, bool over) {
  enum { DEPTH = 128 }; /* the default of bdc_limits.depth */
  bdc__buffer_add_repeat(&g->token, '[', DEPTH - open + over);
  bdc__buffer_add_repeat(&g->token, ']', DEPTH - open + over);
}

/* Below a member of which nothing is said. */
static void case_undocumented_depth(bdc_generator *g, size_t spot, bool over) {
  const bdc_row *row = g->spots[spot].row;
  if (policy_of(g, row->object) != BDC_UNKNOWN_IGNORE || !bdc__turn_as(g, row, BDC_RULE_LIMIT, over, BDC_ERROR)) {
    return;
  }
  say_arrays(g, over);
  if (!begin_object(g, spot, (bdc__filling){ 0 })) {
    return;
  }
  bdc__buffer_add_literal(&g->token, "\"undocumented\":");
  add_arrays(g, g->spots[spot].depth + 1, over);
  bdc__buffer_add_byte(&g->token, '}');
  bdc__make_broken_text(g, spot);
}

/* Twice the same undocumented name, where nothing else is said of such names. */
static void case_undocumented_twice(bdc_generator *g, size_t spot, bool escaped) {
  const bdc_row *row = g->spots[spot].row;
  if (policy_of(g, row->object) != BDC_UNKNOWN_IGNORE || !bdc__turn_as(g, row, BDC_RULE_DUPLICATE, true, BDC_ERROR)) {
    return;
  }
  bdc__say(g, escaped ? "an undocumented name twice, the second as \\u" : "an undocumented name twice");
  if (!begin_object(g, spot, (bdc__filling){ 0 })) {
    return;
  }
  bdc__buffer_add_literal(&g->token,
                          escaped ? "\"undocumented\":1,\"\\u0075ndocumented\":1}" : "\"undocumented\":1,\"undocumented\":1}");
  bdc__make_within(g, spot, BDC_STR("undocumented"));
}

void bdc__cases_object(bdc_generator *g, size_t spot) {
  static const bdc_str names[] = {
    BDC__STR_INIT("undocumented"), BDC__STR_INIT(""),     BDC__STR_INIT(" "), BDC__STR_INIT("__proto__"), BDC__STR_INIT("constructor"),
    BDC__STR_INIT("\xe6\x9d\x8e"), BDC__STR_INIT("a/b~c")
  };
  for (size_t i = 0; i < LENGTH(values_of_them); i++) {
    case_undocumented(g, spot, names[0], values_of_them[i], i);
  }
  for (size_t i = 1; i < LENGTH(names); i++) {
    case_undocumented(g, spot, names[i], i == 1 ? "an empty name" : i == 2 ? "a blank as name" : names[i].data, i);
  }
  cases_similar(g, spot);
  case_undocumented_twice(g, spot, false);
  case_undocumented_twice(g, spot, true);
  case_undocumented_depth(g, spot, false);
  case_undocumented_depth(g, spot, true);
}

/* ---- counts ---- */

static void make_count(bdc_generator *g, size_t spot, uint64_t count) {
  const bdc_row *row = g->spots[spot].row;
  bool array = row->kind == BDC_KIND_ARRAY;
  if (!array && count > BDC__NAMES_MAX - g->values.names) {
    bdc__leave_out(g, BDC_OMITTED_ALONE);
    return;
  }
  bdc__buffer_add_byte(&g->token, array ? '[' : '{');
  bool written = bdc__items_write(&g->values, row, count, g->filling, &g->token);
  bdc__buffer_add_byte(&g->token, array ? ']' : '}');
  if (!written || (count == 0 && row->includes.data)) {
    bdc__leave_out(g, written ? BDC_OMITTED_ALONE : BDC_OMITTED_VALID);
  } else {
    bdc__make_value(g, spot);
  }
}

static void case_count(bdc_generator *g, size_t spot, uint64_t count) {
  const bdc_row *row = g->spots[spot].row;
  bool breaks = count < row->items_min || count > row->items_max;
  bool end = (count == row->items_min && count > 0) || count == row->items_max;
  bool needless = !breaks && !end && count == 0 && row->includes.data; /* includes is broken then */
  if (!needless && bdc__turn(g, row, breaks || end ? (int)BDC_RULE_ITEMS : (int)BDC__NO_RULE, breaks)) {
    bdc__say_number(g, count, row->kind == BDC_KIND_ARRAY ? (count == 1 ? " item" : " items") : (count == 1 ? " member" : " members"));
    make_count(g, spot, count);
  }
}

static void cases_count(bdc_generator *g, size_t spot) {
  enum { MANY = 100 };
  const bdc_row *row = g->spots[spot].row;
  bool bounded = row->items_max < BDC_UNBOUNDED - 1;
  const uint64_t counts[] = { 0,
                              1,
                              2,
                              row->items_min ? row->items_min - 1 : 0,
                              row->items_min,
                              row->items_min + 1,
                              bounded ? (row->items_max ? row->items_max - 1 : 0) : row->items_min + MANY,
                              bounded ? row->items_max : 0,
                              bounded ? row->items_max + 1 : 0 };
  uint64_t behind = 0;
  for (size_t i = 0; i < LENGTH(counts); i++) {
    if (counts[i] >= behind) {
      case_count(g, spot, counts[i]);
      behind = counts[i] + 1;
    }
  }
}

/* ---- arrays ---- */

/* An item that is not the one that must be there. */
static bool add_other_item(bdc_generator *g, const bdc_row *row) {
  enum { TRIES = 32 };
  for (unsigned i = 0; i < TRIES; i++) {
    bool written = bdc__text_write(&g->values, row->element, &BDC__ANY_TEXT, &g->text);
    if (written && !bdc__str_equal(bdc__buffer_text(&g->text), row->includes)) {
      bdc__string_write(&g->token, bdc__buffer_text(&g->text), BDC__SPELL_PLAIN, &g->values.draw);
      return true;
    }
  }
  return false;
}

/* So many items without the one that must be there; with it, and escaped, where `included`. */
static void case_includes(bdc_generator *g, size_t spot, uint64_t count, bool included) {
  const bdc_row *row = g->spots[spot].row;
  if (count > row->items_max || !bdc__turn(g, row, BDC_RULE_INCLUDES, !included)) {
    return;
  }
  bdc__say_number(g, count, count == 1 ? " item, " : " items, ");
  bdc__say(g, included ? "the last of them the one that must be there, as \\u" : "without the one that must be there");
  bdc__buffer_add_byte(&g->token, '[');
  for (uint64_t i = 0; i < count; i++) {
    bdc__buffer_add_literal(&g->token, i ? "," : "");
    bool last = included && i + 1 == count;
    if (!(last ? bdc__included_write(&g->values, row, BDC__SPELL_UNITS, &g->token) : add_other_item(g, row))) {
      bdc__leave_out(g, BDC_OMITTED_ALONE);
      return;
    }
  }
  bdc__buffer_add_byte(&g->token, ']');
  bdc__make_value(g, spot);
}

void bdc__cases_array(bdc_generator *g, size_t spot) {
  const bdc_row *row = g->spots[spot].row;
  cases_count(g, spot);
  if (row->includes.data) {
    uint64_t least = row->items_min ? row->items_min : 1;
    case_includes(g, spot, least, false);
    case_includes(g, spot, least + 1, false);
    case_includes(g, spot, least + 1, true);
  }
  if (row->includes.data && !bdc__has_free_items(row) && bdc__turn(g, row->element, BDC_RULE_TYPE, true)) {
    bdc__say(g, "items of other values than the one that must be there");
    bdc__leave_out(g, BDC_OMITTED_ALONE);
  }
}

/* ---- maps ---- */

/* A member of the map with a valid value. */
static bool add_entry(bdc_generator *g, size_t spot, const char *key) {
  bdc__buffer_add_literal(&g->token, g->token.size > 1 ? "," : "");
  bdc__buffer_add_literal(&g->token, key);
  bdc__buffer_add_byte(&g->token, ':');
  return bdc__value_write(&g->values, g->spots[spot].row->element, g->filling, &g->token);
}

/* One or two members with keys of their own, behind as many others as there must be. */
static void make_map(bdc_generator *g, size_t spot, const char *first, const char *second, bdc_str name) {
  const bdc_row *row = g->spots[spot].row;
  uint64_t own = second ? 2 : 1;
  uint64_t others = row->items_min > own ? row->items_min - own : 0;
  if (others >= BDC__NAMES_MAX - g->values.names) {
    bdc__leave_out(g, BDC_OMITTED_ALONE);
    return;
  }
  bdc__buffer_add_byte(&g->token, '{');
  bool written = bdc__items_write(&g->values, row, others, g->filling, &g->token);
  g->values.names += others + 1;
  written = written && add_entry(g, spot, first) && (!second || add_entry(g, spot, second));
  bdc__buffer_add_byte(&g->token, '}');
  if (!written) {
    bdc__leave_out(g, BDC_OMITTED_VALID);
  } else if (second) {
    bdc__make_within(g, spot, name);
  } else {
    bdc__make_value(g, spot);
  }
}

/* As many members as a check holds the names of, or one more. */
static void case_names(bdc_generator *g, size_t spot, bool over) {
  const bdc_row *row = g->spots[spot].row;
  uint64_t count = BDC__NAMES_MAX + (uint64_t)over;
  bool fits = row->items_min <= count && row->items_max >= count;
  if (!fits || bdc__spot_names(g, spot) || !bdc__turn_as(g, row, BDC_RULE_LIMIT, over, BDC_ERROR)) {
    return;
  }
  bdc__say_number(g, count, " members");
  bdc__buffer_add_byte(&g->token, '{');
  bool written =
      bdc__items_write(&g->values, row, BDC__NAMES_MAX, (bdc__filling){ 0 }, &g->token) && (!over || add_entry(g, spot, "\"k2048\""));
  bdc__buffer_add_byte(&g->token, '}');
  if (!written) {
    bdc__leave_out(g, BDC_OMITTED_VALID);
  } else if (over) {
    bdc__make_within(g, spot, BDC_STR("k2048"));
  } else {
    bdc__make_value(g, spot);
  }
}

static const struct {
  const char *first;
  const char *second;
  bdc_str name;
  const char *words;
} twice[] = {
  { "\"key\"", "\"key\"", BDC__STR_INIT("key"), "a key twice" },
  { "\"key\"", "\"\\u006bey\"", BDC__STR_INIT("key"), "a key twice, the second as \\u" },
  { "\"k\\u0065y\"", "\"key\"", BDC__STR_INIT("key"), "a key twice, the first as \\u" },
  { "\"\"", "\"\"", BDC__STR_INIT(""), "an empty key twice" },
  { "\"\\ud83d\\ude00\"", "\"\xf0\x9f\x98\x80\"", BDC__STR_INIT("\xf0\x9f\x98\x80"), "a key beyond 16 bits twice, the first as \\u" },
};

static const struct {
  const char *key;
  const char *words;
} keys[] = { { "\"\"", "an empty key" },
             { "\" \"", "a blank as key" },
             { "\"\\u0000\"", "U+0000 as key" },
             { "\"__proto__\"", "the key __proto__" },
             { "\"\\\"\\\\\\/\"", "a key of escapes" },
             { "\"\xe6\x9d\x8e\"", "a key beyond ASCII" } };

void bdc__cases_map(bdc_generator *g, size_t spot) {
  const bdc_row *row = g->spots[spot].row;
  cases_count(g, spot);
  case_names(g, spot, false);
  case_names(g, spot, true);
  for (size_t i = 0; i < LENGTH(twice) && row->items_max > 1; i++) {
    if (bdc__turn_as(g, row, BDC_RULE_DUPLICATE, true, BDC_ERROR)) {
      bdc__say(g, twice[i].words);
      make_map(g, spot, twice[i].first, twice[i].second, twice[i].name);
    }
  }
  for (size_t i = 0; i < LENGTH(keys) && row->items_max > 0; i++) {
    if (bdc__turn(g, row, BDC__NO_RULE, false)) {
      bdc__say(g, keys[i].words);
      make_map(g, spot, keys[i].key, NULL, (bdc_str){ 0 });
    }
  }
}

/* ---- any ---- */

static const char *const anything[] = { "\"\"",  "\"a\"", "0",  "-0",   "-1.5e3", "1e999999999", "12345678901234567890123",    "true",
                                        "false", "{}",    "[]", "[[]]", "[null]", "{\"\":null}", "{\"a\":{\"a\":[{\"a\":1}]}}" };

static void case_depth(bdc_generator *g, size_t spot, bool over) {
  if (bdc__turn_as(g, g->spots[spot].row, BDC_RULE_LIMIT, over, BDC_ERROR)) {
    say_arrays(g, over);
    add_arrays(g, g->spots[spot].depth, over);
    bdc__make_broken_text(g, spot);
  }
}

/* A duplicate is one wherever it stands. */
static void case_duplicate_within(bdc_generator *g, size_t spot, const char *token, const char *words) {
  if (bdc__turn_as(g, g->spots[spot].row, BDC_RULE_DUPLICATE, true, BDC_ERROR)) {
    bdc__say(g, words);
    bdc__buffer_add_literal(&g->token, token);
    bdc__make_within(g, spot, BDC_STR("a"));
  }
}

void bdc__cases_any(bdc_generator *g, size_t spot) {
  for (size_t i = 0; i < LENGTH(anything); i++) {
    if (bdc__turn(g, g->spots[spot].row, BDC_RULE_TYPE, false)) {
      bdc__say(g, anything[i]);
      bdc__buffer_add_literal(&g->token, anything[i]);
      bdc__make_value(g, spot);
    }
  }
  case_depth(g, spot, false);
  case_depth(g, spot, true);
  case_duplicate_within(g, spot, "{\"a\":1,\"a\":1}", "a member twice");
  case_duplicate_within(g, spot, "{\"a\":1,\"\\u0061\":{}}", "a member twice, the second name as \\u");
}
