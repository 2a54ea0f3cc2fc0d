"""The worklist's column on payers: by treatment how many needs are open, or that no payer is chosen yet, and what is due.

It reads what the referral's row keeps and works nothing out.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from treatments.admin.lists.badges import badge, kept
from treatments.admin.lists.column import PAYER
from treatments.catalog import TREATMENTS
from treatments.models import Referral
from treatments.workflow.payer_waits import NO_PAYER

WORST_FIRST = ("open", "clinician", "not_met")


def payer_words(referral: Referral) -> str:
    """As a spreadsheet holds it."""
    return "; ".join(payer_lines(_kept(referral)))


def payer_cell(referral: Referral) -> SafeString:
    stored = _kept(referral)
    lines = list(payer_lines(stored))
    if not lines:
        return format_html('<span class="blank">{}</span>', "–")
    told = format_html_join("", '<span class="desk-mark">{}</span>', ((line,) for line in lines))
    due = date.fromisoformat(stored["due_on"]) if stored.get("due_on") else None
    if due is None:
        return told
    late = due <= timezone.localdate()
    words = _("due %(day)s") % {"day": date_format(due, "M j")}
    return format_html('{}<span class="desk-mark">{}</span>', told, due_mark() if late else words)


@kept
def due_mark() -> SafeString:
    return badge("overdue", "✱", _("Payer due"))


def _kept(referral: Referral) -> Mapping[str, Any]:
    stored: Mapping[str, Any] = getattr(referral, PAYER)
    return stored if stored.get("waits", "none") != "none" else {}


def is_chosen(stored: Mapping[str, Any]) -> bool:
    """Whether somebody chose who pays."""
    rows = [row for row in stored.values() if isinstance(row, Mapping)]
    return any(row["state"] != NO_PAYER for row in rows)


def payer_lines(stored: Mapping[str, Any]) -> Iterator[str]:
    """What each treatment says, the one with most open first; of no payer it is said once."""
    rows = [(key, stored[key]) for key in TREATMENTS if isinstance(stored.get(key), Mapping)]
    if any(row["state"] == NO_PAYER for _key, row in rows):
        yield _("choose payer")
        return
    rows.sort(key=lambda each: [-each[1][count] for count in WORST_FIRST])
    for key, row in rows:
        open_ = _("%(n)d open") % {"n": row["open"]}
        not_met = _("%(n)d not met") % {"n": row["not_met"]}
        parts = [
            *([open_] if row["open"] or not row["not_met"] else []),
            *([not_met] if row["not_met"] else []),
        ]
        yield f"{TREATMENTS[key].short} {', '.join(parts)}"
