/* SPDX-License-Identifier: MIT */
/*
 * bodycheck: checks HTTP API messages against tables of documented rules and names the error that the API documents.
 *
 * Three channels, never mixed:
 *   status            did the call work                        bdc_status
 *   verdict           does the message keep the documentation  bdc_verdict, in a bdc_report
 *   documented error  what the API would answer                bdc_error, in a bdc_report
 *
 * Threads: a bdc_ruleset and all that hangs from it (operations, rows, classes) is immutable once loaded and may be used by any
 * number of threads. A bdc_checker and its report belong to one thread at a time. The library has no globals and no init call.
 *
 * Text: every bdc_str is a pointer and a size in bytes, UTF-8, not NUL-terminated unless a function says so.
 */
#ifndef BODYCHECK_BODYCHECK_H
#define BODYCHECK_BODYCHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define BDC_API __attribute__((visibility("default")))
#else
#define BDC_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define BDC_VERSION "0.1.0"

/* The version of the library that is linked, in the form of BDC_VERSION. */
BDC_API const char *bdc_version(void);

/* A slice of text or bytes. `data` may be NULL only where `size` is 0. */
typedef struct bdc_str {
  const char *data;
  size_t size;
} bdc_str;

/* A bdc_str of a string literal. */
#define BDC_STR(literal) ((bdc_str){ "" literal, sizeof(literal) - 1 })

/*
 * Where memory comes from. `allocate` returns memory aligned for any object, or NULL; `release` takes what `allocate` returned, or
 * NULL. A NULL bdc_allocator means malloc and free. It must outlive what is made with it. It is called by the thread that makes or
 * frees an object, never while a message is checked.
 */
typedef struct bdc_allocator {
  void *(*allocate)(size_t size, void *context);
  void (*release)(void *memory, void *context);
  void *context;
} bdc_allocator;

/* Whether a call worked. The numbers are fixed. */
typedef enum bdc_status {
  BDC_OK = 0,
  BDC_ERR_MEMORY = 1,       /* the allocator returned NULL */
  BDC_ERR_ARGUMENT = 2,     /* an argument that the function's text rules out */
  BDC_ERR_IO = 3,           /* a rule file or folder cannot be read; the diagnostics name it */
  BDC_ERR_RULES = 4,        /* a rule file has mistakes; the diagnostics list them all */
  BDC_ERR_NO_OPERATION = 5, /* no operation has this name */
  BDC_ERR_AMBIGUOUS = 6,    /* several operations fit, and neither a host nor a provider decides */
  BDC_ERR_NO_PATH = 7,      /* no operation has this path */
  BDC_ERR_NO_METHOD = 8,    /* operations have this path, none with this method */
  BDC_ERR_STATE = 9,        /* feed or end without a begin */
  BDC_ERR_SPACE = 10,       /* the buffer is too small; *needed says what is needed */
  BDC_ERR_NO_ERROR = 11,    /* the report has no documented error */
  BDC_ERR_NO_HOST = 12,     /* operations have this path, none at this host */
  BDC_ERR_NO_TABLE = 13,    /* the operation documents no such body */
  BDC_ERR_INTERNAL = 14     /* a fault of this library */
} bdc_status;

/* One line of English for a status; static. */
BDC_API const char *bdc_status_text(bdc_status status);

/* ---- rule sets ---------------------------------------------------------------------------------------------------------------- */

typedef struct bdc_ruleset bdc_ruleset;
typedef struct bdc_operation bdc_operation;

/* Another meaning for a named class: letter = "[A-Za-z\p{Han}]". NUL-terminated. */
typedef struct bdc_define {
  const char *name;
  const char *value;
} bdc_define;

/* How rules are loaded. All zero is the default; NULL may be given for it. Read only during the call, but for the allocator. */
typedef struct bdc_options {
  const bdc_allocator *allocator;
  const char *provider; /* decides between operations of several providers with one short name or one path; NULL: nothing decides */
  const bdc_define *defines;
  size_t define_count;
  bool without_builtin; /* load, parse: only what is given, without the embedded tables */
} bdc_options;

/* One mistake in a rule file, or in a define (file "--define"). Line and column from 1, column in characters; 0 for the whole file. */
typedef struct bdc_diagnostic {
  bdc_str file;
  size_t line;
  size_t column;
  bdc_str message; /* what is wrong and what was expected */
} bdc_diagnostic;

/* Who is told of mistakes, in file order. The diagnostic lives only during the call. */
typedef struct bdc_diagnostics {
  void (*report)(const bdc_diagnostic *diagnostic, void *context);
  void *context;
} bdc_diagnostics;

/* Rule text in memory. `name` stands for the file name in diagnostics. */
typedef struct bdc_rule_text {
  bdc_str name;
  bdc_str text;
} bdc_rule_text;

/* The embedded tables. BDC_ERR_MEMORY; BDC_ERR_RULES where a define names no class or is no class. *out is NULL on failure. */
BDC_API bdc_status bdc_ruleset_builtin(const bdc_options *options, bdc_ruleset **out);

/*
 * The embedded tables and those of `paths`: files, or folders with all *.rules below them in order of their names. A loaded table
 * replaces the embedded one of the same provider and service. Fails whole: BDC_ERR_IO, BDC_ERR_RULES (every mistake of every file
 * has been reported), BDC_ERR_MEMORY; then *out is NULL. `diagnostics` may be NULL.
 */
BDC_API bdc_status bdc_ruleset_load(const char *const paths[], size_t path_count, const bdc_options *options, bdc_ruleset **out,
                                    const bdc_diagnostics *diagnostics);

/* The same with rule text that is in memory already. The texts need not outlive the call. */
BDC_API bdc_status bdc_ruleset_parse(const bdc_rule_text *texts, size_t text_count, const bdc_options *options, bdc_ruleset **out,
                                     const bdc_diagnostics *diagnostics);

/* Frees a rule set; no checker made from it may be used any more. NULL is allowed. */
BDC_API void bdc_ruleset_free(bdc_ruleset *ruleset);

/* ---- operations and routes ---------------------------------------------------------------------------------------------------- */

/*
 * An operation by its name: "huaweicloud.apig.UpdateAppV2", or a shorter one that fits only one operation ("apig.UpdateAppV2",
 * "UpdateRomaApp"). Where several fit, that of the provider of the options. NULL where none or several fit; bdc_operation_search
 * tells which. NUL-terminated.
 */
BDC_API const bdc_operation *bdc_operation_find(const bdc_ruleset *ruleset, const char *name);

/*
 * As bdc_operation_find, with a status: BDC_ERR_NO_OPERATION, BDC_ERR_AMBIGUOUS. Up to `capacity` operations that fit the name, of
 * all providers, go to `candidates`, their number to *count (either may be NULL).
 */
BDC_API bdc_status bdc_operation_search(const bdc_ruleset *ruleset, bdc_str name, const bdc_operation **out,
                                        const bdc_operation **candidates, size_t capacity, size_t *count);

/*
 * The operation of a method (case-sensitive) and a request target: origin form ("/v2/p/apps/a?x=y") or absolute form
 * ("https://host/v2/..."). Literal segments go before parameters. A target that is malformed elsewhere is routed all the same: its
 * faults are violations. BDC_ERR_NO_PATH, BDC_ERR_NO_METHOD, BDC_ERR_AMBIGUOUS (bdc_route_search names them), BDC_ERR_NO_HOST. Allocates
 * nothing, takes linear time.
 *
 * A service may name its hosts (bdc_service_host); the embedded tables name none. Where the host is known, here from an absolute form:
 *   services that name it        go first: before literal segments of other services, before the provider of the options
 *   services that name others    are out; where they alone have the path, the status is BDC_ERR_NO_HOST
 *   services that name none      are taken as if no host were known, where none of the first has the method and path
 * Letter case, "user@", ":port" and a dot at the end make no difference. An address of IPv6 or a malformed host is none that a service
 * names. Without a host, or with an empty one, no service is out, and none goes first; then even a provider may have several operations
 * of one method and path, since its services may share them where they name hosts.
 */
BDC_API bdc_status bdc_route(const bdc_ruleset *ruleset, bdc_str method, bdc_str target, const bdc_operation **out);

/*
 * As bdc_route for one provider (an empty one: that of the options). A provider that is given holds against any host: where only others
 * name the host, its services that name none are taken. Up to `capacity` operations of this path, of all providers and with any method
 * where the method fits none, go to `candidates`, their number to *count (either may be NULL). Those that the host rules out are
 * candidates only with BDC_ERR_NO_HOST; where services of the host decide, only theirs are.
 */
BDC_API bdc_status bdc_route_search(const bdc_ruleset *ruleset, bdc_str provider, bdc_str method, bdc_str target,
                                    const bdc_operation **out, const bdc_operation **candidates, size_t capacity, size_t *count);

/* ---- checkers ----------------------------------------------------------------------------------------------------------------- */

typedef struct bdc_checker bdc_checker;

/*
 * What bounds the work of one message: it grows as the message's size does, and that of a violation as depth and violations do. Each 0
 * takes its default. Reaching one is a violation of rule BDC_RULE_LIMIT, never "valid"; violations beyond theirs are only counted.
 * The checker's memory follows from depth, names, value_size and violations, and is allocated by bdc_checker_new.
 */
typedef struct bdc_limits {
  size_t body_size;       /* bytes of a body; default 12 MiB; at most 4 GiB - 1 */
  size_t depth;           /* arrays and objects open at once; default 128; at most 65,535 */
  size_t names;           /* undocumented member names and map keys of open objects, held to find duplicates; default 2,048 */
  size_t value_size;      /* bytes of one decoded value that a pattern, format or number rule looks at; default 4,096 */
  size_t violations;      /* violations that a report holds, errors rather than warnings; default 100 */
  uint32_t pattern_steps; /* PCRE2's match and depth limit for one value; default 100,000 */
} bdc_limits;

/* What an undocumented member or query parameter is. */
typedef enum bdc_unknown {
  BDC_UNKNOWN_TABLE = 0, /* as the table says; by default an error in requests, a warning in responses */
  BDC_UNKNOWN_ERROR = 1,
  BDC_UNKNOWN_WARNING = 2,
  BDC_UNKNOWN_IGNORE = 3
} bdc_unknown;

/* How a checker works. All zero is the default; NULL may be given for it. Read only during the call, but for the allocator. */
typedef struct bdc_settings {
  bdc_limits limits;
  const bdc_allocator *allocator;
  bdc_unknown unknown_request;
  bdc_unknown unknown_response;
  bool first_only;      /* stop at the first violation that is an error */
  const char *kernel;   /* one of bdc_kernel_name, or "none"; NULL: the environment's BODYCHECK_KERNEL, else the best */
  size_t layout_memory; /* bytes in which layouts of bodies are remembered: see below; default 4,096, at most 2^28; 1: none is */
} bdc_settings;

/*
 * A body that comes in one piece is first shown to the accepter, which only knows "valid, nothing to report" and "not sure"; what it
 * is not sure of is checked by the precise engine from its first byte. Where it keeps being unsure, a checker shows it fewer of the bodies
 * that follow. A checker also remembers layouts: what bodies in which nothing was found have around their values (member names, keys of
 * maps, blanks, and the items of arrays with the rule includes); a body like them is sooner done with. One takes 200 to 600 bytes, and each
 * operation and status has one at most; the oldest give way to the newest. Both change no report, only the time.
 * The kernels are those that this machine can run, the fastest first: avx512, avx2, sse2, neon, plain; plain knows only layouts.
 * "none" leaves all to the precise engine, and nothing is remembered. Static; NULL behind the last.
 */
BDC_API const char *bdc_kernel_name(size_t index);

/*
 * A checker for one thread at a time. The rule set must outlive it. Everything is allocated here; checking allocates nothing.
 * BDC_ERR_MEMORY, BDC_ERR_ARGUMENT (a limit beyond its range, a kernel that this machine cannot run); then *out is NULL. The default
 * limits take less than 64 KiB where PCRE2 has a JIT compiler for the machine, 20 KiB more elsewhere.
 */
BDC_API bdc_status bdc_checker_new(const bdc_ruleset *ruleset, const bdc_settings *settings, bdc_checker **out);
BDC_API void bdc_checker_free(bdc_checker *checker);

/* The kernel that a checker was given, or "none". Static. */
BDC_API const char *bdc_checker_kernel(const bdc_checker *checker);

/* Whether a message keeps the documentation. 0 is not "valid", so that zeroed memory never passes for it. */
typedef enum bdc_verdict {
  BDC_UNCHECKED = 0, /* nothing could be checked, or not all; the report has the reason */
  BDC_VALID = 1,     /* no violation but warnings */
  BDC_INVALID = 2    /* at least one violation that is an error */
} bdc_verdict;

typedef struct bdc_header {
  bdc_str name;
  bdc_str value;
} bdc_header;

/* A request. Slices need to live only during the call, but for request_id: it is named by the report. */
typedef struct bdc_request {
  const bdc_operation *operation; /* NULL: found by method, target and host: see bdc_route_request */
  bdc_str provider;               /* for the route; empty: that of the rule set's options */
  bdc_str method;
  bdc_str target; /* with query, not decoded */
  const bdc_header *headers;
  size_t header_count;
  const void *body; /* size 0: there is none */
  size_t body_size;
  bdc_str request_id; /* for an error body that documents one; may be empty */
} bdc_request;

typedef struct bdc_response {
  int status;
  const bdc_header *headers;
  size_t header_count;
  const void *body;
  size_t body_size;
  bdc_str request_id;
} bdc_response;

/*
 * The operation of a request, as bdc_check_request finds it: that of bdc_route_search, where the host of a target in origin form is the
 * value of the header field Host, if there is exactly one. An operation that the request names must have its target, where there is one
 * (else BDC_ERR_NO_PATH, or BDC_ERR_ARGUMENT for one of another rule set); its host is not looked at, and it has no candidates.
 */
BDC_API bdc_status bdc_route_request(const bdc_ruleset *ruleset, const bdc_request *request, const bdc_operation **out,
                                     const bdc_operation **candidates, size_t capacity, size_t *count);

/*
 * A body alone, without a message around it. http_status 0: the operation's request body; else the response body of that status.
 * The verdict is that of the report, which is complete.
 */
BDC_API bdc_verdict bdc_check_body(bdc_checker *checker, const bdc_operation *operation, int http_status, const void *body,
                                   size_t body_size);

/* A whole message. Where no operation fits (bdc_route_request), the verdict is BDC_UNCHECKED and the report's status says why. */
BDC_API bdc_verdict bdc_check_request(bdc_checker *checker, const bdc_request *request);
BDC_API bdc_verdict bdc_check_response(bdc_checker *checker, const bdc_operation *operation, const bdc_response *response);

/*
 * A body that arrives in pieces, of any size and split anywhere: begin, feed for each piece, end. The report is the same as for the
 * body in one piece, and complete after end. begin_request and begin_response check the head of the message and ignore its body
 * members; they return the status of the route. A begin drops what was begun before. BDC_ERR_ARGUMENT, BDC_ERR_STATE.
 */
BDC_API bdc_status bdc_check_begin(bdc_checker *checker, const bdc_operation *operation, int http_status);
BDC_API bdc_status bdc_check_begin_request(bdc_checker *checker, const bdc_request *request);
BDC_API bdc_status bdc_check_begin_response(bdc_checker *checker, const bdc_operation *operation, const bdc_response *response);
BDC_API bdc_status bdc_check_feed(bdc_checker *checker, const void *piece, size_t size);
BDC_API bdc_status bdc_check_end(bdc_checker *checker, bdc_verdict *out);

/* ---- reports ------------------------------------------------------------------------------------------------------------------ */

/* Where in a message a rule was broken. */
typedef enum bdc_place { BDC_IN_BODY = 0, BDC_IN_PATH = 1, BDC_IN_HEADER = 2, BDC_IN_QUERY = 3, BDC_IN_STATUS = 4 } bdc_place;

/* The rules that can be broken. The numbers are fixed. */
typedef enum bdc_rule {
  BDC_RULE_SYNTAX = 0,     /* not RFC 8259 JSON; a malformed request target */
  BDC_RULE_ENCODING = 1,   /* not UTF-8, a byte order mark, a lone surrogate, a bad percent-escape */
  BDC_RULE_DUPLICATE = 2,  /* a member name, or a documented header, that stands twice */
  BDC_RULE_LIMIT = 3,      /* a declared limit was reached */
  BDC_RULE_MANDATORY = 4,  /* a mandatory field, or the body, is missing */
  BDC_RULE_UNKNOWN = 5,    /* a field that is not documented */
  BDC_RULE_TYPE = 6,       /* another JSON type than the documented one */
  BDC_RULE_LENGTH_MIN = 7, /* fewer characters than documented */
  BDC_RULE_LENGTH_MAX = 8, /* more characters than documented */
  BDC_RULE_CHARSET = 9,    /* a character outside the documented set */
  BDC_RULE_START = 10,     /* a first character outside the documented set */
  BDC_RULE_ENUM = 11,      /* not one of the documented values */
  BDC_RULE_RANGE = 12,     /* a number outside the documented range, or that of its type */
  BDC_RULE_ITEMS = 13,     /* too few or too many items */
  BDC_RULE_INCLUDES = 14,  /* an item that must be there is missing */
  BDC_RULE_PATTERN = 15,   /* the documented pattern does not match */
  BDC_RULE_FORMAT = 16,    /* not of the documented format */
  BDC_RULE_STATUS = 17,    /* an HTTP status that is not documented, or not that of the error code */
  BDC_RULE_MEDIA_TYPE = 18 /* Content-Type is not application/json in UTF-8 */
} bdc_rule;
#define BDC_RULE_COUNT 19

/* "length.min" and so on, as in the reports; "body" and so on. Static. */
BDC_API const char *bdc_rule_name(bdc_rule rule);
BDC_API const char *bdc_place_name(bdc_place place);
BDC_API const char *bdc_verdict_name(bdc_verdict verdict);

typedef enum bdc_severity { BDC_ERROR = 0, BDC_WARNING = 1 } bdc_severity;

typedef struct bdc_row bdc_row;

/*
 * One broken rule. Positions point at the offending token, for charset and start at the offending character.
 *   body            offset in bytes from 0; line and column from 1, column in characters
 *   path, query     offset in the request target; line 1, column offset + 1
 *   header          offset in the header's value; line is the header's number from 1, 0 where it is missing; column offset + 1
 * No member ever holds a value that was sent; of an undocumented name at most 64 characters.
 */
typedef struct bdc_violation {
  bdc_place in;
  bdc_rule rule;
  bdc_severity severity;
  uint32_t line;
  uint32_t column;
  size_t offset;
  bdc_str pointer;    /* RFC 6901, of the value or of the missing member; empty for the whole body and outside bodies */
  bdc_str field;      /* the documented name as the documentation spells it, or the name sent; empty for the whole body */
  const bdc_row *row; /* the broken row (see table.h), NULL where there is none */
  uint64_t measure;   /* what bdc_violation_message makes of the rule: a length, a count, a JSON type, a cause */
} bdc_violation;

/* Why the verdict is BDC_UNCHECKED. */
typedef enum bdc_reason {
  BDC_REASON_NONE = 0,
  BDC_REASON_NO_OPERATION = 1,    /* no route; the report's status says more */
  BDC_REASON_NO_TABLE = 2,        /* the operation has no table for this body */
  BDC_REASON_CONTENT_ENCODING = 3 /* the body is compressed or otherwise encoded */
} bdc_reason;
BDC_API const char *bdc_reason_text(bdc_reason reason);

/* The documented error: the topmost row of the service's `errors` that a violation hit, and the earliest such violation. */
typedef struct bdc_error {
  int status;      /* HTTP status */
  bdc_str code;    /* "APIG.2005" */
  bdc_str message; /* as documented, "{field}" not yet filled in: see bdc_error_message */
  const bdc_violation *cause;
} bdc_error;

/* What a check found. Lives in the checker until its next check or begin. */
typedef struct bdc_report {
  bdc_status status;   /* BDC_OK, or why no operation was found */
  bdc_verdict verdict; /* BDC_UNCHECKED until the check has ended */
  bdc_reason reason;
  const bdc_operation *operation;  /* NULL where none was found */
  int http_status;                 /* 0: a request */
  const bdc_violation *violations; /* in document order: status or target, headers, body */
  size_t violation_count;
  size_t error_count; /* all that were found, also those beyond the limit */
  size_t warning_count;
  bool truncated;         /* more were found than `violations`, or the 10 KiB for their pointers and names, have room for */
  const bdc_error *error; /* NULL where the verdict is not BDC_INVALID, or where no error is documented */
  bdc_str request_id;
  /*
   * A body was there, and not all of it was looked at: behind a fault of syntax or encoding, a limit, the first violation where only that
   * is asked for, or because of its header fields or of a table that is missing. Who lets such violations pass lets an unknown rest pass.
   */
  bool unread;
} bdc_report;

BDC_API const bdc_report *bdc_checker_report(const bdc_checker *checker);

/*
 * The functions below write NUL-terminated text of at most `size` bytes to `buffer` and its length without the NUL to *needed (which
 * may be NULL). Where it does not fit they return BDC_ERR_SPACE and write an empty string (nothing where size is 0).
 */

/* What is wrong, in English: "must have 3 to 64 characters; has 2". No value that was sent stands in it. */
BDC_API bdc_status bdc_violation_message(const bdc_violation *violation, char *buffer, size_t size, size_t *needed);

/* The documented message with its field filled in. BDC_ERR_NO_ERROR. */
BDC_API bdc_status bdc_error_message(const bdc_report *report, char *buffer, size_t size, size_t *needed);

/* The documented error body of the service, as JSON. BDC_ERR_NO_ERROR. */
BDC_API bdc_status bdc_error_render(const bdc_report *report, char *buffer, size_t size, size_t *needed);

#ifdef __cplusplus
}
#endif

#endif
