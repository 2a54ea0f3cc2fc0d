"""An optional answer that can't be read comes back once; sent again, its words are kept, and hold nobody up."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from intake.fields import Reader
from intake.models import Submission
from tests.intake import pat
from treatments.reading.answers import answer_blocks
from treatments.reading.redaction import Redaction

pytestmark = pytest.mark.django_db

AGE = "history-first_episode_age"
EPISODE = pat.PAGES["episode"] | {AGE: "when I was small"}
WHEN = "health-bp_date"
NO_DAY = dict.fromkeys((f"{WHEN}_month", f"{WHEN}_day", f"{WHEN}_year"), "")
HEART = pat.PAGES["heart"] | NO_DAY


def draft() -> Submission:
    return Submission.objects.get()


def held(response) -> dict[str, str]:
    """What the page that came back holds unseen."""
    html = response.content.decode()
    return dict(re.findall(r'name="(typed-[^"]+)"\s+value="([^"]*)"', html))


def twice(client, address, told):
    first = client.post(address, told)
    assert first.status_code == 200 and "Error:" in first.content.decode()
    return client.post(address, {**told, **held(first)})


@pytest.mark.parametrize(
    ("slug", "told", "path", "words"),
    [
        ("episode", EPISODE, "history.first_episode_age", "when I was small"),
        ("episode", EPISODE | {AGE: "300"}, "history.first_episode_age", "300"),
        ("heart", HEART | {"health-bp": "quite high I think"}, "health.bp_systolic", "quite high I think"),
        ("heart", HEART | {"health-bp": "80/120"}, "health.bp_systolic", "80/120"),
        ("heart", HEART | {f"{WHEN}_month": "last spring"}, "health.bp_date", "last spring"),
        (
            "heart",
            HEART | {f"{WHEN}_month": "2", f"{WHEN}_day": "30", f"{WHEN}_year": "2026"},
            "health.bp_date",
            "2 30 2026",
        ),
    ],
)
def test_words_sent_twice_are_kept_and_the_person_goes_on(client, slug, told, path, words):
    pat.begin(client)
    second = twice(client, pat.address(slug), told)
    assert second.status_code == 302
    section, key = path.split(".")
    assert key not in draft().answers.get(section, {})
    assert draft().unread == {path: words}
    assert slug in draft().saved_pages()


def test_other_words_are_asked_about_again(client):
    pat.begin(client)
    first = client.post(pat.address("episode"), EPISODE)
    again = client.post(pat.address("episode"), EPISODE | {AGE: "at school"} | held(first))
    assert again.status_code == 200 and draft().unread == {}


def test_what_was_kept_stands_in_its_box_and_is_kept_when_it_is_sent_once_more(client):
    pat.begin(client)
    twice(client, pat.address("episode"), EPISODE)
    assert 'value="when I was small"' in client.get(pat.address("episode")).content.decode()
    assert client.post(pat.address("episode"), EPISODE).status_code == 302
    twice(client, pat.address("heart"), HEART | {f"{WHEN}_month": "last spring"})
    assert 'value="last spring"' in client.get(pat.address("heart")).content.decode()


def test_an_answer_or_a_blank_takes_the_place_of_the_words(client):
    pat.begin(client)
    twice(client, pat.address("episode"), EPISODE)
    client.post(pat.address("episode"), EPISODE | {AGE: "14"})
    assert (draft().unread, draft().answers["history"]["first_episode_age"]) == ({}, 14)
    twice(client, pat.address("episode"), EPISODE)
    client.post(pat.address("episode"), EPISODE | {AGE: ""})
    assert draft().unread == {}


def test_a_blank_takes_nothing_away_from_who_leaves(client):
    pat.begin(client)
    twice(client, pat.address("episode"), EPISODE)
    client.post(pat.address("episode"), EPISODE | {AGE: "", "leave": "tasks"})
    assert draft().unread == {"history.first_episode_age": "when I was small"}


def test_an_answer_stands_before_words_that_are_kept_of_its_box(client):
    pat.begin(client)
    client.post(pat.address("episode"), EPISODE | {AGE: "14"})
    told = draft()
    told.unread = {"history.first_episode_age": "when I was small"}
    told.save(update_fields=["unread"])
    assert pat.shown(client.get(pat.address("episode")))[AGE] == ["14"]


@pytest.mark.parametrize("words", ["x" * 201, "when\x00small"])
def test_what_is_too_long_for_its_box_or_no_database_holds_is_never_kept(client, words):
    pat.begin(client)
    assert twice(client, pat.address("episode"), EPISODE | {AGE: words}).status_code == 200
    assert draft().unread == {}


def test_a_reading_that_waits_to_be_confirmed_is_not_kept_as_words(client):
    pat.begin(client)
    told = {"dose_mg": "75 mg twice a day"}
    first = pat.add(client, "medicines-tried", **told, **{"typed-dose_mg": told["dose_mg"]})
    assert first.status_code == 200 and draft().unread == {}


def test_what_must_be_known_is_never_kept_as_words(client):
    pat.begin(client)
    told = {**pat.PAGES["name"], "about-date_of_birth_month": "one", "about-date_of_birth_day": "fine"}
    assert twice(client, pat.address("name"), told).status_code == 200


def test_an_address_that_is_the_only_way_to_reach_a_person_is_never_kept_as_words(client):
    pat.begin(client)
    told = {**pat.PAGES["contact"], "about-phone": "", "about-email": "pat at example"}
    assert twice(client, pat.address("contact"), told).status_code == 200
    told["about-phone"] = "+1 212 555 0188"
    assert twice(client, pat.address("contact"), told).status_code == 302
    assert draft().unread == {"about.email": "pat at example"}
    assert "email" not in draft().answers["about"]


def test_a_very_high_pressure_rings_though_its_words_are_kept(client):
    pat.begin(client)
    told = HEART | {"health-bp": "121/185"}
    assert client.post(pat.address("heart"), told).url.endswith("/help/")
    client.post(pat.address("heart"), {**told, "typed-health-bp": "121/185"})
    assert draft().answers["health"]["bp_systolic"] == 185
    assert [each.danger for each in draft().alarms.all()] == ["very_high_blood_pressure"]


def test_words_beside_a_medicine_are_kept_and_read_by_the_person_and_by_staff(client):
    pat.fill(client, leaving_out=["medicines-tried"])
    pat.add(client, "medicines-tried")
    address = reverse("intake:more", args=["medicines-tried", pat.KEY])
    told = {**pat.MEDICINE_MORE, "started": "after the wedding"}
    assert twice(client, address, told).status_code == 302
    assert draft().unread == {f"antidepressants.trials[{pat.KEY}].started": "after the wedding"}
    assert "started" not in draft().answers["antidepressants"]["trials"][0]
    assert 'value="after the wedding"' in client.get(address).content.decode()
    client.post(pat.address("medicines-tried"), {"more_not_remembered": "0"})
    assert "“after the wedding”, as written" in client.get("/intake/check/").content.decode()
    pat.send(client)
    sent = draft()
    assert not sent.is_draft
    blocks = answer_blocks(sent, Redaction(AnonymousUser(), frozenset(Reader)))
    shown = [row.answer for block in blocks for rows in block.entries for row in rows]
    assert "“after the wedding”, as written" in shown
