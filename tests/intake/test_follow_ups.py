"""Questions that an earlier answer makes pointless are not asked, and count as what that answer says."""

import pytest
from django.urls import reverse

from intake.forms.follow_ups import follow_ups_of
from intake.models import Submission
from intake.questionnaire.intake import INTAKE
from tests.intake import pat
from tests.intake.screen import names, words
from treatments.rules.criteria import RULES
from treatments.rules.facts import Facts

pytestmark = pytest.mark.django_db

ALCOHOL = [f"substances__audit_c__{place}" for place in range(3)]
S11 = next(rule for rule in RULES if rule.id == "S11")


def asked(client, slug: str) -> set[str]:
    """The questions of a page; none where it leads back to the list of parts."""
    response = client.get(pat.address(slug))
    return names(response.content.decode()) if response.status_code == 200 else set()


def audit_c(client) -> list | None:
    return pat.draft_of(client).answers.get("substances", {}).get("audit_c")


def test_whether_an_address_is_safe_goes_with_the_address(client):
    pat.fill(client)
    pat.save(client, "contact", about__email=None)
    pat.send(client)
    about = Submission.objects.get().answers["about"]
    assert "email_ok" not in about
    assert about["voicemail_ok"] == "yes"


@pytest.mark.parametrize("answer", ["yes", "not_sure"])
def test_trouble_opens_unless_there_was_no_high_time(answer):
    follows = follow_ups_of(INTAKE.by_slug["highs"]).by_name["history-high_trouble"]
    assert answer in follows.opens and "no" not in follows.opens


@pytest.mark.parametrize("answer", ["yes", "not_sure", None])
def test_trouble_counts_unless_there_was_no_high_time(client, answer):
    pat.fill(client, highs={"history-high_period": answer or "", "history-high_trouble": "yes"})
    pat.send(client)
    assert Submission.objects.get().answers["history"]["high_trouble"] == "yes"


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
    pat.fill(client, highs={"history-high_period": "yes", "history-high_trouble": "yes"})
    pat.save(client, "highs")
    pat.send(client)
    assert Submission.objects.get().answers["history"]["high_trouble"] == "no"


def test_who_never_drinks_is_not_asked_how_much(client):
    pat.begin(client)
    pat.save(client, "consent")
    client.post(pat.address("alcohol"), {"substances-audit_c-0": "0"})
    assert audit_c(client) == [0, 0, 0]
    follows = follow_ups_of(INTAKE.by_slug["alcohol"]).by_parent["substances-audit_c-0"]
    assert [each.opens for each in follows] == [{"1", "2", "3", "4"}]
    assert follows[0].names == ("substances-audit_c-1", "substances-audit_c-2")


@pytest.mark.parametrize("answer", ["1", None])
def test_who_may_drink_is_asked_how_much(client, answer):
    pat.begin(client)
    pat.save(client, "consent")
    pat.save(client, "alcohol", **dict(zip(ALCOHOL, (answer, "2", None), strict=True)))
    assert audit_c(client) == [answer and int(answer), 2, None]


def test_what_followed_from_never_is_not_an_answer_once_never_is_taken_back(client):
    pat.begin(client)
    pat.save(client, "consent")
    for first in ("0", "2"):
        pat.save(client, "alcohol", **dict(zip(ALCOHOL, (first, None, None), strict=True)))
    assert audit_c(client) == [2, None, None]


def test_each_answer_about_drinking_is_read_back_once_on_its_own_page(client):
    pat.fill(client)
    text = words(client.get(reverse("intake:check")).content.decode())
    assert text.count("How often do you have a drink containing alcohol?") == 1
    assert text.count("How often do you have six or more drinks on one occasion?") == 1


@pytest.mark.parametrize(
    ("had", "is_asked", "kept"), [("yes", True, None), (None, True, None), ("no", False, [])]
)
def test_who_had_no_talking_therapy_is_not_asked_about_any(client, had, is_asked, kept):
    pat.fill(client, leaving_out=["therapies"], other_treatments={"other_treatments-therapy_had": had or ""})
    shown = client.get(pat.address("therapies"), follow=True)
    assert shown.request["PATH_INFO"].startswith(pat.address("therapies")) is is_asked
    pat.send(client)
    assert Submission.objects.get().answers["other_treatments"].get("therapy") == kept


def test_a_therapy_that_was_listed_before_goes_when_it_is_said_that_there_was_none(client):
    pat.fill(client)
    pat.add(client, "therapies")
    pat.save(client, "other-treatments", other_treatments__therapy_had="no")
    pat.send(client)
    assert Submission.objects.get().answers["other_treatments"]["therapy"] == []
