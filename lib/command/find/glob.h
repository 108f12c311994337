/* SPDX-License-Identifier: MIT */
/*
 * The patterns of .gitignore and .gitattributes. `*` and `?` match any bytes and one byte, but no "/"; `**` as a whole part of the pattern
 * matches any number of folders, or at the end all that is below; `[a-z_[:digit:]]` matches one byte of a set, `[!...]` and `[^...]` one
 * that is not in it; a backslash takes the next character as it is. As in git these are bytes: `?` is not enough for a Chinese character.
 */
#ifndef BDC_COMMAND_GLOB_H
#define BDC_COMMAND_GLOB_H

#include <bodycheck/bodycheck.h>

typedef struct cmd_glob {
  bdc_str text;  /* the pattern without a "/" at its beginning and end; lives as long as the pattern */
  bool anchored; /* it had a "/" before its last character: it stands for the whole path, else for the last part of it */
  bool folders;  /* it ended in "/": it matches folders only */
  size_t tail;   /* how many bytes at the end of the text stand for themselves: most paths are told by them */
} cmd_glob;

/*
 * False where the pattern cannot be meant: *mistake then says why, *offset where in the pattern. The glob is all the same what git makes
 * of it, which is mostly one that matches nothing.
 */
bool cmd_glob_parse(bdc_str pattern, cmd_glob *glob, const char **mistake, size_t *offset);

/*
 * Whether it matches this path, which is relative to the folder of the file that holds the pattern and has neither empty parts nor "."
 * and "..". The time is at worst that of comparing each character of the one with each of the other.
 */
bool cmd_glob_match(const cmd_glob *glob, bdc_str path, bool is_folder);

/* Whether only one text matches: there is no wildcard in it. Escapes may be. */
bool cmd_glob_is_plain(const cmd_glob *glob);

#endif
