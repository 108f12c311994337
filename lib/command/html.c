/* SPDX-License-Identifier: MIT */
#include "html.h"

#include "text.h"

/* Every pair of text and ground has a contrast of at least 4.5 to 1, in both sets of colours. */
static const char *const style[] = {
  ":root { color-scheme: light dark;",
  "  --page: #fdfdfc; --text: #22262b; --soft: #5b636d; --line: #dcdfe3; --band: #f3f4f5; --link: #0a58a6; --aim: #fff3c4;",
  "  --good: #17612f; --good-band: #e3f3e6; --fair: #6f4700; --fair-band: #fcefcf; --poor: #99191f; --poor-band: #fbe6e5; }",
  "@media (prefers-color-scheme: dark) { :root {",
  "  --page: #15181c; --text: #e3e6ea; --soft: #a4acb6; --line: #363c45; --band: #1e2228; --link: #86bdf7; --aim: #4a3f16;",
  "  --good: #86d69b; --good-band: #18311f; --fair: #eec56f; --fair-band: #392d10; --poor: #f9a19c; --poor-band: #401d1e; } }",
  "* { box-sizing: border-box; }",
  "html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }",
  "body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: break-word; }",
  "main { max-width: 84rem; margin: 0 auto; padding: 1.5rem 1.5rem 4rem; }",
  "h1, h2, h3, h4 { line-height: 1.25; margin: 2em 0 0.6em; font-weight: 650; }",
  "h1 { font-size: 1.7rem; margin-top: 0.5em; }",
  "h2 { font-size: 1.35rem; padding-bottom: 0.3em; border-bottom: 1px solid var(--line); }",
  "h3 { font-size: 1.08rem; }",
  "h4 { font-size: 1rem; }",
  "p, ul, ol { margin: 0.6em 0; max-width: 50rem; }",
  "ul, ol { padding-left: 1.4rem; }",
  "a { color: var(--link); text-underline-offset: 0.15em; text-decoration-thickness: 1px; }",
  ":focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }",
  "code { font: 0.9em/1.45 ui-monospace, \"DejaVu Sans Mono\", Consolas, monospace; }",
  ".facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.2rem 1.2rem; margin: 0.8em 0; }",
  ".facts dt { color: var(--soft); }",
  ".facts dd { margin: 0; }",
  ".scroll { overflow-x: auto; margin: 0.6em 0 1.4em; border: 1px solid var(--line); border-radius: 6px; }",
  "table { border-collapse: collapse; width: 100%; font-size: 0.92rem; }",
  "caption { text-align: left; padding: 0.4rem 0.7rem; color: var(--soft); }",
  "th, td { padding: 0.38rem 0.7rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }",
  "thead th { border-top: 0; background: var(--band); color: var(--soft); font-weight: 600; white-space: nowrap; }",
  "tbody th { font-weight: 600; white-space: nowrap; }",
  "td code { display: inline-block; max-width: 100%; }",
  ".whole { white-space: nowrap; }",
  ".roomy { min-width: 15rem; }",
  ".pair { display: flex; gap: 0.5em; align-items: baseline; }",
  ".soft { color: var(--soft); }",
  ".number { text-align: right; font-variant-numeric: tabular-nums; }",
  ".mark { display: inline-block; padding: 0 0.4em; border: 1px solid var(--line); border-radius: 4px; background: var(--band);",
  "  font-size: 0.85em; white-space: nowrap; }",
  ".good { background: var(--good-band); color: var(--good); }",
  ".fair { background: var(--fair-band); color: var(--fair); }",
  ".poor { background: var(--poor-band); color: var(--poor); }",
  ".bar { display: flex; height: 0.7rem; border: 1px solid var(--line); border-radius: 4px; overflow: hidden; }",
  ".bar .good { background: var(--good); }",
  ".bar .fair { background: var(--fair); }",
  ".bar .poor { background: var(--poor); }",
  ":target, tr:target > * { background: var(--aim); color: var(--text); }",
  "@media screen and (max-width: 60rem) {",
  "  th:first-child { position: sticky; left: 0; background: var(--page); border-right: 1px solid var(--line); }",
  "  thead th:first-child { background: var(--band); } }",
  "@media (max-width: 40rem) {",
  "  main { padding: 0.8rem 0.8rem 3rem; }",
  "  .facts { grid-template-columns: minmax(0, 1fr); gap: 0; }",
  "  .facts dd { margin-bottom: 0.5rem; } }",
  "@media print {",
  "  :root { color-scheme: light; --page: #fff; --text: #000; --soft: #444; --line: #bbb; --band: #f2f2f2; --link: #000; --aim: #fff;",
  "    --good: #17612f; --good-band: #e3f3e6; --fair: #6f4700; --fair-band: #fcefcf; --poor: #99191f; --poor-band: #fbe6e5; }",
  "  body { font-size: 9pt; }",
  "  main { max-width: none; padding: 0; }",
  "  .scroll { overflow: visible; border: 0; }",
  "  h2, h3, h4 { break-after: avoid; }",
  "  tr { break-inside: avoid; }",
  "  .good, .fair, .poor { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }",
};

/* The policy makes the promise of no network one that the browser keeps. */
static const char head[] = "<!DOCTYPE html>\n"
                           "<html lang=\"en\">\n"
                           "<head>\n"
                           "<meta charset=\"utf-8\">\n"
                           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                           "<meta name=\"generator\" content=\"bodycheck\">\n"
                           "<title>";

static void put_lines(cmd_output *out, const char *const *lines, size_t count) {
  for (size_t i = 0; i < count; i++) {
    cmd_puts(out, lines[i]);
    cmd_puts(out, "\n");
  }
}

void cmd_html_begin(cmd_output *out, const char *title) {
  cmd_html_begin_with(out, title, NULL, 0);
}

void cmd_html_begin_with(cmd_output *out, const char *title, const char *const *lines, size_t count) {
  cmd_puts(out, head);
  cmd_html_text(out, cmd_str(title));
  cmd_puts(out, "</title>\n<style>\n");
  put_lines(out, style, sizeof(style) / sizeof(style[0]));
  put_lines(out, lines, count);
  cmd_puts(out, "</style>\n</head>\n<body>\n<main>\n");
}

void cmd_html_end(cmd_output *out) {
  cmd_puts(out, "</main>\n</body>\n</html>\n");
}

void cmd_html_table_begin(cmd_output *out, bdc_str label) {
  /* A box that scrolls must be within reach of the keyboard. */
  cmd_puts(out, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
  cmd_html_text(out, label);
  cmd_puts(out, "\">\n<table>\n");
}

void cmd_html_table_end(cmd_output *out) {
  cmd_puts(out, "</table>\n</div>\n");
}

const char *cmd_html_entity(char byte) {
  switch (byte) {
  case '&':
    return "&amp;";
  case '<':
    return "&lt;";
  case '>':
    return "&gt;";
  case '"':
    return "&quot;";
  case '\'':
    return "&#39;";
  default:
    return NULL;
  }
}

void cmd_html_text(cmd_output *out, bdc_str text) {
  size_t start = 0;
  for (size_t at = 0; at < text.size; at++) {
    const char *entity = cmd_html_entity(text.data[at]);
    if (entity) {
      cmd_put_text(out, (bdc_str){ text.data + start, at - start });
      cmd_puts(out, entity);
      start = at + 1;
    }
  }
  if (start < text.size) {
    cmd_put_text(out, (bdc_str){ text.data + start, text.size - start });
  }
}
