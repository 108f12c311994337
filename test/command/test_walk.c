/* SPDX-License-Identifier: MIT */
/* What a walk finds, in which order, and what it says of the rest; test/command/ignore.sh compares the patterns with git's. */
#include "unit/support.h"

#include "find/ignore.h"
#include "find/walk.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

/* ---- trees: each test has an empty working folder, which is the home as well ---- */

typedef struct scratch {
  char path[TEMPORARY_SIZE];
  int before; /* the working folder to go back to */
} scratch;

static int set_up(void **state) {
  static scratch s;
  s.before = open(".", O_RDONLY | O_DIRECTORY);
  temporary_folder(s.path, "walk");
  *state = &s;
  bool made = s.before >= 0 && chmod(s.path, 0755) == 0 && chdir(s.path) == 0;
  return made && setenv("HOME", s.path, 1) == 0 && unsetenv("XDG_CONFIG_HOME") == 0 ? 0 : -1;
}

static int tear_down(void **state) {
  const scratch *s = *state;
  char command[3 * TEMPORARY_SIZE];
  snprintf(command, sizeof(command), "chmod -R u+rwx %s; rm -rf %s", s->path, s->path);
  int failed = fchdir(s->before) | system(command);
  close(s->before);
  return failed;
}

static void make_folder(const char *path) {
  if (mkdir(path, 0755) != 0) {
    fail_msg("mkdir %s: %s", path, strerror(errno));
  }
}

static void make_file(const char *path, const char *text) {
  FILE *file = fopen(path, "w");
  if (!file || fputs(text, file) < 0 || fclose(file) != 0) {
    fail_msg("%s: %s", path, strerror(errno));
  }
}

static void make_link(const char *target, const char *path) {
  assert_int_equal(symlink(target, path), 0);
}

/* Empty files, and folders where a name ends in "/". */
static void make(const char *const *paths) {
  for (; *paths; paths++) {
    if ((*paths)[strlen(*paths) - 1] == '/') {
      make_folder(*paths);
    } else {
      make_file(*paths, "");
    }
  }
}
#define MAKE(...) make((const char *const[]){ __VA_ARGS__, NULL })

/* ---- walks: what they tell, a line each ---- */

static void tell_file(const char *path, void *context) {
  blob_print(context, "%s\n", path);
}

static void tell_folder(const char *path, void *context) {
  blob_print(context, "%s/\n", path);
}

static void tell_trouble(const char *path, const char *reason, void *context) {
  blob_print(context, "%s: %s\n", path, reason);
}

static void check_walk_with(const char *folder, bool folders, const char *expected) {
  blob told = { 0 };
  blob_print(&told, "%s", "");
  const cmd_walk_sink sink = { .file = tell_file, .folder = folders ? tell_folder : NULL, .trouble = tell_trouble, .context = &told };
  cmd_walk(folder, &sink);
  assert_string_equal(told.data, expected);
  blob_free(&told);
}

static void check_walk(const char *folder, const char *expected) {
  check_walk_with(folder, false, expected);
}

static void entries_come_in_the_order_of_the_bytes_of_their_names(void **state) {
  (void)state;
  MAKE("t/", "t/b", "t/a.json", "t/a/", "t/a/z", "t/B", "t/a-b", "t/\xc3\xa9", "t/a0", "t/10", "t/9", "t/ ");
  check_walk("t", "t/ \nt/10\nt/9\nt/B\nt/a/z\nt/a-b\nt/a.json\nt/a0\nt/b\nt/\xc3\xa9\n");
}

static void folders_are_told_before_their_files(void **state) {
  (void)state;
  MAKE("t/", "t/a", "t/b/", "t/b/empty/", "t/b/f", "t/c");
  check_walk_with("t", true, "t/\nt/a\nt/b/\nt/b/empty/\nt/b/f\nt/c\n");
}

static void paths_begin_with_the_operand(void **state) {
  const scratch *s = *state;
  MAKE("t/", "t/u/", "t/u/f", "-");
  static const struct {
    const char *operand;
    const char *told;
  } cases[] = {
    { "t", "t/u/f\n" },      { "t/", "t/u/f\n" },      { "t//", "t/u/f\n" },         { "t//u", "t/u/f\n" },
    { "./t", "./t/u/f\n" },  { "t/.", "t/./u/f\n" },   { "t/../t", "t/../t/u/f\n" }, { "t/u/..", "t/u/../u/f\n" },
    { ".", "./-\nt/u/f\n" }, { "./", "./-\nt/u/f\n" },
  };
  for (size_t i = 0; i < LENGTH(cases); i++) {
    check_walk(cases[i].operand, cases[i].told);
  }
  char operand[TEMPORARY_SIZE + 8];
  char told[TEMPORARY_SIZE + 8];
  snprintf(operand, sizeof(operand), "%s/t", s->path);
  snprintf(told, sizeof(told), "%s/t/u/f\n", s->path);
  check_walk(operand, told);
}

static void folder_called_like_standard_input_is_below_the_working_folder(void **state) {
  (void)state;
  MAKE("-/", "-/-", "-/f");
  check_walk_with(".", true, "./\n./-/\n./-/-\n./-/f\n");
  check_walk("-", "-/-\n-/f\n");
}

static void hidden_entries_are_left_out_unless_they_are_named(void **state) {
  (void)state;
  MAKE("t/", "t/.f", "t/.h/", "t/.h/f", "t/.h/.g", "t/.h/.i/", "t/.h/.i/j", "t/f", "t/..f");
  check_walk("t", "t/f\n");
  check_walk("t/.h", "t/.h/f\n");
  check_walk("t/.h/.i", "t/.h/.i/j\n");
}

static void names_may_hold_any_bytes(void **state) {
  (void)state;
  MAKE("t/", "t/a b", "t/a\nb", "t/a\tb", "t/\xff\xfe", "t/d e/", "t/d e/\x80", "t/$(x)'\"\\", "t/%s%n");
  check_walk("t", "t/$(x)'\"\\\nt/%s%n\nt/a\tb\nt/a\nb\nt/a b\nt/d e/\x80\nt/\xff\xfe\n");
}

/* ---- what git ignores ---- */

static void ignored_entries_are_left_out(void **state) {
  (void)state;
  MAKE("t/", "t/.git/", "t/a.log", "t/a.json", "t/build/", "t/build/x", "t/sub/", "t/sub/build", "t/sub/b.log", "t/sub/keep.log");
  make_file("t/.gitignore", "*.log\n!keep.log\nbuild/\n");
  check_walk("t", "t/a.json\nt/sub/build\nt/sub/keep.log\n");
}

static void nearer_patterns_go_before(void **state) {
  (void)state;
  MAKE("t/", "t/.git/", "t/a.log", "t/sub/", "t/sub/a.log", "t/sub/b", "t/sub/c/", "t/sub/c/b");
  make_file("t/.gitignore", "*.log\nsub/c/b\n");
  make_file("t/sub/.gitignore", "!a.log\n/b\n");
  check_walk("t", "t/sub/a.log\n");
  make_file("t/sub/c/.gitignore", "!b\n");
  check_walk("t", "t/sub/a.log\nt/sub/c/b\n");
}

static void nothing_below_an_ignored_folder_is_kept(void **state) {
  (void)state;
  MAKE("t/", "t/.git/", "t/d/", "t/d/keep", "t/e/", "t/e/keep", "t/e/f");
  make_file("t/.gitignore", "d\n!d/keep\ne/*\n!e/keep\n");
  check_walk("t", "t/e/keep\n");
}

static void named_folder_is_walked_though_it_is_ignored(void **state) {
  (void)state;
  MAKE("t/", "t/.git/", "t/out/", "t/out/a.json", "t/out/a.log", "t/out/deep/", "t/out/deep/b", "t/out/deep/c/", "t/out/deep/c/d");
  make_file("t/.gitignore", "out\n*.log\nc/\n");
  check_walk("t", "");
  check_walk("t/out", "t/out/a.json\nt/out/deep/b\n");
  check_walk("t/out/deep/c", "t/out/deep/c/d\n");
}

static void patterns_of_the_folders_above_hold_up_to_the_root(void **state) {
  (void)state;
  MAKE("t/", "t/.git/", "t/u/", "t/u/v/", "t/u/v/a", "t/u/v/b", "t/u/v/c", "t/u/v/d");
  make_file(".gitignore", "a\n"); /* above the root: not of this repository */
  make_file("t/.gitignore", "/b\nu/v/c\n");
  make_file("t/u/.gitignore", "v/d\n");
  check_walk("t/u/v", "t/u/v/a\nt/u/v/b\n");
  check_walk("t/u", "t/u/v/a\nt/u/v/b\n");
  make_link("t/u/v", "link");
  check_walk("link", "link/a\nlink/b\n");
}

static void folder_in_no_repository_is_taken_for_the_root_of_one(void **state) {
  (void)state;
  MAKE("t/", "t/u/", "t/u/a", "t/u/b", "t/u/c");
  make_file("t/.gitignore", "a\n/u/b\n");
  check_walk("t", "t/u/c\n");
  check_walk("t/u", "t/u/a\nt/u/b\nt/u/c\n");
}

static void repository_in_a_repository_has_its_own_patterns_alone(void **state) {
  (void)state;
  MAKE("t/", "t/.git/", "t/a/", "t/a/x", "t/m/", "t/m/.git/", "t/m/.git/info/", "t/m/x", "t/m/y", "t/m/z", "t/m/n/", "t/m/n/x", "t/o/",
       "t/o/x", "t/o/y");
  make_file("t/.gitignore", "x\n");
  make_file("t/m/.gitignore", "y\n");
  make_file("t/m/.git/info/exclude", "/z\n");
  check_walk("t", "t/m/n/x\nt/m/x\nt/o/y\n");
  check_walk("t/m/n", "t/m/n/x\n");
}

static void repository_has_patterns_of_its_own_that_come_after_the_files(void **state) {
  (void)state;
  MAKE("t/", "t/.git/", "t/.git/info/", "t/a", "t/b", "t/u/", "t/u/a", "t/u/b");
  make_file("t/.git/info/exclude", "a\n/b\n");
  check_walk("t", "t/u/b\n");
  check_walk("t/u", "t/u/b\n");
  make_file("t/u/.gitignore", "!a\n");
  check_walk("t", "t/u/a\nt/u/b\n");
}

static void further_working_tree_has_the_patterns_of_its_repository(void **state) {
  (void)state;
  MAKE("r/", "r/.git/", "r/.git/info/", "r/.git/worktrees/", "r/.git/worktrees/w/", "w/", "w/a", "w/b");
  make_file("r/.git/info/exclude", "a\n");
  make_file("r/.git/worktrees/w/commondir", "../..\n");
  make_file("w/.git", "gitdir: ../r/.git/worktrees/w\n");
  check_walk("w", "w/b\n");
  MAKE("r/.git/modules/", "r/.git/modules/s/", "r/.git/modules/s/info/", "r/s/", "r/s/a", "r/s/b");
  make_file("r/.git/modules/s/info/exclude", "b\n");
  make_file("r/s/.git", "gitdir: ../.git/modules/s\r\n");
  check_walk("r", "r/s/a\n");
  make_file("r/s/.git", "rubbish");
  check_walk("r", "r/s/a\nr/s/b\n");
}

static void user_has_patterns_for_all_repositories(void **state) {
  const scratch *s = *state;
  MAKE("t/", "t/a", "t/b", "t/c", "t/.git/", "t/u/", "t/u/.git/", "t/u/a", ".config/", ".config/git/", "other/", "other/git/");
  make_file(".config/git/ignore", "/a\n");
  make_file("other/git/ignore", "b\n");
  check_walk("t", "t/b\nt/c\n");
  char other[TEMPORARY_SIZE + 8];
  snprintf(other, sizeof(other), "%s/other", s->path);
  setenv("XDG_CONFIG_HOME", other, 1);
  check_walk("t", "t/a\nt/c\nt/u/a\n");
  setenv("XDG_CONFIG_HOME", "", 1);
  check_walk("t", "t/b\nt/c\n");
  make_file("t/.gitignore", "!a\n");
  check_walk("t", "t/a\nt/b\nt/c\n");
}

static void gitignore_that_is_no_file_says_nothing(void **state) {
  (void)state;
  MAKE("t/", "t/a", "t/.gitignore/", "u/", "u/a", "v/", "v/a");
  make_file("patterns", "a\n");
  make_link("../patterns", "u/.gitignore");
  assert_int_equal(mkfifo("v/.gitignore", 0644), 0);
  check_walk("t", "t/a\n");
  check_walk("u", "u/a\n");
  check_walk("v", "v/a\n");
}

/* ---- one list of patterns ---- */

static void lines_of_a_list_are_read_as_git_does(void **state) {
  (void)state;
  static const struct {
    const char *patterns;
    const char *path;
    cmd_ignored ignored;
  } cases[] = {
    { "", "a", CMD_IGNORED_UNSAID },
    { "\n\n", "a", CMD_IGNORED_UNSAID },
    { "a", "a", CMD_IGNORED_YES },
    { "a\n!a", "a", CMD_IGNORED_NO },
    { "!a\na", "a", CMD_IGNORED_YES },
    { "a\r\n", "a", CMD_IGNORED_YES },
    { "a\r", "a", CMD_IGNORED_YES },
    { "a\r\r\n", "a", CMD_IGNORED_UNSAID },
    { "a \r\n", "a", CMD_IGNORED_YES },
    { "\xef\xbb\xbf"
      "a",
      "a", CMD_IGNORED_YES },
    { "b\n\xef\xbb\xbf"
      "a",
      "a", CMD_IGNORED_UNSAID },
    { "a  ", "a", CMD_IGNORED_YES },
    { "a\t", "a", CMD_IGNORED_UNSAID },
    { "a\\ ", "a ", CMD_IGNORED_YES },
    { "a\\  ", "a ", CMD_IGNORED_YES },
    { "a \\ ", "a  ", CMD_IGNORED_YES },
    { "a\\\\ ", "a\\", CMD_IGNORED_YES },
    { " a", "a", CMD_IGNORED_UNSAID },
    { "a b", "a b", CMD_IGNORED_YES },
    { "#a", "#a", CMD_IGNORED_UNSAID },
    { "\\#a", "#a", CMD_IGNORED_YES },
    { " #a", " #a", CMD_IGNORED_YES },
    { "\\!a", "!a", CMD_IGNORED_YES },
    { "!!a", "!a", CMD_IGNORED_NO },
    { "!", "!", CMD_IGNORED_UNSAID },
    { "/", "a", CMD_IGNORED_UNSAID },
    { "//", "a", CMD_IGNORED_UNSAID },
    { "a//", "a", CMD_IGNORED_UNSAID },
    { "//a", "a", CMD_IGNORED_UNSAID },
    { "[a", "[a", CMD_IGNORED_UNSAID },
    { "a[", "a[", CMD_IGNORED_UNSAID },
    { "a\\", "a\\", CMD_IGNORED_UNSAID },
    { "b[\na", "a", CMD_IGNORED_YES },
    { "a", "x/a", CMD_IGNORED_YES },
    { "/a", "x/a", CMD_IGNORED_UNSAID },
    { "x/a", "x/a", CMD_IGNORED_YES },
    { "x/a", "y/x/a", CMD_IGNORED_UNSAID },
    { "**/x/a", "y/x/a", CMD_IGNORED_YES },
    { "*.json", "x/a.json", CMD_IGNORED_YES },
    { "*.json", ".json", CMD_IGNORED_YES },
    { "*.json", "a.json5", CMD_IGNORED_UNSAID },
    { "*.json", "json", CMD_IGNORED_UNSAID },
    { "/*.json", "x/a.json", CMD_IGNORED_UNSAID },
    { "x/*.json", "x/a.json", CMD_IGNORED_YES },
    { "*a*", "bab", CMD_IGNORED_YES },
    { "*", "a", CMD_IGNORED_YES },
    { "a/", "a", CMD_IGNORED_UNSAID },
  };
  for (size_t i = 0; i < LENGTH(cases); i++) {
    cmd_ignore_list list;
    cmd_ignore_parse(&list, cmd_str(cases[i].patterns));
    if (cmd_ignore_ask(&list, cmd_str(cases[i].path), false) != cases[i].ignored) {
      fail_msg("<%s> <%s>: not %d", cases[i].patterns, cases[i].path, cases[i].ignored);
    }
    cmd_ignore_free(&list);
  }
}

static void pattern_ends_at_a_nul(void **state) {
  (void)state;
  cmd_ignore_list list;
  cmd_ignore_parse(&list, BDC_STR("a\0b\n\0c\nd"));
  assert_int_equal(cmd_ignore_ask(&list, BDC_STR("a"), false), CMD_IGNORED_YES);
  assert_int_equal(cmd_ignore_ask(&list, BDC_STR("c"), false), CMD_IGNORED_UNSAID);
  assert_int_equal(cmd_ignore_ask(&list, BDC_STR("d"), false), CMD_IGNORED_YES);
  cmd_ignore_free(&list);
}

static void pattern_with_a_slash_at_its_end_is_for_folders(void **state) {
  (void)state;
  cmd_ignore_list list;
  cmd_ignore_parse(&list, BDC_STR("a/\n*.d/\n"));
  assert_int_equal(cmd_ignore_ask(&list, BDC_STR("x/a"), true), CMD_IGNORED_YES);
  assert_int_equal(cmd_ignore_ask(&list, BDC_STR("x/a"), false), CMD_IGNORED_UNSAID);
  assert_int_equal(cmd_ignore_ask(&list, BDC_STR("b.d"), true), CMD_IGNORED_YES);
  assert_int_equal(cmd_ignore_ask(&list, BDC_STR("b.d"), false), CMD_IGNORED_UNSAID);
  cmd_ignore_free(&list);
}

/* ---- links, and what is no file ---- */

static void links_to_files_are_files_and_links_to_folders_are_not_followed(void **state) {
  (void)state;
  MAKE("t/", "t/f", "t/d/", "t/d/g");
  make_link("f", "t/to-file");
  make_link("d", "t/to-folder");
  make_link(".", "t/to-itself");
  make_link("to-file", "t/to-link");
  make_link("../d/g", "t/d/far");
  check_walk("t", "t/d/far\nt/d/g\nt/f\nt/to-file\nt/to-link\n");
  check_walk("t/to-folder", "t/to-folder/far\nt/to-folder/g\n");
}

static void links_that_lead_nowhere_are_told_unless_they_are_ignored(void **state) {
  (void)state;
  MAKE("t/", "t/b");
  make_link("nothing", "t/a");
  make_link("loop", "t/loop");
  make_link("b/c", "t/through");
  make_link("nothing", "t/ignored");
  make_link("nothing", "t/.hidden");
  make_file("t/.gitignore", "ignored\n");
  blob expected = { 0 };
  blob_print(&expected, "t/a: %s\nt/b\nt/loop: %s\nt/through: %s\n", strerror(ENOENT), strerror(ELOOP), strerror(ENOTDIR));
  check_walk("t", expected.data);
  blob_free(&expected);
}

static void pattern_for_folders_leaves_links_to_them(void **state) {
  (void)state;
  MAKE("t/", "t/f", "t/d/", "t/d/g");
  make_link("f", "t/link");
  make_file("t/.gitignore", "link/\nd/\n");
  check_walk("t", "t/f\nt/link\n");
}

static void what_is_neither_file_nor_folder_is_left_out(void **state) {
  (void)state;
  MAKE("t/", "t/f");
  assert_int_equal(mkfifo("t/pipe", 0644), 0);
  make_link("pipe", "t/to-pipe");
  make_link("/dev/null", "t/to-device");
  struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "t/socket" };
  int listener = socket(AF_UNIX, SOCK_STREAM, 0);
  assert_int_equal(bind(listener, (const struct sockaddr *)&address, sizeof(address)), 0);
  check_walk("t", "t/f\n");
  close(listener);
}

/* ---- troubles ---- */

static void what_is_no_folder_is_told(void **state) {
  (void)state;
  MAKE("f");
  blob expected = { 0 };
  blob_print(&expected, "missing: %s\n", strerror(ENOENT));
  check_walk("missing", expected.data);
  blob_clear(&expected);
  blob_print(&expected, "f: %s\n", strerror(ENOTDIR));
  check_walk("f", expected.data);
  blob_clear(&expected);
  blob_print(&expected, ": %s\n", strerror(ENOENT));
  check_walk("", expected.data);
  blob_free(&expected);
}

/* Root may read everything, so that it has to be somebody else for a while. */
static void unreadable_things_are_told_and_the_walk_goes_on(void **state) {
  (void)state;
  MAKE("t/", "t/a/", "t/a/f", "t/b/", "t/b/f", "t/c", "t/a/.gitignore", "t/.git/", "t/.git/info/", "t/.git/info/exclude");
  assert_int_equal(chmod("t/b", 0), 0);
  assert_int_equal(chmod("t/a/.gitignore", 0), 0);
  assert_int_equal(chmod("t/.git/info/exclude", 0), 0);
  bool root = geteuid() == 0;
  assert_int_equal(root ? seteuid(65534) : 0, 0);
  blob expected = { 0 };
  const char *denied = strerror(EACCES);
  blob_print(&expected, "t/.git/info/exclude: %s\nt/a/.gitignore: %s\nt/a/f\nt/b: %s\nt/c\n", denied, denied, denied);
  check_walk("t", expected.data);
  blob_free(&expected);
  assert_int_equal(root ? seteuid(0) : 0, 0);
}

/* ---- depth ---- */

/* Nested folders of the same name, from the working folder down, with a file in the last one. */
static void make_deep(const char *name, size_t depth) {
  int at = open(".", O_RDONLY | O_DIRECTORY);
  for (size_t i = 0; i < depth; i++) {
    assert_int_equal(mkdirat(at, name, 0755), 0);
    int next = openat(at, name, O_RDONLY | O_DIRECTORY);
    close(at);
    at = next;
  }
  int file = openat(at, "f", O_WRONLY | O_CREAT, 0644);
  assert_true(file >= 0);
  close(file);
  close(at);
}

static void thousand_nested_folders_take_few_descriptors(void **state) {
  (void)state;
  enum { DEPTH = 1000 };
  make_deep("d", DEPTH);
  MAKE("e");
  struct rlimit before;
  assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
  struct rlimit few = { .rlim_cur = 16, .rlim_max = before.rlim_max };
  assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
  blob expected = { 0 };
  blob_repeat(&expected, "d/", DEPTH);
  blob_print(&expected, "f\ne\n");
  check_walk(".", expected.data);
  blob_free(&expected);
  assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
}

static void paths_that_are_too_long_are_told(void **state) {
  (void)state;
  enum { NAME = 250, DEPTH = 40 };
  char name[NAME + 1];
  memset(name, 'n', NAME);
  name[NAME] = '\0';
  make_deep(name, DEPTH);
  MAKE("z");
  blob expected = { 0 };
  /* The system takes paths that are shorter than PATH_MAX with their NUL. */
  for (size_t size = 0; size + NAME < PATH_MAX; size += NAME + 1) {
    blob_print(&expected, "%s%s", size > 0 ? "/" : "", name);
  }
  blob_print(&expected, "/%s: %s\nz\n", name, strerror(ENAMETOOLONG));
  check_walk(".", expected.data);
  blob_free(&expected);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST(entries_come_in_the_order_of_the_bytes_of_their_names),
    TEST(folders_are_told_before_their_files),
    TEST(paths_begin_with_the_operand),
    TEST(folder_called_like_standard_input_is_below_the_working_folder),
    TEST(hidden_entries_are_left_out_unless_they_are_named),
    TEST(names_may_hold_any_bytes),
    TEST(ignored_entries_are_left_out),
    TEST(nearer_patterns_go_before),
    TEST(nothing_below_an_ignored_folder_is_kept),
    TEST(named_folder_is_walked_though_it_is_ignored),
    TEST(patterns_of_the_folders_above_hold_up_to_the_root),
    TEST(folder_in_no_repository_is_taken_for_the_root_of_one),
    TEST(repository_in_a_repository_has_its_own_patterns_alone),
    TEST(repository_has_patterns_of_its_own_that_come_after_the_files),
    TEST(further_working_tree_has_the_patterns_of_its_repository),
    TEST(user_has_patterns_for_all_repositories),
    TEST(gitignore_that_is_no_file_says_nothing),
    cmocka_unit_test(lines_of_a_list_are_read_as_git_does),
    cmocka_unit_test(pattern_ends_at_a_nul),
    cmocka_unit_test(pattern_with_a_slash_at_its_end_is_for_folders),
    TEST(links_to_files_are_files_and_links_to_folders_are_not_followed),
    TEST(links_that_lead_nowhere_are_told_unless_they_are_ignored),
    TEST(pattern_for_folders_leaves_links_to_them),
    TEST(what_is_neither_file_nor_folder_is_left_out),
    TEST(what_is_no_folder_is_told),
    TEST(unreadable_things_are_told_and_the_walk_goes_on),
    TEST(thousand_nested_folders_take_few_descriptors),
    TEST(paths_that_are_too_long_are_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
