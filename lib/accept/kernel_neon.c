/* SPDX-License-Identifier: MIT */
/* The kernel for any 64-bit ARM: 16 bytes at a time. */
#include "accept/replay.h"
#include "accept/walk.h"

#include "accept/list.h"
#include "accept/utf8_tables.h"

#include <arm_neon.h>

enum { VECTOR = 16 };

static const uint8_t numbers[VECTOR] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };

static inline bool none(uint8x16_t bytes) {
  return vmaxvq_u32(vreinterpretq_u32_u8(bytes)) == 0;
}

/* ---- blocks ---- */

/* Of each byte of a block one bit. There is no instruction for it: bytes that are 0 or 0xff keep one bit each, and are added up. */
static inline uint64_t bits_of(uint8x16x4_t block) {
  const uint8x16_t bits = vreinterpretq_u8_u64(vdupq_n_u64(UINT64_C(0x8040201008040201)));
  uint8x16_t low = vpaddq_u8(vandq_u8(block.val[0], bits), vandq_u8(block.val[1], bits));
  uint8x16_t high = vpaddq_u8(vandq_u8(block.val[2], bits), vandq_u8(block.val[3], bits));
  uint8x16_t sums = vpaddq_u8(low, high);
  return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sums, sums)), 0);
}

static inline uint8x16x4_t load(const unsigned char *block) {
  return (uint8x16x4_t){ { vld1q_u8(block), vld1q_u8(block + VECTOR), vld1q_u8(block + 2 * VECTOR), vld1q_u8(block + 3 * VECTOR) } };
}

static inline uint8x16_t below(uint8x16_t bytes, uint8_t bound) {
  return vcltq_u8(bytes, vdupq_n_u8(bound));
}

static inline uint8x16_t equal(uint8x16_t bytes, unsigned char c) {
  return vceqq_u8(bytes, vdupq_n_u8(c));
}

static inline kinds kernel_kinds(const unsigned char *block) {
  uint8x16x4_t bytes = load(block);
  uint8x16x4_t quotes, backslashes, controls, high;
  for (unsigned i = 0; i < 4; i++) {
    quotes.val[i] = equal(bytes.val[i], '"');
    backslashes.val[i] = equal(bytes.val[i], '\\');
    controls.val[i] = below(bytes.val[i], 0x20);
    high.val[i] = vcltzq_s8(vreinterpretq_s8_u8(bytes.val[i]));
  }
  return (kinds){ bits_of(quotes), bits_of(backslashes), bits_of(controls), bits_of(high) };
}

static INLINE sorted kernel_sort(unsigned char *out, const unsigned char *block) {
  uint8x16x4_t bytes = load(block);
  uint8x16x4_t quotes;
  uint8x16_t least = vdupq_n_u8(0xff);
  uint8x16_t all = vdupq_n_u8(0);
  for (unsigned i = 0; i < 4; i++) {
    vst1q_u8(out + i * VECTOR, bytes.val[i]);
    quotes.val[i] = equal(bytes.val[i], '"');
    least = vminq_u8(least, bytes.val[i]);
    all = vorrq_u8(all, vorrq_u8(bytes.val[i], equal(bytes.val[i], '\\')));
  }
  sorted found = { .quotes = bits_of(quotes) };
  /* Most blocks have none of these: the high bits are those of bytes beyond ASCII and backslashes. */
  if (UNLIKELY(vmaxvq_u8(vorrq_u8(all, below(least, 0x20))) >= 0x80)) {
    found.special = vmaxvq_u8(all) >= 0x80;
    found.controls = found.special ? 0 : kernel_kinds(block).controls;
  }
  return found;
}

static inline uint8x16_t unordinary(uint8x16_t bytes) {
  return vorrq_u8(vorrq_u8(equal(bytes, '"'), equal(bytes, '\\')), below(bytes, 0x20));
}

static inline bool kernel_ordinary(const unsigned char *block) {
  uint8x16x4_t bytes = load(block);
  uint8x16_t found = vdupq_n_u8(0);
  for (unsigned i = 0; i < 4; i++) {
    found = vorrq_u8(found, unordinary(bytes.val[i]));
  }
  return none(found);
}

static inline uint32_t first_of(uint64_t bits) {
  return bits ? (uint32_t)__builtin_ctzll(bits) : BLOCK;
}

/* Four bits for each byte. */
static inline uint64_t nibbles_of(uint8x16_t found) {
  return vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(found), 4)), 0);
}

static inline uint32_t kernel_plain_size(const unsigned char *text) {
  for (uint32_t i = 0; i < HALF; i += VECTOR) {
    uint8x16_t bytes = vld1q_u8(text + i);
    uint8x16_t outside = vcltq_s8(vreinterpretq_s8_u8(bytes), vdupq_n_s8(0x20));
    uint8x16_t sign = vorrq_u8(equal(bytes, '"'), equal(bytes, '\\'));
    uint64_t found = nibbles_of(vorrq_u8(outside, sign));
    if (found) {
      return i + (uint32_t)__builtin_ctzll(found) / 4;
    }
  }
  return HALF;
}

static inline uint32_t kernel_ordinary_size(const unsigned char *text, bool *beyond_ascii) {
  uint8x16x4_t bytes = load(text);
  uint8x16x4_t found, high;
  for (unsigned i = 0; i < 4; i++) {
    found.val[i] = unordinary(bytes.val[i]);
    high.val[i] = vcltzq_s8(vreinterpretq_s8_u8(bytes.val[i]));
  }
  uint64_t end = bits_of(found);
  *beyond_ascii = *beyond_ascii || (bits_of(high) & (end - 1) & ~end);
  return first_of(end);
}

static inline void kernel_copy_tail(unsigned char *out, const unsigned char *text, uint32_t size) {
  portable_copy_tail(out, text, size);
}

static inline uint32_t kernel_scalar_size(const unsigned char *text) {
  return portable_scalar_size(text);
}

static inline bool kernel_same(const unsigned char *a, const unsigned char *b, uint32_t size) {
  uint8x16_t differences = vdupq_n_u8(0);
  for (uint32_t i = 0; i < size; i += VECTOR) {
    uint8x16_t which = vcltq_u8(vld1q_u8(numbers), vdupq_n_u8((uint8_t)(size - i)));
    differences = vorrq_u8(differences, vandq_u8(which, veorq_u8(vld1q_u8(a + i), vld1q_u8(b + i))));
  }
  return none(differences);
}

/* The instruction for this is no part of every 64-bit ARM. */
static inline uint64_t kernel_inside(uint64_t quotes) {
  return portable_inside(quotes);
}

static inline uint32_t kernel_count(uint64_t bits) {
  return vaddv_u8(vcnt_u8(vcreate_u8(bits)));
}

static inline uint64_t kernel_first(uint64_t word, uint32_t size) {
  return word & portable_low[size % BDC__PLAN_NAME_SIZE];
}

static INLINE uint32_t kernel_list(uint16_t *places, uint64_t bits, uint32_t base) {
  return list_bits(places, bits, base, kernel_count(bits));
}

/* ---- names and values ---- */

static inline uint8x16_t difference(const bdc__plan *plan, const unsigned char *text, unsigned at) {
  return veorq_u8(vandq_u8(vld1q_u8(text + at), vld1q_u8(plan->mask + at)), vld1q_u8(plan->name + at));
}

static inline bool kernel_name(const bdc__plan *plan, const unsigned char *text) {
  static_assert(BDC__PLAN_NAME_SIZE == 2 * VECTOR, "all of a name is compared");
  return none(vorrq_u8(difference(plan, text, 0), difference(plan, text, VECTOR)));
}

/* 0xff for each ASCII character that is in the class: its column has the bit of its high four bits. */
static inline uint8x16_t members_of(uint8x16_t columns, uint8x16_t characters) {
  const uint8x16_t rows = vreinterpretq_u8_u64(vcombine_u64(vcreate_u64(UINT64_C(0x8040201008040201)), vcreate_u64(0)));
  uint8x16_t column = vqtbl1q_u8(columns, vandq_u8(characters, vdupq_n_u8(0x0f)));
  uint8x16_t row = vqtbl1q_u8(rows, vshrq_n_u8(characters, 4));
  return vtstq_u8(column, row);
}

static inline bool kernel_in_class(const bdc__class *class, const unsigned char *text, uint32_t size) {
  uint8x16_t columns = vld1q_u8(class->columns);
  for (; UNLIKELY(size > VECTOR); text += VECTOR, size -= VECTOR) {
    if (!none(vmvnq_u8(members_of(columns, vld1q_u8(text))))) {
      return false;
    }
  }
  uint8x16_t which = vcltq_u8(vld1q_u8(numbers), vdupq_n_u8((uint8_t)size));
  return none(vbicq_u8(which, members_of(columns, vld1q_u8(text))));
}

static inline uint32_t kernel_digits(const unsigned char *text) {
  return portable_digits(text);
}

/* The signs are held against their own, the digits against 9; then month, day, hour, minute and second against the greatest. */
static inline bool kernel_date_and_time(const unsigned char *text, unsigned *month, unsigned *day) {
  static const uint8_t start[VECTOR] = { '0', '0', '0', '0', '-', '0', '0', '-', '0', '0', 'T', '0', '0', ':', '0', '0' };
  static const uint8_t start_room[VECTOR] = { 9, 9, 9, 9, 0, 9, 9, 0, 9, 9, 0, 9, 9, 0, 9, 9 };
  static const uint8_t end[VECTOR] = { '-', '0', '0', '-', '0', '0', 'T', '0', '0', ':', '0', '0', ':', '0', '0', 0 };
  static const uint8_t end_room[VECTOR] = { 0, 9, 9, 0, 9, 9, 0, 9, 9, 0, 9, 9, 0, 9, 9, 0xff };
  /* Of the end: where the tens stand, and where the ones; beyond it there are zeros. */
  static const uint8_t tens[VECTOR / 2] = { 1, 4, 7, 10, 13, 0xff, 0xff, 0xff };
  static const uint8_t ones[VECTOR / 2] = { 2, 5, 8, 11, 14, 0xff, 0xff, 0xff };
  static const uint8_t greatest[VECTOR / 2] = { 12, 31, 23, 59, 59, 0, 0, 0 };
  uint8x16_t first = vsubq_u8(vld1q_u8(text), vld1q_u8(start));
  uint8x16_t last = vsubq_u8(vld1q_u8(text + 4), vld1q_u8(end));
  uint8x16_t strange = vorrq_u8(vcgtq_u8(first, vld1q_u8(start_room)), vcgtq_u8(last, vld1q_u8(end_room)));
  uint8x8_t pairs = vmla_u8(vqtbl1_u8(last, vld1_u8(ones)), vqtbl1_u8(last, vld1_u8(tens)), vdup_n_u8(10));
  uint8x8_t late = vcgt_u8(pairs, vld1_u8(greatest));
  *month = vget_lane_u8(pairs, 0);
  *day = vget_lane_u8(pairs, 1);
  return none(vorrq_u8(strange, vcombine_u8(late, late)));
}

/* ---- UTF-8 ---- */

/* What is wrong with two neighbours: see utf8_tables.h. */
static inline uint8x16_t wrong_pairs(uint8x16_t first, uint8x16_t second) {
  static const int8_t first_high[VECTOR] = { UTF8_FIRST_HIGH };
  static const int8_t first_low[VECTOR] = { UTF8_FIRST_LOW };
  static const int8_t second_high[VECTOR] = { UTF8_SECOND_HIGH };
  int8x16_t high = vqtbl1q_s8(vld1q_s8(first_high), vshrq_n_u8(first, 4));
  int8x16_t low = vqtbl1q_s8(vld1q_s8(first_low), vandq_u8(first, vdupq_n_u8(0x0f)));
  int8x16_t then = vqtbl1q_s8(vld1q_s8(second_high), vshrq_n_u8(second, 4));
  return vreinterpretq_u8_s8(vandq_s8(vandq_s8(high, low), then));
}

/* Not 0 where 16 bytes, and the three before them, are no part of UTF-8. */
static inline uint8x16_t mistakes(uint8x16_t before, uint8x16_t bytes) {
  uint8x16_t second = vextq_u8(before, bytes, VECTOR - 2);
  uint8x16_t third = vextq_u8(before, bytes, VECTOR - 3);
  uint8x16_t continued = vorrq_u8(vcgeq_u8(second, vdupq_n_u8(0xe0)), vcgeq_u8(third, vdupq_n_u8(0xf0)));
  uint8x16_t pairs = wrong_pairs(vextq_u8(before, bytes, VECTOR - 1), bytes);
  return veorq_u8(pairs, vandq_u8(continued, vdupq_n_u8((uint8_t)UTF8_CONTINUED)));
}

/* How many bytes continue a character, added to four sums. */
static inline uint32x4_t add_continuations(uint32x4_t sums, uint8x16_t bytes) {
  uint8x16_t continuations = vcltq_s8(vreinterpretq_s8_u8(bytes), vdupq_n_s8(-0x40));
  return vpadalq_u16(sums, vpaddlq_u8(vshrq_n_u8(continuations, 7)));
}

/* The bytes of a string that are behind its last whole vector, with zeros behind them. */
static inline uint8x16_t last_bytes(const unsigned char *text, uint32_t size) {
  uint8x16_t places = vaddq_u8(vld1q_u8(numbers), vdupq_n_u8((uint8_t)(VECTOR - size % VECTOR)));
  return vqtbl1q_u8(vld1q_u8(text + size - VECTOR), places);
}

static bool kernel_utf8(const unsigned char *text, uint32_t size, uint32_t before, uint64_t *characters) {
  if (before + size < VECTOR) {
    return portable_utf8(text, size, characters);
  }
  const uint8x16_t zeros = vdupq_n_u8(0);
  uint8x16_t wrong = zeros;
  uint8x16_t previous = zeros;
  uint32x4_t continuations = vdupq_n_u32(0);
  for (uint32_t at = 0; at + VECTOR <= size; at += VECTOR) {
    uint8x16_t bytes = vld1q_u8(text + at);
    wrong = vorrq_u8(wrong, mistakes(previous, bytes));
    continuations = add_continuations(continuations, bytes);
    previous = bytes;
  }
  /* At least one zero is behind the last byte: a character that is cut off there is too short. */
  uint8x16_t rest = last_bytes(text, size);
  wrong = vorrq_u8(wrong, mistakes(previous, rest));
  *characters = size - vaddvq_u32(add_continuations(continuations, rest));
  return none(wrong);
}

bool bdc__replay_neon(const bdc__accept_task *task, const bdc__layout *layout, const unsigned char *body, size_t size) {
  return replay_body(task, layout, body, size);
}

bool bdc__accept_neon(const bdc__accept_task *task, bdc__styles *styles, const unsigned char *body, size_t size) {
  return accept_body(task, styles, body, size);
}
