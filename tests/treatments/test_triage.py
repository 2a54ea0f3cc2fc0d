"""Every action of staff: who may do it, when, what it changes, and that a refused one changes nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from intake.models import SharedKey, Submission
from tests.conftest import (
    CLINICIAN_FIRST_FOR_TMS,
    GROUP_OF,
    QUESTION,
    RECORD,
    SAME_DAY,
    URGENT,
    Clinic,
    all_read,
    fresh,
    release_hold,
    sent_intake,
    written_to,
)
from tests.treatments import alerts, test_handling
from treatments.models import Consult, Event, Referral
from treatments.reading import assessment
from treatments.triage import consults as team_actions
from treatments.triage.assessment import assess_referral
from treatments.triage.assignment import claim
from treatments.triage.closing import close, reopen
from treatments.triage.consents import revoke_consent
from treatments.triage.consults import (
    accept,
    complete,
    give_feedback,
    record_no_show,
    return_consult,
    transfer,
)
from treatments.triage.contacts import log_contact
from treatments.triage.notes import add_note, deal_with
from treatments.triage.questions import ask_patient, cancel_question
from treatments.triage.routing import route, withdraw
from treatments.triage.team_questions import answer_team, ask_desk
from treatments.triage.undo import undo_consult
from treatments.triage.visits import cancel_visit, record_held
from treatments.workflow import (
    CLOSE_REASONS,
    RETURN_REASONS,
    ConsultState,
    Hold,
    ReferralState,
    Refused,
    Situation,
)
from treatments.workflow.actions.notes import NOTE
from treatments.workflow.actions.table import CONSULT_ACTIONS, REFERRAL_ACTIONS, why_not

STALE = "Somebody else has changed this referral since you opened the page. Look at it again."
STALE_CONSULT = "This consult has changed since you opened the page. Look at it again."


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


def everything() -> list:
    """Every row that an action could change. That a page was looked at, or was refused, is no change but on record."""
    ours = [*apps.get_app_config("intake").get_models(), *apps.get_app_config("treatments").get_models()]
    rows = {model: model.objects.order_by("pk") for model in ours if not model._meta.proxy}
    rows[Event] = rows[Event].exclude(kind__in=("opened", "refused"))
    del rows[SharedKey]  # what seals the record
    return [list(each.values()) for each in rows.values()]


@pytest.fixture
def nothing_changes():
    """A block that must be refused, and after which every row is as before."""

    class Watch:
        def __call__(self, kind: type[Exception], sentence: str = ""):
            self.kind, self.sentence, self.before = kind, sentence, everything()
            return self

        def __enter__(self):
            return self

        def __exit__(self, kind, fault, traceback) -> bool:
            assert kind is self.kind, f"expected {self.kind}, not {fault!r}"
            if self.sentence:
                assert str(fault) == self.sentence
            assert everything() == self.before
            return True

    return Watch()


@dataclass(frozen=True)
class Row:
    """One action: the row it is ready on, how it is called, by whom, and who else has the right."""

    kind: str
    ready: Callable[[Clinic], Referral | Consult]
    act: Callable
    by: str
    may: set[str]
    becomes: str


COORDINATORS = {"cora", "carl"}


def asked(action: Callable, **details) -> Callable:
    def act(row, actor: User, seen: int | None = None) -> None:
        subject = "consult" if isinstance(row, Consult) else "referral"
        action(**{subject: row}, actor=actor, seen=seen, **details)

    return act


def book(row, actor: User, seen: int | None = None) -> None:
    team_actions.book(consult=row, actor=actor, day=tomorrow(), seen=seen)


def reschedule(row, actor: User, seen: int | None = None) -> None:
    team_actions.reschedule(consult=row, actor=actor, day=tomorrow() + timedelta(days=7), seen=seen)


def postpone(row, actor: User, seen: int | None = None) -> None:
    team_actions.postpone(consult=row, actor=actor, until=tomorrow(), note="away", seen=seen)


def asked_by_its_team(clinic: Clinic) -> Consult:
    consult = clinic.consult("waiting")
    ask_desk(consult=consult, actor=clinic.cast.tess, note="Which implant?")
    return fresh(consult)


DEEDS = [
    Row("claim", Clinic.new, asked(claim), "cora", COORDINATORS, "in_review"),
    Row(
        "route",
        Clinic.in_review,
        asked(route, treatments=["tms"], reason=""),
        "cora",
        {"cora"},  # Carl has the right, but Cora handles it
        "routed",
    ),
    Row(
        "ask_patient",
        Clinic.in_review,
        asked(ask_patient, **QUESTION),
        "cora",
        {"cora"},
        "awaiting_patient",
    ),
    Row(
        "cancel_question",
        Clinic.awaiting_patient,
        asked(cancel_question),
        "cora",
        COORDINATORS,
        "in_review",
    ),
    Row(
        "close",
        Clinic.in_review,
        asked(close, reason="other", note="moved"),
        "cora",
        COORDINATORS,
        "closed",
    ),
    Row("reopen", Clinic.closed, asked(reopen, note="called"), "cora", COORDINATORS, "in_review"),
    Row(
        "note",
        Clinic.in_review,
        asked(add_note, note="called"),
        "cora",
        {*COORDINATORS, "clara"},
        "in_review",
    ),
    Row(
        "revoke_consent",
        Clinic.in_review,
        asked(revoke_consent, note="called"),
        "cora",
        {*COORDINATORS, "clara"},
        "in_review",
    ),
    Row(
        "deal_with",
        lambda clinic: written_to(clinic.in_review()),
        asked(deal_with, reasons={"message": "called back"}),
        "cora",
        {*COORDINATORS, "clara"},
        "in_review",
    ),
    Row(
        "assess_risk",
        lambda clinic: clinic.in_review(**URGENT),
        asked(release_hold, recorded=RECORD),
        "clara",
        {"clara"},
        "in_review",
    ),
    Row(
        "withdraw",
        lambda clinic: clinic.consult("waiting"),
        asked(withdraw, note="no longer"),
        "cora",
        COORDINATORS,
        "withdrawn",
    ),
    Row(
        "accept",
        lambda clinic: clinic.consult("waiting"),
        asked(accept),
        "tess",
        {"tess"},
        "accepted",
    ),
    Row("book", lambda clinic: clinic.consult("accepted"), book, "tess", {"tess"}, "booked"),
    Row(
        "reschedule",
        lambda clinic: clinic.consult("booked"),
        reschedule,
        "tess",
        {"tess"},
        "booked",
    ),
    Row(
        "undo_consult",
        lambda clinic: clinic.consult("booked"),
        asked(undo_consult),
        "tess",
        {"tess"},
        "accepted",
    ),
    Row("no_show", Clinic.booked_today, asked(record_no_show), "tess", {"tess"}, "accepted"),
    Row("visit_held", Clinic.booked_today, asked(record_held), "tess", {"tess"}, "accepted"),
    Row(
        "cancel_visit",
        lambda clinic: clinic.consult("booked"),
        asked(cancel_visit, note="the room is taken"),
        "tess",
        {"tess"},
        "accepted",
    ),
    Row(
        "complete",
        lambda clinic: clinic.consult("booked"),
        asked(complete, outcome="started_treatment", note="seen"),
        "tess",
        {"tess"},
        "completed",
    ),
    Row(
        "return",
        lambda clinic: clinic.consult("waiting"),
        asked(return_consult, reason="other", note="full"),
        "tess",
        {"tess"},
        "returned",
    ),
    Row(
        "postpone",
        lambda clinic: clinic.consult("waiting"),
        postpone,
        "tess",
        {"tess"},
        "waiting",
    ),
    Row(
        "transfer",
        lambda clinic: clinic.consult("waiting"),
        asked(transfer, treatment="spravato", note="asks for it"),
        "tess",
        {"tess"},
        "withdrawn",
    ),
    Row(
        "feedback",
        lambda clinic: clinic.consult("waiting"),
        asked(give_feedback, verdict="useful"),
        "tess",
        {"tess"},
        "waiting",
    ),
    Row(
        "ask_desk",
        lambda clinic: clinic.consult("waiting"),
        asked(ask_desk, note="Which implant?"),
        "tess",
        {"tess"},
        "waiting",
    ),
    Row(
        "answer_team",
        asked_by_its_team,
        asked(answer_team, note="A cochlear one."),
        "cora",
        COORDINATORS,
        "waiting",
    ),
]
every_action = pytest.mark.parametrize("action", DEEDS, ids=lambda action: action.kind)
# A note rests on nothing that its page showed (test_stale_pages.py).
every_stale_action = pytest.mark.parametrize(
    "action", [action for action in DEEDS if action.kind != NOTE.key], ids=lambda action: action.kind
)
by_kind = {action.kind: action for action in DEEDS}


def version_of(row: Referral | Consult, action: Row | None = None) -> int:
    """The version that a page shows: of the referral, for a team's ``action`` of the consult itself."""
    if action and action.kind in CONSULT_ACTIONS:
        return fresh(row).version
    return fresh(row if isinstance(row, Referral) else row.referral).version


def colleague_of(person: User) -> User:
    """Somebody else with the same rights."""
    other = User.objects.create_user("colleague", first_name="Noor", is_staff=True)
    other.groups.set(person.groups.all())
    return other


def test_the_table_of_actions_is_complete():
    told = set(by_kind) | {action.kind for action in test_handling.DEEDS}
    assert told == {*REFERRAL_ACTIONS, *CONSULT_ACTIONS}


# --- The frame, for every action -------------------------------------------------------------------------


@every_action
def test_the_right_person_does_the_action_and_it_is_one_event(action, clinic):
    row = action.ready(clinic)
    before, events = version_of(row), Event.objects.count()
    actor = getattr(clinic.cast, action.by)
    action.act(row, actor, version_of(row, action))
    assert fresh(row).state == action.becomes
    assert version_of(row) == before + 1
    assert Event.objects.count() == events + 1
    event = Event.objects.latest("pk")
    assert (event.kind, event.actor, event.version) == (action.kind, actor, before)
    assert event.from_state == row.state
    assert event.to_state == action.becomes
    assert event.consult == (Consult.objects.get(pk=row.pk) if isinstance(row, Consult) else None)


@every_action
@pytest.mark.parametrize("name", GROUP_OF)
def test_a_action_is_for_those_with_the_right_and_changes_nothing_for_others(
    action, name, clinic, nothing_changes
):
    row = action.ready(clinic)
    actor = getattr(clinic.cast, name)
    if name in action.may:
        action.act(row, actor, version_of(row, action))
        assert fresh(row).state == action.becomes
    else:
        both_coordinate = name in COORDINATORS and action.kind in ("route", "ask_patient")
        with nothing_changes(Refused if both_coordinate else PermissionDenied):
            action.act(row, actor, version_of(row, action))


@every_action
def test_somebody_who_has_left_does_nothing(action, clinic, nothing_changes):
    row = action.ready(clinic)
    actor = getattr(clinic.cast, action.by)
    actor.is_active = False
    actor.save()
    with nothing_changes(PermissionDenied):
        action.act(row, User.objects.get(pk=actor.pk), version_of(row, action))


@every_stale_action
def test_a_action_from_a_stale_page_is_refused(action, clinic, nothing_changes):
    row = action.ready(clinic)
    seen = version_of(row, action)
    if action.kind in CONSULT_ACTIONS:
        team_actions.postpone(
            consult=row, actor=clinic.cast.tess, until=tomorrow() + timedelta(days=1), note="in between"
        )
        sentence = STALE_CONSULT
    else:
        referral = row if isinstance(row, Referral) else row.referral
        add_note(referral=referral, actor=clinic.cast.carl, note="called in between")
        sentence = STALE
    with nothing_changes(Refused, sentence):
        action.act(row, getattr(clinic.cast, action.by), seen)


@every_action
def test_the_same_action_twice_by_the_same_person_is_the_same_as_once(action, clinic):
    row = action.ready(clinic)
    actor, seen = getattr(clinic.cast, action.by), version_of(row, action)
    action.act(row, actor, seen)
    after_one = everything()
    action.act(row, actor, seen)
    assert everything() == after_one


@every_stale_action
def test_the_same_action_by_another_is_refused_with_a_sentence(action, clinic, nothing_changes):
    row = action.ready(clinic)
    actor, seen = getattr(clinic.cast, action.by), version_of(row, action)
    action.act(row, actor, seen)
    with nothing_changes(Refused, STALE_CONSULT if action.kind in CONSULT_ACTIONS else STALE):
        action.act(row, colleague_of(actor), seen)


def test_the_same_kind_of_action_with_other_words_is_not_taken_for_a_repetition(clinic, nothing_changes):
    referral = clinic.in_review()
    seen = referral.version
    called = {"referral": referral, "actor": clinic.cast.cora, "channel": "call", "seen": seen}
    log_contact(**called, outcome="no_answer")
    with nothing_changes(Refused, STALE):
        log_contact(**called, outcome="reached")


@pytest.mark.parametrize("state", ReferralState)
@pytest.mark.parametrize(
    "kind", ["claim", "route", "ask_patient", "cancel_question", "close", "reopen", "note"]
)
def test_a_action_on_a_referral_obeys_the_table_in_every_state(kind, state, clinic, nothing_changes):
    referral = clinic.referral(state)
    cora = clinic.cast.cora
    if kind == "claim" and referral.owner == cora:
        before = everything()
        by_kind[kind].act(referral, cora)
        assert everything() == before
        return
    now = Situation(
        state=ReferralState(referral.state),
        hold=Hold(referral.hold),
        assessed=referral.is_assessed,
        owner=referral.owner.first_name if referral.owner else "",
        owned_by_actor=referral.owner == cora,
        open_consults=referral.consults.open().count(),
        asked=referral.answer_by is not None,
    )
    refusal = why_not(kind, now)
    act = by_kind[kind].act
    if kind == "route":  # into another queue than the one it may be in already
        act = asked(route, treatments=["spravato"], reason="")
    if refusal:
        with nothing_changes(Refused, refusal):
            act(referral, cora)
    else:
        act(referral, cora)
        assert fresh(referral).version == referral.version + 1


@pytest.mark.parametrize("state", ConsultState)
@pytest.mark.parametrize("kind", ["accept", "book", "complete", "return", "withdraw"])
def test_a_action_on_a_consult_obeys_the_table_in_every_state(kind, state, clinic, nothing_changes):
    consult = clinic.consult(state)
    actor = clinic.cast.cora if kind == "withdraw" else clinic.cast.tess
    moves = {
        "waiting": {"accept", "return", "withdraw"},
        "accepted": {"book", "return", "withdraw"},
        "booked": {"complete", "return", "withdraw"},
    }
    if kind in moves.get(state, ()):
        by_kind[kind].act(consult, actor)
        assert fresh(consult).state == by_kind[kind].becomes
    else:
        with nothing_changes(Refused):
            by_kind[kind].act(consult, actor)


# --- Claiming and routing ------------------------------------------------------------------------------


def test_a_claimed_referral_is_handled_by_whoever_claimed_it(clinic):
    referral = clinic.in_review()
    assert (referral.owner, referral.state) == (clinic.cast.cora, "in_review")


def test_a_second_coordinator_is_told_who_handles_the_referral(clinic, nothing_changes):
    referral = clinic.in_review()
    with nothing_changes(Refused, "Cora is already handling this referral."):
        claim(referral=referral, actor=clinic.cast.carl)


def test_a_coordinator_cannot_route_an_unclaimed_referral(clinic, nothing_changes):
    referral = clinic.new()
    with nothing_changes(Refused, "Claim this referral before you route it."):
        route(referral=referral, actor=clinic.cast.cora, treatments=["tms"])


def test_a_coordinator_cannot_route_what_another_one_handles(clinic, nothing_changes):
    referral = clinic.in_review()
    with nothing_changes(Refused, "Cora is handling this referral. Only they can route it."):
        route(referral=referral, actor=clinic.cast.carl, treatments=["tms"])


def test_routing_opens_one_waiting_consult_in_each_queue_and_keeps_what_was_known(clinic):
    referral = clinic.routed("tms", "psychotherapy")
    consults = referral.consults.order_by("treatment")
    assert [(c.treatment, c.state, c.opened_by) for c in consults] == [
        ("psychotherapy", "waiting", clinic.cast.cora),
        ("tms", "waiting", clinic.cast.cora),
    ]
    event = referral.events.get(kind="route")
    assert event.details == {"treatments": ["psychotherapy", "tms"]}
    assert event.note == "fits well"
    assert event.assessment["ruleset"] == referral.ruleset
    assert event.assessment["treatments"]["tms"]["state"] == referral.findings["tms"]["state"]


@pytest.mark.parametrize("treatments", [[], ["surgery"], ["tms", "surgery"], [""]])
def test_routing_names_a_queue_that_exists(treatments, clinic, nothing_changes):
    referral = clinic.in_review()
    with nothing_changes(Refused, "Choose at least one consult queue."):
        route(referral=referral, actor=clinic.cast.cora, treatments=treatments)


def test_a_referral_waits_in_each_queue_once(clinic, nothing_changes):
    referral = clinic.routed("tms")
    with nothing_changes(Refused, "This referral waits in that queue already: TMS."):
        route(referral=referral, actor=clinic.cast.cora, treatments=["tms", "spravato"])


def test_a_routed_referral_may_wait_in_a_further_queue(clinic):
    referral = clinic.routed("tms")
    route(referral=referral, actor=clinic.cast.cora, treatments=["spravato"])
    assert set(referral.consults.open().values_list("treatment", flat=True)) == {"tms", "spravato"}
    assert fresh(referral).state == "routed"


def test_routing_against_clinician_first_asks_for_a_reason(clinic, nothing_changes):
    referral = clinic.in_review(**CLINICIAN_FIRST_FOR_TMS)
    sentence = "A finding says “clinician first” for a treatment you chose. Write why you route it there."
    for reason in ("", "  \n "):
        with nothing_changes(Refused, sentence):
            route(referral=referral, actor=clinic.cast.cora, treatments=["tms", "spravato"], reason=reason)
    route(referral=referral, actor=clinic.cast.cora, treatments=["spravato"])
    route(referral=referral, actor=clinic.cast.cora, treatments=["tms"], reason="Dr Lee agrees")
    assert referral.consults.get(treatment="tms").why == "Dr Lee agrees"


# --- What happens to the referral when a consult ends --------------------------------------------------


@pytest.mark.parametrize("end", ["returned", "withdrawn", "completed"])
def test_the_last_consult_to_end_brings_the_referral_back_to_the_desk(end, clinic):
    referral = clinic.consult(end).referral
    assert referral.state == "in_review"
    assert referral in Referral.objects.needing_a_coordinator()
    assert referral.owner == clinic.cast.cora
    assert (referral.returned_at is not None) == (end == "returned")


@pytest.mark.parametrize("end", ["returned", "withdrawn", "completed"])
def test_a_referral_stays_routed_while_another_consult_is_open(end, clinic):
    referral = clinic.routed("tms", "spravato", "psychotherapy")
    first, second, third = referral.consults.order_by("pk")
    for consult in (first, second):
        clinic.move(consult, end)
        assert fresh(referral).state == "routed"
    clinic.move(third, end)
    assert fresh(referral).state == "in_review"


def test_a_return_is_on_the_desk_although_another_team_still_has_the_referral(clinic):
    referral = clinic.routed("tms", "spravato")
    assert referral not in Referral.objects.needing_a_coordinator()
    clinic.move(referral.consults.get(treatment="tms"), "returned")
    assert referral in Referral.objects.needing_a_coordinator()


def test_a_return_stands_until_somebody_says_what_they_did_and_no_note_ends_it(clinic):
    referral = clinic.routed("tms", "spravato")
    clinic.move(referral.consults.get(treatment="tms"), "returned")
    add_note(referral=referral, actor=clinic.cast.clara, note="seen on the ward")
    assert fresh(referral).returned_at is not None
    add_note(referral=referral, actor=clinic.cast.cora, note="read")
    assert fresh(referral).returned_at is not None
    deal_with(referral=referral, actor=clinic.cast.cora, reasons={"returned": "called the team"})
    assert fresh(referral).returned_at is None


def test_a_returned_referral_can_be_routed_to_the_same_queue_again(clinic):
    referral = clinic.consult("returned").referral
    route(referral=referral, actor=clinic.cast.cora, treatments=["tms"])
    assert list(referral.consults.order_by("pk").values_list("state", flat=True)) == ["returned", "waiting"]
    assert fresh(referral).returned_at is None


def test_a_referral_is_not_closed_while_a_team_has_it(clinic, nothing_changes):
    referral = clinic.routed("tms")
    with nothing_changes(Refused, "A consult team still has this referral. Withdraw its consult first."):
        close(referral=referral, actor=clinic.cast.cora, reason="patient_declined")


@pytest.mark.parametrize("day", [-1, -400])
def test_a_visit_is_not_booked_in_the_past(day, clinic, nothing_changes):
    consult = clinic.consult("accepted")
    with nothing_changes(Refused, "The day of the visit can't be in the past."):
        team_actions.book(
            consult=consult, actor=clinic.cast.tess, day=timezone.localdate() + timedelta(days=day)
        )


def test_a_visit_may_be_booked_for_today(clinic):
    consult = clinic.consult("accepted")
    team_actions.book(consult=consult, actor=clinic.cast.tess, day=timezone.localdate())
    assert fresh(consult).booked_for == timezone.localdate()


def test_a_booked_visit_is_moved_to_another_day_and_stays_booked(clinic, nothing_changes):
    consult = clinic.consult("booked")
    first, later = consult.booked_for, tomorrow() + timedelta(days=9)
    team_actions.reschedule(consult=consult, actor=clinic.cast.tess, day=later)
    now = fresh(consult)
    assert (now.state, now.booked_for) == ("booked", later)
    event, visit = Event.objects.latest("pk"), now.visits.standing().get()
    assert (event.kind, event.details) == (
        "reschedule",
        {"visit": visit.pk, "day": later.isoformat(), "moved_from": first.isoformat()},
    )
    with nothing_changes(Refused, "The visit is booked for then already."):
        team_actions.reschedule(consult=now, actor=clinic.cast.tess, day=later)
    with nothing_changes(Refused, "The day of the visit can't be in the past."):
        team_actions.reschedule(
            consult=now, actor=clinic.cast.tess, day=timezone.localdate() - timedelta(days=1)
        )
    complete(consult=now, actor=clinic.cast.tess, outcome="patient_declined", note="said so")
    with nothing_changes(Refused, "This consult is completed: nothing more happens with it."):
        team_actions.reschedule(consult=fresh(now), actor=clinic.cast.tess, day=tomorrow())


@pytest.mark.parametrize("state", ["waiting", "accepted"])
def test_a_visit_that_is_not_booked_is_not_moved(state, clinic, nothing_changes):
    consult = clinic.consult(state)
    with nothing_changes(Refused, "No visit is booked yet."):
        team_actions.reschedule(consult=consult, actor=clinic.cast.tess, day=tomorrow())


# --- Reasons and notes ---------------------------------------------------------------------------------


@pytest.mark.parametrize("code", CLOSE_REASONS)
def test_a_reason_for_closing_that_needs_a_note_is_refused_without_one(code, clinic, nothing_changes):
    referral = clinic.in_review()
    if CLOSE_REASONS[code].note_required:
        for note in ("", "   "):
            with nothing_changes(Refused, "This reason needs a note."):
                close(referral=referral, actor=clinic.cast.cora, reason=code, note=note)
    for _each in range(3 if CLOSE_REASONS[code].after_attempts else 0):
        log_contact(referral=referral, actor=clinic.cast.cora, channel="call", outcome="no_answer")
    close(referral=referral, actor=clinic.cast.cora, reason=code, note="as told")
    assert fresh(referral).close_reason == code


@pytest.mark.parametrize("code", RETURN_REASONS)
def test_a_reason_for_returning_that_needs_a_note_is_refused_without_one(code, clinic, nothing_changes):
    consult = clinic.consult("waiting")
    if RETURN_REASONS[code].note_required:
        with nothing_changes(Refused, "This reason needs a note."):
            return_consult(consult=consult, actor=clinic.cast.tess, reason=code)
    return_consult(consult=consult, actor=clinic.cast.tess, reason=code, note="as told")
    assert fresh(consult).return_reason == code


@pytest.mark.parametrize("code", ["", "bored", "no_capacity"])
def test_an_unknown_reason_for_closing_is_refused(code, clinic, nothing_changes):
    referral = clinic.in_review()
    with nothing_changes(Refused, "Choose a reason."):
        close(referral=referral, actor=clinic.cast.cora, reason=code, note="x")


@pytest.mark.parametrize("code", ["", "bored", "duplicate"])
def test_an_unknown_reason_for_returning_is_refused(code, clinic, nothing_changes):
    consult = clinic.consult("waiting")
    with nothing_changes(Refused, "Choose a reason."):
        return_consult(consult=consult, actor=clinic.cast.tess, reason=code, note="x")


def test_an_empty_note_a_reopening_and_a_withdrawal_without_a_word_are_refused(clinic, nothing_changes):
    cora = clinic.cast.cora
    closed, consult = clinic.closed(), clinic.consult("waiting")
    for empty in ("", " \n"):
        with nothing_changes(Refused, "Write a note."):
            add_note(referral=closed, actor=cora, note=empty)
        with nothing_changes(Refused, "Write why you reopen this referral."):
            reopen(referral=closed, actor=cora, note=empty)
        with nothing_changes(Refused, "Write why you withdraw this consult."):
            withdraw(consult=consult, actor=cora, note=empty)


def test_whoever_reopens_a_referral_handles_it(clinic):
    referral = clinic.closed()
    reopen(referral=referral, actor=clinic.cast.carl, note="called again")
    referral = fresh(referral)
    assert (referral.state, referral.owner, referral.close_reason) == ("in_review", clinic.cast.carl, "")


# --- Holds ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("changes", "level"), [({}, "none"), (SAME_DAY, "same_day"), (URGENT, "urgent")])
def test_an_intake_arrives_with_the_hold_its_answers_ask_for(changes, level, clinic):
    referral = clinic.new(**changes)
    assert referral.hold == level
    assert bool(referral.hold_rules) == (level != "none")
    assert referral.events.filter(kind="hold_raised").exists() == (level != "none")


@pytest.mark.parametrize("changes", [SAME_DAY, URGENT])
def test_nothing_is_routed_or_closed_while_a_hold_stands(changes, clinic, nothing_changes):
    referral = clinic.in_review(**changes)
    alerts.close(alerts.alert_of(referral.submission), clinic.cast.cora)
    referral = fresh(referral)
    with nothing_changes(
        Refused, "A safety hold stands. A clinician must release it before anything is routed."
    ):
        route(referral=referral, actor=clinic.cast.cora, treatments=["tms"], reason="urgent")
    with nothing_changes(Refused):
        close(referral=referral, actor=clinic.cast.cora, reason="patient_declined")


@pytest.mark.parametrize("part", RECORD)
def test_a_hold_is_released_only_with_every_part_of_the_assessment(part, clinic, nothing_changes):
    referral = clinic.in_review(**URGENT)
    sentence = "Record every part of the assessment."
    without = {key: text for key, text in RECORD.items() if key != part}
    for recorded in (without, RECORD | {part: "  "}):
        with nothing_changes(Refused, sentence):
            release_hold(referral=referral, actor=clinic.cast.clara, recorded=recorded)


def test_a_released_hold_leaves_the_clinicians_record_and_lets_the_referral_be_routed(clinic):
    referral = clinic.in_review(**URGENT)
    rules = referral.hold_rules
    release_hold(referral=referral, actor=clinic.cast.clara, recorded=RECORD)
    event = referral.events.get(kind="assess_risk")
    row = referral.risk_assessments.get()
    said = {"risk_assessment": row.pk, "level": "low", "choice": "release"}
    assert event.details == {**said, "hold": "urgent", "rules": rules}
    assert {part: getattr(row, part) for part in RECORD} == RECORD
    assert set(row.covers) == set(rules)
    assert event.assessment["hold"]["level"] == "urgent"
    referral = fresh(referral)
    assert (referral.hold, referral.hold_rules) == ("none", [])
    read = all_read(clinic.cast.cora, referral)
    route(referral=referral, actor=clinic.cast.cora, treatments=["spravato"], reason="safe now", read=read)
    assert fresh(referral).state == "routed"


def with_ruleset(monkeypatch, version: str) -> None:
    real = assessment.assess
    monkeypatch.setattr(
        assessment, "assess", lambda *args, **more: real(*args, **more) | {"ruleset": version}
    )


@pytest.fixture
def released(clinic) -> Referral:
    referral = clinic.in_review(**URGENT)
    release_hold(referral=referral, actor=clinic.cast.clara, recorded=RECORD)
    return fresh(referral)


def test_the_same_ruleset_does_not_raise_a_released_hold_again(released):
    assert assess_referral(released)
    assert fresh(released).hold == "none"
    assert released.events.filter(kind="hold_raised").count() == 1


def test_a_new_ruleset_alone_raises_no_released_hold_again(released, monkeypatch):
    with_ruleset(monkeypatch, "2099.1")
    assert assess_referral(released)
    referral = fresh(released)
    assert (referral.hold, referral.ruleset, referral.hold_rules) == ("none", "2099.1", [])
    assert referral.events.filter(kind="hold_raised").count() == 1


def test_a_standing_hold_is_never_lifted_by_a_ruleset_that_asks_for_none(clinic, monkeypatch):
    referral = clinic.new(**URGENT)
    real = assessment.assess
    calm = {"level": "none", "rules": [], "ask": []}
    monkeypatch.setattr(
        assessment, "assess", lambda *args, **more: real(*args, **more) | {"ruleset": "2099.1", "hold": calm}
    )
    assert assess_referral(referral)
    assert fresh(referral).hold == "urgent"
    assert fresh(referral).hold_rules == referral.hold_rules


# --- Faults in a rule ----------------------------------------------------------------------------------


@pytest.fixture
def a_rule_fails(monkeypatch):
    def assess(*args, **more):
        raise KeyError("Canary Patientname")

    monkeypatch.setattr(assessment, "assess", assess)


NOT_ASSESSED = "This referral has not been assessed yet, so it can't be routed."


def test_a_referral_that_a_rule_failed_on_is_on_the_desk_unassessed_and_held(clinic, a_rule_fails, caplog):
    referral = clinic.new()
    assert (referral.is_assessed, referral.hold, referral.state) == (False, "same_day", "new")
    assert referral in Referral.objects.needing_a_coordinator()
    assert [event.kind for event in referral.events.all()] == ["received"]
    assert "Canary" not in caplog.text


def test_a_referral_that_was_not_assessed_is_neither_routed_nor_released(
    clinic, a_rule_fails, nothing_changes
):
    referral = clinic.in_review()
    with nothing_changes(Refused, NOT_ASSESSED):
        route(referral=referral, actor=clinic.cast.cora, treatments=["tms"])
    with nothing_changes(Refused):
        release_hold(referral=referral, actor=clinic.cast.clara, recorded=RECORD)


def test_before_the_commit_is_through_a_referral_is_held_and_not_assessed(db):
    referral = Referral.objects.get(submission=sent_intake())
    assert (referral.is_assessed, referral.hold) == (False, "same_day")


def test_an_assessment_that_works_later_lifts_the_hold_of_not_being_assessed(clinic, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(assessment, "assess", lambda *args, **more: 1 / 0)
        referral = clinic.new()
    assert assess_referral(referral)
    assert (fresh(referral).is_assessed, fresh(referral).hold) == (True, "none")


def test_a_rule_that_begins_to_fail_refuses_decisions_with_a_sentence(clinic, monkeypatch, nothing_changes):
    referral, held = clinic.in_review(), clinic.in_review(**URGENT)
    consult = clinic.consult("waiting")
    monkeypatch.setattr(assessment, "assess", lambda *args, **more: 1 / 0)
    sentence = (
        "A rule fails on this referral, so nothing can be decided on it now. Contact your administrator."
    )
    with nothing_changes(Refused, sentence):
        route(referral=referral, actor=clinic.cast.cora, treatments=["tms"])
    with nothing_changes(Refused, sentence):
        release_hold(referral=held, actor=clinic.cast.clara, recorded=RECORD)
    with nothing_changes(Refused, sentence):
        accept(consult=consult, actor=clinic.cast.tess)


@pytest.mark.parametrize("path", ["about.first_name", "about.last_name", "about.phone", "about.email"])
def test_an_intake_with_a_very_long_name_or_address_arrives_all_the_same(path, clinic):
    referral = clinic.new(**{path: "1" * 10_000})
    assert len(getattr(referral, path.removeprefix("about."))) == 500
    assert referral.is_assessed


# --- Sending -------------------------------------------------------------------------------------------


def test_sending_twice_gives_one_referral(clinic):
    referral = clinic.new()
    Submission.submit(referral.submission_id)
    assert Referral.objects.count() == 1
    assert Event.objects.filter(kind="received").count() == 1
