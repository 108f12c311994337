#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Messages of every table of every operation are written in each format, and checked again: a folder passes, .http messages have as many
# verdicts of each kind as were written, and together they exercise every side of every row, but for those that are told to be left out.
#
#   generate.sh COMMAND SCRATCH
set -euo pipefail
command=$1
scratch=$2
export LC_ALL=C

rm -rf "$scratch"
mkdir -p "$scratch"
failed=0

fail() {
  printf 'FAILED: %s\n' "$*"
  failed=1
}

# statuses OPERATION: the first of those that share a table, for each table of responses
statuses() {
  "$command" explain "$1" | sed -n 's/^response \([0-9]*\).*/\1/p'
}

# verdicts OF-HTTP-OR-JSONL: how many are valid, and how many invalid
written() {
  printf '%s valid, %s invalid' "$(grep -c '"verdict":"valid"' "$1" || true)" "$(grep -c '"verdict":"invalid"' "$1" || true)"
}

files=0
for operation in $("$command" list --format names); do
  for status in 0 $(statuses "$operation"); do
    name=$operation-$status
    response=()
    [ "$status" = 0 ] || response=(--response "$status")
    "$command" generate "$operation" "${response[@]}" --format files --output "$scratch/$name" 2>"$scratch/$name.omitted" || fail "$name: files"
    "$command" generate "$operation" "${response[@]}" >"$scratch/$name.cases" 2>/dev/null || fail "$name: jsonl"
    files=$((files + $(ls "$scratch/$name" | wc -l)))
    # The same cases, whatever they are written as.
    [ "$(ls "$scratch/$name" | wc -l)" = "$(wc -l <"$scratch/$name.cases")" ] || fail "$name: another number of files than of lines"
    expected=$(written "$scratch/$name.cases")
    said=$("$command" check "$scratch/$name") || fail "$name: the folder does not pass: $said"
    [[ $said == *" files: $expected, 0 unchecked"*" 0 errors"* ]] || fail "$name: $expected, but: $said"
    # Not all bytes can stand in a .http file.
    "$command" generate "$operation" "${response[@]}" --format http --output "$scratch/$name.http" 2>>"$scratch/$name.omitted" || fail "$name: http"
    valid=$(grep -c '^### .*; valid$' "$scratch/$name.http")
    invalid=$(($(grep -c '^### ' "$scratch/$name.http") - valid))
    said=$("$command" check --format jsonl "$scratch/$name.http" | grep -v '"direction":"request"' || true)
    [ "$status" != 0 ] || said=$("$command" check --format jsonl "$scratch/$name.http" || true)
    [ "$(grep -c '"verdict":"valid"' <<<"$said")" = "$valid" ] || fail "$name.http: not $valid are valid"
    [ "$(grep -c '"verdict":"invalid"' <<<"$said")" = "$invalid" ] || fail "$name.http: not $invalid are invalid"
  done
done
[ "$files" -gt 10000 ] || fail "only $files files"

# Of each side that was never exercised, its field and rule are among what is left out: no value is on this side and breaks nothing else.
"$command" check --quiet --coverage-file "$scratch/coverage.txt" "$scratch" >/dev/null || true
cat "$scratch"/*.omitted | sed 's/^bodycheck: generate: left out: //' | sort -u >"$scratch/omitted.txt"
awk '
  function told(field, rule,    line) {
    for (line in lines) if (index(line, field ": " rule ",") == 1 || index(line, "header " field ": " rule ",") == 1) return 1
    return 0
  }
  NR == FNR { lines[$0]; next }
  / never: / && $1 != "statuses" {
    field = $2
    sides = $0
    sub(/.* never: /, "", sides)
    count = split(sides, side, /, /)
    for (i = 1; i <= count; i++) {
      rule = side[i] ~ /^items/ ? "items" : side[i] ~ /^length above/ ? "length.max" : "length.min"
      if (side[i] ~ /^length [0-9]+$/ && !told(field, rule)) rule = "length.max"
      missing++
      if (!told(field, rule)) { print "never exercised, and not left out: " field ": " side[i]; bad = 1 }
    }
  }
  /^rule coverage: / { split($0, words, /[ :]+/); met = words[3]; all = words[5]; print }
  END { if (all == 0 || all - met != missing) { print "the page tells of " missing " of " all - met " sides"; bad = 1 } exit bad }
' "$scratch/omitted.txt" "$scratch/coverage.txt" || failed=1

# What is documented as the same for a seed is.
"$command" generate workspace.UpdateApp --seed 3 --count 5000 >"$scratch/a"
"$command" generate workspace.UpdateApp --seed 3 --count 5000 >"$scratch/b"
"$command" generate workspace.UpdateApp --seed 4 --count 5000 >"$scratch/c"
[ "$(wc -l <"$scratch/a")" = 5000 ] || fail "--count 5000 did not make 5000"
cmp -s "$scratch/a" "$scratch/b" || fail "one seed made two lists"
cmp -s "$scratch/a" "$scratch/c" && fail "two seeds made one list"
exit $failed
