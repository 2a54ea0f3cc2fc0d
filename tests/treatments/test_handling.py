"""Who handles a referral, tries to reach the person, other services, undo: each action by everyone, in every state."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from intake.models import Question
from tests.conftest import CLINICIAN_FIRST_FOR_TMS, GROUP_OF, RECORD, URGENT, Clinic, fresh, release_hold
from tests.treatments import alerts, kept, papers, payer
from treatments.models import CaringContact, Consult, ContactAttempt, DuplicateLink, Event, Referral
from treatments.reading.redaction import assessment_to_keep
from treatments.triage import assessment, assignment, coverage, evidence, letters, record_requests
from treatments.triage.assessment import assess_referral
from treatments.triage.assignment import claim, unassign, who_may_handle
from treatments.triage.closing import close, reopen
from treatments.triage.consults import accept, book, complete, reschedule, return_consult, transfer
from treatments.triage.contacts import log_contact, make_caring_contact
from treatments.triage.duplicates import link_duplicate, unlink_duplicate
from treatments.triage.legal_hold import end_legal_hold, set_legal_hold
from treatments.triage.notes import add_note
from treatments.triage.outside_services import refer_elsewhere
from treatments.triage.patient_requests import ask_erasure, drop_erasure, erase, give_copy
from treatments.triage.questions import ask_patient
from treatments.triage.record_answer import record_answer
from treatments.triage.routing import route, withdraw
from treatments.triage.undo import undo, undo_consult
from treatments.workflow import CLOSE_REASONS, Refused

STALE = "Somebody else has changed this referral since you opened the page. Look at it again."
CLOSED = "This referral is closed. Reopen it first."
SUICIDAL = {"safety.cssrs": {"q1": "yes", "q2": "yes", "q3": "no", "q4": "yes", "q5": "no", "q6": "no"}}
COORDINATORS = {"cora", "carl"}


def everything() -> list:
    models = (Referral, Consult, Event, ContactAttempt, CaringContact, DuplicateLink)
    return [list(model.objects.order_by("pk").values()) for model in models]


class unchanged:
    """A block that must raise this, and after which every row is as before."""

    def __init__(self, kind: type[Exception], sentence: str = ""):
        self.kind, self.sentence = kind, sentence

    def __enter__(self) -> None:
        self.before = everything()

    def __exit__(self, kind, fault, traceback) -> bool:
        assert kind is self.kind, f"expected {self.kind}, not {fault!r}"
        if self.sentence:
            assert str(fault) == self.sentence
        assert everything() == self.before
        return True


def another(clinic: Clinic) -> Referral:
    return clinic.new(**{"about.last_name": "Somebody"})


def linked(clinic: Clinic) -> Referral:
    referral = clinic.in_review()
    link_duplicate(referral=referral, actor=clinic.cast.cora, other=another(clinic), note="a new surname")
    return fresh(referral)


def just_claimed(clinic: Clinic) -> Referral:
    return clinic.in_review()


@dataclass(frozen=True)
class Row:
    kind: str
    ready: Callable[[Clinic], Referral]
    act: Callable
    by: str
    may: set[str]
    becomes: str


def call(action: Callable, **details) -> Callable:
    def act(row: Referral, actor: User, seen: int | None = None) -> None:
        action(referral=row, actor=actor, seen=seen, **details)

    return act


def assign(row, actor, seen=None) -> None:
    assignment.assign(referral=row, actor=actor, to=User.objects.get(username="carl"), seen=seen)


def link(row, actor, seen=None) -> None:
    other = Referral.objects.exclude(pk=row.pk).get()
    link_duplicate(referral=row, actor=actor, other=other, note="a new surname", seen=seen)


def unlink(row, actor, seen=None) -> None:
    other = Referral.objects.exclude(pk=row.pk).get()
    unlink_duplicate(referral=row, actor=actor, other=other, note="two people", seen=seen)


def erase_by_reference(row, actor, seen=None) -> None:
    erase(referral=row, actor=actor, reference=row.reference, seen=seen)


def beside_another(clinic: Clinic) -> Referral:
    another(clinic)
    return clinic.in_review()


TODAY = {"day": timezone.localdate()}
WHY = {"note": "no longer"}
RELEASE = {"purpose": "planning care", "until": timezone.localdate() + timedelta(days=365)}
LETTER = {
    **papers.LETTER,
    **{"occasion": "closed-0", "text": "Dear {recipient}, thank you.", "agreed_on": timezone.localdate()},
}


def signed(clinic: Clinic) -> Referral:
    return papers.requested(clinic, "signed")


def out(clinic: Clinic) -> Referral:
    """A request is with a pharmacy."""
    return papers.requested(clinic, "sent")


def print_cover(row: Referral, actor: User, seen: int) -> None:
    about = f"R-{papers.request_of(row).pk}"
    asked = {"about": about, "office": "Corner Pharmacy", "fax": "+1 212 555 0142", "pages": 3}
    letters.print_cover(referral=row, actor=actor, seen=seen, **asked)


DESK_AND_CLINICIANS = {*COORDINATORS, "clara"}
ON_TODAY = {"on": timezone.localdate()}
PDMP = {"key": "pdmp_checked", "value": "yes", **ON_TODAY}
SEVERE = {"key": "diagnosis", "value": "F33.2", **ON_TODAY}
DEEDS = [
    Row("assign", Clinic.in_review, assign, "cora", COORDINATORS, "in_review"),
    Row("unassign", Clinic.in_review, call(unassign, note="leave"), "cora", {"cora"}, "in_review"),
    Row(
        "log_contact",
        Clinic.in_review,
        call(log_contact, channel="call", outcome="no_answer"),
        "cora",
        {*COORDINATORS, "clara"},
        "in_review",
    ),
    Row(
        "caring_contact",
        lambda clinic: clinic.in_review(**SUICIDAL),
        call(make_caring_contact, note="called, is safe"),
        "clara",
        {*COORDINATORS, "clara"},
        "in_review",
    ),
    *(
        Row(kind, Clinic.in_review, call(function, **asked), by, may, "in_review")
        for kind, function, asked, by, may in (
            ("set_coverage", coverage.set_coverage, payer.AETNA, "cora", DESK_AND_CLINICIANS),
            ("log_payer_call", coverage.log_payer_call, payer.SENT_CALL, "cora", DESK_AND_CLINICIANS),
            ("add_evidence", evidence.add_evidence, payer.SEEN | ON_TODAY, "cora", DESK_AND_CLINICIANS),
            ("add_entry", evidence.add_entry, PDMP, "cora", DESK_AND_CLINICIANS),
            ("add_clinical_entry", evidence.add_clinical_entry, SEVERE, "clara", {"clara"}),
        )
    ),
    Row(
        "record_answer",
        Clinic.in_review,
        call(record_answer, given={"health.stroke": "no"}, as_told_by="patient", how="phone"),
        "cora",
        {*COORDINATORS, "clara"},
        "in_review",
    ),
    Row("undo", just_claimed, call(undo), "cora", {"cora"}, "in_review"),
    Row(
        "refer_elsewhere",
        Clinic.in_review,
        call(refer_elsewhere, where="primary_care"),
        "cora",
        COORDINATORS,
        "in_review",
    ),
    Row("set_legal_hold", Clinic.closed, call(set_legal_hold, note="a case"), "olive", {"olive"}, "closed"),
    Row("end_legal_hold", kept.held, call(end_legal_hold, note="over"), "olive", {"olive"}, "closed"),
    Row(
        "give_copy",
        Clinic.closed,
        call(give_copy, how="post", note="Pat, knew the birth date"),
        "cora",
        COORDINATORS,
        "closed",
    ),
    Row("ask_erasure", Clinic.closed, call(ask_erasure, note="a letter"), "cora", COORDINATORS, "closed"),
    Row("drop_erasure", kept.asked, call(drop_erasure, note="stays"), "cora", COORDINATORS, "closed"),
    Row("erase", kept.asked, erase_by_reference, "olive", {"olive"}, "closed"),
    *(
        Row(kind, ready, call(function, **asked), "cora", {*COORDINATORS, "clara"}, becomes)
        for kind, ready, becomes, function, asked in (
            ("request_record", Clinic.in_review, "in_review", record_requests.request_record, papers.ASKED),
            ("record_release", papers.requested, "in_review", record_requests.record_release, TODAY),
            ("send_record_request", signed, "in_review", record_requests.send_record_request, TODAY),
            ("chase_record_request", out, "in_review", record_requests.chase_record_request, {}),
            ("receive_record", out, "in_review", record_requests.receive_record, {**TODAY, **papers.CAME}),
            ("refuse_record_request", out, "in_review", record_requests.refuse_record_request, WHY),
            ("cancel_record_request", out, "in_review", record_requests.cancel_record_request, WHY),
            ("print_request", papers.requested, "in_review", record_requests.print_request, {}),
            ("print_release", papers.requested, "in_review", record_requests.print_release, RELEASE),
            ("write_letter", Clinic.closed, "closed", letters.write_letter, LETTER),
        )
    ),
    Row("print_cover", papers.requested, print_cover, "cora", {*COORDINATORS, "clara"}, "in_review"),
    Row("link_duplicate", beside_another, link, "cora", COORDINATORS, "in_review"),
    Row("unlink_duplicate", linked, unlink, "cora", COORDINATORS, "in_review"),
]
every_action = pytest.mark.parametrize("action", DEEDS, ids=lambda action: action.kind)
# Carl has the right, but it is Cora's referral, or Cora's move.
HERS = {"unassign", "undo"}


@every_action
def test_the_right_person_does_the_action_and_the_referral_has_one_event_of_it(action, clinic):
    row = action.ready(clinic)
    actor, seen = getattr(clinic.cast, action.by), row.version
    events = row.events.count()
    action.act(row, actor, seen)
    event = row.events.latest("pk")
    assert row.events.count() == events + 1
    assert (event.kind, event.actor, event.version) == (action.kind, actor, seen)
    assert (event.from_state, event.to_state) == (row.state, action.becomes)
    assert fresh(row).version == seen + 1
    assert fresh(row).state == action.becomes


@every_action
@pytest.mark.parametrize("name", GROUP_OF)
def test_a_action_is_for_those_with_the_right_and_changes_nothing_for_others(action, name, clinic):
    row = action.ready(clinic)
    actor = getattr(clinic.cast, name)
    if name in action.may:
        action.act(row, actor, row.version)
        assert fresh(row).version == row.version + 1
    else:
        with unchanged(Refused if action.kind in HERS and name == "carl" else PermissionDenied):
            action.act(row, actor, row.version)


@every_action
def test_a_action_from_a_stale_page_is_refused(action, clinic):
    row = action.ready(clinic)
    add_note(referral=row, actor=clinic.cast.carl, note="called in between")
    with unchanged(Refused, STALE):
        action.act(row, getattr(clinic.cast, action.by), row.version)


@every_action
def test_the_same_action_twice_by_the_same_person_is_the_same_as_once(action, clinic):
    row = action.ready(clinic)
    actor, seen = getattr(clinic.cast, action.by), row.version
    action.act(row, actor, seen)
    after_one = everything()
    action.act(row, actor, seen)
    assert everything() == after_one


# --- Assign and give back ------------------------------------------------------------------------------


def test_a_new_referral_that_is_assigned_is_in_review_by_the_colleague(clinic):
    referral = clinic.new()
    assignment.assign(referral=referral, actor=clinic.cast.cora, to=clinic.cast.carl)
    assert (fresh(referral).owner, fresh(referral).state) == (clinic.cast.carl, "in_review")


@pytest.mark.parametrize("name", ["clara", "tess", "sid", "olive"])
def test_a_referral_is_assigned_only_to_somebody_who_may_claim(name, clinic):
    referral = clinic.in_review()
    with unchanged(Refused, f"{name.capitalize()} may not handle referrals."):
        assignment.assign(referral=referral, actor=clinic.cast.cora, to=getattr(clinic.cast, name))
    assert {person.username for person in who_may_handle()} == COORDINATORS


def test_assigning_to_who_has_it_is_refused_but_done_twice_it_is_once(clinic):
    referral = clinic.in_review()
    with unchanged(Refused, "Cora is already handling this referral."):
        assignment.assign(referral=referral, actor=clinic.cast.carl, to=clinic.cast.cora)
    assignment.assign(referral=referral, actor=clinic.cast.cora, to=clinic.cast.carl)
    once = everything()
    assignment.assign(referral=referral, actor=clinic.cast.cora, to=clinic.cast.carl)
    assert everything() == once


def test_a_referral_of_a_team_or_of_the_patient_changes_hands_without_changing_state(clinic):
    referral = clinic.routed()
    assignment.assign(referral=referral, actor=clinic.cast.carl, to=clinic.cast.carl)
    assert (fresh(referral).owner, fresh(referral).state) == (clinic.cast.carl, "routed")


def test_a_closed_referral_takes_none_of_the_desks_actions(clinic):
    referral = clinic.closed()
    with unchanged(Refused, CLOSED):
        assign(referral, clinic.cast.cora)
    with unchanged(Refused, CLOSED):
        log_contact(referral=referral, actor=clinic.cast.cora, channel="call", outcome="reached")
    with unchanged(Refused, CLOSED):
        refer_elsewhere(referral=referral, actor=clinic.cast.cora, where="primary_care")
    with unchanged(Refused, "Only a referral in review can be unassigned."):
        unassign(referral=referral, actor=clinic.cast.cora, note="x")


def test_a_referral_given_back_stays_in_review_and_is_nobodys(clinic):
    referral = clinic.in_review()
    with unchanged(Refused, "Cora is handling this referral. Only they can unassign it."):
        unassign(referral=referral, actor=clinic.cast.carl, note="x")
    with unchanged(Refused, "Say why you are unassigning yourself."):
        unassign(referral=referral, actor=clinic.cast.cora, note=" ")
    unassign(referral=referral, actor=clinic.cast.cora, note="on leave")
    assert (fresh(referral).owner, fresh(referral).state) == (None, "in_review")
    assert referral in Referral.objects.needing_a_coordinator().filter(owner__isnull=True)
    with unchanged(Refused, "Nobody is handling this referral."):
        unassign(referral=referral, actor=clinic.cast.cora, note="again")
    claim(referral=referral, actor=clinic.cast.carl)
    assert fresh(referral).owner == clinic.cast.carl


# --- Reaching the person -------------------------------------------------------------------------------


def tries(referral: Referral) -> int:
    return ContactAttempt.failed_of(list(referral.contact_attempts.newest_first()))


def log(clinic, referral, **details) -> None:
    log_contact(referral=referral, actor=clinic.cast.cora, **details)


@pytest.mark.parametrize("channel", ["call", "text", "email", "letter"])
def test_every_channel_counts_as_one_attempt(channel, clinic):
    referral = clinic.in_review()
    log(clinic, referral, channel=channel, outcome="voicemail")
    log(clinic, referral, channel=channel, outcome="wrong_number")
    assert tries(referral) == 2


def test_reaching_the_person_starts_the_count_anew_and_nothing_is_due(clinic):
    referral = clinic.in_review()
    tomorrow = timezone.localdate() + timedelta(days=1)
    log(clinic, referral, channel="call", outcome="no_answer", next_due=tomorrow)
    assert fresh(referral).contact_due_on == tomorrow
    log(clinic, referral, channel="call", outcome="reached", note="will send a letter")
    assert (tries(referral), fresh(referral).contact_due_on) == (0, None)


@pytest.mark.parametrize(
    ("details", "sentence"),
    [
        ({"channel": "pigeon", "outcome": "reached"}, "Choose how you tried to reach the person."),
        ({"channel": "call", "outcome": ""}, "Choose an outcome."),
        (
            {"channel": "call", "outcome": "no_answer", "next_due": "yesterday"},
            "The day of the next attempt can't be in the past.",
        ),
        (
            {"channel": "call", "outcome": "reached", "next_due": "tomorrow"},
            "Somebody who was reached is not due for another attempt.",
        ),
    ],
)
def test_an_attempt_that_makes_no_sense_is_refused(details, sentence, clinic):
    referral = clinic.in_review()
    days = {"yesterday": -1, "tomorrow": 1}
    if "next_due" in details:
        details = {**details, "next_due": timezone.localdate() + timedelta(days=days[details["next_due"]])}
    with unchanged(Refused, sentence):
        log(clinic, referral, **details)


def test_what_is_due_today_is_found(clinic):
    today = timezone.localdate()
    due, later = clinic.in_review(), clinic.in_review()
    log(clinic, due, channel="call", outcome="no_answer", next_due=today)
    log(clinic, later, channel="call", outcome="no_answer", next_due=today + timedelta(days=1))
    assert list(Referral.objects.due_by(today)) == [due]
    assert set(Referral.objects.due_by(today + timedelta(days=1))) == {due, later}


# --- The caring contact ---------------------------------------------------------------------------------


def test_a_suicide_rule_that_fires_makes_a_caring_contact_due_within_48_hours_once(clinic):
    referral = clinic.new(**SUICIDAL)
    row = referral.caring_contact
    assert row.rules and set(row.rules) <= {"S01", "S02", "S03"}
    assert row.due_at - row.raised_at == timedelta(hours=48)
    assert row.is_overdue(row.due_at + timedelta(minutes=1)) and not row.is_overdue(row.due_at)
    assess_referral(referral)
    assert CaringContact.objects.count() == 1
    assert referral.events.filter(kind="caring_due").count() == 1


def test_nobody_else_is_owed_a_caring_contact(clinic):
    referral = clinic.in_review()
    assert not CaringContact.objects.exists()
    with unchanged(Refused, "No caring contact is due."):
        make_caring_contact(referral=referral, actor=clinic.cast.cora, note="x")


def test_a_caring_contact_is_made_once_with_a_note(clinic):
    referral = clinic.in_review(**SUICIDAL)
    with unchanged(Refused, "Write how the contact was made and what was said."):
        make_caring_contact(referral=referral, actor=clinic.cast.cora, note=" ")
    make_caring_contact(referral=referral, actor=clinic.cast.cora, note="called")
    row = CaringContact.objects.get()
    assert (row.done_by, row.note) == (clinic.cast.cora, "called")
    with unchanged(Refused, "The caring contact was made already."):
        make_caring_contact(referral=referral, actor=clinic.cast.carl, note="called too")


AMENDED = {"safety.cssrs": {"q1": "yes", "q2": "yes", "q3": "no", "q4": "no", "q5": "yes", "q6": "no"}}
OWED = "A caring contact is owed. Record the caring contact before you close for this reason."


@pytest.fixture
def amend(django_capture_on_commit_callbacks) -> Callable:
    """``amend(clinic, referral, answers)``: Pat is asked and answers; the rules run after the commit."""

    def asked_and_answered(clinic: Clinic, referral: Referral, answers: dict) -> None:
        paths = [f"{path}.{key}" for path, group in answers.items() for key in group]
        fields = sorted({".".join(path.split(".")[:2]) for path in paths})
        ask_patient(referral=referral, actor=clinic.cast.cora, fields=fields, message="Please say more")
        with django_capture_on_commit_callbacks(execute=True):
            Question.open_of(referral.submission).answer(
                {f"{path}.{key}": value for path, group in answers.items() for key, value in group.items()}
            )

    return asked_and_answered


def cared_for(clinic: Clinic) -> Referral:
    """S01 fired, the caring contact was made and the hold released."""
    referral = clinic.in_review(**SUICIDAL)
    make_caring_contact(referral=referral, actor=clinic.cast.cora, note="called, is safe")
    release_hold(referral=referral, actor=clinic.cast.clara, recorded=RECORD)
    return fresh(referral)


def test_an_amended_answer_that_fires_the_hold_again_owes_a_new_caring_contact(clinic, amend):
    referral = cared_for(clinic)
    amend(clinic, referral, AMENDED)
    assert fresh(referral).hold == "urgent"
    row = CaringContact.objects.get()
    assert row.is_owed and row.done_by is None and row.note == ""
    assert row.due_at - row.raised_at == timedelta(hours=48)
    assert referral.events.filter(kind="caring_due").count() == 2
    assert referral.events.get(kind="caring_contact").note == "called, is safe"
    make_caring_contact(referral=referral, actor=clinic.cast.carl, note="called again")
    assert CaringContact.objects.get().done_by == clinic.cast.carl


def test_a_new_ruleset_on_the_same_answers_owes_no_new_caring_contact(clinic, monkeypatch):
    referral = cared_for(clinic)
    told = assessment_to_keep(referral)
    assessment.store(referral, {**told, "ruleset": "newer"}, at=timezone.now())
    assert fresh(referral).hold == "none"
    assert not CaringContact.objects.get().is_owed


def test_an_amended_answer_while_one_is_owed_owes_no_second(clinic, amend):
    referral = clinic.in_review(**SUICIDAL)
    due = CaringContact.objects.get().due_at
    amend(clinic, referral, AMENDED)
    assert CaringContact.objects.get().due_at == due
    assert referral.events.filter(kind="caring_due").count() == 1


# --- Closing --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", CLOSE_REASONS)
def test_a_referral_that_is_owed_a_caring_contact_is_closed_only_where_somebody_has_taken_over(
    code, clinic, signed_in
):
    referral = clinic.in_review(**SUICIDAL)
    release_hold(referral=referral, actor=clinic.cast.clara, recorded=RECORD)
    for _each in range(3):
        log(clinic, referral, channel="call", outcome="no_answer")
    page = signed_in(clinic.cast.cora).get(f"/admin/treatments/referral/{referral.pk}/close/")
    choice = next(each for each in page.context["form"]["reason"].subwidgets if each.data["value"] == code)
    if CLOSE_REASONS[code].taken_over:
        assert not choice.data["attrs"].get("disabled")
        close(referral=referral, actor=clinic.cast.cora, reason=code, note="x")
        assert not CaringContact.objects.owed().exists()
        reopen(referral=referral, actor=clinic.cast.cora, note="called")
        assert CaringContact.objects.owed().exists()
    else:
        assert choice.data["attrs"]["disabled"] and OWED in choice.data["label"]
        with unchanged(Refused, OWED):
            close(referral=referral, actor=clinic.cast.cora, reason=code, note="x")
        make_caring_contact(referral=referral, actor=clinic.cast.cora, note="called")
        for _each in range(3):
            log(clinic, referral, channel="call", outcome="no_answer")
        close(referral=referral, actor=clinic.cast.cora, reason=code, note="x")


@pytest.mark.parametrize("channel", ["call", "text", "email", "letter"])
def test_nobody_is_closed_as_not_reached_before_all_attempts_whatever_the_channel(channel, clinic, signed_in):
    referral = clinic.in_review()
    cora = signed_in(clinic.cast.cora)
    address = f"/admin/treatments/referral/{referral.pk}/close/"
    for tries in range(3):
        sentence = f"{tries} of 3 attempts were made. Make them all before you close for this reason."
        with unchanged(Refused, sentence):
            close(referral=referral, actor=clinic.cast.cora, reason="not_reached", note="x")
        assert sentence in cora.get(address).content.decode()
        sent = {"seen_version": fresh(referral).version, "reason": "not_reached", "note": "x"}
        refused = cora.post(address, sent)
        assert (refused.status_code, refused.context["refused"]) == (409, sentence)
        log(clinic, referral, channel=channel, outcome="no_answer")
    close(referral=referral, actor=clinic.cast.cora, reason="not_reached", note="x")


def test_attempts_before_the_person_was_reached_do_not_count(clinic):
    referral = clinic.in_review()
    for outcome in ("no_answer", "no_answer", "no_answer", "reached", "no_answer"):
        log(clinic, referral, channel="call", outcome=outcome)
    with unchanged(Refused, "1 of 3 attempts were made. Make them all before you close for this reason."):
        close(referral=referral, actor=clinic.cast.cora, reason="not_reached", note="x")


def test_the_clinics_number_of_attempts_counts(clinic, settings):
    settings.CONTACT_ATTEMPTS = 1
    referral = clinic.in_review()
    log(clinic, referral, channel="letter", outcome="no_answer")
    close(referral=referral, actor=clinic.cast.cora, reason="not_reached", note="x")


@pytest.mark.parametrize("way", ["close", "refer_elsewhere"])
def test_nothing_stays_due_on_a_closed_referral_and_an_undo_makes_it_due_again(way, clinic):
    referral = clinic.in_review()
    day = timezone.localdate() + timedelta(days=2)
    log(clinic, referral, channel="call", outcome="no_answer", next_due=day)
    if way == "close":
        close(referral=referral, actor=clinic.cast.cora, reason="other", note="x")
    else:
        refer_elsewhere(referral=referral, actor=clinic.cast.cora, where="primary_care", note="x", close=True)
    assert fresh(referral).contact_due_on is None
    assert referral not in Referral.objects.due_by(day)
    undo(referral=referral, actor=clinic.cast.cora)
    now = fresh(referral)
    assert (now.state, now.close_reason, now.contact_due_on) == ("in_review", "", day)


def test_who_acts_next_stands_in_the_choices_and_in_the_timeline(clinic, signed_in):
    referral = clinic.in_review()
    cora = signed_in(clinic.cast.cora)
    page = cora.get(f"/admin/treatments/referral/{referral.pk}/close/").content.decode()
    assert "The patient could not be reached (needs a note). Next: the patient." in page
    assert "Cared for elsewhere (needs a note). Next: nobody." in page
    close(referral=referral, actor=clinic.cast.cora, reason="patient_declined")
    page = cora.get(f"/admin/treatments/referral/{referral.pk}/").content.decode()
    assert "The patient does not want to go on; next: nobody" in page
    consult = clinic.consult("waiting")
    page = (
        signed_in(clinic.cast.tess).get(f"/admin/treatments/tmsconsult/{consult.pk}/return/").content.decode()
    )
    assert "The team has no room. Next: the coordinators." in page
    clinic.move(consult, "returned")
    page = cora.get(f"/admin/treatments/referral/{consult.referral_id}/").content.decode()
    assert "The team has no room; next: the coordinators" in page


# --- Other services and priority -------------------------------------------------------------------------


def test_a_signpost_is_recorded_and_closes_only_when_asked(clinic):
    referral = clinic.in_review()
    refer_elsewhere(referral=referral, actor=clinic.cast.cora, where="medication_consult")
    assert fresh(referral).state == "in_review"
    refer_elsewhere(
        referral=referral, actor=clinic.cast.cora, where="ect_center", note="booked there", close=True
    )
    now = fresh(referral)
    assert (now.state, now.close_reason) == ("closed", "cared_for_elsewhere")
    assert referral.events.latest("pk").details == {"where": "ect_center", "reason": "cared_for_elsewhere"}


@pytest.mark.parametrize(
    ("details", "sentence"),
    [
        ({"where": "nowhere"}, "Choose where the person is referred to."),
        ({"where": "crisis_service"}, "Write what was arranged with the other service."),
        ({"where": "primary_care", "close": True}, "Write what was arranged with the other service."),
    ],
)
def test_a_signpost_without_a_place_or_a_note_is_refused(details, sentence, clinic):
    referral = clinic.in_review()
    with unchanged(Refused, sentence):
        refer_elsewhere(referral=referral, actor=clinic.cast.cora, **details)


def test_a_signpost_does_not_close_under_a_hold(clinic):
    referral = clinic.in_review(**URGENT)
    alerts.close(alerts.alert_of(referral.submission), clinic.cast.cora)
    referral = fresh(referral)
    with unchanged(
        Refused, "A safety hold stands. A clinician must release it before the referral is closed."
    ):
        refer_elsewhere(
            referral=referral, actor=clinic.cast.cora, where="primary_care", note="told them", close=True
        )
    refer_elsewhere(referral=referral, actor=clinic.cast.cora, where="crisis_service", note="went there")


def test_a_consult_has_the_priority_it_was_routed_with(clinic):
    referral = clinic.in_review()
    with unchanged(Refused, "Choose a priority."):
        route(referral=referral, actor=clinic.cast.cora, treatments=["tms"], priority=7)
    route(referral=referral, actor=clinic.cast.cora, treatments=["tms"], priority=2)
    assert referral.consults.get().priority == 2
    assert clinic.routed("spravato").consults.get().priority == 0


# --- Undo ------------------------------------------------------------------------------------------------

NOTHING = "Nothing to undo: your last action was over ten minutes ago, or someone has acted since."


def test_an_undone_claim_or_assignment_gives_the_referral_to_who_had_it(clinic):
    referral = clinic.in_review()
    undo(referral=referral, actor=clinic.cast.cora)
    assert (fresh(referral).owner, fresh(referral).state) == (None, "in_review")
    claim(referral=referral, actor=clinic.cast.carl)
    assignment.assign(referral=referral, actor=clinic.cast.carl, to=clinic.cast.cora)
    undo(referral=referral, actor=clinic.cast.carl)
    assert fresh(referral).owner == clinic.cast.carl


def test_an_undone_release_gives_the_referral_back_to_its_owner(clinic):
    referral = clinic.in_review()
    unassign(referral=referral, actor=clinic.cast.cora, note="x")
    undo(referral=referral, actor=clinic.cast.cora)
    assert fresh(referral).owner == clinic.cast.cora


def test_an_undone_routing_withdraws_its_consults_and_no_other(clinic):
    referral = clinic.routed("tms", "spravato")
    route(referral=referral, actor=clinic.cast.cora, treatments=["psychotherapy"])
    undo(referral=referral, actor=clinic.cast.cora)
    states = dict(referral.consults.values_list("treatment", "state"))
    assert states == {"tms": "waiting", "spravato": "waiting", "psychotherapy": "withdrawn"}
    assert fresh(referral).state == "routed"
    alone = clinic.routed("tms")
    undo(referral=alone, actor=clinic.cast.cora)
    assert fresh(alone).state == "in_review"
    assert alone.consults.get().state == "withdrawn"
    assert alone.events.get(kind="withdraw").consult == alone.consults.get()


def test_an_undone_routing_leaves_no_consult_on_any_page_and_its_events_in_the_timeline(clinic, signed_in):
    referral = clinic.routed("tms", "spravato", "psychotherapy")
    undo(referral=referral, actor=clinic.cast.cora)
    address = f"/admin/treatments/referral/{referral.pk}/"
    cora = signed_in(clinic.cast.cora)
    for page in (address, f"{address}print/"):
        text = cora.get(page).content.decode()
        consults = text.split(">Consults</h2>")[1].split("</section>")[0]
        assert "Not routed yet." in consults and "Withdrawn" not in consults
        assert text.split(">Timeline</h2>")[1].count("The routing was undone.") == 3
    route(referral=fresh(referral), actor=clinic.cast.cora, treatments=["tms"])
    withdraw(consult=referral.consults.open().get(), actor=clinic.cast.cora, note="moved away")
    consults = cora.get(address).content.decode().split(">Consults</h2>")[1].split("</section>")[0]
    assert consults.count("Withdrawn") == 1  # what somebody withdrew stays


def test_the_page_of_an_undo_says_what_it_undoes_and_what_that_leads_to(clinic, signed_in):
    referral = clinic.routed("tms", "spravato")
    address = f"/admin/treatments/referral/{referral.pk}/"
    cora = signed_in(clinic.cast.cora)
    assert ">Undo: routed</a>" in cora.get(address).content.decode()
    page = " ".join(cora.get(f"{address}undo/").content.decode().split())
    assert (
        "<strong>Routed</strong> · Spravato (esketamine), TMS" in page
        and "taken out of its queue again" in page
    )
    assert cora.post(f"{address}undo/", {"seen_version": fresh(referral).version}).status_code == 302
    refused = " ".join(cora.get(f"{address}undo/").content.decode().split())
    assert "Nothing to undo" in refused and "What is undone" not in refused
    consult = clinic.consult("accepted")
    tess = signed_in(clinic.cast.tess)
    page = tess.get(f"/admin/treatments/tmsconsult/{consult.pk}/undo_consult/").content.decode()
    assert "Accepted" in page and "The consult waits again." in page


def test_an_undone_closing_is_back_in_review_with_its_owner_and_an_undone_reopening_closed(clinic):
    referral = clinic.closed()
    undo(referral=referral, actor=clinic.cast.cora)
    now = fresh(referral)
    assert (now.state, now.close_reason, now.owner) == ("in_review", "", clinic.cast.cora)
    close(referral=referral, actor=clinic.cast.cora, reason="patient_declined")
    reopen(referral=referral, actor=clinic.cast.carl, note="called")
    undo(referral=referral, actor=clinic.cast.carl)
    now = fresh(referral)
    assert (now.state, now.close_reason, now.owner) == ("closed", "patient_declined", clinic.cast.cora)


@pytest.mark.parametrize("way", ["close", "refer_elsewhere"])
def test_an_undone_closing_owes_the_caring_contact_again(way, clinic):
    referral = clinic.in_review(**SUICIDAL)
    cora = clinic.cast.cora
    release_hold(referral=referral, actor=clinic.cast.clara, recorded=RECORD)
    due = CaringContact.objects.get().due_at
    if way == "close":
        close(referral=referral, actor=cora, reason="cared_for_elsewhere", note="x")
    else:
        refer_elsewhere(referral=referral, actor=cora, where="primary_care", note="x", close=True)
    assert not CaringContact.objects.owed().exists()
    undo(referral=referral, actor=cora)
    row = CaringContact.objects.owed().get()
    assert (row.referral, row.due_at, row.taken_over_at) == (referral, due, None)
    with unchanged(Refused, OWED):
        close(referral=referral, actor=cora, reason="patient_declined")


@pytest.mark.parametrize("state", ["waiting", "accepted", "booked"])
def test_an_undone_withdrawal_puts_the_consult_back_where_it_was(state, clinic):
    consult = clinic.consult(state)
    withdraw(consult=consult, actor=clinic.cast.cora, note="no longer")
    assert fresh(consult.referral).state == "in_review"
    undo(referral=consult.referral, actor=clinic.cast.cora)
    now = fresh(consult)
    assert (now.state, now.booked_for, now.ended_at) == (state, consult.booked_for, None)
    assert fresh(consult.referral).state == "routed"
    event = Event.objects.latest("pk")
    assert (event.kind, event.consult, event.details["undone"]) == ("undo", consult, "withdraw")


def test_a_signpost_that_closed_nothing_is_not_undone(clinic):
    referral = clinic.in_review()
    refer_elsewhere(referral=referral, actor=clinic.cast.cora, where="primary_care")
    with unchanged(Refused, NOTHING):
        undo(referral=referral, actor=clinic.cast.cora)


def in_a_week():
    return timezone.localdate() + timedelta(days=7)


TEAM_MOVES = {
    "accept": ("waiting", lambda **who: accept(**who)),
    "book": ("accepted", lambda **who: book(day=in_a_week(), **who)),
    "reschedule": ("booked", lambda **who: reschedule(day=in_a_week(), **who)),
    "complete": ("booked", lambda **who: complete(outcome="patient_declined", note="said so", **who)),
    "return": ("accepted", lambda **who: return_consult(reason="no_capacity", **who)),
}
team_moves = pytest.mark.parametrize("kind", TEAM_MOVES)


def moved(clinic: Clinic, kind: str) -> tuple[Consult, Consult]:
    """The consult before and after Tess's move."""
    state, act = TEAM_MOVES[kind]
    before = clinic.consult(state)
    act(consult=before, actor=clinic.cast.tess)
    return before, fresh(before)


@team_moves
def test_a_team_member_undoes_their_own_last_move(kind, clinic):
    before, after = moved(clinic, kind)
    undo_consult(consult=after, actor=clinic.cast.tess)
    now = fresh(before)
    kept = ("state", "booked_for", "not_before", "return_reason", "outcome", "ended_at")
    assert [getattr(now, each) for each in kept] == [getattr(before, each) for each in kept]
    referral = fresh(before.referral)
    assert (referral.state, referral.returned_at) == ("routed", None)
    event = Event.objects.latest("pk")
    assert (event.kind, event.details["undone"]) == ("undo_consult", kind)


@team_moves
def test_a_teams_move_is_not_undone_by_a_colleague_nor_once_somebody_has_acted(kind, clinic):
    _before, after = moved(clinic, kind)
    colleague = User.objects.create_user("noor", is_staff=True)
    colleague.groups.set(clinic.cast.tess.groups.all())
    with unchanged(Refused, NOTHING):
        undo_consult(consult=after, actor=colleague)
    add_note(referral=after.referral, actor=clinic.cast.cora, note="read it")
    with unchanged(Refused, NOTHING):
        undo_consult(consult=after, actor=clinic.cast.tess)


@team_moves
def test_after_ten_minutes_a_teams_move_stands(kind, clinic):
    _before, after = moved(clinic, kind)
    with time_machine.travel(timezone.now() + timedelta(minutes=10, seconds=1)), unchanged(Refused, NOTHING):
        undo_consult(consult=after, actor=clinic.cast.tess)


@team_moves
def test_what_another_team_did_since_neither_stops_an_undo_nor_is_lost_by_it(kind, clinic):
    state, act = TEAM_MOVES[kind]
    referral = clinic.routed("tms", "spravato")
    mine, theirs = (referral.consults.get(treatment=each) for each in ("tms", "spravato"))
    mine = clinic.move(mine, state)
    act(consult=mine, actor=clinic.cast.tess)
    clinic.move(theirs, "returned")
    undo_consult(consult=fresh(mine), actor=clinic.cast.tess)
    assert fresh(mine).state == state
    assert fresh(theirs).state == "returned"
    assert fresh(referral).state == "routed"
    assert fresh(referral).returned_at == fresh(theirs).ended_at


def test_a_return_is_not_undone_once_the_person_is_in_that_queue_again(clinic):
    referral = clinic.routed("tms", "spravato")
    mine = referral.consults.get(treatment="tms")
    clinic.move(mine, "returned")
    theirs = referral.consults.get(treatment="spravato")
    transfer(consult=theirs, actor=clinic.cast.sam, treatment="tms", note="asks for TMS after all")
    with unchanged(Refused, NOTHING):
        undo_consult(consult=fresh(mine), actor=clinic.cast.tess)


def test_a_return_is_undone_from_the_page_it_leads_to(clinic, signed_in):
    consult = clinic.consult("waiting")
    tess = signed_in(clinic.cast.tess)
    address = f"/admin/treatments/tmsconsult/{consult.pk}/"
    sent = {"seen_version": consult.version, "reason": "no_capacity"}
    page = tess.post(f"{address}return/", sent, follow=True).content.decode()
    assert f'<a href="{address}undo_consult/">Undo the return</a>' in page
    assert tess.get(address).status_code == 404
    assert tess.get(f"{address}accept/").status_code == 404
    version = fresh(consult).version
    assert tess.get(f"{address}undo_consult/").context["form"]["seen_version"].value() == version
    for _twice in range(2):
        assert tess.post(f"{address}undo_consult/", {"seen_version": version}).url == address
    assert fresh(consult).state == "waiting"
    assert Event.objects.filter(kind="undo_consult").count() == 1
    colleague = User.objects.create_user("noor", is_staff=True)
    colleague.groups.set(clinic.cast.tess.groups.all())
    clinic.move(fresh(consult), "returned")
    assert signed_in(colleague).get(f"{address}undo_consult/").status_code == 404


def test_what_is_not_the_actors_own_last_move_is_not_undone(clinic):
    cora, carl = clinic.cast.cora, clinic.cast.carl
    referral = clinic.in_review()
    with unchanged(Refused, NOTHING):
        undo(referral=referral, actor=carl)
    add_note(referral=referral, actor=carl, note="called")
    with unchanged(Refused, NOTHING):
        undo(referral=referral, actor=cora)


def test_a_routing_that_a_team_has_taken_up_is_not_undone(clinic):
    consult = clinic.consult("accepted")
    with unchanged(Refused, NOTHING):
        undo(referral=consult.referral, actor=clinic.cast.cora)


def test_an_undo_and_a_hold_release_are_not_undone(clinic):
    referral = clinic.in_review(**URGENT)
    release_hold(referral=referral, actor=clinic.cast.clara, recorded=RECORD)
    with unchanged(PermissionDenied):
        undo(referral=referral, actor=clinic.cast.clara)
    with unchanged(Refused, NOTHING):
        undo(referral=referral, actor=clinic.cast.cora)
    other = clinic.in_review()
    undo(referral=other, actor=clinic.cast.cora)
    with unchanged(Refused, NOTHING):
        undo(referral=other, actor=clinic.cast.cora)


def test_after_ten_minutes_a_move_stands(clinic, monkeypatch):
    referral = clinic.in_review()
    later = timezone.now() + timedelta(minutes=10, seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    with unchanged(Refused, NOTHING):
        undo(referral=referral, actor=clinic.cast.cora)


def test_a_reason_is_still_needed_where_a_clinician_looks_first(clinic):
    referral = clinic.in_review(**CLINICIAN_FIRST_FOR_TMS)
    with unchanged(Refused):
        route(referral=referral, actor=clinic.cast.cora, treatments=["tms"], priority=1)
