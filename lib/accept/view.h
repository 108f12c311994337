/* SPDX-License-Identifier: MIT */
/* The text that is looked at, and the functions that each kernel file defines for it. See walk.h and replay.h for who looks, and how. */
#ifndef BDC_ACCEPT_VIEW_H
#define BDC_ACCEPT_VIEW_H

#include "accept/accept.h"

#include "base/word.h"

#include <stdalign.h>

enum {
  BLOCK = 64,
  HALF = BLOCK / 2,
  TAIL = 2 * BLOCK, /* bytes of a body's end that are copied to where there is room behind them */
  TEXT_MAX = 1 << 30,
  NEAR = 64,     /* bytes that may be read from any place on that the quick way looks at */
  WHOLE_MAX = 40 /* bytes of a value that the quick way looks at as a whole */
};

/* What is to be told of a string. */
enum { ESCAPE = 0x80, BEYOND_ASCII = 0x40, MARKS = ESCAPE | BEYOND_ASCII };

#define LIKELY(condition) __builtin_expect(!!(condition), 1)
#define UNLIKELY(condition) __builtin_expect(!!(condition), 0)

/* What is rarely needed stays out of the loops that are not. */
#define ASIDE __attribute__((noinline))
#define INLINE inline __attribute__((always_inline))

/*
 * What each kernel file defines. NEAR bytes may be read from `text` on, whatever is asked of it.
 */

/* The first bytes of a word, 31 at most; 8 or more are all of it. */
static inline uint64_t kernel_first(uint64_t word, uint32_t size);

/* Whether all characters of a text, which are ASCII, are in a class; NEAR bytes behind its end may be read. */
static inline bool kernel_in_class(const bdc__class *class, const unsigned char *text, uint32_t size);

/* How many digits a text begins with, nine or more being told from fewer. */
static inline uint32_t kernel_digits(const unsigned char *text);

/* Whether a text begins like "2020-08-03T13:21:48", whatever month and day. */
static inline bool kernel_date_and_time(const unsigned char *text, unsigned *month, unsigned *day);

/* How many of the next HALF bytes come before the first quote, backslash, control character or byte beyond ASCII. */
static inline uint32_t kernel_plain_size(const unsigned char *text);

/* How many of the next BLOCK bytes come before the first quote, backslash or control character; sets *beyond_ascii where that is among them. */
static inline uint32_t kernel_ordinary_size(const unsigned char *text, bool *beyond_ascii);

/* How many bytes come before the first blank, comma or closing bracket; more than a quick scalar has are told from fewer. */
static inline uint32_t kernel_scalar_size(const unsigned char *text);

/*
 * Copies at most TAIL bytes, with BLOCK zeros behind them; nothing else is read. The first zero ends any text and value, the others are only
 * read together with it. `out` is aligned to BLOCK, and has room for TAIL + BLOCK bytes.
 */
static inline void kernel_copy_tail(unsigned char *out, const unsigned char *text, uint32_t size);

/* Whether two texts are the same, of BLOCK bytes at most. */
static inline bool kernel_same(const unsigned char *a, const unsigned char *b, uint32_t size);

/*
 * Whether a string is UTF-8, and of how many characters. It stands between its quotes, with `before` bytes before it, the quote
 * included; nothing is read but these, the string and the quote behind it.
 */
static bool kernel_utf8(const unsigned char *text, uint32_t size, uint32_t before, uint64_t *characters);

/* What is looked at: the text from `origin` on, or a copy of its end. Its last byte is "}" or "]". */
typedef struct view {
  const bdc__accept_task *task;
  const unsigned char *body;
  uint32_t origin;
  uint32_t end; /* of the text, from `origin` on */
} view;

/* The size without the blanks behind; 0 where the body is none that anything is sure of. */
static inline size_t size_of_body(const bdc__accept_task *task, const unsigned char *body, size_t size) {
  while (size && (body[size - 1] == ' ' || body[size - 1] == '\n' || body[size - 1] == '\r' || body[size - 1] == '\t')) {
    size--;
  }
  bool usual = task->value_size >= WHOLE_MAX && size >= 2 && size <= TEXT_MAX && (body[size - 1] == '}' || body[size - 1] == ']');
  return usual ? size : 0;
}

#endif
