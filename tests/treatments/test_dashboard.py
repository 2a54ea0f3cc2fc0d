"""The home page: the right numbers, to the right people, in few queries."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intake.models import Submission
from intake.questionnaire.intake import INTAKE
from intake.questionnaire.shape import HELP
from tests.conftest import RECORD, URGENT, fresh, release_hold
from treatments.figures import dashboard as home
from treatments.models import Alert
from treatments.triage.assignment import assign, claim
from treatments.triage.closing import reopen
from treatments.triage.routing import route
from treatments.triage.undo import undo

# --- Shapes ------------------------------------------------------------------------------------------


def test_the_weeks_begin_on_mondays_at_midnight_of_the_clinic_and_end_with_this_one():
    now = timezone.localtime()
    weeks = home.mondays(now)
    assert len(weeks) == 8
    assert all(each.weekday() == 0 and each.hour == 0 for each in weeks)
    assert weeks[-1] <= now < weeks[-1] + timedelta(days=7, hours=1)


def test_the_median_of_first_reviews_is_told_per_week():
    monday = timezone.now()
    hours = [1, 3, 20]
    this = [(monday + timedelta(hours=h), monday) for h in hours]
    last = [(monday - timedelta(hours=2), monday - timedelta(hours=50))]
    assert home.reviews_of(this + last, monday) == {"this_week": "3 hours", "last_week": "2 days"}
    assert home.reviews_of([], monday) == {"this_week": "", "last_week": ""}


@pytest.mark.parametrize(
    "span, words",
    [
        (timedelta(seconds=-5), "0 minutes"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=59), "59 minutes"),
        (timedelta(minutes=60), "1 hour"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(hours=48), "2 days"),
        (timedelta(days=30), "30 days"),
    ],
)
def test_waits_are_told_as_people_say_them(span, words):
    assert home.span_in_words(span) == words


def test_stops_are_counted_by_the_last_page_saved_in_the_order_of_the_pages():
    first, second = INTAKE.pages[0].slug, INTAKE.pages[1].slug
    told = home.stops_of(
        [{}, {"saved": []}, {"saved": [first]}, {"saved": [first, second]}, {"saved": ["gone-page"]}]
    )
    assert [stop.count for stop in told] == [2, 1, 1, 1]
    assert [stop.page for stop in told] == [
        "Before the first page",
        home.page_words(first),
        home.page_words(second),
        "A page that is no longer asked",
    ]


def test_every_page_has_words_for_the_dashboard():
    assert all(home.page_words(slug) for slug in ("", HELP, *INTAKE.by_slug))


def test_waiting_is_a_table_of_hold_by_age():
    told = home.waiting_of({"urgent": [1, 0, 0, 2], "none": [4, 0, 0, 0]})
    assert [row.total for row in told.rows] == [3, 0, 4]
    assert told.total == 7
    assert told.rows[2].cells[0].percent == 100


# --- Numbers -------------------------------------------------------------------------------------------


def test_a_coordinator_reads_what_waits_what_came_and_what_went(cast, clinic):
    clinic.new(**URGENT)
    clinic.new()
    clinic.routed("tms", "psychotherapy")
    told = home.dashboard(cast.cora)
    assert told["waiting"].total == 2
    assert [row.total for row in told["waiting"].rows] == [1, 0, 1]
    received, routed = told["weeks"].groups[-1].columns
    assert (received.value, routed.value) == (3, 1)
    assert {queue.key: queue.waiting for queue in told["queues"]} == {
        "tms": 1,
        "spravato": 0,
        "psychotherapy": 1,
    }
    assert told["reviews"]["this_week"]
    assert told["alerts"].count == Alert.objects.open().count() > 0


def test_waiting_ages_and_the_longest_wait_grow_with_the_days(cast, clinic):
    clinic.new()
    clinic.routed("tms")
    with time_machine.travel(timezone.now() + timedelta(days=4), tick=True):
        told = home.dashboard(cast.cora)
    none = told["waiting"].rows[2]
    assert [cell.value for cell in none.cells] == [0, 0, 1, 0]
    assert next(queue for queue in told["queues"] if queue.key == "tms").longest == "4 days"


def test_a_team_reads_the_numbers_of_its_own_queue_only(cast, clinic):
    clinic.routed("tms", "spravato")
    told = home.dashboard(cast.tess)
    assert [queue.key for queue in told["queues"]] == ["tms"]
    assert set(told) == {"queues", "own_queues", "feedback", "outcomes", "started", "results_days"}
    assert [str(head) for head in told["feedback"].heads] == ["TMS"]


def test_the_privacy_officer_the_administrator_and_a_stranger_to_the_clinic_read_none(cast, clinic):
    clinic.new(**URGENT)
    assert home.dashboard(cast.olive) == home.dashboard(cast.adam) == home.dashboard(cast.sid) == {}


def test_drafts_are_counted_and_never_named(cast):
    draft = Submission.objects.create(answers={"about": {"first_name": "Canary"}})
    Submission.save_page(draft.pk, INTAKE.by_slug["name"], {"about": {"last_name": "Draftson"}})
    assert home.dashboard(cast.cora)["stops"] == []  # it may still be being filled in
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        (stop,) = home.dashboard(cast.cora)["stops"]
    assert stop.page == home.page_words("name") and stop.count == 1
    assert "Canary" not in str(stop) and "Draftson" not in str(stop)


def test_a_second_claim_is_no_first_review(cast, clinic):
    referral = clinic.closed()
    reopen(referral=referral, actor=cast.cora, note="called again")
    since = timezone.now() - timedelta(days=14)
    assert len(home.read_first_reviews(since)) == 1


def first_reviewed() -> int:
    return len(home.read_first_reviews(timezone.now() - timedelta(days=14)))


def test_a_new_referral_that_is_assigned_to_somebody_is_reviewed_too(cast, clinic):
    assign(referral=clinic.new(), actor=cast.cora, to=cast.carl)
    assert first_reviewed() == 1


def test_a_claim_that_was_undone_is_no_review_and_the_next_one_is(cast, clinic):
    referral = clinic.in_review()
    undo(referral=referral, actor=cast.cora)
    assert first_reviewed() == 0
    claim(referral=fresh(referral), actor=cast.carl)
    ((reviewed, received),) = home.read_first_reviews(timezone.now() - timedelta(days=14))
    assert reviewed == referral.events.get(kind="claim", actor=cast.carl).at
    assert received == referral.received_at


def routed_this_week(person) -> int:
    return home.dashboard(person)["weeks"].groups[-1].columns[1].value


def test_a_routing_that_was_undone_is_not_counted_and_the_next_one_is(cast, clinic):
    referral = clinic.routed("tms")
    undo(referral=referral, actor=cast.cora)
    assert routed_this_week(cast.cora) == 0
    route(referral=fresh(referral), actor=cast.cora, treatments=["tms"], reason="fits after all")
    assert routed_this_week(cast.cora) == 1


def test_a_person_who_is_routed_again_is_counted_once_and_in_the_first_week(cast, clinic):
    referral = clinic.routed("tms")
    route(referral=referral, actor=cast.cora, treatments=["psychotherapy"], reason="as well")
    assert routed_this_week(cast.cora) == 1
    with time_machine.travel(timezone.now() + timedelta(days=14)):
        route(referral=fresh(referral), actor=cast.cora, treatments=["spravato"], reason="later")
        counts = [group.columns[1].value for group in home.dashboard(cast.cora)["weeks"].groups]
    assert sum(counts) == 1 and counts[-1] == 0


def test_drafts_are_counted_for_as_long_as_they_are_kept_and_the_page_says_so(
    cast, signed_in, settings, monkeypatch
):
    draft = Submission.objects.create(answers={})
    Submission.save_page(draft.pk, INTAKE.by_slug["name"], {"about": {"last_name": "Draftson"}})
    settings.DRAFT_DAYS = 5
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert len(home.dashboard(cast.cora)["stops"]) == 1
        page = signed_in(cast.cora).get("/admin/").content.decode()
    assert "within 5 days and not sent" in page
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        assert home.dashboard(cast.cora)["stops"] == []


# --- The page --------------------------------------------------------------------------------------------


def test_the_home_page_tells_the_numbers_as_text(cast, clinic, signed_in):
    clinic.new(**URGENT)
    page = signed_in(cast.cora).get("/admin/").content.decode()
    assert "Open the safety alerts" in page
    assert "Received and routed per week" in page and "<caption>" in page
    assert 'role="img"' in page
    assert "style=" not in page and "<style" not in page and "onclick" not in page


def test_a_calm_day_says_so(cast, signed_in):
    page = signed_in(cast.clara).get("/admin/").content.decode()
    assert "No safety alert is open." in page


def test_the_home_page_takes_at_most_17_queries_for_anyone(cast, clinic, signed_in):
    for _each in range(3):
        clinic.routed("tms", "spravato")
    clinic.new(**URGENT)
    signed_in(cast.sid).get("/admin/")  # makes the month's key of the record
    for person in cast:
        client = signed_in(person)
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/admin/").status_code == 200
        # The key is looked up each time only here, inside of a test's transaction, and then the event is written:
        # on SQLite its INSERT reads the key of the chain, and is counted.
        asked = [each["sql"] for each in asked if not each["sql"].startswith('SELECT "intake_sharedkey"')]
        assert [sql for sql in asked if not sql.lstrip("(").startswith("SELECT")] == asked[-1:]
        assert len(asked) <= 17 + 1, (person, len(asked))


def test_a_released_hold_leaves_the_urgent_row(cast, clinic):
    referral = clinic.new(**URGENT)
    release_hold(referral=fresh(referral), actor=cast.clara, recorded=RECORD)
    assert home.dashboard(cast.cora)["waiting"].rows[0].total == 0


def test_a_longer_list_and_a_longer_history_take_no_more_queries(cast, clinic, signed_in):
    for _each in range(4):
        clinic.routed("tms", "spravato")
    referral = clinic.in_review()
    client = signed_in(cast.cora)
    most = {
        "/admin/treatments/referral/?show=all": 13,
        f"/admin/treatments/referral/{referral.pk}/": 20,
        f"/admin/treatments/referral/{referral.pk}/brief/": 20,
    }
    for address, allowed in most.items():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        assert len(asked) <= allowed, (address, len(asked))
