/* SPDX-License-Identifier: MIT */
/* Small files, read whole. */
#ifndef BDC_COMMAND_FIND_CONTENT_H
#define BDC_COMMAND_FIND_CONTENT_H

#include "output.h"

/*
 * Adds the bytes of a regular file to `text`, a memory output. `path` is meant from the open folder `folder`, or from the working folder
 * where that is AT_FDCWD; `flags` are further ones of open(2). Returns 0 or an errno; of what is no regular file nothing is added.
 */
int cmd_content_read(int folder, const char *path, int flags, cmd_output *text);

#endif
