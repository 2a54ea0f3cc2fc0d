"""Two people on one referral at the very same moment, action by action: one wins, the other reads a sentence.

On PostgreSQL 200 rounds; on SQLite fewer, in a file, as a clinic's trial runs it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from tests.conftest import RECORD, URGENT, Clinic, fresh, release_hold
from tests.racing import at_once
from tests.treatments import papers
from tests.treatments.payer import SEEN, today
from tests.treatments.test_races import one_wins
from treatments.models import Consult, Event, Referral
from treatments.triage.assignment import claim
from treatments.triage.closing import close
from treatments.triage.consults import accept, book, complete, record_no_show, return_consult, transfer
from treatments.triage.coverage import set_coverage
from treatments.triage.evidence import add_evidence
from treatments.triage.record_answer import record_answer
from treatments.triage.record_requests import send_record_request
from treatments.triage.routing import route, withdraw
from treatments.triage.undo import undo, undo_consult

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = {"postgresql": 20, "sqlite": 5}  # of each contest below


@dataclass(frozen=True)
class Contest:
    """``ready``: what two people have before them; ``sides``: what each of them does, given the versions seen.

    ``kinds``: the events of which just one is written. ``from_scripts``: also without a version, where only
    the table of moves can tell that somebody was faster.
    """

    ready: Callable[[Clinic], Referral | Consult]
    sides: Callable[..., tuple[Callable, Callable]]
    kinds: tuple[str, ...]
    from_scripts: bool = True


def colleague_of(person: User) -> User:
    other = User.objects.create_user(f"beside {person.username}", first_name="Noor", is_staff=True)
    other.groups.set(person.groups.all())
    return other


def tomorrow(days: int = 1):
    return timezone.localdate() + timedelta(days=days)


def routed(clinic: Clinic) -> Consult:
    return clinic.consult("waiting")


CONTESTS = {
    "claim": Contest(
        Clinic.new,
        lambda row, cast, colleagues, seen, own: (
            lambda: claim(referral=row, actor=cast.cora, seen=seen),
            lambda: claim(referral=row, actor=cast.carl, seen=seen),
        ),
        ("claim",),
    ),
    "route": Contest(
        Clinic.in_review,
        lambda row, cast, colleagues, seen, own: tuple(
            lambda queue=queue: route(referral=row, actor=cast.cora, treatments=[queue], seen=seen)
            for queue in ("tms", "spravato")
        ),
        ("route",),
        from_scripts=False,
    ),
    "set_coverage": Contest(
        Clinic.in_review,
        lambda row, cast, colleagues, seen, own: tuple(
            lambda who=who, payer=payer: set_coverage(referral=row, actor=who, payer=payer, seen=seen)
            for who, payer in ((cast.cora, "aetna"), (cast.carl, "cigna"))
        ),
        ("set_coverage",),
        from_scripts=False,
    ),
    "add_evidence": Contest(
        Clinic.in_review,
        lambda row, cast, colleagues, seen, own: tuple(
            lambda who=who: add_evidence(referral=row, actor=who, seen=seen, **SEEN, **today())
            for who in (cast.cora, cast.carl)
        ),
        ("add_evidence",),
        from_scripts=False,
    ),
    "record_answer": Contest(
        Clinic.in_review,
        lambda row, cast, colleagues, seen, own: tuple(
            lambda who=who, said=said: record_answer(
                referral=row,
                actor=who,
                given={"health.stroke": said},
                as_told_by="patient",
                how="phone",
                seen=seen,
            )
            for who, said in ((cast.cora, "yes"), (cast.carl, "no"))
        ),
        ("record_answer",),
        from_scripts=False,
    ),
    "assess_risk": Contest(
        lambda clinic: clinic.in_review(**URGENT),
        lambda row, cast, colleagues, seen, own: tuple(
            lambda who=who: release_hold(referral=row, actor=who, recorded=RECORD, seen=seen)
            for who in (cast.clara, colleagues["clara"])
        ),
        ("assess_risk",),
    ),
    "accept": Contest(
        routed,
        lambda row, cast, colleagues, seen, own: tuple(
            lambda who=who: accept(consult=row, actor=who, seen=own)
            for who in (cast.tess, colleagues["tess"])
        ),
        ("accept",),
    ),
    "book": Contest(
        lambda clinic: clinic.consult("accepted"),
        lambda row, cast, colleagues, seen, own: (
            lambda: book(consult=row, actor=cast.tess, day=tomorrow(), seen=own),
            lambda: book(consult=row, actor=colleagues["tess"], day=tomorrow(2), seen=own),
        ),
        ("book",),
        from_scripts=False,  # a consult may have several visits
    ),
    "did not come": Contest(
        lambda clinic: clinic.booked_today(),
        lambda row, cast, colleagues, seen, own: (
            lambda: record_no_show(consult=row, actor=cast.tess, seen=own),
            lambda: complete(consult=row, actor=colleagues["tess"], outcome="started_treatment", seen=own),
        ),
        ("no_show", "complete"),
    ),
    "return and withdraw": Contest(
        routed,
        lambda row, cast, colleagues, seen, own: (
            lambda: return_consult(consult=row, actor=cast.tess, reason="no_capacity", seen=own),
            lambda: withdraw(consult=row, actor=cast.cora, note="moved away", seen=seen),
        ),
        ("return", "withdraw"),
    ),
    "accept and hand over": Contest(
        routed,
        lambda row, cast, colleagues, seen, own: (
            lambda: accept(consult=row, actor=cast.tess, seen=own),
            lambda: transfer(
                consult=row, actor=colleagues["tess"], treatment="spravato", note="asks for it", seen=own
            ),
        ),
        ("accept", "transfer"),
        from_scripts=False,
    ),
    "undo of a routing and accept": Contest(
        routed,
        lambda row, cast, colleagues, seen, own: (
            lambda: undo(referral=row.referral, actor=cast.cora, seen=seen),
            lambda: accept(consult=row, actor=cast.tess, seen=own),
        ),
        ("undo", "accept"),
    ),
    "undo of a return and a closing": Contest(
        lambda clinic: clinic.consult("returned"),
        lambda row, cast, colleagues, seen, own: (
            lambda: undo_consult(consult=row, actor=cast.tess, seen=own),
            lambda: close(referral=row.referral, actor=cast.carl, reason="patient_declined", seen=seen),
        ),
        ("undo_consult", "close"),
    ),
    "send a request for records": Contest(
        lambda clinic: papers.requested(clinic, "signed"),
        lambda row, cast, colleagues, seen, own: tuple(
            lambda who=who: send_record_request(referral=row, actor=who, day=timezone.localdate(), seen=seen)
            for who in (cast.cora, cast.carl)
        ),
        ("send_record_request",),
    ),
    "close": Contest(
        Clinic.in_review,
        lambda row, cast, colleagues, seen, own: (
            lambda: close(referral=row, actor=cast.cora, reason="other", note="x", seen=seen),
            lambda: close(referral=row, actor=cast.carl, reason="patient_declined", seen=seen),
        ),
        ("close",),
    ),
}


@pytest.mark.parametrize("name", CONTESTS)
def test_of_two_who_act_at_once_one_wins_the_other_reads_a_sentence_and_nothing_happens_twice(
    name, real_database, request
):
    clinic, contest = request.getfixturevalue("clinic"), CONTESTS[name]
    colleagues = {of: colleague_of(getattr(clinic.cast, of)) for of in ("clara", "tess")}
    for number in range(ROUNDS[connection.vendor]):
        row = contest.ready(clinic)
        referral = fresh(row if isinstance(row, Referral) else row.referral)
        blind = contest.from_scripts and number % 3 == 2
        seen, own = (None, None) if blind else (referral.version, row.version)
        outcomes = at_once(*contest.sides(row, clinic.cast, colleagues, seen, own))
        assert one_wins(outcomes), outcomes
        done = Event.objects.filter(referral=referral, kind__in=contest.kinds, version=referral.version)
        assert done.count() == 1
        assert fresh(referral).version == referral.version + 1
        open_ones = list(Consult.objects.open().filter(referral=referral).values_list("treatment", flat=True))
        assert len(open_ones) == len(set(open_ones)) <= 1
        assert (fresh(referral).state == "routed") == bool(open_ones)
