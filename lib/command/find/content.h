/* SPDX-License-Identifier: MIT */
/* Small files, read whole. */
#ifndef BDC_COMMAND_FIND_CONTENT_H
#define BDC_COMMAND_FIND_CONTENT_H

#include "output.h"

/* What cmd_content_read says of what is no regular file: no errno. */
enum { CMD_NOT_REGULAR = -1 };

/*
 * Adds the bytes of a regular file to `text`, a memory output. `path` is meant from the open folder `folder`, or from the working folder
 * where that is AT_FDCWD; `flags` are further ones of open(2). Returns 0, an errno, or CMD_NOT_REGULAR; then nothing need be added.
 */
int cmd_content_read(int folder, const char *path, int flags, cmd_output *text);

/* In words, what it returned other than 0. */
const char *cmd_content_reason(int error);

#endif
