"""What an answer of a check-in raises: the table of its alarms with their tiers, and which of them ring.

Some rest on what was known before (``Known``): the last answer to PHQ-9 item 9, and the last suicide screen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from intake.fields.urgency import SAME_DAY, URGENT
from intake.questionnaire.dangers import ITEM_9_FROM, MEDICAL, SUICIDE

REVIEW = "review"  # a line of the team's list: no mail, no hold
SHOWN = ""  # staff read the answer, and it raises nothing
LOWER = {URGENT: SAME_DAY, SAME_DAY: REVIEW, REVIEW: SHOWN}
TIERS = (URGENT, SAME_DAY, REVIEW)  # the strongest first

# What the person sees at once: a page of the kind, or a box.
HELP_BOX, CALL_TODAY, NO_DRIVING, CALL_988, NOTHING = (
    "help_box",
    "call_us_today",
    "please_do_not_drive",
    "988_line",
    "",
)

CheckInAnswers = Mapping[str, Any]  # phq9, screen, asq, items, gad7: what was asked, without nulls
CSSRS_KEYS = ("q1", "q2", "q3", "q4", "q5", "q6")
ASQ_KEYS = ("q1", "q2", "q3", "q4", "q5")


@dataclass(frozen=True, slots=True)
class Screen:
    """A suicide screen as it was answered: the C-SSRS, the ASQ, or both; None for one that was not asked."""

    cssrs: Mapping[str, str] | None
    asq: Mapping[str, str] | None

    @property
    def given(self) -> list[str]:
        """Every answer of both."""
        own = [(self.cssrs or {}, CSSRS_KEYS), (self.asq or {}, ASQ_KEYS)]
        return [answers[key] for answers, keys in own for key in keys if key in answers]

    @property
    def is_complete(self) -> bool:
        """Whether each question that the answers bring up has a yes or a no; of both the C-SSRS decides."""
        if self.cssrs is not None:
            asked = CSSRS_KEYS if self.cssrs.get("q2") != "no" else ("q1", "q2", "q6")
            return all(self.cssrs.get(key) in ("yes", "no") for key in asked)
        answers = self.asq or {}
        first = [answers.get(key) for key in ASQ_KEYS[:4]]
        last = ["no"] if "yes" not in first else [answers.get("q5")]
        return all(each in ("yes", "no") for each in (*first, *last))

    @property
    def is_declined(self) -> bool:
        """Whether a question was declined, of both one of the C-SSRS, also one that nothing brought up."""
        return "declined" in Screen(self.cssrs, None if self.cssrs is not None else self.asq).given

    @property
    def has_a_yes(self) -> bool:
        return "yes" in self.given

    @property
    def is_all_no(self) -> bool:
        return self.is_complete and set(self.given) == {"no"}


def screen_in(answers: CheckInAnswers) -> Screen | None:
    """The suicide screen of a check-in, or of an intake in the same shape; None where none was asked."""
    cssrs, asq = answers.get("screen"), answers.get("asq")
    return None if cssrs is None and asq is None else Screen(cssrs, asq)


def item_9_in(answers: CheckInAnswers) -> int | None:
    """The answer to PHQ-9 item 9; None where it is blank or was not asked."""
    items = answers.get("phq9")
    return items[8] if items else None


@dataclass(frozen=True, slots=True)
class Known:
    """What was known before a check-in; None where nothing is."""

    item_9: int | None = None
    screen: Screen | None = None

    def and_then(self, answers: CheckInAnswers) -> Known:
        """What is known after these answers too."""
        item_9 = item_9_in(answers)
        return Known(
            self.item_9 if item_9 is None else item_9,
            screen_in(answers) or self.screen,
        )


Rings = Callable[[CheckInAnswers, Known], str]  # the tier in which it rings, SHOWN where it does not


@dataclass(frozen=True, slots=True)
class OfItems:
    """Rings in ``tier`` after a yes to one of the own items ``keys``, in ``unsure`` after "I am not sure"."""

    keys: tuple[str, ...]
    tier: str
    unsure: str

    def __call__(self, answers: CheckInAnswers, known: Known) -> str:
        given = [answers.get("items", {}).get(key) for key in self.keys]
        if "yes" in given:
            return self.tier
        return self.unsure if "not_sure" in given else SHOWN


@dataclass(frozen=True, slots=True)
class OfScreen:
    """Rings in ``tier`` after a yes to the question ``key`` of ``screen``, whatever the others say."""

    screen: str
    key: str
    tier: str

    def __call__(self, answers: CheckInAnswers, known: Known) -> str:
        return self.tier if (answers.get(self.screen) or {}).get(self.key) == "yes" else SHOWN


def item_9_tier(answers: CheckInAnswers, known: Known) -> str:
    """For review only where it is 1, was not 0 before, and a complete screen has nothing but no."""
    item_9, screen = item_9_in(answers), screen_in(answers)
    if item_9 is None or item_9 < ITEM_9_FROM:
        return SHOWN
    as_before = item_9 == ITEM_9_FROM and known.item_9 is not None and known.item_9 >= ITEM_9_FROM
    return REVIEW if as_before and screen is not None and screen.is_all_no else SAME_DAY


def missing_tier(answers: CheckInAnswers, known: Known) -> str:
    """Item 9 blank, a screen not complete or declined, or none where one was called for."""
    item_9, screen = item_9_in(answers), screen_in(answers)
    if screen is not None and (not screen.is_complete or screen.is_declined):
        return SAME_DAY
    if "phq9" not in answers:
        return SHOWN
    called_for = (item_9 or 0) >= ITEM_9_FROM or (known.screen is not None and known.screen.has_a_yes)
    return SAME_DAY if item_9 is None or (screen is None and called_for) else SHOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInAlarm:
    """One row: ``shows`` is the kind of the page or the box that the person sees."""

    key: str
    rings: Rings
    shows: str
    source: str = "proposed; a clinician must sign it"
    reviewed: str = "2026-11-30"
    verified: bool = False


def _of_item(key: str, tier: str, shows: str = NOTHING, unsure: str | None = None) -> CheckInAlarm:
    return CheckInAlarm(
        key=key, rings=OfItems((key,), tier, LOWER[tier] if unsure is None else unsure), shows=shows
    )


# In the order in which they are named; a tier, a source and a time of this table are clinical content.
CHECK_IN_ALARMS: tuple[CheckInAlarm, ...] = (
    _of_item("chest_pain_or_stroke_signs_now", URGENT, MEDICAL, unsure=URGENT),
    _of_item("seizure_or_blackout", URGENT, MEDICAL),
    _of_item("trouble_breathing_or_waking", URGENT, MEDICAL),
    CheckInAlarm(key="phq9_item9", rings=item_9_tier, shows=SUICIDE),
    *(
        CheckInAlarm(key=f"screen_{key}", rings=OfScreen("screen", key, tier), shows=SUICIDE)
        for key, tier in zip(CSSRS_KEYS, (SAME_DAY,) * 3 + (URGENT,) * 3, strict=True)
    ),
    *(
        CheckInAlarm(key=f"asq_{key}", rings=OfScreen("asq", key, tier), shows=SUICIDE)
        for key, tier in zip(ASQ_KEYS, (SAME_DAY,) * 4 + (URGENT,), strict=True)
    ),
    CheckInAlarm(key="suicide_answer_missing", rings=missing_tier, shows=HELP_BOX),
    CheckInAlarm(
        key="mania_signs",
        rings=OfItems(("high_energy", "little_sleep_not_tired"), SAME_DAY, LOWER[SAME_DAY]),
        shows=CALL_TODAY,
    ),
    _of_item("drove_same_day", SAME_DAY, NO_DRIVING),
    _of_item("hearing_change", SAME_DAY),
    _of_item("asked_to_be_called", SAME_DAY, CALL_988),
    _of_item("unreal_next_day", REVIEW),
    _of_item("bladder", REVIEW),
    _of_item("memory_worse", REVIEW),
    _of_item("cravings", REVIEW),
    _of_item("vomiting", REVIEW),
    _of_item("headache_stops_day", REVIEW),
    _of_item("pain_at_spot", REVIEW),
    _of_item("slept_under_4h", REVIEW),
    _of_item("more_alcohol_or_drugs", REVIEW),
    _of_item("medicine_changed", REVIEW),
)

NO_ANSWER = "no_answer"
MISSED_FROM = 2  # windows in a row that closed without an answer


def alarms_in(answers: CheckInAnswers, known: Known) -> list[tuple[str, str]]:
    """Key and tier of each alarm that these answers raise, in the order of the table."""
    rung = ((row.key, row.rings(answers, known)) for row in CHECK_IN_ALARMS)
    return [(key, tier) for key, tier in rung if tier]


def no_answer_tier(known: Known) -> str:
    """How urgent it is that nobody answers, by what was last known of the person."""
    if known.item_9 is None or known.item_9 >= ITEM_9_FROM:
        return SAME_DAY
    unsafe = known.screen is not None and (known.screen.has_a_yes or not known.screen.is_complete)
    return SAME_DAY if unsafe else REVIEW
