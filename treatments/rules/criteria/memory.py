"""Which drugs a rule fired by belong to their safety set from memory: no source was seen for it yet."""

from collections.abc import Callable

from treatments.rules.facts import Facts


def from_memory(*sets: str, stopped: tuple[str, ...] = ()) -> Callable[[Facts], list[str]]:
    """What names the drugs taken now of ``sets``, or marked as stopped of ``stopped``, that are so from memory."""

    def names(facts: Facts) -> list[str]:
        lately = facts.medicines.from_memory(*stopped, stopped=True)
        return sorted({*facts.medicines.from_memory(*sets), *lately})

    return names
