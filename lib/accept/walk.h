/* SPDX-License-Identifier: MIT */
/*
 * The walk of the accepter. A kernel file defines a handful of functions (view.h and state.h list them) and includes this file, so that
 * all of it is compiled for the kernel's instructions.
 *
 * The idea: in a JSON text nearly all bytes lie in strings, and of a string that is plain all that matters is where it begins and ends.
 * So the text is gone over twice.
 *
 *   1. The list of quotes: where each quote stands that no backslash escapes. quotes.h makes it from bit masks of 64 bytes, a window of
 *      1 KiB at a time. By the way it sees to it that no string has control characters, and marks the last quotes of the strings that have
 *      escapes or bytes beyond ASCII.
 *
 *   2. The walk under the table. It reads the text byte by byte where it is outside of strings, and passes over each string by the list.
 *      Outside of strings there is little: most of it is what stands between two strings, and that is mostly the same throughout a body:
 *
 *          {"name":"example","remark":"","status":1}        {"name": "example", "remark": "", "status": 1}
 *                ^^^       ^^^      ^^^                           ^^^^        ^^^^        ^^^^
 *
 *      It is compared as a word, with the one of before; the first of a body with the last of another body. The name leads to the only
 *      row that it may be of, without a search and without regard to order: members that are left out or stand elsewhere cost nothing.
 *      The length is one subtraction. A string with marks, or of a row that says more than a type and a length, is noted, and looked at
 *      when the members are through. What is in the way of this (arrays, objects, many blanks) is for slow_member.
 *
 * What holds throughout: `at` is outside of strings, and all before it has been understood. The quotes before it are those before `next`
 * in the list. So where there is a quote at `at`, it is the next one of the list, for no backslash stands before it; and the one behind it
 * in the list ends its string.
 *
 * Bounds: the last byte of the text is "}" or "]", or the walk does not begin. That is no blank, digit or letter, so that skipping any
 * of these ends before the text does. Behind the list there are MEMBER places where no quote is. The quick way reads up to NEAR bytes
 * further than it has to, so it ends NEAR bytes before what may be read does; a text that is not long is copied to where there is room
 * behind it.
 *
 * Whatever is unusual ends the walk with "not sure". What it accepts must be what the precise engine (check/body.c) finds nothing in:
 * each rule here stands there too, and test/property/test_accept.c holds one against the other.
 */
#ifndef BDC_ACCEPT_WALK_H
#define BDC_ACCEPT_WALK_H

#include "accept/quick.h"
#include "accept/quotes.h"
#include "accept/scan.h"
#include "accept/state.h"
#include "accept/strings.h"

#include "base/str.h"

/* ---- strings looked at later ---- */

static ASIDE bool marked_content(const walk *w, const bdc__plan *plan, const uint16_t *places) {
  bdc_str text = { (const char *)w->in.body + places[0] + 1, (places[1] & ~(unsigned)MARK) - places[0] - 1 };
  return any_string(&w->in, plan->row, text, w->marks[places + 1 - w->places]);
}

static INLINE bool content_later(const walk *w, const bdc__plan *plan, const uint16_t *places) {
  uint32_t start = places[0] + 1U;
  return LIKELY(places[1] < MARK) ? quick_content(&w->in, plan, w->in.body + start, places[1] - start)
                                  : marked_content(w, plan, places);
}

static ASIDE bool later_values(walk *w) {
  const postponed *end = w->later_end;
  w->later_end = w->later;
  for (const postponed *value = w->later; value < end; value++) {
    if (UNLIKELY(!content_later(w, value->plan, value->next + 2))) {
      return false;
    }
  }
  return true;
}

static ASIDE bool walk_more(walk *w) {
  return later_values(w) && list_next(w);
}

/* Sees to it that the string that begins here is in the list. */
static inline bool walk_ahead(walk *w) {
  return LIKELY(w->next < w->quick_end) || walk_more(w);
}

/* ---- between strings ---- */

/* The next byte that is no blank; 0 behind the end. */
static inline unsigned char significant(walk *w) {
  if (UNLIKELY(w->at >= w->in.end)) {
    return 0;
  }
  w->at = skip_blanks(&w->in, w->at);
  return w->in.body[w->at];
}

static inline uint64_t word_at(const walk *w, uint32_t at, const bdc__separator *s) {
  return bdc__load_le64(w->in.body + at) << s->shift;
}

/* Notes what stands between `from` and here, to be expected again; be there a quote here or something else. */
static inline void expect(const walk *w, bdc__separator *s, uint32_t from) {
  uint32_t size = w->at - from + 1;
  if (size <= sizeof s->word && w->next < w->quick_end) {
    s->size = size;
    s->shift = 64 - 8 * size;
    s->word = (word_at(w, from, s) & UINT64_MAX >> 8) | (uint64_t)'"' << 56;
  }
}

/* Behind a member or item, where the comma is not as it was last: another one, or the end. False: neither. */
static INLINE bool odd_item(walk *w, unsigned char end, bool *more) {
  uint32_t from = w->at;
  unsigned char c = significant(w);
  w->at++;
  *more = c == ',';
  if (!*more) {
    return c == end;
  }
  w->at = skip_blanks(&w->in, w->at);
  expect(w, &w->style.comma, from);
  return true;
}

/* Behind a member or item: a comma, or the end. False: neither. */
static inline bool next_item(walk *w, unsigned char end, bool *more) {
  if (w->next < w->quick_end && word_at(w, w->at, &w->style.comma) == w->style.comma.word) {
    w->at += w->style.comma.size - 1;
    *more = true;
    return true;
  }
  return odd_item(w, end, more);
}

/* Opens an array or object. False: there are too many open. *empty: it is closed as well. */
static inline bool open_container(walk *w, unsigned char end, bool *empty) {
  if (w->depth == DEPTH_MAX || w->depth == w->in.task->depth_max) {
    return false;
  }
  w->at++;
  *empty = significant(w) == end;
  w->at += *empty;
  w->depth += !*empty;
  return true;
}

/* ---- values ---- */

static bool value(walk *w, const bdc_row *row);

/* A string, of which all but its marks is left to be looked at. False: none begins here. */
static inline bool take_string(walk *w, bdc_str *text, unsigned char *marks) {
  if (w->in.body[w->at] != '"' || !walk_ahead(w)) {
    return false;
  }
  uint32_t last = w->places[w->next + 1] & ~(unsigned)MARK;
  *marks = w->places[w->next + 1] & MARK ? w->marks[w->next + 1] : 0;
  *text = (bdc_str){ (const char *)w->in.body + w->at + 1, last - w->at - 1 };
  w->at = last + 1;
  w->next += 2;
  return true;
}

/* An item that is a string of a quick kind. False: nothing has been read. */
static INLINE bool quick_item(walk *w, const bdc__plan *plan) {
  if (w->next >= w->quick_end || w->in.body[w->at] != '"') {
    return false;
  }
  uint32_t last = w->places[w->next + 1];
  uint32_t size = last - w->at;
  if (size - plan->length_low > plan->length_span || !quick_content(&w->in, plan, w->in.body + w->at + 1, size - 1)) {
    return false;
  }
  w->at = last + 1;
  w->next += 2;
  return true;
}

/* Whether the string that begins here is this one. */
static bool is_item(const walk *w, bdc_str text) {
  uint32_t last = w->places[w->next + 1];
  return !(last & MARK) && bdc__str_equal(text, (bdc_str){ (const char *)w->in.body + w->at + 1, last - w->at - 1 });
}

static ASIDE bool array(walk *w, const bdc_row *row) {
  uint64_t count = 0;
  bool included = !row->includes.data;
  bool empty;
  if (!open_container(w, ']', &empty)) {
    return false;
  }
  for (bool more = !empty; more;) {
    count++;
    bool is_string = w->in.body[w->at] == '"';
    if (is_string && !walk_ahead(w)) {
      return false;
    }
    included = included || (is_string && is_item(w, row->includes));
    if ((!quick_item(w, row->element_plan) && !value(w, row->element)) || !next_item(w, ']', &more)) {
      return false;
    }
  }
  w->depth -= !empty;
  return included && count >= row->items_min && count <= row->items_max;
}

/* Between a name and its value. */
static inline bool take_colon(walk *w) {
  uint32_t from = w->at;
  if (significant(w) != ':') {
    return false;
  }
  w->at = skip_blanks(&w->in, w->at + 1);
  expect(w, &w->style.colon, from);
  return true;
}

/* A member's name, up to its value. */
static inline bool member_name(walk *w, bdc_str *name) {
  unsigned char marks;
  return take_string(w, name, &marks) && !marks && take_colon(w);
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
  bool empty;
  if (!open_container(w, '}', &empty)) {
    return false;
  }
  for (bool more = !empty; more;) {
    bdc_str key;
    count++;
    if (!member_name(w, &key) || !new_key(w, open, key) || !value(w, row->element) || !next_item(w, '}', &more)) {
      return false;
    }
  }
  w->depth -= !empty;
  w->key_count = open;
  return count >= row->items_min && count <= row->items_max;
}

/* ---- members ---- */

/* The only row that may have a name: its place in the index is looked at, and no other. Its size is with a quote. */
static INLINE const bdc__plan *row_of(const bdc_object *object, const unsigned char *name, size_t size) {
  uint64_t telling = kernel_first(bdc__load_le64(name + object->telling[size]), (uint32_t)size - 1);
  return &object->plan[object->index.slots[bdc__index_slot(&object->index, bdc__index_key(telling, size))]];
}

/* What is behind a scalar of a quick kind; 0 where it is not sure to be right. */
static ASIDE uint32_t quick_last_scalar(const bdc__plan *plan, const unsigned char *body, uint32_t at) {
  uint32_t size = kernel_scalar_size(body + at);
  return quick_scalar(plan, body + at, size) ? at + size : 0;
}

/* The same of one that is the last of its object, or not. The next quote tells where it ends if there is what is expected before that. */
static INLINE uint32_t scalar_end(const bdc__plan *plan, const unsigned char *body, uint32_t at, uint32_t quote, bdc__separator comma) {
  uint32_t end = quote - (comma.size - 1);
  bool fits = end - at < HALF && bdc__load_le64(body + end) << comma.shift == comma.word && quick_scalar(plan, body + at, end - at);
  return LIKELY(fits) ? end : quick_last_scalar(plan, body, at);
}

/* A member of any kind. Returns the plan of its row; NULL: it is not sure to be right. */
static ASIDE const bdc__plan *any_member(walk *w, const bdc_object *object) {
  bdc_str name;
  if (!member_name(w, &name) || name.size > BDC__NAME_MAX) {
    return NULL;
  }
  const bdc_row *row = bdc__object_find(object, name);
  return row && value(w, row) ? &object->plan[row - object->rows] : NULL;
}

/* What the walk has at hand while it goes over members that are as usual. */
typedef struct run {
  const unsigned char *body;
  const uint16_t *next;
  const uint16_t *quick_end;
  postponed *later;
  uint32_t at; /* behind a value; before the first member, where that would be */
  bdc__separator colon;
  bdc__separator comma;
} run;

static INLINE run begin_run(const walk *w) {
  return (run){ .body = w->in.body,
                .next = w->places + w->next,
                .quick_end = w->places + w->quick_end,
                .later = w->later_end,
                .at = w->at - (w->style.comma.size - 1),
                .colon = w->style.colon,
                .comma = w->style.comma };
}

static INLINE void end_run(walk *w, const run *r, uint32_t at) {
  w->next = (uint32_t)(r->next - w->places);
  w->later_end = r->later;
  w->at = at;
}

/* The plan of the next member, or NULL where that is not sure. */
static INLINE const bdc__plan *quick_name(const run *r, const bdc_object *object) {
  uint32_t first = r->next[0];
  const unsigned char *name = r->body + first;
  size_t size = (r->next[1] - first) % BDC__PLAN_NAME_SIZE;
  __asm__("" : "+r"(size)); /* or the compiler makes it twice */
  const bdc__plan *plan = row_of(object, name + 1, size);
  return LIKELY(kernel_name(plan, name)) ? plan : NULL;
}

/* What stands behind a name. NAMELESS: behind one that is not known to be right. */
typedef enum member_form { STRING, OTHER, ODD, NAMELESS } member_form;

static INLINE member_form form_behind(bdc__separator colon, const unsigned char *name_end) {
  uint64_t word = bdc__load_le64(name_end) << colon.shift;
  if (LIKELY(word == colon.word)) {
    return STRING;
  }
  return word << 8 == colon.word << 8 && word >> 56 > ' ' ? OTHER : ODD;
}

/* A member's string, if its row is of a quick kind. False: it is not sure to be right. */
static INLINE bool quick_string(run *r, const bdc__plan *plan) {
  uint32_t last = r->next[3];
  uint32_t later = plan->later;
  if (UNLIKELY(last - r->next[2] - plan->length_low > plan->length_span)) {
    if (last < MARK || plan->quick < BDC__QUICK_STRING) {
      return false;
    }
    last &= ~(unsigned)MARK;
    later = UINT32_MAX;
  }
  *r->later = (postponed){ plan, r->next };
  r->later = (postponed *)(void *)((unsigned char *)r->later + (later & sizeof *r->later));
  r->at = last + 1;
  r->next += 4;
  return true;
}

/* The same for a number or literal. */
static INLINE bool quick_other(run *r, const bdc__plan *plan) {
  uint32_t start = r->next[1] + r->colon.size;
  uint32_t end = plan->quick - 1 < BDC__QUICK_STRING - 1 ? scalar_end(plan, r->body, start, r->next[2], r->comma) : 0;
  if (UNLIKELY(!end)) {
    return false;
  }
  r->at = end;
  r->next += 2;
  return true;
}

/* Expects from now on what stands behind a member's name. False: it is too long for that, or not a colon. */
static ASIDE bool learn_colon(walk *w, const uint16_t *next) {
  w->next = (uint32_t)(next - w->places);
  w->at = next[1] + 1U;
  return take_colon(w) && form_behind(w->style.colon, w->in.body + next[1] + 1) != ODD;
}

/*
 * A member that is not of a quick kind, or not written as it is expected; its plan, if its name is known to be right. Returns the plan of its
 * row; NULL: it is not sure to be right.
 */
static ASIDE const bdc__plan *slow_member(walk *w, const bdc_object *object, const bdc__plan *plan, member_form form) {
  if (!plan) {
    return any_member(w, object);
  }
  uint32_t name_last = w->places[w->next + 1];
  w->next += 2;
  if (form == ODD) {
    w->at = name_last + 1;
    return take_colon(w) && value(w, plan->row) ? plan : NULL;
  }
  w->at = name_last + w->style.colon.size;
  return value(w, plan->row) ? plan : NULL;
}

/* Where none has been there twice, as many rows have been seen as there were members. */
static ASIDE bool members(walk *w, const bdc_object *object) {
  uint64_t seen = 0;
  uint32_t count = 0;
  for (bool more = true; more;) {
    if (w->in.body[w->at] != '"' || !walk_ahead(w)) {
      return false;
    }
    run r = begin_run(w);
    bool ahead = r.next < r.quick_end;
    bool quick;
    bool usual;
    do {
      const bdc__plan *plan = LIKELY(ahead) ? quick_name(&r, object) : NULL;
      member_form form = LIKELY(plan != NULL) ? form_behind(r.colon, r.body + r.next[1] + 1) : NAMELESS;
      quick = LIKELY(form == STRING) ? quick_string(&r, plan) : form == OTHER && quick_other(&r, plan);
      if (UNLIKELY(!quick)) {
        if (form == ODD && learn_colon(w, r.next)) {
          r.colon = w->style.colon;
          usual = true; /* the same member again */
          continue;
        }
        end_run(w, &r, r.at + r.comma.size - 1);
        plan = slow_member(w, object, plan, form);
        if (!plan) {
          return false;
        }
      }
      seen |= plan->bit;
      count++;
      usual = quick && bdc__load_le64(r.body + r.at) << r.comma.shift == r.comma.word;
      ahead = r.next < r.quick_end;
    } while (LIKELY(usual && ahead));
    if (usual) {
      end_run(w, &r, r.at + r.comma.size - 1);
      continue;
    }
    if (quick) {
      end_run(w, &r, r.at);
    }
    if (!(quick ? odd_item(w, '}', &more) : next_item(w, '}', &more))) {
      return false;
    }
  }
  return (object->mandatory[0] & ~seen) == 0 && kernel_count(seen) == count;
}

static bool object(walk *w, const bdc_object *object) {
  bool empty;
  if (object->words != 1 || !open_container(w, '}', &empty)) {
    return false;
  }
  bool fits = empty ? object->mandatory[0] == 0 : members(w, object);
  w->depth -= !empty;
  return fits;
}

static ASIDE bool string(walk *w, const bdc_row *row) {
  bdc_str text;
  unsigned char marks;
  return row->kind == BDC_KIND_STRING && take_string(w, &text, &marks) && any_string(&w->in, row, text, marks);
}

static bool bare_scalar(walk *w, const bdc_row *row) {
  uint32_t size = scalar(&w->in, row, w->at);
  w->at += size;
  return size;
}

static bool value(walk *w, const bdc_row *row) {
  switch (w->in.body[w->at]) {
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

/* A text that is shorter than a block is made as long, by blanks. */
static ASIDE bool begin_short(walk *w, const unsigned char *body) {
  unsigned char text[BLOCK];
  memset(text, ' ', BLOCK);
  memcpy(text, body, w->size);
  w->size = BLOCK;
  return list_all(w, text, w->copy);
}

static ASIDE bool begin_long(walk *w, const unsigned char *body) {
  w->in.body = body;
  w->near_to = w->size - NEAR;
  return list_more(w);
}

static INLINE bool begin_walk(walk *w, const bdc__accept_task *task, bdc__style style, const unsigned char *body, uint32_t size) {
  w->in = (view){ .task = task, .body = w->copy, .end = size };
  w->size = size;
  w->near_to = UINT32_MAX;
  w->depth = w->key_count = 0;
  w->at = w->next = w->count = w->listed = 0;
  w->wrong = 0;
  w->pending = 0;
  w->escape = w->unfinished = false;
  w->later_end = w->later;
  w->style = style;
  if (UNLIKELY(size < BLOCK)) {
    return begin_short(w, body);
  }
  if (UNLIKELY(size > COPY_MAX)) {
    return begin_long(w, body);
  }
  unsigned char *copy = w->copy + (0 - size) % BLOCK; /* all blocks but the first one are aligned */
  w->in.body = copy;
  return list_all(w, body, copy);
}

static bool accept_body(const bdc__accept_task *task, bdc__styles *styles, const unsigned char *body, size_t size) {
  walk w;
  size = size_of_body(task, body, size);
  if (!size) {
    return false;
  }
  bdc__style *style = &styles->known[body[1] > ' '];
  if (!begin_walk(&w, task, *style, body, (uint32_t)size) || !significant(&w) || !value(&w, task->root) || w.at != w.in.end ||
      !later_values(&w)) {
    return false;
  }
  *style = w.style;
  return true;
}

#endif
