/* SPDX-License-Identifier: MIT */
/*
 * Pages for browsers: each is one file that needs nothing else, no network and no scripts, in the light or the dark colours that the
 * reader's system has, and readable on narrow screens and on paper. This is where their one style lives.
 */
#ifndef BDC_COMMAND_HTML_H
#define BDC_COMMAND_HTML_H

#include "output.h"

/*
 * The head of a page, up to the opened <main>; and its end. Classes that the style knows, beside the elements themselves:
 *   facts            of a <dl>: names on the left, what is said of them on the right
 *   soft             of text that is not the point
 *   number           of a cell: aligned to the right
 *   whole            of a cell: not broken into lines
 *   roomy            of a cell: never narrower than a short sentence
 *   pair             of a <div>: a mark and, in an element beside it, its text
 *   mark             of a <span> or <a>: a small label in a box
 *   good, fair, poor of a row, cell, mark or any other element: coloured as what is well, what is half done or a warning, and what is
 *                    missing or wrong; say it in words as well, not all readers see colours
 *   bar              of a <div>: a line of coloured parts, each a child with a class of the above and a width in style=""
 */
void cmd_html_begin(cmd_output *out, const char *title);
/* The same with lines of style that are this page's own. */
void cmd_html_begin_with(cmd_output *out, const char *title, const char *const *lines, size_t count);
void cmd_html_end(cmd_output *out);

/* A table in a box of its own, which scrolls where the screen is too narrow; `label` is what a screen reader calls it. */
void cmd_html_table_begin(cmd_output *out, bdc_str label);
void cmd_html_table_end(cmd_output *out);

/* What stands for a character of markup, in HTML and XML; NULL for one that stands for itself. Static. */
const char *cmd_html_entity(char byte);

/* Text, or the value of an attribute between quotes. Unsafe characters and bytes that are not UTF-8 are shown as by cmd_put_text. */
void cmd_html_text(cmd_output *out, bdc_str text);

#endif
