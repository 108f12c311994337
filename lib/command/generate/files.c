/* SPDX-License-Identifier: MIT */
/* For realpath, which not every POSIX system must have. */
#define _XOPEN_SOURCE 700

/* A file for each body, and a `.bodycheck` that says what each is expected to be: `bodycheck check` of the folder passes. */
#include "generate/writer.h"

#include "find/expect.h"
#include "text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool refuse(const cmd_generation *run, const char *path, const char *reason) {
  cmd_error(run->notices, "generate: --output: %s: %s", path, reason);
  return false;
}

static bool is_empty(const char *folder) {
  DIR *opened = opendir(folder);
  bool empty = opened != NULL;
  for (const struct dirent *entry = empty ? readdir(opened) : NULL; entry && empty; entry = readdir(opened)) {
    empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
  }
  if (opened) {
    closedir(opened);
  }
  return empty;
}

/* Writes a file of the folder that is not there yet. */
static bool write_file(const cmd_generation *run, const char *name, bdc_str bytes) {
  cmd_output path = CMD_MEMORY;
  cmd_puts(&path, run->folder);
  cmd_puts(&path, "/");
  cmd_put(&path, (bdc_str){ name, strlen(name) + 1 });
  int fd = open(path.data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0666);
  cmd_output file = { .fd = fd };
  bool written = fd >= 0 && cmd_put_through(&file, bytes);
  int error = fd < 0 ? errno : file.error;
  if (fd >= 0 && close(fd) != 0 && written) {
    error = errno;
    written = false;
  }
  written = written || refuse(run, path.data, strerror(error));
  cmd_output_free(&path);
  return written;
}

/* The rule file that its lines name: only one can be, by its real path. */
static void put_rules(const cmd_generation *run, cmd_output *map) {
  char *path = run->rules->count == 1 ? realpath(run->rules->items[0], NULL) : NULL;
  if (path) {
    cmd_puts(map, " rules ");
    cmd_word_put(cmd_str(path), map);
    free(path);
  }
}

static bool begin(cmd_generation *run) {
  if (mkdir(run->folder, 0777) != 0 && errno != EEXIST) {
    return refuse(run, run->folder, strerror(errno));
  }
  if (!is_empty(run->folder)) {
    return refuse(run, run->folder, "expected an empty folder, or none");
  }
  cmd_puts(run->out, "# Made by bodycheck generate.\n");
  return true;
}

/* "00001-name-length.min-2-characters.json": what is neither a letter nor a digit gives way to a hyphen, of which none follow one another. */
static void put_name(const bdc_case *made, char *name, size_t size) {
  enum { SHOWN = 60 };
  int at = snprintf(name, size, "%05llu-", (unsigned long long)made->number);
  size_t end = (size_t)at;
  for (size_t i = 0; i < made->label.size && i < SHOWN; i++) {
    char c = made->label.data[i];
    bool kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    if (kept || name[end - 1] != '-') {
      name[end++] = (char)(kept ? c : '-');
    }
  }
  end -= name[end - 1] == '-';
  snprintf(name + end, size - end, ".json");
}

static void put_line(const cmd_generation *run, const bdc_case *made, const char *name) {
  cmd_output *map = run->out;
  cmd_word_put(cmd_str(name), map);
  cmd_puts(map, "  ");
  cmd_put(map, run->info.full_name);
  cmd_puts(map, made->http_status ? "  response " : "  request");
  if (made->http_status) {
    cmd_put_number(map, (uint64_t)made->http_status);
  }
  cmd_expect expect = { .given = true, .valid = made->verdict == BDC_VALID };
  if (!expect.valid) {
    expect.code = made->error_code;
    expect.rules = UINT32_C(1) << made->rule;
  }
  cmd_puts(map, "  expect ");
  cmd_expect_put(&expect, map);
  put_rules(run, map);
  cmd_puts(map, "\n");
}

static bool put(cmd_generation *run, const bdc_case *made) {
  enum { NAME_SIZE = 128 };
  char name[NAME_SIZE];
  put_name(made, name, sizeof(name));
  put_line(run, made, name);
  return write_file(run, name, made->body);
}

static bool end(cmd_generation *run, bool whole) {
  if (!whole) {
    return true;
  }
  if (run->rules->count > 1) {
    cmd_error(run->notices, "generate: %s is to be checked with the same --rules", run->folder);
  }
  return write_file(run, ".bodycheck", cmd_output_text(run->out));
}

const cmd_case_writer cmd_case_writer_files = { .begin = begin, .put = put, .end = end };
