/* SPDX-License-Identifier: MIT */
#include "blocks.h"

#include "descriptor.h"
#include "memory.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void cmd_blocks_open(cmd_blocks *blocks, int fd, cmd_turns *turns) {
  *blocks = (cmd_blocks){ .fd = fd, .turns = turns };
  cmd_lock_open(&blocks->lock);
}

void cmd_blocks_close(cmd_blocks *blocks) {
  cmd_lock_close(&blocks->lock);
  free(blocks->rest);
}

static size_t count_lines(const char *data, size_t size) {
  const char *end = data + size;
  const char *newline;
  size_t count = 0;
  while (data < end && (newline = memchr(data, '\n', (size_t)(end - data))) != NULL) {
    data = newline + 1;
    count++;
  }
  return count + (data < end);
}

/* How much of the data is whole lines, where none of them ends before `searched`. */
static size_t whole_lines(const char *data, size_t searched, size_t size) {
  while (size > searched && data[size - 1] != '\n') {
    size--;
  }
  return size > searched ? size : 0;
}

/*
 * Reads what has yet to come, for the block of this number. All earlier blocks are told before: what was found in them must not wait as
 * well, and where nobody listens any more, nor need we.
 */
static ssize_t wait_and_read(cmd_blocks *blocks, uint64_t number, char *data, size_t size) {
  if (blocks->turns && !cmd_turns_wait(blocks->turns, number)) {
    return 0;
  }
  atomic_store(&blocks->lock.slow, true);
  ssize_t got = cmd_read(blocks->fd, data, size);
  atomic_store(&blocks->lock.slow, false);
  return got;
}

/* The next bytes of the input, for the block of this number; 0 at the end, which is also where reading fails. */
static size_t read_more(cmd_blocks *blocks, uint64_t number, char *data, size_t size) {
  ssize_t got = cmd_can_read(blocks->fd) ? cmd_read(blocks->fd, data, size) : wait_and_read(blocks, number, data, size);
  if (got < 0) {
    blocks->error = errno;
  }
  blocks->ended = got <= 0;
  blocks->size += got > 0 ? (size_t)got : 0;
  return got > 0 ? (size_t)got : 0;
}

static void keep_rest(cmd_blocks *blocks, const char *rest, size_t size) {
  if (size > 0 && !blocks->rest) {
    blocks->rest = cmd_resize(NULL, CMD_BLOCK_SIZE, 1);
  }
  if (size > 0) {
    memcpy(blocks->rest, rest, size);
  }
  blocks->rest_size = size;
}

/* Fills a block from the rest and from the input until there is a whole line in it. False where there is nothing more. */
static bool fill(cmd_blocks *blocks, cmd_block *block) {
  size_t size = blocks->rest_size;
  if (size > 0) {
    memcpy(block->data, blocks->rest, size);
  }
  size_t lines = whole_lines(block->data, 0, size);
  while (lines == 0 && size < CMD_BLOCK_SIZE && !blocks->ended) {
    size_t got = read_more(blocks, blocks->taken, block->data + size, CMD_BLOCK_SIZE - size);
    lines = whole_lines(block->data, size, size + got);
    size += got;
  }
  block->open = lines == 0 && size == CMD_BLOCK_SIZE;
  block->size = lines > 0 ? lines : size;
  keep_rest(blocks, block->data + block->size, size - block->size);
  return block->size > 0 && blocks->error == 0;
}

bool cmd_blocks_take(cmd_blocks *blocks, cmd_block *block) {
  cmd_lock_take(&blocks->lock);
  bool taken = fill(blocks, block);
  if (taken) {
    block->many = blocks->size > CMD_BLOCK_SIZE;
    block->number = blocks->taken++;
    block->records = blocks->records;
    blocks->records += blocks->turns ? count_lines(block->data, block->size) : 0;
  }
  if (!taken || !block->open) {
    cmd_lock_give(&blocks->lock);
  }
  return taken;
}

bool cmd_blocks_go_on(cmd_blocks *blocks, cmd_block *block) {
  size_t got = read_more(blocks, block->number, block->data, CMD_BLOCK_SIZE);
  const char *newline = memchr(block->data, '\n', got);
  block->size = newline ? (size_t)(newline - block->data) : got;
  if (newline) {
    keep_rest(blocks, newline + 1, got - block->size - 1);
  }
  block->open = !newline && got > 0;
  bool failed = blocks->error != 0;
  if (!block->open) {
    cmd_lock_give(&blocks->lock);
  }
  return !failed;
}
