"""What alarms keep of the answers that raised them, and what is kept of an expired draft; judging only."""

from collections.abc import Iterable
from typing import Any

from intake.fields import Answers
from intake.questionnaire.dangers import BY_KEY


def answers_named(answers: Answers, dangers: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Those of ``answers`` that alarms about ``dangers`` name, and nothing else: no name, no birth date."""
    return answers_at(answers, {path for key in dangers if key in BY_KEY for path in BY_KEY[key].paths})


def answers_at(answers: Answers, paths: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Those of ``answers`` that stand at ``paths``, in their places; nothing for one without an answer."""
    kept: dict[str, dict[str, Any]] = {}
    for path in sorted(paths):
        section, key, *part = path.split(".")
        value = answers.get(section, {}).get(key)
        if part and value is not None:
            value = (
                {**kept.get(section, {}).get(key, {}), part[0]: value[part[0]]} if part[0] in value else None
            )
        if value is not None:
            kept.setdefault(section, {})[key] = value
    return kept
