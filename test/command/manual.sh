#!/bin/bash
# SPDX-License-Identifier: MIT
#
# The pages of the manual: mandoc and groff find nothing wrong with them, no line of them is cut on a terminal of 80 columns, and they
# have all that they are made from: every command and option with its help, every word of the language of rules, and an example that
# loads.
#
#   manual.sh COMMAND RULES_README        MANDOC and GROFF may name the programs
set -euo pipefail

command=$1
readme=$2
mandoc=${MANDOC:-mandoc}
groff=${GROFF:-groff}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}

# One word after the other, without the places where lines were broken.
words() {
  tr -s '[:space:]' ' '
}

for page in bodycheck bodycheck-rules; do
  section=$([ $page = bodycheck ] && echo 1 || echo 5)
  file=$scratch/$page.$section
  "$command" manual $page >"$file"
  "$mandoc" -T lint -W warning "$file" || fail "mandoc warns of $page($section)"
  "$groff" -man -Tutf8 -ww -z "$file" 2>"$scratch/warnings"
  [ ! -s "$scratch/warnings" ] || fail "groff warns of $page($section): $(cat "$scratch/warnings")"
  "$mandoc" -T utf8 -O width=80 "$file" | sed 's/.\x08//g' >"$scratch/$page.mandoc"
  GROFF_NO_SGR=1 "$groff" -man -Tutf8 -P-cbou -rLL=80n "$file" >"$scratch/$page.groff"
  for reader in mandoc groff; do
    if LC_ALL=C.UTF-8 grep -E '.{81}' "$scratch/$page.$reader"; then
      fail "these lines of $page($section) are too wide, as $reader shows them"
    fi
    words <"$scratch/$page.$reader" >"$scratch/$page.$reader.words"
  done
  cmp -s <("$command" manual $page) "$file" || fail "$page($section) is not the same twice"
done

# has PAGE TEXT: both readers show it, in words.
has() {
  for reader in mandoc groff; do
    grep -qF -e "$(printf '%s' "$2" | words)" "$scratch/$1.$reader.words" || fail "$1 lacks, as $reader shows it: $2"
  done
}

names=$("$command" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z-]*\) .*/\1/p')
options=0
for name in $names; do
  has bodycheck "bodycheck $name"
  while read -r line; do
    has bodycheck "$line"
    options=$((options + 1))
  done < <("$command" "$name" --help | sed -n '/^Options:/,/^$/{/^  /p}')
done
[ "$options" -ge 20 ] || fail "only $options lines of options were looked for: --help has another form than this test knows"

# What a table of Markdown has in its first column.
firsts() {
  sed -n 's/^| \(`.*\)/\1/p' "$readme" | sed 's/\\|/\x01/g; s/ | .*//; s/\x01/|/g; s/`//g'
}
[ "$(firsts | wc -l)" -ge 35 ] || fail "only $(firsts | wc -l) rows were found in $readme: its tables have another form than this test knows"
while read -r line; do
  has bodycheck-rules "$line"
done < <(firsts)
if grep -nE '`|\]\(|^ *\|-' "$scratch"/bodycheck-rules.groff; then
  fail "Markdown was left as it is"
fi

awk '/^```$/ { inside = 0 } inside { print } /^```rules$/ { inside = 1 }' "$readme" >"$scratch/example.rules"
[ -s "$scratch/example.rules" ] || fail "$readme has no example"
"$command" lint "$scratch/example.rules"
echo "the manual is complete, and its readers find nothing wrong with it"
