/* SPDX-License-Identifier: MIT */
/*
 * Lines and columns are counted only when somebody asks: from the last place that was asked for, or from the start of the piece.
 * What began earlier than that and may still be pointed at (open arrays and objects, the token and the character at hand) gets its
 * line and column as the cursor passes it.
 */
#include "check/checker.h"

#include "base/utf8.h"

void bdc__place_begin(bdc_checker *checker) {
  static const bdc__position start = { .offset = 0, .line = 1, .column = 1 };
  checker->cursor = start;
  checker->token = start;
  checker->character = start;
  checker->placed = 0;
}

/* The line and column of an offset at or behind `from`. */
static bdc__position walk(const bdc_checker *checker, bdc__position from, size_t offset) {
  const char *at = (const char *)checker->reader.piece + (from.offset - checker->reader.base);
  const char *end = at + (offset - from.offset);
  const char *newline;
  while (at < end && (newline = memchr(at, '\n', (size_t)(end - at)))) {
    at = newline + 1;
    from.line++;
    from.column = 1;
  }
  from.column += (uint32_t)bdc__utf8_count(at, (size_t)(end - at));
  from.offset = offset;
  return from;
}

static bdc__position pass(bdc_checker *checker, size_t offset) {
  bdc__position cursor = checker->cursor;
  while (checker->placed < checker->depth && checker->frames[checker->placed].start.offset <= offset) {
    bdc__position *start = &checker->frames[checker->placed++].start;
    *start = cursor = walk(checker, cursor, start->offset);
  }
  size_t token = checker->reader.token_offset;
  if (token >= cursor.offset && token <= offset) {
    checker->token = cursor = walk(checker, cursor, token);
  }
  return checker->cursor = walk(checker, cursor, offset);
}

bdc__position bdc__place_of(bdc_checker *checker, size_t offset) {
  if (offset >= checker->cursor.offset) {
    return pass(checker, offset);
  }
  if (offset == checker->token.offset) {
    return checker->token;
  }
  if (offset == checker->character.offset) {
    return checker->character;
  }
  return checker->frames[checker->placed - 1].start; /* what is missing in an array or object is told at its end */
}

void bdc__place_leave_piece(bdc_checker *checker) {
  const bdc__json_reader *reader = &checker->reader;
  if (bdc__json_in_character(reader) && reader->character_offset >= checker->cursor.offset) {
    checker->character = pass(checker, reader->character_offset);
  }
  pass(checker, reader->base + (size_t)(reader->end - reader->piece));
}
