/* SPDX-License-Identifier: MIT */
/* UTF-8, and the characters that no terminal should be sent. */
#ifndef BDC_COMMAND_TEXT_H
#define BDC_COMMAND_TEXT_H

#include <bodycheck/bodycheck.h>

#define CMD_INVALID UINT32_MAX

/* A bdc_str of NUL-terminated text. */
bdc_str cmd_str(const char *text);

bool cmd_equal(bdc_str a, bdc_str b);

/* The first character of `text`, which is not empty. Returns its bytes; a byte that is not UTF-8 counts alone, as CMD_INVALID. */
size_t cmd_decode(bdc_str text, uint32_t *character);

/* Control characters, and those that hide, reorder or break text: bidi controls, zero-width characters, line separators. */
bool cmd_is_unsafe(uint32_t character);

#endif
