/* SPDX-License-Identifier: MIT */
/*
 * One body a line, in constant memory, on as many threads as there are cores. Each thread takes a block of lines, checks them where they
 * lie, and holds back its reports until those of all earlier blocks have been written. This thread is one of them; the others are
 * started one by one, once the input proves to be larger than a block.
 */
#include "blocks.h"
#include "memory.h"
#include "worker.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef struct thread thread;

/* One input. */
typedef struct lines {
  cmd_check *check;
  cmd_item *item;
  bool silent; /* there is nothing to write, and no turn to wait for */
  cmd_blocks blocks;
  cmd_turns turns;
  thread **helpers; /* the other threads */
  size_t helper_count;
  size_t helper_capacity;
  size_t helpers_max;
} lines;

struct thread {
  lines *input;
  cmd_worker worker;
  cmd_block block;
  uint64_t done; /* lines of the block */
  pthread_t id;
};

/* ---- lines ---- */

static void check_line(thread *t, uint64_t record, bdc_str line) {
  if (line.size == 1 && line.data[0] == '\r') {
    line.size = 0; /* an empty line, in a file with CRLF */
  }
  cmd_worker_body(&t->worker, t->input->item, record, line);
}

static void check_lines(thread *t) {
  const char *start = t->block.data;
  const char *end = start + t->block.size;
  uint64_t record = t->block.records;
  while (start < end && !t->worker.reports.over) {
    const char *newline = memchr(start, '\n', (size_t)(end - start));
    const char *line_end = newline ? newline : end;
    check_line(t, ++record, (bdc_str){ start, (size_t)(line_end - start) });
    start = newline ? newline + 1 : end;
  }
  t->done = record - t->block.records;
}

/* A piece of a line. Beyond the limit of a body no byte changes the verdict, and the checker is spared them. */
static void feed(const thread *t, bdc_checker *checker, size_t *fed) {
  if (*fed <= t->worker.check->settings.limits.body_size) {
    (void)bdc_check_feed(checker, t->block.data, t->block.size);
    *fed += t->block.size;
  }
}

/* A line that is longer than a block. Where it cannot be read to its end, nothing is said of it. */
static void check_in_pieces(thread *t) {
  const cmd_item *item = t->input->item;
  bdc_checker *checker = cmd_worker_checker(&t->worker, item);
  size_t fed = 0;
  t->done = 1;
  (void)bdc_check_begin(checker, item->operation, item->http_status);
  feed(t, checker, &fed);
  while (t->block.open) {
    if (!cmd_blocks_go_on(&t->input->blocks, &t->block)) {
      return;
    }
    feed(t, checker, &fed);
  }
  bdc_verdict verdict;
  (void)bdc_check_end(checker, &verdict);
  cmd_input input = { .name = cmd_worker_name(&t->worker, item), .record = t->block.records + 1 };
  cmd_worker_report(&t->worker, item, &input, bdc_checker_report(checker));
}

/* Its results pass now and not when there are more: a reader at the other end of a pipe need not wait. */
static void check_block(thread *t) {
  t->worker.reports.number = t->block.number;
  if (t->block.open) {
    check_in_pieces(t);
  } else {
    check_lines(t);
  }
  if (!t->input->silent) {
    cmd_reports_pass(&t->worker.reports, t->done);
  }
}

/* ---- threads ---- */

/* False where there is no memory for its checker. */
static bool begin_thread(thread *t, lines *input) {
  t->input = input;
  cmd_worker_open(&t->worker, input->check, &input->turns);
  cmd_worker_begin(&t->worker);
  t->worker.reports.totals.records = true;
  t->worker.buffer = cmd_resize(NULL, CMD_BLOCK_SIZE, 1);
  t->block.data = t->worker.buffer;
  return cmd_worker_checker(&t->worker, input->item) != NULL;
}

static bool take(thread *t) {
  return !t->worker.reports.over && cmd_blocks_take(&t->input->blocks, &t->block);
}

static void *help(void *context) {
  thread *t = context;
  while (take(t)) {
    check_block(t);
  }
  return NULL;
}

static void end_helper(thread *t) {
  cmd_worker_close(&t->worker, t->input->check);
  free(t);
}

/* Where no checker or no thread can be had for one more, those that there are do its work. */
static void start_helper(lines *input) {
  thread *t = cmd_resize(NULL, 1, sizeof(*t));
  if (!begin_thread(t, input) || pthread_create(&t->id, NULL, help, t) != 0) {
    end_helper(t);
    input->helpers_max = input->helper_count;
    return;
  }
  input->helpers = cmd_grow((void *)input->helpers, input->helper_count, &input->helper_capacity, sizeof(*input->helpers));
  input->helpers[input->helper_count++] = t;
}

static void end_helpers(lines *input, cmd_outcome *outcome) {
  for (size_t i = 0; i < input->helper_count; i++) {
    pthread_join(input->helpers[i]->id, NULL);
    cmd_outcome_add(outcome, &input->helpers[i]->worker.outcome);
    end_helper(input->helpers[i]);
  }
  free((void *)input->helpers);
}

/* What is left to say when all blocks have been told. */
static void end_input(lines *input, thread *t) {
  t->worker.reports.turns = NULL;
  if (input->blocks.error != 0) {
    cmd_worker_unread(&t->worker, input->item, input->blocks.error == EISDIR ? "is a directory" : strerror(input->blocks.error));
  } else {
    cmd_worker_end(&t->worker, input->item);
    input->item->outcome.known = !cmd_delivery_is_over(&input->check->delivery);
  }
  cmd_reports_pass(&t->worker.reports, 0);
}

static void check_input(lines *input) {
  thread t;
  if (!begin_thread(&t, input)) {
    input->blocks.error = ENOMEM;
  }
  while (input->blocks.error == 0 && take(&t)) {
    if (t.block.many && input->helper_count < input->helpers_max) {
      start_helper(input);
    }
    check_block(&t);
  }
  end_helpers(input, &t.worker.outcome);
  end_input(input, &t);
  cmd_worker_close(&t.worker, input->check);
}

static void check_descriptor(cmd_check *check, cmd_item *item, int fd) {
  lines input = { .check = check, .item = item, .silent = cmd_delivery_is_silent(&check->delivery), .helpers_max = check->jobs - 1 };
  cmd_progress_start(&check->delivery.progress, "records", 0);
  cmd_turns_open(&input.turns);
  cmd_blocks_open(&input.blocks, fd, input.silent ? NULL : &input.turns);
  check_input(&input);
  cmd_blocks_close(&input.blocks);
  cmd_turns_close(&input.turns);
}

static void tell_unread(cmd_check *check, const cmd_item *item, const char *reason) {
  cmd_worker worker;
  cmd_worker_open(&worker, check, NULL);
  cmd_worker_unread(&worker, item, reason);
  cmd_reports_pass(&worker.reports, 0);
  cmd_worker_close(&worker, check);
}

void cmd_check_lines(cmd_check *check, cmd_item *item) {
  int fd = cmd_item_open(item);
  if (fd < 0) {
    tell_unread(check, item, strerror(errno));
    return;
  }
  check_descriptor(check, item, fd);
  cmd_item_close(item, fd);
}
