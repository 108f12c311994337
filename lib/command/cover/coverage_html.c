/* SPDX-License-Identifier: MIT */
/*
 * Coverage as a page. What was exercised is told by words and marks, and by colours beside them; each side is a small label with how often
 * it was seen.
 */
#include "cover/page.h"
#include "cover/words.h"

#include "html.h"

/* On narrow screens a row of the table becomes a block, and what stood above its columns stands before its cells. */
static const char *const style[] = {
  ".tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); gap: 0.8rem; margin: 1.2em 0; padding: 0;",
  "  list-style: none; max-width: none; }",
  ".tiles li { display: flex; flex-direction: column; border: 1px solid var(--line); border-radius: 6px; padding: 0.7rem 0.9rem;",
  "  background: var(--band); }",
  ".tiles b { font-size: 1.6rem; line-height: 1.2; font-variant-numeric: tabular-nums; }",
  ".tiles .bar { margin-top: auto; background: var(--page); }",
  ".tiles span { margin-bottom: 0.5rem; }",
  ".summary td, .summary th { vertical-align: middle; }",
  ".summary .wide { width: 32%; }",
  ".legend { margin: 0.8em 0; }",
  ".sides { table-layout: fixed; }",
  ".sides th:nth-child(1) { width: 27%; }",
  ".sides th:nth-child(2) { width: 9.5rem; }",
  ".sides tbody th { white-space: normal; font-weight: 400; border-left: 4px solid var(--line); }",
  ".sides tbody th b { font-weight: 650; }",
  ".sides tbody th code { display: block; color: var(--soft); font-size: 0.82em; overflow-wrap: anywhere; }",
  ".sides .row-good th { border-left-color: var(--good); }",
  ".sides .row-fair th { border-left-color: var(--fair); }",
  ".sides .row-poor th { border-left-color: var(--poor); }",
  ".sides tr:hover { background: var(--band); }",
  ".state small { margin-left: 0.4rem; color: var(--soft); white-space: nowrap; font-variant-numeric: tabular-nums; }",
  ".state .bar { height: 0.4rem; margin-top: 0.35rem; }",
  ".chips { display: flex; flex-wrap: wrap; gap: 0.3rem; margin: 0; padding: 0; list-style: none; max-width: none; }",
  ".chips li { max-width: 100%; padding: 0.05em 0.5em; border: 1px solid transparent; border-radius: 1em; font-size: 0.85em;",
  "  overflow-wrap: anywhere; }",
  ".chips .met { background: var(--good-band); color: var(--good); }",
  ".chips .never { color: var(--soft); border: 1px dashed var(--soft); }",
  ".chips .end { font-weight: 650; }",
  ".chips small { font-size: 0.9em; font-weight: 400; font-variant-numeric: tabular-nums; }",
  "summary { cursor: pointer; color: var(--soft); }",
  ".not-counted { color: var(--soft); font-style: italic; }",
  "@media (max-width: 52rem) {",
  "  .summary .extra { display: none; }",
  "  .sides, .sides caption, .sides tbody, .sides tr, .sides tbody th:nth-child(n), .sides td { display: block; width: auto; }",
  "  .sides thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }",
  "  .sides tbody tr { border-top: 1px solid var(--line); border-left: 4px solid var(--line); padding-bottom: 0.5rem; }",
  "  .sides tbody tr.row-good { border-left-color: var(--good); }",
  "  .sides tbody tr.row-fair { border-left-color: var(--fair); }",
  "  .sides tbody tr.row-poor { border-left-color: var(--poor); }",
  "  .sides tbody th, .sides tbody td { border: 0; padding: 0.3rem 0.6rem 0.1rem; }",
  "  .sides td[data-label]::before { content: attr(data-label); display: block; color: var(--soft); font-size: 0.8em; }",
  "  .state .bar { display: none; } }",
  "@media (max-width: 40rem) {",
  "  .tiles { grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: 0.5rem; }",
  "  .summary tbody th { white-space: normal; }",
  "  .summary .wide, .summary .sum { display: none; } }",
  "@media print { .chips li { border-color: #bbb; } .sides tr:hover { background: none; } }",
};

/* One line for all, since mostly it is the same three sections or none. */
static void put_not_counted(const cmd_cover_operation *operation, cmd_output *out) {
  const char *before = "<p class=\"not-counted\">Not counted, since no whole request was checked: ";
  const char *end = "";
  for (size_t i = 0; i < operation->info.section_count; i++) {
    if (!cmd_section_counts(operation, &operation->sections[i])) {
      cmd_puts(out, before);
      cmd_cover_put_section(&operation->sections[i], out);
      before = ", ";
      end = ".</p>\n";
    }
  }
  cmd_puts(out, end);
}

/* ---- statuses, errors, codes ---- */

static void put_statuses(const cmd_cover_operation *operation, cmd_output *out) {
  if (operation->status_count == 0) {
    return;
  }
  cmd_puts(out, "<dt>statuses</dt><dd><ul class=\"chips\">\n");
  for (size_t i = 0; i < operation->status_count; i++) {
    cmd_output words = CMD_MEMORY;
    cmd_put_number(&words, (uint64_t)operation->statuses[i].status);
    cmd_cover_page_put_chip(cmd_output_text(&words), operation->statuses[i].count, out);
    cmd_output_free(&words);
  }
  if (operation->other_statuses > 0) {
    cmd_puts(out, "<li class=\"fair\">! undocumented");
    cmd_cover_page_end_chip(operation->other_statuses, out);
  }
  cmd_puts(out, "</ul></dd>\n");
}

static void put_codes(const cmd_cover_operation *operation, cmd_output *out) {
  cmd_tally tally = cmd_codes_tally(operation);
  if (tally.all == 0) {
    return;
  }
  cmd_puts(out, "<dt>codes in responses</dt><dd>");
  cmd_tally_put(tally, out);
  cmd_puts(out, " of the catalogue\n<ul class=\"chips\">\n");
  for (size_t i = 0; i < operation->service.code_count; i++) {
    if (operation->codes[i] > 0) {
      cmd_cover_page_put_chip(bdc_service_code(operation->info.service, i).code, operation->codes[i], out);
    }
  }
  cmd_puts(out, "</ul></dd>\n");
}

static void put_cell(bdc_str text, cmd_output *out) {
  cmd_puts(out, "<td>");
  cmd_html_text(out, text);
  cmd_puts(out, "</td>");
}

static void put_error(const bdc_error_row_info *row, uint64_t count, cmd_output *out) {
  cmd_puts(out, "<tr><th scope=\"row\">");
  cmd_html_text(out, row->code);
  cmd_puts(out, "</th><td>");
  cmd_cover_page_put_state((cmd_tally){ .met = count > 0, .all = 1 }, out);
  cmd_puts(out, "</td><td class=\"number\">");
  cmd_put_number(out, count);
  cmd_puts(out, "</td>");
  put_cell(row->where, out);
  put_cell(row->field, out);
  put_cell(row->rules, out);
  put_cell(row->message, out);
  cmd_puts(out, "</tr>\n");
}

static void put_errors(const cmd_cover_operation *operation, cmd_output *out) {
  if (operation->service.error_count == 0) {
    return;
  }
  cmd_puts(out, "<h3>errors</h3>\n");
  cmd_html_table_begin(out, BDC_STR("documented errors"));
  cmd_puts(out, "<caption>");
  cmd_tally_put(cmd_errors_tally(operation), out);
  cmd_puts(out, " documented errors were the answer to a message</caption>\n"
                "<thead><tr><th scope=\"col\">Code</th><th scope=\"col\">Answered</th><th scope=\"col\" class=\"number\">Times</th>"
                "<th scope=\"col\">Where</th><th scope=\"col\">Field</th><th scope=\"col\">Rules</th><th scope=\"col\">Message</th>"
                "</tr></thead>\n<tbody>\n");
  for (size_t i = 0; i < operation->service.error_count; i++) {
    bdc_error_row_info row = bdc_service_error(operation->info.service, i);
    put_error(&row, operation->errors[i], out);
  }
  cmd_puts(out, "</tbody>\n");
  cmd_html_table_end(out);
}

/* ---- operations ---- */

static void put_fact(const char *name, bdc_str value, cmd_output *out) {
  cmd_puts(out, "<dt>");
  cmd_puts(out, name);
  cmd_puts(out, "</dt><dd>");
  cmd_html_text(out, value);
  cmd_puts(out, "</dd>\n");
}

static void put_facts(const cmd_cover_operation *operation, cmd_output *out) {
  cmd_output words = CMD_MEMORY;
  cmd_puts(out, "<dl class=\"facts\">\n");
  cmd_put(&words, operation->info.method);
  cmd_puts(&words, " ");
  cmd_put(&words, operation->info.path);
  put_fact("request", cmd_output_text(&words), out);
  words.size = 0;
  cmd_put(&words, operation->service.file);
  cmd_puts(&words, ":");
  cmd_put_number(&words, operation->info.line);
  put_fact("rules", cmd_output_text(&words), out);
  words.size = 0;
  cmd_put_count(operation->requests, "request", &words);
  cmd_puts(&words, ", ");
  cmd_put_count(operation->responses, "response", &words);
  put_fact("checked", cmd_output_text(&words), out);
  cmd_output_free(&words);
  put_statuses(operation, out);
  put_codes(operation, out);
  cmd_puts(out, "</dl>\n");
}

/* A full name may break behind its dots. */
static void put_full_name(bdc_str name, cmd_output *out) {
  size_t start = 0;
  for (size_t i = 0; i < name.size; i++) {
    if (name.data[i] == '.') {
      cmd_html_text(out, (bdc_str){ name.data + start, i + 1 - start });
      cmd_puts(out, "<wbr>");
      start = i + 1;
    }
  }
  cmd_html_text(out, (bdc_str){ name.data + start, name.size - start });
}

/* Where the summary leads to. */
static void put_anchor(size_t index, cmd_output *out) {
  cmd_puts(out, "operation-");
  cmd_put_number(out, index + 1);
}

static void put_operation(const cmd_cover_operation *operation, size_t index, cmd_output *out) {
  cmd_puts(out, "<section>\n<h2 id=\"");
  put_anchor(index, out);
  cmd_puts(out, "\">");
  put_full_name(operation->info.full_name, out);
  cmd_puts(out, "</h2>\n");
  put_facts(operation, out);
  put_not_counted(operation, out);
  for (size_t i = 0; i < operation->info.section_count; i++) {
    if (cmd_section_counts(operation, &operation->sections[i])) {
      cmd_cover_page_put_section(&operation->sections[i], out);
    }
  }
  put_errors(operation, out);
  cmd_puts(out, "</section>\n");
}

/* ---- the summary ---- */

static void put_tile(const char *name, cmd_tally tally, cmd_output *out) {
  cmd_puts(out, "<li><b>");
  cmd_put_number(out, cmd_cover_page_percent(tally));
  cmd_puts(out, "%</b><span>");
  cmd_tally_put(tally, out);
  cmd_puts(out, " ");
  cmd_puts(out, name);
  cmd_puts(out, "</span>");
  cmd_cover_page_put_bar(tally, out);
  cmd_puts(out, "</li>\n");
}

static void put_tiles(const cmd_coverage *coverage, cmd_output *out) {
  cmd_tally all = cmd_coverage_tally(coverage);
  cmd_tally operations = { .all = coverage->operation_count };
  cmd_tally statuses = { 0 };
  cmd_tally errors = { 0 };
  for (size_t i = 0; i < coverage->operation_count; i++) {
    if (cmd_operation_is_checked(&coverage->operations[i])) {
      operations.met++;
      cmd_tally_add(&statuses, cmd_statuses_tally(&coverage->operations[i]));
      cmd_tally_add(&errors, cmd_errors_tally(&coverage->operations[i]));
    }
  }
  cmd_puts(out, "<ul class=\"tiles\">\n");
  put_tile("sides of rules", all, out);
  put_tile("ends of ranges", (cmd_tally){ .met = all.ends_met, .all = all.ends_all }, out);
  put_tile("statuses", statuses, out);
  put_tile("documented errors", errors, out);
  put_tile("operations checked", operations, out);
  cmd_puts(out, "</ul>\n");
}

static void put_checked_cells(const cmd_cover_operation *operation, cmd_output *out) {
  cmd_tally tally = cmd_operation_tally(operation);
  cmd_puts(out, "<td>");
  cmd_cover_page_put_state(tally, out);
  cmd_puts(out, "</td><td class=\"wide\">");
  cmd_cover_page_put_bar(tally, out);
  cmd_puts(out, "</td><td class=\"number\">");
  cmd_put_number(out, cmd_cover_page_percent(tally));
  cmd_puts(out, "%</td><td class=\"number sum\">");
  cmd_tally_put(tally, out);
  cmd_puts(out, "</td><td class=\"number extra\">");
  cmd_put_number(out, operation->requests + operation->responses);
  cmd_puts(out, "</td>");
}

static void put_summary_row(const cmd_cover_operation *operation, size_t index, cmd_output *out) {
  cmd_puts(out, "<tr><th scope=\"row\">");
  if (!cmd_operation_is_checked(operation)) {
    put_full_name(operation->info.full_name, out);
    cmd_puts(out, "</th><td colspan=\"5\" class=\"not-counted\">not checked</td></tr>\n");
    return;
  }
  cmd_puts(out, "<a href=\"#");
  put_anchor(index, out);
  cmd_puts(out, "\">");
  put_full_name(operation->info.full_name, out);
  cmd_puts(out, "</a></th>");
  put_checked_cells(operation, out);
  cmd_puts(out, "</tr>\n");
}

static void put_summary(const cmd_coverage *coverage, cmd_output *out) {
  cmd_puts(out, "<div class=\"summary\">\n");
  cmd_html_table_begin(out, BDC_STR("operations"));
  cmd_puts(out, "<caption>Operations, and how many sides of their rules were exercised</caption>\n"
                "<thead><tr><th scope=\"col\">Operation</th><th scope=\"col\">Exercised</th><th scope=\"col\" class=\"wide\">Share</th>"
                "<th scope=\"col\" class=\"number\">Percent</th><th scope=\"col\" class=\"number sum\">Sides</th>"
                "<th scope=\"col\" class=\"number extra\">Messages</th></tr></thead>\n<tbody>\n");
  for (size_t i = 0; i < coverage->operation_count; i++) {
    put_summary_row(&coverage->operations[i], i, out);
  }
  cmd_puts(out, "</tbody>\n");
  cmd_html_table_end(out);
  cmd_puts(out, "</div>\n");
}

static void put_introduction(cmd_output *out) {
  cmd_puts(out,
           "<h1>Rule coverage</h1>\n"
           "<p>Each documented rule has sides: values that keep it and values that break it. Of a range the ends count by themselves: "
           "the least and the greatest allowed, and what lies beyond. This page shows which sides the checked messages "
           "exercised, and how often.</p>\n"
           "<ul class=\"chips legend\" aria-label=\"Legend\">\n"
           "<li class=\"met\">\xe2\x9c\x93 exercised <small>\xc3\x97 times</small></li>\n"
           "<li class=\"never\">\xe2\x80\x93 not exercised <small>never</small></li>\n"
           "<li class=\"never end\">\xe2\x80\x93 the end of a range is bold <small>never</small></li>\n</ul>\n");
}

void cmd_coverage_put_html(const cmd_coverage *coverage, cmd_output *out) {
  cmd_html_begin_with(out, "Rule coverage", style, sizeof(style) / sizeof(style[0]));
  put_introduction(out);
  put_tiles(coverage, out);
  put_summary(coverage, out);
  for (size_t i = 0; i < coverage->operation_count; i++) {
    if (cmd_operation_is_checked(&coverage->operations[i])) {
      put_operation(&coverage->operations[i], i, out);
    }
  }
  cmd_html_end(out);
}
