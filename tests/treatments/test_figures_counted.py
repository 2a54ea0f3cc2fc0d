"""The director's figures are counted by the tick, a little at a time, for each page; forms never sent are among them."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError
from django.utils import timezone

from intake import document
from intake.models import Channel, FormsGone, Submission
from tests.conftest import fresh
from tests.documents import with_changes, worked_example
from tests.pages import flat
from tests.treatments.kept import erased
from treatments.figures import intake, people
from treatments.figures.spells import Spell, times_of
from treatments.figures.waits import Waits
from treatments.management.commands import tick
from treatments.models import FigureCount
from treatments.triage import figure_count
from treatments.triage.consults import accept
from treatments.triage.draft_expiry import expire_drafts
from treatments.triage.figure_count import FiguresCount, count_figures
from treatments.triage.routing import route
from treatments.triage.undo import undo

PAGE = "/admin/figures/"
DAY = timedelta(days=1)


def counted(page: str = "90") -> dict:
    count_figures(timezone.now())
    return FigureCount.of(page).told


def numbers(page: str = "90") -> list[int | None]:
    return [row["people"] for row in counted(page)["funnel"]["rows"]]


@pytest.fixture
def nothing_hidden(monkeypatch):
    """What may be told is tested in test_figures_few.py."""
    monkeypatch.setattr("treatments.figures.tally.told", lambda _people, groups: set(groups))


# --- Who began, and how ------------------------------------------------------------------------------------


def begin(*, another: bool | None = None, **more) -> Submission:
    return Submission.begin(**Submission.begun_for(another=another), **more)


def test_each_form_came_in_one_of_three_ways(cast, clinic):
    assert begin().channel == begin(another=False).channel == Channel.SELF
    assert begin(another=True).channel == Channel.HELPED
    assert Submission.begin_entering(by=cast.cora, language="en").channel == Channel.STAFF
    assert begin(source="paper").channel == Channel.STAFF
    assert clinic.new().channel == Channel.STAFF  # from paper
    for by, channel in (("self", Channel.SELF), ("family", Channel.HELPED), ("professional", Channel.HELPED)):
        told = with_changes(worked_example("v01")["document"], **{"about.filled_by": by})
        assert Submission.from_document(told, Submission.Source.WEB).referral.channel == channel


def test_how_the_form_came_goes_with_the_person(clinic):
    referral = clinic.closed()
    erased(clinic, referral)
    assert fresh(referral).channel == ""


def test_forms_begun_are_counted_those_deleted_since_and_by_their_owner_among_them(clinic, nothing_hidden):
    clinic.new(), begin()
    helped, gone = begin(another=True, language="es"), begin(language="es", another=True)
    assert numbers()[:2] == [4, 1]
    with time_machine.travel(timezone.now() + 40 * DAY):
        assert expire_drafts() == 3
        row = FormsGone.objects.get(channel="helped")
        assert (row.language, row.number) == ("es", 2)
        assert numbers()[:2] == [4, 1]
        assert numbers("30") == [0, 0, *[0] * 6]
        assert numbers("90 channel helped")[:2] == numbers("90 language es")[:2] == [2, 0]
    assert not Submission.objects.filter(pk__in=(helped.pk, gone.pk)).exists()


def test_who_deletes_their_own_form_has_begun_one(db):
    Submission.delete_for_owner(begin().pk)
    assert FormsGone.objects.get().number == 1


def test_a_draft_that_expired_and_was_kept_does_not_say_who_filled_it_in(db):
    draft = begin(another=True)
    draft.expired_at = timezone.now()
    assert draft.channel == ""


def test_a_form_begun_before_the_period_is_not_counted_though_it_came_in_it(clinic, nothing_hidden):
    with time_machine.travel(timezone.now() - 31 * DAY):
        draft = Submission.begin(answers=document.answers_of(worked_example("v01")["document"]))
    Submission.submit(draft.pk)
    assert (numbers("30")[:2], numbers("90")[:2]) == ([0, 0], [1, 1])


def test_a_draft_begun_before_the_year_is_not_counted(db, nothing_hidden):
    draft = begin()
    Submission.objects.filter(pk=draft.pk).update(created_at=timezone.now() - 366 * DAY)
    FormsGone.note(timezone.localdate() - 366 * DAY, "en", "self")
    assert numbers("365")[0] == 0


# --- By queue -----------------------------------------------------------------------------------------------


def test_a_queue_has_its_own_steps_from_the_routing_on(cast, clinic, nothing_hidden):
    both = clinic.routed("tms", "spravato")
    accept(consult=both.consults.get(treatment="tms"), actor=cast.tess)
    clinic.consult("completed", "spravato"), clinic.new()
    assert numbers("90 queue tms") == [1, 1, 0, 0, 0]
    assert numbers("90 queue spravato") == [2, 1, 1, 1, 1]
    assert numbers("90 queue psychotherapy") == [0] * 5
    assert numbers() == [3, 3, 2, 2, 2, 1, 1, 1]


def test_a_routing_that_was_undone_is_in_no_queue(cast, clinic, nothing_hidden):
    referral = clinic.in_review()
    route(referral=referral, actor=cast.cora, treatments=["tms"], reason="fits")
    undo(referral=fresh(referral), actor=cast.cora)
    assert numbers("90 queue tms")[0] == 0


def test_of_a_queues_own_few_the_next_step_is_not_told(cast, clinic):
    for _each in range(10):
        both = clinic.routed("tms", "spravato")
        accept(consult=both.consults.get(treatment="spravato"), actor=cast.sam)
    accept(consult=both.consults.get(treatment="tms"), actor=cast.tess)
    assert numbers("90 queue tms") == [10, 1, None, None, None]
    assert numbers("90 queue spravato") == [10, 10, 0, None, None]


def test_of_few_whose_wait_is_known_no_wait_is_told(clinic):
    for _each in range(12):
        begin()
    clinic.new()
    assert counted()["funnel"]["rows"][1] | {"percent": 0} == {
        "words": "Sent the form",
        "people": 1,
        "percent": 0,
        "share": "8 % (1–33)",
        "median": "fewer than 10: not shown",
        "longest": "–",
    }


def test_more_people_than_are_read_at_once_are_all_counted(clinic, monkeypatch, nothing_hidden):
    monkeypatch.setattr(people, "AT_A_TIME", 2)
    clinic.new(), clinic.new(), clinic.in_review()
    assert numbers()[:3] == [3, 3, 1]


# --- The page -----------------------------------------------------------------------------------------------


def test_before_the_first_count_the_page_says_so_and_after_it_when_it_was(cast, clinic, signed_in):
    client = signed_in(cast.cora)
    page = flat(client.get(PAGE))
    assert "Not counted yet" in page and "Export as" not in page
    with time_machine.travel(timezone.localtime().replace(hour=6, minute=5), tick=False):
        count_figures(timezone.now())
    page = flat(client.get(PAGE))
    assert "counted 6:05 am" in page and "Not counted yet" not in page


def test_a_count_that_is_late_is_said_to_be(cast, clinic, signed_in):
    for hours, is_late in ((1.9, False), (2.1, True)):
        count_figures(timezone.now() - timedelta(hours=hours))
        for query in ("", "?queue=tms"):
            page = flat(signed_in(cast.cora).get(PAGE + query))
            assert ("have not been counted since" in page) is is_late


def test_a_page_of_some_is_chosen_by_a_link_and_says_whose_it_is(cast, clinic, signed_in):
    clinic.new()
    count_figures(timezone.now())
    client = signed_in(cast.cora)
    for query, words in (
        ("channel=staff", "Entered by staff"), ("language=es", "Spanish"), ("queue=tms", "TMS"),
    ):  # fmt: skip
        page = flat(client.get(f"{PAGE}?days=30&{query}"))
        assert f"Intake, last 30 days: {words}</h1>" in page
        link = f'<a href="?days=30&amp;{query}" aria-current="page">{words}</a>'
        assert link in page and f'href="?days=365&amp;{query}"' in page
        assert f'href="?days=30&amp;{query}&amp;form=csv"' in page
        assert page.count('aria-current="page"') == 2
        assert "Does everyone get through?" not in page and 'href="?days=30"' in page


@pytest.mark.parametrize(
    "query",
    [
        "channel=fax", "language=fr", "queue=surgery", "queue=en", "channel=self&language=en",
        "queue=tms&language=en",
    ],
)  # fmt: skip
def test_filters_that_are_not_known_and_two_at_once_are_refused(query, cast, clinic, signed_in):
    count_figures(timezone.now())
    assert signed_in(cast.cora).get(f"{PAGE}?{query}").status_code == 400


def test_nobody_without_the_right_sees_a_page_of_some(cast, clinic, signed_in):
    count_figures(timezone.now())
    assert signed_in(cast.tess).get(f"{PAGE}?queue=tms").status_code == 403


# --- The tick ------------------------------------------------------------------------------------------------


@pytest.fixture
def slowly(monkeypatch):
    """Each piece of the counting takes longer than a pass has."""
    times = iter(range(0, 1_000_000, 10))
    monkeypatch.setattr(figure_count, "monotonic", lambda: next(times))


def test_a_pass_stops_in_time_and_the_next_goes_on_until_all_is_kept_at_once(clinic, slowly):
    clinic.new()
    job, begun = FiguresCount(), timezone.now()
    for passes in range(1, 200):
        job(begun + timedelta(seconds=5 * passes))
        if FigureCount.objects.exists():
            break
    assert 20 < passes < 199
    assert {count.at for count in FigureCount.objects.all()} == {begun + timedelta(seconds=5)}
    assert FigureCount.objects.count() == 3 * (1 + 3 + 2 + 3)


def test_a_tick_that_makes_one_pass_counts_all_in_it(clinic, slowly):
    job = next(each for each in tick.jobs(once=True) if each.name == "figures")
    job.sweep()
    assert FigureCount.objects.exists()
    FigureCount.objects.all().delete()
    next(each for each in tick.jobs() if each.name == "figures").sweep()
    assert not FigureCount.objects.exists()


def test_it_is_counted_again_after_an_hour_and_by_no_second_tick_before(clinic):
    begun = timezone.now()
    FiguresCount(longest=None)(begun)
    clinic.new()
    for later, is_new in ((59, False), (61, True)):
        FiguresCount(longest=None)(begun + timedelta(minutes=later))
        assert (FigureCount.of("90").at > begun) is is_new
    assert FigureCount.of("90").told["people"] == 1


def test_after_a_fault_it_is_tried_again_from_the_start_some_minutes_later(clinic, monkeypatch):
    job, now, tries = FiguresCount(longest=None), timezone.now(), []

    def fails(*_given):
        tries.append(1)
        raise DatabaseError

    with monkeypatch.context() as broken:
        broken.setattr(intake, "read_people", fails)
        for seconds in (0, 5, 299, 300):
            if seconds in (0, 300):
                with pytest.raises(DatabaseError):
                    job(now + timedelta(seconds=seconds))
            else:
                job(now + timedelta(seconds=seconds))
    assert len(tries) == 2 and not FigureCount.objects.exists()
    job(now + timedelta(seconds=601))
    assert FigureCount.objects.exists()


def test_a_count_that_breaks_while_it_is_kept_leaves_every_page_of_the_one_before(clinic, monkeypatch):
    before = timezone.now()
    count_figures(before)
    keeps, left = FigureCount.objects.update_or_create, iter(range(5))

    def breaks(**row):
        next(left)
        return keeps(**row)

    monkeypatch.setattr(FigureCount.objects, "update_or_create", breaks)
    with pytest.raises(StopIteration):
        count_figures(before + DAY)
    assert set(FigureCount.objects.values_list("at", flat=True)) == {before}


@pytest.mark.parametrize("ahead", [timedelta(minutes=2), DAY, 400 * DAY])
def test_a_clock_that_went_back_keeps_no_count_away(clinic, ahead):
    now = timezone.now()
    FiguresCount(longest=None)(now + ahead)
    FiguresCount(longest=None)(now)
    assert FigureCount.of("90").at == now


def test_a_clock_that_went_back_after_a_fault_keeps_no_count_away(clinic, monkeypatch):
    job, now = FiguresCount(longest=None), timezone.now()
    with monkeypatch.context() as broken:
        broken.setattr(intake, "read_people", None)
        with pytest.raises(TypeError):
            job(now + DAY)
    job(now)
    assert FigureCount.of("90").at == now


# --- Waits --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(30))
def test_many_waits_are_said_as_single_ones_are(seed):
    spells = []
    for place in range(seed):
        kind = (place * 7 + seed) % 4
        spells.append(Spell(float((place * 37 + seed) % 11 * 600), open=kind == 1, left=kind == 2))
    waits = Waits()
    for each in (*spells, None):
        waits.add(each)
    assert waits.times() == times_of(spells)
    assert Waits.together([waits, Waits()]).times() == times_of(spells)
    assert waits.number == len(spells)
