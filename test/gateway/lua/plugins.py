# SPDX-License-Identifier: MIT
"""Client of nginx.sh: the README's plugins for Kong and APISIX, behind the stubs of plugins.lua. Arguments: see client.py."""
import sys

from client import APIG, GOOD, REPLY, SAMPLES, await_told, exchange, finish, line, received, s, same

OWN = [sample for sample in SAMPLES if sample.operation == APIG]


def check_request(server, sample):
    name = "%s-%s" % (server, sample.name)
    answer = exchange(server, name, sample.body)
    lines = [line("request", sample, True)]
    if sample.verdict == "invalid":
        same(name, s.is_documented(answer, sample.error), True)
        same(name + " upstream", received(name), None)
    else:
        same(name, answer and (answer.status, answer.body), (201, REPLY.body))
        lines.append(line("response", REPLY, False))
    same(name + " told", await_told(name, len(lines)), lines)


def check_response(server, sample, blocks):
    name = "%s-%s" % (server, sample.name)
    answer = exchange(server, name, GOOD.body, more={"X-Reply": sample.path, "X-Status": str(sample.status)})
    if blocks and sample.verdict == "invalid":
        same(name, s.is_documented(answer, sample.error), True)
    else:
        same(name, answer and (answer.status, answer.body), (sample.status, b"" if sample.status == 204 else sample.body))
        same(name + " fields", answer and answer.headers["set-cookie"], ["a=1", "b=2"])
    same(name + " told", await_told(name, 2), [line("request", GOOD, True), line("response", sample, blocks)])


def main():
    for server in ("kong", "apisix"):
        for sample in OWN:
            if sample.status:
                check_response(server, sample, server == "kong")
            else:
                check_request(server, sample)
        answer = exchange(server, server + "-gzip", GOOD.body, encoding="gzip")
        same(server + " encoded", answer and (answer.status, answer.body), (201, REPLY.body))
        same(server + " encoded told", [found[:2] for found in await_told(server + "-gzip", 2)], [["request", "valid"], ["response", "unchecked"]])
    same("not held", exchange("kong-unheld", "unheld", GOOD.body).status, 201)
    same("not held told", await_told("unheld", 2)[1:], [["response", "unchecked", "-", "false", "no response was seen"]])
    return finish(200)


sys.exit(main())
