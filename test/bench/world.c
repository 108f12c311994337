/* SPDX-License-Identifier: MIT */
/* The embedded tables, and one of our own whose response is a long array. */
#include "bench.h"

#include <string.h>

/* What a list of apps answers with: the rows of one app, as API Gateway documents them. */
static const char list_rules[] = "provider bench\n"
                                 "service list A list of apps\n"
                                 "source t the benchmark\n"
                                 "object app\n"
                                 "  id                  string   optional @t\n"
                                 "  name                string   optional @t\n"
                                 "  remark              string   optional @t\n"
                                 "  creator             string   optional enum USER | MARKET @t\n"
                                 "  update_time         string   optional format date-time zone-optional fraction ..9 @t\n"
                                 "  app_key             string   optional @t\n"
                                 "  app_secret          string   optional length 8..128 secret @t\n"
                                 "  register_time       string   optional format date-time zone-optional fraction ..9 @t\n"
                                 "  status              integer  optional enum 1 @t\n"
                                 "  app_type            string   optional enum apig | roma @t\n"
                                 "  roma_app_type       string   optional enum subscription | integration @t\n"
                                 "  related_domain_id   string   optional length 32..36 @t\n"
                                 "  related_project_id  string   optional length 32..36 @t\n"
                                 "operation ListApps GET /v2/apps @t\n"
                                 "  response 200 array of object app\n";

static void complain(const bdc_diagnostic *diagnostic, void *context) {
  (void)context;
  fprintf(stderr, "%.*s:%zu: %.*s\n", (int)diagnostic->file.size, diagnostic->file.data, diagnostic->line,
          (int)diagnostic->message.size, diagnostic->message.data);
}

static void add_table(bench_world *world, const bdc_operation *operation, int http_status, const bdc_row *row) {
  if (world->table_count == BENCH_TABLES_MAX) {
    bench_fail("too many tables");
  }
  bdc_operation_info info = bdc_operation_describe(operation);
  bench_table *table = &world->tables[world->table_count];
  *table = (bench_table){ .index = world->table_count++, .operation = operation, .http_status = http_status, .row = row };
  table->own = bench_same(bdc_service_describe(info.service).provider, BDC_STR("bench"));
  int size = snprintf(table->name, sizeof table->name, "%.*s", (int)info.full_name.size, info.full_name.data);
  char *end = table->name + size;
  size_t left = sizeof table->name - (size_t)size;
  if (http_status) {
    snprintf(end, left, "-%d", http_status);
  } else {
    snprintf(end, left, "-request");
  }
}

static void add_section(bench_world *world, const bdc_operation *operation, const bdc_section_info *section) {
  if (section->in != BDC_IN_BODY || !section->body) {
    return;
  }
  if (section->status_count == 0) {
    add_table(world, operation, 0, section->body);
  }
  for (size_t i = 0; i < section->status_count; i++) {
    add_table(world, operation, section->statuses[i], section->body);
  }
}

void bench_world_open(bench_world *world) {
  *world = (bench_world){ 0 };
  bdc_rule_text text = { BDC_STR("list.rules"), { list_rules, sizeof list_rules - 1 } };
  bdc_diagnostics diagnostics = { .report = complain };
  if (bdc_ruleset_parse(&text, 1, NULL, &world->ruleset, &diagnostics) != BDC_OK) {
    bench_fail("the rules cannot be loaded");
  }
  bdc_settings settings = { .kernel = "none" };
  if (bdc_checker_new(world->ruleset, &settings, &world->precise) != BDC_OK) {
    bench_fail("no checker can be made");
  }
  for (size_t i = 0; i < bdc_operation_count(world->ruleset); i++) {
    const bdc_operation *operation = bdc_operation_at(world->ruleset, i);
    for (size_t j = 0; j < bdc_operation_describe(operation).section_count; j++) {
      bdc_section_info section = bdc_operation_section(operation, j);
      add_section(world, operation, &section);
    }
  }
}

void bench_world_close(bench_world *world) {
  bdc_checker_free(world->precise);
  bdc_ruleset_free(world->ruleset);
}

const bench_table *bench_table_find(const bench_world *world, const char *name) {
  for (size_t i = 0; i < world->table_count; i++) {
    if (strcmp(world->tables[i].name, name) == 0) {
      return &world->tables[i];
    }
  }
  bench_fail("no table %s", name);
  return NULL;
}
