/* SPDX-License-Identifier: MIT */
#ifndef BDC_COMMAND_CORES_H
#define BDC_COMMAND_CORES_H

#include <stddef.h>

/* How many cores this process may use; at least 1. */
size_t cmd_cores(void);

#endif
