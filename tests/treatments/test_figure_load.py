"""Who has how many referrals before them, and what nobody has."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from tests.conftest import URGENT, fresh
from treatments.figures.load import read_load
from treatments.models import Referral
from treatments.triage.assignment import assign


def told() -> list[tuple[str, int, int, int]]:
    return [(row.person, row.open, row.held, row.asked) for row in read_load(timezone.now())]


def test_each_person_with_most_first_and_what_is_nobodys_last(cast, clinic):
    assert told() == []
    clinic.new(), clinic.new(**URGENT)
    clinic.in_review()
    clinic.awaiting_patient()
    assign(referral=clinic.in_review(), actor=cast.cora, to=cast.carl)
    for state in ("routed", "closed"):  # with a team, or done
        clinic.referral(state)
    cora, carl = (cast.cora.get_full_name(), cast.carl.get_full_name())
    assert told() == [(cora, 2, 0, 1), (carl, 1, 0, 0), ("Nobody yet", 2, 1, 0)]


def test_the_longest_wait_is_of_the_oldest_and_an_account_without_a_name_has_its_user_name(cast, clinic):
    first, second = clinic.in_review(), clinic.in_review()
    now = timezone.now()
    for referral, days in ((first, 3), (second, 8)):
        Referral.objects.filter(pk=referral.pk).update(waiting_since=now - timedelta(days=days))
    User.objects.filter(pk=fresh(first).owner_id).update(first_name="", last_name="")
    (row,) = read_load(now)
    assert (row.person, row.longest) == ("cora", "8 days")


def test_of_two_with_as_many_the_user_names_say_who_comes_first(cast, clinic):
    clinic.in_review()
    assign(referral=clinic.in_review(), actor=cast.cora, to=cast.carl)
    assert [person for person, *_numbers in told()] == [cast.carl.get_full_name(), cast.cora.get_full_name()]
