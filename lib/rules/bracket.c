/* SPDX-License-Identifier: MIT */
#include "rules/bracket.h"

#include <string.h>

/* How far the end of an escape or a POSIX class is looked for: a bound, so that a long line without any costs no more than the line. */
enum { ITEM_MAX = 64 };

/* Where the items of a class begin, which has at least two bytes. */
static size_t items_start(bdc_str text) {
  return text.data[1] == '^' ? 2 : 1;
}

/* "\p{Han}", "\x{4e00}": the braces belong to the escape. */
static size_t escape_size(bdc_str text, size_t at) {
  size_t left = text.size - at;
  if (left < 3) {
    return left < 2 ? left : 2;
  }
  char letter = text.data[at + 1];
  if (letter == 'c') {
    return 3;
  }
  if (text.data[at + 2] != '{' || !memchr("pPxoN", letter, 5)) {
    return 2;
  }
  const char *end = memchr(text.data + at, '}', left < ITEM_MAX ? left : ITEM_MAX);
  return end ? (size_t)(end - (text.data + at)) + 1 : 2;
}

/* "[:alpha:]", and the collating forms that PCRE2 knows only to refuse them. */
static size_t posix_size(bdc_str text, size_t at) {
  if (text.size - at < 4 || !memchr(":.=", text.data[at + 1], 3)) {
    return 1;
  }
  char terminator = text.data[at + 1];
  for (size_t i = at + 2; i + 1 < text.size && i < at + ITEM_MAX && text.data[i] != ']'; i++) {
    if (text.data[i] == terminator && text.data[i + 1] == ']') {
      return i + 2 - at;
    }
  }
  return 1;
}

size_t bdc__bracket_item(bdc_str text, size_t at) {
  switch (text.data[at]) {
  case '\\':
    return escape_size(text, at);
  case '[':
    return posix_size(text, at);
  default:
    return 1;
  }
}

size_t bdc__bracket_size(bdc_str text) {
  if (text.size < 3 || text.data[0] != '[') {
    return 0;
  }
  size_t at = items_start(text);
  if (text.data[at] == ']') {
    at++;
  }
  while (at < text.size) {
    if (text.data[at] == ']') {
      return at + 1;
    }
    at += bdc__bracket_item(text, at);
  }
  return 0;
}

static bool is_punctuation(unsigned char c) {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

bool bdc__bracket_plain(bdc_str bracket) {
  for (size_t at = items_start(bracket); at + 1 < bracket.size; at++) {
    char c = bracket.data[at];
    if (c == '[' || (c == '\\' && !is_punctuation((unsigned char)bracket.data[++at]))) {
      return false;
    }
  }
  return true;
}

bool bdc__bracket_ascii(bdc_str bracket) {
  if (bracket.data[1] == '^' || !bdc__bracket_plain(bracket)) {
    return false;
  }
  for (size_t i = 0; i < bracket.size; i++) {
    if ((unsigned char)bracket.data[i] >= 0x80) {
      return false;
    }
  }
  return true;
}
