/* SPDX-License-Identifier: MIT */
/* Those sections of bodycheck(1) that are not made from the tables of options, in the form of a --help (see cmd_man_help). */
#ifndef BDC_COMMAND_MANUAL_WORDS_H
#define BDC_COMMAND_MANUAL_WORDS_H

extern const char cmd_words_description[];
extern const char cmd_words_exit_status[];
extern const char cmd_words_environment[];
extern const char cmd_words_files[];
extern const char cmd_words_examples[];

#endif
