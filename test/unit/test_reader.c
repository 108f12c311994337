/* SPDX-License-Identifier: MIT */
/*
 * The JSON reader's events, offsets, chunks and faults, each the same for every split. Argument: a seed, or nothing.
 *
 * A trace is the events as text, each behind a blank: [ ] { } t f n with the offset of their token; N7=name, S7=string, #7=12i (an
 * integral number) or #7=1.5r; $ for the end; and !KIND@OFFSET for a fault. Chunks are put together and checked one by one.
 */
#include "unit/support.h"

#include "base/utf8.h"
#include "json/reader.h"

#include <stdio.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

enum { DEPTH = 128 };

static const char *seed;

static const char *const fault_names[BDC__JSON_FAULT_COUNT] = {
  [BDC__JSON_FAULT_VALUE] = "value",         [BDC__JSON_FAULT_NAME] = "name",         [BDC__JSON_FAULT_COLON] = "colon",
  [BDC__JSON_FAULT_SEPARATOR] = "separator", [BDC__JSON_FAULT_TRAILING] = "trailing", [BDC__JSON_FAULT_CUT] = "cut",
  [BDC__JSON_FAULT_CONTROL] = "control",     [BDC__JSON_FAULT_ESCAPE] = "escape",     [BDC__JSON_FAULT_NUMBER] = "number",
  [BDC__JSON_FAULT_LITERAL] = "literal",     [BDC__JSON_FAULT_UTF8] = "utf8",         [BDC__JSON_FAULT_BYTE_ORDER_MARK] = "bom",
  [BDC__JSON_FAULT_SURROGATE] = "surrogate", [BDC__JSON_FAULT_DEPTH] = "depth",
};

/* ---- tracing ---- */

typedef struct tracer {
  bdc__json_reader reader;
  unsigned char containers[BDC__JSON_CONTAINER_BYTES(DEPTH)];
  bdc_str text; /* all of it */
  blob trace;
  bool within;   /* a token has had its first chunk, but not its last */
  size_t behind; /* where the next chunk may begin at the earliest */
} tracer;

/* What is promised of a single chunk of a name, string or number. */
static void check_chunk(tracer *t, bool number) {
  const bdc__json_reader *r = &t->reader;
  bool ascii = true;
  for (size_t i = 0; i < r->text.size; i++) {
    ascii = ascii && (unsigned char)r->text.data[i] < 0x80;
  }
  assert_int_equal(r->ascii, ascii);
  assert_true(bdc__utf8_valid(r->text));
  assert_int_equal(r->first, !t->within);
  t->within = !r->last;
  assert_true(r->text_offset >= (r->first ? r->token_offset + !number : t->behind));
  assert_true(r->text_offset + (r->text.size > 0) <= t->text.size);
  if (r->text.size == 0) {
    return;
  }
  bool escaped = t->text.data[r->text_offset] == '\\';
  if (!escaped) {
    assert_memory_equal(t->text.data + r->text_offset, r->text.data, r->text.size);
  } else {
    assert_int_equal(bdc__utf8_count(r->text.data, r->text.size), 1);
  }
  t->behind = r->text_offset + (escaped ? 2 : r->text.size);
}

static void trace_chunk(tracer *t, char sign) {
  const bdc__json_reader *r = &t->reader;
  check_chunk(t, sign == '#');
  if (r->first) {
    blob_print(&t->trace, " %c%zu=", sign, r->token_offset);
  }
  blob_add_str(&t->trace, r->text);
  if (r->last && sign == '#') {
    blob_print(&t->trace, r->integral ? "i" : "r");
  }
}

static void trace_event(tracer *t, bdc__json_event event) {
  static const char signs[] = {
    [BDC__JSON_OBJECT] = '{', [BDC__JSON_OBJECT_END] = '}', [BDC__JSON_ARRAY] = '[',  [BDC__JSON_ARRAY_END] = ']',
    [BDC__JSON_NAME] = 'N',   [BDC__JSON_STRING] = 'S',     [BDC__JSON_NUMBER] = '#', [BDC__JSON_TRUE] = 't',
    [BDC__JSON_FALSE] = 'f',  [BDC__JSON_NULL] = 'n'
  };
  switch (event) {
  case BDC__JSON_NAME:
  case BDC__JSON_STRING:
  case BDC__JSON_NUMBER:
    trace_chunk(t, signs[event]);
    return;
  case BDC__JSON_END:
    blob_print(&t->trace, " $");
    return;
  case BDC__JSON_FAULT:
    blob_print(&t->trace, " !%s@%zu", fault_names[t->reader.fault], t->reader.fault_offset);
    return;
  default:
    assert_false(t->within);
    blob_print(&t->trace, " %c%zu", signs[event], t->reader.token_offset);
  }
}

/* Once it has said FAULT it says so for ever, and never changes what it said. */
static void check_fault_stays(bdc__json_reader *reader) {
  bdc__json_fault fault = reader->fault;
  size_t offset = reader->fault_offset;
  for (int i = 0; i < 3; i++) {
    assert_int_equal(bdc__json_next(reader), BDC__JSON_FAULT);
    assert_int_equal(reader->fault, fault);
    assert_int_equal(reader->fault_offset, offset);
  }
}

/* False when nothing more is to be fed. */
static bool trace_piece(tracer *t, size_t from, size_t to, bool final) {
  size_t size = to - from;
  char *copy = malloc(size ? size : 1);
  memcpy(copy, t->text.data + from, size);
  bdc__json_feed(&t->reader, size ? copy : NULL, size, final);
  bdc__json_event event;
  while ((event = bdc__json_next(&t->reader)) != BDC__JSON_MORE) {
    trace_event(t, event);
    if (event == BDC__JSON_END || event == BDC__JSON_FAULT) {
      break;
    }
  }
  if (event == BDC__JSON_FAULT) {
    check_fault_stays(&t->reader);
  }
  assert_true(!final || event != BDC__JSON_MORE);
  free(copy);
  return event == BDC__JSON_MORE;
}

/* `late`: that the last piece was the last one is said with an empty piece. */
static char *trace_of(bdc_str text, size_t depth, const size_t *cuts, size_t count, bool late) {
  static tracer t;
  t = (tracer){ .text = text };
  blob_add(&t.trace, NULL, 0);
  memset(t.containers, 0x5a, sizeof t.containers);
  bdc__json_begin(&t.reader, t.containers, depth);
  size_t at = 0;
  bool more = true;
  for (size_t i = 0; i < count && more; i++) {
    more = trace_piece(&t, at, cuts[i], false);
    at = cuts[i];
  }
  more = more && trace_piece(&t, at, text.size, !late);
  if (more && late) {
    trace_piece(&t, text.size, text.size, true);
  }
  return t.trace.data;
}

static void expect_trace(bdc_str text, size_t depth, const size_t *cuts, size_t count, const char *expected) {
  for (int late = 0; late < 2; late++) {
    char *trace = trace_of(text, depth, cuts, count, late);
    if (strcmp(trace, expected) != 0) {
      fail_msg("%.*s\nin %zu pieces, the first cut at %zu:\nexpected%s\ngot     %s", (int)text.size, text.data, count + 1,
               count ? cuts[0] : 0, expected, trace);
    }
    free(trace);
  }
}

/* Whole, byte by byte, in every two pieces, in every three. */
static void expect_at_depth(bdc_str text, size_t depth, const char *expected) {
  enum { SIZE_OF_THREES = 40, CUTS = 1024 };
  static size_t all[CUTS];
  assert_true(text.size < CUTS);
  for (size_t i = 0; i < text.size; i++) {
    all[i] = i;
  }
  expect_trace(text, depth, NULL, 0, expected);
  expect_trace(text, depth, all, text.size, expected);
  for (size_t i = 0; i <= text.size; i++) {
    expect_trace(text, depth, &i, 1, expected);
    for (size_t j = i; j <= text.size && text.size <= SIZE_OF_THREES; j++) {
      size_t cuts[] = { i, j };
      expect_trace(text, depth, cuts, 2, expected);
    }
  }
}

static void expect(const char *text, const char *expected) {
  expect_at_depth((bdc_str){ text, strlen(text) }, DEPTH, expected);
}

/* ---- well-formed texts ---- */

static void reader_gives_each_token_with_its_offset(void **state) {
  (void)state;
  expect("{}", " {0 }1 $");
  expect("[]", " [0 ]1 $");
  expect(" \t\r\n{ \n} \r\n\t ", " {4 }7 $");
  expect("true", " t0 $");
  expect(" false ", " f1 $");
  expect("null\n", " n0 $");
  expect("\"\"", " S0= $");
  expect("\"abc\"", " S0=abc $");
  expect("[true,false,null]", " [0 t1 f6 n12 ]16 $");
  expect("{\"a\":{\"\":[]},\"bc\" : \"d\"}", " {0 N1=a {5 N6= [9 ]10 }11 N13=bc S20=d }23 $");
  expect("[[],[{}],{\"a\":[1]}]", " [0 [1 ]2 [4 {5 }6 ]7 {9 N10=a [14 #15=1i ]16 }17 ]18 $");
}

static void reader_tells_integral_numbers_from_others(void **state) {
  (void)state;
  expect("0", " #0=0i $");
  expect("-0", " #0=-0i $");
  expect(" 12345678901234567890 ", " #1=12345678901234567890i $");
  expect("[1,-2,0]", " [0 #1=1i #3=-2i #6=0i ]7 $");
  expect("1.0", " #0=1.0r $");
  expect("0.5e10", " #0=0.5e10r $");
  expect("-0e-0", " #0=-0e-0r $");
  expect("1E+999999999", " #0=1E+999999999r $");
  expect("{\"n\":1e3}", " {0 N1=n #5=1e3r }8 $");
  expect("[1.5]", " [0 #1=1.5r ]4 $");
}

static void reader_decodes_escapes(void **state) {
  (void)state;
  expect("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", " S0=\"\\/\b\f\n\r\t $");
  expect("\"a\\u0041b\"", " S0=aAb $");
  expect("\"\\u00e9\\u00E9\\u20AC\"", " S0=\xc3\xa9\xc3\xa9\xe2\x82\xac $");
  expect("\"\\ud83d\\ude00\"", " S0=\xf0\x9f\x98\x80 $");
  expect("\"\\uD800\\uDC00\\uDBFF\\uDFFF\"", " S0=\xf0\x90\x80\x80\xf4\x8f\xbf\xbf $");
  expect("{\"\\u006e\\u0061\":\"\\\\u0041\"}", " {0 N1=na S16=\\u0041 }25 $");
  expect("\"\\ud7ff\\ue000\\uffff\"", " S0=\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf $");
}

static void reader_passes_bytes_beyond_ascii_and_delete(void **state) {
  (void)state;
  expect("\"\x7f\"", " S0=\x7f $");
  expect("\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"", " S0=\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80 $");
  expect("[\"abcdefgh\xc3\xa9ijklmnop\\nq\"]", " [0 S1=abcdefgh\xc3\xa9ijklmnop\nq ]24 $");
  expect("{\"\xe6\x9d\x8e\":0}", " {0 N1=\xe6\x9d\x8e #7=0i }8 $");
}

static void reader_gives_an_escaped_nul_as_a_character(void **state) {
  (void)state;
  tracer t = { .text = BDC_STR("\"\\u0000\"") };
  bdc__json_begin(&t.reader, t.containers, DEPTH);
  bdc__json_feed(&t.reader, t.text.data, t.text.size, true);
  assert_int_equal(bdc__json_next(&t.reader), BDC__JSON_STRING);
  assert_int_equal(t.reader.text.size, 1);
  assert_int_equal(t.reader.text.data[0], 0);
  assert_int_equal(t.reader.text_offset, 1);
  assert_true(t.reader.first && !t.reader.last && t.reader.ascii);
  assert_int_equal(bdc__json_next(&t.reader), BDC__JSON_STRING);
  assert_true(!t.reader.first && t.reader.last);
  assert_int_equal(t.reader.text.size, 0);
  assert_int_equal(bdc__json_next(&t.reader), BDC__JSON_END);
}

/* Quotes, backslashes, controls and long characters at every distance from the start: the reader looks at eight bytes at a time. */
static void reader_finds_the_special_byte_at_every_position(void **state) {
  (void)state;
  for (size_t length = 0; length < 20; length++) {
    static const struct {
      const char *sent;
      const char *read;
    } specials[] = { { "\\n", "\n" },
                     { "\xc3\xa9", "\xc3\xa9" },
                     { "\x7f", "\x7f" },
                     { " ", " " },
                     { "!", "!" },
                     { "#", "#" },
                     { "[", "[" },
                     { "]", "]" },
                     { "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80" } };
    for (size_t i = 0; i < LENGTH(specials); i++) {
      blob text = { 0 };
      blob expected = { 0 };
      blob_print(&text, "\"%.*s%s%s\"", (int)length, "abcdefghijklmnopqrstuvwxyz", specials[i].sent, "01234567");
      blob_print(&expected, " S0=%.*s%s%s $", (int)length, "abcdefghijklmnopqrstuvwxyz", specials[i].read, "01234567");
      expect(text.data, expected.data);
      blob_free(&text);
      blob_free(&expected);
    }
    blob control = { 0 };
    blob expected = { 0 };
    blob_print(&control, "\"%.*s\x1f%s\"", (int)length, "abcdefghijklmnopqrstuvwxyz", "01234567");
    blob_print(&expected, " S0=%.*s !control@%zu", (int)length, "abcdefghijklmnopqrstuvwxyz", length + 1);
    if (length) {
      expect(control.data, expected.data);
    }
    blob_free(&control);
    blob_free(&expected);
  }
}

/* ---- faults ---- */

static void fault_value_stands_where_a_value_was_expected(void **state) {
  (void)state;
  expect(",", " !value@0");
  expect("  }", " !value@2");
  expect("]", " !value@0");
  expect("+1", " !value@0");
  expect(".5", " !value@0");
  expect("'a'", " !value@0");
  expect("[,1]", " [0 !value@1");
  expect("[1,]", " [0 #1=1i !value@3");
  expect("[1,,2]", " [0 #1=1i !value@3");
  expect("{\"a\":}", " {0 N1=a !value@5");
  expect("{\"a\":,\"b\":1}", " {0 N1=a !value@5");
  expect("[NaN]", " [0 !value@1");
  expect("[Infinity]", " [0 !value@1");
  expect("[True]", " [0 !value@1");
  expect("// x\n1", " !value@0");
  expect("\v1", " !value@0");
  expect("\f1", " !value@0");
  expect(" \xef\xbb\xbf{}", " !value@1");
  expect("\xc2\xa0{}", " !value@0");
}

static void fault_name_stands_where_a_name_was_expected(void **state) {
  (void)state;
  expect("{a:1}", " {0 !name@1");
  expect("{ 1:1}", " {0 !name@2");
  expect("{,}", " {0 !name@1");
  expect("{]", " {0 !name@1");
  expect("{'a':1}", " {0 !name@1");
  expect("{\"a\":1,}", " {0 N1=a #5=1i !name@7");
  expect("{\"a\":1,,\"b\":2}", " {0 N1=a #5=1i !name@7");
  expect("{\"a\":1, /**/ \"b\":2}", " {0 N1=a #5=1i !name@8");
}

static void fault_colon_stands_where_a_colon_was_expected(void **state) {
  (void)state;
  expect("{\"a\"}", " {0 N1=a !colon@4");
  expect("{\"a\" 1}", " {0 N1=a !colon@5");
  expect("{\"a\",1}", " {0 N1=a !colon@4");
  expect("{\"a\"=1}", " {0 N1=a !colon@4");
  expect("{\"a\"::1}", " {0 N1=a !value@5");
}

static void fault_separator_stands_behind_an_item(void **state) {
  (void)state;
  expect("[1 2]", " [0 #1=1i !separator@3");
  expect("[1}", " [0 #1=1i !separator@2");
  expect("{\"a\":1]", " {0 N1=a #5=1i !separator@6");
  expect("{\"a\":1 \"b\":2}", " {0 N1=a #5=1i !separator@7");
  expect("[\"a\"\"b\"]", " [0 S1=a !separator@4");
  expect("[truex]", " [0 t1 !separator@5");
  expect("[1a]", " [0 #1=1i !separator@2");
  expect("[0x10]", " [0 #1=0i !separator@2");
  expect("[1:2]", " [0 #1=1i !separator@2");
  expect("[{}{}]", " [0 {1 }2 !separator@3");
}

static void fault_trailing_stands_behind_the_value(void **state) {
  (void)state;
  expect("{}x", " {0 }1 !trailing@2");
  expect("{} {}", " {0 }1 !trailing@3");
  expect("1 2", " #0=1i !trailing@2");
  expect("[]]", " [0 ]1 !trailing@2");
  expect("{}}", " {0 }1 !trailing@2");
  expect("true,", " t0 !trailing@4");
  expect("\"a\"\n\"b\"", " S0=a !trailing@4");
  expect("nullnull", " n0 !trailing@4");
  expect("1a", " #0=1i !trailing@1");
  expect_at_depth((bdc_str){ "{}\0", 3 }, DEPTH, " {0 }1 !trailing@2");
}

static void fault_cut_stands_at_the_end(void **state) {
  (void)state;
  expect("", " !cut@0");
  expect(" \n ", " !cut@3");
  expect("{", " {0 !cut@1");
  expect("[", " [0 !cut@1");
  expect("[1,", " [0 #1=1i !cut@3");
  expect("[1 ", " [0 #1=1i !cut@3");
  expect("{\"a\"", " {0 N1=a !cut@4");
  expect("{\"a\":", " {0 N1=a !cut@5");
  expect("{\"a\":1", " {0 N1=a #5=1i !cut@6");
  expect("{\"a\":1,", " {0 N1=a #5=1i !cut@7");
  expect("tru", " !cut@3");
  expect("[fals", " [0 !cut@5");
  expect("\"\\u00", " !cut@5");
  expect("\"\\", " !cut@2");
  expect("\"\\ud83d", " !cut@7");
  expect("\"\\ud83d\\", " !cut@8");
  expect("\"\\ud83d\\u", " !cut@9");
  expect("\"\\ud83d\\ude0", " !cut@12");
}

/* What came of a token before the end differs with the pieces; the fault does not. */
static void expect_fault(const char *text, const char *expected) {
  bdc_str whole = { text, strlen(text) };
  for (size_t i = 0; i <= whole.size; i++) {
    char *trace = trace_of(whole, DEPTH, &i, 1, i % 2);
    const char *fault = strchr(trace, '!');
    assert_non_null(fault);
    assert_string_equal(fault, expected);
    free(trace);
  }
}

static void fault_cut_stands_at_the_end_of_an_open_token(void **state) {
  (void)state;
  expect_fault("\"", "!cut@1");
  expect_fault("\"abc", "!cut@4");
  expect_fault("{\"abc", "!cut@5");
  expect_fault("\"abc\\", "!cut@5");
  expect_fault("-", "!cut@1");
  expect_fault("[-", "!cut@2");
  expect_fault("1.", "!cut@2");
  expect_fault("1e", "!cut@2");
  expect_fault("1e+", "!cut@3");
  expect_fault("[1.5e-", "!cut@6");
}

static void fault_control_stands_at_the_control_character(void **state) {
  (void)state;
  expect_fault("\"\n\"", "!control@1");
  expect_fault("\"ab\tc\"", "!control@3");
  expect_fault("{\"a\x01\":1}", "!control@3");
  expect_fault("\"\\n\x1f\"", "!control@3");
  expect_fault("\"\xc3\xa9\r\"", "!control@3");
  for (char c = 1; c < 0x20; c++) {
    char text[] = "\"ab?\"";
    text[3] = c;
    expect_fault(text, "!control@3");
  }
  char *trace = trace_of((bdc_str){ "\"a\0\"", 4 }, DEPTH, NULL, 0, false);
  assert_string_equal(strchr(trace, '!'), "!control@2");
  free(trace);
}

static void fault_escape_stands_at_the_backslash(void **state) {
  (void)state;
  static const char letters[] = "acdeghijklmopqsvwxyzABCDEFNRTU0123456789'`-?\n ";
  for (size_t i = 0; letters[i]; i++) {
    char text[] = "\"ab\\?\"";
    text[4] = letters[i];
    expect_fault(text, "!escape@3");
  }
  expect_fault("\"\\u12g4\"", "!escape@1");
  expect_fault("\"\\u123\"", "!escape@1");
  expect_fault("\"\\u 123\"", "!escape@1");
  expect_fault("\"\\u+123\"", "!escape@1");
  expect_fault("\"\\ux\"", "!escape@1");
  expect_fault("\"\\u\"", "!escape@1");
  expect_fault("\"x\\ud83d\\u12g4\"", "!escape@2");
  expect_fault("{\"\\q\":1}", "!escape@2");
  expect_fault("[\\u0031]", "!value@1");
}

static void fault_number_stands_at_the_character_that_cannot_follow(void **state) {
  (void)state;
  expect_fault("01", "!number@1");
  expect_fault("-01", "!number@2");
  expect_fault("00", "!number@1");
  expect_fault("[-a]", "!number@2");
  expect_fault("--1", "!number@1");
  expect_fault("-+1", "!number@1");
  expect_fault("-.5", "!number@1");
  expect_fault("[1.]", "!number@3");
  expect_fault("1.e1", "!number@2");
  expect_fault("1..2", "!number@2");
  expect_fault("1e ", "!number@2");
  expect_fault("1e+}", "!number@3");
  expect_fault("1e+-1", "!number@3");
  expect_fault("1e.5", "!number@2");
  expect_fault("-Infinity", "!number@1");
  expect_fault("1.5.5", "!trailing@3");
  expect_fault("1e5e5", "!trailing@3");
  expect_fault("[1e5.5]", "!separator@4");
}

static void fault_literal_stands_at_its_first_letter(void **state) {
  (void)state;
  expect_fault("[tRUE]", "!literal@1");
  expect_fault("trua", "!literal@0");
  expect_fault("  fals}", "!literal@2");
  expect_fault("nul", "!cut@3");
  expect_fault("nil", "!literal@0");
  expect_fault("[nul]", "!literal@1");
  expect_fault("[n\xc3\xbcll]", "!literal@1");
  expect_fault("{\"a\":tru\"}", "!literal@5");
}

static void fault_utf8_stands_at_the_first_byte_of_the_character(void **state) {
  (void)state;
  static const char *const malformed[] = {
    "\x80",         "\xbf",         "\xc0\xaf",         "\xc1\xbf",         "\xe0\x80\xaf",     "\xe0\x9f\xbf",
    "\xed\xa0\x80", "\xed\xbf\xbf", "\xf0\x80\x80\xaf", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80",
    "\xfe",         "\xff",         "\xc3\x28",         "\xe2\x82\x28",     "\xf0\x90\x8c\x28", "\xc3",
    "\xe2\x82",     "\xf0\x90\x8c"
  };
  for (size_t i = 0; i < LENGTH(malformed); i++) {
    static const struct {
      const char *before;
      const char *behind;
    } frames[] = { { "\"", "\"" }, { "[\"ab\xc3\xa9", "\"]" }, { "{\"\\n", "\":1}" }, { "\"abcdefghijk", "" } };
    for (size_t j = 0; j < LENGTH(frames); j++) {
      blob text = { 0 };
      blob expected = { 0 };
      blob_print(&text, "%s%s%s", frames[j].before, malformed[i], frames[j].behind);
      blob_print(&expected, "!utf8@%zu", strlen(frames[j].before));
      expect_fault(text.data, expected.data);
      blob_free(&text);
      blob_free(&expected);
    }
  }
  expect_fault("\xff", "!value@0");
  expect_fault("[\xc3\xa9]", "!value@1");
}

static void fault_byte_order_mark_stands_at_the_start(void **state) {
  (void)state;
  expect_fault("\xef\xbb\xbf{}", "!bom@0");
  expect_fault("\xef\xbb\xbf", "!bom@0");
  expect_fault("\xef\xbc\x91", "!value@0"); /* a digit, but none of JSON's */
  expect_fault("\xef\xbb", "!value@0");
  char *trace = trace_of((bdc_str){ "\xff\xfe{\0", 4 }, DEPTH, NULL, 0, false);
  assert_string_equal(trace, " !value@0");
  free(trace);
  /* Within a string U+FEFF is a character like others. */
  expect("\"\xef\xbb\xbf\"", " S0=\xef\xbb\xbf $");
}

static void fault_surrogate_stands_at_the_backslash_of_the_first_half(void **state) {
  (void)state;
  expect_fault("\"\\ud800\"", "!surrogate@1");
  expect_fault("\"a\\udbffb\"", "!surrogate@2");
  expect_fault("\"\\udc00\"", "!surrogate@1");
  expect_fault("\"\\udfff\\ud800\"", "!surrogate@1");
  expect_fault("\"\\ud800\\ud800\\udc00\"", "!surrogate@1");
  expect_fault("\"\\ud800\\n\"", "!surrogate@1");
  expect_fault("\"\\ud800\\u0041\"", "!surrogate@1");
  expect_fault("\"\\ud800\\ue000\"", "!surrogate@1");
  expect_fault("\"\\ud83d\xed\xb8\x80\"", "!surrogate@1");
  expect_fault("\"\\ud83d\\ude00\\ude00\"", "!surrogate@13");
  expect_fault("{\"\\ud800\":1}", "!surrogate@2");
}

static void fault_depth_stands_at_the_bracket_that_is_one_too_many(void **state) {
  (void)state;
  expect_at_depth(BDC_STR("[[[]]]"), 3, " [0 [1 [2 ]3 ]4 ]5 $");
  expect_at_depth(BDC_STR("[[[ []]]]"), 3, " [0 [1 [2 !depth@4");
  expect_at_depth(BDC_STR("{\"a\":[{}]}"), 3, " {0 N1=a [5 {6 }7 ]8 }9 $");
  expect_at_depth(BDC_STR("{\"a\":[{\"b\":[]}]}"), 3, " {0 N1=a [5 {6 N7=b !depth@11");
  expect_at_depth(BDC_STR("[]"), 1, " [0 ]1 $");
  expect_at_depth(BDC_STR("[[]]"), 1, " [0 !depth@1");
  expect_at_depth(BDC_STR("[[],[],[[1]]]"), 3, " [0 [1 ]2 [4 ]5 [7 [8 #9=1i ]10 ]11 ]12 $");
}

/* Whether the piece ended within a token, or a character of it, at each byte; and where that began. */
static void reader_tells_whether_a_piece_ended_within_a_token_or_character(void **state) {
  (void)state;
  static const char text[] = "[\"\xc3\xa9"
                             "a\\u00e9\\ud83d\\ude00\\n\",12,true]";
  /* What holds behind as many bytes as the index: '.' nothing, t within a token, c within a character too. */
  static const char expected[] = "."            /* nothing read */
                                 "."            /* [ */
                                 "t"            /* " */
                                 "ct"           /* e acute, in two bytes */
                                 "t"            /* a */
                                 "ccccct"       /* \u00e9 */
                                 "ccccccccccct" /* the pair */
                                 "ct"           /* \n */
                                 "."            /* " */
                                 "."            /* , */
                                 "tt"           /* 12 */
                                 "."            /* , */
                                 "ttt"          /* tru */
                                 "."            /* e */
                                 ".";           /* ] */
  static const size_t token[] = { 1, 27, 30 };
  assert_int_equal(sizeof expected, sizeof text + 1);
  for (size_t i = 0; i < sizeof text; i++) {
    tracer t = { .text = { text, sizeof text - 1 } };
    bdc__json_begin(&t.reader, t.containers, DEPTH);
    assert_true(trace_piece(&t, 0, i, false));
    assert_int_equal(bdc__json_in_character(&t.reader), expected[i] == 'c');
    if (expected[i] != '.') {
      assert_int_equal(t.reader.token_offset, i < 26 ? token[0] : i < 30 ? token[1] : token[2]);
    }
    blob_free(&t.trace);
  }
}

static void reader_remembers_where_a_character_began_that_a_piece_cuts(void **state) {
  (void)state;
  static const char text[] = "\"ab\\ud83d\\ude00\xe2\x82\xac\"";
  for (size_t i = 4; i < 18; i++) {
    tracer t = { .text = { text, sizeof text - 1 } };
    bdc__json_begin(&t.reader, t.containers, DEPTH);
    assert_true(trace_piece(&t, 0, i, false));
    if (bdc__json_in_character(&t.reader)) {
      assert_int_equal(t.reader.character_offset, i < 15 ? 3 : 15);
    } else {
      assert_int_equal(i, 15);
    }
    blob_free(&t.trace);
  }
}

/* ---- random texts, written together with their traces ---- */

typedef struct writer {
  random_source random;
  blob text;
  blob trace;
} writer;

static void write_blanks(writer *w) {
  static const char *const blanks[] = { "", "", "", " ", "\n", "\t", "\r\n  " };
  blob_print(&w->text, "%s", blanks[random_below(&w->random, LENGTH(blanks))]);
}

static void write_string(writer *w, char sign) {
  static const char *const pieces[][2] = { { "a", "a" },
                                           { "bcdefghi", "bcdefghi" },
                                           { "\\n", "\n" },
                                           { "\\u0041", "A" },
                                           { "\xc3\xa9", "\xc3\xa9" },
                                           { "\\ud83d\\ude00", "\xf0\x9f\x98\x80" },
                                           { "\xe2\x82\xac", "\xe2\x82\xac" },
                                           { "\\\"", "\"" },
                                           { "\\\\", "\\" },
                                           { "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80" },
                                           { "{", "{" },
                                           { "]", "]" },
                                           { ",", "," } };
  blob_print(&w->trace, " %c%zu=", sign, w->text.size);
  blob_print(&w->text, "\"");
  for (size_t count = random_below(&w->random, 7); count; count--) {
    size_t i = random_below(&w->random, LENGTH(pieces));
    blob_print(&w->text, "%s", pieces[i][0]);
    blob_print(&w->trace, "%s", pieces[i][1]);
  }
  blob_print(&w->text, "\"");
}

static void write_scalar(writer *w) {
  static const char *const scalars[][2] = { { "t", "true" }, { "f", "false" },    { "n", "null" },
                                            { "i", "0" },    { "i", "-12" },      { "r", "1.50" },
                                            { "r", "2e-7" }, { "r", "-0.0E+10" }, { "i", "123456789012345678901234567890" } };
  size_t i = random_below(&w->random, LENGTH(scalars) + 3);
  if (i >= LENGTH(scalars)) {
    write_string(w, 'S');
  } else if (i < 3) {
    blob_print(&w->trace, " %s%zu", scalars[i][0], w->text.size);
    blob_print(&w->text, "%s", scalars[i][1]);
  } else {
    blob_print(&w->trace, " #%zu=%s%s", w->text.size, scalars[i][1], scalars[i][0]);
    blob_print(&w->text, "%s", scalars[i][1]);
  }
}

static void write_value(writer *w, unsigned depth) {
  size_t kind = depth > 8 ? 2 : random_below(&w->random, 4);
  write_blanks(w);
  if (kind > 1) {
    write_scalar(w);
    write_blanks(w);
    return;
  }
  blob_print(&w->trace, " %c%zu", "[{"[kind], w -> text.size);
  blob_print(&w->text, "%c", "[{"[kind]);
  write_blanks(w);
  for (size_t i = 0, count = random_below(&w->random, 4); i < count; i++) {
    blob_print(&w->text, "%s", i ? "," : "");
    if (kind) {
      write_blanks(w);
      write_string(w, 'N');
      write_blanks(w);
      blob_print(&w->text, ":");
    }
    write_value(w, depth + 1);
  }
  blob_print(&w->trace, " %c%zu", "]}"[kind], w -> text.size);
  blob_print(&w->text, "%c", "]}"[kind]);
  write_blanks(w);
}

static int compare_sizes(const void *a, const void *b) {
  size_t x = *(const size_t *)a;
  size_t y = *(const size_t *)b;
  return (x > y) - (x < y);
}

static void reader_reads_random_texts_in_random_pieces(void **state) {
  (void)state;
  enum { TEXTS = 3000, CUTS = 12 };
  writer w = { .random = random_from(seed) };
  size_t bytes = 0;
  for (int i = 0; i < TEXTS; i++) {
    blob_clear(&w.text);
    blob_clear(&w.trace);
    write_value(&w, 0);
    blob_print(&w.trace, " $");
    for (int j = 0; j < 5; j++) {
      size_t cuts[CUTS];
      size_t count = random_below(&w.random, CUTS + 1);
      for (size_t k = 0; k < count; k++) {
        cuts[k] = random_below(&w.random, w.text.size + 1);
      }
      qsort(cuts, count, sizeof cuts[0], compare_sizes);
      expect_trace(blob_str(&w.text), DEPTH, cuts, count, w.trace.data);
    }
    bytes += w.text.size;
  }
  printf("%d texts, %zu bytes\n", TEXTS, bytes);
  assert_true(bytes > 30000);
  blob_free(&w.text);
  blob_free(&w.trace);
}

int main(int argc, char **argv) {
  seed = argc > 1 ? argv[1] : NULL;
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(reader_gives_each_token_with_its_offset),
    cmocka_unit_test(reader_tells_integral_numbers_from_others),
    cmocka_unit_test(reader_decodes_escapes),
    cmocka_unit_test(reader_passes_bytes_beyond_ascii_and_delete),
    cmocka_unit_test(reader_gives_an_escaped_nul_as_a_character),
    cmocka_unit_test(reader_finds_the_special_byte_at_every_position),
    cmocka_unit_test(fault_value_stands_where_a_value_was_expected),
    cmocka_unit_test(fault_name_stands_where_a_name_was_expected),
    cmocka_unit_test(fault_colon_stands_where_a_colon_was_expected),
    cmocka_unit_test(fault_separator_stands_behind_an_item),
    cmocka_unit_test(fault_trailing_stands_behind_the_value),
    cmocka_unit_test(fault_cut_stands_at_the_end),
    cmocka_unit_test(fault_cut_stands_at_the_end_of_an_open_token),
    cmocka_unit_test(fault_control_stands_at_the_control_character),
    cmocka_unit_test(fault_escape_stands_at_the_backslash),
    cmocka_unit_test(fault_number_stands_at_the_character_that_cannot_follow),
    cmocka_unit_test(fault_literal_stands_at_its_first_letter),
    cmocka_unit_test(fault_utf8_stands_at_the_first_byte_of_the_character),
    cmocka_unit_test(fault_byte_order_mark_stands_at_the_start),
    cmocka_unit_test(fault_surrogate_stands_at_the_backslash_of_the_first_half),
    cmocka_unit_test(fault_depth_stands_at_the_bracket_that_is_one_too_many),
    cmocka_unit_test(reader_tells_whether_a_piece_ended_within_a_token_or_character),
    cmocka_unit_test(reader_remembers_where_a_character_began_that_a_piece_cuts),
    cmocka_unit_test(reader_reads_random_texts_in_random_pieces),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
