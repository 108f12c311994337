/* SPDX-License-Identifier: MIT */
/*
 * The unit of coverage: a side of a rule. A rule is kept by some values and broken by others, and is surely understood only where both
 * have been seen; of a range what counts is its ends.
 */
#ifndef BDC_COMMAND_COVER_SIDE_H
#define BDC_COMMAND_COVER_SIDE_H

#include "cover/follow.h"
#include "output.h"

typedef enum cmd_side_kind {
  CMD_SIDE_PRESENT,
  CMD_SIDE_ABSENT,       /* and may be */
  CMD_SIDE_MISSING,      /* and must not be */
  CMD_SIDE_TYPE,         /* a value of the row's type */
  CMD_SIDE_OTHER_TYPE,   /* neither that nor null */
  CMD_SIDE_NULL,         /* where it is a value */
  CMD_SIDE_NULL_REFUSED, /* where it is none */
  CMD_SIDE_LENGTH_MIN,   /* of exactly that length */
  CMD_SIDE_SHORTER,
  CMD_SIDE_LENGTH_MAX,
  CMD_SIDE_LONGER,
  CMD_SIDE_START,
  CMD_SIDE_OTHER_START,
  CMD_SIDE_CHARSET,
  CMD_SIDE_OTHER_CHARSET,
  CMD_SIDE_ENUM, /* one for each value */
  CMD_SIDE_OTHER_ENUM,
  CMD_SIDE_RANGE_MIN,
  CMD_SIDE_RANGE_MAX,
  CMD_SIDE_OTHER_RANGE,
  CMD_SIDE_ITEMS_MIN,
  CMD_SIDE_FEWER,
  CMD_SIDE_ITEMS_MAX,
  CMD_SIDE_MORE,
  CMD_SIDE_INCLUDES,
  CMD_SIDE_OTHER_INCLUDES,
  CMD_SIDE_PATTERN,
  CMD_SIDE_OTHER_PATTERN,
  CMD_SIDE_FORMAT,
  CMD_SIDE_OTHER_FORMAT,
  CMD_SIDE_NO_ZONE, /* a date and time that lacks its zone, and may, with a warning */
  CMD_SIDE_UNDOCUMENTED
} cmd_side_kind;

typedef struct cmd_side {
  cmd_side_kind kind;
  uint32_t index; /* of the value, where the kind is CMD_SIDE_ENUM */
  uint64_t count; /* how often it was exercised */
} cmd_side;

typedef struct cmd_sides {
  cmd_side *items;
  size_t count;
  size_t capacity;
} cmd_sides;

/* Where a row stands, as far as its sides depend on it. */
typedef struct cmd_row_place {
  bdc_place in;
  bool is_element;    /* of an array or map: nobody says that it must be there */
  bool body_optional; /* it is that of a whole body, which may be absent */
  bool is_body;
} cmd_row_place;

/* Adds the sides of a row. */
void cmd_sides_add(cmd_sides *sides, const bdc_row_info *row, const cmd_row_place *place);

/* What is known of a value that was checked. */
typedef struct cmd_sight {
  cmd_json_kind kind;
  uint64_t count;
  bdc_str text;
  uint32_t broken;   /* the rules of its row that it breaks: bits 1 << bdc_rule */
  bool without_zone; /* the format is broken only by the lack of a zone that may be lacking */
  bool judged;       /* what it does not break it keeps; else nobody has looked so far */
} cmd_sight;

/* Whether a value exercises a side; those of presence are never exercised by the value itself. */
bool cmd_side_is_met(const cmd_side *side, const bdc_row_info *row, const cmd_sight *sight);

/* Whether the side is that of a broken rule. */
bool cmd_side_is_broken(cmd_side_kind kind);

/* Whether it is one of a range's ends, of lengths, numbers or items: where mistakes live. */
bool cmd_side_is_end(cmd_side_kind kind);

/* The rule: the names of reports, "null", or "presence". Static. */
const char *cmd_side_rule(cmd_side_kind kind);

/* What was or was not seen: "length 3", "length below 3". No value that was sent stands in it. */
void cmd_side_put(const cmd_side *side, const bdc_row_info *row, cmd_output *out);

#endif
