/* SPDX-License-Identifier: MIT */
/*
 * Many files on several threads. Each thread takes some of them, checks them, and lets its results pass when those of all files before
 * have been written. This thread is one of them.
 */
#include "cores.h"
#include "memory.h"
#include "worker.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

/* Small enough that no thread is left alone with the last of them, and large enough that taking turns costs nothing. */
enum { BATCH_MIN = 16, BATCH_MAX = 128, BATCHES_PER_JOB = 32 };

typedef struct files {
  cmd_check *check;
  cmd_item *items;
  size_t count;
  size_t batch;       /* files of each */
  atomic_size_t next; /* batch */
  cmd_turns turns;
} files;

typedef struct helper {
  files *files;
  cmd_worker worker;
  pthread_t thread;
} helper;

static void check_batch(cmd_worker *worker, const files *all, size_t batch) {
  size_t end = (batch + 1) * all->batch < all->count ? (batch + 1) * all->batch : all->count;
  worker->reports.number = batch;
  for (size_t i = batch * all->batch; i < end && !worker->reports.over; i++) {
    cmd_worker_item(worker, &all->items[i]);
  }
  cmd_reports_pass(&worker->reports, end - batch * all->batch);
}

static void work(cmd_worker *worker, files *all) {
  size_t batch;
  while (!worker->reports.over && (batch = atomic_fetch_add(&all->next, 1)) * all->batch < all->count) {
    check_batch(worker, all, batch);
  }
}

static void *help(void *context) {
  helper *h = context;
  work(&h->worker, h->files);
  return NULL;
}

/* As many as there are jobs, and batches for. Where a thread cannot be had, those that there are do its work. */
static size_t start_helpers(files *all, helper *helpers, size_t count) {
  for (size_t i = 0; i < count; i++) {
    helpers[i].files = all;
    cmd_worker_open(&helpers[i].worker, all->check, &all->turns);
    if (pthread_create(&helpers[i].thread, NULL, help, &helpers[i]) != 0) {
      cmd_worker_close(&helpers[i].worker, all->check);
      return i;
    }
  }
  return count;
}

static void check_files(files *all) {
  size_t batches = (all->count + all->batch - 1) / all->batch;
  size_t wanted = (all->check->jobs < batches ? all->check->jobs : batches) - 1;
  helper *helpers = cmd_resize(NULL, wanted + 1, sizeof(*helpers));
  size_t started = start_helpers(all, helpers, wanted);
  cmd_worker *own = &helpers[wanted].worker;
  cmd_worker_open(own, all->check, &all->turns);
  work(own, all);
  for (size_t i = 0; i < started; i++) {
    pthread_join(helpers[i].thread, NULL);
    cmd_worker_close(&helpers[i].worker, all->check);
  }
  cmd_worker_close(own, all->check);
  free(helpers);
}

/* Items up to the next one of lines, which is a matter for all threads together. */
static size_t run_of_files(const cmd_item *items, size_t count) {
  size_t run = 0;
  while (run < count && items[run].kind != CMD_ITEM_LINES) {
    run++;
  }
  return run;
}

static size_t batch_of(size_t count, size_t jobs) {
  size_t batch = count / (jobs * BATCHES_PER_JOB);
  return batch < BATCH_MIN ? BATCH_MIN : batch > BATCH_MAX ? BATCH_MAX : batch;
}

static void check_run(cmd_check *check, cmd_item *items, size_t count) {
  files all = { .check = check, .items = items, .count = count, .batch = batch_of(count, check->jobs) };
  atomic_init(&all.next, 0);
  cmd_progress_start(&check->delivery.progress, "files", count);
  cmd_turns_open(&all.turns);
  check_files(&all);
  cmd_turns_close(&all.turns);
}

void cmd_check_items(cmd_check *check, cmd_item *items, size_t count) {
  /* Where results can no longer be written, nothing is left to do. */
  for (size_t i = 0; i < count && !cmd_delivery_is_over(&check->delivery);) {
    size_t run = run_of_files(items + i, count - i);
    if (run > 0) {
      check_run(check, items + i, run);
      i += run;
    } else {
      cmd_check_lines(check, &items[i++]);
    }
  }
}
