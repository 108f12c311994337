-- SPDX-License-Identifier: MIT
-- Writes a C program that compiles only where cdef.lua declares what the public headers do: its functions again, behind the headers,
-- and the sizes, offsets and values that LuaJIT has of each type. The argument "wrong" changes one of them, which must not compile.
local ffi = require "ffi"
local library = require "bodycheck.cdef"

local declarations = library.declarations
local wrong = arg[1]
local checks = {}

local function check(left, value)
  checks[#checks + 1] = ("static_assert(%s == %s, \"%s\");"):format(left, tostring(value), left)
end

local function check_struct(name, members)
  check(("sizeof(%s)"):format(name), ffi.sizeof(name))
  for member in members:gmatch "([^;]+);" do
    local field = member:match "%(%*(%w+)%)" or member:match "([%w_]+)%s*$"
    local offset, size = ffi.offsetof(name, field)
    assert(offset, name .. "." .. field)
    check(("offsetof(%s, %s)"):format(name, field), offset + (wrong == name .. "." .. field and 1 or 0))
    local type_name = member:match "^%s*([%w_]+)%s+[%w_]+%s*$"
    check(("sizeof(((%s *)0)->%s)"):format(name, field), type_name and ffi.sizeof(type_name) or ffi.sizeof "void *")
  end
end

local function check_enum(members)
  local count = 0
  for name in members:gmatch "BDC_[%u_]+" do
    check(name, tonumber(library.lib[name]) + (wrong == name and 1 or 0))
    count = count + 1
  end
  return count
end

local rest = declarations
  :gsub("typedef struct [%w_]+ (%b{}) ([%w_]+);", function(members, name)
    check_struct(name, members:sub(2, -2))
    return ""
  end)
  :gsub("typedef enum [%w_]+ (%b{}) ([%w_]+);", function(members, name)
    local count = check_enum(members)
    if name == "bdc_rule" then
      check("BDC_RULE_COUNT", count)
    end
    return ""
  end)
if wrong == "function" then
  rest = rest:gsub("size_t size, size_t %*needed", "size_t size, int *needed")
end

assert(#checks > 100, "too little was found in the declarations")
print "#include <assert.h>\n#include <bodycheck/table.h>"
print(rest)
print(table.concat(checks, "\n"))
