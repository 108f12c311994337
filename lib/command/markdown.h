/* SPDX-License-Identifier: MIT */
/* Text in Markdown as GitHub reads it (CommonMark with tables), also within the cells of a table. */
#ifndef BDC_COMMAND_MARKDOWN_H
#define BDC_COMMAND_MARKDOWN_H

#include "output.h"

/* Text that is shown as it is, within a line. Unsafe characters and bytes that are not UTF-8 are shown as by cmd_put_text. */
void cmd_markdown_text(cmd_output *out, bdc_str text);

/* The same as code; nothing where the text is empty. */
void cmd_markdown_code(cmd_output *out, bdc_str text);

#endif
