#!/bin/bash
# SPDX-License-Identifier: MIT
#
# test/bench/run.sh [--quick]: installs what bodycheck is compared with, as root on Debian 12, builds, measures, and writes RESULTS.md
# and results.svg of this folder. Everything else it makes stays in build/bench.
# test/bench/run.sh --verify: only compares the verdicts, of those that are C or C++, and measures nothing.
set -euo pipefail
cd "$(dirname "$0")/../.."
export DEBIAN_FRONTEND=noninteractive LC_ALL=C

here=test/bench
build=build/bench
scratch=$build/scratch
peers=$build/peers
raw=$build/results.tsv
sets='apig-request apig-400 apig-201 roma-200 chinese mixed-requests mixed-responses steady-responses array steady-array'
last=$(($(nproc) - 1)) # the processor that everything is kept on

quick=
big=$((1024 * 1024 * 1024))
line_runs=7
ajv_seconds=0.05
ajv_runs=15
blaze_loop=2000
if [ "${1-}" = --quick ]; then
  quick=--quick
  big=$((128 * 1024 * 1024))
  line_runs=3
  ajv_seconds=0.01
  ajv_runs=5
  blaze_loop=200
fi

section() {
  printf '\n== %s\n' "$*"
}

fact() {
  printf 'fact\t%s\t%s\n' "$1" "$2" >>$raw
}

install_libraries() {
  apt-get update -q
  apt-get install -y -q --no-install-recommends cmake g++ gcc libc6-dev libcjson-dev libjansson-dev libjson-c-dev libpcre2-dev \
    libsimdjson-dev libyajl-dev make pkg-config rapidjson-dev util-linux valgrind
}

install_programs() {
  command -v node >/dev/null || apt-get install -y -q --no-install-recommends nodejs npm
  mkdir -p $peers
  npm install --prefix $peers --silent --no-fund --no-audit ajv@8 ajv-formats@3 @sourcemeta/jsonschema@16
}

build_bench() {
  cmake -S . -B $build -DCMAKE_BUILD_TYPE=Release -DBODYCHECK_BENCH=ON
  cmake --build $build --parallel "$(nproc)"
}

debian_version() {
  dpkg-query --show --showformat '${Version}' "$1"
}

npm_version() {
  node -p "require('./$peers/node_modules/$1/package.json').version"
}

# The first line of /proc/cpuinfo with this name.
processor_says() {
  sed -n "s/^$1[[:space:]]*: //p" /proc/cpuinfo | head -n 1
}

state_facts() {
  fact processor "$(processor_says 'model name'), family $(processor_says 'cpu family'), model $(processor_says model), $(nproc) processors"
  fact system "$(. /etc/os-release && echo "$PRETTY_NAME"), Linux $(uname -r), $(ldd --version | sed -n '1s/.*(\(.*\)).*/\1/p')"
  fact compilers "$(cc --version | head -n 1), C with -O2; $(c++ --version | head -n 1), C++ peers with -O3"
  fact "peers of Debian" "simdjson $(debian_version libsimdjson-dev), RapidJSON $(debian_version rapidjson-dev), \
cJSON $(debian_version libcjson-dev), jansson $(debian_version libjansson-dev), json-c $(debian_version libjson-c-dev), \
yajl $(debian_version libyajl-dev)"
  fact "peers of npm" "ajv $(npm_version ajv) with ajv-formats $(npm_version ajv-formats) in node $(node --version), \
@sourcemeta/jsonschema $(npm_version @sourcemeta/jsonschema)"
  fact library "PCRE2 $(debian_version libpcre2-dev)"
  fact run "$([ "$quick" ] && echo 'quick: shorter measurements, and a smaller file for the command' || echo whole)"
}

# One file of counts for each contestant and set.
count_instructions() {
  mkdir -p $scratch/counts
  valgrind --quiet --tool=callgrind --instr-atstart=no --collect-atstart=no --callgrind-out-file=$scratch/counts/%p \
    $build/bodycheck-bench --count --set apig-request --set apig-400 --set apig-201 --set roma-200 --set chinese --set mixed-requests \
    --set mixed-responses --set steady-responses
  awk -F '\t' '
    /^desc: Trigger: Client Request: / { sub(/^desc: Trigger: Client Request: /, ""); set = $1; name = $2; bodies = $3 }
    /^totals: / && set { split($0, total, " "); printf "count\t%s\t%s\t%.1f\n", set, name, total[2] / bodies; set = "" }
  ' $(ls $scratch/counts/* | sort -V) >>$raw
}

# What callgrind cannot run, and the same without it: slow, so only single bodies.
count_steps() {
  $build/bodycheck-bench --steps --results $raw --set apig-request --set apig-400 --set apig-201 --set roma-200 --set chinese \
    --only 'bodycheck avx' --only 'bodycheck sse' --only 'bodycheck neon' --only 'bodycheck plain' --only 'simdjson DOM'
}

# blaze FILE OPTION...: the lines of a table, whose name the file has.
blaze() {
  local file=$1
  shift
  taskset -c "$last" $peers/node_modules/.bin/jsonschema validate --fast --format-assertion "$@" \
    $scratch/bodies/"$(basename "$file" .jsonl)".draft2020.json "$file"
}

# The mean over the bodies of all tables of a set. Only validates: what it reads is parsed before.
time_blaze() {
  local set=$1 file
  for file in $scratch/bodies/"$set"/*.jsonl; do
    blaze "$file" --benchmark --loop $blaze_loop
  done >$scratch/blaze.txt
  awk -v set="$set" -v expected="$(wc -l <$scratch/bodies/"$set".list)" '
    { for (i = 1; i < NF; i++) if ($i == "PASS") { sum += $(i + 1); bodies++ } }
    END {
      if (bodies != expected) { print "Blaze: " set ": " bodies + 0 " of " expected " bodies are valid" >"/dev/stderr"; exit 1 }
      printf "time\t%s\tBlaze, already parsed\t%.1f\t\t\t\n", set, sum * 1000 / bodies
    }
  ' $scratch/blaze.txt | tee -a $raw
}

# None of the bodies with a violation may pass.
verify_blaze() {
  local file
  for file in $scratch/bodies/broken-*/*.jsonl; do
    blaze "$file" --continue >$scratch/blaze.txt 2>&1 || true
    grep -q 'validated, 0 passed' $scratch/blaze.txt || {
      echo "Blaze: $file: a body with a violation passes" >&2
      exit 1
    }
  done
}

# Wall-clock milliseconds of a command.
milliseconds() {
  local begin=${EPOCHREALTIME/./}
  "$@" >/dev/null
  echo $(((${EPOCHREALTIME/./} - begin) / 1000))
}

median() {
  sort -n | awk '{ value[NR] = $1 } END { print NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2 }'
}

time_lines() {
  local file=$scratch/lines.jsonl i
  trap 'rm -f $scratch/lines.jsonl' EXIT
  $build/bodycheck-bench --big $file "$big"
  cat $file >/dev/null
  : >$scratch/check.txt
  : >$scratch/wc.txt
  for ((i = 0; i < line_runs; i++)); do
    milliseconds $build/bodycheck check --lines --quiet --op huaweicloud.apig.UpdateAppV2 --response 201 $file >>$scratch/check.txt
    milliseconds wc -l $file >>$scratch/wc.txt
  done
  printf 'lines\t%s\t%s\t%s\n' "$(stat -c %s $file)" "$(median <$scratch/check.txt)" "$(median <$scratch/wc.txt)" | tee -a $raw
  rm -f $file
}

section "installing the peers"
install_libraries

section "building"
build_bench

if [ "${1-}" = --verify ]; then
  section "verdicts"
  $build/bodycheck-bench --verify
  exit
fi

section "installing the peers that are programs"
install_programs

rm -rf $raw $scratch
mkdir -p $scratch/bodies
state_facts

section "times"
$build/bodycheck-bench $quick --results $raw

section "loading"
$build/bodycheck-bench --load --results $raw

section "instructions"
count_instructions
count_steps

section "ajv"
$build/bodycheck-bench --write $scratch/bodies
for set in $sets broken-requests broken-responses; do
  # Not kept on one processor: its compiler and its collector have threads of their own.
  node $here/ajv.mjs $peers $scratch/bodies $set $raw $ajv_seconds $ajv_runs
done

section "Blaze"
verify_blaze
for set in $sets; do
  time_blaze $set
done

section "check --lines and wc -l"
time_lines

awk -f $here/report.awk $raw >$here/RESULTS.md
awk -f $here/picture.awk $raw >$here/results.svg
section "written: $here/RESULTS.md, $here/results.svg"
