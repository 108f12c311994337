#!/bin/bash
# SPDX-License-Identifier: MIT
#
# All formats of `check` over the same inputs, read by parsers of the systems that they are for, must say the same, whatever the number
# of threads. sarif.sh goes on with what this leaves in SCRATCH.
#
#   formats.sh COMMAND SCRATCH PYTHON PERL
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
command=$1
scratch=$2
python=$3
perl=$4
input=/dev/null # of the command
rm -rf "$scratch"
mkdir -p "$scratch"

# run SET JOBS ARGUMENT...: writes SET.JOBS/report.* of the files of the folder at hand
run() {
  local folder=$scratch/$1.$2 jobs=$2
  shift 2
  mkdir "$folder"
  local outputs=()
  for format in json=json sarif=sarif github=github gitlab=gitlab junit=xml tap=tap full=full concise=concise; do
    outputs+=(--output "${format%=*}=$folder/report.${format#*=}")
  done
  "$command" check --jobs "$jobs" --quiet "${outputs[@]}" "$@" <"$input" 2>"$folder/stderr" || [ $? -le 2 ]
}

# compare SET ARGUMENT...: runs with one thread and with more, and compares all that is written
compare() {
  local set=$1 jobs
  shift
  for jobs in 1 2 8; do
    run "$set" "$jobs" "$@"
    diff -r "$scratch/$set.1" "$scratch/$set.$jobs"
  done
  "$perl" "$here/formats/tap.pl" "$scratch/$set.1/report.tap" >"$scratch/$set.1/report.tap.json"
  "$python" "$here/formats/compare.py" "$scratch/$set.1"
}

mkdir "$scratch/lines" "$scratch/mixed" "$scratch/none" "$scratch/odd" "$scratch/samples"
"$python" "$here/formats/odd.py" "$scratch/odd"
sh "$here/data/mixed.sh" "$scratch/mixed"
cp -r "$here/../data/documents" "$here/../data/broken" "$scratch/samples"
# What the names of the samples say: FOLDER/OPERATION/NAME.request.json, FOLDER/OPERATION/NAME.response-STATUS.json.
(cd "$scratch/samples" && find . -name '*.json' | sed -n \
  -e 's|^\./\(.*\)/\([^/]*\)/[^/]*request[^/]*\.json$|\1/\2/*request*.json \2 request|p' \
  -e 's|^\./\(.*\)/\([^/]*\)/[^/]*response-\([0-9]*\)\.json$|\1/\2/*response-\3.json \2 response \3|p' | sort -u >.bodycheck)
# Enough for several threads, in one file and in many.
awk 'BEGIN {
  for (i = 1; i <= 24000; i++) printf "{\"name\":\"%s\",\"count\":%d}\n", substr("abcdefgh", 1, i % 7), i % 103
}' >"$scratch/lines/a.jsonl"
for ((i = 0; i < 200; i++)); do
  printf '{"name":"%s","note":"far too long"}' $((i % 11)) >"$scratch/lines/$i.json"
done

(cd "$scratch/mixed" && compare mixed.out --rules "$here/data/rules/shop.rules" --endpoints list . nowhere.json)
(cd "$scratch/mixed" && compare short.out --rules "$here/data/rules/shop.rules" --max 1 .)
(cd "$scratch/mixed" && input=crlf.json && compare stdin.out --rules "$here/data/rules/shop.rules" --op ChangeItem - ./crlf.json)
(cd "$scratch/samples" && compare samples.out .)
(cd "$scratch/lines" && compare lines.out --rules "$here/data/rules/shop.rules" --op ChangeItem .)
(cd "$scratch/odd" && compare odd.out --rules "$here/data/rules/shop.rules" --op ChangeItem .)
(cd "$scratch/none" && compare none.out .)
