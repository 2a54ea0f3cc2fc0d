"""Two people drawn at random who differ in protected answers alone look the same to every member of staff without the grant.

All other answers are drawn too. A pair counts where holds and the urgencies of alerts are alike at every
step: these everybody sees. ``tests/treatments/test_non_interference.py`` has pairs made by hand, in a fuller clinic.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.conf import settings as of_clinic
from django.core import mail
from django.core.management import call_command
from django.test import TestCase
from django.urls import reverse
from hypothesis import HealthCheck, Phase, assume, given, seed, settings
from hypothesis import strategies as st

from intake import document
from intake.fields import FIELDS
from intake.models import Question, Submission
from intake.questionnaire import dangers
from intake.questionnaire.amendments import may_be_asked
from intake.questionnaire.intake import INTAKE
from tests import proving, servers
from tests.conftest import GROUP_OF, RECORD, Clinic, all_read, fresh, release_hold
from tests.documents import ABSENT, ANSWERS, documents, with_changes
from tests.treatments.rota import with_mail
from tests.treatments.test_non_interference import (
    DESK,
    LIST,
    NOW,
    TEAM,
    Protected,
    World,
    build,
    first_difference,
    read,
    without_the_grant,
)
from treatments.models import Alert, OnCallNotice, Referral
from treatments.reading.redaction import GRANTS, Redaction
from treatments.rules.engine import assess
from treatments.triage.questions import ask_patient
from treatments.triage.routing import route
from treatments.workflow import Refused
from treatments.workflow.actions.table import REFERRAL_ACTIONS

__all__ = ["build", "without_the_grant"]  # fixtures

PARTS = proving.pick(1, 8)  # in processes of their own, each with its own seed
ROLES = [role for role in GROUP_OF if role != "carl"]  # whose rights are Cora's
PROTECTED = [field.path for field in FIELDS if field.reader in GRANTS]
ASKED = "history.episode_months"  # beside protected ones, so that everybody sees a question


def answers() -> st.SearchStrategy[dict]:
    """What somebody may say of all that is protected; ABSENT for what they left out."""
    return st.fixed_dictionaries({path: st.one_of(st.just(ABSENT), ANSWERS[path]) for path in PROTECTED})


def seen_by_all(told: dict) -> tuple:
    """What everybody sees of these answers: the level of the hold, and how urgent their alerts are."""
    said = document.answers_of(told)
    rung = dangers.dangers_in(dangers.DANGERS, said, dangers.fields_in(said))
    return assess(told)["hold"]["level"], sorted(danger.urgency for danger in rung)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[dict, Protected, Protected]:
    """A document, and two who differ in what they say of protected things first, and later when asked again."""
    base = draw(documents())
    assume(document.validate(base) == [])

    def kind(said: tuple[dict, dict]) -> tuple:
        first = with_changes(base, **said[0])
        return seen_by_all(first), seen_by_all(with_changes(first, **said[1]))

    drawn = draw(st.lists(st.tuples(answers(), answers()), min_size=12, max_size=12))
    alike = [each for each in drawn if kind(each) == kind(drawn[0]) and each[0] != drawn[0][0]]
    assume(alike)
    one, other = (Protected(first, {}, later) for first, later in (drawn[0], alike[0]))
    return base, one, other


class Person(World):
    """One person's form, new, asked again and answered, routed and accepted; and a draft that was left."""

    def __init__(self, base: dict, clinic: Clinic, capture: Callable, protected: Protected):
        self.clinic, self.capture, self.protected, self.cast = clinic, capture, protected, clinic.cast
        self.base = with_changes(base, **protected.quiet)
        self.steps: list[tuple] = []
        self.refused: list[str] = []
        self.step(self.arrive)
        self.held = self.in_review = self.answered = self.step(self.arrive)
        self.step(self.claimed_and_asked, self.answered)
        self.step(self.amended)
        self.routed = self.step(self.arrive)
        self.step(self.walked, self.routed)
        self.step(self.left)
        self.told()

    def step(self, walk: Callable, *about: Referral):
        """Do it, a minute after the one before, and note what everybody sees after it."""
        with time_machine.travel(NOW + timedelta(minutes=len(self.steps)), tick=False):
            done = walk(*about)
        levels = list(Referral.objects.order_by("pk").values_list("hold", flat=True))
        alerts = [
            sorted(Counter(alarm.urgency for alarm in alert.in_order()).items())
            for alert in Alert.objects.order_by("pk")
        ]
        self.steps.append((levels, sorted(alerts)))
        return done

    def arrive(self) -> Referral:
        with TestCase.captureOnCommitCallbacks(execute=True):
            submission = Submission.from_document(self.base, Submission.Source.PAPER)
        return Referral.objects.get(submission=submission)

    def claimed_and_asked(self, referral: Referral) -> None:
        self.clinic.a_referral = lambda: referral
        self.clinic.in_review()
        current = referral.submission.current
        fields = [field.path for field in FIELDS if field.path in PROTECTED]
        asked = [path for path in fields if may_be_asked(_field(path), current, of_clinic.SUICIDE_SCREEN)]
        self.attempt(
            lambda: ask_patient(
                referral=fresh(referral), actor=self.cast.cora, fields=[*asked, ASKED], message="?"
            )
        )

    def amended(self) -> None:
        question = Question.open_of(fresh(self.answered).submission)
        if question:
            own = {
                path: value
                for path, value in self.protected.later.items()
                if path in question.fields and value is not ABSENT
            }
            with self.capture(execute=True):
                question.answer({**own, ASKED: 9})

    def walked(self, referral: Referral) -> None:
        self.clinic.a_referral = lambda: referral
        self.clinic.in_review()
        if fresh(referral).hold != "none":
            self.attempt(
                lambda: release_hold(referral=fresh(referral), actor=self.cast.clara, recorded=RECORD)
            )

        def to_all() -> None:
            read_so_far = all_read(self.cast.cora, referral)
            route(
                referral=fresh(referral),
                actor=self.cast.cora,
                treatments=[*TEAM.values()],
                reason="fits",
                read=read_so_far,
            )

        self.attempt(to_all)
        for consult in referral.consults.order_by("pk"):
            self.clinic.move(consult, "accepted")

    def left(self) -> None:
        """Somebody gave a name, then what they say of alcohol and drugs, and went away."""
        draft = Submission.objects.create()
        Submission.save_page(draft.pk, INTAKE.by_slug["name"], {"about": {"first_name": "Draft"}})
        said = {
            path.split(".")[1]: value for path, value in self.protected.quiet.items() if value is not ABSENT
        }
        for slug in ("alcohol", "drugs"):
            own = {field.key: said[field.key] for field in INTAKE.by_slug[slug].fields if field.key in said}
            Submission.save_page(draft.pk, INTAKE.by_slug[slug], {"substances": own})

    def attempt(self, action: Callable[[], object]) -> None:
        """What is refused says the same in the same words."""
        try:
            action()
        except Refused as sentence:
            self.refused.append(str(sentence))

    def told(self) -> None:
        """The tick: what leaves by mail and by webhook."""
        mail.outbox.clear()
        with servers.receiver() as receiver:
            of_clinic.ON_CALL_WEBHOOK = receiver.url
            with self.capture(execute=True):
                call_command("tick", "--once")
            self.posted = receiver.got
        self.mailed = [(each.to, each.subject, each.body) for each in mail.outbox]

    def tried(self, referral: Referral) -> tuple | dict:
        return REFERRAL_ACTIONS if referral == self.answered else ("route", "assess_risk")

    def addresses(self, role: str) -> Iterator[str]:
        if role in DESK or role in TEAM:
            yield from super().addresses(role)
            return
        yield "/admin/"
        if role == "olive":
            yield from (
                reverse(f"admin:treatments_event_{page}") for page in ("changelist", "volume", "people")
            )
            yield from (f"/admin/treatments/event/?p={page}" for page in range(2))
        if role == "adam":
            for kind, rows in (
                ("intake_submission", Submission),
                ("intake_outgoingmail", None),
                ("treatments_oncallnotice", OnCallNotice),
            ):
                yield reverse(f"admin:{kind}_changelist")
                for row in (
                    rows.objects.order_by("pk").values_list("pk", flat=True)[:4]
                    if rows is OnCallNotice
                    else ()
                ):
                    yield reverse(f"admin:{kind}_change", args=[row])

    def attempts(self, role: str) -> Iterator[tuple[str, dict]]:
        if role != "cora":
            return
        for key in TEAM.values():
            yield f"{LIST}{self.answered.pk}/route/", {"treatments": [key], "reason": ""}
        for path in (*PROTECTED, ASKED):
            yield f"{LIST}{self.answered.pk}/ask_patient/", {"fields": [path], "message": "?"}


def _field(path: str):
    return next(field for field in FIELDS if field.path == path)


def everything(world: Person) -> dict[str, str]:
    """All that staff without the grant can read of this clinic, by role and address, and what left it."""
    said = {"mail": repr(world.mailed), "on-call posts": repr(world.posted), "refusals": repr(world.refused)}
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        for role in ROLES:
            said |= {f"{role} {address}": text for address, text in read(world, role, set()).items()}
    return said


class NotAlike(Exception):
    """Everybody may see that these two differ: a hold, or an alert."""


@pytest.fixture
def difference(build, cast, without_the_grant, settings):
    """(Where the two differ first, or "", and how many texts were compared) of a base and a pair."""
    settings.SENDS_MAIL, settings.ON_CALL_EMAIL = True, "on-call@clinic.example"
    with_mail(cast.clara, cast.cora)

    def found(base: dict, one: Protected, other: Protected) -> tuple[str, int]:
        with build(one, partial(Person, base)) as world:
            steps, first = world.steps, everything(world)
        with build(other, partial(Person, base)) as world:
            if world.steps != steps:
                raise NotAlike
            second = everything(world)
        if list(first) != list(second):
            return f"other addresses: {set(first) ^ set(second)}", len(first)
        for address, said in first.items():
            if said != second[address]:
                return f"{address}\n{first_difference(said, second[address])}", len(first)
        return "", len(first)

    return found


def drawn(number: int, part: int, each: Callable) -> None:
    """Call ``each(base, one, other)`` for so many pairs."""

    @seed(proving.SEED + part)
    @settings(
        max_examples=number,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(pairs())
    def try_one(pair: tuple) -> None:
        try:
            each(*pair)
        except NotAlike:
            assume(False)

    try_one()


@pytest.mark.anywhere
@pytest.mark.walk
@pytest.mark.parametrize("part", range(PARTS))
def test_two_drawn_at_random_look_the_same_to_all_staff_without_the_grant(part, difference):
    number = -(-proving.times(1, 1000) // PARTS)
    counted, progress = Counter(), proving.Progress(f"pairs of part {part}", number)

    def each(base: dict, one: Protected, other: Protected) -> None:
        where, texts = difference(base, one, other)
        assert where == "", where
        counted["pairs"] += 1
        counted["texts"] += texts
        progress.step()

    drawn(number, part, each)
    assert counted["pairs"] >= number * 0.9
    proving.figure("{n:,} pairs drawn at random that look alike to everybody", counted["pairs"])
    proving.figure("{n:,} pages, files and texts of each of two: 0 differ", counted["texts"])


class Found(Exception):
    """The planted hole was seen."""


@pytest.mark.anywhere
@pytest.mark.walk
def test_the_control_one_unmasked_answer_is_found(difference, monkeypatch):
    real, path = Redaction.may_read, "substances.audit_c"
    monkeypatch.setattr(
        Redaction, "may_read", lambda self, asked: asked.startswith(path) or real(self, asked)
    )
    tried = Counter()

    def each(base: dict, one: Protected, other: Protected) -> None:
        tried["pairs"] += 1
        if difference(base, one, other)[0]:
            raise Found

    with pytest.raises(Found):
        drawn(10, 0, each)
    proving.control(f"{path} unmasked: seen at pair {tried['pairs']}")
