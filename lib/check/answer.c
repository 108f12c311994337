/* SPDX-License-Identifier: MIT */
/* The documented error, written out: its message, and the body that the service documents for it. */
#include "check/checker.h"

#include "base/text.h"
#include "base/utf8.h"

/* What {field} stands for when the whole body is meant. */
static const bdc_str whole_body = BDC__STR_INIT("body");

static bdc_str field_of(const bdc_violation *cause) {
  return cause->field.size ? cause->field : whole_body;
}

/* The message with its field, which `add` writes: a name that was sent may hold anything. */
static void add_message(bdc__text *text, const bdc_error *error, void (*add)(bdc__text *, bdc_str)) {
  static const bdc_str mark = BDC__STR_INIT("{field}");
  bdc_str message = error->message;
  for (size_t at = 0; at + mark.size <= message.size;) {
    if (memcmp(message.data + at, mark.data, mark.size) != 0) {
      at++;
      continue;
    }
    bdc__text_add(text, (bdc_str){ message.data, at });
    add(text, field_of(error->cause));
    message = bdc__str_from(message, at + mark.size);
    at = 0;
  }
  bdc__text_add(text, message);
}

static void add_detail(bdc__text *text, const bdc_violation *cause) {
  enum { MESSAGE_SIZE = 512 };
  char message[MESSAGE_SIZE];
  if (bdc_violation_message(cause, message, sizeof message, NULL) != BDC_OK) {
    bdc__text_add_literal(text, bdc_rule_name(cause->rule));
    return;
  }
  bdc__text_add(text, field_of(cause));
  bdc__text_add_literal(text, " ");
  bdc__text_add_literal(text, message);
}

bdc_status bdc_error_message(const bdc_report *report, char *buffer, size_t size, size_t *needed) {
  bdc__text text = bdc__text_in(buffer, size);
  if (report->error) {
    add_message(&text, report->error, bdc__text_add_escaped);
  }
  bdc_status status = bdc__text_end(&text, needed);
  return report->error ? status : BDC_ERR_NO_ERROR;
}

enum { CONTENT_SIZE = 4096 }; /* more than any message of the tables is long */

/* A member's content before it is cut to its documented length, perhaps made in `memory`; empty where the member is left out. */
static bdc_str content_of(const bdc__answer_row *row, const bdc_report *report, char memory[CONTENT_SIZE]) {
  bdc__text text = bdc__text_in(memory, CONTENT_SIZE);
  switch (row->content) {
  case BDC__CONTENT_CODE:
    return report->error->code;
  case BDC__CONTENT_MESSAGE:
    add_message(&text, report->error, bdc__text_add);
    return text.size <= text.capacity ? (bdc_str){ memory, text.size } : report->error->message;
  case BDC__CONTENT_DETAIL:
    add_detail(&text, report->error->cause);
    return (bdc_str){ memory, text.size <= text.capacity ? text.size : 0 };
  case BDC__CONTENT_REQUEST_ID:
    break;
  }
  return bdc__utf8_valid(report->request_id) ? report->request_id : (bdc_str){ 0 };
}

static void add_member(bdc__text *text, const bdc__answer_row *row, bdc_str content, bool first) {
  size_t characters = row->length_max > SIZE_MAX ? SIZE_MAX : (size_t)row->length_max;
  bdc__text_add_literal(text, first ? "\"" : ",\"");
  bdc__text_add_escaped(text, row->name);
  bdc__text_add_literal(text, "\":\"");
  bdc__text_add_escaped(text, bdc__utf8_cut(content, characters));
  bdc__text_add_literal(text, "\"");
}

bdc_status bdc_error_render(const bdc_report *report, char *buffer, size_t size, size_t *needed) {
  bdc__text text = bdc__text_in(buffer, size);
  if (!report->error) {
    bdc__text_end(&text, needed);
    return BDC_ERR_NO_ERROR;
  }
  const bdc_service *service = report->operation->service;
  bool first = true;
  bdc__text_add_literal(&text, "{");
  for (size_t i = 0; i < service->answer_count; i++) {
    char memory[CONTENT_SIZE];
    bdc_str content = content_of(&service->answers[i], report, memory);
    if (content.size) {
      add_member(&text, &service->answers[i], content, first);
      first = false;
    }
  }
  bdc__text_add_literal(&text, "}");
  return bdc__text_end(&text, needed);
}
