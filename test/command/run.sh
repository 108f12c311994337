#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the command and compares what it prints with what it must print.
#
#   test/command/run.sh PATH-OF-BODYCHECK [CASE...]             all cases, or those named
#   UPDATE=1 test/command/run.sh PATH-OF-BODYCHECK [CASE...]    rewrites what they must print; review the diff
#
# A case is a file cases/NAME.case: comments that say what it pins, a shell script that calls `bodycheck`, and, after the line
# "--- stdout", the standard output, "--- stderr", the standard error, and "--- exit N". The script is run in data/, which is also $DATA;
# $TMP is an empty folder.

set -u
here=$(cd "$(dirname "$0")" && pwd)
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1") || exit 2
shift
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" && ln -s "$program" "$work/bin/bodycheck" || exit 2
PATH=$work/bin:$PATH
LC_ALL=C TERM=xterm
export PATH LC_ALL TERM
unset NO_COLOR FORCE_COLOR

# The output $1 as the section $2. An output that does not end its last line gets a mark.
section() {
  echo "--- $2"
  cat "$1"
  if [ -s "$1" ] && [ "$(tail -c 1 "$1" | od -An -tx1 | tr -d ' ')" != 0a ]; then
    printf '\n\\ no newline at the end\n'
  fi
}

# Runs the case file $1; its text with what it really printed goes to standard output.
run() {
  TMP=$work/tmp
  DATA=$here/data
  export TMP DATA
  rm -rf "$TMP" && mkdir "$TMP"
  sed '/^--- stdout$/,$d' "$1" > "$work/script"
  (cd "$here/data" && sh "$work/script" > "$work/stdout" 2> "$work/stderr" < /dev/null)
  status=$?
  cat "$work/script"
  section "$work/stdout" stdout
  section "$work/stderr" stderr
  echo "--- exit $status"
}

[ $# -gt 0 ] || set -- $(cd "$here/cases" && ls | sed -n 's/\.case$//p')
failed=0
for name in "$@"; do
  case_file=$here/cases/$name.case
  run "$case_file" > "$work/actual"
  if cmp -s "$case_file" "$work/actual"; then
    continue
  elif [ "${UPDATE:-}" = 1 ]; then
    cp "$work/actual" "$case_file" && echo "updated $name"
  else
    failed=$((failed + 1))
    echo "FAILED $name; where the new output is right: UPDATE=1 $0 PATH-OF-BODYCHECK $name"
    diff -u "$case_file" "$work/actual"
  fi
done
echo "$# cases, $failed failed"
[ "$failed" -eq 0 ]
