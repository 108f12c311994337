/* SPDX-License-Identifier: MIT */
/* Path templates, and their agreement with the rows of the section `path`. */
#include "rules/parse_operation.h"

static bdc__parameter *parameter_named(bdc__draft *draft, bdc_str name) {
  for (size_t i = 0; i < draft->parameter_count; i++) {
    if (bdc__str_equal(draft->parameters[i].name, name)) {
      return &draft->parameters[i];
    }
  }
  return NULL;
}

/* ---- the path template ---- */

/* One segment, the one with this number, at `offset` of the template. */
static bool read_segment(bdc__parser *parser, const bdc__word *path, size_t offset, bdc_str segment, uint32_t number,
                         bdc__draft *draft) {
  size_t place = path->offset + offset;
  bool open = segment.size && segment.data[0] == '{';
  if (!open && !memchr(segment.data, '{', segment.size) && !memchr(segment.data, '}', segment.size)) {
    return true;
  }
  bdc_str name = open && segment.size > 2 ? (bdc_str){ segment.data + 1, segment.size - 2 } : (bdc_str){ 0 };
  bool whole =
      name.size && segment.data[segment.size - 1] == '}' && !memchr(name.data, '{', name.size) && !memchr(name.data, '}', name.size);
  if (!whole) {
    return bdc__parse_fail(parser, place, "\"%.*s\" in the path; a parameter, {name}, is a whole segment", BDC__SHOWN(segment));
  }
  if (parameter_named(draft, name)) {
    return bdc__parse_fail(parser, place, "the path has {%.*s} twice", BDC__SHOWN(name));
  }
  if (draft->parameter_count == BDC__PARAMETERS_MAX) {
    return bdc__parse_fail(parser, place, "too many path parameters; expected at most %d", BDC__PARAMETERS_MAX);
  }
  size_t column = bdc__scan_column(&parser->scanner, place);
  draft->parameters[draft->parameter_count++] = (bdc__parameter){ .name = name, .segment = number, .column = column };
  return true;
}

/* Which segments are parameters, for the check of a target. */
static bool note_parameters(bdc__parser *parser, bdc__draft *draft) {
  uint32_t *numbers = bdc__arena_alloc(&parser->load->arena, draft->parameter_count, sizeof(*numbers));
  if (!numbers) {
    return bdc__parse_no_memory(parser);
  }
  for (size_t i = 0; i < draft->parameter_count; i++) {
    numbers[i] = draft->parameters[i].segment;
  }
  draft->operation.parameters = numbers;
  return true;
}

bool bdc__parse_template(bdc__parser *parser, const bdc__word *path, bdc__draft *draft) {
  bdc_str text = path->text;
  if (path->quoted || text.data[0] != '/' || memchr(text.data, '?', text.size) || memchr(text.data, '#', text.size)) {
    return bdc__parse_fail(parser, path->offset, "\"%.*s\" is no path; expected /segment/{parameter} without a query",
                           BDC__SHOWN(text));
  }
  uint32_t number = 0;
  for (size_t at = 1; at <= text.size; number++) {
    const char *slash = at < text.size ? memchr(text.data + at, '/', text.size - at) : NULL;
    bdc_str segment = { text.data + at, (slash ? (size_t)(slash - text.data) : text.size) - at };
    if (segment.size == 0 && slash) {
      return bdc__parse_fail(parser, path->offset + at, "an empty segment in the path");
    }
    if (!read_segment(parser, path, at, segment, number, draft)) {
      return false;
    }
    at += segment.size + 1;
  }
  return note_parameters(parser, draft);
}

/* Two templates are one route where they differ only in the names of parameters. */
static bdc_str route_key(bdc__parser *parser, const bdc__draft *draft) {
  const bdc_str parts[] = { parser->service->provider, BDC_STR(" "), draft->operation.method, BDC_STR(" "), draft->operation.path };
  size_t size = 0;
  for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
    size += parts[i].size;
  }
  char *key = bdc__arena_alloc(&parser->load->scratch, size + 1, 1);
  size_t at = 0;
  bool inside = false;
  for (size_t i = 0; key && i < sizeof(parts) / sizeof(parts[0]); i++) {
    for (size_t j = 0; j < parts[i].size; j++) {
      char c = parts[i].data[j];
      inside = inside && c != '}';
      if (!inside) {
        key[at++] = c;
      }
      inside = inside || c == '{';
    }
  }
  return (bdc_str){ key, at };
}

/* From now on a second one of this service is told. */
static bool own_route(bdc__parser *parser, bdc_str key, bdc_str name) {
  bdc__arena *scratch = &parser->load->scratch;
  bdc__route_owner *owner = bdc__arena_alloc(scratch, 1, sizeof(*owner));
  if (!owner || !bdc__map_set(&parser->load->operations_by_path, scratch, key, owner)) {
    return bdc__parse_no_memory(parser);
  }
  *owner = (bdc__route_owner){ .name = name, .service = parser->service };
  return true;
}

static bool share_route(bdc__parser *parser, const bdc__route_owner *owner, size_t offset) {
  bdc__shared_route *shared = bdc__list_add(&parser->shared_routes, &parser->load->scratch, sizeof(*shared));
  if (!shared) {
    return bdc__parse_no_memory(parser);
  }
  size_t column = bdc__scan_column(&parser->scanner, offset);
  *shared = (bdc__shared_route){ .owner = owner, .line = parser->scanner.line.number, .column = column };
  return true;
}

bool bdc__parse_note_route(bdc__parser *parser, const bdc__draft *draft, const bdc__word *path) {
  bdc_str key = route_key(parser, draft);
  if (!key.data) {
    return bdc__parse_no_memory(parser);
  }
  const bdc__route_owner *owner = bdc__map_get(&parser->load->operations_by_path, key);
  if (owner && owner->service == parser->service) {
    return bdc__parse_fail(parser, path->offset, "operation %.*s has this method and path already", BDC__SHOWN(owner->name));
  }
  return (!owner || share_route(parser, owner, path->offset)) && own_route(parser, key, draft->operation.name);
}

void bdc__parse_shared_routes(bdc__parser *parser) {
  const bdc__shared_route *shared = parser->shared_routes.items;
  for (size_t i = 0; i < parser->shared_routes.count; i++) {
    const bdc__route_owner *owner = shared[i].owner;
    if (owner->service->host_count == 0 || parser->service->host_count == 0) {
      bdc__mistake(&parser->mistakes, shared[i].line, shared[i].column,
                   "operation %.*s.%.*s has this method and path already; expected another path, or hosts of both services",
                   BDC__SHOWN(owner->service->name), BDC__SHOWN(owner->name));
    }
  }
}

/* ---- the section ---- */

/* The parameter's place in the template; behind all others for a row that has none, which is a mistake. */
static size_t place_of(bdc__draft *draft, const bdc_row *row) {
  const bdc__parameter *parameter = parameter_named(draft, row->name);
  return parameter ? (size_t)(parameter - draft->parameters) : draft->parameter_count;
}

/* Puts the rows in the order of the template's parameters. */
static bool order_rows(bdc__parser *parser, bdc__draft *draft) {
  bdc__list ordered = parser->ordered;
  const bdc_row *rows = parser->rows.items;
  ordered.count = 0;
  for (size_t place = 0; place <= draft->parameter_count; place++) {
    for (size_t i = 0; i < parser->rows.count; i++) {
      if (place_of(draft, &rows[i]) != place) {
        continue;
      }
      bdc_row *row = bdc__list_add(&ordered, &parser->load->scratch, sizeof(*row));
      if (!row) {
        return bdc__parse_no_memory(parser);
      }
      *row = rows[i];
    }
  }
  parser->ordered = parser->rows;
  parser->rows = ordered;
  return true;
}

/* Tells of rows without a parameter and marks the parameters that have one. */
static void match_rows(bdc__parser *parser, bdc__draft *draft, size_t column) {
  const bdc_row *rows = parser->rows.items;
  for (size_t i = 0; i < parser->rows.count; i++) {
    bdc__parameter *parameter = parameter_named(draft, rows[i].name);
    if (parameter) {
      parameter->found = true;
    } else if (draft->path_sound) {
      bdc__mistake(&parser->mistakes, rows[i].line, column, "no parameter {%.*s} in the path %.*s", BDC__SHOWN(rows[i].name),
                   BDC__SHOWN(draft->operation.path));
    }
  }
}

/* Where there was no memory, rows were left unread. */
static void tell_missing(bdc__parser *parser, const bdc__draft *draft) {
  if (!draft->path_sound || bdc__parse_stopped(parser)) {
    return;
  }
  for (size_t i = 0; i < draft->parameter_count; i++) {
    const bdc__parameter *parameter = &draft->parameters[i];
    if (!parameter->found) {
      bdc__mistake(&parser->mistakes, draft->operation.line, parameter->column,
                   "the path parameter {%.*s} has no row; expected one in the section `path`", BDC__SHOWN(parameter->name));
    }
  }
}

void bdc__parse_path(bdc__parser *parser, bdc__draft *draft) {
  bdc__block block = { .parent = parser->scanner.line.indent };
  bdc__parse_open_section(parser, draft->path_seen, "path");
  draft->path_seen = true;
  bdc__parse_end(parser);
  bdc__scan_next(&parser->scanner);
  size_t mistakes = parser->mistakes.list.count;
  bdc__parse_rows(parser, BDC_IN_PATH, &block);
  bool sound = mistakes == parser->mistakes.list.count;
  match_rows(parser, draft, block.indent + 1);
  if (sound) {
    tell_missing(parser, draft);
  }
  bdc_object *object = bdc__object_new(parser);
  if (object && order_rows(parser, draft) && bdc__object_seal(parser, block.indent + 1, object)) {
    draft->operation.path_rows = object;
  }
}

/* Every operation has rows for its path, be they none. */
bool bdc__parse_no_path(bdc__parser *parser, bdc__draft *draft) {
  if (draft->operation.path_rows) {
    return true;
  }
  if (!draft->path_seen) {
    tell_missing(parser, draft);
  }
  bdc_object *object = bdc__object_new(parser);
  parser->rows.count = 0;
  draft->operation.path_rows = object;
  return object && bdc__object_seal(parser, 1, object);
}
