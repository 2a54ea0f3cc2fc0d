"""As many invented people as a list must bear, written straight into the tables: for measuring, never for a clinic.

No action is done and no rule runs for each of them: the pictures of the demonstration are assessed once, and
every person of the crowd has the answers and the assessment of one of them, under a name of their own.
"""

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count, product
from random import Random

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.core.management.color import no_style
from django.db import connection, models, transaction

from intake import document
from intake.fields.lookup import age_on
from intake.models import Channel, Submission
from intake.models.reference import REFERENCE_ALPHABET
from treatments.catalog import TREATMENTS
from treatments.demo.documents import document_for
from treatments.demo.people import PEOPLE
from treatments.demo.tables import Table, indexes_made_at_the_end, sealed_answers
from treatments.models import Consult, Event, Referral, Visit
from treatments.models.visit import over_at
from treatments.reading.redaction import WITHOUT_GRANTS
from treatments.rules.engine import assess
from treatments.search import phone_digits, words_of
from treatments.triage.assessment import columns
from treatments.triage.payer_state import COLUMNS, WITHOUT_PAYER
from treatments.workflow import CLOSE_REASONS, OUTCOMES, ConsultState, Hold, ReferralState
from treatments.workflow.actions.assignment import CLAIM
from treatments.workflow.events import RECEIVED
from treatments.workflow.findings import findings_of

CHUNK = 10_000  # people written in one transaction
YEARS = 3  # since the first of them wrote
COLLEAGUES = 38  # coordinators besides those of the demonstration
# Of a thousand referrals: most are done with, as after years of work.
STATES = (
    (ReferralState.NEW, 6),
    (ReferralState.IN_REVIEW, 9),
    (ReferralState.AWAITING_PATIENT, 5),
    (ReferralState.ROUTED, 20),
    (ReferralState.CLOSED, 960),
)
FIRST = ("Ada", "Benno", "Carla", "Dario", "Edda", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kira", "Leon", "Mina",
         "Nils", "Orla", "Pablo", "Quinn", "Rosa", "Sami", "Tilda", "Umar", "Vida", "Wanda", "Xaver", "Yara", "Zeno")  # fmt: skip
STEMS = ("Alder", "Birke", "Corma", "Delph", "Ester", "Falk", "Grann", "Hollo", "Inver", "Jarro", "Kelm", "Lorne",
         "Marlo", "Norva", "Oster", "Pelli", "Quarn", "Rundo", "Solva", "Tarno", "Ulver", "Velda", "Winno", "Yendo")  # fmt: skip
MIDDLES = ("an", "be", "cor", "di", "el", "fa", "gon", "hi", "is",
           "ka", "lo", "mun", "ne", "or", "ri", "ster")  # fmt: skip
ENDINGS = ("berg", "dale", "ford", "hart", "ley", "man", "mere", "quist", "sen", "son", "stead", "wick")
# What stands in a picture's answers until a person's own words take its place.
FIRST_NAME, LAST_NAME, PHONE, EMAIL, BIRTH, DAY = (f"\ue000{number}" for number in range(6))


@dataclass(frozen=True, slots=True)
class Picture:
    """``answers`` is JSON with marks for the person's own words; ``stored`` the columns of its assessment."""

    answers: str
    language: str
    age: int
    stored: Mapping
    hold: Mapping


def pictures(day: date) -> list[Picture]:
    """What the people of the demonstration answered, assessed."""
    found = []
    for person in PEOPLE:
        parsed = document_for(person, day)
        dated = "bp_date" in parsed["health"]
        parsed["health"] |= {"bp_date": day.isoformat()} if dated else {}  # nobody here has an old reading
        for trial, month in product(parsed["antidepressants"].get("trials", ()), ("started", "stopped")):
            trial.pop(month, None)  # each is sent on another day
        assessment = assess(parsed)
        stored = {**columns(assessment), "findings_masked": findings_of(WITHOUT_GRANTS.judge(parsed))}
        age = age_on(date.fromisoformat(parsed["about"]["date_of_birth"]), day)
        parsed["about"] |= {
            "first_name": FIRST_NAME,
            "last_name": LAST_NAME,
            "phone": PHONE,
            "email": EMAIL,
            "date_of_birth": BIRTH,
        }
        parsed["consent"]["signed_on"] = DAY
        parsed["health"] |= {"bp_date": DAY} if dated else {}
        answers = json.dumps(document.answers_of(parsed), ensure_ascii=False)
        found.append(Picture(answers, person.language, age, stored, assessment["hold"]))
    return found


def more_coordinators() -> list[int]:
    """The keys of the colleagues whom a million referrals take; none of them can sign in."""
    group = Group.objects.get(name="Coordinators")
    found = []
    for number in range(1, COLLEAGUES + 1):
        person, _made = User.objects.get_or_create(
            username=f"colleague-{number}",
            defaults={
                "first_name": "Colleague",
                "last_name": str(number),
                "password": make_password(None),
                "is_staff": True,
            },
        )
        person.groups.add(group)
        found.append(person.pk)
    return found


def _last(model: type[models.Model]) -> int:
    return model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0


class Crowd:
    """Writes invented people as if they had come up to ``now``: the same ones into the same empty database."""

    def __init__(self, staff: Mapping[str, User], now: datetime):
        self.now = now
        self.coordinators = [staff["cora"].pk, staff["carl"].pk, *more_coordinators()]
        self.pictures = pictures(now.date())
        self.submissions, self.referrals = Table(Submission), Table(Referral)
        self.consults, self.visits, self.events = Table(Consult), Table(Visit), Table(Event)
        self.references = set(Referral.objects.values_list("reference", flat=True))
        self.keys = {model: count(_last(model) + 1) for model in (Referral, Consult, Visit, Event)}
        self.random = Random(_last(Referral))  # nosec B311 # noqa: S311 nothing secret comes of it

    def come(self, number: int, on_written: Callable[[int, int], None]) -> None:
        with indexes_made_at_the_end(Submission, Referral, Consult, Event):
            for start in range(0, number, CHUNK):
                many = min(CHUNK, number - start)
                for _ in range(many):
                    self._person()
                self._write()
                on_written(start + many, number)

    @transaction.atomic
    def _write(self) -> None:
        for table in (self.submissions, self.referrals, self.consults, self.visits, self.events):
            table.write()
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(self.keys)):
                cursor.execute(statement)

    def _person(self) -> None:
        picture, state = self.random.choice(self.pictures), self._state()
        sent = self._sent(state)
        submission = self._submission(picture, sent)
        self._referral(picture, state, sent, submission)

    def _state(self) -> ReferralState:
        return self.random.choices([state for state, _ in STATES], [weight for _, weight in STATES])[0]

    def _sent(self, state: ReferralState) -> datetime:
        days = {ReferralState.NEW: 4, ReferralState.CLOSED: 365 * YEARS}.get(state, 30)
        return self.now - timedelta(seconds=self.random.uniform(600, days * 86_400))

    def _name(self) -> tuple[str, str]:
        choice = self.random.choice
        return choice(FIRST), choice(STEMS) + choice(MIDDLES) + choice(ENDINGS)

    def _birth(self, age: int, day: date) -> date:
        """A birth date that makes the person ``age`` years old on ``day``."""
        return day.replace(year=day.year - age, day=min(day.day, 28)) - timedelta(
            days=self.random.randrange(360)
        )

    def _reference(self) -> str:
        while True:
            letters = "".join(self.random.choices(REFERENCE_ALPHABET, k=8))
            reference = f"{letters[:4]}-{letters[4:]}"
            if reference not in self.references:
                self.references.add(reference)
                return reference

    def _submission(self, picture: Picture, sent: datetime) -> dict:
        """Adds it and returns what the referral copies of it."""
        first, last = self._name()
        about = {
            "first_name": first,
            "last_name": last,
            # Of the numbers that are kept for invented people, in every area.
            "phone": f"+1 {self.random.randrange(201, 990)} 555 01{self.random.randrange(100):02}",
            "email": f"{first}.{last}.{self.random.randrange(1000)}@example.org".lower(),
            "date_of_birth": self._birth(picture.age, sent.date()).isoformat(),
        }
        answers = picture.answers
        marks = (FIRST_NAME, LAST_NAME, PHONE, EMAIL, BIRTH, DAY)
        for mark, answer in zip(marks, (*about.values(), sent.date().isoformat()), strict=True):
            answers = answers.replace(mark, answer)
        key, reference = uuid.UUID(int=self.random.getrandbits(128), version=4), self._reference()
        self.submissions.add(
            id=key,
            reference=reference,
            state=Submission.State.SUBMITTED.value,
            source=Submission.Source.DEMO.value,
            language=picture.language,
            **sealed_answers(key, answers),
            surname=about["last_name"],
            born_on=about["date_of_birth"],
            created_at=sent - timedelta(minutes=20),
            saved_at=sent,
            submitted_at=sent,
            submitted_on=sent.date(),
        )
        return {"key": key, "reference": reference, "about": about}

    def _referral(self, picture: Picture, state: ReferralState, sent: datetime, submission: dict) -> None:
        about, reference = submission["about"], submission["reference"]
        key = next(self.keys[Referral])
        at_the_desk = state in (ReferralState.NEW, ReferralState.IN_REVIEW)
        held = at_the_desk and picture.hold["level"] != Hold.NONE
        seen = min(sent + timedelta(hours=self.random.uniform(1, 72)), self.now)
        owner = None if state is ReferralState.NEW else self.random.choice(self.coordinators)
        waits = "none" if state is ReferralState.CLOSED else "us"
        given = {
            name: json.dumps(value) if isinstance(value, (list, dict)) else value
            for name, value in picture.stored.items()
        }
        self.referrals.add(
            id=key,
            submission_id=submission["key"],
            reference=reference,
            language=picture.language,
            channel=self.random.choice(Channel.values),
            **about,
            phone_digits=phone_digits(about["phone"]),
            search=words_of(reference, about),
            state=state.value,
            close_reason=self.random.choice(list(CLOSE_REASONS)) if state is ReferralState.CLOSED else "",
            owner_id=owner,
            **dict.fromkeys(("received_at", "waiting_since", "counted_since"), sent),
            chase_at=seen + timedelta(days=35) if state is ReferralState.AWAITING_PATIENT else None,
            answer_by=seen + timedelta(days=44) if state is ReferralState.AWAITING_PATIENT else None,
            paused_since=None if at_the_desk else seen,
            closed_at=seen if state is ReferralState.CLOSED else None,
            assessed_at=sent,
            hold=picture.hold["level"] if held else Hold.NONE.value,
            hold_rules=json.dumps(picture.hold["rules"] if held else []),
            **given,
            **dict.fromkeys(COLUMNS, json.dumps({**WITHOUT_PAYER, "waits": waits})),
        )
        self._event(key, RECEIVED.key, sent, to_state=ReferralState.NEW.value)
        if owner:
            self._event(key, CLAIM.key, seen, actor_id=owner, to_state=ReferralState.IN_REVIEW.value)
            for treatment in self._queues(state):
                self._consult(key, treatment, state, seen, owner)

    def _queues(self, state: ReferralState) -> list[str]:
        if state is ReferralState.ROUTED:
            return self.random.sample(list(TREATMENTS), self.random.choice((1, 1, 2)))
        done = state is ReferralState.CLOSED and self.random.random() < 0.4
        return [self.random.choice(list(TREATMENTS))] if done else []

    def _consult(self, referral: int, treatment: str, state: ReferralState, since: datetime, by: int) -> None:
        key, day = next(self.keys[Consult]), self.now.date() + timedelta(days=self.random.randrange(30))
        visit = Visit(day=day, until=over_at(day, None, None))
        now: dict[ConsultState, dict[str, object]] = {ConsultState.WAITING: {}}
        now[ConsultState.ACCEPTED] = {"target_from": since}
        now[ConsultState.BOOKED] = visit.first_of_consult
        stands = ConsultState.COMPLETED
        if state is ReferralState.CLOSED:
            more: dict[str, object] = {"outcome": self.random.choice(list(OUTCOMES)), "ended_at": since}
        else:
            stands = self.random.choice(list(now))
            more = now[stands]
        if stands is ConsultState.BOOKED:
            self.visits.add(id=next(self.keys[Visit]), consult_id=key, day=day, until=visit.until)
        self.consults.add(
            id=key,
            referral_id=referral,
            treatment=treatment,
            state=stands.value,
            priority=self.random.choices((0, 1, 2), (80, 15, 5))[0],
            opened_at=since,
            opened_by_id=by,
            **more,
        )

    def _event(self, referral: int, kind: str, at: datetime, **more) -> None:
        key = next(self.keys[Event])
        self.events.add(id=key, referral_id=referral, kind=kind, at=at, **more)
