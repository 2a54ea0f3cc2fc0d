"""A check at start: every action has its function and its form, and both speak of the same details."""

import inspect
from collections.abc import Iterator

from django.core.checks import Error, register

from treatments.admin.forms.shared import FORMS
from treatments.triage.frame import FUNCTIONS
from treatments.workflow.actions.row import LONGEST_KEY
from treatments.workflow.actions.table import ACTIONS


@register
def actions_are_whole(app_configs: object, **kwargs: object) -> list[Error]:
    return [Error(sentence, id="treatments.E001") for sentence in what_is_missing()]


def what_is_missing() -> Iterator[str]:
    """What is wrong with the actions, a sentence each; the three parts of one bear the same file name."""
    for key, row in ACTIONS.items():
        if len(key) > LONGEST_KEY:
            yield f"The key of {key} is longer than {LONGEST_KEY} characters."
        if key not in FUNCTIONS:
            yield f"Nothing performs {key}."
        if key not in FORMS:
            yield f"{key} has no form."
        if key in FUNCTIONS and key in FORMS:
            takes, asks = (
                keywords_of(key),
                FORMS[key].asks_for() - ({"consult"} if row.names_consult else set()),
            )
            if takes != asks:
                yield f"{key} takes {sorted(takes)}, but its form asks for {sorted(asks)}."
    for key in {*FUNCTIONS, *FORMS} - ACTIONS.keys():
        yield f"{key} has no row."


def keywords_of(key: str) -> set[str]:
    parameters = inspect.signature(FUNCTIONS[key]).parameters.values()
    return {each.name for each in parameters if each.kind is each.KEYWORD_ONLY}
