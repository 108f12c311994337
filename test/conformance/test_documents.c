/* SPDX-License-Identifier: MIT */
/*
 * The samples of the five documents, and broken variants of them. Argument: the folder test/data.
 *   documents/OPERATION/request.json, response-STATUS.json   valid, warnings allowed
 *   broken/expect.txt   FILE <tab> documented code or "-" <tab> rule <tab> pointer: exactly this one rule is broken
 *   broken/expect-warn.txt   the same, where the one broken rule is only a warning
 */
#include <bodycheck/bodycheck.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FOLDER_SIZE = 512, PATH_SIZE = 2048, LINE_SIZE = 1024 };

typedef struct sample {
  const bdc_operation *operation;
  int status;
  char *body;
  size_t size;
} sample;

static int failed;
static int passed;

static void fail(const char *path, const char *what, const char *found) {
  printf("FAILED %s: %s%s\n", path, what, found);
  failed++;
}

static char *load(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  if (!file) {
    perror(path);
    exit(2);
  }
  fseek(file, 0, SEEK_END);
  *size = (size_t)ftell(file);
  rewind(file);
  char *text = malloc(*size + 1);
  if (!text || fread(text, 1, *size, file) != *size) {
    perror(path);
    exit(2);
  }
  fclose(file);
  return text;
}

/* ".../OPERATION/NAME.request.json" or "...response-STATUS.json". */
static sample sample_of(const bdc_ruleset *rules, const char *path) {
  const char *name = strrchr(path, '/');
  const char *operation = name;
  while (operation > path && operation[-1] != '/') {
    operation--;
  }
  char text[PATH_SIZE];
  snprintf(text, sizeof text, "%.*s", (int)(name - operation), operation);
  const char *response = strstr(name, "response-");
  sample s = { .operation = bdc_operation_find(rules, text), .status = response ? atoi(response + strlen("response-")) : 0 };
  if (!s.operation) {
    fprintf(stderr, "%s: no operation %s\n", path, text);
    exit(2);
  }
  s.body = load(path, &s.size);
  return s;
}

static void say_violations(const bdc_report *report) {
  for (size_t i = 0; i < report->violation_count; i++) {
    const bdc_violation *v = &report->violations[i];
    char message[1024];
    bdc_violation_message(v, message, sizeof message, NULL);
    printf("  %u:%u %s %.*s: %s [%s]\n", v->line, v->column, v->severity == BDC_WARNING ? "warning" : "error", (int)v->pointer.size,
           v->pointer.data ? v->pointer.data : "", message, bdc_rule_name(v->rule));
  }
}

static void expect_valid(bdc_checker *checker, const bdc_ruleset *rules, const char *path) {
  sample s = sample_of(rules, path);
  bdc_verdict verdict = bdc_check_body(checker, s.operation, s.status, s.body, s.size);
  free(s.body);
  if (verdict == BDC_VALID) {
    passed++;
    return;
  }
  fail(path, "", bdc_verdict_name(verdict));
  say_violations(bdc_checker_report(checker));
}

static void check_documents(bdc_checker *checker, const bdc_ruleset *rules, const char *root) {
  DIR *folder = opendir(root);
  for (struct dirent *operation; folder && (operation = readdir(folder));) {
    char inner[PATH_SIZE / 2];
    snprintf(inner, sizeof inner, "%s/%s", root, operation->d_name);
    DIR *samples = operation->d_name[0] == '.' ? NULL : opendir(inner);
    for (struct dirent *entry; samples && (entry = readdir(samples));) {
      char path[PATH_SIZE];
      snprintf(path, sizeof path, "%s/%s", inner, entry->d_name);
      if (strstr(entry->d_name, ".json")) {
        expect_valid(checker, rules, path);
      }
    }
    if (samples) {
      closedir(samples);
    }
  }
  if (folder) {
    closedir(folder);
  }
}

static bool is(bdc_str text, const char *expected) {
  return text.size == strlen(expected) && memcmp(text.data ? text.data : "", expected, text.size) == 0;
}

/* The only violation of a severity. */
static const bdc_violation *only_one(const bdc_report *report, bdc_severity severity) {
  size_t count = severity == BDC_ERROR ? report->error_count : report->warning_count;
  for (size_t i = 0; count == 1 && i < report->violation_count; i++) {
    if (report->violations[i].severity == severity) {
      return &report->violations[i];
    }
  }
  return NULL;
}

typedef struct expectation {
  bdc_severity severity;
  const char *code;
  const char *rule;
  const char *pointer;
} expectation;

static const char *mismatch(const bdc_report *report, const expectation *expected) {
  const bdc_violation *violation = only_one(report, expected->severity);
  if (report->verdict != (expected->severity == BDC_ERROR ? BDC_INVALID : BDC_VALID)) {
    return "another verdict";
  }
  if (!violation) {
    return "not exactly one violation";
  }
  if (strcmp(bdc_rule_name(violation->rule), expected->rule) != 0) {
    return "another rule";
  }
  if (!is(violation->pointer, expected->pointer)) {
    return "another pointer";
  }
  if (strcmp(expected->code, "-") == 0 ? report->error != NULL : !report->error || !is(report->error->code, expected->code)) {
    return "another documented error";
  }
  return NULL;
}

static void check_broken_line(bdc_checker *checker, const bdc_ruleset *rules, const char *root, char *line, bdc_severity severity) {
  char *field[4] = { line };
  for (int i = 1; i < 4; i++) {
    field[i] = strchr(field[i - 1], '\t');
    if (!field[i]) {
      fail(root, "a line of the expectations without four fields: ", line);
      return;
    }
    *field[i]++ = '\0';
  }
  char path[PATH_SIZE];
  snprintf(path, sizeof path, "%s/%s", root, field[0]);
  sample s = sample_of(rules, path);
  bdc_check_body(checker, s.operation, s.status, s.body, s.size);
  free(s.body);
  const char *wrong = mismatch(bdc_checker_report(checker), &(expectation){ severity, field[1], field[2], field[3] });
  if (wrong) {
    fail(path, wrong, "");
    say_violations(bdc_checker_report(checker));
  } else {
    passed++;
  }
}

static void check_broken(bdc_checker *checker, const bdc_ruleset *rules, const char *root, const char *list, bdc_severity severity) {
  char path[PATH_SIZE];
  snprintf(path, sizeof path, "%s/%s", root, list);
  FILE *file = fopen(path, "r");
  if (!file) {
    perror(path);
    exit(2);
  }
  char line[LINE_SIZE];
  while (fgets(line, sizeof line, file)) {
    line[strcspn(line, "\n")] = '\0';
    if (line[0] && line[0] != '#') {
      check_broken_line(checker, rules, root, line, severity);
    }
  }
  fclose(file);
}

int main(int argc, char **argv) {
  bdc_ruleset *rules;
  bdc_checker *checker;
  if (argc != 2 || bdc_ruleset_builtin(NULL, &rules) != BDC_OK || bdc_checker_new(rules, NULL, &checker) != BDC_OK) {
    fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
    return 2;
  }
  char path[FOLDER_SIZE];
  snprintf(path, sizeof path, "%s/documents", argv[1]);
  check_documents(checker, rules, path);
  int documents = passed;
  snprintf(path, sizeof path, "%s/broken", argv[1]);
  check_broken(checker, rules, path, "expect.txt", BDC_ERROR);
  check_broken(checker, rules, path, "expect-warn.txt", BDC_WARNING);
  bdc_checker_free(checker);
  bdc_ruleset_free(rules);
  printf("%d passed, %d failed\n", passed, failed);
  return failed || documents == 0 || passed == documents;
}
