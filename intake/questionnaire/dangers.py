"""Answers that mean danger: which ones interrupt the form and raise an alarm, and how urgent each is.

The list is that of docs/clinical.md, section 5: it fires on a single answer as it is saved, so
that staff know even if the person never comes back. It judges nothing else; the rules of the clinic's
side do that after the intake is sent.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from intake.fields import Answers
from intake.fields.kinds import Text
from intake.fields.lookup import answer

URGENT, SAME_DAY = "urgent", "same_day"
URGENCY_WORDS = ((URGENT, _("Urgent")), (SAME_DAY, _("Same day")))

# Proposed threshold (AHA, not verified): a hypertensive crisis, in mmHg.
CRISIS_SYSTOLIC, CRISIS_DIASTOLIC = 180, 120


@dataclass(frozen=True, slots=True)
class Danger:
    """One row: ``key`` names the alarm, ``paths`` are the answers staff are shown with it.

    ``watches`` picks out of the answers what the danger lies in: when it changes, the alarm rings again.
    """

    key: str
    urgency: str
    title: Text
    paths: tuple[str, ...]
    is_met: Callable[[Answers], object]
    watches: Callable[[Answers], object]


def yes(path: str) -> Callable[[Answers], bool]:
    def is_met(answers: Answers) -> bool:
        return answer(answers, path) == "yes"

    return is_met


def all_at(*paths: str) -> Callable[[Answers], object]:
    def watches(answers: Answers) -> list:
        return [answer(answers, path) for path in paths]

    return watches


def item_9(answers: Answers) -> int:
    """The answer to PHQ-9 item 9; 0 where there is none."""
    items = answer(answers, "mood.phq9") or []
    return (items[8] or 0) if len(items) == 9 else 0


def two_new_symptoms(answers: Answers) -> bool:
    return len(answer(answers, "health.new_symptoms") or []) >= 2


def very_high_pressure(answers: Answers) -> bool:
    return (answer(answers, "health.bp_systolic") or 0) >= CRISIS_SYSTOLIC or (
        answer(answers, "health.bp_diastolic") or 0
    ) >= CRISIS_DIASTOLIC


def _row(key: str, urgency: str, title: Text, path: str) -> Danger:
    return Danger(key, urgency, title, (path,), yes(path), all_at(path))


DANGERS: tuple[Danger, ...] = (
    Danger(
        "phq9_item9", SAME_DAY, _("PHQ-9 item 9 above zero"), ("mood.phq9",), is_met=item_9, watches=item_9
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
    _row("harm_to_others", URGENT, _("Thoughts of harming others"), "safety.harm_to_others"),
    _row("voices_command", URGENT, _("Voices that command harm"), "history.voices_command"),
    _row("not_eating_or_moving", URGENT, _("Not eating, drinking or moving"), "history.not_eating_or_moving"),
    _row("withdrawal_symptoms", URGENT, _("Withdrawal symptoms"), "substances.withdrawal_symptoms"),
    _row(
        "stopped_heavy_use",
        URGENT,
        _("Stopped heavy use in the last 7 days"),
        "substances.stopped_heavy_use_last_7_days",
    ),
    Danger(
        "new_symptoms",
        URGENT,
        _("Two or more new symptoms"),
        ("health.new_symptoms",),
        two_new_symptoms,
        all_at("health.new_symptoms"),
    ),
    _row(
        "chest_pain_or_stroke_signs",
        URGENT,
        _("Chest pain or stroke signs now"),
        "health.chest_pain_or_stroke_signs_now",
    ),
    Danger(
        "very_high_blood_pressure",
        URGENT,
        _("Blood pressure of 180/120 or more"),
        ("health.bp_systolic", "health.bp_diastolic"),
        very_high_pressure,
        all_at("health.bp_systolic", "health.bp_diastolic"),
    ),
)
BY_KEY = {danger.key: danger for danger in DANGERS}


def field_of(path: str) -> str:
    """The field (``section.key``) in which the answer at ``path`` stands."""
    return ".".join(path.split(".")[:2])


# The fields that a danger may lie in: most pages ask none of them.
_READ = {danger.key: frozenset(map(field_of, danger.paths)) for danger in DANGERS}
_READ_AT_ALL = frozenset().union(*_READ.values())

# Answers that bring up a box with places to get help, but no alarm.
CONCERNS = (
    "history.high_now",
    "history.little_sleep_not_tired",
    "history.hears_or_sees",
    "history.feels_plotted_against",
    "history.deserves_punishment",
)


def fields_in(answers: Answers) -> frozenset[str]:
    """The fields (``section.key``) that ``answers`` hold."""
    return frozenset(f"{section}.{key}" for section, values in answers.items() for key in values)


def dangers_in(answers: Answers, fields: frozenset[str] | None = None) -> list[Danger]:
    """The dangers that ``answers`` hold; with ``fields`` (``section.key``) only those that lie in one of them."""
    fields = fields_in(answers) if fields is None else fields
    if fields.isdisjoint(_READ_AT_ALL):
        return []
    return [
        danger for danger in DANGERS if not fields.isdisjoint(_READ[danger.key]) and danger.is_met(answers)
    ]


def unsafe_answers(answers: Answers, fields: frozenset[str] | None = None) -> dict[str, object]:
    """What each danger that ``answers`` hold lies in, by its key; ``fields`` as in ``dangers_in``."""
    return {danger.key: danger.watches(answers) for danger in dangers_in(answers, fields)}


def newly_unsafe(
    answers: Answers, before: Mapping[str, object], fields: frozenset[str] | None = None
) -> list[Danger]:
    """The dangers in ``answers`` that lie in something else than ``before``, which ``unsafe_answers`` gave.

    So an answer saved twice rings once, while one that is unsafe again, or in another way, rings anew.
    """
    now = unsafe_answers(answers, fields)
    return [BY_KEY[key] for key, said in now.items() if before.get(key) != said]


def needs_resources(answers: Answers) -> bool:
    """Whether what a page said deserves the box with places to get help: a danger, a concern, a declined answer."""
    if dangers_in(answers) or any(answer(answers, path) == "yes" for path in CONCERNS):
        return True
    screens = ("safety.cssrs", "safety.asq")
    return any("declined" in (answer(answers, path) or {}).values() for path in screens)
