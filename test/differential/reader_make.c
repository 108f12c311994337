/* SPDX-License-Identifier: MIT */
#include "reader_make.h"

/* ---- what JSON is made of, and what it is not ---- */

static const char *const names[] = {
  "",     "a",    "b",       "A", "\\u0061", "a\\u0000", "name", "\xc3\xa9", "\\u00e9", "\xf0\x9f\x98\x80", "\\ud83d\\ude00",
  "\\\"", "\\\\", "\\u005c", "ab"
};
static const char *const numbers[] = {
  "0",
  "-0",
  "1",
  "-1",
  "10",
  "0.5",
  "-0.0",
  "1e5",
  "1E+2",
  "1e-2",
  "123456789",
  "2147483648",
  "9007199254740993",
  "9223372036854775807",
  "9223372036854775808",
  "-9223372036854775808",
  "-9223372036854775809",
  "18446744073709551615",
  "18446744073709551616",
  "123456789012345678901234567890",
  "1e308",
  "1.7976931348623157e308",
  "1.7976931348623159e308",
  "1e309",
  "-1e400",
  "1e-400",
  "4.9e-324",
  "1e99999999999",
  "0e99999999999",
  "0.0000000000000000000000000001",
  "1e-99999999999",
  "0.1e1",
  "100000000000000000000000000000000e-30",
  "3.141592653589793238462643383279",
};
static const char *const pieces[] = {
  "a",
  "0",
  " ",
  "/",
  "\x7f",
  "\\n",
  "\\\"",
  "\\\\",
  "\\/",
  "\\b",
  "\\f",
  "\\r",
  "\\t",
  "\\u0000",
  "\\u001f",
  "\\u0041",
  "\\uD7FF",
  "\\ue000",
  "\\uFFFF",
  "\\ud800\\udc00",
  "\\uDBFF\\uDFFF",
  "\xc2\x80",
  "\xc3\xa9",
  "\xdf\xbf",
  "\xe0\xa0\x80",
  "\xed\x9f\xbf",
  "\xee\x80\x80",
  "\xef\xbb\xbf",
  "\xef\xbf\xbf",
  "\xf0\x90\x80\x80",
  "\xf4\x8f\xbf\xbf",
  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  "{",
  "]",
  ",",
  ":",
};
static const char *const tokens[] = {
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "\"",
  "\"a\"",
  "\"\"",
  "0",
  "-",
  "1",
  "1.5",
  "1e5",
  "true",
  "false",
  "null",
  " ",
  "\n",
  "\t",
  "\r",
  "{}",
  "[]",
  "\"a\":1",
  "tru",
  "nul",
  "True",
  "+1",
  ".5",
  "01",
  "1.",
  "-01",
  "1e",
  "NaN",
  "Infinity",
  "'a'",
  "//",
  "/**/",
  "#",
  "\\",
  "\\u0041",
  "\x0b",
  "\x0c",
  "\xc2\xa0",
  "\xef\xbb\xbf",
  "\x01",
  "\xff",
  "\xed\xa0\x80",
  "\"\\ud800\"",
  "\"\\udc00\"",
  "\"\\ud800\\u0041\"",
  "\"\xc0\x80\"",
  "\"\t\"",
  "\"\\x41\"",
  "\"\\u12g4\"",
  "\"\xed\xa0\x80\"",
  "\"\xf4\x90\x80\x80\"",
  "\"\xe2\x82\"",
  "nullx",
  "0x1",
  "1_0",
  "truefalse",
  "--1",
};

static void put_blanks(random_source *random, body *out) {
  for (uint32_t count = one_in(random, 8) ? below(random, 4) : 0; count; count--) {
    put(out, &" \n\r\t"[below(random, 4)], 1);
  }
}

static void note(parts *of, uint32_t first, const body *out) {
  if (of->count < PARTS_MAX) {
    of->list[of->count++] = (part){ first, out->size };
  }
}

/* ---- values ---- */

static void put_value(random_source *random, body *out, uint32_t depth);

static void put_string_of(random_source *random, body *out, const char *const *list, uint32_t count, uint32_t most) {
  put_text(out, "\"");
  uint32_t first = out->size;
  for (uint32_t left = below(random, most + 1); left; left--) {
    put_text(out, list[below(random, count)]);
  }
  note(&out->strings, first, out);
  put_text(out, "\"");
}

/* A few digits more make another number of most. */
static void put_number_of(random_source *random, body *out) {
  uint32_t first = out->size;
  put_text(out, numbers[below(random, LENGTH(numbers))]);
  for (uint32_t left = one_in(random, 8) ? below(random, 30) : 0; left; left--) {
    put(out, &"0123456789"[below(random, 10)], 1);
  }
  note(&out->scalars, first, out);
}

static void put_literal(random_source *random, body *out) {
  static const char *const literals[] = { "true", "false", "null" };
  uint32_t first = out->size;
  put_text(out, literals[below(random, LENGTH(literals))]);
  note(&out->scalars, first, out);
}

static void put_container(random_source *random, body *out, uint32_t depth) {
  bool object = one_in(random, 2);
  put_text(out, object ? "{" : "[");
  put_blanks(random, out);
  for (uint32_t count = below(random, 4), i = 0; i < count; i++) {
    put_text(out, i ? "," : "");
    put_blanks(random, out);
    uint32_t first = out->size;
    if (object) {
      put_string_of(random, out, names, LENGTH(names), 2);
      put_blanks(random, out);
      put_text(out, ":");
    }
    put_value(random, out, depth - 1);
    note(&out->members, first, out);
  }
  put_blanks(random, out);
  put_text(out, object ? "}" : "]");
}

static void put_value(random_source *random, body *out, uint32_t depth) {
  put_blanks(random, out);
  uint32_t choice = below(random, depth ? 8 : 4);
  if (choice >= 4) {
    put_container(random, out, depth);
  } else if (choice >= 2) {
    put_string_of(random, out, pieces, LENGTH(pieces), one_in(random, 16) ? 60 : 4);
  } else if (choice == 1) {
    put_number_of(random, out);
  } else {
    put_literal(random, out);
  }
  put_blanks(random, out);
}

static void begin(body *out) {
  out->size = 0;
  out->full = false;
  out->members.count = out->strings.count = out->scalars.count = 0;
}

/* One in a hundred lies deep within arrays. */
void make_document(random_source *random, body *out) {
  uint32_t around = one_in(random, 100) ? 500 + below(random, 24) : 0;
  begin(out);
  for (uint32_t i = 0; i < around; i++) {
    put_text(out, "[");
  }
  put_value(random, out, 1 + below(random, 4));
  for (uint32_t i = 0; i < around; i++) {
    put_text(out, "]");
  }
}

void make_tokens(random_source *random, body *out) {
  begin(out);
  for (uint32_t left = 1 + below(random, one_in(random, 8) ? 40 : 8); left; left--) {
    const char *token = tokens[below(random, one_in(random, 2) ? LENGTH(tokens) : 24)];
    put_text(out, token);
  }
}

void make_bytes(random_source *random, body *out) {
  static const char usual[] = "{}[]\",:\\ \n0123456789-+.eEtrufalsnxbi\xc3\xa9\xed\xa0\x80";
  begin(out);
  for (uint32_t left = below(random, one_in(random, 8) ? 100 : 10); left; left--) {
    char byte = one_in(random, 8) ? (char)below(random, 256) : usual[below(random, sizeof usual - 1)];
    put(out, &byte, 1);
  }
}
