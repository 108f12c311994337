/* SPDX-License-Identifier: MIT */
/*
 * Texts for people and logs: any text of up to LARGEST bytes, escaped into a buffer of up to ROOM bytes, which may be too small, with
 * any number behind it. Nothing is assumed of the bytes, though the contract asks for UTF-8.
 */
#include "any.h"

#include "base/text.h"

enum { LARGEST = 3, ROOM = 8 };

int main(void) {
  for (size_t room = 0; room <= ROOM; room++) {
    for (size_t size = 0; size <= LARGEST; size++) {
      bdc__text text = bdc__text_in(malloc(room), room);
      size_t needed;
      bdc__text_add_escaped(&text, any_text(size));
      bdc__text_add_number(&text, any_size);
      bdc__text_end(&text, &needed);
    }
  }
  return 0;
}
