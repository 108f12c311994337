/* SPDX-License-Identifier: MIT */
/* Text stands in Markdown as it is, also in a table's cell, whatever it holds. */
#include "markdown.h"
#include "text.h"

#include "unit/support.h"

static void expect(void (*put)(cmd_output *, bdc_str), const char *text, const char *expected) {
  cmd_output out = CMD_MEMORY;
  put(&out, cmd_str(text));
  cmd_put(&out, (bdc_str){ "", 1 });
  assert_string_equal(out.data, expected);
  cmd_output_free(&out);
}

static void text_is_no_markup(void **state) {
  (void)state;
  expect(cmd_markdown_text, "", "");
  expect(cmd_markdown_text, "a plain sentence, with a-hyphen.", "a plain sentence, with a-hyphen.");
  expect(cmd_markdown_text, "a|b\\c *d* `e` [f](g) ~h~ $i$", "a\\|b\\\\c \\*d\\* \\`e\\` \\[f\\](g) \\~h\\~ \\$i\\$");
  expect(cmd_markdown_text, "<b>&amp;", "&lt;b&gt;&amp;amp;");
}

static void an_underscore_within_a_word_is_none(void **state) {
  (void)state;
  expect(cmd_markdown_text, "snake_case2_x", "snake_case2_x");
  expect(cmd_markdown_text, "_a_ a_ _", "\\_a\\_ a\\_ \\_");
}

static void what_hides_is_shown(void **state) {
  (void)state;
  expect(cmd_markdown_text, "a\nb\xff\xe2\x80\x8b", "a\\\\x0ab\\\\xff\\\\u{200b}");
  expect(cmd_markdown_code, "a\nb\xff", "`a\\x0ab\\xff`");
}

static void code_is_a_span_where_it_can_be(void **state) {
  (void)state;
  expect(cmd_markdown_code, "", "");
  expect(cmd_markdown_code, "length 3..64", "`length 3..64`");
  expect(cmd_markdown_code, "^a<b>\\.*_$", "`^a<b>\\.*_$`");
  expect(cmd_markdown_code, "a | b", "`a \\| b`");
}

/* A span has no way to tell these. */
static void other_code_is_spelled_out(void **state) {
  (void)state;
  expect(cmd_markdown_code, "a`b", "<code>a&#96;b</code>");
  expect(cmd_markdown_code, "a\\|b", "<code>a&#92;&#124;b</code>");
  expect(cmd_markdown_code, " a", "<code> a</code>");
  expect(cmd_markdown_code, "a\\", "<code>a&#92;</code>");
  expect(cmd_markdown_code, "`<x>&*\xc3\xbc", "<code>&#96;&#60;x&#62;&#38;&#42;\xc3\xbc</code>");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(text_is_no_markup),         cmocka_unit_test(an_underscore_within_a_word_is_none),
    cmocka_unit_test(what_hides_is_shown),       cmocka_unit_test(code_is_a_span_where_it_can_be),
    cmocka_unit_test(other_code_is_spelled_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
