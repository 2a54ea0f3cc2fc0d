"""Two people whose protected answers alone differ look the same to whoever may not read those answers.

The same world is built twice, at the same moment and with the same references, and every page, print, list,
export and snapshot of it is read by staff without the grant: byte for byte they are the same.
"""

import io
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from itertools import count

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management.color import no_style
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve
from openpyxl import load_workbook

from intake.fields import FIELDS, Reader
from intake.models import Question, Submission
from intake.questionnaire import dangers
from intake.questionnaire.intake import INTAKE
from tests.conftest import RECORD, SAME_DAY, Clinic, fresh, release_hold
from tests.documents import ABSENT
from tests.treatments import papers, payer
from tests.treatments.test_access import SEES
from treatments.models import Alert, Consult, Referral
from treatments.reading.redaction import GRANTS, WITHOUT_GRANTS, redaction_for
from treatments.rules.criteria import RULES
from treatments.triage.coverage import set_coverage
from treatments.triage.questions import ask_patient
from treatments.workflow.actions.coverage import ASKED_OF_PAYERS
from treatments.workflow.actions.table import BY_TEAMS, CONSULT_ACTIONS, REFERRAL_ACTIONS

NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)  # a Wednesday morning in New York
LIST = "/admin/treatments/referral/"
ALERTS = "/admin/treatments/alert/"
PACKS_PAGES = ("/admin/treatments/packreview/", "/admin/treatments/packreview/AETNA-TMS/")
DESK = ("cora", "clara")
TEAM = {"tess": "tms", "sam": "spravato", "pia": "psychotherapy"}
WITHDRAWAL, STOPPED = "substances.withdrawal_symptoms", "substances.stopped_heavy_use_last_7_days"
# A rule waits for this answer, unless a protected one makes it fire.
SLEEP = {"history.sleep_under_4h": "not_sure"}
SPOKEN_OF = (
    "substances.audit_c",
    "substances.drug_use_past_year",
    "substances.past_substance_use_disorder",
    "substances.substance_use_disorder_now",
    "substances.ketamine_misuse_now",
    "substances.recent_binge",
    "substances.cannabis",
)


@dataclass(frozen=True)
class Protected:
    """What one person says of alcohol and drugs: ``held`` where it holds them, ``later`` when asked again."""

    quiet: dict[str, object]
    held: dict[str, object]
    later: dict[str, object]


SOBER = Protected(
    dict(zip(SPOKEN_OF, ([0, 0, 0], 0, "no", "no", "no", "no", "never"), strict=True)),
    {WITHDRAWAL: "yes", STOPPED: "no"},
    {WITHDRAWAL: "no", STOPPED: "no"},
)
DRINKS = Protected(
    dict(zip(SPOKEN_OF, ([4, 4, 4], 4321, "yes", "yes", "yes", "yes", "daily"), strict=True)),
    {WITHDRAWAL: "no", STOPPED: "yes"},
    {WITHDRAWAL: "no", STOPPED: "no"},
)
SILENT = Protected(
    dict.fromkeys(SPOKEN_OF, ABSENT),
    {WITHDRAWAL: "yes", STOPPED: ABSENT},
    {WITHDRAWAL: "no", STOPPED: "not_sure"},
)


class World:
    """A clinic whose people all say the same but for what ``protected`` tells."""

    def __init__(self, clinic: Clinic, capture: Callable, protected: Protected):
        self.clinic, self.capture, self.protected = clinic, capture, protected
        self.cast = clinic.cast
        quiet, held = protected.quiet, protected.quiet | protected.held
        self.new = clinic.new(**quiet, **self.named("New"))
        self.sedated = clinic.new(
            **quiet, **self.named("Sedated"), **{"medicines.list": [{"drug": "klonopin"}]}
        )
        # Buprenorphine speaks against a no to past and present problems (D13), bupropion against withdrawal (D11).
        self.contradicting = clinic.new(
            **quiet,
            **self.named("Against"),
            **{"medicines.list": [{"drug": "Suboxone"}, {"drug": "Wellbutrin"}, {"drug": "quetiapine"}]},
        )
        self.held_without_consent = clinic.in_review(
            **held,
            **self.named("Unasked"),
            **{
                "consent.substance_use_agreed": "no",
                "medicines.list": [{"drug": "Wellbutrin"}, {"drug": "Suboxone"}],
            },
        )
        self.held = clinic.in_review(**held, **self.named("Held"))
        self.twice_held = clinic.in_review(**held, **self.named("Twice"), **SAME_DAY)
        self.released = clinic.in_review(**held, **self.named("Released"))
        release_hold(referral=self.released, actor=self.cast.clara, recorded=RECORD)
        self.routed = clinic.routed(*TEAM.values(), **held, **self.named("Routed"))
        for consult in self.routed.consults.order_by("pk"):
            clinic.move(consult, "accepted")
        self.in_review = clinic.in_review(**quiet, **self.named("Review"), **SLEEP)
        self.asked = self.ask(clinic.in_review(**quiet, **self.named("Asked")), "substances.recent_binge")
        self.answered = self.ask(clinic.in_review(**held, **self.named("Answered")), WITHDRAWAL, STOPPED)
        with capture(execute=True):
            answers = protected.later | {"history.episode_months": 9}
            Question.open_of(self.answered.submission).answer(answers)
        self.closed = clinic.closed(**quiet, **self.named("Closed"))
        papers.letter_on(self.closed, self.cast.cora)
        for name, treatment in TEAM.items():
            consult = self.routed.consults.get(treatment=treatment)
            papers.print_one_of(consult, getattr(self.cast, name))
        for referral in (self.held, self.in_review, self.routed):
            packs = {"tms": "AETNA-TMS"} if referral == self.held else {}
            set_coverage(referral=fresh(referral), actor=self.cast.cora, payer="aetna", packs=packs)
            payer.seen(referral, clinic)
        self.draft()

    def named(self, name: str) -> dict[str, str]:
        return {
            "about.first_name": name,
            "about.phone": f"+1 212 555 {name}",
            "about.email": f"{name}@example.org",
        }

    def ask(self, referral: Referral, *fields: str) -> Referral:
        paths = [*fields, "history.episode_months"]
        ask_patient(referral=referral, actor=self.cast.cora, fields=paths, message="We have a question.")
        return fresh(referral)

    def draft(self) -> None:
        """Somebody gave a name, then an unsafe answer, and went away."""
        draft = Submission.objects.create()
        Submission.save_page(draft.pk, INTAKE.by_slug["name"], {"about": {"first_name": "Draft"}})
        own = {
            path.split(".")[1]: value for path, value in self.protected.held.items() if value is not ABSENT
        }
        Submission.save_page(draft.pk, INTAKE.by_slug["drugs"], {"substances": own})

    def addresses(self, role: str) -> Iterator[str]:
        """All that this member of staff may open: pages, prints, lists with their filters, exports, snapshots."""
        yield "/admin/"
        yield "/admin/treatments/"
        if role in DESK:
            yield from self.of_the_desk()
        else:
            yield from self.of_a_team(f"/admin/treatments/{TEAM[role]}consult/")

    def of_the_desk(self) -> Iterator[str]:
        filters = [
            "",
            "?q=example",
            "?show=all",
            "?show=all&hold__exact=urgent",
            "?show=mine",
            "?show=all&payer=us",
        ]
        filters += [f"?show=all&supported={key}" for key in TEAM.values()]
        yield from (LIST + question for question in filters)
        yield from (f"{LIST}export/{form}/{question}" for form in ("csv", "xlsx") for question in filters[2:])
        yield from (ALERTS + question for question in ("", "?show=all", "?urgency=urgent"))
        yield from (
            f"{ALERTS}{alert.number}/"
            for alert in sorted(Alert.objects.all(), key=lambda alert: alert.number)
        )
        yield "/admin/figures/"
        yield from PACKS_PAGES
        yield from ("/admin/treatments/queuesetting/", "/admin/treatments/queuesetting/tms/", f"{LIST}enter/")
        for referral in Referral.objects.order_by("pk"):
            yield from (
                f"{LIST}{referral.pk}/{end}"
                for end in ("", "next/", "brief/", "payer/", "papers/", "print/", "document/")
            )
            yield from (f"{LIST}{referral.pk}/then/{event}/" for event in self.kept(referral.events))
            yield from (f"{LIST}{referral.pk}/paper/{paper.pk}/" for paper in referral.printedpapers.all())
            yield from (f"{LIST}{referral.pk}/{action}/" for action in self.tried(referral))
        yield f"{LIST}{self.in_review.pk}/route_here/"

    def tried(self, referral: Referral) -> Iterable[str]:
        """All actions of one referral; of the others those whose pages show findings, holds or questions."""
        if referral == self.held:
            return REFERRAL_ACTIONS
        return ("route", "ask_patient", "assess_risk") if referral in (self.in_review, self.answered) else ()

    def of_a_team(self, queue: str) -> Iterator[str]:
        yield from (queue, f"{queue}?show=all", f"{queue}?q=example", f"{queue}?show=completed")
        yield f"{queue}visits/"
        yield from PACKS_PAGES if self.treatment_of(queue) in ASKED_OF_PAYERS else ()
        yield from ("/admin/treatments/queuesetting/", "/admin/treatments/queuesetting/tms/")
        treatment = self.treatment_of(queue)
        for consult in Consult.objects.filter(treatment=treatment).order_by("pk"):
            payer = ("payer/",) if treatment in ASKED_OF_PAYERS else ()
            yield from (f"{queue}{consult.pk}/{end}" for end in ("", "brief/", "papers/", *payer))
            yield from (
                f"{queue}{consult.pk}/paper/{paper.pk}/" for paper in consult.referral.printedpapers.all()
            )
            yield from (f"{queue}{consult.pk}/{action}/" for action in CONSULT_ACTIONS | BY_TEAMS)
            yield from (f"{queue}{consult.pk}/then/{event}/" for event in self.kept(consult.events))

    def treatment_of(self, queue: str) -> str:
        return queue.split("/")[3].removesuffix("consult")

    def kept(self, events) -> list[int]:
        return list(events.filter(assessment__isnull=False).order_by("pk").values_list("pk", flat=True))

    def attempts(self, role: str) -> Iterator[tuple[str, dict]]:
        """What a coordinator may try whose outcome could tell of an answer."""
        if role != "cora":
            return
        for key in TEAM.values():
            yield f"{LIST}{self.in_review.pk}/route/", {"treatments": [key], "reason": ""}
        for field in (*SPOKEN_OF, "history.episode_months"):
            yield f"{LIST}{self.in_review.pk}/ask_patient/", {"fields": [field], "message": "?"}


# --- Reading it all -----------------------------------------------------------------------------------------


def said_by(response: HttpResponse) -> str:
    """Status, headers that say something, and the body; tokens of forms are new on every page."""
    heads = {name: response.get(name, "") for name in ("Content-Type", "Content-Disposition", "Location")}
    body = b"".join(response) if response.streaming else response.content
    if "spreadsheet" in heads["Content-Type"]:
        rows = load_workbook(io.BytesIO(body)).active.iter_rows(values_only=True)
        return f"{response.status_code} {heads}\n" + "\n".join(map(str, rows))
    text = re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", body.decode())
    return f"{response.status_code} {heads}\n{text}"


def read(world: World, role: str, names: set[str]) -> dict[str, str]:
    """What every address of this member of staff says; ``names`` takes the names of their patterns."""
    client = Client(raise_request_exception=False)
    client.force_login(getattr(world.cast, role))
    session = client.cookies["sessionid"].value
    said = {}
    for address in world.addresses(role):
        said[address] = undone(client, session, lambda address=address: said_by(client.get(address)))
        assert said[address][:3] < "500", address
        names.add(resolve(address.split("?")[0]).url_name)
    for address, body in world.attempts(role):

        def attempt(address: str = address, body: dict = body) -> str:
            form = client.get(address).context["form"]
            hidden = {field.html_name: field.value() for field in form.hidden_fields()}
            return said_by(client.post(address, {**hidden, **body}))

        said[f"{address} {body}"] = undone(client, session, attempt)
    return said


def undone(client: Client, session: str, visit: Callable[[], str]) -> str:
    """Nothing that the visit leaves behind is seen by the next one."""
    with transaction.atomic():
        said = visit()
        transaction.set_rollback(True)
    client.cookies["sessionid"] = session
    return said


@pytest.fixture
def build(clinic, django_capture_on_commit_callbacks, monkeypatch) -> Callable:
    """``with build(protected) as world``: the same but for that, each time anew in the same database.

    ``kind`` makes another world than the one of this file, of the same three.
    """

    @contextmanager
    def built(protected: Protected, kind: Callable = World) -> Iterator[World]:
        numbers = count(2000)
        monkeypatch.setattr(
            "intake.models.reference.new_reference", lambda: f"KKKK-{next(numbers)}".replace("2", "W")
        )
        # PostgreSQL goes on counting after a rollback, also of other tests.
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
                cursor.execute(statement)
        with time_machine.travel(NOW, tick=False), transaction.atomic():
            yield kind(clinic, django_capture_on_commit_callbacks, protected)
            transaction.set_rollback(True)

    return built


@pytest.fixture
def without_the_grant(cast) -> None:
    """A clinic whose coordinators, clinicians and teams may not read substance-use answers."""
    codenames = [permission.removeprefix("treatments.") for permission in GRANTS.values()]
    for group in Group.objects.all():
        group.permissions.remove(*Permission.objects.filter(codename__in=codenames))


def first_difference(one: str, other: str) -> str:
    place = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return f"{one[max(0, place - 200) : place + 200]!r}\n--- and ---\n{other[max(0, place - 200) : place + 200]!r}"


# --- What may stand nowhere ---------------------------------------------------------------------------------

# Said by DRINKS, or of it: what the walk of those with the grant must find, and no other.
CANARIES = {
    Reader.SUBSTANCE_USE: {
        *("4321", "AUDIT-C", "Drug item", "substances.audit_c", "E11", "E12", "S13"),
        "Stopped heavy use in the last 7 days",
        str(next(field.question for field in FIELDS if field.path == "substances.drug_use_past_year")),
    },
}


def secrets_of(reader: Reader) -> set[str]:
    """The canaries, and from data: the paths and questions, dangers and rules that are this reader's alone."""
    own = [field for field in FIELDS if field.reader is reader]
    paths = {field.path for field in own}
    titles = {str(danger.title) for danger in dangers.DANGERS if paths & set(danger.paths)}
    rules = {rule.id for rule in RULES if not any(map(WITHOUT_GRANTS.may_read, rule.reads))}
    questions = {str(part.question) for field in own for part in (field, *field.parts)}
    return CANARIES[reader] | paths | questions | titles | rules


def found_in(said: dict[str, str], words: set[str]) -> set[tuple[str, str]]:
    """(address, word) of each of ``words`` that stands there as a word of its own."""
    patterns = {word: re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])") for word in words}
    # What was tried (its body follows the address) may be said back to who tried it.
    plain = {address: unescape(text) for address, text in said.items() if " " not in address}
    return {
        (address, word)
        for address, text in plain.items()
        for word, pattern in patterns.items()
        if pattern.search(text)
    }


LEFT_OUT = "Findings that rest on answers you may not read are left out."
OF_A_REFERRAL = re.compile(r"(referral|consult)/\d+/((brief|print|route|accept|assess_risk)/|then/\d+/)?$")


def unsaid_in(said: dict[str, str]) -> list[str]:
    """The pages of a referral that do not say, once, that something may be left out."""
    pages = {address for address, text in said.items() if text[:3] == "200" and OF_A_REFERRAL.search(address)}
    assert pages
    return sorted(address for address in pages if said[address].count(LEFT_OUT) != 1)


# --- The walks ----------------------------------------------------------------------------------------------


@pytest.mark.anywhere
@pytest.mark.walk
@pytest.mark.parametrize("role", [*DESK, *TEAM])
def test_non_interference_of_protected_answers(role, build, without_the_grant):
    """Nothing differs, no canary stands anywhere, and every referral says that something may be left out."""
    names: set[str] = set()
    with build(SOBER) as world:
        holds = list(Referral.objects.order_by("pk").values_list("hold", flat=True))
        sober = read(world, role, names)
    for protected in (DRINKS, SILENT):
        with build(protected) as world:
            assert list(Referral.objects.order_by("pk").values_list("hold", flat=True)) == holds
            other = read(world, role, names)
        assert list(other) == list(sober)
        for address, said in other.items():
            if said != sober[address]:
                pytest.fail(f"{address}\n{first_difference(sober[address], said)}")
    for reader in GRANTS:
        assert found_in(sober, secrets_of(reader)) == set()
    assert unsaid_in(sober) == []
    elsewhere = {"login", "jsi18n", "password_change", "password_change_done"}
    elsewhere |= {
        "treatments_referral_keys",
        "treatments_referral_notices",
        "treatments_referral_views",
    }  # a page of keys, one's own views and how often mail comes
    elsewhere |= {"account_reauthenticate", "mfa_index", "mfa_list_webauthn"}  # one's own second factors
    assert {name for name, who in SEES.items() if role in who} - elsewhere <= names


@pytest.mark.anywhere
@pytest.mark.walk
def test_non_interference_is_not_for_those_with_the_grant(build):
    """Else the walk would pass whatever is masked: they see how two people differ, and every canary."""
    with build(SOBER) as world:
        sober = read(world, "cora", set())
    with build(DRINKS) as world:
        drinks = read(world, "cora", set())
    differ = {
        resolve(re.split("[? ]", address)[0]).url_name
        for address in sober
        if sober[address] != drinks[address]
    }
    assert differ >= {
        *("treatments_referral_changelist", "treatments_referral_change", "treatments_referral_brief"),
        *("treatments_referral_print", "treatments_referral_document", "treatments_referral_export"),
        *("treatments_referral_then", "treatments_referral_action"),
        *("treatments_alert_changelist", "treatments_alert_change"),
    }
    assert CANARIES.keys() == GRANTS.keys()
    for canaries in CANARIES.values():
        assert {word for _address, word in found_in(drinks, canaries)} == canaries
    assert [address for address, text in drinks.items() if LEFT_OUT in text] == []


# --- What is said in place of what is left out ----------------------------------------------------------------


def test_a_hold_by_a_protected_answer_shows_its_level_and_words_in_place_of_its_rule(
    clinic, without_the_grant, signed_in
):
    referral = clinic.new(**{STOPPED: "yes"})
    assert (referral.hold, referral.hold_rules) == ("urgent", ["S13"])
    client = signed_in(clinic.cast.cora)
    for end in ("", "brief/", "print/"):
        page = client.get(f"{LIST}{referral.pk}/{end}").content.decode()
        assert "Urgent" in page and "S13" not in page, end
        assert "a protected answer: ask a clinician" in page, end
    alert = Alert.objects.get()
    for address in (ALERTS, f"{ALERTS}{alert.number}/"):
        page = client.get(address).content.decode()
        assert "A safety answer that you may not read: ask a clinician" in page and "Urgent" in page


def test_a_finding_that_a_readable_answer_gives_too_stays_and_names_that_answer_alone(clinic):
    referral = clinic.new(**DRINKS.quiet, **{"medicines.list": [{"drug": "klonopin"}]})

    def of(redaction) -> dict[str, list[str]]:
        spravato = redaction.assessment(referral)["treatments"]["spravato"]
        return {finding["rule"]: finding["answers"] for finding in spravato["findings"]}

    assert "substances.audit_c[0]" in of(redaction_for(clinic.cast.cora))["E10"]
    assert of(WITHOUT_GRANTS)["E10"] == ["medicines.list"]
    assert not {"E11", "E12"} & set(of(WITHOUT_GRANTS))
