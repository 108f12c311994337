/* SPDX-License-Identifier: MIT */
#include "unit/support.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static void die(const char *what, const char *which) {
  fprintf(stderr, "test support: %s: %s\n", what, which);
  exit(2);
}

static void *memory_of(size_t size) {
  void *memory = malloc(size ? size : 1);
  if (!memory) {
    die("no memory", "malloc");
  }
  return memory;
}

/* ---- growing text ---- */

static void reserve(blob *to, size_t more) {
  if (to->capacity - to->size > more) {
    return;
  }
  to->capacity = 2 * to->capacity + more + 64;
  to->data = realloc(to->data, to->capacity);
  if (!to->data) {
    die("no memory", "realloc");
  }
}

void blob_add(blob *to, const void *data, size_t size) {
  reserve(to, size);
  if (size) {
    memcpy(to->data + to->size, data, size);
  }
  to->size += size;
  to->data[to->size] = '\0';
}

void blob_add_str(blob *to, bdc_str text) {
  blob_add(to, text.data, text.size);
}

void blob_print(blob *to, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int size = vsnprintf(NULL, 0, format, arguments);
  va_end(arguments);
  reserve(to, (size_t)size);
  va_start(arguments, format);
  vsnprintf(to->data + to->size, (size_t)size + 1, format, arguments);
  va_end(arguments);
  to->size += (size_t)size;
}

void blob_repeat(blob *to, const char *text, size_t count) {
  size_t size = strlen(text);
  for (size_t i = 0; i < count; i++) {
    blob_add(to, text, size);
  }
}

void blob_clear(blob *to) {
  to->size = 0;
  blob_add(to, NULL, 0);
}

void blob_free(blob *from) {
  free(from->data);
  *from = (blob){ 0 };
}

bdc_str blob_str(const blob *from) {
  return (bdc_str){ from->data, from->size };
}

void blob_add_file(blob *to, const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) {
    die("cannot be read", path);
  }
  char piece[4096];
  size_t size;
  while ((size = fread(piece, 1, sizeof piece, file)) > 0) {
    blob_add(to, piece, size);
  }
  blob_add(to, NULL, 0);
  fclose(file);
}

/* mkdtemp(3) wants six times the same letter at the end, and puts others for them. */
void temporary_folder(char path[TEMPORARY_SIZE], const char *name) {
  enum { REPLACED = 6 };
  int size = snprintf(path, TEMPORARY_SIZE - REPLACED, "/tmp/bodycheck-%s-", name);
  assert_in_range(size, 1, TEMPORARY_SIZE - REPLACED - 1);
  memset(path + size, 'X', REPLACED);
  path[size + REPLACED] = '\0';
  assert_non_null(mkdtemp(path));
}

/* ---- samples ---- */

static char *joined(const char *folder, const char *name) {
  blob path = { 0 };
  blob_print(&path, "%s/%s", folder, name);
  return path.data;
}

/* "request.json", "name.response-403.json": false for other files. */
static bool status_of_name(const char *name, int *http_status) {
  const char *response = strstr(name, "response-");
  *http_status = response ? atoi(response + strlen("response-")) : 0;
  size_t size = strlen(name);
  return size > 5 && strcmp(name + size - 5, ".json") == 0 && (response || strstr(name, "request"));
}

static void add_sample(samples *list, const char *folder, const char *name, const bdc_operation *operation) {
  int http_status;
  if (!status_of_name(name, &http_status)) {
    return;
  }
  list->items = realloc(list->items, (list->count + 1) * sizeof list->items[0]);
  if (!list->items) {
    die("no memory", "realloc");
  }
  sample *item = &list->items[list->count++];
  *item = (sample){ .path = joined(folder, name), .operation = operation, .http_status = http_status };
  blob_add_file(&item->body, item->path);
}

/* Calls `visit` for each entry of a folder but those that begin with a dot. */
typedef void visitor(samples *list, const char *folder, const char *name, const void *context);

static void each_entry(samples *list, const char *folder, visitor *visit, const void *context) {
  DIR *stream = opendir(folder);
  if (!stream) {
    die("cannot be opened", folder);
  }
  for (struct dirent *entry; (entry = readdir(stream));) {
    if (entry->d_name[0] != '.') {
      visit(list, folder, entry->d_name, context);
    }
  }
  closedir(stream);
}

static void visit_file(samples *list, const char *folder, const char *name, const void *context) {
  add_sample(list, folder, name, context);
}

static void visit_operation(samples *list, const char *folder, const char *name, const void *context) {
  const bdc_operation *operation = bdc_operation_find(context, name);
  if (operation) {
    char *path = joined(folder, name);
    each_entry(list, path, visit_file, operation);
    free(path);
  }
}

static int compare_samples(const void *a, const void *b) {
  return strcmp(((const sample *)a)->path, ((const sample *)b)->path);
}

samples samples_load(const bdc_ruleset *ruleset, const char *data) {
  static const char *const folders[] = { "documents", "broken" };
  samples list = { 0 };
  for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
    char *path = joined(data, folders[i]);
    each_entry(&list, path, visit_operation, ruleset);
    free(path);
  }
  if (list.count == 0) {
    die("no samples", data);
  }
  qsort(list.items, list.count, sizeof list.items[0], compare_samples);
  return list;
}

void samples_free(samples *list) {
  for (size_t i = 0; i < list->count; i++) {
    free(list->items[i].path);
    blob_free(&list->items[i].body);
  }
  free(list->items);
  *list = (samples){ 0 };
}

/* ---- rule sets and checkers ---- */

bdc_ruleset *ruleset_builtin(void) {
  bdc_ruleset *ruleset;
  bdc_status status = bdc_ruleset_builtin(NULL, &ruleset);
  if (status != BDC_OK) {
    die("the embedded rules", bdc_status_text(status));
  }
  return ruleset;
}

static void print_diagnostic(const bdc_diagnostic *diagnostic, void *context) {
  (void)context;
  fprintf(stderr, "%.*s:%zu:%zu: %.*s\n", (int)diagnostic->file.size, diagnostic->file.data, diagnostic->line, diagnostic->column,
          (int)diagnostic->message.size, diagnostic->message.data);
}

bdc_ruleset *ruleset_of(const char *text) {
  bdc_rule_text rule_text = { BDC_STR("test.rules"), { text, strlen(text) } };
  bdc_options options = { .without_builtin = true };
  bdc_diagnostics diagnostics = { print_diagnostic, NULL };
  bdc_ruleset *ruleset;
  bdc_status status = bdc_ruleset_parse(&rule_text, 1, &options, &ruleset, &diagnostics);
  if (status != BDC_OK) {
    die("rules of a test", bdc_status_text(status));
  }
  return ruleset;
}

bdc_checker *checker_of(const bdc_ruleset *ruleset, const bdc_settings *settings) {
  bdc_checker *checker;
  bdc_status status = bdc_checker_new(ruleset, settings, &checker);
  if (status != BDC_OK) {
    die("a checker", bdc_status_text(status));
  }
  return checker;
}

const bdc_operation *operation_of(const bdc_ruleset *ruleset, const char *name) {
  const bdc_operation *operation = bdc_operation_find(ruleset, name);
  if (!operation) {
    die("no such operation", name);
  }
  return operation;
}

/* ---- checks ---- */

static void feed_copy(bdc_checker *checker, const char *data, size_t size) {
  char *copy = memory_of(size);
  if (size) {
    memcpy(copy, data, size);
  }
  if (bdc_check_feed(checker, size ? copy : NULL, size) != BDC_OK) {
    die("feed", "refused");
  }
  free(copy);
}

bdc_verdict check_in_pieces(bdc_checker *checker, const bdc_operation *operation, int http_status, bdc_str body, const size_t *cuts,
                            size_t cut_count) {
  if (bdc_check_begin(checker, operation, http_status) != BDC_OK) {
    die("begin", "refused");
  }
  size_t at = 0;
  for (size_t i = 0; i < cut_count; i++) {
    feed_copy(checker, body.data + at, cuts[i] - at);
    at = cuts[i];
  }
  feed_copy(checker, body.data + at, body.size - at);
  bdc_verdict verdict;
  if (bdc_check_end(checker, &verdict) != BDC_OK) {
    die("end", "refused");
  }
  return verdict;
}

bdc_verdict check_copy(bdc_checker *checker, const bdc_operation *operation, int http_status, bdc_str body) {
  char *copy = memory_of(body.size);
  if (body.size) {
    memcpy(copy, body.data, body.size);
  }
  bdc_verdict verdict = bdc_check_body(checker, operation, http_status, copy, body.size);
  free(copy);
  return verdict;
}

static void write_text(blob *to, bdc_status status, const char *text, size_t needed) {
  blob_print(to, " %d %zu \"%s\"\n", (int)status, needed, text);
}

static void write_violation(blob *to, const bdc_violation *v) {
  char message[2048];
  size_t needed = 0;
  blob_print(to, "violation in %s rule %s severity %d at %zu line %u column %u measure %llu row %p\n", bdc_place_name(v->in),
             bdc_rule_name(v->rule), (int)v->severity, v->offset, (unsigned)v->line, (unsigned)v->column,
             (unsigned long long)v->measure, (const void *)v->row);
  blob_print(to, "  pointer <");
  blob_add_str(to, v->pointer);
  blob_print(to, "> field <");
  blob_add_str(to, v->field);
  blob_print(to, ">\n  message");
  bdc_status status = bdc_violation_message(v, message, sizeof message, &needed);
  write_text(to, status, message, needed);
}

static void write_error(blob *to, const bdc_report *report) {
  char text[8192];
  size_t needed = 0;
  if (!report->error) {
    blob_print(to, "no error\n");
    return;
  }
  blob_print(to, "error %d ", report->error->status);
  blob_add_str(to, report->error->code);
  blob_print(to, " cause:\n");
  write_violation(to, report->error->cause);
  bdc_status status = bdc_error_message(report, text, sizeof text, &needed);
  blob_print(to, "  error message");
  write_text(to, status, text, needed);
  status = bdc_error_render(report, text, sizeof text, &needed);
  blob_print(to, "  error body");
  write_text(to, status, text, needed);
}

void report_write(blob *to, const bdc_report *report) {
  blob_print(
      to, "status %d verdict %s reason %d operation %p http %d errors %zu warnings %zu truncated %d unread %d violations %zu id <",
      (int)report->status, bdc_verdict_name(report->verdict), (int)report->reason, (const void *)report->operation, report->http_status,
      report->error_count, report->warning_count, report->truncated, report->unread, report->violation_count);
  blob_add_str(to, report->request_id);
  blob_print(to, ">\n");
  for (size_t i = 0; i < report->violation_count; i++) {
    write_violation(to, &report->violations[i]);
  }
  write_error(to, report);
}

void violations_write(blob *to, const bdc_report *report) {
  blob_add(to, NULL, 0);
  for (size_t i = 0; i < report->violation_count; i++) {
    const bdc_violation *v = &report->violations[i];
    blob_print(to, "%s %s %s <", bdc_rule_name(v->rule), v->severity == BDC_ERROR ? "error" : "warning", bdc_place_name(v->in));
    blob_add_str(to, v->pointer);
    blob_print(to, "> <");
    blob_add_str(to, v->field);
    blob_print(to, "> %zu\n", v->offset);
  }
}

/* ---- counting allocator ---- */

typedef union counted_block {
  size_t size;
  long double aligned;
  void *pointer;
} counted_block;

static void *count_allocate(size_t size, void *context) {
  counter *count = context;
  count->calls++;
  if (count->fail_at && (count->calls == count->fail_at || (count->fail_on && count->calls > count->fail_at))) {
    return NULL;
  }
  counted_block *block = malloc(sizeof *block + size);
  if (!block) {
    return NULL;
  }
  block->size = size;
  memset(block + 1, 0xa5, size);
  count->live++;
  count->bytes += size;
  count->peak = count->bytes > count->peak ? count->bytes : count->peak;
  return block + 1;
}

static void count_release(void *memory, void *context) {
  counter *count = context;
  if (memory) {
    counted_block *block = (counted_block *)memory - 1;
    count->live--;
    count->bytes -= block->size;
    free(block);
  }
}

bdc_allocator counter_allocator(counter *count) {
  return (bdc_allocator){ .allocate = count_allocate, .release = count_release, .context = count };
}

/* ---- random numbers: SplitMix64 ---- */

random_source random_from(const char *argument) {
  const char *seed = argument ? argument : getenv("BODYCHECK_SEED");
  random_source source = { seed ? strtoull(seed, NULL, 0) : (uint64_t)time(NULL) };
  printf("seed %llu\n", (unsigned long long)source.state);
  fflush(stdout);
  return source;
}

uint64_t random_next(random_source *source) {
  uint64_t z = source->state += UINT64_C(0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
  return z ^ (z >> 31);
}

size_t random_below(random_source *source, size_t bound) {
  return (size_t)(random_next(source) % bound);
}

size_t share_of(size_t count) {
  const char *share = getenv("BODYCHECK_TEST_SHARE");
  size_t part = share ? strtoull(share, NULL, 10) : 1;
  return part > 1 ? (count + part - 1) / part : count;
}
