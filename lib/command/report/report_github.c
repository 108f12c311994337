/* SPDX-License-Identifier: MIT */
/*
 * Workflow commands of GitHub Actions, one line for each remark: the log shows them, and the files that they name are annotated. What is
 * expected or silenced must not become an annotation; it goes to the log that is shown on request.
 */
#include "report/report.h"
#include "report/rule_texts.h"

#include "text.h"

#include <string.h>

/* `text` is safe for people but for line breaks. Of a property ':' and ',' would be the end. */
static void put_escaped(cmd_output *out, bdc_str text, const char *special) {
  size_t plain = 0; /* where what needs no escape begins */
  for (size_t i = 0; i < text.size; i++) {
    unsigned char byte = (unsigned char)text.data[i];
    if (byte != 0 && strchr(special, byte)) {
      char escape[3] = { '%', "0123456789ABCDEF"[byte >> 4], "0123456789ABCDEF"[byte & 0xf] };
      cmd_put(out, (bdc_str){ text.data + plain, i - plain });
      cmd_put(out, (bdc_str){ escape, sizeof(escape) });
      plain = i + 1;
    }
  }
  if (plain < text.size) {
    cmd_put(out, (bdc_str){ text.data + plain, text.size - plain });
  }
}

static void put_property(cmd_output *out, const char *name, bdc_str text) {
  cmd_puts(out, name);
  put_escaped(out, text, "%\r\n:,");
}

/* The file must be found by its name, so line breaks stay in it, as escapes of the command's. Other unsafe characters are shown. */
static void put_file(cmd_output *out, const cmd_input *input) {
  bdc_str path = cmd_input_path(input);
  cmd_output text = CMD_MEMORY;
  for (size_t i = 0; i < path.size;) {
    size_t run = 0;
    while (i + run < path.size && path.data[i + run] != '\r' && path.data[i + run] != '\n') {
      run++;
    }
    cmd_put_text(&text, (bdc_str){ path.data + i, run });
    i += run;
    if (i < path.size) {
      cmd_put(&text, (bdc_str){ path.data + i, 1 });
      i++;
    }
  }
  put_property(out, " file=", cmd_output_text(&text));
  cmd_output_free(&text);
}

static void put_place(cmd_output *out, const cmd_remark *remark) {
  if (cmd_input_is_standard(remark->result->input)) {
    cmd_puts(out, " ");
    return;
  }
  put_file(out, remark->result->input);
  if (remark->line > 0) {
    cmd_puts(out, ",line=");
    cmd_put_number(out, remark->line);
  }
  if (remark->line > 0 && remark->column > 0) {
    cmd_puts(out, ",col=");
    cmd_put_number(out, remark->column);
  }
  cmd_puts(out, ",");
}

/* Of standard input the text tells the place, because no file does. */
static void put_annotation(cmd_output *out, const cmd_remark *remark, cmd_output *text) {
  static const char *const commands[] = {
    [CMD_LEVEL_NOTE] = "::notice", [CMD_LEVEL_WARNING] = "::warning", [CMD_LEVEL_ERROR] = "::error"
  };
  cmd_puts(out, commands[remark->level]);
  put_place(out, remark);
  put_property(out, "title=bodycheck ", cmd_str(remark->rule));
  cmd_puts(out, "::");
  if (cmd_input_is_standard(remark->result->input)) {
    cmd_remark_put_line(remark, text);
  } else {
    cmd_remark_put(remark, text);
  }
  cmd_remark_put_answer(remark, text);
}

static void put(const cmd_view *view, const cmd_result *result) {
  size_t count = cmd_remark_count(result);
  cmd_output text = CMD_MEMORY;
  for (size_t i = 0; i < count; i++) {
    cmd_remark remark = cmd_remark_at(result, i);
    text.size = 0;
    if (remark.standing == CMD_OPEN) {
      put_annotation(view->out, &remark, &text);
    } else {
      cmd_puts(view->out, "::debug::");
      cmd_remark_put_line(&remark, &text);
    }
    put_escaped(view->out, cmd_output_text(&text), "%\r\n");
    cmd_puts(view->out, "\n");
  }
  cmd_output_free(&text);
}

const cmd_format cmd_format_github = {
  .name = "github", .separator = "", .begin = cmd_format_nothing, .put = put, .end = cmd_format_nothing
};
