/* SPDX-License-Identifier: MIT */
/* Heads of requests: targets and header fields. */
#include "work/work.h"

#include <string.h>

/* The last template leads astray at every depth: all but its end are parameters beside literals. */
static const char rules[] = "provider work\n"
                            "service work A table for tests\n"
                            "source t the tests\n"
                            "host *.work.example @t\n"
                            "errors\n"
                            "  request * 400 W.1 \"Wrong {field}\" @t\n"
                            "operation O PUT /o/{p} @t\n"
                            "  path\n"
                            "    p string mandatory length ..9 charset [A-Z] @t\n"
                            "  query\n"
                            "    q string optional length ..9 charset [A-Z] @t\n"
                            "  header\n"
                            "    X-Key string optional length ..9 charset [A-Z] @t\n"
                            "    X-Number integer optional range 1..5 @t\n"
                            "  request\n"
                            "    a integer optional @t\n"
                            "operation P PUT /{p}/a/{q}/a/{r}/a @t\n"
                            "  path\n"
                            "    p string mandatory @t\n"
                            "    q string mandatory @t\n"
                            "    r string mandatory @t\n"
                            "operation Q PUT /a/{q}/a/{r}/a/{s}/b @t\n"
                            "  path\n"
                            "    q string mandatory @t\n"
                            "    r string mandatory @t\n"
                            "    s string mandatory @t\n";

static void measure(const work_case *item, const bdc_request *request, size_t size) {
  bdc_ruleset *ruleset = ruleset_of(rules);
  bdc_checker *checker = checker_of(ruleset, NULL);
  const bdc_operation *operation;
  work_begin();
  bdc_route_request(ruleset, request, &operation, NULL, 0, NULL);
  bdc_check_request(checker, request);
  work_end(item, "", size);
  bdc_checker_free(checker);
  bdc_ruleset_free(ruleset);
}

static void run_target(const work_case *item, bdc_str text) {
  measure(item, &(bdc_request){ .method = BDC_STR("PUT"), .target = text }, text.size);
}

/* Lines "NAME: VALUE". */
static void run_fields(const work_case *item, bdc_str text) {
  bdc_header *fields = calloc(text.size / 2 + 1, sizeof *fields);
  size_t count = 0;
  const char *end = text.data + text.size;
  for (const char *at = text.data, *line; at < end; at = line + 1) {
    line = memchr(at, '\n', (size_t)(end - at));
    const char *colon = memchr(at, ':', (size_t)(line - at));
    fields[count++] = (bdc_header){ { at, (size_t)(colon - at) }, { colon + 1, (size_t)(line - colon) - 1 } };
  }
  bdc_request request = { .method = BDC_STR("PUT"), .target = BDC_STR("/o/A"), .headers = fields, .header_count = count };
  measure(item, &request, text.size);
  free(fields);
}

static const work_case cases[] = {
  { "a long segment", run_target, "/o/", "a", "", "", "" },
  { "a long segment of escapes", run_target, "/o/", "%41", "", "", "" },
  { "a long segment of bad escapes", run_target, "/o/", "%4", "", "", "" },
  { "many segments", run_target, "/o", "/a", "", "", "" },
  { "many empty segments", run_target, "/o", "/", "", "", "" },
  { "segments of dots", run_target, "/o", "/..", "", "", "" },
  { "long segments of a path that leads astray", run_target, "/a/", "a", "", "", "/a/a/a/a" },
  { "many parameters of a query", run_target, "/o/A?", "#=1&", "", "", "" },
  { "one parameter again and again", run_target, "/o/A?", "q=a&", "", "", "" },
  { "a long parameter", run_target, "/o/A?q=", "%e6%9d%8e", "", "", "" },
  { "a long name of a parameter", run_target, "/o/A?", "%41", "", "", "=1" },
  { "a long authority", run_target, "https://", "a.", "", "", "work.example/o/A" },
  { "a long authority of users", run_target, "https://", "a@", "", "", "x.work.example/o/A" },
  { "a long port", run_target, "https://x.work.example:", "1", "", "", "/o/A" },
  { "a long scheme", run_target, "", "a", "", "", "://x.work.example/o/A" },
  { "many fields", run_fields, "", "x-#: 1\n", "", "", "" },
  { "one field again and again", run_fields, "", "x-key: 1\n", "", "", "" },
  { "Host again and again", run_fields, "", "host: x.work.example\n", "", "", "" },
  { "Content-Type again and again", run_fields, "", "content-type: application/json\n", "", "", "" },
  { "Content-Encoding again and again", run_fields, "", "content-encoding: identity\n", "", "", "" },
  { "a long field", run_fields, "x-key: ", "a", "", "", "\n" },
  { "a long number in a field", run_fields, "x-number: ", "1", "", "", "\n" },
  { "a long Host", run_fields, "host: ", "a.", "", "", "work.example\n" },
  { "a long Content-Type", run_fields, "content-type: application/json", "; a=\"\\\"\"", "", "", "\n" },
  { "a long Content-Encoding", run_fields, "content-encoding: ", "identity, ", "", "", "\n" },
};

work_cases work_heads(void) {
  return WORK_CASES(cases);
}
