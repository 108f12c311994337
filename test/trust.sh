#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Each statement of fuzz/TRUST.md names tests, fuzz targets and programs that are analysed, which hold it to be true; this looks for all of
# them. Arguments: ctest, the folder of the build.
set -euo pipefail
ctest=$1
build=$2
page=fuzz/TRUST.md

fail() {
  echo "$page: $*" >&2
  exit 1
}

tests=$("$ctest" --test-dir "$build" --show-only | sed -n 's/^ *Test *#[0-9]*: //p')

# A statement a line, from its dash to the next empty line or dash.
statements=$(awk '/^- / { if (text) print text; text = $0; next } /^ / && text { text = text $0; next } { if (text) print text; text = "" } END { if (text) print text }' "$page")
[ "$(wc -l <<<"$statements")" -ge 25 ] || fail "statements are missing"

count=0
while read -r statement; do
  [[ $statement =~ :\ +\`[a-z] && $statement == *\`. ]] || fail "nothing holds this to be true: $statement"
  while read -r name; do
    test=${name%%/*}
    if [[ $test == analysis.* ]]; then
      grep -q "^${test#analysis.} " .ci/eva || fail "there is no program $test"
    else
      grep -qx -- "$test" <<<"$tests" || fail "there is no test $test"
    fi
    if [[ $name == */* ]]; then
      grep -q "cmocka_unit_test[a-z_]*(${name#*/}[,)]" "test/${test%%.*}/test_${test#*.}.c" || fail "$test has no case ${name#*/}"
    fi
    count=$((count + 1))
  done < <(sed 's/.*: *`/`/' <<<"$statement" | grep -o '`[^`]*`' | tr -d '`')
done <<<"$statements"
echo "$count names found"
