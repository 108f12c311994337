/* SPDX-License-Identifier: MIT */
/*
 * The loader: any text loads or is refused with mistakes that name a place within it. The first byte decides which allocation fails,
 * the second whether a define is given. What loads is walked through, and every row is found by its name.
 */
#include "route/host.h"
#include "rules/ruleset.h"

#include "budget.h"
#include "expect.h"

/* ---- mistakes ---- */

typedef struct told {
  size_t count;
  size_t lines; /* of the text */
  size_t line;  /* of the last mistake */
} told;

static void tell(const bdc_diagnostic *diagnostic, void *context) {
  told *so_far = context;
  so_far->count++;
  expect(diagnostic->message.size > 0 && diagnostic->line <= so_far->lines);
  expect((diagnostic->line == 0) == (diagnostic->column == 0));
  if (diagnostic->file.data[0] != '-') {
    expect(diagnostic->line >= so_far->line);
    so_far->line = diagnostic->line;
  }
}

static size_t lines_of(const uint8_t *data, size_t size) {
  size_t lines = 1;
  for (size_t i = 0; i < size; i++) {
    lines += data[i] == '\n';
  }
  return lines;
}

/* ---- what was loaded ---- */

static void walk_row(const bdc_row *row) {
  for (; row; row = row->element) {
    bdc_row_info info = bdc_row_describe(row);
    expect(info.length_min <= info.length_max && info.items_min <= info.items_max);
    expect((info.kind == BDC_KIND_OBJECT) == (info.object != NULL));
    expect((info.kind == BDC_KIND_ARRAY || info.kind == BDC_KIND_MAP) == (info.element != NULL));
  }
}

static void walk_object(const bdc_object *object) {
  for (size_t i = 0; object && i < object->row_count; i++) {
    expect(bdc__object_find(object, object->rows[i].name) == &object->rows[i]);
    walk_row(&object->rows[i]);
  }
}

static void walk_operation(const bdc_ruleset *ruleset, const bdc_operation *operation) {
  bdc_operation_info info = bdc_operation_describe(operation);
  const bdc_operation *found = NULL;
  expect(bdc_operation_search(ruleset, info.full_name, &found, NULL, 0, NULL) == BDC_OK && found == operation);
  for (size_t i = 0; i < info.section_count; i++) {
    bdc_section_info section = bdc_operation_section(operation, i);
    expect(section.body || section.object);
    walk_object(section.object);
    walk_row(section.body);
  }
}

static void walk_service(const bdc_service *service) {
  for (size_t i = 0; i < service->code_count; i++) {
    const bdc_code_info *code = &service->codes[i];
    const bdc_code_info *found = bdc__service_code(service, code->code, code->status);
    expect(found && found->status == code->status);
  }
  for (size_t i = 0; i < service->error_count; i++) {
    expect(service->errors[i].rules && service->errors[i].where);
  }
}

/* A name matches itself; a pattern does not, since no label of a host is "*". */
static void walk_hosts(const bdc_service *service) {
  for (size_t i = 0; i < service->host_count; i++) {
    bdc_host_info host = bdc_service_host(service, i);
    bool pattern = memchr(host.pattern.data, '*', host.pattern.size) != NULL;
    expect(host.line > 0 && host.source.size > 0);
    expect(bdc__host_matches(host.pattern, host.pattern) == !pattern);
    expect(!bdc__host_matches(host.pattern, (bdc_str){ host.pattern.data, host.pattern.size - 1 }));
  }
}

static void walk(const bdc_ruleset *ruleset) {
  for (size_t i = 0; i < ruleset->service_count; i++) {
    walk_service(&ruleset->services[i]);
    walk_hosts(&ruleset->services[i]);
  }
  for (size_t i = 0; i < ruleset->operation_count; i++) {
    walk_operation(ruleset, &ruleset->operations[i]);
  }
}

static void match_all(const bdc_ruleset *ruleset, budget *left, bdc_str text) {
  bdc_allocator allocator = budget_allocator(left);
  bdc__matcher *matcher = NULL;
  if (bdc__matcher_new(&allocator, ruleset->patterns, ruleset->pattern_count, 100, &matcher) == BDC_OK) {
    size_t calls = left->calls;
    for (size_t i = 0; i < ruleset->pattern_count; i++) {
      bdc__pattern_match(ruleset->patterns[i], matcher, text);
    }
    expect(left->calls == calls);
  }
  bdc__matcher_free(&allocator, matcher);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 2) {
    return 0;
  }
  budget left = { .fail_at = data[0] };
  told so_far = { .lines = lines_of(data + 2, size - 2) };
  bdc_allocator allocator = budget_allocator(&left);
  bdc_define define = { "letter", "[A-Za-z\\p{Han}]" };
  bdc_options options = { .allocator = &allocator, .without_builtin = true, .defines = &define, .define_count = data[1] & 1u };
  bdc_rule_text text = { { "f", 1 }, { (const char *)data + 2, size - 2 } };
  bdc_diagnostics diagnostics = { tell, &so_far };
  bdc_ruleset *ruleset = NULL;
  bdc_status status = bdc_ruleset_parse(&text, 1, &options, &ruleset, &diagnostics);
  expect(status == BDC_OK || status == BDC_ERR_RULES || (status == BDC_ERR_MEMORY && left.fail_at));
  expect((status == BDC_OK) == (ruleset != NULL) && (status == BDC_OK ? so_far.count == 0 : so_far.count > 0 || left.fail_at));
  if (ruleset) {
    walk(ruleset);
    match_all(ruleset, &left, (bdc_str){ "aaaaaaaaaaaaaaaa\xc3\xa9", 18 });
  }
  bdc_ruleset_free(ruleset);
  expect(left.live == 0);
  return 0;
}
