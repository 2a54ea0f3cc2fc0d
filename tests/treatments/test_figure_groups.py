"""What came of consults, whether everyone gets through alike, and where people leave the form."""

from dataclasses import replace
from datetime import date, timedelta

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
from treatments.triage.consults import complete, give_feedback, record_no_show
from treatments.triage.contacts import log_contact

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
    language="en", step=Step.RECEIVED, reached=None, born=date(1980, 1, 1), source="web"
) -> Traveler:
    steps = {each: timezone.now() - 9 * DAY + each * timedelta(hours=1) for each in Step if each <= step}
    return Traveler(born, language, source, None, steps, reached)


def language_of(each: Traveler) -> str:
    return each.language


def test_a_group_is_compared_with_the_largest_by_the_range_of_the_difference():
    some = [traveler("en", Step.ROUTED)] * 80 + [traveler("en")] * 32
    some += [traveler("es", Step.ROUTED)] * 12 + [traveler("es")] * 12
    found = groups.dimension_of("Language", some, language_of, timezone.now())
    assert [(row.words, row.people, row.shares[0]) for row in found.rows] == [
        ("en", 112, "71 % (62–79)"),
        ("es", 24, "50 % (31–69)"),
    ]
    assert found.differences == (
        "es: 12 of 24 routed, en 80 of 112. es is 21 points lower (95 %: 1 to 41): look into it.",
    )


def test_of_a_group_of_fewer_than_ten_nothing_but_its_number_is_told():
    some = [traveler("en", Step.SEEN)] * 40 + [traveler("es")] * 9
    found = groups.dimension_of("Language", some, language_of, timezone.now())
    few = "fewer than 10: not shown"
    assert (found.rows[1].people, found.rows[1].shares, found.rows[1].to_visit) == (9, (few, few), few)
    assert found.differences == ()


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({"en": 40}, {"en"}),
        ({"en": 40, "es": 10}, {"en", "es"}),
        # what is left of the whole would be the few
        ({"en": 40, "es": 9}, set()),
        ({"en": 40, "es": 20, "fr": 9}, {"en"}),
        ({"en": 40, "es": 20, "": 3}, {"en"}),
        # two of few people are many together
        ({"en": 40, "es": 20, "fr": 5, "de": 5}, {"en", "es"}),
        ({"en": 40, "es": 20, "fr": 5, "de": 4}, {"en"}),
        ({"en": 5, "es": 4}, set()),
    ],
)
def test_no_rate_of_few_people_follows_from_those_that_are_shown(sizes, shown):
    some = [traveler(name, Step.ROUTED) for name, number in sizes.items() for _each in range(number)]
    found = groups.dimension_of("Language", some, language_of, timezone.now())
    assert {row.words for row in found.rows if "fewer than" not in row.shares[0]} == shown


def test_who_belongs_to_no_group_stands_last_and_is_compared_with_nobody():
    some = [traveler("", Step.ROUTED)] * 40 + [traveler("en")] * 20
    found = groups.dimension_of("Language", some, language_of, timezone.now())
    assert [row.words for row in found.rows] == ["en", "Not known"]
    for each in groups.dimensions_of([traveler("xx", born=None, source="fax")], timezone.now()):
        assert [row.words for row in each.rows] == ["Not known"]
    assert found.differences == ()


def test_the_median_until_the_first_visit_counts_those_who_wait():
    seen, waits = traveler(step=Step.SEEN), traveler()
    half = groups.dimension_of("Language", [seen] * 6 + [waits] * 5, language_of, timezone.now())
    fewer = groups.dimension_of("Language", [seen] * 5 + [waits] * 6, language_of, timezone.now())
    assert (half.rows[0].to_visit, fewer.rows[0].to_visit) == ("5 hours", "not half yet")


def test_the_largest_group_stands_first_and_who_left_is_not_waiting():
    now, gone = timezone.now(), replace(traveler("es"), left=timezone.now())
    some = [traveler("de")] * 2 + [gone] * 12 + [traveler("es", Step.SEEN)] * 11
    first, second = groups.dimension_of("Language", some, language_of, now + 90 * DAY).rows
    assert (first.words, second.words) == ("es", "de")
    assert groups._to_visit(gone, now + 90 * DAY).left


@pytest.mark.parametrize(
    ("age", "words"), [(16, "Under 35"), (34, "Under 35"), (35, "35 to 64"), (65, "65 or older")]
)
def test_ages_are_groups(age, words):
    assert groups.age_words(age, groups.AGES) == words


def test_reached_is_known_once_somebody_was_or_all_tries_were_made(cast, clinic, settings):
    def tried(*outcome: str) -> None:
        referral = clinic.in_review()
        for each in outcome:
            log_contact(referral=fresh(referral), actor=cast.cora, channel="call", outcome=each)

    settings.CONTACT_ATTEMPTS = 2
    tried("no_answer"), tried("no_answer", "reached"), tried("no_answer", "no_answer", "reached"), tried()
    tried("reached")
    now = timezone.now()
    came, _since = people.read_people(now - 90 * DAY, now)
    assert sorted(str(each.reached) for each in came) == ["False", "None", "None", "True", "True"]


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
        page = flat(signed_in(cast.cora).get(PAGE))
    assert (stop.page, stop.count) == (stops.page_words("name"), 1)
    assert "Forms last saved within 5 days and not sent" in page
    assert "Canary" not in page and "Draftson" not in page
    with time_machine.travel(timezone.now() + 6 * DAY):
        assert stops.read_stops(timezone.now()) == []
