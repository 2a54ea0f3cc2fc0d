"""520 slow bodies at a proxy that reads a whole request before it passes it on, as docs/deploying.md asks; run by ``make prove``."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import proving
from tests.machine import free_port, wait_for
from tests.trust.sockets import get, seconds_to_answer, slow_bodies

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
CONFIGURATION = """
daemon off; pid {folder}/pid; error_log {folder}/errors; worker_processes 1; worker_rlimit_nofile 4096;
events {{ worker_connections 2048; }}
http {{
  access_log off; client_body_temp_path {folder}/bodies; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port}; client_max_body_size 3m; client_body_timeout 20s;
    location / {{ proxy_pass http://127.0.0.1:{app}; proxy_request_buffering on; proxy_set_header Host $host; }}
  }}
}}
"""


@pytest.fixture
def proxy(server, tmp_path) -> Iterator[int]:
    """The port of an nginx before the app's server."""
    port = free_port()
    own = Path(tmp_path, "nginx.conf")
    own.write_text(CONFIGURATION.format(folder=tmp_path, port=port, app=server.port))
    process = subprocess.Popen(
        [NGINX, "-c", own, "-e", tmp_path / "errors"], env={"PATH": os.environ["PATH"]}
    )
    wait_for(lambda: _answers(port))
    yield port
    process.terminate()
    process.wait(timeout=30)


def _answers(port: int) -> bool:
    try:
        return get(port, "/") == 200
    except OSError:
        return False


def test_the_front_page_answers_within_a_second_beside_520_slow_bodies(proxy):
    waited = []
    with slow_bodies(proxy, 520) as senders:
        for _letter in range(proving.times(4, 100)):
            waited += [seconds_to_answer(proxy), seconds_to_answer(proxy, "/admin/login/")]
            for sender in senders:
                sender.sendall(b"a")
            time.sleep(0.1)
    proving.figure(
        f"behind nginx beside 520 slow bodies the slowest of {len(waited)} pages took {max(waited):.2f} s"
    )
    assert max(waited) < 1
