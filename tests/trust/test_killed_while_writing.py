"""``kill -9`` while people save and send: what the server said is stored, is stored.

Of the server with all its workers, on a database of either kind, and of PostgreSQL itself, which then recovers.
"""

import random
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection

from intake.models import Submission
from tests import proving
from tests.machine import Machine, Served, free_port, wait_for
from tests.trust.own_postgres import own_cluster
from tests.trust.writers import Acknowledged, Draft, post, ready_drafts, rows, writing

SAVERS = 6
KILLS = proving.times(2, 1000)
MOST = proving.pick(8, 70)  # acknowledgements between two kills


def made(folder: Path, address: str = "") -> Machine:
    machine = Machine(folder)
    machine.environment |= {
        "DEBUG": "0", "HTTPS": "0", "ALLOWED_HOSTS": "127.0.0.1", "STATIC_ROOT": str(folder / "static"),
    }  # fmt: skip
    machine.environment |= {"DATABASE_URL": address} if address else {}
    machine.migrate()
    machine.run("collectstatic", "--noinput", "--verbosity", "0")
    return machine


@contextmanager
def clinic_on_postgres(folder: Path, *, fsync: bool = True) -> Iterator[tuple]:
    with own_cluster(fsync=fsync) as cluster:
        cluster.run("CREATE ROLE clinic LOGIN NOSUPERUSER", "CREATE DATABASE clinic OWNER clinic")
        yield cluster, made(folder, cluster.address("clinic", "clinic"))


@contextmanager
def clinic_here(folder: Path) -> Iterator[tuple]:
    """A clinic on the kind of database that this run is for."""
    if connection.vendor == "postgresql":
        with clinic_on_postgres(folder) as both:
            yield both
    else:
        yield None, made(folder)


@contextmanager
def serving(machine: Machine, more: str = "") -> Iterator[Served]:
    served = Served(machine, free_port(), more)
    try:
        yield served
    finally:
        served.stop()


def stored(machine: Machine) -> dict[str, tuple[int, bool]]:
    """By the id of each form: the number on its page of goals, and whether it is sent and has its referral."""
    found = rows(
        machine,
        "SELECT s.id, s.key, s.answers, r.id FROM intake_submission s"
        " LEFT JOIN treatments_referral r ON r.submission_id = s.id",
    )
    column = Submission._meta.get_field("answers")
    numbers = {}
    for pk, key, sealed, referral in found:
        own = UUID(str(pk))
        told = column.unsealed(Submission(pk=own, key=bytes(key)), bytes(sealed))
        goals = told.get("reason", {}).get("goals", "goal 0")
        numbers[str(own)] = int(goals.split()[1]), referral is not None
    return numbers


def lost(machine: Machine, savers: list[Draft], told: Acknowledged) -> list[str]:
    """The forms of which less is stored than was acknowledged."""
    there = stored(machine)
    pages = [draft.pk for draft in savers if there[draft.pk][0] < draft.saved]
    return pages + [draft.pk for draft in told.drafts if not there[draft.pk][1]]


def killed_often(
    machine: Machine, served: Served, kill: Callable[[], None], again: Callable[[], None], kills: int
) -> tuple[int, Acknowledged]:
    """In how many of ``kills`` something was lost, and all that was acknowledged.

    It comes back only after each writer has seen its request end: a save of later would hide a lost one.
    """
    to_send, told, losing = ready_drafts(machine, SAVERS + 40), Acknowledged(), 0
    savers = [to_send.pop() for _each in range(SAVERS)]
    progress = proving.Progress("kill -9", kills)
    for _kill in range(kills):
        if len(to_send) < 20:
            to_send += ready_drafts(machine, 200)
        with writing(served, savers, to_send, told):
            enough = told.said.total() + random.randint(1, MOST)  # noqa: S311 (when, not a secret)
            wait_for(lambda enough=enough: told.said.total() >= enough)
            kill()
        again()
        wait_for(served.answers)
        if gone := lost(machine, savers, told):
            losing += 1
            savers = [draft for draft in savers if draft.pk not in gone]  # counted once
            told.drafts.clear()
            savers += ready_drafts(machine, SAVERS - len(savers))  # the others may all be sent
        progress.step()
    return losing, told


def in_words(told: Acknowledged) -> str:
    return f"{told.said['pages']:,} pages and {told.said['forms']:,} forms acknowledged"


def test_a_server_killed_while_people_write_loses_nothing_that_was_acknowledged(tmp_path):
    with clinic_here(tmp_path) as (_cluster, machine), serving(machine) as served:
        losing, told = killed_often(machine, served, served.kill, served.start, KILLS)
    proving.figure(f"server and workers killed {KILLS:,} times, {in_words(told)}: {losing} kills lost any")
    assert told.said["pages"] > KILLS
    assert losing == 0


@pytest.mark.postgres
def test_postgresql_itself_killed_while_people_write_loses_nothing_that_was_acknowledged(tmp_path):
    with clinic_on_postgres(tmp_path) as (cluster, machine), serving(machine) as served:
        losing, told = killed_often(machine, served, cluster.kill, cluster.start, KILLS)
    proving.figure(f"PostgreSQL itself killed {KILLS:,} times, {in_words(told)}: {losing} kills lost any")
    assert told.said["pages"] > KILLS
    assert losing == 0


def test_the_control_an_app_that_acknowledges_before_it_stores_is_found(tmp_path):
    kills = proving.times(2, 100)
    app = "--app tests.trust.careless:application"
    with clinic_here(tmp_path) as (_cluster, machine), serving(machine, app) as served:
        losing, told = killed_often(machine, served, served.kill, served.start, kills)
    proving.control(f"acknowledged before it is stored: {losing} of {kills} kills lose some")
    assert told.said["pages"] and losing


# --- On the disk before it is acknowledged ---------------------------------------------------------------


@contextmanager
def traced(processes: list[int], file: Path) -> Iterator[None]:
    """Meanwhile strace writes down when these processes make the disk keep what they wrote."""
    words = [word for each in processes for word in ("-p", str(each))]
    tracer = subprocess.Popen(
        ["strace", "-f", "-ttt", "-e", "trace=fsync,fdatasync", "-o", file, *words],
        stderr=subprocess.PIPE,
        text=True,
    )
    for _each in processes:
        tracer.stderr.readline()  # attached
    yield
    tracer.send_signal(signal.SIGINT)
    tracer.wait(timeout=30)
    tracer.stderr.close()


def kept_between(file: Path, moments: list[tuple[float, float]]) -> int:
    """In how many of these stretches of time the disk was made to keep something."""
    at = [float(found) for found in re.findall(r"^\d+ +(\d+\.\d+) f(?:data)?sync\(", file.read_text(), re.M)]
    return sum(any(began < each < ended for each in at) for began, ended in moments)


def saved_pages(machine: Machine, served: Served, processes: list[int], file: Path, number: int) -> int:
    """Of so many pages saved one after the other: how many were on the disk before they were acknowledged."""
    (draft,) = ready_drafts(machine, 1)
    moments = []
    with traced(processes, file):
        for each in range(number):
            began = time.time()
            assert post(served.port, draft, "/intake/reason/", {"reason-goals": f"goal {each}"}) == 302
            moments.append((began, time.time()))
    return kept_between(file, moments)


def test_each_page_is_on_the_disk_before_it_is_acknowledged(tmp_path):
    number = proving.times(5, 1000)
    with clinic_here(tmp_path) as (cluster, machine), serving(machine, "--workers 1") as served:
        watched = cluster.processes() if cluster else [served.worker]
        kept = saved_pages(machine, served, watched, tmp_path / "trace", number)
    proving.figure(f"an fsync before the acknowledgement in {kept:,} of {number:,} saved pages (strace)")
    assert kept == number


@pytest.mark.postgres
def test_the_control_without_fsync_none_is_seen(tmp_path):
    with (
        clinic_on_postgres(tmp_path, fsync=False) as (cluster, machine),
        serving(machine, "--workers 1") as served,
    ):
        kept = saved_pages(machine, served, cluster.processes(), tmp_path / "trace", 5)
    proving.control(f"with fsync turned off: {kept} of 5")
    assert kept == 0
