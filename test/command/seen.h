/* SPDX-License-Identifier: MIT */
/* What a reader of messages gives, as text to compare. */
#ifndef BDC_TEST_COMMAND_SEEN_H
#define BDC_TEST_COMMAND_SEEN_H

#include "read/message.h"
#include "unit/support.h"

/*
 * All messages and mistakes of a file, one line for each and one for each header field and body, each after its line and column in the
 * file: what lies in the text is looked up through the map.
 */
typedef struct seen {
  bdc_str file;
  blob text;
  size_t messages;
  size_t mistakes;
} seen;

typedef void read_function(bdc_str file, const cmd_sink *sink);

/* Reads a copy of its own, which ends where its memory ends. */
seen seen_in(read_function *read, bdc_str file);
void seen_free(seen *from);

/* Reads the text and compares; prints both where they differ. */
void expect_seen(read_function *read, bdc_str file, const char *expected);

#define EXPECT_SEEN(read, literal, expected) expect_seen(read, BDC_STR(literal), expected)

#endif
