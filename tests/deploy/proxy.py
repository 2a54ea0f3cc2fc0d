"""nginx with the site of ``deploy/`` on this machine: its own process, ports, certificate and log for a test."""

import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPResponse, HTTPSConnection
from pathlib import Path

from tests.deploy.files import DEPLOY, placed
from tests.machine import ROOT, free_port, wait_for

HOST = "intake.example.org"
MAIN = Path("/etc/nginx/nginx.conf")  # as Debian has it
EXPECTED = re.compile(r'^sed -i "(?P<script>.*worker_connections.*)" /etc/nginx/nginx\.conf$', re.MULTILINE)


@dataclass(frozen=True)
class Proxy:
    folder: Path
    plain: int
    port: int

    def connection(self, sender: str = "127.0.0.1") -> HTTPSConnection:
        """Over TLS, from this address of the loopback."""
        trusted = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        made = HTTPSConnection(
            "127.0.0.1", self.port, timeout=20, context=trusted, source_address=(sender, 0)
        )
        trusted.check_hostname = False  # the name is in the certificate; the address is this machine's
        return made

    def get(self, path: str, sender: str = "127.0.0.1", **headers: str) -> tuple[HTTPResponse, str]:
        made = self.connection(sender)
        made.request("GET", path, headers={"Host": HOST, **headers})
        answer = made.getresponse()
        body = answer.read().decode()
        made.close()
        return answer, body

    @property
    def written(self) -> str:
        """All that nginx wrote down."""
        return "".join(file.read_text(errors="replace") for file in sorted(self.folder.rglob("*.log")))


@contextmanager
def proxy(folder: Path, app: int) -> Iterator[Proxy]:
    """Started with ``nginx.conf`` as docs/deploying.md changes it, before the app at port ``app``."""
    made = Proxy(folder, free_port(), free_port())
    _certificate(folder)
    places = {
        "/srv/clinic": str(ROOT),
        "/etc/ssl/clinic": str(folder),
        "/var/log/nginx": str(folder),
        "/run/nginx.pid": str(folder / "pid"),
        "/etc/nginx/sites-enabled": str(folder / "sites"),
    }
    site = placed((DEPLOY / "nginx" / "clinic.conf").read_text(), places).replace(":8000", f":{app}")
    for port, own in ((80, made.plain), (443, made.port)):
        site = re.sub(rf"listen \[::\]:{port}[^\n]*\n", "", site)
        site = re.sub(rf"listen {port}(?=[; ])", f"listen 127.0.0.1:{own}", site)
    (folder / "sites").mkdir()
    (folder / "sites" / "clinic.conf").write_text(site)
    main = folder / "nginx.conf"
    shutil.copyfile(MAIN, main)
    script = EXPECTED.search((ROOT / "docs" / "deploying.md").read_text())["script"]
    subprocess.run(["sed", "-i", script, str(main)], check=True)
    text = placed(main.read_text(), places)
    # Its workers run as whoever runs the test, who may look into the test's folders.
    text = re.sub(r"^user [^\n]*\n", "user root;\n", text, flags=re.MULTILINE)
    kept = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main.write_text(text.replace("http {", f"http {{ {kept}", 1))
    command = ["nginx", "-c", str(main), "-e", str(folder / "first.log")]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    process = subprocess.Popen(
        [*command, "-g", "daemon off;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(lambda: _listens(made.port))
        yield made
    finally:
        process.terminate()
        process.wait(timeout=30)


def _listens(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            return True
    except OSError:
        return False


def _certificate(folder: Path) -> None:
    """A key and its own certificate, for this test alone."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}",
         "-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
