"""Words of codes that a clinic may put in its own way: read anew each time they are shown, the code stays.

Whoever knows the clinic's words hands in one function when the app starts; without one the shipped words count.
"""

from collections.abc import Callable, Mapping

from django.utils.functional import lazy

from intake.fields.kinds import Text

LONGEST_WORDS = 80  # characters
# Key -> the words as shipped; filled as the tables of codes are read.
SHIPPED: dict[str, Text] = {}
_source: Callable[[], Mapping[str, str]] = dict


def set_words_source(source: Callable[[], Mapping[str, str]]) -> None:
    """From now on ``source`` gives the clinic's own words by key; where it has none the shipped ones count."""
    global _source
    _source = source


def _words_now(key: str) -> str:
    return _source().get(key) or str(SHIPPED[key])


_lazily = lazy(_words_now, str)


def own(key: str, shipped: Text) -> Text:
    """The words of ``key`` as the clinic has them whenever they are shown."""
    SHIPPED[key] = shipped
    return _lazily(key)
