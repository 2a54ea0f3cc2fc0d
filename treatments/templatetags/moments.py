"""Days and times in templates, in the one way that staff read them; nothing where there is none."""

from collections.abc import Callable
from typing import Any

from django import template

from intake.times import moments

register = template.Library()


def shown(words: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda at: words(at) if at else ""


for words in (moments.clock, moments.short_day, moments.stamp, moments.moment, moments.since):
    register.filter(words.__name__, shown(words))
