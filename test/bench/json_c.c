/* SPDX-License-Identifier: MIT */
/*
 * json-c, as its documentation has it used. It shares names with jansson: this file is a shared library of its own, so that each finds
 * its own functions.
 */
#include "json_c.h"

#include <json-c/json.h>

void *bench_json_c_open(void) {
  return json_tokener_new();
}

bool bench_json_c_parse(void *state, const char *text, int size) {
  json_tokener *tokener = state;
  json_tokener_reset(tokener);
  struct json_object *tree = json_tokener_parse_ex(tokener, text, size);
  bool parsed = json_tokener_get_error(tokener) == json_tokener_success;
  json_object_put(tree);
  return parsed;
}
