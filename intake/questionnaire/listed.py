"""A medicine that was tried in at most three lines, as the person reads back what they told of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.drugs import resolve
from intake.fields import Field
from intake.fields.kinds import Text
from intake.questionnaire.amount_choices import TIME
from intake.questionnaire.amounts import amount_in_words
from intake.questionnaire.names import in_full
from intake.questionnaire.when_taken import BEFORE, STILL, when_taken

HELPED: Mapping[object, Text] = {
    "under_25": gettext_lazy("Helped very little, or not at all."),
    "25_49": gettext_lazy("Helped a little."),
    "50_75": gettext_lazy("Helped a lot."),
    "over_75": gettext_lazy("You got almost well, or well again."),
}
WHY: Mapping[object, Text] = {
    "no_benefit": gettext_lazy("Stopped: it did not help."),
    "benefit_faded": gettext_lazy("Stopped: it helped at first, then stopped helping."),
    "side_effects": gettext_lazy("Stopped: side effects."),
    "cost": gettext_lazy("Stopped: cost or insurance."),
    "felt_better": gettext_lazy("Stopped: you felt better."),
    "pregnancy": gettext_lazy("Stopped: pregnancy."),
}


def still_taken(answers: Mapping[str, Any]) -> list[str]:
    """The names of the medicines for depression that are still taken, as they were told before."""
    trials = answers.get("antidepressants", {}).get("trials") or ()
    return [in_full(trial.get("drug") or "") for trial in trials if trial.get("still_taking") == "yes"]


@dataclass(frozen=True, slots=True)
class Told:
    """``name`` with the amount; ``known`` and ``missing`` stand on the second line, ``course`` on the third."""

    name: str
    known: str
    missing: str
    course: str


def told(owner: Field, entry: Mapping[str, Any]) -> Told:
    parts = {part.key: part for part in owner.parts}
    dose, weeks = (amount_in_words(parts[key], entry) for key in ("dose_mg", "weeks"))
    typed = entry.get("drug") or ""
    name = in_full(typed) if typed else _("Not finished yet")
    if typed and resolve(typed).drug is None:
        name = _("“%(typed)s”") % {"typed": typed}
    known = " ".join(filter(None, (_time(entry, weeks), str(HELPED.get(entry.get("improvement"), "")))))
    missing = ", ".join(_missing(entry))
    return Told(
        f"{name}, {_amount(dose)}" if dose else name,
        known,
        _("Not remembered: %(what)s.") % {"what": missing} if missing else "",
        _course(entry),
    )


def _amount(dose: str) -> str:
    """What was read is always said with its unit."""
    return dose if not dose.replace(".", "").isdecimal() else _("%(number)s mg") % {"number": dose}


def _time(entry: Mapping[str, Any], weeks: str) -> str:
    if chosen := entry.get("weeks_choice"):
        return f"{TIME.words(chosen)}."
    if not weeks:
        return ""
    if not weeks.replace(".", "").isdecimal():
        return f"{weeks}."
    return _("1 week.") if weeks == "1" else _("%(number)s weeks.") % {"number": weeks}


def _missing(entry: Mapping[str, Any]) -> Iterator[str]:
    for key, text, words in (
        ("dose_mg", "dose_typed", _("how much")),
        ("weeks", "weeks_typed", _("how long")),
    ):
        if key in entry and entry[key] is None and not entry.get(text):
            yield words
    if entry.get("improvement") == "not_sure":
        yield _("how well it helped")
    if entry.get("this_episode") == "not_sure":
        yield _("when")


def _course(entry: Mapping[str, Any]) -> str:
    when = when_taken(entry)
    if when == STILL or entry.get("still_taking") == "yes":
        return _("You still take it.")
    why = str(WHY.get(entry.get("stopped_because"), ""))
    if when == BEFORE:
        return " ".join(filter(None, (_("Before this depression."), why)))
    return why or (_("You stopped it.") if entry.get("still_taking") == "no" else "")
