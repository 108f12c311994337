#!/bin/bash
# SPDX-License-Identifier: MIT
#
# The pages that the command makes: elements are closed in the order in which they were opened, places have names of their own, links lead
# to places of the page, and nothing is asked of the network.
#
#   html.sh COMMAND
set -euo pipefail
command=$1
cd "$(dirname "$0")/data"

# Says what is wrong with the page on standard input.
check() {
  awk '
    function fail(what) { print "line " NR ": " what; bad = 1 }
    # The value of the attribute $2 of the tag $1.
    function value(tag, name,    at) {
      at = match(tag, " " name "=\"[^\"]*\"")
      return at ? substr(tag, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : ""
    }
    function open_tag(tag, name,    id) {
      id = value(tag, "id")
      if (id != "" && seen[id]++) fail("a second place " id)
      if (substr(value(tag, "href"), 1, 1) == "#") wanted[substr(value(tag, "href"), 2)] = NR
      else if (tag ~ / (href|src)=/) fail("a link that leaves the page: " tag)
      if (name == "script" || name == "link" || name == "img" || name == "iframe") fail("the element " name)
      if (name != "meta" && name != "!DOCTYPE") stack[++depth] = name
    }
    /<\/style>/ { style = 0 }
    style { if ($0 ~ /url\(|@import/) fail("a style from elsewhere"); next }
    {
      rest = $0
      while (match(rest, /<[^>]*>/)) {
        text = substr(rest, 1, RSTART - 1)
        tag = substr(rest, RSTART, RLENGTH)
        rest = substr(rest, RSTART + RLENGTH)
        if (text ~ /[<>]/) fail("a bare bracket in " text)
        split(substr(tag, 2), words, /[ >]/)
        elements++
        if (substr(words[1], 1, 1) != "/") open_tag(tag, words[1])
        else if (depth == 0 || stack[depth--] != substr(words[1], 2)) fail(tag " closes another element")
      }
      if (rest ~ /[<>]/) fail("a bare bracket in " rest)
    }
    /<style>/ { style = 1 }
    END {
      for (name in wanted) if (!(name in seen)) { NR = wanted[name]; fail("a link to " name ", which is not there") }
      if (depth != 0) fail("not closed: " stack[depth])
      if (elements < 20) fail("hardly a page")
      exit bad
    }
  '
}

pages=0
page() {
  pages=$((pages + 1))
  if ! "$command" explain --rules rules --rules odd.rules --format html "$@" | check; then
    echo "FAILED: the page of $*" >&2
    exit 1
  fi
}
# A check that finds nothing has to be one that can.
expect_found() {
  if printf '%s\n' "$1" | check >/dev/null; then
    echo "FAILED: nothing is found in $1" >&2
    exit 1
  fi
}
twenty=$(printf '<p>%.0s</p>' {1..20})
printf '%s\n' "$twenty" | check || { echo "FAILED: there is nothing wrong with $twenty" >&2; exit 1; }
expect_found "$twenty<p><b></p></b>"
expect_found "$twenty<p>"
expect_found "$twenty</p>"
expect_found "$twenty<a href=\"#nowhere\">x</a>"
expect_found "$twenty<a href=\"https://example.com\">x</a>"
expect_found "$twenty<p id=\"a\"></p><p id=\"a\"></p>"
expect_found "$twenty<script></script>"
expect_found "$twenty a > b"

for operation in $("$command" list | cut -d ' ' -f 1); do
  page "$operation"
done
page test.shop
page test.odd
page PutOdd 'ODD|1' 'ODD<9>' 'ODD 2' 'ODD&3'
page APIG.2005
page test.shop test.depot APIG.2005 huaweicloud.apig otc.apig SHOP.9
[ "$pages" -ge 10 ] || { echo "FAILED: only $pages pages" >&2; exit 1; }
echo "$pages pages"
