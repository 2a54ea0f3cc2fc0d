"""Questions that an earlier answer makes pointless are not asked, and count as what that answer says."""

import pytest
from django.urls import reverse

from intake.models import Submission
from tests.intake import pat
from tests.intake.screen import names, words
from treatments.rules.criteria import RULES
from treatments.rules.facts import Facts

pytestmark = pytest.mark.django_db

S11 = next(rule for rule in RULES if rule.id == "S11")


def asked(client, slug: str) -> set[str]:
    """The questions of a page; none where it leads back to the list of parts."""
    response = client.get(pat.address(slug))
    return names(response.content.decode()) if response.status_code == 200 else set()


def audit_c(client) -> list | None:
    return pat.draft_of(client).answers.get("substances", {}).get("audit_c")


@pytest.mark.parametrize(
    ("contact", "questions"),
    [
        ({"about__email": None}, {"about-voicemail_ok", "about-text_ok"}),
        ({"about__phone": None}, {"about-email_ok"}),
        ({}, {"about-voicemail_ok", "about-text_ok", "about-email_ok"}),
    ],
)
def test_what_is_safe_is_asked_of_the_ways_that_were_given(client, contact, questions):
    pat.begin(client)
    assert pat.save(client, "contact", **contact).url == pat.address("contact-safe")
    assert asked(client, "contact-safe") == questions


def test_whether_an_address_is_safe_goes_with_the_address(client):
    pat.fill(client)
    pat.save(client, "contact", about__email=None)
    pat.send(client)
    about = Submission.objects.get().answers["about"]
    assert "email_ok" not in about
    assert about["voicemail_ok"] == "yes"


@pytest.mark.parametrize(
    ("answer", "follows"), [("yes", True), ("not_sure", True), (None, True), ("no", False)]
)
def test_trouble_is_asked_about_unless_there_was_no_high_time(client, answer, follows):
    pat.begin(client)
    following = pat.save(client, "highs", history__high_period=answer).url
    assert (following == pat.address("high-trouble")) is follows
    assert bool(asked(client, "high-trouble")) is follows


def test_without_a_high_time_there_was_no_trouble_and_no_rule_asks_for_it(client):
    pat.fill(client)
    pat.send(client)
    sent = Submission.objects.get()
    assert sent.answers["history"]["high_trouble"] == "no"
    assert S11.predicate(Facts(sent.to_document())).value is False


def test_trouble_that_was_not_answered_stays_unknown(client):
    pat.fill(client, highs={"history-high_period": "not_sure"})
    pat.send(client)
    sent = Submission.objects.get()
    assert "high_trouble" not in sent.answers["history"]
    found = S11.predicate(Facts(sent.to_document()))
    assert found.value is None
    assert "history.high_trouble" in found.paths


def test_a_yes_to_trouble_does_not_outlive_the_high_time(client):
    pat.fill(client, highs={"history-high_period": "yes"})
    pat.save(client, "high-trouble", history__high_trouble="yes")
    pat.save(client, "highs")
    pat.send(client)
    assert Submission.objects.get().answers["history"]["high_trouble"] == "no"


def test_who_never_drinks_is_not_asked_how_much(client):
    pat.begin(client)
    pat.save(client, "consent")
    assert pat.save(client, "alcohol", substances__audit_c__0="0").url == pat.address("drugs")
    assert audit_c(client) == [0, 0, 0]
    assert asked(client, "drinks") == set()


@pytest.mark.parametrize("answer", ["1", None])
def test_who_may_drink_is_asked_how_much(client, answer):
    pat.begin(client)
    pat.save(client, "consent")
    assert pat.save(client, "alcohol", substances__audit_c__0=answer).url == pat.address("drinks")
    pat.save(client, "drinks", substances__audit_c__1="2", substances__audit_c__2=None)
    assert audit_c(client) == [answer and int(answer), 2, None]


def test_how_often_and_how_much_are_saved_on_two_pages_in_any_order(client):
    pat.begin(client)
    pat.save(client, "consent")
    pat.save(client, "drinks", substances__audit_c__1="2", substances__audit_c__2="1")
    assert audit_c(client) == [None, 2, 1]
    pat.save(client, "alcohol", substances__audit_c__0="3")
    assert audit_c(client) == [3, 2, 1]


def test_what_followed_from_never_is_not_an_answer_once_never_is_taken_back(client):
    pat.begin(client)
    pat.save(client, "consent")
    pat.save(client, "alcohol", substances__audit_c__0="0")
    pat.save(client, "alcohol", substances__audit_c__0="2")
    assert audit_c(client) == [2, None, None]
    shown = pat.shown(client.get(pat.address("drinks")))
    assert not any(shown.values())


def test_each_answer_about_drinking_is_read_back_once_on_its_own_page(client):
    pat.fill(client)
    text = words(client.get(reverse("intake:check")).content.decode())
    assert text.count("How often do you have a drink containing alcohol?") == 1
    assert text.count("How often do you have six or more drinks on one occasion?") == 1
