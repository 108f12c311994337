/* SPDX-License-Identifier: MIT */
/* Bodies: in one piece, in pieces of one byte, and by the precise engine with limits that are not reached. */
#include "unit/lab.h"
#include "work/work.h"

static const char rules[] = "provider work\n"
                            "service work A table for tests\n"
                            "source t the tests\n"
                            "class letter [A-Za-z]\n"
                            "errors\n"
                            "  request * 400 W.1 \"Wrong {field}\" @t\n"
                            "object node\n"
                            "  kids array of object node optional @t\n"
                            "  kid object node optional @t\n"
                            "  must integer mandatory @t\n"
                            "object leaf\n"
                            "  must integer mandatory @t\n"
                            "operation O PUT /o @t\n"
                            "  request\n"
                            "    node object node optional @t\n"
                            "    leaves array of object leaf optional @t\n"
                            "    words map of string optional length ..3 @t\n"
                            "    names array of string optional charset [\\p{Han}] @t\n"
                            "    name string optional charset [\\p{Han}A] length ..9 @t\n"
                            "    stars string optional length ..9 charset {letter} masked @t\n"
                            "    masks array of string optional length ..9 charset {letter} masked @t\n"
                            "    hard array of string optional pattern /(a+)+b/ @t\n"
                            "    late array of string optional pattern /.*.*.*x/ @t\n"
                            "    colours array of string optional enum red | green | blue @t\n"
                            "    times array of string optional format date-time @t\n"
                            "    ratios array of number optional range -1.5..1e3 @t\n"
                            "    ratio number optional range -1.5..1e3 @t\n"
                            "    huge array of number optional range 1e999999999..1e1000000001 @t\n"
                            "    some array of string optional includes last @t\n"
                            "    any any optional @t\n";

/* ---- three ways ---- */

static void in_one_piece(bdc_checker *checker, const bdc_operation *operation, bdc_str text) {
  bdc_check_body(checker, operation, 0, text.data, text.size);
}

static void in_bytes(bdc_checker *checker, const bdc_operation *operation, bdc_str text) {
  bdc_verdict verdict;
  bdc_check_begin(checker, operation, 0);
  for (size_t i = 0; i < text.size; i++) {
    bdc_check_feed(checker, text.data + i, 1);
  }
  bdc_check_end(checker, &verdict);
}

typedef void way(bdc_checker *checker, const bdc_operation *operation, bdc_str text);

static void measure(const work_case *item, const bdc_settings *settings, const char *name, way *check, bdc_str text) {
  bdc_ruleset *ruleset = ruleset_of(rules);
  bdc_checker *checker = checker_of(ruleset, settings);
  const bdc_operation *operation = operation_of(ruleset, "work.O");
  work_begin();
  check(checker, operation, text);
  work_end(item, name, text.size);
  assert_int_not_equal(bdc_checker_report(checker)->verdict, BDC_UNCHECKED);
  bdc_checker_free(checker);
  bdc_ruleset_free(ruleset);
}

static const bdc_settings usual = { .limits = { .pattern_steps = 2000 } };
static const bdc_settings wide = {
  .kernel = "none", .limits = { .depth = 2048, .names = 1 << 20, .value_size = 1 << 20, .violations = 500, .pattern_steps = 2000 }
};

static void run_million(const work_case *item, bdc_str text) {
  measure(item, &wide, "", in_one_piece, text);
}

static void run_body(const work_case *item, bdc_str text) {
  measure(item, &usual, "", in_one_piece, text);
  measure(item, &usual, "in bytes", in_bytes, text);
  measure(item, &wide, "wide limits", in_one_piece, text);
}

/* ---- what is sent ---- */

static const work_case cases[] = {
  { "undocumented members", run_body, "{", "\"#\":1,", "\"z\":1", "", "}" },
  { "undocumented members that collide", run_body, "{", "\"~\":1,", "\"z\":1", "", "}" },
  { "keys of a map", run_body, "{\"words\":{", "\"#\":\"a\",", "\"z\":\"a\"", "", "}}" },
  { "keys of a map that collide", run_body, "{\"words\":{", "\"~\":\"a\",", "\"z\":\"a\"", "", "}}" },
  { "one key again and again", run_body, "{\"words\":{", "\"a\":\"a\",", "\"z\":\"a\"", "", "}}" },
  { "one row again and again", run_body, "{", "\"ratio\":1,", "\"ratio\":1", "", "}" },
  { "objects in objects, undocumented", run_body, "", "{\"a\":", "1", "}", "" },
  { "arrays in arrays", run_body, "{\"any\":", "[", "", "]", "}" },
  { "arrays that are not closed", run_body, "{\"any\":", "[", "", "", "" },
  { "objects in objects, documented", run_body, "{\"node\":", "{\"kid\":", "{}", "}", "}" },
  { "objects in arrays, each with a violation", run_body, "{\"node\":", "{\"must\":\"x\",\"kids\":[", "", "]}", "}" },
  { "names of all that is open", run_body, "{\"any\":", "{\"#\":1,\"b\":", "{}", "}", "}" },
  { "items, each with a violation", run_body, "{\"leaves\":[", "{},", "{}", "", "]}" },
  { "items of a wrong type", run_body, "{\"leaves\":[", "1,", "1", "", "]}" },
  { "a long number", run_body, "{\"ratio\":", "1", "", "", "}" },
  { "a long fraction", run_body, "{\"ratio\":0.", "0", "1", "", "}" },
  { "a long exponent", run_body, "{\"ratio\":1e", "9", "", "", "}" },
  { "numbers with exponents", run_body, "{\"ratios\":[", "1e999999999,", "1", "", "]}" },
  { "numbers at the end of a huge range", run_body, "{\"huge\":[", "1e1000000001,", "1", "", "]}" },
  { "long numbers", run_body, "{\"ratios\":[", "0.000000000000000000000000000000000000000000000000000000000001,", "1", "", "]}" },
  { "a long string of escapes", run_body, "{\"name\":\"", "\\u0041", "", "", "\"}" },
  { "a long string of pairs of escapes", run_body, "{\"name\":\"", "\\ud83d\\ude00", "", "", "\"}" },
  { "a long name of escapes", run_body, "{\"", "\\u0041", "", "", "\":1}" },
  { "strings of escapes", run_body, "{\"names\":[", "\"\\u674e\\n\",", "\"\"", "", "]}" },
  { "a long string that a class must see", run_body, "{\"name\":\"", "\xe6\x9d\x8e", "", "", "\"}" },
  { "a long string outside a class", run_body, "{\"name\":\"", "\xc3\xa9", "", "", "\"}" },
  { "a long string of stars", run_body, "{\"stars\":\"", "*", "", "", "\"}" },
  { "a long string of stars and letters", run_body, "{\"stars\":\"", "*a", "", "", "\"}" },
  { "strings of stars", run_body, "{\"masks\":[", "\"a**-**a\",", "\"\"", "", "]}" },
  { "a long string that an enumeration must see", run_body, "{\"colours\":[\"", "red", "", "", "\"]}" },
  { "a pattern that backtracks", run_body, "{\"hard\":[\"", "a", "cb", "", "\"]}" },
  { "a pattern that backtracks, again and again", run_body, "{\"hard\":[", "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaacb\",", "\"\"", "", "]}" },
  { "a pattern that looks far ahead", run_body, "{\"late\":[\"", "a", "", "", "\"]}" },
  { "times that nearly are some", run_body, "{\"times\":[", "\"2020-02-29T23:59:59.000000000000000000000000000+24:00\",", "\"\"", "",
    "]}" },
  { "items none of which is the one", run_body, "{\"some\":[", "\"las\",", "\"\"", "", "]}" },
  { "blanks", run_body, "{\"any\":", " ", "1", "", "}" },
  { "ends of lines", run_body, "{\"any\":[", "\n1,", "\n1", "", "]}" },
  { "a long line", run_body, "{\"leaves\":[", "\xe6\x9d\x8e", "", "", "" },
  { "violations far along a line", run_body, "{\"any\":\"\xe6\x9d\x8e\",\"leaves\":[", "{\"\xe6\x9d\x8e#\":1},", "{}", "", "]}" },
  { "a long literal", run_body, "{\"any\":", "true", "", "", "}" },
};

/* The large one has a million. */
static const work_case millions[] = {
  { "a million keys", run_million, "{\"words\":{", "\"#\":\"\",", "\"z\":\"\"", "", "}}" },
};

work_cases work_bodies(void) {
  return WORK_CASES(cases);
}

work_cases work_millions(void) {
  return WORK_CASES(millions);
}
