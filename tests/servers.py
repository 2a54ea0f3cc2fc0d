"""Real servers on this machine for tests: a webhook's receiver, and a mail server that can hang."""

import json
import socketserver
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def _running(server):
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


class Receiver(ThreadingHTTPServer):
    """Takes POSTs of JSON; answers with ``status``, 0 for hanging up; while ``hanging`` it never answers.

    ``signed`` is what came with each: the header X-Signature, and the body as it was.
    """

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Post)
        self.status, self.hanging = 204, False
        self.got: list[dict] = []
        self.signed: list[tuple[str | None, bytes]] = []
        self.arrived, self.go_on = threading.Event(), threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/on-call"


class _Post(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(json.loads(body))
        self.server.signed.append((self.headers["X-Signature"], body))
        self.server.arrived.set()
        if not self.server.status:
            self.close_connection = True
            return
        if self.server.hanging:
            self.server.go_on.wait(30)
            return
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def do_GET(self):
        self.server.got.append({"method": "GET"})
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args):
        pass


class Mailbox(socketserver.ThreadingTCPServer):
    """Takes mail by SMTP; while ``hanging`` it takes a whole mail and never says that it did."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Smtp)
        self.hanging = False
        self.got: list[str] = []
        self.arrived, self.go_on = threading.Event(), threading.Event()

    @property
    def port(self) -> int:
        return self.server_address[1]


class _Smtp(socketserver.StreamRequestHandler):
    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self):
        self.say("220 here")
        while line := self.rfile.readline().decode(errors="replace").strip():
            word = line[:4].upper()
            if word == "DATA":
                self.say("354 go on")
                lines = []
                while (text := self.rfile.readline().decode(errors="replace").rstrip("\r\n")) != ".":
                    lines.append(text)
                self.server.got.append("\n".join(lines))
                self.server.arrived.set()
                if self.server.hanging:
                    self.server.go_on.wait(30)
                    return
                self.say("250 taken")
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 fine")


def receiver():
    return _running(Receiver())


def mailbox():
    return _running(Mailbox())
