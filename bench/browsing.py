"""A browser without a network: requests straight into the WSGI application, with cookies, its CPU time measured."""

import gzip
import io
import itertools
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode

HOST = "localhost"


class Browser:
    """Keeps cookies, does not follow redirects; ``spent`` is the CPU time of the last request in milliseconds."""

    number = itertools.count(1)  # limits are counted by network, and each browser has one of its own

    def __init__(self, application):
        self.application = application
        high, low = divmod(next(self.number), 256)
        self.sender = f"203.0.{high}.{low}"
        self.cookies: dict[str, str] = {}
        self.spent = 0.0
        self.location = ""

    def get(self, path: str) -> str:
        return self._ask("GET", path, b"")

    def post(self, path: str, data: dict) -> str:
        token = self.cookies.get("csrftoken", "")
        return self._ask("POST", path, urlencode({**data, "csrfmiddlewaretoken": token}, doseq=True).encode())

    def _ask(self, method: str, path: str, body: bytes) -> str:
        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "REMOTE_ADDR": self.sender,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": HOST,
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": HOST,
            "HTTP_ACCEPT_LANGUAGE": "en",
            "HTTP_ACCEPT_ENCODING": "gzip",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        started: list = []
        begun = time.process_time()
        answer = self.application(
            environ, lambda status, headers, error=None: started.extend((status, headers))
        )
        text = b"".join(answer)
        answer.close()
        self.spent = (time.process_time() - begun) * 1000
        status, headers = started
        self.location = ""
        for name, value in headers:
            if name == "Set-Cookie":
                for key, morsel in SimpleCookie(value).items():
                    self.cookies[key] = morsel.value
            if name == "Location":
                self.location = value
        if status[0] not in "23":
            raise RuntimeError(f"{method} {path}: {status}")
        if ("Content-Encoding", "gzip") in headers:
            text = gzip.decompress(text)
        return text.decode()
