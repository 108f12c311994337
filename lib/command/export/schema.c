/* SPDX-License-Identifier: MIT */
#include "export/schema.h"

#include "export/json.h"
#include "export/schema_note.h"
#include "export/schema_row.h"
#include "names.h"
#include "text.h"

/* ---- objects that have a name ---- */

/* All that a row holds, each once, in the order in which they are met. */
static void collect(cmd_objects *objects, const bdc_row *row) {
  const bdc_object *object = cmd_row_object(row);
  if (!object || !cmd_objects_add(objects, object)) {
    return;
  }
  for (size_t i = 0; bdc_object_row(object, i); i++) {
    collect(objects, bdc_object_row(object, i));
  }
}

static void put_object_note(cmd_json *json, const bdc_object *object, bool response) {
  cmd_output note = CMD_MEMORY;
  cmd_schema_note_object(object, response, &note);
  if (note.size > 0) {
    cmd_json_text_member(json, "$comment", cmd_output_text(&note));
  }
  cmd_output_free(&note);
}

static void put_definition(cmd_json *json, const bdc_object *object, bool response) {
  cmd_json_name(json, bdc_object_describe(object).name);
  cmd_json_open(json, '{');
  put_object_note(json, object, response);
  cmd_schema_object_put(json, object, response);
  cmd_json_close(json, '}');
}

static void put_definitions(cmd_json *json, const cmd_schema_body *body) {
  cmd_objects objects = { 0 };
  bool any = false;
  collect(&objects, body->row);
  for (size_t i = 0; i < objects.count; i++) {
    if (bdc_object_describe(objects.items[i]).name.size > 0) {
      if (!any) {
        cmd_json_name(json, BDC_STR("$defs"));
        cmd_json_open(json, '{');
      }
      any = true;
      put_definition(json, objects.items[i], body->status_count > 0);
    }
  }
  if (any) {
    cmd_json_close(json, '}');
  }
  cmd_objects_free(&objects);
}

/* ---- what the schema is of ---- */

static void put_statuses(const cmd_schema_body *body, const char *separator, cmd_output *out) {
  for (size_t i = 0; i < body->status_count; i++) {
    cmd_puts(out, i > 0 ? separator : "");
    cmd_put_number(out, (uint64_t)body->statuses[i]);
  }
}

static void put_id(cmd_json *json, const cmd_schema_body *body, const bdc_operation_info *operation) {
  cmd_output id = CMD_MEMORY;
  cmd_puts(&id, "urn:bodycheck:");
  cmd_put(&id, operation->full_name);
  cmd_puts(&id, body->status_count > 0 ? ":response:" : ":request");
  put_statuses(body, ",", &id);
  cmd_json_text_member(json, "$id", cmd_output_text(&id));
  cmd_output_free(&id);
}

static void put_title(cmd_json *json, const cmd_schema_body *body, const bdc_operation_info *operation) {
  cmd_output title = CMD_MEMORY;
  cmd_put(&title, operation->name);
  cmd_puts(&title, body->status_count > 0 ? ", response " : ", request");
  put_statuses(body, ", ", &title);
  cmd_json_text_member(json, "title", cmd_output_text(&title));
  cmd_output_free(&title);
}

static void put_description(cmd_json *json, const bdc_operation_info *operation) {
  bdc_service_info service = bdc_service_describe(operation->service);
  cmd_output text = CMD_MEMORY;
  cmd_put(&text, operation->method);
  cmd_puts(&text, " ");
  cmd_put(&text, operation->path);
  cmd_puts(&text, " of ");
  cmd_put(&text, service.title.size > 0 ? service.title : service.name);
  cmd_json_text_member(json, "description", cmd_output_text(&text));
  cmd_output_free(&text);
}

static void put_sources(const bdc_service *service, cmd_output *out) {
  size_t count = bdc_service_describe(service).source_count;
  cmd_puts(out, " Sources:");
  for (size_t i = 0; i < count; i++) {
    bdc_source_info source = bdc_service_source(service, i);
    cmd_puts(out, i > 0 ? "; @" : " @");
    cmd_put(out, source.tag);
    cmd_puts(out, " ");
    cmd_put(out, source.text);
  }
}

/* Where the body is an object of its own table, what is said of that. */
static void put_root_note(const cmd_schema_body *body, cmd_output *out) {
  bdc_row_info root = bdc_row_describe(body->row);
  cmd_schema_note_row(body->row, (cmd_schema_place){ .response = body->status_count > 0 }, out);
  cmd_puts(out, body->optional ? " The body may be missing." : "");
  cmd_puts(out, body->undocumented ? " The status is not documented, which is warned of." : "");
  if (root.object && bdc_object_describe(root.object).name.size == 0) {
    cmd_schema_note_object(root.object, body->status_count > 0, out);
  }
}

static void put_note(cmd_json *json, const cmd_schema_body *body, const bdc_operation_info *operation) {
  cmd_output note = CMD_MEMORY;
  put_root_note(body, &note);
  cmd_puts(&note, " ");
  cmd_puts(&note, cmd_schema_note_unsaid);
  put_sources(operation->service, &note);
  cmd_json_text_member(json, "$comment", cmd_output_text(&note));
  cmd_output_free(&note);
}

void cmd_schema_put(const cmd_schema_body *body, cmd_output *out) {
  bdc_operation_info operation = bdc_operation_describe(body->operation);
  cmd_json json = { .out = out };
  cmd_json_open(&json, '{');
  cmd_json_text_member(&json, "$schema", BDC_STR("https://json-schema.org/draft/2020-12/schema"));
  put_id(&json, body, &operation);
  put_title(&json, body, &operation);
  put_description(&json, &operation);
  put_note(&json, body, &operation);
  cmd_schema_row_put(&json, body->row, (cmd_schema_place){ .response = body->status_count > 0 });
  put_definitions(&json, body);
  cmd_json_close(&json, '}');
  cmd_puts(out, "\n");
}
