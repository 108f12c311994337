/* SPDX-License-Identifier: MIT */
/* The rules of a row: a small function for each keyword, and the table that says which types it fits. */
#include "rules/parse.h"

#include "base/decimal.h"

enum {
  STRING = 1 << BDC_KIND_STRING,
  INTEGER = 1 << BDC_KIND_INTEGER,
  LONG = 1 << BDC_KIND_LONG,
  NUMBER = 1 << BDC_KIND_NUMBER,
  ARRAY = 1 << BDC_KIND_ARRAY,
  MAP = 1 << BDC_KIND_MAP,
  ANY = (1 << (BDC_KIND_MAP + 1)) - 1
};

/* Of an `enum`: beyond what anybody documents, within what 32 bits count. */
enum { VALUES_MAX = 1 << 20 };

/* ---- strings ---- */

static bool read_length(bdc__parser *parser, bdc_row *row) {
  return bdc__parse_range(parser, &row->length_min, &row->length_max);
}

static bool read_charset(bdc__parser *parser, bdc_row *row) {
  return bdc__parse_class(parser, &row->charset);
}

static bool read_start(bdc__parser *parser, bdc_row *row) {
  return bdc__parse_class(parser, &row->start);
}

static bool compile_pattern(bdc__parser *parser, const bdc__word *word, bdc__pattern **out) {
  bdc__load *load = parser->load;
  bdc__pattern_fault fault = { .offset = 0 };
  bdc_status status = bdc__pattern_new(&load->arena.allocator, word->text, out, &fault);
  if (status == BDC_ERR_RULES) {
    return bdc__parse_fail(parser, word->offset + word->quoted + fault.offset, "no pattern: %s", fault.message);
  }
  if (status != BDC_OK || !bdc__load_keep_pattern(load, *out) ||
      !bdc__map_set(&load->patterns_by_text, &load->scratch, word->text, *out)) {
    return bdc__parse_no_memory(parser);
  }
  return true;
}

static bool read_pattern(bdc__parser *parser, bdc_row *row) {
  bdc__word word;
  if (!bdc__scan_pattern(&parser->scanner, &word)) {
    return bdc__parse_fail(parser, word.offset, "the line ends here; expected a pattern");
  }
  row->pattern_text = word.text;
  row->pattern = bdc__map_get(&parser->load->patterns_by_text, word.text);
  if (row->pattern) {
    return true;
  }
  bdc__pattern *pattern = NULL;
  bool compiled = compile_pattern(parser, &word, &pattern);
  row->pattern = compiled ? pattern : NULL;
  return compiled;
}

static bool read_masked(bdc__parser *parser, bdc_row *row) {
  (void)parser;
  row->flags |= BDC__ROW_MASKED;
  return true;
}

static bool read_error_code(bdc__parser *parser, bdc_row *row) {
  (void)parser;
  row->flags |= BDC__ROW_ERROR_CODE;
  return true;
}

/* ---- values and numbers ---- */

static bool is_number(bdc_str text, bool integer) {
  bool integral = false;
  return bdc__decimal_valid(text, &integral) && (integral || !integer);
}

static bool value_fits(bdc__parser *parser, const bdc_row *row, const bdc__word *word) {
  bool number = row->kind != BDC_KIND_STRING;
  return !number || (!word->quoted && is_number(word->text, true)) ||
         bdc__parse_fail(parser, word->offset, "\"%.*s\" is no integer, as type %s needs", BDC__SHOWN(word->text),
                         bdc_kind_name((bdc_kind)row->kind));
}

/* Takes the "|" between two values. */
static bool another_value(bdc__parser *parser) {
  bdc__word word;
  if (!bdc__scan_word(&parser->scanner, &word)) {
    return false;
  }
  bool another = bdc__word_is(&word, "|");
  if (!another) {
    bdc__parse_back(parser, &word);
  }
  return another;
}

static bool read_enum(bdc__parser *parser, bdc_row *row) {
  bdc__list values = { 0 };
  do {
    bdc__word word;
    if (!bdc__parse_word(parser, "a value", &word) || !value_fits(parser, row, &word)) {
      return false;
    }
    if (bdc__word_is(&word, "|")) {
      return bdc__parse_fail(parser, word.offset, "\"|\" where a value is expected; one that is meant is quoted");
    }
    bdc_str *value = bdc__list_add(&values, &parser->load->scratch, sizeof(*value));
    if (!value) {
      return bdc__parse_no_memory(parser);
    }
    *value = word.text;
    if (values.count > VALUES_MAX) {
      return bdc__parse_fail(parser, word.offset, "too many values; expected at most %d", VALUES_MAX);
    }
  } while (another_value(parser));
  row->values = bdc__list_seal(&values, &parser->load->arena, sizeof(*row->values));
  if (!row->values) {
    return bdc__parse_no_memory(parser);
  }
  row->value_count = (uint32_t)values.count;
  return true;
}

/* "A..B" as two texts, either perhaps empty; "A" is "A..A". */
static bool split_range(bdc_str text, bdc_str *least, bdc_str *most) {
  for (size_t i = 0; i + 1 < text.size; i++) {
    if (text.data[i] == '.' && text.data[i + 1] == '.') {
      *least = (bdc_str){ text.data, i };
      *most = bdc__str_from(text, i + 2);
      return least->size || most->size;
    }
  }
  *least = *most = text;
  return text.size > 0;
}

static bool bound_fits(const bdc_row *row, bdc_str bound) {
  return bound.size == 0 || is_number(bound, row->kind != BDC_KIND_NUMBER);
}

static bool read_range(bdc__parser *parser, bdc_row *row) {
  bdc__word word;
  bdc_str *least = &row->range_min;
  bdc_str *most = &row->range_max;
  if (!bdc__parse_word(parser, "a range, A..B, ..B, A.. or A", &word)) {
    return false;
  }
  if (word.quoted || !split_range(word.text, least, most) || !bound_fits(row, *least) || !bound_fits(row, *most)) {
    return bdc__parse_fail(parser, word.offset, "\"%.*s\" is no range of type %s; expected A..B, ..B, A.. or A", BDC__SHOWN(word.text),
                           bdc_kind_name((bdc_kind)row->kind));
  }
  return least->size == 0 || most->size == 0 || bdc__decimal_compare(*least, *most) <= 0 ||
         bdc__parse_fail(parser, word.offset, "the range %.*s is empty; expected the smaller bound first", BDC__SHOWN(word.text));
}

/* ---- formats ---- */

static const struct {
  const char *name;
  int kinds;
  bdc_format format;
} formats[] = {
  { "date-time", STRING, BDC_FORMAT_DATE_TIME }, { "epoch-ms", LONG, BDC_FORMAT_EPOCH_MS },       { "hex", STRING, BDC_FORMAT_HEX },
  { "uuid", STRING, BDC_FORMAT_UUID },           { "media-type", STRING, BDC_FORMAT_MEDIA_TYPE },
};

static bool read_fraction(bdc__parser *parser, bdc_row *row, const bdc__word *keyword) {
  uint64_t least = 0;
  uint64_t most = 0;
  if (!bdc__parse_range(parser, &least, &most)) {
    return false;
  }
  if (least != 0 || most >= UINT32_MAX) {
    return bdc__parse_fail(parser, keyword->offset, "expected fraction ..N");
  }
  row->fraction_max = (uint32_t)most;
  return true;
}

/* `zone-optional` and `fraction ..N`, in any order. */
static bool read_date_time_options(bdc__parser *parser, bdc_row *row) {
  bdc__word word;
  while (bdc__scan_word(&parser->scanner, &word)) {
    if (bdc__word_is(&word, "zone-optional") && !(row->flags & BDC__ROW_ZONE_OPTIONAL)) {
      row->flags |= BDC__ROW_ZONE_OPTIONAL;
    } else if (bdc__word_is(&word, "fraction") && row->fraction_max == UINT32_MAX) {
      if (!read_fraction(parser, row, &word)) {
        return false;
      }
    } else {
      bdc__parse_back(parser, &word);
      return true;
    }
  }
  return !parser->scanner.line.flawed;
}

static bool read_format(bdc__parser *parser, bdc_row *row) {
  bdc__word word;
  size_t which = 0;
  if (!bdc__parse_word(parser, "a format", &word) || !bdc__parse_keyword(parser, &word, "format", BDC__KEYWORDS(formats), &which)) {
    return false;
  }
  if (!(formats[which].kinds & 1 << row->kind)) {
    return bdc__parse_fail(parser, word.offset, "format %s does not fit type %s; expected type %s", formats[which].name,
                           bdc_kind_name((bdc_kind)row->kind), formats[which].kinds == LONG ? "long" : "string");
  }
  row->format = (uint8_t)formats[which].format;
  return row->format != BDC_FORMAT_DATE_TIME || read_date_time_options(parser, row);
}

/* ---- arrays and maps ---- */

static bool read_items(bdc__parser *parser, bdc_row *row) {
  return bdc__parse_range(parser, &row->items_min, &row->items_max);
}

static bool read_includes(bdc__parser *parser, bdc_row *row) {
  bdc__word word;
  if (!bdc__parse_word(parser, "a value", &word)) {
    return false;
  }
  row->includes = word.text;
  bdc__row_leaf(row)->flags |= BDC__ROW_NEEDS_TEXT;
  return true;
}

/* ---- rows of any type ---- */

static bool read_nullable(bdc__parser *parser, bdc_row *row) {
  (void)parser;
  row->flags |= BDC__ROW_NULLABLE;
  return true;
}

static bool read_secret(bdc__parser *parser, bdc_row *row) {
  (void)parser;
  row->flags |= BDC__ROW_SECRET;
  return true;
}

/* A word that is a list of rule names is taken for one, also where it could be the next keyword. */
static bool read_warn(bdc__parser *parser, bdc_row *row) {
  bdc__word word;
  row->warnings = (UINT32_C(1) << BDC_RULE_COUNT) - 1;
  if (!bdc__scan_word(&parser->scanner, &word)) {
    return !parser->scanner.line.flawed;
  }
  if (bdc__is_rule_list(&word) || (!word.quoted && memchr(word.text.data, ',', word.text.size))) {
    return bdc__parse_rules(parser, &word, false, &row->warnings);
  }
  bdc__parse_back(parser, &word);
  return true;
}

/* ---- the table ---- */

/* The row's own type must be one of `own`, and that of its innermost element one of `leaf`. */
static const struct {
  const char *name;
  int own;
  int leaf;
  bool of_elements; /* read into the innermost element */
  bool (*read)(bdc__parser *parser, bdc_row *row);
} keywords[] = {
  { "length", ANY, STRING, true, read_length },
  { "charset", ANY, STRING, true, read_charset },
  { "start", ANY, STRING, true, read_start },
  { "enum", ANY, STRING | INTEGER | LONG, true, read_enum },
  { "range", ANY, INTEGER | LONG | NUMBER, true, read_range },
  { "items", ARRAY | MAP, ANY, false, read_items },
  { "includes", ARRAY, STRING, false, read_includes },
  { "pattern", ANY, STRING, true, read_pattern },
  { "format", ANY, STRING | LONG | INTEGER, true, read_format },
  { "nullable", ANY, ANY, false, read_nullable },
  { "masked", ANY, STRING, true, read_masked },
  { "secret", ANY, ANY, false, read_secret },
  { "error-code", ANY, STRING, true, read_error_code },
  { "warn", ANY, ANY, false, read_warn },
};

static bool read_attribute(bdc__parser *parser, bdc_row *row, const bdc__word *word, uint32_t *seen) {
  size_t which = 0;
  if (!bdc__parse_keyword(parser, word, "rule", BDC__KEYWORDS(keywords), &which)) {
    return false;
  }
  if (*seen & UINT32_C(1) << which) {
    return bdc__parse_fail(parser, word->offset, "`%s` stands twice", keywords[which].name);
  }
  *seen |= UINT32_C(1) << which;
  bdc_row *leaf = bdc__row_leaf(row);
  bool fits = keywords[which].own & 1 << row->kind && keywords[which].leaf & 1 << leaf->kind;
  /* `includes` speaks of the array's own items, which must be strings. */
  if (!fits || (keywords[which].read == read_includes && row->element != leaf)) {
    return bdc__parse_fail(parser, word->offset, "`%s` does not fit type %.*s", keywords[which].name, BDC__SHOWN(row->type));
  }
  return keywords[which].read(parser, keywords[which].of_elements ? leaf : row);
}

static bool is_keyword(const bdc__word *word) {
  for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++) {
    if (bdc__word_is(word, keywords[i].name)) {
      return true;
    }
  }
  return false;
}

void bdc__parse_resync(bdc__parser *parser, bool to_keyword) {
  bdc__word word;
  while (bdc__scan_word(&parser->scanner, &word)) {
    bool source = !word.quoted && word.text.data[0] == '@';
    if (source || (to_keyword && is_keyword(&word))) {
      bdc__parse_back(parser, &word);
      return;
    }
  }
}

bool bdc__parse_attributes(bdc__parser *parser, bdc_row *row) {
  bdc__word word;
  uint32_t seen = 0;
  bool sound = true;
  while (bdc__scan_word(&parser->scanner, &word)) {
    if (!word.quoted && word.text.data[0] == '@') {
      bdc__parse_back(parser, &word);
      break;
    }
    if (!read_attribute(parser, row, &word, &seen)) {
      sound = false;
      bdc__parse_resync(parser, true);
    }
  }
  bdc_row *leaf = bdc__row_leaf(row);
  bool looked_at = leaf->value_count || leaf->pattern || leaf->format || leaf->flags & BDC__ROW_ERROR_CODE;
  if (leaf->kind == BDC_KIND_STRING && looked_at) {
    leaf->flags |= BDC__ROW_NEEDS_TEXT;
  }
  if (leaf->kind == BDC_KIND_STRING && !(leaf->flags & (BDC__ROW_NEEDS_TEXT | BDC__ROW_MASKED))) {
    leaf->flags |= BDC__ROW_SIMPLE;
  }
  return sound && !parser->scanner.line.flawed;
}
