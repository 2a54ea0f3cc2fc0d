"""Asking the patient: which fields, in which words, until when; and what happens when no answer comes."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from intake.fields.characters import seen
from intake.locations import settings_of
from intake.mail.texts import question_waits
from intake.models import OutgoingMail, Question, Submission
from intake.questionnaire import amendments
from treatments.models import Event, Referral
from treatments.triage.flags import end_flags, raise_flag
from treatments.triage.frame import ActionContext, performs
from treatments.triage.moves import move
from treatments.triage.notices import notify
from treatments.triage.payer_state import settle
from treatments.triage.team_questions import asked_and_waiting
from treatments.workflow import Attention, ReferralState, Refused
from treatments.workflow.actions.questions import ASK_PATIENT, CANCEL_QUESTION
from treatments.workflow.events import CHASED, EXPIRED
from treatments.workflow.flags import ANSWERS
from treatments.workflow.notices import NoticeKind

LONGEST_MESSAGE = 2_000  # characters of the message that the patient reads


@performs(ASK_PATIENT)
def ask_patient(this: ActionContext, *, fields: Collection[str], message: str, note: str = "") -> None:
    """Ask for ``fields`` (paths of the dictionary) with a message that the patient reads on the status page.

    ``note`` is for staff alone.

    The patient acts next, but where a consult is open: reminded after ``ASK_CHASE_DAYS``, back on the desk after
    ``ASK_EXPIRE_DAYS``. Mail goes only to who has not said no to it, and says no more than that a
    question waits.
    """
    submission = this.referral.submission
    if not fields:
        raise Refused(_("Choose at least one question."))
    if not set(fields) <= askable_paths(submission):
        raise Refused(_("Choose from the questions that this patient may be asked."))
    if not message.strip():
        raise Refused(_("Write a message to the patient."))
    question = Question.ask(submission, message=message, fields=fields, at=this.at)
    if this.referral.state != ReferralState.ROUTED:
        move(this.referral, ReferralState.AWAITING_PATIENT, at=this.at)
    this.referral.chase_at = this.at + timedelta(days=settings_of(None).ask_chase_days)
    this.referral.answer_by = this.at + timedelta(days=settings_of(None).ask_expire_days)
    asked_for = [(event.actor_id, event.consult_id) for event in asked_and_waiting(this.referral)]
    settle(this.referral)
    end_flags(this.referral, ANSWERS[ASK_PATIENT.key])
    mailed = mail_question(submission, this.at)
    this.event.note = message
    this.event.details = {"question": question.pk, "fields": question.fields, "mailed": mailed}
    if note.strip():
        this.event.details["for_staff"] = note
    if asked_for:  # whom of the teams the answer is told
        this.event.details["asked_for"] = asked_for


def askable_paths(submission: Submission) -> set[str]:
    """The paths of the fields that this patient may be asked."""
    groups = amendments.askable(submission.current, settings_of(None).suicide_screen)
    return {field.path for _page, fields in groups for field in fields}


def asked_by_rules(assessment: dict) -> list[str]:
    """The fields under ``ask`` of an assessment: what its rules could not decide without."""
    rows = [*assessment["hold"]["ask"], *assessment["ask"]]
    for treatment in assessment["treatments"].values():
        rows += treatment["ask"]
    return amendments.in_order(path for row in rows for path in row["fields"] if "." in path)


@performs(CANCEL_QUESTION)
def cancel_question(this: ActionContext, *, note: str = "") -> None:
    """No longer wait for the patient, say because they have phoned: the question closes unanswered."""
    this.event.note = note
    wait_no_longer(this.referral, this.at)
    stop_waiting(this.referral, Question.End.TAKEN_BACK, this.at)


def wait_no_longer(referral: Referral, at: datetime) -> None:
    """Back into review, where the referral waited for the patient; with a consult open it stays where it is."""
    if referral.state == ReferralState.AWAITING_PATIENT:
        move(referral, ReferralState.IN_REVIEW, at=at)


def stop_waiting(referral: Referral, end: str, at: datetime) -> None:
    """End the open question, if there is one, and its dates; the caller holds the referral and saves it."""
    if referral.answer_by is not None:
        Question.end_open(referral.submission_id, end, at=at)
    referral.chase_at = referral.answer_by = None
    settle(referral)
    end_flags(referral, ANSWERS[CANCEL_QUESTION.key])


def tell_answered(referral: Referral, at: datetime, by: User | None = None) -> None:
    """The open question was answered: who handles the referral hears of it, and the teams' people it was asked for."""
    notify(NoticeKind.ANSWERED, referral, referral.owner, at=at, by=by)
    asked = referral.events.filter(kind=ASK_PATIENT.key).order_by("-pk").defer("assessment").first()
    for person, consult in (asked.details or {}).get("asked_for", ()) if asked else ():
        about = referral.consults.filter(pk=consult).first()
        notify(NoticeKind.ANSWERED, referral, User.objects.get(pk=person), at=at, by=by, consult=about)


# --- Mail: neutral, for who may be mailed ---------------------------------------------------------------


def mail_question(submission: Submission, at: datetime) -> bool:
    """Put a mail into the outbox that says only that a question waits; False where none may be sent."""
    about = submission.current.get("about", {})
    to = seen(about.get("email", ""))
    if not to or about.get("email_ok") == "no" or not settings.SENDS_MAIL:
        return False
    with translation.override(submission.language or settings.LANGUAGE_CODE):
        text = question_waits(page=f"{settings.SITE_URL}{reverse('intake:status')}")
    OutgoingMail.put(
        OutgoingMail.Purpose.QUESTION,
        submission=submission,
        to=to,
        subject=text.subject,
        body=text.body,
        at=at,
    )
    return True


# --- The sweep: what the tick does when no answer comes -------------------------------------------------


def sweep_unanswered(at: datetime | None = None) -> int:
    """Remind of questions that are due for it, and bring those past their date back to the desk; how many.

    Each is one transaction of its own; done twice or killed in between, nothing is lost or doubled.
    """
    at = at or timezone.now()
    done = 0
    for due, sweep in (("answer_by", _expire), ("chase_at", _chase)):
        waiting = Referral.objects.awaiting_answer().filter(**{f"{due}__lte": at})
        for pk in list(waiting.values_list("pk", flat=True)[:500]):
            done += sweep(pk, at)
    return done


def _chase(pk: int, at: datetime) -> bool:
    """Mail a reminder; where none may be mailed, flag the referral so that a coordinator calls."""
    with transaction.atomic():
        referral = _due(pk, chase_at__lte=at)
        if referral is None:
            return False
        mailed = mail_question(referral.submission, at)
        referral.chase_at = None
        if not mailed:
            raise_flag(referral, Attention.NO_ANSWER, at)
        _write(referral, CHASED.key, referral.state, at, details={"mailed": mailed})
        return True


def _expire(pk: int, at: datetime) -> bool:
    with transaction.atomic():
        referral = _due(pk, answer_by__lte=at)
        if referral is None:
            return False
        before = referral.state
        stop_waiting(referral, Question.End.EXPIRED, at)
        wait_no_longer(referral, at)
        raise_flag(referral, Attention.NO_ANSWER, at)
        note = _("No answer within %(days)d days.") % {"days": settings_of(None).ask_expire_days}
        _write(referral, EXPIRED.key, before, at, note=note)
        return True


def _due(pk: int, **due) -> Referral | None:
    """The referral, locked, if it still waits; None if somebody was faster or holds it now."""
    locked = Referral.objects.awaiting_answer().select_for_update(of=("self",), skip_locked=True)
    return locked.filter(pk=pk, **due).first()


def _write(referral: Referral, kind: str, before: str, at: datetime, **more) -> None:
    version = referral.version
    referral.version += 1
    referral.save()
    Event.objects.create(
        referral=referral,
        kind=kind,
        at=at,
        from_state=before,
        to_state=referral.state,
        version=version,
        **more,
    )
