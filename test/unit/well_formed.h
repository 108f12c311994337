/* SPDX-License-Identifier: MIT */
/* Shared by tests and fuzz targets: whether the reader takes a text. */
#ifndef BDC_TEST_WELL_FORMED_H
#define BDC_TEST_WELL_FORMED_H

#include "json/reader.h"

/* `containers` has room for `depth` open arrays and objects: see BDC__JSON_CONTAINER_BYTES. */
static inline bool well_formed(bdc_str text, unsigned char *containers, size_t depth) {
  bdc__json_reader reader;
  bdc__json_event event;
  bdc__json_begin(&reader, containers, depth);
  bdc__json_feed(&reader, text.data, text.size, true);
  do {
    event = bdc__json_next(&reader);
  } while (event > BDC__JSON_FAULT);
  return event == BDC__JSON_END;
}

#endif
