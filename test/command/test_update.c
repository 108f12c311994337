/* SPDX-License-Identifier: MIT */
/* What is written into `.bodycheck` files. Argument: a folder for scratch files. */
#include "command/scratch.h"

#include "find/update.h"
#include "text.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

static const char *base;

typedef struct update_lab {
  scratch work;
  cmd_maps *maps;
  cmd_updates *updates;
} update_lab;

static void fail_mistake(bdc_str file, size_t line, size_t column, bdc_str message, void *context) {
  (void)context;
  fail_msg("%.*s:%zu:%zu: %.*s", (int)file.size, file.data, line, column, (int)message.size, message.data);
}

static void begin_run(update_lab *lab) {
  lab->maps = cmd_maps_new(fail_mistake, NULL);
  lab->updates = cmd_updates_new(lab->maps);
}

static void end_run(update_lab *lab) {
  cmd_updates_free(lab->updates);
  cmd_maps_free(lab->maps);
}

static void open_lab(update_lab *lab, const char *text) {
  scratch_open(&lab->work, base);
  scratch_folder(&lab->work, ".git");
  scratch_folder(&lab->work, "x");
  if (text) {
    scratch_write(&lab->work, ".bodycheck", cmd_str(text));
  }
  begin_run(lab);
}

static void close_lab(update_lab *lab) {
  end_run(lab);
  scratch_close(&lab->work);
}

/* What a file was found to be: the words behind `expect`. */
static void found(update_lab *lab, const char *folder, const char *name, const char *words) {
  static const cmd_unmapped unmapped = { .kind = CMD_MAP_OPERATION, .operation = BDC_STR("Given"), .status = 201 };
  const cmd_chain *chain = cmd_maps_chain(lab->maps, cmd_str(folder));
  cmd_words split = { 0 };
  cmd_expect expect;
  cmd_output mistake = CMD_MEMORY;
  char *room = malloc(strlen(words) + 1);
  char *at = room;
  size_t first = 0;
  assert_true(cmd_words_split(&split, cmd_str(words), &at) && cmd_expect_read(&split, &first, &expect, &mistake));
  cmd_updates_add(lab->updates, chain, cmd_str(name), cmd_chain_find(chain, cmd_str(name)), &unmapped, &expect);
  cmd_words_free(&split);
  cmd_output_free(&mistake);
  free(room);
}

static void check_file(const char *path, const char *expected) {
  blob text = { 0 };
  blob_print(&text, "%s", "");
  blob_add_file(&text, path);
  assert_string_equal(text.data, expected);
  blob_free(&text);
}

static void check_written(update_lab *lab, const char *expected) {
  cmd_output out = CMD_MEMORY;
  assert_true(cmd_updates_write(lab->updates, &out));
  cmd_output_free(&out);
  check_file(".bodycheck", expected);
}

typedef struct update_case {
  const char *before;
  const char *folder;
  const char *name;
  const char *words;
  const char *after;
} update_case;

/* One file; then the same again, which must change nothing. */
static void check_case(const update_case *c) {
  update_lab lab;
  open_lab(&lab, c->before);
  found(&lab, c->folder, c->name, c->words);
  check_written(&lab, c->after);
  end_run(&lab);
  begin_run(&lab);
  found(&lab, c->folder, c->name, c->words);
  assert_int_equal(cmd_updates_count(lab.updates), 0);
  check_written(&lab, c->after);
  close_lab(&lab);
}

static void line_for_one_file_is_changed_in_place(void **state) {
  (void)state;
  static const update_case cases[] = {
    { "/a Op request\n", "", "a", "A.1", "/a Op request expect A.1\n" },
    { "a Op request\n", "", "a", "A.1", "a Op request expect A.1\n" },
    { "#\n\n\tx/a\t Op  request \t# why\n\n", "x", "a", "type", "#\n\n\tx/a\t Op  request expect type \t# why\n\n" },
    { "/a Op expect  A.1  type  request  # so\n", "", "a", "A.2", "/a Op expect  A.2  request  # so\n" },
    { "/a Op request expect A.1 # so\n", "", "a", "charset type", "/a Op request expect type charset # so\n" },
    { "/a Op request expect A.1 rules expect unknown=error\n", "", "a", "valid",
      "/a Op request expect valid rules expect unknown=error\n" },
    { "/a Op rules expect response 200\n", "", "a", "unchecked", "/a Op rules expect response 200 expect unchecked\n" },
    { "/a Op request expect valid", "", "a", "A.1", "/a Op request expect A.1" },
    { "/a auto\r\nb ignore\r\n", "", "a", "A.1", "/a auto expect A.1\r\nb ignore\r\n" },
    { "\xef\xbb\xbf/a Op request\n", "", "a", "A.1", "\xef\xbb\xbf/a Op request expect A.1\n" },
    { "\"/a\" Op request\n", "", "a", "A.1", "\"/a\" Op request expect A.1\n" },
    { "/a\\* Op request\n", "", "a*", "A.1", "/a\\* Op request expect A.1\n" },
    { "/a?b Op request\n", "", "a\nb", "A.1", "/a?b Op request expect A.1\n" },
    { "/a Op request expect \"type\"\n", "", "a", "\"start\" type", "/a Op request expect \"start\" type\n" },
  };
  for (size_t i = 0; i < LENGTH(cases); i++) {
    check_case(&cases[i]);
  }
}

static void line_for_several_files_is_followed_by_one(void **state) {
  (void)state;
  static const update_case cases[] = {
    { "* Op request # all\nb auto\n", "", "a", "A.1", "* Op request # all\n/a Op request expect A.1\nb auto\n" },
    { "* Op expect type response 200 rules \"x y\" unknown=error", "", "a", "valid",
      "* Op expect type response 200 rules \"x y\" unknown=error\n/a Op response 200 rules \"x y\" unknown=error expect valid" },
    { "*\tOp\trequest\r\n", "x", "a", "A.1", "*\tOp\trequest\r\nx/a Op request expect A.1\r\n" },
    { "* auto\r\n* Op request", "x", "a", "A.1", "* auto\r\n* Op request\r\nx/a Op request expect A.1" },
    { "a Op request\n", "x", "a", "A.1", "a Op request\nx/a Op request expect A.1\n" },
    { "* Op request\n", "", "#a b", "A.1", "* Op request\n\"/#a b\" Op request expect A.1\n" },
    { "* Op request\n", "", "a\"b \\[c]", "A.1", "* Op request\n\"/a\\\"b \\\\\\\\\\\\[c]\" Op request expect A.1\n" },
    { "* Op request\n", "", "a*[b]?\\", "A.1", "* Op request\n/a\\*\\[b]\\?\\\\ Op request expect A.1\n" },
    { "* Op request\n", "", "a\n\xff\x01\xc3\xa9", "A.1", "* Op request\n/a???\xc3\xa9 Op request expect A.1\n" },
    { "* \"ignore\" request\n", "", "a", "A.1", "* \"ignore\" request\n/a \"ignore\" request expect A.1\n" },
  };
  for (size_t i = 0; i < LENGTH(cases); i++) {
    check_case(&cases[i]);
  }
}

static void file_without_a_line_gets_one_at_the_end(void **state) {
  (void)state;
  static const update_case cases[] = {
    { "b auto\n", "x", "a", "A.1", "b auto\nx/a Given response 201 expect A.1\n" },
    { "b auto", "", "a", "A.1", "b auto\n/a Given response 201 expect A.1\n" },
    { "b auto\r\nc auto", "", "a", "A.1", "b auto\r\nc auto\r\n/a Given response 201 expect A.1\r\n" },
    { "", "", "a", "A.1", "/a Given response 201 expect A.1\n" },
  };
  for (size_t i = 0; i < LENGTH(cases); i++) {
    check_case(&cases[i]);
  }
}

static void file_is_made_where_there_is_none(void **state) {
  (void)state;
  update_lab lab;
  open_lab(&lab, NULL);
  found(&lab, "x", "a", "A.1");
  cmd_output out = CMD_MEMORY;
  cmd_updates_print(lab.updates, &out);
  cmd_puts(&out, "wrote");
  assert_true(cmd_updates_write(lab.updates, &out));
  cmd_put(&out, (bdc_str){ "", 1 });
  assert_string_equal(out.data, "x/.bodycheck\n+ /a Given response 201 expect A.1\nwrote");
  scratch_note(&lab.work, "x/.bodycheck");
  check_file("x/.bodycheck", "/a Given response 201 expect A.1\n");
  cmd_output_free(&out);
  close_lab(&lab);
}

static void what_was_expected_changes_nothing(void **state) {
  (void)state;
  static const char text[] = "*.json Op request\nb Op request expect A.1 type\nc ignore\nd Op request expect unchecked\n";
  update_lab lab;
  open_lab(&lab, text);
  found(&lab, "", "a.json", "valid");
  found(&lab, "", "b", "type A.1");
  found(&lab, "", "c", "type");
  found(&lab, "", "d", "unchecked");
  assert_int_equal(cmd_updates_count(lab.updates), 0);
  check_written(&lab, text);
  close_lab(&lab);
}

/* A line without "/" is for one file only as long as no other of that name is met. */
static void line_for_two_folders_is_for_several_files(void **state) {
  (void)state;
  update_lab lab;
  open_lab(&lab, "a Op request\n");
  cmd_chain_find(cmd_maps_chain(lab.maps, BDC_STR("x")), BDC_STR("a"));
  found(&lab, "", "a", "A.1");
  check_written(&lab, "a Op request\n/a Op request expect A.1\n");
  close_lab(&lab);
}

static void edits_are_in_order_whoever_comes_first(void **state) {
  (void)state;
  update_lab lab;
  open_lab(&lab, "* Op request\n/b Op request # b\nx/* Up request\n");
  scratch_write(&lab.work, "x/.bodycheck", BDC_STR("d auto"));
  found(&lab, "x", "d", "type");
  found(&lab, "x", "c", "type");
  found(&lab, "", "c", "A.1");
  found(&lab, "", "b", "A.1");
  found(&lab, "x", "b", "type");
  found(&lab, "", "a", "A.1");
  found(&lab, "", "a", "A.1");
  cmd_output out = CMD_MEMORY;
  cmd_updates_print(lab.updates, &out);
  assert_int_equal(cmd_updates_count(lab.updates), 6);
  cmd_put(&out, (bdc_str){ "", 1 });
  assert_string_equal(out.data, ".bodycheck:1\n  * Op request\n+ /a Op request expect A.1\n+ /c Op request expect A.1\n"
                                ".bodycheck:2\n- /b Op request # b\n+ /b Op request expect A.1 # b\n"
                                ".bodycheck:3\n  x/* Up request\n+ x/b Up request expect type\n+ x/c Up request expect type\n"
                                "x/.bodycheck:1\n- d auto\n+ d auto expect type\n");
  cmd_output_free(&out);
  check_written(&lab, "* Op request\n/a Op request expect A.1\n/c Op request expect A.1\n/b Op request expect A.1 # b\n"
                      "x/* Up request\nx/b Up request expect type\nx/c Up request expect type\n");
  check_file("x/.bodycheck", "d auto expect type");
  close_lab(&lab);
}

static void mode_and_link_are_kept(void **state) {
  (void)state;
  update_lab lab;
  struct stat status;
  open_lab(&lab, NULL);
  scratch_write(&lab.work, "x/real", BDC_STR("/a Op request\n"));
  scratch_link(&lab.work, ".bodycheck", "x/real");
  assert_int_equal(chmod("x/real", 0640), 0);
  found(&lab, "", "a", "A.1");
  check_written(&lab, "/a Op request expect A.1\n");
  assert_int_equal(lstat(".bodycheck", &status), 0);
  assert_true(S_ISLNK(status.st_mode));
  assert_int_equal(lstat("x/real", &status), 0);
  assert_int_equal(status.st_mode & 07777, 0640);
  close_lab(&lab);
}

/* Runs a write that must fail; returns what it told on standard error. */
static void check_refused(update_lab *lab, const char *expected) {
  FILE *told = tmpfile();
  int standard = dup(STDERR_FILENO);
  assert_true(told && standard >= 0);
  cmd_output out = CMD_MEMORY;
  assert_true(dup2(fileno(told), STDERR_FILENO) >= 0);
  bool written = cmd_updates_write(lab->updates, &out);
  assert_true(dup2(standard, STDERR_FILENO) >= 0);
  close(standard);
  char text[256] = "";
  rewind(told);
  (void)!fread(text, 1, sizeof(text) - 1, told);
  fclose(told);
  cmd_output_free(&out);
  assert_false(written);
  assert_string_equal(text, expected);
}

static void file_that_was_changed_meanwhile_is_not_written(void **state) {
  (void)state;
  static const char *const changed[] = { "/a Op request\n#", "/a Op reques", "", "/b Op request\n" };
  for (size_t i = 0; i < LENGTH(changed); i++) {
    update_lab lab;
    open_lab(&lab, "/a Op request\n");
    scratch_write(&lab.work, "x/.bodycheck", BDC_STR("/a Op request\n"));
    found(&lab, "", "a", "A.1");
    found(&lab, "x", "a", "A.1");
    scratch_write(&lab.work, ".bodycheck", cmd_str(changed[i]));
    check_refused(&lab, "bodycheck: .bodycheck: cannot be written: it was changed since it was read\n");
    check_file(".bodycheck", changed[i]);
    check_file("x/.bodycheck", "/a Op request expect A.1\n"); /* the others are */
    close_lab(&lab);
  }
}

static void file_that_appeared_meanwhile_is_not_written(void **state) {
  (void)state;
  update_lab lab;
  open_lab(&lab, NULL);
  found(&lab, "x", "a", "A.1");
  scratch_write(&lab.work, "x/.bodycheck", BDC_STR("mine"));
  check_refused(&lab, "bodycheck: x/.bodycheck: cannot be written: File exists\n");
  check_file("x/.bodycheck", "mine");
  close_lab(&lab);
}

static void failed_write_leaves_the_file_and_nothing_else(void **state) {
  (void)state;
  update_lab lab;
  open_lab(&lab, "/a Op request\n");
  blob other = { 0 };
  blob_print(&other, ".bodycheck.%ld", (long)getpid());
  scratch_write(&lab.work, other.data, BDC_STR("mine"));
  found(&lab, "", "a", "A.1");
  check_refused(&lab, "bodycheck: .bodycheck: cannot be written: File exists\n");
  check_file(".bodycheck", "/a Op request\n");
  check_file(other.data, "mine");
  blob_free(&other);
  close_lab(&lab);
}

int main(int argc, char **argv) {
  if (argc != 2) {
    return 2;
  }
  base = argv[1];
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(line_for_one_file_is_changed_in_place),
    cmocka_unit_test(line_for_several_files_is_followed_by_one),
    cmocka_unit_test(file_without_a_line_gets_one_at_the_end),
    cmocka_unit_test(file_is_made_where_there_is_none),
    cmocka_unit_test(what_was_expected_changes_nothing),
    cmocka_unit_test(line_for_two_folders_is_for_several_files),
    cmocka_unit_test(edits_are_in_order_whoever_comes_first),
    cmocka_unit_test(mode_and_link_are_kept),
    cmocka_unit_test(file_that_was_changed_meanwhile_is_not_written),
    cmocka_unit_test(file_that_appeared_meanwhile_is_not_written),
    cmocka_unit_test(failed_write_leaves_the_file_and_nothing_else),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
