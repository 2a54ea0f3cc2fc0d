"""What staff read of medicines beside the findings: what may sedate as well, and what was stopped lately."""

import pytest
from django.urls import reverse

from tests.pages import flat

MEDICINES = {"medicines.list": [{"drug": "quetiapine"}], "substances.cannabis": "daily"}


@pytest.mark.parametrize("page", ["change", "print"])
def test_staff_read_what_may_sedate_as_well(page, clinic, signed_in, cast):
    address = reverse(f"admin:treatments_referral_{page}", args=[clinic.new(**MEDICINES).pk])
    assert "May sedate as well: quetiapine, cannabis" in flat(signed_in(cast.cora).get(address))


def test_the_line_is_left_out_where_nothing_does(clinic, signed_in, cast):
    address = reverse("admin:treatments_referral_change", args=[clinic.new().pk])
    assert "May sedate as well" not in flat(signed_in(cast.cora).get(address))


def test_staff_read_what_was_stopped_lately(clinic, signed_in, cast):
    listed = {"medicines.list": [{"drug": "klonopin", "stopped": "yes"}]}
    address = reverse("admin:treatments_referral_change", args=[clinic.new(**listed).pk])
    page = flat(signed_in(cast.cora).get(address))
    assert "Stopped within six weeks" in page
    assert "klonopin: clonazepam (cns depressant, stop seizure)" in page
