/* SPDX-License-Identifier: MIT */
/* The blocks `errors`, `codes` and `answer`: what the service says when a rule is broken. */
#include "rules/parse.h"

/* A block that stands once; the rows of a second one are read all the same. */
static void open_block(bdc__parser *parser, bool *seen, const char *name) {
  if (*seen) {
    bdc__parse_fail(parser, parser->scanner.line.indent, "a second `%s` block; expected one", name);
  }
  *seen = true;
}

/* ---- errors ---- */

static const struct {
  const char *name;
  uint32_t where;
} places[] = {
  { "path", BDC__WHERE_PATH }, { "query", BDC__WHERE_QUERY },     { "header", BDC__WHERE_HEADER },
  { "body", BDC__WHERE_BODY }, { "request", BDC__WHERE_REQUEST }, { "response", BDC__WHERE_RESPONSE },
};

static bool read_where(bdc__parser *parser, bdc__error_row *row) {
  bdc__word word;
  bdc__word item;
  if (!bdc__parse_word(parser, "a place", &word)) {
    return false;
  }
  row->where_text = word.text;
  for (size_t at = 0; bdc__next_item(&word, &at, &item);) {
    size_t which = 0;
    if (!bdc__parse_keyword(parser, &item, "place", BDC__KEYWORDS(places), &which)) {
      return false;
    }
    row->where |= places[which].where;
  }
  return true;
}

static bool is_number(const bdc__word *word) {
  size_t digits = 0;
  while (digits < word->text.size && word->text.data[digits] >= '0' && word->text.data[digits] <= '9') {
    digits++;
  }
  return digits && digits == word->text.size && !word->quoted;
}

/* [FIELD] RULES STATUS: two words before the status are a field and its rules, one is the rules. */
static bool read_rules_and_status(bdc__parser *parser, bdc__error_row *row) {
  bdc__word rules;
  bdc__word status;
  if (!bdc__parse_word(parser, "a field, rules or *", &rules) || !bdc__parse_word(parser, "rules or a status", &status)) {
    return false;
  }
  if (!is_number(&status)) {
    row->field = rules.text;
    rules = status;
    if (!bdc__parse_word(parser, "a status", &status)) {
      return false;
    }
  }
  row->rules_text = rules.text;
  row->rules = (UINT32_C(1) << BDC__RULE_BITS) - 1;
  return (bdc__word_is(&rules, "*") || bdc__parse_rules(parser, &rules, true, &row->rules)) &&
         bdc__parse_status(parser, &status, &row->status);
}

static bool read_text(bdc__parser *parser, const char *expected, bdc_str *out) {
  bdc__word word;
  if (!bdc__parse_word(parser, expected, &word)) {
    return false;
  }
  *out = word.text;
  return word.quoted || word.text.data[0] != '@' || bdc__parse_fail(parser, word.offset, "a source here; expected %s", expected);
}

static bool read_error(bdc__parser *parser) {
  bdc__error_row *row = bdc__list_add(&parser->error_list, &parser->load->scratch, sizeof(*row));
  if (!row) {
    return bdc__parse_no_memory(parser);
  }
  row->line = parser->scanner.line.number;
  return read_where(parser, row) && read_rules_and_status(parser, row) && read_text(parser, "an error code", &row->code) &&
         read_text(parser, "a message", &row->message) && bdc__parse_sources(parser, &row->source);
}

void bdc__parse_errors(bdc__parser *parser) {
  bdc__block block = { .parent = 0 };
  open_block(parser, &parser->has_errors, "errors");
  bdc__parse_end(parser);
  bdc__scan_next(&parser->scanner);
  while (bdc__parse_row_line(parser, &block)) {
    read_error(parser);
    bdc__scan_next(&parser->scanner);
  }
}

/* ---- codes ---- */

/* One entry for each status of the row. */
static bool add_codes(bdc__parser *parser, const bdc__word *statuses, const bdc_code_info *row) {
  bdc__word item;
  for (size_t at = 0; bdc__next_item(statuses, &at, &item);) {
    bdc_code_info *code = bdc__list_add(&parser->code_list, &parser->load->scratch, sizeof(*code));
    if (!code) {
      return bdc__parse_no_memory(parser);
    }
    *code = *row;
    if (!bdc__parse_status(parser, &item, &code->status)) {
      return false;
    }
  }
  return true;
}

static bool read_code(bdc__parser *parser) {
  bdc_code_info row = { .status = 0 };
  bdc__word statuses;
  return read_text(parser, "an error code", &row.code) && bdc__parse_word(parser, "a status", &statuses) &&
         read_text(parser, "a message", &row.message) && bdc__parse_sources(parser, &row.source) && add_codes(parser, &statuses, &row);
}

void bdc__parse_codes(bdc__parser *parser) {
  bdc__block block = { .parent = 0 };
  open_block(parser, &parser->has_codes, "codes");
  bdc__parse_end(parser);
  bdc__scan_next(&parser->scanner);
  while (bdc__parse_row_line(parser, &block)) {
    read_code(parser);
    bdc__scan_next(&parser->scanner);
  }
}

/* ---- answer ---- */

static const struct {
  const char *name;
  bdc__content content;
} contents[] = {
  { "code", BDC__CONTENT_CODE },
  { "message", BDC__CONTENT_MESSAGE },
  { "detail", BDC__CONTENT_DETAIL },
  { "request-id", BDC__CONTENT_REQUEST_ID },
};

static bool read_answer_length(bdc__parser *parser, bdc__answer_row *row) {
  bdc__word word;
  uint64_t least = 0;
  if (!bdc__scan_word(&parser->scanner, &word)) {
    return !parser->scanner.line.flawed;
  }
  if (!bdc__word_is(&word, "length")) {
    bdc__parse_back(parser, &word);
    return true;
  }
  return bdc__parse_range(parser, &least, &row->length_max) &&
         (least == 0 || bdc__parse_fail(parser, word.offset, "expected length ..N: a text is cut, never filled"));
}

static bool read_answer(bdc__parser *parser) {
  bdc__answer_row *row = bdc__list_add(&parser->answer_list, &parser->load->scratch, sizeof(*row));
  if (!row) {
    return bdc__parse_no_memory(parser);
  }
  bdc__word name;
  bdc__word content;
  bdc_str source;
  size_t which = 0;
  row->length_max = BDC_UNBOUNDED;
  if (!bdc__parse_word(parser, "the name of a member", &name) || !bdc__parse_word(parser, "its content", &content) ||
      !bdc__parse_keyword(parser, &content, "content", BDC__KEYWORDS(contents), &which)) {
    return false;
  }
  row->name = name.text;
  row->content = contents[which].content;
  return read_answer_length(parser, row) && bdc__parse_sources(parser, &source);
}

/* The body that a 4xx or 5xx without a table of its own is checked against. */
static bool set_error_body(bdc__parser *parser, const bdc__word *name) {
  static const char prefix[] = "object ";
  bdc__arena *arena = &parser->load->arena;
  bdc__body *body = bdc__arena_alloc(arena, 1, sizeof(*body));
  size_t size = sizeof(prefix) - 1 + name->text.size;
  char *type = bdc__arena_alloc(arena, size, 1);
  if (!body || !type) {
    return bdc__parse_no_memory(parser);
  }
  memcpy(type, prefix, sizeof(prefix) - 1);
  memcpy(type + sizeof(prefix) - 1, name->text.data, name->text.size);
  bdc__row_default(&body->root, BDC_KIND_OBJECT);
  body->root.type = (bdc_str){ type, size };
  body->root.line = parser->scanner.line.number;
  body->root.object = bdc__object_use_of(parser, name);
  parser->service->error_body = body;
  return body->root.object != NULL;
}

void bdc__parse_answer(bdc__parser *parser) {
  bdc__block block = { .parent = 0 };
  bdc__word name;
  open_block(parser, &parser->has_answer, "answer");
  if (bdc__parse_name(parser, "the name of an object", &name) && set_error_body(parser, &name)) {
    bdc__parse_end(parser);
  }
  bdc__scan_next(&parser->scanner);
  while (bdc__parse_row_line(parser, &block)) {
    read_answer(parser);
    bdc__scan_next(&parser->scanner);
  }
}
