/* SPDX-License-Identifier: MIT */
#include "messages.h"

#include "find/content.h"
#include "find/paths.h"
#include "memory.h"
#include "read/har.h"
#include "read/http.h"
#include "text.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

/* One file of messages on its way through a worker. */
typedef struct reading {
  cmd_worker *worker;
  const cmd_item *item;
  const bdc_operation *asked; /* the operation of the last request; NULL where it has none */
  bdc_header *headers;        /* room for those of a message, and one more */
  size_t headers_capacity;
  bdc_report unchecked; /* of a message of which there is nothing to check */
  cmd_paths variables;  /* what has been said of those that are not known */
} reading;

/* ---- places ---- */

static size_t header_offset(const cmd_message *message, const bdc_violation *violation) {
  if (violation->line == 0 || violation->line > message->header_count) {
    return message->place;
  }
  return cmd_message_find(message, message->headers[violation->line - 1].value, violation->offset);
}

static size_t file_offset(const cmd_message *message, const bdc_violation *violation) {
  switch (violation->in) {
  case BDC_IN_BODY:
    return message->has_body ? cmd_message_find(message, message->body, violation->offset) : message->place;
  case BDC_IN_PATH:
  case BDC_IN_QUERY:
    return cmd_message_find(message, message->target, violation->offset);
  case BDC_IN_HEADER:
    return header_offset(message, violation);
  case BDC_IN_STATUS:
    break;
  }
  return message->place;
}

typedef struct places {
  cmd_places *file;
  const cmd_message *message;
} places;

static cmd_place find_place(void *context, const bdc_violation *violation) {
  const places *p = context;
  return cmd_places_find(p->file, file_offset(p->message, violation));
}

/* ---- results ---- */

static void add_result(reading *r, const cmd_message *message, const bdc_report *report, const char *reason) {
  cmd_worker *worker = r->worker;
  cmd_input input = { .name = cmd_worker_name(worker, r->item),
                      .entry = message->entry,
                      .whole = true,
                      .entry_pointer = message->body_pointer,
                      .body = message->has_body ? message->body : (bdc_str){ 0 } };
  cmd_result result = { .input = &input, .report = report, .reason = reason };
  places where = { &worker->places, message };
  cmd_worker_judge(worker, r->item, &result, &(cmd_locator){ .find = find_place, .context = &where });
}

static void add_note(reading *r, size_t entry, size_t offset, cmd_own_rule rule, bdc_severity severity, bdc_str text) {
  cmd_output copy = CMD_MEMORY;
  cmd_put(&copy, text);
  cmd_put(&copy, (bdc_str){ "", 1 });
  cmd_place place = cmd_places_find(&r->worker->places, offset);
  cmd_note note = { .rule = rule, .severity = severity, .entry = entry, .line = place.line, .column = place.column, .text = copy.data };
  /* Where no report is written, standard error says why the exit status is 2. */
  bool unread = rule == CMD_OWN_HTTP || rule == CMD_OWN_HAR;
  cmd_worker_say(r->worker, r->item, &note, unread && r->worker->silent);
  cmd_output_free(&copy);
}

/* ---- operations ---- */

/* The target without its query, and without a user and password in its authority. */
static void put_target(cmd_output *out, bdc_str target) {
  bdc_str authority = { 0 };
  size_t path = cmd_target_authority(target, &authority);
  size_t end = path;
  while (end < target.size && target.data[end] != '?') {
    end++;
  }
  if (path > 0) {
    cmd_put(out, (bdc_str){ target.data, (size_t)(authority.data - target.data) });
    cmd_put(out, cmd_authority_host(authority));
  }
  cmd_put(out, (bdc_str){ target.data + path, end - path });
}

/* What a request asks for. Its path may be full of values, which are not shown unasked; the query and who asks never are. */
static void put_endpoint(cmd_output *out, const cmd_message *message, bool show_values) {
  cmd_put(out, message->method);
  if (show_values && message->target.size > 0) {
    cmd_puts(out, " ");
    put_target(out, message->target);
  } else if (message->host.size > 0) {
    cmd_puts(out, " on ");
    cmd_put(out, message->host);
  }
}

static void tell_endpoint(reading *r, const cmd_message *message, bdc_status status) {
  cmd_policy policy = r->worker->check->endpoints;
  r->worker->reports.totals.endpoints++;
  if (policy == CMD_POLICY_IGNORE) {
    return;
  }
  cmd_output text = CMD_MEMORY;
  put_endpoint(&text, message, r->worker->check->show_values);
  cmd_puts(&text, ": ");
  cmd_puts(&text, bdc_status_text(status));
  add_note(r, message->entry, message->place, CMD_OWN_ENDPOINT, policy == CMD_POLICY_ERROR ? BDC_ERROR : BDC_WARNING,
           cmd_output_text(&text));
  cmd_output_free(&text);
}

/* That of the options or of the .bodycheck line, else that of method, target and host. NULL where there is none, which has been told. */
static const bdc_operation *operation_of(reading *r, const cmd_message *message) {
  if (r->item->operation) {
    return r->item->operation;
  }
  const bdc_operation *operation = NULL;
  const bdc_ruleset *ruleset = r->worker->check->contexts[r->item->context].ruleset;
  bdc_request request = {
    .method = message->method, .target = message->target, .headers = message->headers, .header_count = message->header_count
  };
  bdc_status status = bdc_route_request(ruleset, &request, &operation, NULL, 0, NULL);
  if (status != BDC_OK) {
    tell_endpoint(r, message, status);
  }
  return operation;
}

/* ---- checks ---- */

/*
 * The header fields of a message whose body is not at hand: with one more that says that it is encoded, so that the library checks the
 * head, and says of the body that nothing can be said.
 */
static const bdc_header *headers_of(reading *r, const cmd_message *message, bool body_hidden, size_t *count) {
  *count = message->header_count;
  if (!body_hidden) {
    return message->headers;
  }
  if (r->headers_capacity <= message->header_count) {
    r->headers_capacity = message->header_count + 1;
    r->headers = cmd_resize(r->headers, r->headers_capacity, sizeof(*r->headers));
  }
  if (message->header_count > 0) {
    memcpy(r->headers, message->headers, message->header_count * sizeof(*r->headers));
  }
  r->headers[(*count)++] = (bdc_header){ BDC_STR("Content-Encoding"), BDC_STR("not-at-hand") };
  return r->headers;
}

/* Of a head with placeholders nothing is known: the body is checked alone. */
static bool is_head_known(const cmd_message *message) {
  return (message->unresolved & ~(1u << BDC_IN_BODY)) == 0;
}

static const char *why_hidden(const cmd_message *message) {
  if (message->unresolved & 1u << BDC_IN_BODY) {
    return "the body has variables that are not defined";
  }
  return message->body_unknown;
}

static void check_request(reading *r, const cmd_message *message, const bdc_operation *operation, bool body_hidden) {
  size_t count;
  const bdc_header *headers = headers_of(r, message, body_hidden, &count);
  bdc_str body = body_hidden ? BDC_STR("?") : message->body; /* there is one: a body that is missing would be a fault */
  bdc_request request = { .operation = operation,
                          .method = message->method,
                          .target = message->target,
                          .headers = headers,
                          .header_count = count,
                          .body = body.data,
                          .body_size = body.size };
  bdc_check_request(cmd_worker_checker(r->worker, r->item), &request);
  if (!body_hidden) {
    cmd_worker_cover(r->worker, r->item, body, &request, NULL);
  }
}

static void check_response(reading *r, const cmd_message *message, const bdc_operation *operation, bool body_hidden) {
  size_t count;
  const bdc_header *headers = headers_of(r, message, body_hidden, &count);
  bdc_str body = body_hidden ? BDC_STR("?") : message->body;
  bdc_response response = {
    .status = message->status, .headers = headers, .header_count = count, .body = body.data, .body_size = body.size
  };
  bdc_check_response(cmd_worker_checker(r->worker, r->item), operation, &response);
  if (!body_hidden) {
    cmd_worker_cover(r->worker, r->item, body, NULL, &response);
  }
}

static void check_body_alone(reading *r, const cmd_message *message, const bdc_operation *operation) {
  bdc_check_body(cmd_worker_checker(r->worker, r->item), operation, message->response ? message->status : 0, message->body.data,
                 message->body.size);
  cmd_worker_cover(r->worker, r->item, message->body, NULL, NULL);
}

/* As the library says it of an encoded body. */
static const bdc_report *check_nothing(reading *r, const cmd_message *message, const bdc_operation *operation) {
  r->unchecked = (bdc_report){ .verdict = BDC_UNCHECKED,
                               .reason = BDC_REASON_CONTENT_ENCODING,
                               .operation = operation,
                               .http_status = message->response ? message->status : 0 };
  return &r->unchecked;
}

static const bdc_report *check(reading *r, const cmd_message *message, const bdc_operation *operation, bool body_hidden) {
  if (!is_head_known(message) && body_hidden) {
    return check_nothing(r, message, operation);
  }
  if (!is_head_known(message)) {
    check_body_alone(r, message, operation);
  } else if (message->response) {
    check_response(r, message, operation, body_hidden);
  } else {
    check_request(r, message, operation, body_hidden);
  }
  return bdc_checker_report(cmd_worker_checker(r->worker, r->item));
}

/* The path of a file that is named in the item, from its folder. */
static char *path_beside(const cmd_item *item, bdc_str name) {
  const char *slash = strrchr(item->path, '/');
  if (name.size > 2 && memcmp(name.data, "./", 2) == 0) {
    name = (bdc_str){ name.data + 2, name.size - 2 };
  }
  size_t folder = slash && name.data[0] != '/' ? (size_t)(slash - item->path) + 1 : 0;
  char *path = cmd_resize(NULL, folder + name.size + 1, 1);
  memcpy(path, item->path, folder);
  memcpy(path + folder, name.data, name.size);
  path[folder + name.size] = '\0';
  return path;
}

/* Reads a file that a message names. Returns why it cannot, or NULL. */
static const char *read_body_file(const char *path, cmd_output *text) {
  int error = cmd_content_read(AT_FDCWD, path, 0, text);
  return error != 0 ? cmd_content_reason(error) : NULL;
}

/* It is told where the message names the file. */
static void tell_body_file(reading *r, const cmd_message *message, const char *mistake) {
  cmd_output text = CMD_MEMORY;
  cmd_puts(&text, "the file of the body, ");
  cmd_put(&text, message->body_file);
  cmd_puts(&text, ", cannot be read: ");
  cmd_puts(&text, mistake);
  add_note(r, message->entry, cmd_message_find(message, message->body_file, 0), CMD_OWN_HTTP, BDC_ERROR, cmd_output_text(&text));
  cmd_output_free(&text);
}

/*
 * A body that is a file of its own: its result bears the name of that file. It remains one of the messages of the item, of which not all
 * need be as the item is expected to be.
 */
static void check_body_file(reading *r, const cmd_message *message, const bdc_operation *operation) {
  char *path = path_beside(r->item, message->body_file);
  cmd_item item = *r->item;
  item.path = path;
  item.operation = operation;
  item.http_status = message->response ? message->status : 0;
  cmd_output text = CMD_MEMORY;
  const char *mistake = read_body_file(path, &text);
  if (mistake) {
    tell_body_file(r, message, mistake);
  } else {
    cmd_worker_body(r->worker, &item, 0, cmd_output_text(&text));
  }
  cmd_output_free(&text);
  free(path);
}

static void check_message(reading *r, const cmd_message *message, const bdc_operation *operation) {
  const char *hidden = why_hidden(message);
  const bdc_report *report = check(r, message, operation, hidden != NULL);
  if (message->body_file.size > 0) {
    if (report->verdict == BDC_INVALID) {
      add_result(r, message, report, NULL);
    }
    check_body_file(r, message, operation);
    return;
  }
  add_result(r, message, report, report->reason == BDC_REASON_CONTENT_ENCODING ? hidden : NULL);
}

static void take_request(reading *r, const cmd_message *message) {
  r->asked = operation_of(r, message);
  if (r->asked) {
    check_message(r, message, r->asked);
  }
}

static void take_response(reading *r, const cmd_message *message) {
  const bdc_operation *operation = r->item->operation ? r->item->operation : message->answers ? r->asked : NULL;
  if (operation) {
    check_message(r, message, operation);
  } else if (!message->answers) {
    add_note(r, message->entry, message->place, CMD_OWN_UNMAPPED, BDC_ERROR,
             BDC_STR("nothing says which operation this response is of: no request stands before it"));
  }
}

static void take_message(const cmd_message *message, void *context) {
  reading *r = context;
  r->worker->reports.totals.several |= message->entry > 0 || message->answers;
  if (message->response) {
    take_response(r, message);
  } else {
    take_request(r, message);
  }
}

/* A variable that is not known is no mistake as long as nothing that is checked depends on it. It is told where it is met first. */
static void tell_variable(reading *r, const cmd_mistake *mistake) {
  if (!cmd_paths_find(&r->variables, mistake->text)) {
    cmd_paths_add(&r->variables, mistake->text, r);
    add_note(r, mistake->entry, mistake->offset, CMD_OWN_VARIABLE, BDC_WARNING, mistake->text);
  }
}

static void take_mistake(const cmd_mistake *mistake, void *context) {
  reading *r = context;
  bdc_str rule = cmd_str(mistake->rule);
  if (cmd_equal(rule, BDC_STR("variable"))) {
    tell_variable(r, mistake);
  } else {
    add_note(r, mistake->entry, mistake->offset, cmd_equal(rule, BDC_STR("har")) ? CMD_OWN_HAR : CMD_OWN_HTTP, BDC_ERROR,
             mistake->text);
  }
}

void cmd_worker_messages(cmd_worker *worker, const cmd_item *item, bdc_str text) {
  reading r = { .worker = worker, .item = item };
  cmd_sink sink = { .message = take_message, .mistake = take_mistake, .context = &r };
  uint64_t *unread = &worker->reports.totals.unread;
  uint64_t unread_before = *unread;
  cmd_places_start(&worker->places, text);
  if (item->kind == CMD_ITEM_HAR) {
    cmd_har_read(text, &sink);
  } else {
    cmd_http_read(text, &sink);
  }
  /* However many mistakes it has, it is one file. */
  *unread = *unread > unread_before ? unread_before + 1 : unread_before;
  free(r.headers);
  cmd_paths_free(&r.variables);
}
