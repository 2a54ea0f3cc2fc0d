"""The page of an alert: who is on it and who else looks, whom to call, one filled button, and why nothing was done."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from intake.models import Submission
from intake.questionnaire.intake import INTAKE
from tests.conftest import RECORD, URGENT
from tests.pages import flat
from tests.treatments.alerts import LIST, alert_of, close, page
from tests.treatments.test_alerts import abandoned_draft, says
from treatments.models import Alert, AlertEntry, Event, OnCallNotice
from treatments.triage.alerts import hand_over_alert, let_go_alert, take_alert
from treatments.triage.risk import assess_risk
from treatments.workflow import Refused

SCREEN = {"safety.cssrs": {"q1": "yes", "q2": "yes", "q3": "yes", "q4": "no", "q5": "no"}}


@pytest.fixture
def alert(clinic) -> Alert:
    return alert_of(clinic.new(**URGENT).submission)


@pytest.fixture
def coras(alert, clinic) -> Alert:
    """Cora is on it."""
    take_alert(alert=alert, actor=clinic.cast.cora)
    return alert_of(alert)


def kinds() -> list[str]:
    return list(AlertEntry.objects.order_by("pk").values_list("kind", flat=True))


# --- Who else has it open -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("minutes", "told"), [(4, True), (6, False)])
def test_who_else_loaded_the_page_within_five_minutes_has_it_open(minutes, told, alert, clinic, signed_in):
    clara, cora = signed_in(clinic.cast.clara), signed_in(clinic.cast.cora)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        clara.get(page(alert))
        clock.shift(timedelta(minutes=minutes))
        assert ("Clara has it open now, since " in flat(cora.get(page(alert)))) == told


def test_nobody_is_told_of_their_own_look_or_of_looks_at_another_alert(alert, clinic, signed_in):
    cora = signed_in(clinic.cast.cora)
    signed_in(clinic.cast.clara).get(page(abandoned_draft()))
    for _time in range(2):
        assert "has it open now" not in flat(cora.get(page(alert)))


# --- Handing over, letting go -----------------------------------------------------------------------------------


def test_whoever_is_on_it_hands_it_over_by_name_and_stays_on_it_until_the_other_is(coras, clinic, signed_in):
    cora, clara = signed_in(clinic.cast.cora), signed_in(clinic.cast.clara)
    assert "Hand over to" not in flat(clara.get(page(coras)))
    sent = {"to": clinic.cast.clara.pk, "seen_version": coras.newest.pk}
    shown = flat(cora.post(f"{page(coras)}hand_over_alert/", sent, follow=True))
    assert "You asked them to take it over. It is yours until they do." in shown
    assert "Clara was asked to take it over" in shown and "Until they are on it, Cora is." in shown
    assert alert_of(coras).taken.by == clinic.cast.cora
    assert "asks Clara to take over" in flat(cora.get(LIST))
    clara.post(
        f"{page(coras)}take_alert/", {"seen_version": coras.newest.pk, "over": alert_of(coras).taken.pk}
    )
    assert (alert_of(coras).taken.by, alert_of(coras).asked) == (clinic.cast.clara, None)
    assert Event.objects.get(kind="hand_over_alert").note == "Clara was asked to take it over."


def test_asking_the_same_colleague_twice_is_once_and_another_one_replaces_them(coras, clinic):
    for name in ("clara", "clara", "carl"):
        hand_over_alert(alert=coras, actor=clinic.cast.cora, to=getattr(clinic.cast, name))
    assert kinds() == ["taken", "asked", "asked"]
    assert alert_of(coras).asked.to == clinic.cast.carl


@pytest.mark.parametrize("name", ["cora", "tess", "olive"])
def test_an_alert_is_handed_to_nobody_who_may_not_handle_it_and_not_to_oneself(
    name, coras, clinic, signed_in
):
    to = getattr(clinic.cast, name)
    with pytest.raises(Refused, match="Choose a colleague who may handle safety alerts"):
        hand_over_alert(alert=coras, actor=clinic.cast.cora, to=to)
    client, sent = signed_in(clinic.cast.cora), {"to": to.pk, "seen_version": coras.newest.pk}
    assert client.post(f"{page(coras)}hand_over_alert/", sent).status_code == 200
    without = flat(client.post(f"{page(coras)}hand_over_alert/", {"seen_version": coras.newest.pk}))
    assert "Nothing was done yet. Please correct what is marked below." in without
    assert "Choose who should take it over." in without
    assert kinds() == ["taken"]


def test_whoever_lets_go_is_no_longer_on_it_and_it_rings_at_once(coras, clinic, signed_in):
    soon, rest = timezone.now() + timedelta(minutes=1), timedelta(hours=1)
    OnCallNotice.objects.create(alarm=coras.newest, channel="mail", due_at=timezone.now())
    assert not OnCallNotice.objects.due(soon, rest).exists()
    client = signed_in(clinic.cast.cora)
    sent = {"to": "", "seen_version": coras.newest.pk}
    shown = flat(client.post(f"{page(coras)}let_go_alert/", sent, follow=True))
    assert "You are no longer on it." in shown and "Nobody is on it" in shown
    assert alert_of(coras).taken is None
    assert OnCallNotice.objects.due(soon, rest).count() == 1
    let_go_alert(alert=coras, actor=clinic.cast.cora)
    assert kinds() == ["taken", "let_go"]
    take_alert(alert=coras, actor=clinic.cast.carl)
    assert not OnCallNotice.objects.due(soon, rest).exists()
    assert alert_of(coras).taken.by == clinic.cast.carl


@pytest.mark.parametrize("action", ["hand_over_alert", "let_go_alert"])
def test_from_a_page_of_before_somebody_took_it_over_neither_happens(action, coras, clinic, signed_in):
    take_alert(alert=coras, actor=clinic.cast.carl, over=coras.taken.pk)
    sent = {"to": clinic.cast.clara.pk, "seen_version": coras.newest.pk}
    answer = signed_in(clinic.cast.cora).post(f"{page(coras)}{action}/", sent)
    assert answer.status_code == 409
    assert "Carl is on it, since " in flat(answer) and "only they hand it over or let it go." in flat(answer)
    assert (kinds(), alert_of(coras).taken.by) == (["taken", "taken"], clinic.cast.carl)


def test_who_takes_over_what_was_let_go_meanwhile_is_on_it(coras, clinic):
    over = coras.taken.pk
    let_go_alert(alert=coras, actor=clinic.cast.cora)
    take_alert(alert=coras, actor=clinic.cast.carl, over=over)
    assert alert_of(coras).taken.by == clinic.cast.carl


def test_what_nobody_is_on_or_is_closed_is_not_handed_over(alert, clinic):
    asked = {"alert": alert, "actor": clinic.cast.cora}
    with pytest.raises(Refused, match="Nobody is on this alert"):
        hand_over_alert(**asked, to=clinic.cast.clara)
    close(alert, clinic.cast.cora)
    for action, more in ((hand_over_alert, {"to": clinic.cast.clara}), (let_go_alert, {})):
        with pytest.raises(Refused, match="This alert is closed"):
            action(**asked, **more)
    assert kinds() == ["closed"]


@pytest.mark.parametrize("name", ["tess", "olive", "adam", "sid"])
def test_only_the_desk_hands_over_or_lets_go(name, coras, clinic, signed_in):
    stranger = getattr(clinic.cast, name)
    with pytest.raises(PermissionDenied):
        hand_over_alert(alert=coras, actor=stranger, to=clinic.cast.clara)
    with pytest.raises(PermissionDenied):
        let_go_alert(alert=coras, actor=stranger)
    for action in ("hand_over_alert", "let_go_alert"):
        sent = {"to": clinic.cast.clara.pk, "seen_version": coras.newest.pk}
        assert signed_in(stranger).post(f"{page(coras)}{action}/", sent).status_code in (403, 404)
    assert kinds() == ["taken"]


def test_the_database_names_who_was_asked_and_nobody_elsewhere(coras, clinic):
    for kind, to in (("asked", None), ("note", clinic.cast.clara)):
        with pytest.raises(IntegrityError), transaction.atomic():
            AlertEntry.objects.create(
                submission_id=coras.pk, by=clinic.cast.cora, newest_alarm=coras.newest, kind=kind, to=to
            )


# --- One filled button --------------------------------------------------------------------------------------------


def filled(shown: str) -> list[str]:
    return re.findall(r'<button[^>]*class="only-button"[^>]*>\s*([^<]*?)\s*</button>', shown)


def test_the_one_filled_button_takes_it_and_then_closes_it(alert, clinic, signed_in):
    cora, carl = signed_in(clinic.cast.cora), signed_in(clinic.cast.carl)
    assert filled(flat(cora.get(page(alert)))) == ["I am on it"]
    take_alert(alert=alert, actor=clinic.cast.cora)
    for client in (cora, carl):
        assert filled(flat(client.get(page(alert)))) == ["Close the alert: 1 answer"]
    hand_over_alert(alert=alert, actor=clinic.cast.cora, to=clinic.cast.carl)
    assert filled(flat(carl.get(page(alert)))) == ["Take it over from Cora"]
    close(alert, clinic.cast.carl)
    assert filled(flat(cora.get(page(alert)))) == []


def test_who_may_only_read_alerts_has_no_button(coras, clinic, signed_in):
    clinic.cast.sid.user_permissions.add(Permission.objects.get(codename="view_alert"))
    shown = flat(signed_in(clinic.cast.sid).get(page(coras)))
    assert "Cora, since " in shown
    for words in ("I am on it", "Take it over", "Hand over", "Let go", "Close the alert", "Add a note"):
        assert words not in shown


# --- Whom to call, and what was answered -------------------------------------------------------------------------


def test_numbers_stand_in_the_order_to_call_with_what_is_safe_there(clinic, signed_in):
    given = {"safety.number_today": "+1 212 555 0199", "safety.where_now": "at home, 3rd floor"}
    contact = {"about.emergency_name": "Robin", "about.emergency_relation": "sister"}
    number = {"about.emergency_phone": "+1 212 555 0108", "about.text_ok": "no"}
    alert = alert_of(clinic.new(**URGENT, **given, **contact, **number).submission)
    shown = flat(signed_in(clinic.cast.cora).get(page(alert)))
    order = shown[shown.index("Call, in this order") :]
    today, ordinary, emergency, police = re.findall(r"<li>(.*?)</li>", order)[:4]
    assert today == '<a href="tel:+12125550199">+1 212 555 0199</a> today&#x27;s number'
    assert ordinary.endswith("ordinary number; voice ok, no text")
    assert emergency.endswith("emergency contact; Robin, sister, may be called in an emergency")
    assert police.startswith("911, welfare check: “at home, 3rd floor”")


def test_the_header_says_who_the_person_is_and_how_to_reach_them(alert, clinic, signed_in):
    about = alert.current["about"]
    shown = flat(signed_in(clinic.cast.cora).get(page(alert)))
    assert "<bdi>Test Person</bdi>" in shown
    assert re.search(r"<span>\d+, born [A-Z][a-z]{2} \d+, \d{4}</span>", shown)
    assert f'<a href="mailto:{about["email"]}">' in shown
    assert alert.reference in shown
    # A page title never names a person.
    assert "<title>Safety alert |" in shown


def test_of_the_suicide_screen_what_was_not_answered_is_no_no(clinic, signed_in):
    alert = alert_of(clinic.new(**SCREEN).submission)
    shown = flat(signed_in(clinic.cast.cora).get(page(alert)))
    answered = shown[shown.index("What the person answered") : shown.index("What was done")]
    assert answered.count("<dd>Not answered</dd>") == 1
    assert answered.count("<dd>Yes</dd>") == 3
    other = alert_of(clinic.new(**URGENT).submission)
    assert "<dd>Not answered</dd>" not in flat(signed_in(clinic.cast.cora).get(page(other)))


# --- Why nothing was done ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seen", [None, "", "odd", "-1", str(2**40)])
def test_a_closing_from_a_page_that_does_not_say_what_it_showed_says_why_and_keeps_the_words(
    seen, coras, clinic, signed_in
):
    client, address = signed_in(clinic.cast.cora), f"{page(coras)}close_alert/"
    sent = {"reached": "person", "done": "sister is with them"}
    answer = client.post(address, sent if seen is None else {**sent, "seen_version": seen})
    shown = flat(answer)
    assert answer.status_code == 409
    assert "The alert was not closed. The page you sent did not say which answers you had seen." in shown
    assert shown.index("The alert was not closed.") < shown.index("What the person answered")
    assert "sister is with them" in shown
    assert kinds() == ["taken"]
    again = answer.context["forms"]["close_alert"]["seen_version"].value()
    client.post(address, {**sent, "seen_version": again})
    assert kinds() == ["taken", "closed"]


def test_a_closing_with_a_part_missing_says_so_at_the_top(coras, clinic, signed_in):
    sent = {"done": "sister is with them", "seen_version": coras.newest.pk}
    shown = flat(signed_in(clinic.cast.cora).post(f"{page(coras)}close_alert/", sent))
    assert "The alert was not closed. Please correct what is marked below." in shown
    assert shown.index("The alert was not closed.") < shown.index("What the person answered")


def test_a_closing_of_what_another_closed_says_that_newer_answers_keep_it_open(clinic, signed_in):
    alert = abandoned_draft()
    seen = alert.newest.pk
    close(alert, clinic.cast.cora)
    says(alert, 3)
    sent = {"reached": "person", "done": "spoke with them", "seen_version": seen}
    shown = flat(signed_in(clinic.cast.carl).post(f"{page(alert)}close_alert/", sent, follow=True))
    assert "Cora closed this alert first. What you wrote was kept as a note." in shown
    assert "New unsafe answers keep the alert open." in shown
    assert alert_of(alert).open_now


# --- Closed by a clinician's assessment ----------------------------------------------------------------------------


def test_an_alert_that_an_assessment_closed_shows_what_was_judged_and_planned(alert, clinic, signed_in):
    tomorrow = timezone.now() + timedelta(days=1)
    plan = {**RECORD, "next_steps": "Sister stays the night."}
    check = {"next_check_at": tomorrow, "next_check_by": clinic.cast.clara}
    assess_risk(
        referral=alert.referral,
        actor=clinic.cast.clara,
        recorded=plan,
        **{"level": "high", "how": "phone", "hold": "keep", **check},
    )
    shown = flat(signed_in(clinic.cast.cora).get(page(alert)))
    done = shown[shown.index("What was done") :]
    for words in ("Clinician: High", "<bdi>Clara</bdi>", "Spoke by phone", "hold kept"):
        assert words in done, words
    assert "Plan: Sister stays the night." in done
    assert f"Next check {timezone.localtime(tomorrow):%b} {timezone.localtime(tomorrow).day}, " in done
    assert AlertEntry.objects.get().text == "Closed by the clinician's risk assessment."


def test_an_assessment_explains_no_closing_but_its_own(alert, clinic, signed_in):
    close(alert, clinic.cast.cora, "called, safe at home")
    asked = {"recorded": RECORD, "level": "low", "how": "phone", "hold": "keep"}
    assess_risk(referral=alert.referral, actor=clinic.cast.clara, **asked)
    shown = flat(signed_in(clinic.cast.cora).get(page(alert)))
    assert "called, safe at home" in shown and "Closed by this risk assessment" not in shown


def test_the_alert_of_a_draft_says_what_was_done_in_words(clinic, signed_in):
    alert = close(abandoned_draft(), clinic.cast.cora, "called, safe at home")
    shown = flat(signed_in(clinic.cast.cora).get(page(alert)))
    assert "called, safe at home" in shown and "No clinician has assessed the risk yet." in shown
    draft = Submission.objects.get(pk=alert.pk)
    Submission.save_page(draft.pk, INTAKE.by_slug["name"], {"about": {"first_name": "<i>Pat</i>"}})
    assert "<bdi>&lt;i&gt;Pat&lt;/i&gt;</bdi>" in flat(signed_in(clinic.cast.cora).get(page(alert)))
