/* SPDX-License-Identifier: MIT */
/* A walk through the JSON of an archive: objects of which some members are known, arrays, strings with their places. */
#ifndef BDC_COMMAND_READ_HAR_JSON_H
#define BDC_COMMAND_READ_HAR_JSON_H

#include "read/mapped.h"
#include "json/reader.h"

/* Browsers record the stacks of calls that lead to a request, some hundred levels deep. */
enum { CMD_HAR_DEPTH = 1024, CMD_HAR_NAME = 16 };

typedef struct cmd_har_json {
  bdc_str file;
  size_t base; /* of the JSON in the file: behind a byte order mark */
  const cmd_sink *sink;
  size_t entry;          /* for mistakes */
  bdc__json_event event; /* the one at hand: where a value is to be read, its first */
  bdc__json_reader reader;
  unsigned char containers[BDC__JSON_CONTAINER_BYTES(CMD_HAR_DEPTH)];
} cmd_har_json;

/* An object and the members of it that are known. */
typedef struct cmd_har_object {
  const char *what;         /* for mistakes: "request" */
  const char *const *names; /* shorter than CMD_HAR_NAME; NULL behind the last, at most 8 */
  size_t place;             /* of the object in the file */
  unsigned seen;            /* a bit for each name */
  bool broken;              /* a member is there twice, or of a wrong type, or missing */
} cmd_har_object;

/* A string that has been put into a text. */
typedef struct cmd_har_string {
  bool given;
  cmd_piece piece;
  size_t file; /* of its first character */
} cmd_har_string;

void cmd_har_open(cmd_har_json *json, bdc_str file, const cmd_sink *sink);

/* Takes the next event; BDC__JSON_FAULT for ever once the text is no JSON. */
bdc__json_event cmd_har_next(cmd_har_json *json);

/* The place in the file of the event at hand. */
size_t cmd_har_place(const cmd_har_json *json);

/* Passes the value at hand. */
void cmd_har_skip(cmd_har_json *json);

/*
 * Goes on to the value of the next known member of an object and gives its index, or -1 at the object's end and at a fault. The value
 * must be read or skipped. One that is there twice is a mistake.
 */
int cmd_har_member(cmd_har_json *json, cmd_har_object *object);

/* Goes on to the next value of an array; false at its end and at a fault. */
bool cmd_har_item(cmd_har_json *json);

/* Whether the value at hand is of this type; else it is passed, and a mistake. `member` is an index into the names. */
bool cmd_har_is(cmd_har_json *json, bdc__json_event type, cmd_har_object *object, int member);

/* Passes a null, with which recorders tell that an optional member is missing. */
bool cmd_har_is_null(const cmd_har_json *json);

/* At the object's end: each of the first `count` members that was not seen is a mistake. */
void cmd_har_require(cmd_har_json *json, cmd_har_object *object, size_t count);

/* The string at hand, put into the text. Whatever has another type is a mistake. */
cmd_har_string cmd_har_read_string(cmd_har_json *json, cmd_mapped *text, cmd_har_object *object, int member);

/* The whole part of the number at hand, up to 999,999,999 either way. */
long cmd_har_read_number(cmd_har_json *json, cmd_har_object *object, int member);

#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
void cmd_har_mistake(const cmd_har_json *json, size_t offset, const char *format, ...);

#endif
