# SPDX-License-Identifier: MIT
"""Random bodies, good and bad, made from the samples; and random ways to send them."""

import json

import samples

INTERESTING = [b'"', b"{", b"}", b"[", b"]", b",", b":", b"\\", b"null", b"0", b"-", b"1e9", b"\xff", b"\xc3\xa9", b"\xe4\xb8\xad", b"\t",
               b"true", b'"name":"app_demo",', b"\\u0000", b"\\ud800", b" " * 40, b"a" * 70, b"*", b"_", b"@"]


def requests_by_operation():
    found = {}
    for sample in samples.read():
        if sample.status == 0 and sample.body:
            found.setdefault(sample.operation, []).append(sample.body.replace(b"\n", b" "))
    return found


def change_bytes(random, body, others):
    at = random.randrange(len(body))
    what = random.randrange(4)
    if what == 0:
        return body[:at] + random.choice(INTERESTING) + body[at:]
    if what == 1:
        return body[:at] + body[at + random.randrange(1, 4) :]
    if what == 2:
        return body[:at] + bytes([random.randrange(256)]) + body[at + 1 :]
    other = random.choice(others)
    return body[:at] + other[random.randrange(len(other)) :]


def change_members(random, body):
    """Changes documents that are JSON by their members, so that what comes out is JSON again."""
    try:
        members = json.loads(body)
    except (ValueError, RecursionError):
        return body
    if not isinstance(members, dict) or not members:
        return body
    name = random.choice(sorted(members))
    value = members[name]
    choices = ["", None, 7, "a" * random.randrange(1, 300), [], {}, True, "app_demo", "1abc"]
    if isinstance(value, str):
        choices += [value + random.choice("_-x\u4e2d!9 "), value[1:], value * 2]
    what = random.randrange(6)
    if what == 0:
        del members[name]
    elif what == 1:
        members[name + "x"] = value
    elif what < 4:
        members[name] = random.choice(choices)
    return json.dumps(members, ensure_ascii=random.random() < 0.5).encode("utf-8", "surrogatepass")


def make(random, known):
    """One body without a line feed; never empty."""
    body = random.choice(known)
    for _ in range(random.choice((0, 0, 1, 1, 2, 3))):
        body = change_members(random, body) if random.random() < 0.6 else change_bytes(random, body, known)
        body = body or b" "
    return body.replace(b"\n", b" ").replace(b"\r", b" ")


def pieces(random, body):
    """The body, cut anywhere."""
    way = random.randrange(4)
    if way < 2 or len(body) < 2:
        return [body]
    if way == 2:
        at = random.randrange(1, len(body))
        return [body[:at], body[at:]]
    size = random.randrange(1, 9)
    return [body[i : i + size] for i in range(0, len(body), size)]
