"""How long a team's consults took: which moments count, of which period, of whose queue, and how many at most."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from tests.conftest import fresh
from treatments.figures import team_waits
from treatments.figures.spells import Times
from treatments.figures.team_waits import read_waits
from treatments.models import Consult
from treatments.triage.consults import accept, return_consult

DAY = timedelta(days=1)


def times(*treatments: str, days: int = 30) -> dict[str, list[Times]]:
    now = timezone.now()
    found = read_waits(treatments or ["tms"], now - days * DAY, now)
    return {key: [row.times for row in rows] for key, rows in found.items()}


def shown(*treatments: str, days: int = 30) -> dict[str, list[tuple[int, int]]]:
    found = times(*treatments, days=days)
    return {key: [(each.number, each.still_open) for each in rows] for key, rows in found.items()}


def test_each_queue_has_its_own_steps_and_no_other_is_read(cast, clinic):
    clinic.consult("waiting"), clinic.consult("booked"), clinic.consult("accepted", "spravato")
    assert shown("tms", "spravato") == {"tms": [(2, 1), (1, 0), (1, 1)], "spravato": [(1, 0), (1, 1), (0, 0)]}
    assert shown("psychotherapy") == {"psychotherapy": [(0, 0)] * 3}


def test_a_visit_counts_as_seen_once_it_was_held_in_the_period(cast, clinic):
    with time_machine.travel(timezone.now() - DAY):
        held, missed = clinic.booked_today(), clinic.booked_today()
    for consult, ended in ((held, "held"), (missed, "no_show")):
        consult.visits.update(ended=ended, ended_at=timezone.now())
    assert shown()["tms"][2] == (2, 1)
    with time_machine.travel(timezone.now() + 40 * DAY):
        assert [each.still_open for each in times()["tms"]] == [0, 0, 0]  # in this period nobody was seen
        assert shown()["tms"][0] == (0, 0)


def test_what_was_accepted_before_the_period_waits_for_its_visit_since_then(cast, clinic):
    consult = clinic.consult("accepted")
    with time_machine.travel(timezone.now() + 40 * DAY):
        _accepted, booked, _seen = times()["tms"]
    assert (booked.number, booked.still_open, booked.longest) == (1, 1, "40 days, open")
    Consult.objects.filter(pk=consult.pk).update(target_from=None)  # from before it was kept
    with time_machine.travel(timezone.now() + 40 * DAY):
        assert shown()["tms"] == [(0, 0)] * 3


def test_a_consult_that_was_given_back_waits_no_more(cast, clinic):
    consult = clinic.consult("waiting")
    return_consult(consult=consult, actor=cast.tess, reason="patient_declined")
    assert shown()["tms"] == [(0, 0)] * 3


def test_of_too_many_the_newest_steps_and_the_oldest_that_wait_are_read(cast, clinic, monkeypatch):
    monkeypatch.setattr(team_waits, "MOST_ROWS", 1)
    start = timezone.now()
    for days in (1, 3):
        with time_machine.travel(start + days * DAY, tick=False):
            consult = clinic.consult("waiting")
        with time_machine.travel(start + 2 * days * DAY, tick=False):
            accept(consult=fresh(consult), actor=cast.tess)
            Consult.objects.filter(pk=consult.pk).update(target_from=None)
    with time_machine.travel(start + 9 * DAY, tick=False):
        clinic.consult("waiting")
        assert times()["tms"][0].longest == "3 days"
        assert times()["tms"][0].number == 1


def test_what_is_another_queues_or_has_ended_takes_no_place_of_the_rows_that_are_read(
    cast, clinic, monkeypatch
):
    monkeypatch.setattr(team_waits, "MOST_ROWS", 1)
    start = timezone.now()
    for days, state, queue in ((1, "completed", "tms"), (2, "waiting", "tms"), (3, "accepted", "spravato")):
        with time_machine.travel(start + days * DAY):
            clinic.consult(state, queue)
    with time_machine.travel(start + 9 * DAY):
        accepted, booked, _seen = times()["tms"]
    assert (accepted.number, accepted.still_open, accepted.longest) == (1, 1, "7 days, open")
    assert booked.number == 0
