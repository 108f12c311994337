/* SPDX-License-Identifier: MIT */
#include "descriptor.h"
#include "memory.h"
#include "messages.h"
#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { BUFFER_MIN = 64 * 1024 };

int cmd_item_open(const cmd_item *item) {
  return strcmp(item->path, "-") == 0 ? STDIN_FILENO : open(item->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
}

void cmd_item_close(const cmd_item *item, int fd) {
  if (strcmp(item->path, "-") != 0) {
    close(fd);
  }
}

static void make_room(cmd_worker *worker, size_t size) {
  if (worker->capacity < size) {
    worker->buffer = cmd_resize(worker->buffer, size, 1);
    worker->capacity = size;
  }
}

/* Reads to the end, or until it is `most` bytes; false where reading fails, with errno. */
static bool read_all(cmd_worker *worker, int fd, size_t most, bdc_str *text) {
  make_room(worker, BUFFER_MIN);
  size_t size = 0;
  while (size < most) {
    if (size == worker->capacity) {
      make_room(worker, worker->capacity > most / 2 ? most : worker->capacity * 2);
    }
    size_t room = worker->capacity < most ? worker->capacity - size : most - size;
    ssize_t got = cmd_read(fd, worker->buffer + size, room);
    if (got < 0) {
      return false;
    }
    if (got == 0) {
      break;
    }
    size += (size_t)got;
  }
  *text = (bdc_str){ worker->buffer, size };
  return true;
}

/* Of one body, the first byte that is too much is the last that is read: what follows it changes no verdict. */
static size_t most_of(const cmd_worker *worker, const cmd_item *item) {
  size_t limit = worker->check->settings.limits.body_size;
  return item->kind == CMD_ITEM_BODY && limit < SIZE_MAX ? limit + 1 : SIZE_MAX;
}

static void check_text(cmd_worker *worker, cmd_item *item, bdc_str text) {
  cmd_worker_begin(worker);
  if (item->kind == CMD_ITEM_BODY) {
    cmd_worker_body(worker, item, 0, text);
  } else {
    cmd_worker_messages(worker, item, text);
  }
  cmd_worker_end(worker, item);
}

static void check_descriptor(cmd_worker *worker, cmd_item *item, int fd) {
  bdc_str text;
  if (!read_all(worker, fd, most_of(worker, item), &text)) {
    cmd_worker_unread(worker, item, errno == EISDIR ? "is a directory" : strerror(errno));
  } else if (!cmd_worker_checker(worker, item)) {
    cmd_worker_unread(worker, item, bdc_status_text(BDC_ERR_MEMORY));
  } else {
    check_text(worker, item, text);
  }
}

void cmd_worker_item(cmd_worker *worker, cmd_item *item) {
  if (item->kind == CMD_ITEM_NOTE) {
    cmd_worker_say(worker, item, &item->note, item->note.rule == CMD_OWN_UNREAD || item->note.rule == CMD_OWN_MAPPING);
    return;
  }
  int fd = cmd_item_open(item);
  if (fd < 0) {
    cmd_worker_unread(worker, item, strerror(errno));
    return;
  }
  check_descriptor(worker, item, fd);
  cmd_item_close(item, fd);
}
