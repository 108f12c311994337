/* SPDX-License-Identifier: MIT */
/* What stands in a page can neither open a tag nor hide, and a page is whole. */
#include "html.h"
#include "text.h"

#include "unit/support.h"

#include <string.h>

static void expect_text(const char *text, size_t size, const char *expected) {
  cmd_output out = CMD_MEMORY;
  cmd_html_text(&out, (bdc_str){ text, size });
  cmd_put(&out, (bdc_str){ "", 1 });
  assert_string_equal(out.data, expected);
  cmd_output_free(&out);
}

#define EXPECT_TEXT(text, expected) expect_text(text, sizeof(text) - 1, expected)

static void what_html_reads_as_markup_is_escaped(void **state) {
  (void)state;
  expect_text(NULL, 0, "");
  EXPECT_TEXT("", "");
  EXPECT_TEXT("plain", "plain");
  EXPECT_TEXT("<b a=\"1\" b='2'>&amp;", "&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;amp;");
  EXPECT_TEXT("&", "&amp;");
  EXPECT_TEXT("\xe6\xbc\xa2 < \xc3\xbc", "\xe6\xbc\xa2 &lt; \xc3\xbc");
}

static void what_hides_is_shown(void **state) {
  (void)state;
  EXPECT_TEXT("a\xe2\x80\x8b<b", "a\\u{200b}&lt;b");
  EXPECT_TEXT("a\n\tb\0c", "a\\x0a\\x09b\\x00c");
}

static void bytes_that_are_not_utf8_are_shown(void **state) {
  (void)state;
  EXPECT_TEXT("\xff", "\\xff");
  EXPECT_TEXT("\xe6\xbc<\xa2", "\\xe6\\xbc&lt;\\xa2");
}

/* How often `part` stands in `text`. */
static size_t count(const char *text, const char *part) {
  size_t found = 0;
  for (const char *at = text; (at = strstr(at, part)) != NULL; at++) {
    found++;
  }
  return found;
}

static void a_page_is_whole_and_asks_nothing_of_the_network(void **state) {
  (void)state;
  cmd_output out = CMD_MEMORY;
  cmd_html_begin(&out, "a </title> & more");
  cmd_html_table_begin(&out, cmd_str("rows of \"x\""));
  cmd_html_table_end(&out);
  cmd_html_end(&out);
  cmd_put(&out, (bdc_str){ "", 1 });
  assert_int_equal(strncmp(out.data, "<!DOCTYPE html>\n", 16), 0);
  assert_non_null(strstr(out.data, "<title>a &lt;/title&gt; &amp; more</title>"));
  assert_non_null(strstr(out.data, "aria-label=\"rows of &quot;x&quot;\""));
  static const char *const both[][2] = {
    { "<html ", "</html>" }, { "<head>", "</head>" },   { "<style>", "</style>" }, { "<body>", "</body>" },
    { "<main>", "</main>" }, { "<table>", "</table>" }, { "<div ", "</div>" },     { "{", "}" },
  };
  for (size_t i = 0; i < sizeof(both) / sizeof(both[0]); i++) {
    assert_int_equal(count(out.data, both[i][0]), count(out.data, both[i][1]));
    assert_true(count(out.data, both[i][0]) > 0);
  }
  static const char *const never[] = { "http:", "https:", "url(", "@import", "<script", "<link" };
  for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++) {
    assert_null(strstr(out.data, never[i]));
  }
  cmd_output_free(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_html_reads_as_markup_is_escaped),
    cmocka_unit_test(what_hides_is_shown),
    cmocka_unit_test(bytes_that_are_not_utf8_are_shown),
    cmocka_unit_test(a_page_is_whole_and_asks_nothing_of_the_network),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
