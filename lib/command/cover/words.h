/* SPDX-License-Identifier: MIT */
/* What sections and rows are called where coverage is shown. */
#ifndef BDC_COMMAND_COVER_WORDS_H
#define BDC_COMMAND_COVER_WORDS_H

#include "cover/plan.h"

/* "path", "request", "response 200,201". */
void cmd_cover_put_section(const cmd_cover_section *section, cmd_output *out);

/* The name of a field; "(items)", "(members)" or "(body)" where it has none. */
bdc_str cmd_cover_row_name(const cmd_cover_row *row);

/* Where a row stands in a body, as an RFC 6901 pointer whose token for any item, and any member of a map, is "*". */
void cmd_cover_put_path(const cmd_cover_section *section, const cmd_cover_row *row, cmd_output *out);

/* "3 of 11". */
void cmd_tally_put(cmd_tally tally, cmd_output *out);

/* "1 request", "3 requests". */
void cmd_put_count(uint64_t count, const char *noun, cmd_output *out);

/* How many rows of the catalogue were seen in responses, and how many codes it has. */
cmd_tally cmd_codes_tally(const cmd_cover_operation *operation);

#endif
