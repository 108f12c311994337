# SPDX-License-Identifier: MIT
"""Many connections with random pieces, clients and upstreams that go half-way, and reloads. Arguments: [CONNECTIONS [SEED]]"""

import random
import sys
import threading
import time
import unittest

import bodies
import samples
from gateway import GatewayTest, answer_of, chunked_answer_of, request_of, wait_for

CONNECTIONS = 10000
SEED = int(time.time())
THREADS = 8
RELOADS = 12
WHERE = ["", "/log", "/direct", "/files", "/small"]


class Stress(GatewayTest):
    server = """
    bodycheck block;
    bodycheck_response block;
    bodycheck_shadow FOLDER/shadow.rules;
    location / { proxy_pass http://up; }
    location /log/ { bodycheck log; bodycheck_response log; rewrite ^/log(/.*)$ $1 break; proxy_pass http://up; }
    location /direct/ { proxy_buffering off; proxy_request_buffering off; rewrite ^/direct(/.*)$ $1 break; proxy_pass http://up; }
    location /files/ { client_body_buffer_size 16; client_body_in_file_only clean; rewrite ^/files(/.*)$ $1 break; proxy_pass http://up; }
    location /small/ { bodycheck_max_body 100; bodycheck_response_unchecked block; rewrite ^/small(/.*)$ $1 break; proxy_pass http://up; }
    location /metrics { bodycheck off; bodycheck_response off; bodycheck_metrics; access_log off; }
    """
    options = {
        "workers": 2,
        "connections": 512,
        "files": {"shadow.rules": samples.text_of(samples.DATA + "/../../rules/huaweicloud/apig.rules").replace("3..64", "2..64")},
    }

    def make_answers(self):
        for sample in samples.read():
            if sample.status:
                body = sample.body
                self.upstream.answers["whole " + sample.name] = answer_of(sample.status, body)
                cut = [body[i : i + 5] for i in range(0, len(body), 5)]
                self.upstream.answers["chunks " + sample.name] = chunked_answer_of(sample.status, cut)
                whole = answer_of(sample.status, body + b" " * 50)
                self.upstream.answers["half " + sample.name] = [whole[: len(whole) // 2], whole[len(whole) // 2 : -20]]
                self.upstream.answers["head " + sample.name] = [whole[:30]]
        return sorted(self.upstream.answers)

    def connection(self, chance, answers, known):
        """Some requests on a connection, of which the last may be given up anywhere. How many were answered."""
        client = self.gate.client()
        answered = 0
        try:
            for _ in range(chance.randrange(1, 4)):
                operation = chance.choice(sorted(known))
                method, target = samples.TARGETS[operation]
                text = bodies.make(chance, known[operation])
                fields = ["workspace: w1", "X-Answer: " + chance.choice(answers)]
                request = request_of(chance.choice(WHERE) + target, text, method, fields)
                if chance.random() < 0.15:
                    client.send(request[: chance.randrange(1, len(request))])
                    break
                for piece in bodies.pieces(chance, request):
                    client.send(piece)
                if chance.random() < 0.1:
                    break
                response = client.receive(method)
                answered += 1
                if response.fields.get("connection") == "close":
                    break
        except (ConnectionError, OSError):
            pass  # an upstream that goes half-way takes the connection with it; so does a reload
        client.close()
        return answered

    def work(self, number, answers, known, total, failures):
        chance = random.Random("%d %d" % (SEED, number))
        try:
            for _ in range(CONNECTIONS // THREADS):
                total[number] += self.connection(chance, answers, known)
        except Exception as error:  # pylint: disable=broad-except
            failures.append(repr(error))

    def test_stress(self):
        print("seed", SEED, "connections", CONNECTIONS)
        answers = self.make_answers()
        known = bodies.requests_by_operation()
        total = [0] * THREADS
        failures = []
        threads = [threading.Thread(target=self.work, args=(i, answers, known, total, failures)) for i in range(THREADS)]
        for thread in threads:
            thread.start()
        reloads = 0
        while any(thread.is_alive() for thread in threads):
            if sum(total) > reloads * CONNECTIONS // RELOADS and reloads < RELOADS:
                self.gate.reload()
                reloads += 1
            threads[0].join(0.02)
        print("answered", sum(total), "reloads", reloads)
        self.assertEqual(failures, [])
        self.assertGreater(reloads, RELOADS // 2)
        self.assertGreater(sum(total), CONNECTIONS // 4)
        wait_for(lambda: len(self.gate.access()) >= sum(total), "the access log")
        without = [line for line in self.gate.access() if line[2] not in ("valid", "invalid", "unchecked") and line[1] != "400"]
        self.assertEqual(without, [])
        self.assertEqual(self.gate.ask("/metrics", method="GET").status, 200)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        CONNECTIONS = int(sys.argv.pop(1))
    if len(sys.argv) > 1:
        SEED = int(sys.argv.pop(1))
    unittest.main()
