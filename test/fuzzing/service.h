/* SPDX-License-Identifier: MIT */
/*
 * A sample of what people fuzz: a service that updates an app as API Gateway documents it (UpdateAppV2), written by hand in plain C, with
 * flaws that can be put in one by one. Without flaws it does what the documentation says.
 */
#ifndef BDC_TEST_FUZZING_SERVICE_H
#define BDC_TEST_FUZZING_SERVICE_H

#include <stddef.h>

/* Bits. */
enum {
  /* It breaks, on messages that keep the documentation. */
  FLAW_LONGEST_KEY = 1 << 0,   /* a key of 200 characters has no room for its NUL; where a remark needs surrogates for the log */
  FLAW_SECOND_SECRET = 1 << 1, /* a second, longer secret goes where the first one had room (not documented: a duplicate) */
  FLAW_WIDE_REMARK = 1 << 2,   /* there is room for 255 characters of 3 bytes, not of 4 */
  FLAW_ESCAPED_KEY = 1 << 3,   /* a key's length is that of its spelling, which may have escapes */

  /* It answers otherwise than documented. */
  FLAW_TAKES_MARKS = 1 << 4,      /* a name may have the marks that a secret may */
  FLAW_COUNTS_BYTES = 1 << 5,     /* a remark of 255 characters is too long where they are not ASCII */
  FLAW_OTHER_CODE = 1 << 6,       /* a short name is APIG.2012 */
  FLAW_STATUS_IS_TEXT = 1 << 7,   /* the answer's status is a string */
  FLAW_BARE_ERROR = 1 << 8,       /* the answer to an error has no error_msg */
  FLAW_WRONG_HTTP_STATUS = 1 << 9 /* a missing name is answered with 500 */
};

typedef struct service_answer {
  int status; /* HTTP */
  size_t size;
  char body[512];
} service_answer;

/* Answers the body of one request. */
void service_update(const void *body, size_t size, unsigned flaws, service_answer *answer);

#endif
