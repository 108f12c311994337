/* SPDX-License-Identifier: MIT */
/*
 * The precise engine: the reader's events held against the rows. It is the definition of what is right; it sees every byte once,
 * whatever pieces they come in, and reports every broken rule. It knows rows, not fields.
 */
#include "check/checker.h"

#include "base/utf8.h"

/* ---- types ---- */

/* The row of the value that begins; NULL where nothing is documented, or nothing more is to be said. */
static const bdc_row *row_of_value(bdc_checker *checker) {
  bdc__frame *frame = checker->innermost;
  if (!frame) {
    checker->muted = false;
    return &checker->body->root;
  }
  if (!frame->is_object) {
    frame->count++;
  }
  checker->muted = frame->mode == BDC__MODE_MUTED;
  return frame->member;
}

/* The types that a kind takes, bits 1 << bdc__json_type. */
static const uint8_t types_of[] = {
  [BDC_KIND_STRING] = 1u << BDC__TYPE_STRING,
  [BDC_KIND_INTEGER] = 1u << BDC__TYPE_NUMBER,
  [BDC_KIND_LONG] = 1u << BDC__TYPE_NUMBER,
  [BDC_KIND_NUMBER] = 1u << BDC__TYPE_NUMBER,
  [BDC_KIND_BOOLEAN] = 1u << BDC__TYPE_BOOLEAN,
  [BDC_KIND_OBJECT] = 1u << BDC__TYPE_OBJECT,
  [BDC_KIND_MAP] = 1u << BDC__TYPE_OBJECT,
  [BDC_KIND_ARRAY] = 1u << BDC__TYPE_ARRAY,
  [BDC_KIND_ANY] =
      1u << BDC__TYPE_OBJECT | 1u << BDC__TYPE_ARRAY | 1u << BDC__TYPE_STRING | 1u << BDC__TYPE_NUMBER | 1u << BDC__TYPE_BOOLEAN,
};

static inline bool type_fits(const bdc_row *row, bdc__json_type type) {
  return types_of[row->kind] >> type & 1;
}

/* What there is to say of a value of another type than its row's. Below an error nothing more is said, below a warning JSON's own rules hold. */
static void wrong_type(bdc_checker *checker, const bdc_row *row, bdc__json_type type) {
  if (type == BDC__TYPE_NULL && (row->flags & BDC__ROW_NULLABLE)) {
    return;
  }
  bool field = checker->innermost && checker->innermost->mode == BDC__MODE_ROWS;
  bool lenient = type == BDC__TYPE_NULL && checker->response && field && !(row->flags & BDC__ROW_MANDATORY);
  bool warning = lenient || (row->warnings >> BDC_RULE_TYPE & 1);
  bdc__report_add(checker, &(bdc__finding){ .row = row,
                                            .rule = BDC_RULE_TYPE,
                                            .severity = warning ? BDC_WARNING : BDC_ERROR,
                                            .offset = checker->reader.token_offset,
                                            .measure = type });
  checker->muted = !warning;
}

/* The row that governs the value from here on: the given one, or NULL where the value is not of its type. */
static inline const bdc_row *check_type(bdc_checker *checker, const bdc_row *row, bdc__json_type type) {
  if (!row || type_fits(row, type)) {
    return row;
  }
  wrong_type(checker, row, type);
  return NULL;
}

/* ---- arrays and objects ---- */

static void open_container(bdc_checker *checker, bool object) {
  const bdc_row *row = check_type(checker, row_of_value(checker), object ? BDC__TYPE_OBJECT : BDC__TYPE_ARRAY);
  bdc__frame *frame = &checker->frames[checker->depth];
  *frame = (bdc__frame){ .row = row,
                         .start.offset = checker->reader.token_offset,
                         .path_size = (uint32_t)checker->path_size,
                         .name_count = (uint32_t)checker->names.count,
                         .is_object = object,
                         .mode = checker->muted ? BDC__MODE_MUTED : BDC__MODE_FREE };
  if (row && row->kind == BDC_KIND_OBJECT) {
    frame->mode = BDC__MODE_ROWS;
    frame->expected = row->object->plan;
    frame->seen = checker->seen + checker->depth * checker->ruleset->words_max;
    frame->seen[0] = 0;
    if (row->object->words > 1) {
      memset(frame->seen, 0, row->object->words * sizeof frame->seen[0]);
    }
  } else if (row && row->kind != BDC_KIND_ANY) {
    frame->mode = BDC__MODE_ELEMENTS;
    frame->member = row->element;
  }
  checker->depth++;
  checker->innermost = frame;
}

static void check_mandatory(bdc_checker *checker, bdc__frame *frame) {
  const bdc_object *object = frame->row->object;
  for (size_t word = 0; word < object->words; word++) {
    uint64_t missing = object->mandatory[word] & ~frame->seen[word];
    for (; missing; missing &= missing - 1) {
      frame->member = &object->rows[word * 64 + (size_t)__builtin_ctzll(missing)];
      bdc__violate(checker, frame->member, BDC_RULE_MANDATORY, frame->start.offset, BDC__MANDATORY_FIELD);
    }
  }
}

/* A rule of the array or map itself. */
static void violate_container(bdc_checker *checker, const bdc__frame *frame, bdc_rule rule, uint64_t measure) {
  bool warning = frame->row->warnings >> rule & 1;
  bdc__report_add(checker, &(bdc__finding){ .row = frame->row,
                                            .rule = rule,
                                            .severity = warning ? BDC_WARNING : BDC_ERROR,
                                            .offset = frame->start.offset,
                                            .measure = measure,
                                            .of_container = true });
}

static void check_items(bdc_checker *checker, const bdc__frame *frame) {
  const bdc_row *row = frame->row;
  if (frame->count < row->items_min || frame->count > row->items_max) {
    violate_container(checker, frame, BDC_RULE_ITEMS, frame->count);
  }
  if (row->includes.data && !frame->included) {
    violate_container(checker, frame, BDC_RULE_INCLUDES, 0);
  }
}

static void close_container(bdc_checker *checker) {
  bdc__frame *frame = checker->innermost;
  if (frame->mode == BDC__MODE_ROWS) {
    check_mandatory(checker, frame);
  } else if (frame->mode == BDC__MODE_ELEMENTS) {
    check_items(checker, frame);
  }
  bdc__names_cut(&checker->names, frame->name_count);
  checker->path_size = frame->path_size;
  checker->depth--;
  checker->innermost = checker->depth ? frame - 1 : NULL;
  if (checker->placed > checker->depth) {
    checker->placed = checker->depth;
  }
}

/* ---- member names ---- */

/* Appends a name as a token of RFC 6901, cut to what reports show. Where the path has no room, the name is left out. */
static void push_name(bdc_checker *checker, bdc_str name) {
  bdc_str shown = bdc__utf8_cut(name, BDC__NAME_CHARACTERS);
  if (BDC__PATH_SIZE - checker->path_size < 2 * shown.size + 1) {
    return;
  }
  char *at = checker->path + checker->path_size;
  *at++ = '/';
  for (size_t i = 0; i < shown.size; i++) {
    char c = shown.data[i];
    if (c == '~' || c == '/') {
      *at++ = '~';
      c = c == '~' ? '0' : '1';
    }
    *at++ = c;
  }
  checker->path_size = (size_t)(at - checker->path);
}

static void report_name(bdc_checker *checker, const bdc_row *row, bdc_str name, bdc_rule rule, bdc_severity severity) {
  bdc__report_add(
      checker, &(bdc__finding){ .row = row, .name = name, .rule = rule, .severity = severity, .offset = checker->reader.token_offset });
}

/* A name that no row has: remembered, since it may not come twice in its object. */
static void remember_name(bdc_checker *checker, bdc_str name) {
  switch (bdc__names_add(&checker->names, checker->depth)) {
  case BDC__NAME_NEW:
    return;
  case BDC__NAME_DUPLICATE:
    report_name(checker, NULL, name, BDC_RULE_DUPLICATE, BDC_ERROR);
    return;
  case BDC__NAME_FULL:
    if (!checker->names_full) {
      uint64_t measure = (uint64_t)checker->names.capacity << BDC__MEASURE_BITS | BDC__LIMIT_NAMES;
      bdc__report_add(checker, &(bdc__finding){ .name = name,
                                                .rule = BDC_RULE_LIMIT,
                                                .severity = BDC_ERROR,
                                                .offset = checker->reader.token_offset,
                                                .measure = measure });
      checker->names_full = true;
    }
    return;
  }
}

static bdc_unknown policy_of(const bdc_checker *checker, const bdc_object *object) {
  return checker->unknown_forced || object->unknown == BDC_UNKNOWN_TABLE ? checker->unknown : object->unknown;
}

static void undocumented_name(bdc_checker *checker, const bdc_object *object, bdc_str name) {
  bdc_unknown policy = policy_of(checker, object);
  if (policy != BDC_UNKNOWN_IGNORE) {
    report_name(checker, NULL, name, BDC_RULE_UNKNOWN, policy == BDC_UNKNOWN_ERROR ? BDC_ERROR : BDC_WARNING);
  }
}

/* The row of a name. Members mostly come in the order of the table, so the successor of the last one is tried first. */
static const bdc_row *find_row(const bdc__frame *frame, bdc_str name) {
  const bdc_row *expected = frame->expected->row;
  return expected && bdc__str_equal(expected->name, name) ? expected : bdc__object_find(frame->row->object, name);
}

static void documented_name(bdc_checker *checker, bdc__frame *frame, const bdc_row *row) {
  const bdc_object *object = frame->row->object;
  size_t number = (size_t)(row - object->rows);
  uint64_t *word = &frame->seen[number / 64];
  uint64_t bit = UINT64_C(1) << (number % 64);
  frame->member = row;
  frame->expected = &object->plan[number + 1];
  if (*word & bit) {
    report_name(checker, row, (bdc_str){ 0 }, BDC_RULE_DUPLICATE, BDC_ERROR);
  }
  *word |= bit;
}

/* `name` is whole, or the beginning of one that is too long to be documented. `hashed`: its hash has been fed. */
static void on_name(bdc_checker *checker, bdc_str name, bool whole, bool hashed) {
  bdc__frame *frame = checker->innermost;
  frame->count++;
  checker->path_size = frame->path_size;
  if (frame->mode == BDC__MODE_MUTED) {
    return;
  }
  if (frame->mode == BDC__MODE_ROWS) {
    const bdc_row *row = whole ? find_row(frame, name) : NULL;
    if (row) {
      documented_name(checker, frame, row);
      return;
    }
    frame->member = NULL;
  }
  push_name(checker, name);
  if (!hashed) {
    bdc__siphash_begin(&checker->names.hash, &checker->names.key);
    bdc__siphash_feed(&checker->names.hash, name.data, name.size);
  }
  if (frame->mode == BDC__MODE_ROWS) {
    undocumented_name(checker, frame->row->object, name);
  }
  remember_name(checker, name);
}

/*
 * A name that comes in chunks is put together as far as a documented name can be long, or a report shows it; what is beyond matters
 * only to the hash.
 */
static void on_name_chunk(bdc_checker *checker) {
  const bdc__json_reader *reader = &checker->reader;
  if (reader->first && reader->last) {
    on_name(checker, reader->text, true, false);
    return;
  }
  if (reader->first) {
    checker->name_size = 0;
    bdc__siphash_begin(&checker->names.hash, &checker->names.key);
  }
  bdc__siphash_feed(&checker->names.hash, reader->text.data, reader->text.size);
  size_t room = checker->name_size < BDC__NAME_MAX ? BDC__NAME_MAX - checker->name_size : 0;
  size_t size = reader->text.size < room ? reader->text.size : room;
  if (size) {
    memcpy(checker->name + checker->name_size, reader->text.data, size);
  }
  checker->name_size += reader->text.size;
  if (reader->last) {
    bool whole = checker->name_size <= BDC__NAME_MAX;
    bdc_str name = { checker->name, whole ? checker->name_size : BDC__NAME_MAX };
    on_name(checker, whole ? name : bdc__utf8_cut(name, BDC__NAME_CHARACTERS), whole, true);
  }
}

/* ---- scalars ---- */

static void note_included(bdc_checker *checker, bdc_str whole, bool overflow) {
  bdc__frame *frame = checker->innermost;
  if (frame && frame->mode == BDC__MODE_ELEMENTS && !frame->is_object && frame->row->includes.data && !overflow) {
    frame->included = frame->included || bdc__str_equal(frame->row->includes, whole);
  }
}

static void on_string_chunk(bdc_checker *checker) {
  const bdc__json_reader *reader = &checker->reader;
  if (reader->first) {
    const bdc_row *row = row_of_value(checker);
    if (row && row->kind != BDC_KIND_STRING) {
      check_type(checker, row, BDC__TYPE_STRING);
      row = NULL;
    }
    if (row && reader->last) {
      bdc__string_whole(checker, row, reader->text, reader->ascii, reader->token_offset);
      note_included(checker, reader->text, reader->text.size > checker->settings.limits.value_size);
      return;
    }
    bdc__string_begin(checker, row);
  }
  if (!checker->string.row) {
    return;
  }
  bdc__string_chunk(checker, reader->text, reader->text_offset, reader->ascii, false);
  if (reader->last) {
    bdc__string_end(checker, reader->token_offset);
    note_included(checker, checker->string.whole, checker->string.overflow);
  }
}

/* Nothing is said of a number before its last chunk: until then it may turn out to be no number at all. */
static void on_number_chunk(bdc_checker *checker) {
  const bdc__json_reader *reader = &checker->reader;
  if (reader->first) {
    bdc__string_begin(checker, row_of_value(checker));
  }
  bdc__string *number = &checker->string;
  if (!number->row) {
    return;
  }
  bool only = reader->first && reader->last;
  if (only) {
    number->whole = reader->text;
    number->overflow = reader->text.size > checker->settings.limits.value_size;
  } else {
    number->overflow = !bdc__value_add(checker, reader->text) || number->overflow;
    number->whole = (bdc_str){ checker->value, checker->value_size };
  }
  if (!reader->last) {
    return;
  }
  const bdc_row *row = check_type(checker, number->row, BDC__TYPE_NUMBER);
  if (row && row->kind != BDC_KIND_ANY) {
    bdc__number_check(checker, row, number->whole, reader->integral, number->overflow, reader->token_offset);
  }
}

/* ---- faults of the text ---- */

static bdc_rule rule_of(bdc__json_fault fault) {
  switch (fault) {
  case BDC__JSON_FAULT_UTF8:
  case BDC__JSON_FAULT_BYTE_ORDER_MARK:
  case BDC__JSON_FAULT_SURROGATE:
    return BDC_RULE_ENCODING;
  case BDC__JSON_FAULT_DEPTH:
    return BDC_RULE_LIMIT;
  default:
    return BDC_RULE_SYNTAX;
  }
}

static void on_fault(bdc_checker *checker) {
  bdc__json_fault fault = checker->reader.fault;
  uint64_t measure = fault;
  if (fault == BDC__JSON_FAULT_DEPTH) {
    measure = (uint64_t)checker->settings.limits.depth << BDC__MEASURE_BITS | BDC__LIMIT_DEPTH;
  }
  bdc__violate(checker, NULL, rule_of(fault), checker->reader.fault_offset, measure);
  checker->stopped = true;
}

/* ---- the loop ---- */

void bdc__body_begin(bdc_checker *checker) {
  checker->depth = 0;
  checker->innermost = NULL;
  checker->path_size = 0;
  checker->names_full = false;
  bdc__names_cut(&checker->names, 0);
  bdc__json_begin(&checker->reader, checker->containers, checker->settings.limits.depth);
  bdc__place_begin(checker);
}

static void on_event(bdc_checker *checker, bdc__json_event event) {
  switch (event) {
  case BDC__JSON_NAME:
    on_name_chunk(checker);
    return;
  case BDC__JSON_STRING:
    on_string_chunk(checker);
    return;
  case BDC__JSON_NUMBER:
    on_number_chunk(checker);
    return;
  case BDC__JSON_OBJECT:
    open_container(checker, true);
    return;
  case BDC__JSON_ARRAY:
    open_container(checker, false);
    return;
  case BDC__JSON_OBJECT_END:
  case BDC__JSON_ARRAY_END:
    close_container(checker);
    return;
  case BDC__JSON_TRUE:
  case BDC__JSON_FALSE:
    check_type(checker, row_of_value(checker), BDC__TYPE_BOOLEAN);
    return;
  case BDC__JSON_NULL:
    check_type(checker, row_of_value(checker), BDC__TYPE_NULL);
    return;
  default:
    on_fault(checker);
    return;
  }
}

void bdc__body_read(bdc_checker *checker, const void *piece, size_t size, bool final) {
  bdc__json_feed(&checker->reader, piece, size, final);
  while (!checker->stopped) {
    if (checker->innermost && checker->innermost->mode == BDC__MODE_ROWS) {
      bdc__members_read(checker);
      if (checker->stopped) {
        return;
      }
    }
    bdc__json_event event = bdc__json_next(&checker->reader);
    if (event <= BDC__JSON_END) {
      if (event == BDC__JSON_MORE) {
        bdc__place_leave_piece(checker);
      }
      return;
    }
    on_event(checker, event);
  }
}
