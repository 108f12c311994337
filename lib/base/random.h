/* SPDX-License-Identifier: MIT */
#ifndef BDC_BASE_RANDOM_H
#define BDC_BASE_RANDOM_H

#include "base/siphash.h"

/* A key that who sends bodies does not know. */
bdc__siphash_key bdc__random_key(void);

#endif
