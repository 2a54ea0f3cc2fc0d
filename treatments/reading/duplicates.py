"""Which other referrals may be of the same person, and what two of them share.

Found over plain columns by the date of birth (also with day and month swapped, or a year off), each phone number and
the email; judged here. Rules suggest, people decide: nothing is linked by this.
"""

import re
from calendar import isleap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from intake.fields.kinds import Text
from intake.times.moments import short_day
from treatments.models import DuplicateLink, Referral
from treatments.reading.nicknames import same_name
from treatments.search import digits_of, in_one, phone_digits, plain

MAX_ROWS = 400  # candidates looked at: in a million people some forty share a date of birth
SIMILAR = 75.0  # of 100, the ratio of two whole names, each in the order that fits better
# A whole number among several in one field: "(212) 555-0142 or 646.555.0199".
NUMBER = re.compile(r"(?<!\d)(?:\+?1[\s.-]*)?\(?[2-9]\d{2}\)?[\s./-]*\d{3}[\s.-]*\d{4}(?!\d)")

READ = (
    "reference",
    "first_name",
    "last_name",
    "date_of_birth",
    "phone",
    "email",
    "language",
    "state",
    "received_at",
    "erased_at",
)


class Likeness(IntEnum):
    """What two referrals may be to each other, the likeliest first."""

    SAME = 1  # name and date of birth agree, or nearly so and a number or address too: one person
    MAYBE = 2  # much is alike, and not all
    TWIN = 3  # one surname and date of birth, another first name
    HOUSEHOLD = 4  # one number or address, another name
    NOTHING = 5


LIKENESS_WORDS: dict[Likeness, Text] = {
    Likeness.SAME: _("the same person"),
    Likeness.MAYBE: _("perhaps the same person"),
    Likeness.TWIN: _("perhaps a twin"),
    Likeness.HOUSEHOLD: _("perhaps of one household"),
    Likeness.NOTHING: _("nothing in common"),
}


@dataclass(frozen=True, slots=True)
class Match:
    """Another referral, what it may be to the first one, and what both have in common, in words."""

    referral: Referral
    likeness: Likeness
    shared: tuple[Text, ...]

    @property
    def words(self) -> Text:
        return LIKENESS_WORDS[self.likeness]

    @property
    def needs_reason(self) -> bool:
        """Whether somebody who links the two says why: all but what leaves no doubt."""
        return self.likeness is not Likeness.SAME


def possible_duplicates(referral: Referral) -> list[Match]:
    """Other referrals that may be of this person or of somebody close, the likeliest first and of these the newest."""
    born, email = referral.date_of_birth, plain_email(referral)
    same = Q(date_of_birth__in=near(born)) if born else Q(pk__in=())
    for number in numbers(referral.phone):
        # What is kept for searching holds the figures of the whole field, so each number of it, and any extension.
        same |= Q(phone_digits=number) | Q(search__contains=number)
    if email:
        same |= Q(mail=email)
    rows = Referral.objects.alias(mail=Lower("email")).filter(same).exclude(pk=referral.pk)
    # Sorted here: with an order the database walks the newest rows instead of the indexes.
    newest = sorted(rows.only(*READ)[:MAX_ROWS], key=lambda row: (row.received_at, row.pk), reverse=True)
    mine = _told(referral)
    found = [match for other in newest if (match := _compared(mine, other)).shared]
    return sorted(found, key=lambda match: match.likeness)


def compared(one: Referral, other: Referral) -> Match:
    """What ``other`` may be to ``one``."""
    return _compared(_told(one), other)


def _compared(mine: "Told", other: Referral) -> Match:
    theirs = _told(other)
    born, named = _births(mine.born, theirs.born), _names(mine, theirs)
    ways = []
    if mine.numbers & theirs.numbers:
        ways.append(_("phone number"))
    if mine.email and mine.email == theirs.email:
        ways.append(_("email"))
    if named and (born or ways):
        # Of a name that many have another date, even one much like it, is a stranger's.
        surely = named is not ALIKE and (born is BORN_SAME or (born and ways))
        kind, shared = Likeness.SAME if surely else Likeness.MAYBE, [named, *([born] if born else [])]
    elif born is BORN_SAME and mine.surnames & theirs.surnames:
        kind, shared = Likeness.TWIN, [_("surname"), born]
    else:
        kind, shared = Likeness.HOUSEHOLD if ways else Likeness.NOTHING, []
    return Match(other, kind, (*shared, *ways))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table in which referrals stand side by side: ``cells`` of the first one and of each other."""

    label: Text
    cells: tuple[Text, ...]


def side_by_side(referral: Referral, matches: list[Match]) -> list[Row]:
    """What a person compares before they link two."""
    people = [referral, *(match.referral for match in matches)]

    def row(label: Text, of: Callable[[Referral], Text]) -> Row:
        return Row(label, tuple(of(each) for each in people))

    return [
        Row(_("May be"), ("", *(capfirst(match.words) for match in matches))),
        Row(_("In common"), ("", *(", ".join(map(str, match.shared)) for match in matches))),
        row(_("Name"), lambda each: each.name),
        row(_("Date of birth"), lambda each: short_day(each.date_of_birth) if each.date_of_birth else ""),
        row(_("Phone"), lambda each: each.phone),
        row(_("Email"), lambda each: each.email),
        row(_("Language"), lambda each: each.get_language_display()),
        row(_("State"), lambda each: each.state_label),
        row(_("Received"), lambda each: short_day(each.received_at)),
    ]


def linked_with(referral: Referral) -> list[Referral]:
    """The referrals that are tied to this one."""
    links = DuplicateLink.objects.of(referral).select_related("first", "second").order_by("pk")
    return [link.other_than(referral) for link in links]


# --- What is compared ------------------------------------------------------------------------------------

BORN_SAME, BORN_SWAPPED, BORN_A_YEAR_OFF = (
    _("date of birth"),
    _("date of birth with day and month swapped"),
    _("date of birth but for a year"),
)
NAMED_SAME, NAMED_SHORT, ALIKE = _("name"), _("name, in a short form"), _("a name much alike")


def near(born: date) -> set[date]:
    """The dates that may be meant where ``born`` is written: with day and month swapped, and a year off."""
    days = {born, *(day for off in (-1, 1) for day in _in_year(born, born.year + off))}
    if swapped := _swapped(born):
        days.add(swapped)
    return days


def numbers(phone: str) -> frozenset[str]:
    """The last ten digits of each number in a field; of what is no whole number what can be compared of it."""
    whole = frozenset(digits_of(found.group())[-10:] for found in NUMBER.finditer(phone))
    return whole or frozenset(filter(None, [phone_digits(phone)]))


def plain_email(referral: Referral) -> str:
    return referral.email.strip().lower()


def _swapped(born: date) -> date | None:
    return date(born.year, born.day, born.month) if born.day <= 12 else None


def _in_year(born: date, year: int) -> set[date]:
    """The same day; the last of February is that of either year."""
    year = min(max(year, date.min.year), date.max.year)
    if (born.month, born.day) == (2, 29):
        return {date(year, 2, 28)}
    leap = (born.month, born.day) == (2, 28) and isleap(year)
    return {born.replace(year=year), *([date(year, 2, 29)] if leap else [])}


def _births(one: date | None, other: date | None) -> Text | None:
    if one is None or other is None:
        return None
    if one == other:
        return BORN_SAME
    if _swapped(one) == other:
        return BORN_SWAPPED
    return BORN_A_YEAR_OFF if other in near(one) else None


@dataclass(frozen=True, slots=True)
class Told:
    """What is compared of one referral: names in plain letters, as words and joined."""

    first: str
    last: str
    joined: tuple[str, str]
    born: date | None
    numbers: frozenset[str]
    email: str

    @property
    def surnames(self) -> set[str]:
        """A surname and each part of a double one."""
        return {self.joined[1], *re.split(r"[\s-]+", self.last)} - {""}


def _told(referral: Referral) -> Told:
    first, last = plain(referral.first_name), plain(referral.last_name)
    return Told(
        first=first,
        last=last,
        joined=(in_one(first), in_one(last)),
        born=referral.date_of_birth,
        numbers=numbers(referral.phone),
        email=plain_email(referral),
    )


def _names(mine: Told, theirs: Told) -> Text | None:
    """How the names agree, first and last in either order; None where they do not."""
    first, last = theirs.joined
    if mine.joined in ((first, last), (last, first)):
        return NAMED_SAME
    if mine.joined[1] == last and _short_form(mine.first, theirs.first):
        return NAMED_SHORT
    if mine.joined[1] == first and _short_form(mine.first, theirs.last):
        return NAMED_SHORT
    whole = f"{mine.first} {mine.last}"
    orders = (f"{theirs.first} {theirs.last}", f"{theirs.last} {theirs.first}")
    return ALIKE if any(fuzz.ratio(whole, each) >= SIMILAR for each in orders) else None


def _short_form(one: str, other: str) -> bool:
    """By the first word of each: "Bob J." is "Robert"."""
    mine, theirs = one.split(), other.split()
    return bool(mine and theirs) and same_name(mine[0], theirs[0])
