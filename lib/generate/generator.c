/* SPDX-License-Identifier: MIT */
/* A generator's life: its rows, its stages, and each case held against a check before it is handed out. */
#include "generate/generator.h"

#include "base/str.h"

enum { BODY_SIZE = 256 * 1024, BODY_SIZE_MAX = 16 * 1024 * 1024 };

/* ---- the rows of the body ---- */

static bool is_on_way(const bdc_generator *g, size_t spot, const bdc_object *object) {
  for (;; spot = g->spots[spot].parent) {
    if (g->spots[spot].row->object == object) {
      return true;
    }
    if (g->spots[spot].depth == 0) {
      return false;
    }
  }
}

/* False where there is no room for any more. One that is too deep is passed over. */
static bool add_spot(bdc_generator *g, const bdc_row *row, size_t parent) {
  enum { TOKEN = sizeof "/18446744073709551615" };
  if (g->spot_count == BDC__SPOTS_MAX) {
    g->rows_cut = true;
    return false;
  }
  bdc__spot spot = { .row = row, .parent = (uint32_t)parent };
  if (g->spot_count) {
    bool member = g->spots[parent].row->object;
    spot.depth = g->spots[parent].depth + 1;
    spot.pointer_size = g->spots[parent].pointer_size + (member ? (uint32_t)row->pointer.size : TOKEN);
  }
  if (spot.depth > BDC__SPOT_DEPTH_MAX || spot.pointer_size > BDC__SPOT_POINTER_MAX) {
    g->rows_cut = true;
    return true;
  }
  g->spots[g->spot_count++] = spot;
  return true;
}

bool bdc__has_free_items(const bdc_row *row) {
  return row->element && row->items_max > (row->includes.data != NULL);
}

/* The rows below a spot. Those of an object that is already open around it are not looked at again. */
static bool add_below(bdc_generator *g, size_t spot) {
  const bdc_row *row = g->spots[spot].row;
  size_t parent = g->spots[spot].parent;
  if (row->object && g->spots[spot].depth && is_on_way(g, parent, row->object)) {
    return true;
  }
  bool room = !bdc__has_free_items(row) || add_spot(g, row->element, spot);
  for (size_t i = 0; room && row->object && i < row->object->row_count; i++) {
    room = add_spot(g, &row->object->rows[i], spot);
  }
  return room;
}

/* All spots, those of one depth behind those of the one above. */
static bdc_status list_spots(bdc_generator *g) {
  if (!g->body) {
    return BDC_OK;
  }
  g->spots = bdc__arena_alloc(&g->arena, BDC__SPOTS_MAX, sizeof *g->spots);
  if (!g->spots) {
    return BDC_ERR_MEMORY;
  }
  bool room = add_spot(g, &g->body->root, 0);
  for (size_t i = 0; room && i < g->spot_count; i++) {
    room = add_below(g, i);
  }
  return BDC_OK;
}

/* ---- new and free ---- */

static const bdc__body *body_of(const bdc_operation *operation, int http_status) {
  if (http_status == 0) {
    return operation->request;
  }
  for (size_t i = 0; i < operation->response_count; i++) {
    const bdc__body *body = &operation->responses[i];
    for (size_t j = 0; j < body->status_count; j++) {
      if (body->statuses[j] == http_status) {
        return body;
      }
    }
  }
  return NULL;
}

static bool allowed(const bdc_ruleset *ruleset, const bdc_operation *operation, const bdc_generate_settings *settings) {
  return operation && operation->ruleset == ruleset && settings->body_size <= BODY_SIZE_MAX && settings->wanted <= BDC_WANTED_INVALID &&
         settings->rules < UINT32_C(1) << BDC_RULE_COUNT;
}

static void buffers_init(bdc_generator *g, const bdc_allocator *allocator) {
  size_t size = g->settings.body_size;
  bdc__buffer *const large[] = { &g->token, &g->text, &g->body_text };
  bdc__buffer *const small[] = { &g->detail, &g->label, &g->pointer, &g->target, &g->fields };
  for (size_t i = 0; i < sizeof large / sizeof large[0]; i++) {
    bdc__buffer_init(large[i], allocator, size);
  }
  for (size_t i = 0; i < sizeof small / sizeof small[0]; i++) {
    bdc__buffer_init(small[i], allocator, BODY_SIZE_MAX);
  }
}

static bdc_status init(bdc_generator *g, const bdc_ruleset *ruleset, const bdc_allocator *allocator) {
  g->settings.body_size = g->settings.body_size ? g->settings.body_size : BODY_SIZE;
  g->settings.rounds = g->settings.rounds ? g->settings.rounds : 1;
  g->settings.whole_messages = g->settings.whole_messages && g->http_status == 0;
  buffers_init(g, allocator);
  if (!bdc__arena_copy(&g->arena, g->settings.field, &g->settings.field)) {
    return BDC_ERR_MEMORY;
  }
  const bdc_settings settings = { .allocator = allocator };
  bdc_status status = bdc_checker_new(ruleset, &settings, &g->checker);
  if (status == BDC_OK) {
    status = bdc__values_init(&g->values, ruleset, allocator, g->settings.seed, g->settings.body_size);
  }
  if (status == BDC_OK) {
    status = list_spots(g);
  }
  if (status == BDC_OK && g->settings.whole_messages) {
    status = bdc__head_new(g);
  }
  g->values.service = g->operation->service;
  g->values.http_status = g->http_status;
  return status == BDC_OK && g->settings.all_pairs && g->body ? bdc__pairs_new(g) : status;
}

bdc_status bdc_generator_new(const bdc_ruleset *ruleset, const bdc_operation *operation, int http_status,
                             const bdc_generate_settings *settings, bdc_generator **out) {
  static const bdc_generate_settings defaults = { 0 };
  *out = NULL;
  settings = settings ? settings : &defaults;
  if (!allowed(ruleset, operation, settings)) {
    return BDC_ERR_ARGUMENT;
  }
  const bdc__body *body = body_of(operation, http_status);
  if (!body && (http_status || !settings->whole_messages)) {
    return BDC_ERR_NO_TABLE;
  }
  bdc_allocator memory = bdc__allocator_or_default(settings->allocator);
  bdc_generator *g = memory.allocate(sizeof *g, memory.context);
  if (!g) {
    return BDC_ERR_MEMORY;
  }
  *g = (bdc_generator){ .settings = *settings, .operation = operation, .body = body, .http_status = http_status };
  bdc__arena_init(&g->arena, settings->allocator);
  bdc_status status = init(g, ruleset, settings->allocator);
  if (status != BDC_OK) {
    bdc_generator_free(g);
    return status;
  }
  *out = g;
  return BDC_OK;
}

void bdc_generator_free(bdc_generator *generator) {
  if (!generator) {
    return;
  }
  bdc__buffer *const buffers[] = { &generator->token, &generator->text,    &generator->body_text, &generator->detail,
                                   &generator->label, &generator->pointer, &generator->target,    &generator->fields };
  for (size_t i = 0; i < sizeof buffers / sizeof buffers[0]; i++) {
    bdc__buffer_free(buffers[i]);
  }
  bdc_allocator memory = generator->arena.allocator;
  if (generator->values.matcher) {
    bdc__values_free(&generator->values);
  }
  bdc_checker_free(generator->checker);
  bdc__arena_free(&generator->arena);
  memory.release(generator, memory.context);
}

/* ---- stages: the whole body, each row in turn, the head ---- */

static void cases_of_row(bdc_generator *g, size_t spot) {
  bdc__cases_presence(g, spot);
  bdc__cases_type(g, spot);
  switch ((bdc_kind)g->spots[spot].row->kind) {
  case BDC_KIND_STRING:
    bdc__cases_string(g, spot);
    return;
  case BDC_KIND_INTEGER:
  case BDC_KIND_LONG:
  case BDC_KIND_NUMBER:
    bdc__cases_number(g, spot);
    return;
  case BDC_KIND_OBJECT:
    bdc__cases_object(g, spot);
    return;
  case BDC_KIND_ARRAY:
    bdc__cases_array(g, spot);
    return;
  case BDC_KIND_MAP:
    bdc__cases_map(g, spot);
    return;
  case BDC_KIND_ANY:
    bdc__cases_any(g, spot);
    return;
  case BDC_KIND_BOOLEAN:
    return;
  }
}

/* One run over the cases of a stage; false where there is no such stage. */
static bool run_stage(bdc_generator *g) {
  g->in = BDC_IN_BODY;
  g->spot = SIZE_MAX;
  if (g->settings.all_pairs) {
    bdc__cases_pairs(g);
    return g->stage == 0;
  }
  if (g->stage == 0) {
    bdc__cases_body(g);
    return true;
  }
  if (g->stage <= g->spot_count) {
    g->spot = g->stage - 1;
    cases_of_row(g, g->spot);
    return true;
  }
  if (g->stage == g->spot_count + 1 && g->settings.whole_messages) {
    bdc__cases_head(g);
    return true;
  }
  return false;
}

static void next_stage(bdc_generator *g) {
  g->stage++;
  g->wanted = 0;
}

static void next_round(bdc_generator *g) {
  g->stage = 0;
  g->wanted = 0;
  g->round++;
  /* Where a round has no case, no other has. */
  g->done = g->round >= g->settings.rounds || g->number == g->number_before;
  g->number_before = g->number;
}

/* ---- confirming ---- */

static void check(bdc_generator *g) {
  const bdc_case *made = &g->made;
  if (!g->settings.whole_messages) {
    bdc_check_body(g->checker, made->operation, made->http_status, made->body.data, made->body.size);
    return;
  }
  const bdc_request request = { .operation = made->operation,
                                .method = made->method,
                                .target = made->target,
                                .headers = made->headers,
                                .header_count = made->header_count,
                                .body = made->body.data,
                                .body_size = made->body.size };
  bdc_check_request(g->checker, &request);
}

/* Its severity follows from the verdict: it is the only one. */
static bool violation_fits(const bdc_case *made, const bdc_violation *v) {
  return v->rule == made->rule && v->in == made->in && bdc__str_equal(v->pointer, made->pointer) &&
         bdc__str_equal(v->field, made->field);
}

static bool error_fits(const bdc_case *made, const bdc_error *error) {
  return error ? error->status == made->error_status && bdc__str_equal(error->code, made->error_code) &&
                     bdc__str_equal(error->message, made->error_message)
               : made->error_status == 0;
}

static bool is_confirmed(bdc_generator *g) {
  check(g);
  const bdc_report *report = bdc_checker_report(g->checker);
  return report->verdict == g->made.verdict && report->violation_count == g->made.reported && !report->truncated &&
         (!g->made.reported || violation_fits(&g->made, report->violations)) && error_fits(&g->made, report->error);
}

/* What the service's table of errors says of the broken rule. */
static void name_error(bdc_generator *g) {
  bdc_case *made = &g->made;
  const bdc_service *service = made->operation->service;
  if (made->verdict != BDC_INVALID) {
    return;
  }
  const bdc_breach breach = {
    .response = made->http_status != 0, .in = made->in, .field = made->field, .rule = made->rule, .whole_body = g->whole_body
  };
  size_t index = bdc_service_error_for(service, &breach);
  if (index < service->error_count) {
    made->error_status = service->errors[index].status;
    made->error_code = service->errors[index].code;
    made->error_message = service->errors[index].message;
  }
}

/* Fills in what all cases have; false where it is none after all. */
static bool finish(bdc_generator *g) {
  bdc__label_write(g);
  g->made.label = bdc__buffer_text(&g->label);
  g->made.body = bdc__buffer_text(&g->body_text);
  name_error(g);
  if (g->settings.whole_messages && !bdc__head_write(g)) {
    bdc__omit(g, BDC_OMITTED_VALID);
    return false;
  }
  return true;
}

/* ---- next ---- */

/* Makes the next case of the stage at hand, if it has one. */
static bool try_next(bdc_generator *g) {
  g->at = g->passed = 0;
  g->taken = false;
  g->outcome = BDC__NOT_YET;
  if (!run_stage(g)) {
    next_round(g);
  } else if (!g->taken) {
    next_stage(g);
  } else if (!g->values.failed) {
    g->wanted++;
  }
  return g->outcome == BDC__MADE && finish(g);
}

static bool lacks_memory(const bdc_generator *g) {
  return g->values.failed || g->values.try.failed || g->token.failed || g->text.failed || g->body_text.failed || g->detail.failed ||
         g->label.failed || g->pointer.failed || g->target.failed || g->fields.failed;
}

static void tell_cut_rows(bdc_generator *g) {
  g->made = (bdc_case){ .in = BDC_IN_BODY };
  g->about = BDC__NO_RULE;
  bdc__buffer_clear(&g->detail);
  bdc__say(g, "further rows");
  bdc__omit(g, BDC_OMITTED_ROWS);
  g->rows_cut = false;
}

bdc_status bdc_generator_next(bdc_generator *generator, const bdc_case **out) {
  bdc_generator *g = generator;
  *out = NULL;
  while (!g->done && !lacks_memory(g)) {
    if (g->rows_cut) {
      tell_cut_rows(g);
    }
    bool made = try_next(g);
    if (lacks_memory(g) || !made) {
      continue;
    }
    if (!is_confirmed(g)) {
      bdc__omit(g, BDC_OMITTED_FAULT);
      return BDC_ERR_INTERNAL;
    }
    g->made.number = ++g->number;
    *out = &g->made;
    return BDC_OK;
  }
  return lacks_memory(g) ? BDC_ERR_MEMORY : BDC_OK;
}
