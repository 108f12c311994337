# SPDX-License-Identifier: MIT
"""The documents' good and broken bodies, and what they must be answered with."""

import json
import os
import re
import subprocess

DATA = os.environ["BODYCHECK_DATA"]

# Where each operation is asked for, and how. A location that is left by a rewrite has the second provider.
TARGETS = {
    "huaweicloud.apig.UpdateAppV2": ("PUT", "/v2/p1/apigw/instances/i1/apps/a1"),
    "otc.apig.UpdateAppV2": ("PUT", "/otc/v2/p1/apigw/instances/i1/apps/a1"),
    "huaweicloud.roma.UpdateRomaApp": ("PUT", "/v2/p1/instances/i1/apps/a1"),
    "huaweicloud.dataarts.UpdateApp": ("PUT", "/v1/p1/service/apps/a1"),
    "huaweicloud.workspace.UpdateApp": ("PATCH", "/v1/p1/app-groups/g1/apps/a1"),
}


class Sample:
    def __init__(self, kind, folder, name, code):
        self.kind = kind
        self.operation = folder
        self.name = folder + "/" + name
        self.code = code  # None: good; "-": broken, no error is documented
        kind = re.search(r"\.?(request|response-(\d+))\.json$", name)
        self.status = int(kind.group(2)) if kind.group(2) else 0
        self.body = None


def read():
    samples = []
    for folder in sorted(os.listdir(DATA + "/documents")):
        if os.path.isdir(DATA + "/documents/" + folder):
            samples += [load("documents", folder, name, None) for name in sorted(os.listdir(DATA + "/documents/" + folder))]
    for listing, broken in (("expect.txt", True), ("expect-warn.txt", False)):
        for line in text_of(DATA + "/broken/" + listing).splitlines():
            path, code, _, _ = line.split("\t")
            folder, name = path.split("/")
            samples.append(load("broken", folder, name, code if broken else None))
    return samples


def text_of(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def load(kind, folder, name, code):
    sample = Sample(kind, folder, name, code)
    with open("%s/%s/%s/%s" % (DATA, kind, folder, name), "rb") as file:
        sample.body = file.read()
    return sample


def verdicts(command, samples):
    """What the command says of each sample: its verdict, and the status and code of the documented error or None."""
    said = []
    for sample in samples:
        path = "%s/%s/%s" % (DATA, sample.kind, sample.name)
        arguments = [command, "check", "--op", sample.operation, "--format", "jsonl"]
        if sample.status:
            arguments += ["--response", str(sample.status)]
        text = subprocess.run(arguments + [path], stdout=subprocess.PIPE, check=False).stdout
        report = json.loads(text.splitlines()[0])
        error = report.get("error")
        said.append((report["verdict"], (error["status"], error["code"]) if error else None))
    return said
