"""The pages around the sign-in: a link, a second factor, an emergency, and what happens when nobody is at the screen."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.browser.test_every_admin_page import visit
from tests.browser.walk import PASSWORD, follow, press, sign_in
from treatments.triage.accounts import give_link

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NEW = "a quiet lantern by the river"


def test_an_account_is_made_and_its_owner_sets_a_password_by_the_link(
    page, open_page, cast, look, live_server
):
    sign_in(page, cast.adam)
    page.goto("/admin/auth/user/add/")
    page.get_by_label("First name").fill("Nell")
    page.get_by_label("User name").fill("nell")
    page.get_by_label("TMS team").check()
    press(page, "Make the account")
    look(page, "the link")
    link = page.locator(".one-link").inner_text()
    other = open_page()
    other.goto(link.replace("http://localhost:8000", live_server.url))
    look(other, "set a password")
    other.get_by_label("New password", exact=True).fill(NEW)
    other.get_by_label("New password, once more").fill(NEW)
    press(other, "Set the password")
    expect(other.get_by_text("Your password is set.")).to_be_visible()
    look(other, "the sign-in")


def test_somebody_adds_an_authenticator_app_and_signs_in_with_it(page, cast, look, settings):
    settings.STAFF_SECOND_FACTOR = True
    fill_in_sign_in(page, cast.cora)
    look(page, "second factors, none yet")
    follow(page, "Add an authenticator app")
    look(page, "is it you")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Go on")
    look(page, "the app")
    secret = page.locator(".qr + p code").inner_text()
    page.get_by_label("Authenticator code").fill(code_of(secret))
    press(page, "Add the app")
    expect(page.locator(".codes code")).to_have_count(10)
    look(page, "recovery codes")
    factors = "/admin/factors/"
    keys = [f"{factors}webauthn/", f"{factors}webauthn/add/"]
    visit(page, look, [factors, *keys, f"{factors}recovery-codes/generate/", f"{factors}totp/deactivate/"])
    press(page, "Log out")
    fill_in_sign_in(page, cast.cora)
    look(page, "the second factor")
    page.get_by_label("Code").fill(code_of(secret, later=1))
    press(page, "Log in")
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


def test_a_superuser_breaks_the_glass_and_mends_it(page, cast, look):
    root = User.objects.create_superuser("root", first_name="Root", password=PASSWORD)
    sign_in(page, root)
    follow(page, "Emergency access")
    look(page, "emergency access")
    page.get_by_label("Why must you read patients now?").fill("The desk's accounts do not work.")
    press(page, "Begin emergency access")
    expect(page.get_by_text("you read everything, and the privacy officers know")).to_be_visible()
    look(page, "the glass broken")
    follow(page, "End it")
    press(page, "End emergency access")
    expect(page.get_by_text("Emergency access has ended.")).to_be_visible()


def test_nobody_at_the_screen_is_warned_and_then_sees_nothing_of_the_page(page, clinic, cast, look):
    referral = clinic.in_review()
    page.clock.install()
    sign_in(page, cast.cora)
    page.goto(f"/admin/treatments/referral/{referral.pk}/note/")
    page.get_by_role("textbox").first.fill("Typed before the telephone rang")
    page.clock.fast_forward("13:30")
    expect(page.get_by_text("You will be signed out soon.")).to_be_visible()
    look(page, "the warning")
    press(page, "Stay signed in")
    expect(page.get_by_text("You will be signed out soon.")).to_be_hidden()
    page.clock.fast_forward("15:10")
    expect(page.get_by_text("You are signed out, because nobody was at the screen.")).to_be_visible()
    expect(page.get_by_role("textbox").first).to_be_hidden()
    press(page, "Sign in and go on")
    expect(page.get_by_text("Typed before the telephone rang")).to_be_visible()


def fill_in_sign_in(page: Page, person: User) -> None:
    page.goto("/admin/")
    page.get_by_label("Username").fill(person.username)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Log in")


def code_of(secret: str, later: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def test_a_link_that_works_no_more_says_so(page, cast, look, live_server):
    link = give_link(account=cast.cora, actor=cast.adam).replace("http://localhost:8000", live_server.url)
    give_link(account=cast.cora, actor=cast.adam)
    page.goto(link)
    expect(page.get_by_text("This link does not work, or not any more.")).to_be_visible()
    look(page, "a dead link")
