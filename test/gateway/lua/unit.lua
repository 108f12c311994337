-- SPDX-License-Identifier: MIT
-- The Lua binding, by itself. Argument: the folder test/data.
local bodycheck = require "bodycheck"
local data = arg[1]
local failed, passed = 0, 0

local function same(what, found, expected)
  if found == expected then
    passed = passed + 1
  else
    failed = failed + 1
    print(("FAILED %s: found %s, expected %s"):format(what, tostring(found), tostring(expected)))
  end
end

local function raises(what, pattern, call, ...)
  local fine, text = pcall(call, ...)
  same(what .. " raises", fine, false)
  same(what .. " says why", tostring(text):find(pattern) ~= nil, true)
  return tostring(text)
end

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read "*a"
  file:close()
  return text
end

local rules = assert(bodycheck.load { provider = "huaweicloud" })
local checker = assert(rules:checker { kernel = "none" })
local update = assert(rules:operation "UpdateAppV2")
local TARGET = "/v2/p/apigw/instances/i/apps/a"
local BAD, GOOD = '{"name": "ab", "remark": 7}', '{"name": "abc"}'

-- Every sample, in one piece and in pieces of one byte, has the one violation that is expected of it.
local function samples(list, verdict, severity)
  for line in io.lines(data .. "/broken/" .. list) do
    local path, code, rule, pointer = line:match "^([^\t]+)\t([^\t]*)\t([^\t]*)\t([^\t]*)$"
    local operation = assert(rules:operation(path:match "^[^/]+"))
    local status = tonumber(path:match "response%-(%d+)") or 0
    local body = read(data .. "/broken/" .. path)
    local function expected(way, found)
      local report = checker:report()
      local http_status, answer = checker:answer()
      same(path .. " " .. way, found, verdict)
      same(path .. " verdict of the report", report.verdict, verdict)
      same(path .. " operation", report.operation, operation.full_name)
      same(path .. " status", report.status, status)
      same(path .. " " .. severity .. "s", report[severity .. "s"], 1)
      local rules_found = {}
      for _, violation in ipairs(report.violations) do
        if violation.severity == severity then
          rules_found[#rules_found + 1] = violation.rule .. " " .. violation.pointer
        end
      end
      same(path .. " violation", table.concat(rules_found, ","), rule .. " " .. pointer)
      same(path .. " code", report.error and report.error.code or "-", code)
      same(path .. " status of the error", http_status, report.error and report.error.status or nil)
      same(path .. " answer", code == "-" or answer:find('"' .. code .. '"', 1, true) ~= nil, true)
    end
    expected("whole", checker:body(operation, status, body))
    same("begin", checker:begin(operation, status), true)
    for i = 1, #body do
      checker:feed(body:sub(i, i))
    end
    expected("in pieces", checker:finish())
  end
end
samples("expect.txt", "invalid", "error")
samples("expect-warn.txt", "valid", "warning")

-- A report, to its last member.
same("a bad body", checker:body(update, 0, BAD), "invalid")
local report = checker:report()
same("violations", #report.violations, 2)
local first = report.violations[1]
same("message", first.message, "must have 3 to 64 characters; has 2")
same("place", first.place .. first.line .. ":" .. first.column .. "@" .. first.offset, "body1:10@9")
same("field", first.field .. first.pointer, "name/name")
same("reason", report.reason, nil)
same("route", report.route, nil)
same("truncated", report.truncated, false)
same("unread", report.unread, false)
same("message of the error", report.error.message, "The parameter is too short,parameterName:name. Please refer to the support documentation")
same("status of the error", report.error.status, 400)
same("operation of the last message", checker:operation(), update)
same("kernel", checker:kernel(), "none")
same("a good body", checker:body(update, 0, GOOD), "valid")
local nothing, why, status = checker:answer()
same("no answer", nothing, nil)
same("why no answer", why ~= nil and status, bodycheck.ERR_NO_ERROR)

-- Whole messages, with header fields in both forms.
local function request(headers, body, more)
  local message = { method = "PUT", target = TARGET, headers = headers, body = body }
  for name, value in pairs(more or {}) do
    message[name] = value
  end
  return message
end
same("a request", checker:request(request({ ["x-auth-token"] = "t" }, GOOD)), "valid")
same("a list of fields", checker:request(request({ { "X-Auth-Token", "t" } }, GOOD)), "valid")
same("a field is missing", checker:request(request(nil, GOOD)), "invalid")
same("its answer", checker:answer(), 401)
same("a number", checker:request(request({ ["X-Auth-Token"] = 123456.5 }, GOOD)), "valid")
same("a field twice", checker:request(request({ ["X-Auth-Token"] = { "t", "u" } }, GOOD)), "invalid")
same("its rule", checker:report().violations[1].rule, "duplicate")
local many = {}
for i = 1, 100 do
  many["X-Field-" .. i] = "v"
end
many["Content-Encoding"] = "gzip"
same("many fields", checker:request(request(many, "\31\139")), "invalid")
many["X-Auth-Token"] = "t"
same("an encoded body", checker:request(request(many, "\31\139")), "unchecked")
same("why unchecked", checker:report().reason ~= nil, true)
same("no route", checker:request { method = "PUT", target = "/secret", body = GOOD }, "unchecked")
same("why no route", checker:report().route ~= nil and checker:operation(), nil)
same("an operation by name", checker:request(request({ ["X-Auth-Token"] = "t" }, GOOD, { operation = update })), "valid")
same("a provider", checker:request(request({ ["X-Auth-Token"] = "t" }, GOOD, { provider = "otc" })), "valid")
same("operation of the provider", checker:report().operation, "otc.apig.UpdateAppV2")
same("a response", checker:response(update, { status = 200, body = '{"status": 2}' }), "invalid")
same("answer to a response", checker:answer(), 500)
local roma = assert(rules:operation "UpdateRomaApp")
local function roma_request(more)
  return request({ ["X-Auth-Token"] = "t" }, '{"name": ""}', more)
end
same("a request id", checker:request(roma_request { target = "/v2/p/instances/i/apps/a", request_id = "id-" .. 7 }), "invalid")
collectgarbage()
same("in the answer", select(2, checker:answer()):find('"request_id":"id-7"', 1, true) ~= nil, true)
same("an array is nothing else", checker:body(roma, 0, "[]"), "invalid")

-- Pieces of whole messages, from memory of C as well.
same("begin_request", checker:begin_request(request { ["X-Auth-Token"] = "t" }), true)
local memory = require("ffi").new("char[?]", #BAD, BAD)
same("feed", checker:feed(memory, 5), true)
same("feed the rest", checker:feed(memory + 5, #BAD - 5), true)
same("finish", checker:finish(), "invalid")
same("begin_response", checker:begin_response(update, { status = 200 }), true)
same("feed a response", checker:feed '{"status": 1}', true)
same("finish a response", checker:finish(), "valid")
same("begin a request of no operation", select(3, checker:begin_request { method = "PUT", target = "/" }), bodycheck.ERR_NO_PATH)
assert(checker:body(update, 0, GOOD))
same("feed without begin", select(3, checker:feed "x"), bodycheck.ERR_STATE)
same("finish without begin", select(3, checker:finish()), bodycheck.ERR_STATE)

-- Routes and names.
same("route", rules:route("PUT", TARGET), update)
same("route of a provider", rules:route("PUT", TARGET, { provider = "otc" }).full_name, "otc.apig.UpdateAppV2")
same("no path", select(3, rules:route("PUT", "/secret")), bodycheck.ERR_NO_PATH)
same("no value in its text", select(2, rules:route("PUT", "/secret")):find "secret", nil)
same("no method", select(3, rules:route("GET", TARGET)), bodycheck.ERR_NO_METHOD)
same("no operation", select(3, rules:operation "DeleteApp"), bodycheck.ERR_NO_OPERATION)
same("list", #rules:list(), 5)
local both = assert(bodycheck.load())
local ambiguous = { both:operation "UpdateAppV2" }
same("ambiguous", ambiguous[3], bodycheck.ERR_AMBIGUOUS)
same("names both", ambiguous[2]:find("huaweicloud.apig.UpdateAppV2, otc.apig.UpdateAppV2", 1, true) ~= nil, true)
same("ambiguous route", select(3, both:route("PUT", TARGET)), bodycheck.ERR_AMBIGUOUS)

-- Rules that do not load tell all their mistakes.
local scratch = os.tmpname()
local file = assert(io.open(scratch, "w"))
file:write "provider p\nservice s\nnonsense\noperation X\n"
file:close()
local text
nothing, text, status = bodycheck.load { paths = { scratch } }
same("bad rules", nothing, nil)
same("status of bad rules", status, bodycheck.ERR_RULES)
same("where they are bad", text:find(scratch .. ":3:1: ", 1, true) ~= nil and text:find(scratch .. ":4:", 1, true) ~= nil, true)
file = assert(io.open(scratch, "w"))
file:write "provider p\nservice s\nsource s x\nobject o\n  a string mandatory @s\noperation X PUT /x @s\n  request\n    name string mandatory length 2..3 @s\n"
file:close()
local own, own_text = bodycheck.load { paths = { scratch }, builtin = false }
same("own rules", own ~= nil or own_text, true)
if own then
  same("only these", #own:list(), 1)
  same("and they check", own:checker():body(own:operation "X", 0, '{"name": "a"}'), "invalid")
end
os.remove(scratch)
same("no such file", select(3, bodycheck.load { paths = { scratch } }), bodycheck.ERR_IO)
same("a define", bodycheck.load({ provider = "otc", defines = { letter = "[a-z]" } }) ~= nil, true)
local defined = bodycheck.load { provider = "otc", defines = { letter = "[a-z]" } }
same("the define holds", defined:checker():body(defined:operation "otc.apig.UpdateAppV2", 0, '{"name": "Abc"}'), "invalid")
same("a bad define", select(3, bodycheck.load { defines = { letter = "[" } }), bodycheck.ERR_RULES)

-- Settings.
local strict = assert(rules:checker { first_only = true, unknown_response = "error", limits = { body_size = 20, depth = 4 } })
same("unknown_response", strict:body(update, 200, '{"x": 1}'), "invalid")
same("first_only", strict:body(update, 0, '{"name":"a","x":1}') == "invalid" and #strict:report().violations, 1)
same("body_size", strict:body(update, 0, GOOD .. "          ") == "invalid" and strict:report().violations[1].rule, "limit")
same("no such kernel", select(3, rules:checker { kernel = "abacus" }), bodycheck.ERR_ARGUMENT)
raises("no such policy", "unknown_request", rules.checker, rules, { unknown_request = "maybe" })
raises("no such limit", "bdc_limits", rules.checker, rules, { limits = { breadth = 1 } })

-- Values of another type are mistakes of the program, and are not shown.
for what, call in pairs {
  body = function() checker:body(update, 0, { "hidden" }) end,
  target = function() checker:request { method = "PUT", target = 12345 } end,
  header = function() checker:request { headers = { hidden = true } } end,
  operation = function() checker:body("12345", 0, "") end,
  name = function() rules:operation(12345) end,
  path = function() bodycheck.load { paths = { 12345 } } end,
  status = function() checker:response(update, { status = "12345" }) end,
} do
  local said = raises(what, what, call)
  same(what .. " is not shown", said:find "12345" or said:find "hidden", nil)
end
raises("operation of another rule set", "not one of this rule set", checker.body, checker, both:operation "otc.apig.UpdateAppV2", 0, GOOD)

-- A gate that is misspelt is none.
local resty = require "resty.bodycheck"
same("a gate", resty.new { provider = "huaweicloud", request = "block", operation = "UpdateAppV2" } ~= nil, true)
raises("no such option", "respones: no such option", resty.new, { respones = "block" })
raises("no such mode", "request: no such choice", resty.new, { request = "blok" })
raises("a mode that is false", "response: no such choice", resty.new, { response = false })
same("a gate of no operation", select(2, resty.new { operation = "DeleteApp" }) ~= nil, true)
local forged = { direction = "request", report = { verdict = "invalid", errors = 2, violations = { { severity = "error", rule = "unknown",
  pointer = "/a\n\27b", field = "", place = "body", message = "is not documented" } } } }
same("a line is one line", resty.line(forged), "bodycheck: request - invalid [unknown] body /a??b: is not documented (and 1 more)")

-- What is still needed stays, and what is not goes, in any order.
for round = 1, 200 do
  local short = assert(bodycheck.load { provider = "otc" })
  local last = assert(short:checker())
  local operation = assert(short:operation "otc.apig.UpdateAppV2")
  short = nil
  collectgarbage()
  same("a checker keeps its rules", last:body(operation, 0, round % 2 == 0 and BAD or GOOD), round % 2 == 0 and "invalid" or "valid")
end
collectgarbage()

-- Many messages, so that the compiler comes in while strings are made and collected.
local function busy()
  local bad = 0
  for i = 1, 20000 do
    local name = ("n"):rep(i % 5 + 1)
    local message = request({ ["X-Auth-Token"] = "t" .. i }, '{"name": "' .. name .. '"}', { target = "/v2/p" .. i .. TARGET:sub(6) })
    bad = bad + (checker:request(message) == "invalid" and 1 or 0)
  end
  return bad
end
same("many messages", busy(), 8000)

print(("%d passed, %d failed"):format(passed, failed))
os.exit(failed == 0 and passed > 1000, true)
