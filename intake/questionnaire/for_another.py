"""The words of pages on which somebody answers for another person: one table, by page and by question.

Headings and questions that are not here stay as they are, those of a scale among them. No word of the table
depends on who is helped; a name stands only in the lines that ``note_on`` and the templates make.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intake.fields import BY_PATH, Answers, Field
from intake.fields.kinds import Text
from intake.fields.lookup import answer
from intake.questionnaire import ticks
from intake.questionnaire.page import Page
from intake.questionnaire.places import Place
from intake.questionnaire.summary import Block, Part

FILLED_BY = "about.filled_by"
HELPERS = ("family", "professional")

HEADINGS: dict[str, Text] = {
    "helper": _("Who are you helping?"),
    "name": _("About the person"),
    "contact": _("How can we reach the person?"),
}

# Path -> what of the field is said in other words.
QUESTIONS: dict[str, dict[str, Text]] = {
    FILLED_BY: {"question": _("Who are you?"), "short": _("Who you are")},
    "about.filled_by_name": {"question": _("Your name")},
    "about.filled_by_relation": {
        "question": _("How do you know them?"),
        "hint": _("For example, you are their daughter, their partner or their nurse."),
    },
    "about.filled_by_phone": {"question": _("Your phone number"), "short": _("Your phone number")},
    "consent.agreed": {
        "question": _(
            "I am allowed to fill in this form for the person I am helping, "
            "and I agree that the clinic may use the answers to plan their care"
        )
    },
    "consent.substance_use_agreed": {
        "question": _(
            "May we ask about alcohol and drugs, and share those answers with the teams who plan their care?"
        )
    },
    "about.first_name": {
        "question": _("Their first name"),
        "short": _("Their first name"),
    },
    "about.last_name": {
        "question": _("Their last name"),
        "short": _("Their last name"),
    },
    "about.preferred_name": {"question": _("Name they like to be called")},
    "about.pronouns": {"question": _("Their pronouns")},
    "about.date_of_birth": {"question": _("Their date of birth")},
    "about.sex_at_birth": {"question": _("What sex were they given at birth?")},
    "about.veteran": {"question": _("Have they served in the U.S. military?")},
    "about.gender": {"question": _("Their gender, in their own words")},
    "about.interpreter_needed": {"question": _("Do they need an interpreter when we talk?")},
    "about.speaks": {"question": _("Language to speak with them")},
    "about.phone": {"question": _("Their phone number"), "short": _("Their phone number")},
    "about.email": {"question": _("Their email address")},
    "about.contact_by": {
        "question": _("How may we contact them?"),
        "hint": _("Which of these are private and safe for them?"),
    },
    "about.voicemail_ok": {"question": _("Is it safe to leave them a voice message?")},
    "about.text_ok": {"question": _("Is it safe to send them a text message?")},
    "about.email_ok": {"question": _("Is it safe to send them an email?")},
}

# Asked before on another page, and shown once more where it is needed: slug -> fields at the end of the page.
AGAIN: dict[str, tuple[Field, ...]] = {
    "contact": (
        replace(
            BY_PATH["about.filled_by_phone"],
            question=_("Should we call you, too?"),
            hint=_("Your phone number. Leave it blank if we should not call you."),
            short=_("Your phone number"),
        ),
    )
}

# A list of ticks -> what of it is said in other words.
TICKS: dict[str, dict[str, object]] = {
    ticks.WAYS: {
        "label": _("Which of these are private and safe for them?"),
        "rows": (
            ("call", _("Call them")),
            ("voicemail", _("Leave a voice message")),
            ("text", _("Text them")),
        ),
    },
    ticks.BY_EMAIL: {
        "label": _("May we write them an email?"),
        "rows": (("email", _("Email is private and safe for them")),),
    },
}

# What is folded on a page -> the words over it.
FOLDS: dict[str, Text] = {"name": _("Add the name they like, their pronouns or their gender")}

# What is told of the wish to die counts only from the person (rule S06).
ONLY_THE_PERSON = frozenset({"thoughts", "plans", "past", "asq", "asq-now"})
# On these the helper answers for themselves.
THEIR_OWN = frozenset({"helper", "consent"})


def name_in(answers: Answers) -> str:
    """What the person is called: as they like it, else by their first name; "" before either is known."""
    return str(answer(answers, "about.preferred_name") or answer(answers, "about.first_name") or "").strip()


def _other_words(field: Field) -> Field:
    changed: dict[str, object] = {**QUESTIONS.get(field.path, {})}
    if field.path == FILLED_BY:
        changed |= {
            "choices": tuple(each for each in field.choices if each[0] in HELPERS),
            "required": True,
        }
    return replace(field, **changed) if changed else field  # type: ignore[arg-type]


@cache
def worded(page: Page) -> Page:
    """``page`` in the words for who answers for another person."""
    heading = HEADINGS.get(page.slug)
    fields = (*map(_other_words, page.fields), *AGAIN.get(page.slug, ()))
    lists = tuple(replace(each, **TICKS.get(each.name, {})) for each in page.ticks)  # type: ignore[arg-type]
    known = not any(each.name in TICKS for each in page.ticks)
    if heading is None and fields == page.fields and known:
        return page
    changed: dict[str, Any] = {"fields": fields, "ticks": lists}
    if page.fold and page.slug in FOLDS:
        changed["fold"] = replace(page.fold, words=FOLDS[page.slug])
    if heading:
        changed |= {"heading": heading, "title": heading}
    return replace(page, **changed)


def note_on(page: Page, place: Place, name: str) -> str:
    """The line under the heading of ``page``; "" for none. ``name`` is the person's, "" before it is known."""
    if page.slug in ONLY_THE_PERSON:
        if name:
            return gettext(
                "Only %(person)s can answer these. Ask %(person)s to, alone if that is better. "
                "If %(person)s is not with you, choose “I prefer not to answer”. We will call and ask."
            ) % {"person": name}
        return gettext(
            "Only the person you help can answer these. Ask them to, alone if that is better. "
            "If they are not with you, choose “I prefer not to answer”. We will call and ask."
        )
    if page.slug in THEIR_OWN or not place.first:
        return ""
    return (
        gettext("Answer as %(person)s would.") % {"person": name}
        if name
        else gettext("Answer as the person you help would.")
    )


def worded_parts(parts: Iterable[Part]) -> list[Part]:
    """What was said, to check, under the headings and questions that were asked."""
    return [replace(part, blocks=[_worded_block(block) for block in part.blocks]) for part in parts]


def _worded_block(block: Block) -> Block:
    rows = [
        replace(row, question=str(QUESTIONS.get(row.path, {}).get("question", row.question)))
        for row in block.rows
    ]
    return replace(block, title=str(HEADINGS.get(block.slug, block.title)), rows=rows)
