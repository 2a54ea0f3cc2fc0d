"""Gives every template the clinic's name, phone, hours and response time."""

from django.conf import settings
from django.http import HttpRequest


def clinic(request: HttpRequest) -> dict:
    return {"clinic": settings.CLINIC, "demo": settings.DEMO}
