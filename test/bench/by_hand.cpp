// SPDX-License-Identifier: MIT
//
// What a careful program does that has a tree from cJSON or jansson: one walk over it, with everything about the rows worked out
// before. Not looked at: which error codes belong to which status. Rules that only warn are rules here.
#include "bench.h"

#include <cjson/cJSON.h>
#include <jansson.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <cmath>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Text = std::string_view;

Text text_of(bdc_str text) {
  return { text.data, text.size };
}

// ---- rows, worked out ----

struct Expression {
  pcre2_code *code = nullptr;
  pcre2_match_data *match = nullptr;

  void compile(const std::string &text) {
    int error;
    PCRE2_SIZE offset;
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_DOLLAR_ENDONLY;
    code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), options, &error, &offset, nullptr);
    if (!code) {
      bench_fail("a pattern that PCRE2 does not know");
    }
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    match = pcre2_match_data_create(1, nullptr);
  }

  bool fits(Text text) const {
    return pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), 0, 0, match, nullptr) >= 0;
  }
};

// A character class: a table for ASCII, PCRE2 for texts that have other characters.
struct Class {
  const bench_class *ascii = nullptr;
  Expression whole;

  explicit operator bool() const {
    return ascii != nullptr;
  }
};

Class class_of(bdc_str expression) {
  Class out;
  out.ascii = bench_class_of(expression);
  if (out.ascii) {
    out.whole.compile(std::string(text_of(expression)) + "*");
  }
  return out;
}

struct Object;

struct Row {
  bdc_row_info info;
  Class charset;
  Class start;
  Expression pattern;
  std::vector<Text> words;
  std::vector<double> numbers;
  double least = -INFINITY;
  double most = INFINITY;
  std::unique_ptr<Row> element;
  std::unique_ptr<Object> object;
};

struct Object {
  std::vector<std::unique_ptr<Row>> rows;
  uint64_t mandatory = 0; // one bit for each row
  bool closed = false;    // other members are wrong
};

std::unique_ptr<Row> row_of(const bdc_row *row, bool request);

std::unique_ptr<Object> object_of(const bdc_object *object, bool request) {
  auto out = std::make_unique<Object>();
  bdc_object_info info = bdc_object_describe(object);
  out->closed = info.unknown == BDC_UNKNOWN_ERROR || (info.unknown == BDC_UNKNOWN_TABLE && request);
  for (size_t i = 0; i < info.row_count; i++) {
    out->rows.push_back(row_of(bdc_object_row(object, i), request));
    out->mandatory |= uint64_t{ out->rows.back()->info.mandatory } << i;
  }
  return out;
}

double number_or(bdc_str text, double otherwise) {
  return text.size ? std::stod(std::string(text_of(text))) : otherwise;
}

void work_out_number(Row *row) {
  const bdc_row_info &info = row->info;
  bool small = info.kind == BDC_KIND_INTEGER, epoch = info.format == BDC_FORMAT_EPOCH_MS;
  row->least = number_or(info.range_min, small ? -2147483648.0 : epoch ? 1e12 : -INFINITY);
  row->most = number_or(info.range_max, small ? 2147483647.0 : epoch ? 9999999999999.0 : INFINITY);
  for (size_t i = 0; i < info.value_count; i++) {
    row->numbers.push_back(number_or(info.values[i], 0));
  }
}

void work_out_string(Row *row) {
  row->charset = class_of(row->info.charset_expression);
  row->start = class_of(row->info.start_expression);
  if (row->info.pattern.size) {
    row->pattern.compile(std::string(text_of(row->info.pattern)));
  }
  for (size_t i = 0; i < row->info.value_count; i++) {
    row->words.push_back(text_of(row->info.values[i]));
  }
}

std::unique_ptr<Row> row_of(const bdc_row *row, bool request) {
  auto out = std::make_unique<Row>();
  out->info = bdc_row_describe(row);
  if (out->info.kind == BDC_KIND_STRING) {
    work_out_string(out.get());
  } else if (out->info.kind == BDC_KIND_INTEGER || out->info.kind == BDC_KIND_LONG || out->info.kind == BDC_KIND_NUMBER) {
    work_out_number(out.get());
  } else if (out->info.kind == BDC_KIND_OBJECT) {
    out->object = object_of(out->info.object, request);
  } else if (out->info.element) {
    out->element = row_of(out->info.element, request);
  }
  return out;
}

// ---- strings ----

bool is_ascii(Text text) {
  for (char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) {
      return false;
    }
  }
  return true;
}

// Code points of well-formed UTF-8; SIZE_MAX where it is not.
size_t length_beyond_ascii(Text text) {
  auto *at = reinterpret_cast<const unsigned char *>(text.data());
  const unsigned char *end = at + text.size();
  size_t length = 0;
  while (at < end) {
    size_t size = *at < 0x80 ? 1 : *at < 0xe0 ? 2 : *at < 0xf0 ? 3 : 4;
    uint32_t c = size == 1 ? *at : *at & (0x7fu >> size);
    if (size > static_cast<size_t>(end - at) || (*at & 0xc0) == 0x80 || *at > 0xf4) {
      return SIZE_MAX;
    }
    for (size_t i = 1; i < size; i++) {
      if ((at[i] & 0xc0) != 0x80) {
        return SIZE_MAX;
      }
      c = c << 6 | (at[i] & 0x3f);
    }
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    if (c < least[size] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) {
      return SIZE_MAX;
    }
    at += size;
    length++;
  }
  return length;
}

bool all_of_class(Text text, const Class &charset, bool ascii) {
  if (!charset) {
    return true;
  }
  if (!ascii) {
    return charset.whole.fits(text);
  }
  for (char c : text) {
    if (!charset.ascii->ascii[static_cast<unsigned char>(c)]) {
      return false;
    }
  }
  return true;
}

// No row has a first character beyond ASCII.
bool starts_with_class(Text text, const Class &start) {
  return !start || text.empty() || (static_cast<unsigned char>(text[0]) < 0x80 && start.ascii->ascii[static_cast<size_t>(text[0])]);
}

// Two digits at a place, -1 where they are none.
int two_digits(Text text, size_t at) {
  bool digits = text[at] >= '0' && text[at] <= '9' && text[at + 1] >= '0' && text[at + 1] <= '9';
  return digits ? (text[at] - '0') * 10 + (text[at + 1] - '0') : -1;
}

bool between(int value, int low, int high) {
  return value >= low && value <= high;
}

int days_of(int year, int month) {
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return days[month - 1] + (month == 2 && leap);
}

bool is_zone(Text zone) {
  if (zone.size() == 1) {
    return zone[0] == 'Z' || zone[0] == 'z';
  }
  return zone.size() == 6 && (zone[0] == '+' || zone[0] == '-') && zone[3] == ':' && between(two_digits(zone, 1), 0, 23) &&
         between(two_digits(zone, 4), 0, 59);
}

// RFC 3339; of a leap second only that there are 60.
bool is_date_time(Text text, uint32_t fraction_max) {
  if (text.size() < 20 || text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != 't') || text[13] != ':' ||
      text[16] != ':') {
    return false;
  }
  int century = two_digits(text, 0), year = two_digits(text, 2), month = two_digits(text, 5);
  if (century < 0 || year < 0 || !between(month, 1, 12) || !between(two_digits(text, 8), 1, days_of(century * 100 + year, month)) ||
      !between(two_digits(text, 11), 0, 23) || !between(two_digits(text, 14), 0, 59) || !between(two_digits(text, 17), 0, 60)) {
    return false;
  }
  size_t at = 19;
  if (text[at] == '.') {
    at++;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    if (at == 20 || at - 20 > fraction_max) {
      return false;
    }
  }
  return is_zone(text.substr(at));
}

// A run of stars: what stands around it is of the class.
bool is_masked(Text text, const Row &row) {
  size_t from = text.find('*');
  if (from == Text::npos) {
    return false;
  }
  size_t to = text.find_first_not_of('*', from);
  Text before = text.substr(0, from), behind = to == Text::npos ? Text() : text.substr(to);
  return is_ascii(text) && all_of_class(before, row.charset, true) && all_of_class(behind, row.charset, true) &&
         starts_with_class(before, row.start);
}

bool check_text(Text text, const Row &row) {
  if (!row.words.empty()) {
    for (Text word : row.words) {
      if (word == text) {
        return true;
      }
    }
    return false;
  }
  if (row.info.masked && is_masked(text, row)) {
    return true;
  }
  bool ascii = is_ascii(text);
  size_t length = ascii ? text.size() : length_beyond_ascii(text);
  if (length == SIZE_MAX || length < row.info.length_min || length > row.info.length_max) {
    return false;
  }
  if (row.info.format == BDC_FORMAT_DATE_TIME && !is_date_time(text, row.info.fraction_max)) {
    return false;
  }
  return all_of_class(text, row.charset, ascii) && starts_with_class(text, row.start) && (!row.pattern.code || row.pattern.fits(text));
}

// ---- numbers ----

bool check_number(double value, const Row &row) {
  if (row.info.kind != BDC_KIND_NUMBER && value != std::floor(value)) {
    return false;
  }
  for (double number : row.numbers) {
    if (number == value) {
      return true;
    }
  }
  return row.numbers.empty() && value >= row.least && value <= row.most;
}

// ---- trees: what the two have in common ----

struct CJson {
  using Value = const cJSON *;

  static bool is_object(Value value) {
    return cJSON_IsObject(value);
  }
  static bool is_array(Value value) {
    return cJSON_IsArray(value);
  }
  static bool is_string(Value value) {
    return cJSON_IsString(value);
  }
  static bool is_boolean(Value value) {
    return cJSON_IsBool(value);
  }
  static bool is_number(Value value, bool) {
    return cJSON_IsNumber(value);
  }
  static Text text(Value value) {
    return value->valuestring;
  }
  static double number(Value value) {
    return value->valuedouble;
  }
  template <typename Visit> static bool members(Value object, Visit visit) {
    for (Value member = object->child; member; member = member->next) {
      if (!visit(Text(member->string), member)) {
        return false;
      }
    }
    return true;
  }
  template <typename Visit> static bool items(Value array, Visit visit) {
    for (Value item = array->child; item; item = item->next) {
      if (!visit(item)) {
        return false;
      }
    }
    return true;
  }
};

struct Jansson {
  using Value = json_t *;

  static bool is_object(Value value) {
    return json_is_object(value);
  }
  static bool is_array(Value value) {
    return json_is_array(value);
  }
  static bool is_string(Value value) {
    return json_is_string(value);
  }
  static bool is_boolean(Value value) {
    return json_is_boolean(value);
  }
  static bool is_number(Value value, bool whole) {
    return whole ? json_is_integer(value) : json_is_number(value);
  }
  static Text text(Value value) {
    return { json_string_value(value), json_string_length(value) };
  }
  static double number(Value value) {
    return json_number_value(value);
  }
  template <typename Visit> static bool members(Value object, Visit visit) {
    for (void *at = json_object_iter(object); at; at = json_object_iter_next(object, at)) {
      if (!visit(Text(json_object_iter_key(at)), json_object_iter_value(at))) {
        return false;
      }
    }
    return true;
  }
  template <typename Visit> static bool items(Value array, Visit visit) {
    for (size_t i = 0; i < json_array_size(array); i++) {
      if (!visit(json_array_get(array, i))) {
        return false;
      }
    }
    return true;
  }
};

// ---- the walk ----

template <typename Tree> bool check(typename Tree::Value value, const Row &row);

// Most often the row behind the one before.
size_t find_row(const Object &object, Text name, size_t next) {
  size_t count = object.rows.size();
  for (size_t i = 0; i < count; i++) {
    size_t index = next + i < count ? next + i : next + i - count;
    if (text_of(object.rows[index]->info.name) == name) {
      return index;
    }
  }
  return count;
}

template <typename Tree> bool check_object(typename Tree::Value value, const Object &object) {
  uint64_t seen = 0;
  size_t next = 0;
  bool good = Tree::members(value, [&](Text name, typename Tree::Value member) {
    size_t index = find_row(object, name, next);
    if (index == object.rows.size()) {
      return !object.closed;
    }
    uint64_t bit = uint64_t{ 1 } << index;
    bool twice = seen & bit;
    seen |= bit;
    next = index + 1;
    return !twice && check<Tree>(member, *object.rows[index]);
  });
  return good && (seen & object.mandatory) == object.mandatory;
}

bool counted(size_t count, const Row &row) {
  return count >= row.info.items_min && count <= row.info.items_max;
}

template <typename Tree> bool check_array(typename Tree::Value value, const Row &row) {
  size_t count = 0;
  bool included = row.info.includes.size == 0;
  bool good = Tree::items(value, [&](typename Tree::Value item) {
    count++;
    included = included || (Tree::is_string(item) && Tree::text(item) == text_of(row.info.includes));
    return check<Tree>(item, *row.element);
  });
  return good && included && counted(count, row);
}

template <typename Tree> bool check_map(typename Tree::Value value, const Row &row) {
  size_t count = 0;
  bool good = Tree::members(value, [&](Text, typename Tree::Value member) {
    count++;
    return check<Tree>(member, *row.element);
  });
  return good && counted(count, row);
}

template <typename Tree> bool check(typename Tree::Value value, const Row &row) {
  switch (row.info.kind) {
  case BDC_KIND_STRING:
    return Tree::is_string(value) && check_text(Tree::text(value), row);
  case BDC_KIND_INTEGER:
  case BDC_KIND_LONG:
    return Tree::is_number(value, true) && check_number(Tree::number(value), row);
  case BDC_KIND_NUMBER:
    return Tree::is_number(value, false) && check_number(Tree::number(value), row);
  case BDC_KIND_BOOLEAN:
    return Tree::is_boolean(value);
  case BDC_KIND_OBJECT:
    return Tree::is_object(value) && check_object<Tree>(value, *row.object);
  case BDC_KIND_ARRAY:
    return Tree::is_array(value) && check_array<Tree>(value, row);
  case BDC_KIND_MAP:
    return Tree::is_object(value) && check_map<Tree>(value, row);
  default:
    return true;
  }
}

// ---- the contestants ----

using Rows = std::vector<std::unique_ptr<Row>>;

const Row &row_for(void *state, const bench_body *body) {
  return *(*static_cast<Rows *>(state))[body->table->index];
}

// Nothing may stand behind the value, which cJSON leaves to its caller.
bool at_end(const char *at, const bench_body *body) {
  while (at < body->data + body->size && std::strchr(" \t\r\n", *at)) {
    at++;
  }
  return at == body->data + body->size;
}

bool check_cjson(void *state, const bench_body *body) {
  const char *end;
  cJSON *tree = cJSON_ParseWithLengthOpts(body->data, body->size, &end, false);
  bool good = tree && at_end(end, body) && check<CJson>(tree, row_for(state, body));
  cJSON_Delete(tree);
  return good;
}

bool check_jansson(void *state, const bench_body *body) {
  json_t *tree = json_loadb(body->data, body->size, JSON_REJECT_DUPLICATES, nullptr);
  bool good = tree && check<Jansson>(tree, row_for(state, body));
  json_decref(tree);
  return good;
}

} // namespace

void bench_enter_by_hand(bench_contestants *list, const bench_world *world) {
  auto *rows = new Rows;
  for (size_t i = 0; i < world->table_count; i++) {
    rows->push_back(row_of(world->tables[i].row, world->tables[i].http_status == 0));
  }
  bench_enter(list, "cJSON + checks by hand", BENCH_CHECKS, check_cjson, rows);
  bench_enter(list, "jansson + checks by hand", BENCH_CHECKS, check_jansson, rows);
}
