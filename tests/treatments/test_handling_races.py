"""Two coordinators at the very same moment: assigning, claiming, and linking the same two from either side."""

import pytest

from tests.conftest import fresh
from tests.racing import at_once
from treatments.models import DuplicateLink
from treatments.triage.assignment import assign, claim
from treatments.triage.duplicates import link_duplicate, unlink_duplicate
from treatments.workflow import Refused

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_two_who_link_the_same_two_referrals_from_either_side_make_one_link(clinic):
    one, other = clinic.new(), clinic.new()
    for _round in range(20):
        outcomes = at_once(
            lambda: link_duplicate(referral=one, actor=clinic.cast.cora, other=other),
            lambda: link_duplicate(referral=other, actor=clinic.cast.carl, other=one),
        )
        assert sorted(str(each) for each in outcomes) == ["None", "These two referrals are linked already."]
        assert DuplicateLink.objects.count() == 1
        unlink_duplicate(referral=one, actor=clinic.cast.cora, other=other, note="again")


def test_a_claim_and_an_assignment_from_the_same_page_do_not_both_happen(clinic):
    for _round in range(10):
        referral = clinic.new()
        outcomes = at_once(
            lambda referral=referral: claim(referral=referral, actor=clinic.cast.cora, seen=0),
            lambda referral=referral: assign(
                referral=referral, actor=clinic.cast.cora, to=clinic.cast.carl, seen=0
            ),
        )
        assert sum(each is None for each in outcomes) == 1
        assert sum(isinstance(each, Refused) for each in outcomes) == 1
        assert fresh(referral).version == 1
