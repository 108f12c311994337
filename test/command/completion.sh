#!/bin/bash
# SPDX-License-Identifier: MIT
#
# What a shell completes with the script that the command prints for it.
#
#   completion.sh SHELL COMMAND RULES SCRATCH        SHELL: bash, zsh or fish; RULES: a folder with the service test.shop
set -euo pipefail

shell=$1
command=$(realpath "$2")
rules=$(realpath "$3")
scratch=$4

# Zsh completes at a terminal only, and a container need not have any: 77 is "skipped".
if [ "$shell" = zsh ] && ! zsh -fc 'zmodload zsh/zpty && zpty terminal true' 2>/dev/null; then
  echo "there are no pseudo terminals here"
  exit 77
fi

rm -rf "$scratch"
mkdir -p "$scratch/bin" "$scratch/files/folder"
scratch=$(realpath "$scratch")
ln -s "$command" "$scratch/bin/bodycheck"
export PATH=$scratch/bin:$PATH HOME=$scratch LC_ALL=C.UTF-8 TERM=xterm SCRIPT=$scratch/script HITS=$scratch/hits
"$command" completion "$shell" >"$SCRIPT"
cd "$scratch/files"
touch 'body one.json' ./-file.json
ln -s "$rules" rules

# Each of the following prints what completes the command line $1, a candidate on each line.

complete_bash() {
  # Split as readline does: "=" is a word of its own.
  bash --norc -c '
    source "$SCRIPT"
    split=${1//=/ = }
    COMP_WORDS=($split) COMP_LINE=$1
    [[ $1 != *" " ]] || COMP_WORDS+=("")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    [[ $(complete -p bodycheck) == *"-F _bodycheck bodycheck" ]] || exit
    _bodycheck
    ((${#COMPREPLY[@]} == 0)) || printf "%s\n" "${COMPREPLY[@]}"' bash "$1"
}

complete_fish() {
  fish --no-config -c 'source $SCRIPT; complete -C $argv[1]' "$1" | cut -f 1
}

# The line is typed in a terminal of zpty, where compadd writes down what it is given.
complete_zsh() {
  rm -f "$HITS" "$HITS.done"
  touch "$HITS"
  zsh -f -c '
    zmodload zsh/zpty
    zpty terminal zsh -f -i
    zpty -w terminal "source $HOME/typed.zsh"
    for ((i = 0; i < 500; i++)); do
      [[ -e $HITS.ready ]] && break
      sleep 0.02
    done
    zpty -w -n terminal "$1"$'\''\t'\''
    for ((i = 0; i < 500; i++)); do
      [[ -e $HITS.done ]] && break
      sleep 0.02
    done
    zpty -d terminal
    [[ -e $HITS.done ]]' zsh "$1"
  cat "$HITS"
}
mkdir "$HOME/functions"
ln -s "$SCRIPT" "$HOME/functions/_bodycheck"
cat >"$HOME/typed.zsh" <<'TYPED'
PROMPT=
autoload -Uz compinit
fpath=($HOME/functions $fpath)
compinit -u -d $HOME/functions.dump
compadd() {
  # Calls that fill arrays add nothing.
  if [[ " ${argv[1,(i)(-|--)]} " == *' -'[OAD]' '* ]]; then
    builtin compadd "$@"
    return
  fi
  local -a typed_hits
  builtin compadd -A typed_hits "$@"
  (($#typed_hits)) && print -rl -- $typed_hits >>$HITS
  builtin compadd "$@"
}
write_down() {
  zle complete-word
  : >$HITS.done
}
zle -N write_down
bindkey '^I' write_down
: >$HITS.ready
TYPED

failed=0
cases=0
# expect TYPED CANDIDATE...
expect() {
  local typed=$1
  shift
  cases=$((cases + 1))
  for candidate; do
    echo "$candidate"
  done | sort >"$scratch/expected"
  "complete_$shell" "$typed" | sed 's/^\(--[a-z-]*\)=$/\1/' | sort -u >"$scratch/got"
  if ! diff "$scratch/expected" "$scratch/got" >"$scratch/diff"; then
    failed=$((failed + 1))
    printf 'FAILED: %s; < is missing, > is too much\n' "$typed"
    cat "$scratch/diff"
  fi
}

# To fish an equals sign is no end of a word, and it shows of a folder that it is one; zsh escapes blanks itself.
before_value=
slash=
escape=
case $shell in
  fish) before_value=--color= slash=/ ;;
  zsh) escape=\\ ;;
esac

expect 'bodycheck li' lint list
expect 'bodycheck --ver' --version
expect 'bodycheck check --prov' --provider
expect 'bodycheck check body.json --respo' --response
expect 'bodycheck lint --he' --help
expect 'bodycheck check --color ' always auto never
expect 'bodycheck check --color=ne' "${before_value}never"
expect 'bodycheck check -f conc' concise
expect 'bodycheck check --jobs '
expect 'bodycheck completion ' bash fish zsh
expect 'bodycheck check --op otc.' otc.apig.UpdateAppV2
expect 'bodycheck explain huaweicloud.ro' huaweicloud.roma.UpdateRomaApp
if [ "$shell" = fish ]; then
  expect 'bodycheck check -o UpdateRoma' huaweicloud.roma.UpdateRomaApp
else
  expect 'bodycheck check -o UpdateRoma' UpdateRomaApp
  expect 'bodycheck check -o roma.' roma.UpdateRomaApp
fi
expect 'bodycheck check --op test.shop.'
expect 'bodycheck check --rules rules --op test.shop.' test.shop.ChangeItem test.shop.ListItems
expect 'bodycheck check --rules=rules --op test.shop.L' test.shop.ListItems
expect 'bodycheck check --lines bod' "body${escape} one.json"
expect 'bodycheck lint rul' "rules$slash"
expect 'bodycheck check --rules fol' "folder$slash"
expect 'bodycheck check -- -fi' -file.json
expect 'bodycheck nonsense '

# Whatever the help of a command names is offered.
for name in $("$command" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\).*/\1/p'); do
  options=$("$command" "$name" --help | sed -nE '/^Options:/,/^$/s/^  (    |-., )(--[a-z-]+).*/\2/p')
  [ -n "$options" ]
  expect "bodycheck $name --" $options
done

# Sourced, it is there as well.
if [ "$shell" = zsh ] && ! zsh -f -c 'autoload -Uz compinit; compinit -u -D; source $SCRIPT; [[ $_comps[bodycheck] == _bodycheck ]]'; then
  failed=$((failed + 1))
  echo "FAILED: sourced, the script completes nothing"
fi

echo "$shell: $cases command lines, $failed failed"
[ "$failed" -eq 0 ]
