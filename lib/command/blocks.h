/* SPDX-License-Identifier: MIT */
/*
 * The lines of an input of any size, in blocks of whole lines, for any number of threads that take them in turn. Who takes a block
 * reads it, while the others check theirs; what is held in memory is one block for each of them and the beginning of the next line.
 */
#ifndef BDC_COMMAND_BLOCKS_H
#define BDC_COMMAND_BLOCKS_H

#include "turns.h"

#include <stddef.h>

/* Small enough to stay in a core's cache between reading and checking. A longer line is taken in pieces. */
enum { CMD_BLOCK_SIZE = 256 * 1024 };

typedef struct cmd_block {
  char *data; /* CMD_BLOCK_SIZE bytes of the taker's */
  size_t size;
  uint64_t number;  /* of the block, from 0 */
  uint64_t records; /* lines before it, where they are counted */
  bool open;        /* a piece of a line that goes on behind it: cmd_blocks_go_on */
  bool many;        /* the input is more than one block */
} cmd_block;

typedef struct cmd_blocks {
  int fd;
  cmd_turns *turns; /* NULL: nobody is told anything, and no lines are counted */
  cmd_lock lock;    /* held by the one that reads */
  bool ended;
  int error; /* errno of the read that failed, or 0 */
  uint64_t taken;
  uint64_t records; /* lines in them */
  uint64_t size;    /* bytes that were read */
  char *rest;       /* what was read beyond the last block; CMD_BLOCK_SIZE bytes, or NULL where there never was any */
  size_t rest_size;
} cmd_blocks;

void cmd_blocks_open(cmd_blocks *blocks, int fd, cmd_turns *turns);
void cmd_blocks_close(cmd_blocks *blocks);

/*
 * The next block: whole lines with their ends, which the last line of the input may lack; or the first piece of a line that is longer
 * than a block. Once there is a whole line nothing more is waited for. False at the end, which may be an `error`.
 */
bool cmd_blocks_take(cmd_blocks *blocks, cmd_block *block);

/*
 * The next piece of an open line, perhaps empty, without its end; the last one is no longer open, and until then no other thread is
 * given a block. False where reading failed.
 */
bool cmd_blocks_go_on(cmd_blocks *blocks, cmd_block *block);

#endif
