"""What all tests share: the cast of people, referrals that walk the real way, and what a run leaves out."""

import gc
import io
import math
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.middleware import csrf
from django.test import Client, TestCase
from django.test.signals import setting_changed
from django.utils import timezone
from django.utils.crypto import get_random_string

from intake import document, locations
from intake.models import Message, Question, Submission
from tests import append_only, racing, removals
from tests.documents import with_changes, worked_example
from treatments.demo.actions import read_by
from treatments.models import QUEUES, Consult, Referral
from treatments.models.looked_up import look_again
from treatments.triage.assignment import claim
from treatments.triage.closing import close
from treatments.triage.consults import accept, book, complete, return_consult
from treatments.triage.questions import ask_patient
from treatments.triage.risk import assess_risk
from treatments.triage.routing import route, withdraw
from treatments.workflow.risk import PARTS

# --- What a run leaves out -----------------------------------------------------------------------

LEFT_OUT = {
    "browser": "browser tests (make test-browser)",
    "postgres": "PostgreSQL tests (make test-postgres)",
    "sqlite": "tests of what SQLite alone does (make test)",
    "rxnav": "look-ups in RxNav (make check-rxcuis)",
    "deploy": "tests of a clinic's machine (make test-deploy)",
    "asking": "tests that ask no database (make test)",
}
DATABASE = {"db", "transactional_db", "django_db_setup"}  # fixtures
left_out: pytest.StashKey[Counter] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--browser", action="store_true", help="run the tests that drive a real browser too")
    parser.addoption("--rxnav", action="store_true", help="run the tests that ask RxNav over the network too")
    parser.addoption("--asking", action="store_true", help="leave out the tests that ask no database")
    parser.addoption(
        "--deploy", action="store_true", help="run those that need nginx, systemd and PostgreSQL too"
    )


# The one that tests seal with; processes that a test starts find it in their environment.
SEALING_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
os.environ["SEALING_KEYS"] = SEALING_KEY


def pytest_configure(config: pytest.Config) -> None:
    settings.SEALING_KEYS = (SEALING_KEY,)
    # A slow hash protects passwords that are worth something; the cast's are not.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.FAULT_COUNTS = Path(tempfile.mkdtemp(), "faults")  # those of tests count for nobody
    config.addinivalue_line("filterwarnings", "ignore:No directory at:UserWarning")  # nothing was collected
    append_only.let_tests_flush()
    removals.hold_to_rights()
    # A page's secret against forgery is 64 letters: by chance it spells a short word that a test says is not there.
    # These two are all that adding one such secret to another can give, so no page of a test holds other letters.
    csrf._get_new_csrf_string = lambda: get_random_string(csrf.CSRF_SECRET_LENGTH, "aF")
    # A server's settings stand still; a test's do not.
    setting_changed.connect(lambda **_setting: locations.from_environment.cache_clear(), weak=False)
    config.stash[left_out] = Counter()


def pytest_collection_finish(session: pytest.Session) -> None:
    """What stands now stays: to look through it again and again takes a tenth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def asks_a_database(item: pytest.Item) -> bool:
    """Whether it may: pytest-django keeps all others from it. Those of trust and deployment start servers of their own."""
    if item.get_closest_marker("anywhere"):
        return False
    own = {"trust", "deploy"}.intersection(item.path.parts)
    return bool(own or item.get_closest_marker("django_db") or DATABASE.intersection(item.fixturenames))  # type: ignore[attr-defined]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, in plain sight, what this run can't do."""
    runs = {
        "browser": config.getoption("--browser"),
        "rxnav": config.getoption("--rxnav"),
        "deploy": config.getoption("--deploy"),
        "postgres": settings.DATABASES["default"]["ENGINE"].endswith("postgresql"),
        "sqlite": settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"),
    }
    kept, dropped = [], []
    for item in items:
        if item.get_closest_marker("walk") or item.get_closest_marker("hypothesis"):
            item.add_marker("no_cover")  # the same branches a thousand times over, at twice the time
        why = next((mark for mark, can in runs.items() if not can and item.get_closest_marker(mark)), None)
        if why is None and config.getoption("--asking") and not asks_a_database(item):
            why = "asking"
        (dropped if why else kept).append(item)
        if why:
            config.stash[left_out][why] += 1
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = kept


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """With NO_SKIPS=1, as in .ci/run, a skipped test fails the run. A worker tells what it left out."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = dict(session.config.stash[left_out])
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", ()) if reporter else ()
    if skipped and os.environ.get("NO_SKIPS") == "1":
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line(f"\nNO_SKIPS=1, but {len(skipped)} skipped")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error) -> None:
    """Every worker collects all tests: what one left out is what the run left out."""
    node.config.stash[left_out] = Counter(getattr(node, "workeroutput", {}).get("left_out", {}))


def pytest_terminal_summary(terminalreporter, exitstatus, config: pytest.Config) -> None:
    counts = config.stash[left_out]
    if counts:
        told = ", ".join(f"{counts[mark]} {words}" for mark, words in LEFT_OUT.items() if counts[mark])
        terminalreporter.write_line(f"Left out: {told}")


# --- The cast ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cast:
    """The clinic's staff. Pat, the patient, has no account."""

    cora: User
    carl: User
    clara: User
    tess: User
    sam: User
    pia: User
    olive: User
    adam: User
    sid: User

    def __iter__(self):
        return (getattr(self, each.name) for each in fields(self))

    def team(self, treatment: str) -> User:
        return {"tms": self.tess, "spravato": self.sam, "psychotherapy": self.pia}[treatment]


GROUP_OF = {
    "cora": "Coordinators",
    "carl": "Coordinators",
    "clara": "Clinicians",
    "tess": "TMS team",
    "sam": "Spravato team",
    "pia": "Psychotherapy team",
    "olive": "Privacy officers",
    "adam": "Clinic administrators",
    "sid": None,
}


@pytest.fixture(autouse=True)
def hours_of_the_environment() -> None:
    """No test finds the hours that another has set, and none counts the query that looks for newer ones."""
    look_again(after=math.inf)


@pytest.fixture
def real_database(transactional_db, tmp_path) -> Iterator[None]:
    """A database that threads can share."""
    yield from racing.database_in_a_file(tmp_path)


def seed_groups() -> None:
    call_command("seed_groups", stdout=io.StringIO())


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """The groups stand in every test's database; a test that commits clears them with all the rest."""
    with django_db_blocker.unblock():
        seed_groups()


@pytest.fixture(scope="module")
def committed(django_db_setup, django_db_blocker) -> Iterator[None]:
    """What fixtures of a module make after this is stored for all tests of the module, and goes with it.

    Each test's own rows are rolled back to it. Not for modules with tests that commit: those clear the tables.
    """
    with django_db_blocker.unblock():
        yield
        with append_only.rows_may_go():
            call_command("flush", interactive=False, verbosity=0)
        seed_groups()


def hire() -> Cast:
    """Everyone, each in the group that ``seed_groups`` made; Sid in none."""
    if not Group.objects.exists():
        seed_groups()
    groups = {group.name: group for group in Group.objects.all()}
    password = make_password("correct horse battery")
    people = User.objects.bulk_create(
        User(username=name, first_name=name.capitalize(), password=password, is_staff=True)
        for name in GROUP_OF
    )
    membership = User.groups.through
    membership.objects.bulk_create(
        membership(user=person, group=groups[group])
        for person in people
        if (group := GROUP_OF[person.username])
    )
    return Cast(**{person.username: person for person in people})


@pytest.fixture
def cast(db) -> Cast:
    return hire()


@pytest.fixture
def signed_in() -> Callable[[User | None], Client]:
    """A browser in which this person has signed in; None for a stranger. It shows faults as pages."""

    def sign_in(person: User | None, **more) -> Client:
        client = Client(raise_request_exception=False, **more)
        if person is not None:
            client.force_login(person)
        return client

    return sign_in


# --- Referrals ------------------------------------------------------------------------------------

SAFE = {"safety.cssrs": {"q1": "no", "q2": "no", "q6": "no"}}
URGENT = {"safety.harm_to_others": "yes"}
SAME_DAY = {"mood.phq9": [3, 3, 2, 3, 2, 2, 2, 1, 1]}
CLINICIAN_FIRST_FOR_TMS = {"health.seizure_ever": "yes"}


def sent_intake(**changes) -> Submission:
    """Pat's intake as it arrives: the first worked example with these answers changed, by path."""
    told = with_changes(worked_example("v01")["document"], **changes)
    assert document.validate(told) == []
    return Submission.from_document(told, Submission.Source.PAPER)


def arrive(**changes) -> Referral:
    """Pat's referral on the desk, assessed as after the commit."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        submission = sent_intake(**changes)
    return Referral.objects.get(submission=submission)


@pytest.fixture
def a_referral(db) -> Callable[..., Referral]:
    return arrive


QUESTION = {"fields": ["history.episode_months"], "message": "How long has this gone on?"}
RECORD = dict.fromkeys(PARTS, "asked and answered")
# What the form for a risk assessment sends where no next check is needed.
LOW = {**RECORD, "level": "low", "how": "phone"}


def release_hold(*, referral: Referral, actor: User, recorded=RECORD, level: str = "low", **more) -> None:
    """A clinician's risk assessment that releases the hold."""
    asked = {"recorded": recorded, "level": level, "how": "phone", "hold": "release"}
    assess_risk(referral=referral, actor=actor, **asked, **more)


def answered(referral: Referral, given: dict, *, asked: list[str] | None = None) -> Referral:
    """The referral after its patient answered what the desk asked (fields ``asked``), and the rules ran on it."""
    question = Question.ask(referral.submission, message="How is it?", fields=asked or list(given))
    with TestCase.captureOnCommitCallbacks(execute=True):
        question.keep(given)
    Question.end_open(referral.submission_id, Question.End.TAKEN_BACK)
    return fresh(referral)


def all_read(actor: User, referral: Referral) -> str:
    """What the route page's one tick sends for this actor."""
    return read_by(actor, fresh(referral), timezone.now())


class Clinic:
    """Walks referrals and consults through the real actions to where a test wants them."""

    def __init__(self, cast: Cast, a_referral: Callable[..., Referral]):
        self.cast = cast
        self.a_referral = a_referral

    def new(self, **changes) -> Referral:
        return self.a_referral(**changes)

    def in_review(self, **changes) -> Referral:
        """Claimed by Cora."""
        referral = self.a_referral(**changes)
        claim(referral=referral, actor=self.cast.cora)
        return fresh(referral)

    def awaiting_patient(self, **changes) -> Referral:
        referral = self.in_review(**changes)
        ask_patient(referral=referral, actor=self.cast.cora, **QUESTION)
        return fresh(referral)

    def routed(self, *treatments: str, **changes) -> Referral:
        referral = self.in_review(**changes)
        if referral.hold != "none":
            release_hold(referral=referral, actor=self.cast.clara, recorded=RECORD)
        read = all_read(self.cast.cora, referral)
        asked = {"treatments": treatments or ["tms"], "reason": "fits well", "read": read}
        route(referral=referral, actor=self.cast.cora, **asked)
        return fresh(referral)

    def closed(self, **changes) -> Referral:
        referral = self.in_review(**changes)
        close(referral=referral, actor=self.cast.cora, reason="patient_declined")
        return fresh(referral)

    def referral(self, state: str, **changes) -> Referral:
        return getattr(self, state)(**changes)

    def consult(self, state: str, treatment: str = "tms", **changes) -> Consult:
        """A consult in this ``state``, alone on its referral."""
        consult = self.routed(treatment, **changes).consults.get()
        return self.move(consult, state)

    def booked_today(self, treatment: str = "tms") -> Consult:
        consult = self.consult("accepted", treatment)
        book(consult=consult, actor=self.cast.team(treatment), day=timezone.localdate())
        return fresh(consult)

    def move(self, consult: Consult, state: str) -> Consult:
        """Walk a waiting consult on to ``state``."""
        team = self.cast.team(consult.treatment)
        tomorrow = timezone.localdate() + timedelta(days=1)
        if state in ("accepted", "booked", "completed"):
            accept(consult=consult, actor=team)
        if state in ("booked", "completed"):
            book(consult=fresh(consult), actor=team, day=tomorrow)
        if state == "completed":
            complete(
                consult=fresh(consult), actor=team, outcome="started_treatment", note="could come earlier"
            )
        if state == "returned":
            return_consult(consult=consult, actor=team, reason="no_capacity")
        if state == "withdrawn":
            withdraw(consult=consult, actor=self.cast.cora, note="moved away")
        return fresh(consult)

    def queue_row(self, consult: Consult) -> Consult:
        """The consult as its team's proxy model."""
        return QUEUES[consult.treatment].objects.get(pk=consult.pk)


def fresh(row):
    """The row as it stands now in the database."""
    return type(row).objects.get(pk=row.pk)


def written_to(referral: Referral, text: str = "Please call me.", at: datetime | None = None) -> Referral:
    """The referral after its patient wrote a message on the status page."""
    Message.write(referral.submission, text=text, key=uuid4(), at=at)
    return fresh(referral)


@pytest.fixture
def clinic(cast, a_referral) -> Clinic:
    return Clinic(cast, a_referral)
