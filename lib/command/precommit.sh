#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# What the hooks of .pre-commit-hooks.yaml run: bodycheck, in the version that this file is of. Where that is not installed it is built in
# this folder, once, which takes some seconds. A .bodycheck file among the arguments stands for all files that it may speak of: they are
# not what they were, although they have not changed.
#
#   precommit.sh check|lint [ARGUMENT]...        in the top folder of the repository that is committed to
set -euo pipefail

top=$(cd "$(dirname "$0")/../.." && pwd)
version=$(sed -n 's/^#define BDC_VERSION "\(.*\)"$/\1/p' "$top/include/bodycheck/bodycheck.h")
built=$top/build/precommit

# Leaves the command behind as $built, whole or not at all: several commits may build at the same time.
build() {
  local folder=$built.$$
  rm -rf "$folder"
  mkdir -p "$folder"
  cmake -S "$top" -B "$folder" -DCMAKE_BUILD_TYPE=Release -DBODYCHECK_SHARED=OFF -DBODYCHECK_INSTALL=OFF &&
    cmake --build "$folder" --target bodycheck-command --parallel "$(getconf _NPROCESSORS_ONLN)" &&
    mv "$folder/bodycheck" "$built"
  local status=$?
  rm -rf "$folder"
  return $status
}

program=$built
if [ "$(bodycheck --version 2>/dev/null)" = "bodycheck $version" ]; then
  program=bodycheck
elif [ ! -x "$built" ] && ! log=$(build 2>&1); then
  printf '%s\n\n' "$log"
  echo "bodycheck $version is not installed, and building it failed. Install its package, or what it is built with; on Debian:"
  echo "  apt-get install cmake make gcc libc6-dev pkg-config libpcre2-dev"
  exit 2
fi >&2

arguments=()
for argument in "$@"; do
  if [ "${argument##*/}" = .bodycheck ]; then
    while IFS= read -r -d '' name; do
      arguments+=("$name")
    done < <(git -C "./$(dirname "$argument")" ls-files --full-name -z -- '*.json' '*.jsonl' '*.ndjson' '*.http' '*.rest' '*.har')
  else
    arguments+=("$argument")
  fi
done
exec "$program" "${arguments[@]}"
