/* SPDX-License-Identifier: MIT */
/* Slices of text, UTF-8, and the characters that no terminal should be sent. */
#ifndef BDC_COMMAND_TEXT_H
#define BDC_COMMAND_TEXT_H

#include <bodycheck/bodycheck.h>

#define CMD_INVALID UINT32_MAX

/* A bdc_str of NUL-terminated text. */
bdc_str cmd_str(const char *text);

bool cmd_equal(bdc_str a, bdc_str b);

/* Whether two texts are the same with their letters of ASCII in any case, as names of header fields are. */
bool cmd_equal_fold(bdc_str a, bdc_str b);

/* Whether a text ends like this; and with letters in any case. */
bool cmd_ends_with(bdc_str text, bdc_str ending);
bool cmd_ends_with_fold(bdc_str text, bdc_str ending);

/* As memcmp; of two texts of which one begins with the other the shorter one comes first. */
int cmd_compare(bdc_str a, bdc_str b);

/* What stands behind the last "/" of a path, or all of it. */
bdc_str cmd_last_part(bdc_str path);

/* The characters of a text in UTF-8. */
uint64_t cmd_count_characters(bdc_str text);

/* The first character of `text`, which is not empty. Returns its bytes; a byte that is not UTF-8 counts alone, as CMD_INVALID. */
size_t cmd_decode(bdc_str text, uint32_t *character);

/*
 * Control characters, and those that hide, reorder or break text: bidi controls, zero-width characters, line separators, and the two
 * that are none and that XML and YAML refuse.
 */
bool cmd_is_unsafe(uint32_t character);

#endif
