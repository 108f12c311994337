/* SPDX-License-Identifier: MIT */
/* The parts of a text in which nearly all bytes of real messages are, taken many bytes at a time: blanks and the inside of strings. */
#ifndef BDC_JSON_PLAIN_H
#define BDC_JSON_PLAIN_H

#include "base/word.h"

#include <stdbool.h>
#include <stddef.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* Bytes below 0x20, '"', '\\' and those with the high bit, as high bits of a mask; the lowest one set is exact. */
static inline uint64_t bdc__json_special_bytes(uint64_t word) {
  uint64_t quote = word ^ BDC__ONES * '"';
  uint64_t backslash = word ^ BDC__ONES * '\\';
  return ((word - BDC__ONES * 0x20) | (quote - BDC__ONES) | (backslash - BDC__ONES) | word) & BDC__HIGHS;
}

static inline bool bdc__json_special_byte(unsigned char c) {
  return c < 0x20 || c == '"' || c == '\\' || c >= 0x80;
}

#if defined(__SSE2__)
/* A bit for each of 16 bytes that is special: as signed numbers, control characters and what is beyond ASCII are both below 0x20. */
static inline unsigned bdc__json_special_of_16(const unsigned char *at) {
  __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
  __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
  __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
  __m128i outside = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20));
  return (unsigned)_mm_movemask_epi8(_mm_or_si128(outside, _mm_or_si128(quote, backslash)));
}
#endif

/* Over the same as bdc__json_skip_plain, eight bytes at a time. */
__attribute__((always_inline)) static inline const unsigned char *bdc__json_skip_plain_words(const unsigned char *at,
                                                                                             const unsigned char *end) {
  for (; end - at >= 8; at += 8) {
    uint64_t mask = bdc__json_special_bytes(bdc__load_le64(at));
    if (mask) {
      return at + bdc__first_byte(mask);
    }
  }
  while (at < end && !bdc__json_special_byte(*at)) {
    at++;
  }
  return at;
}

/*
 * Over what needs no second look in a string: ASCII but control characters, quotes and backslashes. Most strings end within 32 bytes: then
 * it does not matter to the processor's foresight in which half.
 */
__attribute__((always_inline)) static inline const unsigned char *bdc__json_skip_plain(const unsigned char *at,
                                                                                       const unsigned char *end) {
#if defined(__SSE2__)
  for (; end - at >= 32; at += 32) {
    unsigned mask = bdc__json_special_of_16(at) | bdc__json_special_of_16(at + 16) << 16;
    if (mask) {
      return at + __builtin_ctz(mask);
    }
  }
  if (end - at >= 16) {
    unsigned mask = bdc__json_special_of_16(at);
    if (mask) {
      return at + __builtin_ctz(mask);
    }
    at += 16;
  }
#endif
  return bdc__json_skip_plain_words(at, end);
}

/* Over that and all well-formed characters beyond ASCII; *ascii becomes false where there are any. */
const unsigned char *bdc__json_skip_text(const unsigned char *at, const unsigned char *end, bool *ascii);

/*
 * Over a string whose escapes are all of one letter, from behind its first quote to behind its last one, with its length in characters.
 * NULL where the string is otherwise, or does not end in time.
 */
const unsigned char *bdc__json_skip_escaped(const unsigned char *at, const unsigned char *end, size_t *length);

/* What a one-letter escape stands for; 0 where there is none. */
unsigned char bdc__json_unescape(unsigned char letter);

static inline bool bdc__json_blank(unsigned char c) {
  const uint64_t blanks = UINT64_C(1) << ' ' | 1u << '\n' | 1u << '\r' | 1u << '\t';
  return c <= ' ' && (blanks >> c & 1);
}

static inline const unsigned char *bdc__json_skip_blanks(const unsigned char *at, const unsigned char *end) {
  while (at < end && bdc__json_blank(*at)) {
    at++;
  }
  return at;
}

#endif
