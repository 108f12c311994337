/* SPDX-License-Identifier: MIT */
/* The reader: the same answer in one piece as in pieces whose sizes the first byte decides; every chunk valid UTF-8. */
#include "base/utf8.h"
#include "json/reader.h"

#include "expect.h"

enum { DEPTH = 64 };

static bdc__json_event run(bdc__json_reader *reader) {
  for (;;) {
    bdc__json_event event = bdc__json_next(reader);
    if (event <= BDC__JSON_FAULT) {
      return event;
    }
    if (event == BDC__JSON_NAME || event == BDC__JSON_STRING) {
      expect(bdc__utf8_valid(reader->text));
    }
  }
}

static bdc__json_event read_in_pieces(bdc__json_reader *reader, unsigned char *containers, const uint8_t *data, size_t size,
                                      size_t step) {
  bdc__json_begin(reader, containers, DEPTH);
  for (size_t at = 0; at < size; at += step) {
    size_t piece = size - at < step ? size - at : step;
    bdc__json_feed(reader, data + at, piece, false);
    bdc__json_event event = run(reader);
    if (event != BDC__JSON_MORE) {
      return event;
    }
  }
  bdc__json_feed(reader, NULL, 0, true);
  return run(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0) {
    return 0;
  }
  unsigned char containers[BDC__JSON_CONTAINER_BYTES(DEPTH)];
  bdc__json_reader whole;
  bdc__json_reader pieces;
  bdc__json_event first = read_in_pieces(&whole, containers, data + 1, size - 1, size);
  bdc__json_event second = read_in_pieces(&pieces, containers, data + 1, size - 1, data[0] % 16 + 1u);
  expect(first == second && first != BDC__JSON_MORE);
  if (first == BDC__JSON_FAULT) {
    expect(whole.fault == pieces.fault && whole.fault_offset == pieces.fault_offset && whole.fault_offset <= size - 1);
  }
  return 0;
}
