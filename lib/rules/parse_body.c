/* SPDX-License-Identifier: MIT */
/* The sections `request` and `response`. */
#include "rules/parse_operation.h"

/* The head of a `request` or `response` section. */
typedef struct body_head {
  bdc__body body;
  bdc_unknown unknown;
  size_t unknown_at; /* offset of `unknown`, 0: not there */
  bool typed;        /* has a TYPE, so no rows follow */
} body_head;

/* The rules of a body with a type, and its sources, where they are not those of the operation. */
static bool read_head_rules(bdc__parser *parser, bdc_row *root) {
  bdc__word word;
  if (!bdc__parse_attributes(parser, root) || !bdc__scan_word(&parser->scanner, &word)) {
    return !parser->scanner.line.flawed;
  }
  bdc__parse_back(parser, &word);
  return bdc__parse_sources(parser, &root->source);
}

/* `optional` and `unknown POLICY`, behind the type; behind them its rules. */
static bool read_head_options(bdc__parser *parser, bool request, body_head *head) {
  bdc__word word;
  while (bdc__scan_word(&parser->scanner, &word)) {
    if (request && bdc__word_is(&word, "optional") && !head->body.optional) {
      head->body.optional = true;
    } else if (bdc__word_is(&word, "unknown") && !head->unknown_at) {
      head->unknown_at = word.offset;
      if (!bdc__parse_policy(parser, &head->unknown)) {
        return false;
      }
    } else if (head->typed) {
      bdc__parse_back(parser, &word);
      break;
    } else {
      return bdc__parse_fail(parser, word.offset, "unexpected \"%.*s\"; expected %sunknown POLICY or the end of the line",
                             BDC__SHOWN(word.text), request ? "optional, " : "");
    }
  }
  if (head->typed && head->unknown_at) {
    return bdc__parse_fail(parser, head->unknown_at, "`unknown` behind a type; it speaks of the rows of its own block");
  }
  return head->typed ? read_head_rules(parser, &head->body.root) : !parser->scanner.line.flawed;
}

static bool read_head(bdc__parser *parser, bool request, body_head *head) {
  bdc__word word;
  bool more = bdc__scan_word(&parser->scanner, &word);
  size_t type_at = 0;
  if (more) {
    bdc__parse_back(parser, &word);
  }
  bdc__row_default(&head->body.root, BDC_KIND_OBJECT);
  head->body.root.type = BDC_STR("object");
  head->body.root.line = parser->scanner.line.number;
  head->typed = more && !bdc__word_is(&word, "optional") && !bdc__word_is(&word, "unknown");
  return (!head->typed || bdc__parse_type(parser, &head->body.root, &type_at)) && read_head_options(parser, request, head);
}

/* From behind the head to the end of the section. */
static bool read_body(bdc__parser *parser, const bdc__draft *draft, size_t indent, body_head *head) {
  bdc_row *root = &head->body.root;
  root->source = root->source.size ? root->source : draft->operation.source;
  bdc__row_name_elements(root);
  if (head->typed) {
    bool sound = parser->mistakes.list.count == 0 && !bdc__parse_stopped(parser);
    if (sound && root->element && !bdc__plan_element(&parser->load->arena, root)) {
      return bdc__parse_no_memory(parser);
    }
    bdc__scan_next(&parser->scanner);
    bdc__parse_no_block(parser, indent, "a row of a section with a type; expected the next section");
    return true;
  }
  bdc_object *object = bdc__object_new(parser);
  if (!object || !bdc__parse_table(parser, BDC_IN_BODY, indent, object)) {
    return false;
  }
  object->unknown = head->unknown;
  root->object = object;
  return true;
}

void bdc__parse_request(bdc__parser *parser, bdc__draft *draft) {
  size_t indent = parser->scanner.line.indent;
  body_head head = { .unknown = BDC_UNKNOWN_TABLE };
  bdc__parse_open_section(parser, draft->operation.request != NULL, "request");
  read_head(parser, true, &head);
  bdc__body *body = bdc__arena_alloc(&parser->load->arena, 1, sizeof(*body));
  if (!body) {
    bdc__parse_no_memory(parser);
    return;
  }
  if (read_body(parser, draft, indent, &head)) {
    *body = head.body;
    draft->operation.request = body;
  }
}

/* Statuses in the order of numbers, from a list in any order. */
static bool set_statuses(bdc__parser *parser, const uint32_t *bits, size_t count, bdc__body *body) {
  int *statuses = bdc__arena_alloc(&parser->load->arena, count, sizeof(*statuses));
  if (!statuses) {
    return bdc__parse_no_memory(parser);
  }
  body->statuses = statuses;
  for (int word = 0; word < BDC__STATUS_WORDS; word++) {
    for (int bit = 0; bit < 32 && bits[word] >> bit; bit++) {
      if (bits[word] >> bit & 1) {
        statuses[body->status_count++] = word * 32 + bit;
      }
    }
  }
  return true;
}

static bool read_statuses(bdc__parser *parser, bdc__draft *draft, bdc__body *body) {
  uint32_t own[BDC__STATUS_WORDS] = { 0 };
  size_t count = 0;
  bdc__word list;
  bdc__word item;
  if (!bdc__parse_word(parser, "a status", &list)) {
    return false;
  }
  for (size_t at = 0; bdc__next_item(&list, &at, &item); count++) {
    int status = 0;
    if (!bdc__parse_status(parser, &item, &status)) {
      return false;
    }
    uint32_t bit = UINT32_C(1) << status % 32;
    if (draft->statuses[status / 32] & bit) {
      return bdc__parse_fail(parser, item.offset, "a second response for status %d", status);
    }
    draft->statuses[status / 32] |= bit;
    own[status / 32] |= bit;
  }
  return set_statuses(parser, own, count, body);
}

void bdc__parse_response(bdc__parser *parser, bdc__draft *draft) {
  size_t indent = parser->scanner.line.indent;
  body_head head = { .unknown = BDC_UNKNOWN_TABLE };
  bool sound = read_statuses(parser, draft, &head.body) && read_head(parser, false, &head);
  if (!read_body(parser, draft, indent, &head) || !sound) {
    return;
  }
  bdc__body *body = bdc__list_add(&parser->responses, &parser->load->scratch, sizeof(*body));
  if (!body) {
    bdc__parse_no_memory(parser);
    return;
  }
  *body = head.body;
}
