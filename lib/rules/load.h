/* SPDX-License-Identifier: MIT */
/* A load in progress: rule texts on one side, the rule set that grows from them on the other. */
#ifndef BDC_RULES_LOAD_H
#define BDC_RULES_LOAD_H

#include "rules/list.h"
#include "rules/ruleset.h"

/* A rule text before it is parsed. */
typedef struct bdc__input {
  bdc_str name;
  bdc_str text;
  const char *trouble; /* not NULL: it could not be read, for this reason */
  bool given;          /* not embedded */
  bool rival;          /* an earlier given text is of the same provider and service */
  bdc_str identity;    /* "provider.service"; empty where the text does not say */
} bdc__input;

/* A define of the options. */
typedef struct bdc__define {
  bdc_str name;
  bdc_str value;
  bool used; /* some file has a class of this name */
} bdc__define;

/* The operation that has a method and path. */
typedef struct bdc__route_owner {
  bdc_str name;
  const bdc_service *service;
} bdc__route_owner;

typedef struct bdc__load {
  bdc__arena arena;   /* the rule set's */
  bdc__arena scratch; /* for what only the load needs */
  const bdc_options *options;
  const bdc_diagnostics *diagnostics;
  bdc_ruleset *ruleset;
  bdc_status status;     /* the first failure; memory goes before all others */
  bdc__list inputs;      /* bdc__input */
  bdc__list defines;     /* bdc__define */
  bdc_service *services; /* room for one of each input */
  size_t service_count;
  bdc__list operations;        /* bdc_operation */
  bdc__list patterns;          /* bdc__pattern *, freed with the rule set */
  bdc__map classes;            /* bdc__class by its expression */
  bdc__map patterns_by_text;   /* bdc__pattern by its expression */
  bdc__map operations_by_path; /* bdc__route_owner, the last, by provider, method and template */
  size_t words_max;
  bool unread; /* a file had too many mistakes to be read to its end */
} bdc__load;

/* Keeps the worst failure. */
void bdc__load_fail(bdc__load *load, bdc_status status);

/* One more text. False without memory. */
bool bdc__load_add(bdc__load *load, const bdc__input *input);

/* All files of a path, a file or a folder; what cannot be read is an input with trouble. False without memory. */
bool bdc__load_add_path(bdc__load *load, const char *path);

/* Keeps a pattern for the rule set. False without memory; then it has been freed. */
bool bdc__load_keep_pattern(bdc__load *load, bdc__pattern *pattern);

/* Parses the inputs and seals the rule set. Frees everything on failure. */
bdc_status bdc__load_begin(bdc__load *load, const bdc_options *options, const bdc_diagnostics *diagnostics);
bdc_status bdc__load_end(bdc__load *load, bdc_ruleset **out);

#endif
