# SPDX-License-Identifier: MIT
"""What must not pass without a verdict: what attackers may try, and what a configuration may forget."""

import os
import unittest

from gateway import GatewayTest, answer_of, request_of, wait_for

APP = "/v2/p1/apigw/instances/i1/apps/a1"
GOOD = b'{"name":"app_demo"}'
BAD = b'{"name":"ap"}'
REASON, RESPONSE_REASON = 10, 11

THINGS = """
provider example
service things
source doc the documentation
host things.example.com @doc
operation GetThing GET /v1/things/{id} @doc
  path
    id string mandatory @doc
  response 200
    name string mandatory length 1..8 @doc
operation PutThing PUT /v1/things/{id} @doc
  path
    id string mandatory @doc
  request
    name string mandatory length 1..8 @doc
"""

with open(os.environ["BODYCHECK_DATA"] + "/../../rules/huaweicloud/apig.rules", encoding="utf-8") as file:
    SHORT = file.read().replace("length 3..64", "length 2..64")

SERVER = """
    bodycheck block;
    location / { proxy_pass http://up; }
    location /single/ { bodycheck log; bodycheck_mode type block; rewrite ^/single(/.*)$ $1 break; proxy_pass http://up; }
    location /media/ { bodycheck_mode media-type off; rewrite ^/media(/.*)$ $1 break; proxy_pass http://up; }
    location /syntax/ { bodycheck_mode syntax log; rewrite ^/syntax(/.*)$ $1 break; proxy_pass http://up; }
    location /syntax/pass/ { bodycheck_mode syntax log; bodycheck_unchecked pass;
                             rewrite ^/syntax/pass(/.*)$ $1 break; proxy_pass http://up; }
    location /syntax/log/ { bodycheck log; bodycheck_mode syntax off; rewrite ^/syntax/log(/.*)$ $1 break; proxy_pass http://up; }
    location /large/ { bodycheck_max_body 64; bodycheck_unknown_route block; rewrite ^/large(/.*)$ $1 break; proxy_pass http://up; }
    location /whose/ { bodycheck_provider ""; rewrite ^/whose(/.*)$ $1 break; proxy_pass http://up; }
    location /whose/pass/ { bodycheck_provider ""; bodycheck_unchecked pass; rewrite ^/whose/pass(/.*)$ $1 break; proxy_pass http://up; }
    location /part/ { bodycheck off; bodycheck_response block; rewrite ^/part(/.*)$ $1 break; proxy_pass http://up; }
    location /part/strict/ { bodycheck off; bodycheck_response block; bodycheck_response_unchecked block;
                             rewrite ^/part/strict(/.*)$ $1 break; proxy_pass http://up; }
    location /half/ { bodycheck log; proxy_request_buffering off; error_page 502 = @half;
                      rewrite ^/half(/.*)$ $1 break; proxy_pass http://unix:FOLDER/nobody.sock; }
    location @half { bodycheck log; proxy_pass_request_body off; proxy_set_header Content-Length ""; proxy_pass http://up; }
    location /half/block/ { bodycheck log; proxy_request_buffering off; error_page 502 = @block;
                            rewrite ^/half/block(/.*)$ $1 break; proxy_pass http://unix:FOLDER/nobody.sock; }
    location @block { proxy_pass http://up; }
    location /things/ { bodycheck_rules FOLDER/things.rules; bodycheck_provider ""; bodycheck_unknown_route block;
                        rewrite ^/things(/.*)$ $1 break; proxy_pass http://up; }
    location /things/pass/ { bodycheck_rules FOLDER/things.rules; bodycheck_provider example; bodycheck_unchecked pass;
                             rewrite ^/things/pass(/.*)$ $1 break; proxy_pass http://up; }
    location /v1/ { bodycheck_rules FOLDER/things.rules; bodycheck_provider ""; bodycheck_unknown_route block; proxy_pass http://up; }
    location /logged/ { log_subrequest on; auth_request /authority; rewrite ^/logged(/.*)$ $1 break; proxy_pass http://up; }
    location = /authority { internal; log_subrequest on; proxy_pass_request_body off; proxy_set_header Content-Length "";
                            proxy_set_header X-Answer authority; proxy_pass http://up; }
    location /denied/ { deny all; }
    location /lists/ {
      bodycheck_mode length.min log;
      bodycheck_shadow FOLDER/shadow.rules;
      bodycheck_rules FOLDER/things.rules;
      location /lists/unset/ { bodycheck_mode off; bodycheck_shadow off; bodycheck_rules off;
                               rewrite ^/lists/unset(/.*)$ $1 break; proxy_pass http://up; }
      rewrite ^/lists(/.*)$ $1 break; proxy_pass http://up;
    }
"""


class Edges(GatewayTest):
    server = SERVER
    options = {"files": {"things.rules": THINGS, "shadow.rules": SHORT}}

    def refused(self, status, *arguments, **named):
        self.upstream.got.clear()
        self.assertEqual(self.gate.ask(*arguments, **named).status, status)
        self.assertEqual(self.upstream.got, [])

    def passed(self, *arguments, **named):
        self.upstream.got.clear()
        self.assertEqual(self.gate.ask(*arguments, **named).status, 200)
        self.assertEqual(len(self.upstream.got), 1)

    def test_many_logged_violations_do_not_hide_one_that_blocks(self):
        many = b",".join(b'"x%d":1' % i for i in range(150))
        self.passed("/single" + APP, b'{"name":"app_demo","x":1}')
        self.refused(400, "/single" + APP, b'{"name":"app_demo",%s,"remark":7}' % many)

    def test_a_body_that_is_not_read_is_not_valid(self):
        self.refused(400, "/media" + APP, BAD, media="text/plain")
        self.assertEqual(self.verdict_of("/media" + APP)[2], "unchecked")
        self.assertEqual(self.verdict_of("/media" + APP)[REASON], "the body was not looked at to its end")
        self.passed("/media" + APP, GOOD)

    def test_what_stands_behind_a_logged_fault_does_not_pass(self):
        self.refused(400, "/syntax" + APP, b'{"remark":"",,"name":"ap"}')
        self.passed("/syntax/pass" + APP, b'{"remark":"",,"name":"ap"}')
        self.passed("/syntax" + APP, GOOD)
        self.refused(400, "/syntax" + APP, BAD)

    def test_a_fault_that_is_off_is_not_valid_either(self):
        self.passed("/syntax/log" + APP, b"{,}")
        self.assertEqual(self.verdict_of("/syntax/log" + APP)[2], "unchecked")

    def test_a_body_that_no_table_describes(self):
        self.refused(400, "/things/v1/things/1", b"{}", method="GET", host="things.example.com")
        self.passed("/things/v1/things/1", method="GET", host="things.example.com")
        self.passed("/things/pass/v1/things/1", b"{}", method="GET", host="things.example.com")

    def test_a_large_body_to_nowhere_is_for_the_route_to_refuse(self):
        self.refused(404, "/large/nowhere", b"x" * 100)
        self.refused(413, "/large" + APP, b"x" * 100)
        self.refused(404, "/large/nowhere", b"64\r\n" + b"x" * 100 + b"\r\n0\r\n\r\n", fields=["Transfer-Encoding: chunked"], length=False)

    def test_a_path_of_several_providers_does_not_pass(self):
        self.refused(500, "/whose" + APP, GOOD)
        self.assertTrue([line for line in self.gate.log() if "several operations fit" in line and "[warn]" in line])
        self.passed("/whose/pass" + APP, GOOD)
        self.passed("/whose/nowhere", GOOD)
        self.assertIn("several providers document PUT", self.gate.said())

    def test_a_part_of_a_response_is_unchecked(self):
        self.upstream.answers["part"] = answer_of(206, b'{"na', ["Content-Range: bytes 0-3/20"])
        response = self.gate.ask("/part" + APP, GOOD, fields=["X-Answer: part", "Range: bytes=0-3"])
        self.assertEqual((response.status, response.body), (206, b'{"na'))
        self.assertEqual(self.verdict_of("/part" + APP)[7], "unchecked")
        self.assertEqual(self.verdict_of("/part" + APP)[RESPONSE_REASON], "there is no whole body")

    def halves(self, where):
        client = self.gate.client()
        text = request_of(where + APP, GOOD)
        client.send(text[:-5])
        wait_for(lambda: "nobody.sock" in self.gate.said(), "the upstream that is not there")
        client.send(text[-5:])
        return client.receive()

    def test_a_body_that_is_redirected_half_way_is_not_checked_twice(self):
        self.assertEqual(self.halves("/half").status, 200)
        self.assertIn(self.verdict_of("/half" + APP)[2], ("valid", "unchecked"))

    def test_a_body_that_is_redirected_half_way_does_not_pass_where_it_must_be_whole(self):
        response = self.halves("/half/block")
        self.assertEqual(response.status, 500)
        self.assertEqual(self.upstream.got, [])

    def test_the_host_of_the_request_line_goes_first(self):
        target = "http://things.example.com/v1/things/1"
        self.refused(400, target, b'{"name":"much too long"}', host="other.example.com")
        self.refused(404, target.replace("things.", "other."), b'{"name":"good"}', host="things.example.com")
        self.passed(target, b'{"name":"good"}', host="other.example.com")
        target = "http://things.example.com/things/v1/things/1"
        self.refused(400, target, b'{"name":"much too long"}', host="other.example.com")
        self.passed(target, b'{"name":"good"}', host="other.example.com")

    def test_a_subrequest_that_is_logged_is_no_message(self):
        before = len(self.gate.log())
        self.passed_with_authority()
        self.assertEqual(self.gate.log()[before:], [])

    def passed_with_authority(self):
        self.upstream.answers["authority"] = answer_of(204, b"")
        self.assertEqual(self.gate.ask("/logged" + APP, GOOD).status, 200)
        self.verdict_of("/logged" + APP)

    def test_the_reason_of_an_early_end_is_told(self):
        self.refused(403, "/denied" + APP, GOOD)
        self.assertEqual(self.verdict_of("/denied" + APP)[REASON], "answered before it could be checked")

    def test_lists_can_be_unset(self):
        before = len([line for line in self.gate.log() if "shadow differs" in line])
        self.passed("/lists" + APP, BAD)
        self.assertEqual(len([line for line in self.gate.log() if "shadow differs" in line]), before + 1)
        self.refused(400, "/lists/unset" + APP, BAD)
        self.assertEqual(len([line for line in self.gate.log() if "shadow differs" in line]), before + 1)


SCARCE = os.environ.get("BODYCHECK_SCARCE")


@unittest.skipUnless(SCARCE, "no library that makes memory scarce")
class Scarce(GatewayTest):
    """A worker whose larger blocks of memory run out as long as a file is there."""

    server = """
    bodycheck block;
    bodycheck_response block;
    location / { proxy_pass http://up; }
    location /off/ { bodycheck off; bodycheck_response off; rewrite ^/off(/.*)$ $1 break; proxy_pass http://up; }
    location /log/ { bodycheck log; bodycheck_response log; rewrite ^/log(/.*)$ $1 break; proxy_pass http://up; }
    location /pass/ { bodycheck_unchecked pass; rewrite ^/pass(/.*)$ $1 break; proxy_pass http://up; }
    location /strict/ { bodycheck off; bodycheck_response_unchecked block; rewrite ^/strict(/.*)$ $1 break; proxy_pass http://up; }
    """
    options = {"top": "env SCARCE_FILE; env LD_PRELOAD;"}

    @classmethod
    def setUpClass(cls):
        os.environ["LD_PRELOAD"] = SCARCE
        os.environ["SCARCE_FILE"] = "/tmp/bodycheck-scarce-%d" % os.getpid()
        try:
            super().setUpClass()
        finally:
            del os.environ["LD_PRELOAD"]

    def tearDown(self):
        if os.path.exists(os.environ["SCARCE_FILE"]):
            os.unlink(os.environ["SCARCE_FILE"])

    def test_without_memory_for_a_checker(self):
        self.assertEqual(self.gate.ask("/off" + APP, GOOD).status, 200)  # the worker has what it needs itself
        self.upstream.got.clear()
        with open(os.environ["SCARCE_FILE"], "w", encoding="utf-8"):
            pass
        self.assertEqual(self.gate.ask(APP, GOOD).status, 503)
        self.assertEqual(self.upstream.got, [])
        self.assertEqual(self.verdict_of(APP)[REASON], "no memory for a checker")
        self.assertEqual(self.gate.ask("/log" + APP, BAD).status, 200)
        self.assertEqual(self.gate.ask("/pass" + APP, BAD).status, 200)
        self.assertEqual(self.gate.ask("/strict" + APP, GOOD).status, 502)
        os.unlink(os.environ["SCARCE_FILE"])
        self.assertEqual(self.gate.ask(APP, BAD).status, 400)
        self.upstream.answers[None] = answer_of(201, b'{"name":"app_demo"}')
        self.assertEqual(self.gate.ask(APP, GOOD).status, 201)


if __name__ == "__main__":
    unittest.main()
