# SPDX-License-Identifier: MIT
"""What checking costs: requests a second through one nginx, plain and with block in both directions, in turns, as wrk counts them.

    export BODYCHECK_MODULE=build/test/ngx_http_bodycheck_module.so BODYCHECK_DATA=test/data
    python3 test/gateway/nginx/speed.py [--keep] [--rounds N] [--seconds S] [--at-least PERCENT]

Prints each round, and the median of its ratios. With --at-least it ends as soon as the median of five rounds or more reaches that, and exits
with 1 where it does not after all rounds: other programs disturb single rounds by several percent. The proxy has nginx's defaults, a
connection to the upstream for each request; with --keep it keeps connections, which costs the least and shows the most.
"""

import argparse
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile

from gateway import MODULE, NGINX, wait_for

DATA = os.environ["BODYCHECK_DATA"] + "/documents/huaweicloud.workspace.UpdateApp/"

CONFIGURATION = """
load_module %(module)s;
daemon off;
%(user)s
pid %(folder)s/pid;
error_log %(folder)s/error.log warn;
worker_processes 1;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path %(folder)s/client; proxy_temp_path %(folder)s/proxy; fastcgi_temp_path %(folder)s/fastcgi;
  uwsgi_temp_path %(folder)s/uwsgi; scgi_temp_path %(folder)s/scgi;
  keepalive_requests 1000000000;
  upstream up { server 127.0.0.1:%(up)d; %(keepalive)s }
  server {
    listen 127.0.0.1:%(port)d;
    %(proxy)s
    bodycheck_provider huaweicloud;
    %(locations)s
  }
}
"""

PROXY = """
    location /block/ { bodycheck block; bodycheck_response block; rewrite ^/block(/.*)$ $1 break; proxy_pass http://up; }
    location /plain/ { rewrite ^/plain(/.*)$ $1 break; proxy_pass http://up; }
"""

TARGET = "/v1/p1/app-groups/g1/apps/a1"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Nginx:
    def __init__(self, locations, up, keeps=True):
        self.folder = tempfile.mkdtemp(prefix="speed")
        self.port = free_port()
        values = {"module": MODULE, "folder": self.folder, "port": self.port, "up": up, "locations": locations}
        values["proxy"] = 'proxy_http_version 1.1; proxy_set_header Connection "";' if keeps else ""
        values["keepalive"] = "keepalive 64; keepalive_requests 1000000000;" if keeps else ""
        values["user"] = "user root;" if os.geteuid() == 0 else ""
        with open(self.folder + "/nginx.conf", "w", encoding="utf-8") as file:
            file.write(CONFIGURATION % values)
        self.process = subprocess.Popen([NGINX, "-p", self.folder, "-e", self.folder + "/error.log", "-c", self.folder + "/nginx.conf"])
        wait_for(self.is_there, "nginx")

    def workers(self):
        with open("/proc/%d/task/%d/children" % (self.process.pid, self.process.pid), encoding="ascii") as file:
            return file.read().split()

    def is_there(self):
        """A connection is taken before there is a worker that answers."""
        try:
            socket.create_connection(("127.0.0.1", self.port)).close()
            return bool(self.workers())
        except OSError:
            return False

    def worker_seconds(self):
        """The worker's time on a processor so far. Other programs hardly change it, as they do the requests a second."""
        with open("/proc/%s/schedstat" % self.workers()[0], encoding="ascii") as file:
            return int(file.read().split()[0]) / 1e9

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        shutil.rmtree(self.folder)


def read(name):
    with open(DATA + name, encoding="utf-8") as file:
        return file.read()


def script_in(folder):
    body = read("request.json").replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    path = folder + "/put.lua"
    with open(path, "w", encoding="utf-8") as file:
        file.write('wrk.method = "PATCH"\nwrk.body = "%s"\n' % body)
        file.write('wrk.headers["Content-Type"] = "application/json"\nwrk.headers["X-Auth-Token"] = "t"\n')
    return path


def measure(gateway, where, script, seconds):
    """Requests a second, and the worker's microseconds for each."""
    url = "http://127.0.0.1:%d/%s%s" % (gateway.port, where, TARGET)
    before = gateway.worker_seconds()
    text = subprocess.run(
        ["wrk", "-t1", "-c32", "-d%ds" % seconds, "-s", script, url], stdout=subprocess.PIPE, check=True
    ).stdout.decode()
    if "Non-2xx" in text or "Socket errors" in text:
        raise SystemExit(where + ": " + text)
    spent = gateway.worker_seconds() - before
    count = int(re.search(r"(\d+) requests in", text).group(1))
    return float(re.search(r"Requests/sec:\s+([0-9.]+)", text).group(1)), 1e6 * spent / count


ROUNDS_MIN = 5


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--rounds", type=int, default=ROUNDS_MIN)
    parser.add_argument("--seconds", type=int, default=2)
    parser.add_argument("--at-least", type=float, default=None)
    return parser.parse_args()


def is_enough(ratios, at_least):
    return at_least is not None and len(ratios) >= ROUNDS_MIN and statistics.median(ratios) >= at_least


def main():
    options = arguments()
    answer = read("response-200.json").replace("\\", "\\\\").replace("'", "\\'")
    upstream = Nginx("location / { default_type application/json; return 200 '%s'; }" % answer, 1)
    gateway = Nginx(PROXY, upstream.port, options.keep)
    script = script_in(gateway.folder)
    ratios = []
    costs = []
    try:
        measure(gateway, "block", script, 1)
        for number in range(options.rounds):
            if is_enough(ratios, options.at_least):
                break
            order = ("plain", "block") if number % 2 == 0 else ("block", "plain")
            rate = {where: measure(gateway, where, script, options.seconds) for where in order}
            costs.append(rate["block"][1] - rate["plain"][1])
            ratios.append(100 * rate["block"][0] / rate["plain"][0])
            print("plain %8.0f/s %5.2f us   block %8.0f/s %5.2f us   %5.1f %%" % (*rate["plain"], *rate["block"], ratios[-1]), flush=True)
    finally:
        gateway.close()
        upstream.close()
    median = statistics.median(ratios)
    print("median %.1f %%, %.2f us more of the worker's time for a request and its response" % (median, statistics.median(costs)))
    return options.at_least is not None and median < options.at_least


if __name__ == "__main__":
    sys.exit(main())
