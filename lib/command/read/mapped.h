/* SPDX-License-Identifier: MIT */
/* A text that is put together from pieces of a file, with the map that leads back to them. */
#ifndef BDC_COMMAND_READ_MAPPED_H
#define BDC_COMMAND_READ_MAPPED_H

#include "output.h"
#include "read/message.h"

typedef struct cmd_mapped {
  cmd_output text;
  cmd_run *runs;
  size_t run_count;
  size_t run_capacity;
} cmd_mapped;

/* A piece of a text that still grows, which may move it. */
typedef struct cmd_piece {
  size_t start;
  size_t size;
} cmd_piece;

#define CMD_MAPPED ((cmd_mapped){ .text = CMD_MEMORY })

void cmd_mapped_clear(cmd_mapped *mapped);
void cmd_mapped_free(cmd_mapped *mapped);

/* Bytes that stand in the file at `file`. */
void cmd_mapped_copy(cmd_mapped *mapped, bdc_str bytes, size_t file);

/* Bytes for which something else stands in the file, from `file` on. */
void cmd_mapped_stand(cmd_mapped *mapped, bdc_str bytes, size_t file);

/* Takes back what is behind the first `size` bytes. */
void cmd_mapped_cut(cmd_mapped *mapped, size_t size);

/*
 * Ends a piece that began at `start`. A byte that belongs to none follows it, which leads to `file`: the end of a piece is a place as
 * well, where something may be missing, and is not the start of the next one.
 */
cmd_piece cmd_mapped_end(cmd_mapped *mapped, size_t start, size_t file);

/* These hold until the text grows. The slice of an empty piece has a place, too. */
bdc_str cmd_mapped_slice(const cmd_mapped *mapped, cmd_piece piece);
cmd_text_map cmd_mapped_map(const cmd_mapped *mapped);

#endif
