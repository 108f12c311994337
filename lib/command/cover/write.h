/* SPDX-License-Identifier: MIT */
/* What --coverage and --coverage-file ask for. */
#ifndef BDC_COMMAND_COVER_WRITE_H
#define BDC_COMMAND_COVER_WRITE_H

#include "cover/coverage.h"
#include "options.h"

/* Writes a file as its name says: .html, .json, else text. False where it cannot be written, which has been told. */
bool cmd_coverage_write(const cmd_coverage *coverage, const char *path, cmd_output *out);

#endif
