/* SPDX-License-Identifier: MIT */
/*
 * The generator's state, shared by the files of this folder.
 *
 * Its cases are what functions of the form of bdc__cases_* would make, one after the other, if they were let run. They are run once for
 * each case, and only one is made in each run: the function asks bdc__turn before each, which says yes to the one whose turn it is.
 * Whoever reads such a function sees a plain list of cases, and none of them is held in memory.
 */
#ifndef BDC_GENERATE_GENERATOR_H
#define BDC_GENERATE_GENERATOR_H

#include <bodycheck/generate.h>

#include "generate/value.h"

/* A row in the body, with the way to it: rows[parent], and so on to the body's own row, whose parent is itself. */
typedef struct bdc__spot {
  const bdc_row *row;
  uint32_t parent;
  uint32_t depth;
  uint32_t pointer_size; /* at most */
} bdc__spot;

/* A report has room for a pointer of that size, and for a name behind it, also where it only warns. */
enum { BDC__SPOTS_MAX = 1 << 12, BDC__SPOT_DEPTH_MAX = 100, BDC__SPOT_POINTER_MAX = 1 << 12 };

/* No rule: the case is about what is allowed. */
enum { BDC__NO_RULE = BDC_RULE_COUNT };

typedef enum bdc__outcome { BDC__NOT_YET, BDC__MADE, BDC__NOTHING } bdc__outcome;

typedef struct bdc__omitted_entry {
  bdc_omitted omitted;
  struct bdc__omitted_entry *next;
} bdc__omitted_entry;

typedef struct bdc__pairs bdc__pairs;

/* How the head of a message differs from a valid one: the value of a row is g->token, or missing; or there is something more. */
typedef struct bdc__head_change {
  const bdc_row *row;
  bool absent;
  bdc_header more;   /* one more header field, behind the others; no name: none */
  bdc_str more_path; /* behind the path */
} bdc__head_change;
enum { BDC__HEADERS_MORE = 2 };

struct bdc_generator {
  bdc__arena arena; /* what lives as long as the generator */
  bdc_generate_settings settings;
  const bdc_operation *operation;
  const bdc__body *body; /* NULL: none is documented */
  int http_status;
  bdc__values values;
  bdc_checker *checker;
  bdc__spot *spots;
  size_t spot_count;
  bool rows_cut;     /* there are more rows than spots */
  bdc__pairs *pairs; /* all_pairs */

  /* whose turn it is */
  size_t stage;
  uint64_t wanted; /* the case of this stage with this number, from 0 */
  uint64_t at;     /* how many of the stage that are wanted have been passed */
  uint64_t passed; /* and how many that are or are not */
  bool taken;      /* the turn has come */
  bdc__outcome outcome;
  size_t spot;  /* the stage's; SIZE_MAX: it has none */
  bdc_place in; /* where the rows of the stage stand */
  uint64_t round;
  uint64_t number;        /* of cases handed out */
  uint64_t number_before; /* the round */
  bool done;

  /* the case that is being made */
  bdc_case made;
  int about; /* its rule, or BDC__NO_RULE */
  bdc__filling filling;
  bdc__buffer token; /* the value of interest, as it stands in the body */
  bdc__buffer text;  /* the same before it is written as JSON */
  bdc__buffer body_text;
  size_t token_end;   /* of the token in it */
  bdc__buffer detail; /* the label's end */
  bdc__buffer label;
  bdc__buffer pointer;
  bdc__buffer target;
  bdc__buffer fields;  /* the values of header fields */
  bdc_header *headers; /* room for all rows, and BDC__HEADERS_MORE */
  bdc__head_change change;
  bool whole_body; /* the violation is that the body is missing */

  bdc__omitted_entry *omitted_first;
  bdc__omitted_entry *omitted_last;
  size_t omitted_count;
};

/* ---- turns: turn.c ---- */

/*
 * Whether it is the turn of the case that comes here: one about `rule` (or BDC__NO_RULE) and a row, which breaks it if `breaks`, as an
 * error or as the row's `warn` has it.
 */
bool bdc__turn(bdc_generator *g, const bdc_row *row, int rule, bool breaks);

/* The same where the severity of what is broken does not follow from the row, which may be NULL. */
bool bdc__turn_as(bdc_generator *g, const bdc_row *row, int rule, bool breaks, bdc_severity severity);

/* The same for what is about the text as a whole; the words go into the label. */
bool bdc__turn_text(bdc_generator *g, bdc_rule rule, bool breaks, const char *words);

/* Words for the label of the case whose turn it is. */
void bdc__say(bdc_generator *g, const char *words);
void bdc__say_number(bdc_generator *g, uint64_t number, const char *words);
void bdc__say_character(bdc_generator *g, uint32_t character);
void bdc__say_text(bdc_generator *g, bdc_str text);

/* Ends the turn without a case, for a reason that is told: this one, or the size where that was reached. `skip` tells nothing. */
void bdc__leave_out(bdc_generator *g, bdc_omission reason);
void bdc__skip(bdc_generator *g);

/* Tells that the case of this turn is left out. */
void bdc__omit(bdc_generator *g, bdc_omission reason);

/* The label of the case of this turn, into g->label. */
void bdc__label_write(bdc_generator *g);

/* ---- bodies: compose.c ---- */

/* Ends the turn: a body that is valid but for the token at the spot, in g->token, which is or breaks what bdc__turn was told. */
void bdc__make_value(bdc_generator *g, size_t spot);

/* The same with a text in g->text, written as a string. */
void bdc__make_string(bdc_generator *g, size_t spot, bdc__spelling spelling);

/* The same for a text that may turn out not to be what it was made for: it must break just the rule of the turn, or none. */
void bdc__make_fitting(bdc_generator *g, size_t spot, bdc__spelling spelling);

/* The same where all that stands for a member is in g->token: nothing, or one member, or two. */
void bdc__make_member(bdc_generator *g, size_t spot);

/* The same for an object or map in g->token, of which a member with this name, which no row has, is what is broken. */
void bdc__make_within(bdc_generator *g, size_t spot, bdc_str name);

/* As bdc__make_value, where it is the text as a whole that the token breaks, or not. */
void bdc__make_broken_text(bdc_generator *g, size_t spot);

/* Ends the turn: the body is in g->body_text, and its text as a whole is what is or is not broken. */
void bdc__make_text(bdc_generator *g);

/* A valid body into g->body_text; false, with the turn ended, where none was found. */
bool bdc__valid_body(bdc_generator *g, bdc__filling filling);

/* The JSON pointer of what stands at a spot in the bodies that are made. */
void bdc__spot_pointer(const bdc_generator *g, size_t spot, bdc__buffer *out);

/* How many names the maps around a spot have in the bodies that are made; BDC__NAMES_MAX where they are as many or more. */
uint64_t bdc__spot_names(const bdc_generator *g, size_t spot);

/* Whether an array or map has room for an item of any value, beside the one that must be there. */
bool bdc__has_free_items(const bdc_row *row);

/* The first spot of whose row this holds; SIZE_MAX where there is none. */
size_t bdc__spot_find(const bdc_generator *g, bool (*fits)(const bdc_row *row));

/* Where a JSON string that begins at `at` ends: behind its last quote. */
size_t bdc__quoted_end(bdc_str text, size_t at);

/* Whether the spot is a member of a documented object. */
bool bdc__spot_is_member(const bdc_generator *g, size_t spot);

/* ---- whole messages: head.c ---- */

/* Room for the header fields. */
bdc_status bdc__head_new(bdc_generator *g);

/* Gives the case its head: the operation's method, target and header fields, valid but for the change. False where no value was found. */
bool bdc__head_write(bdc_generator *g);

/* Whether a text can stand in a place: a path takes no dot segments, a header field no blanks around it, none of them takes controls. */
bool bdc__head_takes(bdc_place in, bdc_str text);

/* A valid value of a row of path, query or header, as text. False where none was found. */
bool bdc__head_value(bdc_generator *g, const bdc_row *row, bdc_place in, bdc__buffer *out);

/* What stands for a text in a target; where `all`, each byte of it encoded. */
void bdc__percent_encode(bdc__buffer *out, bdc_str text, bool all);

/* ---- cases ---- */

void bdc__cases_body(bdc_generator *g);
void bdc__cases_syntax(bdc_generator *g); /* of the whole body */
void bdc__cases_presence(bdc_generator *g, size_t spot);
void bdc__cases_type(bdc_generator *g, size_t spot);
void bdc__cases_string(bdc_generator *g, size_t spot);
void bdc__cases_format(bdc_generator *g, size_t spot); /* of strings */
void bdc__cases_number(bdc_generator *g, size_t spot);
void bdc__cases_object(bdc_generator *g, size_t spot);
void bdc__cases_array(bdc_generator *g, size_t spot);
void bdc__cases_map(bdc_generator *g, size_t spot);
void bdc__cases_any(bdc_generator *g, size_t spot);
void bdc__cases_head(bdc_generator *g);

/* ---- covering arrays: pairs.c ---- */

bdc_status bdc__pairs_new(bdc_generator *g);
void bdc__cases_pairs(bdc_generator *g);

#endif
