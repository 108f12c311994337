/* SPDX-License-Identifier: MIT */
/*
 * Instructions counted by stepping through a child process, one by one: slow, but it runs whatever the processor runs, AVX-512 too,
 * which callgrind does not know.
 */
#include "bench.h"

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

/* Stops twice, with the passes in between. */
static _Noreturn void be_stepped(const bench_contestant *contestant, const bench_set *set, size_t passes) {
  bench_warm_up(contestant, set);
  if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0) {
    _exit(1);
  }
  (void)raise(SIGSTOP);
  (void)bench_pass(contestant, set, passes);
  (void)raise(SIGSTOP);
  _exit(0);
}

static bool stopped_by(pid_t child, int signal) {
  int status;
  return waitpid(child, &status, 0) == child && WIFSTOPPED(status) && WSTOPSIG(status) == signal;
}

/* Steps from the first stop to the second. */
static size_t steps_of(const bench_contestant *contestant, const bench_set *set, size_t passes) {
  size_t steps = 0;
  pid_t child = fork();
  if (child == 0) {
    be_stepped(contestant, set, passes);
  }
  if (child < 0 || !stopped_by(child, SIGSTOP)) {
    bench_fail("no process to step through");
  }
  do {
    steps++;
    if (ptrace(PTRACE_SINGLESTEP, child, NULL, NULL) != 0) {
      bench_fail("this system does not let processes be stepped through");
    }
  } while (stopped_by(child, SIGTRAP));
  (void)kill(child, SIGKILL);
  (void)waitpid(child, NULL, 0);
  return steps;
}

double bench_steps(const bench_contestant *contestant, const bench_set *set) {
  size_t without = steps_of(contestant, set, 0);
  return (double)(steps_of(contestant, set, 1) - without) / (double)set->count;
}
