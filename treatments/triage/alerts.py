"""What staff do about a safety alert: take it, hand it over, let it go, note what they tried, close it.

Nothing they wrote is lost.
"""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from treatments.models import Alert, AlertEntry, Referral
from treatments.triage import alert_hold
from treatments.triage.frame import ActionContext, AlreadyDone, performs
from treatments.workflow import Refused
from treatments.workflow.actions.alerts import (
    CLOSE_ALERT,
    HAND_OVER_ALERT,
    LET_GO_ALERT,
    NOTE_ALERT,
    TAKE_ALERT,
)
from treatments.workflow.alerts import EntryKind, Reached


@performs(TAKE_ALERT)
def take_alert(this: ActionContext, *, over: int | None = None) -> None:
    """Say who is on it. ``over``: the entry of whoever was on it, as the actor saw it: taken over by name only."""
    if not this.alert.open_now:
        raise Refused(_("This alert is closed: there is nothing to take."))
    before = this.alert.taken
    if before is not None and before.by == this.actor and before.newest_alarm_id >= this.seen_alarm.pk:
        raise AlreadyDone
    if before is not None and before.by != this.actor:
        who = {"who": before.who, "when": _time(before.at)}
        if before.pk != over:
            raise Refused(_("%(who)s is on it, since %(when)s. You may take it over from them.") % who)
        this.event.note = _("Taken over from %(who)s.") % who
    _enter(this, EntryKind.TAKEN)


@performs(HAND_OVER_ALERT)
def hand_over_alert(this: ActionContext, *, to: User) -> None:
    """Ask a colleague by name to take it over. Until they have said that they are on it, the actor still is."""
    _refuse_unless_on_it(this)
    if to == this.actor or not to.has_perm(TAKE_ALERT.permission_on()):
        raise Refused(_("Choose a colleague who may handle safety alerts."))
    asked = this.alert.asked
    if asked is not None and asked.to == to:
        raise AlreadyDone
    _enter(this, EntryKind.ASKED, to=to)
    this.event.note = _("%(who)s was asked to take it over.") % {
        "who": to.get_full_name() or to.get_username()
    }


@performs(LET_GO_ALERT)
def let_go_alert(this: ActionContext) -> None:
    """Nobody is on it any more: from this moment it rings again."""
    last = this.alert.staff_entries()[-1:]
    if last and (last[0].kind, last[0].by) == (EntryKind.LET_GO, this.actor):
        raise AlreadyDone
    _refuse_unless_on_it(this)
    _enter(this, EntryKind.LET_GO)


def _refuse_unless_on_it(this: ActionContext) -> None:
    """Only whoever is on an alert hands it over or lets it go."""
    if not this.alert.open_now:
        raise Refused(_("This alert is closed: nobody has to be on it."))
    taken = this.alert.taken
    if taken is None:
        raise Refused(_("Nobody is on this alert: there is nothing to hand over."))
    if taken.by != this.actor:
        who = {"who": taken.who, "when": _time(taken.at)}
        raise Refused(_("%(who)s is on it, since %(when)s: only they hand it over or let it go.") % who)


@performs(NOTE_ALERT)
def note_alert(this: ActionContext, *, note: str) -> None:
    """Keep a note with the alert, open or closed."""
    if not note.strip():
        raise Refused(_("Write a note."))
    _enter(this, EntryKind.NOTE, text=note)


@performs(CLOSE_ALERT)
def close_alert(this: ActionContext, *, reached: str, done: str, next_call: datetime | None = None) -> None:
    """Close it for all alarms that the actor had seen.

    A note instead, with the time of the next call, where nobody was reached; and where somebody else has closed
    it first. What rang after the actor's page was made keeps the alert open.
    """
    if reached not in set(Reached):
        raise Refused(_("Say whom you reached."))
    if not done.strip():
        raise Refused(_("Write what was done."))
    if reached == Reached.NOBODY:
        if refused := why_not_next_call(next_call, this.at):
            raise Refused(refused)
        _enter(this, EntryKind.NOTE, text=done, reached=reached, next_call_at=next_call)
    elif this.seen_alarm.pk <= this.alert.closed_up_to:
        _enter(this, EntryKind.NOTE, text=done, reached=reached)
    else:
        _enter(this, EntryKind.CLOSED, text=done, reached=reached)


def why_not_next_call(next_call: datetime | None, now: datetime) -> str | None:
    """Where nobody was reached the next call is planned, and lies ahead."""
    if next_call is None or next_call <= now:
        return _("Say when the next call is: a time to come.")
    return None


def who_may_take() -> QuerySet:
    """Those who may be asked to take an alert over."""
    people = get_user_model().objects.with_perm(TAKE_ALERT.permission_on())
    return people.order_by("first_name", "last_name", "pk")


def close_by_assessment(referral: Referral, *, by: User, at: datetime) -> None:
    """Close the open alert of a referral whose row the caller has locked: a clinician has assessed the risk.

    The assessment's own event says so.
    """
    alert = Alert.objects.filter(pk=referral.submission_id).first()
    if alert is None or not alert.open_now:
        return
    text = _("Closed by the clinician's risk assessment.")
    AlertEntry.objects.create(
        submission_id=alert.pk, kind=EntryKind.CLOSED, by=by, at=at, text=text, newest_alarm=alert.newest
    )
    alert_hold.update(referral)


def _enter(this: ActionContext, kind: EntryKind, *, text: str = "", **details: object) -> None:
    """Write the entry and name it in the event; the same by the same person twice in a row happens once."""
    entry = AlertEntry(
        submission_id=this.alert.pk,
        kind=kind,
        by=this.actor,
        at=this.at,
        text=text,
        newest_alarm=this.seen_alarm,
        **details,
    )
    last = this.alert.staff_entries()[-1:]
    if last and text and _content(last[0])[1:] == _content(entry)[1:]:
        raise AlreadyDone
    entry.save()
    if kind == EntryKind.NOTE:
        this.event.kind = NOTE_ALERT.key
    this.event.note = text or this.event.note


def _content(entry: AlertEntry) -> tuple[object, ...]:
    return entry.kind, entry.by_id, entry.text, entry.reached, entry.newest_alarm_id, entry.next_call_at


def _time(at: datetime) -> str:
    return date_format(localtime(at), "g:i A").lower()
