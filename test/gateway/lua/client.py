# SPDX-License-Identifier: MIT
"""What the tests of nginx.sh send and see. Arguments: the folder of its sockets, test/data, the command."""
import collections
import os
import socket
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import samples as s  # noqa: E402

FOLDER, DATA, COMMAND = sys.argv[1:4]
SAMPLES = s.load(COMMAND, DATA)
counts = collections.Counter()


def same(what, found, expected):
    counts["passed" if found == expected else "failed"] += 1
    if found != expected:
        print("FAILED %s: found %.300r, expected %.300r" % (what, found, expected))
    if counts["failed"] == 20:
        sys.exit("too many failures")


def finish(least):
    """The exit status of a script that makes more than `least` comparisons."""
    print("%d passed, %d failed" % (counts["passed"], counts["failed"]))
    return 0 if counts["failed"] == 0 and counts["passed"] > least else 1


class Connection:
    """Kept alive from request to request, and opened again where the server has closed it."""

    def __init__(self, server):
        self.server = server
        self.socket = None

    def open(self):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(20)
        self.socket.connect(os.path.join(FOLDER, self.server))
        self.stream = self.socket.makefile("rb")

    def close(self):
        if self.socket:
            self.stream.close()
            self.socket.close()
        self.socket = None

    def send(self, *pieces):
        if not self.socket:
            self.open()
        for piece in pieces:
            self.socket.sendall(piece)

    def receive(self, head=False):
        answer = s.receive(self.stream, head)
        if answer is None or "close" in answer.headers["connection"]:
            self.close()
        return answer


def headers_for(name, operation, reply, status, **more):
    provider = operation.split(".")[0]
    extra = {"X-" + key.capitalize(): value for key, value in more.items()}
    return {"X-Sample": name, "X-Provider": provider, "X-Reply": reply, "X-Status": str(status), **extra}


def received(name):
    """What the application got under this name, once; None where it got nothing."""
    path = os.path.join(FOLDER, "received", name)
    if not os.path.exists(path):
        return None
    got = s.read(path)
    os.remove(path)
    return got


def told(name):
    """The lines about a message, as they are written by any worker. The last may come after the answer."""
    return [line.split("\t")[1:] for line in s.read(os.path.join(FOLDER, "verdicts")).decode().splitlines() if line.split("\t")[0] == name]


def await_told(name, count):
    end = time.monotonic() + 2
    while len(told(name)) < count and time.monotonic() < end:
        time.sleep(0.01)
    return told(name)


def line(direction, sample, blocks, reason="-"):
    blocked = blocks and sample.verdict == "invalid"
    return [direction, sample.verdict, sample.error[1] if sample.error else "-", str(blocked).lower(), reason]


APIG = "huaweicloud.apig.UpdateAppV2"
REPLY = s.good(SAMPLES, APIG, status=True)
GOOD = s.good(SAMPLES, APIG)


def exchange(server, name, body, target=None, more=None, method=None, **extra):
    """One request of APIG on a new connection: its answer."""
    connection = Connection(server)
    message = s.request(APIG, body, {**headers_for(name, APIG, REPLY.path, 201, **extra), **(more or {})})
    if target:
        message = message.replace(s.TARGETS[APIG][1].encode(), target, 1)
    if method:
        message = message.replace(s.TARGETS[APIG][0].encode(), method.encode(), 1)
    connection.send(message)
    answer = connection.receive(method == "HEAD")
    connection.close()
    return answer
