/* SPDX-License-Identifier: MIT */
#include "command/seen.h"

#include "read/base64.h"
#include "read/har.h"

#include <string.h>

#define EXPECT(file, expected) EXPECT_SEEN(cmd_har_read, file, expected)

/* An archive around entries, around one of them, around the parts of one. */
#define LOG(entries) "{\"log\":{\"version\":\"1.2\",\"entries\":[\n" entries "\n]}}"
#define ENTRY(request, response) LOG("{\"request\":" request ",\n\"response\":" response "}")
#define GET "{\"method\":\"GET\",\"url\":\"https://h/a\",\"headers\":[],\"bodySize\":0}"
#define POST(members) "{\"method\":\"POST\",\"url\":\"/a\",\"headers\":[]," members "}"
#define ANSWER(content) "{\"status\":200,\"headers\":[]," content "}"
#define EMPTY "{\"status\":204,\"headers\":[],\"content\":{\"size\":0}}"

#define GOT "2:12 #1 GET 2:35 https://h/a host=h pointer=/log/entries/0/request\n"
#define POSTED "2:12 #1 POST 2:36 /a pointer=/log/entries/0/request\n"
#define ANSWERED "3:12 #1 response 204 pointer=/log/entries/0/response\n"

/* ---- messages ---- */

static void an_entry_gives_its_request_and_its_response(void **state) {
  (void)state;
  EXPECT(ENTRY("{\"method\":\"PUT\",\"url\":\"https://h:1/v2?a=b\",\"headers\":[{\"name\":\"A\",\"value\":\"b\"}],\n"
               "\"postData\":{\"mimeType\":\"application/json\",\"text\":\"{}\"}}",
               "{\"status\":200,\"headers\":[{\"value\":\"d\",\"name\":\"C\"}],\"content\":{\"size\":2,\"text\":\"[]\"}}"),
         "2:12 #1 PUT 2:35 https://h:1/v2?a=b host=h:1 pointer=/log/entries/0/request\n"
         "  2:75 A: 2:87 b\n"
         "  3:51 body at /log/entries/0/request/postData/text={}\n"
         "4:12 #1 response 200 pointer=/log/entries/0/response\n"
         "  4:58 C: 4:47 d\n"
         "  4:91 body at /log/entries/0/response/content/text=[]\n");
}

static void members_come_in_any_order(void **state) {
  (void)state;
  EXPECT(LOG("{\"response\":{\"content\":{\"text\":\"W10=\",\"encoding\":\"base64\"},\"headers\":[],\"status\":200,\"x\":{\"status\":1}"
             "},\n"
             "\"request\":{\"postData\":{\"text\":\"1\"},\"bodySize\":1,\"headers\":[],\"url\":\"/a\",\"method\":\"PUT\"}}"),
         "3:11 #1 PUT 3:69 /a pointer=/log/entries/0/request\n"
         "  3:32 body at /log/entries/0/request/postData/text=1\n"
         "2:13 #1 response 200 pointer=/log/entries/0/response\n"
         "  2:33 body at /log/entries/0/response/content/text=[]\n");
}

static void entries_are_numbered(void **state) {
  (void)state;
  EXPECT(LOG("{\"request\":" GET ",\"response\":" EMPTY "},\n{\"response\":" EMPTY ",\"request\":" GET "}"),
         "2:12 #1 GET 2:35 https://h/a host=h pointer=/log/entries/0/request\n"
         "2:86 #1 response 204 pointer=/log/entries/0/response\n"
         "3:72 #2 GET 3:95 https://h/a host=h pointer=/log/entries/1/request\n"
         "3:13 #2 response 204 pointer=/log/entries/1/response\n");
}

static void fields_that_are_none_of_the_body_are_left_out(void **state) {
  (void)state;
  EXPECT(ENTRY("{\"method\":\"GET\",\"url\":\"/a\",\"headers\":[{\"name\":\":path\",\"value\":\"/"
               "a\"},{\"name\":\"Content-Encoding\",\"value\":\"gzip\"}]}",
               "{\"status\":204,\"headers\":[{\"name\":\"Content-ENCODING\",\"value\":\"br\"},{\"name\":\"B\",\"value\":\"\"}],"
               "\"content\":{\"size\":0}}"),
         "2:12 #1 GET 2:35 /a pointer=/log/entries/0/request\n"
         "  2:89 Content-Encoding: 2:116 gzip\n"
         "3:12 #1 response 204 pointer=/log/entries/0/response\n"
         "  3:87 B: 3:99 \n");
}

static void a_byte_order_mark_is_passed(void **state) {
  (void)state;
  EXPECT("\xef\xbb\xbf" ENTRY(GET, EMPTY), GOT ANSWERED);
}

static void names_are_compared_decoded(void **state) {
  (void)state;
  EXPECT("{\"l\\u006fg\":{\"\\u0065ntries\":[\n{\"request\":" GET ",\n\"response\":" EMPTY "}]}}", GOT ANSWERED);
  EXPECT("{\"log\":{\"entries\\u0000\":[]}}", "1:8 har: \"entries\" of the log is missing\n");
}

static void there_was_no_response(void **state) {
  (void)state;
  EXPECT(ENTRY(GET, "{\"status\":0,\"headers\":[],\"content\":{}}"), GOT);
  EXPECT(ENTRY(GET, "{\"status\":-1,\"headers\":[],\"content\":{}}"), GOT);
}

/* ---- bodies ---- */

static void a_request_without_body(void **state) {
  (void)state;
  EXPECT(ENTRY(POST("\"bodySize\":-1"), EMPTY), POSTED ANSWERED);
  EXPECT(ENTRY(POST("\"postData\":null,\"bodySize\":0"), EMPTY), POSTED ANSWERED);
  EXPECT(ENTRY(POST("\"postData\":{\"text\":\"\"}"), EMPTY), POSTED ANSWERED);
  EXPECT(ENTRY(POST("\"postData\":{\"text\":null,\"params\":[]}"), EMPTY), POSTED ANSWERED);
}

static void a_body_of_a_request_that_was_left_out_is_unknown(void **state) {
  (void)state;
  EXPECT(
      ENTRY("{\"method\":\"PUT\",\"url\":\"/a\",\"headers\":[{\"name\":\"content-length\",\"value\":\"7\"}],\"bodySize\":-1}", EMPTY),
      "2:12 #1 PUT 2:35 /a pointer=/log/entries/0/request\n"
      "  2:59 content-length: 2:84 7\n"
      "  no body: the body was not recorded\n" ANSWERED);
  EXPECT(ENTRY(POST("\"bodySize\":-1"), EMPTY), POSTED ANSWERED);
  EXPECT(ENTRY(POST("\"bodySize\":7"), EMPTY), POSTED "  no body: the body was not recorded\n" ANSWERED);
  EXPECT(ENTRY(POST("\"bodySize\":7,\"postData\":{\"text\":\"\"}"), EMPTY), POSTED "  no body: the body was not recorded\n" ANSWERED);
  EXPECT(ENTRY(POST("\"postData\":{\"params\":[{\"name\":\"a\"},1]}"), EMPTY),
         POSTED "  no body: the body is a form, of which only the parameters were recorded\n" ANSWERED);
}

#define TAKEN "3:12 #1 response 200 pointer=/log/entries/0/response\n"

static void a_response_without_body(void **state) {
  (void)state;
  EXPECT(ENTRY(GET, ANSWER("\"content\":{\"size\":0}")), GOT TAKEN);
  EXPECT(ENTRY(GET, ANSWER("\"content\":{},\"bodySize\":0")), GOT TAKEN);
  EXPECT(ENTRY(GET, ANSWER("\"content\":{\"size\":0,\"text\":\"\",\"encoding\":\"base64\"}")), GOT TAKEN);
  EXPECT(ENTRY("{\"method\":\"HEAD\",\"url\":\"/a\",\"headers\":[]}", ANSWER("\"content\":{\"size\":9}")),
         "2:12 #1 HEAD 2:36 /a pointer=/log/entries/0/request\n" TAKEN);
  EXPECT(ENTRY(GET, "{\"status\":304,\"headers\":[],\"content\":{\"size\":9}}"),
         GOT "3:12 #1 response 304 pointer=/log/entries/0/response\n");
}

static void a_body_of_a_response_that_was_left_out_is_unknown(void **state) {
  (void)state;
  EXPECT(ENTRY(GET, ANSWER("\"content\":{\"size\":9}")), GOT TAKEN "  no body: the body was not recorded\n");
  EXPECT(ENTRY(GET, ANSWER("\"content\":{}")), GOT TAKEN "  no body: the body was not recorded\n");
  EXPECT(ENTRY(GET, ANSWER("\"content\":{\"size\":9,\"text\":\"\"},\"bodySize\":0")),
         GOT TAKEN "  no body: the body was not recorded\n");
  EXPECT(ENTRY(GET, ANSWER("\"content\":{\"size\":null,\"text\":null},\"bodySize\":null")),
         GOT TAKEN "  no body: the body was not recorded\n");
}

static void base64_is_strict(void **state) {
  (void)state;
  static const char *const good[][2] = { { "", "" },        { "Zg==", "f" },        { "Zm8=", "fo" },
                                         { "Zm9v", "foo" }, { "Zm9vYg==", "foob" }, { "+/+/", "\xfb\xff\xbf" } };
  static const char *const bad[] = { "Z",    "Zg",   "Zg=",      "Zg===",    "Zh==",
                                     "Zm9=", "Z===", "====",     "Zg==Zg==", "Zm9v\n",
                                     "Z m9", "-_-_", "Zm9v====", "Zm=v",     "\xc3\xa4\xc3\xa4" };
  cmd_output out = CMD_MEMORY;
  for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
    out.size = 0;
    assert_true(cmd_base64_decode((bdc_str){ good[i][0], strlen(good[i][0]) }, &out));
    assert_int_equal(out.size, strlen(good[i][1]));
    assert_true(out.size == 0 || memcmp(out.data, good[i][1], out.size) == 0);
  }
  for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
    out.size = 0;
    assert_false(cmd_base64_decode((bdc_str){ bad[i], strlen(bad[i]) }, &out));
    assert_int_equal(out.size, 0);
  }
  cmd_output_free(&out);
}

static void a_body_that_cannot_be_decoded_is_a_mistake(void **state) {
  (void)state;
  EXPECT(ENTRY(GET, ANSWER("\"content\":{\"text\":\"Zg=\",\"encoding\":\"base64\"}")),
         GOT "3:58 #1 har: \"text\" of the content is not base64, which its \"encoding\" says it is\n" TAKEN
             "  no body: the body is not the base64 that it should be\n");
  EXPECT(ENTRY(GET, ANSWER("\"content\":{\"text\":\"Zg==\",\"encoding\":\"gzip\"}")),
         GOT "3:76 #1 har: \"encoding\" of the content must be \"base64\"\n" TAKEN "  no body: the body has an unknown encoding\n");
  EXPECT(ENTRY(GET, ANSWER("\"content\":{\"text\":\"[]\",\"encoding\":\"\"}")),
         GOT TAKEN "  3:58 body at /log/entries/0/response/content/text=[]\n");
}

/* ---- mistakes ---- */

static void what_is_no_archive_is_one_mistake(void **state) {
  (void)state;
  EXPECT("", "1:1 har: not JSON: the file ends too early\n");
  EXPECT("hello", "1:1 har: not JSON: a value was expected\n");
  EXPECT(" []", "1:2 har: an archive must be an object with a member \"log\"\n");
  EXPECT("\"log\"", "1:1 har: an archive must be an object with a member \"log\"\n");
  EXPECT("{}", "1:1 har: \"log\" of the archive is missing\n");
  EXPECT("{\"log\":[]}", "1:8 har: \"log\" of the archive must be an object\n");
  EXPECT("{\"log\":{}}", "1:8 har: \"entries\" of the log is missing\n");
  EXPECT("{\"log\":{\"entries\":{\"a\":[1]}}}", "1:19 har: \"entries\" of the log must be an array\n");
  EXPECT("\xef\xbb\xbf\xef\xbb\xbf{}", "1:4 har: not JSON: a second byte order mark\n");
  EXPECT("{\"log\":{\"entries\":[]},\"log\":{\"entries\":[1]}}", "1:23 har: \"log\" of the archive is there twice\n");
}

static void what_stands_before_a_fault_is_given(void **state) {
  (void)state;
  EXPECT(LOG("{\"request\":" GET ",\n\"response\":" EMPTY "},\n{\"request\":" GET ",\"resp"), /* the string is not closed in its line */
         GOT ANSWERED "4:80 #2 har: not JSON: a control character stands in a string\n");
  EXPECT("{\"log\":{\"entries\":[\n{\"request\":" GET ",\n\"response\":" EMPTY "},\n{\"request\":" GET,
         GOT ANSWERED "4:74 #2 har: not JSON: the file ends too early\n");
  EXPECT("{\"log\":{\"entries\":[\n{\"request\":" GET ",\n\"response\":" EMPTY "}],\"x\":tru}}",
         GOT ANSWERED "3:67 har: not JSON: true, false or null was expected\n");
  EXPECT(ENTRY(GET, EMPTY) "\n,", GOT ANSWERED "5:1 har: not JSON: something follows the archive\n");
}

static void a_member_that_is_missing_leaves_the_other_entries(void **state) {
  (void)state;
  EXPECT(LOG("{},\n{\"request\":{\"method\":\"A\"},\"response\":" EMPTY "},\n7,\n{\"request\":" GET "}"),
         "2:1 #1 har: \"request\" of the entry is missing\n"
         "2:1 #1 har: \"response\" of the entry is missing\n"
         "3:12 #2 har: \"url\" of the request is missing\n"
         "3:12 #2 har: \"headers\" of the request is missing\n"
         "4:1 #3 har: an entry must be an object\n"
         "5:1 #4 har: \"response\" of the entry is missing\n"
         "5:12 #4 GET 5:35 https://h/a host=h pointer=/log/entries/3/request\n");
}

static void a_member_of_a_wrong_type_is_told_where_it_stands(void **state) {
  (void)state;
  EXPECT(ENTRY("{\"method\":1,\"url\":null,\"headers\":{},\"postData\":[\"x\"],\"bodySize\":\"1\"}", EMPTY),
         "2:22 #1 har: \"method\" of the request must be a string\n"
         "2:30 #1 har: \"url\" of the request must be a string\n"
         "2:45 #1 har: \"headers\" of the request must be an array\n"
         "2:59 #1 har: \"postData\" of the request must be an object\n"
         "2:76 #1 har: \"bodySize\" of the request must be a number\n");
  EXPECT(ENTRY(GET, "null"), "3:12 #1 har: \"response\" of the entry must be an object\n" GOT);
  EXPECT(ENTRY(GET, "{\"status\":\"200\",\"headers\":[1,{\"name\":\"a\"}],\"content\":{\"text\":{\"a\":1}}}"),
         "3:22 #1 har: \"status\" of the response must be a number\n"
         "3:39 #1 har: a header field must be an object\n"
         "3:41 #1 har: \"value\" of the header field is missing\n"
         "3:73 #1 har: \"text\" of the content must be a string\n" GOT);
}

static void a_status_has_three_digits(void **state) {
  (void)state;
  static const char *const bad[] = { "99", "1000", "200.0", "2e2", "99999999999999999999" };
  for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
    blob file = { 0 };
    blob_print(&file, "{\"log\":{\"entries\":[\n{\"request\":" GET ",\n\"response\":{\"status\":%s,\"headers\":[],\"content\":{}}}]}}",
               bad[i]);
    expect_seen(cmd_har_read, blob_str(&file), "3:22 #1 har: \"status\" of the response must be a number of three digits\n" GOT);
    blob_free(&file);
  }
}

static void a_member_that_is_there_twice_leaves_out_the_entry(void **state) {
  (void)state;
  EXPECT(ENTRY("{\"url\":\"/b\",\"method\":\"GET\",\"url\":\"/a\",\"headers\":[]}", EMPTY),
         "2:39 #1 har: \"url\" of the request is there twice\n");
  EXPECT(LOG("{\"request\":" GET ",\"response\":" EMPTY ",\n\"request\":" GET "}"),
         "3:1 #1 har: \"request\" of the entry is there twice\n");
  EXPECT(ENTRY(GET, "{\"status\":200,\"headers\":[],\"content\":{\"text\":\"1\",\"text\":\"2\"}}"),
         "3:61 #1 har: \"text\" of the content is there twice\n" GOT);
}

static void deep_nesting_is_passed_up_to_a_limit(void **state) {
  (void)state;
  blob file = { 0 };
  blob_print(&file, "{\"log\":{\"x\":");
  blob_repeat(&file, "[", 1000);
  blob_repeat(&file, "]", 1000);
  blob_print(&file, ",\"entries\":[]}}");
  expect_seen(cmd_har_read, blob_str(&file), "");
  blob_clear(&file);
  blob_repeat(&file, "[", 2000000);
  expect_seen(
      cmd_har_read, blob_str(&file),
      "1:1 har: an archive must be an object with a member \"log\"\n1:1025 har: not JSON: arrays and objects are nested too deeply\n");
  blob_free(&file);
}

/* ---- positions ---- */

typedef struct found {
  const char *needle;
  size_t offset; /* in the file */
} found;

static void find_needle(const cmd_message *message, void *context) {
  found *wanted = context;
  for (size_t at = 0; message->has_body && at + strlen(wanted->needle) <= message->body.size; at++) {
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

static void positions_lead_to_the_escapes(void **state) {
  (void)state;
  static const char file[] = ENTRY(POST("\"postData\":{\"text\":\"{\\\"a\\\": \\\"\\u00e4\\ud83d\\ude00z\\\"}\"}"), EMPTY);
  static const char *const pairs[][2] = {
    { "{\"a", "{\\\"a" },
    { "\"a\"", "\\\"a" },
    { "a\"", "a\\\": " },
    { "\xc3\xa4", "\\u00e4" },
    { "\xf0\x9f\x98\x80", "\\ud83d" },
    { "\x98\x80z", "\\ud83d" },
    { "z\"", "z\\\"}\"" },
    { "}", "}\"}}" },
  };
  for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
    found wanted = { pairs[i][0], 0 };
    cmd_sink sink = { .message = find_needle, .mistake = no_mistake, .context = &wanted };
    cmd_har_read((bdc_str){ file, sizeof(file) - 1 }, &sink);
    assert_int_equal(wanted.offset, strstr(file, pairs[i][1]) - file);
  }
}

static void base64_leads_to_its_start(void **state) {
  (void)state;
  static const char file[] = ENTRY(GET, ANSWER("\"content\":{\"encoding\":\"base64\",\"text\":\"eyJhIjoxfQ==\"}"));
  found wanted = { "1}", 0 };
  cmd_sink sink = { .message = find_needle, .mistake = no_mistake, .context = &wanted };
  cmd_har_read((bdc_str){ file, sizeof(file) - 1 }, &sink);
  assert_int_equal(wanted.offset, strstr(file, "eyJh") - file);
}

/* ---- samples ---- */

static void the_sample_is_read_without_mistake(void **state) {
  (void)state;
  blob file = { 0 };
  blob_add_file(&file, "test/command/data/traffic.har");
  seen all = seen_in(cmd_har_read, blob_str(&file));
  if (all.mistakes > 0) {
    print_message("%s", all.text.data);
  }
  assert_int_equal(all.mistakes, 0);
  assert_int_equal(all.messages, 7);
  assert_non_null(strstr(all.text.data, " host=apig.eu-de.otc.t-systems.com pointer=/log/entries/0/request\n"));
  assert_non_null(strstr(all.text.data, "body at /log/entries/1/response/content/text={\"error_code\":\"APIG.2011\","));
  assert_null(strstr(all.text.data, "content-encoding"));
  seen_free(&all);
  blob_free(&file);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(an_entry_gives_its_request_and_its_response),
    cmocka_unit_test(members_come_in_any_order),
    cmocka_unit_test(entries_are_numbered),
    cmocka_unit_test(fields_that_are_none_of_the_body_are_left_out),
    cmocka_unit_test(a_byte_order_mark_is_passed),
    cmocka_unit_test(names_are_compared_decoded),
    cmocka_unit_test(there_was_no_response),
    cmocka_unit_test(a_request_without_body),
    cmocka_unit_test(a_body_of_a_request_that_was_left_out_is_unknown),
    cmocka_unit_test(a_response_without_body),
    cmocka_unit_test(a_body_of_a_response_that_was_left_out_is_unknown),
    cmocka_unit_test(base64_is_strict),
    cmocka_unit_test(a_body_that_cannot_be_decoded_is_a_mistake),
    cmocka_unit_test(what_is_no_archive_is_one_mistake),
    cmocka_unit_test(what_stands_before_a_fault_is_given),
    cmocka_unit_test(a_member_that_is_missing_leaves_the_other_entries),
    cmocka_unit_test(a_member_of_a_wrong_type_is_told_where_it_stands),
    cmocka_unit_test(a_status_has_three_digits),
    cmocka_unit_test(a_member_that_is_there_twice_leaves_out_the_entry),
    cmocka_unit_test(deep_nesting_is_passed_up_to_a_limit),
    cmocka_unit_test(positions_lead_to_the_escapes),
    cmocka_unit_test(base64_leads_to_its_start),
    cmocka_unit_test(the_sample_is_read_without_mistake),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
