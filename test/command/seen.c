/* SPDX-License-Identifier: MIT */
#include "command/seen.h"

#include <stdio.h>
#include <string.h>

static void put_place(seen *to, size_t offset) {
  assert_true(offset <= to->file.size);
  size_t line = 1;
  size_t start = 0;
  for (size_t i = 0; i < offset; i++) {
    if (to->file.data[i] == '\n') {
      line++;
      start = i + 1;
    }
  }
  blob_print(&to->text, "%zu:%zu ", line, offset - start + 1);
}

static void put_slice(seen *to, const cmd_message *message, bdc_str slice) {
  assert_true(slice.data >= message->text.data && slice.data + slice.size <= message->text.data + message->text.size);
  put_place(to, cmd_message_find(message, slice, 0));
}

static void put_named(seen *to, const char *name, bdc_str value) {
  if (value.size > 0) {
    blob_print(&to->text, " %s=%.*s", name, (int)value.size, value.data);
  }
}

static void put_flags(seen *to, const cmd_message *message) {
  static const char *const parts[] = {
    [BDC_IN_BODY] = "body", [BDC_IN_PATH] = "path", [BDC_IN_HEADER] = "header", [BDC_IN_QUERY] = "query"
  };
  for (unsigned i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
    if (message->unresolved >> i & 1) {
      blob_print(&to->text, " ?%s", parts[i]);
    }
  }
  blob_print(&to->text, "%s\n", message->response && !message->answers ? " unasked" : "");
}

static void put_head(seen *to, const cmd_message *message) {
  put_place(to, message->place);
  if (message->entry > 0) {
    blob_print(&to->text, "#%zu ", message->entry);
  }
  if (message->response) {
    assert_int_equal(message->method.size + message->target.size + message->host.size, 0);
    blob_print(&to->text, "response %d", message->status);
  } else {
    assert_false(message->answers);
    blob_print(&to->text, "%.*s ", (int)message->method.size, message->method.data);
    put_slice(to, message, message->target);
    blob_print(&to->text, "%.*s", (int)message->target.size, message->target.data);
  }
  put_named(to, "host", message->host);
  put_named(to, "pointer", message->pointer);
  put_flags(to, message);
}

static void put_message(const cmd_message *message, void *context) {
  seen *to = context;
  to->messages++;
  put_head(to, message);
  for (size_t i = 0; i < message->header_count; i++) {
    const bdc_header *header = &message->headers[i];
    blob_print(&to->text, "  ");
    put_slice(to, message, header->name);
    blob_print(&to->text, "%.*s: ", (int)header->name.size, header->name.data);
    put_slice(to, message, header->value);
    blob_print(&to->text, "%.*s\n", (int)header->value.size, header->value.data);
  }
  if (message->has_body) {
    assert_null(message->body_unknown);
    blob_print(&to->text, "  ");
    put_slice(to, message, message->body);
    blob_print(&to->text, "body%s", message->body_pointer.size > 0 ? " at " : "");
    blob_print(&to->text, "%.*s=%.*s\n", (int)message->body_pointer.size, message->body_pointer.data, (int)message->body.size,
               message->body.data);
  }
  if (message->body_unknown) {
    blob_print(&to->text, "  no body: %s", message->body_unknown);
    put_named(to, "file", message->body_file);
    blob_print(&to->text, "\n");
  }
}

static void put_mistake(const cmd_mistake *mistake, void *context) {
  seen *to = context;
  to->mistakes++;
  put_place(to, mistake->offset);
  if (mistake->entry > 0) {
    blob_print(&to->text, "#%zu ", mistake->entry);
  }
  blob_print(&to->text, "%s: %.*s\n", mistake->rule, (int)mistake->text.size, mistake->text.data);
}

seen seen_in(read_function *read, bdc_str file) {
  char *copy = malloc(file.size > 0 ? file.size : 1);
  assert_non_null(copy);
  memcpy(copy, file.data, file.size);
  seen all = { .file = { copy, file.size } };
  cmd_sink sink = { .message = put_message, .mistake = put_mistake, .context = &all };
  blob_add(&all.text, "", 0);
  read(all.file, &sink);
  free(copy);
  all.file = file;
  return all;
}

void seen_free(seen *from) {
  blob_free(&from->text);
}

void expect_seen(read_function *read, bdc_str file, const char *expected) {
  seen all = seen_in(read, file);
  if (strcmp(all.text.data ? all.text.data : "", expected) != 0) {
    printf("---- file\n%.*s\n---- expected\n%s---- seen\n%s----\n", (int)file.size, file.data, expected, all.text.data);
    fail();
  }
  seen_free(&all);
}
