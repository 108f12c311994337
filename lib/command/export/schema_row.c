/* SPDX-License-Identifier: MIT */
/*
 * What is only worth a warning is no error, so it stands in no schema. Where something is checked only of values that keep such a rule,
 * "if" says so.
 */
#include "export/schema_row.h"

#include "export/schema_note.h"
#include "export/schema_string.h"
#include "text.h"

static bool holds(const bdc_row_info *row, bdc_rule rule) {
  return !(row->warnings >> rule & 1);
}

/* ---- types ---- */

static const char *const type_names[] = {
  [BDC_KIND_STRING] = "string",   [BDC_KIND_INTEGER] = "integer", [BDC_KIND_LONG] = "integer", [BDC_KIND_NUMBER] = "number",
  [BDC_KIND_BOOLEAN] = "boolean", [BDC_KIND_OBJECT] = "object",   [BDC_KIND_ARRAY] = "array",  [BDC_KIND_MAP] = "object",
};

static void put_any_type(cmd_json *json) {
  static const char *const all[] = { "array", "boolean", "number", "object", "string" };
  cmd_json_open_list(json);
  for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
    cmd_json_text(json, cmd_str(all[i]));
  }
  cmd_json_close(json, ']');
}

static void put_type(cmd_json *json, const bdc_row_info *row, bool null) {
  bool any = row->kind == BDC_KIND_ANY;
  if (any && null) {
    return;
  }
  cmd_json_name(json, BDC_STR("type"));
  if (any) {
    put_any_type(json);
  } else if (!null) {
    cmd_json_text(json, cmd_str(type_names[row->kind]));
  } else {
    cmd_json_open_list(json);
    cmd_json_text(json, cmd_str(type_names[row->kind]));
    cmd_json_text(json, BDC_STR("null"));
    cmd_json_close(json, ']');
  }
}

/* ---- enumerations and numbers ---- */

static void put_scalar(cmd_json *json, const bdc_row_info *row, bdc_str value) {
  if (row->kind == BDC_KIND_STRING) {
    cmd_json_text(json, value);
  } else {
    cmd_json_raw(json, value);
  }
}

static void put_enum(cmd_json *json, const bdc_row_info *row, bool null) {
  if (row->value_count == 0 || !holds(row, BDC_RULE_ENUM)) {
    return;
  }
  if (row->value_count == 1 && !null) {
    cmd_json_name(json, BDC_STR("const"));
    put_scalar(json, row, row->values[0]);
    return;
  }
  cmd_json_name(json, BDC_STR("enum"));
  cmd_json_open_list(json);
  for (size_t i = 0; i < row->value_count; i++) {
    put_scalar(json, row, row->values[i]);
  }
  if (null) {
    cmd_json_raw(json, BDC_STR("null"));
  }
  cmd_json_close(json, ']');
}

/* The stricter of a row's bounds and those that its type has. Rules compare them as text; here digits are enough to tell. */
typedef struct bounds {
  bdc_str least;
  bdc_str most;
} bounds;

static bounds type_bounds(const bdc_row_info *row) {
  switch (row->kind) {
  case BDC_KIND_INTEGER:
    return (bounds){ BDC_STR("-2147483648"), BDC_STR("2147483647") };
  case BDC_KIND_LONG:
    return (bounds){ BDC_STR("-9223372036854775808"), BDC_STR("9223372036854775807") };
  default:
    return (bounds){ .least = { 0 } };
  }
}

/* As memcmp, of integers. */
static int compare_integers(bdc_str a, bdc_str b) {
  bool minus = a.data[0] == '-';
  if (minus != (b.data[0] == '-')) {
    return minus ? -1 : 1;
  }
  int order = a.size != b.size ? (a.size < b.size ? -1 : 1) : cmd_compare(a, b);
  return minus ? -order : order;
}

static void narrow(bounds *to, bdc_str least, bdc_str most) {
  if (least.size > 0 && (to->least.size == 0 || compare_integers(least, to->least) > 0)) {
    to->least = least;
  }
  if (most.size > 0 && (to->most.size == 0 || compare_integers(most, to->most) < 0)) {
    to->most = most;
  }
}

static bounds range_of(const bdc_row_info *row) {
  bounds range = type_bounds(row);
  if (row->kind == BDC_KIND_NUMBER) {
    return (bounds){ row->range_min, row->range_max };
  }
  narrow(&range, row->range_min, row->range_max);
  return range;
}

static void put_bounds(cmd_json *json, bounds range) {
  if (range.least.size > 0 && cmd_schema_bound_fits(range.least)) {
    cmd_json_raw_member(json, "minimum", range.least);
  }
  if (range.most.size > 0 && cmd_schema_bound_fits(range.most)) {
    cmd_json_raw_member(json, "maximum", range.most);
  }
}

/* Milliseconds since 1970 have 13 digits. */
static bounds epoch_bounds(const bdc_row_info *row) {
  bool holding = row->format == BDC_FORMAT_EPOCH_MS && holds(row, BDC_RULE_FORMAT);
  return holding ? (bounds){ BDC_STR("1000000000000"), BDC_STR("9999999999999") } : (bounds){ .least = { 0 } };
}

static void put_number(cmd_json *json, const bdc_row_info *row) {
  bounds range = holds(row, BDC_RULE_RANGE) ? range_of(row) : (bounds){ .least = { 0 } };
  bounds epoch = epoch_bounds(row);
  narrow(&range, epoch.least, epoch.most);
  put_bounds(json, range);
}

/* ---- containers ---- */

static void put_counts(cmd_json *json, const bdc_row_info *row, const char *least, const char *most) {
  if (!holds(row, BDC_RULE_ITEMS)) {
    return;
  }
  if (row->items_min > 0) {
    cmd_json_count_member(json, least, row->items_min);
  }
  if (row->items_max != BDC_UNBOUNDED) {
    cmd_json_count_member(json, most, row->items_max);
  }
}

static void put_element(cmd_json *json, const char *keyword, const bdc_row_info *row, bool response) {
  cmd_json_name(json, cmd_str(keyword));
  cmd_json_open(json, '{');
  cmd_schema_row_put(json, row->element, (cmd_schema_place){ .response = response });
  cmd_json_close(json, '}');
}

static void put_array(cmd_json *json, const bdc_row_info *row, bool response) {
  put_element(json, "items", row, response);
  put_counts(json, row, "minItems", "maxItems");
  if (row->includes.data && holds(row, BDC_RULE_INCLUDES)) {
    cmd_json_name(json, BDC_STR("contains"));
    cmd_json_open(json, '{');
    cmd_json_text_member(json, "const", row->includes);
    cmd_json_close(json, '}');
  }
}

static void put_map(cmd_json *json, const bdc_row_info *row, bool response) {
  put_element(json, "additionalProperties", row, response);
  put_counts(json, row, "minProperties", "maxProperties");
}

static void put_reference(cmd_json *json, bdc_str name) {
  cmd_output reference = CMD_MEMORY;
  cmd_puts(&reference, "#/$defs/");
  cmd_put(&reference, name);
  cmd_json_text_member(json, "$ref", cmd_output_text(&reference));
  cmd_output_free(&reference);
}

static void put_object(cmd_json *json, const bdc_row_info *row, bool response) {
  bdc_str name = bdc_object_describe(row->object).name;
  if (name.size > 0) {
    put_reference(json, name);
  } else {
    cmd_schema_object_put(json, row->object, response);
  }
}

/* ---- rows ---- */

/* What is said of values that are of the row's type. */
static void put_content(cmd_json *json, const bdc_row_info *row, bool response) {
  switch (row->kind) {
  case BDC_KIND_STRING:
    cmd_schema_string_put(json, row);
    return;
  case BDC_KIND_INTEGER:
  case BDC_KIND_LONG:
  case BDC_KIND_NUMBER:
    put_number(json, row);
    return;
  case BDC_KIND_OBJECT:
    put_object(json, row, response);
    return;
  case BDC_KIND_ARRAY:
    put_array(json, row, response);
    return;
  case BDC_KIND_MAP:
    put_map(json, row, response);
    return;
  default:
    return;
  }
}

/* A number outside its range is held against nothing else. */
static bool range_decides(const bdc_row_info *row) {
  bool number = row->kind == BDC_KIND_INTEGER || row->kind == BDC_KIND_LONG || row->kind == BDC_KIND_NUMBER;
  return number && !holds(row, BDC_RULE_RANGE) && (row->value_count > 0 || row->format != BDC_FORMAT_NONE);
}

static bool has_content(const bdc_row_info *row) {
  return row->kind != BDC_KIND_BOOLEAN && row->kind != BDC_KIND_ANY;
}

static void put_condition(cmd_json *json, const bdc_row_info *row) {
  cmd_json_name(json, BDC_STR("if"));
  cmd_json_open(json, '{');
  put_type(json, row, false);
  if (range_decides(row)) {
    put_bounds(json, range_of(row));
  }
  cmd_json_close(json, '}');
}

/* A reference takes no part in a union of types. */
static void put_nullable_object(cmd_json *json, const bdc_row_info *row, bool response) {
  cmd_json_name(json, BDC_STR("anyOf"));
  cmd_json_open(json, '[');
  cmd_json_open(json, '{');
  put_object(json, row, response);
  cmd_json_close(json, '}');
  cmd_json_open(json, '{');
  cmd_json_text_member(json, "type", BDC_STR("null"));
  cmd_json_close(json, '}');
  cmd_json_close(json, ']');
}

void cmd_schema_row_put(cmd_json *json, const bdc_row *row, cmd_schema_place place) {
  bdc_row_info info = bdc_row_describe(row);
  bool null = info.nullable || cmd_schema_null_warns(&info, place);
  bool typed = holds(&info, BDC_RULE_TYPE);
  bool conditional = has_content(&info) && (!typed || range_decides(&info));
  if (info.kind == BDC_KIND_OBJECT && typed && null) {
    put_nullable_object(json, &info, place.response);
    return;
  }
  if (typed && info.kind != BDC_KIND_OBJECT) {
    put_type(json, &info, null);
  }
  if (conditional) {
    put_condition(json, &info);
    cmd_json_name(json, BDC_STR("then"));
    cmd_json_open(json, '{');
  }
  put_enum(json, &info, null && !conditional);
  put_content(json, &info, place.response);
  if (conditional) {
    cmd_json_close(json, '}');
  }
}

/* ---- objects ---- */

static void put_field(cmd_json *json, const bdc_row *row, bool response) {
  cmd_schema_place place = { .response = response, .field = true };
  cmd_output note = CMD_MEMORY;
  cmd_schema_note_row(row, place, &note);
  cmd_json_name(json, bdc_row_describe(row).name);
  cmd_json_open(json, '{');
  cmd_json_text_member(json, "$comment", cmd_output_text(&note));
  cmd_schema_row_put(json, row, place);
  cmd_json_close(json, '}');
  cmd_output_free(&note);
}

static bool is_required(const bdc_row *row) {
  bdc_row_info info = bdc_row_describe(row);
  return info.mandatory && holds(&info, BDC_RULE_MANDATORY);
}

static void put_required(cmd_json *json, const bdc_object *object) {
  bool any = false;
  for (size_t i = 0; bdc_object_row(object, i); i++) {
    const bdc_row *row = bdc_object_row(object, i);
    if (is_required(row)) {
      if (!any) {
        cmd_json_name(json, BDC_STR("required"));
        cmd_json_open_list(json);
      }
      any = true;
      cmd_json_text(json, bdc_row_describe(row).name);
    }
  }
  if (any) {
    cmd_json_close(json, ']');
  }
}

void cmd_schema_object_put(cmd_json *json, const bdc_object *object, bool response) {
  cmd_json_text_member(json, "type", BDC_STR("object"));
  cmd_json_name(json, BDC_STR("properties"));
  cmd_json_open(json, '{');
  for (size_t i = 0; bdc_object_row(object, i); i++) {
    put_field(json, bdc_object_row(object, i), response);
  }
  cmd_json_close(json, '}');
  put_required(json, object);
  if (cmd_schema_unknown(object, response) == BDC_UNKNOWN_ERROR) {
    cmd_json_raw_member(json, "additionalProperties", BDC_STR("false"));
  }
}
