"""A checklist's answers in lines: what was answered yes and what is not known first, then each no, named."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from intake import fields
from intake.fields import Answers, Kind, Reader
from intake.fields.lookup import answer, field_path
from intake.fields.treatments_tried import BENEFITS
from intake.questionnaire import summary
from intake.times.moments import short_day
from treatments.reading.answers import question
from treatments.reading.checklists import Asked, Check, Course, Pressure, Takes, Wrote
from treatments.reading.safety import was_asked
from treatments.reading.short_words import NOS, YESES
from treatments.reading.treatment_cards import OWN_WORDS
from treatments.rules.medicines import LIST, Medicines
from treatments.rules.thresholds import BP_HIGH_DIASTOLIC, BP_HIGH_SYSTOLIC, BP_RECENT_DAYS

MOST_LETTERS = 120  # of somebody's own words; more would not fit on the page
YES_FIRST, UNKNOWN_NEXT, NO_LAST = range(3)


@dataclass(frozen=True, slots=True)
class Line:
    """``words`` with their ``value``; ``path`` is the answer, "" where it rests on none; ``own`` are the person's words.

    ``bold`` marks a yes, what is not known, and what is above a cut-off.
    """

    words: str
    value: str = ""
    path: str = ""
    bold: bool = False
    own: str = ""
    rank: int = NO_LAST


def check_lines(
    checks: Iterable[Check], answers: Answers, readers: frozenset[Reader], today: date
) -> list[Line]:
    """The lines of ``checks`` that one of ``readers`` may have, what stands out first."""
    found: list[Line] = []
    for check in checks:
        match check:
            case Asked():
                found += _asked(check, answers, readers)
            case Course():
                found.append(_course(check, answers))
            case Takes():
                found.append(_takes(check, answers))
            case Pressure():
                found.append(_pressure(answers, today))
            case Wrote():
                found.append(_wrote(check, answers))
    return sorted(found, key=lambda line: line.rank)


def unknown(said: Any) -> str:
    """What is not known, in the words of how it came about."""
    words = {"not_sure": _("Not sure"), "declined": _("Declined")}
    return f"? {words.get(said, _('Not answered'))}"


def cut(text: str) -> str:
    """Somebody's own words, and where they are too many for a sheet, that there is more."""
    if len(text) <= MOST_LETTERS:
        return text
    return _("%(start)s … (more in the whole referral)") % {"start": text[:MOST_LETTERS].rstrip()}


def _asked(check: Asked, answers: Answers, readers: frozenset[Reader]) -> list[Line]:
    """One line for what stands out, and one for those that were answered alike."""
    alike: dict[str, list[str]] = {}
    lines = []
    for path in check.paths:
        owner = fields.BY_PATH[field_path(path)]
        if owner.reader not in readers:
            continue
        said = answer(answers, path)
        if said in (None, "not_sure", "declined"):
            skipped = said is None and not was_asked(path, answers)
            alike.setdefault(_("Does not apply") if skipped else unknown(said), []).append(path)
        elif said == check.look_at or said not in ("yes", "no"):
            own = answer(answers, OWN_WORDS[path]) if path in OWN_WORDS else None
            value = _in_words(path, said)
            lines.append(Line(short(path), value, path, True, cut(own or ""), YES_FIRST))
        else:
            alike.setdefault(_in_words(path, said), []).append(path)
    return lines + [_alike(value, paths) for value, paths in alike.items()]


def _alike(value: str, paths: list[str]) -> Line:
    words = capfirst(", ".join([short(paths[0]), *(_inside(path) for path in paths[1:])]))
    open_ = value.startswith("?")
    if len(paths) > 1 and value in (_("No"), _("Yes")):
        value = _("%(answer)s to each") % {"answer": value}
    return Line(words, value, paths[0], open_, "", UNKNOWN_NEXT if open_ else NO_LAST)


def short(path: str) -> str:
    """A question in a few words."""
    return capfirst(_inside(path))


def _inside(path: str) -> str:
    words = str(NOS.get(path) or YESES.get(path) or question(path))
    return words.removeprefix("a ").removeprefix("an ")


def _in_words(path: str, said: Any) -> str:
    owner = fields.BY_PATH[field_path(path)]
    key = path.rpartition(".")[2]
    return summary.in_words(next((part for part in owner.parts if part.key == key), owner), said)


def _course(check: Course, answers: Answers) -> Line:
    had = f"{check.path}.had"
    said = answer(answers, had)
    if said == "no":
        return Line(str(check.name), _("No"), had)
    if said != "yes":
        return Line(str(check.name), unknown(said), had, True, "", UNKNOWN_NEXT)
    details = []
    for part in fields.BY_PATH[check.path].parts:
        path = f"{check.path}.{part.key}"
        value = answer(answers, path)
        if path == had or value in (None, "no"):
            continue
        if value in BENEFITS:
            details.append(BENEFITS[value].words)
        elif value in ("yes", "not_sure"):
            details.append(short(path) if value == "yes" else f"{short(path)}: {unknown(value)}")
        else:
            details.append(summary.in_words(part, value))
    return Line(str(check.name), "; ".join((_("Yes"), *details)), had, True, "", YES_FIRST)


def _takes(check: Takes, answers: Answers) -> Line:
    medicines = Medicines(answer(answers, LIST), answer(answers, "antidepressants.trials"))

    def of_these(drug: Any) -> bool:
        return not drug.sets.isdisjoint(check.sets)

    words, place = str(check.words), place_of(LIST, answers)
    taken = medicines.takes(of_these).value
    if names := medicines.names(of_these):
        return Line(words, ", ".join(names), place, True, "", YES_FIRST)
    if taken is False:
        return Line(words, _("None named"), place)
    return Line(words, f"? {_('Not known')}", place, True, "", UNKNOWN_NEXT)


def place_of(path: str, answers: Answers) -> str:
    """Where ``path`` stands among all answers: of a scale or group its first question, of a list its first entry."""
    owner = fields.BY_PATH.get(field_path(path))
    if owner is None:
        return ""
    if owner.kind is Kind.ENTRIES:
        return f"{owner.path}.{owner.parts[0].key}" if answer(answers, owner.path) else owner.path
    if path != owner.path:
        return path
    first = {Kind.ITEMS: "[0]", Kind.GROUP: f".{owner.parts[0].key}" if owner.parts else ""}
    return f"{path}{first.get(owner.kind, '')}"


def _pressure(answers: Answers, today: date) -> Line:
    words, path = _("Blood pressure"), "health.bp_systolic"
    systolic, diastolic = answer(answers, path), answer(answers, "health.bp_diastolic")
    if systolic is None or diastolic is None:
        return Line(words, unknown(None), path, True, "", UNKNOWN_NEXT)
    systolic, diastolic = (
        max(systolic, diastolic),
        min(systolic, diastolic),
    )  # in whichever order they were given
    day = answer(answers, "health.bp_date")
    high = systolic > BP_HIGH_SYSTOLIC.value or diastolic > BP_HIGH_DIASTOLIC.value
    old = day is None or date.fromisoformat(day) < today - timedelta(days=BP_RECENT_DAYS.value)
    measured = short_day(date.fromisoformat(day)) if day else _("day not known")
    remarks = [word for word, fits in ((_("high"), high), (_("old"), old and bool(day))) if fits]
    value = ", ".join((f"{systolic}/{diastolic}", measured, *remarks))
    return Line(words, value, path, high or old, "", YES_FIRST if high or old else NO_LAST)


def _wrote(check: Wrote, answers: Answers) -> Line:
    said = answer(answers, check.path)
    if said in (None, ""):
        return Line(str(check.words), _("Not answered"), check.path)
    if isinstance(said, str):
        return Line(str(check.words), "", check.path, own=cut(said))
    return Line(str(check.words), f"{said:g}", check.path, bold=bool(said))
