/* SPDX-License-Identifier: MIT */
/* Files that hold whole messages: raw HTTP and recorded traffic. */
#ifndef BDC_COMMAND_MESSAGES_H
#define BDC_COMMAND_MESSAGES_H

#include "worker.h"

/* Checks every message in the text of a file. */
void cmd_worker_messages(cmd_worker *worker, const cmd_item *item, bdc_str text);

#endif
