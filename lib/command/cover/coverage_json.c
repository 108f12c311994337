/* SPDX-License-Identifier: MIT */
/* Coverage for programs: one object. The names of its members are fixed. */
#include "cover/words.h"

#include "text.h"

enum { COVERAGE_VERSION = 1 };

/* `name` with what stands before it: ",\"name\":". */
static void put_member(cmd_output *out, const char *name, bdc_str value) {
  cmd_puts(out, name);
  cmd_put_json(out, value);
}

static void put_number(cmd_output *out, const char *name, uint64_t value) {
  cmd_puts(out, name);
  cmd_put_number(out, value);
}

/* A member whose text is put together first. */
static void put_words(cmd_output *out, const char *name, cmd_output *words) {
  put_member(out, name, cmd_output_text(words));
  cmd_output_free(words);
}

static void put_tally(cmd_output *out, cmd_tally tally) {
  put_number(out, ",\"sides\":", tally.all);
  put_number(out, ",\"exercised\":", tally.met);
  put_number(out, ",\"ends\":", tally.ends_all);
  put_number(out, ",\"ends_exercised\":", tally.ends_met);
}

static void put_side(cmd_output *out, const cmd_side *side, const bdc_row_info *row) {
  cmd_output words = CMD_MEMORY;
  put_member(out, "{\"rule\":", cmd_str(cmd_side_rule(side->kind)));
  cmd_puts(out, cmd_side_is_broken(side->kind) ? ",\"kept\":false" : ",\"kept\":true");
  cmd_side_put(side, row, &words);
  put_words(out, ",\"side\":", &words);
  cmd_puts(out, cmd_side_is_end(side->kind) ? ",\"end\":true" : ",\"end\":false");
  put_number(out, ",\"count\":", side->count);
  cmd_puts(out, "}");
}

static void put_row(cmd_output *out, const cmd_cover_section *section, const cmd_cover_row *row) {
  cmd_output path = CMD_MEMORY;
  cmd_cover_put_path(section, row, &path);
  put_words(out, "{\"row\":", &path);
  put_member(out, ",\"type\":", row->info.type);
  put_number(out, ",\"line\":", row->info.line);
  put_tally(out, cmd_row_tally(section, row));
  cmd_puts(out, ",\n    \"by_side\":[");
  for (size_t i = 0; i < row->side_count; i++) {
    cmd_puts(out, i > 0 ? "," : "");
    put_side(out, &section->sides.items[row->side_first + i], &row->info);
  }
  cmd_puts(out, "]}");
}

static void put_section(cmd_output *out, const cmd_cover_operation *operation, const cmd_cover_section *section) {
  put_member(out, "{\"in\":", cmd_str(bdc_place_name(section->info.in)));
  put_member(out, ",\"direction\":", section->info.status_count > 0 ? BDC_STR("response") : BDC_STR("request"));
  cmd_puts(out, ",\"statuses\":[");
  for (size_t i = 0; i < section->info.status_count; i++) {
    put_number(out, i > 0 ? "," : "", (uint64_t)section->info.statuses[i]);
  }
  put_number(out, "],\"checked\":", section->checked);
  cmd_puts(out, cmd_section_counts(operation, section) ? ",\"counts\":true" : ",\"counts\":false");
  put_tally(out, cmd_section_tally(section));
  cmd_puts(out, ",\"rows\":[");
  for (size_t i = 0; i < section->row_count; i++) {
    cmd_puts(out, i > 0 ? ",\n   " : "\n   ");
    put_row(out, section, &section->rows[i]);
  }
  cmd_puts(out, "]}");
}

static void put_statuses(cmd_output *out, const cmd_cover_operation *operation) {
  cmd_puts(out, ",\n \"statuses\":[");
  for (size_t i = 0; i < operation->status_count; i++) {
    put_number(out, i > 0 ? ",{\"status\":" : "{\"status\":", (uint64_t)operation->statuses[i].status);
    put_number(out, ",\"count\":", operation->statuses[i].count);
    cmd_puts(out, "}");
  }
  put_number(out, "],\"undocumented_statuses\":", operation->other_statuses);
}

static void put_errors(cmd_output *out, const cmd_cover_operation *operation) {
  cmd_puts(out, ",\n \"errors\":[");
  for (size_t i = 0; i < operation->service.error_count; i++) {
    bdc_error_row_info row = bdc_service_error(operation->info.service, i);
    put_number(out, i > 0 ? ",\n  {\"line\":" : "\n  {\"line\":", row.line);
    put_member(out, ",\"where\":", row.where);
    put_member(out, ",\"field\":", row.field);
    put_member(out, ",\"rules\":", row.rules);
    put_number(out, ",\"status\":", (uint64_t)row.status);
    put_member(out, ",\"code\":", row.code);
    put_number(out, ",\"count\":", operation->errors[i]);
    cmd_puts(out, "}");
  }
  cmd_puts(out, "]");
}

/* Of the catalogue, which may be long, only what was seen. */
static void put_codes(cmd_output *out, const cmd_cover_operation *operation) {
  const char *before = "";
  cmd_puts(out, ",\n \"codes\":[");
  for (size_t i = 0; i < operation->service.code_count; i++) {
    if (operation->codes[i] > 0) {
      cmd_puts(out, before);
      put_member(out, "{\"code\":", bdc_service_code(operation->info.service, i).code);
      put_number(out, ",\"count\":", operation->codes[i]);
      cmd_puts(out, "}");
      before = ",";
    }
  }
  put_number(out, "],\"code_count\":", cmd_codes_tally(operation).all);
}

static void put_operation(cmd_output *out, const cmd_cover_operation *operation) {
  put_member(out, "{\"operation\":", operation->info.full_name);
  put_member(out, ",\"rules\":", operation->service.file);
  put_number(out, ",\"requests\":", operation->requests);
  put_number(out, ",\"responses\":", operation->responses);
  put_tally(out, cmd_operation_tally(operation));
  if (cmd_operation_is_checked(operation)) {
    put_statuses(out, operation);
    put_errors(out, operation);
    put_codes(out, operation);
    cmd_puts(out, ",\n \"sections\":[");
    for (size_t i = 0; i < operation->info.section_count; i++) {
      cmd_puts(out, i > 0 ? ",\n  " : "\n  ");
      put_section(out, operation, &operation->sections[i]);
    }
    cmd_puts(out, "]");
  }
  cmd_puts(out, "}");
}

void cmd_coverage_put_json(const cmd_coverage *coverage, cmd_output *out) {
  uint64_t checked = 0;
  for (size_t i = 0; i < coverage->operation_count; i++) {
    checked += cmd_operation_is_checked(&coverage->operations[i]);
  }
  put_number(out, "{\"version\":", COVERAGE_VERSION);
  put_number(out, ",\"checked_operations\":", checked);
  put_tally(out, cmd_coverage_tally(coverage));
  cmd_puts(out, ",\"operations\":[");
  for (size_t i = 0; i < coverage->operation_count; i++) {
    cmd_puts(out, i > 0 ? ",\n" : "\n");
    put_operation(out, &coverage->operations[i]);
  }
  cmd_puts(out, "]}\n");
}
