#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes, in the folder $1, inputs of everything that a format must be able to tell, for the cases format_*.case and for formats.sh:
# valid and invalid messages, warnings, what is expected and silenced, entries, lines, files that cannot be read, and names of all kinds.
set -eu
cd "$1"

cat > .bodycheck << 'END'
*.json            test.shop.ChangeItem  request
*.jsonl           test.shop.ChangeItem  request
created.json      test.shop.ChangeItem  response 201
none.json         test.shop.ListItems   request
quiet.json        test.shop.ListItems   request  expect unchecked
expected.json     test.shop.ChangeItem  request  expect SHOP.3 length.min
unexpected.json   test.shop.ChangeItem  request  expect SHOP.3
*.http            auto
*.har             auto
silenced.json     silence  /colour  enum  "the <shop> still has it: \"mauve\", 100%"
good.json         silence  /name    *     "long gone"
END

echo '{"name":"lamp_1","count":3}' > good.json
printf '{\r\n  "name": "x",\r\n  "count": 777,\r\n  "note": "far too long"\r\n}\r\n' > crlf.json
echo '{"note":"far too long","name":"lamp"}' > warned.json
: > empty.json
printf '\000\001\377\n' > binary.json
echo '{"id":7}' > created.json
echo '{}' > none.json
echo '{}' > quiet.json
echo '{"name":"x","note":"far too long"}' > expected.json
echo '{"name":"lamp","colour":"red","count":0,"weight":3}' > unexpected.json
echo '{"name":"lamp","colour":"mauve"}' > silenced.json
printf '%s\n' '{"name":"lamp","a<&>]]>%,:#\\\u202e\uffff\n":1,"twice":1,"twice":2,"twice":3}' > 'names, of <&> "all" 100%: #1.json'
echo '{"name":"x"}' > "$(printf 'line\nbreak.json')"
echo '{"name":"x"}' > "$(printf 'bytes-\377.json')"
echo '{"name":"x"}' > "$(printf 'letters-\303\244.json')"
printf '{"name":"lamp"}\n{"name":"x"}\n\n{"name":"lamp","note":"far too long"}\n' > records.jsonl
mkdir folder
echo '{"name":"lamp_1","count":3}' > folder/good.json
ln -s nowhere dangling.json

cat > shop.http << 'END'
PUT https://shop.example/v1/s/items/not-a-uuid?dry_run=perhaps HTTP/1.1
Content-Type: text/plain

{"name": "lamp", "count": 777}

###
GET https://shop.example/v1/s/items HTTP/1.1

HTTP/1.1 200 OK

[{"label": "far too long a label"}]

###
GET https://shop.example/v9/elsewhere HTTP/1.1

###
PUT https://shop.example/v1/s/items/{{item}} HTTP/1.1
X-Auth-Token: t

{"name": "lamp"}
END

cat > shop.har << 'END'
{"log": {"version": "1.2", "creator": {"name": "t", "version": "1"}, "entries": [
  {"startedDateTime": "2024-01-01T00:00:00Z", "time": 1, "cache": {}, "timings": {"send": 0, "wait": 1, "receive": 0},
   "request": {"method": "PUT", "url": "https://shop.example/v1/s/items/7b0c24a6-9f3f-4b1e-8a53-2f6b1f0f5a11", "httpVersion": "HTTP/1.1",
     "cookies": [], "headers": [{"name": "X-Auth-Token", "value": "t"}], "queryString": [], "headersSize": -1, "bodySize": 30,
     "postData": {"mimeType": "application/json", "text": "{\"name\": \"x\", \"spare\": {}}"}},
   "response": {"status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1", "cookies": [], "headers": [], "redirectURL": "",
     "headersSize": -1, "bodySize": 10, "content": {"size": 10, "mimeType": "application/json", "text": "{\"id\": 7}"}}},
  {"startedDateTime": "2024-01-01T00:00:00Z", "request": {"method": "GET"}}
]}}
END
