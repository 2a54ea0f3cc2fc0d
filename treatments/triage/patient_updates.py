"""What patients do after sending: they answer, write, or take the form back. Each locks the referral.

A receiver that raises ``TooLate`` undoes what the patient's side has stored in the same transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from django.db import transaction
from django.dispatch import receiver

from intake.fields.urgency import RANK
from intake.models import Amendment, Message
from intake.signals import TooLate, amended, written
from treatments.models import Event, Referral
from treatments.triage import alert_hold
from treatments.triage.assessment import assess_referral
from treatments.triage.flags import end_flags, raise_flag
from treatments.triage.intake_received import search_words
from treatments.triage.questions import tell_answered, wait_no_longer
from treatments.workflow import Attention, Hold, ReferralState
from treatments.workflow.events import ADDED, ANSWERED, MESSAGE, PATIENT_WITHDREW
from treatments.workflow.flags import ANSWERED_BY_PATIENT


@contextmanager
def heard(submission_id, kind: str, at: datetime) -> Iterator[tuple[Referral, Event]]:
    """The locked referral and an unsaved event, both saved at the end: staff's older pages are stale then."""
    referral = Referral.objects.select_for_update().get(submission_id=submission_id)
    if referral.is_erased:
        raise TooLate
    event = Event(referral=referral, kind=kind, at=at, from_state=referral.state, version=referral.version)
    yield referral, event
    referral.version += 1
    referral.save()
    event.to_state = referral.state
    event.save()


@receiver(amended, dispatch_uid="treatments.answered")
def take_answers(sender, amendment: Amendment, **kwargs) -> None:
    """An amended version: back into review where it answers a question, to be assessed anew."""
    kind = ADDED if amendment.kind == Amendment.Kind.ADDED else ANSWERED
    with heard(amendment.submission_id, kind.key, amendment.made_at) as (referral, event):
        referral.submission = amendment.submission
        if amendment.question_id is not None:
            if referral.answer_by is None:
                raise TooLate
            wait_no_longer(referral, event.at)
            referral.chase_at = referral.answer_by = None
            end_flags(referral, ANSWERED_BY_PATIENT)
            raise_flag(referral, Attention.ANSWERED, event.at)
            tell_answered(referral, event.at)
        event.details = {"amendment": amendment.pk}
        take_in(referral, at=amendment.made_at)


def take_in(referral: Referral, *, at: datetime) -> None:
    """Answers lie over those of before: what lists show of them, and the rules once more; the caller saves the row."""
    copy_person(referral)
    assess_anew(referral)
    alert_hold.update(referral)
    referral.consults.make_stale()
    transaction.on_commit(partial(assess_referral, referral, at=at), robust=True)


def copy_person(referral: Referral) -> None:
    """The columns that lists and search use, from the answers as they stand."""
    about = referral.submission.current["about"]
    referral.first_name, referral.last_name = about["first_name"], about["last_name"]
    referral.phone, referral.email = about.get("phone", ""), about.get("email", "")
    referral.search = search_words(referral.submission)


def assess_anew(referral: Referral) -> None:
    """Until the rules have run on the new answers it counts as not assessed, with at least a same-day hold.

    A hold that stands keeps its rules (see ``assessment.store``). What a risk assessment covers is found by
    digest; a release from before there were any kept none, and covers nothing from here on.
    """
    referral.assessed_at = None
    referral.ruleset = ""
    referral.hold_released_ruleset = ""
    referral.hold = max(Hold(referral.hold), Hold.SAME_DAY, key=RANK.__getitem__)


@receiver(written, dispatch_uid="treatments.written")
def take_message(sender, message: Message, **kwargs) -> None:
    """A message, or the form taken back: a coordinator must look. Nothing closes by itself."""
    withdrawal = message.kind == Message.Kind.WITHDRAWAL
    kind = PATIENT_WITHDREW.key if withdrawal else MESSAGE.key
    with heard(message.submission_id, kind, message.sent_at) as (referral, event):
        if withdrawal:
            if referral.state == ReferralState.CLOSED or referral.is_withdrawn:
                raise TooLate
            referral.consults.make_stale()
        raise_flag(referral, Attention.WITHDRAWN if withdrawal else Attention.MESSAGE, event.at)
        event.details = {"message": message.pk}
