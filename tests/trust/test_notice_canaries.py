"""Mail of notices tells nothing of a patient: every kind, both ways of mail, whatever language somebody reads or writes."""

import re
import smtplib
from itertools import product

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.utils import translation

from intake.mail.sending import send_due_mail
from intake.models import OutgoingMail
from tests.conftest import Clinic
from tests.treatments import notices
from tests.trust.test_canaries_around import SIGN, logged  # noqa: F401  (a fixture)
from treatments.catalog import TREATMENTS
from treatments.models import Notice, Referral
from treatments.triage.notices import set_delivery
from treatments.triage.notices_due import notify_of_the_day
from treatments.triage.notices_sending import mail_at_once
from treatments.workflow.notices import Delivery, NoticeKind, mail_body, mail_subject

TOLD = {
    "about.first_name": f"{SIGN}ada",
    "about.last_name": f"{SIGN}bert",
    "about.phone": "+1 212 555 0177",
    "about.email": f"{SIGN}@example.org",
    "about.date_of_birth": "1947-03-09",
    "reason.goals": f"{SIGN}dora",
}
HEALTH = "depress|suicid|mood|safety|risk|alert|therap|clinic|treat|consult|patient|symptom|medic|phq|c-ssrs"
PLAIN = re.compile(r"[\w\s.,:;%()/@+=\"<>-]*", re.ASCII)
DESK = [(kind, "cora") for kind in notices.DESK]
TEAM = [(kind, "tess") for kind in notices.TEAM]


@pytest.fixture(autouse=True)
def addresses(cast, settings) -> None:
    settings.CLINIC = {**settings.CLINIC, "name": f"{SIGN}clinic"}
    settings.DEFAULT_FROM_EMAIL = "desk@example.net"
    settings.WORKING_DAYS, settings.NOTICE_HOUR = frozenset(range(7)), 0
    for person in cast:
        User.objects.filter(pk=person.pk).update(
            email=f"p{person.pk}@example.net", last_name=f"{SIGN}{person.username}"
        )


def happen(clinic: Clinic, kind: NoticeKind, who: str, language: str = "en") -> Referral:
    """The thing itself, with canaries in all that is told and written."""
    more = {"note": "@cora " + SIGN} if (kind, who) == (NoticeKind.MENTIONED, "cora") else {}
    if (kind, who) == (NoticeKind.MENTIONED, "tess"):
        more = {"note": "@tess " + SIGN}
    made = (notices.DESK if who == "cora" else notices.TEAM)[kind](clinic, language=language, **TOLD, **more)
    return made if isinstance(made, Referral) else made.referral


def send(person: User, delivery: Delivery) -> None:
    set_delivery(user=person, delivery=delivery)
    if delivery == Delivery.AT_ONCE:
        mail_at_once()
    else:
        notify_of_the_day()


def marks(referral: Referral) -> list[str]:
    """What would tell of the person, of who wrote and of what the clinic is for."""
    names = [
        SIGN,
        referral.reference,
        "555 0177",
        "1947-03-09",
        *(person.username for person in User.objects.all()),
    ]
    treatments = [str(word) for row in TREATMENTS.values() for word in (row.key, row.name, row.queue)]
    return [*map(re.escape, (*names, *treatments)), HEALTH]


def found(said: str, referral: Referral) -> list[str]:
    return [mark for mark in marks(referral) if re.search(mark, said, re.IGNORECASE)]


def said_by_mail() -> str:
    """Each mail as it goes over the wire, headers and all but its number, which clock and machine make."""
    said = "\n".join(
        f"{each.message().as_string()}\n{each.subject}\n{each.body}\n{each.to}\n{each.extra_headers}"
        for each in mail.outbox
    )
    return re.sub(r"(?m)^Message-ID: .*$", "", said)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("delivery", [Delivery.AT_ONCE, Delivery.DAILY])
@pytest.mark.parametrize(("kind", "who"), [*DESK, *TEAM])
def test_no_mail_of_any_kind_says_anything_of_a_person(
    clinic,
    settings,
    logged,  # noqa: F811
    kind,
    who,
    delivery,
    language,
):
    person = getattr(clinic.cast, who)
    with translation.override(language):
        referral = happen(clinic, kind, who, language)
        assert referral.language == language
        Notice.objects.exclude(kind=kind, person=person).delete()
        send(person, delivery)
        (row,) = OutgoingMail.objects.filter(purpose="notice", account=person)
        assert found(f"{row.subject} {row.body} {row.about}", referral) == []
        OutgoingMail.objects.exclude(pk=row.pk).delete()
        send_due_mail()
    (sent,) = mail.outbox
    assert sent.to == [User.objects.get(pk=person.pk).email]
    assert found(said_by_mail(), referral) == []
    assert PLAIN.fullmatch(sent.body) and "Sign in to see" in sent.body  # our words, and staff read English
    assert found("\n".join(logged), referral) == []
    assert re.findall(r"https?://\S+", sent.body) == [f"{settings.SITE_URL}/admin/"]


@pytest.mark.parametrize("delivery", [Delivery.AT_ONCE, Delivery.DAILY])
def test_neither_does_a_line_of_the_log_when_the_mail_server_refuses_it(
    clinic,
    logged,  # noqa: F811
    monkeypatch,
    delivery,
):
    def refuses(message, **more):
        raise smtplib.SMTPDataError(550, f"{SIGN} {message.to} {message.body}".encode())

    referral = happen(clinic, NoticeKind.MENTIONED, "cora")
    send(clinic.cast.cora, delivery)
    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuses)
    send_due_mail()
    lines = [line for line in logged if "was not sent" in line]
    assert len(lines) == 1 and "(notice)" in lines[0]
    assert found("\n".join(logged), referral) == []
    assert OutgoingMail.objects.get(purpose="notice").last_error == "SMTPDataError"


def test_no_word_of_a_mail_comes_from_a_person_whatever_the_numbers_are():
    """All that a mail can say, for one and for many of each kind."""
    said = [mail_body({kind: n}, link="") for kind, n in product(NoticeKind, (1, 2, 1000))]
    for text in (*said, mail_subject()):
        assert PLAIN.fullmatch(text) and not re.search(HEALTH, text, re.IGNORECASE)


def test_the_test_would_see_a_name_a_treatment_and_a_health_word(clinic):
    referral = happen(clinic, NoticeKind.MENTIONED, "cora")
    for planted in (referral.name, referral.reference, "tms consults", "Depression", "CARL"):
        assert found(f"New for you: {planted}", referral)
