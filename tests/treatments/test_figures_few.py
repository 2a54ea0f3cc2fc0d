"""No rate of fewer than ten people follows from what the director's pages tell, by whatever adding and subtracting."""

from collections import Counter
from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from treatments.figures import outcomes
from treatments.figures.few import IN_ORDER, Group, follows_few, told
from treatments.figures.people import Step, Traveler
from treatments.figures.tally import Tally

CELLS = list(product((30, 90, 365), ("en", "es", "")))


def groups_of(people: dict) -> list[Group]:
    """Everybody and each language, in each period."""
    made = [Group("", "", days, within(people, days)) for days in IN_ORDER]
    for days in IN_ORDER:
        own = [Group("language", name, days, within(people, days, name)) for name in ("en", "es", "")]
        made += sorted(own, key=lambda group: -sum(people[cell] for cell in group.cells))
    return made


def within(people: dict, days: int, name: str | None = None) -> frozenset:
    return frozenset(cell for cell in people if cell[0] <= days and name in (None, cell[1]))


def shown(people: dict) -> list[tuple[int, str]]:
    return sorted(
        (group.days, group.name or group.kind or "all") for group in told(people, groups_of(people))
    )


@pytest.mark.parametrize(
    ("sizes", "rates"),
    [
        ({"en": 40}, {"all", "en"}),
        ({"en": 40, "es": 10}, {"all", "en", "es"}),
        # what is left of the whole would be the few
        ({"en": 40, "es": 9}, {"all"}),
        ({"en": 40, "es": 20, "": 3}, {"all", "en"}),
        ({"en": 5, "es": 5}, {"all"}),
        ({"en": 5, "es": 4}, set()),
    ],
)
def test_a_rate_that_everybodys_and_the_others_leave_is_not_told(sizes, rates):
    people = {(30, name): number for name, number in sizes.items()}
    assert {name for days, name in shown(people) if days == 30} == rates


def test_two_periods_tell_of_nobody_who_is_in_one_alone():
    people = {(30, "en"): 50, (90, "en"): 9}
    assert {days for days, name in shown(people) if name == "all"} == {90, 365}  # these are the same people
    people[90, "en"] = 10
    assert {days for days, name in shown(people) if name == "all"} == {30, 90, 365}


def test_a_group_is_not_told_in_a_period_that_would_tell_of_its_few_in_another():
    people = {(30, "en"): 50, (30, "es"): 20, (90, "en"): 30, (90, "es"): 4}
    assert {each for each in shown(people) if each[0] != 365} == {
        (30, "all"), (90, "all"), (90, "en"), (90, "es"),
    }  # fmt: skip


def test_two_kinds_tell_of_nobody_who_is_of_one_alone():
    """All who came by themselves speak English; those who speak it and were helped are few."""
    people = {("self", "en"): 40, ("helped", "en"): 6, ("helped", "es"): 44}
    made = [
        Group("", "", 90, frozenset(people)),
        *(
            Group("channel", name, 90, frozenset(c for c in people if c[0] == name))
            for name in ("self", "helped")
        ),
        *(Group("language", name, 90, frozenset(c for c in people if c[1] == name)) for name in ("en", "es")),
    ]
    assert {group.name for group in told(people, made)} == {"", "self", "helped"}
    people["helped", "en"] = 10
    assert {group.name for group in told(people, made)} == {"", "self", "helped", "en", "es"}


def follows_plainly(people: dict, families: list[frozenset]) -> bool:
    """By brute force: every sum of the groups taken -2 to 2 times that says some people once and all others not."""
    for times in product((-2, -1, 0, 1, 2), repeat=len(families)):
        sums = Counter()
        for many, group in zip(times, families, strict=True):
            for cell in group:
                sums[cell] += many
        if set(sums.values()) <= {0, 1} and 0 < sum(people[cell] for cell, many in sums.items() if many) < 10:
            return True
    return False


GROUPS = st.lists(st.frozensets(st.integers(0, 4), min_size=1), min_size=4, max_size=4)


@given(st.lists(st.integers(1, 14), min_size=5, max_size=5), GROUPS)
def test_what_follows_is_found_as_by_brute_force(numbers, families):
    people = dict(enumerate(numbers))
    if follows_plainly(people, families):
        assert follows_few(people, families)


def test_what_does_not_follow_is_not_found():
    people = {"a": 3, "b": 30, "c": 4, "d": 40}
    assert not follows_few(people, [frozenset("ab"), frozenset("cd"), frozenset("abcd")])
    assert follows_few(people, [frozenset("ab"), frozenset("cd"), frozenset("bcd")])
    assert follows_few(people, [frozenset("bd"), frozenset("abcd")])  # a and c together
    assert not follows_few({**people, "c": 7}, [frozenset("bd"), frozenset("abcd")])


@given(st.lists(st.sampled_from((0, 0, 3, 8, 12, 40)), min_size=9, max_size=9))
def test_whatever_came_no_few_follow_from_a_kind_and_some_are_told_where_many_came(numbers):
    people = dict(zip(CELLS, numbers, strict=True))
    found = told(people, groups_of(people))
    here = {cell for cell, number in people.items() if number}
    families = [group.cells & here for group in found]
    assert not follows_few(people, families)
    assert all(sum(people[cell] for cell in family) >= 10 for family in families)
    assert bool(found) == (sum(numbers) >= 10)


# --- Queues -----------------------------------------------------------------------------------------------


def in_queue(days: int, furthest: Step, of_all: Step) -> Traveler:
    """Who came to ``furthest`` in the TMS queue, and in another one to ``of_all``; begun so many days ago."""
    begun = timezone.now() - timedelta(days=days)
    steps, own = (
        {step: begun for step in Step if first <= step <= last}
        for first, last in ((Step.BEGUN, of_all), (Step.ROUTED, furthest))
    )
    return Traveler(None, "en", "self", None, steps, None, {"tms": own, "spravato": steps})


def booked_are_told(*some: tuple[int, int, Step]) -> set[int]:
    """The days in which it is told how many of those whom the TMS team accepted were booked."""
    tally = Tally.at(timezone.now())
    for number, days, furthest in some:
        for _each in range(number):
            tally.add(in_queue(days, furthest, Step.BOOKED))
    told_of = tally.told(lambda count: count.people[Step.ACCEPTED])
    return {group.days for group in told_of if (group.kind, group.name) == ("queue", "tms")}


def test_what_a_queues_own_people_leave_of_another_period_is_not_told():
    """All were accepted, the few more of the year by another team: what the queue has more is two people."""
    many, others = (30, 10, Step.ACCEPTED), (30, 60, Step.ROUTED)
    assert booked_are_told(many, others, (30, 300, Step.ROUTED), (12, 300, Step.ACCEPTED)) == {30, 90, 365}
    assert booked_are_told(many, others, (30, 300, Step.ROUTED), (2, 300, Step.ACCEPTED)) == {30, 90}


def test_what_a_queues_own_people_leave_of_everybody_is_not_told():
    assert booked_are_told((30, 10, Step.ACCEPTED), (10, 10, Step.ROUTED)) == {30, 90, 365}
    assert booked_are_told((30, 10, Step.ACCEPTED), (9, 10, Step.ROUTED)) == set()


# --- Outcomes ---------------------------------------------------------------------------------------------


def table(*of: int) -> outcomes.Table:
    rows = (outcomes.Row("started", of), outcomes.Row(outcomes.NO_SHOWS.label, (1, 1)))
    return outcomes.Table(("TMS", "Therapy"), rows, of)


def test_of_a_queue_with_few_ended_consults_no_outcome_is_told_also_by_subtraction():
    found = outcomes.without_few({30: table(20, 9), 90: table(29, 10), 365: table(60, 19)})
    assert [found[days].rows[0].numbers for days in (30, 90, 365)] == [(None, None), (29, 10), (60, None)]
    assert [each.rows[1].numbers for each in found.values()] == [(1, 1)] * 3
