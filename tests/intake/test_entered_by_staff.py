"""Staff enter an intake for a person on the phone: the same pages, their own draft, who did it on record."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.entry import ENTRY_KEY
from intake.models import Alarm, Submission
from tests.conftest import GROUP_OF
from tests.intake import pat
from tests.intake.screen import buttons, names
from treatments.models import Event, Referral
from treatments.triage.phone_entry import begin_entry, give_up_entry, open_entry

ENTER = reverse("admin:treatments_referral_enter")
BANNER = "Clinic staff are entering this form for a person on the phone."
UNFINISHED = "You have an unfinished intake. Go on with it, or give it up first."


@pytest.fixture
def cora(cast, signed_in) -> Client:
    return signed_in(cast.cora)


def begin(client: Client) -> Submission:
    assert client.post(ENTER, {"do": "begin"}).url == reverse("intake:tasks")
    return Submission.objects.get(pk=client.session[ENTRY_KEY]["draft"])


def fill(client: Client, **pages) -> None:
    for slug, told in pat.PAGES.items():
        changes = pages.get(slug.replace("-", "_"), {})
        assert client.post(pat.address(slug), {**told, **changes}).status_code == 302, slug


# --- The whole way ------------------------------------------------------------------------------------


def test_staff_enter_an_intake_from_the_worklist_to_the_referral(
    cora, cast, django_capture_on_commit_callbacks
):
    worklist = cora.get(reverse("admin:treatments_referral_changelist")).content.decode()
    assert ENTER in worklist and "Enter an intake" in worklist
    assert "Begin" in cora.get(ENTER).content.decode()
    draft = begin(cora)
    assert (draft.source, draft.entered_by) == ("phone", cast.cora)
    fill(cora)
    with django_capture_on_commit_callbacks(execute=True):
        assert pat.send(cora).url == reverse("intake:done")
    done = cora.get(reverse("intake:done")).content.decode()
    assert BANNER in done and f'href="{ENTER}"' in done
    referral = Referral.objects.get()
    page = reverse("admin:treatments_referral_change", args=[referral.pk])
    assert cora.get(ENTER).url == page
    assert ENTRY_KEY not in cora.session
    received = referral.events.get(kind="received")
    assert (received.actor, received.details) == (cast.cora, {"source": "phone"})
    told = cora.get(page).content.decode()
    assert "Entered by staff on the phone" in told
    assert referral.cssrs == "none"
    assert Event.objects.get(kind="entry_begun").actor == cast.cora


@pytest.mark.parametrize("slug", ["consent", "mood", "medicines-tried", "helper"])
def test_every_page_says_that_staff_are_entering_it(slug, cora):
    begin(cora)
    assert BANNER in cora.get(pat.address(slug)).content.decode()


@pytest.mark.parametrize("name", ["tasks", "check", "start"])
def test_the_pages_around_the_questions_say_it_too(name, cora):
    begin(cora)
    page = cora.get(reverse(f"intake:{name}")).content.decode()
    assert BANNER in page
    assert "Save and leave" not in page


@pytest.mark.parametrize("slug", ["mood", "medicines-tried"])
def test_staff_leave_a_page_for_the_list_of_parts_and_are_not_offered_to_come_back_later(slug, cora):
    begin(cora)
    found = buttons(cora.get(pat.address(slug)).content.decode())
    assert "tasks" in found and "later" not in found
    entry = reverse("intake:entry", args=["medicines-tried", pat.KEY])
    assert "later" not in buttons(cora.get(entry).content.decode())
    patient = Client()
    pat.begin(patient)
    assert "later" in buttons(patient.get(entry).content.decode())


def test_a_patient_sees_no_such_banner(client, db):
    pat.begin(client)
    assert BANNER not in client.get(pat.address("mood")).content.decode()


def test_an_unsafe_answer_rings_and_interrupts_as_for_the_person(cora):
    draft = begin(cora)
    response = pat.save(cora, "thoughts", **{"safety-cssrs-q2": "yes"})
    assert response.url == reverse("intake:help", args=["thoughts"])
    assert BANNER in cora.get(response.url).content.decode()
    assert Alarm.objects.filter(submission=draft).exists()


def test_the_same_mistakes_are_shown(cora):
    begin(cora)
    page = cora.post(pat.address("name"), {"about-first_name": "Pat"})
    assert (page.status_code, bool(page.context["form"].errors)) == (200, True)


# --- One at a time, and never another's ---------------------------------------------------------------


def test_the_draft_is_not_the_patients_draft_of_that_browser(cora):
    own = pat.begin(cora)
    pat.save(cora, "name", about__first_name="Own")
    entered = begin(cora)
    assert entered != own
    pat.save(cora, "name", about__first_name="Called")
    cora.post(reverse("intake:leave"))
    pat.save(cora, "reason")
    own.refresh_from_db()
    entered.refresh_from_db()
    assert own.answers["about"]["first_name"] == "Own" and "reason" in own.answers
    assert entered.answers["about"]["first_name"] == "Called" and "reason" not in entered.answers


def test_a_page_left_open_in_another_tab_is_stale_after_leaving(cast):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.cora)
    token = strict.get(ENTER).context["csrf_token"]
    strict.post(ENTER, {"do": "begin", "csrfmiddlewaretoken": str(token)})
    open_tab = str(strict.get(pat.address("name")).context["csrf_token"])
    strict.post(reverse("intake:leave"), {"csrfmiddlewaretoken": open_tab})
    told = {**pat.PAGES["name"], "csrfmiddlewaretoken": open_tab}
    assert strict.post(pat.address("name"), told).status_code == 403


def test_a_staff_member_has_one_unfinished_intake_and_can_go_on_with_it(cora, cast):
    draft = begin(cora)
    assert begin(cora) == draft  # the button pressed twice
    pat.save(cora, "name")
    response = cora.post(ENTER, {"do": "begin"})
    assert (response.status_code, UNFINISHED in response.content.decode()) == (409, True)
    assert cora.post(reverse("intake:leave")).url == ENTER
    assert cora.get(reverse("intake:tasks")).status_code == 404
    assert "Go on with it" in cora.get(ENTER).content.decode()
    cora.post(ENTER, {"do": "go_on"})
    assert pat.shown(cora.get(pat.address("name")))["about-first_name"] == ["Pat"]
    assert Submission.objects.count() == 1


def test_an_unfinished_intake_is_given_up_and_its_alarms_stay(cora, cast):
    draft = begin(cora)
    pat.save(cora, "past", **{"safety-harm_to_others": "yes"})
    for _twice in range(2):
        assert cora.post(ENTER, {"do": "give_up"}).url == ENTER
    draft.refresh_from_db()
    assert (draft.entered_by, draft.is_draft, draft.alarms.count()) == (None, True, 1)
    assert Event.objects.filter(kind="entry_left", actor=cast.cora).count() == 1
    assert cora.get(pat.address("name")).status_code == 404
    assert begin(cora) != draft


def test_what_was_given_up_elsewhere_takes_no_more_answers(cora, cast):
    own = pat.begin(cora)
    draft = begin(cora)
    give_up_entry(actor=cast.cora)
    response = pat.save(cora, "name")
    assert response.status_code == 410
    assert BANNER in response.content.decode()
    assert [Submission.objects.get(pk=each.pk).answers for each in (own, draft)] == [pat.BEGUN, {}]
    assert cora.post(reverse("intake:start")).url == ENTER


def test_an_expired_one_stands_in_nobodys_way(cora, cast):
    old = begin(cora)
    with time_machine.travel(timezone.now() + timedelta(days=40), tick=False):
        cora.force_login(cast.cora)
        assert open_entry(actor=cast.cora) is None
        assert begin(cora) != old


def test_the_database_keeps_one_unfinished_intake_for_each_of_the_staff(cast):
    Submission.begin_entering(by=cast.cora, language="en")
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.begin_entering(by=cast.cora, language="en")
    Submission.begin_entering(by=cast.carl, language="en")


# --- Who may ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", GROUP_OF)
def test_only_coordinators_enter_intakes(name, cast, signed_in):
    person = getattr(cast, name)
    client = signed_in(person)
    if GROUP_OF[name] == "Coordinators":
        assert begin(client).entered_by == person
    else:
        assert client.get(ENTER).status_code == 403
        assert client.post(ENTER, {"do": "begin"}).status_code == 403
        for deed in (begin_entry, give_up_entry):
            with pytest.raises(PermissionDenied):
                deed(actor=person)
        assert not Submission.objects.exists()


def test_a_stranger_is_asked_to_sign_in(client, db):
    assert client.get(ENTER).url.startswith(reverse("admin:login"))


def test_who_loses_the_right_or_signs_out_can_not_go_on(cora, cast):
    draft = begin(cora)
    cast.cora.groups.clear()
    assert cora.get(pat.address("name")).status_code == 404
    assert pat.save(cora, "name").status_code == 410
    cora.logout()
    assert cora.get(pat.address("name")).status_code == 404
    draft.refresh_from_db()
    assert draft.answers == {}


def test_another_of_the_staff_in_the_same_browser_does_not_get_the_draft(cora, cast):
    begin(cora)
    cora.force_login(cast.carl)
    assert cora.get(pat.address("name")).status_code == 404
    assert open_entry(actor=cast.carl) is None


def test_no_way_back_by_mail_or_code_is_made_for_an_entered_form(cora):
    begin(cora)
    pat.save(cora, "name")
    for name in ("later", "code", "come-back", "link"):
        assert cora.get(reverse(f"intake:{name}")).url == reverse("intake:tasks")
    for name in ("mail-link", "make-code"):
        assert cora.post(reverse(f"intake:{name}")).url == reverse("intake:tasks")


# --- Who answers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("filled_by", "level"), [("self", "none"), ("family", "incomplete")])
def test_the_suicide_screen_counts_as_the_persons_own_unless_the_helper_page_says_otherwise(
    filled_by, level, cora, django_capture_on_commit_callbacks
):
    begin(cora)
    pat.save(cora, "helper", **{"about-filled_by": filled_by})
    fill(cora)
    with django_capture_on_commit_callbacks(execute=True):
        pat.send(cora)
    assert Referral.objects.get().cssrs == level


def test_the_language_to_speak_is_asked_on_the_phone_alone(cora, client):
    draft = begin(cora)
    pat.begin(client)
    address = pat.address("contact")
    assert "language" in names(cora.get(address).content.decode())
    assert "language" not in names(client.get(address).content.decode())
    pat.save(cora, "contact", language="es")
    draft.refresh_from_db()
    assert draft.spoken == "es"
