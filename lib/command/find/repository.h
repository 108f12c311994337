/* SPDX-License-Identifier: MIT */
/* Where git keeps things. Paths that are returned are the caller's, and end with a NUL. */
#ifndef BDC_COMMAND_FIND_REPOSITORY_H
#define BDC_COMMAND_FIND_REPOSITORY_H

#include <bodycheck/bodycheck.h>

/*
 * The repository that a folder is in: the nearest folder upwards, itself among them, that has an entry `.git`. `real` is an absolute path
 * without links; its first *size bytes are the root's path, none where that is "/". False where it is in no repository.
 */
bool cmd_repository_find(const char *real, size_t *size);

/* The file of patterns that are this repository's alone: info/exclude, which working trees and submodules keep elsewhere. */
char *cmd_repository_exclude(bdc_str root);

/* The user's own file of patterns for all repositories, in the place where git looks by default; NULL where there is no home. */
char *cmd_repository_user_ignore(void);

#endif
