#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Validates the SARIF that formats.sh has made against the published schema of SARIF 2.1.0. npm fetches it, in the versions of
# formats/package-lock.json. Where they cannot be had the test is skipped, but not in CI.
#
#   sarif.sh SCRATCH-OF-FORMATS SCRATCH NPM NODE
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
rm -rf "$2"
mkdir -p "$2"
cp "$here/formats/package.json" "$here/formats/package-lock.json" "$2"
if ! "$3" ci --prefix "$2" --ignore-scripts --no-fund --no-audit --silent; then
  echo "npm cannot fetch what the lock file names"
  [ -n "${CI:-}" ] && exit 1
  exit 77
fi
"$4" "$here/formats/sarif.cjs" "$2" "$1"/*.1/report.sarif
