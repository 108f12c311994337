/* SPDX-License-Identifier: MIT */
/* Rule texts at the edges of the language, lists and maps at theirs, and lack of memory for what is rarely needed. */
#include "unit/support.h"

#include "base/str.h"
#include "rules/list.h"
#include "rules/mistake.h"
#include "rules/ruleset.h"

#include <bodycheck/table.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

/* What follows starts in line 4. */
#define HEAD "provider p\nservice s A\nsource t x\n"
#define NUMBER_IS_NO_RULE                                                                                                              \
  "f:5:13: unknown rule \"400\"; expected one of syntax, encoding, duplicate, limit, mandatory, unknown, type, length.min, "           \
  "length.max, charset, start, enum, range, items, includes, pattern, format, status, media-type, mandatory.body, limit.size\n"
#define ROW HEAD "object o\n  a "

static void collect(const bdc_diagnostic *diagnostic, void *context) {
  blob_add_str(context, diagnostic->file);
  blob_print(context, ":%zu:%zu: ", diagnostic->line, diagnostic->column);
  blob_add_str(context, diagnostic->message);
  blob_print(context, "\n");
}

static bdc_status parse(const bdc_rule_text *texts, size_t count, const bdc_options *options, blob *mistakes) {
  bdc_options alone = *options;
  alone.without_builtin = true;
  bdc_diagnostics diagnostics = { collect, mistakes };
  bdc_ruleset *ruleset = (bdc_ruleset *)mistakes;
  bdc_status status = bdc_ruleset_parse(texts, count, &alone, &ruleset, &diagnostics);
  assert_int_equal(ruleset == NULL, status != BDC_OK);
  bdc_ruleset_free(ruleset);
  return status;
}

static const bdc_options usual = { .provider = NULL };

static void assert_mistakes(const char *text, const char *expected) {
  blob mistakes = { 0 };
  bdc_rule_text rules = { BDC_STR("f"), { text, strlen(text) } };
  blob_add(&mistakes, "", 0);
  bdc_status status = parse(&rules, 1, &usual, &mistakes);
  if (strcmp(mistakes.data, expected) != 0) {
    fail_msg("%.200s:\n%sexpected:\n%s", text, mistakes.data, expected);
  }
  assert_int_equal(status, *expected ? BDC_ERR_RULES : BDC_OK);
  blob_free(&mistakes);
}

/* ---- words ---- */

/* What is quoted is text: no number, no status, no source, no keyword. */
static void quoted_words_are_only_text(void **state) {
  (void)state;
  static const struct {
    const char *rules;
    const char *expected;
  } cases[] = {
    { HEAD "class x \"\"\n", "f:4:9: \"\" is no bracket class; expected [...]\n" },
    { HEAD "errors\n  body \"400\" type 400 P.1 \"x\" @t\n", "" },
    { HEAD "errors\n  body type \"400\" 400 P.1 \"x\" @t\n", NUMBER_IS_NO_RULE },
    { HEAD "errors\n  body a * \"400\" P.1 \"x\" @t\n", "f:5:12: \"400\" is no HTTP status; expected 100 to 599\n" },
    { ROW "string optional enum \"a\\", "f:5:26: a quote without its end; expected \" in the same line\n" },
    { ROW "string optional pattern\n", "f:5:28: the line ends here; expected a pattern\n" },
    { ROW "string optional length x \"\" @t\n", "f:5:28: \"x\" is no range; expected A..B, ..B, A.. or A\n" },
    { ROW "string optional charset \"[a]b\" @t\n", "f:5:29: expected one bracket class, [...]\n" },
    { ROW "string optional charset \"[a]\" @t\n", "" },
    { HEAD "operation O PUT /o/{a}b} @t\n", "f:4:20: \"{a}b}\" in the path; a parameter, {name}, is a whole segment\n" },
    { HEAD "operation O PUT /o @t\n  header\n    X string mandatory unless \"@k\" @t\n", "" },
    { HEAD "operation O PUT /o @t\n  header\n    X string mandatory unless \"\" @t\n",
      "f:6:31: expected the name of a header field behind `unless`\n" },
  };
  for (size_t i = 0; i < LENGTH(cases); i++) {
    assert_mistakes(cases[i].rules, cases[i].expected);
  }
}

/* Where one ends only matters for where the line goes on: PCRE2 has the last word on what it is. */
static void items_of_a_class_are_found_as_pcre2_finds_them(void **state) {
  (void)state;
  static const char *const accepted[] = { "[\\:\\@\\~]", "[\\ ]",    "[\\0]", "[[:alpha:]\\~]", "[[:a]",
                                          "[[:a:b]",     "[\\{\\}]", "[[.a]", "[\\\xc3\xa9]" };
  blob text = { 0 };
  for (size_t i = 0; i < LENGTH(accepted); i++) {
    blob_clear(&text);
    blob_print(&text, ROW "string optional charset %s @t\n", accepted[i]);
    assert_mistakes(text.data, "");
  }
  blob_clear(&text);
  blob_print(&text, ROW "string optional charset [[:");
  blob_repeat(&text, "a", 100);
  blob_print(&text, "] @t\n");
  assert_mistakes(text.data, "");
  blob_free(&text);
}

/* The note that there are more stays the last, also where the row that goes beyond has several. */
static void a_file_is_given_up_within_a_row_of_several_mistakes(void **state) {
  (void)state;
  for (int before = BDC__MISTAKES_MAX - 4; before <= BDC__MISTAKES_MAX + 1; before++) {
    blob text = { 0 };
    blob mistakes = { 0 };
    blob_print(&text, HEAD);
    blob_repeat(&text, "nonsense\n", (size_t)before);
    blob_print(&text, "object o\n  a string optinal range 1..2 length 1..x @w\n");
    bdc_rule_text rules = { BDC_STR("f"), blob_str(&text) };
    assert_int_equal(parse(&rules, 1, &usual, &mistakes), BDC_ERR_RULES);
    size_t lines = 0;
    for (size_t i = 0; i < mistakes.size; i++) {
      lines += mistakes.data[i] == '\n';
    }
    const char *note = strstr(mistakes.data, "too many mistakes");
    assert_int_equal(lines, before + 4 <= BDC__MISTAKES_MAX ? before + 4 : BDC__MISTAKES_MAX + 1);
    assert_int_equal(note != NULL, before + 4 > BDC__MISTAKES_MAX);
    assert_true(!note || strchr(note, '\n') == mistakes.data + mistakes.size - 1);
    blob_free(&text);
    blob_free(&mistakes);
  }
}

static void an_enum_has_a_most_of_values(void **state) {
  (void)state;
  enum { VALUES_MAX = 1 << 20 };
  blob text = { 0 };
  blob_print(&text, ROW "integer optional enum 1");
  blob_repeat(&text, " | 1", VALUES_MAX - 1);
  blob_print(&text, " @t\n");
  assert_mistakes(text.data, "");
  text.size -= strlen(" @t\n");
  blob_print(&text, " | 2 @t\n");
  assert_mistakes(text.data, "f:5:4194331: too many values; expected at most 1048576\n");
  blob_free(&text);
}

static void texts_that_are_listed_twice_are_still_found(void **state) {
  (void)state;
  bdc_ruleset *ruleset = ruleset_of(HEAD "operation O PUT /o @t\n  request\n    a string optional enum red | red | blue @t\n");
  static const struct {
    const char *body;
    bdc_verdict verdict;
  } cases[] = { { "{\"a\":\"red\"}", BDC_VALID }, { "{\"a\":\"blue\"}", BDC_VALID }, { "{\"a\":\"green\"}", BDC_INVALID } };
  bdc_checker *checker = checker_of(ruleset, NULL);
  for (size_t i = 0; i < LENGTH(cases); i++) {
    bdc_str body = { cases[i].body, strlen(cases[i].body) };
    assert_int_equal(check_copy(checker, bdc_operation_at(ruleset, 0), 0, body), cases[i].verdict);
  }
  bdc_checker_free(checker);
  bdc_ruleset_free(ruleset);
}

/* ---- what messages are made of ---- */

static void lists_of_words_are_cut_where_there_is_no_room(void **state) {
  (void)state;
  static const char *const names[] = { "abc", "def", "ghi" };
  char buffer[8];
  bdc__words_join(buffer, sizeof buffer, names, LENGTH(names));
  assert_string_equal(buffer, "abc, de");
  bdc__words_join(buffer, sizeof buffer, names, 1);
  assert_string_equal(buffer, "abc");
  bdc__words_join(buffer, sizeof buffer, names, 0);
  assert_string_equal(buffer, "");
}

static void a_name_is_near_that_shares_a_letter_and_is_not_too_long(void **state) {
  (void)state;
  static const char long_name[] = "a-name-of-more-characters-than-a-message-would-ever-show-of-one";
  static const char *const names[] = { long_name, "b", "items" };
  assert_string_equal(bdc__words_nearest(BDC_STR("item"), names, LENGTH(names)), "items");
  assert_null(bdc__words_nearest(BDC_STR("a"), names, LENGTH(names)));
  assert_null(bdc__words_nearest((bdc_str){ long_name, sizeof long_name - 1 }, names, LENGTH(names)));
}

static void formats_have_names(void **state) {
  (void)state;
  static const char *const names[] = { "none", "date-time", "epoch-ms", "hex", "uuid", "media-type" };
  for (size_t i = 0; i < LENGTH(names); i++) {
    assert_string_equal(bdc_format_name((bdc_format)i), names[i]);
  }
  assert_string_equal(bdc_format_name((bdc_format)LENGTH(names)), "?");
}

/* Two keys of one hash, of 64 bits: FNV-1a is known to give it to these. */
static void keys_of_one_hash_are_told_apart(void **state) {
  (void)state;
  static const bdc_str keys[] = { BDC__STR_INIT("8yn0iYCKYHlIj4-BwPqk"), BDC__STR_INIT("GReLUrM4wMqfg9yzV3KQ") };
  bdc_allocator allocator = bdc__allocator_or_default(NULL);
  bdc__arena arena;
  bdc__map map = { 0 };
  bdc__arena_init(&arena, &allocator);
  assert_true(bdc__map_set(&map, &arena, keys[0], &keys[0]));
  assert_null(bdc__map_get(&map, keys[1]));
  assert_true(bdc__map_set(&map, &arena, keys[1], &keys[1]));
  assert_ptr_equal(bdc__map_get(&map, keys[0]), &keys[0]);
  assert_ptr_equal(bdc__map_get(&map, keys[1]), &keys[1]);
  bdc__arena_free(&arena);
}

static void an_error_row_may_name_a_field_of_the_body(void **state) {
  (void)state;
  bdc_ruleset *ruleset = ruleset_of(HEAD "errors\n  body Name type 400 P.1 \"One\" @t\n  body type 400 P.2 \"Two\" @t\n"
                                         "  header Name type 400 P.3 \"Three\" @t\n  header type 400 P.4 \"Four\" @t\n");
  const bdc_service *service = bdc_service_at(ruleset, 0);
  static const struct {
    bdc_place in;
    const char *field;
    size_t row;
  } cases[] = { { BDC_IN_BODY, "Name", 0 }, { BDC_IN_BODY, "name", 1 }, { BDC_IN_HEADER, "name", 2 }, { BDC_IN_HEADER, "nam", 3 } };
  for (size_t i = 0; i < LENGTH(cases); i++) {
    bdc_breach breach = { .in = cases[i].in, .rule = BDC_RULE_TYPE, .field = { cases[i].field, strlen(cases[i].field) } };
    assert_int_equal(bdc_service_error_for(service, &breach), cases[i].row);
  }
  bdc_ruleset_free(ruleset);
}

/* ---- several files ---- */

/* A file that cannot be read goes before mistakes in others; neither before what is wrong with the call. */
static void no_file_is_none_and_one_that_is_missing_goes_before_mistakes(void **state) {
  (void)state;
  bdc_ruleset *ruleset = NULL;
  assert_int_equal(bdc_ruleset_load(NULL, 0, NULL, &ruleset, NULL), BDC_OK);
  bdc_ruleset_free(ruleset);
  const char *paths[] = { "README.md", "/nonexistent/x.rules" };
  blob mistakes = { 0 };
  bdc_diagnostics diagnostics = { collect, &mistakes };
  assert_int_equal(bdc_ruleset_load(paths, LENGTH(paths), NULL, &ruleset, &diagnostics), BDC_ERR_IO);
  assert_null(ruleset);
  assert_memory_equal(mistakes.data, "README.md:", strlen("README.md:"));
  assert_non_null(strstr(mistakes.data, "\n/nonexistent/x.rules:0:0: no such file or folder\n"));
  blob_free(&mistakes);
}

static void an_allocator_does_not_make_other_options_good(void **state) {
  (void)state;
  counter count = { 0 };
  bdc_allocator allocator = counter_allocator(&count);
  static const bdc_define nameless = { NULL, "[a]" };
  bdc_options options = { .allocator = &allocator, .defines = &nameless, .define_count = 1 };
  bdc_ruleset *ruleset = (bdc_ruleset *)&count;
  assert_int_equal(bdc_ruleset_builtin(&options, &ruleset), BDC_ERR_ARGUMENT);
  assert_null(ruleset);
  assert_int_equal(count.calls, 0);
}

/* Of what was given up nothing is known, so no class is said to be missing; also where the next file is read to its end. */
static void a_define_is_not_said_to_be_unused_where_a_file_was_given_up(void **state) {
  (void)state;
  blob text = { 0 };
  blob mistakes = { 0 };
  blob_print(&text, HEAD);
  for (int i = 0; i < 1100; i++) {
    blob_print(&text, "nonsense\n");
  }
  bdc_define define = { "letter", "[a]" };
  bdc_options options = { .defines = &define, .define_count = 1 };
  bdc_rule_text texts[] = { { BDC_STR("f"), blob_str(&text) }, { BDC_STR("g"), BDC_STR("provider p\nservice other A\n") } };
  assert_int_equal(parse(texts, LENGTH(texts), &options, &mistakes), BDC_ERR_RULES);
  assert_non_null(strstr(mistakes.data, "too many mistakes"));
  assert_null(strstr(mistakes.data, "no class"));
  blob_clear(&mistakes);
  assert_int_equal(parse(&texts[1], 1, &options, &mistakes), BDC_ERR_RULES);
  assert_non_null(strstr(mistakes.data, "no class \"letter\""));
  blob_free(&text);
  blob_free(&mistakes);
}

/* ---- memory ---- */

/* What is rare in rule texts: escapes in quotes, hosts, paths that two services share, mistakes in defines, files that are not there. */
typedef bdc_status attempt(const bdc_allocator *allocator);

static bdc_status load_from(const bdc_allocator *allocator, const char *path, const bdc_define *define) {
  bdc_options options = { .allocator = allocator, .without_builtin = true, .defines = define, .define_count = define != NULL };
  bdc_ruleset *ruleset = (bdc_ruleset *)&options;
  bdc_status status = bdc_ruleset_load(&path, 1, &options, &ruleset, NULL);
  assert_int_equal(ruleset == NULL, status != BDC_OK);
  bdc_ruleset_free(ruleset);
  return status;
}

static bdc_status parse_with(const bdc_allocator *allocator, const char *first, const char *second, const bdc_define *define) {
  bdc_options options = { .allocator = allocator, .without_builtin = true, .defines = define, .define_count = define != NULL };
  bdc_rule_text texts[] = { { BDC_STR("f"), { first, strlen(first) } }, { BDC_STR("g"), { second, strlen(second) } } };
  bdc_ruleset *ruleset = (bdc_ruleset *)&options;
  bdc_status status = bdc_ruleset_parse(texts, LENGTH(texts), &options, &ruleset, NULL);
  assert_int_equal(ruleset == NULL, status != BDC_OK);
  bdc_ruleset_free(ruleset);
  return status;
}

static bdc_status share_paths(const bdc_allocator *allocator) {
  static const char first[] = HEAD "host a.example.com @t\nhost b.example.com @t\nhost c.example.com @t\noperation O PUT /o/{id} @t\n"
                                   "  path\n    id string mandatory @t\n";
  static const char second[] = "provider p\nservice r A\nsource t x\nhost d.example.com @t\noperation O PUT /o/{name} @t\n"
                               "  path\n    name string mandatory enum \"a\\\"b\" | \"c\\\\d\" @t\n";
  return parse_with(allocator, first, second, NULL);
}

static bdc_status escape_names(const bdc_allocator *allocator) {
  return parse_with(allocator, "provider \"p\\\\\"\nservice s A\n", "provider p\nservice \"\\\"\"\n", NULL);
}

static bdc_status define_nothing(const bdc_allocator *allocator) {
  static const bdc_define define = { "letter", "[a]" };
  return parse_with(allocator, "provider p\nservice s A\n", "provider p\nservice r A\n", &define);
}

static bdc_status load_what_is_not_there(const bdc_allocator *allocator) {
  return load_from(allocator, "/nonexistent/x.rules", NULL);
}

static char folder[TEMPORARY_SIZE];

static bdc_status load_a_folder(const bdc_allocator *allocator) {
  return load_from(allocator, folder, NULL);
}

/* Each allocation is failed in turn: all of them, where the arena has small blocks. */
static void fail_in_turn(attempt *try, bdc_status expected) {
  size_t failures = 0;
  for (size_t fail_at = 1;; fail_at++) {
    counter count = { .fail_at = fail_at };
    bdc_allocator allocator = counter_allocator(&count);
    bdc_status status = try(&allocator);
    assert_int_equal(count.live, 0);
    if (count.calls < fail_at) {
      assert_int_equal(status, expected);
      break;
    }
    assert_true(status == BDC_ERR_MEMORY || status == expected);
    failures += status == BDC_ERR_MEMORY;
  }
  assert_true(failures > 1);
}

static void what_is_rare_in_rule_texts_may_lack_memory(void **state) {
  (void)state;
  fail_in_turn(share_paths, BDC_OK);
  fail_in_turn(escape_names, BDC_ERR_RULES);
  fail_in_turn(define_nothing, BDC_ERR_RULES);
  fail_in_turn(load_what_is_not_there, BDC_ERR_IO);
}

static void a_folder_of_any_number_of_files_may_lack_memory(void **state) {
  (void)state;
  enum { FILES = 40 };
  blob path = { 0 };
  temporary_folder(folder, "edges");
  fail_in_turn(load_a_folder, BDC_ERR_IO);
  for (int i = 0; i < FILES; i++) {
    blob_clear(&path);
    blob_print(&path, "%s/%02d.rules", folder, i);
    FILE *out = fopen(path.data, "wb");
    assert_non_null(out);
    fprintf(out, "provider p\nservice s%d A\n", i);
    assert_int_equal(fclose(out), 0);
  }
  fail_in_turn(load_a_folder, BDC_OK);
  for (int i = 0; i < FILES; i++) {
    blob_clear(&path);
    blob_print(&path, "%s/%02d.rules", folder, i);
    assert_int_equal(remove(path.data), 0);
  }
  assert_int_equal(rmdir(folder), 0);
  blob_free(&path);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(quoted_words_are_only_text),
    cmocka_unit_test(items_of_a_class_are_found_as_pcre2_finds_them),
    cmocka_unit_test(a_file_is_given_up_within_a_row_of_several_mistakes),
    cmocka_unit_test(an_enum_has_a_most_of_values),
    cmocka_unit_test(texts_that_are_listed_twice_are_still_found),
    cmocka_unit_test(lists_of_words_are_cut_where_there_is_no_room),
    cmocka_unit_test(a_name_is_near_that_shares_a_letter_and_is_not_too_long),
    cmocka_unit_test(formats_have_names),
    cmocka_unit_test(keys_of_one_hash_are_told_apart),
    cmocka_unit_test(an_error_row_may_name_a_field_of_the_body),
    cmocka_unit_test(no_file_is_none_and_one_that_is_missing_goes_before_mistakes),
    cmocka_unit_test(an_allocator_does_not_make_other_options_good),
    cmocka_unit_test(a_define_is_not_said_to_be_unused_where_a_file_was_given_up),
    cmocka_unit_test(what_is_rare_in_rule_texts_may_lack_memory),
    cmocka_unit_test(a_folder_of_any_number_of_files_may_lack_memory),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
