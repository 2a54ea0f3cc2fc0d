"""Part two: what no rule reads is asked after sending, a page each; its answers are an amendment."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from intake.fields import BY_PATH, Answers
from intake.fields.lookup import answer
from intake.questionnaire.dangers import CONCERNS, DANGERS
from intake.questionnaire.page import Page
from intake.questionnaire.places import Section
from intake.questionnaire.shape import Questionnaire

EMERGENCY, INSURANCE, TIMES = (f"later/{name}" for name in ("emergency", "insurance", "times"))

PART_TWO = Questionnaire(
    key="part_two",
    sections=(
        Section(EMERGENCY, _("Someone to call in an emergency")),
        Section(INSURANCE, _("Your insurance and address")),
        Section(TIMES, _("Best times for you")),
    ),
    outline=(
        (EMERGENCY, EMERGENCY, _("Someone we can call in an emergency"), ""),
        (INSURANCE, INSURANCE, _("Your insurance and address"), ""),
        (TIMES, TIMES, _("Best times for you"), ""),
    ),
    fields=tuple(
        BY_PATH[path]
        for path in (
            "about.emergency_name",
            "about.emergency_phone",
            "about.emergency_relation",
            "practical.plan",
            "practical.member_id",
            "about.state",
            "about.postcode",
            "practical.best_times",
            "reason.referred_by",
        )
    ),
    dangers=DANGERS,
    concerns=CONCERNS,
)


@dataclass(frozen=True, slots=True)
class Left:
    """A page of part two as a row with a link: ``name`` ends its address; ``told``: something of it was."""

    name: str
    section: Section
    told: bool


def left_in(answers: Answers) -> list[Left]:
    """A row for each page."""
    sections = {section.slug: section for section in PART_TWO.sections}
    return [
        Left(page.slug.removeprefix("later/"), sections[page.section], is_told(page, answers))
        for page in PART_TWO.pages
    ]


def is_told(page: Page, answers: Answers) -> bool:
    """Whether something of the page was told, before sending or since."""
    return any(answer(answers, field.path) is not None for field in page.fields)
