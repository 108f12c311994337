/* SPDX-License-Identifier: MIT */
#include "read/http_message.h"
#include "text.h"

/* What the lines of a body have been so far. */
typedef struct body_lines {
  bool request;
  size_t kept;    /* of the text: up to the end of the last line that is not blank */
  size_t file;    /* where that is in the file */
  size_t lines;   /* that are not blank */
  size_t files;   /* of them, references to files */
  bdc_str path;   /* the last one's */
  bool variables; /* it is to be filled in */
} body_lines;

/* "< path", and "<@ path", "<@latin1 path" for a file whose variables are filled in. */
static bool read_file_reference(bdc_str text, body_lines *body) {
  size_t at = 1;
  if (!body->request || !cmd_starts_with(text, "<")) {
    return false;
  }
  body->variables = text.size > 1 && text.data[1] == '@';
  while (body->variables && at < text.size && !cmd_is_blank(text.data[at])) {
    at++;
  }
  body->path = cmd_trimmed((bdc_str){ text.data + at, text.size - at });
  return at < text.size && cmd_is_blank(text.data[at]) && body->path.size > 0;
}

/* "> {% ... %}", "> script", ">> file", ">>! file", "<> file": what is to become of a response, or was. */
static bool is_handler(bdc_str text) {
  static const char *const marks[] = { ">", ">>", ">>!", "<>" };
  bdc_str word = cmd_first_word(text);
  for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
    if (word.size < text.size && cmd_equal(word, cmd_str(marks[i]))) {
      return true;
    }
  }
  return false;
}

static void pass_handler(cmd_http *http, cmd_line *line) {
  size_t start = line->start;
  bool script = cmd_contains(cmd_http_text(http, *line), "{%");
  if (script && !cmd_http_pass_script(http->file, line, http->end)) {
    cmd_http_mistake(http, start, "this script has no end: \"%}\" was expected");
  }
}

static void read_body_line(cmd_http *http, cmd_line line, body_lines *body) {
  bdc_str text = cmd_http_text(http, line);
  cmd_http_put(http, (bdc_str){ http->file.data + line.start, line.end - line.start });
  cmd_http_note_open(http, BDC_IN_BODY);
  if (text.size > 0) {
    body->kept = http->text.text.size;
    body->file = line.end;
    body->lines++;
    body->files += read_file_reference(text, body);
  }
  cmd_mapped_copy(&http->text, (bdc_str){ http->file.data + line.end, line.next - line.end }, line.end);
}

/* The body is in another file, or a part of it. */
static void set_body_file(cmd_http *http, const body_lines *body) {
  if (body->lines > 1) {
    http->body_unknown = "a part of the body is in another file";
  } else if (body->variables) {
    http->body_unknown = "the body is in another file, with variables to be filled in";
  } else if (http->unresolved & 1u << BDC_IN_BODY) {
    http->body_unknown = "the body is in another file, whose name has variables that are not defined";
  } else {
    http->body_unknown = "the body is in another file";
    http->body_file = cmd_http_fill(http, body->path);
  }
  http->body = (cmd_piece){ 0, 0 };
}

void cmd_http_body(cmd_http *http, size_t start) {
  size_t text = http->text.text.size;
  body_lines body = { .request = http->method.size > 0, .kept = text, .file = start };
  while (start < http->end) {
    cmd_line line = cmd_line_at(http->file, start, http->end);
    bdc_str shown = cmd_http_text(http, line);
    if (is_handler(shown) && body.request) {
      pass_handler(http, &line);
    } else if (!cmd_line_is_comment(http->file, line)) {
      read_body_line(http, line, &body);
    }
    start = line.next;
  }
  cmd_mapped_cut(&http->text, body.kept);
  http->body = cmd_mapped_end(&http->text, text, body.file);
  if (body.files > 0) {
    set_body_file(http, &body);
  }
}
