/* SPDX-License-Identifier: MIT */
/*
 * SARIF 2.1.0, the OASIS standard for results of static analysis. One rule for each kind; a result for each remark. What is expected or
 * silenced is there too, suppressed, and as a note only: not every reader knows suppressions. The invocation comes last, when it is known
 * how the run went; files that could not be read are results of their own.
 */
#include "report/fingerprint.h"
#include "report/report.h"
#include "report/rule_texts.h"

#include "text.h"

#include <stdlib.h>

static void put_member(cmd_output *out, const char *name, bdc_str value) {
  cmd_puts(out, name);
  cmd_put_json(out, value);
}

static void put_number_member(cmd_output *out, const char *name, uint64_t value) {
  cmd_puts(out, name);
  cmd_put_number(out, value);
}

static void put_text_member(cmd_output *out, const char *name, bdc_str text) {
  cmd_puts(out, name);
  put_member(out, "{\"text\":", text);
  cmd_puts(out, "}");
}

/* ---- the tool and its rules ---- */

/* Plain text: as Markdown, but for the backticks. */
static void put_plain(cmd_output *out, const char *markdown) {
  for (const char *c = markdown; *c != '\0'; c++) {
    if (*c != '`') {
      cmd_put(out, (bdc_str){ c, 1 });
    }
  }
}

static void put_plain_member(cmd_output *out, const char *name, const char *markdown) {
  cmd_output text = CMD_MEMORY;
  put_plain(&text, markdown);
  put_text_member(out, name, cmd_output_text(&text));
  cmd_output_free(&text);
}

/* A line break in a JSON string is two characters here, and one for its reader. */
static void put_help(cmd_output *out, const cmd_rule_text *rule) {
  cmd_output text = CMD_MEMORY;
  put_plain(&text, rule->meaning);
  cmd_puts(&text, " ");
  put_plain(&text, rule->remedy);
  put_member(out, ",\"help\":{\"text\":", cmd_output_text(&text));
  text.size = 0;
  cmd_puts(&text, rule->meaning);
  cmd_puts(&text, "\n\n");
  cmd_puts(&text, rule->remedy);
  put_member(out, ",\"markdown\":", cmd_output_text(&text));
  cmd_puts(out, "}");
  cmd_output_free(&text);
}

static void put_rule(cmd_output *out, const cmd_rule_text *rule) {
  put_member(out, "{\"id\":", cmd_str(rule->id));
  put_member(out, ",\"name\":", cmd_str(rule->name));
  put_plain_member(out, ",\"shortDescription\":", rule->summary);
  put_plain_member(out, ",\"fullDescription\":", rule->meaning);
  put_help(out, rule);
  cmd_puts(out, ",\"defaultConfiguration\":");
  put_member(out, "{\"level\":", cmd_str(cmd_level_name(rule->level)));
  cmd_puts(out, "}}");
}

static void begin(cmd_output *out, const cmd_totals *totals) {
  (void)totals;
  cmd_puts(out, "{\"$schema\":\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json\",\n"
                "\"version\":\"2.1.0\",\"runs\":[{\"columnKind\":\"unicodeCodePoints\",\n"
                "\"tool\":{\"driver\":{\"name\":\"bodycheck\"");
  put_member(out, ",\"version\":", cmd_str(bdc_version()));
  put_member(out, ",\"semanticVersion\":", cmd_str(bdc_version()));
  cmd_puts(out, ",\"rules\":[");
  for (size_t i = 0; i < cmd_rule_text_count; i++) {
    cmd_puts(out, i == 0 ? "\n" : ",\n");
    put_rule(out, &cmd_rule_texts[i]);
  }
  cmd_puts(out, "\n]}},\n\"results\":[");
}

/* ---- where ---- */

static bool is_unreserved(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_' || c == '~' ||
         c == '/';
}

/* Byte by byte, so that a name need not be UTF-8. */
static void put_uri(cmd_output *out, bdc_str path) {
  cmd_puts(out, path.size > 0 && path.data[0] == '/' ? "\"file://" : "\"");
  for (size_t i = 0; i < path.size; i++) {
    unsigned char byte = (unsigned char)path.data[i];
    if (is_unreserved(path.data[i])) {
      cmd_put(out, (bdc_str){ path.data + i, 1 });
    } else {
      char escape[3] = { '%', "0123456789ABCDEF"[byte >> 4], "0123456789ABCDEF"[byte & 0xf] };
      cmd_put(out, (bdc_str){ escape, sizeof(escape) });
    }
  }
  cmd_puts(out, "\"");
}

/* Code scanning of GitHub wants a line: the first stands for the file. */
static void put_region(cmd_output *out, const cmd_remark *remark) {
  put_number_member(out, ",\"region\":{\"startLine\":", remark->line > 0 ? remark->line : 1);
  if (remark->line > 0 && remark->column > 0) {
    put_number_member(out, ",\"startColumn\":", remark->column);
  }
  cmd_puts(out, "}");
}

/* Standard input is called "-", as everywhere. */
static void put_physical(cmd_output *out, const cmd_remark *remark) {
  const cmd_input *input = remark->result->input;
  cmd_puts(out, "\"physicalLocation\":{\"artifactLocation\":{\"uri\":");
  put_uri(out, cmd_input_path(input));
  if (cmd_input_is_standard(input)) {
    put_text_member(out, ",\"description\":", BDC_STR("standard input"));
  }
  cmd_puts(out, "}");
  put_region(out, remark);
  cmd_puts(out, "}");
}

/* The kinds are of those that the standard proposes. */
static void put_logical(cmd_output *out, const cmd_finding *finding) {
  bool in_body = cmd_equal(cmd_str(finding->in), BDC_STR("body"));
  if (cmd_equal(cmd_str(finding->in), BDC_STR("file")) || (in_body ? finding->pointer.size : finding->field.size) == 0) {
    return;
  }
  put_member(out, ",\"logicalLocations\":[{\"name\":", finding->field);
  if (in_body) {
    put_member(out, ",\"fullyQualifiedName\":", finding->pointer);
  }
  cmd_puts(out, in_body ? ",\"kind\":\"value\"}]" : ",\"kind\":\"parameter\"}]");
}

static void put_locations(cmd_output *out, const cmd_remark *remark) {
  cmd_puts(out, ",\"locations\":[{");
  put_physical(out, remark);
  if (remark->finding) {
    put_logical(out, remark->finding);
  }
  cmd_puts(out, "}]");
}

/* ---- results ---- */

static void put_message(cmd_output *out, const cmd_remark *remark) {
  cmd_output text = CMD_MEMORY;
  cmd_remark_put(remark, &text);
  cmd_remark_put_answer(remark, &text);
  put_text_member(out, ",\"message\":", cmd_output_text(&text));
  cmd_output_free(&text);
}

/* The standard wants them at all results, or at none. */
static void put_suppressions(cmd_output *out, const cmd_remark *remark) {
  cmd_puts(out, ",\"suppressions\":[");
  if (remark->standing != CMD_OPEN) {
    cmd_puts(out, "{\"kind\":\"external\"");
    bool silenced = remark->standing == CMD_SILENCED && remark->finding;
    put_member(out, ",\"justification\":", silenced ? remark->finding->reason : BDC_STR("expected by the file's .bodycheck line"));
    cmd_puts(out, "}");
  }
  cmd_puts(out, "]");
}

static void put_input_properties(cmd_output *out, const cmd_input *input) {
  if (input->record > 0) {
    put_number_member(out, ",\"record\":", input->record);
  }
  if (input->entry > 0) {
    put_number_member(out, ",\"entry\":", input->entry);
  }
  if (input->entry_pointer.size > 0) {
    put_member(out, ",\"body\":", input->entry_pointer);
  }
}

static void put_report_properties(cmd_output *out, const cmd_result *result) {
  const bdc_report *report = result->report;
  put_member(out, ",\"operation\":", cmd_result_operation(result));
  put_member(out, ",\"direction\":", report->http_status == 0 ? BDC_STR("request") : BDC_STR("response"));
  put_number_member(out, ",\"status\":", (uint64_t)report->http_status);
  if (report->error) {
    put_number_member(out, ",\"error\":{\"status\":", (uint64_t)report->error->status);
    put_member(out, ",\"code\":", report->error->code);
    put_member(out, ",\"message\":", result->error_message);
    cmd_puts(out, "}");
  }
}

/* "Severity" stands here because the level of what is suppressed does not tell it. */
static void put_properties(cmd_output *out, const cmd_remark *remark) {
  put_member(out, ",\"properties\":{\"severity\":", cmd_str(cmd_level_name(remark->level)));
  put_member(out, ",\"in\":", cmd_str(remark->finding ? remark->finding->in : "file"));
  if (remark->standing != CMD_OPEN) {
    put_member(out, ",\"standing\":", remark->standing == CMD_EXPECTED ? BDC_STR("expected") : BDC_STR("silenced"));
  }
  put_input_properties(out, remark->result->input);
  if (remark->result->report) {
    put_report_properties(out, remark->result);
  }
  cmd_puts(out, "}");
}

static void put_remark(cmd_output *out, const cmd_remark *remark, cmd_hash fingerprint) {
  cmd_level level = remark->standing == CMD_OPEN ? remark->level : CMD_LEVEL_NOTE;
  put_member(out, "\n{\"ruleId\":", cmd_str(remark->rule));
  put_number_member(out, ",\"ruleIndex\":", cmd_rule_text_find(remark->rule));
  put_member(out, ",\"level\":", cmd_str(cmd_level_name(level)));
  put_message(out, remark);
  put_locations(out, remark);
  cmd_puts(out, ",\"partialFingerprints\":{\"bodycheckRemark/v1\":\"");
  cmd_fingerprint_put(fingerprint, out);
  cmd_puts(out, "\"}");
  put_suppressions(out, remark);
  put_properties(out, remark);
  cmd_puts(out, "}");
}

static void put(const cmd_view *view, const cmd_result *result) {
  size_t count;
  cmd_hash *fingerprints = cmd_fingerprints_make(result, &count);
  for (size_t i = 0; i < count; i++) {
    cmd_remark remark = cmd_remark_at(result, i);
    cmd_puts(view->out, i == 0 ? "" : ",");
    put_remark(view->out, &remark, fingerprints[i]);
  }
  free(fingerprints);
}

/* ---- how the run went ---- */

static void put_notification(cmd_output *out, const char *before, uint64_t count, const char *noun, const char *nouns) {
  cmd_output text = CMD_MEMORY;
  cmd_put_number(&text, count);
  cmd_puts(&text, count == 1 ? noun : nouns);
  cmd_puts(out, before);
  put_text_member(out, "{\"level\":\"error\",\"message\":", cmd_output_text(&text));
  cmd_puts(out, "}");
  cmd_output_free(&text);
}

static void end(cmd_output *out, const cmd_totals *totals) {
  bool done = totals->unread == 0 && totals->mistakes == 0;
  cmd_puts(out, "\n],\n\"invocations\":[{\"executionSuccessful\":");
  cmd_puts(out, done ? "true" : "false");
  cmd_puts(out, ",\"toolExecutionNotifications\":[");
  if (totals->unread > 0) {
    put_notification(out, "", totals->unread, " file could not be read, as a whole or to its end",
                     " files could not be read, as a whole or to their end");
  }
  if (totals->mistakes > 0) {
    put_notification(out, totals->unread > 0 ? "," : "", totals->mistakes, " mistake in .bodycheck files",
                     " mistakes in .bodycheck files");
  }
  cmd_puts(out, "]}]}]}\n");
}

const cmd_format cmd_format_sarif = { .name = "sarif", .separator = ",", .begin = begin, .put = put, .end = end };
