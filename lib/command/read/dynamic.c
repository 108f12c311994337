/* SPDX-License-Identifier: MIT */
/*
 * The dynamic variables of the REST Client of Visual Studio Code ($guid, $timestamp, $datetime, $randomInt, in its README) and of the
 * HTTP Client of JetBrains ($uuid, $isoTimestamp, $random.*, in its help on variables). A time is 2023-11-14 22:13:20 UTC, which is
 * 1,700,000,000 seconds of Unix; a random number is the lowest one; a random text is the letter "a", which is a hexadecimal digit, too.
 */
#include "read/dynamic.h"

#include "read/line.h"
#include "text.h"

#include <string.h>

enum { ROOM = 64 };

typedef enum form {
  FORM_FIXED,  /* the value, whatever the arguments */
  FORM_TIME,   /* "iso8601" or "rfc1123", then perhaps an offset */
  FORM_NUMBER, /* the first argument, and the value where there is none */
  FORM_TEXT    /* as many letters as the argument says */
} form;

typedef struct dynamic {
  const char *name;
  form form;
  const char *value;
} dynamic;

static const dynamic dynamics[] = {
  { "$guid", FORM_FIXED, "00000000-0000-4000-8000-000000000000" },
  { "$uuid", FORM_FIXED, "00000000-0000-4000-8000-000000000000" },
  { "$random.uuid", FORM_FIXED, "00000000-0000-4000-8000-000000000000" },
  { "$random.email", FORM_FIXED, "a@example.com" },
  { "$timestamp", FORM_FIXED, "1700000000" },
  { "$isoTimestamp", FORM_FIXED, "2023-11-14T22:13:20.000Z" },
  { "$datetime", FORM_TIME, "2023-11-14T22:13:20.000Z" },
  { "$localDatetime", FORM_TIME, "2023-11-14T22:13:20.000+00:00" },
  { "$randomInt", FORM_NUMBER, "0" },
  { "$random.integer", FORM_NUMBER, "0" },
  { "$random.float", FORM_NUMBER, "0.0" },
  { "$random.alphabetic", FORM_TEXT, NULL },
  { "$random.alphanumeric", FORM_TEXT, NULL },
  { "$random.hexadecimal", FORM_TEXT, NULL },
};

/* The first number of "1 10" or "(1, 10)"; empty where another thing stands there. */
static bdc_str first_number(bdc_str arguments) {
  size_t start = 0;
  while (start < arguments.size && (arguments.data[start] == '(' || arguments.data[start] == ' ')) {
    start++;
  }
  size_t end = start + (start < arguments.size && arguments.data[start] == '-');
  size_t digits = end;
  while (end < arguments.size && ((arguments.data[end] >= '0' && arguments.data[end] <= '9') || arguments.data[end] == '.')) {
    end++;
  }
  return end > digits && end - start < ROOM ? (bdc_str){ arguments.data + start, end - start } : (bdc_str){ NULL, 0 };
}

static bdc_str time_value(const dynamic *known, bdc_str arguments) {
  if (cmd_starts_with(arguments, "iso8601")) {
    return cmd_str(known->value);
  }
  return cmd_starts_with(arguments, "rfc1123") ? BDC_STR("Tue, 14 Nov 2023 22:13:20 GMT") : (bdc_str){ NULL, 0 };
}

static bdc_str number_value(const dynamic *known, bdc_str arguments, char room[ROOM]) {
  if (arguments.size == 0 || cmd_equal(arguments, BDC_STR("()"))) {
    return cmd_str(known->value);
  }
  bdc_str number = first_number(arguments);
  if (number.size > 0) {
    memcpy(room, number.data, number.size);
  }
  return (bdc_str){ room, number.size };
}

static bdc_str text_value(bdc_str arguments, char room[ROOM]) {
  bdc_str number = first_number(arguments);
  size_t length = 0;
  for (size_t i = 0; i < number.size && length <= ROOM; i++) {
    length = number.data[i] >= '0' && number.data[i] <= '9' ? length * 10 + (size_t)(number.data[i] - '0') : ROOM + 1;
  }
  if (length > ROOM) {
    return (bdc_str){ NULL, 0 };
  }
  memset(room, 'a', length);
  return (bdc_str){ room, length };
}

bdc_str cmd_dynamic_value(bdc_str name, bdc_str arguments, char room[ROOM]) {
  for (size_t i = 0; i < sizeof(dynamics) / sizeof(*dynamics); i++) {
    const dynamic *known = &dynamics[i];
    if (!cmd_equal(name, cmd_str(known->name))) {
      continue;
    }
    switch (known->form) {
    case FORM_FIXED:
      return cmd_str(known->value);
    case FORM_TIME:
      return time_value(known, arguments);
    case FORM_NUMBER:
      return number_value(known, arguments, room);
    case FORM_TEXT:
      return text_value(arguments, room);
    }
  }
  return (bdc_str){ NULL, 0 };
}
