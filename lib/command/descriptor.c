/* SPDX-License-Identifier: MIT */
#include "descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <unistd.h>

/* Whether to try again after a call that failed. A shell may have left the descriptor non-blocking. */
static bool again(int fd, short events) {
  if (errno == EINTR) {
    return true;
  }
  if (errno != EAGAIN && errno != EWOULDBLOCK) {
    return false;
  }
  struct pollfd waited = { .fd = fd, .events = events };
  return poll(&waited, 1, -1) >= 0 || errno == EINTR;
}

ssize_t cmd_read(int fd, void *buffer, size_t size) {
  ssize_t got;
  do {
    got = read(fd, buffer, size < INT_MAX ? size : INT_MAX);
  } while (got < 0 && again(fd, POLLIN));
  return got;
}

bool cmd_can_read(int fd) {
  struct pollfd asked = { .fd = fd, .events = POLLIN };
  return poll(&asked, 1, 0) != 0;
}

bool cmd_write(int fd, const void *data, size_t size) {
  const char *next = data;
  while (size > 0) {
    ssize_t put = write(fd, next, size < INT_MAX ? size : INT_MAX);
    if (put >= 0) {
      next += put;
      size -= (size_t)put;
    } else if (!again(fd, POLLOUT)) {
      return false;
    }
  }
  return true;
}

void cmd_reserve_standard(void) {
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
    if (fcntl(fd, F_GETFD) == -1 && errno == EBADF) {
      /* The lowest free descriptor is this one. Opened the wrong way round, so that its use fails as that of a closed one does. */
      (void)open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
  }
}
