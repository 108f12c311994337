#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Installs a build, moves what was installed, and builds and runs an outside program against it in every way that is documented.
#
#   run.sh SOURCE BUILD SCRATCH        CMAKE and CC may name the programs
set -euo pipefail

source=$1
build=$2
scratch=$3
cmake=${CMAKE:-cmake}
cc=${CC:-cc}
here=$source/test/install
unset DESTDIR PKG_CONFIG_PATH LD_LIBRARY_PATH CMAKE_PREFIX_PATH

rm -rf "$scratch"
mkdir -p "$scratch"
cd "$scratch"

step() {
  printf -- '-- %s\n' "$*"
}

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}

quietly() {
  "$@" >log 2>&1 || {
    cat log >&2
    fail "$*"
  }
}

# run PROGRAM shared|static: it prints what is documented, and needs the shared library or does not.
run() {
  step "$1 ($2)"
  "$1" | diff -u "$here/expected.txt" - || fail "$1 prints something else"
  case $2,$(readelf -d "$1") in
    shared,*'[libbodycheck.so.0]'*) ;;
    shared,*) fail "$1 does not need libbodycheck.so.0" ;;
    static,*'[libbodycheck.so'*) fail "$1 needs the shared library" ;;
  esac
}

install_to() { # PREFIX BUILD; then moved to PREFIX-moved
  quietly "$cmake" --install "$2" --prefix "$1"
  if grep -rIlF -e "$1" -e "$2" -e "$source" "$1"; then
    fail "these files name a folder of the build"
  fi
  mv "$1" "$1-moved"
}

# The installed files, with the library folder called lib.
manifest() {
  (cd "$1" && find . ! -type d | sed -E 's,^\./,,; s,^lib(64|/[a-z0-9_]+-linux-[a-z0-9]+)/,lib/,; s,-(release|debug|relwithdebinfo|minsizerel|noconfig)\.cmake$,-CONFIG.cmake,' | LC_ALL=C sort)
}

consume() { # NAME, then cmake arguments
  name=$1
  shift
  quietly "$cmake" -S "$here/consumer" -B "$name" -DCMAKE_C_COMPILER="$cc" -DCMAKE_BUILD_TYPE=Debug "$@"
  quietly "$cmake" --build "$name" --parallel "$(nproc)"
}

step "install, and move"
install_to "$scratch/prefix" "$build"
prefix=$scratch/prefix-moved
manifest "$prefix" | diff -u "$here/manifest.txt" - || fail "other files were installed than test/install/manifest.txt lists"
"$prefix/bin/bodycheck" --version >/dev/null || fail "the moved command does not run"

step "DESTDIR"
DESTDIR=$scratch/stage quietly "$cmake" --install "$build" --prefix /usr/local
manifest "$scratch/stage/usr/local" | diff -u "$here/manifest.txt" - || fail "DESTDIR is not kept"

step "each header alone"
for header in "$prefix"/include/bodycheck/*.h; do
  echo "#include <bodycheck/${header##*/}>" >alone.c
  quietly "$cc" -std=c11 -Wall -Wextra -Wconversion -Wshadow -pedantic -Werror -I"$prefix/include" -c alone.c -o alone.o
  if command -v c++ >/dev/null; then
    quietly c++ -std=c++11 -Wall -Wextra -Wconversion -Wshadow -pedantic -Werror -I"$prefix/include" -x c++ -c alone.c -o alone.o
  fi
done

step "find_package"
consume package -DCMAKE_PREFIX_PATH="$prefix" -DBODYCHECK_COMPONENTS="shared;static"
run package/consumer-bodycheck shared
run package/consumer-shared shared
run package/consumer-static static

step "pkg-config"
pc=$(find "$prefix" -name bodycheck.pc)
PKG_CONFIG_PATH=$(dirname "$pc")
export PKG_CONFIG_PATH
libdir=$(pkg-config --variable=libdir bodycheck)
# Words are split on purpose, as in a Makefile.
quietly $cc -std=c11 "$here/consumer/main.c" -o pc-shared $(pkg-config --cflags --libs bodycheck)
LD_LIBRARY_PATH=$libdir run ./pc-shared shared
quietly $cc -std=c11 -static "$here/consumer/main.c" -o pc-static $(pkg-config --static --cflags --libs bodycheck)
run ./pc-static static
unset PKG_CONFIG_PATH

step "add_subdirectory"
consume subdirectory -DBODYCHECK_SUBDIRECTORY="$source"
run subdirectory/consumer-bodycheck shared
run subdirectory/consumer-shared shared
run subdirectory/consumer-static static
quietly "$cmake" --install subdirectory --prefix "$scratch/nothing"
[ ! -e "$scratch/nothing" ] || fail "a subdirectory installs files of its own accord"

# One library only: with that, bodycheck::bodycheck is the one that is there, and the command finds it.
for kind in shared static; do
  step "only the $kind library"
  other=$([ $kind = shared ] && echo STATIC || echo SHARED)
  quietly "$cmake" -S "$source" -B "only-$kind" -DCMAKE_C_COMPILER="$cc" -DCMAKE_BUILD_TYPE=Debug -DBODYCHECK_$other=OFF
  quietly "$cmake" --build "only-$kind" --parallel "$(nproc)"
  install_to "$scratch/prefix-$kind" "$scratch/only-$kind"
  rm -rf "only-$kind"
  "$scratch/prefix-$kind-moved/bin/bodycheck" --version >/dev/null || fail "the moved command does not run"
  consume "package-$kind" -DCMAKE_PREFIX_PATH="$scratch/prefix-$kind-moved"
  run "package-$kind/consumer-bodycheck" $kind
done
pc=$(find "$scratch/prefix-static-moved" -name bodycheck.pc)
quietly $cc -std=c11 "$here/consumer/main.c" -o pc-only-static $(PKG_CONFIG_PATH=$(dirname "$pc") pkg-config --cflags --libs bodycheck)
run ./pc-only-static static

echo "all consumers work"
