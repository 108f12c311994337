# SPDX-License-Identifier: MIT
"""Every good and broken sample of the documents, both ways, in one piece and in pieces of one byte."""

import json
import os
import unittest

import samples
from gateway import GatewayTest, answer_of, chunked_answer_of, request_of

COMMAND = os.environ["BODYCHECK_COMMAND"]
GOOD_REQUEST = {
    sample.operation: sample.body for sample in samples.read() if sample.kind == "documents" and sample.status == 0
}


class Samples(GatewayTest):
    server = """
    bodycheck block;
    bodycheck_response block;
    location / { proxy_pass http://up; }
    location /otc/ { rewrite ^/otc(/.*)$ $1 break; bodycheck_provider otc; proxy_pass http://up; }
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.samples = samples.read()
        cls.verdicts = samples.verdicts(COMMAND, cls.samples)
        if len(cls.samples) < 150 or sum(verdict == "invalid" for verdict, _ in cls.verdicts) < 100:
            raise AssertionError("there are too few samples: %d" % len(cls.samples))

    def ask(self, operation, body, answer, bytewise):
        """The client's response. Its body goes in one piece, or so that nginx reads one byte at a time."""
        method, target = samples.TARGETS[operation]
        self.upstream.answers["a"] = answer
        fields = ["X-Answer: a", "workspace: w1"]
        client = self.gate.client()
        if bytewise and body:
            request = request_of(target, body, method, fields + ["Expect: 100-continue"])
            head = request[: -len(body)]
            client.send(head)
            client.reader.until(b"\r\n\r\n")
            client.send(body)
        else:
            client.send(request_of(target, body, method, fields))
        response = client.receive(method)
        client.close()
        return response

    def expect(self, sample, said, response, otherwise):
        verdict, error = said
        if verdict != "invalid":
            return False
        status, code = error or (otherwise, None)
        self.assertEqual(response.status, status, sample.name)
        if code:
            self.assertEqual(response.fields["content-type"], "application/json", sample.name)
            self.assertIn(code, json.loads(response.body).values(), sample.name)
            self.assertIn(sample.code, (code, "-"), sample.name)
        return True

    def requests(self, bytewise):
        for sample, said in zip(self.samples, self.verdicts):
            if sample.status:
                continue
            with self.subTest(sample.name):
                self.upstream.got.clear()
                good = self.good_response(sample.operation)
                response = self.ask(sample.operation, sample.body, good, bytewise)
                if self.expect(sample, said, response, 400):
                    self.assertEqual(self.upstream.bodies(), [], sample.name)
                else:
                    self.assertEqual(self.upstream.bodies(), [sample.body], sample.name)
                    self.assertEqual(response.status, 200 if b" 200 " in good[:14] else 201, sample.name)

    def good_response(self, operation):
        for sample in self.samples:
            if sample.operation == operation and sample.kind == "documents" and sample.status in (200, 201):
                return answer_of(sample.status, sample.body)
        raise AssertionError(operation)

    def responses(self, bytewise):
        for sample, said in zip(self.samples, self.verdicts):
            if not sample.status:
                continue
            with self.subTest(sample.name):
                answer = answer_of(sample.status, sample.body)
                if bytewise:
                    answer = chunked_answer_of(sample.status, [sample.body[i : i + 1] for i in range(len(sample.body))])
                response = self.ask(sample.operation, GOOD_REQUEST[sample.operation], answer, False)
                if not self.expect(sample, said, response, 502):
                    self.assertEqual((response.status, response.body), (sample.status, sample.body), sample.name)

    def test_requests_in_one_piece(self):
        self.requests(False)

    def test_responses_in_one_piece(self):
        self.responses(False)

    def test_responses_in_pieces_of_one_byte(self):
        self.responses(True)


class Bytes(Samples):
    """nginx has room for one byte of a body at a time, and puts it all in a temporary file."""

    server = "client_body_buffer_size 1;" + Samples.server
    test_responses_in_one_piece = None
    test_responses_in_pieces_of_one_byte = None
    test_requests_in_one_piece = None

    def test_requests_in_pieces_of_one_byte(self):
        self.requests(True)


if __name__ == "__main__":
    unittest.main()
