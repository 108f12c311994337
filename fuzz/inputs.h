/* SPDX-License-Identifier: MIT */
/*
 * What holds of all that a reader of files with HTTP messages gives: it lies in the message's text, and the map leads from there into the
 * file, to the same bytes where it says so.
 */
#ifndef BDC_FUZZ_INPUTS_H
#define BDC_FUZZ_INPUTS_H

#include "read/message.h"

#include "expect.h"

typedef struct inputs {
  bdc_str file;
  size_t entry; /* the last one */
  bool asked;   /* a request was given */
  size_t given; /* messages and mistakes */
} inputs;

static inline void expect_inside(bdc_str slice, bdc_str text) {
  expect(slice.size == 0 || (slice.data >= text.data && slice.size <= text.size - (size_t)(slice.data - text.data)));
}

static inline void expect_run(const cmd_message *message, size_t index, bdc_str file) {
  const cmd_run *run = &message->map.runs[index];
  size_t end = index + 1 < message->map.count ? run[1].text : message->text.size;
  expect(run->text < end && end <= message->text.size && run->file <= file.size);
  expect(cmd_text_map_find(&message->map, run->text) == run->file);
  if (run->whole) {
    expect(cmd_text_map_find(&message->map, end - 1) == run->file);
    return;
  }
  size_t size = end - run->text;
  expect(size <= file.size - run->file);
  expect(cmd_text_map_find(&message->map, end - 1) == run->file + size - 1);
  expect(memcmp(message->text.data + run->text, file.data + run->file, size) == 0);
}

static inline void expect_map(const cmd_message *message, bdc_str file) {
  expect(message->map.count > 0 && message->map.runs[0].text == 0);
  for (size_t i = 0; i < message->map.count; i++) {
    expect_run(message, i, file);
  }
  expect(cmd_text_map_find(&message->map, message->text.size) <= file.size);
}

static inline void expect_slices(const cmd_message *message) {
  bdc_str text = message->text;
  expect_inside(message->method, text);
  expect_inside(message->target, text);
  expect_inside(message->host, text);
  expect_inside(message->body, text);
  expect_inside(message->body_file, text);
  for (size_t i = 0; i < message->header_count; i++) {
    expect_inside(message->headers[i].name, text);
    expect_inside(message->headers[i].value, text);
    expect(message->headers[i].value.data != NULL);
  }
}

static inline void take_message(const cmd_message *message, void *context) {
  inputs *all = context;
  expect_map(message, all->file);
  expect_slices(message);
  expect(message->place <= all->file.size);
  expect(message->entry >= all->entry);
  expect(message->response ? message->status >= 100 && message->status <= 999 : message->status == 0 && !message->answers);
  expect(!message->answers || all->asked);
  expect(message->has_body == (message->body.size > 0) && !(message->has_body && message->body_unknown));
  expect(message->body_file.size == 0 || message->body_unknown);
  all->entry = message->entry;
  all->asked = all->asked || !message->response;
  all->given++;
}

static inline void take_mistake(const cmd_mistake *mistake, void *context) {
  inputs *all = context;
  expect(mistake->offset <= all->file.size && mistake->rule && mistake->text.size > 0 && mistake->text.size < 256);
  all->given++;
}

typedef void inputs_reader(bdc_str file, const cmd_sink *sink);

/* Reads a file; gives the number of messages and mistakes in it. */
static inline size_t read_inputs(inputs_reader *read, bdc_str file) {
  inputs all = { .file = file };
  cmd_sink sink = { .message = take_message, .mistake = take_mistake, .context = &all };
  read(file, &sink);
  return all.given;
}

#endif
