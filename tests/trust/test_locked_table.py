"""A table that somebody has locked stops what reads it, for seconds, and nothing else."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from clinic.deadlines import LOCK_SECONDS
from tests import proving
from tests.machine import Machine, Served, few_threads, free_port
from tests.trust.sockets import answer_to, get, seconds_to_answer

pytestmark = pytest.mark.postgres
NAME = "clinic_locked_table"
TOKEN = "a" * 32


def connect(database: str) -> psycopg.Connection:
    told = settings.DATABASES["default"]
    return psycopg.connect(
        host=told["HOST"], port=told["PORT"] or 5432, user=told["USER"], password=told["PASSWORD"] or None,
        dbname=database, autocommit=True,
    )  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory, worker_id) -> Iterator[tuple[Served, str]]:
    """The server of ``make run`` on a PostgreSQL database of its own."""
    name, told = f"{NAME}_{worker_id}", settings.DATABASES["default"]
    anew = sql.SQL("DROP DATABASE IF EXISTS {0} WITH (FORCE)").format(sql.Identifier(name))
    with connect("postgres") as root:
        root.execute(anew)
        root.execute(sql.SQL("CREATE DATABASE {0}").format(sql.Identifier(name)))
    folder = tmp_path_factory.mktemp("clinic")
    machine = Machine(folder)
    whom = told["USER"] + (f":{told['PASSWORD']}" if told["PASSWORD"] else "")
    machine.environment |= {
        "DEBUG": "0", "HTTPS": "0", "ALLOWED_HOSTS": "127.0.0.1", "STATIC_ROOT": str(folder / "static"),
        "DATABASE_URL": f"postgres://{whom}@{told['HOST']}:{told['PORT'] or 5432}/{name}",
    }  # fmt: skip
    machine.migrate()
    machine.run("collectstatic", "--noinput", "--verbosity", "0")
    served = Served(machine, free_port())
    yield served, name
    served.stop()
    with connect("postgres") as root:
        root.execute(anew)


@contextmanager
def locked(name: str, table: str) -> Iterator[None]:
    with connect(name) as other, other.transaction():
        other.execute(sql.SQL("LOCK TABLE {0} IN ACCESS EXCLUSIVE MODE").format(sql.Identifier(table)))
        yield


def start(port: int, jar: dict[str, str]) -> int:
    """Press Start; what comes back, and the cookies in ``jar``."""
    connection = HTTPConnection("127.0.0.1", port, timeout=40)
    cookies = "; ".join(f"{name}={value}" for name, value in {"csrftoken": TOKEN, **jar}.items())
    head = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/", f"csrfmiddlewaretoken={TOKEN}&altcha=", head)
    answer = connection.getresponse()
    answer.read()
    for each in answer.headers.get_all("Set-Cookie") or ():
        name, value = each.partition(";")[0].split("=", 1)
        jar[name] = value
    connection.close()
    return answer.status


def static_file(port: int) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/")
    page = connection.getresponse().read().decode()
    return re.search(r'href="(/static/[^"]+\.css)"', page)[1]


@pytest.mark.parametrize("table", ["intake_submission", "django_session", "auth_user"])
def test_front_page_sign_in_page_and_static_files_answer_while_a_table_is_locked(server, table):
    served, name = server
    jar: dict[str, str] = {}
    assert start(served.port, jar) == 302
    style, ended = static_file(served.port), []
    waited: list[float] = []
    with locked(name, table):
        waiting = [
            threading.Thread(target=lambda: ended.append(start(served.port, dict(jar))))
            for _each in range(16)
        ]
        for each in waiting:
            each.start()
        time.sleep(0.3)
        for _again in range(3):
            for path in ("/", "/admin/login/", style):
                waited.append(seconds_to_answer(served.port, path))
                assert waited[-1] < 1
        for each in waiting:
            each.join()
    assert len(ended) == 16
    proving.figure(
        f"{table} locked and 16 waiting: the slowest of {len(waited)} pages took {max(waited):.2f} s"
    )
    if table != "auth_user":  # which a patient's page doesn't read
        assert all(status >= 500 for status in ended)
    assert start(served.port, {}) == 302


def test_the_control_a_server_of_four_threads_stands_still_behind_four_who_wait(server):
    served, name = server
    with few_threads(served.machine) as port, locked(name, "intake_submission"):
        waiting = [threading.Thread(target=start, args=(port, {})) for _each in range(4)]
        for each in waiting:
            each.start()
        time.sleep(0.3)
        with pytest.raises(TimeoutError):
            answer_to(port, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", seconds=1)
        for each in waiting:
            each.join()
    proving.control("granian's own interface with four threads: no answer in 1 s behind 4 who wait")


def test_the_front_page_of_somebody_with_a_draft_answers_while_drafts_are_locked(server):
    served, name = server
    jar: dict[str, str] = {}
    assert start(served.port, jar) == 302
    with locked(name, "intake_submission"):
        connection = HTTPConnection("127.0.0.1", served.port, timeout=20)
        connection.request("GET", "/", headers={"Cookie": f"sessionid={jar['sessionid']}"})
        assert connection.getresponse().status == 200
        connection.close()
    assert get(served.port, "/") == 200


def test_who_waits_for_a_locked_table_is_told_so_within_seconds_and_the_thread_is_free(server):
    served, name = server
    with locked(name, "intake_submission"):
        began = time.monotonic()
        assert start(served.port, {}) == 503
        assert LOCK_SECONDS <= time.monotonic() - began < 8  # long before the server gives the request up
