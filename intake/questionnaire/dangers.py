"""Answers that mean danger: which ones interrupt the form and raise an alarm, how urgent each is and of what kind.

The list is that of docs/clinical.md, section 5: it fires on a single answer as it is saved, so
that staff know even if the person never comes back. It judges nothing else; the rules of the clinic's
side do that after the intake is sent.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import chain

from django.utils.translation import gettext_lazy as _

from intake.fields import Answers
from intake.fields.kinds import Text
from intake.fields.lookup import answer
from intake.fields.urgency import SAME_DAY, URGENT
from intake.scoring.symptoms import ITEM_9_COUNTS_FROM

# The numbers of this page, which the rules of the clinic's side take from here.
ITEM_9_FROM = ITEM_9_COUNTS_FROM
NEW_SYMPTOMS_FROM = 2
# Proposed threshold (AHA, not verified): a hypertensive crisis, in mmHg.
CRISIS_SYSTOLIC, CRISIS_DIASTOLIC = 180, 120
# Proposed: an older reading does not tell how the blood pressure is now. One without a date counts as recent.
RECENT_READING_DAYS = 30

# What help looks like follows the kind. In this order the help for several stands on one page: an emergency of
# the body comes first and does not open with suicide.
KINDS = (MEDICAL, NOT_EATING, WITHDRAWAL, REACTION, PRESSURE, SUICIDE, OTHERS) = (
    "medical",
    "not_eating",
    "withdrawal",
    "reaction",
    "pressure",
    "suicide",
    "others",
)


@dataclass(frozen=True, slots=True, eq=False)
class Danger:
    """One row: ``key`` names the alarm, ``paths`` are the answers staff are shown with it.

    ``watches`` picks out of the answers what the danger lies in: when it changes, the alarm rings again.
    ``is_met`` may read ``today``, an ISO date, beside the answers. ``kind`` is one of KINDS.
    """

    key: str
    urgency: str
    title: Text
    paths: tuple[str, ...]
    is_met: Callable[[Answers], object]
    watches: Callable[[Answers], object]
    kind: str = SUICIDE

    @property
    def fields(self) -> frozenset[str]:
        """The fields (``section.key``) that it may lie in."""
        return _fields_of(self.paths)


@cache  # each saved page asks it of every row
def _fields_of(paths: tuple[str, ...]) -> frozenset[str]:
    return frozenset(".".join(path.split(".")[:2]) for path in paths)


@dataclass(frozen=True, slots=True)
class Yes:
    """Whether the answer at ``path`` is yes."""

    path: str

    def __call__(self, answers: Answers) -> bool:
        return bool(answer(answers, self.path) == "yes")


@dataclass(frozen=True, slots=True)
class AllAt:
    """The answers at ``paths``."""

    paths: tuple[str, ...]

    def __call__(self, answers: Answers) -> list[object]:
        return [answer(answers, path) for path in self.paths]


READING = ("health.bp_systolic", "health.bp_diastolic", "health.bp_date")


def item_9(answers: Answers) -> int:
    """The answer to PHQ-9 item 9; 0 where there is none."""
    items = answer(answers, "mood.phq9") or []
    return (items[8] or 0) if len(items) == 9 else 0


def item_9_counts(answers: Answers) -> bool:
    return item_9(answers) >= ITEM_9_FROM


def two_new_symptoms(answers: Answers) -> bool:
    return len(answer(answers, "health.new_symptoms") or []) >= NEW_SYMPTOMS_FROM


def very_high_reading(answers: Answers) -> bool:
    """Of two numbers the larger is the higher, in whichever order they were given."""
    systolic, diastolic = answer(answers, "health.bp_systolic"), answer(answers, "health.bp_diastolic")
    if systolic and diastolic:
        systolic, diastolic = max(systolic, diastolic), min(systolic, diastolic)
    return (systolic or 0) >= CRISIS_SYSTOLIC or (diastolic or 0) >= CRISIS_DIASTOLIC


def reading_is_old(answers: Answers) -> bool:
    """Measured more than RECENT_READING_DAYS before ``today``; not where either day is unknown."""
    try:
        measured = date.fromisoformat(answer(answers, READING[-1]) or "")
        today = date.fromisoformat(answers.get("today") or "")
    except ValueError:
        return False
    return today - measured > timedelta(days=RECENT_READING_DAYS)


def very_high_pressure(answers: Answers) -> bool:
    return very_high_reading(answers) and not reading_is_old(answers)


def old_very_high_pressure(answers: Answers) -> bool:
    """No alarm: the person is asked to have it measured again."""
    return very_high_reading(answers) and reading_is_old(answers)


def _row(key: str, urgency: str, title: Text, path: str, kind: str = SUICIDE) -> Danger:
    return Danger(key, urgency, title, (path,), Yes(path), AllAt((path,)), kind)


DANGERS: tuple[Danger, ...] = (
    Danger(
        "phq9_item9",
        SAME_DAY,
        _("PHQ-9 item 9 above zero"),
        ("mood.phq9",),
        is_met=item_9_counts,
        watches=item_9,
    ),
    _row("cssrs_q1", SAME_DAY, _("C-SSRS 1: wish to be dead"), "safety.cssrs.q1"),
    _row("cssrs_q2", SAME_DAY, _("C-SSRS 2: thoughts of suicide"), "safety.cssrs.q2"),
    _row("cssrs_q3", SAME_DAY, _("C-SSRS 3: thoughts of how"), "safety.cssrs.q3"),
    _row("cssrs_q4", URGENT, _("C-SSRS 4: some intention to act"), "safety.cssrs.q4"),
    _row("cssrs_q5", URGENT, _("C-SSRS 5: plan and intention"), "safety.cssrs.q5"),
    _row("cssrs_q6", SAME_DAY, _("C-SSRS 6: suicidal behavior ever"), "safety.cssrs.q6"),
    _row("cssrs_q6_recent", URGENT, _("C-SSRS 6: in the past 3 months"), "safety.cssrs.q6_recent"),
    _row("asq_q1", SAME_DAY, _("ASQ 1: wish to be dead"), "safety.asq.q1"),
    _row("asq_q2", SAME_DAY, _("ASQ 2: others better off"), "safety.asq.q2"),
    _row("asq_q3", SAME_DAY, _("ASQ 3: thoughts of suicide"), "safety.asq.q3"),
    _row("asq_q4", SAME_DAY, _("ASQ 4: past attempt"), "safety.asq.q4"),
    _row("asq_q5", URGENT, _("ASQ 5: thoughts right now"), "safety.asq.q5"),
    _row("harm_to_others", URGENT, _("Thoughts of harming others"), "safety.harm_to_others", OTHERS),
    _row("voices_command", URGENT, _("Voices that command harm"), "history.voices_command"),
    _row(
        "not_eating_or_moving",
        URGENT,
        _("Not eating, drinking or moving"),
        "history.not_eating_or_moving",
        NOT_EATING,
    ),
    _row(
        "withdrawal_symptoms", URGENT, _("Withdrawal symptoms"), "substances.withdrawal_symptoms", WITHDRAWAL
    ),
    _row(
        "stopped_heavy_use",
        URGENT,
        _("Stopped heavy use in the last 7 days"),
        "substances.stopped_heavy_use_last_7_days",
        WITHDRAWAL,
    ),
    Danger(
        "new_symptoms",
        URGENT,
        _("Two or more new symptoms"),
        ("health.new_symptoms",),
        two_new_symptoms,
        AllAt(("health.new_symptoms",)),
        REACTION,
    ),
    _row(
        "chest_pain_or_stroke_signs",
        URGENT,
        _("Chest pain or stroke signs now"),
        "health.chest_pain_or_stroke_signs_now",
        MEDICAL,
    ),
    Danger(
        "very_high_blood_pressure",
        URGENT,
        _("Blood pressure of 180/120 or more"),
        READING,
        very_high_pressure,
        AllAt(READING),
        PRESSURE,
    ),
)
BY_KEY = {danger.key: danger for danger in DANGERS}


# Answers that bring up a box with places to get help, but no alarm.
CONCERNS = (
    "history.high_now",
    "history.little_sleep_not_tired",
    "history.hears_or_sees",
    "history.feels_plotted_against",
    "history.deserves_punishment",
)


def fields_in(answers: Answers) -> frozenset[str]:
    """The fields (``section.key``) that ``answers`` hold, with or without ``today`` beside them."""
    sections = ((section, values) for section, values in answers.items() if isinstance(values, Mapping))
    return frozenset(chain.from_iterable((f"{name}.{key}" for key in values) for name, values in sections))


def dangers_in(rows: Iterable[Danger], answers: Answers, fields: frozenset[str]) -> list[Danger]:
    """Those of ``rows`` that ``answers`` hold and that lie in one of ``fields`` (``section.key``)."""
    return [row for row in rows if not fields.isdisjoint(row.fields) and row.is_met(answers)]


def unsafe_answers(rows: Iterable[Danger], answers: Answers, fields: frozenset[str]) -> dict[str, object]:
    """What each danger that ``answers`` hold lies in, by its key; ``fields`` as in ``dangers_in``."""
    return {row.key: row.watches(answers) for row in dangers_in(rows, answers, fields)}


def changed(
    rows: Iterable[Danger], answers: Answers, before: Answers, fields: frozenset[str]
) -> list[Danger]:
    """Those of ``rows`` in ``fields`` that lie in something else than they did ``before``, unsafe or not."""
    return [
        row
        for row in rows
        if not fields.isdisjoint(row.fields) and row.watches(answers) != row.watches(before)
    ]


def newly_unsafe(
    rows: Iterable[Danger], answers: Answers, before: Mapping[str, object], fields: frozenset[str]
) -> list[Danger]:
    """The dangers in ``answers`` that lie in something else than ``before``, which ``unsafe_answers`` gave.

    So an answer saved twice rings once, while one that is unsafe again, or in another way, rings anew.
    """
    return [row for row in dangers_in(rows, answers, fields) if before.get(row.key) != row.watches(answers)]
