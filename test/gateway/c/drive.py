# SPDX-License-Identifier: MIT
"""Client of the example loop.c, and the application behind it. Arguments: the program, test/data, the command, and perhaps a seed.

All samples go through it in both directions, in pieces of random sizes, over one connection for each provider; what comes out is compared
with the command's verdicts.
"""
import collections
import os
import random
import socket
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import samples as s  # noqa: E402

PROGRAM, DATA, COMMAND = sys.argv[1:4]
SEED = int(sys.argv[4]) if len(sys.argv) > 4 else random.SystemRandom().randrange(10**9)
RANDOM = random.Random(SEED)
SAMPLES = s.load(COMMAND, DATA)
APIG = "huaweicloud.apig.UpdateAppV2"
counts = collections.Counter()


def same(what, found, expected):
    counts["passed" if found == expected else "failed"] += 1
    if found != expected:
        print("FAILED %s: found %.300r, expected %.300r" % (what, found, expected))


class Loop:
    """The program between two sockets."""

    def __init__(self, provider, environment=None):
        self.client, client = socket.socketpair()
        self.application, application = socket.socketpair()
        self.process = subprocess.Popen(
            [PROGRAM, provider],
            stdin=client,
            stderr=subprocess.PIPE,
            pass_fds=[3],
            preexec_fn=lambda: os.dup2(application.fileno(), 3),
            env={**os.environ, **(environment or {})},
        )
        for ours, theirs in ((self.client, client), (self.application, application)):
            theirs.close()
            ours.settimeout(20)
        self.stream = self.client.makefile("rb")
        self.requests = self.application.makefile("rb")

    def receive(self):
        try:
            return s.receive(self.stream)
        except ConnectionResetError:
            return None  # it has ended without reading all

    def reached(self):
        """Whether anything waits at the application."""
        self.application.setblocking(False)
        try:
            return self.application.recv(1, socket.MSG_PEEK) != b""
        except BlockingIOError:
            return False
        finally:
            self.application.settimeout(20)

    def end(self):
        """Exit status, and what was told of each message."""
        for file in (self.stream, self.client, self.requests, self.application):
            file.close()
        told = self.process.communicate(timeout=20)[1].decode()
        return self.process.returncode, told.splitlines()


def send(destination, data):
    largest = RANDOM.choice((1, 2, 7, 100, 100000))
    at = 0
    while at < len(data):
        size = RANDOM.randint(1, largest)
        destination.sendall(data[at : at + size])
        at += size


def pass_through(loop, what, request, reply):
    """A request that is to reach the application, as it was sent."""
    send(loop.client, request)
    same(what + " upstream", loop.requests.read(len(request)), request)
    send(loop.application, reply)
    return loop.receive()


def check_request(loop, sample):
    request = s.request(sample.operation, sample.body, {})
    reply = s.good(SAMPLES, sample.operation, status=True)
    if sample.verdict == "invalid":
        send(loop.client, request)
        same(sample.name + " documented", s.is_documented(loop.receive(), sample.error), True)
        same(sample.name + " upstream", loop.reached(), False)
        return ["request invalid"]
    answer = pass_through(loop, sample.name, request, s.response(200, reply.body))
    same(sample.name + " answer", answer and (answer.status, answer.body), (200, reply.body))
    return ["request valid", "response valid"]


def check_response(loop, sample):
    request = s.good(SAMPLES, sample.operation)
    answer = pass_through(loop, sample.name, s.request(sample.operation, request.body, {}), s.response(sample.status, sample.body))
    if sample.verdict == "valid":
        same(sample.name + " answer", answer and (answer.status, answer.body), (sample.status, sample.body))
    elif sample.error:
        same(sample.name + " documented", s.is_documented(answer, sample.error), True)
    else:
        same(sample.name + " plain", answer and (answer.status, answer.body), (502, b""))
    return ["request valid", "response " + sample.verdict]


def check_samples(provider):
    loop = Loop(provider)
    expected = []
    for sample in SAMPLES:
        if sample.operation.startswith(provider + "."):
            check = check_response if sample.status else check_request
            expected += check(loop, sample)
    same("all is told, " + provider, loop.end(), (0, expected))


def check_pipelined():
    loop = Loop("huaweicloud")
    bodies = [b'{"name": "%s"}' % (b"n" * size) for size in range(3)]
    send(loop.client, b"".join(s.request(APIG, body, {}) for body in bodies))
    same("pipelined", [loop.receive().status for _ in bodies], [400] * 3)
    other = s.request(APIG, b"[", {}).replace(b"/v2/", b"/v9/")
    same("unknown", pass_through(loop, "unknown", other, s.response(202, b"[")).status, 202)
    reason = "unchecked: no operation fits the message"
    same("told", loop.end(), (0, ["request invalid"] * 3 + ["request " + reason, "response " + reason]))


def refused(what, message, status=400, reply=None):
    """A message that ends the connection."""
    loop = Loop("huaweicloud")
    loop.client.sendall(message)
    if reply is not None:
        send(loop.application, reply)
        loop.application.shutdown(socket.SHUT_WR)
    loop.client.shutdown(socket.SHUT_WR)
    answer = loop.receive()
    same(what, answer and answer.status, status)
    same(what + " ends", loop.receive(), None)
    same(what + " exit", loop.end()[0], 0)


def check_malformed():
    good = s.request(APIG, b'{"name": "abc"}', {})
    length = b"Content-Length: 15"
    assert length in good
    for what, other in {
        "chunks": b"Transfer-Encoding: chunked",
        "two sizes": length + b"\r\n" + length,
        "a negative size": b"Content-Length: -1",
        "no size": b"Content-Length: ",
        "a huge size": b"Content-Length: 99999999",
        "a blank before the colon": b"Content-Length : 15",
        "a folded field": length + b"\r\n folded: x",
        "no colon": length + b"\r\nword",
        "a bare line feed": length + b"\nX: y",
        "many fields": b"\r\n".join([length] + [b"X: y"] * 64),
    }.items():
        refused(what, good.replace(length, other))
    refused("no version", good.replace(b" HTTP/1.1", b"", 1).replace(b"PUT ", b"PUT", 1))
    refused("an endless head", b"PUT / HTTP/1.1\r\n" + b"X: " + b"y" * 20000)
    refused("a body that ends early", good[:-1])
    for what, reply in {"nothing": b"", "half a head": b"HTTP/1.1 200", "half a body": s.response(200, b'{"status": 1}')[:-1]}.items():
        refused(what + " from the application", good, 502, reply)


def check_wrapper():
    """Whether an allocation would have been seen, where the program looks for them."""
    if PROGRAM.endswith("-wrapped"):
        status, told = Loop("huaweicloud", {"LOOP_ALLOCATES": "1"}).end()
        same("an allocation is seen", (status, told), (3, ["memory was allocated for a message"]))


def main():
    print("seed %d" % SEED)
    for provider in ("huaweicloud", "otc"):
        check_samples(provider)
    check_pipelined()
    check_malformed()
    check_wrapper()
    print("%d passed, %d failed" % (counts["passed"], counts["failed"]))
    return 0 if counts["failed"] == 0 and counts["passed"] > 300 else 1


sys.exit(main())
