#!/bin/bash
# SPDX-License-Identifier: MIT
#
# lib/rules/embed.cmake keeps every byte: files with all 256 of them, with what CMake itself would understand, and with nothing.
#
#   embed.sh SOURCE SCRATCH        CMAKE and CC may name the programs
set -euo pipefail

source=$1
scratch=$2
cmake=${CMAKE:-cmake}
cc=${CC:-cc}

rm -rf "$scratch"
mkdir -p "$scratch/rules/a"
cd "$scratch"

for ((byte = 0; byte < 256; byte++)); do
  printf "\\x$(printf %02x "$byte")"
done >rules/a/all.rules
printf 'a;b;;[c;d]\\;\\n"${E}" $ENV{HOME} @AT@ ?\?=\r\n\t]]==] no newline at the end' >rules/a/cmake.rules
: >rules/a/empty.rules
head -c 32 rules/a/all.rules >rules/a/line.rules

cat >write.c <<'C'
#include "rules/builtin.h"
#include <stdio.h>
#include <string.h>
int main(int argc, char **argv) {
  (void)argc;
  for (size_t i = 0; i < bdc__builtin_count; i++) {
    const bdc_rule_text *text = &bdc__builtin_texts[i];
    if (text->name.size == strlen(argv[1]) && memcmp(text->name.data, argv[1], text->name.size) == 0) {
      return fwrite(text->text.data, 1, text->text.size, stdout) != text->text.size;
    }
  }
  return 1;
}
C

names="rules/a/all.rules;rules/a/cmake.rules;rules/a/empty.rules;rules/a/line.rules"
"$cmake" -DROOT="$scratch" -DOUTPUT="$scratch/builtin.c" "-DNAMES=$names" -P "$source/lib/rules/embed.cmake"
$cc -std=c11 -Wall -Wextra -Wconversion -Werror -I"$source/include" -I"$source/lib" write.c builtin.c -o write
IFS=';'
for name in $names; do
  ./write "$name" | cmp - "$name"
done
echo "every byte is kept"
