"""What has happened so far: this episode, earlier ones, other signs, alcohol and drugs."""

from django.utils.translation import gettext_lazy as _

from intake.fields.conditions import agreed_to_substance_use, may_drink, not_male, unless
from intake.fields.instruments import items, wording
from intake.fields.kinds import Reader, choice, number, section, yes_no
from intake.scales import AUDIT_C, DRUG_ITEM

HISTORY = section(
    "history",
    number(
        "episode_months",
        "episode",
        _("How long has this depression lasted, in months?"),
        _("Count from when you last felt well. You may write 2 years."),
        most_typed=1560,
        unit="months",
        short=_("How long it has lasted"),
    ),
    choice(
        "episodes",
        "episode",
        _("How many times have you had depression, counting this one?"),
        (
            ("1", _("Once")),
            ("2", _("Twice")),
            ("3_or_more", _("Three times or more")),
        ),
    ),
    number(
        "first_episode_age",
        "episode",
        _("How old were you when you first had depression?"),
        _("A guess is fine."),
        high=130,
        unit="years",
        short=_("Age at first depression"),
    ),
    yes_no(
        "bipolar_diagnosis", "highs", _("Has a doctor or nurse ever told you that you have bipolar disorder?")
    ),
    yes_no(
        "high_period",
        "highs",
        _(
            "Have you ever had 4 days or more in a row like this: "
            "much too energetic, wired or irritable, with much less need for sleep?"
        ),
    ),
    yes_no(
        "high_trouble",
        "highs",
        _(
            "Did a time like that lead to any of these: "
            "people worried about you, debts, trouble or a hospital stay?"
        ),
        asked_when=unless("history.high_period", "no"),
        skipped_as="no",
    ),
    yes_no(
        "antidepressant_high",
        "highs",
        _("Has a medicine for depression ever made you like this: much too energetic, wired or irritable?"),
    ),
    yes_no(
        "family_bipolar",
        "highs",
        _("Does a parent, brother, sister or child of yours have bipolar disorder?"),
    ),
    yes_no(
        "psychosis_ever",
        "highs",
        _("Have you ever seen, heard or believed things that others said were not real?"),
        _(
            "Not from drugs, and not while you fell asleep. "
            "Answer yes too if a doctor or therapist told you that you had psychosis."
        ),
    ),
    yes_no(
        "high_now",
        "now",
        _("In the last 2 weeks, have you been like this: much too energetic, wired or irritable?"),
    ),
    yes_no(
        "little_sleep_not_tired",
        "now",
        _("In the last 2 weeks, have you slept less than 4 hours a night and not felt tired?"),
    ),
    yes_no("hears_or_sees", "now", _("Do you hear or see things that other people do not?")),
    yes_no(
        "feels_plotted_against",
        "now",
        _("Do you feel that others plot against you or control your thoughts?"),
    ),
    yes_no(
        "deserves_punishment",
        "now",
        _(
            "Some people with depression become sure that they deserve punishment or are already dead. "
            "Is that so for you?"
        ),
        _("We ask everyone."),
    ),
    yes_no("voices_command", "now", _("Do voices tell you to hurt yourself or someone else?")),
    yes_no(
        "not_eating_or_moving",
        "now",
        _("Have you stopped eating or drinking, or can you hardly move or speak?"),
    ),
    yes_no("sleep_under_4h", "now", _("Do you sleep less than 4 hours a night these days?")),
    choice(
        "sleep_pattern",
        "now",
        _("What is your sleep like?"),
        (
            ("cannot_sleep", _("I cannot fall asleep or stay asleep")),
            ("too_much", _("I sleep too much")),
            ("both", _("Both, at different times")),
            ("neither", _("Neither")),
        ),
    ),
    yes_no(
        "gave_birth_last_12_months",
        "body",
        _("Have you given birth in the last 12 months?"),
        asked_when=not_male,
    ),
    number(
        "psychiatric_admissions",
        "episode",
        _("How many times have you stayed in a hospital for your mental health?"),
        _("Enter 0 if never."),
        most_typed=1000,
        unit="times",
        short=_("Hospital stays"),
    ),
)

SUBSTANCES = section(
    "substances",
    items("audit_c", "alcohol", AUDIT_C, 3, follow_up=("alcohol", may_drink)),
    number(
        "drug_use_past_year",
        "drugs",
        wording(DRUG_ITEM.items[0]),
        _("Enter 0 if never. Count cannabis if it is not legal in your state, or you are not sure."),
        most_typed=100_000,
        unit="times",
        short=_("Drug use"),
        scale=DRUG_ITEM,
    ),
    choice(
        "cannabis",
        "drugs",
        _("How often do you use cannabis in any form?"),
        (
            ("never", _("Never")),
            ("less_than_weekly", _("Less than once a week")),
            ("weekly", _("Once a week or more")),
            ("daily", _("Daily or almost daily")),
            ("not_sure", _("I am not sure")),
        ),
        _("Also called marijuana, weed or THC."),
    ),
    yes_no("past_substance_use_disorder", "drugs", _("Have you ever had a problem with alcohol or drugs?")),
    yes_no("substance_use_disorder_now", "drugs", _("Are alcohol or drugs a serious problem for you now?")),
    yes_no(
        "ketamine_misuse_now",
        "drugs",
        _("Have you used any ketamine or PCP of late that was not prescribed to you?"),
    ),
    yes_no("recent_binge", "drugs", _("In the last few days, did you use a lot of a drug at once?")),
    yes_no(
        "stopped_heavy_use_last_7_days",
        "drugs",
        _(
            "In the last 7 days, did you suddenly stop any of these that you used a lot or each day: "
            "alcohol, sleeping or nerve pills, a seizure medicine?"
        ),
    ),
    yes_no(
        "withdrawal_symptoms",
        "drugs",
        _("Do you feel ill now because you stopped or cut down?"),
        _("For example shaking, sweating, a racing heart, or seeing things."),
    ),
    reader=Reader.SUBSTANCE_USE,
    asked_when=agreed_to_substance_use,
)
