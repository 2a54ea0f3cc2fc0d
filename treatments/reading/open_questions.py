"""The questions that rules and payer wait for, in the order in which they are asked: safety, payer, each treatment."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from intake.fields import Field
from intake.fields.kinds import Text
from intake.questionnaire import amendments
from intake.questionnaire.intake import INTAKE
from intake.questionnaire.page import Page
from treatments.catalog import TREATMENTS
from treatments.models import Referral
from treatments.reading.payer_view import payer_asks
from treatments.reading.redaction import Redaction

SAFETY = "safety"
PAYER = "payer"
FIRST = (SAFETY, PAYER)
MEDICINES = frozenset({"antidepressants", "medicines"})
TITLES: Mapping[str, Text] = {
    SAFETY: _("Safety"),
    PAYER: _("What the payer asks"),
    **{key: treatment.name for key, treatment in TREATMENTS.items()},
    "medicines": _("Medicines"),
    "more": _("More that the rules ask"),
    "earlier": _("Change an answer already given"),
}


@dataclass(slots=True)
class Section:
    """``paths`` are fields of the dictionary, each in one section; ``entries`` of lists (path, place) are waited for."""

    key: str
    title: Text
    paths: list[str] = field(default_factory=list)
    entries: set[tuple[str, int]] = field(default_factory=set)

    @property
    def place(self) -> int:
        return list(TITLES).index(self.key)


def title_of(key: str) -> Text:
    """The words over a section, "" for one that is not known."""
    return TITLES.get(key, "")


def open_sections(redaction: Redaction, referral: Referral, may: Collection[str]) -> list[Section]:
    """The open questions among the fields that ``may`` be answered; none where the rules have not run."""
    assessment = redaction.assessment(referral)
    payer = payer_asks(redaction, referral, on=localdate())
    return in_sections(assessment, may, payer) if assessment else []


def in_sections(
    assessment: Mapping[str, Any], may: Collection[str], payer: Sequence[str] = ()
) -> list[Section]:
    """As of ``open_sections``, of an account of the rules: each field in the first section that asks it.

    ``payer`` are the paths of answers that the payer's needs wait for.
    """
    found: dict[str, Section] = {}
    seen: set[str] = set()
    for key, rows in _asking(assessment, payer):
        for path in amendments.in_order(path for row in rows for path in row["fields"] if "." in path):
            place = "medicines" if path.split(".")[0] in MEDICINES and key not in FIRST else key
            if path in may and path not in seen:
                seen.add(path)
                found.setdefault(place, Section(place, TITLES[place])).paths.append(path)
    entries = {entry for _key, rows in _asking(assessment, payer) for row in rows for entry in _entries(row)}
    for section in found.values():
        section.entries = {entry for entry in entries if entry[0] in section.paths}
    return sorted(found.values(), key=lambda section: section.place)


def _asking(
    assessment: Mapping[str, Any], payer: Sequence[str]
) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    yield SAFETY, assessment["hold"]["ask"]
    yield PAYER, [{"fields": payer}]
    for key in TREATMENTS:
        yield key, assessment["treatments"][key]["ask"]
    yield "more", assessment["ask"]


def _entries(row: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """The entries of lists that one row of an account waits for."""
    for path in row["fields"]:
        if "[" in path:
            yield path.split("[")[0], int(path.split("[")[1].split("]")[0])


def pages_of(may: Mapping[str, Field]) -> list[tuple[Page, list[Field]]]:
    """The fields that ``may`` be answered, each under the first page that asks it."""
    seen: set[str] = set()
    groups = []
    for page in (*amendments.PAGES, INTAKE.help_page):
        own = [each for each in page.fields if each.path in may and each.path not in seen]
        seen.update(each.path for each in own)
        if own:
            groups.append((page, own))
    return groups
