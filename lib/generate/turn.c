/* SPDX-License-Identifier: MIT */
/* Whose turn it is, what the case is called, and what is left out. */
#include "generate/generator.h"

#include "base/str.h"

/* ---- turns ---- */

/* The field that is asked for is that of the row, or it is the pointer of the stage's spot. */
static bool is_field(bdc_generator *g, const bdc_row *row) {
  bdc_str field = g->settings.field;
  if (field.size == 0 || (row && bdc__str_equal(row->name, field))) {
    return true;
  }
  if (field.data[0] != '/' || g->spot == SIZE_MAX) {
    return false;
  }
  bdc__spot_pointer(g, g->spot, &g->pointer);
  return bdc__str_equal(bdc__buffer_text(&g->pointer), field);
}

static bool is_wanted(bdc_generator *g, const bdc_row *row, int rule, bool invalid) {
  const bdc_generate_settings *settings = &g->settings;
  if ((settings->wanted == BDC_WANTED_VALID && invalid) || (settings->wanted == BDC_WANTED_INVALID && !invalid)) {
    return false;
  }
  if (settings->rules && (rule == BDC__NO_RULE || !(settings->rules >> rule & 1))) {
    return false;
  }
  return is_field(g, row);
}

static uint64_t mixed(uint64_t a, uint64_t b) {
  bdc__draw draw = { a ^ b * UINT64_C(0xd6e8feb86659fd93) };
  return bdc__draw_next(&draw);
}

/* What is drawn for a case depends on where it stands, not on which cases are wanted before it. */
static void begin(bdc_generator *g) {
  enum { DEPTH = 4, ALL = 17 };
  g->values.draw.state = mixed(mixed(mixed(g->settings.seed, g->round), g->stage), g->passed);
  bdc__draw *draw = &g->values.draw;
  g->filling = (bdc__filling){ 0 };
  if (g->round) {
    g->filling = (bdc__filling){ (unsigned)bdc__draw_below(draw, ALL), (unsigned)bdc__draw_below(draw, DEPTH) };
  }
  bdc__buffer *const buffers[] = { &g->token,   &g->text,   &g->body_text, &g->detail,    &g->label,
                                   &g->pointer, &g->target, &g->fields,    &g->values.try };
  for (size_t i = 0; i < sizeof buffers / sizeof buffers[0]; i++) {
    bdc__buffer_clear(buffers[i]);
  }
  g->values.names = g->spot == SIZE_MAX ? 0 : bdc__spot_names(g, g->spot);
  g->whole_body = false;
  g->change = (bdc__head_change){ 0 };
  g->taken = true;
}

bool bdc__turn_as(bdc_generator *g, const bdc_row *row, int rule, bool breaks, bdc_severity severity) {
  bool invalid = breaks && severity == BDC_ERROR;
  g->passed++;
  if (g->taken || !is_wanted(g, row, rule, invalid) || g->at++ != g->wanted) {
    return false;
  }
  begin(g);
  g->made = (bdc_case){ .operation = g->operation,
                        .http_status = g->http_status,
                        .verdict = invalid ? BDC_INVALID : BDC_VALID,
                        .reported = breaks,
                        .rule = rule == BDC__NO_RULE ? BDC_RULE_SYNTAX : (bdc_rule)rule,
                        .severity = severity,
                        .in = g->in,
                        .row = row };
  g->about = rule;
  return true;
}

bool bdc__turn(bdc_generator *g, const bdc_row *row, int rule, bool breaks) {
  bool warning = breaks && row->warnings >> rule & 1;
  return bdc__turn_as(g, row, rule, breaks, warning ? BDC_WARNING : BDC_ERROR);
}

bool bdc__turn_text(bdc_generator *g, bdc_rule rule, bool breaks, const char *words) {
  if (!bdc__turn_as(g, NULL, (int)rule, breaks, BDC_ERROR)) {
    return false;
  }
  bdc__say(g, words);
  return true;
}

/* ---- labels ---- */

void bdc__say(bdc_generator *g, const char *words) {
  bdc__buffer_add_literal(&g->detail, words);
}

void bdc__say_number(bdc_generator *g, uint64_t number, const char *words) {
  bdc__buffer_add_number(&g->detail, number);
  bdc__say(g, words);
}

void bdc__say_character(bdc_generator *g, uint32_t character) {
  enum { DIGITS = 4 };
  const char *digits = "0123456789ABCDEF";
  unsigned count = DIGITS;
  while (count < 6 && character >> 4 * count) {
    count++;
  }
  bdc__say(g, "U+");
  while (count-- > 0) {
    bdc__buffer_add_byte(&g->detail, digits[character >> 4 * count & 15]);
  }
}

/* Of a text that is of the table. What a terminal might act on is escaped. */
void bdc__say_text(bdc_generator *g, bdc_str text) {
  bdc__string_write(&g->detail, text, BDC__SPELL_PLAIN, &g->values.draw);
}

static void add_place(bdc_generator *g, bdc__buffer *out) {
  if (g->made.in != BDC_IN_BODY) {
    bdc__buffer_add_literal(out, bdc_place_name(g->made.in));
    bdc__buffer_add_literal(out, g->made.row ? " " : "");
    bdc__buffer_add(out, g->made.row ? g->made.row->name : (bdc_str){ 0 });
  } else if (g->spot == SIZE_MAX || g->spot == 0) {
    bdc__buffer_add_literal(out, "body");
  } else {
    bdc__buffer pointer = { .memory = g->arena.allocator, .limit = SIZE_MAX };
    bdc__spot_pointer(g, g->spot, &pointer);
    bdc__buffer_add(out, bdc__buffer_whole(&pointer) ? bdc__str_from(bdc__buffer_text(&pointer), 1) : (bdc_str){ 0 });
    bdc__buffer_free(&pointer);
  }
}

void bdc__label_write(bdc_generator *g) {
  bdc__buffer_clear(&g->label);
  add_place(g, &g->label);
  bdc__buffer_add_literal(&g->label, ": ");
  if (g->about != BDC__NO_RULE) {
    bdc__buffer_add_literal(&g->label, bdc_rule_name((bdc_rule)g->about));
    bdc__buffer_add_literal(&g->label, ", ");
  }
  bdc__buffer_add(&g->label, bdc__buffer_text(&g->detail));
}

/* ---- what is left out ---- */

void bdc__omit(bdc_generator *g, bdc_omission reason) {
  if (g->round && reason != BDC_OMITTED_FAULT) {
    return; /* it has been told in the first */
  }
  bdc__label_write(g);
  bdc__omitted_entry *entry = bdc__arena_alloc(&g->arena, 1, sizeof *entry);
  if (!entry || !bdc__buffer_whole(&g->label) || !bdc__arena_copy(&g->arena, bdc__buffer_text(&g->label), &entry->omitted.label)) {
    g->values.failed = true;
    return;
  }
  entry->omitted.reason = reason;
  entry->omitted.row = g->made.row;
  entry->omitted.about_rule = g->about != BDC__NO_RULE;
  entry->omitted.rule = g->made.rule;
  *(g->omitted_last ? &g->omitted_last->next : &g->omitted_first) = entry;
  g->omitted_last = entry;
  g->omitted_count++;
}

void bdc__leave_out(bdc_generator *g, bdc_omission reason) {
  bool full = g->token.full || g->text.full || g->body_text.full || g->values.try.full;
  g->outcome = BDC__NOTHING;
  bdc__omit(g, full ? BDC_OMITTED_SIZE : reason);
}

void bdc__skip(bdc_generator *g) {
  g->outcome = BDC__NOTHING;
}

size_t bdc_generator_omitted_count(const bdc_generator *generator) {
  return generator->omitted_count;
}

bdc_omitted bdc_generator_omitted(const bdc_generator *generator, size_t index) {
  const bdc__omitted_entry *entry = generator->omitted_first;
  while (entry && index--) {
    entry = entry->next;
  }
  return entry ? entry->omitted : (bdc_omitted){ 0 };
}

const char *bdc_omission_text(bdc_omission reason) {
  static const char *const texts[] = {
    [BDC_OMITTED_SIZE] = "it would be larger than is asked for",
    [BDC_OMITTED_ALONE] = "no value was found that does this and breaks nothing else",
    [BDC_OMITTED_VALID] = "no valid value was found for it, or for what must stand around it",
    [BDC_OMITTED_ROWS] = "there are more rows than are looked at",
    [BDC_OMITTED_FAULT] = "a check does not confirm it; this is a fault of bodycheck",
  };
  return (size_t)reason < sizeof texts / sizeof texts[0] ? texts[reason] : "?";
}
