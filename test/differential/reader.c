/* SPDX-License-Identifier: MIT */
/*
 * What bodycheck takes for JSON, and what jansson, RapidJSON and simdjson take for it, on documents that are made, changed, or nothing but
 * bytes. Where a reader differs from bodycheck, one of the reasons of the README must be true of the document.
 *
 *   differential-reader FOLDER... [--documents N] [--seed N]
 *
 * The files of the folders are compared as they are, and changed as the made ones are. The run is over at the first difference without a
 * reason, which is shown with the smallest part of the document that still makes it.
 */
#include "reader.h"
#include "reader_make.h"

#include "base/str.h"

#include <dirent.h>
#include <stdio.h>

/* simdjson's depth is 1,024, so that ours is reached first. */
enum { DEPTH = 512, CHANGES = 4, FILES_MAX = 2048 };

/* ---- reasons ---- */

typedef bool is_true(const facts *of);

static bool of_repeats(const facts *of) {
  return of->repeats;
}

static bool of_depth(const facts *of) {
  return of->depth > DEPTH;
}

static bool of_nul_name(const facts *of) {
  return of->nul_name;
}

static bool of_int64(const facts *of) {
  return of->beyond_int64;
}

static bool of_uint64(const facts *of) {
  return of->beyond_uint64;
}

static bool of_double(const facts *of) {
  return of->beyond_double;
}

static bool of_far_digits(const facts *of) {
  return of->far_digits;
}

static bool of_lone_low(const facts *of) {
  return of->lone_low;
}

static bool of_nul_outside(const facts *of) {
  return of->nul_outside;
}

/* What is true of a document, and what the reader that refuses it must say: a bdc_rule, or an opinion. */
typedef struct reason {
  const char *name;
  is_true *holds;
  int said;
} reason;

enum { REASONS_MAX = 4 };

typedef struct peer {
  const char *name;
  opinion (*opinion)(const unsigned char *text, size_t size);
  reason only_takes[REASONS_MAX];   /* what bodycheck refuses */
  reason only_refuses[REASONS_MAX]; /* what bodycheck takes */
} peer;

#define TOO_DEEP                                                                                                                       \
  { "deeper than the limit of bodycheck", of_depth, BDC_RULE_LIMIT }
#define NAME_TWICE                                                                                                                     \
  { "a name twice in an object", of_repeats, BDC_RULE_DUPLICATE }
#define BYTE_0                                                                                                                         \
  { "a byte 0 behind the value", of_nul_outside, BDC_RULE_SYNTAX }
#define BEYOND_DOUBLE                                                                                                                  \
  { "a number beyond doubles", of_double, REFUSED_NUMBER }

static const peer peers[] = {
  { "jansson",
    jansson_opinion,
    { TOO_DEEP, BYTE_0 },
    { { "an integer beyond 64 bits", of_int64, REFUSED_NUMBER }, BEYOND_DOUBLE, { "U+0000 in a name", of_nul_name, REFUSED_NUL } } },
  { "RapidJSON",
    rapidjson_opinion,
    { NAME_TWICE, TOO_DEEP, { "the second half of a surrogate pair alone", of_lone_low, BDC_RULE_ENCODING }, BYTE_0 },
    { BEYOND_DOUBLE,
      { "an exponent above 308, or as many digits, of a number that is within doubles", of_far_digits, REFUSED_NUMBER } } },
  { "simdjson",
    simdjson_opinion,
    { NAME_TWICE, TOO_DEEP },
    { { "an integer beyond 64 bits, with or without a sign", of_uint64, REFUSED_NUMBER }, BEYOND_DOUBLE } },
};
enum { PEERS = LENGTH(peers) };

/* ---- one document ---- */

typedef struct run {
  bdc_ruleset *ruleset;
  const bdc_operation *operation;
  bdc_checker *checker;
  uint64_t documents;
  uint64_t taken;
  uint64_t differences[PEERS][2][REASONS_MAX];
  blob files[FILES_MAX];
  size_t file_count;
} run;

static bool ours_takes(run *r, const unsigned char *text, size_t size) {
  return bdc_check_body(r->checker, r->operation, 0, text, size) == BDC_VALID;
}

/* The first of a list that is true of a document, and fits what was said of it; REASONS_MAX where there is none. */
static size_t find_reason(const reason *list, const facts *of, int said) {
  size_t at = 0;
  while (at < REASONS_MAX && !(list[at].holds && list[at].said == said && list[at].holds(of))) {
    at++;
  }
  return at;
}

/* The reason for all that the last report of bodycheck says; of several, that of the first. */
static size_t reason_of_report(const bdc_report *report, const reason *list, const facts *of) {
  size_t first = REASONS_MAX;
  for (size_t i = 0; i < report->violation_count; i++) {
    size_t found = find_reason(list, of, (int)report->violations[i].rule);
    if (found == REASONS_MAX) {
      return REASONS_MAX;
    }
    first = i == 0 ? found : first;
  }
  return first;
}

typedef struct difference {
  bool ours; /* bodycheck takes it */
  bool differs;
  size_t reason; /* REASONS_MAX: none */
} difference;

static difference compare_with(run *r, const peer *with, const unsigned char *text, size_t size) {
  opinion theirs = with->opinion(text, size);
  difference found = { .ours = ours_takes(r, text, size) };
  found.differs = found.ours != (theirs == TAKEN);
  if (found.differs) {
    facts of = facts_of(text, size);
    found.reason = found.ours ? find_reason(with->only_refuses, &of, (int)theirs)
                              : reason_of_report(bdc_checker_report(r->checker), with->only_takes, &of);
  }
  return found;
}

static bool unexplained(run *r, const peer *with, const unsigned char *text, size_t size) {
  difference found = compare_with(r, with, text, size);
  return found.differs && found.reason == REASONS_MAX;
}

/* Takes away what can be taken away. */
static void shrink(run *r, const peer *with, body *of) {
  static body less;
  for (uint32_t step = of->size / 2; step; step /= 2) {
    for (uint32_t first = 0; first + step <= of->size;) {
      memcpy(less.text, of->text, first);
      memcpy(less.text + first, of->text + first + step, of->size - first - step);
      if (unexplained(r, with, less.text, of->size - step)) {
        of->size -= step;
        memcpy(of->text, less.text, of->size);
      } else {
        first += step;
      }
    }
  }
}

static void show(run *r, const peer *with, const body *found) {
  static body shown;
  shown = *found;
  shrink(r, with, &shown);
  bool ours = ours_takes(r, shown.text, shown.size);
  printf("bodycheck %s and %s %s: ", ours ? "takes" : "refuses", with->name, ours ? "refuses" : "takes");
  for (uint32_t i = 0; i < shown.size; i++) {
    printf(shown.text[i] >= 0x20 && shown.text[i] < 0x7f ? "%c" : "\\x%02x", shown.text[i]);
  }
  printf("\n");
}

static bool compare(run *r, const body *document) {
  bool all = true;
  difference found = { .ours = false };
  for (size_t i = 0; i < PEERS; i++) {
    found = compare_with(r, &peers[i], document->text, document->size);
    if (found.differs && found.reason == REASONS_MAX) {
      show(r, &peers[i], document);
      all = false;
    } else if (found.differs) {
      r->differences[i][found.ours][found.reason]++;
    }
  }
  r->documents++;
  r->taken += found.ours;
  return all;
}

/* ---- all of them ---- */

static void make_file(random_source *random, const run *r, body *out) {
  const blob *file = &r->files[below(random, (uint32_t)r->file_count)];
  out->size = 0;
  out->members.count = out->strings.count = out->scalars.count = 0;
  put(out, file->data, file->size);
}

static void make_any(random_source *random, const run *r, body *out) {
  switch (below(random, 8)) {
  case 0:
    make_bytes(random, out);
    return;
  case 1:
    make_tokens(random, out);
    return;
  case 2:
    if (r->file_count) {
      make_file(random, r, out);
      return;
    }
    /* fallthrough */
  default:
    make_document(random, out);
  }
}

static void change(random_source *random, const body *from, body *to) {
  memcpy(to->text, from->text, from->size);
  to->size = from->size;
  to->members = from->members;
  to->strings = from->strings;
  to->scalars = from->scalars;
  do {
    change_body(random, to);
  } while (one_in(random, 4));
}

static bool compare_all(run *r, uint64_t count, uint64_t seed) {
  static body made;
  static body changed;
  random_source random = { seed };
  bool all = true;
  while (all && r->documents < count) {
    make_any(&random, r, &made);
    all = compare(r, &made);
    for (uint32_t i = 0; all && i < CHANGES; i++) {
      change(&random, &made, &changed);
      all = changed.size + READER_PADDING > BODY_MAX || compare(r, &changed);
    }
  }
  return all;
}

/* ---- files ---- */

static bool compare_file(run *r, const char *folder, const char *name) {
  static body document;
  enum { LARGE = 4096 };
  blob path = { 0 };
  blob *file = &r->files[r->file_count];
  blob_print(&path, "%s/%s", folder, name);
  blob_add_file(file, path.data);
  blob_free(&path);
  if (file->size > LARGE) {
    blob_free(file);
    *file = (blob){ 0 };
    return true;
  }
  r->file_count++;
  document.size = 0;
  put(&document, file->data, file->size);
  return compare(r, &document);
}

static bool compare_files(run *r, const char *folder) {
  DIR *open = opendir(folder);
  bool all = true;
  assert_non_null(open);
  for (const struct dirent *entry; (entry = readdir(open));) {
    if (entry->d_name[0] != '.' && r->file_count < FILES_MAX) {
      all = compare_file(r, folder, entry->d_name) && all;
    }
  }
  closedir(open);
  return all;
}

/* ---- that the comparison sees what it should, and a reason is only found where there is one ---- */

static bool same_facts(const facts *a, const facts *b) {
  return a->depth == b->depth && a->repeats == b->repeats && a->nul_name == b->nul_name && a->beyond_int64 == b->beyond_int64 &&
         a->beyond_uint64 == b->beyond_uint64 && a->beyond_double == b->beyond_double && a->far_digits == b->far_digits &&
         a->lone_low == b->lone_low && a->nul_outside == b->nul_outside;
}

static bool check_facts(void) {
  static const struct {
    bdc_str text;
    facts facts;
  } cases[] = {
    { BDC__STR_INIT("[0,-1.5e3,\"\\u0000\\ud83d\\ude00\",9223372036854775807,-9223372036854775808,1.7e308]"), { .depth = 1 } },
    { BDC__STR_INIT("{\"a\":{\"a\":1},\"b\":{\"a\":[{\"a\":1}]},\"A\":2}"), { .depth = 4 } },
    { BDC__STR_INIT("{\"a\":{\"b\":1},\"\\u0061\":1}"), { .depth = 2, .repeats = true } },
    { BDC__STR_INIT("{\"b\":[{\"\xc3\xa9\":0,\"\\u00e9\":0}]}"), { .depth = 3, .repeats = true } },
    { BDC__STR_INIT("{\"\\u0000\":1}"), { .depth = 1, .nul_name = true } },
    { BDC__STR_INIT("9223372036854775808"), { .beyond_int64 = true } },
    { BDC__STR_INIT("-9223372036854775809"), { .beyond_int64 = true, .beyond_uint64 = true } },
    { BDC__STR_INIT("18446744073709551616"), { .beyond_int64 = true, .beyond_uint64 = true } },
    { BDC__STR_INIT("-1e400"), { .beyond_double = true, .far_digits = true } },
    { BDC__STR_INIT("0e309"), { .far_digits = true } },
    { BDC__STR_INIT("\"\\ude00\""), { .lone_low = true } },
    { BDC__STR_INIT("[\"\0\"]\0"), { .depth = 1, .nul_outside = true } },
  };
  bool all = true;
  for (size_t i = 0; i < LENGTH(cases); i++) {
    facts found = facts_of((const unsigned char *)cases[i].text.data, cases[i].text.size);
    if (!same_facts(&found, &cases[i].facts)) {
      printf("what is found of %s is not true\n", cases[i].text.data);
      all = false;
    }
  }
  return all;
}

static opinion take_all(const unsigned char *text, size_t size) {
  (void)text;
  (void)size;
  return TAKEN;
}

static opinion refuse_all(const unsigned char *text, size_t size) {
  (void)text;
  (void)size;
  return REFUSED_NUMBER;
}

/* Two readers that could not differ more have a reason for each difference that the others have. */
static bool check_comparison(run *r) {
  static const peer all = { "all", take_all, { NAME_TWICE, TOO_DEEP, BYTE_0 }, { BEYOND_DOUBLE } };
  static const peer none = { "none", refuse_all, { NAME_TWICE, TOO_DEEP, BYTE_0 }, { BEYOND_DOUBLE } };
  static const struct {
    const peer *with;
    const char *text;
    bool explained;
  } cases[] = {
    { &all, "{\"a\":1,\"a\":1}", true },
    { &all, "{\"a\":1,\"a\":1", false },
    { &all, "{\"a\":1,\"a\":\"\\ud800\"}", false },
    { &all, "[1,]", false },
    { &none, "1e400", true },
    { &none, "1e300", false },
  };
  bool well = true;
  for (size_t i = 0; i < LENGTH(cases); i++) {
    unsigned char text[64 + READER_PADDING] = { 0 };
    memcpy(text, cases[i].text, strlen(cases[i].text));
    if (unexplained(r, cases[i].with, text, strlen(cases[i].text)) == cases[i].explained) {
      printf("%s is %sexplained\n", cases[i].text, cases[i].explained ? "not " : "");
      well = false;
    }
  }
  return well;
}

/* ---- the run ---- */

static bool print_side(const run *r, size_t of, bool ours, const char *verb) {
  const reason *list = ours ? peers[of].only_refuses : peers[of].only_takes;
  bool all = true;
  for (size_t i = 0; i < REASONS_MAX && list[i].holds; i++) {
    printf("  %s alone %s %llu: %s\n", peers[of].name, verb, (unsigned long long)r->differences[of][ours][i], list[i].name);
    all = all && r->differences[of][ours][i] > 0;
  }
  return all;
}

/* A reason that no document has is none. */
static bool print_all(const run *r) {
  printf("%llu documents, of which bodycheck takes %llu\n", (unsigned long long)r->documents, (unsigned long long)r->taken);
  bool all = true;
  for (size_t i = 0; i < PEERS; i++) {
    all = print_side(r, i, false, "takes") && all;
    all = print_side(r, i, true, "refuses") && all;
  }
  if (!all) {
    printf("a reason is never needed\n");
  }
  return all;
}

static void run_begin(run *r) {
  static const char rules[] = "provider any\n"
                              "service any Anything\n"
                              "source t the test\n"
                              "operation Any PUT /any @t\n"
                              "  request any nullable\n";
  const bdc_limits limits = { .depth = DEPTH, .names = 100000 };
  r->ruleset = ruleset_of(rules);
  r->operation = operation_of(r->ruleset, "Any");
  r->checker = checker_of(r->ruleset, &(bdc_settings){ .limits = limits });
}

static void run_end(run *r) {
  for (size_t i = 0; i < r->file_count; i++) {
    blob_free(&r->files[i]);
  }
  bdc_checker_free(r->checker);
  bdc_ruleset_free(r->ruleset);
}

int main(int argc, char **argv) {
  static run r;
  uint64_t documents = 1000000;
  uint64_t seed = 1;
  run_begin(&r);
  bool all = check_facts() && check_comparison(&r);
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--documents") == 0 && i + 1 < argc) {
      documents = strtoull(argv[++i], NULL, 0);
    } else if (strcmp(argv[i], "--seed") == 0 && i + 1 < argc) {
      seed = strtoull(argv[++i], NULL, 0);
    } else {
      all = compare_files(&r, argv[i]) && all;
    }
  }
  all = all && compare_all(&r, documents, seed) && print_all(&r);
  run_end(&r);
  return all ? 0 : 1;
}
