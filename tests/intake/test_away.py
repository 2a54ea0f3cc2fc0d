"""After two hours without activity a browser's form shows nothing before the date of birth, and loses nothing either."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from intake.models import Alarm, Submission
from intake.resume_secrets import LIMITS
from intake.views.away import ALONE_FOR, RENEWED_AFTER
from tests.intake import pat
from tests.intake.screen import words
from treatments.models import Referral

pytestmark = pytest.mark.django_db

BEGAN = datetime(2026, 11, 30, 9, tzinfo=UTC)
ASKS = "nobody used it for two hours"
BORN = {
    f"who-date_of_birth_{part}": pat.PAGES["name"][f"about-date_of_birth_{part}"]
    for part in ("month", "day", "year")
}
WRONG = {**BORN, "who-date_of_birth_year": "1983"}
TOLD = "Quillfeather"
JUST_INSIDE, JUST_OVER = ALONE_FOR - timedelta(seconds=1), ALONE_FOR + timedelta(seconds=2)


@pytest.fixture
def clock():
    with time_machine.travel(BEGAN, tick=False) as moving:
        yield moving


@pytest.fixture
def draft(client, clock) -> Submission:
    """Pat's whole form, not sent."""
    return pat.fill(client, name={"about-last_name": TOLD})


def asked(response) -> bool:
    return response.status_code == 200 and ASKS in words(response.content.decode())


def carried(page) -> dict[str, list[str]]:
    """What the page takes along of what was posted."""
    told: dict[str, list[str]] = {}
    for name, value in re.findall(
        r'<input\s+type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"', page.content.decode()
    ):
        told.setdefault(name, []).append(unescape(value))
    return told


PAGES = [
    *(reverse(f"intake:{name}") for name in ("tasks", "check", "later", "code", "link-mailed")),
    *(pat.address(slug) for slug in ("name", "mood", "medicines-tried", "guardian")),
    reverse("intake:help", args=["thoughts"]),
    reverse("intake:entry", args=["medicines-tried", pat.KEY]),
    reverse("intake:more", args=["medicines-tried", pat.KEY]),
    reverse("intake:remove", args=["medicines-tried", pat.KEY]),
    reverse("intake:memory", args=["medicines-tried"]),
    reverse("intake:names", args=["medicines-tried"]),
]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_of_a_draft_asks_after_two_hours_and_not_before(client, draft, clock, address):
    clock.shift(JUST_INSIDE)
    assert not asked(client.get(address))
    clock.shift(JUST_OVER)
    page = client.get(address)
    assert asked(page)
    assert TOLD not in page.content.decode()


def test_the_two_hours_begin_anew_with_a_page_but_at_most_once_a_minute(client, draft, clock):
    address = pat.address("mood")
    for seconds, renewed in ((0, True), (RENEWED_AFTER - 1, False), (1, True), (1, False)):
        clock.shift(timedelta(seconds=seconds) if seconds else timedelta(minutes=5))
        assert ("here" in client.get(address).cookies) == renewed
    clock.shift(ALONE_FOR - timedelta(seconds=2))
    assert not asked(client.get(address))
    clock.shift(JUST_INSIDE)
    assert not asked(client.get(address))


@pytest.mark.parametrize("name", ["done", "record", "tasks"])
def test_so_does_a_sent_form(client, draft, clock, name):
    pat.send(client)
    clock.shift(JUST_INSIDE)
    assert not asked(client.get(reverse(f"intake:{name}")))
    assert not asked(client.get(reverse("intake:done")))
    clock.shift(JUST_OVER)
    page = client.get(reverse(f"intake:{name}"))
    assert asked(page)
    assert Submission.objects.get().reference not in page.content.decode()


def test_each_page_that_is_opened_or_saved_counts_as_activity(client, draft, clock):
    for _turn in range(3):
        clock.shift(JUST_INSIDE)
        assert not asked(client.get(pat.address("mood")))
        clock.shift(JUST_INSIDE)
        assert pat.save(client, "mood").url != pat.address("mood")


def test_the_date_of_birth_opens_the_page_that_was_asked_for(client, draft, clock):
    clock.shift(JUST_OVER)
    here = f"{pat.address('name')}?return=check"
    assert asked(client.get(here))
    assert client.post(here, BORN).url == here
    assert pat.shown(client.get(here))["about-last_name"] == [TOLD]


def test_a_wrong_date_opens_nothing_and_a_few_of_them_are_judged(client, draft, clock):
    clock.shift(JUST_OVER)
    here = pat.address("name")
    for _try in range(LIMITS["secret"].most):
        page = client.post(here, WRONG)
        assert asked(page) and "Check your date of birth" in page.content.decode()
    assert client.post(here, BORN).status_code == 429
    assert client.get(here).status_code == 200 and asked(client.get(here))
    clock.shift(LIMITS["secret"].window + timedelta(seconds=1))
    assert client.post(here, BORN).status_code == 302  # not for good


def test_wrong_dates_in_the_browser_leave_the_owner_the_code(client, draft, clock):
    code = words(client.post(reverse("intake:make-code"), follow=True).content.decode())
    found = next(each for each in code.split() if re.fullmatch(r"\w{3}-\w{3}-\w{4}", each))
    clock.shift(JUST_OVER)
    for _try in range(20):
        client.post(pat.address("name"), WRONG)
    elsewhere = Client()
    born = {name.removeprefix("who-"): value for name, value in BORN.items()}
    assert elsewhere.post(reverse("intake:come-back"), {"code": found, **born}).url == reverse("intake:tasks")
    assert not asked(elsewhere.get(pat.address("name")))
    assert asked(client.get(pat.address("name")))  # that somebody goes on elsewhere opens nothing here


# --- What is sent too late ----------------------------------------------------------------------------


def test_a_page_sent_too_late_is_stored_shows_nothing_and_goes_on_after_the_date(client, draft, clock):
    clock.shift(JUST_OVER)
    page = pat.save(client, "reason", reason__goals="To sleep again")
    assert asked(page) and "What you sent just now is saved." in page.content.decode()
    draft.refresh_from_db()
    assert draft.answers["reason"]["goals"] == "To sleep again"
    assert TOLD not in page.content.decode()
    kept = carried(page)
    assert client.post(pat.address("reason"), {**kept, **BORN}).status_code == 302
    assert not asked(client.get(pat.address("reason")))


def test_what_can_not_be_stored_comes_back_once_it_is_clear_who_is_there(client, draft, clock):
    clock.shift(JUST_OVER)
    page = pat.save(client, "name", about__first_name="", about__pronouns="they")
    after = client.post(pat.address("name"), {**carried(page), **BORN})
    assert after.context["form"].errors
    assert pat.shown(after)["about-pronouns"] == ["they"]


def test_an_unsafe_answer_sent_too_late_rings_and_shows_its_help_before_anything_is_asked(
    client, draft, clock
):
    clock.shift(JUST_OVER)
    page = pat.save(client, "thoughts", **{"safety-cssrs-q2": "yes"})
    said = page.content.decode()
    assert Alarm.objects.get().submission == draft
    assert said.index("Thank you for telling us") < said.index("Is this your form?</h2>")
    assert "tel:988" in said
    assert "0188" not in said and TOLD not in said  # of what is stored nothing
    kept = carried(page)
    assert client.post(pat.address("thoughts"), {**kept, **BORN}).url == reverse(
        "intake:help", args=["thoughts"]
    )
    assert Alarm.objects.count() == 1


def test_nobody_sets_the_date_that_they_are_then_asked_for(client, draft, clock):
    clock.shift(JUST_OVER)
    page = pat.save(client, "name", about__date_of_birth_year="1950", about__last_name="Corrected")
    assert asked(page)
    draft.refresh_from_db()
    assert draft.date_of_birth == "1984-05-14"
    assert draft.answers["about"]["last_name"] == "Corrected"
    kept = carried(page)
    client.post(pat.address("name"), {**kept, **BORN})
    draft.refresh_from_db()
    assert draft.date_of_birth == "1950-05-14"  # their own correction, once they are known


@pytest.mark.parametrize("name", ["send", "make-code", "mail-link"])
def test_what_stores_no_answers_waits_for_the_date(client, draft, clock, name):
    clock.shift(JUST_OVER)
    assert asked(client.post(reverse(f"intake:{name}")))
    draft.refresh_from_db()
    assert (draft.is_draft, draft.resume_keys.count(), draft.mail.count()) == (True, 0, 0)


def test_sending_goes_on_after_the_date(client, draft, clock):
    clock.shift(JUST_OVER)
    page = client.post(reverse("intake:send"))
    assert not Referral.objects.exists()
    kept = carried(page)
    assert client.post(reverse("intake:send"), {**kept, **WRONG}).status_code == 200
    assert not Referral.objects.exists()
    assert client.post(reverse("intake:send"), {**kept, **BORN}).url == reverse("intake:done")
    assert Referral.objects.exists()


def test_an_entry_is_not_removed_before_the_date(client, draft, clock):
    pat.add(client, "medicines-tried")
    clock.shift(JUST_OVER)
    client.post(reverse("intake:remove", args=["medicines-tried", pat.KEY]))
    draft.refresh_from_db()
    assert draft.answers["antidepressants"]["trials"]


# --- A draft without a date of birth --------------------------------------------------------------------


def test_a_draft_that_holds_nothing_yet_asks_nothing(client, clock):
    pat.begin(client)
    pat.save(client, "consent")
    clock.shift(JUST_OVER)
    assert not asked(client.get(pat.address("name")))
    assert pat.save(client, "name").status_code == 302


def test_answers_told_before_the_date_of_birth_are_shown_to_nobody_any_more(client, clock):
    draft = pat.begin(client)
    pat.save(client, "thoughts")
    clock.shift(JUST_OVER)
    page = client.get(pat.address("thoughts"))
    assert asked(page) and "It has no date of birth yet" in words(page.content.decode())
    assert asked(pat.save(client, "name"))  # nor does whoever is there give it one
    assert asked(
        client.post(
            reverse("intake:later"),
            {"date_of_birth_month": "5", "date_of_birth_day": "14", "date_of_birth_year": "1984"},
        )
    )
    assert asked(client.post(pat.address("thoughts"), BORN))
    draft.refresh_from_db()
    assert draft.date_of_birth == "" and draft.answers["safety"]


# --- The front page -------------------------------------------------------------------------------------


def test_after_two_hours_the_front_page_says_the_same_as_to_a_stranger(client, draft, clock):
    front = reverse("intake:start")
    assert "Go on with your form" in client.get(front).content.decode()
    clock.shift(JUST_OVER)
    assert words(client.get(front).content.decode()) == words(Client().get(front).content.decode())


def test_start_and_come_back_lead_the_owner_to_the_question(client, draft, clock):
    clock.shift(JUST_OVER)
    assert client.post(reverse("intake:start")).url == reverse("intake:tasks")
    assert client.get(reverse("intake:come-back")).url == reverse("intake:tasks")
    assert client.get(f"{reverse('intake:come-back')}?code=1").status_code == 200
    assert Submission.objects.count() == 1


def test_whose_form_it_is_not_starts_one_of_their_own(client, draft, clock):
    clock.shift(JUST_OVER)
    client.post(reverse("intake:start"), {"anew": "1"})
    assert pat.draft_of(client) != draft
    assert TOLD not in client.get(pat.address("name")).content.decode()
    draft.refresh_from_db()
    assert draft.answers["about"]["last_name"] == TOLD


def test_a_consent_given_by_somebody_hours_ago_is_not_the_next_ones(client, clock):
    first = pat.begin(client)
    pat.save(client, "consent")
    clock.shift(JUST_OVER)
    assert pat.begin(client) != first


# --- Staff, other browsers, and what it costs --------------------------------------------------------------


def test_staff_who_enter_a_form_on_the_phone_are_asked_nothing(signed_in, cast, clock, settings):
    settings.IDLE_MINUTES = 600
    cora = signed_in(cast.cora)
    cora.post(reverse("admin:treatments_referral_enter"), {"do": "begin"})
    pat.save(cora, "name")
    clock.shift(JUST_OVER)
    assert not asked(cora.get(pat.address("name")))
    assert "here" not in cora.cookies


def test_the_mark_of_one_form_opens_no_other(client, draft, clock):
    other = Client()
    pat.fill(other, name={"about-last_name": "Other"})
    session = client.session
    session["intake"] = str(pat.draft_of(other).pk)
    session.save()
    assert asked(client.get(pat.address("name")))


def test_a_page_costs_no_query_more(client, draft):
    with CaptureQueriesContext(
        connection,
    ) as opened:
        client.get(pat.address("mood"))
    with CaptureQueriesContext(connection) as saved:
        pat.save(client, "mood")
    assert (len(opened), len(saved)) == (2, 3)
