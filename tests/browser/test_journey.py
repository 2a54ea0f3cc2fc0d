"""The whole way in a real browser, as it must work without any JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from bench.walk import PEOPLE
from bench.walker import Walker
from intake.models import Alarm, Submission
from tests.browser.walk import click, fill_in, follow, heading, press, reference_on, save, sign_in
from tests.intake.pat import PAGES
from treatments.models import Referral

pytestmark = pytest.mark.browser

MARIA = next(person for person in PEOPLE if person.key == "maria")


def test_maria_is_read_routed_accepted_and_returned(without_javascript, cast, settings):
    settings.SENDS_MAIL = False  # as in ``make walk``: each way that a clinic offers is some words more
    reference = maria_fills_in_and_sends(without_javascript())
    referral = cora_routes(without_javascript(), cast.cora, reference)
    tess_accepts(without_javascript(), cast.tess, reference)
    pia_returns(without_javascript(), cast.pia, reference)
    cora_reads_the_timeline(without_javascript(), cast.cora, referral)


def maria_fills_in_and_sends(page: Page) -> str:
    """The walk that ``make walk`` counts, on a phone: what it takes of her is within its bars."""
    counts = Walker(page, MARIA.story).walk(MARIA.story["start"])
    taken = MARIA.figures(counts)
    assert {what: taken[what] for what, most in MARIA.targets.items() if taken[what] > most} == {}
    reference = reference_on(page)
    trials = Submission.objects.get(reference=reference).answers["antidepressants"]["trials"]
    assert [(trial["drug"], trial["dose_mg"], trial["weeks_choice"]) for trial in trials] == [
        ("Zoloft", 150, "8_25"),
        ("Wellbutrin", 300, "8_25"),
    ]
    return reference


def cora_routes(page: Page, cora, reference: str) -> str:
    sign_in(page, cora)
    page.goto(f"/admin/treatments/referral/?q={reference}")
    click(page.locator("#result_list tbody a").first)
    address = page.url
    follow(page, "Claim")
    press(page, "Claim")
    follow(page, "Route to consult queues")
    page.get_by_label("TMS", exact=True).check()
    page.get_by_label("Psychotherapy", exact=True).check()
    page.get_by_label(re.compile("Reason")).fill("Hopes for both")
    press(page, "Route")
    expect(page.get_by_text("Routed", exact=True).first).to_be_visible()
    referral = Referral.objects.get(reference=reference)
    assert sorted(referral.consults.values_list("treatment", flat=True)) == ["psychotherapy", "tms"]
    return address


def tess_accepts(page: Page, tess, reference: str) -> None:
    sign_in(page, tess)
    for address in ("/admin/treatments/psychotherapyconsult/", "/admin/treatments/referral/"):
        assert page.request.get(address).status == 403
    page.goto("/admin/treatments/tmsconsult/")
    click(page.locator("#result_list tbody a", has_text=reference).first)
    press(page, "Accept")
    expect(page.get_by_text("The consult was accepted.")).to_be_visible()


def pia_returns(page: Page, pia, reference: str) -> None:
    sign_in(page, pia)
    page.goto("/admin/treatments/psychotherapyconsult/")
    click(page.locator("#result_list tbody a", has_text=reference).first)
    follow(page, "Return to the coordinators")
    page.get_by_label("More information is needed (needs a note)").check()
    page.get_by_role("textbox", name="Note").fill("Which therapy was it in 2019?")
    press(page, "Return to the coordinators")
    expect(page.get_by_text("The consult was returned to the coordinators.")).to_be_visible()
    expect(page.get_by_role("link", name=reference)).to_have_count(0)


def cora_reads_the_timeline(page: Page, cora, address: str) -> None:
    sign_in(page, cora)
    page.goto(address)
    timeline = page.locator("ol.timeline").first  # the looks fold away beneath
    expect(timeline).to_contain_text("Accepted (TMS)")
    expect(timeline).to_contain_text("Returned (Psychotherapy)")
    expect(timeline).to_contain_text("Which therapy was it in 2019?")
    expect(timeline).to_contain_text("More information is needed")
    expect(timeline).to_contain_text("Tess")
    expect(timeline).to_contain_text("Pia")


def test_an_unsafe_answer_interrupts_at_once_and_its_alert_outlives_the_draft(without_javascript, cast):
    page = without_javascript()
    page.goto("/")
    press(page, "Start, for myself")
    page.goto("/intake/name/")
    save(page, PAGES["name"])
    page.goto("/intake/mood/")
    save(page, {**PAGES["mood"], "mood-phq9-8": "2"})
    assert page.url.endswith("/intake/mood/help/")
    assert Alarm.objects.get().danger == "phq9_item9"
    heading(page, "Thank you for telling us")
    expect(page.get_by_role("main").get_by_role("link", name="Call 911")).to_have_attribute("href", "tel:911")
    fill_in(page, {"safety-where_now": "12 Elm St", "safety-number_today": "212 555 0101"})
    press(page, "Save and go on")
    heading(page, "Thoughts about dying")
    save(page, PAGES["thoughts"])
    heading(page, "Past attempts, and thoughts about others")
    # Here Pat closes the browser and never comes back.
    desk = without_javascript()
    sign_in(desk, cast.cora)
    desk.goto("/admin/treatments/alert/")
    row = desk.locator("#result_list tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("PHQ-9 item 9 above zero")
    expect(row).to_contain_text("Pat Lee")
    expect(row).to_contain_text("Not sent yet")
    click(row.get_by_role("link").first)
    expect(desk.get_by_text("911, welfare check: “12 Elm St”", exact=True)).to_be_visible()
    expect(desk.get_by_text("More than half the days", exact=True)).to_be_visible()
    press(desk, "I am on it")
    expect(desk.get_by_text("You are on it.")).to_be_visible()
    desk.get_by_label("Spoke with the person").check()
    desk.get_by_label(re.compile("What was said and agreed")).fill("Called 212 555 0101, safe at home.")
    press(desk, "Close the alert: 1 answer")
    expect(desk.get_by_text("The alert was closed.")).to_be_visible()
    assert Submission.objects.get().is_draft
