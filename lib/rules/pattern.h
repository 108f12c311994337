/* SPDX-License-Identifier: MIT */
/* Patterns and character classes. PCRE2 gives them their meaning; pattern.c is the only file that sees it. */
#ifndef BDC_RULES_PATTERN_H
#define BDC_RULES_PATTERN_H

#include <bodycheck/bodycheck.h>

typedef struct bdc__pattern bdc__pattern;
typedef struct bdc__matcher bdc__matcher;

/* What PCRE2 says of a bad expression. `offset` in bytes into the expression. */
typedef struct bdc__pattern_fault {
  char message[160];
  size_t offset;
} bdc__pattern_fault;

typedef enum bdc__match { BDC__MATCH, BDC__NO_MATCH, BDC__MATCH_LIMIT } bdc__match;

/*
 * Compiles an expression that the whole value must match (UTF, UCP, DOLLAR_ENDONLY, no \C; JIT where there is one).
 * BDC_ERR_RULES with *fault filled in, BDC_ERR_MEMORY.
 */
bdc_status bdc__pattern_new(const bdc_allocator *allocator, bdc_str expression, bdc__pattern **out, bdc__pattern_fault *fault);

/* The same for a run, perhaps empty, of characters of a bracket class. */
bdc_status bdc__pattern_new_run(const bdc_allocator *allocator, bdc_str bracket_class, bdc__pattern **out, bdc__pattern_fault *fault);

void bdc__pattern_free(const bdc_allocator *allocator, bdc__pattern *pattern);

/* Sets ascii[c] to 1 for each c below 128 that a run may contain, else 0. */
bdc_status bdc__pattern_sample(const bdc_allocator *allocator, const bdc__pattern *run, uint8_t ascii[128]);

/*
 * A thread's scratch for matching. It has been used once for each of `patterns`, so that matching these allocates nothing.
 * `steps`: PCRE2's match and depth limit.
 */
bdc_status bdc__matcher_new(const bdc_allocator *allocator, const bdc__pattern *const *patterns, size_t count, uint32_t steps,
                            bdc__matcher **out);
void bdc__matcher_free(const bdc_allocator *allocator, bdc__matcher *matcher);

/* `text` is valid UTF-8. */
bdc__match bdc__pattern_match(const bdc__pattern *pattern, bdc__matcher *matcher, bdc_str text);

/* How many bytes from the start of `text` are characters of the class; *limit is set when a limit was reached. */
size_t bdc__pattern_run(const bdc__pattern *run, bdc__matcher *matcher, bdc_str text, bool *limit);

#endif
