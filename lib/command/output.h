/* SPDX-License-Identifier: MIT */
/*
 * Buffered output. The program's one way to standard output and standard error; also text that is put together in memory, or held back
 * until somebody else lets it pass.
 */
#ifndef BDC_COMMAND_OUTPUT_H
#define BDC_COMMAND_OUTPUT_H

#include <bodycheck/bodycheck.h>

/* After a write has failed, `error` is its errno and whatever follows is dropped. */
typedef struct cmd_output {
  int fd; /* -1: none */
  int error;
  char *data;
  size_t size;
  size_t capacity;
  size_t limit;                                        /* where it has more to hold, it is flushed before */
  void (*pass)(struct cmd_output *out, void *context); /* what flushes it where there is no descriptor, or NULL; may set `error` */
  void *context;
} cmd_output;

/* An output that only grows in memory. */
#define CMD_MEMORY ((cmd_output){ .fd = -1, .limit = SIZE_MAX })

void cmd_output_open(cmd_output *out, int fd);
void cmd_output_free(cmd_output *out);

/* An output to a file that is made anew, or emptied. False where it cannot be: `error` is then why, and all that is put is dropped. */
bool cmd_output_create(cmd_output *out, const char *path);

/* Writes what is left and closes the descriptor; false where a write has failed, now or before. */
bool cmd_output_close(cmd_output *out);

/* Writes what is buffered; false where a write has failed, now or before. */
bool cmd_flush(cmd_output *out);

/* Writes what is buffered and then `bytes`, without copying them; false as above. */
bool cmd_put_through(cmd_output *out, bdc_str bytes);

/* What a memory output holds; gone with the next put. */
bdc_str cmd_output_text(const cmd_output *out);

/* Bytes as they are. */
void cmd_put(cmd_output *out, bdc_str bytes);
void cmd_puts(cmd_output *out, const char *text);
void cmd_put_repeat(cmd_output *out, char byte, size_t count);
void cmd_put_number(cmd_output *out, uint64_t number);

/* For people: unsafe characters as \u{202e}, bytes that are not UTF-8 as \xff. */
void cmd_put_text(cmd_output *out, bdc_str text);

/* A JSON string with its quotes. Unsafe characters as \u202e; bytes that are not UTF-8 become U+FFFD. */
void cmd_put_json(cmd_output *out, bdc_str text);

/*
 * One line on standard error, "bodycheck: " and the text, made safe as by cmd_put_text. What `out` holds is written before, so that
 * a terminal shows both in their order.
 */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void cmd_error(cmd_output *out, const char *format, ...);

#endif
