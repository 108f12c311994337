/* SPDX-License-Identifier: MIT */
/* A folder of a test's own, in which it works. Whatever fails here ends the test. */
#ifndef BDC_TEST_SCRATCH_H
#define BDC_TEST_SCRATCH_H

#include "unit/support.h"

typedef struct scratch {
  blob folder;  /* its absolute path */
  blob entries; /* what was made in it, each with its NUL, in order */
} scratch;

/* Makes the folder below `base`, which is made too, and goes there. No other program works in it. */
void scratch_open(scratch *work, const char *base);

/* Removes what was made, and the folder. */
void scratch_close(scratch *work);

void scratch_folder(scratch *work, const char *path);
void scratch_write(scratch *work, const char *path, bdc_str text);
void scratch_link(scratch *work, const char *path, const char *target);

/* Notes what somebody else made, so that it is removed. */
void scratch_note(scratch *work, const char *path);

#endif
