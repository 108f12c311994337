/* SPDX-License-Identifier: MIT */
/*
 * The reader of JSON, given any text in any number of pieces of up to LARGEST bytes each, with a limit of DEPTH open arrays and
 * objects. The analysis follows the loop until nothing new can come of it, so texts have no largest size. Pieces end where the buffer
 * does, so that each byte read behind them is found.
 *
 * Assumed: reader and containers are zeroed at first, as a checker's are, and no piece is empty but one that ends the text.
 */
#include "any.h"

#include "json/reader.h"

enum { LARGEST = 8, DEPTH = 3 };

static void feed(bdc__json_reader *reader) {
  static unsigned char buffer[LARGEST];
  for (size_t i = 0; i < LARGEST; i++) {
    buffer[i] = any_byte;
  }
  size_t start = any_size % LARGEST;
  /*@ split start; */
  bdc__json_feed(reader, buffer + start, LARGEST - start, any_choice());
}

static bool goes_on(bdc__json_event event) {
  return event != BDC__JSON_END && event != BDC__JSON_FAULT;
}

int main(void) {
  static unsigned char containers[BDC__JSON_CONTAINER_BYTES(DEPTH)];
  static bdc__json_reader reader;
  bdc__json_begin(&reader, containers, DEPTH);
  feed(&reader);
  bdc__json_event event;
  while (goes_on(event = bdc__json_next(&reader))) {
    if (event == BDC__JSON_MORE && any_choice()) {
      break;
    }
    if (event == BDC__JSON_MORE) {
      feed(&reader);
    }
  }
  bdc__json_feed(&reader, NULL, 0, true);
  while (goes_on(bdc__json_next(&reader))) {
  }
  return 0;
}
