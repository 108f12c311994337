# SPDX-License-Identifier: MIT
"""The samples of test/data, what the command says of each, and raw HTTP: for the tests of gateways."""
import collections
import json
import os
import re
import subprocess

TARGETS = {
    "huaweicloud.apig.UpdateAppV2": ("PUT", "/v2/p/apigw/instances/i/apps/a"),
    "huaweicloud.dataarts.UpdateApp": ("PUT", "/v1/p/service/apps/a"),
    "huaweicloud.roma.UpdateRomaApp": ("PUT", "/v2/p/instances/i/apps/a"),
    "huaweicloud.workspace.UpdateApp": ("PATCH", "/v1/p/app-groups/g/apps/a"),
    "otc.apig.UpdateAppV2": ("PUT", "/v2/p/apigw/instances/i/apps/a"),
}
HEADERS = {"Host": "localhost", "X-Auth-Token": "t", "workspace": "w", "Content-Type": "application/json"}

# name: unique; status: 0 for a request; error: None, or (HTTP status, code, message)
Sample = collections.namedtuple("Sample", "name path operation status body verdict error")
Answer = collections.namedtuple("Answer", "status headers body")


def read(path):
    with open(path, "rb") as file:
        return file.read()


def judge(command, path, operation, status):
    kind = ["--response", str(status)] if status else []
    run = subprocess.run([command, "check", "--op", operation, *kind, "--format", "jsonl", path], stdout=subprocess.PIPE, check=False)
    report = json.loads(run.stdout)
    error = report.get("error")
    return report["verdict"], error and (error["status"], error["code"], error["message"])


def load(command, data):
    """All samples, each with the command's verdict."""
    samples = []
    for folder in ("documents", "broken"):
        for operation in sorted(TARGETS):
            parent = os.path.join(data, folder, operation)
            for name in sorted(os.listdir(parent)):
                path = os.path.join(parent, name)
                match = re.search(r"response-(\d+)\.json$", name)
                status = int(match.group(1)) if match else 0
                verdict, error = judge(command, path, operation, status)
                unique = "%s.%s.%s" % (folder, operation, name)
                samples.append(Sample(unique, path, operation, status, read(path), verdict, error))
    assert len(samples) > 190 and {sample.verdict for sample in samples} == {"valid", "invalid"}
    return samples


def good(samples, operation, status=None):
    """A valid sample of an operation: a request, or a response."""
    for sample in samples:
        if sample.operation == operation and sample.verdict == "valid" and bool(sample.status) == bool(status):
            return sample
    raise AssertionError(operation)


def request(operation, body, headers, chunks=None):
    """A request as bytes; chunks: the size of each, for a body without Content-Length."""
    method, target = TARGETS[operation]
    lines = ["%s %s HTTP/1.1" % (method, target)] + ["%s: %s" % field for field in {**HEADERS, **headers}.items()]
    if chunks is None:
        lines.append("Content-Length: %d" % len(body))
        payload = body
    else:
        lines.append("Transfer-Encoding: chunked")
        payload = b"".join(b"%x\r\n%s\r\n" % (len(body[at : at + chunks]), body[at : at + chunks]) for at in range(0, len(body), chunks))
        payload += b"0\r\n\r\n"
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + payload


def response(status, body):
    """A response as bytes."""
    return b"HTTP/1.1 %d Some words\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body), body)


def receive(stream, head=False):
    """The next response of a connection, as a file; None where it ends before one is complete. head: it answers HEAD."""
    start = stream.readline().split()
    if len(start) < 2:
        return None
    headers = collections.defaultdict(list)
    for line in iter(stream.readline, b"\r\n"):
        if not line:
            return None
        name, value = line.decode().split(":", 1)
        headers[name.lower()].append(value.strip())
    if head or int(start[1]) in (204, 304):
        body = b""
    elif headers["transfer-encoding"] == ["chunked"]:
        body = receive_chunks(stream)
    else:
        size = int(headers["content-length"][0])
        body = stream.read(size)
        body = body if len(body) == size else None
    return None if body is None else Answer(int(start[1]), headers, body)


def receive_chunks(stream):
    body = b""
    while True:
        line = stream.readline()
        size = int(line, 16) if line.strip() else -1
        piece = stream.read(size + 2) if size >= 0 else b""
        if len(piece) != size + 2:
            return None
        if size == 0:
            return body
        body += piece[:-2]


def is_documented(answer, error):
    """Whether an answer is the documented error, which has its code and message somewhere."""
    if answer is None or answer.headers["content-type"] != ["application/json"]:
        return False
    status, code, message = error
    return answer.status == status and {code, message} <= set(map(str, json.loads(answer.body).values()))
