"""Recording what somebody says after sending: kept as an amendment, which rings and is judged as any answer is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from intake.fields.lookup import field_path
from intake.locations import settings_of
from intake.models import Amendment, Question, Submission
from intake.questionnaire import telling
from treatments.reading.redaction import redaction_for
from treatments.triage.frame import ActionContext, performs
from treatments.triage.patient_updates import take_in
from treatments.triage.questions import stop_waiting, tell_answered, wait_no_longer
from treatments.workflow import Refused
from treatments.workflow.actions.record_answer import RECORD_ANSWER


@performs(RECORD_ANSWER)
def record_answer(
    this: ActionContext,
    *,
    given: Mapping[str, object],
    as_told_by: str,
    how: str,
    informant: str = "",
    notes: Mapping[str, str] | None = None,
    said_at: datetime | None = None,
    birth_date_said: bool = False,
    of_message: int | None = None,
) -> None:
    """Keep what somebody said: ``given`` (leaf path -> answer), and ``notes`` beside answers, by the same paths.

    ``said_at`` None: now. ``of_message``: the message of the person in which it stood. It lies over what was
    answered before; a hold may rise by it, and none ends.
    """
    submission, named = this.referral.submission, informant.strip()
    said_at = said_at or this.at
    if as_told_by != telling.PATIENT and not named:
        raise Refused(_("Write who it was that answered: name and place."))
    if of_message is not None and not submission.messages.filter(pk=of_message).exists():
        raise Refused(_("This message is not of this person."))
    _refuse_moment(submission, said_at, this.at)
    _refuse_answers(this, given, who=as_told_by, how=how, notes=notes or {})
    amendment = Amendment.tell(
        submission,
        telling.told_whole(given),
        at=this.at,
        as_told_by=as_told_by,
        informant=None if as_told_by == telling.PATIENT else named,
        how=how,
        said_at=said_at,
        by=this.actor,
        notes=dict(notes) if notes else None,
    )
    details = {"amendment": amendment.pk, "who": as_told_by, "how": how, "birth_date_said": birth_date_said}
    this.event.details = {**details, **({"of_message": of_message} if of_message else {})}
    _end_question(this)
    take_in(this.referral, at=this.at)


def _end_question(this: ActionContext) -> None:
    """The patient is asked no longer what somebody has told meanwhile, once nothing of the question is left."""
    question = Question.open_of(this.referral.submission)
    if question is not None and set(question.fields) <= set(map(field_path, question.kept())):
        wait_no_longer(this.referral, this.at)
        stop_waiting(this.referral, Question.End.ANSWERED, this.at)
        tell_answered(this.referral, this.at, by=this.actor)


def _refuse_moment(submission: Submission, said_at: datetime, at: datetime) -> None:
    if said_at > at:
        raise Refused(_("When was it said? That is still to come."))
    if submission.submitted_at and said_at < submission.submitted_at.replace(second=0, microsecond=0):
        raise Refused(_("When was it said? The form was sent only after that."))


def _refuse_answers(this: ActionContext, given: Mapping[str, object], **said: Any) -> None:
    submission = this.referral.submission
    reader = redaction_for(this.actor, submission, at=this.at)
    if not all(map(reader.may_read, given)):
        raise Refused(_("You may record answers only to questions that you may read."))
    submission.forget_amendments()
    screen = settings_of(None).suicide_screen
    wrong = telling.faults(given, submission.current, screen=screen, today=this.today, **said)
    if sentence := next(wrong, None):
        raise Refused(sentence)
