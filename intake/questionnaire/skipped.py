"""Skipped questions: how many there are, and the few whose answers would help most.

The order is fixed and the same for everyone. It knows nothing of what else was answered, so it tells nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake.fields import Answers, Field, Kind
from intake.fields.kinds import Text
from intake.questionnaire.asking import is_asked, leaves

if TYPE_CHECKING:
    from intake.questionnaire.page import Page
    from intake.questionnaire.shape import Questionnaire

MOST = 3

# What rules that hold a referral read, but for what the form can't be sent without. One box holds a blood pressure.
READ_BY_HOLDS = (
    "health.chest_pain_or_stroke_signs_now",
    "safety.harm_to_others",
    "history.voices_command",
    "history.not_eating_or_moving",
    "substances.withdrawal_symptoms",
    "substances.stopped_heavy_use_last_7_days",
    "health.new_symptoms",
    "antidepressants.trials",
    "medicines.list",
    "medicines.maoi_last_14_days",
    "health.seizure_ever",
    "health.bp_systolic",
    "history.high_now",
    "history.little_sleep_not_tired",
    "history.hears_or_sees",
    "history.feels_plotted_against",
    "history.deserves_punishment",
    "health.eating_disorder",
    "health.stroke",
    "health.brain_tumour_or_surgery",
    "health.raised_pressure_in_skull",
    "health.head_injury_unconscious",
)
# And what rules read that ask for a clinician first.
READ_BY_CLINICIAN_FIRST = (
    "health.metal_in_head_or_neck",
    "health.brain_or_nerve_stimulator",
    "health.pacemaker_or_defibrillator",
    "health.cochlear_implant",
    "other_treatments.vns.had",
    "other_treatments.vns.now",
    "health.metallic_face_tattoo",
    "health.aneurysm_or_avm",
    "health.brain_bleed",
    "medicines.ketamine_allergy",
    "history.bipolar_diagnosis",
    "health.pregnant",
    "health.breastfeeding",
    "about.sex_at_birth",
    "substances.ketamine_misuse_now",
    "substances.substance_use_disorder_now",
    "health.liver_disease",
    "health.seizure_when",
    "health.seizure_medicine",
    "other_treatments.tms.had",
    "other_treatments.tms.serious_event",
)
HELPS_MOST = (*READ_BY_HOLDS, *READ_BY_CLINICIAN_FIRST)

# After them: what of a medicine in this depression is not known.
OF_A_MEDICINE = {
    "dose_mg": _("How much {drug} you took"),
    "weeks": _("How long you took {drug}"),
}


@dataclass(frozen=True, slots=True)
class Skipped:
    """A question with no answer: its words, the page that asks it, the place of the entry that it is about."""

    words: Text
    slug: str
    place: int | None = None


def blanks(page: "Page", answers: Answers, screen: str) -> Iterator[tuple[str, Field]]:
    """The questions of the page that are asked and have no answer, each with its path; words are never missed."""
    for owner in page.fields:
        stored = answers.get(owner.section, {}).get(owner.key)
        for place, question in enumerate(leaves(owner)):
            if question.page != page.slug or not owner.by_hand:
                continue
            if question.kind in (Kind.TEXT, Kind.LONG_TEXT) or not is_asked(question, owner, answers, screen):
                continue
            match owner.kind:
                case Kind.GROUP:
                    path, value = f"{owner.path}.{question.key}", (stored or {}).get(question.key)
                case Kind.ITEMS:
                    path, value = f"{owner.path}[{place}]", stored[place] if stored else None
                case _:
                    path, value = owner.path, stored
            if value is None:
                yield path, question
    if page.entries is not None:
        for entry in answers.get(page.entries.section, {}).get(page.entries.key) or ():
            for part in page.entries.parts:
                if part.nullable and entry.get(part.key) is None:
                    yield f"{page.entries.path}.{part.key}", part


def helping_most(asked_of: "Questionnaire", answers: Answers, screen: str) -> list[Skipped]:
    """Those whose answers would help most, at most three."""
    found: dict[str, Skipped] = {}
    pages = asked_of.pages_for(answers, screen)
    for page in pages:
        for path, question in blanks(page, answers, screen):
            found.setdefault(path, Skipped(question.question, page.slug))
    first = [found[path] for path in asked_of.helps_most if path in found]
    return [*first, *_of_medicines(pages, answers)][:MOST] if asked_of.helps_most else []


def _of_medicines(pages: "list[Page]", answers: Answers) -> Iterator[Skipped]:
    for page in pages:
        if page.names is None:
            continue
        for place, entry in enumerate(
            answers.get(page.list_field.section, {}).get(page.list_field.key) or ()
        ):
            if entry.get("this_episode") != "yes":
                continue
            for key, words in OF_A_MEDICINE.items():
                if entry.get(key) is None:
                    yield Skipped(format_lazy(words, drug=entry.get(page.names.key) or ""), page.slug, place)
