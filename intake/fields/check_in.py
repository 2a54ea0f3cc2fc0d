"""What a check-in asks, as fields: PHQ-9, suicide screen, the project's own items, GAD-7; and which plan asks what."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from intake.fields.conditions import AnyPart, agreed_to_substance_use, when
from intake.fields.instruments import items, screen_parts
from intake.fields.kinds import (
    YES_NO_DECLINED,
    Choices,
    Condition,
    Field,
    Reader,
    Text,
    always,
    choice,
    group,
    long_text,
    section,
    yes_no,
)
from intake.fields.screens import ASQ, ASQ_SHORTS, CSSRS_SHORTS, PHQ9_SHORTS
from intake.scales import CSSRS_SINCE_LAST_VISIT, GAD7, PHQ9

PLANS = (WAITING, TMS, SPRAVATO, PSYCHOTHERAPY, AFTER) = (
    "waiting",
    "tms",
    "spravato",
    "psychotherapy",
    "after",
)
ALL = (WAITING, TMS, SPRAVATO, PSYCHOTHERAPY)  # once treatment is over, only what the plan itself names
IN_TREATMENT = (TMS, SPRAVATO, PSYCHOTHERAPY)

ANSWERS: Choices = (("yes", _("Yes")), ("no", _("No")), ("not_sure", _("I am not sure")))
USEFUL: Choices = (
    ("not_at_all", _("Not at all")),
    ("a_little", _("A little")),
    ("quite", _("Quite")),
    ("very", _("Very")),
    ("not_sure", _("I am not sure")),
)
DAYS: Choices = tuple((number, str(number)) for number in range(15))
ASKED_OF_ALL = _("We ask everyone. It helps us keep treatment safe.")

MOOD, THOUGHTS, NOW, SINCE, WORRY = (
    f"checkin/{name}" for name in ("mood", "thoughts", "now", "since", "worry")
)


@dataclass(frozen=True, slots=True)
class OwnItem:
    """One of the project's own items: ``plans`` ask it each time, ``now_and_then`` others first and every 4th time.

    One ``after_session`` is about a treatment, and asked once a session is recorded.
    """

    field: Field
    plans: tuple[str, ...]
    now_and_then: tuple[str, ...] = ()
    after_session: bool = False


_PART_2 = {"reader": Reader.SUBSTANCE_USE, "asked_when": agreed_to_substance_use, "stem": ASKED_OF_ALL}


def _asked(key: str, page: str, question: Text, **more: Any) -> Field:
    return yes_no(key, page, question, **{"choices": ANSWERS, **more})


# Danger first, the rest after it; their words are fixed.
OWN_ITEMS: tuple[OwnItem, ...] = (
    OwnItem(
        _asked(
            "chest_pain_or_stroke_signs_now",
            NOW,
            _("Right now, do you have chest pain, weakness on one side of your body, or trouble speaking?"),
        ),
        IN_TREATMENT,
    ),
    OwnItem(
        _asked("seizure_or_blackout", NOW, _("Did you have a seizure, faint, or black out?")), IN_TREATMENT
    ),
    OwnItem(
        _asked(
            "trouble_breathing_or_waking",
            NOW,
            _("After a treatment, did you have trouble breathing, or was it hard to wake you?"),
        ),
        (SPRAVATO,),
        after_session=True,
    ),
    OwnItem(
        _asked(
            "high_energy",
            NOW,
            _("Did you feel much too energetic, wired or irritable, far more than is normal for you?"),
        ),
        ALL,
    ),
    OwnItem(
        _asked(
            "little_sleep_not_tired", NOW, _("Did you sleep much less than usual and still not feel tired?")
        ),
        ALL,
    ),
    OwnItem(
        _asked(
            "drove_same_day",
            NOW,
            _("After a treatment, did you drive or use machines before you had slept a full night?"),
            stem=ASKED_OF_ALL,
        ),
        (SPRAVATO,),
        after_session=True,
    ),
    OwnItem(
        _asked("hearing_change", NOW, _("Do you have new ringing in your ears, or trouble hearing?")), (TMS,)
    ),
    OwnItem(_asked("medicine_changed", SINCE, _("Did you start, stop or change any medicine?")), ALL),
    OwnItem(
        long_text(
            "medicine_changed_what",
            SINCE,
            _("What did you change?"),
            asked_when=when("items.medicine_changed", "yes"),
        ),
        ALL,
    ),
    OwnItem(
        _asked(
            "more_alcohol_or_drugs",
            SINCE,
            _("Did you drink more alcohol than usual, or use any drugs?"),
            **_PART_2,
        ),
        ALL,
    ),
    OwnItem(_asked("slept_under_4h", SINCE, _("Last night, did you sleep less than 4 hours?")), (TMS,)),
    OwnItem(
        _asked("headache_stops_day", SINCE, _("Did a headache keep you from your daily things?")), (TMS,)
    ),
    OwnItem(
        _asked(
            "pain_at_spot",
            SINCE,
            _("Did pain or twitching at the treatment spot, face or jaw go on after you left?"),
        ),
        (TMS,),
        after_session=True,
    ),
    OwnItem(
        _asked(
            "unreal_next_day",
            SINCE,
            _("The day after a treatment, did you still feel unreal, cut off or not yourself?"),
        ),
        (SPRAVATO,),
        after_session=True,
    ),
    OwnItem(
        _asked(
            "bladder",
            SINCE,
            _("Do you have pain when you pass urine, blood in it, or do you have to go much more often?"),
        ),
        (SPRAVATO,),
    ),
    OwnItem(
        _asked("memory_worse", SINCE, _("Is your memory or thinking worse than before treatment?")),
        (SPRAVATO,),
    ),
    OwnItem(_asked("vomiting", SINCE, _("Did you throw up, and it did not stop the same day?")), (SPRAVATO,)),
    OwnItem(
        _asked(
            "cravings",
            SINCE,
            _("Did you strongly want more of the spray or ketamine between visits, or use any?"),
            **_PART_2,
        ),
        (SPRAVATO,),
    ),
    OwnItem(
        choice("therapy_useful", SINCE, _("How useful do your sessions feel right now?"), USEFUL),
        (PSYCHOTHERAPY,),
    ),
    OwnItem(
        choice(
            "days_out",
            SINCE,
            _(
                "In the last 2 weeks, on how many days did depression keep you from your usual work, study or "
                "family care?"
            ),
            DAYS,
        ),
        (WAITING, AFTER),
        now_and_then=IN_TREATMENT,
    ),
    OwnItem(_asked("asked_to_be_called", SINCE, _("Do you want us to call you sooner than planned?")), ALL),
    OwnItem(
        long_text(
            "anything_else",
            SINCE,
            _("Is there anything else we should know?"),
            _("Nobody reads this at once."),
        ),
        ALL,
    ),
)

# As in the screener: questions 3 to 5 follow a yes to question 2, and a refusal to answer it.
_thoughts = when("checkin.screen.q2", "yes", "declined")
_SCREEN_PAGES: dict[str, tuple[str, Condition]] = {
    key: (THOUGHTS, _thoughts if key in ("q3", "q4", "q5") else always)
    for key in ("q1", "q2", "q3", "q4", "q5", "q6")
}
_ASQ_PAGES: dict[str, tuple[str, Condition]] = {
    **dict.fromkeys(("q1", "q2", "q3", "q4"), (THOUGHTS, always)),
    "q5": (THOUGHTS, AnyPart("checkin.asq", ("q1", "q2", "q3", "q4"), ("yes",))),
}

PHQ9_ITEMS, SCREEN, ASQ_AGAIN, GAD7_ITEMS = section(
    "checkin",
    items("phq9", MOOD, PHQ9, 9, shorts=PHQ9_SHORTS),
    group(
        "screen",
        _("Thoughts of suicide (C-SSRS)"),
        *screen_parts(
            CSSRS_SINCE_LAST_VISIT, _SCREEN_PAGES, choices=YES_NO_DECLINED, hints={}, shorts=CSSRS_SHORTS
        ),
        scale=CSSRS_SINCE_LAST_VISIT,
        screen="cssrs",
    ),
    group(
        "asq",
        _("Thoughts of suicide (ASQ)"),
        *screen_parts(ASQ, _ASQ_PAGES, choices=YES_NO_DECLINED, hints={}, shorts=ASQ_SHORTS),
        scale=ASQ,
        screen="asq",
    ),
    items("gad7", WORRY, GAD7, 7),
)
ITEMS = section("items", *(item.field for item in OWN_ITEMS))

# In the order in which they are asked.
CHECK_IN: tuple[Field, ...] = (PHQ9_ITEMS, SCREEN, ASQ_AGAIN, *ITEMS, GAD7_ITEMS)
