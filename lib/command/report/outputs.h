/* SPDX-License-Identifier: MIT */
/* Everything that a run writes to: standard output, standard error, and the files of --output. */
#ifndef BDC_COMMAND_OUTPUTS_H
#define BDC_COMMAND_OUTPUTS_H

#include "file_set.h"
#include "options.h"
#include "report/delivery.h"

typedef struct cmd_file {
  const char *path;
  cmd_output out;
} cmd_file;

typedef struct cmd_outputs {
  cmd_output notices; /* standard error */
  cmd_file files[CMD_TARGETS_MAX];
  size_t count;
} cmd_outputs;

/*
 * Makes them targets of the delivery: `format` for `out` (NULL: nothing), each of `files` ("FORMAT=FILE" or "FILE"), and notices for
 * standard error. False where one cannot be had, or is one of `inputs`, which has been told.
 */
bool cmd_outputs_open(cmd_outputs *outputs, cmd_delivery *delivery, const cmd_format *format, cmd_output *out, cmd_color color,
                      const cmd_list *files, const cmd_file_set *inputs);

/* Writes what is left; false where a file could not be written, which has been told. */
bool cmd_outputs_close(cmd_outputs *outputs);

void cmd_outputs_free(cmd_outputs *outputs);

#endif
