/* SPDX-License-Identifier: MIT */
/*
 * UTF-8 by table look-up, after the idea of John Keiser and Daniel Lemire ("Validating UTF-8 In Less Than One Instruction Per Byte",
 * Software: Practice and Experience 51, 2021). Two neighbouring bytes are looked up three times: by the upper and by the lower half of
 * the first, and by the upper half of the second. Each bit of an entry is a way in which the two can be wrong, and they are where all three
 * entries have it. That leaves the third and fourth byte of a character: there, and nowhere else, a continuation follows a continuation.
 */
#ifndef BDC_ACCEPT_UTF8_TABLES_H
#define BDC_ACCEPT_UTF8_TABLES_H

enum {
  UTF8_SHORT = 0x01,                                       /* a first byte, and then no continuation */
  UTF8_STRAY = 0x02,                                       /* ASCII, and then a continuation */
  UTF8_OVERLONG_2 = 0x04,                                  /* c0, c1 */
  UTF8_OVERLONG_3 = 0x08,                                  /* e0, and then 80 to 9f */
  UTF8_SURROGATE = 0x10,                                   /* ed, and then a0 to bf */
  UTF8_OVERLONG_4 = 0x20,                                  /* f0, and then 80 to 8f; f5 and beyond with any such byte */
  UTF8_BEYOND = 0x40,                                      /* f4, and then 90 to bf; f5 and beyond likewise */
  UTF8_CONTINUED = -0x80,                                  /* a continuation behind a continuation */
  UTF8_WHATEVER = UTF8_SHORT | UTF8_STRAY | UTF8_CONTINUED /* does not depend on the lower half of the first byte */
};

/* By the upper half of the first byte. */
#define UTF8_FIRST_HIGH                                                                                                                \
  UTF8_STRAY, UTF8_STRAY, UTF8_STRAY, UTF8_STRAY, UTF8_STRAY, UTF8_STRAY, UTF8_STRAY, UTF8_STRAY, UTF8_CONTINUED, UTF8_CONTINUED,      \
      UTF8_CONTINUED, UTF8_CONTINUED, UTF8_SHORT | UTF8_OVERLONG_2, UTF8_SHORT, UTF8_SHORT | UTF8_OVERLONG_3 | UTF8_SURROGATE,         \
      UTF8_SHORT | UTF8_OVERLONG_4 | UTF8_BEYOND

/* By the lower half of the first byte. */
#define UTF8_FIRST_LOW                                                                                                                 \
  UTF8_WHATEVER | UTF8_OVERLONG_2 | UTF8_OVERLONG_3 | UTF8_OVERLONG_4, UTF8_WHATEVER | UTF8_OVERLONG_2, UTF8_WHATEVER, UTF8_WHATEVER,  \
      UTF8_WHATEVER | UTF8_BEYOND, UTF8_WHATEVER | UTF8_BEYOND | UTF8_OVERLONG_4, UTF8_WHATEVER | UTF8_BEYOND | UTF8_OVERLONG_4,       \
      UTF8_WHATEVER | UTF8_BEYOND | UTF8_OVERLONG_4, UTF8_WHATEVER | UTF8_BEYOND | UTF8_OVERLONG_4,                                    \
      UTF8_WHATEVER | UTF8_BEYOND | UTF8_OVERLONG_4, UTF8_WHATEVER | UTF8_BEYOND | UTF8_OVERLONG_4,                                    \
      UTF8_WHATEVER | UTF8_BEYOND | UTF8_OVERLONG_4, UTF8_WHATEVER | UTF8_BEYOND | UTF8_OVERLONG_4,                                    \
      UTF8_WHATEVER | UTF8_BEYOND | UTF8_OVERLONG_4 | UTF8_SURROGATE, UTF8_WHATEVER | UTF8_BEYOND | UTF8_OVERLONG_4,                   \
      UTF8_WHATEVER | UTF8_BEYOND | UTF8_OVERLONG_4

/* By the upper half of the second byte. */
#define UTF8_SECOND_HIGH                                                                                                               \
  UTF8_SHORT, UTF8_SHORT, UTF8_SHORT, UTF8_SHORT, UTF8_SHORT, UTF8_SHORT, UTF8_SHORT, UTF8_SHORT,                                      \
      UTF8_STRAY | UTF8_CONTINUED | UTF8_OVERLONG_2 | UTF8_OVERLONG_3 | UTF8_OVERLONG_4,                                               \
      UTF8_STRAY | UTF8_CONTINUED | UTF8_OVERLONG_2 | UTF8_OVERLONG_3 | UTF8_BEYOND,                                                   \
      UTF8_STRAY | UTF8_CONTINUED | UTF8_OVERLONG_2 | UTF8_SURROGATE | UTF8_BEYOND,                                                    \
      UTF8_STRAY | UTF8_CONTINUED | UTF8_OVERLONG_2 | UTF8_SURROGATE | UTF8_BEYOND, UTF8_SHORT, UTF8_SHORT, UTF8_SHORT, UTF8_SHORT

#endif
