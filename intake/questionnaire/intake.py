"""The intake: its pages in their order, in the sections of the task list, each with one topic a page."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake.fields import FIELDS, LANGUAGE
from intake.fields.instruments import in_reader_language
from intake.fields.kinds import Text
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
)
from intake.questionnaire.memory import load
from intake.questionnaire.places import Moved, Section
from intake.questionnaire.shape import Questionnaire
from intake.questionnaire.skipped import HELPS_MOST
from intake.questionnaire.when_taken import may_be_of_this_depression
from intake.scales import GAD7, PC_PTSD5, PHQ9, Scale

# Shown and stamped beside the consent; raise it when the notice's text changes.
PRIVACY_NOTICE = SUBSTANCE_USE_NOTICE = "2026-11"


def stem(scale: Scale) -> Text:
    return in_reader_language(lambda language: scale.stem.get(language) or scale.stem["en"])


# The minutes are those of the patient's flow, set out over these sections, until a clinic has medians of its own.
SECTIONS = (
    Section("helper", _("The person who helps"), _("Go on with who helps")),
    Section("consent", _("Privacy and consent"), _("Go on with your privacy")),
    Section("about", _("About you"), _("Go on with your details"), minutes=2),
    Section("reason", _("What brings you here"), _("Go on with your hopes")),
    Section("mood", _("Your mood"), _("Go on with your mood"), minutes=2),
    Section("safety", _("Your safety"), _("Go on with your safety"), minutes=2),
    Section("anxiety", _("Worry and hard events"), _("Go on with your worries"), minutes=2),
    Section("history", _("Your depression"), _("Go on with your depression"), minutes=3),
    Section(
        "substances",
        _("Alcohol and drugs"),
        _("Go on with alcohol and drugs"),
        minutes=2,
        left_out_by="consent.substance_use_agreed",
    ),
    Section("tried", _("Treatments you have tried"), _("Go on with your treatments"), minutes=5),
    Section("medicines", _("Medicines you take now"), _("Go on with your medicines")),
    Section("health", _("Your health"), _("Go on with your health"), minutes=4),
    Section("practical", _("Visits and insurance"), _("Go on with your visits")),
)

ASKED_OF_ALL = _(
    "We ask everyone these questions. You can choose not to answer. "
    "Your answers do not stop you from getting care."
)
PAST_MONTH = _("Think about the past month.")

# slug, section of the task list, heading, hint
OUTLINE: tuple[tuple[str, str, Text, Text], ...] = (
    ("helper", "helper", _("Who is filling in this form?"), ""),
    ("consent", "consent", _("Your privacy and your consent"), ""),
    ("name", "about", _("What is your name?"), ""),
    ("contact", "about", _("How can we reach you?"), ""),
    ("contact-safe", "about", _("Safe ways to reach you"), ""),
    ("home", "about", _("Where you live and what you need"), ""),
    ("sex", "about", _("Sex and gender"), ""),
    ("guardian", "about", _("Your parent or guardian"), _("We ask because you are under 18.")),
    ("reason", "reason", _("What you hope for"), ""),
    ("mood", "mood", stem(PHQ9), ""),
    ("thoughts", "safety", _("Thoughts about dying"), format_lazy("{} {}", ASKED_OF_ALL, PAST_MONTH)),
    ("plans", "safety", _("More about these thoughts"), PAST_MONTH),
    ("past", "safety", _("Past attempts"), _("Think about your whole life.")),
    ("asq", "safety", _("Thoughts about dying"), ASKED_OF_ALL),
    ("asq-now", "safety", _("How you feel right now"), ""),
    ("others", "safety", _("Thoughts about hurting others"), ""),
    ("anxiety", "anxiety", stem(GAD7), ""),
    ("trauma", "anxiety", _("Hard events in your life"), ""),
    ("trauma-effects", "anxiety", stem(PC_PTSD5), ""),
    ("episode", "history", _("Your depression over time"), ""),
    ("highs", "history", _("Times of very high energy"), ""),
    ("high-trouble", "history", _("More about times of very high energy"), ""),
    ("now", "history", _("How things are now"), _("These questions help us to keep you safe.")),
    ("sleep", "history", _("Your sleep"), ""),
    ("alcohol", "substances", _("Drinking alcohol"), ""),
    ("drinks", "substances", _("How much you drink"), ""),
    ("drugs", "substances", _("Using drugs"), ""),
    ("withdrawal", "substances", _("Stopping or cutting down"), ""),
    (
        "medicines-tried",
        "tried",
        _("Medicines you have tried for depression"),
        _("Tell us about one medicine at a time. Start with the ones you took during this depression."),
    ),
    ("therapies", "tried", _("Talking therapies you have had"), _("Tell us about one therapy at a time.")),
    ("other-treatments", "tried", _("Other treatments for depression"), ""),
    ("tms", "tried", _("Your TMS treatment"), ""),
    ("ketamine", "tried", _("Your ketamine or Spravato treatment"), ""),
    ("ect", "tried", _("Your ECT treatment"), ""),
    ("vns", "tried", _("Your VNS"), ""),
    (
        "medicines-now",
        "medicines",
        _("Medicines you take now"),
        _(
            "Tell us about each medicine you take now, for any illness. "
            "Add those you stopped in the last 6 weeks too. Tell us about one at a time."
        ),
    ),
    ("allergies", "medicines", _("Allergies"), _("Tell us about one allergy at a time.")),
    ("medicine-safety", "medicines", _("Two more questions about medicines"), ""),
    ("symptoms", "health", _("How your body is now"), ""),
    ("brain", "health", _("Your brain and head"), ""),
    ("implants", "health", _("Metal and implants in your body"), ""),
    ("heart", "health", _("Your heart and blood vessels"), ""),
    ("blood-pressure", "health", _("Your last blood pressure"), ""),
    ("body", "health", _("The rest of your body"), ""),
    ("pregnancy", "health", _("Pregnancy and birth"), ""),
    ("conditions", "health", _("Illnesses that can cause low mood"), ""),
    ("mind", "health", _("Other conditions"), ""),
    ("visits", "practical", _("Coming to the clinic"), ""),
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
    hint=_("Tick each one that you have ever taken for depression, even for a short time."),
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
        "warning_signs": _("Since you started it or the dose changed, has any of this been so?"),
        "added_to": _("Which medicine was it added to?"),
        "stopped_because": _("What was the main reason you stopped?"),
        "stopped": _("When did you stop it?"),
    },
)

LISTS = {
    "medicines-tried": ListWords(
        _("Have you ever taken a medicine for depression?"),
        _("Do you want to add another medicine?"),
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
        _("Do you want to add another therapy?"),
        _("A talking therapy you have had"),
    ),
    "medicines-now": ListWords(
        _("Do you take any medicine now, or did you stop one in the last 6 weeks?"),
        _("Do you want to add another medicine?"),
        _("A medicine you take now, or stopped lately"),
    ),
    "allergies": ListWords(
        _("Do you have any allergies?"),
        _("Do you want to add another allergy?"),
        _("An allergy"),
    ),
}

INTAKE = Questionnaire(
    key="intake",
    sections=SECTIONS,
    outline=OUTLINE,
    fields=FIELDS,
    dangers=DANGERS,
    stamps={"privacy_notice": PRIVACY_NOTICE, "substance_use_notice": SUBSTANCE_USE_NOTICE},
    lists=LISTS,
    # Headings that are the stem of an instrument, which more than one has: the section is named too.
    titled_by_section=frozenset({"mood", "anxiety"}),
    language_page=LANGUAGE.page,
    help_after="others",  # the last page on safety, asked of everyone
    concerns=CONCERNS,
    helps_most=HELPS_MOST,
    moved={
        "helper-details": Moved("helper"),
        "medicines-not-remembered": Moved("medicines-tried", ("antidepressants.more_not_remembered",)),
        "past-recent": Moved("past", ("safety.cssrs.q6_recent",)),
        "seizure-details": Moved(
            "brain", ("health.seizure_when", "health.seizure_medicine", "health.seizure_details")
        ),
        "metal-details": Moved("implants", ("health.metal_details",)),
        # What "emergency" asked is asked after sending: who stopped there goes on with the next page.
        "emergency": Moved("reason"),
        "insurance": Moved("visits"),
    },
)
