/* SPDX-License-Identifier: MIT */
#include "find/glob.h"

#include "text.h"

#include <string.h>

/* ---- sets: "[...]" ---- */

/* A set that is read from its "[" on, and whether the wanted byte is in it. */
typedef struct byte_set {
  bdc_str text;
  size_t at;
  unsigned char wanted;
  bool found;
  bool broken;         /* nothing can match it */
  const char *mistake; /* the first one, NULL: none */
  size_t mistake_at;
} byte_set;

static void mistake_at(byte_set *set, size_t at, const char *mistake) {
  if (!set->mistake) {
    set->mistake = mistake;
    set->mistake_at = at;
  }
}

/* One character, perhaps escaped; false where the text ends before it. */
static bool take_character(byte_set *set, unsigned char *character) {
  set->at += set->at < set->text.size && set->text.data[set->at] == '\\';
  if (set->at >= set->text.size) {
    return false;
  }
  *character = (unsigned char)set->text.data[set->at++];
  return true;
}

static bool is_lower(unsigned char c) {
  return c >= 'a' && c <= 'z';
}

static bool is_upper(unsigned char c) {
  return c >= 'A' && c <= 'Z';
}

static bool is_digit(unsigned char c) {
  return c >= '0' && c <= '9';
}

static bool is_alpha(unsigned char c) {
  return is_lower(c) || is_upper(c);
}

static bool is_alnum(unsigned char c) {
  return is_alpha(c) || is_digit(c);
}

static bool is_blank(unsigned char c) {
  return c == ' ' || c == '\t';
}

static bool is_space(unsigned char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_cntrl(unsigned char c) {
  return c < 0x20 || c == 0x7f;
}

static bool is_graph(unsigned char c) {
  return c > 0x20 && c < 0x7f;
}

static bool is_print(unsigned char c) {
  return c >= 0x20 && c < 0x7f;
}

static bool is_punct(unsigned char c) {
  return is_graph(c) && !is_alnum(c);
}

static bool is_xdigit(unsigned char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* The classes know ASCII only, whatever the locale is. */
typedef bool is_member(unsigned char c);

static is_member *class_named(bdc_str name) {
  static const struct {
    const char *name;
    is_member *has;
  } classes[] = {
    { "alnum", is_alnum }, { "alpha", is_alpha }, { "blank", is_blank }, { "cntrl", is_cntrl },
    { "digit", is_digit }, { "graph", is_graph }, { "lower", is_lower }, { "print", is_print },
    { "punct", is_punct }, { "space", is_space }, { "upper", is_upper }, { "xdigit", is_xdigit },
  };
  for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
    if (cmd_equal(name, cmd_str(classes[i].name))) {
      return classes[i].has;
    }
  }
  return NULL;
}

/* A class such as "[:alpha:]"; false, and nothing is taken, where none begins here: then "[" is a character of the set. */
static bool take_class(byte_set *set) {
  const char *begin = set->text.data + set->at;
  size_t rest = set->text.size - set->at;
  const char *end = rest > 2 && begin[0] == '[' && begin[1] == ':' ? memchr(begin + 2, ']', rest - 2) : NULL;
  if (!end || end == begin + 2 || end[-1] != ':') {
    return false;
  }
  is_member *has = class_named((bdc_str){ begin + 2, (size_t)(end - 1 - (begin + 2)) });
  if (has) {
    set->found |= has(set->wanted);
  } else {
    mistake_at(set, set->at,
               "there is no such class; the classes are alnum, alpha, blank, cntrl, digit, graph, lower, print, punct, "
               "space, upper and xdigit");
    set->broken = true;
  }
  set->at += (size_t)(end + 1 - begin);
  return true;
}

/* A character, or a range of them, in which git always finds its first; false where the text ends before it does. */
static bool take_range(byte_set *set) {
  size_t at = set->at;
  unsigned char low;
  if (!take_character(set, &low)) {
    return false;
  }
  unsigned char high = low;
  if (set->text.size - set->at >= 2 && set->text.data[set->at] == '-' && set->text.data[set->at + 1] != ']') {
    set->at++;
    if (!take_character(set, &high)) {
      return false;
    }
  }
  if (high < low) {
    mistake_at(set, at, "this range ends before it begins");
  }
  set->found |= set->wanted == low || (set->wanted >= low && set->wanted <= high);
  return true;
}

/*
 * The set that begins with the "[" at `at`. False where it has no end or no such class, so that the pattern matches nothing; a range
 * without characters is a mistake only.
 */
static bool read_set(byte_set *set, bdc_str text, size_t at, char wanted) {
  *set = (byte_set){ .text = text, .at = at + 1, .wanted = (unsigned char)wanted };
  bool negated = set->at < text.size && (text.data[set->at] == '!' || text.data[set->at] == '^');
  set->at += negated;
  for (size_t first = set->at; set->at < text.size && (set->at == first || text.data[set->at] != ']');) {
    if (!take_class(set) && !take_range(set)) {
      break;
    }
  }
  if (set->at >= text.size) {
    set->mistake = NULL;
    mistake_at(set, at, "this \"[\" has no \"]\"; write \"\\[\" for the character itself");
    return false;
  }
  set->at++;
  set->found ^= negated;
  return !set->broken;
}

/* ---- matching ---- */

/* Where the pattern goes on behind the one character of it that matches `c`; 0 where it does not match. */
static size_t match_one(bdc_str text, size_t at, char c) {
  byte_set set;
  switch (text.data[at]) {
  case '?':
    return c != '/' ? at + 1 : 0;
  case '[':
    return c != '/' && read_set(&set, text, at, c) && set.found ? set.at : 0;
  case '\\':
    return at + 1 < text.size && text.data[at + 1] == c ? at + 2 : 0;
  default:
    return text.data[at] == c ? at + 1 : 0;
  }
}

/*
 * A match in progress. Only the last `*` of a part, and only the last whole-part `**`, are ever tried at a later place: what stands before
 * them was matched as early as it can be, and to match it later would leave less of the path for the rest.
 */
typedef struct match {
  bdc_str pattern;
  bdc_str path;
  size_t p; /* in the pattern */
  size_t t; /* in the path */
  bool star;
  size_t star_p; /* behind the star */
  size_t star_t; /* what it has matched ends here */
  bool folders;
  size_t folders_p; /* behind "**" and its "/" */
  size_t folders_t; /* the part of the path that is tried as the next one */
} match;

/* Tries the next longer match of the last star, or of the last whole-part stars. False where there is none. */
static bool try_later(match *m) {
  if (m->star && m->star_t < m->path.size && m->path.data[m->star_t] != '/') {
    m->t = ++m->star_t;
    m->p = m->star_p;
    return true;
  }
  m->star = false;
  const char *rest = m->path.data + m->folders_t;
  const char *slash = m->folders ? memchr(rest, '/', m->path.size - m->folders_t) : NULL;
  if (slash) {
    m->folders_t += (size_t)(slash - rest) + 1;
    m->t = m->folders_t;
    m->p = m->folders_p;
  }
  return slash != NULL;
}

/* How many stars stand at `at`. */
static size_t count_stars(bdc_str text, size_t at) {
  size_t end = at;
  while (end < text.size && text.data[end] == '*') {
    end++;
  }
  return end - at;
}

/* Takes the stars that come next. True where they are a whole part and the last one, which matches all that is left. */
static bool take_stars(match *m) {
  bdc_str text = m->pattern;
  size_t begin = m->p;
  size_t count = count_stars(text, begin);
  m->p += count;
  bool last = m->p == text.size;
  bool whole = count >= 2 && (begin == 0 || text.data[begin - 1] == '/') && (last || text.data[m->p] == '/');
  m->star = !whole;
  if (whole && !last) {
    m->folders = true;
    m->folders_p = ++m->p;
    m->folders_t = m->t;
  } else {
    m->star_p = m->p;
    m->star_t = m->t;
  }
  return whole && last;
}

/* Takes the next character of the path; false where the next of the pattern does not match it. */
static bool take_one(match *m) {
  size_t next = match_one(m->pattern, m->p, m->path.data[m->t]);
  if (next > 0) {
    m->star = m->star && m->path.data[m->t] != '/';
    m->p = next;
    m->t++;
  }
  return next > 0;
}

static bool match_text(bdc_str pattern, bdc_str path) {
  match m = { .pattern = pattern, .path = path };
  while (m.t < path.size || m.p < pattern.size) {
    if (m.p < pattern.size && pattern.data[m.p] == '*') {
      if (take_stars(&m)) {
        return true;
      }
    } else if (m.t == path.size || ((m.p == pattern.size || !take_one(&m)) && !try_later(&m))) {
      return false; /* at the end of the path any later match would leave even less of it */
    }
  }
  return true;
}

bool cmd_glob_match(const cmd_glob *glob, bdc_str path, bool is_folder) {
  if (path.size == 0 || glob->text.size == 0 || (glob->folders && !is_folder)) {
    return false;
  }
  size_t tail = glob->tail;
  if (path.size < tail || memcmp(path.data + path.size - tail, glob->text.data + glob->text.size - tail, tail) != 0) {
    return false;
  }
  bdc_str matched = glob->anchored ? path : cmd_last_part(path);
  if (matched.size < tail || tail == glob->text.size) {
    return matched.size == tail;
  }
  bool one_star = glob->text.size - tail == 1 && glob->text.data[0] == '*' && !glob->anchored;
  return one_star || match_text(glob->text, matched);
}

bool cmd_glob_is_plain(const cmd_glob *glob) {
  for (size_t i = 0; i < glob->text.size; i++) {
    char c = glob->text.data[i];
    if (c == '*' || c == '?' || c == '[') {
      return false;
    }
    i += c == '\\';
  }
  return true;
}

/* ---- parsing ---- */

/* Where there are wildcards it is part of the last name: those before it may match a "/" with nothing before it as well. */
static size_t plain_tail(bdc_str text) {
  size_t at = text.size;
  size_t slash = 0;
  while (at > 0 && !strchr("*?[]\\", text.data[at - 1])) {
    at--;
    slash = text.data[at] == '/' && slash == 0 ? at + 1 : slash;
  }
  return text.size - (at > 0 && slash > 0 ? slash : at);
}

/* A part that no path has. */
static const char *part_mistake(bdc_str part) {
  if (part.size == 0) {
    return "no path has an empty part, \"//\"";
  }
  if (cmd_equal(part, BDC_STR(".")) || cmd_equal(part, BDC_STR(".."))) {
    return "no path has a part \".\" or \"..\" here: patterns are relative to the folder of their file and stay below it";
  }
  return NULL;
}

static const char *find_part_mistake(bdc_str text, size_t *at) {
  for (size_t begin = 0; begin <= text.size;) {
    const char *slash = memchr(text.data + begin, '/', text.size - begin);
    size_t end = slash ? (size_t)(slash - text.data) : text.size;
    const char *mistake = part_mistake((bdc_str){ text.data + begin, end - begin });
    if (mistake) {
      *at = begin;
      return mistake;
    }
    begin = end + 1;
  }
  return NULL;
}

static const char *find_mistake(bdc_str text, size_t *at) {
  for (size_t i = 0; i < text.size;) {
    *at = i;
    byte_set set = { .at = i + 1 };
    if (text.data[i] == '[' && (!read_set(&set, text, i, 'x') || set.mistake)) {
      *at = set.mistake_at;
      return set.mistake;
    }
    if (text.data[i] == '\\' && ++set.at > text.size) {
      return "there is nothing behind this backslash; write \"\\\\\" for the character itself";
    }
    i = set.at;
  }
  return find_part_mistake(text, at);
}

bool cmd_glob_parse(bdc_str pattern, cmd_glob *glob, const char **mistake, size_t *offset) {
  bdc_str text = pattern;
  *glob = (cmd_glob){ 0 };
  *mistake = NULL;
  *offset = 0;
  if (text.size > 0 && text.data[text.size - 1] == '/') {
    glob->folders = true;
    text.size--;
  }
  if (text.size > 0 && text.data[0] == '/') {
    glob->anchored = true;
    text = (bdc_str){ text.data + 1, text.size - 1 };
    *offset = 1;
  }
  glob->text = text;
  if (text.size == 0) {
    *offset = 0;
    *mistake = "the pattern is empty";
    return false;
  }
  glob->anchored = glob->anchored || memchr(text.data, '/', text.size);
  glob->tail = plain_tail(text);
  size_t at = 0;
  *mistake = find_mistake(text, &at);
  *offset = *mistake ? *offset + at : 0;
  return *mistake == NULL;
}
