/* SPDX-License-Identifier: MIT */
/*
 * Tables as JSON Schemas: what loads is exported, in both directions, and is JSON. The input is what stands behind the name of a row, so
 * that most of it is patterns and classes that PCRE2 takes.
 */
#include "export/schema.h"
#include "unit/well_formed.h"

#include "expect.h"

static const char head[] = "provider f\n"
                           "service f F\n"
                           "source s the fuzzer\n"
                           "class letter [A-Za-z]\n"
                           "object o unknown warning\n"
                           "  o object o optional @s\n"
                           "operation F PUT /f @s\n";

static void expect_json(bdc_str text) {
  enum { DEPTH = 1024 };
  unsigned char containers[BDC__JSON_CONTAINER_BYTES(DEPTH)];
  expect(well_formed(text, containers, DEPTH));
}

static void export_section(const bdc_operation *operation, size_t index) {
  bdc_section_info section = bdc_operation_section(operation, index);
  cmd_schema_body body = {
    .operation = operation, .row = section.body, .statuses = section.statuses, .status_count = section.status_count
  };
  cmd_output out = CMD_MEMORY;
  cmd_schema_put(&body, &out);
  expect_json(cmd_output_text(&out));
  cmd_output_free(&out);
}

/* The row as a member of a request, and of a response. */
static void put_rules(cmd_output *out, bdc_str row) {
  cmd_puts(out, head);
  cmd_puts(out, "  request\n    f ");
  cmd_put(out, row);
  cmd_puts(out, " @s\n  response 200\n    f ");
  cmd_put(out, row);
  cmd_puts(out, " @s\n");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  cmd_output rules = CMD_MEMORY;
  put_rules(&rules, (bdc_str){ (const char *)data, size });
  bdc_rule_text text = { { "f", 1 }, cmd_output_text(&rules) };
  bdc_ruleset *ruleset = NULL;
  if (bdc_ruleset_parse(&text, 1, &(bdc_options){ .without_builtin = true }, &ruleset, NULL) == BDC_OK) {
    const bdc_operation *operation = bdc_operation_at(ruleset, 0);
    for (size_t i = 0; i < bdc_operation_describe(operation).section_count; i++) {
      export_section(operation, i);
    }
  }
  bdc_ruleset_free(ruleset);
  cmd_output_free(&rules);
  return 0;
}
