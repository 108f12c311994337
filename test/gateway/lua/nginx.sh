#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Debian's nginx with its Lua module, and bodycheck in it: sends all samples through it in both directions, and compares what is let through,
# what is answered and what is logged with what the command says. Everything listens on sockets of a new folder and is stopped at the end.
#
#   nginx.sh NGINX MODULES SOURCE LIBRARY_FOLDER COMMAND PYTHON
set -euo pipefail

nginx=$1
modules=$2
source=$3
library=$4
command=$5
python=$6

folder=$(mktemp -d)
stop() {
  if [ -s "$folder/nginx.pid" ]; then
    kill "$(cat "$folder/nginx.pid")"
    while [ -e "$folder/nginx.pid" ]; do sleep 0.05; done
  fi
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 1' INT TERM

mkdir "$folder/received" "$folder/rules"
cat >"$folder/rules/own.rules" <<'RULES'
provider  p
service   s
source    t  test
operation UpdateOwn  PUT  /own/{id}  @t
  path
    id    string  mandatory               @t
  request
    name  string  mandatory  length 2..3  @t
operation DeleteOwn  DELETE  /own/{id}  @t
  path
    id    string  mandatory               @t
RULES
chmod 755 "$folder"
user=
if [ "$(id -u)" = 0 ]; then
  user="user root;"
fi
for name in nginx edges plugins; do
  sed -e "s,@FOLDER@,$folder,g; s,@SOURCE@,$source,g; s,@MODULES@,$modules,g; s,@USER@,$user,g" \
    "$source/test/gateway/lua/$name.conf.in" >"$folder/$name.conf"
done
LD_LIBRARY_PATH=$library "$nginx" -p "$folder" -e "$folder/error.log" -c "$folder/nginx.conf" || {
  cat "$folder/error.log" >&2
  exit 1
}
for script in edges plugins drive; do
  "$python" -B "$source/test/gateway/lua/$script.py" "$folder" "$source/test/data" "$command" || {
    grep -vF "[warn]" "$folder/error.log" >&2 || true
    exit 1
  }
done
# What the test brings about itself: applications that go away or are not there, bodies that nginx refuses, what fails by itself, and a reload
# with broken rules.
if grep -E '\[(crit|alert|emerg|error)\]' "$folder/error.log" |
  grep -vF -e 'upstream prematurely closed connection' -e "connect() to unix:$folder/nobody failed" -e 'client intended to send too large body' \
    -e 'bodycheck: telling failed: ' -e ': no memory' -e 'own.rules:8:37: '; then
  echo "these errors are in nginx's log" >&2
  exit 1
fi
