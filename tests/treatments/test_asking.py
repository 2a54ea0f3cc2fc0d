"""Asking the patient, what comes back, and what happens when nothing does."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.locations import settings_of
from intake.mail.sending import send_due_mail
from intake.models import Amendment, Message, OutgoingMail, Question
from tests.conftest import RECORD, SAME_DAY, Clinic, fresh, release_hold
from tests.documents import ABSENT
from tests.intake.screen import words
from tests.pages import flat
from treatments.models import Event, Referral
from treatments.reading import assessment
from treatments.triage.assessment import assess_referral
from treatments.triage.clinic_texts import change_text
from treatments.triage.closing import close, reopen
from treatments.triage.consults import return_consult
from treatments.triage.notes import add_note, deal_with
from treatments.triage.questions import ask_patient, cancel_question, sweep_unanswered
from treatments.triage.routing import route
from treatments.workflow import Attention, Hold, Refused

STALE = "Somebody else has changed this referral since you opened the page. Look at it again."
ASKED = {"fields": ["history.episode_months"], "message": "How long has this lasted?"}


def ask(
    clinic: Clinic, referral: Referral, *fields: str, message: str = "We have a question.", **more
) -> Referral:
    ask_patient(referral=referral, actor=clinic.cast.cora, fields=fields, message=message, **more)
    return fresh(referral)


def asked(clinic: Clinic, *fields: str, **changes) -> Referral:
    return ask(clinic, clinic.in_review(**changes), *(fields or ["history.episode_months"]))


def answer(referral: Referral, capture, **told) -> Referral:
    """The patient answers the open question; dots of paths are written as two underscores."""
    question = Question.open_of(referral.submission)
    with capture(execute=True):
        question.answer({path.replace("__", "."): value for path, value in told.items()})
    return fresh(referral)


def let_time_pass(referral: Referral, **columns) -> Referral:
    """As if asked so many days ago: the columns moved back by them."""
    for column, days in columns.items():
        setattr(referral, column, getattr(referral, column) - timedelta(days=days))
    referral.save()
    return fresh(referral)


# --- Asking -----------------------------------------------------------------------------------------


def test_the_owner_asks_and_the_ball_is_with_the_patient(clinic):
    referral = asked(clinic)
    assert referral.state == "awaiting_patient"
    question = Question.open_of(referral.submission)
    assert (question.message, question.fields) == ("We have a question.", ["history.episode_months"])
    event = referral.events.get(kind="ask_patient")
    assert (event.actor, event.note) == (clinic.cast.cora, "We have a question.")
    assert event.details["fields"] == ["history.episode_months"]


def test_a_referral_that_waits_for_its_patient_is_not_on_the_desk_but_has_a_date(clinic, settings):
    referral = asked(clinic)
    assert referral not in Referral.objects.needing_a_coordinator()
    assert referral in Referral.objects.awaiting_answer()
    question = Question.open_of(referral.submission)
    assert referral.chase_at - question.asked_at == timedelta(days=settings.ASK_CHASE_DAYS)
    assert referral.answer_by - question.asked_at == timedelta(days=settings.ASK_EXPIRE_DAYS)


@pytest.mark.parametrize("name", ["carl", "clara", "tess", "sam", "pia", "olive", "adam", "sid"])
def test_nobody_but_the_owner_asks(clinic, name):
    referral = clinic.in_review()
    person = getattr(clinic.cast, name)
    with pytest.raises(Refused if name == "carl" else PermissionDenied):
        ask_patient(referral=referral, actor=person, **ASKED)
    assert fresh(referral).state == "in_review"
    assert not Question.objects.exists()


@pytest.mark.parametrize("state", ["new", "awaiting_patient", "closed"])
def test_nobody_asks_about_a_referral_that_is_not_in_review(clinic, state):
    referral = clinic.referral(state)
    with pytest.raises(Refused):
        ask_patient(referral=referral, actor=clinic.cast.cora, message="Another?", fields=["health.stroke"])
    assert fresh(referral).state == state


# --- While a team has it -----------------------------------------------------------------------------


def asked_while_routed(clinic: Clinic) -> Referral:
    return ask(clinic, clinic.routed("tms"), "history.episode_months")


def test_a_question_leaves_the_referral_with_its_team_which_reads_the_answer(
    clinic, signed_in, django_capture_on_commit_callbacks
):
    referral = asked_while_routed(clinic)
    assert (referral.state, referral.consults.get().state) == ("routed", "waiting")
    assert referral in Referral.objects.awaiting_answer()
    referral = answer(referral, django_capture_on_commit_callbacks, history__episode_months=31)
    assert (referral.state, referral.answer_by) == ("routed", None)
    assert [flag for flag, _since in referral.standing_flags] == [Attention.ANSWERED]
    consult = referral.consults.get()
    page = reverse("admin:treatments_tmsconsult_change", args=[consult.pk])
    assert "31" in words(signed_in(clinic.cast.tess).get(page).content.decode())


def test_one_question_is_open_at_a_time_and_it_can_be_canceled_while_a_team_has_it(clinic):
    referral = asked_while_routed(clinic)
    with pytest.raises(Refused, match="open already"):
        ask(clinic, referral, "health.stroke")
    cancel_question(referral=referral, actor=clinic.cast.carl)
    assert (fresh(referral).state, fresh(referral).answer_by) == ("routed", None)


def test_no_answer_in_time_leaves_it_with_the_team_and_marks_it_for_the_desk(clinic, settings):
    referral = let_time_pass(asked_while_routed(clinic), answer_by=settings.ASK_EXPIRE_DAYS)
    assert sweep_unanswered() == 1
    referral = fresh(referral)
    assert (referral.state, referral.answer_by, referral.attention) == ("routed", None, "no_answer")


def test_a_question_stays_open_when_its_team_gives_the_consult_back(
    clinic, django_capture_on_commit_callbacks
):
    referral = asked_while_routed(clinic)
    return_consult(consult=referral.consults.get(), actor=clinic.cast.tess, reason="no_capacity", note="")
    referral = fresh(referral)
    assert (referral.state, referral.answer_by is None) == ("in_review", False)
    with pytest.raises(Refused, match="open already"):
        ask(clinic, referral, "health.stroke")
    referral = answer(referral, django_capture_on_commit_callbacks, history__episode_months=31)
    assert (referral.state, referral.answer_by) == ("in_review", None)


def test_only_its_owner_asks_while_a_team_has_it(clinic):
    with pytest.raises(Refused, match="Only they can ask"):
        ask_patient(referral=clinic.routed("tms"), actor=clinic.cast.carl, **ASKED)


# --- The page ----------------------------------------------------------------------------------------


def test_all_that_is_ticked_stands_open_in_one_list_before_it_is_sent(clinic, signed_in):
    referral = clinic.in_review(**{"health.seizure_ever": "not_sure"})
    html = signed_in(clinic.cast.cora).get(action(referral)).content.decode()
    form = html[html.index('<form method="post" novalidate') :]
    assert "<details" not in form[: form.index("</form>")]
    assert 'value="health.seizure_ever"' in form and "checked" in form


def test_a_sentence_is_put_into_the_message_and_sent_only_once_it_stands_there(clinic, signed_in, settings):
    settings.CLINIC = {**settings.CLINIC, "phone": "(555) 010-0199"}
    referral, cora = clinic.in_review(), signed_in(clinic.cast.cora)
    sent = {
        **{"seen_version": referral.version, "fields": ["health.stroke"], "message": "Hello."},
        **{"start": "question_by_phone", "note": "x"},
    }
    page = cora.post(action(referral), sent)
    assert page.status_code == 200 and "Put it into the message first" in page.content.decode()
    form = cora.post(action(referral), {**sent, "begin": "1"}).context["form"]
    start = "Would you like to answer by phone? Then call us at (555) 010-0199. You can also answer below."
    assert (form["message"].value(), form["start"].value(), form["note"].value()) == (
        f"Hello.\n\n{start}",
        "",
        "x",
    )
    assert form.initial["fields"] == ["health.stroke"] and not Question.objects.exists()
    none = cora.post(action(referral), {**sent, "start": "nothing", "begin": "1"}).context["form"]
    assert none["message"].value() == "Hello."
    assert cora.post(action(referral), {**sent, "message": start, "start": ""}).status_code == 302
    assert Question.objects.get().message == start


def test_sentences_are_in_the_language_of_the_person_and_as_the_clinic_has_written_them(clinic, signed_in):
    cora, adam = signed_in(clinic.cast.cora), clinic.cast.adam
    told = {"actor": adam, "key": "question_more", "seen": 0}
    change_text(language="es", body="Hola de {clinic}.", **told)
    change_text(language="en", body="Hello from {clinic}.", **told)
    name = settings_of(None).name
    for language, said in (("es", f"Hola de {name}."), ("en", f"Hello from {name}.")):
        referral = clinic.in_review(language=language)
        sent = {"seen_version": referral.version, "start": "question_more", "begin": "1", "message": ""}
        page = cora.post(action(referral), sent)
        assert page.context["form"]["message"].value() == said
        assert f'<dd lang="{language}">{said}</dd>' in flat(page)
        assert f"Hello from {name}." in flat(page), "staff read what it says"


def test_another_question_is_put_on_the_list_and_sent_only_once_it_stands_there(clinic, signed_in):
    referral = clinic.in_review()
    cora = signed_in(clinic.cast.cora)
    sent = {
        "seen_version": referral.version,
        "another": "health.stroke",
        "message": "Please say.",
        "fields": [],
    }
    for button in ({}, {"add": "1"}):
        page = cora.post(action(referral), {**sent, **button})
        assert page.status_code == 200 and not Question.objects.exists()
        form = page.context["form"]
        assert "health.stroke" in [value for value, _label in form.fields["fields"].choices]
    assert form["message"].value() == "Please say." and form.initial["fields"] == ["health.stroke"]
    done = cora.post(action(referral), {**sent, "another": "", "fields": ["health.stroke"]})
    assert done.status_code == 302
    assert Question.objects.get().fields == ["health.stroke"]


def test_asking_from_a_stale_page_is_refused(clinic):
    referral = clinic.in_review()
    add_note(referral=referral, actor=clinic.cast.carl, note="called in between")
    with pytest.raises(Refused, match=STALE):
        ask(clinic, referral, "history.episode_months", seen=referral.version)
    assert not Question.objects.exists()


def test_asking_twice_is_the_same_as_once(clinic):
    referral = clinic.in_review()
    ask(clinic, referral, "history.episode_months", seen=referral.version)
    ask(clinic, referral, "history.episode_months", seen=referral.version)
    assert Question.objects.count() == 1
    assert Event.objects.filter(kind="ask_patient").count() == 1


@pytest.mark.parametrize(
    ("fields", "message", "sentence"),
    [
        ([], "Hello", "Choose at least one question."),
        (["history.episode_months"], "  ", "Write a message to the patient."),
        (["about.date_of_birth"], "Hello", "Choose from the questions that this patient may be asked."),
        (["consent.agreed"], "Hello", "Choose from the questions that this patient may be asked."),
        (["safety.asq"], "Hello", "Choose from the questions that this patient may be asked."),
        (["nothing.known"], "Hello", "Choose from the questions that this patient may be asked."),
    ],
)
def test_what_can_not_be_asked_is_refused_with_a_sentence(clinic, fields, message, sentence):
    referral = clinic.in_review()
    with pytest.raises(Refused) as fault:
        ask(clinic, referral, *fields, message=message)
    assert str(fault.value) == sentence
    assert fresh(referral).state == "in_review"


def test_substance_use_is_not_asked_of_who_did_not_agree_to_it(clinic):
    referral = clinic.in_review(**{"consent.substance_use_agreed": "no", "substances": ABSENT})
    with pytest.raises(Refused):
        ask(clinic, referral, "substances.recent_binge")
    agreed = clinic.in_review()
    assert ask(clinic, agreed, "substances.recent_binge").state == "awaiting_patient"


# --- The page of the action --------------------------------------------------------------------------


def action(referral: Referral, kind: str = "ask_patient") -> str:
    return reverse("admin:treatments_referral_action", args=[referral.pk, kind])


def test_the_page_ticks_what_the_rules_could_not_decide_without(clinic, signed_in):
    referral = clinic.in_review(**{"health.stroke": "not_sure"})
    page = signed_in(clinic.cast.cora).get(action(referral))
    html = page.content.decode()
    assert page.status_code == 200
    assert 'value="health.stroke" id="id_fields_' in html
    form = page.context["form"]
    assert "health.stroke" in form.initial["fields"]
    assert "history.episode_months" not in form.initial["fields"]
    assert 'value="about.date_of_birth"' not in html


def test_the_page_asks_and_leads_back_to_the_referral(clinic, signed_in):
    referral = clinic.in_review()
    cora = signed_in(clinic.cast.cora)
    response = cora.post(action(referral), {**ASKED, "seen_version": referral.version})
    assert response.status_code == 302
    assert fresh(referral).state == "awaiting_patient"
    html = cora.get(response.url).content.decode()
    assert "How long has this lasted?" in html and "Cancel the question" in html


@pytest.mark.parametrize("name", ["clara", "tess", "olive", "adam", "sid", None])
def test_the_page_is_for_coordinators_only(clinic, signed_in, name):
    referral = clinic.in_review()
    client = signed_in(getattr(clinic.cast, name) if name else None)
    for response in (
        client.get(action(referral)),
        client.post(action(referral), {**ASKED, "seen_version": 0}),
    ):
        assert response.status_code in (302, 403, 404)
    assert fresh(referral).state == "in_review"


# --- Mail --------------------------------------------------------------------------------------------


def test_a_mail_says_only_that_a_question_waits(clinic):
    referral = asked(clinic, **{"about.email": "pat@example.org", "about.email_ok": "yes"})
    (waiting,) = OutgoingMail.objects.all()
    text = f"{waiting.subject} {waiting.body}".lower()
    about = referral.submission.answers["about"]
    for secret in (
        about["first_name"],
        about["last_name"],
        referral.reference,
        "depress",
        "health",
        "clinic",
    ):
        assert secret.lower() not in text
    assert reverse("intake:status") in waiting.body
    assert send_due_mail() == 1
    assert mail.outbox[0].to == ["pat@example.org"]


@pytest.mark.parametrize("changes", [{"about.email_ok": "no"}, {"about.email": ABSENT}])
def test_nobody_is_mailed_who_said_no_or_has_no_address(clinic, changes):
    asked(clinic, **changes)
    assert not OutgoingMail.objects.exists()


# --- The answer -------------------------------------------------------------------------------------


def test_an_answer_brings_the_referral_back_into_review_assessed_on_what_was_answered(
    clinic, django_capture_on_commit_callbacks
):
    referral = asked(clinic, "health.seizure_ever")
    assert referral.findings["tms"]["state"] != "clinician_first"
    referral = answer(referral, django_capture_on_commit_callbacks, health__seizure_ever="yes")
    assert referral.state == "in_review"
    assert referral.is_assessed and referral.findings["tms"]["state"] == "clinician_first"
    assert referral.attention == Attention.ANSWERED
    assert referral in Referral.objects.needing_a_coordinator()
    assert referral.chase_at is None and referral.answer_by is None
    assert Question.objects.get().end == "answered"
    event = referral.events.get(kind="answered")
    assert (event.actor, event.from_state, event.to_state) == (None, "awaiting_patient", "in_review")


def test_a_page_opened_before_the_answer_is_stale_after_it(clinic, django_capture_on_commit_callbacks):
    before = asked(clinic)
    answer(before, django_capture_on_commit_callbacks, history__episode_months=30)
    with pytest.raises(Refused, match=STALE):
        close(referral=before, actor=clinic.cast.cora, reason="other", note="x", seen=before.version)


def test_a_hold_that_was_released_is_raised_again_by_an_unsafe_answer(
    clinic, django_capture_on_commit_callbacks
):
    referral = clinic.in_review(**SAME_DAY)
    release_hold(referral=referral, actor=clinic.cast.clara, recorded=RECORD)
    referral = ask(clinic, fresh(referral), "safety.harm_to_others")
    assert referral.hold == Hold.NONE
    referral = answer(referral, django_capture_on_commit_callbacks, safety__harm_to_others="yes")
    assert referral.hold == Hold.URGENT
    assert referral.submission.alarms.filter(danger="harm_to_others", amendment__isnull=False).count() == 1
    assert Event.objects.filter(referral=referral, kind="hold_raised").count() == 2


def test_a_release_lapses_with_an_answer_that_its_rule_reads_and_with_no_other(
    clinic, django_capture_on_commit_callbacks
):
    referral = clinic.in_review(**SAME_DAY)
    release_hold(referral=referral, actor=clinic.cast.clara, recorded=RECORD)
    referral = ask(clinic, fresh(referral), "history.episode_months")
    referral = answer(referral, django_capture_on_commit_callbacks, history__episode_months=30)
    assert referral.hold == Hold.NONE
    referral = ask(clinic, referral, "mood.phq9")
    referral = answer(referral, django_capture_on_commit_callbacks, mood__phq9=[3, 3, 2, 3, 2, 2, 2, 1, 2])
    assert (referral.hold, referral.hold_rules) == (Hold.SAME_DAY, ["S05"])


def test_an_answer_lifts_no_hold(clinic, django_capture_on_commit_callbacks):
    referral = asked(clinic, "safety.harm_to_others", **{"safety.harm_to_others": "yes"})
    assert referral.hold == Hold.URGENT
    referral = answer(referral, django_capture_on_commit_callbacks, safety__harm_to_others="no")
    assert referral.hold == Hold.URGENT
    assert referral.hold_rules


def test_until_the_rules_have_run_on_the_answers_nothing_is_routed_or_closed(
    clinic, django_capture_on_commit_callbacks, monkeypatch
):
    def broken(*args, **kwargs):
        raise ValueError

    referral = asked(clinic, "history.episode_months")
    assert referral.hold == Hold.NONE
    with monkeypatch.context() as patch:
        patch.setattr(assessment, "assess", broken)
        referral = answer(referral, django_capture_on_commit_callbacks, history__episode_months=30)
    assert not referral.is_assessed
    assert referral.hold == Hold.SAME_DAY
    for act in (
        lambda: route(referral=referral, actor=clinic.cast.cora, treatments=["tms"], reason="x"),
        lambda: close(referral=referral, actor=clinic.cast.cora, reason="other", note="x"),
    ):
        with pytest.raises(Refused):
            act()
    assert assess_referral(referral)
    assert fresh(referral).hold == Hold.NONE


def test_staff_read_what_changed_beside_the_answer_and_in_the_timeline(
    clinic, signed_in, django_capture_on_commit_callbacks
):
    referral = asked(clinic, "history.episode_months", **{"history.episode_months": 14})
    answer(referral, django_capture_on_commit_callbacks, history__episode_months=31)
    page = signed_in(clinic.cast.cora).get(reverse("admin:treatments_referral_change", args=[referral.pk]))
    text = words(page.content.decode())
    assert "31 (before: 14)" in text
    assert "14 → 31" in text
    assert "Patient answered Waiting for the patient → In review · the patient" in text


PHQ9_SENT = [3, 3, 2, 3, 2, 2, 2, 1, 0]
BUPROPION = {"drug": "bupropion", "dose": "150 mg", "how_often": "every morning"}


@pytest.mark.parametrize(
    ("sent", "answers", "lines"),
    [
        (
            {"mood.phq9": PHQ9_SENT},
            {"mood.phq9": [0, *PHQ9_SENT[1:]]},
            [
                "Little interest or pleasure in doing things Nearly every day → Not at all",
                "Feeling down, depressed, or hopeless Nearly every day (as before)",
            ],
        ),
        (
            {"anxiety.gad7": ABSENT},
            {"anxiety.gad7": [1, 0, 0, 0, 0, 0, 2]},
            [
                "Feeling nervous, anxious or on edge Not answered → Several days",
                "Feeling afraid as if something awful might happen Not answered → More than half the days",
            ],
        ),
        (
            {"safety.cssrs": {"q1": "no", "q2": "no", "q6": "no"}},
            {"safety.cssrs.q1": "yes", "safety.cssrs.q2": "no"},
            [
                "Have you wished you were dead or wished you could go to sleep and not wake up? (past month) No → Yes",
                "Have you actually had any thoughts of killing yourself? (past month) No (as before)",
            ],
        ),
        (
            {"medicines.list": [{"drug": "lithium", "dose": "300 mg"}]},
            {"medicines.list": [{"drug": "lithium", "dose": "600 mg"}, BUPROPION]},
            [
                "Medicines you take now lithium, 300 mg → lithium, 600 mg bupropion, 150 mg, every morning",
            ],
        ),
        (
            {"medicines.list": [BUPROPION]},
            {"medicines.list": []},
            ["Medicines you take now bupropion, 150 mg, every morning → None"],
        ),
    ],
    ids=["questionnaire", "questionnaire not answered before", "screen part", "list", "list emptied"],
)
def test_the_timeline_tells_before_and_after_question_by_question(
    sent, answers, lines, clinic, signed_in, django_capture_on_commit_callbacks
):
    owners = {".".join(path.split(".")[:2]) for path in answers}
    referral = asked(clinic, *owners, **sent)
    answer(referral, django_capture_on_commit_callbacks, **answers)
    page = signed_in(clinic.cast.cora).get(reverse("admin:treatments_referral_change", args=[referral.pk]))
    event = page.content.decode().split("<strong>Patient answered</strong>")[1].split("</li>")[0]
    for line in lines:
        assert line in words(event)


def test_a_new_name_or_number_is_found_by_the_desk(clinic, django_capture_on_commit_callbacks):
    referral = asked(clinic, "about.phone", "about.last_name")
    referral = answer(
        referral,
        django_capture_on_commit_callbacks,
        about__phone="(212) 555-0777",
        about__last_name="Newname",
    )
    assert (referral.phone, referral.last_name) == ("(212) 555-0777", "Newname")
    assert "2125550777" in referral.search and "newname" in referral.search


def test_a_substance_use_answer_is_hidden_from_who_may_not_read_it(
    clinic, signed_in, django_capture_on_commit_callbacks
):
    referral = asked(clinic, "substances.recent_binge")
    answer(referral, django_capture_on_commit_callbacks, substances__recent_binge="yes")
    person = clinic.cast.cora
    group = person.groups.get()
    group.permissions.remove(group.permissions.get(codename="read_substance_use"))
    page = signed_in(person).get(reverse("admin:treatments_referral_change", args=[referral.pk]))
    assert "You may not read this answer." in words(page.content.decode())


# --- Taking the question back, and no answer -------------------------------------------------------


def test_a_coordinator_takes_the_question_back_when_the_patient_phones(clinic):
    referral = asked(clinic)
    cancel_question(referral=referral, actor=clinic.cast.carl, note="phoned", seen=referral.version)
    referral = fresh(referral)
    assert referral.state == "in_review"
    assert referral.answer_by is None
    assert Question.objects.get().end == "taken_back"


@pytest.mark.parametrize("state", ["new", "in_review", "routed", "closed"])
def test_there_is_nothing_to_take_back_where_nothing_was_asked(clinic, state):
    with pytest.raises(Refused, match=r"No question to the patient is open\."):
        cancel_question(referral=clinic.referral(state), actor=clinic.cast.cora)


def test_an_answer_after_the_question_was_taken_back_changes_nothing(
    clinic, django_capture_on_commit_callbacks
):
    from intake.signals import TooLate

    referral = asked(clinic)
    question = Question.open_of(referral.submission)
    cancel_question(referral=referral, actor=clinic.cast.cora)
    with pytest.raises(TooLate):
        question.answer({"history.episode_months": 30})
    assert not Amendment.objects.exists()


def test_an_answer_to_an_older_question_is_too_late_when_another_one_is_open(clinic):
    from intake.signals import TooLate

    referral = asked(clinic)
    older = Question.open_of(referral.submission)
    cancel_question(referral=referral, actor=clinic.cast.cora)
    ask(clinic, fresh(referral), "health.stroke")
    with pytest.raises(TooLate):
        older.answer({"history.episode_months": 30})
    assert not Amendment.objects.exists()
    assert fresh(referral).state == "awaiting_patient"


def test_closing_ends_the_question(clinic):
    referral = asked(clinic)
    close(referral=referral, actor=clinic.cast.cora, reason="other", note="no answer")
    assert Question.open_of(referral.submission) is None
    assert fresh(referral).answer_by is None


def test_a_note_for_staff_beside_the_question_is_read_by_staff_and_not_by_the_patient(clinic, signed_in):
    referral = clinic.in_review()
    cora = signed_in(clinic.cast.cora)
    sent = {**ASKED, "note": "Sounded confused on the phone.", "seen_version": referral.version}
    assert cora.post(action(referral), sent).status_code == 302
    page = reverse("admin:treatments_referral_change", args=[referral.pk])
    assert "note for staff: Sounded confused on the phone." in cora.get(page).content.decode()
    question = Question.open_of(referral.submission)
    assert "confused" not in question.message
    assert not OutgoingMail.objects.filter(body__contains="confused").exists()


def test_nothing_is_swept_before_its_day(clinic):
    asked(clinic)
    assert sweep_unanswered() == 0


def test_the_patient_is_reminded_once_by_mail(clinic, settings):
    referral = asked(clinic, **{"about.email": "pat@example.org", "about.email_ok": "yes"})
    referral = let_time_pass(referral, chase_at=settings.ASK_CHASE_DAYS)
    assert sweep_unanswered() == 1
    assert sweep_unanswered() == 0
    assert OutgoingMail.objects.count() == 2
    referral = fresh(referral)
    assert referral.state == "awaiting_patient" and referral.attention == ""
    assert referral.events.get(kind="chased").details == {"mailed": True}


def test_a_patient_who_may_not_be_mailed_is_for_a_coordinator_to_call(clinic, settings):
    referral = asked(clinic, **{"about.email_ok": "no"})
    let_time_pass(referral, chase_at=settings.ASK_CHASE_DAYS)
    sweep_unanswered()
    referral = fresh(referral)
    assert referral.attention == Attention.NO_ANSWER
    assert referral in Referral.objects.needing_a_coordinator()


def test_a_question_that_is_not_answered_in_time_comes_back_to_the_desk_with_a_note(clinic, settings):
    referral = asked(clinic)
    let_time_pass(referral, answer_by=settings.ASK_EXPIRE_DAYS, chase_at=settings.ASK_EXPIRE_DAYS)
    assert sweep_unanswered() == 1
    referral = fresh(referral)
    assert referral.state == "in_review"
    assert referral.attention == Attention.NO_ANSWER
    assert Question.objects.get().end == "expired"
    event = referral.events.get(kind="ask_expired")
    assert (event.note, event.actor) == (f"No answer within {settings.ASK_EXPIRE_DAYS} days.", None)
    assert timezone.now() - event.at < timedelta(minutes=1)


# --- Messages and withdrawing, as the desk sees them ----------------------------------------------------


def test_a_message_needs_a_coordinator_until_somebody_says_what_they_did_with_it(clinic, signed_in):
    referral = clinic.routed()
    Message.write(referral.submission, text="My phone is broken.", key="6f9619ff-8b86-d011-b42d-00c04fc964ff")
    referral = fresh(referral)
    assert referral.attention == Attention.MESSAGE
    assert referral in Referral.objects.needing_a_coordinator()
    page = signed_in(clinic.cast.cora).get(reverse("admin:treatments_referral_change", args=[referral.pk]))
    assert "My phone is broken." in words(page.content.decode())
    add_note(referral=referral, actor=clinic.cast.cora, note="read")
    assert fresh(referral).attention == Attention.MESSAGE
    deal_with(referral=referral, actor=clinic.cast.cora, reasons={"message": "called back"})
    assert fresh(referral).attention == ""
    assert fresh(referral) not in Referral.objects.needing_a_coordinator()


def test_a_message_about_a_closed_referral_reaches_the_desk_too(clinic):
    referral = clinic.closed()
    Message.write(referral.submission, text="I want to go on.", key="6f9619ff-8b86-d011-b42d-00c04fc964ff")
    assert fresh(referral) in Referral.objects.needing_a_coordinator()


def test_a_team_reads_no_message_of_its_patient(clinic, signed_in):
    consult = clinic.consult("waiting")
    Message.write(
        consult.referral.submission, text="Therapy too?", key="6f9619ff-8b86-d011-b42d-00c04fc964ff"
    )
    page = signed_in(clinic.cast.tess).get(reverse("admin:treatments_tmsconsult_change", args=[consult.pk]))
    assert page.status_code == 200
    assert "Therapy too?" not in page.content.decode()


@pytest.mark.parametrize("state", ["new", "in_review", "routed"])
def test_who_withdraws_is_closed_by_a_person_never_by_the_product(clinic, state):
    referral = clinic.referral(state)
    Message.withdraw(referral.submission, reason="", key="6f9619ff-8b86-d011-b42d-00c04fc964ff")
    referral = fresh(referral)
    assert referral.state == state
    assert referral.attention == Attention.WITHDRAWN
    assert referral in Referral.objects.needing_a_coordinator()


def test_a_withdrawn_referral_is_neither_routed_nor_asked_and_a_note_does_not_hide_it(clinic):
    referral = clinic.in_review()
    Message.withdraw(referral.submission, reason="no time", key="6f9619ff-8b86-d011-b42d-00c04fc964ff")
    cora = clinic.cast.cora
    with pytest.raises(Refused, match="The patient has withdrawn"):
        route(referral=referral, actor=cora, treatments=["tms"], reason="x")
    with pytest.raises(Refused, match="The patient has withdrawn"):
        ask(clinic, referral, "history.episode_months")
    add_note(referral=referral, actor=cora, note="called, safe")
    assert fresh(referral).attention == Attention.WITHDRAWN
    close(referral=referral, actor=cora, reason="patient_declined")
    assert fresh(referral).attention == ""
    reopen(referral=referral, actor=cora, note="wants to go on")
    assert ask(clinic, fresh(referral), "history.episode_months").state == "awaiting_patient"


def test_a_withdrawn_referral_under_a_hold_is_seen_by_a_clinician_before_it_is_closed(clinic):
    referral = clinic.in_review(**SAME_DAY)
    Message.withdraw(referral.submission, reason="", key="6f9619ff-8b86-d011-b42d-00c04fc964ff")
    with pytest.raises(Refused, match="A safety hold stands"):
        close(referral=referral, actor=clinic.cast.cora, reason="patient_declined")


def test_a_team_reads_that_its_patient_withdrew(clinic, signed_in):
    consult = clinic.consult("accepted")
    Message.withdraw(
        consult.referral.submission, reason="moved away", key="6f9619ff-8b86-d011-b42d-00c04fc964ff"
    )
    page = signed_in(clinic.cast.tess).get(reverse("admin:treatments_tmsconsult_change", args=[consult.pk]))
    assert "the patient withdrew" in words(page.content.decode())


def test_asking_needs_no_other_page_than_the_actions_own(clinic):
    """A GET of the page asks nobody."""
    referral = clinic.in_review()
    client = Client()
    client.force_login(clinic.cast.cora)
    client.get(action(referral))
    assert fresh(referral).state == "in_review"


# --- Races ------------------------------------------------------------------------------------------


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_answers_and_a_coordinator_who_takes_the_question_back_one_wins(clinic):
    """Twenty rounds of three at the same moment: no deadlock, nothing half done."""
    from threading import Barrier, Thread

    from django.db import connection

    from intake.signals import TooLate

    for number in range(20):
        referral = asked(clinic)
        question = Question.open_of(referral.submission)
        start, faults = Barrier(3), []

        def at_once(act, start=start, faults=faults):
            start.wait()
            try:
                act()
            except (TooLate, Refused):
                pass
            except Exception as fault:
                faults.append(fault)
            finally:
                connection.close()

        acts = [
            lambda pk=question.pk: Question.objects.get(pk=pk).answer({"history.episode_months": 30}),
            lambda pk=question.pk: Question.objects.get(pk=pk).answer({"history.episode_months": 40}),
            lambda row=referral: cancel_question(referral=row, actor=clinic.cast.carl, seen=row.version),
        ]
        threads = [Thread(target=at_once, args=[act]) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        assert faults == []
        referral, question = fresh(referral), fresh(question)
        assert referral.state == "in_review", number
        answered = Amendment.objects.filter(question=question).count()
        assert (question.end == "answered") == (answered == 1)
        assert referral.events.filter(kind__in=("answered", "cancel_question")).count() == 1
