/* SPDX-License-Identifier: MIT */
/*
 * Text in the macros of man(7), as groff and mandoc both read them. Everything is written to an output in memory: what stands at the end
 * of it decides what the next text needs before it.
 */
#ifndef BDC_COMMAND_MANUAL_MAN_H
#define BDC_COMMAND_MANUAL_MAN_H

#include "output.h"

/* The first lines of a page, whose name is in lower case. */
void cmd_man_title(cmd_output *out, const char *name, const char *section);

/* A macro on a line of its own: ".PP". */
void cmd_man_macro(cmd_output *out, const char *macro);

/* Begins a paragraph. */
void cmd_man_paragraph(cmd_output *out);

/* ".SH" in capitals; ".SS". The text is that of one line. */
void cmd_man_heading(cmd_output *out, bdc_str text);
void cmd_man_subheading(cmd_output *out, bdc_str text);

/* Prose. Blanks and ends of lines in it only separate words; each sentence begins a line, as typesetters of pages want it. */
void cmd_man_text(cmd_output *out, bdc_str text);

/* What is typed or written as it stands, in bold, with the words in capitals, which stand for something else, in italics. */
void cmd_man_literal(cmd_output *out, bdc_str text);

/* Lines that keep their ends and blanks, indented. */
void cmd_man_verbatim_begin(cmd_output *out);
void cmd_man_verbatim_line(cmd_output *out, bdc_str line);
void cmd_man_verbatim_end(cmd_output *out);

/* The text of a --help: paragraphs; "  TAG  TEXT", which may go on further indented; lines indented by four, kept as they are. */
void cmd_man_help(cmd_output *out, const char *text);

/* Takes the first line, without its end, off *text. False where nothing is left. */
bool cmd_man_next_line(bdc_str *text, bdc_str *line);

#endif
