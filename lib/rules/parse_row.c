/* SPDX-License-Identifier: MIT */
/* Field rows: NAME TYPE mandatory|optional RULES... @TAG. */
#include "rules/parse.h"

/* ---- names ---- */

/* "/name", RFC 6901: "~" is written "~0", "/" is written "~1". */
static bool set_pointer(bdc__parser *parser, bdc_row *row) {
  bdc_str name = row->name;
  char *pointer = bdc__arena_alloc(&parser->load->arena, 2 * name.size + 1, 1);
  if (!pointer) {
    return bdc__parse_no_memory(parser);
  }
  size_t size = 0;
  pointer[size++] = '/';
  for (size_t i = 0; i < name.size; i++) {
    char c = name.data[i];
    bool escape = c == '~' || c == '/';
    pointer[size++] = escape ? '~' : c;
    if (escape) {
      pointer[size++] = c == '~' ? '0' : '1';
    }
  }
  row->pointer = (bdc_str){ pointer, size };
  return true;
}

static bool read_name(bdc__parser *parser, bdc__word *word) {
  if (!bdc__parse_word(parser, "the name of a field", word)) {
    return false;
  }
  return word->text.size <= BDC__NAME_MAX ||
         bdc__parse_fail(parser, word->offset, "a name too long; expected at most %d bytes", BDC__NAME_MAX);
}

/* Header names match in any case, so they are the same in any case. Other tables are looked at when their rows are sealed. */
static bool note_header(bdc__parser *parser, const bdc__word *name) {
  bdc__arena *scratch = &parser->load->scratch;
  bdc_str key;
  if (!bdc__parse_lower(parser, name->text, &key)) {
    return false;
  }
  const bdc_str *first = bdc__map_get(&parser->headers, key);
  if (first) {
    /* The same spelling is found again, and told, when the rows are sealed. */
    return bdc__str_equal(*first, name->text) ||
           bdc__parse_fail(parser, name->offset, "a second row for \"%.*s\": header names are the same in any case",
                           BDC__SHOWN(name->text));
  }
  bdc_str *spelling = bdc__arena_alloc(scratch, 1, sizeof(*spelling));
  if (!spelling || !bdc__map_set(&parser->headers, scratch, key, spelling)) {
    return bdc__parse_no_memory(parser);
  }
  *spelling = name->text;
  return true;
}

/* ---- what stands before the rules ---- */

static bool check_place(bdc__parser *parser, bdc_place place, const bdc_row *row, size_t type_offset) {
  bool structured = row->kind == BDC_KIND_OBJECT || row->kind == BDC_KIND_ARRAY || row->kind == BDC_KIND_MAP;
  return place == BDC_IN_BODY || !structured ||
         bdc__parse_fail(parser, type_offset, "a %s in a %s table; expected a type that is written as text",
                         bdc_kind_name((bdc_kind)row->kind), bdc_place_name(place));
}

static bool set_unless(bdc__parser *parser, bdc_row *row, const bdc__word *word) {
  bdc__word header;
  if (row->unless.data) {
    return bdc__parse_fail(parser, word->offset, "`unless` stands twice");
  }
  if (!bdc__parse_word(parser, "the name of a header field", &header)) {
    return false;
  }
  if (header.text.size == 0 || (!header.quoted && header.text.data[0] == '@')) {
    return bdc__parse_fail(parser, header.offset, "expected the name of a header field behind `unless`");
  }
  row->unless = header.text;
  return true;
}

static bool set_when(bdc__parser *parser, bdc_row *row, const bdc__word *word) {
  bdc__word what;
  if (row->flags & BDC__ROW_WHEN_BODY) {
    return bdc__parse_fail(parser, word->offset, "`when` stands twice");
  }
  if (!bdc__parse_word(parser, "body", &what)) {
    return false;
  }
  if (!bdc__word_is(&what, "body")) {
    return bdc__parse_fail(parser, what.offset, "unexpected \"%.*s\"; expected when body", BDC__SHOWN(what.text));
  }
  row->flags |= BDC__ROW_WHEN_BODY;
  return true;
}

/* `unless HEADER` and `when body`, in any order. */
static bool read_conditions(bdc__parser *parser, bdc_place place, bdc_row *row) {
  bdc__word word;
  while (bdc__scan_word(&parser->scanner, &word)) {
    bool unless = bdc__word_is(&word, "unless");
    if (!unless && !bdc__word_is(&word, "when")) {
      bdc__parse_back(parser, &word);
      return true;
    }
    if (!(row->flags & BDC__ROW_MANDATORY)) {
      return bdc__parse_fail(parser, word.offset, "`%.*s` behind optional; it limits mandatory", BDC__SHOWN(word.text));
    }
    if (place != BDC_IN_HEADER && place != BDC_IN_QUERY) {
      return bdc__parse_fail(parser, word.offset, "`%.*s` outside header and query tables", BDC__SHOWN(word.text));
    }
    if (!(unless ? set_unless : set_when)(parser, row, &word)) {
      return false;
    }
  }
  return !parser->scanner.line.flawed;
}

static bool read_presence(bdc__parser *parser, bdc_place place, bdc_row *row) {
  bdc__word word;
  if (!bdc__parse_word(parser, "mandatory or optional", &word)) {
    return false;
  }
  bool mandatory = bdc__word_is(&word, "mandatory");
  if (!mandatory && !bdc__word_is(&word, "optional")) {
    return bdc__parse_fail(parser, word.offset, "unexpected \"%.*s\"; expected mandatory or optional", BDC__SHOWN(word.text));
  }
  if (!mandatory && place == BDC_IN_PATH) {
    return bdc__parse_fail(parser, word.offset, "an optional path parameter; expected mandatory");
  }
  row->flags = mandatory ? BDC__ROW_MANDATORY : 0;
  return read_conditions(parser, place, row);
}

/* ---- rows ---- */

void bdc__row_name_elements(bdc_row *row) {
  uint16_t shared = row->flags & BDC__ROW_SECRET;
  for (bdc_row *element = (bdc_row *)row->element; element; element = (bdc_row *)element->element) {
    element->name = row->name;
    element->source = row->source;
    element->line = row->line;
    element->warnings = row->warnings;
    element->flags |= shared;
  }
}

/* The sources of a row that has a mistake already: that it ends before them is none of its own. */
static bool check_sources(bdc__parser *parser, bdc_str *out) {
  bdc__word word;
  if (parser->scanner.line.flawed || !bdc__scan_word(&parser->scanner, &word)) {
    return false;
  }
  bdc__parse_back(parser, &word);
  return bdc__parse_sources(parser, out);
}

static bool read_row(bdc__parser *parser, bdc_place place, bdc_row *row, const bdc__word *name) {
  if (place == BDC_IN_HEADER && !note_header(parser, name)) {
    return false;
  }
  size_t type_at = 0;
  bool typed = set_pointer(parser, row) && bdc__parse_type(parser, row, &type_at) && check_place(parser, place, row, type_at);
  bool sound = typed && read_presence(parser, place, row);
  if (!sound) {
    bdc__parse_resync(parser, typed); /* without a type it is not known which rules fit */
  }
  sound = (!typed || bdc__parse_attributes(parser, row)) && sound;
  if (!(sound ? bdc__parse_sources : check_sources)(parser, &row->source)) {
    return false;
  }
  bdc__row_name_elements(row);
  return true;
}

/* A row with a mistake counts as a row of its name all the same: that it is missing would be no mistake of its own. */
static bool row_line(bdc__parser *parser, bdc_place place) {
  bdc__word name;
  if (!read_name(parser, &name)) {
    return true;
  }
  if (parser->rows.count == BDC__ROWS_MAX) {
    return bdc__parse_fail(parser, name.offset, "too many rows; expected at most %d in a table", BDC__ROWS_MAX);
  }
  bdc_row *row = bdc__list_add(&parser->rows, &parser->load->scratch, sizeof(*row));
  if (!row) {
    return bdc__parse_no_memory(parser);
  }
  row->name = name.text;
  row->line = parser->scanner.line.number;
  read_row(parser, place, row, &name);
  return true;
}

void bdc__parse_rows(bdc__parser *parser, bdc_place place, bdc__block *block) {
  parser->rows.count = 0;
  bdc__map_clear(&parser->headers);
  while (bdc__parse_row_line(parser, block)) {
    if (!row_line(parser, place)) {
      bdc__parse_skip_block(parser, block->parent);
      return;
    }
    bdc__scan_next(&parser->scanner);
  }
}
