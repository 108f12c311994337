/* SPDX-License-Identifier: MIT */
/* A rule file from its first line to its last: the statements, and what can only be judged when all have been read. */
#include "rules/parse.h"

/* ---- provider, service, source ---- */

static void read_provider(bdc__parser *parser) {
  bdc__word name;
  if (parser->service->provider.size) {
    bdc__parse_fail(parser, 0, "a second `provider`; expected one for a file");
    return;
  }
  if (bdc__parse_name(parser, "the name of a provider", &name)) {
    parser->service->provider = name.text;
    bdc__parse_end(parser);
  }
}

/* Text to the end of the line; quotes around all of it are left out. */
static bdc_str rest_of_line(bdc__parser *parser) {
  bdc__word rest;
  bdc__scan_rest(&parser->scanner, &rest);
  bdc_str text = rest.text;
  if (text.size >= 2 && text.data[0] == '"' && memchr(text.data + 1, '"', text.size - 1) == text.data + text.size - 1) {
    return (bdc_str){ text.data + 1, text.size - 2 };
  }
  return text;
}

static void read_service(bdc__parser *parser) {
  bdc__word name;
  if (parser->service->name.size) {
    bdc__parse_fail(parser, 0, "a second `service`; expected one for a file");
    return;
  }
  if (!bdc__parse_name(parser, "the name of a service", &name)) {
    return;
  }
  parser->service->name = name.text;
  parser->service->title = rest_of_line(parser);
  if (parser->input->rival) {
    bdc__parse_fail(parser, name.offset, "an earlier file has the tables of %.*s.%.*s; expected one file for a service",
                    BDC__SHOWN(parser->service->provider), BDC__SHOWN(name.text));
  }
}

static void read_source(bdc__parser *parser) {
  bdc__load *load = parser->load;
  bdc__word tag;
  if (!bdc__parse_word(parser, "a tag", &tag)) {
    return;
  }
  size_t text_at = parser->scanner.line.at;
  bdc_source_info source = { .tag = tag.text, .text = rest_of_line(parser) };
  if (source.text.size == 0) {
    bdc__parse_fail(parser, text_at, "the line ends here; expected what the source is");
  }
  if (bdc__map_get(&parser->sources, tag.text)) {
    bdc__parse_fail(parser, tag.offset, "a second source \"%.*s\"", BDC__SHOWN(tag.text));
    return;
  }
  bdc_source_info *listed = bdc__list_add(&parser->source_list, &load->scratch, sizeof(*listed));
  if (!listed || !bdc__map_set(&parser->sources, &load->scratch, tag.text, tag.text.data)) {
    bdc__parse_no_memory(parser);
    return;
  }
  *listed = source;
}

/* ---- class ---- */

static void read_class(bdc__parser *parser) {
  bdc__word name;
  bdc__word text;
  if (!bdc__parse_name(parser, "the name of a class", &name)) {
    return;
  }
  bool sound = bdc__scan_class(&parser->scanner, &text);
  if (!sound) {
    bdc__parse_fail(parser, text.offset, "the line ends here; expected a bracket class, [...]");
  } else if (text.text.size == 0 || text.text.data[0] != '[') {
    sound = bdc__parse_fail(parser, text.offset, "\"%.*s\" is no bracket class; expected [...]", BDC__SHOWN(text.text));
  }
  if (!sound) {
    /* Known from here on, as every class with a mistake is. */
    text = (bdc__word){ .text = BDC_STR("[?]") };
  }
  if (bdc__class_define(parser, &name, &text) && sound) {
    bdc__parse_end(parser);
  }
}

/* ---- statements ---- */

static const struct {
  const char *name;
  bool head; /* stands before all that is not */
  bool block;
  void (*read)(bdc__parser *parser);
} statements[] = {
  { "provider", true, false, read_provider },   { "service", true, false, read_service },
  { "source", true, false, read_source },       { "host", false, false, bdc__parse_host },
  { "class", false, false, read_class },        { "errors", false, true, bdc__parse_errors },
  { "codes", false, true, bdc__parse_codes },   { "answer", false, true, bdc__parse_answer },
  { "object", false, true, bdc__parse_object }, { "operation", false, true, bdc__parse_operation },
};

/* `provider` first, `service` and `source` before all else. */
static void check_order(bdc__parser *parser, size_t which) {
  const char *name = statements[which].name;
  bool named = parser->service->provider.size && parser->service->name.size;
  bool first = !parser->headed;
  bool late = statements[which].head && parser->started;
  bool early = !statements[which].head && !parser->started && !named;
  parser->headed = true;
  parser->started = parser->started || !statements[which].head;
  if (late) {
    bdc__parse_fail(parser, 0, "`%s` behind other statements; expected it before them", name);
  } else if (early) {
    bdc__parse_fail(parser, 0, "`%s` before `provider` and `service`; expected these first", name);
  } else if (first && which != 0) {
    bdc__parse_fail(parser, 0, "`%s` before `provider`; expected `provider NAME` first", name);
  }
}

static void read_statement(bdc__parser *parser) {
  bdc__word word;
  size_t which = 0;
  if (!bdc__scan_word(&parser->scanner, &word) || !bdc__parse_keyword(parser, &word, "statement", BDC__KEYWORDS(statements), &which)) {
    bdc__scan_next(&parser->scanner);
    bdc__parse_skip_block(parser, 0);
    return;
  }
  check_order(parser, which);
  statements[which].read(parser);
  if (!statements[which].block) {
    bdc__scan_next(&parser->scanner);
    bdc__parse_no_block(parser, 0, "an indented line below a statement without rows; expected a statement in the first column");
  }
}

static void read_statements(bdc__parser *parser) {
  bdc__scan_next(&parser->scanner);
  bdc__parse_no_block(parser, 0, "an indented line without a statement above it; expected one in the first column");
  while (parser->scanner.line.number && !bdc__parse_stopped(parser)) {
    read_statement(parser);
  }
}

/* ---- what can only be judged at the end ---- */

static void check_identity(bdc__parser *parser) {
  if (!parser->started && !parser->service->provider.size) {
    bdc__mistake(&parser->mistakes, 0, 0, "no `provider`; expected `provider NAME` first");
  } else if (!parser->started && !parser->service->name.size) {
    bdc__mistake(&parser->mistakes, 0, 0, "no `service`; expected `service NAME TITLE`");
  }
}

static void check_objects(bdc__parser *parser) {
  const bdc__object_use *uses = parser->object_uses.items;
  for (size_t i = 0; i < parser->object_uses.count; i++) {
    if (!uses[i].object->defined) {
      bdc__mistake(&parser->mistakes, uses[i].line, uses[i].column, "no object \"%.*s\"; expected one that this file defines",
                   BDC__SHOWN(uses[i].object->object.name));
    }
  }
}

static bool seal_service(bdc__parser *parser) {
  bdc_service *service = parser->service;
  bdc__arena *arena = &parser->load->arena;
  service->sources = bdc__list_seal(&parser->source_list, arena, sizeof(*service->sources));
  service->source_count = parser->source_list.count;
  service->hosts = bdc__list_seal(&parser->host_list, arena, sizeof(*service->hosts));
  service->host_count = parser->host_list.count;
  service->classes = bdc__list_seal(&parser->class_list, arena, sizeof(*service->classes));
  service->class_count = parser->class_list.count;
  service->errors = bdc__list_seal(&parser->error_list, arena, sizeof(*service->errors));
  service->error_count = parser->error_list.count;
  service->answers = bdc__list_seal(&parser->answer_list, arena, sizeof(*service->answers));
  service->answer_count = parser->answer_list.count;
  return (service->sources && service->hosts && service->classes && service->errors && service->answers) ||
         bdc__parse_no_memory(parser);
}

static void finish(bdc__parser *parser) {
  bdc__load *load = parser->load;
  if (!bdc__parse_stopped(parser)) {
    check_identity(parser);
    check_objects(parser);
    bdc__parse_shared_routes(parser);
  }
  load->unread = load->unread || parser->mistakes.full;
  if (parser->mistakes.list.count) {
    bdc__load_fail(load, BDC_ERR_RULES);
  }
  bool told = bdc__mistakes_report(&parser->mistakes, load->diagnostics);
  if (!told || parser->scanner.no_memory) {
    bdc__load_fail(load, BDC_ERR_MEMORY);
  } else if (load->status == BDC_OK && seal_service(parser)) {
    bdc__codes_seal(parser);
  }
}

void bdc__parse(bdc__load *load, const bdc__input *input) {
  bdc__parser parser = { .load = load, .input = input, .service = &load->services[load->service_count++] };
  parser.mistakes = (bdc__mistakes){ .file = input->name, .scratch = &load->scratch };
  parser.service->file = input->name;
  bdc__scan_begin(&parser.scanner, input->text, &load->arena, &parser.mistakes);
  read_statements(&parser);
  finish(&parser);
}

/* ---- who the tables are of ---- */

bool bdc__parse_identity(bdc__arena *arena, bdc_str text, bdc_str *out) {
  bdc__scanner scanner;
  bdc_str provider = { 0 };
  bdc_str service = { 0 };
  bdc__word keyword;
  bdc__word name;
  *out = (bdc_str){ 0 };
  bdc__scan_begin(&scanner, text, arena, NULL);
  bdc__scan_next(&scanner);
  for (; scanner.line.number && !(provider.size && service.size); bdc__scan_next(&scanner)) {
    if (!bdc__scan_word(&scanner, &keyword) || !bdc__scan_word(&scanner, &name)) {
      break;
    }
    if (bdc__word_is(&keyword, "provider")) {
      provider = name.text;
    } else if (bdc__word_is(&keyword, "service")) {
      service = name.text;
    } else if (!bdc__word_is(&keyword, "source")) {
      break;
    }
  }
  if (scanner.no_memory) {
    return false;
  }
  if (!provider.size || !service.size) {
    return true;
  }
  char *joined = bdc__arena_alloc(arena, provider.size + 1 + service.size, 1);
  if (!joined) {
    return false;
  }
  memcpy(joined, provider.data, provider.size);
  joined[provider.size] = '.';
  memcpy(joined + provider.size + 1, service.data, service.size);
  *out = (bdc_str){ joined, provider.size + 1 + service.size };
  return true;
}
