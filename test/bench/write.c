/* SPDX-License-Identifier: MIT */
/*
 * Bodies and schemas as files, for contestants that have a program of their own:
 *   SET.bodies, SET.list   all bodies, one behind the other; a line for each: bytes and table
 *   SET/TABLE.jsonl        those of one table, a line each
 *   TABLE.draft7.json, TABLE.draft2020.json
 */
#include "bench.h"

#include <string.h>
#include <sys/stat.h>

static FILE *open_file(const char *path) {
  FILE *file = fopen(path, "wb");
  if (!file) {
    bench_fail("%s cannot be written", path);
  }
  return file;
}

static FILE *create(const char *folder, const char *name, const char *end) {
  bench_text path = { 0 };
  bench_print(&path, "%s/%s%s", folder, name, end);
  FILE *file = open_file(path.data);
  bench_text_free(&path);
  return file;
}

static void finish(FILE *file) {
  if (fclose(file) != 0) {
    bench_fail("a file cannot be written");
  }
}

static void write_schema(const char *folder, const bench_table *table, bench_dialect dialect, const char *end) {
  bench_text text = { 0 };
  FILE *file = create(folder, table->name, end);
  bench_write_schema(&text, table, dialect);
  fwrite(text.data, 1, text.size, file);
  finish(file);
  bench_text_free(&text);
}

/* A line break in a body that is JSON is a blank. */
static void write_line(FILE *file, const bench_body *body) {
  for (size_t i = 0; i < body->size; i++) {
    fputc(body->data[i] == '\n' ? ' ' : body->data[i], file);
  }
  fputc('\n', file);
}

static void write_lines(const char *folder, const bench_set *set, const bench_table *table) {
  FILE *file = NULL;
  for (size_t i = 0; i < set->count; i++) {
    if (set->bodies[i].table == table) {
      file = file ? file : create(folder, table->name, ".jsonl");
      write_line(file, &set->bodies[i]);
    }
  }
  if (file) {
    finish(file);
  }
}

void bench_write_tables(const bench_world *world, const char *folder) {
  for (size_t i = 0; i < world->table_count; i++) {
    write_schema(folder, &world->tables[i], BENCH_DRAFT_7, ".draft7.json");
    write_schema(folder, &world->tables[i], BENCH_DRAFT_2020, ".draft2020.json");
  }
}

void bench_write_set(const bench_world *world, const bench_set *set, const char *folder) {
  FILE *bodies = create(folder, set->name, ".bodies"), *list = create(folder, set->name, ".list");
  for (size_t i = 0; i < set->count; i++) {
    fwrite(set->bodies[i].data, 1, set->bodies[i].size, bodies);
    fprintf(list, "%zu\t%s\n", set->bodies[i].size, set->bodies[i].table->name);
  }
  finish(bodies);
  finish(list);
  bench_text path = { 0 };
  bench_print(&path, "%s/%s", folder, set->name);
  (void)mkdir(path.data, 0777);
  for (size_t i = 0; i < world->table_count; i++) {
    write_lines(path.data, set, &world->tables[i]);
  }
  bench_text_free(&path);
}

/* As many lines as fill `size` bytes: responses of one operation with all members, as `check --lines` takes them. */
void bench_write_big(const bench_world *world, const char *path, size_t size) {
  enum { DIFFERENT = 65536 };
  const bench_table *table = bench_table_find(world, "huaweicloud.apig.UpdateAppV2-201");
  bench_random random = { .state = 7 };
  bench_text text = { 0 };
  FILE *file = open_file(path);
  for (size_t i = 0; i < DIFFERENT; i++) {
    bench_style style = { .shuffled = bench_once_in(&random, 4), .beyond_ascii = bench_once_in(&random, 8) };
    bench_write_body(&text, &random, table, &style);
    bench_print(&text, "\n");
  }
  for (size_t written = 0; written < size; written += text.size) {
    fwrite(text.data, 1, text.size, file);
  }
  finish(file);
  bench_text_free(&text);
}
