/* SPDX-License-Identifier: MIT */
/* The custom mutator for AFL++, called as afl-fuzz calls it, and what the environment tells it. */
#include "unit/support.h"

#include <bodycheck/fuzzing.h>

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

/* As afl-fuzz finds them, by name. */
void *afl_custom_init(void *afl, unsigned int seed);
void afl_custom_deinit(void *data);
size_t afl_custom_fuzz(void *data, unsigned char *buf, size_t buf_size, unsigned char **out_buf, unsigned char *add_buf,
                       size_t add_buf_size, size_t max_size);
size_t afl_custom_havoc_mutation(void *data, unsigned char *buf, size_t buf_size, unsigned char **out_buf, size_t max_size);
int afl_custom_init_trim(void *data, unsigned char *buf, size_t buf_size);
size_t afl_custom_trim(void *data, unsigned char **out_buf);
int afl_custom_post_trim(void *data, unsigned char success);

/* ---- the environment ---- */

static const char *const variables[] = { "BODYCHECK_OPERATION", "BODYCHECK_RESPONSE", "BODYCHECK_RULES", "BODYCHECK_WELL_FORMED" };

static int forget_variables(void **state) {
  (void)state;
  for (size_t i = 0; i < LENGTH(variables); i++) {
    unsetenv(variables[i]);
  }
  return 0;
}

static void the_environment_names_operation_status_and_form(void **state) {
  (void)state;
  bdc_fuzzing fuzzing;
  assert_true(bdc_fuzzing_begin(&fuzzing));
  assert_null(fuzzing.operation);
  assert_int_equal(fuzzing.http_status, 0);
  assert_false(fuzzing.well_formed);
  bdc_fuzzing_end(&fuzzing);
  setenv("BODYCHECK_OPERATION", "workspace.UpdateApp", 1);
  setenv("BODYCHECK_RESPONSE", "200", 1);
  setenv("BODYCHECK_WELL_FORMED", "1", 1);
  assert_true(bdc_fuzzing_begin(&fuzzing));
  assert_ptr_equal(fuzzing.operation, operation_of(fuzzing.ruleset, "huaweicloud.workspace.UpdateApp"));
  assert_int_equal(fuzzing.http_status, 200);
  assert_true(fuzzing.well_formed);
  bdc_fuzzing_end(&fuzzing);
}

static void rules_are_loaded_where_they_are_named(void **state) {
  (void)state;
  bdc_fuzzing fuzzing;
  setenv("BODYCHECK_RULES", "test/command/data/rules", 1);
  setenv("BODYCHECK_OPERATION", "MoveItem", 1);
  assert_true(bdc_fuzzing_begin(&fuzzing));
  assert_non_null(fuzzing.operation);
  bdc_fuzzing_end(&fuzzing);
}

static const char *const mistakes[][2] = {
  { "BODYCHECK_OPERATION", "NoSuchOperation" },
  { "BODYCHECK_OPERATION", "UpdateAppV2" }, /* of two providers */
  { "BODYCHECK_RESPONSE", "20" },
  { "BODYCHECK_RESPONSE", "600" },
  { "BODYCHECK_RESPONSE", "2x0" },
  { "BODYCHECK_RESPONSE", "2000" },
  { "BODYCHECK_RULES", "test/no-such-folder" },
  { "BODYCHECK_RULES", "test/command/data/broken.rules" },
  { "BODYCHECK_WELL_FORMED", "yes" },
};

static void mistakes_in_the_environment_are_told_and_nothing_is_left(void **state) {
  for (size_t i = 0; i < LENGTH(mistakes); i++) {
    bdc_fuzzing fuzzing;
    forget_variables(state);
    setenv(mistakes[i][0], mistakes[i][1], 1);
    assert_false(bdc_fuzzing_begin(&fuzzing));
    assert_null(fuzzing.ruleset);
    assert_null(fuzzing.mutator);
  }
}

/* afl-fuzz would go on with what it is given. */
static void a_mistake_ends_afl_fuzz(void **state) {
  (void)state;
  setenv("BODYCHECK_OPERATION", "NoSuchOperation", 1);
  pid_t child = fork();
  if (child == 0) {
    afl_custom_init(NULL, 1);
    _exit(0);
  }
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFEXITED(status) && WEXITSTATUS(status) != 0);
}

/* ---- fuzzing ---- */

static void *mutator(unsigned seed) {
  setenv("BODYCHECK_OPERATION", "huaweicloud.apig.UpdateAppV2", 1);
  setenv("BODYCHECK_WELL_FORMED", "1", 1);
  return afl_custom_init(NULL, seed);
}

static void what_is_made_follows_from_the_seed_and_crosses_both_inputs(void **state) {
  (void)state;
  static unsigned char first[] = "{\"name\":\"first\"}";
  static unsigned char second[] = "{\"name\":\"second\",\"remark\":\"other\"}";
  void *a = mutator(7);
  void *b = mutator(7);
  size_t crossed = 0;
  for (int i = 0; i < 2000; i++) {
    unsigned char *out;
    unsigned char *same;
    size_t size = afl_custom_fuzz(a, first, sizeof first - 1, &out, second, sizeof second - 1, 200);
    assert_true(size > 0 && size <= 200);
    assert_int_equal(afl_custom_fuzz(b, first, sizeof first - 1, &same, second, sizeof second - 1, 200), size);
    assert_memory_equal(out, same, size);
    crossed += size == 16 + sizeof "\"remark\":\"other\"," - 1 && memcmp(out, "{\"remark\":\"other\",\"name\":\"first\"}", size) == 0;
  }
  assert_true(crossed > 20);
  afl_custom_deinit(a);
  afl_custom_deinit(b);
}

static void no_second_input_and_no_input_at_all_are_no_harm(void **state) {
  (void)state;
  static unsigned char nothing[1];
  void *data = mutator(1);
  for (int i = 0; i < 200; i++) {
    unsigned char *out;
    assert_true(afl_custom_fuzz(data, nothing, 0, &out, NULL, 0, 100) > 0);
    assert_true(afl_custom_havoc_mutation(data, nothing, 0, &out, 100) > 0);
  }
  afl_custom_deinit(data);
}

/* ---- trimming, in the loop of afl-fuzz ---- */

static size_t trim(void *data, blob *body, const char *part) {
  int step = 0;
  int steps = afl_custom_init_trim(data, (unsigned char *)body->data, body->size);
  while (step < steps) {
    unsigned char *out;
    size_t size = afl_custom_trim(data, &out);
    assert_true(size < body->size);
    blob candidate = { 0 };
    blob_add(&candidate, out, size);
    bool success = strstr(candidate.data, part);
    if (success) {
      blob_clear(body);
      blob_add_str(body, blob_str(&candidate));
    }
    blob_free(&candidate);
    step = afl_custom_post_trim(data, success);
    assert_true(step >= 0 && step <= steps);
  }
  return body->size;
}

static void trimming_ends_with_what_is_needed(void **state) {
  (void)state;
  void *data = mutator(1);
  blob body = { 0 };
  blob_print(&body, "{\"name\": \"app_demo\", \"remark\": \"xyz and more\", \"x\": [1, 2, 3]}");
  trim(data, &body, "xyz");
  assert_string_equal(body.data, "{\"remark\":\"xyz\"}");
  blob_clear(&body);
  blob_print(&body, "1");
  assert_int_equal(trim(data, &body, "1"), 1);
  blob_free(&body);
  afl_custom_deinit(data);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(the_environment_names_operation_status_and_form, forget_variables),
    cmocka_unit_test_setup(rules_are_loaded_where_they_are_named, forget_variables),
    cmocka_unit_test_setup(mistakes_in_the_environment_are_told_and_nothing_is_left, forget_variables),
    cmocka_unit_test_setup(a_mistake_ends_afl_fuzz, forget_variables),
    cmocka_unit_test_setup(what_is_made_follows_from_the_seed_and_crosses_both_inputs, forget_variables),
    cmocka_unit_test_setup(no_second_input_and_no_input_at_all_are_no_harm, forget_variables),
    cmocka_unit_test_setup(trimming_ends_with_what_is_needed, forget_variables),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
