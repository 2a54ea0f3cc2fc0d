"""The home page's numbers of what is due and what came of the work, as text and as bars."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from tests.conftest import SAME_DAY, URGENT, fresh
from tests.pages import flat
from tests.treatments.test_handling import SUICIDAL
from treatments.figures import dashboard, outcomes
from treatments.models import Alert
from treatments.triage.alerts import take_alert
from treatments.triage.closing import close
from treatments.triage.consults import complete, give_feedback
from treatments.triage.contacts import log_contact

HOME = "/admin/"


def told(table: outcomes.Table) -> dict[str, list[int]]:
    return {str(row.words): [cell.value for cell in row.cells] for row in table.rows}


def test_the_desk_reads_feedback_and_outcomes_of_every_queue(cast, clinic):
    for treatment, verdict, outcome in (
        ("tms", "useful", "started_treatment"),
        ("tms", "wrong_queue", "patient_declined"),
        ("spravato", "useful", "started_treatment"),
    ):
        consult, team = clinic.consult("booked", treatment), cast.team(treatment)
        complete(consult=consult, actor=team, outcome=outcome, note="told us before")
        give_feedback(consult=fresh(consult), actor=team, verdict=verdict)
    board = dashboard.dashboard(cast.cora)
    assert [str(head) for head in board["feedback"].heads] == ["TMS", "Spravato", "Therapy"]
    assert told(board["feedback"]) == {"Useful": [1, 1, 0], "Incomplete": [0, 0, 0], "Wrong queue": [1, 0, 0]}
    assert told(board["outcomes"])["Treatment started"] == [1, 1, 0]
    assert board["outcomes"].total == 3


def test_a_team_reads_what_it_said_itself_and_nothing_of_another_queue(cast, clinic):
    for treatment in ("tms", "spravato"):
        consult = clinic.consult("completed", treatment)
        give_feedback(consult=consult, actor=cast.team(treatment), verdict="useful")
    board = dashboard.dashboard(cast.tess)
    assert told(board["feedback"])["Useful"] == [1]
    assert board["outcomes"].total == 1


def test_feedback_and_outcomes_of_long_ago_are_no_longer_counted(cast, clinic):
    consult = clinic.consult("completed")
    give_feedback(consult=consult, actor=cast.tess, verdict="useful")
    with time_machine.travel(timezone.now() + timedelta(days=outcomes.DAYS_OF_RESULTS + 1)):
        board = dashboard.dashboard(cast.cora)
    assert board["feedback"].total == board["outcomes"].total == 0


def test_contacts_that_are_due_today_and_overdue_are_counted_apart(cast, clinic):
    today = timezone.localdate()
    for days in (0, 0, 1):
        log_contact(
            referral=clinic.new(),
            actor=cast.cora,
            channel="call",
            outcome="no_answer",
            next_due=today + timedelta(days=days),
        )
    morning = timezone.localtime().replace(hour=8, minute=0)
    with time_machine.travel(morning, tick=False):
        clinic.new(**SUICIDAL)  # owes a caring contact within 48 hours
    counts = {0: ([0, 0], [0, 2]), 1: ([0, 0], [2, 1]), 2: ([0, 1], [3, 0]), 3: ([1, 0], [3, 0])}
    for days, (caring, attempts) in counts.items():
        with time_machine.travel(morning + timedelta(days=days), tick=False):
            due = told(dashboard.dashboard(cast.cora)["due"])
        assert due == {"Caring contacts": caring, "Contact attempts": attempts}, days


def test_nobody_is_due_for_an_attempt_once_the_referral_is_closed(cast, clinic):
    referral = clinic.in_review()
    day = timezone.localdate() + timedelta(days=1)
    log_contact(referral=referral, actor=cast.cora, channel="call", outcome="no_answer", next_due=day)
    close(referral=fresh(referral), actor=cast.cora, reason="patient_declined")
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert told(dashboard.dashboard(cast.cora)["due"])["Contact attempts"] == [0, 0]


def test_the_minutes_until_somebody_was_on_an_alert_are_told_by_urgency(cast, clinic):
    clinic.new(**URGENT), clinic.new(**URGENT), clinic.new(**URGENT), clinic.new(**SAME_DAY)
    now = timezone.now()
    urgent = [alert for alert in Alert.objects.all() if alert.urgency == "urgent"]
    for alert, minutes in zip(urgent, (2, 30, 600), strict=True):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            take_alert(alert=alert, actor=cast.cora)
    later = timezone.localtime(now + timedelta(days=1))
    assert round(outcomes.read_taken(later)["urgent"]) == 30
    assert outcomes.read_taken(later)["same_day"] is None
    with time_machine.travel(later):
        assert dashboard.dashboard(cast.cora)["taken"] == {"urgent": "30 minutes", "same_day": ""}


def test_the_home_page_tells_each_of_them_as_text_beside_its_bar(cast, clinic, signed_in):
    consult = clinic.consult("completed")
    give_feedback(consult=consult, actor=cast.tess, verdict="useful")
    clinic.new(**URGENT)
    page = flat(signed_in(cast.cora).get(HOME))
    for words in (
        "Due today and overdue",
        "until somebody is on an urgent alert",
        "How consults ended, and what teams said",
        "Wrong queue",
    ):
        assert words in page
    useful = page[page.index("Useful") :]
    assert "<td>1<svg" in useful[: useful.index("</tr>")]
