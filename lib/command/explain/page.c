/* SPDX-License-Identifier: MIT */
#include "explain/page.h"

#include "explain/model.h"
#include "html.h"
#include "text.h"

void cmd_page_tagged(cmd_output *out, const char *before, bdc_str text, const char *behind) {
  cmd_puts(out, before);
  cmd_html_text(out, text);
  cmd_puts(out, behind);
}

void cmd_page_code(cmd_output *out, bdc_str text) {
  if (text.size > 0) {
    cmd_page_tagged(out, "<code>", text, "</code>");
  }
}

void cmd_page_target(const cmd_target *target, cmd_output *out) {
  cmd_output name = CMD_MEMORY;
  cmd_target_name_put(target, &name);
  cmd_html_text(out, cmd_output_text(&name));
  cmd_output_free(&name);
}

void cmd_page_heading(const cmd_targets *targets, char level, const char *text, cmd_output *out) {
  char tag = (char)(cmd_targets_alone(targets) ? level : level + 1);
  const char open[] = { '<', 'h', tag, '>', '\0' };
  const char close[] = { '<', '/', 'h', tag, '>', '\n', '\0' };
  cmd_page_tagged(out, open, cmd_str(text), close);
}

void cmd_page_made_heading(const cmd_targets *targets, char level, cmd_output *text, cmd_output *out) {
  cmd_put(text, (bdc_str){ "", 1 });
  cmd_page_heading(targets, level, text->data, out);
  cmd_output_free(text);
}

void cmd_page_table_begin(bdc_str label, const char *const *names, size_t count, cmd_output *out) {
  cmd_html_table_begin(out, label);
  cmd_puts(out, "<thead><tr>");
  for (size_t i = 0; i < count; i++) {
    cmd_puts(out, "<th scope=\"col\">");
    cmd_puts(out, names[i]);
    cmd_puts(out, "</th>");
  }
  cmd_puts(out, "</tr></thead>\n<tbody>\n");
}

void cmd_page_table_end(cmd_output *out) {
  cmd_puts(out, "</tbody>\n");
  cmd_html_table_end(out);
}

void cmd_page_cell(bdc_str text, cmd_output *out) {
  cmd_page_tagged(out, "<td>", text, "</td>");
}

void cmd_page_code_cell(bdc_str text, cmd_output *out) {
  cmd_puts(out, "<td>");
  cmd_page_code(out, text);
  cmd_puts(out, "</td>");
}

void cmd_page_name_cell(bdc_str name, cmd_output *out) {
  cmd_puts(out, "<td class=\"whole\">");
  cmd_page_code(out, name);
  cmd_puts(out, "</td>");
}

void cmd_page_number_cell(uint64_t number, cmd_output *out) {
  cmd_puts(out, "<td>");
  cmd_put_number(out, number);
  cmd_puts(out, "</td>");
}

void cmd_page_list_cell(bdc_str list, cmd_output *out) {
  const char *before = "";
  cmd_puts(out, "<td>");
  for (bdc_str item; cmd_word_next(&list, ',', &item);) {
    cmd_page_tagged(out, before, item, "");
    before = ", ";
  }
  cmd_puts(out, "</td>");
}

void cmd_page_place(const bdc_service *service, const char *kind, size_t index, cmd_output *out) {
  cmd_output name = CMD_MEMORY;
  cmd_service_name_put(service, &name);
  cmd_html_text(out, cmd_output_text(&name));
  cmd_output_free(&name);
  cmd_puts(out, kind);
  cmd_put_number(out, index + 1);
}

void cmd_page_words(const cmd_output *words, cmd_output *out) {
  bdc_str rest = cmd_output_text(words);
  const char *before = "";
  for (bdc_str word; cmd_word_next(&rest, '\n', &word);) {
    cmd_puts(out, before);
    cmd_page_code(out, word);
    before = " <span class=\"soft\">&middot;</span> ";
  }
}

static size_t source_index(const bdc_service *service, bdc_str tag) {
  size_t count = bdc_service_describe(service).source_count;
  size_t at = 0;
  while (at < count && !cmd_equal(bdc_service_source(service, at).tag, tag)) {
    at++;
  }
  return at;
}

void cmd_page_sources(const bdc_service *service, bdc_str tags, bool linked, cmd_output *out) {
  const char *before = "";
  for (bdc_str tag; cmd_word_next(&tags, ' ', &tag);) {
    size_t index = source_index(service, tag);
    cmd_puts(out, before);
    cmd_puts(out, linked ? "<a class=\"mark\" href=\"#" : "<span class=\"mark\"");
    if (linked) {
      cmd_page_place(service, "-source-", index, out);
      cmd_puts(out, "\"");
    }
    cmd_page_tagged(out, " title=\"", bdc_service_source(service, index).text, "\">@");
    cmd_page_tagged(out, "", tag, linked ? "</a>" : "</span>");
    before = " ";
  }
}
