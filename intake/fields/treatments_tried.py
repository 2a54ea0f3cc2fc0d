"""What has been tried beside medicines for depression: therapies, devices, other treatments; medicines now."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from intake.fields.conditions import unless, when
from intake.fields.kinds import Condition, choice, entries, exact, group, number, section, text, yes_no

IMPROVEMENT = (
    ("under_25", _("Not at all, or less than a quarter better")),
    ("25_49", _("A little: a quarter to a half better")),
    ("50_75", _("A lot: a half to three quarters better")),
    ("over_75", _("Almost well, or well again")),
    ("not_sure", _("I do not remember")),
)


@dataclass(frozen=True, slots=True)
class Benefit:
    """What an answer to ``IMPROVEMENT`` means: the least percentage, and words for staff."""

    percent_from: int
    words: str


# Without a row: how much it helped is not known.
BENEFITS: Mapping[object, Benefit] = {
    "under_25": Benefit(0, "less than 25 % better"),
    "25_49": Benefit(25, "25–49 % better"),
    "50_75": Benefit(50, "50–75 % better"),
    "over_75": Benefit(75, "more than 75 % better"),
}
HOW_MUCH_BETTER = _("How much did it help, at its best?")
YES_NO_REMEMBER = (("yes", _("Yes")), ("no", _("No")), ("not_sure", _("I do not remember")))


def had(path: str) -> Condition:
    return when(f"other_treatments.{path}.had", "yes")


OTHER_TREATMENTS = section(
    "other_treatments",
    yes_no("therapy_had", "other-treatments", _("Have you ever had talking therapy?")),
    entries(
        "therapy",
        "therapies",
        _("Talking therapies you have had"),
        choice(
            "type",
            "",
            _("What kind of therapy was it?"),
            (
                ("cbt", _("CBT (cognitive behavioral therapy)")),
                ("act", _("ACT (acceptance and commitment therapy)")),
                ("ipt", _("IPT (interpersonal therapy)")),
                ("mbct", _("Mindfulness-based therapy (MBCT)")),
                ("dbt", _("DBT (dialectical behavior therapy)")),
                ("emdr", _("EMDR")),
                ("cbasp", _("CBASP")),
                ("psychodynamic", _("Psychodynamic therapy")),
                ("counselling", _("Counseling")),
                ("other", _("Another kind")),
                ("not_sure", _("I am not sure")),
            ),
            required=True,
            short=_("Kind of therapy"),
        ),
        number(
            "sessions",
            "",
            _("How many sessions did you have?"),
            _("Leave blank if you do not remember."),
            nullable=True,
            most_typed=10_000,
            unit="sessions",
            short=_("Sessions"),
        ),
        choice("this_episode", "", _("Was it during the depression you have now?"), YES_NO_REMEMBER),
        choice("improvement", "", HOW_MUCH_BETTER, IMPROVEMENT),
        asked_when=unless("other_treatments.therapy_had", "no"),
        empty_when=when("other_treatments.therapy_had", "no"),
    ),
    group(
        "tms",
        _("TMS"),
        yes_no("had", "other-treatments", _("Have you had TMS (magnet pulses to the head)?")),
        choice("improvement", "tms", HOW_MUCH_BETTER, IMPROVEMENT, asked_when=had("tms")),
        yes_no(
            "serious_event",
            "tms",
            _("Was there a serious problem when you had TMS?"),
            _("For example, a seizure."),
            asked_when=had("tms"),
            kept_as="yes",
        ),
        yes_no("now", "tms", _("Are you having TMS now?"), asked_when=had("tms")),
    ),
    group(
        "ketamine",
        _("Ketamine or esketamine"),
        yes_no(
            "had",
            "other-treatments",
            _("Have you been treated with ketamine or Spravato (esketamine)?"),
        ),
        choice(
            "kind",
            "ketamine",
            _("Which kind was it?"),
            (
                ("spravato", _("Spravato (nose spray)")),
                ("iv", _("Ketamine through an IV")),
                ("other", _("Another kind")),
            ),
            asked_when=had("ketamine"),
        ),
        choice("improvement", "ketamine", HOW_MUCH_BETTER, IMPROVEMENT, asked_when=had("ketamine")),
        yes_no(
            "tolerated", "ketamine", _("Could you cope with the side effects?"), asked_when=had("ketamine")
        ),
        yes_no(
            "severe_dissociation",
            "ketamine",
            _("Did you feel very strongly that you were outside yourself?"),
            asked_when=had("ketamine"),
        ),
        yes_no(
            "now",
            "ketamine",
            _("Are you having ketamine or Spravato treatment now?"),
            asked_when=had("ketamine"),
        ),
    ),
    group(
        "ect",
        _("ECT"),
        yes_no(
            "had",
            "other-treatments",
            _("Have you had ECT (a treatment given while you sleep)?"),
        ),
        choice("improvement", "ect", HOW_MUCH_BETTER, IMPROVEMENT, asked_when=had("ect")),
        choice(
            "bilateral",
            "ect",
            _("Was it given to both sides of the head?"),
            YES_NO_REMEMBER,
            asked_when=had("ect"),
        ),
        yes_no("now", "ect", _("Are you having ECT now?"), asked_when=had("ect")),
    ),
    group(
        "vns",
        _("VNS"),
        yes_no("had", "other-treatments", _("Do you have, or have you had, a VNS (vagus nerve stimulator)?")),
        yes_no("now", "other-treatments", _("Is it switched on now?"), asked_when=had("vns")),
    ),
)

MEDICINES = section(
    "medicines",
    entries(
        "list",
        "medicines-now",
        _("Medicines you take now"),
        exact(
            "drug",
            "",
            _("Name of the medicine"),
            _("Include pills you buy without a prescription, vitamins and herbs."),
            required=True,
            missing=_("Medicine: write its name"),
        ),
        exact("dose", "", _("Dose"), _("For example, 20 mg.")),
        text("how_often", "", _("How often?"), _("For example, once a day."), short=_("How often")),
        yes_no("stopped", "", _("Have you stopped it, in the last 6 weeks?")),
    ),
    entries(
        "allergies",
        "allergies",
        _("Allergies to medicines and other things"),
        exact(
            "substance",
            "",
            _("What are you allergic to?"),
            required=True,
            missing=_("Allergy: write what you are allergic to"),
            short=_("Allergy"),
        ),
        text("reaction", "", _("What happens?"), _("For example, a rash."), short=_("What happens")),
    ),
    yes_no("ketamine_allergy", "allergies", _("Are you allergic to ketamine or esketamine?")),
    yes_no(
        "maoi_last_14_days",
        "allergies",
        _("In the last 14 days, did you stop a medicine called an MAOI?"),
        _("Such as Nardil, Parnate, Marplan or Emsam."),
    ),
)
