/* SPDX-License-Identifier: MIT */
#include "find/ignore_stack.h"

#include "find/repository.h"
#include "memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

void cmd_ignore_stack_open(cmd_ignore_stack *stack) {
  *stack = (cmd_ignore_stack){ 0 };
  char *path = cmd_repository_user_ignore();
  if (path) {
    /* Another user's home may be closed to us, which git passes over, too. */
    (void)cmd_ignore_read(&stack->user, AT_FDCWD, path, 0);
    free(path);
  }
}

void cmd_ignore_stack_close(cmd_ignore_stack *stack) {
  cmd_ignore_stack_return(stack, (cmd_ignore_mark){ 0 });
  cmd_ignore_free(&stack->user);
  free(stack->layers);
}

static int add(cmd_ignore_stack *stack, int folder, const char *path, int flags, size_t base) {
  stack->layers = cmd_grow(stack->layers, stack->top.count, &stack->capacity, sizeof(*stack->layers));
  cmd_ignore_layer *layer = &stack->layers[stack->top.count++];
  layer->base = base;
  return cmd_ignore_read(&layer->list, folder, path, flags);
}

int cmd_ignore_stack_enter(cmd_ignore_stack *stack, bdc_str path, size_t base) {
  stack->top.bottom = stack->top.count;
  stack->top.base = base;
  char *exclude = cmd_repository_exclude(path);
  int error = add(stack, AT_FDCWD, exclude, 0, base);
  free(exclude);
  return error;
}

int cmd_ignore_stack_push(cmd_ignore_stack *stack, int folder, const char *path, size_t base) {
  /* Git follows no link here, so that a repository cannot make it read other files. */
  int error = add(stack, folder, path, O_NOFOLLOW, base);
  return error == ELOOP ? 0 : error;
}

void cmd_ignore_stack_return(cmd_ignore_stack *stack, cmd_ignore_mark mark) {
  while (stack->top.count > mark.count) {
    cmd_ignore_free(&stack->layers[--stack->top.count].list);
  }
  stack->top = mark;
}

static cmd_ignored ask(const cmd_ignore_list *list, bdc_str path, size_t base, bool is_folder) {
  return cmd_ignore_ask(list, (bdc_str){ path.data + base, path.size - base }, is_folder);
}

bool cmd_ignore_stack_has(const cmd_ignore_stack *stack, bdc_str path, bool is_folder) {
  cmd_ignored said = CMD_IGNORED_UNSAID;
  for (size_t i = stack->top.count; i > stack->top.bottom && said == CMD_IGNORED_UNSAID; i--) {
    said = ask(&stack->layers[i - 1].list, path, stack->layers[i - 1].base, is_folder);
  }
  if (said == CMD_IGNORED_UNSAID) {
    said = ask(&stack->user, path, stack->top.base, is_folder);
  }
  return said == CMD_IGNORED_YES;
}
