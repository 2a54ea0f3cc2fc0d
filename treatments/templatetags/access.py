"""Tells a privacy officer on the admin's home page that it was changed who may read patients."""

from django import template
from django.contrib.auth.models import User

from treatments.figures.access import to_look_at

register = template.Library()


@register.inclusion_tag("admin/treatments/access_notice.html")
def access_notice(user: User) -> dict[str, int]:
    return {"count": len(to_look_at(user))}
