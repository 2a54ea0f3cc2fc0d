"""Slow, overlong and broken bodies: none holds the server up, and none is stored by halves."""

import os
import re
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection

import pytest

from tests import proving
from tests.machine import ROOT, few_threads, free_port, listens, wait_for
from tests.trust.sockets import FORM, TOKEN, answer_to, get, head_of, seconds_to_answer, slow_bodies

pytestmark = pytest.mark.anywhere
CHUNKED = f"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n{FORM}Transfer-Encoding: chunked\r\n\r\n".encode()


def drafts(server) -> int:
    return server.machine.read("SELECT count(*) FROM intake_submission")[0][0]


@pytest.mark.parametrize("number", [4, 16, 64])
def test_the_front_page_answers_within_a_second_beside_slow_bodies(server, number):
    get(server.port, "/")  # what is loaded at the first request is no part of it
    waited = []
    with slow_bodies(server.port, number) as senders:
        for _letter in range(proving.times(4, 100)):
            waited += [seconds_to_answer(server.port), seconds_to_answer(server.port, "/admin/login/")]
            assert max(waited) < 1
            for sender in senders:
                sender.sendall(b"a")
            time.sleep(0.2)
    proving.figure(f"beside {number} slow bodies the slowest of {len(waited)} pages took {max(waited):.2f} s")


def test_the_control_a_server_that_reads_bodies_in_its_threads_is_stopped_by_four(machine):
    with few_threads(machine) as port, slow_bodies(port, 4), pytest.raises(TimeoutError):
        time.sleep(0.2)
        answer_to(port, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", seconds=3)
    proving.control("granian's own interface with four threads: no answer in 3 s beside 4 slow bodies")


def test_a_slow_body_that_arrives_in_the_end_is_taken(server):
    before = drafts(server)
    body = b"csrfmiddlewaretoken=" + b"a" * 32
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as sender:
        sender.sendall(head_of(len(body)) + body[:30])
        time.sleep(0.5)
        sender.sendall(body[30:])
        assert sender.recv(65536).startswith(b"HTTP/1.1 302")
    assert drafts(server) == before + 1


def test_a_body_that_breaks_off_is_not_taken_for_a_whole_one(server):
    before = drafts(server)
    body = b"csrfmiddlewaretoken=" + b"a" * 32
    for sent in (head_of(400) + body, CHUNKED + b"%x\r\n" % 400 + body):
        with socket.create_connection(("127.0.0.1", server.port), timeout=5) as sender:
            sender.sendall(sent)
    time.sleep(0.5)
    assert get(server.port, "/") == 200
    assert drafts(server) == before


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        pytest.param(head_of(2_500_001), b"413", id="a body over the limit, before any of it was read"),
        pytest.param(CHUNKED, b"411", id="a body in chunks, whose end can't be told from a break"),
    ],
)
def test_what_is_not_taken_is_refused_with_a_page_that_names_988(server, sent, status):
    answer = answer_to(server.port, sent)
    assert answer.startswith(b"HTTP/1.1 " + status)
    assert b"Call 988" in answer and b"Nothing of it was saved" in answer
    assert b"connection: close" in answer


# --- Deadlines, with a server that has shorter ones ------------------------------------------------------


@pytest.fixture(scope="module")
def hurried(machine):
    """The same server, which waits one second for a body and one for the app."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "clinic.serve", "--port", str(port), "--workers", "1", "--app", "tests.trust.hurried:application"],
        cwd=ROOT,
        env={**machine.environment, "PATH": os.environ["PATH"]},
    )  # fmt: skip
    wait_for(lambda: listens(port))
    yield port
    process.terminate()
    process.wait(timeout=30)


def test_a_body_that_does_not_come_in_time_is_given_up(hurried):
    began = time.monotonic()
    answer = answer_to(hurried, head_of(400) + b"csrfmiddlewaretoken=")
    assert answer.startswith(b"HTTP/1.1 408") and b"nothing of it was saved" in answer
    assert 0.9 < time.monotonic() - began < 5


def test_an_answer_that_does_not_come_in_time_is_a_503_and_the_rest_goes_on(hurried):
    """Five wait where three threads are: the front page answers all the while, and later all is as before."""
    waiting = [socket.create_connection(("127.0.0.1", hurried), timeout=10) for _each in range(5)]
    for each in waiting:
        each.sendall(b"GET /sleeps/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    time.sleep(0.2)
    assert seconds_to_answer(hurried) < 1
    for each in waiting:
        answer = each.recv(65536)
        assert answer.startswith(b"HTTP/1.1 503") and b"retry-after: 30" in answer
        each.close()
    wait_for(lambda: get(hurried, "/come-back/") == 200)


@pytest.mark.parametrize(
    ("path", "body", "says"),
    [
        ("/intake/reason/", b"reason-goals=Canaryslowwren", b"Canaryslowwren"),
        ("/status/message/", b"text=Canaryslowwren", b"Canaryslowwren"),
        ("/intake/thoughts/", b"safety-cssrs-q1=yes", b"We could not save your answer."),
    ],
)
def test_what_was_typed_is_given_back_by_who_answers_in_time_when_the_app_does_not(hurried, path, body, says):
    token = f"csrfmiddlewaretoken={TOKEN}&".encode()
    head = head_of(len(token + body), f"X-Sleeps: 1\r\n{FORM}", path=path)
    answer = answer_to(hurried, head + token + body)
    assert answer.startswith(b"HTTP/1.1 503") and b"retry-after: 30" in answer
    assert says in answer and b'name="csrfmiddlewaretoken"' in answer and b"<button" in answer


def test_a_file_that_is_made_while_it_is_sent_may_take_longer_and_comes_whole(hurried):
    began = time.monotonic()
    connection = HTTPConnection("127.0.0.1", hurried, timeout=10)
    connection.request("GET", "/streams/")
    assert connection.getresponse().read().decode().split() == [f"None{number}" for number in range(100)]
    assert time.monotonic() - began > 1
    connection.close()


def test_whoever_does_not_take_a_file_gives_the_thread_back_by_leaving(hurried):
    for _each in range(4):
        with socket.create_connection(("127.0.0.1", hurried), timeout=10) as leaver:
            leaver.sendall(b"GET /streams/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            leaver.recv(10)
    wait_for(lambda: get(hurried, "/come-back/") == 200)


def test_a_static_file_comes_whole(server):
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", "/")
    path = re.search(r'href="(/static/[^"]+\.css)"', connection.getresponse().read().decode())[1]
    connection.request("GET", path)
    assert connection.getresponse().read().rstrip().endswith(b"}")
    connection.request("HEAD", path)
    answer = connection.getresponse()
    assert answer.status == 200 and int(answer.headers["Content-Length"]) > 1000 and answer.read() == b""
    connection.close()


def test_a_header_that_only_looks_like_the_proxys_is_left_out(hurried):
    """With underscores it would reach the app under the name of the proxy's own."""
    asked = (
        b"GET /from/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX_Forwarded_For: 1.2.3.4\r\n%bConnection: close\r\n\r\n"
    )
    assert answer_to(hurried, asked % b"").endswith(b"\r\n\r\nnobody")
    assert answer_to(hurried, asked % b"X-Forwarded-For: 5.6.7.8\r\n").endswith(b"5.6.7.8")
