/* SPDX-License-Identifier: MIT */
/* One JSON object a line: a message and what is expected of it. */
#include "generate/writer.h"

#include "read/base64.h"
#include "text.h"

static bool is_text(bdc_str bytes) {
  while (bytes.size > 0) {
    uint32_t character;
    size_t size = cmd_decode(bytes, &character);
    if (character == CMD_INVALID) {
      return false;
    }
    bytes = (bdc_str){ bytes.data + size, bytes.size - size };
  }
  return true;
}

/* Bytes that are no text stand under another name, in base64. */
static void put_bytes(cmd_output *out, const char *name, bdc_str bytes) {
  bool text = is_text(bytes);
  cmd_puts(out, ",\"");
  cmd_puts(out, name);
  cmd_puts(out, text ? "\":" : "_base64\":\"");
  if (text) {
    cmd_put_json(out, bytes);
  } else {
    cmd_base64_put(bytes, out);
    cmd_puts(out, "\"");
  }
}

static void put_member(cmd_output *out, const char *name, bdc_str text) {
  cmd_puts(out, ",\"");
  cmd_puts(out, name);
  cmd_puts(out, "\":");
  cmd_put_json(out, text);
}

static void put_head(cmd_output *out, const bdc_case *made) {
  if (made->method.size == 0) {
    return;
  }
  put_member(out, "method", made->method);
  put_bytes(out, "target", made->target);
  cmd_puts(out, ",\"headers\":[");
  for (size_t i = 0; i < made->header_count; i++) {
    cmd_puts(out, i > 0 ? ",{\"name\":" : "{\"name\":");
    cmd_put_json(out, made->headers[i].name);
    put_bytes(out, "value", made->headers[i].value);
    cmd_puts(out, "}");
  }
  cmd_puts(out, "]");
}

static void put_error(cmd_output *out, const bdc_case *made) {
  if (made->error_status == 0) {
    cmd_puts(out, ",\"error\":null");
    return;
  }
  cmd_puts(out, ",\"error\":{\"status\":");
  cmd_put_number(out, (uint64_t)made->error_status);
  put_member(out, "code", made->error_code);
  cmd_puts(out, "}");
}

static void put_violation(cmd_output *out, const bdc_case *made) {
  if (!made->reported) {
    cmd_puts(out, ",\"violation\":null");
    return;
  }
  cmd_puts(out, ",\"violation\":{\"in\":");
  cmd_put_json(out, cmd_str(bdc_place_name(made->in)));
  put_member(out, "pointer", made->pointer);
  put_member(out, "field", made->field);
  put_member(out, "rule", cmd_str(bdc_rule_name(made->rule)));
  put_member(out, "severity", cmd_str(made->severity == BDC_WARNING ? "warning" : "error"));
  cmd_puts(out, "}");
}

static bool begin(cmd_generation *run) {
  (void)run;
  return true;
}

static bool put(cmd_generation *run, const bdc_case *made) {
  cmd_output *out = run->out;
  cmd_puts(out, "{\"version\":1,\"number\":");
  cmd_put_number(out, made->number);
  put_member(out, "label", made->label);
  put_member(out, "operation", run->info.full_name);
  put_member(out, "direction", cmd_str(made->http_status ? "response" : "request"));
  cmd_puts(out, ",\"status\":");
  cmd_put_number(out, (uint64_t)made->http_status);
  put_head(out, made);
  put_bytes(out, "body", made->body);
  put_member(out, "verdict", cmd_str(bdc_verdict_name(made->verdict)));
  put_error(out, made);
  put_violation(out, made);
  cmd_puts(out, "}\n");
  return out->error == 0;
}

static bool end(cmd_generation *run, bool whole) {
  (void)run;
  (void)whole;
  return true;
}

const cmd_case_writer cmd_case_writer_jsonl = { .begin = begin, .put = put, .end = end };
