/* SPDX-License-Identifier: MIT */
/*
 * The walk of the accepter. A kernel file defines a handful of functions (view.h, state.h and blocks.h list them) and includes this file,
 * so that all of it is compiled for the kernel's instructions.
 *
 * The idea: in a JSON text nearly all bytes lie in strings, and of a string that is plain all that matters is where it begins and ends.
 * So the text is gone over twice.
 *
 *   1. The skeleton: all quotes that no backslash escapes, and the punctuation outside of strings, as bytes one behind the other, and
 *      where each of them stands. Blanks are gone, and so is what strings are made of. Scalars are gone too, but the bytes that they
 *      have are counted. In a string's last quote bits are set where the string has escapes or bytes beyond ASCII. blocks.h makes the
 *      skeleton from bit masks of 64 bytes, a window of 1 KiB at a time.
 *
 *   2. The walk under the table. In the skeleton a member whose value is a string always looks alike, whatever blanks there are, and
 *      one whose value is a number or a literal does too:
 *
 *          "name" : "example",          "status": 1,
 *          ^    ^ ^ ^       ^^          ^      ^^  ^
 *          0    1 2 3       45          0      12  3
 *
 *      A comparison of eight bytes or two shows which it is. The name leads to the only row that it may be of, without a search and
 *      without regard to order: members that are left out or stand elsewhere cost nothing. The length is one subtraction. A row that
 *      says more than a type and a length is noted, and its values are looked at when the members are through. What is in the way of
 *      this (arrays, objects, strings with marks) is for any_member.
 *
 * Why scalars need not be in the skeleton: a scalar is read between a colon, comma or bracket and the punctuation behind it, as far as
 * it is what its row says, and the bytes it has are taken from the count. Did anything else stand between tokens, the count would not
 * be 0 at the end.
 *
 * Bounds: the last byte of the text is "}" or "]", or the walk does not begin. That is no blank, digit or letter, so that skipping any
 * of these ends before the text does. Behind the skeleton there are AHEAD bytes that are no punctuation. The quick way reads up to NEAR
 * bytes further than it has to, so it ends NEAR bytes before what may be read does; a text that is not long is copied to where there is
 * room behind it.
 *
 * Whatever is unusual ends the walk with "not sure". What it accepts must be what the precise engine (check/body.c) finds nothing in:
 * each rule here stands there too, and test/property/test_accept.c holds one against the other.
 */
#ifndef BDC_ACCEPT_WALK_H
#define BDC_ACCEPT_WALK_H

#include "accept/quick.h"
#include "accept/scan.h"
#include "accept/skeleton.h"
#include "accept/state.h"
#include "accept/strings.h"

#include "base/str.h"

/* From a byte of the skeleton to the next one. */
static inline uint32_t distance(const uint16_t *places) {
  return (uint32_t)places[1] - places[0];
}

/* ---- values looked at later ---- */

/* A number or boolean that the quick way is not sure of. */
static ASIDE bool other_scalar(walk *w, const bdc_row *row, const uint16_t *places) {
  uint32_t at = skip_blanks(&w->in, places[0] + 1U);
  uint32_t size = at < places[1] ? scalar(&w->in, row, at) : 0;
  w->others -= size;
  return size;
}

static INLINE bool later_number(walk *w, const bdc__plan *plan, const uint16_t *places) {
  const unsigned char *text = w->in.body + places[0] + 1;
  uint32_t blank = text[0] == ' ';
  uint32_t size = distance(places) - 1 - blank;
  if (UNLIKELY(!quick_scalar(plan, text + blank, size))) {
    return other_scalar(w, plan->row, places);
  }
  w->others -= size;
  return true;
}

static ASIDE bool later_values(walk *w) {
  const postponed *end = w->later_end;
  w->later_end = w->later;
  for (const postponed *value = w->later; value < end; value++) {
    const bdc__plan *plan = value->plan;
    const uint16_t *places = w->places + value->at + plan->value_at;
    bool fits = plan->quick >= BDC__QUICK_STRING ? quick_content(&w->in, plan, w->in.body + places[0] + 1, distance(places) - 1)
                                                 : later_number(w, plan, places);
    if (UNLIKELY(!fits)) {
      return false;
    }
  }
  return true;
}

static ASIDE bool walk_more(walk *w) {
  return later_values(w) && skeleton_more(w);
}

/* Sees to it that a member can be looked at. */
static inline bool walk_ahead(walk *w) {
  return LIKELY(w->at <= w->quick_to) || walk_more(w);
}

/* ---- values ---- */

static bool value(walk *w, const bdc_row *row);

/* Behind a member or item: a comma, or the end. False: neither. */
static inline bool next_item(walk *w, unsigned char end, bool *more) {
  unsigned char c = w->bytes[w->at++];
  *more = c == ',';
  return *more || c == end;
}

/* Where the gap before the next byte of the skeleton has something else than blanks, if it has. */
static inline uint32_t gap(const walk *w) {
  return skip_blanks(&w->in, w->places[w->at - 1] + 1);
}

/* Opens an array or object. */
static inline bool open_container(walk *w) {
  if (w->depth == DEPTH_MAX || w->depth == w->in.task->depth_max) {
    return false;
  }
  w->depth++;
  w->at++;
  return true;
}

static bool is_plain_string(const walk *w, uint32_t at) {
  return w->bytes[at] == '"' && w->bytes[at + 1] == '"';
}

static bdc_str string_at(const walk *w, uint32_t at) {
  return (bdc_str){ (const char *)w->in.body + w->places[at] + 1, distance(w->places + at) - 1 };
}

/* An item that is a string of a quick kind. False: nothing has been read. */
static INLINE bool quick_item(walk *w, const bdc__plan *plan) {
  const unsigned char *text = w->in.body + w->places[w->at] + 1;
  uint32_t size = distance(w->places + w->at);
  if (w->at > w->quick_to || !is_plain_string(w, w->at) || size - plan->length_low > plan->length_span ||
      !quick_content(&w->in, plan, text, size - 1)) {
    return false;
  }
  w->at += 2;
  return true;
}

static bool is_item(const walk *w, uint32_t at, bdc_str text) {
  return is_plain_string(w, at) && bdc__str_equal(text, string_at(w, at));
}

static ASIDE bool array(walk *w, const bdc_row *row) {
  uint64_t count = 0;
  bool included = !row->includes.data;
  if (!open_container(w)) {
    return false;
  }
  bool more = w->bytes[w->at] != ']' || gap(w) != w->places[w->at];
  w->at += !more;
  while (more) {
    count++;
    if (!walk_ahead(w)) {
      return false;
    }
    included = included || is_item(w, w->at, row->includes);
    if ((!quick_item(w, row->element_plan) && !value(w, row->element)) || !next_item(w, ']', &more)) {
      return false;
    }
  }
  w->depth--;
  return included && count >= row->items_min && count <= row->items_max;
}

/* A member's name up to and with its colon. */
static inline bool member_name(walk *w, bdc_str *name) {
  if (!is_plain_string(w, w->at) || w->bytes[w->at + 2] != ':') {
    return false;
  }
  *name = string_at(w, w->at);
  w->at += 3;
  return true;
}

/* Whether a map's key is new. */
static bool new_key(walk *w, unsigned open, bdc_str key) {
  for (unsigned i = open; i < w->key_count; i++) {
    if (bdc__str_equal(w->keys[i], key)) {
      return false;
    }
  }
  if (w->key_count == KEYS_MAX || w->key_count == w->in.task->names_max) {
    return false;
  }
  w->keys[w->key_count++] = key;
  return true;
}

static ASIDE bool map(walk *w, const bdc_row *row) {
  uint64_t count = 0;
  unsigned open = w->key_count;
  if (!open_container(w)) {
    return false;
  }
  bool more = w->bytes[w->at] != '}';
  w->at += !more;
  while (more) {
    bdc_str key;
    count++;
    if (!walk_ahead(w) || !member_name(w, &key) || !new_key(w, open, key) || !value(w, row->element) || !next_item(w, '}', &more)) {
      return false;
    }
  }
  w->depth--;
  w->key_count = open;
  return count >= row->items_min && count <= row->items_max;
}

/* ---- members ---- */

/* The only row that may have a name: its place in the index is looked at, and no other. Its size is with a quote. */
static INLINE const bdc__plan *row_of(const bdc_object *object, const unsigned char *name, size_t size) {
  uint64_t telling = kernel_first(bdc__load_le64(name + object->telling[size]), (uint32_t)size - 1);
  return &object->plan[object->index.slots[bdc__index_slot(&object->index, bdc__index_key(telling, size))]];
}

/* The plan of a member's row, or NULL where that is not sure. */
static INLINE const bdc__plan *quick_name(const walk *w, const bdc_object *object, size_t at) {
  const uint16_t *places = w->places + at;
  const unsigned char *name = w->in.body + places[0];
  size_t size = distance(places) % BDC__PLAN_NAME_SIZE;
  __asm__("" : "+r"(size)); /* or the compiler makes it twice */
  const bdc__plan *plan = row_of(object, name + 1, size);
  return LIKELY(kernel_name(plan, name)) ? plan : NULL;
}

/* Bytes of the skeleton that a member has, with what is behind it. */
enum { STRING_MEMBER = 6, SCALAR_MEMBER = 4 };

/*
 * A member but for its name and for the content of its value. Returns how many bytes of the skeleton it has; or 0. Which of the two it
 * is, is foreseen more often than not, so that the processor is at work on several members at once.
 */
static INLINE size_t quick_value(const walk *w, const bdc__plan *plan, size_t at) {
  const uint64_t string = UINT64_C(0x22223a2222000000); /* "":"" */
  const uint64_t named = UINT64_C(0x3a22220000000000);  /* "": */
  uint64_t form = bdc__load_le64(w->bytes + at);
  if (LIKELY(form << 24 == string)) {
    return distance(w->places + at + 3) - plan->length_low <= plan->length_span ? STRING_MEMBER : 0;
  }
  return form << 40 == named && plan->quick - 1 < BDC__QUICK_STRING - 1 ? SCALAR_MEMBER : 0;
}

/* A member of any kind, with what is behind it; its plan, where it is known already. NULL: the member is not sure to be right. */
static ASIDE const bdc__plan *any_member(walk *w, const bdc_object *object, const bdc__plan *plan) {
  bdc_str name;
  if (!walk_ahead(w) || !member_name(w, &name)) {
    return NULL;
  }
  if (!plan) {
    const bdc_row *row = name.size <= BDC__NAME_MAX ? bdc__object_find(object, name) : NULL;
    plan = row ? &object->plan[row - object->rows] : NULL;
  }
  if (!plan || !value(w, plan->row)) {
    return NULL;
  }
  w->at++;
  return plan;
}

/* Where none has been there twice, as many rows have been seen as there were members. */
static bool members(walk *w, const bdc_object *object) {
  uint64_t seen = 0;
  uint32_t count = 0;
  size_t at = w->at;
  size_t quick_to = w->quick_to;
  postponed *later = w->later_end;
  do {
    const bdc__plan *plan = LIKELY(at <= quick_to) ? quick_name(w, object, at) : NULL;
    size_t size = LIKELY(plan != NULL) ? quick_value(w, plan, at) : 0;
    if (LIKELY(size)) {
      *later = (postponed){ plan, at };
      later = (postponed *)(void *)((unsigned char *)later + (plan->later & sizeof *later));
      at += size;
    } else {
      w->at = (uint32_t)at;
      w->later_end = later;
      plan = any_member(w, object, plan);
      if (!plan) {
        return false;
      }
      at = w->at;
      quick_to = w->quick_to;
      later = w->later_end;
    }
    seen |= plan->bit;
    count++;
  } while (w->bytes[at - 1] == ',');
  w->at = (uint32_t)at;
  w->later_end = later;
  return w->bytes[at - 1] == '}' && (object->mandatory[0] & ~seen) == 0 && kernel_count(seen) == count;
}

static bool object(walk *w, const bdc_object *object) {
  if (object->words != 1 || !open_container(w)) {
    return false;
  }
  bool empty = w->bytes[w->at] == '}';
  w->at += empty;
  bool fits = empty ? object->mandatory[0] == 0 : members(w, object);
  w->depth--;
  return fits;
}

static ASIDE bool string(walk *w, const bdc_row *row) {
  if (row->kind != BDC_KIND_STRING || (w->bytes[w->at + 1] & ~MARKS) != '"' ||
      !any_string(&w->in, row, string_at(w, w->at), w->bytes[w->at + 1])) {
    return false;
  }
  w->at += 2;
  return true;
}

/* A scalar has no byte in the skeleton: it stands before the next one. */
static bool bare_scalar(walk *w, const bdc_row *row) {
  uint32_t at = gap(w);
  uint32_t size = at < w->places[w->at] ? scalar(&w->in, row, at) : 0;
  w->others -= size;
  return size;
}

static bool value(walk *w, const bdc_row *row) {
  if (UNLIKELY(!walk_ahead(w))) {
    return false;
  }
  switch (w->bytes[w->at]) {
  case '"':
    return string(w, row);
  case '{':
    return row->kind == BDC_KIND_OBJECT ? object(w, row->object) : row->kind == BDC_KIND_MAP && map(w, row);
  case '[':
    return row->kind == BDC_KIND_ARRAY && array(w, row);
  default:
    return bare_scalar(w, row);
  }
}

/* ---- the whole body ---- */

static inline void walk_begin(walk *w, const bdc__accept_task *task, const unsigned char *body, uint32_t size) {
  w->text = w->in.body = body;
  w->in.origin = 0;
  w->size = w->in.end = size;
  w->near_to = size < NEAR ? 0 : size - NEAR;
  w->copied = size <= COPY_MAX;
  if (LIKELY(w->copied)) {
    w->in.body = w->copy;
    w->near_to = size + 1;
  }
  w->in.task = task;
  w->depth = w->key_count = 0;
  w->at = w->count = 1;
  w->bytes[0] = 0;
  w->places[0] = 0;
  w->sorted = 0;
  w->inside = w->wrong = w->others = 0;
  w->pending = 0;
  w->escape = w->unfinished = false;
  w->later_end = w->later;
}

static bool accept_body(const bdc__accept_task *task, const unsigned char *body, size_t size) {
  walk w;
  size = size_of_body(task, body, size);
  if (size == 0) {
    return false;
  }
  walk_begin(&w, task, body, (uint32_t)size);
  return skeleton_fill(&w) && value(&w, task->root) && w.at == w.count && w.sorted == w.size && later_values(&w) &&
         (w.inside | w.wrong | w.others) == 0;
}

#endif
