#!/bin/bash
# SPDX-License-Identifier: MIT
#
# What it takes to build and run the tests for another machine, as root on Debian 12: installs the cross compiler and qemu, and unpacks
# that machine's libraries into build/sysroot-MACHINE. They are not installed, so that no package of this machine is touched.
#
#   test/cross/sysroot.sh aarch64|s390x
#   cmake --preset ci-aarch64 && cmake --build --preset ci-aarch64 && ctest --preset ci-aarch64
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive

machine=$1
case $machine in
  aarch64) architecture=arm64 ;;
  s390x) architecture=s390x ;;
  *)
    echo "$0: unknown machine: $machine" >&2
    exit 2
    ;;
esac
apt-get install -y --no-install-recommends "gcc-$machine-linux-gnu" qemu-user

cd "$(dirname "$0")/../.."
sysroot=$PWD/build/sysroot-$machine
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch/lists/partial" "$scratch/archives/partial" "$scratch/packages"
# The sources and keys of this machine, and nothing else of its.
foreign=(-q -o "APT::Architecture=$architecture" -o "APT::Architectures=$architecture" -o "Dir::State::lists=$scratch/lists"
  -o "Dir::Cache=$scratch" -o Dir::State::status=/dev/null -o APT::Sandbox::User=root -o Acquire::Languages=none)
apt-get "${foreign[@]}" update
cd "$scratch/packages"
apt-get "${foreign[@]}" download libc6 libc6-dev linux-libc-dev libgcc-s1 libpcre2-8-0 libpcre2-dev libcmocka0 libcmocka-dev
rm -rf "$sysroot"
mkdir -p "$sysroot"
for package in *.deb; do
  dpkg-deb --extract "$package" "$sysroot"
done
