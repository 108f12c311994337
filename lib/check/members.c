/* SPDX-License-Identifier: MIT */
/*
 * The usual member, without events: a documented name, not yet seen, and a scalar of its documented type without escapes, all of it in
 * the piece. Most bodies consist of nothing else. Whatever is otherwise is left, untouched, to the reader and its events, which
 * decide alike: nothing here is a rule of its own.
 */
#include "check/checker.h"

#include "json/plain.h"

typedef unsigned char byte;

static inline bool left(const byte *at, const byte *end, size_t size) {
  return (size_t)(end - at) >= size;
}

/* ---- between tokens: behind what is passed over, at what follows it; NULL where it is not there or nothing follows ---- */

static inline const byte *skip_blanks(const byte *at, const byte *end) {
  at = bdc__json_skip_blanks(at, end);
  return at < end ? at : NULL;
}

static const byte *skip_with_blanks(const byte *at, const byte *end, byte expected) {
  at = skip_blanks(at, end);
  return at && *at == expected ? skip_blanks(at + 1, end) : NULL;
}

/*
 * A character of punctuation and the blanks around it, of which there is mostly none, a space behind it, or one on either side. A choice
 * that the processor foresees, as it does within a body, costs less than to wait for what was read.
 */
static inline const byte *skip_punctuation(const byte *at, const byte *end, byte expected) {
  if (left(at, end, 4)) {
    if (at[0] == expected && at[1] > ' ') {
      return at + 1;
    }
    if (at[0] == expected && at[1] == ' ' && at[2] > ' ') {
      return at + 2;
    }
    if (at[0] == ' ' && at[1] == expected && at[2] == ' ' && at[3] > ' ') {
      return at + 3;
    }
  }
  return skip_with_blanks(at, end, expected);
}

/* ---- names ---- */

static inline uint64_t difference(const byte *text, const bdc__plan *plan, size_t at) {
  const char *name = (const char *)plan->name + at;
  return (bdc__load_8((const char *)text + at) & bdc__load_8((const char *)plan->mask + at)) ^ bdc__load_8(name);
}

/* `text` begins with the name's first quote. */
static inline bool has_name(const byte *text, const bdc__plan *plan) {
  static_assert(BDC__PLAN_NAME_SIZE == 32, "all words of a name are compared");
  return (difference(text, plan, 0) | difference(text, plan, 8) | difference(text, plan, 16) | difference(text, plan, 24)) == 0;
}

/* Members mostly come in the order of the table, where one may be left out: the name's row, if it is one of the two expected next. */
static inline const bdc__plan *expected_name(const bdc__plan *expected, const byte *text) {
  return has_name(text, &expected[0]) ? &expected[0] : has_name(text, &expected[1]) ? &expected[1] : NULL;
}

/* The same where less is left of the piece than is looked at. */
static const bdc__plan *expected_last_name(const bdc__plan *expected, const byte *at, const byte *end) {
  byte text[BDC__PLAN_NAME_SIZE] = { 0 };
  memcpy(text, at, (size_t)(end - at));
  return expected_name(expected, text);
}

/* The first bytes of a word, of which there may be fewer than eight, with zeros behind. */
static inline uint64_t first_bytes(uint64_t word, size_t size) {
  return size < 8 ? word & ~(~UINT64_C(0) << 8 * size) : word;
}

/* The row of a name of this size by the index. One that is longer than what is looked at, or needs escapes in JSON, is not found. */
static const bdc__plan *indexed_name(const bdc_object *object, const byte *text, size_t size) {
  if (size + 1 >= BDC__PLAN_NAME_SIZE) {
    return NULL;
  }
  uint64_t telling = first_bytes(bdc__load_le64(text + 1 + object->telling[size + 1]), size);
  const bdc__index *index = &object->index;
  size_t slot = bdc__index_slot(index, bdc__index_key(telling, size + 1));
  for (; index->slots[slot] != object->row_count; slot = (slot + 1) & index->mask) {
    const bdc__plan *plan = &object->plan[index->slots[slot]];
    if (has_name(text, plan)) {
      return plan;
    }
  }
  return NULL;
}

/* The row of any name, whose quotes are passed over by the size of its plan. */
static const bdc__plan *any_name(const bdc_object *object, const byte *at, const byte *end) {
  const byte *start = at + 1;
  const byte *behind = bdc__json_skip_plain(start, end);
  if (behind == end || *behind != '"') {
    return NULL;
  }
  size_t size = (size_t)(behind - start);
  const bdc__plan *found = left(at, end, BDC__PLAN_NAME_SIZE) ? indexed_name(object, at, size) : NULL;
  if (found) {
    return found;
  }
  const bdc_row *row = bdc__object_find(object, (bdc_str){ (const char *)start, size });
  return row ? &object->plan[row - object->rows] : NULL;
}

/* The row of the name that begins here; NULL where there is none. */
static inline const bdc__plan *find_name(const bdc_object *object, const bdc__plan *expected, const byte *at, const byte *end) {
  if (*at != '"') {
    return NULL;
  }
  bool room = left(at, end, BDC__PLAN_NAME_SIZE);
  const bdc__plan *found = room ? expected_name(expected, at) : expected_last_name(expected, at, end);
  return found ? found : any_name(object, at, end);
}

/* ---- values: behind a value that has been checked; NULL, with nothing done, where that is left to the reader ---- */

/* The offset of the value's token, noted for reports. */
static inline size_t token_at(bdc_checker *checker, const byte *at) {
  return checker->reader.token_offset = (uintptr_t)at - checker->reader.origin;
}

/* A string with characters beyond ASCII, or with escapes. */
static const byte *take_unusual_string(bdc_checker *checker, const bdc_row *row, const byte *at, const byte *end) {
  const byte *start = at + 1;
  bool ascii = true;
  size_t length = 0;
  const byte *behind = bdc__json_skip_text(start, end, &ascii);
  if (behind < end && *behind == '"') {
    bdc_str text = { (const char *)start, (size_t)(behind - start) };
    bdc__string_whole(checker, row, text, ascii, token_at(checker, at));
    return behind + 1;
  }
  behind = bdc__json_skip_escaped(start, end, &length);
  return behind && bdc__string_escaped(checker, row, length, token_at(checker, at)) ? behind : NULL;
}

/* Whether an ASCII text is one of the short texts of a row. */
static inline bool is_listed(const bdc__plan *plan, const byte *text, size_t size, const byte *end) {
  enum { TEXT_MAX = 16, WORD = 8 };
  if (size > TEXT_MAX || !left(text, end, WORD)) {
    return false;
  }
  uint64_t first = first_bytes(bdc__load_le64(text), size);
  bdc__short_text given = { first, size < WORD ? first : bdc__load_le64(text + size - WORD), size };
  const bdc__short_text *listed = &plan->texts->slots[bdc__short_text_slot(plan->texts, given)];
  return given.first == listed->first && given.last == listed->last && given.size == listed->size;
}

/* Whether an ASCII text surely keeps all rules of its row: where it does not seem to, the long way has more to say. */
static inline bool keeps_rules(const bdc_checker *checker, const bdc__plan *plan, const byte *text, size_t size, const byte *end) {
  uint64_t measure;
  size_t whole_max = checker->settings.limits.value_size;
  if (size + 1 - plan->length_low > plan->length_span) {
    return false;
  }
  switch (plan->quick) {
  case BDC__QUICK_LENGTH:
    return true;
  case BDC__QUICK_ENUM:
    return size <= whole_max && is_listed(plan, text, size, end);
  case BDC__QUICK_DATE_TIME:
    return size <= whole_max && bdc__format_check(plan->row, (bdc_str){ (const char *)text, size }, &measure);
  default:
    return false;
  }
}

static inline const byte *take_string(bdc_checker *checker, const bdc__plan *plan, const byte *at, const byte *end) {
  const byte *start = at + 1;
  const byte *behind = bdc__json_skip_plain(start, end);
  if (behind == end || *behind != '"') {
    return take_unusual_string(checker, plan->row, at, end);
  }
  size_t size = (size_t)(behind - start);
  if (!keeps_rules(checker, plan, start, size, end)) {
    bdc__string_whole(checker, plan->row, (bdc_str){ (const char *)start, size }, true, token_at(checker, at));
  }
  return behind + 1;
}

/* The same for an integer of so many digits, which the text begins with. */
static inline bool keeps_range(const bdc__plan *plan, uint32_t number, const byte *text, size_t digits, const byte *end) {
  enum { DIGITS_MAX = 8, EPOCH_MS_DIGITS = 13 };
  switch (plan->quick) {
  case BDC__QUICK_INTEGER:
    return digits <= DIGITS_MAX && number - plan->range.low <= plan->range.span;
  case BDC__QUICK_EPOCH_MS:
    return digits == EPOCH_MS_DIGITS;
  case BDC__QUICK_LITERAL:
    return is_listed(plan, text, digits, end);
  default:
    return false;
  }
}

/* An integer of digits alone, whose last one is known to be its last. */
static inline const byte *take_integer(bdc_checker *checker, const bdc__plan *plan, const byte *at, const byte *end) {
  const byte *behind = at;
  uint32_t number = 0; /* modulo 2^32 */
  while (behind < end && *behind >= '0' && *behind <= '9') {
    number = number * 10 + (*behind++ - '0');
  }
  size_t size = (size_t)(behind - at);
  if (behind == end || *behind == '.' || (*behind | 0x20) == 'e' || size == 0 || (*at == '0' && size > 1)) {
    return NULL;
  }
  bool overflow = size > checker->settings.limits.value_size;
  if (overflow || !keeps_range(plan, number, at, size, end)) {
    bdc__number_check(checker, plan->row, (bdc_str){ (const char *)at, size }, true, overflow, token_at(checker, at));
  }
  return behind;
}

static inline const byte *take_boolean(const byte *at, const byte *end) {
  enum { TRUE_SIZE = 4, FALSE_SIZE = 5 };
  if (left(at, end, TRUE_SIZE) && memcmp(at, "true", TRUE_SIZE) == 0) {
    return at + TRUE_SIZE;
  }
  return left(at, end, FALSE_SIZE) && memcmp(at, "false", FALSE_SIZE) == 0 ? at + FALSE_SIZE : NULL;
}

static inline const byte *take_value(bdc_checker *checker, const bdc__plan *plan, const byte *at, const byte *end) {
  if (plan->quick >= BDC__QUICK_STRING) {
    return *at == '"' ? take_string(checker, plan, at, end) : NULL;
  }
  switch (plan->row->kind) {
  case BDC_KIND_INTEGER:
  case BDC_KIND_LONG:
    return take_integer(checker, plan, at, end);
  case BDC_KIND_BOOLEAN:
    return take_boolean(at, end);
  default:
    return NULL;
  }
}

/* ---- members ---- */

/* Notes that a row's member is there, and that the next row is expected behind it; false where it has been there before. */
static inline bool note_member(bdc__frame *frame, const bdc_object *object, const bdc__plan *plan) {
  size_t number = (size_t)(plan - object->plan);
  uint64_t bit = UINT64_C(1) << number % 64;
  uint64_t *word = &frame->seen[number / 64];
  if (*word & bit) {
    return false;
  }
  *word |= bit;
  frame->member = plan->row;
  frame->expected = plan + 1;
  return true;
}

/*
 * From behind a value, or from before the first name, to the value of the next member. NULL, with nothing done, where the name is of no
 * row or seen before, or no value follows it: that is left to the reader.
 */
static inline const byte *take_name(bdc__frame *frame, const bdc_object *object, bool first, const byte *at, const byte *end) {
  at = first ? skip_blanks(at, end) : skip_punctuation(at, end, ',');
  const bdc__plan *plan = at ? find_name(object, frame->expected, at, end) : NULL;
  if (!plan) {
    return NULL;
  }
  at = skip_punctuation(at + plan->name_size, end, ':');
  return at && note_member(frame, object, plan) ? at : NULL;
}

void bdc__members_read(bdc_checker *checker) {
  bdc__json_reader *reader = &checker->reader;
  bdc__frame *frame = checker->innermost;
  const bdc_object *object = frame->row->object;
  bool first;
  if (!bdc__json_at_member(reader, &first)) {
    return;
  }
  const byte *at = reader->next;
  const byte *end = reader->end;
  checker->path_size = frame->path_size;
  bdc__json_resumed where = first ? BDC__JSON_BEFORE_FIRST_NAME : BDC__JSON_BEHIND_VALUE;
  while (!checker->stopped) {
    const byte *value = take_name(frame, object, where == BDC__JSON_BEFORE_FIRST_NAME, at, end);
    if (!value) {
      break;
    }
    const bdc__plan *noted = frame->expected - 1;
    const byte *behind = take_value(checker, noted, value, end);
    where = behind ? BDC__JSON_BEHIND_VALUE : BDC__JSON_BEFORE_VALUE;
    at = behind ? behind : value;
    if (!behind) {
      break;
    }
  }
  bdc__json_resume(reader, at, where);
}
