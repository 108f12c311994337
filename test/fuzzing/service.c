/* SPDX-License-Identifier: MIT */
#include "fuzzing/service.h"

#include "fuzzing/json.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME, REMARK, KEY, SECRET, DOMAIN_ID, PROJECT_ID, FIELDS };
enum { KEY_MAX = 200, REMARK_MAX = 255 };

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

static const struct field {
  const char *name;
  size_t length_min;
  size_t length_max;
  const char *start; /* NULL: any character */
  const char *charset;
} fields[FIELDS] = {
  [NAME] = { "name", 3, 64, LETTERS, LETTERS DIGITS "_" },
  [REMARK] = { "remark", 0, REMARK_MAX, NULL, NULL },
  [KEY] = { "app_key", 8, KEY_MAX, LETTERS DIGITS, LETTERS DIGITS "-_" },
  [SECRET] = { "app_secret", 8, 128, LETTERS DIGITS, LETTERS DIGITS "_-!@#$%" },
  [DOMAIN_ID] = { "related_domain_id", 32, 36, NULL, NULL },
  [PROJECT_ID] = { "related_project_id", 32, 36, NULL, NULL },
};

/* What may be wrong; of several, the first is answered. */
typedef enum fault { MALFORMED, MISSING, TOO_SHORT, TOO_LONG, INVALID, NONE } fault;

typedef struct app {
  unsigned flaws;
  fault fault;
  json_text values[FIELDS]; /* data NULL: not given */
  bool given[FIELDS];       /* in whatever type */
  unsigned long id;         /* of what was stored */
} app;

static void blame(app *a, fault found) {
  a->fault = found < a->fault ? found : a->fault;
}

/* ---- reading ---- */

static bool all_of(const json_text *value, const char *set) {
  return !set || (value->size == strlen(value->data) && strspn(value->data, set) == value->size);
}

static void check_value(app *a, int field, const json_text *value) {
  const struct field *rules = &fields[field];
  bool bytes = a->flaws & FLAW_COUNTS_BYTES && field == REMARK;
  size_t length = bytes ? value->size : value->characters;
  if (length < rules->length_min) {
    blame(a, a->flaws & FLAW_OTHER_CODE ? INVALID : TOO_SHORT);
  }
  if (length > rules->length_max) {
    blame(a, TOO_LONG);
  }
  bool marks = a->flaws & FLAW_TAKES_MARKS && field == NAME;
  bool starts = !rules->start || value->size == 0 || (value->data[0] && strchr(rules->start, value->data[0]));
  if (!starts || !all_of(value, marks ? fields[SECRET].charset : rules->charset)) {
    blame(a, INVALID);
  }
}

/* The value of a field that was there before. */
static void take_again(app *a, int field, json_text *value) {
  json_text *first = &a->values[field];
  if (a->flaws & FLAW_SECOND_SECRET && field == SECRET && first->data && value->data && a->fault == NONE) {
    memcpy(first->data, value->data, value->size + 1); /* the flaw: there is as much room as the first one needed */
    first->size = value->size;
  } else {
    blame(a, MALFORMED);
  }
  free(value->data);
}

/* Values are kept in memory of their own size. */
static json_text fitted(json_text text) {
  char *data = malloc(text.size + 1);
  assert(data);
  memcpy(data, text.data, text.size + 1);
  free(text.data);
  text.data = data;
  return text;
}

static void read_value(app *a, json *in, int field) {
  json_text value = { 0 };
  if (json_peek(in) == '"') {
    value = json_string(in);
    check_value(a, field, &value);
  } else {
    json_skip(in);
    blame(a, INVALID);
  }
  if (a->given[field]) {
    take_again(a, field, &value);
  } else if (value.data) {
    a->values[field] = fitted(value);
  }
  a->given[field] = true;
}

static int field_of(const json_text *name) {
  for (int i = 0; i < FIELDS; i++) {
    if (name->size == strlen(fields[i].name) && memcmp(name->data, fields[i].name, name->size) == 0) {
      return i;
    }
  }
  return FIELDS;
}

static void read_member(app *a, json *in) {
  json_text name = json_string(in);
  int field = field_of(&name);
  free(name.data);
  json_take(in, ':');
  if (field == FIELDS) {
    json_skip(in);
    blame(a, INVALID);
  } else {
    read_value(a, in, field);
  }
}

static void read_members(app *a, json *in) {
  json_take(in, '{');
  in->depth++;
  while (!in->wrong && json_peek(in) != '}') {
    read_member(a, in);
    if (json_peek(in) != '}') {
      json_take(in, ',');
      in->wrong = in->wrong || json_peek(in) == '}';
    }
  }
  json_take(in, '}');
}

static void read_app(app *a, const void *body, size_t size) {
  json in = { .at = body, .end = (const unsigned char *)body + size };
  bool object = json_peek(&in) == '{';
  if (object) {
    read_members(a, &in);
  } else {
    json_skip(&in);
    blame(a, INVALID);
  }
  if (object && !a->given[NAME]) {
    blame(a, MISSING);
  }
  if (!json_done(&in)) {
    blame(a, MALFORMED);
  }
}

/* ---- updating: only what was found good comes here ---- */

static char *room_for(size_t size) {
  char *room = malloc(size);
  assert(room);
  return room;
}

/* Adds a copy to what identifies the app, and gives it up. */
static void give_up(app *a, char *copy, size_t size) {
  for (size_t i = 0; i < size; i++) {
    a->id = a->id * 31 + (unsigned char)copy[i];
  }
  free(copy);
}

static bool needs_surrogates(const json_text *text) {
  for (size_t i = 0; i < text->size; i++) {
    if ((unsigned char)text->data[i] >= 0xf0) {
      return true;
    }
  }
  return false;
}

static void write_log(app *a) {
  const json_text *key = &a->values[KEY];
  if (!key->data || !a->values[REMARK].data || !needs_surrogates(&a->values[REMARK])) {
    return;
  }
  char *line = room_for(a->flaws & FLAW_LONGEST_KEY ? KEY_MAX : KEY_MAX + 1);
  memcpy(line, key->data, key->size);
  line[key->size] = '\0';
  give_up(a, line, key->size);
}

static void store_remark(app *a) {
  const json_text *remark = &a->values[REMARK];
  if (remark->data) {
    char *column = room_for((a->flaws & FLAW_WIDE_REMARK ? 3 : 4) * REMARK_MAX);
    memcpy(column, remark->data, remark->size);
    give_up(a, column, remark->size);
  }
}

static void index_key(app *a) {
  const json_text *key = &a->values[KEY];
  if (key->data) {
    size_t size = a->flaws & FLAW_ESCAPED_KEY ? key->spelled : key->size;
    char *entry = room_for(size);
    memcpy(entry, key->data, size);
    give_up(a, entry, size);
  }
}

/* ---- answering ---- */

static void answer_error(const app *a, service_answer *answer) {
  static const char *const codes[] = {
    [MALFORMED] = "APIG.2000", [MISSING] = "APIG.2001", [TOO_SHORT] = "APIG.2005", [TOO_LONG] = "APIG.2006", [INVALID] = "APIG.2012"
  };
  bool bare = a->flaws & FLAW_BARE_ERROR;
  answer->status = a->flaws & FLAW_WRONG_HTTP_STATUS && a->fault == MISSING ? 500 : 400;
  answer->size = (size_t)snprintf(answer->body, sizeof answer->body, "{\"error_code\":\"%s\"%s}", codes[a->fault],
                                  bare ? "" : ",\"error_msg\":\"The request was refused\"");
}

/* A name that was found good needs no escapes. */
static void answer_app(const app *a, service_answer *answer) {
  const char *quote = a->flaws & FLAW_STATUS_IS_TEXT ? "\"" : "";
  answer->status = 200;
  answer->size =
      (size_t)snprintf(answer->body, sizeof answer->body, "{\"id\":\"%lx\",\"name\":\"%s\",\"status\":%s1%s,\"app_type\":\"apig\"}",
                       a->id, a->values[NAME].data, quote, quote);
}

void service_update(const void *body, size_t size, unsigned flaws, service_answer *answer) {
  app a = { .flaws = flaws, .fault = NONE };
  read_app(&a, body, size);
  if (a.fault == NONE) {
    write_log(&a);
    store_remark(&a);
    index_key(&a);
    answer_app(&a, answer);
  } else {
    answer_error(&a, answer);
  }
  for (int i = 0; i < FIELDS; i++) {
    free(a.values[i].data);
  }
}
