/* SPDX-License-Identifier: MIT */
#include "report/outputs.h"

#include "report/formats.h"
#include "text.h"

#include <string.h>
#include <unistd.h>

/* "sarif=report.txt", "report.sarif"; "./a=b" is a file whose name has a "=". NULL where there is no such format, or no file. */
static const cmd_format *split(const char *text, const char **path) {
  const char *equals = strchr(text, '=');
  const char *slash = strchr(text, '/');
  bool named = equals && (!slash || equals < slash);
  *path = named ? equals + 1 : text;
  if ((*path)[0] == '\0' || strcmp(*path, "-") == 0) {
    return NULL;
  }
  return named ? cmd_format_find((bdc_str){ text, (size_t)(equals - text) }) : cmd_format_of_file(text);
}

static bool open_file(cmd_outputs *outputs, cmd_delivery *delivery, const char *text, const cmd_file_set *inputs, cmd_color color,
                      cmd_output *out) {
  cmd_file *file = &outputs->files[outputs->count];
  const cmd_format *format = split(text, &file->path);
  if (!format) {
    cmd_error(out, "check: --output takes FILE or FORMAT=FILE, not '%s'; standard output has --format", text);
    return false;
  }
  if (delivery->count == CMD_TARGETS_MAX - 1) { /* one is for notices */
    cmd_error(out, "check: --output is given too often, for '%s'", text);
    return false;
  }
  if (cmd_file_set_has(inputs, file->path)) {
    cmd_error(out, "check: --output: %s is a file to be checked", file->path);
    return false;
  }
  if (!cmd_output_create(&file->out, file->path)) {
    cmd_error(out, "check: --output: %s: %s", file->path, strerror(file->out.error));
    cmd_output_free(&file->out);
    return false;
  }
  outputs->count++;
  return cmd_delivery_target(delivery, format, &file->out, color == CMD_COLOR_ALWAYS ? color : CMD_COLOR_NEVER);
}

bool cmd_outputs_open(cmd_outputs *outputs, cmd_delivery *delivery, const cmd_format *format, cmd_output *out, cmd_color color,
                      const cmd_list *files, const cmd_file_set *inputs) {
  *outputs = (cmd_outputs){ .count = 0 };
  cmd_output_open(&outputs->notices, STDERR_FILENO);
  if (format) {
    cmd_delivery_target(delivery, format, out, cmd_color_decide(color, out));
  }
  for (size_t i = 0; i < files->count; i++) {
    if (!open_file(outputs, delivery, files->items[i], inputs, color, out)) {
      return false;
    }
  }
  return cmd_delivery_target(delivery, &cmd_format_notices, &outputs->notices, CMD_COLOR_NEVER);
}

static bool close_file(cmd_file *file, cmd_output *notices) {
  bool written = cmd_output_close(&file->out);
  if (!written) {
    cmd_error(notices, "%s: %s", file->path, strerror(file->out.error));
  }
  return written;
}

bool cmd_outputs_close(cmd_outputs *outputs) {
  bool written = true;
  for (size_t i = 0; i < outputs->count; i++) {
    written &= close_file(&outputs->files[i], &outputs->notices);
  }
  return written;
}

void cmd_outputs_free(cmd_outputs *outputs) {
  for (size_t i = 0; i < outputs->count; i++) {
    if (outputs->files[i].out.fd >= 0) {
      close(outputs->files[i].out.fd);
    }
    cmd_output_free(&outputs->files[i].out);
  }
  cmd_output_free(&outputs->notices);
}
