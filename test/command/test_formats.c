/* SPDX-License-Identifier: MIT */
/* What the formats of `check` are made of: remarks, grades, fingerprints, the texts of rules, and which format a file gets. */
#include "report/fingerprint.h"
#include "report/formats.h"
#include "report/rule_texts.h"
#include "text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- rules ---- */

static void test_every_rule_has_a_text_at_its_place(void **state) {
  (void)state;
  assert_int_equal(cmd_rule_text_count, BDC_RULE_COUNT + CMD_OWN_COUNT + 2);
  for (int rule = 0; rule < BDC_RULE_COUNT; rule++) {
    assert_int_equal(cmd_rule_text_find(bdc_rule_name((bdc_rule)rule)), rule);
  }
  for (int rule = 0; rule < CMD_OWN_COUNT; rule++) {
    assert_int_equal(cmd_rule_text_find(cmd_own_name((cmd_own_rule)rule)), BDC_RULE_COUNT + rule);
  }
  assert_int_equal(cmd_rule_text_find("unchecked"), cmd_rule_text_count - 2);
  assert_int_equal(cmd_rule_text_find("more"), cmd_rule_text_count - 1);
  assert_int_equal(cmd_rule_text_find("length"), cmd_rule_text_count);
}

static void test_texts_are_whole_sentences(void **state) {
  (void)state;
  for (size_t i = 0; i < cmd_rule_text_count; i++) {
    const cmd_rule_text *text = &cmd_rule_texts[i];
    const char *const sentences[] = { text->summary, text->meaning, text->remedy };
    for (size_t j = 0; j < 3; j++) {
      size_t size = strlen(sentences[j]);
      assert_true(size > 0 && sentences[j][size - 1] == '.');
    }
    assert_true(strlen(text->summary) <= 80);
    for (size_t j = 0; j < i; j++) {
      assert_string_not_equal(text->name, cmd_rule_texts[j].name);
      assert_string_not_equal(text->id, cmd_rule_texts[j].id);
    }
  }
}

/* ---- hashes ---- */

static void assert_hash(const char *bytes, const char *hex) {
  cmd_hash hash = CMD_HASH_START;
  cmd_hash_bytes(&hash, cmd_str(bytes));
  cmd_output text = CMD_MEMORY;
  cmd_fingerprint_put(hash, &text);
  assert_int_equal(text.size, 32);
  assert_memory_equal(text.data, hex, 32);
  cmd_output_free(&text);
}

/* As they are published with the algorithm. */
static void test_hashes_are_those_of_fnv_1a(void **state) {
  (void)state;
  assert_hash("", "6c62272e07bb014262b821756295c58d");
  assert_hash("a", "d228cb696f1a8caf78912b704e4a8964");
  assert_hash("foobar", "343e1662793c64bf6f0d3597ba446f18");
}

/* ---- fingerprints ---- */

enum { FINDINGS = 3 };

/* A result of hand-made findings in "file.json", which the test may change. */
typedef struct sample {
  cmd_input input;
  bdc_report report;
  cmd_finding findings[FINDINGS];
  cmd_result result;
} sample;

static void make(sample *s) {
  *s = (sample){ .input = { .name = BDC_STR("file.json") }, .report = { .verdict = BDC_INVALID } };
  for (size_t i = 0; i < FINDINGS; i++) {
    s->findings[i] =
        (cmd_finding){ .rule = "range", .in = "body", .pointer = BDC_STR("/a"), .message = BDC_STR("must be 1"), .line = i + 1 };
  }
  s->result = (cmd_result){ .input = &s->input, .report = &s->report, .findings = s->findings, .count = FINDINGS };
}

static cmd_hash first_fingerprint(const sample *s) {
  size_t count;
  cmd_hash *hashes = cmd_fingerprints_make(&s->result, &count);
  cmd_hash first = hashes[0];
  free(hashes);
  return first;
}

static bool same(cmd_hash a, cmd_hash b) {
  return a.high == b.high && a.low == b.low;
}

static void test_equal_remarks_are_told_apart(void **state) {
  (void)state;
  sample s;
  make(&s);
  size_t count;
  cmd_hash *hashes = cmd_fingerprints_make(&s.result, &count);
  assert_int_equal(count, FINDINGS);
  for (size_t i = 0; i < count; i++) {
    for (size_t j = 0; j < i; j++) {
      assert_false(same(hashes[i], hashes[j]));
    }
  }
  free(hashes);
}

static void test_fingerprints_keep_when_lines_move(void **state) {
  (void)state;
  sample s;
  make(&s);
  cmd_hash before = first_fingerprint(&s);
  s.findings[0].line += 10;
  s.findings[0].column += 3;
  s.findings[0].offset += 200;
  s.input.name = BDC_STR(".//./file.json");
  assert_true(same(before, first_fingerprint(&s)));
}

static void test_fingerprints_tell_message_rule_and_field(void **state) {
  (void)state;
  sample s;
  make(&s);
  cmd_hash before = first_fingerprint(&s);
  s.input.name = BDC_STR("other.json");
  assert_false(same(before, first_fingerprint(&s)));
  make(&s);
  s.input.record = 1;
  assert_false(same(before, first_fingerprint(&s)));
  make(&s);
  s.input.entry = 1;
  assert_false(same(before, first_fingerprint(&s)));
  make(&s);
  s.report.http_status = 200;
  assert_false(same(before, first_fingerprint(&s)));
  make(&s);
  s.findings[0].rule = "enum";
  assert_false(same(before, first_fingerprint(&s)));
  make(&s);
  s.findings[0].pointer = BDC_STR("/b");
  assert_false(same(before, first_fingerprint(&s)));
  make(&s);
  s.findings[0].pointer = BDC_STR("/");
  s.findings[0].field = BDC_STR("a");
  assert_false(same(before, first_fingerprint(&s)));
}

static void test_findings_about_files_are_told_by_their_lines(void **state) {
  (void)state;
  sample s;
  make(&s);
  s.result.report = NULL;
  cmd_hash before = first_fingerprint(&s);
  s.findings[0].line = 7;
  assert_false(same(before, first_fingerprint(&s)));
}

static void test_no_remark_has_no_fingerprint(void **state) {
  (void)state;
  sample s;
  make(&s);
  s.result.count = 0;
  size_t count = 1;
  assert_null(cmd_fingerprints_make(&s.result, &count));
  assert_int_equal(count, 0);
}

/* ---- remarks ---- */

static void assert_line(const sample *s, size_t index, const char *expected) {
  cmd_remark remark = cmd_remark_at(&s->result, index);
  cmd_output text = CMD_MEMORY;
  cmd_remark_put_line(&remark, &text);
  cmd_remark_put_answer(&remark, &text);
  cmd_put(&text, (bdc_str){ "", 1 });
  assert_string_equal(text.data, expected);
  cmd_output_free(&text);
}

static void test_findings_become_remarks(void **state) {
  (void)state;
  sample s;
  make(&s);
  s.findings[0].column = 5;
  s.findings[1].severity = BDC_WARNING;
  s.findings[2].standing = CMD_SILENCED;
  s.findings[2].reason = BDC_STR("known\n");
  assert_int_equal(cmd_remark_count(&s.result), FINDINGS);
  assert_line(&s, 0, "file.json:1:5: error: /a: must be 1 [range]; no error is documented for this");
  assert_line(&s, 1, "file.json:2: warning: /a: must be 1 [range]");
  assert_line(&s, 2, "file.json:3: silenced error: /a: must be 1 [range] (known\\x0a); no error is documented for this");
}

static void test_records_are_the_lines(void **state) {
  (void)state;
  sample s;
  make(&s);
  s.input.record = 40;
  s.findings[0].line = 1;
  s.findings[0].column = 5;
  assert_line(&s, 0, "file.json:40:5: error: /a: must be 1 [range]; no error is documented for this");
}

static void test_a_column_needs_a_line(void **state) {
  (void)state;
  sample s;
  make(&s);
  s.findings[0].line = 0;
  s.findings[0].column = 5;
  s.findings[0].in = "file";
  assert_line(&s, 0, "file.json: error: must be 1 [range]");
}

static void test_what_is_no_finding_comes_last(void **state) {
  (void)state;
  sample s;
  make(&s);
  s.report.verdict = BDC_UNCHECKED;
  s.report.reason = BDC_REASON_NO_TABLE;
  s.result.more_warnings = 2;
  assert_int_equal(cmd_remark_count(&s.result), FINDINGS + 2);
  assert_line(&s, FINDINGS, "file.json: warning: 0 more errors and 2 more warnings than are reported [more]");
  assert_line(&s, FINDINGS + 1, "file.json: error: not checked: the operation has no table for this body [unchecked]");
  s.result.more_errors = 1;
  s.result.expected = true;
  s.result.passed = true;
  assert_line(&s, FINDINGS, "file.json: expected error: 1 more error and 2 more warnings than are reported [more]");
  assert_line(&s, FINDINGS + 1, "file.json: expected error: not checked: the operation has no table for this body [unchecked]");
}

static void test_grades(void **state) {
  (void)state;
  sample s;
  make(&s);
  assert_int_equal(cmd_result_grade(&s.result), CMD_GRADE_FAILED);
  s.result.passed = true;
  assert_int_equal(cmd_result_grade(&s.result), CMD_GRADE_PASSED);
  s.result.report = NULL;
  assert_int_equal(cmd_result_grade(&s.result), CMD_GRADE_SKIPPED);
  s.result.passed = false;
  assert_int_equal(cmd_result_grade(&s.result), CMD_GRADE_FAILED);
  s.findings[0].rule = "unread";
  assert_int_equal(cmd_result_grade(&s.result), CMD_GRADE_ERROR);
}

static void test_paths_lose_what_names_the_folder_at_hand(void **state) {
  (void)state;
  static const char *const pairs[][2] = {
    { "a", "a" },     { "./a", "a" }, { ".//./a/b", "a/b" }, { "../a", "../a" },
    { "./.a", ".a" }, { "-", "-" },   { "./", "./" },        { "/a", "/a" },
  };
  for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
    assert_true(cmd_equal(cmd_input_path(&(cmd_input){ .name = cmd_str(pairs[i][0]) }), cmd_str(pairs[i][1])));
  }
}

/* ---- formats ---- */

static void test_formats_by_name_and_file(void **state) {
  (void)state;
  for (size_t i = 0; cmd_format_names[i]; i++) {
    assert_ptr_equal(cmd_format_find(cmd_str(cmd_format_names[i])), cmd_formats[i]);
    assert_string_equal(cmd_formats[i]->name, cmd_format_names[i]);
  }
  assert_null(cmd_format_find(BDC_STR("")));
  assert_ptr_equal(cmd_format_of_file("a.sarif"), &cmd_format_sarif);
  assert_ptr_equal(cmd_format_of_file("a.sarif.json"), &cmd_format_sarif);
  assert_ptr_equal(cmd_format_of_file("sarif.json"), &cmd_format_json);
  assert_ptr_equal(cmd_format_of_file("a.jsonl"), &cmd_format_jsonl);
  assert_ptr_equal(cmd_format_of_file("a/junit.xml"), &cmd_format_junit);
  assert_ptr_equal(cmd_format_of_file("a.tap"), &cmd_format_tap);
  assert_ptr_equal(cmd_format_of_file(".tap"), &cmd_format_concise);
  assert_ptr_equal(cmd_format_of_file("tap"), &cmd_format_concise);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_every_rule_has_a_text_at_its_place),
    cmocka_unit_test(test_texts_are_whole_sentences),
    cmocka_unit_test(test_hashes_are_those_of_fnv_1a),
    cmocka_unit_test(test_equal_remarks_are_told_apart),
    cmocka_unit_test(test_fingerprints_keep_when_lines_move),
    cmocka_unit_test(test_fingerprints_tell_message_rule_and_field),
    cmocka_unit_test(test_findings_about_files_are_told_by_their_lines),
    cmocka_unit_test(test_no_remark_has_no_fingerprint),
    cmocka_unit_test(test_findings_become_remarks),
    cmocka_unit_test(test_records_are_the_lines),
    cmocka_unit_test(test_a_column_needs_a_line),
    cmocka_unit_test(test_what_is_no_finding_comes_last),
    cmocka_unit_test(test_grades),
    cmocka_unit_test(test_paths_lose_what_names_the_folder_at_hand),
    cmocka_unit_test(test_formats_by_name_and_file),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
