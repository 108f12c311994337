/* SPDX-License-Identifier: MIT */
/* One `.bodycheck` file as text in memory: what its lines say, and which of them hold for a path. Its language is told in find/map.h. */
#ifndef BDC_COMMAND_MAPPING_H
#define BDC_COMMAND_MAPPING_H

#include "find/expect.h"
#include "find/glob.h"

#include <stdatomic.h>

/* Who is told of mistakes. Line and column from 1, column in characters; 0 for the whole file. */
typedef struct cmd_mistakes {
  void (*report)(bdc_str file, size_t line, size_t column, bdc_str message, void *context);
  void *context;
} cmd_mistakes;

typedef enum cmd_map_kind {
  CMD_MAP_OPERATION, /* a body of this operation */
  CMD_MAP_AUTO,      /* a file that says itself what it holds */
  CMD_MAP_IGNORE     /* no fixture */
} cmd_map_kind;

typedef struct cmd_mapfile cmd_mapfile;

/* A line with an operation, `auto` or `ignore`. Text lives as long as its file. */
typedef struct cmd_mapping {
  const cmd_mapfile *in;
  bdc_str file; /* its name, as for messages */
  size_t line;
  size_t column; /* of the word behind the pattern: the operation */
  cmd_map_kind kind;
  bdc_str operation; /* as written; empty but for CMD_MAP_OPERATION */
  int status;        /* 0: a request */
  cmd_expect expect;
  size_t expect_column; /* of its code, or its first word; 0: none */
  bdc_str rules;        /* a path that opens from the working folder; empty: none */
  size_t rules_column;
  bdc_unknown unknown;
  size_t index; /* among all of a run, from 0, in the order in which files were read */
  cmd_glob glob;
  bdc_str text;      /* the line without its end */
  atomic_uint files; /* that it was found for */
} cmd_mapping;

/* Where the findings lie that a silencer is for. */
typedef enum cmd_silenced {
  CMD_SILENCE_ANYWHERE,
  CMD_SILENCE_POINTER, /* in the body */
  CMD_SILENCE_FIELD    /* in the head of a message */
} cmd_silenced;

/* A `silence` line. */
typedef struct cmd_silencer {
  bdc_str file;
  size_t line;
  size_t column;
  cmd_silenced kind;
  bdc_place in;    /* of CMD_SILENCE_FIELD */
  bdc_str pointer; /* or the name of the field; empty for the whole body and for the status */
  uint32_t rules;  /* bits 1 << bdc_rule */
  bdc_str reason;
  bdc_str pattern; /* as written */
  cmd_glob glob;
  bool plain;        /* there is no wildcard in the pattern */
  atomic_bool asked; /* a file that its pattern names alone was asked for */
  atomic_bool used;
} cmd_silencer;

struct cmd_mapfile {
  bdc_str name;   /* as for messages */
  bdc_str folder; /* its real path, which may be empty; without a "/" at its end */
  bdc_str text;   /* as it was read */
  cmd_mapping *mappings;
  size_t mapping_count;
  size_t mapping_capacity;
  cmd_silencer *silencers;
  size_t silencer_count;
  size_t silencer_capacity;
  char *room;   /* for resolved escapes; as large as the text */
  char **paths; /* of rules */
  size_t path_count;
  size_t path_capacity;
};

/*
 * Reads a file's lines. `base` is put before the path of rules that is not absolute, with a "/" where it is not empty. Names and text
 * must outlive the file. Lines with a mistake are told and left out.
 */
void cmd_mapfile_parse(cmd_mapfile *file, bdc_str base, const cmd_mistakes *mistakes);
void cmd_mapfile_free(cmd_mapfile *file);

/* A path is relative to the file's folder, in the words of cmd_glob_match. NULL: the file says nothing of it. */
const cmd_mapping *cmd_mapfile_find(const cmd_mapfile *file, bdc_str path);

typedef struct cmd_found {
  bdc_place in;
  bdc_str field;
  bdc_str pointer;
  bdc_rule rule;
} cmd_found;

/* The first silencer for a finding in this file; all that are for it are now used. Any thread. */
const cmd_silencer *cmd_mapfile_silence(const cmd_mapfile *file, bdc_str path, const cmd_found *finding);

/* Notes that the file was asked for, so that a silencer for it alone counts as unused where it silences nothing. Any thread. */
void cmd_mapfile_ask(const cmd_mapfile *file, bdc_str path);

#endif
