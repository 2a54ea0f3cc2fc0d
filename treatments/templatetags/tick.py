"""Warns staff on the admin's home page when the tick, which sends mail and alerts, has fallen silent."""

from django import template
from django.utils import timezone

from treatments.figures.spells import span_in_words
from treatments.models import TickPass

register = template.Library()


@register.inclusion_tag("admin/treatments/tick.html")
def tick_warning() -> dict:
    last, now = TickPass.last(), timezone.now()
    return {"silent": TickPass.is_silent(last, now), "since": last and span_in_words(now - last)}
