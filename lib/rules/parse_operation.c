/* SPDX-License-Identifier: MIT */
/* `object` and `operation` blocks. */
#include "rules/parse_operation.h"

/* ---- what sections share ---- */

bdc_object *bdc__object_new(bdc__parser *parser) {
  bdc_object *object = bdc__arena_alloc(&parser->load->arena, 1, sizeof(*object));
  if (!object) {
    bdc__parse_no_memory(parser);
  }
  return object;
}

bool bdc__parse_table(bdc__parser *parser, bdc_place place, size_t parent, bdc_object *object) {
  bdc__block block = { .parent = parent };
  bdc__scan_next(&parser->scanner);
  bdc__parse_rows(parser, place, &block);
  return bdc__object_seal(parser, block.indent + 1, object);
}

void bdc__parse_open_section(bdc__parser *parser, bool again, const char *name) {
  if (again) {
    bdc__parse_fail(parser, parser->scanner.line.indent, "a second section `%s` of the operation", name);
  }
}

/* ---- object NAME [unknown POLICY] ---- */

static bool read_object_head(bdc__parser *parser, bdc__named_object **out, bdc_unknown *unknown) {
  bdc__word word;
  if (!bdc__parse_name(parser, "the name of an object", &word)) {
    return false;
  }
  bdc__named_object *object = bdc__object_of(parser, word.text);
  if (!object) {
    return false;
  }
  if (object->defined) {
    return bdc__parse_fail(parser, word.offset, "a second object \"%.*s\"", BDC__SHOWN(word.text));
  }
  object->defined = true;
  *out = object;
  if (!bdc__scan_word(&parser->scanner, &word)) {
    return true;
  }
  return bdc__word_is(&word, "unknown")
             ? bdc__parse_policy(parser, unknown) && bdc__parse_end(parser)
             : bdc__parse_fail(parser, word.offset, "unexpected \"%.*s\"; expected unknown POLICY", BDC__SHOWN(word.text));
}

void bdc__parse_object(bdc__parser *parser) {
  bdc__named_object *named = NULL;
  bdc_object object = { .unknown = BDC_UNKNOWN_TABLE };
  read_object_head(parser, &named, &object.unknown);
  if (bdc__parse_table(parser, BDC_IN_BODY, 0, &object) && named) {
    object.name = named->object.name;
    named->object = object;
  }
}

/* ---- operation NAME METHOD PATH @TAG ---- */

static bool full_name(bdc__parser *parser, bdc_operation *operation) {
  const bdc_str parts[] = { parser->service->provider, parser->service->name, operation->name };
  size_t size = 0;
  char *text = bdc__arena_alloc(&parser->load->arena, parts[0].size + parts[1].size + parts[2].size + 3, 1);
  if (!text) {
    return bdc__parse_no_memory(parser);
  }
  for (size_t i = 0; i < 3; i++) {
    if (i) {
      text[size++] = '.';
    }
    if (parts[i].size) {
      memcpy(text + size, parts[i].data, parts[i].size);
      size += parts[i].size;
    }
  }
  operation->full_name = (bdc_str){ text, size };
  return true;
}

static bool note_name(bdc__parser *parser, const bdc__word *name) {
  if (bdc__map_get(&parser->operations, name->text)) {
    return bdc__parse_fail(parser, name->offset, "a second operation \"%.*s\"", BDC__SHOWN(name->text));
  }
  return bdc__map_set(&parser->operations, &parser->load->scratch, name->text, name->text.data) || bdc__parse_no_memory(parser);
}

static bool is_method(bdc_str text) {
  for (size_t i = 0; i < text.size; i++) {
    if (!((text.data[i] >= 'A' && text.data[i] <= 'Z') || text.data[i] == '-')) {
      return false;
    }
  }
  return text.size > 0;
}

static bool read_operation_head(bdc__parser *parser, bdc__draft *draft) {
  bdc__word name;
  bdc__word method;
  bdc__word path;
  bdc_operation *operation = &draft->operation;
  if (!bdc__parse_name(parser, "the name of an operation", &name) || !note_name(parser, &name) ||
      !bdc__parse_word(parser, "a method", &method)) {
    return false;
  }
  if (!is_method(method.text)) {
    return bdc__parse_fail(parser, method.offset, "\"%.*s\" is no method; expected one in capitals, as GET", BDC__SHOWN(method.text));
  }
  operation->name = name.text;
  operation->method = method.text;
  if (!bdc__parse_word(parser, "a path", &path)) {
    return false;
  }
  operation->path = path.text;
  draft->path_sound = bdc__parse_template(parser, &path, draft);
  return draft->path_sound && bdc__parse_sources(parser, &operation->source) && bdc__parse_note_route(parser, draft, &path) &&
         full_name(parser, operation);
}

/* ---- sections ---- */

/* Query and header tables. */
static void read_parameters(bdc__parser *parser, bdc_place place, const char *name, const bdc_object **out) {
  size_t indent = parser->scanner.line.indent;
  bdc__parse_open_section(parser, *out != NULL, name);
  bdc__parse_end(parser);
  bdc_object *object = bdc__object_new(parser);
  if (object && bdc__parse_table(parser, place, indent, object)) {
    *out = object;
  }
}

static void read_query(bdc__parser *parser, bdc__draft *draft) {
  read_parameters(parser, BDC_IN_QUERY, "query", &draft->operation.query_rows);
}

static void read_header(bdc__parser *parser, bdc__draft *draft) {
  read_parameters(parser, BDC_IN_HEADER, "header", &draft->operation.header_rows);
}

static const struct {
  const char *name;
  void (*read)(bdc__parser *parser, bdc__draft *draft);
} sections[] = {
  { "path", bdc__parse_path },         { "query", read_query }, { "header", read_header }, { "request", bdc__parse_request },
  { "response", bdc__parse_response },
};

static void read_section(bdc__parser *parser, bdc__draft *draft) {
  size_t indent = parser->scanner.line.indent;
  bdc__word word;
  size_t which = 0;
  if (bdc__scan_word(&parser->scanner, &word) && bdc__parse_keyword(parser, &word, "section", BDC__KEYWORDS(sections), &which)) {
    sections[which].read(parser, draft);
    return;
  }
  bdc__scan_next(&parser->scanner);
  bdc__parse_skip_block(parser, indent);
}

/* The first of each slot; those that find theirs taken are searched for. */
static void place_statuses(bdc_operation *operation) {
  for (size_t i = 0; i < operation->response_count; i++) {
    const bdc__body *body = &operation->responses[i];
    for (size_t j = 0; j < body->status_count; j++) {
      bdc__status_slot *slot = &operation->statuses[body->statuses[j] % BDC__STATUS_SLOTS];
      if (slot->status == 0) {
        *slot = (bdc__status_slot){ .status = (int16_t)body->statuses[j], .response = (uint16_t)i };
      }
    }
  }
}

static bool add_operation(bdc__parser *parser, bdc__draft *draft) {
  bdc__load *load = parser->load;
  bdc_operation *operation = bdc__list_add(&load->operations, &load->scratch, sizeof(*operation));
  draft->operation.responses = bdc__list_seal(&parser->responses, &load->arena, sizeof(bdc__body));
  draft->operation.response_count = parser->responses.count;
  if (draft->operation.responses) {
    place_statuses(&draft->operation);
  }
  if (!operation || !draft->operation.responses) {
    return bdc__parse_no_memory(parser);
  }
  *operation = draft->operation;
  return true;
}

void bdc__parse_operation(bdc__parser *parser) {
  bdc__block block = { .parent = 0 };
  bdc__draft draft = { .operation = { .service = parser->service, .ruleset = parser->load->ruleset } };
  draft.operation.line = parser->scanner.line.number;
  parser->responses.count = 0;
  read_operation_head(parser, &draft);
  bdc__scan_next(&parser->scanner);
  while (bdc__parse_row_line(parser, &block)) {
    read_section(parser, &draft);
  }
  if (bdc__parse_no_path(parser, &draft)) {
    add_operation(parser, &draft);
  }
}
