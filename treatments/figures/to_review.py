"""What a privacy officer has yet to review of the record: rights, exports, looks without a part, odd hours.

Nothing is stored of what is open: it is worked out from the events, and a closing is one more of them. Its ``asked``
names why something stood there and the newest event of it that the officer saw, so that whatever comes later
stands there anew.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from intake.locations import settings_of
from treatments import permissions
from treatments.figures.parts import Parts, read_parts
from treatments.models import Event
from treatments.workflow.events import (
    ACCESS_OPENED,
    ACCESS_REVIEWED,
    ACCOUNT_CHANGED,
    ACCOUNT_ENDED,
    ACCOUNT_MADE,
    ACCOUNT_RESUMED,
    EXPORTED,
    FACTOR_ADDED,
    FACTOR_REMOVED,
    GLASS_BROKEN,
    LISTED,
    OPENED,
    PASSWORD_LINK,
    SEARCHED,
    SHOWN,
)

DAYS = 30  # looks and exports older than that are not put before anybody; rights stand until they are closed
MOST_SHOWN = 200  # of each reason
MOST_READ = 5_000  # looks: the newest, however many the days hold

RIGHTS = tuple(
    row.key
    for row in (
        *(ACCOUNT_MADE, ACCOUNT_CHANGED, ACCOUNT_ENDED, ACCOUNT_RESUMED, PASSWORD_LINK),
        *(FACTOR_ADDED, FACTOR_REMOVED, ACCESS_OPENED, GLASS_BROKEN),
    )
)
SAW = (OPENED.key, EXPORTED.key, LISTED.key, SEARCHED.key, SHOWN.key)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to review: ``why`` is a key of ``TO_REVIEW``, ``events`` are its entries, newest first.

    ``actor`` is None at the server's command line; ``account`` is whose rights were changed, ``referral`` whose
    record was looked at, both by key. ``kinds`` are those of the entries, of so many ``people``.
    """

    why: str
    actor: int | None
    events: tuple[int, ...]
    first: datetime
    last: datetime
    account: int | None = None
    referral: int | None = None
    kinds: tuple[str, ...] = ()
    people: int = 0

    @property
    def newest(self) -> int:
        return self.events[0]


@dataclass(frozen=True, slots=True)
class Look:
    event: int
    at: datetime
    actor: int
    kind: str
    referral: int | None


@dataclass(frozen=True, slots=True)
class ToReview:
    """``since``: from when on looks were read; ``parts`` knows the referrals of the items."""

    items: list[Item]
    since: datetime
    parts: Parts

    def find(self, why: str, event: int) -> Item | None:
        """The item that ``event`` is of, up to it: what came later was not seen."""
        for item in self.items:
            if item.why == why and event in item.events:
                seen = item.events[item.events.index(event) :]
                return replace(item, events=seen)
        return None


def to_review(user: User, now: datetime | None = None) -> ToReview:
    """Rights first, then exports, looks and hours, each the newest first."""
    now = now or timezone.now()
    since = now - timedelta(days=DAYS)
    if not user.has_perm(permissions.VIEW_EVENTS):
        return ToReview([], since, Parts())
    closed = read_closed(since)
    looks = read_looks(since)
    if len(looks) == MOST_READ:
        since = looks[-1].at
    looks = [look for look in looks if look.actor != user.pk]
    pairs = {(look.actor, look.referral) for look in looks if look.referral is not None}
    parts = read_parts(pairs, since)
    found = [
        *rights_of(read_rights_changed(user)),
        *exports_of(looks, closed),
        *looks_of(looks, parts, closed),
        *hours_of(looks, parts, closed),
    ]
    return ToReview(found, since, parts)


# --- What was closed --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Closed:
    """What any officer has closed of looks and exports; nobody closes their own, which never stands before them."""

    names: frozenset[str]

    def has(self, why: str, event: int) -> bool:
        return name_of(why, event) in self.names


def read_closed(since: datetime) -> Closed:
    """A closing comes after what it closes, so no older one matters."""
    rows = Event.objects.filter(kind=ACCESS_REVIEWED.key, at__gte=since)
    return Closed(frozenset(rows.values_list("asked", flat=True)))


def name_of(why: str, event: int) -> str:
    return f"{why} {event}"


def read_rights_changed(user: User) -> list[Event]:
    """However old: a closing counts for whoever made it alone, so that no officer clears another's list."""
    own = Event.objects.filter(kind=ACCESS_REVIEWED.key, actor=user)
    before = own.filter(asked="").order_by("-pk").first()  # one of the older kind closed all before it
    name = Concat(Value("rights "), Cast("pk", CharField()), output_field=CharField())
    rows = Event.objects.filter(kind__in=RIGHTS, pk__gt=before.details["up_to"] if before else 0)
    rows = rows.alias(name=name).exclude(name__in=own.values("asked"))
    return list(rows.only("actor", "account", "at").order_by("-pk")[:MOST_SHOWN])


def read_looks(since: datetime) -> list[Look]:
    rows = Event.objects.filter(kind__in=SAW, at__gte=since).order_by("-at", "-pk")
    return [Look(*row) for row in rows.values_list("pk", "at", "actor", "kind", "referral")[:MOST_READ]]


# --- What stands there. Pure. -----------------------------------------------------------------------------


def rights_of(events: Iterable[Event]) -> list[Item]:
    """What one press of a button did to one account is one item."""
    together: dict[tuple[int | None, int | None, datetime], list[int]] = defaultdict(list)
    for event in events:
        together[(event.actor_id, event.account_id, event.at)].append(event.pk)
    return [
        Item("rights", actor, tuple(found), at, at, account=account)
        for (actor, account, at), found in together.items()
    ]


def exports_of(looks: Iterable[Look], closed: Closed) -> list[Item]:
    return [
        Item("export", look.actor, (look.event,), look.at, look.at, referral=look.referral)
        for look in looks
        if look.kind == EXPORTED.key and not closed.has("export", look.event)
    ][:MOST_SHOWN]


def looks_of(looks: Iterable[Look], parts: Parts, closed: Closed) -> list[Item]:
    """Whoever opened a person's record and had no part in it: an item for each of the two."""
    without: dict[tuple[int, int], list[Look]] = defaultdict(list)
    for look in looks:
        if look.referral is not None and look.kind == OPENED.key:
            without[(look.actor, look.referral)].append(look)
    found = []
    for (actor, referral), seen in without.items():
        seen = [each for each in still_open("looks", seen, closed) if not parts.of(actor, referral, each.at)]
        if seen:
            found.append(item_of("looks", seen, referral=referral))
    return found[:MOST_SHOWN]


def hours_of(looks: Iterable[Look], parts: Parts, closed: Closed) -> list[Item]:
    """What one person saw in one day outside the clinic's hours; of whoever was on call then it is expected."""
    open_hours = settings_of(None).working_time
    outside: dict[tuple[int, date], list[Look]] = defaultdict(list)
    for look in looks:
        if look.actor is not None and not open_hours.is_open(look.at):
            outside[(look.actor, timezone.localdate(look.at))].append(look)
    found = []
    for (actor, _day), seen in outside.items():
        seen = [each for each in still_open("hours", seen, closed) if not parts.on_call(actor, each.at)]
        if seen:
            found.append(item_of("hours", seen))
    return found[:MOST_SHOWN]


def still_open(why: str, looks: list[Look], closed: Closed) -> list[Look]:
    """Those newer than the newest that was closed; ``looks`` are by one person, newest first."""
    for place, look in enumerate(looks):
        if closed.has(why, look.event):
            return looks[:place]
    return looks


def item_of(why: str, looks: list[Look], referral: int | None = None) -> Item:
    people = len({look.referral for look in looks if look.referral is not None})
    events = tuple(look.event for look in looks)
    kinds = tuple(look.kind for look in looks)
    return Item(why, looks[0].actor, events, looks[-1].at, looks[0].at, None, referral, kinds, people)
