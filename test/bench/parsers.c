/* SPDX-License-Identifier: MIT */
/* Parsers in C, as their documentation has them used; a tree is freed as soon as it is there. */
#include "bench.h"
#include "json_c.h"

#include <cjson/cJSON.h>
#include <jansson.h>
#include <yajl/yajl_parse.h>

static bool parse_cjson(void *state, const bench_body *body) {
  (void)state;
  cJSON *tree = cJSON_ParseWithLength(body->data, body->size);
  cJSON_Delete(tree);
  return tree != NULL;
}

static bool parse_jansson(void *state, const bench_body *body) {
  (void)state;
  json_t *tree = json_loadb(body->data, body->size, 0, NULL);
  json_decref(tree);
  return tree != NULL;
}

static bool parse_json_c(void *state, const bench_body *body) {
  return bench_json_c_parse(state, body->data, (int)body->size);
}

/* No tree and no callbacks: the least that yajl does. A handle is for one text. */
static bool parse_yajl(void *state, const bench_body *body) {
  yajl_handle handle = yajl_alloc(state, NULL, NULL);
  bool parsed = yajl_parse(handle, (const unsigned char *)body->data, body->size) == yajl_status_ok &&
                yajl_complete_parse(handle) == yajl_status_ok;
  yajl_free(handle);
  return parsed;
}

void bench_enter_parsers(bench_contestants *list) {
  static yajl_callbacks none;
  bench_enter(list, "cJSON", BENCH_PARSES, parse_cjson, NULL);
  bench_enter(list, "jansson", BENCH_PARSES, parse_jansson, NULL);
  bench_enter(list, "json-c", BENCH_PARSES, parse_json_c, bench_json_c_open());
  bench_enter(list, "yajl, no callbacks", BENCH_PARSES, parse_yajl, &none);
}
