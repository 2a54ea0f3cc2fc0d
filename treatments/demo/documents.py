"""The intake of an invented person: the typical document with the changes of their picture and their own."""

import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

from intake import document
from intake.questionnaire.intake import INTAKE
from treatments.demo.people import PEOPLE, Person
from treatments.demo.profiles import ABSENT, PROFILES

TYPICAL = Path(__file__).with_name("typical.json")
INSURERS = (("Example Health", "Example Silver"), ("Sample Mutual", "Open Access"), ("Demo Care", "Basic"))
SCREEN = "cssrs"
YEARS_BEFORE = 4  # an earlier depression, of which people know the years
FIRST_NUMBER = 110  # of 555-0100 to 555-0199, which are kept for invented people


@cache
def _typical() -> str:
    return TYPICAL.read_text(encoding="utf-8")


def document_for(person: Person, day: date) -> dict:
    """What ``person`` sent on ``day``: a ``clinic-intake/1`` document of the questions their answers open up."""
    parsed = json.loads(_typical())
    changes = _about(person, day) | PROFILES[person.profile] | person.also
    if isinstance(ago := changes["health.bp_date"], int):
        changes["health.bp_date"] = (day - timedelta(days=ago)).isoformat()
    for path, answer in changes.items():
        _change(parsed, path, answer)
    _date_trials(parsed["antidepressants"].get("trials", ()), day)
    _list_medicines(parsed, changes)
    answers = document.answers_of(parsed)
    asked = INTAKE.without_unasked(answers | {"today": day.isoformat()}, SCREEN)
    return document.dump(asked, submitted_on=day, language=person.language)


def _change(parsed: dict, path: str, answer: object) -> None:
    section, key = path.split(".")
    if answer is ABSENT:
        parsed[section].pop(key, None)
    else:
        parsed[section][key] = deepcopy(answer)


def _about(person: Person, day: date) -> dict[str, object]:
    first, last = person.name.split(" ", 1)
    number = [each.name for each in PEOPLE].index(person.name)
    insurer, plan = INSURERS[number % len(INSURERS)]
    return {
        "about.first_name": first,
        "about.last_name": last,
        "about.date_of_birth": _birth(person, day).isoformat(),
        "about.sex_at_birth": person.sex,
        "about.phone": f"+1 212 555 0{FIRST_NUMBER + number}",
        "about.email": f"{_ascii(first)}.{_ascii(last)}@example.org",
        "about.emergency_name": f"Robin {last}",
        "practical.insurer": insurer,
        "practical.plan": plan,
        "practical.member_id": f"EX{1000 + 37 * number}",
        "consent.signed_name": person.name,
        "consent.signed_on": day.isoformat(),
        "health.bp_date": 5 + number % 20,  # days before
    }


def _birth(person: Person, day: date) -> date:
    """The day of birth that makes the person ``age`` years old on ``day``."""
    birthday = date.fromisoformat(f"{day.year - person.age}-{person.birthday}")
    had_it = (birthday.month, birthday.day) <= (day.month, day.day)
    return birthday if had_it else birthday.replace(year=birthday.year - 1)


def _ascii(name: str) -> str:
    plain = normalize("NFKD", name.replace("ø", "o")).encode("ascii", "ignore").decode()
    return plain.lower().replace(" ", "")


def _date_trials(trials: Sequence[dict[str, Any]], day: date) -> None:
    """Give each trial its months, the last one nearest ``day``, what was added beside what it was added to.

    Who does not know the dose or the weeks knows no month.
    """
    until = day
    for trial in reversed(trials):
        if not trial.get("weeks") or not trial.get("dose_mg"):
            continue
        if trial.get("this_episode") != "yes":
            trial |= {"started": f"{day.year - YEARS_BEFORE}", "stopped": f"{day.year - YEARS_BEFORE + 1}"}
            continue
        still = trial.get("still_taking") == "yes"
        ended = day if still else until
        began = ended - timedelta(weeks=trial["weeks"])
        trial |= {"started": f"{began:%Y-%m}", **({} if still else {"stopped": f"{ended:%Y-%m}"})}
        if trial.get("added_to_another") != "yes":
            until = min(until, began)


def _list_medicines(parsed: dict, changes: Mapping[str, Any]) -> None:
    """List what is taken now: each trial still taken, then what the picture adds."""
    taken = [
        {"drug": trial["drug"], "dose": f"{trial['dose_mg']} mg", "how_often": "Once a day"}
        for trial in parsed["antidepressants"].get("trials", ())
        if trial.get("still_taking") == "yes"
    ]
    parsed["medicines"]["list"] = taken + deepcopy(changes.get("medicines.list", []))
