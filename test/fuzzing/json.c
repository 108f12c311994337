/* SPDX-License-Identifier: MIT */
#include "fuzzing/json.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 128 };

static void fail(json *in) {
  in->wrong = true;
  in->at = in->end;
}

char json_peek(json *in) {
  while (in->at < in->end && memchr(" \t\r\n", *in->at, 4)) {
    in->at++;
  }
  return in->at < in->end ? (char)*in->at : 0;
}

void json_take(json *in, char wanted) {
  if (in->at < in->end && json_peek(in) == wanted && in->at < in->end) {
    in->at++;
  } else {
    fail(in);
  }
}

bool json_done(json *in) {
  json_peek(in);
  return !in->wrong && in->at == in->end;
}

/* ---- strings ---- */

static uint32_t hex_digits(json *in) {
  uint32_t unit = 0;
  for (int i = 0; i < 4; i++) {
    unsigned char c = in->at < in->end ? *in->at++ : 0;
    const char *digit = c ? memchr("0123456789abcdefABCDEF", c, 22) : NULL;
    if (!digit) {
      fail(in);
      return 0;
    }
    unit = unit << 4 | (uint32_t)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
  }
  return unit;
}

static uint32_t escaped_unit(json *in) {
  uint32_t high = hex_digits(in);
  if (high < 0xd800 || high > 0xdfff) {
    return high;
  }
  if (high > 0xdbff || in->end - in->at < 6 || in->at[0] != '\\' || in->at[1] != 'u') {
    fail(in);
    return 0;
  }
  in->at += 2;
  uint32_t low = hex_digits(in);
  if (low < 0xdc00 || low > 0xdfff) {
    fail(in);
  }
  return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

static uint32_t escape(json *in) {
  static const char letters[] = "\"\\/bfnrt";
  static const char meant[] = "\"\\/\b\f\n\r\t";
  unsigned char c = in->at < in->end ? *in->at++ : 0;
  const char *letter = c ? strchr(letters, c) : NULL;
  if (c == 'u') {
    return escaped_unit(in);
  }
  if (!letter) {
    fail(in);
    return 0;
  }
  return (unsigned char)meant[letter - letters];
}

/* The bytes behind the first one of a character; each has its range, and the second of some a narrower one. */
static uint32_t continued(json *in, unsigned char lead) {
  unsigned count = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
  uint32_t character = lead & (0x3fu >> count);
  for (unsigned i = 0; i < count; i++) {
    if (in->at == in->end || (*in->at & 0xc0) != 0x80) {
      fail(in);
      return 0;
    }
    character = character << 6 | (*in->at++ & 0x3fu);
  }
  static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };
  if (lead < 0xc2 || lead > 0xf4 || character < least[count] || character > 0x10ffff || (character >= 0xd800 && character <= 0xdfff)) {
    fail(in);
  }
  return character;
}

static void put(json_text *text, uint32_t c) {
  unsigned char *out = (unsigned char *)text->data + text->size;
  unsigned count = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  static const unsigned leads[] = { 0, 0xc0, 0xe0, 0xf0 };
  out[0] = (unsigned char)(leads[count] | c >> 6 * count);
  for (unsigned i = 1; i <= count; i++) {
    out[i] = (unsigned char)(0x80 | (c >> 6 * (count - i) & 0x3f));
  }
  text->size += count + 1;
  text->characters++;
}

static void string_character(json *in, json_text *text) {
  unsigned char c = *in->at++;
  uint32_t character = c;
  if (c < 0x20) {
    fail(in);
  } else if (c == '\\') {
    character = escape(in);
  } else if (c >= 0x80) {
    character = continued(in, c);
  }
  if (!in->wrong) {
    put(text, character);
  }
}

json_text json_string(json *in) {
  json_text text = { 0 };
  json_take(in, '"');
  const unsigned char *start = in->at;
  text.data = malloc((size_t)(in->end - in->at) + 1); /* a character is never longer than it is spelled */
  if (!text.data) {
    abort();
  }
  while (in->at < in->end && *in->at != '"') {
    string_character(in, &text);
  }
  text.spelled = (size_t)(in->at - start);
  json_take(in, '"');
  text.data[text.size] = '\0';
  return text;
}

/* ---- the rest ---- */

static void digits(json *in) {
  if (in->at == in->end || *in->at < '0' || *in->at > '9') {
    fail(in);
  }
  while (in->at < in->end && *in->at >= '0' && *in->at <= '9') {
    in->at++;
  }
}

static void number(json *in) {
  in->at += *in->at == '-';
  if (in->at < in->end && *in->at == '0') {
    in->at++;
  } else {
    digits(in);
  }
  if (in->at < in->end && *in->at == '.') {
    in->at++;
    digits(in);
  }
  if (in->at < in->end && (*in->at | 0x20) == 'e') {
    in->at++;
    in->at += in->at < in->end && (*in->at == '+' || *in->at == '-');
    digits(in);
  }
}

static void literal(json *in, const char *word) {
  size_t size = strlen(word);
  if ((size_t)(in->end - in->at) < size || memcmp(in->at, word, size) != 0) {
    fail(in);
  } else {
    in->at += size;
  }
}

static void container(json *in, char last) {
  if (++in->depth > DEPTH_MAX) {
    fail(in);
  }
  in->at += in->at < in->end;
  while (!in->wrong && json_peek(in) != last) {
    if (last == '}') {
      free(json_string(in).data);
      json_take(in, ':');
    }
    json_skip(in);
    if (json_peek(in) != last) {
      json_take(in, ',');
      if (json_peek(in) == last) {
        fail(in);
      }
    }
  }
  json_take(in, last);
  in->depth--;
}

void json_skip(json *in) {
  switch (json_peek(in)) {
  case '{':
    container(in, '}');
    return;
  case '[':
    container(in, ']');
    return;
  case '"':
    free(json_string(in).data);
    return;
  case 't':
    literal(in, "true");
    return;
  case 'f':
    literal(in, "false");
    return;
  case 'n':
    literal(in, "null");
    return;
  case 0:
    fail(in);
    return;
  default:
    number(in);
  }
}
