/* SPDX-License-Identifier: MIT */
/*
 * The walk of the accepter. A kernel file defines a handful of functions over 64 bytes or one string (state.h lists them) and includes this
 * file, so that all of it is compiled for the kernel's instructions.
 *
 * The idea: in a JSON text nearly all bytes lie in strings, and of a string that is plain all that matters is where it begins and ends.
 * So the text is gone over twice.
 *
 *   1. The index (index.h). The kernel turns each block of 64 bytes into a mask of its quotes, and the places of those that no backslash
 *      escapes are written down one after the other. Only where a block holds a backslash, a control character or a byte beyond ASCII is
 *      more done: escapes are resolved, a control character within a string ends it all, and the quote behind a backslash or behind a byte
 *      beyond ASCII is marked, in bits that are no part of its place.
 *
 *   2. The walk under the table (here). The quotes of a member are known before its bytes are looked at:
 *
 *          "name":"example",
 *          ^    ^ ^       ^
 *          0    1 2       3
 *
 *      The name is compared with that of the row that the table has next, and looked up where it is another; the length of the value is
 *      one subtraction; what stands between the strings is a comparison or two. The next member begins at the next quote, whatever was
 *      found here, so that the processor is at work on several members at once. A marked quote is beyond any text: it fails the first
 *      comparison it meets, and the value is looked at by other_value. Members that are unusual in any other way are for any_member.
 *
 * Bounds: the last byte of the text is "}" or "]", or the walk does not begin. Neither is a quote, a blank, a digit or a letter, so
 * that behind a quote there is always one more byte, and skipping blanks or digits ends before the text does. Behind the last quote the
 * index holds some that are beyond any text. The quick way reads up to NEAR bytes further than it has to, so it ends NEAR bytes before
 * what may be read does; a text that is not long is copied to where there is room behind it.
 *
 * Whatever is unusual ends the walk with "not sure". What it accepts must be what the precise engine (check/body.c) finds nothing in:
 * each rule here stands there too, and test/property/test_accept.c holds one against the other.
 */
#ifndef BDC_ACCEPT_WALK_H
#define BDC_ACCEPT_WALK_H

#include "accept/index.h"
#include "accept/quick.h"
#include "accept/scan.h"
#include "accept/state.h"
#include "accept/strings.h"

#include "base/str.h"

/* ---- values ---- */

static bool value(walk *w, const bdc_row *row);

/* Behind a member or item: a comma, and then the next one; or the end. False: neither. */
static inline bool next_item(walk *w, unsigned char end, bool *more) {
  if (w->at >= w->size) {
    return false;
  }
  w->at = skip_blanks(w, w->at);
  unsigned char c = w->body[w->at++];
  *more = c == ',';
  if (*more) {
    w->at = skip_blanks(w, w->at);
  }
  return *more || c == end;
}

/* Opens an array or object; *more tells whether there is anything in it. */
static inline bool open_container(walk *w, unsigned char end, bool *more) {
  if (w->depth == DEPTH_MAX || w->depth == w->task->depth_max) {
    return false;
  }
  w->depth++;
  if (++w->at >= w->size) {
    return false;
  }
  w->at = skip_blanks(w, w->at);
  *more = w->body[w->at] != end;
  w->at += !*more;
  return true;
}

/* An item that is a string of a quick kind. False: nothing has been read. */
static INLINE bool quick_item(walk *w, const bdc__plan *plan) {
  uint32_t last = w->quote[1];
  if (!plan || last >= w->quick_to || w->body[w->at] != '"' || !quick_string(plan, w->body + w->at + 1, last - w->at - 1)) {
    return false;
  }
  w->at = last + 1;
  w->quote += 2;
  return true;
}

static ASIDE bool array(walk *w, const bdc_row *row) {
  uint64_t count = 0;
  bool included = !row->includes.data;
  bool more;
  if (!open_container(w, ']', &more)) {
    return false;
  }
  while (more) {
    uint32_t first = w->at + 1; /* where it is a string */
    count++;
    if (!quick_item(w, row->items) && (!value(w, row->element) || w->at >= w->size)) {
      return false;
    }
    if (!included) {
      included = bdc__str_equal(row->includes, (bdc_str){ (const char *)w->body + first, w->at - first - 1 });
    }
    if (w->body[w->at] == ',' && w->body[w->at + 1] == '"') {
      w->at++;
    } else if (!next_item(w, ']', &more)) {
      return false;
    }
  }
  w->depth--;
  return included && count >= row->items_min && count <= row->items_max;
}

/* A member's name up to and with its colon. The name is not yet known to end before the text does, nor to be free of marks. */
static inline bool member_name(walk *w, bdc_str *name) {
  uint32_t first = w->quote[0];
  uint32_t last = w->quote[1];
  if (first != w->at || last >= w->size) {
    return false;
  }
  *name = (bdc_str){ (const char *)w->body + first + 1, last - first - 1 };
  w->quote += 2;
  w->at = skip_blanks(w, last + 1);
  if (w->body[w->at++] != ':') {
    return false;
  }
  w->at = skip_blanks(w, w->at);
  return true;
}

/* Whether a map's key is new. */
static bool new_key(walk *w, unsigned open, bdc_str key) {
  for (unsigned i = open; i < w->key_count; i++) {
    if (bdc__str_equal(w->keys[i], key)) {
      return false;
    }
  }
  if (w->key_count == KEYS_MAX || w->key_count == w->task->names_max) {
    return false;
  }
  w->keys[w->key_count++] = key;
  return true;
}

static ASIDE bool map(walk *w, const bdc_row *row) {
  uint64_t count = 0;
  unsigned open = w->key_count;
  bool more;
  if (!open_container(w, '}', &more)) {
    return false;
  }
  while (more) {
    bdc_str key;
    count++;
    if (!quotes_ahead(w) || !member_name(w, &key) || !new_key(w, open, key) || !value(w, row->element) || !next_item(w, '}', &more)) {
      return false;
    }
  }
  w->depth--;
  w->key_count = open;
  return count >= row->items_min && count <= row->items_max;
}

/* ---- members, the quick way ---- */

/* The row of a name that is not the expected one: its place in the index is looked at, and no other. NULL: it is not there. */
static ASIDE const bdc__plan *quick_find(const bdc_object *object, const unsigned char *quote, uint32_t size) {
  if (UNLIKELY(size >= BDC__PLAN_NAME_SIZE)) {
    return NULL;
  }
  bdc__short_text name = near_text(quote + 1, size);
  size_t number = object->index[bdc__name_slot(object->index_seed, object->index_mask, name.first, name.last, size)];
  const bdc__plan *plan = &object->plan[number ? number - 1 : object->row_count];
  return kernel_name(plan, quote) ? plan : NULL;
}

/* Where an object stands. */
typedef struct members {
  const uint32_t *quote; /* of the member at hand */
  const bdc__plan *next; /* the row that is expected */
  uint64_t seen;
} members;

/* Instead of a place: what has been read is not sure to be right; or nothing has been read. */
enum { NOT_SURE = 0, NOT_READ = 1 };

/* A value that is not quick, `behind` its name. Returns the place behind it, or NOT_SURE. */
static ASIDE uint32_t other_value(walk *w, const bdc_row *row, uint32_t behind, const uint32_t *quote) {
  w->at = skip_blanks(w, behind);
  if (w->body[w->at++] != ':') {
    return NOT_SURE;
  }
  w->at = skip_blanks(w, w->at);
  w->quote = quote;
  return value(w, row) && w->at < w->size ? w->at : NOT_SURE;
}

/*
 * One member. Where it begins and ends is known by its quotes, not by what has been read before, so that the processor can look at several
 * members at once: m->quote must not depend on what is found here. Returns the place behind the value, NOT_SURE or NOT_READ.
 */
static INLINE uint32_t quick_member(walk *w, const bdc_object *object, members *m) {
  const unsigned char *body = w->body;
  const uint32_t *quote = m->quote;
  uint32_t first = quote[0];
  if (UNLIKELY(first >= w->quick_to)) {
    return NOT_READ;
  }
  const bdc__plan *plan = m->next;
  if (!kernel_name(plan, body + first)) {
    plan = quick_find(object, body + first, quote[1] - first - 1);
    if (!plan) {
      return NOT_READ;
    }
  }
  if (UNLIKELY(m->seen & plan->bit)) {
    return NOT_READ;
  }
  m->next = plan + 1;
  m->seen |= plan->bit;
  uint32_t behind = first + plan->name_size;
  if (plan->quick >= BDC__QUICK_STRING) {
    uint32_t value = quote[2];
    uint32_t last = quote[3];
    if (LIKELY(last < w->quick_to && punctuation(w, behind, ':', value) && quick_string(plan, body + value + 1, last - value - 1))) {
      m->quote = quote + 4;
      return last + 1;
    }
  } else if (plan->quick != BDC__QUICK_NONE) {
    uint32_t colon = behind + (body[behind] == ' ');
    uint32_t at = colon + 1 + (body[colon + 1] == ' ');
    uint32_t size = body[colon] == ':' && at < w->quick_to ? quick_scalar(plan, body + at) : 0;
    if (LIKELY(size)) {
      m->quote = quote + 2;
      return at + size;
    }
  }
  uint32_t at = other_value(w, plan->row, behind, quote + 2);
  m->quote = w->quote;
  return at;
}

/* ---- members, any way ---- */

/* A member of any kind. Returns the place behind it, or NOT_SURE. */
static ASIDE uint32_t any_member(walk *w, const bdc_object *object, members *m) {
  w->at = m->quote[0];
  w->quote = m->quote;
  bdc_str name;
  if (!member_name(w, &name)) {
    return NOT_SURE;
  }
  const bdc_row *row = name.size <= BDC__NAME_MAX ? bdc__object_find(object, name) : NULL;
  if (!row) {
    return NOT_SURE;
  }
  const bdc__plan *plan = &object->plan[row - object->rows];
  if (m->seen & plan->bit || !value(w, row) || w->at >= w->size) {
    return NOT_SURE;
  }
  m->quote = w->quote;
  m->next = plan + 1;
  m->seen |= plan->bit;
  return w->at;
}

static bool object(walk *w, const bdc_object *object) {
  bool more;
  if (object->words != 1 || !quotes_ahead(w) || !open_container(w, '}', &more) || (more && w->quote[0] != w->at)) {
    return false;
  }
  members m = { w->quote, object->plan, 0 };
  while (more) {
    uint32_t at = quick_member(w, object, &m);
    if (UNLIKELY(at == NOT_READ)) {
      members any = m;
      at = any_member(w, object, &any);
      m = any;
    }
    if (UNLIKELY(at == NOT_SURE)) {
      return false;
    }
    if (UNLIKELY(m.quote > w->refill)) {
      w->quote = m.quote;
      if (!index_more(w)) {
        return false;
      }
      m.quote = w->quote;
    }
    if (UNLIKELY(!punctuation(w, at, ',', m.quote[0]))) {
      at = skip_blanks(w, at);
      more = false;
      if (w->body[at] != '}') {
        return false;
      }
      w->at = at + 1;
    }
  }
  w->quote = m.quote;
  w->depth--;
  return (object->mandatory[0] & ~m.seen) == 0;
}

static ASIDE bool string(walk *w, const bdc_row *row) {
  if (!quotes_ahead(w) || row->kind != BDC_KIND_STRING || w->quote[0] != w->at || !any_string(w, row, w->at + 1, w->quote[1])) {
    return false;
  }
  w->at = (w->quote[1] & PLACE) + 1;
  w->quote += 2;
  return true;
}

static bool value(walk *w, const bdc_row *row) {
  switch (w->body[w->at]) {
  case '"':
    return string(w, row);
  case '{':
    return row->kind == BDC_KIND_OBJECT ? object(w, row->object) : row->kind == BDC_KIND_MAP && map(w, row);
  case '[':
    return row->kind == BDC_KIND_ARRAY && array(w, row);
  case 't':
    return (row->kind == BDC_KIND_BOOLEAN || row->kind == BDC_KIND_ANY) && literal(w, "true", 4);
  case 'f':
    return (row->kind == BDC_KIND_BOOLEAN || row->kind == BDC_KIND_ANY) && literal(w, "false", 5);
  case 'n':
    return row->flags & BDC__ROW_NULLABLE && literal(w, "null", 4);
  default:
    return number(w, row);
  }
}

/* ---- the whole body ---- */

static size_t without_blanks_behind(const unsigned char *body, size_t size) {
  while (size && (body[size - 1] == ' ' || body[size - 1] == '\n' || body[size - 1] == '\r' || body[size - 1] == '\t')) {
    size--;
  }
  return size;
}

/* With a block of blanks behind. */
static inline void copy_body(unsigned char *out, const unsigned char *body, size_t size) {
  size_t at = 0;
  for (; at + BLOCK <= size; at += BLOCK) {
    memcpy(out + at, body + at, BLOCK);
  }
  if (size >= BLOCK) {
    memcpy(out + size - BLOCK, body + size - BLOCK, BLOCK);
  } else {
    memcpy(out, body, size);
  }
  memset(out + size, ' ', BLOCK);
}

static bool accept_body(const bdc__accept_task *task, const unsigned char *body, size_t size) {
  size = without_blanks_behind(body, size);
  /* What the quick way looks at as a whole has fewer than NEAR bytes. */
  if (task->value_size < NEAR || size < 2 || size > PLACE || (body[size - 1] != '}' && body[size - 1] != ']')) {
    return false;
  }
  walk w;
  w.text = body;
  w.body = body;
  w.size = (uint32_t)size;
  w.quick_to = size < NEAR ? 0 : w.size - NEAR;
  if (size <= COPY_MAX) {
    copy_body(w.copy, body, size);
    w.body = w.copy;
    w.quick_to = w.size;
  }
  w.task = task;
  w.depth = 0;
  w.key_count = 0;
  w.quote = w.quotes_end = w.quotes;
  w.indexed = 0;
  w.pending = 0;
  w.in_string = false;
  w.escape = false;
  w.unfinished = false;
  w.at = skip_blanks(&w, 0);
  return (w.body[w.at] == '{' || w.body[w.at] == '[') && index_more(&w) && value(&w, task->root) && w.at == w.size;
}

#endif
