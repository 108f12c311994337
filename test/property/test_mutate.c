/* SPDX-License-Identifier: MIT */
/*
 * Mutation, crossing and trimming of the bodies of test/data, in chains: what is made has room where it should, follows from the seed, and
 * is JSON where that is asked for. Arguments: the folder test/data, and a seed or nothing.
 */
#include "unit/support.h"

#include "unit/well_formed.h"

#include <bodycheck/mutate.h>

#include <stdio.h>
#include <string.h>

enum { ROUNDS = 100000, CHAIN = 24, SIZE_MOST = 1 << 13, SETTINGS = 4 };

static const char *data;
static const char *seed;
static bdc_ruleset *builtin;
static samples list;

static bool is_json(bdc_str text) {
  static unsigned char containers[BDC__JSON_CONTAINER_BYTES(SIZE_MOST)];
  return well_formed(text, containers, SIZE_MOST);
}

/* Mutators of each sample's table, or of none: with room for all values of a body, or for a few. */
static bdc_mutator *mutator_of(const sample *item, size_t which, bool well_formed) {
  bdc_mutator_settings settings = { .size_max = SIZE_MOST, .values_max = which & 1 ? 5 : 0, .well_formed = well_formed };
  bdc_mutator *mutator;
  assert_int_equal(bdc_mutator_new(which & 2 ? NULL : item->operation, item->http_status, &settings, &mutator), BDC_OK);
  return mutator;
}

/* One step, in memory that ends where the room ends, so that a sanitizer sees what goes beyond it. */
static void mutate_copy(bdc_mutator *mutator, blob *body, size_t max_size) {
  size_t size = body->size < max_size ? body->size : max_size;
  char *copy = malloc(max_size ? max_size : 1);
  assert_non_null(copy);
  memcpy(copy, body->data, size);
  size = bdc_mutate(mutator, copy, size, max_size);
  assert_true(size <= max_size && (size > 0 || max_size == 0));
  blob_clear(body);
  blob_add(body, copy, size);
  free(copy);
}

static void cross_copy(bdc_mutator *mutator, blob *body, const sample *other, size_t max_size) {
  char *copy = malloc(max_size ? max_size : 1);
  assert_non_null(copy);
  size_t size = bdc_crossover(mutator, body->data, body->size, other->body.data, other->body.size, copy, max_size);
  assert_true(size <= max_size && (size > 0 || max_size == 0));
  blob_clear(body);
  blob_add(body, copy, size);
  free(copy);
}

/* Mostly there is room; at times there is next to none. */
static size_t any_room(random_source *random) {
  return random_below(random, 8) ? SIZE_MOST : 1 + random_below(random, 300);
}

static void run_chain(random_source *random, bdc_mutator *mutator, const sample *first, bool well_formed, size_t *changed) {
  blob body = { 0 };
  blob before = { 0 };
  blob_add_str(&body, blob_str(&first->body));
  for (int i = 0; i < CHAIN; i++) {
    blob_clear(&before);
    blob_add_str(&before, blob_str(&body));
    if (random_below(random, 4)) {
      mutate_copy(mutator, &body, any_room(random));
    } else {
      cross_copy(mutator, &body, &list.items[random_below(random, list.count)], any_room(random));
    }
    if (well_formed && !is_json(blob_str(&body))) {
      fail_msg("%s, step %d: what was made is no JSON", first->path, i);
    }
    *changed += before.size != body.size || memcmp(before.data, body.data, body.size) != 0;
  }
  blob_free(&body);
  blob_free(&before);
}

static size_t run_rounds(random_source *random, bool well_formed, size_t rounds) {
  size_t changed = 0;
  size_t chains = rounds / CHAIN + 1;
  size_t made = list.count * SETTINGS;
  for (size_t i = 0; i < made; i++) {
    bdc_mutator *mutator = mutator_of(&list.items[i / SETTINGS], i % SETTINGS, well_formed);
    bdc_mutator_seed(mutator, random_next(random));
    for (size_t j = 0; j < chains / made + 1; j++) {
      run_chain(random, mutator, &list.items[i / SETTINGS], well_formed, &changed);
    }
    bdc_mutator_free(mutator);
  }
  return changed;
}

static void what_is_made_is_json_where_that_is_asked_for(void **state) {
  (void)state;
  random_source random = random_from(seed);
  assert_true(run_rounds(&random, true, ROUNDS) > ROUNDS / 10 * 9);
}

static void what_is_made_has_room_whatever_it_is(void **state) {
  (void)state;
  random_source random = random_from(seed);
  assert_true(run_rounds(&random, false, ROUNDS) > ROUNDS / 10 * 9);
}

/* ---- the seed ---- */

static void record_chain(bdc_mutator *mutator, const sample *first, blob *out) {
  blob body = { 0 };
  blob_add_str(&body, blob_str(&first->body));
  for (int i = 0; i < CHAIN; i++) {
    mutate_copy(mutator, &body, SIZE_MOST);
    blob_add_str(out, blob_str(&body));
  }
  blob_free(&body);
}

static void the_same_seed_makes_the_same_bodies(void **state) {
  (void)state;
  random_source random = random_from(seed);
  size_t differ = 0;
  for (size_t i = 0; i < list.count; i++) {
    blob records[3] = { { 0 } };
    uint64_t chosen = random_next(&random);
    for (size_t j = 0; j < 3; j++) { /* the third with another seed */
      bdc_mutator *mutator = mutator_of(&list.items[i], 0, false);
      bdc_mutator_seed(mutator, chosen + (j == 2));
      record_chain(mutator, &list.items[i], &records[j]);
      bdc_mutator_free(mutator);
    }
    assert_int_equal(records[0].size, records[1].size);
    assert_memory_equal(records[0].data, records[1].data, records[0].size);
    differ += records[0].size != records[2].size;
    for (size_t j = 0; j < 3; j++) {
      blob_free(&records[j]);
    }
  }
  assert_true(differ > list.count / 2);
}

/* ---- trimming ---- */

typedef struct wanted {
  bdc_checker *checker;
  const sample *of;
  uint32_t rules; /* bits 1 << bdc_rule: what the body broke */
  bool json;
  size_t asked;
  size_t last_kept;
} wanted;

static uint32_t rules_broken(bdc_checker *checker, const sample *of, bdc_str body) {
  uint32_t rules = 0;
  check_copy(checker, of->operation, of->http_status, body);
  const bdc_report *report = bdc_checker_report(checker);
  for (size_t i = 0; i < report->violation_count; i++) {
    rules |= UINT32_C(1) << report->violations[i].rule;
  }
  return rules;
}

static bool breaks_the_same(const void *body, size_t size, void *context) {
  wanted *of = context;
  bdc_str text = { body, size };
  of->asked++;
  assert_true(size < of->last_kept);
  if (of->json) {
    assert_true(is_json(text));
  }
  bool keeps = rules_broken(of->checker, of->of, text) == of->rules;
  of->last_kept = keeps ? size : of->last_kept;
  return keeps;
}

static size_t trim_copy(bdc_mutator *mutator, wanted *of, blob *body) {
  of->last_kept = body->size;
  of->asked = 0;
  size_t size = bdc_trim(mutator, body->data, body->size, breaks_the_same, of);
  assert_int_equal(size, of->last_kept);
  body->size = size;
  return size;
}

/* What is trimmed still breaks the same rules, and trimming it again finds nothing. */
static void trim_one(bdc_mutator *mutator, bdc_checker *checker, const sample *item, size_t *before, size_t *after) {
  blob body = { 0 };
  blob_add_str(&body, blob_str(&item->body));
  mutate_copy(mutator, &body, 2048);
  wanted of = { .checker = checker, .of = item, .json = is_json(blob_str(&body)) };
  of.rules = rules_broken(checker, item, blob_str(&body));
  *before += body.size;
  size_t size = trim_copy(mutator, &of, &body);
  *after += size;
  assert_int_equal(rules_broken(checker, item, blob_str(&body)), of.rules);
  assert_int_equal(trim_copy(mutator, &of, &body), size);
  blob_free(&body);
}

static void trimming_keeps_what_is_asked_for_and_comes_to_an_end(void **state) {
  (void)state;
  random_source random = random_from(seed);
  bdc_checker *checker = checker_of(builtin, NULL);
  size_t before = 0;
  size_t after = 0;
  for (size_t i = 0; i < SETTINGS * list.count; i++) {
    const sample *item = &list.items[i / SETTINGS];
    bdc_mutator *mutator = mutator_of(item, i % SETTINGS, false);
    for (int j = 0; j < 10; j++) {
      bdc_mutator_seed(mutator, random_next(&random));
      trim_one(mutator, checker, item, &before, &after);
    }
    bdc_mutator_free(mutator);
  }
  printf("trimmed %zu bytes to %zu\n", before, after);
  assert_true(after < before / 4);
  bdc_checker_free(checker);
}

static int load(void **state) {
  (void)state;
  builtin = ruleset_builtin();
  list = samples_load(builtin, data);
  return list.count == 0;
}

static int unload(void **state) {
  (void)state;
  samples_free(&list);
  bdc_ruleset_free(builtin);
  return 0;
}

int main(int argc, char **argv) {
  if (argc != 2 && argc != 3) {
    fprintf(stderr, "usage: %s TEST/DATA [SEED]\n", argv[0]);
    return 2;
  }
  data = argv[1];
  seed = argc == 3 ? argv[2] : NULL;
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_is_made_is_json_where_that_is_asked_for),
    cmocka_unit_test(what_is_made_has_room_whatever_it_is),
    cmocka_unit_test(the_same_seed_makes_the_same_bodies),
    cmocka_unit_test(trimming_keeps_what_is_asked_for_and_comes_to_an_end),
  };
  return cmocka_run_group_tests(tests, load, unload);
}
