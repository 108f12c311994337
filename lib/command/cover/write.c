/* SPDX-License-Identifier: MIT */
#include "cover/write.h"

#include "text.h"

#include <string.h>

static bool ends_with(const char *path, const char *suffix) {
  return cmd_ends_with(cmd_str(path), cmd_str(suffix));
}

static void put(const cmd_coverage *coverage, const char *path, cmd_output *out) {
  if (ends_with(path, ".html") || ends_with(path, ".htm")) {
    cmd_coverage_put_html(coverage, out);
  } else if (ends_with(path, ".json")) {
    cmd_coverage_put_json(coverage, out);
  } else {
    cmd_coverage_put_text(coverage, out, CMD_COLOR_NEVER);
  }
}

bool cmd_coverage_write(const cmd_coverage *coverage, const char *path, cmd_output *out) {
  cmd_output file;
  bool written = cmd_output_create(&file, path);
  if (written) {
    put(coverage, path, &file);
    written = cmd_output_close(&file);
  }
  if (!written) {
    cmd_error(out, "check: --coverage-file: %s: %s", path, strerror(file.error));
  }
  cmd_output_free(&file);
  return written;
}
