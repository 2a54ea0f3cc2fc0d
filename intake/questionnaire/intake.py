"""The intake: its pages in their order, in the sections of the task list, each with one topic a page."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake.fields import BY_PATH, FIELDS, LANGUAGE
from intake.fields.instruments import stem_of
from intake.fields.kinds import Text
from intake.questionnaire import ticks
from intake.questionnaire.dangers import CONCERNS, DANGERS
from intake.questionnaire.list_words import (
    NEVER,
    NOT_SURE,
    UNKNOWN,
    FollowUp,
    ListedWords,
    ListWords,
    MemoryWords,
    NamesWords,
    RowsWords,
)
from intake.questionnaire.memory import load
from intake.questionnaire.moved import MOVED, ONCE_ON
from intake.questionnaire.page import REMIND, Fold
from intake.questionnaire.places import Section
from intake.questionnaire.shape import Questionnaire
from intake.questionnaire.skipped import HELPS_MOST
from intake.questionnaire.when_taken import may_be_of_this_depression
from intake.scales import GAD7, PC_PTSD5, PHQ9

# Shown and stamped beside the consent; raise each when its notice's text changes.
PRIVACY_NOTICE, SUBSTANCE_USE_NOTICE = "2026-11-30", "2026-11"


# The minutes are those of the patient's flow, until a clinic has medians of its own.
SECTIONS = (
    Section("you", _("You"), _("Go on with your details"), minutes=3),
    Section("mood", _("Mood and safety"), _("Go on with your mood"), minutes=4),
    Section(
        "depression", _("Your depression and what you tried"), _("Go on with your depression"), minutes=8
    ),
    Section("medicines", _("Medicines you take now"), _("Go on with your medicines")),
    Section(
        "substances",
        _("Alcohol and drugs"),
        _("Go on with alcohol and drugs"),
        minutes=2,
        left_out_by="consent.substance_use_agreed",
    ),
    Section("health", _("Your health"), _("Go on with your health"), minutes=4),
    Section("visits", _("Worry and visits"), _("Go on with worry and visits"), minutes=2),
)

ASKED_OF_ALL = _(
    "We ask everyone these questions. You can choose not to answer. "
    "Your answers do not stop you from getting care."
)
PAST_MONTH = _("Think about the past month.")

# slug, section of the task list, heading, hint
OUTLINE: tuple[tuple[str, str, Text, Text], ...] = (
    ("helper", "you", _("Who is filling in this form?"), ""),
    ("consent", "you", _("Your privacy and your consent"), ""),
    ("name", "you", _("About you"), ""),
    ("guardian", "you", _("Your parent or guardian"), _("We ask because you are under 18.")),
    ("contact", "you", _("How can we reach you?"), ""),
    ("reason", "you", _("What you hope for"), ""),
    ("mood", "mood", _("Your mood"), stem_of(PHQ9)),
    ("thoughts", "mood", _("Thoughts about dying"), format_lazy("{} {}", ASKED_OF_ALL, PAST_MONTH)),
    ("plans", "mood", _("More about these thoughts"), PAST_MONTH),
    ("asq", "mood", _("Thoughts about dying"), ASKED_OF_ALL),
    ("asq-now", "mood", _("How you feel right now"), ""),
    ("past", "mood", _("Past attempts, and thoughts about others"), ""),
    ("now", "mood", _("How things are now"), ""),
    (
        "episode",
        "depression",
        _("Your depression over time"),
        _("Thank you. Those were hard questions."),
    ),
    ("highs", "depression", _("Times of very high energy"), ""),
    (
        "medicines-tried",
        "depression",
        _("Medicines you have tried for depression"),
        _("Tell us about one medicine at a time. Start with the ones you took during this depression."),
    ),
    ("other-treatments", "depression", _("Other treatments for depression"), ""),
    (
        "therapies",
        "depression",
        _("Your talking therapy"),
        _("Tell us about one therapy at a time."),
    ),
    ("tms", "depression", _("Your TMS treatment"), ""),
    ("ketamine", "depression", _("Your ketamine or Spravato treatment"), ""),
    ("ect", "depression", _("Your ECT treatment"), ""),
    (
        "medicines-now",
        "medicines",
        _("Medicines you take now"),
        _(
            "Tell us about each medicine you take now, for any illness. "
            "Add those you stopped in the last 6 weeks too."
        ),
    ),
    ("allergies", "medicines", _("Allergies, and two more questions"), ""),
    ("alcohol", "substances", _("Drinking alcohol"), ""),
    (
        "drugs",
        "substances",
        _("Drugs, and stopping suddenly"),
        _("Many people use alcohol or drugs. This helps us keep treatment safe."),
    ),
    ("symptoms", "health", _("How your body is now"), ""),
    ("brain", "health", _("Your brain and head"), ""),
    ("implants", "health", _("Metal and implants"), ""),
    ("heart", "health", _("Your heart and blood pressure"), ""),
    ("body", "health", _("The rest of your body"), ""),
    ("conditions", "health", _("Other illnesses"), ""),
    ("anxiety", "visits", _("Worry"), stem_of(GAD7)),
    ("trauma", "visits", _("Hard events in your life"), ""),
    ("trauma-effects", "visits", _("Hard events: the past month"), stem_of(PC_PTSD5)),
    ("visits", "visits", _("Coming to the clinic"), ""),
)

MEMORY_CLASSES = (
    ("first", _("Most often tried first (SSRIs)")),
    ("next", _("Often tried next (SNRIs)")),
    ("today", _("Others of today")),
    ("older", _("Older medicines")),
    ("added", _("Often added to others")),
)
MEMORY = MemoryWords(
    rows=load((kind for kind, _title in MEMORY_CLASSES)),
    kinds=MEMORY_CLASSES,
    button=_("Show me names that may help"),
    heading=_("Names that may help you remember"),
    hint=_("Tick each one you ever took for depression, even for a short time."),
    anything_else=_("Anything else?"),
    others=_("I took others that are not on this list"),
    none=_("None of these"),
    both=_("Names: you ticked “None of these” and a name. Keep one of them"),
    kept=_("We kept {names}, as you told us more about it. To take one out, press Change."),
)

LISTED = ListedWords(
    one=_("You told us about 1 medicine"),
    several=_("You told us about {count} medicines"),
    count_key="more_not_remembered",
    any_others=_("Were there any others?"),
    others=_("I took others whose names I do not remember"),
    how_many=_("How many?"),
    counts=((1, "1"), (2, "2"), (3, "3"), (4, _("4 or more"))),
    box=_("Or write how many"),
    done=_("That is all: continue"),
    another=_("Add another medicine"),
    remove=_("Remove this medicine"),
)

DURING = FollowUp(
    keys=(
        "taken_most_days",
        "added_to_another",
        "added_to",
        "warning_signs",
        "stopped_because",
        "side_effects",
        "started",
        "stopped",
    ),
    asked_when=may_be_of_this_depression,
    heading=_("{name}, during this depression"),
    title=_("{caption}, during this depression"),
    questions={
        "warning_signs": _("Since you started it or the dose changed, have you noticed any of these?"),
        "added_to": _("Which medicine was it added to?"),
        "stopped_because": _("What was the main reason you stopped?"),
        "stopped": _("When did you stop it?"),
    },
)

LISTS = {
    "medicines-tried": ListWords(
        _("Have you ever taken a medicine for depression?"),
        _("Add another medicine"),
        _("A medicine you have tried"),
        NamesWords(
            key="drug",
            heading=_("Which medicines have you ever taken for depression?"),
            hint=_("One in each box. Any spelling is fine. Count ones that did not help."),
            box=_("Medicine {number}"),
            caption=_("Medicine {number} of {count}"),
            more=_("Add more boxes"),
            instead=_("Or, if you have no name to write"),
            choices=(
                (UNKNOWN, _("I took some, but do not know the names")),
                (NEVER, _("I never took one")),
                (NOT_SURE, _("I am not sure")),
            ),
            nothing=_("Medicines: write a name, or choose one of the answers below"),
            both=_("Medicines: you wrote a name and chose “I never took one”. Keep one of them"),
            full=_("Medicines: {most} is the most. Write the others in a message after you send"),
            listed=LISTED,
            memory=MEMORY,
        ),
        DURING,
    ),
    "therapies": ListWords(
        _("Have you ever had talking therapy?"),
        _("Add another therapy"),
        _("Your talking therapy"),
        had="other_treatments.therapy_had",
    ),
    "medicines-now": ListWords(
        _("Do you take any medicine now, or did you stop one in the last 6 weeks?"),
        _("Add another medicine"),
        _("A medicine you take now, or stopped lately"),
        rows=RowsWords(
            labels={
                "drug": _("Medicine {number}"),
                "dose": _("Dose of medicine {number}"),
                "how_often": _("How often do you take medicine {number}?"),
                "stopped": _("I stopped medicine {number} in the last 6 weeks"),
            },
            ticks=frozenset({"stopped"}),
            more=_("Add more rows"),
            nothing=_("Medicines: write a name, or choose another answer"),
            unnamed=_("Medicine {number}: write its name"),
            full=_("Medicines: {most} is the most. Write the others in a message after you send"),
            carried=_("You still take these. You need not write them again."),
            other=_("Do you take any other medicine, or did you stop one in the last 6 weeks?"),
            hint=_("Count medicines for any illness."),
        ),
    ),
    "allergies": ListWords(
        _("Do you have any allergies?"),
        _("Add another allergy"),
        _("An allergy"),
        rows=RowsWords(
            labels={
                "substance": _("Allergy {number}: what are you allergic to?"),
                "reaction": _("Allergy {number}: what happens?"),
            },
            more=_("Add more rows"),
            nothing=_("Allergies: write what you are allergic to, or choose another answer"),
            unnamed=_("Allergy {number}: write what you are allergic to"),
            full=_("Allergies: {most} is the most. Write the others in a message after you send"),
        ),
    ),
}

_INTERESTED = BY_PATH[ticks.INTERESTED]
WISHES = ticks.wishes(_INTERESTED.choices, _INTERESTED.question, _INTERESTED.hint)

INTAKE = Questionnaire(
    key="intake",
    sections=SECTIONS,
    outline=OUTLINE,
    fields=FIELDS,
    dangers=DANGERS,
    stamps={"privacy_notice": PRIVACY_NOTICE, "substance_use_notice": SUBSTANCE_USE_NOTICE},
    lists=LISTS,
    wishes={LANGUAGE.page: (LANGUAGE.key, REMIND)},
    helps_most=HELPS_MOST,
    headings={("asq", "past"): _("Thoughts about others")},
    help_after="past",  # the last page on safety, asked of everyone
    folds={
        "name": Fold(
            _("Add the name you like, your pronouns or your gender"),
            ("about.preferred_name", "about.pronouns", "about.gender"),
        )
    },
    ticks={"contact": ticks.CONTACT, "reason": WISHES, "conditions": ticks.ILLNESSES},
    last_on_their_page=frozenset({"history.gave_birth_last_12_months"}),
    concerns=CONCERNS,
    moved=MOVED,
    once_on=ONCE_ON,
)
