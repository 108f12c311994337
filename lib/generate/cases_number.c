/* SPDX-License-Identifier: MIT */
/* Cases of numbers: the ends of types and ranges, and one beyond; listed values; what is a number, but no integer. */
#include "generate/generator.h"

#include "base/decimal.h"
#include "base/str.h"

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])
#define BIT(rule) (UINT32_C(1) << (rule))

static bool is_whole(const bdc_row *row) {
  return row->kind == BDC_KIND_INTEGER || row->kind == BDC_KIND_LONG;
}

/* The number in g->token, where it breaks just what the turn is about. */
static void make_fitting(bdc_generator *g, size_t spot) {
  uint32_t wanted = g->made.reported ? BIT(g->made.rule) : 0;
  if (bdc__number_breaks(g->spots[spot].row, bdc__buffer_text(&g->token)) == wanted) {
    bdc__make_value(g, spot);
  } else {
    bdc__skip(g);
  }
}

static void case_number(bdc_generator *g, size_t spot, bdc_str number, int rule, bool breaks, const char *words) {
  if (bdc__turn(g, g->spots[spot].row, rule, breaks)) {
    bdc__say(g, words);
    bdc__say(g, words[0] ? " " : "");
    bdc__buffer_add(&g->detail, number);
    bdc__buffer_add(&g->token, number);
    make_fitting(g, spot);
  }
}

/* A step from a number, where it breaks or keeps a rule as it should. */
static void case_step(bdc_generator *g, size_t spot, bdc_str number, bool up, int rule, bool breaks, const char *words) {
  const bdc_row *row = g->spots[spot].row;
  if (bdc__turn(g, row, rule, breaks)) {
    bdc__say(g, words);
    bdc__say(g, " ");
    bdc__buffer_add(&g->detail, number);
    bdc__number_step(number, up, is_whole(row), &g->token);
    make_fitting(g, spot);
  }
}

/* What lies at an end of the range and around it. Where the table gives the end, there must be such cases. */
static void cases_end(bdc_generator *g, size_t spot, bool upper) {
  const bdc_row *row = g->spots[spot].row;
  bdc_str end = bdc__number_end(row, upper);
  if (end.size == 0) {
    return;
  }
  case_number(g, spot, end, BDC_RULE_RANGE, false, upper ? "the greatest," : "the least,");
  case_step(g, spot, end, upper, BDC_RULE_RANGE, true, upper ? "above" : "below");
  case_step(g, spot, end, !upper, BDC_RULE_RANGE, false, upper ? "just below" : "just above");
}

/* Numbers that a parser may cut to fewer bits, or round. */
static void cases_beyond(bdc_generator *g, size_t spot) {
  static const bdc_str far[] = { BDC__STR_INIT("-9223372036854775809"),
                                 BDC__STR_INIT("9223372036854775808"),
                                 BDC__STR_INIT("18446744073709551615"),
                                 BDC__STR_INIT("18446744073709551616"),
                                 BDC__STR_INIT("-18446744073709551615"),
                                 BDC__STR_INIT("4294967295"),
                                 BDC__STR_INIT("4294967296"),
                                 BDC__STR_INIT("4294967297"),
                                 BDC__STR_INIT("2147483648"),
                                 BDC__STR_INIT("-2147483649"),
                                 BDC__STR_INIT("9007199254740993"),
                                 BDC__STR_INIT("99999999999999999999999999999999999999999999999999") };
  const bdc_row *row = g->spots[spot].row;
  for (size_t i = 0; i < LENGTH(far); i++) {
    bdc_str low = bdc__number_end(row, false);
    bdc_str high = bdc__number_end(row, true);
    bool outside = (low.size && bdc__decimal_compare(far[i], low) < 0) || (high.size && bdc__decimal_compare(far[i], high) > 0);
    case_number(g, spot, far[i], outside ? BDC_RULE_RANGE : BDC__NO_RULE, outside, "");
  }
}

/* Small ones, each in another spelling; those that are none of the row's are passed over. */
static void cases_small(bdc_generator *g, size_t spot) {
  static const bdc_str small[] = { BDC__STR_INIT("0"), BDC__STR_INIT("-0"), BDC__STR_INIT("1"), BDC__STR_INIT("-1"),
                                   BDC__STR_INIT("10") };
  for (size_t i = 0; i < LENGTH(small); i++) {
    case_number(g, spot, small[i], BDC__NO_RULE, false, "");
  }
}

static void cases_enum(bdc_generator *g, size_t spot) {
  const bdc_row *row = g->spots[spot].row;
  for (uint32_t i = 0; i < row->value_count; i++) {
    if (bdc__turn(g, row, BDC_RULE_ENUM, false)) {
      bdc__buffer_add(&g->detail, row->values[i]);
      bdc__buffer_add(&g->token, row->values[i]);
      if (bdc__number_breaks(row, row->values[i]) == 0) {
        bdc__make_value(g, spot);
      } else {
        bdc__leave_out(g, BDC_OMITTED_ALONE);
      }
    }
    case_step(g, spot, row->values[i], true, BDC_RULE_ENUM, true, "above");
    case_step(g, spot, row->values[i], false, BDC_RULE_ENUM, true, "below");
  }
}

static void cases_epoch(bdc_generator *g, size_t spot) {
  static const bdc_str kept[] = { BDC__STR_INIT("1000000000000"), BDC__STR_INIT("1578284788000"), BDC__STR_INIT("9999999999999") };
  static const bdc_str broken[] = { BDC__STR_INIT("0"),
                                    BDC__STR_INIT("-1"),
                                    BDC__STR_INIT("1578284788"),
                                    BDC__STR_INIT("999999999999"),
                                    BDC__STR_INIT("10000000000000"),
                                    BDC__STR_INIT("-578284788000"),
                                    BDC__STR_INIT("-1578284788000") };
  for (size_t i = 0; i < LENGTH(kept); i++) {
    case_number(g, spot, kept[i], BDC_RULE_FORMAT, false, "");
  }
  for (size_t i = 0; i < LENGTH(broken); i++) {
    case_number(g, spot, broken[i], BDC_RULE_FORMAT, true, "");
  }
}

/* Fractions and exponents, also of whole numbers: of an integer row they are of another type. */
static void cases_fraction(bdc_generator *g, size_t spot) {
  static const bdc_str fractions[] = { BDC__STR_INIT("1.0"),         BDC__STR_INIT("0.0"),          BDC__STR_INIT("-0.0"),
                                       BDC__STR_INIT("1e0"),         BDC__STR_INIT("1E2"),          BDC__STR_INIT("1e+2"),
                                       BDC__STR_INIT("10e-1"),       BDC__STR_INIT("1.5"),          BDC__STR_INIT("0.1"),
                                       BDC__STR_INIT("1e999999999"), BDC__STR_INIT("1e-999999999"), BDC__STR_INIT("1.578284788e12") };
  bool whole = is_whole(g->spots[spot].row);
  for (size_t i = 0; i < LENGTH(fractions); i++) {
    case_number(g, spot, fractions[i], whole ? (int)BDC_RULE_TYPE : (int)BDC__NO_RULE, whole, "");
  }
}

void bdc__cases_number(bdc_generator *g, size_t spot) {
  const bdc_row *row = g->spots[spot].row;
  cases_end(g, spot, false);
  cases_end(g, spot, true);
  cases_small(g, spot);
  cases_beyond(g, spot);
  if (row->value_count) {
    cases_enum(g, spot);
  }
  if (row->format == BDC_FORMAT_EPOCH_MS) {
    cases_epoch(g, spot);
  }
  cases_fraction(g, spot);
}
