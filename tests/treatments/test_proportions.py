"""Shares with their range, and the counts of a team's home page."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.pages import flat
from treatments.figures import outcomes
from treatments.figures.proportions import differ, difference_in_words, newcombe, share_in_words, wilson


@pytest.mark.parametrize(
    ("number", "of", "low", "high"),
    # Newcombe, Stat Med 1998;17:857-872, table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_range_is_wilsons_as_it_was_published(number, of, low, high):
    assert [round(each, 4) for each in wilson(number, of)] == [low, high]


@pytest.mark.parametrize(
    ("number", "of", "words"),
    [(5, 9, "fewer than 10: not shown"), (0, 0, "fewer than 10: not shown"), (5, 10, "50 % (24–76)")],
)
def test_of_fewer_than_ten_no_share_is_shown(number, of, words):
    assert share_in_words(number, of) == words


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    # Newcombe, Stat Med 1998;17:873-890, table II, method 10.
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_the_range_of_a_difference_is_newcombes_as_it_was_published(first, second, low, high):
    assert [round(end, 4) for end in newcombe(first, second)] == [low, high]
    assert [round(end, 4) for end in newcombe(second, first)] == [-high, -low]


def test_no_range_ends_below_none_or_above_all():
    assert all(wilson(0, of)[0] >= 0 and wilson(of, of)[1] <= 1 for of in range(10, 1000))


def test_a_difference_is_judged_by_its_own_range_and_not_by_whether_two_overlap():
    spanish, english = (12, 24), (80, 112)
    assert wilson(*spanish)[1] > wilson(*english)[0]  # they overlap
    assert differ(spanish, english)
    assert difference_in_words(spanish, english) == "21 points lower (95 %: 1 to 41)"
    assert difference_in_words(english, spanish) == "21 points higher (95 %: 1 to 41)"
    assert not differ((13, 24), english)


def test_of_fewer_than_ten_no_difference_is_told():
    for few, many in (((0, 9), (90, 100)), ((9, 9), (10, 100))):
        assert not differ(few, many) and not differ(many, few)
    assert differ((0, 10), (90, 100)) and differ((90, 100), (0, 10))


def test_of_each_queue_those_who_started_are_counted_of_all_that_ended():
    heads, codes = ("TMS", "Therapy"), list(outcomes.OUTCOMES)
    counts = dict.fromkeys(codes, (6, 0))
    table = outcomes.Table(
        heads, tuple(outcomes.Row(code, counts[code]) for code in codes), (6 * len(codes), 0)
    )
    assert [row[:3] for row in outcomes.started_shares(table)] == [
        ("TMS", 6, 6 * len(codes)),
        ("Therapy", 0, 0),
    ]


def test_a_teams_counts_are_links_to_those_people(cast, clinic, signed_in):
    with time_machine.travel(timezone.now() - timedelta(days=1), tick=False):
        over = clinic.booked_today()
    rows = {"over": over, **{state: clinic.consult(state) for state in ("waiting", "accepted")}}
    tess = signed_in(cast.tess)
    page = flat(tess.get("/admin/"))
    for show, consult in rows.items():
        address = f"/admin/treatments/tmsconsult/?show={show}"
        assert f'href="{address}"' in page
        shown = flat(tess.get(address))
        assert [each for each in rows.values() if each.referral.reference in shown] == [consult]
    assert "/admin/treatments/tmsconsult/?show=" not in flat(signed_in(cast.cora).get("/admin/"))
