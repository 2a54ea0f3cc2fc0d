"""Letters to the clinician who referred or treats somebody: on which occasions, to whom, in which words to begin with.

Made of what was decided and when, without any answer that somebody may not read, and without any of suicide.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db.models import Max
from django.utils.text import get_text_list
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intake.fields.lookup import answer
from intake.models import Submission
from intake.times.moments import clock, day_on_paper
from treatments import permissions
from treatments.catalog import TREATMENTS
from treatments.models import Consult, Event, Referral, Visit
from treatments.reading.clinic_texts import text_of
from treatments.reading.papers import RECIPIENT, paper_values, person_values
from treatments.reading.redaction import WITHOUT_GRANTS
from treatments.workflow import ConsultState, ReferralState
from treatments.workflow.actions.consults import ACCEPT
from treatments.workflow.actions.letters import WRITE_LETTER
from treatments.workflow.clinic_texts import fill
from treatments.workflow.papers import (
    CLOSE_IN_LETTERS,
    NEXT_STEP,
    OCCASIONS,
    OUTCOME_IN_LETTERS,
    RETURN_IN_LETTERS,
    TEXT_OF,
    Occasion,
)
from treatments.workflow.visits import VisitEnd

ORDER = list(Occasion)  # of what happens at the same moment


@dataclass(frozen=True, slots=True)
class Offer:
    """A letter that may be written: what happened, when, and which consult it is about."""

    occasion: Occasion
    at: datetime
    decided: str = ""
    reason: str = ""
    dates: str = ""
    consult: int | None = None
    written: bool = False

    @property
    def key(self) -> str:
        return f"{self.occasion}-{self.consult or 0}"

    @property
    def words(self) -> str:
        day = {"what": OCCASIONS[self.occasion], "day": day_on_paper(localdate(self.at))}
        words = _("%(what)s, %(day)s") % day
        about = self.decided if self.occasion is not Occasion.CLOSED else ""
        return f"{words}: {about}" if about else words


def may_write(submission: Submission) -> bool | None:
    """Whether the person's form agrees to letters; None where it never asked."""
    said = answer(submission.current, "care.letter_ok")
    return None if said is None else said == "yes"


def referred_by(submission: Submission) -> str:
    """Who sent the person, in their own words; somebody at the clinic confirms who that is."""
    return str(answer(WITHOUT_GRANTS.readable(submission.current), "reason.referred_by") or "")


def offers(user: User, referral: Referral) -> list[Offer]:
    """The occasions that there were, newest first; a team's are those of its own consults."""
    consults = referral.consults.standing().prefetch_related("visits").order_by("opened_at", "pk")
    desk = user.has_perm("treatments.view_referral")
    if not desk:
        consults = consults.filter(treatment__in=permissions.queues_of(user))
    written = _written(user, referral)
    found = [*_routed(list(consults)), *(_closed(referral) if desk else ())]
    newest_first = sorted(found, key=lambda offer: (offer.at, ORDER.index(offer.occasion)), reverse=True)
    return [_known(offer, written) for offer in newest_first]


def begin_text(offer: Offer, *, by: User, referral: Referral, today: date) -> str:
    """The clinic's text for the occasion; who it goes to stays open in it."""
    row = {
        "decided": offer.decided,
        "reason": offer.reason,
        "dates": offer.dates or _("none yet"),
        "next_step": str(NEXT_STEP[offer.occasion]),
    }
    values = {**paper_values(by, today), **person_values(referral.submission), **row}
    return fill(text_of(TEXT_OF[offer.occasion]), {**values, "recipient": RECIPIENT})


def _written(user: User, referral: Referral) -> list[tuple[str, datetime]]:
    """Of each letter that this person may read the key of its occasion, which its event has, and when it was."""
    events = referral.events.filter(kind=WRITE_LETTER.key)
    if not user.has_perm("treatments.view_referral"):
        events = events.filter(consult__treatment__in=permissions.queues_of(user))
    return [(str(event.details.get("occasion")), event.at) for event in events]


def _known(offer: Offer, written: Iterable[tuple[str, datetime]]) -> Offer:
    return replace(offer, written=any(key == offer.key and at >= offer.at for key, at in written))


def _routed(consults: list[Consult]) -> Iterator[Offer]:
    if not consults:
        return
    last = consults[-1].opened_at
    of_day = {each.treatment for each in consults if localdate(each.opened_at) == localdate(last)}
    together = [str(row.name) for key, row in TREATMENTS.items() if key in of_day]
    words = ngettext("a consult for %(names)s", "consults for %(names)s", len(together))
    yield Offer(Occasion.ROUTED, last, words % {"names": get_text_list(together, _("and"))})
    keys = [each.pk for each in consults]
    events = Event.objects.filter(consult__in=keys, kind=ACCEPT.key).order_by()
    accepted = dict(events.values_list("consult").annotate(at=Max("at")))
    for consult in consults:
        yield from _of_consult(consult, accepted.get(consult.pk))


def _of_consult(consult: Consult, accepted: datetime | None) -> Iterator[Offer]:
    name = str(TREATMENTS[consult.treatment].name)
    visits = consult.shown_visits
    standing = [each for each in visits if each.stands or each.ended == VisitEnd.HELD]
    held = [each for each in visits if each.ended == VisitEnd.HELD]
    if accepted and consult.state in (ConsultState.ACCEPTED, ConsultState.BOOKED, ConsultState.COMPLETED):
        yield Offer(Occasion.ACCEPTED, accepted, name, dates=_days(standing), consult=consult.pk)
    if held and held[0].ended_at:
        yield Offer(Occasion.VISIT, held[0].ended_at, name, dates=_days(standing), consult=consult.pk)
    if consult.state == ConsultState.RETURNED and consult.ended_at:
        reason = str(RETURN_IN_LETTERS[consult.return_reason])
        yield Offer(Occasion.RETURNED, consult.ended_at, name, reason, consult=consult.pk)
    if consult.state == ConsultState.COMPLETED and consult.ended_at:
        ended = f"{name}: {OUTCOME_IN_LETTERS[consult.outcome]}"
        yield Offer(Occasion.OUTCOME, consult.ended_at, ended, dates=_days(held), consult=consult.pk)


def _closed(referral: Referral) -> Iterator[Offer]:
    if referral.state != ReferralState.CLOSED or referral.closed_at is None:
        return
    reason = CLOSE_IN_LETTERS.get(referral.close_reason)
    decided = _("the referral is closed")
    yield Offer(Occasion.CLOSED, referral.closed_at, decided, str(reason or CLOSE_IN_LETTERS["other"]))


def _days(visits: Iterable[Visit]) -> str:
    return "; ".join(
        day_on_paper(each.day) + (f", {clock(each.starts)}" if each.starts else "") for each in visits
    )
