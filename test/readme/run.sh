#!/bin/bash
# SPDX-License-Identifier: MIT
#
# What the README prints is true: its commands print what is printed below them, its C program compiles without a warning and prints
# what is printed below it, its rules stand in the table that it names, and its first two sh blocks are one line each.
#
#   run.sh SOURCE COMMAND STATIC_LIBRARY SCRATCH        CC may name the compiler; UPDATE=1 rewrites what commands and program print
set -euo pipefail

source=$1
command=$2
library=$3
scratch=$4
cc=${CC:-cc}
readme=$source/README.md

rm -rf "$scratch"
mkdir -p "$scratch"
cd "$scratch"

# block LANGUAGE NUMBER [LANGUAGE]: the text of the NUMBERth fenced block of a language, counted from the first one of another
block() {
  awk -v fence="\`\`\`$1" -v wanted="$2" -v after="\`\`\`${3-}" '
    inside && /^```$/ { exit }
    inside { print }
    $0 == after || after == "```" { counts = 1 }
    counts && $0 == fence && ++count == wanted { inside = 1 }
  ' "$readme"
}

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}

# expect WHAT EXPECTED ACTUAL LANGUAGE [LANGUAGE]: the block of a language, the first or the first after one of another, is what is printed
expect() {
  if cmp -s "$2" "$3"; then
    return
  elif [ "${UPDATE-}" != 1 ]; then
    diff -u "$2" "$3" || true
    fail "$1 of README.md prints something else; where that is right, run test/readme/run.sh with UPDATE=1"
  fi
  awk -v fence="\`\`\`$4" -v after="\`\`\`${5-}" -v text="$3" '
    inside && /^```$/ { inside = 0; done = 1; while ((getline line < text) > 0) print line }
    $0 == after || after == "```" { counts = 1 }
    !inside { print }
    counts && !done && $0 == fence { inside = 1 }
  ' "$readme" >README.md
  cat README.md >"$readme"
  echo "updated what $1 prints"
}

block c 1 >program.c
block text 1 c >expected.txt
[ -s program.c ] && [ -s expected.txt ] || fail "README.md has no c block, or no text block with what it prints"
$cc -std=c11 -Wall -Wextra -Wconversion -Werror -I"$source/include" program.c "$library" $(pkg-config --libs libpcre2-8) -o program
./program >printed.txt || fail "the program of README.md fails"
expect "the program" expected.txt printed.txt text c

block console 1 >console.txt
[ -s console.txt ] || fail "README.md has no console block"
sed -n 's/^\$ //p' console.txt | while read -r line; do
  printf '$ %s\n' "$line"
  (cd "$source" && PATH=$(dirname "$command"):$PATH bash -c "$line" </dev/null 2>&1) || true
done >console-printed.txt
expect "a command" console.txt console-printed.txt console

# Words are compared, not blanks: the excerpt may be aligned more narrowly.
words() {
  sed -E 's/[[:space:]]+/ /g; s/^ //; s/ $//' | grep .
}
{
  block rules 1
  block rules 2
} | words >excerpt.txt || fail "README.md has no rules blocks"
words <"$source/rules/huaweicloud/apig.rules" >table.txt
if grep -vxFf table.txt excerpt.txt; then
  fail "these rows of README.md do not stand in rules/huaweicloud/apig.rules"
fi

for number in 1 2; do
  [ "$(block sh $number | wc -l)" = 1 ] || fail "sh block $number of README.md is not one line"
done
echo "README.md is true"
