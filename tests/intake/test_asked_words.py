"""What the page of the clinic's question says of earlier answers is true of what stands on it."""

import pytest
from django.urls import reverse

from tests.intake.screen import summary, words
from tests.intake.test_phone_numbers import MESSAGE

pytestmark = pytest.mark.django_db

PAGE = reverse("intake:questions")
NOTHING = "We do not show your earlier answers here, to keep them private."
LISTS = "You see here what you told us for the lists below."


@pytest.mark.parametrize(
    ("paths", "told", "shown"),
    [
        (["health.stroke"], {}, False),
        (["medicines.list"], {"medicines.list": []}, False),
        (["medicines.list"], {"medicines.list": [{"drug": "lithium"}]}, True),
        (["medicines.list", "health.stroke"], {"medicines.list": [{"drug": "lithium"}]}, True),
    ],
)
def test_that_earlier_answers_are_not_shown_is_said_only_where_none_is(asked, client, paths, told, shown):
    asked(*paths, **told)
    text = words(client.get(PAGE).content.decode())
    assert ("lithium" in text) is shown
    assert (LISTS in text) is shown
    assert (NOTHING in text) is not shown


def test_a_number_with_a_digit_missing_is_asked_about_there_too(asked, client):
    referral = asked("about.phone", "about.emergency_phone")
    response = client.post(PAGE, {"about-phone": "212 555 018", "about-emergency_phone": "555 0188"})
    assert summary(response.content.decode()) == [
        f"Phone number: {MESSAGE}",
        f"Their phone number: {MESSAGE}",
    ]
    assert not referral.submission.amendments.exists()
