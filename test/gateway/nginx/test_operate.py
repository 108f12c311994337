# SPDX-License-Identifier: MIT
"""What an operator does: reloads with good and broken rules, counters, a shadow."""

import json
import os
import re
import unittest

from gateway import GatewayTest, answer_of

APP = "/v2/p1/apigw/instances/i1/apps/a1"
GOOD = b'{"name":"app_demo"}'
BAD = b'{"name":"ap"}'
RULES = open(os.environ["BODYCHECK_DATA"] + "/../../rules/huaweicloud/apig.rules", encoding="utf-8").read()
SHORT = RULES.replace("length 3..64", "length 2..64").replace("optional  enum 1 ", "optional  enum 1 | 2 ")
BROKEN = RULES.replace("length 3..64", "length 64..3").replace("string  mandatory  length 1..", "strong  mandatory  length 1..", 1)
assert SHORT != RULES and BROKEN.count("strong") == 1


class Operate(GatewayTest):
    server = """
    bodycheck block;
    location / { proxy_pass http://up; }
    location /metrics { bodycheck off; bodycheck_metrics; }
    location /shadow/ { bodycheck_shadow FOLDER/shadow.rules; bodycheck_response log;
                        rewrite ^/shadow(/.*)$ $1 break; proxy_pass http://up; }
    location /loaded/ { bodycheck_rules FOLDER/live.rules; rewrite ^/loaded(/.*)$ $1 break; proxy_pass http://up; }
    """
    options = {"files": {"shadow.rules": SHORT, "live.rules": RULES}, "workers": 2}

    def counters(self):
        """The samples of the page, by name and labels."""
        response = self.gate.ask("/metrics", method="GET")
        self.assertEqual((response.status, response.fields["content-type"]), (200, "text/plain; version=0.0.4"))
        found = {}
        for line in response.body.decode().splitlines():
            if not line.startswith("#"):
                name, labels, value = re.fullmatch(r"(\w+)(?:\{(.*)\})? (\d+)", line).groups()
                found[(name, labels)] = int(value)
        return found

    def count(self, **labels):
        """The sum of all messages with these labels."""
        wanted = ['%s="%s"' % label for label in labels.items()]
        return sum(
            value
            for (name, text), value in self.counters().items()
            if name == "bodycheck_messages_total" and all(label in text.split(",") for label in wanted)
        )

    def test_counters_count(self):
        broken = {"direction": "request", "verdict": "invalid", "action": "blocked", "rule": "length.min", "code": "APIG.2005",
                  "operation": "huaweicloud.apig.UpdateAppV2"}
        before = self.count(**broken), self.count(verdict="valid")
        for body in (GOOD, BAD, BAD, BAD):
            self.gate.ask(APP, body)
        self.assertEqual((self.count(**broken), self.count(verdict="valid")), (before[0] + 3, before[1] + 1))

    def test_counters_of_requests_without_a_route(self):
        before = self.count(operation="", verdict="unchecked")
        self.gate.ask("/nowhere", GOOD)
        self.assertEqual(self.count(operation="", verdict="unchecked"), before + 1)

    def test_counters_are_only_read(self):
        self.assertEqual(self.gate.ask("/metrics", GOOD, method="POST").status, 405)

    def test_counters_survive_a_reload(self):
        self.gate.ask(APP, BAD)
        before = self.count(verdict="invalid")
        self.assertNotIn("[emerg]", self.gate.reload())
        self.gate.ask(APP, BAD)
        self.assertEqual(self.count(verdict="invalid"), before + 1)

    def test_a_reload_takes_new_rules(self):
        self.assertEqual(self.gate.ask("/loaded" + APP, BAD).status, 400)
        self.gate.write("live.rules", SHORT)
        self.gate.reload()
        self.until_status("/loaded" + APP, BAD, 200)
        self.gate.write("live.rules", RULES)
        self.gate.reload()
        self.until_status("/loaded" + APP, BAD, 400)

    def until_status(self, target, body, status):
        """The old workers take connections for a moment after a reload."""
        for _ in range(500):
            if self.gate.ask(target, body).status == status:
                return
        raise AssertionError("never answered with %d" % status)

    def test_a_reload_with_broken_rules_keeps_the_old_and_names_every_mistake(self):
        self.gate.write("live.rules", BROKEN)
        said = self.gate.reload()
        self.gate.write("live.rules", RULES)
        places = re.findall(r"\[emerg\].* bodycheck: \S*live\.rules:(\d+):(\d+): (.*)", said)
        wrong = BROKEN.split("\n")
        self.assertEqual(len(places), 2, said)
        for line, column, _ in places:
            self.assertRegex(wrong[int(line) - 1][int(column) - 1 :], r"^(64\.\.3|length 64|3\b|strong)")
        self.assertEqual(self.gate.ask("/loaded" + APP, BAD).status, 400)
        self.assertEqual(self.gate.ask("/loaded" + APP, GOOD).status, 200)

    def differences(self, text):
        return [line for line in self.gate.log() if "shadow differs: " in line and text in line]

    def test_a_shadow_tells_where_it_differs(self):
        before = len(self.differences(""))
        self.assertEqual(self.gate.ask("/shadow" + APP, BAD).status, 400)
        found = self.differences("")[before:]
        self.assertEqual(len(found), 1)
        self.assertIn("[notice]", found[0])
        self.assertIn("request of huaweicloud.apig.UpdateAppV2: rules: invalid APIG.2005; body /name length.min", found[0])
        self.assertIn("; shadow: valid", found[0])
        shadow = [value for (name, text), value in self.counters().items() if name == "bodycheck_shadow_differences_total"]
        self.assertGreaterEqual(sum(shadow), 1)

    def test_a_shadow_is_silent_where_it_agrees(self):
        before = len(self.differences(""))
        self.assertEqual(self.gate.ask("/shadow" + APP, GOOD).status, 200)
        self.assertEqual(self.gate.ask("/shadow" + APP, b'{"name":"a"}').status, 400)
        self.assertEqual(len(self.differences("")), before)

    def test_a_shadow_sees_responses(self):
        before = len(self.differences("response"))
        self.upstream.answers["s"] = answer_of(201, b'{"status":2}')
        self.assertEqual(self.gate.ask("/shadow" + APP, GOOD, fields=["X-Answer: s"]).status, 201)
        found = self.differences("response")[before:]
        self.assertEqual(len(found), 1)
        self.assertIn("response of huaweicloud.apig.UpdateAppV2: rules: invalid APIG.9999", found[0])
        self.assertIn("; shadow: valid", found[0])

    def test_no_value_stands_in_the_log(self):
        secret = "s3cr3tvalue"
        body = json.dumps({"name": secret + "!", "app_secret": secret + " ", "remark": 7}).encode()
        self.assertEqual(self.gate.ask("/shadow/v2/%s/apigw/instances/i1/apps/a1?q=%s" % (secret, secret), body).status, 400)
        self.assertTrue(self.gate.log())
        for line in self.gate.log():
            self.assertNotIn(secret, line)

    def test_a_name_cannot_make_a_line_of_the_log(self):
        self.assertEqual(self.gate.ask(APP, b'{"name":"app_demo","x\\ny [emerg] forged":1}').status, 400)
        found = [line for line in self.gate.log() if "[emerg] forged" in line]
        self.assertEqual(len(found), 1)
        self.assertRegex(found[0], r"\[warn\].*x\\u000ay \[emerg\] forged")

    def test_a_name_cannot_move_the_cursor_of_a_terminal(self):
        self.assertEqual(self.gate.ask(APP, '{"name":"app_demo","moved\x7f\x9b2J":1}'.encode()).status, 400)
        found = [line for line in self.gate.log() if "/moved" in line]
        self.assertEqual(len(found), 1)
        self.assertIn("/moved\\u007f\\u009b2J unknown", found[0])


if __name__ == "__main__":
    unittest.main()
