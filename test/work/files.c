/* SPDX-License-Identifier: MIT */
/* What the command reads: files of HTTP messages, archives, `.bodycheck` and `.gitignore` files. */
#include "find/ignore.h"
#include "find/mapping.h"
#include "read/har.h"
#include "read/http.h"
#include "work/work.h"

static void take_message(const cmd_message *message, void *context) {
  *(size_t *)context += message->text.size;
}

static void take_mistake(const cmd_mistake *mistake, void *context) {
  *(size_t *)context += mistake->text.size;
}

static void run_reader(void (*read)(bdc_str file, const cmd_sink *sink), const work_case *item, bdc_str text) {
  size_t given = 0;
  const cmd_sink sink = { take_message, take_mistake, &given };
  work_begin();
  read(text, &sink);
  work_end(item, "", text.size);
  assert_true(given > 0);
}

static void run_http(const work_case *item, bdc_str text) {
  run_reader(cmd_http_read, item, text);
}

static void run_har(const work_case *item, bdc_str text) {
  run_reader(cmd_har_read, item, text);
}

static void ignore_mistake(bdc_str file, size_t line, size_t column, bdc_str message, void *context) {
  (void)file;
  (void)line;
  (void)column;
  (void)message;
  (void)context;
}

/* A path that patterns which backtrack take long for. */
static const bdc_str path = { "aaaaaaaa/aaaaaaaa/aaaaaaaa/aaaaaaaa/aaaaaaaa/aaaaaaaa/aaaaaaaa/aaaaaaaa/aaaaaaaa/aaaaaaaa.json", 94 };

static void run_mapping(const work_case *item, bdc_str text) {
  cmd_mistakes mistakes = { ignore_mistake, NULL };
  cmd_mapfile file = { .name = BDC_STR("F"), .text = text };
  const cmd_found found = { .in = BDC_IN_BODY, .pointer = BDC_STR("/a/a/a/a"), .rule = BDC_RULE_TYPE };
  work_begin();
  cmd_mapfile_parse(&file, BDC_STR("base"), &mistakes);
  cmd_mapfile_find(&file, path);
  cmd_mapfile_silence(&file, path, &found);
  cmd_mapfile_free(&file);
  work_end(item, "", text.size);
}

static void run_ignore(const work_case *item, bdc_str text) {
  cmd_ignore_list list;
  work_begin();
  cmd_ignore_parse(&list, text);
  cmd_ignore_ask(&list, path, false);
  cmd_ignore_free(&list);
  work_end(item, "", text.size);
}

#define ENTRIES "{\"log\":{\"version\":\"1.2\",\"entries\":["
#define REQUEST "{\"request\":{\"method\":\"PUT\",\"url\":\"https://h/a\",\"headers\":[],\"bodySize\":0},\"response\":{\"status\":0}}"

static const work_case cases[] = {
  { ".http: messages", run_http, "", "PUT /a\n\n{}\n###\n", "", "", "" },
  { ".http: requests with responses", run_http, "", "PUT /a\n\n{}\nHTTP/1.1 200 OK\n\n{}\n###\n", "", "", "" },
  { ".http: fields", run_http, "PUT /a\n", "x-#: 1\n", "", "", "" },
  { ".http: lines of a target", run_http, "PUT /a\n", "  &a=#\n", "", "", "" },
  { ".http: a body of lines", run_http, "PUT /a\n\n", "{}\n", "", "", "" },
  { ".http: a body of empty lines", run_http, "PUT /a\n\n{}", "\n", "", "", "" },
  { ".http: a long line", run_http, "PUT /", "a", "", "", "" },
  { ".http: blocks without messages", run_http, "PUT /a\n", "###\n", "", "", "" },
  { ".http: variables", run_http, "", "@# = 1\n", "PUT /a\n", "", "" },
  { ".http: variables that are used", run_http, "", "@# = 1\n", "PUT /a\n\n", "{{aaaaaa}}\n", "" },
  { ".http: variables that are not defined", run_http, "PUT /a\n\n", "{{#}}\n", "", "", "" },
  { ".http: variables that hold themselves", run_http, "@a = b{{a}}{{a}}\n@a = b{{a}}{{a}}\nPUT /a\n\n", "{{a}}", "", "", "" },
  { ".http: variables that double", run_http, "@a = aaaaaaaa\n", "@a = {{a}}{{a}}\n", "PUT /a\n\n{{a}}", "", "" },
  { ".http: braces that do not close", run_http, "PUT /a\n\n", "{{a ", "", "", "" },
  { ".http: scripts that do not end", run_http, "PUT /a\n\n", "> {%\n", "", "", "" },
  { ".http: comments", run_http, "PUT /a\n\n{}\n", "# a\n", "", "", "" },
  { "har: entries", run_har, ENTRIES, REQUEST ",", REQUEST, "", "]}}" },
  { "har: entries with mistakes", run_har, ENTRIES, "{},", "{}", "", "]}}" },
  { "har: fields", run_har, ENTRIES "{\"request\":{\"method\":\"PUT\",\"url\":\"https://h/a\",\"headers\":[",
    "{\"name\":\"#\",\"value\":\"a\"},", "{\"name\":\"a\",\"value\":\"a\"}", "", "]}}]}}" },
  { "har: one member again and again", run_har, ENTRIES "{\"request\":{", "\"method\":\"PUT\",", "\"method\":\"PUT\"", "", "}}]}}" },
  { "har: a long text of escapes", run_har,
    ENTRIES "{\"request\":{\"method\":\"PUT\",\"url\":\"https://h/a\",\"headers\":[],\"postData\":{\"text\":\"", "\\u0041a", "", "",
    "\"}}}]}}" },
  { "har: a long text of base64", run_har,
    ENTRIES
    "{\"request\":{\"method\":\"PUT\",\"url\":\"https://h/a\",\"headers\":[]},\"response\":{\"status\":200,\"headers\":[],\"content\":{"
    "\"encoding\":\"base64\",\"text\":\"",
    "e30K", "", "", "\"}}}]}}" },
  { "har: something undocumented, deep", run_har, "{\"log\":{\"x\":", "[", "", "]", ",\"entries\":[{}]}}" },
  { "har: members before the entries", run_har, "{\"log\":{", "\"#\":{\"a\":[1,2]},", "\"entries\":[{}]", "", "}}" },
  { ".bodycheck: lines", run_mapping, "", "#.json O request\n", "", "", "" },
  { ".bodycheck: silencers", run_mapping, "", "*.json silence /#/* type \"x\"\n", "", "", "" },
  { ".bodycheck: a long pointer of stars", run_mapping, "* silence ", "/*", " type \"x\"\n", "", "" },
  { ".bodycheck: mistakes", run_mapping, "", "x # x\n", "", "", "" },
  { ".bodycheck: a long pattern of stars", run_mapping, "", "a*", ".bson O request\n", "", "" },
  { ".bodycheck: a long pattern of folders", run_mapping, "", "**/", "a.bson O request\n", "", "" },
  { ".bodycheck: expectations", run_mapping, "* O request expect", " A.#", "\n", "", "" },
  { ".bodycheck: a line of quotes", run_mapping, "", "\"\" ", "\n", "", "" },
  { ".gitignore: patterns", run_ignore, "", "a*a*a*#\n", "", "", "" },
  { ".gitignore: a long pattern of stars", run_ignore, "", "*a", "b\n", "", "" },
  { ".gitignore: a long pattern of folders", run_ignore, "", "**/a*/", "b\n", "", "" },
  { ".gitignore: a long set", run_ignore, "[", "a-z", "]\n", "", "" },
};

work_cases work_files(void) {
  return WORK_CASES(cases);
}
