"""Check your answers: every answer in its part, folded away when nothing is missing, with a way to change it."""

import re
from collections import Counter

import pytest
from django.urls import reverse

from intake.questionnaire.intake import INTAKE
from tests.intake import pat
from tests.intake.screen import links, summary, words
from tests.pages import flat

pytestmark = pytest.mark.django_db

SUMMARY = re.compile(
    r"<details class=\"govuk-details clinic-part\"( open)?>\s*<summary[^>]*>(.*?)</summary>", re.S
)


def checked(client) -> str:
    return client.get(reverse("intake:check")).content.decode()


def parts(html: str) -> dict[str, bool]:
    """What each part is called -> whether it is open."""
    return {words(told): bool(is_open) for is_open, told in SUMMARY.findall(html)}


def test_each_part_is_folded_away_and_says_how_many_answers_it_holds(client):
    pat.fill(client)
    found = parts(checked(client))
    assert len(found) == len(INTAKE.sections)
    assert not any(found.values())
    assert "Mood and safety 23 answered" in found


def test_an_answer_more_is_counted(client):
    pat.fill(client)
    before = parts(checked(client))
    pat.add(client, "allergies")
    assert "Medicines you take now 4 answered" in before
    assert "Medicines you take now 5 answered" in parts(checked(client))


@pytest.mark.parametrize(
    ("slug", "part"), [("name", "You"), ("mood", "Mood and safety"), ("past", "Mood and safety")]
)
def test_a_part_with_something_missing_stands_open_and_what_is_missing_on_top(client, slug, part):
    pat.fill(client, leaving_out=[slug])
    html = checked(client)
    opened = [told for told, is_open in parts(html).items() if is_open]
    assert len(opened) == 1
    assert opened[0].startswith(f"{part} ")
    assert opened[0].endswith("answered, some are still needed")
    assert summary(html) == [str(INTAKE.by_slug[slug].title)]
    assert html.index('id="error-summary"') < html.index("<details")


def test_a_language_to_speak_that_was_told_before_is_read_back_and_that_of_the_pages_is_no_answer(client):
    draft = pat.fill(client)
    asked = "Which language should we speak with you?"
    assert asked not in words(checked(client))
    draft.progress["spoken"], draft.language = True, "es"
    draft.save()
    assert f"{asked} Español" in words(checked(client))


@pytest.fixture
def in_danger(client):
    """Pat told of danger, and where to find Pat today."""
    pat.fill(client, past={"safety-harm_to_others": "yes"})
    told = {"safety-where_now": "12 Elm Street", "safety-number_today": "212 555 0177"}
    client.post(reverse("intake:help", args=["past"]), told)
    return client


def test_where_a_person_is_today_is_read_back_with_a_way_to_change_it(in_danger):
    html = checked(in_danger)
    assert "Where are you right now? 12 Elm Street" in words(html)
    assert "What number can we call today? 212 555 0177" in words(html)
    change = reverse("intake:help", args=["past"]) + "?return=check"
    assert change in links(html)
    moved = {"safety-where_now": "3 Oak Street", "safety-number_today": ""}
    assert in_danger.post(change, moved).url == reverse("intake:check")
    assert "Where are you right now? 3 Oak Street" in words(checked(in_danger))


def test_where_a_person_is_today_stands_on_the_record(in_danger):
    pat.send(in_danger)
    text = words(in_danger.get(reverse("intake:record")).content.decode())
    assert "Where are you right now? 12 Elm Street" in text


def test_who_was_never_asked_where_they_are_reads_nothing_of_it(client):
    pat.fill(client)
    assert "Where are you right now?" not in words(checked(client))


def test_no_two_cards_and_no_two_ways_to_change_share_a_name(client):
    pat.fill(client, trauma={"anxiety-trauma_event": "yes"})
    pat.save(client, "trauma-effects")
    html = checked(client)
    cards = re.findall(r'govuk-summary-card__title">(.*?)</h4>', html)
    changes = re.findall(r">Change<span class=\"govuk-visually-hidden\">(.*?)</span>", html)
    assert len(cards) == len(changes) - len(["name", "phone", "email"]) > 25
    assert [name for name, times in Counter(cards).items() if times > 1] == []
    assert [name for name, times in Counter(changes).items() if times > 1] == []


@pytest.mark.parametrize("screen", ["cssrs", "asq"])
def test_no_two_pages_that_one_person_may_be_asked_share_a_title(screen):
    may_be_asked = [
        page for page in INTAKE.pages if {field.screen for field in page.fields} - {"cssrs", "asq"} or any(
            field.screen == screen for field in page.fields)
    ]  # fmt: skip
    titles = Counter(str(page.title) for page in (*may_be_asked, INTAKE.help_page))
    assert [title for title, times in titles.items() if times > 1] == []


def test_the_pages_of_one_entry_are_titled_as_they_are_headed(client):
    pat.begin(client)
    pat.add(client, "allergies")
    entry = reverse("intake:entry", args=["allergies", pat.KEY])
    for address in (entry, reverse("intake:remove", args=["allergies", pat.KEY])):
        html = flat(client.get(address))
        heading = words(re.search(r"<h1[^>]*>(.*?)</h1>", html, re.S)[1])
        assert f"<title>{heading} - " in html


def test_the_way_to_correct_something_later_is_named_before_and_after_sending(client):
    pat.fill(client)
    assert "You can still correct or add things later, by message or call." in words(checked(client))
    pat.send(client)
    late = pat.save(client, "now")
    assert late.status_code == 409
    assert reverse("intake:status") in links(late.content.decode())


def test_a_page_says_which_part_it_is_of_and_the_first_one_how_long_the_part_takes(client):
    pat.begin(client)
    pat.save(client, "consent")
    first, later = (words(client.get(pat.address(slug)).content.decode()) for slug in ("symptoms", "brain"))
    assert "Part 6 of 7: Your health. About 4 minutes. How your body is now" in first
    assert "Part 6 of 7: Your health. Your brain and head" in later
    assert "Part 1 of 7: You. About 3 minutes." in words(client.get(pat.address("consent")).content.decode())


def test_no_page_counts_pages(client):
    pat.begin(client)
    for slug in ("mood", "brain", "allergies"):
        assert not re.search(r"page \d+ of", words(client.get(pat.address(slug)).content.decode())), slug


def test_an_entry_of_a_list_does_not_repeat_how_long_its_part_takes(client):
    pat.begin(client)
    page = words(client.get(reverse("intake:entry", args=["medicines-tried", pat.KEY])).content.decode())
    assert "Medicine 1 of 1. " in page and "About 8 minutes." not in page


@pytest.mark.parametrize(("count", "each"), [(3, False), (4, True)])
def test_more_than_three_medicines_take_two_minutes_each(client, count, each):
    pat.begin(client)
    for number in range(count):
        pat.add(client, "medicines-tried", f"{number:016x}", drug=f"Medicine {number}")
    pace = "About 2 minutes a medicine."
    places = [reverse("intake:entry", args=["medicines-tried", f"{number:016x}"]) for number in (0, 1)]
    first, second, opening = (
        words(client.get(place).content.decode()) for place in (*places, pat.address("episode"))
    )
    assert (pace in first, pace in second, pace in opening) == (each, False, each)
    assert ("About 8 minutes." in opening) is not each
