"""Names that may help to remember: what is ticked is an entry, what is an entry is ticked."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.drugs import TABLE
from intake.questionnaire.intake import INTAKE, MEMORY, MEMORY_CLASSES
from intake.questionnaire.memory import CSV, drug_named, load
from intake.views.away import ALONE_FOR
from tests.intake import pat
from tests.intake.screen import buttons, summary, words

SLUG = "medicines-tried"
PAGE = INTAKE.by_slug[SLUG]
ADDRESS = reverse("intake:memory", args=[SLUG])
KINDS = [kind for kind, _title in MEMORY_CLASSES]
BOTH = "Names: you ticked “None of these” and a name. Keep one of them"
NEXT = pat.address("other-treatments")


def opened(client: Client, address: str = ADDRESS) -> str:
    return client.get(address).content.decode()


def send(client: Client, address: str = ADDRESS, **told: list[str] | str) -> HttpResponse:
    """The page as it stands, with ``told`` ticked by class instead of what is ticked there."""
    html = opened(client)
    shown = {name: values for name, values in pat.shown(client.get(ADDRESS)).items() if name in KINDS}
    known = re.search(r'name="known" value="([^"]*)"', html)
    return client.post(address, {**shown, "known": known[1] if known else "", **told})


def drugs(client: Client) -> list[str] | None:
    entries = pat.draft_of(client).entries(PAGE)
    return entries and [entry["drug"] for entry in entries]


def ticked(client: Client) -> list[str]:
    return [key for kind in KINDS for key in pat.shown(client.get(ADDRESS)).get(kind, [])]


def keys(client: Client) -> list[str]:
    return pat.draft_of(client).entry_keys(PAGE)


# --- The list ------------------------------------------------------------------------------------------


def test_there_are_thirty_names_in_five_classes_and_each_is_a_medicine_for_depression():
    assert [len([row for row in MEMORY.rows if row.kind == kind]) for kind in KINDS] == [6, 4, 6, 8, 6]
    for row in MEMORY.rows:
        assert TABLE[TABLE[row.drug].counts_as or row.drug].kind in ("antidepressant", "augmentation"), row


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("first,Zoloft,sertraline,fluoxetine", "Zoloft is not 'fluoxetine'"),
        ("first,Zolofd,sertraline,sertraline", "Zolofd is not 'sertraline'"),
        ("best,Zoloft,sertraline,sertraline", "no class 'best'"),
        ("first,Lustral,sertraline,sertraline", "a drug stands twice"),
    ],
)
def test_a_row_that_does_not_hold_together_stops_the_start(tmp_path: Path, line: str, fault: str):
    file = tmp_path / "memory.csv"
    file.write_text(f"{CSV.read_text(encoding='utf-8')}{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=fault):
        load(KINDS, file)
    file.write_text("name\nZoloft\n", encoding="utf-8")
    with pytest.raises(ValueError, match="the columns must be"):
        load(KINDS, file)


@pytest.mark.parametrize(
    ("typed", "drug"),
    [
        ("Zoloft 100", "sertraline"),
        ("sertralina", "sertraline"),
        ("simbalta", ""),  # only near: it is asked about elsewhere
        ("selegiline", ""),  # a patch or a tablet
        ("Auvelity", "dextromethorphan-bupropion"),
        ("bupropion", "bupropion"),
        ("the yellow one", ""),
    ],
)
def test_only_a_name_that_is_plainly_known_ticks_another(typed: str, drug: str):
    assert drug_named(typed) == drug


# --- The page ------------------------------------------------------------------------------------------

pytestmark = pytest.mark.django_db


def test_the_page_shows_the_classes_the_names_and_its_buttons(client):
    pat.begin(client)
    html = opened(client)
    text = words(html)
    assert "Names that may help you remember" in text
    for _kind, title in MEMORY_CLASSES:
        assert str(title) in text
    assert "Auvelity with bupropion" in text
    assert re.findall(r'<button[^>]*form="answers"[^>]*name="(\w+)"', html) == ["continue", *["leave"] * 3]
    assert buttons(html[html.index('id="main"') :]) == ["continue"]


@pytest.mark.parametrize("slug", ["therapies", "mood", "nowhere"])
def test_no_other_page_has_such_names(client, slug):
    pat.begin(client)
    assert client.get(reverse("intake:memory", args=[slug])).status_code == 404


def test_a_tick_is_an_entry_and_its_page_follows(client):
    pat.begin(client)
    answer = send(client, first=["zoloft", "paxil"], added=["buspar"])
    assert drugs(client) == ["Zoloft", "Paxil", "BuSpar"]
    assert answer.url == reverse("intake:entry", args=[SLUG, keys(client)[0]])
    assert ticked(client) == ["zoloft", "paxil", "buspar"]
    assert "Medicine 1 of 3." in words(opened(client, answer.url))


def test_what_is_entered_is_ticked_and_ticked_again_adds_nothing(client):
    pat.begin(client)
    client.post(pat.address(SLUG), {"drug-1": "sertraline 50", "drug-2": "the yellow one"})
    assert ticked(client) == ["zoloft"]
    send(client)
    send(client, next=["effexor"])
    send(client, next=["effexor"])
    assert drugs(client) == ["sertraline 50", "the yellow one", "Effexor"]


def test_sent_twice_nothing_is_added_twice(client):
    pat.begin(client)
    told = {"known": "", "first": ["zoloft"], "older": ["emsam"]}
    first = client.post(ADDRESS, told)
    assert client.post(ADDRESS, told).url == first.url
    assert drugs(client) == ["Zoloft", "Emsam"]


def test_a_tick_taken_away_takes_out_a_name_and_never_what_was_told(client):
    pat.begin(client)
    send(client, first=["zoloft", "paxil"])
    pat.add(client, SLUG, keys(client)[0], drug="Zoloft")
    answer = send(client, first=[])
    assert drugs(client) == ["Zoloft"]
    assert "We kept Zoloft" in words(opened(client, answer.url))
    assert ticked(client) == ["zoloft"]


def test_a_tick_taken_away_where_only_the_page_was_finished_takes_the_name_out(client):
    pat.begin(client)
    send(client, first=["zoloft"])
    client.post(reverse("intake:entry", args=[SLUG, keys(client)[0]]), {"drug": "Zoloft"})
    send(client, first=[])
    assert drugs(client) is None
    assert ticked(client) == []


def test_a_page_made_before_a_name_was_entered_elsewhere_takes_nothing_out(client):
    pat.begin(client)
    client.post(pat.address(SLUG), {"drug-1": "Zoloft"})
    client.post(ADDRESS, {"known": "", "first": ["prozac"]})
    assert drugs(client) == ["Zoloft", "Prozac"]


@pytest.mark.parametrize("told", [{}, {"else": ["none"]}, {"else": ["others"]}])
def test_nobody_has_to_tick_a_name(client, told):
    draft = pat.begin(client)
    assert send(client, **told).url == NEXT
    draft.refresh_from_db()
    assert draft.answers == pat.BEGUN and SLUG in draft.saved_pages()


def test_none_of_these_is_no_fault_beside_what_was_entered_before(client):
    pat.begin(client)
    client.post(pat.address(SLUG), {"drug-1": "Zoloft"})
    assert send(client, **{"else": ["none"]}).url == reverse("intake:entry", args=[SLUG, keys(client)[0]])


@pytest.mark.parametrize("told", [{"first": ["zoloft"]}, {"else": ["others", "none"]}])
def test_none_beside_a_name_is_an_error_that_keeps_the_ticks(client, told):
    draft = pat.begin(client)
    answer = send(client, **{"else": ["none"], **told})
    assert summary(answer.content.decode()) == [BOTH]
    assert pat.shown(answer) == {"else": ["none"], **told}
    draft.refresh_from_db()
    assert draft.answers == pat.BEGUN


@pytest.mark.parametrize(
    ("button", "leads"),
    [
        ("tasks", reverse("intake:tasks")),
        ("later", reverse("intake:later")),
        ("back", pat.address(SLUG)),
    ],
)
def test_each_button_that_leaves_saves_the_ticks(client, button, leads):
    draft = pat.begin(client)
    assert send(client, first=["zoloft"], **{button: "1", "else": ["none"]}).url == leads
    assert drugs(client) == ["Zoloft"]
    draft.refresh_from_db()
    assert SLUG not in draft.saved_pages() and draft.waiting(PAGE) == keys(client)


@pytest.mark.parametrize(
    "told", [{"first": ["<b>"]}, {"first": ["effexor"]}, {"else": ["all"]}, {"known": "<b> x"}]
)
def test_what_no_page_offers_is_not_stored(client, told):
    draft = pat.begin(client)
    assert client.post(ADDRESS, told).status_code in (200, 302)
    draft.refresh_from_db()
    assert draft.answers == pat.BEGUN


def test_from_the_check_page_it_leads_back_to_it(client):
    pat.fill(client)
    answer = send(client, ADDRESS + "?return=check", first=["zoloft"])
    assert answer.url == reverse("intake:entry", args=[SLUG, keys(client)[0]]) + "?return=check"


def test_names_ticked_on_a_page_that_can_not_be_saved_are_given_back(client):
    pat.fill(client)
    pat.send(client)
    answer = client.post(ADDRESS, {"first": ["zoloft"], "older": ["emsam"]})
    assert answer.status_code == 409
    assert "Zoloft, Emsam" in words(answer.content.decode())


def test_a_page_open_too_long_keeps_its_ticks():
    client = Client(enforce_csrf_checks=True)
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', opened(client, "/"))
    client.post(reverse("intake:start"), {"csrfmiddlewaretoken": token[1] if token else ""})
    answer = client.post(ADDRESS, {"first": ["zoloft"], "csrfmiddlewaretoken": "old"})
    assert answer.status_code == 403
    assert pat.shown(answer) == {"first": ["zoloft"]}


@pytest.mark.parametrize(
    ("address", "told", "stored"),
    [
        (ADDRESS, {"known": "", "first": ["zoloft"]}, ["Zoloft"]),
        (pat.address(SLUG), {"drug-1": "Zoloft", "drug-3": "the yellow one"}, ["Zoloft", "the yellow one"]),
    ],
)
def test_names_sent_after_two_hours_are_saved_before_anybody_is_asked_who_they_are(
    client, address, told, stored
):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        pat.fill(client)
        clock.shift(ALONE_FOR + timedelta(seconds=2))
        answer = client.post(address, told)
        assert "date of birth" in words(answer.content.decode())
        assert drugs(client) == stored
