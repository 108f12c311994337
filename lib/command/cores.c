/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* sched_getaffinity: it knows of taskset and of containers, which POSIX does not */
#include "cores.h"

#include <sched.h>
#include <unistd.h>

size_t cmd_cores(void) {
  long count = 0;
#ifdef CPU_COUNT
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof(allowed), &allowed) == 0) {
    count = CPU_COUNT(&allowed);
  }
#endif
#ifdef _SC_NPROCESSORS_ONLN
  if (count < 1) {
    count = sysconf(_SC_NPROCESSORS_ONLN); /* also where there are more cores than a cpu_set_t holds */
  }
#endif
  return count > 0 ? (size_t)count : 1;
}
