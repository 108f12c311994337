#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Which lines and branches of lib its tests and the corpora of its fuzz targets reach; README.md beside it tells how to read what it says.
# Needs clang-14, llvm-14 and python3. Arguments are for report.py.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=build/coverage
export BODYCHECK_SEED=1

# Prints what was said, and ends, where a step fails.
step() {
  "$@" >"$build/step.txt" 2>&1 || {
    cat "$build/step.txt"
    exit 2
  }
}

# run FOLDER TEST...: builds the tests in a folder, and runs them. The numbers of processes come again, so that they alone are no names.
run() {
  local folder=$1 names
  names=$(IFS='|' && echo "${*:2}")
  step cmake --build "$folder" --parallel "$(nproc)" --target $(programs "${@:2}")
  LLVM_PROFILE_FILE=$PWD/$build/profiles/${folder##*/}-%p-%m.profraw step ctest --test-dir "$folder" --output-on-failure \
    --parallel "$(nproc)" --no-tests=error --tests-regex "^($names)\$"
}

programs() {
  printf '%s\n' "$@" | sed -e '/^fuzz\./!s/^/test-/' -e 's/\./-/'
}

mkdir -p "$build"
step cmake --preset coverage
# Each piece of memory is an allocation of its own here, so that those who try lacks of memory can fail each.
step cmake --preset coverage -B "$build/pieces" -DCMAKE_C_FLAGS_DEBUG="-O1 -DBDC__ARENA_BLOCK=16"

# Before anything is built, ctest complains of each test that its program is not there. Two are left out: what threads do first differs from
# run to run, and of property.accept a hundredth is enough.
mapfile -t tests < <(ctest --test-dir "$build" --show-only --label-regex '^(unit|conformance|property|fuzzing|fuzz)$' \
  --exclude-regex '^(unit.threads|property.accept)$' 2>/dev/null | sed -n 's/^ *Test *#[0-9]*: //p')
rm -rf "$build/profiles"
run "$build" "${tests[@]}"
run "$build/pieces" unit.memory unit.generate unit.base unit.rules unit.rules_edges fuzz.rules fuzz.check
step cmake --build "$build" --parallel "$(nproc)" --target test-property-accept coverage-kernels
LLVM_PROFILE_FILE=$PWD/$build/profiles/kernels.profraw "$build/test/coverage-kernels" >"$build/kernels.txt"
LLVM_PROFILE_FILE=$PWD/$build/profiles/accept.profraw step "$build/test/test-property-accept" test/data --bodies 20000 --seed 1
step llvm-profdata-14 merge -sparse "$build"/profiles/*.profraw -o "$build/all.profdata"

objects=()
for program in test-property-accept $(programs "${tests[@]}"); do
  objects+=(-object "$(find "$build/test" "$build/fuzz" -name "$program" -type f)")
done
for format in text lcov; do
  llvm-cov-14 export -format="$format" "${objects[@]:1}" -instr-profile="$build/all.profdata" \
    --ignore-filename-regex="^$PWD/(test|fuzz|include|lib/command|lib/gateway|build)/" >"$build/all.$format" 2>"$build/step.txt"
done
python3 test/coverage/report.py "$build" "$@"
