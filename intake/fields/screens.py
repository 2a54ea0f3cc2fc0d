"""The questionnaires: mood, safety, anxiety and trauma, in the instruments' own wording."""

from django.utils.translation import gettext_lazy as _

from intake.fields.conditions import any_asq_yes, thoughts_of_suicide, unless, when
from intake.fields.instruments import items, one_item, screen_parts, yes_no_items
from intake.fields.kinds import (
    YES_NO,
    YES_NO_DECLINED,
    Condition,
    always,
    group,
    long_text,
    phone,
    section,
    yes_no,
)
from intake.scales import GAD7, PC_PTSD5, PHQ9, suicide_screen

CSSRS, ASQ = suicide_screen("cssrs"), suicide_screen("asq")

# What an error calls each item.
PHQ9_SHORTS = (
    _("interest"),
    _("feeling down"),
    _("sleep"),
    _("energy"),
    _("eating"),
    _("how you see yourself"),
    _("focus"),
    _("moving or speaking"),
    _("thoughts of death"),
)
MOOD = section(
    "mood",
    items("phq9", "mood", PHQ9, 9, required=True, stem_again=(4, 7), shorts=PHQ9_SHORTS),
    one_item("phq9_difficulty", "mood", PHQ9, "difficulty"),
)

CSSRS_PAGES: dict[str, tuple[str, Condition]] = {
    "q1": ("thoughts", always),
    "q2": ("thoughts", always),
    "q3": ("plans", thoughts_of_suicide),
    "q4": ("plans", thoughts_of_suicide),
    "q5": ("plans", thoughts_of_suicide),
    "q6": ("past", always),
    "q6_recent": ("past", when("safety.cssrs.q6", "yes")),
}
# What an error calls each item.
CSSRS_SHORTS = {
    "q1": _("the wish to be dead"),
    "q2": _("thoughts of killing yourself"),
    "q3": _("how you might do it"),
    "q4": _("wanting to act on it"),
    "q5": _("a plan"),
    "q6": _("what you have done"),
    "q6_recent": _("In the past 3 months"),
}
ASQ_SHORTS = {
    "q1": _("the wish to be dead"),
    "q2": _("better off if you were dead"),
    "q3": _("thoughts in the past week"),
    "q4": _("past tries"),
    "q5": _("thoughts right now"),
}
CSSRS_HINTS = {"q6": _("Think about your whole life.")}
ASQ_PAGES: dict[str, tuple[str, Condition]] = {
    "q1": ("asq", always),
    "q2": ("asq", always),
    "q3": ("asq", always),
    "q4": ("asq", always),
    "q5": ("asq-now", any_asq_yes),
}

SAFETY = section(
    "safety",
    group(
        "cssrs",
        _("Thoughts of suicide (C-SSRS)"),
        *screen_parts(CSSRS, CSSRS_PAGES, choices=YES_NO_DECLINED, hints=CSSRS_HINTS, shorts=CSSRS_SHORTS),
        scale=CSSRS,
        screen="cssrs",
    ),
    group(
        "asq",
        _("Thoughts of suicide (ASQ)"),
        *screen_parts(ASQ, ASQ_PAGES, choices=YES_NO_DECLINED, hints={}, shorts=ASQ_SHORTS),
        scale=ASQ,
        screen="asq",
    ),
    yes_no("harm_to_others", "past", _("Do you have thoughts of hurting someone else?")),
    long_text(
        "where_now",
        "help",
        _("Where are you right now?"),
        _("The address or the place, so that we can find you if you need help."),
        short=_("Where you are"),
    ),
    phone("number_today", "help", _("What number can we call today?"), short=_("Number for today")),
)

ANXIETY = section(
    "anxiety",
    items("gad7", "anxiety", GAD7, 7),
    one_item("trauma_event", "trauma", PC_PTSD5, "event", choices=YES_NO),
    yes_no_items(
        "pc_ptsd5",
        "trauma-effects",
        PC_PTSD5,
        5,
        choices=YES_NO,
        asked_when=unless("anxiety.trauma_event", "no"),
    ),
)
