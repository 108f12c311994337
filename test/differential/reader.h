/* SPDX-License-Identifier: MIT */
/* Shared by the files of differential-reader: documents, what other readers think of them, and what is true of them. */
#ifndef BDC_TEST_DIFFERENTIAL_READER_H
#define BDC_TEST_DIFFERENTIAL_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What readers may look at behind a document. */
enum { READER_PADDING = 64 };

/* ---- reader_jansson.c, reader_peers.cpp: what a reader thinks of a document ---- */

typedef enum opinion {
  TAKEN,
  REFUSED_NUMBER, /* it says that a number is one it cannot hold, or none */
  REFUSED_NUL,    /* it says that a name holds U+0000 */
  REFUSED
} opinion;

opinion jansson_opinion(const unsigned char *text, size_t size);
opinion rapidjson_opinion(const unsigned char *text, size_t size);
opinion simdjson_opinion(const unsigned char *text, size_t size);

/* ---- reader_facts.c ---- */

/* Of a document that some reader takes, so that it has tokens. None of this is told by a reader. */
typedef struct facts {
  uint32_t depth;     /* of open arrays and objects */
  bool repeats;       /* a name stands twice in an object */
  bool nul_name;      /* a name holds U+0000 */
  bool beyond_int64;  /* an integer is beyond 64 bits with a sign */
  bool beyond_uint64; /* and beyond those without one, where it has no minus */
  bool beyond_double; /* a number is infinite as a double */
  bool far_digits;    /* an exponent is above 308, or so many digits stand before the point, whatever the number is */
  bool lone_low;      /* the second half of a surrogate pair stands without the first */
  bool nul_outside;   /* a byte 0 stands outside of strings */
} facts;

facts facts_of(const unsigned char *text, size_t size);

#ifdef __cplusplus
}
#endif

#endif
