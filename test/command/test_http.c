/* SPDX-License-Identifier: MIT */
#include "command/seen.h"

#include "read/http.h"

#include <stdio.h>
#include <string.h>

#define EXPECT(file, expected) EXPECT_SEEN(cmd_http_read, file, expected)

/* ---- requests ---- */

static void a_request_has_method_target_fields_and_body(void **state) {
  (void)state;
  EXPECT("PUT https://apig.example.com/v2/p/apps/a HTTP/1.1\n"
         "Content-Type: application/json\n"
         "X-Auth-Token:t\n"
         "\n"
         "{\"name\": \"app\"}\n",
         "1:1 PUT 1:5 https://apig.example.com/v2/p/apps/a host=apig.example.com\n"
         "  2:1 Content-Type: 2:15 application/json\n"
         "  3:1 X-Auth-Token: 3:14 t\n"
         "  5:1 body={\"name\": \"app\"}\n");
}

static void a_target_alone_is_got(void **state) {
  (void)state;
  EXPECT("https://h/a", "1:1 GET 1:1 https://h/a host=h\n");
  EXPECT("/a", "1:1 GET 1:1 /a\n");
  EXPECT("https://h/a HTTP/1.1\n", "1:1 GET 1:1 https://h/a host=h\n");
}

static void the_host_is_that_of_the_target_or_of_the_field(void **state) {
  (void)state;
  EXPECT("GET /a\nhost: h:8080\n", "1:1 GET 1:5 /a host=h:8080\n  2:1 host: 2:7 h:8080\n");
  EXPECT("GET https://user:secret@h:1/a\nHost: other\n", "1:1 GET 1:5 https://user:secret@h:1/a host=h:1\n  2:1 Host: 2:7 other\n");
  EXPECT("GET h:1/a", "1:1 GET 1:8 /a host=h:1\n");
  EXPECT("GET https://h?a=/b", "1:1 GET 1:5 https://h?a=/b host=h\n");
}

static void standard_methods_are_sent_in_capitals(void **state) {
  (void)state;
  EXPECT("put /a", "1:1 PUT 1:5 /a\n");
  EXPECT("Options /a", "1:1 OPTIONS 1:9 /a\n");
  EXPECT("OPTIONS * HTTP/1.1", "1:1 OPTIONS 1:9 *\n");
  EXPECT("purge /a", "1:1 purge 1:7 /a\n");
}

static void a_target_goes_on_in_further_lines(void **state) {
  (void)state;
  EXPECT("GET https://h/a\n    ?page=2\n# not this one\n    &size=10 HTTP/1.1\nAccept: b\n",
         "1:1 GET 1:5 https://h/a?page=2&size=10 host=h\n  5:1 Accept: 5:9 b\n");
  EXPECT("GET https://h\n  /a\n  /b\n?c=d\n", "1:1 GET 1:5 https://h/a/b?c=d host=h\n");
}

static void version_and_fragment_are_no_part_of_the_target(void **state) {
  (void)state;
  EXPECT("GET /a?b=c#d  HTTP/2\n", "1:1 GET 1:5 /a?b=c\n");
  EXPECT("GET /a b c HTTP/1.1", "1:1 GET 1:5 /a b c\n");
}

static void fields_may_be_folded_and_indented(void **state) {
  (void)state;
  EXPECT("GET /a\nA: b,\n  c\nD : e  \n\n", "1:1 GET 1:5 /a\n  2:1 A: 2:4 b, c\n  4:1 D: 4:5 e\n");
  EXPECT("  GET /a\n  A: b\n  C: d\n", "1:3 GET 1:7 /a\n  2:3 A: 2:6 b\n  3:3 C: 3:6 d\n");
  EXPECT("GET /a\nA:\n", "1:1 GET 1:5 /a\n  2:1 A: 2:3 \n");
}

static void comments_count_nowhere(void **state) {
  (void)state;
  EXPECT("# @name login\n// also\nPOST /a\n# X-Old: 1\nA: b\n\n{\n  // no member\n  \"c\": 1\n# end\n}\n",
         "3:1 POST 3:6 /a\n  5:1 A: 5:4 b\n  7:1 body={\n  \"c\": 1\n}\n");
}

static void a_body_ends_with_its_last_line(void **state) {
  (void)state;
  EXPECT("POST /a\n\n\n{ }  \n\n \n\n###\n", "1:1 POST 1:6 /a\n  3:1 body=\n{ }  \n");
  EXPECT("POST /a\n\n \n\t\n", "1:1 POST 1:6 /a\n");
  EXPECT("POST /a\r\nA: b\r\n\r\n{\r\n}\r\n\r\n", "1:1 POST 1:6 /a\n  2:1 A: 2:4 b\n  4:1 body={\r\n}\n");
  EXPECT("POST /a\r\n\n{\n}\r\n", "1:1 POST 1:6 /a\n  3:1 body={\n}\n");
}

static void a_byte_order_mark_is_passed(void **state) {
  (void)state;
  EXPECT("\xef\xbb\xbfGET /a\n", "1:4 GET 1:8 /a\n");
}

static void scripts_and_recorded_responses_are_no_body(void **state) {
  (void)state;
  EXPECT("< {% request.variables.set(\"a\", 1) %}\n< {%\n  x\n%}\n< ./before.js\nPOST /a\n\n{}\n\n> {%\n  client.test(\"x\");\n%}\n\n"
         "> ./check.js\n>>! out.json\n<> a.200.json\n",
         "6:1 POST 6:6 /a\n  8:1 body={}\n");
  EXPECT("GET /a\n\n> {%\n  {\n", "3:1 http: this script has no end: \"%}\" was expected\n1:1 GET 1:5 /a\n");
  EXPECT("< {%\nGET /a\n\n",
         "1:1 http: this file has neither a request nor a response\n1:1 http: this script has no end: \"%}\" was expected\n");
}

static void a_body_in_a_file_is_left_to_the_caller(void **state) {
  (void)state;
  EXPECT("@d = sub\nPOST /a\n\n< ./{{d}}/b c.json\n", "2:1 POST 2:6 /a\n  no body: the body is in another file file=./sub/b c.json\n");
  EXPECT("POST /a\n\n< ./{{d}}.json\n", "3:5 variable: the variable \"d\" is not defined in this file\n1:1 POST 1:6 /a ?body\n"
                                        "  no body: the body is in another file, whose name has variables that are not defined\n");
  EXPECT("POST /a\n\n<@latin1 b.json\n", "1:1 POST 1:6 /a\n  no body: the body is in another file, with variables to be filled in\n");
  EXPECT("POST /a\n\n--x\n< b.json\n--x--\n", "1:1 POST 1:6 /a\n  no body: a part of the body is in another file\n");
  EXPECT("POST /a\n\n<b>\n</b>\n", "1:1 POST 1:6 /a\n  3:1 body=<b>\n</b>\n");
}

/* ---- blocks and responses ---- */

static void blocks_with_messages_are_numbered(void **state) {
  (void)state;
  EXPECT("### first\nGET /a\n\n###\n# nothing here\n### second\nPOST /b\n\n{}\n###\n",
         "2:1 #1 GET 2:5 /a\n7:1 #2 POST 7:6 /b\n  9:1 body={}\n");
  EXPECT("###\n\nGET /a\n###\n", "3:1 GET 3:5 /a\n");
  EXPECT("GET /a\n####### long\nGET /b\n", "1:1 #1 GET 1:5 /a\n3:1 #2 GET 3:5 /b\n");
}

static void a_status_line_begins_a_response(void **state) {
  (void)state;
  EXPECT("HTTP/1.1 200 OK\nA: b\n\n{}\n", "1:1 response 200 unasked\n  2:1 A: 2:4 b\n  4:1 body={}\n");
  EXPECT("GET /a\n\nHTTP/1.1 100 Continue\n\nHTTP/2 204\nA: b\n\n",
         "1:1 GET 1:5 /a\n3:1 response 100\n5:1 response 204\n  6:1 A: 6:4 b\n");
  EXPECT("POST /a\nA: b\n\n{}\n\nHTTP/1.1 201 \n\n[]\n###\nHTTP/1.0 404 Not Found",
         "1:1 #1 POST 1:6 /a\n  2:1 A: 2:4 b\n  4:1 body={}\n6:1 #1 response 201\n  8:1 body=[]\n10:1 #2 response 404 unasked\n");
}

static void what_is_no_status_line_begins_none(void **state) {
  (void)state;
  EXPECT("POST /a\n\nHTTP/1.1\nHTTP/1.1 20\nHTTP/1.1 2000\nHTTP/x 200\nHTTP/1.1 099\n",
         "1:1 POST 1:6 /a\n  3:1 body=HTTP/1.1\nHTTP/1.1 20\nHTTP/1.1 2000\nHTTP/x 200\nHTTP/1.1 099\n");
  EXPECT("HTTP/1.1 OK\nA: b\n\nHTTP/1.1 200\n",
         "1:1 http: a status line was expected, as in \"HTTP/1.1 200 OK\"\n4:1 response 200 unasked\n");
}

/* ---- mistakes ---- */

static void a_line_that_is_no_request_line_is_one_mistake(void **state) {
  (void)state;
  EXPECT("hello\nworld\n\n{}\n", "1:1 http: a request line was expected: a method and a URL or path\n");
  EXPECT("{\"a\": 1}", "1:1 http: a request line was expected: a method and a URL or path\n");
  EXPECT("hello world\n", "1:1 http: a request line was expected: a method and a URL or path\n");
  EXPECT("curl -X PUT https://h/a\n", "1:1 http: a curl command is not read: a request line was expected\n");
  EXPECT("POST\n", "1:1 http: a request line was expected: a method and a URL or path\n");
  EXPECT("GET HTTP/1.1\n", "1:1 http: a request line was expected: a method and a URL or path\n");
  EXPECT("\n  [\n###\nGET /a\n", "2:3 #1 http: a request line was expected: a method and a URL or path\n4:1 #2 GET 4:5 /a\n");
  EXPECT(" @name: x\n", "1:2 http: a request line was expected: a method and a URL or path\n");
}

static void a_file_without_a_message_is_a_mistake(void **state) {
  (void)state;
  EXPECT("", "1:1 http: this file has neither a request nor a response\n");
  EXPECT("\xef\xbb\xbf", "1:1 http: this file has neither a request nor a response\n");
  EXPECT("# only\n@a = b\n###\n\n", "1:1 http: this file has neither a request nor a response\n");
}

static void what_is_good_is_used_beside_a_bad_field(void **state) {
  (void)state;
  EXPECT("GET /a\nno field\nA: b\n: c\n(d): e\n", "2:1 http: a header field was expected, as in \"Content-Type: application/json\"\n"
                                                  "4:1 http: a header field was expected, as in \"Content-Type: application/json\"\n"
                                                  "1:1 GET 1:5 /a\n  3:1 A: 3:4 b\n");
  EXPECT("POST /a\nA: b\n{\n \"c\": 1\n}\n",
         "3:1 http: an empty line was expected before the body\n1:1 POST 1:6 /a\n  2:1 A: 2:4 b\n  3:1 body={\n \"c\": 1\n}\n");
}

/* ---- variables ---- */

/* A zero byte is no more the start of a body than other rubbish. */
static void zero_bytes_are_rubbish_like_any_other(void **state) {
  (void)state;
  static const char file[] = "GET /a\n\0\0\n\nb\n";
  expect_seen(cmd_http_read, (bdc_str){ file, sizeof(file) - 1 },
              "2:1 http: a header field was expected, as in \"Content-Type: application/json\"\n1:1 GET 1:5 /a\n  4:1 body=b\n");
  EXPECT("\0\0", "1:1 http: a request line was expected: a method and a URL or path\n");
}

static void variables_are_filled_in_everywhere(void **state) {
  (void)state;
  EXPECT("@host = h.example.com\n@base=https://{{host}}/v2\n@name = a\\\"\\n\\\\b\n\n"
         "POST {{base}}/{{ host }}?q={{host}}\nX-{{host}}: 1\nHost-Is: <{{host}}>\n\n{\"a\": \"{{name}}\", \"{{host}}\": {}}\n",
         "6:1 http: a header field was expected, as in \"Content-Type: application/json\"\n"
         "5:1 POST 5:6 https://h.example.com/v2/h.example.com?q=h.example.com host=h.example.com\n"
         "  7:1 Host-Is: 7:10 <h.example.com>\n"
         "  9:1 body={\"a\": \"a\"\n\\b\", \"h.example.com\": {}}\n");
  EXPECT("@a = \nGET /x{{a}}y\n", "2:1 GET 2:5 /xy\n");
}

static void a_definition_holds_from_its_place_on(void **state) {
  (void)state;
  EXPECT("GET /{{a}}\n###\n@a = 1\nGET /{{a}}\n###\n@a = {{a}}2\nGET /{{a}}{{b}}\n###\n@b={{a}}\nGET /{{b}}\n",
         "1:1 #1 GET 1:5 /1\n4:1 #2 GET 4:5 /1\n7:1 #3 GET 7:5 /1212\n10:1 #4 GET 10:5 /12\n");
}

static void an_undefined_variable_is_told_where_it_stands(void **state) {
  (void)state;
  EXPECT("POST https://{{host}}/{{a.b-c_d}}?x={{q}}\nA: {{t}}\n\n{\"a\": {{ n }}}\n",
         "1:14 variable: the variable \"host\" is not defined in this file\n"
         "1:23 variable: the variable \"a.b-c_d\" is not defined in this file\n"
         "1:37 variable: the variable \"q\" is not defined in this file\n"
         "2:4 variable: the variable \"t\" is not defined in this file\n"
         "4:7 variable: the variable \"n\" is not defined in this file\n"
         "1:1 POST 1:6 https://{{host}}/{{a.b-c_d}}?x={{q}} ?body ?path ?header ?query\n"
         "  2:1 A: 2:4 {{t}}\n  4:1 body={\"a\": {{ n }}}\n");
  EXPECT("GET {{base}}/a\n", "1:5 variable: the variable \"base\" is not defined in this file\n1:1 GET 1:13 /a\n");
  EXPECT("GET {{url}}\n", "1:5 variable: the variable \"url\" is not defined in this file\n1:1 GET 1:5 {{url}} ?path\n");
  EXPECT("GET /a\nA: {{login.response.body.$.token}}\n",
         "2:4 variable: the variable \"login.response.body.$.token\" is not defined in this file\n"
         "1:1 GET 1:5 /a ?header\n  2:1 A: 2:4 {{login.response.body.$.token}}\n");
  EXPECT("GET /a\nA: {{a[0].b}}\n", "2:4 variable: what begins with \"a\" is an expression, which only the editor can evaluate\n"
                                    "1:1 GET 1:5 /a ?header\n  2:1 A: 2:4 {{a[0].b}}\n");
}

static void variables_that_need_each_other_are_told_once(void **state) {
  (void)state;
  EXPECT("@a = {{b}}\n@b = x{{a}}\n@c = {{c}}\nGET /{{a}}\nA: {{a}}\nC: {{c}}\n",
         "2:7 variable: the variable \"a\" is defined by itself\n"
         "3:6 variable: the variable \"c\" is defined by itself\n"
         "4:1 GET 4:5 /{{a}} ?path ?header\n"
         "  5:1 A: 5:4 {{a}}\n  6:1 C: 6:4 {{c}}\n");
}

static void what_is_no_name_is_no_placeholder(void **state) {
  (void)state;
  EXPECT("POST /a\n\n{{#each}} {{}} {{ }} {{\"a\"}} {{a\n}} {{{b\n",
         "1:1 POST 1:6 /a\n  3:1 body={{#each}} {{}} {{ }} {{\"a\"}} {{a\n}} {{{b\n");
  EXPECT("@b = 1\nPOST /a\n\n{\"a\":{{{b}}}}\n", "2:1 POST 2:6 /a\n  4:1 body={\"a\":{1}}\n");
}

static void dynamic_variables_have_a_fixed_value(void **state) {
  (void)state;
  EXPECT("POST /a\n\n{{$guid}} {{$uuid}} {{$timestamp -1 d}} {{$isoTimestamp}}\n{{$datetime iso8601 1 y}}|{{$localDatetime rfc1123}}\n"
         "{{$randomInt -5 10}} {{$randomInt}} {{$random.integer(100, 200)}} {{$random.float(1.5, 2)}} {{$random.hexadecimal(4)}}\n",
         "1:1 POST 1:6 /a\n  3:1 body=00000000-0000-4000-8000-000000000000 00000000-0000-4000-8000-000000000000 1700000000 "
         "2023-11-14T22:13:20.000Z\n2023-11-14T22:13:20.000Z|Tue, 14 Nov 2023 22:13:20 GMT\n-5 0 100 1.5 aaaa\n");
  EXPECT("GET /a\nA: {{$processEnv TOKEN}}{{$datetime 'YYYY'}}{{$random.alphabetic(65)}}{{$randomInt x}}{{$}}\n",
         "2:4 variable: the value of the variable \"$processEnv\" is not in this file\n"
         "2:25 variable: the value of the variable \"$datetime\" is not in this file\n"
         "2:45 variable: the value of the variable \"$random.alphabetic\" is not in this file\n"
         "2:71 variable: the value of the variable \"$randomInt\" is not in this file\n"
         "2:87 variable: the value of the variable \"$\" is not in this file\n"
         "1:1 GET 1:5 /a ?header\n"
         "  2:1 A: 2:4 {{$processEnv TOKEN}}{{$datetime 'YYYY'}}{{$random.alphabetic(65)}}{{$randomInt x}}{{$}}\n");
}

/* A chain in the wrong order; each variable needs the next one. */
static void variables_are_not_followed_without_end(void **state) {
  (void)state;
  blob file = { 0 };
  for (int i = 0; i < 40; i++) {
    blob_print(&file, "@v%d = {{v%d}}\n", i, i + 1);
  }
  blob_print(&file, "@v40 = 1\nGET /{{v0}}/{{v39}}\n");
  expect_seen(cmd_http_read, blob_str(&file),
              "16:8 variable: the variable \"v16\" is defined by too many others, one within the other\n"
              "42:1 GET 42:5 /{{v0}}/1 ?path\n");
  blob_free(&file);
}

/* Each variable is ten times the next one: less than a kilobyte would make terabytes. */
static void variables_do_not_multiply_without_end(void **state) {
  (void)state;
  blob file = { 0 };
  blob_print(&file, "@v0 = 0123456789\n");
  for (int i = 0; i < 12; i++) {
    blob_print(&file, "@v%d = ", i + 1);
    for (int j = 0; j < 10; j++) {
      blob_print(&file, "{{v%d}}", i);
    }
    blob_print(&file, "\n");
  }
  blob_print(&file, "POST /a\n\n{{v12}}\n{{v11}}\n{{v2}}\n");
  seen all = seen_in(cmd_http_read, blob_str(&file));
  assert_int_equal(all.mistakes, 1);
  assert_int_equal(all.messages, 1);
  assert_non_null(strstr(all.text.data, "what they stand for is too long for this file"));
  assert_non_null(strstr(all.text.data, " ?body\n"));
  assert_true(all.text.size < 9 << 20);
  seen_free(&all);
  blob_free(&file);
}

/* ---- positions ---- */

typedef struct found {
  const char *needle;
  size_t offset; /* in the file */
} found;

static void find_needle(const cmd_message *message, void *context) {
  found *wanted = context;
  for (size_t at = 0; at + strlen(wanted->needle) <= message->body.size; at++) {
    if (memcmp(message->body.data + at, wanted->needle, strlen(wanted->needle)) == 0) {
      wanted->offset = cmd_message_find(message, message->body, at);
      return;
    }
  }
}

static void no_mistake(const cmd_mistake *mistake, void *context) {
  (void)mistake;
  (void)context;
  fail();
}

static void positions_lead_behind_what_was_filled_in_or_left_out(void **state) {
  (void)state;
  static const char file[] = "@v = a long value\nPOST /a\n\n{ \"a\": \"{{v}}\",\n// gone\n  \"bcd\": 1 }\n";
  static const found places[] = { { "{ \"a\"", 27 }, { "a long", 35 },  { "value\"", 35 },
                                  { "\",", 40 },     { "\n  \"b", 42 }, { "cd\"", 55 } };
  for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
    found wanted = { places[i].needle, 0 };
    cmd_sink sink = { .message = find_needle, .mistake = no_mistake, .context = &wanted };
    cmd_http_read((bdc_str){ file, sizeof(file) - 1 }, &sink);
    assert_int_equal(wanted.offset, places[i].offset);
  }
}

static void the_end_of_a_slice_has_its_place(const cmd_message *message, void *context) {
  size_t *checked = context;
  assert_int_equal(cmd_message_find(message, message->target, message->target.size), strlen("@v = /x\nPOST {{v}}"));
  assert_int_equal(cmd_message_find(message, message->headers[0].value, message->headers[0].value.size),
                   strlen("@v = /x\nPOST {{v}}\nA: b"));
  assert_int_equal(cmd_message_find(message, message->body, message->body.size), strlen("@v = /x\nPOST {{v}}\nA: b\n\n{}"));
  (*checked)++;
}

static void ends_have_places(void **state) {
  (void)state;
  size_t checked = 0;
  cmd_sink sink = { .message = the_end_of_a_slice_has_its_place, .mistake = no_mistake, .context = &checked };
  cmd_http_read(BDC_STR("@v = /x\nPOST {{v}}\nA: b\n\n{}\n\n"), &sink);
  assert_int_equal(checked, 1);
}

static void an_empty_map_is_the_file_itself(void **state) {
  (void)state;
  cmd_text_map map = { NULL, 0 };
  assert_int_equal(cmd_text_map_find(&map, 7), 7);
}

/* ---- samples ---- */

static void the_sample_is_read_without_mistake(void **state) {
  (void)state;
  blob file = { 0 };
  blob_add_file(&file, "test/command/data/requests.http");
  seen all = seen_in(cmd_http_read, blob_str(&file));
  if (all.mistakes > 0) {
    print_message("%s", all.text.data);
  }
  assert_int_equal(all.mistakes, 0);
  assert_int_equal(all.messages, 6);
  seen_free(&all);
  blob_free(&file);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_request_has_method_target_fields_and_body),
    cmocka_unit_test(a_target_alone_is_got),
    cmocka_unit_test(the_host_is_that_of_the_target_or_of_the_field),
    cmocka_unit_test(standard_methods_are_sent_in_capitals),
    cmocka_unit_test(a_target_goes_on_in_further_lines),
    cmocka_unit_test(version_and_fragment_are_no_part_of_the_target),
    cmocka_unit_test(fields_may_be_folded_and_indented),
    cmocka_unit_test(comments_count_nowhere),
    cmocka_unit_test(a_body_ends_with_its_last_line),
    cmocka_unit_test(a_byte_order_mark_is_passed),
    cmocka_unit_test(scripts_and_recorded_responses_are_no_body),
    cmocka_unit_test(a_body_in_a_file_is_left_to_the_caller),
    cmocka_unit_test(blocks_with_messages_are_numbered),
    cmocka_unit_test(a_status_line_begins_a_response),
    cmocka_unit_test(what_is_no_status_line_begins_none),
    cmocka_unit_test(a_line_that_is_no_request_line_is_one_mistake),
    cmocka_unit_test(a_file_without_a_message_is_a_mistake),
    cmocka_unit_test(what_is_good_is_used_beside_a_bad_field),
    cmocka_unit_test(zero_bytes_are_rubbish_like_any_other),
    cmocka_unit_test(variables_are_filled_in_everywhere),
    cmocka_unit_test(a_definition_holds_from_its_place_on),
    cmocka_unit_test(an_undefined_variable_is_told_where_it_stands),
    cmocka_unit_test(variables_that_need_each_other_are_told_once),
    cmocka_unit_test(what_is_no_name_is_no_placeholder),
    cmocka_unit_test(dynamic_variables_have_a_fixed_value),
    cmocka_unit_test(variables_are_not_followed_without_end),
    cmocka_unit_test(variables_do_not_multiply_without_end),
    cmocka_unit_test(positions_lead_behind_what_was_filled_in_or_left_out),
    cmocka_unit_test(ends_have_places),
    cmocka_unit_test(an_empty_map_is_the_file_itself),
    cmocka_unit_test(the_sample_is_read_without_mistake),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
