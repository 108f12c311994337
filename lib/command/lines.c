/* SPDX-License-Identifier: MIT */
/*
 * One body a line, in constant memory, on as many threads as there are cores. Each thread takes a block of lines, checks them where they
 * lie, and holds back its reports until those of all earlier blocks have been written. This thread is one of them; the others are
 * started one by one, once the input proves to be larger than a block.
 */
#include "blocks.h"
#include "check.h"
#include "cores.h"
#include "memory.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

/* Reports that a thread holds back before it waits for its turn to write them. */
enum { HELD_BACK_MAX = 2 * 1024 * 1024 };

typedef struct worker worker;

/* One input. */
typedef struct lines {
  cmd_check *check; /* of the thread that has begun it; the others leave its counts alone */
  bdc_str name;
  bool silent; /* there is nothing to write, and no turn to wait for */
  bool begun;  /* reports of other inputs stand before */
  cmd_blocks blocks;
  cmd_turns turns;
  worker **helpers; /* the other threads */
  size_t helper_count;
  size_t helper_capacity;
  size_t helpers_max;
} lines;

/* One thread. */
struct worker {
  lines *input;
  cmd_check check;    /* its own, with the checker, the reports and the buffer in it */
  cmd_output reports; /* those that wait for their turn */
  cmd_block block;
  pthread_t thread;
};

/* ---- reports in the order of the blocks ---- */

static void pass_reports(cmd_output *held, void *context) {
  worker *w = context;
  cmd_turns *turns = &w->input->turns;
  cmd_output *out = w->input->check->reports.out;
  if (cmd_turns_wait(turns, w->block.number) && !cmd_put_through(out, cmd_output_text(held))) {
    turns->over = true;
  }
  held->error = out->error;
}

static void end_block(worker *w) {
  if (!w->input->silent) {
    /* Now and not when there is more: a reader at the other end of a pipe need not wait. */
    cmd_flush(&w->reports);
    cmd_turns_pass(&w->input->turns);
  }
}

/* ---- lines ---- */

static void check_line(worker *w, uint64_t record, bdc_str line) {
  if (line.size == 1 && line.data[0] == '\r') {
    line.size = 0; /* an empty line, in a file with CRLF */
  }
  cmd_check_body(&w->check, w->input->name, record, line);
}

static void check_lines(worker *w) {
  const char *start = w->block.data;
  const char *end = start + w->block.size;
  uint64_t record = w->block.records;
  while (start < end && w->reports.error == 0) {
    const char *newline = memchr(start, '\n', (size_t)(end - start));
    const char *line_end = newline ? newline : end;
    check_line(w, ++record, (bdc_str){ start, (size_t)(line_end - start) });
    start = newline ? newline + 1 : end;
  }
}

/* A piece of a line. Beyond the limit of a body no byte changes the verdict, and the checker is spared them. */
static void feed(worker *w, size_t *fed) {
  if (*fed <= w->check.settings.limits.body_size) {
    (void)bdc_check_feed(w->check.checker, w->block.data, w->block.size);
    *fed += w->block.size;
  }
}

/* A line that is longer than a block. Where it cannot be read to its end, nothing is said of it. */
static void check_in_pieces(worker *w) {
  cmd_check *check = &w->check;
  size_t fed = 0;
  (void)bdc_check_begin(check->checker, check->operation, check->http_status);
  feed(w, &fed);
  while (w->block.open) {
    if (!cmd_blocks_go_on(&w->input->blocks, &w->block)) {
      return;
    }
    feed(w, &fed);
  }
  bdc_verdict verdict;
  (void)bdc_check_end(check->checker, &verdict);
  cmd_input input = { .name = w->input->name, .record = w->block.records + 1 };
  cmd_reports_add(&check->reports, &input, bdc_checker_report(check->checker));
}

static void check_block(worker *w) {
  w->check.reports.begun = w->input->begun || w->block.records > 0;
  if (w->block.open) {
    check_in_pieces(w);
  } else {
    check_lines(w);
  }
  end_block(w);
}

/* ---- threads ---- */

static void begin_worker(worker *w, lines *input) {
  const cmd_reports *reports = &input->check->reports;
  *w = (worker){ .input = input, .check = *input->check };
  w->check.reports = (cmd_reports){
    .format = reports->format, .out = &w->reports, .color = reports->color, .records = reports->records, .names = reports->names
  };
  w->reports = (cmd_output){ .fd = -1, .limit = HELD_BACK_MAX, .pass = pass_reports, .context = w };
}

static void end_worker(worker *w) {
  cmd_reports_merge(&w->input->check->reports, &w->check.reports);
  cmd_reports_free(&w->check.reports);
  cmd_output_free(&w->reports);
}

static bool take(worker *w) {
  w->block.data = w->check.buffer;
  return w->reports.error == 0 && cmd_blocks_take(&w->input->blocks, &w->block);
}

static void *help(void *context) {
  worker *w = context;
  while (take(w)) {
    check_block(w);
  }
  return NULL;
}

static void end_helper(worker *w) {
  end_worker(w);
  bdc_checker_free(w->check.checker);
  free(w->check.buffer);
  free(w);
}

/* Where no checker or no thread can be had for one more, those that there are do its work. */
static void start_helper(lines *input) {
  worker *w = cmd_resize(NULL, 1, sizeof(*w));
  begin_worker(w, input);
  w->check.checker = NULL;
  w->check.buffer = cmd_resize(NULL, CMD_BLOCK_SIZE, 1);
  if (bdc_checker_new(w->check.ruleset, &w->check.settings, &w->check.checker) != BDC_OK ||
      pthread_create(&w->thread, NULL, help, w) != 0) {
    end_helper(w);
    input->helpers_max = input->helper_count;
    return;
  }
  input->helpers = cmd_grow((void *)input->helpers, input->helper_count, &input->helper_capacity, sizeof(*input->helpers));
  input->helpers[input->helper_count++] = w;
}

static void end_helpers(lines *input) {
  for (size_t i = 0; i < input->helper_count; i++) {
    pthread_join(input->helpers[i]->thread, NULL);
    end_helper(input->helpers[i]);
  }
  free((void *)input->helpers);
}

static void check_input(lines *input) {
  worker w;
  begin_worker(&w, input);
  while (take(&w)) {
    if (w.block.many && input->helper_count < input->helpers_max) {
      start_helper(input);
    }
    check_block(&w);
  }
  end_helpers(input);
  end_worker(&w);
}

void cmd_check_lines(cmd_check *check, const char *path, int fd) {
  if (check->capacity < CMD_BLOCK_SIZE) {
    check->buffer = cmd_resize(check->buffer, CMD_BLOCK_SIZE, 1);
    check->capacity = CMD_BLOCK_SIZE;
  }
  lines input = { .check = check,
                  .name = cmd_str(path),
                  .silent = check->reports.format == &cmd_format_none,
                  .begun = check->reports.begun,
                  .helpers_max = check->jobs - 1 };
  cmd_turns_open(&input.turns);
  cmd_blocks_open(&input.blocks, fd, input.silent ? NULL : &input.turns);
  check_input(&input);
  if (input.blocks.error != 0) {
    cmd_check_unread(check, path, strerror(input.blocks.error));
  }
  cmd_blocks_close(&input.blocks);
  cmd_turns_close(&input.turns);
}
