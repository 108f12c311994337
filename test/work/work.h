/* SPDX-License-Identifier: MIT */
/*
 * Work, counted in instructions: inputs that somebody who means harm would make, each small and several times as large. What is counted is what
 * valgrind's callgrind sees between work_begin and work_end; without it, nothing is counted.
 */
#ifndef BDC_TEST_WORK_H
#define BDC_TEST_WORK_H

#include "unit/support.h"

typedef struct work_case work_case;

/* Reads the text as what it is, between work_begin and work_end. */
typedef void work_run(const work_case *item, bdc_str text);

/*
 * A text: `before`, `unit` as often as there is room for it, `between`, `closing` as often, `behind`. In a unit "#" is the number of its
 * turn, in six letters; "~" is a text that collides with all others of its kind where a hash counts each letter 31 times the one behind it.
 */
struct work_case {
  const char *name;
  work_run *run;
  const char *before;
  const char *unit;
  const char *between;
  const char *closing;
  const char *behind;
};

typedef struct work_cases {
  const work_case *items;
  size_t count;
} work_cases;

#define WORK_CASES(array) ((work_cases){ array, sizeof(array) / sizeof(array)[0] })

work_cases work_bodies(void);
work_cases work_millions(void);
work_cases work_heads(void);
work_cases work_rules(void);
work_cases work_files(void);

void work_begin(void);

/* `way` tells apart the ways in which a case is tried; it may be empty. */
void work_end(const work_case *item, const char *way, size_t size);

#endif
