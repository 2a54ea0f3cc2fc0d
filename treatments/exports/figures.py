"""The director's figures as rows of one table, as they stand on the page: what it hides is hidden here too."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from treatments.exports.worklist import Cell


def titles() -> list[str]:
    return [
        _("Part"),
        _("Group"),
        _("What"),
        _("Number"),
        _("Of"),
        _("Share (95 %)"),
        _("Median"),
        _("Longest"),
        _("Open"),
    ]


def rows(figures: Mapping[str, Any]) -> Iterator[list[Cell]]:
    """``figures`` as they were counted; "" where there is nothing to say, and where nothing is told."""
    yield from _funnel(figures)
    if "load" not in figures:  # of some people: all else stands on everybody's page
        return
    yield from _safety(figures)
    yield from _outcomes(figures)
    yield from _groups(figures)
    part = _("Who has how many")
    for row in figures["load"]:
        yield _row(part, row["person"], _("Open at the desk"), row["open"], "", "", "", row["longest"])
        yield _row(part, row["person"], _("Held"), row["held"], row["open"])
        yield _row(part, row["person"], _("Waiting for the patient"), row["asked"], row["open"])
    for stop in figures["stops"]:
        yield _row(_("Where people leave the form"), "", stop["page"], stop["count"])


def _row(part: str, group: object, what: object, number: int | None, *more: object) -> list[Cell]:
    rest = [each if isinstance(each, int) else str(each) for each in more]
    return [part, str(group), str(what), number, *rest, *[""] * (5 - len(rest))]


def _funnel(figures: Mapping[str, Any]) -> Iterator[list[Cell]]:
    part, whom, everybody = _("Where people are lost"), figures["part"], figures["people"]
    for row in figures["funnel"]["rows"]:
        yield _row(
            part, whom, row["words"], row["people"], everybody, row["share"], row["median"], row["longest"]
        )


def _safety(figures: Mapping[str, Any]) -> Iterator[list[Cell]]:
    for row in figures["safety"]:
        times = row["times"]
        seen = times["median"], times["longest"], times["still_open"]
        yield _row(_("Safety"), "", row["words"], times["number"], "", "", *seen)
        if row["target"] and times["judged"]:
            yield _row(_("Safety"), _("In time"), row["words"], times["in_time"], times["judged"])


def _outcomes(figures: Mapping[str, Any]) -> Iterator[list[Cell]]:
    part = _("How consults ended, and what teams said")
    for told in ("outcomes", "feedback"):
        table = figures[told]
        for row in table["rows"]:
            for head, number in zip(table["heads"], row["numbers"], strict=True):
                yield _row(part, head, row["words"], number)
    for name, number, of, share in figures["started"]:
        words = _("Treatment started, of those whose consult ended (95 %)")
        yield _row(part, name, words, number, of if number is not None else "", share)


def _groups(figures: Mapping[str, Any]) -> Iterator[list[Cell]]:
    part, kinds = (
        _("Does everyone get through?"),
        (_("Sent"), _("Routed"), _("Reached within the usual tries")),
    )
    for dimension in figures["dimensions"]:
        for row in dimension["rows"]:
            group = f"{dimension['words']}: {row['words']}"
            yield _row(part, group, _("Median until the first visit"), row["people"], "", "", row["to_visit"])
            for kind, share in zip(kinds, row["shares"], strict=True):
                yield _row(part, group, kind, None, "", share)
        for words in dimension["differences"]:
            yield _row(part, dimension["words"], words, None)
