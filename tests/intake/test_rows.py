"""Medicines taken now and allergies: the first are written on the list's own page; what was told is not asked again."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from intake.questionnaire.intake import INTAKE
from tests.intake import pat
from tests.intake.screen import buttons, names, summary, words

NOW = pat.address("medicines-now")
PAGE = INTAKE.by_slug["medicines-now"]
AFTER = pat.address("allergies")
pytestmark = pytest.mark.django_db


def send(client: Client, slug: str = "medicines-now", **told: str) -> HttpResponse:
    if "intake" not in client.session:
        pat.begin(client)
    posted = {"rows": "2", "stem": "a" * 14, "drug-1": "", "drug-2": "", **told}
    return client.post(pat.address(slug), {name.replace("__", "-"): value for name, value in posted.items()})


def entries(client: Client, page=PAGE) -> list[dict] | None:
    return pat.draft_of(client).entries(page)


def test_two_rows_stand_under_yes(client):
    pat.begin(client)
    html = client.get(NOW).content.decode()
    names = re.findall(r'name="((?:drug|dose|how_often|stopped)-\d)"', html)
    assert names == [f"{key}-{n}" for n in (1, 2) for key in ("drug", "dose", "how_often", "stopped")]
    assert "clinic-reveal-1" in html and html.count("data-drug-names") == 2
    assert "I stopped medicine 1 in the last 6 weeks" in words(html)


def test_rows_become_entries_and_the_next_page_follows(client):
    answer = send(
        client,
        more="yes",
        drug__1="lisinopril",
        dose__1="10 mg",
        how_often__1="daily",
        drug__2="Zoloft",
        stopped__2="on",
    )
    assert answer.url == AFTER
    assert entries(client) == [
        {"drug": "lisinopril", "dose": "10 mg", "how_often": "daily"}, {"drug": "Zoloft", "stopped": "yes"},
    ]  # fmt: skip
    assert "medicines-now" in pat.draft_of(client).saved_pages()
    html = words(client.get(NOW).content.decode())
    assert "lisinopril" in html and "Add another medicine" in html


@pytest.mark.parametrize(
    ("slug", "another"),
    [
        ("therapies", "Add another therapy"),
        ("medicines-now", "Add another medicine"),
        ("allergies", "Add another allergy"),
    ],
)
def test_a_list_is_left_or_added_to_by_a_button_each(client, slug, another):
    pat.begin(client)
    pat.add(client, slug)
    html = client.get(pat.address(slug)).content.decode()
    assert buttons(html[html.index('id="main"') :]) == ["more", "more"]
    assert another in words(html) and "more" not in names(html)
    new = client.post(pat.address(slug), {"more": "yes"}).url
    assert re.fullmatch(rf"/intake/{slug}/[0-9a-f]{{16}}/", new)
    assert client.post(pat.address(slug), {"more": "no"}).url != pat.address(slug)
    assert slug in pat.draft_of(client).saved_pages()


def test_sent_twice_nothing_is_there_twice(client):
    for _time in range(2):
        send(client, more="yes", drug__1="lisinopril")
    assert len(entries(client) or []) == 1


@pytest.mark.parametrize(("more", "stored"), [("no", []), ("not_sure", None)])
def test_no_says_none_and_not_sure_says_nothing(client, more, stored):
    assert send(client, more=more).url == AFTER
    assert entries(client) == stored
    assert pat.shown(client.get(NOW)).get("more") == (["no"] if more == "no" else None)


def test_no_can_be_taken_back(client):
    send(client, more="no")
    send(client, more="not_sure")
    assert entries(client) is None


@pytest.mark.parametrize("more", ["", "no", "not_sure"])
def test_what_was_written_counts_whatever_was_chosen(client, more):
    assert send(client, more=more, drug__1="lisinopril").status_code == 302
    assert entries(client) == [{"drug": "lisinopril"}]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"more": "yes"}, "Medicines: write a name, or choose another answer"),
        ({"more": "yes", "dose-2": "10 mg"}, "Medicine 2: write its name"),
    ],
)
def test_a_fault_says_what_to_do_and_keeps_what_was_typed(client, told, said):
    answer = send(client, **told)
    assert answer.status_code == 200 and summary(answer.content.decode()) == [said]
    held = pat.shown(answer)
    assert all(held[name] == [value] for name, value in told.items())
    assert entries(client) is None


def test_more_rows_keep_what_is_typed_and_save_nothing_yet(client):
    answer = send(client, more="yes", drug__1="lisinopril", stopped__1="on", add="1")
    held = pat.shown(answer)
    assert held["drug-1"] == ["lisinopril"] and held["more"] == ["yes"] and held["stopped-1"] == ["on"]
    assert "drug-4" in held and "drug-5" not in held
    assert entries(client) is None


def test_the_button_for_more_stands_among_the_rows_until_there_are_as_many_as_can_be(client):
    pat.begin(client)
    html = client.get(NOW).content.decode()
    opened = html[html.index("clinic-reveal-1") : html.rindex('name="continue"')]
    assert opened.index('name="stopped-2"') < opened.index('name="add"')
    assert 'name="add"' not in send(client, rows="99", add="1").content.decode()


@pytest.mark.parametrize("button", ["tasks", "later"])
def test_who_leaves_keeps_the_rows(client, button):
    answer = send(client, drug__1="lisinopril", dose__2="10 mg", **{button: "1"})
    assert answer.url == reverse(f"intake:{button}")
    assert entries(client) == [{"drug": "lisinopril"}]
    assert "medicines-now" not in pat.draft_of(client).saved_pages()


def test_a_near_name_is_asked_about_on_the_list(client):
    assert send(client, more="yes", drug__1="simbalta").url == NOW
    assert "Did you mean Cymbalta (duloxetine)?" in words(client.get(NOW).content.decode())


def test_what_is_still_taken_is_shown_first_and_not_asked_again(client):
    pat.begin(client)
    pat.add(client, "medicines-tried", drug="Zoloft", when_taken="still")
    pat.add(client, "medicines-tried", "fedcba9876543210", drug="Prozac", when_taken="before")
    html = words(client.get(NOW).content.decode())
    assert "You still take these. You need not write them again." in html
    assert "Zoloft (sertraline)" in html and "Prozac" not in html
    assert "Do you take any other medicine, or did you stop one in the last 6 weeks?" in html
    send(client, more="yes", drug__1="lisinopril")
    assert "Zoloft (sertraline)" in words(client.get(NOW).content.decode())
    assert [entry["drug"] for entry in entries(client) or []] == ["lisinopril"]


def test_nothing_is_carried_over_to_allergies_which_have_rows_too(client):
    pat.begin(client)
    pat.add(client, "medicines-tried", drug="Zoloft", when_taken="still")
    html = words(client.get(AFTER).content.decode())
    assert "Zoloft" not in html and "Allergy 1: what are you allergic to?" in html
    told = {"rows": "2", "stem": "b" * 14, "more": "yes", "substance-1": "nuts", "reaction-1": "a rash"}
    client.post(AFTER, told)
    assert entries(client, INTAKE.by_slug["allergies"]) == [{"substance": "nuts", "reaction": "a rash"}]


@pytest.mark.parametrize("rows", ["", "-1", "²", "1e9", "999"])
def test_any_number_of_rows_may_be_claimed(client, rows):
    assert send(client, rows=rows, stem="<b>", drug__2="x" * 600).status_code == 200


def test_a_form_that_was_sent_gives_the_rows_back(client):
    pat.fill(client)
    pat.send(client)
    answer = send(client, more="yes", drug__1="lisinopril", dose__1="10 mg")
    assert answer.status_code == 409
    assert "lisinopril" in words(answer.content.decode()) and "10 mg" in words(answer.content.decode())


def test_a_page_open_too_long_gives_the_rows_back():
    client = Client(enforce_csrf_checks=True)
    token = client.get("/").cookies["csrftoken"].value
    client.post(reverse("intake:start"), {"csrfmiddlewaretoken": token})
    answer = client.post(
        NOW, {"rows": "2", "more": "yes", "drug-1": "lisinopril", "csrfmiddlewaretoken": "old"}
    )
    assert answer.status_code == 403
    assert pat.shown(answer)["drug-1"] == ["lisinopril"] and pat.shown(answer)["more"] == ["yes"]
