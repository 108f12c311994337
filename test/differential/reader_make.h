/* SPDX-License-Identifier: MIT */
#ifndef BDC_TEST_DIFFERENTIAL_READER_MAKE_H
#define BDC_TEST_DIFFERENTIAL_READER_MAKE_H

#include "property/bodies.h"

/* A value of any kind, which nearly always is JSON. */
void make_document(random_source *random, body *out);

/* Tokens, right and wrong ones, one after the other. */
void make_tokens(random_source *random, body *out);

/* Bytes. */
void make_bytes(random_source *random, body *out);

#endif
