/* SPDX-License-Identifier: MIT */
#include "explain/place.h"

#include "collect.h"
#include "cover/at.h"
#include "find/content.h"
#include "read/har.h"
#include "read/http.h"
#include "text.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PLACE_MAX = 1000000000 };

/* ---- FILE:LINE:COLUMN ---- */

/* The number behind the last colon of a path, which is then cut off; false where there is none. */
static bool take_number(char *path, size_t *number) {
  char *colon = strrchr(path, ':');
  if (!colon || !cmd_number_parse(colon + 1, 1, PLACE_MAX, number)) {
    return false;
  }
  *colon = '\0';
  return true;
}

static char *split(const char *at, cmd_spot *spot, cmd_output *out) {
  char *path = strdup(at);
  if (path && take_number(path, &spot->column) && take_number(path, &spot->line) && path[0] != '\0') {
    return path;
  }
  cmd_error(out, "explain: --at takes FILE:LINE:COLUMN, both counted from 1, not '%s'", at);
  free(path);
  return NULL;
}

/* ---- files that hold whole messages ---- */

typedef struct seeker {
  const cmd_collection *collection;
  const cmd_item *item;
  const cmd_spot *spot; /* in the file */
  cmd_output *out;
  const bdc_operation *asked; /* that of the last request */
  int status;                 /* -1 until the place is found */
} seeker;

/* The offset in a body of what stands at an offset of the file; false where that is not in it. */
static bool offset_in_body(const cmd_message *message, size_t wanted, size_t *offset) {
  for (size_t i = 0; message->has_body && i < message->body.size; i++) {
    size_t start = cmd_message_find(message, message->body, i);
    size_t end = cmd_message_find(message, message->body, i + 1);
    if (wanted >= start && (wanted < end || wanted == start)) {
      *offset = i;
      return true;
    }
  }
  return false;
}

static const bdc_operation *operation_of(const seeker *s, const cmd_message *message) {
  if (s->item->operation || message->response) {
    return s->item->operation ? s->item->operation : message->answers ? s->asked : NULL;
  }
  bdc_request request = {
    .method = message->method, .target = message->target, .headers = message->headers, .header_count = message->header_count
  };
  const bdc_operation *operation = NULL;
  (void)bdc_route_request(s->collection->contexts[s->item->context].ruleset, &request, &operation, NULL, 0, NULL);
  return operation;
}

static void seek_in(const cmd_message *message, void *context) {
  seeker *s = context;
  const bdc_operation *operation = operation_of(s, message);
  cmd_spot spot = *s->spot;
  spot.in_part = true;
  s->asked = message->response ? s->asked : operation;
  if (s->status >= 0 || !offset_in_body(message, s->spot->offset, &spot.offset)) {
    return;
  }
  s->status = 2;
  if (operation) {
    s->status =
        cmd_explain_at_offset(s->out, operation, message->response ? message->status : 0, cmd_str(s->item->path), message->body, &spot);
  } else {
    cmd_error(s->out, "explain: %s: the message at this place is of no known operation", s->item->path);
  }
}

/* `check` tells the mistakes of a file. */
static void pass_over(const cmd_mistake *mistake, void *context) {
  (void)mistake;
  (void)context;
}

static int explain_messages(const cmd_collection *c, const cmd_item *item, bdc_str text, const cmd_spot *spot) {
  seeker s = { .collection = c, .item = item, .spot = spot, .out = c->out, .status = -1 };
  cmd_sink sink = { .message = seek_in, .mistake = pass_over, .context = &s };
  if (item->kind == CMD_ITEM_HAR) {
    cmd_har_read(text, &sink);
  } else {
    cmd_http_read(text, &sink);
  }
  if (s.status < 0) {
    cmd_error(c->out, "explain: %s:%zu:%zu: this is in no body of a message", item->path, spot->line, spot->column);
    return 2;
  }
  return s.status;
}

/* ---- a file ---- */

/* The line of a text that a spot is in; its offset becomes that in the line. */
static bdc_str line_of(bdc_str text, cmd_spot *spot) {
  size_t start = spot->offset;
  while (start > 0 && text.data[start - 1] != '\n') {
    start--;
  }
  const char *end = start < text.size ? memchr(text.data + start, '\n', text.size - start) : NULL;
  spot->offset -= start;
  spot->in_part = true;
  return (bdc_str){ text.data + start, (end ? (size_t)(end - text.data) : text.size) - start };
}

static int explain_text(const cmd_collection *c, const cmd_item *item, bdc_str text, cmd_spot spot) {
  size_t line = spot.line;
  if (!cmd_spot_find(&spot, text)) {
    return cmd_spot_refuse(c->out, cmd_str(item->path), &spot, line);
  }
  if (item->kind == CMD_ITEM_HTTP || item->kind == CMD_ITEM_HAR) {
    return explain_messages(c, item, text, &spot);
  }
  bdc_str body = item->kind == CMD_ITEM_LINES ? line_of(text, &spot) : text;
  return cmd_explain_at_offset(c->out, item->operation, item->http_status, cmd_str(item->path), body, &spot);
}

static int explain_item(const cmd_collection *c, const cmd_item *item, cmd_spot spot) {
  if (item->kind == CMD_ITEM_NOTE) {
    cmd_error(c->out, "explain: %s: %s", item->path, item->note.text);
    return 2;
  }
  cmd_output text = CMD_MEMORY;
  int error = cmd_content_read(AT_FDCWD, item->path, 0, &text);
  int status = 2;
  if (error != 0) {
    cmd_error(c->out, "explain: %s: %s", item->path, cmd_content_reason(error));
  } else {
    status = explain_text(c, item, cmd_output_text(&text), spot);
  }
  cmd_output_free(&text);
  return status;
}

static bool is_folder(const char *path) {
  struct stat about;
  return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

/* A file that is no fixture has no places. What a .bodycheck file has wrong is told before. */
static int explain_collected(const cmd_collection *c, const char *path, cmd_spot spot) {
  int status = c->count == 0 ? 2 : 0;
  if (c->count == 0) {
    cmd_error(c->out, "explain: %s: no file with a body", path);
  }
  for (size_t i = 0; i < c->count; i++) {
    int next = explain_item(c, &c->items[i], spot);
    status = next > status ? next : status;
  }
  return status;
}

int cmd_explain_place(const cmd_place_asked *asked, bdc_ruleset *ruleset, cmd_output *out) {
  cmd_spot spot = { .line = 0 };
  char *path = split(asked->at, &spot, out);
  if (path && is_folder(path)) {
    cmd_error(out, "explain: %s: is a folder", path);
    free(path);
    path = NULL;
  }
  const bdc_operation *operation = NULL;
  if (path && asked->operation) {
    operation = cmd_operation_find("explain", ruleset, asked->operation, out);
  }
  if (!path || (asked->operation && !operation)) {
    free(path);
    bdc_ruleset_free(ruleset);
    return 2;
  }
  cmd_collection collection = {
    .load = asked->load, .operation = operation, .http_status = asked->http_status, .stdin_name = "-", .out = out
  };
  cmd_collection_open(&collection, ruleset);
  cmd_collection_add(&collection, path);
  int status = explain_collected(&collection, path, spot);
  cmd_collection_free(&collection);
  free(path);
  return status;
}
