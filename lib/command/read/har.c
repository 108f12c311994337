/* SPDX-License-Identifier: MIT */
/*
 * One function for each kind of object in an archive, each with the list of the members that count. A message is put together while its
 * object is read and given when its entry ends: the members of an object, and so an entry's request and response, come in any order.
 */
#include "read/har.h"

#include "memory.h"
#include "read/base64.h"
#include "read/har_json.h"
#include "read/line.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct har_field {
  cmd_piece name;
  cmd_piece value;
} har_field;

/* A request or response while its entry is read. */
typedef struct har_message {
  bool response;
  bool whole; /* it was there, and nothing is missing of it */
  size_t place;
  cmd_mapped text;
  cmd_har_string method;
  cmd_har_string url;
  long status;
  har_field *fields;
  size_t field_count;
  size_t field_capacity;
  long wire_size; /* bodySize: -1 where it is not known */
  long size;      /* content.size: the same */
  bool form;      /* postData has parameters */
  cmd_har_string body;
  cmd_har_string encoding;
} har_message;

typedef struct har_reader {
  cmd_har_json json;
  har_message request;
  har_message response;
  bdc_header *headers; /* of the message that is given */
  size_t header_capacity;
  cmd_output decoded;
} har_reader;

static void begin(har_message *message, bool response) {
  har_message kept = { .text = message->text, .fields = message->fields, .field_capacity = message->field_capacity };
  *message = kept;
  message->response = response;
  message->wire_size = -1;
  message->size = -1;
  cmd_mapped_clear(&message->text);
}

/* ---- header fields ---- */

/* What stands in an archive as a field but is none of the body as it stands there. */
static bool is_dropped(const har_message *message, bdc_str name) {
  return (name.size > 0 && *name.data == ':') || (message->response && cmd_equal_fold(name, BDC_STR("content-encoding")));
}

static bool read_field(cmd_har_json *json, har_message *message) {
  static const char *const names[] = { "name", "value", NULL };
  cmd_har_object object = { .what = "header field", .names = names, .place = cmd_har_place(json) };
  har_field field = { { 0, 0 }, { 0, 0 } };
  if (json->event != BDC__JSON_OBJECT) {
    if (json->event != BDC__JSON_FAULT) {
      cmd_har_mistake(json, object.place, "a header field must be an object");
      cmd_har_skip(json);
    }
    return false;
  }
  for (int member; (member = cmd_har_member(json, &object)) >= 0;) {
    cmd_piece piece = cmd_har_read_string(json, &message->text, &object, member).piece;
    *(member == 0 ? &field.name : &field.value) = piece;
  }
  cmd_har_require(json, &object, 2);
  if (!object.broken && !is_dropped(message, cmd_mapped_slice(&message->text, field.name))) {
    message->fields = cmd_grow(message->fields, message->field_count, &message->field_capacity, sizeof(*message->fields));
    message->fields[message->field_count++] = field;
  }
  return !object.broken;
}

static void read_fields(cmd_har_json *json, har_message *message, cmd_har_object *object, int member) {
  if (!cmd_har_is(json, BDC__JSON_ARRAY, object, member)) {
    return;
  }
  while (cmd_har_item(json)) {
    object->broken = !read_field(json, message) || object->broken;
  }
}

/* ---- bodies ---- */

/* A string that may be missing or null. */
static cmd_har_string read_optional(cmd_har_json *json, har_message *message, cmd_har_object *object, int member) {
  return !cmd_har_is_null(json) ? cmd_har_read_string(json, &message->text, object, member) : (cmd_har_string){ .given = false };
}

static long read_size(cmd_har_json *json, cmd_har_object *object, int member) {
  return cmd_har_is_null(json) ? -1 : cmd_har_read_number(json, object, member);
}

/* Whether the array at hand has items. */
static bool has_items(cmd_har_json *json, cmd_har_object *object, int member) {
  if (cmd_har_is_null(json) || !cmd_har_is(json, BDC__JSON_ARRAY, object, member)) {
    return false;
  }
  bool items = false;
  while (cmd_har_item(json)) {
    items = true;
    cmd_har_skip(json);
  }
  return items;
}

static void read_posted(cmd_har_json *json, har_message *message, cmd_har_object *request, int member) {
  enum { TEXT, PARAMS };
  static const char *const names[] = { "text", "params", NULL };
  if (cmd_har_is_null(json) || !cmd_har_is(json, BDC__JSON_OBJECT, request, member)) {
    return;
  }
  cmd_har_object object = { .what = "posted data", .names = names, .place = cmd_har_place(json) };
  for (int found; (found = cmd_har_member(json, &object)) >= 0;) {
    if (found == TEXT) {
      message->body = read_optional(json, message, &object, found);
    } else {
      message->form = has_items(json, &object, found);
    }
  }
  request->broken = request->broken || object.broken;
}

static void read_content(cmd_har_json *json, har_message *message, cmd_har_object *response, int member) {
  enum { SIZE, TEXT, ENCODING };
  static const char *const names[] = { "size", "text", "encoding", NULL };
  if (!cmd_har_is(json, BDC__JSON_OBJECT, response, member)) {
    return;
  }
  cmd_har_object object = { .what = "content", .names = names, .place = cmd_har_place(json) };
  for (int found; (found = cmd_har_member(json, &object)) >= 0;) {
    if (found == SIZE) {
      message->size = read_size(json, &object, found);
    } else {
      *(found == TEXT ? &message->body : &message->encoding) = read_optional(json, message, &object, found);
    }
  }
  response->broken = response->broken || object.broken;
}

/* ---- messages ---- */

static void read_request(cmd_har_json *json, har_message *message) {
  enum { METHOD, URL, HEADERS, POSTED, BODY_SIZE };
  static const char *const names[] = { "method", "url", "headers", "postData", "bodySize", NULL };
  cmd_har_object object = { .what = "request", .names = names, .place = cmd_har_place(json) };
  message->place = object.place;
  for (int member; (member = cmd_har_member(json, &object)) >= 0;) {
    if (member == METHOD || member == URL) {
      *(member == METHOD ? &message->method : &message->url) = cmd_har_read_string(json, &message->text, &object, member);
    } else if (member == HEADERS) {
      read_fields(json, message, &object, member);
    } else if (member == POSTED) {
      read_posted(json, message, &object, member);
    } else {
      message->wire_size = read_size(json, &object, member);
    }
  }
  cmd_har_require(json, &object, HEADERS + 1);
  message->whole = !object.broken;
}

/* A status that is no status of HTTP is a mistake; 0 and less say that there was no response. */
static void read_status(cmd_har_json *json, har_message *message, cmd_har_object *object, int member) {
  size_t place = cmd_har_place(json);
  message->status = cmd_har_read_number(json, object, member);
  if (json->event == BDC__JSON_NUMBER &&
      (!json->reader.integral || message->status > 999 || (message->status > 0 && message->status < 100))) {
    cmd_har_mistake(json, place, "\"status\" of the response must be a number of three digits");
    object->broken = true;
  }
}

static void read_response(cmd_har_json *json, har_message *message) {
  enum { STATUS, HEADERS, CONTENT, BODY_SIZE };
  static const char *const names[] = { "status", "headers", "content", "bodySize", NULL };
  cmd_har_object object = { .what = "response", .names = names, .place = cmd_har_place(json) };
  message->place = object.place;
  for (int member; (member = cmd_har_member(json, &object)) >= 0;) {
    if (member == STATUS) {
      read_status(json, message, &object, member);
    } else if (member == HEADERS) {
      read_fields(json, message, &object, member);
    } else if (member == CONTENT) {
      read_content(json, message, &object, member);
    } else {
      message->wire_size = read_size(json, &object, member);
    }
  }
  cmd_har_require(json, &object, CONTENT + 1);
  message->whole = !object.broken;
}

/* ---- giving them ---- */

static const bdc_header *set_headers(har_reader *har, const har_message *message) {
  while (har->header_capacity < message->field_count) {
    har->headers = cmd_grow(har->headers, har->header_capacity, &har->header_capacity, sizeof(*har->headers));
  }
  for (size_t i = 0; i < message->field_count; i++) {
    har->headers[i].name = cmd_mapped_slice(&message->text, message->fields[i].name);
    har->headers[i].value = cmd_mapped_slice(&message->text, message->fields[i].value);
  }
  return har->headers;
}

/* Why there is a body in the message that is not in the archive; NULL where there is none. */
static const char *left_out(const har_reader *har, const har_message *message) {
  static const char *const reason = "the body was not recorded";
  if (!message->response) {
    return message->form ? "the body is a form, of which only the parameters were recorded" : message->wire_size > 0 ? reason : NULL;
  }
  bdc_str method = cmd_mapped_slice(&har->request.text, har->request.method.piece);
  bool none = message->status < 200 || message->status == 204 || message->status == 304 || cmd_equal(method, BDC_STR("HEAD"));
  bool empty = message->size == 0 || (message->size < 0 && message->wire_size == 0);
  return none || empty ? NULL : reason;
}

/* Decodes the body to the end of the text. Returns why it cannot, or NULL. */
static const char *decode(har_reader *har, har_message *message) {
  bdc_str encoding = cmd_mapped_slice(&message->text, message->encoding.piece);
  if (!message->encoding.given || encoding.size == 0) {
    return NULL;
  }
  if (!cmd_equal(encoding, BDC_STR("base64"))) {
    cmd_har_mistake(&har->json, message->encoding.file, "\"encoding\" of the content must be \"base64\"");
    return "the body has an unknown encoding";
  }
  har->decoded.size = 0;
  if (!cmd_base64_decode(cmd_mapped_slice(&message->text, message->body.piece), &har->decoded)) {
    cmd_har_mistake(&har->json, message->body.file, "\"text\" of the content is not base64, which its \"encoding\" says it is");
    return "the body is not the base64 that it should be";
  }
  size_t start = message->text.text.size;
  cmd_mapped_stand(&message->text, cmd_output_text(&har->decoded), message->body.file);
  message->body.piece = cmd_mapped_end(&message->text, start, message->body.file);
  return NULL;
}

/* Room for the pointers to a message and to its body. */
typedef struct pointers {
  char message[64];
  char body[96];
} pointers;

static void set_pointers(cmd_message *given, pointers *room) {
  const char *message = given->response ? "response" : "request";
  const char *body = given->response ? "content" : "postData";
  int size = snprintf(room->message, sizeof(room->message), "/log/entries/%zu/%s", given->entry - 1, message);
  given->pointer = (bdc_str){ room->message, (size_t)size };
  size = snprintf(room->body, sizeof(room->body), "%s/%s/text", room->message, body);
  given->body_pointer = (bdc_str){ room->body, (size_t)size };
}

static void set_request_line(cmd_message *given, const har_message *message) {
  bdc_str authority;
  given->method = cmd_mapped_slice(&message->text, message->method.piece);
  given->target = cmd_mapped_slice(&message->text, message->url.piece);
  cmd_target_authority(given->target, &authority);
  given->host = cmd_authority_host(authority);
}

/* Decodes the body where it is encoded, which makes the text grow. */
static void set_body(har_reader *har, cmd_message *given, har_message *message) {
  const char *fault = message->body.given ? decode(har, message) : NULL;
  if (fault) {
    given->body_unknown = fault;
  } else if (message->body.given && message->body.piece.size > 0) {
    given->has_body = true;
    given->body = cmd_mapped_slice(&message->text, message->body.piece);
  } else {
    given->body_unknown = left_out(har, message);
  }
}

/* Whether the header fields of a message say that it has a body. */
static bool fields_say_body(const cmd_message *given) {
  for (size_t i = 0; i < given->header_count; i++) {
    const bdc_header *field = &given->headers[i];
    if (cmd_equal_fold(field->name, BDC_STR("Transfer-Encoding")) ||
        (cmd_equal_fold(field->name, BDC_STR("Content-Length")) && !cmd_equal(field->value, BDC_STR("0")))) {
      return true;
    }
  }
  return false;
}

static void give(har_reader *har, har_message *message) {
  cmd_message given = {
    .response = message->response, .answers = message->response, .entry = har->json.entry, .place = message->place
  };
  pointers room;
  set_pointers(&given, &room);
  set_body(har, &given, message);
  given.text = cmd_output_text(&message->text.text);
  given.map = cmd_mapped_map(&message->text);
  given.headers = set_headers(har, message);
  given.header_count = message->field_count;
  if (message->response) {
    given.status = (int)message->status;
  } else {
    set_request_line(&given, message);
    /* A size of -1 is one that the recorder does not know. */
    if (!given.has_body && !given.body_unknown && message->wire_size < 0 && fields_say_body(&given)) {
      given.body_unknown = "the body was not recorded";
    }
  }
  har->json.sink->message(&given, har->json.sink->context);
}

/* ---- entries ---- */

static void read_entry(har_reader *har) {
  enum { REQUEST, RESPONSE };
  static const char *const names[] = { "request", "response", NULL };
  cmd_har_json *json = &har->json;
  cmd_har_object object = { .what = "entry", .names = names, .place = cmd_har_place(json) };
  begin(&har->request, false);
  begin(&har->response, true);
  for (int member; (member = cmd_har_member(json, &object)) >= 0;) {
    /* A response that is none is no reason to leave out the request: only what is there twice breaks the entry. */
    cmd_har_object type = object;
    if (!cmd_har_is(json, BDC__JSON_OBJECT, &type, member)) {
      continue;
    }
    if (member == REQUEST) {
      read_request(json, &har->request);
    } else {
      read_response(json, &har->response);
    }
  }
  bool twice = object.broken;
  cmd_har_require(json, &object, 2);
  if (json->event == BDC__JSON_FAULT || twice || !har->request.whole) {
    return;
  }
  give(har, &har->request);
  if (har->response.whole && har->response.status > 0) {
    give(har, &har->response);
  }
}

static void read_entries(har_reader *har, cmd_har_object *log, int member) {
  cmd_har_json *json = &har->json;
  if (!cmd_har_is(json, BDC__JSON_ARRAY, log, member)) {
    return;
  }
  for (size_t count = 1; cmd_har_item(json); count++) {
    json->entry = count;
    if (json->event == BDC__JSON_OBJECT) {
      read_entry(har);
    } else {
      cmd_har_mistake(json, cmd_har_place(json), "an entry must be an object");
      cmd_har_skip(json);
    }
  }
  json->entry = json->event == BDC__JSON_FAULT ? json->entry : 0;
}

static void read_log(har_reader *har, cmd_har_object *archive, int member) {
  static const char *const names[] = { "entries", NULL };
  if (!cmd_har_is(&har->json, BDC__JSON_OBJECT, archive, member)) {
    return;
  }
  cmd_har_object log = { .what = "log", .names = names, .place = cmd_har_place(&har->json) };
  for (int found; (found = cmd_har_member(&har->json, &log)) >= 0;) {
    read_entries(har, &log, found);
  }
  cmd_har_require(&har->json, &log, 1);
}

static void read_archive(har_reader *har) {
  static const char *const names[] = { "log", NULL };
  cmd_har_json *json = &har->json;
  cmd_har_object archive = { .what = "archive", .names = names };
  if (cmd_har_next(json) != BDC__JSON_OBJECT) {
    if (json->event != BDC__JSON_FAULT) {
      cmd_har_mistake(json, cmd_har_place(json), "an archive must be an object with a member \"log\"");
      cmd_har_skip(json);
    }
    return;
  }
  archive.place = cmd_har_place(json);
  for (int member; (member = cmd_har_member(json, &archive)) >= 0;) {
    read_log(har, &archive, member);
  }
  cmd_har_require(json, &archive, 1);
}

static void tell_fault(const cmd_har_json *json) {
  static const char *const faults[BDC__JSON_FAULT_COUNT] = {
    [BDC__JSON_FAULT_VALUE] = "a value was expected",
    [BDC__JSON_FAULT_NAME] = "a member name was expected",
    [BDC__JSON_FAULT_COLON] = "a colon was expected",
    [BDC__JSON_FAULT_SEPARATOR] = "a comma or the end of the array or object was expected",
    [BDC__JSON_FAULT_TRAILING] = "something follows the archive",
    [BDC__JSON_FAULT_CUT] = "the file ends too early",
    [BDC__JSON_FAULT_CONTROL] = "a control character stands in a string",
    [BDC__JSON_FAULT_ESCAPE] = "there is no such escape",
    [BDC__JSON_FAULT_NUMBER] = "a digit was expected",
    [BDC__JSON_FAULT_LITERAL] = "true, false or null was expected",
    [BDC__JSON_FAULT_UTF8] = "this is not UTF-8",
    [BDC__JSON_FAULT_BYTE_ORDER_MARK] = "a second byte order mark",
    [BDC__JSON_FAULT_SURROGATE] = "this is half of a surrogate pair",
    [BDC__JSON_FAULT_DEPTH] = "arrays and objects are nested too deeply",
  };
  cmd_har_mistake(json, json->base + json->reader.fault_offset, "not JSON: %s", faults[json->reader.fault]);
}

static void free_message(har_message *message) {
  cmd_mapped_free(&message->text);
  free(message->fields);
}

void cmd_har_read(bdc_str file, const cmd_sink *sink) {
  har_reader har = { .request.text = CMD_MAPPED, .response.text = CMD_MAPPED, .decoded = CMD_MEMORY };
  cmd_har_open(&har.json, file, sink);
  read_archive(&har);
  if (har.json.event != BDC__JSON_FAULT) {
    cmd_har_next(&har.json);
  }
  if (har.json.event == BDC__JSON_FAULT) {
    tell_fault(&har.json);
  }
  free_message(&har.request);
  free_message(&har.response);
  free(har.headers);
  cmd_output_free(&har.decoded);
}
