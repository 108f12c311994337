#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Exports the schemas of all tables, holds them against the meta-schema of draft 2020-12, and compares bodycheck's verdicts with those of
# ajv by these schemas. npm fetches ajv, in the version of package-lock.json. Where it cannot be had the test is skipped, but not in CI.
#
#   engine.sh BODYCHECK DIFFERENTIAL-ENGINE SCRATCH NPM NODE [BODIES [SEED [STEP]]]
#
# BODIES are made (default 60000), and every STEPth character is asked of each class (default 61).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
command=$1 engine=$2 scratch=$3 npm=$4 node=$5 bodies=${6:-60000} seed=${7:-1} step=${8:-61}
rm -rf "$scratch"
mkdir -p "$scratch/rules" "$scratch/schemas"
cp "$here/package.json" "$here/package-lock.json" "$scratch"
if ! "$npm" ci --prefix "$scratch" --ignore-scripts --no-fund --no-audit --silent; then
  echo "npm cannot fetch what the lock file names"
  [ -n "${CI:-}" ] && exit 1
  exit 77
fi

"$engine" rules "$scratch/rules"
cp "$here/regular.rules" "$scratch/rules"
"$engine" tables "$scratch/rules" >"$scratch/schemas/tables.txt"
while read -r operation status; do
  response=()
  [ "$status" = 0 ] || response=(--response "$status")
  "$command" export --rules "$scratch/rules" "${response[@]}" --output "$scratch/schemas/$operation.$status.json" "$operation"
done <"$scratch/schemas/tables.txt"

"$engine" classes "$scratch/rules" --step "$step" >"$scratch/classes.txt"
"$node" "$here/schemas.mjs" "$scratch" "$scratch/schemas" "$scratch/classes.txt" "$step"
"$engine" bodies "$scratch/rules" --bodies "$bodies" --seed "$seed" | "$node" "$here/engine.mjs" "$scratch" "$scratch/schemas"
