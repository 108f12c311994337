/* SPDX-License-Identifier: MIT */
/* The values of path, query and header rows in a request that a checker has taken. */
#ifndef BDC_COMMAND_COVER_HEAD_H
#define BDC_COMMAND_COVER_HEAD_H

#include <bodycheck/table.h>

/* A value, with its percent-encoding undone; it lives only while it is told. */
typedef void cmd_head_value(const bdc_row *row, bdc_str text, void *context);

/*
 * Tells the value of each row of the section that the request has a value for, once for each time it stands there. `section` is one of
 * path, query or header, and the request has been found to be of the operation.
 */
void cmd_head_follow(const bdc_operation_info *operation, const bdc_section_info *section, const bdc_request *request,
                     cmd_head_value *value, void *context);

#endif
