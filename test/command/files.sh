#!/bin/bash
# SPDX-License-Identifier: MIT
#
# check says the same of many files, in the same order, whatever the number of threads, and stops where nobody reads what it says.
#
#   files.sh COMMAND COUNT SCRATCH
set -euo pipefail

command=$1
count=$2
scratch=$3

rm -rf "$scratch"
mkdir -p "$scratch/fixtures"
cd "$scratch"

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}

# check OUTPUT [OPTION]...: all that it says, with the exit status
check() {
  local output=$1 status=0
  shift
  "$command" check "$@" fixtures >"$output" 2>"$output.errors" || status=$?
  echo "exit $status" >>"$output"
}

# ---- fixtures: most of them valid; bodies, lines, messages, links that lead nowhere; some expected to be broken

awk -v count="$count" 'BEGIN {
  for (i = 0; i < count; i++) {
    folder = "fixtures/" int(i / 40)
    if (i % 40 == 0) system("mkdir " folder)
    if (i % 97 == 13) system("ln -s nowhere " folder "/" i ".json")
    else if (i % 53 == 7) printf "PUT /v2/p/apigw/instances/i/apps/a\nX-Auth-Token: t\n\n{\"name\": \"a\"}\n" > folder "/" i ".http"
    else if (i % 41 == 5) printf "{\"name\": \"line_%d\"}\n{\"name\": \"a\"}\n", i > folder "/" i ".jsonl"
    else printf "{\"name\": \"%s\", \"remark\": \"%d\"}\n", i % 11 == 3 ? "ab" : "fixture", i > folder "/" i ".json"
    close(folder "/" i ".http"); close(folder "/" i ".jsonl"); close(folder "/" i ".json")
  }
}'
cat >fixtures/.bodycheck <<'END'
*.json   UpdateAppV2  request
*.jsonl  UpdateAppV2  request
1*.json  UpdateAppV2  request  expect APIG.2005
*.json   silence  /remark  *  "never"
END

for format in full json; do
  for jobs in 1 2 3 8; do
    check "$format.$jobs" --format "$format" --jobs "$jobs"
    cmp "$format.1" "$format.$jobs" || fail "$format with $jobs threads"
    cmp "$format.1.errors" "$format.$jobs.errors" || fail "$format with $jobs threads, on standard error"
  done
done
check quiet --quiet --jobs 8
check coverage.1 --quiet --coverage --jobs 1
check coverage.8 --quiet --coverage --jobs 8
cmp coverage.1 coverage.8 || fail "--coverage with 8 threads"

# ---- what they say is what was made

messages=$(grep -c '"verdict"' json.1)
broken=$(find fixtures -name '*.json' -type f -exec grep -l '"ab"' {} + | wc -l)
invalid=$(grep -c '"verdict":"invalid"' json.1)
http=$(find fixtures -name '*.http' | wc -l)
lines=$(find fixtures -name '*.jsonl' | wc -l)
links=$(find fixtures -type l | wc -l)
[ "$invalid" -eq $((broken + http + lines)) ] || fail "$invalid invalid messages, and not $broken + $http + $lines"
[ "$(wc -l <full.1.errors)" -eq "$links" ] || fail "not all of $links links were told"
grep -q 'exit 2' quiet || fail "links that lead nowhere are no error"
[ "$messages" -gt "$count" ] || fail "only $messages results"

# ---- nobody reads any more

status=0
"$command" check --format json --jobs 8 fixtures 2>/dev/null | head -c 1000 >/dev/null || status=$?
[ "$status" -eq 2 ] || fail "a closed pipe is exit status $status"
echo "$messages results, $invalid invalid, in the same order with 1, 2, 3 and 8 threads"
