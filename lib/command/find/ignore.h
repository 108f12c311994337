/* SPDX-License-Identifier: MIT */
/*
 * What git ignores: the patterns of .gitignore files and of those that hold for a whole repository. The index is not read: a file that is
 * committed though it is ignored is ignored here, too.
 */
#ifndef BDC_COMMAND_FIND_IGNORE_H
#define BDC_COMMAND_FIND_IGNORE_H

#include "find/glob.h"
#include "output.h"

/* How a pattern is compared: by the matcher, as it stands, or as a star before a text that stands. */
typedef enum cmd_ignore_form { CMD_IGNORE_GLOB, CMD_IGNORE_PLAIN, CMD_IGNORE_SUFFIX } cmd_ignore_form;

typedef struct cmd_ignore_pattern {
  cmd_glob glob;
  cmd_ignore_form form;
  bool keeps; /* it began with "!" */
} cmd_ignore_pattern;

/* The patterns of one file. */
typedef struct cmd_ignore_list {
  cmd_output text; /* what the patterns are slices of */
  cmd_ignore_pattern *items;
  size_t count;
  size_t capacity;
} cmd_ignore_list;

typedef enum cmd_ignored { CMD_IGNORED_UNSAID, CMD_IGNORED_NO, CMD_IGNORED_YES } cmd_ignored;

/* Reads the patterns of a text, of which the list keeps a copy. A pattern that cannot be meant matches nothing, as in git. */
void cmd_ignore_parse(cmd_ignore_list *list, bdc_str text);

/* As cmd_ignore_parse, of a file: see cmd_content_read. Returns 0, also where there is no such file, or an errno. */
int cmd_ignore_read(cmd_ignore_list *list, int folder, const char *path, int flags);

/*
 * What the list says of a path, which is relative to the folder of its file and has neither empty parts nor "." and "..". The last
 * pattern that matches decides. What is in an ignored folder is ignored as well: the caller had better not go in.
 */
cmd_ignored cmd_ignore_ask(const cmd_ignore_list *list, bdc_str path, bool is_folder);

void cmd_ignore_free(cmd_ignore_list *list);

#endif
