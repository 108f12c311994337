/* SPDX-License-Identifier: MIT */
#include "report/fingerprint.h"

#include "memory.h"
#include "text.h"

#include <stdlib.h>

/* ---- hashes ---- */

/* The prime of 128 bits is 2^88 + 0x13b. */
static cmd_hash times_prime(cmd_hash h) {
  uint64_t bottom = (h.low & UINT32_MAX) * 0x13b;
  uint64_t middle = (h.low >> 32) * 0x13b + (bottom >> 32);
  return (cmd_hash){ .high = h.high * 0x13b + (middle >> 32) + (h.low << 24), .low = middle << 32 | (bottom & UINT32_MAX) };
}

void cmd_hash_bytes(cmd_hash *hash, bdc_str bytes) {
  for (size_t i = 0; i < bytes.size; i++) {
    hash->low ^= (unsigned char)bytes.data[i];
    *hash = times_prime(*hash);
  }
}

/* The same bytes on every machine. */
static void hash_number(cmd_hash *hash, uint64_t number) {
  char bytes[8];
  for (size_t i = 0; i < sizeof(bytes); i++) {
    bytes[i] = (char)(number >> (8 * i) & 0xff);
  }
  cmd_hash_bytes(hash, (bdc_str){ bytes, sizeof(bytes) });
}

/* With its size, so that "ab" and "c" are not "a" and "bc". */
static void hash_text(cmd_hash *hash, bdc_str text) {
  hash_number(hash, text.size);
  cmd_hash_bytes(hash, text);
}

/* ---- fingerprints ---- */

static cmd_hash hash_of_message(const cmd_result *result) {
  cmd_hash hash = CMD_HASH_START;
  hash_text(&hash, cmd_input_path(result->input));
  hash_number(&hash, result->input->record);
  hash_number(&hash, result->input->entry);
  hash_number(&hash, result->report ? (uint64_t)result->report->http_status : UINT64_MAX);
  return hash;
}

static cmd_hash hash_of_remark(cmd_hash message, const cmd_remark *remark) {
  hash_text(&message, cmd_str(remark->rule));
  if (remark->finding) {
    hash_text(&message, cmd_str(remark->finding->in));
    hash_text(&message, remark->finding->pointer);
    hash_text(&message, remark->finding->field);
  }
  if (!remark->result->report && remark->finding) {
    /* It is about the file, not about a field: nothing else tells one from the next. */
    hash_number(&message, remark->line);
    hash_number(&message, remark->column);
    hash_text(&message, remark->finding->message);
  }
  return message;
}

typedef struct ranked {
  cmd_hash hash;
  size_t index;
} ranked;

static int compare_hashes(cmd_hash a, cmd_hash b) {
  if (a.high != b.high) {
    return a.high < b.high ? -1 : 1;
  }
  return a.low < b.low ? -1 : a.low > b.low;
}

static int compare_ranked(const void *left, const void *right) {
  const ranked *a = left;
  const ranked *b = right;
  int order = compare_hashes(a->hash, b->hash);
  return order != 0 ? order : a->index < b->index ? -1 : a->index > b->index;
}

/* The second, third and so on of equal ones. By sorting: no choice of names makes it slow. */
static void number_equal(cmd_hash *hashes, size_t count) {
  ranked *order = cmd_resize(NULL, count, sizeof(*order));
  for (size_t i = 0; i < count; i++) {
    order[i] = (ranked){ hashes[i], i };
  }
  qsort(order, count, sizeof(*order), compare_ranked);
  uint64_t equal = 0;
  for (size_t i = 1; i < count; i++) {
    equal = compare_hashes(order[i].hash, order[i - 1].hash) == 0 ? equal + 1 : 0;
    if (equal > 0) {
      hash_number(&hashes[order[i].index], equal);
    }
  }
  free(order);
}

cmd_hash *cmd_fingerprints_make(const cmd_result *result, size_t *count) {
  *count = cmd_remark_count(result);
  if (*count == 0) {
    return NULL;
  }
  cmd_hash message = hash_of_message(result);
  cmd_hash *hashes = cmd_resize(NULL, *count, sizeof(*hashes));
  for (size_t i = 0; i < *count; i++) {
    cmd_remark remark = cmd_remark_at(result, i);
    hashes[i] = hash_of_remark(message, &remark);
  }
  number_equal(hashes, *count);
  return hashes;
}

static void put_hex(uint64_t number, cmd_output *out) {
  char digits[16];
  for (size_t i = 0; i < sizeof(digits); i++) {
    digits[i] = "0123456789abcdef"[number >> (60 - 4 * i) & 0xf];
  }
  cmd_put(out, (bdc_str){ digits, sizeof(digits) });
}

void cmd_fingerprint_put(cmd_hash fingerprint, cmd_output *out) {
  put_hex(fingerprint.high, out);
  put_hex(fingerprint.low, out);
}
