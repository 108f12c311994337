/* SPDX-License-Identifier: MIT */
/*
 * An oracle for harnesses: it gives a request body to the handler under test and to bodycheck, and tells where they disagree. Without it
 * a fuzzer sees only crashes; with it, also a wrong answer.
 *
 *   bdc_oracle oracle;
 *   bdc_judgement judgement;
 *   bdc_oracle_begin(&oracle, ruleset, operation, handler, NULL);
 *   if (bdc_oracle_judge(&oracle, body, size, &judgement)) {
 *     bdc_oracle_tell(&judgement, text, sizeof text);
 *     ...
 *   }
 *   bdc_oracle_end(&oracle);
 *
 * All of it is in this header, for C11 and C++; link the library. No value that was sent or answered is ever told.
 */
#ifndef BODYCHECK_ORACLE_H
#define BODYCHECK_ORACLE_H

#include <bodycheck/table.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#if defined(__GNUC__)
#define BDC__PRINTF_LIKE __attribute__((format(printf, 2, 3)))
#else
#define BDC__PRINTF_LIKE
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* How a handler and the documentation disagree; bits, of which several may be set. */
enum {
  BDC_ACCEPTS_FORBIDDEN = 1 << 0, /* an answer below 400 to a body that breaks a rule */
  BDC_REFUSES_ALLOWED = 1 << 1,   /* an answer of 400 or above to a body that breaks none */
  BDC_OTHER_ERROR = 1 << 2,       /* a refusal with another code or HTTP status than the documented ones */
  BDC_BROKEN_ANSWER = 1 << 3      /* the answer's body breaks the table of its own status */
};

/*
 * The handler under test: it fills in an answer that is zeroed, its `status` and, where it has one, its `body` and `headers`, which live
 * until the next call.
 */
typedef void bdc_handler(const void *body, size_t size, bdc_response *answer, void *context);

/* Belongs to one thread at a time. */
typedef struct bdc_oracle {
  const bdc_operation *operation;
  bdc_handler *handler;
  void *context;
  bool any_error; /* of several broken rules, the error of any will do; else only that of the topmost row of `errors` */
  bdc_checker *requests;
  bdc_checker *answers;
} bdc_oracle;

/* What was found of a body. The reports live until the next judgement. */
typedef struct bdc_judgement {
  unsigned disagreements;    /* 0: none */
  const bdc_report *request; /* of the body that was sent */
  const bdc_report *answer;  /* of what the handler answered */
  int status;                /* that of the answer */
  bdc_str code;              /* its code where the service documents it; empty where it has none that is known */
} bdc_judgement;

/* BDC_ERR_MEMORY, BDC_ERR_ARGUMENT (no operation or handler); then nothing is to be ended. The rule set must outlive it. */
static inline bdc_status bdc_oracle_begin(bdc_oracle *oracle, const bdc_ruleset *ruleset, const bdc_operation *operation,
                                          bdc_handler *handler, void *context) {
  memset(oracle, 0, sizeof *oracle);
  if (!operation || !handler) {
    return BDC_ERR_ARGUMENT;
  }
  bdc_status status = bdc_checker_new(ruleset, NULL, &oracle->requests);
  if (status == BDC_OK) {
    status = bdc_checker_new(ruleset, NULL, &oracle->answers);
  }
  if (status != BDC_OK) {
    bdc_checker_free(oracle->requests);
    memset(oracle, 0, sizeof *oracle);
    return status;
  }
  oracle->operation = operation;
  oracle->handler = handler;
  oracle->context = context;
  return BDC_OK;
}

static inline void bdc_oracle_end(bdc_oracle *oracle) {
  bdc_checker_free(oracle->requests);
  bdc_checker_free(oracle->answers);
  memset(oracle, 0, sizeof *oracle);
}

/* ---- the code of an answer, whose body is known to be JSON ---- */

/* Behind the last quote of a string that begins at `at`. */
static inline const char *bdc__oracle_string_end(const char *at) {
  for (at++; *at != '"'; at++) {
    at += *at == '\\';
  }
  return at + 1;
}

/* The character that is spelled at *at within a string, which moves behind it; -1 where it is none of ASCII. */
static inline int bdc__oracle_character(const char **at) {
  static const char letters[] = "\"\\/bfnrt";
  static const char meant[] = "\"\\/\b\f\n\r\t";
  unsigned unit = 0;
  char c = *(*at)++;
  if (c != '\\') {
    return (unsigned char)c < 0x80 ? c : -1;
  }
  c = *(*at)++;
  if (c != 'u') {
    return meant[strchr(letters, c) - letters];
  }
  for (int i = 0; i < 4; i++) {
    c = *(*at)++;
    unit = unit << 4 | (unsigned)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
  }
  return unit < 0x80 ? (int)unit : -1;
}

/* Whether the string that begins at `at` says this, which is ASCII. */
static inline bool bdc__oracle_says(const char *at, bdc_str text) {
  size_t i = 0;
  for (at++; *at != '"' && i < text.size; i++) {
    if (bdc__oracle_character(&at) != text.data[i]) {
      return false;
    }
  }
  return *at == '"' && i == text.size;
}

/* Where the string is that is the value of a member of the whole object; NULL where there is none. */
static inline const char *bdc__oracle_member(const char *at, const char *end, bdc_str name) {
  int depth = 0;
  bool named = false; /* the member at hand */
  bool before_name = false;
  while (at < end) {
    if (*at == '"') {
      if (named && !before_name && depth == 1) {
        return at;
      }
      named = depth == 1 && before_name && bdc__oracle_says(at, name);
      before_name = false;
      at = bdc__oracle_string_end(at);
      continue;
    }
    depth += (*at == '{' || *at == '[') - (*at == '}' || *at == ']');
    if (*at == ',' || *at == '{') {
      before_name = true;
      named = false;
    }
    at++;
  }
  return NULL;
}

/* The string that is the answer's code; NULL where there is none, or where it cannot be read. */
static inline const char *bdc__oracle_code(const bdc_report *report, const bdc_response *answer) {
  const bdc_service *service = bdc_operation_describe(report->operation).service;
  size_t count = bdc_service_describe(service).answer_count;
  const char *body = (const char *)answer->body;
  for (size_t i = 0; i < report->violation_count; i++) {
    bdc_rule rule = report->violations[i].rule;
    if (rule == BDC_RULE_SYNTAX || rule == BDC_RULE_ENCODING || rule == BDC_RULE_LIMIT) {
      return NULL;
    }
  }
  for (size_t i = 0; i < count && answer->body_size; i++) {
    bdc_answer_info info = bdc_service_answer(service, i);
    if (info.content.size == 4 && memcmp(info.content.data, "code", 4) == 0) {
      return bdc__oracle_member(body, body + answer->body_size, info.name);
    }
  }
  return NULL;
}

/* The code as the service's catalogue, or its `errors`, spell it. */
static inline bdc_str bdc__oracle_known(const bdc_service *service, const char *code) {
  bdc_service_info info = bdc_service_describe(service);
  bdc_str none;
  memset(&none, 0, sizeof none);
  for (size_t i = 0; code && i < info.code_count + info.error_count; i++) {
    bdc_str known = i < info.code_count ? bdc_service_code(service, i).code : bdc_service_error(service, i - info.code_count).code;
    if (bdc__oracle_says(code, known)) {
      return known;
    }
  }
  return none;
}

/* ---- judging ---- */

/* Whether a limit of bodycheck's own kept it from saying what the documentation says. */
static inline bool bdc__oracle_undecided(const bdc_report *report) {
  bool undecided = report->verdict == BDC_UNCHECKED;
  for (size_t i = 0; i < report->violation_count; i++) {
    undecided = undecided || report->violations[i].rule == BDC_RULE_LIMIT;
  }
  return undecided;
}

/* A code that is missing is told as what is wrong with the answer, if anything is. */
static inline bool bdc__oracle_answers(const bdc_judgement *judgement, const char *code, int status, bdc_str wanted) {
  bool fits = code ? bdc__oracle_says(code, wanted) : (judgement->disagreements & BDC_BROKEN_ANSWER) != 0;
  return fits && judgement->status == status;
}

/* Whether the answer is the documented one of some rule that is broken. */
static inline bool bdc__oracle_answers_any(const bdc_judgement *judgement, const char *code) {
  const bdc_report *report = judgement->request;
  const bdc_service *service = bdc_operation_describe(report->operation).service;
  size_t count = bdc_service_describe(service).error_count;
  for (size_t i = 0; i < report->violation_count; i++) {
    const bdc_violation *violation = &report->violations[i];
    bdc_breach breach;
    memset(&breach, 0, sizeof breach);
    breach.in = violation->in;
    breach.field = violation->field;
    breach.rule = violation->rule;
    breach.whole_body = violation->rule == BDC_RULE_MANDATORY && violation->field.size == 0;
    size_t row = violation->severity == BDC_ERROR ? bdc_service_error_for(service, &breach) : count;
    if (row < count) {
      bdc_error_row_info info = bdc_service_error(service, row);
      if (bdc__oracle_answers(judgement, code, info.status, info.code)) {
        return true;
      }
    }
  }
  return false;
}

static inline unsigned bdc__oracle_compare(const bdc_oracle *oracle, const bdc_judgement *judgement, const char *code) {
  const bdc_report *request = judgement->request;
  bool accepts = judgement->status < 400;
  if (bdc__oracle_undecided(request)) {
    return 0;
  }
  if (request->verdict == BDC_VALID) {
    return accepts ? 0 : BDC_REFUSES_ALLOWED;
  }
  if (accepts) {
    return BDC_ACCEPTS_FORBIDDEN;
  }
  if (!request->error || bdc__oracle_answers(judgement, code, request->error->status, request->error->code)) {
    return 0;
  }
  /* Of more broken rules than a report holds, some are not known. */
  bool answers_any = oracle->any_error && (request->truncated || bdc__oracle_answers_any(judgement, code));
  return answers_any ? 0 : BDC_OTHER_ERROR;
}

/*
 * Gives a body to the handler and to bodycheck, and returns the disagreements, which *judgement has as well. A body at which a limit of
 * bodycheck's was reached, or for which there is no table, says nothing of the handler but what it answers.
 */
static inline unsigned bdc_oracle_judge(bdc_oracle *oracle, const void *body, size_t size, bdc_judgement *judgement) {
  bdc_response answer;
  memset(&answer, 0, sizeof answer);
  memset(judgement, 0, sizeof *judgement);
  oracle->handler(body, size, &answer, oracle->context);
  bdc_check_body(oracle->requests, oracle->operation, 0, body, size);
  bool broken = bdc_check_response(oracle->answers, oracle->operation, &answer) == BDC_INVALID;
  judgement->request = bdc_checker_report(oracle->requests);
  judgement->answer = bdc_checker_report(oracle->answers);
  judgement->status = answer.status;
  judgement->disagreements = broken ? BDC_BROKEN_ANSWER : 0;
  const char *code = bdc__oracle_code(judgement->answer, &answer);
  judgement->code = bdc__oracle_known(bdc_operation_describe(oracle->operation).service, code);
  judgement->disagreements |= bdc__oracle_compare(oracle, judgement, code);
  return judgement->disagreements;
}

/* ---- telling ---- */

/* Text that is cut where there is no more room. */
typedef struct bdc__oracle_text {
  char *buffer;
  size_t size;
  size_t used;
} bdc__oracle_text;

BDC__PRINTF_LIKE static inline void bdc__oracle_add(bdc__oracle_text *text, const char *format, ...) {
  size_t left = text->size - text->used;
  va_list values;
  va_start(values, format);
  int added = vsnprintf(text->buffer + text->used, left, format, values);
  va_end(values);
  text->used += added < 0 ? 0 : (size_t)added < left ? (size_t)added : left - 1;
}

static inline void bdc__oracle_add_error(bdc__oracle_text *text, int status, bdc_str code) {
  if (code.size) {
    bdc__oracle_add(text, "%d %.*s", status, (int)code.size, code.data);
  } else {
    bdc__oracle_add(text, "%d with no documented code", status);
  }
}

/* The first violation that is an error, or the cause of the documented one. */
static inline void bdc__oracle_add_cause(bdc__oracle_text *text, const bdc_report *report) {
  char message[512];
  const bdc_violation *cause = report->error ? report->error->cause : NULL;
  for (size_t i = 0; i < report->violation_count && !cause; i++) {
    cause = report->violations[i].severity == BDC_ERROR ? &report->violations[i] : NULL;
  }
  if (!cause) {
    return;
  }
  bdc_violation_message(cause, message, sizeof message, NULL);
  bdc__oracle_add(text, ": %.*s%s%s [%s]\n", (int)cause->pointer.size, cause->pointer.size ? cause->pointer.data : "",
                  cause->pointer.size ? ": " : "", message, bdc_rule_name(cause->rule));
}

/* Writes a line for each disagreement, NUL-terminated and cut at `size` bytes, which is not 0; an empty text where there is none. */
static inline void bdc_oracle_tell(const bdc_judgement *judgement, char *buffer, size_t size) {
  bdc__oracle_text text;
  text.buffer = buffer;
  text.size = size;
  text.used = 0;
  buffer[0] = '\0';
  if (judgement->disagreements & BDC_ACCEPTS_FORBIDDEN) {
    bdc__oracle_add(&text, "accepts, with %d, what the documentation forbids", judgement->status);
    bdc__oracle_add_cause(&text, judgement->request);
  }
  if (judgement->disagreements & BDC_REFUSES_ALLOWED) {
    bdc__oracle_add(&text, "refuses what the documentation allows: answers ");
    bdc__oracle_add_error(&text, judgement->status, judgement->code);
    bdc__oracle_add(&text, "\n");
  }
  if (judgement->disagreements & BDC_OTHER_ERROR) {
    bdc__oracle_add(&text, "answers ");
    bdc__oracle_add_error(&text, judgement->status, judgement->code);
    bdc__oracle_add(&text, " where the documentation has ");
    bdc__oracle_add_error(&text, judgement->request->error->status, judgement->request->error->code);
    bdc__oracle_add_cause(&text, judgement->request);
  }
  if (judgement->disagreements & BDC_BROKEN_ANSWER) {
    bdc__oracle_add(&text, "answers %d with a body that breaks its own table", judgement->status);
    bdc__oracle_add_cause(&text, judgement->answer);
  }
}

#ifdef __cplusplus
}
#endif

#undef BDC__PRINTF_LIKE

#endif
