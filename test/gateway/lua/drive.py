# SPDX-License-Identifier: MIT
"""Client of nginx.sh: all samples, in both directions, and what an operator can choose. Arguments: see client.py."""
import json
import os
import re
import signal
import sys
import time

from client import APIG, COMMAND, FOLDER, GOOD, REPLY, SAMPLES, Connection, await_told, exchange, finish, headers_for, line, received, s, same, told


def send_request(connection, sample, name, way):
    reply = s.good(SAMPLES, sample.operation, status=True)
    status = int(reply.path.split("response-")[1].split(".")[0])
    message = s.request(sample.operation, sample.body, headers_for(name, sample.operation, reply.path, status), 3 if way == "chunks" else None)
    if way == "bytes":
        head = message.index(b"\r\n\r\n") + 4
        connection.send(message[:head], *[message[i : i + 1] for i in range(head, len(message))])
    else:
        connection.send(message)
    return reply, status, connection.receive()


def check_request(connection, sample, way, blocks):
    name = "%s-%s-%s" % (sample.name, connection.server, way)
    reply, status, answer = send_request(connection, sample, name, way)
    lines = [line("request", sample, blocks)]
    if blocks and sample.verdict == "invalid":
        same(name + " documented", s.is_documented(answer, sample.error), True)
        same(name + " upstream", received(name), None)
    else:
        same(name + " answer", answer and (answer.status, answer.body), (status, reply.body))
        same(name + " upstream", received(name), ("%s %s\n" % s.TARGETS[sample.operation]).encode() + sample.body)
        lines.append(line("response", reply, blocks))
    same(name + " told", await_told(name, len(lines)), lines)


def check_response(connection, sample, pieces):
    name = "%s-%s-%s" % (sample.name, connection.server, pieces)
    sent = s.good(SAMPLES, sample.operation)
    connection.send(s.request(sent.operation, sent.body, headers_for(name, sent.operation, sample.path, sample.status, pieces=pieces)))
    answer = connection.receive()
    broken = sample.verdict == "invalid"
    blocks = connection.server != "log"
    if not broken or not blocks:
        same(name + " answer", answer and (answer.status, answer.body), (sample.status, b"" if sample.status == 204 else sample.body))
        same(name + " fields", answer and answer.headers["set-cookie"], ["a=1", "b=2"])
    elif connection.server == "cut" and sample.status != 204:
        same(name + " cut", answer, None)
    elif sample.error:
        same(name + " documented", s.is_documented(answer, sample.error), True)
    else:
        same(name + " plain", answer and answer.status, 502)
    same(name + " told", await_told(name, 2), [line("request", sent, blocks), line("response", sample, blocks)])


def check_policies():
    other = b"/unknown"
    same("unknown passes", exchange("block", "u1", b"[", other).status, 201)
    same("unknown is not told", told("u1"), [])
    same("unknown in log", exchange("log", "u2", b"[", other).status, 201)
    same("unknown is told", told("u2"), [["request", "unchecked", "-", "false", "no operation has this path"]])
    same("unknown is blocked", exchange("strict", "u3", b"[", other).status, 404)
    same("unknown did not pass", (received("u1") is None, received("u3")), (False, None))
    zipped = {"Content-Encoding": "gzip"}
    same("encoded passes", exchange("block", "e1", b"\x1f\x8b", more=zipped).status, 201)
    same("encoded is told", told("e1")[0][:2], ["request", "unchecked"])
    same("encoded is blocked", exchange("strict", "e2", b"\x1f\x8b", more=zipped).status, 415)
    same("encoded response passes", exchange("block", "e3", GOOD.body, encoding="gzip").status, 201)
    same("encoded response is told", told("e3")[1][:2], ["response", "unchecked"])
    same("encoded response is blocked", exchange("strict", "e4", GOOD.body, encoding="gzip").status, 502)
    same("missing field", exchange("block", "m1", GOOD.body, more={"X-Auth-Token": ""}).status, 401)
    same("id in the answer", len(json.loads(roma_answer().body)["request_id"]), 32)


def roma_answer():
    operation = "huaweicloud.roma.UpdateRomaApp"
    connection = Connection("block")
    connection.send(s.request(operation, b"[]", headers_for("r1", operation, REPLY.path, 200)))
    answer = connection.receive()
    connection.close()
    return answer


def check_sizes():
    """Bodies that nginx spills to a file, up to and beyond max_body."""
    large = b" " * (65536 - len(GOOD.body)) + GOOD.body
    for server in ("block", "cut", "log"):
        same("spilled " + server, exchange(server, "s1" + server, large).status, 201)
        got = received("s1" + server) or b""
        same("spilled upstream " + server, got[got.find(b"\n") + 1 :], large)
    same("too large", exchange("block", "s2", large + b" ").status, 413)
    same("too large in log", exchange("log", "s3", large + b" ").status, 201)
    same("too large is told", told("s3")[0], ["request", "invalid", "APIG.0201", "false", "-"])
    same("too large did not pass", received("s2"), None)
    path = os.path.join(FOLDER, "large.json")
    with open(path, "wb") as file:
        file.write(b" " * (70000 - len(REPLY.body)) + REPLY.body)
    same("large response", exchange("block", "s4", GOOD.body, more={"X-Reply": path}).status, 500)
    same("large response is cut", exchange("cut", "s5", GOOD.body, more={"X-Reply": path}), None)
    answer = exchange("log", "s6", GOOD.body, more={"X-Reply": path})
    same("large response in log", answer and answer.body, s.read(path))
    same("large response is told", [found[:2] for found in await_told("s6", 2)], [["request", "valid"], ["response", "invalid"]])


def check_odd():
    """An application that goes away, a client that pipelines, one that waits to be asked, names that would break the log."""
    for server in ("log", "cut", "block"):
        exchange(server, "o1" + server, GOOD.body, length="100000")
        same("short " + server, [found[:2] for found in await_told("o1" + server, 2)], [["request", "valid"], ["response", "unchecked"]])
    connection = Connection("block")
    for size in range(8):
        connection.send(s.request(APIG, b'{"name": "%s"}' % (b"n" * size), headers_for("o2-%d" % size, APIG, REPLY.path, 201)))
    same("pipelined", [connection.receive().status for _ in range(8)], [400] * 3 + [201] * 5)
    message = s.request(APIG, GOOD.body, {**headers_for("o3", APIG, REPLY.path, 201), "Expect": "100-continue"})
    head = message.index(b"\r\n\r\n") + 4
    connection.send(message[:head])
    same("asked to continue", connection.stream.readline() + connection.stream.readline(), b"HTTP/1.1 100 Continue\r\n\r\n")
    connection.send(message[head:])
    same("continued", connection.receive().status, 201)
    connection.close()
    exchange("default", "o4", b'{"name": "abc", "x\\n2026 forged": "hidden"}')
    log = s.read(os.path.join(FOLDER, "error.log"))
    same("the name is shown", b"/x?2026 forged" in log, True)
    same("the value is not", b"hidden" in log, False)
    same("default passes", received("o4") is not None, True)
    same("only responses", exchange("single", "o5", b"[").status, 201)
    same("only responses are told", await_told("o5", 1), [line("response", REPLY, False)])


def check_interleaved():
    """Many at once, byte by byte in turn: one checker of a worker has them all. Their answers come in pieces at once as well."""
    for server in ("block", "cut", "log"):
        tasks = []
        for number in range(24):
            sample = SAMPLES[number * 7 % len(SAMPLES)]
            sent = sample._replace(body=b'{"name": "%s"}' % (b"n" * (number % 6))) if not sample.status else s.good(SAMPLES, sample.operation)
            reply, status = (sample.path, sample.status) if sample.status else (REPLY.path, 201)
            name = "i%d%s" % (number, server)
            message = s.request(sent.operation, sent.body, headers_for(name, sent.operation, reply, status, pieces="yes"))
            tasks.append((name, sample, sent, Connection(server), message))
        for at in range(max(len(task[4]) for task in tasks)):
            for task in tasks:
                if at < len(task[4]):
                    task[3].send(task[4][at : at + 1])
        for name, sample, sent, connection, _ in tasks:
            answer = connection.receive()
            connection.close()
            lines = await_told(name, 1)
            verdict = judged(sent)
            same("interleaved %s request" % name, lines[0][:2], ["request", verdict])
            if server != "log" and verdict == "invalid":
                same("interleaved %s refused" % name, answer is not None and answer.status >= 400, True)
            elif sample.status:
                same("interleaved %s response" % name, [line[:2] for line in await_told(name, 2)][1:], [["response", sample.verdict]])


def judged(sample):
    path = os.path.join(FOLDER, "judged.json")
    with open(path, "wb") as file:
        file.write(sample.body)
    return s.judge(COMMAND, path, sample.operation, 0)[0]


def check_gone():
    """Clients that go away in the middle of a body, or before the answer: nothing is kept, and the next one is served."""
    for number in range(50):
        for server in ("block", "cut", "log"):
            message = s.request(APIG, GOOD.body, headers_for("g1", APIG, REPLY.path, 201, pieces="yes"))
            connection = Connection(server)
            connection.send(message[: len(message) - number % 30])
            connection.close()
    for server in ("block", "cut", "log"):
        same("after those that went " + server, exchange(server, "g2" + server, GOOD.body).status, 201)


def own(name, body):
    return exchange("own", name, body, b"/own/a").status


def reload(change, wait):
    """Changes the rules, lets nginx read them, and waits."""
    path = os.path.join(FOLDER, "rules", "own.rules")
    text = s.read(path).decode()
    with open(path, "w", encoding="utf-8") as file:
        file.write(re.sub(*change, text))
    os.kill(int(s.read(os.path.join(FOLDER, "nginx.pid"))), signal.SIGHUP)
    end = time.monotonic() + 10
    while not wait() and time.monotonic() < end:
        time.sleep(0.05)


def check_reload():
    same("own rules", (own("l1", b'{"name": "abc"}'), own("l2", b'{"name": "abcd"}')), (201, 400))
    reload(("length 2..3", "length 2..x"), lambda: b"own.rules:8:37: " in s.read(os.path.join(FOLDER, "error.log")))
    same("the place of the mistake is told", b"own.rules:8:37: " in s.read(os.path.join(FOLDER, "error.log")), True)
    same("the old rules stay", (own("l3", b'{"name": "abc"}'), own("l4", b'{"name": "abcd"}')), (201, 400))
    reload(("length 2..x", "length 2..4"), lambda: own("l5", b'{"name": "abcd"}') == 201)
    same("the new rules come", (own("l6", b'{"name": "abcd"}'), own("l7", b'{"name": "abcde"}')), (201, 400))


def main():
    servers = [Connection(server) for server in ("block", "cut", "log")]
    for sample in SAMPLES:
        for connection in servers:
            if sample.status:
                check_response(connection, sample, "no")
                check_response(connection, sample, "yes")
            else:
                for way in ("whole", "bytes", "chunks"):
                    check_request(connection, sample, way, connection.server != "log")
    check_policies()
    check_sizes()
    check_odd()
    check_interleaved()
    check_gone()
    check_reload()
    return finish(3000)


sys.exit(main())
