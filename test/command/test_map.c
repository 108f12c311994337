/* SPDX-License-Identifier: MIT */
/* Which `.bodycheck` files hold where. Argument: a folder for scratch files. */
#include "command/scratch.h"

#include "find/map.h"
#include "text.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *base;

static void note_mistake(bdc_str file, size_t line, size_t column, bdc_str message, void *context) {
  blob *mistakes = context;
  blob_add_str(mistakes, file);
  blob_print(mistakes, ":%zu:%zu: ", line, column);
  blob_add_str(mistakes, message);
  blob_print(mistakes, "\n");
}

static size_t line_of(const cmd_mapping *mapping) {
  return mapping ? mapping->line : 0;
}

/* ---- files on the way up ---- */

typedef struct map_lab {
  scratch work;
  cmd_maps *maps;
  blob mistakes;
  blob unused;
} map_lab;

/*
 * repo/.git  repo/.bodycheck  repo/x/.bodycheck  repo/x/y/  repo/z -> x/y, in a folder with a .bodycheck of its own, which is beyond
 * the repository.
 */
static void open_lab(map_lab *lab) {
  *lab = (map_lab){ 0 };
  scratch *work = &lab->work;
  scratch_open(work, base);
  scratch_folder(work, ".git");
  scratch_folder(work, "repo");
  scratch_folder(work, "repo/.git");
  scratch_folder(work, "repo/x");
  scratch_folder(work, "repo/x/y");
  scratch_link(work, "repo/z", "x/y");
  scratch_write(work, ".bodycheck", BDC_STR("* Beyond request\n"));
  scratch_write(work, "repo/.bodycheck",
                BDC_STR("*.json Top request rules r.rules\n*.http auto\nx/y/up.json Up request\n"
                        "* silence /a type \"top\"\n"));
  scratch_write(work, "repo/x/.bodycheck",
                BDC_STR("y/*.json Near response 200 rules ../r.rules\n\nbroken\n"
                        "y/* silence /a/b type \"far\"\ny/a.json silence /a type \"near\"\n"));
  lab->maps = cmd_maps_new(note_mistake, &lab->mistakes);
}

static void close_lab(map_lab *lab) {
  cmd_maps_free(lab->maps);
  blob_free(&lab->mistakes);
  blob_free(&lab->unused);
  scratch_close(&lab->work);
}

static const cmd_mapping *find(map_lab *lab, const char *folder, const char *name) {
  return cmd_chain_find(cmd_maps_chain(lab->maps, cmd_str(folder)), cmd_str(name));
}

static void check_found(map_lab *lab, const char *folder, const char *name, const char *file, size_t line) {
  const cmd_mapping *found = find(lab, folder, name);
  bool right = file ? found && cmd_equal(found->file, cmd_str(file)) && found->line == line : !found;
  if (!right) {
    fail_msg("%s/%s: %.*s:%zu", folder, name, found ? (int)found->file.size : 0, found ? found->file.data : "", line_of(found));
  }
}

static void nearest_file_with_a_line_holds(void **state) {
  (void)state;
  map_lab lab;
  open_lab(&lab);
  check_found(&lab, "repo", "a.json", "repo/.bodycheck", 1);
  check_found(&lab, "repo/x", "a.json", "repo/.bodycheck", 1);
  check_found(&lab, "repo/x/y", "a.json", "repo/x/.bodycheck", 1);
  check_found(&lab, "repo/x/y", "up.json", "repo/x/.bodycheck", 1);
  check_found(&lab, "repo/x/y", "a.http", "repo/.bodycheck", 2);
  check_found(&lab, "repo/x/y", "a.txt", NULL, 0); /* what lies beyond the folder of .git does not count */
  check_found(&lab, "", "a.txt", ".bodycheck", 1);
  check_found(&lab, ".", "a.txt", ".bodycheck", 1);
  close_lab(&lab);
}

static void folder_may_be_named_in_any_way(void **state) {
  (void)state;
  map_lab lab;
  open_lab(&lab);
  blob absolute = { 0 };
  blob_print(&absolute, "%s/repo/x/y", lab.work.folder.data);
  check_found(&lab, absolute.data, "a.json", "repo/x/.bodycheck", 1);
  check_found(&lab, "repo/x/../x/./y/", "a.json", "repo/x/.bodycheck", 1);
  check_found(&lab, "repo/z", "a.json", "repo/x/.bodycheck", 1);
  check_found(&lab, "repo/z/..", "a.json", "repo/.bodycheck", 1);
  blob_clear(&absolute);
  blob_print(&absolute, "//%s//repo///x//y", lab.work.folder.data + 1);
  check_found(&lab, absolute.data, "a.json", "repo/x/.bodycheck", 1);
  check_found(&lab, "./repo//x/y/../../x", "a.json", "repo/.bodycheck", 1);
  check_found(&lab, "repo/none", "a.json", "repo/.bodycheck", 1);
  check_found(&lab, "repo/none/below", "a.json", "repo/.bodycheck", 1);
  check_found(&lab, "repo/none/../x", "a.json", NULL, 0);
  assert_ptr_equal(cmd_maps_chain(lab.maps, BDC_STR("repo/z")), cmd_maps_chain(lab.maps, BDC_STR("repo/x/y")));
  blob_free(&absolute);
  close_lab(&lab);
}

static void files_and_rules_are_named_from_the_working_folder(void **state) {
  (void)state;
  map_lab lab;
  open_lab(&lab);
  assert_int_equal(chdir("repo/x/y"), 0);
  cmd_maps_free(lab.maps);
  lab.maps = cmd_maps_new(note_mistake, &lab.mistakes);
  check_found(&lab, "", "a.json", "../.bodycheck", 1);
  check_found(&lab, "", "a.http", "../../.bodycheck", 2);
  const cmd_mapping *near = find(&lab, "", "a.json");
  const cmd_mapping *top = find(&lab, "..", "a.json");
  assert_true(cmd_equal(near->rules, BDC_STR("../../r.rules")));
  assert_true(cmd_equal(top->rules, BDC_STR("../../r.rules")));
  assert_int_equal(chdir("../.."), 0);
  cmd_maps_free(lab.maps);
  lab.maps = cmd_maps_new(note_mistake, &lab.mistakes);
  assert_true(cmd_equal(find(&lab, "x/y", "a.json")->rules, BDC_STR("x/../r.rules")));
  assert_true(cmd_equal(find(&lab, "", "a.json")->rules, BDC_STR("r.rules")));
  assert_int_equal(chdir("/"), 0);
  cmd_maps_free(lab.maps);
  lab.maps = cmd_maps_new(note_mistake, &lab.mistakes);
  const cmd_mapping *absolute = find(&lab, lab.work.folder.data, "a.txt");
  assert_memory_equal(absolute->file.data, lab.work.folder.data, lab.work.folder.size);
  assert_int_equal(chdir(lab.work.folder.data), 0);
  close_lab(&lab);
}

static void file_is_read_once_and_its_mistakes_told_once(void **state) {
  (void)state;
  map_lab lab;
  open_lab(&lab);
  find(&lab, "repo/x", "a.json");
  find(&lab, "repo/x/y", "a.json");
  find(&lab, "repo/z", "a.json");
  assert_string_equal(lab.mistakes.data, "repo/x/.bodycheck:3:7: the line ends here; expected an operation, auto, ignore or silence "
                                         "behind the pattern\n");
  close_lab(&lab);
}

static void names_may_be_any_bytes(void **state) {
  (void)state;
  map_lab lab;
  open_lab(&lab);
  check_found(&lab, "repo/x/y", "a\n b\xff.json", "repo/x/.bodycheck", 1);
  scratch_folder(&lab.work, "repo/ \n\xfe");
  check_found(&lab, "repo/ \n\xfe", "a.json", "repo/.bodycheck", 1);
  blob name = { 0 };
  blob_repeat(&name, "long", 1000);
  blob_print(&name, ".json");
  check_found(&lab, "repo/x/y", name.data, "repo/x/.bodycheck", 1);
  blob_free(&name);
  close_lab(&lab);
}

static void lines_are_numbered_through(void **state) {
  (void)state;
  map_lab lab;
  open_lab(&lab);
  const cmd_mapping *lines[] = { find(&lab, "repo/x/y", "a.json"), find(&lab, "repo", "a.json"), find(&lab, "repo", "a.http"),
                                 find(&lab, "", "a.txt") };
  for (size_t i = 0; i < 4; i++) {
    assert_true(lines[i]->index < 5);
    for (size_t j = 0; j < i; j++) {
      assert_int_not_equal(lines[i]->index, lines[j]->index);
    }
  }
  close_lab(&lab);
}

static void check_unreadable(const char *expected, void (*make)(scratch *work)) {
  map_lab lab;
  open_lab(&lab);
  make(&lab.work);
  check_found(&lab, "repo/x/y", "a.json", "repo/x/.bodycheck", 1); /* the others hold */
  const char *first = strchr(lab.mistakes.data, '\n');
  blob told = { 0 };
  blob_add(&told, lab.mistakes.data, (size_t)(first + 1 - lab.mistakes.data));
  assert_string_equal(told.data, expected);
  blob_free(&told);
  close_lab(&lab);
}

static void make_folder(scratch *work) {
  scratch_folder(work, "repo/x/y/.bodycheck");
}

static void make_dangling(scratch *work) {
  scratch_link(work, "repo/x/y/.bodycheck", "none");
}

static void make_loop(scratch *work) {
  scratch_link(work, "repo/x/y/.bodycheck", ".bodycheck");
}

static void make_fifo(scratch *work) {
  assert_int_equal(mkfifo("repo/x/y/.bodycheck", 0600), 0);
  scratch_note(work, "repo/x/y/.bodycheck");
}

static void make_binary(scratch *work) {
  scratch_write(work, "repo/x/y/.bodycheck", BDC_STR("* Op request\n\0"));
}

static void make_link(scratch *work) {
  scratch_link(work, "repo/x/y/.bodycheck", "../../../.bodycheck");
}

static void file_that_cannot_be_read_is_told(void **state) {
  (void)state;
  check_unreadable("repo/x/y/.bodycheck:0:0: is no regular file\n", make_folder);
  check_unreadable("repo/x/y/.bodycheck:0:0: cannot be read: No such file or directory\n", make_dangling);
  check_unreadable("repo/x/y/.bodycheck:0:0: cannot be read: Too many levels of symbolic links\n", make_loop);
  check_unreadable("repo/x/y/.bodycheck:0:0: is no regular file\n", make_fifo);
  check_unreadable("repo/x/y/.bodycheck:2:1: a zero byte; expected a file of text, of which no line is used now\n", make_binary);
}

static void file_may_be_a_link(void **state) {
  (void)state;
  map_lab lab;
  open_lab(&lab);
  make_link(&lab.work);
  check_found(&lab, "repo/x/y", "a.json", "repo/x/y/.bodycheck", 1);
  close_lab(&lab);
}

/* ---- silencers of a run ---- */

static const cmd_silencer *silence(map_lab *lab, const char *folder, const char *name, const char *pointer) {
  return cmd_chain_silence(cmd_maps_chain(lab->maps, cmd_str(folder)), cmd_str(name), BDC_IN_BODY, BDC_STR("f"), cmd_str(pointer),
                           BDC_RULE_TYPE);
}

static void note_unused(const cmd_silencer *silencer, void *context) {
  blob_print(context, "%.*s:%zu ", (int)silencer->file.size, silencer->file.data, silencer->line);
}

static void check_unused(map_lab *lab, const char *expected) {
  blob_clear(&lab->unused);
  blob_print(&lab->unused, "%s", "");
  cmd_maps_unused(lab->maps, note_unused, &lab->unused);
  assert_string_equal(lab->unused.data, expected);
}

static void silencers_hold_wherever_they_stand(void **state) {
  (void)state;
  map_lab lab;
  open_lab(&lab);
  assert_true(cmd_equal(silence(&lab, "repo/x/y", "b.json", "/a")->reason, BDC_STR("top")));
  assert_true(cmd_equal(silence(&lab, "repo/x/y", "a.json", "/a")->reason, BDC_STR("near")));
  assert_null(silence(&lab, "repo/x/y", "a.json", "/b"));
  assert_null(silence(&lab, "", "a.json", "/a"));
  close_lab(&lab);
}

static void unused_silencer_is_told_only_where_all_its_files_were_seen(void **state) {
  (void)state;
  map_lab lab;
  open_lab(&lab);
  check_unused(&lab, "");
  find(&lab, "repo/x/y", "b.json");
  check_unused(&lab, ""); /* neither is known to be unused: not all files were checked */
  find(&lab, "repo/x/y", "a.json");
  check_unused(&lab, "repo/x/.bodycheck:5 "); /* it is for this file alone */
  cmd_maps_walked(lab.maps, BDC_STR("repo/x/y"));
  check_unused(&lab, "repo/x/.bodycheck:5 ");
  cmd_maps_walked(lab.maps, BDC_STR("repo/x"));
  check_unused(&lab, "repo/x/.bodycheck:4 repo/x/.bodycheck:5 ");
  cmd_maps_walked(lab.maps, BDC_STR(""));
  check_unused(&lab, "repo/.bodycheck:4 repo/x/.bodycheck:4 repo/x/.bodycheck:5 "); /* also beyond the end of their chains */
  silence(&lab, "repo", "q.json", "/a");
  check_unused(&lab, "repo/x/.bodycheck:4 repo/x/.bodycheck:5 ");
  silence(&lab, "repo/x/y", "a.json", "/a");
  check_unused(&lab, "repo/x/.bodycheck:4 ");
  silence(&lab, "repo/x/y", "b.json", "/a/b");
  check_unused(&lab, "");
  close_lab(&lab);
}

static void walked_folder_is_no_name_that_begins_alike(void **state) {
  (void)state;
  map_lab lab;
  open_lab(&lab);
  scratch_folder(&lab.work, "re");
  find(&lab, "repo", "a.json");
  cmd_maps_walked(lab.maps, BDC_STR("re"));
  check_unused(&lab, "");
  cmd_maps_walked(lab.maps, BDC_STR("repo/."));
  check_unused(&lab, "repo/.bodycheck:4 ");
  close_lab(&lab);
}

int main(int argc, char **argv) {
  if (argc != 2) {
    return 2;
  }
  base = argv[1];
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(nearest_file_with_a_line_holds),
    cmocka_unit_test(folder_may_be_named_in_any_way),
    cmocka_unit_test(files_and_rules_are_named_from_the_working_folder),
    cmocka_unit_test(file_is_read_once_and_its_mistakes_told_once),
    cmocka_unit_test(names_may_be_any_bytes),
    cmocka_unit_test(lines_are_numbered_through),
    cmocka_unit_test(file_that_cannot_be_read_is_told),
    cmocka_unit_test(file_may_be_a_link),
    cmocka_unit_test(silencers_hold_wherever_they_stand),
    cmocka_unit_test(unused_silencer_is_told_only_where_all_its_files_were_seen),
    cmocka_unit_test(walked_folder_is_no_name_that_begins_alike),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
