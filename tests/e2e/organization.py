# SPDX-License-Identifier: GPL-3.0-or-later
"""The program, the example organization's services on loopback, and a proxy in front of them that can do them wrong."""

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKENS = ("GITHUB_TOKEN", "LINEAR_API_KEY", "SLAB_API_TOKEN", "WOODPECKER_TOKEN", "INCIDENT_IO_API_KEY", "SLACK_WEBHOOK_URL")
OTHERS = ("GITHUB_ORG", "GITHUB_REPOS", "DORADASH_PATIENCE", "NO_COLOR")


class Organization:
    """The services run until close(); databases, settings and the user's home are in a folder that goes with them."""

    def __init__(self, program):
        self.program = program
        self.folder = tempfile.mkdtemp()
        self.environment = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": self.folder, "XDG_DATA_HOME": self.folder}
        for name in TOKENS + OTHERS:
            self.environment.pop(name, None)
        self.server = subprocess.Popen([program, "demo", "--serve"], stdout=subprocess.PIPE, text=True, env=self.environment)
        text = ""
        while not text.endswith("\n}\n"):
            text += self.server.stdout.readline()
        self.settings = json.loads(text)
        self.tokens = dict(pair.split("=", 1) for pair in self.server.stdout.readline().split())
        self.environment.update(self.tokens)
        self.address = self.settings["sources"][0]["url"].split("/")[2]

    def close(self):
        self.server.send_signal(signal.SIGTERM)
        self.server.wait(30)
        self.server.stdout.close()
        shutil.rmtree(self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, settings):
        """A workspace file; returns its path."""
        with open(self.path(name), "w", encoding="utf-8") as file:
            json.dump(settings, file)
        return self.path(name)

    def start(self, database, *words, env=None, **more):
        return subprocess.Popen([self.program, *words, "--database", database], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                text=True, env={**self.environment, **(env or {})}, **more)

    def run(self, database, *words, env=None, without=(), **more):
        """What a command came to; @without: names of the environment that it does not get."""
        environment = {**self.environment, **(env or {})}
        for name in without:
            environment.pop(name, None)
        return subprocess.run([self.program, *words, "--database", database], capture_output=True, text=True, timeout=240,
                              check=False, env=environment, **more)


class Proxy:
    """Passes requests on to the services. Each one is first shown to `interfere (number, path, body, handler)`, which returns
    true where it has answered itself; each answer goes through `change (path, document)`."""

    def __init__(self, organization):
        self.organization = organization
        self.lock = threading.Lock()
        self.forget()
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def setup(self):
                super().setup()
                self.services = HTTPConnection(organization.address)

            def finish(self):
                self.services.close()
                super().finish()

            def do_GET(self):
                self.pass_on(None)

            def do_POST(self):
                self.pass_on(self.rfile.read(int(self.headers["Content-Length"])))

            def pass_on(self, body):
                with proxy.lock:
                    proxy.requests += 1
                    number = proxy.requests
                try:
                    if not proxy.interfere(number, self.path, body, self):
                        self.answer(200, proxy.ask(self.services, self.path, body, self.headers))
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def answer(self, status, body, kind="application/json", **headers):
                body = body if isinstance(body, bytes) else body.encode()
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.end_headers()
                self.wfile.write(body)

            def drop(self):
                """As if the machine had gone: no end of the answer, no goodbye."""
                self.close_connection = True
                self.wfile.flush()
                self.connection.shutdown(socket.SHUT_RDWR)

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            request_queue_size = 64

            def handle_error(self, *_):
                """A client that hangs up is what these tests are about."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def forget(self):
        """No faults from here on."""
        self.requests = 0
        self.interfere = lambda number, path, body, handler: False
        self.change = None

    def settings(self):
        text = json.dumps(self.organization.settings)
        return json.loads(text.replace(self.organization.address, f"127.0.0.1:{self.server.server_port}"))

    def ask(self, connection, path, body, headers):
        """The services' own answer, changed where that is asked for. @body: None for a GET."""
        connection.request("GET" if body is None else "POST", path, body, {"Authorization": headers["Authorization"], "Content-Type": "application/json"})
        text = connection.getresponse().read()
        return json.dumps(self.change(path, json.loads(text))) if self.change else text
