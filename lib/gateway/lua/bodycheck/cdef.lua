-- SPDX-License-Identifier: MIT
--- libbodycheck as LuaJIT sees it, and what carries values between Lua and C: for bodycheck.lua only.
-- @module bodycheck.cdef

local ffi = require "ffi"

local _M = { version = "0.1.0" }

-- A copy of the parts of bodycheck.h and table.h that are used here; test/gateway/lua/layout.sh has a C compiler compare the two.
_M.declarations = [[
typedef struct bdc_str { const char *data; size_t size; } bdc_str;
typedef struct bdc_allocator bdc_allocator;
typedef struct bdc_ruleset bdc_ruleset;
typedef struct bdc_operation bdc_operation;
typedef struct bdc_checker bdc_checker;
typedef struct bdc_service bdc_service;
typedef struct bdc_row bdc_row;

typedef enum bdc_status {
  BDC_OK, BDC_ERR_MEMORY, BDC_ERR_ARGUMENT, BDC_ERR_IO, BDC_ERR_RULES, BDC_ERR_NO_OPERATION, BDC_ERR_AMBIGUOUS, BDC_ERR_NO_PATH,
  BDC_ERR_NO_METHOD, BDC_ERR_STATE, BDC_ERR_SPACE, BDC_ERR_NO_ERROR, BDC_ERR_NO_HOST,
  BDC_ERR_NO_TABLE, BDC_ERR_INTERNAL
} bdc_status;
typedef enum bdc_unknown { BDC_UNKNOWN_TABLE, BDC_UNKNOWN_ERROR, BDC_UNKNOWN_WARNING, BDC_UNKNOWN_IGNORE } bdc_unknown;
typedef enum bdc_verdict { BDC_UNCHECKED, BDC_VALID, BDC_INVALID } bdc_verdict;
typedef enum bdc_place { BDC_IN_BODY, BDC_IN_PATH, BDC_IN_HEADER, BDC_IN_QUERY, BDC_IN_STATUS } bdc_place;
typedef enum bdc_rule {
  BDC_RULE_SYNTAX, BDC_RULE_ENCODING, BDC_RULE_DUPLICATE, BDC_RULE_LIMIT, BDC_RULE_MANDATORY, BDC_RULE_UNKNOWN, BDC_RULE_TYPE,
  BDC_RULE_LENGTH_MIN, BDC_RULE_LENGTH_MAX, BDC_RULE_CHARSET, BDC_RULE_START, BDC_RULE_ENUM, BDC_RULE_RANGE, BDC_RULE_ITEMS,
  BDC_RULE_INCLUDES, BDC_RULE_PATTERN, BDC_RULE_FORMAT, BDC_RULE_STATUS, BDC_RULE_MEDIA_TYPE
} bdc_rule;
typedef enum bdc_severity { BDC_ERROR, BDC_WARNING } bdc_severity;
typedef enum bdc_reason { BDC_REASON_NONE, BDC_REASON_NO_OPERATION, BDC_REASON_NO_TABLE, BDC_REASON_CONTENT_ENCODING } bdc_reason;

typedef struct bdc_define { const char *name; const char *value; } bdc_define;
typedef struct bdc_options {
  const bdc_allocator *allocator; const char *provider; const bdc_define *defines; size_t define_count; bool without_builtin;
} bdc_options;
typedef struct bdc_diagnostic { bdc_str file; size_t line; size_t column; bdc_str message; } bdc_diagnostic;
typedef struct bdc_diagnostics { void (*report)(const bdc_diagnostic *diagnostic, void *context); void *context; } bdc_diagnostics;
typedef struct bdc_limits {
  size_t body_size; size_t depth; size_t names; size_t value_size; size_t violations; uint32_t pattern_steps;
} bdc_limits;
typedef struct bdc_settings {
  bdc_limits limits; const bdc_allocator *allocator; bdc_unknown unknown_request; bdc_unknown unknown_response; bool first_only;
  const char *kernel; size_t layout_memory;
} bdc_settings;
typedef struct bdc_header { bdc_str name; bdc_str value; } bdc_header;
typedef struct bdc_request {
  const bdc_operation *operation; bdc_str provider; bdc_str method; bdc_str target; const bdc_header *headers; size_t header_count;
  const void *body; size_t body_size; bdc_str request_id;
} bdc_request;
typedef struct bdc_response {
  int status; const bdc_header *headers; size_t header_count; const void *body; size_t body_size; bdc_str request_id;
} bdc_response;
typedef struct bdc_violation {
  bdc_place in; bdc_rule rule; bdc_severity severity; uint32_t line; uint32_t column; size_t offset; bdc_str pointer; bdc_str field;
  const bdc_row *row; uint64_t measure;
} bdc_violation;
typedef struct bdc_error { int status; bdc_str code; bdc_str message; const bdc_violation *cause; } bdc_error;
typedef struct bdc_report {
  bdc_status status; bdc_verdict verdict; bdc_reason reason; const bdc_operation *operation; int http_status;
  const bdc_violation *violations; size_t violation_count; size_t error_count; size_t warning_count; bool truncated;
  const bdc_error *error; bdc_str request_id; bool unread;
} bdc_report;
typedef struct bdc_operation_info {
  bdc_str full_name; bdc_str name; bdc_str method; bdc_str path; bdc_str source; size_t line; const bdc_service *service;
  size_t section_count;
} bdc_operation_info;

const char *bdc_version(void);
const char *bdc_status_text(bdc_status status);
bdc_status bdc_ruleset_load(const char *const paths[], size_t path_count, const bdc_options *options, bdc_ruleset **out,
                            const bdc_diagnostics *diagnostics);
void bdc_ruleset_free(bdc_ruleset *ruleset);
bdc_status bdc_operation_search(const bdc_ruleset *ruleset, bdc_str name, const bdc_operation **out, const bdc_operation **candidates,
                                size_t capacity, size_t *count);
size_t bdc_operation_count(const bdc_ruleset *ruleset);
const bdc_operation *bdc_operation_at(const bdc_ruleset *ruleset, size_t index);
bdc_operation_info bdc_operation_describe(const bdc_operation *operation);
bdc_status bdc_route_request(const bdc_ruleset *ruleset, const bdc_request *request, const bdc_operation **out,
                             const bdc_operation **candidates, size_t capacity, size_t *count);
bdc_status bdc_checker_new(const bdc_ruleset *ruleset, const bdc_settings *settings, bdc_checker **out);
void bdc_checker_free(bdc_checker *checker);
const char *bdc_checker_kernel(const bdc_checker *checker);
bdc_verdict bdc_check_body(bdc_checker *checker, const bdc_operation *operation, int http_status, const void *body, size_t body_size);
bdc_verdict bdc_check_request(bdc_checker *checker, const bdc_request *request);
bdc_verdict bdc_check_response(bdc_checker *checker, const bdc_operation *operation, const bdc_response *response);
bdc_status bdc_check_begin(bdc_checker *checker, const bdc_operation *operation, int http_status);
bdc_status bdc_check_begin_request(bdc_checker *checker, const bdc_request *request);
bdc_status bdc_check_begin_response(bdc_checker *checker, const bdc_operation *operation, const bdc_response *response);
bdc_status bdc_check_feed(bdc_checker *checker, const void *piece, size_t size);
bdc_status bdc_check_end(bdc_checker *checker, bdc_verdict *out);
const bdc_report *bdc_checker_report(const bdc_checker *checker);
const char *bdc_rule_name(bdc_rule rule);
const char *bdc_place_name(bdc_place place);
const char *bdc_verdict_name(bdc_verdict verdict);
const char *bdc_reason_text(bdc_reason reason);
bdc_status bdc_violation_message(const bdc_violation *violation, char *buffer, size_t size, size_t *needed);
bdc_status bdc_error_message(const bdc_report *report, char *buffer, size_t size, size_t *needed);
bdc_status bdc_error_render(const bdc_report *report, char *buffer, size_t size, size_t *needed);
]]

-- A Lua state may load this file again (a gateway's own reload), but knows each C type for good.
if not pcall(ffi.typeof, "bdc_report") then
  ffi.cdef(_M.declarations)
end

local lib = ffi.load "libbodycheck.so.0"
_M.lib = lib

-- Before 1.0 every version may change the shape of what is shared.
local found = ffi.string(lib.bdc_version())
if found ~= _M.version then
  error("bodycheck.lua " .. _M.version .. " needs this version of libbodycheck; found " .. found)
end

function _M.failure(status, more)
  local text = ffi.string(lib.bdc_status_text(status))
  return nil, more and text .. ": " .. more or text, tonumber(status)
end

function _M.expect(kind, value, what, level)
  if type(value) ~= kind then
    error(what .. ": " .. kind .. " expected, got " .. type(value), level or 3)
  end
  return value
end

function _M.string_of(text)
  return text.size == 0 and "" or ffi.string(text.data, text.size)
end

-- The caller keeps the Lua string alive.
function _M.set_text(slot, value, what)
  if value ~= nil then
    _M.expect("string", value, what, 4)
  end
  slot.data, slot.size = value, value and #value or 0
end

local scratch = { buffer = ffi.new("char[?]", 1024), size = 1024, needed = ffi.new "size_t[1]" }

-- What one of the functions with the arguments (subject, buffer, size, needed) writes; nil where there is nothing to write.
function _M.written(write, subject)
  local status = write(subject, scratch.buffer, scratch.size, scratch.needed)
  if status == lib.BDC_ERR_SPACE then
    scratch.size = tonumber(scratch.needed[0]) + 1
    scratch.buffer = ffi.new("char[?]", scratch.size)
    status = write(subject, scratch.buffer, scratch.size, scratch.needed)
  end
  return status == lib.BDC_OK and ffi.string(scratch.buffer, scratch.needed[0]) or nil
end

-- The names of an enumeration, each asked for once.
function _M.names_of(name)
  return setmetatable({}, {
    __index = function(known, value)
      known[value] = ffi.string(name(value))
      return known[value]
    end,
  })
end

return _M
