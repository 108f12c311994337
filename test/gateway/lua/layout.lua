-- SPDX-License-Identifier: MIT
-- Writes a C program that compiles, with -Wextra -Werror, only where cdef.lua declares what the public headers do. Behind the headers stand
-- its functions again; of each enumeration all members, with their values; and of each structure all members in their order, with the types
-- that cdef.lua gives them and the sizes and offsets that LuaJIT has. The argument "wrong" changes one of them, which must not compile.
local ffi = require "ffi"
local library = require "bodycheck.cdef"

local declarations = library.declarations
local wrong = arg[1]
local lines = {}
local checks = 0

local function write(text, ...)
  lines[#lines + 1] = text:format(...)
end

local function check(left, value)
  checks = checks + 1
  write('static_assert(%s == %s, "%s");', left, tostring(value), left)
end

local function check_member(name, field)
  local offset = assert(ffi.offsetof(name, field), name .. "." .. field)
  check(("offsetof(%s, %s)"):format(name, field), offset + (wrong == name .. "." .. field and 1 or 0))
  check(("__builtin_types_compatible_p(__typeof__(((%s *)0)->%s), __typeof__(((lua_%s *)0)->%s))"):format(name, field, name, field), 1)
end

-- A member that cdef.lua does not have is one without a value, also where it lies in what was padding.
local function check_struct(name, members)
  local fields, values = {}, {}
  for member in members:gmatch "([^;]+);" do
    fields[#fields + 1] = member:match "%(%*(%w+)%)" or member:match "([%w_]+)%s*$"
  end
  write("typedef struct lua_%s %s lua_%s;", name, members, name)
  check(("sizeof(%s)"):format(name), ffi.sizeof(name))
  for i, field in ipairs(fields) do
    check_member(name, field)
    values[i] = "p->" .. field
  end
  write("%s copy_%s(const %s *p);\n%s copy_%s(const %s *p) { %s copy = { %s }; return copy; }", name, name, name, name, name, name, name,
    table.concat(values, ", "))
end

-- A value that cdef.lua does not have is one that the switch does not have.
local function check_enum(name, members)
  write("int find_%s(%s value);\nint find_%s(%s value) { switch (value) {", name, name, name, name)
  for value in members:gmatch "BDC_[%u_]+" do
    write("case %s:", value)
  end
  write("return 1; } return 0; }")
  for value in members:gmatch "BDC_[%u_]+" do
    check(value, tonumber(library.lib[value]) + (wrong == value and 1 or 0))
  end
end

local rest = declarations
  :gsub("typedef struct [%w_]+ (%b{}) ([%w_]+);", function(members, name)
    check_struct(name, members)
    return ""
  end)
  :gsub("typedef enum [%w_]+ (%b{}) ([%w_]+);", function(members, name)
    check_enum(name, members)
    return ""
  end)
if wrong == "function" then
  rest = rest:gsub("size_t size, size_t %*needed", "size_t size, int *needed")
end

assert(checks > 200, "too little was found in the declarations")
print "#include <assert.h>\n#include <bodycheck/table.h>"
print(rest)
print(table.concat(lines, "\n"))
