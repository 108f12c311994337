/* SPDX-License-Identifier: MIT */
#include "read/mapped.h"

#include "memory.h"

#include <stdlib.h>

void cmd_mapped_clear(cmd_mapped *mapped) {
  mapped->text.size = 0;
  mapped->run_count = 0;
}

void cmd_mapped_free(cmd_mapped *mapped) {
  cmd_output_free(&mapped->text);
  free(mapped->runs);
  *mapped = CMD_MAPPED;
}

/* Whether what comes next continues the last run. */
static bool continues(const cmd_mapped *mapped, size_t file, bool whole) {
  if (mapped->run_count == 0) {
    return false;
  }
  const cmd_run *last = &mapped->runs[mapped->run_count - 1];
  return last->whole == whole && file == (whole ? last->file : last->file + (mapped->text.size - last->text));
}

static void put(cmd_mapped *mapped, bdc_str bytes, size_t file, bool whole) {
  if (bytes.size > 0 && !continues(mapped, file, whole)) {
    mapped->runs = cmd_grow(mapped->runs, mapped->run_count, &mapped->run_capacity, sizeof(*mapped->runs));
    mapped->runs[mapped->run_count++] = (cmd_run){ .text = mapped->text.size, .file = file, .whole = whole };
  }
  cmd_put(&mapped->text, bytes);
}

void cmd_mapped_copy(cmd_mapped *mapped, bdc_str bytes, size_t file) {
  put(mapped, bytes, file, false);
}

void cmd_mapped_stand(cmd_mapped *mapped, bdc_str bytes, size_t file) {
  put(mapped, bytes, file, true);
}

void cmd_mapped_cut(cmd_mapped *mapped, size_t size) {
  mapped->text.size = size;
  while (mapped->run_count > 0 && mapped->runs[mapped->run_count - 1].text >= size) {
    mapped->run_count--;
  }
}

cmd_piece cmd_mapped_end(cmd_mapped *mapped, size_t start, size_t file) {
  cmd_piece piece = { start, mapped->text.size - start };
  cmd_mapped_stand(mapped, BDC_STR("\n"), file);
  return piece;
}

bdc_str cmd_mapped_slice(const cmd_mapped *mapped, cmd_piece piece) {
  return mapped->text.data ? (bdc_str){ mapped->text.data + piece.start, piece.size } : (bdc_str){ NULL, 0 };
}

cmd_text_map cmd_mapped_map(const cmd_mapped *mapped) {
  return (cmd_text_map){ mapped->runs, mapped->run_count };
}
