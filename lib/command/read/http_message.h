/* SPDX-License-Identifier: MIT */
/* One message of a file of raw HTTP messages. */
#ifndef BDC_COMMAND_READ_HTTP_MESSAGE_H
#define BDC_COMMAND_READ_HTTP_MESSAGE_H

#include "read/line.h"
#include "read/mapped.h"
#include "read/variables.h"

typedef struct cmd_http_field {
  cmd_piece name;
  cmd_piece value;
} cmd_http_field;

/* What a reader of such a file works with, and what it has of the message at hand. */
typedef struct cmd_http {
  bdc_str file;
  const cmd_sink *sink;
  cmd_variables variables;
  size_t entry; /* of the block */
  bool asked;   /* the block has had a request */

  size_t end;    /* of the message */
  size_t indent; /* of its first line: what is indented deeper continues the line before it */
  cmd_mapped text;
  bool open; /* since cmd_http_note_open was last called, a placeholder without a value has been left as it is */
  cmd_piece method;
  cmd_piece target;
  cmd_piece host;
  cmd_http_field *fields;
  size_t field_count;
  size_t field_capacity;
  bool no_field; /* the last line among the fields was none, which has been told: of several in a row only the first is */
  bdc_header *headers;
  size_t header_capacity;
  cmd_piece body;
  const char *body_unknown;
  cmd_piece body_file;
  unsigned unresolved;
} cmd_http;

void cmd_http_mistake(const cmd_http *http, size_t offset, const char *text);

/* Reads the message that begins with the line at `start` and gives it to the sink. Returns the offset behind it. */
size_t cmd_http_message(cmd_http *http, size_t start, size_t block_end);
void cmd_http_message_free(cmd_http *http);

/* Of a line, without the blanks around it. */
bdc_str cmd_http_text(const cmd_http *http, cmd_line line);

/* Of a part of the file. */
size_t cmd_http_offset(const cmd_http *http, bdc_str part);

/* Puts a part of a line into the text, with its placeholders filled in. */
void cmd_http_put(cmd_http *http, bdc_str part);

/* Puts all of a piece. */
cmd_piece cmd_http_fill(cmd_http *http, bdc_str part);

/* Where a placeholder has been left as it is, it was left in this part of the message. */
void cmd_http_note_open(cmd_http *http, bdc_place place);

/* Reads a request line; *line becomes the last one of its target. False, with a mistake, where it is none. */
bool cmd_http_request_line(cmd_http *http, cmd_line *line);

/* Reads the body, which begins at `start`. */
void cmd_http_body(cmd_http *http, size_t start);

/*
 * Passes a script, "< {% ... %}" or "> {% ... %}", whose first line is *line: *line becomes its last one. False where it is not
 * closed before `end`; then *line is the last line there is.
 */
bool cmd_http_pass_script(bdc_str file, cmd_line *line, size_t end);

#endif
