/* SPDX-License-Identifier: MIT */
#include "cover/side.h"

#include "cover/number.h"
#include "memory.h"
#include "text.h"

#include <string.h>

/* ---- which sides a row has ---- */

static void add(cmd_sides *sides, cmd_side_kind kind, uint32_t index) {
  sides->items = cmd_grow(sides->items, sides->count, &sides->capacity, sizeof(*sides->items));
  sides->items[sides->count++] = (cmd_side){ .kind = kind, .index = index };
}

static void add_pair(cmd_sides *sides, bool there, cmd_side_kind kept, cmd_side_kind broken) {
  if (there) {
    add(sides, kept, 0);
    add(sides, broken, 0);
  }
}

static void add_presence(cmd_sides *sides, const bdc_row_info *row, const cmd_row_place *place) {
  if (place->is_element) {
    return;
  }
  bool mandatory = place->is_body ? !place->body_optional : row->mandatory;
  add(sides, CMD_SIDE_PRESENT, 0);
  if (!mandatory || row->unless.size > 0 || row->when_body) {
    add(sides, CMD_SIDE_ABSENT, 0);
  }
  if (mandatory) {
    add(sides, CMD_SIDE_MISSING, 0);
  }
}

/* Outside of bodies all values are text, of which none is of another type than string. */
static void add_type(cmd_sides *sides, const bdc_row_info *row, const cmd_row_place *place) {
  bool body = place->in == BDC_IN_BODY;
  if (!body && row->kind == BDC_KIND_STRING) {
    return;
  }
  add(sides, CMD_SIDE_TYPE, 0);
  if (row->kind != BDC_KIND_ANY) {
    add(sides, CMD_SIDE_OTHER_TYPE, 0);
  }
  if (body) {
    add(sides, row->nullable ? CMD_SIDE_NULL : CMD_SIDE_NULL_REFUSED, 0);
  }
}

/* The ends of a range of lengths or counts; the four kinds follow one another. */
static void add_ends(cmd_sides *sides, uint64_t min, uint64_t max, cmd_side_kind first, bool never_less) {
  if (min > 0) {
    add(sides, first, 0);
  }
  if (min > 0 && !never_less) {
    add(sides, first + 1, 0);
  }
  if (max != BDC_UNBOUNDED) {
    if (min != max || min == 0) {
      add(sides, first + 2, 0);
    }
    add(sides, first + 3, 0);
  }
}

static void add_enum(cmd_sides *sides, const bdc_row_info *row) {
  for (size_t i = 0; i < row->value_count; i++) {
    add(sides, CMD_SIDE_ENUM, (uint32_t)i);
  }
  if (row->value_count > 0) {
    add(sides, CMD_SIDE_OTHER_ENUM, 0);
  }
}

static void add_range(cmd_sides *sides, const bdc_row_info *row) {
  if (row->range_min.size > 0) {
    add(sides, CMD_SIDE_RANGE_MIN, 0);
  }
  if (row->range_max.size > 0 && !cmd_equal(row->range_min, row->range_max)) {
    add(sides, CMD_SIDE_RANGE_MAX, 0);
  }
  if (row->range_min.size > 0 || row->range_max.size > 0) {
    add(sides, CMD_SIDE_OTHER_RANGE, 0);
  }
}

/* A segment of a path that is empty is missing: it is never too short for one character. */
static void add_length(cmd_sides *sides, const bdc_row_info *row, const cmd_row_place *place) {
  bool never_shorter = place->in == BDC_IN_PATH && row->length_min == 1;
  add_ends(sides, row->length_min, row->length_max, CMD_SIDE_LENGTH_MIN, never_shorter);
}

void cmd_sides_add(cmd_sides *sides, const bdc_row_info *row, const cmd_row_place *place) {
  add_presence(sides, row, place);
  add_type(sides, row, place);
  add_length(sides, row, place);
  add_pair(sides, row->start.size > 0, CMD_SIDE_START, CMD_SIDE_OTHER_START);
  add_pair(sides, row->charset.size > 0, CMD_SIDE_CHARSET, CMD_SIDE_OTHER_CHARSET);
  add_enum(sides, row);
  add_range(sides, row);
  add_ends(sides, row->items_min, row->items_max, CMD_SIDE_ITEMS_MIN, false);
  add_pair(sides, row->includes.size > 0, CMD_SIDE_INCLUDES, CMD_SIDE_OTHER_INCLUDES);
  add_pair(sides, row->pattern.size > 0, CMD_SIDE_PATTERN, CMD_SIDE_OTHER_PATTERN);
  add_pair(sides, row->format != BDC_FORMAT_NONE, CMD_SIDE_FORMAT, CMD_SIDE_OTHER_FORMAT);
  if (row->zone_optional) {
    add(sides, CMD_SIDE_NO_ZONE, 0);
  }
  if (row->kind == BDC_KIND_OBJECT) {
    add(sides, CMD_SIDE_UNDOCUMENTED, 0);
  }
}

/* ---- which sides a value exercises ---- */

static bool breaks(const cmd_sight *sight, bdc_rule rule) {
  return sight->broken >> rule & 1;
}

/* Whether the engine has held the value against the rules of its row: it does not once a rule of the text or of the type is broken. */
static bool is_typed(const cmd_sight *sight) {
  const uint32_t before = 1u << BDC_RULE_TYPE | 1u << BDC_RULE_SYNTAX | 1u << BDC_RULE_ENCODING;
  return sight->judged && sight->kind != CMD_JSON_NULL && !(sight->broken & before);
}

/* A limit may have kept the engine from the rule, and what a number's range refuses is not looked at further. */
static bool keeps(const cmd_sight *sight, bdc_rule rule) {
  return is_typed(sight) && !breaks(sight, rule) && !breaks(sight, BDC_RULE_LIMIT) && !breaks(sight, BDC_RULE_RANGE);
}

/* The length of a masked value is that of its mask. */
static bool has_length(const bdc_row_info *row, const cmd_sight *sight, bdc_rule rule, uint64_t length) {
  bool masked = row->masked && sight->text.size > 0 && memchr(sight->text.data, '*', sight->text.size);
  return keeps(sight, rule) && !masked && sight->count == length;
}

/* Of an empty text neither the first character nor the others say anything. */
static bool keeps_class(const cmd_sight *sight, bdc_rule rule) {
  return keeps(sight, rule) && sight->count > 0;
}

static bool is_enum(const cmd_side *side, const bdc_row_info *row, const cmd_sight *sight) {
  bdc_str value = row->values[side->index];
  bool text = row->kind == BDC_KIND_STRING;
  return keeps(sight, BDC_RULE_ENUM) && (text ? cmd_equal(value, sight->text) : cmd_same_number(value, sight->text));
}

static bool is_number(const cmd_sight *sight, bdc_str number) {
  return keeps(sight, BDC_RULE_RANGE) && cmd_same_number(number, sight->text);
}

static bool has_items(const cmd_sight *sight, uint64_t items) {
  return keeps(sight, BDC_RULE_ITEMS) && sight->count == items;
}

static bool is_kept(const cmd_side *side, const bdc_row_info *row, const cmd_sight *sight) {
  switch (side->kind) {
  case CMD_SIDE_TYPE:
    return is_typed(sight);
  case CMD_SIDE_NULL:
    return sight->judged && sight->kind == CMD_JSON_NULL && !breaks(sight, BDC_RULE_TYPE);
  case CMD_SIDE_LENGTH_MIN:
    return has_length(row, sight, BDC_RULE_LENGTH_MIN, row->length_min);
  case CMD_SIDE_LENGTH_MAX:
    return has_length(row, sight, BDC_RULE_LENGTH_MAX, row->length_max);
  case CMD_SIDE_START:
    return keeps_class(sight, BDC_RULE_START);
  case CMD_SIDE_CHARSET:
    return keeps_class(sight, BDC_RULE_CHARSET);
  case CMD_SIDE_ENUM:
    return is_enum(side, row, sight);
  case CMD_SIDE_RANGE_MIN:
    return is_number(sight, row->range_min);
  case CMD_SIDE_RANGE_MAX:
    return is_number(sight, row->range_max);
  case CMD_SIDE_ITEMS_MIN:
    return has_items(sight, row->items_min);
  case CMD_SIDE_ITEMS_MAX:
    return has_items(sight, row->items_max);
  case CMD_SIDE_INCLUDES:
    return keeps(sight, BDC_RULE_INCLUDES);
  case CMD_SIDE_PATTERN:
    return keeps(sight, BDC_RULE_PATTERN);
  case CMD_SIDE_FORMAT:
    return keeps(sight, BDC_RULE_FORMAT);
  default:
    return false;
  }
}

static bool is_broken(const cmd_side *side, const bdc_row_info *row, const cmd_sight *sight) {
  switch (side->kind) {
  case CMD_SIDE_OTHER_TYPE:
    return breaks(sight, BDC_RULE_TYPE) && sight->kind != CMD_JSON_NULL;
  case CMD_SIDE_NULL_REFUSED:
    return breaks(sight, BDC_RULE_TYPE) && sight->kind == CMD_JSON_NULL;
  case CMD_SIDE_SHORTER:
    return breaks(sight, BDC_RULE_LENGTH_MIN);
  case CMD_SIDE_LONGER:
    return breaks(sight, BDC_RULE_LENGTH_MAX);
  case CMD_SIDE_OTHER_START:
    return breaks(sight, BDC_RULE_START);
  case CMD_SIDE_OTHER_CHARSET:
    return breaks(sight, BDC_RULE_CHARSET);
  case CMD_SIDE_OTHER_ENUM:
    return breaks(sight, BDC_RULE_ENUM);
  case CMD_SIDE_OTHER_RANGE:
    return breaks(sight, BDC_RULE_RANGE);
  case CMD_SIDE_FEWER:
    return breaks(sight, BDC_RULE_ITEMS) && sight->count < row->items_min;
  case CMD_SIDE_MORE:
    return breaks(sight, BDC_RULE_ITEMS) && sight->count > row->items_max;
  case CMD_SIDE_OTHER_INCLUDES:
    return breaks(sight, BDC_RULE_INCLUDES);
  case CMD_SIDE_OTHER_PATTERN:
    return breaks(sight, BDC_RULE_PATTERN);
  case CMD_SIDE_OTHER_FORMAT:
    return breaks(sight, BDC_RULE_FORMAT) && !sight->without_zone;
  case CMD_SIDE_NO_ZONE:
    return breaks(sight, BDC_RULE_FORMAT) && sight->without_zone;
  default:
    return false;
  }
}

bool cmd_side_is_met(const cmd_side *side, const bdc_row_info *row, const cmd_sight *sight) {
  return is_kept(side, row, sight) || is_broken(side, row, sight);
}

/* ---- their words ---- */

/* How a side is written: before and behind what the table says. */
typedef struct words {
  const char *rule;
  bool broken;
  const char *text;
} words;

static const words all_words[] = {
  [CMD_SIDE_PRESENT] = { "presence", false, "present" },
  [CMD_SIDE_ABSENT] = { "presence", false, "absent" },
  [CMD_SIDE_MISSING] = { "mandatory", true, "missing" },
  [CMD_SIDE_TYPE] = { "type", false, "" },
  [CMD_SIDE_OTHER_TYPE] = { "type", true, "another type" },
  [CMD_SIDE_NULL] = { "null", false, "null" },
  [CMD_SIDE_NULL_REFUSED] = { "null", true, "refused null" },
  [CMD_SIDE_LENGTH_MIN] = { "length.min", false, "length " },
  [CMD_SIDE_SHORTER] = { "length.min", true, "length below " },
  [CMD_SIDE_LENGTH_MAX] = { "length.max", false, "length " },
  [CMD_SIDE_LONGER] = { "length.max", true, "length above " },
  [CMD_SIDE_START] = { "start", false, "start" },
  [CMD_SIDE_OTHER_START] = { "start", true, "another start" },
  [CMD_SIDE_CHARSET] = { "charset", false, "charset" },
  [CMD_SIDE_OTHER_CHARSET] = { "charset", true, "outside the charset" },
  [CMD_SIDE_ENUM] = { "enum", false, "enum " },
  [CMD_SIDE_OTHER_ENUM] = { "enum", true, "outside the enum" },
  [CMD_SIDE_RANGE_MIN] = { "range", false, "range " },
  [CMD_SIDE_RANGE_MAX] = { "range", false, "range " },
  [CMD_SIDE_OTHER_RANGE] = { "range", true, "outside the range" },
  [CMD_SIDE_ITEMS_MIN] = { "items", false, "items " },
  [CMD_SIDE_FEWER] = { "items", true, "items below " },
  [CMD_SIDE_ITEMS_MAX] = { "items", false, "items " },
  [CMD_SIDE_MORE] = { "items", true, "items above " },
  [CMD_SIDE_INCLUDES] = { "includes", false, "includes " },
  [CMD_SIDE_OTHER_INCLUDES] = { "includes", true, "without " },
  [CMD_SIDE_PATTERN] = { "pattern", false, "pattern" },
  [CMD_SIDE_OTHER_PATTERN] = { "pattern", true, "against the pattern" },
  [CMD_SIDE_FORMAT] = { "format", false, "format " },
  [CMD_SIDE_OTHER_FORMAT] = { "format", true, "not " },
  [CMD_SIDE_NO_ZONE] = { "format", true, "without zone" },
  [CMD_SIDE_UNDOCUMENTED] = { "unknown", true, "undocumented member" },
};

bool cmd_side_is_broken(cmd_side_kind kind) {
  return all_words[kind].broken;
}

bool cmd_side_is_end(cmd_side_kind kind) {
  return (kind >= CMD_SIDE_LENGTH_MIN && kind <= CMD_SIDE_LONGER) || (kind >= CMD_SIDE_RANGE_MIN && kind <= CMD_SIDE_MORE);
}

const char *cmd_side_rule(cmd_side_kind kind) {
  return all_words[kind].rule;
}

/* A length or a count. */
static void put_end(const cmd_side *side, const bdc_row_info *row, cmd_output *out) {
  switch (side->kind) {
  case CMD_SIDE_LENGTH_MIN:
  case CMD_SIDE_SHORTER:
    cmd_put_number(out, row->length_min);
    return;
  case CMD_SIDE_LENGTH_MAX:
  case CMD_SIDE_LONGER:
    cmd_put_number(out, row->length_max);
    return;
  case CMD_SIDE_ITEMS_MIN:
  case CMD_SIDE_FEWER:
    cmd_put_number(out, row->items_min);
    return;
  default:
    cmd_put_number(out, row->items_max);
    return;
  }
}

void cmd_side_put(const cmd_side *side, const bdc_row_info *row, cmd_output *out) {
  cmd_puts(out, all_words[side->kind].text);
  switch (side->kind) {
  case CMD_SIDE_TYPE:
    cmd_puts(out, bdc_kind_name(row->kind));
    return;
  case CMD_SIDE_LENGTH_MIN:
  case CMD_SIDE_SHORTER:
  case CMD_SIDE_LENGTH_MAX:
  case CMD_SIDE_LONGER:
  case CMD_SIDE_ITEMS_MIN:
  case CMD_SIDE_FEWER:
  case CMD_SIDE_ITEMS_MAX:
  case CMD_SIDE_MORE:
    put_end(side, row, out);
    return;
  case CMD_SIDE_ENUM:
    cmd_put(out, row->values[side->index]);
    return;
  case CMD_SIDE_RANGE_MIN:
    cmd_put(out, row->range_min);
    return;
  case CMD_SIDE_RANGE_MAX:
    cmd_put(out, row->range_max);
    return;
  case CMD_SIDE_INCLUDES:
  case CMD_SIDE_OTHER_INCLUDES:
    cmd_put(out, row->includes);
    return;
  case CMD_SIDE_FORMAT:
  case CMD_SIDE_OTHER_FORMAT:
    cmd_puts(out, bdc_format_name(row->format));
    return;
  default:
    return;
  }
}
