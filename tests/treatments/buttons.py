"""The buttons of a page about a person: on the desk's all together, on a team's by how they stand there."""

from collections.abc import Mapping
from typing import Any

from treatments.admin.pages.actions import Button


def buttons_in(context: Mapping[str, Any]) -> list[Button]:
    if "buttons" in context:
        return list(context["buttons"])
    found = [context["first_button"], *context["more_buttons"], *context["refused_buttons"]]
    return [button for button in found if button is not None]
