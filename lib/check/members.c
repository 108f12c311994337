/* SPDX-License-Identifier: MIT */
/*
 * The usual member, without events: a documented name, not yet seen, and a scalar of its documented type without escapes, all of it in
 * the piece. Most bodies consist of nothing else. Whatever is otherwise is left, untouched, to the reader and its events, which
 * decide alike: nothing here is a rule of its own.
 */
#include "check/checker.h"

#include "json/plain.h"

enum { NO_ROW = BDC__ROWS_MAX };

/* What lies between the cursor and the end of the piece. */
typedef struct cursor {
  const unsigned char *at;
  const unsigned char *end;
} cursor;

static inline bool left(cursor c, size_t size) {
  return (size_t)(c.end - c.at) >= size;
}

/* Moves over blanks, of which there is mostly none or one space; false where nothing follows them. */
static inline bool skip_blanks(cursor *c) {
  bool more = c->at < c->end;
  if (more && *c->at > ' ') {
    return true;
  }
  if (left(*c, 2) && c->at[0] == ' ' && c->at[1] > ' ') {
    c->at++;
    return true;
  }
  c->at = bdc__json_skip_blanks(c->at, c->end);
  return c->at < c->end;
}

/* Moves over a character of punctuation and the blanks around it. */
static inline bool skip_punctuation(cursor *c, unsigned char expected) {
  if (!skip_blanks(c) || *c->at != expected) {
    return false;
  }
  c->at++;
  return skip_blanks(c);
}

/* ---- names ---- */

static inline uint64_t difference(const unsigned char *text, const bdc__plan *plan, size_t at) {
  const char *name = (const char *)plan->name + at;
  return (bdc__load_8((const char *)text + at) & bdc__load_8((const char *)plan->mask + at)) ^ bdc__load_8(name);
}

/* `text` begins with the name's first quote. */
static inline bool has_name(const unsigned char *text, const bdc__plan *plan) {
  static_assert(BDC__PLAN_NAME_SIZE == 32, "all words of a name are compared");
  return (difference(text, plan, 0) | difference(text, plan, 8) | difference(text, plan, 16) | difference(text, plan, 24)) == 0;
}

/*
 * Members mostly come in the order of the table, where one may be left out: the number of the name's row, if it is one of the two that
 * are expected next.
 */
static inline uint32_t expected_name(const bdc__frame *frame, const bdc_object *object, cursor c) {
  if (!left(c, BDC__PLAN_NAME_SIZE)) {
    return NO_ROW;
  }
  const bdc__plan *plan = &object->plan[frame->successor];
  if (has_name(c.at - 1, &plan[0])) {
    return frame->successor;
  }
  return has_name(c.at - 1, &plan[1]) ? frame->successor + 1 : NO_ROW;
}

/* The number of the row of the name that begins at the cursor, which moves behind the name's last quote. */
static inline uint32_t take_name(const bdc__frame *frame, const bdc_object *object, cursor *c) {
  uint32_t expected = expected_name(frame, object, *c);
  if (expected != NO_ROW) {
    c->at += object->rows[expected].name.size + 1;
    return expected;
  }
  const unsigned char *start = c->at;
  c->at = bdc__json_skip_plain(start, c->end);
  if (c->at == c->end || *c->at != '"') {
    return NO_ROW;
  }
  const bdc_row *row = bdc__object_find(object, (bdc_str){ (const char *)start, (size_t)(c->at - start) });
  c->at++;
  return row ? (uint32_t)(row - object->rows) : NO_ROW;
}

/* ---- values: each moves the cursor behind a value that it has checked, or leaves it where it was ---- */

/* The offset of the value's token, noted for reports. */
static inline size_t token_at(bdc_checker *checker, const unsigned char *at) {
  return checker->reader.token_offset = (uintptr_t)at - checker->reader.origin;
}

static void take_escaped(bdc_checker *checker, const bdc_row *row, cursor *c) {
  size_t length = 0;
  const unsigned char *behind = bdc__json_skip_escaped(c->at + 1, c->end, &length);
  if (behind && bdc__string_escaped(checker, row, length, token_at(checker, c->at))) {
    c->at = behind;
  }
}

static inline void take_string(bdc_checker *checker, const bdc_row *row, cursor *c) {
  const unsigned char *start = c->at + 1;
  const unsigned char *behind = bdc__json_skip_plain(start, c->end);
  bool ascii = true;
  if (behind < c->end && *behind >= 0x80) {
    behind = bdc__json_skip_text(behind, c->end, &ascii);
  }
  if (behind == c->end || *behind != '"') {
    take_escaped(checker, row, c);
    return;
  }
  size_t size = (size_t)(behind - start);
  if (!ascii || !bdc__string_only_length(row) || size < row->length_min || size > row->length_max) {
    size_t offset = token_at(checker, c->at);
    bdc__string_whole(checker, row, (bdc_str){ (const char *)start, size }, offset + 1, ascii, offset);
  }
  c->at = behind + 1;
}

/* An integer of digits alone, whose last one is known to be its last. */
static inline void take_integer(bdc_checker *checker, const bdc_row *row, cursor *c) {
  const unsigned char *behind = c->at;
  while (behind < c->end && *behind >= '0' && *behind <= '9') {
    behind++;
  }
  size_t size = (size_t)(behind - c->at);
  if (behind == c->end || *behind == '.' || (*behind | 0x20) == 'e' || size == 0 || (*c->at == '0' && size > 1)) {
    return;
  }
  size_t offset = token_at(checker, c->at);
  bdc__number_check(checker, row, (bdc_str){ (const char *)c->at, size }, true, size > checker->settings.limits.value_size, offset);
  c->at = behind;
}

static inline void take_boolean(cursor *c) {
  enum { TRUE_SIZE = 4, FALSE_SIZE = 5 };
  if (left(*c, TRUE_SIZE) && memcmp(c->at, "true", TRUE_SIZE) == 0) {
    c->at += TRUE_SIZE;
  } else if (left(*c, FALSE_SIZE) && memcmp(c->at, "false", FALSE_SIZE) == 0) {
    c->at += FALSE_SIZE;
  }
}

static inline void take_value(bdc_checker *checker, const bdc_row *row, cursor *c) {
  switch (row->kind) {
  case BDC_KIND_STRING:
    if (*c->at == '"') {
      take_string(checker, row, c);
    }
    return;
  case BDC_KIND_INTEGER:
  case BDC_KIND_LONG:
    take_integer(checker, row, c);
    return;
  case BDC_KIND_BOOLEAN:
    take_boolean(c);
    return;
  default:
    return;
  }
}

/* ---- members ---- */

static inline bool seen_before(const bdc__frame *frame, uint32_t number) {
  return frame->seen[number / 64] >> (number % 64) & 1;
}

static inline void note_member(bdc__frame *frame, const bdc_object *object, uint32_t number) {
  frame->count++;
  frame->member = &object->rows[number];
  frame->successor = number + 1;
  frame->seen[number / 64] |= UINT64_C(1) << (number % 64);
}

/*
 * Takes the name at the cursor and moves to the value. False, with the cursor at the name, where the name is of no row or seen before,
 * or no value follows it: that is left to the reader.
 */
static inline bool take_member(bdc__frame *frame, const bdc_object *object, cursor *c) {
  cursor ahead = *c;
  if (*ahead.at++ != '"') {
    return false;
  }
  uint32_t number = take_name(frame, object, &ahead);
  if (number == NO_ROW || seen_before(frame, number) || !skip_punctuation(&ahead, ':')) {
    return false;
  }
  note_member(frame, object, number);
  *c = ahead;
  return true;
}

void bdc__members_read(bdc_checker *checker) {
  bdc__json_reader *reader = &checker->reader;
  bdc__frame *frame = checker->innermost;
  const bdc_object *object = frame->row->object;
  bool first;
  if (!bdc__json_at_member(reader, &first)) {
    return;
  }
  cursor c = { reader->next, reader->end };
  bdc__json_resumed where = first ? BDC__JSON_BEFORE_FIRST_NAME : BDC__JSON_BEHIND_VALUE;
  checker->path_size = frame->path_size;
  while (!checker->stopped) {
    if (where == BDC__JSON_BEHIND_VALUE) {
      if (!skip_blanks(&c) || *c.at != ',') {
        break;
      }
      c.at++;
      where = BDC__JSON_BEFORE_NAME;
    }
    if (!skip_blanks(&c) || !take_member(frame, object, &c)) {
      break;
    }
    const unsigned char *value = c.at;
    take_value(checker, frame->member, &c);
    if (c.at == value) {
      where = BDC__JSON_BEFORE_VALUE;
      break;
    }
    where = BDC__JSON_BEHIND_VALUE;
  }
  bdc__json_resume(reader, c.at, where);
}
