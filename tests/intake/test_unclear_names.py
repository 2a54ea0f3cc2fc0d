"""Are these the right medicines? Only what is unclear is asked, once; no answer leaves the name as it was typed."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from intake.document import MOST_ENTRIES
from intake.questionnaire.intake import INTAKE
from intake.questionnaire.names import parts_of, unclear
from tests.intake import pat
from tests.intake.screen import words

SLUG = "medicines-tried"
PAGE = INTAKE.by_slug[SLUG]
CHECK = reverse("intake:names", args=[SLUG])
STEM = "a" * 14
FIRST, SECOND = f"{STEM}01", f"{STEM}02"


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Lexapro and Wellbutrin", ("Lexapro", "Wellbutrin")),
        ("Zoloft 50 and Abilify 2 mg", ("Zoloft 50", "Abilify 2 mg")),
        ("Zoloft/Prozac", ("Zoloft", "Prozac")),
        ("Zoloft, Prozac y litio", ("Zoloft", "Prozac", "litio")),
        ("not Prozac, Zoloft", ()),
        ("Symbyax", ()),
        ("Zoloft", ()),
        ("Paxil or something", ()),
    ],
)
def test_a_text_is_taken_apart_only_where_each_part_plainly_names_its_drug(typed: str, parts: tuple) -> None:
    assert parts_of(typed) == parts


def kinds(*drugs: str, **more: object) -> list[str]:
    entries = {str(place): {"drug": drug, **(more if place else {})} for place, drug in enumerate(drugs)}
    return [each.kind for each in unclear(entries)]


@pytest.mark.parametrize(
    ("drugs", "asked"),
    [
        (["Zoloft", "the blue one", "Prozac 20"], []),
        (["simbalta"], ["near"]),
        (["Lexapro and Wellbutrin"], ["several"]),
        (["Zoloft", "sertraline"], ["same"]),
        (["Effexor", "Effexor XR"], []),
        (["the blue one", "The blue one"], []),
        (["selegiline", "Selegiline"], []),
    ],
)
def test_only_what_is_unclear_is_asked(drugs: list[str], asked: list[str]) -> None:
    assert kinds(*drugs) == asked


def test_what_more_was_told_of_is_never_offered_to_be_taken_out() -> None:
    assert kinds("Zoloft", "sertraline", weeks=8) == []
    assert kinds("Zoloft", "sertraline", weeks=None) == ["same"]


def name(client: Client, *drugs: str) -> HttpResponse:
    if "intake" not in client.session:
        pat.begin(client)
    told = {f"drug-{number}": drug for number, drug in enumerate(drugs, 1)}
    return client.post(pat.address(SLUG), {**told, "stem": STEM})


def drugs(client: Client) -> list[str]:
    return [entry["drug"] for entry in pat.draft_of(client).entries(PAGE) or []]


@pytest.mark.django_db
class TestThePage:
    def test_plain_names_lead_to_the_first_of_them(self, client):
        assert name(client, "Zoloft", "the blue one").url == reverse("intake:entry", args=[SLUG, FIRST])

    def test_a_near_match_is_asked_about_and_yes_takes_it(self, client):
        assert name(client, "Zoloft", "simbalta 60").url == CHECK
        html = client.get(CHECK).content.decode()
        assert "Are these the right medicines?" in words(html)
        assert "You wrote “simbalta 60”. Did you mean Cymbalta (duloxetine)?" in words(html)
        assert "checked" not in html and "simbalta" not in html.split("</title>")[0]
        answer = client.post(CHECK, {f"near-{SECOND}": "yes"})
        assert answer.url == reverse("intake:entry", args=[SLUG, FIRST])
        assert drugs(client) == ["Zoloft", "Cymbalta (duloxetine) 60"]

    @pytest.mark.parametrize("told", [{}, {f"near-{FIRST}": "no"}])
    def test_no_answer_keeps_it_as_typed_and_it_is_not_asked_again(self, client, told):
        name(client, "simbalta")
        assert client.post(CHECK, told).url == reverse("intake:entry", args=[SLUG, FIRST])
        assert drugs(client) == ["simbalta"]
        assert client.get(CHECK).url == reverse("intake:entry", args=[SLUG, FIRST])
        pat.add(client, SLUG, FIRST, drug="simbalta", when_taken="before")
        assert "Did you mean" not in client.get(pat.address(SLUG)).content.decode()

    def test_another_name_may_be_asked_about_again(self, client):
        name(client, "simbalta")
        client.post(CHECK, {})
        answer = client.post(
            reverse("intake:entry", args=[SLUG, FIRST]), {"drug": "prozzacc", "when_taken": "before"}
        )
        assert answer.url == CHECK
        assert "Did you mean Prozac (fluoxetine)?" in words(client.get(CHECK).content.decode())

    def test_two_in_one_box_become_two(self, client):
        name(client, "Lexapro and Wellbutrin", "litio")
        html = words(client.get(CHECK).content.decode())
        assert "Are these two medicines?" in html
        assert "Yes: Lexapro (escitalopram) and Wellbutrin (bupropion)" in html
        told = {f"several-{FIRST}": "yes"}
        assert client.post(CHECK, told).url == reverse("intake:entry", args=[SLUG, FIRST])
        assert drugs(client) == ["Lexapro", "litio", "Wellbutrin"]
        assert len(pat.draft_of(client).waiting(PAGE)) == 3
        client.post(CHECK, told)  # sent twice
        assert drugs(client) == ["Lexapro", "litio", "Wellbutrin"]

    def test_two_in_one_box_stay_one_where_the_list_is_full(self, client):
        pat.begin(client)
        for number in range(MOST_ENTRIES - 1):
            pat.add(client, SLUG, f"{number:016x}", drug=f"drug {number}", when_taken="before")
        client.post(pat.address(SLUG) + "?another=1", {"drug-1": "Lexapro and Wellbutrin", "stem": STEM})
        client.post(CHECK, {f"several-{FIRST}": "yes"})
        assert drugs(client)[-1] == "Lexapro and Wellbutrin"

    def test_the_same_drug_twice_is_asked_about(self, client):
        name(client, "sertraline", "Zoloft")
        page = words(client.get(CHECK).content.decode())
        assert "“Zoloft” is the same medicine as “sertraline”. Keep one?" in page
        client.post(CHECK, {f"same-{SECOND}": "no"})
        assert drugs(client) == ["sertraline", "Zoloft"]
        assert client.get(CHECK).url != CHECK
        name(client, "sertraline", "Zoloft", "sertralina")
        client.post(CHECK, {f"same-{STEM}03": "yes"})
        assert drugs(client) == ["sertraline", "Zoloft"]

    def test_what_a_yes_brings_up_is_asked_next(self, client):
        name(client, "Cymbalta", "simbalta")
        assert client.post(CHECK, {f"near-{SECOND}": "yes"}).url == CHECK
        assert "is the same medicine as “Cymbalta”" in words(client.get(CHECK).content.decode())
        assert client.post(CHECK, {f"same-{SECOND}": "yes"}).url == reverse(
            "intake:entry", args=[SLUG, FIRST]
        )
        assert drugs(client) == ["Cymbalta"]

    @pytest.mark.parametrize(
        ("button", "leads"),
        [("back", pat.address(SLUG)), ("tasks", reverse("intake:tasks")), ("later", reverse("intake:later"))],
    )
    def test_who_leaves_keeps_a_yes_and_is_asked_the_rest_later(self, client, button, leads):
        name(client, "simbalta", "prozzacc")
        assert client.post(CHECK, {f"near-{FIRST}": "yes", button: "1"}).url == leads
        assert drugs(client) == ["Cymbalta (duloxetine)", "prozzacc"]
        assert "Prozac" in words(client.get(CHECK).content.decode())

    def test_nothing_anybody_named_stands_in_the_bookkeeping(self, client):
        name(client, "simbalta", "Lexapro and Wellbutrin")
        client.post(CHECK, {})
        assert set(pat.draft_of(client).progress["asked"]["antidepressants.trials"]) == {
            f"{FIRST}:near", f"{SECOND}:several",
        }  # fmt: skip

    @pytest.mark.parametrize("told", [{"near-x": "yes"}, {f"near-{FIRST}": "<b>"}, {f"same-{FIRST}": "yes"}])
    def test_odd_answers_change_nothing(self, client, told):
        name(client, "simbalta")
        assert client.post(CHECK, told).status_code in (200, 302)
        assert drugs(client) == ["simbalta"]

    def test_from_the_check_page_it_leads_on_with_the_way_back(self, client):
        pat.fill(client)
        answer = client.post(pat.address(SLUG) + "?return=check", {"drug-1": "simbalta", "stem": STEM})
        assert answer.url == CHECK + "?return=check"
        assert (
            client.post(answer.url, {}).url == reverse("intake:entry", args=[SLUG, FIRST]) + "?return=check"
        )

    def test_a_list_without_names_has_no_such_page(self, client):
        pat.begin(client)
        assert client.get(reverse("intake:names", args=["therapies"])).status_code == 404

    def test_what_waits_to_be_asked_comes_before_the_details(self, client):
        name(client, "simbalta")
        client.post(pat.address(SLUG), {"asked": "1", "more": "no"})
        assert client.post(pat.address(SLUG), {"asked": "1", "more": "no"}).url == CHECK


def test_a_page_open_too_long_gives_the_answers_back(db):
    client = Client(enforce_csrf_checks=True)
    token = client.get("/").cookies["csrftoken"].value
    client.post(reverse("intake:start"), {"csrfmiddlewaretoken": token})
    client.post(pat.address(SLUG), {"csrfmiddlewaretoken": token, "drug-1": "simbalta", "stem": STEM})
    answer = client.post(CHECK, {f"near-{FIRST}": "yes", "csrfmiddlewaretoken": "old"})
    assert answer.status_code == 403
    assert pat.shown(answer)[f"near-{FIRST}"] == ["yes"]
