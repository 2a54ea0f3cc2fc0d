"""Requests written by hand on a socket: slow, broken off, or wrong."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection

# Django reads a body only once a cookie and a token could match; anybody can make such a cookie.
TOKEN = "a" * 32
FORM = f"Cookie: csrftoken={TOKEN}\r\nContent-Type: application/x-www-form-urlencoded\r\n"


def head_of(length: int, more: str = FORM, method: str = "POST", path: str = "/") -> bytes:
    return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\n{more}\r\n".encode()


@contextmanager
def slow_bodies(port: int, number: int) -> Iterator[list[socket.socket]]:
    """As many senders, each in the middle of a form of which another letter may come."""
    with ExitStack() as all_of_them:
        senders = []
        for _each in range(number):
            sender = all_of_them.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5))
            sender.sendall(head_of(400) + b"csrfmiddlewaretoken=" + TOKEN.encode())
            senders.append(sender)
        yield senders


def seconds_to_answer(port: int, path: str = "/") -> float:
    """How long a new connection waits for this page; it must come."""
    began = time.monotonic()
    assert get(port, path) == 200
    return time.monotonic() - began


def get(port: int, path: str) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def answer_to(port: int, sent: bytes, *, seconds: float = 10) -> bytes:
    """What comes back for exactly these bytes, until the server closes or says no more."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as sender:
        sender.sendall(sent)
        got = b""
        while b"</html>" not in got and (more := sender.recv(65536)):
            got += more
    return got
