/* SPDX-License-Identifier: MIT */
#ifndef BDC_COMMAND_READ_DYNAMIC_H
#define BDC_COMMAND_READ_DYNAMIC_H

#include <bodycheck/bodycheck.h>

/*
 * What stands in for a dynamic variable, by its name with the "$" and what follows it in the placeholder. Empty where the form of its
 * value is not known. It may be written to `room`.
 */
bdc_str cmd_dynamic_value(bdc_str name, bdc_str arguments, char room[64]);

#endif
