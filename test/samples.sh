#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Checks the documents' own examples, which are valid, and one bad body of each operation, which must get the error that the API
# documents. Shows each command and what it prints; exits 0 where all is as documented.
#
#   test/samples.sh BODYCHECK
set -uo pipefail

case $1 in
  /*) bodycheck=$1 ;;
  *) bodycheck=$PWD/$1 ;;
esac
cd "$(dirname "$0")/data" || exit 2
surprises=0

surprise() {
  printf 'NOT AS DOCUMENTED; expected: %s\n\n' "$1"
  surprises=$((surprises + 1))
}

# run EXIT_STATUS FILE TEXT...: checks a file, whose path says what it is; the output must have each text
run() {
  local expected=$1 file=$2 operation kind=() output status text
  shift 2
  operation=$(basename "$(dirname "$file")")
  if [[ $file =~ response-([0-9]+)\.json$ ]]; then
    kind=(--response "${BASH_REMATCH[1]}")
  fi
  printf '$ bodycheck check --op %s%s %s\n' "$operation" "${kind[*]:+ ${kind[*]}}" "$file"
  output=$("$bodycheck" check --op "$operation" "${kind[@]}" "$file" 2>&1)
  status=$?
  printf '%s\n' "$output"
  printf '(exit status %s)\n\n' $status
  [ $status = "$expected" ] || surprise "exit status $expected"
  for text in "$@"; do
    [[ $output == *"$text"* ]] || surprise "$text"
  done
}

for file in documents/*/*.json; do
  run 0 "$file" "1 valid"
done

# The first bad body of each operation in expect.txt: file, code, rule, pointer.
while IFS=$'\t' read -r file code rule _; do
  run 1 "broken/$file" "[$rule]" "$code"
done < <(awk -F/ '!seen[$1]++' broken/expect.txt)

if [ $surprises != 0 ]; then
  printf '%s surprises\n' $surprises
  exit 1
fi
printf 'All samples are as documented.\n'
