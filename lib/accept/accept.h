/* SPDX-License-Identifier: MIT */
/*
 * The accepter: looks at a body that lies in one piece and answers "valid, nothing to report" or "not sure". It never reports; what
 * it is not sure of is for the precise engine, whose answer it only foresees. See walk.h and replay.h for how.
 */
#ifndef BDC_ACCEPT_ACCEPT_H
#define BDC_ACCEPT_ACCEPT_H

#include "accept/layout.h"
#include "rules/ruleset.h"

/* What a body is held against. */
typedef struct bdc__accept_task {
  const bdc_row *root;
  const bdc_service *service; /* of error codes */
  int http_status;            /* 0: a request */
  bdc__matcher *matcher;
  size_t depth_max;  /* arrays and objects open at once */
  size_t names_max;  /* undocumented names and map keys of these */
  size_t value_size; /* bytes of a value that is looked at as a whole */
  bool codes_match;  /* patterns may take the steps that BDC__ROW_CODES_MATCH speaks of */
} bdc__accept_task;

/* What stands between two tokens, with the quote behind it, which is the last byte of the word; at most eight bytes. */
typedef struct bdc__separator {
  uint64_t word; /* the first bytes are zeros where there are fewer */
  uint32_t shift;
  uint32_t size;
} bdc__separator;

/* How a text is written: as it was last, for whoever wrote that writes on like it. */
typedef struct bdc__style {
  bdc__separator colon; /* behind a name, before a string */
  bdc__separator comma; /* behind a member or item, before a quote */
} bdc__style;

/* Of texts whose first bracket has a blank behind it, and of those where it has none. */
typedef struct bdc__styles {
  bdc__style known[2];
} bdc__styles;

/* Without blanks. */
static inline bdc__styles bdc__styles_compact(void) {
  bdc__style compact = { .colon = { UINT64_C(0x223a) << 48, 48, 2 }, .comma = { UINT64_C(0x222c) << 48, 48, 2 } };
  return (bdc__styles){ { compact, compact } };
}

/* Whether a row's pattern surely matches a text that is this error code; NULL: it is none of the service. */
static inline bool bdc__code_matches(const bdc__accept_task *task, const bdc_row *row, const bdc_code_info *code) {
  return code && row->flags & BDC__ROW_CODES_MATCH && task->codes_match;
}

/*
 * Whether the precise engine would find nothing in a body, not even a warning. False where that is not sure. An accepter looks at a body
 * by itself, a replayer holds it against the layout of another one of the same table. An accepter is faster where the style of
 * the body is known, and learns it; its answer does not depend on that.
 */
typedef bool (*bdc__accepter)(const bdc__accept_task *task, bdc__styles *styles, const unsigned char *body, size_t size);
typedef bool (*bdc__replayer)(const bdc__accept_task *task, const bdc__layout *layout, const unsigned char *body, size_t size);

/* From each kernel file: their machines are told apart in kernel.c. */
bool bdc__accept_avx2(const bdc__accept_task *task, bdc__styles *styles, const unsigned char *body, size_t size);
bool bdc__accept_avx512(const bdc__accept_task *task, bdc__styles *styles, const unsigned char *body, size_t size);
bool bdc__accept_sse2(const bdc__accept_task *task, bdc__styles *styles, const unsigned char *body, size_t size);
bool bdc__accept_neon(const bdc__accept_task *task, bdc__styles *styles, const unsigned char *body, size_t size);
bool bdc__replay_plain(const bdc__accept_task *task, const bdc__layout *layout, const unsigned char *body, size_t size);
bool bdc__replay_sse2(const bdc__accept_task *task, const bdc__layout *layout, const unsigned char *body, size_t size);
bool bdc__replay_avx2(const bdc__accept_task *task, const bdc__layout *layout, const unsigned char *body, size_t size);
bool bdc__replay_avx512(const bdc__accept_task *task, const bdc__layout *layout, const unsigned char *body, size_t size);
bool bdc__replay_neon(const bdc__accept_task *task, const bdc__layout *layout, const unsigned char *body, size_t size);

typedef struct bdc__kernel {
  const char *name;
  bdc__replayer replay;
  bdc__accepter accept; /* NULL: it would be no faster than the precise engine */
} bdc__kernel;

/*
 * The kernels of this machine, the fastest first; NULL behind the last. To ask a machine what it can do may take long where it is a virtual
 * one: once is enough for each checker.
 */
const bdc__kernel *bdc__kernel_at(size_t index);

/* NULL where this machine has none of that name. */
const bdc__kernel *bdc__kernel_named(const char *name);

#endif
