"""What the worklist lists: who needs a coordinator, what is due, whom a search finds."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from tests.conftest import RECORD, URGENT, fresh, release_hold
from treatments.admin.pages import brief
from treatments.models import CaringContact, Referral
from treatments.triage.assessment import assess_referral
from treatments.triage.assignment import claim
from treatments.triage.closing import close
from treatments.triage.contacts import log_contact

DESK = "/admin/treatments/referral/"


@pytest.fixture
def cora(cast, signed_in):
    return signed_in(cast.cora)


def listed(client, query: str = "") -> list[Referral]:
    response = client.get(f"{DESK}{query}")
    assert response.status_code == 200
    return list(response.context["cl"].result_list)


def held_again(referral: Referral, settings) -> Referral:
    """Its release has lapsed, here with the secret, and the rules have run again."""
    settings.SECRET_KEY = "another"
    assert assess_referral(fresh(referral))
    return fresh(referral)


# --- A hold keeps a referral at the desk ----------------------------------------------------------------


def test_an_urgent_referral_that_waits_for_the_patient_stays_on_every_list_of_the_desk(clinic, signed_in):
    asked = clinic.awaiting_patient(**URGENT)
    assert (asked.state, asked.hold) == ("awaiting_patient", "urgent")
    for person in (clinic.cast.cora, clinic.cast.clara):
        client = signed_in(person)
        assert listed(client) == listed(client, "?hold__exact=urgent") == [asked]


def test_a_routed_referral_whose_hold_is_raised_again_comes_back_to_every_list_of_the_desk(
    clinic, signed_in, settings
):
    routed = clinic.routed("tms", **URGENT)
    assert routed not in Referral.objects.needing_a_coordinator()
    routed = held_again(routed, settings)
    assert (routed.state, routed.hold) == ("routed", "urgent")
    for person in (clinic.cast.cora, clinic.cast.clara):
        client = signed_in(person)
        assert listed(client) == listed(client, "?hold__exact=urgent") == [routed]


def test_a_closed_referral_leaves_the_desk_even_where_its_release_lapses(clinic, signed_in, settings):
    held = clinic.in_review(**URGENT)
    release_hold(referral=held, actor=clinic.cast.clara, recorded=RECORD)
    close(referral=fresh(held), actor=clinic.cast.cora, reason="patient_declined")
    assert held_again(held, settings).hold == "urgent"
    assert listed(signed_in(clinic.cast.cora)) == []


# --- A due task is shown wherever the referral lies ----------------------------------------------------------

SUICIDAL = {"safety.cssrs": {"q1": "yes", "q2": "yes", "q3": "no", "q4": "yes", "q5": "no", "q6": "no"}}


def due_today(clinic, referral: Referral) -> Referral:
    log_contact(
        referral=referral,
        actor=clinic.cast.cora,
        channel="call",
        outcome="no_answer",
        next_due=timezone.localdate(),
    )
    return referral


def test_what_is_due_today_is_shown_whoever_has_the_referral(clinic, cora):
    rows = {
        due_today(clinic, clinic.referral(state)) for state in ("routed", "awaiting_patient", "in_review")
    }
    caring = clinic.routed("tms", **SUICIDAL)
    CaringContact.objects.update(due_at=timezone.now() - timedelta(hours=1))
    assert set(listed(cora, "?due=today")) == {*rows, caring}
    assert "What is due today in all referrals" in cora.get(f"{DESK}?due=today").content.decode()
    assert set(listed(cora, "?due=today&show=needs")) == {row for row in rows if row.state == "in_review"}


# --- A search finds everyone ----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["new", "in_review", "awaiting_patient", "routed", "closed"])
def test_a_search_finds_a_referral_in_every_state_and_says_so(state, clinic, cora):
    referral = clinic.referral(state)
    assert listed(cora, f"?q={referral.reference}") == [referral]
    page = cora.get(f"{DESK}?q={referral.reference}").content.decode()
    assert page.index("Searched in all referrals") < page.index('id="result_list"')
    needed = state in ("new", "in_review")
    assert listed(cora, f"?q={referral.reference}&show=needs") == ([referral] if needed else [])
    for query in ("", f"?q={referral.reference}&show=needs", "?q=+"):
        assert "Searched in all referrals" not in cora.get(f"{DESK}{query}").content.decode()


def test_what_is_shown_is_marked_and_each_choice_leads_to_what_it_says(clinic, cora):
    routed, new = clinic.routed("tms"), clinic.new()
    for query, marked in (
        ("", "Needs a coordinator"),
        ("?q=test", "All"),
        ("?q=test&show=needs", "Needs a coordinator"),
    ):
        changelist = cora.get(f"{DESK}{query}").context["cl"]
        show = {each["display"]: each for each in changelist.filter_specs[0].choices(changelist)}
        assert [words for words, each in show.items() if each["selected"]] == [marked]
        assert set(listed(cora, show["All"]["query_string"])) == {routed, new}
        assert listed(cora, show["Needs a coordinator"]["query_string"]) == [new]


# --- What needs me --------------------------------------------------------------------------------------------


def test_needs_me_lists_what_i_must_act_on_and_nobody_else_handles(clinic, cora):
    mine, held = clinic.in_review(), clinic.awaiting_patient(**URGENT)
    for state in ("closed", "routed", "awaiting_patient"):
        clinic.referral(state)
    new = clinic.new()
    claim(referral=clinic.new(), actor=clinic.cast.carl)
    due = due_today(clinic, clinic.routed("tms"))
    assert listed(cora, "?show=mine") == [held, new, mine, due]


def test_the_parts_of_what_needs_me_hold_each_of_it_once(clinic):
    cora, today = clinic.cast.cora, timezone.localdate()
    clinic.in_review(), clinic.new(), clinic.referral("closed")
    due_today(clinic, clinic.routed("tms"))
    due_today(clinic, clinic.in_review())
    parts = Referral.objects.parts_of_needing(cora, today)
    each = [pk for part in parts for pk in part.values_list("pk", flat=True)]
    assert sorted(each) == sorted(Referral.objects.needing(cora, today).values_list("pk", flat=True))
    assert len(each) == len(set(each)) == 4


# --- The list is remembered -----------------------------------------------------------------------------------


def test_every_way_out_of_a_page_leads_back_to_the_list_as_it_was_filtered(clinic, cora, monkeypatch):
    referral, other = clinic.in_review(), clinic.new()
    monkeypatch.setattr(brief, "weasyprint", lambda: None)
    kept = urlencode({"_changelist_filters": "hold__exact=none&show=all"})
    page = f"{DESK}{referral.pk}/"
    for address, links in (
        (page, ("note/", f"{DESK}{other.pk}/", "next/", "brief/", DESK)),
        (f"{page}brief/", ("", DESK, page)),
        (f"{page}brief/?format=pdf", (f"{page}brief/",)),
        (f"{page}note/", (DESK, page)),
        (f"{DESK}enter/", (DESK,)),
    ):
        shown = unescape(cora.get(f"{address}{'&' if '?' in address else '?'}{kept}").content.decode())
        for link in links:
            way = "hold__exact=none&show=all" if link == DESK else kept
            assert re.search(rf'href="{re.escape(link)}\?{re.escape(way)}', shown), (address, link)


def test_the_patients_pages_are_told_no_filter_of_the_worklist(clinic, cora):
    kept = urlencode({"_changelist_filters": "q=somebody"})
    assert cora.post(f"{DESK}enter/?{kept}", {"do": "begin"}).url == "/intake/"
