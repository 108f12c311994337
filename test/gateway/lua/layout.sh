#!/bin/bash
# SPDX-License-Identifier: MIT
#
# What the Lua binding declares is what the public headers have: a C compiler says so. What is changed on purpose, in the declarations or in
# the headers, it refuses.
#
#   layout.sh LUAJIT SOURCE LIBRARY_FOLDER SCRATCH        CC may name the compiler
set -euo pipefail

luajit=$1
source=$2
scratch=$4
cc=${CC:-cc}
export LD_LIBRARY_PATH=$3 LUA_PATH="$source/lib/gateway/lua/?.lua;;"

mkdir -p "$scratch"

# compile NAME INCLUDES [WRONG]
compile() {
  "$luajit" "$source/test/gateway/lua/layout.lua" ${3:+"$3"} >"$scratch/$1.c"
  $cc -std=c11 -Wall -Wextra -Werror -fsyntax-only -I"$2" "$scratch/$1.c"
}

# refused WHAT REASON INCLUDES [WRONG]
refused() {
  if compile wrong "$3" ${4:+"$4"} 2>"$scratch/log"; then
    echo "not found: $1" >&2
    exit 1
  fi
  grep -qE "$2" "$scratch/log" || {
    cat "$scratch/log" >&2
    exit 1
  }
}

compile layout "$source/include"
for wrong in bdc_report.error bdc_settings.kernel bdc_diagnostics.report BDC_RULE_MEDIA_TYPE BDC_ERR_NO_HOST function; do
  refused "a wrong $wrong" 'static assertion failed|static_assert failed|conflicting types' "$source/include" $wrong
done

# changed WHAT REASON SED: the headers, with one change
changed() {
  rm -rf "$scratch/include"
  cp -r "$source/include" "$scratch/include"
  sed -i "$3" "$scratch/include/bodycheck/bodycheck.h"
  if cmp -s "$source/include/bodycheck/bodycheck.h" "$scratch/include/bodycheck/bodycheck.h"; then
    echo "nothing is changed: $1" >&2
    exit 1
  fi
  refused "$1" "$2" "$scratch/include"
}

changed "a member in padding" 'missing.*initializer|missing field' 's/^  bool first_only; .*/&\n  bool second;/'
changed "a member at the end" 'static assertion failed|static_assert failed' 's/^  size_t value_size; .*/&\n  size_t more;/'
changed "another type of the same size" 'static assertion failed|static_assert failed' 's/^  uint32_t line;/  int32_t line;/'
changed "a member that is gone" 'no member named' '/^  bool truncated; .*/d'
changed "members in another order" 'static assertion failed|static_assert failed' '/^  size_t error_count; /{h;d};/^  size_t warning_count;/G'
changed "a new value" 'not handled in switch' 's/^  BDC_REASON_CONTENT_ENCODING = 3.*/  BDC_REASON_CONTENT_ENCODING = 3, BDC_REASON_NEW = 4/'
changed "another number" 'static assertion failed|static_assert failed' 's/^  BDC_REASON_NO_TABLE = 2,/  BDC_REASON_NO_TABLE = 5,/'
changed "another parameter" 'conflicting types' 's/\(bdc_check_feed(bdc_checker \*checker, const void \*piece, \)size_t size/\1int size/'
echo "the declarations are those of the headers"
