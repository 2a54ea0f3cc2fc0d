"""What of an intake records may be asked for, and the requests for records of a referral as its page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils.translation import gettext as _

from intake.fields import BY_PATH
from intake.fields.lookup import answer
from intake.models import Submission
from treatments.models import RecordRequest, Referral
from treatments.reading.redaction import Redaction

# Lists of the document of which each entry is a record somewhere, and the parts that name an entry.
LISTS = ("antidepressants.trials", "medicines.list", "other_treatments.therapy")
THERAPIES = LISTS[-1]
NAMED_BY = ("drug", "type")


def askable(redaction: Redaction, submission: Submission) -> list[tuple[str, str]]:
    """``(path, words)`` of each entry that this reader may read."""
    answers = redaction.readable(submission.current)
    found = []
    for path in LISTS:
        entries: Any = answer(answers, path) or []
        for place, entry in enumerate(entries):
            named = [part for part in BY_PATH[path].parts if part.key in NAMED_BY and entry.get(part.key)]
            words = ", ".join(str(dict(part.choices).get(entry[part.key], entry[part.key])) for part in named)
            found.append((f"{path}[{place}]", words or _("%(n)d of the list") % {"n": place + 1}))
    return found


def asked_in_words(entries: Iterable[tuple[str, str]]) -> str:
    """What a pharmacy, a practice or a therapist is asked about these entries, in a line, each name once; "" where there
    are none.
    """
    fills = dict.fromkeys(words for path, words in entries if not path.startswith(THERAPIES))
    sessions = dict.fromkeys(words for path, words in entries if path.startswith(THERAPIES))
    asked = (
        (_("Fills of %(names)s: doses and dates."), fills),
        (_("Sessions of %(names)s: how many, from when to when."), sessions),
    )
    return " ".join(sentence % {"names": "; ".join(names)} for sentence, names in asked if names)


def request_at(user: User, referral: Referral, key: str) -> RecordRequest | None:
    """The request that an address names, ``request.12``, among those that this person may read."""
    what, _dot, number = key.partition(".")
    if what != "request" or not number.isdecimal():
        return None
    found: RecordRequest | None = (
        RecordRequest.objects.filter(referral=referral, pk=int(number)).for_user(user).first()
    )
    if found is not None:
        found.referral = referral  # what it says is sealed by the form's key, which is at hand
    return found


@dataclass(frozen=True, slots=True)
class RequestRow:
    """``late``: an answer is overdue."""

    request: RecordRequest
    late: bool


def requests_of(user: User, referral: Referral, today: date) -> list[RequestRow]:
    """Those that this person may read, newest first."""
    rows = RecordRequest.objects.filter(referral=referral).for_user(user).select_related("by").in_order()
    found = []
    for row in rows:
        row.referral = referral  # what it says is sealed by the form's key, which is at hand
        found.append(RequestRow(row, row.is_overdue(today)))
    return found


def overdue_requests(user: User, queues: Iterable[str], today: date) -> list[RecordRequest]:
    """What is overdue of this person's: of the desk those of their own people, of nobody's, and their own; of a
    team all of its queue. The longest overdue first.
    """
    own = Q(consult__treatment__in=list(queues))
    if user.has_perm("treatments.view_referral"):
        own |= Q(consult=None) & (Q(referral__owner=user) | Q(referral__owner=None) | Q(by=user))
    rows = (
        RecordRequest.objects.overdue(today)
        .filter(own, referral__erased_at=None)
        .select_related("referral__submission", "consult")
    )
    return list(rows.order_by("due_on", "pk"))


def release_ends(today: date) -> date:
    """A year, where nobody says another day."""
    return today + timedelta(days=365)
