"""The app behind nginx and the site of ``deploy/``: served, held up by nobody, and nothing of anybody in its log."""

import os
import re
import shlex
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.deploy.files import DEPLOY, entry
from tests.deploy.proxy import HOST, Proxy, proxy
from tests.machine import ROOT, Machine, free_port, wait_for
from tests.trust.sockets import TOKEN, get

pytestmark = pytest.mark.deploy

CANARY = "Kanarinx"
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"__Host-csrf={TOKEN}", "Host": HOST}


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """The server as its unit starts it; its port."""
    folder = tmp_path_factory.mktemp("clinic")
    machine = Machine(folder)
    machine.environment |= {
        "DEBUG": "0", "ALLOWED_HOSTS": HOST, "BEHIND_PROXY": "1", "STATIC_ROOT": str(folder / "static"),
    }  # fmt: skip
    machine.migrate()
    machine.run("collectstatic", "--noinput", "--verbosity", "0")
    port = free_port()
    unit = DEPLOY / "systemd" / "clinic-web.service"
    python, *words = shlex.split(entry(unit, "ExecStart").replace("8000", str(port)))
    assert python == "/srv/clinic/.venv/bin/python"
    process = subprocess.Popen([sys.executable, *words], cwd=ROOT, env=machine.environment)
    wait_for(lambda: _lives(port))
    yield port
    process.terminate()
    process.wait(timeout=30)


def _lives(port: int) -> bool:
    try:
        return get(port, "/livez") == 200
    except OSError:
        return False


@pytest.fixture(scope="module")
def site(app, tmp_path_factory):
    with proxy(tmp_path_factory.mktemp("nginx"), app) as served:
        yield served


class Echo(BaseHTTPRequestHandler):
    """An app that answers with what reached it."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        said = f"{self.path}\n{self.headers}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *args) -> None:
        pass


@pytest.fixture
def echo(tmp_path):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with proxy(tmp_path, server.server_port) as served:
        yield served
    server.shutdown()
    server.server_close()


# --- Served ---------------------------------------------------------------------------------------------


def test_front_page_static_files_and_sign_in_come_through(site):
    answer, page = site.get("/")
    assert answer.status == 200 and "988" in page
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    style = re.search(r'href="(/static/[^"]+\.css)"', page)[1]
    assert site.get(style)[0].status == 200
    assert site.get("/admin/login/")[0].status == 200


def test_a_page_over_plain_http_is_sent_to_https(site):
    connection = HTTPConnection("127.0.0.1", site.plain, timeout=10)
    connection.request("GET", "/status/", headers={"Host": HOST})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (308, f"https://{HOST}/status/")
    connection.close()


def test_a_form_is_taken_through_it(site):
    connection = site.connection()
    body = f"csrfmiddlewaretoken={TOKEN}"
    connection.request("POST", "/", body, {**FORM, "Referer": f"https://{HOST}/"})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (302, "/intake/helper/")
    connection.close()


def test_the_watchdogs_pages_answer_this_machine_alone(site):
    assert site.get("/readyz")[0].status == 200
    assert site.get("/readyz", sender="127.0.0.9")[0].status == 403


def test_who_sent_it_is_what_nginx_saw_and_not_what_anybody_claims(echo):
    forged = {"X-Forwarded-For": "1.2.3.4", "X-Forwarded-Proto": "http", "X-Real-IP": "1.2.3.4", "Forwarded": "for=1.2.3.4", "X-Forwarded-Host": "evil.example"}  # fmt: skip
    _answer, seen = echo.get("/", sender="127.0.0.7", **forged)
    assert "1.2.3.4" not in seen and "evil.example" not in seen
    assert re.search(r"^x-forwarded-for: 127\.0\.0\.7$", seen, re.MULTILINE | re.IGNORECASE)
    assert re.search(r"^x-forwarded-proto: https$", seen, re.MULTILINE | re.IGNORECASE)


# --- Nobody holds it up ---------------------------------------------------------------------------------


def test_520_slow_bodies_leave_the_front_page_under_a_second(site):
    """From 13 addresses, each of which holds 40 connections; none of the bodies reaches the app."""
    site.get("/")
    with ExitStack() as all_of_them:
        senders = []
        for number in range(520):
            sender = site.connection(f"127.0.1.{number % 13 + 1}")
            all_of_them.callback(sender.close)
            sender.putrequest("POST", "/", skip_host=True)
            for name, value in {**FORM, "Content-Length": "400"}.items():
                sender.putheader(name, value)
            sender.endheaders(f"csrfmiddlewaretoken={TOKEN}".encode())
            senders.append(sender)
            senders[number // 2].send(b"a")  # nginx gives up who sends nothing for 20 seconds
        for _letter in range(3):
            for path in ("/", "/admin/login/", "/status/"):
                began = time.monotonic()
                assert site.get(path)[0].status == 200
                assert time.monotonic() - began < 1
            for sender in senders:
                sender.send(b"a")
        assert all(sender.sock is not None for sender in senders)


def test_one_address_holds_no_more_than_its_share(site):
    with ExitStack() as all_of_them:
        for _each in range(64):
            sender = site.connection("127.0.2.1")
            all_of_them.callback(sender.close)
            sender.putrequest("POST", "/", skip_host=True)
            for name, value in {**FORM, "Content-Length": "400"}.items():
                sender.putheader(name, value)
            sender.endheaders(b"a")
        wait_for(lambda: site.get("/", sender="127.0.2.1")[0].status == 429)
        answer, page = site.get("/", sender="127.0.2.1")
        assert "988" in page and answer.headers["Retry-After"] == "30"
        assert site.get("/", sender="127.0.2.2")[0].status == 200


def test_a_body_over_the_limit_is_refused_with_a_page_that_names_988(site):
    connection = site.connection()
    connection.putrequest("POST", "/", skip_host=True)
    for name, value in {**FORM, "Content-Length": "2500001"}.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 413 and "988" in answer.read().decode()
    connection.close()


# --- Nothing of anybody is kept ---------------------------------------------------------------------------


def test_a_body_is_never_written_to_a_file(site):
    """As large as one may be, and not whole yet: nginx holds it in memory."""
    connection = site.connection("127.0.3.1")
    connection.putrequest("POST", "/", skip_host=True)
    for name, value in {**FORM, "Content-Length": "2500000"}.items():
        connection.putheader(name, value)
    connection.endheaders(b"text=" + CANARY.encode() * 250_000)
    time.sleep(0.5)
    held = [
        file
        for kind in ("client_body", "proxy")
        for file in (site.folder / kind).rglob("*")
        if file.is_file()
    ]
    assert held == [] and _open_files(site) == []
    connection.close()


def _open_files(site: Proxy) -> list[str]:
    """Deleted at once, such a file stands in no folder; its process still holds it."""
    master = (site.folder / "pid").read_text().strip()
    workers = subprocess.run(
        ["pgrep", "-P", master], capture_output=True, text=True, check=True
    ).stdout.split()
    links = [os.readlink(each) for pid in workers for each in _handles(pid)]
    return [link for link in links if "client_body" in link or "/proxy/" in link]


def _handles(pid: str) -> list[str]:
    return [
        f"/proc/{pid}/fd/{number}"
        for number in os.listdir(f"/proc/{pid}/fd")
        if os.path.lexists(f"/proc/{pid}/fd/{number}")
    ]


SECRETS = [f"/admin/?q={CANARY}", f"/admin/set-password/abc/{CANARY}/", f"/{CANARY}%20x/"]


def test_no_search_word_and_no_link_reaches_its_log(site):
    for path in SECRETS:
        site.get(path, Referer=f"https://{HOST}/?q={CANARY}", **{"User-Agent": CANARY})
    wait_for(lambda: site.written.count(" GET /admin/ ") >= 2)
    assert CANARY not in site.written


def test_nor_where_no_app_answers_and_nginx_speaks_for_itself(tmp_path):
    with proxy(tmp_path, free_port()) as dead:
        for path in SECRETS:
            answer, page = dead.get(path)
            assert answer.status == 502 and "988" in page
        wait_for(lambda: dead.written.count(" 502 ") >= 3)
        assert CANARY not in dead.written
