/* SPDX-License-Identifier: MIT */
/* Messages as the REST clients of editors write and send them. */
#include "generate/writer.h"

#include "read/http.h"
#include "text.h"

/* ---- writing ---- */

/* A host of the service, where it names any: each "*" stands for some label. */
static void put_host(const cmd_generation *run, cmd_output *out) {
  bdc_str pattern = bdc_service_host(run->info.service, 0).pattern;
  cmd_puts(out, "Host: ");
  if (run->host) {
    cmd_puts(out, run->host);
  } else if (pattern.size == 0) {
    cmd_puts(out, "localhost");
  }
  for (size_t i = 0; !run->host && i < pattern.size; i++) {
    cmd_put(out, pattern.data[i] == '*' ? BDC_STR("example") : (bdc_str){ pattern.data + i, 1 });
  }
  cmd_puts(out, "\n");
}

static void put_request(const cmd_generation *run, const bdc_case *made, cmd_output *out) {
  cmd_put(out, made->method);
  cmd_puts(out, " ");
  cmd_put(out, made->target);
  cmd_puts(out, " HTTP/1.1\n");
  put_host(run, out);
  for (size_t i = 0; i < made->header_count; i++) {
    cmd_put(out, made->headers[i].name);
    cmd_puts(out, ": ");
    cmd_put(out, made->headers[i].value);
    cmd_puts(out, "\n");
  }
  cmd_puts(out, "\n");
  cmd_put(out, made->body);
  cmd_puts(out, "\n");
}

static void put_response(const bdc_case *made, cmd_output *out) {
  cmd_puts(out, "HTTP/1.1 ");
  cmd_put_number(out, (uint64_t)made->http_status);
  cmd_puts(out, "\nContent-Type: application/json\n\n");
  cmd_put(out, made->body);
  cmd_puts(out, "\n");
}

/* ---- reading it again ---- */

/* What the reader makes of the last message, held against what it should be. */
typedef struct reading {
  const bdc_case *made;
  size_t messages;
  bool mistaken;
  bool same;
} reading;

static bool has_fields(const cmd_message *message, const bdc_case *made) {
  if (message->header_count != made->header_count + 1) { /* Host stands first */
    return false;
  }
  for (size_t i = 0; i < made->header_count; i++) {
    const bdc_header *read = &message->headers[i + 1];
    if (!cmd_equal(read->name, made->headers[i].name) || !cmd_equal(read->value, made->headers[i].value)) {
      return false;
    }
  }
  return true;
}

static void on_message(const cmd_message *message, void *context) {
  reading *seen = context;
  const bdc_case *made = seen->made;
  seen->messages++;
  bool head = made->http_status
                  ? message->status == made->http_status
                  : cmd_equal(message->method, made->method) && cmd_equal(message->target, made->target) && has_fields(message, made);
  seen->same = head && !message->body_unknown && message->unresolved == 0 && message->has_body == (made->body.size > 0) &&
               (!message->has_body || cmd_equal(message->body, made->body));
}

static void on_mistake(const cmd_mistake *mistake, void *context) {
  (void)mistake;
  reading *seen = context;
  seen->mistaken = true;
}

/* Whether a block reads as the case that it was written from: not all bytes can stand in such a file. */
static bool reads_as(bdc_str block, const bdc_case *made) {
  reading seen = { .made = made };
  const cmd_sink sink = { .message = on_message, .mistake = on_mistake, .context = &seen };
  cmd_http_read(block, &sink);
  return seen.same && !seen.mistaken && seen.messages == (made->http_status ? 2 : 1);
}

/* ---- cases ---- */

/* The valid request that a response answers; nothing where none can be made. */
static void put_asked(const cmd_generation *run, cmd_output *out) {
  const bdc_generate_settings settings = { .wanted = BDC_WANTED_VALID, .whole_messages = true };
  bdc_generator *generator;
  const bdc_case *made;
  bdc_status status = bdc_generator_new(run->ruleset, run->operation, 0, &settings, &generator);
  if (status == BDC_OK && bdc_generator_next(generator, &made) == BDC_OK && made) {
    put_request(run, made, out);
    cmd_puts(out, "\n");
  }
  bdc_generator_free(generator);
}

static bool begin(cmd_generation *run) {
  run->asked = CMD_MEMORY;
  if (run->http_status) {
    put_asked(run, &run->asked);
  }
  return true;
}

static bool end(cmd_generation *run, bool whole) {
  (void)whole;
  cmd_output_free(&run->asked);
  return true;
}

/* A comment in the line of the separator. */
static void put_separator(const bdc_case *made, cmd_output *out) {
  cmd_puts(out, "### ");
  cmd_put_number(out, made->number);
  cmd_puts(out, ". ");
  cmd_put_text(out, made->label);
  cmd_puts(out, made->verdict == BDC_VALID ? "; valid" : "; ");
  if (made->verdict != BDC_VALID && made->error_status) {
    cmd_put_number(out, (uint64_t)made->error_status);
    cmd_puts(out, " ");
    cmd_put(out, made->error_code);
  } else if (made->verdict != BDC_VALID) {
    cmd_puts(out, "invalid");
  }
  cmd_puts(out, "\n");
}

static bool put(cmd_generation *run, const bdc_case *made) {
  cmd_output block = CMD_MEMORY;
  cmd_put(&block, cmd_output_text(&run->asked));
  if (made->http_status) {
    put_response(made, &block);
  } else {
    put_request(run, made, &block);
  }
  if (made->http_status && run->asked.size == 0) {
    cmd_generate_leave_out(run, made->label, "no valid request was found that it could answer");
  } else if (reads_as(cmd_output_text(&block), made)) {
    put_separator(made, run->out);
    cmd_put(run->out, cmd_output_text(&block));
    cmd_puts(run->out, "\n");
  } else {
    cmd_generate_leave_out(run, made->label, "it cannot stand in a .http file");
  }
  cmd_output_free(&block);
  return run->out->error == 0;
}

const cmd_case_writer cmd_case_writer_http = { .messages = true, .begin = begin, .put = put, .end = end };
