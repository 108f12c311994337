/* SPDX-License-Identifier: MIT */
/* The request line, and the lines that its target goes on in. */
#include "read/http_message.h"
#include "text.h"

#include <string.h>

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_method(bdc_str word) {
  for (size_t i = 0; i < word.size; i++) {
    if (!is_letter(word.data[i]) && word.data[i] != '-' && word.data[i] != '_') {
      return false;
    }
  }
  return word.size > 0;
}

/* A target is told from other text by how it begins, and by what a URL has and a word has not. */
static bool is_target(bdc_str word) {
  char c = word.size > 0 ? *word.data : 0;
  bool begins = is_letter(c) || (c >= '0' && c <= '9') || c == '/' || c == '[';
  return cmd_starts_with(word, "{{") || (begins && (cmd_contains(word, "/") || cmd_contains(word, ":") || cmd_contains(word, ".")));
}

/* Editors take the standard methods in any case, and send them in capitals. */
static void put_method(cmd_http *http, bdc_str word) {
  static const char *const standard[] = { "GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT" };
  char capitals[sizeof("OPTIONS")];
  size_t size = word.size < sizeof(capitals) ? word.size : 0;
  for (size_t i = 0; i < size; i++) {
    capitals[i] = (char)(word.data[i] >= 'a' && word.data[i] <= 'z' ? word.data[i] - 'a' + 'A' : word.data[i]);
  }
  size_t start = http->text.text.size;
  bdc_str method = word;
  for (size_t i = 0; i < sizeof(standard) / sizeof(*standard); i++) {
    method = cmd_equal((bdc_str){ capitals, size }, cmd_str(standard[i])) ? cmd_str(standard[i]) : method;
  }
  if (cmd_equal(method, word)) {
    cmd_mapped_copy(&http->text, word, cmd_http_offset(http, word));
  } else {
    cmd_mapped_stand(&http->text, method, cmd_http_offset(http, word));
  }
  http->method = cmd_mapped_end(&http->text, start, cmd_http_offset(http, word) + word.size);
}

/* Whether a line behind the request line continues its target. */
static bool continues_target(bdc_str text) {
  return text.size > 0 && (*text.data == '?' || *text.data == '&' || *text.data == '/');
}

/* Puts the target, which begins in a line and may go on in those behind it; *line becomes the last one. */
static void put_target(cmd_http *http, bdc_str first, cmd_line *line) {
  size_t start = http->text.text.size;
  size_t end = cmd_http_offset(http, first) + first.size;
  cmd_http_put(http, first);
  while (line->next < http->end) {
    cmd_line next = cmd_line_at(http->file, line->next, http->end);
    bdc_str text = cmd_http_text(http, next);
    bool comment = cmd_line_is_comment(http->file, next);
    if (!comment && !continues_target(text)) {
      break;
    }
    if (!comment) {
      cmd_http_put(http, text);
      end = cmd_http_offset(http, text) + text.size;
    }
    *line = next;
  }
  http->target = cmd_mapped_end(&http->text, start, end);
}

/* Takes the version and the blanks before it from the end of the target. */
static void cut_version(cmd_http *http) {
  bdc_str target = cmd_mapped_slice(&http->text, http->target);
  size_t at = target.size;
  while (at > 0 && !cmd_is_blank(target.data[at - 1])) {
    at--;
  }
  if (cmd_is_http_version((bdc_str){ target.data + at, target.size - at })) {
    while (at > 0 && cmd_is_blank(target.data[at - 1])) {
      at--;
    }
    http->target.size = at;
  }
}

/* Unknown where a placeholder stands in it. */
static void set_host(cmd_http *http, bdc_str authority) {
  bdc_str host = cmd_authority_host(authority);
  http->host = (cmd_piece){ (size_t)(host.data - http->text.text.data), cmd_contains(host, "{{") ? 0 : host.size };
}

/* Editors keep a fragment to themselves. */
static void cut_fragment(cmd_http *http) {
  bdc_str target = cmd_mapped_slice(&http->text, http->target);
  const char *mark = memchr(target.data, '#', target.size);
  http->target.size = mark ? (size_t)(mark - target.data) : target.size;
}

/* The path begins at `path` of the target. */
static void note_open_target(cmd_http *http, size_t path) {
  bdc_str target = cmd_mapped_slice(&http->text, http->target);
  size_t query = path;
  while (query < target.size && target.data[query] != '?' && target.data[query] != '#') {
    query++;
  }
  bool in_path = cmd_contains((bdc_str){ target.data + path, query - path }, "{{");
  bool in_query = cmd_contains((bdc_str){ target.data + query, target.size - query }, "{{");
  http->unresolved |= http->open && in_path ? 1u << BDC_IN_PATH : 0;
  http->unresolved |= http->open && in_query ? 1u << BDC_IN_QUERY : 0;
  http->open = false;
}

/*
 * Takes the host from the target. "host/path", without a scheme, is what editors send to http://host/path; the library knows
 * "/path" of it. So also "{{base}}/path": a variable that a path follows stands for scheme and host, whatever its value.
 */
static void split_target(cmd_http *http) {
  bdc_str target = cmd_mapped_slice(&http->text, http->target);
  bdc_str authority;
  size_t path = cmd_target_authority(target, &authority);
  const char *slash = path == 0 ? memchr(target.data, '/', target.size) : NULL;
  if (path > 0) {
    set_host(http, authority);
  } else if (slash) {
    size_t size = (size_t)(slash - target.data);
    set_host(http, (bdc_str){ target.data, size });
    http->target = (cmd_piece){ http->target.start + size, target.size - size };
  }
  note_open_target(http, path);
}

/* NULL, or what is wrong. */
static const char *request_line_fault(bool method, bdc_str word, bdc_str rest) {
  if (cmd_equal(word, BDC_STR("curl"))) {
    return "a curl command is not read: a request line was expected";
  }
  bool target = method ? is_target(cmd_first_word(rest)) || cmd_equal(cmd_first_word(rest), BDC_STR("*")) : is_target(word);
  return target ? NULL : "a request line was expected: a method and a URL or path";
}

bool cmd_http_request_line(cmd_http *http, cmd_line *line) {
  bdc_str text = cmd_http_text(http, *line);
  bdc_str word = cmd_first_word(text);
  bdc_str rest = cmd_trimmed((bdc_str){ word.data + word.size, text.size - word.size });
  bool method = is_method(word) && rest.size > 0 && !cmd_is_http_version(rest);
  const char *fault = request_line_fault(method, word, rest);
  if (fault) {
    cmd_http_mistake(http, cmd_http_offset(http, text), fault);
    return false;
  }
  if (method) {
    put_method(http, word);
  } else {
    size_t start = http->text.text.size;
    cmd_mapped_stand(&http->text, BDC_STR("GET"), cmd_http_offset(http, text));
    http->method = cmd_mapped_end(&http->text, start, cmd_http_offset(http, text));
  }
  put_target(http, method ? rest : text, line);
  cut_version(http);
  cut_fragment(http);
  split_target(http);
  return true;
}
