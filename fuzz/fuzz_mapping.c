/* SPDX-License-Identifier: MIT */
/*
 * A `.bodycheck` file and a path: the first line is the path and, behind a tab, a pointer; the rest is the file. Whatever was read of
 * it must be sound, and what is written of its expectations must be read back as the same.
 */
#include "find/mapping.h"

#include "expect.h"
#include "head.h"

typedef struct told {
  bdc_str text;
  size_t line;
} told;

/* Mistakes come in order of lines and lie within them. */
static void take_mistake(bdc_str file, size_t line, size_t column, bdc_str message, void *context) {
  told *last = context;
  expect(file.size == 1 && message.size > 0 && line >= 1 && line >= last->line);
  expect(column >= 1 && column <= last->text.size + 1);
  last->line = line;
}

static void expect_inside(bdc_str part, bdc_str whole) {
  expect(part.size == 0 || (part.data >= whole.data && part.data + part.size <= whole.data + whole.size));
}

static void expect_read_back(const cmd_expect *expected) {
  cmd_output text = CMD_MEMORY;
  cmd_output mistake = CMD_MEMORY;
  cmd_expect_put(expected, &text);
  cmd_words words = { 0 };
  cmd_expect again;
  size_t at = 0;
  char room[4096];
  char *rest = room;
  expect(text.size > sizeof(room) || (cmd_words_split(&words, cmd_output_text(&text), &rest) &&
                                      cmd_expect_read(&words, &at, &again, &mistake) && cmd_expect_equal(expected, &again)));
  cmd_words_free(&words);
  cmd_output_free(&text);
  cmd_output_free(&mistake);
}

static void expect_sound(const cmd_mapfile *file) {
  size_t line = 0;
  for (size_t i = 0; i < file->mapping_count; i++) {
    const cmd_mapping *mapping = &file->mappings[i];
    expect(mapping->line > line && mapping->in == file);
    line = mapping->line;
    expect((mapping->kind == CMD_MAP_OPERATION) == (mapping->operation.size > 0));
    expect(mapping->status == 0 || (mapping->status >= 100 && mapping->status <= 599));
    expect_inside(mapping->text, file->text);
    expect_read_back(&mapping->expect);
  }
  for (size_t i = 0; i < file->silencer_count; i++) {
    expect(file->silencers[i].rules != 0 && file->silencers[i].reason.size > 0);
  }
}

static void ask(const cmd_mapfile *file, bdc_str path, bdc_str pointer) {
  const cmd_mapping *found = cmd_mapfile_find(file, path);
  expect(!found || cmd_glob_match(&found->glob, path, false));
  cmd_mapfile_ask(file, path);
  for (unsigned in = 0; in <= BDC_IN_STATUS; in++) {
    cmd_found finding = { .in = (bdc_place)in, .field = pointer, .pointer = pointer, .rule = BDC_RULE_TYPE };
    const cmd_silencer *silencer = cmd_mapfile_silence(file, path, &finding);
    expect(!silencer || (atomic_load(&silencer->used) && cmd_glob_match(&silencer->glob, path, false)));
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  bdc_str rest = { (const char *)data, size };
  bdc_str pointer = take(&rest, '\n');
  bdc_str path = take(&pointer, '\t');
  told last = { .text = rest };
  cmd_mistakes mistakes = { take_mistake, &last };
  cmd_mapfile file = { .name = BDC_STR("F"), .text = rest };
  cmd_mapfile_parse(&file, BDC_STR("base"), &mistakes);
  expect_sound(&file);
  ask(&file, path, pointer);
  cmd_mapfile_free(&file);
  return 0;
}
