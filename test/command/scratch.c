/* SPDX-License-Identifier: MIT */
#include "command/scratch.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void expect_done(bool done, const char *path) {
  if (!done) {
    fail_msg("%s: %s", path, strerror(errno));
  }
}

static void make_all(char *path) {
  for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    expect_done(mkdir(path, 0777) == 0 || errno == EEXIST, path);
    *slash = '/';
  }
  expect_done(mkdir(path, 0777) == 0 || errno == EEXIST, path);
}

void scratch_open(scratch *work, const char *base) {
  *work = (scratch){ 0 };
  blob path = { 0 };
  blob_print(&path, "%s/%ld", base, (long)getpid());
  make_all(path.data);
  expect_done(chdir(path.data) == 0, path.data);
  char real[4096];
  expect_done(getcwd(real, sizeof(real)) != NULL, path.data);
  blob_print(&work->folder, "%s", real);
  blob_free(&path);
}

void scratch_note(scratch *work, const char *path) {
  blob_add(&work->entries, path, strlen(path) + 1);
}

void scratch_folder(scratch *work, const char *path) {
  expect_done(mkdir(path, 0777) == 0, path);
  scratch_note(work, path);
}

void scratch_write(scratch *work, const char *path, bdc_str text) {
  FILE *file = fopen(path, "wb");
  expect_done(file && fwrite(text.data, 1, text.size, file) == text.size && fclose(file) == 0, path);
  scratch_note(work, path);
}

void scratch_link(scratch *work, const char *path, const char *target) {
  expect_done(symlink(target, path) == 0, path);
  scratch_note(work, path);
}

void scratch_close(scratch *work) {
  while (work->entries.size > 0) {
    size_t begin = work->entries.size - 1;
    while (begin > 0 && work->entries.data[begin - 1] != '\0') {
      begin--;
    }
    (void)remove(work->entries.data + begin); /* what was written twice is gone already */
    work->entries.size = begin;
  }
  expect_done(chdir("/") == 0 && rmdir(work->folder.data) == 0, work->folder.data);
  blob_free(&work->folder);
  blob_free(&work->entries);
}
