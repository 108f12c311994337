/* SPDX-License-Identifier: MIT */
/* Character classes: names expanded, compiled by PCRE2, sampled into the table that answers for ASCII, shared where they are equal. */
#include "rules/parse.h"

#include "rules/bracket.h"

/* Names in classes in names would let a short file ask for endless expressions. */
enum { EXPRESSION_MAX = 2048 };

typedef struct expansion {
  char text[EXPRESSION_MAX];
  size_t size;
  bool too_long;
} expansion;

static void put(expansion *to, const char *text, size_t size) {
  if (size > EXPRESSION_MAX - to->size) {
    to->too_long = true;
    return;
  }
  memcpy(to->text + to->size, text, size);
  to->size += size;
}

/* The NAME of "{NAME}" at `at`; empty where there is none. */
static bdc_str name_at(bdc_str text, size_t at) {
  if (at >= text.size || text.data[at] != '{') {
    return (bdc_str){ 0 };
  }
  size_t left = text.size - at;
  const char *end = memchr(text.data + at, '}', left < BDC__IDENTIFIER_MAX + 2 ? left : BDC__IDENTIFIER_MAX + 2);
  bdc_str name = { text.data + at + 1, end ? (size_t)(end - (text.data + at)) - 1 : 0 };
  return bdc__is_name(name) ? name : (bdc_str){ 0 };
}

static const bdc_str *class_named(bdc__parser *parser, const bdc__word *word, size_t at, bdc_str name) {
  const bdc_str *expression = bdc__map_get(&parser->classes, name);
  if (!expression) {
    bdc__parse_fail(parser, word->offset + at, "no class \"%.*s\"; expected one that a `class` statement above defines",
                    BDC__SHOWN(name));
  }
  return expression;
}

/*
 * The content of a class, put into another. At its ends a "]" or "-" that stood for itself is escaped, so that it does so there too.
 */
static void put_content(expansion *to, bdc_str expression) {
  bdc_str content = { expression.data + 1, expression.size - 2 };
  size_t at = 0;
  while (at < content.size) {
    size_t size = at || content.data[0] != ']' ? bdc__bracket_item(content, at) : 1;
    bool edge = size == 1 && (at == 0 || at + 1 == content.size);
    if (edge && (content.data[at] == '-' || content.data[at] == ']')) {
      put(to, "\\", 1);
    }
    put(to, content.data + at, size);
    at += size;
  }
}

/* "{name}" within `word`. */
static bool put_named(bdc__parser *parser, expansion *to, const bdc__word *word, size_t at, bdc_str name) {
  const bdc_str *expression = class_named(parser, word, at, name);
  if (!expression) {
    return false;
  }
  if (expression->data[1] == '^') {
    return bdc__parse_fail(parser, word->offset + at, "class \"%.*s\" is negated; it can only stand alone", BDC__SHOWN(name));
  }
  put_content(to, *expression);
  return true;
}

/* In a bare word all but "{name}" stands for itself. */
static bool expand_word(bdc__parser *parser, const bdc__word *word, expansion *to) {
  put(to, "[", 1);
  for (size_t at = 0; at < word->text.size;) {
    bdc_str name = name_at(word->text, at);
    if (name.size) {
      if (!put_named(parser, to, word, at, name)) {
        return false;
      }
      at += name.size + 2;
      continue;
    }
    if (memchr("\\[]^-", word->text.data[at], 5)) {
      put(to, "\\", 1);
    }
    put(to, word->text.data + at, 1);
    at++;
  }
  put(to, "]", 1);
  return true;
}

/* In a bracket class a "-" next to "{name}" cannot mean a range: it stands for itself. */
static bool expand_bracket(bdc__parser *parser, const bdc__word *word, expansion *to) {
  bdc_str text = word->text;
  bool behind_name = false;
  for (size_t at = 0; at < text.size;) {
    bdc_str name = name_at(text, at);
    if (name.size) {
      if (!put_named(parser, to, word, at, name)) {
        return false;
      }
      behind_name = true;
      at += name.size + 2;
      continue;
    }
    size_t size = at ? bdc__bracket_item(text, at) : 1;
    if (text.data[at] == '-' && (behind_name || name_at(text, at + 1).size)) {
      put(to, "\\", 1);
    }
    put(to, text.data + at, size);
    behind_name = false;
    at += size;
  }
  return true;
}

static bool is_bracket(const bdc__word *word) {
  return word->text.size && word->text.data[0] == '[';
}

/* The name in "{name}" or "[{name}]", where there is nothing else: such a class may be negated. */
static bdc_str only_name(const bdc__word *word, size_t *at) {
  *at = is_bracket(word);
  bdc_str name = name_at(word->text, *at);
  return name.size && name.size + 2 + 2 * *at == word->text.size ? name : (bdc_str){ 0 };
}

/* The bracket expression that a CLASS stands for. */
static bool expression_of(bdc__parser *parser, const bdc__word *word, bdc_str *out) {
  size_t at = 0;
  bdc_str only = only_name(word, &at);
  if (only.size) {
    const bdc_str *expression = class_named(parser, word, at, only);
    *out = expression ? *expression : (bdc_str){ 0 };
    return expression != NULL;
  }
  if (word->text.size == 0) {
    return bdc__parse_fail(parser, word->offset, "an empty class; expected at least one character");
  }
  if (is_bracket(word) && bdc__bracket_size(word->text) != word->text.size) {
    return bdc__parse_fail(parser, word->offset, "expected one bracket class, [...]");
  }
  expansion to;
  to.size = 0;
  to.too_long = false;
  if (!(is_bracket(word) ? expand_bracket : expand_word)(parser, word, &to)) {
    return false;
  }
  if (to.too_long) {
    return bdc__parse_fail(parser, word->offset, "a class too long: with its names expanded it has more than %d bytes", EXPRESSION_MAX);
  }
  bdc_str expanded = { to.text, to.size };
  if (bdc__str_equal(expanded, word->text)) {
    *out = word->text;
    return true;
  }
  return bdc__arena_copy(&parser->load->arena, expanded, out) || bdc__parse_no_memory(parser);
}

/* ---- compiled classes ---- */

/* The table of ASCII by columns, for 16 characters or more at a time. */
static void set_columns(bdc__class *class) {
  for (unsigned c = 0; c < 128; c++) {
    class->columns[c & 15] |= (uint8_t)(class->ascii[c] << (c >> 4));
  }
}

/* A run that could only ever match ASCII is not kept: the sampled table knows all it knows. */
static bdc_status compile(bdc__load *load, bdc__class *class, bdc__pattern_fault *fault) {
  const bdc_allocator *allocator = &load->arena.allocator;
  bdc__pattern *run = NULL;
  bdc_status status = bdc__pattern_new_run(allocator, class->expression, &run, fault);
  if (status != BDC_OK) {
    return status;
  }
  status = bdc__pattern_sample(allocator, run, class->ascii);
  set_columns(class);
  if (status != BDC_OK || bdc__bracket_ascii(class->expression)) {
    bdc__pattern_free(allocator, run);
    return status;
  }
  class->run = run;
  return bdc__load_keep_pattern(load, run) ? BDC_OK : BDC_ERR_MEMORY;
}

/* The class of an expression, compiled once for the whole rule set. */
static bdc_status class_of(bdc__load *load, bdc_str expression, bdc_str text, const bdc__class **out, bdc__pattern_fault *fault) {
  const bdc__class *known = bdc__map_get(&load->classes, expression);
  if (known && bdc__str_equal(known->text, text)) {
    *out = known;
    return BDC_OK;
  }
  bdc__class *class = bdc__arena_alloc(&load->arena, 1, sizeof(*class));
  if (!class) {
    return BDC_ERR_MEMORY;
  }
  *out = class;
  if (known) {
    *class = *known;
    class->text = text;
    return BDC_OK;
  }
  *class = (bdc__class){ .text = text, .expression = expression };
  bdc_status status = compile(load, class, fault);
  if (status == BDC_OK && !bdc__map_set(&load->classes, &load->scratch, expression, class)) {
    status = BDC_ERR_MEMORY;
  }
  return status;
}

static bool class_made(bdc__parser *parser, const bdc__word *word, bdc_str expression, const bdc__class **out) {
  bdc__pattern_fault fault = { .offset = 0 };
  bdc_status status = class_of(parser->load, expression, word->text, out, &fault);
  if (status == BDC_ERR_MEMORY) {
    return bdc__parse_no_memory(parser);
  }
  if (status != BDC_OK) {
    /* Where names were expanded, PCRE2's offset is none in the file. */
    size_t inside = expression.data == word->text.data ? fault.offset + word->quoted : 0;
    return bdc__parse_fail(parser, word->offset + inside, "no character class: %s", fault.message);
  }
  return true;
}

bool bdc__parse_class(bdc__parser *parser, const bdc__class **out) {
  bdc__word word;
  if (!bdc__scan_class(&parser->scanner, &word)) {
    return bdc__parse_fail(parser, word.offset, "the line ends here; expected a class, [...] or characters and {name}s");
  }
  *out = bdc__map_get(&parser->classes_by_text, word.text);
  if (*out) {
    return true;
  }
  bdc_str expression;
  if (!expression_of(parser, &word, &expression) || !class_made(parser, &word, expression, out)) {
    return false;
  }
  return bdc__map_set(&parser->classes_by_text, &parser->load->scratch, word.text, *out) || bdc__parse_no_memory(parser);
}

/* ---- named classes ---- */

/* The last define of a class; NULL where there is none. All of its name have been used then. */
static const bdc__define *use_define(bdc__load *load, bdc_str name) {
  const bdc__define *last = NULL;
  bdc__define *defines = load->defines.items;
  for (size_t i = 0; i < load->defines.count; i++) {
    if (bdc__str_equal(defines[i].name, name)) {
      defines[i].used = true;
      last = &defines[i];
    }
  }
  return last;
}

static bool add_class(bdc__parser *parser, const bdc_class_info *info) {
  bdc__load *load = parser->load;
  bdc_class_info *listed = bdc__list_add(&parser->class_list, &load->scratch, sizeof(*listed));
  bdc_str *expression = bdc__arena_alloc(&load->scratch, 1, sizeof(*expression));
  if (!listed || !expression) {
    return bdc__parse_no_memory(parser);
  }
  *listed = *info;
  *expression = info->expression;
  return bdc__map_set(&parser->classes, &load->scratch, info->name, expression) || bdc__parse_no_memory(parser);
}

bool bdc__class_define(bdc__parser *parser, const bdc__word *name, const bdc__word *word) {
  if (bdc__map_get(&parser->classes, name->text)) {
    return bdc__parse_fail(parser, name->offset, "a second class \"%.*s\"", BDC__SHOWN(name->text));
  }
  /* A class with a mistake is known all the same, so that its uses are no mistakes too. */
  bdc_class_info info = { .name = name->text, .expression = BDC_STR("[?]") };
  const bdc__class *class = NULL;
  bdc_str expression;
  bool sound = expression_of(parser, word, &expression) && class_made(parser, word, expression, &class);
  if (sound) {
    info.expression = expression;
  }
  const bdc__define *define = use_define(parser->load, name->text);
  if (define) {
    info.expression = define->value;
    info.defined = true;
  }
  return add_class(parser, &info) && sound;
}

static bool define_check(bdc__load *load, bdc__mistakes *mistakes, const bdc__define *define) {
  bdc__pattern_fault fault = { .offset = 0 };
  const bdc__class *class = NULL;
  bdc_status status = class_of(load, define->value, define->value, &class, &fault);
  if (status == BDC_ERR_MEMORY) {
    bdc__load_fail(load, BDC_ERR_MEMORY);
    return false;
  }
  if (status != BDC_OK) {
    bdc__mistake(mistakes, 0, 0, "the value of \"%.*s\" is no character class, \"%.*s\": %s", BDC__SHOWN(define->name),
                 BDC__SHOWN(define->value), fault.message);
  }
  return status == BDC_OK;
}

bool bdc__defines_check(bdc__load *load, bdc__mistakes *mistakes) {
  bdc__define *defines = load->defines.items;
  bool all = true;
  for (size_t i = 0; i < load->defines.count; i++) {
    if (!define_check(load, mistakes, &defines[i])) {
      all = false;
      defines[i].value = BDC_STR("[?]");
    }
  }
  return all;
}
