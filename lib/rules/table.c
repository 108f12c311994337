/* SPDX-License-Identifier: MIT */
/* The tables as programs see them: include/bodycheck/table.h. */
#include "base/str.h"
#include "rules/ruleset.h"

/* ---- services ---- */

size_t bdc_service_count(const bdc_ruleset *ruleset) {
  return ruleset->service_count;
}

const bdc_service *bdc_service_at(const bdc_ruleset *ruleset, size_t index) {
  return index < ruleset->service_count ? &ruleset->services[index] : NULL;
}

bdc_service_info bdc_service_describe(const bdc_service *service) {
  return (bdc_service_info){
    .provider = service->provider,
    .name = service->name,
    .title = service->title,
    .file = service->file,
    .source_count = service->source_count,
    .host_count = service->host_count,
    .class_count = service->class_count,
    .error_count = service->error_count,
    .code_count = service->code_count,
    .answer_count = service->answer_count,
    .error_body = service->error_body ? &service->error_body->root : NULL,
  };
}

bdc_source_info bdc_service_source(const bdc_service *service, size_t index) {
  return index < service->source_count ? service->sources[index] : (bdc_source_info){ .tag = { 0 } };
}

bdc_host_info bdc_service_host(const bdc_service *service, size_t index) {
  return index < service->host_count ? service->hosts[index] : (bdc_host_info){ .pattern = { 0 } };
}

bdc_class_info bdc_service_class(const bdc_service *service, size_t index) {
  return index < service->class_count ? service->classes[index] : (bdc_class_info){ .name = { 0 } };
}

bdc_error_row_info bdc_service_error(const bdc_service *service, size_t index) {
  if (index >= service->error_count) {
    return (bdc_error_row_info){ .where = { 0 } };
  }
  const bdc__error_row *row = &service->errors[index];
  return (bdc_error_row_info){
    .where = row->where_text,
    .field = row->field,
    .rules = row->rules_text,
    .status = row->status,
    .code = row->code,
    .message = row->message,
    .source = row->source,
    .line = row->line,
  };
}

static bool names_field(const bdc__error_row *row, const bdc_breach *breach) {
  return row->field.size == 0 ||
         (breach->in == BDC_IN_HEADER ? bdc__str_equal_fold(row->field, breach->field) : bdc__str_equal(row->field, breach->field));
}

size_t bdc_service_error_for(const bdc_service *service, const bdc_breach *breach) {
  uint32_t where = breach->response ? BDC__WHERE_RESPONSE : 1u << breach->in;
  uint32_t rules = 1u << breach->rule;
  if (breach->whole_body) {
    rules |= breach->rule == BDC_RULE_MANDATORY ? 1u << BDC__RULE_MANDATORY_BODY : 0;
    rules |= breach->rule == BDC_RULE_LIMIT ? 1u << BDC__RULE_LIMIT_SIZE : 0;
  }
  size_t at = 0;
  for (; at < service->error_count; at++) {
    const bdc__error_row *row = &service->errors[at];
    if ((row->where & where) && (row->rules & rules) && names_field(row, breach)) {
      break;
    }
  }
  return at;
}

bdc_code_info bdc_service_code(const bdc_service *service, size_t index) {
  return index < service->code_count ? service->codes[index] : (bdc_code_info){ .code = { 0 } };
}

bdc_answer_info bdc_service_answer(const bdc_service *service, size_t index) {
  static const bdc_str contents[] = {
    [BDC__CONTENT_CODE] = BDC__STR_INIT("code"),
    [BDC__CONTENT_MESSAGE] = BDC__STR_INIT("message"),
    [BDC__CONTENT_DETAIL] = BDC__STR_INIT("detail"),
    [BDC__CONTENT_REQUEST_ID] = BDC__STR_INIT("request-id"),
  };
  if (index >= service->answer_count) {
    return (bdc_answer_info){ .name = { 0 } };
  }
  const bdc__answer_row *row = &service->answers[index];
  return (bdc_answer_info){ .name = row->name, .content = contents[row->content] };
}

/* ---- operations ---- */

size_t bdc_operation_count(const bdc_ruleset *ruleset) {
  return ruleset->operation_count;
}

const bdc_operation *bdc_operation_at(const bdc_ruleset *ruleset, size_t index) {
  return index < ruleset->operation_count ? &ruleset->operations[index] : NULL;
}

/* Tables of path, query and header that have rows; the sections tell of them first, in this order. */
static size_t table_count(const bdc_operation *operation) {
  size_t path = operation->path_rows->row_count != 0;
  size_t query = operation->query_rows != NULL;
  size_t header = operation->header_rows != NULL;
  return path + query + header;
}

bdc_operation_info bdc_operation_describe(const bdc_operation *operation) {
  return (bdc_operation_info){
    .full_name = operation->full_name,
    .name = operation->name,
    .method = operation->method,
    .path = operation->path,
    .source = operation->source,
    .line = operation->line,
    .service = operation->service,
    .section_count = table_count(operation) + (operation->request != NULL) + operation->response_count,
  };
}

static bdc_section_info table_section(const bdc_operation *operation, size_t index) {
  const bdc_section_info all[] = {
    { .in = BDC_IN_PATH, .object = operation->path_rows->row_count ? operation->path_rows : NULL },
    { .in = BDC_IN_QUERY, .object = operation->query_rows },
    { .in = BDC_IN_HEADER, .object = operation->header_rows },
  };
  size_t at = 0;
  while (!all[at].object || index-- > 0) {
    at++;
  }
  return all[at];
}

static bdc_section_info body_section(const bdc__body *body) {
  return (bdc_section_info){
    .in = BDC_IN_BODY,
    .body_optional = body->optional,
    .statuses = body->statuses,
    .status_count = body->status_count,
    .body = &body->root,
    .object = body->root.object,
  };
}

bdc_section_info bdc_operation_section(const bdc_operation *operation, size_t index) {
  size_t tables = table_count(operation);
  if (index < tables) {
    return table_section(operation, index);
  }
  index -= tables;
  if (operation->request && index-- == 0) {
    return body_section(operation->request);
  }
  return index < operation->response_count ? body_section(&operation->responses[index]) : (bdc_section_info){ .object = NULL };
}

/* ---- objects and rows ---- */

bdc_object_info bdc_object_describe(const bdc_object *object) {
  return (bdc_object_info){ .name = object->name, .row_count = object->row_count, .unknown = object->unknown };
}

const bdc_row *bdc_object_row(const bdc_object *object, size_t index) {
  return index < object->row_count ? &object->rows[index] : NULL;
}

bdc_row_info bdc_row_describe(const bdc_row *row) {
  bdc_row_info info = {
    /* An element has its field's name, for reports, but is no field: it has no pointer. */
    .name = row->pointer.size ? row->name : (bdc_str){ 0 },
    .type = row->type,
    .source = row->source,
    .line = row->line,
    .kind = (bdc_kind)row->kind,
    .mandatory = row->flags & BDC__ROW_MANDATORY,
    .unless = row->unless,
    .when_body = row->flags & BDC__ROW_WHEN_BODY,
    .nullable = row->flags & BDC__ROW_NULLABLE,
    .masked = row->flags & BDC__ROW_MASKED,
    .secret = row->flags & BDC__ROW_SECRET,
    .error_code = row->flags & BDC__ROW_ERROR_CODE,
    .warnings = row->warnings,
    .length_min = row->length_min,
    .length_max = row->length_max,
    .values = row->values,
    .value_count = row->value_count,
    .range_min = row->range_min,
    .range_max = row->range_max,
    .items_min = row->items_min,
    .items_max = row->items_max,
    .includes = row->includes,
    .pattern = row->pattern_text,
    .format = (bdc_format)row->format,
    .zone_optional = row->flags & BDC__ROW_ZONE_OPTIONAL,
    .fraction_max = row->fraction_max,
    .element = row->element,
    .object = row->object,
  };
  if (row->charset) {
    info.charset = row->charset->text;
    info.charset_expression = row->charset->expression;
  }
  if (row->start) {
    info.start = row->start->text;
    info.start_expression = row->start->expression;
  }
  return info;
}

const char *bdc_kind_name(bdc_kind kind) {
  static const char *const names[] = {
    [BDC_KIND_STRING] = "string", [BDC_KIND_INTEGER] = "integer", [BDC_KIND_LONG] = "long",
    [BDC_KIND_NUMBER] = "number", [BDC_KIND_BOOLEAN] = "boolean", [BDC_KIND_ANY] = "any",
    [BDC_KIND_OBJECT] = "object", [BDC_KIND_ARRAY] = "array",     [BDC_KIND_MAP] = "map",
  };
  return (size_t)kind < sizeof(names) / sizeof(names[0]) ? names[kind] : "?";
}

const char *bdc_format_name(bdc_format format) {
  static const char *const names[] = {
    [BDC_FORMAT_NONE] = "none", [BDC_FORMAT_DATE_TIME] = "date-time", [BDC_FORMAT_EPOCH_MS] = "epoch-ms",
    [BDC_FORMAT_HEX] = "hex",   [BDC_FORMAT_UUID] = "uuid",           [BDC_FORMAT_MEDIA_TYPE] = "media-type",
  };
  return (size_t)format < sizeof(names) / sizeof(names[0]) ? names[format] : "?";
}
