"""A superuser reads no patient until they break the glass: with a reason, for an hour, in sight of the privacy officer."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.test import Client, override_settings
from django.utils import timezone

from intake.models import OutgoingMail
from tests.conftest import fresh
from tests.pages import flat
from treatments.figures.to_review import to_review
from treatments.models import Event
from treatments.triage.emergency import break_glass, mend_glass, open_until
from treatments.workflow import Refused

LIST = "/admin/treatments/referral/"
PAGE = "/admin/emergency/"
WHY = "The desk's accounts do not work and a patient called."


@pytest.fixture
def root(cast) -> User:
    return User.objects.create_superuser("root", first_name="Root", password="correct horse battery")


@pytest.fixture
def browser(root, signed_in) -> Client:
    return signed_in(root)


def test_a_superuser_reads_nothing_by_default(browser, clinic):
    referral = clinic.new(**{"about.last_name": "Canarybird"})
    for address in (
        LIST,
        f"{LIST}{referral.pk}/",
        "/admin/treatments/event/",
        "/admin/treatments/tmsconsult/",
    ):
        response = browser.get(address)
        assert response.status_code in (403, 404), address
        assert "Canarybird" not in response.content.decode()
    assert "Emergency access" in flat(browser.get("/admin/"))


@pytest.mark.parametrize("end", ["claim/", "note/", "brief/", "document/"])
def test_a_superuser_does_nothing_by_default(browser, clinic, end):
    referral = clinic.new()
    assert browser.post(f"{LIST}{referral.pk}/{end}", {"seen_version": 0, "note": "x"}).status_code in (
        403,
        404,
    )
    assert fresh(referral).version == referral.version


def test_with_the_glass_broken_they_read_everything_for_an_hour_and_each_look_is_on_record(
    browser, root, clinic
):
    referral = clinic.new()
    assert browser.post(PAGE, {"do": "break", "reason": WHY}).status_code == 302
    page = browser.get(f"{LIST}{referral.pk}/")
    assert page.status_code == 200
    assert "you read everything, and the privacy officers know" in flat(page)
    assert referral.events.get(kind="opened").actor == root
    with time_machine.travel(timezone.now() + timedelta(minutes=14)):
        assert browser.get(LIST).status_code == 200
    with override_settings(IDLE_MINUTES=60):
        with time_machine.travel(timezone.now() + timedelta(minutes=59)):
            assert browser.get(LIST).status_code == 200
        with time_machine.travel(timezone.now() + timedelta(minutes=60, seconds=1)):
            assert browser.get(LIST).status_code == 403


@override_settings(SENDS_MAIL=True)
def test_the_privacy_officer_is_told_at_once_and_has_it_to_review(browser, root, cast, signed_in):
    User.objects.filter(pk=cast.olive.pk).update(email="olive@example.org")
    browser.post(PAGE, {"do": "break", "reason": WHY})
    assert OutgoingMail.objects.filter(to="olive@example.org").count() == 1
    olive = signed_in(cast.olive)
    (item,) = [each for each in to_review(cast.olive).items if each.why == "rights"]
    page = f"/admin/treatments/event/{item.newest}/review/rights/"
    review = flat(olive.get(page))
    assert "Emergency access begun" in review and WHY.replace("'", "&#x27;") in review
    assert olive.post(page, {"reason": "agreed by phone"}).status_code == 302
    assert "rights" not in {each.why for each in to_review(fresh(cast.olive)).items}


def test_it_ends_when_its_superuser_ends_it(browser, root):
    browser.post(PAGE, {"do": "break", "reason": WHY})
    assert browser.post(PAGE, {"do": "mend"}).status_code == 302
    assert browser.get(LIST).status_code == 403
    mend_glass(actor=root)
    assert Event.objects.filter(kind="glass_mended").count() == 1


@pytest.mark.parametrize("reason", ["", "   ", "because", " " * 40])
def test_without_a_reason_the_glass_stays_whole(browser, root, reason):
    assert browser.post(PAGE, {"do": "break", "reason": reason}).status_code in (200, 409)
    with pytest.raises(Refused):
        break_glass(actor=root, reason=reason)
    assert browser.get(LIST).status_code == 403


def test_nobody_but_a_superuser_breaks_it(cast, signed_in):
    for person in cast:
        assert signed_in(person).post(PAGE, {"do": "break", "reason": WHY}).status_code == 403
        with pytest.raises(PermissionDenied):
            break_glass(actor=person, reason=WHY)


def test_an_ended_superuser_does_not_break_it(root):
    User.objects.filter(pk=root.pk).update(is_active=False)
    with pytest.raises(PermissionDenied):
        break_glass(actor=root, reason=WHY)


def test_one_superusers_glass_opens_nothing_for_another(root):
    other = User.objects.create_superuser("other")
    break_glass(actor=root, reason=WHY)
    assert open_until(root, timezone.now()) is not None
    assert open_until(other, timezone.now()) is None


def test_the_mark_taken_off_in_memory_is_never_stored(browser, root):
    browser.get("/admin/")
    sent = {"old_password": "correct horse battery", "new_password1": WHY, "new_password2": WHY}
    browser.post("/admin/password_change/", sent)
    assert fresh(root).is_superuser and fresh(root).check_password(WHY)
    root.was_superuser, root.is_superuser = True, False
    with pytest.raises(TypeError):
        root.save()
