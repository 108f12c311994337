/* SPDX-License-Identifier: MIT */
/*
 * The tables of a rule set, as the engine sees them: for programs that list, explain, export or cover them.
 *
 * Everything here is read-only, lives as long as its rule set, may be used by any thread, allocates nothing and cannot fail. An
 * index beyond the count gives NULL, or an info of zeros.
 */
#ifndef BODYCHECK_TABLE_H
#define BODYCHECK_TABLE_H

#include <bodycheck/bodycheck.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct bdc_service bdc_service;
typedef struct bdc_object bdc_object;

/* ---- services: where rules come from, and which errors answer them ------------------------------------------------------------- */

typedef struct bdc_service_info {
  bdc_str provider;
  bdc_str name;
  bdc_str title;
  bdc_str file; /* the rule file, as its name was given to the loader */
  size_t source_count;
  size_t host_count; /* 0: the service may be at any host */
  size_t class_count;
  size_t error_count;
  size_t code_count;
  size_t answer_count;
  const bdc_row *error_body; /* of 4xx and 5xx responses without a table of their own; NULL where there is none */
} bdc_service_info;

/* A source tag and what it stands for. */
typedef struct bdc_source_info {
  bdc_str tag;
  bdc_str text;
} bdc_source_info;

/*
 * A host of the service: a name, in which a label "*" stands for exactly one label. Compared without letter case. See bdc_route for what
 * hosts decide.
 */
typedef struct bdc_host_info {
  bdc_str pattern; /* as written: "apig.*.example.com" */
  bdc_str source;  /* the tags, without "@", separated by blanks */
  size_t line;
} bdc_host_info;

/* A named class and its meaning, as PCRE2 bracket expression; `defined` where a define of the options set it. */
typedef struct bdc_class_info {
  bdc_str name;
  bdc_str expression;
  bool defined;
} bdc_class_info;

/* A row of `errors`: which documented error answers which broken rule. */
typedef struct bdc_error_row_info {
  bdc_str where; /* as written: "body,header" */
  bdc_str field; /* empty: any */
  bdc_str rules; /* as written: "length.min", "*" */
  int status;
  bdc_str code;
  bdc_str message;
  bdc_str source;
  size_t line;
} bdc_error_row_info;

/* A row of `codes`: an error code that the service documents. A code may have several rows. */
typedef struct bdc_code_info {
  bdc_str code;
  int status;
  bdc_str message;
  bdc_str source;
} bdc_code_info;

/* A member of the documented error body, and what fills it: "code", "message", "detail", "request-id". */
typedef struct bdc_answer_info {
  bdc_str name;
  bdc_str content;
} bdc_answer_info;

/*
 * A broken rule, as far as rows of `errors` tell one from another. `whole_body`: of the rule mandatory, the body itself is missing; of
 * the rule limit, it is the size of the body; rows of `errors` call these mandatory.body and limit.size.
 */
typedef struct bdc_breach {
  bool response;
  bdc_place in;
  bdc_str field; /* as bdc_violation has it; empty where no field is named */
  bdc_rule rule;
  bool whole_body;
} bdc_breach;

BDC_API size_t bdc_service_count(const bdc_ruleset *ruleset);
BDC_API const bdc_service *bdc_service_at(const bdc_ruleset *ruleset, size_t index);
BDC_API bdc_service_info bdc_service_describe(const bdc_service *service);
BDC_API bdc_source_info bdc_service_source(const bdc_service *service, size_t index);
BDC_API bdc_host_info bdc_service_host(const bdc_service *service, size_t index);
BDC_API bdc_class_info bdc_service_class(const bdc_service *service, size_t index);
BDC_API bdc_error_row_info bdc_service_error(const bdc_service *service, size_t index);
BDC_API bdc_code_info bdc_service_code(const bdc_service *service, size_t index);

/*
 * The index of the row of `errors` that answers a broken rule: the first that fits, as a check chooses it. It is error_count where none
 * fits: no error is documented. What is only a warning is answered by none, whatever this says.
 */
BDC_API size_t bdc_service_error_for(const bdc_service *service, const bdc_breach *breach);

BDC_API bdc_answer_info bdc_service_answer(const bdc_service *service, size_t index);

/* ---- operations and their sections --------------------------------------------------------------------------------------------- */

typedef struct bdc_operation_info {
  bdc_str full_name; /* "huaweicloud.apig.UpdateAppV2" */
  bdc_str name;      /* "UpdateAppV2" */
  bdc_str method;
  bdc_str path; /* the template, "/v2/{project_id}/..." */
  bdc_str source;
  size_t line;
  const bdc_service *service;
  size_t section_count;
} bdc_operation_info;

/* A table of an operation. Path, header and query tables and the request body have no statuses; a response body has at least one. */
typedef struct bdc_section_info {
  bdc_place in;
  bool body_optional; /* a request body that may be absent */
  const int *statuses;
  size_t status_count;
  const bdc_row *body;      /* the body's own row (its type); NULL unless `in` is BDC_IN_BODY */
  const bdc_object *object; /* the rows; NULL where the body is no object */
} bdc_section_info;

BDC_API size_t bdc_operation_count(const bdc_ruleset *ruleset);
BDC_API const bdc_operation *bdc_operation_at(const bdc_ruleset *ruleset, size_t index);
BDC_API bdc_operation_info bdc_operation_describe(const bdc_operation *operation);
BDC_API bdc_section_info bdc_operation_section(const bdc_operation *operation, size_t index);

/* ---- objects and rows ---------------------------------------------------------------------------------------------------------- */

typedef struct bdc_object_info {
  bdc_str name; /* empty for a section's own table */
  size_t row_count;
  bdc_unknown unknown; /* BDC_UNKNOWN_TABLE: the default of the direction */
} bdc_object_info;

typedef enum bdc_kind {
  BDC_KIND_STRING = 0,
  BDC_KIND_INTEGER = 1, /* 32 bits, signed */
  BDC_KIND_LONG = 2,    /* 64 bits, signed */
  BDC_KIND_NUMBER = 3,
  BDC_KIND_BOOLEAN = 4,
  BDC_KIND_ANY = 5,
  BDC_KIND_OBJECT = 6,
  BDC_KIND_ARRAY = 7,
  BDC_KIND_MAP = 8
} bdc_kind;

typedef enum bdc_format {
  BDC_FORMAT_NONE = 0,
  BDC_FORMAT_DATE_TIME = 1,
  BDC_FORMAT_EPOCH_MS = 2,
  BDC_FORMAT_HEX = 3,
  BDC_FORMAT_UUID = 4,
  BDC_FORMAT_MEDIA_TYPE = 5
} bdc_format;

#define BDC_UNBOUNDED UINT64_MAX

/* A row: a documented field, or the element of an array or map, and its rules. Lengths in characters. */
typedef struct bdc_row_info {
  bdc_str name;   /* empty for an element and for a whole body */
  bdc_str type;   /* as written: "array of string" */
  bdc_str source; /* the tags, without "@", separated by blanks */
  size_t line;
  bdc_kind kind;
  bool mandatory;
  bdc_str unless; /* mandatory only without this header */
  bool when_body; /* mandatory only when the message has a body */
  bool nullable;
  bool masked;       /* a run of "*" may stand for masked characters */
  bool secret;       /* the value may never be shown, not even on request */
  bool error_code;   /* the value is looked up in the service's codes */
  uint32_t warnings; /* rules that are only warnings: bits 1 << bdc_rule */
  uint64_t length_min;
  uint64_t length_max;        /* BDC_UNBOUNDED where there is none */
  bdc_str charset;            /* as written, empty where there is none */
  bdc_str charset_expression; /* as PCRE2 sees it */
  bdc_str start;
  bdc_str start_expression;
  const bdc_str *values; /* the enumeration */
  size_t value_count;
  bdc_str range_min; /* decimal text, empty where there is none */
  bdc_str range_max;
  uint64_t items_min;
  uint64_t items_max;
  bdc_str includes; /* empty where there is none */
  bdc_str pattern;
  bdc_format format;
  bool zone_optional;       /* date-time: a missing zone is a warning */
  uint32_t fraction_max;    /* date-time: digits of a fraction of a second; UINT32_MAX: any */
  const bdc_row *element;   /* of an array or map */
  const bdc_object *object; /* of an object */
} bdc_row_info;

BDC_API bdc_object_info bdc_object_describe(const bdc_object *object);
BDC_API const bdc_row *bdc_object_row(const bdc_object *object, size_t index);
BDC_API bdc_row_info bdc_row_describe(const bdc_row *row);
BDC_API const char *bdc_kind_name(bdc_kind kind);
BDC_API const char *bdc_format_name(bdc_format format);

#ifdef __cplusplus
}
#endif

#endif
