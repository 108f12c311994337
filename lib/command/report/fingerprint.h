/* SPDX-License-Identifier: MIT */
/*
 * Fingerprints of remarks, by which systems recognise one in the next run. They are made of the file, the message in it, the rule and
 * the field, and not of lines and columns, which change with every edit. Equal remarks of one message are numbered.
 */
#ifndef BDC_COMMAND_FINGERPRINT_H
#define BDC_COMMAND_FINGERPRINT_H

#include "report/remark.h"

/* Of the FNV-1a family, 128 bits: no secret depends on it. */
typedef struct cmd_hash {
  uint64_t high;
  uint64_t low;
} cmd_hash;

#define CMD_HASH_START ((cmd_hash){ UINT64_C(0x6c62272e07bb0142), UINT64_C(0x62b821756295c58d) })

void cmd_hash_bytes(cmd_hash *hash, bdc_str bytes);

/* Those of all remarks of a result, in their order; `count` of them, to be freed. NULL for none. */
cmd_hash *cmd_fingerprints_make(const cmd_result *result, size_t *count);

/* 32 hexadecimal digits. */
void cmd_fingerprint_put(cmd_hash fingerprint, cmd_output *out);

#endif
