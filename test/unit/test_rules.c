/* SPDX-License-Identifier: MIT */
/* lib/rules: the rule language by example, every kind of mistake with its place, defines, replacing, names, files, memory. */
#include "unit/support.h"

#include "base/str.h"
#include "rules/bracket.h"
#include "rules/ruleset.h"

#include <bodycheck/table.h>

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

/* Lines 1 to 3 of most texts here: what follows starts in line 4. */
#define HEAD "provider p\nservice s A title\nsource t text\n"

/* ---- loading ---- */

static void collect(const bdc_diagnostic *diagnostic, void *context) {
  blob *to = context;
  blob_add_str(to, diagnostic->file);
  blob_print(to, ":%zu:%zu: ", diagnostic->line, diagnostic->column);
  blob_add_str(to, diagnostic->message);
  blob_print(to, "\n");
}

static bdc_status load_text(bdc_str text, const bdc_options *options, bdc_ruleset **out, blob *mistakes) {
  bdc_options alone = options ? *options : (bdc_options){ .provider = NULL };
  alone.without_builtin = true;
  bdc_rule_text rule_text = { BDC_STR("f"), text };
  bdc_diagnostics diagnostics = { collect, mistakes };
  blob_add(mistakes, NULL, 0);
  return bdc_ruleset_parse(&rule_text, 1, &alone, out, &diagnostics);
}

/* The mistakes of a text, one a line. */
static void assert_mistakes(bdc_str text, const char *expected) {
  blob mistakes = { 0 };
  bdc_ruleset *ruleset = (bdc_ruleset *)&mistakes;
  bdc_status status = load_text(text, NULL, &ruleset, &mistakes);
  assert_string_equal(mistakes.data, expected);
  assert_int_equal(status, BDC_ERR_RULES);
  assert_null(ruleset);
  blob_free(&mistakes);
}

#define ASSERT_MISTAKES(text, expected) assert_mistakes(BDC_STR(text), expected)

static bdc_ruleset *load_with(const char *text, const bdc_options *options) {
  blob mistakes = { 0 };
  bdc_ruleset *ruleset = NULL;
  bdc_status status = load_text(bdc__str(text), options, &ruleset, &mistakes);
  if (status != BDC_OK) {
    fail_msg("%s", mistakes.data);
  }
  blob_free(&mistakes);
  return ruleset;
}

static void assert_str(bdc_str text, const char *expected) {
  if (!bdc__str_equal(text, bdc__str(expected))) {
    fail_msg("\"%.*s\" is not \"%s\"", (int)text.size, text.data, expected);
  }
}

static bdc_row_info row_of(const bdc_object *object, const char *name) {
  const bdc_row *row = bdc__object_find(object, bdc__str(name));
  if (!row) {
    fail_msg("no row %s", name);
  }
  return bdc_row_describe(row);
}

/* ---- the language by example ---- */

static const char example[] =
    "# a comment\r\n"
    "provider  huaweicloud\r\n"
    "service   apig   API Gateway, dedicated gateways  # the title\r\n"
    "source    seed   002.txt \"Modifying an App\"\n"
    "source    err    \"error table\"\n"
    "\n"
    "class     letter  [A-Za-z]\n"
    "class     digit   [0-9]\n"
    "class     word    [{letter}{digit}_]\n"
    "class     other   [^\\x00-\\x7f]\n"
    "\n"
    "errors\n"
    "  header X-Auth-Token mandatory 401 APIG.1000 \"Token missing. \\\"a\\\\b\\\"\" @err\n"
    "  # a comment between\n"
    "  body,query length.min,length.max 400 APIG.2005 \"{field}\" @seed @err\n"
    "  body mandatory.body 400 APIG.2000 \"\" @err\n"
    "  request limit.size 413 APIG.2001 big @err\n"
    "  response * 500 APIG.9999 \"System error\" @seed\n"
    "codes\n"
    "  APIG.2000 500,400 \"b\" @err\n"
    "  APIG.1000 401 \"a\" @err\n"
    "  APIG.2000 403 \"c\" @err\n"
    "answer error\n"
    "  error_code code @err\n"
    "  error_msg message length ..32 @err\n"
    "  detail detail @err\n"
    "  request_id request-id @err\n"
    "\n"
    "operation UpdateAppV2 PUT /v2/{project_id}/apps/{app_id} @seed @err\n"
    "  path\n"
    "    app_id string mandatory format uuid @seed\n"
    "    project_id string mandatory length 1..64 @seed\n"
    "  query\n"
    "    limit integer optional range 1..500 @seed\n"
    "  header\n"
    "    X-Auth-Token string mandatory unless Authorization secret @seed\n"
    "    Content-Type string mandatory when body format media-type @seed\n"
    "  request optional unknown ignore\n"
    "    name string mandatory length 3..64 start {letter} charset {letter}{digit}_-!@#$%^[] @seed\n"
    "    remark string optional length ..255 nullable @seed\n"
    "    \"odd/na~me\" string optional enum \"a b\" | c | \"|\" | @x @seed\n"
    "    secret string optional masked secret error-code @seed\n"
    "    code string optional pattern ^[A-Z]{2}\\.[0-9]+$ @seed\n"
    "    text string optional pattern /a b\\/c [\\/]?/ @seed\n"
    "    kind integer optional enum 1 | -2 | 0 warn enum,range @seed\n"
    "    ms long optional format epoch-ms range 0.. @seed\n"
    "    ratio number optional range -0.5..1.25 @seed\n"
    "    flag boolean optional warn @seed\n"
    "    when string optional format date-time fraction ..3 zone-optional @seed\n"
    "    roles array of string optional enum a | b includes a items 1.. length 1 secret masked nullable warn items @seed\n"
    "    table map of array of long optional items 2 range ..9 @seed\n"
    "    next object node optional @seed\n"
    "    bare string optional charset {other} @seed\n"
    "    box string optional charset [{letter}-{digit} ()] start [^{digit}] @seed\n"
    "    anything any optional @seed\n"
    "  response 201,200\n"
    "    id string mandatory @seed\n"
    "  response 404 object error\n"
    "  response 202 array of object node\n"
    "\n"
    "object error unknown warning\n"
    "  error_code string mandatory @err\n"
    "object node\n"
    "  next object node optional @err\n"
    "  list array of object node optional @err\n"
    "operation ListApps GET /v2/apps/ @seed\n"
    "host apig.*.example.com @seed\n";

static void test_head_of_a_file(void **state) {
  (void)state;
  bdc_ruleset *ruleset = load_with(example, NULL);
  assert_int_equal(bdc_service_count(ruleset), 1);
  bdc_service_info info = bdc_service_describe(bdc_service_at(ruleset, 0));
  assert_str(info.provider, "huaweicloud");
  assert_str(info.name, "apig");
  assert_str(info.title, "API Gateway, dedicated gateways");
  assert_str(info.file, "f");
  assert_null(bdc_service_at(ruleset, 1));
  const bdc_service *service = bdc_service_at(ruleset, 0);
  assert_int_equal(info.source_count, 2);
  assert_str(bdc_service_source(service, 0).text, "002.txt \"Modifying an App\"");
  assert_str(bdc_service_source(service, 1).tag, "err");
  assert_str(bdc_service_source(service, 1).text, "error table");
  assert_int_equal(bdc_service_source(service, 2).tag.size, 0);
  assert_int_equal(info.class_count, 4);
  assert_str(bdc_service_class(service, 2).name, "word");
  assert_str(bdc_service_class(service, 2).expression, "[A-Za-z0-9_]");
  assert_false(bdc_service_class(service, 2).defined);
  bdc_ruleset_free(ruleset);
}

static void test_errors_codes_and_answer(void **state) {
  (void)state;
  bdc_ruleset *ruleset = load_with(example, NULL);
  const bdc_service *service = bdc_service_at(ruleset, 0);
  assert_int_equal(service->error_count, 5);
  const bdc__error_row *rows = service->errors;
  assert_int_equal(rows[0].where, BDC__WHERE_HEADER);
  assert_int_equal(rows[0].rules, 1u << BDC_RULE_MANDATORY);
  assert_str(rows[0].field, "X-Auth-Token");
  assert_str(rows[0].message, "Token missing. \"a\\b\"");
  assert_int_equal(rows[0].line, 13);
  assert_int_equal(rows[1].where, BDC__WHERE_BODY | BDC__WHERE_QUERY);
  assert_int_equal(rows[1].rules, 1u << BDC_RULE_LENGTH_MIN | 1u << BDC_RULE_LENGTH_MAX);
  assert_int_equal(rows[1].field.size, 0);
  assert_str(rows[1].source, "seed err");
  assert_int_equal(rows[2].rules, 1u << BDC__RULE_MANDATORY_BODY);
  assert_int_equal(rows[2].message.size, 0);
  assert_int_equal(rows[3].where, BDC__WHERE_REQUEST);
  assert_int_equal(rows[3].rules, 1u << BDC__RULE_LIMIT_SIZE);
  assert_int_equal(rows[4].where, BDC__WHERE_RESPONSE);
  assert_int_equal(rows[4].rules, (1u << BDC__RULE_BITS) - 1);
  bdc_error_row_info told = bdc_service_error(service, 1);
  assert_str(told.where, "body,query");
  assert_str(told.rules, "length.min,length.max");
  assert_int_equal(told.status, 400);

  assert_int_equal(service->code_count, 4);
  assert_str(bdc_service_code(service, 0).code, "APIG.1000");
  assert_int_equal(bdc_service_code(service, 1).status, 400);
  assert_int_equal(bdc_service_code(service, 2).status, 403);
  assert_int_equal(bdc_service_code(service, 3).status, 500);
  assert_str(bdc__service_code(service, BDC_STR("APIG.2000"), 403)->message, "c");
  assert_int_equal(bdc__service_code(service, BDC_STR("APIG.2000"), 404)->status, 400);
  assert_null(bdc__service_code(service, BDC_STR("APIG.200"), 400));
  assert_null(bdc__service_code(service, BDC_STR("APIG.9"), 400));

  assert_int_equal(service->answer_count, 4);
  assert_str(bdc_service_answer(service, 1).name, "error_msg");
  assert_str(bdc_service_answer(service, 1).content, "message");
  assert_str(bdc_service_answer(service, 3).content, "request-id");
  assert_int_equal(service->answers[1].length_max, 32);
  assert_int_equal(service->answers[0].length_max, BDC_UNBOUNDED);
  assert_int_equal(service->error_body->root.kind, BDC_KIND_OBJECT);
  assert_str(service->error_body->root.type, "object error");
  assert_int_equal(service->error_body->root.object->row_count, 1);
  assert_ptr_equal(bdc_service_describe(service).error_body, &service->error_body->root);
  bdc_ruleset_free(ruleset);
}

static void test_operations_and_sections(void **state) {
  (void)state;
  bdc_ruleset *ruleset = load_with(example, NULL);
  assert_int_equal(bdc_operation_count(ruleset), 2);
  const bdc_operation *operation = bdc_operation_at(ruleset, 0);
  assert_null(bdc_operation_at(ruleset, 2));
  assert_ptr_equal(operation->ruleset, ruleset);
  bdc_operation_info info = bdc_operation_describe(operation);
  assert_str(info.full_name, "huaweicloud.apig.UpdateAppV2");
  assert_str(info.name, "UpdateAppV2");
  assert_str(info.method, "PUT");
  assert_str(info.path, "/v2/{project_id}/apps/{app_id}");
  assert_str(info.source, "seed err");
  assert_int_equal(info.line, 29);
  assert_ptr_equal(info.service, bdc_service_at(ruleset, 0));
  assert_int_equal(info.section_count, 7);
  static const bdc_place places[] = { BDC_IN_PATH, BDC_IN_QUERY, BDC_IN_HEADER, BDC_IN_BODY, BDC_IN_BODY, BDC_IN_BODY, BDC_IN_BODY };
  for (size_t i = 0; i < LENGTH(places); i++) {
    assert_int_equal(bdc_operation_section(operation, i).in, places[i]);
  }
  bdc_section_info request = bdc_operation_section(operation, 3);
  assert_true(request.body_optional);
  assert_int_equal(request.status_count, 0);
  assert_int_equal(bdc_object_describe(request.object).unknown, BDC_UNKNOWN_IGNORE);
  assert_int_equal(bdc_object_describe(request.object).name.size, 0);
  bdc_section_info created = bdc_operation_section(operation, 4);
  assert_int_equal(created.status_count, 2);
  assert_int_equal(created.statuses[0], 200);
  assert_int_equal(created.statuses[1], 201);
  assert_int_equal(bdc_object_describe(created.object).unknown, BDC_UNKNOWN_TABLE);
  bdc_section_info missing = bdc_operation_section(operation, 5);
  assert_str(bdc_object_describe(missing.object).name, "error");
  assert_int_equal(bdc_object_describe(missing.object).unknown, BDC_UNKNOWN_WARNING);
  bdc_section_info list = bdc_operation_section(operation, 6);
  assert_null(list.object);
  bdc_row_info body = bdc_row_describe(list.body);
  assert_int_equal(body.kind, BDC_KIND_ARRAY);
  assert_str(body.type, "array of object node");
  assert_str(bdc_row_describe(body.element).type, "object node");
  assert_null(bdc_operation_section(operation, 7).object);

  const bdc_operation *bare = bdc_operation_at(ruleset, 1);
  assert_int_equal(bdc_operation_describe(bare).section_count, 0);
  assert_int_equal(bare->path_rows->row_count, 0);
  assert_null(bdc__object_find(bare->path_rows, BDC_STR("a")));
  assert_null(bare->request);
  bdc_ruleset_free(ruleset);
}

static void test_hosts(void **state) {
  (void)state;
  bdc_ruleset *ruleset =
      load_with(HEAD "source u text\nhost apig.*.Example.com @t\noperation A GET /a @t\nhost 10.0.0.1 @u @t # behind\n", NULL);
  const bdc_service *service = bdc_service_at(ruleset, 0);
  assert_int_equal(bdc_service_describe(service).host_count, 2);
  assert_str(bdc_service_host(service, 0).pattern, "apig.*.Example.com");
  assert_str(bdc_service_host(service, 0).source, "t");
  assert_int_equal(bdc_service_host(service, 0).line, 5);
  assert_str(bdc_service_host(service, 1).pattern, "10.0.0.1");
  assert_str(bdc_service_host(service, 1).source, "u t");
  assert_int_equal(bdc_service_host(service, 1).line, 7);
  assert_int_equal(bdc_service_host(service, 2).pattern.size, 0);
  bdc_ruleset_free(ruleset);
  ruleset = load_with(HEAD, NULL);
  assert_int_equal(bdc_service_describe(bdc_service_at(ruleset, 0)).host_count, 0);
  assert_null(bdc_service_describe(bdc_service_at(ruleset, 0)).error_body);
  assert_int_equal(bdc_service_host(bdc_service_at(ruleset, 0), 0).pattern.size, 0);
  bdc_ruleset_free(ruleset);
}

static void test_path_rows_have_the_order_of_the_template(void **state) {
  (void)state;
  bdc_ruleset *ruleset = load_with(example, NULL);
  const bdc_object *path = bdc_operation_at(ruleset, 0)->path_rows;
  assert_int_equal(path->row_count, 2);
  assert_str(bdc_row_describe(bdc_object_row(path, 0)).name, "project_id");
  assert_str(bdc_row_describe(bdc_object_row(path, 1)).name, "app_id");
  assert_null(bdc_object_row(path, 2));
  bdc_ruleset_free(ruleset);
}

static void test_rows_and_their_rules(void **state) {
  (void)state;
  bdc_ruleset *ruleset = load_with(example, NULL);
  const bdc_operation *operation = bdc_operation_at(ruleset, 0);
  bdc_row_info token = row_of(operation->header_rows, "X-Auth-Token");
  assert_true(token.mandatory && token.secret && !token.when_body);
  assert_str(token.unless, "Authorization");
  assert_true(row_of(operation->header_rows, "Content-Type").when_body);
  bdc_row_info limit = row_of(operation->query_rows, "limit");
  assert_str(limit.range_min, "1");
  assert_str(limit.range_max, "500");

  const bdc_object *body = operation->request->root.object;
  bdc_row_info name = row_of(body, "name");
  assert_true(name.mandatory);
  assert_int_equal(name.length_min, 3);
  assert_int_equal(name.length_max, 64);
  assert_int_equal(name.items_max, BDC_UNBOUNDED);
  assert_int_equal(name.fraction_max, UINT32_MAX);
  assert_str(name.source, "seed");
  assert_str(name.type, "string");
  assert_int_equal(name.line, 39);
  assert_str(name.charset, "{letter}{digit}_-!@#$%^[]");
  assert_str(name.charset_expression, "[A-Za-z0-9_\\-!@#$%\\^\\[\\]]");
  assert_str(name.start_expression, "[A-Za-z]");
  bdc_row_info remark = row_of(body, "remark");
  assert_true(remark.nullable && !remark.mandatory);
  assert_int_equal(remark.length_min, 0);
  bdc_row_info odd = row_of(body, "odd/na~me");
  assert_int_equal(odd.value_count, 4);
  assert_str(odd.values[0], "a b");
  assert_str(odd.values[2], "|");
  assert_str(odd.values[3], "@x");
  assert_str(bdc__object_find(body, BDC_STR("odd/na~me"))->pointer, "/odd~1na~0me");
  bdc_row_info secret = row_of(body, "secret");
  assert_true(secret.masked && secret.secret && secret.error_code);
  assert_str(row_of(body, "code").pattern, "^[A-Z]{2}\\.[0-9]+$");
  assert_str(row_of(body, "text").pattern, "a b\\/c [\\/]?");
  bdc_row_info kind = row_of(body, "kind");
  assert_int_equal(kind.kind, BDC_KIND_INTEGER);
  assert_str(kind.values[1], "-2");
  assert_int_equal(kind.warnings, 1u << BDC_RULE_ENUM | 1u << BDC_RULE_RANGE);
  bdc_row_info ms = row_of(body, "ms");
  assert_int_equal(ms.format, BDC_FORMAT_EPOCH_MS);
  assert_str(ms.range_min, "0");
  assert_int_equal(ms.range_max.size, 0);
  assert_str(row_of(body, "ratio").range_min, "-0.5");
  assert_int_equal(row_of(body, "flag").warnings, (1u << BDC_RULE_COUNT) - 1);
  bdc_row_info when = row_of(body, "when");
  assert_int_equal(when.format, BDC_FORMAT_DATE_TIME);
  assert_int_equal(when.fraction_max, 3);
  assert_true(when.zone_optional);
  assert_int_equal(row_of(body, "anything").kind, BDC_KIND_ANY);
  assert_str(row_of(body, "bare").charset_expression, "[^\\x00-\\x7f]");
  bdc_row_info box = row_of(body, "box");
  assert_str(box.charset_expression, "[A-Za-z\\-0-9 ()]");
  assert_str(box.start_expression, "[^0-9]");
  bdc_ruleset_free(ruleset);
}

static void test_rules_of_arrays_and_of_their_elements(void **state) {
  (void)state;
  bdc_ruleset *ruleset = load_with(example, NULL);
  const bdc_object *body = bdc_operation_at(ruleset, 0)->request->root.object;
  const bdc_row *roles = bdc__object_find(body, BDC_STR("roles"));
  bdc_row_info array = bdc_row_describe(roles);
  bdc_row_info element = bdc_row_describe(roles->element);
  assert_int_equal(array.kind, BDC_KIND_ARRAY);
  assert_str(array.type, "array of string");
  assert_str(array.includes, "a");
  assert_int_equal(array.items_min, 1);
  assert_int_equal(array.items_max, BDC_UNBOUNDED);
  assert_true(array.nullable && array.secret && !array.masked);
  assert_int_equal(array.value_count, 0);
  assert_int_equal(array.length_max, BDC_UNBOUNDED);
  assert_int_equal(array.warnings, 1u << BDC_RULE_ITEMS);
  assert_str(element.type, "string");
  assert_int_equal(element.value_count, 2);
  assert_int_equal(element.length_min, 1);
  assert_int_equal(element.length_max, 1);
  assert_true(!element.nullable && element.secret && element.masked);
  assert_int_equal(element.warnings, 1u << BDC_RULE_ITEMS);
  assert_int_equal(element.includes.size, 0);
  assert_int_equal(element.line, array.line);
  assert_str(element.source, "seed");
  /* The engine reports an element under the name of its field; for readers of the table an element has none. */
  assert_str(roles->element->name, "roles");
  assert_int_equal(element.name.size, 0);

  const bdc_row *table = bdc__object_find(body, BDC_STR("table"));
  assert_int_equal(table->kind, BDC_KIND_MAP);
  assert_int_equal(table->items_min, 2);
  assert_int_equal(table->items_max, 2);
  assert_int_equal(table->element->kind, BDC_KIND_ARRAY);
  assert_int_equal(table->element->items_max, BDC_UNBOUNDED);
  assert_str(table->element->type, "array of long");
  assert_int_equal(table->element->element->kind, BDC_KIND_LONG);
  assert_str(table->element->element->range_max, "9");
  bdc_ruleset_free(ruleset);
}

static void test_rows_that_need_their_whole_text_say_so(void **state) {
  (void)state;
  static const char *const need[] = { "odd/na~me", "secret", "code", "text", "when" };
  static const char *const need_not[] = { "name", "remark", "kind", "ms", "flag", "bare", "box", "roles" };
  bdc_ruleset *ruleset = load_with(example, NULL);
  const bdc_object *body = bdc_operation_at(ruleset, 0)->request->root.object;
  for (size_t i = 0; i < LENGTH(need); i++) {
    assert_true(bdc__object_find(body, bdc__str(need[i]))->flags & BDC__ROW_NEEDS_TEXT);
  }
  for (size_t i = 0; i < LENGTH(need_not); i++) {
    assert_false(bdc__object_find(body, bdc__str(need_not[i]))->flags & BDC__ROW_NEEDS_TEXT);
  }
  assert_true(bdc__object_find(body, BDC_STR("roles"))->element->flags & BDC__ROW_NEEDS_TEXT);
  bdc_ruleset_free(ruleset);
  ruleset = load_with(HEAD "object o\n  a array of string optional includes x @t\n  b array of string optional @t\n"
                           "operation A GET /a @t\n  response 200 object o\n",
                      NULL);
  const bdc_object *object = bdc_operation_at(ruleset, 0)->responses[0].root.object;
  assert_true(object->rows[0].element->flags & BDC__ROW_NEEDS_TEXT);
  assert_false(object->rows[1].element->flags & BDC__ROW_NEEDS_TEXT);
  bdc_ruleset_free(ruleset);
}

static void test_objects_may_be_used_above_their_definition_and_within_it(void **state) {
  (void)state;
  bdc_ruleset *ruleset = load_with(example, NULL);
  const bdc_object *body = bdc_operation_at(ruleset, 0)->request->root.object;
  const bdc_object *node = row_of(body, "next").object;
  assert_str(bdc_object_describe(node).name, "node");
  assert_ptr_equal(row_of(node, "next").object, node);
  assert_ptr_equal(bdc_row_describe(row_of(node, "list").element).object, node);
  bdc_ruleset_free(ruleset);
}

static void test_classes_know_ascii_and_what_lies_beyond(void **state) {
  (void)state;
  bdc_ruleset *ruleset = load_with(example, NULL);
  const bdc_object *body = bdc_operation_at(ruleset, 0)->request->root.object;
  const bdc__class *charset = bdc__object_find(body, BDC_STR("name"))->charset;
  assert_null(charset->run);
  assert_int_equal(charset->ascii['-'], 1);
  assert_int_equal(charset->ascii[']'], 1);
  assert_int_equal(charset->ascii['a'], 1);
  assert_int_equal(charset->ascii[' '], 0);
  assert_int_equal(charset->ascii['\\'], 0);
  const bdc__class *other = bdc__object_find(body, BDC_STR("bare"))->charset;
  assert_non_null(other->run);
  assert_int_equal(other->ascii['a'], 0);
  /* [^0-9] and [^\x00-\x7f] reach beyond ASCII, and there are two patterns. */
  assert_int_equal(ruleset->pattern_count, 4);
  bdc_ruleset_free(ruleset);
}

static void test_equal_classes_are_compiled_once(void **state) {
  (void)state;
  bdc_ruleset *ruleset = load_with(HEAD "class a [\\w]\nobject o\n  a string optional charset {a} start [\\w] @t\n"
                                        "  b string optional charset {a} pattern x @t\n  c string optional pattern x @t\n"
                                        "operation A GET /a @t\n  response 200 object o\n",
                                   NULL);
  const bdc_object *object = bdc_operation_at(ruleset, 0)->responses[0].root.object;
  assert_ptr_equal(object->rows[0].charset, object->rows[1].charset);
  assert_ptr_equal(object->rows[0].charset->run, object->rows[0].start->run);
  assert_str(object->rows[0].start->text, "[\\w]");
  assert_ptr_equal(object->rows[1].pattern, object->rows[2].pattern);
  assert_int_equal(ruleset->pattern_count, 2);
  bdc_ruleset_free(ruleset);
}

/* What a class in a table stands for. */
static void test_class_text(void **state) {
  (void)state;
  static const struct {
    const char *text;
    const char *expression;
  } cases[] = {
    { "abc", "[abc]" },
    { "[abc]", "[abc]" },
    { "{hyphen}", "[-a-]" },
    { "x{hyphen}y", "[x\\-a\\-y]" },
    { "[x{hyphen}y]", "[x\\-a\\-y]" },
    { "[{letter}-_]", "[A-Za-z\\-_]" },
    { "[_-{letter}]", "[_\\-A-Za-z]" },
    { "{close}a", "[\\][a]" },
    { "a{close}", "[a\\][]" },
    { "[{letter}\\p{Lu}\\x{41}]", "[A-Za-z\\p{Lu}\\x{41}]" },
    { "[\\{letter}]", "[\\{letter}]" },
    { "{", "[{]" },
    { "{}", "[{}]" },
    { "\"{letter} x\"", "[A-Za-z x]" },
    { "[^{letter}]", "[^A-Za-z]" },
    { "{none}", "[^a]" },
    { "[{none}]", "[^a]" },
    { "[^]a{letter}]", "[^]aA-Za-z]" },
    { "\u4e2d{letter}", "[\u4e2dA-Za-z]" },
    { "[[:alpha:]{letter}]", "[[:alpha:]A-Za-z]" },
  };
  for (size_t i = 0; i < LENGTH(cases); i++) {
    blob text = { 0 };
    blob_print(&text, HEAD "class letter [A-Za-z]\nclass hyphen [-a-]\nclass close [][]\nclass none [^a]\n");
    blob_print(&text, "operation A GET /a @t\n  request\n    a string optional charset %s @t\n", cases[i].text);
    bdc_ruleset *ruleset = load_with(text.data, NULL);
    assert_str(row_of(bdc_operation_at(ruleset, 0)->request->root.object, "a").charset_expression, cases[i].expression);
    bdc_ruleset_free(ruleset);
    blob_free(&text);
  }
}

static void test_mandatory_rows_are_bits(void **state) {
  (void)state;
  blob text = { 0 };
  blob_print(&text, HEAD "operation A GET /a @t\n  request\n");
  for (int i = 0; i < 130; i++) {
    blob_print(&text, "    f%d string %s @t\n", i, i % 3 ? "optional" : "mandatory");
  }
  bdc_ruleset *ruleset = load_with(text.data, NULL);
  const bdc_object *object = bdc_operation_at(ruleset, 0)->request->root.object;
  assert_int_equal(object->words, 3);
  assert_int_equal(ruleset->words_max, 3);
  for (size_t i = 0; i < 130; i++) {
    assert_int_equal(object->mandatory[i / 64] >> i % 64 & 1, i % 3 == 0);
  }
  bdc_ruleset_free(ruleset);
  blob_free(&text);
}

static void test_every_row_is_found_by_its_name_and_nothing_else(void **state) {
  (void)state;
  blob text = { 0 };
  char name[300];
  blob_print(&text, HEAD "operation A GET /a @t\n  request\n");
  for (int i = 0; i < BDC__ROWS_MAX; i++) {
    /* Long names that differ only in their middle, short ones, and all between. */
    snprintf(name, sizeof name, "%.*s%x%.*s", i % 40, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", (unsigned)i, i % 40,
             "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb");
    blob_print(&text, "    %s string optional @t\n", name);
  }
  bdc_ruleset *ruleset = load_with(text.data, NULL);
  const bdc_object *object = bdc_operation_at(ruleset, 0)->request->root.object;
  assert_int_equal(object->row_count, BDC__ROWS_MAX);
  for (size_t i = 0; i < object->row_count; i++) {
    assert_ptr_equal(bdc__object_find(object, object->rows[i].name), &object->rows[i]);
    snprintf(name, sizeof name, "%.*sz", (int)object->rows[i].name.size, object->rows[i].name.data);
    assert_null(bdc__object_find(object, bdc__str(name)));
  }
  assert_null(bdc__object_find(object, (bdc_str){ 0 }));
  bdc_ruleset_free(ruleset);
  blob_free(&text);
}

/* ---- mistakes in the text ---- */

static void test_lines_and_words(void **state) {
  (void)state;
  ASSERT_MISTAKES(HEAD "object o\n\ta string optional @t\n", "f:5:1: a tab; expected spaces\n");
  ASSERT_MISTAKES(HEAD "object o\n  a string\toptional @t\n", "f:5:11: a tab; expected spaces\n");
  ASSERT_MISTAKES(HEAD "# a\tcomment\n", "f:4:4: a tab; expected spaces\n");
  ASSERT_MISTAKES(HEAD "# \u4e2d\xff\n", "f:4:4: not UTF-8\n");
  ASSERT_MISTAKES(HEAD "# \xed\xa0\x80\n", "f:4:3: not UTF-8\n");
  ASSERT_MISTAKES(HEAD "# a\rb\n", "f:4:4: a control character; expected text\n");
  ASSERT_MISTAKES(HEAD "# a\0b\n", "f:4:4: a control character; expected text\n");
  ASSERT_MISTAKES(HEAD "object\0 o\n", "f:4:7: a control character; expected text\n");
  ASSERT_MISTAKES("\xef\xbb\xbf" HEAD, "f:1:1: a byte order mark; expected UTF-8 without one\n");
  ASSERT_MISTAKES(HEAD "object o\n  a string optional enum \"x @t\n",
                  "f:5:26: a quote without its end; expected \" in the same line\n");
  ASSERT_MISTAKES(HEAD "object o\n  a string optional enum \"x\"y @t\n", "f:5:29: text behind the closing quote; expected a blank\n");
  ASSERT_MISTAKES(HEAD "object o\n  a string optional enum \"\u4e2d\\n\" @t\n",
                  "f:5:28: unknown escape in quotes; expected \\\" or \\\\\n");
  ASSERT_MISTAKES(HEAD "object o\n  a string optional charset [a @t\n",
                  "f:5:29: a class without its end; expected ] in the same line\n");
  ASSERT_MISTAKES(HEAD "object o\n  a string optional charset [a]|[b] @t\n",
                  "f:5:32: text behind the class; expected one bracket class and a blank\n");
  ASSERT_MISTAKES(HEAD "object o\n  a string optional pattern /a @t\n",
                  "f:5:29: a pattern without its end; expected / in the same line\n");
  ASSERT_MISTAKES(HEAD "object o\n  a string optional pattern /a/b @t\n",
                  "f:5:32: text behind the pattern; expected a blank (write \\/ for a slash in it)\n");
}

static void test_statements_and_their_order(void **state) {
  (void)state;
  ASSERT_MISTAKES("", "f:0:0: no `provider`; expected `provider NAME` first\n");
  ASSERT_MISTAKES("# nothing\n", "f:0:0: no `provider`; expected `provider NAME` first\n");
  ASSERT_MISTAKES("provider p\n", "f:0:0: no `service`; expected `service NAME TITLE`\n");
  ASSERT_MISTAKES("class a [a]\nclass b [b]\n", "f:1:1: `class` before `provider` and `service`; expected these first\n");
  ASSERT_MISTAKES("service s\nprovider p\n", "f:1:1: `service` before `provider`; expected `provider NAME` first\n");
  ASSERT_MISTAKES(HEAD "class a [a]\nsource u text\nobject o\n  a string optional @u\n",
                  "f:5:1: `source` behind other statements; expected it before them\n");
  ASSERT_MISTAKES(HEAD "provider q\nservice r\n", "f:4:1: a second `provider`; expected one for a file\n"
                                                  "f:5:1: a second `service`; expected one for a file\n");
  ASSERT_MISTAKES("provider p.q\nservice s\n",
                  "f:0:0: no `provider`; expected `provider NAME` first\n"
                  "f:1:10: \"p.q\" is no name; expected the name of a provider: up to 128 letters, digits, _ and -\n");
  ASSERT_MISTAKES(HEAD "source t again\nsource u\n", "f:4:8: a second source \"t\"\n"
                                                     "f:5:9: the line ends here; expected what the source is\n");
  ASSERT_MISTAKES(HEAD "objekt o\n  a strng\n\nclass a [a]\n",
                  "f:4:1: unknown statement \"objekt\", perhaps \"object\"; expected one of provider, service, source, host, class, "
                  "errors, codes, answer, object, operation\n");
  ASSERT_MISTAKES(HEAD "class a [a]\n  b [b]\n  c\n",
                  "f:5:3: an indented line below a statement without rows; expected a statement in the first column\n");
  ASSERT_MISTAKES("  a\n" HEAD, "f:1:3: an indented line without a statement above it; expected one in the first column\n");
  ASSERT_MISTAKES(HEAD "errors\ncodes\nerrors\ncodes x\n", "f:6:1: a second `errors` block; expected one\n"
                                                           "f:7:1: a second `codes` block; expected one\n"
                                                           "f:7:7: unexpected \"x\"; expected the end of the line\n");
}

#define LETTERS_32 "abcdefghijklmnopqrstuvwxyz012345"
#define LABEL_63 LETTERS_32 "abcdefghijklmnopqrstuvwxyz01234"
#define NOT_OF_A_HOST                                                                                                                  \
  "a character that no host name has; expected letters, digits, - and ., or * for a whole label (no scheme, port or path)\n"

static void test_host_patterns(void **state) {
  (void)state;
  ASSERT_MISTAKES(HEAD "host https://a.example @t\nhost a.example:443 @t\nhost a.example/v1 @t\nhost a_b.example @t\n"
                       "host a.\u4e2d.example\u4e2d @t\nhost [::1] @t\nhost {region}.example @t\nhost u@a.example @t\n",
                  "f:4:11: " NOT_OF_A_HOST "f:5:15: " NOT_OF_A_HOST "f:6:15: " NOT_OF_A_HOST "f:7:7: " NOT_OF_A_HOST
                  "f:8:8: " NOT_OF_A_HOST "f:9:6: " NOT_OF_A_HOST "f:10:6: " NOT_OF_A_HOST "f:11:7: " NOT_OF_A_HOST);
  ASSERT_MISTAKES(HEAD "host a..example @t\nhost .example @t\nhost a.example. @t\nhost . @t\n",
                  "f:4:8: an empty label in the host name; expected one before, between and behind dots\n"
                  "f:5:6: an empty label in the host name; expected one before, between and behind dots\n"
                  "f:6:16: an empty label in the host name; expected one before, between and behind dots\n"
                  "f:7:6: an empty label in the host name; expected one before, between and behind dots\n");
  ASSERT_MISTAKES(HEAD "host apig-*.example @t\nhost a.**.example @t\nhost * @t\nhost *.* @t\n",
                  "f:4:6: \"apig-*\" in the host name; a *, which stands for one label, is a whole label\n"
                  "f:5:8: \"**\" in the host name; a *, which stands for one label, is a whole label\n"
                  "f:6:6: \"*\" names no host; expected a label other than *\n"
                  "f:7:6: \"*.*\" names no host; expected a label other than *\n");
  ASSERT_MISTAKES(HEAD "host\nhost a.example\nhost a.example @v\nhost a.example b.example @t\nhost @t\nhost \"a.example\" @t\n",
                  "f:4:5: the line ends here; expected a host name, as *.example.com\n"
                  "f:5:15: no source; expected @TAG at the end of the row\n"
                  "f:6:16: no source \"v\"; expected a tag that a `source` statement declares\n"
                  "f:7:16: unexpected \"b.example\"; expected the row's source, @TAG\n"
                  "f:8:6: \"@t\" is no host name; expected one without quotes, as *.example.com\n"
                  "f:9:6: \"a.example\" is no host name; expected one without quotes, as *.example.com\n");
  ASSERT_MISTAKES(HEAD "host *.a.example @t\nhost *.A.example @t\nhost a.example @t\n  b.example @t\n",
                  "f:5:6: a second host \"*.A.example\"; hosts are the same in any case\n"
                  "f:7:3: an indented line below a statement without rows; expected a statement in the first column\n");
  ASSERT_MISTAKES("host a.example @t\nprovider p\nservice s\n",
                  "f:1:1: `host` before `provider` and `service`; expected these first\n"
                  "f:1:16: no source \"t\"; expected a tag that a `source` statement declares\n"
                  "f:2:1: `provider` behind other statements; expected it before them\n"
                  "f:3:1: `service` behind other statements; expected it before them\n");
}

static void test_hosts_are_as_long_as_names_may_be(void **state) {
  (void)state;
#define HOST_253 LABEL_63 "." LABEL_63 "." LABEL_63 ".*." LETTERS_32 ".abcdefghijklmnopqrstuvwxyz"
  assert_int_equal(strlen(HOST_253), 253);
  bdc_ruleset_free(load_with(HEAD "host " HOST_253 " @t\n", NULL));
  ASSERT_MISTAKES(HEAD "host a." LABEL_63 "x.example @t\nhost " HOST_253 "x @t\n",
                  "f:4:8: a label too long in the host name; expected at most 63 characters\n"
                  "f:5:6: a host name too long; expected at most 253 characters\n");
}

static void test_blocks(void **state) {
  (void)state;
  ASSERT_MISTAKES(HEAD "object o\n  a string optional @t\n   b string optional @t\n c string optional @t\n",
                  "f:6:4: the rows of a block share one indentation; expected 2 spaces before this one\n"
                  "f:7:2: the rows of a block share one indentation; expected 2 spaces before this one\n");
  ASSERT_MISTAKES(HEAD "operation A GET /a @t\n  request\n    a string optional @t\n   response 200\n  response 200\n",
                  "f:7:4: the rows of a block share one indentation; expected 4 spaces before this one\n");
  ASSERT_MISTAKES(HEAD "operation A GET /a @t\n  requests\n    a strng\n  response 200 object a\n    b string optional @t\nobject a\n",
                  "f:5:3: unknown section \"requests\", perhaps \"request\"; expected one of path, query, header, request, response\n"
                  "f:8:5: a row of a section with a type; expected the next section\n");
}

static void test_classes(void **state) {
  (void)state;
  ASSERT_MISTAKES(HEAD "class a [a]\nclass a [b]\nclass b abc d\nclass c\nclass d! [d]\nclass e [{x}]\nclass f [z-a]\n"
                       "object o\n  a string optional charset {a}{b}{c}{e}{f}{nope} @t\n",
                  "f:5:7: a second class \"a\"\n"
                  "f:6:9: \"abc\" is no bracket class; expected [...]\n"
                  "f:7:8: the line ends here; expected a bracket class, [...]\n"
                  "f:8:7: \"d!\" is no name; expected the name of a class: up to 128 letters, digits, _ and -\n"
                  "f:9:10: no class \"x\"; expected one that a `class` statement above defines\n"
                  "f:10:12: no character class: range out of order in character class\n"
                  "f:12:44: no class \"nope\"; expected one that a `class` statement above defines\n");
  ASSERT_MISTAKES(HEAD "class none [^a]\nobject o\n  a string optional charset {none}b @t\n",
                  "f:6:29: class \"none\" is negated; it can only stand alone\n");
  ASSERT_MISTAKES(HEAD "object o\n  a string optional charset \"\" @t\n  b string optional charset [[:<:]] @t\n"
                       "  c string optional charset \n",
                  "f:5:29: an empty class; expected at least one character\n"
                  "f:6:29: no character class: expected one bracket class, \"[...]\"\n"
                  "f:7:29: the line ends here; expected a class, [...] or characters and {name}s\n");
}

static void test_classes_in_classes_do_not_grow_without_end(void **state) {
  (void)state;
  blob text = { 0 };
  blob mistakes = { 0 };
  bdc_ruleset *ruleset;
  blob_print(&text, HEAD "class c0 [abcdefghijklmnopqrstuvwxyz]\n");
  for (int i = 1; i < 64; i++) {
    blob_print(&text, "class c%d [{c%d}{c%d}]\n", i, i - 1, i - 1);
  }
  assert_int_equal(load_text(blob_str(&text), NULL, &ruleset, &mistakes), BDC_ERR_RULES);
  assert_non_null(strstr(mistakes.data, "f:11:10: a class too long: with its names expanded it has more than 2048 bytes\n"));
  blob_free(&text);
  blob_free(&mistakes);
}

static void test_errors_and_codes_rows(void **state) {
  (void)state;
  ASSERT_MISTAKES(HEAD "errors\n  body lenght.min 400 A.1 \"x\" @t\n",
                  "f:5:8: unknown rule \"lenght.min\", perhaps \"length.min\"; expected one of syntax, encoding, duplicate, limit, "
                  "mandatory, unknown, type, length.min, length.max, charset, start, enum, range, items, includes, pattern, format, "
                  "status, media-type, mandatory.body, limit.size\n");
  ASSERT_MISTAKES(HEAD "errors\n  bdy * 400 A.1 x @t\n  body,footer * 400 A.1 x @t\n  body * 600 A.1 x @t\n  body * 400 A.1\n"
                       "  body * 400 @t\n  body\n  body a * 400 A.1 x @u\n  body a b 400 A.1 x @t\n",
                  "f:5:3: unknown place \"bdy\", perhaps \"body\"; expected one of path, query, header, body, request, response\n"
                  "f:6:8: unknown place \"footer\"; expected one of path, query, header, body, request, response\n"
                  "f:7:10: \"600\" is no HTTP status; expected 100 to 599\n"
                  "f:8:17: the line ends here; expected a message\n"
                  "f:9:14: a source here; expected an error code\n"
                  "f:10:7: the line ends here; expected a field, rules or *\n"
                  "f:11:22: no source \"u\"; expected a tag that a `source` statement declares\n"
                  "f:12:10: unknown rule \"b\"; expected one of syntax, encoding, duplicate, limit, mandatory, unknown, type, "
                  "length.min, length.max, charset, start, enum, range, items, includes, pattern, format, status, media-type, "
                  "mandatory.body, limit.size\n");
  ASSERT_MISTAKES(HEAD "codes\n  A.1 400, x @t\n  A.1 4000 x @t\n  A.1 099 x @t\n  A.1 400 x\n  A.1 400 x y @t\n",
                  "f:5:11: \"\" is no HTTP status; expected 100 to 599\n"
                  "f:6:7: \"4000\" is no HTTP status; expected 100 to 599\n"
                  "f:7:7: \"099\" is no HTTP status; expected 100 to 599\n"
                  "f:8:12: no source; expected @TAG at the end of the row\n"
                  "f:9:13: unexpected \"y\"; expected the row's source, @TAG\n");
  ASSERT_MISTAKES(HEAD "answer nobody\n  a cod @t\n  b code length 3 @t\n  c code lenght ..3 @t\nanswer o\nobject o\n",
                  "f:4:8: no object \"nobody\"; expected one that this file defines\n"
                  "f:5:5: unknown content \"cod\", perhaps \"code\"; expected one of code, message, detail, request-id\n"
                  "f:6:10: expected length ..N: a text is cut, never filled\n"
                  "f:7:10: unexpected \"lenght\"; expected the row's source, @TAG\n"
                  "f:8:1: a second `answer` block; expected one\n");
}

static void test_field_rows(void **state) {
  (void)state;
  ASSERT_MISTAKES(HEAD "object o\n  a strng optional @t\n  b string maybe @t\n  c string optional lenght 3 @t\n  d string optional\n"
                       "  e string optional @u @t @v\n  f\n  g array string optional @t\n  h object optional optional @t\n"
                       "  a string optional @t\n  i string optional @t length 3\n",
                  "f:5:5: unknown type \"strng\", perhaps \"string\"; expected one of string, integer, long, number, boolean, any, "
                  "object, array, map\n"
                  "f:6:12: unexpected \"maybe\"; expected mandatory or optional\n"
                  "f:7:21: unknown rule \"lenght\", perhaps \"length\"; expected one of length, charset, start, enum, range, items, "
                  "includes, pattern, format, nullable, masked, secret, error-code, warn\n"
                  "f:8:20: no source; expected @TAG at the end of the row\n"
                  "f:9:21: no source \"u\"; expected a tag that a `source` statement declares\n"
                  "f:9:27: no source \"v\"; expected a tag that a `source` statement declares\n"
                  "f:10:4: the line ends here; expected a type\n"
                  "f:11:11: unexpected \"string\"; expected of TYPE\n"
                  "f:12:12: no object \"optional\"; expected one that this file defines\n"
                  "f:13:3: a second row for \"a\"; the first is in line 5\n"
                  "f:14:24: unexpected \"length\"; expected the row's source, @TAG\n");
  ASSERT_MISTAKES(HEAD "object o\n  a array of array of array of array of map of map of map of map of string optional @t\n",
                  "f:5:5: a type of more than 8 levels\n");
}

static void test_classes_are_read_to_their_end(void **state) {
  (void)state;
  ASSERT_MISTAKES(HEAD "class long\n"
                       "class none {}\n"
                       "class two [a][b]\n"
                       "class dots [[.a.]]\n"
                       "class colon [[:x]\n"
                       "class control [\\cA\\cB]\n",
                  "f:4:11: the line ends here; expected a bracket class, [...]\n"
                  "f:5:12: \"{}\" is no bracket class; expected [...]\n"
                  "f:6:14: text behind the class; expected one bracket class and a blank\n"
                  "f:7:13: no character class: POSIX collating elements are not supported\n");
}

static void test_options_of_rules_stand_once_and_in_their_form(void **state) {
  (void)state;
  ASSERT_MISTAKES(HEAD "object o\n"
                       "  a string optional @t @t @t @t @t @t @t @t @t\n"
                       "  b string optional format\n"
                       "  c string optional format date-time zone-optional zone-optional @t\n"
                       "  d string optional format date-time fraction ..3 fraction ..4 @t\n"
                       "  e string optional format date-time fraction 1..3 @t\n"
                       "  f integer optional range \"1..3\" @t\n"
                       "  g integer optional range .. @t\n"
                       "  h integer optional range 1..x @t\n"
                       "  i string optional warn \"length.min,type\" @t\n"
                       "  j string optional warn\n"
                       "  k integer optional enum \"1\" @t\n"
                       "  l string optional warn \"x\n"
                       "  m string optional format date-time fraction ..4294967295 @t\n"
                       "  n string optional enum \"\" | \"a\" @t\n"
                       "  o string optional charset \"\" @t\n",
                  "f:5:45: too many sources; expected at most 8\n"
                  "f:6:27: the line ends here; expected a format\n"
                  "f:7:52: unknown rule \"zone-optional\"; expected one of length, charset, start, enum, range, items, includes, "
                  "pattern, format, nullable, masked, secret, error-code, warn\n"
                  "f:8:51: unknown rule \"fraction\"; expected one of length, charset, start, enum, range, items, includes, pattern, "
                  "format, nullable, masked, secret, error-code, warn\n"
                  "f:9:38: expected fraction ..N\n"
                  "f:10:28: \"1..3\" is no range of type integer; expected A..B, ..B, A.. or A\n"
                  "f:11:28: \"..\" is no range of type integer; expected A..B, ..B, A.. or A\n"
                  "f:12:28: \"1..x\" is no range of type integer; expected A..B, ..B, A.. or A\n"
                  "f:13:26: unknown rule \"length.min,type\"; expected one of length, charset, start, enum, range, items, includes, "
                  "pattern, format, nullable, masked, secret, error-code, warn\n"
                  "f:14:25: no source; expected @TAG at the end of the row\n"
                  "f:15:27: \"1\" is no integer, as type integer needs\n"
                  "f:16:26: a quote without its end; expected \" in the same line\n"
                  "f:17:38: expected fraction ..N\n"
                  "f:19:29: an empty class; expected at least one character\n");
}

static void test_paths_conditions_and_heads_are_of_one_form(void **state) {
  (void)state;
  ASSERT_MISTAKES(HEAD "operation A PUT \"/a\" @t\n"
                       "operation B PUT /a#b @t\n"
                       "operation C PUT /{a}{ @t\n"
                       "operation C2 PUT /{a{b} @t\n"
                       "operation C3 PUT /{} @t\n"
                       "operation D PUT /d @t\n"
                       "  header\n"
                       "    X-A string mandatory unless\n"
                       "    X-B string mandatory unless \"\" @t\n"
                       "    X-C string mandatory when body when body @t\n"
                       "    X-D string mandatory when\n"
                       "    X-E string mandatory unless @t\n"
                       "  query\n"
                       "    q string mandatory when body @t\n"
                       "  request unknown error unknown error\n"
                       "    a string optional @t\n"
                       "  response \"200\"\n"
                       "    a string optional @t\n"
                       "  response 20\n"
                       "    a string optional @t\n"
                       "codes\n"
                       "  A \"400\" \"x\" @t\n"
                       "  B 400 @t\n",
                  "f:4:17: \"/a\" is no path; expected /segment/{parameter} without a query\n"
                  "f:5:17: \"/a#b\" is no path; expected /segment/{parameter} without a query\n"
                  "f:6:18: \"{a}{\" in the path; a parameter, {name}, is a whole segment\n"
                  "f:7:19: \"{a{b}\" in the path; a parameter, {name}, is a whole segment\n"
                  "f:8:19: \"{}\" in the path; a parameter, {name}, is a whole segment\n"
                  "f:11:32: the line ends here; expected the name of a header field\n"
                  "f:12:33: expected the name of a header field behind `unless`\n"
                  "f:13:36: `when` stands twice\n"
                  "f:14:30: the line ends here; expected body\n"
                  "f:15:33: expected the name of a header field behind `unless`\n"
                  "f:18:25: unexpected \"unknown\"; expected optional, unknown POLICY or the end of the line\n"
                  "f:22:12: \"20\" is no HTTP status; expected 100 to 599\n"
                  "f:26:9: a source here; expected a message\n");
}

static void test_hosts_have_labels_of_a_length(void **state) {
  (void)state;
  ASSERT_MISTAKES(HEAD "host \"\" @t\n"
                       "host *.*.x.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa @t\n",
                  "f:4:6: \"\" is no host name; expected one without quotes, as *.example.com\n"
                  "f:5:12: a label too long in the host name; expected at most 63 characters\n");
}

static void test_a_path_has_at_most_32_parameters(void **state) {
  (void)state;
  blob text = { 0 };
  blob_print(&text, HEAD "operation O PUT ");
  for (int i = 0; i <= 32; i++) {
    blob_print(&text, "/{p%d}", i);
  }
  blob_print(&text, " @t\n");
  assert_mistakes(blob_str(&text), "f:4:200: too many path parameters; expected at most 32\n");
  blob_free(&text);
}

static void test_objects(void **state) {
  (void)state;
  ASSERT_MISTAKES(HEAD "object o unknown maybe\n  a object p optional @t\n  b array of object p optional @t\nobject o\nobject\n"
                       "object q error\nobject r unknown error x\n",
                  "f:4:18: unknown policy \"maybe\"; expected one of error, warning, ignore\n"
                  "f:5:12: no object \"p\"; expected one that this file defines\n"
                  "f:6:21: no object \"p\"; expected one that this file defines\n"
                  "f:7:8: a second object \"o\"\n"
                  "f:8:7: the line ends here; expected the name of an object\n"
                  "f:9:10: unexpected \"error\"; expected unknown POLICY\n"
                  "f:10:24: unexpected \"x\"; expected the end of the line\n");
}

static void test_an_object_with_mistakes_is_known_all_the_same(void **state) {
  (void)state;
  ASSERT_MISTAKES(HEAD "object o unknown maybe\n  a strng optional @t\nobject p\n  a object o optional @t\n",
                  "f:4:18: unknown policy \"maybe\"; expected one of error, warning, ignore\n"
                  "f:5:5: unknown type \"strng\", perhaps \"string\"; expected one of string, integer, long, number, boolean, any, "
                  "object, array, map\n");
}

static void test_rules_that_do_not_fit(void **state) {
  (void)state;
  ASSERT_MISTAKES(HEAD "object o\n  a boolean optional length 3 @t\n  b string optional items 1 @t\n  c integer optional charset a @t\n"
                       "  d string optional format epoch-ms @t\n  e long optional format uuid @t\n  f string optional range 1..2 @t\n"
                       "  g array of object o optional length 3 @t\n  h array of long optional includes 1 @t\n"
                       "  i array of array of string optional includes 1 @t\n  j boolean optional enum true @t\n"
                       "  k any optional pattern a @t\n  l integer optional masked @t\n  m map of string optional includes a @t\n"
                       "  n integer optional format epoch-ms @t\n  o string optional format date @t\n",
                  "f:5:22: `length` does not fit type boolean\n"
                  "f:6:21: `items` does not fit type string\n"
                  "f:7:22: `charset` does not fit type integer\n"
                  "f:8:28: format epoch-ms does not fit type string; expected type long\n"
                  "f:9:26: format uuid does not fit type long; expected type string\n"
                  "f:10:21: `range` does not fit type string\n"
                  "f:11:32: `length` does not fit type array of object o\n"
                  "f:12:28: `includes` does not fit type array of long\n"
                  "f:13:39: `includes` does not fit type array of array of string\n"
                  "f:14:22: `enum` does not fit type boolean\n"
                  "f:15:18: `pattern` does not fit type any\n"
                  "f:16:22: `masked` does not fit type integer\n"
                  "f:17:28: `includes` does not fit type map of string\n"
                  "f:18:29: format epoch-ms does not fit type integer; expected type long\n"
                  "f:19:28: unknown format \"date\"; expected one of date-time, epoch-ms, hex, uuid, media-type\n");
}

static void test_values_of_rules(void **state) {
  (void)state;
  ASSERT_MISTAKES(
      HEAD "object o\n  a string optional length 5..3 @t\n  b string optional length .. @t\n  c string optional length -1 @t\n"
           "  d string optional length 99999999999999999999 @t\n  e string optional length @t\n"
           "  f string optional length 1 length 2 @t\n  g integer optional enum 1 | x @t\n  h integer optional enum 1.0 @t\n"
           "  i integer optional range 5..-5 @t\n  j number optional range 1.5..1.25 @t\n  k integer optional range 1.5.. @t\n"
           "  l string optional enum @t\n  m string optional enum a | | b @t\n  n string optional format date-time fraction 3 @t\n"
           "  o string optional pattern a(b @t\n  p string optional pattern a\\C @t\n  q string optional warn lenght.min,type @t\n"
           "  r string optional warn nothing @t\n  s array of long optional items 3..1 @t\n",
      "f:5:28: the range 5..3 is empty; expected the smaller bound first\n"
      "f:6:28: \"..\" is no range; expected A..B, ..B, A.. or A\n"
      "f:7:28: \"-1\" is no range; expected A..B, ..B, A.. or A\n"
      "f:8:28: \"99999999999999999999\" is no range; expected A..B, ..B, A.. or A\n"
      "f:9:28: \"@t\" is no range; expected A..B, ..B, A.. or A\n"
      "f:10:30: `length` stands twice\n"
      "f:11:31: \"x\" is no integer, as type integer needs\n"
      "f:12:27: \"1.0\" is no integer, as type integer needs\n"
      "f:13:28: the range 5..-5 is empty; expected the smaller bound first\n"
      "f:14:27: the range 1.5..1.25 is empty; expected the smaller bound first\n"
      "f:15:28: \"1.5..\" is no range of type integer; expected A..B, ..B, A.. or A\n"
      "f:16:28: no source; expected @TAG at the end of the row\n"
      "f:17:30: \"|\" where a value is expected; one that is meant is quoted\n"
      "f:18:38: expected fraction ..N\n"
      "f:19:32: no pattern: missing closing parenthesis\n"
      "f:20:32: no pattern: using \\C is disabled by the application\n"
      "f:21:26: unknown rule \"lenght.min\", perhaps \"length.min\"; expected one of syntax, encoding, duplicate, limit, "
      "mandatory, unknown, type, length.min, length.max, charset, start, enum, range, items, includes, pattern, format, "
      "status, media-type\n"
      "f:22:26: unknown rule \"nothing\"; expected one of length, charset, start, enum, range, items, includes, pattern, "
      "format, nullable, masked, secret, error-code, warn\n"
      "f:23:34: the range 3..1 is empty; expected the smaller bound first\n");
}

static void test_path_and_header_tables(void **state) {
  (void)state;
  ASSERT_MISTAKES(HEAD "operation A PUT /v1/{a}/x/{b}/{c} @t\n  path\n    b string optional @t\n    a string mandatory when body @t\n"
                       "    d string mandatory @t\n",
                  "f:6:14: an optional path parameter; expected mandatory\n"
                  "f:7:24: `when` outside header and query tables\n"
                  "f:8:5: no parameter {d} in the path /v1/{a}/x/{b}/{c}\n");
  ASSERT_MISTAKES(HEAD "operation A PUT /v1/{a}/x/{b} @t\n  path\n    b string mandatory @t\n  path\n    a string mandatory @t\n",
                  "f:4:21: the path parameter {a} has no row; expected one in the section `path`\n"
                  "f:7:3: a second section `path` of the operation\n");
  ASSERT_MISTAKES(HEAD "operation A PUT /v1/{a}/{b} @t\n",
                  "f:4:21: the path parameter {a} has no row; expected one in the section `path`\n"
                  "f:4:25: the path parameter {b} has no row; expected one in the section `path`\n");
  ASSERT_MISTAKES(HEAD
                  "operation A PUT /v1 @t\n  header\n    X-A string mandatory unless X-B unless X-C @t\n    x-a string optional @t\n"
                  "    X-D string optional unless X-A @t\n    X-E array of string optional @t\n    X-A string optional @t\n"
                  "    X-F string mandatory when never @t\n    X-G string mandatory unless @t\n  query\n    a object o optional @t\n"
                  "  request\n    a string mandatory unless X-A @t\nobject o\n",
                  "f:6:37: `unless` stands twice\n"
                  "f:7:5: a second row for \"x-a\": header names are the same in any case\n"
                  "f:8:25: `unless` behind optional; it limits mandatory\n"
                  "f:9:9: a array in a header table; expected a type that is written as text\n"
                  "f:10:5: a second row for \"X-A\"; the first is in line 6\n"
                  "f:11:31: unexpected \"never\"; expected when body\n"
                  "f:12:33: expected the name of a header field behind `unless`\n"
                  "f:14:7: a object in a query table; expected a type that is written as text\n"
                  "f:16:24: `unless` outside header and query tables\n");
}

static void test_operations(void **state) {
  (void)state;
  ASSERT_MISTAKES(HEAD "operation A put /a @t\noperation B GET a @t\noperation C GET /a?b @t\noperation D GET /{a}b @t\n"
                       "operation E GET /{} @t\noperation F GET /a//b @t\noperation G GET /{a}/{a} @t\noperation H GET /h\n"
                       "operation H GET /i @t\noperation I GET /i @t\noperation J GET\noperation\noperation K.L GET /k @t\n",
                  "f:4:13: \"put\" is no method; expected one in capitals, as GET\n"
                  "f:5:17: \"a\" is no path; expected /segment/{parameter} without a query\n"
                  "f:6:17: \"/a?b\" is no path; expected /segment/{parameter} without a query\n"
                  "f:7:18: \"{a}b\" in the path; a parameter, {name}, is a whole segment\n"
                  "f:8:18: \"{}\" in the path; a parameter, {name}, is a whole segment\n"
                  "f:9:20: an empty segment in the path\n"
                  "f:10:22: the path has {a} twice\n"
                  "f:11:19: no source; expected @TAG at the end of the row\n"
                  "f:12:11: a second operation \"H\"\n"
                  "f:14:16: the line ends here; expected a path\n"
                  "f:15:10: the line ends here; expected the name of an operation\n"
                  "f:16:11: \"K.L\" is no name; expected the name of an operation: up to 128 letters, digits, _ and -\n");
  ASSERT_MISTAKES(HEAD "operation A GET /v1/{a}/b @t\n  path\n    a string mandatory @t\noperation B GET /v1/{c}/b @t\n  path\n"
                       "    c string mandatory @t\noperation C PUT /v1/{c}/b @t\n  path\n    c string mandatory @t\n",
                  "f:7:17: operation A has this method and path already\n");
}

static void test_all_mistakes_of_a_row(void **state) {
  (void)state;
  ASSERT_MISTAKES(HEAD "operation A GET /a @t\n  request\n"
                       "    a string optional lenght 1..2 length 5..3 enum x @u\n"
                       "    b string optinal range 1..2 length 1..x @t @w\n"
                       "    c strng optional length 5..3 @u\n"
                       "    d string optional length 5..3\n",
                  "f:6:23: unknown rule \"lenght\", perhaps \"length\"; expected one of length, charset, start, enum, range, items, "
                  "includes, pattern, format, nullable, masked, secret, error-code, warn\n"
                  "f:6:42: the range 5..3 is empty; expected the smaller bound first\n"
                  "f:6:54: no source \"u\"; expected a tag that a `source` statement declares\n"
                  "f:7:14: unexpected \"optinal\"; expected mandatory or optional\n"
                  "f:7:22: `range` does not fit type string\n"
                  "f:7:40: \"1..x\" is no range; expected A..B, ..B, A.. or A\n"
                  "f:7:48: no source \"w\"; expected a tag that a `source` statement declares\n"
                  "f:8:7: unknown type \"strng\", perhaps \"string\"; expected one of string, integer, long, number, boolean, any, "
                  "object, array, map\n"
                  "f:8:34: no source \"u\"; expected a tag that a `source` statement declares\n"
                  "f:9:30: the range 5..3 is empty; expected the smaller bound first\n");
}

static void test_bodies(void **state) {
  (void)state;
  ASSERT_MISTAKES(
      HEAD "operation A GET /a @t\n  request string optional optional\n  request\n  response 200,99\n    a strng\n  response\n"
           "  response 200 strin\n  response 201,200 object o\n  response 202 object o unknown error\n  response 203 optional\n"
           "object o\n",
      "f:5:27: unknown rule \"optional\"; expected one of length, charset, start, enum, range, items, includes, pattern, format, "
      "nullable, masked, secret, error-code, warn\n"
      "f:6:3: a second section `request` of the operation\n"
      "f:7:16: \"99\" is no HTTP status; expected 100 to 599\n"
      "f:8:7: unknown type \"strng\", perhaps \"string\"; expected one of string, integer, long, number, boolean, any, "
      "object, array, map\n"
      "f:9:11: the line ends here; expected a status\n"
      "f:10:12: a second response for status 200\n"
      "f:11:16: a second response for status 200\n"
      "f:12:25: `unknown` behind a type; it speaks of the rows of its own block\n"
      "f:13:16: unexpected \"optional\"; expected unknown POLICY or the end of the line\n");
}

static void test_bounds_of_a_table(void **state) {
  (void)state;
  blob text = { 0 };
  blob expected = { 0 };
  blob_print(&text, HEAD "object o\n");
  for (int i = 0; i <= BDC__ROWS_MAX + 2; i++) {
    blob_print(&text, "  f%d string optional @t\n", i);
  }
  blob_print(&text, "object p\n  ");
  blob_repeat(&text, "n", BDC__NAME_MAX + 1);
  blob_print(&text, " string optional @t\n");
  blob_print(&expected, "f:%d:3: too many rows; expected at most %d in a table\n", BDC__ROWS_MAX + 5, BDC__ROWS_MAX);
  blob_print(&expected, "f:%d:3: a name too long; expected at most %d bytes\n", BDC__ROWS_MAX + 9, BDC__NAME_MAX);
  assert_mistakes(blob_str(&text), expected.data);
  blob_free(&text);
  blob_free(&expected);
}

static void test_after_a_thousand_mistakes_a_file_is_given_up(void **state) {
  (void)state;
  blob text = { 0 };
  blob mistakes = { 0 };
  bdc_ruleset *ruleset;
  blob_print(&text, HEAD "object o\n");
  for (int i = 0; i < 100000; i++) {
    blob_print(&text, "  f%d strng optional @t\n", i % 4000);
  }
  assert_int_equal(load_text(blob_str(&text), NULL, &ruleset, &mistakes), BDC_ERR_RULES);
  size_t lines = 0;
  for (size_t i = 0; i < mistakes.size; i++) {
    lines += mistakes.data[i] == '\n';
  }
  assert_int_equal(lines, 1001);
  assert_non_null(strstr(mistakes.data, "f:1005:9: too many mistakes: the rest of this file was not read\n"));
  blob_free(&text);
  blob_free(&mistakes);
}

static void test_a_long_word_is_cut_in_messages_between_characters(void **state) {
  (void)state;
  blob text = { 0 };
  blob mistakes = { 0 };
  bdc_ruleset *ruleset;
  blob_print(&text, HEAD "x");
  blob_repeat(&text, "\u4e2d", 100000);
  assert_int_equal(load_text(blob_str(&text), NULL, &ruleset, &mistakes), BDC_ERR_RULES);
  assert_true(mistakes.size < 300);
  assert_non_null(strstr(mistakes.data, "\u4e2d\"; expected"));
  blob_free(&text);
  blob_free(&mistakes);
}

static void test_mistakes_of_all_files_are_told_in_the_order_of_files_and_lines(void **state) {
  (void)state;
  const bdc_rule_text texts[] = {
    { BDC_STR("one"), BDC_STR(HEAD "object o\n  a object nobody optional @t\n  b strng optional @t\n") },
    { BDC_STR("two"), BDC_STR("provider p\nservice s2\nfoo\n") },
    { BDC_STR("three"), BDC_STR("provider p\nservice s2\n") },
  };
  blob mistakes = { 0 };
  bdc_options options = { .without_builtin = true };
  bdc_diagnostics diagnostics = { collect, &mistakes };
  bdc_ruleset *ruleset;
  assert_int_equal(bdc_ruleset_parse(texts, LENGTH(texts), &options, &ruleset, &diagnostics), BDC_ERR_RULES);
  assert_string_equal(
      mistakes.data,
      "one:5:12: no object \"nobody\"; expected one that this file defines\n"
      "one:6:5: unknown type \"strng\", perhaps \"string\"; expected one of string, integer, long, number, boolean, any, "
      "object, array, map\n"
      "two:3:1: unknown statement \"foo\"; expected one of provider, service, source, host, class, errors, codes, answer, "
      "object, operation\n"
      "three:2:9: an earlier file has the tables of p.s2; expected one file for a service\n");
  assert_null(ruleset);
  assert_int_equal(bdc_ruleset_parse(texts, LENGTH(texts), &options, &ruleset, NULL), BDC_ERR_RULES);
  blob_free(&mistakes);
}

/* ---- options ---- */

static const char define_text[] = HEAD "class letter [A-Za-z]\nclass word [{letter}_]\noperation A GET /a @t\n  request\n"
                                       "    a string optional charset {word} start {letter} @t\n";

/* The mistakes of three services, the first two of one provider. */
static void load_three(const char *first, const char *second, const char *third, blob *mistakes) {
  blob texts[3] = { { 0 } };
  blob_print(&texts[0], "provider p\nservice one\nsource t x\n%s", first);
  blob_print(&texts[1], "provider p\nservice two\nsource t x\n%s", second);
  blob_print(&texts[2], "provider q\nservice one\nsource t x\n%s", third);
  const bdc_rule_text given[] = { { BDC_STR("1"), blob_str(&texts[0]) },
                                  { BDC_STR("2"), blob_str(&texts[1]) },
                                  { BDC_STR("3"), blob_str(&texts[2]) } };
  bdc_options options = { .without_builtin = true };
  bdc_diagnostics diagnostics = { collect, mistakes };
  bdc_ruleset *ruleset = NULL;
  blob_add(mistakes, NULL, 0);
  bdc_status status = bdc_ruleset_parse(given, LENGTH(given), &options, &ruleset, &diagnostics);
  assert_int_equal(status, mistakes->size ? BDC_ERR_RULES : BDC_OK);
  bdc_ruleset_free(ruleset);
  for (size_t i = 0; i < LENGTH(texts); i++) {
    blob_free(&texts[i]);
  }
}

static void test_services_of_a_provider_share_a_path_where_both_name_hosts(void **state) {
  (void)state;
#define A_HOST "host a.example @t\n"
#define A_PATH "operation A GET /a @t\n"
#define NO_HOSTS "operation one.A has this method and path already; expected another path, or hosts of both services\n"
  static const struct {
    const char *services[3];
    const char *mistakes;
  } cases[] = {
    { { A_PATH, A_PATH, A_PATH }, "2:4:17: " NO_HOSTS },
    { { A_HOST A_PATH, A_PATH, A_PATH }, "2:4:17: " NO_HOSTS },
    { { A_PATH, A_PATH A_HOST, A_PATH }, "2:4:17: " NO_HOSTS },
    { { A_PATH A_HOST, A_PATH A_HOST, A_PATH }, "" },
    { { A_HOST A_PATH, "host b.example @t\noperation B GET /a @t\n", A_PATH }, "" },
    { { A_HOST A_PATH, A_HOST A_PATH "operation C GET /a @t\n", A_PATH }, "2:6:17: operation A has this method and path already\n" },
    { { A_HOST A_PATH "operation B GET /a @t\n", A_PATH, A_PATH A_HOST },
      "1:6:17: operation A has this method and path already\n2:4:17: " NO_HOSTS },
    { { A_PATH, "operation A PUT /a @t\n", A_PATH }, "" },
  };
  for (size_t i = 0; i < LENGTH(cases); i++) {
    blob mistakes = { 0 };
    load_three(cases[i].services[0], cases[i].services[1], cases[i].services[2], &mistakes);
    assert_string_equal(mistakes.data, cases[i].mistakes);
    blob_free(&mistakes);
  }
}

static void test_a_define_gives_a_class_another_meaning(void **state) {
  (void)state;
  bdc_define define = { "letter", "[A-Za-z\\p{Han}]" };
  bdc_ruleset *ruleset = load_with(define_text, &(bdc_options){ .defines = &define, .define_count = 1 });
  bdc_row_info row = row_of(bdc_operation_at(ruleset, 0)->request->root.object, "a");
  assert_str(row.charset_expression, "[A-Za-z\\p{Han}_]");
  assert_str(row.start_expression, "[A-Za-z\\p{Han}]");
  assert_true(bdc_service_class(bdc_service_at(ruleset, 0), 0).defined);
  assert_false(bdc_service_class(bdc_service_at(ruleset, 0), 1).defined);
  assert_str(bdc_service_class(bdc_service_at(ruleset, 0), 0).expression, "[A-Za-z\\p{Han}]");
  bdc_ruleset_free(ruleset);
}

static void test_of_two_defines_of_a_class_the_last_counts(void **state) {
  (void)state;
  const bdc_define defines[] = { { "letter", "[a]" }, { "letter", "[b]" } };
  bdc_ruleset *ruleset = load_with(define_text, &(bdc_options){ .defines = defines, .define_count = LENGTH(defines) });
  assert_str(bdc_service_class(bdc_service_at(ruleset, 0), 1).expression, "[b_]");
  bdc_ruleset_free(ruleset);
}

static void test_defines_with_mistakes(void **state) {
  (void)state;
  const bdc_define defines[] = { { "lettr", "[a]" }, { "letter", "[a" }, { "word", "abc" } };
  blob mistakes = { 0 };
  bdc_ruleset *ruleset;
  bdc_options options = { .defines = defines, .define_count = LENGTH(defines) };
  assert_int_equal(load_text(bdc__str(define_text), &options, &ruleset, &mistakes), BDC_ERR_RULES);
  assert_null(ruleset);
  assert_string_equal(mistakes.data,
                      "--define:0:0: the value of \"letter\" is no character class, \"[a\": expected one bracket class, \"[...]\"\n"
                      "--define:0:0: the value of \"word\" is no character class, \"abc\": expected one bracket class, \"[...]\"\n"
                      "--define:0:0: no class \"lettr\" in any rule file; expected the name of one\n");
  blob_free(&mistakes);
}

static void *allocate_nothing(size_t size, void *context) {
  (void)size;
  (void)context;
  return NULL;
}

static void test_arguments(void **state) {
  (void)state;
  bdc_ruleset *ruleset = NULL;
  bdc_options options = { .define_count = 1 };
  assert_int_equal(bdc_ruleset_builtin(&options, &ruleset), BDC_ERR_ARGUMENT);
  bdc_define define = { "a", NULL };
  options.defines = &define;
  assert_int_equal(bdc_ruleset_builtin(&options, &ruleset), BDC_ERR_ARGUMENT);
  assert_int_equal(bdc_ruleset_parse(NULL, 1, NULL, &ruleset, NULL), BDC_ERR_ARGUMENT);
  assert_int_equal(bdc_ruleset_load(NULL, 1, NULL, &ruleset, NULL), BDC_ERR_ARGUMENT);
  assert_int_equal(bdc_ruleset_parse(NULL, 0, NULL, NULL, NULL), BDC_ERR_ARGUMENT);
  assert_int_equal(bdc_ruleset_load(NULL, 0, NULL, NULL, NULL), BDC_ERR_ARGUMENT);
  assert_int_equal(bdc_ruleset_builtin(NULL, NULL), BDC_ERR_ARGUMENT);
  bdc_define nameless = { NULL, "[a]" };
  options.defines = &nameless;
  assert_int_equal(bdc_ruleset_builtin(&options, &ruleset), BDC_ERR_ARGUMENT);
  const bdc_rule_text without_text = { BDC_STR("f"), { NULL, 1 } };
  const bdc_rule_text without_name = { { NULL, 1 }, BDC_STR("") };
  assert_int_equal(bdc_ruleset_parse(&without_text, 1, NULL, &ruleset, NULL), BDC_ERR_ARGUMENT);
  assert_int_equal(bdc_ruleset_parse(&without_name, 1, NULL, &ruleset, NULL), BDC_ERR_ARGUMENT);
  const bdc_allocator halves[] = { { .context = NULL }, { .allocate = allocate_nothing } };
  for (size_t i = 0; i < LENGTH(halves); i++) {
    const bdc_options half = { .allocator = &halves[i] };
    assert_int_equal(bdc_ruleset_builtin(&half, &ruleset), BDC_ERR_ARGUMENT);
  }
  bdc_ruleset_free(NULL);
  bdc_options alone = { .without_builtin = true };
  assert_int_equal(bdc_ruleset_parse(NULL, 0, &alone, &ruleset, NULL), BDC_OK);
  assert_int_equal(bdc_operation_count(ruleset), 0);
  bdc_ruleset_free(ruleset);
}

/* ---- embedded tables ---- */

static void test_given_tables_replace_the_embedded_ones_of_their_service(void **state) {
  (void)state;
  bdc_ruleset *ruleset = ruleset_builtin();
  size_t services = bdc_service_count(ruleset);
  assert_true(services > 1);
  bdc_service_info info = bdc_service_describe(bdc_service_at(ruleset, 0));
  blob text = { 0 };
  blob_print(&text, "provider %.*s\nsource t text\nservice %.*s mine\noperation Mine GET /mine @t\n", (int)info.provider.size,
             info.provider.data, (int)info.name.size, info.name.data);
  bdc_ruleset_free(ruleset);
  bdc_rule_text given = { BDC_STR("mine.rules"), blob_str(&text) };
  assert_int_equal(bdc_ruleset_parse(&given, 1, NULL, &ruleset, NULL), BDC_OK);
  assert_int_equal(bdc_service_count(ruleset), services);
  info = bdc_service_describe(bdc_service_at(ruleset, services - 1));
  assert_str(info.file, "mine.rules");
  assert_str(info.title, "mine");
  assert_non_null(bdc_operation_find(ruleset, "Mine"));
  bdc_ruleset_free(ruleset);
  blob_free(&text);
}

static void test_the_tables_of_this_project_have_no_mistakes(void **state) {
  (void)state;
  const char *paths[] = { "rules" };
  blob mistakes = { 0 };
  bdc_diagnostics diagnostics = { collect, &mistakes };
  bdc_options options = { .without_builtin = true };
  bdc_ruleset *ruleset = NULL;
  blob_add(&mistakes, NULL, 0);
  bdc_ruleset_load(paths, 1, &options, &ruleset, &diagnostics);
  assert_string_equal(mistakes.data, "");
  assert_true(bdc_operation_count(ruleset) > 0);
  bdc_ruleset_free(ruleset);
  blob_free(&mistakes);
}

/* ---- names ---- */

static bdc_ruleset *two_providers(const char *provider) {
  const bdc_rule_text texts[] = {
    { BDC_STR("1"), BDC_STR("provider p\nservice s\nsource t x\noperation A GET /a @t\noperation B GET /b @t\n") },
    { BDC_STR("2"), BDC_STR("provider q\nservice s\nsource t x\noperation A GET /a @t\noperation C GET /c @t\n") },
    { BDC_STR("3"), BDC_STR("provider q\nservice u\nsource t x\noperation C GET /d @t\noperation s GET /e @t\n") },
  };
  bdc_options options = { .without_builtin = true, .provider = provider };
  bdc_ruleset *ruleset = NULL;
  assert_int_equal(bdc_ruleset_parse(texts, LENGTH(texts), &options, &ruleset, NULL), BDC_OK);
  return ruleset;
}

static void assert_found(const bdc_ruleset *ruleset, const char *name, bdc_status status, const char *full_name, size_t fitting) {
  const bdc_operation *operation = NULL;
  size_t count = 99;
  assert_int_equal(bdc_operation_search(ruleset, bdc__str(name), &operation, NULL, 0, &count), status);
  assert_int_equal(count, fitting);
  assert_ptr_equal(bdc_operation_find(ruleset, name), operation);
  assert_int_equal(operation != NULL, full_name != NULL);
  if (full_name) {
    assert_str(bdc_operation_describe(operation).full_name, full_name);
  }
}

static void test_a_name_fits_its_end_behind_a_point(void **state) {
  (void)state;
  bdc_ruleset *ruleset = two_providers(NULL);
  assert_found(ruleset, "p.s.A", BDC_OK, "p.s.A", 1);
  assert_found(ruleset, "B", BDC_OK, "p.s.B", 1);
  assert_found(ruleset, "s.B", BDC_OK, "p.s.B", 1);
  assert_found(ruleset, "s", BDC_OK, "q.u.s", 1);
  assert_found(ruleset, "u.C", BDC_OK, "q.u.C", 1);
  assert_found(ruleset, "A", BDC_ERR_AMBIGUOUS, NULL, 2);
  assert_found(ruleset, "s.A", BDC_ERR_AMBIGUOUS, NULL, 2);
  assert_found(ruleset, "a", BDC_ERR_NO_OPERATION, NULL, 0);
  assert_found(ruleset, "", BDC_ERR_NO_OPERATION, NULL, 0);
  assert_found(ruleset, ".A", BDC_ERR_NO_OPERATION, NULL, 0);
  assert_found(ruleset, "x.p.s.A", BDC_ERR_NO_OPERATION, NULL, 0);
  const bdc_operation *candidates[2] = { NULL, NULL };
  assert_int_equal(bdc_operation_search(ruleset, BDC_STR("A"), NULL, candidates, 1, NULL), BDC_ERR_AMBIGUOUS);
  assert_str(bdc_operation_describe(candidates[0]).full_name, "p.s.A");
  assert_null(candidates[1]);
  bdc_ruleset_free(ruleset);
}

static void test_the_provider_of_the_options_decides_where_it_has_exactly_one(void **state) {
  (void)state;
  bdc_ruleset *ruleset = two_providers("q");
  assert_found(ruleset, "A", BDC_OK, "q.s.A", 2);
  assert_found(ruleset, "B", BDC_OK, "p.s.B", 1);
  assert_found(ruleset, "p.s.A", BDC_OK, "p.s.A", 1);
  assert_found(ruleset, "C", BDC_ERR_AMBIGUOUS, NULL, 2);
  bdc_ruleset_free(ruleset);
}

/* ---- files ---- */

static void write_file(const char *folder, const char *name, const char *text) {
  blob path = { 0 };
  blob_print(&path, "%s/%s", folder, name);
  FILE *file = fopen(path.data, "wb");
  assert_non_null(file);
  fputs(text, file);
  fclose(file);
  blob_free(&path);
}

static void make_folder(const char *folder, const char *name) {
  blob path = { 0 };
  blob_print(&path, "%s/%s", folder, name);
  assert_int_equal(mkdir(path.data, 0700), 0);
  blob_free(&path);
}

static void remove_path(const char *folder, const char *name) {
  blob path = { 0 };
  blob_print(&path, "%s/%s", folder, name);
  assert_int_equal(remove(path.data), 0);
  blob_free(&path);
}

static void test_folders_are_read_with_all_below_them_in_the_order_of_names(void **state) {
  (void)state;
  char folder[TEMPORARY_SIZE];
  temporary_folder(folder, "rules");
  make_folder(folder, "b");
  make_folder(folder, "empty");
  write_file(folder, "c.rules", "provider p\nservice c\n");
  write_file(folder, "a.rules", "provider p\nservice a\n");
  write_file(folder, "b/x.rules", "provider p\nservice bx\n");
  write_file(folder, "b/readme.txt", "not a rule file\n");
  write_file(folder, "named-otherwise", "provider p\nservice n\n");
  blob other = { 0 };
  blob_print(&other, "%s/named-otherwise", folder);
  const char *paths[] = { folder, other.data };
  bdc_options options = { .without_builtin = true };
  bdc_ruleset *ruleset = NULL;
  assert_int_equal(bdc_ruleset_load(paths, LENGTH(paths), &options, &ruleset, NULL), BDC_OK);
  static const char *const names[] = { "a", "bx", "c", "n" };
  assert_int_equal(bdc_service_count(ruleset), LENGTH(names));
  for (size_t i = 0; i < LENGTH(names); i++) {
    assert_str(bdc_service_describe(bdc_service_at(ruleset, i)).name, names[i]);
  }
  blob first = { 0 };
  blob_print(&first, "%s/b/x.rules", folder);
  assert_str(bdc_service_describe(bdc_service_at(ruleset, 1)).file, first.data);
  bdc_ruleset_free(ruleset);

  static const char *const made[] = { "b/x.rules", "b/readme.txt", "b", "empty", "c.rules", "a.rules", "named-otherwise" };
  for (size_t i = 0; i < LENGTH(made); i++) {
    remove_path(folder, made[i]);
  }
  assert_int_equal(rmdir(folder), 0);
  blob_free(&first);
  blob_free(&other);
}

static void test_what_cannot_be_read_is_named(void **state) {
  (void)state;
  char folder[TEMPORARY_SIZE];
  temporary_folder(folder, "rules");
  const char *paths[] = { "/nonexistent/x.rules", "/dev/null", folder };
  blob mistakes = { 0 };
  blob expected = { 0 };
  bdc_diagnostics diagnostics = { collect, &mistakes };
  bdc_ruleset *ruleset = (bdc_ruleset *)&mistakes;
  assert_int_equal(bdc_ruleset_load(paths, LENGTH(paths), NULL, &ruleset, &diagnostics), BDC_ERR_IO);
  assert_null(ruleset);
  blob_print(&expected,
             "/nonexistent/x.rules:0:0: no such file or folder\n"
             "/dev/null:0:0: neither a regular file nor a folder\n"
             "%s:0:0: no *.rules file in this folder\n",
             folder);
  assert_string_equal(mistakes.data, expected.data);
  assert_int_equal(rmdir(folder), 0);
  blob_free(&mistakes);
  blob_free(&expected);
}

static void assert_trouble(const char *path, const char *expected) {
  blob mistakes = { 0 };
  bdc_diagnostics diagnostics = { collect, &mistakes };
  bdc_ruleset *ruleset = (bdc_ruleset *)&mistakes;
  assert_int_equal(bdc_ruleset_load(&path, 1, NULL, &ruleset, &diagnostics), BDC_ERR_IO);
  assert_null(ruleset);
  assert_true(mistakes.size > strlen(path));
  assert_string_equal(mistakes.data + strlen(path), expected);
  blob_free(&mistakes);
}

static void test_why_a_file_cannot_be_read_is_told(void **state) {
  (void)state;
  enum { LONG = 300, LARGE = 64 * 1024 * 1024 + 1 };
  char folder[TEMPORARY_SIZE];
  temporary_folder(folder, "rules");
  blob path = { 0 };
  blob_print(&path, "%s/loop.rules", folder);
  assert_int_equal(symlink("loop.rules", path.data), 0);
  assert_trouble(path.data, ":0:0: too many symbolic links\n");
  blob_print(&path, "/below");
  assert_trouble(path.data, ":0:0: too many symbolic links\n");
  remove_path(folder, "loop.rules");

  write_file(folder, "large.rules", "");
  blob_clear(&path);
  blob_print(&path, "%s/large.rules", folder);
  assert_int_equal(truncate(path.data, LARGE), 0);
  assert_trouble(path.data, ":0:0: too large for a rule file\n");
  blob_print(&path, "/below");
  assert_trouble(path.data, ":0:0: no such file or folder\n");
  blob_repeat(&path, "x", LONG);
  assert_trouble(path.data, ":0:0: no such file or folder\n");
  remove_path(folder, "large.rules");

  blob_clear(&path);
  blob_print(&path, "%s/", folder);
  assert_trouble(path.data, ":0:0: no *.rules file in this folder\n");
  blob_repeat(&path, "x", LONG);
  assert_trouble(path.data, ":0:0: the name is too long\n");
  assert_int_equal(rmdir(folder), 0);
  blob_free(&path);
}

/* Where no file may be opened any more. */
static void test_too_many_open_files_are_told(void **state) {
  (void)state;
  struct rlimit before;
  assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
  const struct rlimit none = { .rlim_cur = 0, .rlim_max = before.rlim_max };
  assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
  assert_trouble("/tmp", ":0:0: too many open files\n");
  assert_trouble("/etc/passwd", ":0:0: too many open files\n");
  assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
}

/* Folders may be given with a slash at the end; what lies deeper than 32 folders is not looked for. */
static void test_folders_within_folders_have_an_end(void **state) {
  (void)state;
  enum { DEPTH = 33 };
  char folder[TEMPORARY_SIZE];
  temporary_folder(folder, "rules");
  blob path = { 0 };
  blob_print(&path, "%s/", folder);
  size_t start = path.size;
  write_file(folder, "top.rules", "provider p\nservice top\n");
  for (int i = 0; i < DEPTH; i++) {
    blob_print(&path, "%s", i ? "/d" : "d");
    make_folder(folder, path.data + start);
  }
  blob_print(&path, "/x.rules");
  write_file(folder, path.data + start, "no rule file\n");
  blob given = { 0 };
  blob_print(&given, "%s/", folder);
  const char *paths[] = { given.data };
  bdc_options options = { .without_builtin = true };
  bdc_ruleset *ruleset = NULL;
  assert_int_equal(bdc_ruleset_load(paths, 1, &options, &ruleset, NULL), BDC_OK);
  assert_int_equal(bdc_service_count(ruleset), 1);
  bdc_ruleset_free(ruleset);
  for (char *end = path.data + path.size; (size_t)(end - path.data) > start; end = strrchr(path.data, '/')) {
    *end = '\0';
    remove_path(folder, path.data + start);
  }
  remove_path(folder, "top.rules");
  assert_int_equal(rmdir(folder), 0);
  blob_free(&path);
  blob_free(&given);
}

/* ---- memory ---- */

static bdc_status load_counted(counter *count, const char *text) {
  bdc_allocator allocator = counter_allocator(count);
  bdc_define define = { "letter", "[A-Za-z\\p{Han}]" };
  bdc_options options = { .allocator = &allocator, .without_builtin = true, .defines = &define, .define_count = 1 };
  bdc_rule_text rule_text = { BDC_STR("f"), bdc__str(text) };
  bdc_ruleset *ruleset = (bdc_ruleset *)count;
  bdc_status status = bdc_ruleset_parse(&rule_text, 1, &options, &ruleset, NULL);
  assert_true((status == BDC_OK) == (ruleset != NULL));
  bdc_ruleset_free(ruleset);
  assert_int_equal(count->live, 0);
  return status;
}

/* Fails each allocation in turn; `expected` is the status without failures. */
static void fail_in_turn(const char *text, bdc_status expected) {
  size_t failures = 0;
  for (size_t fail_at = 1;; fail_at++) {
    counter count = { .fail_at = fail_at };
    bdc_status status = load_counted(&count, text);
    if (count.calls < fail_at) {
      assert_int_equal(status, expected);
      break;
    }
    /* JIT code is a luxury: without memory for it the interpreter does. */
    assert_true(status == BDC_ERR_MEMORY || status == expected);
    failures += status == BDC_ERR_MEMORY;
  }
  assert_true(failures > 10);
}

static void test_every_allocation_may_fail(void **state) {
  (void)state;
  fail_in_turn(example, BDC_OK);
}

static void test_every_allocation_may_fail_while_mistakes_are_gathered(void **state) {
  (void)state;
  blob text = { 0 };
  blob_print(&text, HEAD "class letter [a]\nobject o\n");
  for (int i = 0; i < 200; i++) {
    blob_print(&text, "  f%d strng optional @t\n", i % 100);
  }
  fail_in_turn(text.data, BDC_ERR_RULES);
  blob_free(&text);
}

static void test_reading_files_may_fail_for_memory_at_any_time(void **state) {
  (void)state;
  const char *paths[] = { "rules" };
  size_t calls = SIZE_MAX;
  /* Not every allocation of this long load: its parts were tried one by one above. */
  for (size_t fail_at = 1; fail_at <= calls; fail_at += fail_at < 200 ? 1 : 37) {
    counter count = { .fail_at = fail_at };
    bdc_allocator allocator = counter_allocator(&count);
    bdc_options options = { .allocator = &allocator };
    bdc_ruleset *ruleset = NULL;
    bdc_status status = bdc_ruleset_load(paths, 1, &options, &ruleset, NULL);
    assert_true(status == BDC_ERR_MEMORY || status == BDC_OK);
    bdc_ruleset_free(ruleset);
    assert_int_equal(count.live, 0);
    calls = count.calls < fail_at ? count.calls : calls;
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_head_of_a_file),
    cmocka_unit_test(test_errors_codes_and_answer),
    cmocka_unit_test(test_operations_and_sections),
    cmocka_unit_test(test_hosts),
    cmocka_unit_test(test_path_rows_have_the_order_of_the_template),
    cmocka_unit_test(test_rows_and_their_rules),
    cmocka_unit_test(test_rules_of_arrays_and_of_their_elements),
    cmocka_unit_test(test_rows_that_need_their_whole_text_say_so),
    cmocka_unit_test(test_objects_may_be_used_above_their_definition_and_within_it),
    cmocka_unit_test(test_classes_know_ascii_and_what_lies_beyond),
    cmocka_unit_test(test_equal_classes_are_compiled_once),
    cmocka_unit_test(test_class_text),
    cmocka_unit_test(test_mandatory_rows_are_bits),
    cmocka_unit_test(test_every_row_is_found_by_its_name_and_nothing_else),
    cmocka_unit_test(test_lines_and_words),
    cmocka_unit_test(test_statements_and_their_order),
    cmocka_unit_test(test_host_patterns),
    cmocka_unit_test(test_hosts_are_as_long_as_names_may_be),
    cmocka_unit_test(test_blocks),
    cmocka_unit_test(test_classes),
    cmocka_unit_test(test_classes_in_classes_do_not_grow_without_end),
    cmocka_unit_test(test_errors_and_codes_rows),
    cmocka_unit_test(test_field_rows),
    cmocka_unit_test(test_classes_are_read_to_their_end),
    cmocka_unit_test(test_options_of_rules_stand_once_and_in_their_form),
    cmocka_unit_test(test_paths_conditions_and_heads_are_of_one_form),
    cmocka_unit_test(test_hosts_have_labels_of_a_length),
    cmocka_unit_test(test_a_path_has_at_most_32_parameters),
    cmocka_unit_test(test_objects),
    cmocka_unit_test(test_an_object_with_mistakes_is_known_all_the_same),
    cmocka_unit_test(test_rules_that_do_not_fit),
    cmocka_unit_test(test_values_of_rules),
    cmocka_unit_test(test_path_and_header_tables),
    cmocka_unit_test(test_operations),
    cmocka_unit_test(test_all_mistakes_of_a_row),
    cmocka_unit_test(test_bodies),
    cmocka_unit_test(test_bounds_of_a_table),
    cmocka_unit_test(test_after_a_thousand_mistakes_a_file_is_given_up),
    cmocka_unit_test(test_a_long_word_is_cut_in_messages_between_characters),
    cmocka_unit_test(test_mistakes_of_all_files_are_told_in_the_order_of_files_and_lines),
    cmocka_unit_test(test_services_of_a_provider_share_a_path_where_both_name_hosts),
    cmocka_unit_test(test_a_define_gives_a_class_another_meaning),
    cmocka_unit_test(test_of_two_defines_of_a_class_the_last_counts),
    cmocka_unit_test(test_defines_with_mistakes),
    cmocka_unit_test(test_arguments),
    cmocka_unit_test(test_given_tables_replace_the_embedded_ones_of_their_service),
    cmocka_unit_test(test_the_tables_of_this_project_have_no_mistakes),
    cmocka_unit_test(test_a_name_fits_its_end_behind_a_point),
    cmocka_unit_test(test_the_provider_of_the_options_decides_where_it_has_exactly_one),
    cmocka_unit_test(test_folders_are_read_with_all_below_them_in_the_order_of_names),
    cmocka_unit_test(test_what_cannot_be_read_is_named),
    cmocka_unit_test(test_why_a_file_cannot_be_read_is_told),
    cmocka_unit_test(test_too_many_open_files_are_told),
    cmocka_unit_test(test_folders_within_folders_have_an_end),
    cmocka_unit_test(test_every_allocation_may_fail),
    cmocka_unit_test(test_every_allocation_may_fail_while_mistakes_are_gathered),
    cmocka_unit_test(test_reading_files_may_fail_for_memory_at_any_time),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
