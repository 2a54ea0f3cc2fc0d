"""What somebody wrote, in full; a long one folded on the screen, its beginning as the fold's name."""

from typing import Any

from django import template
from django.utils.text import Truncator

register = template.Library()

MOST_LINES, MOST_CHARACTERS = 6, 600  # more is folded: about six lines of a timeline
BEGINNING = 100  # characters


@register.inclusion_tag("admin/treatments/note.html")
def note(text: str, on_paper: bool = False) -> dict[str, Any]:
    """``on_paper`` nothing is folded."""
    long = not on_paper and (text.count("\n") >= MOST_LINES or len(text) > MOST_CHARACTERS)
    beginning = Truncator(" ".join(text.split())).chars(BEGINNING) if long else ""
    return {"text": text, "beginning": beginning, "words": len(text.split())}
