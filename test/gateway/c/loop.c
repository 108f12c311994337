/* SPDX-License-Identifier: MIT */
/*
 * An example for those who write a gateway of their own in C: a loop between a client and an application that checks both directions while
 * their bytes arrive, and puts the documented error in the place of what breaks the documentation. It is a whole program, so small that one
 * client and one application do for it:
 *
 *   loop PROVIDER        0 is the socket of the client, 3 that of the application
 *
 * All memory is here before the first byte: nothing is allocated for a message. What has to do with bodycheck is in the lower half; the rest is as much HTTP/1.1 as an example needs: Content-Length, no chunks.
 */
#include <bodycheck/bodycheck.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { CLIENT = 0, APPLICATION = 3, HEADERS = 64, HEAD_SIZE = 16 * 1024, MESSAGE_SIZE = 256 * 1024, ANSWER_SIZE = 8 * 1024 };

/* A message as it lies in memory: its head, parsed, and as much of its body as has come. */
typedef struct message {
  char bytes[MESSAGE_SIZE];
  size_t size;      /* bytes that have come; those behind this message belong to the next */
  size_t head_size; /* with the empty line */
  size_t body_size; /* as declared */
  bdc_str words[3]; /* of the first line */
  bdc_header headers[HEADERS];
  size_t header_count;
} message;

typedef enum progress { COMPLETE, ENDED, MALFORMED } progress;

/* ---- HTTP -------------------------------------------------------------------------------------------------------------------- */

/* More bytes, as many as there are; false at the end. */
static bool more(int socket, message *m) {
  ssize_t got = -1;
  do {
    got = read(socket, m->bytes + m->size, sizeof m->bytes - m->size);
  } while (got < 0 && errno == EINTR);
  m->size += got > 0 ? (size_t)got : 0;
  return got > 0;
}

static bool write_all(int socket, const char *bytes, size_t size) {
  while (size > 0) {
    ssize_t done = write(socket, bytes, size);
    if (done < 0 && errno != EINTR) {
      return false;
    }
    bytes += done > 0 ? done : 0;
    size -= done > 0 ? (size_t)done : 0;
  }
  return true;
}

static bdc_str trimmed(const char *from, const char *to) {
  while (from < to && (*from == ' ' || *from == '\t')) {
    from++;
  }
  while (to > from && (to[-1] == ' ' || to[-1] == '\t')) {
    to--;
  }
  return (bdc_str){ from, (size_t)(to - from) };
}

static bool named(bdc_str text, const char *name) {
  return text.size == strlen(name) && strncasecmp(text.data, name, text.size) == 0;
}

/* The size of the body that is declared; false where it is none that this program understands. */
static bool read_size(message *m, const bdc_header *header, bool *declared) {
  if (named(header->name, "Transfer-Encoding")) {
    return false;
  }
  if (!named(header->name, "Content-Length")) {
    return true;
  }
  bool fine = !*declared && header->value.size > 0 && header->value.size < 9;
  m->body_size = 0;
  for (size_t i = 0; fine && i < header->value.size; i++) {
    char c = header->value.data[i];
    fine = c >= '0' && c <= '9';
    m->body_size = m->body_size * 10 + (size_t)(c - '0');
  }
  *declared = true;
  return fine;
}

/* A bare line feed ends a line for some programs and not for others; what is in doubt does not pass. */
static bool clean(const char *from, const char *to) {
  for (; from < to; from++) {
    if (((unsigned char)*from < ' ' && *from != '\t') || *from == 0x7f) {
      return false;
    }
  }
  return true;
}

static bool parse_header(message *m, const char *line, const char *end, bool *declared) {
  const char *colon = memchr(line, ':', (size_t)(end - line));
  if (!colon || colon == line || m->header_count == HEADERS) {
    return false;
  }
  if (memchr(line, ' ', (size_t)(colon - line)) || memchr(line, '\t', (size_t)(colon - line))) {
    return false;
  }
  bdc_header *header = &m->headers[m->header_count++];
  header->name = (bdc_str){ line, (size_t)(colon - line) };
  header->value = trimmed(colon + 1, end);
  return read_size(m, header, declared);
}

/* The three words of the first line, of which the last may have blanks. */
static bool parse_first(message *m, const char *line, const char *end) {
  for (size_t i = 0; i < 3; i++) {
    const char *blank = i < 2 ? memchr(line, ' ', (size_t)(end - line)) : end;
    if (!blank) {
      return false;
    }
    m->words[i] = (bdc_str){ line, (size_t)(blank - line) };
    line = blank + (i < 2);
  }
  return true;
}

static bool parse_head(message *m) {
  bool declared = false;
  m->header_count = m->body_size = 0;
  const char *end_of_head = m->bytes + m->head_size - 2;
  for (const char *line = m->bytes; line < end_of_head;) {
    const char *end = memchr(line, '\r', (size_t)(end_of_head - line));
    if (!end || end[1] != '\n' || !clean(line, end) ||
        !(line == m->bytes ? parse_first(m, line, end) : parse_header(m, line, end, &declared))) {
      return false;
    }
    line = end + 2;
  }
  return m->body_size <= sizeof m->bytes - m->head_size;
}

/* The size of the head that has come as a whole; 0 where it has not. */
static size_t head_end(const message *m, size_t from) {
  for (size_t i = from; i + 4 <= m->size; i++) {
    if (memcmp(m->bytes + i, "\r\n\r\n", 4) == 0) {
      return i + 4;
    }
  }
  return 0;
}

/* Waits for the whole head. */
static progress read_head(int socket, message *m) {
  size_t searched = 0;
  while ((m->head_size = head_end(m, searched)) == 0) {
    if (m->size >= HEAD_SIZE) {
      return MALFORMED;
    }
    searched = m->size < 3 ? 0 : m->size - 3;
    if (!more(socket, m)) {
      return m->size == 0 ? ENDED : MALFORMED;
    }
  }
  return parse_head(m) ? COMPLETE : MALFORMED;
}

/* Makes room for the next message, of which a part may have come already. */
static void next(message *m) {
  size_t used = m->head_size + m->body_size;
  memmove(m->bytes, m->bytes + used, m->size - used);
  m->size -= used;
}

/* ---- bodycheck --------------------------------------------------------------------------------------------------------------- */

/* Feeds the body to the checker as it comes, and waits for its end; false where it does not come to its end. */
static bool check(bdc_checker *checker, int socket, message *m, bdc_verdict *verdict) {
  size_t fed = m->head_size;
  size_t end = m->head_size + m->body_size;
  for (;;) {
    size_t come = m->size < end ? m->size : end;
    bdc_check_feed(checker, m->bytes + fed, come - fed);
    fed = come;
    if (fed == end) {
      return bdc_check_end(checker, verdict) == BDC_OK;
    }
    if (!more(socket, m)) {
      return false;
    }
  }
}

static bool answer(int status, const char *body, size_t size) {
  static const char format[] = "HTTP/1.1 %d Answered by the gateway\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n";
  char head[256];
  int head_size = snprintf(head, sizeof head, format, status, size);
  return write_all(CLIENT, head, (size_t)head_size) && write_all(CLIENT, body, size);
}

/* The documented error in the place of the message, or, where none is documented, only a status. */
static bool refuse(const bdc_checker *checker, int plain_status) {
  const bdc_report *report = bdc_checker_report(checker);
  char body[ANSWER_SIZE];
  size_t size = 0;
  if (bdc_error_render(report, body, sizeof body, &size) != BDC_OK) {
    return answer(plain_status, "", 0);
  }
  return answer(report->error->status, body, size);
}

/* Whether a message may pass. What could not be checked passes here, and is told; a stricter gateway refuses it as well. */
static bool passes(const char *what, const bdc_checker *checker, bdc_verdict verdict) {
  const bdc_report *report = bdc_checker_report(checker);
  fprintf(stderr, "%s %s%s%s\n", what, bdc_verdict_name(verdict), report->reason == BDC_REASON_NONE ? "" : ": ",
          report->reason == BDC_REASON_NONE ? "" : bdc_reason_text(report->reason));
  return verdict != BDC_INVALID;
}

/* The response to a request of this operation; where it was of none, the checker goes on saying that. */
static bool check_response(bdc_checker *checker, const bdc_operation *operation, message *m, bdc_verdict *verdict) {
  bdc_response head = { .status = atoi(m->words[1].data), .headers = m->headers, .header_count = m->header_count };
  bdc_status begun = operation ? bdc_check_begin_response(checker, operation, &head)
                               : bdc_check_begin_request(checker, &(bdc_request){ .method = BDC_STR(""), .target = BDC_STR("") });
  return (begun == BDC_OK || !operation) && check(checker, APPLICATION, m, verdict);
}

/* The request goes to the application, the response comes back. */
static bool forward(bdc_checker *checker, const message *request, message *response) {
  const bdc_operation *operation = bdc_checker_report(checker)->operation;
  bdc_verdict verdict = BDC_UNCHECKED;
  if (!write_all(APPLICATION, request->bytes, request->head_size + request->body_size) ||
      read_head(APPLICATION, response) != COMPLETE || !check_response(checker, operation, response, &verdict)) {
    answer(502, "", 0);
    return false;
  }
  size_t size = response->head_size + response->body_size;
  bool done = passes("response", checker, verdict) ? write_all(CLIENT, response->bytes, size) : refuse(checker, 502);
  next(response);
  return done;
}

/* A request whose head is there, and its answer; false where the connection is of no more use. */
static bool serve(bdc_checker *checker, message *request, message *response) {
  bdc_request head = { .method = request->words[0], .target = request->words[1] };
  head.headers = request->headers;
  head.header_count = request->header_count;
  bdc_check_begin_request(checker, &head); /* where it is of no operation, the verdict will be "unchecked" */
  bdc_verdict verdict = BDC_UNCHECKED;
  if (!check(checker, CLIENT, request, &verdict)) {
    answer(400, "", 0);
    return false;
  }
  bool done = passes("request", checker, verdict) ? forward(checker, request, response) : refuse(checker, 400);
  next(request);
  return done;
}

static void serve_all(bdc_checker *checker) {
  static message request;
  static message response;
  progress head = COMPLETE;
  while ((head = read_head(CLIENT, &request)) == COMPLETE && serve(checker, &request, &response)) {
  }
  if (head == MALFORMED) {
    answer(400, "", 0);
  }
}

int main(int count, char *arguments[]) {
  bdc_ruleset *rules = NULL;
  bdc_checker *checker = NULL;
  const bdc_options options = { .provider = count > 1 ? arguments[1] : NULL };
  const bdc_settings settings = { .limits = { .body_size = MESSAGE_SIZE } };
  bdc_status status = bdc_ruleset_builtin(&options, &rules);
  if (status == BDC_OK) {
    status = bdc_checker_new(rules, &settings, &checker);
  }
  if (status != BDC_OK) {
    fprintf(stderr, "loop: %s\n", bdc_status_text(status));
    return 2;
  }
  signal(SIGPIPE, SIG_IGN); /* write says so itself */
  serve_all(checker);
  bdc_checker_free(checker);
  bdc_ruleset_free(rules);
  return 0;
}
