/* SPDX-License-Identifier: MIT */
/* What is wrong, in English. The words come from the row, never from the value. */
#include "check/checker.h"

#include "base/text.h"

static bdc__limit_kind limit_kind(const bdc_violation *v) {
  return (bdc__limit_kind)(v->measure & ((1u << BDC__MEASURE_BITS) - 1));
}

static uint64_t figure(const bdc_violation *v) {
  return v->measure >> BDC__MEASURE_BITS;
}

/* The words for a measure. It may have been changed by whoever asks for them. */
static const char *words_for(const char *const *words, size_t count, uint64_t measure) {
  return measure < count ? words[measure] : "something else";
}

static void add_bounds(bdc__text *text, uint64_t min, uint64_t max, const char *unit) {
  if (max == BDC_UNBOUNDED) {
    bdc__text_add_literal(text, "at least ");
    bdc__text_add_number(text, min);
  } else if (min == 0) {
    bdc__text_add_literal(text, "at most ");
    bdc__text_add_number(text, max);
  } else {
    bdc__text_add_number(text, min);
    if (max != min) {
      bdc__text_add_literal(text, " to ");
      bdc__text_add_number(text, max);
    }
  }
  bdc__text_add_literal(text, " ");
  bdc__text_add_literal(text, unit);
  if ((max == BDC_UNBOUNDED ? min : max) != 1) {
    bdc__text_add_literal(text, "s");
  }
}

static void add_has(bdc__text *text, uint64_t count) {
  bdc__text_add_literal(text, "; has ");
  bdc__text_add_number(text, count);
}

static void say_fault(bdc__text *text, const bdc_violation *v) {
  static const char *const texts[] = {
    [BDC__JSON_FAULT_VALUE] = "is not JSON: a value was expected here",
    [BDC__JSON_FAULT_NAME] = "is not JSON: a member name in double quotes was expected here",
    [BDC__JSON_FAULT_COLON] = "is not JSON: a colon was expected here",
    [BDC__JSON_FAULT_SEPARATOR] = "is not JSON: a comma or the end of the array or object was expected here",
    [BDC__JSON_FAULT_TRAILING] = "is not JSON: something follows the value",
    [BDC__JSON_FAULT_CUT] = "is not JSON: it ends too early",
    [BDC__JSON_FAULT_CONTROL] = "is not JSON: a control character stands in a string",
    [BDC__JSON_FAULT_ESCAPE] = "is not JSON: no such escape",
    [BDC__JSON_FAULT_NUMBER] = "is not JSON: a malformed number",
    [BDC__JSON_FAULT_LITERAL] = "is not JSON: none of true, false, null",
    [BDC__JSON_FAULT_UTF8] = "is not UTF-8",
    [BDC__JSON_FAULT_BYTE_ORDER_MARK] = "is not JSON: a byte order mark stands at its start",
    [BDC__JSON_FAULT_SURROGATE] = "is not Unicode: half of a surrogate pair",
    [BDC__JSON_FAULT_DEPTH] = "is nested too deeply",
    [BDC__TARGET_ESCAPE] = "has a percent sign without two hexadecimal digits",
    [BDC__TARGET_UTF8] = "is not UTF-8",
    [BDC__TARGET_SLASH] = "has an encoded slash",
    [BDC__TARGET_DOTS] = "is a dot segment",
    [BDC__TARGET_CHARACTER] = "has a character that may not stand in a request target",
    [BDC__VALUE_UTF8] = "is not UTF-8",
  };
  bdc__text_add_literal(text, words_for(texts, sizeof texts / sizeof texts[0], v->measure));
}

static void say_duplicate(bdc__text *text, const bdc_violation *v) {
  (void)v;
  bdc__text_add_literal(text, "must not appear twice");
}

static void say_limit(bdc__text *text, const bdc_violation *v) {
  static const struct {
    const char *before;
    const char *behind;
  } texts[] = {
    [BDC__LIMIT_SIZE] = { "is larger than the limit of ", " bytes" },
    [BDC__LIMIT_DEPTH] = { "is nested more deeply than the limit of ", " arrays and objects" },
    [BDC__LIMIT_NAMES] = { "is beyond the limit of ", " undocumented names that are held to find duplicates" },
    [BDC__LIMIT_VALUE] = { "is longer than the limit of ", " bytes for values that are looked at as a whole" },
    [BDC__LIMIT_PATTERN] = { "takes more than the limit of ", " matching steps" },
  };
  bdc__text_add_literal(text, texts[limit_kind(v)].before);
  bdc__text_add_number(text, figure(v));
  bdc__text_add_literal(text, texts[limit_kind(v)].behind);
}

static void say_mandatory(bdc__text *text, const bdc_violation *v) {
  bdc__text_add_literal(text, v->measure == BDC__MANDATORY_BODY ? "must have a body" : "is mandatory and missing");
}

static void say_unknown(bdc__text *text, const bdc_violation *v) {
  (void)v;
  bdc__text_add_literal(text, "is not documented");
}

static void say_type(bdc__text *text, const bdc_violation *v) {
  static const char *const expected[] = {
    [BDC_KIND_STRING] = "a string",  [BDC_KIND_INTEGER] = "an integer", [BDC_KIND_LONG] = "an integer",
    [BDC_KIND_NUMBER] = "a number",  [BDC_KIND_BOOLEAN] = "a boolean",  [BDC_KIND_ANY] = "a value",
    [BDC_KIND_OBJECT] = "an object", [BDC_KIND_ARRAY] = "an array",     [BDC_KIND_MAP] = "an object",
  };
  static const char *const found[] = {
    [BDC__TYPE_OBJECT] = "an object",  [BDC__TYPE_ARRAY] = "an array",    [BDC__TYPE_STRING] = "a string",
    [BDC__TYPE_NUMBER] = "a number",   [BDC__TYPE_BOOLEAN] = "a boolean", [BDC__TYPE_NULL] = "null",
    [BDC__TYPE_TEXT] = "another text",
  };
  bool integer = v->row->kind == BDC_KIND_INTEGER || v->row->kind == BDC_KIND_LONG;
  bdc__text_add_literal(text, "must be ");
  bdc__text_add_literal(text, expected[v->row->kind]);
  bdc__text_add_literal(text, "; is ");
  bdc__text_add_literal(text, integer && v->measure == BDC__TYPE_NUMBER ? "a number with a fraction or an exponent"
                                                                        : words_for(found, sizeof found / sizeof found[0], v->measure));
}

static void say_length(bdc__text *text, const bdc_violation *v) {
  bdc__text_add_literal(text, "must have ");
  add_bounds(text, v->row->length_min, v->row->length_max, "character");
  add_has(text, v->measure);
}

static void say_charset(bdc__text *text, const bdc_violation *v) {
  if (limit_kind(v) == (bdc__limit_kind)BDC__CHARSET_CONTROL) {
    bdc__text_add_literal(text, "has a control character");
    return;
  }
  bdc__text_add_literal(text, "must only have characters of ");
  bdc__text_add(text, v->row->charset->text);
  bdc__text_add_literal(text, "; character ");
  bdc__text_add_number(text, figure(v));
  bdc__text_add_literal(text, " is another");
}

static void say_start(bdc__text *text, const bdc_violation *v) {
  bdc__text_add_literal(text, "must start with a character of ");
  bdc__text_add(text, v->row->start->text);
}

static void say_enum(bdc__text *text, const bdc_violation *v) {
  bdc__text_add_literal(text, v->row->value_count == 1 ? "must be " : "must be one of ");
  for (uint32_t i = 0; i < v->row->value_count; i++) {
    bdc__text_add_literal(text, i ? ", " : "");
    bdc__text_add_escaped(text, v->row->values[i]);
  }
}

static void say_range(bdc__text *text, const bdc_violation *v) {
  const bdc_row *row = v->row;
  bool bounded = row->range_min.size || row->range_max.size;
  if (!bounded) {
    bdc__text_add_literal(text, row->kind == BDC_KIND_LONG ? "must be within 64 bits" : "must be within 32 bits");
    return;
  }
  bdc__text_add_literal(text, !row->range_max.size ? "must be at least " : !row->range_min.size ? "must be at most " : "must be ");
  bdc__text_add(text, row->range_min);
  bdc__text_add_literal(text, row->range_min.size && row->range_max.size ? " to " : "");
  bdc__text_add(text, row->range_max);
}

static void say_items(bdc__text *text, const bdc_violation *v) {
  bdc__text_add_literal(text, "must have ");
  add_bounds(text, v->row->items_min, v->row->items_max, v->row->kind == BDC_KIND_MAP ? "member" : "item");
  add_has(text, v->measure);
}

static void say_includes(bdc__text *text, const bdc_violation *v) {
  bdc__text_add_literal(text, "must include ");
  bdc__text_add_escaped(text, v->row->includes);
}

static void say_pattern(bdc__text *text, const bdc_violation *v) {
  bdc__text_add_literal(text, "must match ");
  bdc__text_add(text, v->row->pattern_text);
}

static void say_format(bdc__text *text, const bdc_violation *v) {
  static const char *const texts[] = {
    [BDC_FORMAT_NONE] = "is malformed",
    [BDC_FORMAT_DATE_TIME] = "must be a date and time of RFC 3339",
    [BDC_FORMAT_EPOCH_MS] = "must be milliseconds since 1970, in 13 digits",
    [BDC_FORMAT_HEX] = "must be hexadecimal digits",
    [BDC_FORMAT_UUID] = "must be a UUID",
    [BDC_FORMAT_MEDIA_TYPE] = "must be a media type",
  };
  if (v->measure == BDC__FORMAT_NO_ZONE) {
    bdc__text_add_literal(text, "is a date and time without a zone");
    return;
  }
  bdc__text_add_literal(text, texts[v->row->format]);
  if (v->row->format == BDC_FORMAT_DATE_TIME && v->row->fraction_max != UINT32_MAX) {
    bdc__text_add_literal(text, " with at most ");
    bdc__text_add_number(text, v->row->fraction_max);
    bdc__text_add_literal(text, " digits of a fraction");
  }
}

static void say_status(bdc__text *text, const bdc_violation *v) {
  if (limit_kind(v) == (bdc__limit_kind)BDC__STATUS_OF_CODE) {
    bdc__text_add_literal(text, "is documented with HTTP status ");
    bdc__text_add_number(text, figure(v));
  } else {
    bdc__text_add_literal(text, "is no documented HTTP status of this operation");
  }
}

static void say_media_type(bdc__text *text, const bdc_violation *v) {
  (void)v;
  bdc__text_add_literal(text, "must be given once, as application/json, its charset utf-8 if any");
}

bdc_status bdc_violation_message(const bdc_violation *violation, char *buffer, size_t size, size_t *needed) {
  static void (*const say[BDC_RULE_COUNT])(bdc__text *, const bdc_violation *) = {
    [BDC_RULE_SYNTAX] = say_fault,
    [BDC_RULE_ENCODING] = say_fault,
    [BDC_RULE_DUPLICATE] = say_duplicate,
    [BDC_RULE_LIMIT] = say_limit,
    [BDC_RULE_MANDATORY] = say_mandatory,
    [BDC_RULE_UNKNOWN] = say_unknown,
    [BDC_RULE_TYPE] = say_type,
    [BDC_RULE_LENGTH_MIN] = say_length,
    [BDC_RULE_LENGTH_MAX] = say_length,
    [BDC_RULE_CHARSET] = say_charset,
    [BDC_RULE_START] = say_start,
    [BDC_RULE_ENUM] = say_enum,
    [BDC_RULE_RANGE] = say_range,
    [BDC_RULE_ITEMS] = say_items,
    [BDC_RULE_INCLUDES] = say_includes,
    [BDC_RULE_PATTERN] = say_pattern,
    [BDC_RULE_FORMAT] = say_format,
    [BDC_RULE_STATUS] = say_status,
    [BDC_RULE_MEDIA_TYPE] = say_media_type,
  };
  bdc__text text = bdc__text_in(buffer, size);
  say[violation->rule](&text, violation);
  return bdc__text_end(&text, needed);
}
