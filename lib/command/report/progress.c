/* SPDX-License-Identifier: MIT */
#include "report/progress.h"

#include "output.h"

#include <time.h>
#include <unistd.h>

enum { FIRST_MS = 1000, STEP_MS = 100 };

static int64_t now_ms(void) {
  struct timespec now;
  return clock_gettime(CLOCK_MONOTONIC, &now) == 0 ? (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000 : 0;
}

void cmd_progress_start(cmd_progress *progress, const char *unit, uint64_t total) {
  cmd_progress_clear(progress); /* that of what came before may still stand there */
  if (isatty(STDERR_FILENO)) {
    *progress = (cmd_progress){ .unit = unit, .total = total, .next_ms = now_ms() + FIRST_MS };
  }
}

/* Carriage return, and erase to the end of the line. */
static void put_erased(cmd_output *line) {
  cmd_puts(line, "\r\x1b[K");
}

static void write_line(cmd_output *line) {
  cmd_flush(line);
  cmd_output_free(line);
}

static void show(cmd_progress *progress) {
  cmd_output line;
  cmd_output_open(&line, STDERR_FILENO);
  put_erased(&line);
  cmd_put_number(&line, progress->done);
  if (progress->total > 0) {
    cmd_puts(&line, " of ");
    cmd_put_number(&line, progress->total);
  }
  cmd_puts(&line, " ");
  cmd_puts(&line, progress->unit);
  write_line(&line);
  progress->shown = true;
}

void cmd_progress_step(cmd_progress *progress, uint64_t count) {
  progress->done += count;
  if (progress->unit) {
    int64_t now = now_ms();
    if (now >= progress->next_ms) {
      show(progress);
      progress->next_ms = now + STEP_MS;
    }
  }
}

void cmd_progress_clear(cmd_progress *progress) {
  if (progress->shown) {
    cmd_output line;
    cmd_output_open(&line, STDERR_FILENO);
    put_erased(&line);
    write_line(&line);
    progress->shown = false;
  }
}
