// SPDX-License-Identifier: MIT
// simdjson as its documentation recommends: one parser that is kept, and input that is padded already.
#include "bench.h"

#include <simdjson.h>

#include <string>

static_assert(simdjson::SIMDJSON_PADDING <= BENCH_PADDING, "bodies have less padding than simdjson wants");

static bool parse(void *state, const bench_body *body) {
  auto *parser = static_cast<simdjson::dom::parser *>(state);
  return parser->parse(body->data, body->size, false).error() == simdjson::SUCCESS;
}

static bool validate_utf8(void *, const bench_body *body) {
  return simdjson::validate_utf8(body->data, body->size);
}

void bench_enter_simdjson(bench_contestants *list) {
  bench_enter(list, "simdjson DOM", BENCH_PARSES, parse, new simdjson::dom::parser);
  bench_enter(list, "simdjson UTF-8 only", BENCH_SCANS, validate_utf8, nullptr);
}

const char *bench_simdjson_kernel(void) {
  static const std::string name = simdjson::get_active_implementation()->name();
  return name.c_str();
}
