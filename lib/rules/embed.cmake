# SPDX-License-Identifier: MIT
#
# Writes texts into a C source, byte for byte: no compiler for the build machine is needed, so cross builds work.
#
#   cmake -DROOT=folder -DOUTPUT=builtin.c "-DNAMES=rules/a/b.rules;..." -P embed.cmake
#
# NAMES are relative to ROOT and become the names of the texts. HEADER, ARRAY and COUNT may name another header than that of the built-in
# rules, and what it declares.
cmake_minimum_required(VERSION 3.22)

if(NOT HEADER)
  set(HEADER rules/builtin.h)
  set(ARRAY bdc__builtin_texts)
  set(COUNT bdc__builtin_count)
endif()

set(arrays "")
set(texts "")
set(index 0)
foreach(name IN LISTS NAMES)
  # Only hexadecimal digits are ever handled as text, so that no byte can mean anything to CMake.
  file(READ "${ROOT}/${name}" digits HEX)
  string(LENGTH "${digits}" size)
  math(EXPR size "${size} / 2")
  string(LENGTH "${name}" name_size)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${digits}")
  string(REPEAT "." 160 line) # 32 bytes of 5 characters
  string(REGEX REPLACE "(${line})" "\\1\n  " bytes "${bytes}")
  string(APPEND arrays "/* ${name} */\nstatic const unsigned char text_${index}[] = {\n  ${bytes}0x00,\n};\n\n")
  string(APPEND texts "  { { \"${name}\", ${name_size} }, { (const char *)text_${index}, ${size} } },\n")
  math(EXPR index "${index} + 1")
endforeach()

file(
  WRITE "${OUTPUT}"
  "/* Made by lib/rules/embed.cmake; do not edit. */\n"
  "#include \"${HEADER}\"\n\n"
  "${arrays}"
  "const bdc_rule_text ${ARRAY}[] = {\n${texts}};\n"
  "const size_t ${COUNT} = ${index};\n")
