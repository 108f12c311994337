-- SPDX-License-Identifier: MIT
--- Checks HTTP API messages against documented rules: libbodycheck for LuaJIT.
--
--    local bodycheck = require "bodycheck"
--    local rules = assert(bodycheck.load { provider = "huaweicloud" })
--    local checker = assert(rules:checker())
--    local operation = assert(rules:operation "UpdateAppV2")
--    if checker:body(operation, 0, '{"name": "ab"}') == "invalid" then
--      local status, body = checker:answer()     -- 400  {"error_code":"APIG.2005", ...}
--    end
--
-- What fails returns nil, a text and the number of a status of the library (`bodycheck.OK`, `bodycheck.ERR_NO_PATH`, ...). A value of
-- another type than asked for is a mistake of the program, and raises an error. No text holds a value that was sent.
--
-- A rule set may be shared by all code of one Lua state, and lives as long as anything made from it. A checker may be used by any
-- coroutine, but what is begun with `begin` is dropped by the next check: one checker for each worker will do where messages are checked in
-- one call, and one for each message where pieces of several messages come in turn. All memory is the library's, and is freed when the
-- last Lua value that needs it is collected.
-- @module bodycheck

local ffi = require "ffi"
local library = require "bodycheck.cdef"

local lib = library.lib
local failure, expect, string_of, set_text, written =
  library.failure, library.expect, library.string_of, library.set_text, library.written
local verdict_names = library.names_of(lib.bdc_verdict_name)
local rule_names = library.names_of(lib.bdc_rule_name)
local place_names = library.names_of(lib.bdc_place_name)

local UNKNOWN = {
  table = lib.BDC_UNKNOWN_TABLE,
  error = lib.BDC_UNKNOWN_ERROR,
  warning = lib.BDC_UNKNOWN_WARNING,
  ignore = lib.BDC_UNKNOWN_IGNORE,
}
local CANDIDATES = 8 -- as many operations are named where several fit

local _M = { _VERSION = library.version, OK = tonumber(lib.BDC_OK) }
for name in library.declarations:gmatch "BDC_(ERR_%u[%u_]*)" do
  _M[name] = tonumber(lib["BDC_" .. name])
end

--- How the `route` of a report begins where several operations fit, and the `reason` where the operation documents no such body.
_M.AMBIGUOUS = ffi.string(lib.bdc_status_text(lib.BDC_ERR_AMBIGUOUS))
_M.NO_TABLE = ffi.string(lib.bdc_reason_text(lib.BDC_REASON_NO_TABLE))

-- ---- operations

--- An operation of a rule set, always the same table for the same one.
-- @type operation
-- @field full_name "huaweicloud.apig.UpdateAppV2"
-- @field name "UpdateAppV2"
-- @field method "PUT"
-- @field path the template, "/v2/{project_id}/..."

local function operation_of(rules, pointer)
  local key = tonumber(ffi.cast("uintptr_t", pointer))
  local operation = rules.operations[key]
  if not operation then
    local info = lib.bdc_operation_describe(pointer)
    operation = {
      full_name = string_of(info.full_name),
      name = string_of(info.name),
      method = string_of(info.method),
      path = string_of(info.path),
      pointer = pointer,
      rules = rules,
    }
    rules.operations[key] = operation
  end
  return operation
end

local function pointer_of(rules, operation)
  expect("table", operation, "operation", 4)
  if operation.rules ~= rules then
    error("operation: not one of this rule set", 4)
  end
  return operation.pointer
end

-- Searches, where `search` gets the place for the result, for candidates, and for their number. `held`: the strings that are looked at.
local function search_operation(rules, held, search)
  rules.held = held
  local out = ffi.new "const bdc_operation *[1]"
  local candidates = ffi.new("const bdc_operation *[?]", CANDIDATES)
  local count = ffi.new "size_t[1]"
  local status = search(out, candidates, count)
  rules.held = nil
  if status == lib.BDC_OK then
    return operation_of(rules, out[0])
  end
  local names = {}
  for i = 0, math.min(CANDIDATES, tonumber(count[0])) - 1 do
    names[#names + 1] = operation_of(rules, candidates[i]).full_name
  end
  return failure(status, names[1] and table.concat(names, ", "))
end

-- ---- messages

-- Header fields go to an array of C that `checker` keeps: a list of { name, value }, or name -> value or list of values, as
-- ngx.req.get_headers returns them. ngx.location.capture has numbers among the values.
local function add_header(checker, count, name, value)
  if type(value) == "number" then
    value = tostring(value)
    checker.texts[count + 1] = value
  end
  if count == checker.header_room then
    local headers = ffi.new("bdc_header[?]", 2 * count)
    ffi.copy(headers, checker.headers, count * ffi.sizeof "bdc_header")
    checker.headers, checker.header_room = headers, 2 * count
  end
  set_text(checker.headers[count].name, expect("string", name, "header", 5), "header")
  set_text(checker.headers[count].value, expect("string", value, "header", 5), "header")
  return count + 1
end

local function add_headers(checker, headers)
  local count = 0
  for name, value in pairs(headers or {}) do
    if type(name) == "number" then
      expect("table", value, "header", 5)
      count = add_header(checker, count, value[1], value[2])
    elseif type(value) == "table" then
      for i = 1, #value do
        count = add_header(checker, count, name, value[i])
      end
    else
      count = add_header(checker, count, name, value)
    end
  end
  return count
end

local function set_message(checker, message, values)
  expect("table", values, "message", 4)
  checker.held = values -- keeps the strings alive, whatever the compiler makes of this function
  message.header_count = add_headers(checker, values.headers)
  message.headers = checker.headers
  local body = values.body or ""
  message.body, message.body_size = expect("string", body, "body", 4), #body
  set_text(message.request_id, values.request_id, "request_id")
end

local function request_of(checker, values)
  local request = checker.request_memory
  set_message(checker, request, values)
  request.operation = values.operation and pointer_of(checker.rules, values.operation) or nil
  set_text(request.provider, values.provider, "provider")
  set_text(request.method, values.method, "method")
  set_text(request.target, values.target, "target")
  return request
end

local function response_of(checker, values)
  local response = checker.response_memory
  set_message(checker, response, values)
  response.status = expect("number", values.status, "status", 4)
  return response
end

-- Of a message that is checked, only the request id is named by the report.
local function release(checker)
  checker.held = checker.held and checker.held.request_id
end

-- ---- checkers

--- Checks one message at a time.
-- @type checker
local Checker = {}
Checker.__index = Checker

--- Checks a body alone.
-- @param operation of the checker's rule set
-- @param status 0 for a request, else the HTTP status of the response
-- @param body a string; empty: there is none
-- @return "valid", "invalid" or "unchecked"
function Checker:body(operation, status, body)
  local pointer = pointer_of(self.rules, operation)
  self.held = expect("string", body, "body")
  local verdict = lib.bdc_check_body(self.handle, pointer, status, body, #body)
  self.held = nil
  return verdict_names[tonumber(verdict)]
end

--- Checks a whole request. Where no operation fits, it is unchecked, and the report says why.
-- @param request a table with method, target (with query, not decoded), headers (a list of { name, value }, or name -> value or list of
-- values), body, and perhaps operation, provider and request_id
-- @return "valid", "invalid" or "unchecked"
function Checker:request(request)
  local verdict = lib.bdc_check_request(self.handle, request_of(self, request))
  release(self)
  return verdict_names[tonumber(verdict)]
end

--- Checks a whole response.
-- @param operation of the checker's rule set
-- @param response a table with status, headers, body, and perhaps request_id
-- @return "valid", "invalid" or "unchecked"
function Checker:response(operation, response)
  local pointer = pointer_of(self.rules, operation)
  local verdict = lib.bdc_check_response(self.handle, pointer, response_of(self, response))
  release(self)
  return verdict_names[tonumber(verdict)]
end

local function begun(checker, status)
  release(checker)
  if status ~= lib.BDC_OK then
    return failure(status)
  end
  return true
end

--- Begins a body that comes in pieces; see `body`.
-- @return true
function Checker:begin(operation, status)
  return begun(self, lib.bdc_check_begin(self.handle, pointer_of(self.rules, operation), status))
end

--- Begins a request whose body comes in pieces; see `request`.
-- @return true; nil, text, status where no operation fits
function Checker:begin_request(request)
  return begun(self, lib.bdc_check_begin_request(self.handle, request_of(self, request)))
end

--- Begins a response whose body comes in pieces; see `response`.
-- @return true
function Checker:begin_response(operation, response)
  local pointer = pointer_of(self.rules, operation)
  return begun(self, lib.bdc_check_begin_response(self.handle, pointer, response_of(self, response)))
end

--- The next piece, split anywhere.
-- @param piece a string, or a pointer to memory of C
-- @param size of the memory
-- @return true; nil, text, status where nothing was begun
function Checker:feed(piece, size)
  if type(piece) ~= "cdata" then
    size = #expect("string", piece, "piece")
  end
  local status = lib.bdc_check_feed(self.handle, piece, expect("number", size, "size"))
  if status ~= lib.BDC_OK then
    return failure(status)
  end
  return true
end

--- Ends what was begun.
-- @return "valid", "invalid" or "unchecked"; nil, text, status where nothing was begun
function Checker:finish()
  local status = lib.bdc_check_end(self.handle, self.verdict_memory)
  if status ~= lib.BDC_OK then
    return failure(status)
  end
  return verdict_names[tonumber(self.verdict_memory[0])]
end

--- What the documentation says is answered to the last message.
-- @return HTTP status, body as JSON; nil, text, status where the message is not invalid, or where no error is documented
function Checker:answer()
  local report = lib.bdc_checker_report(self.handle)
  local body = written(lib.bdc_error_render, report)
  if not body then
    return failure(lib.BDC_ERR_NO_ERROR)
  end
  return report.error.status, body
end

local function violation_table(violation)
  return {
    place = place_names[tonumber(violation["in"])],
    rule = rule_names[tonumber(violation.rule)],
    severity = violation.severity == lib.BDC_WARNING and "warning" or "error",
    offset = tonumber(violation.offset),
    line = violation.line,
    column = violation.column,
    pointer = string_of(violation.pointer),
    field = string_of(violation.field),
    message = written(lib.bdc_violation_message, violation),
  }
end

local function error_table(report)
  if report.error == nil then
    return nil
  end
  return {
    status = report.error.status,
    code = string_of(report.error.code),
    message = written(lib.bdc_error_message, report),
  }
end

--- The report of the last message, as plain tables that are the caller's.
-- @return verdict ("valid", "invalid", "unchecked"), reason (why it is unchecked, else nil), route (why no operation was found, else nil),
-- operation (its full name, or nil), status (0: a request), violations (a list of place, rule, severity, offset, line, column, pointer,
-- field, message, as in bodycheck.h), errors, warnings (how many), truncated (not all are in the list), unread (not all of the body was
-- looked at), error (the documented one: status, code, message; or nil)
function Checker:report()
  local report = lib.bdc_checker_report(self.handle)
  local violations = {}
  for i = 0, tonumber(report.violation_count) - 1 do
    violations[i + 1] = violation_table(report.violations[i])
  end
  return {
    verdict = verdict_names[tonumber(report.verdict)],
    reason = report.reason ~= lib.BDC_REASON_NONE and ffi.string(lib.bdc_reason_text(report.reason)) or nil,
    route = report.status ~= lib.BDC_OK and ffi.string(lib.bdc_status_text(report.status)) or nil,
    operation = report.operation ~= nil and operation_of(self.rules, report.operation).full_name or nil,
    status = report.http_status,
    violations = violations,
    errors = tonumber(report.error_count),
    warnings = tonumber(report.warning_count),
    truncated = report.truncated,
    unread = report.unread,
    error = error_table(report),
  }
end

--- The operation of the last message, or nil.
function Checker:operation()
  local report = lib.bdc_checker_report(self.handle)
  return report.operation ~= nil and operation_of(self.rules, report.operation) or nil
end

--- The accepter's kernel that this checker uses, or "none".
function Checker:kernel()
  return ffi.string(lib.bdc_checker_kernel(self.handle))
end

-- ---- rule sets

--- Loaded rules.
-- @type rules
local Rules = {}
Rules.__index = Rules

-- A rule set is freed by the last of those that hold it: where a Lua state is closed, finalizers run in no order.
local function let_go(owner)
  owner.holders = owner.holders - 1
  if owner.holders == 0 then
    lib.bdc_ruleset_free(owner.pointer)
  end
end

local function settings_of(options)
  local settings = ffi.new "bdc_settings"
  for name, value in pairs(options.limits or {}) do
    settings.limits[name] = value
  end
  for _, name in ipairs { "unknown_request", "unknown_response" } do
    local policy = options[name] or "table"
    settings[name] = UNKNOWN[policy] or error(name .. ": table, error, warning or ignore expected", 3)
  end
  settings.first_only = options.first_only or false
  settings.kernel = options.kernel
  settings.layout_memory = options.layout_memory or 64 * 1024 -- a worker has few checkers, and they see many operations
  return settings
end

--- Makes a checker. It allocates all its memory here.
-- @param options a table, or nil: limits (a table with the members of bdc_limits), unknown_request and unknown_response ("table", "error",
-- "warning" or "ignore"), first_only (stop at the first error), kernel, layout_memory (bytes; 65536 unless given)
-- @return a checker; nil, text, status
function Rules:checker(options)
  local out = ffi.new "bdc_checker *[1]"
  options = options or {}
  local status = lib.bdc_checker_new(self.owner.pointer, settings_of(options), out)
  if status ~= lib.BDC_OK then
    return failure(status)
  end
  local owner = self.owner
  owner.holders = owner.holders + 1
  return setmetatable({
    handle = ffi.gc(out[0], function(handle)
      lib.bdc_checker_free(handle)
      let_go(owner)
    end),
    rules = self,
    headers = ffi.new("bdc_header[?]", 32),
    texts = {}, -- of numbers: kept alive until others replace them
    header_room = 32,
    request_memory = ffi.new "bdc_request",
    response_memory = ffi.new "bdc_response",
    verdict_memory = ffi.new "bdc_verdict[1]",
  }, Checker)
end

jit.off(Rules.checker) -- the compiler would not see that the settings need the string of the kernel

--- An operation by its name, or a shorter one that fits only one.
-- @return an operation; nil, text (which names those that fit), status
function Rules:operation(name)
  local text = ffi.new "bdc_str"
  set_text(text, expect("string", name, "name"), "name")
  return search_operation(self, { name }, function(out, candidates, count)
    return lib.bdc_operation_search(self.owner.pointer, text, out, candidates, CANDIDATES, count)
  end)
end

--- The operation of a method and a request target.
-- @param method "PUT"
-- @param target with query, not decoded
-- @param options a table with provider and host, or nil
-- @return an operation; nil, text (which names those that fit), status
function Rules:route(method, target, options)
  options = options or {}
  local request = ffi.new "bdc_request"
  local host = ffi.new "bdc_header[1]"
  set_text(request.method, method, "method")
  set_text(request.target, target, "target")
  set_text(request.provider, options.provider, "provider")
  set_text(host[0].name, "Host", "host")
  set_text(host[0].value, options.host, "host")
  request.headers, request.header_count = host, options.host and 1 or 0
  return search_operation(self, { method, target, options.provider, options.host }, function(out, candidates, count)
    return lib.bdc_route_request(self.owner.pointer, request, out, candidates, CANDIDATES, count)
  end)
end

--- All operations.
-- @return a list
function Rules:list()
  local list = {}
  for i = 0, tonumber(lib.bdc_operation_count(self.owner.pointer)) - 1 do
    list[i + 1] = operation_of(self, lib.bdc_operation_at(self.owner.pointer, i))
  end
  return list
end

-- ---- loading

local function defines_of(defines)
  local names = {}
  for name, value in pairs(defines or {}) do
    expect("string", name, "define", 5)
    expect("string", value, "define", 5)
    names[#names + 1] = name
  end
  table.sort(names)
  local array = ffi.new("bdc_define[?]", #names)
  for i, name in ipairs(names) do
    array[i - 1].name, array[i - 1].value = name, defines[name]
  end
  return array, #names
end

local function mistake_text(diagnostic)
  local place = string_of(diagnostic.file)
  if diagnostic.line ~= 0 then
    place = place .. ":" .. tonumber(diagnostic.line) .. ":" .. tonumber(diagnostic.column)
  end
  return place .. ": " .. string_of(diagnostic.message)
end

-- The library calls back into Lua, which compiled code may not let it do. Nor would the compiler see which strings the options need.
local function load_rules(values, out)
  local mistakes = {}
  local report = ffi.cast("void (*)(const bdc_diagnostic *, void *)", function(diagnostic)
    mistakes[#mistakes + 1] = mistake_text(diagnostic)
  end)
  local paths = values.paths or {}
  local array = ffi.new("const char *[?]", #paths, paths)
  local defines, define_count = defines_of(values.defines)
  local options = ffi.new "bdc_options"
  options.provider = values.provider
  options.defines, options.define_count = defines, define_count
  options.without_builtin = values.builtin == false
  local status = lib.bdc_ruleset_load(array, #paths, options, out, ffi.new("bdc_diagnostics", report))
  report:free()
  return status, mistakes
end
jit.off(load_rules)

--- Loads the embedded rules, and those of files and folders.
-- @param values a table, or nil: paths (a list of files and folders), provider (decides where several fit), defines (class name ->
-- meaning), builtin (false: without the embedded rules)
-- @return rules; nil, text (all mistakes, one a line, with file, line and column), status
function _M.load(values)
  values = values or {}
  for _, path in ipairs(values.paths or {}) do
    expect("string", path, "path")
  end
  local out = ffi.new "bdc_ruleset *[1]"
  local status, mistakes = load_rules(values, out)
  if status ~= lib.BDC_OK then
    return failure(status, mistakes[1] and table.concat(mistakes, "\n"))
  end
  local owner = { pointer = out[0], holders = 1 }
  return setmetatable({
    owner = owner,
    guard = ffi.gc(out, function()
      let_go(owner)
    end),
    operations = {},
  }, Rules)
end

return _M
