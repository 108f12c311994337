/* SPDX-License-Identifier: MIT */
/* How threads wait for each other. */
#ifndef BDC_COMMAND_TURNS_H
#define BDC_COMMAND_TURNS_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * A lock that is held for microseconds as a rule, so that who wants it looks again and again before it sleeps: to be woken up takes
 * longer than to read or to check a block, and two threads that sleep for each other are no faster than one.
 */
typedef struct cmd_lock {
  pthread_mutex_t mutex;
  atomic_bool slow; /* it is held for longer: others had better sleep; for the one that holds it */
} cmd_lock;

void cmd_lock_open(cmd_lock *lock);
void cmd_lock_close(cmd_lock *lock);
void cmd_lock_take(cmd_lock *lock);
void cmd_lock_give(cmd_lock *lock);

/* Threads do numbered pieces of work side by side, and tell what came of them one after the other, in order of the numbers. */
enum { CMD_TURNS_AHEAD = 1024 };

typedef struct cmd_turns {
  pthread_mutex_t lock;
  pthread_cond_t passed;
  uint64_t current;
  uint64_t done[CMD_TURNS_AHEAD / 64]; /* bits of the numbers from `current` on that have nothing to tell */
  bool over;                           /* nobody wants to be told anything more */
} cmd_turns;

void cmd_turns_open(cmd_turns *turns);
void cmd_turns_close(cmd_turns *turns);

/* Waits for the turn of a number; false where it is over by then. The turn lasts until cmd_turns_pass. */
bool cmd_turns_wait(cmd_turns *turns, uint64_t number);

/*
 * Says that a number has told what there was to tell: the next one has its turn. Where there was nothing, its turn need not have come. False
 * where nobody wants to be told anything more.
 */
bool cmd_turns_pass(cmd_turns *turns, uint64_t number);

/* Nobody wants to be told anything more. For the one whose turn it is. */
void cmd_turns_end(cmd_turns *turns);

#endif
