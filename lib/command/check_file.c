/* SPDX-License-Identifier: MIT */
#include "check.h"
#include "descriptor.h"
#include "memory.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER_MIN = 64 * 1024 };

void cmd_check_body(cmd_check *check, bdc_str name, uint64_t record, bdc_str body) {
  bdc_check_body(check->checker, check->operation, check->http_status, body.data, body.size);
  cmd_input input = { .name = name, .record = record, .body = body };
  cmd_reports_add(&check->reports, &input, bdc_checker_report(check->checker));
}

void cmd_check_unread(cmd_check *check, const char *name, const char *reason) {
  check->reports.counts.unread++;
  cmd_error(check->reports.out, "%s: %s", strcmp(name, "-") == 0 ? "standard input" : name, reason);
}

static void make_room(cmd_check *check, size_t size) {
  if (check->capacity < size) {
    check->buffer = cmd_resize(check->buffer, size, 1);
    check->capacity = size;
  }
}

/* Reads to the end, or to the first byte that is too much: what follows it changes no verdict. */
static bool read_body(cmd_check *check, int fd, size_t expected, bdc_str *body) {
  size_t limit = check->settings.limits.body_size;
  size_t most = limit < SIZE_MAX ? limit + 1 : SIZE_MAX;
  /* One byte more than expected, so that the end is seen without growing. */
  make_room(check, expected >= most ? most : expected < BUFFER_MIN ? BUFFER_MIN : expected + 1);
  size_t size = 0;
  while (size < most) {
    if (size == check->capacity) {
      make_room(check, check->capacity > most / 2 ? most : check->capacity * 2);
    }
    size_t room = check->capacity < most ? check->capacity - size : most - size;
    ssize_t got = cmd_read(fd, check->buffer + size, room);
    if (got < 0) {
      return false;
    }
    if (got == 0) {
      break;
    }
    size += (size_t)got;
  }
  *body = (bdc_str){ check->buffer, size };
  return true;
}

static void check_descriptor(cmd_check *check, const char *path, int fd) {
  struct stat about;
  if (fstat(fd, &about) != 0) {
    cmd_check_unread(check, path, strerror(errno));
    return;
  }
  if (S_ISDIR(about.st_mode)) {
    cmd_check_unread(check, path, "is a directory");
    return;
  }
  if (check->reports.records) {
    cmd_check_lines(check, path, fd);
    return;
  }
  size_t expected = S_ISREG(about.st_mode) && about.st_size > 0 && (uintmax_t)about.st_size < SIZE_MAX ? (size_t)about.st_size : 0;
  bdc_str body;
  if (read_body(check, fd, expected, &body)) {
    cmd_check_body(check, cmd_str(path), 0, body);
  } else {
    cmd_check_unread(check, path, strerror(errno));
  }
}

void cmd_check_path(cmd_check *check, const char *path) {
  if (strcmp(path, "-") == 0) {
    check_descriptor(check, path, STDIN_FILENO);
    return;
  }
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) {
    cmd_check_unread(check, path, strerror(errno));
    return;
  }
  check_descriptor(check, path, fd);
  close(fd);
}
