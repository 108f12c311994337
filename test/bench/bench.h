/* SPDX-License-Identifier: MIT */
/* Shared by the files of bodycheck-bench: bodies, those who check or parse them, and how they are timed. */
#ifndef BDC_BENCH_H
#define BDC_BENCH_H

#include <bodycheck/bodycheck.h>
#include <bodycheck/table.h>

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- support.c ---- */

#if defined(__GNUC__)
#define BENCH_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define BENCH_PRINTF(text, first)
#endif

/* Says what is wrong on standard error and ends the program. */
void bench_fail(const char *format, ...) BENCH_PRINTF(1, 2);

/* Memory of zeros; never NULL. */
void *bench_allocate(size_t size);

/* Text that grows; a zeroed one is empty. `data` is NUL-terminated once anything was added. */
typedef struct bench_text {
  char *data;
  size_t size;
  size_t capacity;
} bench_text;
void bench_add(bench_text *text, const char *data, size_t size);
void bench_print(bench_text *text, const char *format, ...) BENCH_PRINTF(2, 3);
void bench_text_free(bench_text *text);

bool bench_same(bdc_str a, bdc_str b);
bool bench_ends_with(bdc_str text, const char *end);

/* SplitMix64: small, and the same bodies on every machine. */
typedef struct bench_random {
  uint64_t state;
} bench_random;
uint64_t bench_draw(bench_random *random);
/* From 0 to `bound` - 1. */
size_t bench_below(bench_random *random, size_t bound);
/* True once in `bound` times. */
bool bench_once_in(bench_random *random, size_t bound);

/* ---- classes.c: what a row's character class means, asked of PCRE2 as the library does ---- */

typedef struct bench_class {
  bdc_str expression;
  bool ascii[128];
  char members[128]; /* the same, as a list */
  size_t member_count;
  bool beyond; /* has characters beyond ASCII */
} bench_class;

typedef struct bench_range {
  uint32_t first;
  uint32_t last;
} bench_range;

/* Made once for each expression; NULL for an empty one. */
const bench_class *bench_class_of(bdc_str expression);

/* All its characters but U+0000, in order: how many ranges, which are the caller's to free. */
size_t bench_class_ranges(const bench_class *class_, bench_range **out);

/* ---- world.c: the rules ---- */

/* The body of a request or of a response status. */
typedef struct bench_table {
  char name[96]; /* "huaweicloud.apig.UpdateAppV2-201" */
  size_t index;
  const bdc_operation *operation;
  int http_status; /* 0: the request */
  const bdc_row *row;
  bool own; /* not of the embedded tables */
} bench_table;

enum { BENCH_TABLES_MAX = 64 };
typedef struct bench_world {
  bdc_ruleset *ruleset; /* the embedded tables, and one whose response is an array */
  bdc_checker *precise; /* no kernel: what is right */
  bench_table tables[BENCH_TABLES_MAX];
  size_t table_count;
} bench_world;

void bench_world_open(bench_world *world);
void bench_world_close(bench_world *world);
const bench_table *bench_table_find(const bench_world *world, const char *name);

/* ---- values.c, bodies.c: bodies made anew, the same ones each time ---- */

typedef enum bench_blanks { BENCH_COMPACT, BENCH_SPACED, BENCH_INDENTED } bench_blanks;

/* How one body is written. */
typedef struct bench_style {
  bench_blanks blanks;
  bool shuffled;
  bool beyond_ascii; /* free text has characters beyond ASCII */
  bool escapes;      /* free text has an escape */
  bool all_members;
  uint64_t layout;       /* bodies with the same one differ in their values alone; 0: they differ in all */
  const bdc_row *broken; /* the value of this row breaks a rule; may be NULL */
} bench_style;

/* Adds a body of the table. */
void bench_write_body(bench_text *out, bench_random *random, const bench_table *table, const bench_style *style);

/* Behind each body lie as many bytes of zero as any parser wants. */
enum { BENCH_PADDING = 64 };

typedef struct bench_body {
  const char *data;
  size_t size;
  const bench_table *table;
} bench_body;

typedef struct bench_set {
  const char *name;  /* "mixed-responses" */
  const char *title; /* "mixed responses" */
  bool broken;       /* each body has one violation; otherwise none has any, nor a warning */
  bench_body *bodies;
  size_t count;
  size_t bytes; /* of all bodies */
  char *memory;
} bench_set;

size_t bench_set_count(void);
const char *bench_set_name(size_t index);
/* Makes a set, and fails where the precise engine does not find it as it should be. */
void bench_set_make(const bench_world *world, size_t index, bench_set *out);
void bench_set_find(const bench_world *world, const char *name, bench_set *out);
void bench_set_free(bench_set *set);

/* ---- contestants ---- */

typedef enum bench_work {
  BENCH_CHECKS, /* says whether a body keeps its table */
  BENCH_PARSES, /* says whether a body is JSON */
  BENCH_SCANS   /* less than either: a floor */
} bench_work;

/* Who does something with a body. `run` is true where there is nothing wrong with it. */
typedef struct bench_contestant {
  char name[64];
  bench_work work;
  bool (*run)(void *state, const bench_body *body);
  void *state;
} bench_contestant;

enum { BENCH_CONTESTANTS_MAX = 48 };
typedef struct bench_contestants {
  bench_contestant items[BENCH_CONTESTANTS_MAX];
  size_t count;
} bench_contestants;

void bench_enter(bench_contestants *list, const char *name, bench_work work, bool (*run)(void *state, const bench_body *body),
                 void *state);
const bench_contestant *bench_contestant_find(const bench_contestants *list, const char *name);

/* Each adds its own. What they hold lives as long as the program. */
void bench_enter_ours(bench_contestants *list, const bench_world *world);
void bench_enter_simdjson(bench_contestants *list);
const char *bench_simdjson_kernel(void);
void bench_enter_rapidjson(bench_contestants *list, const bench_world *world);
void bench_enter_parsers(bench_contestants *list);
void bench_enter_by_hand(bench_contestants *list, const bench_world *world);

/* What some of them need to be told of a table: it as a JSON Schema. */
typedef enum bench_dialect {
  BENCH_DRAFT_4,       /* RapidJSON, which has no formats: nothing is said of them */
  BENCH_DRAFT_4_DATES, /* the form of dates is a pattern */
  BENCH_DRAFT_7,       /* ajv */
  BENCH_DRAFT_2020     /* Blaze */
} bench_dialect;
void bench_write_schema(bench_text *out, const bench_table *table, bench_dialect dialect);

/* ---- verify.c ---- */

/* Every contestant says of every body of the set what it should: how many did not. */
size_t bench_verify(const bench_contestants *list, const bench_set *set);

/* ---- timing.c ---- */

/* Seconds of processor time: what else runs on the machine does not count. */
double bench_now(void);
double bench_median(double *values, size_t count);

typedef struct bench_effort {
  size_t repetitions;
  double seconds; /* of one measurement, at least */
} bench_effort;

typedef struct bench_result {
  double low; /* quartiles of the nanoseconds for one body */
  double median;
  double high;
  double ratio; /* to the first entry, measured in the same repetition: the median */
} bench_result;

/* Who is timed, with what. */
typedef struct bench_entry {
  const bench_contestant *contestant;
  const bench_set *set;
} bench_entry;

/* Keeps the program on one processor; false where the system will not. */
bool bench_pin(void);

/* Each repetition times every entry in turn. One result for each, BENCH_CONTESTANTS_MAX at most. */
void bench_time(const bench_entry *entries, size_t count, const bench_effort *effort, bench_result *results);

/* How many bodies of the set the contestant takes for good, `passes` times over. */
size_t bench_pass(const bench_contestant *contestant, const bench_set *set, size_t passes);

/* Before instructions are counted: a checker has seen bodies by then, as any that is in use has; also after it has seen those of other sets. */
void bench_warm_up(const bench_contestant *contestant, const bench_set *set);

/* ---- count.c, steps.c, load.c, write.c ---- */

void bench_count(const bench_contestants *list, const bench_set *set);

/* Instructions for one body. */
double bench_steps(const bench_contestant *contestant, const bench_set *set);

/* Times and bytes, printed and, where `results` is not NULL, written there. */
void bench_measure_load(FILE *results, const bench_world *world);

void bench_write_tables(const bench_world *world, const char *folder);
void bench_write_set(const bench_world *world, const bench_set *set, const char *folder);
void bench_write_big(const bench_world *world, const char *path, size_t size);

#ifdef __cplusplus
}
#endif

#endif
