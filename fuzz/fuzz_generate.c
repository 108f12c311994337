/* SPDX-License-Identifier: MIT */
/*
 * Messages from any rules: the input is a rule file. Whatever it says, what a message was made to break is what a check finds, each
 * message is within its size, and what was allocated is given back. How many messages are looked at is bounded.
 */
#include <bodycheck/generate.h>

#include "budget.h"
#include "expect.h"

enum { MESSAGES_MAX = 3000, OF_ONE_TABLE = 600, BODY_SIZE = 2048 };

/* Chance that follows from the input. */
static uint64_t mixed(const uint8_t *data, size_t size) {
  uint64_t sum = UINT64_C(0xcbf29ce484222325);
  for (size_t i = 0; i < size; i++) {
    sum = (sum ^ data[i]) * UINT64_C(0x100000001b3);
  }
  return sum;
}

static void expect_confirmed(const bdc_generator *generator, bdc_status status) {
  if (status == BDC_ERR_INTERNAL) {
    bdc_omitted omitted = bdc_generator_omitted(generator, bdc_generator_omitted_count(generator) - 1);
    fprintf(stderr, "not confirmed: %.*s\n", (int)omitted.label.size, omitted.label.data);
  }
  expect(status == BDC_OK);
}

static void generate(const bdc_ruleset *ruleset, const bdc_operation *operation, int http_status, uint64_t chance, size_t *left) {
  budget used = { 0 };
  bdc_allocator allocator = budget_allocator(&used);
  unsigned rule = (unsigned)(chance >> 8) % (2 * BDC_RULE_COUNT);
  const bdc_generate_settings settings = { .allocator = &allocator,
                                           .seed = chance,
                                           .body_size = BODY_SIZE,
                                           .rounds = 2,
                                           .rules = rule < BDC_RULE_COUNT ? 1u << rule : 0,
                                           .all_pairs = chance % 8 == 0 && rule >= BDC_RULE_COUNT,
                                           .whole_messages = chance % 2 == 0 };
  bdc_generator *generator;
  const bdc_case *made = NULL;
  if (bdc_generator_new(ruleset, operation, http_status, &settings, &generator) == BDC_OK) {
    for (size_t i = 0; i < OF_ONE_TABLE && *left; i++, --*left) {
      expect_confirmed(generator, bdc_generator_next(generator, &made));
      if (!made) {
        break;
      }
      expect(made->body.size <= BODY_SIZE && made->label.size > 0);
    }
    bdc_generator_free(generator);
  }
  expect(used.live == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const bdc_options options = { .without_builtin = true };
  const bdc_rule_text text = { { "f", 1 }, { (const char *)data, size } };
  bdc_ruleset *ruleset;
  if (size == 0 || bdc_ruleset_parse(&text, 1, &options, &ruleset, NULL) != BDC_OK) {
    return 0;
  }
  uint64_t chance = mixed(data, size);
  size_t left = MESSAGES_MAX;
  for (size_t i = 0; i < bdc_operation_count(ruleset); i++) {
    const bdc_operation *operation = bdc_operation_at(ruleset, i);
    generate(ruleset, operation, 0, chance, &left);
    for (size_t j = 0; j < bdc_operation_describe(operation).section_count; j++) {
      bdc_section_info section = bdc_operation_section(operation, j);
      if (section.status_count) {
        generate(ruleset, operation, section.statuses[0], chance >> j % 8, &left);
      }
    }
  }
  bdc_ruleset_free(ruleset);
  return 0;
}
