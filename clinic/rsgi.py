"""What granian serves: a body is read to its end before a thread is taken for it, and every wait has an end.

Granian's own WSGI interface gives each request a thread at once, and the thread waits for the body: as many slow
senders as there are threads stop the server. Here bodies arrive side by side without a thread, within a size and a
time. What needs no database has threads of its own, so that a locked table never stops it.
"""

import asyncio
import logging
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from clinic.wsgi import application as django  # before the others: it sets Django up

# isort: split
from clinic.error_page import late_page
from clinic.fault_counts import BROKEN, count
from clinic.faults import number_of

if TYPE_CHECKING:
    from granian.rsgi import HTTPProtocol, Scope

THREADS = 3  # more only take turns at one core
SMALL_THREADS = 1
BODY_SECONDS = 20.0  # a page of 50 KB over the slowest phone network
ANSWER_SECONDS = 15.0  # above what the database may take (clinic/deadlines.py)
SEND_SECONDS = 20.0  # for one piece of a file that is sent while it is made

Headers = list[tuple[str, str]]

log = logging.getLogger("clinic.rsgi")


@dataclass
class Application:
    """The WSGI application ``wsgi`` behind granian's own interface, within these limits."""

    wsgi: Any
    body_bytes: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    body_seconds: float = BODY_SECONDS
    answer_seconds: float = ANSWER_SECONDS
    threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(THREADS, "request"))
    small: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(SMALL_THREADS, "small"))

    async def __rsgi__(self, scope: "Scope", protocol: "HTTPProtocol") -> None:
        headers = scope.headers.items()
        try:
            body = await self.body_of(scope, protocol)
        except Refused as refused:
            _refuse(protocol, refused.status)
        except _Gone:
            pass
        else:
            await self.answer(environ_of(scope, headers, body), body, protocol)

    async def body_of(self, scope: "Scope", protocol: "HTTPProtocol") -> bytes:
        """The whole body. A GET has none: what it sends all the same is left unread."""
        if scope.method in {"GET", "HEAD"}:
            return b""
        declared = scope.headers.get("content-length")
        # Of a body in chunks that breaks off granian doesn't say so, and half a form would be stored.
        if "transfer-encoding" in scope.headers:
            raise Refused(411)
        length = int(declared or 0)
        if length > self.body_bytes:
            raise Refused(413)
        parts: list[bytes] = []
        try:
            async with asyncio.timeout(self.body_seconds):
                parts.extend([part async for part in protocol])
        except TimeoutError:
            raise Refused(408) from None
        body = b"".join(parts)
        if len(body) != length:
            raise _Gone
        return body

    async def answer(self, environ: dict[str, Any], body: bytes, protocol: "HTTPProtocol") -> None:
        """Send what the app answers, or within ``answer_seconds`` that it didn't."""
        exchange = Exchange(environ, protocol, asyncio.get_running_loop())
        pool = self.small if needs_no_database(environ) else self.threads
        work = exchange.loop.run_in_executor(pool, exchange.run, self.wsgi)
        await asyncio.wait((work,), timeout=self.answer_seconds)
        if not (work.done() or exchange.streams):
            exchange.late = True
            work.cancel()  # in time for what still waits for a thread: it will never run
            number = number_of(_request_of(environ))
            log.error(
                "No answer within %g s, request %s.", self.answer_seconds, number, extra={"request": number}
            )
            count(BROKEN, timezone.localdate())
            page = exchange.loop.run_in_executor(self.small, late_page, environ, body)
            protocol.response_bytes(*_answer(503, await page))
            return
        answer = await work
        if answer is not None:
            protocol.response_bytes(*answer)


class Refused(Exception):
    """Not taken: the sender hears so with ``status``."""

    def __init__(self, status: int):
        super().__init__(status)
        self.status = status


class _Gone(Exception):
    """The sender went away in the middle of the body."""


@dataclass
class Exchange:
    """One request while a thread works on it."""

    environ: dict[str, Any]
    protocol: "HTTPProtocol"
    loop: asyncio.AbstractEventLoop
    late: bool = False  # the sender heard that no answer came
    streams: bool = False  # the answer is being sent while it is made
    head: tuple[int, Headers] = (500, [])

    def run(self, wsgi: Any) -> tuple[int, Headers, bytes] | None:
        """What the app answers; None if it was sent already. In a thread of the pool, from beginning to end."""
        try:
            result = wsgi(self.environ, self.start_response)
            try:
                if not getattr(result, "streaming", False) or "Content-Length" in dict(self.head[1]):
                    return *self.head, b"".join(result)  # a page, or a file of ours
                if self.environ["REQUEST_METHOD"] == "HEAD":
                    return *self.head, b""
                self.stream(result)
                return None
            finally:
                result.close()
        except Exception as fault:
            # Only its name: its words may hold somebody's data.
            log.error("Server error outside the app: %s.", type(fault).__name__)
            return None if self.streams else _page(500)

    def start_response(self, status: str, headers: Headers, exc_info: object = None) -> None:
        self.head = int(status[:3]), headers

    def stream(self, pieces: Iterable[bytes]) -> None:
        """Send a file while it is made, at the speed of whoever takes it."""
        transport = asyncio.run_coroutine_threadsafe(self.begin(), self.loop).result()
        if transport is None:
            return

        async def send(piece: bytes) -> None:
            await transport.send_bytes(piece)

        for piece in pieces:
            asyncio.run_coroutine_threadsafe(send(piece), self.loop).result(SEND_SECONDS)

    async def begin(self) -> Any:
        if self.late:
            return None
        self.streams = True
        return self.protocol.response_stream(*self.head)


# --- The request, as WSGI has it -----------------------------------------------------------------------


def environ_of(scope: "Scope", headers: Headers, body: bytes) -> dict[str, Any]:
    """The WSGI environment of a request."""
    server, _colon, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),  # granian has read its percent signs
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": server.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "CONTENT_LENGTH": str(len(body)) if body else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in headers:
        # WSGI can't tell x_forwarded_for from x-forwarded-for, which a proxy sets or takes out.
        if "_" in name or name == "content-length":
            continue
        key = "CONTENT_TYPE" if name == "content-type" else f"HTTP_{name.upper().replace('-', '_')}"
        if key in environ:
            value = f"{environ[key]}{'; ' if name == 'cookie' else ','}{value}"
        environ[key] = value
    return environ


def needs_no_database(environ: dict[str, Any]) -> bool:
    """Whether no table is read for this: a static file, the front page and the sign-in page of whoever has no session."""
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
        return False
    path = environ["PATH_INFO"]
    if path.startswith(settings.STATIC_URL) or path == "/livez":
        return True
    return path in {"/", "/admin/login/"} and settings.SESSION_COOKIE_NAME not in environ.get(
        "HTTP_COOKIE", ""
    )


# --- What is said where the app says nothing ------------------------------------------------------------


def _request_of(environ: dict[str, Any]) -> HttpRequest:
    request = HttpRequest()
    request.META = environ
    return request


def _page(status: int) -> tuple[int, Headers, bytes]:
    return _answer(status, render_to_string("not_taken.html", {"status": status}))


def _answer(status: int, page: str) -> tuple[int, Headers, bytes]:
    headers = [
        ("content-type", "text/html; charset=utf-8"),
        ("cache-control", "no-store"),
        ("content-security-policy", "default-src 'none'; style-src 'self'; frame-ancestors 'none'"),
        ("x-content-type-options", "nosniff"),
    ]
    if status == 503:
        headers.append(("retry-after", "30"))
    if status in {408, 411, 413}:
        headers.append(("connection", "close"))  # what is left of the body is never read
    return status, headers, page.encode()


def _refuse(protocol: "HTTPProtocol", status: int) -> None:
    protocol.response_bytes(*_page(status))


application = Application(django)
