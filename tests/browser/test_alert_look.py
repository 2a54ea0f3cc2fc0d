"""The page of an alert and of a risk assessment in a browser: no axe violation, and nothing sticky hides the focus."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.test_keyboard import focused
from tests.browser.walk import press, sign_in
from tests.conftest import RECORD, SAME_DAY, URGENT
from tests.treatments import alerts
from tests.treatments.test_alerts import abandoned_draft
from treatments.models import AlertEntry
from treatments.triage.alerts import hand_over_alert, note_alert, take_alert
from treatments.triage.risk import assess_risk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK, PHONE, FLAT = ({"width": w, "height": h} for w, h in ((1280, 800), (390, 700), (390, 500)))
BELOW = "element => element.scrollIntoView({block: 'end'})"
TOP = "document.querySelector('{}').getBoundingClientRect().top"


# What lies over the middle of the focused element: a bar that stays, or nothing.
COVERED = """() => {
    const at = document.activeElement, box = at.getBoundingClientRect();
    const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const bar = over && over.closest(".person-head, .call-bar, .save-bar");
    return Boolean(bar) && !bar.contains(at);
}"""


def assess_page(referral) -> str:
    return f"/admin/treatments/referral/{referral.pk}/assess_risk/"


def test_alerts_and_assessments_have_no_axe_violation(page, clinic, cast, look):
    told = {"safety.number_today": "+1 212 555 0199", "safety.where_now": "at home, my sister is coming"}
    mine = alerts.alert_of(clinic.new(**URGENT, **told).submission)
    take_alert(alert=mine, actor=cast.cora)
    note_alert(alert=mine, actor=cast.cora, note="Line busy twice.")
    hand_over_alert(alert=mine, actor=cast.cora, to=cast.clara)
    judged = clinic.new(**SAME_DAY)
    check = {"next_check_at": timezone.now() + timedelta(days=1), "next_check_by": cast.clara}
    by_phone = {"recorded": RECORD, "how": "phone"}
    assess_risk(referral=judged, actor=cast.clara, level="high", hold="keep", **by_phone, **check)
    closed = clinic.new(**URGENT)
    assess_risk(referral=closed, actor=cast.clara, level="low", hold="keep", **by_phone)
    draft = abandoned_draft()
    pages = [alerts.page(each) for each in (mine, draft, alerts.alert_of(closed.submission))]
    for person, addresses in (
        (cast.cora, pages),
        (cast.clara, [pages[0], assess_page(mine.referral), assess_page(judged)]),
    ):
        page.context.clear_cookies()
        sign_in(page, person)
        for address in addresses:
            page.goto(address)
            page.evaluate(
                "document.querySelectorAll('#content details').forEach(each => { each.open = true; })"
            )
            look(page, f"{address} of {person.username}")


def test_on_a_phone_a_bar_with_name_and_call_stays_and_on_a_low_screen_nothing_does(page, clinic, cast):
    alert = alerts.alert_of(clinic.new(**URGENT, **{"safety.number_today": "+1 212 555 0199"}).submission)
    sign_in(page, cast.cora)
    for size, stays in ((PHONE, True), (FLAT, False)):
        page.set_viewport_size(size)
        page.goto(alerts.page(alert))
        page.locator(".alert-record").evaluate(BELOW)
        assert (page.evaluate(TOP.format(".call-bar")) == 0) == stays
        assert page.evaluate(TOP.format(".person-head")) < 0
    call = page.get_by_role("link", name="Call today's number")
    assert call.get_attribute("href") == "tel:+12125550199"
    page.set_viewport_size(DESK)
    expect(page.locator(".call-bar")).to_be_hidden()
    page.locator(".alert-record").evaluate(BELOW)
    assert page.evaluate(TOP.format(".person-head")) == 0


@pytest.mark.parametrize("size", [DESK, PHONE, FLAT], ids=["desk", "phone", "low"])
def test_no_sticky_bar_hides_the_focus(size, page, clinic, cast):
    alert = alerts.alert_of(clinic.new(**URGENT).submission)
    sign_in(page, cast.clara)
    page.set_viewport_size(size)
    for address in (alerts.page(alert), assess_page(alert.referral)):
        for key in ("Tab", "Shift+Tab"):
            page.goto(address)
            for _stop in range(70):
                page.keyboard.press(key)
                at = focused(page)
                if at["tag"] == "BODY":
                    break
                assert at["seen"] and not page.evaluate(COVERED), (
                    f"{key} on {address}: the focus on {at} can't be seen"
                )


def test_without_javascript_an_alert_is_taken_handed_over_let_go_and_closed(without_javascript, clinic, cast):
    alert = alerts.alert_of(clinic.new(**URGENT).submission)
    page: Page = without_javascript()
    sign_in(page, cast.cora)
    page.goto(alerts.page(alert))
    press(page, "I am on it")
    page.get_by_label("Hand over to").select_option("Clara")
    press(page, "Hand over")
    expect(page.get_by_text("Clara was asked to take it over")).to_be_visible()
    press(page, "Let go")
    expect(page.get_by_text("Nobody is on it", exact=True)).to_be_visible()
    press(page, "I am on it")
    page.get_by_label("Spoke with the person").check()
    page.get_by_label("What was said and agreed").fill("Safe at home, sister is there.")
    press(page, "Close the alert: 1 answer")
    expect(page.get_by_text("Closed by Cora")).to_be_visible()
    kinds = list(AlertEntry.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["taken", "asked", "let_go", "taken", "closed"]
