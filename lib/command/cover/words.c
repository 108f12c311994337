/* SPDX-License-Identifier: MIT */
#include "cover/words.h"

#include "text.h"

void cmd_cover_put_section(const cmd_cover_section *section, cmd_output *out) {
  const bdc_section_info *info = &section->info;
  if (info->in != BDC_IN_BODY) {
    cmd_puts(out, bdc_place_name(info->in));
    return;
  }
  cmd_puts(out, info->status_count > 0 ? "response " : "request");
  for (size_t i = 0; i < info->status_count; i++) {
    cmd_puts(out, i > 0 ? "," : "");
    cmd_put_number(out, (uint64_t)info->statuses[i]);
  }
}

bdc_str cmd_cover_row_name(const cmd_cover_row *row) {
  switch (row->role) {
  case CMD_ROW_BODY:
    return BDC_STR("(body)");
  case CMD_ROW_ITEM:
    return BDC_STR("(items)");
  case CMD_ROW_MEMBER:
    return BDC_STR("(members)");
  case CMD_ROW_FIELD:
    break;
  }
  return row->info.name;
}

static void put_token(bdc_str name, cmd_output *out) {
  for (size_t i = 0; i < name.size; i++) {
    char c = name.data[i];
    cmd_put(out, c == '~' ? BDC_STR("~0") : c == '/' ? BDC_STR("~1") : (bdc_str){ &name.data[i], 1 });
  }
}

/* Rows nest no deeper than the rule file has objects and element types. */
void cmd_cover_put_path(const cmd_cover_section *section, const cmd_cover_row *row, cmd_output *out) {
  const cmd_cover_row *parent = &section->rows[row->parent];
  if (row->role == CMD_ROW_BODY) {
    return;
  }
  if (parent != row) {
    cmd_cover_put_path(section, parent, out);
  }
  cmd_puts(out, "/");
  if (row->role == CMD_ROW_FIELD) {
    put_token(row->info.name, out);
  } else {
    cmd_puts(out, "*");
  }
}

void cmd_tally_put(cmd_tally tally, cmd_output *out) {
  cmd_put_number(out, tally.met);
  cmd_puts(out, " of ");
  cmd_put_number(out, tally.all);
}

void cmd_put_count(uint64_t count, const char *noun, cmd_output *out) {
  cmd_put_number(out, count);
  cmd_puts(out, " ");
  cmd_puts(out, noun);
  cmd_puts(out, count == 1 ? "" : "s");
}

cmd_tally cmd_codes_tally(const cmd_cover_operation *operation) {
  cmd_tally tally = { 0 };
  bdc_str last = { 0 };
  for (size_t i = 0; i < operation->service.code_count; i++) {
    bdc_str code = bdc_service_code(operation->info.service, i).code;
    tally.all += !cmd_equal(code, last);
    tally.met += operation->codes[i] > 0;
    last = code;
  }
  return tally;
}
