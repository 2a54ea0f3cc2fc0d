"""Who a note names with "@" and a user name, as it was typed. Pure."""

import re
from collections.abc import Iterator, Mapping

# The characters of a user name; after one of them, as in an address, "@" mentions nobody.
NAME = re.compile(r"(?<![\w.@+-])@([\w.@+-]+)")
AFTER = ".@+-"  # ends a sentence rather than a name


def names_in(note: str) -> list[str]:
    """The names that the note mentions, as typed, each once."""
    found = (match[1].rstrip(AFTER) for match in NAME.finditer(note))
    return list({name.casefold(): name for name in found if name}.values())


def parts_of(note: str, shown: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """The note in pieces, and of each whether it is a mention: ``shown`` has the name to show by the typed one."""
    last = 0
    for match in NAME.finditer(note):
        name = match[1].rstrip(AFTER)
        if name.casefold() in shown:
            yield note[last : match.start()], False
            yield f"@{shown[name.casefold()]}", True
            last = match.start() + 1 + len(name)
    yield note[last:], False
