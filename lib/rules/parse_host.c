/* SPDX-License-Identifier: MIT */
/* host PATTERN @TAG */
#include "rules/parse.h"

/* What the domain name system allows. */
enum { LABEL_MAX = 63, HOST_MAX = 253 };

static bool is_host_character(unsigned char c) {
  c = bdc__ascii_lower(c);
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '*';
}

static bool check_characters(bdc__parser *parser, const bdc__word *word) {
  for (size_t i = 0; i < word->text.size; i++) {
    if (!is_host_character((unsigned char)word->text.data[i])) {
      return bdc__parse_fail(parser, word->offset + i,
                             "a character that no host name has; expected letters, digits, - and ., or * for a whole label (no scheme, "
                             "port or path)");
    }
  }
  return true;
}

/* One label, at `offset` of the line. */
static bool check_label(bdc__parser *parser, bdc_str label, size_t offset) {
  if (label.size == 0) {
    return bdc__parse_fail(parser, offset, "an empty label in the host name; expected one before, between and behind dots");
  }
  if (label.size > 1 && memchr(label.data, '*', label.size)) {
    return bdc__parse_fail(parser, offset, "\"%.*s\" in the host name; a *, which stands for one label, is a whole label",
                           BDC__SHOWN(label));
  }
  return label.size <= LABEL_MAX ||
         bdc__parse_fail(parser, offset, "a label too long in the host name; expected at most %d characters", LABEL_MAX);
}

static bool check_labels(bdc__parser *parser, const bdc__word *word) {
  bdc_str name = word->text;
  bool named = false;
  for (size_t at = 0; at <= name.size;) {
    bdc_str rest = bdc__str_from(name, at);
    const char *dot = rest.size ? memchr(rest.data, '.', rest.size) : NULL;
    bdc_str label = { rest.data, dot ? (size_t)(dot - rest.data) : rest.size };
    if (!check_label(parser, label, word->offset + at)) {
      return false;
    }
    named = named || label.data[0] != '*';
    at += label.size + 1;
  }
  return named ||
         bdc__parse_fail(parser, word->offset, "\"%.*s\" names no host; expected a label other than *", BDC__SHOWN(word->text));
}

static bool check_pattern(bdc__parser *parser, const bdc__word *word) {
  if (word->quoted || word->text.data[0] == '@') {
    return bdc__parse_fail(parser, word->offset, "\"%.*s\" is no host name; expected one without quotes, as *.example.com",
                           BDC__SHOWN(word->text));
  }
  if (word->text.size > HOST_MAX) {
    return bdc__parse_fail(parser, word->offset, "a host name too long; expected at most %d characters", HOST_MAX);
  }
  return check_characters(parser, word) && check_labels(parser, word);
}

static bool note_pattern(bdc__parser *parser, const bdc__word *word) {
  bdc_str key;
  if (!bdc__parse_lower(parser, word->text, &key)) {
    return false;
  }
  if (bdc__map_get(&parser->hosts, key)) {
    return bdc__parse_fail(parser, word->offset, "a second host \"%.*s\"; hosts are the same in any case", BDC__SHOWN(word->text));
  }
  return bdc__map_set(&parser->hosts, &parser->load->scratch, key, key.data) || bdc__parse_no_memory(parser);
}

void bdc__parse_host(bdc__parser *parser) {
  bdc__word word;
  bdc_host_info host = { .line = parser->scanner.line.number };
  if (!bdc__parse_word(parser, "a host name, as *.example.com", &word) || !check_pattern(parser, &word) ||
      !bdc__parse_sources(parser, &host.source) || !note_pattern(parser, &word)) {
    return;
  }
  bdc_host_info *listed = bdc__list_add(&parser->host_list, &parser->load->scratch, sizeof(*listed));
  if (!listed) {
    bdc__parse_no_memory(parser);
    return;
  }
  host.pattern = word.text;
  *listed = host;
  parser->service->host_count = parser->host_list.count;
}
