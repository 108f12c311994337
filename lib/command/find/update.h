/* SPDX-License-Identifier: MIT */
/*
 * Writes into `.bodycheck` files what fixtures were found to be. Where a line is for one file alone, its `expect` is replaced or added, and
 * the rest of it stays as it is. Where a line is for several, one for the file alone is put behind it, which then holds because the
 * last match does. A second update with the same findings changes nothing.
 */
#ifndef BDC_COMMAND_UPDATE_H
#define BDC_COMMAND_UPDATE_H

#include "find/map.h"

typedef struct cmd_updates cmd_updates;

cmd_updates *cmd_updates_new(const cmd_maps *maps);
void cmd_updates_free(cmd_updates *updates);

/* What is written of a file for which there is no line yet. */
typedef struct cmd_unmapped {
  cmd_map_kind kind; /* CMD_MAP_OPERATION or CMD_MAP_AUTO */
  bdc_str operation;
  int status; /* 0: a request */
} cmd_unmapped;

/*
 * Notes what a file was found to be, which is nothing to be done where that was expected. `mapping` is the line that holds for the file;
 * where it is NULL, a line of `unmapped` goes to the end of the nearest `.bodycheck`, or of a new one in the file's folder. Each file
 * once; one thread. The maps, and all text that is given, must outlive the updates.
 */
void cmd_updates_add(cmd_updates *updates, const cmd_chain *chain, bdc_str file_name, const cmd_mapping *mapping,
                     const cmd_unmapped *unmapped, const cmd_expect *found);

/* How many lines will be changed or added. */
size_t cmd_updates_count(cmd_updates *updates);

/*
 * What will be written, in order of the files' real paths and of lines: "FILE:LINE", then "- old" and "+ new", or the line as it stays
 * and behind it "+ new" lines.
 */
void cmd_updates_print(cmd_updates *updates, cmd_output *out);

/*
 * Writes it: each file at once, under another name that then replaces it, with its mode and line ends. What cannot be written is told by
 * cmd_error, after what `out` holds, and leaves its file as it was; then false. A file that was changed since it was read is not written.
 */
bool cmd_updates_write(cmd_updates *updates, cmd_output *out);

#endif
