/* SPDX-License-Identifier: MIT */
/* Layouts: what is taken from a body, which bodies fit it, and which layouts a checker keeps. */
#include "unit/support.h"

#include "accept/accept.h"
#include "check/checker.h"

#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

static const char rules[] = "provider p\n"
                            "service s A\n"
                            "source t x\n"
                            "object node\n"
                            "  name   string optional length ..8 @t\n"
                            "  kids   array of object node optional @t\n"
                            "operation Put PUT /put @t\n"
                            "  request\n"
                            "    name   string mandatory length 1..200 @t\n"
                            "    count  integer optional range 0..99 @t\n"
                            "    big    long optional @t\n"
                            "    flag   boolean optional nullable @t\n"
                            "    kind   string optional enum red | green @t\n"
                            "    word   string optional charset [a-z] start [a] @t\n"
                            "    tags   array of string optional length 1..3 @t\n"
                            "    roles  array of string optional includes read @t\n"
                            "    map    map of integer optional @t\n"
                            "    tree   object node optional @t\n"
                            "    any    any optional @t\n"
                            "  response 200 array of string length ..3\n"
                            "  response 201 string length ..8\n"
                            "  response 202\n"
                            "    few    array of array of integer optional items 2..3 @t\n"
                            "    last   string optional @t\n";

static bdc_ruleset *ruleset;
static const bdc_operation *put;
static bdc__layouts *layouts; /* made anew for each test, of the usual size */

static int make_layouts(void **state) {
  (void)state;
  const bdc_allocator allocator = bdc__allocator_or_default(NULL);
  layouts = bdc__layouts_new(&allocator, 4096);
  return layouts ? 0 : -1;
}

static int free_layouts(void **state) {
  (void)state;
  const bdc_allocator allocator = bdc__allocator_or_default(NULL);
  bdc__layouts_free(&allocator, layouts);
  return 0;
}

static int make_ruleset(void **state) {
  (void)state;
  ruleset = ruleset_of(rules);
  put = operation_of(ruleset, "p.s.Put");
  return 0;
}

static int free_ruleset(void **state) {
  (void)state;
  bdc_ruleset_free(ruleset);
  return 0;
}

static const bdc_row *request_root(void) {
  return &put->request->root;
}

/* ---- what is taken ---- */

/* Each step as its text within bars, and what is behind it. */
static void write_layout(blob *out, const bdc__layout *layout) {
  static const char *const kinds[] = { "", "string ", "scalar ", "again with ", "end" };
  const unsigned char *text = layout->texts;
  for (const bdc__layout_step *step = layout->steps;; step++) {
    blob_print(out, "|%.*s| %s", (int)step->text_size, (const char *)text, kinds[step->kind]);
    text += step->text_size;
    if (step->kind == BDC__LAYOUT_ITEM_END) {
      blob_print(out, "|%.*s| ", step->separator_size, (const char *)text);
      text += step->separator_size;
    } else if (step->plan) {
      blob_print(out, "%.*s ", (int)step->plan->row->name.size, step->plan->row->name.data);
    }
    if (step->kind == BDC__LAYOUT_END) {
      return;
    }
  }
}

static void expect_layout(const bdc_row *root, const char *body, const char *expected) {
  blob found = { 0 };
  assert_true(bdc__layout_take(layouts, root, (const unsigned char *)body));
  assert_ptr_equal(bdc__layout_place(layouts, root)->ready, root);
  write_layout(&found, bdc__layout_place(layouts, root));
  assert_string_equal(found.data, expected);
  blob_free(&found);
}

static void a_layout_is_all_but_the_values(void **state) {
  (void)state;
  expect_layout(request_root(), "{\"name\":\"a\",\"count\":1}", "|{\"name\":\"| string name |\",\"count\":| scalar count |}| end");
  expect_layout(request_root(), " { \"count\" : 12 ,\n\"name\" : \"a\\\"b\\\\\" }  \n",
                "| { \"count\" : | scalar count | ,\n\"name\" : \"| string name |\" }| end");
  expect_layout(request_root(), "{\"name\":\"\",\"flag\":null,\"map\":{\"k\":1,\"l\":2}}",
                "|{\"name\":\"| string name |\",\"flag\":| scalar flag |,\"map\":{\"k\":| scalar map |,\"l\":| scalar map |}}| end");
  expect_layout(request_root(), "{\"name\":\"a\",\"tags\":[],\"tree\":{\"name\":\"n\"}}",
                "|{\"name\":\"| string name |\",\"tags\":[],\"tree\":{\"name\":\"| string name |\"}}| end");
}

/* Of one item it can't be told what separates two. */
static void items_that_are_alike_are_kept_once(void **state) {
  (void)state;
  expect_layout(&put->responses[0].root, "[\"a\"]", "|[| |\"| string  |\"| |]| end");
  expect_layout(&put->responses[0].root, "[\"a\",\"bc\",\"\"]", "|[| |\"| string  |\"| again with |,| |]| end");
  expect_layout(request_root(), "{\"name\":\"a\",\"tags\":[ \"x\" , \"y\" ],\"map\":{}}",
                "|{\"name\":\"| string name |\",\"tags\":[ | |\"| string tags |\"| again with | , | | ],\"map\":{}}| end");
  expect_layout(request_root(), "{\"name\":\"a\",\"tree\":{\"kids\":[{\"kids\":[{},{},{}]},{\"kids\":[{},{}]}]}}",
                "|{\"name\":\"| string name |\",\"tree\":{\"kids\":[| |{\"kids\":[| |{}| again with |,| |]}| again with |,| |]}}| end");
}

static bool takes(const char *body) {
  return bdc__layout_take(layouts, request_root(), (const unsigned char *)body);
}

static void items_that_differ_have_no_layout(void **state) {
  (void)state;
  assert_false(takes("{\"name\":\"a\",\"tree\":{\"kids\":[{\"name\":\"n\" },{\"name\": \"m\"}]}}"));
  assert_false(takes("{\"name\":\"a\",\"tags\":[\"x\" ,\"y\", \"z\"]}"));
  assert_false(takes("{\"name\":\"a\",\"tags\":[\"x\",                                                                  \"y\"]}"));
  assert_true(takes("{\"name\":\"a\",\"tree\":{\"kids\":[{\"name\":\"n\"},{\"name\":\"m\"}]}}"));
  assert_false(takes("{\"name\":\"a\",\"tree\":{\"kids\":[{\"name\":\"n\"},{\"name\":\"m\"},{}]}}"));
  assert_false(takes("{\"name\":\"a\",\"tree\":{\"kids\":[{\"name\":\"n\"},{ \"name\":\"m\"}]}}"));
  assert_false(takes("{\"name\":\"a\",\"tree\":{\"kids\":[{\"name\":\"n\"},{\"kids\":[]}]}}"));
  assert_false(takes("{\"name\":\"a\",\"tags\":[\"x\",\"y\", \"z\"]}"));
  assert_false(takes("{\"name\":\"a\",\"tree\":{\"kids\":[{\"kids\":[{},{}]},{\"kids\":[{}, {}]}]}}"));
}

/* Which of them is the one that must be there may not change, so none does. */
static void items_one_of_which_must_be_there_are_part_of_the_layout(void **state) {
  (void)state;
  expect_layout(request_root(), "{\"name\":\"a\",\"roles\":[ \"read\" , \"a]\\\"b\"]}",
                "|{\"name\":\"| string name |\",\"roles\":[ \"read\" , \"a]\\\"b\"]}| end");
}

static void a_long_text_has_several_steps(void **state) {
  (void)state;
  blob body = { 0 };
  blob expected = { 0 };
  blob_print(&body, "{");
  blob_repeat(&body, " ", 2 * BDC__LAYOUT_TEXT_MAX);
  blob_print(&body, "\"count\":1,\"name\":\"a\"}");
  blob_print(&expected, "|{");
  blob_repeat(&expected, " ", BDC__LAYOUT_TEXT_MAX - 1);
  blob_print(&expected, "| |");
  blob_repeat(&expected, " ", BDC__LAYOUT_TEXT_MAX);
  blob_print(&expected, "| | \"count\":| scalar count |,\"name\":\"| string name |\"}| end");
  expect_layout(request_root(), body.data, expected.data);
  blob_free(&body);
  blob_free(&expected);
}

static void what_is_too_much_or_undocumented_has_no_layout(void **state) {
  (void)state;
  enum { STEPS = 64, TEXTS = 1024, LOOPS = 4 };
  blob body = { 0 };
  assert_false(takes("{\"name\":\"a\",\"other\":1}"));
  assert_false(takes("{\"name\":\"a\",\"any\":{\"x\":1}}"));
  assert_true(takes("{\"name\":\"a\",\"any\":\"x\"}"));
  assert_false(bdc__layout_take(layouts, &put->responses[1].root, (const unsigned char *)" \"[\" "));

  for (size_t keys = STEPS - 2; keys <= STEPS - 1; keys++) {
    blob_clear(&body);
    blob_print(&body, "{\"name\":\"a\",\"map\":{\"0\":0");
    for (size_t i = 1; i < keys; i++) {
      blob_print(&body, ",\"%zu\":0", i);
    }
    blob_print(&body, "}}");
    assert_int_equal(takes(body.data), keys == STEPS - 2);
  }
  const char rest[] = "{\"name\":\"\"}";
  for (size_t blanks = TEXTS - strlen(rest); blanks <= TEXTS - strlen(rest) + 1; blanks++) {
    blob_clear(&body);
    blob_repeat(&body, " ", blanks);
    blob_print(&body, "%s", rest);
    assert_int_equal(takes(body.data), blanks == TEXTS - strlen(rest));
  }
  for (size_t nodes = LOOPS; nodes <= LOOPS + 1; nodes++) {
    blob_clear(&body);
    blob_print(&body, "{\"name\":\"a\",\"tree\":{");
    blob_repeat(&body, "\"kids\":[{", nodes);
    blob_repeat(&body, "}]", nodes);
    blob_print(&body, "}}");
    assert_int_equal(takes(body.data), nodes == LOOPS);
  }
  blob_free(&body);
}

/* ---- what fits ---- */

/* Whether all kernels find that `body` fits the layout of `first`; it must be all or none. */
static bool fits_table(const bdc__body *table, int http_status, const char *first, const char *body) {
  bdc_checker *checker = checker_of(ruleset, NULL);
  bdc__accept_task task = checker->task;
  task.root = &table->root;
  task.service = put->service;
  assert_int_equal(bdc_check_body(checker, put, http_status, first, strlen(first)), BDC_VALID);
  assert_true(bdc__layout_take(layouts, task.root, (const unsigned char *)first));
  size_t size = strlen(body);
  unsigned char *copy = malloc(size + 1);
  assert_non_null(copy);
  memcpy(copy, body, size);
  size_t count = 0;
  size_t fitting = 0;
  for (const bdc__kernel *kernel; (kernel = bdc__kernel_at(count)) != NULL; count++) {
    fitting += kernel->replay(&task, bdc__layout_place(layouts, task.root), copy, size);
  }
  assert_true(fitting == 0 || fitting == count);
  free(copy);
  bdc_checker_free(checker);
  return fitting > 0;
}

static bool fits(const char *first, const char *body) {
  return fits_table(put->request, 0, first, body);
}

static bool fits_response(const char *first, const char *body) {
  return fits_table(&put->responses[2], 202, first, body);
}

static void values_that_are_what_their_rows_say_fit(void **state) {
  (void)state;
  const char *const first = "{\"name\":\"a\",\"count\":1,\"flag\":true,\"kind\":\"red\",\"word\":\"ab\",\"tags\":[\"x\"]}";
  const char *const format = "{\"name\":\"%s\",\"count\":%s,\"flag\":%s,\"kind\":\"%s\",\"word\":\"%s\",\"tags\":[\"%s\"]}";
  static const struct {
    const char *values[6];
    bool fits;
  } bodies[] = {
    { { "a", "1", "true", "red", "ab", "x" }, true },
    { { "longer", "99", "false", "green", "a", "xyz" }, true },
    { { "\\u0041\\n\\\"", "0", "null", "red", "abc", "\\u0041" }, true },
    { { "\xe6\x9d\x8e", "10", "true", "red", "", "\xc3\xa9\xc3\xa9\xc3\xa9" }, true },
    { { "", "1", "true", "red", "ab", "x" }, false },
    { { "a", "100", "true", "red", "ab", "x" }, false },
    { { "a", "-1", "true", "red", "ab", "x" }, false },
    { { "a", "01", "true", "red", "ab", "x" }, false },
    { { "a", "", "true", "red", "ab", "x" }, false },
    { { "a", "1 ", "true", "red", "ab", "x" }, false },
    { { "a", "\"1\"", "true", "red", "ab", "x" }, false },
    { { "a", "null", "true", "red", "ab", "x" }, false },
    { { "a", "1", "tru", "red", "ab", "x" }, false },
    { { "a", "1", "1", "red", "ab", "x" }, false },
    { { "a", "1", "true", "blue", "ab", "x" }, false },
    { { "a", "1", "true", "red", "ba", "x" }, false },
    { { "a", "1", "true", "red", "aB", "x" }, false },
    { { "a", "1", "true", "red", "ab", "wxyz" }, false },
    { { "a", "1", "true", "red", "ab", "" }, false },
    { { "a\x01", "1", "true", "red", "ab", "x" }, false },
    { { "\\x", "1", "true", "red", "ab", "x" }, false },
    { { "\xe6\x9d", "1", "true", "red", "ab", "x" }, false },
    { { "a\",\"name\":\"b", "1", "true", "red", "ab", "x" }, false },
    { { "a", "1,\"count\":1", "true", "red", "ab", "x" }, false },
  };
  for (size_t i = 0; i < LENGTH(bodies); i++) {
    blob body = { 0 };
    const char *const *values = bodies[i].values;
    blob_print(&body, format, values[0], values[1], values[2], values[3], values[4], values[5]);
    if (fits(first, body.data) != bodies[i].fits) {
      fail_msg("%s %s", body.data, bodies[i].fits ? "does not fit" : "fits");
    }
    blob_free(&body);
  }
}

/* A text may come anywhere in the last bytes of a body, or before them, and so may the end of a value. */
/* Items come in any number that the rule allows, also of arrays within each other, of which each has its own. */
static void any_number_of_items_fits_that_there_may_be(void **state) {
  (void)state;
  static const struct {
    const char *body;
    bool fits;
  } bodies[] = {
    { "{\"few\":[[1,2],[3]],\"last\":\"x\"}", true },
    { "{\"few\":[[1,2],[3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30]],\"last\":\"x\"}", true },
    { "{\"few\":[[1],[2],[3]],\"last\":\"x\"}", true },
    { "{\"few\":[[1]],\"last\":\"x\"}", false },
    { "{\"few\":[[1],[2],[3],[4]],\"last\":\"x\"}", false },
    { "{\"few\":[[1],[]],\"last\":\"x\"}", false },
    { "{\"few\":[],\"last\":\"x\"}", false },
    { "{\"few\":[[1],[2],],\"last\":\"x\"}", false },
    { "{\"few\":[[1],[2,]],\"last\":\"x\"}", false },
    { "{\"few\":[[1], [2]],\"last\":\"x\"}", false },
    { "{\"few\":[[1],[2]", false },
    { "{\"few\":[[1],[2],", false },
    { "{\"few\":[[1],[2]}", false },
    { "{\"few\":[[1],[\"2\"]],\"last\":\"x\"}", false },
  };
  for (size_t i = 0; i < LENGTH(bodies); i++) {
    if (fits_response("{\"few\":[[1,2],[3,4]],\"last\":\"x\"}", bodies[i].body) != bodies[i].fits) {
      fail_msg("%s %s", bodies[i].body, bodies[i].fits ? "does not fit" : "fits");
    }
  }
}

static void items_fit_wherever_they_end(void **state) {
  (void)state;
  static const char behind[] = "]],\"last\":\"";
  blob body = { 0 };
  for (size_t items = 2; items <= 200; items++) {
    for (size_t tail = 0; tail < 140; tail += 23) {
      blob_clear(&body);
      blob_print(&body, "{\"few\":[[1],[2");
      blob_repeat(&body, ",34", items - 1);
      size_t end = body.size;
      blob_print(&body, "%s%0*d\"}", behind, (int)tail + 1, 0);
      assert_true(fits_response("{\"few\":[[1,2],[3,4]],\"last\":\"x\"}", body.data));
      body.data[end] = ',';
      assert_false(fits_response("{\"few\":[[1,2],[3,4]],\"last\":\"x\"}", body.data));
    }
  }
  blob_free(&body);
}

static void write_sized(blob *out, size_t size, size_t tail) {
  blob_clear(out);
  blob_print(out, "{\"name\":\"");
  blob_repeat(out, "a", size);
  blob_print(out, "\",\"count\":1,\"map\":{\"%0*d\":1}}", (int)tail + 1, 0);
}

static void strings_of_any_size_fit_wherever_they_end(void **state) {
  (void)state;
  blob first = { 0 };
  blob body = { 0 };
  for (size_t tail = 0; tail < 200; tail += tail % 7 + 1) {
    write_sized(&first, 1, tail);
    for (size_t size = 0; size <= 201; size++) {
      write_sized(&body, size, tail);
      assert_int_equal(fits(first.data, body.data), size >= 1 && size <= 200);
    }
  }
  blob_free(&first);
  blob_free(&body);
}

/* A blank more is right within a string alone. */
static void no_byte_of_a_text_may_change_be_missing_or_come_twice(void **state) {
  (void)state;
  const char first[] = "{\"name\":\"~\",\n   \"count\" : 7, \"tree\":{\"kids\":[{\"name\":\"~\"},{\"name\":\"~\"}]} }";
  char body[sizeof first + 1];
  for (size_t i = 0; i < sizeof first - 1; i++) {
    memcpy(body, first, i);
    body[i] = ' ';
    memcpy(body + i + 1, first + i, sizeof first - i);
    assert_int_equal(fits(first, body), first[i] == '~' || (i > 0 && first[i - 1] == '~'));
    if (first[i] != '~' && first[i] != '7') {
      memcpy(body + i, first + i + 1, sizeof first - i - 1);
      assert_false(fits(first, body));
      memcpy(body, first, sizeof first);
      body[i] = (char)(body[i] ^ 1);
      assert_false(fits(first, body));
    }
  }
}

static void blanks_behind_a_body_do_not_matter(void **state) {
  (void)state;
  assert_true(fits("{\"name\":\"a\"} \n", "{\"name\":\"b\"}"));
  assert_true(fits("{\"name\":\"a\"}", "{\"name\":\"b\"}\r\n\t "));
  assert_false(fits("{\"name\":\"a\"}", "{\"name\":\"b\"}}"));
  assert_false(fits("{\"name\":\"a\"}", "{\"name\":\"b\"} x"));
  assert_false(fits("{\"name\":\"a\"}", ""));
  assert_false(fits("{\"name\":\"a\"}", " "));
  assert_false(fits("{\"name\":\"a\"}", "{\"name\":\"b"));
  assert_false(fits("{\"name\":\"a\"}", "{\"name\":\"b\\"));
}

/* ---- which are kept ---- */

static void offer(const bdc_row *root, size_t times) {
  while (times--) {
    bdc__layout_offer(layouts, root, (const unsigned char *)"{\"name\":\"a\"}");
  }
}

static void a_layout_is_kept_from_the_second_body_on(void **state) {
  (void)state;
  const bdc__layout *layout = bdc__layout_place(layouts, request_root());
  offer(request_root(), 1);
  assert_null(layout->ready);
  offer(request_root(), 1);
  assert_ptr_equal(layout->ready, request_root());
}

static void a_layout_that_fails_is_tried_less_often_and_then_replaced(void **state) {
  (void)state;
  bdc__layout *layout = bdc__layout_place(layouts, request_root());
  offer(request_root(), 2);
  const bdc__layout_step *first = layout->steps;
  for (unsigned misses = 1; misses <= 12; misses++) {
    bdc__layout_missed(layout);
    assert_null(layout->ready);
    offer(request_root(), (1u << (misses < 10 ? misses : 10)) - 1);
    assert_null(layout->ready);
    offer(request_root(), 1);
    assert_ptr_equal(layout->ready, request_root());
    assert_int_equal(layout->steps == first, misses < 3);
  }
  bdc__layout_hit(layout);
  bdc__layout_missed(layout);
  offer(request_root(), 2);
  assert_ptr_equal(layout->ready, request_root());
}

static void a_body_without_a_layout_is_asked_for_one_less_often(void **state) {
  (void)state;
  const unsigned char *without = (const unsigned char *)"{\"name\":\"a\",\"any\":[1]}";
  const bdc__layout *layout = bdc__layout_place(layouts, request_root());
  offer(request_root(), 1);
  for (unsigned misses = 1; misses <= 5; misses++) {
    bdc__layout_offer(layouts, request_root(), without);
    assert_null(layout->ready);
    assert_int_equal(layout->wait, 1u << misses);
    offer(request_root(), (1u << misses) - 1);
    assert_null(layout->ready);
  }
  offer(request_root(), 1);
  assert_ptr_equal(layout->ready, request_root());
}

/* Two tables that have one place. */
static void find_neighbours(bdc_row *rows, size_t count, const bdc_row **one, const bdc_row **other) {
  *one = &rows[0];
  for (size_t i = 1; i < count; i++) {
    if (bdc__layout_place(layouts, &rows[i]) == bdc__layout_place(layouts, *one)) {
      *other = &rows[i];
      return;
    }
  }
  fail_msg("all have places of their own");
}

static void a_table_takes_the_place_of_another_that_is_not_seen_any_more(void **state) {
  (void)state;
  static bdc_row rows[200];
  const bdc_row *one;
  const bdc_row *other = NULL;
  for (size_t i = 0; i < LENGTH(rows); i++) {
    rows[i] = *request_root();
  }
  find_neighbours(rows, LENGTH(rows), &one, &other);
  bdc__layout *layout = bdc__layout_place(layouts, one);
  offer(one, 2);
  offer(other, 32);
  bdc__layout_hit(layout);
  offer(other, 32);
  assert_ptr_equal(layout->ready, one);
  offer(other, 1);
  assert_null(layout->ready);
  offer(other, 1);
  assert_ptr_equal(layout->ready, other);
}

/* Memory for them is scarce: each is whole, or is not there any more. */
static void the_oldest_layouts_make_room_for_the_newest(void **state) {
  (void)state;
  static bdc_row rows[64];
  blob body = { 0 };
  size_t ready = 0;
  for (size_t i = 0; i < LENGTH(rows); i++) {
    rows[i] = *request_root();
    blob_clear(&body);
    blob_print(&body, "{\"name\":\"a\",\"map\":{\"");
    blob_repeat(&body, i % 2 ? "x" : "yz", 100 + i);
    blob_print(&body, "\":1}}");
    assert_true(bdc__layout_take(layouts, &rows[i], (const unsigned char *)body.data));
    ready = 0;
    for (size_t j = 0; j <= i; j++) {
      const bdc__layout *layout = bdc__layout_place(layouts, &rows[j]);
      if (layout->ready == &rows[j]) {
        ready++;
        assert_memory_equal(layout->texts, "{\"name\":\"\",\"map\":{\"", 19);
        assert_int_equal(layout->texts[19], j % 2 ? 'x' : 'y');
        assert_true((const unsigned char *)layout->steps >= layouts->memory);
        assert_true((const unsigned char *)layout->steps + layout->size <= layouts->memory + layouts->size);
      }
    }
    assert_ptr_equal(bdc__layout_place(layouts, &rows[i])->ready, &rows[i]);
  }
  assert_in_range(ready, 3, layouts->count);
  blob_free(&body);
}

static void there_are_as_many_places_as_there_is_memory_for(void **state) {
  (void)state;
  const unsigned char *const body = (const unsigned char *)"{\"name\":\"a\",\"count\":1}";
  static const struct {
    size_t bytes;
    size_t places;
    bool fits;
  } cases[] = { { 1, 2, false }, { 200, 2, false }, { 300, 2, true }, { 1023, 2, true }, { 1024, 4, true }, { 65536, 256, true } };
  const bdc_allocator allocator = bdc__allocator_or_default(NULL);
  for (size_t i = 0; i < LENGTH(cases); i++) {
    bdc__layouts *some = bdc__layouts_new(&allocator, cases[i].bytes);
    assert_non_null(some);
    assert_int_equal(some->count, cases[i].places);
    assert_int_equal(bdc__layout_take(some, request_root(), body), cases[i].fits);
    assert_int_equal(bdc__layout_place(some, request_root())->ready != NULL, cases[i].fits);
    bdc__layouts_free(&allocator, some);
  }
}

/* ---- in a checker ---- */

static bdc_verdict check(bdc_checker *checker, const char *body) {
  return bdc_check_body(checker, put, 0, body, strlen(body));
}

/* Bodies that are alike, but for values that break a rule, are told as before; and in all kernels but none the layout is there. */
static void a_checker_that_knows_a_layout_still_sees_what_is_wrong(void **state) {
  (void)state;
  for (size_t i = 0; bdc_kernel_name(i); i++) {
    bdc_checker *checker = checker_of(ruleset, &(bdc_settings){ .kernel = bdc_kernel_name(i) });
    for (int times = 0; times < 3; times++) {
      assert_int_equal(check(checker, "{\"name\":\"a\",\"count\":1}"), BDC_VALID);
    }
    const bdc__layout *layout = bdc__layout_place(checker->layouts, request_root());
    assert_ptr_equal(layout->ready, request_root());
    assert_int_equal(check(checker, "{\"name\":\"a\",\"count\":100}"), BDC_INVALID);
    assert_int_equal(bdc_checker_report(checker)->violation_count, 1);
    assert_int_equal(bdc_checker_report(checker)->violations[0].rule, BDC_RULE_RANGE);
    assert_int_equal(check(checker, "{\"name\":\"b\",\"count\":2}"), BDC_VALID);
    assert_int_equal(bdc_checker_report(checker)->violation_count, 0);
    bdc_checker_free(checker);
  }
}

/* A body with a warning has no layout: whoever is like it would have to be warned of too. */
static void only_a_body_in_which_nothing_was_found_gives_its_layout(void **state) {
  (void)state;
  for (size_t i = 0; bdc_kernel_name(i); i++) {
    bdc_checker *checker = checker_of(ruleset, &(bdc_settings){ .kernel = bdc_kernel_name(i), .unknown_request = BDC_UNKNOWN_WARNING });
    for (int times = 0; times < 100; times++) {
      assert_int_equal(check(checker, "{\"name\":\"a\",\"other\":1}"), BDC_VALID);
      assert_int_equal(bdc_checker_report(checker)->warning_count, 1);
    }
    assert_null(bdc__layout_place(checker->layouts, request_root())->root);
    bdc_checker_free(checker);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(a_layout_is_all_but_the_values, make_layouts, free_layouts),
    cmocka_unit_test_setup_teardown(items_that_are_alike_are_kept_once, make_layouts, free_layouts),
    cmocka_unit_test_setup_teardown(items_that_differ_have_no_layout, make_layouts, free_layouts),
    cmocka_unit_test_setup_teardown(any_number_of_items_fits_that_there_may_be, make_layouts, free_layouts),
    cmocka_unit_test_setup_teardown(items_fit_wherever_they_end, make_layouts, free_layouts),
    cmocka_unit_test_setup_teardown(items_one_of_which_must_be_there_are_part_of_the_layout, make_layouts, free_layouts),
    cmocka_unit_test_setup_teardown(a_long_text_has_several_steps, make_layouts, free_layouts),
    cmocka_unit_test_setup_teardown(what_is_too_much_or_undocumented_has_no_layout, make_layouts, free_layouts),
    cmocka_unit_test_setup_teardown(values_that_are_what_their_rows_say_fit, make_layouts, free_layouts),
    cmocka_unit_test_setup_teardown(strings_of_any_size_fit_wherever_they_end, make_layouts, free_layouts),
    cmocka_unit_test_setup_teardown(no_byte_of_a_text_may_change_be_missing_or_come_twice, make_layouts, free_layouts),
    cmocka_unit_test_setup_teardown(blanks_behind_a_body_do_not_matter, make_layouts, free_layouts),
    cmocka_unit_test_setup_teardown(a_layout_is_kept_from_the_second_body_on, make_layouts, free_layouts),
    cmocka_unit_test_setup_teardown(a_layout_that_fails_is_tried_less_often_and_then_replaced, make_layouts, free_layouts),
    cmocka_unit_test_setup_teardown(a_body_without_a_layout_is_asked_for_one_less_often, make_layouts, free_layouts),
    cmocka_unit_test_setup_teardown(a_table_takes_the_place_of_another_that_is_not_seen_any_more, make_layouts, free_layouts),
    cmocka_unit_test_setup_teardown(the_oldest_layouts_make_room_for_the_newest, make_layouts, free_layouts),
    cmocka_unit_test_setup_teardown(there_are_as_many_places_as_there_is_memory_for, make_layouts, free_layouts),
    cmocka_unit_test_setup_teardown(a_checker_that_knows_a_layout_still_sees_what_is_wrong, make_layouts, free_layouts),
    cmocka_unit_test_setup_teardown(only_a_body_in_which_nothing_was_found_gives_its_layout, make_layouts, free_layouts),
  };
  return cmocka_run_group_tests(tests, make_ruleset, free_ruleset);
}
