/* SPDX-License-Identifier: MIT */
/* The lines of a file of HTTP messages, which end with LF or CR LF, and what can be told of one from how it looks. */
#ifndef BDC_COMMAND_READ_LINE_H
#define BDC_COMMAND_READ_LINE_H

#include <bodycheck/bodycheck.h>

/* Offsets in the file. */
typedef struct cmd_line {
  size_t start;
  size_t end;  /* without its line end */
  size_t next; /* the start of the next one */
} cmd_line;

/* The line that starts at `start`, in what ends at `end`. */
cmd_line cmd_line_at(bdc_str file, size_t start, size_t end);

bool cmd_is_blank(char c);

/* Without the blanks around it. */
bdc_str cmd_trimmed(bdc_str text);

/* Up to the first blank. */
bdc_str cmd_first_word(bdc_str text);

/* The line without blanks around it. */
bdc_str cmd_line_text(bdc_str file, cmd_line line);

/* The blanks that it begins with. */
size_t cmd_line_indent(bdc_str file, cmd_line line);

/* "###": between two messages. */
bool cmd_line_separates(bdc_str file, cmd_line line);

/* "# ..." or "// ...", also indented. */
bool cmd_line_is_comment(bdc_str file, cmd_line line);

/* A status line, "HTTP/1.1 200 OK"; its status, else 0. */
int cmd_line_status(bdc_str file, cmd_line line);

/* "HTTP/1.1" */
bool cmd_is_http_version(bdc_str word);

bool cmd_starts_with(bdc_str text, const char *start);

/* Whether `part` stands in it. */
bool cmd_contains(bdc_str text, const char *part);

#endif
