/* SPDX-License-Identifier: MIT */
/* All formats, and the names by which they are asked for. */
#ifndef BDC_COMMAND_FORMATS_H
#define BDC_COMMAND_FORMATS_H

#include "report/report.h"

/* In the same order; the names are NULL-terminated. */
extern const char *const cmd_format_names[];
extern const cmd_format *const cmd_formats[];

/* NULL where there is none of this name. */
const cmd_format *cmd_format_find(bdc_str name);

/* What the end of a file's name says of its format; `concise` where it says nothing. */
const cmd_format *cmd_format_of_file(const char *path);

#endif
