/* SPDX-License-Identifier: MIT */
/*
 * A strict RFC 8259 reader: one pass, no tree, no recursion, no allocation. The text comes in pieces split anywhere; a reader asked
 * for the next event answers BDC__JSON_MORE when the piece is used up. Names, strings and numbers come in chunks, because a piece
 * may end, or an escape begin, within them; the chunks of a string are decoded, valid UTF-8, and hold whole characters.
 */
#ifndef BDC_JSON_READER_H
#define BDC_JSON_READER_H

#include <bodycheck/bodycheck.h>

typedef enum bdc__json_event {
  BDC__JSON_MORE,  /* the piece is used up */
  BDC__JSON_END,   /* the value is complete and nothing follows it; all others are of something in the text */
  BDC__JSON_FAULT, /* not JSON, or too deep: `fault` at `fault_offset`; every further call says the same */
  BDC__JSON_OBJECT,
  BDC__JSON_OBJECT_END,
  BDC__JSON_ARRAY,
  BDC__JSON_ARRAY_END,
  BDC__JSON_NAME,   /* a chunk of a member's name */
  BDC__JSON_STRING, /* a chunk */
  BDC__JSON_NUMBER, /* a chunk */
  BDC__JSON_TRUE,
  BDC__JSON_FALSE,
  BDC__JSON_NULL
} bdc__json_event;

typedef enum bdc__json_fault {
  BDC__JSON_FAULT_VALUE,     /* a value was expected */
  BDC__JSON_FAULT_NAME,      /* a member name was expected */
  BDC__JSON_FAULT_COLON,     /* ':' was expected */
  BDC__JSON_FAULT_SEPARATOR, /* ',' or the end of the array or object was expected */
  BDC__JSON_FAULT_TRAILING,  /* something follows the value */
  BDC__JSON_FAULT_CUT,       /* the text ends too early */
  BDC__JSON_FAULT_CONTROL,   /* a control character in a string */
  BDC__JSON_FAULT_ESCAPE,    /* no such escape */
  BDC__JSON_FAULT_NUMBER,
  BDC__JSON_FAULT_LITERAL, /* none of true, false, null */
  BDC__JSON_FAULT_UTF8,
  BDC__JSON_FAULT_BYTE_ORDER_MARK,
  BDC__JSON_FAULT_SURROGATE, /* half of a pair */
  BDC__JSON_FAULT_DEPTH,     /* more open arrays and objects than allowed */
  BDC__JSON_FAULT_COUNT
} bdc__json_fault;

typedef struct bdc__json_reader {
  const unsigned char *next; /* in the piece */
  const unsigned char *end;
  const unsigned char *piece;
  size_t base;      /* offset of the piece in the whole text; all offsets below are in the whole text */
  uintptr_t origin; /* address of the piece less that offset: an offset is an address less this */
  bool final;       /* no piece follows */

  /* the event at hand */
  bdc_str text;        /* NAME, STRING, NUMBER: the chunk */
  size_t text_offset;  /* of the chunk's first character */
  bool first;          /* the chunk is the token's first */
  bool last;           /* and its last */
  bool ascii;          /* the chunk is all ASCII */
  bool integral;       /* NUMBER, last chunk: neither fraction nor exponent */
  size_t token_offset; /* of the event's token */
  bdc__json_fault fault;
  size_t fault_offset;

  /* where the text stands */
  unsigned char state;
  unsigned char number_state;
  bool in_name;            /* the string being read is a name */
  bool in_object;          /* the innermost open container is an object */
  unsigned char count;     /* of hex digits, of literal characters, of bytes held in `held` */
  bool opened;             /* no chunk of the token has been given yet */
  uint32_t unit;           /* the UTF-16 code unit being read */
  uint32_t high;           /* the high surrogate before it, or 0 */
  size_t character_offset; /* of the escape or character that is being read, when the piece ends within one */
  const char *literal;
  unsigned char held[4]; /* a character whose bytes come in several pieces; a decoded escape */
  size_t depth;
  size_t depth_limit;
  unsigned char *containers; /* a bit for each open one but the innermost: 1 for an object */
} bdc__json_reader;

/* Bytes that `containers` needs. */
#define BDC__JSON_CONTAINER_BYTES(depth_limit) ((depth_limit) / 8 + 1)

void bdc__json_begin(bdc__json_reader *reader, unsigned char *containers, size_t depth_limit);

/* Gives the next piece, when the one before is used up. `final`: it is the last one (it may be empty). */
void bdc__json_feed(bdc__json_reader *reader, const void *piece, size_t size, bool final);

bdc__json_event bdc__json_next(bdc__json_reader *reader);

/* Whether the piece ended within a character of a string, which starts at character_offset. */
bool bdc__json_in_character(const bdc__json_reader *reader);

/*
 * A caller who knows which members an object may have can read those that lie in the piece as a whole by itself, and leave the rest to
 * the reader. at_member: whether the reader, within an object, stands before the next member, before its comma unless it is the *first.
 * resume: reading goes on at `next`, which is the start of a token or of the blanks before it.
 */
bool bdc__json_at_member(const bdc__json_reader *reader, bool *first);

typedef enum bdc__json_resumed {
  BDC__JSON_BEFORE_FIRST_NAME, /* or the end of the object */
  BDC__JSON_BEFORE_VALUE,      /* behind a colon */
  BDC__JSON_BEHIND_VALUE       /* before a comma or the end of the object */
} bdc__json_resumed;
void bdc__json_resume(bdc__json_reader *reader, const unsigned char *next, bdc__json_resumed where);

#endif
