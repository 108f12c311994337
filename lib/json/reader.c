/* SPDX-License-Identifier: MIT */
/*
 * The reader is a state machine over bytes, written as one function for each thing that can stand in the text. A state says what is
 * expected next, so that a piece may end anywhere. Only the plain part of a string is taken many bytes at a time: nearly all bytes
 * of real messages are there.
 */
#include "json/reader.h"

#include "base/hex.h"
#include "base/utf8.h"
#include "json/plain.h"

enum state {
  AT_VALUE,      /* a value */
  AT_FIRST_ITEM, /* a value or "]" */
  AT_FIRST_NAME, /* a name or "}" */
  AT_NAME,       /* a name */
  AT_COLON,
  AT_SEPARATOR, /* "," or the end of the container; outside all of them nothing more */
  IN_STRING,
  IN_CHARACTER, /* within a character of several bytes */
  IN_ESCAPE,    /* behind a backslash */
  IN_HEX,       /* within the four digits of \u */
  IN_PAIR,      /* behind a high surrogate: the backslash of the low one */
  IN_PAIR_U,    /* its "u" */
  IN_NUMBER,
  IN_LITERAL,
  IN_MARK, /* at the start of the text, within what may be a byte order mark */
  AT_FAULT
};

/* What has been read of a number. */
enum number_state { NUMBER_MINUS, NUMBER_ZERO, NUMBER_WHOLE, NUMBER_POINT, NUMBER_FRACTION, NUMBER_E, NUMBER_SIGN, NUMBER_EXPONENT };

/* Only what is read before it is written: for small bodies, clearing all of a reader is a good part of the work. */
void bdc__json_begin(bdc__json_reader *reader, unsigned char *containers, size_t depth_limit) {
  reader->containers = containers;
  reader->depth_limit = depth_limit;
  reader->depth = 0;
  reader->in_object = false;
  reader->state = AT_VALUE;
  reader->token_offset = 0;
  reader->character_offset = 0;
  reader->base = 0;
  reader->piece = NULL;
  reader->end = NULL;
  bdc__json_feed(reader, NULL, 0, false);
}

void bdc__json_feed(bdc__json_reader *reader, const void *piece, size_t size, bool final) {
  static const unsigned char nothing[1];
  reader->base += (size_t)(reader->end - reader->piece);
  reader->piece = size ? piece : nothing;
  reader->next = reader->piece;
  reader->end = reader->piece + size;
  reader->origin = (uintptr_t)reader->piece - reader->base;
  reader->final = final;
}

bool bdc__json_in_character(const bdc__json_reader *reader) {
  return reader->state >= IN_CHARACTER && reader->state <= IN_PAIR_U;
}

static size_t offset_of(const bdc__json_reader *r, const unsigned char *at) {
  return (uintptr_t)at - r->origin;
}

static bdc__json_event fault(bdc__json_reader *r, bdc__json_fault kind, size_t offset) {
  r->state = AT_FAULT;
  r->fault = kind;
  r->fault_offset = offset;
  return BDC__JSON_FAULT;
}

/* The piece is used up within something. */
static bdc__json_event used_up(bdc__json_reader *r) {
  return r->final ? fault(r, BDC__JSON_FAULT_CUT, offset_of(r, r->end)) : BDC__JSON_MORE;
}

static void set_chunk(bdc__json_reader *r, const void *text, size_t size, size_t offset, bool ascii, bool last) {
  r->text = (bdc_str){ text, size };
  r->text_offset = offset;
  r->ascii = ascii;
  r->first = r->opened;
  r->opened = false;
  r->last = last;
}

static bdc__json_event chunk(bdc__json_reader *r, const void *text, size_t size, size_t offset, bool ascii, bool last) {
  set_chunk(r, text, size, offset, ascii, last);
  return r->in_name ? BDC__JSON_NAME : BDC__JSON_STRING;
}

static bdc__json_event number_chunk(bdc__json_reader *r, const unsigned char *start, size_t size, bool last) {
  set_chunk(r, start, size, offset_of(r, start), true, last);
  return BDC__JSON_NUMBER;
}

/* ---- containers ---- */

static bdc__json_event open_container(bdc__json_reader *r, bool object) {
  size_t start = offset_of(r, r->next);
  if (r->depth == r->depth_limit) {
    return fault(r, BDC__JSON_FAULT_DEPTH, start);
  }
  unsigned char *byte = &r->containers[r->depth / 8];
  unsigned bit = r->depth % 8;
  *byte = (unsigned char)((*byte & ~(1u << bit)) | (unsigned)r->in_object << bit);
  r->depth++;
  r->in_object = object;
  r->state = object ? AT_FIRST_NAME : AT_FIRST_ITEM;
  r->token_offset = start;
  r->next++;
  return object ? BDC__JSON_OBJECT : BDC__JSON_ARRAY;
}

static bdc__json_event close_container(bdc__json_reader *r) {
  bool object = r->in_object;
  r->depth--;
  r->in_object = r->containers[r->depth / 8] >> (r->depth % 8) & 1;
  r->state = AT_SEPARATOR;
  r->token_offset = offset_of(r, r->next);
  r->next++;
  return object ? BDC__JSON_OBJECT_END : BDC__JSON_ARRAY_END;
}

/* ---- strings ---- */

/* Behind a string's last quote. */
static void end_string(bdc__json_reader *r) {
  r->next++;
  r->state = r->in_name ? AT_COLON : AT_SEPARATOR;
}

static bdc__json_event read_string(bdc__json_reader *r) {
  const unsigned char *start = r->next;
  bool ascii = true;
  const unsigned char *at = bdc__json_skip_text(start, r->end, &ascii);
  r->next = at;
  size_t size = (size_t)(at - start);
  size_t offset = offset_of(r, start);
  if (at < r->end && *at == '"') {
    bdc__json_event event = chunk(r, start, size, offset, ascii, true);
    end_string(r);
    return event;
  }
  if (size) {
    return chunk(r, start, size, offset, ascii, false);
  }
  if (at == r->end) {
    return used_up(r);
  }
  r->character_offset = offset;
  if (*at == '\\') {
    r->next++;
    r->state = IN_ESCAPE;
    return bdc__json_next(r);
  }
  if (*at < 0x20) {
    return fault(r, BDC__JSON_FAULT_CONTROL, offset);
  }
  r->state = IN_CHARACTER;
  r->count = 0;
  return bdc__json_next(r);
}

/* A character whose bytes lie in several pieces, or which is malformed. */
static bdc__json_event read_character(bdc__json_reader *r) {
  while (r->next < r->end) {
    r->held[r->count++] = *r->next;
    int size = bdc__utf8_size(r->held, r->count);
    if (size == 0) {
      return fault(r, BDC__JSON_FAULT_UTF8, r->character_offset);
    }
    r->next++;
    if (size > 0) {
      r->state = IN_STRING;
      return chunk(r, r->held, r->count, r->character_offset, false, false);
    }
  }
  return r->final ? fault(r, BDC__JSON_FAULT_UTF8, r->character_offset) : BDC__JSON_MORE;
}

static bdc__json_event read_escape(bdc__json_reader *r) {
  if (r->next == r->end) {
    return used_up(r);
  }
  unsigned char letter = *r->next;
  if (letter == 'u') {
    r->next++;
    r->state = IN_HEX;
    r->count = 0;
    r->unit = 0;
    r->high = 0;
    return bdc__json_next(r);
  }
  r->held[0] = bdc__json_unescape(letter);
  if (r->held[0] == 0) {
    return fault(r, BDC__JSON_FAULT_ESCAPE, r->character_offset);
  }
  r->next++;
  r->state = IN_STRING;
  return chunk(r, r->held, 1, r->character_offset, true, false);
}

/* Four hex digits are complete. */
static bdc__json_event end_unit(bdc__json_reader *r) {
  bool high = r->unit >= 0xd800 && r->unit <= 0xdbff;
  bool low = r->unit >= 0xdc00 && r->unit <= 0xdfff;
  if (low != (r->high != 0)) {
    return fault(r, BDC__JSON_FAULT_SURROGATE, r->character_offset);
  }
  if (high) {
    r->high = r->unit;
    r->state = IN_PAIR;
    return bdc__json_next(r);
  }
  uint32_t code_point = low ? 0x10000 + ((r->high - 0xd800) << 10) + (r->unit - 0xdc00) : r->unit;
  size_t size = bdc__utf8_encode(code_point, (char *)r->held);
  r->state = IN_STRING;
  return chunk(r, r->held, size, r->character_offset, code_point < 0x80, false);
}

static bdc__json_event read_hex(bdc__json_reader *r) {
  while (r->next < r->end) {
    int digit = bdc__hex_digit(*r->next);
    if (digit < 0) {
      return fault(r, BDC__JSON_FAULT_ESCAPE, r->character_offset);
    }
    r->next++;
    r->unit = r->unit << 4 | (uint32_t)digit;
    if (++r->count == 4) {
      return end_unit(r);
    }
  }
  return used_up(r);
}

/* Between the halves of a surrogate pair: a backslash, then "u". */
static bdc__json_event read_pair(bdc__json_reader *r) {
  if (r->next == r->end) {
    return used_up(r);
  }
  if (*r->next != (r->state == IN_PAIR ? '\\' : 'u')) {
    return fault(r, BDC__JSON_FAULT_SURROGATE, r->character_offset);
  }
  r->next++;
  if (r->state == IN_PAIR) {
    r->state = IN_PAIR_U;
  } else {
    r->state = IN_HEX;
    r->count = 0;
    r->unit = 0;
  }
  return bdc__json_next(r);
}

/* Nearly all strings are plain ASCII and end in the piece: they are one chunk, and never a state. */
static inline bdc__json_event begin_string(bdc__json_reader *r, bool name) {
  const unsigned char *start = r->next + 1;
  const unsigned char *at = bdc__json_skip_plain(start, r->end);
  r->token_offset = offset_of(r, r->next);
  r->in_name = name;
  r->opened = true;
  r->next = start;
  r->state = IN_STRING;
  if (at == r->end || *at != '"') {
    return read_string(r);
  }
  bdc__json_event event = chunk(r, start, (size_t)(at - start), r->token_offset + 1, true, true);
  r->next = at;
  end_string(r);
  return event;
}

/* ---- numbers and literals ---- */

/* The state behind one more character, or -1 where the number has ended before it (or is malformed there). */
static int number_step(int state, unsigned char c) {
  bool digit = c >= '0' && c <= '9';
  switch (state) {
  case NUMBER_MINUS:
    return c == '0' ? NUMBER_ZERO : digit ? NUMBER_WHOLE : -1;
  case NUMBER_ZERO:
  case NUMBER_WHOLE:
    if (digit && state == NUMBER_WHOLE) {
      return NUMBER_WHOLE;
    }
    return c == '.' ? NUMBER_POINT : (c | 0x20) == 'e' ? NUMBER_E : -1;
  case NUMBER_POINT:
    return digit ? NUMBER_FRACTION : -1;
  case NUMBER_FRACTION:
    return digit ? NUMBER_FRACTION : (c | 0x20) == 'e' ? NUMBER_E : -1;
  case NUMBER_E:
    return digit ? NUMBER_EXPONENT : c == '+' || c == '-' ? NUMBER_SIGN : -1;
  default:
    return digit ? NUMBER_EXPONENT : -1;
  }
}

static bool number_complete(int state) {
  return state == NUMBER_ZERO || state == NUMBER_WHOLE || state == NUMBER_FRACTION || state == NUMBER_EXPONENT;
}

static bdc__json_event read_number(bdc__json_reader *r) {
  const unsigned char *start = r->next;
  const unsigned char *at = start;
  int state = r->number_state;
  int step = state;
  while (at < r->end && (step = number_step(state, *at)) >= 0) {
    state = step;
    at++;
  }
  r->number_state = (unsigned char)state;
  r->next = at;
  size_t size = (size_t)(at - start);
  if (at == r->end && !r->final) {
    return size ? number_chunk(r, start, size, false) : BDC__JSON_MORE;
  }
  if (!number_complete(state) || (state == NUMBER_ZERO && at < r->end && *at >= '0' && *at <= '9')) {
    return at < r->end ? fault(r, BDC__JSON_FAULT_NUMBER, offset_of(r, at)) : used_up(r);
  }
  r->integral = state == NUMBER_ZERO || state == NUMBER_WHOLE;
  r->state = AT_SEPARATOR;
  return number_chunk(r, start, size, true);
}

static bdc__json_event begin_number(bdc__json_reader *r) {
  /* The first character is taken by hand, so that a number is never an empty chunk followed by MORE. */
  r->token_offset = offset_of(r, r->next);
  r->opened = true;
  r->state = IN_NUMBER;
  unsigned char c = *r->next;
  const unsigned char *start = r->next;
  r->number_state = c == '-' ? NUMBER_MINUS : c == '0' ? NUMBER_ZERO : NUMBER_WHOLE;
  r->next++;
  bdc__json_event event = read_number(r);
  if (event == BDC__JSON_MORE) {
    return number_chunk(r, start, 1, false);
  }
  if (event == BDC__JSON_NUMBER) {
    r->text = (bdc_str){ (const char *)start, r->text.size + 1 };
    r->text_offset = r->token_offset;
  }
  return event;
}

static bdc__json_event read_literal(bdc__json_reader *r) {
  while (r->literal[r->count]) {
    if (r->next == r->end) {
      return used_up(r);
    }
    if (*r->next != (unsigned char)r->literal[r->count]) {
      return fault(r, BDC__JSON_FAULT_LITERAL, r->token_offset);
    }
    r->next++;
    r->count++;
  }
  r->state = AT_SEPARATOR;
  return r->literal[0] == 't' ? BDC__JSON_TRUE : r->literal[0] == 'f' ? BDC__JSON_FALSE : BDC__JSON_NULL;
}

static bdc__json_event begin_literal(bdc__json_reader *r, const char *literal) {
  r->token_offset = offset_of(r, r->next);
  r->literal = literal;
  r->count = 0;
  r->state = IN_LITERAL;
  return read_literal(r);
}

/* ---- between tokens ---- */

static const unsigned char byte_order_mark[] = { 0xef, 0xbb, 0xbf };

/* The text begins like a byte order mark: it is one, or it is nothing that JSON knows. */
static bdc__json_event read_mark(bdc__json_reader *r) {
  for (; r->next < r->end && *r->next == byte_order_mark[r->count]; r->next++) {
    if (++r->count == sizeof byte_order_mark) {
      return fault(r, BDC__JSON_FAULT_BYTE_ORDER_MARK, r->token_offset);
    }
  }
  return r->next < r->end || r->final ? fault(r, BDC__JSON_FAULT_VALUE, r->token_offset) : BDC__JSON_MORE;
}

static bdc__json_event begin_value(bdc__json_reader *r) {
  unsigned char c = *r->next;
  switch (c) {
  case '"':
    return begin_string(r, false);
  case '{':
    return open_container(r, true);
  case '[':
    return open_container(r, false);
  case 't':
    return begin_literal(r, "true");
  case 'f':
    return begin_literal(r, "false");
  case 'n':
    return begin_literal(r, "null");
  default:
    if (c == '-' || (c >= '0' && c <= '9')) {
      return begin_number(r);
    }
    size_t offset = offset_of(r, r->next);
    if (c == byte_order_mark[0] && offset == 0) {
      r->token_offset = 0;
      r->count = 0;
      r->state = IN_MARK;
      return read_mark(r);
    }
    return fault(r, BDC__JSON_FAULT_VALUE, offset);
  }
}

static inline bool skip_blanks(bdc__json_reader *r) {
  r->next = bdc__json_skip_blanks(r->next, r->end);
  return r->next < r->end;
}

/* Behind a value, at the end of its container or where something else is wrong. */
static bdc__json_event end_value(bdc__json_reader *r) {
  if (r->depth == 0) {
    return fault(r, BDC__JSON_FAULT_TRAILING, offset_of(r, r->next));
  }
  if (*r->next == (r->in_object ? '}' : ']')) {
    return close_container(r);
  }
  return fault(r, BDC__JSON_FAULT_SEPARATOR, offset_of(r, r->next));
}

static bdc__json_event begin_name(bdc__json_reader *r) {
  if (*r->next == '"') {
    return begin_string(r, true);
  }
  if (*r->next == '}' && r->state == AT_FIRST_NAME) {
    return close_container(r);
  }
  return fault(r, BDC__JSON_FAULT_NAME, offset_of(r, r->next));
}

/* Punctuation leads from one state to the next; anything else is a token. */
static bdc__json_event read_between(bdc__json_reader *r) {
  while (skip_blanks(r)) {
    unsigned char c = *r->next;
    switch (r->state) {
    case AT_SEPARATOR:
      if (c != ',' || r->depth == 0) {
        return end_value(r);
      }
      r->next++;
      r->state = r->in_object ? AT_NAME : AT_VALUE;
      continue;
    case AT_COLON:
      if (c != ':') {
        return fault(r, BDC__JSON_FAULT_COLON, offset_of(r, r->next));
      }
      r->next++;
      r->state = AT_VALUE;
      continue;
    case AT_NAME:
    case AT_FIRST_NAME:
      return begin_name(r);
    case AT_FIRST_ITEM:
      if (c == ']') {
        return close_container(r);
      }
      return begin_value(r);
    default:
      return begin_value(r);
    }
  }
  bool complete = r->final && r->state == AT_SEPARATOR && r->depth == 0;
  return complete ? BDC__JSON_END : used_up(r);
}

/* The calls from state to state above are a handful deep whatever the text: a separator leads to a token, an escape to its character. */
bdc__json_event bdc__json_next(bdc__json_reader *reader) {
  switch (reader->state) {
  case IN_STRING:
    return read_string(reader);
  case IN_CHARACTER:
    return read_character(reader);
  case IN_ESCAPE:
    return read_escape(reader);
  case IN_HEX:
    return read_hex(reader);
  case IN_PAIR:
  case IN_PAIR_U:
    return read_pair(reader);
  case IN_NUMBER:
    return read_number(reader);
  case IN_LITERAL:
    return read_literal(reader);
  case IN_MARK:
    return read_mark(reader);
  case AT_FAULT:
    return BDC__JSON_FAULT;
  default:
    return read_between(reader);
  }
}

/* ---- whole members ---- */

bool bdc__json_at_member(const bdc__json_reader *reader, bool *first) {
  *first = reader->state == AT_FIRST_NAME;
  return *first || reader->state == AT_SEPARATOR;
}

void bdc__json_resume(bdc__json_reader *reader, const unsigned char *next, bdc__json_resumed where) {
  static const unsigned char states[] = {
    [BDC__JSON_BEFORE_FIRST_NAME] = AT_FIRST_NAME,
    [BDC__JSON_BEFORE_VALUE] = AT_VALUE,
    [BDC__JSON_BEHIND_VALUE] = AT_SEPARATOR,
  };
  reader->next = next;
  reader->state = states[where];
}
