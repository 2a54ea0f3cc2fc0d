"""Every action on its page: by who may, by who may not, in the wrong state, from a stale page, with something missing.

What is refused changes nothing, and says why in the words of the disabled button.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from intake.locations import settings_of
from tests.conftest import LOW, QUESTION, URGENT, Clinic, fresh, sent_intake, written_to
from tests.treatments import alerts, kept, papers, payer, test_handling, test_triage
from tests.treatments.buttons import buttons_in
from tests.treatments.test_handling import SUICIDAL, beside_another, linked
from tests.treatments.test_triage import STALE, STALE_CONSULT, everything, tomorrow
from treatments.models import Consult, Referral
from treatments.reading.redaction import assessment_to_keep
from treatments.triage import assessment
from treatments.triage.assignment import assign, claim
from treatments.triage.consults import give_feedback
from treatments.triage.notes import add_note
from treatments.triage.team_questions import ask_desk
from treatments.workflow.actions.table import ACTIONS, CONSULT_ACTIONS, REFERRAL_ACTIONS

CLOSED = "This referral is closed. Reopen it first."
NOTHING = "Nothing to undo: your last action was over ten minutes ago, or someone has acted since."


@dataclass(frozen=True)
class Row:
    """One action's page.

    ``ready``: where the action may happen, ``sent`` what is filled in then, ``missing`` the parts that may not be
    left out. ``unready``: where it is refused with ``sentence``; None for an action that no state refuses.
    """

    by: str
    strangers: tuple[str, ...]
    ready: Callable[[Clinic], Referral | Consult]
    unready: Callable[[Clinic], Referral | Consult] | None = None
    sentence: str = ""
    sent: Callable[[Referral | Consult], dict] = field(default=lambda row: {})
    missing: tuple[str, ...] = ()


def at_ten(after: date) -> dict[str, str]:
    """What the form of a visit sends: half an hour on the clinic's next working day."""
    day = settings_of(None).working_time.next_day(after)
    return {"day": day.isoformat(), "starts": "10:00", "ends": "10:30"}


def always(**told) -> Callable:
    return lambda row: told


def in_state(state: str) -> Callable[[Clinic], Consult]:
    return lambda clinic: clinic.consult(state)


def taken_over_by_carl(clinic: Clinic) -> Referral:
    referral = clinic.in_review()
    assign(referral=referral, actor=clinic.cast.cora, to=clinic.cast.carl)
    return fresh(referral)


def not_assessed(clinic: Clinic) -> Referral:
    """Sent, and the rules have not run."""
    return Referral.objects.get(submission=sent_intake())


def on_hold(clinic: Clinic) -> Referral:
    """By the rules alone: the alert is closed."""
    referral = clinic.in_review(**URGENT)
    alerts.close(alerts.alert_of(referral.submission), clinic.cast.cora)
    return fresh(referral)


def other_reference(row: Referral) -> dict:
    other = Referral.objects.exclude(pk=row.pk).latest("pk")
    return {"reference": other.reference, "note": "two forms"}


def seen_by_the_team_under_a_hold(clinic: Clinic) -> Consult:
    consult = clinic.consult("waiting")
    told = assessment_to_keep(consult.referral)
    told["hold"] = {**told["hold"], "level": "urgent", "rules": ["S01"]}
    assessment.store(consult.referral, {**told, "ruleset": "raised"}, at=timezone.now())
    return fresh(consult)


def with_feedback(clinic: Clinic) -> Consult:
    consult = clinic.consult("waiting")
    give_feedback(consult=consult, actor=clinic.cast.tess, verdict="useful")
    return fresh(consult)


def asked_by_a_team(clinic: Clinic) -> Referral:
    referral = clinic.routed("tms")
    ask_desk(consult=referral.consults.get(), actor=clinic.cast.tess, note="Which implant is it?")
    return fresh(referral)


def carls_move(clinic: Clinic) -> Referral:
    referral = clinic.new()
    claim(referral=referral, actor=clinic.cast.carl)
    return fresh(referral)


def just_now() -> str:
    """The time that the boxes for it hold."""
    return f"{timezone.localtime():%H:%M}"


def with_request(state: str) -> Callable[[Clinic], Referral]:
    return lambda clinic: papers.requested(clinic, state)


def on_this_day(row: Referral) -> dict[str, str]:
    return {"day": timezone.localdate().isoformat()}


NOT_THE_DESK = ("tess", "olive", "adam", "sid")
NO_REQUEST = "No request for records is open."
NONE_IS_OUT = "No request for records is out."
OFFICER_ONLY = ("cora", "tess", "adam", "sid", "clara")
DESK_ONLY = ("tess", "olive", "adam", "sid", "clara")
TEAM_ONLY = ("cora", "clara", "sam", "pia", "olive", "adam", "sid")
NOT_THE_DESK = ("tess", "olive", "adam", "sid")
HOLD = "A safety hold stands. A clinician must release it before "

TABLE: dict[str, Row] = {
    "claim": Row(
        "cora", DESK_ONLY, Clinic.new, taken_over_by_carl, "Carl is already handling this referral."
    ),
    "assign": Row(
        "cora",
        DESK_ONLY,
        Clinic.in_review,
        Clinic.closed,
        CLOSED,
        lambda row: {"to": carl().pk},
        ("to",),
    ),
    "unassign": Row(
        "cora",
        DESK_ONLY,
        Clinic.in_review,
        taken_over_by_carl,
        "Carl is handling this referral. Only they can unassign it.",
        always(note="on leave"),
        ("note",),
    ),
    "route": Row(
        "cora",
        DESK_ONLY,
        Clinic.in_review,
        on_hold,
        f"{HOLD}anything is routed.",
        always(treatments=["psychotherapy"], reason="fits"),
        ("treatments",),
    ),
    "ask_patient": Row(
        "cora",
        DESK_ONLY,
        Clinic.in_review,
        Clinic.new,
        "Claim this referral before you ask the patient.",
        always(**QUESTION),
        ("fields", "message"),
    ),
    "cancel_question": Row(
        "cora",
        DESK_ONLY,
        Clinic.awaiting_patient,
        Clinic.in_review,
        "No question to the patient is open.",
        always(note="phoned"),
    ),
    "assess_risk": Row(
        "clara",
        ("cora", "tess", "olive", "adam", "sid"),
        on_hold,
        not_assessed,
        "The rules have not run on this referral yet. Once they have, its risk can be assessed here.",
        always(**LOW, hold="release"),
        (*LOW, "hold"),
    ),
    "note": Row(
        "cora", ("tess", "olive", "adam", "sid"), Clinic.in_review, None, "", always(note="x"), ("note",)
    ),
    "revoke_consent": Row(
        "cora",
        ("tess", "olive", "adam", "sid"),
        Clinic.in_review,
        lambda clinic: clinic.in_review(**{"consent.substance_use_agreed": "no"}),
        "No consent to share substance-use answers stands here.",
        always(note="phoned"),
        ("note",),
    ),
    "deal_with": Row(
        "cora",
        ("tess", "olive", "adam", "sid"),
        lambda clinic: written_to(clinic.in_review()),
        Clinic.in_review,
        "Nothing waits here to be dealt with.",
        always(why_message="called back"),
        ("why_message",),
    ),
    "record_answer": Row(
        "cora",
        ("tess", "olive", "adam", "sid"),
        Clinic.in_review,
        Clinic.closed,
        CLOSED,
        lambda row: {
            **{"as_told_by": "patient", "how": "phone", "change": ["health.stroke"], "health-stroke": "no"},
            **{"said_at_0": timezone.localdate().isoformat(), "said_at_1": just_now()},
        },
        ("as_told_by", "how", "said_at_0"),
    ),
    "withdraw": Row(
        "cora",
        DESK_ONLY,
        Clinic.routed,
        Clinic.in_review,
        "No consult is open.",
        lambda row: {"consult": getattr(row.consults.first(), "pk", ""), "note": "no longer"},
        ("consult", "note"),
    ),
    "close": Row(
        "cora",
        DESK_ONLY,
        Clinic.in_review,
        on_hold,
        f"{HOLD}the referral is closed.",
        always(reason="other", note="moved"),
        ("reason", "note"),
    ),
    "reopen": Row(
        "cora",
        DESK_ONLY,
        Clinic.closed,
        Clinic.in_review,
        "Only a closed referral can be reopened.",
        always(note="called"),
        ("note",),
    ),
    "log_contact": Row(
        "cora",
        ("tess", "olive", "adam", "sid"),
        Clinic.in_review,
        Clinic.closed,
        CLOSED,
        always(channel="call", outcome="no_answer"),
        ("channel", "outcome"),
    ),
    "caring_contact": Row(
        "cora",
        ("tess", "olive", "adam", "sid"),
        lambda clinic: clinic.in_review(**SUICIDAL),
        Clinic.in_review,
        "No caring contact is due.",
        always(note="called"),
        ("note",),
    ),
    "refer_elsewhere": Row(
        "cora",
        DESK_ONLY,
        Clinic.in_review,
        Clinic.closed,
        CLOSED,
        always(where="crisis_service", note="went there"),
        ("where", "note"),
    ),
    "set_coverage": Row(
        "cora",
        NOT_THE_DESK,
        Clinic.in_review,
        Clinic.closed,
        CLOSED,
        always(**payer.SENT_COVERAGE),
        ("payer", "rank"),
    ),
    "log_payer_call": Row(
        "cora",
        NOT_THE_DESK,
        Clinic.in_review,
        Clinic.closed,
        CLOSED,
        always(**payer.SENT_CALL),
        ("whom", "result"),
    ),
    "add_evidence": Row(
        "cora",
        NOT_THE_DESK,
        Clinic.in_review,
        Clinic.closed,
        CLOSED,
        payer.sent_seen,
        ("about", "strength", "agrees", "kind", "place", "on"),
    ),
    "add_entry": Row(
        "cora",
        NOT_THE_DESK,
        Clinic.in_review,
        Clinic.closed,
        CLOSED,
        payer.sent_entry("pdmp_checked=yes"),
        ("what", "on"),
    ),
    "add_clinical_entry": Row(
        "clara",
        ("cora", *NOT_THE_DESK),
        Clinic.in_review,
        Clinic.closed,
        CLOSED,
        payer.sent_entry("diagnosis=F33.2"),
        ("what", "on"),
    ),
    "link_duplicate": Row("cora", DESK_ONLY, beside_another, None, "", other_reference, ("reference",)),
    "unlink_duplicate": Row(
        "cora",
        DESK_ONLY,
        linked,
        beside_another,
        "This referral is not linked to another one.",
        other_reference,
        ("reference", "note"),
    ),
    "set_legal_hold": Row(
        "olive",
        OFFICER_ONLY,
        Clinic.closed,
        kept.held,
        "A legal hold stands already.",
        always(note="a subpoena"),
        ("note",),
    ),
    "end_legal_hold": Row(
        "olive",
        OFFICER_ONLY,
        kept.held,
        Clinic.closed,
        "No legal hold stands.",
        always(note="the case is over"),
        ("note",),
    ),
    "give_copy": Row(
        "cora",
        DESK_ONLY,
        Clinic.closed,
        kept.without_the_grant,
        "A copy holds every answer, and you may not read all of them. Ask a colleague who may.",
        always(how="post", note="Pat, knew the birth date"),
        ("how", "note"),
    ),
    "ask_erasure": Row(
        "cora",
        DESK_ONLY,
        Clinic.closed,
        kept.asked,
        "This person has asked for it already.",
        always(note="wrote a letter"),
        ("note",),
    ),
    "drop_erasure": Row(
        "cora",
        DESK_ONLY,
        kept.asked,
        Clinic.closed,
        "This person has not asked to be erased.",
        always(note="wants to stay"),
        ("note",),
    ),
    "erase": Row(
        "olive",
        OFFICER_ONLY,
        kept.asked,
        kept.asked_in_review,
        "This referral is open. A coordinator must close it first.",
        lambda row: {"reference": row.reference},
        ("reference",),
    ),
    "request_record": Row(
        "cora",
        NOT_THE_DESK,
        Clinic.in_review,
        Clinic.closed,
        CLOSED,
        always(**papers.ASKED),
        ("to_name", "to_role", "what"),
    ),
    "record_release": Row(
        "cora", NOT_THE_DESK, papers.requested, Clinic.in_review, NO_REQUEST, on_this_day, ("day",)
    ),
    "send_record_request": Row(
        "cora",
        NOT_THE_DESK,
        with_request("signed"),
        papers.requested,
        "The person has not signed the release yet. Record first on which day they did.",
        on_this_day,
        ("day",),
    ),
    "chase_record_request": Row("cora", NOT_THE_DESK, with_request("sent"), papers.requested, NONE_IS_OUT),
    "receive_record": Row(
        "cora",
        NOT_THE_DESK,
        with_request("chased"),
        with_request("received"),
        NONE_IS_OUT,
        lambda row: {**on_this_day(row), **papers.CAME},
        ("day", *papers.CAME),
    ),
    "refuse_record_request": Row(
        "cora",
        NOT_THE_DESK,
        with_request("sent"),
        papers.requested,
        NONE_IS_OUT,
        always(note="no release on file"),
        ("note",),
    ),
    "cancel_record_request": Row(
        "cora",
        NOT_THE_DESK,
        papers.requested,
        with_request("refused"),
        NO_REQUEST,
        always(note="not needed"),
        ("note",),
    ),
    "print_request": Row("cora", NOT_THE_DESK, papers.requested, Clinic.in_review, NO_REQUEST),
    "print_release": Row(
        "cora",
        NOT_THE_DESK,
        papers.requested,
        with_request("canceled"),
        NO_REQUEST,
        lambda row: {"purpose": "planning care", "until": tomorrow().isoformat()},
        ("purpose", "until"),
    ),
    "write_letter": Row(
        "cora",
        NOT_THE_DESK,
        Clinic.closed,
        None,
        "",
        lambda row: {
            **{"occasion": "closed-0", "text": "Dear {recipient}, we have closed.", "agreed": "on"},
            **{
                "to_name": "Dr. Robin Sample",
                "confirmed": "on",
                "agreed_on": timezone.localdate().isoformat(),
            },
        },
        ("occasion", "to_name", "text", "agreed_on"),
    ),
    "print_cover": Row(
        "cora",
        NOT_THE_DESK,
        papers.requested,
        None,
        "",
        lambda row: {
            **{"about": f"R-{papers.request_of(row).pk}", "office": "Corner Pharmacy", "pages": 3},
            **{"fax": "+1 212 555 0142", "fax_again": "+1 212 555 0142"},
        },
        ("about", "office", "fax", "fax_again", "pages"),
    ),
    "undo": Row("cora", DESK_ONLY, Clinic.in_review, carls_move, NOTHING),
    "accept": Row(
        "tess",
        TEAM_ONLY,
        in_state("waiting"),
        in_state("booked"),
        "A consult that is booked can't become accepted.",
    ),
    "book": Row(
        "tess",
        TEAM_ONLY,
        in_state("accepted"),
        in_state("waiting"),
        "A consult that is waiting can't become booked.",
        lambda row: at_ten(timezone.localdate()),
        ("day", "starts", "ends"),
    ),
    "reschedule": Row(
        "tess",
        TEAM_ONLY,
        in_state("booked"),
        in_state("accepted"),
        "No visit is booked yet.",
        lambda row: at_ten(timezone.localdate() + timedelta(days=365)),
        ("day", "starts", "ends"),
    ),
    "visit_held": Row(
        "tess", TEAM_ONLY, Clinic.booked_today, in_state("booked"), "The visit is still to come."
    ),
    "cancel_visit": Row(
        "tess",
        TEAM_ONLY,
        in_state("booked"),
        in_state("accepted"),
        "No visit is booked yet.",
        always(note="The room is taken."),
        ("note",),
    ),
    "no_show": Row("tess", TEAM_ONLY, Clinic.booked_today, in_state("booked"), "The visit is still to come."),
    "complete": Row(
        "tess",
        TEAM_ONLY,
        in_state("booked"),
        in_state("waiting"),
        "A consult that is waiting can't become completed.",
        always(outcome="other", note="moved away"),
        ("outcome", "note"),
    ),
    "postpone": Row(
        "tess",
        TEAM_ONLY,
        in_state("waiting"),
        in_state("completed"),
        "This consult is completed: nothing more happens with it.",
        lambda row: {"until": tomorrow().isoformat(), "note": "away"},
        ("until", "note"),
    ),
    "transfer": Row(
        "tess",
        TEAM_ONLY,
        in_state("waiting"),
        seen_by_the_team_under_a_hold,
        f"{HOLD}the consult is transferred.",
        always(treatment="psychotherapy", note="asks for it"),
        ("treatment", "note"),
    ),
    "return": Row(
        "tess",
        TEAM_ONLY,
        in_state("waiting"),
        in_state("completed"),
        "This consult is completed: nothing more happens with it.",
        always(reason="other", note="full"),
        ("reason", "note"),
    ),
    "feedback": Row(
        "tess",
        TEAM_ONLY,
        in_state("waiting"),
        with_feedback,
        "Your team has given feedback on this referral already.",
        always(verdict="incomplete", note="no list"),
        ("verdict", "note"),
    ),
    "ask_desk": Row(
        "tess",
        TEAM_ONLY,
        in_state("accepted"),
        in_state("completed"),
        "This consult is completed: nothing more happens with it.",
        always(note="Which implant is it?"),
        ("note",),
    ),
    "answer_team": Row(
        "cora",
        DESK_ONLY,
        asked_by_a_team,
        Clinic.routed,
        "No team waits for an answer of the desk.",
        lambda row: {"consult": getattr(row.consults.first(), "pk", ""), "note": "A cochlear one."},
        ("consult", "note"),
    ),
    "undo_consult": Row("tess", TEAM_ONLY, in_state("accepted"), in_state("waiting"), NOTHING),
}
every_action = pytest.mark.parametrize("kind", TABLE)


def carl() -> User:
    return User.objects.get(username="carl")


def page_of(row: Referral | Consult, kind: str = "") -> str:
    model = "referral" if isinstance(row, Referral) else f"{row.treatment}consult"
    address = reverse(f"admin:treatments_{model}_change", args=[row.pk])
    return f"{address}{kind}/" if kind else address


def offering(kind: str, row: Referral | Consult) -> str:
    """The page with the action's button: of one that needs no reading of the referral, the privacy officers'."""
    if not ACTIONS[kind].without_reading:
        return page_of(row)
    reference = row.reference if isinstance(row, Referral) else ""
    return f"{reverse('admin:treatments_event_keeping')}?reference={reference}"


def body(kind: str, row: Referral | Consult, **more) -> dict:
    return {"seen_version": row.version, **TABLE[kind].sent(row), **more}


def test_the_table_names_every_action_that_has_a_page_a_permission_or_a_function():
    assert set(TABLE) == {*REFERRAL_ACTIONS, *CONSULT_ACTIONS}
    assert set(TABLE) == {action.kind for action in (*test_triage.DEEDS, *test_handling.DEEDS)}


@every_action
def test_the_right_person_does_it_on_its_page(kind, clinic, signed_in):
    action = TABLE[kind]
    row = action.ready(clinic)
    client = signed_in(getattr(clinic.cast, action.by))
    assert client.get(page_of(row, kind)).status_code == 200
    answer = client.post(page_of(row, kind), body(kind, row))
    assert answer.status_code == 302
    referral = row if isinstance(row, Referral) else row.referral
    event = referral.events.exclude(kind="opened").latest("pk")
    assert (event.kind, event.actor) == (kind, getattr(clinic.cast, action.by))


@every_action
def test_nobody_else_does_it_or_sees_its_page(kind, clinic, signed_in):
    action = TABLE[kind]
    row = action.ready(clinic)
    before = everything()
    for name in action.strangers:
        client = signed_in(getattr(clinic.cast, name))
        for answer in (client.get(page_of(row, kind)), client.post(page_of(row, kind), body(kind, row))):
            assert answer.status_code in (302, 403, 404), name
            assert answer.status_code != 302 or "/login/" in answer.url, name
    assert everything() == before


@every_action
def test_where_it_may_not_happen_button_page_and_answer_say_the_same(kind, clinic, signed_in):
    action = TABLE[kind]
    if action.unready is None:
        assert ACTIONS[kind].refusal(None) is None  # whatever the state
        return
    row = action.unready(clinic)
    client = signed_in(getattr(clinic.cast, action.by))
    offered = client.get(offering(kind, row))
    button = next(each for each in buttons_in(offered.context) if f"/{each.url}".endswith(f"/{kind}/"))
    assert button.refusal == action.sentence
    assert escape(action.sentence) in offered.content.decode()
    page = client.get(page_of(row, kind))
    assert (page.status_code, page.context["refused"]) == (200, action.sentence)
    before = everything()
    for sent in (body(kind, row), {"seen_version": row.version}):
        answer = client.post(page_of(row, kind), sent)
        assert (answer.status_code, answer.context["refused"]) == (409, action.sentence)
        assert escape(action.sentence) in answer.content.decode()
    assert everything() == before


@pytest.mark.parametrize("kind", [key for key in TABLE if not ACTIONS[key].never_stale])
def test_from_a_stale_page_it_is_refused_with_a_sentence(kind, clinic, signed_in):
    action = TABLE[kind]
    row = action.ready(clinic)
    sent = body(kind, row)
    if isinstance(row, Consult):
        Consult.objects.filter(pk=row.pk).make_stale()
    else:
        add_note(referral=row, actor=clinic.cast.carl, note="in between")
    before = everything()
    answer = signed_in(getattr(clinic.cast, action.by)).post(page_of(row, kind), sent)
    assert answer.status_code == 409
    # One that the change itself has made impossible says that instead.
    sentence = NOTHING if kind == "undo" else STALE_CONSULT if isinstance(row, Consult) else STALE
    assert answer.context["refused"] == sentence
    assert everything() == before


@every_action
def test_with_a_part_missing_it_is_shown_again_with_a_word_and_changes_nothing(kind, clinic, signed_in):
    action = TABLE[kind]
    row = action.ready(clinic)
    client = signed_in(getattr(clinic.cast, action.by))
    before = everything()
    for part in action.missing:
        sent = body(kind, row)
        for nothing in ({}, {part: ""}, {part: "   "}):
            answer = client.post(
                page_of(row, kind), {**{k: v for k, v in sent.items() if k != part}, **nothing}
            )
            assert answer.status_code in (200, 409), (part, nothing)
            assert answer.context["form"].errors or answer.context["refused"], (part, nothing)
    assert everything() == before
