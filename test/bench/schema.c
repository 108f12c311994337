/* SPDX-License-Identifier: MIT */
/*
 * A table as a JSON Schema. What a schema cannot say is left out: that a name stands twice, and which error codes belong to which
 * status. Rules that only warn are rules here: no body of a valid set breaks them.
 */
#include "bench.h"

#include <stdlib.h>
#include <string.h>

typedef struct schema {
  bench_text *out;
  bench_dialect dialect;
  bool request;
} schema;

static void write_row(const schema *s, const bdc_row *row);

/* ---- text in JSON ---- */

static void write_escaped(const schema *s, bdc_str text) {
  for (size_t i = 0; i < text.size; i++) {
    unsigned char c = (unsigned char)text.data[i];
    if (c == '"' || c == '\\') {
      bench_print(s->out, "\\%c", c);
    } else if (c < 0x20 || c == 0x7f) {
      bench_print(s->out, "\\u%04x", c);
    } else {
      bench_add(s->out, &text.data[i], 1);
    }
  }
}

static void write_quoted(const schema *s, bdc_str text) {
  bench_print(s->out, "\"");
  write_escaped(s, text);
  bench_print(s->out, "\"");
}

/* ---- classes as brackets that every regular expression engine here knows ---- */

static void write_character(const schema *s, uint32_t c) {
  if (c >= 0x10000) {
    bench_print(s->out, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10), 0xdc00 + ((c - 0x10000) & 0x3ff));
  } else if (c == '\\' || c == ']' || c == '[' || c == '^') {
    bench_print(s->out, "\\\\%s%c", c == '\\' ? "\\" : "", (int)c);
  } else if (c == '"') {
    bench_print(s->out, "\\\"");
  } else if (c > 0x20 && c < 0x7f) {
    bench_print(s->out, "%c", (int)c);
  } else {
    bench_print(s->out, "\\u%04x", c);
  }
}

static void write_range(const schema *s, uint32_t first, uint32_t last) {
  if (first > last) {
    return;
  }
  write_character(s, first);
  if (last > first) {
    bench_print(s->out, "-");
    write_character(s, last);
  }
}

/* The hyphen goes to the end, where it needs no escape. */
static void write_class(const schema *s, const bench_class *class) {
  bench_range *ranges;
  size_t count = bench_class_ranges(class, &ranges);
  bench_print(s->out, "[");
  for (size_t i = 0; i < count; i++) {
    if (ranges[i].first <= '-' && ranges[i].last >= '-') {
      write_range(s, ranges[i].first, '-' - 1);
      write_range(s, '-' + 1, ranges[i].last);
    } else {
      write_range(s, ranges[i].first, ranges[i].last);
    }
  }
  bench_print(s->out, "%s]", class->ascii['-'] ? "-" : "");
  free(ranges);
}

/* ---- strings ---- */

static void write_lengths(const schema *s, const bdc_row_info *row) {
  if (row->length_min) {
    bench_print(s->out, ",\"minLength\":%llu", (unsigned long long)row->length_min);
  }
  if (row->length_max != BDC_UNBOUNDED) {
    bench_print(s->out, ",\"maxLength\":%llu", (unsigned long long)row->length_max);
  }
}

static void write_characters(const schema *s, const bench_class *charset, const bench_class *start) {
  if (start) {
    write_class(s, start);
  }
  write_class(s, charset);
  bench_print(s->out, "*");
}

static void write_classes(const schema *s, const bdc_row_info *row) {
  const bench_class *charset = bench_class_of(row->charset_expression);
  if (charset) {
    bench_print(s->out, ",\"pattern\":\"^");
    write_characters(s, charset, bench_class_of(row->start_expression));
    bench_print(s->out, "$\"");
  }
}

/* Either what the row says, or stars with characters of the class around them and any length. */
static void write_masked(const schema *s, const bdc_row_info *row) {
  const bench_class *charset = bench_class_of(row->charset_expression);
  const bench_class *start = bench_class_of(row->start_expression);
  if (!charset || !start) {
    bench_fail("a masked row without classes");
  }
  bench_print(s->out, ",\"anyOf\":[{\"type\":\"string\"");
  write_lengths(s, row);
  write_classes(s, row);
  bench_print(s->out, "},{\"type\":\"string\",\"pattern\":\"^(");
  write_characters(s, charset, start);
  bench_print(s->out, ")?\\\\*+");
  write_class(s, charset);
  bench_print(s->out, "*$\"}]");
}

/* Patterns of the tables that other engines cannot read, as those can. */
static bdc_str portable_pattern(bdc_str pattern) {
  static const char not_blanks_alone[] = "(?s)(?! +$).*";
  bool same = bench_same(pattern, (bdc_str){ not_blanks_alone, sizeof not_blanks_alone - 1 });
  return same ? BDC_STR("[^ ]") : pattern;
}

static void write_date_time(const schema *s, const bdc_row_info *row) {
  if (s->dialect == BENCH_DRAFT_4) {
    return;
  }
  if (s->dialect != BENCH_DRAFT_4_DATES) {
    bench_print(s->out, ",\"format\":\"date-time\"");
    return;
  }
  bench_print(s->out, ",\"pattern\":\"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]"
                      "|60)(\\\\.[0-9]");
  if (row->fraction_max == UINT32_MAX) {
    bench_print(s->out, "+");
  } else {
    bench_print(s->out, "{1,%u}", row->fraction_max);
  }
  bench_print(s->out, ")?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$\"");
}

static void write_string(const schema *s, const bdc_row_info *row) {
  bench_print(s->out, "\"type\":\"string\"");
  if (row->masked) {
    write_masked(s, row);
    return;
  }
  write_lengths(s, row);
  if (row->pattern.size) {
    bench_print(s->out, ",\"allOf\":[{\"pattern\":");
    write_quoted(s, portable_pattern(row->pattern));
    bench_print(s->out, "}]");
  }
  write_classes(s, row);
  if (row->format == BDC_FORMAT_DATE_TIME) {
    write_date_time(s, row);
  } else if (row->format != BDC_FORMAT_NONE) {
    bench_fail("a format that no schema is written for");
  }
}

/* ---- numbers ---- */

static void write_bound(const schema *s, const char *keyword, bdc_str given, const char *otherwise) {
  if (given.size) {
    bench_print(s->out, ",\"%s\":%.*s", keyword, (int)given.size, given.data);
  } else if (otherwise) {
    bench_print(s->out, ",\"%s\":%s", keyword, otherwise);
  }
}

static void write_number(const schema *s, const bdc_row_info *row) {
  bool small = row->kind == BDC_KIND_INTEGER, epoch = row->format == BDC_FORMAT_EPOCH_MS;
  bench_print(s->out, "\"type\":\"%s\"", row->kind == BDC_KIND_NUMBER ? "number" : "integer");
  if (row->value_count == 0) {
    write_bound(s, "minimum", row->range_min, small ? "-2147483648" : epoch ? "1000000000000" : NULL);
    write_bound(s, "maximum", row->range_max, small ? "2147483647" : epoch ? "9999999999999" : NULL);
  }
}

static void write_values(const schema *s, const bdc_row_info *row) {
  bench_print(s->out, ",\"enum\":[");
  for (size_t i = 0; i < row->value_count; i++) {
    bench_print(s->out, "%s", i ? "," : "");
    if (row->kind == BDC_KIND_STRING) {
      write_quoted(s, row->values[i]);
    } else {
      bench_print(s->out, "%.*s", (int)row->values[i].size, row->values[i].data);
    }
  }
  bench_print(s->out, "]");
}

/* ---- objects, arrays, maps ---- */

static void write_required(const schema *s, const bdc_object *object) {
  bool first = true;
  for (size_t i = 0; i < bdc_object_describe(object).row_count; i++) {
    bdc_row_info row = bdc_row_describe(bdc_object_row(object, i));
    if (row.mandatory) {
      bench_print(s->out, "%s", first ? ",\"required\":[" : ",");
      write_quoted(s, row.name);
      first = false;
    }
  }
  bench_print(s->out, "%s", first ? "" : "]");
}

static void write_object(const schema *s, const bdc_object *object) {
  bdc_object_info info = bdc_object_describe(object);
  bench_print(s->out, "\"type\":\"object\",\"properties\":{");
  for (size_t i = 0; i < info.row_count; i++) {
    bench_print(s->out, "%s", i ? "," : "");
    write_quoted(s, bdc_row_describe(bdc_object_row(object, i)).name);
    bench_print(s->out, ":");
    write_row(s, bdc_object_row(object, i));
  }
  bench_print(s->out, "}");
  write_required(s, object);
  if (info.unknown == BDC_UNKNOWN_ERROR || (info.unknown == BDC_UNKNOWN_TABLE && s->request)) {
    bench_print(s->out, ",\"additionalProperties\":false");
  }
}

static void write_items(const schema *s, const bdc_row_info *row, const char *what) {
  if (row->items_min) {
    bench_print(s->out, ",\"min%s\":%llu", what, (unsigned long long)row->items_min);
  }
  if (row->items_max != BDC_UNBOUNDED) {
    bench_print(s->out, ",\"max%s\":%llu", what, (unsigned long long)row->items_max);
  }
}

/* Draft 4 has no word for it: not all items are another one. */
static void write_includes(const schema *s, bdc_str value) {
  bool draft_4 = s->dialect == BENCH_DRAFT_4 || s->dialect == BENCH_DRAFT_4_DATES;
  bench_print(s->out, draft_4 ? ",\"not\":{\"items\":{\"not\":{\"enum\":[" : ",\"contains\":{\"const\":");
  write_quoted(s, value);
  bench_print(s->out, draft_4 ? "]}}}" : "}");
}

static void write_array(const schema *s, const bdc_row_info *row) {
  bench_print(s->out, "\"type\":\"array\",\"items\":");
  write_row(s, row->element);
  write_items(s, row, "Items");
  if (row->includes.size) {
    write_includes(s, row->includes);
  }
}

static void write_map(const schema *s, const bdc_row_info *row) {
  bench_print(s->out, "\"type\":\"object\",\"additionalProperties\":");
  write_row(s, row->element);
  write_items(s, row, "Properties");
}

static void write_kind(const schema *s, const bdc_row_info *row) {
  switch (row->kind) {
  case BDC_KIND_STRING:
    write_string(s, row);
    return;
  case BDC_KIND_INTEGER:
  case BDC_KIND_LONG:
  case BDC_KIND_NUMBER:
    write_number(s, row);
    return;
  case BDC_KIND_BOOLEAN:
    bench_print(s->out, "\"type\":\"boolean\"");
    return;
  case BDC_KIND_OBJECT:
    write_object(s, row->object);
    return;
  case BDC_KIND_ARRAY:
    write_array(s, row);
    return;
  case BDC_KIND_MAP:
    write_map(s, row);
    return;
  default:
    bench_fail("a type that no schema is written for");
  }
}

static void write_row(const schema *s, const bdc_row *row) {
  bdc_row_info info = bdc_row_describe(row);
  if (info.nullable) {
    bench_fail("a nullable row, which no schema is written for");
  }
  bench_print(s->out, "{");
  write_kind(s, &info);
  if (info.value_count) {
    write_values(s, &info);
  }
  bench_print(s->out, "}");
}

void bench_write_schema(bench_text *out, const bench_table *table, bench_dialect dialect) {
  static const char *const names[] = { "http://json-schema.org/draft-04/schema#", "http://json-schema.org/draft-04/schema#",
                                       "http://json-schema.org/draft-07/schema#", "https://json-schema.org/draft/2020-12/schema" };
  bench_text row = { 0 };
  schema s = { .out = &row, .dialect = dialect, .request = table->http_status == 0 };
  write_row(&s, table->row);
  bench_print(out, "{\"$schema\":\"%s\",%s", names[dialect], row.data + 1);
  bench_text_free(&row);
}
