/* SPDX-License-Identifier: MIT */
/* Reads the text of a pattern. */
#include "generate/shape_node.h"

#include "base/hex.h"
#include "base/str.h"
#include "base/utf8.h"
#include "rules/bracket.h"

enum { DEPTH_MAX = 40, NODES_MAX = 4096 };

typedef struct parser {
  bdc__arena *arena;
  bdc__matcher *matcher;
  bdc_str text;
  size_t at;
  size_t nodes;
  unsigned depth;
  uint32_t groups;
  uint64_t leasts[BDC__SHAPE_GROUPS]; /* of the groups that have ended */
  bool extended;                      /* blanks and comments are none of the pattern */
  bool unknown;
  bdc_status status;
} parser;

static bdc__shape *give_up(parser *p) {
  p->unknown = true;
  return NULL;
}

static bdc__shape *node(parser *p, bdc__shape_kind kind) {
  if (p->nodes++ == NODES_MAX) {
    return give_up(p);
  }
  bdc__shape *made = bdc__arena_alloc(p->arena, 1, sizeof *made);
  if (!made) {
    p->status = BDC_ERR_MEMORY;
    return NULL;
  }
  made->kind = kind;
  return made;
}

static bool more(const parser *p) {
  return p->at < p->text.size && !p->unknown && p->status == BDC_OK;
}

static char peek(const parser *p) {
  return p->at < p->text.size ? p->text.data[p->at] : '\0';
}

static bool take(parser *p, const char *expected) {
  bdc_str wanted = bdc__str(expected);
  if (p->text.size - p->at >= wanted.size && memcmp(p->text.data + p->at, wanted.data, wanted.size) == 0) {
    p->at += wanted.size;
    return true;
  }
  return false;
}

static bdc__shape *literal(parser *p, uint32_t code_point) {
  bdc__shape *made = node(p, BDC__SHAPE_LITERAL);
  if (made) {
    made->number = code_point;
    made->least = 1;
  }
  return made;
}

/* A class by its bracket expression. One without members is understood as well: nothing matches it. */
static bdc__shape *class_node(parser *p, bdc_str expression) {
  bdc__shape *made = node(p, BDC__SHAPE_CLASS);
  if (!made) {
    return NULL;
  }
  made->least = 1;
  bdc_status status = bdc__ranges_of(p->arena, p->matcher, expression, true, &made->ranges);
  if (status == BDC_ERR_MEMORY) {
    p->status = status;
  }
  return status != BDC_OK || made->ranges.count == 0 ? give_up(p) : made;
}

/* "\d", "\p{L}": the same within brackets. */
static bdc__shape *escaped_class(parser *p, size_t start) {
  size_t size = bdc__bracket_item(p->text, start);
  char *expression = bdc__arena_alloc(p->arena, size + 2, 1);
  if (!expression) {
    p->status = BDC_ERR_MEMORY;
    return NULL;
  }
  expression[0] = '[';
  memcpy(expression + 1, p->text.data + start, size);
  expression[size + 1] = ']';
  p->at = start + size;
  return class_node(p, (bdc_str){ expression, size + 2 });
}

/* Digits of a base, of which there are at most so many. */
static uint32_t number(parser *p, unsigned base, size_t most) {
  uint32_t value = 0;
  for (size_t i = 0; i < most && p->at < p->text.size; i++, p->at++) {
    int digit = bdc__hex_digit((unsigned char)peek(p));
    if (digit < 0 || (unsigned)digit >= base) {
      break;
    }
    value = value * base + (unsigned)digit;
  }
  return value;
}

/* Behind "\x". */
static bdc__shape *hex_escape(parser *p) {
  enum { DIGITS_MAX = 6, BEYOND = 0x110000 };
  bool braces = take(p, "{");
  uint32_t value = number(p, 16, braces ? DIGITS_MAX : 2);
  bool surrogate = value >= 0xd800 && value <= 0xdfff;
  if ((braces && !take(p, "}")) || value >= BEYOND || surrogate) {
    return give_up(p);
  }
  return literal(p, value);
}

/* "\Q...\E" stands for its characters. */
static bdc__shape *quoted(parser *p);

static bdc__shape *back_reference(parser *p) {
  bdc__shape *made = node(p, BDC__SHAPE_BACK);
  if (made) {
    made->number = number(p, 10, 2);
    made->least = made->number < BDC__SHAPE_GROUPS ? p->leasts[made->number] : 0;
  }
  return made;
}

static bdc__shape *plain_escape(parser *p, char c) {
  static const char letters[] = "nrtfea";
  static const char meanings[] = "\n\r\t\f\x1b\a";
  const char *letter = memchr(letters, c, sizeof letters - 1);
  if (letter) {
    return literal(p, (unsigned char)meanings[letter - letters]);
  }
  bool other = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); /* digits have been read as something else */
  return other ? give_up(p) : literal(p, (unsigned char)c);
}

static bdc__shape *escape(parser *p) {
  size_t start = p->at++;
  char c = peek(p);
  if ((unsigned char)c >= 0x80 || p->at == p->text.size) {
    return give_up(p);
  }
  if (memchr("dDwWsShHvVpP", c, 12)) {
    return escaped_class(p, start);
  }
  if (c >= '1' && c <= '9') {
    return back_reference(p);
  }
  p->at++;
  switch (c) {
  case 'b':
  case 'B':
  case 'A':
  case 'Z':
  case 'z':
  case 'G':
  case 'K':
  case 'E':
    return node(p, BDC__SHAPE_EMPTY);
  case 'N':
    return class_node(p, BDC_STR("[^\\n]"));
  case 'R':
    return literal(p, '\n');
  case 'X':
    return class_node(p, BDC_STR("[^\\p{M}]"));
  case 'x':
    return hex_escape(p);
  case '0':
    return literal(p, number(p, 8, 2));
  case 'Q':
    return quoted(p);
  default:
    break;
  }
  return plain_escape(p, c);
}

static bdc__shape *character(parser *p) {
  const unsigned char *text = (const unsigned char *)p->text.data + p->at;
  int size = bdc__utf8_size(text, p->text.size - p->at);
  if (size <= 0) {
    return give_up(p);
  }
  size_t start = p->at;
  p->at += (size_t)size;
  return literal(p, bdc__utf8_decode(p->text.data + start, (size_t)size));
}

static bdc__shape *list(parser *p, bdc__shape_kind kind, bdc__shape *first) {
  bdc__shape *made = node(p, kind);
  if (made) {
    made->child = first;
    made->least = kind == BDC__SHAPE_CHOICE ? BDC_UNBOUNDED : 0;
    for (const bdc__shape *item = first; item; item = item->next) {
      if (kind == BDC__SHAPE_CHOICE) {
        made->least = item->least < made->least ? item->least : made->least;
      } else {
        made->least = item->least > BDC_UNBOUNDED - made->least ? BDC_UNBOUNDED : made->least + item->least;
      }
    }
  }
  return made;
}

static bdc__shape *quoted(parser *p) {
  bdc__shape *first = NULL;
  bdc__shape **last = &first;
  while (more(p) && !take(p, "\\E")) {
    *last = character(p);
    if (*last) {
      last = &(*last)->next;
    }
  }
  return list(p, BDC__SHAPE_SEQUENCE, first);
}

static bdc__shape *choice(parser *p);

/* Behind "(?" and flags such as "i" or "-s"; ":" makes a group of what follows. */
static bdc__shape *flags(parser *p) {
  bool on = true;
  bool before = p->extended;
  while (memchr("imsxnUJ-^", peek(p), 9)) {
    char c = p->text.data[p->at++];
    on = c == '-' ? false : on;
    p->extended = c == 'x' ? on : c == '^' ? false : p->extended;
  }
  if (take(p, ":")) {
    bdc__shape *inner = choice(p);
    p->extended = before;
    return inner;
  }
  return peek(p) == ')' ? node(p, BDC__SHAPE_EMPTY) : give_up(p);
}

static bdc__shape *numbered(parser *p) {
  uint32_t number_of_it = ++p->groups;
  bdc__shape *inner = choice(p);
  bdc__shape *made = node(p, BDC__SHAPE_GROUP);
  if (!made || !inner) {
    return NULL;
  }
  made->number = number_of_it;
  made->child = inner;
  made->least = inner->least;
  if (number_of_it < BDC__SHAPE_GROUPS) {
    p->leasts[number_of_it] = inner->least;
  }
  return made;
}

/* What looks ahead or behind takes no characters. */
static bdc__shape *around(parser *p) {
  bool before = p->extended;
  bdc__shape *inner = choice(p);
  p->extended = before;
  return inner ? node(p, BDC__SHAPE_EMPTY) : NULL;
}

static bdc__shape *named(parser *p, const char *end) {
  while (more(p) && !take(p, end)) {
    p->at++;
  }
  return numbered(p);
}

static bdc__shape *comment(parser *p) {
  while (more(p) && peek(p) != ')') {
    p->at++;
  }
  return node(p, BDC__SHAPE_EMPTY);
}

/* Behind "(", up to its ")". */
static bdc__shape *group_content(parser *p) {
  if (peek(p) == '*') {
    return give_up(p);
  }
  if (!take(p, "?")) {
    return numbered(p);
  }
  if (take(p, ":") || take(p, ">") || take(p, "|")) {
    return choice(p);
  }
  if (take(p, "=") || take(p, "!") || take(p, "<=") || take(p, "<!")) {
    return around(p);
  }
  if (take(p, "P<") || take(p, "<")) {
    return named(p, ">");
  }
  if (take(p, "'")) {
    return named(p, "'");
  }
  return take(p, "#") ? comment(p) : flags(p);
}

static bdc__shape *group(parser *p) {
  if (++p->depth > DEPTH_MAX) {
    return give_up(p);
  }
  p->at++;
  bool before = p->extended;
  bdc__shape *inner = group_content(p);
  bool sets_flags = inner && inner->kind == BDC__SHAPE_EMPTY;
  p->extended = sets_flags ? p->extended : before; /* flags hold to the end of the group around them */
  p->depth--;
  return take(p, ")") ? inner : give_up(p);
}

static bdc__shape *bracket(parser *p) {
  size_t size = bdc__bracket_size(bdc__str_from(p->text, p->at));
  bdc_str expression = { p->text.data + p->at, size };
  p->at += size;
  return size ? class_node(p, expression) : give_up(p);
}

static bdc__shape *atom(parser *p) {
  switch (peek(p)) {
  case '(':
    return group(p);
  case '[':
    return bracket(p);
  case '.':
    p->at++;
    return class_node(p, BDC_STR("[^\\n]"));
  case '^':
  case '$':
    p->at++;
    return node(p, BDC__SHAPE_EMPTY);
  case '\\':
    return escape(p);
  default:
    return character(p);
  }
}

/* "{2}", "{2,}", "{2,5}"; else the brace is a character. */
static bool braces(parser *p, uint64_t *min, uint64_t *max) {
  enum { DIGITS = 5 };
  size_t start = p->at++;
  size_t digits = p->at;
  *min = number(p, 10, DIGITS);
  bool has_min = p->at > digits;
  *max = *min;
  if (take(p, ",")) {
    digits = p->at;
    *max = number(p, 10, DIGITS);
    *max = p->at > digits ? *max : BDC_UNBOUNDED;
  }
  if (has_min && take(p, "}")) {
    return true;
  }
  p->at = start;
  return false;
}

static bool quantifier(parser *p, uint64_t *min, uint64_t *max) {
  switch (peek(p)) {
  case '*':
    *min = 0;
    *max = BDC_UNBOUNDED;
    break;
  case '+':
    *min = 1;
    *max = BDC_UNBOUNDED;
    break;
  case '?':
    *min = 0;
    *max = 1;
    break;
  case '{':
    return braces(p, min, max);
  default:
    return false;
  }
  p->at++;
  return true;
}

static bdc__shape *repeated(parser *p, bdc__shape *child) {
  uint64_t min;
  uint64_t max;
  while (child && more(p) && quantifier(p, &min, &max)) {
    if (!take(p, "?")) {
      take(p, "+");
    }
    bdc__shape *made = node(p, BDC__SHAPE_REPEAT);
    if (!made) {
      return NULL;
    }
    made->child = child;
    made->min = min;
    made->max = max;
    made->least = child->least && min > BDC_UNBOUNDED / child->least ? BDC_UNBOUNDED : min * child->least;
    child = made;
  }
  return child;
}

/* What counts for nothing where blanks do. */
static bool skip_extended(parser *p) {
  char c = peek(p);
  if (!p->extended || (c != '#' && c != ' ' && (c < '\t' || c > '\r'))) {
    return false;
  }
  p->at++;
  while (c == '#' && p->at < p->text.size && p->text.data[p->at++] != '\n') {
  }
  return true;
}

static bdc__shape *sequence(parser *p) {
  bdc__shape *first = NULL;
  bdc__shape **last = &first;
  while (more(p) && peek(p) != '|' && peek(p) != ')') {
    if (skip_extended(p)) {
      continue;
    }
    bdc__shape *item = repeated(p, atom(p));
    if (!item) {
      return NULL;
    }
    *last = item;
    last = &item->next;
  }
  return list(p, BDC__SHAPE_SEQUENCE, first);
}

static bdc__shape *choice(parser *p) {
  bdc__shape *first = sequence(p);
  bdc__shape *last = first;
  while (last && more(p) && take(p, "|")) {
    last->next = sequence(p);
    last = last->next;
  }
  return last ? list(p, BDC__SHAPE_CHOICE, first) : NULL;
}

bdc_status bdc__shape_of(bdc__arena *arena, bdc__matcher *matcher, bdc_str pattern, const bdc__shape **out) {
  parser p = { .arena = arena, .matcher = matcher, .text = pattern };
  const bdc__shape *made = choice(&p);
  bool understood = made && !p.unknown && p.at == pattern.size;
  *out = p.status == BDC_OK && understood ? made : NULL;
  return p.status;
}
