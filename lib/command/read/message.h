/* SPDX-License-Identifier: MIT */
/*
 * What a file of HTTP messages holds, as its readers give it to a sink, message by message. A message is put together in a text of its
 * own, where variables are filled in and escapes decoded; a map leads from there to the bytes of the file. All of it lives only during
 * the call of the sink.
 */
#ifndef BDC_COMMAND_READ_MESSAGE_H
#define BDC_COMMAND_READ_MESSAGE_H

#include <bodycheck/bodycheck.h>

/*
 * From `text` on, up to the next run, a text stands in the file from `file` on, byte for byte; or `whole`: all of it stands for what
 * begins at `file`, as the value of a variable, the character of an escape, the bytes of base64.
 */
typedef struct cmd_run {
  size_t text;
  size_t file;
  bool whole;
} cmd_run;

typedef struct cmd_text_map {
  const cmd_run *runs; /* ascending by `text`; the first one begins at 0 */
  size_t count;        /* 0: the text is the file */
} cmd_text_map;

/* The offset in the file of an offset in the text. */
size_t cmd_text_map_find(const cmd_text_map *map, size_t text_offset);

typedef struct cmd_message {
  bool response; /* else a request */
  bool answers;  /* a response to the last request that was given */
  size_t entry;  /* from 1, where the file can hold several; 0 else */

  /* HAR: "/log/entries/0/request", "/log/entries/0/request/postData/text"; empty else */
  bdc_str pointer;
  bdc_str body_pointer;

  bdc_str text; /* all slices below lie in it, but for empty ones */
  cmd_text_map map;

  bdc_str method; /* requests; the standard ones in capitals, however they are written */
  bdc_str target; /* in absolute form ("https://host/path") or origin form ("/path") */
  bdc_str host;   /* with its port; that of the target, else of the header field Host; empty where it is not known */
  int status;     /* responses */
  const bdc_header *headers;
  size_t header_count;

  /*
   * Three things are kept apart. has_body: the message has one, and here it is. body_unknown: it has one that is not in the file, and
   * this is why; nothing can be said of it, not even that it is missing, and so the message is not valid. Neither: it has none.
   */
  bool has_body;
  bdc_str body;
  const char *body_unknown;
  bdc_str body_file; /* with body_unknown: the file that has it, as a path from the folder of this one; empty where there is none */

  /*
   * Parts in which a placeholder stands as it is, because its value is not in the file (which is a mistake that has been told): bits
   * 1 << BDC_IN_PATH, BDC_IN_QUERY, BDC_IN_HEADER, BDC_IN_BODY. What a check finds there says nothing.
   */
  unsigned unresolved;

  size_t place; /* offset in the file of the request line or status line; HAR: of the object */
} cmd_message;

/* The offset in the file of an offset in one of the message's slices. */
size_t cmd_message_find(const cmd_message *message, bdc_str slice, size_t offset);

/* The host of an authority, with its port, without the user before an "@". */
bdc_str cmd_authority_host(bdc_str authority);

/* How much of a target in absolute form is "scheme://authority"; 0 for other forms. */
size_t cmd_target_authority(bdc_str target, bdc_str *authority);

/* Something that cannot be read or is not known. Its text names members, header fields and variables, but never a value. */
typedef struct cmd_mistake {
  size_t entry;     /* as in messages; 0 where it is of no entry */
  size_t offset;    /* in the file */
  const char *rule; /* "http", "variable", "har" */
  bdc_str text;
} cmd_mistake;

/* The mistakes of a message are told before it is given. */
typedef struct cmd_sink {
  void (*message)(const cmd_message *message, void *context);
  void (*mistake)(const cmd_mistake *mistake, void *context);
  void *context;
} cmd_sink;

#endif
