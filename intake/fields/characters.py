"""Which characters may be kept: those that both databases and every file can hold, and that an eye can see."""

import re

# All that XML 1.0 can't hold, and so no workbook and no PDF made from a page.
UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# What no eye sees: soft hyphens, zero-width characters, marks of direction, fillers, selectors, controls.
UNSEEN = re.compile(
    "[\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
ODD_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000]")


def storable(text: str) -> bool:
    """Whether both databases can hold ``text``: no null character, no half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def seen(text: str) -> str:
    """``text`` as it is seen: without what no eye sees, every space a plain one and none at its ends.

    For what is compared, dialed or mailed to. Words keep theirs: some scripts join their letters by them.
    """
    return ODD_SPACES.sub(" ", UNSEEN.sub("", text)).strip()


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
