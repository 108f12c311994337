/* SPDX-License-Identifier: MIT */
/*
 * What bodycheck thinks of bodies, for engine.mjs to compare with a validator of JSON Schemas.
 *
 *   differential-engine rules FOLDER                           writes the tables of other tests there, as rule files
 *   differential-engine tables RULES                           lists all bodies: OPERATION STATUS, 0 for a request
 *   differential-engine bodies RULES [--bodies N] [--seed N]   makes bodies of all of them
 *   differential-engine classes RULES [--step N]               asks the classes of test.regular.Classes about every Nth character
 *
 * A body is written as a line, its table's number, its verdict ("valid" or "invalid"), its size, and RULE:OFFSET of each error, and then
 * its bytes and a newline. A class is a line, its field's name and a "1" or a "0" for each character.
 */
#include "property/bodies.h"

#include "unit/lab.h"

#include <stdio.h>

enum { TARGETS_MAX = 256, CHANGES = 4, STATUS_UNDOCUMENTED = 418 };

typedef struct target {
  const bdc_operation *operation;
  int http_status;
  const bdc_row *root;
} target;

typedef struct world {
  bdc_ruleset *ruleset;
  bdc_checker *checker;
  target targets[TARGETS_MAX];
  uint32_t count;
} world;

/* ---- rules ---- */

/* What a validator without limits would never come back from. */
static const char slow[] = "(a+)+b";

static void write_rules(const char *folder, const char *name, const char *text) {
  blob path = { 0 };
  blob_print(&path, "%s/%s.rules", folder, name);
  FILE *file = fopen(path.data, "w");
  assert_non_null(file);
  for (const char *line = text; *line;) {
    const char *end = strchr(line, '\n') + 1;
    const char *found = strstr(line, slow);
    if (!found || found >= end) {
      fwrite(line, 1, (size_t)(end - line), file);
    }
    line = end;
  }
  assert_int_equal(fclose(file), 0);
  blob_free(&path);
}

static int write_all_rules(const char *folder) {
  blob nasty = { 0 };
  write_nasty_rules(&nasty);
  write_rules(folder, "nasty", nasty.data);
  write_rules(folder, "lab", lab_rules);
  blob_free(&nasty);
  return 0;
}

/* ---- tables ---- */

static void add_target(world *w, const bdc_operation *operation, int http_status, const bdc__body *table) {
  if (table) {
    assert_true(w->count < TARGETS_MAX);
    w->targets[w->count++] = (target){ operation, http_status, &table->root };
  }
}

static void add_targets(world *w, const bdc_operation *operation) {
  add_target(w, operation, 0, operation->request);
  for (size_t i = 0; i < operation->response_count; i++) {
    for (size_t j = 0; j < operation->responses[i].status_count; j++) {
      add_target(w, operation, operation->responses[i].statuses[j], &operation->responses[i]);
    }
  }
  add_target(w, operation, STATUS_UNDOCUMENTED, operation->service->error_body);
}

static void print_mistake(const bdc_diagnostic *diagnostic, void *context) {
  (void)context;
  fprintf(stderr, "%.*s:%zu:%zu: %.*s\n", (int)diagnostic->file.size, diagnostic->file.data, diagnostic->line, diagnostic->column,
          (int)diagnostic->message.size, diagnostic->message.data);
}

static void world_load(world *w, const char *rules) {
  assert_int_equal(bdc_ruleset_load(&rules, 1, NULL, &w->ruleset, &(bdc_diagnostics){ print_mistake, NULL }), BDC_OK);
  w->checker = checker_of(w->ruleset, &(bdc_settings){ 0 });
  for (size_t i = 0; i < bdc_operation_count(w->ruleset); i++) {
    add_targets(w, bdc_operation_at(w->ruleset, i));
  }
}

static int list_tables(const world *w) {
  for (uint32_t i = 0; i < w->count; i++) {
    const bdc_operation *operation = w->targets[i].operation;
    printf("%.*s %d\n", (int)operation->full_name.size, operation->full_name.data, w->targets[i].http_status);
  }
  return 0;
}

/* ---- bodies ---- */

static void show(const world *w, uint32_t at, const body *shown) {
  const target *to = &w->targets[at];
  bdc_verdict verdict = bdc_check_body(w->checker, to->operation, to->http_status, shown->text, shown->size);
  const bdc_report *report = bdc_checker_report(w->checker);
  printf("%u %s %u", (unsigned)at, bdc_verdict_name(verdict), (unsigned)shown->size);
  for (size_t i = 0; i < report->violation_count; i++) {
    const bdc_violation *violation = &report->violations[i];
    if (violation->severity == BDC_ERROR) {
      printf(" %s:%zu", bdc_rule_name(violation->rule), violation->offset);
    }
  }
  printf("\n");
  fwrite(shown->text, 1, shown->size, stdout);
  printf("\n");
}

/* Characters at whose like escapes and classes part, none of which is of other scripts in other versions of Unicode. */
static const char *const special[] = { "\\t",
                                       "\\n",
                                       "\\r",
                                       "\\u000b",
                                       "\\f",
                                       "\\u0007",
                                       "\\u001b",
                                       "\\u0000",
                                       "\\b",
                                       " ",
                                       "\\u0085",
                                       "\xc2\xa0",
                                       "\xe1\x9a\x80",
                                       "\xe1\xa0\x8e",
                                       "\xe2\x80\x80",
                                       "\xe2\x80\x8b",
                                       "\xe2\x80\xa8",
                                       "\xe3\x80\x80",
                                       "\xef\xbb\xbf",
                                       "\xd9\xa1",
                                       "\xc2\xbd",
                                       "\xc3\xa9",
                                       "\xe6\x9d\x8e",
                                       "\xe4\xb8\x80",
                                       "\xe2\x84\xb5",
                                       "\xc7\x85",
                                       "A",
                                       "\\u0041",
                                       "_",
                                       "\\/",
                                       "-",
                                       "*",
                                       "\\\\",
                                       "\xf0\x9f\x98\x80",
                                       "0" };

static void put_piece(random_source *random, body *out, bdc_str pattern) {
  unsigned char c = pattern.size && !one_in(random, 3) ? (unsigned char)pattern.data[below(random, (uint32_t)pattern.size)] : 0;
  if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\') {
    put_text(out, special[below(random, LENGTH(special))]);
  } else {
    put(out, (const char *)&c, 1);
  }
}

/* One member, with a value of characters that stand in its pattern, of which some match. */
static void make_matched(random_source *random, body *out, const bdc_object *object) {
  bdc_row_info row = bdc_row_describe(&object->rows[below(random, (uint32_t)object->row_count)]);
  bdc_str pattern = row.pattern.size ? row.pattern : row.charset;
  out->size = 0;
  out->full = false;
  put_text(out, "{\"");
  put(out, row.name.data, row.name.size);
  put_text(out, "\":\"");
  for (uint32_t count = below(random, 6); count; count--) {
    put_piece(random, out, pattern);
  }
  put_text(out, "\"}");
}

static bool is_regular(const target *of, const char *name) {
  bdc_str full = of->operation->full_name;
  return full.size == strlen(name) && memcmp(full.data, name, full.size) == 0;
}

static void show_family(random_source *random, const world *w, uint32_t at) {
  static body made;
  static body changed;
  const target *of = &w->targets[at];
  make_body(random, &made, of->operation->service, of->root, (flavour)below(random, FLAVOURS), one_in(random, 3));
  if (made.full) {
    return;
  }
  show(w, at, &made);
  for (uint32_t i = 0; i < CHANGES; i++) {
    changed = made;
    change_body(random, &changed);
    show(w, at, &changed);
  }
}

/* One in four is of the tables that have rules of all kinds. */
static uint32_t any_target(random_source *random, const world *w) {
  static const char regular[] = "test.regular.";
  bool any = !one_in(random, 4);
  uint32_t at;
  do {
    at = below(random, w->count);
  } while (!any && strncmp(w->targets[at].operation->full_name.data, regular, sizeof regular - 1) != 0);
  return at;
}

static int make_bodies(const world *w, uint64_t count, uint64_t seed) {
  random_source random = { seed };
  body matched;
  for (uint64_t i = 0; i < count; i += CHANGES + 1) {
    uint32_t at = any_target(&random, w);
    const target *of = &w->targets[at];
    if (of->http_status == 0 && (is_regular(of, "test.regular.Patterns") || is_regular(of, "test.regular.Classes"))) {
      for (uint32_t j = 0; j < CHANGES + 1; j++) {
        make_matched(&random, &matched, of->root->object);
        show(w, at, &matched);
      }
    } else {
      show_family(&random, w, at);
    }
  }
  return 0;
}

/* ---- classes ---- */

static uint32_t put_utf8(char *to, uint32_t c) {
  if (c < 0x80) {
    to[0] = (char)c;
    return 1;
  }
  uint32_t size = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  for (uint32_t i = size - 1; i > 0; i--, c >>= 6) {
    to[i] = (char)(0x80 | (c & 0x3f));
  }
  to[0] = (char)((0xf00u >> size & 0xff) | c);
  return size;
}

/* An object with one member, whose value is one character. */
static bool is_member(const world *w, const target *of, bdc_str name, uint32_t c) {
  body text;
  text.size = 0;
  put_text(&text, "{\"");
  put(&text, name.data, name.size);
  put_text(&text, "\":\"");
  if (c < 0x20 || c == '"' || c == '\\') {
    char escape[8];
    snprintf(escape, sizeof escape, "\\u%04x", (unsigned)c);
    put_text(&text, escape);
  } else {
    char bytes[4];
    put(&text, bytes, put_utf8(bytes, c));
  }
  put_text(&text, "\"}");
  return bdc_check_body(w->checker, of->operation, of->http_status, text.text, text.size) == BDC_VALID;
}

static void show_class(const world *w, const target *of, bdc_str name, uint32_t step) {
  enum { END = 0x110000, SURROGATES = 0xd800, BEHIND_SURROGATES = 0xe000 };
  printf("%.*s ", (int)name.size, name.data);
  for (uint32_t c = 0; c < END; c += step) {
    bool surrogate = c >= SURROGATES && c < BEHIND_SURROGATES;
    putchar(!surrogate && is_member(w, of, name, c) ? '1' : '0');
  }
  printf("\n");
}

static int show_classes(const world *w, uint32_t step) {
  for (uint32_t i = 0; i < w->count; i++) {
    const target *of = &w->targets[i];
    if (of->http_status != 0 || !is_regular(of, "test.regular.Classes")) {
      continue;
    }
    for (size_t j = 0; j < of->root->object->row_count; j++) {
      show_class(w, of, of->root->object->rows[j].name, step);
    }
    return 0;
  }
  fail_msg("no test.regular.Classes");
  return 1;
}

/* ---- arguments ---- */

static uint64_t number_of(int argc, char **argv, const char *name, uint64_t otherwise) {
  for (int i = 3; i + 1 < argc; i += 2) {
    if (strcmp(argv[i], name) == 0) {
      return strtoull(argv[i + 1], NULL, 0);
    }
  }
  return otherwise;
}

static int run(const char *what, int argc, char **argv) {
  static world w;
  if (strcmp(what, "rules") == 0) {
    return write_all_rules(argv[2]);
  }
  world_load(&w, argv[2]);
  int status = 2;
  if (strcmp(what, "tables") == 0) {
    status = list_tables(&w);
  } else if (strcmp(what, "bodies") == 0) {
    status = make_bodies(&w, number_of(argc, argv, "--bodies", 100000), number_of(argc, argv, "--seed", 1));
  } else if (strcmp(what, "classes") == 0) {
    status = show_classes(&w, (uint32_t)number_of(argc, argv, "--step", 1));
  }
  bdc_checker_free(w.checker);
  bdc_ruleset_free(w.ruleset);
  return status;
}

int main(int argc, char **argv) {
  int status = argc >= 3 ? run(argv[1], argc, argv) : 2;
  if (status == 2) {
    fprintf(stderr, "usage: %s rules FOLDER | tables RULES | bodies RULES [--bodies N] [--seed N] | classes RULES [--step N]\n",
            argv[0]);
  }
  return status;
}
