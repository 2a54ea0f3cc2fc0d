"""The desk as staff see it: no axe violation, light and dark, at a desk and on a phone; nothing scrolls sideways."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.walk import PASSWORD, click, follow, press
from tests.conftest import CLINICIAN_FIRST_FOR_TMS, SAME_DAY, URGENT
from tests.documents import FULLEST, NEARLY_EMPTY
from treatments.catalog import TREATMENTS
from treatments.triage.risk import assess_risk
from treatments.workflow.risk import PARTS

AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {390: {"width": 390, "height": 844}, 1280: {"width": 1280, "height": 900}}
LIST = "/admin/treatments/referral/"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def come_in(page: Page, person) -> None:
    page.set_viewport_size(SIZES[1280])
    person.set_password(PASSWORD)
    person.save()
    page.goto("/admin/")
    page.get_by_label("Username").fill(person.username)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Log in")
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


def faults_of(page: Page) -> list[str]:
    """What axe finds, and by how much the page is too wide."""
    page.evaluate(AXE)
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}}).then(told => told.violations.map("
        "each => each.id + ': ' + each.nodes.map(node => node.html.slice(0, 120)).join(' | ')))",
        TAGS,
    )
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return found + ([f"{wide} px too wide"] if wide > 0 else [])


@pytest.fixture
def some_work(clinic) -> dict:
    """A day's work: an urgent hold, one ready to route, one with a team."""
    routed = clinic.routed("tms", **CLINICIAN_FIRST_FOR_TMS)
    return {
        "urgent": clinic.new(**URGENT),
        "held": clinic.new(**SAME_DAY),
        "mine": clinic.in_review(),
        "consult": routed.consults.get(),
    }


def test_the_desk_has_no_axe_violation_and_never_scrolls_sideways(open_page, cast, some_work, look):
    mine, held, consult = some_work["mine"], some_work["held"], some_work["consult"]
    visits = {
        cast.cora: [
            "/admin/",
            LIST,
            f"{LIST}?show=all&q={mine.reference}",
            f"{LIST}{mine.pk}/",
            f"{LIST}{mine.pk}/brief/",
            f"{LIST}{mine.pk}/route/",
            f"{LIST}{mine.pk}/close/",
            "/admin/treatments/alert/",
        ],
        cast.clara: [f"{LIST}{held.pk}/assess_risk/"],
        cast.tess: [
            "/admin/",
            "/admin/treatments/tmsconsult/",
            f"/admin/treatments/tmsconsult/{consult.pk}/",
            f"/admin/treatments/tmsconsult/{consult.pk}/brief/",
            f"/admin/treatments/tmsconsult/{consult.pk}/transfer/",
        ],
        cast.olive: ["/admin/treatments/event/"],
    }
    for person, addresses in visits.items():
        page = open_page()
        come_in(page, person)
        for address in addresses:
            page.goto(address)
            look(page, f"{address} of {person.username}")


def test_the_switch_in_the_header_makes_a_light_desk_dark_and_nothing_unreadable(open_page, cast, some_work):
    page = open_page()
    come_in(page, cast.cora)
    page.goto(LIST)
    page.get_by_role("button", name=re.compile("Toggle theme")).click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert faults_of(page) == []
    page.goto(f"{LIST}{some_work['mine'].pk}/")
    assert faults_of(page) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_filters_stand_in_one_fold_above_the_table_and_the_chosen_one_as_a_chip(
    open_page, cast, some_work, width
):
    page = open_page()
    come_in(page, cast.cora)
    page.set_viewport_size(SIZES[width])
    page.goto(LIST)
    expect(page.locator("nav.filters")).to_be_hidden()
    page.locator("summary", has_text="Filter").click()
    expect(page.locator("nav.filters")).to_be_visible()
    above = page.locator("nav.filters").bounding_box()
    assert above["y"] + above["height"] <= page.locator("#result_list").bounding_box()["y"]
    follow(page, "Urgent")
    assert "hold__exact=urgent" in page.url
    click(page.locator("a.chip"))
    assert "hold__exact" not in page.url


def test_filters_survive_a_referral_a_action_and_the_way_back(open_page, cast, some_work):
    page = open_page()
    come_in(page, cast.cora)
    page.goto(f"{LIST}?hold__exact=urgent&show=all")
    click(page.get_by_role("link", name=some_work["urgent"].reference))
    follow(page, "Claim")
    press(page, "Claim")
    expect(page.get_by_text("You are now handling this referral.")).to_be_visible()
    click(page.get_by_label("Breadcrumbs").get_by_role("link", name="Worklist"))
    assert "hold__exact=urgent" in page.url and "show=all" in page.url


def test_a_reference_never_wraps_and_titles_are_plain(open_page, cast, some_work):
    page = open_page()
    come_in(page, cast.cora)
    page.goto(LIST)
    expect(page.get_by_role("heading", level=1)).to_have_text("Worklist")
    assert page.locator(".field-person .reference").first.bounding_box()["height"] < 30
    come_in(team := open_page(), cast.tess)
    team.goto("/admin/treatments/tmsconsult/")
    expect(team.get_by_role("heading", level=1)).to_have_text("TMS consults")


@pytest.mark.parametrize("key", TREATMENTS)
def test_the_brief_fits_one_page_of_either_paper(open_page, cast, clinic, some_work, key):
    page = open_page()
    come_in(page, cast.cora)
    fullest = clinic.new(**FULLEST)
    nearly_empty = clinic.new(**NEARLY_EMPTY)
    assess_risk(
        referral=fullest,
        actor=cast.clara,
        recorded=dict.fromkeys(PARTS, "Said at length. " * 20),
        **{"level": "high", "how": "phone", "hold": "keep"},
        next_check_at=timezone.now() + timedelta(hours=20),
        next_check_by=cast.clara,
    )
    for referral in (some_work["mine"], some_work["consult"].referral, fullest, nearly_empty):
        page.goto(f"{LIST}{referral.pk}/brief/?for={key}")
        for paper in ("A4", "Letter"):
            made = page.pdf(format=paper)
            assert len(re.findall(rb"/Type\s*/Page\b", made)) == 1, (referral.pk, paper)
