"""Shares with their range, and the counts of a team's home page."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.pages import flat
from treatments.figures import outcomes
from treatments.figures.proportions import share_in_words, wilson


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


def test_of_each_queue_those_who_started_are_counted_of_all_that_ended():
    heads, codes = ("TMS", "Therapy"), list(outcomes.OUTCOMES)
    counts = dict.fromkeys(codes, (6, 0))
    table = outcomes.table_of(heads, [(code, counts[code]) for code in codes])
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
