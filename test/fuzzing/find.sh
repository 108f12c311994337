#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Fuzzers look for the flaws that are planted in a sample service, from one good body, in a number of executions, not in a time. With
# bodycheck's mutator they find each of them, with their own, which is for bytes, none in as many executions. libFuzzer also finds, with the
# oracle, where the service answers otherwise than documented. The harness is that of fuzz/README.md.
#
#   find.sh libfuzzer SOURCE STATIC_LIBRARY SCRATCH CLANG
#   find.sh afl SOURCE AFL_MUTATOR SCRATCH AFL_FUZZ
#
# The variable SEEDS is the number of seeds (2), RUNS that of executions with each (100000; 200000 for AFL++, which spends some of its own).
set -euo pipefail

kind=$1
source=$2
library=$3
scratch=$4
tool=$5
seeds=${SEEDS:-2}
runs=${RUNS:-$([ "$kind" = afl ] && echo 200000 || echo 100000)}
sample=$source/test/data/documents/huaweicloud.apig.UpdateAppV2/request.json
service=("$source"/test/fuzzing/{json,service}.c)
handler=$source/test/fuzzing/handler
flags=(-std=c11 -D_POSIX_C_SOURCE=200809L -g -O1 -I"$source/include" -I"$source/test")
unset BODYCHECK_OPERATION BODYCHECK_RESPONSE BODYCHECK_RULES BODYCHECK_WELL_FORMED AFL_CUSTOM_MUTATOR_LIBRARY

rm -rf "$scratch"
mkdir -p "$scratch"
cd "$scratch"

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}

quietly() {
  "$@" >log 2>&1 || {
    cat log >&2
    fail "$1"
  }
}

# A folder with nothing but the good body.
corpus() {
  rm -rf corpus
  mkdir corpus
  cp "$sample" corpus
}

# The C block of fuzz/README.md that includes the mutator, and the same without it.
awk '/^```/ { if (inside && text ~ /libfuzzer\.h/) { printf "%s", text; exit } inside = /^```c$/; text = ""; next } inside { text = text $0 "\n" }' \
  "$source/fuzz/README.md" >bodies.c
grep -vi bodycheck bodies.c >bytes.c || true
grep -q LLVMFuzzerTestOneInput bytes.c || fail "fuzz/README.md has no harness"

# ---- libFuzzer

build_libfuzzer() {
  local compile=("$tool" "${flags[@]}" -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all "${service[@]}")
  local link=("$library" $(pkg-config --libs libpcre2-8))
  quietly "${compile[@]}" -include "$handler.h" "$handler.c" bytes.c -o bytes
  quietly "${compile[@]}" -include "$handler.h" "$handler.c" bodies.c "${link[@]}" -o bodies
  quietly "${compile[@]}" "$source/test/fuzzing/fuzz_oracle.c" "${link[@]}" -o oracle
}

# find MUTATOR FLAWS SEED: the number of the execution that broke the service, or nothing.
find_libfuzzer() {
  corpus
  if FLAWS=$2 ./"$1" -seed="$3" -runs="$runs" -max_len=4096 -print_final_stats=1 -artifact_prefix="$scratch/" corpus >log 2>&1; then
    return
  fi
  grep -qE 'ERROR: AddressSanitizer|^SUMMARY: libFuzzer: deadly signal' log || fail "the fuzzer: $(tail -n 3 log)"
  sed -n 's/^stat::number_of_executed_units: *//p' log
}

# ---- AFL++

build_afl() {
  AFL_QUIET=1 AFL_USE_ASAN=1 quietly "${tool%fuzz}clang-fast" "${flags[@]}" -fsanitize=fuzzer "${service[@]}" -include "$handler.h" "$handler.c" \
    bytes.c -o service
}

find_afl() {
  local settings=(AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_BENCH_UNTIL_CRASH=1
    FLAWS="$2")
  if [ "$1" = bodies ]; then
    settings+=(AFL_CUSTOM_MUTATOR_LIBRARY="$library" AFL_CUSTOM_MUTATOR_ONLY=1 BODYCHECK_OPERATION=huaweicloud.apig.UpdateAppV2)
  fi
  corpus
  rm -rf found
  env "${settings[@]}" "$tool" -t 10000 -i corpus -o found -s "$3" -E "$runs" -G 4096 -- ./service >log 2>&1 || fail "afl-fuzz: $(tail -n 5 log)"
  awk '$1 == "execs_done" { executions = $3 } $1 == "saved_crashes" && $3 > 0 { found = 1 } END { if (found) print executions }' \
    found/default/fuzzer_stats
}

# ---- what is to be found

# The median and the greatest of some numbers.
summary() {
  printf '%s\n' "$@" | sort -n | awk '{ list[NR] = $1 } END { print "median", list[int((NR + 1) / 2)] ", at most", list[NR] }'
}

find_flaws() {
  local flaw seed executions
  for flaw in 1 2 4 8; do
    local all=()
    for ((seed = 1; seed <= seeds; seed++)); do
      executions=$("find_$kind" bodies "$flaw" "$seed")
      [ -n "$executions" ] || fail "flaw $flaw is not found in $runs executions with the seed $seed"
      all+=("$executions")
    done
    echo "flaw $flaw: found with each of $seeds seeds; executions: $(summary "${all[@]}")"
  done
  for ((seed = 1; seed <= seeds; seed++)); do
    executions=$("find_$kind" bytes 15 "$seed")
    [ -z "$executions" ] || fail "the fuzzer's own mutator found a flaw with execution $executions and the seed $seed: plant another"
  done
  echo "the fuzzer's own mutator: none of the four, with each of $seeds seeds; executions: $runs"
}

# expect_told FLAW TEXT
expect_told() {
  local executions
  executions=$(find_libfuzzer oracle "$1" 1)
  [ -n "$executions" ] || fail "the oracle does not see flaw $1 in $runs executions"
  grep -qF "$2" log || fail "the oracle tells flaw $1 otherwise: $(grep -E '^(accepts|refuses|answers)' log)"
  echo "the oracle: flaw $1 with execution $executions: $(grep -E '^(accepts|refuses|answers)' log)"
}

"build_$kind"
find_flaws
if [ "$kind" = libfuzzer ]; then
  expect_told 16 "accepts, with 200, what the documentation forbids"
  expect_told 32 "answers 400 APIG.2006"
  expect_told 64 "answers 400 APIG.2012 where the documentation has 400 APIG.2005"
  expect_told 128 "answers 200 with a body that breaks its own table: /status"
  runs=20000
  [ -z "$(find_libfuzzer oracle 0 1)" ] || fail "the oracle finds fault with the service as it should be: $(tail -n 20 log)"
  echo "the oracle: nothing without flaws; executions: $runs"
fi
