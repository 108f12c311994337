#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Runs the fuzz targets one after the other, each for a time or a number of inputs, and keeps what they find in build/ENGINE/found.
# Ends with 1 where an input breaks a promise; the message says how to repeat it.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat >&2 <<'END'
usage: fuzz/run.sh [--engine libfuzzer|afl] [--seconds N | --runs N] [--minimise] [TARGET...]

  --engine    libfuzzer (clang-14) or afl (afl++); libfuzzer
  --seconds   for each target; 60
  --runs      inputs for each target in place of a time: the same ones each time, where nothing was found before
  --minimise  run nothing; add to fuzz/corpus what was found and reaches code that the corpora do not reach
  TARGET      accept, check, ...; all
END
  exit 2
}

engine=libfuzzer
seconds=60
runs=
minimise=
while [ $# -gt 0 ]; do
  case $1 in
  --engine) engine=${2-} && shift ;;
  --seconds) seconds=${2-} && shift ;;
  --runs) runs=${2-} && shift ;;
  --minimise) minimise=yes ;;
  -*) usage ;;
  *) break ;;
  esac
  shift || usage
done
case $engine in
libfuzzer) preset=fuzz ;;
afl) preset=afl ;;
*) usage ;;
esac

build=build/$preset
found=$build/found
mkdir -p "$found"
{ cmake --preset "$preset" && cmake --build --preset "$preset" --parallel "$(nproc)"; } >"$found/build.txt" 2>&1 || {
  cat "$found/build.txt" >&2
  exit 2
}

# The build writes a file for each target, with the folders whose files it begins with.
if [ $# -eq 0 ]; then
  for list in "$build"/fuzz/*.seeds; do
    set -- "$@" "$(basename "$list" .seeds)"
  done
fi

# Shows what a target printed, and how to see it again.
failed() {
  grep -a -v '^#[0-9]' "$found/$1.txt" >&2 || true
  echo "$1: an input broke a promise; it is in $found. $build/fuzz/fuzz-$1 FILE repeats it." >&2
  exit 1
}

# All files of some folders, in one folder, named by their paths.
copy_flat() {
  to=$1
  shift
  mkdir -p "$to"
  find "$@" -type f | while read -r file; do
    cp "$file" "$to/${file//\//-}"
  done
}

run_libfuzzer() {
  name=$1
  shift
  mkdir -p "$found/$name"
  "$build/fuzz/fuzz-$name" -seed=1 "$libfuzzer_end" -dict=fuzz/bodycheck.dict \
    -artifact_prefix="$found/$name-" "$found/$name" "$@" >"$found/$name.txt" 2>&1 || failed "$name"
  tail -n 1 "$found/$name.txt"
}

run_afl() {
  name=$1
  shift
  rm -rf "$found/$name.seeds"
  copy_flat "$found/$name.seeds" "$@"
  # Ten seconds: afl-fuzz's own second is less than a target may need for what it makes once, on a machine that others use as well.
  AFL_AUTORESUME=1 AFL_NO_UI=1 AFL_NO_AFFINITY=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 \
    afl-fuzz -s 1 -t 10000 "${afl_end[@]}" -x fuzz/bodycheck.dict -i "$found/$name.seeds" -o "$found/$name" \
    -- "$build/fuzz/fuzz-$name" >"$found/$name.txt" 2>&1 || failed "$name"
  sed -n 's/^execs_done *: */Done /p' "$found/$name/default/fuzzer_stats"
  grep -q '^saved_crashes *: 0$' "$found/$name/default/fuzzer_stats" || failed "$name"
}

# Of what was found, and is not large, the fewest that reach all of it: only new code counts, not how often it ran. Named by their content.
minimise_libfuzzer() {
  name=$1
  shift
  known=$found/$name.known
  small=$found/$name.small
  rm -rf "$known" "$small"
  mkdir -p "$found/$name" "$small"
  find "$found/$name" -type f -size -5k -exec cp -t "$small" {} +
  copy_flat "$known" "$@"
  "$build/fuzz/fuzz-$name" -set_cover_merge=1 -use_counters=0 "$known" "$small" >"$found/$name.txt" 2>&1 || failed "$name"
  grep -o 'MERGE-OUTER: [0-9]* new.*' "$found/$name.txt"
  find "$known" -type f ! -name '*-*' -exec cp {} "fuzz/corpus/$name" \;
}

libfuzzer_end=-max_total_time=$seconds
afl_end=(-V "$seconds")
if [ -n "$runs" ]; then
  libfuzzer_end=-runs=$runs
  afl_end=(-E "$runs")
fi
action=run_$engine
if [ -n "$minimise" ]; then
  [ "$engine" = libfuzzer ] || usage
  action=minimise_libfuzzer
fi
for name in "$@"; do
  [ -f "$build/fuzz/$name.seeds" ] || usage
  mapfile -t seeds <"$build/fuzz/$name.seeds"
  printf '%-10s ' "$name"
  "$action" "$name" "${seeds[@]}"
done
