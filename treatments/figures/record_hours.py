"""The record by person and hour: what each of the staff saw and did in an hour, in one line."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from intake.fields.kinds import Text
from intake.times.moments import clock, short_day
from treatments.figures.parts import Parts, read_parts
from treatments.models import Event
from treatments.workflow.events import EVENT_KINDS, EXPORTED, LISTED, OPENED, SEARCHED, Group, group_of

MOST_LINES = 40
MOST_READ = 2_000  # events of a page
SIGN_IN = "sign_in"  # how the kinds begin that tell of a try that failed
AN_HOUR = timedelta(hours=1)
# What a stranger, or somebody at the server's command line, does; all else without an actor is no member of staff's.
OF_NOBODY = (Group.REFUSED, Group.ACCOUNTS)

# What is asked for in the one line of filters, as the list of every entry asks for it.
FILTERS: tuple[tuple[str, Text], ...] = (
    ("", gettext_lazy("All")),
    (f"group={Group.LOOKS}", gettext_lazy("Looks")),
    (f"group={Group.LISTS}", gettext_lazy("Lists and searches")),
    (f"group={Group.DESK}", gettext_lazy("Desk")),
    (f"group={Group.TEAMS}", gettext_lazy("Teams")),
    (f"group={Group.ALERTS}", gettext_lazy("Safety")),
    (f"kind__exact={EXPORTED.key}", gettext_lazy("Exports")),
    (f"group={Group.ACCOUNTS}", gettext_lazy("Rights")),
    (f"group={Group.REFUSED}", gettext_lazy("Refusals and sign-ins")),
)


def kinds_of(asked: str) -> tuple[str, ...] | None:
    """The kinds of events that one of ``FILTERS`` shows; None for all."""
    name, _equals, value = asked.partition("=")
    if not asked:
        return None
    return (value,) if name == "kind__exact" else tuple(key for key in EVENT_KINDS if group_of(key) == value)


@dataclass(frozen=True, slots=True)
class Entry:
    event: int
    at: datetime
    actor: int | None
    kind: str
    referral: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """``actor`` is None where nobody was signed in; then ``group`` is what was tried. ``loud``: read this first."""

    hour: datetime
    actor: int | None
    group: str
    loud: tuple[str, ...]
    calm: tuple[str, ...]
    entries: int
    referrals: int
    part: str

    @property
    def span(self) -> str:
        return hour_span(self.hour)

    @property
    def address(self) -> str:
        """The hour as the list of every entry is asked for it."""
        return hour_name(self.hour)


@dataclass(frozen=True, slots=True)
class Lines:
    """``before``: where the next page begins, None at the end; ``cut``: an hour holds more than was counted."""

    lines: list[Line]
    before: datetime | None
    cut: bool


def hour_of(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def hour_name(hour: datetime) -> str:
    return hour.astimezone(UTC).strftime("%Y-%m-%dT%H")


def hour_named(text: str) -> datetime | None:
    try:
        hour = datetime.strptime(text, "%Y-%m-%dT%H").replace(tzinfo=UTC)
    except ValueError:
        return None
    return hour if 2000 < hour.year < 9000 else None


def hour_span(hour: datetime) -> str:
    """From when to when, by the clinic's clock."""
    here, until = timezone.localtime(hour), timezone.localtime(hour + AN_HOUR)
    begins = date_format(here, "g" if here.strftime("%p") == until.strftime("%p") else "g A").lower()
    ends = date_format(until, "g A").lower()
    if here.minute:  # a zone that is half an hour off
        begins, ends = (clock(each) for each in (here, until))
    day = _("Today") if here.date() == timezone.localdate() else short_day(here)
    return f"{day}, {begins}–{ends}"


def read_lines(asked: str, actor: int | None, before: datetime | None) -> Lines:
    """A page of lines, the newest first: whole hours, in two queries and those of the parts."""
    entries = read_entries(kinds_of(asked), actor, before)
    full, hours = len(entries) == MOST_READ, sorted({hour_of(each.at) for each in entries}, reverse=True)
    cut = full and len(hours) == 1
    if full and not cut:
        hours.pop()  # its beginning was not read
    shown: list[Entry] = []
    lines_so_far = 0
    for hour in hours:
        of_hour = [each for each in entries if hour_of(each.at) == hour]
        lines_so_far += len({key_of(each) for each in of_hour})
        if shown and lines_so_far > MOST_LINES:
            break
        shown += of_hour
    pairs = {(e.actor, e.referral) for e in shown if e.actor is not None and e.referral is not None}
    parts = read_parts(pairs, shown[-1].at) if shown else Parts()
    more = full or len(shown) < len(entries)
    return Lines(lines_of(shown, parts), hour_of(shown[-1].at) if more else None, cut)


def read_entries(kinds: Sequence[str] | None, actor: int | None, before: datetime | None) -> list[Entry]:
    nobodys = Q(actor=None, kind__in=[key for key in EVENT_KINDS if group_of(key) in OF_NOBODY])
    rows = Event.objects.filter(Q(actor__isnull=False) | nobodys | Q(actor=None, kind=EXPORTED.key))
    if actor is not None:
        rows = Event.objects.filter(actor=actor)
    if kinds is not None:
        rows = rows.filter(kind__in=kinds)
    if before is not None:
        rows = rows.filter(at__lt=before)
    rows = rows.order_by("-at", "-pk")
    return [Entry(*row) for row in rows.values_list("pk", "at", "actor", "kind", "referral")[:MOST_READ]]


# --- Pure from here ---------------------------------------------------------------------------------------


def key_of(entry: Entry) -> tuple[datetime, int | None, str]:
    return hour_of(entry.at), entry.actor, "" if entry.actor is not None else group_of(entry.kind).value


def lines_of(entries: Iterable[Entry], parts: Parts) -> list[Line]:
    """``entries`` newest first; within an hour whoever came last stands first."""
    together: dict[tuple[datetime, int | None, str], list[Entry]] = {}
    for entry in entries:
        together.setdefault(key_of(entry), []).append(entry)
    found = []
    for (hour, actor, group), own in together.items():
        loud, calm = words_of(entry.kind for entry in own)
        referrals = {entry.referral for entry in own if entry.referral is not None}
        found.append(Line(hour, actor, group, loud, calm, len(own), len(referrals), part_words(own, parts)))
    return found


def words_of(kinds: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What was done how often: first what an officer asks about, then the day's work."""
    count = Counter(map(word_key, kinds))
    loud = [(key, words) for key, words in LOUD.items() if count[key]]
    calm = [(key, words) for key, words in CALM.items() if count[key]]
    return (
        tuple(words(count[key]) for key, words in loud),
        tuple(words(count[key]) for key, words in calm),
    )


def word_key(kind: str) -> str:
    if kind.startswith(SIGN_IN):
        return SIGN_IN
    return kind if kind in (OPENED.key, EXPORTED.key, LISTED.key, SEARCHED.key) else group_of(kind).value


LOUD = {
    EXPORTED.key: lambda n: ngettext("%(n)s export", "%(n)s exports", n) % {"n": n},
    Group.ACCOUNTS.value: lambda n: (
        ngettext("%(n)s entry on rights", "%(n)s entries on rights", n) % {"n": n}
    ),
    SIGN_IN: lambda n: ngettext("%(n)s failed sign-in", "%(n)s failed sign-ins", n) % {"n": n},
    Group.REFUSED.value: lambda n: ngettext("%(n)s refusal", "%(n)s refusals", n) % {"n": n},
}
CALM = {
    OPENED.key: lambda n: ngettext("%(n)s look", "%(n)s looks", n) % {"n": n},
    LISTED.key: lambda n: ngettext("%(n)s list", "%(n)s lists", n) % {"n": n},
    SEARCHED.key: lambda n: ngettext("%(n)s search", "%(n)s searches", n) % {"n": n},
    Group.LISTS.value: lambda n: ngettext("%(n)s other page", "%(n)s other pages", n) % {"n": n},
    Group.DESK.value: lambda n: ngettext("%(n)s act at the desk", "%(n)s acts at the desk", n) % {"n": n},
    Group.TEAMS.value: lambda n: ngettext("%(n)s act of a team", "%(n)s acts of a team", n) % {"n": n},
    Group.ALERTS.value: lambda n: ngettext("%(n)s act on alerts", "%(n)s acts on alerts", n) % {"n": n},
    Group.PATIENT.value: lambda n: ngettext("%(n)s of the patient", "%(n)s of the patient", n) % {"n": n},
    Group.RULES.value: lambda n: ngettext("%(n)s by the rules", "%(n)s by the rules", n) % {"n": n},
}


def part_words(entries: Iterable[Entry], parts: Parts) -> str:
    """Such as "owner: 4, none: 1"; "" where no referral was looked at."""
    newest: dict[tuple[int, int], datetime] = {}
    for entry in entries:
        if entry.actor is not None and entry.referral is not None:
            newest.setdefault((entry.actor, entry.referral), entry.at)
    count = Counter(str(parts.of(*pair, at)) or _("none") for pair, at in newest.items())
    if len(count) == 1:
        return next(iter(count))
    return ", ".join(f"{words}: {n}" for words, n in count.most_common())
