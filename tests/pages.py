"""A page as a browser shows it: white space that means nothing is gone, and a tag stands on one line."""

import re

from django.http import HttpResponse

# A space beside the tag of one of these is not shown. Labels and the charts' images are blocks by our styles.
_BLOCK = re.compile(
    r"<(?:!|/?(?:article|aside|body|br|caption|dd|desc|details|div|dl|dt|fieldset|figcaption|figure|footer|form"
    r"|g|h\d|head|header|html|label|legend|li|line|link|main|meta|nav|ol|option|p|rect|script|section|select"
    r"|summary|svg|table|tbody|td|text|textarea|th|thead|title|tr|ul)\b)"
)
_TAG = re.compile(r"""(<!--.*?-->|<(?:"[^"]*"|'[^']*'|[^'">])*>)""", re.DOTALL)
_QUOTED = re.compile(r"""("[^"]*"|'[^']*')""")


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _tag(raw: str) -> str:
    """A tag on one line: its attributes as they are, the names of a class with one space between them."""
    pieces = _QUOTED.split(raw)
    for place, piece in enumerate(pieces):
        if place % 2 == 0:
            pieces[place] = _squeezed(piece)
        elif pieces[place - 1].endswith("class="):
            pieces[place] = f"{piece[0]}{_squeezed(piece[1:-1]).strip()}{piece[-1]}"
    return re.sub(r" (/?>)$", r"\1", "".join(pieces))


def flat(page: HttpResponse | str) -> str:
    """The HTML of ``page``, spaces run together; none is left beside the tag of a block."""
    pieces = _TAG.split(page if isinstance(page, str) else page.content.decode())
    pieces[1::2] = map(_tag, pieces[1::2])
    for place in range(0, len(pieces), 2):
        text = _squeezed(pieces[place])
        if place == 0 or _BLOCK.match(pieces[place - 1]):
            text = text.lstrip()
        if place == len(pieces) - 1 or _BLOCK.match(pieces[place + 1]):
            text = text.rstrip()
        pieces[place] = text
    return "".join(pieces)
