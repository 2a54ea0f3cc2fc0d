"""An unsafe answer that was changed stays known to staff, beside the answer, and to nobody else."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.test import TestCase
from django.urls import reverse
from django.utils.html import escape

from intake import document
from intake.fields import BY_PATH
from intake.models import Submission
from intake.questionnaire.intake import INTAKE
from tests.conftest import all_read
from tests.documents import worked_example
from tests.intake import pat
from tests.pages import flat
from tests.treatments.alerts import alert_of, page
from treatments.models import Referral
from treatments.reading.redaction import WITHOUT_GRANTS, redaction_for
from treatments.reading.short_words import SAFETY
from treatments.reading.taken_back import taken_back

CLINIC = ZoneInfo("America/New_York")
SAVED = datetime(2026, 11, 20, 10, 40, tzinfo=CLINIC)
CHANGED = datetime(2026, 11, 20, 10, 42, tzinfo=CLINIC)
WORDS = "first Yes, then changed to No at 10:42 am on Nov 20, 2026"
HARM, STOPPED = "safety.harm_to_others", "substances.withdrawal_symptoms"


def saved(draft: Submission, path: str, answer: object, at: datetime) -> None:
    section, key = path.split(".")
    asks = next(each for each in INTAKE.pages if any(field.path == path for field in each.fields))
    Submission.save_page(draft.pk, asks, {section: {key: answer}}, at=at)


def sent(*said: tuple[str, object, datetime]) -> Referral:
    draft = Submission.begin(answers=document.answers_of(worked_example("v01")["document"]))
    for path, answer, at in said:
        saved(draft, path, answer, at)
    with TestCase.captureOnCommitCallbacks(execute=True):
        Submission.submit(draft.pk)
    return Referral.objects.get(submission=draft.pk)


@pytest.fixture
def referral(clinic) -> Referral:
    return sent((HARM, "yes", SAVED), (HARM, "no", CHANGED))


@pytest.mark.parametrize("end", ["", "brief/", "print/"])
def test_staff_see_it_beside_the_answer(end, referral, clinic, signed_in):
    shown = flat(signed_in(clinic.cast.cora).get(f"/admin/treatments/referral/{referral.pk}/{end}"))
    question = SAFETY[HARM] if end == "brief/" else BY_PATH[HARM].question
    after_the_question = shown.split(escape(str(question)), 1)[1]
    assert WORDS in after_the_question[:400]


def test_staff_see_it_in_the_alert(referral, clinic, signed_in):
    shown = flat(signed_in(clinic.cast.cora).get(page(alert_of(referral.submission))))
    assert WORDS in shown


def test_the_team_sees_it_with_the_consult(referral, clinic, signed_in):
    from tests.treatments.alerts import close
    from treatments.triage.assignment import claim
    from treatments.triage.routing import route

    claim(referral=referral, actor=clinic.cast.cora)
    close(alert_of(referral.submission), clinic.cast.cora)
    route(
        referral=referral,
        actor=clinic.cast.cora,
        treatments=["tms"],
        reason="fits",
        read=all_read(clinic.cast.cora, referral),
    )
    consult = referral.consults.get()
    assert WORDS in flat(signed_in(clinic.cast.tess).get(f"/admin/treatments/tmsconsult/{consult.pk}/"))


def test_of_an_answer_changed_twice_the_first_unsafe_and_the_last_are_shown(clinic):
    points = [[1, 1, 1, 1, 1, 1, 1, 1, last] for last in (3, 1, 0)]
    times = [SAVED, SAVED.replace(minute=41), CHANGED]
    referral = sent(*(("mood.phq9", items, at) for items, at in zip(points, times, strict=True)))
    assert taken_back(referral.submission, redaction_for(clinic.cast.cora)) == {
        "mood.phq9[8]": "first Nearly every day, then changed to Not at all at 10:42 am on Nov 20, 2026"
    }


def test_an_answer_that_is_what_it_was_first_says_nothing(clinic):
    referral = sent((HARM, "yes", SAVED), (HARM, "no", SAVED.replace(minute=41)), (HARM, "yes", CHANGED))
    assert taken_back(referral.submission, redaction_for(clinic.cast.cora)) == {}


def test_an_answer_that_was_taken_out_is_not_answered(clinic):
    referral = sent((HARM, "yes", SAVED), (HARM, None, CHANGED), (HARM, "no", CHANGED.replace(hour=11)))
    (words,) = taken_back(referral.submission, redaction_for(clinic.cast.cora)).values()
    assert words == "first Yes, then changed to No at 11:42 am on Nov 20, 2026"


def test_of_an_alarm_from_before_answers_were_kept_only_the_change_is_known(referral, clinic):
    from tests.append_only import rows_may_go

    with rows_may_go():
        referral.submission.alarms.update(answer=None)
    (words,) = taken_back(Submission.objects.get(), redaction_for(clinic.cast.cora)).values()
    assert words == "first an unsafe answer, then changed to No at 10:42 am on Nov 20, 2026"


def test_it_is_masked_as_the_answer_is(clinic, signed_in):
    referral = sent((STOPPED, "yes", SAVED), (STOPPED, "no", CHANGED))
    assert taken_back(referral.submission, redaction_for(clinic.cast.cora)) == {STOPPED: WORDS}
    assert taken_back(referral.submission, WITHOUT_GRANTS) == {}
    reader = clinic.cast.sid
    reader.user_permissions.add(*Permission.objects.filter(codename__in=("view_referral", "view_alert")))
    client = signed_in(reader)
    base = f"/admin/treatments/referral/{referral.pk}/"
    for address in (base, f"{base}brief/", page(alert_of(referral.submission))):
        assert "then changed" not in flat(client.get(address)), address


def test_the_person_reads_nothing_of_it(client, db):
    draft = pat.begin(client)
    for slug in pat.PAGES:
        pat.save(client, slug)
    with time_machine.travel(SAVED, tick=False):
        pat.save(client, "past", **{"safety-harm_to_others": "yes"})
    with time_machine.travel(CHANGED, tick=False):
        pat.save(client, "past", **{"safety-harm_to_others": "no"})
    pages = [reverse("intake:check"), reverse("intake:tasks"), reverse("intake:page", args=["past"])]
    pages += [reverse("intake:record")]
    for address in pages:
        shown = client.get(address).content.decode()
        assert "changed to" not in shown and "10:42" not in shown, address
    assert draft.alarms.filter(danger="harm_to_others").exists()
