/* SPDX-License-Identifier: MIT */
/*
 * Mutation, crossing and trimming of two bodies. The first five bytes choose operation, settings, seed, room and where the second body
 * begins; the rest is the bodies. What is made has the room it was given, comes again from the same seed, and is JSON where that was
 * asked for; what is trimmed is shorter, and the last that was kept.
 */
#include "expect.h"
#include "rulesets.h"
#include "unit/well_formed.h"

#include <bodycheck/mutate.h>
#include <bodycheck/table.h>

#include <string.h>

enum { HEAD = 5, SIZE = 4096, OPERATIONS = 8, SETTINGS = 4 };

static bdc_mutator *mutator_of(size_t operation, size_t settings) {
  static bdc_mutator *made[OPERATIONS][SETTINGS];
  bdc_mutator **mutator = &made[operation][settings];
  if (!*mutator) {
    const bdc_mutator_settings chosen = { .size_max = SIZE, .values_max = settings & 1 ? 3 : 0, .well_formed = settings & 2 };
    expect(bdc_mutator_new(bdc_operation_at(rules(), operation), 0, &chosen, mutator) == BDC_OK); /* behind the last: none */
  }
  return *mutator;
}

static bool is_json(bdc_str text) {
  unsigned char containers[BDC__JSON_CONTAINER_BYTES(SIZE)];
  return well_formed(text, containers, SIZE);
}

/* Both in memory that ends where the room ends. */
static size_t make(bdc_mutator *mutator, bdc_str first, bdc_str second, size_t room, char *out) {
  char *copy = malloc(room);
  expect(copy != NULL);
  size_t size = bdc_crossover(mutator, first.data, first.size, second.data, second.size, copy, room);
  expect(size > 0 && size <= room);
  size = bdc_mutate(mutator, copy, size, room);
  expect(size > 0 && size <= room);
  memcpy(out, copy, size);
  free(copy);
  return size;
}

typedef struct kept {
  size_t size;
  unsigned asked;
  bool json;
} kept;

/* Some and some not, whatever they are. */
static bool keep_some(const void *body, size_t size, void *context) {
  kept *last = context;
  expect(size < last->size && (!last->json || is_json((bdc_str){ body, size })));
  bool keeps = ++last->asked % 3 != 0;
  last->size = keeps ? size : last->size;
  return keeps;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static char made[SIZE];
  static char again[SIZE];
  if (size < HEAD) {
    return 0;
  }
  bdc_mutator *mutator = mutator_of(data[0] % OPERATIONS, data[1] % SETTINGS);
  size_t room = data[3] ? (size_t)data[3] * 16 : 1;
  const char *bodies = (const char *)data + HEAD;
  size -= HEAD;
  size_t middle = size * data[4] / 255;
  bdc_str first = { bodies, middle };
  bdc_str second = { bodies + middle, size - middle };

  bdc_mutator_seed(mutator, data[2]);
  size_t made_size = make(mutator, first, second, room, made);
  bdc_mutator_seed(mutator, data[2]);
  expect(make(mutator, first, second, room, again) == made_size && memcmp(made, again, made_size) == 0);
  bool json = is_json((bdc_str){ made, made_size });
  expect(json || !(data[1] & 2));

  kept last = { .size = made_size, .json = json };
  expect(bdc_trim(mutator, made, made_size, keep_some, &last) == last.size);
  return 0;
}
