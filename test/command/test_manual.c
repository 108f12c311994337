/* SPDX-License-Identifier: MIT */
/* The manual: what stands in text comes out as it is, in macros that are no accident; help texts and Markdown keep their shape. */
#include "unit/support.h"

#include "manual/man.h"
#include "manual/markdown.h"
#include "text.h"

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

typedef struct pair {
  const char *from;
  const char *to;
} pair;

static void expect_text(const char *expected, cmd_output *out) {
  cmd_put(out, (bdc_str){ "", 1 });
  assert_string_equal(expected, out->data);
  cmd_output_free(out);
}

static void text_is_escaped(void **state) {
  (void)state;
  static const pair pairs[] = {
    { "", "" },
    { "a-b --c", "a\\-b \\-\\-c" },
    { "a\\b 'c' \"d\" `e` ^ ~", "a\\(rsb \\(aqc\\(aq \\(dqd\\(dq \\(gae\\(ga \\(ha \\(ti" },
    { ".bodycheck .b", "\\&.bodycheck .b" },
    { "'x", "\\(aqx" },
    { "One. Two... three. .four", "One.\nTwo... three.\n\\&.four" },
    { "  a \n\t b\r\nc", "a b c" },
    { "caf\xc3\xa9 \xe2\x86\x92 \xf0\x9f\x8d\xb0", "caf\\[u00E9] \\[u2192] \\[u1F370]" },
  };
  for (size_t i = 0; i < LENGTH(pairs); i++) {
    cmd_output out = CMD_MEMORY;
    cmd_man_text(&out, cmd_str(pairs[i].from));
    expect_text(pairs[i].to, &out);
  }
}

static void words_in_capitals_are_placeholders(void **state) {
  (void)state;
  static const pair pairs[] = {
    { "", "" },
    { "FILE...", "\\fIFILE\\fR\\fB...\\fR" },
    { "length A..B", "\\fBlength \\fR\\fIA\\fR\\fB..\\fR\\fIB\\fR" },
    { "service NAME \"TITLE\"", "\\fBservice \\fR\\fINAME\\fR\\fB \\(dq\\fR\\fITITLE\\fR\\fB\\(dq\\fR" },
    { "NO_COLOR", "\\fINO_COLOR\\fR" },
    { "[A-Za-z\\p{Han}]", "\\fB[A\\-Za\\-z\\(rsp{Han}]\\fR" },
    { "X-Auth-Token PCRE2 \\C _x", "\\fBX\\-Auth\\-Token PCRE2 \\(rsC _x\\fR" },
  };
  for (size_t i = 0; i < LENGTH(pairs); i++) {
    cmd_output out = CMD_MEMORY;
    cmd_man_literal(&out, cmd_str(pairs[i].from));
    expect_text(pairs[i].to, &out);
  }
}

static void help_texts_keep_their_shape(void **state) {
  (void)state;
  cmd_output out = CMD_MEMORY;
  cmd_man_heading(&out, BDC_STR("Exit status"));
  cmd_man_help(&out, "First. Second\nline:\n"
                     "  json  an array\n"
                     "  very long tag  text\n"
                     "    that goes on\n"
                     "Behind.\n"
                     "\n"
                     "    .verbatim  line\n"
                     "      more\n"
                     "\n"
                     "Last.");
  expect_text(".SH \"EXIT STATUS\"\n"
              "First.\nSecond line:\n"
              ".TP\n\\fBjson\\fR\nan array\n"
              ".TP\n\\fBvery long tag\\fR\ntext that goes on\n"
              ".PP\nBehind.\n"
              ".PP\n.RS 4\n.nf\n\\&.verbatim  line\n  more\n.fi\n.RE\n"
              ".PP\nLast.\n",
              &out);
}

static void markdown_keeps_its_shape(void **state) {
  (void)state;
  cmd_output out = CMD_MEMORY;
  cmd_man_markdown(&out, BDC_STR("# Name\n\nA `code-word` and\n`NAME`. Next.\n\n## Top level\n\nText.\n\n"
                                 "| statement | meaning |\r\n|---|---|\r\n| `a \\| b` | or `c` |\r\n| plain | |\n\n"
                                 "### `errors`\n\n```rules\n# kept `as` it is\n  .x\n```\nEnd."));
  expect_text(".PP\nA \\fBcode\\-word\\fR and \\fINAME\\fR.\nNext.\n"
              ".SH \"TOP LEVEL\"\nText.\n"
              ".TP\n\\fBa | b\\fR\nor \\fBc\\fR\n"
              ".TP\nplain\n"
              ".SS \"errors\"\n.RS 4\n.nf\n# kept \\(gaas\\(ga it is\n  .x\n.fi\n.RE\n"
              ".PP\nEnd.\n",
              &out);
}

/* Nothing is lost, and no block stays open. */
static void broken_markdown_is_taken_as_it_comes(void **state) {
  (void)state;
  static const pair pairs[] = {
    { "", ".end\n" },
    { "a `b", ".PP\na \\fBb\\fR\n.end\n" },
    { "`", ".PP\n.end\n" },
    { "```\nx", ".PP\n.RS 4\n.nf\nx\n.fi\n.RE\n.end\n" },
    { "|a|b|\n|-|-|\n|c", ".TP\nc\n.end\n" },
    { "|a|b|\n|-|-|\n|", ".TP\n\n.end\n" },
    { "#", ".end\n" },
    { "|\\", ".end\n" },
  };
  for (size_t i = 0; i < LENGTH(pairs); i++) {
    cmd_output out = CMD_MEMORY;
    cmd_man_markdown(&out, cmd_str(pairs[i].from));
    cmd_man_macro(&out, ".end");
    expect_text(pairs[i].to, &out);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(text_is_escaped),
    cmocka_unit_test(words_in_capitals_are_placeholders),
    cmocka_unit_test(help_texts_keep_their_shape),
    cmocka_unit_test(markdown_keeps_its_shape),
    cmocka_unit_test(broken_markdown_is_taken_as_it_comes),
  };
  return cmocka_run_group_tests_name("manual", tests, NULL, NULL);
}
