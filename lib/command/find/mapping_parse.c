/* SPDX-License-Identifier: MIT */
#include "find/mapping.h"

#include "memory.h"
#include "suggest.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

typedef struct parser {
  cmd_mapfile *file;
  bdc_str base;
  const cmd_mistakes *mistakes;
  cmd_words words;
  bdc_str line;
  size_t number;
  char *room;
  cmd_output message; /* of the mistake that is being told */
} parser;

/* ---- mistakes ---- */

/* Counted in characters, from 1; a byte that is none counts as one. */
static size_t column_of(bdc_str line, size_t offset) {
  size_t column = 1;
  uint32_t character;
  for (size_t at = 0; at < offset; column++) {
    at += cmd_decode((bdc_str){ line.data + at, line.size - at }, &character);
  }
  return column;
}

/* Tells what the message holds. */
static bool tell(parser *p, size_t offset) {
  if (p->mistakes->report) {
    p->mistakes->report(p->file->name, p->number, column_of(p->line, offset), cmd_output_text(&p->message), p->mistakes->context);
  }
  p->message.size = 0;
  return false;
}

static bool fail_at(parser *p, size_t offset, const char *mistake) {
  cmd_puts(&p->message, mistake);
  return tell(p, offset);
}

static size_t offset_of(const parser *p, const cmd_word *word) {
  return (size_t)(word->raw.data - p->line.data);
}

static size_t word_column(const parser *p, const cmd_word *word) {
  return column_of(p->line, offset_of(p, word));
}

static bool fail(parser *p, const cmd_word *word, const char *mistake) {
  return fail_at(p, offset_of(p, word), mistake);
}

/* The word itself stands before the mistake. */
static bool fail_naming(parser *p, const cmd_word *word, const char *mistake) {
  cmd_word_show(word->text, &p->message);
  return fail(p, word, mistake);
}

/* At the word of this number; behind the last one where there are fewer. */
static size_t offset_of_number(const parser *p, size_t number) {
  const cmd_word *last = &p->words.items[p->words.count - 1];
  return number < p->words.count ? offset_of(p, &p->words.items[number]) : offset_of(p, last) + last->raw.size;
}

static bool fail_missing(parser *p, const char *expected) {
  cmd_puts(&p->message, "the line ends here; expected ");
  return fail_at(p, offset_of_number(p, p->words.count), expected);
}

static void suggest_names(parser *p, bdc_str wanted, const char *const *names) {
  cmd_suggestions near = { .wanted = wanted };
  for (; *names; names++) {
    cmd_suggest(&near, cmd_str(*names));
  }
  cmd_suggestions_put(&near, "", &p->message);
}

/* ---- lines with an operation, `auto` or `ignore` ---- */

typedef struct clauses {
  bool direction;
  bool expect;
  bool rules;
  bool unknown;
} clauses;

/* False where the clause was there before. */
static bool once(parser *p, const cmd_word *word, bool *seen) {
  if (*seen) {
    return fail_naming(p, word, " is the second of its kind in this line; expected one");
  }
  *seen = true;
  return true;
}

static bool read_status(parser *p, cmd_mapping *mapping, size_t *at) {
  if (++*at >= p->words.count) {
    return fail_missing(p, "a status behind `response`, 100 to 599");
  }
  const cmd_word *word = &p->words.items[(*at)++];
  for (size_t i = 0; i < word->text.size && i < 4; i++) {
    unsigned digit = (unsigned)(unsigned char)word->text.data[i] - '0';
    mapping->status = digit <= 9 && mapping->status >= 0 ? mapping->status * 10 + (int)digit : -1;
  }
  bool good = word->text.size == 3 && mapping->status >= 100 && mapping->status <= 599;
  return good || fail_naming(p, word, " is no status; expected 100 to 599 behind `response`");
}

static bool read_direction(parser *p, cmd_mapping *mapping, clauses *seen, size_t *at) {
  const cmd_word *word = &p->words.items[*at];
  if (mapping->kind == CMD_MAP_AUTO) {
    return fail_naming(p, word, " behind `auto`, where the file says itself what it holds");
  }
  if (!once(p, word, &seen->direction)) {
    return false;
  }
  if (cmd_word_is(word, "response")) {
    return read_status(p, mapping, at);
  }
  ++*at;
  return true;
}

static bool read_expect(parser *p, cmd_mapping *mapping, size_t *at) {
  size_t first = ++*at;
  if (!cmd_expect_read(&p->words, at, &mapping->expect, &p->message)) {
    return tell(p, offset_of_number(p, *at));
  }
  const cmd_word *word = &p->words.items[first];
  for (size_t i = first; i < *at; i++) {
    word = cmd_equal(p->words.items[i].text, mapping->expect.code) ? &p->words.items[i] : word;
  }
  mapping->expect_column = word_column(p, word);
  return true;
}

/* A path of rules as it opens from the working folder. */
static bdc_str place_path(parser *p, bdc_str path) {
  if (path.data[0] == '/' || p->base.size == 0) {
    return path;
  }
  cmd_mapfile *file = p->file;
  cmd_output placed = CMD_MEMORY;
  cmd_put(&placed, p->base);
  cmd_puts(&placed, "/");
  cmd_put(&placed, path);
  file->paths = cmd_grow((void *)file->paths, file->path_count, &file->path_capacity, sizeof(*file->paths));
  file->paths[file->path_count++] = placed.data;
  return cmd_output_text(&placed);
}

static bool read_rules(parser *p, cmd_mapping *mapping, size_t *at) {
  if (++*at >= p->words.count) {
    return fail_missing(p, "the path of a rule file or folder behind `rules`");
  }
  const cmd_word *word = &p->words.items[(*at)++];
  if (word->text.size == 0) {
    return fail(p, word, "an empty path; expected that of a rule file or folder");
  }
  mapping->rules = place_path(p, word->text);
  mapping->rules_column = word_column(p, word);
  return true;
}

static bool read_unknown(parser *p, cmd_mapping *mapping, size_t *at) {
  static const struct {
    const char *name;
    bdc_unknown unknown;
  } policies[] = {
    { "error", BDC_UNKNOWN_ERROR },
    { "warning", BDC_UNKNOWN_WARNING },
    { "ignore", BDC_UNKNOWN_IGNORE },
    { "table", BDC_UNKNOWN_TABLE },
  };
  static const char *const names[] = { "error", "warning", "ignore", "table", NULL };
  const cmd_word *word = &p->words.items[(*at)++];
  bdc_str policy = { word->text.data + 8, word->text.size - 8 };
  for (size_t i = 0; i < LENGTH(policies); i++) {
    if (cmd_equal(policy, cmd_str(policies[i].name))) {
      mapping->unknown = policies[i].unknown;
      return true;
    }
  }
  cmd_word_show(policy, &p->message);
  cmd_puts(&p->message, " is no policy; expected error, warning, ignore or table behind `unknown=`");
  suggest_names(p, policy, names);
  return tell(p, offset_of(p, word) + 8);
}

static bool is_number(bdc_str text) {
  size_t digits = 0;
  while (digits < text.size && text.data[digits] >= '0' && text.data[digits] <= '9') {
    digits++;
  }
  return digits == text.size;
}

static bool fail_unexpected(parser *p, const cmd_mapping *mapping, size_t at) {
  static const char *const names[] = { "request", "response", "expect", "rules", "unknown=", NULL };
  const cmd_word *word = &p->words.items[at];
  cmd_puts(&p->message, "unexpected ");
  cmd_word_show(word->text, &p->message);
  if (mapping->kind == CMD_MAP_IGNORE) {
    return fail(p, word, "; expected the end of the line behind `ignore`");
  }
  if (cmd_word_is(&p->words.items[at - 1], "request") && is_number(word->text)) {
    return fail(p, word, "; expected no status behind `request`, but expect, rules, unknown= or the end of the line");
  }
  cmd_puts(&p->message, mapping->kind == CMD_MAP_AUTO ? "; expected expect, rules or unknown="
                                                      : "; expected request, response, expect, rules or unknown=");
  suggest_names(p, word->text, names);
  return tell(p, offset_of(p, word));
}

static bool read_clause(parser *p, cmd_mapping *mapping, clauses *seen, size_t *at) {
  const cmd_word *word = &p->words.items[*at];
  if (!cmd_word_is_clause(word) || mapping->kind == CMD_MAP_IGNORE) {
    return fail_unexpected(p, mapping, *at);
  }
  if (cmd_word_is(word, "expect")) {
    return once(p, word, &seen->expect) && read_expect(p, mapping, at);
  }
  if (cmd_word_is(word, "rules")) {
    return once(p, word, &seen->rules) && read_rules(p, mapping, at);
  }
  if (cmd_word_is(word, "request") || cmd_word_is(word, "response")) {
    return read_direction(p, mapping, seen, at);
  }
  return once(p, word, &seen->unknown) && read_unknown(p, mapping, at);
}

static bool fail_without_direction(parser *p, const cmd_mapping *mapping) {
  static const char *const names[] = { "auto", "ignore", "silence", NULL };
  cmd_puts(&p->message, "the operation ");
  cmd_word_show(mapping->operation, &p->message);
  cmd_puts(&p->message, " has no direction; expected request or response STATUS behind it");
  suggest_names(p, mapping->operation, names);
  return tell(p, offset_of(p, &p->words.items[1]));
}

static bool read_mapping(parser *p, cmd_mapping *mapping) {
  const cmd_word *word = &p->words.items[1];
  mapping->kind = cmd_word_is(word, "auto") ? CMD_MAP_AUTO : cmd_word_is(word, "ignore") ? CMD_MAP_IGNORE : CMD_MAP_OPERATION;
  mapping->operation = mapping->kind == CMD_MAP_OPERATION ? word->text : (bdc_str){ 0 };
  if (word->text.size == 0 || cmd_word_is_clause(word)) {
    return fail_naming(p, word, " where the operation should stand; expected PATTERN OPERATION request or response STATUS");
  }
  clauses seen = { 0 };
  for (size_t at = 2; at < p->words.count;) {
    if (!read_clause(p, mapping, &seen, &at)) {
      return false;
    }
  }
  return mapping->kind != CMD_MAP_OPERATION || seen.direction || fail_without_direction(p, mapping);
}

/* ---- lines with `silence` ---- */

/* A JSON pointer whose tokens may be "*". */
static bool read_pointer(parser *p, const cmd_word *word) {
  bdc_str text = word->text;
  for (size_t i = 0; i < text.size; i++) {
    if (text.data[i] == '~' && (i + 1 == text.size || (text.data[i + 1] != '0' && text.data[i + 1] != '1'))) {
      return fail_naming(p, word, " is no JSON pointer; expected ~0 for \"~\" and ~1 for \"/\" in a name");
    }
  }
  return text.size == 0 || text.data[0] == '/' ||
         fail_naming(p, word,
                     " is no place; expected a JSON pointer such as /a/0/b, * for any place, \"\" for the whole body, header:NAME, "
                     "path:NAME, query:NAME or status");
}

static bool read_place(parser *p, cmd_silencer *silencer, const cmd_word *word) {
  static const bdc_place places[] = { BDC_IN_PATH, BDC_IN_HEADER, BDC_IN_QUERY };
  silencer->pointer = word->text;
  if (cmd_equal(word->text, BDC_STR("*"))) {
    silencer->kind = CMD_SILENCE_ANYWHERE;
    return true;
  }
  silencer->kind = CMD_SILENCE_FIELD;
  silencer->in = BDC_IN_STATUS;
  if (cmd_equal(word->text, cmd_str(bdc_place_name(BDC_IN_STATUS)))) {
    silencer->pointer = (bdc_str){ 0 };
    return true;
  }
  for (size_t i = 0; i < LENGTH(places); i++) {
    bdc_str name = cmd_str(bdc_place_name(places[i]));
    if (word->text.size > name.size + 1 && memcmp(word->text.data, name.data, name.size) == 0 && word->text.data[name.size] == ':') {
      silencer->in = places[i];
      silencer->pointer = (bdc_str){ word->text.data + name.size + 1, word->text.size - name.size - 1 };
      return true;
    }
  }
  silencer->kind = CMD_SILENCE_POINTER;
  silencer->in = BDC_IN_BODY;
  return read_pointer(p, word);
}

static bool read_rule(parser *p, cmd_silencer *silencer, const cmd_word *word, bdc_str name) {
  unsigned rule = cmd_rule_named(name);
  if (rule < BDC_RULE_COUNT) {
    silencer->rules |= UINT32_C(1) << rule;
    return true;
  }
  cmd_word_show(name, &p->message);
  cmd_puts(&p->message, " is no rule; expected one or several, separated by commas, or * for any");
  cmd_rule_suggest(name, NULL, &p->message);
  return tell(p, offset_of(p, word) + word->quoted + (size_t)(name.data - word->text.data));
}

static bool read_silenced_rules(parser *p, cmd_silencer *silencer, const cmd_word *word) {
  if (cmd_equal(word->text, BDC_STR("*"))) {
    silencer->rules = UINT32_MAX;
    return true;
  }
  bdc_str text = word->text;
  for (size_t begin = 0; begin <= text.size;) {
    const char *comma = begin < text.size ? memchr(text.data + begin, ',', text.size - begin) : NULL;
    size_t end = comma ? (size_t)(comma - text.data) : text.size;
    if (!read_rule(p, silencer, word, (bdc_str){ text.data + begin, end - begin })) {
      return false;
    }
    begin = end + 1;
  }
  return true;
}

static bool read_reason(parser *p, cmd_silencer *silencer, const cmd_word *word) {
  silencer->reason = word->text;
  bool blank = true;
  for (size_t i = 0; i < word->text.size; i++) {
    blank = blank && word->text.data[i] == ' ';
  }
  return (word->quoted && !blank) || fail(p, word, "expected the reason here, in quotes: why the finding is no fault");
}

static bool read_silencer(parser *p, cmd_silencer *silencer) {
  static const char *const expected[] = { "the place of the finding, a JSON pointer or *", "the rule, or * for any",
                                          "the reason in quotes: why the finding is no fault" };
  const cmd_word *words = p->words.items;
  size_t count = p->words.count;
  return (count > 2 ? read_place(p, silencer, &words[2]) : fail_missing(p, expected[0])) &&
         (count > 3 ? read_silenced_rules(p, silencer, &words[3]) : fail_missing(p, expected[1])) &&
         (count > 4 ? read_reason(p, silencer, &words[4]) : fail_missing(p, expected[2])) &&
         (count == 5 || fail_naming(p, &words[5], " behind the reason; expected the end of the line"));
}

/* ---- lines ---- */

static bool read_pattern(parser *p, cmd_glob *glob) {
  const cmd_word *word = &p->words.items[0];
  const char *mistake;
  size_t offset;
  if (word->text.size > 0 && word->text.data[0] == '!') {
    return fail(p, word,
                "a pattern does not begin with \"!\": of several lines the last holds; write \"\\!\" for the character itself");
  }
  if (!cmd_glob_parse(word->text, glob, &mistake, &offset)) {
    /* Where escapes were resolved, the place in the line is no longer known. */
    bool same = word->raw.size == word->text.size + 2 * (size_t)word->quoted;
    return fail_at(p, offset_of(p, word) + (same ? offset + word->quoted : 0), mistake);
  }
  return !glob->folders ||
         fail_naming(p, word, " is for folders, but lines are for files; expected \"**\" behind it, for all files below");
}

static void add_silencer(parser *p, const cmd_silencer *read) {
  cmd_mapfile *file = p->file;
  file->silencers = cmd_grow(file->silencers, file->silencer_count, &file->silencer_capacity, sizeof(*file->silencers));
  file->silencers[file->silencer_count] = *read;
  atomic_init(&file->silencers[file->silencer_count].asked, false);
  atomic_init(&file->silencers[file->silencer_count].used, false);
  file->silencer_count++;
}

static void add_mapping(parser *p, const cmd_mapping *read) {
  cmd_mapfile *file = p->file;
  file->mappings = cmd_grow(file->mappings, file->mapping_count, &file->mapping_capacity, sizeof(*file->mappings));
  file->mappings[file->mapping_count] = *read;
  atomic_init(&file->mappings[file->mapping_count].files, 0);
  file->mapping_count++;
}

static void read_line(parser *p) {
  cmd_glob glob;
  if (!cmd_words_split(&p->words, p->line, &p->room)) {
    fail_at(p, p->words.offset, p->words.mistake);
    return;
  }
  if (p->words.count == 0 || !read_pattern(p, &glob)) {
    return;
  }
  if (p->words.count == 1) {
    fail_missing(p, "an operation, auto, ignore or silence behind the pattern");
    return;
  }
  const cmd_word *word = &p->words.items[1];
  if (cmd_word_is(word, "silence")) {
    cmd_silencer silencer = { .file = p->file->name, .line = p->number, .column = word_column(p, word), .glob = glob };
    silencer.pattern = p->words.items[0].text;
    silencer.plain = cmd_glob_is_plain(&glob);
    if (read_silencer(p, &silencer)) {
      add_silencer(p, &silencer);
    }
    return;
  }
  cmd_mapping mapping = { .in = p->file, .file = p->file->name, .line = p->number, .glob = glob, .text = p->line };
  mapping.column = word_column(p, word);
  if (read_mapping(p, &mapping)) {
    add_mapping(p, &mapping);
  }
}

/* The next line of *rest, without its end, which is taken with it. */
static bdc_str take_line(bdc_str *rest) {
  const char *newline = memchr(rest->data, '\n', rest->size);
  size_t size = newline ? (size_t)(newline - rest->data) : rest->size;
  size_t used = newline ? size + 1 : size;
  bdc_str line = { rest->data, size - (newline && size > 0 && rest->data[size - 1] == '\r') };
  *rest = (bdc_str){ rest->data + used, rest->size - used };
  return line;
}

static bool has_zero_byte(parser *p) {
  bdc_str rest = p->file->text;
  while (rest.size > 0) {
    p->line = take_line(&rest);
    p->number++;
    const char *zero = p->line.size > 0 ? memchr(p->line.data, 0, p->line.size) : NULL;
    if (zero) {
      return !fail_at(p, (size_t)(zero - p->line.data), "a zero byte; expected a file of text, of which no line is used now");
    }
  }
  return false;
}

static void read_lines(parser *p) {
  static const char mark[] = "\xef\xbb\xbf";
  bdc_str rest = p->file->text;
  size_t skipped = rest.size >= 3 && memcmp(rest.data, mark, 3) == 0 ? 3 : 0;
  rest = (bdc_str){ rest.data + skipped, rest.size - skipped };
  for (p->number = 1; rest.size > 0; p->number++) {
    p->line = take_line(&rest);
    read_line(p);
  }
}

void cmd_mapfile_parse(cmd_mapfile *file, bdc_str base, const cmd_mistakes *mistakes) {
  file->room = cmd_resize(NULL, file->text.size, 1);
  parser p = { .file = file, .base = base, .mistakes = mistakes, .room = file->room, .message = CMD_MEMORY };
  if (file->text.size > 0 && !has_zero_byte(&p)) {
    read_lines(&p);
  }
  cmd_words_free(&p.words);
  cmd_output_free(&p.message);
}

void cmd_mapfile_free(cmd_mapfile *file) {
  for (size_t i = 0; i < file->path_count; i++) {
    free(file->paths[i]);
  }
  free((void *)file->paths);
  free(file->mappings);
  free(file->silencers);
  free(file->room);
  *file = (cmd_mapfile){ 0 };
}
