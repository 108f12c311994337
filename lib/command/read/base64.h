/* SPDX-License-Identifier: MIT */
#ifndef BDC_COMMAND_READ_BASE64_H
#define BDC_COMMAND_READ_BASE64_H

#include "output.h"

/* Decodes base64 (RFC 4648, section 4) to the end of `out`. Nothing but the alphabet and the padding is allowed: false, and no more put. */
bool cmd_base64_decode(bdc_str text, cmd_output *out);

/* Encodes bytes, with padding. */
void cmd_base64_put(bdc_str bytes, cmd_output *out);

#endif
