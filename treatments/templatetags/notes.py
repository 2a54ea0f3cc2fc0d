"""What somebody wrote, in full; a long one folded on the screen, its beginning as the fold's name."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from treatments.workflow.mentions import parts_of

register = template.Library()

MOST_LINES, MOST_CHARACTERS = 6, 600  # more is folded: about six lines of a timeline
BEGINNING = 100  # characters


@register.inclusion_tag("admin/treatments/note.html")
def note(text: str, on_paper: bool = False, mentions: Mapping[str, str] | None = None) -> dict[str, Any]:
    """``on_paper`` nothing is folded. ``mentions``: the name to show by the one that was typed."""
    long = not on_paper and (text.count("\n") >= MOST_LINES or len(text) > MOST_CHARACTERS)
    beginning = Truncator(" ".join(text.split())).chars(BEGINNING) if long else ""
    return {"text": marked(text, mentions or {}), "beginning": beginning, "words": len(text.split())}


def marked(text: str, mentions: Mapping[str, str]) -> SafeString:
    """The text with its lines, and whom it mentions by name."""
    return format_html_join(
        "",
        "{}",
        (
            (
                format_html('<b class="mention"><bdi>{}</bdi></b>', part)
                if named
                else linebreaksbr(part, True),
            )
            for part, named in parts_of(text, mentions)
        ),
    )
