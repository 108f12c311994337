-- SPDX-License-Identifier: MIT
--- Checks what passes through nginx with its Lua module, and through the gateways that are built on it.
--
-- OpenResty, or Debian's nginx with libnginx-mod-http-lua:
--
--    init_by_lua_block { gate = assert(require("resty.bodycheck").new { provider = "huaweicloud", request = "block", response = "log" }) }
--    location / {
--      access_by_lua_block { gate:access() }
--      header_filter_by_lua_block { gate:header_filter() }
--      body_filter_by_lua_block { return gate:body_filter() }
--      log_by_lua_block { gate:log() }
--      proxy_set_header Accept-Encoding "";      # a compressed response cannot be checked
--      proxy_pass http://upstream;
--    }
--
-- Filters see a body when its status is on its way: with response = "block" a broken one is cut off, and the client gets nothing. To
-- answer it with the documented error, let a location hold it instead of the two filters (not with HTTP/2, for which the Lua module
-- has no subrequests):
--
--      content_by_lua_block { gate:proxy("/upstream") }
--    }
--    location = /upstream { internal; proxy_pass http://upstream$request_uri; }
--
-- Kong, as handler.lua of a plugin; with a function `response` Kong holds responses:
--
--    local gate = assert(require("resty.bodycheck").new { request = "block", response = "block" })
--    local function exit(status, body)
--      if status then return kong.response.exit(status, body, { ["Content-Type"] = "application/json" }) end
--    end
--    return {
--      PRIORITY = 900, VERSION = "0.1.0",
--      access = function() return exit(gate:request()) end,
--      response = function()
--        local from = kong.service.response
--        return exit(gate:response(from.get_status(), from.get_headers(1000), from.get_raw_body()))
--      end,
--    }
--
-- APISIX, as a plugin beside its `schema`, `priority` and `name`; it has no phase that holds a response, so that these are logged:
--
--    local gate = assert(require("resty.bodycheck").new { request = "block", response = "log" })
--    function _M.access() return gate:request() end
--    function _M.header_filter() gate:header_filter() end
--    function _M.body_filter() gate:body_filter() end
--    function _M.log() gate:log() end
--
-- The rules are loaded, and the checker is made, where `new` is called: once, before nginx forks its workers. A message is checked in one
-- call, in which nothing else runs, so that the one checker of a worker does for all its connections.
-- @module resty.bodycheck

local bodycheck = require "bodycheck"

local _M = { _VERSION = bodycheck._VERSION }

local Gate = {}
Gate.__index = Gate

local MODES = { off = true, log = true, block = true }
local POLICIES = { pass = true, block = true }
local ROUTES = { pass = true, log = true, block = true }
local KEY = "bodycheck" -- of ngx.ctx
local UNREADABLE, CUT_SHORT = "the body cannot be read", "the response ended before its body did"

-- ---- telling

-- Names of undocumented fields are the sender's: they may not begin a new line in a log.
local function printable(text)
  return (text:gsub("[%c\127]", "?"))
end

local function first_error(report)
  for _, violation in ipairs(report.violations or {}) do
    if violation.severity == "error" then
      return violation
    end
  end
end

--- One line for a log: what was found, without a value that was sent.
-- @param entry see `new`
function _M.line(entry)
  local report = entry.report
  local parts = { "bodycheck:", entry.direction, report.operation or "-", report.verdict .. (entry.blocked and ", blocked" or "") }
  if report.error then
    parts[#parts + 1] = report.error.code
  end
  local violation = first_error(report)
  if violation then
    local name = violation.pointer ~= "" and violation.pointer or violation.field
    local where = name == "" and violation.place or violation.place .. " " .. name
    parts[#parts + 1] = printable(("[%s] %s: %s"):format(violation.rule, where, violation.message))
    if report.errors > 1 then
      parts[#parts + 1] = ("(and %d more)"):format(report.errors - 1)
    end
  end
  parts[#parts + 1] = report.route or report.reason
  return table.concat(parts, " ")
end

local function tell_warning(entry)
  if entry.report.verdict ~= "valid" then
    ngx.log(ngx.WARN, _M.line(entry))
  end
end

-- ---- deciding

-- What is answered in the place of a message: nil where it may pass, else HTTP status and body, which may be nil.
local function refusal(gate, direction, report)
  local options = gate.options
  if report.verdict == "valid" or options[direction] ~= "block" then
    return nil
  elseif report.verdict == "invalid" then
    local status, body = gate.checker:answer()
    if status then
      return status, body
    end
    return direction == "request" and 400 or 502
  elseif options.unchecked == "block" then
    return direction == "request" and 415 or 502
  end
end

local function conclude(gate, direction, report)
  local status, body = refusal(gate, direction, report)
  gate.options.tell { direction = direction, report = report, blocked = status ~= nil }
  return status, body
end

local function conclude_unknown(gate, report)
  local policy = gate.options.unknown_route
  local blocked = policy == "block" and gate.options.request == "block"
  if policy ~= "pass" then
    gate.options.tell { direction = "request", report = report, blocked = blocked }
  end
  return blocked and 404 or nil
end

-- After a check. The report of what is valid is made only for those who asked to be told.
local function decide(gate, direction, verdict)
  if verdict == "valid" and gate.options.tell == tell_warning then
    return nil
  end
  local report = gate.checker:report()
  if report.route then
    return conclude_unknown(gate, report)
  end
  return conclude(gate, direction, report)
end

-- ---- requests

-- The whole body, or as much of it as is needed to see that it is too large; nil where it cannot be read.
local function request_body(limit)
  ngx.req.read_body()
  local body = ngx.req.get_body_data()
  local path = not body and ngx.req.get_body_file()
  if not path then
    return body or ""
  end
  local file = io.open(path, "rb")
  if not file then
    return nil
  end
  body = file:read(limit + 1) or ""
  file:close()
  return body
end

local function check_request(gate, state)
  local body = request_body(gate.options.max_body)
  if not body then
    return conclude(gate, "request", { verdict = "unchecked", reason = UNREADABLE })
  end
  local verdict = gate.checker:request {
    method = ngx.req.get_method(),
    target = ngx.var.request_uri,
    headers = ngx.req.get_headers(0, true),
    body = body,
    operation = gate.operation,
    request_id = ngx.var.request_id,
  }
  state.operation = gate.checker:operation()
  return decide(gate, "request", verdict)
end

local function find_operation(gate)
  if gate.operation then
    return gate.operation
  end
  return (gate.rules:route(ngx.req.get_method(), ngx.var.request_uri, { host = ngx.var.http_host }))
end

--- Checks the current request; reads its body. In a phase that may do so: access, rewrite or content.
-- @return nil where it may pass, else HTTP status and body; the body is nil where nothing is documented
function Gate:request()
  local state = {}
  ngx.ctx[KEY] = state
  if self.options.request == "off" then
    state.operation = find_operation(self)
    return nil
  end
  local status, body = check_request(self, state)
  state.answered = status ~= nil
  return status, body
end

local function answer(status, body)
  ngx.status = status
  if not body then
    return ngx.exit(status)
  end
  ngx.header["Content-Type"] = "application/json"
  ngx.header["Content-Length"] = #body
  ngx.print(body)
  return ngx.exit(ngx.HTTP_OK)
end

--- For access_by_lua: as `request`, and answers what may not pass.
function Gate:access()
  local status, body = self:request()
  if status then
    return answer(status, body)
  end
end

-- ---- responses

local function check_response(gate, state, status, headers, body)
  state.done = true
  local response = { status = status, headers = headers, body = body, request_id = ngx.var.request_id }
  return decide(gate, "response", gate.checker:response(state.operation, response))
end

-- Whether the response of this request is to be checked.
local function awaits(gate, state)
  return state and state.operation and not state.answered and not state.done and gate.options.response ~= "off"
end

--- Checks a response that the caller holds as a whole, to the request that `request` has seen.
-- @param status a number
-- @param headers name -> value or list of values
-- @param body a string, or nil
-- @return nil where it may pass, else HTTP status and body; the body is nil where nothing is documented
function Gate:response(status, headers, body)
  local state = ngx.ctx[KEY]
  if awaits(self, state) then
    return check_response(self, state, status, headers, body or "")
  end
end

-- A response without a body is known before its status has gone: another one can take its place.
local function bodiless(status)
  return status == 204 or status == 304 or ngx.req.get_method() == "HEAD"
end

local function replace(state, status, body)
  ngx.status = status
  state.answer = body or ""
  ngx.header["Content-Type"] = body and "application/json" or nil
  ngx.header["Content-Length"] = #state.answer
end

--- For header_filter_by_lua.
function Gate:header_filter()
  local state = ngx.ctx[KEY]
  if not awaits(self, state) or state.headers then
    return
  end
  state.status, state.headers = ngx.status, ngx.resp.get_headers(0, true)
  state.pieces, state.size = {}, 0
  if bodiless(state.status) then
    local status, body = check_response(self, state, state.status, state.headers, "")
    if status then
      replace(state, status, body)
    end
  end
end

-- Keeps a piece; of a body that is too large only what shows that it is.
local function keep(state, piece, limit)
  if piece and state.size <= limit then
    state.pieces[#state.pieces + 1] = piece
    state.size = state.size + #piece
  end
end

--- For body_filter_by_lua, which returns what this returns. In `log` it changes nothing. In `block` the response waits for its last byte,
-- or until it is larger than `max_body`; a broken one is cut off.
-- @return ngx.ERROR where nginx is to give up the response, else nil
function Gate:body_filter()
  local state = ngx.ctx[KEY]
  if state and state.answer then
    ngx.arg[1] = ngx.arg[2] and state.answer or nil
    return nil
  elseif state and state.cut then
    return ngx.ERROR
  elseif not awaits(self, state) or not state.headers then
    return nil
  end
  local last, limit = ngx.arg[2], self.options.max_body
  keep(state, ngx.arg[1], limit)
  if not last and state.size <= limit then
    if self.options.response == "block" then
      ngx.arg[1] = nil
    end
    return nil
  end
  local body = table.concat(state.pieces)
  state.pieces = nil
  state.cut = check_response(self, state, state.status, state.headers, body) ~= nil
  if state.cut then
    return ngx.ERROR
  elseif self.options.response == "block" then
    ngx.arg[1] = body
  end
end

local function tell_cut_short(gate, state)
  state.done = true
  gate.options.tell {
    direction = "response",
    report = { verdict = "unchecked", reason = CUT_SHORT, operation = state.operation.full_name, status = state.status },
    blocked = gate.options.response == "block",
  }
end

--- For log_by_lua: tells of a response whose body never came to its end.
function Gate:log()
  local state = ngx.ctx[KEY]
  if awaits(self, state) and state.headers then
    tell_cut_short(self, state)
  end
end

-- Fields that speak of one connection, or that nginx sets itself.
local HOP = { ["connection"] = true, ["keep-alive"] = true, ["transfer-encoding"] = true, ["content-length"] = true, ["date"] = true }

--- For content_by_lua: passes the request on to another location, and its response to the client, or the documented error in its place.
-- @param location an internal one, with proxy_pass to $request_uri of the upstream
function Gate:proxy(location)
  local method = ngx["HTTP_" .. ngx.req.get_method()]
  if not method then
    return answer(501) -- the Lua module knows no other methods, and would make it GET
  end
  ngx.req.read_body()
  local found = ngx.location.capture(location, { method = method, always_forward_body = true })
  local state = ngx.ctx[KEY]
  if found.truncated then
    if awaits(self, state) then
      tell_cut_short(self, state)
    end
    return answer(502)
  end
  local status, body = self:response(found.status, found.header, found.body)
  if status then
    return answer(status, body)
  end
  ngx.status = found.status
  for name, value in pairs(found.header) do
    if not HOP[name:lower()] then
      ngx.header[name] = value
    end
  end
  ngx.header["Content-Length"] = #found.body
  ngx.print(found.body)
end

-- ---- setting up

local function choice(options, name, allowed, default)
  local value = options[name] or default
  if not allowed[value] then
    error(name .. ": no such choice", 3)
  end
  return value
end

--- Loads rules and makes a gate.
-- @param options a table; what bodycheck.load takes (paths, provider, defines, builtin) and
--
--  * request, response: "off", "log" (the default) or "block"
--  * operation: the name of the only operation; else each request is routed by method, path and Host
--  * unknown_route: "pass" (the default) requests of no operation silently, "log" them, or "block" them with 404
--  * unchecked: "pass" (the default) what cannot be checked, such as compressed bodies, or "block" it with 415 or 502
--  * max_body: bytes of a body, by default 1 MiB; a larger one breaks the rule `limit`
--  * checker: options of rules:checker, such as unknown_response
--  * tell: a function that is told of each verdict, by default in the error log of those that are not valid. It gets a table with
--    direction ("request", "response"), report (that of bodycheck.lua) and blocked (true or false)
-- @return a gate; nil, text
function _M.new(options)
  local gate = setmetatable({
    options = {
      request = choice(options, "request", MODES, "log"),
      response = choice(options, "response", MODES, "log"),
      unknown_route = choice(options, "unknown_route", ROUTES, "pass"),
      unchecked = choice(options, "unchecked", POLICIES, "pass"),
      max_body = options.max_body or 1048576,
      tell = options.tell or tell_warning,
    },
  }, Gate)
  local settings, limits = {}, {}
  for name, value in pairs(options.checker or {}) do
    settings[name] = value
  end
  for name, value in pairs(settings.limits or {}) do
    limits[name] = value
  end
  settings.limits, limits.body_size = limits, gate.options.max_body
  local why
  gate.rules, why = bodycheck.load(options)
  if gate.rules then
    gate.checker, why = gate.rules:checker(settings)
  end
  if gate.checker and options.operation then
    gate.operation, why = gate.rules:operation(options.operation)
  end
  if why then
    return nil, why
  end
  return gate
end

return _M
