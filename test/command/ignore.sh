#!/bin/bash
# SPDX-License-Identifier: MIT
#
# In random trees with random patterns, a walk finds the files that git lists, but for the hidden ones.
#
#   ignore.sh WALK-LIST SCRATCH [SEED [TREES]]
set -euo pipefail

walk_list=$(realpath "$1")
scratch=$2
seed=${3:-1}
trees=${4:-200}

rm -rf "$scratch"
mkdir -p "$scratch/config/git"
cd "$scratch"
scratch=$PWD
export GIT_CONFIG_NOSYSTEM=1 HOME=$scratch XDG_CONFIG_HOME=$scratch/config LC_ALL=C
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_CEILING_DIRECTORIES GIT_CONFIG_GLOBAL
git init -q --bare repository
git -C repository config core.bare false

# Each tree is a working tree of the one repository, which its file .git names. With a tree come its patterns for info/exclude and for
# the user's own file, and a call of `compare`.
awk -v seed="$seed" -v trees="$trees" '
  function random(n) {
    state = state * 16807 % 2147483647
    return int(state / 11) % n
  }
  function quoted(text) {
    gsub(/\047/, "\047\\\047\047", text)
    return "\047" text "\047"
  }
  function name() {
    return names[random(name_count)]
  }
  function part(  text, count) {
    if (random(3) == 0) return name()
    if (random(6) == 0) return "**"
    text = ""
    for (count = 1 + random(4); count > 0; count--) text = text pieces[random(piece_count)]
    return text
  }
  # The page of git says that the stars of "a**/b" are usual ones, git itself does otherwise: patterns that tell the two apart are not made.
  function pattern(  text, count) {
    do {
      text = random(4) == 0 ? "/" : ""
      for (count = 1 + random(3) * random(2); count > 0; count--) text = text part() (count > 1 ? "/" : "")
      if (random(4) == 0) text = text "/"
    } while (text ~ /[^\/]\*\*+(\/|$)/)
    if (random(4) == 0) text = "!" text
    if (random(9) == 0) text = text " "
    if (random(25) == 0) text = "#" text
    return text
  }
  function patterns(file,  count) {
    files = files sprintf("printf \047%%s\\n\047")
    if (random(5) == 0) files = files sprintf(" $\047\\xef\\xbb\\xbf\047%s", quoted(name()))
    for (count = 1 + random(5); count > 0; count--) files = files " " quoted(pattern() (random(7) == 0 ? "\r" : ""))
    if (random(9) == 0) files = files sprintf(" \"\" %s$\047\\r\047", quoted(name()))
    files = files " >" file "\n"
  }
  function fill(folder, depth,  count, inner) {
    folders = folders " " quoted(folder)
    made[made_count++] = folder
    for (count = random(6); count > 0; count--) {
      inner = folder "/" name()
      if (inner in taken) continue
      taken[inner] = 1
      if (depth < 4 && random(2) == 0) fill(inner, depth + 1)
      else files = files ": >" quoted(inner) "\n"
    }
    if (depth == 0 || random(3) == 0) patterns(quoted(folder "/.gitignore"))
  }
  BEGIN {
    name_count = split("a|b|ab|ba|a.json|b.json|a.b|a b|a |#a|!a|[a]|a\\b|a*|A|.a|\303\251", list, "|")
    for (i = 1; i <= name_count; i++) names[i - 1] = list[i]
    piece_count = split("a|b|.|*|*|?|[ab]|[!a]|[^b.]|[a-c]|[[:alpha:]]|[a|]|\\|\\*|\\a|\\ | |**|!|#|.json|[]a]|[\\a]|-|\303", list, "|")
    for (i = 1; i <= piece_count; i++) pieces[i - 1] = list[i]
    for (tree = seed; tree < seed + trees; tree++) {
      state = tree * 2654435 % 2147483646 + 1
      random(2); random(2)
      top = "tree" tree
      folders = files = ""
      made_count = 0
      fill(top, 0)
      fill(top "/c", 1)
      patterns("config/git/ignore")
      patterns("repository/info/exclude")
      inner = made[1 + random(made_count - 1)]
      printf "mkdir%s\n%scompare %s %s\n", folders, files, top, quoted(substr(inner, length(top) + 2))
    }
  }' >make.sh

# list FOLDER: what git and the walk find below a folder of the tree, behind a line that says where this is
list() {
  printf '== %s\0' "$PWD, walking $1" | tee -a ../expected >>../got
  git --literal-pathspecs ls-files --others --exclude-standard -z -- "$1" >>../expected
  "$walk_list" "$1" >>../got
}

# compare TREE FOLDER
compare() {
  echo "gitdir: ../repository" >"$1/.git"
  cd "$1"
  list .
  # A folder that is named is walked although it is ignored, of which git lists nothing.
  if ! git check-ignore -q "$2"; then
    list "$2"
  fi
  cd ..
}
source ./make.sh

# Each path behind the line that says where it was found; without hidden ones, and in one order, for git has another.
lines() {
  tr '\0' '\n' <"$1" | awk '/^== / { where = $0; next } !/(^|\/)\./ { print where ": " $0 }' | sort
}
lines expected >expected.txt
lines got >got.txt
if ! cmp -s expected.txt got.txt; then
  echo "FAILED; the number of a tree is the SEED that makes it alone; < is what git finds, > what the walk does"
  diff expected.txt got.txt
fi

found=$(wc -l <got.txt)
left_out=$(find tree* -type f -printf x | wc -c)
left_out=$((left_out - found))
echo "$trees trees: $found files found, $left_out left out"
[ "$found" -gt "$trees" ] && [ "$left_out" -gt "$trees" ]
