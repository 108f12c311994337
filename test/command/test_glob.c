/* SPDX-License-Identifier: MIT */
/*
 * Patterns. What each of them matches was compared with git 2.39: check-attr for files, check-ignore for folders. Only one case differs,
 * the last with "y" and two stars before a "/": git's matcher sees it from the stars on and takes them for folders, against its manual.
 */
#include "unit/support.h"

#include "find/glob.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

typedef struct match_case {
  const char *pattern;
  const char *path; /* of a folder where it ends in "/" */
  bool matches;
} match_case;

static bool match(const char *pattern, const char *path) {
  cmd_glob glob;
  const char *mistake;
  size_t offset;
  bdc_str text = cmd_str(path);
  bool is_folder = text.data[text.size - 1] == '/';
  cmd_glob_parse(cmd_str(pattern), &glob, &mistake, &offset);
  return cmd_glob_match(&glob, (bdc_str){ text.data, text.size - is_folder }, is_folder);
}

static void check_matches(const match_case *cases, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (match(cases[i].pattern, cases[i].path) != cases[i].matches) {
      fail_msg("%s %s %s", cases[i].pattern, cases[i].matches ? "must match" : "must not match", cases[i].path);
    }
  }
}

static void pattern_without_slash_matches_the_last_part(void **state) {
  (void)state;
  static const match_case cases[] = {
    { "a.json", "a.json", true },
    { "a.json", "x/y/a.json", true },
    { "a.json", "a.json/x", false },
    { "a.json", "xa.json", false },
    { "a.json", "a.jsonx", false },
    { "a.json", "A.json", false },
    { "*.json", "x/a.json", true },
    { "*.json", ".json", true },
    { "*.json", "x.json/a", false },
    { "*", "x/y", true },
    { "**", "x/y", true },
    { "a**b", "x/aqqb", true },
    { "a**b", "a/b", false },
    { "?", "x", true },
    { "?", "xy", false },
    { "?", "\xc3\xa9", false },
    { "??", "\xc3\xa9", true },
    { "*a*b*", "xxayybzz", true },
    { "*a*b*", "xxbyyazz", false },
    { "a*a", "a", false },
    { "a*a", "aa", true },
    { "*ab", "aab", true },
    { "*aab", "aaab", true },
    { "a*bc*d", "abcbcd", true },
    { "dir/", "dir/", true },
    { "dir/", "dir", false },
    { "dir/", "x/dir/", true },
    { "dir", "dir/", true },
    { "dir/", "dir/x", false },
    { "a b.json", "x/a b.json", true },
    { "a\nb.json", "x/a\nb.json", true },
  };
  check_matches(cases, LENGTH(cases));
}

static void pattern_with_slash_stands_for_the_whole_path(void **state) {
  (void)state;
  static const match_case cases[] = {
    { "/a", "a", true },
    { "/a", "x/a", false },
    { "x/a", "x/a", true },
    { "x/a", "y/x/a", false },
    { "/x/a", "x/a", true },
    { "x/*", "x/a", true },
    { "x/*", "x/a/b", false },
    { "*/a", "x/a", true },
    { "*/a", "a", false },
    { "*/a", "x/y/a", false },
    { "x/*/a", "x/y/a", true },
    { "x/*/a", "x/a", false },
    { "x/*/a", "x/y/z/a", false },
    { "x?a", "x/a", false },
    { "x*a", "x/a", false },
    { "x[/]a", "x/a", false },
    { "/x[!a]y", "x/y", false },
    { "x/y/", "x/y/", true },
    { "x/y/", "x/y", false },
    { "x/*b*/c", "x/abc/c", true },
    { "x/a*c/*d", "x/abc/cd", true },
    { "x/a*c/*d", "x/ab/cd", false },
    { "/*/*", "x/y", true },
    { "/*/*", "x", false },
  };
  check_matches(cases, LENGTH(cases));
}

static void two_stars_match_any_number_of_folders(void **state) {
  (void)state;
  static const match_case cases[] = {
    { "**/a", "a", true },
    { "**/a", "x/a", true },
    { "**/a", "x/y/a", true },
    { "**/a", "xa", false },
    { "/**/a", "x/y/a", true },
    { "x/**", "x/a", true },
    { "x/**", "x/a/b", true },
    { "x/**", "x", false },
    { "x/**", "x/", false },
    { "x/**", "y/x/a", false },
    { "x/**/a", "x/a", true },
    { "x/**/a", "x/y/a", true },
    { "x/**/a", "x/y/z/a", true },
    { "x/**/a", "xa", false },
    { "x/**/a", "x/ya", false },
    { "x/**/a/b", "x/a/a/b", true },
    { "**/a/**/b", "a/b", true },
    { "**/a/**/b", "x/a/y/b", true },
    { "**/a/**/b", "b/a", false },
    { "**/**/a", "a", true },
    { "x/**/**/a", "x/y/a", true },
    { "x/***/a", "x/y/z/a", true },
    { "x/**y/a", "x/zy/a", true },
    { "x/**y/a", "x/z/y/a", false },
    { "x/y**/a", "x/yz/a", true },
    { "x/y**/a", "x/y/z/a", false },
    { "**/x/*/a", "x/x/y/a", true },
    { "**/*.json", "x/a.json", true },
    { "x/**/*b*/a", "x/a/b/a", true },
    { "x/**/*b*/a", "x/a/c/a", false },
    { "x/**/", "x/y/", true },
    { "x/**/", "x/y", false },
    { "**/", "x/", true },
    { "**/", "x", false },
  };
  check_matches(cases, LENGTH(cases));
}

static void set_matches_one_byte(void **state) {
  (void)state;
  static const match_case cases[] = {
    { "[ab]", "a", true },
    { "[ab]", "c", false },
    { "[ab]", "ab", false },
    { "[!ab]", "c", true },
    { "[!ab]", "a", false },
    { "[^ab]", "c", true },
    { "[^ab]", "b", false },
    { "[a^]", "^", true },
    { "[a-c]", "b", true },
    { "[a-c]", "-", false },
    { "[a-]", "-", true },
    { "[-a]", "-", true },
    { "[]a]", "]", true },
    { "[]a]", "a", true },
    { "[!]a]", "]", false },
    { "[!]a]", "b", true },
    { "[a-c-e]", "-", true },
    { "[a-c-e]", "d", false },
    { "[\\]a]", "]", true },
    { "[a\\-c]", "b", false },
    { "[a\\-c]", "-", true },
    { "[\\a-c]", "b", true },
    { "[[]", "[", true },
    { "[[:digit:]]", "7", true },
    { "[[:digit:]]", "a", false },
    { "[[:alpha:]_]", "_", true },
    { "[![:alpha:]]", "1", true },
    { "[[:xdigit:]]", "g", false },
    { "[[:upper:][:digit:]]", "A", true },
    { "[[:lower:]]", "A", false },
    { "[[:space:]]", " ", true },
    { "[[:punct:]]", "-", true },
    { "[[:alnum:]]", "\xc3", false },
    { "[[:blank:]]", "\t", true },
    { "[[:cntrl:]]", "\x01", true },
    { "[[:graph:]]", " ", false },
    { "[[:print:]]", " ", true },
    { "[[:x]", ":", true },
    { "[[:x]", "x", true },
    { "x[a]*[b]y", "xazzby", true },
    { "[:alpha:]", "p", true },
    { "[:alpha:]", "b", false },
    { "[[:digit:]-a]", "-", true },
  };
  check_matches(cases, LENGTH(cases));
}

static void backslash_takes_the_next_character_as_it_is(void **state) {
  (void)state;
  static const match_case cases[] = {
    { "\\*", "*", true },     { "\\*", "a", false },   { "\\?", "?", true },     { "\\?", "a", false },
    { "\\[a]", "[a]", true }, { "\\a", "a", true },    { "\\\\", "\\", true },   { "a\\ b", "a b", true },
    { "\\!a", "!a", true },   { "\\**", "*ab", true }, { "**\\*", "ab*", true }, { "\\#a", "#a", true },
  };
  check_matches(cases, LENGTH(cases));
}

/* git reads all of these, and finds nothing by them; but for the last two, in which it finds the first of the range. */
static void pattern_with_a_mistake_matches_what_git_finds_by_it(void **state) {
  (void)state;
  static const match_case cases[] = {
    { "[", "[", false },     { "a[", "a[", false },  { "[a", "[a", false },           { "[]", "[]", false },
    { "a\\", "a\\", false }, { "./a", "a", false },  { "a//b", "a/b", false },        { "../a", "a", false },
    { "/", "a/", false },    { "", "a", false },     { "[[:letter:]a]", "a", false }, { "[[:ALPHA:]]", "a", false },
    { "[b-a]", "a", false }, { "[b-a]", "b", true }, { "[c-ab]", "b", true },
  };
  check_matches(cases, LENGTH(cases));
}

typedef struct mistake_case {
  const char *pattern;
  size_t offset;
  const char *mistake; /* it begins so */
} mistake_case;

static void mistake_is_told_with_its_place(void **state) {
  (void)state;
  static const mistake_case cases[] = {
    { "", 0, "the pattern is empty" },
    { "/", 0, "the pattern is empty" },
    { "//", 0, "the pattern is empty" },
    { "a[", 1, "this \"[\" has no \"]\"" },
    { "x[]", 1, "this \"[\" has no \"]\"" },
    { "x[!]", 1, "this \"[\" has no \"]\"" },
    { "[a]/b[a-", 5, "this \"[\" has no \"]\"" },
    { "[a\\]", 0, "this \"[\" has no \"]\"" },
    { "[a\\", 0, "this \"[\" has no \"]\"" },
    { "[[:digit:]", 0, "this \"[\" has no \"]\"" },
    { "/a[b-a]", 3, "this range ends before it begins" },
    { "[xb-ay]", 2, "this range ends before it begins" },
    { "a[[:letter:]]", 2, "there is no such class" },
    { "a[[::]]", 2, "there is no such class" },
    { "a\\", 1, "there is nothing behind this backslash" },
    { "a\\\\\\", 3, "there is nothing behind this backslash" },
    { "/a\\/", 2, "there is nothing behind this backslash" },
    { "./a", 0, "no path has a part \".\"" },
    { "/x/../a", 3, "no path has a part \".\"" },
    { "x/.", 2, "no path has a part \".\"" },
    { "a//b", 2, "no path has an empty part" },
    { "//a", 1, "no path has an empty part" },
  };
  for (size_t i = 0; i < LENGTH(cases); i++) {
    cmd_glob glob;
    const char *mistake;
    size_t offset;
    bool parsed = cmd_glob_parse(cmd_str(cases[i].pattern), &glob, &mistake, &offset);
    if (parsed || offset != cases[i].offset || strncmp(mistake, cases[i].mistake, strlen(cases[i].mistake)) != 0) {
      fail_msg("%s: %zu: %s", cases[i].pattern, offset, parsed ? "parsed" : mistake);
    }
  }
}

static void good_pattern_has_no_mistake(void **state) {
  (void)state;
  static const char *const patterns[] = { "a",           "/a",  "a/",    "**",    "[]]", "[a-a]", "\\\\",
                                          "[[:alpha:]]", "...", ".a/b.", "[\\]]", "a]",  "[a/b]" };
  for (size_t i = 0; i < LENGTH(patterns); i++) {
    cmd_glob glob;
    const char *mistake;
    size_t offset;
    if (!cmd_glob_parse(cmd_str(patterns[i]), &glob, &mistake, &offset) || mistake) {
      fail_msg("%s: %zu: %s", patterns[i], offset, mistake);
    }
  }
}

static void plain_pattern_is_one_without_wildcards(void **state) {
  (void)state;
  static const struct {
    const char *pattern;
    bool plain;
  } cases[] = {
    { "a/b.json", true }, { "a\\*b", true }, { "a\\[b", true }, { "a\\\\*", false }, { "a*", false }, { "a?", false }, { "[a]", false },
  };
  for (size_t i = 0; i < LENGTH(cases); i++) {
    cmd_glob glob;
    const char *mistake;
    size_t offset;
    assert_true(cmd_glob_parse(cmd_str(cases[i].pattern), &glob, &mistake, &offset));
    assert_int_equal(cmd_glob_is_plain(&glob), cases[i].plain);
  }
}

/* Each of these takes years where a matcher goes back to more than the last star. */
static void many_stars_take_no_long_time(void **state) {
  (void)state;
  blob stars = { 0 };
  blob parts = { 0 };
  blob path = { 0 };
  blob folders = { 0 };
  blob_repeat(&stars, "*a", 200);
  blob_print(&stars, "*b");
  blob_repeat(&parts, "**/a*a*a*/", 100);
  blob_print(&parts, "b");
  blob_repeat(&path, "a", 5000);
  blob_repeat(&folders, "aaaaaaaa/", 1000);
  blob_print(&folders, "a");
  assert_false(match(stars.data, path.data));
  assert_false(match(parts.data, folders.data));
  blob_free(&stars);
  blob_free(&parts);
  blob_free(&path);
  blob_free(&folders);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(pattern_without_slash_matches_the_last_part),
    cmocka_unit_test(pattern_with_slash_stands_for_the_whole_path),
    cmocka_unit_test(two_stars_match_any_number_of_folders),
    cmocka_unit_test(set_matches_one_byte),
    cmocka_unit_test(backslash_takes_the_next_character_as_it_is),
    cmocka_unit_test(pattern_with_a_mistake_matches_what_git_finds_by_it),
    cmocka_unit_test(mistake_is_told_with_its_place),
    cmocka_unit_test(good_pattern_has_no_mistake),
    cmocka_unit_test(plain_pattern_is_one_without_wildcards),
    cmocka_unit_test(many_stars_take_no_long_time),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
