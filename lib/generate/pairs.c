/* SPDX-License-Identifier: MIT */
/*
 * A covering array of strength two: few valid bodies in which every pair of choices of two members occurs together. A choice is that the
 * member is absent, or one of its values at a boundary. Each body is the best of some drafts, which start from a pair that is still to
 * come and then take, member by member, the choice that brings most of those (as AETG does).
 */
#include "generate/generator.h"

#include "base/str.h"

enum { FACTORS_MAX = 1024, LEVELS_MAX = 2048, VALUES_MAX = 6, DRAFTS = 6 };

/* A choice of a member: its value as it stands in a body. */
typedef struct level {
  bdc_str token; /* no data: it is absent */
  uint32_t factor;
} level;

typedef struct factor {
  const bdc_row *row;
  uint32_t first; /* of its levels */
  uint32_t count;
} factor;

struct bdc__pairs {
  size_t spot; /* of the object */
  factor *factors;
  size_t factor_count;
  level *levels;
  size_t level_count;
  uint64_t *missing; /* a bit for each two levels that have not come together; for one and itself: that has not come */
  size_t words;      /* for each level */
  size_t left;
  bool impossible; /* what must be there has no choice, so that no body is valid */
  bdc_omission why;
  uint32_t *order;
  uint32_t *draft; /* a level for each factor */
  uint32_t *best;
};

/* ---- choices ---- */

/* Keeps what is in g->token as a choice of the last factor, unless it has it already. */
static void add_token(bdc_generator *g, bdc__pairs *p) {
  factor *of = &p->factors[p->factor_count - 1];
  bdc_str token = bdc__buffer_text(&g->token);
  if (!bdc__buffer_whole(&g->token) || token.size > g->settings.body_size / 4 || p->level_count == LEVELS_MAX) {
    return;
  }
  for (uint32_t i = 0; i < of->count; i++) {
    const bdc_str known = p->levels[of->first + i].token;
    if (known.data && bdc__str_equal(known, token)) {
      return;
    }
  }
  level *made = &p->levels[p->level_count];
  if (!bdc__arena_copy(&g->arena, token, &made->token)) {
    g->values.failed = true;
    return;
  }
  made->factor = (uint32_t)p->factor_count - 1;
  p->level_count++;
  of->count++;
}

static void add_text_level(bdc_generator *g, bdc__pairs *p, const bdc_row *row, bdc__wish wish) {
  if (wish.length <= g->settings.body_size / 4 || wish.length == BDC_UNBOUNDED) {
    bdc__buffer_clear(&g->token);
    if (bdc__text_write(&g->values, row, &wish, &g->text)) {
      bdc__string_write(&g->token, bdc__buffer_text(&g->text), BDC__SPELL_PLAIN, &g->values.draw);
      add_token(g, p);
    }
  }
}

static void add_listed_level(bdc_generator *g, bdc__pairs *p, const bdc_row *row, bdc_str value) {
  bool zoneless;
  bdc__buffer_clear(&g->token);
  bdc__string_write(&g->token, value, BDC__SPELL_PLAIN, &g->values.draw);
  if (bdc__text_breaks(&g->values, row, value, &zoneless) == 0 && !zoneless) {
    add_token(g, p);
  }
}

static void add_string_levels(bdc_generator *g, bdc__pairs *p, const bdc_row *row) {
  for (uint32_t i = 0; i < row->value_count && i < VALUES_MAX; i++) {
    add_listed_level(g, p, row, row->values[i]);
  }
  if (row->value_count == 0) {
    add_text_level(g, p, row, (bdc__wish){ .length = row->length_min });
    add_text_level(g, p, row, (bdc__wish){ .length = row->length_max == BDC_UNBOUNDED ? row->length_min + 100 : row->length_max });
    add_text_level(g, p, row, (bdc__wish){ .length = row->length_min + 1, .size = 4 });
  }
  /* Where a pattern leaves none of these, and beside an empty text. */
  if (row->value_count == 0 && p->level_count < (size_t)p->factors[p->factor_count - 1].first + 2) {
    add_text_level(g, p, row, BDC__ANY_TEXT);
  }
}

static void add_number_level(bdc_generator *g, bdc__pairs *p, const bdc_row *row, bdc_str number) {
  bdc__buffer_clear(&g->token);
  bdc__buffer_add(&g->token, number);
  if (number.size && bdc__number_breaks(row, number) == 0) {
    add_token(g, p);
  }
}

static void add_number_levels(bdc_generator *g, bdc__pairs *p, const bdc_row *row) {
  for (uint32_t i = 0; i < row->value_count && i < VALUES_MAX; i++) {
    add_number_level(g, p, row, row->values[i]);
  }
  add_number_level(g, p, row, bdc__number_end(row, false));
  add_number_level(g, p, row, bdc__number_end(row, true));
  add_number_level(g, p, row, BDC_STR("0"));
  if (row->format == BDC_FORMAT_EPOCH_MS) {
    add_number_level(g, p, row, BDC_STR("1000000000000"));
    add_number_level(g, p, row, BDC_STR("9999999999999"));
  }
}

static void add_value_level(bdc_generator *g, bdc__pairs *p, const bdc_row *row, bdc__filling filling) {
  bdc__buffer_clear(&g->token);
  if (bdc__value_write(&g->values, row, filling, &g->token)) {
    add_token(g, p);
  }
}

static void add_items_level(bdc_generator *g, bdc__pairs *p, const bdc_row *row, uint64_t count) {
  enum { MANY = 1000 };
  bool array = row->kind == BDC_KIND_ARRAY;
  if (count > MANY || (count == 0 && row->includes.data)) {
    return;
  }
  bdc__buffer_clear(&g->token);
  bdc__buffer_add_byte(&g->token, array ? '[' : '{');
  bool written = bdc__items_write(&g->values, row, count, (bdc__filling){ 0 }, &g->token);
  bdc__buffer_add_byte(&g->token, array ? ']' : '}');
  if (written) {
    add_token(g, p);
  }
}

static void add_literal_level(bdc_generator *g, bdc__pairs *p, const char *literal) {
  bdc__buffer_clear(&g->token);
  bdc__buffer_add_literal(&g->token, literal);
  add_token(g, p);
}

static void add_levels(bdc_generator *g, bdc__pairs *p, const bdc_row *row) {
  switch ((bdc_kind)row->kind) {
  case BDC_KIND_STRING:
    add_string_levels(g, p, row);
    return;
  case BDC_KIND_INTEGER:
  case BDC_KIND_LONG:
  case BDC_KIND_NUMBER:
    add_number_levels(g, p, row);
    return;
  case BDC_KIND_BOOLEAN:
    add_literal_level(g, p, "true");
    add_literal_level(g, p, "false");
    return;
  case BDC_KIND_ANY:
    add_literal_level(g, p, "\"\"");
    add_literal_level(g, p, "0");
    add_literal_level(g, p, "{\"a\":[]}");
    return;
  case BDC_KIND_OBJECT:
    add_value_level(g, p, row, (bdc__filling){ 0, 0 });
    add_value_level(g, p, row, (bdc__filling){ 16, 2 });
    return;
  case BDC_KIND_ARRAY:
  case BDC_KIND_MAP:
    add_items_level(g, p, row, row->items_min);
    add_items_level(g, p, row, row->items_min + 1 <= row->items_max ? row->items_min + 1 : row->items_min);
    add_items_level(g, p, row, row->items_max);
    return;
  }
}

static void give_up(bdc__pairs *p, bdc_omission why) {
  p->impossible = true;
  p->why = why;
}

static void add_factor(bdc_generator *g, bdc__pairs *p, const bdc_row *row) {
  bool member = row != g->spots[0].row;
  bool optional = member && !(row->flags & BDC__ROW_MANDATORY);
  if (p->factor_count == FACTORS_MAX || p->level_count == LEVELS_MAX) {
    if (optional) {
      g->rows_cut = true;
    } else {
      give_up(p, BDC_OMITTED_ROWS);
    }
    return;
  }
  factor *of = &p->factors[p->factor_count++];
  *of = (factor){ row, (uint32_t)p->level_count, 0 };
  if (optional) {
    p->levels[p->level_count++] = (level){ .factor = (uint32_t)p->factor_count - 1 };
    of->count++;
  }
  if (row->flags & BDC__ROW_NULLABLE) {
    add_literal_level(g, p, "null");
  }
  add_levels(g, p, row);
  if (of->count == 0) {
    p->factor_count--;
    give_up(p, BDC_OMITTED_VALID);
  }
}

/* ---- making ---- */

/* The first object: the body itself, or what its items are. */
static const bdc_object *object_of(const bdc_generator *g, size_t *spot) {
  for (size_t i = 0; i < g->spot_count; i++) {
    if (g->spots[i].row->object) {
      *spot = i;
      return g->spots[i].row->object;
    }
  }
  *spot = 0;
  return NULL;
}

static bool allocate(bdc_generator *g, bdc__pairs *p, size_t factors) {
  p->factors = bdc__arena_alloc(&g->arena, factors ? factors : 1, sizeof *p->factors);
  p->levels = bdc__arena_alloc(&g->arena, LEVELS_MAX, sizeof *p->levels);
  p->order = bdc__arena_alloc(&g->arena, factors ? factors : 1, sizeof *p->order);
  p->draft = bdc__arena_alloc(&g->arena, factors ? factors : 1, sizeof *p->draft);
  p->best = bdc__arena_alloc(&g->arena, factors ? factors : 1, sizeof *p->best);
  return p->factors && p->levels && p->order && p->draft && p->best;
}

bdc_status bdc__pairs_new(bdc_generator *g) {
  bdc__pairs *p = bdc__arena_alloc(&g->arena, 1, sizeof *p);
  if (!p) {
    return BDC_ERR_MEMORY;
  }
  const bdc_object *object = object_of(g, &p->spot);
  size_t rows = object ? object->row_count : 1;
  if (!allocate(g, p, rows < FACTORS_MAX ? rows : FACTORS_MAX)) {
    return BDC_ERR_MEMORY;
  }
  for (size_t i = 0; i < rows; i++) {
    add_factor(g, p, object ? &object->rows[i] : g->spots[0].row);
  }
  p->words = (p->level_count + 63) / 64;
  p->missing = bdc__arena_alloc(&g->arena, p->level_count + 1, (p->words + 1) * sizeof *p->missing);
  g->pairs = p;
  return p->missing && !g->values.failed ? BDC_OK : BDC_ERR_MEMORY;
}

/* ---- covering ---- */

static uint64_t *word_of(const bdc__pairs *p, uint32_t a, uint32_t b) {
  return &p->missing[a * p->words + b / 64];
}

static bool is_missing(const bdc__pairs *p, uint32_t a, uint32_t b) {
  return *word_of(p, a, b) >> b % 64 & 1;
}

static void set_missing(bdc__pairs *p, uint32_t a, uint32_t b, bool missing) {
  uint64_t bit = UINT64_C(1) << b % 64;
  uint64_t *word = word_of(p, a, b);
  *word = missing ? *word | bit : *word & ~bit;
}

static void begin(bdc__pairs *p) {
  p->left = p->level_count == 0 || p->impossible; /* an object without members: one body */
  for (uint32_t a = 0; a < p->level_count && !p->impossible; a++) {
    for (uint32_t b = a; b < p->level_count; b++) {
      bool pair = a == b || p->levels[a].factor != p->levels[b].factor;
      set_missing(p, a, b, pair);
      set_missing(p, b, a, pair);
      p->left += pair;
    }
  }
}

/* Two levels that have not come together, of which some are left, from a drawn one on. */
static void find_missing(const bdc__pairs *p, bdc__draw *draw, uint32_t *first, uint32_t *second) {
  size_t from = bdc__draw_below(draw, p->level_count);
  for (size_t i = 0;; i++) {
    uint32_t a = (uint32_t)((from + i) % p->level_count);
    for (size_t word = 0; word < p->words; word++) {
      uint64_t bits = p->missing[a * p->words + word];
      if (bits) {
        *first = a;
        *second = (uint32_t)(word * 64 + (size_t)__builtin_ctzll(bits));
        return;
      }
    }
  }
}

/* How many missing pairs a level makes with the first `count` members of a draft, by their order. */
static size_t gain_of(const bdc__pairs *p, uint32_t candidate, size_t count) {
  size_t gain = is_missing(p, candidate, candidate);
  for (size_t i = 0; i < count; i++) {
    gain += is_missing(p, candidate, p->draft[p->order[i]]);
  }
  return gain;
}

static uint32_t best_level(const bdc__pairs *p, bdc__draw *draw, const factor *of, size_t count, size_t *gain) {
  uint32_t best = of->first;
  size_t most = 0;
  size_t from = bdc__draw_below(draw, of->count);
  for (uint32_t i = 0; i < of->count; i++) {
    uint32_t candidate = of->first + (uint32_t)((from + i) % of->count);
    size_t here = gain_of(p, candidate, count);
    if (i == 0 || here > most) {
      best = candidate;
      most = here;
    }
  }
  *gain += most;
  return best;
}

/* A random order of the members that begins with these, which may be one. */
static void draw_order(bdc__pairs *p, bdc__draw *draw, uint32_t first, uint32_t second) {
  size_t count = p->factor_count;
  for (uint32_t i = 0; i < count; i++) {
    p->order[i] = i;
  }
  for (size_t i = count; i > 1; i--) {
    size_t other = bdc__draw_below(draw, i);
    uint32_t kept = p->order[i - 1];
    p->order[i - 1] = p->order[other];
    p->order[other] = kept;
  }
  const uint32_t leading[] = { first, second };
  for (size_t i = 0; i < (first == second ? 1 : 2); i++) {
    size_t at = i;
    while (p->order[at] != leading[i]) {
      at++;
    }
    p->order[at] = p->order[i];
    p->order[i] = leading[i];
  }
}

static size_t draw_draft(bdc__pairs *p, bdc__draw *draw) {
  uint32_t first = 0;
  uint32_t second = 0;
  size_t gain = 0;
  find_missing(p, draw, &first, &second);
  bool two = p->levels[first].factor != p->levels[second].factor;
  draw_order(p, draw, p->levels[first].factor, two ? p->levels[second].factor : p->levels[first].factor);
  p->draft[p->levels[first].factor] = first;
  p->draft[p->levels[second].factor] = second;
  gain = is_missing(p, first, second);
  for (size_t i = two ? 2 : 1; i < p->factor_count; i++) {
    uint32_t number = p->order[i];
    p->draft[number] = best_level(p, draw, &p->factors[number], i, &gain);
  }
  return gain;
}

/* The best of some drafts, into p->best. */
static void choose(bdc__pairs *p, bdc__draw *draw) {
  size_t most = 0;
  for (unsigned i = 0; i < DRAFTS; i++) {
    size_t gain = draw_draft(p, draw);
    if (i == 0 || gain > most) {
      memcpy(p->best, p->draft, p->factor_count * sizeof *p->draft);
      most = gain;
    }
  }
}

static void cover(bdc__pairs *p) {
  p->left -= p->level_count == 0;
  for (size_t i = 0; i < p->factor_count; i++) {
    for (size_t j = i; j < p->factor_count; j++) {
      uint32_t a = p->best[i];
      uint32_t b = p->best[j];
      p->left -= is_missing(p, a, b);
      set_missing(p, a, b, false);
      set_missing(p, b, a, false);
    }
  }
}

/* ---- cases ---- */

static void write_members(bdc_generator *g, const bdc__pairs *p) {
  bdc__buffer_add_byte(&g->token, '{');
  for (size_t i = 0; i < p->factor_count; i++) {
    bdc_str token = p->levels[p->best[i]].token;
    if (token.data) {
      bdc__buffer_add_literal(&g->token, g->token.size > 1 ? "," : "");
      bdc__string_write(&g->token, p->factors[i].row->name, BDC__SPELL_PLAIN, &g->values.draw);
      bdc__buffer_add_byte(&g->token, ':');
      bdc__buffer_add(&g->token, token);
    }
  }
  bdc__buffer_add_byte(&g->token, '}');
}

void bdc__cases_pairs(bdc_generator *g) {
  bdc__pairs *p = g->pairs;
  if (!p || g->stage) {
    return;
  }
  if (g->wanted == 0) {
    begin(p);
  }
  if (p->left == 0) {
    return;
  }
  g->at = g->passed = g->wanted;
  if (!bdc__turn(g, g->spots[p->spot].row, BDC__NO_RULE, false)) {
    return;
  }
  bdc__say_number(g, g->wanted + 1, ". combination");
  if (p->impossible) {
    p->left = 0;
    bdc__leave_out(g, p->why);
    return;
  }
  if (p->level_count) {
    choose(p, &g->values.draw);
  }
  cover(p);
  if (g->spots[p->spot].row->object) {
    write_members(g, p);
  } else {
    bdc__buffer_add(&g->token, p->levels[p->best[0]].token);
  }
  bdc__make_value(g, p->spot);
}
