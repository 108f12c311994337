/* SPDX-License-Identifier: MIT */
#include "find/content.h"

#include "descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int read_all(int fd, cmd_output *text) {
  char piece[4096];
  for (;;) {
    ssize_t got = cmd_read(fd, piece, sizeof(piece));
    if (got <= 0) {
      return got < 0 ? errno : 0;
    }
    cmd_put(text, (bdc_str){ piece, (size_t)got });
  }
}

int cmd_content_read(int folder, const char *path, int flags, cmd_output *text) {
  /* Without O_NONBLOCK a pipe would be waited for. */
  int fd = openat(folder, path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | flags);
  if (fd < 0) {
    return errno;
  }
  struct stat about;
  int error = fstat(fd, &about) != 0 ? errno : S_ISREG(about.st_mode) ? 0 : CMD_NOT_REGULAR;
  if (error == 0) {
    error = read_all(fd, text);
  }
  close(fd);
  return error;
}

const char *cmd_content_reason(int error) {
  return error == CMD_NOT_REGULAR ? "is no regular file" : strerror(error);
}
