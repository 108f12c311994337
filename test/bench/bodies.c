/* SPDX-License-Identifier: MIT */
/* Bodies, and the sets of them that are timed. */
#include "values.h"

#include <stdlib.h>
#include <string.h>

enum { MIXED_COUNT = 1024, ROWS_MAX = 64, TRIES = 100, ARRAY_SIZE = 1024 * 1024 };

/* ---- one body ---- */

static void write_value(const bench_writer *w, const bdc_row *row, size_t depth);

static void write_break(const bench_writer *w, size_t depth) {
  if (w->style->blanks == BENCH_INDENTED) {
    bench_print(w->out, "\n%*s", (int)(2 * depth), "");
  }
}

static void write_separator(const bench_writer *w, bool first, size_t depth) {
  if (!first) {
    bench_print(w->out, w->style->blanks == BENCH_SPACED ? ", " : ",");
  }
  write_break(w, depth);
}

static void write_colon(const bench_writer *w) {
  bench_print(w->out, w->style->blanks == BENCH_COMPACT ? ":" : ": ");
}

static void close_with(const bench_writer *w, const char *bracket, bool empty, size_t depth) {
  if (!empty) {
    write_break(w, depth);
  }
  bench_print(w->out, "%s", bracket);
}

static void shuffle(bench_random *random, const bdc_row **rows, size_t count) {
  for (size_t i = count; i > 1; i--) {
    size_t other = bench_below(random, i);
    const bdc_row *row = rows[i - 1];
    rows[i - 1] = rows[other];
    rows[other] = row;
  }
}

/* The members that this body has: of five optional ones a response leaves out one, and a request, which says what is to change, two. */
static size_t choose_rows(const bench_writer *w, const bdc_object *object, const bdc_row **rows) {
  size_t count = 0;
  for (size_t i = 0; i < bdc_object_describe(object).row_count; i++) {
    const bdc_row *row = bdc_object_row(object, i);
    bool left_out = bench_below(w->layout, 5) < (w->table->http_status ? 1 : 2);
    if (count < ROWS_MAX && (bdc_row_describe(row).mandatory || w->style->all_members || !left_out)) {
      rows[count++] = row;
    }
  }
  if (w->style->shuffled) {
    shuffle(w->layout, rows, count);
  }
  return count;
}

static void write_object(const bench_writer *w, const bdc_object *object, size_t depth) {
  const bdc_row *rows[ROWS_MAX];
  size_t count = choose_rows(w, object, rows);
  bench_print(w->out, "{");
  for (size_t i = 0; i < count; i++) {
    bdc_str name = bdc_row_describe(rows[i]).name;
    write_separator(w, i == 0, depth + 1);
    bench_print(w->out, "\"%.*s\"", (int)name.size, name.data);
    write_colon(w);
    write_value(w, rows[i], depth + 1);
  }
  close_with(w, "}", count == 0, depth);
}

/* Several of the listed values, each once, beginning with the one that must be there. */
static void write_listed(const bench_writer *w, const bdc_row_info *row, const bdc_row_info *element, size_t depth) {
  bool first = true;
  if (row->includes.size) {
    write_separator(w, true, depth + 1);
    bench_print(w->out, "\"%.*s\"", (int)row->includes.size, row->includes.data);
    first = false;
  }
  for (size_t i = 0; i < element->value_count; i++) {
    bdc_str value = element->values[i];
    if (!bench_same(value, row->includes) && bench_once_in(w->layout, 2)) {
      write_separator(w, first, depth + 1);
      bench_print(w->out, "\"%.*s\"", (int)value.size, value.data);
      first = false;
    }
  }
}

static void write_array(const bench_writer *w, const bdc_row_info *row, size_t depth) {
  bdc_row_info element = bdc_row_describe(row->element);
  bench_print(w->out, "[");
  if (element.value_count) {
    write_listed(w, row, &element, depth);
  } else {
    size_t count = 1 + bench_below(w->random, 3);
    for (size_t i = 0; i < count; i++) {
      write_separator(w, i == 0, depth + 1);
      write_value(w, row->element, depth + 1);
    }
  }
  close_with(w, "]", false, depth);
}

static void write_map(const bench_writer *w, const bdc_row_info *row, size_t depth) {
  static const char *const names[] = { "vendor", "edition", "language", "licence" };
  size_t count = bench_below(w->layout, sizeof names / sizeof names[0]);
  bench_print(w->out, "{");
  for (size_t i = 0; i < count; i++) {
    write_separator(w, i == 0, depth + 1);
    bench_print(w->out, "\"%s\"", names[i]);
    write_colon(w);
    write_value(w, row->element, depth + 1);
  }
  close_with(w, "}", count == 0, depth);
}

static void write_value(const bench_writer *w, const bdc_row *row, size_t depth) {
  bdc_row_info info = bdc_row_describe(row);
  size_t start = w->out->size;
  switch (info.kind) {
  case BDC_KIND_OBJECT:
    write_object(w, info.object, depth);
    break;
  case BDC_KIND_ARRAY:
    write_array(w, &info, depth);
    break;
  case BDC_KIND_MAP:
    write_map(w, &info, depth);
    break;
  default:
    bench_write_scalar(w, &info);
  }
  if (row == w->style->broken) {
    /* The valid value was written all the same, so that the rest of the body is that of the valid one. */
    bench_random other = *w->random;
    bench_writer broken = { .out = w->out, .random = &other, .layout = &other, .table = w->table, .style = w->style };
    w->out->size = start;
    bench_write_broken(&broken, &info);
  }
}

void bench_write_body(bench_text *out, bench_random *random, const bench_table *table, const bench_style *style) {
  bench_random layout = { .state = style->layout };
  bench_writer writer = { .out = out, .random = random, .layout = style->layout ? &layout : random, .table = table, .style = style };
  write_value(&writer, table->row, 0);
}

/* ---- what the precise engine says ---- */

static bool is_clean(const bench_world *world, const bench_table *table, const char *data, size_t size) {
  bdc_verdict verdict = bdc_check_body(world->precise, table->operation, table->http_status, data, size);
  return verdict == BDC_VALID && bdc_checker_report(world->precise)->violation_count == 0;
}

static bool has_one_violation(const bench_world *world, const bench_table *table, const char *data, size_t size) {
  bdc_verdict verdict = bdc_check_body(world->precise, table->operation, table->http_status, data, size);
  const bdc_report *report = bdc_checker_report(world->precise);
  return verdict == BDC_INVALID && report->error_count == 1 && report->warning_count == 0;
}

/* ---- sets ---- */

/* Bodies lie as malloc would place them, with room behind each. */
static size_t room_for(size_t size) {
  return (size + BENCH_PADDING + 15) / 16 * 16;
}

static void set_begin(bench_set *set, size_t count, size_t bytes) {
  set->bodies = bench_allocate(count * sizeof *set->bodies);
  set->memory = aligned_alloc(64, (bytes + count * (BENCH_PADDING + 16) + 63) / 64 * 64);
  if (!set->memory) {
    bench_fail("out of memory");
  }
}

static void set_add(bench_set *set, const bench_table *table, const char *data, size_t size, size_t *used) {
  char *place = set->memory + *used;
  memcpy(place, data, size);
  memset(place + size, '\0', BENCH_PADDING);
  set->bodies[set->count++] = (bench_body){ .data = place, .size = size, .table = table };
  set->bytes += size;
  *used += room_for(size);
}

static void make_single(const bench_world *world, bench_set *set, const bench_table *table, const char *data, size_t size) {
  size_t used = 0;
  if (!is_clean(world, table, data, size)) {
    bench_fail("%s: not valid, or with a warning", set->name);
  }
  set_begin(set, 1, size);
  set_add(set, table, data, size, &used);
}

/* ---- the mixed sets ---- */

static bench_style draw_style(bench_random *random) {
  bench_style style = { 0 };
  size_t blanks = bench_below(random, 8);
  style.blanks = blanks == 0 ? BENCH_SPACED : blanks == 1 ? BENCH_INDENTED : BENCH_COMPACT;
  style.shuffled = bench_once_in(random, 4);
  style.beyond_ascii = bench_once_in(random, 8);
  style.escapes = bench_once_in(random, 16);
  return style;
}

/* Each operation as often as any other; of its responses seven in eight the successful one. */
static const bench_table *draw_table(const bench_world *world, bench_random *random, bool response) {
  bool success = !bench_once_in(random, 8);
  size_t skipped = bench_below(random, bdc_operation_count(world->ruleset));
  const bdc_operation *operation = bdc_operation_at(world->ruleset, skipped);
  const bench_table *fitting[BENCH_TABLES_MAX];
  size_t count = 0;
  for (size_t i = 0; i < world->table_count; i++) {
    const bench_table *table = &world->tables[i];
    bool wanted = response ? table->http_status >= 200 && (table->http_status < 400) == success : table->http_status == 0;
    if (table->operation == operation && !table->own && wanted) {
      fitting[count++] = table;
    }
  }
  return count ? fitting[bench_below(random, count)] : draw_table(world, random, response);
}

static bool is_new(const bench_set *set, bdc_str text) {
  for (size_t i = 0; i < set->count; i++) {
    if (bench_same((bdc_str){ set->bodies[i].data, set->bodies[i].size }, text)) {
      return false;
    }
  }
  return true;
}

/* A member of the body to break: it must be there, which is tried out. */
static const bdc_row *draw_row(bench_random *random, const bench_table *table) {
  const bdc_object *object = bdc_row_describe(table->row).object;
  return bdc_object_row(object, bench_below(random, bdc_object_describe(object).row_count));
}

/* The body that this state of `random` stands for, with one value broken. False where no try does it: `{}` has no value. */
static bool break_body(const bench_world *world, bench_text *text, bench_random state, const bench_table *table, bench_style style) {
  bench_random choice = { .state = ~state.state };
  for (size_t tries = 0; tries < TRIES; tries++) {
    bench_random same = state;
    style.broken = draw_row(&choice, table);
    text->size = 0;
    bench_write_body(text, &same, table, &style);
    if (has_one_violation(world, table, text->data, text->size)) {
      return true;
    }
  }
  return false;
}

/* One more body for a set, and its broken twin: the same but for one value. */
typedef struct twins {
  const bench_table *table;
  bench_text valid;
  bench_text broken;
} twins;

static bool draw_twins(const bench_world *world, bench_random *random, bool response, twins *out) {
  out->table = draw_table(world, random, response);
  bench_style style = draw_style(random);
  bench_random state = *random;
  out->valid.size = 0;
  bench_write_body(&out->valid, random, out->table, &style);
  return is_clean(world, out->table, out->valid.data, out->valid.size) && break_body(world, &out->broken, state, out->table, style);
}

static void make_mixed(const bench_world *world, bench_set *set, bool response) {
  enum { LARGEST = 8192 };
  bench_random random = { .state = response ? 201 : 1 };
  twins drawn = { 0 };
  const bench_text *text = set->broken ? &drawn.broken : &drawn.valid;
  bench_set valid = { 0 };
  size_t used = 0, used_by_valid = 0;
  set_begin(set, MIXED_COUNT, (size_t)MIXED_COUNT * LARGEST);
  set_begin(&valid, MIXED_COUNT, (size_t)MIXED_COUNT * LARGEST);
  for (size_t tries = 0; set->count < MIXED_COUNT; tries++) {
    if (tries > (size_t)TRIES * MIXED_COUNT || text->size > LARGEST) {
      bench_fail("%s: bodies are not as they should be", set->name);
    }
    if (draw_twins(world, &random, response, &drawn) && is_new(&valid, (bdc_str){ drawn.valid.data, drawn.valid.size })) {
      set_add(&valid, drawn.table, drawn.valid.data, drawn.valid.size, &used_by_valid);
      set_add(set, drawn.table, text->data, text->size, &used);
    }
  }
  bench_text_free(&drawn.valid);
  bench_text_free(&drawn.broken);
  bench_set_free(&valid);
}

/* The first table of the same rows: one program writes the responses of all its statuses. */
static const bench_table *kin_of(const bench_world *world, const bench_table *table) {
  size_t i = 0;
  while (world->tables[i].row != table->row) {
    i++;
  }
  return &world->tables[i];
}

/* Each table has a layout that all its bodies are in, as if one program had written them. */
static void make_steady(const bench_world *world, bench_set *set) {
  enum { LARGEST = 8192 };
  bench_random random = { .state = 200 };
  bench_text text = { 0 };
  size_t used = 0;
  set_begin(set, MIXED_COUNT, (size_t)MIXED_COUNT * LARGEST);
  for (size_t tries = 0; set->count < MIXED_COUNT; tries++) {
    const bench_table *table = draw_table(world, &random, true);
    bench_random of_table = { .state = 11 * (kin_of(world, table)->index + 1) };
    bench_style style = draw_style(&of_table);
    style.layout = of_table.state;
    style.beyond_ascii = bench_once_in(&random, 8);
    style.escapes = bench_once_in(&random, 16);
    text.size = 0;
    bench_write_body(&text, &random, table, &style);
    if (tries > (size_t)TRIES * MIXED_COUNT || text.size > LARGEST) {
      bench_fail("%s: bodies are not as they should be", set->name);
    }
    if (is_clean(world, table, text.data, text.size) && is_new(set, (bdc_str){ text.data, text.size })) {
      set_add(set, table, text.data, text.size, &used);
    }
  }
  bench_text_free(&text);
}

/* ---- the 1 MiB array ---- */

static void write_array_of(const bench_world *world, bench_set *set, uint64_t layout) {
  const bench_table *table = bench_table_find(world, "bench.list.ListApps-200");
  bench_table one = *table;
  bench_random random = { .state = 1048576 };
  bench_text text = { 0 };
  one.row = bdc_row_describe(table->row).element;
  bench_print(&text, "[");
  while (text.size < ARRAY_SIZE - 400) {
    bench_style style = draw_style(&random);
    if (layout) {
      style = (bench_style){ .layout = layout, .beyond_ascii = style.beyond_ascii, .escapes = style.escapes };
    }
    bench_print(&text, text.size > 1 ? "," : "");
    bench_write_body(&text, &random, &one, &style);
  }
  bench_print(&text, "]");
  make_single(world, set, table, text.data, text.size);
  bench_text_free(&text);
}

static void make_array(const bench_world *world, bench_set *set) {
  write_array_of(world, set, 0);
}

static void make_steady_array(const bench_world *world, bench_set *set) {
  write_array_of(world, set, 1);
}

/* ---- the documents' own examples ---- */

static const char apig_request[] = "{ \"name\" : \"app_demo\", \"remark\" : \"Demo app\" }";
static const char apig_400[] = "{ \"error_code\" : \"APIG.2012\", \"error_msg\" : \"Invalid parameter value,parameterName:id. Please "
                               "refer to the support documentation\" }";
/* As printed, but for the zone of register_time. */
static const char apig_201[] = "{ \"creator\" : \"USER\", \"update_time\" : \"2020-08-03T13:21:48.381148828Z\", \"app_key\" : "
                               "\"ee8f878c252747028f07eb116c2cd91b\", \"name\" : \"app_demo\", \"remark\" : \"Demo app\", \"id\" : "
                               "\"356de8eb7a8742168586e5daf5339965\", \"app_secret\" : \"416************ab8\", \"register_time\" : "
                               "\"2020-08-03T13:09:13Z\", \"status\" : 1, \"app_type\" : \"apig\" }";
/* As printed, but for the roles, which are one item there. */
static const char roma_200[] =
    "{\n  \"id\" : \"b2e6b145-4f3f-4a80-aa45-f4b8029f95a3\",\n  \"name\" : \"AppName\",\n"
    "  \"remark\" : \"example\",\n  \"roles\" : [ \"read\", \"access\", \"delete\", \"modify\", \"admin\" ],\n"
    "  \"create_time\" : \"2019-12-06T06:49:04.000Z\",\n  \"update_time\" : \"2019-12-06T06:49:04.000Z\",\n"
    "  \"created_user\" : {\n    \"user_id\" : \"string\",\n    \"user_name\" : \"string\"\n  },\n"
    "  \"last_updated_user\" : {\n    \"user_id\" : \"string\",\n    \"user_name\" : \"string\"\n  },\n"
    "  \"owner\" : true,\n  \"key\" : \"TEI9****8UM\",\n  \"favorite\" : true\n}";

static void make_example(const bench_world *world, bench_set *set, const char *table, const char *text) {
  make_single(world, set, bench_table_find(world, table), text, strlen(text));
}

static void make_apig_request(const bench_world *world, bench_set *set) {
  make_example(world, set, "huaweicloud.apig.UpdateAppV2-request", apig_request);
}

static void make_apig_400(const bench_world *world, bench_set *set) {
  make_example(world, set, "huaweicloud.apig.UpdateAppV2-400", apig_400);
}

static void make_apig_201(const bench_world *world, bench_set *set) {
  make_example(world, set, "huaweicloud.apig.UpdateAppV2-201", apig_201);
}

static void make_roma_200(const bench_world *world, bench_set *set) {
  make_example(world, set, "huaweicloud.roma.UpdateRomaApp-200", roma_200);
}

/* A request to API Gateway with as long a remark as may be, in Chinese. */
static void make_chinese(const bench_world *world, bench_set *set) {
  enum { CHARACTERS = 255, CHARACTER = 3 };
  static const char sentence[] = "\xe8\xbf\x99\xe6\x98\xaf\xe4\xb8\x80\xe4\xb8\xaa\xe6\xb5\x8b\xe8\xaf\x95\xe5\xba\x94\xe7\x94\xa8"
                                 "\xe7\x9a\x84\xe8\xaf\xb4\xe6\x98\x8e\xe6\x96\x87\xe5\xad\x97";
  bench_text text = { 0 };
  bench_print(&text, "{\"name\":\"app_demo\",\"remark\":\"");
  for (size_t left = CHARACTERS * CHARACTER; left;) {
    size_t size = left < sizeof sentence - 1 ? left : sizeof sentence - 1;
    bench_add(&text, sentence, size);
    left -= size;
  }
  bench_print(&text, "\"}");
  make_single(world, set, bench_table_find(world, "huaweicloud.apig.UpdateAppV2-request"), text.data, text.size);
  bench_text_free(&text);
}

static void make_mixed_requests(const bench_world *world, bench_set *set) {
  make_mixed(world, set, false);
}

static void make_mixed_responses(const bench_world *world, bench_set *set) {
  make_mixed(world, set, true);
}

/* ---- all sets ---- */

static const struct {
  const char *name;
  const char *title;
  bool broken;
  void (*make)(const bench_world *world, bench_set *set);
} sets[] = {
  { "apig-request", "APIG request", false, make_apig_request },
  { "apig-400", "APIG 400", false, make_apig_400 },
  { "apig-201", "APIG 201", false, make_apig_201 },
  { "roma-200", "ROMA 200", false, make_roma_200 },
  { "chinese", "Chinese remark", false, make_chinese },
  { "mixed-requests", "mixed requests", false, make_mixed_requests },
  { "mixed-responses", "mixed responses", false, make_mixed_responses },
  { "steady-responses", "steady responses", false, make_steady },
  { "array", "1 MiB array", false, make_array },
  { "steady-array", "1 MiB steady array", false, make_steady_array },
  { "broken-requests", "mixed requests, one violation each", true, make_mixed_requests },
  { "broken-responses", "mixed responses, one violation each", true, make_mixed_responses },
};

size_t bench_set_count(void) {
  return sizeof sets / sizeof sets[0];
}

const char *bench_set_name(size_t index) {
  return sets[index].name;
}

void bench_set_make(const bench_world *world, size_t index, bench_set *out) {
  *out = (bench_set){ .name = sets[index].name, .title = sets[index].title, .broken = sets[index].broken };
  sets[index].make(world, out);
}

void bench_set_find(const bench_world *world, const char *name, bench_set *out) {
  for (size_t i = 0; i < bench_set_count(); i++) {
    if (strcmp(sets[i].name, name) == 0) {
      bench_set_make(world, i, out);
      return;
    }
  }
  bench_fail("no set %s", name);
}

void bench_set_free(bench_set *set) {
  free(set->bodies);
  free(set->memory);
  *set = (bench_set){ 0 };
}
