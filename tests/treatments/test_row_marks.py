"""What a row of a list says in few words: how long somebody waits, and that something is still to be asked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.pages import flat
from treatments.admin.lists.badges import small_effect_badge
from treatments.admin.lists.due_marks import waited

DESK = "/admin/treatments/referral/"


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (timedelta(seconds=-5), "0 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(hours=23, minutes=59), "23 h"),
        (timedelta(days=1), "1 d"),
        (timedelta(days=16, hours=23), "16 d"),
    ],
)
def test_a_wait_is_said_shortly(since, words):
    now = timezone.now()
    assert waited(now - since, now) == words


def test_that_something_is_to_be_asked_is_said_in_words_and_read_out_with_what_it_may_lead_to():
    mark = str(small_effect_badge("supports", "caution"))
    assert '<span aria-hidden="true">? to ask</span>' in mark
    assert '<span class="visually-hidden">ask: may call for caution</span>' in mark
    assert "to ask" not in str(small_effect_badge("supports", ""))


def test_the_lists_say_both(clinic, signed_in):
    unsure = {"health.metal_in_head_or_neck": "not_sure"}
    clinic.new(**unsure), clinic.routed("tms", **unsure)
    desk = flat(signed_in(clinic.cast.cora).get(DESK))
    queue = flat(signed_in(clinic.cast.tess).get("/admin/treatments/tmsconsult/"))
    for page in (desk, queue):
        assert "? to ask" in page and "0 min" in page
