/* SPDX-License-Identifier: MIT */
#include "read/message.h"

#include "read/line.h"

size_t cmd_text_map_find(const cmd_text_map *map, size_t text_offset) {
  size_t low = 0;
  size_t high = map->count;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (map->runs[middle].text <= text_offset) {
      low = middle;
    } else {
      high = middle;
    }
  }
  if (low == high) {
    return text_offset;
  }
  const cmd_run *run = &map->runs[low];
  return run->whole ? run->file : run->file + (text_offset - run->text);
}

size_t cmd_message_find(const cmd_message *message, bdc_str slice, size_t offset) {
  return cmd_text_map_find(&message->map, (size_t)(slice.data - message->text.data) + offset);
}

bdc_str cmd_authority_host(bdc_str authority) {
  size_t start = 0;
  for (size_t at = 0; at < authority.size; at++) {
    start = authority.data[at] == '@' ? at + 1 : start;
  }
  return start > 0 ? (bdc_str){ authority.data + start, authority.size - start } : authority;
}

static size_t path_start(bdc_str target, size_t at) {
  while (at < target.size && target.data[at] != '/' && target.data[at] != '?' && target.data[at] != '#') {
    at++;
  }
  return at;
}

size_t cmd_target_authority(bdc_str target, bdc_str *authority) {
  size_t slash = path_start(target, 0);
  bool absolute = slash > 0 && target.data[slash - 1] == ':';
  if (!absolute || !cmd_starts_with((bdc_str){ target.data + slash, target.size - slash }, "//")) {
    *authority = (bdc_str){ NULL, 0 };
    return 0;
  }
  size_t end = path_start(target, slash + 2);
  *authority = (bdc_str){ target.data + slash + 2, end - slash - 2 };
  return end;
}
