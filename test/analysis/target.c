/* SPDX-License-Identifier: MIT */
/*
 * Request targets, paths, authorities and hosts of up to LARGEST bytes, each taken apart from its start, and patterns of hosts of up to
 * PATTERN_LARGEST bytes. Nothing is assumed of their bytes.
 */
#include "any.h"

#include "route/host.h"
#include "route/route.h"

enum { LARGEST = 8, PATTERN_LARGEST = 4 };

static void take_segments(bdc_str path) {
  size_t at = 0;
  bdc_str segment;
  while (bdc__path_segment(path, &at, &segment)) {
  }
}

int main(void) {
  for (size_t size = 0; size <= LARGEST; size++) {
    bdc_str text = any_text(size);
    bdc__target_split(text);
    take_segments(text);
    bdc__authority_host(text);
    for (size_t pattern = 0; pattern <= PATTERN_LARGEST; pattern++) {
      bdc__host_matches(any_text(pattern), text);
    }
  }
  return 0;
}
