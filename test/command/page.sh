#!/bin/bash
# SPDX-License-Identifier: MIT
# Opens a page that the command makes in headless Chromium, in light and in dark colours, on a narrow and on a wide screen, and looks at what
# it has become there: structure, contrast, width, and that nothing was fetched.
#
#   test/command/page.sh CHROMIUM SCRATCH COMMAND...    COMMAND prints the page

set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
chromium=$1
scratch=$2
shift 2

rm -rf "$scratch"
mkdir -p "$scratch"
scratch=$(cd "$scratch" && pwd)
"$@" >"$scratch/page.html"
cp "$here/page.html" "$scratch/look.html"

# The DOM of a URL as Chromium sees it; further arguments are for Chromium. Names of hosts are not resolved.
dom() {
  url=$1
  shift
  timeout 120 "$chromium" --headless --no-sandbox --disable-gpu --allow-file-access-from-files --user-data-dir="$scratch/profile" \
    --host-resolver-rules='MAP * ~NOTFOUND' "$@" --dump-dom "$url" 2>"$scratch/chromium.txt"
}

fail() {
  echo "$*"
  exit 1
}

look() {
  name=$1
  scheme=$2
  dom "file://$scratch/look.html?page.html" --blink-settings="preferredColorScheme=$scheme" >"$scratch/$name.html"
  grep -E '^(ok|FAILED|end)' "$scratch/$name.html" >"$scratch/$name.txt" || fail "the browser found nothing: $(cat "$scratch/chromium.txt")"
  echo "$name:"
  cat "$scratch/$name.txt"
  ! grep -q '^FAILED' "$scratch/$name.txt" || fail "the page in $name colours is not as it should be"
  grep -q '^end' "$scratch/$name.txt" || fail "the page in $name colours was not looked at"
  grep -q "the ground is $name" "$scratch/$name.txt" || fail "the browser did not choose $name colours"
}

look light 1
look dark 0

# A browser repairs what is nested wrongly: it moves, closes or adds elements. So they must come in the order in which they are written.
dom "file://$scratch/page.html" >"$scratch/dom.html"
elements() {
  grep -oE '<[a-z][a-z0-9]*' "$1"
}
diff <(elements "$scratch/page.html") <(elements "$scratch/dom.html") || fail "the browser has other elements than are written"
! grep -Eq 'url\(|@import|src=|href="[^#]' "$scratch/page.html" || fail "the page refers to something outside"
echo "the page is as it should be"
