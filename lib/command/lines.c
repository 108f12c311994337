/* SPDX-License-Identifier: MIT */
/*
 * One body a line, in constant memory. A line that lies whole in the buffer is checked where it lies; one that outgrows the buffer is
 * fed to the checker piece by piece.
 */
#include "check.h"
#include "descriptor.h"
#include "memory.h"
#include "text.h"

#include <errno.h>
#include <string.h>

enum { LINES_BUFFER_SIZE = 256 * 1024 };

typedef struct reader {
  cmd_check *check;
  bdc_str name;
  int fd;
  size_t start;    /* of the line that is being read */
  size_t searched; /* no line ends before here */
  size_t end;      /* of what has been read */
  uint64_t record;
  bool in_pieces; /* the line has begun before the buffer */
  size_t fed;     /* bytes of it */
} reader;

static void check_whole(reader *r, size_t line_end) {
  bdc_str line = { r->check->buffer + r->start, line_end - r->start };
  if (line.size == 1 && line.data[0] == '\r') {
    line.size = 0; /* an empty line, in a file with CRLF */
  }
  cmd_check_body(r->check, r->name, r->record, line);
}

/* Beyond the limit no byte changes the verdict, and the checker is spared them. */
static void feed(reader *r, size_t piece_end) {
  if (r->fed <= r->check->body_max) {
    (void)bdc_check_feed(r->check->checker, r->check->buffer + r->start, piece_end - r->start);
    r->fed += piece_end - r->start;
  }
}

static void begin_pieces(reader *r) {
  if (!r->in_pieces) {
    (void)bdc_check_begin(r->check->checker, r->check->operation, r->check->http_status);
    r->in_pieces = true;
    r->fed = 0;
  }
}

static void end_pieces(reader *r) {
  bdc_verdict verdict;
  (void)bdc_check_end(r->check->checker, &verdict);
  cmd_input input = { .name = r->name, .record = r->record };
  cmd_reports_add(&r->check->reports, &input, bdc_checker_report(r->check->checker));
  r->in_pieces = false;
}

static void end_line(reader *r, size_t line_end) {
  r->record++;
  if (r->in_pieces) {
    feed(r, line_end);
    end_pieces(r);
  } else {
    check_whole(r, line_end);
  }
}

static void check_complete_lines(reader *r) {
  const char *buffer = r->check->buffer;
  const char *newline;
  while (r->searched < r->end && r->check->reports.out->error == 0 &&
         (newline = memchr(buffer + r->searched, '\n', r->end - r->searched)) != NULL) {
    size_t line_end = (size_t)(newline - buffer);
    end_line(r, line_end);
    r->start = line_end + 1;
    r->searched = r->start;
  }
  r->searched = r->end;
}

/* Where the buffer is full: moves the line's start to its front, or, where there is nothing before it, takes the line in pieces. */
static void make_room(reader *r) {
  if (r->start == r->end) {
    r->start = r->end = 0;
  } else if (r->end == LINES_BUFFER_SIZE && r->start > 0) {
    memmove(r->check->buffer, r->check->buffer + r->start, r->end - r->start);
    r->end -= r->start;
    r->start = 0;
  } else if (r->end == LINES_BUFFER_SIZE) {
    begin_pieces(r);
    feed(r, r->end);
    r->end = 0;
  }
  r->searched = r->end;
}

void cmd_check_lines(cmd_check *check, const char *path, int fd) {
  if (check->capacity < LINES_BUFFER_SIZE) {
    check->buffer = cmd_resize(check->buffer, LINES_BUFFER_SIZE, 1);
    check->capacity = LINES_BUFFER_SIZE;
  }
  reader r = { .check = check, .name = cmd_str(path), .fd = fd };
  ssize_t got;
  while (check->reports.out->error == 0 && (got = cmd_read(fd, check->buffer + r.end, LINES_BUFFER_SIZE - r.end)) != 0) {
    if (got < 0) {
      cmd_check_unread(check, path, strerror(errno));
      return;
    }
    r.end += (size_t)got;
    check_complete_lines(&r);
    make_room(&r);
    /* A reader at the other end of a pipe need not wait for the buffer to fill. */
    cmd_flush(check->reports.out);
  }
  if (r.start < r.end || r.in_pieces) {
    end_line(&r, r.end);
  }
}
