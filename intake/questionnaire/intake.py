"""The patient's pages in their order: sections of the task list, each with one topic a page."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake.fields import FIELDS, Answers, Field, Kind
from intake.fields.instruments import in_reader_language
from intake.fields.kinds import Condition, Text, always
from intake.scales import GAD7, PC_PTSD5, PHQ9, Scale

HELP = "help"  # the interruption page: its questions stand outside the numbered steps
BEFORE_HELP = "others"  # the page after which they are read back: the last on safety, asked of everyone


def stem(scale: Scale) -> Text:
    return in_reader_language(lambda language: scale.stem.get(language) or scale.stem["en"])


@dataclass(frozen=True, slots=True)
class Page:
    """One page: ``slug`` in the address, ``heading`` (the question), ``hint``, the fields it asks.

    ``title`` tells it from every other page that the same person is asked.
    ``entries`` is the one list field of a page on which things are added one at a time, or None.
    """

    slug: str
    section: str
    heading: Text
    hint: Text
    fields: tuple[Field, ...]
    entries: Field | None
    title: Text = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A row of the task list."""

    slug: str
    title: Text = dataclasses.field(compare=False)


SECTIONS = (
    Section("consent", _("Privacy and consent")),
    Section("about", _("About you")),
    Section("reason", _("What brings you here")),
    Section("mood", _("Your mood")),
    Section("safety", _("Your safety")),
    Section("anxiety", _("Worry and hard events")),
    Section("history", _("Your depression")),
    Section("substances", _("Alcohol and drugs")),
    Section("tried", _("Treatments you have tried")),
    Section("medicines", _("Medicines you take now")),
    Section("health", _("Your health")),
    Section("practical", _("Visits and insurance")),
)

# Headings that are the stem of a questionnaire, which more than one has: the section is named too.
ASKED_ALIKE = ("mood", "anxiety")

_SECTIONS = {section.slug: section for section in SECTIONS}

# slug, section of the task list, heading, hint
OUTLINE: tuple[tuple[str, str, Text, Text], ...] = (
    ("consent", "consent", _("Your privacy and your consent"), ""),
    ("name", "about", _("What is your name?"), ""),
    ("contact", "about", _("How can we reach you?"), ""),
    ("contact-safe", "about", _("Safe ways to reach you"), ""),
    ("home", "about", _("Where you live and what you need"), ""),
    ("sex", "about", _("Sex and gender"), ""),
    ("helper", "about", _("Who is filling in this form?"), ""),
    ("helper-details", "about", _("The person helping with this form"), ""),
    ("guardian", "about", _("Your parent or guardian"), _("We ask because you are under 18.")),
    ("emergency", "about", _("Someone we can call in an emergency"), ""),
    ("reason", "reason", _("What you hope for"), ""),
    ("mood", "mood", stem(PHQ9), ""),
    ("thoughts", "safety", _("Thoughts about dying"), _("Think about the past month.")),
    ("plans", "safety", _("More about these thoughts"), _("Think about the past month.")),
    ("past", "safety", _("Things you have done"), _("Think about your whole life.")),
    ("past-recent", "safety", _("When was this?"), ""),
    ("asq", "safety", _("Thoughts about dying"), ""),
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
    ("medicines-not-remembered", "tried", _("Other medicines for depression"), ""),
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
        _("For any illness. Tell us about one medicine at a time."),
    ),
    ("allergies", "medicines", _("Allergies"), _("Tell us about one allergy at a time.")),
    ("medicine-safety", "medicines", _("Two more questions about medicines"), ""),
    ("symptoms", "health", _("How your body is now"), ""),
    ("brain", "health", _("Your brain and head"), ""),
    ("seizure-details", "health", _("Your seizures"), ""),
    ("implants", "health", _("Metal and implants in your body"), ""),
    ("metal-details", "health", _("The metal in your head or neck"), ""),
    ("heart", "health", _("Your heart and blood vessels"), ""),
    ("blood-pressure", "health", _("Your last blood pressure"), ""),
    ("body", "health", _("The rest of your body"), ""),
    ("pregnancy", "health", _("Pregnancy and birth"), ""),
    ("conditions", "health", _("Illnesses that can cause low mood"), ""),
    ("mind", "health", _("Other conditions"), ""),
    ("visits", "practical", _("Coming to the clinic"), ""),
    ("insurance", "practical", _("Your health insurance"), ""),
)


def leaves(field: Field) -> tuple[Field, ...]:
    """The questions within ``field`` as they are asked: its parts, or the field itself."""
    return field.parts if field.kind in (Kind.GROUP, Kind.ITEMS) else (field,)


def _pages() -> tuple[Page, ...]:
    pages = []
    for slug, section, heading, hint in OUTLINE:
        fields = tuple(field for field in FIELDS if any(leaf.page == slug for leaf in leaves(field)))
        entries = next((field for field in fields if field.kind is Kind.ENTRIES), None)
        title = format_lazy("{}: {}", _SECTIONS[section].title, heading) if slug in ASKED_ALIKE else heading
        pages.append(Page(slug, section, heading, hint, fields, entries, title))
    return tuple(pages)


def help_page() -> Page:
    """The two questions of the interruption page."""
    fields = tuple(field for field in FIELDS if field.page == HELP)
    heading = _("Help is there for you now")
    return Page(HELP, "safety", heading, "", fields, None, _("Where you are today"))


PAGES = _pages()
BY_SLUG: Mapping[str, Page] = {page.slug: page for page in PAGES}
HELP_PAGE = help_page()


def is_asked(question: Field, owner: Field, answers: Answers, screen: str) -> bool:
    """Whether ``question`` (``owner`` itself or one of its parts) is asked, given what is known so far.

    ``screen`` is the suicide-risk screen the clinic has chosen.
    """
    if owner.screen and owner.screen != screen:
        return False
    return owner.asked_when(answers) and (question is owner or question.asked_when(answers))


def _conditions(page: Page) -> tuple[tuple[str, Condition, Condition], ...]:
    """``(screen, owner's condition, question's)`` of which one must hold for ``page`` to be asked; () for always."""
    found = {
        (field.screen, field.asked_when, leaf.asked_when)
        for field in page.fields
        for leaf in leaves(field)
        if leaf.page == page.slug
    }
    return () if ("", always, always) in found else tuple(found)


# Known beforehand, because each request goes through all pages.
_ASKED_WHEN = {page.slug: _conditions(page) for page in PAGES}


def page_applies(page: Page, answers: Answers, screen: str) -> bool:
    conditions = _ASKED_WHEN[page.slug]
    if not conditions:
        return True
    for of_screen, owner_asked, question_asked in conditions:
        if of_screen in ("", screen) and owner_asked(answers) and question_asked(answers):
            return True
    return False


def pages_for(answers: Answers, screen: str) -> list[Page]:
    """The pages this person is asked, in order."""
    return [page for page in PAGES if page_applies(page, answers, screen)]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands among those a person is asked: "Step ``step`` of ``of``", in ``section``.

    There it is page ``page`` of ``pages``; 0 when it is not asked.
    ``back`` is the slug of the page before, "" on the first one.
    """

    step: int
    of: int
    section: Section
    page: int
    pages: int
    back: str


def place_of(page: Page, asked: list[Page]) -> Place:
    slugs = [each.slug for each in asked]
    sections = list(dict.fromkeys(each.section for each in asked))
    own = [each.slug for each in asked if each.section == page.section]
    at = slugs.index(page.slug) if page.slug in slugs else 0
    return Place(
        sections.index(page.section) + 1 if own else len(sections),
        len(sections),
        _SECTIONS[page.section],
        own.index(page.slug) + 1 if page.slug in own else 0,
        len(own),
        slugs[at - 1] if at else "",
    )


def without_unasked(answers: Mapping[str, Mapping], screen: str) -> dict[str, dict]:
    """``answers`` without those to questions that no longer apply, and with what a skipped one counts as.

    A yes on a suicide-risk screen is never dropped, whatever was answered later.
    """
    known = dict(answers)
    kept: dict[str, dict] = {}
    for field in FIELDS:
        given = answers.get(field.section, {})
        if field.skipped_as and not is_asked(field, field, known, screen):
            kept.setdefault(field.section, {})[field.key] = field.skipped_as
            continue
        if field.key not in given:
            continue
        value = given[field.key]
        if field.kind is Kind.GROUP:
            value = {
                part.key: value[part.key]
                for part in field.parts
                if part.key in value
                and (is_asked(part, field, known, screen) or (field.screen and value[part.key] == "yes"))
            }
            if not value:
                continue
        elif not is_asked(field, field, known, screen):
            continue
        kept.setdefault(field.section, {})[field.key] = value
    return kept
