/* SPDX-License-Identifier: MIT */
#include "cover/page.h"

#include "cover/words.h"
#include "html.h"
#include "rows.h"

/* ---- words and marks ---- */

typedef struct state {
  const char *class;
  const char *mark;
  const char *word;
} state;

static state state_of(cmd_tally tally) {
  static const state good = { "good", "\xe2\x97\x8f", "all" };
  static const state fair = { "fair", "\xe2\x97\x90", "some" };
  static const state poor = { "poor", "\xe2\x97\x8b", "none" };
  return tally.met == tally.all ? good : tally.met > 0 ? fair : poor;
}

uint64_t cmd_cover_page_percent(cmd_tally tally) {
  return tally.all > 0 ? tally.met * 100 / tally.all : 100;
}

void cmd_cover_page_put_bar(cmd_tally tally, cmd_output *out) {
  cmd_puts(out, "<div class=\"bar\" aria-hidden=\"true\"><div class=\"good\" style=\"width:");
  cmd_put_number(out, cmd_cover_page_percent(tally));
  cmd_puts(out, "%\"></div></div>");
}

void cmd_cover_page_put_state(cmd_tally tally, cmd_output *out) {
  state now = state_of(tally);
  cmd_puts(out, "<span class=\"mark ");
  cmd_puts(out, now.class);
  cmd_puts(out, "\">");
  cmd_puts(out, now.mark);
  cmd_puts(out, " ");
  cmd_puts(out, now.word);
  cmd_puts(out, "</span>");
}

/* ---- chips ---- */

/* For who points at it. */
static void put_chip_title(const cmd_side *side, cmd_output *out) {
  bool broken = cmd_side_is_broken(side->kind);
  if (side->count == 0) {
    cmd_puts(out, broken ? "never broken in this way" : "never kept in this way");
    return;
  }
  cmd_puts(out, broken ? "broken in this way " : "kept in this way ");
  cmd_put_count(side->count, "time", out);
}

/* What is behind the words of a chip. */
void cmd_cover_page_end_chip(uint64_t count, cmd_output *out) {
  cmd_puts(out, " <small>");
  if (count > 0) {
    cmd_puts(out, "\xc3\x97");
    cmd_put_number(out, count);
  } else {
    cmd_puts(out, "never");
  }
  cmd_puts(out, "</small></li>\n");
}

static void put_chip(const cmd_side *side, const bdc_row_info *row, cmd_output *out) {
  cmd_output words = CMD_MEMORY;
  cmd_side_put(side, row, &words);
  cmd_puts(out, side->count > 0 ? "<li class=\"met" : "<li class=\"never");
  cmd_puts(out, cmd_side_is_end(side->kind) ? " end\" title=\"" : "\" title=\"");
  put_chip_title(side, out);
  cmd_puts(out, side->count > 0 ? "\">\xe2\x9c\x93 " : "\">\xe2\x80\x93 ");
  cmd_html_text(out, cmd_output_text(&words));
  cmd_cover_page_end_chip(side->count, out);
  cmd_output_free(&words);
}

static void put_chips(const cmd_cover_section *section, const cmd_cover_row *row, bool broken, cmd_output *out) {
  bool begun = false;
  cmd_puts(out, "<td role=\"cell\"");
  for (size_t i = 0; i < row->side_count; i++) {
    const cmd_side *side = &section->sides.items[row->side_first + i];
    if (cmd_side_is_broken(side->kind) != broken) {
      continue;
    }
    if (!begun) {
      cmd_puts(out, broken ? " data-label=\"rules broken\"" : " data-label=\"rules kept\"");
      cmd_puts(out, "><ul class=\"chips\">\n");
      begun = true;
    }
    put_chip(side, &row->info, out);
  }
  cmd_puts(out, begun ? "</ul></td>\n" : "></td>\n");
}

/* A chip of its own: a status, a code. */
void cmd_cover_page_put_chip(bdc_str text, uint64_t count, cmd_output *out) {
  cmd_puts(out, count > 0 ? "<li class=\"met\">\xe2\x9c\x93 " : "<li class=\"never\">\xe2\x80\x93 ");
  cmd_html_text(out, text);
  cmd_cover_page_end_chip(count, out);
}

/* ---- rows ---- */

static void put_row_head(const cmd_cover_row *row, cmd_output *out) {
  cmd_puts(out, "<th role=\"rowheader\" scope=\"row\" style=\"padding-left:");
  cmd_put_number(out, row->depth + 1);
  cmd_puts(out, "em\"><b>");
  cmd_html_text(out, cmd_cover_row_name(row));
  cmd_puts(out, "</b> <span class=\"soft\">");
  cmd_html_text(out, row->info.type);
  if (row->role == CMD_ROW_FIELD && row->info.mandatory) {
    cmd_puts(out, row->info.unless.size > 0 ? ", mandatory unless " : ", mandatory");
    cmd_html_text(out, row->info.unless);
    cmd_puts(out, row->info.when_body ? " when body" : "");
  }
  cmd_puts(out, "</span>");
  cmd_output rules = CMD_MEMORY;
  cmd_rules_put(row->row, &rules);
  if (rules.size > 2) {
    cmd_puts(out, "<code>");
    cmd_html_text(out, (bdc_str){ rules.data + 2, rules.size - 2 });
    cmd_puts(out, "</code>");
  }
  cmd_output_free(&rules);
  cmd_puts(out, "</th>\n");
}

static void put_row(const cmd_cover_section *section, const cmd_cover_row *row, cmd_output *out) {
  cmd_tally tally = cmd_row_tally(section, row);
  cmd_puts(out, "<tr role=\"row\" class=\"row-");
  cmd_puts(out, state_of(tally).class);
  cmd_puts(out, "\">\n");
  put_row_head(row, out);
  cmd_puts(out, "<td role=\"cell\" class=\"state\">");
  cmd_cover_page_put_state(tally, out);
  cmd_puts(out, "<small>");
  cmd_tally_put(tally, out);
  cmd_puts(out, "</small>");
  cmd_cover_page_put_bar(tally, out);
  cmd_puts(out, "</td>\n");
  put_chips(section, row, false, out);
  put_chips(section, row, true, out);
  cmd_puts(out, "</tr>\n");
}

static void put_column_heads(cmd_output *out) {
  static const char *const names[] = { "Row", "Sides", "Rules kept", "Rules broken" };
  cmd_puts(out, "<thead role=\"rowgroup\"><tr role=\"row\">");
  for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
    cmd_puts(out, "<th role=\"columnheader\" scope=\"col\">");
    cmd_puts(out, names[i]);
    cmd_puts(out, "</th>");
  }
  cmd_puts(out, "</tr></thead>\n");
}

static void put_section_table(const cmd_cover_section *section, cmd_output *out) {
  cmd_puts(out, "<div class=\"scroll\">\n<table class=\"sides\" role=\"table\">\n<caption>");
  cmd_tally_put(cmd_section_tally(section), out);
  cmd_puts(out, " sides exercised by ");
  cmd_put_count(section->checked, "message", out);
  cmd_puts(out, "</caption>\n");
  put_column_heads(out);
  cmd_puts(out, "<tbody role=\"rowgroup\">\n");
  for (size_t i = 0; i < section->row_count; i++) {
    put_row(section, &section->rows[i], out);
  }
  cmd_puts(out, "</tbody>\n</table>\n</div>\n");
}

void cmd_cover_page_put_section(const cmd_cover_section *section, cmd_output *out) {
  cmd_output name = CMD_MEMORY;
  cmd_cover_put_section(section, &name);
  cmd_puts(out, "<h3>");
  cmd_html_text(out, cmd_output_text(&name));
  cmd_puts(out, "</h3>\n");
  cmd_output_free(&name);
  /* Where no message came, a table of what never was is for who asks for it. */
  bool folded = section->checked == 0;
  cmd_puts(out, folded ? "<details>\n<summary>never checked</summary>\n" : "");
  put_section_table(section, out);
  cmd_puts(out, folded ? "</details>\n" : "");
}
