/* SPDX-License-Identifier: MIT */
/* TYPE: "string", "object app", "array of map of long". */
#include "rules/parse.h"

/* ---- objects by name ---- */

bdc__named_object *bdc__object_of(bdc__parser *parser, bdc_str name) {
  bdc__load *load = parser->load;
  const bdc__named_object *known = bdc__map_get(&parser->objects, name);
  if (known) {
    return (bdc__named_object *)known; /* it was made below */
  }
  bdc__named_object *object = bdc__arena_alloc(&load->arena, 1, sizeof(*object));
  if (!object || !bdc__map_set(&parser->objects, &load->scratch, name, object)) {
    bdc__parse_no_memory(parser);
    return NULL;
  }
  object->object.name = name;
  return object;
}

const bdc_object *bdc__object_use_of(bdc__parser *parser, const bdc__word *name) {
  const bdc__named_object *object = bdc__object_of(parser, name->text);
  if (!object || object->defined) {
    return object ? &object->object : NULL;
  }
  bdc__object_use *use = bdc__list_add(&parser->object_uses, &parser->load->scratch, sizeof(*use));
  if (!use) {
    bdc__parse_no_memory(parser);
    return NULL;
  }
  size_t column = bdc__scan_column(&parser->scanner, name->offset);
  *use = (bdc__object_use){ object, parser->scanner.line.number, column };
  return &object->object;
}

/* ---- types ---- */

void bdc__row_default(bdc_row *row, bdc_kind kind) {
  row->kind = (uint8_t)kind;
  row->length_max = BDC_UNBOUNDED;
  row->items_max = BDC_UNBOUNDED;
  row->fraction_max = UINT32_MAX;
}

static bool read_kind(bdc__parser *parser, bdc__word *word, bdc_kind *out) {
  const char *names[BDC_KIND_MAP + 1];
  size_t kind = 0;
  for (size_t i = 0; i <= BDC_KIND_MAP; i++) {
    names[i] = bdc_kind_name((bdc_kind)i);
  }
  if (!bdc__parse_word(parser, "a type", word) || !bdc__parse_keyword(parser, word, "type", BDC__KEYWORDS(names), &kind)) {
    return false;
  }
  *out = (bdc_kind)kind;
  return true;
}

/* What follows the word of a kind: "of" behind array and map, the name behind object. */
static bool kind_tail(bdc__parser *parser, bdc_row *row) {
  bdc__word word;
  if (row->kind == BDC_KIND_OBJECT) {
    if (!bdc__parse_name(parser, "the name of an object", &word)) {
      return false;
    }
    row->object = bdc__object_use_of(parser, &word);
    return row->object != NULL;
  }
  if (row->kind == BDC_KIND_ARRAY || row->kind == BDC_KIND_MAP) {
    if (!bdc__parse_word(parser, "of TYPE", &word)) {
      return false;
    }
    return bdc__word_is(&word, "of") ||
           bdc__parse_fail(parser, word.offset, "unexpected \"%.*s\"; expected of TYPE", BDC__SHOWN(word.text));
  }
  return true;
}

/* Each level's type is written from its own word to the end of the last. */
static void set_texts(bdc_row *row, const size_t *starts, bdc_str line, size_t end) {
  for (size_t depth = 0; row; depth++) {
    row->type = (bdc_str){ line.data + starts[depth], end - starts[depth] };
    row = (bdc_row *)row->element; /* made by this parser */
  }
}

bool bdc__parse_type(bdc__parser *parser, bdc_row *row, size_t *offset) {
  size_t starts[BDC__TYPE_DEPTH_MAX] = { 0 };
  bdc_row *level = row;
  for (size_t depth = 0; depth < BDC__TYPE_DEPTH_MAX; depth++) {
    bdc__word word;
    bdc_kind kind = BDC_KIND_STRING;
    if (!read_kind(parser, &word, &kind)) {
      return false;
    }
    starts[depth] = word.offset;
    *offset = starts[0];
    bdc__row_default(level, kind);
    if (!kind_tail(parser, level)) {
      return false;
    }
    if (kind != BDC_KIND_ARRAY && kind != BDC_KIND_MAP) {
      set_texts(row, starts, parser->scanner.line.text, parser->scanner.line.at);
      return true;
    }
    bdc_row *element = bdc__arena_alloc(&parser->load->arena, 1, sizeof(*element));
    if (!element) {
      return bdc__parse_no_memory(parser);
    }
    bdc__row_default(element, BDC_KIND_ANY);
    level->element = element;
    level = element;
  }
  return bdc__parse_fail(parser, starts[0], "a type of more than %d levels", BDC__TYPE_DEPTH_MAX);
}

bdc_row *bdc__row_leaf(bdc_row *row) {
  while (row->element) {
    row = (bdc_row *)row->element; /* made by this parser */
  }
  return row;
}
