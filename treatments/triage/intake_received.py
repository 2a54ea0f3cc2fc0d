"""What happens when an intake is sent: one insert in the patient's transaction, the rules after it."""

from datetime import datetime
from functools import partial
from typing import cast

from django.db import transaction
from django.dispatch import receiver

from intake.fields.kinds import SHORT
from intake.models import Submission
from intake.signals import submitted
from treatments.models import Event, Referral
from treatments.search import words_of
from treatments.triage import alert_hold
from treatments.triage.assessment import assess_referral
from treatments.workflow.events import RECEIVED


@receiver(submitted, dispatch_uid="treatments.receive")
def receive(sender: object, submission: Submission, **kwargs: object) -> None:
    """Put the intake on the desk. No rule runs here: a fault in one can't undo the sending."""
    about = submission.answers["about"]
    reference, at = cast(str, submission.reference), cast(datetime, submission.submitted_at)
    referral = Referral.objects.create(
        submission=submission,
        reference=reference,
        language=submission.language,
        channel=submission.channel,
        # A list's copies: a document, unlike a page, may hold longer ones.
        first_name=about["first_name"][:SHORT],
        last_name=about["last_name"][:SHORT],
        date_of_birth=about["date_of_birth"],
        phone=about.get("phone", "")[:SHORT],
        email=about.get("email", "")[:SHORT],
        search=words_of(reference, about),
        received_at=at,
        waiting_since=at,
        counted_since=at,
    )
    if alert_hold.update(referral):
        referral.save(update_fields=["alert_open", "need"])
    Event.objects.create(
        referral=referral,
        kind=RECEIVED.key,
        actor=submission.entered_by,
        at=at,
        to_state=referral.state,
        details={"source": submission.source},
    )
    transaction.on_commit(partial(assess_referral, referral, at=at), robust=True)


def search_words(submission: Submission) -> str:
    return words_of(submission.reference or "", submission.current["about"])
