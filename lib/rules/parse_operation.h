/* SPDX-License-Identifier: MIT */
/* An operation while it is read, and the parts of it that are files of their own. */
#ifndef BDC_RULES_PARSE_OPERATION_H
#define BDC_RULES_PARSE_OPERATION_H

#include "rules/parse.h"

/* HTTP statuses as bits. */
enum { BDC__STATUS_WORDS = 600 / 32 + 1 };

typedef struct bdc__draft {
  bdc_operation operation;
  bdc__parameter parameters[BDC__PARAMETERS_MAX];
  size_t parameter_count;
  bool path_sound; /* the template has no mistake */
  bool path_seen;
  uint32_t statuses[BDC__STATUS_WORDS];
} bdc__draft;

/* A new object for the rows of a section; NULL without memory. */
bdc_object *bdc__object_new(bdc__parser *parser);

/* Reads the rows of a block, whose head is the current line, and makes them an object. */
bool bdc__parse_table(bdc__parser *parser, bdc_place place, size_t parent, bdc_object *object);

/* Tells of a section that stands in the operation for a second time. */
void bdc__parse_open_section(bdc__parser *parser, bool again, const char *name);

/* PATH of the operation's head. */
bool bdc__parse_template(bdc__parser *parser, const bdc__word *path, bdc__draft *draft);

/* That no other operation of the service has this method and path; those of other services are looked at when all hosts are known. */
bool bdc__parse_note_route(bdc__parser *parser, const bdc__draft *draft, const bdc__word *path);

/* Sections; the keyword has been read. */
void bdc__parse_path(bdc__parser *parser, bdc__draft *draft);
void bdc__parse_request(bdc__parser *parser, bdc__draft *draft);
void bdc__parse_response(bdc__parser *parser, bdc__draft *draft);

/* An operation without the section `path` has a path table without rows. */
bool bdc__parse_no_path(bdc__parser *parser, bdc__draft *draft);

#endif
