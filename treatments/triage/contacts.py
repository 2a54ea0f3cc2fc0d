"""Reaching the person: each attempt is logged, and the caring contact after S01-S03 is made and recorded."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from treatments.models import CaringContact, ContactAttempt, Event, Referral
from treatments.triage.appointments import reached
from treatments.triage.frame import ActionContext, performs
from treatments.workflow import Refused
from treatments.workflow.actions.contacts import CARING_CONTACT, LOG_CONTACT
from treatments.workflow.contacts import CHANNELS, CONTACT_OUTCOMES, Outcome
from treatments.workflow.events import CARING_DUE

# The rules after which a caring contact is owed, and within how long.
CARING_RULES = frozenset({"S01", "S02", "S03"})
CARING_WITHIN = timedelta(hours=48)


@performs(LOG_CONTACT)
def log_contact(
    this: ActionContext, *, channel: str, outcome: str, note: str = "", next_due: date | None = None
) -> None:
    """Record a try to reach the person; ``next_due`` is the day of the next one, none once reached."""
    if channel not in set(CHANNELS):
        raise Refused(_("Choose how you tried to reach the person."))
    if outcome not in set(CONTACT_OUTCOMES):
        raise Refused(_("Choose an outcome."))
    if next_due is not None and outcome == Outcome.REACHED:
        raise Refused(_("Somebody who was reached is not due for another attempt."))
    if next_due is not None and next_due < this.today:
        raise Refused(_("The day of the next attempt can't be in the past."))
    ContactAttempt.objects.create(
        referral=this.referral,
        actor=this.actor,
        channel=channel,
        outcome=outcome,
        note=note,
        next_due=next_due,
        at=this.at,
    )
    this.referral.contact_due_on = next_due
    if outcome == Outcome.REACHED:
        reached(this.referral)
    this.event.note = note
    this.event.details = {"channel": channel, "outcome": outcome}
    if next_due:
        this.event.details["day"] = next_due.isoformat()


def owe_caring_contact(
    referral: Referral, fired: list[str], at: datetime, *, amended: bool, raised: bool
) -> None:
    """Where S01, S02 or S03 fires for the first time a caring contact is due within 48 hours.

    After one was made another is due once the person has ``amended`` an answer and that has ``raised`` the
    hold or fired a further one of these rules; a new ruleset on the same answers makes none due. The caller
    holds the referral's lock.
    """
    rules = sorted(CARING_RULES.intersection(fired))
    if not rules:
        return
    row = CaringContact.objects.filter(referral=referral).first()
    if row and (row.is_owed or not amended or not (raised or set(rules) - set(row.rules))):
        return
    due = {"rules": rules, "raised_at": at, "due_at": at + CARING_WITHIN}
    cleared = {"done_at": None, "done_by": None, "note": "", "taken_over_at": None}
    CaringContact.objects.update_or_create(referral=referral, defaults={**due, **cleared})
    Event.objects.create(referral=referral, kind=CARING_DUE.key, at=at, details={"rules": rules})


@performs(CARING_CONTACT)
def make_caring_contact(this: ActionContext, *, note: str) -> None:
    """Record that a caring contact was made, and how: the one that is owed, or after a visit to which nobody came."""
    if not note.strip():
        raise Refused(_("Write how the contact was made and what was said."))
    for contact in CaringContact.objects.filter(referral=this.referral, done_at__isnull=True):
        contact.done_at, contact.done_by, contact.note = this.at, this.actor, note
        contact.save()
    this.event.note = note
