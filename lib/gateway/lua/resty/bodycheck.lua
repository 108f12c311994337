-- SPDX-License-Identifier: MIT
--- Checks what passes through nginx with its Lua module, and through the gateways that are built on it.
--
-- OpenResty, or Debian's nginx with libnginx-mod-http-lua; lib/gateway/lua/README.md has the lines for Kong and APISIX:
--
--    init_by_lua_block { gate = assert(require("resty.bodycheck").new { provider = "huaweicloud", request = "block", response = "log" }) }
--    server {
--      access_by_lua_block { gate:access() }
--      header_filter_by_lua_block { gate:header_filter() }
--      body_filter_by_lua_block { return gate:body_filter() }
--      log_by_lua_block { gate:log() }
--      proxy_set_header Accept-Encoding "";      # a compressed response cannot be checked
--      location / { proxy_pass http://upstream; }
--    }
--
-- They stand in `server`, so that they are there also where nginx goes on to another location (error_page, X-Accel-Redirect, try_files,
-- ngx.exec). What was found in the first one is known in the others.
--
-- Filters see a body when its status is on its way: with response = "block" a broken one is cut off, and the client gets nothing. To
-- answer it with the documented error, let a location hold it instead of the two filters (not with HTTP/2, for which the Lua module
-- has no subrequests):
--
--      location / { content_by_lua_block { gate:proxy("/upstream") } }
--      location = /upstream { internal; proxy_pass http://upstream$request_uri; }
--
-- The rules are loaded, and the checker is made, where `new` is called: once, before nginx forks its workers. A message is checked in one
-- call, in which nothing else runs, so that the one checker of a worker does for all its connections. Subrequests are not checked.
-- @module resty.bodycheck

local bodycheck = require "bodycheck"
local verdict = require "resty.bodycheck.verdict"

local _M = {
  _VERSION = bodycheck._VERSION,

  --- One line for a log: what was found, without a value that was sent.
  -- @function line
  -- @param entry see `new`
  line = verdict.line,
}

local Gate = {}
Gate.__index = Gate

local MODES = { off = true, log = true, block = true }
local POLICIES = { pass = true, block = true }
local ROUTES = { pass = true, log = true, block = true }

-- Why there is no verdict, further to the library's reasons.
local UNREADABLE = "the body cannot be read"
local INCOMPLETE = "the body did not arrive as a whole"
local EARLY = "answered before it could be checked"
local FAILED = "the check failed"
local PART = "there is no whole body"
local NO_ANSWER = "the application gave no response"
local CUT_SHORT = "the response ended before its body did"
local UNSEEN = "no response was seen"

-- ---- what is known of a request

-- Its state has `operation`, what was done (`read`, `judged`, `answered`, `done`), and of its response `status`, `headers`, `pieces` and `size`;
-- `answer`, `cut`: what stands in its place.

-- nginx has a new ngx.ctx in each location that a request comes to, but the numbers of the connection and of the request on it stay.
local function identity()
  return ngx.var.connection .. " " .. ngx.var.connection_requests
end

-- In the first location `begin` has put a weak entry into `states`: its ngx.ctx holds it until the end of the request.
local function recall(gate)
  if ngx.is_subrequest then
    return nil
  end
  local state = ngx.ctx[gate]
  if not state then
    state = gate.states[identity()]
    ngx.ctx[gate] = state
  end
  return state
end

-- A new state, or nil where the request has its verdict. One that failed on its way to a verdict is looked at again.
local function begin(gate)
  local id = identity()
  local context = ngx.ctx
  local known = context[gate] or gate.states[id]
  if ngx.is_subrequest or known and known.judged then
    return nil
  end
  local state = {}
  context[gate], gate.states[id] = state, state
  return state
end

local function find_operation(gate)
  if gate.operation then
    return gate.operation
  end
  return gate.rules:route(ngx.req.get_method(), ngx.var.request_uri, { host = ngx.var.http_host })
end

-- ---- requests

-- As much of a body in a file as is needed to see that it is too large; nil where it cannot be read.
local function read_file(path, limit)
  local file = io.open(path, "rb")
  if not file then
    return nil
  end
  local body = file:read(limit + 1) or ""
  file:close()
  return body
end

-- The body, or as much of it as is needed to see that it is too large.
local function read_body(limit)
  ngx.req.read_body()
  local body = ngx.req.get_body_data()
  local path = not body and ngx.req.get_body_file()
  if path then
    return read_file(path, limit)
  end
  return body or ""
end

-- Nil where it cannot be read. Newer versions of the Lua module raise an error where HTTP/2 or HTTP/3 has no Content-Length.
local function request_body(limit)
  if ngx.req.http_version() < 2 then
    return read_body(limit)
  end
  local fine, body = pcall(read_body, limit)
  return fine and body or nil
end

local function decide_unread(gate, state)
  local why
  state.operation, why = find_operation(gate)
  if not state.operation then
    return verdict.decide_unknown(gate, "request", state, why)
  end
  return verdict.decide_unchecked(gate, "request", state, UNREADABLE, ngx.var.http_content_length and 500 or 411)
end

local function check_request(gate, state)
  local body = request_body(gate.options.max_body)
  state.read = true
  if not body then
    return decide_unread(gate, state)
  end
  local found = gate.checker:request {
    method = ngx.req.get_method(),
    target = ngx.var.request_uri,
    headers = ngx.req.get_headers(0, true),
    body = body,
    operation = gate.operation,
    request_id = ngx.var.request_id,
  }
  state.operation = gate.checker:operation()
  return verdict.decide(gate, "request", found)
end

-- The operation of a request that is not checked itself.
local function only_route(gate, state)
  local why
  state.operation, why = find_operation(gate)
  if not state.operation and gate.options.response ~= "off" then
    verdict.decide_unknown(gate, "response", state, why)
  end
end

--- Checks the current request; reads its body. In a phase that may do so: access, rewrite or content. A request that was checked before nginx
-- went on to another location is not checked again.
-- @return nil where it may pass, else HTTP status and body; the body is nil where nothing is documented
function Gate:request()
  local state = begin(self)
  if not state then
    return nil
  elseif self.options.request == "off" then
    only_route(self, state)
    state.judged = true
    return nil
  end
  local status, body = check_request(self, state)
  state.judged, state.answered = true, status ~= nil
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

-- What is refused goes nowhere, also where error_page leads to an upstream.
local function drop_body()
  if not pcall(ngx.req.set_body_data, "") then
    pcall(ngx.req.discard_body)
  end
end

--- For access_by_lua: as `request`, and answers what may not pass.
function Gate:access()
  local status, body = self:request()
  if status then
    drop_body()
    return answer(status, body)
  end
end

-- ---- responses

-- Whether the response of this request is to be checked.
local function awaits(gate, state)
  return state and state.operation and not state.answered and not state.done and gate.options.response ~= "off"
end

-- Responses that name a body that is not there: what it would be is in no table.
local function names_body(status)
  return ngx.req.get_method() == "HEAD" or status == 304 or status == 101
end

-- Whether all of the response is known with its head. A 204 documents that there is no body.
local function is_known(status)
  return names_body(status) or status == 204 or status == 206
end

local function check_response(gate, state, status, headers, body)
  if names_body(status) then
    return verdict.tell_unchecked(gate, "response", state, PART)
  elseif status == 206 then
    return verdict.decide_unchecked(gate, "response", state, PART)
  end
  local response = { status = status, headers = headers, body = body, request_id = ngx.var.request_id }
  return verdict.decide(gate, "response", gate.checker:response(state.operation, response))
end

-- Until the check has come to its end, there is none.
local function judge_response(gate, state, status, headers, body)
  state.status = status
  local answer_status, answer_body = check_response(gate, state, status, headers, body)
  state.done = true
  return answer_status, answer_body
end

--- Checks a response that the caller holds as a whole, to the request that `request` has seen.
-- @param status a number
-- @param headers name -> value or list of values
-- @param body a string, or nil
-- @return nil where it may pass, else HTTP status and body; the body is nil where nothing is documented
function Gate:response(status, headers, body)
  local state = recall(self)
  if awaits(self, state) then
    return judge_response(self, state, status, headers, body or "")
  end
end

-- Fields that speak of a body that another one takes the place of.
local OF_BODY = { "Content-Encoding", "Content-Range", "Content-Language", "ETag", "Last-Modified", "Accept-Ranges" }

-- The status has not gone yet: another response takes the place of this one.
local function replace(state, status, body)
  ngx.status = status
  for _, name in ipairs(OF_BODY) do
    ngx.header[name] = nil
  end
  state.answer = body or ""
  ngx.header["Content-Type"] = body and "application/json" or nil
  ngx.header["Content-Length"] = #state.answer
end

-- Whether this is nginx's own page, since the application broke off or could not be reached. The last of several attempts stands last.
local function is_own_page(status)
  local times = status >= 500 and ngx.var.upstream_header_time
  return times and times:sub(-1) == "-"
end

--- For header_filter_by_lua.
function Gate:header_filter()
  local state = recall(self)
  if not awaits(self, state) or state.headers then
    return
  end
  state.status, state.headers = ngx.status, ngx.resp.get_headers(0, true)
  state.pieces, state.size = {}, 0
  if is_own_page(state.status) then
    state.done = true
    verdict.tell_unchecked(self, "response", state, NO_ANSWER)
  elseif is_known(state.status) then
    local status, body = judge_response(self, state, state.status, state.headers, "")
    if status then
      replace(state, status, body)
    end
  elseif self.options.response == "block" then
    ngx.req.clear_header "Range" -- nginx would cut its ranges out of a body that is held
  end
end

-- Keeps a piece; of a body that is too large only what shows that it is.
local function keep(state, piece, limit)
  if piece and state.size <= limit then
    state.pieces[#state.pieces + 1] = piece
    state.size = state.size + #piece
  end
end

local function cut()
  ngx.arg[1] = nil
  return ngx.ERROR
end

-- With the last piece that is needed. Behind the header filter and before this one nginx makes its own ranges, and another status of them.
local function end_body(gate, state)
  local body = table.concat(state.pieces)
  local status = ngx.status == state.status and state.status or 206
  state.pieces = nil
  state.cut = judge_response(gate, state, status, state.headers, body) ~= nil
  if state.cut then
    return cut()
  elseif gate.options.response == "block" then
    ngx.arg[1] = body
  end
end

--- For body_filter_by_lua, which returns what this returns. In `log` it changes nothing. In `block` the response waits for its last byte,
-- or until it is larger than `max_body`; a broken one is cut off.
-- @return ngx.ERROR where nginx is to give up the response, else nil
function Gate:body_filter()
  local state = recall(self)
  if state and state.answer then
    ngx.arg[1] = ngx.arg[2] and state.answer or nil
    return nil
  elseif state and state.cut then
    return cut()
  elseif not awaits(self, state) or not state.headers then
    return nil
  end
  local last, limit = ngx.arg[2], self.options.max_body
  keep(state, ngx.arg[1], limit)
  if last or state.size > limit then
    return end_body(self, state)
  elseif self.options.response == "block" then
    ngx.arg[1] = nil
  end
end

local function tell_cut_short(gate, state)
  state.done = true
  verdict.tell_unchecked(gate, "response", state, CUT_SHORT, gate.options.response == "block")
end

-- A request that never came to `request`: refused by nginx or by another module.
local function tell_early(gate)
  local state = {}
  local why
  if gate.options.request == "off" then
    return
  end
  state.operation, why = find_operation(gate)
  if state.operation then
    verdict.tell_unchecked(gate, "request", state, EARLY)
  else
    verdict.decide_unknown(gate, "request", state, why)
  end
end

--- For log_by_lua: tells of what has no verdict at the end of the request.
function Gate:log()
  local state = recall(self)
  if ngx.is_subrequest then
    return
  elseif not state then
    tell_early(self)
  elseif not state.judged then
    verdict.tell_unchecked(self, "request", state, state.read and FAILED or INCOMPLETE)
  elseif awaits(self, state) and state.headers then
    tell_cut_short(self, state)
  elseif awaits(self, state) then
    verdict.tell_unchecked(self, "response", state, UNSEEN)
  end
end

-- Fields that speak of one connection, or that nginx sets itself.
local HOP = { ["connection"] = true, ["keep-alive"] = true, ["transfer-encoding"] = true, ["content-length"] = true, ["date"] = true }

-- The length of a body that is not there is that of the application; a 204 has none.
local function length_of(found)
  if names_body(found.status) then
    return found.header["Content-Length"]
  end
  return found.status ~= 204 and #found.body or nil
end

local function pass_on(found)
  ngx.status = found.status
  for name, value in pairs(found.header) do
    if not HOP[name:lower()] then
      ngx.header[name] = value
    end
  end
  ngx.header["Content-Length"] = length_of(found)
  ngx.print(found.body)
end

--- For content_by_lua: passes the request on to another location, and its response to the client, or the documented error in its place.
-- @param location an internal one, with proxy_pass to $request_uri of the upstream
function Gate:proxy(location)
  local method = ngx["HTTP_" .. ngx.req.get_method()]
  if not method then
    return answer(501) -- the Lua module knows no other methods, and would make it GET
  end
  ngx.req.read_body()
  local found = ngx.location.capture(location, { method = method, always_forward_body = true })
  if found.truncated and not names_body(found.status) then
    local state = recall(self)
    if awaits(self, state) then
      tell_cut_short(self, state)
    end
    return answer(502)
  end
  local status, body = self:response(found.status, found.header, found.body)
  if status then
    return answer(status, body)
  end
  pass_on(found)
end

-- ---- setting up

local OPTIONS = {}
for name in ("paths provider defines builtin request response operation unknown_route unchecked max_body checker tell"):gmatch "%S+" do
  OPTIONS[name] = true
end

-- A misspelt option must not leave a gate open.
local function expect_known(options)
  for name in pairs(options) do
    if not OPTIONS[name] then
      error(tostring(name) .. ": no such option", 3)
    end
  end
end

local function choice(options, name, allowed, default)
  local value = options[name]
  if value == nil then
    value = default
  elseif not allowed[value] then
    error(name .. ": no such choice", 3)
  end
  return value
end

local function checker_settings(options, max_body)
  local settings, limits = {}, {}
  for name, value in pairs(options or {}) do
    settings[name] = value
  end
  for name, value in pairs(settings.limits or {}) do
    limits[name] = value
  end
  settings.limits, limits.body_size = limits, max_body
  return settings
end

--- Loads rules and makes a gate. An option that it does not know, and a value that is no choice, raise an error.
-- @param options a table; what bodycheck.load takes (paths, provider, defines, builtin) and
--
--  * request, response: "off", "log" (the default) or "block"
--  * operation: the name of the only operation; else each request is routed by method, path and Host
--  * unknown_route: "pass" (the default) requests of no operation silently, "log" them, or "block" them with 404
--  * unchecked: "pass" (the default) what cannot be checked, such as compressed bodies, or "block" it: requests with 415, with 411 or 500
--    where their bodies cannot be read, responses with 502
--  * max_body: bytes of a body, by default 1 MiB; a larger one breaks the rule `limit`
--  * checker: options of rules:checker, such as unknown_response
--  * tell: a function that is told of each verdict, by default in the error log of those that are not valid. It gets a table with
--    direction ("request", "response"), report (that of bodycheck.lua) and blocked (true or false). Where it fails, the error log says so
-- @return a gate; nil, text
function _M.new(options)
  expect_known(options)
  local gate = setmetatable({
    options = {
      request = choice(options, "request", MODES, "log"),
      response = choice(options, "response", MODES, "log"),
      unknown_route = choice(options, "unknown_route", ROUTES, "pass"),
      unchecked = choice(options, "unchecked", POLICIES, "pass"),
      max_body = options.max_body or 1048576,
      tell = options.tell or verdict.tell_warning,
    },
    states = setmetatable({}, { __mode = "v" }),
  }, Gate)
  local why
  gate.rules, why = bodycheck.load(options)
  if gate.rules then
    gate.checker, why = gate.rules:checker(checker_settings(options.checker, gate.options.max_body))
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
