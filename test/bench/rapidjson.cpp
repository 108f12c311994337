// SPDX-License-Identifier: MIT
// RapidJSON as its documentation recommends: its vector code, a pool that is kept for the tree, and text that ends in a zero.
#include "bench.h"

#define RAPIDJSON_SSE2
#include <rapidjson/document.h>
#include <rapidjson/reader.h>
#include <rapidjson/schema.h>

#include <memory>
#include <vector>

namespace {

namespace rj = rapidjson;

// ---- a tree ----

using Pool = rj::MemoryPoolAllocator<>;
using Tree = rj::GenericDocument<rj::UTF8<>, Pool, Pool>;

struct Parser {
  static constexpr size_t pool_size = size_t{ 16 } << 20;
  static constexpr size_t stack_size = size_t{ 1 } << 20;
  std::unique_ptr<char[]> pool_memory{ new char[pool_size] };
  std::unique_ptr<char[]> stack_memory{ new char[stack_size] };
  Pool pool{ pool_memory.get(), pool_size };
  Pool stack{ stack_memory.get(), stack_size };
};

bool parse(void *state, const bench_body *body) {
  auto *self = static_cast<Parser *>(state);
  self->pool.Clear();
  self->stack.Clear();
  Tree tree(&self->pool, 1024, &self->stack);
  tree.Parse(body->data);
  return !tree.HasParseError();
}

// ---- no tree: the events of the parser go to the validator ----

struct Table {
  std::unique_ptr<rj::SchemaDocument> schema;
  std::unique_ptr<rj::SchemaValidator> validator;
};

struct Validators {
  std::vector<Table> tables;
  rj::Reader reader;
};

Table table_of(const bench_table &table, bench_dialect dialect) {
  bench_text text = {};
  bench_write_schema(&text, &table, dialect);
  rj::Document document;
  document.Parse(text.data);
  if (document.HasParseError()) {
    bench_fail("%s: RapidJSON cannot read the schema", table.name);
  }
  Table out;
  out.schema = std::make_unique<rj::SchemaDocument>(document);
  out.validator = std::make_unique<rj::SchemaValidator>(*out.schema);
  bench_text_free(&text);
  return out;
}

bool validate(void *state, const bench_body *body) {
  auto *self = static_cast<Validators *>(state);
  rj::SchemaValidator &validator = *self->tables[body->table->index].validator;
  rj::StringStream stream(body->data);
  validator.Reset();
  return !self->reader.Parse(stream, validator).IsError() && validator.IsValid();
}

Validators *validators_of(const bench_world *world, bench_dialect dialect) {
  auto *out = new Validators;
  for (size_t i = 0; i < world->table_count; i++) {
    out->tables.push_back(table_of(world->tables[i], dialect));
  }
  return out;
}

} // namespace

void bench_enter_rapidjson(bench_contestants *list, const bench_world *world) {
  bench_enter(list, "RapidJSON DOM", BENCH_PARSES, parse, new Parser);
  bench_enter(list, "RapidJSON schema", BENCH_CHECKS, validate, validators_of(world, BENCH_DRAFT_4_DATES));
  bench_enter(list, "RapidJSON schema, no dates", BENCH_CHECKS, validate, validators_of(world, BENCH_DRAFT_4));
}
