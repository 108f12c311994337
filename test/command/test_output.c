/* SPDX-License-Identifier: MIT */
/* Buffered output: what is passed on, when, and that nothing of it is lost or held for ever. */
#include "output.h"
#include "text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { LIMIT = 16 };

/* What an output has passed on. */
typedef struct passed {
  cmd_output text;
  size_t times;
  size_t most; /* at once */
} passed;

static void pass(cmd_output *out, void *context) {
  passed *to = context;
  cmd_put(&to->text, cmd_output_text(out));
  to->times++;
  to->most = out->size > to->most ? out->size : to->most;
}

static cmd_output output_to(passed *to) {
  *to = (passed){ .text = CMD_MEMORY };
  return (cmd_output){ .fd = -1, .limit = LIMIT, .pass = pass, .context = to };
}

static void finish(cmd_output *out, passed *to, const char *expected) {
  assert_true(cmd_flush(out));
  assert_true(cmd_equal(cmd_output_text(&to->text), cmd_str(expected)));
  cmd_output_free(out);
  cmd_output_free(&to->text);
}

static void test_no_more_is_held_than_the_limit(void **state) {
  (void)state;
  passed to;
  cmd_output out = output_to(&to);
  for (int i = 0; i < 5; i++) {
    cmd_puts(&out, "12345678");
    assert_true(out.size <= LIMIT);
  }
  assert_int_equal(to.times, 2);
  finish(&out, &to, "1234567812345678123456781234567812345678");
}

/* One text that is larger must not make room for all that follow it. */
static void test_a_text_beyond_the_limit_is_passed_on_with_what_follows(void **state) {
  (void)state;
  passed to;
  cmd_output out = output_to(&to);
  cmd_puts(&out, "this text is longer than the limit");
  assert_int_equal(to.most, 0);
  for (int i = 0; i < 100; i++) {
    cmd_puts(&out, ".");
  }
  assert_true(out.size <= 2 * 34);
  assert_true(to.most <= 2 * 34);
  assert_true(to.times > 1);
  cmd_output expected = CMD_MEMORY;
  cmd_puts(&expected, "this text is longer than the limit");
  cmd_put_repeat(&expected, '.', 100);
  cmd_put(&expected, (bdc_str){ "", 1 });
  finish(&out, &to, expected.data);
  cmd_output_free(&expected);
}

static void test_memory_grows_without_limit(void **state) {
  (void)state;
  cmd_output out = CMD_MEMORY;
  cmd_put_repeat(&out, 'x', 100000);
  assert_int_equal(out.size, 100000);
  assert_true(cmd_flush(&out));
  assert_int_equal(out.size, 100000);
  cmd_output_free(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_no_more_is_held_than_the_limit),
    cmocka_unit_test(test_a_text_beyond_the_limit_is_passed_on_with_what_follows),
    cmocka_unit_test(test_memory_grows_without_limit),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
