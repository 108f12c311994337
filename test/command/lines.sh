#!/bin/bash
# SPDX-License-Identifier: MIT
#
# check --lines says the same, in the same order, whatever the number of threads, and threads make nobody wait.
#
#   lines.sh COMMAND MEGABYTES SCRATCH
set -euo pipefail

command=$1
megabytes=$2
scratch=$3

rm -rf "$scratch"
mkdir -p "$scratch"
cd "$scratch"

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}

# check [OPTION]... FILE: the exit status is printed, too
check() {
  local status=0
  "$command" check --op apig.UpdateAppV2 --lines "$@" || status=$?
  echo "exit $status"
}

# ---- an input

# Lines of 15 to 1,014 bytes; some invalid, empty, ended by CRLF, or as long as a block, a byte shorter, and much longer. The numbers of
# the invalid ones go to the file invalid.
awk -v bytes="$((megabytes * 1000000))" -v block=262144 '
  function blanks(count) {
    while (length(pad) < count) pad = pad pad
    return substr(pad, 1, count)
  }
  BEGIN {
    pad = " "
    lengths[0] = block; lengths[1] = block - 1; lengths[2] = block - 2; lengths[3] = 300000; lengths[4] = 700000
    for (line = 1; size < bytes; line++) {
      random = (random * 1103515245 + 12345) % 2147483648
      want = 15 + int(random / 65536) % 1000
      if (line % 1000 == 0) want = lengths[line / 1000 % 5]
      valid = line % 7 != 0 && line % 11 != 0
      text = line % 7 == 0 ? "{\"name\":\"no\"" : "{\"name\":\"app\""
      text = text blanks(want - length(text) - 1) "}"
      if (line % 11 == 0) text = ""
      if (line % 13 == 0) text = text "\r"
      if (!valid) print line > "invalid"
      size += length(text) + 1
      printf "%s%s", text, size < bytes ? "\n" : ""
    }
    printf "%d records: %d valid", line - 1, line - 1 - int((line - 1) / 7) - int((line - 1) / 11) + int((line - 1) / 77) > "summary"
  }' >input

# ---- the same for every number of threads

for format in full jsonl; do
  check --jobs 1 --format $format input >expected
  for jobs in 2 3 7; do
    check --jobs $jobs --format $format input >actual
    cmp expected actual || fail "--jobs $jobs reports something else than --jobs 1 in format $format"
  done
  check --jobs 1 --format $format - <input | cmp - <(sed 's/^input:/-:/; s/"input":"input"/"input":"-"/' expected) ||
    fail "standard input is reported in another way than a file"
  check --jobs 3 --format $format - <input >expected
  cat input | check --jobs 3 --format $format - | cmp expected - || fail "a pipe is reported in another way than a file"
done

# ---- and it is right

check --format concise input | sed -n 's/^input:\([0-9]*\): invalid.*/\1/p' | cmp - invalid || fail "other lines are invalid than should be"
check input | tail -n 2 | grep -qF "$(cat summary), $(wc -l <invalid) invalid, 0 unchecked" || fail "the summary has other counts"
[ "$(check --quiet input)" = "exit 1" ] || fail "--quiet says something else"
ln -f input again
check --format json input /dev/null again | sed '$d' | grep -c '^{"version":1,' | cmp - <(awk '{ print 2 * $1 }' summary) ||
  fail "an array of two inputs has another number of reports"

# ---- a pipe that waits

# Threads have been started by the time that the producer becomes slow: it still gets each report before it sends the next line.
mkfifo in out
timeout 60 "$command" check --op apig.UpdateAppV2 --lines --jobs 3 --format jsonl - <in >out 2>errors &
checker=$!
exec 3>in 4<out
head -c 600000 input | sed '$d' >begin
cat begin >&3 &
count=$(wc -l <begin)
for ((i = 0; i < count; i++)); do
  read -r line <&4 || fail "a report is missing"
done
for i in 1 2 3; do
  printf '{"name":"app_%d"}\n' $i >&3
  read -r line <&4 || fail "the report of a slow line does not come"
  [[ $line == *'"record":'$((count + i))',"operation"'*'"verdict":"valid"'* ]] || fail "a slow line is reported as $line"
done

# Nobody reads the reports any more: it does not wait for lines that could not be told of.
exec 4<&-
printf '{"name":"app_4"}\n' >&3
status=0
wait $checker || status=$?
exec 3>&-
[ "$status" = 2 ] || fail "the exit status is $status where nobody reads the reports"
[ "$(cat errors)" = "bodycheck: standard output: Broken pipe" ] || fail "where nobody reads the reports it says: $(cat errors)"

echo "lines are checked the same by any number of threads"
