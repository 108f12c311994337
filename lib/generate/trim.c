/* SPDX-License-Identifier: MIT */
/*
 * Trimming goes over a body in stages, from what may take away most to what takes away least. Within a stage it stays at a place as long as
 * shorter bodies are kept, and goes on when one is not: there are as many tries as places, and one for each success.
 */
#include "base/str.h"
#include "generate/mutator.h"
#include "json/plain.h"

enum stage { DONE, BLANKS, EMPTIED, REMOVED, STRINGS, BYTES };

/* ---- what is tried ---- */

/* A candidate is what a change makes of the text. False: none is made at this place. */
typedef bool attempt(bdc_mutator *mutator, bdc__mutation *m);

/* All blanks between tokens at once. */
static bool without_blanks(bdc_mutator *mutator, bdc__mutation *m) {
  (void)mutator;
  bool in_string = false;
  for (size_t i = 0; i < m->text.size; i++) {
    unsigned char c = (unsigned char)m->text.data[i];
    if (in_string && c == '\\') {
      i++;
    } else if (c == '"') {
      in_string = !in_string;
    } else if (!in_string && bdc__json_blank(c)) {
      bdc__mutation_cut(m, i, i + 1);
    }
  }
  return true;
}

static const bdc__span *span_at_hand(const bdc_mutator *mutator) {
  return &mutator->spans.list[mutator->trim.span];
}

/* A container without what is in it; 0 for another number. */
static bool emptied(bdc_mutator *mutator, bdc__mutation *m) {
  const bdc__span *span = span_at_hand(mutator);
  bool number = span->kind == BDC__JSON_NUMBER;
  if (!number && !bdc__span_is_container(span)) {
    return false;
  }
  bdc__mutation_cut(m, span->start, span->end);
  bdc__mutation_put(m, number ? BDC_STR("0") : span->kind == BDC__JSON_OBJECT ? BDC_STR("{}") : BDC_STR("[]"));
  return true;
}

static bool removed(bdc_mutator *mutator, bdc__mutation *m) {
  return bdc__mutation_remove(m, span_at_hand(mutator));
}

/* A string without its last characters: at first all of them, then half as many and so on. */
static bool shortened(bdc_mutator *mutator, bdc__mutation *m) {
  const bdc__span *span = span_at_hand(mutator);
  if (span->kind != BDC__JSON_STRING) {
    return false;
  }
  bdc_str inside = bdc__mutation_part(m, span->start + 1, span->end - 1);
  size_t count = bdc__spelled_count(inside);
  size_t cut = mutator->trim.cut;
  cut = cut < count ? cut : count;
  mutator->trim.cut = cut;
  bdc__mutation_cut(m, span->start + 1 + bdc__spelled_skip(inside, count - cut), span->end - 1);
  return cut > 0;
}

/* Of what is no JSON: a run of bytes, at first half of them. */
static bool without_bytes(bdc_mutator *mutator, bdc__mutation *m) {
  size_t at = mutator->trim.at;
  size_t left = m->text.size - at;
  size_t cut = mutator->trim.cut < left ? mutator->trim.cut : left;
  bdc__mutation_cut(m, at, at + cut);
  return cut > 0;
}

/* ---- from place to place ---- */

static void begin_stage(bdc_mutator *mutator, enum stage stage) {
  bdc__trim *trim = &mutator->trim;
  trim->stage = (unsigned char)stage;
  trim->span = 0;
  trim->at = 0;
  trim->cut = stage == BYTES ? (mutator->size + 1) / 2 : SIZE_MAX;
}

static void begin_pass(bdc_mutator *mutator) {
  bool json = bdc__spans_find(&mutator->spans, (bdc_str){ mutator->text, mutator->size }, mutator->root);
  mutator->trim.began_with = mutator->size;
  begin_stage(mutator, json ? BLANKS : BYTES);
}

static void end_stage(bdc_mutator *mutator) {
  enum stage stage = (enum stage)mutator->trim.stage;
  if (stage != STRINGS && stage != BYTES) {
    begin_stage(mutator, (enum stage)(stage + 1));
  } else if (mutator->size < mutator->trim.began_with) {
    begin_pass(mutator);
  } else {
    mutator->trim.stage = DONE;
  }
}

static void next_span(bdc_mutator *mutator) {
  mutator->trim.cut = SIZE_MAX;
  if (++mutator->trim.span >= mutator->spans.count) {
    end_stage(mutator);
  }
}

static void next_bytes(bdc_mutator *mutator) {
  bdc__trim *trim = &mutator->trim;
  trim->at += trim->cut;
  if (trim->at >= mutator->size) {
    trim->at = 0;
    trim->cut = trim->cut > 1 ? (trim->cut + 1) / 2 : 0;
  }
  if (trim->cut == 0) {
    end_stage(mutator);
  }
}

/* Nothing more is to be had at this place. */
static void go_on(bdc_mutator *mutator) {
  bdc__trim *trim = &mutator->trim;
  switch ((enum stage)trim->stage) {
  case BLANKS:
    end_stage(mutator);
    return;
  case BYTES:
    next_bytes(mutator);
    return;
  case STRINGS:
    trim->cut = span_at_hand(mutator)->kind == BDC__JSON_STRING ? trim->cut / 2 : 0;
    if (trim->cut == 0) {
      next_span(mutator);
    }
    return;
  default:
    next_span(mutator);
  }
}

static bool make_candidate(bdc_mutator *mutator) {
  static attempt *const attempts[] = {
    [BLANKS] = without_blanks, [EMPTIED] = emptied, [REMOVED] = removed, [STRINGS] = shortened, [BYTES] = without_bytes
  };
  bdc__mutation m = bdc__mutator_begin(mutator, mutator->size_max);
  if (!attempts[mutator->trim.stage](mutator, &m)) {
    return false;
  }
  (void)bdc__mutation_end(&m); /* there is room: none makes it longer */
  mutator->trim.candidate = m.out.size;
  return m.out.size < mutator->size;
}

/* ---- the calls ---- */

bdc_status bdc_trim_begin(bdc_mutator *mutator, const void *body, size_t size) {
  mutator->trim = (bdc__trim){ .stage = DONE };
  if (size > mutator->size_max) {
    return BDC_ERR_SPACE;
  }
  mutator->size = size;
  if (size) {
    memcpy(mutator->text, body, size);
    begin_pass(mutator);
  }
  return BDC_OK;
}

bool bdc_trim_next(bdc_mutator *mutator, bdc_str *candidate) {
  while (mutator->trim.stage != DONE) {
    if (make_candidate(mutator)) {
      *candidate = (bdc_str){ mutator->other, mutator->trim.candidate };
      return true;
    }
    go_on(mutator);
  }
  *candidate = (bdc_str){ 0 };
  return false;
}

void bdc_trim_answer(bdc_mutator *mutator, bool kept) {
  if (mutator->trim.stage == DONE) {
    return;
  }
  if (!kept) {
    go_on(mutator);
    return;
  }
  bdc__mutator_take(mutator, mutator->trim.candidate);
  if (mutator->trim.stage != BYTES) {
    bdc__spans_find(&mutator->spans, (bdc_str){ mutator->text, mutator->size }, mutator->root);
  }
  if (mutator->trim.stage == BYTES ? mutator->trim.at >= mutator->size : mutator->trim.span >= mutator->spans.count) {
    go_on(mutator);
  }
}

size_t bdc_trim(bdc_mutator *mutator, void *body, size_t size, bdc_trim_keeps *keeps, void *context) {
  bdc_str candidate;
  if (bdc_trim_begin(mutator, body, size) != BDC_OK) {
    return size;
  }
  while (bdc_trim_next(mutator, &candidate)) {
    bdc_trim_answer(mutator, keeps(candidate.data, candidate.size, context));
  }
  if (mutator->size) {
    memcpy(body, mutator->text, mutator->size);
  }
  return mutator->size;
}
