/* SPDX-License-Identifier: MIT */
/*
 * What a fuzzer is told by its environment, for bodycheck/libfuzzer.h, the library for AFL++, and harnesses that are like them:
 *
 *   BODYCHECK_OPERATION    the operation whose bodies are made; without it only the form of JSON is known
 *   BODYCHECK_RESPONSE     the HTTP status of a response; without it they are requests
 *   BODYCHECK_RULES        a rule file, or a folder of rule files, that is loaded beside the embedded ones
 *   BODYCHECK_WELL_FORMED  1: what is made is always JSON
 *
 * A macro BODYCHECK_OPERATION, a string, stands for the variable where that is not set. All of it is in this header; link the library.
 */
#ifndef BODYCHECK_FUZZING_H
#define BODYCHECK_FUZZING_H

#include <bodycheck/mutate.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef BODYCHECK_OPERATION
#define BODYCHECK_OPERATION ""
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct bdc_fuzzing {
  bdc_ruleset *ruleset;
  const bdc_operation *operation; /* NULL: none is named */
  int http_status;
  bool well_formed;
  bdc_mutator *mutator;
} bdc_fuzzing;

static inline void bdc_fuzzing_end(bdc_fuzzing *fuzzing) {
  bdc_mutator_free(fuzzing->mutator);
  bdc_ruleset_free(fuzzing->ruleset);
  memset(fuzzing, 0, sizeof *fuzzing);
}

static inline const char *bdc__fuzzing_variable(const char *name) {
  const char *value = getenv(name);
  return value && *value ? value : NULL;
}

/* One line for the person who set the variable, without its value. */
static inline bool bdc__fuzzing_refuse(const char *name, const char *why) {
  fprintf(stderr, "bodycheck: %s: %s\n", name, why);
  return false;
}

static inline void bdc__fuzzing_tell(const bdc_diagnostic *mistake, void *context) {
  (void)context;
  fprintf(stderr, "%.*s:%zu:%zu: %.*s\n", (int)mistake->file.size, mistake->file.data, mistake->line, mistake->column,
          (int)mistake->message.size, mistake->message.data);
}

static inline bool bdc__fuzzing_load(bdc_fuzzing *fuzzing) {
  const char *path = bdc__fuzzing_variable("BODYCHECK_RULES");
  bdc_diagnostics diagnostics = { bdc__fuzzing_tell, NULL };
  bdc_status status =
      path ? bdc_ruleset_load(&path, 1, NULL, &fuzzing->ruleset, &diagnostics) : bdc_ruleset_builtin(NULL, &fuzzing->ruleset);
  return status == BDC_OK || bdc__fuzzing_refuse("BODYCHECK_RULES", bdc_status_text(status));
}

static inline bool bdc__fuzzing_find(bdc_fuzzing *fuzzing) {
  const char *name = bdc__fuzzing_variable("BODYCHECK_OPERATION");
  name = name ? name : BODYCHECK_OPERATION;
  if (!*name) {
    return true;
  }
  bdc_str text = { name, strlen(name) };
  bdc_status status = bdc_operation_search(fuzzing->ruleset, text, &fuzzing->operation, NULL, 0, NULL);
  return status == BDC_OK || bdc__fuzzing_refuse("BODYCHECK_OPERATION", bdc_status_text(status));
}

static inline bool bdc__fuzzing_status(bdc_fuzzing *fuzzing) {
  const char *value = bdc__fuzzing_variable("BODYCHECK_RESPONSE");
  if (!value) {
    return true;
  }
  bool fits = strlen(value) == 3 && strspn(value, "0123456789") == 3 && value[0] >= '1' && value[0] <= '5';
  fuzzing->http_status = fits ? atoi(value) : 0;
  return fits || bdc__fuzzing_refuse("BODYCHECK_RESPONSE", "an HTTP status, 100 to 599, was expected");
}

static inline bool bdc__fuzzing_form(bdc_fuzzing *fuzzing) {
  const char *value = bdc__fuzzing_variable("BODYCHECK_WELL_FORMED");
  fuzzing->well_formed = value && strcmp(value, "1") == 0;
  return !value || fuzzing->well_formed || strcmp(value, "0") == 0 ||
         bdc__fuzzing_refuse("BODYCHECK_WELL_FORMED", "0 or 1 was expected");
}

/* Reads the environment and makes what it asks for. False, with a line on standard error and nothing to free, where that cannot be. */
static inline bool bdc_fuzzing_begin(bdc_fuzzing *fuzzing) {
  memset(fuzzing, 0, sizeof *fuzzing);
  bdc_mutator_settings settings;
  memset(&settings, 0, sizeof settings);
  if (bdc__fuzzing_status(fuzzing) && bdc__fuzzing_form(fuzzing) && bdc__fuzzing_load(fuzzing) && bdc__fuzzing_find(fuzzing)) {
    settings.well_formed = fuzzing->well_formed;
    bdc_status status = bdc_mutator_new(fuzzing->operation, fuzzing->http_status, &settings, &fuzzing->mutator);
    if (status == BDC_OK) {
      return true;
    }
    bdc__fuzzing_refuse("mutator", bdc_status_text(status));
  }
  bdc_fuzzing_end(fuzzing);
  return false;
}

#ifdef __cplusplus
}
#endif

#endif
