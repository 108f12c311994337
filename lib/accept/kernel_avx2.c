/* SPDX-License-Identifier: MIT */
/* The kernel for x86-64 with AVX2, BMI2 and PCLMULQDQ: 32 bytes at a time. */
#include "accept/blocks.h"
#include "accept/replay.h"
#include "accept/walk.h"

#include "accept/avx.h"
#include "accept/chosen.h"
#include "accept/utf8_tables.h"

static inline uint64_t joined(uint32_t low, uint32_t high) {
  return (uint64_t)high << 32 | low;
}

static inline uint64_t equal(__m256i low, __m256i high, char c) {
  return joined(bits_of(_mm256_cmpeq_epi8(low, _mm256_set1_epi8(c))), bits_of(_mm256_cmpeq_epi8(high, _mm256_set1_epi8(c))));
}

static inline __m256i twice(__m128i table) {
  return _mm256_broadcastsi128_si256(table);
}

static inline __m256i controls_of(__m256i bytes) {
  return _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, _mm256_set1_epi8(0x1f)), bytes);
}

/* What 32 bytes are: all bits of each that is it. */
typedef struct kinds {
  __m256i quotes;
  __m256i punctuation;
  __m256i known; /* these, and blanks */
  __m256i odd;   /* controls, backslashes and what is beyond ASCII */
} kinds;

/*
 * A blank is what the table of blanks has for its low four bits, and likewise punctuation, once "[" and "{" are made one, and "]" and
 * "}": with them come two control characters, which are told apart by whoever reads the skeleton.
 */
static INLINE kinds kinds_of(__m256i bytes) {
  const __m256i blanks = twice(_mm_setr_epi8(' ', -1, -1, -1, -1, -1, -1, -1, -1, '\t', '\n', -1, -1, '\r', -1, -1));
  const __m256i signs = twice(_mm_setr_epi8(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, ':', '{', ',', '}', -1, -1));
  __m256i quote = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"'));
  __m256i blank = _mm256_cmpeq_epi8(_mm256_shuffle_epi8(blanks, bytes), bytes);
  __m256i sign = _mm256_cmpeq_epi8(_mm256_shuffle_epi8(signs, bytes), _mm256_or_si256(bytes, _mm256_set1_epi8(0x20)));
  __m256i backslash = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\\'));
  return (kinds){ .quotes = quote,
                  .punctuation = sign,
                  .known = _mm256_or_si256(_mm256_or_si256(quote, blank), sign),
                  .odd = _mm256_or_si256(_mm256_cmpgt_epi8(_mm256_set1_epi8(0x20), bytes), backslash) };
}

static inline uint64_t bits_of_both(__m256i low, __m256i high) {
  return joined(bits_of(low), bits_of(high));
}

static INLINE sorted sort(__m256i low, __m256i high) {
  kinds first = kinds_of(low);
  kinds second = kinds_of(high);
  sorted found = { .quotes = bits_of_both(first.quotes, second.quotes),
                   .punctuation = bits_of_both(first.punctuation, second.punctuation),
                   .others = ~bits_of_both(first.known, second.known) };
  __m256i odd = _mm256_or_si256(first.odd, second.odd);
  if (UNLIKELY(!_mm256_testz_si256(odd, odd))) {
    found.controls = bits_of_both(controls_of(low), controls_of(high));
    found.special = (bits_of_both(first.odd, second.odd) & ~found.controls) != 0;
  }
  return found;
}

static INLINE sorted kernel_sort(const unsigned char *block) {
  return sort(load_32(block), load_32(block + VECTOR));
}

static INLINE sorted kernel_sort_copy(unsigned char *out, const unsigned char *block) {
  __m256i low = load_32(block);
  __m256i high = load_32(block + VECTOR);
  _mm256_storeu_si256((__m256i *)(void *)out, low);
  _mm256_storeu_si256((__m256i *)(void *)(out + VECTOR), high);
  return sort(low, high);
}

static inline void kernel_copy(unsigned char *out, const unsigned char *block) {
  _mm256_storeu_si256((__m256i *)(void *)out, load_32(block));
  _mm256_storeu_si256((__m256i *)(void *)(out + VECTOR), load_32(block + VECTOR));
}

static inline void kernel_special(const unsigned char *block, uint64_t *backslashes, uint64_t *beyond_ascii) {
  __m256i low = load_32(block);
  __m256i high = load_32(block + VECTOR);
  *backslashes = equal(low, high, '\\');
  *beyond_ascii = joined(bits_of(low), bits_of(high));
}

static inline __m256i unordinary(__m256i bytes) {
  __m256i quote = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"'));
  return _mm256_or_si256(_mm256_or_si256(controls_of(bytes), quote), _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\\')));
}

static inline bool kernel_ordinary(const unsigned char *block) {
  __m256i found = _mm256_or_si256(unordinary(load_32(block)), unordinary(load_32(block + VECTOR)));
  return _mm256_testz_si256(found, found);
}

static inline void kernel_copy_tail(unsigned char *out, const unsigned char *text, uint32_t size) {
  portable_copy_tail(out, text, size);
}

static inline uint32_t kernel_ordinary_size(const unsigned char *text, bool *beyond_ascii) {
  __m256i low = load_32(text);
  __m256i high = load_32(text + VECTOR);
  uint32_t size = (uint32_t)_tzcnt_u64(joined(bits_of(unordinary(low)), bits_of(unordinary(high))));
  *beyond_ascii = *beyond_ascii || _bzhi_u64(joined(bits_of(low), bits_of(high)), size);
  return size;
}

static inline void store_8(unsigned char *out, __m128i bytes) {
  _mm_storel_epi64((__m128i *)(void *)out, bytes);
}

static inline void store_8_high(unsigned char *out, __m128i bytes) {
  _mm_storeh_pi((__m64 *)(void *)out, _mm_castsi128_ps(bytes)); /* as doubles they would have to be aligned */
}

/*
 * Two times eight bytes together, of which each choice has its numbers in a table; what is written too much is overwritten.
 */
static inline uint32_t kernel_list(unsigned char *bytes, uint16_t *places, const unsigned char *block, uint64_t chosen, uint32_t base) {
  enum { BATCH = 16, NEXT = 8 };
  const __m128i halves = _mm_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, NEXT, NEXT, NEXT, NEXT, NEXT, NEXT, NEXT, NEXT);
  __m256i first = _mm256_set1_epi16((short)base);
  size_t count = 0;
#pragma GCC unroll 4
  for (unsigned i = 0; i < BLOCK; i += BATCH) {
    uint64_t low = chosen & 0xff;
    uint64_t high = chosen >> NEXT & 0xff;
    __m128d pair = _mm_load_sd((const double *)(const void *)&chosen_numbers[low]);
    pair = _mm_loadh_pd(pair, (const double *)(const void *)&chosen_numbers[high]);
    __m128i numbers = _mm_add_epi8(_mm_castpd_si128(pair), halves);
    __m128i kept = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)(block + i)), numbers);
    __m256i where = _mm256_add_epi16(_mm256_cvtepu8_epi16(numbers), first);
    size_t middle = count + (size_t)_mm_popcnt_u64(low);
    store_8(bytes + count, kept);
    store_8_high(bytes + middle, kept);
    _mm_storeu_si128((__m128i *)(void *)(places + count), _mm256_castsi256_si128(where));
    _mm_storeu_si128((__m128i *)(void *)(places + middle), _mm256_extracti128_si256(where, 1));
    count = middle + (size_t)_mm_popcnt_u64(high);
    chosen >>= BATCH;
    first = _mm256_add_epi16(first, _mm256_set1_epi16(BATCH));
    __asm__("" : "+x"(first)); /* or the compiler makes each sum anew, from a constant that it makes anew */
  }
  return (uint32_t)count;
}

/* A byte for each of 32 characters that is not 0 where it is in the class: its column has the bit of its high four bits. */
static inline uint32_t strangers(__m256i columns, __m256i characters) {
  const __m256i rows = _mm256_setr_epi8(1, 2, 4, 8, 16, 32, 64, (char)128, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, (char)128, 0,
                                        0, 0, 0, 0, 0, 0, 0);
  __m256i column = _mm256_shuffle_epi8(columns, characters);
  __m256i row = _mm256_shuffle_epi8(rows, _mm256_and_si256(_mm256_srli_epi16(characters, 4), _mm256_set1_epi8(0x0f)));
  return bits_of(_mm256_cmpeq_epi8(_mm256_and_si256(column, row), _mm256_setzero_si256()));
}

static inline bool kernel_in_class(const bdc__class *class, const unsigned char *text, uint32_t size) {
  __m256i columns = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)class->columns));
  for (; UNLIKELY(size > VECTOR); text += VECTOR, size -= VECTOR) {
    if (strangers(columns, load_32(text))) {
      return false;
    }
  }
  return _bzhi_u32(strangers(columns, load_32(text)), size) == 0;
}

/* A bit for each of the 32 bytes at `at` that is wrong behind the three before it, and one for each that continues a character. */
static inline uint32_t utf8_wrong(const unsigned char *at, uint32_t *continuations) {
  const __m256i first_high = twice(_mm_setr_epi8(UTF8_FIRST_HIGH));
  const __m256i first_low = twice(_mm_setr_epi8(UTF8_FIRST_LOW));
  const __m256i second_high = twice(_mm_setr_epi8(UTF8_SECOND_HIGH));
  const __m256i half = _mm256_set1_epi8(0x0f);
  __m256i bytes = load_32(at);
  __m256i first = load_32(at - 1);
  __m256i pair = _mm256_and_si256(_mm256_shuffle_epi8(first_high, _mm256_and_si256(_mm256_srli_epi16(first, 4), half)),
                                  _mm256_shuffle_epi8(first_low, _mm256_and_si256(first, half)));
  pair = _mm256_and_si256(pair, _mm256_shuffle_epi8(second_high, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half)));
  /* The high bit where a byte is the third or fourth of a character. */
  __m256i later = _mm256_or_si256(_mm256_subs_epu8(load_32(at - 2), _mm256_set1_epi8(0xe0 - 0x80)),
                                  _mm256_subs_epu8(load_32(at - 3), _mm256_set1_epi8(0xf0 - 0x80)));
  __m256i wrong = _mm256_xor_si256(pair, _mm256_and_si256(later, _mm256_set1_epi8(UTF8_CONTINUED)));
  *continuations = bits_of(_mm256_cmpgt_epi8(_mm256_set1_epi8((char)0xc0), bytes));
  return ~bits_of(_mm256_cmpeq_epi8(wrong, _mm256_setzero_si256()));
}

/*
 * The quote behind the string is looked at too: it ends a character that is cut short. The last 32 bytes may have been looked at in part,
 * or begin before the string: such bytes do not count.
 */
static bool kernel_utf8(const unsigned char *text, uint32_t size, uint32_t before, uint64_t *characters) {
  enum { PREVIOUS = 3 };
  if (before < PREVIOUS || before + size + 1 < VECTOR + PREVIOUS) {
    return portable_utf8(text, size, characters);
  }
  uint32_t wrong = 0;
  uint32_t continuing;
  uint64_t continuations = 0;
  uint32_t at = 0;
  for (; at + VECTOR <= size; at += VECTOR) {
    wrong |= utf8_wrong(text + at, &continuing);
    continuations += (uint64_t)_mm_popcnt_u32(continuing);
  }
  uint32_t left = size + 1 - at; /* 1 to VECTOR */
  uint32_t seen = _bzhi_u32(UINT32_MAX, VECTOR - left);
  wrong |= utf8_wrong(text + size + 1 - VECTOR, &continuing) & ~seen;
  continuations += (uint64_t)_mm_popcnt_u32(continuing & ~seen);
  *characters = size - continuations;
  return wrong == 0;
}

bool bdc__replay_avx2(const bdc__accept_task *task, const bdc__layout *layout, const unsigned char *body, size_t size) {
  return replay_body(task, layout, body, size);
}

bool bdc__accept_avx2(const bdc__accept_task *task, const unsigned char *body, size_t size) {
  return accept_body(task, body, size);
}
