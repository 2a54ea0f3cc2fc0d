"""The way to production as the pages say it, command by command, as roles that are no superusers."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.deploy.machine_of_its_own import EmptyMachine, blocks
from tests.machine import ROOT, free_port, wait_for
from tests.trust.own_postgres import own_cluster
from tests.trust.sockets import get

pytestmark = pytest.mark.deploy

HOST = "intake.clinic.example"
# What the pages leave to the reader, in capitals.
LEFT = {"NAME": "adam", "HOST": HOST}


@pytest.fixture(scope="module")
def machine(tmp_path_factory) -> Iterator[EmptyMachine]:
    """Set up by "First time", in the order of the page."""
    with own_cluster() as cluster:
        cluster.run("CREATE ROLE postgres LOGIN SUPERUSER")
        machine = EmptyMachine(tmp_path_factory.mktemp("empty"), cluster)
        released = machine.folder / "released"  # this tree as it was committed, on a branch of its own
        machine.do(f"git clone -q {ROOT} {released}; git -C {released} checkout -q -B main")
        machine.said = []
        for block in blocks("deploying.md", "First time"):
            words = block.replace("--email ADDRESS", "--email adam@clinic.example")
            for left, value in {**LEFT, "ADDRESS": str(released)}.items():
                words = re.sub(rf"\b{left}\b", value, words)
            _between(machine, words)
            machine.said.append(machine.do(words))
            _after(machine, words)
        yield machine


def _between(machine: EmptyMachine, words: str) -> None:
    if "deploy/manage migrate" in words:  # the settings were opened in an editor before
        machine.edit_settings(
            ALLOWED_HOSTS=HOST, DEFAULT_FROM_EMAIL=f"desk@{HOST}", ON_CALL_EMAIL=f"on-call@{HOST}"
        )


def _after(machine: EmptyMachine, words: str) -> None:
    if "git clone" in words:  # the files speak of the places of a real machine
        for file in Path(machine.at("/srv/clinic/deploy")).rglob("*"):
            if file.is_file():
                file.write_text(machine.at(file.read_text()))
    if "--new-key" in words:
        machine.edit_settings(BACKUP_KEYS=re.search(r"BACKUP_KEYS=(age1\w+)", machine.said[-1])[1])


@pytest.fixture
def port(machine) -> Iterator[int]:
    """The server, as its unit starts it."""
    port = free_port()
    process = machine.start("clinic-web.service", "clinic", ("8000", str(port)))
    wait_for(lambda: process.poll() is None and _lives(port))
    yield port
    process.terminate()
    process.communicate(timeout=30)


def _lives(port: int) -> bool:
    try:
        return get(port, "/livez") == 200
    except OSError:
        return False


def as_the_proxy(port: int, path: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(
        "GET", path, headers={"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
    )
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    return answer.status, page


def test_every_command_works_and_the_deploy_check_has_nothing_to_say(machine):
    """But that the on-call rota is still empty."""
    assert re.findall(r"\((\w+\.\w\d+)\)", "".join(machine.said)) == ["treatments.W002"]


def test_neither_role_is_a_superuser_and_the_one_that_runs_owns_nothing(machine):
    asked = "SELECT rolname, rolsuper FROM pg_roles WHERE rolname LIKE 'clinic%' ORDER BY 1"
    assert _psql(machine, asked) == "clinic|f\nclinic_owner|f"
    owners = "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
    assert _psql(machine, owners) == "clinic_owner"
    for forbidden in (
        "DROP TABLE treatments_event",
        "UPDATE treatments_event SET at = now()",
        "DELETE FROM treatments_event",
        "ALTER TABLE treatments_event DISABLE TRIGGER ALL",
        "CREATE TABLE mine (a int)",
    ):
        with pytest.raises(AssertionError):
            machine.do(f'runuser -u clinic -- psql -d clinic -v ON_ERROR_STOP=1 -c "{forbidden}"')


def _psql(machine: EmptyMachine, query: str) -> str:
    return machine.do(f'runuser -u postgres -- psql -d clinic -At -c "{query}"').strip()


def test_what_the_pages_call_is_called(machine):
    called = machine.noted()
    assert re.search(r"^apt-get install -y .*python3-venv", called, re.MULTILINE)
    assert (
        "systemctl enable --now clinic-web.service clinic-tick.service clinic-backup.timer clinic-purge.timer"
        in called
    )
    conf = Path(machine.at("/etc/nginx/nginx.conf")).read_text()
    assert "worker_connections 4096;" in conf and conf.startswith("worker_rlimit_nofile")
    assert HOST in Path(machine.at("/etc/nginx/sites-enabled/clinic.conf")).read_text()


def test_the_server_serves_and_the_first_administrators_link_opens(machine, port):
    status, page = as_the_proxy(port, "/")
    assert status == 200 and "988" in page
    assert as_the_proxy(port, re.search(r'href="(/static/[^"]+\.css)"', page)[1])[0] == 200
    link = re.search(rf"https://{HOST}(/admin/set-password/\S+)", "".join(machine.said))[1]
    status, page = as_the_proxy(port, link)
    assert status == 200 and "password" in page
    assert get(port, "/readyz") == 200


def test_the_tick_and_the_backup_run_as_their_units_say_and_a_drill_brings_it_back(machine):
    _form_arrives(machine)
    tick = machine.start("clinic-tick.service", "clinic", ("tick", "tick --once"))
    said, _none = tick.communicate(timeout=120)
    assert tick.returncode == 0 and "failed" not in said
    backup = machine.start("clinic-backup.service", "clinic_owner")
    said, _none = backup.communicate(timeout=120)
    assert backup.returncode == 0, said
    purge = machine.start("clinic-purge.service", "clinic_owner")
    said, _none = purge.communicate(timeout=120)
    assert purge.returncode == 0, said
    said = machine.do(blocks("backup.md", "Drill: four times a year")[0])
    assert "Every table is as it was" in said and re.search(r"opens: \d+ parts", said)
    assert not Path(machine.at("/run/backup-key.txt")).exists()


def _form_arrives(machine: EmptyMachine) -> None:
    from tests.documents import worked_example

    file = machine.folder / "form.json"
    file.write_text(json.dumps(worked_example("v01")["document"]))
    machine.do(f"cd /srv/clinic; runuser -u clinic -- deploy/manage load_intake {file}")


def test_a_restore_takes_the_place_of_the_old_database_and_the_app_goes_on(machine):
    before = _psql(machine, "SELECT count(*) FROM treatments_event")
    said = machine.do(blocks("backup.md", "Restore")[0])
    assert "Every table is as it was" in said
    assert _psql(machine, "SELECT count(*) FROM treatments_event") == before != "0"
    machine.do("cd /srv/clinic; runuser -u clinic -- deploy/manage check --deploy --database default")
    _form_arrives(machine)  # the role that runs may write into the new tables
    assert _psql(machine, "SELECT count(*) FROM treatments_referral") == "2"


def test_an_upgrade_works_by_the_same_page(machine):
    shutil.rmtree(
        Path(machine.at("/srv/clinic/deploy"))
    )  # what this test changed in it would stand in git's way
    machine.do("cd /srv/clinic; git checkout -q .")
    machine.do(blocks("deploying.md", "Upgrade")[0])
    assert (
        subprocess.run(
            ["git", "status", "--porcelain"],
            cwd=machine.at("/srv/clinic"),
            env=machine.environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        == ""
    )
