"""Recording what somebody says: the page, what it saves and keeps, who reads of it, and what it never does."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from intake.models import Amendment
from tests.conftest import URGENT, fresh, written_to
from tests.intake.screen import names, words
from tests.treatments import alerts
from treatments.models import Referral
from treatments.triage.alerts import take_alert
from treatments.triage.record_answer import record_answer
from treatments.workflow import Refused

pytestmark = pytest.mark.django_db

ASKED = {"safety.cssrs": {}, "health.stroke": "not_sure"}  # the rules wait for both
YES = {"safety-cssrs-q1": "no", "safety-cssrs-q2": "yes"}


@pytest.fixture
def referral(clinic) -> Referral:
    return clinic.in_review(**{"health.seizure_ever": "not_sure"})


@pytest.fixture
def cora(clinic, signed_in):
    return signed_in(clinic.cast.cora)


def page_of(referral: Referral) -> str:
    return reverse("admin:treatments_referral_record_answer", args=[referral.pk])


def call(**more: object) -> dict:
    now = timezone.localtime()
    return {
        **{"as_told_by": "patient", "how": "phone", "birth_date_said": "on", "began": now.isoformat()},
        **{"said_at_0": f"{now:%Y-%m-%d}", "said_at_1": f"{now:%H:%M}"},
        **more,
    }


def send(client, referral: Referral, button: str = "", **more: object):
    """A page that is open, with these answers on it, and a button of it."""
    sent = {"seen_version": fresh(referral).version, **call(), **more, **({button: "1"} if button else {})}
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post(page_of(referral), sent)


SHOWN = {"shown": "safety=safety.cssrs safety=safety.harm_to_others tms=health.seizure_ever"}


# --- The page ----------------------------------------------------------------------------------------------


def test_the_questions_that_the_rules_wait_for_come_first_with_the_patients_own_choices(referral, cora):
    html = cora.get(page_of(referral)).content.decode()
    assert "health-seizure_ever" in names(html)
    assert "Does not know" in words(html)
    assert "health-stroke" not in names(html)


def test_any_other_question_is_found_and_shown_and_what_was_typed_stays(referral, cora):
    html = cora.get(page_of(referral)).content.decode()
    assert 'value="health.stroke"' in html and "health-stroke" not in names(html)
    more = {
        **SHOWN,
        "health-seizure_ever": "yes",
        "words-health-seizure_ever": "",
        "change": ["health.stroke"],
    }
    answer = send(cora, referral, "show", **more)
    html = answer.content.decode()
    assert "health-stroke" in names(html)
    assert answer.context["form"].said.initial["health-seizure_ever"] == "yes"
    assert not Amendment.objects.exists()


def test_what_was_chosen_by_mistake_is_left_open_again_without_a_script(referral, cora):
    html = cora.get(page_of(referral)).content.decode()
    assert "Leave open" in words(html)
    kept = send(cora, referral, "show", **SHOWN, **{"health-seizure_ever": ""})
    assert not kept.context["form"].said.initial.get("health-seizure_ever")
    send(cora, referral, **SHOWN, **{"health-seizure_ever": ""})
    assert not Amendment.objects.exists()
    assert fresh(referral).submission.current["health"]["seizure_ever"] == "not_sure"


def test_an_answer_given_before_stays_where_it_is_left_open(referral, cora):
    before = referral.submission.current["health"]["stroke"]
    send(cora, referral, change=["health.stroke"], **{"health-stroke": "", "words-health-stroke": ""})
    assert fresh(referral).submission.current["health"]["stroke"] == before


def test_its_title_says_of_which_referral(referral, cora):
    assert (
        f"<title>Record answers, referral {referral.reference} |"
        in cora.get(page_of(referral)).content.decode()
    )


def test_consent_is_never_offered(referral, cora):
    assert 'value="consent.' not in cora.get(page_of(referral)).content.decode()


def test_the_whole_page_is_saved_and_each_answer_says_who_said_it_and_what_it_was_before(
    referral, cora, clinic
):
    answer = send(
        cora,
        referral,
        change=["health.stroke"],
        **{"health-stroke": "yes", "words-health-stroke": "In 2019."},
    )
    assert answer.status_code == 302
    told = Amendment.objects.get()
    assert (told.kind, told.by, told.how, told.as_told_by) == ("told", clinic.cast.cora, "phone", "patient")
    assert told.notes == {"health.stroke": "In 2019."}
    text = words(cora.get(answer.url).content.decode())
    today = f"{timezone.localdate():%b}"
    assert "said by phone" in text and today in text and "by the patient; recorded by Cora" in text
    assert "(before: No)" in text and "In 2019." in text


def test_somebody_else_is_named(referral, cora):
    answer = send(cora, referral, change=["health.stroke"], as_told_by="family", **{"health-stroke": "no"})
    assert answer.status_code == 200 and "informant" in answer.context["form"].errors
    send(
        cora,
        referral,
        change=["health.stroke"],
        as_told_by="family",
        informant="Ann, sister",
        **{"health-stroke": "no"},
    )
    text = words(cora.get(reverse("admin:treatments_referral_change", args=[referral.pk])).content.decode())
    assert "by Ann, sister (family); recorded by Cora" in text


def test_a_list_that_was_not_on_the_page_is_not_emptied(referral, cora):
    trials = referral.submission.current["antidepressants"]["trials"]
    both = ["antidepressants.trials", "health.stroke"]
    send(cora, referral, change=both, **{"health-stroke": "no"})
    assert fresh(referral.submission).current["antidepressants"]["trials"] == trials
    answer = send(cora, referral, "show", change=["antidepressants.trials"])
    said = answer.context["form"].said
    assert said["antidepressants-trials-0-drug"].value() == trials[0]["drug"]


def test_the_words_beside_a_question_of_the_dictionary_have_their_own_field(referral, cora):
    more = {"health-seizure_ever": "yes", "health-seizure_details": "Once, at twelve."}
    send(cora, referral, change=["health.seizure_ever"], **more)
    assert fresh(referral.submission).current["health"]["seizure_details"] == "Once, at twelve."


# --- Safety -------------------------------------------------------------------------------------------------


def test_safety_is_saved_by_its_own_button_and_the_page_says_so_on_top_and_keeps_the_rest(
    referral, cora, clinic
):
    answer = send(cora, referral, "safety", **SHOWN, **YES, **{"health-seizure_ever": "no"})
    assert answer.status_code == 200
    assert "Alert raised" in words(answer.content.decode()) and "You are on it." in words(
        answer.content.decode()
    )
    assert set(Amendment.objects.get().changes) == {
        f"safety.cssrs.{key}" for key in ("q1", "q2", "q3", "q4", "q5", "q6", "q6_recent")
    }
    assert answer.context["form"].said.initial["health-seizure_ever"] == "no"
    assert alerts.alert_of(referral.submission).taken.by == clinic.cast.cora
    assert fresh(referral).standing_hold != "none"


def test_the_rest_is_saved_from_the_same_page_and_rings_no_second_time(referral, cora):
    first = send(cora, referral, "safety", **SHOWN, **YES)
    form = first.context["form"]
    more = {
        "began": form["began"].value(),
        "shown": form["shown"].value(),
        "seen_version": fresh(referral).version,
    }
    answer = send(
        cora,
        referral,
        **YES,
        **more,
        **{"health-seizure_ever": "no", "safety-cssrs-q3": "no", "safety-cssrs-q4": "no"},
    )
    assert answer.status_code == 302
    assert referral.submission.alarms.count() == 1
    assert fresh(referral.submission).current["safety"]["cssrs"] == {
        "q1": "no",
        "q2": "yes",
        "q3": "no",
        "q4": "no",
    }
    assert fresh(referral.submission).current["health"]["seizure_ever"] == "no"


def test_sent_twice_it_is_saved_once(referral, cora):
    sent = {"seen_version": referral.version, **call(), **SHOWN, **YES, "safety": "1"}
    for _time in range(2):
        assert cora.post(page_of(referral), sent).status_code == 200
    assert Amendment.objects.count() == 1 and referral.events.filter(kind="record_answer").count() == 1


def test_an_unsafe_answer_waits_for_no_fault_beside_it(referral, cora):
    more = {"change": ["history.episode_months"], "history-episode_months": "many"}
    answer = send(cora, referral, **SHOWN, **YES, **more)
    assert answer.status_code == 200
    assert "Alert raised" in words(answer.content.decode())
    assert answer.context["form"].said.errors
    assert referral.submission.alarms.count() == 1


def test_an_unsafe_answer_waits_for_no_question_that_was_left_out(referral, cora):
    answer = send(
        cora, referral, "safety", **SHOWN, **YES, **{"safety-cssrs-q6": "no", "safety-cssrs-q6_recent": "yes"}
    )
    assert "Ask this one first" in words(answer.content.decode())
    assert sorted(alarm.danger for alarm in referral.submission.alarms.all()) == [
        "cssrs_q2",
        "cssrs_q6_recent",
    ]
    assert answer.context["form"].said["safety-cssrs-q6"].value() == "no"


def test_who_is_on_the_alert_stays_on_it(clinic, cora):
    referral = clinic.in_review(**URGENT)
    take_alert(actor=clinic.cast.clara, alert=alerts.alert_of(referral.submission))
    answer = send(cora, referral, "safety", **SHOWN, **YES)
    assert "Clara" in words(answer.content.decode()) and "is on it." in words(answer.content.decode())
    assert alerts.alert_of(referral.submission).taken.by == clinic.cast.clara


def test_the_suicide_screen_is_the_persons_alone(referral, cora):
    for other in ({"as_told_by": "family", "informant": "Ann"}, {"how": "message"}):
        answer = send(cora, referral, "safety", **{**SHOWN, **YES, **other})
        assert answer.status_code == 200 and "as_told_by" in answer.context["form"].errors
    assert not Amendment.objects.exists()


def test_a_hold_ends_by_no_answer(clinic, cora):
    referral = clinic.in_review(**{"safety.harm_to_others": "yes"})
    alerts.close(alerts.alert_of(referral.submission), clinic.cast.cora)
    before = fresh(referral).hold
    send(cora, referral, change=["safety.harm_to_others"], **{"safety-harm_to_others": "no"})
    assert fresh(referral).submission.current["safety"]["harm_to_others"] == "no"
    assert (fresh(referral).hold, fresh(referral).is_assessed) == (before, True)


# --- A message ----------------------------------------------------------------------------------------------


def test_a_correction_that_came_as_a_message_is_recorded_from_it(referral, cora):
    written_to(referral, "I did have a stroke.", at=timezone.now() - timedelta(hours=1))
    message = referral.submission.messages.get()
    answer = cora.get(f"{page_of(referral)}?message={message.pk}")
    assert "I did have a stroke." in words(answer.content.decode())
    form = answer.context["form"]
    assert (form["how"].value(), form["as_told_by"].value()) == ("message", "patient")
    opened = cora.get(reverse("admin:treatments_referral_change", args=[referral.pk])).content.decode()
    assert f"record_answer/?message={message.pk}" in opened


@pytest.mark.parametrize("number", ["0", "999999", "x", "9" * 40])
def test_no_other_message_opens_it(number, referral, cora):
    assert cora.get(f"{page_of(referral)}?message={number}").context["message"] is None


# --- Substance use -------------------------------------------------------------------------------------------


@pytest.fixture
def without_grant(clinic, signed_in):
    """Somebody who records answers and may not read those on substance use."""
    group = Group.objects.create(name="Desk without the grant")
    rights = ("view_referral", "record_answer", "handle_alert")
    group.permissions.set(Permission.objects.filter(codename__in=rights))
    person = User.objects.create_user("nell", first_name="Nell", is_staff=True)
    person.groups.add(group)
    return signed_in(person), person


def test_who_may_not_read_substance_use_is_offered_none_of_it_and_records_none(clinic, without_grant):
    client, person = without_grant
    referral = clinic.in_review(**{"consent.substance_use_agreed": "yes"})
    assert "substances" not in client.get(page_of(referral)).content.decode()
    answer = send(client, referral, change=["substances.cannabis"], **{"substances-cannabis": "daily"})
    assert answer.status_code in (200, 409)
    with pytest.raises(Refused, match="only to questions that you may read"):
        record_answer(
            referral=referral, actor=person, given={"substances.cannabis": "daily"},
            as_told_by="patient", how="phone",
        )  # fmt: skip
    assert not Amendment.objects.exists()


def test_two_pages_that_differ_in_protected_answers_alone_are_the_same_to_them(clinic, without_grant):
    client, _person = without_grant
    pages = []
    for said in ("yes", "no"):
        referral = clinic.in_review(
            **{"consent.substance_use_agreed": "yes", "substances.recent_binge": said}
        )
        html = client.get(page_of(referral)).content.decode()
        pages.append([name for name in names(html) if name not in ("csrfmiddlewaretoken", "began")])
    assert pages[0] == pages[1]


@pytest.mark.parametrize("agreed", ["no", "not_sure"])
def test_of_who_has_not_agreed_no_substance_use_is_recorded(agreed, clinic, cora):
    referral = clinic.in_review(**{"consent.substance_use_agreed": agreed})
    assert 'value="substances.' not in cora.get(page_of(referral)).content.decode()
    with pytest.raises(Refused):
        record_answer(
            referral=referral, actor=clinic.cast.cora, given={"substances.cannabis": "daily"},
            as_told_by="patient", how="phone",
        )  # fmt: skip


# --- The action ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"said_at": timedelta(minutes=5)}, "still to come"),
        ({"said_at": -timedelta(days=400)}, "sent only after"),
        ({"as_told_by": "family"}, "name and place"),
        ({"given": {}}, "at least one"),
        ({"given": {"consent.agreed": True}}, "questions that may be answered"),
        ({"given": {"about.first_name": "Pam"}}, "why the name"),
        ({"of_message": 77}, "not of this person"),
    ],
)
def test_what_it_refuses(wrong, sentence, referral, clinic):
    asked = {"given": {"health.stroke": "no"}, "as_told_by": "patient", "how": "phone", **wrong}
    if "said_at" in asked:
        asked["said_at"] = timezone.now() + asked["said_at"]
    with pytest.raises(Refused, match=sentence):
        record_answer(referral=referral, actor=clinic.cast.cora, **asked)
    assert not Amendment.objects.exists()


def test_a_name_that_changes_is_found_by_the_desk(referral, clinic):
    record_answer(
        referral=referral, actor=clinic.cast.cora, given={"about.last_name": "Zebrowski"},
        notes={"about.last_name": "Married."}, as_told_by="patient", how="room",
    )  # fmt: skip
    assert fresh(referral).last_name == "Zebrowski"


def test_what_was_asked_of_the_patient_and_is_said_by_phone_is_asked_no_longer(clinic):
    referral = clinic.awaiting_patient()
    asked = {"given": {"health.stroke": "no"}, "as_told_by": "patient", "how": "phone"}
    record_answer(referral=referral, actor=clinic.cast.cora, **asked)
    assert fresh(referral).state == "awaiting_patient"
    asked["given"] = {"history.episode_months": 31}
    record_answer(referral=fresh(referral), actor=clinic.cast.cora, **asked)
    assert (fresh(referral).state, fresh(referral).answer_by) == ("in_review", None)
    assert referral.submission.questions.get().end == "answered"
