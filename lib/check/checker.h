/* SPDX-License-Identifier: MIT */
/* The checker's state, shared by the files of this folder. Each part belongs to the file that is named beside it. */
#ifndef BDC_CHECK_CHECKER_H
#define BDC_CHECK_CHECKER_H

#include "accept/accept.h"
#include "base/siphash.h"
#include "base/str.h"
#include "rules/ruleset.h"
#include "value/value.h"
#include "json/reader.h"

/* A place in the body that a later violation may point at. */
typedef struct bdc__position {
  size_t offset;
  uint32_t line;
  uint32_t column;
} bdc__position;

/* What governs the values in an open array or object. */
typedef enum bdc__mode {
  BDC__MODE_ROWS,     /* an object with a table */
  BDC__MODE_ELEMENTS, /* an array or a map: one row for every element */
  BDC__MODE_FREE,     /* undocumented, or of type any: only JSON's own rules */
  BDC__MODE_MUTED     /* below a type violation: nothing more is said */
} bdc__mode;

/* An open array or object. body.c */
typedef struct bdc__frame {
  const bdc_row *row;        /* its own; NULL where it is undocumented */
  const bdc_row *member;     /* that of the member or item at hand; NULL where it is undocumented */
  uint64_t *seen;            /* MODE_ROWS: a bit for each row that has been seen */
  const bdc__plan *expected; /* MODE_ROWS: the row that is expected next, or the one behind the last */
  bdc__position start;       /* line and column only once the tracker has passed it */
  uint32_t path_size;        /* of checker.path before any name of this frame */
  uint32_t name_count;       /* of checker.names before any name of this frame */
  uint32_t count;            /* MODE_ELEMENTS: members or items so far, the one at hand included */
  uint8_t mode;
  bool is_object;
  bool included; /* the item that `includes` asks for was there */
} bdc__frame;

/* The string value at hand. string.c */
typedef struct bdc__string {
  const bdc_row *row;  /* NULL: its content does not matter */
  uint64_t length;     /* characters so far */
  bdc_str whole;       /* all of it, where its row needs that */
  bool overflow;       /* more than `value` holds */
  bool charset_broken; /* said already */
  bool masked;         /* its row allows masking, and there was a "*" */
  uint8_t mask;        /* where in the run of "*" the charset rule is: see string.c */
} bdc__string;

/* The set of names that would be duplicates. nameset.c */
typedef struct bdc__names {
  bdc__siphash_key key;
  uint64_t *slots; /* fingerprints, 0: free; open addressing */
  void *order;     /* slots in the order in which they were taken: uint16_t, or uint32_t where that is too small */
  uint32_t slot_count;
  size_t capacity; /* names */
  size_t count;
  bdc__siphash hash; /* of a name that comes in chunks */
} bdc__names;

typedef enum bdc__phase { BDC__PHASE_IDLE, BDC__PHASE_BODY } bdc__phase;

struct bdc_checker {
  bdc__json_reader reader;

  /* the message */
  bdc__phase phase;
  bool skip_body;    /* the body cannot be read as JSON by a table */
  bool media_broken; /* its Content-Type is not JSON: said once there is a body */
  size_t media_offset;
  uint32_t media_line;
  const bdc_operation *operation;
  const bdc__body *body;
  bool response;
  int http_status;
  size_t body_size;    /* bytes fed so far */
  bdc_unknown unknown; /* the policy for objects that have none */
  bool unknown_forced; /* by the settings, whatever the tables say */
  bool stopped;        /* nothing more is looked at: a fault, a limit, or the first violation where only that is asked for */
  bdc_place place;     /* of what is being checked */
  uint32_t header_line;
  bool head_incomplete;   /* header rows are missing if there is a body */
  uint64_t *head_missing; /* which, where any are; words_max words */

  /* body.c */
  bdc__frame *frames;
  bdc__frame *innermost; /* NULL: none is open */
  size_t depth;
  uint64_t *seen; /* words_max words for each frame */
  bool muted;     /* the value at hand broke its type: see bdc__mode */
  bdc__string string;
  char *value; /* a value that came in chunks */
  size_t value_size;
  char name[BDC__NAME_MAX]; /* a name that came in chunks */
  size_t name_size;         /* may be more than the buffer holds */
  bool names_full;          /* said already */
  char *path;               /* the undocumented names and map keys on the way to the value at hand, as RFC 6901 tokens */
  size_t path_size;
  bdc__names names;
  unsigned char *containers; /* the reader's */

  /* place.c */
  bdc__position cursor;    /* how far lines have been counted */
  bdc__position token;     /* the token at hand, once the cursor has passed it */
  bdc__position character; /* likewise the character at hand */
  size_t placed;           /* frames whose start the cursor has passed */

  /* report.c */
  bdc_report report;
  bdc_violation *violations;
  size_t warnings_kept; /* among them */
  char *text;           /* pointers and names of the violations */
  size_t text_size;
  bdc_violation spare;       /* one that a full report may still take */
  size_t cause_at;           /* the violation that the documented error speaks of */
  bdc_violation spare_cause; /* that one, where the report has no room for it */
  size_t cause_rank;
  bdc_error error;

  /* checker.c */
  const bdc_ruleset *ruleset;
  bdc_allocator allocator;
  bdc__matcher *matcher;
  const bdc__kernel *kernel; /* the accepter; NULL: none */
  bdc__layouts *layouts;     /* what the accepter keeps of bodies; NULL where there is none */
  bdc__styles styles;        /* of the bodies that were accepted */
  bdc__accept_task task;     /* of the accepter: all but the table and the status stays */
  unsigned refusals;         /* bodies in a row that it was not sure of, counted up to REFUSALS_MAX */
  unsigned passes;           /* bodies that it is not shown */
  bdc_settings settings;     /* every limit filled in */
};

enum {
  BDC__PATH_SIZE = 2048,             /* bytes of checker.path */
  BDC__REPORT_TEXT_SIZE = 10 * 1024, /* bytes of checker.text; warnings take at most half of it */
  BDC__NAME_CHARACTERS = 64          /* of an undocumented name, in a report */
};

/* What bdc_violation.measure says of some rules; a figure may stand above the low eight bits. */
enum { BDC__MEASURE_BITS = 8 };
typedef enum bdc__limit_kind {
  BDC__LIMIT_SIZE,
  BDC__LIMIT_DEPTH,
  BDC__LIMIT_NAMES,
  BDC__LIMIT_VALUE,
  BDC__LIMIT_PATTERN
} bdc__limit_kind;
enum { BDC__MANDATORY_FIELD, BDC__MANDATORY_BODY };
enum { BDC__STATUS_UNDOCUMENTED, BDC__STATUS_OF_CODE };
enum { BDC__CHARSET_BROKEN, BDC__CHARSET_CONTROL };
enum {
  BDC__TARGET_ESCAPE = BDC__JSON_FAULT_COUNT,
  BDC__TARGET_UTF8,
  BDC__TARGET_SLASH,
  BDC__TARGET_DOTS,
  BDC__TARGET_CHARACTER,
  BDC__VALUE_UTF8
};
typedef enum bdc__json_type {
  BDC__TYPE_OBJECT,
  BDC__TYPE_ARRAY,
  BDC__TYPE_STRING,
  BDC__TYPE_NUMBER,
  BDC__TYPE_BOOLEAN,
  BDC__TYPE_NULL,
  BDC__TYPE_TEXT /* of a header field or parameter, which does not read as the type */
} bdc__json_type;

/* ---- report.c ---- */

/* One broken rule of the value at hand, at an offset in the current place. */
void bdc__violate(bdc_checker *checker, const bdc_row *row, bdc_rule rule, size_t offset, uint64_t measure);

/* The same with a name that was sent, for what no row names; and with a severity decided by the caller. */
typedef struct bdc__finding {
  const bdc_row *row; /* may be NULL */
  bdc_str name;       /* where there is no row: the name sent; may be empty */
  bdc_rule rule;
  bdc_severity severity;
  size_t offset;
  uint64_t measure;
  bool of_container; /* it is about the innermost open array or object, not about the member or item at hand */
} bdc__finding;
void bdc__report_add(bdc_checker *checker, const bdc__finding *finding);

void bdc__report_begin(bdc_checker *checker);
void bdc__report_end(bdc_checker *checker);

/* ---- place.c ---- */

void bdc__place_begin(bdc_checker *checker);

/* Line and column of an offset: of the piece at hand, or of an open frame, the token or the character that began before it. */
bdc__position bdc__place_of(bdc_checker *checker, size_t offset);

/* The piece is used up: what is still open in it gets its line and column now. */
void bdc__place_leave_piece(bdc_checker *checker);

/* ---- string.c: rules of strings ---- */

/* A value in one chunk: begin, chunk and end together. `offset`: of its token, which in a body has a quote before the text. */
void bdc__string_whole(bdc_checker *checker, const bdc_row *row, bdc_str text, bool ascii, size_t offset);

/* A value with escapes, of which only the length is known; false, with nothing done, where that is not all that its row looks at. */
bool bdc__string_escaped(bdc_checker *checker, const bdc_row *row, uint64_t length, size_t token_offset);

void bdc__string_begin(bdc_checker *checker, const bdc_row *row);
/* A chunk of whole characters; `only`: the whole value, whose memory stays until bdc__string_end. */
void bdc__string_chunk(bdc_checker *checker, bdc_str chunk, size_t offset, bool ascii, bool only);
void bdc__string_end(bdc_checker *checker, size_t token_offset);

/* Adds a chunk to checker.value; false, once, where it does not fit. */
bool bdc__value_add(bdc_checker *checker, bdc_str chunk);

/* ---- number.c: rules of numbers ---- */

/* `text` is a JSON number; `overflow` where it is only the beginning of one. */
void bdc__number_check(bdc_checker *checker, const bdc_row *row, bdc_str text, bool integral, bool overflow, size_t offset);

/* ---- nameset.c ---- */

bdc_status bdc__names_new(const bdc_allocator *allocator, size_t capacity, bdc__names *names);
void bdc__names_free(const bdc_allocator *allocator, bdc__names *names);
/* Forgets the names beyond `count`. */
void bdc__names_cut(bdc__names *names, size_t count);
typedef enum bdc__name_result { BDC__NAME_NEW, BDC__NAME_DUPLICATE, BDC__NAME_FULL } bdc__name_result;
/* Adds the name that has been fed to names.hash, as one of an object that is told from other open ones by its depth. */
bdc__name_result bdc__names_add(bdc__names *names, size_t depth);

/* ---- body.c ---- */

void bdc__body_begin(bdc_checker *checker);
/* Takes a piece; returns when it is used up or the checker has stopped. */
void bdc__body_read(bdc_checker *checker, const void *piece, size_t size, bool final);

/* ---- members.c ---- */

/*
 * Takes the members that come next in the innermost object, as far as they are of the usual kind; where it stops, the reader goes on. To be
 * called where the innermost frame is one of rows; does nothing where no member can begin.
 */
void bdc__members_read(bdc_checker *checker);

/* ---- message.c ---- */

void bdc__request_head(bdc_checker *checker, const bdc_request *request);
void bdc__response_head(bdc_checker *checker, const bdc_header *headers, size_t count);
/* The rules of header fields that only count where there is a body. */
void bdc__head_end(bdc_checker *checker);

#endif
