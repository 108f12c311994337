/* SPDX-License-Identifier: MIT */
/* The lines of a `.bodycheck` file: what they say, and their mistakes. */
#include "unit/support.h"

#include "find/mapping.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

static void note_mistake(bdc_str file, size_t line, size_t column, bdc_str message, void *context) {
  blob *mistakes = context;
  blob_add_str(mistakes, file);
  blob_print(mistakes, ":%zu:%zu: ", line, column);
  blob_add_str(mistakes, message);
  blob_print(mistakes, "\n");
}

typedef struct reading {
  cmd_mapfile file;
  blob mistakes;
} reading;

static void read_text(reading *read, bdc_str text) {
  cmd_mistakes mistakes = { note_mistake, &read->mistakes };
  read->file = (cmd_mapfile){ .name = BDC_STR("F"), .text = text };
  read->mistakes = (blob){ 0 };
  cmd_mapfile_parse(&read->file, BDC_STR("base"), &mistakes);
}

static void free_reading(reading *read) {
  cmd_mapfile_free(&read->file);
  blob_free(&read->mistakes);
}

static void put_mapping(blob *out, const cmd_mapping *mapping) {
  static const char *const kinds[] = { "operation", "auto", "ignore" };
  blob_print(out, "%zu:%zu %s", mapping->line, mapping->column, kinds[mapping->kind]);
  if (mapping->kind == CMD_MAP_OPERATION) {
    blob_print(out, " <%.*s> %d", (int)mapping->operation.size, mapping->operation.data, mapping->status);
  }
  if (mapping->expect.given) {
    cmd_output words = CMD_MEMORY;
    cmd_expect_put(&mapping->expect, &words);
    blob_print(out, " expect@%zu ", mapping->expect_column);
    blob_add_str(out, cmd_output_text(&words));
    cmd_output_free(&words);
  }
  if (mapping->rules.size > 0) {
    blob_print(out, " rules@%zu %.*s", mapping->rules_column, (int)mapping->rules.size, mapping->rules.data);
  }
  if (mapping->unknown != BDC_UNKNOWN_TABLE) {
    blob_print(out, " unknown %d", mapping->unknown);
  }
}

typedef struct text_case {
  const char *text;
  const char *expected;
} text_case;

/* The only line of a text, or what is wrong in it. */
static void check_line(const text_case *c) {
  reading read;
  blob told = { 0 };
  read_text(&read, cmd_str(c->text));
  blob_print(&told, "%s", "");
  for (size_t i = 0; i < read.file.mapping_count; i++) {
    put_mapping(&told, &read.file.mappings[i]);
  }
  for (size_t i = 0; i < read.file.silencer_count; i++) {
    const cmd_silencer *s = &read.file.silencers[i];
    blob_print(&told, "%zu:%zu silence %d %d <%.*s> %x <%.*s>", s->line, s->column, s->kind, s->in, (int)s->pointer.size,
               s->pointer.data ? s->pointer.data : "", (unsigned)s->rules, (int)s->reason.size, s->reason.data);
  }
  if (read.mistakes.size > 0) {
    blob_add_str(&told, blob_str(&read.mistakes));
  }
  bool mistake = c->expected[0] == 'F';
  if (mistake ? strncmp(told.data, c->expected, strlen(c->expected)) != 0 : strcmp(told.data, c->expected) != 0) {
    fail_msg("%s\n  is  %s\n  not %s", c->text, told.data, c->expected);
  }
  blob_free(&told);
  free_reading(&read);
}

static void line_says_what_a_file_is(void **state) {
  (void)state;
  static const text_case cases[] = {
    { "", "" },
    { "  \t", "" },
    { "# a Op request", "" },
    { " # a", "" },
    { "a Op request", "1:3 operation <Op> 0" },
    { "a Op request\r\n", "1:3 operation <Op> 0" },
    { "\xef\xbb\xbf"
      "a Op request",
      "1:3 operation <Op> 0" },
    { "\n\na\tcloud.s.Op\trequest # no #", "3:3 operation <cloud.s.Op> 0" },
    { "a#b Op request", "1:5 operation <Op> 0" },
    { "\"#a b\" \"Op\" request", "1:8 operation <Op> 0" },
    { "\xe4\xbe\x8b Op request", "1:3 operation <Op> 0" },
    { "a Op response 100", "1:3 operation <Op> 100" },
    { "a Op response 599", "1:3 operation <Op> 599" },
    { "a Op request expect valid", "1:3 operation <Op> 0 expect@21 valid" },
    { "a Op request expect unchecked", "1:3 operation <Op> 0 expect@21 unchecked" },
    { "a Op request expect APIG.2005", "1:3 operation <Op> 0 expect@21 APIG.2005" },
    { "a Op request expect start charset APIG.2005", "1:3 operation <Op> 0 expect@35 APIG.2005 charset start" },
    { "a Op request expect length.min", "1:3 operation <Op> 0 expect@21 length.min" },
    { "a Op request expect \"charset\"", "1:3 operation <Op> 0 expect@21 \"charset\"" },
    { "a Op request expect \"valid\" type", "1:3 operation <Op> 0 expect@21 \"valid\" type" },
    { "a Op expect type unknown request", "1:3 operation <Op> 0 expect@13 unknown type" },
    { "a Op expect status response 404 rules x.rules", "1:3 operation <Op> 404 expect@13 status rules@39 base/x.rules" },
    { "a Op unknown=error rules /x request", "1:3 operation <Op> 0 rules@26 /x unknown 1" },
    { "a Op request unknown=warning", "1:3 operation <Op> 0 unknown 2" },
    { "a Op request unknown=ignore", "1:3 operation <Op> 0 unknown 3" },
    { "a Op request unknown=table", "1:3 operation <Op> 0" },
    { "a Op request rules expect", "1:3 operation <Op> 0 rules@20 base/expect" },
    { "a auto", "1:3 auto" },
    { "a auto expect APIG.2005 rules \"x y\" unknown=error", "1:3 auto expect@15 APIG.2005 rules@31 base/x y unknown 1" },
    { "a ignore", "1:3 ignore" },
    { "a \"ignore\" request", "1:3 operation <ignore> 0" },
    { "a silence /a/*/b~1 charset,type \"why # \\\"so\\\"\"", "1:3 silence 1 0 </a/*/b~1> 240 <why # \"so\">" },
    { "a silence \"\" syntax \"w\"", "1:3 silence 1 0 <> 1 <w>" },
    { "a silence * * \"w\"", "1:3 silence 0 0 <*> ffffffff <w>" },
    { "a silence header:X-A mandatory \"w\"", "1:3 silence 2 2 <X-A> 10 <w>" },
    { "a silence path:id mandatory \"w\"", "1:3 silence 2 1 <id> 10 <w>" },
    { "a silence query:* unknown \"w\"", "1:3 silence 2 3 <*> 20 <w>" },
    { "a silence status status \"w\" # so", "1:3 silence 2 4 <> 20000 <w>" },
  };
  for (size_t i = 0; i < LENGTH(cases); i++) {
    check_line(&cases[i]);
  }
}

/* What is expected is how the message begins. */
static void mistake_is_told_with_its_place(void **state) {
  (void)state;
  static const text_case cases[] = {
    { "a", "F:1:2: the line ends here; expected an operation, auto, ignore or silence" },
    { "a Op", "F:1:3: the operation \"Op\" has no direction; expected request or response STATUS behind it\n" },
    { "a ingore",
      "F:1:3: the operation \"ingore\" has no direction; expected request or response STATUS behind it; did you mean ignore?" },
    { "a request", "F:1:3: \"request\" where the operation should stand" },
    { "a \"\" request", "F:1:3: \"\" where the operation should stand" },
    { "a Op reqest", "F:1:6: unexpected \"reqest\"; expected request, response, expect, rules or unknown=; did you mean request?" },
    { "a Op request 200", "F:1:14: unexpected \"200\"; expected no status behind `request`" },
    { "a Op request valid", "F:1:14: unexpected \"valid\"; expected request, response, expect" },
    { "a Op response", "F:1:14: the line ends here; expected a status behind `response`" },
    { "a Op response 99", "F:1:15: \"99\" is no status; expected 100 to 599" },
    { "a Op response 600", "F:1:15: \"600\" is no status; expected 100 to 599" },
    { "a Op response 2xx", "F:1:15: \"2xx\" is no status" },
    { "a Op response 0200", "F:1:15: \"0200\" is no status" },
    { "a Op response 18446744073709551816", "F:1:15: \"18446744073709551816\" is no status" },
    { "a Op request response 200", "F:1:14: \"response\" is the second of its kind" },
    { "a Op request request", "F:1:14: \"request\" is the second of its kind" },
    { "a Op request expect", "F:1:20: expected valid, unchecked, a code such as APIG.2005, or names of rules" },
    { "a Op expect request", "F:1:13: expected valid, unchecked, a code" },
    { "a Op request expect type expect type", "F:1:26: \"expect\" is the second of its kind" },
    { "a Op request expect lenght.min",
      "F:1:21: \"lenght.min\" is no rule; expected one, or a code, which this may be in quotes; did you mean length.min" },
    { "a Op request expect type invalid",
      "F:1:26: \"invalid\" is no rule; expected one, or a code, which this may be in quotes; did you mean valid?" },
    { "a Op request expect valid type", "F:1:27: `valid` and `unchecked` stand alone" },
    { "a Op request expect type unchecked", "F:1:26: `valid` and `unchecked` stand alone" },
    { "a Op request expect type type", "F:1:26: this rule stands here twice" },
    { "a Op request expect A.1 A.2", "F:1:25: a second code" },
    { "a Op request expect \"\"", "F:1:21: an empty word" },
    { "a Op request rules", "F:1:19: the line ends here; expected the path of a rule file" },
    { "a Op request rules \"\"", "F:1:20: an empty path" },
    { "a Op request rules x rules y", "F:1:22: \"rules\" is the second of its kind" },
    { "a Op request unknown=eror",
      "F:1:22: \"eror\" is no policy; expected error, warning, ignore or table behind `unknown=`; did you mean error?" },
    { "a Op request unknown=", "F:1:22: \"\" is no policy" },
    { "a Op request unknown=error unknown=error", "F:1:28: \"unknown=error\" is the second of its kind" },
    { "a auto request", "F:1:8: \"request\" behind `auto`" },
    { "a auto 200", "F:1:8: unexpected \"200\"; expected expect, rules or unknown=" },
    { "a ignore expect valid", "F:1:10: unexpected \"expect\"; expected the end of the line" },
    { "[ Op request", "F:1:1: this \"[\" has no \"]\"" },
    { "\xc3\xa9/[b-a] Op request", "F:1:4: this range ends before it begins" },
    { "\"x [\" Op request", "F:1:4: this \"[\" has no \"]\"" },
    { "\"\" Op request", "F:1:2: the pattern is empty" },
    { "./a Op request", "F:1:1: no path has a part \".\"" },
    { "!a Op request", "F:1:1: a pattern does not begin with \"!\"" },
    { "a/ Op request", "F:1:1: \"a/\" is for folders, but lines are for files; expected \"**\" behind it" },
    { "\"a Op request", "F:1:1: this quotation mark has no second one" },
    { "\"a\"b Op request", "F:1:4: the word in quotes ends here; expected a blank" },
    { "\"a\\b\" Op request", "F:1:3: a lone backslash in quotes" },
    { "\"a\\", "F:1:3: a lone backslash in quotes" },
    { "\xc3\xa9\xff Op request", "F:1:2: a byte that is not UTF-8" },
    { "a\x01 Op request", "F:1:2: a control character" },
    { "a Op request\r", "F:1:13: a control character" },
    { "a silence", "F:1:10: the line ends here; expected the place of the finding" },
    { "a silence /a", "F:1:13: the line ends here; expected the rule" },
    { "a silence /a type", "F:1:18: the line ends here; expected the reason" },
    { "a silence a type \"w\"", "F:1:11: \"a\" is no place; expected a JSON pointer" },
    { "a silence header: type \"w\"", "F:1:11: \"header:\" is no place" },
    { "a silence body:a type \"w\"", "F:1:11: \"body:a\" is no place" },
    { "a silence /a~2 type \"w\"", "F:1:11: \"/a~2\" is no JSON pointer" },
    { "a silence /a~ type \"w\"", "F:1:11: \"/a~\" is no JSON pointer" },
    { "a silence /a type,tpye \"w\"",
      "F:1:19: \"tpye\" is no rule; expected one or several, separated by commas, or * for any; did you mean type?" },
    { "a silence /a type, \"w\"", "F:1:19: \"\" is no rule" },
    { "a silence /a *,type \"w\"", "F:1:14: \"*\" is no rule" },
    { "a silence /a type why", "F:1:19: expected the reason here, in quotes" },
    { "a silence /a type \" \"", "F:1:19: expected the reason here, in quotes" },
    { "a silence /a type \"w\" x", "F:1:23: \"x\" behind the reason" },
  };
  for (size_t i = 0; i < LENGTH(cases); i++) {
    check_line(&cases[i]);
  }
}

static void every_mistake_is_told_and_good_lines_hold(void **state) {
  (void)state;
  reading read;
  read_text(&read, BDC_STR("a\nb Op request\n\xff\nc Op\nd silence * * \"w\"\ne ignore"));
  assert_string_equal(read.mistakes.data,
                      "F:1:2: the line ends here; expected an operation, auto, ignore or silence behind the pattern\n"
                      "F:3:1: a byte that is not UTF-8; expected text in UTF-8\n"
                      "F:4:3: the operation \"Op\" has no direction; expected request or response STATUS behind it\n");
  assert_int_equal(read.file.mapping_count, 2);
  assert_int_equal(read.file.silencer_count, 1);
  free_reading(&read);
}

static void file_with_a_zero_byte_has_one_mistake_and_no_line(void **state) {
  (void)state;
  reading read;
  read_text(&read, BDC_STR("a Op request\nb\n\xc3\xa9\0\nc"));
  assert_string_equal(read.mistakes.data, "F:3:2: a zero byte; expected a file of text, of which no line is used now\n");
  assert_int_equal(read.file.mapping_count, 0);
  free_reading(&read);
}

static size_t line_of(const cmd_mapping *mapping) {
  return mapping ? mapping->line : 0;
}

static void last_line_that_matches_holds(void **state) {
  (void)state;
  reading read;
  read_text(&read, BDC_STR("*.json Op request\n"
                           "*.json silence * * \"w\"\n"
                           "/x/*.json Op response 200\n"
                           "bad.json ignore\n"
                           "x/bad.json oops\n"));
  assert_int_equal(line_of(cmd_mapfile_find(&read.file, BDC_STR("a.json"))), 1);
  assert_int_equal(line_of(cmd_mapfile_find(&read.file, BDC_STR("x/a.json"))), 3);
  assert_int_equal(line_of(cmd_mapfile_find(&read.file, BDC_STR("x/y/a.json"))), 1);
  assert_int_equal(line_of(cmd_mapfile_find(&read.file, BDC_STR("x/bad.json"))), 4);
  assert_null(cmd_mapfile_find(&read.file, BDC_STR("a.txt")));
  free_reading(&read);
}

typedef struct silence_case {
  const char *place;
  cmd_found finding;
  bool silenced;
} silence_case;

#define BODY(text)                                                                                                                     \
  { .in = BDC_IN_BODY, .pointer = BDC_STR(text), .field = BDC_STR("f"), .rule = BDC_RULE_TYPE }
#define HEAD(place, name)                                                                                                              \
  { .in = (place), .field = BDC_STR(name), .rule = BDC_RULE_TYPE }

static void silencer_is_for_its_place_only(void **state) {
  (void)state;
  static const silence_case cases[] = {
    { "/a", BODY("/a"), true },
    { "/a", BODY("/a/b"), false },
    { "/a", BODY(""), false },
    { "/a", BODY("/b"), false },
    { "/a/b", BODY("/a"), false },
    { "/a/*/b", BODY("/a/0/b"), true },
    { "/a/*/b", BODY("/a//b"), true },
    { "/a/*/b", BODY("/a/b"), false },
    { "/a/*/b", BODY("/a/0/1/b"), false },
    { "/a/*", BODY("/a/0"), true },
    { "/*", BODY("/a"), true },
    { "/*", BODY(""), false },
    { "/*", BODY("/a/b"), false },
    { "/a*", BODY("/ab"), false },
    { "/a~1b", BODY("/a~1b"), true },
    { "/a~1b", BODY("/a/b"), false },
    { "/", BODY("/"), true },
    { "/", BODY("/a"), false },
    { "\"\"", BODY(""), true },
    { "\"\"", BODY("/a"), false },
    { "\"\"", HEAD(BDC_IN_STATUS, ""), false },
    { "/a", HEAD(BDC_IN_HEADER, "a"), false },
    { "*", BODY("/a/b"), true },
    { "*", HEAD(BDC_IN_HEADER, "X-A"), true },
    { "*", HEAD(BDC_IN_STATUS, ""), true },
    { "header:X-a", HEAD(BDC_IN_HEADER, "x-A"), true },
    { "header:X-a", HEAD(BDC_IN_HEADER, "x-ab"), false },
    { "header:X-a", HEAD(BDC_IN_QUERY, "X-a"), false },
    { "header:*", HEAD(BDC_IN_HEADER, "X-A"), true },
    { "path:id", HEAD(BDC_IN_PATH, "id"), true },
    { "path:id", HEAD(BDC_IN_PATH, "ID"), false },
    { "query:q", HEAD(BDC_IN_QUERY, "q"), true },
    { "query:q", BODY("/q"), false },
    { "status", HEAD(BDC_IN_STATUS, ""), true },
    { "status", BODY("/status"), false },
  };
  for (size_t i = 0; i < LENGTH(cases); i++) {
    blob text = { 0 };
    reading read;
    blob_print(&text, "a silence %s type \"w\"\n", cases[i].place);
    read_text(&read, blob_str(&text));
    assert_int_equal(read.file.silencer_count, 1);
    if ((cmd_mapfile_silence(&read.file, BDC_STR("a"), &cases[i].finding) != NULL) != cases[i].silenced) {
      fail_msg("%s: case %zu", cases[i].place, i);
    }
    assert_int_equal(atomic_load(&read.file.silencers[0].used), cases[i].silenced);
    blob_free(&text);
    free_reading(&read);
  }
}

static void silencer_is_for_its_files_and_rules_only(void **state) {
  (void)state;
  reading read;
  cmd_found type = BODY("/a");
  cmd_found range = type;
  range.rule = BDC_RULE_RANGE;
  cmd_found last = type;
  last.rule = BDC_RULE_MEDIA_TYPE;
  read_text(&read, BDC_STR("x/*.json silence /a type,charset \"w\"\n* silence * media-type \"v\"\nx/* silence /a * \"u\"\n"));
  const cmd_silencer *silencers = read.file.silencers;
  assert_ptr_equal(cmd_mapfile_silence(&read.file, BDC_STR("x/a.json"), &type), &silencers[0]);
  assert_true(atomic_load(&silencers[2].used)); /* it is for the finding as well */
  assert_ptr_equal(cmd_mapfile_silence(&read.file, BDC_STR("x/a.json"), &range), &silencers[2]);
  assert_ptr_equal(cmd_mapfile_silence(&read.file, BDC_STR("y/a.json"), &last), &silencers[1]);
  assert_null(cmd_mapfile_silence(&read.file, BDC_STR("y/a.json"), &type));
  assert_null(cmd_mapfile_silence(&read.file, BDC_STR("x/y/a.json"), &range));
  free_reading(&read);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(line_says_what_a_file_is),
    cmocka_unit_test(mistake_is_told_with_its_place),
    cmocka_unit_test(every_mistake_is_told_and_good_lines_hold),
    cmocka_unit_test(file_with_a_zero_byte_has_one_mistake_and_no_line),
    cmocka_unit_test(last_line_that_matches_holds),
    cmocka_unit_test(silencer_is_for_its_place_only),
    cmocka_unit_test(silencer_is_for_its_files_and_rules_only),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
