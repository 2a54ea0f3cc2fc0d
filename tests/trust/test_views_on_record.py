"""Every look is on record: as many rows as pages were shown, also where the server is killed in the middle."""

import random
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests import proving
from tests.machine import Machine, Served, wait_for
from tests.trust.test_killed_while_writing import clinic_here, serving
from tests.trust.writers import rows

READERS = 4
MOST = proving.pick(4, 12)  # pages shown between two kills
# A coordinator who has signed in, and referrals that arrived.
CLINIC = """
from django.conf import settings
from django.test import Client
from tests.conftest import arrive, hire
from treatments.models import Referral
cast = hire()
for _referral in range(3):
    arrive()
client = Client()
client.force_login(cast.cora)
print(client.cookies["sessionid"].value)
print(*Referral.objects.values_list("pk", flat=True))
"""


@dataclass
class Clinic:
    """A clinic that a coordinator reads: the session of her browser, and the ids of its referrals."""

    machine: Machine
    session: str
    referrals: list[int]

    def on_record(self) -> Counter:
        found = rows(
            self.machine,
            "SELECT referral_id, count(*) FROM treatments_event WHERE kind = 'opened' GROUP BY 1",
        )
        return Counter({referral: number for referral, number in found if referral in self.referrals})


@contextmanager
def a_clinic(folder: Path) -> Iterator[Clinic]:
    with clinic_here(folder) as (_cluster, machine):
        machine.environment["STAFF_SECOND_FACTOR"] = "0"
        session, ids = machine.python(CLINIC).strip().split("\n")
        yield Clinic(machine, session, [int(each) for each in ids.split()])


def shown(port: int, session: str, referral: int) -> bool:
    """Whether the whole page came."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(
            "GET", f"/admin/treatments/referral/{referral}/", headers={"Cookie": f"sessionid={session}"}
        )
        answer = connection.getresponse()
        return answer.status == 200 and b"</html>" in answer.read()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


@contextmanager
def reading(served: Served, clinic: Clinic, views: Counter) -> Iterator[None]:
    """Meanwhile several windows of one coordinator open referral after referral."""
    stop, lock = threading.Event(), threading.Lock()

    def read() -> None:
        while not stop.is_set():
            referral = random.choice(clinic.referrals)  # noqa: S311 (no secret)
            if shown(served.port, clinic.session, referral):
                with lock:
                    views[referral] += 1

    threads = [threading.Thread(target=read) for _each in range(READERS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def read_and_killed(served: Served, clinic: Clinic, kills: int) -> Counter:
    """How often each referral was shown while the workers were killed so often."""
    views: Counter = Counter()
    progress = proving.Progress("kill -9 while reading", kills)
    for _kill in range(kills):
        with reading(served, clinic, views):
            enough = views.total() + random.randint(1, MOST)  # noqa: S311 (when, not a secret)
            wait_for(lambda enough=enough: views.total() >= enough)
            served.kill()
        served.start()
        progress.step()
    return views


def test_no_page_is_shown_that_is_not_on_record_however_the_server_ends(tmp_path):
    kills = proving.times(2, 1000)
    with a_clinic(tmp_path) as clinic, serving(clinic.machine) as served:
        views, record = read_and_killed(served, clinic, kills), clinic.on_record()
        assert views
        assert all(record[referral] >= number for referral, number in views.items())
        again = clinic.referrals * proving.times(1, 100)
        quiet = sum(shown(served.port, clinic.session, each) for each in again)
        more = clinic.on_record().total() - record.total()
    proving.figure(
        f"{views.total():,} pages shown around {kills:,} kills, {record.total():,} rows (fewer of no referral);"
        f" {quiet:,} shown without a kill, {more:,} rows"
    )
    assert more == quiet == len(again)


def test_the_control_a_record_written_after_the_page_is_found(tmp_path):
    kills = proving.times(2, 50)
    app = "--app tests.trust.careless_record:application"
    with a_clinic(tmp_path) as clinic, serving(clinic.machine, app) as served:
        views, record = read_and_killed(served, clinic, kills), clinic.on_record()
    missing = sum(max(0, number - record[referral]) for referral, number in views.items())
    proving.control(f"written after the page: {missing} of {views.total():,} views are on no record")
    assert missing
