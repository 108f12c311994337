-- SPDX-License-Identifier: MIT
--- From a report to what is told and answered: for resty/bodycheck.lua only.
-- @module resty.bodycheck.verdict

local bodycheck = require "bodycheck"

local _M = {}

-- ---- telling

-- Names of undocumented fields are the sender's: they may not begin a new line in a log.
local function printable(text)
  return (text:gsub("[%c\127]", "?"))
end

local function first_error(report)
  for _, violation in ipairs(report.violations) do
    if violation.severity == "error" then
      return violation
    end
  end
end

-- One line for a log: what was found, without a value that was sent.
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

function _M.tell_warning(entry)
  if entry.report.verdict ~= "valid" then
    ngx.log(ngx.WARN, _M.line(entry))
  end
end

-- Whoever is told may fail; the message may not fail with it.
local function tell(gate, direction, report, blocked)
  local fine, why = pcall(gate.options.tell, { direction = direction, report = report, blocked = blocked })
  if not fine then
    ngx.log(ngx.ERR, "bodycheck: telling failed: ", why)
  end
end

-- ---- deciding

-- The report of a message that no checker saw: as of one that a checker could not check.
local function unchecked(direction, state, reason)
  return {
    verdict = "unchecked",
    reason = reason,
    operation = state.operation and state.operation.full_name,
    status = direction == "response" and state.status or 0,
    violations = {},
    errors = 0,
    warnings = 0,
    truncated = false,
  }
end

-- What is answered in the place of a message: nil where it may pass, else HTTP status and body, which may be nil.
local function refusal(gate, direction, report, status)
  local options = gate.options
  if report.verdict == "valid" or options[direction] ~= "block" then
    return nil
  elseif report.verdict == "invalid" then
    local documented, body = gate.checker:answer()
    if documented then
      return documented, body
    end
    return direction == "request" and 400 or 502
  elseif options.unchecked == "block" then
    return direction == "request" and status or 502
  end
end

local function conclude(gate, direction, report, status)
  local body
  status, body = refusal(gate, direction, report, status)
  tell(gate, direction, report, status ~= nil)
  return status, body
end

local function conclude_unknown(gate, direction, report)
  local policy = gate.options.unknown_route
  local blocked = direction == "request" and policy == "block" and gate.options.request == "block"
  if policy ~= "pass" then
    tell(gate, direction, report, blocked)
  end
  return blocked and 404 or nil
end

-- A path that several providers document is known: that nobody said which is meant must not let its messages pass.
local function is_ambiguous(report)
  return report.route:find(bodycheck.AMBIGUOUS, 1, true) == 1
end

local function conclude_unrouted(gate, direction, report)
  if is_ambiguous(report) then
    return conclude(gate, direction, report, 500)
  end
  return conclude_unknown(gate, direction, report)
end

-- What a request is refused with that the checker could not check; 415 where it is encoded.
local function status_of(report)
  return report.reason == bodycheck.NO_TABLE and 400 or 415
end

-- After a check. The report of what is valid is made only for those who asked to be told.
function _M.decide(gate, direction, verdict)
  if verdict == "valid" and gate.options.tell == _M.tell_warning then
    return nil
  end
  local report = gate.checker:report()
  if report.route then
    return conclude_unrouted(gate, direction, report)
  end
  return conclude(gate, direction, report, status_of(report))
end

-- Of a message that is not shown to the checker. `status`: what a request is refused with, where it is not to pass.
function _M.decide_unchecked(gate, direction, state, reason, status)
  return conclude(gate, direction, unchecked(direction, state, reason), status)
end

-- Of a message that no operation is for. `why`: what the route says.
function _M.decide_unknown(gate, direction, state, why)
  local report = unchecked(direction, state, nil)
  report.route = why
  return conclude_unrouted(gate, direction, report)
end

-- Of a message that has passed, or come to its end, whatever the policy.
function _M.tell_unchecked(gate, direction, state, reason, blocked)
  tell(gate, direction, unchecked(direction, state, reason), blocked or false)
end

return _M
