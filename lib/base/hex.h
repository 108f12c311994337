/* SPDX-License-Identifier: MIT */
#ifndef BDC_BASE_HEX_H
#define BDC_BASE_HEX_H

/* The value of a hexadecimal digit, or -1. */
static inline int bdc__hex_digit(unsigned char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

#endif
