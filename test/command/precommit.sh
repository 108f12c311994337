#!/bin/bash
# SPDX-License-Identifier: MIT
#
# What the README says of hooks is true: in a repository of fixtures, with the hooks of .pre-commit-hooks.yaml installed by pre-commit from
# a local clone of this project, or with the plain hook that the README prints, good fixtures are committed and bad ones are refused.
# Without any network.
#
#   precommit.sh SOURCE COMMAND SCRATCH        CMAKE may name the program
set -euo pipefail

source=$1
command=$2
scratch=$3
cmake=${CMAKE:-cmake}

# The environment is that of somebody else: no configuration of this machine's, no network, and the command where programs are.
while read -r name; do
  unset "$name"
done < <(env | sed -nE 's/^((GIT|PRE_COMMIT|BODYCHECK)[A-Z_]*)=.*/\1/p')
rm -rf "$scratch"
mkdir -p "$scratch/bin" "$scratch/home"
ln -s "$command" "$scratch/bin/bodycheck"
export HOME=$scratch/home PRE_COMMIT_HOME=$scratch/cache GIT_CONFIG_NOSYSTEM=1 LC_ALL=C.UTF-8
export http_proxy=http://127.0.0.1:9 https_proxy=http://127.0.0.1:9
PATH=$(cd "$(dirname "$(command -v "$cmake")")" && pwd):$PATH
PATH=$scratch/bin:$PATH
git config --global user.name Tester
git config --global user.email tester@bodycheck.example
git config --global init.defaultBranch main
git config --global advice.detachedHead false
cd "$scratch"

step() {
  printf -- '-- %s\n' "$*"
}

fail() {
  cat "$scratch/log" >&2
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}

# The NUMBERth block of a language below the heading "Before each commit" of the README.
block() {
  awk -v fence="\`\`\`$1" -v wanted="$2" '
    /^## / { here = $0 == "## Before each commit" }
    inside && /^```$/ { exit }
    inside { print }
    here && $0 == fence && ++count == wanted { inside = 1 }
  ' "$source/README.md" | grep . || fail "README.md has no $1 block $2 below 'Before each commit'"
}

# A clone of this project, with all that is built, as it lies there, committed or not.
make_clone() {
  mkdir clone
  cp -R "$source"/{.pre-commit-hooks.yaml,.gitignore,CMakeLists.txt,LICENSE,include,lib,rules} clone
  (cd clone && git init -q && git add -A && git commit -qm "All of it")
}

# Begins a repository of fixtures, and enters it.
begin() {
  cd "$scratch"
  git init -q "$1"
  cd "$1"
  mkdir fixtures
  cat >.bodycheck <<'B'
fixtures/**/*.json    UpdateAppV2  request
B
  echo '{"not": "ours"}' >package.json
  echo '{"name": "untracked and bad", "remark": 7}' >fixtures/draft.json
  git add .bodycheck package.json
}

# accepts|refuses WHAT [TEXT...]: what the index holds is committed, or is not, and each text stands on the screen.
accepts() {
  git commit -m "$1" >"$scratch/log" 2>&1 </dev/null || fail "$(basename "$PWD"): $1: was refused"
}
refuses() {
  local what=$1 before after
  shift
  before=$(git rev-parse --verify -q HEAD || true)
  if git commit -m "$what" >"$scratch/log" 2>&1 </dev/null; then
    fail "$(basename "$PWD"): $what: was committed"
  fi
  after=$(git rev-parse --verify -q HEAD || true)
  [ "$before" = "$after" ] || fail "$(basename "$PWD"): $what: HEAD has moved"
  for text in "$@"; do
    grep -qF -e "$text" "$scratch/log" || fail "$(basename "$PWD"): $what: the screen lacks '$text'"
  done
}

# What both hooks do.
scenarios() {
  local odd=$'a b\nc \'"$HOME.json'
  echo '{"name": "good"}' >fixtures/good.json
  git add fixtures/good.json
  accepts "a good fixture, a file that nothing maps, and a bad one that is not tracked"
  echo '{"name": "ab"}' >fixtures/bad.json
  git add fixtures/bad.json
  refuses "a bad fixture" fixtures/bad.json:1:10: length.min "400 APIG.2005"
  echo '{"name": "good_enough"}' >fixtures/bad.json
  refuses "what is staged is bad, what lies there is good" fixtures/bad.json:1:10: "400 APIG.2005"
  git add fixtures/bad.json
  echo '{"name": "ab"}' >fixtures/bad.json
  accepts "what is staged is good, what lies there is bad"
  git checkout -q fixtures/bad.json
  echo '{"name": 7}' >"fixtures/$odd"
  git add fixtures/a*
  refuses "a bad fixture with an odd name" "HOME.json:1:10:" "[type]"
  git rm -qf --cached fixtures/a*
  rm fixtures/a*
  echo 'fixtures/good.json  UpdateAppV2  response 400' >>.bodycheck
  git add .bodycheck
  refuses "another operation for a fixture that has not changed" fixtures/good.json:1: "[mandatory]"
  git checkout -q HEAD .bodycheck
  echo '{"name": "ab"}' >fixtures/bad.json
  echo 'fixtures/bad.json  UpdateAppV2  request  expect APIG.2005' >>.bodycheck
  git add .bodycheck fixtures/bad.json
  accepts "a bad fixture that is expected to be bad in this way"
  echo 'fixtures/bad.json  UpdateAppV3  request' >>.bodycheck
  git add .bodycheck
  refuses "a .bodycheck file with a mistake" .bodycheck:3: UpdateAppV3
  git checkout -q HEAD .bodycheck
  git rm -q fixtures/bad.json
  accepts "a fixture less"
}

# The README's configuration, with the clone as the project's address and its commit as the version.
configure() {
  block yaml 1 | sed -E "s,^( *- repo:).*,\1 $scratch/clone,; s,^( *rev:).*,\1 $(git -C "$scratch/clone" rev-parse HEAD)," >.pre-commit-config.yaml
  grep -qF "repo: $scratch/clone" .pre-commit-config.yaml || fail "README.md: its configuration has another form than this test knows"
  pre-commit install >"$scratch/log" || fail "pre-commit cannot be installed"
  git add .pre-commit-config.yaml
}

make_clone

step "pre-commit, with the installed command"
begin framework
configure
scenarios
printf 'provider shop\nservice orders Orders\n\noperation\n' >shop.rules
git add shop.rules
refuses "a rule file with a mistake" shop.rules:4:10: "bodycheck lint"
printf 'provider shop\nservice orders Orders\nsource doc "A page"\n' >shop.rules
git add shop.rules
accepts "a good rule file"
pre-commit run --all-files >"$scratch/log" || fail "pre-commit finds fault with what it has let pass"
[ ! -e "$PRE_COMMIT_HOME"/repo*/build ] || fail "the command was built although it is installed"

step "pre-commit, with a command of another version: it is built"
rm "$scratch/bin/bodycheck"
printf '#!/bin/sh\necho "bodycheck 0.0.0"\n' >"$scratch/bin/bodycheck"
printf '#!/bin/sh\necho "this is no cmake" >&2\nexit 1\n' >"$scratch/bin/cmake"
chmod +x "$scratch/bin/bodycheck" "$scratch/bin/cmake"
echo '{"name": "better"}' >fixtures/good.json
git add fixtures/good.json
refuses "nothing to build it with" "this is no cmake" "apt-get install cmake"
rm "$scratch/bin/cmake"
accepts "a good fixture, checked by what was built"
[ -x "$(ls "$PRE_COMMIT_HOME"/repo*/build/precommit)" ] || fail "nothing was built"
[ "$(ls "$PRE_COMMIT_HOME"/repo*/build)" = precommit ] || fail "building has left files behind"
echo '{"name": "ab"}' >fixtures/good.json
git add fixtures/good.json
refuses "a bad fixture, checked by what was built" fixtures/good.json:1:10: "400 APIG.2005"
ln -sf "$command" "$scratch/bin/bodycheck"

step "the plain hook of README.md"
begin plain
block sh 1 >.git/hooks/pre-commit
chmod +x .git/hooks/pre-commit
scenarios
git rm -qr --cached .
accepts "nothing that could be checked"

step "the workflow of README.md"
begin workflow
echo '{"name": "good"}' >fixtures/good.json
rm fixtures/draft.json
cp -r "$scratch/clone" .bodycheck-source
block yaml 2 >"$scratch/workflow.yml"
runs=$(sed -nE 's/^ *- run: //p' "$scratch/workflow.yml" | grep -v '^sudo ')
[ "$(printf '%s\n' "$runs" | wc -l)" = 2 ] || fail "README.md: its workflow has another form than this test knows"
mkdir "$scratch/temp"
workflow() {
  RUNNER_TEMP=$scratch/temp bash -euo pipefail -c "$runs" >"$scratch/log" 2>&1
}
workflow || fail "the workflow fails where all fixtures are good"
[ -s report.sarif ] || fail "the workflow writes no report"
echo '{"name": "ab"}' >fixtures/good.json
if workflow; then
  fail "the workflow passes over a bad fixture"
fi
grep -q '^::error .*file=fixtures/good.json' "$scratch/log" && grep -qF APIG.2005 report.sarif || fail "the workflow's reports lack the error"
echo "the hooks let good fixtures pass and refuse bad ones"
