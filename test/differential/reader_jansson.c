/* SPDX-License-Identifier: MIT */
#include "reader.h"

#include <jansson.h>

opinion jansson_opinion(const unsigned char *text, size_t size) {
  json_error_t error;
  json_t *value = json_loadb((const char *)text, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
  if (value) {
    json_decref(value);
    return TAKEN;
  }
  switch (json_error_code(&error)) {
  case json_error_numeric_overflow:
    return REFUSED_NUMBER;
  case json_error_null_byte_in_key:
    return REFUSED_NUL;
  default:
    return REFUSED;
  }
}
