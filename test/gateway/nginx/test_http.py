# SPDX-License-Identifier: MIT
"""What HTTP and nginx can do to a message on its way."""

import gzip
import json
import os
import re
import shutil
import subprocess
import unittest

from gateway import GatewayTest, answer_of, chunked_answer_of, request_of, wait_for

APP = "/v2/p1/apigw/instances/i1/apps/a1"
ROMA = "/v2/p1/instances/i1/apps/a1"
GOOD = b'{"name":"app_demo"}'
BAD = b'{"name":"ap"}'
GOOD_BODY = b'{"name":"app_demo","remark":"Demo app","status":1}'
GOOD_ANSWER = answer_of(201, GOOD_BODY)
BAD_ANSWER = answer_of(201, b'{"name":7}')
CURL = shutil.which("curl")

SERVER = """
    bodycheck block;
    bodycheck_response block;
    location / { proxy_pass http://up; }
    location /log/ { bodycheck log; bodycheck_response log; rewrite ^/log(/.*)$ $1 break; proxy_pass http://up; }
    location /files/ {
      bodycheck log; bodycheck_response log; proxy_buffer_size 4k; proxy_buffers 2 4k; proxy_busy_buffers_size 4k;
      client_body_in_file_only clean; rewrite ^/files(/.*)$ $1 break; proxy_pass http://up;
    }
    location /files/block/ {
      client_body_in_file_only clean; proxy_buffer_size 4k; proxy_buffers 2 4k; proxy_busy_buffers_size 4k;
      rewrite ^/files/block(/.*)$ $1 break; proxy_pass http://up;
    }
    location /direct/ { proxy_buffering off; rewrite ^/direct(/.*)$ $1 break; proxy_pass http://up; }
    location /gzip/ { gzip on; gzip_min_length 1; gzip_types application/json; rewrite ^/gzip(/.*)$ $1 break; proxy_pass http://up; }
    location /authorised/ { auth_request /authority; rewrite ^/authorised(/.*)$ $1 break; proxy_pass http://up; }
    location = /authority {
      internal; proxy_pass_request_body off; proxy_set_header Content-Length ""; proxy_set_header X-Answer authority; proxy_pass http://up;
    }
    location /mirrored/ { mirror /copy; rewrite ^/mirrored(/.*)$ $1 break; proxy_pass http://up; }
    location = /copy { internal; proxy_set_header X-Answer copy; proxy_pass http://up/copy; }
    location /tried/ { bodycheck off; try_files /nothing @tried; }
    location @tried { rewrite ^/tried(/.*)$ $1 break; proxy_pass http://up; }
    location /fallback/ { bodycheck log; error_page 404 = @fallback; return 404; }
    location @fallback { rewrite ^/fallback(/.*)$ $1 break; proxy_pass http://up; }
    location /page/ { bodycheck_max_body 8; error_page 413 /sorry.html; rewrite ^/page(/.*)$ $1 break; proxy_pass http://up; }
    location /apology/ {
      bodycheck_max_body 32; bodycheck_unknown_route block; error_page 404 413 415 = @apology;
      rewrite ^/apology(/.*)$ $1 break; proxy_pass http://up;
    }
    location @apology { proxy_pass http://up; }
    location = /sorry.html { internal; bodycheck_response off; return 200 "sorry"; }
    location /answer/page/ { error_page 400 /sorry.html; rewrite ^/answer/page(/.*)$ $1 break; proxy_pass http://up; }
    location /response/page/ {
      bodycheck_response_unchecked block; error_page 502 /sorry.html; rewrite ^/response/page(/.*)$ $1 break; proxy_pass http://up;
    }
    location /down/ { rewrite ^/down(/.*)$ $1 break; proxy_pass http://unix:FOLDER/nobody.sock; }
    location /accel/ { rewrite ^/accel(/.*)$ $1 break; proxy_pass http://up; }
    location /inside/ { internal; rewrite ^/inside(/.*)$ $1 break; proxy_set_header X-Answer inside; proxy_pass http://up; }
    location /ranges/ { bodycheck off; proxy_force_ranges on; proxy_set_header Range "";
                        rewrite ^/ranges(/.*)$ $1 break; proxy_pass http://up; }
    location /ranges/log/ { bodycheck off; bodycheck_response log; proxy_force_ranges on; proxy_set_header Range "";
                            rewrite ^/ranges/log(/.*)$ $1 break; proxy_pass http://up; }
    location /static/ { bodycheck off; bodycheck_operation huaweicloud.apig.UpdateAppV2; alias FOLDER/; }
    location /large/ { bodycheck off; bodycheck_operation huaweicloud.workspace.UpdateApp; types { application/json json; } alias FOLDER/; }
    location /included/ { ssi on; ssi_types *; rewrite ^/included(/.*)$ $1 break; proxy_pass http://up; }
    location /ahead { add_header X-Verdict $bodycheck_verdict; proxy_set_header X-Verdict $bodycheck_verdict;
                      rewrite ^/ahead(/.*)$ $1 break; proxy_pass http://up; }
"""


class Http(GatewayTest):
    server = SERVER
    options = {"files": {"static.json": '{"name":"ap"}'}}

    def setUp(self):
        super().setUp()
        self.upstream.answers = {None: GOOD_ANSWER, "bad": BAD_ANSWER}

    def send(self, client, target, body, **named):
        client.send(request_of(target, body, **named))
        return client.receive(named.get("method", "PUT"))

    def test_keep_alive(self):
        client = self.gate.client()
        expected = [(GOOD, 201), (BAD, 400), (GOOD, 201), (b"", 400), (BAD, 400), (GOOD, 201)]
        for body, status in expected:
            self.assertEqual(self.send(client, APP, body).status, status)
        self.assertEqual(self.send(client, APP, GOOD, fields=["X-Answer: bad"]).status, 500)
        self.assertEqual(self.send(client, APP, GOOD).status, 201)
        self.assertEqual(self.upstream.bodies(), [GOOD] * 5)

    def test_pipelined(self):
        client = self.gate.client()
        client.send(request_of(APP, GOOD) + request_of(APP, BAD) + request_of(APP, GOOD) + request_of(APP, b"") + request_of(APP, GOOD))
        self.assertEqual([client.receive().status for _ in range(5)], [201, 400, 201, 400, 201])
        self.assertEqual(self.upstream.bodies(), [GOOD] * 3)

    def test_expect_100_continue(self):
        client = self.gate.client()
        for body, status in ((GOOD, 201), (BAD, 400)):
            client.send(request_of(APP, body, fields=["Expect: 100-continue"])[: -len(body)])
            self.assertIn(b"100 Continue", client.reader.until(b"\r\n\r\n"))
            client.send(body)
            self.assertEqual(client.receive().status, status)

    def test_http_1_0(self):
        client = self.gate.client()
        client.send(request_of(APP, BAD).replace(b"HTTP/1.1", b"HTTP/1.0"))
        self.assertEqual(client.receive().status, 400)
        self.assertTrue(client.ended())

    def chunks(self, target, pieces):
        client = self.gate.client()
        client.send(request_of(target, fields=["Content-Type: application/json", "Transfer-Encoding: chunked"], length=False))
        for piece in pieces:
            client.send(b"%x\r\n%s\r\n" % (len(piece), piece))
        client.send(b"0\r\n\r\n")
        return client.receive()

    def test_chunks(self):
        self.assertEqual(self.chunks(APP, [bytes([byte]) for byte in GOOD]).status, 201)
        self.assertEqual(self.upstream.bodies(), [GOOD])
        self.assertEqual(self.chunks(APP, [bytes([byte]) for byte in BAD]).status, 400)
        self.assertEqual(self.chunks(APP, []).status, 400)
        self.assertEqual(self.upstream.bodies(), [GOOD])

    def test_files(self):
        large = b'{"remark":"x","name":"app_demo"' + b" " * 100000 + b"}"
        bad = large.replace(b"app_demo", b"ap")
        self.assertEqual(self.gate.ask("/files" + APP + "?1", large).status, 201)
        self.assertEqual(self.gate.ask("/files" + APP + "?2", bad).status, 201)
        self.assertEqual(self.upstream.bodies(), [large, bad])
        self.assertEqual(self.verdict_of("/files" + APP + "?1")[2], "valid")
        self.assertEqual(self.verdict_of("/files" + APP + "?2")[2:5], ["invalid", "APIG.2005", "length.min"])
        self.assertEqual(self.gate.ask("/files/block" + APP, bad).status, 400)
        self.assertEqual(len(self.upstream.got), 2)

    def test_responses_in_files(self):
        """The client reads late, so that nginx has to put the response in a temporary file."""
        body = b'{"name":"app_demo"' + b" " * 900000 + b"}"
        for where in ("/files", "/files/block"):
            self.upstream.answers["large"] = answer_of(201, body)
            client = self.gate.client()
            client.send(request_of(where + APP + "?large", GOOD, fields=["X-Answer: large"]))
            wait_for(lambda: self.upstream.got, "the upstream")
            self.assertEqual(self.gate.ask("/nowhere", GOOD).status, 201)
            response = client.receive()
            self.assertEqual((response.status, response.body == body), (201, True))
            self.assertEqual(self.verdict_of(where + APP + "?large")[7], "valid")

    def test_a_response_without_buffering(self):
        self.assertEqual(self.gate.ask("/direct" + APP, GOOD).body, GOOD_BODY)
        self.assertEqual(self.gate.ask("/direct" + APP, GOOD, fields=["X-Answer: bad"]).status, 500)

    def test_a_client_that_goes_half_way(self):
        before = len(self.gate.access())
        client = self.gate.client()
        client.send(request_of(APP + "?gone", GOOD)[:-4])
        client.close()
        self.gate.answered += 1
        self.assertEqual(self.verdict_of(APP + "?gone")[2], "unchecked")
        self.assertEqual(self.upstream.got, [])
        self.assertEqual(self.gate.ask(APP, GOOD).status, 201)
        self.assertGreater(len(self.gate.access()), before)

    def test_an_upstream_that_goes_half_way(self):
        head = b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"
        for where in ("", "/direct"):
            self.upstream.answers["half"] = [head, GOOD_BODY]
            response = self.gate.ask(where + APP + "?half", GOOD, fields=["X-Answer: half"])
            self.assertEqual(response.status, 502)
            self.assertNotIn(b"app_demo", response.body)
            self.assertEqual(self.verdict_of(where + APP + "?half")[7], "unchecked")

    def test_an_upstream_that_is_down(self):
        response = self.gate.ask("/down" + APP, GOOD)
        self.assertEqual(response.status, 502)
        self.assertEqual(self.verdict_of("/down" + APP)[7:10], ["unchecked", "-", "-"])

    def test_head(self):
        response = self.gate.ask(APP + "?head", method="HEAD")
        self.assertEqual(response.status, 201)
        self.assertEqual(self.verdict_of(APP + "?head")[7], "unchecked")

    def test_status_204_and_304(self):
        self.upstream.answers["204"] = b"HTTP/1.1 204 No Content\r\n\r\n"
        self.upstream.answers["304"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
        self.assertEqual(self.gate.ask(APP, GOOD, fields=["X-Answer: 304"]).status, 304)
        response = self.gate.ask(APP, GOOD, fields=["X-Answer: 204"])
        self.assertEqual((response.status, json.loads(response.body)["error_code"]), (500, "APIG.9999"))  # 204 is not documented

    def test_gzip_compresses_what_was_checked(self):
        path = os.environ["BODYCHECK_DATA"] + "/documents/huaweicloud.roma.UpdateRomaApp/"
        with open(path + "request.json", "rb") as request, open(path + "response-200.json", "rb") as answer:
            body = answer.read()
            self.upstream.answers["roma"] = answer_of(200, body)
            response = self.gate.ask("/gzip" + ROMA, request.read(), fields=["Accept-Encoding: gzip", "X-Answer: roma"])
        self.assertEqual((response.status, response.fields["content-encoding"]), (200, "gzip"))
        self.assertEqual(gzip.decompress(response.body), body)
        response = self.gate.ask("/gzip" + APP, GOOD, fields=["Accept-Encoding: gzip", "X-Answer: bad"])
        self.assertEqual(response.status, 500)

    def test_a_subrequest_is_not_checked(self):
        self.upstream.answers["authority"] = answer_of(200, b"[")
        self.assertEqual(self.gate.ask("/authorised" + APP, GOOD).status, 201)
        self.assertEqual(self.gate.ask("/authorised" + APP, BAD).status, 400)
        self.assertEqual(self.upstream.bodies(), [b"", GOOD, b""])

    def test_access_control_goes_first(self):
        self.upstream.answers["authority"] = answer_of(403, b"")
        self.assertEqual(self.gate.ask("/authorised" + APP, BAD).status, 403)
        self.assertEqual(self.verdict_of("/authorised" + APP)[1:3], ["403", "unchecked"])

    def test_a_mirror_gets_what_passed(self):
        self.assertEqual(self.gate.ask("/mirrored" + APP, GOOD).status, 201)
        wait_for(lambda: len(self.upstream.got) == 2, "the mirrored request")
        self.assertEqual(self.upstream.bodies(), [GOOD, GOOD])
        self.assertEqual(self.gate.ask("/mirrored" + APP, BAD).status, 400)
        self.assertEqual(len(self.upstream.got), 2)

    def test_try_files(self):
        self.assertEqual(self.gate.ask("/tried" + APP, GOOD).status, 201)
        self.assertEqual(self.gate.ask("/tried" + APP, BAD).status, 400)
        self.assertEqual(self.upstream.bodies(), [GOOD])

    def test_an_internal_redirect_to_stricter_rules(self):
        self.assertEqual(self.gate.ask("/fallback" + APP, GOOD).status, 201)
        self.assertEqual(self.gate.ask("/fallback" + APP, BAD).status, 400)
        self.assertEqual(self.upstream.bodies(), [GOOD])

    def test_an_error_page_for_a_refusal(self):
        response = self.gate.ask("/page" + APP, GOOD)
        self.assertEqual((response.status, response.body), (413, b"sorry"))
        self.assertEqual(self.upstream.got, [])
        self.assertEqual(self.verdict_of("/page" + APP)[1:3], ["413", "unchecked"])

    def test_a_refused_body_does_not_reach_the_upstream_of_an_error_page(self):
        large = b'{"name":"' + b"a" * 100 + b'"}'
        for target, body, fields in [
            (APP, large, []),
            (APP, large, ["Transfer-Encoding: chunked"]),
            (APP, GOOD, ["Content-Encoding: gzip"]),
            ("/nowhere", GOOD, []),
        ]:
            self.upstream.got.clear()
            chunked = any(field.startswith("Transfer") for field in fields)
            sent = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body) if chunked else body
            response = self.gate.ask("/apology" + target, sent, fields=fields, length=not chunked)
            self.assertEqual(response.status, 201, (target, fields))
            self.assertEqual(self.upstream.bodies(), [b""], (target, fields))

    def test_an_error_page_does_not_hide_the_documented_answer(self):
        response = self.gate.ask("/answer/page" + APP, BAD)
        self.assertEqual((response.status, json.loads(response.body)["error_code"]), (400, "APIG.2005"))

    def test_an_error_page_for_a_response(self):
        self.upstream.answers["zip"] = answer_of(201, b"\x1f\x8b", ["Content-Encoding: gzip"])
        response = self.gate.ask("/response/page" + APP, GOOD, fields=["X-Answer: zip"])
        self.assertEqual((response.status, response.body), (502, b"sorry"))

    def test_x_accel_redirect(self):
        self.upstream.answers["accel"] = answer_of(200, b"", ["X-Accel-Redirect: /inside" + APP])
        self.upstream.answers["inside"] = BAD_ANSWER
        self.assertEqual(self.gate.ask("/accel" + APP, GOOD, fields=["X-Answer: accel"]).status, 500)

    def test_ranges(self):
        part = {"fields": ["Range: bytes=1-6"]}
        response = self.gate.ask("/ranges" + APP, GOOD, **part)
        self.assertEqual((response.status, response.body), (201, GOOD_BODY))
        self.upstream.answers[None] = answer_of(200, GOOD_BODY)
        response = self.gate.ask("/ranges/log" + APP, GOOD, **part)
        self.assertEqual((response.status, response.body), (206, GOOD_BODY[1:7]))
        self.assertEqual(self.verdict_of("/ranges/log" + APP)[7], "unchecked")

    def test_a_file(self):
        response = self.gate.ask("/static/static.json", method="GET")
        self.assertEqual((response.status, json.loads(response.body)["error_code"]), (500, "APIG.9999"))

    def test_a_large_file(self):
        with open(os.environ["BODYCHECK_DATA"] + "/documents/huaweicloud.workspace.UpdateApp/response-200.json", encoding="utf-8") as file:
            text = file.read() + " " * 300000
        for name, body, status in (("good", text, 200), ("bad", text.replace('"id"', '"id" : 7, "id2"'), 500)):
            self.gate.write("large.json", body)
            response = self.gate.ask("/large/large.json?" + name, method="GET")
            self.assertEqual((response.status, response.body == body.encode()), (status, status == 200))

    def test_what_is_included_is_not_checked(self):
        self.upstream.answers["include"] = answer_of(201, b"{\"name\":\"app_demo\",\"remark\":\"<!--# include virtual='/copy' -->\"}")
        self.upstream.answers["copy"] = answer_of(200, b"from elsewhere")
        response = self.gate.ask("/included" + APP, GOOD, fields=["X-Answer: include"])
        self.assertEqual((response.status, b"from elsewhere" in response.body), (201, True))

    def test_the_upstream_is_told_the_verdict(self):
        response = self.gate.ask("/ahead" + APP, GOOD)
        self.assertEqual(response.fields["x-verdict"], "valid")
        self.assertEqual(self.upstream.got[0][1]["x-verdict"], "valid")

    def test_roma_has_the_request_id_of_nginx(self):
        response = self.gate.ask(ROMA + "?id", b"[]")
        self.assertEqual(response.status, 400)
        self.assertEqual(json.loads(response.body)["request_id"], self.verdict_of(ROMA + "?id")[0])

    def test_log_alters_nothing(self):
        """Byte by byte what the upstream sent, but for the fields that nginx sets."""
        for answer in (GOOD_ANSWER, BAD_ANSWER, chunked_answer_of(201, [b'{"na', b'me":7', b"}"]), chunked_answer_of(201, [])):
            seen = []
            for mode in ("log", "off"):
                line = "bodycheck %s; bodycheck_response %s; rewrite ^/log"
                self.gate.configure(SERVER.replace(line % ("log", "log"), line % (mode, mode)))
                self.gate.reload()
                self.upstream.answers["raw"] = answer
                client = self.gate.client()
                client.send(request_of("/log" + APP, BAD, fields=["X-Answer: raw", "Connection: close"]))
                while client.reader.more():
                    pass
                seen.append(re.sub(rb"\r\nDate: [^\r]*", b"", client.reader.buffer))
            self.assertEqual(seen[0], seen[1])
            self.assertIn(b"HTTP/1.1 201", seen[0])


@unittest.skipUnless(CURL, "curl is not installed")
class Http2(GatewayTest):
    server = SERVER
    options = {"listen": " http2", "files": {"static.json": "{}"}}

    def setUp(self):
        super().setUp()
        self.upstream.answers = {None: GOOD_ANSWER, "bad": BAD_ANSWER}

    @classmethod
    def curl(cls, *arguments):
        text = subprocess.run(
            [CURL, "-sS", "--http2-prior-knowledge", "--max-time", "20", "--unix-socket", cls.gate.path, "-i", "-X", "PUT",
             "-H", "Content-Type: application/json", "-H", "X-Auth-Token: t", *arguments, "http://gateway" + APP],
            stdout=subprocess.PIPE, check=True,
        ).stdout
        head, _, body = text.partition(b"\r\n\r\n")
        return head.split()[0], int(head.split()[1]), body

    def test_requests(self):
        self.assertEqual(self.curl("--data-binary", GOOD), (b"HTTP/2", 201, GOOD_BODY))
        version, status, body = self.curl("--data-binary", BAD)
        self.assertEqual((version, status, json.loads(body)["error_code"]), (b"HTTP/2", 400, "APIG.2005"))
        self.assertEqual(self.upstream.bodies(), [GOOD])

    def test_a_missing_body(self):
        self.assertEqual(self.curl()[1], 400)
        self.assertEqual(self.upstream.got, [])

    def test_a_body_without_its_length(self):
        self.gate.write("body", GOOD.decode())
        self.assertEqual(self.curl("-T", self.gate.folder + "/body", "-H", "Content-Length:")[1], 201)
        self.gate.write("body", BAD.decode())
        self.assertEqual(self.curl("-T", self.gate.folder + "/body", "-H", "Content-Length:")[1], 400)
        self.assertEqual(self.upstream.bodies(), [GOOD])

    def test_responses(self):
        version, status, body = self.curl("--data-binary", GOOD, "-H", "X-Answer: bad")
        self.assertEqual((version, status, json.loads(body)["error_code"]), (b"HTTP/2", 500, "APIG.9999"))


if __name__ == "__main__":
    unittest.main()
