/* SPDX-License-Identifier: MIT */
/*
 * Messages made from the rules of an operation: valid ones, and ones that break exactly one rule of one row, at and around each
 * boundary. For those who try a gateway or a service, with what is expected of each.
 *
 * What a message breaks follows from how it was made, and is confirmed by a check before it is handed out. All follows from the seed:
 * no clock, no other source of chance.
 */
#ifndef BODYCHECK_GENERATE_H
#define BODYCHECK_GENERATE_H

#include <bodycheck/table.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct bdc_generator bdc_generator;

typedef enum bdc_wanted { BDC_WANTED_ALL = 0, BDC_WANTED_VALID = 1, BDC_WANTED_INVALID = 2 } bdc_wanted;

/* What is generated. All zero is the default; NULL may be given for it. Read only during the call, but for the allocator. */
typedef struct bdc_generate_settings {
  const bdc_allocator *allocator; /* NULL: malloc and free */
  uint64_t seed;                  /* what a case leaves open is drawn from it: other members, characters, spellings */
  size_t body_size;               /* bytes of a body at most; default 256 KiB, at most 16 MiB; what would need more is left out */
  uint64_t rounds;                /* how often each case comes, each time with what it leaves open drawn anew; 0: once */
  bdc_wanted wanted;              /* invalid: those with a violation that is an error; valid: all others, with and without warnings */
  uint32_t rules;                 /* bits 1 << bdc_rule: only cases about these, broken or at their boundary; 0: all */
  bdc_str field;                  /* only cases about this field: its documented name, or its JSON pointer; empty: all */
  bool all_pairs;                 /* instead: valid bodies that have every pair of choices of two members: absent, or at a boundary */
  bool whole_messages;            /* requests with target and header fields, and cases about those too; of no effect for responses */
} bdc_generate_settings;

/* A message and what is expected of it. All text lives until the next call for the generator. */
typedef struct bdc_case {
  uint64_t number; /* from 1, in the order in which they come */
  bdc_str label;   /* "/name: length.min, 2 characters"; the same in each run with one seed */
  const bdc_operation *operation;
  int http_status; /* 0: a request */
  bdc_str body;    /* bytes, which may be no UTF-8; empty: there is none */

  /* whole messages; else empty */
  bdc_str method;
  bdc_str target;
  const bdc_header *headers;
  size_t header_count;

  bdc_verdict verdict; /* BDC_VALID or BDC_INVALID */
  bool reported;       /* the report has exactly one violation: an error, or, where the verdict is BDC_VALID, a warning */
  bdc_rule rule;       /* the members from here on are those of that violation */
  bdc_severity severity;
  bdc_place in;
  bdc_str pointer;
  bdc_str field;
  const bdc_row *row;    /* what the case is about, also where nothing is reported; NULL: no row, or the whole text */
  int error_status;      /* the documented error; 0 where there is none */
  bdc_str error_code;    /* likewise empty */
  bdc_str error_message; /* "{field}" not yet filled in */
} bdc_case;

/*
 * A generator for one thread at a time, of requests (http_status 0) or of responses with a status that the operation documents. The rule
 * set must outlive it. BDC_ERR_MEMORY; BDC_ERR_ARGUMENT: a setting beyond its range, an operation of another rule set;
 * BDC_ERR_NO_TABLE: no body is documented, and no whole messages are asked for. Then *out is NULL.
 */
BDC_API bdc_status bdc_generator_new(const bdc_ruleset *ruleset, const bdc_operation *operation, int http_status,
                                     const bdc_generate_settings *settings, bdc_generator **out);
BDC_API void bdc_generator_free(bdc_generator *generator);

/*
 * The next case; *out is NULL behind the last, and on failure. BDC_ERR_MEMORY, then from each further call as well. BDC_ERR_INTERNAL: a
 * check does not confirm what a case was made to break, which is a fault of this library. The case is not handed out, the last that was
 * left out names it, and the next call goes on. A case takes time linear in its size, and some more for a search where several rules of
 * a row meet.
 */
BDC_API bdc_status bdc_generator_next(bdc_generator *generator, const bdc_case **out);

typedef enum bdc_omission {
  BDC_OMITTED_SIZE = 0,  /* it needs more than settings.body_size */
  BDC_OMITTED_ALONE = 1, /* no value was found that breaks this rule alone, or is at this boundary and breaks none */
  BDC_OMITTED_VALID = 2, /* no valid value was found for this row or for what must stand around it */
  BDC_OMITTED_ROWS = 3,  /* there are more rows than are looked at */
  BDC_OMITTED_FAULT = 4  /* see BDC_ERR_INTERNAL */
} bdc_omission;

/* A case that there should be. */
typedef struct bdc_omitted {
  bdc_str label;
  bdc_omission reason;
  const bdc_row *row; /* may be NULL */
  bool about_rule;
  bdc_rule rule;
} bdc_omitted;

/* What was left out so far, each once, in the order of the cases. It lives as long as the generator. */
BDC_API size_t bdc_generator_omitted_count(const bdc_generator *generator);
BDC_API bdc_omitted bdc_generator_omitted(const bdc_generator *generator, size_t index);

/* One line of English. Static. */
BDC_API const char *bdc_omission_text(bdc_omission reason);

#ifdef __cplusplus
}
#endif

#endif
