"""What stands on a page of help for each kind of danger, and the kinds that a posted page calls for by itself."""

from datetime import date

from django.http import QueryDict
from django.utils import timezone

from intake.fields import Answers
from intake.fields.lookup import answer
from intake.forms.unsaved import sound_answers
from intake.questionnaire.dangers import OTHERS, READING, SUICIDE, fields_in
from intake.questionnaire.help_kinds import GENERAL, HELP_OF, Levels, levels_of
from intake.questionnaire.shape import Questionnaire


def dated(answers: Answers) -> Answers:
    """``answers`` with the day beside them on which they were given, which dangers read."""
    return {**answers, "today": timezone.localdate().isoformat()}


def sections_of(levels: Levels) -> list[dict]:
    """The help for each kind, first to last: the first heads the page; the same thanks are said once."""
    kinds = list(levels) or [GENERAL]
    return [
        {
            "kind": kind,
            "urgency": levels.get(kind, ""),
            "heading": HELP_OF[kind].heading,
            "calls": kind != OTHERS or SUICIDE not in levels,
            "template": f"intake/help/{kind}.html",
        }
        for kind in kinds
    ]


def reading_of(answers: Answers) -> str:
    """The blood pressure as the page repeats it, such as "185/110"; "" where none was given."""
    return "/".join(f"{number:g}" for path in READING[:2] if (number := answer(answers, path)))


def said_in(asked_of: Questionnaire, typed: QueryDict, today: date) -> list[Answers]:
    """The sound answers in what was posted, page by page."""
    return [*sound_answers(asked_of, typed, today=today)]


def levels_said(asked_of: Questionnaire, said: list[Answers]) -> Levels:
    """The help that these answers call for by themselves, whatever is stored."""
    return levels_of(
        danger for answers in said for danger in asked_of.dangers_in(dated(answers), fields_in(answers))
    )
