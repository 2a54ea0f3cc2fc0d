"""Requests for records: the table of their moves, due days in the clinic's time, the release, and who sees which."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from intake.models import Message, OutgoingMail
from tests.conftest import fresh
from tests.pages import flat
from tests.treatments import kept, papers
from tests.treatments.papers import page_of
from tests.treatments.test_triage import everything
from treatments.models import PrintedPaper, RecordRequest
from treatments.triage import record_requests
from treatments.triage.closing import close
from treatments.triage.moves import IllegalMove, move
from treatments.workflow import REQUEST_MOVES, Refused, RequestState
from treatments.workflow.record_requests import due_after

FRIDAY = date(2026, 12, 4)
NOON = "2026-12-04 17:00:00+00:00"  # in New York


@pytest.fixture
def cora(clinic, signed_in):
    return signed_in(clinic.cast.cora)


# --- The table of moves --------------------------------------------------------------------------------------

LEGAL = {
    ("draft", "sent"), ("draft", "canceled"),
    ("sent", "chased"), ("sent", "received"), ("sent", "refused"), ("sent", "canceled"),
    ("chased", "chased"), ("chased", "received"), ("chased", "refused"), ("chased", "canceled"),
}  # fmt: skip
DONE = {
    "sent": lambda to: record_requests.send_record_request(**to, day=timezone.localdate()),
    "chased": lambda to: record_requests.chase_record_request(**to),
    "received": lambda to: record_requests.receive_record(**to, day=timezone.localdate(), **papers.CAME),
    "refused": lambda to: record_requests.refuse_record_request(**to, note="none"),
    "canceled": lambda to: record_requests.cancel_record_request(**to, note="none"),
}


def test_the_moves_are_these():
    assert {(before, after) for before, moves in REQUEST_MOVES.items() for after in moves} == LEGAL


@pytest.mark.parametrize("state", RequestState)
@pytest.mark.parametrize("to", DONE)
def test_from_each_state_a_request_goes_where_the_table_leads_and_nowhere_else(state, to, clinic):
    referral = papers.requested(clinic, "signed" if state == "draft" else state)
    about = {"referral": referral, "actor": clinic.cast.cora}
    if (state, to) in LEGAL:
        DONE[to](about)
        assert papers.request_of(referral).state == to
        return
    before = everything()
    with pytest.raises(Refused):
        DONE[to](about)
    assert everything() == before and papers.request_of(referral).state == state


def test_a_move_that_the_table_lacks_is_a_bug(clinic):
    request = papers.request_of(papers.requested(clinic))
    with pytest.raises(IllegalMove):
        move(request, RequestState.RECEIVED, at=timezone.now())


# --- Due days, the release, what came ---------------------------------------------------------------------------


@time_machine.travel(NOON, tick=False)
def test_an_answer_is_due_ten_working_days_after_sending_and_five_after_a_chase(clinic):
    referral = papers.requested(clinic, "sent")
    assert papers.request_of(referral).due_on == date(2026, 12, 18)  # two weeks without weekends
    record_requests.chase_record_request(referral=fresh(referral), actor=clinic.cast.cora)
    assert papers.request_of(referral).due_on == date(2026, 12, 11)
    own = date(2026, 12, 31)
    record_requests.chase_record_request(referral=fresh(referral), actor=clinic.cast.cora, due=own)
    assert papers.request_of(referral).due_on == own


@time_machine.travel(NOON, tick=False)
def test_a_holiday_of_the_clinic_is_no_working_day(clinic, settings):
    settings.CLINIC_HOLIDAYS = [date(2026, 12, 7)]
    assert papers.request_of(papers.requested(clinic, "sent")).due_on == date(2026, 12, 21)


def test_a_clinic_that_never_works_counts_days():
    class Never:
        def next_day(self, after):
            return None

    assert due_after(FRIDAY, 3, Never()) == date(2026, 12, 7)


def test_without_a_signed_release_it_is_printed_and_not_sent(clinic):
    referral = papers.requested(clinic)
    about = {"referral": referral, "actor": clinic.cast.cora}
    record_requests.print_request(**about)
    assert PrintedPaper.objects.get().request == papers.request_of(referral)
    with pytest.raises(Refused, match="has not signed the release yet"):
        record_requests.send_record_request(**about, day=timezone.localdate())
    assert papers.request_of(referral).sent_on is None


def test_of_two_drafts_only_the_one_with_a_release_is_sent(clinic):
    referral = papers.requested(clinic)
    unsigned = papers.request_of(referral)
    signed = papers.ask(referral, clinic.cast.cora, "signed")
    about = {"referral": fresh(referral), "actor": clinic.cast.cora, "day": timezone.localdate()}
    with pytest.raises(Refused, match="has not signed"):
        record_requests.send_record_request(**about, request=unsigned.pk)
    record_requests.send_record_request(**about, request=signed.pk)
    assert (fresh(unsigned).state, fresh(signed).state) == ("draft", "sent")


@pytest.mark.parametrize("act", [record_requests.record_release, record_requests.send_record_request])
def test_nothing_is_signed_or_sent_on_a_day_to_come(act, clinic):
    referral = papers.requested(clinic, "signed")
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refused, match="still to come"):
        act(referral=referral, actor=clinic.cast.cora, day=tomorrow)


def test_a_year_that_was_mistyped_is_sent_back(clinic):
    referral = papers.requested(clinic, "signed")
    about, today = {"referral": referral, "actor": clinic.cast.cora}, timezone.localdate()
    with pytest.raises(Refused, match="more than ten years ago"):
        record_requests.record_release(**about, day=date(today.year - 11, 12, 31))
    for due in (today, today + timedelta(days=367)):
        with pytest.raises(Refused, match="within a year"):
            record_requests.send_record_request(**about, day=today, due=due)
    record_requests.send_record_request(**about, day=today, due=today + timedelta(days=366))


@pytest.mark.parametrize(("days", "sentence"), [(1, "still to come"), (-1, "before it was asked for")])
def test_nothing_comes_before_it_was_asked_for_or_in_days_to_come(days, sentence, clinic):
    referral = papers.requested(clinic, "sent")
    day = timezone.localdate() + timedelta(days=days)
    with pytest.raises(Refused, match=sentence):
        record_requests.receive_record(referral=referral, actor=clinic.cast.cora, day=day, **papers.CAME)


SENT_BACK = {
    "nobody is asked": ("", "request_record", {**papers.ASKED, "to_name": " "}, "Say who is asked"),
    "nothing is asked for": ("", "request_record", {**papers.ASKED, "what": " "}, "Say who is asked"),
    "asked of nobody we know": (
        "",
        "request_record",
        {**papers.ASKED, "to_role": "friend"},
        "Say who is asked",
    ),
    "came without words": ("sent", "receive_record", {**papers.CAME, "came": " "}, "Say what came"),
    "came to no place": ("sent", "receive_record", {**papers.CAME, "where": " "}, "Say what came"),
    "seen by nobody": ("sent", "receive_record", {**papers.CAME, "seen_by": " "}, "Say what came"),
    "came without a page": ("sent", "receive_record", {**papers.CAME, "pages": 0}, "Say what came"),
    "refused without a word": ("sent", "refuse_record_request", {"note": " "}, "Write why"),
    "canceled without a word": ("draft", "cancel_record_request", {"note": " "}, "Write why"),
    "a request in no language of ours": ("draft", "print_request", {"language": "fr"}, "Choose a language"),
    "a release in no language of ours": ("draft", "print_release", {"language": "fr"}, "Choose a language"),
    "a release for nothing": ("draft", "print_release", {"purpose": " "}, "Say what the records are for"),
    "a release that ends today": ("draft", "print_release", {"until": 0}, "Say what the records are for"),
}


@pytest.mark.parametrize(("state", "act", "asked", "sentence"), SENT_BACK.values(), ids=SENT_BACK)
def test_what_says_too_little_is_sent_back_and_changes_nothing(state, act, asked, sentence, clinic):
    referral, today = papers.requested(clinic, state) if state else clinic.in_review(), timezone.localdate()
    more = {}
    if act == "receive_record":
        more = {"day": today}
    if act == "print_release":
        more = {"purpose": "care", "until": today + timedelta(days=asked.get("until", 9))}
        asked = {key: value for key, value in asked.items() if key != "until"}
    before = everything()
    with pytest.raises(Refused, match=sentence):
        getattr(record_requests, act)(referral=fresh(referral), actor=clinic.cast.cora, **{**more, **asked})
    assert everything() == before


def test_what_was_typed_into_a_request_is_text_on_every_page(clinic, signed_in):
    typed = {"to_name": "<b>name</b>", "what": "<b>what</b>"}
    referral = clinic.in_review()
    with time_machine.travel(timezone.now() - timedelta(days=30)):
        papers.ask(referral, clinic.cast.cora, "sent", **typed)
    cora = signed_in(clinic.cast.cora)
    for page in (
        "/admin/",
        page_of(referral),
        page_of(referral, "papers/"),
        page_of(referral, "print_cover/"),
    ):
        shown = cora.get(page).content.decode()
        assert "&lt;b&gt;name" in shown and "<b>name" not in shown and "<b>what" not in shown
    came = {key: f"<b>{key}</b>" for key in ("came", "where", "seen_by")}
    today = timezone.localdate()
    record_requests.receive_record(
        referral=fresh(referral), actor=clinic.cast.cora, day=today, pages=1, **came
    )
    shown = cora.get(page_of(referral, "papers/")).content.decode()
    assert all(f"&lt;b&gt;{key}" in shown for key in came) and "<b>" not in shown


def test_a_look_at_somebodys_letters_and_records_is_on_record(clinic, cora):
    referral = papers.requested(clinic)
    cora.get(page_of(referral, "papers/"))
    look = referral.events.filter(kind="opened").latest("pk")
    assert (look.actor, look.details) == (clinic.cast.cora, {"page": "papers"})


def test_nobody_erased_stands_on_a_home_page(clinic, signed_in):
    with time_machine.travel(timezone.now() - timedelta(days=30)):
        referral = papers.requested(clinic, "sent")
    assert "Records overdue" in flat(signed_in(clinic.cast.cora).get("/admin/"))
    close(referral=fresh(referral), actor=clinic.cast.cora, reason="patient_declined", note="said so")
    kept.erased(clinic, fresh(referral))
    assert "Records overdue" not in flat(signed_in(clinic.cast.cora).get("/admin/"))


def test_it_was_not_sent_before_the_release_was_signed(clinic):
    referral, yesterday = papers.requested(clinic, "signed"), timezone.localdate() - timedelta(days=1)
    with pytest.raises(Refused, match="before the release was signed"):
        record_requests.send_record_request(referral=referral, actor=clinic.cast.cora, day=yesterday)


def test_a_release_of_what_was_sent_was_not_signed_afterwards(clinic):
    referral, today = papers.requested(clinic, "signed"), timezone.localdate()
    week_ago = today - timedelta(days=7)
    about = {"referral": fresh(referral), "actor": clinic.cast.cora}
    record_requests.record_release(**about, day=week_ago)
    about["referral"] = fresh(referral)
    record_requests.send_record_request(**about, day=week_ago)
    with pytest.raises(Refused, match="sent before that day"):
        record_requests.record_release(referral=fresh(referral), actor=clinic.cast.cora, day=today)
    assert papers.request_of(referral).release_signed_on == week_ago


def test_what_came_is_kept_and_stands_on_the_page(clinic, cora):
    referral = papers.requested(clinic, "received")
    request = papers.request_of(referral)
    assert (request.received, request.received_on) == (papers.CAME, timezone.localdate())
    page = flat(cora.get(page_of(referral)))
    assert all(words in page for words in ("Printout of two years", "3 pages", "seen by Cora"))


def test_who_withdrew_is_asked_about_nowhere(clinic):
    referral = clinic.in_review()
    Message.withdraw(referral.submission, reason="", key=uuid4())
    with pytest.raises(Refused, match="The patient has withdrawn"):
        papers.ask(referral, clinic.cast.cora)


@pytest.mark.parametrize("state", ["draft", "signed", "sent"])
@pytest.mark.parametrize("ended", ["The patient has withdrawn", "This referral is closed"])
def test_once_they_withdrew_or_are_closed_nothing_more_goes_out_and_what_is_out_can_end(state, ended, clinic):
    referral, today = papers.requested(clinic, state), timezone.localdate()
    if "withdrawn" in ended:
        Message.withdraw(referral.submission, reason="", key=uuid4())
    else:
        close(referral=referral, actor=clinic.cast.cora, reason="patient_declined", note="said so")
    on, before = {"referral": fresh(referral), "actor": clinic.cast.cora}, everything()
    purpose = {"purpose": "care", "until": today + timedelta(days=9)}
    for act, asked in (
        (record_requests.record_release, {"day": today}),
        (record_requests.send_record_request, {"day": today}),
        (record_requests.chase_record_request, {}),
        (record_requests.print_request, {}),
        (record_requests.print_release, purpose),
    ):
        with pytest.raises(Refused, match=ended):
            act(**on, **asked)
    assert everything() == before
    if state == "sent":
        record_requests.receive_record(**on, day=today, **papers.CAME)
    else:
        record_requests.cancel_record_request(**on, note="withdrew")
    assert not papers.request_of(referral).is_open


def test_only_answers_that_its_maker_may_read_are_named_in_it(clinic):
    referral = clinic.in_review()
    papers.ask(referral, clinic.cast.cora, paths=["antidepressants.trials[0]"])
    assert papers.request_of(referral).paths == ["antidepressants.trials[0]"]
    with pytest.raises(Refused, match="that stand there"):
        papers.ask(referral, clinic.cast.cora, paths=["substances.audit_c"])


# --- Whose they are -------------------------------------------------------------------------------------------


def test_a_team_asks_for_its_own_people_and_sees_no_request_of_others(clinic, signed_in):
    consult = clinic.consult("accepted")
    of_desk = papers.ask(consult.referral, clinic.cast.cora, "sent", to_name="Desk pharmacy")
    tess = signed_in(clinic.cast.tess)
    sent = {"seen_version": fresh(consult).version, **papers.ASKED}
    assert tess.post(page_of(consult, "request_record/"), sent).status_code == 302
    own = papers.request_of(consult)
    assert (own.consult, own.by) == (consult, clinic.cast.tess)
    event = consult.referral.events.get(kind="request_record", consult=consult)
    assert event.details == {"request": own.pk}
    for part in ("", "papers/", "cancel_record_request/"):
        page = flat(tess.get(page_of(consult, part)))
        assert "Desk pharmacy" not in page and (part == "cancel_record_request/" or "Corner Pharmacy" in page)
    with pytest.raises(Refused, match="that this fits"):
        record_requests.cancel_record_request(
            consult=fresh(consult), actor=clinic.cast.tess, note="x", request=of_desk.pk
        )
    page = flat(signed_in(clinic.cast.cora).get(page_of(consult.referral)))
    assert "Desk pharmacy" in page and "Corner Pharmacy" in page


def test_no_team_asks_about_people_of_another_queue_or_of_none(clinic):
    consult = clinic.consult("accepted")
    for subject in ({"consult": consult}, {"referral": consult.referral}):
        with pytest.raises(PermissionDenied):
            record_requests.request_record(**subject, actor=clinic.cast.sam, **papers.ASKED)
    with pytest.raises(PermissionDenied):  # the desk's page is not hers
        record_requests.request_record(referral=consult.referral, actor=clinic.cast.tess, **papers.ASKED)
    assert not RecordRequest.objects.exists()


def test_from_a_teams_stale_page_it_is_refused(clinic, signed_in):
    consult = clinic.consult("accepted")
    sent = {"seen_version": consult.version, **papers.ASKED}
    papers.ask(consult, clinic.cast.tess)
    answer = signed_in(clinic.cast.tess).post(page_of(consult, "request_record/"), sent | {"what": "other"})
    assert answer.status_code == 409
    assert RecordRequest.objects.count() == 1


# --- What is overdue ------------------------------------------------------------------------------------------


def test_what_is_overdue_stands_on_its_owners_home_and_is_marked_on_the_page(clinic, signed_in):
    with time_machine.travel(timezone.now() - timedelta(days=30)):
        referral = papers.requested(clinic, "sent")
        consult = clinic.consult("accepted")
        papers.ask(consult, clinic.cast.tess, "chased", to_name="Riverbend Hospital")
        papers.requested(clinic, "received")
    home = {
        name: flat(signed_in(getattr(clinic.cast, name)).get("/admin/"))
        for name in ("cora", "carl", "tess", "sam")
    }
    assert "Records overdue" in home["cora"] and "Corner Pharmacy" in home["cora"]
    assert "Riverbend" not in home["cora"] and "(1)" in home["cora"].split("Records overdue")[1][:40]
    assert "Riverbend Hospital" in home["tess"] and "Corner Pharmacy" not in home["tess"]
    assert all("Records overdue" not in home[name] for name in ("carl", "sam"))
    assert "overdue since" in flat(signed_in(clinic.cast.cora).get(page_of(referral)))


def test_what_is_due_today_is_not_overdue(clinic):
    request = papers.request_of(papers.requested(clinic, "sent"))
    assert not request.is_overdue(request.due_on)
    assert request.is_overdue(request.due_on + timedelta(days=1))
    assert not RecordRequest.objects.overdue(request.due_on)
    assert RecordRequest.objects.overdue(request.due_on + timedelta(days=1)).get() == request


def test_nothing_of_it_is_mailed(clinic):
    mails = OutgoingMail.objects.count()
    for state in (*papers.WALK, "draft"):
        papers.print_one_of(papers.requested(clinic, state), clinic.cast.cora)
    assert OutgoingMail.objects.count() == mails
