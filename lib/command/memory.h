/* SPDX-License-Identifier: MIT */
/* Memory of a program that cannot go on without it. */
#ifndef BDC_COMMAND_MEMORY_H
#define BDC_COMMAND_MEMORY_H

#include <stddef.h>

/* As realloc, of count * size bytes. Where there is no memory the program ends: one line on standard error, exit status 2. */
void *cmd_resize(void *memory, size_t count, size_t size);

/* Room for one more in an array that holds `count` of *capacity. */
void *cmd_grow(void *memory, size_t count, size_t *capacity, size_t size);

#endif
