"""A consult as its team reads it: what is asked, its own checklist with the nos, and the decision."""

import re

import pytest

from tests.conftest import CLINICIAN_FIRST_FOR_TMS, fresh
from tests.pages import flat
from treatments.reading.checklists import CHECKLISTS

QUEUE = "/admin/treatments/tmsconsult/"


def sent(page) -> dict[str, str]:
    """What the form of the decision sends, but for its buttons."""
    form = re.search(
        r'<form method="post" action="accept/[^"]*">(.*?)</form>', page.content.decode(), re.DOTALL
    )
    assert form, "no form to accept"
    return dict(re.findall(r'name="(seen_\w+)" value="([^"]*)"', form[1]))


def test_the_checklist_of_the_treatment_stands_there_yes_first_and_the_nos_shown(cast, clinic, signed_in):
    consult = clinic.consult("waiting", **CLINICIAN_FIRST_FOR_TMS)
    page = flat(signed_in(cast.tess).get(f"{QUEUE}{consult.pk}/"))
    part = page.split("Before the coil", 1)[1].split("</dl>", 1)[0]
    assert part.index("Seizure") < part.index("Metal in the head or neck")
    assert "No to each" in part and "Before the first dose" not in page


def test_of_the_safety_answers_what_says_yes_or_is_not_known_stands_and_the_nos_are_folded(
    cast, clinic, signed_in
):
    consult = clinic.consult("waiting", **{"health.head_injury_unconscious": "yes"})
    page = flat(signed_in(cast.tess).get(f"{QUEUE}{consult.pk}/"))
    shown, folded = page.split("<h2>Safety answers</h2>")[1].split("</section>")[0].split("<details>")
    assert "knocked out by a head injury" in shown and "knocked out by a head injury" not in folded
    assert "Have you actually had any thoughts" in folded and "Have you actually had" not in shown
    assert re.search(r"<summary>\d+ others: no</summary>", folded)
    assert re.search(r"All \d+ answered\. C-SSRS: none reported\.", shown)


def test_without_a_checklist_the_rules_alone_speak(cast, clinic, signed_in, monkeypatch):
    monkeypatch.delitem(CHECKLISTS, "tms")
    consult = clinic.consult("waiting")
    page = flat(signed_in(cast.tess).get(f"{QUEUE}{consult.pk}/"))
    assert "What the rules say" in page and "Before the coil" not in page


@pytest.mark.parametrize(
    ("button", "leads_to"), [("", "{pk}/"), ("book", "{pk}/book/"), ("another", "{next}/")]
)
def test_the_three_ways_to_accept_lead_on(cast, clinic, signed_in, button, leads_to):
    consult, following = clinic.consult("waiting"), clinic.consult("waiting")
    tess = signed_in(cast.tess)
    seen = sent(tess.get(f"{QUEUE}{consult.pk}/"))
    assert set(seen) == {"seen_version", "seen_event"}
    answer = tess.post(f"{QUEUE}{consult.pk}/accept/", {**seen, **({button: "1"} if button else {})})
    assert answer.status_code == 302
    assert answer.url == QUEUE + leads_to.format(pk=consult.pk, next=following.pk)
    assert fresh(consult).state == "accepted"


def test_accepted_from_a_page_that_is_no_longer_true_nothing_happens(cast, clinic, signed_in):
    consult = clinic.consult("waiting")
    tess = signed_in(cast.tess)
    seen = sent(tess.get(f"{QUEUE}{consult.pk}/"))
    clinic.move(consult, "returned")
    assert tess.post(f"{QUEUE}{consult.pk}/accept/", {**seen, "book": "1"}).status_code == 404
    assert fresh(consult).state == "returned"


@pytest.mark.parametrize(("state", "label"), [("accepted", "Book a visit"), ("booked", None)])
def test_the_next_action_is_the_one_filled_button_and_refused_ones_say_why(
    cast, clinic, signed_in, state, label
):
    consult = clinic.consult(state)
    page = signed_in(cast.tess).get(f"{QUEUE}{consult.pk}/").content.decode()
    filled = re.findall(r'class="only-button"[^>]*>\s*([^<]+?)\s*<', page)
    assert filled == ([label] if label else [])
    assert "Why can't I" in page.replace("&#x27;", "'") and "why-not" in page


def test_looks_are_folded_and_never_among_what_happened(cast, clinic, signed_in):
    consult = clinic.consult("waiting")
    tess = signed_in(cast.tess)
    tess.get(f"{QUEUE}{consult.pk}/")
    page = tess.get(f"{QUEUE}{consult.pk}/")
    assert all(event.kind != "opened" for event in page.context["events"])
    assert any(event.kind == "opened" for event in page.context["looks"])
    assert re.search(r"<summary>\s*\d+ looks\s*</summary>", page.content.decode())


def test_previous_and_next_lead_through_the_queue_as_it_was_filtered(cast, clinic, signed_in):
    first, second, booked = clinic.consult("waiting"), clinic.consult("waiting"), clinic.consult("booked")
    tess, filters = signed_in(cast.tess), "?_changelist_filters=q%3DTest"

    def way(consult, address: str = "") -> tuple[str, dict[str, str]]:
        page = flat(tess.get(f"{QUEUE}{consult.pk}/{address}"))
        above = page.split('class="way-back"')[1].split("</p>")[0]
        return above, {rel: href for href, rel in re.findall(r'<a href="([^"]*)" rel="(\w+)"', above)}

    above, found = way(first)
    assert "1 of 3" in above and found == {"next": f"{QUEUE}{second.pk}/"}
    assert way(second)[1] == {"prev": f"{QUEUE}{first.pk}/", "next": f"{QUEUE}{booked.pk}/"}
    assert way(booked, filters)[1] == {"prev": f"{QUEUE}{second.pk}/{filters}"}
    for not_there in ("show%3Dcompleted", "odd%3D1"):
        assert way(first, f"?_changelist_filters={not_there}")[1] == {}
    other = clinic.consult("waiting", "spravato")
    assert other.pk not in [first.pk, second.pk] and "of 3" in way(first)[0]
