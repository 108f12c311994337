#!/bin/bash
# SPDX-License-Identifier: MIT
#
# How long `bodycheck check .` takes in a repository with 10,000 fixtures of 300 bytes that lie in the page cache.
#
#   test/bench/repository.sh COMMAND FOLDER [RUNS]
#
# FOLDER is made where it is not there: 100 folders with 100 requests each, a .bodycheck and a .gitignore at the top, and beside them
# 2,000 files that git ignores. Prints the least and the median wall time of the runs with all cores, and with one thread.
set -euo pipefail
export LC_ALL=C

command=$(realpath "$1")
folder=$2
runs=${3:-25}
files=10000

make_repository() {
  mkdir -p "$1/.git" "$1/node_modules"
  printf '%s\n' '*.log' 'node_modules/' '/build' '!keep.log' >"$1/.gitignore"
  printf '%s\n' '# fixtures' '*.request.json  UpdateAppV2  request' '*.response.json  UpdateAppV2  response 201' \
    'errors/4*.json  UpdateAppV2  response 400' '*.http  auto' 'package.json  ignore' >"$1/.bodycheck"
  local remark number i
  printf -v remark '%0253d' 0
  for ((i = 0; i < files; i++)); do
    printf -v number '%05d' "$i"
    ((i % 100 != 0)) || mkdir "$1/service-${number:0:3}"
    printf '{"name": "fixture_number_%s", "remark": "%s"}\n' "$number" "$remark" \
      >"$1/service-${number:0:3}/$number.request.json"
  done
  for ((i = 0; i < 2000; i++)); do
    echo '{}' >"$1/node_modules/$i.json"
  done
}

# Wall times of the runs in microseconds, the least first.
measure() {
  local run begun
  for ((run = 0; run < runs; run++)); do
    begun=${EPOCHREALTIME/./}
    "$command" check "$@" . >/dev/null
    echo $((${EPOCHREALTIME/./} - begun))
  done | sort -n
}

tell() {
  local what=$1
  shift
  measure "$@" | awk -v what="$what" '
    { took[NR] = $1 / 1000 }
    END { printf "%s: %.1f ms at least, %.1f ms in the median of %d runs\n", what, took[1], took[int((NR + 1) / 2)], NR }'
}

[ -d "$folder" ] || make_repository "$folder"
cd "$folder"
sizes=$(find service-* -type f -size -301c -size +299c | wc -l)
[ "$sizes" -eq "$files" ] || {
  echo "$folder has $sizes fixtures of 300 bytes, not $files; remove it to have it made anew" >&2
  exit 1
}
"$command" check . | tail -n 1
tell "all cores" --format concise
tell "one thread" --format concise --jobs 1
