"""What came of consults, whether everyone gets through alike, and where people leave the form."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from intake.models import Submission
from intake.questionnaire.intake import INTAKE
from intake.questionnaire.shape import HELP
from tests.conftest import fresh
from tests.pages import flat
from treatments.figures import groups, outcomes, people, stops
from treatments.figures.people import Step, Traveler
from treatments.figures.tally import Tally, age_group, to_visit
from treatments.triage.consults import complete, give_feedback, record_no_show
from treatments.triage.contacts import log_contact
from treatments.triage.figure_count import count_figures

PAGE = "/admin/figures/"
DAY = timedelta(days=1)


# --- Outcomes ---------------------------------------------------------------------------------------------


def told(table: outcomes.Table) -> dict[str, list[int]]:
    return {str(row.words): list(row.numbers) for row in table.rows}


def test_feedback_and_outcomes_of_every_queue_are_counted_in_the_period(cast, clinic):
    for treatment, verdict, outcome in (
        ("tms", "useful", "started_treatment"),
        ("tms", "wrong_queue", "patient_declined"),
        ("spravato", "useful", "started_treatment"),
    ):
        consult, team = clinic.consult("booked", treatment), cast.team(treatment)
        complete(consult=consult, actor=team, outcome=outcome, note="told us before")
        give_feedback(consult=fresh(consult), actor=team, verdict=verdict)
    missed = clinic.booked_today()
    with time_machine.travel(timezone.now() + DAY):
        record_no_show(consult=missed, actor=cast.tess)
    queues, since = ["tms", "spravato", "psychotherapy"], timezone.now() - DAY
    said, ended = outcomes.read_feedback(queues, since), outcomes.read_outcomes(queues, since)
    assert [str(head) for head in said.heads] == ["TMS", "Spravato", "Therapy"]
    assert told(said) == {"Useful": [1, 1, 0], "Incomplete": [0, 0, 0], "Wrong queue": [1, 0, 0]}
    assert told(ended)["Treatment started"] == [1, 1, 0]
    assert told(ended)["Visits to which the person did not come"] == [1, 0, 0]
    # Two consults of the first team have ended; whoever did not come to a visit has not.
    assert [row[1:3] for row in outcomes.started_shares(ended)] == [(1, 2), (1, 1), (0, 0)]
    later = timezone.now() + DAY
    assert {row.numbers for row in outcomes.read_feedback(queues, later).rows} == {(0, 0, 0)}
    assert told(outcomes.read_outcomes(queues, later))["Treatment started"] == [0, 0, 0]


# --- Groups -----------------------------------------------------------------------------------------------


def traveler(
    language="en", step=Step.RECEIVED, reached=None, born=date(1980, 1, 1), channel="self"
) -> Traveler:
    steps = {each: timezone.now() - 9 * DAY + each * timedelta(hours=1) for each in Step if each <= step}
    return Traveler(born, language, channel, None, steps, reached)


def dimension(some: list[Traveler], kind: str = "language", now: datetime | None = None) -> groups.Dimension:
    tally = Tally.at(now or timezone.now())
    for each in some:
        tally.add(each)
    own = {group: tally.count_of(group) for group in tally.groups() if (group.kind, group.days) == (kind, 90)}
    told = [tally.told(of) for of in (groups.begun, groups.sent, groups.tried)]
    return groups.dimension_of(kind, own, told)


def test_a_group_is_compared_with_the_largest_by_the_range_of_the_difference():
    some = [traveler("en", Step.ROUTED)] * 80 + [traveler("en")] * 32
    some += [traveler("es", Step.ROUTED)] * 12 + [traveler("es")] * 12
    found = dimension(some)
    assert [(row.words, row.people, row.shares[:2]) for row in found.rows] == [
        ("English", 112, ("100 % (97–100)", "71 % (62–79)")),
        ("Spanish", 24, ("100 % (86–100)", "50 % (31–69)")),
    ]
    assert found.differences == (
        "Spanish: 12 of 24 routed, English 80 of 112. Spanish is 21 points lower (95 %: 1 to 41): look into it.",
    )


def test_of_a_group_of_fewer_than_ten_nothing_but_its_number_is_told():
    found = dimension([traveler("en", Step.SEEN)] * 40 + [traveler("es")] * 9)
    few = "fewer than 10: not shown"
    assert (found.rows[1].people, found.rows[1].shares, found.rows[1].to_visit) == (9, (few,) * 3, few)
    others = "would tell of fewer than 10"  # with the rate of everybody
    assert (found.rows[0].shares, found.rows[0].to_visit) == ((others, others, few), others)
    assert found.differences == ()


def test_of_few_who_were_tried_no_share_is_told_where_their_group_is_large():
    some = [traveler(reached=True)] * 9 + [traveler()] * 20
    assert dimension(some).rows[0].shares[1:] == ("0 % (0–12)", "fewer than 10: not shown")
    assert dimension([*some, traveler(reached=False)]).rows[0].shares[2] == "90 % (60–98)"


def test_of_groups_that_are_not_told_no_difference_is_told():
    some = [traveler("en", Step.ROUTED)] * 100 + [traveler("es")] * 20 + [traveler("")] * 3
    assert [row.shares[1] for row in dimension(some).rows[1:]] == [
        "would tell of fewer than 10",
        "fewer than 10: not shown",
    ]
    assert dimension(some).differences == ()
    assert dimension(some[:-3]).differences != ()


def test_what_is_told_of_a_share_says_nothing_of_the_share_before_it_that_is_not_told():
    """How many of a group sent the form would follow from how many of these were routed."""
    some = [traveler("en", Step.ROUTED)] * 80 + [traveler("en", Step.BEGUN)] * 20
    some += [traveler("es")] * 20 + [traveler("", Step.BEGUN)] * 3
    found = dimension(some)
    others = "would tell of fewer than 10"
    assert [row.shares[:2] for row in found.rows[:2]] == [
        ("80 % (71–87)", "100 % (95–100)"),
        (others, others),
    ]
    assert found.differences == () and found.rows[1].to_visit == others


def test_who_belongs_to_no_group_stands_last_and_is_compared_with_nobody():
    found = dimension([traveler("", Step.ROUTED)] * 40 + [traveler("en")] * 20)
    assert [row.words for row in found.rows] == ["English", "Not known"]
    assert found.differences == ()
    for kind in groups.KIND_WORDS:
        nobody = traveler("", born=None, channel="")
        assert [row.words for row in dimension([nobody], kind).rows] == ["Not known"]


def test_the_median_until_the_first_visit_counts_those_who_wait():
    seen, waits = traveler(step=Step.SEEN), traveler()
    half, fewer = dimension([seen] * 6 + [waits] * 5), dimension([seen] * 5 + [waits] * 6)
    assert (half.rows[0].to_visit, fewer.rows[0].to_visit) == ("5 hours", "not half yet")


def test_the_largest_group_stands_first_and_who_left_is_not_waiting():
    now, gone = timezone.now(), replace(traveler("es"), left=timezone.now())
    some = [traveler("en")] * 2 + [gone] * 12 + [traveler("es", Step.SEEN)] * 11
    assert [row.words for row in dimension(some).rows] == ["Spanish", "English"]
    assert to_visit(gone, now + 90 * DAY).left


@pytest.mark.parametrize(("age", "group"), [(16, "0"), (34, "0"), (35, "35"), (64, "35"), (65, "65")])
def test_ages_are_groups(age, group):
    assert age_group(date(2026 - age, 1, 1), date(2026, 6, 1)) == group


def test_of_ages_the_share_of_forms_sent_is_not_known():
    rows = dimension([traveler()] * 12 + [traveler(step=Step.BEGUN, born=None)] * 12, "age").rows
    assert [row.shares[0] for row in rows] == ["–", "–"]


def test_reached_is_known_once_somebody_was_or_all_tries_were_made(cast, clinic, settings):
    def tried(*outcome: str) -> None:
        referral = clinic.in_review()
        for each in outcome:
            log_contact(referral=fresh(referral), actor=cast.cora, channel="call", outcome=each)

    settings.CONTACT_ATTEMPTS = 2
    tried("no_answer"), tried("no_answer", "reached"), tried("no_answer", "no_answer", "reached"), tried()
    tried("reached")
    now = timezone.now()
    came = people.read_people(now - 90 * DAY, now)
    assert sorted(str(each.reached) for some in came for each in some) == [
        "False",
        "None",
        "None",
        "True",
        "True",
    ]


# --- Where people leave the form ----------------------------------------------------------------------------


def test_stops_are_counted_by_the_last_page_saved_in_the_order_of_the_pages():
    first, second = INTAKE.pages[0].slug, INTAKE.pages[1].slug
    found = stops.stops_of(
        [{}, {"saved": []}, {"saved": [first]}, {"saved": [first, second]}, {"saved": ["gone-page"]}]
    )
    assert [(stop.page, stop.count) for stop in found] == [
        ("Before the first page", 2),
        (stops.page_words(first), 1),
        (stops.page_words(second), 1),
        ("A page that is no longer asked", 1),
    ]


def test_of_few_forms_in_all_it_is_not_told_where_they_were_left():
    some = [stops.Stop("Name", 5), stops.Stop("Safety", 4)]
    assert stops.without_few(some) == [stops.Stop("All pages: which one is not shown of fewer than 10", 9)]
    some.append(stops.Stop("Care", 1))
    assert stops.without_few(some) == some
    assert stops.without_few([]) == []


def test_every_page_has_words():
    assert all(stops.page_words(slug) for slug in ("", HELP, *INTAKE.by_slug))


def test_drafts_are_counted_for_as_long_as_they_are_kept_and_never_named(cast, signed_in, settings):
    draft = Submission.objects.create(answers={"about": {"first_name": "Canary"}})
    Submission.save_page(draft.pk, INTAKE.by_slug["name"], {"about": {"last_name": "Draftson"}})
    assert stops.read_stops(timezone.now()) == []  # it may still be being filled in
    settings.DRAFT_DAYS = 60
    with time_machine.travel(timezone.now() + 31 * DAY):
        assert stops.read_stops(timezone.now()) == []
    settings.DRAFT_DAYS = 5
    with time_machine.travel(timezone.now() + 4 * DAY):
        (stop,) = stops.read_stops(timezone.now())
        count_figures(timezone.now())
        page = flat(signed_in(cast.cora).get(PAGE))
    assert (stop.page, stop.count) == (stops.page_words("name"), 1)
    assert "Forms last saved within 5 days and not sent" in page
    assert "All pages: which one is not shown of fewer than 10" in page and stop.page not in page
    assert "Canary" not in page and "Draftson" not in page
    with time_machine.travel(timezone.now() + 6 * DAY):
        assert stops.read_stops(timezone.now()) == []
