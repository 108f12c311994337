/* SPDX-License-Identifier: MIT */
#include "find/words.h"

#include "memory.h"
#include "text.h"

#include <stdlib.h>

static bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

static bool fail(cmd_words *words, size_t offset, const char *mistake) {
  words->mistake = mistake;
  words->offset = offset;
  return false;
}

/* No character that would stand in the way of whoever reads the line on a terminal or in an editor. */
static bool check_characters(cmd_words *words, bdc_str line) {
  uint32_t character;
  for (size_t at = 0; at < line.size;) {
    size_t size = cmd_decode((bdc_str){ line.data + at, line.size - at }, &character);
    if (character == CMD_INVALID) {
      return fail(words, at, "a byte that is not UTF-8; expected text in UTF-8");
    }
    if ((character < 0x20 && character != '\t') || character == 0x7f) {
      return fail(words, at, "a control character; expected none, and in a pattern \"?\" for it");
    }
    at += size;
  }
  return true;
}

/* Reads on behind the quotation mark that `at` stands at; returns where the word ends, or 0. */
static size_t take_quoted(cmd_words *words, bdc_str line, size_t at, char **room, bdc_str *text) {
  text->data = *room;
  for (size_t i = at + 1; i < line.size; i++) {
    if (line.data[i] == '"') {
      text->size = (size_t)(*room - text->data);
      return i + 1;
    }
    if (line.data[i] == '\\') {
      i++;
      if (i == line.size || (line.data[i] != '"' && line.data[i] != '\\')) {
        fail(words, i - 1, "a lone backslash in quotes; expected \\\" or \\\\");
        return 0;
      }
    }
    *(*room)++ = line.data[i];
  }
  fail(words, at, "this quotation mark has no second one; expected it at the end of the word");
  return 0;
}

static size_t take_plain(bdc_str line, size_t at) {
  while (at < line.size && !is_blank(line.data[at])) {
    at++;
  }
  return at;
}

/* Adds the word that begins at *at. */
static bool take_word(cmd_words *words, bdc_str line, size_t *at, char **room) {
  cmd_word word = { .quoted = line.data[*at] == '"' };
  size_t end = word.quoted ? take_quoted(words, line, *at, room, &word.text) : take_plain(line, *at);
  if (end == 0) {
    return false;
  }
  if (end < line.size && !is_blank(line.data[end])) {
    return fail(words, end, "the word in quotes ends here; expected a blank behind it");
  }
  word.raw = (bdc_str){ line.data + *at, end - *at };
  word.text = word.quoted ? word.text : word.raw;
  words->items = cmd_grow(words->items, words->count, &words->capacity, sizeof(*words->items));
  words->items[words->count++] = word;
  *at = end;
  return true;
}

bool cmd_words_split(cmd_words *words, bdc_str line, char **room) {
  words->count = 0;
  words->mistake = NULL;
  if (!check_characters(words, line)) {
    return false;
  }
  for (size_t at = 0; at < line.size;) {
    if (is_blank(line.data[at])) {
      at++;
    } else if (line.data[at] == '#') {
      return true;
    } else if (!take_word(words, line, &at, room)) {
      return false;
    }
  }
  return true;
}

void cmd_words_free(cmd_words *words) {
  free(words->items);
  *words = (cmd_words){ 0 };
}

bool cmd_word_is(const cmd_word *word, const char *text) {
  return !word->quoted && cmd_equal(word->text, cmd_str(text));
}
