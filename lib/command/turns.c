/* SPDX-License-Identifier: MIT */
#include "turns.h"

#include <sched.h>
#include <time.h>

/* How long who waits looks again and again before it sleeps. Where others want the core, one look may take longer than this. */
enum { LOOK_NS = 50 * 1000 };

static int64_t now_ns(void) {
  struct timespec now;
  return clock_gettime(CLOCK_MONOTONIC, &now) == 0 ? (int64_t)now.tv_sec * 1000000000 + now.tv_nsec : INT64_MAX;
}

void cmd_lock_open(cmd_lock *lock) {
  pthread_mutex_init(&lock->mutex, NULL);
  atomic_init(&lock->slow, false);
}

void cmd_lock_close(cmd_lock *lock) {
  pthread_mutex_destroy(&lock->mutex);
}

void cmd_lock_take(cmd_lock *lock) {
  for (int64_t end = now_ns() + LOOK_NS; !atomic_load(&lock->slow) && now_ns() < end;) {
    if (pthread_mutex_trylock(&lock->mutex) == 0) {
      return;
    }
    sched_yield(); /* to a thread that has something to do, where there are more of them than cores */
  }
  pthread_mutex_lock(&lock->mutex);
}

void cmd_lock_give(cmd_lock *lock) {
  pthread_mutex_unlock(&lock->mutex);
}

void cmd_turns_open(cmd_turns *turns) {
  *turns = (cmd_turns){ .current = 0 };
  pthread_mutex_init(&turns->lock, NULL);
  pthread_cond_init(&turns->passed, NULL);
}

void cmd_turns_close(cmd_turns *turns) {
  pthread_cond_destroy(&turns->passed);
  pthread_mutex_destroy(&turns->lock);
}

static bool has_come(cmd_turns *turns, uint64_t number) {
  pthread_mutex_lock(&turns->lock);
  bool come = turns->current == number;
  pthread_mutex_unlock(&turns->lock);
  return come;
}

bool cmd_turns_wait(cmd_turns *turns, uint64_t number) {
  for (int64_t end = now_ns() + LOOK_NS; !has_come(turns, number) && now_ns() < end;) {
    sched_yield();
  }
  pthread_mutex_lock(&turns->lock);
  while (turns->current != number) {
    pthread_cond_wait(&turns->passed, &turns->lock);
  }
  bool over = turns->over;
  pthread_mutex_unlock(&turns->lock);
  return !over;
}

static uint64_t *word_of(cmd_turns *turns, uint64_t number) {
  return &turns->done[number % CMD_TURNS_AHEAD / 64];
}

/* Moves on to the first number that has not passed. */
static void move_on(cmd_turns *turns) {
  uint64_t *word = word_of(turns, turns->current);
  while (*word >> turns->current % 64 & 1) {
    *word &= ~(UINT64_C(1) << turns->current % 64);
    word = word_of(turns, ++turns->current);
  }
  pthread_cond_broadcast(&turns->passed);
}

bool cmd_turns_pass(cmd_turns *turns, uint64_t number) {
  pthread_mutex_lock(&turns->lock);
  while (number - turns->current >= CMD_TURNS_AHEAD) {
    pthread_cond_wait(&turns->passed, &turns->lock);
  }
  *word_of(turns, number) |= UINT64_C(1) << number % 64;
  if (number == turns->current) {
    move_on(turns);
  }
  bool over = turns->over;
  pthread_mutex_unlock(&turns->lock);
  return !over;
}

void cmd_turns_end(cmd_turns *turns) {
  pthread_mutex_lock(&turns->lock);
  turns->over = true;
  pthread_mutex_unlock(&turns->lock);
}
