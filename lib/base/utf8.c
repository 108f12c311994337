/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"

#include "base/word.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

static bool continues(unsigned char c) {
  return (c & 0xc0) == 0x80;
}

#if defined(__SSE2__)
/*
 * Continuation bytes of `count` blocks of 16 bytes, at most 255, which is what the counter of a column holds. As signed numbers they are
 * those below 0xc0.
 */
static size_t continuations_of(const unsigned char *at, size_t count) {
  __m128i columns = _mm_setzero_si128();
  for (size_t i = 0; i < count; i++) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(at + 16 * i));
    columns = _mm_sub_epi8(columns, _mm_cmplt_epi8(bytes, _mm_set1_epi8((char)0xc0)));
  }
  __m128i halves = _mm_sad_epu8(columns, _mm_setzero_si128());
  return (size_t)_mm_cvtsi128_si32(halves) + (size_t)_mm_extract_epi16(halves, 4);
}

enum { BLOCK = 16, BLOCKS_MAX = 255 };
#else
/* Continuation bytes of `count` blocks of 8 bytes, at most 255: 10xxxxxx, the high bit set and the next one not. */
static size_t continuations_of(const unsigned char *at, size_t count) {
  const uint64_t even = UINT64_C(0x00ff00ff00ff00ff);
  uint64_t columns = 0;
  for (size_t i = 0; i < count; i++) {
    uint64_t word = bdc__load_le64(at + 8 * i);
    columns += (word & ~(word << 1) & BDC__HIGHS) >> 7;
  }
  uint64_t pairs = (columns & even) + (columns >> 8 & even);
  return (size_t)(pairs * UINT64_C(0x0001000100010001) >> 48);
}

enum { BLOCK = 8, BLOCKS_MAX = 255 };
#endif

size_t bdc__utf8_count(const char *text, size_t size) {
  const unsigned char *at = (const unsigned char *)text;
  const unsigned char *end = at + size;
  size_t continuations = 0;
  while (end - at >= BLOCK) {
    size_t blocks = (size_t)(end - at) / BLOCK;
    blocks = blocks < BLOCKS_MAX ? blocks : BLOCKS_MAX;
    continuations += continuations_of(at, blocks);
    at += blocks * BLOCK;
  }
  for (; at < end; at++) {
    continuations += continues(*at);
  }
  return size - continuations;
}

/* The range of the second byte, by which overlong forms, surrogates and what lies beyond U+10FFFF are told. */
static bool second_fits(unsigned char first, unsigned char second) {
  switch (first) {
  case 0xe0:
    return second >= 0xa0 && second <= 0xbf;
  case 0xed:
    return second >= 0x80 && second <= 0x9f;
  case 0xf0:
    return second >= 0x90 && second <= 0xbf;
  case 0xf4:
    return second >= 0x80 && second <= 0x8f;
  default:
    return continues(second);
  }
}

int bdc__utf8_size(const unsigned char *text, size_t size) {
  unsigned char first = text[0];
  if (first < 0x80) {
    return 1;
  }
  if (first < 0xc2 || first > 0xf4) {
    return 0;
  }
  size_t want = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  for (size_t i = 1; i < want; i++) {
    if (i == size) {
      return -1;
    }
    if (i == 1 ? !second_fits(first, text[1]) : !continues(text[i])) {
      return 0;
    }
  }
  return (int)want;
}

bool bdc__utf8_valid(bdc_str text) {
  const unsigned char *at = (const unsigned char *)text.data;
  for (size_t i = 0; i < text.size;) {
    int size = bdc__utf8_size(at + i, text.size - i);
    if (size <= 0) {
      return false;
    }
    i += (size_t)size;
  }
  return true;
}

uint32_t bdc__utf8_decode(const char *text, size_t size) {
  static const unsigned char bits[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 }; /* of the first byte */
  uint32_t code_point = (unsigned char)text[0] & bits[size];
  for (size_t i = 1; i < size; i++) {
    code_point = code_point << 6 | ((unsigned char)text[i] & 0x3f);
  }
  return code_point;
}

size_t bdc__utf8_encode(uint32_t code_point, char out[4]) {
  if (code_point < 0x80) {
    out[0] = (char)code_point;
    return 1;
  }
  if (code_point < 0x800) {
    out[0] = (char)(0xc0 | code_point >> 6);
    out[1] = (char)(0x80 | (code_point & 0x3f));
    return 2;
  }
  if (code_point < 0x10000) {
    out[0] = (char)(0xe0 | code_point >> 12);
    out[1] = (char)(0x80 | (code_point >> 6 & 0x3f));
    out[2] = (char)(0x80 | (code_point & 0x3f));
    return 3;
  }
  out[0] = (char)(0xf0 | code_point >> 18);
  out[1] = (char)(0x80 | (code_point >> 12 & 0x3f));
  out[2] = (char)(0x80 | (code_point >> 6 & 0x3f));
  out[3] = (char)(0x80 | (code_point & 0x3f));
  return 4;
}

bdc_str bdc__utf8_cut(bdc_str text, size_t characters) {
  if (text.size <= characters) {
    return text;
  }
  for (size_t i = 0; i < text.size; i++) {
    if (!continues((unsigned char)text.data[i]) && characters-- == 0) {
      return (bdc_str){ text.data, i };
    }
  }
  return text;
}
