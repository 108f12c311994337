# SPDX-License-Identifier: MIT
"""Directives: modes, routes, sizes, what is inherited, and variables."""

import json
import unittest

from gateway import Gateway, GatewayTest, answer_of, chunked_answer_of, request_of

APP = "/v2/p1/apigw/instances/i1/apps/a1"
GOOD = b'{"name":"app_demo"}'
BAD = b'{"name":"ap"}'  # length.min
TWO = b'{"name":"ap","remark":7}'  # length.min of name, type of remark
GOOD_ANSWER = answer_of(
    201,
    b'{"creator":"USER","update_time":"2020-08-03T12:25:52.257Z","app_key":"app_key_sample","name":"app_demo","remark":"Demo app",'
    b'"id":"356de8eb7a8742168586e5daf5339965","app_secret":"app_secret_sample",'
    b'"register_time":"2020-08-03T04:25:52Z","status":1,"app_type":"apig"}',
)
BAD_ANSWER = answer_of(201, b'{"name":7}', ["Set-Cookie: a=b", "ETag: x"])


class Directives(GatewayTest):
    server = """
    bodycheck block;
    location / { proxy_pass http://up; }
    location /off/ { bodycheck off; rewrite ^/off(/.*)$ $1 break; proxy_pass http://up; }
    location /log/ { bodycheck log; rewrite ^/log(/.*)$ $1 break; proxy_pass http://up; }
    location /named/ { bodycheck_operation apig.UpdateAppV2; proxy_pass http://up; }
    location /unknown/log/ { bodycheck_unknown_route log; proxy_pass http://up; }
    location /unknown/block/ { bodycheck log; bodycheck_unknown_route block; proxy_pass http://up; }
    location /small/ { bodycheck_max_body 64; rewrite ^/small(/.*)$ $1 break; proxy_pass http://up; }
    location /small/pass/ { bodycheck_max_body 64; bodycheck_unchecked pass; rewrite ^/small/pass(/.*)$ $1 break; proxy_pass http://up; }
    location /rule/ { bodycheck_mode length.min off; rewrite ^/rule(/.*)$ $1 break; proxy_pass http://up; }
    location /field/ { bodycheck_mode name log; rewrite ^/field(/.*)$ $1 break; proxy_pass http://up; }
    location /pointer/ { bodycheck_mode /name:length.min log; rewrite ^/pointer(/.*)$ $1 break; proxy_pass http://up; }
    location /last/ { bodycheck_mode length.min off; bodycheck_mode name block; rewrite ^/last(/.*)$ $1 break; proxy_pass http://up; }
    location /single/ { bodycheck log; bodycheck_mode type block; rewrite ^/single(/.*)$ $1 break; proxy_pass http://up; }
    location /unbuffered/ { proxy_request_buffering off; rewrite ^/unbuffered(/.*)$ $1 break; proxy_pass http://up; }
    location /res/block/ { bodycheck off; bodycheck_response block; rewrite ^/res/block(/.*)$ $1 break; proxy_pass http://up; }
    location /res/log/ { bodycheck off; bodycheck_response log; rewrite ^/res/log(/.*)$ $1 break; proxy_pass http://up; }
    location /res/small/ { bodycheck off; bodycheck_response block; bodycheck_max_body 64;
                           rewrite ^/res/small(/.*)$ $1 break; proxy_pass http://up; }
    location /res/strict/ { bodycheck off; bodycheck_response block; bodycheck_response_unchecked block; bodycheck_max_body 64;
                            rewrite ^/res/strict(/.*)$ $1 break; proxy_pass http://up; }
    """

    def passes(self, target, body=BAD, **named):
        response = self.gate.ask(target, body, **named)
        self.assertEqual(response.status, 200)
        self.assertEqual(self.upstream.bodies(), [body])

    def is_refused(self, target, body=BAD, status=400, code="APIG.2005", **named):
        response = self.gate.ask(target, body, **named)
        self.assertEqual(response.status, status)
        self.assertEqual(self.upstream.got, [])
        if code:
            self.assertEqual(response.fields["content-type"], "application/json")
            self.assertEqual(json.loads(response.body)["error_code"], code)

    def test_block_lets_a_good_one_pass(self):
        self.passes(APP, GOOD)

    def test_block_refuses_a_broken_one(self):
        self.is_refused(APP)

    def test_block_refuses_a_missing_body(self):
        self.is_refused(APP, b"", code="APIG.2000")

    def test_block_refuses_a_broken_head(self):
        self.is_refused(APP, GOOD, media="text/xml", code=None)

    def test_off_passes_and_has_no_verdict(self):
        self.passes("/off" + APP)
        self.assertEqual(self.verdict_of("/off" + APP)[2], "-")

    def test_log_passes_and_says_what_is_broken(self):
        self.passes("/log" + APP + "?log=1")
        line = self.verdict_of("/log" + APP + "?log=1")
        self.assertEqual(line[1:7], ["200", "invalid", "APIG.2005", "length.min", "/name", "huaweicloud.apig.UpdateAppV2"])
        found = [entry for entry in self.gate.log() if line[0] in entry]
        self.assertEqual(len(found), 1)
        self.assertIn("[warn]", found[0])
        self.assertIn("request of huaweicloud.apig.UpdateAppV2 is invalid, passed, APIG.2005; body /name length.min 1:9", found[0])

    def test_log_reads_chunks(self):
        client = self.gate.client()
        client.send(
            request_of("/log" + APP + "?chunks", b"", fields=["Content-Type: application/json", "Transfer-Encoding: chunked"], length=False)
        )
        for piece in (b'{"na', b'me":"', b'ap"}'):
            client.send(b"%x\r\n%s\r\n" % (len(piece), piece))
        client.send(b"0\r\n\r\n")
        self.assertEqual(client.receive().status, 200)
        self.assertEqual(self.verdict_of("/log" + APP + "?chunks")[2:5], ["invalid", "APIG.2005", "length.min"])

    def test_a_named_operation_has_any_path(self):
        self.is_refused("/named/anything")

    def test_an_unknown_route_passes_by_default(self):
        self.passes("/nowhere")
        self.assertEqual(self.verdict_of("/nowhere")[2:5], ["unchecked", "-", "-"])

    def test_an_unknown_route_is_logged(self):
        self.passes("/unknown/log/x")
        self.verdict_of("/unknown/log/x")
        self.assertTrue([entry for entry in self.gate.log() if "[warn]" in entry and "no operation has this path" in entry])

    def test_an_unknown_route_is_refused(self):
        self.is_refused("/unknown/block/x", status=404, code=None)

    def test_a_large_body_is_refused(self):
        self.is_refused("/small" + APP, b" " * 64 + GOOD, status=413, code=None)

    def test_a_large_body_in_chunks_is_refused(self):
        client = self.gate.client()
        client.send(
            request_of("/small" + APP, b"", fields=["Content-Type: application/json", "Transfer-Encoding: chunked"], length=False)
        )
        client.send(b"64\r\n" + b" " * 0x64 + b"\r\n")
        self.assertEqual(client.receive().status, 413)
        self.assertEqual(self.upstream.got, [])

    def test_a_large_body_passes_by_policy(self):
        self.passes("/small/pass" + APP, b" " * 64 + GOOD)
        self.assertEqual(self.verdict_of("/small/pass" + APP)[2], "unchecked")

    def test_a_body_of_the_largest_size_is_checked(self):
        self.is_refused("/small" + APP, BAD + b" " * (64 - len(BAD)))

    def test_an_encoded_body_is_refused(self):
        self.is_refused(APP, GOOD, status=415, code=None, fields=["Content-Encoding: gzip"])

    def test_a_rule_is_off(self):
        self.passes("/rule" + APP)
        self.assertEqual(self.verdict_of("/rule" + APP)[2], "valid")

    def test_a_rule_that_is_off_leaves_the_others(self):
        self.is_refused("/rule" + APP, TWO, code="APIG.2012")

    def test_a_field_is_only_logged(self):
        self.passes("/field" + APP)
        self.assertEqual(self.verdict_of("/field" + APP)[2], "invalid")

    def test_a_field_that_is_only_logged_does_not_give_the_answer(self):
        self.is_refused("/field" + APP, TWO, code="APIG.2012")

    def test_a_pointer_with_a_rule(self):
        self.passes("/pointer" + APP)

    def test_a_pointer_with_a_rule_leaves_other_rules(self):
        self.is_refused("/pointer" + APP, b'{"name":"1abc"}', code="APIG.2012")

    def test_the_last_line_that_fits_holds(self):
        self.is_refused("/last" + APP)

    def test_a_single_rule_blocks(self):
        self.is_refused("/single" + APP, TWO, code="APIG.2012")

    def test_a_single_rule_that_blocks_leaves_the_others(self):
        self.passes("/single" + APP)

    def test_block_without_buffering_holds_the_body_all_the_same(self):
        client = self.gate.client()
        request = request_of("/unbuffered" + APP, BAD)
        before = self.upstream.first_bytes
        client.send(request[:-1])
        self.assertEqual(self.gate.ask("/off" + APP, GOOD).status, 200)  # the worker has seen the first part by now
        self.assertEqual(self.upstream.first_bytes, before + 1)
        self.upstream.got.clear()
        client.send(request[-1:])
        self.assertEqual(client.receive().status, 400)
        self.assertEqual(self.upstream.got, [])

    def response(self, where, answer):
        self.upstream.answers["d"] = answer
        return self.gate.ask(where + APP, GOOD, fields=["X-Answer: d"])

    def test_a_good_response_passes_as_it_is(self):
        response = self.response("/res/block", GOOD_ANSWER)
        self.assertEqual(response.status, 201)
        self.assertEqual(response.body, GOOD_ANSWER.partition(b"\r\n\r\n")[2])

    def test_a_broken_response_is_replaced_and_nothing_of_it_is_left(self):
        response = self.response("/res/block", BAD_ANSWER)
        self.assertEqual(response.status, 500)
        self.assertEqual(json.loads(response.body)["error_code"], "APIG.9999")
        self.assertFalse({"set-cookie", "etag"} & set(response.fields))

    def test_a_broken_response_is_logged(self):
        response = self.response("/res/log", BAD_ANSWER)
        self.assertEqual((response.status, response.body), (201, b'{"name":7}'))
        self.assertEqual(response.fields["set-cookie"], "a=b")
        self.assertEqual(self.verdict_of("/res/log" + APP)[7:10], ["invalid", "APIG.9999", "type"])

    def test_a_large_response_passes_by_default(self):
        response = self.response("/res/small", GOOD_ANSWER)
        self.assertEqual((response.status, response.body), (201, GOOD_ANSWER.partition(b"\r\n\r\n")[2]))
        self.assertEqual(self.verdict_of("/res/small" + APP)[7], "unchecked")

    def test_a_large_response_in_chunks_passes_with_what_was_held(self):
        body = GOOD_ANSWER.partition(b"\r\n\r\n")[2]
        response = self.response("/res/small", chunked_answer_of(201, [body[i : i + 7] for i in range(0, len(body), 7)]))
        self.assertEqual((response.status, response.body), (201, body))

    def test_a_large_response_is_refused_by_policy(self):
        self.assertEqual(self.response("/res/strict", GOOD_ANSWER).status, 502)

    def test_a_large_response_in_chunks_is_refused_by_policy(self):
        self.assertEqual(self.response("/res/strict", chunked_answer_of(201, [b"x" * 40] * 5)).status, 502)

    def test_an_encoded_response_is_unchecked(self):
        answer = answer_of(201, b"\x1f\x8b", ["Content-Encoding: gzip"])
        self.assertEqual(self.response("/res/block", answer).body, b"\x1f\x8b")
        self.assertEqual(self.response("/res/strict", answer).status, 502)


class Mistakes(unittest.TestCase):
    """Configurations that nginx must refuse, with what it says."""

    def said(self, server):
        gate = None
        try:
            gate = Gateway(server + "location / { proxy_pass http://up; }")
        except AssertionError as error:
            return str(error)
        gate.close()
        raise AssertionError("nginx took it: " + server)

    def test_mode_of_nothing(self):
        self.assertIn('"name:nothing" is no rule', self.said("bodycheck_mode name:nothing log;"))

    def test_mode_that_is_none(self):
        self.assertIn("expected off, log or block", self.said("bodycheck_mode charset maybe;"))

    def test_mode_without_a_mode(self):
        self.assertIn("bodycheck_mode needs", self.said("bodycheck_mode charset;"))

    def test_no_body_at_all(self):
        self.assertIn("bodycheck_max_body must be at least 1", self.said("bodycheck_max_body 0;"))

    def test_operation_that_is_none(self):
        self.assertIn('bodycheck_operation "Nothing": no operation', self.said("bodycheck log; bodycheck_operation Nothing;"))

    def test_rules_that_are_not_there(self):
        self.assertIn("nothing.rules", self.said("bodycheck log; bodycheck_rules nothing.rules;"))

    def test_word_that_is_no_mode(self):
        self.assertIn('invalid value "on"', self.said("bodycheck on;"))


if __name__ == "__main__":
    unittest.main()
