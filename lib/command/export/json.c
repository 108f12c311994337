/* SPDX-License-Identifier: MIT */
#include "export/json.h"

#include "text.h"

enum { INDENT = 2 };

static void new_line(cmd_json *json) {
  cmd_puts(json->out, "\n");
  cmd_put_repeat(json->out, ' ', json->depth * INDENT);
}

/* What stands before a name, or before a value without one. */
static void separate(cmd_json *json) {
  if (json->flat) {
    cmd_puts(json->out, json->empty ? "" : ", ");
  } else if (json->depth > 0) {
    cmd_puts(json->out, json->empty ? "" : ",");
    new_line(json);
  }
  json->empty = false;
}

static void begin_value(cmd_json *json) {
  if (!json->named) {
    separate(json);
  }
  json->named = false;
}

void cmd_json_name(cmd_json *json, bdc_str name) {
  separate(json);
  cmd_put_json(json->out, name);
  cmd_puts(json->out, ": ");
  json->named = true;
}

void cmd_json_open(cmd_json *json, char bracket) {
  begin_value(json);
  cmd_put(json->out, (bdc_str){ &bracket, 1 });
  json->depth++;
  json->empty = true;
}

void cmd_json_open_list(cmd_json *json) {
  cmd_json_open(json, '[');
  json->flat = true;
}

void cmd_json_close(cmd_json *json, char bracket) {
  json->depth--;
  if (!json->empty && !json->flat) {
    new_line(json);
  }
  cmd_put(json->out, (bdc_str){ &bracket, 1 });
  json->empty = false;
  json->flat = false;
}

void cmd_json_raw(cmd_json *json, bdc_str text) {
  begin_value(json);
  cmd_put(json->out, text);
}

void cmd_json_text(cmd_json *json, bdc_str text) {
  begin_value(json);
  cmd_put_json(json->out, text);
}

void cmd_json_count(cmd_json *json, uint64_t count) {
  begin_value(json);
  cmd_put_number(json->out, count);
}

void cmd_json_text_member(cmd_json *json, const char *name, bdc_str text) {
  cmd_json_name(json, cmd_str(name));
  cmd_json_text(json, text);
}

void cmd_json_count_member(cmd_json *json, const char *name, uint64_t count) {
  cmd_json_name(json, cmd_str(name));
  cmd_json_count(json, count);
}

void cmd_json_raw_member(cmd_json *json, const char *name, bdc_str text) {
  cmd_json_name(json, cmd_str(name));
  cmd_json_raw(json, text);
}
