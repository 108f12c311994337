#!/bin/bash
# SPDX-License-Identifier: MIT
#
# What the Lua binding declares is what the public headers have: a C compiler says so. What is changed on purpose, it refuses.
#
#   layout.sh LUAJIT SOURCE LIBRARY_FOLDER SCRATCH        CC may name the compiler
set -euo pipefail

luajit=$1
source=$2
scratch=$4
cc=${CC:-cc}
export LD_LIBRARY_PATH=$3 LUA_PATH="$source/lib/gateway/lua/?.lua;;"

mkdir -p "$scratch"

# compile NAME [WRONG]
compile() {
  "$luajit" "$source/test/gateway/lua/layout.lua" ${2:+"$2"} >"$scratch/$1.c"
  $cc -std=c11 -Wall -Werror -fsyntax-only -I"$source/include" "$scratch/$1.c"
}

compile layout
for wrong in bdc_report.error bdc_settings.kernel bdc_diagnostics.report BDC_RULE_MEDIA_TYPE BDC_ERR_NO_HOST function; do
  if compile wrong $wrong 2>"$scratch/log"; then
    echo "a wrong $wrong is not found" >&2
    exit 1
  fi
  grep -qE 'static assertion failed|static_assert failed|conflicting types' "$scratch/log" || {
    cat "$scratch/log" >&2
    exit 1
  }
done
echo "the declarations are those of the headers"
