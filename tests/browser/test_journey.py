"""The whole way in a real browser, as it must work without any JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from intake.models import Alarm, Submission
from tests.browser.walk import click, fill_in, follow, heading, place, press, save, sign_in, unfolded
from tests.intake.pat import MEDICINE, MEDICINE_MORE, PAGES
from treatments.models import Referral

pytestmark = pytest.mark.browser


def tell_medicines(page: Page) -> None:
    """Pat names two medicines, tells about each, changes the first, adds a third by mistake and removes it."""
    save(page, {"drug-1": "sertraline", "drug-2": "venlafaxine XR"})
    heading(page, "sertraline (Zoloft)")
    fill_in(page, unfolded(page, MEDICINE))
    press(page, "Continue")
    heading(page, "sertraline (Zoloft), during this depression")
    fill_in(page, unfolded(page, MEDICINE_MORE))
    press(page, "Continue")
    heading(page, "venlafaxine (Effexor)")
    fill_in(page, {"dose_choice": "225", "weeks_choice": "8_25", "when_taken": "before"})
    press(page, "Continue")
    follow(page, "Change sertraline (Zoloft), 150 mg")
    expect(page.get_by_label("Name of the medicine")).to_have_value("sertraline")
    fill_in(page, {"dose_choice": "200"})
    press(page, "Continue")
    press(page, "Continue")
    press(page, "Add another medicine")
    save(page, {"drug-1": "aspirin"})
    fill_in(page, {"when_taken": "before"})
    press(page, "Continue")
    click(page.get_by_role("link", name="Change aspirin"))
    follow(page, "Remove this medicine")
    heading(page, "Do you want to remove this?")
    press(page, "Yes, remove it")
    expect(page.get_by_role("heading", level=2).filter(has_text=" mg")).to_have_text(
        ["sertraline (Zoloft), 200 mg", "venlafaxine (Effexor), 225 mg"]
    )
    press(page, "That is all: continue")


def test_pat_is_read_routed_accepted_and_returned(without_javascript, cast):
    reference = pat_fills_in_and_sends(without_javascript())
    referral = cora_routes(without_javascript(), cast.cora, reference)
    tess_accepts(without_javascript(), cast.tess, reference)
    pia_returns(without_javascript(), cast.pia, reference)
    cora_reads_the_timeline(without_javascript(), cast.cora, referral)


def pat_fills_in_and_sends(page: Page) -> str:
    page.goto("/")
    heading(page, "Ask for help with depression")
    press(page, "Start, for myself")
    for slug, told in PAGES.items():
        assert place(page)[0] == slug
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{slug} scrolls sideways"
        if slug == "medicines-tried":
            tell_medicines(page)
        elif slug == "therapies":  # the first is asked at once; nothing of it is remembered
            press(page, "Continue")
        else:
            save(page, told)
    heading(page, "Check your answers")
    open_part(page, "Your depression and what you tried")
    expect(page.get_by_text("venlafaxine XR", exact=True)).to_be_visible()
    expect(page.get_by_text("aspirin")).to_have_count(0)
    open_part(page, "Mood and safety")
    follow(page, "Change How things are now")
    save(page, {"history-sleep_pattern": "cannot_sleep"})
    heading(page, "Check your answers")
    open_part(page, "Mood and safety")
    expect(page.get_by_text("I cannot fall asleep or stay asleep")).to_be_visible()
    press(page, "Send my form")
    heading(page, "Your form is sent")
    reference = re.search(r"\b\w{4}-\w{4}\b", page.locator(".govuk-panel").inner_text()).group()
    trials = Submission.objects.get(reference=reference).answers["antidepressants"]["trials"]
    assert [(trial["drug"], trial["dose_mg"]) for trial in trials] == [
        ("sertraline", 200),
        ("venlafaxine XR", 225),
    ]
    return reference


def open_part(page: Page, words: str) -> None:
    """Open one part of the answers to check."""
    page.locator("summary", has_text=words).click()


def cora_routes(page: Page, cora, reference: str) -> str:
    sign_in(page, cora)
    page.goto("/admin/treatments/referral/")
    follow(page, reference)
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
    follow(page, reference)
    follow(page, "Accept")
    press(page, "Accept")
    expect(page.get_by_text("The consult was accepted.")).to_be_visible()


def pia_returns(page: Page, pia, reference: str) -> None:
    sign_in(page, pia)
    page.goto("/admin/treatments/psychotherapyconsult/")
    follow(page, reference)
    follow(page, "Return to the coordinators")
    page.get_by_label("More information is needed (needs a note)").check()
    page.get_by_role("textbox", name="Note").fill("Which therapy was it in 2019?")
    press(page, "Return to the coordinators")
    expect(page.get_by_text("The consult was returned to the coordinators.")).to_be_visible()
    expect(page.get_by_role("link", name=reference)).to_have_count(0)


def cora_reads_the_timeline(page: Page, cora, address: str) -> None:
    sign_in(page, cora)
    page.goto(address)
    timeline = page.locator("ol.timeline")
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
