/* SPDX-License-Identifier: MIT */
/* The immutable rule set that the loader makes and the engine reads. */
#ifndef BDC_RULES_RULESET_H
#define BDC_RULES_RULESET_H

#include <bodycheck/table.h>

#include "base/arena.h"
#include "route/route.h"
#include "rules/index.h"
#include "rules/pattern.h"

#include <assert.h>

/* A character class of a row. The 128-entry table answers for ASCII, `run` for the rest. */
typedef struct bdc__class {
  uint8_t ascii[128];      /* 1: a member */
  uint8_t columns[16];     /* the same by the low four bits of a character: bit i for the character whose high four bits are i */
  const bdc__pattern *run; /* NULL: no member beyond ASCII */
  bdc_str text;            /* as the table writes it */
  bdc_str expression;      /* the bracket class, names expanded */
} bdc__class;

/* Bits of bdc_row.flags. */
enum {
  BDC__ROW_MANDATORY = 1u << 0,
  BDC__ROW_WHEN_BODY = 1u << 1,
  BDC__ROW_NULLABLE = 1u << 2,
  BDC__ROW_MASKED = 1u << 3,
  BDC__ROW_SECRET = 1u << 4,
  BDC__ROW_ERROR_CODE = 1u << 5,
  BDC__ROW_ZONE_OPTIONAL = 1u << 6,
  BDC__ROW_NEEDS_TEXT =
      1u << 7,               /* a string whose whole value is looked at: enum, pattern, format, error-code, an item for `includes` */
  BDC__ROW_SIMPLE = 1u << 8, /* a string of which length, charset and start are all that is said */
  BDC__ROW_CODES_MATCH = 1u << 9 /* with error-code: the pattern matches all codes of the service, in BDC__CODE_STEPS */
};
enum { BDC__CODE_STEPS = 100 }; /* at most, of a pattern and one code */

/* A row. What the engine reads for each value comes first, what only describes comes last. */
typedef struct bdc__plan bdc__plan;

struct bdc_row {
  bdc_str name;
  uint8_t kind;   /* bdc_kind */
  uint8_t format; /* bdc_format */
  uint16_t flags;
  uint32_t warnings; /* bits 1 << bdc_rule */
  uint64_t length_min;
  uint64_t length_max; /* BDC_UNBOUNDED: none */
  const bdc__class *charset;
  const bdc__class *start;
  const bdc_row *element;        /* of an array or map */
  const bdc_object *object;      /* of an object */
  const bdc__plan *element_plan; /* of an array or map, once it is part of a table */
  const bdc_str *values;
  const bdc__pattern *pattern;
  bdc_str range_min;
  bdc_str range_max;
  uint64_t items_min;
  uint64_t items_max; /* BDC_UNBOUNDED: none */
  bdc_str includes;   /* data NULL: none */
  uint32_t value_count;
  uint32_t fraction_max; /* UINT32_MAX: any */
  bdc_str pointer;       /* "/name", with RFC 6901's escapes */
  bdc_str unless;
  bdc_str type;
  bdc_str pattern_text;
  bdc_str source;
  size_t line;
};

/*
 * What both engines want ready of a row for the usual member: see accept/walk.h and check/members.c. Names and values stand in words, so
 * that they are compared without a branch for each length.
 */
typedef enum bdc__quick {
  BDC__QUICK_NONE,    /* nothing is ready: the row itself is looked at */
  BDC__QUICK_INTEGER, /* an integer or long without values */
  BDC__QUICK_EPOCH_MS,
  BDC__QUICK_LITERAL, /* a boolean, or an integer or long with values: one of some short texts */
  BDC__QUICK_STRING,  /* this and all below are strings */
  BDC__QUICK_LENGTH = BDC__QUICK_STRING,
  BDC__QUICK_ENUM, /* only short values */
  BDC__QUICK_DATE_TIME,
  BDC__QUICK_OTHER, /* the row says something else of it, or of its length, and is looked at itself */
  BDC__QUICK_CHARSET,
  BDC__QUICK_START /* and a charset */
} bdc__quick;

enum { BDC__PLAN_NAME_SIZE = 32 };

/* A text of at most 16 bytes: its first and its last 8, or all of a shorter one twice, with zeros behind. */
typedef struct bdc__short_text {
  uint64_t first;
  uint64_t last;
  uint64_t size;
} bdc__short_text;

/* Texts, each where its hash says, and BDC__NO_TEXT elsewhere. */
#define BDC__NO_TEXT UINT64_MAX /* as a size */
typedef struct bdc__short_texts {
  uint64_t seed;
  uint32_t shift;
  bdc__short_text slots[];
} bdc__short_texts;

static inline size_t bdc__short_text_slot(const bdc__short_texts *texts, bdc__short_text text) {
  return (size_t)((text.first + text.last + text.size) * texts->seed >> texts->shift);
}

struct bdc__plan {
  /*
   * The name within quotes, and 0xff for each byte of it: (text & mask) ^ name is 0 where a text begins with it. It never is where the
   * name is too long, or needs an escape in JSON.
   */
  unsigned char name[BDC__PLAN_NAME_SIZE];
  unsigned char mask[BDC__PLAN_NAME_SIZE];
  uint64_t bit; /* of the accepter's mask of seen rows; 0 for the 65th and those beyond */
  const bdc_row *row;
  uint32_t name_size;   /* with its quotes */
  uint32_t quick;       /* bdc__quick */
  uint32_t length_low;  /* the least length of a string, with one of its quotes; 0 where there is no quick string */
  uint32_t length_span; /* from that to the greatest */
  uint32_t later;       /* all bits: there is more to look at than form and length; else 0 */
  union {
    const bdc__class *charset;
    const bdc__short_texts *texts;
    struct {
      uint32_t low; /* the least integer, modulo 2^32 */
      uint32_t span;
    } range;
  };
  void *unused[2];
};
static_assert(sizeof(void *) != 8 || sizeof(bdc__plan) == 128, "rows are found by a shift");

/* Rows by name. Rows are in file order; bit i of the masks is row i. */
struct bdc_object {
  const bdc_row *rows;
  size_t row_count;
  const uint64_t *mandatory; /* `words` words */
  size_t words;              /* (row_count + 63) / 64, at least 1 */
  const bdc__plan *plan;     /* of the rows, and two more that no name has */
  bdc__index index;          /* of the names: `telling` bytes of each, or all of a shorter one; their sizes are with a quote */
  uint8_t telling[BDC__PLAN_NAME_SIZE]; /* by the size of a name, with a quote: where the bytes are that tell it from others so long */
  bdc_unknown unknown;
  bdc_str name;
};
enum { BDC__ROWS_MAX = 4096, BDC__NAME_MAX = 256 }; /* rows of an object; bytes of a documented name */

/* A request or response body. */
typedef struct bdc__body {
  bdc_row root;
  const int *statuses; /* ascending; none: the request */
  size_t status_count;
  bool optional;
} bdc__body;

/* What a row of `errors` speaks of: bits of `where`. The low five say which place of a request. */
enum {
  BDC__WHERE_BODY = 1u << BDC_IN_BODY,
  BDC__WHERE_PATH = 1u << BDC_IN_PATH,
  BDC__WHERE_HEADER = 1u << BDC_IN_HEADER,
  BDC__WHERE_QUERY = 1u << BDC_IN_QUERY,
  BDC__WHERE_STATUS = 1u << BDC_IN_STATUS,
  BDC__WHERE_REQUEST = 0x1f,
  BDC__WHERE_RESPONSE = 1u << 5
};

/* Refinements of rules that only `errors` rows name; bits of bdc__error_row.rules beside 1 << bdc_rule. */
enum { BDC__RULE_MANDATORY_BODY = BDC_RULE_COUNT, BDC__RULE_LIMIT_SIZE, BDC__RULE_BITS };
static_assert(BDC__RULE_BITS <= 32, "a set of rules is one 32-bit word");

typedef struct bdc__error_row {
  uint32_t where;
  uint32_t rules;
  bdc_str field; /* empty: any */
  int status;
  bdc_str code;
  bdc_str message;
  bdc_str where_text;
  bdc_str rules_text;
  bdc_str source;
  size_t line;
} bdc__error_row;

typedef enum bdc__content { BDC__CONTENT_CODE, BDC__CONTENT_MESSAGE, BDC__CONTENT_DETAIL, BDC__CONTENT_REQUEST_ID } bdc__content;

typedef struct bdc__answer_row {
  bdc_str name;
  bdc__content content;
  uint64_t length_max; /* BDC_UNBOUNDED: none */
} bdc__answer_row;

struct bdc_service {
  bdc_str provider;
  bdc_str name;
  bdc_str title;
  bdc_str file;
  const bdc_source_info *sources;
  size_t source_count;
  const bdc_host_info *hosts;
  size_t host_count; /* 0: the service names no hosts, and may be at any */
  const bdc_class_info *classes;
  size_t class_count;
  const bdc__error_row *errors;
  size_t error_count;
  const bdc_code_info *codes; /* sorted by code, then status: one entry for each pair */
  size_t code_count;
  const uint32_t *distinct; /* where in `codes` the entries of each code begin, and behind the last code code_count */
  size_t distinct_count;
  bdc__index distinct_index; /* without slots codes are searched for */
  const bdc__answer_row *answers;
  size_t answer_count;
  const bdc__body *error_body; /* of 4xx and 5xx without a table of their own; NULL: none */
};

/* The response of a status: most are found at status % BDC__STATUS_SLOTS, without a search. */
typedef struct bdc__status_slot {
  int16_t status;    /* 0: none */
  uint16_t response; /* its number */
} bdc__status_slot;
enum { BDC__STATUS_SLOTS = 64 };

struct bdc_operation {
  const bdc_ruleset *ruleset;
  const bdc_service *service;
  bdc_str full_name;
  bdc_str name;
  bdc_str method;
  bdc_str path;
  bdc_str source;
  size_t line;
  const bdc_object *path_rows;  /* in the order of the template; never NULL */
  const uint32_t *parameters;   /* the numbers, from 0, of the template's segments that path_rows are for */
  const bdc_object *query_rows; /* NULL: the operation has no such section */
  const bdc_object *header_rows;
  const bdc__body *request; /* NULL: no request body is documented */
  const bdc__body *responses;
  size_t response_count;
  bdc__status_slot statuses[BDC__STATUS_SLOTS];
};

struct bdc_ruleset {
  bdc__arena arena;
  const bdc_service *services;
  size_t service_count;
  const bdc_operation *operations; /* by service, then file order */
  size_t operation_count;
  const bdc__pattern *const *patterns; /* all, those of classes included; freed with the rule set */
  size_t pattern_count;
  const bdc__router *router; /* of all operations, by their index */
  bool names_hosts;          /* some service does */
  size_t words_max;          /* the largest bdc_object.words */
  bdc_str provider;          /* of the options; may be empty */
};

/* The row of a name, NULL where there is none. */
const bdc_row *bdc__object_find(const bdc_object *object, bdc_str name);

/* The entry for this code with this status, or with any status where there is none with it; NULL where the code is unknown. */
const bdc_code_info *bdc__service_code(const bdc_service *service, bdc_str code, int status);

#endif
