"""What events about requests for records and printed papers say beside their name."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intake.times.moments import short_day
from treatments.workflow.papers import PAPERS, PaperKind

Details = Mapping[str, Any]


def request_words(details: Details) -> list[str]:
    """Which request for records, the day that counts (signed, sent, received), the due day, and how much came."""
    words = [_("request %(number)s") % {"number": details["request"]}]
    if "day" in details:
        words.append(_day(details["day"]))
    if "due" in details:
        words.append(_("due %(day)s") % {"day": _day(details["due"])})
    if "pages" in details:
        words.append(ngettext("%(n)d page", "%(n)d pages", details["pages"]) % {"n": details["pages"]})
    return words


def paper_words(details: Details) -> list[str]:
    """Which paper, and where a fax goes."""
    kind = PAPERS[PaperKind(details["kind"])]
    words = [_("%(kind)s, paper %(number)s") % {"kind": kind, "number": details["paper"]}]
    if "fax" in details:
        words.append(_("to fax %(number)s") % {"number": details["fax"]})
    return [*words, *([str(details["form"])] if "form" in details else [])]


def _day(text: str) -> str:
    return short_day(date.fromisoformat(text))
