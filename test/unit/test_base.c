/* SPDX-License-Identifier: MIT */
/* lib/base: decimal numbers, UTF-8, SipHash, text in buffers, the arena, the words for numbers. Argument: a seed, or nothing. */
#include "unit/support.h"

#include "base/arena.h"
#include "base/decimal.h"
#include "base/hex.h"
#include "base/random.h"
#include "base/siphash.h"
#include "base/str.h"
#include "base/text.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

static const char *seed;

/* ---- decimal ---- */

/* Groups of equal numbers, the groups in ascending order. */
static const char *const numbers[][12] = {
  { "-1e999999999999", "-10E999999999998" },
  { "-1e999999999" },
  { "-1e400", "-10e399", "-0.001e403" },
  { "-18446744073709551616" },
  { "-9223372036854775809" },
  { "-9223372036854775808", "-9.223372036854775808e18", "-92233720368547758080e-1", "-9223372036854775808.000" },
  { "-2147483649" },
  { "-2147483648", "-2147483648.0", "-2.147483648E9" },
  { "-10", "-1e1", "-1E+1", "-0.1e2", "-100e-1", "-10.0", "-10.0e0" },
  { "-9.999999999999999999999999999999" },
  { "-1.5", "-15e-1", "-0.15e1", "-1.50", "-150e-2", "-0.00015e4" },
  { "-1", "-1.0", "-1e0", "-10e-1", "-0.1e1", "-1E+0", "-1E-0", "-1.000e-0" },
  { "-0.1", "-1e-1", "-0.10" },
  { "-1e-400" },
  { "-1e-999999999" },
  { "0", "-0", "0.0", "-0.0", "0e0", "-0E0", "0e999999999", "-0e-999999999", "0.000E+10", "0e99999999999999999999999", "0.0e-1" },
  { "1e-9999999999999999999" },
  { "1e-999999999", "0.1e-999999998", "10e-1000000000" },
  { "2e-999999999" },
  { "1e-400" },
  { "0.001", "1e-3", "0.1e-2", "10e-4", "0.00100" },
  { "0.01", "1e-2" },
  { "0.1", "1e-1", "0.10", "1.0e-1", "0.01e1" },
  { "0.5" },
  { "0.99999999999999999999999999999999999999" },
  { "1", "1.0", "1e0", "1E0", "10e-1", "0.1e1", "1e+0", "1e-0", "1.00e0", "1e00", "1e-00000", "0.001e3" },
  { "1.00000000000000000000000000000000000001" },
  { "1.1" },
  { "9", "9.0" },
  { "9.9" },
  { "10", "1e1", "1.0e1", "10.0", "10e0", "100e-1" },
  { "10.01" },
  { "10.1" },
  { "11" },
  { "99" },
  { "100", "1e2", "1.00e2", "1000e-1" },
  { "101" },
  { "2147483647", "2147483647.0", "2.147483647e9", "21474836470e-1" },
  { "2147483647.5" },
  { "2147483648" },
  { "9007199254740992" },
  { "9007199254740993" },
  { "9223372036854775807" },
  { "9223372036854775808" },
  { "1e400", "10e399", "0.1e401" },
  { "1.0000001e400" },
  { "1e401" },
  { "1e999999999", "10e999999998" },
  { "9e999999999" },
  { "1e1000000000" },
  { "1e9999999999999999999" },
};

static bdc_str number(const char *text) {
  return bdc__str(text);
}

static int sign_of(int order) {
  return (order > 0) - (order < 0);
}

static void expect_order(const char *a, const char *b, int expected) {
  int order = sign_of(bdc__decimal_compare(number(a), number(b)));
  if (order != expected) {
    fail_msg("%s and %s: expected %d, got %d", a, b, expected, order);
  }
}

static void compare_with_all(size_t group, const char *text) {
  for (size_t i = 0; i < LENGTH(numbers); i++) {
    for (size_t j = 0; j < LENGTH(numbers[i]) && numbers[i][j]; j++) {
      expect_order(text, numbers[i][j], (group > i) - (group < i));
    }
  }
}

static void decimal_compares_equal_forms_as_equal_and_others_by_their_value(void **state) {
  (void)state;
  for (size_t i = 0; i < LENGTH(numbers); i++) {
    for (size_t j = 0; j < LENGTH(numbers[i]) && numbers[i][j]; j++) {
      compare_with_all(i, numbers[i][j]);
    }
  }
}

static void decimal_orders_exponents_of_more_digits_than_an_integer_has(void **state) {
  (void)state;
  expect_order("1e9999999999999999999", "1", 1);
  expect_order("1e18446744073709551616", "1", 1);
  expect_order("1e-18446744073709551616", "1", -1);
  expect_order("1e-18446744073709551616", "0", 1);
  expect_order("1e99999999999999999999999999999999", "2147483647", 1);
}

/* A number without exponent as exactly 40 digits before the point and 40 behind it. */
static void expand(const char *digits, size_t size, int exponent, char out[81]) {
  memset(out, '0', 80);
  out[80] = '\0';
  for (size_t i = 0; i < size; i++) {
    out[40 - exponent + (int)i] = digits[i];
  }
}

/* 0.DIGITS * 10^exponent, written in one of many ways. */
static void write_decimal(random_source *source, const char *digits, size_t size, int exponent, char *out) {
  size_t point = random_below(source, size + 1);
  size_t at = 0;
  if (point == 0) {
    out[at++] = '0';
  }
  for (size_t i = 0; i < size; i++) {
    if (i == point) {
      out[at++] = '.';
    }
    out[at++] = digits[i];
  }
  sprintf(out + at, "%s%d", random_below(source, 2) ? "e" : "E", exponent - (int)point);
}

static size_t random_digits(random_source *source, char *out) {
  size_t size = 1 + random_below(source, 6);
  for (size_t i = 0; i < size; i++) {
    out[i] = (char)('0' + random_below(source, 3) * (i ? 1 : 0));
  }
  out[0] = (char)('1' + random_below(source, 2));
  return size;
}

static void decimal_agrees_with_a_comparison_of_written_out_digits(void **state) {
  (void)state;
  random_source source = random_from(seed);
  for (size_t i = share_of(200000); i; i--) {
    char digits[2][8];
    char expanded[2][81];
    char text[2][32];
    for (int k = 0; k < 2; k++) {
      size_t size = random_digits(&source, digits[k]);
      int exponent = (int)random_below(&source, 7) - 3;
      expand(digits[k], size, exponent, expanded[k]);
      write_decimal(&source, digits[k], size, exponent, text[k]);
    }
    expect_order(text[0], text[1], sign_of(memcmp(expanded[0], expanded[1], 80)));
  }
}

static void decimal_takes_the_grammar_of_rfc_8259_and_nothing_else(void **state) {
  (void)state;
  static const char *const integers[] = { "0", "-0", "1", "-1", "10", "9223372036854775808", "-100" };
  static const char *const others[] = { "0.0", "-0.5", "1e0", "1E+1", "1e-1", "0e0", "1.5e10", "10.00", "1e0001" };
  static const char *const none[] = { "",   "-",  "+1",  "00",  "01",   "-01",   "1.",  ".5",    "1.e1", "1e",       "1e+", "1e-", " 1",
                                      "1 ", "1a", "0x1", "1,5", "1e1.", "1.1.1", "--1", "1e1e1", "NaN",  "Infinity", "1_0", "-.1" };
  bool integral;
  for (size_t i = 0; i < LENGTH(integers); i++) {
    assert_true(bdc__decimal_valid(number(integers[i]), &integral));
    assert_true(integral);
  }
  for (size_t i = 0; i < LENGTH(others); i++) {
    assert_true(bdc__decimal_valid(number(others[i]), &integral));
    assert_false(integral);
  }
  for (size_t i = 0; i < LENGTH(none); i++) {
    if (bdc__decimal_valid(number(none[i]), &integral)) {
      fail_msg("taken for a number: %s", none[i]);
    }
  }
}

/* ---- UTF-8 ---- */

enum { CODE_POINTS = 0x110000 };

static bool is_surrogate(uint32_t code_point) {
  return code_point >= 0xd800 && code_point <= 0xdfff;
}

/* The size of a well-formed character of exactly `size` bytes, or 0: by value, not by table. */
static size_t decode(const unsigned char *text, size_t size, uint32_t *code_point) {
  static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
  static const unsigned char mark[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
  static const unsigned char mask[] = { 0, 0, 0xe0, 0xf0, 0xf8 };
  if (size == 1) {
    *code_point = text[0];
    return text[0] < 0x80;
  }
  if ((text[0] & mask[size]) != mark[size]) {
    return 0;
  }
  *code_point = text[0] & (unsigned char)~mask[size];
  for (size_t i = 1; i < size; i++) {
    if (text[i] >> 6 != 2) {
      return 0;
    }
    *code_point = *code_point << 6 | (text[i] & 0x3fu);
  }
  return *code_point >= least[size] && *code_point < CODE_POINTS && !is_surrogate(*code_point) ? size : 0;
}

static bool begins_well(const unsigned char *text, size_t size) {
  static const unsigned char next[] = { 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf };
  unsigned char longer[4] = { 0 };
  uint32_t ignored;
  memcpy(longer, text, size);
  if (decode(longer, size, &ignored)) {
    return true;
  }
  for (size_t i = 0; size < 4 && i < LENGTH(next); i++) {
    longer[size] = next[i];
    if (begins_well(longer, size + 1)) {
      return true;
    }
  }
  return false;
}

static int naive_size(const unsigned char *text, size_t size) {
  uint32_t ignored;
  for (size_t i = 1; i <= size && i <= 4; i++) {
    if (decode(text, i, &ignored)) {
      return (int)i;
    }
  }
  return size < 4 && begins_well(text, size) ? -1 : 0;
}

static void expect_size(const unsigned char *text, size_t size) {
  unsigned char *copy = malloc(size);
  memcpy(copy, text, size);
  int expected = naive_size(text, size);
  int got = bdc__utf8_size(copy, size);
  free(copy);
  if (got != expected) {
    fail_msg("%02x %02x %02x %02x, %zu bytes: expected %d, got %d", text[0], text[1], text[2], text[3], size, expected, got);
  }
}

static void utf8_encodes_every_code_point_and_reads_it_back(void **state) {
  (void)state;
  for (uint32_t c = 0; c < CODE_POINTS; c++) {
    char text[4];
    uint32_t back = 0;
    if (is_surrogate(c)) {
      continue;
    }
    size_t size = bdc__utf8_encode(c, text);
    const unsigned char *bytes = (const unsigned char *)text;
    assert_int_equal(size, c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4);
    assert_int_equal(decode(bytes, size, &back), size);
    assert_int_equal(back, c);
    assert_int_equal(bdc__utf8_size(bytes, size), size);
    assert_int_equal(bdc__utf8_count(text, size), 1);
    assert_true(bdc__utf8_valid((bdc_str){ text, size }));
  }
}

static void utf8_size_tells_whole_malformed_and_begun_for_every_first_and_second_byte(void **state) {
  (void)state;
  static const unsigned char tails[] = { 0x00, 0x22, 0x7f, 0x80, 0x8f, 0x90, 0xa0, 0xbf, 0xc0, 0xff };
  for (unsigned first = 0; first < 256; first++) {
    for (unsigned second = 0; second < 256; second++) {
      unsigned char text[4] = { (unsigned char)first, (unsigned char)second, 0, 0 };
      expect_size(text, 1);
      expect_size(text, 2);
      size_t all = LENGTH(tails) * LENGTH(tails);
      for (size_t i = share_of(all); i; i--) {
        size_t which = (i * 37 + second) % all;
        text[2] = tails[which / LENGTH(tails)];
        text[3] = tails[which % LENGTH(tails)];
        expect_size(text, 3);
        expect_size(text, 4);
      }
    }
  }
}

static void utf8_refuses_each_class_of_malformed_text(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int size; /* of the character that begins there, as bdc__utf8_size has it */
  } cases[] = {
    { "\x80", 0 }, /* a continuation alone */
    { "\xbf", 0 },
    { "\xc0\x80", 0 }, /* overlong NUL */
    { "\xc0\xaf", 0 }, /* overlong slash */
    { "\xc1\xbf", 0 },
    { "\xe0\x80\xaf", 0 },
    { "\xe0\x9f\xbf", 0 },
    { "\xf0\x80\x80\xaf", 0 },
    { "\xf0\x8f\xbf\xbf", 0 },
    { "\xed\xa0\x80", 0 }, /* surrogates */
    { "\xed\xbf\xbf", 0 },
    { "\xf4\x90\x80\x80", 0 }, /* beyond U+10FFFF */
    { "\xf5\x80\x80\x80", 0 },
    { "\xf8\x88\x80\x80\x80", 0 },
    { "\xfe", 0 },
    { "\xff", 0 },
    { "\xc3\x28", 0 }, /* no continuation where one must be */
    { "\xe2\x28\xa1", 0 },
    { "\xe2\x82\x28", 0 },
    { "\xf0\x28\x8c\xbc", 0 },
    { "\xf0\x90\x28\xbc", 0 },
    { "\xf0\x90\x8c\x28", 0 },
    { "\xc3", -1 }, /* cut */
    { "\xe2\x82", -1 },
    { "\xf0\x90\x8c", -1 },
  };
  for (size_t i = 0; i < LENGTH(cases); i++) {
    bdc_str text = bdc__str(cases[i].text);
    assert_int_equal(bdc__utf8_size((const unsigned char *)text.data, text.size), cases[i].size);
    assert_false(bdc__utf8_valid(text));
  }
}

static size_t random_text(random_source *source, char *out, size_t characters) {
  static const uint32_t bounds[] = { 0x80, 0x800, 0xd800, 0x10ffff };
  size_t size = 0;
  for (size_t i = 0; i < characters; i++) {
    uint32_t c = (uint32_t)random_below(source, bounds[random_below(source, LENGTH(bounds))]);
    size += bdc__utf8_encode(is_surrogate(c) ? 0x20ac : c, out + size);
  }
  return size;
}

static void utf8_counts_code_points_at_every_alignment(void **state) {
  (void)state;
  random_source source = random_from(seed);
  for (size_t characters = 0; characters < 60; characters++) {
    for (size_t offset = 0; offset < 9; offset++) {
      char text[256];
      size_t size = random_text(&source, text + offset, characters);
      assert_int_equal(bdc__utf8_count(text + offset, size), characters);
      assert_true(bdc__utf8_valid((bdc_str){ text + offset, size }));
    }
  }
}

static void utf8_cuts_between_characters_and_never_beyond_the_text(void **state) {
  (void)state;
  random_source source = random_from(seed);
  char text[256];
  size_t size = random_text(&source, text, 40);
  for (size_t characters = 0; characters < 50; characters++) {
    bdc_str cut = bdc__utf8_cut((bdc_str){ text, size }, characters);
    assert_ptr_equal(cut.data, text);
    assert_true(bdc__utf8_valid(cut));
    assert_int_equal(bdc__utf8_count(cut.data, cut.size), characters < 40 ? characters : 40);
  }
  assert_int_equal(bdc__utf8_cut(BDC_STR("ab"), SIZE_MAX).size, 2);
  assert_int_equal(bdc__utf8_cut(BDC_STR(""), 3).size, 0);
}

/* ---- hex ---- */

static void hex_digits_are_the_22_and_nothing_else(void **state) {
  (void)state;
  for (unsigned c = 0; c < 256; c++) {
    const char *digits = "0123456789abcdef";
    const char *at = c ? strchr(digits, c >= 'A' && c <= 'F' ? (int)c + 32 : (int)c) : NULL;
    assert_int_equal(bdc__hex_digit((unsigned char)c), at ? at - digits : -1);
  }
}

/* ---- SipHash ---- */

/* Key 00 01 .. 0f, input 00 01 .. of as many bytes as the index: the reference implementation's table, as little-endian numbers. */
static const uint64_t siphash_vectors[] = {
  UINT64_C(0x726fdb47dd0e0e31), UINT64_C(0x74f839c593dc67fd), UINT64_C(0x0d6c8009d9a94f5a), UINT64_C(0x85676696d7fb7e2d),
  UINT64_C(0xcf2794e0277187b7), UINT64_C(0x18765564cd99a68d), UINT64_C(0xcbc9466e58fee3ce), UINT64_C(0xab0200f58b01d137),
  UINT64_C(0x93f5f5799a932462), UINT64_C(0x9e0082df0ba9e4b0), UINT64_C(0x7a5dbbc594ddb9f3), UINT64_C(0xf4b32f46226bada7),
  UINT64_C(0x751e8fbc860ee5fb), UINT64_C(0x14ea5627c0843d90), UINT64_C(0xf723ca908e7af2ee), UINT64_C(0xa129ca6149be45e5),
  UINT64_C(0x3f2acc7f57c29bdb), UINT64_C(0x699ae9f52cbe4794),
};

static const bdc__siphash_key reference_key = { UINT64_C(0x0706050403020100), UINT64_C(0x0f0e0d0c0b0a0908) };

static uint64_t siphash_in_steps(const unsigned char *data, size_t size, size_t head, size_t step) {
  bdc__siphash hash;
  bdc__siphash_begin(&hash, &reference_key);
  for (size_t at = 0, piece = head; at < size; at += piece, piece = step) {
    piece = piece < size - at ? piece : size - at;
    bdc__siphash_feed(&hash, data + at, piece);
    bdc__siphash_feed(&hash, data + at, 0);
  }
  return bdc__siphash_end(&hash);
}

static void siphash_gives_the_reference_vectors_whatever_the_pieces(void **state) {
  (void)state;
  unsigned char data[LENGTH(siphash_vectors)];
  for (size_t i = 0; i < sizeof data; i++) {
    data[i] = (unsigned char)i;
  }
  for (size_t size = 0; size < LENGTH(siphash_vectors); size++) {
    for (size_t head = 1; head <= size + 1; head++) {
      for (size_t step = 1; step <= size + 1; step++) {
        assert_true(siphash_in_steps(data, size, head, step) == siphash_vectors[size]);
      }
    }
  }
}

static void siphash_depends_on_the_key(void **state) {
  (void)state;
  bdc__siphash_key one = bdc__random_key();
  bdc__siphash_key two = bdc__random_key();
  assert_memory_not_equal(&one, &two, sizeof one);
  bdc__siphash a;
  bdc__siphash b;
  bdc__siphash_begin(&a, &one);
  bdc__siphash_begin(&b, &two);
  assert_true(bdc__siphash_end(&a) != bdc__siphash_end(&b));
}

/* ---- text ---- */

static void expect_escaped(bdc_str piece, const char *expected) {
  char memory[256];
  bdc__text text = bdc__text_in(memory, sizeof memory);
  bdc__text_add_escaped(&text, piece);
  assert_int_equal(bdc__text_end(&text, NULL), BDC_OK);
  assert_string_equal(memory, expected);
}

static void text_escapes_what_json_a_terminal_or_a_log_would_act_on(void **state) {
  (void)state;
  expect_escaped(BDC_STR(""), "");
  expect_escaped(BDC_STR("plain /~ {}"), "plain /~ {}");
  expect_escaped(BDC_STR("a\"b"), "a\\\"b");
  expect_escaped(BDC_STR("a\\b"), "a\\\\b");
  expect_escaped(BDC_STR("\"\\\""), "\\\"\\\\\\\"");
  expect_escaped(BDC_STR("\n\r\t\x1b[2J\x7f"), "\\u000a\\u000d\\u0009\\u001b[2J\\u007f");
  expect_escaped((bdc_str){ "\0x", 2 }, "\\u0000x");
  expect_escaped(BDC_STR("\xc2\x80\xc2\x9f\xc2\xa0"), "\\u0080\\u009f\xc2\xa0");
  expect_escaped(BDC_STR("\xe2\x80\x8b\xe2\x80\xa8\xe2\x80\xa9"), "\\u200b\\u2028\\u2029");
  expect_escaped(BDC_STR("\xef\xbb\xbf"
                         "x"),
                 "\\ufeffx");
  expect_escaped(BDC_STR("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xef\xbd\x81"), "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xef\xbd\x81");
}

/* The characters with Unicode's property Bidi_Control. */
static void text_escapes_every_mark_that_turns_the_direction_of_text(void **state) {
  (void)state;
  static const uint32_t marks[] = { 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069, 0x061c };
  for (size_t i = 0; i < LENGTH(marks); i++) {
    char text[4];
    char expected[8];
    sprintf(expected, "\\u%04x", marks[i]);
    expect_escaped((bdc_str){ text, bdc__utf8_encode(marks[i], text) }, expected);
  }
}

static void add_many(bdc__text *text) {
  bdc__text_add_literal(text, "ab");
  bdc__text_add_number(text, 1234567890123456789u);
  bdc__text_add(text, (bdc_str){ 0 });
  bdc__text_add_escaped(text, BDC_STR("\"\n\xe2\x82\xac"));
  bdc__text_add(text, BDC_STR("z"));
}

static void text_fits_or_leaves_an_empty_string_at_every_size(void **state) {
  (void)state;
  static const char whole[] = "ab1234567890123456789\\\"\\u000a\xe2\x82\xacz";
  const size_t size = sizeof whole - 1;
  for (size_t capacity = 0; capacity < size + 3; capacity++) {
    char *memory = malloc(capacity ? capacity : 1);
    memset(memory, 'x', capacity ? capacity : 1);
    bdc__text text = bdc__text_in(memory, capacity);
    size_t needed = 0;
    add_many(&text);
    bdc_status status = bdc__text_end(&text, &needed);
    assert_int_equal(needed, size);
    assert_int_equal(status, capacity > size ? BDC_OK : BDC_ERR_SPACE);
    if (capacity) {
      assert_string_equal(memory, capacity > size ? whole : "");
    }
    free(memory);
  }
}

static void text_writes_every_number_in_full(void **state) {
  (void)state;
  static const uint64_t figures[] = { 0, 9, 10, 99, 100, UINT32_MAX, UINT64_MAX };
  static const char *const expected[] = { "0", "9", "10", "99", "100", "4294967295", "18446744073709551615" };
  for (size_t i = 0; i < LENGTH(figures); i++) {
    char memory[32];
    bdc__text text = bdc__text_in(memory, sizeof memory);
    bdc__text_add_number(&text, figures[i]);
    assert_int_equal(bdc__text_end(&text, NULL), BDC_OK);
    assert_string_equal(memory, expected[i]);
  }
}

/* ---- slices ---- */

static void slices_fold_ascii_letters_and_nothing_else(void **state) {
  (void)state;
  assert_true(bdc__str_equal_fold(BDC_STR("X-Auth-TOKEN"), BDC_STR("x-auth-token")));
  assert_false(bdc__str_equal_fold(BDC_STR("a"), BDC_STR("ab")));
  assert_false(bdc__str_equal_fold(BDC_STR("@"), BDC_STR("`")));
  assert_false(bdc__str_equal_fold(BDC_STR("["), BDC_STR("{")));
  assert_false(bdc__str_equal_fold(BDC_STR("\xc3\x89"), BDC_STR("\xc3\xa9")));
  for (int c = 0; c < 256; c++) {
    for (size_t size = 1; size <= 20; size++) {
      for (size_t at = 0; at < size; at++) {
        char text[20];
        char other[20];
        memset(text, 'q', sizeof text);
        memset(other, 'Q', sizeof other);
        text[at] = (char)c;
        other[at] = (char)(c ^ 0x20);
        bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        assert_int_equal(bdc__str_equal_fold((bdc_str){ text, size }, (bdc_str){ other, size }), letter);
        other[at] = (char)c;
        assert_true(bdc__str_equal_fold((bdc_str){ text, size }, (bdc_str){ other, size }));
      }
    }
  }
  assert_false(bdc__str_equal(BDC_STR("A"), BDC_STR("a")));
  assert_true(bdc__str_equal((bdc_str){ 0 }, BDC_STR("")));
}

/* ---- arena ---- */

static void assert_zero(const unsigned char *memory, size_t size) {
  for (size_t i = 0; i < size; i++) {
    assert_int_equal(memory[i], 0);
  }
}

static void arena_gives_zeroed_aligned_memory_that_overlaps_no_other(void **state) {
  (void)state;
  enum { PIECES = 400 };
  unsigned char *pieces[PIECES];
  counter count = { 0 };
  bdc_allocator allocator = counter_allocator(&count);
  bdc__arena arena;
  bdc__arena_init(&arena, &allocator);
  assert_int_equal(count.calls, 0);
  for (size_t i = 0; i < PIECES; i++) {
    size_t size = 1 + i * 37 % 9000;
    pieces[i] = bdc__arena_alloc(&arena, 1, size);
    assert_non_null(pieces[i]);
    assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
    assert_zero(pieces[i], size);
    memset(pieces[i], (int)(i % 255 + 1), size);
  }
  for (size_t i = 0; i < PIECES; i++) {
    size_t size = 1 + i * 37 % 9000;
    assert_int_equal(pieces[i][0], i % 255 + 1);
    assert_int_equal(pieces[i][size - 1], i % 255 + 1);
  }
  bdc__arena_free(&arena);
  assert_int_equal(count.live, 0);
}

static void arena_refuses_sizes_that_overflow(void **state) {
  (void)state;
  bdc__arena arena;
  bdc__arena_init(&arena, NULL);
  assert_null(bdc__arena_alloc(&arena, SIZE_MAX, 2));
  assert_null(bdc__arena_alloc(&arena, SIZE_MAX / 2 + 1, 2));
  assert_null(bdc__arena_alloc(&arena, 1, SIZE_MAX));
  assert_null(bdc__arena_alloc(&arena, SIZE_MAX, 1));
  assert_null(bdc__arena_alloc(&arena, 1, SIZE_MAX - 16));
  assert_non_null(bdc__arena_alloc(&arena, 1, 1));
  bdc__arena_free(&arena);
}

static void arena_gives_null_only_without_memory(void **state) {
  (void)state;
  bdc__arena arena;
  bdc__arena_init(&arena, NULL);
  assert_non_null(bdc__arena_alloc(&arena, 0, 8));
  assert_non_null(bdc__arena_alloc(&arena, 1, 20000));
  assert_non_null(bdc__arena_alloc(&arena, 8, 0));
  bdc__arena_free(&arena);
}

static void arena_survives_each_failed_allocation(void **state) {
  (void)state;
  for (size_t fail_at = 1; fail_at <= 3; fail_at++) {
    counter count = { .fail_at = fail_at };
    bdc_allocator allocator = counter_allocator(&count);
    bdc__arena arena;
    bdc_str copy = { "x", 1 };
    bdc__arena_init(&arena, &allocator);
    assert_int_equal(bdc__arena_alloc(&arena, 1, 100) != NULL, fail_at != 1);
    assert_int_equal(bdc__arena_alloc(&arena, 1, 100000) != NULL, fail_at != 2);
    if (fail_at == 3) {
      char text[16384] = "";
      assert_false(bdc__arena_copy(&arena, (bdc_str){ text, sizeof text }, &copy));
      assert_int_equal(copy.size, 0);
    }
    bdc__arena_free(&arena);
    assert_int_equal(count.live, 0);
  }
}

static void arena_copies_end_with_a_nul(void **state) {
  (void)state;
  bdc__arena arena;
  bdc_str copy;
  bdc__arena_init(&arena, NULL);
  assert_true(bdc__arena_copy(&arena, (bdc_str){ "abc", 2 }, &copy));
  assert_int_equal(copy.size, 2);
  assert_string_equal(copy.data, "ab");
  assert_true(bdc__arena_copy(&arena, (bdc_str){ 0 }, &copy));
  assert_int_equal(copy.size, 0);
  assert_string_equal(copy.data, "");
  bdc__arena_free(&arena);
}

/* ---- words ---- */

static void every_number_of_the_header_has_words_of_its_own(void **state) {
  (void)state;
  for (int i = 0; i <= BDC_ERR_INTERNAL; i++) {
    assert_string_not_equal(bdc_status_text((bdc_status)i), "?");
    for (int j = 0; j < i; j++) {
      assert_string_not_equal(bdc_status_text((bdc_status)i), bdc_status_text((bdc_status)j));
    }
  }
  for (int i = 0; i <= BDC_REASON_CONTENT_ENCODING; i++) {
    assert_string_not_equal(bdc_reason_text((bdc_reason)i), "?");
    for (int j = 0; j < i; j++) {
      assert_string_not_equal(bdc_reason_text((bdc_reason)i), bdc_reason_text((bdc_reason)j));
    }
  }
  assert_string_equal(bdc_reason_text((bdc_reason)(BDC_REASON_CONTENT_ENCODING + 1)), "?");
  static const char *const rules[] = { "syntax",     "encoding",   "duplicate", "limit",  "mandatory", "unknown", "type",
                                       "length.min", "length.max", "charset",   "start",  "enum",      "range",   "items",
                                       "includes",   "pattern",    "format",    "status", "media-type" };
  assert_int_equal(LENGTH(rules), BDC_RULE_COUNT);
  for (size_t i = 0; i < LENGTH(rules); i++) {
    assert_string_equal(bdc_rule_name((bdc_rule)i), rules[i]);
  }
  assert_string_equal(bdc_rule_name((bdc_rule)BDC_RULE_COUNT), "?");
  assert_string_equal(bdc_place_name(BDC_IN_BODY), "body");
  assert_string_equal(bdc_place_name(BDC_IN_PATH), "path");
  assert_string_equal(bdc_place_name(BDC_IN_HEADER), "header");
  assert_string_equal(bdc_place_name(BDC_IN_QUERY), "query");
  assert_string_equal(bdc_place_name(BDC_IN_STATUS), "status");
  assert_string_equal(bdc_verdict_name((bdc_verdict)0), "unchecked");
  assert_string_equal(bdc_verdict_name(BDC_VALID), "valid");
  assert_string_equal(bdc_verdict_name(BDC_INVALID), "invalid");
  assert_string_equal(bdc_version(), BDC_VERSION);
}

int main(int argc, char **argv) {
  seed = argc > 1 ? argv[1] : NULL;
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(decimal_compares_equal_forms_as_equal_and_others_by_their_value),
    cmocka_unit_test(decimal_orders_exponents_of_more_digits_than_an_integer_has),
    cmocka_unit_test(decimal_agrees_with_a_comparison_of_written_out_digits),
    cmocka_unit_test(decimal_takes_the_grammar_of_rfc_8259_and_nothing_else),
    cmocka_unit_test(utf8_encodes_every_code_point_and_reads_it_back),
    cmocka_unit_test(utf8_size_tells_whole_malformed_and_begun_for_every_first_and_second_byte),
    cmocka_unit_test(utf8_refuses_each_class_of_malformed_text),
    cmocka_unit_test(utf8_counts_code_points_at_every_alignment),
    cmocka_unit_test(utf8_cuts_between_characters_and_never_beyond_the_text),
    cmocka_unit_test(hex_digits_are_the_22_and_nothing_else),
    cmocka_unit_test(siphash_gives_the_reference_vectors_whatever_the_pieces),
    cmocka_unit_test(siphash_depends_on_the_key),
    cmocka_unit_test(text_escapes_what_json_a_terminal_or_a_log_would_act_on),
    cmocka_unit_test(text_escapes_every_mark_that_turns_the_direction_of_text),
    cmocka_unit_test(text_fits_or_leaves_an_empty_string_at_every_size),
    cmocka_unit_test(text_writes_every_number_in_full),
    cmocka_unit_test(slices_fold_ascii_letters_and_nothing_else),
    cmocka_unit_test(arena_gives_zeroed_aligned_memory_that_overlaps_no_other),
    cmocka_unit_test(arena_refuses_sizes_that_overflow),
    cmocka_unit_test(arena_gives_null_only_without_memory),
    cmocka_unit_test(arena_survives_each_failed_allocation),
    cmocka_unit_test(arena_copies_end_with_a_nul),
    cmocka_unit_test(every_number_of_the_header_has_words_of_its_own),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
