/* SPDX-License-Identifier: MIT */
/* Rows of numbers, objects, arrays and maps; and what every row says of types. */
#include "property/rows.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

/* ---- types ---- */

static const struct {
  const char *text;
  char type; /* s n b 0 o a */
} others[] = { { "\"a\"", 's' },  { "\"\"", 's' },
               { "\"7\"", 's' },  { "7", 'n' },
               { "-1.5e3", 'n' }, { "true", 'b' },
               { "false", 'b' },  { "null", '0' },
               { "{}", 'o' },     { "{\"a\":1,\"a\":{\"b\":[]}}", 'o' },
               { "[]", 'a' },     { "[null,[1.5],\"\"]", 'a' } };

static char type_of(bdc_kind kind) {
  static const char types[] = {
    [BDC_KIND_STRING] = 's', [BDC_KIND_INTEGER] = 'n', [BDC_KIND_LONG] = 'n',  [BDC_KIND_NUMBER] = 'n', [BDC_KIND_BOOLEAN] = 'b',
    [BDC_KIND_ANY] = 0,      [BDC_KIND_OBJECT] = 'o',  [BDC_KIND_ARRAY] = 'a', [BDC_KIND_MAP] = 'o'
  };
  return types[kind];
}

/* null on an optional field of a response is only a warning. */
static bool null_is_lenient(const rows_run *run, const spot *at, const bdc_row_info *info) {
  return run->http_status && spot_is_member(at) && !info->mandatory;
}

void check_type(rows_run *run, const spot *at) {
  bdc_row_info info = spot_info(at);
  char own = type_of(info.kind);
  for (size_t i = 0; i < LENGTH(others); i++) {
    bdc_str raw = { others[i].text, strlen(others[i].text) };
    bool null = others[i].type == '0';
    if (others[i].type == own || (null && info.nullable) || (!own && !null)) {
      continue;
    }
    bool warning = (info.warnings >> BDC_RULE_TYPE & 1) || (null && null_is_lenient(run, at, &info));
    expect_severity(run, at, raw, BDC_RULE_TYPE, 0, warning);
  }
  if (own == 'b') {
    expect_valid(run, at, BDC_STR("true"));
    expect_valid(run, at, BDC_STR("false"));
  }
  if (info.nullable) {
    expect_valid(run, at, BDC_STR("null"));
  }
}

/* ---- integers ---- */

static long long bound(bdc_str text, long long none) {
  char copy[64] = "";
  if (text.size == 0) {
    return none;
  }
  memcpy(copy, text.data, text.size);
  return strtoll(copy, NULL, 10);
}

static bool is_value(const bdc_row_info *info, long long value) {
  for (size_t i = 0; i < info->value_count; i++) {
    if (bound(info->values[i], 0) == value) {
      return true;
    }
  }
  return info->value_count == 0;
}

static void check_integer(rows_run *run, const spot *at, const char *text) {
  bdc_row_info info = spot_info(at);
  bdc_str raw = { text, strlen(text) };
  errno = 0;
  long long value = strtoll(text, NULL, 10);
  long long least = bound(info.range_min, info.kind == BDC_KIND_LONG ? INT64_MIN : INT32_MIN);
  long long most = bound(info.range_max, info.kind == BDC_KIND_LONG ? INT64_MAX : INT32_MAX);
  bool digits_13 = value >= 1000000000000 && value <= 9999999999999;
  if (errno == ERANGE || value < least || value > most) {
    expect_rule(run, at, raw, BDC_RULE_RANGE, 0);
  } else if (!is_value(&info, value)) {
    expect_rule(run, at, raw, BDC_RULE_ENUM, 0);
  } else if (info.format == BDC_FORMAT_EPOCH_MS && !digits_13) {
    expect_rule(run, at, raw, BDC_RULE_FORMAT, 0);
  } else {
    expect_valid(run, at, raw);
  }
}

static void check_around(rows_run *run, const spot *at, long long value) {
  for (long long i = value > INT64_MIN ? -1 : 0; i <= (value < INT64_MAX); i++) {
    char text[32];
    snprintf(text, sizeof text, "%lld", value + i);
    check_integer(run, at, text);
  }
}

void check_number_row(rows_run *run, const spot *at) {
  static const char *const beyond[] = { "-9223372036854775809",
                                        "9223372036854775808",
                                        "18446744073709551616",
                                        "18446744073709551617",
                                        "-18446744073709551615",
                                        "99999999999999999999999999999999999999999999999999",
                                        "-0",
                                        "-10",
                                        "1234567890" };
  static const long long ends[] = { INT64_MIN,     INT32_MIN,     -1,       0, 1, 3, 10, INT32_MAX, 4294967296, 1000000000000,
                                    1578284788000, 9999999999999, INT64_MAX };
  static const char *const fractions[] = {
    "1.0",         "1e0",         "1E2", "0.0", "-0.0", "1e-1", "1.5", "0e0", "10e-1", "1578284788000.0", "1.578284788e12",
    "1e999999999", "1e-999999999"
  };
  bdc_row_info info = spot_info(at);
  for (size_t i = 0; i < LENGTH(beyond); i++) {
    check_integer(run, at, beyond[i]);
  }
  for (size_t i = 0; i < LENGTH(ends); i++) {
    check_around(run, at, ends[i]);
  }
  for (size_t i = 0; i < info.value_count; i++) {
    check_around(run, at, bound(info.values[i], 0));
  }
  check_around(run, at, bound(info.range_min, 0));
  check_around(run, at, bound(info.range_max, 0));
  for (size_t i = 0; i < LENGTH(fractions) && info.kind != BDC_KIND_NUMBER; i++) {
    expect_rule(run, at, (bdc_str){ fractions[i], strlen(fractions[i]) }, BDC_RULE_TYPE, 0);
  }
}

/* ---- objects ---- */

/* A member of the object, or what is missing from it, breaks a rule. */
static void expect_member(rows_run *run, const spot *at, const blob *raw, bdc_str name, bdc_rule rule, size_t offset, bool warning) {
  blob text = { 0 };
  blob pointer = spot_pointer(at);
  blob_print(&pointer, "/%.*s", (int)name.size, name.data);
  size_t start = write_body(&text, at, blob_str(raw));
  expectation expected = { rule, warning, BDC_IN_BODY, pointer.data, name, start + offset, false };
  expect_violations(run, blob_str(&text), &expected, 1);
  blob_free(&text);
  blob_free(&pointer);
}

static void check_mandatory(rows_run *run, const spot *at, const bdc_object *object, const bdc_row *row) {
  bdc_row_info info = bdc_row_describe(row);
  blob raw = { 0 };
  write_object(&raw, object, row, "");
  if (info.mandatory) {
    expect_member(run, at, &raw, info.name, BDC_RULE_MANDATORY, 0, info.warnings >> BDC_RULE_MANDATORY & 1);
  } else {
    expect_valid(run, at, blob_str(&raw));
  }
  blob_free(&raw);
}

static void write_member(blob *out, const bdc_row *row, bool escaped) {
  bdc_str name = bdc_row_describe(row).name;
  blob_print(out, "\"");
  if (escaped) {
    write_escaped(out, (unsigned char)name.data[0]);
    blob_add(out, name.data + 1, name.size - 1);
  } else {
    blob_add_str(out, name);
  }
  blob_print(out, "\":");
  write_valid(out, row);
}

static void check_duplicate(rows_run *run, const spot *at, const bdc_object *object, const bdc_row *row, bool escaped) {
  blob more = { 0 };
  blob raw = { 0 };
  write_member(&more, row, !escaped);
  blob_print(&more, ",");
  size_t before = more.size;
  write_member(&more, row, escaped);
  write_object(&raw, object, row, more.data);
  expect_member(run, at, &raw, bdc_row_describe(row).name, BDC_RULE_DUPLICATE, raw.size - 1 - (more.size - before), false);
  blob_free(&more);
  blob_free(&raw);
}

static bool is_documented(const bdc_object *object, bdc_str name) {
  for (size_t i = 0; i < bdc_object_describe(object).row_count; i++) {
    bdc_str other = bdc_row_describe(bdc_object_row(object, i)).name;
    if (other.size == name.size && memcmp(other.data, name.data, name.size) == 0) {
      return true;
    }
  }
  return false;
}

static void check_undocumented(rows_run *run, const spot *at, const bdc_object *object, const char *name, const char *value) {
  bdc_unknown policy = bdc_object_describe(object).unknown;
  bdc_str text = { name, strlen(name) };
  blob more = { 0 };
  blob raw = { 0 };
  blob_print(&more, "\"%s\":%s", name, value);
  write_object(&raw, object, NULL, more.data);
  if (policy == BDC_UNKNOWN_TABLE) {
    policy = run->http_status ? BDC_UNKNOWN_WARNING : BDC_UNKNOWN_ERROR;
  }
  if (policy == BDC_UNKNOWN_IGNORE || is_documented(object, text)) {
    expect_valid(run, at, blob_str(&raw));
  } else {
    expect_member(run, at, &raw, text, BDC_RULE_UNKNOWN, raw.size - 1 - more.size, policy == BDC_UNKNOWN_WARNING);
  }
  blob_free(&more);
  blob_free(&raw);
}

/* Names that are nearly one of the object's. */
static void check_similar_names(rows_run *run, const spot *at, const bdc_object *object, const bdc_row *row) {
  bdc_str name = bdc_row_describe(row).name;
  blob similar = { 0 };
  blob_print(&similar, "%.*s ", (int)name.size, name.data);
  check_undocumented(run, at, object, similar.data, "1");
  similar.data[similar.size - 1] = 's';
  check_undocumented(run, at, object, similar.data, "\"a\"");
  similar.data[similar.size - 1] = '\0';
  similar.data[0] = (char)(similar.data[0] ^ 0x20);
  check_undocumented(run, at, object, similar.data, "{}");
  similar.data[0] = (char)(similar.data[0] ^ 0x20);
  similar.data[name.size - 1] = '\0';
  check_undocumented(run, at, object, similar.data, "[]");
  blob_free(&similar);
}

static void check_all_members(rows_run *run, const spot *at, const bdc_object *object) {
  blob more = { 0 };
  blob raw = { 0 };
  blob_add(&more, NULL, 0);
  for (size_t i = bdc_object_describe(object).row_count; i-- > 0;) {
    const bdc_row *row = bdc_object_row(object, i);
    if (!bdc_row_describe(row).mandatory) {
      blob_print(&more, more.size ? "," : "");
      write_member(&more, row, i % 2);
    }
  }
  write_object(&raw, object, NULL, more.data);
  expect_valid(run, at, blob_str(&raw));
  blob_free(&more);
  blob_free(&raw);
}

void check_object_row(rows_run *run, const spot *at) {
  const bdc_object *object = spot_info(at).object;
  check_all_members(run, at, object);
  check_undocumented(run, at, object, "undocumented", "1");
  check_undocumented(run, at, object, "", "null");
  check_undocumented(run, at, object, "\xe6\x9d\x8e", "[{\"a\":[]}]");
  for (size_t i = 0; i < bdc_object_describe(object).row_count; i++) {
    const bdc_row *row = bdc_object_row(object, i);
    check_mandatory(run, at, object, row);
    check_duplicate(run, at, object, row, false);
    check_duplicate(run, at, object, row, true);
    check_similar_names(run, at, object, row);
  }
}

/* ---- arrays ---- */

/* A value of the element that is not the one `includes` asks for. */
static void write_other_item(blob *out, const bdc_row_info *info) {
  bdc_row_info element = bdc_row_describe(info->element);
  if (element.value_count > 1) {
    blob_print(out, "\"%.*s\"", (int)element.values[1].size, element.values[1].data);
  } else {
    write_valid(out, info->element);
  }
}

static blob items(const bdc_row_info *info, uint64_t count, bool included) {
  blob raw = { 0 };
  blob_print(&raw, "[");
  for (uint64_t i = 0; i < count; i++) {
    blob_print(&raw, i ? "," : "");
    if (included && i + 1 == count) {
      blob_print(&raw, "\"%.*s\"", (int)info->includes.size, info->includes.data);
    } else {
      write_other_item(&raw, info);
    }
  }
  blob_print(&raw, "]");
  return raw;
}

/* No item at all breaks both rules. */
static void expect_none(rows_run *run, const spot *at, const bdc_row_info *info) {
  blob text = { 0 };
  blob pointer = spot_pointer(at);
  size_t start = write_body(&text, at, BDC_STR("[]"));
  expectation list[2];
  size_t count = 0;
  if (info->items_min > 0) {
    list[count++] =
        (expectation){ BDC_RULE_ITEMS, info->warnings >> BDC_RULE_ITEMS & 1, BDC_IN_BODY, pointer.data, spot_field(at), start, false };
  }
  if (info->includes.size) {
    list[count++] = (expectation){
      BDC_RULE_INCLUDES, info->warnings >> BDC_RULE_INCLUDES & 1, BDC_IN_BODY, pointer.data, spot_field(at), start, false
    };
  }
  expect_violations(run, blob_str(&text), list, count);
  blob_free(&text);
  blob_free(&pointer);
}

static void check_count(rows_run *run, const spot *at, const bdc_row_info *info, uint64_t count) {
  blob raw = items(info, count, info->includes.size > 0);
  if (count == 0) {
    expect_none(run, at, info);
  } else if (count < info->items_min || count > info->items_max) {
    expect_rule(run, at, blob_str(&raw), BDC_RULE_ITEMS, 0);
  } else {
    expect_valid(run, at, blob_str(&raw));
  }
  blob_free(&raw);
}

void check_array_row(rows_run *run, const spot *at) {
  bdc_row_info info = spot_info(at);
  uint64_t most = info.items_max == BDC_UNBOUNDED ? 1000 : info.items_max;
  uint64_t counts[] = { 0, 1, 2, info.items_min ? info.items_min - 1 : 0, info.items_min, info.items_min + 1, most, most + 1 };
  for (size_t i = 0; i < LENGTH(counts); i++) {
    check_count(run, at, &info, counts[i]);
  }
  if (info.includes.size) {
    for (uint64_t count = info.items_min ? info.items_min : 1; count < info.items_min + 3; count++) {
      blob raw = items(&info, count, false);
      expect_rule(run, at, blob_str(&raw), BDC_RULE_INCLUDES, 0);
      blob_free(&raw);
    }
  }
}

/* ---- maps ---- */

static void check_members(rows_run *run, const spot *at, const bdc_row_info *info, uint64_t count) {
  blob raw = { 0 };
  blob_print(&raw, "{");
  for (uint64_t i = 0; i < count; i++) {
    blob_print(&raw, "%s\"%s%llu\":", i ? "," : "", i % 2 ? "" : "\xe6\x9d\x8e\\n", (unsigned long long)i);
    write_valid(&raw, info->element);
  }
  blob_print(&raw, "}");
  if (count < info->items_min || count > info->items_max) {
    expect_rule(run, at, blob_str(&raw), BDC_RULE_ITEMS, 0);
  } else {
    expect_valid(run, at, blob_str(&raw));
  }
  blob_free(&raw);
}

static void check_key_twice(rows_run *run, const spot *at, const bdc_row_info *info, const char *first, const char *second,
                            bdc_str name) {
  blob raw = { 0 };
  blob_print(&raw, "{\"%s\":", first);
  write_valid(&raw, info->element);
  blob_print(&raw, ",\"other\":");
  write_valid(&raw, info->element);
  blob_print(&raw, ",");
  size_t offset = raw.size;
  blob_print(&raw, "\"%s\":", second);
  write_valid(&raw, info->element);
  blob_print(&raw, "}");
  expect_member(run, at, &raw, name, BDC_RULE_DUPLICATE, offset, false);
  blob_free(&raw);
}

void check_map_row(rows_run *run, const spot *at) {
  bdc_row_info info = spot_info(at);
  uint64_t most = info.items_max == BDC_UNBOUNDED ? 1000 : info.items_max;
  uint64_t counts[] = { 0, 1, 2, info.items_min, info.items_min + 1, most, most + 1 };
  for (size_t i = 0; i < LENGTH(counts); i++) {
    check_members(run, at, &info, counts[i]);
  }
  check_key_twice(run, at, &info, "k", "k", BDC_STR("k"));
  check_key_twice(run, at, &info, "k\\u0065y", "\\u006bey", BDC_STR("key"));
  check_key_twice(run, at, &info, "", "", BDC_STR(""));
  check_key_twice(run, at, &info, "\\ud83d\\ude00", "\xf0\x9f\x98\x80", BDC_STR("\xf0\x9f\x98\x80"));
}
