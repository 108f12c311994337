/* SPDX-License-Identifier: MIT */
#include "route/host.h"

#include "base/str.h"

static bool is_digit(unsigned char c) {
  return c >= '0' && c <= '9';
}

bdc_str bdc__host_of(bdc_str host) {
  size_t size = host.size;
  while (size && is_digit((unsigned char)host.data[size - 1])) {
    size--;
  }
  if (size && host.data[size - 1] == ':') {
    host.size = size - 1;
  }
  if (host.size && host.data[host.size - 1] == '.') {
    host.size--;
  }
  return host;
}

bdc_str bdc__authority_host(bdc_str authority) {
  size_t start = authority.size;
  while (start && authority.data[start - 1] != '@') {
    start--;
  }
  return bdc__host_of(bdc__str_from(authority, start));
}

/* Brackets, colons and percent-escapes are none, so that no pattern takes an address of IPv6 or a broken host for a name. */
static bool is_label_character(unsigned char c) {
  c = bdc__ascii_lower(c);
  return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-' || c == '_';
}

/* The end of the label that starts at `at`; `at` itself where there is none. */
static size_t label_end(bdc_str host, size_t at) {
  while (at < host.size && is_label_character((unsigned char)host.data[at])) {
    at++;
  }
  return at;
}

bool bdc__host_matches(bdc_str pattern, bdc_str host) {
  size_t at = 0;
  for (size_t i = 0; i < pattern.size; i++) {
    if (pattern.data[i] == '*') {
      size_t end = label_end(host, at);
      if (end == at) {
        return false;
      }
      at = end;
    } else if (at < host.size && bdc__ascii_lower((unsigned char)host.data[at]) == bdc__ascii_lower((unsigned char)pattern.data[i])) {
      at++;
    } else {
      return false;
    }
  }
  return at == host.size;
}
