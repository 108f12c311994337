# SPDX-License-Identifier: MIT
"""Random bodies: what the command calls invalid never reaches the upstream, all else does. Arguments: [BODIES [SEED]]"""

import json
import os
import random
import subprocess
import sys
import threading
import time
import unittest

import bodies
import samples
from gateway import GatewayTest, request_of

COMMAND = os.environ["BODYCHECK_COMMAND"]
COUNT = 20000
SEED = int(time.time())
THREADS = 4


def verdicts_of(operation, texts):
    """The command's verdict and documented error for each."""
    arguments = [COMMAND, "check", "--op", operation, "--lines", "--format", "jsonl", "-"]
    said = subprocess.run(arguments, input=b"".join(text + b"\n" for text in texts), stdout=subprocess.PIPE, check=False).stdout
    reports = [json.loads(line) for line in said.splitlines()]
    assert [report["record"] for report in reports] == list(range(1, len(texts) + 1)), "the command counts other lines"
    return [(report["verdict"], report["error"]) for report in reports]


class Verdicts(GatewayTest):
    server = """
    bodycheck block;
    location / { proxy_pass http://up; }
    location /otc/ { rewrite ^/otc(/.*)$ $1 break; bodycheck_provider otc; proxy_pass http://up; }
    """
    options = {"workers": 2}

    def send_all(self, operation, numbered, responses, failures):
        method, target = samples.TARGETS[operation]
        client = self.gate.client()
        chance = random.Random(SEED + numbered[0][0])
        try:
            for number, text in numbered:
                responses[number] = self.send(client, chance, method, target, number, text)
        except Exception as error:  # pylint: disable=broad-except
            failures.append("%s, number %d: %r" % (operation, number, error))
        client.close()

    @staticmethod
    def send(client, chance, method, target, number, text):
        fields = ["workspace: w1", "X-Number: %d" % number, "Content-Type: application/json"]
        cut = bodies.pieces(chance, text)
        if chance.random() < 0.3:
            client.send(request_of(target, b"", method, fields + ["Transfer-Encoding: chunked"], length=False))
            cut = [b"%x\r\n%s\r\n" % (len(piece), piece) for piece in cut] + [b"0\r\n\r\n"]
        else:
            client.send(request_of(target, b"", method, fields + ["Content-Length: %d" % len(text)], length=False))
        for piece in cut:
            client.send(piece)
        return client.receive(method)

    def compare(self, number, text, verdict, error, response, got):
        name = "seed %d, body %d: %r" % (SEED, number, text)
        if verdict == "invalid":
            self.assertIsNone(got, "reached the upstream: " + name)
            self.assertEqual(response.status, error["status"] if error else 400, name)
            if error:
                self.assertIn(error["code"], json.loads(response.body).values(), name)
        else:
            self.assertEqual(response.status, 200, name)
            self.assertEqual(got, text, name)

    def test_bodies(self):
        print("seed", SEED, "bodies", COUNT)
        seen = {"valid": 0, "invalid": 0}
        for operation, known in bodies.requests_by_operation().items():
            chance = random.Random("%d %s" % (SEED, operation))
            texts = [bodies.make(chance, known) for _ in range(COUNT // 5)]
            said = verdicts_of(operation, texts)
            responses = [None] * len(texts)
            failures = []
            self.upstream.got.clear()
            numbered = list(enumerate(texts))
            threads = [
                threading.Thread(target=self.send_all, args=(operation, numbered[i::THREADS], responses, failures)) for i in range(THREADS)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(failures, [])
            got = {int(fields["x-number"]): body for _, fields, body in self.upstream.got}
            for number, text in numbered:
                verdict, error = said[number]
                seen[verdict] += 1
                self.compare(number, text, verdict, error, responses[number], got.get(number))
        print(seen)
        self.assertGreater(seen["valid"], COUNT // 20)
        self.assertGreater(seen["invalid"], COUNT // 4)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        COUNT = int(sys.argv.pop(1))
    if len(sys.argv) > 1:
        SEED = int(sys.argv.pop(1))
    unittest.main()
