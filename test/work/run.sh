#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Work grows as input does: counts the instructions of each case of test/work, which comes small and several times as large, and compares
# them for each byte. Arguments: valgrind, the program, a scratch folder.
set -euo pipefail
valgrind=$1
program=$2
scratch=$3

rm -rf "$scratch"
mkdir -p "$scratch"
"$valgrind" --quiet --tool=callgrind --callgrind-out-file="$scratch/counts" "$program" >"$scratch/output.txt" 2>&1 || {
  cat "$scratch/output.txt"
  exit 1
}

# Four times the input may take half as much again for each byte, since sorting does; work that grows with the square takes four times.
# No byte may cost more than MOST, but where a pattern is matched against it, which has a limit of its own.
cat "$scratch"/counts.* | awk -F '\t' -v growth=1.5 -v most=4000 '
  /^desc: Trigger: Client Request: / { sub(/^desc: Trigger: Client Request: /, ""); name = $1; size = $2 }
  /^(summary|totals): / && name != "" {
    sub(/^[a-z]*: /, "")
    cost = $1 / size
    if (!(name in first)) { first[name] = cost; size_of[name] = size }
    else {
      small = size < size_of[name] ? cost : first[name]
      large = size < size_of[name] ? first[name] : cost
      count++
      wrong = large > small * growth ? "grows" : large > most && name !~ /pattern/ ? "is much" : ""
      if (wrong != "") { bad++ }
      printf "%8.1f %8.1f  %s%s\n", small, large, name, wrong == "" ? "" : "  <-- " wrong
    }
    name = ""
  }
  END {
    printf "%d cases, %d with too much work\n", count, bad
    exit bad > 0 || count < 200
  }' | sort -k3 >"$scratch/table.txt" || { cat "$scratch/table.txt"; exit 1; }
cat "$scratch/table.txt"
