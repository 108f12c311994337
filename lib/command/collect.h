/* SPDX-License-Identifier: MIT */
/* What a run of `check` is about: the files, and which operation each of them is for. */
#ifndef BDC_COMMAND_COLLECT_H
#define BDC_COMMAND_COLLECT_H

#include "check.h"
#include "file_set.h"
#include "find/paths.h"
#include "load.h"

/* What is done with JSON files that nothing maps. */
typedef enum cmd_unmapped_policy {
  CMD_UNMAPPED_AUTO, /* an error where the file itself was named, else ignored */
  CMD_UNMAPPED_IGNORE,
  CMD_UNMAPPED_LIST,
  CMD_UNMAPPED_ERROR
} cmd_unmapped_policy;

/* What a line of a .bodycheck file comes to, once a file needs it. */
typedef struct cmd_resolved {
  enum { CMD_NOT_RESOLVED, CMD_RESOLVED, CMD_NOT_RESOLVABLE } state;
  const bdc_operation *operation; /* NULL: the messages say it themselves */
  size_t context;
} cmd_resolved;

typedef struct cmd_collection {
  /* what the options say */
  const cmd_load *load;
  const bdc_operation *operation; /* for all files; NULL: each its own */
  int http_status;
  bool lines;
  bdc_unknown unknown;
  cmd_unmapped_policy unmapped;
  const char *stdin_name;

  cmd_output *out;      /* for what is told at once */
  cmd_file_set written; /* files that folders are taken to be without */
  cmd_maps *maps;
  cmd_context *contexts; /* the first is that of the options */
  size_t context_count;
  size_t context_capacity;
  cmd_resolved *resolved; /* by index of the line */
  size_t resolved_count;
  cmd_paths met;   /* files: none is checked twice */
  cmd_item *items; /* in the order in which they are checked */
  size_t count;
  size_t capacity;
  uint64_t unmapped_count;
} cmd_collection;

/* `ruleset` is that of the options; the collection frees it. */
void cmd_collection_open(cmd_collection *collection, bdc_ruleset *ruleset);
void cmd_collection_free(cmd_collection *collection);

/* A file, a folder, or "-". What cannot be had becomes an item that says so. */
void cmd_collection_add(cmd_collection *collection, const char *operand);

/* When all items have been checked: adds items that name the silencers that should have been needed, and were not. */
void cmd_collection_add_unused(cmd_collection *collection);

#endif
