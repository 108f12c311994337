/* SPDX-License-Identifier: MIT */
#include "find/mapping.h"

#include "text.h"

#include <string.h>

const cmd_mapping *cmd_mapfile_find(const cmd_mapfile *file, bdc_str path) {
  for (size_t i = file->mapping_count; i > 0; i--) {
    if (cmd_glob_match(&file->mappings[i - 1].glob, path, false)) {
      return &file->mappings[i - 1];
    }
  }
  return NULL;
}

/* ---- silencers ---- */

/* Takes the text up to the next "/", or all of it, and the "/". */
static bdc_str take_token(bdc_str *rest) {
  const char *slash = rest->size > 0 ? memchr(rest->data, '/', rest->size) : NULL;
  bdc_str token = { rest->data, slash ? (size_t)(slash - rest->data) : rest->size };
  size_t used = token.size + (slash != NULL);
  *rest = (bdc_str){ rest->data + used, rest->size - used };
  return token;
}

/* Tokens are compared as they are escaped: there is only one way to escape each. */
static bool pointer_fits(bdc_str wanted, bdc_str pointer) {
  if (wanted.size == 0 || pointer.size == 0) {
    return wanted.size == pointer.size;
  }
  size_t tokens = 0;
  for (size_t i = 0; i < wanted.size; i++) {
    tokens += wanted.data[i] == '/';
  }
  for (size_t i = 0; i < pointer.size; i++) {
    tokens -= pointer.data[i] == '/';
  }
  bool fits = tokens == 0;
  while (fits && (wanted.size > 0 || pointer.size > 0)) {
    bdc_str token = take_token(&wanted);
    bdc_str actual = take_token(&pointer);
    fits = cmd_equal(token, BDC_STR("*")) || cmd_equal(token, actual);
  }
  return fits;
}

static bool field_fits(const cmd_silencer *silencer, const cmd_found *finding) {
  if (silencer->in != finding->in) {
    return false;
  }
  if (silencer->in == BDC_IN_STATUS || cmd_equal(silencer->pointer, BDC_STR("*"))) {
    return true;
  }
  return silencer->in == BDC_IN_HEADER ? cmd_equal_fold(silencer->pointer, finding->field)
                                       : cmd_equal(silencer->pointer, finding->field);
}

static bool silences(const cmd_silencer *silencer, const cmd_found *finding) {
  if ((silencer->rules >> finding->rule & 1) == 0) {
    return false;
  }
  switch (silencer->kind) {
  case CMD_SILENCE_ANYWHERE:
    return true;
  case CMD_SILENCE_POINTER:
    return finding->in == BDC_IN_BODY && pointer_fits(silencer->pointer, finding->pointer);
  default:
    return field_fits(silencer, finding);
  }
}

const cmd_silencer *cmd_mapfile_silence(const cmd_mapfile *file, bdc_str path, const cmd_found *finding) {
  const cmd_silencer *first = NULL;
  for (size_t i = 0; i < file->silencer_count; i++) {
    cmd_silencer *silencer = &file->silencers[i];
    if (silences(silencer, finding) && cmd_glob_match(&silencer->glob, path, false)) {
      atomic_store_explicit(&silencer->used, true, memory_order_relaxed);
      first = first ? first : silencer;
    }
  }
  return first;
}

void cmd_mapfile_ask(const cmd_mapfile *file, bdc_str path) {
  for (size_t i = 0; i < file->silencer_count; i++) {
    cmd_silencer *silencer = &file->silencers[i];
    if (silencer->plain && cmd_glob_match(&silencer->glob, path, false)) {
      atomic_store_explicit(&silencer->asked, true, memory_order_relaxed);
    }
  }
}
