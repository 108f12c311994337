/* SPDX-License-Identifier: MIT */
/* Cases of the whole body: valid ones in other layouts, a body that is missing, too large, or has something before or behind it. */
#include "generate/generator.h"

#include "base/str.h"
#include "base/utf8.h"

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

static const bdc__filling fewest = { 0, 0 };
static const bdc__filling all_members = { 16, 4 };

/* ---- valid bodies ---- */

static void case_whole(bdc_generator *g, bdc__filling filling, const char *words) {
  if (bdc__turn(g, &g->body->root, BDC__NO_RULE, false)) {
    bdc__say(g, words);
    if (bdc__valid_body(g, filling)) {
      bdc__make_text(g);
    }
  }
}

/* Puts blanks around every token of the body. */
static void respace(bdc_generator *g, const char *blanks) {
  bdc_str text = bdc__buffer_text(&g->body_text);
  bdc__buffer *out = &g->text;
  bdc__buffer_clear(out);
  for (size_t at = 0; at < text.size;) {
    char c = text.data[at];
    size_t end = c == '"' ? bdc__quoted_end(text, at) : at + 1;
    bool single = c == '"' || memchr("{}[]:,", c, 6);
    bdc__buffer_add_literal(out, single ? blanks : "");
    bdc__buffer_add(out, (bdc_str){ text.data + at, end - at });
    bdc__buffer_add_literal(out, single ? blanks : "");
    at = end;
  }
  bdc__buffer_clear(&g->body_text);
  bdc__buffer_add(&g->body_text, bdc__buffer_text(out));
  g->body_text.full = out->full;
}

static void case_spaced(bdc_generator *g, const char *blanks, const char *words) {
  if (bdc__turn_text(g, BDC_RULE_SYNTAX, false, words) && bdc__valid_body(g, all_members)) {
    respace(g, blanks);
    bdc__make_text(g);
  }
}

/* ---- no body ---- */

static void case_missing(bdc_generator *g) {
  bool breaks = !g->body->optional;
  if (bdc__turn(g, &g->body->root, BDC_RULE_MANDATORY, breaks)) {
    bdc__say(g, "no body");
    g->whole_body = true;
    g->made.field = breaks ? g->body->root.name : (bdc_str){ 0 };
    bdc__make_text(g);
  }
}

static void case_blank(bdc_generator *g) {
  if (bdc__turn_text(g, BDC_RULE_SYNTAX, true, "a body of blanks")) {
    bdc__buffer_add_literal(&g->body_text, " \n");
    bdc__make_text(g);
  }
}

/* One byte more than a check looks at, all but the first of them blanks. */
static void case_too_large(bdc_generator *g) {
  enum { BODY_SIZE = 12 * 1024 * 1024 };
  if (bdc__turn_as(g, NULL, BDC_RULE_LIMIT, true, BDC_ERROR)) {
    bdc__say_number(g, BODY_SIZE + 1, " bytes");
    g->whole_body = true;
    if (bdc__valid_body(g, fewest)) {
      bdc__buffer_add_repeat(&g->body_text, ' ', BODY_SIZE + 1 - g->body_text.size);
      bdc__make_text(g);
    }
  }
}

static bool takes_any_depth(const bdc_row *row) {
  return row->kind == BDC_KIND_ANY || (row->object && row->object->unknown == BDC_UNKNOWN_IGNORE);
}

/* Where each value is documented, what is too deep is of another type before. Else there are cases of its row. */
static void case_too_deep(bdc_generator *g) {
  if (bdc__spot_find(g, takes_any_depth) == SIZE_MAX && bdc__turn_as(g, NULL, BDC_RULE_LIMIT, true, BDC_ERROR)) {
    bdc__say(g, "arrays one deeper than the limit");
    bdc__leave_out(g, BDC_OMITTED_ALONE);
  }
}

/* ---- before and behind the value ---- */

typedef struct outer {
  bdc_str before;
  bdc_str behind;
  bdc_rule rule;
  bool breaks;
  const char *words;
} outer;

#define BEFORE(text, broken, words)                                                                                                    \
  { .before = BDC__STR_INIT(text), .rule = (broken), .breaks = true, words }
#define BEHIND(text, words)                                                                                                            \
  { .behind = BDC__STR_INIT(text), .rule = BDC_RULE_SYNTAX, .breaks = true, words }

static const outer outers[] = {
  { BDC__STR_INIT("\r\n\t "), BDC__STR_INIT(" \t\r\n"), BDC_RULE_SYNTAX, false, "blanks before and behind" },
  BEFORE("\xef\xbb\xbf", BDC_RULE_ENCODING, "a byte order mark"),
  BEFORE("\xff\xfe", BDC_RULE_SYNTAX, "the byte order mark of UTF-16"),
  BEFORE("\0", BDC_RULE_SYNTAX, "U+0000 before the value"),
  BEFORE("\f", BDC_RULE_SYNTAX, "a form feed before the value"),
  BEFORE("\v", BDC_RULE_SYNTAX, "a vertical tab before the value"),
  BEFORE("\xc2\xa0", BDC_RULE_SYNTAX, "a no-break space before the value"),
  BEFORE("\xe2\x80\xa8", BDC_RULE_SYNTAX, "U+2028 before the value"),
  BEFORE("// comment\n", BDC_RULE_SYNTAX, "a comment before the value"),
  BEFORE("/**/", BDC_RULE_SYNTAX, "a comment of C before the value"),
  BEFORE("# comment\n", BDC_RULE_SYNTAX, "a comment of the shell before the value"),
  BEFORE(")]}',\n", BDC_RULE_SYNTAX, "a guard against scripts before the value"),
  BEFORE("\x1e", BDC_RULE_SYNTAX, "a record separator before the value"),
  BEFORE(",", BDC_RULE_SYNTAX, "a comma before the value"),
  BEHIND("\0", "U+0000 behind the value"),
  BEHIND(",", "a comma behind the value"),
  BEHIND(";", "a semicolon behind the value"),
  BEHIND("}", "a brace behind the value"),
  BEHIND("]", "a bracket behind the value"),
  BEHIND(" x", "a letter behind the value"),
  BEHIND(" {}", "an object behind the value"),
  BEHIND("\nnull", "null in a line behind the value"),
  BEHIND("// comment", "a comment behind the value"),
  BEHIND("/**/", "a comment of C behind the value"),
  BEHIND("\f", "a form feed behind the value"),
  BEHIND("\xef\xbb\xbf", "a byte order mark behind the value"),
  BEHIND("\x80", "a byte that is no UTF-8 behind the value"),
};

static void case_outer(bdc_generator *g, const outer *of) {
  if (bdc__turn_text(g, of->rule, of->breaks, of->words) && bdc__valid_body(g, fewest)) {
    bdc__buffer_replace(&g->body_text, 0, 0, of->before);
    bdc__buffer_add(&g->body_text, of->behind);
    bdc__make_text(g);
  }
}

static void case_two_values(bdc_generator *g) {
  if (bdc__turn_text(g, BDC_RULE_SYNTAX, true, "the value twice, in two lines") && bdc__valid_body(g, fewest)) {
    bdc__buffer_add(&g->text, bdc__buffer_text(&g->body_text));
    bdc__buffer_add_byte(&g->body_text, '\n');
    bdc__buffer_add(&g->body_text, bdc__buffer_text(&g->text));
    bdc__make_text(g);
  }
}

void bdc__cases_body(bdc_generator *g) {
  if (!g->body) {
    return;
  }
  case_whole(g, fewest, "the fewest members");
  case_whole(g, all_members, "all members");
  case_whole(g, (bdc__filling){ 8, 3 }, "some members");
  case_spaced(g, " ", "blanks around each token");
  case_spaced(g, "\r\n\t", "line breaks and tabs around each token");
  case_missing(g);
  case_blank(g);
  case_too_large(g);
  case_too_deep(g);
  for (size_t i = 0; i < LENGTH(outers); i++) {
    case_outer(g, &outers[i]);
  }
  case_two_values(g);
  bdc__cases_syntax(g);
}
