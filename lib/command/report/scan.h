/* SPDX-License-Identifier: MIT */
/*
 * What may be shown of a body. Values that were sent never leave the program unasked, so each character becomes a character to show:
 * JSON's structure, blanks and documented member names stay, all else is a dot. Where values are asked for, those of documented members
 * that are not secret, and stand in none that is secret or undocumented, stay as well. A string is a name where it stands directly before
 * a colon in an object. From the place where tokens no longer follow each other as those of JSON do, nothing is known of what is a value,
 * and all is dots.
 */
#ifndef BDC_COMMAND_SCAN_H
#define BDC_COMMAND_SCAN_H

#include "names.h"

typedef enum cmd_scan_state {
  CMD_SCAN_BETWEEN, /* tokens */
  CMD_SCAN_SCALAR,  /* in a number or literal */
  CMD_SCAN_NAME,    /* in a documented name */
  CMD_SCAN_STRING,  /* in any other string */
  CMD_SCAN_ESCAPE,  /* after its backslash */
  CMD_SCAN_BROKEN   /* after what is no JSON */
} cmd_scan_state;

/* How far the body has been looked at. Copied to come back to a place. */
typedef struct cmd_scan {
  size_t offset;
  size_t line_start;
  cmd_scan_state state;
  bool visible;     /* the values that follow are those of a name under which they may be shown */
  unsigned depth;   /* of open objects and arrays */
  unsigned covered; /* the depth of a member that is secret or undocumented: nothing below it is visible, whatever its name; else 0 */
  uint64_t objects; /* which of the innermost 64 of them are objects: the lowest bit is the innermost */
  char last; /* the last token: one of { [ : , or 's' at the start, 'n' a string that may be a name, 'v' a value that has ended */
} cmd_scan;

#define CMD_SCAN_START ((cmd_scan){ .last = 's' })

/* What to show for the character at scan->offset, which is below body.size: one character. Goes on to the next one. */
bdc_str cmd_scan_next(cmd_scan *scan, bdc_str body, const cmd_names *names);

#endif
