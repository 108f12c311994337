/* SPDX-License-Identifier: MIT */
#ifndef BDC_COMMAND_MANUAL_MARKDOWN_H
#define BDC_COMMAND_MANUAL_MARKDOWN_H

#include "output.h"

/*
 * What rules/README.md uses of Markdown, in the macros of man(7): headings of the second and third level, paragraphs, tables of two
 * columns (the first becomes the tag of what the second says; the row of titles is left out), fenced blocks, and `code`. The heading of
 * the first level is left out: it is the page's name.
 */
void cmd_man_markdown(cmd_output *out, bdc_str text);

#endif
