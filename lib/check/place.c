/* SPDX-License-Identifier: MIT */
/*
 * Lines and columns are counted only when somebody asks: from the last place that was asked for, or from the start of the piece.
 * What began earlier than that and may still be pointed at (open arrays and objects, the token and the character at hand) gets its
 * line and column as the cursor passes it.
 */
#include "check/checker.h"

#include "base/utf8.h"

void bdc__place_begin(bdc_checker *checker) {
  checker->cursor = (bdc__position){ .offset = 0, .line = 1, .column = 1 };
  checker->token = checker->cursor;
  checker->character = checker->cursor;
  checker->placed = 0;
}

static void walk(bdc_checker *checker, size_t offset) {
  bdc__position *cursor = &checker->cursor;
  const char *at = (const char *)checker->reader.piece + (cursor->offset - checker->reader.base);
  const char *end = at + (offset - cursor->offset);
  const char *newline;
  while (at < end && (newline = memchr(at, '\n', (size_t)(end - at)))) {
    at = newline + 1;
    cursor->line++;
    cursor->column = 1;
  }
  cursor->column += (uint32_t)bdc__utf8_count(at, (size_t)(end - at));
  cursor->offset = offset;
}

static void pass(bdc_checker *checker, size_t offset) {
  while (checker->placed < checker->depth && checker->frames[checker->placed].start.offset <= offset) {
    bdc__position *start = &checker->frames[checker->placed++].start;
    walk(checker, start->offset);
    *start = checker->cursor;
  }
  size_t token = checker->reader.token_offset;
  if (token >= checker->cursor.offset && token <= offset) {
    walk(checker, token);
    checker->token = checker->cursor;
  }
  walk(checker, offset);
}

bdc__position bdc__place_of(bdc_checker *checker, size_t offset) {
  if (offset >= checker->cursor.offset) {
    pass(checker, offset);
    return checker->cursor;
  }
  if (offset == checker->token.offset) {
    return checker->token;
  }
  if (offset == checker->character.offset) {
    return checker->character;
  }
  size_t frame = checker->placed - 1;
  while (frame > 0 && checker->frames[frame].start.offset > offset) {
    frame--;
  }
  return checker->frames[frame].start;
}

void bdc__place_leave_piece(bdc_checker *checker) {
  const bdc__json_reader *reader = &checker->reader;
  if (bdc__json_in_character(reader) && reader->character_offset >= checker->cursor.offset) {
    pass(checker, reader->character_offset);
    checker->character = checker->cursor;
  }
  pass(checker, reader->base + (size_t)(reader->end - reader->piece));
}
