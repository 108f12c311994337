/* SPDX-License-Identifier: MIT */
/*
 * The parser of one rule file.
 *
 * A function that reads a part of a line returns false where it cannot: it has then told the mistake, or the line was flawed already, or
 * memory is out. Its caller gives up the line, and only the line.
 */
#ifndef BDC_RULES_PARSE_H
#define BDC_RULES_PARSE_H

#include "base/str.h"
#include "rules/load.h"
#include "rules/scan.h"

/* "array of array of ...": how many types one may be. */
enum { BDC__TYPE_DEPTH_MAX = 8 };

/* Bytes of the name of a class, object, operation, service or provider. */
enum { BDC__IDENTIFIER_MAX = 128 };

/* Parameters of a path template. */
enum { BDC__PARAMETERS_MAX = 32 };

/* An object of the file, perhaps one that was only named so far. */
typedef struct bdc__named_object {
  bdc_object object;
  bool defined;
} bdc__named_object;

/* Where an object was named before it was defined. */
typedef struct bdc__object_use {
  const bdc__named_object *object;
  size_t line;
  size_t column;
} bdc__object_use;

/* Where an operation has a method and path that another service of the provider has. */
typedef struct bdc__shared_route {
  const bdc__route_owner *owner;
  size_t line;
  size_t column;
} bdc__shared_route;

typedef struct bdc__parameter {
  bdc_str name;
  uint32_t segment; /* its number in the path, from 0 */
  size_t column;
  bool found; /* has a row */
} bdc__parameter;

/* The lines of a block: those deeper than `parent`. The first of them sets `indent`, which all must share. */
typedef struct bdc__block {
  size_t parent;
  size_t indent; /* 0: not known yet */
} bdc__block;

typedef struct bdc__parser {
  bdc__load *load;
  const bdc__input *input;
  bdc__mistakes mistakes;
  bdc__scanner scanner;
  bdc_service *service;
  bool headed;  /* a statement has been seen */
  bool started; /* a statement other than provider, service and source has been seen */
  bool has_errors;
  bool has_codes;
  bool has_answer;
  bdc__map sources;         /* by tag */
  bdc__map classes;         /* bdc_str, the expression, by name */
  bdc__map classes_by_text; /* bdc__class as the rows write it */
  bdc__map objects;         /* bdc__named_object by name */
  bdc__map operations;      /* by name */
  bdc__map hosts;           /* patterns in small letters */
  bdc__list source_list;
  bdc__list host_list;
  bdc__list class_list;
  bdc__list error_list;
  bdc__list code_list;
  bdc__list answer_list;
  bdc__list object_uses;
  bdc__list coded_rows; /* bdc_row *, those of objects with error-code and a pattern */
  bdc__list shared_routes;
  bdc__list rows;      /* of the block that is being read */
  bdc__list ordered;   /* room for the same rows in another order */
  bdc__list responses; /* of the operation that is being read */
  bdc__map headers;    /* names of header rows in small letters */
} bdc__parser;

/* Parses one text into load->services and load->operations. */
void bdc__parse(bdc__load *load, const bdc__input *input);

/* Whether nothing more should be read: no memory, or too many mistakes. */
bool bdc__parse_stopped(const bdc__parser *parser);

/* "provider.service" of a text, from its first statements; empty where they do not say. False without memory. */
bool bdc__parse_identity(bdc__arena *arena, bdc_str text, bdc_str *out);

/* ---- mistakes; all return false ---- */

bool bdc__parse_fail(bdc__parser *parser, size_t offset, const char *format, ...) BDC__PRINTF(3, 4);
bool bdc__parse_no_memory(bdc__parser *parser);

/* ---- words ---- */

bool bdc__word_is(const bdc__word *word, const char *text);
bool bdc__is_name(bdc_str text);

/* A table whose entries begin with a name, a `const char *`. */
typedef struct bdc__keywords {
  const void *table;
  size_t count;
  size_t stride;
} bdc__keywords;
#define BDC__KEYWORDS(table) ((bdc__keywords){ table, sizeof(table) / sizeof((table)[0]), sizeof((table)[0]) })

/* Which entry a word names; `what` says what the entries are, for the mistake where it names none. */
bool bdc__parse_keyword(bdc__parser *parser, const bdc__word *word, const char *what, bdc__keywords keywords, size_t *out);

/* Puts back the word that was read last. */
void bdc__parse_back(bdc__parser *parser, const bdc__word *word);
bool bdc__parse_word(bdc__parser *parser, const char *expected, bdc__word *out);
bool bdc__parse_name(bdc__parser *parser, const char *expected, bdc__word *out);
bool bdc__parse_end(bdc__parser *parser);

/* The same text in small letters, in the load's scratch memory. */
bool bdc__parse_lower(bdc__parser *parser, bdc_str text, bdc_str *out);

/* One or more @TAG, and the end of the line. */
bool bdc__parse_sources(bdc__parser *parser, bdc_str *out);

/* The items of a list without blanks, "a,b,c". */
bool bdc__next_item(const bdc__word *list, size_t *at, bdc__word *item);

bool bdc__parse_status(bdc__parser *parser, const bdc__word *word, int *out);

/* "3..64", "..255", "1..", "5". */
bool bdc__parse_range(bdc__parser *parser, uint64_t *least, uint64_t *most);

/* Names of rules to bits; `refined` admits those that only `errors` has. */
bool bdc__parse_rules(bdc__parser *parser, const bdc__word *word, bool refined, uint32_t *out);
bool bdc__is_rule_list(const bdc__word *word);

/* POLICY behind the word `unknown`. */
bool bdc__parse_policy(bdc__parser *parser, bdc_unknown *out);

/* ---- lines ---- */

/* Moves to the next line of the block; false, without taking it, where the next line is none. */
bool bdc__parse_row_line(bdc__parser *parser, bdc__block *block);

/* Passes over the lines of a block that cannot be understood. */
void bdc__parse_skip_block(bdc__parser *parser, size_t parent);

/* Passes over the lines of a block where none belongs, and tells of the first. */
void bdc__parse_no_block(bdc__parser *parser, size_t parent, const char *message);

/* ---- statements; the keyword has been read ---- */

void bdc__parse_host(bdc__parser *parser);
void bdc__parse_errors(bdc__parser *parser);
void bdc__parse_codes(bdc__parser *parser);
void bdc__parse_answer(bdc__parser *parser);
void bdc__parse_object(bdc__parser *parser);
void bdc__parse_operation(bdc__parser *parser);

/* At the end: tells of routes that are shared with another service, unless hosts tell the two apart. */
void bdc__parse_shared_routes(bdc__parser *parser);

/* ---- tables ---- */

/* The object of a name, defined or not; NULL without memory. */
bdc__named_object *bdc__object_of(bdc__parser *parser, bdc_str name);
const bdc_object *bdc__object_use_of(bdc__parser *parser, const bdc__word *name);

/* A row of a kind without any rules. */
void bdc__row_default(bdc_row *row, bdc_kind kind);

/* TYPE: the row it makes, and the elements below it. *offset: where it stands in the line. */
bool bdc__parse_type(bdc__parser *parser, bdc_row *row, size_t *offset);

/* The row at the end of a row's elements: the row itself, where it has none. */
bdc_row *bdc__row_leaf(bdc_row *row);

/* Gives the elements of a row what they share with their field, so that a report can speak of the field. */
void bdc__row_name_elements(bdc_row *row);

/* The field rows of a block, from the next line on, to parser->rows. */
void bdc__parse_rows(bdc__parser *parser, bdc_place place, bdc__block *block);

/* The rules of a row, from the next word up to its sources; goes on behind a mistake, and is false if there was one. */
bool bdc__parse_attributes(bdc__parser *parser, bdc_row *row);

/* Behind a mistake in a row: passes over words up to the next rule's keyword, if `to_keyword`, or to the sources. */
void bdc__parse_resync(bdc__parser *parser, bool to_keyword);

/* An object of parser->rows. Tells of rows that stand twice, at `column`. */
bool bdc__object_seal(bdc__parser *parser, size_t column, bdc_object *object);

/* ---- codes.c ---- */

/* Notes the rows of an object that error codes are in. False without memory. */
bool bdc__codes_note(bdc__parser *parser, bdc_row *rows, size_t count);

/* The catalogue of the service, once all rows are known. False without memory. */
bool bdc__codes_seal(bdc__parser *parser);

/* ---- plan.c ---- */

/* Makes the rows of an object ready for the usual member. False without memory. */
bool bdc__plan_make(bdc__arena *arena, bdc_object *object, bdc_row *rows);

/* The same for the element of an array or map. */
bool bdc__plan_element(bdc__arena *arena, bdc_row *row);

/* CLASS; the next word. */
bool bdc__parse_class(bdc__parser *parser, const bdc__class **out);

/* The bracket expression of a `class` statement or of a define. */
bool bdc__class_define(bdc__parser *parser, const bdc__word *name, const bdc__word *word);

/* Checks that the values of all defines are classes; false where one is not. */
bool bdc__defines_check(bdc__load *load, bdc__mistakes *mistakes);

#endif
