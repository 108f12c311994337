/* SPDX-License-Identifier: MIT */
/* read(2) and write(2) without their surprises. */
#ifndef BDC_COMMAND_DESCRIPTOR_H
#define BDC_COMMAND_DESCRIPTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* As read: goes on after a signal, and waits where the descriptor does not block. */
ssize_t cmd_read(int fd, void *buffer, size_t size);

/* Whether a read would not have to wait: there is something, or the end, or a fault. */
bool cmd_can_read(int fd);

/* Writes all of it, or returns false with errno set. */
bool cmd_write(int fd, const void *data, size_t size);

/*
 * Takes 0, 1 and 2 where the program was started without them. A file that is opened later would otherwise become standard output.
 * Reading or writing them still fails.
 */
void cmd_reserve_standard(void);

#endif
