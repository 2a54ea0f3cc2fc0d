"""What a member of staff had to do with a referral that they looked at: why the record says they might have."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import Min, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from intake.locations import settings_of
from treatments import permissions
from treatments.catalog import TREATMENTS
from treatments.models import Consult, Event, Referral, Shift
from treatments.search import joined
from treatments.workflow.actions.assignment import ASSIGN, CLAIM
from treatments.workflow.actions.closing import REOPEN
from treatments.workflow.rota import Rank, Turn, on_duty

# What was done until then makes a look before it part of the work.
DEED_WITHIN = timedelta(days=1)

OWNER: Text = _("owner")
QUEUE: Text = _("in their queue")
DEED: Text = _("did something on it")
NOBODYS: Text = _("nobody's yet")
NAMED: Text = _("named for its next check")
HELD: Text = _("assesses its hold")
ON_CALL: Text = _("on call")

VIEW_REFERRAL, MAY_ASSESS = "treatments.view_referral", "treatments.release_hold"


@dataclass(frozen=True, slots=True)
class Known:
    """What the record knows of a referral now, but the times of what was done."""

    reference: str
    surname: str
    owner: int | None
    checker: int | None
    holds: bool
    closed_at: datetime | None
    entered_by: int | None


@dataclass(frozen=True, slots=True)
class Duty:
    """Who was on call: from each of the ``edges`` on, on the clinic's clock, those at its place in ``covers``."""

    edges: list[datetime]
    covers: list[frozenset[int]]

    def people(self, at: datetime) -> frozenset[int]:
        place = bisect_right(self.edges, settings_of(None).working_time.on_its_clock(at)) - 1
        return self.covers[place] if place >= 0 else frozenset()


@dataclass(slots=True)
class Parts:
    """Asked with :meth:`of` after one reading of all that a page shows."""

    referrals: dict[int, Known] = field(default_factory=dict)
    rights: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    asked: dict[int, list[tuple[str, datetime]]] = field(default_factory=lambda: defaultdict(list))
    deeds: dict[tuple[int, int], datetime] = field(default_factory=dict)  # the first of each
    claimed: dict[int, datetime] = field(default_factory=dict)
    duty: Duty = field(default_factory=lambda: Duty([], []))

    def of(self, actor: int, referral: int, at: datetime) -> Text:
        """The first reason that holds, "" for none."""
        known, rights = self.referrals[referral], self.rights[actor]
        if known.owner == actor:
            return OWNER
        if self.in_queue(actor, referral, at):
            return QUEUE
        done = self.deeds.get((actor, referral))
        if known.entered_by == actor or (done is not None and done <= at + DEED_WITHIN):
            return DEED
        if VIEW_REFERRAL in rights and self._was_nobodys(referral, at):
            return NOBODYS
        if known.checker == actor:
            return NAMED
        if known.holds and MAY_ASSESS in rights:
            return HELD
        return ON_CALL if self.on_call(actor, at) else ""

    def in_queue(self, actor: int, referral: int, at: datetime | None = None) -> bool:
        """Whether it waits, or waited, for a team of theirs; with ``at``, by then."""
        rights = self.rights[actor]
        return any(
            permissions.view_queue(key) in rights and (at is None or at >= since)
            for key, since in self.asked[referral]
        )

    def _was_nobodys(self, referral: int, at: datetime) -> bool:
        """On the desk, and not closed."""
        known, claimed = self.referrals[referral], self.claimed.get(referral)
        if known.closed_at is not None and known.closed_at <= at:
            return False
        return known.owner is None if claimed is None else at < claimed

    def on_call(self, actor: int, at: datetime) -> bool:
        return actor in self.duty.people(at)


def read_parts(looks: Iterable[tuple[int, int]], since: datetime) -> Parts:
    """Of all (actor, referral) that ``looks`` name, from ``since`` on: five queries, whatever their number."""
    pairs = set(looks)
    referrals = {referral for _actor, referral in pairs}
    parts = Parts(duty=read_duty(since))
    read_rights(parts, {actor for actor, _referral in pairs})
    columns = ("reference", "last_name", "owner", "newest_risk__next_check_by", "hold_rank", "closed_at")
    rows = Referral.objects.filter(pk__in=referrals).values_list("pk", *columns, "submission__entered_by")
    for pk, reference, surname, owner, checker, hold, closed_at, entered_by in rows:
        known = Known(reference, joined(surname), owner, checker, bool(hold), closed_at, entered_by)
        parts.referrals[pk] = known
    asked = Consult.objects.filter(referral__in=referrals)
    for referral, key, opened_at in asked.values_list("referral", "treatment", "opened_at"):
        parts.asked[referral].append((key, opened_at))
    read_deeds(parts, pairs)
    return parts


def read_deeds(parts: Parts, pairs: Collection[tuple[int, int]]) -> None:
    """Only where owner and queue do not say it: most looks are at one's own."""
    doubtful = {
        referral
        for actor, referral in pairs
        if parts.referrals[referral].owner != actor and not parts.in_queue(actor, referral)
    }
    done = Event.objects.filter(referral__in=doubtful).exclude(kind__in=Event.READS)
    claims = Q(kind__in=(CLAIM.key, ASSIGN.key, REOPEN.key))
    pairs_that_did = done.order_by().values("referral", "actor")
    rows = pairs_that_did.annotate(first=Min("at"), claim=Min("at", filter=claims))
    for referral, actor, at, claimed in rows.values_list("referral", "actor", "first", "claim"):
        parts.deeds[(actor, referral)] = at
        if claimed is not None:
            parts.claimed[referral] = min(claimed, parts.claimed.get(referral, claimed))


def read_rights(parts: Parts, actors: Collection[int]) -> None:
    """Of the rights that a part may rest on; they come from groups alone."""
    names = {VIEW_REFERRAL, MAY_ASSESS, *map(permissions.view_queue, TREATMENTS)}
    codenames = [name.partition(".")[2] for name in names]
    has = User.objects.filter(pk__in=actors, groups__permissions__codename__in=codenames)
    for actor, codename in has.values_list("pk", "groups__permissions__codename").distinct():
        parts.rights[actor].add(f"treatments.{codename}")


def read_duty(since: datetime) -> Duty:
    """By the rota as it stands, and as its ended rows stood; from ``since`` until tomorrow."""
    here = settings_of(None).working_time
    first, until = here.on_its_clock(since), here.on_its_clock(timezone.now() + DEED_WITHIN)
    rows = Shift.objects.filter(Q(ended_at=None) | Q(ended_at__gte=since), ~Q(last_day__lt=first.date()))
    turns = [(row.turn, here.on_its_clock(row.ended_at) if row.ended_at else None) for row in rows]
    edges = {first, *(ended for _turn, ended in turns if ended is not None)}
    edges |= {edge for turn, _e in turns for span in turn.spans(first.date(), until.date()) for edge in span}
    found = sorted(edges)
    return Duty(found, [covering(turns, edge) for edge in found])


def covering(turns: list[tuple[Turn, datetime | None]], here: datetime) -> frozenset[int]:
    standing = [turn for turn, ended in turns if ended is None or here < ended]
    return frozenset(turn.person for rank in Rank for turn in on_duty(standing, rank, here))
