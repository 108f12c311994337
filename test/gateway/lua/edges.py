# SPDX-License-Identifier: MIT
"""Client of nginx.sh: messages that have no whole body, that go from location to location, or that something fails for. Arguments: see client.py."""
import json
import os
import shutil
import subprocess
import sys

from client import APIG, FOLDER, GOOD, REPLY, SAMPLES, Connection, await_told, exchange, finish, headers_for, received, s, same, told

BAD = b'{"name": "ab"}'
BROKEN = next(sample for sample in SAMPLES if sample.operation == APIG and sample.status == 201 and sample.verdict == "invalid")
GOOD_LINES = [["request", "valid"], ["response", "valid"]]
PART = "there is no whole body"


def briefly(name, count):
    return [found[:2] for found in await_told(name, count)]


def check_without_body():
    """Answers to HEAD and 304: never found fault with, never refused, and passed on as they are."""
    for server in ("parts", "parts-held"):
        for policy in ("log", "pass", "block"):
            name = "%s-%s-" % (server, policy)
            answer = exchange(server, name + "head", b"", method="HEAD", more={"X-Policy": policy})
            same(name + "head", answer and (answer.status, answer.headers["content-length"]), (201, [str(len(REPLY.body))]))
            same(name + "head told", await_told(name + "head", 1), [["response", "unchecked", "-", "false", PART]])
            answer = exchange(server, name + "304", GOOD.body, more={"X-Policy": policy, "X-Status": "304"})
            same(name + "304", answer and (answer.status, answer.headers["set-cookie"]), (304, ["a=1", "b=2"]))
            same(name + "304 told", await_told(name + "304", 1), [["response", "unchecked", "-", "false", PART]])
            broken = exchange(server, name + "204", GOOD.body, more={"X-Policy": policy, "X-Status": "204", "X-Reply": "/dev/null"})
            same(name + "204 is checked", (broken.status == 204, briefly(name + "204", 1)), (policy == "log", [["response", "invalid"]]))


def check_partial():
    """A 206 of the application, and ranges that nginx makes: by policy, and never found fault with."""
    for server in ("parts", "parts-held"):
        for policy in ("log", "pass", "block"):
            name = "%s-%s-206" % (server, policy)
            answer = exchange(server, name, GOOD.body, more={"X-Policy": policy, "X-Status": "206"})
            same(name, answer and answer.status, 502 if policy == "block" else 206)
            same(name + " body", answer and answer.body == REPLY.body, policy != "block")
            same(name + " told", await_told(name, 1), [["response", "unchecked", "-", str(policy == "block").lower(), PART]])
    for policy in ("log", "pass", "block"):
        name = "range-" + policy
        answer = exchange("parts", name, GOOD.body, more={"X-Policy": policy, "X-Status": "200", "Range": "bytes=0-3"})
        expected = (206, REPLY.body[:4]) if policy == "log" else (200, REPLY.body)
        same(name, answer and (answer.status, answer.body), expected)
        same(name + " told", briefly(name, 1), [["response", "unchecked" if policy == "log" else "valid"]])
    answer = exchange("parts", "range-none", GOOD.body, more={"X-Policy": "log", "X-Status": "200", "Range": "bytes=99999-"})
    same("range-none", answer and answer.status, 416)
    same("range-none told", await_told("range-none", 1), [["response", "unchecked", "-", "false", PART]])


def check_unknowable():
    """A path of several providers, and a body that no table describes: unchecked, by policy, and never untold."""
    for policy, statuses in (("pass", (201, 201)), ("block", (500, 400))):
        name = "vague-" + policy
        same(name, exchange("vague", name, GOOD.body, more={"X-Policy": policy}).status, statuses[0])
        blocked = str(policy == "block").lower()
        found = [line[:4] for line in await_told(name, 1) if line[0] == "request"]
        same(name + " told", found, [["request", "unchecked", "-", blocked]])
        same(name + " received", received(name) is None, policy == "block")
        name = "described-" + policy
        same(name, exchange("vague", name, GOOD.body, b"/own/1", {"X-Policy": policy}, "DELETE").status, statuses[1])
        same(name + " told", await_told(name, 1)[0][:4], ["request", "unchecked", "-", blocked])


def moved(way, name, body, **more):
    return exchange("moved", name, body, more={"X-Way": way, **{key.replace("_", "-"): value for key, value in more.items()}})


def check_moved():
    """Internal redirects: each direction has one verdict, and what is broken goes nowhere."""
    for way in ("plain", "accel", "try", "exec", "error"):
        answer = moved(way, way + "-good", GOOD.body)
        same(way, answer and (answer.status, answer.body), (201, REPLY.body))
        same(way + " told", briefly(way + "-good", 2), GOOD_LINES)
        same(way + " received", received(way + "-good").endswith(GOOD.body), True)
        answer = moved(way, way + "-bad", BAD)
        same(way + " bad request", answer and (answer.status, json.loads(answer.body)["error_code"]), (400, "APIG.2005"))
        same(way + " bad request told", briefly(way + "-bad", 1), [["request", "invalid"]])
        same(way + " bad request received", received(way + "-bad"), None)
        same(way + " bad response", moved(way, way + "-broken", GOOD.body, X_Reply=BROKEN.path), None)
        same(way + " bad response told", briefly(way + "-broken", 2), [["request", "valid"], ["response", "invalid"]])
    connection = Connection("moved")
    for number in range(12):
        sent, lines = (GOOD.body, GOOD_LINES) if number % 3 else (BAD, [["request", "invalid"]])
        way = ("try", "error")[number % 2]
        connection.send(s.request(APIG, sent, {**headers_for("kept-%d" % number, APIG, REPLY.path, 201), "X-Way": way}))
        same("kept connection", connection.receive().status, 201 if number % 3 else 400)
        same("kept connection told", briefly("kept-%d" % number, len(lines)), lines)
    connection.close()
    answer = moved("refused", "refused", GOOD.body, Content_Encoding="gzip")
    same("error_page of a refusal", answer and (answer.status, answer.body), (201, REPLY.body))
    same("error_page of a refusal told", await_told("refused", 1)[0][:4], ["request", "unchecked", "-", "true"])
    same("error_page of a refusal has no body", received("refused").endswith(b"\n"), True)


def check_none():
    """What nginx answers by itself, and what never comes to its end."""
    same("down", moved("down", "down", GOOD.body).status, 502)
    same("down told", await_told("down", 2)[1:], [["response", "unchecked", "-", "false", "the application gave no response"]])
    same("too large for nginx", moved("small", "small", GOOD.body).status, 413)
    same("too large for nginx told", await_told("small", 1), [["request", "unchecked", "-", "false", "answered before it could be checked"]])
    for number, start in enumerate((b"\0 / HTTP/1.1\r\n\r\n", b"PUT / HTTP/9.9\r\n\r\n", b"PUT /v2 HTTP/1.1\r\n\r\n", b"PUT\r\n\r\n", b"\r\n")):
        connection = Connection("moved")
        connection.send(start)
        if number < 4:
            same("malformed", connection.receive().status in (400, 505), True)
        connection.close()
    connection = Connection("cut")
    connection.send(s.request(APIG, GOOD.body, headers_for("half", APIG, REPLY.path, 201))[:-3])
    connection.close()
    same("half a body told", await_told("half", 1), [["request", "unchecked", "-", "false", "the body did not arrive as a whole"]])


def check_unreadable():
    """Bodies that the Lua module does not read."""
    for name, more in (("sized", {}), ("streamed", {"Transfer-Encoding": "chunked", "Content-Length": ""})):
        body = GOOD.body if name == "sized" else b"%x\r\n%s\r\n0\r\n\r\n" % (len(GOOD.body), GOOD.body)
        message = s.request(APIG, GOOD.body, headers_for("un-" + name, APIG, REPLY.path, 201), None if name == "sized" else 7)
        message = message.replace(b"\r\n\r\n", b"\r\nX-Unreadable: yes\r\nX-Way: plain\r\n\r\n", 1)
        for server, status in (("cut", 201), ("log", 201), ("moved", 500 if name == "sized" else 411)):
            connection = Connection(server)
            connection.send(message)
            answer = connection.receive()
            connection.close()
            same("unreadable %s %s" % (name, server), answer and answer.status, status)
            same("unreadable received", received("un-" + name) is not None, status == 201)
        lines = [found for found in await_told("un-" + name, 5) if found[0] == "request"]
        expected = ["request", "unchecked", "-", "false", "the body cannot be read"]
        same("unreadable told", lines, [expected, expected, expected[:3] + ["true"] + expected[4:]])
    same("unreadable and unknown", exchange("cut", "un-known", GOOD.body, b"/unknown", {"X-Unreadable": "yes"}).status, 201)
    same("unreadable and unknown told", told("un-known"), [])


def check_failures():
    same("nobody is told", exchange("no-tell", "f1", GOOD.body).status, 201)
    same("nobody is told of a bad one", exchange("no-tell", "f2", BAD).status, 400)
    same("no check", exchange("no-check", "f3", GOOD.body).status, 500)
    same("no check told", await_told("f3", 1), [["request", "unchecked", "-", "false", "the check failed"]])
    same("no check received", received("f3"), None)
    same("no filters", exchange("no-filters", "f5", GOOD.body).status, 201)
    same("no filters told", await_told("f5", 2)[1:], [["response", "unchecked", "-", "false", "no response was seen"]])
    same("a subrequest", exchange("sub", "f4", GOOD.body).body, REPLY.body)
    same("a subrequest is not told", briefly("f4", 2), GOOD_LINES)


def check_yields():
    """One checker of a worker answers many requests, each with its own error, while others are told about."""
    kinds = ((b"n", "APIG.2005"), (b"n" * 70, "APIG.2006"), (b"-n--", "APIG.2012"))
    connections = [Connection("slow") for _ in range(24)]
    for number, connection in enumerate(connections):
        name = b'{"name": "%s"}' % kinds[number % 3][0]
        connection.send(s.request(APIG, name, headers_for("y%d" % number, APIG, REPLY.path, 201)))
    for number, connection in enumerate(connections):
        same("in turn", json.loads(connection.receive().body)["error_code"], kinds[number % 3][1])
        connection.close()


def check_remembered():
    """Requests that are over are forgotten, in both workers."""
    counts = [int(exchange("remembered", "m", b"").body) for _ in range(8)]
    same("remembered", max(counts) <= 2, True)


def curl(name, *arguments):
    fields = {**s.HEADERS, **headers_for(name, APIG, REPLY.path, 201)}
    arguments = [*arguments, *(part for field in fields.items() if field[0] != "Host" for part in ("-H", "%s: %s" % field))]
    run = subprocess.run([shutil.which("curl"), "-sS", "--http2-prior-knowledge", "--max-time", "20", "--unix-socket", os.path.join(FOLDER, "h2"),
                          "-o", "/dev/null", "-w", "%{http_version} %{http_code}", "-X", "PUT", *arguments,
                          "http://localhost" + s.TARGETS[APIG][1]], stdout=subprocess.PIPE, check=False)
    return run.stdout.decode()


def check_http2():
    """Streams that go on to another location."""
    same("HTTP/2", curl("h1", "--data-binary", GOOD.body), "2 201")
    same("HTTP/2 told", briefly("h1", 2), GOOD_LINES)
    same("HTTP/2 bad", curl("h2", "--data-binary", BAD), "2 400")
    same("HTTP/2 bad told", briefly("h2", 1), [["request", "invalid"]])
    same("HTTP/2 streamed", curl("h3", "-T", GOOD.path, "-H", "Content-Length:"), "2 201")


def main():
    check_without_body()
    check_partial()
    check_unknowable()
    check_moved()
    check_none()
    check_unreadable()
    check_failures()
    check_yields()
    check_remembered()
    if shutil.which("curl"):
        check_http2()
    return finish(100)


sys.exit(main())
