/* SPDX-License-Identifier: MIT */
/*
 * What the system may refuse: reading rule files, and a source of randomness. These tests run as root too, whom it refuses little, so the
 * linker puts functions before the system's, which refuse by order.
 */
#include "unit/support.h"

#include "base/random.h"

#include <bodycheck/table.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

/* What is refused from now on, and with which error; a read is refused once, and in full or not at all. */
static struct {
  int open_error;
  int fstat_error;
  int lstat_error;
  int read_error;
  size_t read_most; /* bytes of one read */
  size_t read_end;  /* where the file ends by now */
  bool random;
} refused;

/* Names that the linker wants. NOLINTBEGIN(bugprone-reserved-identifier) */
int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __real_fstat(int file, struct stat *about);
int __wrap_fstat(int file, struct stat *about);
int __real_lstat(const char *path, struct stat *about);
int __wrap_lstat(const char *path, struct stat *about);
ssize_t __real_read(int file, void *to, size_t size);
ssize_t __wrap_read(int file, void *to, size_t size);
ssize_t __real_getrandom(void *to, size_t size, unsigned flags);
ssize_t __wrap_getrandom(void *to, size_t size, unsigned flags);

static int fail_with(int error) {
  errno = error;
  return -1;
}

/* Only such as need no mode. */
int __wrap_open(const char *path, int flags, ...) {
  return refused.open_error ? fail_with(refused.open_error) : __real_open(path, flags);
}

int __wrap_fstat(int file, struct stat *about) {
  return refused.fstat_error ? fail_with(refused.fstat_error) : __real_fstat(file, about);
}

int __wrap_lstat(const char *path, struct stat *about) {
  return refused.lstat_error ? fail_with(refused.lstat_error) : __real_lstat(path, about);
}

ssize_t __wrap_read(int file, void *to, size_t size) {
  if (refused.read_error) {
    int error = refused.read_error;
    refused.read_error = 0;
    return fail_with(error);
  }
  size_t left = refused.read_end - (size_t)lseek(file, 0, SEEK_CUR);
  size_t most = left < refused.read_most ? left : refused.read_most;
  return __real_read(file, to, size < most ? size : most);
}

ssize_t __wrap_getrandom(void *to, size_t size, unsigned flags) {
  return refused.random ? fail_with(ENOSYS) : __real_getrandom(to, size, flags);
}
/* NOLINTEND(bugprone-reserved-identifier) */

static int refuse_nothing(void **state) {
  (void)state;
  memset(&refused, 0, sizeof refused);
  refused.read_most = refused.read_end = SIZE_MAX / 2;
  return 0;
}

/* ---- a folder with one rule file ---- */

static const char head[] = "provider p\nservice s A\n";
static const char behind[] = "nonsense\n";

static char folder[TEMPORARY_SIZE];
static char file[TEMPORARY_SIZE + sizeof "/x.rules"];

static int make_file(void **state) {
  temporary_folder(folder, "system");
  snprintf(file, sizeof file, "%s/x.rules", folder);
  FILE *out = fopen(file, "wb");
  assert_non_null(out);
  fprintf(out, "%s%s", head, behind);
  assert_int_equal(fclose(out), 0);
  return refuse_nothing(state);
}

static int remove_file(void **state) {
  refuse_nothing(state);
  assert_int_equal(remove(file), 0);
  assert_int_equal(rmdir(folder), 0);
  return 0;
}

static void collect(const bdc_diagnostic *diagnostic, void *context) {
  blob_add_str(context, diagnostic->message);
}

static bdc_status load(const char *path, blob *mistakes) {
  bdc_options alone = { .without_builtin = true };
  bdc_diagnostics diagnostics = { collect, mistakes };
  bdc_ruleset *ruleset = (bdc_ruleset *)mistakes;
  bdc_status status = bdc_ruleset_load(&path, 1, &alone, &ruleset, &diagnostics);
  assert_int_equal(ruleset == NULL, status != BDC_OK);
  bdc_ruleset_free(ruleset);
  return status;
}

static void assert_load(const char *path, bdc_status expected, const char *message) {
  blob mistakes = { 0 };
  blob_add(&mistakes, "", 0);
  assert_int_equal(load(path, &mistakes), expected);
  assert_string_equal(mistakes.data, message);
  blob_free(&mistakes);
}

/* Only its last line has a mistake. */
static void assert_read_to_the_end(void) {
  blob mistakes = { 0 };
  assert_int_equal(load(file, &mistakes), BDC_ERR_RULES);
  assert_non_null(strstr(mistakes.data, "nonsense"));
  blob_free(&mistakes);
}

/* ---- tests ---- */

static void what_the_system_says_of_a_file_is_told_in_words(void **state) {
  (void)state;
  static const struct {
    int error;
    const char *message;
  } cases[] = {
    { ENOENT, "no such file or folder" },    { ENOTDIR, "no such file or folder" }, { EACCES, "not permitted to read this" },
    { EPERM, "not permitted to read this" }, { ELOOP, "too many symbolic links" },  { ENAMETOOLONG, "the name is too long" },
    { EMFILE, "too many open files" },       { ENFILE, "too many open files" },     { EIO, "cannot be read" },
  };
  for (size_t i = 0; i < LENGTH(cases); i++) {
    refused.open_error = cases[i].error;
    assert_load(file, BDC_ERR_IO, cases[i].message);
  }
  refused.open_error = 0;
  assert_read_to_the_end();
}

static void a_file_that_cannot_be_asked_for_its_size_is_told(void **state) {
  (void)state;
  refused.fstat_error = EACCES;
  assert_load(file, BDC_ERR_IO, "not permitted to read this");
}

static void a_file_that_cannot_be_read_to_its_end_is_told(void **state) {
  (void)state;
  refused.read_error = EIO;
  assert_load(file, BDC_ERR_IO, "cannot be read");
}

static void a_read_that_was_disturbed_is_tried_again(void **state) {
  (void)state;
  refused.read_error = EINTR;
  assert_read_to_the_end();
}

static void a_file_may_come_in_pieces(void **state) {
  (void)state;
  refused.read_most = 1;
  assert_read_to_the_end();
}

/* Of what has been cut off since, nothing is made up. */
static void a_file_may_be_shorter_than_it_was_said_to_be(void **state) {
  (void)state;
  refused.read_end = sizeof head - 1;
  assert_load(file, BDC_OK, "");
}

/* A folder may have gone, or been closed, since its name was read: it is left out, as one without rule files is. */
static void what_cannot_be_told_to_be_a_folder_is_not_entered(void **state) {
  (void)state;
  char inner[TEMPORARY_SIZE + sizeof "/inner"];
  snprintf(inner, sizeof inner, "%s/inner", folder);
  assert_int_equal(mkdir(inner, 0700), 0);
  refused.lstat_error = EACCES;
  refused.read_end = sizeof head - 1;
  assert_load(folder, BDC_OK, "");
  assert_int_equal(rmdir(inner), 0);
}

static void without_a_source_of_randomness_keys_differ_from_nothing_all_the_same(void **state) {
  (void)state;
  static const bdc__siphash_key none = { 0 };
  refused.random = true;
  bdc__siphash_key key = bdc__random_key();
  assert_memory_not_equal(&key, &none, sizeof key);
  bdc_ruleset *ruleset = ruleset_builtin();
  bdc_checker *checker = checker_of(ruleset, NULL);
  static const char body[] = "{\"a\":1,\"b\":2,\"a\":3}";
  const bdc_operation *operation = operation_of(ruleset, "huaweicloud.apig.UpdateAppV2");
  assert_int_equal(bdc_check_body(checker, operation, 201, body, sizeof body - 1), BDC_INVALID);
  assert_int_equal(bdc_checker_report(checker)->error->cause->rule, BDC_RULE_DUPLICATE);
  bdc_checker_free(checker);
  bdc_ruleset_free(ruleset);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(what_the_system_says_of_a_file_is_told_in_words, refuse_nothing),
    cmocka_unit_test_setup(a_file_that_cannot_be_asked_for_its_size_is_told, refuse_nothing),
    cmocka_unit_test_setup(a_file_that_cannot_be_read_to_its_end_is_told, refuse_nothing),
    cmocka_unit_test_setup(a_read_that_was_disturbed_is_tried_again, refuse_nothing),
    cmocka_unit_test_setup(a_file_may_come_in_pieces, refuse_nothing),
    cmocka_unit_test_setup(a_file_may_be_shorter_than_it_was_said_to_be, refuse_nothing),
    cmocka_unit_test_setup(what_cannot_be_told_to_be_a_folder_is_not_entered, refuse_nothing),
    cmocka_unit_test_setup(without_a_source_of_randomness_keys_differ_from_nothing_all_the_same, refuse_nothing),
  };
  return cmocka_run_group_tests(tests, make_file, remove_file);
}
