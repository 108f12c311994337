#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Looks at the names and sections of the built libraries.
#
#   symbols.sh INCLUDE SHARED STATIC
set -euo pipefail
export LC_ALL=C

include=$1
shared=$2
static=$3
failed=0

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# 1. The shared library exports what the headers declare, and nothing else.
grep -ho 'BDC_API [^;(]*(' "$include"/bodycheck/*.h | grep -o 'bdc_[a-z0-9_]*(' | tr -d '(' | sort -u >"$scratch/declared"
nm -D --defined-only "$shared" | awk '{ print $3 }' | sort -u >"$scratch/exported"
if ! diff -u "$scratch/declared" "$scratch/exported"; then
  echo "the headers declare other functions (-) than the shared library exports (+)" >&2
  failed=1
fi

# 2. The static library has no global name that could clash with another library's.
if nm --defined-only --extern-only "$static" | awk 'NF == 3 && $3 !~ /^bdc_/ { print $3 }' | grep .; then
  echo "these global names of the static library do not begin with bdc_" >&2
  failed=1
fi

# 3. No object has data that can be written: the library has no globals. (.data.rel.ro is written only by the loader.)
if size -A "$static" | awk '
  / *:$/ || /\(ex / { object = $1 }
  $1 ~ /^\.(data|bss|tdata|tbss)(\..*)?$/ && $1 !~ /^\.data\.rel\.ro(\..*)?$/ && $2 > 0 { print object, $1, $2, "bytes" }
' | grep .; then
  echo "these objects have data that can be written" >&2
  failed=1
fi
if nm "$static" | awk 'NF == 3 && $2 ~ /^C$/ { print $3 }' | grep .; then
  echo "these names are common symbols" >&2
  failed=1
fi

# 4. Each object has a name of its own, so that the archive can be taken apart and put together again.
if ar t "$static" | sort | uniq -d | grep .; then
  echo "these objects of the static library share a name" >&2
  failed=1
fi

exit $failed
