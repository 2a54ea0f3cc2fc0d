"""Which characters may be kept: those that both databases, and every file that leaves, can hold."""

import re

# All that XML 1.0 can't hold, and so no workbook and no PDF made from a page.
UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def storable(text: str) -> bool:
    """Whether both databases can hold ``text``: no null character, no half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def writable(value: object) -> object:
    """``value`` with all texts in it without the characters that some file can't hold: no eye sees them."""
    match value:
        case str():
            return UNWRITABLE.sub("", value)
        case list():
            return [writable(each) for each in value]
        case dict():
            return {key: writable(each) for key, each in value.items()}
        case _:
            return value
