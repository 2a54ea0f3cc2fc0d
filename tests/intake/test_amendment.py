"""Answering what the clinic asks: only the asked fields, as an amended version over untouched answers."""

import copy

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from intake import document
from intake.fields import FIELDS, Kind
from intake.forms.asked_again import AskedForm
from intake.models import Amendment, Question
from intake.questionnaire import amendments
from intake.questionnaire.intake import INTAKE
from tests.conftest import fresh
from tests.intake.screen import controls, links, names, summary, words
from tests.intake.test_status import STATUS, enter
from treatments.models import Referral
from treatments.triage.questions import ask_patient, cancel_question

pytestmark = pytest.mark.django_db

QUESTIONS, HELP = reverse("intake:questions"), reverse("intake:status-help")


def current(referral: Referral) -> dict:
    return fresh(referral.submission).current


# --- The page ---------------------------------------------------------------------------------------


def test_the_status_page_shows_the_message_and_leads_to_the_questions(asked, client):
    asked("health.stroke")
    text = words(client.get(STATUS).content.decode())
    assert "We have a question for you" in text and "Please tell us." in text


def test_only_the_asked_fields_are_shown(asked, client):
    asked("health.stroke", "history.episode_months")
    assert names(client.get(QUESTIONS).content.decode()) == {"health-stroke", "history-episode_months"}


def test_earlier_answers_are_not_shown(asked, client):
    asked("history.episode_months", "health.stroke", "about.phone")
    assert not any(
        value for values in controls(client.get(QUESTIONS).content.decode()).values() for value in values
    )


def test_only_the_asked_fields_can_be_changed_whatever_is_posted(asked, client):
    referral = asked("history.episode_months")
    everything = {
        "history-episode_months": "31",
        "health-stroke": "yes",
        "about-date_of_birth_year": "1950",
        "about-first_name": "Mallory",
        "consent-agreed": "",
        "safety-where_now": "here",
        "medicines-list-0-drug": "x",
        "medicines-list-count": "1",
        "history.psychiatric_admissions": "9",
        "language": "es",
    }
    before = copy.deepcopy(current(referral))
    assert client.post(QUESTIONS, everything).status_code == 302
    before["history"]["episode_months"] = 31
    assert current(referral) == before


def test_a_question_itself_takes_no_answer_that_was_not_asked(asked):
    referral = asked("history.episode_months")
    question = Question.open_of(referral.submission)
    question.answer({"history.episode_months": 31, "health.stroke": "yes", "about.first_name": "Mallory"})
    assert set(Amendment.objects.get().changes) == {"history.episode_months"}


def test_the_original_answers_stay_untouched_and_the_amendment_says_old_and_new(asked, client):
    referral = asked("history.episode_months", **{"history.episode_months": 14})
    sent = copy.deepcopy(referral.submission.answers)
    client.post(QUESTIONS, {"history-episode_months": "31"})
    submission = fresh(referral.submission)
    assert submission.answers == sent
    assert submission.current["history"]["episode_months"] == 31
    amendment = submission.amendments.get()
    assert amendment.changes == {"history.episode_months": [14, 31]}
    assert amendment.question.fields == ["history.episode_months"]


def test_a_question_left_blank_keeps_its_answer(asked, client):
    referral = asked("history.episode_months", "health.stroke", **{"history.episode_months": 14})
    client.post(QUESTIONS, {"health-stroke": "yes"})
    assert current(referral)["history"]["episode_months"] == 14
    assert set(Amendment.objects.get().changes) == {"health.stroke"}


def test_nothing_answered_is_not_sent(asked, client):
    referral = asked("history.episode_months", "health.stroke")
    response = client.post(QUESTIONS, {})
    assert response.status_code == 200
    assert "Answer at least one question" in response.content.decode()
    assert fresh(referral).state == "awaiting_patient"


def test_a_wrong_answer_is_told_at_the_field_and_keeps_what_was_typed(asked, client):
    asked("history.episode_months", "about.email", "reason.goals")
    told = {"history-episode_months": "many", "about-email": "nobody", "reason-goals": "Sleep."}
    response = client.post(QUESTIONS, told)
    html = response.content.decode()
    assert html.count("govuk-error-message") == 2
    assert {name: values[0] for name, values in controls(html).items()} == told


def test_later_amendments_lie_over_earlier_ones(asked, client, clinic):
    referral = asked("history.episode_months")
    client.post(QUESTIONS, {"history-episode_months": "31"})
    for months in (32, 33):
        ask_patient(
            referral=fresh(referral),
            actor=clinic.cast.cora,
            fields=["history.episode_months"],
            message="Really?",
        )
        assert client.post(QUESTIONS, {"history-episode_months": str(months)}).status_code == 302
    assert current(referral)["history"]["episode_months"] == 33
    assert [each.changes["history.episode_months"] for each in fresh(referral.submission).made_amendments()][
        1:
    ] == [
        [31, 32],
        [32, 33],
    ]


def test_the_export_gives_the_amended_document_and_it_is_sound(asked, client, capsys):
    referral = asked("history.episode_months", "health.bp_date")

    today = timezone.localdate()
    client.post(
        QUESTIONS,
        {
            "history-episode_months": "31",
            "health-bp_date_month": str(today.month),
            "health-bp_date_day": str(today.day),
            "health-bp_date_year": str(today.year),
        },
    )
    told = fresh(referral.submission).to_document()
    assert told["history"]["episode_months"] == 31
    assert told["submitted_on"] == today.isoformat()
    assert document.validate(told) == []
    call_command("export_intake", referral.reference)
    assert '"episode_months": 31' in capsys.readouterr().out


def test_sending_the_answers_twice_is_the_same_as_once(asked, client):
    referral = asked("history.episode_months")
    question = Question.open_of(referral.submission)
    client.post(QUESTIONS, {"history-episode_months": "31"})
    response = client.post(QUESTIONS, {"history-episode_months": "40"})
    assert response.url == STATUS
    assert question.answer({"history.episode_months": 50}) == Amendment.objects.get()
    assert current(referral)["history"]["episode_months"] == 31


def test_without_a_question_there_is_nothing_to_answer(clinic, client):
    enter(client, clinic.in_review().submission)
    assert client.get(QUESTIONS).url == STATUS
    assert client.post(QUESTIONS, {"health-stroke": "yes"}).url == STATUS
    assert not Amendment.objects.exists()


def test_an_answer_after_the_question_was_taken_back_is_told_so_and_changes_nothing(asked, client, clinic):
    referral = asked("health.stroke")
    cancel_question(referral=referral, actor=clinic.cast.cora)
    response = client.post(QUESTIONS, {"health-stroke": "yes"}, follow=True)
    assert "We no longer need an answer" in words(response.content.decode())
    assert not Amendment.objects.exists()


def test_the_database_holds_one_open_question_and_one_amendment_a_question(asked):
    referral = asked("health.stroke")
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.ask(referral.submission, message="Another?", fields=["health.fainting"])
    question = Question.open_of(referral.submission)
    question.answer({"health.stroke": "no"})
    with pytest.raises(IntegrityError), transaction.atomic():
        Amendment.objects.create(submission=referral.submission, question=question, changes={})


def test_answering_costs_few_queries(asked, client):
    asked("history.episode_months")
    with CaptureQueriesContext(connection) as spent:
        client.post(QUESTIONS, {"history-episode_months": "31"})
    work = [query["sql"] for query in spent if "SAVEPOINT" not in query["sql"]]
    assert len(work) <= 21, "\n".join(work)  # six of them tell the owner


# --- Kinds of questions -------------------------------------------------------------------------------


def test_every_field_that_may_be_asked_makes_a_form(clinic):
    answers = clinic.new().submission.current
    for _page, own in amendments.askable(answers, "cssrs"):
        for field in own:
            form = AskedForm([field.path], answers, today=timezone.localdate())
            assert form.blocks, field.path


def test_consent_the_birth_date_and_the_other_screen_are_never_asked():
    asked = {
        field.path
        for _page, own in amendments.askable({"consent": {"substance_use_agreed": "yes"}}, "cssrs")
        for field in own
    }
    every = {field.path for field in FIELDS}
    assert every - asked == {
        "about.date_of_birth",
        "safety.asq",
        "safety.where_now",
        "safety.number_today",
        *(field.path for field in FIELDS if field.section == "consent"),
    }


def test_a_questionnaire_is_asked_whole_with_nothing_chosen(asked, client):
    referral = asked("mood.phq9")
    html = client.get(QUESTIONS).content.decode()
    assert "checked" not in html
    assert str(INTAKE.by_slug["mood"].heading) in html
    told = {f"mood-phq9-{place}": "1" for place in range(8)}
    assert client.post(QUESTIONS, told).status_code == 200
    assert client.post(QUESTIONS, {**told, "mood-phq9-8": "0"}).status_code == 302
    assert current(referral)["mood"]["phq9"] == [1] * 8 + [0]


def test_a_yes_leads_to_help_at_once_and_then_brings_up_its_follow_ups(asked, client):
    referral = asked("safety.cssrs")
    page = client.get(QUESTIONS)
    assert names(page.content.decode()) == {"safety-cssrs-q1", "safety-cssrs-q2", "safety-cssrs-q6"}
    first = {"safety-cssrs-q1": "yes", "safety-cssrs-q2": "yes", "safety-cssrs-q6": "no", "shown": ""}
    assert client.post(QUESTIONS, first).url == HELP
    assert client.post(HELP, {}).url == QUESTIONS
    again = client.get(QUESTIONS)
    assert {"safety-cssrs-q3", "safety-cssrs-q4", "safety-cssrs-q5"} <= names(again.content.decode())
    assert fresh(referral).state == "awaiting_patient"
    rest = {f"safety-cssrs-q{number}": "no" for number in (3, 4, 5)}
    shown = {"shown": " ".join(again.context["form"].conditional)}
    assert (
        "error-summary" in client.post(QUESTIONS, {**shown, **rest, "safety-cssrs-q4": ""}).content.decode()
    )
    assert client.post(QUESTIONS, {**shown, **rest}).url == STATUS
    told = current(referral)["safety"]["cssrs"]
    assert {told[key] for key in ("q1", "q2")} == {"yes"}
    assert {told[key] for key in ("q3", "q4", "q5", "q6")} == {"no"}
    assert fresh(referral).state == "in_review"


def test_a_safe_answer_brings_up_its_follow_ups_before_anything_is_sent(asked, client):
    asked("history.episode_months", "other_treatments.ect", **{"other_treatments.ect": {"had": "no"}})
    told = {"other_treatments-ect-had": "yes", "shown": ""}
    assert "other_treatments-ect-now" in names(client.post(QUESTIONS, told).content.decode())
    assert not Amendment.objects.exists()


@pytest.mark.parametrize(
    ("path", "first", "rest"),
    [
        ("mood.phq9", "mood-phq9-3", [f"mood-phq9-{place}" for place in (0, 1, 2, 4, 5, 6, 7, 8)]),
        ("safety.cssrs", "safety-cssrs-q1", ["safety-cssrs-q2", "safety-cssrs-q6"]),
    ],
)
def test_a_questionnaire_left_blank_is_kept_and_one_that_was_begun_is_needed_whole(
    asked, client, path, first, rest
):
    referral = asked(path, "health.stroke")
    section, key = path.split(".")
    before = copy.deepcopy(current(referral)[section][key])
    value = "0" if section == "mood" else "no"
    told = {"health-stroke": "no", "shown": " ".join(client.get(QUESTIONS).context["form"].conditional)}
    response = client.post(QUESTIONS, {**told, first: value})
    assert response.status_code == 200
    found = [link[1:] for link in links(response.content.decode()) if link.startswith("#id_")]
    assert found == [f"id_{name}" for name in rest]
    assert client.post(QUESTIONS, told).url == STATUS
    assert current(referral)[section][key] == before
    assert set(Amendment.objects.get().changes) == {"health.stroke"}


def test_a_required_question_left_blank_is_kept_too(asked, client):
    referral = asked("about.first_name", "health.stroke")
    before = current(referral)["about"]["first_name"]
    assert client.post(QUESTIONS, {"about-first_name": "", "health-stroke": "no"}).url == STATUS
    assert current(referral)["about"]["first_name"] == before


def test_a_follow_up_that_may_be_skipped_is_shown_once_and_may_be_skipped(asked, client):
    referral = asked("other_treatments.tms", **{"other_treatments.tms": {"had": "no"}})
    told = {"other_treatments-tms-had": "yes", "shown": ""}
    again = client.post(QUESTIONS, told)
    assert again.status_code == 200
    shown = again.context["form"].conditional
    assert "other_treatments-tms-improvement" in shown
    assert client.post(QUESTIONS, {**told, "shown": " ".join(shown)}).status_code == 302
    assert current(referral)["other_treatments"]["tms"]["had"] == "yes"


TRIAL = {
    "drug": "sertraline",
    "dose_mg": 50,
    "weeks": None,
    "taken_most_days": "yes",
    "improvement": "under_25",
    "this_episode": "yes",
    "still_taking": "no",
    "added_to_another": "no",
    "stopped_because": "no_benefit",
}


def test_an_entry_of_an_asked_list_is_completed_and_another_one_added(asked, client):
    referral = asked("antidepressants.trials", **{"antidepressants.trials": [TRIAL]})
    told = {name: values[0] for name, values in controls(client.get(QUESTIONS).content.decode()).items()}
    assert told["antidepressants-trials-0-drug"] == "sertraline"
    told |= {"antidepressants-trials-0-weeks": "12", "antidepressants-trials-count": "1"}
    more = client.post(QUESTIONS, {**told, "add": "antidepressants-trials"})
    assert more.status_code == 200 and "error-summary" not in more.content.decode()
    assert "antidepressants-trials-1-drug" in names(more.content.decode())
    assert controls(more.content.decode())["antidepressants-trials-0-weeks"] == ["12"]
    told |= {"antidepressants-trials-count": "2", "antidepressants-trials-1-drug": "lithium"}
    assert client.post(QUESTIONS, told).status_code == 302
    trials = current(referral)["antidepressants"]["trials"]
    assert [trial["drug"] for trial in trials] == ["sertraline", "lithium"]
    assert trials[0] == {**TRIAL, "weeks": 12}
    assert document.validate(fresh(referral.submission).to_document()) == []


def test_an_entry_is_taken_out_and_one_without_a_name_is_refused(asked, client):
    referral = asked("antidepressants.trials", "health.stroke", **{"antidepressants.trials": [TRIAL, TRIAL]})
    told = {
        "antidepressants-trials-count": "3",
        "antidepressants-trials-0-drug": "sertraline",
        "antidepressants-trials-0-remove": "on",
        "antidepressants-trials-1-drug": "sertraline",
        "antidepressants-trials-1-dose_mg": "50",
        "antidepressants-trials-2-dose_mg": "20",
    }
    assert "error-summary" in client.post(QUESTIONS, told).content.decode()
    told["antidepressants-trials-2-dose_mg"] = ""
    assert client.post(QUESTIONS, told).status_code == 302
    assert len(current(referral)["antidepressants"]["trials"]) == 1


def test_a_list_left_as_it_is_says_nothing_new(asked, client):
    asked("medicines.allergies", "health.stroke", **{"medicines.allergies": [{"substance": "penicillin"}]})
    told = {
        "medicines-allergies-count": "1",
        "medicines-allergies-0-substance": "penicillin",
        "medicines-allergies-0-reaction": "",
        "health-stroke": "no",
    }
    assert client.post(QUESTIONS, told).status_code == 302
    assert set(Amendment.objects.get().changes) == {"health.stroke"}


@pytest.mark.parametrize("count", ["999999999999", "-1", "x", "", "9" * 3])
def test_a_count_that_was_tampered_with_breaks_nothing(asked, client, count):
    asked("medicines.allergies", "health.stroke")
    response = client.post(QUESTIONS, {"medicines-allergies-count": count, "health-stroke": "no"})
    assert response.status_code == 302


# --- Unsafe answers ----------------------------------------------------------------------------------


def test_an_unsafe_answer_raises_its_alarm_with_the_answer_and_leads_to_help(asked, client):
    referral = asked("safety.harm_to_others")
    response = client.post(QUESTIONS, {"safety-harm_to_others": "yes"})
    assert response.url == HELP
    alarm = referral.submission.alarms.get()
    assert (alarm.danger, alarm.amendment) == ("harm_to_others", Amendment.objects.get())
    page = client.get(HELP)
    assert page.status_code == 200
    assert "988" in page.content.decode() and "safety-where_now" in page.content.decode()


@pytest.mark.parametrize(("phone", "promised"), [("212 555 0142", True), ("", False)])
def test_a_call_is_promised_after_sending_only_where_there_is_a_number(asked, client, phone, promised):
    changes = {"about.phone": phone, "about.email": "pat@example.org"}
    asked("safety.harm_to_others", **changes)
    client.post(QUESTIONS, {"safety-harm_to_others": "yes"})
    text = words(client.get(HELP).content.decode())
    assert ("We will call you as soon as we have read this" in text) is promised
    assert ("Tell us a number, so that we can call you." in text) is not promised


def test_the_same_unsafe_answer_rings_again_when_it_is_asked_again(asked, client):
    referral = asked("safety.harm_to_others", **{"safety.harm_to_others": "yes"})
    assert referral.submission.alarms.count() == 1
    client.post(QUESTIONS, {"safety-harm_to_others": "yes"})
    assert referral.submission.alarms.count() == 2


FAULTY = {"mood-phq9-8": "2", "mood-phq9-0": "1", "history-episode_months": "many", "health-stroke": "yes"}


def test_an_unsafe_answer_beside_a_fault_rings_shows_help_and_leaves_the_question_open(asked, client):
    referral = asked("mood.phq9", "history.episode_months", "health.stroke")
    assert client.post(QUESTIONS, FAULTY).url == HELP
    kept = Amendment.objects.get()
    alarm = referral.submission.alarms.get(amendment=kept)
    assert (alarm.danger, kept.question) == ("phq9_item9", None)
    assert current(referral)["health"]["stroke"] == "yes"
    assert current(referral)["mood"]["phq9"] == [1, *[None] * 7, 2]
    assert Question.open_of(referral.submission) is not None
    assert (fresh(referral).state, fresh(referral).hold) == ("awaiting_patient", "same_day")
    assert client.get(HELP).status_code == 200
    assert client.post(HELP, {}).url == QUESTIONS
    assert "We kept the answers you gave just now" in words(client.get(QUESTIONS).content.decode())


def test_after_an_unsafe_answer_beside_a_fault_only_what_is_left_has_to_be_answered(asked, client):
    referral = asked("mood.phq9", "history.episode_months", "health.stroke")
    client.post(QUESTIONS, FAULTY)
    response = client.post(QUESTIONS, {"history-episode_months": "31"})
    assert len(summary(response.content.decode())) == 7
    rest = {f"mood-phq9-{place}": "0" for place in range(1, 8)}
    assert client.post(QUESTIONS, {"history-episode_months": "31", **rest}).status_code == 302
    assert current(referral)["mood"]["phq9"] == [1, *[0] * 7, 2]
    assert current(referral)["history"]["episode_months"] == 31
    assert current(referral)["health"]["stroke"] == "yes"
    assert referral.submission.alarms.count() == 1
    assert fresh(referral).state == "in_review"


def test_the_same_fault_sent_again_says_what_is_wrong_and_rings_once(asked, client):
    referral = asked("mood.phq9", "history.episode_months", "health.stroke")
    client.post(QUESTIONS, FAULTY)
    again = client.post(QUESTIONS, FAULTY)
    assert again.status_code == 200
    assert "Help is here at any time: call or text 988." in words(again.content.decode())
    assert referral.submission.alarms.count() == 1


def test_who_has_nothing_left_to_say_after_help_can_still_send(asked, client):
    referral = asked("safety.harm_to_others", "history.episode_months")
    told = {"safety-harm_to_others": "yes", "history-episode_months": "many"}
    assert client.post(QUESTIONS, told).url == HELP
    assert client.post(QUESTIONS, {}).status_code == 302
    assert fresh(referral).state == "in_review"
    assert current(referral)["safety"]["harm_to_others"] == "yes"


def test_a_fault_without_danger_keeps_nothing(asked, client):
    asked("history.episode_months", "health.stroke")
    client.post(QUESTIONS, {"history-episode_months": "many", "health-stroke": "yes"})
    assert not Amendment.objects.exists()


def test_an_entry_with_a_fault_is_not_kept_half(asked, client):
    referral = asked("antidepressants.trials", "mood.phq9", **{"antidepressants.trials": [TRIAL]})
    told = {name: values[0] for name, values in controls(client.get(QUESTIONS).content.decode()).items()}
    told |= {"antidepressants-trials-0-weeks": "a lot", "mood-phq9-8": "1"}
    assert client.post(QUESTIONS, told).url == HELP
    assert set(Amendment.objects.get().changes) == {"mood.phq9"}
    assert current(referral)["antidepressants"]["trials"] == [TRIAL]


def test_an_unsafe_answer_of_before_does_not_ring_for_an_answer_about_something_else(asked, client):
    referral = asked("history.episode_months", **{"safety.harm_to_others": "yes"})
    assert client.post(QUESTIONS, {"history-episode_months": "31"}).url == STATUS
    assert referral.submission.alarms.count() == 1


def test_where_the_person_is_reaches_staff_without_touching_what_was_sent(asked, client):
    referral = asked("safety.harm_to_others")
    client.post(QUESTIONS, {"safety-harm_to_others": "yes"})
    sent = copy.deepcopy(referral.submission.answers)
    response = client.post(
        HELP, {"safety-where_now": "At home", "safety-number_today": "", "safety-cssrs-q1": "no"}
    )
    assert response.url == STATUS
    assert current(referral)["safety"]["where_now"] == "At home"
    assert fresh(referral.submission).answers == sent
    assert fresh(referral).state == "in_review"


def test_a_second_click_on_an_unsafe_answer_leads_to_help_too(asked, client):
    asked("safety.harm_to_others")
    for _time in range(2):
        assert client.post(QUESTIONS, {"safety-harm_to_others": "yes"}).url == HELP


def test_the_help_page_is_for_after_an_unsafe_answer_only(asked, client):
    asked("health.stroke")
    client.post(QUESTIONS, {"health-stroke": "yes"})
    assert client.get(HELP).url == STATUS
    client.post(HELP, {"safety-where_now": "Elsewhere"})
    assert Amendment.objects.count() == 1


def test_if_the_clinics_side_fails_nothing_of_the_answer_is_half_kept(asked, client, monkeypatch):
    from treatments.triage import patient_updates

    def broken(*args):
        raise RuntimeError

    referral = asked("safety.harm_to_others")
    monkeypatch.setattr(patient_updates, "copy_person", broken)
    client.raise_request_exception = False
    assert client.post(QUESTIONS, {"safety-harm_to_others": "yes"}).status_code == 500
    assert not Amendment.objects.exists()
    assert fresh(referral).state == "awaiting_patient"


def test_no_score_or_level_stands_on_the_question_page(asked, client):
    asked("mood.phq9", "safety.cssrs", "history.episode_months")
    text = words(client.get(QUESTIONS).content.decode()).lower()
    for word in ("score", "severe", "moderate", "risk level", "urgent", "phq-9", "c-ssrs"):
        assert word not in text


def test_a_list_or_group_is_laid_over_whole():
    sent = {"safety": {"cssrs": {"q1": "no", "q2": "no"}}, "medicines": {"list": []}}
    changes = {
        "safety.cssrs.q2": ["no", "yes"],
        "medicines.list": [[], [{"drug": "x"}]],
        "health.stroke": [None, "no"],
    }
    assert amendments.overlay(sent, [changes]) == {
        "safety": {"cssrs": {"q1": "no", "q2": "yes"}},
        "medicines": {"list": [{"drug": "x"}]},
        "health": {"stroke": "no"},
    }
    assert sent == {"safety": {"cssrs": {"q1": "no", "q2": "no"}}, "medicines": {"list": []}}


def test_leaves_are_the_parts_of_a_group_and_the_field_itself_otherwise():
    assert "safety.cssrs.q2" in amendments.leaves(["safety.cssrs"])
    assert amendments.leaves(["mood.phq9", "health.stroke", "x.y"]) == ["mood.phq9", "health.stroke"]
    assert all(
        field.kind is not Kind.GROUP for field in FIELDS if field.path in amendments.leaves([field.path])
    )


def test_a_page_whose_safety_token_is_old_shows_again_what_was_typed(asked, client):
    asked("history.episode_months")
    client.handler.enforce_csrf_checks = True
    for page, told in (
        (QUESTIONS, {"history-episode_months": "31"}),
        (reverse("intake:message"), {"text": "I moved."}),
    ):
        response = client.post(page, told)
        assert response.status_code == 403
        shown = controls(response.content.decode())
        assert {name: shown[name][0] for name in told} == told
    assert not Amendment.objects.exists()


def test_help_after_sending_follows_the_kind_and_says_what_was_written(asked, client):
    asked("health.bp_systolic", "health.bp_diastolic")
    client.post(QUESTIONS, {"health-bp_systolic": "185/121"})
    text = words(client.get(HELP).content.decode())
    assert "That blood pressure is very high" in text and "You wrote 185/121." in text
    assert "Change it" not in text, "the question is answered: it can't be changed there any more"


def test_help_beside_a_fault_after_sending_leads_back_to_the_question_to_change_it(asked, client):
    asked("health.chest_pain_or_stroke_signs_now", "history.episode_months")
    told = {"health-chest_pain_or_stroke_signs_now": "yes", "history-episode_months": "many"}
    assert client.post(QUESTIONS, told).url == HELP
    html = client.get(HELP).content.decode()
    assert f'href="{QUESTIONS}">Change my answer' in html and "safety-" not in html


def test_where_the_person_is_is_never_shown_to_who_knows_a_date_of_birth(asked, client):
    asked("safety.harm_to_others", **{"safety.where_now": "12 Elm St", "safety.number_today": "212 555 0101"})
    client.post(QUESTIONS, {"safety-harm_to_others": "yes"})
    assert client.post(HELP, {"safety-where_now": "At the shelter"}).url == STATUS
    html = client.get(HELP).content.decode()
    assert "Elm" not in html and "shelter" not in html and "555 0101" not in html
    assert "ends in 0101" in words(html)
    assert "Where you are, and your number for today" in html, "folded, because it was said already"


def test_who_stops_after_sending_reads_when_we_call(asked, client):
    asked("safety.harm_to_others")
    client.post(QUESTIONS, {"safety-harm_to_others": "yes"})
    response = client.post(HELP, {"stop": "1"})
    assert response.url == STATUS
    assert "We will call you as soon as we have read this" in words(client.get(STATUS).content.decode())


def test_a_kind_that_was_shown_beside_a_fault_comes_as_a_box_and_a_new_one_as_a_page(asked, client):
    asked("mood.phq9", "safety.harm_to_others", "history.episode_months")
    assert client.post(QUESTIONS, FAULTY).url == HELP
    rest = {f"mood-phq9-{place}": "0" for place in range(1, 8)}
    worse = {"mood-phq9-8": "3", "history-episode_months": "31", **rest}
    response = client.post(QUESTIONS, {**worse, "safety-harm_to_others": "yes"})
    assert response.url == HELP
    assert "If you might hurt someone now" in words(client.get(HELP).content.decode())
