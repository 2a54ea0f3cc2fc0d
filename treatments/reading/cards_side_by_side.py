"""The treatments' cards as they stand beside one another on a referral's page: each thing said once, and shortly."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from intake.fields.kinds import Text
from intake.fields.lookup import field_path
from treatments.reading.answers import question
from treatments.reading.short_words import NOS, QUESTIONS
from treatments.reading.treatment_cards import Card, Found, Said, to_ask

# Of a treatment's nos; the first are those whose yes a clinician would have to decide on.
MOST_NOS = 2
# A last sentence in brackets is beside the point: it stands with the sources.
REMARK = re.compile(r"(?<=\.) \(([^()]*\.)\)")
BEFORE_SHORT_WORDS = re.compile(r"^(an?|can come|can) ")


def side_by_side(found: Iterable[Card], assessment: Mapping[str, Any]) -> list[Card]:
    """What a treatment shares with one to its left is said there; of the nos the first few stand, all others fold.

    A yes, and what is not known, stands open on every card that it matters to.
    """
    reasons: dict[tuple[str, str], Text] = {}
    asked: list[tuple[Text, set[str]]] = []
    nos_shown: set[str] = set()
    shown = []
    for card in found:
        rows = assessment["treatments"][card.key]["ask"]
        first = [words for each in card.nos if (words := bare(each)) not in nos_shown][:MOST_NOS]
        others = [each for each in (*card.nos, *card.other_nos) if bare(each) not in first]
        shown.append(
            replace(
                card,
                found=[_said_once(row, card, reasons) for row in card.found],
                ask=_asked_once(rows, asked),
                yeses=[*map(bare, card.yeses)],
                nos=[*first],
                other_nos=others,
            )
        )
        asked.append((card.name, _open(rows)))
        nos_shown |= {*first}
    return shown


def bare(words: Text) -> str:
    return BEFORE_SHORT_WORDS.sub("", str(words))


def _said_once(row: Found, card: Card, reasons: dict[tuple[str, str], Text]) -> Found:
    name = reasons.setdefault((row.rule, row.because), card.name)
    if name is not card.name:
        return replace(row, because=_("as under %(name)s.") % {"name": name}, said=[])
    remark = REMARK.search(row.because)
    because = REMARK.sub("", row.because)
    return replace(row, because=because, remark=remark[1] if remark else "", said=[*map(_shortly, row.said)])


def _shortly(said: Said) -> Said:
    """The question in few words where they are known, of a no in those that the line of nos has."""
    words = QUESTIONS.get(said.path) or (NOS.get(said.path) if said.is_no else None)
    return replace(said, question=f"{capfirst(bare(words))}:") if words else said


def _open(rows: Iterable[Mapping[str, Any]]) -> set[str]:
    return {path for row in rows for path in row["fields"]}


def _asked_once(rows: list[Mapping[str, Any]], asked: Iterable[tuple[Text, set[str]]]) -> list[str]:
    if not (paths := _open(rows)):
        return []
    name = next((name for name, before in asked if paths <= before), None)
    if name is not None:
        return [_("as under %(name)s") % {"name": name}]
    return to_ask(rows, lambda path: str(QUESTIONS.get(field_path(path)) or question(path)))
