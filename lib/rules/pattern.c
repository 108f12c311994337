/* SPDX-License-Identifier: MIT */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "rules/pattern.h"

#include "base/arena.h"
#include "rules/bracket.h"

#include <pcre2.h>
#include <stdio.h>
#include <string.h>

/*
 * The interpreter keeps its backtracking frames in the match data, allocates HEAP_KIB for them at the first match and would double
 * that when it runs out. With the limit at that first size there is never a second allocation.
 */
enum { HEAP_KIB = 20 };

/* Bounds what a hostile table can make PCRE2 do: bytes of an expression, and of its compiled form. */
enum { EXPRESSION_MAX = 8 * 1024, COMPILED_MAX = 16 * 1024 };

enum { COMPILE_OPTIONS = PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C };

struct bdc__pattern {
  pcre2_code *code;
  bool jit;
};

struct bdc__matcher {
  pcre2_match_data *data;
  pcre2_match_context *context;
};

static void fault_set(bdc__pattern_fault *fault, const char *message, size_t offset) {
  snprintf(fault->message, sizeof(fault->message), "%s", message);
  fault->offset = offset;
}

static bdc_status fault_from(int error, size_t offset, bdc__pattern_fault *fault) {
  if (error == PCRE2_ERROR_HEAP_FAILED) {
    return BDC_ERR_MEMORY;
  }
  fault->offset = offset;
  pcre2_get_error_message(error, (PCRE2_UCHAR *)fault->message, sizeof(fault->message));
  return BDC_ERR_RULES;
}

/* ---- compiling ---- */

static bdc_status compile_in(pcre2_general_context *general, bdc_str text, uint32_t options, pcre2_code **out,
                             bdc__pattern_fault *fault) {
  pcre2_compile_context *context = pcre2_compile_context_create(general);
  if (!context) {
    return BDC_ERR_MEMORY;
  }
  int error = 0;
  PCRE2_SIZE offset = 0;
  PCRE2_SPTR bytes = (PCRE2_SPTR)(text.size ? text.data : "");
  *out = pcre2_compile(bytes, text.size, options | COMPILE_OPTIONS, &error, &offset, context);
  pcre2_compile_context_free(context);
  return *out ? BDC_OK : fault_from(error, offset < text.size ? offset : text.size, fault);
}

static bdc_status compile(const bdc_allocator *allocator, bdc_str text, uint32_t options, pcre2_code **out, bdc__pattern_fault *fault) {
  *out = NULL;
  if (text.size > EXPRESSION_MAX) {
    fault_set(fault, "the expression is too long", EXPRESSION_MAX);
    return BDC_ERR_RULES;
  }
  bdc_allocator memory = bdc__allocator_or_default(allocator);
  pcre2_general_context *general = pcre2_general_context_create(memory.allocate, memory.release, memory.context);
  if (!general) {
    return BDC_ERR_MEMORY;
  }
  bdc_status status = compile_in(general, text, options, out, fault);
  pcre2_general_context_free(general);
  return status;
}

/* Without JIT code, for whatever cause, the interpreter gives the same answers. Success may be none: a pattern may forbid JIT code. */
static bool jit_compile(pcre2_code *code) {
  size_t size = 0;
  bool compiled = pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0;
  pcre2_pattern_info(code, PCRE2_INFO_JITSIZE, &size);
  return compiled && size != 0;
}

static bdc_status pattern_of(const bdc_allocator *allocator, pcre2_code *code, bool jit, bdc__pattern **out,
                             bdc__pattern_fault *fault) {
  size_t size = 0;
  pcre2_pattern_info(code, PCRE2_INFO_SIZE, &size);
  if (size > COMPILED_MAX) {
    pcre2_code_free(code);
    fault_set(fault, "the expression is too large when compiled", 0);
    return BDC_ERR_RULES;
  }
  bdc_allocator memory = bdc__allocator_or_default(allocator);
  bdc__pattern *pattern = memory.allocate(sizeof(*pattern), memory.context);
  if (!pattern) {
    pcre2_code_free(code);
    return BDC_ERR_MEMORY;
  }
  *pattern = (bdc__pattern){ .code = code, .jit = jit && jit_compile(code) };
  *out = pattern;
  return BDC_OK;
}

bdc_status bdc__pattern_new(const bdc_allocator *allocator, bdc_str expression, bdc__pattern **out, bdc__pattern_fault *fault) {
  *out = NULL;
  pcre2_code *code = NULL;
  bdc_status status = compile(allocator, expression, PCRE2_ANCHORED | PCRE2_ENDANCHORED, &code, fault);
  return status == BDC_OK ? pattern_of(allocator, code, true, out, fault) : status;
}

/* What PCRE2 itself sees in an expression, told by the callouts it puts before each item and at the end. */
typedef struct items_seen {
  size_t size; /* of the expression */
  size_t count;
  bool whole; /* the first item is all of it */
} items_seen;

static int see_item(pcre2_callout_enumerate_block *block, void *context) {
  items_seen *seen = context;
  if (seen->count == 0) {
    seen->whole = block->next_item_length == seen->size;
  }
  seen->count++;
  return 0;
}

/* "[[:<:]]" is a word boundary for PCRE2: one item, but no character. */
static bool is_one_class(const pcre2_code *code, size_t size) {
  items_seen seen = { .size = size };
  uint32_t characters = 0;
  return pcre2_callout_enumerate(code, see_item, &seen) == 0 && seen.whole && seen.count == 2 &&
         pcre2_pattern_info(code, PCRE2_INFO_MINLENGTH, &characters) == 0 && characters == 1;
}

/*
 * That the expression is one class and nothing else. It is refused by its text where that is clear; otherwise, where an escape or a
 * POSIX class might end the class elsewhere than it seems, PCRE2 is asked.
 */
static bdc_status verify_class(const bdc_allocator *allocator, bdc_str text, bdc__pattern_fault *fault) {
  size_t size = bdc__bracket_size(text);
  if (size == 0 || size != text.size) {
    fault_set(fault, "expected one bracket class, \"[...]\"", size);
    return BDC_ERR_RULES;
  }
  if (bdc__bracket_plain(text)) {
    return BDC_OK;
  }
  pcre2_code *code = NULL;
  bdc_status status = compile(allocator, text, PCRE2_AUTO_CALLOUT, &code, fault);
  if (status != BDC_OK) {
    return status;
  }
  if (!is_one_class(code, text.size)) {
    fault_set(fault, "expected one bracket class, \"[...]\"", 0);
    status = BDC_ERR_RULES;
  }
  pcre2_code_free(code);
  return status;
}

bdc_status bdc__pattern_new_run(const bdc_allocator *allocator, bdc_str bracket_class, bdc__pattern **out, bdc__pattern_fault *fault) {
  static const char possessive[] = "*+";
  char text[EXPRESSION_MAX + sizeof(possessive)];
  *out = NULL;
  bdc_status status = verify_class(allocator, bracket_class, fault);
  if (status != BDC_OK) {
    return status;
  }
  if (bracket_class.size + sizeof(possessive) > EXPRESSION_MAX) {
    fault_set(fault, "the class is too long", EXPRESSION_MAX);
    return BDC_ERR_RULES;
  }
  memcpy(text, bracket_class.data, bracket_class.size);
  memcpy(text + bracket_class.size, possessive, sizeof(possessive) - 1);
  bdc_str run = { text, bracket_class.size + sizeof(possessive) - 1 };
  pcre2_code *code = NULL;
  status = compile(allocator, run, PCRE2_ANCHORED, &code, fault);
  /* A class within ASCII is sampled once and then dropped: no JIT code for it. */
  return status == BDC_OK ? pattern_of(allocator, code, !bdc__bracket_ascii(bracket_class), out, fault) : status;
}

void bdc__pattern_free(const bdc_allocator *allocator, bdc__pattern *pattern) {
  if (pattern) {
    bdc_allocator memory = bdc__allocator_or_default(allocator);
    pcre2_code_free(pattern->code);
    memory.release(pattern, memory.context);
  }
}

/* ---- matching ---- */

static int match_at(const bdc__pattern *pattern, bdc__matcher *matcher, bdc_str text, size_t start) {
  PCRE2_SPTR bytes = (PCRE2_SPTR)(text.size ? text.data : "");
  if (pattern->jit) {
    return pcre2_jit_match(pattern->code, bytes, text.size, start, PCRE2_NO_UTF_CHECK, matcher->data, matcher->context);
  }
  return pcre2_match(pattern->code, bytes, text.size, start, PCRE2_NO_UTF_CHECK, matcher->data, matcher->context);
}

static bool matcher_fill(bdc__matcher *matcher, pcre2_general_context *general, uint32_t steps) {
  matcher->context = pcre2_match_context_create(general);
  matcher->data = pcre2_match_data_create(1, general);
  if (!matcher->context || !matcher->data) {
    return false;
  }
  pcre2_set_match_limit(matcher->context, steps);
  pcre2_set_depth_limit(matcher->context, steps);
  pcre2_set_heap_limit(matcher->context, HEAP_KIB);
  return true;
}

static bool matcher_init(const bdc_allocator *allocator, bdc__matcher *matcher, uint32_t steps) {
  bdc_allocator memory = bdc__allocator_or_default(allocator);
  *matcher = (bdc__matcher){ 0 };
  pcre2_general_context *general = pcre2_general_context_create(memory.allocate, memory.release, memory.context);
  if (!general) {
    return false;
  }
  bool filled = matcher_fill(matcher, general, steps);
  pcre2_general_context_free(general);
  return filled;
}

static void matcher_drop(bdc__matcher *matcher) {
  pcre2_match_data_free(matcher->data);
  pcre2_match_context_free(matcher->context);
}

/* The first use of each pattern makes PCRE2 allocate all that any later use will need. */
static bdc_status warm_up(bdc__matcher *matcher, const bdc__pattern *const *patterns, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (match_at(patterns[i], matcher, (bdc_str){ 0 }, 0) == PCRE2_ERROR_NOMEMORY) {
      return BDC_ERR_MEMORY;
    }
  }
  return BDC_OK;
}

bdc_status bdc__matcher_new(const bdc_allocator *allocator, const bdc__pattern *const *patterns, size_t count, uint32_t steps,
                            bdc__matcher **out) {
  *out = NULL;
  bdc_allocator memory = bdc__allocator_or_default(allocator);
  bdc__matcher *matcher = memory.allocate(sizeof(*matcher), memory.context);
  if (!matcher) {
    return BDC_ERR_MEMORY;
  }
  if (!matcher_init(allocator, matcher, steps) || warm_up(matcher, patterns, count) != BDC_OK) {
    bdc__matcher_free(allocator, matcher);
    return BDC_ERR_MEMORY;
  }
  *out = matcher;
  return BDC_OK;
}

void bdc__matcher_free(const bdc_allocator *allocator, bdc__matcher *matcher) {
  if (matcher) {
    bdc_allocator memory = bdc__allocator_or_default(allocator);
    matcher_drop(matcher);
    memory.release(matcher, memory.context);
  }
}

bdc__match bdc__pattern_match(const bdc__pattern *pattern, bdc__matcher *matcher, bdc_str text) {
  int answer = match_at(pattern, matcher, text, 0);
  if (answer >= 0) {
    return BDC__MATCH;
  }
  return answer == PCRE2_ERROR_NOMATCH ? BDC__NO_MATCH : BDC__MATCH_LIMIT;
}

size_t bdc__pattern_run(const bdc__pattern *run, bdc__matcher *matcher, bdc_str text, bool *limit) {
  int answer = match_at(run, matcher, text, 0);
  if (answer < 0) {
    *limit = *limit || answer != PCRE2_ERROR_NOMATCH;
    return 0;
  }
  return pcre2_get_ovector_pointer(matcher->data)[1];
}

/* ---- sampling ---- */

/* One match for each stretch of members, over all of ASCII in one text. */
static bdc_status sample(const bdc__pattern *run, bdc__matcher *matcher, uint8_t ascii[128]) {
  char text[128];
  for (size_t i = 0; i < sizeof(text); i++) {
    text[i] = (char)i;
  }
  for (size_t at = 0; at < sizeof(text); at++) {
    int answer = match_at(run, matcher, (bdc_str){ text, sizeof(text) }, at);
    if (answer < 0) {
      return BDC_ERR_MEMORY; /* a run may be empty, and needs few steps */
    }
    size_t end = pcre2_get_ovector_pointer(matcher->data)[1];
    memset(ascii + at, 1, end - at);
    at = end;
  }
  return BDC_OK;
}

bdc_status bdc__pattern_sample(const bdc_allocator *allocator, const bdc__pattern *run, uint8_t ascii[128]) {
  enum { STEPS = 1000 };
  bdc__matcher matcher;
  memset(ascii, 0, 128);
  bdc_status status = BDC_ERR_MEMORY;
  if (matcher_init(allocator, &matcher, STEPS)) {
    status = sample(run, &matcher, ascii);
  }
  matcher_drop(&matcher);
  return status;
}
