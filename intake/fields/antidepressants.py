"""The medicines for depression that have been tried: each with its dose, its time and what it did."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from intake.fields.conditions import unless
from intake.fields.kinds import choice, entries, exact, many, month, number, section, text, yes_no
from intake.fields.treatments_tried import HOW_MUCH_BETTER, IMPROVEMENT, YES_NO_REMEMBER

# A range of weeks that was chosen instead of a number: its words, and the least of it, which ``weeks`` holds.
WEEKS_CHOICES = (
    ("under_4", _("under 4 weeks (chosen)")),
    ("4_5", _("4 or 5 weeks (chosen)")),
    ("6_7", _("6 or 7 weeks (chosen)")),
    ("8_25", _("2 to 6 months (chosen)")),
    ("26_51", _("6 to 12 months (chosen)")),
    ("52_more", _("over a year (chosen)")),
)
WEEKS_CHOICE = choice("weeks_choice", "", _("How long you took that dose"), WEEKS_CHOICES, unasked=True)
LEAST_WEEKS: Mapping[str, int] = {
    "under_4": 0,
    "4_5": 4,
    "6_7": 6,
    "8_25": 8,
    "26_51": 26,
    "52_more": 52,
}

ANTIDEPRESSANTS = section(
    "antidepressants",
    entries(
        "trials",
        "medicines-tried",
        _("Medicines you have tried for depression"),
        exact(
            "drug",
            "",
            _("Name of the medicine"),
            _("For example, sertraline or Zoloft. If you do not know the name, describe it."),
            required=True,
            missing=_("Medicine: write its name"),
        ),
        number(
            "dose_mg",
            "",
            _("Highest dose you took in one day, in mg"),
            _(
                "For a patch, the mg in 24 hours. For Spravato, the mg in one visit. Leave blank if you do not remember."
            ),
            nullable=True,
            most_typed=100_000,
            unit="mg",
            short=_("Highest dose"),
            typed_as="dose_typed",
        ),
        number(
            "weeks",
            "",
            _("How long did you take that much?"),
            _("For example, 8 weeks or 3 months. A guess is fine. Leave blank if you do not remember."),
            nullable=True,
            most_typed=5_200,
            unit="weeks",
            short=_("How long you took it"),
            typed_as="weeks_typed",
            chosen_as=WEEKS_CHOICE,
        ),
        WEEKS_CHOICE,
        text("dose_typed", "", _("The dose, as it was typed"), unasked=True),
        text("weeks_typed", "", _("The weeks, as they were typed"), unasked=True),
        choice(
            "taken_most_days",
            "",
            _("Did you take it on most days?"),
            YES_NO_REMEMBER,
            _("8 days out of 10 or more."),
        ),
        choice("improvement", "", HOW_MUCH_BETTER, IMPROVEMENT),
        choice(
            "this_episode",
            "",
            _("Did you take it during the depression you have now?"),
            YES_NO_REMEMBER,
        ),
        yes_no("still_taking", "", _("Do you still take it?")),
        choice(
            "added_to_another",
            "",
            _("Was it added to a medicine for depression?"),
            YES_NO_REMEMBER,
            _("One that you were already taking, and kept on taking."),
        ),
        exact(
            "added_to",
            "",
            _("If yes, which medicine was it added to?"),
            asked_when=unless("added_to_another", "no"),
            short=_("Added to"),
        ),
        month(
            "started",
            "",
            _("When did you start it?"),
            _("For example, 3 2024, or only 2024."),
            short=_("When you started it"),
        ),
        month(
            "stopped",
            "",
            _("If you stopped, when was that?"),
            _("For example, 11 2025, or only 2025."),
            short=_("When you stopped it"),
            asked_when=unless("still_taking", "yes"),
        ),
        many(
            "warning_signs",
            "",
            _(
                "If you still take it: since you started it or the dose changed, have you noticed any of these?"
            ),
            (
                ("worse", _("I got worse")),
                ("restless_or_agitated", _("Restless or on edge")),
                ("energy_without_mood", _("More energy, but my mood did not lift")),
                ("more_tired", _("More tired")),
                ("stopped_working", _("It stopped working")),
            ),
            _("Choose all that fit."),
            asked_when=unless("still_taking", "no"),
        ),
        choice(
            "stopped_because",
            "",
            _("If you stopped, what was the main reason?"),
            (
                ("no_benefit", _("It did not help")),
                ("benefit_faded", _("It helped at first, then stopped helping")),
                ("side_effects", _("Side effects")),
                ("cost", _("Cost or insurance")),
                ("felt_better", _("I felt better")),
                ("pregnancy", _("Pregnancy")),
                ("other", _("Another reason")),
                ("not_sure", _("I do not remember")),
            ),
            asked_when=unless("still_taking", "yes"),
        ),
        text("side_effects", "", _("Side effects you had"), short=_("Side effects")),
    ),
    number(
        "more_not_remembered",
        "medicines-tried",
        _("How many other medicines for depression have you tried whose names you do not remember?"),
        _("Enter 0 if you have told us about all of them."),
        most_typed=100,
        unit="medicines",
        short=_("Medicines not remembered"),
    ),
)
