/* SPDX-License-Identifier: MIT */
#include "turns.h"

#include <sched.h>

enum { LOOKS_BEFORE_SLEEP = 200 };

void cmd_lock_open(cmd_lock *lock) {
  pthread_mutex_init(&lock->mutex, NULL);
  atomic_init(&lock->slow, false);
}

void cmd_lock_close(cmd_lock *lock) {
  pthread_mutex_destroy(&lock->mutex);
}

void cmd_lock_take(cmd_lock *lock) {
  for (int i = 0; i < LOOKS_BEFORE_SLEEP && !atomic_load(&lock->slow); i++) {
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
  for (int i = 0; i < LOOKS_BEFORE_SLEEP && !has_come(turns, number); i++) {
    sched_yield();
  }
  pthread_mutex_lock(&turns->lock);
  while (turns->current != number) {
    pthread_cond_wait(&turns->passed, &turns->lock);
  }
  pthread_mutex_unlock(&turns->lock);
  return !turns->over;
}

void cmd_turns_pass(cmd_turns *turns) {
  pthread_mutex_lock(&turns->lock);
  turns->current++;
  pthread_cond_broadcast(&turns->passed);
  pthread_mutex_unlock(&turns->lock);
}
