/* SPDX-License-Identifier: MIT */
#include "output.h"

#include "descriptor.h"
#include "memory.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BUFFER_SIZE = 256 * 1024 };

void cmd_output_open(cmd_output *out, int fd) {
  *out = (cmd_output){ .fd = fd, .data = cmd_resize(NULL, BUFFER_SIZE, 1), .capacity = BUFFER_SIZE, .limit = BUFFER_SIZE };
}

void cmd_output_free(cmd_output *out) {
  free(out->data);
  *out = CMD_MEMORY;
}

bool cmd_output_create(cmd_output *out, const char *path) {
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0666);
  int error = errno;
  cmd_output_open(out, fd);
  out->error = fd < 0 ? error : 0;
  return fd >= 0;
}

bool cmd_output_close(cmd_output *out) {
  cmd_flush(out);
  if (out->fd >= 0 && close(out->fd) != 0 && out->error == 0) {
    out->error = errno;
  }
  out->fd = -1;
  return out->error == 0;
}

bool cmd_flush(cmd_output *out) {
  if (out->pass) {
    out->pass(out, out->context);
  } else if (out->fd < 0) {
    return true;
  } else if (out->error == 0 && !cmd_write(out->fd, out->data, out->size)) {
    out->error = errno;
  }
  out->size = 0;
  return out->error == 0;
}

bool cmd_put_through(cmd_output *out, bdc_str bytes) {
  if (cmd_flush(out) && !cmd_write(out->fd, bytes.data, bytes.size)) {
    out->error = errno;
  }
  return out->error == 0;
}

bdc_str cmd_output_text(const cmd_output *out) {
  return (bdc_str){ out->data, out->size };
}

static void make_room(cmd_output *out, size_t size) {
  /* One text that is larger than the limit may be held already. */
  if (out->size > out->limit || size > out->limit - out->size) {
    cmd_flush(out);
  }
  while (out->capacity - out->size < size) {
    out->data = cmd_grow(out->data, out->capacity, &out->capacity, 1);
  }
}

void cmd_put(cmd_output *out, bdc_str bytes) {
  if (bytes.size > out->capacity - out->size) {
    make_room(out, bytes.size);
  }
  if (bytes.size > 0) {
    memcpy(out->data + out->size, bytes.data, bytes.size);
    out->size += bytes.size;
  }
}

void cmd_puts(cmd_output *out, const char *text) {
  cmd_put(out, cmd_str(text));
}

void cmd_put_repeat(cmd_output *out, char byte, size_t count) {
  for (; count > 0; count--) {
    cmd_put(out, (bdc_str){ &byte, 1 });
  }
}

void cmd_put_number(cmd_output *out, uint64_t number) {
  char digits[20];
  size_t at = sizeof(digits);
  do {
    digits[--at] = (char)('0' + number % 10);
    number /= 10;
  } while (number > 0);
  cmd_put(out, (bdc_str){ digits + at, sizeof(digits) - at });
}

/* How long the start of `text` is that any output takes as it is. */
static size_t plain_run(bdc_str text) {
  size_t run = 0;
  while (run < text.size && text.data[run] >= 0x20 && text.data[run] < 0x7f && text.data[run] != '"' && text.data[run] != '\\') {
    run++;
  }
  return run;
}

static void put_text_escape(cmd_output *out, bdc_str bytes, uint32_t character) {
  char escape[16];
  if (character == CMD_INVALID || character < 0x80) {
    snprintf(escape, sizeof(escape), "\\x%02x", (unsigned)(unsigned char)bytes.data[0]);
  } else {
    snprintf(escape, sizeof(escape), "\\u{%x}", (unsigned)character);
  }
  cmd_puts(out, escape);
}

static void put_json_escape(cmd_output *out, bdc_str bytes, uint32_t character) {
  (void)bytes;
  char escape[16];
  if (character == CMD_INVALID) {
    snprintf(escape, sizeof(escape), "\xef\xbf\xbd");
  } else if (character == '"' || character == '\\') {
    snprintf(escape, sizeof(escape), "\\%c", (char)character);
  } else if (character < 0x10000) {
    snprintf(escape, sizeof(escape), "\\u%04x", (unsigned)character);
  } else {
    snprintf(escape, sizeof(escape), "\\u%04x\\u%04x", (unsigned)(0xd7c0 + (character >> 10)),
             (unsigned)(0xdc00 | (character & 0x3ff)));
  }
  cmd_puts(out, escape);
}

static void put_escaped(cmd_output *out, bdc_str text, const char *also,
                        void (*escape)(cmd_output *out, bdc_str bytes, uint32_t character)) {
  while (text.size > 0) {
    size_t run = plain_run(text);
    cmd_put(out, (bdc_str){ text.data, run });
    text = (bdc_str){ text.data + run, text.size - run };
    if (text.size == 0) {
      break;
    }
    uint32_t character;
    bdc_str bytes = { text.data, cmd_decode(text, &character) };
    bool quoted = character < 0x80 && character != 0 && strchr(also, (int)character);
    if (quoted || character == CMD_INVALID || cmd_is_unsafe(character)) {
      escape(out, bytes, character);
    } else {
      cmd_put(out, bytes);
    }
    text = (bdc_str){ text.data + bytes.size, text.size - bytes.size };
  }
}

void cmd_put_text(cmd_output *out, bdc_str text) {
  put_escaped(out, text, "", put_text_escape);
}

void cmd_put_json(cmd_output *out, bdc_str text) {
  cmd_puts(out, "\"");
  put_escaped(out, text, "\"\\", put_json_escape);
  cmd_puts(out, "\"");
}

void cmd_error(cmd_output *out, const char *format, ...) {
  cmd_flush(out);
  va_list arguments;
  va_start(arguments, format);
  va_list again;
  va_copy(again, arguments);
  int size = vsnprintf(NULL, 0, format, arguments);
  char *text = cmd_resize(NULL, size < 0 ? 1 : (size_t)size + 1, 1);
  vsnprintf(text, size < 0 ? 0 : (size_t)size + 1, format, again);
  va_end(again);
  va_end(arguments);
  cmd_output line = CMD_MEMORY;
  cmd_puts(&line, "bodycheck: ");
  cmd_put_text(&line, (bdc_str){ text, size < 0 ? 0 : (size_t)size });
  cmd_puts(&line, "\n");
  /* There is nowhere left to tell of a failure here. */
  (void)cmd_write(STDERR_FILENO, line.data, line.size);
  cmd_output_free(&line);
  free(text);
}
