/* SPDX-License-Identifier: MIT */
#include "base/str.h"
#include "generate/mutator.h"

enum { SIZE_DEFAULT = 1 << 20, SIZE_MOST = 1 << 30, VALUES_DEFAULT = 4096, VALUES_MOST = 1 << 24, TRIES = 16 };

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

/* ---- the object ---- */

static const bdc_row *row_of(const bdc_operation *operation, int http_status) {
  size_t count = bdc_operation_describe(operation).section_count;
  for (size_t i = 0; i < count; i++) {
    bdc_section_info section = bdc_operation_section(operation, i);
    if (section.in != BDC_IN_BODY) {
      continue;
    }
    bool wanted = section.status_count == 0 && http_status == 0;
    for (size_t j = 0; j < section.status_count; j++) {
      wanted |= section.statuses[j] == http_status;
    }
    if (wanted) {
      return section.body;
    }
  }
  const bdc__body *error = http_status >= 400 && http_status <= 599 ? operation->service->error_body : NULL;
  return error ? &error->root : NULL;
}

static bool take_memory(bdc_mutator *mutator) {
  bdc__spans *spans = &mutator->spans;
  mutator->text = bdc__arena_alloc(&mutator->arena, mutator->size_max, 1);
  mutator->other = bdc__arena_alloc(&mutator->arena, mutator->size_max, 1);
  spans->list = bdc__arena_alloc(&mutator->arena, spans->capacity, sizeof *spans->list);
  spans->containers = bdc__arena_alloc(&mutator->arena, BDC__JSON_CONTAINER_BYTES(spans->depth_limit), 1);
  return mutator->text && mutator->other && spans->list && spans->containers;
}

bdc_status bdc_mutator_new(const bdc_operation *operation, int http_status, const bdc_mutator_settings *settings, bdc_mutator **out) {
  static const bdc_mutator_settings defaults;
  *out = NULL;
  settings = settings ? settings : &defaults;
  if (settings->size_max > SIZE_MOST || settings->values_max > VALUES_MOST) {
    return BDC_ERR_ARGUMENT;
  }
  bdc__arena arena;
  bdc__arena_init(&arena, settings->allocator);
  bdc_mutator *mutator = bdc__arena_alloc(&arena, 1, sizeof *mutator);
  if (!mutator) {
    bdc__arena_free(&arena);
    return BDC_ERR_MEMORY;
  }
  mutator->arena = arena;
  mutator->root = operation ? row_of(operation, http_status) : NULL;
  mutator->well_formed = settings->well_formed;
  mutator->size_max = settings->size_max ? settings->size_max : SIZE_DEFAULT;
  mutator->spans.capacity = (uint32_t)(settings->values_max ? settings->values_max : VALUES_DEFAULT);
  mutator->spans.depth_limit = mutator->size_max;
  bdc_mutator_seed(mutator, settings->seed);
  bdc_status status = take_memory(mutator) ? BDC_OK : BDC_ERR_MEMORY;
  if (status == BDC_OK && mutator->root) {
    status = bdc__samples_make(&mutator->arena, operation, http_status, mutator->root, &mutator->samples);
  }
  if (status != BDC_OK) {
    bdc_mutator_free(mutator);
    return status;
  }
  *out = mutator;
  return BDC_OK;
}

void bdc_mutator_free(bdc_mutator *mutator) {
  if (mutator) {
    bdc__arena arena = mutator->arena; /* it holds the mutator itself */
    bdc__arena_free(&arena);
  }
}

void bdc_mutator_seed(bdc_mutator *mutator, uint64_t seed) {
  mutator->draw = (bdc__draw){ seed };
}

/* ---- one change ---- */

bdc__mutation bdc__mutator_begin(bdc_mutator *mutator, size_t limit) {
  return (bdc__mutation){ .draw = &mutator->draw,
                          .text = { mutator->text, mutator->size },
                          .spans = &mutator->spans,
                          .root = mutator->root,
                          .samples = &mutator->samples,
                          .out = bdc__text_in(mutator->other, limit) };
}

bool bdc__mutation_end(bdc__mutation *m) {
  bdc__mutation_keep(m, m->text.size);
  return m->out.size <= m->out.capacity;
}

void bdc__mutator_take(bdc_mutator *mutator, size_t size) {
  char *made = mutator->other;
  mutator->other = mutator->text;
  mutator->text = made;
  mutator->size = size;
}

static bool try_change(bdc_mutator *mutator, bdc__change *change, size_t limit) {
  bdc__mutation m = bdc__mutator_begin(mutator, limit);
  if (!change(&m) || !bdc__mutation_end(&m)) {
    return false;
  }
  bdc__mutator_take(mutator, m.out.size);
  return true;
}

static bool find_spans(bdc_mutator *mutator) {
  return bdc__spans_find(&mutator->spans, (bdc_str){ mutator->text, mutator->size }, mutator->root);
}

/* How often each is tried follows from how often it stands here. */
static bdc__change *const changes[] = {
  bdc__change_value,      bdc__change_value,      bdc__change_value,     bdc__change_value,     bdc__change_put_member,
  bdc__change_put_member, bdc__change_put_member, bdc__change_length,    bdc__change_length,    bdc__change_length,
  bdc__change_characters, bdc__change_characters, bdc__change_character, bdc__change_character, bdc__change_type,
  bdc__change_body,       bdc__change_double,     bdc__change_override,  bdc__change_override,  bdc__change_remove,
  bdc__change_remove,     bdc__change_swap,       bdc__change_rotate,    bdc__change_rename,    bdc__change_put_unknown,
  bdc__change_repeat,     bdc__change_wrap,       bdc__change_unwrap,    bdc__change_copy,      bdc__change_copy,
  bdc__change_escapes,    bdc__change_escapes,    bdc__change_blanks,    bdc__change_number,
};

static bdc__change *any_change(bdc_mutator *mutator) {
  if (!mutator->well_formed && bdc__draw_one_in(&mutator->draw, 16)) {
    return bdc__draw_one_in(&mutator->draw, 4) ? bdc__change_bytes : bdc__change_syntax;
  }
  return changes[bdc__draw_below(&mutator->draw, LENGTH(changes))];
}

/* The shortest there is, where nothing else fits. */
static void make_least(bdc_mutator *mutator, size_t limit) {
  mutator->size = limit ? 1 : 0;
  if (limit) {
    mutator->text[0] = '0';
  }
}

/* The text is no JSON, or too long. */
static void change_garbage(bdc_mutator *mutator, size_t limit) {
  bool replaced = mutator->well_formed || bdc__draw_one_in(&mutator->draw, 4);
  for (int i = 0; i < TRIES; i++) {
    if (try_change(mutator, replaced ? bdc__change_body : bdc__change_bytes, limit)) {
      return;
    }
  }
  if (mutator->well_formed) {
    make_least(mutator, limit);
  }
}

static void change_once(bdc_mutator *mutator, size_t limit) {
  if (mutator->size > limit || !find_spans(mutator)) {
    change_garbage(mutator, limit);
    return;
  }
  for (int i = 0; i < TRIES; i++) {
    if (try_change(mutator, any_change(mutator), limit)) {
      return;
    }
  }
}

/* Mostly one change, at times a few: what needs two at once is found too, and what needs one is not blurred. */
static void change_some(bdc_mutator *mutator, size_t limit) {
  do {
    change_once(mutator, limit);
  } while (bdc__draw_one_in(&mutator->draw, 2));
}

static size_t at_most(size_t size, size_t limit) {
  return size < limit ? size : limit;
}

static void take_text(bdc_mutator *mutator, const void *body, size_t size) {
  mutator->size = at_most(size, mutator->size_max);
  if (mutator->size) {
    memcpy(mutator->text, body, mutator->size);
  }
  mutator->trim = (bdc__trim){ 0 };
}

/* libFuzzer and AFL++ take no empty text. */
static size_t give_text(bdc_mutator *mutator, void *out, size_t limit) {
  mutator->size = at_most(mutator->size, limit);
  if (mutator->size == 0) {
    make_least(mutator, limit);
  }
  if (mutator->size) {
    memcpy(out, mutator->text, mutator->size);
  }
  return mutator->size;
}

size_t bdc_mutate(bdc_mutator *mutator, void *body, size_t size, size_t max_size) {
  take_text(mutator, body, size);
  size_t limit = at_most(max_size, mutator->size_max);
  change_some(mutator, limit);
  return give_text(mutator, body, limit);
}

/* ---- crossing ---- */

static bool cross(bdc_mutator *mutator, bdc_str second, size_t limit) {
  if (second.size > mutator->size_max || !bdc__spans_find(&mutator->spans, second, mutator->root)) {
    return false;
  }
  /* The spans become those of the first: the donor is all that is kept of the second's. */
  bdc__span donor = mutator->spans.list[bdc__draw_below(&mutator->draw, mutator->spans.count)];
  if (mutator->size > limit || !find_spans(mutator)) {
    return false;
  }
  bdc__mutation m = bdc__mutator_begin(mutator, limit);
  bdc__change_cross(&m, second, &donor);
  if (!bdc__mutation_end(&m)) {
    return false;
  }
  bdc__mutator_take(mutator, m.out.size);
  return true;
}

size_t bdc_crossover(bdc_mutator *mutator, const void *first, size_t first_size, const void *second, size_t second_size, void *out,
                     size_t max_size) {
  size_t limit = at_most(max_size, mutator->size_max);
  take_text(mutator, first, first_size);
  if (!cross(mutator, (bdc_str){ second, second_size }, limit)) {
    change_some(mutator, limit);
  }
  return give_text(mutator, out, limit);
}
