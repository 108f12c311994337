/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include "base/str.h"

void bdc__text_add(bdc__text *text, bdc_str piece) {
  if (piece.size && text->size < text->capacity && piece.size <= text->capacity - text->size) {
    memcpy(text->buffer + text->size, piece.data, piece.size);
  }
  text->size += piece.size;
}

void bdc__text_add_literal(bdc__text *text, const char *piece) {
  bdc__text_add(text, bdc__str(piece));
}

void bdc__text_add_number(bdc__text *text, uint64_t number) {
  char digits[20];
  size_t at = sizeof digits;
  do {
    digits[--at] = (char)('0' + number % 10);
    number /= 10;
  } while (number);
  bdc__text_add(text, (bdc_str){ digits + at, sizeof digits - at });
}

static void add_unicode_escape(bdc__text *text, unsigned unit) {
  static const char hex[] = "0123456789abcdef";
  char escape[6] = { '\\', 'u', hex[unit >> 12 & 15], hex[unit >> 8 & 15], hex[unit >> 4 & 15], hex[unit & 15] };
  bdc__text_add(text, (bdc_str){ escape, sizeof escape });
}

/*
 * The size of a character that is escaped though JSON would not ask for it, with its code unit; 0 for all others. C1 controls,
 * zero-width and bidirectional marks, line and paragraph separators, the byte order mark.
 */
static size_t unsafe_beyond_ascii(const unsigned char *at, size_t size, unsigned *unit) {
  if (size >= 2 && ((at[0] == 0xc2 && at[1] < 0xa0) || (at[0] == 0xd8 && at[1] == 0x9c))) {
    *unit = (at[0] & 31u) << 6 | (at[1] & 63u);
    return 2;
  }
  if (size < 3 || (at[0] != 0xe2 && at[0] != 0xef)) {
    return 0;
  }
  *unit = (at[0] & 15u) << 12 | (at[1] & 63u) << 6 | (at[2] & 63u);
  bool unsafe = (*unit >= 0x200b && *unit <= 0x200f) || (*unit >= 0x2028 && *unit <= 0x202e) || (*unit >= 0x2060 && *unit <= 0x206f) ||
                *unit == 0xfeff;
  return unsafe ? 3 : 0;
}

void bdc__text_add_escaped(bdc__text *text, bdc_str piece) {
  const unsigned char *at = (const unsigned char *)piece.data;
  size_t plain = 0;
  size_t i = 0;
  while (i < piece.size) {
    unsigned unit = at[i];
    size_t size = at[i] < 0x20 || at[i] == 0x7f || at[i] == '"' || at[i] == '\\' ? 1
                  : at[i] < 0x80                                                 ? 0
                                                                                 : unsafe_beyond_ascii(at + i, piece.size - i, &unit);
    if (size == 0) {
      i++;
      continue;
    }
    bdc__text_add(text, (bdc_str){ piece.data + plain, i - plain });
    if (unit == '"' || unit == '\\') {
      bdc__text_add(text, BDC_STR("\\"));
      bdc__text_add(text, (bdc_str){ piece.data + i, 1 });
    } else {
      add_unicode_escape(text, unit);
    }
    i += size;
    plain = i;
  }
  bdc__text_add(text, (bdc_str){ piece.data + plain, piece.size - plain });
}

bdc_status bdc__text_end(bdc__text *text, size_t *needed) {
  if (needed) {
    *needed = text->size;
  }
  bool fits = text->size < text->capacity;
  if (text->capacity) {
    text->buffer[fits ? text->size : 0] = '\0';
  }
  return fits ? BDC_OK : BDC_ERR_SPACE;
}
