/* SPDX-License-Identifier: MIT */
/* The patterns that hold in a folder: those of the folders from the root of its repository down to it, and of the repository itself. */
#ifndef BDC_COMMAND_FIND_IGNORE_STACK_H
#define BDC_COMMAND_FIND_IGNORE_STACK_H

#include "find/ignore.h"

/* The patterns of one file, and how many bytes of a path lead to its folder, with the slash behind it. */
typedef struct cmd_ignore_layer {
  cmd_ignore_list list;
  size_t base;
} cmd_ignore_layer;

/* How high a stack stands, and which repository is on its top. */
typedef struct cmd_ignore_mark {
  size_t count;
  size_t bottom; /* the first layer of that repository */
  size_t base;   /* of its root */
} cmd_ignore_mark;

typedef struct cmd_ignore_stack {
  cmd_ignore_layer *layers;
  size_t capacity;
  cmd_ignore_mark top;
  cmd_ignore_list user; /* holds in each repository */
} cmd_ignore_stack;

/* The user's own patterns are read. Outside a repository they hold as though the path began at the root of one. */
void cmd_ignore_stack_open(cmd_ignore_stack *stack);
void cmd_ignore_stack_close(cmd_ignore_stack *stack);

/* Goes into the repository of the root `path`: what is on the stack does not hold in it. Returns 0 or the errno of its patterns. */
int cmd_ignore_stack_enter(cmd_ignore_stack *stack, bdc_str path, size_t base);

/* Adds the .gitignore of a folder, `path` as seen from the open folder `folder`. Returns 0 or an errno. */
int cmd_ignore_stack_push(cmd_ignore_stack *stack, int folder, const char *path, size_t base);

/* Takes away all that was entered and pushed since `top` was what it is in `mark`. */
void cmd_ignore_stack_return(cmd_ignore_stack *stack, cmd_ignore_mark mark);

/* Whether a path is ignored whose folder is not. */
bool cmd_ignore_stack_has(const cmd_ignore_stack *stack, bdc_str path, bool is_folder);

#endif
