# SPDX-License-Identifier: MIT
"""An nginx with the module, an upstream that remembers what it got, and clients that send bytes as they like; all over Unix sockets."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest

MODULE = os.environ["BODYCHECK_MODULE"]
NGINX = os.environ.get("NGINX_PROGRAM", "/usr/sbin/nginx")
PRELOAD = os.environ.get("BODYCHECK_PRELOAD")  # what a module that was compiled with sanitizers needs
PATIENCE = 20  # seconds until something that must happen is taken for hanging


def wait_for(condition, what):
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("waited in vain for " + what)
        time.sleep(0.005)


class Reader:
    """HTTP messages from a socket."""

    def __init__(self, connection):
        self.connection = connection
        self.buffer = b""

    def more(self):
        piece = self.connection.recv(65536)
        self.buffer += piece
        return bool(piece)

    def until(self, mark):
        while mark not in self.buffer:
            if not self.more():
                raise ConnectionError("the connection ended: %r" % self.buffer)
        text, _, self.buffer = self.buffer.partition(mark)
        return text

    def exactly(self, size):
        while len(self.buffer) < size:
            if not self.more():
                raise ConnectionError("the connection ended: %r" % self.buffer)
        text, self.buffer = self.buffer[:size], self.buffer[size:]
        return text

    def chunks(self):
        body = b""
        while True:
            size = int(self.until(b"\r\n").split(b";")[0], 16)
            body += self.exactly(size)
            self.until(b"\r\n")
            if size == 0:
                return body

    def head(self):
        lines = self.until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        fields = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            fields[name.strip().lower()] = value.strip()
        return lines[0], fields

    def body(self, fields, until_end=False):
        if fields.get("transfer-encoding") == "chunked":
            return self.chunks()
        if "content-length" in fields:
            return self.exactly(int(fields["content-length"]))
        if until_end:
            while self.more():
                pass
            text, self.buffer = self.buffer, b""
            return text
        return b""


class Upstream:
    """Answers each request with what was put at its X-Answer, else with 200 and {}; keeps what it got."""

    def __init__(self, path):
        self.got = []
        self.first_bytes = 0
        self.answers = {}
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(path)
        os.chmod(path, 0o777)
        self.listener.listen(512)
        self.acceptor = threading.Thread(target=self.accept, daemon=True)
        self.acceptor.start()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        reader = Reader(connection)
        with connection:
            while True:
                try:
                    line, fields = reader.head()
                    self.first_bytes += 1
                    body = reader.body(fields)
                except (ConnectionError, OSError):
                    return
                self.got.append((line, fields, body))
                answer = self.answers.get(fields.get("x-answer"), answer_of(200, b"{}"))
                try:
                    for piece in [answer] if isinstance(answer, bytes) else answer:
                        connection.sendall(piece)
                except OSError:
                    return
                if fields.get("connection", "").lower() == "close" or not isinstance(answer, bytes) or line.endswith("HTTP/1.0"):
                    return

    def bodies(self):
        return [body for _, _, body in self.got]

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.acceptor.join()
        self.listener.close()


def answer_of(status, body, fields=(), media="application/json"):
    head = "HTTP/1.1 %d Status\r\nContent-Length: %d\r\n" % (status, len(body))
    if media:
        head += "Content-Type: %s\r\n" % media
    return (head + "".join(field + "\r\n" for field in fields) + "\r\n").encode() + body


def chunked_answer_of(status, pieces, media="application/json"):
    head = "HTTP/1.1 %d Status\r\nTransfer-Encoding: chunked\r\nContent-Type: %s\r\n\r\n" % (status, media)
    return head.encode() + b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


class Response:
    def __init__(self, line, fields, body):
        self.line = line
        self.status = int(line.split()[1])
        self.fields = fields
        self.body = body


class Client:
    """A connection that sends bytes and reads responses."""

    def __init__(self, path, gate=None):
        self.gate = gate
        self.connection = socket.socket(socket.AF_UNIX)
        self.connection.settimeout(PATIENCE)
        self.connection.connect(path)
        self.reader = Reader(self.connection)

    def send(self, text):
        self.connection.sendall(text)

    def receive(self, method="PUT"):
        while True:
            line, fields = self.reader.head()
            if line.split()[1] != "100":
                break
        if self.gate:
            self.gate.answered += 1
        nothing = method == "HEAD" or line.split()[1] in ("204", "304")
        return Response(line, fields, b"" if nothing else self.reader.body(fields, until_end=True))

    def ended(self):
        return not self.reader.buffer and not self.connection.recv(1)

    def close(self):
        self.connection.close()


def request_of(target, body=b"", method="PUT", fields=(), media="application/json", length=True, host="gateway"):
    head = "%s %s HTTP/1.1\r\nHost: %s\r\nX-Auth-Token: t\r\n" % (method, target, host)
    if body and media:
        head += "Content-Type: %s\r\n" % media
    if length and (body or method == "PUT"):
        head += "Content-Length: %d\r\n" % len(body)
    return (head + "".join(field + "\r\n" for field in fields) + "\r\n").encode() + body


CONFIGURATION = """
load_module %(module)s;
daemon off;
%(user)s
pid %(folder)s/pid;
error_log %(folder)s/error.log info;
worker_processes %(workers)d;
%(top)s
events { worker_connections %(connections)d; }
http {
  client_body_temp_path %(folder)s/client;
  proxy_temp_path %(folder)s/proxy;
  fastcgi_temp_path %(folder)s/fastcgi;
  uwsgi_temp_path %(folder)s/uwsgi;
  scgi_temp_path %(folder)s/scgi;
  log_format verdicts '$request_id|$status|$bodycheck_verdict|$bodycheck_code|$bodycheck_rule|$bodycheck_pointer|$bodycheck_operation|'
                      '$bodycheck_response_verdict|$bodycheck_response_code|$bodycheck_response_rule|$bodycheck_reason|$bodycheck_response_reason|'
                      '$request_uri';
  access_log %(folder)s/access.log verdicts;
  bodycheck_provider huaweicloud;
  upstream up { server unix:%(folder)s/up.sock; %(keepalive)s }
  server {
    listen unix:%(folder)s/in.sock%(listen)s;
    proxy_request_buffering on;
    proxy_http_version 1.1;
    proxy_set_header Connection "";
%(server)s
  }
}
"""


class Gateway:
    def __init__(self, server, workers=1, connections=256, top="", listen="", keepalive="keepalive 16;", files=None):
        self.answered = 0  # requests that must have a line in the access log before long
        self.folder = tempfile.mkdtemp(prefix="gate")
        os.chmod(self.folder, 0o755)
        self.values = {
            "module": MODULE,
            "folder": self.folder,
            "user": "user root;" if os.geteuid() == 0 else "",
            "workers": workers,
            "connections": connections,
            "top": top,
            "listen": listen,
            "keepalive": keepalive,
        }
        self.upstream = Upstream(self.folder + "/up.sock")
        self.path = self.folder + "/in.sock"
        for name, text in (files or {}).items():
            self.write(name, text)
        self.configure(server)
        environment = dict(os.environ)
        if PRELOAD:
            environment["LD_PRELOAD"] = PRELOAD
        self.errors = open(self.folder + "/stderr", "wb")
        self.process = subprocess.Popen(
            self.command(), stdout=self.errors, stderr=self.errors, env=environment
        )
        try:
            wait_for(self.answers, "nginx")
        except AssertionError:
            self.close()
            raise

    def command(self, *further):
        return [NGINX, "-p", self.folder, "-e", self.folder + "/error.log", "-c", self.folder + "/nginx.conf", *further]

    def configure(self, server):
        server = server.replace("FOLDER", self.folder)
        with open(self.folder + "/nginx.conf", "w") as file:
            file.write(CONFIGURATION % dict(self.values, server=server))

    def write(self, name, text):
        with open(self.folder + "/" + name, "w") as file:
            file.write(text)

    def answers(self):
        if self.process.poll() is not None:
            raise AssertionError("nginx ended: " + self.said())
        try:
            Client(self.path).close()
            return True
        except OSError:
            return False

    def said(self):
        text = ""
        for name in ("stderr", "error.log"):
            if os.path.exists(self.folder + "/" + name):
                with open(self.folder + "/" + name, encoding="utf-8", errors="replace") as file:
                    text += file.read()
        return text

    def log(self):
        return [line for line in self.said().split("\n") if " bodycheck: " in line]

    def access(self):
        if not os.path.exists(self.folder + "/access.log"):
            return []
        with open(self.folder + "/access.log", encoding="utf-8") as file:
            return [line.split("|") for line in file.read().splitlines()]

    def client(self):
        return Client(self.path, self)

    def ask(self, *arguments, **named):
        client = self.client()
        client.send(request_of(*arguments, **named))
        response = client.receive(named.get("method", "PUT"))
        client.close()
        return response

    def reload(self):
        """Has nginx read its configuration again, and waits until it has taken it or refused it."""
        before = self.said()
        os.kill(self.process.pid, signal.SIGHUP)
        text = lambda: self.said()[len(before) :]
        workers = self.values["workers"]
        wait_for(lambda: text().count("start worker process ") >= workers or "[emerg]" in text(), "the reload's end")
        return text()

    def close(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.upstream.close()
        self.errors.close()
        said = self.said()
        shutil.rmtree(self.folder, ignore_errors=True)
        return said


def faults(said):
    """What nginx's log has that must not be there. nginx gives its own arrays of connections back to no one: they are no fault."""
    found = [word for word in ("signal 11", "signal 6", "[alert]", "ERROR: AddressSanitizer", "runtime error") if word in said]
    for record in said.split("leak of ")[1:]:
        stack = "\n".join(line for line in record.splitlines() if line.startswith("    #"))
        if "bodycheck" in stack or "ngx_create_pool" in stack:
            found.append("leak of " + stack)
    return found


class GatewayTest(unittest.TestCase):
    """Each class has one nginx, with the text of `server`."""

    server = ""
    options = {}

    @classmethod
    def setUpClass(cls):
        cls.gate = Gateway(cls.server, **cls.options)
        cls.upstream = cls.gate.upstream

    @classmethod
    def tearDownClass(cls):
        said = cls.gate.close()
        found = faults(said)
        if found:
            at = max(0, said.find(found[0]) - 1000)
            raise AssertionError("nginx's log has %s\n%s" % ("\n".join(found), said[at : at + 5000]))
        if cls.gate.process.returncode != 0:
            raise AssertionError("nginx ended with %d:\n%s" % (cls.gate.process.returncode, said[-5000:]))

    def setUp(self):
        wait_for(lambda: len(self.gate.access()) >= self.gate.answered, "the lines of the test before")
        self.lines_before = len(self.gate.access())
        self.upstream.got.clear()

    def verdict_of(self, target):
        """The fields of the access log's last line for a target, of this test."""
        lines = []

        def found():
            lines[:] = [line for line in self.gate.access()[self.lines_before :] if line[-1] == target]
            return lines

        wait_for(found, "a line in the access log for " + target)
        return lines[-1]
