"""Documents of clinic-checkins/1 for tests: built from totals and days, the worked cases, and any that may come."""

import json
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from intake.fields.check_in import ITEMS

CASES = Path(__file__).parent / "checkin_cases"
ZONE = "America/New_York"
SENT, START, TODAY = date(2026, 11, 20), date(2026, 12, 7), date(2027, 3, 1)


@cache
def _text(name: str) -> str:
    return (CASES / f"{name}.json").read_text(encoding="utf-8")


def case(name: str) -> dict[str, Any]:
    """{"document", "expect"} of a worked case, by the name of its file."""
    return json.loads(_text(name))


NAMES = sorted(file.stem for file in CASES.glob("*.json"))


def phq9(total: int, item_9: int = 0) -> list[int]:
    """Nine answers that come to ``total``, which the first eight must be able to hold but for ``item_9``."""
    return [*_spread(total - item_9, 8), item_9]


def gad7(total: int) -> list[int]:
    """Seven answers that come to ``total``."""
    return _spread(total, 7)


def _spread(total: int, items: int) -> list[int]:
    assert 0 <= total <= 3 * items
    return [max(0, min(3, total - 3 * place)) for place in range(items)]


def with_gaps(items: list[int | None], *places: int) -> list[int | None]:
    """The same answers with these left empty."""
    return [None if place in places else each for place, each in enumerate(items)]


def at(day: date, hour: int = 10, minute: int = 0) -> str:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(ZONE)).isoformat()


def on(day: date | int, answers: int | list[int | None] | None = None, **more: Any) -> dict[str, Any]:
    """A check-in of a day, also as a number of days after START; ``answers`` are its PHQ-9, or what it comes to."""
    day = START + timedelta(days=day) if isinstance(day, int) else day
    items = phq9(answers) if isinstance(answers, int) else answers
    return {"at": at(day), **({} if items is None else {"phq9": items}), **more}


def document(*checkins: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A document of somebody on the waiting list whose intake came to 18, with these check-ins."""
    return {
        "format": "clinic-checkins/1",
        "as_of": at(TODAY, 12),
        "time_zone": ZONE,
        "queue": "waiting",
        "consent": {"agreed_on": SENT.isoformat(), "stopped_on": None},
        "baseline": {"on": SENT.isoformat(), "phq9": phq9(18)},
        "course": None,
        "schedule": [],
        "checkins": list(checkins),
        **more,
    }


COURSE = {"started_on": START.isoformat(), "ended_on": None}

# --- Any document ------------------------------------------------------------------------------------

ITEM = st.sampled_from([0, 1, 2, 3, None])
DAYS = st.dates(date(2026, 11, 1), date(2027, 2, 28))
TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=5)
SCREENS = st.dictionaries(
    st.sampled_from([f"q{n}" for n in range(1, 7)]), st.sampled_from(["yes", "no", "declined"])
)
ASQS = st.dictionaries(
    st.sampled_from([f"q{n}" for n in range(1, 6)]), st.sampled_from(["yes", "no", "declined"])
)


def scale(length: int) -> st.SearchStrategy[list[int | None]]:
    """Answers of a scale, most of them complete."""
    whole = st.lists(st.sampled_from([0, 1, 2, 3]), min_size=length, max_size=length)
    return st.one_of(whole, whole, st.lists(ITEM, min_size=length, max_size=length))


def own_items() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {}, optional={field.key: st.sampled_from(field.values) if field.values else TEXT for field in ITEMS}
    )


@st.composite
def checkins(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Check-ins at times that differ, several of one day among them."""
    moments = draw(st.lists(st.tuples(DAYS, st.integers(0, 1439)), max_size=8, unique=True))
    found = []
    for day, minutes in moments:
        parts = {"phq9": scale(9), "gad7": scale(7), "screen": SCREENS, "asq": ASQS, "items": own_items()}
        parts["entered_by"] = st.sampled_from(["patient", "staff"])
        found.append({"at": f"{day}T{minutes // 60:02}:{minutes % 60:02}:00-05:00"})
        found[-1] |= draw(st.fixed_dictionaries({}, optional=parts))
    return found


def schedules() -> st.SearchStrategy[list[dict[str, Any]]]:
    days = DAYS.map(str)
    every = st.fixed_dictionaries(
        {"from": days, "every_days": st.integers(3, 90)}, optional={"until": st.one_of(st.none(), days)}
    )
    return st.lists(st.one_of(every, st.fixed_dictionaries({"on": st.lists(days, max_size=5)})), max_size=3)


def documents() -> st.SearchStrategy[dict[str, Any]]:
    """Any sound document."""
    days, maybe_day = DAYS.map(str), st.one_of(st.none(), DAYS.map(str))
    consent = st.fixed_dictionaries({"agreed_on": days}, optional={"stopped_on": maybe_day})
    more = {"gad7": scale(7), "screen": SCREENS, "asq": ASQS, "phq9": st.one_of(st.none(), scale(9))}
    start = st.dates(date(2026, 11, 1), date(2027, 1, 31))
    course = st.tuples(start, st.one_of(st.none(), st.integers(0, 60))).map(_course)
    return st.fixed_dictionaries(
        {
            "format": st.just("clinic-checkins/1"),
            "as_of": st.just("2027-03-01T12:00:00-05:00"),
            "time_zone": st.sampled_from([ZONE, "UTC", "Pacific/Auckland"]),
            "queue": st.sampled_from(["waiting", "tms", "spravato", "psychotherapy"]),
            "schedule": schedules(),
            "checkins": checkins(),
        },
        optional={
            "consent": st.one_of(st.none(), consent),
            "baseline": st.one_of(st.none(), st.fixed_dictionaries({"on": days}, optional=more)),
            "course": st.one_of(st.none(), course),
        },
    )


def _course(drawn: tuple[date, int | None]) -> dict[str, str | None]:
    started, lasted = drawn
    ended = None if lasted is None else str(started + timedelta(days=lasted))
    return {"started_on": str(started), "ended_on": ended}
